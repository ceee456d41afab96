"""One document → the rows of its tables: cleaned, split into reports, read, corrected and audited."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..arithmetic.audit import audit_rows
from ..arithmetic.passages import claim_of
from ..errors import PartError, ReadError
from ..readers.read import Document, Source, documents
from ..schema import CLAIMS
from ..vocabularies.session import load
from .apply import revise_rows
from .clean import Clean, clean, simplify
from .context import Context, read_report
from .corrections import Correction, text_hash
from .duplicates import signature
from .missing import find_lost, suspect
from .periods import Reading, year_of
from .quantities import Quantity, find
from .reports import LEVELS, Report, split
from .tables import plain

__all__ = ["Rows", "gather", "pages"]

_Row = tuple[Any, ...]
_PERIOD = [f.name for f in CLAIMS].index("period")


class Rows(NamedTuple):
    """Rows of the tables before they are tables."""

    claims: list[_Row]
    relations: list[_Row]
    reports: list[_Row]
    signatures: list[bytes]
    #: what became of the corrections of these documents
    corrected: list[_Row]

    def add(self, more: "Rows") -> None:
        """Takes in the rows of another document."""
        self.claims.extend(more.claims)
        self.relations.extend(more.relations)
        self.reports.extend(more.reports)
        self.signatures.extend(more.signatures)
        self.corrected.extend(more.corrected)


def gather(document: Document, corrections: Mapping[str, Sequence[Correction]] | None = None) -> Rows:
    """Rows of one document's tables: what each worker of a corpus makes, and `tables` puts together.

    Args:
        document: a text with its name.
        corrections: those of any texts by the text's hash (`correcting.by_hash`).

    Returns:
        rows of `fields.CLAIMS`, `fields.RELATIONS` and `fields.REPORTS` (same_as still empty: copies are only seen from
        above), for each report its signature (`copies.signature`), and what became of the corrections of this text.

    Raises:
        ReadError: the front matter names an unknown level.

    >>> rows = gather(Document("a", "受理2163宗，办结2028宗，办结率93.8%。"))
    >>> [row[4] for row in rows.claims], rows.relations[0][4:6]
    (['2163宗', '2028宗', '93.8%'], ('ok', 93.75866851595006))
    """
    page, parts = _parts(document)
    hashed = text_hash(document.text)
    stated = str(document.meta.get("period") or "")
    found = [_claims(document, number, page, report, hashed) for number, report in enumerate(parts)]
    rows = Rows([], [], [], [], [])
    if corrections and hashed in corrections:
        found, outcomes = revise_rows(document.doc, found, corrections[hashed])
        rows.corrected.extend(outcomes)
    for number, (report, claims) in enumerate(zip(parts, found, strict=True)):
        rows.claims.extend(claims)
        rows.relations.extend((document.doc, number, *row) for row in audit_rows([claim_of(row) for row in claims]))
        period = stated or _commonest([row[_PERIOD] for row in claims])
        start, end = _raw(page, document.body, report.start, report.end)
        rows.reports.append(
            (document.doc, number, start, end, plain(report.title), report.place, report.level, period, "")
        )
        rows.signatures.append(signature(page.text[report.start : report.end]))
    return rows


def _claims(document: Document, number: int, page: Clean, report: Report, hashed: str) -> list[_Row]:
    """The claims of one report of a document."""
    mine = _quantities(page.text, report)
    stated = str(document.meta.get("period") or "")
    reading = Reading(page.text, report, *year_of(page.text, report, stated), _topic(report, page.text))
    contexts = read_report(reading, mine)
    return [_claim(document, number, page, q, c, hashed) for q, c in zip(mine, contexts, strict=True)]


def _parts(document: Document) -> tuple[Clean, list[Report]]:
    page = clean(document.text[document.body :])
    parts = split(page.text)
    if document.meta and parts:  # front matter describes the file as one report
        parts = [_described(parts, document.meta, document.doc)]
    return page, parts


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
        yield document, *_parts(document)


def _quantities(text: str, report: Report) -> list[Quantity]:
    """Printed and lost numbers of a report; where digits are lost, 万余人 is what is left of a larger number."""
    found = find(text, report.start, report.end)
    lost = find_lost(text, found, report.start, report.end)
    places = {q.start for q in lost}
    whole = (suspect(q, text, report.start, report.end) for q in found if q.start not in places)
    return sorted([*whole, *lost], key=lambda q: q.start)


def _described(parts: list[Report], meta: dict[str, Any], name: str) -> Report:
    first, last = parts[0], parts[-1]
    place = simplify(str(meta["place"] or "")) if "place" in meta else first.place
    level = str(meta["level"] or "") if "level" in meta else first.level
    title = str(meta.get("title") or first.title)
    known = {"bureau", *LEVELS.values()}
    if level and level not in known:
        raise ReadError(
            name, f"the front matter's level {level!r} is unknown", f"write one of {', '.join(sorted(known))}"
        )
    return Report(first.start, last.end, title, place, level)


def _raw(page: Clean, body: int, start: int, end: int) -> tuple[int, int]:
    first, last = page.span(start, end)
    return first + body, last + body


def _claim(document: Document, number: int, page: Clean, q: Quantity, c: Context, hashed: str) -> tuple[Any, ...]:
    start, end = _raw(page, document.body, q.start, q.end)
    value, low, high = (float("nan") if x is None else float(x) for x in (q.value, q.low, q.high))
    return (document.doc, number, start, end, q.text, value, low, high, q.bound, q.unit, c.kind, c.direction, c.family, c.stage,
            c.measure, plain(c.subject), c.period, c.place, c.level, q.status, q.note, c.role, c.sentence, c.clause,
            plain(c.before), plain(c.after), hashed, "")  # fmt: skip


def _commonest(periods: list[str]) -> str:
    named = Counter(p for p in periods if p)
    return named.most_common(1)[0][0] if named else ""


def _topic(report: Report, text: str) -> str:
    """Family that the whole report is about, where its words leave no doubt: it decides for numbers without words of their own."""
    head = report.title + text[report.start : report.start + 300]
    for family, words in load("families")["topic"].items():
        if sum(head.count(word) for word in words) >= 4:
            return family
    return ""
