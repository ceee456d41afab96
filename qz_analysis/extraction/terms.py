"""Which time each part of a report to an assembly tells of, where no word of time stands beside.

Such a report gives account of the year before its delivery, or of a term of five years, and then
sets out the year of its delivery, or the term to come. Its headings and the words that open its
paragraphs say which.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..model import Report
from ..vocabularies.beginnings import spots
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from .sections import Sections

FIVE = r"[“\"]?(?P<plan>十[一二三四五六七八九]?|[六七八九])五[”\"]?"
#: words of a term or year that holds on until another is named
_CUES = rf"""(?x)
    {FIVE}(?:规划|计划)?(?:(?P<planend>末|收官之年)|{{of_plan}})  # “十三五”时期
    |(?P<year>(?:19|20)\d{{2}}|二[〇零][〇零一二三四五六七八九]{{2}})年(?!\d{{1,2}}月|以来|度?[底末]?前)
    |(?P<past>{{past_term}})|(?P<coming>{{coming_term}})
    |(?P<last>{{past_year}})|(?P<this>{{this_year}})
    |(?:近(?P<some>[两二三四五六七八九十])年来?|(?<!第)(?P<these>[两二三四六七八九十])年来)
    """
CUES = Pattern("terms", _CUES)
# where cues begin; in reports to no assembly only the names of five-year plans are read
_FIRST = Pattern("terms", spots('“"六七八九十二两三四过这前五近本上以今未下刚已一去回新12', _CUES))
_PLAN_FIRST = re.compile(
    r"(?=[“\"六七八九十])[“\"]?十?[一二三四五六七八九十]?五[”\"]?(?=[时期以的这发规计末收])"
)
_OPENS = Pattern(
    "dates",
    r"^[ #*(]*(?:[一二三四五六七八九十]{1,3}[、)]|[一二三四五六七八九]是|\d{1,2}[.、)]|-+"
    r"|{salutations}[!:,])?[ ]*",
)
_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[。;!?]|(?<!\d)\d{1,3}(?=[\u4e00-\u9fff%.])")  # a figure stands before
_ENDS = tuple("。;:,!?")
_SHORT = 30  # a shorter line without a full stop that names a time is a heading
_AGAINST = Pattern("terms", "{against}$")
_WORD = re.compile(r"[\u4e00-\u9fff](?<![和与及])")
# 从33%提高到35.6%: where a change sets out from, and what leads on to where it ends
_BASE = Pattern("terms", r"[从由][^,。;]{0,8}$")
_RISES = re.compile(r"(?:[、和][\d.]+%?)*,?[^,。;\d]{0,8}[到至为]")
_LEVEL = Pattern("terms", r"{level}[^,。;\d]{0,3}$")
# 比2007年翻了两番: what is compared with an earlier year is of the last one
_COMPARED = re.compile(r"[比较]\d{4}年")
_COMPARED_NEXT = re.compile(r"[,、(]?(?:[比较]|是|为|相当于)\d{4}年")
_SHARE = re.compile("[率占面]|比[重例]")
# what says no more of a figure than that it goes on with the one before: 96%以上、93%, 超过5000元
_HEDGE = Pattern("terms", "{hedges}")
_PART_OF = re.compile(r"[,、(]?其中")
_BESIDE = Pattern("terms", "{beside}")
# a figure for each one is a state, whatever verb leads to it
_EACH = Pattern("terms", "{for_each}[^,。;]*$")
_WITHOUT_BREAK = re.compile("连续$")
_LASTS = {"年": 1, "个月": 12, "月": 12, "个季度": 4, "季度": 4}  # how many make a year
_THROUGHOUT = Pattern("terms", "{throughout}")
_SALUTATION = Pattern("dates", r" *{salutations}")
_TITLE = Pattern("dates", "{titles}")
# what was done with a thing, in a clause that only says which thing is meant
_ORIGIN = Pattern("terms", "(?:{began}于|{aimed_at})$")
_MADE = Pattern("terms", r"(?:\d{1,2}月份?)?[^,。;:\d]{0,10}?{made}[^,。;:\d]{0,6}?的([^,。;:\d]*)")
_DOES = Pattern("terms", "{does}")
_BREAKS = frozenset(",。;:\n")
_NEAR = 14  # characters of a paragraph in which its opening words of time begin


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that a report to an assembly speaks from: that of its account, that of its plans."""

    account: int
    plans: int
    known: str

    @property
    def past_term(self) -> str:
        return f"{self.account - 4}..{self.account}"

    @property
    def coming_term(self) -> str:
        return f"{self.plans}..{self.plans + 4}"


def calendar_of(dated: str, dated_from: str) -> Calendar | None:
    """The calendar of a report to an assembly by its date; none without one.

    One that is delivered at the end of a year speaks of that year as just over.

    >>> calendar_of("2020-01-08", "report"), calendar_of("2016-12-27", "report").account
    (Calendar(account=2019, plans=2020, known='report'), 2016)
    """
    if not dated[:4].isdigit():
        return None
    year, known = int(dated[:4]), "document" if dated_from == "document" else "report"
    late = dated[5:7] > "10"
    return Calendar(year - 1 + late, year + late, known)


def plan_years(numeral: str) -> tuple[int, int]:
    """The years of a five-year plan by its Chinese number.

    >>> plan_years("十三"), plan_years("十"), plan_years("九")
    ((2016, 2020), (2001, 2005), (1996, 2000))
    """
    number = int(parse(numeral))
    return 1951 + 5 * number, 1955 + 5 * number


def cues(text: str, start: int, end: int, plans: bool = False) -> Iterator[re.Match[str]]:
    """The cues of a stretch of text; only those that open as the names of plans do if asked so.

    >>> [m[0] for m in cues("“十三五”时期,过去五年", 0, 12)]
    ['“十三五”时期', '过去五年']
    """
    at, first = start, _PLAN_FIRST if plans else _FIRST
    while hit := first.search(text, at, end):
        m = CUES.match(text, hit.start(), end)
        if m is not None:
            yield m
        at = m.end() if m else hit.start() + 1


def cue_period(m: re.Match[str], calendar: Calendar | None) -> str:
    """The period that a cue names, empty without the year that it needs.

    >>> cue_period(CUES.search("“十三五”时期"), None)
    '2016..2020'
    """
    if m["plan"]:
        first, last = plan_years(m["plan"])
        return str(last) if m["planend"] else f"{first}..{last}"
    if m["year"]:
        return str(parse(m["year"]))
    if calendar is None:
        return ""
    if some := m["some"] or m["these"]:
        return f"{calendar.account + 1 - int(parse(some))}..{calendar.account}"
    if m["past"]:
        return calendar.past_term
    if m["coming"]:
        return calendar.coming_term
    return str(calendar.account if m["last"] else calendar.plans)


def in_term(period: str, lead: str, tail: str, kind: str, last: str) -> str:
    """The year of a figure within a term of years: a level is that of its end, a level that a change
    sets out from that of the year before it; what was done in the term is of all of it.

    Args:
        period: the term.
        lead: the words before the figure in its clause.
        tail: the words behind it.
        kind: the kind of the figure.
        last: the period of the figure before it in its sentence.

    >>> in_term("2016..2020", "城镇化率达到", "", "rate", "")
    '2020'
    >>> in_term("2016..2020", "覆盖率由", "提高到", "rate", "")
    '2015'
    >>> in_term("2016..2020", "累计建成", "", "measure", "")
    '2016..2020'
    """
    first, _, end = period.partition("..")
    if not (first.isdigit() and end.isdigit()):
        return period
    if _BASE.search(lead) and _RISES.match(tail):
        return str(int(first) - 1)
    if _COMPARED.search(lead) or _COMPARED_NEXT.match(tail):
        return end
    ends = {end, str(int(first) - 1)}
    goes_on = not _WORD.search(_HEDGE.sub("", lead)) or _PART_OF.match(lead)
    if goes_on or (tail.startswith("百分点") and _BESIDE.search(lead)):
        return last if last in ends else end if _LEVEL.search(lead) else period
    if kind in {"count", "measure", "money", "rate"} and _EACH.search(lead):
        return end
    if _THROUGHOUT.search(lead):
        return period
    share = kind == "rate" and _SHARE.search(lead)
    # 刑事案件总量下降35.9% is no level that the term ends with
    level = kind != "change" and _LEVEL.search(lead)
    return end if share or level else period


def lasting(lead: str, unit: str, value: Decimal | None, last: int) -> str:
    """The years that a figure of time without break tells of, up to the last one; empty for others.

    >>> lasting("粮食产量连续", "年", Decimal(9), 2025), lasting("连续", "个月", Decimal(30), 2025)
    ('2017..2025', '2023..2025')
    """
    if unit not in _LASTS or value is None or value != int(value) or value < 2:
        return ""
    if not _WITHOUT_BREAK.search(lead):
        return ""
    first = last - (int(value) - 1) // _LASTS[unit]
    return f"{first}..{last}" if first < last else str(last)


class Terms:
    """The time that each part of a report to an assembly tells of, by offset.

    >>> text = "一、2019年工作回顾\\n受理3件。\\n二、2020年工作安排\\n办结5件。"
    >>> terms = Terms(text, Report(0, len(text), "", "", ""), Calendar(2019, 2020, "report"))
    >>> terms.at(14), terms.at(len(text) - 3)
    (('2019', 'section'), ('2020', 'section'))
    """

    def __init__(self, text: str, report: Report, calendar: Calendar) -> None:
        self.calendar = calendar
        self.sections = Sections(text, *_span(report))
        self._starts: list[int] = []
        self._said: list[tuple[str, str]] = []
        self._read(text, report)

    def at(self, offset: int) -> tuple[str, str]:
        """The period of a part, and whether a `section` says so or only the report's own year."""
        i = bisect_right(self._starts, offset) - 1
        return self._said[i] if i >= 0 else (str(self.calendar.account), self.calendar.known)

    def year(self, offset: int) -> str:
        """The single year that a part tells of, the last one of a term that is over."""
        period = self.at(offset)[0]
        return period if ".." not in period else str(self.calendar.account)

    def _read(self, text: str, report: Report) -> None:
        headings = {section.start: section for section in self.sections.all}
        account, plans = str(self.calendar.account), str(self.calendar.plans)
        plan, plan_rank = False, 0
        # what the headings of each rank say, or the paragraphs right below them
        above = {-1: (account, self.calendar.known)}
        for m in _LINE.finditer(text, *_span(report)):
            section = headings.get(m.start())
            whole = section is not None or (len(m[0]) < _SHORT and not m[0].endswith(_ENDS))
            cue = (
                ""
                if _TITLE.search(m[0]) and len(m[0]) < _SHORT
                else self._opening(m[0], whole, self.sections.planned(m.start()))
            )
            rank = section.rank if section is not None else 0
            turned = section is not None and section.plan != plan
            # what stands below the plans is part of them, whatever it speaks of
            if section is not None and turned and (section.plan or cue or 0 < rank <= plan_rank):
                plan, plan_rank = section.plan, rank
                above = {-1: (plans if plan else account, self.calendar.known)}
            # a line without number and time is a paragraph rather than a heading
            if rank or (whole and cue):
                above = {k: said for k, said in above.items() if k < rank}
                above[rank] = above[max(above)]
            # a year apart from account and plans is that of its paragraph alone
            single = cue.isdigit() and cue not in {account, plans} and not whole
            if cue and not single:
                above[max(above)] = cue, "section"
            self._starts.append(m.start())
            self._said.append((cue, "section") if single else above[max(above)])

    def _timely(self, m: re.Match[str], plan: bool) -> bool:
        """Whether a year may be that of a paragraph: one to come is not that of work done."""
        return plan or int(parse(m["year"])) <= self.calendar.plans

    def _opening(self, line: str, whole: bool, plan: bool) -> str:
        """The period that the first words of a paragraph name, or the words of a heading."""
        at = _OPENS.match(line)
        begin = at.end() if at else 0
        found = [
            m
            for m in cues(line, begin, min(len(line), 80))
            if not set_against(line, m)
            and line[m.start() - 1 : m.start()] not in {"到", "至"}
            and not (m["year"] and (of_another(line, m) or not (whole or self._timely(m, plan))))
        ]
        first = _STOP.search(line, begin)
        stop = min(begin + _NEAR, first.start() if first else len(line))
        near = [m for m in found if whole or m.start() < stop]
        if _SALUTATION.match(line):  # the last one that opens a sentence leads on
            opening = [m for m in cues(line, 0, len(line)) if line[m.start() - 1] in "。!;"]
            near = opening[-1:] or near
        said = [period for m in near if (period := cue_period(m, self.calendar))]
        # of a year and a term (2025年和“十四五”时期工作回顾) the year holds until more is said
        years = [period for period in said if ".." not in period] if whole else []
        return (years or said or [""])[0]


def set_against(text: str, m: re.Match[str]) -> bool:
    """Whether words of time say only what something is compared with, or where it set out from."""
    if m[0].endswith("以来"):  # 自“十三五”以来
        return False
    return bool(_AGAINST.search(text, max(0, m.start() - 3), m.start()))


def of_another(text: str, m: re.Match[str]) -> bool:
    """Whether words of time date another thing than the figures behind them: when it began or was
    made (始建于1958年的水库, 2018年启动的项目完成投资), what work is aimed at (迎接2022年), or a document
    (《2021年清单》).

    >>> text = "2018年启动的项目完成投资8亿元。2018年完成投资8亿元"
    >>> [of_another(text, m) for m in re.finditer("2018年", text)]
    [True, False]
    """
    start = m.start()
    if text.rfind("《", max(0, start - 30), start) > text.rfind("》", max(0, start - 30), start):
        return True
    if _ORIGIN.search(text, max(0, start - 4), start):
        return True
    if text.startswith(("以前", "之前"), m.end()):
        return True
    made = _MADE.match(text, m.end())
    # 2019年建成的学校12所 are those of 2019
    return made is not None and (text[made.end() :][:1] in _BREAKS or bool(_DOES.search(made[1])))


def _span(report: Report) -> tuple[int, int]:
    return report.start, report.end
