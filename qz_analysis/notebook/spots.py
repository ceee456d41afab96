"""Where figures stand in their files: the page and its place, a picture of it, a link to it."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

import pandas as pd

from ..comparison.sentences import Marked, marked
from ..comparison.wording import element_words
from ..errors import QzError
from ..model import Document, claims_columns
from ..readers.find import files, names
from ..readers.read import Source, documents, paths_of
from ..readers.whereabouts import Whereabouts, whereabouts
from ..vocabularies.labels import Lang, say, single

__all__ = ["locate", "show"]

_NEEDED = ("doc", "start", "end", "text", "hash", "report", "sentence", "before", "after")
_EDGES = ("left", "top", "right", "bottom")
_LARGEST = 1 << 20  # bytes of a picture


@dataclass(frozen=True)
class Shown:
    """A figure in its sentence, and where it stands; in a notebook it shows itself.

    `png` is the picture of the spot, `why` says why there is none, `address` leads to the figure on
    a web page, and `element` names paragraph or cell of a Word file. `page` is 0 where none is known.

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
    element: str = ""

    def _repr_html_(self) -> str:
        before, figure, after = map(escape, self.sentence)
        lang = single()
        where = [escape(self.doc)]
        where += [say("spots", "page", lang, n=self.page)] if self.page else []
        where += [escape(self.element)] if self.element else []
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
        top of the page as seen, of a Word file the `element` in words (paragraph, note or cell of a
        table), of a web page the `element` as a path (CSS) and the `address` that leads to the
        figure.

    Raises:
        TableError: the table is none of claims.

    >>> import qz_analysis as qz
    >>> text = "甲县受理事项43宗。"
    >>> bool(qz.locate(qz.extract(text), text)["page"].isna().all())
    True
    """
    found, lang = _places(claims, source, range(len(claims)), scans), single()
    rows = [_row(found.get(at, Whereabouts()), lang) for at in range(len(claims))]
    columns = ["page", *_EDGES, "element", "address"]
    made = pd.DataFrame(rows, columns=columns, index=claims.index).astype(
        {"page": "Int64", **dict.fromkeys(_EDGES, "float64")}
    )
    return claims[["doc", "start", "end"]].join(made)


def show(claims: pd.DataFrame, at: int, source: Source, *, scans: bool = False) -> Shown:
    """One claim in its sentence, with its page, a picture of the spot of a PDF, or a link to it.

    Names of private persons are covered in the picture as a brief masks them; where that cannot be
    made sure there is no picture but a word why.

    Args:
        claims: claims of `extract` or `tables`.
        at: which row of the table, from 0.
        source: the files, as they were given to `extract`.
        scans: as it was given to `extract`.

    Returns:
        what shows itself in a notebook; `page`, `box`, `png`, `why`, `address` and `element` are
        in it.

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
    found = _places(claims, source, [at], scans, room=_LARGEST)
    if at not in found:
        way_out = "give the files from which these claims were read, unchanged"
        raise QzError(f"{row['doc']}: the source holds no such text; {way_out}")
    spots, element, address, picture, *_ = found[at]
    lang = single()
    reason = picture.why or ("" if picture.png or element or address else "pageless")
    why = say("spots", reason, lang) if reason else ""
    page, box = (spots[0].page, tuple(spots[0][1:])) if spots else (0, ())
    said = element_words(element, lang) if element else ""
    sentence = marked(claims, [at])[0]
    return Shown(sentence, str(row["doc"]), page, box, picture.png, why, address, said)


def _row(found: Whereabouts, lang: Lang) -> tuple[Any, ...]:
    spot = found.spots[0] if found.spots else (None,) * 5
    element = found.element
    said = (element.path or element_words(element, lang)) if element else ""
    return (*spot, said, found.address)


def _places(
    claims: pd.DataFrame,
    source: Source,
    wanted: Iterable[int],
    scans: bool,
    room: int = 0,
) -> dict[int, Whereabouts]:
    """Where some claims stand, by their position; those of a text that changed are left out."""
    claims_columns(claims, _NEEDED)
    columns = [claims[name].tolist() for name in ("doc", "hash", "start", "end")]
    by_text: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for at in wanted:
        doc, hashed, start, end = (column[at] for column in columns)
        by_text.setdefault((doc, hashed), []).append((at, int(start), int(end)))
    listed = files(paths_of(source), scans)
    paths = {called: path for path, called in names(listed).items()}
    found: dict[int, Whereabouts] = {}
    for document in documents(source, scans=scans):
        if not isinstance(document, Document):
            continue
        hashed = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if mine := by_text.get((document.doc, hashed), []):
            places = [(start, end) for _, start, end in mine]
            path = paths.get(document.doc)
            stand = whereabouts(document, path, places, room=room)
            found |= {at: one for (at, _, _), one in zip(mine, stand, strict=True)}
    return found
