"""Ruling lines of a page → tables: which slots of the raster between the lines make up one cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Box", "Line", "tables"]

_NEAR = 3.0  # points: lines no further apart are one, and ends no further apart meet
_MOST = 3_000  # lines of a page; more are a drawing or a map
_SLOTS = 100_000


class Line(NamedTuple):
    """A ruling line: at which x or y it stands, from where to where."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A cell, or a table, by its edges; y counts from the top of the page."""

    top: float
    bottom: float
    left: float
    right: float


def tables(across: Iterable[Line], down: Iterable[Line]) -> list[list[Box]]:
    """Tables of a page, each as its cells; a merged cell is one box.

    Args:
        across: horizontal lines, in points.
        down: vertical lines.

    Returns:
        the tables from the top of the page on; a frame with fewer than two columns is none.

    >>> across, down = [Line(y, 0, 40) for y in (0, 10, 20)], [Line(0, 0, 20), Line(20, 10, 20), Line(40, 0, 20)]
    >>> [len(table) for table in tables(across, down)]
    [3]
    """
    flat, steep = _merged(across), _merged(down)
    if not flat or not steep or len(flat) + len(steep) > _MOST:
        return []
    found = [cells for group in _groups(flat, steep) if (cells := _cells(*group))]
    return sorted(found, key=lambda cells: min((cell.top, cell.left) for cell in cells))


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one line as one line, lines drawn twice as one; where it stands, its own pieces say, not another table's."""
    raster = sorted(lines)
    places = _edges([line.at for line in raster])
    by_place: dict[float, list[Line]] = defaultdict(list)
    for line in raster:
        by_place[places[bisect_right(places, line.at) - 1]].append(line)
    merged: list[Line] = []
    for pieces in by_place.values():
        open_: Line | None = None
        for piece in sorted(pieces, key=lambda p: p.start):
            if open_ is None or piece.start > open_.end + _NEAR:
                merged += [open_] if open_ else []
                open_ = piece
            else:
                open_ = Line(min(open_.at, piece.at), open_.start, max(open_.end, piece.end))
        merged += [open_] if open_ else []
    return [line for line in merged if line.end - line.start > _NEAR]


def _edges(values: Iterable[float]) -> list[float]:
    ordered = sorted(set(values))
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > _NEAR]


class _Sets:
    """Things that belong together."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def head(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = i = self.parent[self.parent[i]]
        return i

    def join(self, i: int, j: int) -> None:
        self.parent[self.head(j)] = self.head(i)


def _groups(flat: list[Line], steep: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, table by table."""
    sets = _Sets(len(flat) + len(steep))
    for i, h in enumerate(flat):
        for j, v in enumerate(steep, len(flat)):
            if h.start - _NEAR <= v.at <= h.end + _NEAR and v.start - _NEAR <= h.at <= v.end + _NEAR:
                sets.join(i, j)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(flat + steep):
        groups[sets.head(i)][i >= len(flat)].append(line)
    yield from (group for group in groups.values() if all(group))


def _cells(flat: list[Line], steep: list[Line]) -> list[Box]:
    """Cells between the lines: slots with no line between them are one cell; a table may be open at its sides."""
    rows = _edges([h.at for h in flat] + [min(v.start for v in steep), max(v.end for v in steep)])
    columns = _edges([v.at for v in steep] + [min(h.start for h in flat), max(h.end for h in flat)])
    high, wide = len(rows) - 1, len(columns) - 1
    if wide < 2 or high < 1 or high * wide > _SLOTS:
        return []
    at_row, at_column = defaultdict(list), defaultdict(list)
    for h in flat:
        at_row[bisect_right(rows, h.at) - 1].append(h)
    for v in steep:
        at_column[bisect_right(columns, v.at) - 1].append(v)
    sets = _Sets(high * wide)
    for i in range(high):
        for j in range(wide):
            y, x = (rows[i] + rows[i + 1]) / 2, (columns[j] + columns[j + 1]) / 2
            if j + 1 < wide and not any(v.start <= y <= v.end for v in at_column[j + 1]):
                sets.join(i * wide + j, i * wide + j + 1)
            if i + 1 < high and not any(h.start <= x <= h.end for h in at_row[i + 1]):
                sets.join(i * wide + j, (i + 1) * wide + j)
    slots: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i in range(high):
        for j in range(wide):
            slots[sets.head(i * wide + j)].append((i, j))
    boxes = []
    for members in slots.values():
        down, along = [i for i, _ in members], [j for _, j in members]
        boxes.append(Box(rows[min(down)], rows[max(down) + 1], columns[min(along)], columns[max(along) + 1]))
    return boxes if len({box.left for box in boxes}) > 1 else []
