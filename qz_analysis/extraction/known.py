"""The reports of a document with what is known of them from outside its sentences.

Parts of a page go in; reports with place, date, title and address come out. A cell of a sidecar
that only repeats what the document says itself changes nothing, so that a table of documents can be
written, looked through and given back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..errors import ReadError
from ..model import Document, Known, Report
from ..readers.sidecar import NONE, SOURCE
from ..vocabularies.patterns import Pattern, words
from .clean import Clean
from .dates import date_of, doubts_of, is_address
from .places import located, settled
from .reports import stretch
from .tables import printed

_GENRE = Pattern("known", "{genres}|{boundaries.genres}")
_URL = Pattern("known", r"(?im)^[^\n。,:]{0,6}{addresses}[:][ ]*(https?://[^\s\"'<>]{1,500})")
#: how much of a page is looked at for its address
_ABOVE = 1000


def as_known(document: Document, page: Clean, parts: list[Report]) -> list[Report]:
    """The reports of a document, each with all that is known of it.

    Args:
        document: with what sidecar, front matter and file say in `known`.
        page: its clean page.
        parts: the stretches that its text shows, with title, place and level as their words say.

    Raises:
        ReadError: a sidecar speaks of a report, or of a stretch, that the document does not have.

    >>> from qz_analysis.extraction.clean import clean
    >>> text = "2011年全县受理3件。"
    >>> page = Document("a", text, known=(Known(SOURCE, place="唐县", dated="2012"),))
    >>> (report,) = as_known(page, clean(text), [Report(0, 12, "", "我县", "county")])
    >>> report.place, report.adcode, report.dated
    ('唐县', '130627', '2012')
    """
    rows = [one for one in document.known if one.source == SOURCE]
    if any(row.start >= 0 for row in rows):
        rows = sorted(rows, key=lambda row: row.start)
        parts = [_between(document, page, row, parts) for row in rows]
        rows = [replace(row, report=number) for number, row in enumerate(rows)]
    _refuse_absent(document, rows, len(parts))
    found = _read(document, page, parts)
    return [
        _as_told(document, page, part, one, _of(rows, number), len(parts) == 1)
        for number, (part, one) in enumerate(zip(parts, found, strict=True))
    ]


def _between(document: Document, page: Clean, row: Known, parts: Sequence[Report]) -> Report:
    """The report of a stretch of the raw text: one that was found there, or a new one."""
    if row.end > len(document.text):
        reason = f"{row.where}: the report ends at {row.end}, the text at {len(document.text)}"
        way_out = "is it another version of the file? write the table anew with `qz documents`"
        raise ReadError(document.file or document.doc, reason, way_out)
    start, end = clean_span(page, row.start - document.body, row.end - document.body)
    found = next((part for part in parts if (part.start, part.end) == (start, end)), None)
    return found or stretch(page.text, start, end)


def clean_span(page: Clean, start: int, end: int) -> tuple[int, int]:
    """The clean stretch of a raw one.

    >>> from qz_analysis.extraction.clean import clean
    >>> clean_span(clean("來訪(fǎng)43批次"), 8, 12)
    (2, 6)
    """
    # raw offsets rise with the clean ones
    low, high = _first(page, start), _first(page, end)
    return low, max(low, high)


def _first(page: Clean, raw: int) -> int:
    """The first clean offset whose character stands at a raw one or behind it."""
    low, high = 0, len(page.text)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if page.raw(middle) < raw else (low, middle)
    return low


def _refuse_absent(document: Document, rows: Sequence[Known], count: int) -> None:
    absent = next((row for row in rows if row.report >= count), None)
    if absent:
        reason = f"{absent.where}: speaks of report {absent.report}, and the file has {count}"
        way_out = "count from 0, or give start and end of each report"
        raise ReadError(document.file or document.doc, reason, way_out)


def _of(rows: Sequence[Known], number: int) -> Known:
    """What a sidecar says of a report: in its own row first, else in that of the whole file."""
    own = [row for at in (number, -1) for row in rows if row.report == at]
    said: dict[str, Any] = {}
    for row in reversed(own):
        said |= row.answers
    return Known(SOURCE, **said, where=own[0].where if own else "")


def _read(document: Document, page: Clean, parts: list[Report]) -> list[Report]:
    """The reports with date, place, title and address as the document itself tells them."""
    alone = len(parts) == 1
    return located(document, page, [_dated(document, page.text, part, alone) for part in parts])


def _dated(document: Document, text: str, part: Report, alone: bool) -> Report:
    report = (
        replace(part, title=_title(document, text, part), url=_url(document, text))
        if alone
        else part
    )
    name, told = document.file or document.doc, document.told("dated")
    published = told.dated if told and told.source == "html" else ""
    dated, known = date_of(text, report, document.meta, name, alone, published)
    report = replace(report, dated=dated, dated_from=known)
    if not alone:
        return report
    doubts = list(doubts_of(text, report, name, published))
    made = document.told("made")
    if made and not dated:
        doubts.append(f"no date; the Word file was made on {made.made}")
    return replace(report, warnings=(*report.warnings, *doubts))


def _title(document: Document, text: str, report: Report) -> str:
    """The title that the file states where its page prints it, or where the text has none."""
    known = document.told("title")
    if known is None or known.source not in ("html", "word"):
        return report.title
    title = " ".join(known.title.split())
    above = "".join(text[: report.start + _ABOVE].split())
    stands = "".join(title.split()) in above
    return title if stands or not report.title else report.title


def _url(document: Document, text: str) -> str:
    told = next((one for one in document.known if one.url and one.source != SOURCE), None)
    if told:
        return told.url
    m = _URL.search(text, 0, _ABOVE)
    return m[1] if m else ""


def _as_told(
    document: Document, page: Clean, part: Report, found: Report, row: Known, alone: bool
) -> Report:
    """A report as a sidecar tells it, itself where the sidecar says nothing else."""
    has = {"place": found.place, "level": found.level, "dated": found.dated, "url": found.url}
    has["title"] = printed(found.title)
    edits = {name: said for name, said in row.answers.items() if said.strip(NONE) != has.get(name)}
    report = found
    if edits.keys() & {"title", "dated"}:
        if "title" in edits:
            part = replace(part, title=_plain(edits["title"]))
        report = _again(document, page, part, edits, found, alone)
    if edits.keys() & {"place", "level"}:
        place, level = edits.get("place", ""), edits.get("level", "")
        report = settled(document, page, report, alone, place, level)
    if "url" in edits:
        report = replace(report, url=_plain(edits["url"]))
    given = frozenset(edits.keys() & has.keys())
    return replace(report, period=row.period, genre=row.genre, given=given)


def _plain(said: str) -> str:
    return "" if said == NONE else said


def _again(
    document: Document,
    page: Clean,
    part: Report,
    edits: dict[str, str],
    found: Report,
    alone: bool,
) -> Report:
    """A report read again with the title or the date that a sidecar gives it."""
    told = tuple(one for one in document.known if one.source not in ("html", "word"))
    others = replace(document, known=told) if "title" in edits else document
    report = _dated(others, page.text, part, alone)
    if "dated" in edits:
        dated = _plain(edits["dated"])
        doubts = [told for told in report.warnings if not told.startswith(("two years", "no date"))]
        if dated and found.dated_from == "report" and found.dated[:4] != dated[:4]:
            doubts.append(f"two years: {dated[:4]} in the sidecar, {found.dated[:4]} in the text")
        known = "document" if dated else ""
        report = replace(report, dated=dated, dated_from=known, warnings=tuple(doubts))
    # the name of a file speaks of its only report
    return located(others, page, [report] if alone else [report, report])[0]


def genre_of(report: Report, text: str) -> str:
    """What sort of text a report is, by its title: the last word of it that names one; else empty.

    >>> genre_of(Report(0, 9, "唐县信访工作总结", "", ""), "唐县信访工作总结")
    '工作总结'
    """
    if report.genre:
        return _plain(report.genre)
    found = _GENRE.findall(report.title)
    if not found and is_address(text, report):
        found = words("known", "address")
    return found[-1] if found else ""
