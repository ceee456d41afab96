"""The place of each report: known from a list or proved by the words, never guessed.

A page with its reports comes in; each report with its place, level and code goes out.
"""

import re
from collections import Counter
from dataclasses import replace

from ..model import Document, Known, Report
from ..readers.sidecar import SOURCE
from ..script import simplify
from ..vocabularies import divisions as lists
from .clean import Clean
from .names import LEVELS, MASK, RANKS, Name, beginning, is_unnamed, level_of, possible
from .own_place import OwnPlace, own_place, settled_on
from .place_codes import code_of, divisions_before, lies_under
from .place_signs import (
    BEHIND,
    HEAD,
    by_collection,
    by_crumbs,
    by_file,
    by_paper,
    by_quote,
    by_short_name,
    by_source,
    by_subject,
    by_title,
    levels_alike,
    names_told,
)

_ADDRESS = "各位代表"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-_. ]|$)")
_SPOKEN = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
#: sources that speak of the page itself; a title that a person gives is the report's
_OF_FILE = ("html", "word")
#: how warnings of a place begin
_OF_PLACES = ("two places", "no list holds")


def in_own_characters(page: Clean, raw: str, body: int) -> Clean:
    """The page with names that conversion to Simplified characters changed as the raw text has them.

    >>> from qz_analysis.extraction.clean import clean
    >>> in_own_characters(clean("乾县受理3件"), "乾县受理3件", 0).text
    '乾县受理3件'
    """
    text = page.text
    for converted, own in lists.converted_names():
        if own in raw:
            for m in re.finditer(converted, text):
                start, end = page.span(m.start(), m.end())
                if raw[start + body : end + body] == own:
                    text = text[: m.start()] + own + text[m.end() :]
    return page if text is page.text else replace(page, text=text)


def located(document: Document, page: Clean, reports: list[Report]) -> list[Report]:
    """The reports with the place, level and code of each, how it is known, and what is doubtful.

    >>> from qz_analysis.extraction.clean import clean
    >>> text = "2020年唐县政府工作报告\\n各位代表:全县受理3件。"
    >>> parts = [Report(0, len(text), "", "", "")]
    >>> [(r.place, r.level, r.adcode) for r in located(Document("a", text), clean(text), parts)]
    [('唐县', 'county', '130627')]
    """
    above = page.text[: reports[0].start] if reports else ""
    return [_located(document, page, report, len(reports) == 1, above) for report in reports]


def _located(
    document: Document, page: Clean, report: Report, alone: bool, above_first: str = ""
) -> Report:
    text = page.text
    filed = by_file(document) if alone else None
    head = _head(document, text, report, alone)
    year = _year(document, report, head, text[report.start : report.end])
    if document.meta.get("place"):
        within = divisions_before(head, report.place)
        code = code_of(report.place, year, within)
        return replace(report, adcode=code, place_from="document")
    titled, opened = names_told(head)
    named = titled or opened
    own = OwnPlace(None) if titled else own_place(text, report)
    stated = settled_on(own, report, named)
    if named is not None and stated:
        named = stated
    warnings = list(report.warnings)
    # a place that only the title of the page's head, or one that a person gives, names
    place_from = "report" if named is None or named.name in text else "document"
    if titled and opened and not _agree(titled, opened):
        warnings.append(f"two places: {titled.name} in the title, {opened.name} in the opening")
    if filed and named and not _agree(filed, named):
        warnings.append(f"two places: {filed.name} in the file's name, {named.name} in the text")
    if named is None and filed:
        named, place_from = filed, "document"
        if possible(report.place) and lists.divisions(report.place) and filed.name != report.place:
            warnings.append(
                f"two places: {filed.name} in the file's name, {report.place} in the text"
            )
    if named is None:
        place_from = "words" if report.place else ""
        named = stated or by_title(report, text) or by_paper(report, text)
        named = named or by_short_name(report, text, year)
        named = named or by_quote(report, text) or _issued(document, report, alone)
        named = named or by_source(report, text)
        if named is None and (collected := by_collection(above_first, report, text)):
            named, place_from = collected, "document"
        named = named or by_subject(report, text) or by_crumbs(report, text, alone)
    place, level, above = (
        (named.name, named.level, named.above) if named else (report.place, report.level, ())
    )
    if own.bare and not place and not level:
        place, level = f"我{own.bare}", LEVELS[own.bare]
    code = code_of(place, year, above or divisions_before(head, place))
    if lists.divisions(place) and level != "bureau":  # a county may be called 市
        one = lists.coded(code, year) or lists.coded(code)
        level = one.level if one else level_of(place)
    if report.level == "bureau" and stated is None and not (titled or opened or filed):
        level = "bureau"
    if own.office and (titled or opened or named is None or level in RANKS[:4]):
        level = "bureau"
    unnamed = place.startswith("我") or MASK.fullmatch(place)
    if place and not unnamed and level in RANKS[1:4] and not lists.divisions(place):
        warnings.append(f"no list holds {place}")
    return replace(
        report, place=place, level=level, adcode=code, place_from=place_from if place else "",
        warnings=tuple(warnings),
    )  # fmt: skip


def _head(document: Document, text: str, report: Report, alone: bool) -> str:
    """The lines in which a report says whose it is; a page's own title is one of them."""
    stop = min(report.end, report.start + HEAD)
    address = text.find(_ADDRESS, report.start, stop)
    stop = min(report.end, address + BEHIND) if address >= 0 else stop
    head = f"{report.title}\n{text[0 if alone else report.start : stop]}"
    known = document.told("title") if alone else None
    title = simplify(known.title) if known and known.source in _OF_FILE else ""
    return head if title in head else f"{title}\n{head}"


def issued(document: Document) -> Known | None:
    """What a document itself says of who put it on the net; what a person says of who issued it is
    told with the report, and places nothing.
    """
    return next((one for one in document.known if one.issuer and one.source != SOURCE), None)


def _issued(document: Document, report: Report, alone: bool) -> Name | None:
    """The place whose government put a page on the net, where the report may be of its level."""
    known = issued(document) if alone else None
    found = beginning(simplify(known.issuer)) if known else None
    if found is None or not is_unnamed(report.place):
        return None
    return (
        found
        if report.level and found.level in {report.level} | levels_alike(report.level)
        else None
    )


def settled(
    document: Document, page: Clean, report: Report, alone: bool, place: str, level: str
) -> Report:
    """A report at the place, or of the level, that a person says it is of.

    Args:
        document: the document of the report.
        page: its clean page.
        report: the report as `located` leaves it.
        alone: whether it is the only one of the document.
        place: another place than the report has; `-` for none, empty where it stays.
        level: another level than it has; `-` for none, empty for that of the place.

    >>> from qz_analysis.extraction.clean import clean
    >>> text = "2011年全县受理3件。"
    >>> one = Report(0, len(text), "", "我县", "county", place_from="words")
    >>> found = settled(Document("a", text), clean(text), one, True, "唐县", "")
    >>> found.place, found.level, found.adcode, found.place_from
    ('唐县', 'county', '130627', 'document')
    """
    if place == "-":
        report = replace(report, place="", adcode="", place_from="")
    elif place:
        report = _moved(document, page, report, alone, place)
    if level:
        report = replace(report, level=level.strip("-"))
    ranks = {one.level for one in lists.divisions(report.place)}
    if level in RANKS[1:] and ranks and level not in ranks:
        told = f"two levels: {report.place} is a {level_of(report.place)}, the sidecar says {level}"
        report = replace(report, warnings=(*report.warnings, told))
    return report


def _moved(document: Document, page: Clean, report: Report, alone: bool, place: str) -> Report:
    head = _head(document, page.text, report, alone)
    year = _year(document, report, head, page.text[report.start : report.end])
    listed, filed = beginning(place), by_file(document) if alone else None
    whole = listed is not None and place.endswith(listed.name)  # 张家口市桥西区
    suffix = next((LEVELS[place[-n:]] for n in (2, 1) if place[-n:] in LEVELS), report.level)
    own = listed if listed and whole else Name(place, suffix, 0, (), False)
    if lists.divisions(place):  # a noun that is a name, too, stands alone here
        own = replace(own, name=place, level=level_of(place), listed=True)
    above = own.above or divisions_before(head, own.name)
    if not above and filed and filed.name == own.name:
        above = filed.above
    code = code_of(own.name, year, above)
    warnings = [told for told in report.warnings if not told.startswith(_OF_PLACES)]
    for said, where in zip(names_told(head), ("title", "opening"), strict=True):
        if said and not _agree(own, said):
            warnings.append(f"two places: {place} in the sidecar, {said.name} in the {where}")
    if own.level in RANKS[1:4] and not own.listed and not MASK.fullmatch(place):
        warnings.append(f"no list holds {place}")
    one = lists.coded(code, year) or lists.coded(code)
    return replace(
        report, place=place, level=one.level if one else own.level, adcode=code,
        place_from="document", warnings=tuple(warnings),
    )  # fmt: skip


def _agree(one: Name, other: Name) -> bool:
    """Whether two names are one place, or one place and a division above it."""
    if MASK.fullmatch(one.name) or MASK.fullmatch(other.name):
        return True
    if one.name == other.name or other.name in one.above or one.name in other.above:
        return True
    if _shortened(one.name, other.name) or _shortened(other.name, one.name):
        return True
    codes = [[d.code for d in lists.divisions(name.name)] for name in (one, other)]
    pairs = [(a, b) for a in codes[0] for b in codes[1]]
    return any(lies_under(a, b) or lies_under(b, a) for a, b in pairs)


def _shortened(name: str, full: str) -> bool:
    """Whether a name is that of an autonomous county or banner without the peoples it is of."""
    autonomous = full.endswith(("自治县", "自治旗")) and len(name) > 2
    return autonomous and name[-1] == full[-1] and full.startswith(name[:-1])


def _year(document: Document, report: Report, head: str, body: str) -> int | None:
    """The year of a report: as its head or its file's name says, else the one most spoken of."""
    for source in (report.dated, report.title, head, document.doc, document.file):
        if m := _YEAR.search(source):
            return int(m[1])
    spoken = Counter(_SPOKEN.findall(body)).most_common(1)
    return int(spoken[0][0]) if spoken else None
