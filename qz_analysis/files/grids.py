"""A table's cells → lines of text, one a row: `| 乡镇 | 受理 |`. Every reader writes its tables so, and `tabular.py` reads them."""

import re
from collections.abc import Sequence

__all__ = ["grid"]

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
    if max(map(len, cells), default=0) < 2 or any(len(cell) > _PROSE for row in cells for cell in row):
        return "\n".join(cell.replace("¦", "|") for row in cells for cell in row if cell)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
