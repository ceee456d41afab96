"""Where figures stand in their files: the page and its place, a picture of it, a link to it."""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from ..comparison.sentences import Marked, marked
from ..errors import QzError
from ..model import Document, claims_columns
from ..privacy import mask_names
from ..readers.find import files, names
from ..readers.read import Source, documents, paths_of
from ..readers.scans import Scanned
from ..readers.spots import Picture, Sheets, Spot
from ..vocabularies.labels import say, single

__all__ = ["locate", "show"]

_NEEDED = ("doc", "start", "end", "text", "hash", "report", "sentence", "before", "after")
_EDGES = ("left", "top", "right", "bottom")
# what a link names round a figure: no more than its clause, and than its cell of a table
_CLAUSE = re.compile(r"[，,。；;：:、！!？?|\n]")
_MOST = 30  # characters of a clause on either side


@dataclass(frozen=True)
class Shown:
    """A figure in its sentence, and where it stands; in a notebook it shows itself.

    `png` is the picture of the spot, `why` says why there is none, and `address` leads to the
    figure on a web page. `page` is 0 where none is known.

    >>> import qz_analysis as qz
    >>> text = "甲县受理事项43宗。"
    >>> shown = qz.show(qz.extract(text), 0, text)
    >>> shown.page, shown.box, shown.address
    (0, (), '')
    """

    sentence: Marked
    doc: str
    page: int = 0
    box: tuple[float, ...] = ()
    png: bytes = b""
    why: str = ""
    address: str = ""

    def _repr_html_(self) -> str:
        before, figure, after = map(escape, self.sentence)
        lang = single()
        where = [escape(self.doc)]
        where += [say("spots", "page", lang, n=self.page)] if self.page else []
        where += [escape(self.why)] if self.why else []
        if self.address:
            link = escape(self.address, quote=True)
            where.append(f'<a href="{link}" rel="noopener">{say("spots", "open", lang)}</a>')
        shown = f"<p>{before}<mark>{figure}</mark>{after}<br><small>{' · '.join(where)}</small></p>"
        if self.png:
            data = base64.b64encode(self.png).decode()
            alt = escape(self.sentence.figure, quote=True)
            shown += f'<img alt="{alt}" style="max-width:100%" src="data:image/png;base64,{data}">'
        return shown


def locate(claims: pd.DataFrame, source: Source, *, scans: bool = False) -> pd.DataFrame:
    """Where claims stand in the files that they were read from.

    Nothing is kept when files are read: the files are opened again, and a figure is found on the
    pages by the words round it. Where these leave a doubt, its page stays empty.

    Args:
        claims: claims of `extract` or `tables`.
        source: the files, as they were given to `extract`.
        scans: as it was given to `extract`.

    Returns:
        a row a claim with its index: doc, start, end, `page` from 1, the edges `left`, `top`,
        `right` and `bottom` of the figure's first line in PDF points from the left and from the
        top of the page as seen, and for a web page the `address` that leads to the figure.

    Raises:
        TableError: the table is none of claims.

    >>> import qz_analysis as qz
    >>> text = "甲县受理事项43宗。"
    >>> bool(qz.locate(qz.extract(text), text)["page"].isna().all())
    True
    """
    found = _places(claims, source, range(len(claims)), scans)
    rows = [_row(*found.get(at, ((), ""))) for at in range(len(claims))]
    columns = ["page", *_EDGES, "address"]
    made = pd.DataFrame(rows, columns=columns, index=claims.index).astype(
        {"page": "Int64", **dict.fromkeys(_EDGES, "float64")}
    )
    return claims[["doc", "start", "end"]].join(made)


def show(claims: pd.DataFrame, at: int, source: Source, *, scans: bool = False) -> Shown:
    """One claim in its sentence, with a picture of the spot of a PDF, or a link to that of a page.

    Names of private persons are covered in the picture as a brief masks them; where that cannot be
    made sure there is no picture but a word why.

    Args:
        claims: claims of `extract` or `tables`.
        at: which row of the table, from 0.
        source: the files, as they were given to `extract`.
        scans: as it was given to `extract`.

    Returns:
        what shows itself in a notebook; `page`, `box`, `png`, `why` and `address` are in it.

    Raises:
        QzError: the table has no such row, or the source does not hold its document.

    >>> import qz_analysis as qz
    >>> text = "甲县受理事项43宗。"
    >>> qz.show(qz.extract(text), 0, text).sentence.figure
    '43宗'
    """
    claims_columns(claims, _NEEDED)
    if not -len(claims) <= at < len(claims):
        raise QzError(f"there is no row {at}; the table has {len(claims):,}, counted from 0")
    at %= len(claims)
    row = claims.iloc[at]
    pictures: dict[int, Picture] = {}
    found = _places(claims, source, [at], scans, pictures)
    if at not in found:
        way_out = "give the files from which these claims were read, unchanged"
        raise QzError(f"{row['doc']}: the source holds no such text; {way_out}")
    spots, address = found[at]
    picture, lang = pictures.get(at, Picture(b"")), single()
    reason = picture.why or ("" if picture.png or address else "pageless")
    why = say("spots", reason, lang) if reason else ""
    page, box = (spots[0].page, tuple(spots[0][1:])) if spots else (0, ())
    sentence = marked(claims, [at])[0]
    return Shown(sentence, str(row["doc"]), page, box, picture.png, why, address)


_Found = dict[int, tuple[Sequence[Spot], str]]


def _row(spots: Sequence[Spot], address: str) -> tuple[Any, ...]:
    return (*(spots[0] if spots else (None,) * 5), address)


def _places(
    claims: pd.DataFrame,
    source: Source,
    wanted: Iterable[int],
    scans: bool,
    pictures: dict[int, Picture] | None = None,
) -> _Found:
    """Spots and addresses of some claims by their position; of a text that changed, none."""
    claims_columns(claims, _NEEDED)
    columns = [claims[name].tolist() for name in ("doc", "hash", "start", "end")]
    by_text: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for at in wanted:
        doc, hashed, start, end = (column[at] for column in columns)
        by_text.setdefault((doc, hashed), []).append((at, int(start), int(end)))
    listed = files(paths_of(source), scans)
    paths = {called: path for path, called in names(listed).items()}
    found: _Found = {}
    for document in documents(source, scans=scans):
        if not isinstance(document, Document):
            continue
        hashed = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        mine = by_text.get((document.doc, hashed), [])
        if not mine:
            continue
        path = paths.get(document.doc)
        if (document.kind == "pdf" or document.scanned) and path is not None:
            _on_sheets(document, path, mine, found, pictures)
            continue
        address = partial(_address, document, path) if document.kind == "html" else None
        found |= {at: ((), address(start, end) if address else "") for at, start, end in mine}
    return found


def _on_sheets(
    document: Document,
    path: Path,
    mine: list[tuple[int, int, int]],
    found: _Found,
    pictures: dict[int, Picture] | None,
) -> None:
    data = path.read_bytes()
    with Scanned(data, document.kind) if document.scanned else Sheets(data) as sheets:
        spots = sheets.spots(document.text, [(start, end) for _, start, end in mine])
        for (at, _, _), own in zip(mine, spots, strict=True):
            found[at] = own, ""
            if pictures is not None:
                unknown = Picture(b"", "unknown")
                pictures[at] = sheets.picture(own[0], document.text) if own else unknown


def _address(document: Document, path: Path | None, start: int, end: int) -> str:
    """The page's address with the figure in it, between the words of its clause."""
    told = document.told("url")
    page = told.url if told else path.absolute().as_uri() if path is not None else ""
    if not re.match(r"(?:https?|file)://", page):
        return ""
    text = document.text
    before = _CLAUSE.split(text[:start][-200:])[-1].strip()
    after = _CLAUSE.split(text[end:][:200], maxsplit=1)[0].strip()
    clause = before + text[start:end] + after
    if mask_names(clause) != clause or len(before) > _MOST:
        before = ""
    if mask_names(clause) != clause or len(after) > _MOST:
        after = ""
    parts = [f"{_coded(before)}-"] if before else []
    parts += [_coded(text[start:end])] + ([f"-{_coded(after)}"] if after else [])
    return f"{page.partition('#')[0]}#:~:text={','.join(parts)}"


def _coded(words: str) -> str:
    # a hyphen, too, has a meaning in such a link
    return quote(words, safe="").replace("-", "%2D")
