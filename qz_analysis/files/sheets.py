"""A sheet of a PDF → its printed characters, lines and ruling lines, as PDFium finds them, seen upright and from the top."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from .ruling import Line

__all__ = ["NOISE", "Char", "Printed", "Turn", "chars", "library", "printed", "rules"]

_THIN = 3.0  # points: a filled box no wider is a line
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
#: a space that PDF makers put between Chinese characters, or between them and figures
NOISE = re.compile(rf"(?<=[{_WIDE}])[ \u3000]+(?=[{_WIDE}\d])|(?<=\d)[ \u3000]+(?=[{_WIDE}])")
_LATIN = re.compile(r"[A-Za-z]")


@cache
def library() -> Any:
    """PDFium with the bundled font at hand: without any Chinese font it leaves out single characters of fonts not embedded."""
    import sys

    # who imported it before us may hold open documents
    fresh = "pypdfium2" not in sys.modules
    import pypdfium2

    if fresh:
        import ctypes

        import pylopdf_fonts_zh_cn
        from pypdfium2 import raw

        folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent).encode()
        paths = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.cast(ctypes.c_char_p(folder), ctypes.POINTER(ctypes.c_char)))
        config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths)
        raw.FPDF_DestroyLibrary()
        raw.FPDF_InitLibraryWithConfig(ctypes.byref(config))
        pypdfium2.qz_fonts = folder, paths  # PDFium keeps pointing there
    return pypdfium2


class Char(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class Printed:
    """A printed line."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    widths: list[float]  # of its characters
    page: int = 0
    limit: float = 0.0  # the right margin of its column

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Turn:
    """The way from PDF coordinates (from the bottom, before the page is turned) to the page as it is seen, from its top."""

    def __init__(self, sheet: Any) -> None:
        self.turns = sheet.get_rotation() // 90 % 4
        left, bottom, right, top = sheet.get_cropbox()
        self.left, self.bottom, self.wide, self.high = left, bottom, right - left, top - bottom
        self.width, self.height = (self.high, self.wide) if self.turns % 2 else (self.wide, self.high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        return ((x, self.high - y), (y, x), (self.wide - x, y), (self.high - y, self.wide - x))[self.turns]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, right, top, bottom as seen."""
        (x, y), (u, v) = self.point(left, bottom), self.point(right, top)
        return min(x, u), max(x, u), min(y, v), max(y, v)


def chars(sheet: Any, turn: Turn) -> Iterator[Char]:
    """Printed characters; those askew are a watermark, those that PDFium makes up are none."""
    import ctypes

    from pypdfium2 import raw

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
        code = code if 0x20 <= code < 0x110000 else 0xFFFD  # a drawn character without a name: masked, not left out
        askew = (raw.FPDFText_GetCharAngle(text, i) * 57.29578) % 90
        if not raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect)) or 5 < askew < 85:
            continue
        left, right, top, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if right > 0 and left < turn.width and bottom > 0 and top < turn.height:
            yield Char(chr(code), left, right, top, bottom)
    text.close()


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
        for piece in _strokes(thing):
            left, right, top, bottom = turn.box(*piece)
            if bottom - top < _THIN < right - left:
                across.append(Line((top + bottom) / 2, left, right))
            elif right - left < _THIN < bottom - top:
                down.append(Line((left + right) / 2, top, bottom))
    return across, down, pictures


def _strokes(path: Any) -> Iterator[tuple[float, float, float, float]]:
    """Straight strokes of a path as boxes: the sides of a drawn outline, thin filled boxes as a whole."""
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
            yield from _sides(outline, bool(stroke.value), bool(fill.value))
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


def _sides(outline: list[tuple[float, float]], stroke: bool, fill: bool) -> Iterator[tuple[float, float, float, float]]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    whole = min(xs), min(ys), max(xs), max(ys)
    if min(whole[2] - whole[0], whole[3] - whole[1]) < _THIN:
        if fill or stroke:
            yield whole
    elif stroke:
        for (x, y), (u, v) in pairwise(outline):
            yield min(x, u), min(y, v), max(x, u), max(y, v)


def printed(chars: list[Char]) -> list[Printed]:
    """Printed lines from the top; characters whose middles are near are on one line."""
    rows: list[list[Char]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        if rows and (char.top + char.bottom) / 2 - middle < min(size, char.bottom - char.top) / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, size = (char.top + char.bottom) / 2, char.bottom - char.top
    return [line for row in rows if (line := _line(sorted(row, key=lambda c: c.left)))]


def _line(row: list[Char]) -> Printed | None:
    """The characters of a line with a space where a gap or a printed space parts words, none between Chinese characters."""
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
        em = char.bottom - char.top
        if text and char.left - at > 2 * em:
            text = f"{text.rstrip()}\t"
        elif text and char.left - at > 0.2 * em and (_LATIN.match(text[-1]) or _LATIN.match(char.text)):
            text += " "
        text += char.text
        at = char.right
    text = re.sub(" {2,}", " ", NOISE.sub("", text).replace("\t", " "))
    left, right = inked[0].left, inked[-1].right
    top, bottom = median(c.top for c in inked), median(c.bottom for c in inked)
    return Printed(text, left, right, top, bottom, [c.right - c.left for c in inked])
