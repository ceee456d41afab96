"""A page of a PDF, seen upright and from its top: printed lines, paragraphs, ruling lines, tables.

PDFium finds the characters and the strokes. Lines that the width of a page or a cell wraps are put
together to paragraphs again, and ruling lines to the cells of tables.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from ..script import TORN, settled
from .grid import edges

_THIN = 3.0  # points: a filled box no wider is a line
_NEAR = 3.0  # points: lines no further apart are one, and ends no further apart meet
_MOST = 3_000  # lines of a page; more are a drawing or a map
_SLOTS = 100_000
BAR = 60.0  # points: a higher dark box is a picture or a page's ground
MOST_BARS = 500
DARK, SOLID = 64, 200  # of 255: below this a colour is dark, above this it hides what is under it
_MOST_STRIKES = 300  # horizontal lines of a page that are held against its characters
_STRIKE = 0.15  # of a character's size: so near its middle a line strikes it out
_SMALL = 0.8  # of the size of a page's characters: smaller ones may be notes' marks
_FOOTNOTES = 300  # small digits on a page; more are a table in small print
_STOPS = tuple("。！？；!?;")
_CLOSING = "，。、；：！？）》”’％%"
_TOKEN = re.compile(rf"(?:[!-~]+|.)[{_CLOSING}]*", re.DOTALL)
_LATIN = re.compile(r"[A-Za-z]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
# a space that PDF makers put between Chinese characters, or between them and figures
_NOISE = re.compile(rf"(?<=[{_WIDE}])[ \u3000]+(?=[{_WIDE}\d])|(?<=\d)[ \u3000]+(?=[{_WIDE}])")


class Printed(NamedTuple):
    """A printed character or line by its edges; y counts from the top of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    widths: Sequence[float] = ()  # of a line's characters
    page: int = 0
    limit: float = 0.0  # the right margin of a line's column

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


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


_Four = tuple[float, float, float, float]


@cache
def library() -> Any:
    """PDFium with the bundled font at hand, without which it drops characters of other fonts."""
    import sys

    # who imported it before us may hold open documents
    fresh = "pypdfium2" not in sys.modules
    import pypdfium2

    if fresh:
        import ctypes

        import pylopdf_fonts_zh_cn
        from pypdfium2 import raw

        folder = ctypes.c_char_p(str(Path(pylopdf_fonts_zh_cn.__file__).parent).encode())
        kind = ctypes.POINTER(ctypes.c_char)
        paths = (kind * 2)(ctypes.cast(folder, kind))
        config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths)
        raw.FPDF_DestroyLibrary()
        raw.FPDF_InitLibraryWithConfig(ctypes.byref(config))
        pypdfium2.qz_fonts = folder, paths  # PDFium keeps pointing there
    return pypdfium2


class Turn:
    """From PDF coordinates, upward and before the page is turned, to those of the page as seen."""

    def __init__(self, sheet: Any) -> None:
        self.turns = sheet.get_rotation() // 90 % 4
        left, bottom, right, top = sheet.get_cropbox()
        self.left, self.bottom, self.wide, self.high = left, bottom, right - left, top - bottom
        seen = (self.wide, self.high)
        self.width, self.height = reversed(seen) if self.turns % 2 else seen

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        u, v = self.wide - x, self.high - y
        return ((x, v), (y, x), (u, y), (v, u))[self.turns]

    def box(self, left: float, bottom: float, right: float, top: float) -> _Four:
        """Left, right, top, bottom as seen."""
        (x, y), (u, v) = self.point(left, bottom), self.point(right, top)
        return min(x, u), max(x, u), min(y, v), max(y, v)


def chars(sheet: Any, turn: Turn) -> Iterator[Printed]:
    """Printed characters; those askew are a watermark, those that PDFium makes up are none."""
    import ctypes

    from pypdfium2 import raw

    bars = _bars(sheet, turn)
    text = sheet.get_textpage()
    rect = raw.FS_RECTF()
    high = 0
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if raw.FPDFText_IsGenerated(text, i) == 1 or code in (2, 10, 13, 0xFFFE):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        # a drawn character without a name is masked, not left out
        code = code if 0x20 <= code < 0x110000 else 0xFFFD
        boxed = raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect))
        askew = (raw.FPDFText_GetCharAngle(text, i) * 57.29578) % 90
        if not boxed or 5 < askew < 85:
            continue
        left, right, top, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if right > 0 and left < turn.width and bottom > 0 and top < turn.height:
            one = Printed(chr(code), left, right, top, bottom)
            if any(under(one, bar) for bar in bars) and _dark(text.raw, i, "FPDFText_GetFillColor"):
                one = one._replace(text="■")  # dark on dark: nobody can read it
            yield one
    text.close()


def _dark(thing: Any, *more: Any) -> bool:
    """Whether a character of a text, or a drawn thing, is filled with black or nearly so."""
    import ctypes

    from pypdfium2 import raw

    *place, name = more
    red, green, blue, solid = (ctypes.c_uint() for _ in range(4))
    known = getattr(raw, name)(thing, *place, red, green, blue, solid)
    return bool(known) and max(red.value, green.value, blue.value) < DARK and solid.value > SOLID


def _bars(sheet: Any, turn: Turn) -> list[Box]:
    """Dark boxes as high as a line of text, which may black words out."""
    from pypdfium2 import raw

    found = []
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = thing.get_bounds()
        if not (_THIN < top - bottom < BAR and right - left > _THIN):
            continue
        if _filled(thing) and _dark(thing.raw, "FPDFPageObj_GetFillColor"):
            x, u, y, v = turn.box(left, bottom, right, top)
            found.append(Box(y, v, x, u))
    return found[:MOST_BARS]


def _filled(path: Any) -> bool:
    import ctypes

    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and fill.value
    )


def under(char: Printed, bar: Box) -> bool:
    """Whether the middle of a character lies in a box."""
    across = bar.left <= (char.left + char.right) / 2 <= bar.right
    return across and bar.top <= char.middle <= bar.bottom


def struck(chars: list[Printed], across: list[Line]) -> list[Printed]:
    """The characters with a sign in the place of those that a line strikes out."""
    if len(across) > _MOST_STRIKES:
        return chars  # a drawing
    found = []
    for char in chars:
        reach = char.size * _STRIKE
        middle = (char.left + char.right) / 2
        crossed = any(
            abs(line.at - char.middle) < reach and line.start <= middle <= line.end
            for line in across
        )
        found.append(char._replace(text=TORN) if crossed and not char.text.isspace() else char)
    return found


def rules(sheet: Any, turn: Turn) -> tuple[list[Line], list[Line], bool]:
    """Horizontal and vertical ruling lines, and whether there are pictures."""
    from pypdfium2 import raw

    across: list[Line] = []
    down: list[Line] = []
    pictures = False
    for thing in sheet.get_objects(max_depth=8):
        pictures |= thing.type == raw.FPDF_PAGEOBJ_IMAGE
        if thing.type != raw.FPDF_PAGEOBJ_PATH:
            continue
        flat, steep = lines_of(turn.box(*piece) for piece in _strokes(thing))
        across += flat
        down += steep
    return across, down, pictures


def lines_of(strokes: Iterable[_Four]) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines among strokes by their left, right, top and bottom."""
    across: list[Line] = []
    down: list[Line] = []
    for left, right, top, bottom in strokes:
        if bottom - top < _THIN < right - left:
            across.append(Line((top + bottom) / 2, left, right))
        elif right - left < _THIN < bottom - top:
            down.append(Line((left + right) / 2, top, bottom))
    return across, down


def _strokes(path: Any) -> Iterator[_Four]:
    """Straight strokes of a path as boxes: sides of a drawn outline, thin filled boxes whole."""
    import ctypes

    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    matrices = [path.get_matrix()]
    container = getattr(path, "container", None)
    if container is not None:
        matrices.append(container.get_matrix())
    outline: list[tuple[float, float]] = []
    count = raw.FPDFPath_CountSegments(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count + 1):
        segment = raw.FPDFPath_GetPathSegment(path, i) if i < count else None
        kind = raw.FPDFPathSegment_GetType(segment) if segment else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO and outline:
            yield from sides(outline, bool(stroke.value), bool(fill.value))
            outline = []
        if not segment:
            break
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        outline.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])


def sides(outline: list[tuple[float, float]], stroke: bool, fill: bool) -> Iterator[_Four]:
    """The strokes of an outline as boxes; one no thicker than a line is a stroke itself."""
    xs, ys = zip(*outline, strict=True)
    whole = min(xs), min(ys), max(xs), max(ys)
    if min(whole[2] - whole[0], whole[3] - whole[1]) < _THIN:
        if fill or stroke:
            yield whole
    elif stroke:
        for (x, y), (u, v) in pairwise(outline):
            yield min(x, u), min(y, v), max(x, u), max(y, v)


def printed(chars: list[Printed]) -> list[Printed]:
    """Printed lines from the top; characters whose middles are near are on one line."""
    chars = _lowered(chars)
    rows: list[list[Printed]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        if rows and char.middle - middle < min(size, char.size) / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, size = char.middle, char.size
    return [line for row in rows if (line := _line(sorted(row, key=lambda c: c.left)))]


def _lowered(chars: list[Printed]) -> list[Printed]:
    """The characters with the raised digits behind digits on their line, marked as `^1`.

    A raised digit is smaller than the digit that it touches, and stands higher.
    """
    small = median(char.size for char in chars) * _SMALL if chars else 0
    raised = [i for i, char in enumerate(chars) if char.text.isdigit() and char.size < small]
    if not raised or len(raised) > _FOOTNOTES:
        return chars
    tall = [char for char in chars if char.text.isdigit() and char.size >= small]
    moved = list(chars)
    for i in raised:
        one = chars[i]
        for beside in tall:
            near = -0.1 * beside.size < one.left - beside.right < 0.3 * beside.size
            if near and beside.top - beside.size / 2 < one.middle < beside.middle:
                moved[i] = one._replace(text=f"^{one.text}", top=beside.top, bottom=beside.bottom)
                break
    return moved


def _line(row: list[Printed]) -> Printed | None:
    """The characters of a line with a space where words part, none between Chinese characters."""
    while row and row[0].text.isspace():
        row = row[1:]
    inked = [char for char in row if not char.text.isspace()]
    if not inked:
        return None
    text = ""
    at = 0.0
    for char in row:
        if char.text.isspace():
            text += " "
            continue
        gap = char.left - at
        if text and gap > 2 * char.size:
            text = f"{text.rstrip()}\t"
        elif text and gap > 0.2 * char.size and (_LATIN.match(text[-1]) or _LATIN.match(char.text)):
            text += " "
        text += char.text
        at = char.right
    text = re.sub(r"(?<=\d) {2,}(?=\d)", "\t", _NOISE.sub("", text))
    text = re.sub(" {2,}", " ", settled(text))  # a wide gap between digits parts two numbers
    left, right = inked[0].left, inked[-1].right
    top, bottom = median(c.top for c in inked), median(c.bottom for c in inked)
    return Printed(text, left, right, top, bottom, [c.right - c.left for c in inked])


def paragraphs(wrapped: list[Printed], indents: bool = True) -> list[str]:
    """Printed lines joined: a line without room for the next word goes on in the next line."""
    if not wrapped:
        return []
    left = min(line.left for line in wrapped)
    steps = [b.middle - a.middle for a, b in pairwise(wrapped) if a.page == b.page]
    step = median(steps) if len(steps) > 2 else 2.2 * wrapped[0].size
    indented = [line.left > left + 1.2 * line.size for line in wrapped]
    marked = sum(indented) > 1 or sum(gap > 1.3 * step for gap in steps) > 1
    texts = [wrapped[0].text]
    for (before, line), inward in zip(pairwise(wrapped), indented[1:], strict=True):
        # over a page's end the gap says nothing
        gap = line.middle - before.middle if line.page == before.page else 0.0
        apart = gap > 1.5 * max(step, before.size)
        other = abs(line.size - before.size) > 0.2 * max(line.size, before.size)
        moved = inward and (abs(line.left - before.left) > 2 or before.text.endswith(_STOPS))
        # where neither indent nor space marks a paragraph, an end mark at the margin has to
        ended = before.text.rstrip().endswith(_STOPS) and not marked
        if apart or other or not _full(before, line) or (indents and (moved or ended)):
            texts.append(line.text)
        else:
            texts[-1] = _joined(texts[-1], line.text)
    return [text.strip() for text in texts]


def _full(line: Printed, after: Printed) -> bool:
    """Whether the next line's first word would not fit; a mark may hang over or open a line."""
    word = _TOKEN.match(after.text)
    width = sum(after.widths[: len(word[0])]) if word else 0.0
    return after.text[0] in _CLOSING or line.right + width + 1.1 * line.size > line.limit


def _joined(before: str, after: str) -> str:
    """Two pieces of a wrapped line; a space stays between Latin words, and a printed one."""
    if before.endswith(" ") or (_LATIN.match(before[-1:]) and _LATIN.match(after)):
        return _NOISE.sub("", f"{before.rstrip()} {after}")
    return before + after


def tables(across: Iterable[Line], down: Iterable[Line]) -> list[list[Box]]:
    """Tables between horizontal and vertical lines, from the top, each as its cells.

    A merged cell is one box; a frame with fewer than two columns is no table.

    >>> across = [Line(y, 0, 40) for y in (0, 10, 20)]
    >>> down = [Line(0, 0, 20), Line(20, 10, 20), Line(40, 0, 20)]
    >>> [len(table) for table in tables(across, down)]
    [3]
    """
    flat, steep = _merged(across), _merged(down)
    if not flat or not steep or len(flat) + len(steep) > _MOST:
        return []
    found = [cells for group in _groups(flat, steep) if (cells := _cells(*group))]
    return sorted(found, key=lambda cells: min((cell.top, cell.left) for cell in cells))


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one line as one, lines drawn twice as one; each stands where its own pieces do."""
    raster = sorted(lines)
    places = edges((line.at for line in raster), _NEAR)
    by_place: dict[int, list[Line]] = defaultdict(list)
    for line in raster:
        by_place[bisect_right(places, line.at)].append(line)
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
            if (
                h.start - _NEAR <= v.at <= h.end + _NEAR
                and v.start - _NEAR <= h.at <= v.end + _NEAR
            ):
                sets.join(i, j)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(flat + steep):
        groups[sets.head(i)][i >= len(flat)].append(line)
    yield from (group for group in groups.values() if all(group))


def _cells(flat: list[Line], steep: list[Line]) -> list[Box]:
    """Cells between the lines, slots with no line between as one; the sides may be open."""
    ends = min(v.start for v in steep), max(v.end for v in steep)
    sides = min(h.start for h in flat), max(h.end for h in flat)
    rows = edges([*(h.at for h in flat), *ends], _NEAR)
    columns = edges([*(v.at for v in steep), *sides], _NEAR)
    high, wide = len(rows) - 1, len(columns) - 1
    if wide < 2 or high < 1 or high * wide > _SLOTS:
        return []
    at_row, at_column = defaultdict(list), defaultdict(list)
    for h in flat:
        at_row[bisect_right(rows, h.at) - 1].append(h)
    for v in steep:
        at_column[bisect_right(columns, v.at) - 1].append(v)
    sets = _Sets(high * wide)
    slots = [(i, j) for i in range(high) for j in range(wide)]
    for at, (i, j) in enumerate(slots):
        y, x = (rows[i] + rows[i + 1]) / 2, (columns[j] + columns[j + 1]) / 2
        if j + 1 < wide and not any(v.start <= y <= v.end for v in at_column[j + 1]):
            sets.join(at, at + 1)
        if i + 1 < high and not any(h.start <= x <= h.end for h in at_row[i + 1]):
            sets.join(at, at + wide)
    merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, slot in enumerate(slots):
        merged[sets.head(at)].append(slot)
    boxes = []
    for members in merged.values():
        (top, bottom), (left, right) = (
            (min(side), max(side) + 1) for side in zip(*members, strict=True)
        )
        boxes.append(Box(rows[top], rows[bottom], columns[left], columns[right]))
    return boxes if len({box.left for box in boxes}) > 1 else []
