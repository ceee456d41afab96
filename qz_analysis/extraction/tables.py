"""Tables in a page's text become sentences whose digits keep their offsets.

A table stands in the text as `table_lines` tells. `| 甲镇 | 12 | 91.7 |` becomes 甲镇受理12件,办结率91.7%。
and is read like any other sentence: words that are said again stand in the offset map where the
digits do.
"""

import itertools
import re

from ..vocabularies.patterns import Pattern
from .table_cells import Cell, Row, words_of
from .table_columns import is_pair, say_rows
from .table_heads import CAPTION, DATED, bare, known, leading_time, units_in
from .table_lines import FIELD, LONE, blocks
from .table_sentences import RUNS_INTO, Sentences

_IN_BRACKETS = re.compile(r"\(([^\s,。;()|]{1,8})\)\Z")  # 二、各项评价(%)
_TIME = Pattern("tables", DATED)
# two lines that end in a blank and a figure: without such no blanks keep cells apart
_ENDS_IN_FIGURE = r" \S*\d\S*(?: +[^\s\d]{1,3})?[ \r]*"  # or in its unit
_TWO_ROWS = re.compile(rf"{_ENDS_IN_FIGURE}\n[^\n]{{1,60}}{_ENDS_IN_FIGURE}(?:\n|\Z)")
_NEAR = 200  # characters above a table in which its caption stands


def as_sentences(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text with the rows of its tables as sentences, and the runs of its offset map.

    The runs are those of `clean.Clean`: where each begins, and what to add there to come to the
    offset in `text`, whose punctuation is half-width.

    >>> as_sentences("单位:件\\n| 乡镇 | 受理 |\\n| 甲镇 | 12 |\\n完。")[0]
    '单位:件\\n甲镇受理12件。\\n完。'
    """
    marked = "|" in text or "\t" in text
    if not (marked or _TWO_ROWS.search(text) or LONE.search(text)):
        return text, (0,), (0,)
    out, at = Sentences(text), 0
    before: _Table | None = None
    for start, end, rows in blocks(text):
        out.keep(at, start)
        table = _Table(rows, text[max(0, start - _NEAR) : start])
        if before is not None and not text[at:start].strip():
            table.go_on(before)
        table.say(out)
        at, before = end, table
    out.keep(at, len(text))
    starts = [0, *itertools.accumulate(len(words) for words, _ in out.pieces)]
    shifts = tuple(at - start for (_, at), start in zip(out.pieces, starts, strict=False))
    return "".join(words for words, _ in out.pieces), tuple(starts[:-1]) or (0,), shifts or (0,)


class _Table:
    """The rows of one table, with what its heads and its caption say."""

    def __init__(self, rows: list[Row], above: str) -> None:
        self.width = width = max((len(row) for row in rows), default=0)
        self.rows = [
            row + [Cell(row[-1].end, row[-1].end, "")] * (width - len(row)) for row in rows
        ]
        self.titles: list[Row] = []  # rows of one cell over the whole table
        while len(self.rows) > 2 and width > 1 and len(words_of(self.rows[0])) == 1:
            if _counts(self.rows[0]):
                break
            self.titles.append(self.rows.pop(0))
        lines = [line for line in above.splitlines() if line.strip()][-3:]
        near = itertools.takewhile(
            lambda line: len(line) < FIELD and not line.endswith(("。", ";")), reversed(lines)
        )
        titles = (word for row in self.titles for word in words_of(row))
        self.caption = "\n".join([*reversed(list(near)), *titles])
        self.torn = above.rstrip().endswith(
            RUNS_INTO
        )  # a number before must not run into the table
        self.heads: list[Row] = []  # of the page before
        self.last: list[Row] = []  # of the last section
        self.units: list[str] = []

    def go_on(self, before: "_Table") -> None:
        """Takes over the heads of the table right before, when this is the rest on a new page."""
        heads, data = self._section(0)
        if not heads and data and before.last and self.width == before.width:
            rows = (data[0], before.rows[-1])
            mine, others = ([cell.figures or cell.empty for cell in row] for row in rows)
            self.heads, self.units = (before.last, before.units) if mine == others else ([], [])

    def say(self, out: Sentences) -> None:
        """Says all rows; a table without numbers is only rid of its lines."""
        behind = _IN_BRACKETS.findall(self.caption)
        self.units = units_in(self.caption) or [u for u in behind if known(u)] or self.units
        cells = [cell for row in self.rows for cell in row]
        own_years = any(cell.year or leading_time(cell.text)[:4].isdigit() for cell in cells)
        times = [] if own_years else [*map(bare, _TIME.findall(self.caption))]
        if self.torn and self.rows:
            out.say("。", self.rows[0][0].start)
        for row in self.titles:
            if not all(map(CAPTION.match, words_of(row))):
                out.say_row(row)
        at = 0
        while at < len(self.rows):
            heads, data = self._section(at)
            at += len(heads) + len(data)
            named = (units_in(cell.text) for row in heads for cell in row)
            self.units = next(filter(None, named), self.units)
            self.last = heads or self.heads
            if data:
                out.say(f"在{times[-1]}。" if times else "", data[0][0].start)
                say_rows(out, self.last, data, self.units, times[-1] if times else "")
            else:
                for row in heads:
                    out.say_row(row)
        if out.pieces and out.pieces[-1][0] == "\n":
            out.pieces.pop()  # the line end behind the table is the page's own

    def _section(self, at: int) -> tuple[list[Row], list[Row]]:
        """The next rows of heads, and the rows with numbers below them."""
        heads: list[Row] = []
        for row in self.rows[at:]:
            own = _names_itself(row, heads)
            if _counts(row) or (own and any(cell.year for cell in row[1:])):
                break  # a count of 2028 stands under heads and behind a head of its own
            heads.append(row)
        data: list[Row] = []
        # a row of one word under the heads belongs to the rows below
        while len(heads) > 1 and len(words_of(heads[-1])) == 1 and len(words_of(heads[-2])) > 1:
            data.insert(0, heads.pop())
        for row in self.rows[at + len(heads) + len(data) :]:
            counted = _counts(row) or (_names_itself(row, heads) and _counts_like_years(row))
            if not counted and len(words_of(row)) > max(2, self.width // 2):
                break  # a second row of heads
            data.append(row)
        if len(heads) == 1 and is_pair(heads[0], data):
            data.insert(0, heads.pop())
        return heads, data


def _names_itself(row: Row, heads: list[Row]) -> bool:
    """Whether a row below heads begins with a name that none of them begins with."""
    named = bool(heads) and not row[0].empty
    return named and row[0].text not in {head[0].text for head in heads}


def _counts_like_years(row: Row) -> bool:
    """Whether the numbers of a row are counts that look like years: 2003 and 1949 head no columns."""
    years = [int(cell.text[:4]) for cell in row[1:] if cell.year]
    return len(years) > 1 and any(abs(b - a) != 1 for a, b in itertools.pairwise(years))


def _counts(row: Row) -> bool:
    """Whether a row holds figures: a number that is no year, alone or in a later column."""
    alone = row[0].number and not row[0].year and len(row) < 2
    return alone or any(cell.figures and not cell.year for cell in row[1:])
