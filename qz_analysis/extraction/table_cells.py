"""The cells of tables: whether one is a figure, two, a range, a year or nothing, and the unit that it has."""

import re
from dataclasses import dataclass

from ..script import TORN
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import pieces
from .table_heads import NOTHING, PERIOD, YEAR, known

TOTAL = Pattern("tables", "{total}")
# a sign that hides or damages digits; 3# is the name of a building, #### what a narrow cell shows
_SIGN = r"(?:(?!\#){foreign}|[〇^²³])+"
_NUMERAL = (
    rf"(?:\d[\d.,]*{_SIGN}[\d.,]*|{_SIGN}\d[\d.,]*|\#{{3,}}|\d+(?:\.\d+)?[eE][-+]?\d+"
    r"|\d{1,3}(?:[, ]\d{3})+|\d*[x*]+\d*|\d+)(?:\.[\dx*]+)?\s*[万亿]?(?:%|‰)?"
)
NUMBER = Pattern("tables", rf"(?:[-+↑↓≥≤<>]|{{hedges}})?{_NUMERAL}[余多]?", pieces)
BOUNDED = Pattern("tables", "{bounds}$")
# two numbers in a cell: 12/45 under 批次/人次, 12(34.5%) under 数量(占比)
TWO = Pattern(
    "tables",
    rf"(?P<one>{_NUMERAL})\s*(?:/\s*(?P<two>{_NUMERAL})|\(\s*(?P<in>{_NUMERAL})\s*\))",
    pieces,
)
# digits with what leaves open whether they are one number: 12 34, 12,34, 12[1], 12.5↑
OPEN_NUMBER = re.compile(rf"[<>]?\d[\d.,]*(?:[ {TORN}/\[(↑↓]*\d+[\])]?|[↑↓])")
_RANGE = re.compile(r"([1-9]\d*(?:\.\d+)?)\s*[-~至]\s*([1-9]\d*(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, and where they stand in the page."""

    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        """Whether it is a number, with its unit or without: 12, 1,234.5, xx, 约200名, 95%以上."""
        m = NUMBER.match(self.text)
        return m is not None and (m.end() == len(self.text) or self.unit != "")

    @property
    def unit(self) -> str:
        m = NUMBER.match(self.text)
        if m is None:
            return ""
        rest = BOUNDED.sub("", self.text[m.end() :])
        if not rest and self.text[m.end() - 1] in "%‰":
            return self.text[m.end() - 1]
        return rest if rest not in {"年", "月", "日"} and known(rest) else ""

    @property
    def figures(self) -> bool:
        """Whether it is a number, two of them, a range, or digits that leave open what they are."""
        two = self.number or TWO.fullmatch(self.text) or OPEN_NUMBER.fullmatch(self.text)
        return bool(two) or self.range

    @property
    def bounded(self) -> bool:
        """Whether it is a range or a number with 以上: what ages and sizes are told by."""
        return self.range or BOUNDED.search(self.text) is not None

    @property
    def range(self) -> bool:
        """Whether it is 100-200, which may be a range (2010-2011 is a time)."""
        m = _RANGE.fullmatch(self.text)
        return m is not None and float(m[1]) < float(m[2]) and not YEAR.fullmatch(m[1])

    @property
    def year(self) -> bool:
        return YEAR.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        return NOTHING.fullmatch(self.text) is not None


Row = list[Cell]


def words_of(row: Row) -> set[str]:
    return {cell.text for cell in row if not cell.empty}


def holds_times(cells: Row) -> bool:
    """Whether a column holds words of time, but for its totals."""
    full = [cell.text for cell in cells if not cell.empty and not TOTAL.match(cell.text)]
    return bool(full) and all(map(PERIOD.fullmatch, full))


def holds_words(cells: Row) -> bool:
    """Whether a column holds words and no figures."""
    figures = any(cell.figures and not cell.year for cell in cells)
    return not figures and any(not cell.empty for cell in cells)


def holds_figures(cells: Row) -> bool:
    """Whether at least half of what a column holds are numbers."""
    full = [cell for cell in cells if not cell.empty]
    return bool(full) and 2 * sum(cell.figures for cell in full) >= len(full)
