"""One document to its claims: cleaned, split into reports, its quantities found and described."""

from collections.abc import Iterator
from typing import Any

from ..errors import PartError, ReadError
from ..model import Claim, Document, Quantity, Report, Row, exact
from ..readers.read import Source, documents
from ..script import simplify
from ..vocabularies.session import load
from .clean import Clean, clean
from .context import read_report
from .missing import find_lost, suspect
from .periods import Reading, year_of
from .quantities import find
from .reports import LEVELS, split
from .tables import plain
from .window import Context


def pages(source: Source) -> Iterator[tuple[Document, Clean, list[Report]]]:
    """Each document of a source with its clean page and its reports: what every table begins with.

    Raises:
        ReadError: a file is missing or no text.

    >>> [[report.level for report in reports] for _, _, reports in pages("全镇受理3件。乙桥镇党委")]
    [['town']]
    """
    for document in documents(source):
        if isinstance(document, PartError):
            continue
        if isinstance(document, ReadError):
            raise document
        yield document, *split_document(document)


def split_document(document: Document) -> tuple[Clean, list[Report]]:
    """The clean page of a document and its reports; front matter makes them one report."""
    page = clean(document.text[document.body :])
    reports = split(page.text)
    if document.meta and reports:
        reports = [_stated(reports, document.meta, document.doc)]
    return page, reports


def _stated(reports: list[Report], meta: dict[str, Any], name: str) -> Report:
    """The one report of a file, with the title, place and level that its front matter states."""
    first, last = reports[0], reports[-1]
    place = simplify(str(meta["place"] or "")) if "place" in meta else first.place
    level = str(meta["level"] or "") if "level" in meta else first.level
    known = {"bureau", *LEVELS.values()}
    if level and level not in known:
        reason = f"the front matter's level {level!r} is unknown"
        raise ReadError(name, reason, f"write one of {', '.join(sorted(known))}")
    return Report(first.start, last.end, str(meta.get("title") or first.title), place, level)


def describe(document: Document, number: int, page: Clean, report: Report) -> list[Claim]:
    """The claims of one report of a document."""
    text = page.text
    quantities = _quantities(text, report)
    stated = str(document.meta.get("period") or "")
    reading = Reading(text, report, *year_of(text, report, stated), _topic(report, text))
    contexts = read_report(reading, quantities)
    return [_claim(document, number, page, q, c) for q, c in zip(quantities, contexts, strict=True)]


def _claim(document: Document, number: int, page: Clean, q: Quantity, c: Context) -> Claim:
    place = (document.doc, number, *raw_span(page, document.body, q.start, q.end))
    figure = (q.text, exact(q.value), exact(q.low), exact(q.high), q.bound, q.unit)
    topic = (c.kind, c.direction, c.family, c.stage, c.measure, plain(c.subject))
    whose = (c.period, c.place, c.level, q.status, q.note, c.role, c.sentence, c.clause)
    words = (plain(c.before), plain(c.after), document.hash)
    cells: Row = (*place, *figure, *topic, *whose, *words)
    return Claim(*cells)


def raw_span(page: Clean, body: int, start: int, end: int) -> tuple[int, int]:
    """The stretch of a document's text that a stretch of its clean page was made of."""
    first, last = page.span(start, end)
    return first + body, last + body


def _quantities(text: str, report: Report) -> list[Quantity]:
    """Printed and lost numbers of a report; among lost ones 万余人 is what is left of a larger."""
    found = find(text, report.start, report.end)
    lost = find_lost(text, found, report.start, report.end)
    places = {q.start for q in lost}
    whole = (suspect(q, text, report.start, report.end) for q in found if q.start not in places)
    return sorted([*whole, *lost], key=lambda q: q.start)


def _topic(report: Report, text: str) -> str:
    """The family that the whole report is about, where its words leave no doubt.

    It decides for numbers without words of their own.
    """
    head = report.title + text[report.start : report.start + 300]
    for family, words in load("families")["topic"].items():
        if sum(head.count(word) for word in words) >= 4:
            return family
    return ""
