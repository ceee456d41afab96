"""A document goes in, its claims come out: cleaned, split into reports, each number described."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from ..errors import PartError, ReadError
from ..model import Claim, Document, Quantity, Report
from ..readers.read import Source, documents
from ..readers.sidecar import Given
from ..script import TORN, simplify
from ..vocabularies.session import load
from .clean import Clean, clean
from .context import read_report
from .known import as_known
from .missing import find_missing, suspect
from .named import name_figures
from .names import LEVELS
from .own_year import terms_of, year_of
from .places import in_own_characters
from .quantities import find
from .reports import split
from .table_sentences import printed
from .time_meant import Reading
from .window import Context

#: before the readings of a figure in the note of its claim
UNSURE = "the scan is not clear, it may read "


def describe(
    document: Document, number: int, page: Clean, report: Report, hashed: str
) -> list[Claim]:
    """The claims of one report of a document, in the order of the text."""
    quantities = _quantities(page.text, report)
    dated = year_of(page.text, report, report.period or str(document.meta.get("period") or ""))
    contexts = read_report(
        Reading(page.text, report, *dated, _topic(report, page.text), terms_of(page.text, report)),
        quantities,
    )
    contexts = name_figures(page.text, quantities, contexts, report.title)
    return [
        _claim(document, number, raw_span(page, document.body, q.start, q.end), q, c, hashed)
        for q, c in zip(quantities, contexts, strict=True)
    ]


def read_whole(
    document: Document, number: int, page: Clean, report: Report, hashed: str
) -> tuple[Report, list[Claim]]:
    """A report with the period that is stated of it, if any, and its claims.

    A sidecar states none where it repeats the period that the claims have without it.

    >>> text = "2011年受理9件。"
    >>> one = Report(0, len(text), "", "", "", period="2011")
    >>> read_whole(Document("a", text), 0, clean(text), one, "")[0].period
    ''
    """
    stated = str(document.meta.get("period") or "")
    bare = replace(report, period=stated)
    claims = describe(document, number, page, bare, hashed)
    if not report.period:
        return bare, claims
    found = describe(document, number, page, report.found, "") if report.found else claims
    if report.period == (stated or commonest_period(found)):
        return bare, claims
    report = replace(report, given=report.given | {"period"})
    return report, describe(document, number, page, report, hashed)


#: the share of the figures of a report that tell what is, by which it is an account, and how many a
#: report has in which its plans may outnumber them
_ACCOUNT, _LONG = 0.4, 40


def commonest_period(claims: Sequence[Claim]) -> str:
    """The period of which most of the claims are, empty when none has one. In a long report that gives
    an account and sets out plans it is that of the account.
    """
    named = Counter(claim.period for claim in claims if claim.period)
    told = Counter(claim.period for claim in claims if claim.period and claim.modality == "actual")
    if named.total() > _LONG and told.total() > _ACCOUNT * named.total():
        named = told
    return named.most_common(1)[0][0] if named else ""


def split_document(document: Document) -> tuple[Clean, list[Report]]:
    """The clean page of a document and its reports."""
    page = in_own_characters(clean(document.text[document.body :]), document.text, document.body)
    parts = split(page.text)
    if document.meta and parts:  # front matter describes the file as one report
        parts = [_as_one(parts, document.meta, document.doc)]
    return page, as_known(document, page, parts)


def pages(source: Source, known: Given = None) -> Iterator[tuple[Document, Clean, list[Report]]]:
    """Each document of a source with its clean page and its reports: what every table begins with.

    >>> [[report.level for report in reports] for _, _, reports in pages("全镇受理3件。乙桥镇党委")]
    [['town']]
    """
    for document in documents(source, known=known):
        if isinstance(document, PartError):
            continue
        if isinstance(document, ReadError):
            raise document
        yield document, *split_document(document)


def _quantities(text: str, report: Report) -> list[Quantity]:
    """Printed and missing numbers of a report; where digits are missing, 万余人 is what is left of
    a larger number.
    """
    found = find(text, report.start, report.end)
    missing = find_missing(text, found, report.start, report.end)
    places = {q.start for q in missing}
    whole = (suspect(q, text, report.start, report.end) for q in found if q.start not in places)
    return sorted([*whole, *missing], key=lambda q: q.start)


def _as_one(parts: list[Report], meta: dict[str, Any], name: str) -> Report:
    first, last = parts[0], parts[-1]
    place = simplify(str(meta["place"] or "")) if "place" in meta else first.place
    level = str(meta["level"] or "") if "level" in meta else first.level
    title = str(meta.get("title") or first.title)
    known = {"bureau", *LEVELS.values()}
    if level and level not in known:
        raise ReadError(
            name,
            f"the front matter's level {level!r} is unknown",
            f"write one of {', '.join(sorted(known))}",
        )
    return Report(first.start, last.end, title, place, level)


def _unsure(document: Document, start: int, end: int) -> str:
    """How a figure of a scan may read, empty where the recogniser was sure of it."""
    met = [doubt for doubt in document.doubts if doubt.start < end and start < doubt.end]
    return UNSURE + "; ".join(" / ".join(doubt.readings) for doubt in met) if met else ""


def readings_of(document: Document, claim: Claim) -> list[Quantity]:
    """How an unsure figure of a scan may read, as the quantities that its readings are."""
    met = [one for one in document.doubts if one.start < claim.end and claim.start < one.end]
    if len(met) != 1:
        return []
    (doubt,) = met
    before = document.text[claim.start : max(claim.start, doubt.start)]
    after = document.text[doubt.end : max(claim.end, doubt.end)]
    found = []
    for reading in doubt.readings:
        printed = before + reading + after
        figures = find(clean(printed).text)
        found += figures if len(figures) == 1 and figures[0].status == "ok" else []
    return found


def raw_span(page: Clean, body: int, start: int, end: int) -> tuple[int, int]:
    """The raw offsets of a stretch of the clean page."""
    first, last = page.span(start, end)
    return first + body, last + body


def _claim(
    document: Document, number: int, span: tuple[int, int], q: Quantity, c: Context, hashed: str
) -> Claim:
    if document.doubts and (note := _unsure(document, *span)):
        q = replace(q, value=None, low=None, high=None, status="spoilt", note=note)
    if TORN in q.text or TORN in q.note:
        q = _as_seen(q, document.text[slice(*span)])
    # a fall is held as its size and its direction, whichever way it is printed: 下降3.5%, 负3.5%
    value = abs(q.value) if c.kind == "change" and q.value is not None else q.value
    return Claim.of((
        document.doc, number, *span, q.text, value, q.low, q.high, q.bound, q.unit, c.kind,
        c.direction, c.family, c.stage, c.measure, printed(c.subject), c.period, c.place, c.level,
        q.status, q.note, c.role, c.sentence, c.clause, printed(c.before), printed(c.after), hashed, "",
        c.modality, c.adcode, c.place_from, c.period_from, c.family_p, c.indicator, printed(c.heading),
    ))  # fmt: skip


def _as_seen(q: Quantity, page: str) -> Quantity:
    """A quantity with the page's own characters where a sign stands for what parts its digits."""
    said = " ".join(unescape(page).replace(TORN, "…").split())
    return replace(q, text=said, note=q.note.replace(TORN, " "))


def _topic(report: Report, text: str) -> str:
    """Family that the whole report is about, where its words leave no doubt: it decides for numbers
    without words of their own.
    """
    head = report.title + text[report.start : report.start + 300]
    for family, words in load("families")["topic"].items():
        if sum(head.count(word) for word in words) >= 4:
            return family
    return ""
