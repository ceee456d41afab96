"""Tables of a web page: grids of their cells with spans filled, or one line after the other where a table lays out the page."""

import re
from collections import deque
from dataclasses import dataclass, field

from .boilerplate import Line
from .grids import grid

__all__ = ["WebCell", "WebTable", "rendered"]

_BARE = re.compile(r"[\s\d.,，%％‰+\-—–－/]*")
_PROSE = 160
_CELLS = 1_000_000


@dataclass(slots=True)
class WebCell:
    """A cell with its lines, and over how many columns and rows it goes."""

    columns: int = 1
    rows: int = 1
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def spanning(cls, columns: str | None, rows: str | None) -> "WebCell":
        """An empty cell with the spans that its mark-up states, within HTML's own bounds."""
        return cls(_span(columns, 1000), _span(rows, 65534))


@dataclass(slots=True)
class WebTable:
    """A table that is being read: the lines that it stands among, its own before the first cell, its rows."""

    outer: list[Line]
    before: list[Line] = field(default_factory=list)
    rows: list[list[WebCell]] = field(default_factory=list)


def _span(stated: str | None, most: int) -> int:
    return min(int(stated), most) if stated and stated.isdecimal() and len(stated) < 9 and int(stated) else 1


def rendered(table: WebTable, chrome: bool) -> list[Line]:
    """A table's lines: a grid, or one after the other where it lays out the page."""
    cells = [cell for row in table.rows for cell in row]
    lines = [line for cell in cells for line in cell.lines]
    size = sum(len(line.text) for line in lines)
    linked = sum(line.linked * len(line.text) for line in lines) > 0.5 * size
    prose = any(sum(len(line.text) for line in cell.lines) > _PROSE for cell in cells)
    # one row with a cell of several sentences: a menu beside the text
    prose = prose or (
        len(table.rows) == 1 and any(len(c.lines) > 1 and any("。" in x.text for x in c.lines) for c in cells)
    )
    if linked or prose or any(line.table for line in lines) or max(map(len, table.rows), default=0) < 2:
        return table.before + lines
    rows, above, below = _expanded(table)
    text = grid(rows)
    return [
        *table.before,
        *map(Line, above),
        *([Line(text, chrome=chrome, table=True)] if text else []),
        *map(Line, below),
    ]


def _expanded(table: WebTable) -> tuple[list[list[str]], list[str], list[str]]:
    """The cells with their spans filled, and what stands over or under them across the whole width."""
    given = [row for row in table.rows if row]
    spans = sum(cell.columns * min(cell.rows, len(given)) for row in given for cell in row) <= _CELLS
    rows: list[list[str]] = []
    wide: list[bool] = []
    pending: dict[int, tuple[int, str]] = {}  # column → rows still to fill, words to fill them with
    for number, row in enumerate(given):
        line: list[str] = []
        waiting = deque(row)
        while waiting or len(line) in pending:
            if len(line) in pending:
                left, words = pending.pop(at := len(line))
                if left > 1:
                    pending[at] = (left - 1, words)
                line.append(words)
                continue
            cell = waiting.popleft()
            text = _joined(cell)
            again = "" if _BARE.fullmatch(text) or (len(row) == 1 and not line) else text
            columns, deep = (cell.columns, min(cell.rows, len(given) - number)) if spans else (1, 1)
            for i in range(columns):
                if deep > 1:
                    pending[len(line)] = (deep - 1, again)
                line.append(again if i else text)
        rows.append(line)
        wide.append(sum(map(bool, line)) == 1 and (len(row) == 1 or bool(line[0])) and len(row) < 3)
    width = max(map(len, rows), default=0)
    wide = [
        w and bool(row[0]) and (given[i][0].columns >= width > 1)
        for i, (w, row) in enumerate(zip(wide, rows, strict=True))
    ]
    top = next((i for i, w in enumerate(wide) if not w), len(rows))
    end = len(rows) - next((i for i, w in enumerate(reversed(wide)) if not w), 0)
    filled = [row + [""] * (width - len(row)) for row in rows[top:end]]
    return filled, [row[0] for row in rows[:top]], [row[0] for row in rows[max(top, end) :]]


def _joined(cell: WebCell) -> str:
    """A cell's lines as one; two numbers under each other stay two."""
    text = ""
    for line in cell.lines:
        if text and text[-1].isdigit() and line.text[0].isdigit():
            text += "；"
        elif text and (text[-1].isascii() or line.text[0].isascii()):
            text += " "
        text += line.text
    return text
