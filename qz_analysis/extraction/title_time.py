"""A title goes in, with the lines under it; the time that it says its report is of comes out."""

import re
from dataclasses import replace

from ..model import Report
from ..vocabularies.patterns import Pattern
from .dates import undated
from .terms import cue_period, cues
from .time_clauses import TO_DO
from .time_meant import (
    AHEAD,
    HEAD_LENGTH,
    OF_MONTHS,
    Reading,
    account_title,
    figures_of,
    headline,
    is_account,
    period_said,
    stated_period,
)
from .time_words import (
    PARTS,
    PERIOD,
    last_month,
    month_before,
    months_said,
    months_to,
    moved,
    part_of,
    words_of_time,
)

_WEEK = re.compile(r"第?\d+周|[本一]周(?!年)|周报")  # a week is no year
_WEEK_DATED = re.compile(r"(\d{4})年[^\n]{0,8}?(\d{1,2})月\d{1,2}日")
_NOT_ITS_TIME = Pattern("periods", r"\d|以来|{onwards}|{made}|[)\]】的]")
# behind the year of a title: what makes it no time of all figures, of many figures too
_NO_ACCOUNT = Pattern("periods", r"\d|以来|{onwards}|{made}|[】\]]")
_PART_OF_TITLE = re.compile("[底末份]|月[上中下]旬")
# 2022年, and a bare year that a bracket or a stroke sets off: 救助工作年报(2022)
TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?=[)\]】|]|$|(?:年?度)?(?:工作|信访)))")
_ISSUE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年?[ ,]?\(?第(?P<n>\d{1,2})期")
_MONTHLY = Pattern("periods", r"{this_month}|(?<![\d-])(?P<m>\d{1,2})月份?(?!\d)")
_FULL_YEAR = re.compile(r"(?<![\d到至])((?:19|20)\d\d)年")
MONTH_ALONE = re.compile("月份?$")
_YEAR_IN_BRACKETS = re.compile(r"[(][^()]{0,12}?((?:19|20)\d{2})年度?[)]$")
BARE_YEAR_BEHIND = re.compile(r"[(]((?:19|20)\d{2})(?:年度?)?[)]$")
MANY_FIGURES = 8  # figures of a text that tells of its one year throughout
_MONTH_APART = re.compile(r"(?<![年\d至-])(0?[1-9]|1[0-2])月份(?![以之])")
_MONTH_BEHIND = re.compile(r"\(((?:19|20)\d\d)年(\d{1,2})月份?\)$")
# 统计期:7-9月
_COUNTED_OVER = re.compile(
    r"(?m)^[ (]*(?:统计|数据|考核|通报)(?:期间?|时间|时段|区间|周期|时限)(?:范围)?[:：] *"
)
# 编制单位:甲市 制表机关:乙部 2019年12月: the line of those who made a table
_MADE_FOR = re.compile(
    r"(?m)^[^\n]*(?:编制|填报|制表|填表|报送)(?:单位|机关|部门):[^\n]*?(?<!\d)(?P<year>(?:19|20)\d\d)年度?(?P<month>\d{1,2})月份?(?!\d)"
)
# (截至2016年9月30日) 单位:件
_COUNTED_UP_TO = re.compile(
    r"(?m)^[ (]*(?:数据|统计)?截[至止]到?(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:底|末|\d{1,2}日)?[) ]*(?:单位:[^\n]{1,16})?$"
)
INQUIRY = Pattern("periods", "{inquiry}")
# 甲市年鉴2009, 甲市年鉴(2009), 2009年甲市年鉴, 甲市2009年鉴
_YEARBOOK = re.compile(
    r"年鉴[-—《(〔\[: ]{0,3}(?P<behind>(?:19|20)\d\d)(?!\d)|(?<!\d)(?P<before>(?:19|20)\d\d)(?:年?[\u4e00-\u9fff]{2,8}年鉴|鉴)"
)


def own_period(reading: Reading) -> str:
    """The time that an account of work gives of itself in its title, empty where that names none.

    Only a report that calls itself one (总结, 汇报, 通报) is of one time throughout; an article that
    begins in a year goes on in others.

    >>> from qz_analysis.model import Report
    >>> text = "甲县2019年上半年信访工作总结\\n受理9件。"
    >>> own_period(Reading(text, Report(0, len(text), text[:16], "", ""), "2019", True, ""))
    '2019-H1'
    """
    if (stated := stated_period(reading.report)) is not None:
        return stated
    if issued := _month_of_issue(reading):
        return issued
    if counted := _counted_over(reading):
        return counted
    if told := yearbook_year(reading.text, reading.report):
        return told
    title = account_title(undated(headline(reading)))
    bracket = _MONTH_BEHIND.search(headline(reading))
    if bracket and OF_MONTHS.search(title):  # 热线月报(2025年5月); else it is when it was written
        return f"{bracket[1]}-{int(bracket[2]):02d}"
    if _WEEK.search(title):
        return _month_of_week(reading.report.title)
    if not is_account(title):
        if INQUIRY.search(title):  # 抽样调查(2002年)
            of_year = BARE_YEAR_BEHIND.search(title)
            return of_year[1] if of_year else ""
        if AHEAD.search(title):  # the figures of a plan are of the year that it is for
            years = {m[1] for m in TITLE_YEAR.finditer(title)}
            return years.pop() if len(years) == 1 else ""
        return (
            _part_told(title, reading)
            or _year_told(title, reading)
            or _year_beside_title(title, reading)
        )
    for m in cues(title, 0, len(title), plans=True):
        if m["plan"] and ".." in (period := cue_period(m, None)):
            return period
    for m in words_of_time(title, 0, len(title)):
        if m["since"] and (m["year"] or "").isdigit():  # 2003年以来工作总结
            return f"{m['year']}+"
        if not any(m.group("year", "from", *PARTS, "end")) or m["since"]:
            continue
        named = m["year"] or m["from"] or (reading.sure and reading.year.isdigit())
        if not named and (year := _year_beside(m, reading)):
            named, reading = year, replace(reading, year=year, sure=True)
        if named and (period := period_said(m, reading) or _month_titled(m, reading)):
            return _with_its_part(period, title)
    bare = TITLE_YEAR.search(title)
    return bare[1] if bare else ""


def yearbook_year(text: str, report: Report) -> str:
    """The year that the yearbook is on of which a report is an entry: that before the one in its name.
    Empty for other texts, and for a title that names years of its own.

    >>> page = "甲市年鉴2009 > 人民团体\\n妇女联合会\\n全年培训妇女2200人。"
    >>> yearbook_year(page, Report(0, len(page), "妇女联合会", "", ""))
    '2008'
    """
    begin = max(0, report.start - HEAD_LENGTH // 2)
    m = _YEARBOOK.search(text, begin, min(report.end, report.start + HEAD_LENGTH // 2))
    if m is None or TITLE_YEAR.search(_YEARBOOK.sub("", report.title)):
        return ""
    return moved(m["behind"] or m["before"], -1)


def _counted_over(reading: Reading) -> str:
    """The time that a bulletin's own field says it counts over: 统计期:7-9月; empty without one."""
    text, begin = reading.text, reading.report.start
    end = min(reading.report.end, begin + HEAD_LENGTH)
    field = _COUNTED_OVER.search(text, begin, end)
    m = PERIOD.match(text, field.end()) if field else None
    days = m is not None and "日" in m[0]  # 1月1日至12月3日 are months of their own
    if m and m[0] and not days and (period := period_said(m, reading)):
        return period
    head = text[begin:end]
    if (made := _MADE_FOR.search(head)) and 0 < int(made["month"]) < 13:
        return f"{made['year']}-{int(made['month']):02d}"
    if (upto := _COUNTED_UP_TO.search(head)) and 0 < int(upto["month"]) < 13:
        return months_to(upto["year"], int(upto["month"]))
    return ""


def _month_of_issue(reading: Reading) -> str:
    """The month that an issue of a monthly paper is on, by its number: 2023年第5期 of June, which
    tells of 本月 or 5月; empty for other papers.
    """
    report, text = reading.report, reading.text
    head = _ISSUE.search(text, report.start, min(report.end, report.start + HEAD_LENGTH))
    head = head or _ISSUE.search(report.title)
    dated = report.dated
    if head is None or not dated[5:7] or not 0 < int(head["n"]) < 13:
        return ""
    issue = f"{head['year']}-{int(head['n']):02d}"
    if issue not in {dated[:7], month_before(dated[:7])}:
        return ""
    monthly = _MONTHLY.finditer(text, report.start, report.end)
    return issue if any(m["m"] in {None, str(int(head["n"]))} for m in monthly) else ""


def _with_its_part(period: str, title: str) -> str:
    """The part of its year that a title names apart from it: 2022年社会服务统计3月份报表,
    2021年重点工作上半年完成情况.
    """
    if not period.isdigit():
        return period
    months = {int(m[1]) for m in _MONTH_APART.finditer(title)}
    if len(months) == 1:
        return f"{period}-{months.pop():02d}"
    told = [m for m in words_of_time(title, 0, len(title)) if any(m.group("year", *PARTS[2:]))]
    apart = [m for m in told if m[0] == m["part"] and not AHEAD.search(title, m.end())]
    alone = len(told) == 2 and len(apart) == 1 and apart[0] is told[1]
    months_of = months_said(apart[0]) if alone else None
    if months_of:
        return f"{period}-{months_of[0]:02d}..{period}-{months_of[1]:02d}"
    return period + part_of(apart[0]) if alone else period


def _month_of_week(title: str) -> str:
    """The month of an account of a week that its title dates: 周报(2024年7月8日至14日)."""
    m = _WEEK_DATED.search(title)
    return f"{m[1]}-{int(m[2]):02d}" if m else ""


def _year_told(title: str, reading: Reading) -> str:
    """The one year that the title of an article tells of: 2018年信访举报怎么看; of a text of many
    figures also 2016年的六方面工作, and the first of two: 2023年干了什么,2024年怎么干.
    """
    found = list(TITLE_YEAR.finditer(title))
    years = [m[1] for m in found if not _NOT_ITS_TIME.match(title, m.end())]
    if len(years) == 1 and len(found) == 1:
        return years[0]
    told = [m[1] for m in found if not _NO_ACCOUNT.match(title, m.end())]
    if not told or len(told) < len(found) or len(figures_of(reading)) < MANY_FIGURES:
        return years[0] if len(years) == 1 else ""
    follows = len(told) == 2 and int(told[1]) == int(told[0]) + 1
    return told[0] if len(told) == 1 or follows else ""


def _year_beside_title(title: str, reading: Reading) -> str:
    """The year alone in brackets behind the title of a text of many figures: 审判工作(甲省,2006年)."""
    m = _YEAR_IN_BRACKETS.search(title)
    return m[1] if m and len(figures_of(reading)) >= MANY_FIGURES else ""


def _part_told(title: str, reading: Reading) -> str:
    """The part of its year, or the year before, that the title of an article tells of."""
    for m in words_of_time(title, 0, len(title)):
        if not (reading.sure or m["year"]):
            # the year may stand with the same words in the first sentences
            year = _year_beside(m, reading)
            if not year:
                continue
            reading = replace(reading, year=year, sure=True)
        of_month = _just_over(m, reading.report.dated) or _PART_OF_TITLE.search(
            title, m.start(), m.end() + 2
        )
        day = m["end"] and not of_month
        if day or m["since"] or not any(m.group("past", *PARTS[1:], "end")):
            continue
        if TO_DO.match(title, m.end()) or title.startswith("前", m.end()):
            continue
        year = m["year"] or reading.year
        if m["end"] and year.isdigit():
            return (
                year + part_of(m) if m["year"] else _month_titled(m, reading) or year + part_of(m)
            )
        if period := period_said(m, reading):
            return period
    return ""


def _just_over(m: re.Match[str], date: str) -> bool:
    """Whether a bare month of a title is that of its date or right before it: what is told of then
    is the month; one further back is when something else happened, or a number of months.
    """
    if not (m["end"] and MONTH_ALONE.search(m[0]) and part_of(m)):
        return False
    return not date[5:7] or (int(date[5:7]) - last_month(m)) % 12 < 3


def _year_beside(m: re.Match[str], reading: Reading) -> str:
    """The year that stands with the words of a title in the first sentences: 2023年二季度."""
    begin, words = reading.report.start, m["part"] or ""
    if not words:
        return ""
    if m["this"] and (only := _only_year(reading)):
        return only
    head = reading.text[begin : min(reading.report.end, begin + 2 * HEAD_LENGTH)]
    told = {y[1] for y in re.finditer(rf"(?<!\d)((?:19|20)\d\d)年第?{re.escape(words)}", head)}
    # 上半年 of the title, 2018年1-6月 below it
    part = part_of(m)
    same = (y for y in words_of_time(head, 0, len(head)) if part and y["year"])
    told = told or {y["year"] for y in same if y["year"].isdigit() and part_of(y) == part}
    return told.pop() if len(told) == 1 else ""


def _only_year(reading: Reading) -> str:
    """The one year that an undated text names, where 今年上半年 in its title is of it."""
    if reading.report.dated:
        return ""
    named = set(_FULL_YEAR.findall(reading.text, reading.report.start, reading.report.end))
    return named.pop() if len(named) == 1 else ""


def _month_titled(m: re.Match[str], reading: Reading) -> str:
    """The last month of a name before the date of a report: 11月热线数据 of December."""
    if not m["end"] or "日" in m[0] or not part_of(m):
        return ""
    date, year = reading.report.dated, reading.year
    later = last_month(m) > int(date[5:7] or 12) and year == date[:4]
    return (moved(year, -1) if later else year) + part_of(m)
