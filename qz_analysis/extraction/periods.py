"""Words of time go in; which period holds at which place of the report comes out."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model import Report
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern, words
from .dates import is_address
from .terms import Terms, calendar_of, cue_period, cues, of_another, set_against


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a report that a clause is read against."""

    text: str
    report: Report
    year: str
    sure: bool  # the year is the report's own, not only the one most spoken of
    topic: str
    terms: Terms | None = None  # of a report to an assembly


SENTENCE = re.compile(r"[。;!?\n]")
CLAUSE = re.compile(r"[,。;:!?\n](?:(?<!,)|(?!\d{3}(?!\d)))")
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_PERIOD = Pattern(
    "periods",
    rf"""(?x)
    (?:
        # 2017、2018、2019三年; 民国20年; 上世纪80年代; 光绪三十年, 21世纪初
        (?P<first>\d{{4}})年?(?:、\d{{4}}年?){{0,3}}[、和](?P<last>\d{{4}})年?[两三四五]年
        |民国(?P<republic>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})年
        |(?:(?P<century>上个?世纪|(?:20|二十)世纪))?
            (?P<decade>(?:1[89]|20)?[1-9]0|[一二三四五六七八九]十)年代
        |(?P<vague>(?:\d{{2}}|[一二]十[一二三四五六七八九]?)世纪|{{eras}}[\d一二三四五六七八九十元]{{1,3}}年)
        |(?P<from>\d{{4}})年?(?:-+|{{to}})(?P<to>\d{{4}})年(?:期间)?
        # 2011年, 二〇一一年, masked 201*年 and xx年
        |(?P<year>\d{{4}}|[一二][〇零0一二三四五六七八九]{{3}}|[xX*]{{2,4}}|\d{{2,3}}[x*]{{1,2}}|x\d?)年
        |(?P<this>{{this_year}})|(?P<past>{{last_year}})|(?P<all>全年)
    )?
    (?:[我全][县市区镇])?
    (?:
        (?P<q>第?[一二三四1-4])季度(?:(?:-|{{to}})第?(?P<q2>[二三四2-4])季度)?
        |[前头](?P<qs>[二三两23])个?季度
        |[前头](?P<ms>\d{{1,2}}|[二两三四五六七八九十]|十[一二])个月
        |(?P<h>{{half_year}})
        |(?P<m1>{_MONTH})月?份?(?:-|{{to}})(?P<m2>{_MONTH})月份?
        |(?P<end>[\dx]{{1,2}}|{_MONTH})月(?:份|底|末|[\dx]{{1,2}}日)?
    )?
    (?P<since>以来|(?:\d{{1,2}}月)?{{onwards}}|年?初以来)?""",
)
# digits are words of time by what stands behind them alone
_FIRST = Pattern(
    "periods",
    r"\d(?=\d{0,3}(?:[年月份、和\-世季xX*]|{to}|{onwards}))|[xX*一二三四五六七八九十第今本年去上下全以前头民]|{eras}",
)
_SPANS = {"1-6": "-H1", "7-12": "-H2", "1-3": "-Q1", "4-6": "-Q2", "7-9": "-Q3", "10-12": "-Q4"}
_REGULAR = Pattern("periods", "{regular}")
_RESET = Pattern("periods", "{undated}")
_FAR = Pattern("periods", r"[^,。;\n\d]{1,24}?(?:以来|{onwards})")
_SINCE = Pattern("periods", r"{begun}[^,。;\n\d]{2,16}以来")
_PARTS = ("this", "all", "q", "h", "m1", "qs", "ms")
# 党的十九大以来: a span from a day that everybody knows
_EPOCH = Pattern(
    "periods",
    r"(?P<word>{epoch})[^,。;\d]{0,6}?以来",
    lambda: {"epoch": "(?:" + "|".join(_epochs()) + ")"},
)
_UNKNOWN = "unknown"  # of a time that has no year: no other time holds either
_UNTIL = re.compile("截[至止]")
_PART_OF_YEAR = re.compile("[底末份]")
_STOP = re.compile(r"[。;\n]")
_LEADS = re.compile("[到至为]")  # 从2015年的87亿元增长到118亿元
_NUMBERED = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)|[一二三四五六七八九]是|#)"
)
_OPENS = re.compile(r"(?:[\n ,。;:)”于在从自至到、]|截[至止])$")
_PLACE = re.compile(r"[县市区旗乡镇村]$")
_NOUN = Pattern("periods", "{noun}")
# what binds words of time to those behind them, so that they date no claim
_BOUND = re.compile(r"同期|\)|年\)|-")
# the figure of the year before, not the change against it
_OWN_FIGURE = Pattern(
    "periods", r"同期的?(?!{against})(?=[^,。;:\d]{0,16}\d)(?![^,。;\d]{0,12}{change})"
)
_SIGNED = re.compile(r"(\d{4}|\d{2,3}[x*]{1,2}|[x*]{2,4})年\d{1,2}月\d{1,2}日")
_MASKED = re.compile(r"(?:\d{2,3}[x*]{1,2}|(?<![a-z])x{2,4}|\*{2,4})年|(?<![\dx])x\d?年")
_TITLED = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
# what reports call themselves that give account of a time, and those that look ahead
_ACCOUNT = Pattern("periods", "{account}")
_AHEAD = Pattern("periods", "{ahead}")
_SPOKEN = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年(?!\d{1,2}月底?前)|-\d)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word of time: what it says and how far it reaches; `''` says that no period holds."""

    start: int
    until: int
    period: str
    paragraph: bool = False  # only a new paragraph begins, nothing is said of time


def _epochs() -> dict[str, str]:
    """What everybody dates by, with its year."""
    return dict(entry.split(" ") for entry in words("periods", "epochs"))


class Periods:
    """Which period holds where in a report.

    A word of time holds to the end of its paragraph, a day to its sentence, 每年 to its clause.
    """

    def __init__(
        self, marks: list[_Mark], stops: list[int], terms: Terms | None = None, own: str = ""
    ) -> None:
        self._own = own
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]
        self._stops, self._terms = stops, terms
        # for each word the nearest before it that reaches further; -1 for none
        self._wider: list[int] = []
        for i, mark in enumerate(self._marks):
            wider = i - 1
            while wider >= 0 and self._marks[wider].until <= mark.until:
                wider = self._wider[wider]
            self._wider.append(wider)

    def at(self, offset: int) -> str:
        """The period that holds at an offset, empty where none is known."""
        return self.told(offset)[0]

    def year(self, offset: int) -> str:
        """The one year that a part of a report to an assembly tells of, empty for other reports."""
        return self._terms.year(offset) if self._terms else ""

    def told(self, offset: int) -> tuple[str, str]:
        """The period that holds at an offset, and how it is known: `words` of the sentence, those
        of the `section`, the year of the `report` or the date of the `document`.
        """
        i = bisect_left(self._starts, offset) - 1
        while i >= 0 and self._marks[i].until <= offset:
            i = self._wider[i]
        mark = self._marks[i] if i >= 0 else None
        if mark is not None and mark.period:
            if mark.period == _UNKNOWN:
                return "", ""
            stops = self._stops
            same = bisect_right(stops, mark.start) == bisect_right(stops, offset)
            return mark.period, "words" if same else "section"
        if self._terms:
            return self._terms.at(offset)
        dated = self._own and (mark is None or mark.paragraph)
        return (self._own, "report") if dated else ("", "")


@lru_cache(maxsize=8)  # asked again for the same report
def stops_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    """Where the matches of a pattern end in a report; not to be changed."""
    return [m.end() for m in pattern.finditer(text, start, end)]


def periods_of(reading: Reading) -> Periods:
    """The periods of a report by its words of time."""
    text, start, end = reading.text, reading.report.start, reading.report.end

    stops = {pattern: stops_of(pattern, text, start, end) for pattern in (SENTENCE, CLAUSE)}

    def stop(pattern: re.Pattern[str], at: int) -> int:
        k = bisect_right(stops[pattern], at)
        return stops[pattern][k] if k < len(stops[pattern]) else end

    def reach(at: int, behind: int) -> int:
        """In a report to an assembly a time that opens a sentence holds for the paragraph, one
        within it for the sentence.
        """
        opens = text[at - 1 : at] in {"", *"。;\n!"} and text[behind : behind + 1] in {",", "是"}
        return end if opens else stop(SENTENCE, behind)

    marks = [_Mark(at, end, "", paragraph=True) for at in _paragraphs(text, start, end)]
    marks += [_Mark(m.start(), end, "") for m in _RESET.finditer(text, start, end)]
    regular = _REGULAR.finditer(text, start, end)
    marks += [_Mark(m.start(), stop(CLAUSE, m.end()), "") for m in regular]
    terms, since = reading.terms, ""
    for m in cues(text, start, end, plans=terms is None):
        term = cue_period(m, terms.calendar if terms else None)
        named = m["plan"] or ".." in term
        if named and not (_aside(text, m) or set_against(text, m)):
            until = reach(m.start(), m.end()) if terms else stop(SENTENCE, m.end())
            marks.append(_Mark(m.start(), until, term))
    for m in _EPOCH.finditer(text, start, end):
        if not _aside(text, m):
            year = _epochs()[m["word"]]
            marks.append(_Mark(m.start(), reach(m.start(), m.end()), f"{year}+"))
    explicit = -1  # where a sentence ends that names its year in full
    for m in _words_of_time(text, start, end):
        if len(m[0]) < 2 or (period := _period(m, reading)) is None:
            continue
        if of_another(text, m) or (terms and m["year"] and _too_late(text, m, period, terms)):
            continue
        if period.startswith("20xx") and m.start() < explicit:  # 历时xx年
            continue
        if m["year"] and period[:4].isdigit():
            explicit = stop(SENTENCE, m.end())
        if _beside(text, m) and period != _UNKNOWN:
            if _year_before(text, m):
                marks.append(_Mark(m.start(), stop(CLAUSE, m.end()), period))
            continue
        # a day, a month without 份 and last year tell of one event; what follows goes on in the
        # paragraph's own time
        event = (m["end"] and not _PART_OF_YEAR.search(m[0])) or m["past"]
        history = m["republic"] or m["decade"] or m["vague"]
        brief = history or (event and not m["since"] and not _far_since(text, m))
        until = reach(m.start(), m.end()) if terms else end
        if m["year"] and text.startswith("的", m.end()) and text.endswith("从", 0, m.start()):
            led = _LEADS.search(text, m.end(), stop(CLAUSE, m.end()))
            until = led.start() if led else stop(CLAUSE, m.end())
        marks.append(_Mark(m.start(), stop(SENTENCE, m.end()) if brief else until, period))
        since = since or (period if period.endswith("+") else "")
    # 推行服务以来: since the report's own beginning
    taken = sorted(mark.start for mark in marks if mark.period or text[mark.start] in "去上")
    for m in _SINCE.finditer(text, start, end) if since else ():
        near = bisect_right(taken, m.start() - 20)
        if near == len(taken) or taken[near] >= m.end():
            marks.append(_Mark(m.start(), end, since))
    return Periods(marks, stops[SENTENCE], terms, own_period(reading))


def own_period(reading: Reading) -> str:
    """The time that an account of work gives of itself in its title, empty where that names none.

    Only a report that calls itself one (总结, 汇报, 通报) is of one time throughout; an article that
    begins in a year goes on in others.

    >>> text = "甲县2019年上半年信访工作总结\\n受理9件。"
    >>> own_period(Reading(text, Report(0, len(text), text[:16], "", ""), "2019", True, ""))
    '2019-H1'
    """
    report = reading.report
    if not _ACCOUNT.search(report.title) or _AHEAD.search(report.title):
        return ""
    for m in _words_of_time(report.title, 0, len(report.title)):
        if (m["year"] or m["from"]) and (period := _period(m, reading)) and "x" not in period:
            return period
    return ""


def _paragraphs(text: str, start: int, end: int) -> Iterator[int]:
    """Where a new paragraph begins: a line end, or a list number behind a full stop."""
    for m in _STOP.finditer(text, start, end):
        if m[0] == "\n" or _NUMBERED.match(text, m.end(), end):
            yield m.start()


def _words_of_time(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of time, each tried only where one can begin."""
    at = start
    while hit := _FIRST.search(text, at, end):
        m = _PERIOD.match(text, hit.start(), end)
        if m is not None and m[0]:
            yield m
        at = max(hit.end(), m.end() if m else 0)


def _aside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time stand in a title or a comparison."""
    near, before = max(0, m.start() - 30), text[max(0, m.start() - 3) : m.start()]
    quoted = text.rfind("《", near, m.start()) > text.rfind("》", near, m.start())
    return quoted or before.endswith((*words("periods", "compared"), "("))


def _beside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time belong to a comparison, a title or a noun rather than to a claim."""
    before = text[max(0, m.start() - 3) : m.start()]
    if _aside(text, m) or _BOUND.match(text, m.end()):
        return True
    # 甲县2011年受理, but not 甲县2011年工作部署
    behind_place = _PLACE.search(before) and not _NOUN.match(text, m.end())
    opens = not before or _OPENS.search(before) or behind_place
    return not opens and not text.startswith(",", m.end())


def _year_before(text: str, m: re.Match[str]) -> bool:
    """Whether last year's words introduce its own figure: 上年同期300件."""
    if not m["past"] or text.endswith(tuple(words("periods", "compared")), 0, m.start()):
        return False
    return _OWN_FIGURE.match(text, m.end()) is not None


def _period(m: re.Match[str], reading: Reading) -> str | None:
    """The period as the claims table writes it, None without words of time, `''` without a year."""
    if m["from"] or m["first"]:
        return f"{m['from'] or m['first']}..{m['to'] or m['last']}"
    if m["republic"]:
        return str(1911 + int(parse(m["republic"])))
    if m["vague"]:
        return _UNKNOWN
    if m["decade"]:
        return _decade(str(parse(m["decade"])), bool(m["century"]))
    year, known, terms = m["year"], reading.year, reading.terms
    if terms and not year:
        year = _told_year(m, terms)
        if not year:
            return None
    elif year:
        year = year.translate(_DIGITS)
        year = year if year.isdigit() and len(year) == 4 else "20xx"  # 201* and xx are masked
    elif m["past"]:
        year = str(int(known) - 1) if known.isdigit() and reading.sure else ""
    elif (m["end"] and _PART_OF_YEAR.search(m[0])) or any(m.group(*_PARTS)):
        year = known
    else:
        return None
    if not year:
        return ""
    since = bool(m["since"]) or _far_since(reading.text, m)
    if until := _months(m):
        return f"{year}-{until[0]:02d}..{year}-{until[1]:02d}"
    part = _part(m)
    over = _UNTIL.search(reading.text, max(0, m.start() - 2), m.start()) or m[0][-1] in "底末"
    if part == "-12" and over and not since:  # all of the year is counted by its last day
        part = ""
    return year + part + ("+" if since and not m["this"] else "")


def _decade(said: str, century: bool) -> str:
    """The years of a decade; that of 20年代 is known behind 上世纪 alone."""
    if len(said) == 2:
        if not century and int(said) < 30:
            return _UNKNOWN
        said = f"19{said}"
    return f"{said}..{said[:3]}9"


def _too_late(text: str, m: re.Match[str], period: str, terms: Terms) -> bool:
    """Whether a year to come is named in the account of work done: 2022年冬奥会筹办."""
    year = period[:4]
    coming = year.isdigit() and int(year) > terms.calendar.plans
    led = text[max(0, m.start() - 1) : m.start()] in {"到", "至"}
    return coming and not led and not terms.sections.planned(m.start())


def _told_year(m: re.Match[str], terms: Terms) -> str:
    """The year that words without one mean in a report to an assembly, empty where they mean none."""
    if m["past"]:
        return str(terms.calendar.plans - 1)
    if m["this"]:
        return str(terms.calendar.plans)
    part = any(m.group(*_PARTS)) or (m["end"] and _PART_OF_YEAR.search(m[0]))
    # a day that opens a sentence dates what follows; within one it is that of one step of many
    day = m[0].endswith("日") and m.string[m.start() - 1 : m.start()] in {"", *"。;\n!"}
    part = part or (m["end"] and day)
    return terms.year(m.start()) if part else ""


_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _far_since(text: str, m: re.Match[str]) -> bool:
    """Whether what says that a span begins stands behind the verb: 自2011年推行代办服务以来."""
    if m["year"] and _SINCE.match(text, m.end()):  # 2011年推行代办服务以来
        return True
    return text.endswith(("自", "从"), 0, m.start()) and _FAR.match(text, m.end()) is not None


def _part(m: re.Match[str]) -> str:
    """The part of the year: quarter, half or month."""
    if m["q"] and not m["q2"]:
        return f"-Q{_quarter(m['q'])}"
    if m["h"]:
        return "-H1" if m["h"][0] == "上" else "-H2"
    if m["m1"] or m["qs"] or m["ms"] or m["q2"]:
        return _SPANS.get("{}-{}".format(*_span(m)), "")
    month = str(parse(m["end"])) if m["end"] and "x" not in m["end"] else ""
    return f"-{int(month):02d}" if month and 0 < int(month) < 13 else ""


def _quarter(said: str) -> int:
    return "一二三四1234".index(said[-1]) % 4 + 1


def _span(m: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of words that name a stretch of the year: 1-11月, 前三季度."""
    if m["m1"]:
        return int(parse(m["m1"])), int(parse(m["m2"]))
    if m["q2"]:
        return 3 * _quarter(m["q"]) - 2, 3 * _quarter(m["q2"])
    if m["qs"]:
        return 1, 3 * int(parse(m["qs"]))
    return 1, int(parse(m["ms"]))


def _months(m: re.Match[str]) -> tuple[int, int] | None:
    """A stretch of months that is no quarter, half or whole year."""
    if not (m["m1"] or m["qs"] or m["ms"] or m["q2"]):
        return None
    first, last = _span(m)
    whole = (first, last) == (1, 12) or f"{first}-{last}" in _SPANS
    return (first, last) if 0 < first < last < 13 and not whole else None


def year_of(text: str, report: Report, stated: str = "") -> tuple[str, bool]:
    """The year that 今年 means in a report, and whether the report itself dates it.

    The year is `20xx` when masked, `''` when unknown. `stated` is the period of the front matter.

    >>> from qz_analysis.extraction.reports import Report
    >>> year_of("受理9件。2012年3月1日", Report(0, 16, "", "", ""))
    ('2012', True)
    """
    if m := re.match(r"\d{4}|20xx", stated):
        # a report on a quarter is written in its year, one on a year perhaps in the next
        return m[0], "-" in stated
    if "dated" in report.given:  # as a date below its last line
        return report.dated[:4], True
    body = text[report.start : report.end]
    if signed := _SIGNED.findall(body[-200:]):
        return (signed[-1] if signed[-1].isdigit() else "20xx"), True
    if titled := _TITLED.search(report.title):  # a year in full outweighs masked ones below it
        return titled[1], True
    if ("x" in body or "*" in body) and _MASKED.search(body):
        return "20xx", False
    # of the years named most often the first
    years = Counter(_SPOKEN.findall(body)).most_common(1)
    return (years[0][0] if years else ""), False


def terms_of(text: str, report: Report) -> Terms | None:
    """The times that the parts of a report to an assembly tell of, none for any other report.

    >>> terms_of("受理9件。", Report(0, 5, "", "", "", dated="2012")) is None
    True
    """
    calendar = calendar_of(report.dated, report.dated_from)
    return Terms(text, report, calendar) if calendar and is_address(text, report) else None
