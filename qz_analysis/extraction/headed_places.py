"""The places that headings, lines and lists of a report name for what stands below or behind them."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..model import Report
from ..vocabularies import divisions as lists
from ..vocabularies.patterns import Pattern
from .names import LEVELS, MASK, NEVER, RANKS, beginning, possible
from .own_place import ELSEWHERE
from .place_codes import lies_under
from .sections import MARK, Sections, rank_of

_LOWER = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道)(?:[\u4e00-\u9fff]{1,4}?(?:村|社区))?(?=[\u4e00-\u9fff\d])"
)
_NO_SUBJECT = Pattern("places", "{no_subject}")
_LEADS = Pattern("reports", r"[\s“:：,]*(?:{leads})?")
# 二、乔庄镇; (三)双城镇:全年受理…; 甲镇工作情况 behind a mark alone
_HEADING = Pattern(
    "places",
    r"(?P<name>(?:[\u4e00-\u9fff]{1,9}?|[A-Z]\d?|[x*]{1,6})"
    r"(?P<level>街道|社区|[市县区旗镇乡村]))(?P<rest>{told_of})?[ *]*(?P<end>[:。]|$|(?=\n))",
)
# 城关镇:调解纠纷30起; 城关镇。调解纠纷30起, on a line of its own without mark
_RUN_IN = re.compile(
    r"(?m)(?:^|(?<=[。;]))[ #*]*(?:[一二三四五六七八九]是)?(?=[\u4e00-\u9fffA-Zx*]{2,12}[:。][^\n])"
)
_BARE = re.compile(r"(?m)^[ #*]*(?=[\u4e00-\u9fffA-Zx*]{2,12}[:：]?[ *]*$)")
# where an item of a list of short names begins, and what behind a short name makes it a full one
_ITEM_BEGINS, _KINDS = re.compile(r"[\n。;][ |]*"), frozenset("县区市旗州盟")
# a name of two characters or three at the head of a clause, how many of them make a list, and how
# far its items reach
_SHORT_NAME, _SEVERAL, _REACH_OF_ITEM = re.compile(r"[\u4e00-\u9fff]{2,3}"), 3, 90
_TODAY = 9999
_UNMARKED = re.compile(r"[ #*]*")
#: a line of several sentences
_PARAGRAPH = re.compile(r"(?m)^[^\n。]+。[^\n]+$")
_NEAR_TITLE = 20  # characters in which a paragraph says that it tells of a visit
_BELOW_ALL = 9  # the rank of a place's name on a line of its own without mark


def _listed_below(text: str, report: Report) -> list[tuple[int, int, dict[str, tuple[str, str]]]]:
    """The lists of a city's or province's report in which at least three of its cities or counties by
    their short names begin lines or sentences one behind the other: where each stands, and the full
    names with their levels.
    """
    codes = {one.code for one in lists.divisions(report.place) if one.code.endswith("00")}
    code = report.adcode or (codes.pop() if len(codes) == 1 else "")
    if not code.endswith("00"):
        return []
    year = int(report.dated[:4]) if report.dated[:4].isdigit() else None
    # 邯郸 in a list of a province's is the city, though a county may be called so, too; where the year
    # is unknown 承德 is the city of today, not the prefecture that it was
    cities = lists.below(code, year or _TODAY, "city")
    found = _lists_of(text, report, cities) if cities else []
    return found or _lists_of(text, report, lists.below(code, year))


def _lists_of(
    text: str, report: Report, divisions: Collection[lists.Division]
) -> list[tuple[int, int, dict[str, tuple[str, str]]]]:
    """The lists of some divisions by their short names."""
    names: dict[str, set[tuple[str, str]]] = {}
    for one in divisions:
        stem = lists.stem(one.name)
        if len(stem) > 1 and stem != report.place[: len(stem)]:
            names.setdefault(stem, set()).add((one.name, one.level))
    grouped: list[list[_Item]] = []
    for item in _items(text, report, names):
        if not grouped or item.start - grouped[-1][-1].end > _REACH_OF_ITEM:
            grouped.append([])
        grouped[-1].append(item)
    found = []
    for items in grouped:
        full = {one.stem: min(names[one.stem]) for one in items if len(names[one.stem]) == 1}
        if len(full) >= _SEVERAL:
            found.append((items[0].start, items[-1].end + _REACH_OF_ITEM, full))
    return found


class _Item(NamedTuple):
    """A line or sentence that begins with the short name of a county, and where the name ends."""

    start: int
    end: int
    stem: str


def _items(text: str, report: Report, stems: Collection[str]) -> Iterator[_Item]:
    """The lines and sentences of a report that begin with one of some names, of several the longest.

    To look the names up takes a tenth of the time of compiling them to an expression.
    """
    opens = {stem[:2] for stem in stems}
    longest_first = sorted(stems, key=len, reverse=True)
    # a report begins as behind a line end, or behind the full stop of the one before
    page = (text[report.start - 1] if report.start else "\n") + text[report.start : report.end]
    for m in _ITEM_BEGINS.finditer(page):
        at = m.end()
        if page[at : at + 2] not in opens:
            continue
        for stem in longest_first:
            end = at + len(stem)
            if page.startswith(stem, at) and page[end : end + 1] not in _KINDS:
                yield _Item(report.start + m.start(), report.start + end - 1, stem)
                break


class Headed:
    """The places that headings of a report name: each holds for what stands below it, up to the
    next heading that is no lower.

    >>> text = "一、总体情况\\n受理9件。\\n二、乔庄镇\\n受理3件。\\n三、其他\\n受理1件。"
    >>> report = Report(0, len(text), "", "唐县", "county")
    >>> headed = Headed(text, report, Sections(text, 0, len(text)))
    >>> headed.at(11), headed.at(22), headed.at(33)
    (None, ('乔庄镇', 'town'), None)
    """

    def __init__(self, text: str, report: Report, sections: Sections) -> None:
        marks = [
            (m.start(), m.end(), rank_of(m["mark"]))
            for m in MARK.finditer(text, report.start, report.end)
        ]
        known = {at for at, _, _ in marks}
        others = [one.start for one in sections.all if one.start not in known]
        marks += [(at, _UNMARKED.match(text, at).end(), 0) for at in others]  # type: ignore[union-attr]
        known.update(others)
        bare = _BARE.finditer(text, report.start, report.end)
        marks += [(m.start(), m.end(), _BELOW_ALL) for m in bare if m.start() not in known]
        marks = sorted(marks)
        names = [_heads_with(text, end, report, bare=rank == _BELOW_ALL) for _, end, rank in marks]
        # 平安社区 may be the name of a scheme: villages stand in a list
        villages = sum(name is not None and name[1] == "village" for name in names)
        self._starts: list[int] = []
        self._said: list[tuple[str, str] | None] = []
        open_: list[tuple[int, tuple[str, str]]] = []  # ranks and places of the headings above
        for (start, _, rank), name in zip(marks, names, strict=True):
            found = None if name and name[1] == "village" and villages < 2 else name
            if rank == _BELOW_ALL and found is None:
                continue
            open_ = [one for one in open_ if one[0] < rank]
            if found:
                open_.append((rank, found))
            self._starts.append(start)
            self._said.append(open_[-1][1] if open_ else None)
        self._run_in(text, report, villages)
        self._below = _listed_below(text, report)

    def listed(self, clause: str, at: int) -> tuple[str, str] | None:
        """The county or city whose short name begins a clause, in a report that lists those of its
        city or province by such names: 汉阴受理989件. `at` is where its figure stands.
        """
        for start, end, names in self._below:
            if start <= at < end and (m := _SHORT_NAME.match(clause)):
                stem = next((n for n in (m[0], m[0][:2]) if n in names), "")
                return names[stem] if stem else None
        return None

    def _run_in(self, text: str, report: Report, villages: int) -> None:
        """Notes the places that open a line, a colon or a full stop behind them: each holds to the
        next one or to the end of the line.
        """
        self._begins: list[int] = []
        self._inline: list[tuple[int, tuple[str, str]]] = []  # where each ends, and the place
        for m in _RUN_IN.finditer(text, report.start, report.end):
            name = _heads_with(text, m.end(), report, bare=True)
            if name is None or (name[1] == "village" and villages < 2):
                continue
            if self._inline and self._inline[-1][0] > m.start():
                self._inline[-1] = (m.start(), self._inline[-1][1])
            end = text.find("\n", m.end(), report.end)
            self._begins.append(m.start())
            self._inline.append((end if end >= 0 else report.end, name))
        for m in _PARAGRAPH.finditer(text, report.start, report.end):
            if m.start() not in self._begins and (name := _outside(m[0], report)):
                self._begins.append(m.start())
                self._inline.append((m.end(), name))
        order = sorted(range(len(self._begins)), key=self._begins.__getitem__)
        self._begins = [self._begins[k] for k in order]
        self._inline = [self._inline[k] for k in order]

    def at(self, offset: int) -> tuple[str, str] | None:
        """Place and level that the headings above an offset name, none where they name none."""
        k = bisect_right(self._begins, offset) - 1
        if k >= 0 and offset < self._inline[k][0]:
            return self._inline[k][1]
        i = bisect_right(self._starts, offset) - 1
        return self._said[i] if i >= 0 else None


def _outside(paragraph: str, report: Report) -> tuple[str, str] | None:
    """The listed place that a paragraph begins with as its subject and goes on telling of, if it
    lies outside the report's own and holds it neither.
    """
    found = subject_of(paragraph) if report.adcode else None
    if found is None or ELSEWHERE.search(paragraph[:_NEAR_TITLE]):
        return None
    codes = {one.code for one in lists.divisions(found[0])}
    own = report.adcode
    if not codes or any(
        one == own or lies_under(one, own) or lies_under(own, one) for one in codes
    ):
        return None
    return found


def _heads_with(text: str, at: int, report: Report, *, bare: bool) -> tuple[str, str] | None:
    """The place that a heading names behind its mark, if it lies below the report's own."""
    m = _HEADING.match(text, at, report.end)
    if m is None or (bare and m["rest"]) or NEVER.search(m["name"]) or not possible(m["name"]):
        return None
    name, level = m["name"], LEVELS[m["level"]]
    if found := beginning(name):
        if found.start != len(name):
            return None
        level = found.level
    elif level in {"city", "county"} and not MASK.fullmatch(name):
        return None  # a county is listed, a town need not be
    lower = report.level in {"", "bureau"} or RANKS.index(level) > RANKS.index(report.level)
    return (name, level) if lower and name != report.place else None


def subject_of(clause: str) -> tuple[str, str] | None:
    """The listed place that a clause names at its start as its subject, with a town or village of it."""
    at = _LEADS.match(clause)
    begin = at.end() if at else 0
    found = beginning(clause, begin)
    if found is None:
        return None
    end = found.start
    lower = _LOWER.match(clause, end)
    if lower and possible(lower[0]) and not NEVER.search(lower[0]):
        level = LEVELS.get(lower[0][-2:]) or LEVELS.get(lower[0][-1], "town")
        return clause[begin : lower.end()], level
    if _NO_SUBJECT.match(clause, end):
        return None
    return found.name, found.level
