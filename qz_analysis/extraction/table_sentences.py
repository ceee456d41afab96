"""Sentences made of stretches of a page and of words said in between, with where all of it stood."""

import itertools
import re

from ..script import TORN
from ..vocabularies.patterns import Pattern
from .table_cells import BOUNDED, OPEN_NUMBER, TWO, Cell, Row
from .table_heads import SHARE, known, spoken, unit_free, unit_of, unit_under

# stands behind a number of a cell that has no unit: a character that no text holds
_UNITLESS = "\ufdd0"
#: behind a comma of a row: the time that was said over the columns before holds no longer
TIME_ENDS = "\x1f"
#: before the stop of a row that is one of several kinds of what the column counts
ONE_KIND = "\x1e"
# stand for the digits, masks and numerals of words that are said again (65岁以上), which are no
# figures of the cell
_QUIET = {
    ord(c): chr(0xFDD1 + n)
    for n, c in enumerate("0123456789x*?一二三四五六七八九十百千万亿两几数半")
}
_LOUD = {ord(quiet): chr(digit) for digit, quiet in _QUIET.items()} | {
    ord(_UNITLESS): "",
    ord(TIME_ENDS): "",
    ord(ONE_KIND): "",
    ord(TORN): " ",
}
_MARKS = re.compile(f"[\ufdd0-\ufdef{TIME_ENDS}{ONE_KIND}{TORN}]")
_DATE = re.compile(
    r"((?:(?:19|20)\d\d年?[-至到])?(?:19|20)\d\d年(?:\d{1,2}(?:-\d{1,2})?月)?"
    r"|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?!\d))"
)
# 三百余户 is a figure, 五保 and 三支一扶 are words
_FIGURE = re.compile(
    r"[\dx*?]+|[一二三四五六七八九十百千万亿两几数半]+"
    r"(?=[多余来]?[个件人名户起宗批次元家处所项条万亿%成])"
)


def printed(text: str) -> str:
    """Clean text as a reader would write it, without the marks that tables leave in it."""
    return text.translate(_LOUD) if _MARKS.search(text) else text


def unitless(text: str, end: int) -> bool:
    """Whether the number that ends at an offset is that of a table's cell without a unit."""
    return text.startswith(_UNITLESS, end)


def unitless_numbers(text: str, start: int, end: int) -> int:
    """How many numbers of a stretch stand in cells of tables without a unit."""
    return text.count(_UNITLESS, start, end)


def _quiet(words: str) -> str:
    """Words to be said, their digits no numbers, but for those of times."""
    return "".join(
        part if _DATE.fullmatch(part) else _FIGURE.sub(lambda m: m[0].translate(_QUIET), part)
        for part in _DATE.split(words)
    )


CHANGE = Pattern("tables", "{compared}|{directed}")
_DIRECTED = Pattern("tables", "{directed}[幅率数额量值]?度?$")
_ONE_WAY = Pattern("tables", "{one_way}")
NUMBERS = Pattern("tables", "{numbers}")
_WHOLE = re.compile(r"\d+(?:\.\d+)?")
_TWO_HEADS = re.compile(
    r"(?:(?P<before>[^/()]*)\()?(?P<one>[^/()]+)(?:/(?P<two>[^/()]+)|\((?P<in>[^/()]+)\))"
    r"(?(before)\))"
)
# words that end so would become part of the number behind them
_RUNS_ON = tuple("一二三四五六七八九十百千万亿.x*?-~/%")
# and a number that ends so would run into the words behind it
RUNS_INTO = tuple("0123456789.百千万亿")


class Sentences:
    """A text made of stretches of another and words said in between, with where all of it stood."""

    def __init__(self, source: str) -> None:
        self.source, self.pieces = source, list[tuple[str, int]]()

    def keep(self, start: int, end: int) -> None:
        """Adds the source's own words."""
        if end > start:
            self.pieces.append((self.source[start:end], start))

    def say(self, words: str, at: int) -> None:
        """Adds words that the source has elsewhere; they stand where one of its characters does."""
        self.pieces.extend((character, at) for character in words)

    def end_paragraph(self, at: int) -> None:
        """Ends the paragraph, so that no word of time holds any longer."""
        self.say("\n" if self.pieces and self.pieces[-1][0] == "。" else "。\n", at)

    def say_row(self, row: Row) -> None:
        """Adds the words of a row without figures, commas between them."""
        filled = (cell for cell in row if cell.text)
        cells = [next(same) for _, same in itertools.groupby(filled, key=lambda cell: cell.text)]
        if (
            len(cells) == 1 and self.pieces and self.pieces[-1][0] == "。"
        ):  # it heads what stands below it
            self.say("\n", cells[0].start)
        for n, cell in enumerate(cells):
            self.say("," if n else "", cell.start)
            self.keep(cell.start, cell.end)
        if cells:
            self.say("。\n" if cells[-1].text.endswith(RUNS_INTO) else "\n", cells[-1].end)

    def say_number(self, words: str, start: int, end: int, unit: str) -> None:
        """Adds words, the digits of a stretch and their unit."""
        last = (words or (self.pieces[-1][0] if self.pieces else ""))[-1:]
        runs_on = words.endswith(_RUNS_ON) or (last.isascii() and last.isalpha())
        self.say(_quiet(words) + ":" * runs_on, start)
        self.keep(start, end)
        self.say(unit, end - 1)

    def say_cell(
        self, cell: Cell, words: str, name: str, about: str, own: str, above: list[str]
    ) -> None:
        """Adds a cell with the words before it: a number, two, a range, or words of its own.

        `name` is the head of its column, `about` those of column and row; `own` is the unit that
        the row gives, `above` are those of the caption.
        """
        unit = cell.unit or unit_under(name, about, own, above)
        if cell.number:
            self._say_figure(cell, words, unit, about)
        elif two := TWO.fullmatch(cell.text):
            self._say_two(cell, two, words, name, own, above)
        elif cell.range and unit:
            self.say_number(words, cell.start, cell.end, unit)
        elif (
            unit
            and (bound := BOUNDED.search(cell.text))
            and _WHOLE.fullmatch(cell.text, 0, bound.start())
        ):
            end = cell.start + bound.start()
            self.say_number(words, cell.start, end, unit)
            self.keep(end, cell.end)
        elif unit and OPEN_NUMBER.fullmatch(cell.text):
            self._say_open(cell, words, unit)
        else:
            self.say(_quiet(words), cell.start)
            self.keep(cell.start, cell.end)

    def _say_figure(self, cell: Cell, words: str, unit: str, about: str) -> None:
        """Adds a number; a sign under a head of change is said as a direction."""
        start, sign, change = cell.start, cell.text[0], CHANGE.search(about)
        if sign in "+-" and not change:
            self.say(_quiet(words), start)
            self.keep(start, cell.end)  # what is below nothing is no count
            return
        if sign in "+-↑↓":
            words = _DIRECTED.sub("", words) + ("下降" if sign in "-↓" else "增长")
            start += 1
        elif _ONE_WAY.match(cell.text):
            words = _DIRECTED.sub("", words)
        elif change and not _ONE_WAY.search(words):
            words = _DIRECTED.sub("", words) + "增长"
        self.say_number(_quiet(words), start, cell.end, "" if cell.unit else unit or _UNITLESS)

    def _say_open(self, cell: Cell, words: str, unit: str) -> None:
        """Adds digits of which nobody knows whether they are one number, so that none is read."""
        self.say(_quiet(words) + ":" * words.endswith(_RUNS_ON), cell.start)
        parts = list(re.finditer(r"\d+(?:\.\d+)?", cell.text))
        for n, part in enumerate(parts):
            self.say(TORN if n or len(parts) == 1 else "", cell.start + part.start())
            self.keep(cell.start + part.start(), cell.start + part.end())
        self.say(unit, cell.end - 1)

    def _say_two(
        self, cell: Cell, two: re.Match[str], words: str, name: str, own: str, above: list[str]
    ) -> None:
        """Adds two numbers where the head names both; else the cell is words: 12/45 is no share."""
        heads, keys = _TWO_HEADS.fullmatch(name), ("one", "two" if two["two"] else "in")
        before, first, second = "", "", ""
        if heads:
            before, first, second = heads["before"] or "", heads["one"], heads["two"] or heads["in"]
        units = [
            two[key][-1]
            if two[key][-1] in "%‰"
            else unit_under(part, part, "", above) or (part if known(part) else "")
            for key, part in zip(keys, (first, second), strict=True)
        ]
        behind = second
        if two["in"] and units[1] in {"%", "‰"} and (first or not heads):  # 12(34.5%)
            behind = second if SHARE.search(second) else "占比"
            units[0] = units[0] or own
        elif heads is None or not all(units):
            if unit := unit_of(name):
                self._say_open(cell, words, unit)
            else:
                self.say(_quiet(words + cell.text), cell.start)
            return
        words = words.removesuffix(unit_free(spoken(heads[0])) if heads else "") + before
        words += "" if NUMBERS.fullmatch(first) or known(first) else first
        saids = (words, "," + ("" if known(second) else behind))
        for key, said, unit in zip(keys, saids, units, strict=True):
            unit = "" if two[key][-1] in "%‰" else unit or _UNITLESS
            start, end = cell.start + two.start(key), cell.start + two.end(key)
            self.say_number(said, start, end, unit)
