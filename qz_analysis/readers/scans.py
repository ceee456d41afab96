"""Scanned pages of PDF files, and pictures of pages, as texts; where their figures stand."""

import hashlib
import io
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..errors import PartError, QzError, ReadError
from ..model import Doubt
from . import pdf
from .detect import SCANS
from .grid import text_of
from .pdf_page import Printed, printed
from .recognise import (
    LONGEST as PIXELS,
)
from .recognise import (
    MASK,
    MOST,
    Late,
    Recognised,
    doubts,
    recognise,
    shifted,
    signed,
    there,
)
from .spots import LINE, SIDE, Picture, Sheets, Spot, stream

#: what can hold pictures of pages
KINDS = frozenset({"pdf", *SCANS})
#: seconds that the pictures of one file are recognised for
LONGEST = 1800.0
_LARGEST = 80_000_000  # pixels of a picture: A3 at 600 dpi has 70 million
_MOST = 500  # pictures in one file
_DPI = 200
_A4 = 842.0  # points of the longer side of a picture that does not say how large it is
_KEPT_PAGES = 256
_PAPER, _COVER = 255, 0
_SPLIT = "split it into parts, or give it longer: --file-seconds"
_DAMAGED = "the picture is damaged or cut short", "save or scan it anew"
_SMALLER = "scan it anew at 200 to 300 dpi"


#: characters of a page in points, its width and its height
_Seen = tuple[list[Printed], float, float]


class Scan(NamedTuple):
    """The text of a file with recognised pages, and what of it was not recognised."""

    text: str
    unread: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    refused: tuple[PartError, ...] = ()


# what was recognised in this session: a page takes seconds, and `locate` asks for it again
_KEPT: "OrderedDict[tuple[str, int], Recognised]" = OrderedDict()


def _kept(hashed: str, number: int, picture: Any, until: float) -> Recognised:
    """What is recognised on a page, kept without its picture; `picture` is called to draw it."""
    if (hashed, number) not in _KEPT:
        found = recognise(picture(), until=until)
        _KEPT[hashed, number] = found._replace(image=None)
        if len(_KEPT) > _KEPT_PAGES:
            _KEPT.popitem(last=False)
    return _KEPT[hashed, number]


class _Pages:
    """Recognises the pages of one file one after the other and notes which it did not, and why."""

    def __init__(self, data: bytes, until: float) -> None:
        self._hashed, self._until = hashlib.sha256(data).hexdigest(), until
        self.readings: list[tuple[str, ...]] = []
        self.done: list[int] = []
        self.refused: dict[tuple[str, str], list[int]] = {}

    def chars(self, picture: Any, number: int, pixels: int, points: float) -> _Seen:
        """The characters of a page in points; `points` is how long its longer side is."""
        if pixels > _LARGEST:
            return self._refuse(
                number, f"a picture of {pixels / 1e6:,.0f} million pixels", _SMALLER
            )
        try:
            if time.monotonic() > self._until:
                raise Late
            found = _kept(self._hashed, number, picture, self._until)
        except Late:
            return self._refuse(number, "the time for recognising this file was over", _SPLIT)
        if len(self.readings) + len(found.readings) > MOST:
            return self._refuse(number, "more figures in one file than can be told apart", _SPLIT)
        if found.chars:
            self.done.append(number)
        chars = shifted(_in_points(found.chars, found, points), len(self.readings))
        self.readings += found.readings
        scale = points / max(found.size)
        return chars, found.size[0] * scale, found.size[1] * scale

    def _refuse(self, number: int, reason: str, way_out: str) -> _Seen:
        self.refused.setdefault((reason, way_out), []).append(number)
        return [], 0.0, 0.0

    def errors(self, name: str) -> Iterator[PartError]:
        for (reason, way_out), numbers in self.refused.items():
            yield PartError(name, f"page {_runs(numbers)} is not recognised: {reason}", way_out)


def _runs(numbers: Sequence[int]) -> str:
    """Numbers of pages in few words.

    >>> _runs([1, 3, 4, 5])
    '1, 3-5'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs[:20]) + " …" * (len(runs) > 20)


def _in_points(chars: Sequence[Printed], found: Recognised, points: float) -> list[Printed]:
    scale = points / max(found.size)
    return [
        Printed(c.text, c.left * scale, c.right * scale, c.top * scale, c.bottom * scale)
        for c in chars
    ]


def read(data: bytes, name: str, form: str, until: float) -> Scan:
    """The text of a file whose pictures of pages are recognised until some time of the clock.

    Raises:
        ReadError: the extra is missing, or nothing of the file could be read.
    """
    try:
        there()
    except QzError as error:
        raise ReadError(name, *str(error).split("; ", 1)) from None
    pages = _Pages(data, until)
    text, unread = _of_pdf(data, name, pages) if form == "pdf" else _of_picture(data, name, pages)
    refused = tuple(pages.errors(name))
    if not text.strip():
        if refused:
            raise ReadError(name, refused[0].reason, refused[0].way_out)
        raise ReadError(name, "nothing was recognised on it", "see whether it shows a page of text")
    text, unsure = doubts(text, pages.readings)
    told = {number for numbers in pages.refused.values() for number in numbers}
    return Scan(text, tuple(sorted({*unread} - told)), tuple(pages.done), unsure, refused)


# ---- PDF files ----


def _of_pdf(data: bytes, name: str, pages: _Pages) -> tuple[str, tuple[int, ...]]:
    def seen(sheet: Any, number: int) -> _Seen:
        return pages.chars(lambda: _drawn(sheet), number, _pixels(sheet), max(sheet.get_size()))

    try:
        found = pdf.read(data, name, seen)
    except ReadError:
        if not pages.refused:
            raise
        return "", ()
    return found.text, found.unread


def _pixels(sheet: Any) -> int:
    """Pixels of the largest picture on a page: PDFium unpacks it whole, however small it draws it."""
    from pypdfium2 import raw

    found = 0
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        wide, high = thing.get_px_size()
        found = max(found, wide * high)
    return found


def _drawn(sheet: Any) -> Any:
    """A page as a picture, at 200 dpi or at what its bound allows."""
    scale = min(_DPI / 72, PIXELS / max(sheet.get_size()))
    bitmap = sheet.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    try:
        return bitmap.to_pil().convert("L")
    finally:
        bitmap.close()


# ---- pictures ----


def _of_picture(data: bytes, name: str, pages: _Pages) -> tuple[str, tuple[int, ...]]:
    found = []
    for number, frame in enumerate(_frames(data, name), 1):
        size = frame.size[0] * frame.size[1]
        if number > _MOST:
            pages._refuse(number, f"more than {_MOST} pictures in one file", _SPLIT)
            break
        chars, wide, high = pages.chars(
            lambda f=frame: _grey(f, name), number, size, _points(frame)
        )
        lines = [line._replace(page=number) for line in printed(chars)]
        if lines:
            found.append(pdf.Page(number, wide, high, lines))
    return text_of(pdf.blocks(found)), ()


def _frames(data: bytes, name: str) -> Iterator[Any]:
    """The pictures of a file, none of them unpacked yet."""
    import warnings

    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong with a picture is told as an error
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        with image:
            yield from ImageSequence.Iterator(image)
    except Image.DecompressionBombError:
        reason = f"is a picture of more than {_LARGEST / 1e6:,.0f} million pixels"
        raise ReadError(name, reason, _SMALLER) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise ReadError(name, *_DAMAGED) from None


def _points(frame: Any) -> float:
    dpi = frame.info.get("dpi") or (0, 0)
    said = 72 < float(dpi[0]) <= 1200
    return max(frame.size) * 72 / float(dpi[0]) if said else _A4


def _grey(frame: Any, name: str) -> Any:
    """A frame in greys, upright as its file says, on white where it is transparent."""
    try:
        return _unpacked(frame)
    except (OSError, SyntaxError, ValueError):
        raise ReadError(name, *_DAMAGED) from None


def _unpacked(frame: Any) -> Any:
    from PIL import Image, ImageOps

    if frame.format == "JPEG":
        frame.draft("L", (PIXELS, PIXELS))
    frame = ImageOps.exif_transpose(frame)
    if frame.mode.startswith("I"):
        low, high = frame.getextrema()
        frame = frame.convert("F").point(lambda v: (v - low) * (255 / max(1, high - low)))
    if frame.mode in ("LA", "PA", "RGBA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        return Image.alpha_composite(paper, frame).convert("L")
    return frame.convert("L")


def layout(pages: Sequence[Sequence[Printed]]) -> str:
    """The text of recognised pages: their characters in lines, the lines in paragraphs."""
    found = []
    for number, chars in enumerate(pages, 1):
        wide = max((char.right for char in chars), default=1.0)
        high = max((char.bottom for char in chars), default=1.0)
        lines = [line._replace(page=number) for line in printed(list(chars))]
        found.append(pdf.Page(number, wide, high, lines))
    return text_of(pdf.blocks(found))


# ---- spots ----


class Scanned(Sheets):
    """The characters of a file with recognised pages, with their places, for a `with`.

    A picture of a spot shows recognised characters alone, and of these neither names nor what the
    recogniser was not sure of.
    """

    def __init__(self, data: bytes, form: str) -> None:
        self._hashed = hashlib.sha256(data).hexdigest()
        self._pages: dict[int, tuple[Recognised, Any, float]] = {}
        if form == "pdf":
            super().__init__(data)
            return
        self._document, self._chars, self._hidden = None, [], {}
        for number, frame in enumerate(_frames(data, "the picture"), 1):
            if number <= _MOST and frame.size[0] * frame.size[1] <= _LARGEST:
                self._chars += self._recognised(number, _grey(frame, "the picture"), _points(frame))
        self._text, self._origin = stream(char.text for char in self._chars)

    def __exit__(self, *args: object) -> None:
        if self._document is not None:
            super().__exit__(*args)

    def _read(self, number: int) -> list[Printed]:
        if found := super()._read(number):
            return found
        sheet = self._document[number]
        try:
            if _pixels(sheet) > _LARGEST:
                return []
            return self._recognised(number + 1, _drawn(sheet), max(sheet.get_size()))
        finally:
            sheet.close()

    def _recognised(self, number: int, image: Any, points: float) -> list[Printed]:
        """The characters of a page where they are seen, though they were read upright."""
        found = _kept(self._hashed, number, lambda: image, time.monotonic() + LONGEST)
        self._pages[number] = found, image, points
        turn, scale = _unturned(found), points / max(found.size)
        seen = []
        for char in found.chars:
            left, top, right, bottom = _moved(turn, char.left, char.top, char.right, char.bottom)
            text = MASK if signed(char.text) else char.text
            left, right, top, bottom = (scale * v for v in (left, right, top, bottom))
            seen.append(Printed(text, left, right, top, bottom, page=number))
        return seen

    def _first(self, page: int) -> int:
        return next(at for at, char in enumerate(self._chars) if char.page == page)

    def _lines(self, start: int, end: int) -> list[Spot]:
        """The characters of a stretch, those on one line as one spot, however the page lies."""
        spots: list[Spot] = []
        line: tuple[int, float] | None = None
        for at in dict.fromkeys(self._origin[start:end]):
            char = self._chars[at]
            if char.page not in self._pages:
                return super()._lines(start, end)
            mine = char.page, self._pages[char.page][0].chars[at - self._first(char.page)].top
            if mine == line:
                _, left, top, right, bottom = spots.pop()
                char = char._replace(
                    left=min(left, char.left), top=min(top, char.top),
                    right=max(right, char.right), bottom=max(bottom, char.bottom),
                )  # fmt: skip
            spots.append(Spot(char.page, char.left, char.top, char.right, char.bottom))
            line = mine
        return spots

    def picture(self, spot: Spot, text: str) -> Picture:
        """A spot with the words beside it, upright, of a page that was recognised."""
        if spot.page not in self._pages:
            return super().picture(spot, text)
        import numpy
        from PIL import Image, ImageDraw

        found, image, points = self._pages[spot.page]
        upright = _turned(image, found)
        scale = points / max(found.size)
        back = numpy.linalg.inv(_unturned(found))
        left, top, right, bottom = _moved(back, *(edge / scale for edge in spot[1:]))
        box = [
            left - SIDE / scale,
            top - LINE / scale,
            right + SIDE / scale,
            bottom + LINE / scale,
        ]
        wide, high = upright.size
        box = [max(0.0, box[0]), max(0.0, box[1]), min(wide, box[2]), min(high, box[3])]
        first = self._first(spot.page)
        hidden = {at - first for at in self._names(text)}
        shown = Image.new("L", upright.size, _PAPER)
        draw = ImageDraw.Draw(shown)
        for at, char in enumerate(found.chars):
            edges = (char.left, char.top, char.right, char.bottom)
            if char.right < box[0] or char.left > box[2]:
                continue
            if at in hidden or at in found.unsure:
                draw.rectangle(edges, fill=_COVER)
            else:
                x, y, u, v = (round(edge) for edge in edges)
                shown.paste(upright.crop((x, y, u, v)), (x, y))
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), outline=96, width=2)
        x, y, u, v = (round(edge) for edge in box)
        stream = io.BytesIO()
        shown.crop((x, y, u, v)).quantize(16).save(stream, "PNG", optimize=True)
        return Picture(stream.getvalue())


def _turned(image: Any, found: Recognised) -> Any:
    """A page's picture set upright, as it was when it was recognised."""
    from PIL import Image

    turn = Image.Transpose
    image = image.convert("L")
    if max(image.size) > PIXELS:
        image.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    if found.turned % 2:
        image = image.transpose(turn.ROTATE_90)
    if found.turned > 1:
        image = image.transpose(turn.ROTATE_180)
    return image.rotate(found.skew, Image.Resampling.BICUBIC, fillcolor=_PAPER)


def _unturned(found: Recognised) -> Any:
    """The matrix that leads from the upright picture to the page as it is seen."""
    import math

    import numpy

    wide, high = found.size
    a = -math.radians(found.skew)
    cos, sin, x, y = math.cos(a), math.sin(a), wide / 2, high / 2
    matrix = numpy.array(
        [[cos, sin, x - cos * x - sin * y], [-sin, cos, y + sin * x - cos * y], [0, 0, 1]]
    )
    if found.turned > 1:
        matrix = numpy.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]]) @ matrix
    if found.turned % 2:
        matrix = numpy.array([[0, -1, high], [1, 0, 0], [0, 0, 1]]) @ matrix
    return matrix


def _moved(matrix: Any, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    """The edges of a box whose corners a matrix moves."""
    corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    points = [matrix @ (x, y, 1) for x, y in corners]
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return min(xs), min(ys), max(xs), max(ys)
