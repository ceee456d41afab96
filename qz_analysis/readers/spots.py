"""Where on the pages of a PDF or OFD file a figure stands, and a picture of the spot with names covered."""

import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ..privacy import mask_names
from ..script import folded, simplify
from . import ofd
from .pdf import LOCK
from .pdf_page import Box, Printed, Turn, chars, library

#: characters before and behind a figure by which it is found, the most telling first
_AROUND = ((24, 12), (12, 6), (6, 3), (3, 0), (0, 0))
SIDE, LINE = 150.0, 4.0  # points that a picture shows beside a figure, and over and under it
_WIDEST, _HIGHEST = 600.0, 60.0  # points; a figure that needs more is no figure on a line
_SCALE = 2.0  # pixels of a point
_THIN = 3.0  # points: a thing no thicker is a ruling line
_SEGMENTS = 6  # of a box's outline; what has more may be a character drawn as a shape
_DEEPEST = 4  # things inside things that are looked into
_TEXT, _PATH, _FORM = 1, 2, 5  # PDFium's numbers of kinds of things


class Spot(NamedTuple):
    """A place on a page: points from the left and from the top of the page as it is seen."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Picture(NamedTuple):
    """A spot as PNG, or why there is none: a key of `[spots]` in `labels.toml`."""

    png: bytes
    why: str = ""


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """A character without gaps and ruling lines, in one script and width."""
    return "".join(folded(simplify(char)).split()).replace("|", "")


def stream(text: Iterable[str]) -> tuple[str, list[int]]:
    """Plain characters, and of each the position that it comes from."""
    found, origin = [], []
    for at, char in enumerate(text):
        plain = _plain(char)
        found.append(plain)
        origin += [at] * len(plain)
    return "".join(found), origin


def _starts(words: str, text: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


class Sheets:
    """The characters of a PDF or OFD file with their places, for a `with`."""

    def __init__(self, data: bytes, kind: str = "pdf") -> None:
        self._document: Any = None
        self._chars: list[Printed] = []
        if kind == "ofd":
            for number, sheet in enumerate(ofd.sheets(data), 1):
                self._chars += [c._replace(page=number) for c in (sheet.chars if sheet else ())]
        else:
            with LOCK:
                self._document = library().PdfDocument(data)
                for number in range(len(self._document)):
                    self._chars += self._read(number)
        self._text, self._origin = stream(char.text for char in self._chars)
        self._hidden: dict[str, set[int]] = {}

    def __enter__(self) -> "Sheets":
        return self

    def __exit__(self, *_: object) -> None:
        if self._document is not None:
            with LOCK:
                self._document.close()

    def _read(self, number: int) -> list[Printed]:
        try:
            sheet = self._document[number]
        except library().PdfiumError:  # the reader names it as a page that could not be read
            return []
        try:
            return [c._replace(page=number + 1) for c in chars(sheet, Turn(sheet))]
        finally:
            sheet.close()

    def spots(self, text: str, places: Iterable[tuple[int, int]]) -> list[list[Spot]]:
        """The spots of stretches of the document's text, one a line; none where it is in doubt.

        A figure is found by the words round it. Where they stand several times, the pages must
        print them as often as the text has them: the third there is the third here.
        """
        plain, origin = stream(text)
        first: dict[int, int] = {}
        for at, place in enumerate(origin):
            first.setdefault(place, at)
        found = []
        for start, end in places:
            inside = [first[at] for at in range(start, end) if at in first]
            found.append(self._found(plain, inside[0], inside[-1] + 1) if inside else [])
        return found

    def _found(self, plain: str, start: int, end: int) -> list[Spot]:
        for left, right in _AROUND:
            begin = max(0, start - left)
            words = plain[begin : end + right]
            here, there = _starts(words, plain), _starts(words, self._text)
            if len(here) == len(there):
                at = there[here.index(begin)] + start - begin
                return self._lines(at, at + end - start)
        return []

    def _lines(self, start: int, end: int) -> list[Spot]:
        """The printed characters of a stretch, those on one line as one spot."""
        spots: list[Spot] = []
        for at in dict.fromkeys(self._origin[start:end]):
            char = self._chars[at]
            one = Spot(char.page, char.left, char.top, char.right, char.bottom)
            last = spots[-1] if spots else None
            if last and last.page == char.page and last.top <= char.middle < last.bottom:
                spots[-1] = Spot(
                    char.page,
                    min(last.left, one.left), min(last.top, one.top),
                    max(last.right, one.right), max(last.bottom, one.bottom),
                )  # fmt: skip
            else:
                spots.append(one)
        return spots

    def _names(self, text: str) -> set[int]:
        """Positions of characters that belong to a name which the text or the pages mask."""
        if text in self._hidden:
            return self._hidden[text]
        covered = {at for at, char in enumerate(self._chars) if char.text == "■"}
        for printed in (text, self._text):
            masked = mask_names(printed)
            for begin, end in runs(printed, masked):
                # a character alone is half the language: the one before it says whose it is
                while (begin := begin - 1) > 0 and not _plain(printed[begin]):
                    pass
                words, _ = stream(printed[max(0, begin) : end])
                there = _starts(words, self._text) if len(words) > 1 else []
                for at in there:
                    covered |= {*self._origin[at : at + len(words)]}
                if not there:  # torn by the end of a page: its characters go wherever they stand
                    torn = set(words)
                    covered |= {self._origin[i] for i, c in enumerate(self._text) if c in torn}
        self._hidden[text] = covered
        return covered

    def picture(self, spot: Spot, text: str) -> Picture:
        """A spot with the words beside it; names are covered, and what may hide one is not shown.

        `text` is the document's: names that it masks anywhere are covered here. Of an OFD file
        there is none: a picture drawn from what was read out of it would prove nothing.
        """
        if self._document is None:
            return Picture(b"", "undrawn")
        if spot.right - spot.left > _WIDEST or spot.bottom - spot.top > _HIGHEST:
            return Picture(b"", "large")
        with LOCK:
            sheet = self._document[spot.page - 1]
            try:
                turn = Turn(sheet)
                box = Box(
                    max(0.0, spot.top - LINE), min(turn.height, spot.bottom + LINE),
                    max(0.0, spot.left - SIDE), min(turn.width, spot.right + SIDE),
                )  # fmt: skip
                if why := _unreadable(sheet, turn, box):
                    return Picture(b"", why)
                inside = [at for at, char in enumerate(self._chars) if _meets(char, box, spot.page)]
                if any(_nameless(self._chars[at].text) for at in inside):
                    return Picture(b"", "font")
                hidden = [self._chars[at] for at in sorted(self._names(text).intersection(inside))]
                return Picture(_drawn(sheet, turn, box, spot, hidden))
            finally:
                sheet.close()


def runs(text: str, masked: str) -> Iterator[tuple[int, int]]:
    """Where a masked text is another than the text."""
    begin = -1
    for at, (a, b) in enumerate(zip(text + "\0", masked + "\0", strict=True)):
        if a != b and begin < 0:
            begin = at
        elif a == b and begin >= 0:
            yield begin, at
            begin = -1


def _meets(char: Printed, box: Box, page: int) -> bool:
    across = char.right > box.left and char.left < box.right
    return char.page == page and across and char.bottom > box.top and char.top < box.bottom


def _nameless(text: str) -> bool:
    return text == "\ufffd" or "\ue000" <= text <= "\uf8ff"


def _unreadable(sheet: Any, turn: Turn, box: Box) -> str:
    """Why a place may show a name that its characters do not tell, "" when it cannot."""
    import ctypes

    from pypdfium2 import raw

    for thing in sheet.get_objects(max_depth=_DEEPEST):
        if thing.type == _FORM and thing.level == _DEEPEST - 1:
            return "drawing"
        if thing.type in (_TEXT, _FORM):
            continue
        try:
            left, right, top, bottom = turn.box(*thing.get_bounds())
        except library().PdfiumError:
            return "drawing"
        apart = right < box.left or left > box.right or bottom < box.top or top > box.bottom
        # a thing inside another one is measured there, so that it may stand anywhere
        if apart and thing.level == 0:
            continue
        flat = min(right - left, bottom - top) <= _THIN
        if thing.type != _PATH:
            return "picture"
        if not flat and raw.FPDFPath_CountSegments(thing.raw) > _SEGMENTS:
            return "drawing"
    text, rect = sheet.get_textpage(), raw.FS_RECTF()
    try:
        for i in range(text.count_chars()):
            # the reader leaves slanted characters out, so that no name is found among them
            if 5 < (raw.FPDFText_GetCharAngle(text, i) * 57.29578) % 90 < 85:
                raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect))
                left, right, top, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
                if _meets(Printed("", left, right, top, bottom), box, 0):
                    return "slanted"
    finally:
        text.close()
    return ""


def _drawn(sheet: Any, turn: Turn, box: Box, spot: Spot, hidden: list[Printed]) -> bytes:
    """The box as PNG in few greys: the spot in a frame, what is hidden in black."""
    from PIL import ImageDraw

    cut = (box.left, turn.height - box.bottom, turn.width - box.right, box.top)
    page = sheet.render(scale=_SCALE, crop=cut, draw_annots=False, may_draw_forms=False)
    image = page.to_pil().convert("L")
    page.close()
    draw = ImageDraw.Draw(image)

    def at(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        x, y = box.left, box.top
        return tuple(_SCALE * v for v in (left - x, top - y, right - x, bottom - y))

    draw.rectangle(at(spot.left - 1, spot.top - 1, spot.right + 1, spot.bottom + 1), outline=96)
    for char in hidden:
        draw.rectangle(at(char.left - 1, char.top - 1, char.right + 1, char.bottom + 1), fill=0)
    stream = io.BytesIO()
    image.quantize(16).save(stream, "PNG", optimize=True)
    return stream.getvalue()
