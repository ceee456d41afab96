"""A report goes in; when it was delivered or published comes out, and how that is known.

A date counts only where a document says when it speaks: in its front matter, in the lines above its
first words, under its last line, in its name. Dates of reforms and events are none of these.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from ..model import Report
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from . import heads
from .heads import DATE, YEAR, digits, written

# the time of a meeting, on the line that names it
_MEETING = Pattern("dates", DATE + r"[^\n。;]{0,8}?在[^\n。;]{0,40}\n?[^\n。;]{0,24}{meetings}")
# the same on a line of its own: ——2018年3月26日,镇十五届人大三次会议
_SESSION = Pattern("dates", rf"(?m)^[ —(-]*{DATE}[, ]{{0,2}}[^\n,。;]{{0,24}}{{meetings}}[) ]*$")
_BRACKETED = Pattern(
    "dates", rf"(?m)^[ ]*\({DATE}(?![^\n]{{0,4}}(?:{{heads.filed}}))[^\n\d]{{0,12}}\)[ ]*$"
)
# one behind the title, on its line: 甲县推行代办制(2014年8月), (2024年12月12日发布)
_BEHIND_TITLE = re.compile(rf"\({DATE}[^\n\d()]{{0,12}}\):?$")
_TITLE = Pattern("dates", rf"(?<!\d)(?P<year>{YEAR})年?[^\n。,;《》]{{0,20}}?{{titles}}(?!》|全文)")
_OF_YEAR = re.compile("年度(?=工作|报告)")
# when the figures were put together, or the text was printed: (2023年2月统计), (2018年10月17日见报)
_STATED = Pattern("dates", r"\(" + DATE + r"(?:{stated})\)")
_SIGNED = re.compile(rf"(?m){DATE}[ ]*\)?[ ]*$")
# a date below the last line whose year is masked: 201*年4月14日
_MASKED = re.compile(
    r"(?m)(?P<year>(?:19|20)(?=[\dx*×]{2}年)(?!\d\d)[\dx*×]{2}|[x*×]{2,4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?[ )]*$"
)
# a year of which the page masks the last digit alone
_DECADE = re.compile(r"(?:19|20)\d(?=[x*×])")
# the name of a body right before a date that ends a page which has lost its line ends
_SIGNING = Pattern("dates", "{signing} *[(]?$")
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# what tells a report to an assembly: two of these stand above or in its first words
_SIGNS = [
    Pattern("dates", grammar)
    for grammar in ("{salutations}", "{asked}", r"(?m){titles}[^\n。,]{0,8}$", "{sessions}")
]
# a title that alone says so, of a report of which a part is shown: 甲区2018年政府工作报告(节选)
_OF_GOVERNMENT = re.compile(r"(?:19|20)\d\d年(?:[\u4e00-\u9fff]{0,6})政府工作报告(?:[(].{0,24})?$")
_OPENING = Pattern("dates", r"{salutations}|{asked}")
# 一、2019年工作回顾; 二、2020年主要任务: headings of which the year is the document's own
_HEAD = r"(?m)(?:^|[、\n\\rn)]|是)[ ]*(?P<year>" + YEAR + r")年"
_ACCOUNT = Pattern("dates", _HEAD + r"[^\n。,;\\]{0,14}{accounts}")
_PLAN = Pattern("dates", _HEAD + r"[^\n。,;\\]{0,10}{plans}")
_PAST = Pattern("dates", r"{past}的?(?P<year>" + YEAR + ")年")
_COMING = Pattern("dates", r"(?P<year>" + YEAR + r")年[^\n。;\\]{0,12}{coming}")
# a month, a quarter or a half, alone: no day of it, no end of a span
_NUMBER = "1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_PART = re.compile(
    rf"(?<![\d十个至到—~.、-])(?:(?P<month>{_NUMBER})月(?!\d|[一二三四五六七八九十至到~—、-])(?!份?[至到~—、-])"
    r"|第?(?P<quarter>[一二三四1-4])季度(?![至到~—、-])|(?P<half>[上下])半年)"
)
_HALVES = {"上": 1, "下": 2}
_YEARS_END = re.compile(r"(?:截至|截止|截止到|截至到)(?P<year>(?:19|20)\d\d年)?年?(?:底|末)(?!前)")
_FIRST_WORDS = 60  # characters behind a title in which a text says of when it is
#: how much of a page is looked at for the lines above its first words
_ABOVE = 1600


class Dated(NamedTuple):
    """A date of a report: how it is known, and as what it stands there."""

    date: str = ""
    known: str = ""
    #: `delivered` at a meeting, `signed`, `published`; empty where nothing says which it is
    way: str = ""


def is_address(text: str, report: Report) -> bool:
    """Whether a report is one to an assembly, such as the yearly report of a government.

    >>> words = "政府工作报告\\n各位代表:\\n现在,我代表县政府,向大会报告工作,请予审议。"
    >>> is_address(words, Report(0, len(words), "", "", ""))
    True
    """
    if _OF_GOVERNMENT.search(report.title):
        return True
    head = text[_head_start(text, report) : report.start + _ABOVE]
    return sum(bool(sign.search(head)) for sign in _SIGNS) > 1


def dated_as(
    text: str,
    report: Report,
    meta: dict[str, Any],
    name: str = "",
    alone: bool = True,
    published: str = "",
) -> Dated:
    """When a report was delivered, signed or published, how it is known, and which of these it is; empty
    when nothing says. A year of a title or of a file's name is none of the three.

    Args:
        text: the clean page.
        report: the stretch of it.
        meta: the front matter of the document.
        name: the path of its file, or its name.
        alone: whether it is the only report of the document.
        published: when the page was put on the net, as its head says.

    Returns:
        a year, month or day (`2020`, `2020-01`, `2020-01-08`), and `document` when front matter or
        file say so, `report` when the lines above or below it do, `words` when its opening does.

    >>> page = "政府工作报告\\n(2020年1月8日)\\n各位代表:\\n现在,我向大会报告工作,请予审议。"
    >>> dated_as(page, Report(0, len(page), "", "", ""), {})
    Dated(date='2020-01-08', known='report', way='delivered')
    """
    for key in ("dated", "date", "published"):
        if found := re.match(r"(?:19|20)\d{2}(?:-\d{2}){0,2}", str(meta.get(key) or "")):
            return Dated(found[0], "document", "published" * (key == "published"))
    begin = _head_start(text, report) if alone else _imprint_above(text, report.start)
    above = text[begin : min(report.start + _ABOVE, report.end)]
    opening = _OPENING.search(above)
    above = above[: opening.start()] if opening else above[: _ABOVE // 2]
    address = is_address(text, report)
    # the day below the title of a report to an assembly is that of its meeting
    for pattern, way in (
        (_MEETING, "delivered"),
        (_SESSION, "delivered"),
        (_BRACKETED, "delivered" * address),
    ):
        if m := pattern.search(above):
            return Dated(written(m), "report", way)
    if m := _BEHIND_TITLE.search(report.title):
        way = "published" if "发布" in report.title[m.start() :] else ""
        return Dated(written(m), "report", way)
    stated = {written(m) for m in _STATED.finditer(text, report.start, report.end)}
    if len(stated) == 1:
        return Dated(stated.pop(), "report")
    ends = [*_SIGNED.finditer(text[max(report.start, report.end - 200) : report.end].rstrip())]
    signed = written(ends[-1]) if ends and _ends(ends[-1], text, report) else ""
    if not address:
        printed = next((date for *_, date in heads.lines(text, begin, begin + len(above))), "")
        if signed or printed:
            way = "signed" if signed and _below_words(signed, text, report) else "published"
            return Dated(signed or printed, "report", way)
        # in the name of any other report a year with 年 is the one that it tells of
        file = _of_name(name, "(?!年)") if alone and not published else ""
        plan = _PLAN.search(text, report.start, report.end) if file else None
        if plan and _next(file, digits(plan["year"])):
            return Dated(
                digits(plan["year"]), "words"
            )  # what it plans is later than the file's year
        outside = (published if alone else "") or file
        way = "published" * bool(published and alone)
        return Dated(outside, "document", way) if outside else Dated()
    titled = _TITLE.search(report.title) or _TITLE.search(above)
    year = digits(titled["year"]) if titled else ""
    # 甲县人民法院2023年度工作报告 is the account of that year, delivered in the next one
    account = str(int(year) + 1) if year.isdigit() and "政府" not in report.title else ""
    year = account if titled and account and _OF_YEAR.search(titled[0]) else year
    file = _of_name(name) if alone else ""
    said = "" if year else _said(text, report)
    if file and said and not _next(file, said):
        said = ""
    year = year or (said if file else "")  # a file is named by the year of its figures, too
    file_next = "" if year else file and str(int(file) + 1)
    above_text = [date for *_, date in heads.lines(text, begin, begin + len(above))]
    near = [Dated(signed, "report", "signed")]
    near += [Dated(one, "report", "published") for one in above_text]
    near += [Dated(published, "document", "published")] * alone
    for one in near:
        told = (year or file or said, file_next, account)
        if one.date and (one.date[:4] in told or not told[0]):
            return one
    if year:
        return Dated(year, "words" if year == said else "report")
    return Dated(file, "document") if file else Dated(said, "words") if said else Dated()


def masked_date(text: str, report: Report) -> str:
    """The date of a report that is dated below its last line in a year that its page masks, with as much
    of the year as the page tells; empty where there is none.

    >>> text = "信访工作总结\\n全县受理9件。\\n甲山县信访局\\n201*年4月14日"
    >>> masked_date(text, Report(0, len(text), "信访工作总结", "", ""))
    '201x-04-14'
    """
    ends = [*_MASKED.finditer(text[max(report.start, report.end - 200) : report.end].rstrip())]
    if not ends or not _ends(ends[-1], text, report):
        return ""
    month, day = int(ends[-1]["month"]), int(ends[-1]["day"])
    decade = _DECADE.match(ends[-1]["year"])
    year = f"{decade[0]}x" if decade else "20xx"
    return f"{year}-{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else ""


def undated(title: str) -> str:
    """A title without the date of its text that stands behind it.

    >>> undated("甲县推行代办制(2014年8月)"), undated("甲县工作总结(2014年)")
    ('甲县推行代办制', '甲县工作总结(2014年)')
    """
    return _BEHIND_TITLE.sub("", title)


def doubts_of(text: str, report: Report, name: str = "", published: str = "") -> Iterator[str]:
    """What the name of a file, or the day on which its page was put on the net, says otherwise.

    A report on a year may well be written in the next one, and a file be named by either year.

    >>> page = "2020年甲县政府工作报告\\n各位代表:\\n现在,我向大会报告工作,请予审议。"
    >>> report = Report(0, len(page), "", "", "", dated="2020", dated_from="report")
    >>> list(doubts_of(page, report, "甲县_2019.txt"))
    []
    >>> list(doubts_of(page, report, "甲县_2018.txt"))
    ["two years: 2018 in the file's name, 2020 in the text"]
    """
    year, file = report.dated[:4], _of_name(name)
    if not year or report.dated_from == "document":
        return
    if file and file != year and not _next(file, year):
        yield f"two years: {file} in the file's name, {year} in the text"
    if published and published[:4] < year:
        yield f"two years: the page was put on the net in {published[:4]}, the text says {year}"


def time_doubts(text: str, report: Report) -> Iterator[str]:
    """What a report says of its own time in two ways: another month, quarter or half in its title
    than in its opening; the end of a year in a text that is dated before it.

    >>> page = "热线二月情况通报\\n2017年3月,共受理9件。"
    >>> list(time_doubts(page, Report(0, len(page), "热线二月情况通报", "", "")))
    ['two times: 二月 in the title, 3月 in the opening']
    """
    titled = {_part(m) for m in _PART.finditer(report.title)}
    begin = text.find(report.title, report.start, report.end) if report.title else -1
    body = max(begin, report.start) + len(report.title) * (begin >= 0)
    opened = _PART.search(text, body, min(body + _FIRST_WORDS, report.end))
    said = _PART.search(report.title)
    if said and opened and len(titled) == 1:
        (kind, number), other = titled.pop(), _part(opened)
        if other[0] == kind and other[1] != number:
            yield f"two times: {said[0]} in the title, {opened[0]} in the opening"
    year, month = report.dated[:4], report.dated[5:7]
    if month and month != "12" and f"{int(year) - 1}年" not in text[report.start : report.end]:
        ended = _YEARS_END.search(text, report.start, report.end)
        if ended and ended["year"] in (None, f"{year}年"):
            yield f"two times: {ended[0]} in the text, which is dated {report.dated}"


def _part(m: re.Match[str]) -> tuple[str, int]:
    """A month, a quarter or a half as its kind and number."""
    number = m["month"] or m["quarter"] or m["half"]
    kind = "month" if m["month"] else "quarter" if m["quarter"] else "half"
    return kind, _HALVES.get(number) or int(parse(number))


def _next(year: str, later: str) -> bool:
    """Whether a year is the one behind another."""
    return int(later) == int(year) + 1


def _head_start(text: str, report: Report) -> int:
    """Where the lines above a report begin: for the first one with the page."""
    first = report.start < _ABOVE // 2 and "。" not in text[: report.start]
    return 0 if first else report.start


def _imprint_above(text: str, at: int) -> int:
    """Where the line of publication right above a text begins; the text's own beginning without one."""
    stop = text.rfind("\n", 0, at)
    begin = text.rfind("\n", 0, max(stop, 0)) + 1
    return begin if stop > 0 and heads.is_imprint(text[begin:stop]) else at


def _ends(m: re.Match[str], text: str, report: Report) -> bool:
    """Whether a date stands in the last lines of a report rather than in its last sentence."""
    tail = text[max(report.start, report.end - 200) : report.end].rstrip()
    line = tail[tail.rfind("\n", 0, m.start()) + 1 : m.start()]
    if heads.CUT_OFF.search(line):
        return False
    if m.end() == len(tail) and _SIGNING.search(tail[: m.start()]):
        return True
    return len(line) < 24 and not re.search("[,。;]", line) and len(tail) - m.end() < 60


def _below_words(date: str, text: str, report: Report) -> bool:
    """Whether a date stands below the first sentence of a report; the one above a short text does not."""
    told = text.find("。", report.start, report.end)
    below = text[told + 1 : report.end] if told >= 0 else text[report.start : report.end]
    return any(written(m) == date for m in _SIGNED.finditer(below.rstrip()))


def _of_name(name: str, behind: str = "") -> str:
    """The one year that a file's name says, else that of its folder; `behind` must follow it."""
    path = PurePath(name)
    for part in (path.stem, path.parent.name):
        if len(years := set(re.findall(_NAMED.pattern + behind, part))) == 1:
            return years.pop()
    return ""


def _said(text: str, report: Report) -> str:
    """The year that the headings and first words of a report to an assembly take for this one."""
    plan = _PLAN.search(text, report.start, report.end)
    if plan:
        return digits(plan["year"])
    account = _ACCOUNT.search(text, report.start, report.end)
    account = account or _PAST.search(text, report.start, report.end)
    if account:
        return str(int(digits(account["year"])) + 1)
    coming = _COMING.search(text, report.start, report.end)
    return digits(coming["year"]) if coming else ""
