"""Which lines of a page are the rows of a table, and what keeps their cells apart.

Bars do, as readers and Markdown write them, tabs, and several blanks where the cells below a head
are all figures; or each cell stands on a line of its own.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from .table_cells import NUMBER, Cell, Row, words_of
from .table_heads import RESULT_HEAD, is_aim_head, known, leading_time

DIGIT = re.compile(r"[\dx*一二三四五六七八九十百千]")
_LINE = re.compile(r"[^\n]*\n?")
_GAP, _BLANK = re.compile(r" {2,}"), re.compile(" ")
# a word of two characters that is spaced out at the head of its row is one cell: 合 计, 项 目
_SPACED = re.compile(r" *[\u4e00-\u9fff]( +)[\u4e00-\u9fff](?= )")
_PROSE = re.compile("[。,;:!?]")  # signs that no row of cells kept apart by blanks holds
_NO_PROSE = re.compile(r"(?<=\d),(?=\d{3})|(?<=其中):")  # 1,234 and 其中:来信 are cells
_STOPS = re.compile("[。!?]")  # and no row between bars, which may hold remarks
_HEADS_ROWS = re.compile(
    r"[ #]*(?!\(?续)(?:[\u4e00-\u9fff“”()、]{2,12}|[\u4e00-\u9fff“”、·]{2,20}\(共\d{1,3}项\))\s*"
)
_PROSE_LINE = ("", 0)
# lone figures on two lines: cells that were copied one below the other
LONE = re.compile(r"\n[\s|]*+[\d.,]+%?[ |\r]*\n[\s|]*+[\d.,]+%?[ |\r]*(?:\n|\Z)")
_STACK = "stack"
_CELL, _STACK_HEADS = 24, 12  # characters of such a cell, and heads that are tried for the first
# what heads some rows of such a table: 二、农产品供给
_OVER_ROWS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)])[^\d]*"
)
_ANY_DIGIT = re.compile(r"\d")
_RULE = re.compile(r"[\s|:+=-]*")
FIELD = 60  # a tab-separated cell is no longer


def blocks(text: str) -> Iterator[tuple[int, int, list[Row]]]:
    """Where each table of a text begins and ends, its last line end left out, and its rows."""
    spans = [m.span() for m in _LINE.finditer(text) if m[0]]
    stacks = {n: (last, rows) for n, last, rows in _stacked(text, spans)}
    kinds = _kinds([text[slice(*span)] for span in spans])
    for n, (last, _) in stacks.items():
        kinds[n : last + 1] = [(_STACK, n)] * (last + 1 - n)
    lined = zip(kinds, spans, strict=True)
    for (kind, number), group in itertools.groupby(lined, key=lambda line: line[0]):
        if not kind:
            continue
        lines = [span for _, span in group]
        begin, end = lines[0][0], lines[-1][1] - text.endswith("\n", 0, lines[-1][1])
        if kind == _STACK:
            yield begin, end, stacks[number][1]
            continue
        rows = [_cells(text, a, b, kind) for a, b in lines if not _RULE.fullmatch(text, a, b)]
        rows = _of_one_width(rows) if kind == "||" else rows
        if kind in {" ", "  "} and not _is_grid(rows):
            continue
        if kind in {"\t", "||"} and (
            len(rows) < 2
            or not any(cell.figures for row in rows for cell in row)
            or any(len(cell.text) > FIELD for row in rows for cell in row)
            or _of_aims(rows)
        ):
            continue
        yield begin, end, rows


def _of_aims(rows: list[Row]) -> bool:
    """Whether the rows name in words what is to be done, beside how far it is: 建设公路55公里 | 95%.

    Such rows are read as they stand, since their cells are sentences of their own.
    """
    heads = [cell.text for cell in rows[0]]
    if not any(map(RESULT_HEAD.fullmatch, heads)):
        return False
    first = next((i for i, head in enumerate(heads) if is_aim_head(head)), None)
    if first is None:
        return False
    cells = [row[first] for row in rows[1:] if len(row) > first]
    told = [cell for cell in cells if DIGIT.search(cell.text) and not cell.figures]
    return len(rows) > 2 and 2 * len(told) > len(cells)


def _kinds(lines: list[str]) -> list[tuple[str, int]]:
    """What keeps the cells of each line apart, with the lines round it."""
    kinds = [_kind(line) for line in lines]
    for n, (above, kind, below) in enumerate(zip(kinds, kinds[1:], kinds[2:], strict=False), 1):
        if kind == _PROSE_LINE and above == below and _HEADS_ROWS.fullmatch(lines[n]):
            kinds[n] = above  # a word on a line of its own heads the rows below it
    # a row whose last cell is a remark: 3 | 幼儿园 | 2所 | 70% | 主体已完工。
    for n in range(1, len(kinds)):
        last = lines[n].rstrip().rpartition("|")[2]
        alike = kinds[n - 1] == ("||", 0) and lines[n].count("|") == lines[n - 1].count("|")
        if alike and kinds[n] == _PROSE_LINE and len(last) < FIELD:
            ahead = lines[n].rstrip()[: -len(last) or None]
            if last.strip() and not _STOPS.search(ahead):
                kinds[n] = kinds[n - 1]
    # where its first cell is empty, too, a row of a table without bars at the ends has both
    down, up = range(1, len(kinds)), range(len(kinds) - 2, -1, -1)
    for here, beside in [*((n, n - 1) for n in down), *((n, n + 1) for n in up)]:
        inner = kinds[here][0] == "|" and kinds[beside][0] == "||"
        if inner and abs(lines[here].count("|") - lines[beside].count("|")) < 2:
            kinds[here] = kinds[beside]
    return kinds


def _kind(line: str) -> tuple[str, int]:
    """What keeps the cells of a line apart, `""` in prose, and of tabs how many there are."""
    bare = line.strip()
    bars = bare.count("|")
    if bare[:1] == bare[-1:] == "|" and bars > 2:
        return "|", 0
    if "\t" in bare:
        return "\t", line.count("\t")
    if bars > 1 and not _STOPS.search(bare):  # without a sign at its begin or end
        cells = [cell.strip() for cell in bare.split("|")]
        told = ":" not in bare.replace("其中:", "") or any(map(NUMBER.fullmatch, cells))
        return ("||", 0) if told and max(map(len, cells)) < FIELD else _PROSE_LINE
    if bars == 1 and bare[-1] == "|" and _HEADS_ROWS.fullmatch(bare[:-1]):
        return "||", 0
    if " " not in bare or len(bare) >= FIELD or _PROSE.search(_NO_PROSE.sub("", bare)):
        return _PROSE_LINE
    if spaced := _SPACED.match(bare):
        bare = bare[spaced.end() - 1 :]
    gaps = len(_GAP.findall(bare))
    blanks = gaps or bare.count(" ")
    return ("  " if gaps else " ", blanks) if gaps or blanks > 1 else _PROSE_LINE


def _of_one_width(rows: list[Row]) -> list[Row]:
    """Rows between bars with as many cells as most of them have; none where several differ.

    What is empty at the begin or end of every row is no cell, and an empty last one may be left out.
    """
    several = [row for row in rows if len(row) > 2]
    for end in (0, -1):
        if several and not any(row[end].text for row in several):
            rows = [row if row[end].text else row[1:] if end == 0 else row[:-1] for row in rows]
            several = [row for row in rows if len(row) > 1]
    if not several:
        return []
    width = Counter(map(len, several)).most_common(1)[0][0]
    found = []
    for row in rows:
        end = row[-1].end if row else 0
        if len(row) == width + 1 and not row[-1].text:
            row = row[:-1]
        if len(words_of(row)) > 1 and not width - 1 <= len(row) <= width:
            return []
        found.append([*row[:width], *[Cell(end, end, "")] * (width - len(row))])
    return found


def _is_grid(rows: list[Row]) -> bool:
    """Whether lines with blanks in them are heads of words or times with rows below them whose columns
    hold either figures or words, figures or the units of others in the last.
    """
    rows = [row for row in rows if len(row) > 1]
    heads = list(itertools.takewhile(_is_head, rows))
    data = rows[len(heads) :]
    if not heads or len(data) < 2 or len({len(row) for row in rows}) > 1:
        return False
    columns = list(zip(*data, strict=True))
    kinds = [{cell.figures for cell in column if not cell.empty} for column in columns]
    of_units = {True} in kinds and all(known(cell.text) for cell in columns[-1])
    return all(len(kind) == 1 for kind in kinds) and (kinds[-1] == {True} or of_units)


def _is_head(row: Row) -> bool:
    """Whether a row holds words and times, and no figures."""
    words = (cell.text.removeprefix(leading_time(cell.text)) for cell in row if not cell.year)
    return not any(map(_ANY_DIGIT.search, words))


def _stacked(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int, list[Row]]]:
    """Tables that were copied cell by cell, each on a line of its own: as many words as there are
    columns, then a word and its figures again and again. With the first line and the last of each.
    """
    if not LONE.search(text):
        return
    cells: list[tuple[int, Cell]] = []  # of lines of one cell each, with their numbers
    for n, (start, end) in enumerate([*lines, (0, 0)]):
        cell = _alone(text, start, end)
        if cell is not None:
            cells.append((n, cell))
        elif end == start or text[start:end].strip(" |\r\n\t"):
            told = [one for one in cells if not _OVER_ROWS.fullmatch(one[1].text)]
            found = [list(_of_stack(one)) for one in (told, cells)]
            yield from max(found, key=lambda tables: sum(len(rows) for *_, rows in tables))
            cells = []


def _alone(text: str, start: int, end: int) -> Cell | None:
    """The one short cell of a line, none where the line is blank or more."""
    words = text[start:end].strip().removesuffix("|").rstrip()
    if not words or len(words) > _CELL or _PROSE.search(words.replace(",", "")) or "|" in words:
        return None
    begin = text.index(words, start)
    return Cell(begin, begin + len(words), words)


def _of_stack(cells: list[tuple[int, Cell]]) -> Iterator[tuple[int, int, list[Row]]]:
    figure = [cell.figures and not cell.year for _, cell in cells]
    filled = [held or cell.empty for held, (_, cell) in zip(figure, cells, strict=True)]
    for first in range(min(_STACK_HEADS, len(cells))):
        opened = figure.index(True, first) - 1 if True in figure[first:] else 0
        width = opened - first
        if not 2 < width <= _STACK_HEADS:
            continue
        rows = [cells[first:opened]]
        for at in range(opened, len(cells) - width + 1, width):
            inner = range(at + 1, at + width)  # a count of 2013 is no year among other figures
            counts = any(figure[i] for i in inner)
            named = not filled[at] or "岁" in cells[at][1].text  # 60岁以上 names a row
            if not named or not all(filled[i] or (counts and cells[i][1].year) for i in inner):
                break
            rows.append(cells[at : at + width])
        if len(rows) > 2:
            yield rows[0][0][0], rows[-1][-1][0], [[cell for _, cell in row] for row in rows]
            return


def _cells(text: str, start: int, end: int, separator: str) -> Row:
    cells, at = [], start
    if not separator.strip(" "):
        gap, spaced = _GAP if separator == "  " else _BLANK, _SPACED.match(text, start, end)
        begin = spaced.end() if spaced else start
        ends = [m.span() for m in gap.finditer(text, begin, end)]
        starts = [start, *(b for _, b in ends)]
        for a, b in zip(starts, [*(a for a, _ in ends), end], strict=True):
            if inner := text[a:b].strip():
                begin = a + len(text[a:b]) - len(text[a:b].lstrip())
                cells.append(Cell(begin, begin + len(inner), inner))
        return cells
    for piece in text[start:end].rstrip("\n").split(separator[:1]):
        inner = piece.strip()
        begin = at + len(piece) - len(piece.lstrip()) if inner else at
        cells.append(Cell(begin, begin + len(inner), inner))
        at += len(piece) + 1
    return cells[1:-1] if separator == "|" else cells
