"""Links the figures of a page to the rows that show where they stand; makes its tables sortable."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import Tag

from ..vocabularies.numerals import parse
from .markup import text_of

_WHERE = ("where", "evidence", "出处", "位置")
# columns that show an expression as the report prints it
_PRINTED = ("printed", "words", "text", "原文")
_SPAN = r"\d+(?:[–-]\d+)?"
#: a document and the offsets of figures in it
REFERENCE = re.compile(rf"(?P<doc>[^\s:;,\[\]][^:;,\[\]]*): ?(?P<starts>{_SPAN}(?:[,;] ?{_SPAN})*)")
# a figure of prose with its reference, as `story` writes it: [83.7%][county: 748]
_MARK = re.compile(rf"\[(?P<figure>[^\[\]\n]+)\]\[(?P<reference>{REFERENCE.pattern})\]")
_BRACKETED = re.compile(rf"(?P<figure>.*\S)\s*\[(?P<reference>{REFERENCE.pattern})\]", re.S)

Place = tuple[str, int]


@dataclass
class _Row:
    tag: Tag
    cells: dict[str, Tag]
    places: list[Place]

    def says(self, name: str) -> str:
        """The text of a cell; nothing where there is no such column."""
        return text_of(self.cells[name]) if name in self.cells else ""

    def first(self, names: Iterable[str]) -> Tag | None:
        """The cell of the first of these columns that the table has."""
        return next((self.cells[name] for name in names if name in self.cells), None)

    @property
    def printed(self) -> Tag | None:
        """The cell that shows the expression as the report prints it."""
        return self.first(_PRINTED)


def anchor(doc: str, start: int) -> str:
    """The id of the row that shows the figure of a document at a raw offset.

    >>> anchor("000-02-county", 748), anchor('a "b"', 7)
    ('e-000-02-county-748', 'e-a-b-7')
    """
    name = re.sub(r"[^\w.-]+", "-", doc).strip("-")
    return f"e-{name}-{start}"


def take_references(body: BeautifulSoup) -> None:
    """Take `[doc: start]` out of cells that hold a figure with its reference, and out of any text
    that marks a figure so: `[83.7%][doc: start]`.

    The figure keeps the reference, of which `link` makes a link.
    It runs before tables are tidied, so that what is left is seen as the figure that it is.
    """
    for text in body.find_all(string=_MARK):
        if text.find_parent(["a", "pre", "code"]) is not None:
            continue
        parts: list[Any] = []
        end = 0
        for mark in _MARK.finditer(text):
            reference = {"data-ref": mark["reference"]}
            parts += [text[end : mark.start()]]
            parts += [body.new_tag("a", string=mark["figure"], attrs=reference)]
            end = mark.end()
        text.replace_with(*parts, text[end:])
    for cell in body.select("td:not(:has(a))"):
        found = _BRACKETED.fullmatch(cell.get_text().strip())
        if found and cell.string is not None:
            reference = {"data-ref": found["reference"]}
            cell.string = ""
            cell.append(body.new_tag("a", string=found["figure"], attrs=reference))


def unmarked(text: str) -> str:
    """A text without the references of its figures.

    >>> unmarked("办结率[83.7%][county: 748]。")
    '办结率83.7%。'
    """
    return _MARK.sub(r"\g<figure>", text)


def pieces(text: str) -> list[tuple[str, Place | None]]:
    """A text as words, and figures with the places that their references name.

    >>> pieces("办结率[83.7%][county: 748]。")
    [('办结率', None), ('83.7%', ('county', 748)), ('。', None)]
    """
    found: list[tuple[str, Place | None]] = []
    end = 0
    for mark in _MARK.finditer(text):
        found += [(text[end : mark.start()], None)]
        found += [(mark["figure"], _places(mark["reference"])[0])]
        end = mark.end()
    return [piece for piece in [*found, (text[end:], None)] if piece[0]]


def link(body: BeautifulSoup) -> None:
    """Give each row with a reference an anchor, and lead to it from the page's other figures.

    The sentence comes first: a `<mark>` with the attribute `data-where` is the very figure, and has an
    anchor of its own. A table whose rows name document and offsets (a column `where`, or `doc` with
    `start` or `starts`) is one of evidence, too; the fullest of them also print the expression. Linked are: the
    offsets that another row shows, the figures of a row without the printed words, a cell that is a
    reference, a figure taken with its reference, and a printed expression that one row alone shows
    for the same document or place.
    """
    rows = list(_rows(body))
    proofs = sorted((row for row in rows if row.places), key=lambda row: row.printed is None)
    taken = {str(tag["id"]) for tag in body.select("[id]")}
    known: dict[Place, _Row] = {}
    for tag in body.select("mark[data-where]"):
        places = _places(str(tag["data-where"]))
        tag["id"] = _free(anchor(*places[0]), taken)
        known.setdefault(places[0], _Row(tag, {}, places))
    for row in proofs:
        row.tag["id"] = _free(anchor(*row.places[0]), taken)
    for printed in (True, False):
        same = [row for row in proofs if (row.printed is not None) == printed]
        # the row of a figure itself comes before one that counts with it
        own = [(row.places[0], row) for row in same]
        for place, proof in own + [(place, row) for row in same for place in row.places]:
            known.setdefault(place, proof)
    for row in rows:
        _link_row(body, row, known)
    for tag in body.select("a[data-ref]"):
        _resolve(tag, known)
    for tag in body.select("[data-where]"):
        del tag["data-where"]


def _rows(body: BeautifulSoup) -> Iterator[_Row]:
    """The rows of all tables whose cells stand under one head each."""
    for table in body.find_all("table"):
        heads = table.select("thead tr")
        names = [text_of(cell) for cell in heads[-1].find_all(["th", "td"])] if heads else []
        for tag in table.select("tbody tr"):
            cells = tag.find_all(["th", "td"])
            if len(cells) == len(names):
                row = _Row(tag, dict(zip(names, cells, strict=True)), [])
                row.places = _places(_reference(row))
                yield row


def _reference(row: _Row) -> str:
    place = row.first(_WHERE)
    if place is not None and (reference := text_of(place)):
        return reference
    doc, starts = row.says("doc"), row.says("starts") or row.says("start").replace(",", "")
    return f"{doc}: {starts}" if doc and starts else ""


def _places(reference: str) -> list[Place]:
    found = REFERENCE.fullmatch(reference)
    if found is None:
        return []
    doc, spans = found["doc"].strip(), re.split(r"[,;] ?", found["starts"])
    return [(doc, int(re.split("[–-]", span)[0])) for span in spans]


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _link_row(body: BeautifulSoup, row: _Row, known: dict[Place, _Row]) -> None:
    if row.places:
        _link_proof(body, row, known)
        return
    for cell in row.cells.values():
        text = text_of(cell)
        proof = next((known[place] for place in _places(text) if place in known), None)
        if proof is None and cell is row.printed and re.search(r"\d", text):
            proof = _alone(row, text, known.values())
        if proof is not None:
            _wrap(body, cell, r".*\S.*", proof)


def _link_proof(body: BeautifulSoup, row: _Row, known: dict[Place, _Row]) -> None:
    """Lead from a row with references to the rows that show the same places more fully."""
    reference = row.first(_WHERE)
    for number, place in enumerate(row.places):
        proof = known[place]
        if proof is row:
            continue
        if reference is not None:
            offset = rf"(?<![\d–-]){place[1]}(?!\d)"
            _wrap(body, reference, offset, proof, after=len(place[0]))
        if number == 0:
            others = [cell for cell in row.tag.select("td.n") if cell is not reference]
            # 243名 | 15个 | 16.2: what the proof prints leads to it, not what was worked out of it
            told = proof.tag.get_text()
            cells = [cell for cell in row.tag.select("td") if cell is not reference]
            shown = [
                cell for cell in cells if re.match(r"\d", text_of(cell)) and text_of(cell) in told
            ]
            for cell in [row.printed] if row.printed else shown or others:
                _wrap(body, cell, r".*\d.*", proof)


def _alone(row: _Row, text: str, proofs: Iterable[_Row]) -> _Row | None:
    """The one row that prints the expression, of the same document or place, of no other period."""

    def fits(proof: _Row) -> bool:
        pairs = [(row.says("doc"), proof.places[0][0])]
        pairs += [(row.says(name), proof.says(name)) for name in ("place", "period")]
        clash = any(one != other for one, other in pairs if one and other)
        return not clash and any(one == other != "" for one, other in pairs[:2])

    printed = [proof for proof in proofs if proof.printed and text_of(proof.printed) == text]
    same = {id(proof): proof for proof in printed if fits(proof)}
    return next(iter(same.values())) if len(same) == 1 else None


def _wrap(body: BeautifulSoup, cell: Tag, pattern: str, to: _Row, after: int = 0) -> None:
    """Make a link of the words of a cell that a pattern finds, unless they are one already."""
    for text in [text for text in cell.find_all(string=True) if text.find_parent("a") is None]:
        found = re.compile(pattern, re.S).search(text, after if len(text) > after else 0)
        if found:
            tag = body.new_tag("a", string=found[0], attrs={"href": _href(to)})
            text.replace_with(text[: found.start()], tag, text[found.end() :])
            return


def _href(row: _Row) -> str:
    return "#" + quote(str(row.tag["id"]))


def _resolve(tag: Tag, known: dict[Place, _Row]) -> None:
    """The figure leads to its row; where the page does not show it, it keeps its reference."""
    reference = str(tag["data-ref"])
    del tag["data-ref"]
    proof = next((known[place] for place in _places(reference) if place in known), None)
    if proof is None:
        tag.append(f" [{reference}]")
        tag.unwrap()
    else:
        tag["href"] = _href(proof)


_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# 约100多万元: the hedge stands between the digits and their scale; names, dates and periods are no
# measures
_MEASURED = re.compile(
    rf"[<>≤≥≈~±+约近达\s]*(?P<sign>[-−]?)(?P<number>\d[\d,]*+(?:\.\d+)?+|[{_NUMERAL}]+)"
    r"\s?[多余几来]*(?P<scale>[百千万亿]*)(?P<rest>(?!\.\.|-(?:\d+-|[A-Z]))[^:;]*)"
)
_PARTS = re.compile(rf"(?P<below>[{_NUMERAL}]+)分之(?P<above>[{_NUMERAL}]+)")
_HUNDREDTHS = {"%": 100, "‰": 1000}
_NAMING = {"doc", "evidence", "period", "report", "where"}
# a table of so many rows is long enough to be searched
_LONG = 8


def value(text: str) -> float | None:
    """The number that a cell sorts by; a share is its quotient, whichever way it is written.

    >>> value("8872.7万元"), value("36 / 48"), value("75%"), value("–")
    (88727000.0, 0.75, 0.75, None)
    """
    above, slash, below = unicodedata.normalize("NFKC", text).strip().partition("/")
    if slash and below.lstrip()[:1].isdigit():
        top, bottom = _one(above), _one(below.partition("=")[0])
        return float(top / bottom) if top is not None and bottom else None
    number = _one(above + slash + below)
    return None if number is None else float(number)


def _one(text: str) -> Decimal | None:
    """A single number with its scale and unit."""
    try:
        if parts := _PARTS.match(text):
            return parse(parts["above"]) / parse(parts["below"])
        found = _MEASURED.fullmatch(text.strip())
        if found is None or found["rest"].startswith("分之"):
            return None
        number = parse(found["number"].replace(",", "") + found["scale"])
    except (ArithmeticError, ValueError):
        return None
    return (-number if found["sign"] else number) / _HUNDREDTHS.get(found["rest"].strip()[:1], 1)


def prepare(body: BeautifulSoup, table: Tag, words: dict[str, str]) -> None:
    """Mark a table as one to sort, and put a field to filter by above a long one.

    Its cells of figures note what they sort by. Tables with joined cells or several lines of heads
    stay as they are: their rows do not stand alone.
    """
    heads = table.select("thead tr")
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    head = heads[0].find_all(["th", "td"]) if len(heads) == 1 else []
    joined = table.select_one("[rowspan]:not([rowspan='1']), [colspan]:not([colspan='1'])")
    if joined or not head or len(rows) < 2 or any(len(row) != len(head) for row in rows):
        return
    table["data-sorts"] = ""
    for top, cells in zip(head, zip(*rows, strict=True), strict=True):
        if top.get_text().strip() not in _NAMING:
            _note(list(cells))
    if len(rows) >= _LONG and table.parent is not None:
        table.parent.insert_before(_field(body, words, len(rows)))


def _note(cells: list[Tag]) -> None:
    """What the cells sort by, where most of them are figures; the others come last."""
    texts = [cell.get_text().strip() for cell in cells]
    filled = [text for text in texts if re.search(r"\w", text)]
    values = [value(text) for text in texts]
    if 2 * sum(number is not None for number in values) > len(filled):
        for cell, number in zip(cells, values, strict=True):
            if number is not None:
                cell["data-v"] = f"{number:.12g}"


def _field(body: BeautifulSoup, words: dict[str, str], rows: int) -> Tag:
    """The field to filter by, hidden until the script can serve it."""
    line = body.new_tag("p", attrs={"class": "filter", "data-filter": "", "hidden": ""})
    label = body.new_tag("label", string=f"{words['filter']} ")
    # the empty placeholder lets the style sheet see whether anything is typed
    field = {"type": "search", "placeholder": " ", "autocomplete": "off", "spellcheck": "false"}
    label.append(body.new_tag("input", attrs=field))
    before, between, after = words["shown"].split("{}")
    status = body.new_tag("span", attrs={"role": "status"})
    status.extend([before, body.new_tag("b", string=str(rows)), f"{between}{rows}{after}"])
    line.extend([label, " ", status])
    return line
