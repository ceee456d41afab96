"""How much of a printed sheet the words, tables and charts of a page take, in points.

The sizes are those of `templates/brief/brief.css` in print. They are an estimate for what may be printed
and what is left to the screen; no part of a page is cut by them.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

#: points of an A4 sheet between its margins, across and down
WIDTH, HEIGHT = 510.0, 757.0
#: size of letters and height of a line: text, and the cells of a table
_TEXT, _TEXT_LINE = 9.4, 13.2
_CELL, _CELL_LINE, _CELL_GAP = 7.8, 9.8, 3.7
#: a heading with the gap above it; caption and heads of a table; a chart with its words
_HEADING, _CAPTION, CHART = 25.0, 27.0, 225.0
#: a column as wide as its longest cell, where no cell is longer; the room between two columns
_NARROW, _BETWEEN = 15, 1.6
_WIDE = re.compile("[\u2e80-\uffef]")
_MARK = re.compile(r"\[([^\]]*)\]\[[^\]]*\]")


def breadth(text: str) -> float:
    """How many Chinese characters wide a text is; a Latin one is half as wide, and marks of links count
    nothing.

    >>> breadth("办结8件"), breadth("[43宗][a: 7]")
    (3.5, 2.0)
    """
    said = _MARK.sub(r"\1", text)
    wide = len(_WIDE.findall(said))
    return wide + (len(said) - wide) / 2


def text_height(texts: Iterable[str]) -> float:
    """The height of paragraphs."""
    across = WIDTH / _TEXT
    return sum(math.ceil(breadth(one) / across) * _TEXT_LINE + 3 for one in texts if one)


def table_height(rows: Sequence[Mapping[str, str]]) -> float:
    """The height of a table with its heading; of none where it has no rows.

    >>> table_height([]), table_height([{"sentence": "办" * 300}]) > table_height([{"sentence": "办"}])
    (0.0, True)
    """
    return _HEADING + _CAPTION + sum(row_heights(rows)) if rows else 0.0


def row_heights(rows: Sequence[Mapping[str, str]]) -> list[float]:
    """The height of each row of a table, whose columns have the width that their cells ask for."""
    if not rows:
        return []
    across = {name: [breadth(str(row[name])) for row in rows] for name in rows[0]}
    longest = {name: max(found) for name, found in across.items() if max(found)}
    room = WIDTH / _CELL - _BETWEEN * len(longest)
    narrow = {name: most for name, most in longest.items() if most <= _NARROW}
    left = max(room - sum(narrow.values()), room / 3)
    total = sum(sum(across[name]) for name in longest if name not in narrow) or 1.0
    width = narrow | {
        name: max(left * sum(across[name]) / total, 6.0) for name in longest if name not in narrow
    }
    return [
        max((math.ceil(across[name][n] / width[name]) for name in longest), default=1) * _CELL_LINE
        + _CELL_GAP
        for n in range(len(rows))
    ]
