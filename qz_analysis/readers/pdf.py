"""PDF files: text in paragraphs, tables with ruling lines as grid lines in their place."""

import re
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from ..errors import ReadError
from ..vocabularies.patterns import Pattern
from .detect import reader
from .grid import Cell, lines, text_of
from .pdf_page import (
    Box,
    Line,
    Printed,
    Turn,
    chars,
    library,
    paragraphs,
    printed,
    rules,
    struck,
    tables,
)

# ---- words of printed pages, as patterns ----

#: a page number, alone or of how many
PAGE_NUMBER = r"(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共of]{1,2}\s*\d{1,4}\s*页?)?"
#: what decorates a page number
PAGE_NUMBER_MARKS = "-—–―·•第/／页"
#: what a browser prints over and under a page: date and time, or the address and a page number
PRINTED_BY_BROWSER = [
    r"\d{1,4}/\d{1,2}/\d{1,4},?\s*(?:[上下]午)?\s*\d{1,2}:\d\d",
    r"(?:https?|file)://\S+\s*\d{1,4}/\d{1,4}$",
]

_MOST = 2_000  # pages
_EDGE = 0.12  # share of the page's height where headers, footers and page numbers stand
_OCR = "run OCR on it first, for example `ocrmypdf -l chi_sim+eng in.pdf out.pdf`"
_SCAN = f"add --scans, in Python scans=True, or {_OCR}"
#: a page that is a picture, and its number, to its characters, its width and height, in points
Recogniser = Callable[[Any, int], tuple[list[Printed], float, float]]
_AGAIN = "fetch it anew, or print it to a new PDF from a viewer that opens it"
_PASSWORD = 4  # PDFium's error number
_NUMBERED = re.compile(rf"[-—–―·•\s]*{PAGE_NUMBER}[-—–―·•\s]*")
_DECORATED = re.compile(f"[{PAGE_NUMBER_MARKS}]")
# a page is not Simplified yet
_CAPTION = Pattern("pdf", r"{captions}|單位\s*[:：]")
_BROWSER = re.compile("|".join(PRINTED_BY_BROWSER))
_DIGITS = re.compile(r"\d+")
# PDFium is not made for threads: one at a time
LOCK = threading.Lock()


class Pages(NamedTuple):
    """A PDF's text, and the numbers (from 1) of pages with pictures, or broken, that gave none."""

    text: str
    unread: tuple[int, ...] = ()


@dataclass(slots=True)
class Page:
    """A page's lines and tables; what stands in a table is not in the lines."""

    number: int
    width: float
    height: float
    lines: list[Printed] = field(default_factory=list)
    tables: list[list[Cell]] = field(default_factory=list)
    pictures: bool = False


def pdf(data: bytes, name: str = "the file") -> str:
    """Text of a PDF; `read` also tells which pages gave none."""
    return read(data, name).text


@reader("pdf", ".pdf", magic=b"%PDF-", within=1024)
def read(data: bytes, name: str = "the file", recogniser: Recogniser | None = None) -> Pages:
    """Text of a PDF in reading order, and which of its pages could not be read.

    With a recogniser it is asked for the characters of pages that are pictures alone.

    A table with ruling lines stands once and in its place, between empty lines. Page numbers, and
    lines that the pages repeat at their top or bottom, are left out.
    """
    try:
        pypdfium2 = library()
    except ImportError:
        way_out = 'pip install "qz-analysis[files]"'
        raise ReadError(
            name, "pypdfium2, which reads PDF files, is not installed", way_out
        ) from None
    if b"%PDF-" not in data[:1024]:
        raise ReadError(name, "it is no PDF file, or its start is damaged", _AGAIN)
    if b"%%EOF" not in data[-2048:]:
        raise ReadError(name, "the PDF file is cut short", _AGAIN)
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", 0) == _PASSWORD:
                way_out = "open it with its password and save it without one"
                raise ReadError(name, "it is locked with a password", way_out) from None
            raise ReadError(name, "the PDF file is damaged", _AGAIN) from None
        try:
            if not 0 < len(document) <= _MOST:
                reason = f"it has {len(document):,} pages" if len(document) else "it has no pages"
                raise ReadError(name, reason, "split it into parts" if len(document) else _AGAIN)
            pages, broken = _pages(document, pypdfium2.PdfiumError, recogniser)
        finally:
            document.close()
    full = [page for page in pages if page.lines or page.tables]
    pictures = {page.number for page in pages if page.pictures}
    unread = sorted({*broken, *pictures} - {page.number for page in full})
    if not full and broken:
        raise ReadError(name, "none of its pages can be read: the PDF file is damaged", _AGAIN)
    text = text_of(blocks(full))
    if not text:
        scanned = "it holds pictures of pages and no text"
        if recogniser:
            raise ReadError(name, "nothing was recognised on the pictures of its pages", _OCR)
        raise ReadError(name, scanned if pictures else "its pages hold no text", _SCAN)
    refuse_nameless(text, name)
    return Pages(text, tuple(unread))


def refuse_nameless(text: str, name: str) -> None:
    """Refuse a text of characters that a font draws but does not name."""
    if sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text) > 0.3 * len(text):
        raise ReadError(name, "its fonts do not say which characters they draw", _OCR)


def _pages(
    document: Any, error: type[Exception], recogniser: Recogniser | None
) -> tuple[list[Page], list[int]]:
    found, broken = [], []
    for number in range(len(document)):
        try:
            sheet = document[number]
            try:
                page = _page(sheet, number + 1)
                if recogniser and page.pictures and not (page.lines or page.tables):
                    seen, wide, high = recogniser(sheet, number + 1)
                    page.lines = [line._replace(page=number + 1) for line in printed(seen)]
                    # a page that lies on its side is read upright
                    page.width, page.height = wide or page.width, high or page.height
                found.append(page)
            finally:
                sheet.close()
        except error:
            broken.append(number + 1)
    return found, broken


def _page(sheet: Any, number: int) -> Page:
    turn = Turn(sheet)
    across, down, pictures = rules(sheet, turn)
    found = laid(number, (turn.width, turn.height), list(chars(sheet, turn)), across, down)
    found.pictures = pictures
    return found


def laid(
    number: int,
    size: tuple[float, float],
    free: list[Printed],
    across: list[Line],
    down: list[Line],
) -> Page:
    """A page of a size out of its characters and its ruling lines."""
    free = struck(free, across)
    found = Page(number, *size)
    boxes = tables(across, down) if free else []
    for cells in boxes:
        outer = Box(
            *(pick(cell[i] for cell in cells) for i, pick in enumerate((min, max, min, max)))
        )
        inside = [char for char in free if _in(char, outer)]
        free = [char for char in free if not _in(char, outer)]
        if any(not char.text.isspace() for char in inside):
            found.tables.append(_filled(sorted(cells), inside))
    found.lines = [line._replace(page=number) for line in printed(free)]
    return found


def _in(char: Printed, box: Box) -> bool:
    along = box.left <= (char.left + char.right) / 2 < box.right
    return along and box.top <= char.middle < box.bottom


def _filled(boxes: list[Box], inside: list[Printed]) -> list[Cell]:
    """The cells of a table with their characters."""
    inside = sorted(inside, key=lambda char: char.middle)
    heights = [char.middle for char in inside]
    cells = []
    for box in boxes:
        band = inside[bisect_left(heights, box.top) : bisect_left(heights, box.bottom)]
        cells.append(_cell(box, [char for char in band if _in(char, box)]))
    return cells


def _cell(box: Box, inside: list[Printed]) -> Cell:
    """A cell with its text: what its width wraps is one, a number cut at the edge too."""
    wrapped = printed(inside)
    margin = min(max(min((line.left for line in wrapped), default=0) - box.left, 1), 8)
    wrapped = [line._replace(limit=box.right - margin) for line in wrapped]
    return Cell(box.top, box.bottom, box.left, box.right, paragraphs(wrapped, indents=False))


def blocks(pages: list[Page]) -> Iterator[str]:
    """Paragraphs and tables of all pages in their order; both may go on over the page's end."""
    _drop_running(pages)
    _set_limits(pages)
    open_lines: list[Printed] = []
    table: list[Cell] = []
    for page in pages:
        things: list[tuple[float, Printed | list[Cell]]] = [(line.top, line) for line in page.lines]
        things += [(min(cell.top for cell in cells), cells) for cells in page.tables]
        for place, (_, thing) in enumerate(sorted(things, key=lambda pair: pair[0])):
            if isinstance(thing, Printed):
                yield from lines(table, across=3, down=3)
                table = []
                open_lines.append(thing)
                continue
            yield from paragraphs(open_lines)
            open_lines = []
            if table and not place and _alike(table, thing):
                table = _continued(table, thing)
            else:
                yield from lines(table, across=3, down=3)
                table = thing
    yield from paragraphs(open_lines)
    yield from lines(table, across=3, down=3)


def _set_limits(pages: list[Page]) -> None:
    """Find the right margin of pages of one width: where most lines end, or as wide as the left."""
    for wide in {round(page.width) for page in pages}:
        group = [page for page in pages if round(page.width) == wide]
        found = [line for page in group for line in page.lines]
        if not found:
            continue
        size, left = median(line.size for line in found), min(line.left for line in found)
        ends = sorted(line.right for line in found)
        limit = ends[int(0.97 * (len(ends) - 1))]
        # a list of short lines has no margin of its own
        near = sum(end > limit - 2 * size for end in ends)
        if limit - left < 20 * size or near < 0.5 * len(ends):
            limit = max(limit, wide - left - 3 * size)
        for page in group:
            page.lines = [line._replace(limit=limit) for line in page.lines]


def _drop_running(pages: list[Page]) -> None:
    """Drop page numbers, and what many pages repeat at top or bottom; captions of tables stay."""
    seen = Counter(
        key for page in pages for key in {_key(line, page) for line in page.lines} if key
    )
    often = max(2, 0.3 * len(pages))
    for page in pages:
        kept = [line for line in page.lines if seen[_key(line, page)] < often]
        kept = [line for line in kept if not (_key(line, page) and _BROWSER.match(line.text))]
        while kept and _is_number(kept, page, -1):
            kept.pop()
        if kept and _is_number(kept, page, 0):
            kept.pop(0)
        page.lines = kept


def _edge(line: Printed, page: Page) -> str:
    """The edge of the page at which a line stands, if any."""
    if line.bottom < _EDGE * page.height:
        return "top"
    return "bottom" if line.top > (1 - _EDGE) * page.height else ""


def _key(line: Printed, page: Page) -> str:
    """The line with its digits masked and where it stands; "" when it is no header or footer."""
    edge = _edge(line, page)
    return f"{edge} {_DIGITS.sub('#', line.text)}" if edge and not _CAPTION.match(line.text) else ""


def _is_number(kept: list[Printed], page: Page, at: int) -> bool:
    """Whether the first or last line is a page number: decorated, or apart from the text."""
    line = kept[at]
    if not _NUMBERED.fullmatch(line.text) or not _edge(line, page):
        return False
    beside = kept[1 if at == 0 else -2] if len(kept) > 1 else None
    apart = beside is None or abs(beside.middle - line.middle) > 2 * line.size
    return apart or bool(_DECORATED.search(line.text))


def _alike(table: list[Cell], following: list[Cell]) -> bool:
    """Whether two tables have the same columns."""
    first, second = (
        sorted({round(edge) for cell in cells for edge in (cell.left, cell.right)})
        for cells in (table, following)
    )
    pairs = zip(first, second, strict=False)
    return len(first) == len(second) and all(abs(a - b) <= 5 for a, b in pairs)


def _continued(table: list[Cell], following: list[Cell]) -> list[Cell]:
    """A table with its part on the next page, less the head rows that it repeats."""
    first, second = _rows(table), _rows(following)
    repeated = 0
    for a, b in zip(first, second, strict=False):
        if [cell.text for cell in a] != [cell.text for cell in b]:
            break
        repeated += 1
    kept = [cell for row in second[repeated:] for cell in row]
    if not kept:
        return table
    shift = max(cell.bottom for cell in table) - min(cell.top for cell in kept)
    return table + [Cell(c.top + shift, c.bottom + shift, c.left, c.right, c.parts) for c in kept]


def _rows(cells: list[Cell]) -> list[list[Cell]]:
    rows: dict[float, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.top, []).append(cell)
    return [sorted(rows[top], key=lambda c: c.left) for top in sorted(rows)]
