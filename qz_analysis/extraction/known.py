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
from ..script import simplify
from ..vocabularies.divisions import divisions
from ..vocabularies.patterns import Pattern, words
from .clean import Clean
from .dates import dated_as, doubts_of, is_address, time_doubts
from .heads import is_plate, is_trail, titled
from .names import beginning
from .places import issued, located, settled
from .provenance import placed, provenance
from .reports import stretch
from .table_sentences import printed

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
    rows = _numbered(document)
    if any(row.start >= 0 for row in rows):
        parts = [_between(document, page, row, parts) for row in rows]
    _refuse_absent(document, rows, len(parts))
    found = _read(document, page, parts)
    return [
        _as_told(document, page, part, one, _of(rows, number), len(parts) == 1)
        for number, (part, one) in enumerate(zip(parts, found, strict=True))
    ]


def _numbered(document: Document) -> list[Known]:
    """The rows of a sidecar; those that say where each report begins number them by it."""
    rows = [one for one in document.known if one.source == SOURCE]
    if not any(row.start >= 0 for row in rows):
        return rows
    rows.sort(key=lambda row: row.start)
    return [replace(row, report=number) for number, row in enumerate(rows)]


def told_of(document: Document, number: int) -> Known:
    """What a sidecar says of one report of a document.

    >>> page = Document("a", "", known=(Known(SOURCE, place="唐县"), Known(SOURCE, dated="2020")))
    >>> told_of(page, 0).answers
    {'place': '唐县', 'dated': '2020'}
    """
    return _of(_numbered(document), number)


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
    found = located(document, page, [_dated(document, page, part, alone) for part in parts])
    return [replace(one, issuer=placed(one.issuer, one.place)) for one in found]


def _dated(document: Document, page: Clean, part: Report, alone: bool) -> Report:
    text = page.text
    report = (
        replace(part, title=_title(document, text, part), url=_url(document, text))
        if alone
        else part
    )
    name = document.file or document.doc
    # what a sidecar says comes later: a table that is given back as it is changes nothing
    stated = next((one for one in document.known if one.dated and one.source != SOURCE), None)
    published = stated.dated if stated and stated.source == "html" else ""
    dated, known, way = dated_as(text, report, document.meta, name, alone, published)
    source = issued(document) if alone else None
    raw = document.text[document.body :]
    own = raw if alone else raw[page.raw(report.start) : page.raw(report.end - 1) + 1]
    whole, site = "" if alone else raw, source.issuer if source else ""
    issuer, carrier = provenance(text, own, report, whole, site)
    of = None if alone else beginning(issuer)
    if of and of.name != report.place and of.level == report.level:
        issuer = ""  # the body that heads the page issued another of its reports
    report = replace(
        report, dated=dated, dated_from=known, dated_as=way, issuer=issuer, carrier=carrier
    )
    if not alone:
        return report
    doubts = [*doubts_of(text, report, name, published), *time_doubts(text, report)]
    made = document.told("made")
    if made and not dated:
        doubts.append(f"no date; the Word file was made on {made.made}")
    return replace(report, warnings=(*report.warnings, *doubts))


def _title(document: Document, text: str, report: Report) -> str:
    """The title that the file states where its page prints it, or prints none that says what it is."""
    known = document.told("title")
    if known is None or known.source not in ("html", "word"):
        return report.title
    title = titled(" ".join(known.title.split()))
    if is_plate(title) or is_trail(title):
        return report.title
    above = "".join(text[: report.start + _ABOVE].split())
    stands = "".join(title.split()) in above
    bare = not report.title or (_GENRE.search(title) and not _GENRE.search(report.title))
    return title if stands or bare else report.title


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
    base = report = found
    if title := _edits(row, found, "title"):
        part = replace(part, title=_plain(title["title"]))
        base = report = _again(document, page, part, "", found, alone)
    if dated := _edits(row, base, "dated"):
        report = _again(document, page, part, dated["dated"], base, alone)
    if settling := _edits(row, base, "place", "level"):
        place, level = settling.get("place", ""), settling.get("level", "")
        place = place if divisions(place) else simplify(place)  # 乾县 is in its own characters
        report = settled(document, page, report, alone, place, level)
    if url := _edits(row, base, "url"):
        report = replace(report, url=_plain(url["url"]))
    if issuer := _edits(row, base, "issuer"):
        report = replace(report, issuer=simplify(_plain(issuer["issuer"])))
    given = frozenset({**title, **dated, **settling, **url, **issuer})
    genre = document.told("genre")
    report = replace(report, period=row.period, genre=row.genre or (genre.genre if genre else ""))
    return replace(report, given=given, found=found) if given else report


def _edits(row: Known, report: Report, *names: str) -> dict[str, str]:
    """What a sidecar says otherwise than a report, by the names of the columns."""
    has = {name: getattr(report, name) for name in names}
    has |= {"title": printed(report.title)} if "title" in has else {}
    said = row.answers
    return {name: said[name] for name in names if name in said and _plain(said[name]) != has[name]}


def _plain(said: str) -> str:
    return "" if said == NONE else said


def _again(
    document: Document, page: Clean, part: Report, dated: str, found: Report, alone: bool
) -> Report:
    """A report read again with the title, and the date if any, that a sidecar gives it."""
    if part.title != found.title:  # what the file states as its title counts no more
        told = tuple(one for one in document.known if not one.title or one.source == SOURCE)
        document = replace(document, known=told)
    report = _dated(document, page, part, alone)
    if dated:
        dated = _plain(dated)
        doubts = [told for told in report.warnings if not told.startswith(("two years", "no date"))]
        if dated and found.dated_from == "report" and found.dated[:4] != dated[:4]:
            doubts.append(f"two years: {dated[:4]} in the sidecar, {found.dated[:4]} in the text")
        known = "document" if dated else ""
        report = replace(
            report,
            dated=dated,
            dated_from=known,
            dated_as="",
            warnings=tuple(doubts),
            given=frozenset({"dated"}),
        )
    # the name of a file speaks of its only report
    return located(document, page, [report] if alone else [report, report])[0]


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
