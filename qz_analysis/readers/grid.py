"""Cells with the edges they reach → the rows of a table, merged cells spread → lines of text; the parts of a file → its text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Cell", "grid", "lines", "spread", "told"]

_MOST = 2_000_000  # slots of a table; more are the work of made-up spans
_DATES = re.compile(r"\d{1,4}\s*(?:年|月|日|季度|[-—–~～至](?=\s*\d{1,2}\s*[月日]))")
_FIGURE = re.compile(r"[\d×*＊]")
_WORD = re.compile(r"[^\W\d_]")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—《》]"
_NARROW = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
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
    """Rows of a table for `grids.grid`: every cell stands in each slot that it spans, a cell with figures in the first only.

    Args:
        cells: the cells in any order; where two overlap, the later one wins.
        across, down: column and row edges no further apart than this are one edge.

    >>> spread([Cell(0, 1, 0, 2, ["受理"]), Cell(1, 2, 0, 1, ["来信"]), Cell(1, 2, 1, 2, ["来访"]), Cell(2, 3, 0, 2, ["12"])])
    [['受理', '受理'], ['来信', '来访'], ['12', '']]
    """
    cells = list(cells)
    rows = _edges([edge for cell in cells for edge in (cell.top, cell.bottom)], down)
    columns = _edges([edge for cell in cells for edge in (cell.left, cell.right)], across)
    if len(rows) * len(columns) > _MOST:
        return [[cell.text] for cell in cells]
    slots = [[""] * max(len(columns) - 1, 0) for _ in range(max(len(rows) - 1, 0))]
    for cell in cells:
        text = cell.text
        spanned = range(bisect_right(rows, cell.top) - 1, bisect_right(rows, cell.bottom) - 1)
        width = range(bisect_right(columns, cell.left) - 1, bisect_right(columns, cell.right) - 1)
        for i in spanned if _repeats(text) else spanned[:1]:
            for j in width if _repeats(text) else width[:1]:
                slots[i][j] = text
    return slots


def _repeats(text: str) -> bool:
    """Whether a merged cell's text may stand in each slot: words do, a figure would be counted twice; 2023年 is a word."""
    return _WORD.search(text) is not None and not _FIGURE.search(_DATES.sub("", text))


def _edges(values: list[float], slack: float) -> list[float]:
    """Each edge once, where it begins."""
    ordered = sorted(set(values))
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > slack]


def lines(cells: Sequence[Cell], across: float = 0, down: float = 0) -> list[str]:
    """Blocks of text of a table: its grid lines as one block, or its cells' paragraphs where it only lays out a page.

    Args:
        cells: the cells in reading order.
        across, down: see `spread`.
    """
    rows = grid(spread(cells, across, down))
    if rows.startswith("| "):
        return [f"\n{rows}\n"]
    return [part for cell in cells for part in cell.parts if part.strip()]


def told(blocks: Iterable[str]) -> str:
    """Text of a file's blocks, one a line, tables between empty lines.

    >>> told(["单位：万元", "\\n| a | b |\\n", "完"])
    '单位：万元\\n\\n| a | b |\\n\\n完\\n'
    """
    text = _EMPTY.sub(
        "\n\n", "\n".join(block.rstrip(" ") for block in blocks if block.strip())
    ).strip("\n")
    return f"{text}\n" if text else ""


#: a cell with more characters than this is prose that the page only lays out in a table
_PROSE = 160
_SPACE = re.compile(r"\s+")


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Text lines of a table, or paragraphs where the table only lays out a page.

    Args:
        rows: the cells of each row, from top and left; a cell that spans several is given in the first of them and left
            empty (`""`) in the others, but words (no bare number) may be repeated in each.

    Returns:
        one line `| cell | cell |` per row with any words in it; a table of one column, or with prose in its cells, gives one
        paragraph per cell instead. No line end behind the last line.

    >>> print(grid([["乡镇", "受理(件)"], ["甲镇", "12"]]))
    | 乡镇 | 受理(件) |
    | 甲镇 | 12 |
    """
    cells = [[_SPACE.sub(" ", cell.replace("|", "¦")).strip() for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if max(map(len, cells), default=0) < 2 or any(
        len(cell) > _PROSE for row in cells for cell in row
    ):
        return "\n".join(cell.replace("¦", "|") for row in cells for cell in row if cell)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
