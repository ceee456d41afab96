"""Tables in a page's text → sentences: every cell said with its row head, its column head and its unit, offsets kept.

A table stands in the text as lines `| 乡镇 | 受理(件) |` (so the readers of HTML, Word and PDF write it, and Markdown) or as lines
whose cells tabs keep apart. The row `| 甲镇 | 12 | 91.7 |` becomes 甲镇受理12件,办结率91.7%。 and is read like any other sentence:
words that are said again, a head's or a unit's, stand in the offset map where the digits stand.
"""

import itertools
import re
from collections.abc import Iterator

from .columns import is_pair, tell_rows
from .headings import CAPTION, PERIOD, TIME, units_in
from .tabcells import TORN, Cell, Row, Teller, say_plain, words_of

__all__ = ["told"]

_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[\s|:+=-]*")
_PIPES = re.compile(r"\s*\|.*\|.*\|\s*")
_NEAR = 200  # characters above a table in which its caption stands
_FIELD = 60  # a tab-separated cell is no longer


def told(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Text in which the rows of tables are sentences, with the runs of its offset map (as `cleaning.Clean` keeps them).

    Args:
        text: a page's text with half-width punctuation.

    Returns:
        the text, where its runs begin, and what to add there to come to the offset in `text`.

    >>> told("单位:件\\n| 乡镇 | 受理 |\\n| 甲镇 | 12 |\\n完。")[0]
    '单位:件\\n甲镇受理12件。\\n完。'
    """
    if "|" not in text and "\t" not in text:
        return text, (0,), (0,)
    teller, at = Teller(text), 0
    before: _Table | None = None
    for start, end, rows in _blocks(text):
        teller.keep(at, start)
        table = _Table(rows, text[max(0, start - _NEAR) : start])
        if before is not None and not text[at:start].strip():
            table.go_on(before)
        table.tell(teller)
        at, before = end, table
    teller.keep(at, len(text))
    return "".join(teller.pieces), tuple(teller.starts) or (0,), tuple(teller.shifts) or (0,)


def _blocks(text: str) -> Iterator[tuple[int, int, list[Row]]]:
    """Tables of a text: where each begins and ends (its last line end left out) and its rows."""
    lines = ((m.start(), m.end(), _kind(m[0])) for m in _LINE.finditer(text) if m[0])
    for (kind, _), group in itertools.groupby(lines, key=lambda line: (line[2], line[2] and text[line[0] : line[1]].count(line[2]) if line[2] == "\t" else 0)):  # fmt: skip
        if not kind:
            continue
        found = list(group)
        spans = [(a, b) for a, b, _ in found if not _RULE.fullmatch(text, a, b)]
        rows = [_cells(text, a, b, kind) for a, b in spans]
        numbers = sum(cell.figures for row in rows for cell in row)
        if kind == "\t" and (len(rows) < 2 or not numbers or any(len(c.text) > _FIELD for row in rows for c in row)):
            continue
        end = found[-1][1]
        yield found[0][0], end - text[found[0][0] : end].endswith("\n"), rows


def _kind(line: str) -> str:
    """What keeps the cells of a line apart: `|`, a tab, or `""` for a line of prose."""
    if _PIPES.fullmatch(line):
        return "|"
    return "\t" if "\t" in line.strip() else ""


def _cells(text: str, start: int, end: int, separator: str) -> Row:
    line = text[start:end]
    cells, at = [], start
    for piece in line.rstrip("\n").split(separator):
        inner = piece.strip()
        begin = at + len(piece) - len(piece.lstrip()) if inner else at
        cells.append(Cell(begin, begin + len(inner), inner))
        at += len(piece) + 1
    return cells[1:-1] if separator == "|" else cells


class _Table:
    """The rows of one table, with what its heads and its caption say."""

    def __init__(self, rows: list[Row], above: str) -> None:
        width = max((len(row) for row in rows), default=0)
        self.rows = [row + [Cell(row[-1].end, row[-1].end, "")] * (width - len(row)) for row in rows]
        lines = [line for line in above.splitlines() if line.strip()][-3:]
        lines = list(
            itertools.takewhile(lambda line: len(line) < _FIELD and not line.endswith(("。", ";")), reversed(lines))
        )
        self.titles: list[Row] = []  # rows of one cell over the whole table
        while len(self.rows) > 2 and width > 1 and len(words_of(self.rows[0])) == 1 and not self._counts(self.rows[0]):
            self.titles.append(self.rows.pop(0))
        self.caption = "\n".join([*reversed(lines), *(word for row in self.titles for word in words_of(row))])
        self.torn = above.rstrip().endswith(TORN)  # a number before the table must not run into it
        self.width = width
        self.heads: list[Row] = []  # of the page before
        self.last: list[Row] = []  # of the last section
        self.units: list[str] = []

    def go_on(self, before: "_Table") -> None:
        """Takes over what stood over the columns of the table right before, when this is the rest of it on a new page."""
        heads, data = self._section(0)
        if not heads and data and before.last and self.width == before.width:
            alike = [cell.figures or cell.empty for cell in data[0]] == [c.figures or c.empty for c in before.rows[-1]]
            self.heads, self.units = (before.last, before.units) if alike else ([], [])

    def tell(self, teller: Teller) -> None:
        """Says all rows; a table without numbers is only rid of its lines."""
        self.units, times = units_in(self.caption) or self.units, [m[0] for m in TIME.finditer(self.caption)]
        time = times[-1] if times else ""
        if any(c.year or ((m := PERIOD.match(c.text)) and m[0][:4].isdigit()) for row in self.rows for c in row):
            time = ""  # the table has years of its own
        if self.torn and self.rows:
            teller.say("。", self.rows[0][0].start)
        for row in self.titles:
            if not all(CAPTION.match(word) for word in words_of(row)):
                say_plain(teller, row)
        at = 0
        while at < len(self.rows):
            heads, data = self._section(at)
            at += len(heads) + len(data)
            self.units = next(filter(None, (units_in(cell.text) for row in heads for cell in row)), self.units)
            self.last = heads or self.heads
            if data and time:
                teller.say(f"在{time}。", data[0][0].start)
            if data:
                tell_rows(teller, self.last, data, self.units, time)
            else:
                for row in heads:
                    say_plain(teller, row)
        if teller.pieces and teller.pieces[-1] == "\n":  # the line end behind the table is the page's own
            teller.pieces.pop(), teller.starts.pop(), teller.shifts.pop()
            teller.length -= 1

    def _section(self, at: int) -> tuple[list[Row], list[Row]]:
        """The next rows of heads, and the rows with numbers below them."""
        heads: list[Row] = []
        for row in self.rows[at:]:
            own = heads and not row[0].empty and row[0].text not in {head[0].text for head in heads}
            if self._counts(row) or (own and any(cell.year for cell in row[1:])):
                break  # a count of 2028 stands under heads and behind a head of its own
            heads.append(row)
        data: list[Row] = []
        while len(heads) > 1 and len(words_of(heads[-1])) == 1 and len(words_of(heads[-2])) > 1:
            data.insert(0, heads.pop())  # a row of one word under the heads belongs to the rows below
        for row in self.rows[at + len(heads) + len(data) :]:
            if not self._counts(row) and len(words_of(row)) > max(2, self.width // 2):
                break  # a second row of heads
            data.append(row)
        if len(heads) == 1 and is_pair(heads[0], data):
            data.insert(0, heads.pop())
        return heads, data

    def _counts(self, row: Row) -> bool:
        """Whether a row holds figures: a number that is no year, beside words or in a later column."""
        return any(c.figures and not c.year for c in row[1:]) or (row[0].number and not row[0].year and len(row) < 2)
