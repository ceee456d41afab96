"""A report's words of time → which period holds where."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Report

__all__ = ["CLAUSE", "SENTENCE", "Periods", "Reading", "periods_of", "year_of"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a report that a clause is read against."""

    text: str
    report: Report
    year: str
    sure: bool  # the year is the report's own (front matter, signature), not only the one most spoken of
    topic: str


SENTENCE = re.compile(r"[。;!?\n]")
CLAUSE = re.compile(r",(?!\d{3}(?!\d))|[。;:!?\n]")

_YEAR = r"(?P<year>\d{4}|[一二][〇零0一二三四五六七八九]{3}|[xX*]{2,4}|\d{2,3}[x*]{1,2}|x\d?)年"
_PERIOD = re.compile(
    r"(?:(?P<from>\d{4})年?(?:-+|至|到)(?P<to>\d{4})年(?:期间)?|"
    rf"{_YEAR}|(?P<this>今年|本年|年内)|(?P<past>去年|上年)|(?P<all>全年))?(?:[我全][县市区镇])?"
    r"(?:(?P<q>第?[一二三四1-4])季度|(?P<h>上半年|下半年)|(?P<m1>\d{1,2})(?:-|至|到)(?P<m2>\d{1,2})月份?|(?P<end>[\dx]{1,2})月(?:份|底|末|[\dx]{1,2}日)?)?"
    r"(?P<since>以来|(?:\d{1,2}月)?(?:开始|起)|年?初以来)?"
)
_SPANS = {
    ("1", "6"): "-H1",
    ("7", "12"): "-H2",
    ("1", "3"): "-Q1",
    ("4", "6"): "-Q2",
    ("7", "9"): "-Q3",
    ("10", "12"): "-Q4",
}
_REGULAR = re.compile(r"每年|每月|每季度|年均")
_FAR = re.compile(r"[^,。;\n\d]{1,24}?(?:以来|开始|起)")
_SINCE = re.compile(r"(?:推行|实施|开展|启动|运行|建立)[^,。;\n\d]{2,16}以来")
_RESET = re.compile(
    r"目前|现有|现在|近年来|近几年|多年来|近三年|近五年|原来|当前|一直以来|长期以来"
)
_STOP = re.compile(r"[。;\n]")
_NUMBERED = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)|[一二三四五六七八九]是|#)"
)
_NOUN = re.compile("度|工作|财政|政府|预算|计划|以|[至到]|的")
_COMPARED = (
    "比",
    "较",
    "与",
    "同",
    "由",
)  # before words of time that another figure is held against
# the figure of the year before, not the change against it
_THEN = re.compile(
    r"同期的?(?!相?比|相较)(?=[^,。;:\d]{0,16}\d)(?![^,。;\d]{0,12}(?:增|减|升|降|下滑|持平|提高|多|少))"
)
_FIRST = re.compile(r"[\dxX*一二三四第今本年去上下全以]")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word of time: what it says and how far it reaches; `''` says that no period holds."""

    start: int
    until: int
    period: str


class Periods:
    """Which period holds where: a word of time holds to the end of its paragraph, a day to its sentence, 每年 to its clause."""

    def __init__(self, marks: list[_Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]

    def at(self, offset: int) -> str:
        for i in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._marks[i].until > offset:
                return self._marks[i].period
        return ""


def periods_of(reading: Reading) -> Periods:
    text, report = reading.text, reading.report
    start, end = report.start, report.end
    marks = [_Mark(at, end, "") for at in _headings(text, start, end)]
    marks += [_Mark(m.start(), end, "") for m in _RESET.finditer(text, start, end)]
    marks += [
        _Mark(m.start(), _after(CLAUSE, text, m.end(), end), "")
        for m in _REGULAR.finditer(text, start, end)
    ]
    since = ""
    for m in _times(text, start, end):
        if len(m[0]) < 2 or (what := _period(m, reading)) is None:
            continue
        if _beside(text, m):
            if _year_before(text, m):
                marks.append(_Mark(m.start(), _after(CLAUSE, text, m.end(), end), what))
            continue
        # a day, a month without 份 and last year tell of one event; what follows goes on in the paragraph's own time
        event = (m["end"] and not re.search("[底末份]", m[0])) or m["past"]
        brief = event and not m["since"] and not _far_since(text, m)
        marks.append(_Mark(m.start(), _after(SENTENCE, text, m.end(), end) if brief else end, what))
        since = since or (what if what.endswith("+") else "")
    # 推行服务以来: since the report's own beginning
    taken = [mark.start for mark in marks if mark.period or text[mark.start] in "去上"]
    marks += [_Mark(m.start(), end, since) for m in _SINCE.finditer(text, start, end)
              if since and not any(m.start() - 20 < at < m.end() for at in taken)]  # fmt: skip
    return Periods(marks)


def _headings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a new paragraph begins: a line end, or a list number behind a full stop."""
    for m in _STOP.finditer(text, start, end):
        if m[0] == "\n" or _NUMBERED.match(text, m.end(), end):
            yield m.start()


def _times(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of time, each tried only where one can begin."""
    at = start
    while hit := _FIRST.search(text, at, end):
        m = _PERIOD.match(text, hit.start(), end)
        if m is not None and m[0]:
            yield m
        at = max(hit.end(), m.end() if m else 0)


def _after(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    m = pattern.search(text, at, end)
    return m.end() if m else end


def _beside(text: str, m: re.Match[str]) -> bool:
    """Whether the words of time belong to a comparison, a title or a noun (2011年工作部署) rather than to the claim."""
    before, after = text[max(0, m.start() - 3) : m.start()], text[m.end() : m.end() + 4]
    quoted = text.rfind("《", max(0, m.start() - 30), m.start()) > text.rfind(
        "》", max(0, m.start() - 30), m.start()
    )
    if (
        quoted
        or before.endswith((*_COMPARED, "("))
        or after.startswith(("同期", ")", "年)", "新定", "-"))
    ):
        return True
    opens = (
        not before
        or before[-1] in "\n ,。;:)” "
        or re.search(r"[于在从自至到]$|截[至止]$|、$", before)
    )
    # 甲县2011年受理, but not 甲县2011年工作部署
    behind = re.search(r"[县市区旗乡镇村]$", before) and not _NOUN.match(after)
    return not opens and not behind and not after.startswith(",")


def _year_before(text: str, m: re.Match[str]) -> bool:
    """Whether last year's words introduce its own figure (上年同期300件), which is told of in that clause alone."""
    return bool(m["past"] and _THEN.match(text, m.end())) and not text.endswith(
        _COMPARED, 0, m.start()
    )


def _period(m: re.Match[str], reading: Reading) -> str | None:
    """A period in the form of the contract; None when the match holds no word of time, `''` when the year is unknown."""
    if m["from"]:
        return f"{m['from']}..{m['to']}"
    year, known = m["year"], reading.year
    if year:
        year = _plain_year(year)
    elif m["past"]:
        year = str(int(known) - 1) if known.isdigit() and reading.sure else ""
    elif (
        m["this"]
        or m["all"]
        or m["q"]
        or m["h"]
        or m["m1"]
        or (m["end"] and re.search("[底末份]", m[0]))
    ):
        year = known
    else:
        return None
    if not year:
        return ""
    since = bool(m["since"]) or _far_since(reading.text, m)
    return (
        year + ("" if since and m["end"] else _part(m)) + ("+" if since and not m["this"] else "")
    )


def _plain_year(year: str) -> str:
    """2011, 二〇一一 and the masked 201*, xx as the contract writes them."""
    digits = "".join(
        str("〇一二三四五六七八九".index(c)) if c in "〇一二三四五六七八九" else c
        for c in year.replace("零", "〇")
    )
    return digits if digits.isdigit() and len(digits) == 4 else "20xx"


def _far_since(text: str, m: re.Match[str]) -> bool:
    """自2011年推行代办服务以来: the year opens a span although the word that says so stands behind the verb."""
    return text.endswith(("自", "从"), 0, m.start()) and _FAR.match(text, m.end()) is not None


def _part(m: re.Match[str]) -> str:
    """The part of the year: quarter, half or month."""
    if m["q"]:
        return f"-Q{'一二三四1234'.index(m['q'][-1]) % 4 + 1}"
    if m["h"]:
        return "-H1" if m["h"] == "上半年" else "-H2"
    if m["m1"]:
        return _SPANS.get((m["m1"], m["m2"]), "")
    return f"-{int(m['end']):02d}" if m["end"] and m["end"].isdigit() and not m["since"] else ""


def year_of(text: str, report: Report, stated: str = "") -> tuple[str, bool]:
    """Year that 今年 means in a report, and whether the report itself dates it.

    Args:
        text: the clean page.
        report: the stretch to look at.
        stated: period of the front matter, if any.

    Returns:
        four digits, `20xx` when masked or `''`; true when the front matter or the signature says so.

    >>> from qz_analysis.model import Report
    >>> year_of("受理9件。2012年3月1日", Report(0, 16, "", "", ""))
    ('2012', True)
    """
    if m := re.match(r"\d{4}|20xx", stated):
        return (
            m[0],
            "-" in stated,
        )  # a report on a quarter is written in its year, one on a year perhaps in the next
    body = text[report.start : report.end]
    signed = re.findall(r"(\d{4}|\d{2,3}[x*]{1,2}|[x*]{2,4})年\d{1,2}月\d{1,2}日", body[-200:])
    if signed:
        return (signed[-1] if signed[-1].isdigit() else "20xx"), True
    if re.search(r"(?:\d{2,3}[x*]{1,2}|(?<![a-z])x{2,4}|\*{2,4})年|(?<![\dx])x\d?年", body):
        return "20xx", False
    if titled := re.search(r"(?<!\d)((?:19|20)\d{2})年", report.title):
        return titled[1], True
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年(?!\d{1,2}月底?前)|-\d)", body)
    return (max(years, key=lambda y: (years.count(y), -years.index(y))) if years else ""), False
