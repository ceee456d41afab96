"""Tables of texts and files: claims, relations and reports, made in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..arithmetic.audit import between_copies, find_relations, original
from ..arithmetic.suggest import suggestions
from ..errors import PartError, QzError, ReadError
from ..extraction.apply import by_hash, outside, refused, revise_reports
from ..extraction.clean import Clean
from ..extraction.corrections import Given, collected, text_hash
from ..extraction.dates import masked_date
from ..extraction.duplicates import Copies, may_be_alike, signature
from ..extraction.pipeline import (
    commonest_period,
    raw_span,
    read_whole,
    readings_of,
    split_document,
)
from ..extraction.table_sentences import printed
from ..model import Claim, Correction, Document, Report, Tables
from ..readers import sidecar
from ..readers.read import Source, paths_of
from ..readers.read import documents as read_documents
from ..schema import ABOUT, CLAIMS, CORRECTED, ERRORS, RELATIONS, REPORTS, TITLES, Shared, frame
from ..vocabularies.limit import limited

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["corpus", "extract", "reports", "tables"]

_Row = tuple[Any, ...]


#: as many reports have their titles go with the claims
_FEW = 500
_OF_WHEN = tuple(
    next(at for at, field in enumerate(REPORTS) if field.name == name)
    for name in ("period", "dated", "dated_as")
)


class Rows(NamedTuple):
    """What documents give before it becomes tables: claims, and rows of the other tables."""

    claims: list[Claim]
    relations: list[_Row]
    reports: list[_Row]
    signatures: list[bytes]
    #: what became of the corrections of these documents
    corrected: list[_Row]

    def add(self, more: "Rows") -> None:
        """Takes in what another document gave."""
        for mine, others in zip(self, more, strict=True):
            mine += others  # type: ignore[operator]


def gather(
    document: Document, corrections: Mapping[str, Sequence[Correction]] | None = None
) -> Rows:
    """What one document gives: read, corrected and audited.

    >>> rows = gather(Document("a", "受理2163宗，办结2028宗，办结率93.8%。"))
    >>> [claim.text for claim in rows.claims], rows.relations[0][4:6]
    (['2163宗', '2028宗', '93.8%'], ('ok', 93.75866851595006))
    """
    page, parts, found, corrected = _described(document, corrections or {})
    rows = Rows([], [], [], [], corrected)
    for number, (report, claims) in enumerate(zip(parts, found, strict=True)):
        rows.claims.extend(claims)
        rows.relations.extend((document.doc, number, *one.row) for one in find_relations(claims))
        period = (report.period or commonest_period(claims)).strip("-")
        start, end = raw_span(page, document.body, report.start, report.end)
        masked = "" if report.dated else masked_date(page.text, report)
        rows.reports.append(
            (document.doc, number, start, end, printed(report.title), report.place, report.level,
             period, report.adcode, report.dated or masked, "signed" if masked else report.dated_as,
             report.url, report.issuer, report.carrier, ";".join(report.warnings), "")
        )  # fmt: skip
        rows.signatures.append(signature(page.text[report.start : report.end]))
    return rows


def _described(
    document: Document, corrections: Mapping[str, Sequence[Correction]]
) -> tuple[Clean, list[Report], list[list[Claim]], list[_Row]]:
    """The clean page of a document, its reports with their claims as corrected, and what became of
    the corrections.
    """
    page, parts = split_document(document)
    hashed = text_hash(document.text)
    whole = [read_whole(document, at, page, report, hashed) for at, report in enumerate(parts)]
    parts, found = [report for report, _ in whole], [claims for _, claims in whole]
    if document.doubts:
        found = [_with_suggestions(document, claims) for claims in found]
    if hashed not in corrections:
        return page, parts, found, []
    found, outcomes = revise_reports(document.doc, found, corrections[hashed])
    return page, parts, found, [outcome.row for outcome in outcomes]


def _with_suggestions(document: Document, claims: list[Claim]) -> list[Claim]:
    """The claims of a scan, with a word in the notes of those that a strong check suggests."""
    unsure = {at: readings_of(document, one) for at, one in enumerate(claims) if one.note}
    said = suggestions(claims, {at: figures for at, figures in unsure.items() if figures})
    return [
        replace(one, note=f"{one.note}; {said[at][0].text} would agree: {said[at][1]}")
        if at in said
        else one
        for at, one in enumerate(claims)
    ]


def corpus() -> list[Path]:
    """Files of the embedded corpus: retold reports with the figures of five real pages.

    Returns:
        paths in the order of pages and reports.

    Raises:
        QzError: the corpus is not there (neither in the project nor in the installed package).

    >>> len(corpus()) > 20
    True
    """
    for folder in (
        Path(__file__).parents[1] / "data" / "reports",
        Path(__file__).parents[2] / "data" / "reports",
    ):
        if found := sorted(folder.glob("*.md")):
            return found
    raise QzError(
        "the embedded corpus is missing: install the package again or give files of your own"
    )


def extract(
    source: Source,
    *,
    corrections: Given = (),
    documents: sidecar.Given = None,
    scans: bool = False,
) -> "pd.DataFrame":
    """Claims table of a text, of files, or of both.

    Args:
        source: a report's text, a path to a file or folder, a `Document`, or several of these.
        corrections: as for `tables`.
        documents: as for `tables`.
        scans: as for `tables`.

    Returns:
        one row per number that the reports assert, with the columns of `schema.CLAIMS`; offsets
        count characters of the
        raw text, so that `raw[start:end]` is what the page printed.

    Raises:
        ReadError: a file is missing or holds no text that can be read.

    >>> extract("全县共接待来访群众193批次389人次。")[["text", "value", "unit", "family"]].values.tolist()
    [['193批次', 193.0, '批次', 'petition'], ['389人次', 389.0, '人次', 'petition']]
    """
    wanted = by_hash(collected(corrections))
    claims: list[Claim] = []
    known = sidecar.sidecar(documents, paths_of(source))
    # claims alone: nothing is audited or compared with copies
    for document in read_documents(source, known=known, scans=scans):
        if isinstance(document, PartError):
            continue
        if isinstance(document, ReadError):
            raise document
        with limited(document.doc, len(document.text)):
            claims += chain.from_iterable(_described(document, wanted)[2])
    known.say_unmet()
    return frame([claim.row for claim in claims], CLAIMS)


def reports(source: Source, *, documents: sidecar.Given = None) -> "pd.DataFrame":
    """Reports table of the same sources as `extract`: one row per separate report, columns of
    `schema.REPORTS`; `documents` as for `tables`.

    >>> reports("全镇受理3件。乙桥镇党委")["level"].tolist()
    ['town']
    """
    return tables(source, documents=documents).reports


def tables(
    source: Source,
    *,
    corrections: Given = (),
    documents: sidecar.Given = None,
    scans: bool = False,
    on_error: str = "raise",
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> Tables:
    """The tables of a text or of files, extracted, corrected and audited.

    Args:
        source: as for `extract`.
        corrections: a corrections file, a DataFrame with the columns of `schema.CORRECTIONS`, or
            several of these; later lines win.
        documents: a table that says of files what they do not say themselves (a path, or a
            DataFrame with the columns of `schema.SIDECAR`), or several. What lies beside the files
            as documents.csv or documents.xlsx is taken over by itself; `False` leaves it alone.
        scans: recognise pages that are pictures, too: png, jpg, tiff, and pages of PDF files. It
            needs the extra `scan` and takes some ten seconds a page.
        on_error: `raise`, or `keep` to go on after a bad file and list it in `errors`.
        progress: wraps the list of sources, e.g. `tqdm.tqdm`.

    Returns:
        claims, relations, reports and the errors kept, corrections that were refused among them;
        what became of all of them is
        in the attribute `corrected`.

    Raises:
        ReadError: a file is missing, holds no text that can be read, or takes too long, with
            `on_error="raise"`.
        QzError: a corrections file, or a table of documents, cannot be read or is none.

    >>> made = tables("受理43宗，办结36宗，办结率83.7%。")
    >>> len(made.claims), made.relations["verdict"].tolist(), made.reports["report"].tolist(), made.errors.empty
    (3, ['ok'], [0], True)
    """
    rows = Rows([], [], [], [], [])
    errors: list[_Row] = []
    every = collected(corrections)
    wanted = by_hash(every)
    hashes, docs = set(), set()
    known = sidecar.sidecar(documents, paths_of(source))
    every_one = on_error == "keep"
    for document in read_documents(source, progress, every=every_one, known=known, scans=scans):
        try:
            if isinstance(document, ReadError):
                raise document
            with limited(document.doc, len(document.text)):
                rows.add(gather(document, wanted))
            if every:
                hashes.add(text_hash(document.text))
                docs.add(document.doc)
        except ReadError as error:
            if on_error == "raise" and not isinstance(error, PartError):
                raise
            errors.append(error.row)
    known.say_unmet()
    found = rows.reports
    if len(found) > 1:  # one is no copy
        asked = may_be_alike(rows.signatures)
        with Copies() as copies:
            found = [
                (*row[:-1], copies.earlier(f"{row[0]}:{row[1]}", signature)) if alike else row
                for row, signature, alike in zip(rows.reports, rows.signatures, asked, strict=True)
            ]
    relations = [*rows.relations, *_between_copies(rows.claims, found)]
    rows.corrected.extend(outcome.row for outcome in outside(every, hashes, docs))
    errors += refused(rows.corrected, every)
    claims = frame([claim.row for claim in rows.claims], CLAIMS)
    # a table that is written carries them, too
    if len(found) <= _FEW:
        claims.attrs[TITLES] = Shared({row[0]: row[4] for row in reversed(found) if row[4]})
        about = {row[0]: tuple(row[at] for at in _OF_WHEN) for row in reversed(found)}
        claims.attrs[ABOUT] = Shared(about)
    return Tables.of(
        claims,
        frame(relations, RELATIONS),
        frame(found, REPORTS),
        frame(errors, ERRORS),
        corrected=frame(rows.corrected, CORRECTED),
    )


def _between_copies(claims: list[Claim], reports: list[_Row]) -> Iterator[_Row]:
    """Relations of copies to their originals; claims of other reports are not looked at."""
    copies = [(row[0], row[1], row[-1]) for row in reports if row[-1]]
    wanted = {key for doc, number, same in copies for key in ((doc, number), original(same))}
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if (key := (claim.doc, claim.report)) in wanted:
            found.setdefault(key, []).append(claim)
    return ((*key, *relation.row) for key, relation in between_copies(found, copies))
