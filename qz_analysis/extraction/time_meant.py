"""The period that words of time mean in their report: 今年, 上半年 and 8月 with the year that they leave out."""

import itertools
import re
from dataclasses import dataclass

from ..model import Report
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from .stops import HARD_STOP, NUMBERED
from .terms import Terms
from .time_clauses import TO_DO, UNTIL, far_since, told_of
from .time_words import DIGITS, PARTS, UNKNOWN, decade_said, last_month, months_said, moved, part_of

_ALL_OF_IT = re.compile("一年|全年")
EARLY = "03"  # the last month in which a report may well be on the year before
PART_OF_YEAR = re.compile("[底末份当]")
# a year in the first words of a text, and any year
_LAST_PART = re.compile(
    r"(?:-{1,4}|[—:( ]+)((?:[^-—:() ]{0,8}:)?(?:19|20)\d\d年[^-—:() ]{0,12}(?:回顾|总结|小结))[)]?$"
)
_ONLY_ACCOUNT = re.compile(r"[(]([^()]*(?:19|20)\d\d年[^()]{0,8}回顾[^()]*)[)]$")
COUNTED = re.compile(r"\d[万亿余多]?(?:[件批人户元宗起名%个次所套处家条项场座]|平方)")
OF_MONTHS = Pattern("periods", "{of_months}")
HEAD_LENGTH = 260  # characters in which the first sentence of a report ends
_FULL_STOP = re.compile("[。!?]")
# 上半年,全县受理: told of as done
_DONE = Pattern("periods", r",?[^,。;:\n\d]{0,8}?{deeds}")
_YEARS = Pattern("periods", "{years}")
# what reports call themselves that give account of a time, and those that look ahead
_ACCOUNT = Pattern("periods", "{account}")
AHEAD = Pattern("periods", "{ahead}")
_CARRIED_OUT = Pattern("periods", "{carried_out}")
_ACCOUNT_LINE = Pattern("periods", "{account}(?:[(].{0,8}[)])? *$")
# (2023年4季度), and no day, which is when the text was written
_TIME_BELOW = re.compile(
    r"\((?:19|20)\d\d年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}-\d{1,2}月份?)\)"
)
# a month under the title of a monthly paper; of other accounts it is when they were written
_PART_BELOW = re.compile(r"\(?(?:19|20)\d\d年度? ?\d{1,2}月份?\)?")
TITLE_LENGTH = 40  # characters of a line that can be a title


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a report that a clause is read against."""

    text: str
    report: Report
    year: str
    sure: bool  # the year is the report's own, not only the one most spoken of
    topic: str
    terms: Terms | None = None  # of a report to an assembly


def stated_period(report: Report) -> str | None:
    """The time that a person says a report is of, empty where there is said to be none; None where
    nothing is said.

    >>> given = Report(0, 9, "", "", "", period="2021-Q4", given=frozenset({"period"}))
    >>> stated_period(given), stated_period(Report(0, 9, "", "", ""))
    ('2021-Q4', None)
    """
    return report.period.strip("-") if "period" in report.given else None


def figures_of(reading: Reading) -> list[int]:
    """Where the counts of a report stand."""
    begin, end = reading.report.start, reading.report.end
    return [m.start() for m in COUNTED.finditer(reading.text, begin, end)]


def body_of(reading: Reading) -> str:
    return reading.text[reading.report.start : reading.report.end]


def first_sentence(reading: Reading) -> tuple[int, bool]:
    """Where the first sentence of a report ends, and whether it tells of several years."""
    start, end = reading.report.start, reading.report.end
    m = _FULL_STOP.search(reading.text, start, min(end, start + HEAD_LENGTH))
    stop = m.end() if m else min(end, start + HEAD_LENGTH)
    return stop, _YEARS.search(reading.text, start, stop) is not None


def headline(reading: Reading) -> str:
    """The title of a report, or the first of its lines that says what account it gives."""
    report = reading.report
    lines = reading.text[report.start : min(report.end, report.start + HEAD_LENGTH)].split("\n")
    shown = [line.strip() for line in lines if line.strip()]
    for title, below in itertools.pairwise(shown[:4]):  # a time in brackets under the title
        if report.title and title.startswith(report.title):
            part = _PART_BELOW.fullmatch(below) if OF_MONTHS.search(title) else None
            if part or _TIME_BELOW.fullmatch(below):
                return report.title + below.replace(" ", "")
    if _ACCOUNT.search(report.title):
        return report.title
    for line in [line for line in lines if line.strip()][:3]:
        if (
            len(line) < TITLE_LENGTH
            # the heading of its first section speaks for a text without a title
            and not (report.title and NUMBERED.match(line))
            and not HARD_STOP.search(line)
            and _ACCOUNT_LINE.search(line)
        ):
            return line
    return report.title


def is_account(title: str) -> bool:
    """Whether a title is that of an account: not that of plans, unless they come behind it.

    >>> [is_account(t) for t in ("2022年总结和2023年安排", "2023年计划", "计划执行情况")]
    [True, False, True]
    """
    account, ahead = _ACCOUNT.search(title), AHEAD.search(title)
    if account is None or ahead is None:
        return account is not None
    return account.start() < ahead.start() or _CARRIED_OUT.search(title) is not None


def period_said(m: re.Match[str], reading: Reading) -> str | None:
    """The period as the claims table writes it, None without words of time, `''` without a year."""
    if m["from"] or m["first"]:
        return f"{m['from'] or m['first']}..{m['to'] or m['last']}"
    if m["republic"]:
        return str(1911 + int(parse(m["republic"])))
    if m["vague"]:
        return UNKNOWN
    if m["decade"]:
        return decade_said(str(parse(m["decade"])), bool(m["century"]))
    year, known, terms = m["year"], reading.year, reading.terms
    if terms and not year:
        year = _told_year(m, terms)
        if not year:
            return None
    elif year:
        year = year.translate(DIGITS)
        year = f"20{year}" if len(year) == 2 and year.isdigit() else year  # 04年
        year = year if year.isdigit() and len(year) == 4 else "20xx"  # 201* and xx are masked
    elif m["past"] or m["next"]:
        # of an undated report on a year 去年全年 is that year
        same = m["past"] and not reading.report.dated and _ALL_OF_IT.match(reading.text, m.end())
        by = 0 if same and year_titled(reading) else -1 if m["past"] else 1
        year = moved(known, by) if reading.sure else ""
    elif m["lately"]:
        if not reading.sure or not _account_year(reading):
            return None
        year = _account_year(reading)
    elif _of_year(m, reading):
        year = year_meant(m, reading)
    else:
        return None
    if not year:
        return ""
    since = bool(m["since"]) or far_since(reading.text, m)
    if until := months_said(m):
        return f"{year}-{until[0]:02d}..{year}-{until[1]:02d}"
    part = part_of(m)
    over = UNTIL.search(reading.text, max(0, m.start() - 3), m.start()) or m[0][-1] in "底末"
    if part == "-12" and over and not since:  # all of the year is counted by its last day
        part = ""
    return year + part + ("+" if since and not m["this"] else "")


def _of_year(m: re.Match[str], reading: Reading) -> bool:
    """Whether words without a year name a part of one, or a day up to which is counted."""
    told = m["end"] and reading.sure and (m["since"] or told_of(m, reading.text))
    if told or (m["end"] and PART_OF_YEAR.search(m[0])):
        return True
    return any(m.group(*PARTS, "yearend"))


def _account_year(reading: Reading) -> str:
    """The year that 一年来 means: one that is hardly begun is not over."""
    if stated := stated_period(reading.report):
        return stated[:4]
    date, year = reading.report.dated, reading.year
    begun = date[5:7] and date[5:7] <= EARLY and year == date[:4] and not year_titled(reading)
    return moved(year, -1) if begun else year


def year_titled(reading: Reading) -> bool:
    return reading.year in reading.report.title


def year_meant(m: re.Match[str], reading: Reading) -> str:
    """The year of 今年, 全年 or 上半年: what is yet to come when an account is written is that of
    the year before.
    """
    date, year = reading.report.dated, reading.year
    account = is_account(reading.report.title) or (
        (m["end"] or m[0].startswith("全年") or _DONE.match(reading.text, m.end()))
        and not TO_DO.match(reading.text, m.end())
    )
    late = date[5:7] > EARLY or not date[5:7] or not account or stated_period(reading.report)
    if late or not reading.sure or year not in {date[:4], moved(date[:4], -1)}:
        return year
    if TO_DO.match(reading.text, m.end()):
        return date[:4]
    over = last_month(m) > int(date[5:7]) and not year_titled(reading)
    return moved(date[:4], -1) if over else year


def too_late(text: str, m: re.Match[str], period: str, terms: Terms) -> bool:
    """Whether a year to come is named in the account of work done: 2022年冬奥会筹办."""
    year = period[:4]
    coming = year.isdigit() and int(year) > terms.calendar.plans
    before = text[max(0, m.start() - 1) : m.start()]
    # 。2020年,力争增长7%: a year that opens its sentence is told of
    led = before in {"到", "至"} or (before in {"", *"。;\n"} and text.startswith(",", m.end()))
    return coming and not led and not terms.sections.planned(m.start())


def _told_year(m: re.Match[str], terms: Terms) -> str:
    """The year that words without one mean in a report to an assembly, empty where they mean none."""
    if m["past"]:
        return str(terms.calendar.plans - 1)
    if m["this"]:
        return str(terms.calendar.plans)
    part = any(m.group(*PARTS)) or (m["end"] and PART_OF_YEAR.search(m[0]))
    # a day that opens a sentence dates what follows; within one it is that of one step of many
    day = m[0].endswith("日") and m.string[m.start() - 1 : m.start()] in {"", *"。;\n!"}
    part = part or (m["end"] and day)
    return terms.year(m.start()) if part else ""


def account_title(title: str) -> str:
    """The words in brackets by which a title says that only its account stands below; else the title.

    >>> account_title("甲街道2017年工作报告(第一部分:2016年工作回顾)")
    '第一部分:2016年工作回顾'
    >>> account_title("2017年信访工作会议材料:2016年工作总结"), account_title("甲县2016年工作总结")
    ('2016年工作总结', '甲县2016年工作总结')
    """
    account = _ONLY_ACCOUNT.search(title) or _LAST_PART.search(title)
    return account[1] if account else title
