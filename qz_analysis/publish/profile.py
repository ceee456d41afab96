"""The page of one place: title and three sentences, a chart, its indicators, and the evidence."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from ..charts.figure import show
from ..charts.rows import as_rows, listed
from ..comparison.mechanisms import mechanisms
from ..comparison.places import find_place
from ..comparison.sentences import whole
from ..comparison.wording import (
    element_words,
    word,
)
from ..errors import QzError
from ..extraction.corrections import Given
from ..readers import sidecar
from ..readers.read import Source
from ..readers.whereabouts import Whereabouts
from ..runs.tables import corpus, tables
from ..vocabularies.labels import Lang, say, single
from . import paper, phrases
from .cells import in_words
from .evidence import (
    OPEN,
    fold,
    in_chinese_marks,
    marked_sentence,
    pictures,
    rows_of,
    told_pieces,
    told_rows,
)
from .figures import (
    LOST,
    as_printed,
    reference,
)
from .lead import sentences
from .links import Place as Spot
from .links import pieces
from .markup import plain
from .page_chart import PageChart
from .page_reports import PageReports
from .page_tables import PageTables
from .place_page import PlacePage, stands
from .title import title_of
from .title import told_rows as told_rows_of

Row = dict[str, Any]
#: rows that stand open; what is more is folded, and left out in print unless all is asked for
_OPEN = {"indicators": 34, "others": 14, "targets": 14, "checks": 6, "reports": 8}
#: sheets that a page without `full` is printed on, how full they get by an estimate that knows of no
#: gaps at the ends of sheets, what the template adds to a page in points (its head, its foot, the line
#: that says where the rest stands), and how long the line is that says what a brief is
_SHEETS, _FULL, _FRAME, _LEAD = 2, 0.87, 110.0, "字" * 80


def profile(
    place: str,
    *,
    lang: Lang | None = None,
    source: Source | None = None,
    embedded: bool = False,
    corrections: Given = (),
    documents: sidecar.Given = None,
    full: bool = False,
) -> "Profile":
    """Profile of one place out of the embedded corpus or of other pages, for a notebook.

    Args:
        place: its name, or `document:report` for one report.
        lang: `en` or `zh`.
        source: pages, folders of pages, or a text; the embedded corpus when None.
        embedded: whether the pages are those of the embedded corpus, whose texts are retold.
        corrections: corrections to apply, as `tables` takes them.
        documents: tables that say whose reports these are, as `tables` takes them.
        full: whether long tables and the evidence stand open, and are printed.

    Returns:
        a `Profile`: each of its methods shows one section.

    Raises:
        QzError: another language, or no such place; the message lists the nearest names.

    >>> import qz_analysis as qz
    >>> qz.brief.profile("甲山县", source="甲山县受理事项43宗。甲山县信访局").reports.summary()
    'This page draws on 1 report with 1 figure: legible 1, masked or lost 0, damaged 0.'
    """
    lang = single() if lang is None else lang
    if lang not in ("en", "zh"):
        raise QzError(f"a profile speaks en or zh, not {lang!r}")
    pages = corpus() if source is None else source
    result = tables(pages, corrections=corrections, documents=documents)
    named = mechanisms(pages, documents=documents)
    embedded = embedded or source is None
    found = find_place(result, place)
    stand = stands(pages, found)
    return Profile(PlacePage(found, result, named, lang, embedded=embedded, full=full, stand=stand))


class Profile:
    """The sections of a place's page, each shown by a method; all their numbers are computed."""

    def __init__(self, page: PlacePage) -> None:
        self.page, self.reports, self.tables = page, PageReports(page), PageTables(page)
        self.picture = PageChart(page, self.reports)

    def head(self) -> None:
        """Title, what the page is made from, the three sentences, and what the name does not tell."""
        self._write(heading=title_of(self.page.facts), rank=1)
        if basis := self.reports.basis():
            self._html(f'<p class="basis">{escape(basis)}</p>')
        said = sentences(self.page.facts) or [self.reports.summary()]
        items = "".join(f"<li>{escape(text)}</li>" for text in said)
        self._html(f'<ul class="story">{items}</ul>')
        if notes := self.reports.notes():
            self._write(*notes)

    def chart(self) -> None:
        """The one chart; rates that are all of one value are told instead."""
        wide, rates = self.picture.drawing(), self.picture.rates
        only = "" if self.picture.best else self.picture.one_value(rates)
        if wide is not None or only:
            if wide is not None:
                show(wide)
            if self.picture.best:  # one indicator, which needs no name at each of its years
                figures = self._listed(
                    phrases.figure(self.page.facts, row) for row in self.picture.drawn()
                )
            else:
                figures = told_rows(rows_of(rates), {}, self.page.lang, self.page.names)
            told = {"n": len(rates), "value": only, "figures": figures}
            said = self.page.sentence("one_value" if only else "drawn", **told)
            self._html(f'<p class="drawn">{escape(said, quote=False)}</p>')

    def _listed(self, parts: Iterable[str]) -> str:
        return word("story", "comma", self.page.lang).join(dict.fromkeys(parts))

    def indicators(self) -> None:
        """The table of named indicators."""
        self._section("indicators", self.tables.indicator_rows())

    def others(self) -> None:
        """The table of the other figures."""
        self._section("others", self.tables.other_rows())

    def targets(self) -> None:
        """The table of targets."""
        self._section("targets", self.tables.target_rows())

    def checks(self) -> None:
        """The table of checks that fail."""
        self._section("checks", self.tables.check_rows())

    def sources(self) -> None:
        """The reports, the mechanisms that they name, and what the page cannot show."""
        self._section("reports", self.reports.source_rows())
        self._write(self.reports.source_notes())
        self._write(*self.reports.mechanisms())
        self._write(*self.reports.limits())

    def evidence(self) -> None:
        """Every figure in its sentence. When there are many, and not all is asked for, those of the first
        sentences and of the chart stand open, and are printed; the others are folded.
        """
        found = self.evidence_rows()
        if not found:
            return
        lead, drawn = self._led()
        many = len(self.page.claims) > OPEN and not self.page.full
        # the sentences of the first lines come first, then those of the chart, then those of named indicators
        named = {self._spot_of(row) for line in self.page.lines for row in line.claims}
        at = [self._spots_of(row) for row in found]
        order = sorted(
            range(len(found)), key=lambda i: [at[i].isdisjoint(one) for one in (lead, drawn, named)]
        )
        rows = [self._evidence_row(found[i]) for i in order]
        kept = [name for name in rows[0] if any(row[name] for row in rows)]
        words = [{"sentence": _words_of(found[i]), **self._about(found[i])} for i in order]
        heights = paper.row_heights([{name: one.get(name, "") for name in kept} for one in words])
        first = sum(bool(at[i] & lead) for i in order) if many else len(rows)
        # what two sheets still hold is printed, the rest stays on screen
        room = _SHEETS * paper.HEIGHT * _FULL - self._height() - sum(heights[:first])
        printed = first
        while printed < len(rows) and (room := room - heights[printed]) > 0:
            printed += 1
        self._write(heading=word("headings", "evidence", self.page.lang))
        caption = word("captions", "evidence", self.page.lang)
        if first:
            table = _table(rows[:first], self.page.lang, kept, whole=first < len(rows))
            self._html(table, caption)
        for some, key, annex in (
            (rows[first:printed], "unfold_rest", ""),
            (rows[printed:], "unfold_rest", "annex_rest"),
        ):
            if some:
                told = [self.page.sentence(one, n=len(some)) for one in (key, annex) if one]
                self._html(fold(_table(some, self.page.lang, kept), *told), caption)

    def evidence_rows(self) -> list[Row]:
        """Every sentence that has figures, once: its pieces, the claims that are marked in it, its
        document, the date, and where the figures stand in the file.
        """
        every, mine = self.page.result.claims, self.page.at
        reports = {
            (row["doc"], row["report"]): row for row in as_rows(self.page.result.reports)
        }  # fmt: skip
        # of one report its file is named among the sources
        untitled = "untitled_short" if len(self.page.place.reports) == 1 else "untitled_file"
        rows = []
        for one in whole(every, mine):
            claims = {at: mine[at] for at in one.figures}
            first = claims[one.figures[0]]
            report = reports.get((first["doc"], first["report"]), {})
            stands = [self.page.whereabouts(row) for row in claims.values()]
            spots = [self._spot(stand) for stand in stands]
            web = [s.address for s in stands if s.address.startswith(("http://", "https://"))]
            rows.append(
                {
                    "sentence": in_chinese_marks(told_pieces(one, self.page.lang)),
                    "claims": claims,
                    "document": self.page.document({**report, "doc": first["doc"]}, untitled),
                    "spot": listed([*dict.fromkeys(filter(None, spots))], self.page.lang),
                    "address": web[0] if web else "",
                    "dated": self.page.dated(report) if report else "",
                }
            )
        return rows

    def _height(self) -> float:
        """How high the page stands on paper above its evidence, in points."""
        lang = self.page.lang
        said = [
            title_of(self.page.facts),
            self.reports.basis(),
            _LEAD,
            *(sentences(self.page.facts) or [self.reports.summary()]),
        ]
        said += [
            *self.reports.notes(),
            *self.reports.mechanisms(),
            *self.reports.limits(),
            self.reports.source_notes(),
        ]
        tables_ = {
            "indicators": self.tables.indicator_rows(),
            "others": self.tables.other_rows(),
            "targets": self.tables.target_rows(),
            "checks": self.tables.check_rows(),
            "reports": self.reports.source_rows(),
        }
        height = sum(
            paper.table_height(rows if self.page.full else rows[: _OPEN[key]])
            for key, rows in tables_.items()
        )
        drawn = bool(self.picture.best) or self.picture.tells_rates
        heads = paper.table_height([{"sentence": word("headings", "evidence", lang)}])
        return height + paper.text_height(said) + drawn * paper.CHART + heads + _FRAME

    def _spot(self, stand: Whereabouts) -> str:
        """The page, or the paragraph or cell of a Word file, that a figure stands in."""
        if stand.spots:
            return say("spots", "page", self.page.lang, n=stand.spots[0].page)
        return element_words(stand.element, self.page.lang) if stand.element else ""

    def _spot_of(self, row: Row) -> Spot:
        """The place of a figure as marks name it."""
        return self.page.names.get(row["doc"], str(row["doc"])), int(row["start"])

    @staticmethod
    def _about(row: Row) -> dict[str, str]:
        return {name: str(row[name]) for name in ("document", "spot", "dated")}

    def _spots_of(self, row: Row) -> set[Spot]:
        """The places of the figures of a sentence."""
        claims = row["claims"].values()
        return {(self.page.names.get(one["doc"], one["doc"]), int(one["start"])) for one in claims}

    def _evidence_row(self, row: Row) -> Row:
        """A sentence with its figures marked, their pictures, and where it stands, in HTML."""
        claims = row["claims"]
        told = {"sentence": self._marked(row["sentence"], claims)}
        for claim in claims.values():
            if png := self.page.whereabouts(claim).picture.png:
                told["sentence"] += pictures(png, as_printed(claim))
        told |= {name: escape(row[name]) for name in ("document", "spot", "dated")}
        if row["address"]:
            link = escape(row["address"], quote=True)
            told["spot"] = f'<a href="{link}">{escape(say("spots", "there", self.page.lang))}</a>'
        return told

    def _led(self) -> tuple[set[Spot], set[Spot]]:
        """The places of the figures in the title and the first sentences, and of those in the chart."""
        lead = {at for text in sentences(self.page.facts) for _, at in pieces(text) if at}
        lead |= {self._spot_of(row) for row in told_rows_of(self.page.facts)}
        drawn = self.picture.drawn() if self.picture.best else []
        if not drawn and len(rates := self.picture.rates):
            drawn = [
                row for row in as_rows(self.page.claims) if row["start"] in set(rates["start"])
            ]
        named = {
            (self.page.names.get(row["doc"], str(row["doc"])), int(row["start"])) for row in drawn
        }
        return lead, named

    def _marked(self, pieces: Sequence[tuple[str, int | None]], claims: dict[int, Row]) -> str:
        """A sentence in HTML with its figures marked."""
        return marked_sentence(
            pieces,
            lambda at: reference(claims[at], self.page.names),
            lambda at: self._said_of(claims[at]),
        )

    def _said_of(self, row: Row) -> str:
        """What stands behind a figure in its sentence: that it is lost, and what corrects it."""
        status = self.page.value(row["status"]) if row["status"] in LOST else ""
        said = [text for text in (status, self.page.corrections(row)) if text]
        return f" <small>[{escape(listed(said, self.page.lang))}]</small>" if said else ""

    def _section(self, key: str, rows: Sequence[Row]) -> None:
        """Heading and table of a section; nothing where there are no rows."""
        if not rows:
            return
        self._write(heading=word("headings", key, self.page.lang))
        safe = [{name: escape(str(text)) for name, text in row.items()} for row in rows]
        most = len(safe) if self.page.full else _OPEN[key]
        kept = [name for name in safe[0] if any(row[name] for row in safe)]
        caption = word("captions", key, self.page.lang)
        self._html(_table(safe[:most], self.page.lang, kept=kept, whole=True), caption)
        if rest := safe[most:]:
            words = (self.page.sentence(key, n=len(rest)) for key in ("unfold_more", "annex_more"))
            self._html(fold(_table(rest, self.page.lang, kept=kept), *words), caption)

    def _write(self, *sentences: str, heading: str = "", rank: int = 2) -> None:
        """Shows a heading and sentences, none of them taken for mark-up."""
        from IPython.display import Markdown, display

        texts = [plain(text) for text in sentences if text]
        body = (" " if self.page.lang == "en" else "").join(texts)
        head = f"{'#' * rank} {plain(heading)}" if heading else ""
        if head or body:
            display(Markdown("\n\n".join(filter(None, [head, body]))))

    def _html(self, html: str, caption: str = "") -> None:
        """Shows HTML whose words are escaped already."""
        from IPython.display import HTML, display

        display(HTML(html), metadata={"text/html": {"caption": caption}} if caption else {})


def _words_of(row: Row) -> str:
    """A sentence of the evidence without its marks."""
    return "".join(text for text, _ in row["sentence"])


def _table(rows: Sequence[Row], lang: str, kept: Sequence[str] = (), whole: bool = False) -> str:
    """A table in HTML of cells that are escaped already; columns without a word are left out."""
    names = kept or [name for name in rows[0] if any(row[name] for row in rows)]
    heads = [escape(word("columns", name, lang)) for name in names]
    return in_words(heads, [[row[name] for name in names] for row in rows], whole)
