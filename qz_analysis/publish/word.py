"""The page of a place as a Word document: title, sentences, chart, table and sources."""

import io
import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..charts.figure import as_png, figure_of, finished
from ..comparison.wording import word
from ..errors import QzError
from ..outputs import write
from ..privacy import mask_names, mask_texts
from ..schema import MAKER, VERSION
from ..script import dropped
from .lead import sentences
from .links import Place, pieces
from .title import title_of

if TYPE_CHECKING:
    from docx.document import Document

    from .profile import Profile

#: no file tells the time of its making, so that the same tables give the same bytes
_TIME = (2000, 1, 1, 0, 0, 0)
_ENDINGS = (".docx", ".dotx")
#: what a template is, and what a document is, in the list of parts
_TEMPLATE = "wordprocessingml.template.main+xml"
_DOCUMENT = "wordprocessingml.document.main+xml"
#: sections that a document holds
_SECTIONS = ("indicators", "others", "targets", "checks", "reports")
#: points of the styles in Chinese and in English, and their Chinese type, where no template brings
#: them: those of GB/T 9704, with tables and notes in a smaller size
_TYPES = {
    "Title": (22, 18, "方正小标宋简体"),
    "Heading 1": (16, 13, "黑体"),
    "Body Text": (16, 12, "仿宋"),
    "Normal": (10.5, 10, "仿宋"),
    "Caption": (10.5, 9, "仿宋"),
    "Footer": (14, 10, "宋体"),
}
_LATIN = "Times New Roman"
#: millimetres of the margins and points from line to line, as GB/T 9704 has them
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_LINE = 28
#: where a long title may break, and Latin letters of its line
_PARTS, _TITLE_OF = re.compile("(?<=[：，])|(?=（)"), 38
_NUMERALS = "一二三四五六七八"
#: signs that Chinese and Latin type share, of which Word takes the Latin unless it is told otherwise
_SHARED = re.compile("[“”‘’…—]")
#: a column is never narrower than so many letters, and has room for its borders besides
_LEAST, _BORDERS = 6, 3
#: lines of a table that keeps to a page, and Latin letters of a line
_SHORT, _LINE_OF = 10, 72
#: sentences of the evidence, unless all is asked for: what an office still prints
_SENTENCES = 40


def write_word(profile: "Profile", target: Path, template: Path | None = None) -> Path:
    """Write the page of a place as a Word document that an office may go on with.

    Args:
        profile: the place.
        target: the .docx file. The same tables and template give the same bytes.
        template: a .docx or .dotx whose styles, page and head the document takes; its own text
            goes. Used are the styles Title, Body Text, Heading 1, Normal, Caption and Table Grid,
            those that it has.

    Returns:
        the file written.

    Raises:
        QzError: python-docx is not there, the template cannot be read, or something else stands in
            the way.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> page = qz.brief.profile("甲山县", source="甲山县受理事项43宗。甲山县信访局", lang="zh")
    >>> write_word(page, Path(tempfile.mkdtemp()) / "jia.docx").name
    'jia.docx'
    """
    document = _opened(template, profile.page.lang)
    told = _Told(profile)

    def write_all(texts: Sequence[_Text], style: str) -> None:
        for text in texts:
            paragraph = document.add_paragraph()
            _style(document, paragraph, style)
            _say(paragraph, text, told)

    def head(number: int, text: str) -> None:
        numeral = f"{_NUMERALS[number]}、" if profile.page.lang == "zh" else ""
        _style(document, document.add_paragraph(numeral + text), "Heading 1")

    _entitle(document, told.title, profile.page.lang)
    _letterhead(document, told)
    write_all([told.basis] if _plainly(told.basis) else [], "Normal")
    write_all([*told.sentences, *told.notes], "Body Text")
    _draw(document, profile)
    for number, (heading, heads, rows, notes) in enumerate(told.tables):
        head(number, heading)
        _tabulate(document, heads, rows, told, noted=bool(notes))
        write_all(notes, "Normal")
    head(len(told.tables), word("headings", "notes", profile.page.lang))
    write_all(told.ending, "Normal")
    _about(document, _plainly(told.title), profile.page.lang)
    out = io.BytesIO()
    document.save(out)
    return write(target, _steady(out.getvalue()))


#: words, and figures with the places of their claims; in evidence the figures are what others lead to
_Text = list[tuple[str, Place | None]]


class _Told:
    """All words of a document, names of persons masked as one text."""

    def __init__(self, profile: "Profile") -> None:
        self.lang = lang = profile.page.lang
        told = sentences(profile.page.facts) or [profile.reports.summary()]
        sections = {
            "indicators": profile.tables.indicator_rows(),
            "others": profile.tables.other_rows(),
            "targets": profile.tables.target_rows(),
            "checks": profile.tables.check_rows(),
            "reports": profile.reports.source_rows(),
        }
        tables = []
        for key in _SECTIONS:
            rows: list[dict[str, Any]] = sections[key]
            kept = [name for name in (rows[0] if rows else ()) if any(row[name] for row in rows)]
            if kept:
                heads = [word("columns", name, lang) for name in kept]
                cells = [[str(row[name]) for name in kept] for row in rows]
                notes = [profile.reports.source_notes()] if key == "reports" else []
                tables.append((word("headings", key, lang), heads, cells, [*filter(None, notes)]))
        gap = " " if lang == "en" else ""
        made = word("sentences", "made", lang, version=VERSION)
        ending = [*profile.reports.mechanisms(), gap.join([*profile.reports.limits(), made])]
        lead = _places_in(pieces(text) for text in told)
        cells_ = (pieces(cell) for _, _, rows, _ in tables for row in rows for cell in row)
        found, left = _evidence(
            profile, lead, lead | _places_in(cells_), None if profile.page.full else _SENTENCES
        )
        # places of the evidence, by which every link of the document has an end
        shown = _places_in(text for line in found for text in line)
        self.names = {place: f"figure_{n}" for n, place in enumerate(sorted(shown), 1)}
        title: _Text = [(title_of(profile.page.facts), None)]
        head = [
            *profile.reports.letterhead(),
            profile.reports.basis(),
            *told,
            *profile.reports.notes(),
            *ending,
        ]
        texts = [pieces(text) for text in head]
        for _, _, lines_, notes in tables:
            texts += [pieces(cell) for row in lines_ for cell in row] + [*map(pieces, notes)]
        texts += [text for line in found for text in line]
        said = iter(_masked([title, *texts]))
        self.title, self.letterhead = next(said), (next(said), next(said))
        self.basis = next(said)
        self.sentences = [next(said) for _ in told]
        self.notes = [next(said) for _ in profile.reports.notes()]
        self.ending = [next(said) for _ in ending]
        self.tables = [
            (
                heading,
                heads,
                [[next(said) for _ in row] for row in rows],
                [next(said) for _ in notes],
            )
            for heading, heads, rows, notes in tables
        ]
        if found:
            lines = [[next(said) for _ in line] for line in found]
            filled = [n for n in range(len(_EVIDENCE)) if any(_plainly(one[n]) for one in lines)]
            heads = [word("columns", _EVIDENCE[n], lang) for n in filled]
            shorter = [[one[n] for n in filled] for one in lines]
            more = word("sentences", "sentences_more", lang, n=left)
            notes_: list[_Text] = [[(more, None)]] if left else []
            self.tables.append((word("headings", "evidence", lang), heads, shorter, notes_))


#: columns of the evidence
_EVIDENCE = ("sentence", "document", "spot", "dated")


def _places_in(texts: Iterable[_Text]) -> set[Place]:
    """The places of the figures in some texts."""
    return {place for text in texts for _, place in text if place}


def _evidence(
    profile: "Profile", lead: set[Place], shown: set[Place], most: int | None
) -> tuple[list[list[_Text]], int]:
    """The sentences of the figures at the places `shown`, with document, place in it and date; and
    how many are left out where there are more than `most`: none of those that the `lead` stands on.
    """
    found: list[tuple[bool, list[_Text]]] = []
    for row in profile.evidence_rows():
        places = {
            at: (profile.page.names.get(claim["doc"], claim["doc"]), int(claim["start"]))
            for at, claim in row["claims"].items()
        }
        if shown.isdisjoint(places.values()):
            continue
        sentence: _Text = [
            (text, None if at is None or places[at] not in shown else places[at])
            for text, at in row["sentence"]
        ]
        rest: list[_Text] = [[(str(row[name]), None)] for name in _EVIDENCE[1:]]
        found.append((not lead.isdisjoint(places.values()), [_Ends(sentence), *rest]))
    room = len(found) if most is None else most - sum(first for first, _ in found)
    kept = []
    for first, line in found:
        if first or room > 0:
            kept.append(line)
            room -= not first
    return kept, len(found) - len(kept)


class _Ends(list[tuple[str, Place | None]]):
    """A sentence of the evidence, whose figures are the ends of links."""


def _masked(texts: Sequence[_Text]) -> list[_Text]:
    """The texts without characters that act, names of persons masked as in one text."""
    clean = [[(dropped(words), place) for words, place in text] for text in texts]
    masked = mask_texts([_plainly(text) for text in clean])
    found = []
    for given, text, whole in zip(texts, clean, masked, strict=True):
        at, made = 0, []
        for words, place in text:
            made.append((whole[at : at + len(words)], place))
            at += len(words)
        found.append(_Ends(made) if isinstance(given, _Ends) else made)
    return found


def _plainly(text: _Text) -> str:
    """The words of a text."""
    return "".join(words for words, _ in text)


def _say(paragraph: Any, text: _Text, told: _Told) -> None:
    """Write a text into a paragraph; its figures lead to the evidence, those of that are marked."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for words, place in text:
        run = paragraph.add_run(words)
        if told.lang == "zh" and _SHARED.search(words):
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        name = told.names.get(place) if place else None
        if name is None:
            continue
        if isinstance(text, _Ends):
            run.bold = True
            for tag, before in (("w:bookmarkStart", True), ("w:bookmarkEnd", False)):
                mark = OxmlElement(tag)
                mark.set(qn("w:id"), name.rpartition("_")[2])
                if before:
                    mark.set(qn("w:name"), name)
                    run._r.addprevious(mark)
                else:
                    run._r.addnext(mark)
            continue
        run.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
        run.font.underline = True
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        run._r.addprevious(link)
        link.append(run._r)


def _opened(template: Path | None, lang: str) -> "Document":
    """An empty document, or a template without its text."""
    try:
        import docx
    except ImportError:
        remedy = 'pip install "qz-analysis[word]"'
        raise QzError(f"Word documents need python-docx: {remedy}") from None
    if template is None:
        return _plain(docx.Document(), lang)
    if template.suffix.lower() not in _ENDINGS:
        raise QzError(f"{template}: is no template; give a .docx or .dotx file")
    try:
        document = docx.Document(io.BytesIO(_as_document(template.read_bytes())))
    except OSError as error:
        fault = f"{template}: cannot be read ({error.strerror or error})"
        raise QzError(f"{fault}; check the path and the permissions") from None
    except Exception:  # python-docx answers a broken file with errors of any kind
        raise QzError(f"{template}: is no Word file; save it anew as .docx or .dotx") from None
    body = document.element.body
    for part in list(body):
        # what is left is the page: its size, head and foot
        if not part.tag.endswith("}sectPr"):
            body.remove(part)
    return document


def _plain(document: "Document", lang: str) -> "Document":
    """A document on A4 in the layout of official documents: black, its title in the middle, lines that
    begin two characters in, numbered pages.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, margin in _MARGINS.items():
        setattr(page, f"{side}_margin", Mm(margin))
    is_chinese = lang == "zh"
    for name, (size, smaller, face) in _TYPES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size if is_chinese else smaller)
        style.font.color.rgb, style.font.bold = RGBColor(0, 0, 0), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), face)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name in ("Title", "Caption", "Footer"):
        middle: Any = document.styles[name]
        middle.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, before, after in (("Body Text", 0, 6), ("Heading 1", 8, 2), ("Normal", 3, 3)):
        near: Any = document.styles[name]
        form = near.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        if is_chinese and name != "Normal":
            form.space_after, form.line_spacing = Pt(0), Pt(_LINE)
            form.first_line_indent = Pt(2 * _TYPES[name][0])
            near.element.pPr.ind.set(qn("w:firstLineChars"), "200")
    foot = page.footer.paragraphs[0]
    foot.style = "Footer"
    foot.add_run("— ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)
    foot.add_run(" —")
    return document


def _as_document(data: bytes) -> bytes:
    """A template as a document, which is all that python-docx opens."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(_TEMPLATE.encode(), _DOCUMENT.encode())
            new.writestr(name, part)
    return made.getvalue()


def _style(document: "Document", thing: Any, name: str) -> None:
    """A style by its name, where the document has it."""
    if name in {style.name for style in document.styles}:
        thing.style = name


def _draw(document: "Document", profile: "Profile") -> None:
    """The one chart as a picture with its alternative text, and its caption below."""
    import matplotlib.pyplot as plt
    from docx.shared import Inches

    drawn = profile.picture.drawing()
    if drawn is None:
        return
    fig = figure_of(drawn)
    room = document.sections[0]
    wide = [size for size in (room.page_width, room.left_margin, room.right_margin) if size]
    own: int = Inches(fig.get_figwidth())
    most: int = wide[0] - sum(wide[1:]) if len(wide) == 3 else own
    words = finished(fig)
    picture = document.add_picture(io.BytesIO(as_png(fig)), width=min(own, most))
    picture._inline.docPr.set("descr", words.alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    said = dropped(mask_names(words.subtitle or words.title))
    caption = word("captions", "figure", profile.page.lang, words=said)
    _style(document, document.add_paragraph(caption), "Caption")
    plt.close(fig)


def _tabulate(
    document: "Document",
    heads: Sequence[str],
    rows: Sequence[Sequence[_Text]],
    told: _Told,
    *,
    noted: bool = False,
) -> None:
    """A table whose head is repeated on every page; no row is torn, and a short one keeps to a page,
    with the notes below it.
    """
    from docx.oxml import OxmlElement

    table = document.add_table(rows=len(rows) + 1, cols=len(heads))
    _style(document, table, "Table Grid")
    head: list[_Text] = [[(text, None)] for text in heads]
    lines = sum(1 + max(map(_breadth, map(_plainly, cells))) // _LINE_OF for cells in rows)
    last = len(rows) if noted else len(rows) - 1
    for number, (line, cells) in enumerate(zip(table.rows, [head, *rows], strict=True)):
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(line.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            _say(paragraph, text, told)
            form = paragraph.paragraph_format
            form.space_before = form.space_after = 0
            form.keep_with_next = (number <= last and lines <= _SHORT) or None
            for run in paragraph.runs if not number else ():
                run.bold = True
    _widen(document, table, [[_plainly(text) for text in line] for line in (head, *rows)])
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _widen(document: "Document", table: Any, lines: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their words want: long ones get more, short ones keep a share."""
    page = document.sections[0]
    sizes = (page.page_width, page.left_margin, page.right_margin)
    if None in sizes:
        return
    room = sizes[0] - sizes[1] - sizes[2]  # type: ignore[operator]
    # beyond a line's length a column breaks its words anyhow
    wanted = [
        max(_LEAST, *(min(60, _breadth(text)) for text in column)) + _BORDERS
        for column in zip(*lines, strict=True)
    ]
    table.autofit = False
    for column, want in zip(table.columns, wanted, strict=True):
        width = int(room * want / sum(wanted))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _breadth(text: str) -> int:
    """How many Latin letters words are wide."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _entitle(document: "Document", title: _Text, lang: str) -> None:
    """The title; a long one in Chinese breaks at its marks, so that no line holds its last letter."""
    paragraph = document.add_paragraph()
    _style(document, paragraph, "Title")
    first, *rest = _title_lines(_plainly(title)) if lang == "zh" else [_plainly(title)]
    paragraph.add_run(first)
    for line in rest:
        paragraph.runs[-1].add_break()
        paragraph.add_run(line)


def _letterhead(document: "Document", told: _Told) -> None:
    """Who issued the reports, and at the right end of the line when, above a rule."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph: Any = document.add_paragraph()
    _style(document, paragraph, "Normal")
    issuer, dated = told.letterhead
    _say(paragraph, issuer, told)
    page = document.sections[0]
    sizes = (page.page_width, page.left_margin, page.right_margin)
    if None in sizes:
        paragraph.add_run("  ")
    else:
        room = sizes[0] - sizes[1] - sizes[2]  # type: ignore[operator]
        paragraph.paragraph_format.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t")
    _say(paragraph, dated, told)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "auto")):
        rule.set(qn(f"w:{key}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _title_lines(title: str) -> list[str]:
    """A title in as few lines as it takes, broken at its marks, the longest as short as can be.

    >>> _title_lines("通江县（2011年的报告）：信访总量与同期相比下降55.6%（未核对）")
    ['通江县（2011年的报告）：', '信访总量与同期相比下降55.6%（未核对）']
    """
    parts = [one for one in _PARTS.split(title) if one]
    for breaks in range(len(parts)):
        ways = [
            ["".join(parts[a:b]) for a, b in itertools.pairwise((0, *at, len(parts)))]
            for at in itertools.combinations(range(1, len(parts)), breaks)
        ]
        best = min(ways, key=lambda way: max(map(_breadth, way)))
        if max(map(_breadth, best)) <= _TITLE_OF:
            return best
    return parts


def _about(document: "Document", title: str, lang: str) -> None:
    """Title, maker, language and the one time that every document bears."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, MAKER, MAKER
    about.comments, about.subject, about.keywords = "", "", ""
    about.language = "zh-CN" if lang == "zh" else "en"
    about.created = about.modified = datetime(*_TIME, tzinfo=UTC)
    about.revision = 1


def _steady(data: bytes) -> bytes:
    """The same archive with no time in it."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _TIME)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()
