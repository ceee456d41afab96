"""Tables as every reader writes them: cells with their edges become lines `| 乡镇 | 受理 |`.

Such lines are what `extraction.tables` reads. Blocks of text and tables are put together here too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..vocabularies.patterns import Pattern

#: a cell with more characters than this is prose that the page only lays out in a table
PROSE = 160
_MOST = 2_000_000  # slots of a table; more are the work of made-up spans
_DATES = Pattern("grid", r"\d{1,4}\s*(?:{dates}|[-—–~～至](?=\s*\d{1,2}\s*[月日]))")
_FIGURE = re.compile(r"[\d×*＊]")
_WORD = re.compile(r"[^\W\d_]")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—《》]"
_NARROW = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
_SPACE = re.compile(r"\s+")
_EMPTY = re.compile(r"\n{3,}")


@dataclass(slots=True)
class Cell:
    """A table cell between edges in any steady measure: row and column numbers, twips, points."""

    top: float
    bottom: float
    left: float
    right: float
    parts: Sequence[str]  # its paragraphs

    @property
    def text(self) -> str:
        """Its paragraphs in one line; between Chinese characters no space."""
        return _NARROW.sub("", " ".join(part.strip() for part in self.parts if part.strip()))


def spread(cells: Iterable[Cell], across: float = 0, down: float = 0) -> list[list[str]]:
    """Rows of a table: words stand in each slot that their cell spans, figures in the first only.

    Column edges no further apart than `across` and row edges no further apart than `down` are one.

    >>> head = [Cell(0, 1, 0, 2, ["受理"]), Cell(1, 2, 0, 1, ["来信"]), Cell(1, 2, 1, 2, ["来访"])]
    >>> spread([*head, Cell(2, 3, 0, 2, ["12"])])
    [['受理', '受理'], ['来信', '来访'], ['12', '']]
    """
    cells = list(cells)
    rows = edges([edge for cell in cells for edge in (cell.top, cell.bottom)], down)
    columns = edges([edge for cell in cells for edge in (cell.left, cell.right)], across)
    if len(rows) * len(columns) > _MOST:
        return [[cell.text] for cell in cells]
    slots = [[""] * max(len(columns) - 1, 0) for _ in range(max(len(rows) - 1, 0))]
    for cell in cells:
        high = range(bisect_right(rows, cell.top) - 1, bisect_right(rows, cell.bottom) - 1)
        wide = range(bisect_right(columns, cell.left) - 1, bisect_right(columns, cell.right) - 1)
        fill(slots, high, wide, cell.text, _repeats(cell.text))
    return slots


def fill(slots: list[list[str]], high: range, wide: range, text: str, repeats: bool) -> None:
    """Write a text into the slots of a cell, or where it must not be repeated into the first."""
    for i in high if repeats else high[:1]:
        for j in wide if repeats else wide[:1]:
            slots[i][j] = text


def _repeats(text: str) -> bool:
    """Whether a text may stand in each slot: words and 2023年 may, a figure would count twice."""
    return _WORD.search(text) is not None and not _FIGURE.search(_DATES.sub("", text))


def edges(values: Iterable[float], slack: float) -> list[float]:
    """The places of edges in rising order, each where it begins; those within the slack are one."""
    ordered = sorted(set(values))
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > slack]


def lines(cells: Sequence[Cell], across: float = 0, down: float = 0) -> list[str]:
    """A table's lines as one block, or its cells' paragraphs where it only lays out a page."""
    rows = grid(spread(cells, across, down))
    if rows.startswith("| "):
        return [f"\n{rows}\n"]
    return [part for cell in cells for part in cell.parts if part.strip()]


def grid(rows: Sequence[Sequence[str]]) -> str:
    """One line `| cell | cell |` for each row with any words in it, without a line end at the end.

    A table of one column, or with prose in its cells, only lays out the page: it gives its cells as
    paragraphs.

    >>> print(grid([["乡镇", "受理(件)"], ["甲镇", "12"]]))
    | 乡镇 | 受理(件) |
    | 甲镇 | 12 |
    """
    cells = [[_SPACE.sub(" ", cell.replace("|", "¦")).strip() for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    prose = any(len(cell) > PROSE for row in cells for cell in row)
    if prose or max(map(len, cells), default=0) < 2:
        return "\n".join(cell.replace("¦", "|") for row in cells for cell in row if cell)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def text_of(blocks: Iterable[str]) -> str:
    """The text of a file's blocks, one a line, tables between empty lines.

    >>> text_of(["单位：万元", "\\n| a | b |\\n", "完"])
    '单位：万元\\n\\n| a | b |\\n\\n完\\n'
    """
    full = "\n".join(block.rstrip(" ") for block in blocks if block.strip())
    text = _EMPTY.sub("\n\n", full).strip("\n")
    return f"{text}\n" if text else ""
