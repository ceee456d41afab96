"""A cell of a table in a text, and the sentence that is put together from cells and from words said again."""

import re
from dataclasses import dataclass, field

from .headings import NOTHING, YEAR, known

__all__ = ["BARE", "TORN", "TWO", "Cell", "Row", "Teller", "plain", "quiet", "say_plain", "words_of"]

#: stands for the unit of a number that has none: a noncharacter, which no page holds
BARE = "\ufdd0"
#: stand for the digits, masks and numerals of words that are said again (65岁以上), which are no figures of the cell
_QUIET = {ord(c): chr(0xFDD1 + n) for n, c in enumerate("0123456789x*?一二三四五六七八九十百千万亿两几数半")}
_LOUD = {ord(quiet): chr(digit) for digit, quiet in _QUIET.items()} | {ord(BARE): ""}
_PRINTED = r"(?:\d{1,3}(?:[, ]\d{3})+|\d*[x*]+\d*|\d+)(?:\.[\dx*]+)?\s*[万亿]?(?:%|‰)?"
_NUMBER = re.compile(
    rf"(?P<hedge>[-+↑↓≥≤]|大?约|近|超过?|逾|不足|增长|增加|上升|提高|下降|降低|减少)?{_PRINTED}(?P<over>[余多])?"
)
_AND_MORE = re.compile(r"(?:以上|以下|以内|左右|上下)$")
# two numbers in a cell: 12/45 under 批次/人次, 12(34.5%) under 数量(占比)
TWO = re.compile(rf"(?P<one>{_PRINTED})\s*(?:/\s*(?P<two>{_PRINTED})|\(\s*(?P<in>{_PRINTED})\s*\))")
_BETWEEN = re.compile(r"([1-9]\d*(?:\.\d+)?)\s*[-~至]\s*([1-9]\d*(?:\.\d+)?)")
_DATE = re.compile(
    r"((?:(?:19|20)\d\d年?[-至到])?(?:19|20)\d\d年(?:\d{1,2}(?:-\d{1,2})?月)?|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?!\d))"
)
# 三百余户 is a figure, 五保 and 三支一扶 are words
_LOUDEST = re.compile(
    r"[\dx*?]+|[一二三四五六七八九十百千万亿两几数半]+(?=[多余来]?[个件人名户起宗批次元家处所项条万亿%成])"
)
TORN = tuple("0123456789.百千万亿")


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        """Whether it is a number, with its unit or without: 12, 1,234.5, xx, 12人, 约200名, 95%以上."""
        m = _NUMBER.match(self.text)
        return m is not None and (m.end() == len(self.text) or self.unit != "")

    @property
    def unit(self) -> str:
        m = _NUMBER.match(self.text)
        if m is None:
            return ""
        rest = _AND_MORE.sub("", self.text[m.end() :])
        if not rest and self.text[m.end() - 1] in "%‰":
            return self.text[m.end() - 1]
        return rest if rest not in {"年", "月", "日"} and known(rest) else ""

    @property
    def figures(self) -> bool:
        """Whether it is a number, two of them or a range."""
        return self.number or TWO.fullmatch(self.text) is not None or self.range

    @property
    def bounded(self) -> bool:
        """Whether it is a number with 以上 or the like behind it, or a range: what ages and sizes are told by."""
        return self.range or _AND_MORE.search(self.text) is not None

    @property
    def range(self) -> bool:
        """Whether it is 100-200, which may be a range (2010-2011 is a time)."""
        m = _BETWEEN.fullmatch(self.text)
        return m is not None and float(m[1]) < float(m[2]) and not YEAR.fullmatch(m[1])

    @property
    def year(self) -> bool:
        return YEAR.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        return NOTHING.fullmatch(self.text) is not None


Row = list[Cell]


@dataclass
class Teller:
    """A text put together from stretches of another and from words said in between; remembers where all of it stood."""

    source: str
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)
    length: int = 0

    def keep(self, start: int, end: int) -> None:
        """The source's own words."""
        if end > start:
            self._add(self.source[start:end], start)

    def say(self, words: str, at: int) -> None:
        """Words that the source has elsewhere; they stand where the character at an offset stands."""
        for character in words:
            self._add(character, at)

    def _add(self, words: str, at: int) -> None:
        self.pieces.append(words)
        self.starts.append(self.length)
        self.shifts.append(at - self.length)
        self.length += len(words)


def plain(words: str) -> str:
    """Words of a told text as a reader would write them: what stands for digits is digits again."""
    return words.translate(_LOUD)


def quiet(words: str) -> str:
    """Words to be said, their digits no numbers, but for those of times."""
    parts = (part if _DATE.fullmatch(part) else _LOUDEST.sub(_hush, part) for part in _DATE.split(words))
    return "".join(parts)


def _hush(m: re.Match[str]) -> str:
    return m[0].translate(_QUIET)


def say_plain(teller: Teller, row: Row) -> None:
    """A row without figures: its words, commas between them."""
    cells = [cell for cell in row if cell.text]
    cells = [
        cell for cell, before in zip(cells, [None, *cells], strict=False) if not before or cell.text != before.text
    ]
    for n, cell in enumerate(cells):
        teller.say("," if n else "", cell.start)
        teller.keep(cell.start, cell.end)
    if cells:
        teller.say("。\n" if cells[-1].text.endswith(TORN) else "\n", cells[-1].end)


def words_of(row: Row) -> set[str]:
    return {cell.text for cell in row if not cell.empty}
