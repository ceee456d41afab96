"""OFD files (GB/T 33190), the state's form of printed pages: paragraphs, and tables by their lines.

A page says of each character and each stroke where it stands. What is made of a PDF's page is made
of these, by the same code.
"""

import math
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice, repeat
from posixpath import dirname, join, normpath
from typing import Any

from ..errors import ReadError
from .archive import Limits, Over, unpacked
from .detect import reader
from .grid import text_of
from .pdf import Page, Pages, blocks, laid, refuse_nameless
from .pdf_page import (
    BAR,
    DARK,
    MOST_BARS,
    SOLID,
    Box,
    Line,
    Printed,
    lines_of,
    sides,
    under,
)

_POINT = 72 / 25.4  # points of a millimetre
_A4 = [0.0, 0.0, 210.0, 297.0]
_PAGES = 2_000
_KEPT = 8  # templates
_THINGS = 3_000_000  # characters and strokes of all pages together
_MB = 1 << 20
_LIMITS = Limits(members=20_000, total=200 * _MB, member=20 * _MB, free=5 * _MB)
_ABOVE = 0.86  # of a character's size: how much stands over the line that it is written on
_THICK = 3.0  # points: a line no thinner is a bar
_LONGEST = 100_000  # characters of a path; a longer one is a drawing
# how many numbers follow an operator of a path; the last two of them are a point
_OPERATORS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_AGAIN = "fetch it anew, or print it to a PDF from a viewer that opens it"
_OCR = "run OCR on it first: print it to a PDF, then for example `ocrmypdf -l chi_sim+eng`"
_LOCKED = "it is locked with a password", "open it with its password and save it without one"
_BAD = zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError

_Matrix = tuple[float, ...]


@dataclass(slots=True)
class Sheet:
    """What stands on a page, in points from its left and its top."""

    width: float
    height: float
    chars: list[Printed] = field(default_factory=list)
    across: list[Line] = field(default_factory=list)
    down: list[Line] = field(default_factory=list)
    bars: list[Box] = field(default_factory=list)
    pictures: bool = False


def ofd(data: bytes, name: str = "the file") -> str:
    """Text of an OFD file; `read` also tells which pages gave none."""
    return read(data, name).text


@reader("ofd", ".ofd", part="OFD.xml")
def read(data: bytes, name: str = "the file") -> Pages:
    """Text of an OFD file in reading order, and which of its pages could not be read.

    Notes, stamps and drawings of several parts are left out, and so is text that is not shown.
    """
    found: list[Page] = []
    unread: list[int] = []
    pictures = broken = False
    for number, sheet in enumerate(sheets(data, name), 1):
        if sheet is not None:
            page = laid(number, (sheet.width, sheet.height), sheet.chars, sheet.across, sheet.down)
            found += [page]
            pictures |= sheet.pictures
            if page.lines or page.tables or not sheet.pictures:
                continue
        broken |= sheet is None
        unread.append(number)
    text = text_of(blocks([page for page in found if page.lines or page.tables]))
    if not text and broken:
        raise ReadError(name, "none of its pages can be read: the OFD file is damaged", _AGAIN)
    if not text:
        scanned = "it holds pictures of pages and no text"
        raise ReadError(name, scanned if pictures else "its pages hold no text", _OCR)
    refuse_nameless(text, name)
    return Pages(text, tuple(unread))


def sheets(data: bytes, name: str = "the file") -> Iterator[Sheet | None]:
    """The pages of a file one after the other, None for one that is damaged."""
    try:
        from lxml.etree import XMLSyntaxError
    except ImportError:
        way_out = 'pip install "qz-analysis[files]"'
        raise ReadError(name, "lxml, which reads OFD files, is not installed", way_out) from None
    broken = (*_BAD, XMLSyntaxError)
    try:
        parts = _Parts(data, name)
        listed = list(islice(_listed(parts), _PAGES + 1))
    except ReadError:
        raise
    except (*broken, KeyError):
        raise ReadError(name, "the OFD file is cut short or damaged", _AGAIN) from None
    if not 0 < len(listed) <= _PAGES:
        reason = f"it has more than {_PAGES:,} pages" if listed else "it has no pages"
        raise ReadError(name, reason, "split it into parts" if listed else _AGAIN)
    left = _THINGS
    for path, box, templates in listed:
        try:
            sheet = _sheet(parts, path, box, templates, left)
        except _Many:
            reason = f"its pages hold more than {_THINGS:,} characters and strokes"
            raise ReadError(name, reason, "split it into parts if it is no trap") from None
        except ReadError:
            raise
        except (*broken, KeyError):
            yield None
            continue
        left -= len(sheet.chars) + len(sheet.across) + len(sheet.down)
        yield sheet


class _Many(Exception):
    """A page holds more than is left."""


class _Parts:
    """The XML parts of a file by their paths; what they unpack to is limited."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._limits = _LIMITS.left()
        self._templates: dict[str, Any] = {}
        listed = self._zip.infolist()
        if len(listed) > self._limits.members:
            raise ReadError(name, "it holds too many parts", _AGAIN)
        # makers of such files are not of one mind about capitals and the first stroke
        self._known = {info.filename.lstrip("/").lower(): info for info in listed}
        if "encryptions.xml" in self._known:
            raise ReadError(name, *_LOCKED)

    def path(self, base: str, location: str | None) -> str:
        """The path of a part that another one names; a `KeyError` when there is none."""
        said = (location or "").strip()
        for path in (normpath(join("/", dirname(base), said)), normpath(join("/", said))):
            if path.lstrip("/").lower() in self._known:
                return path
        raise KeyError(said)

    def template(self, path: str) -> Any:
        """The root of a part that many pages name: unpacked once, as a rule."""
        if path not in self._templates:
            if len(self._templates) > _KEPT:
                self._templates.clear()
            self._templates[path] = self.root(path)
        return self._templates[path]

    def root(self, path: str) -> Any:
        """The root of a part's XML. It fetches nothing and expands no entity."""
        from lxml import etree

        info = self._known[path.lstrip("/").lower()]
        if info.flag_bits & 1:
            raise ReadError(self.name, *_LOCKED)
        try:
            with self._zip.open(info) as stream:
                data = unpacked(stream, info.compress_size, self._limits)
        except Over as over:
            way_out = "print it to a PDF from a viewer if it is no trap"
            raise ReadError(self.name, f"unpacks to too much: {over}", way_out) from None
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _listed(parts: _Parts) -> Iterator[tuple[str, list[float], dict[str, str]]]:
    """The path of each page, the box that is meant where it names none, and paths of templates."""
    top = parts.path("", "OFD.xml")
    for body in parts.root(top).iterfind("{*}DocBody"):
        path = parts.path(top, body.findtext("{*}DocRoot"))
        document = parts.root(path)
        box = _numbers(document.findtext("{*}CommonData/{*}PageArea/{*}PhysicalBox"), 4) or _A4
        named = document.iterfind("{*}CommonData/{*}TemplatePage")
        templates = {
            one.get("ID", ""): join(dirname(path), one.get("BaseLoc", "")) for one in named
        }
        for page in document.iterfind("{*}Pages/{*}Page"):
            try:
                yield parts.path(path, page.get("BaseLoc")), box, templates
            except KeyError:
                yield "", box, templates  # a page that is not there is one that cannot be read


def _sheet(
    parts: _Parts, path: str, box: list[float], templates: dict[str, str], most: int
) -> Sheet:
    """A page with the templates that lie under it."""
    root = parts.root(path)
    box = _numbers(root.findtext("{*}Area/{*}PhysicalBox"), 4) or box
    sheet = Sheet(box[2] * _POINT, box[3] * _POINT)
    named = [templates.get(one.get("TemplateID", "")) for one in root.iterfind("{*}Template")]
    under_it = [parts.template(parts.path("", one)) for one in named if one]
    seen: set[tuple[str, int, int]] = set()
    for thing in chain.from_iterable(map(_things, (*under_it, root))):
        kind = thing.tag.rpartition("}")[2]
        if kind == "TextObject":
            if len(sheet.chars) + sum(map(len, thing.itertext())) > most:
                raise _Many
            _write(thing, box, sheet, seen)
        elif kind == "PathObject":
            _draw(thing, box, sheet)
        else:
            sheet.pictures = True
        if len(sheet.chars) + len(sheet.across) + len(sheet.down) > most:
            raise _Many
    bars = sheet.bars[:MOST_BARS]
    for at, char in enumerate(sheet.chars if bars else ()):
        if any(under(char, bar) for bar in bars):
            sheet.chars[at] = char._replace(text="■")  # dark on dark: nobody can read it
    return sheet


def _things(page: Any) -> Iterator[Any]:
    """What a page shows, however it is put into blocks."""
    waiting = list(page.iterfind("{*}Content/{*}Layer"))
    while waiting:
        for child in waiting.pop():
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            shown = kind and child.get("Visible") not in _FALSE and child.get("Alpha") != "0"
            if kind == "PageBlock":
                waiting.append(child)
            elif shown and kind in {"TextObject", "PathObject", "ImageObject", "CompositeObject"}:
                yield child


def _matrix(thing: Any, box: list[float]) -> _Matrix:
    """From the measures of a thing to points of its page."""
    a, b, c, d, e, f = _numbers(thing.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top, *_ = _numbers(thing.get("Boundary"), 4) or (0.0, 0.0)
    moved = e + left - box[0], f + top - box[1]
    return tuple(_POINT * value for value in (a, b, c, d, *moved))


def _at(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _write(thing: Any, box: list[float], sheet: Sheet, seen: set[tuple[str, int, int]]) -> None:
    """Put the characters of a text on the sheet; those askew are a watermark."""
    matrix = _matrix(thing, box)
    askew = math.degrees(math.atan2(matrix[1], matrix[0])) % 90
    size = _number(thing.get("Size"), 0.0)
    if _unseen(thing) or 5 < askew < 85 or size <= 0:
        return
    stretched = _number(thing.get("HScale"), 1.0)
    x = y = 0.0
    for code in thing.iterfind("{*}TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), code.text or "")
        right, down = (_steps(code.get(key), len(text)) for key in ("DeltaX", "DeltaY"))
        along, low = x, y
        for at, char in enumerate(text):
            wide = stretched * size * (1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5)
            step = right[at] if at < len(right) else 0.0 if down else wide
            broad = min(wide, step) if step > 0 else wide
            u, v = _at(matrix, along, low - _ABOVE * size)
            p, q = _at(matrix, along + broad, low + (1 - _ABOVE) * size)
            one = Printed(_shown(char), min(u, p), max(u, p), min(v, q), max(v, q))
            along, low = along + step, low + (down[at] if at < len(down) else 0.0)
            # a character that is drawn twice, a hair apart, is a bold one
            unit = max(one.right - one.left, 0.1) / 4
            spot = char, round(one.left / unit), round(one.top / unit)
            if seen.isdisjoint((char, spot[1] + i, spot[2] + j) for i in _HAIR for j in _HAIR):
                seen.add(spot)
                inside = one.right > 0 and one.left < sheet.width
                if inside and one.bottom > 0 and one.top < sheet.height:
                    sheet.chars.append(one)


_HAIR = (-1, 0, 1)
_TRUE, _FALSE = {"true", "1"}, {"false", "0"}
# spaces, and what XML has no characters for
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")


def _unseen(thing: Any) -> bool:
    """Whether a text is neither filled nor drawn round, or filled with a colour without body."""
    if thing.get("Stroke") in _TRUE:
        return False
    colour = thing.find("{*}FillColor")
    bodiless = colour is not None and _number(colour.get("Alpha"), 255.0) == 0
    return thing.get("Fill") in _FALSE or bodiless


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    return char if char >= " " and not "\ud800" <= char <= "\udfff" else "\ufffd"


def _steps(said: str | None, most: int) -> list[float]:
    """Steps from character to character; `g 3 2.5` is 2.5 three times."""
    words = (said or "").replace(",", " ").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] in ("g", "G"):
            times, value = (
                _number(words[at + 1 : at + 2], 1.0),
                _number(words[at + 2 : at + 3], 0.0),
            )
            found += repeat(value, min(max(int(times), 0), most))
            at += 3
        else:
            found.append(_number(words[at], 0.0))
            at += 1
    return found


def _draw(thing: Any, box: list[float], sheet: Sheet) -> None:
    """Put the straight strokes of a path on the sheet, and dark boxes that may hide words."""
    matrix = _matrix(thing, box)
    fill, stroke = thing.get("Fill") in _TRUE, thing.get("Stroke") not in _FALSE
    thick = _number(thing.get("LineWidth"), 0.353) * math.hypot(*matrix[:2])
    said = thing.findtext("{*}AbbreviatedData") or ""
    for outline in _outlines(said if len(said) < _LONGEST else ""):
        points = [_at(matrix, *point) for point in outline]
        xs, ys = zip(*points, strict=True)
        high, wide = max(ys) - min(ys), max(xs) - min(xs)
        dark = fill and _dark(thing.find("{*}FillColor"), unsaid=False)
        if dark and _THICK < high < BAR and wide > _THICK:
            sheet.bars.append(Box(min(ys), max(ys), min(xs), max(xs)))
        drawn = list(sides(points, stroke, fill))
        if stroke and thick >= _THICK and _dark(thing.find("{*}StrokeColor"), unsaid=True):
            for x, y, u, v in drawn:
                high, wide = (0.0, thick / 2) if v - y > u - x else (thick / 2, 0.0)
                sheet.bars.append(Box(y - high, v + high, x - wide, u + wide))
        else:
            across, down = lines_of((x, u, y, v) for x, y, u, v in drawn)
            sheet.across += across
            sheet.down += down


def _outlines(said: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of the parts of a path; a curve leads straight to its end."""
    outline: list[tuple[float, float]] = []
    words = iter(said.split())
    for word in words:
        if word not in _OPERATORS:
            continue
        numbers = [_number(number, 0.0) for number in islice(words, _OPERATORS[word])]
        if word in "SM" and outline:
            yield outline
            outline = []
        if word == "C":
            outline += outline[:1]
        elif len(numbers) == _OPERATORS[word]:
            outline.append((numbers[-2], numbers[-1]))
    if outline:
        yield outline


def _dark(colour: Any, unsaid: bool) -> bool:
    """Whether a colour in grey, red, green and blue, or ink is black or nearly so, and solid."""
    if colour is None:
        return unsaid
    said = (colour.get("Value") or "").split()
    values = _numbers(colour.get("Value"), len(said))
    if not values or _number(colour.get("Alpha"), 255.0) <= SOLID:
        return False
    return values[3] > 255 - DARK if len(values) == 4 else max(values) < DARK


def _number(said: Any, default: float) -> float:
    """A number within reason, or the default."""
    try:
        value = float(said[0] if isinstance(said, list) else said)
    except (TypeError, ValueError, IndexError):
        return default
    return value if abs(value) < 1e6 else default


def _numbers(said: str | None, count: int) -> list[float]:
    """So many numbers, or none."""
    found = [_number(word, math.nan) for word in (said or "").replace(",", " ").split()[:count]]
    return found if len(found) == count and not any(map(math.isnan, found)) else []
