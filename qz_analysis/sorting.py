"""A table of a page → one that its reader can sort and filter, where the browser runs the page's own few lines."""

import re
import unicodedata
from decimal import Decimal

from bs4 import BeautifulSoup
from bs4.element import Tag

from .numerals import parse

__all__ = ["prepare", "value"]

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# 约100多万元: the hedge stands between the digits and their scale; names, dates and periods are no measures
_MEASURED = re.compile(
    rf"[<>≤≥≈~±+约近达\s]*(?P<sign>[-−]?)(?P<number>\d[\d,]*+(?:\.\d+)?+|[{_NUMERAL}]+)\s?[多余几来]*(?P<scale>[百千万亿]*)"
    r"(?P<rest>(?!\.\.|-(?:\d+-|[A-Z]))[^:;]*)"
)
_PARTS = re.compile(rf"(?P<below>[{_NUMERAL}]+)分之(?P<above>[{_NUMERAL}]+)")
_HUNDREDTHS = {"%": 100, "‰": 1000}
_NAMING = {"doc", "evidence", "period", "report", "where"}
# a table of so many rows is long enough to be searched
_LONG = 8


def value(text: str) -> float | None:
    """The number that a cell sorts by; a share is its quotient, whichever way it is written.

    Args:
        text: what the cell says: `2,163`, `83.7%`, `100多万元`, `36 / 43`, `三分之二`.

    Returns:
        the number in its base unit (83.7% is 0.837); None when the text opens with none.

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
    """Mark a table as one to sort, note what its cells of figures sort by, and put a field above a long one.

    Tables with joined cells or several lines of heads stay as they are: their rows do not stand alone.

    Args:
        body: the page.
        table: its table, tidied, in its box.
        words: the texts `filter` and `shown`; the latter has two braces, rows shown and rows in all.
    """
    heads, rows = table.select("thead tr"), [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
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
    said = [text for text in texts if re.search(r"\w", text)]
    values = [value(text) for text in texts]
    if 2 * sum(number is not None for number in values) > len(said):
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
