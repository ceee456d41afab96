"""Where stretches of a document's text stand in its file: page and spot, element, address."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ..model import Document
from ..privacy import mask_names
from .elements import KINDS, Element, elements
from .scans import Scanned
from .spots import Picture, Sheets, Spot, runs

_PAGES = ("pdf", "ofd")
_WEB = ("html", "mhtml")
_ADDRESS = re.compile(r"(?:https?|file)://")
# what a link names round a figure: no more than its clause, and than its cell of a table
_CLAUSE = re.compile(r"[，,。；;：:、！!？?|\n]")
_MOST = 30  # characters of a clause on either side


class Whereabouts(NamedTuple):
    """Where a stretch of text stands: its lines on a page, its element, an address that leads there.

    What is not known, or what a kind of file does not have, is empty. `body` is the court or bureau
    that its sentence calls 该院 or 该局 and that the text named before, `told_of` the one that its
    report names in its first sentence, `head` the words of a list or paragraph that it stands under, and
    of its row of a table, `called` the word that stands in the text for a place that it does not name,
    `county` that of a town, where the text names it.
    """

    spots: Sequence[Spot] = ()
    element: Element | None = None
    address: str = ""
    picture: Picture = Picture(b"")
    body: str = ""
    told_of: str = ""
    head: tuple[str, str] = ("", "")
    called: str = ""
    county: str = ""


def whereabouts(
    document: Document,
    path: Path | None,
    places: Sequence[tuple[int, int]],
    *,
    url: str = "",
    room: int = 0,
) -> Iterator[Whereabouts]:
    """Where stretches of a document's text stand, one after the other.

    Args:
        document: the document as it was read.
        path: its file, if it has one of its own; one that changed since tells nothing.
        places: start and end of each stretch.
        url: where its page stood, if that is not in `known`.
        room: how many bytes of pictures are wanted, those of the first stretches.
    """
    paged = document.kind in _PAGES or document.scanned
    data = path.read_bytes() if path is not None and (paged or document.kind in KINDS) else b""
    same = hashlib.sha256(data).hexdigest() == document.sha256
    if paged and same:
        made = Scanned if document.scanned else Sheets
        with made(data, document.kind) as sheets:
            for spots in sheets.spots(document.text, places):
                picture = Picture(b"", "" if spots else "unknown")
                if spots and room > 0:
                    picture = sheets.picture(spots[0], document.text)
                    picture = picture if len(picture.png) <= room else Picture(b"")
                    room -= len(picture.png)
                yield Whereabouts(spots, picture=picture)
        return
    told = document.told("url")
    page = (told.url if told else "") or url
    if not page and same and path is not None:
        page = path.absolute().as_uri()
    if document.kind not in _WEB or not _ADDRESS.match(page):
        page = ""
    text = document.text
    known = document.kind in KINDS and same
    found = elements(document.kind, data, text, places) if known else [None] * len(places)
    names = {text[a:b] for a, b in runs(text, mask_names(text))} if page else set()
    for (start, end), element in zip(places, found, strict=True):
        beside = element.beside if element else ("", "")
        before, after = _words(text, start, end, beside) if page else ("", "")
        clause = before + text[start:end] + after
        if any(name in clause for name in names):
            before = after = ""
        yield Whereabouts((), element, _linked(page, before, text[start:end], after))


def _words(text: str, start: int, end: int, beside: tuple[str, str]) -> tuple[str, str]:
    """The words of the clause round a figure, or those of the cells beside a cell that is all
    figure: many a table has the same figure twice.
    """
    before = _CLAUSE.split(text[:start][-200:])[-1].strip()
    after = _CLAUSE.split(text[end:][:200], maxsplit=1)[0].strip()
    if text[:start].rstrip().endswith("|") and text[end:].lstrip().startswith("|"):
        before, after = beside
    return before if len(before) <= _MOST else "", after if len(after) <= _MOST else ""


def _linked(page: str, before: str, figure: str, after: str) -> str:
    """The page's address with a figure between words in it."""
    if not page:
        return ""
    parts = [f"{_coded(before)}-"] if before else []
    parts += [_coded(figure)] + ([f"-{_coded(after)}"] if after else [])
    return f"{page.partition('#')[0]}#:~:text={','.join(parts)}"


def _coded(words: str) -> str:
    # a hyphen, too, has a meaning in such a link
    return quote(words, safe="").replace("-", "%2D")
