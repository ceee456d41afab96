"""The page of one place: title and three sentences, a chart, its indicators, and the evidence."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .. import charts
from ..arithmetic.audit import audit
from ..charts.figure import show
from ..charts.rows import as_rows, listed
from ..charts.years import indicator_label
from ..comparison.caveats import nameless, own_word
from ..comparison.county_years import panel
from ..comparison.findings import findings
from ..comparison.glossary import english_name
from ..comparison.indicators import marks
from ..comparison.ledger import ledger
from ..comparison.mechanisms import mechanism_evidence, mechanisms
from ..comparison.places import Place, county_of, find_place, is_town
from ..comparison.printed import english_printed
from ..comparison.scope import FORESEEN, body_meant, body_told_of, head_above, is_expected, row_head
from ..comparison.sentences import Whole, clauses, whole
from ..comparison.wholes import is_mean, is_short
from ..comparison.wording import (
    DECADE,
    capital,
    carried_words,
    cited,
    dated_words,
    element_words,
    inner_marks,
    is_date,
    known_until,
    not_found,
    not_found_words,
    note,
    place_words,
    title_words,
    when,
    without_bars,
    word,
)
from ..errors import QzError
from ..extraction.agreement import wilson
from ..extraction.corrections import Given, cell
from ..extraction.periods import masks_year
from ..model import Document, Tables, starts_of
from ..privacy import mask_names
from ..readers import sidecar
from ..readers.find import files, names
from ..readers.read import Source, file_documents, paths_of
from ..readers.whereabouts import Whereabouts, whereabouts
from ..runs.tables import corpus, tables
from ..script import chinese_marks
from ..vocabularies.labels import Lang, say, single
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from . import paper, phrases
from .cells import in_words
from .evidence import (
    OPEN,
    fold,
    in_chinese_marks,
    lacking_in,
    marked_sentence,
    pictures,
    rows_of,
    told_pieces,
    told_rows,
)
from .facts import Facts
from .figures import (
    LOST,
    as_printed,
    is_from,
    is_rate,
    key_of,
    level_of,
    linked,
    noun,
    own_rate,
    reference,
    usable,
    wordless,
)
from .lacking import undated
from .lead import sentences
from .lines import Line, checked_rates, lines
from .links import Place as Spot
from .links import pieces
from .own_words import of_what
from .title import title_of
from .voices import voice

Row = dict[str, Any]
#: bytes of pictures of figures on one page, which with all its charts may have 1.5 MB
_ROOM = 300_000
#: whether a sentence is needed, its key in the vocabulary, and what fills it
Note = tuple[Any, str, Row]
#: what Markdown would take for a sign, a link or an entity of its own: masks are made of asterisks
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$]|:(?=//)|&(?=#?\w+;))")
#: rows that stand open; what is more is folded, and left out in print unless all is asked for
_OPEN = {"indicators": 34, "others": 14, "targets": 14, "checks": 6, "reports": 8}
#: sheets that a page without `full` is printed on, how full they get by an estimate that knows of no
#: gaps at the ends of sheets, what the template adds to a page in points (its head, its foot, the line
#: that says where the rest stands), and how long the line is that says what a brief is
_SHEETS, _FULL, _FRAME, _LEAD = 2, 0.87, 110.0, "字" * 80
#: reports that the head of a page names; where there are more it says how many
_CITED = 2
#: clauses of one subject that stand in one row
_TOGETHER = 8
#: inches of a chart over time
_SIZE = (7.5, 3.4)
#: rates of one place in a chart
_MOST_RATES = 12
_NAN = float("nan")
_WHOLE = 100
#: what tells that a figure counts no work
_AGE = Pattern("work", "{ages}")
_REACHED = Pattern("work", "{reached}$")
_AVERAGE = Pattern("work", "{average}")
_JOINS = Pattern("work", "{joins}")
_NAMED = re.compile("[^,，。；;、“”]{0,4}“")
_CLAUSE, _BRACKETS = re.compile("[,，。；;：:]"), re.compile(r"[(（][^()（）]*[)）]")


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
    >>> qz.brief.profile("甲山县", source="甲山县受理事项43宗。甲山县信访局").summary()
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
    return Profile(
        found, result, named, lang,
        embedded=embedded, full=full, stand=stands(pages, found),
    )  # fmt: skip


def no_work(row: Row) -> bool:
    """Whether a figure counts no work: an age that bounds whom something is for (65岁以上老人), or the
    number of a list that stands before it and is called by a name (甲、乙、丙三个“窗口”).

    >>> from qz_analysis import extract
    >>> [no_work(row) for row in as_rows(extract("甲县年满60岁的1200人领取补助，平均年龄63岁。"))]
    [True, False, False]
    >>> [no_work(row) for row in as_rows(extract("利用雨天、节日和夜间三个“黄金时段”走访，设三个“窗口”。"))]
    [True, False]
    """
    before, after = str(row["before"]), str(row["after"])
    if _AGE.fullmatch(str(row["unit"])):
        bound = row["bound"] in ("min", "max") or _REACHED.search(before)
        return bool(bound) and not _AVERAGE.search(before)
    if not _NAMED.match(after) or re.search(r"\d", str(row["text"])) or row["kind"] != "count":
        return False
    # what stands in brackets tells of a part, and is none
    listed_ = _CLAUSE.split(_BRACKETS.sub("", before))[-1]
    parts = len(_JOINS.findall(listed_)) + 1
    return parts > 1 and row["value"] == parts


def as_masked(place: Place) -> Place:
    """A place with the times of its reports and figures as its pages mask them: of 201*年 below the last
    line no more than the last digit is hidden of the year of that report.

    Args:
        place: the place.

    >>> import qz_analysis as qz
    >>> made = qz.tables("# 甲山县信访工作情况\\n一季度，全县受理信访件9件。\\n甲山县信访局\\n201*年4月14日")
    >>> as_masked(find_place(made, "甲山县")).claims["period"].tolist()
    ['201x-Q1']
    """
    rows = as_rows(place.reports)
    known = {(row["doc"], row["report"]): str(row["dated"])[:4] for row in rows}
    known = {key: year for key, year in known.items() if DECADE.fullmatch(year)}
    if not known:
        return place

    def told(table: pd.DataFrame, besides: Container[int] = ()) -> pd.DataFrame:
        keys = zip(table["doc"], table["report"], table["period"], strict=True)
        times = [
            str(time) if at in besides else str(time).replace("20xx", known.get((doc, n), "20xx"))
            for at, (doc, n, time) in enumerate(keys)
        ]
        return table.assign(period=times)

    # 20xx年 in a sentence of its own may be another year than that of the report
    veiled = [at for at, time in enumerate(place.claims["period"]) if "20xx" in time]
    own = {
        at for one in whole(place.claims, veiled) for at in one.figures
        if masks_year(one.words)
    }  # fmt: skip
    claims = told(place.claims, own)
    return replace(place, own=told(place.own), others=told(place.others), claims=claims)


_Stand = dict[tuple[str, int], Whereabouts]


def replace_claims(result: Tables, claims: pd.DataFrame) -> Tables:
    """The tables with other claims."""
    return Tables(claims, result.relations, result.reports, result.errors)


def own_called(text: str, place: str) -> str:
    """The word by which a report that names no place calls its own, as it stands in the text: 我县, 本县 or
    全县; empty where none does.

    >>> own_called("全县受理9件。", "我县"), own_called("受理9件。", "我县"), own_called("全县", "甲山县")
    ('全县', '', '')
    """
    if not own_word(place):
        return ""
    level = place.lstrip("我本全")
    return next((one + level for one in ("我", "本", "全") if one + level in text), "")


def stands(source: Source, place: Place, room: int | None = None) -> _Stand:
    """Where the figures of a place stand in files, by document and start.

    Args:
        source: pages or folders of pages.
        place: the place.
        room: bytes of pictures that a page has room for; as many as a web page has unless given.

    >>> from qz_analysis import corpus, tables
    >>> made = tables(corpus()[:3])
    >>> {one.address for one in stands(corpus()[:3], find_place(made, "桥西区")).values()}
    {''}
    """
    found: _Stand = {}
    claims, room = place.claims, _ROOM if room is None else room
    begin = {(row["doc"], row["report"]): row["start"] for row in as_rows(place.reports)}
    urls = dict(zip(place.reports["doc"], place.reports["url"], strict=True))
    for path, doc in names(files(paths_of(source))).items():
        mine = claims[claims["doc"] == doc]
        document = next(file_documents(path, doc), None) if len(mine) else None
        if not isinstance(document, Document):
            continue
        places = list(zip(mine["start"].tolist(), mine["end"].tolist(), strict=True))
        stand = whereabouts(document, path, places, url=urls.get(doc, ""), room=room)
        begins = [begin[doc, report] for report in mine["report"]]
        called = own_called(document.text, place.name)
        # the head of a page stands before its first report
        own = place.own[place.own["doc"].eq(doc)]
        parts = zip(own["report"], own["start"], own["end"], strict=True)
        said = "\n".join(document.text[first if n else 0 : last] for n, first, last in parts)
        county = county_of(said, place.name)
        for (start, _), of, one in zip(places, begins, stand, strict=True):
            body = body_meant(document.text, start, place.name)
            told_of = body_told_of(document.text, of, place.name)
            head = head_above(document.text, start), row_head(document.text, start)
            found[doc, start] = one._replace(
                body=body, told_of=told_of, head=head, called=called, county=county
            )
            room -= len(one.picture.png)
    return found


def plain(text: str) -> str:
    """A text of a page as Markdown shows it, none of its signs taken for mark-up.

    >>> print(plain("*县"))
    \\*县
    """
    return _SIGNS.sub(r"\\\1", text)


def counts_of(claims: pd.DataFrame) -> dict[str, int]:
    """How many figures some claims are, and how many of them are legible, masked and spoilt."""
    status = claims["status"].value_counts()
    names = {"legible": "ok", "masked": "redacted", "spoilt": "spoilt"}
    counts = {name: int(status.get(key, 0)) for name, key in names.items()}
    return {"figures": len(claims), **counts}


def inside(table: pd.DataFrame, reports: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows belong to one of the reports."""
    keys = set(zip(reports["doc"], reports["report"], strict=True))
    mine = [key in keys for key in zip(table["doc"], table["report"], strict=True)]
    return pd.Series(mine, index=table.index, dtype=bool)


def among(relations: pd.DataFrame, claims: pd.DataFrame) -> "pd.Series[bool]":
    """Which relations have all their figures among the claims."""
    known = set(zip(claims["doc"], claims["report"], claims["start"], strict=True))
    mine = [
        known.issuperset((row["doc"], row["report"], s) for s in starts_of(row["starts"]))
        for row in as_rows(relations)
    ]
    return pd.Series(mine, index=relations.index, dtype=bool)


def between_reports(result: Tables, place: Place, lang: Lang) -> list[Row]:
    """The checks between a place's own reports that do not hold, as rows of their ledger, the widest gap
    first, and behind them the stated changes that do; none where there is one report.
    """
    if len(place.own) < 2:
        return []
    claims, reports = (table[inside(table, place.own)] for table in (result.claims, result.reports))
    told = ledger(Tables(claims, result.relations.head(0), reports, result.errors), lang=lang)
    known = told[told["strength"].ne("blind")]
    mine = known[known["verdict"].eq("open")].sort_values("gap", ascending=False, kind="stable")
    held = known[known["verdict"].eq("ok") & known["type"].eq("level_change")]
    return [*as_rows(mine), *as_rows(held)]


class Profile:
    """The sections of a place's page, each shown by a method; all their numbers are computed."""

    def __init__(
        self,
        place: Place,
        result: Tables,
        named: pd.DataFrame,
        lang: Lang,
        *,
        embedded: bool,
        full: bool = False,
        stand: _Stand | None = None,
    ) -> None:
        place = as_masked(place)
        self.place, self.lang, self.embedded, self.full = place, lang, embedded, full
        self.result, self.claims = result, place.claims
        self._stand = stand or {}
        relations = audit(result.claims, result.reports, unchecked=True)
        mine = among(relations, self.claims)
        relevant = relations[mine]
        self.checked = relevant[relevant["verdict"] != "unchecked"]
        found = findings(result.claims, relevant)
        self.failing = found[found["verdict"] == "bad"]
        self.named = named[inside(named, place.own)]
        self.several = len(place.reports) > 1
        self.names = _called(self.claims["doc"])
        self.verdicts = marks(self.checked)
        self._counted = checked_rates(self.claims, self.checked)
        dated = {(row["doc"], row["report"]): row["dated"] for row in as_rows(place.reports)}
        self.facts = Facts(
            self._name(),
            self.claims,
            self.checked,
            lang,
            self.names,
            place.name,
            self._usual,
            dated,
            {(row["doc"], row["report"]): row["title"] for row in as_rows(place.reports)},
            between_reports(result, place, lang),
            {at: one.body for at, one in self._stand.items() if one.body},
            {at: one.head for at, one in self._stand.items() if any(one.head)},
        )

    # ---- what the sections hold

    def summary(self) -> str:
        """How many figures of how many reports, in one sentence; an index shows it."""
        reports = self._noun("reports", len(self.place.reports))
        figures = self._noun("figures", len(self.claims))
        counts = counts_of(self.claims) | {"reports": reports, "figures": figures}
        return self._sentence("lead" if len(self.claims) else "lead_none", **counts)

    def basis(self) -> str:
        """From what the page is made: its reports by their titles, of which time each is and when it
        was published, or that this is not stated. The head of the page shows it.
        """
        told = []
        for row in as_rows(self.place.reports):
            period, dated = when(row["period"], self.lang), str(row["dated"])
            none = word("sources", "no_date", self.lang)
            about = [dated_words(dated, self.lang, row["dated_as"]) or none]
            # of a report from within its year the date says all that its year says
            known = known_until({"period": row["period"], "period_from": "report"}, row["dated"])
            if not known.startswith(".."):
                about.insert(0, period or word("sources", "undated", self.lang))
            if carried := carried_words(row["carrier"], self.lang):
                about.insert(0, carried)
            key, whose = "title", str(row["issuer"])
            if whose.startswith(self.place.name):
                whose = self._county() + whose
            if not row["title"]:
                # whose report it is, or of whom it tells, says more than in which file it stands
                key = "untitled_of" if whose else "untitled"
                if not whose and (whose := self._told_of(row)):
                    key = "untitled_on"
                if whose:
                    about.insert(0, word("sources", "untitled_in", self.lang, doc=row["doc"]))
            elif whose:
                about.insert(0, whose)
            elif self.place.name not in row["title"] and (body := self._told_of(row)):
                about.insert(0, word("sources", "told_of", self.lang, issuer=body))
            title = word(
                "sources",
                key,
                self.lang,
                title=title_words(row["title"]),
                doc=row["doc"],
                issuer=whose,
            )
            parts = word("sources", "comma", self.lang).join(about)
            told.append(word("sources", "cited", self.lang, title=title, about=parts))
        told = list(dict.fromkeys(told))
        key = "made_of_many" if len(told) > _CITED else "made_of"
        some = word("sources", "list", self.lang).join(told[:_CITED])
        reports = self._noun("reports", len(self.place.reports))
        return word("sources", key, self.lang, some=some, reports=reports) if told else ""

    def _told_of(self, row: Row) -> str:
        """The body that a report names in its first sentence, empty where it names none."""
        claims = self.claims
        mine = claims[claims["doc"].eq(row["doc"]) & claims["report"].eq(row["report"])]
        return next((self._whereabouts(one).told_of for one in as_rows(mine.head(1))), "")

    def letterhead(self) -> tuple[str, str]:
        """Who issued the reports and when, as the head of an official paper says it; that it is not
        known where no report tells it, and that they differ where several do.
        """
        rows = as_rows(self.place.reports)
        issuers = list(dict.fromkeys(map(self._issued, rows)))
        dates = list(dict.fromkeys(map(self._head_dated, rows)))
        several, none = (word("sources", key, self.lang) for key in ("head_several", "head_none"))
        issuer = issuers[0] if len(issuers) == 1 else several
        told = [word("sources", "head_issuer", self.lang, it=issuer if any(issuers) else none)]
        it = several if any(dates) else none
        one = dates[0] if len(dates) == 1 else ""
        told.append(one or word("sources", "head_dated", self.lang, it=it))
        return told[0], told[1]

    def _issued(self, row: Row) -> str:
        """Who issued a report, and who passed it on."""
        carried = carried_words(row["carrier"], self.lang)
        if not (row["issuer"] and carried):
            return str(row["issuer"]) or carried
        return word("sources", "head_carried", self.lang, issuer=row["issuer"], carried=carried)

    def _head_dated(self, row: Row) -> str:
        """The date of a report in the head of a paper, behind the word for what it is."""
        dated, way = str(row["dated"]), str(row["dated_as"])
        it = when(dated, self.lang)
        key = f"head_dated_{way}" if way in {"published", "delivered"} else "head_dated"
        return word("sources", key, self.lang, it=it) if is_date(dated, way) else ""

    def _dated(self, row: Row) -> str:
        """The date of a report as what it stands in the text."""
        return capital(dated_words(str(row["dated"]), self.lang, row["dated_as"]), self.lang)

    def notes(self) -> list[str]:
        """What the name tells and does not tell, and what was corrected."""
        place, claims = self.place, self.claims
        own = inside(claims, place.own)
        elsewhere = claims[own & ~claims["place"].isin(["", place.name])]
        elsewhere = elsewhere[~elsewhere["place"].isin(_examples(set(elsewhere["place"])))]
        named = [str(place_words(name, self.lang)) for name in dict.fromkeys(elsewhere["place"])]
        names = listed(named, self.lang)
        figures = self._noun("figures", len(elsewhere))
        others = self._noun("reports", len(place.others))
        corrected = int((claims["corrected"] != "").sum())
        copies = int(place.reports["same_as"].ne("").sum())
        both = len(place.own) > 0 and len(place.others) > 0
        # 我县 is no mask, but what a report calls itself
        masked = "own_word_" * own_word(place.name)
        called = {one.called for one in self._stand.values()} if own_word(place.name) else set()
        masked += "bare_" * (len(called) > 1 or called == {""})
        unnamed = f"{masked}nameless" if place.name else "placeless"
        notes: list[Note] = [
            (place.by_report, f"{masked}by_report", {"n": len(place.own)}),
            (place.report and nameless(place.name), unnamed, {"report": self._only()}),
            (place.own.empty, "not_own", {}),
            (both, "also_others", {"reports": others}),
            (len(elsewhere), "inside", {"figures": figures, "places": names}),
            (copies, "copies", {"reports": self._noun("reports", copies)}),
            (corrected, "corrected", {"figures": self._noun("figures", corrected)}),
        ]
        known = "".join(called) or place.name or say("words", "no_place", self.lang)
        return [self._sentence(key, **{"place": known, **more}) for use, key, more in notes if use]

    def _only(self) -> str:
        """The one report of a place without a name, by its title; by its file where it has none."""
        row = next(iter(as_rows(self.place.own)), {"title": "", "doc": ""})
        key = "title" if row["title"] else "untitled_only"
        return word("sources", key, self.lang, title=row["title"], doc=row["doc"])

    @cached_property
    def _at(self) -> dict[int, Row]:
        """The figures of the place by their rows in the table of all."""
        positions = self.result.claims.index.get_indexer(self.claims.index)
        return dict(zip(positions.tolist(), as_rows(self.claims), strict=True))

    @cached_property
    def _lines(self) -> list[Line]:
        return lines(self.facts.claims, self.checked)

    def indicator_rows(self, modality: str = "actual") -> list[Row]:
        """Named indicators by period: figure, change, counts and the audit's mark."""
        told = (
            self._lines
            if modality == "actual"
            else lines(self.facts.claims, self.checked, modality)
        )
        rows = []
        for line in told:
            rows.append(
                {
                    "indicator": voice(self.facts).line_name(self.facts, line),
                    "place": line.place if line.place != self.place.name else "",
                    "period": when(self.facts.time_of(line.claims), self.lang),
                    "stated": self._figures(line.levels),
                    "change": self._changes(line.changes),
                    "counts": self._of(line.counts),
                    "audit": self._mark(line),
                }
            )
        return rows

    def other_rows(self) -> list[Row]:
        """Actual figures that are no named indicator, by subject, each in the clause of the report;
        those that count no work, and those without a word, stand in the evidence alone.
        """
        taken = {key_of(row) for line in self._lines for row in line.claims}
        told = {
            at: row for at, row in self._at.items()
            if key_of(row) not in taken and row["modality"] != "planned" and not no_work(row)
            and not wordless(row) and not (is_from(row) and row["indicator"])
        }  # fmt: skip
        by: dict[str, list[str]] = {}
        for one in clauses(self.result.claims, told):
            by.setdefault(told[one.figures[0]]["family"], []).append(self._told(one))
        rows = []
        for family in (f for f in load("labels")["families"] if f in by):
            name = say("families", family, self.lang)
            for at in range(0, len(by[family]), _TOGETHER):
                some = by[family][at : at + _TOGETHER]
                rows.append({"family": "" if at else name, "stated": self._semicolon().join(some)})
        return rows

    def target_rows(self) -> list[Row]:
        """What is planned: named indicators first, then what has no settled name."""
        rows = self.indicator_rows("planned")
        taken = {
            key_of(row)
            for line in lines(self.claims, self.checked, "planned")
            for row in line.claims
        }
        planned = self.claims[self.claims["modality"].eq("planned")]
        for row in as_rows(planned):
            if key_of(row) not in taken and not no_work(row):
                place = row["place"] if row["place"] != self.place.name else ""
                about: Row = {"indicator": self._named(row), "place": place}
                about |= {"period": when(row["period"], self.lang), "stated": self._linked(row)}
                rows.append({**about, "change": "", "counts": "", "audit": ""})
        return rows

    def _named(self, row: Row) -> str:
        """What a figure is of in a table: its report's words, in English their name, where the glossary
        knows them all.
        """
        words = str(row["subject"])
        rate = row.get("kind") == "rate" and row.get("unit") == "%"
        family = str(row.get("family") or "")
        return english_name(words, family, rate=rate) or words if self.lang == "en" else words

    def check_rows(self) -> list[Row]:
        """Checks that fail, with the figure as printed and the arithmetic."""
        rows = []
        for row in as_rows(self.failing):
            start = starts_of(str(row["where"]).rpartition(": ")[2].replace(", ", ";"))[0]
            printed = linked(row["printed"], {"doc": row["doc"], "start": start}, self.names)
            arithmetic = note(row["arithmetic"], self.lang) + "†" * bool(row["corrected"])
            about: Row = {
                "check": self._value(row["check"]),
                "what": self._named({**row, "subject": row["what"]}),
            }
            about["period"] = when(row["period"], self.lang)
            rows.append({**about, "printed": printed, "arithmetic": arithmetic})
        return rows

    def source_rows(self) -> list[Row]:
        """Title, place, time and date of each report."""
        rows = []
        for row in as_rows(self.place.reports):
            n = int(inside(self.claims, pd.DataFrame([row])).sum())
            place = place_words(row["place"], self.lang) if row["place"] else ""
            about = {"document": self._document(row, "untitled_file"), "place": str(place)}
            about["period"] = when(row["period"], self.lang)
            about |= {
                "issuer": self._issued(row),
                "dated": self._dated(row),
                "figures": f"{n:,}",
                "url": row["url"],
            }
            rows.append({**about, "same_as": self._title_of(row["same_as"])})
        return rows

    def source_notes(self) -> str:
        """What the reports do not tell of themselves, which a source ought to name, and how many figures
        are of no known year.
        """
        own = as_rows(self.place.reports)
        lacking = not_found_words(not_found(own[0]), self.lang) if len(own) == 1 else ""
        gap = " " if self.lang == "en" else ""
        notes = [lacking, lacking_in(own, self.lang)[1] if own else "", undated(self.facts)]
        return gap.join(filter(None, notes))

    def _title_of(self, reference: str) -> str:
        """The title of a report that is named as document and number."""
        doc, _, number = reference.rpartition(":")
        reports = self.result.reports
        found = reports[reports["doc"].eq(doc) & reports["report"].astype(str).eq(number)]
        return title_words(next(iter(found["title"]), "")) or reference

    def evidence_rows(self) -> list[Row]:
        """Every sentence that has figures, once: its pieces, the claims that are marked in it, its
        document, the date, and where the figures stand in the file.
        """
        every, mine = self.result.claims, self._at
        reports = {
            (row["doc"], row["report"]): row for row in as_rows(self.result.reports)
        }  # fmt: skip
        # of one report its file is named among the sources
        untitled = "untitled_short" if len(self.place.reports) == 1 else "untitled_file"
        rows = []
        for one in whole(every, mine):
            claims = {at: mine[at] for at in one.figures}
            first = claims[one.figures[0]]
            report = reports.get((first["doc"], first["report"]), {})
            stands = [self._whereabouts(row) for row in claims.values()]
            spots = [self._spot(stand) for stand in stands]
            web = [s.address for s in stands if s.address.startswith(("http://", "https://"))]
            rows.append(
                {
                    "sentence": in_chinese_marks(told_pieces(one, self.lang)),
                    "claims": claims,
                    "document": self._document({**report, "doc": first["doc"]}, untitled),
                    "spot": listed([*dict.fromkeys(filter(None, spots))], self.lang),
                    "address": web[0] if web else "",
                    "dated": self._dated(report) if report else "",
                }
            )
        return rows

    def _document(self, report: Mapping[str, Any], untitled: str) -> str:
        """The title of a report, else that it has none."""
        title = title_words(str(report.get("title") or ""))
        return title or word("sources", untitled, self.lang, doc=report["doc"])

    def _whereabouts(self, row: Row) -> Whereabouts:
        return self._stand.get((row["doc"], row["start"]), Whereabouts())

    def _spot(self, stand: Whereabouts) -> str:
        """The page, or the paragraph or cell of a Word file, that a figure stands in."""
        if stand.spots:
            return say("spots", "page", self.lang, n=stand.spots[0].page)
        return element_words(stand.element, self.lang) if stand.element else ""

    def drawing(self) -> Axes | None:
        """The one chart: over time where two years are there, else the rates; none where neither
        has enough to show.
        """
        years, source = self._best, self._source()
        try:
            if years:
                made = self._by_year(years)
                return charts.trend(made, years, figsize=_SIZE, lang=self.lang, source=source)
            rates = self._rates
            # two rates say in the table what they would say in a picture, and those of one value show
            # nothing in one
            if len(rates) > 2 and not self._one_value(rates):
                return charts.rates(rates, lang=self.lang, source=source)
        except QzError:
            pass
        return None

    def mechanisms(self) -> list[str]:
        """Sentences on the institutions that its own reports name, each in the words of the report: that
        it is a case of some kind only the tables of several places say.
        """
        found = mechanism_evidence(self.named).drop_duplicates(["mechanism", "standing"])
        there = found[found["standing"].eq("in place")]
        planned = found[~found["mechanism"].isin(there["mechanism"])]
        said = [
            ("mechanisms_there", {"there": self._in_own_words(there)}),
            ("mechanisms_planned", {"planned": self._in_own_words(planned)}),
        ]
        return [self._sentence(key, **told) for key, told in said if any(told.values())]

    def _in_own_words(self, cases: pd.DataFrame) -> str:
        """The words that name mechanisms, in quotation marks; in English with what each means."""
        names = [_quoted(words) for words in cases["words"]]
        if self.lang == "zh":
            return "".join(dict.fromkeys(names))
        meant = zip(cases["label"], names, strict=True)
        return listed(list(dict.fromkeys(map(" ".join, meant))), self.lang)

    def limits(self) -> list[str]:
        """Sentences on what the page cannot show."""
        keys = ["limits_between" if self.facts.between else "limits_always"]
        keys += ["limits_many"] * self.several + ["limits_retold"] * self.embedded
        return [self._sentence(key) for key in keys]

    # ---- the sections, shown in a notebook

    def head(self) -> None:
        """Title, what the page is made from, the three sentences, and what the name does not tell."""
        self._write(heading=title_of(self.facts), rank=1)
        if basis := self.basis():
            self._html(f'<p class="basis">{escape(basis)}</p>')
        said = sentences(self.facts) or [self.summary()]
        items = "".join(f"<li>{escape(text)}</li>" for text in said)
        self._html(f'<ul class="story">{items}</ul>')
        if notes := self.notes():
            self._write(*notes)

    def chart(self) -> None:
        """The one chart; rates that are all of one value are told instead."""
        wide, rates = self.drawing(), self._rates
        only = "" if self._best else self._one_value(rates)
        if wide is not None or only:
            if wide is not None:
                show(wide)
            if self._best:  # one indicator, which needs no name at each of its years
                figures = self._listed(phrases.figure(self.facts, row) for row in self._drawn())
            else:
                figures = told_rows(rows_of(rates), {}, self.lang, self.names)
            told = {"n": len(rates), "value": only, "figures": figures}
            said = self._sentence("one_value" if only else "drawn", **told)
            self._html(f'<p class="drawn">{escape(said, quote=False)}</p>')

    @staticmethod
    def _one_value(rates: pd.DataFrame) -> str:
        """The one figure that more than two rates all are, as printed; empty where they differ."""
        printed = set(rates["text"]) if len(rates) > 2 else set()
        return str(printed.pop()) if len(printed) == 1 else ""

    def _by_year(self, indicator: str) -> pd.DataFrame:
        """One indicator of the place by years. The reports say which figures are later than they are,
        and are not drawn.
        """
        own = self._own()
        # 突破百亿元 is no value where another figure of the year is listed
        told = own["indicator"].eq(indicator) & own["value"].notna()
        bound = own["bound"].isin(["min", "max"])
        firm = set(own.loc[told & ~bound, "period"])
        mine = replace_claims(self.result, own[~(told & bound & own["period"].isin(firm))])
        made = panel(mine, indicator, by="place").long
        # a place without a name of its own goes by its report there
        return made[made["place"].str.startswith(self.place.name) & made["value"].notna()]

    def _drawn(self) -> list[Row]:
        """The figures of the indicator that the chart draws over the years."""
        own, key = self._own(), self._best
        made = self._by_year(key)
        drawn = {at for cell in made["claim"] for at in str(cell).split(";") if at}
        return [
            row for row in as_rows(own[own["indicator"].eq(key) & own["value"].notna()])
            if f"{row['doc']}:{row['start']}" in drawn
        ]  # fmt: skip

    def _listed(self, parts: Iterable[str]) -> str:
        return word("story", "comma", self.lang).join(dict.fromkeys(parts))

    def indicators(self) -> None:
        """The table of named indicators."""
        self._section("indicators", self.indicator_rows())

    def others(self) -> None:
        """The table of the other figures."""
        self._section("others", self.other_rows())

    def targets(self) -> None:
        """The table of targets."""
        self._section("targets", self.target_rows())

    def checks(self) -> None:
        """The table of checks that fail."""
        self._section("checks", self.check_rows())

    def sources(self) -> None:
        """The reports, the mechanisms that they name, and what the page cannot show."""
        self._section("reports", self.source_rows())
        self._write(self.source_notes())
        self._write(*self.mechanisms())
        self._write(*self.limits())

    def evidence(self) -> None:
        """Every figure in its sentence. When there are many, and not all is asked for, those of the first
        sentences and of the chart stand open, and are printed; the others are folded.
        """
        found = self.evidence_rows()
        if not found:
            return
        lead, drawn = self._led()
        many = len(self.claims) > OPEN and not self.full
        # the sentences of the first lines come first, then those of the chart, then those of named indicators
        named = {self._spot_of(row) for line in self._lines for row in line.claims}
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
        self._write(heading=word("headings", "evidence", self.lang))
        caption = word("captions", "evidence", self.lang)
        if first:
            table = _table(rows[:first], self.lang, kept, whole=first < len(rows))
            self._html(table, caption)
        for some, key, annex in (
            (rows[first:printed], "unfold_rest", ""),
            (rows[printed:], "unfold_rest", "annex_rest"),
        ):
            if some:
                told = [self._sentence(one, n=len(some)) for one in (key, annex) if one]
                self._html(fold(_table(some, self.lang, kept), *told), caption)

    def _height(self) -> float:
        """How high the page stands on paper above its evidence, in points."""
        lang = self.lang
        said = [
            title_of(self.facts),
            self.basis(),
            _LEAD,
            *(sentences(self.facts) or [self.summary()]),
        ]
        said += [*self.notes(), *self.mechanisms(), *self.limits(), self.source_notes()]
        tables_ = {
            "indicators": self.indicator_rows(),
            "others": self.other_rows(),
            "targets": self.target_rows(),
            "checks": self.check_rows(),
            "reports": self.source_rows(),
        }
        height = sum(
            paper.table_height(rows if self.full else rows[: _OPEN[key]])
            for key, rows in tables_.items()
        )
        rates = self._rates
        drawn = bool(self._best) or (len(rates) > 2 and not self._one_value(rates))
        heads = paper.table_height([{"sentence": word("headings", "evidence", lang)}])
        return height + paper.text_height(said) + drawn * paper.CHART + heads + _FRAME

    def _spot_of(self, row: Row) -> Spot:
        """The place of a figure as marks name it."""
        return self.names.get(row["doc"], str(row["doc"])), int(row["start"])

    @staticmethod
    def _about(row: Row) -> dict[str, str]:
        return {name: str(row[name]) for name in ("document", "spot", "dated")}

    def _spots_of(self, row: Row) -> set[Spot]:
        """The places of the figures of a sentence."""
        claims = row["claims"].values()
        return {(self.names.get(one["doc"], one["doc"]), int(one["start"])) for one in claims}

    def _evidence_row(self, row: Row) -> Row:
        """A sentence with its figures marked, their pictures, and where it stands, in HTML."""
        claims = row["claims"]
        told = {"sentence": self._marked(row["sentence"], claims)}
        for claim in claims.values():
            if png := self._whereabouts(claim).picture.png:
                told["sentence"] += pictures(png, as_printed(claim))
        told |= {name: escape(row[name]) for name in ("document", "spot", "dated")}
        if row["address"]:
            link = escape(row["address"], quote=True)
            told["spot"] = f'<a href="{link}">{escape(say("spots", "there", self.lang))}</a>'
        return told

    def _led(self) -> tuple[set[Spot], set[Spot]]:
        """The places of the figures in the first sentences, and of those in the chart."""
        lead = {at for text in sentences(self.facts) for _, at in pieces(text) if at}
        drawn = self._drawn() if self._best else []
        if not drawn and len(rates := self._rates):
            drawn = [row for row in as_rows(self.claims) if row["start"] in set(rates["start"])]
        named = {(self.names.get(row["doc"], str(row["doc"])), int(row["start"])) for row in drawn}
        return lead, named

    def _marked(self, pieces: Sequence[tuple[str, int | None]], claims: dict[int, Row]) -> str:
        """A sentence in HTML with its figures marked."""
        return marked_sentence(
            pieces,
            lambda at: reference(claims[at], self.names),
            lambda at: self._said_of(claims[at]),
        )

    def _said_of(self, row: Row) -> str:
        """What stands behind a figure in its sentence: that it is lost, and what corrects it."""
        status = self._value(row["status"]) if row["status"] in LOST else ""
        said = [text for text in (status, self._corrections(row)) if text]
        return f" <small>[{escape(listed(said, self.lang))}]</small>" if said else ""

    # ---- words

    def _sentence(self, key: str, **fillers: Any) -> str:
        return word("sentences", key, self.lang, **fillers)

    def _noun(self, key: str, n: int) -> str:
        return noun(key, n, self.lang)

    def _value(self, text: Any) -> str:
        """What stands in a cell for a value of the tables."""
        return word("values", str(text), self.lang)

    def _semicolon(self) -> str:
        return word("story", "semicolon", self.lang)

    def _name(self) -> str:
        """The place in the page's language; in English its own name stands beside it."""
        own = self._county() + self.place.name
        name = str(place_words(own, self.lang, prose=True))
        # 我市 tells a reader of English nothing
        if self.lang == "en" and own not in name and not own_word(own):
            name = f"{name} {own}"
        return capital(name, self.lang)

    def _county(self) -> str:
        """The county of a town where all its texts that name one name the same."""
        named = {one.county for one in self._stand.values()} - {""}
        return named.pop() if len(named) == 1 else ""

    def _mark(self, line: Line) -> str:
        """What the audit says of a line: of its rate, else of the figures that it recomputed; that a
        rate or a change was not checked is said, too.
        """
        if line.verdict:
            return self._verdict("blind" if line.blind and line.verdict == "ok" else line.verdict)
        for rows, which in ((line.levels, ""), (line.changes, "change_")):
            for verdict in ("bad", "ok", "blind"):
                if any(self.verdicts.get(key_of(row)) == verdict for row in rows):
                    return self._verdict(verdict, which)
        if line.changes:
            return self._value("change_not_checked")
        return self._value("not_checked") if any(map(is_rate, line.levels)) else ""

    def _verdict(self, verdict: str, which: str = "") -> str:
        return self._value(which + ("blind_ok" if verdict == "blind" else verdict))

    def _of(self, counts: Sequence[Row]) -> str:
        """The two counts behind a rate: which of how many."""
        if len(counts) != 2:
            return self._semicolon().join(map(self._linked, counts))
        above, below = map(self._linked, counts)
        return self._sentence("of", above=above, below=below)

    def _linked(self, row: Row) -> str:
        text = as_printed(row, self.lang) or "…"
        return linked(english_printed(text) if self.lang == "en" else text, row, self.names)

    def _figures(self, rows: Sequence[Row]) -> str:
        """Figures as printed; one that several places of the text repeat stands once. Where several are of
        unlike things each stands in its own words.
        """
        found: dict[str, str] = {}
        if told := voice(self.facts).in_own_words(self.facts, rows):
            return told
        for row in rows:
            found.setdefault(
                as_printed(row, self.lang),
                voice(self.facts).from_to(
                    self.facts, row, phrases.foreseen(self.facts, row, self._linked(row))
                ),
            )
        return self._semicolon().join(found.values())

    def _changes(self, rows: Iterable[Row]) -> str:
        """Stated changes: which way, and the figure as printed."""
        found: dict[str, str] = {}
        gap = " " if self.lang == "en" else ""
        for row in rows:
            way = self._value(row["direction"])
            told = phrases.foreseen(self.facts, row, f"{way}{gap * bool(way)}{self._linked(row)}")
            # what is no change against the year before says so
            if is_mean(row) or is_short(row):
                told = phrases.told_change(self.facts, row)
            found.setdefault(way + as_printed(row), phrases.of_which(self.facts, row, told))
        return self._semicolon().join(found.values())

    def _told(self, one: Whole) -> str:
        """A clause with its figures, and what it does not say: another place and period than the
        page's, and how its figures came out.
        """
        rows = [self._at[at] for at in one.figures]
        said = "".join(
            text if at is None else linked(self._printed(at), self._at[at], self.names)
            for text, at in in_chinese_marks((without_bars(text), at) for text, at in one.pieces)
        )
        about = [
            str(place_words(row["place"], self.lang)) if row["place"] else ""
            for row in rows
            if row["place"] != self.place.name
        ]
        about += [when(row["period"], self.lang) for row in rows if row["period"] != self._usual]
        about += [self._verdict(self.verdicts.get(key_of(row), "")) for row in rows]
        about += [phrases.unsaid(self.facts, row) for row in rows]
        # 预计 at the head of its sentence is lost in a clause
        about += [self._sentence("foreseen") for row in rows if self._lost_forecast(row, said)]
        if self.lang == "zh":
            said = of_what(self.facts, rows[0], one) + said
        told = listed(list(dict.fromkeys(filter(None, about))), self.lang)
        brackets = {"en": " ({})", "zh": "（{}）"}[self.lang]
        return said + brackets.format(told) * bool(told)

    def _lost_forecast(self, row: Row, said: str) -> bool:
        """Whether a figure is a forecast, and its clause does not say so."""
        told = self._scoped.get(key_of(row), {})
        return bool(told.get(FORESEEN)) and not is_expected(said)

    @cached_property
    def _scoped(self) -> dict[tuple[str, int, int], Row]:
        return {key_of(row): row for row in as_rows(self.facts.claims)}

    def _printed(self, at: int) -> str:
        """A figure within its clause, whose words tell its bound."""
        row = self._at[at]
        return (as_printed(row) if row["corrected"] else str(row["text"])) or "…"

    @cached_property
    def _usual(self) -> str:
        """The period of all its reports; none where they tell of several."""
        periods = set(self.place.reports["period"])
        return str(periods.pop()) if len(periods) == 1 else ""

    def _corrections(self, row: Row) -> str:
        """What a reviewer says that the cells of a claim are."""
        values = {
            name: self._value(cell(row[name])) for name in row["corrected"].split(";") if name
        }
        cells = [
            f"{word('columns', name, self.lang)}: {value or '–'}" for name, value in values.items()
        ]
        return "†" * bool(cells) + listed(cells, self.lang)

    # ---- showing

    def _section(self, key: str, rows: Sequence[Row]) -> None:
        """Heading and table of a section; nothing where there are no rows."""
        if not rows:
            return
        self._write(heading=word("headings", key, self.lang))
        safe = [{name: escape(str(text)) for name, text in row.items()} for row in rows]
        most = len(safe) if self.full else _OPEN[key]
        kept = [name for name in safe[0] if any(row[name] for row in safe)]
        caption = word("captions", key, self.lang)
        self._html(_table(safe[:most], self.lang, kept=kept, whole=True), caption)
        if rest := safe[most:]:
            words = (self._sentence(key, n=len(rest)) for key in ("unfold_more", "annex_more"))
            self._html(fold(_table(rest, self.lang, kept=kept), *words), caption)

    def _write(self, *sentences: str, heading: str = "", rank: int = 2) -> None:
        """Shows a heading and sentences, none of them taken for mark-up."""
        from IPython.display import Markdown, display

        texts = [plain(text) for text in sentences if text]
        body = (" " if self.lang == "en" else "").join(texts)
        head = f"{'#' * rank} {plain(heading)}" if heading else ""
        if head or body:
            display(Markdown("\n\n".join(filter(None, [head, body]))))

    def _html(self, html: str, caption: str = "") -> None:
        """Shows HTML whose words are escaped already."""
        from IPython.display import HTML, display

        display(HTML(html), metadata={"text/html": {"caption": caption}} if caption else {})

    # ---- the chart

    def _own(self) -> pd.DataFrame:
        """The figures of the place itself."""
        return self.claims[self.claims["place"].eq(self.place.name)]

    @cached_property
    def _best(self) -> str:
        """The named indicator with figures for most years; none where no one has two."""
        own = self._own()
        told = own[
            own["indicator"].ne("")
            & own["period"].str.fullmatch(r"\d{4}")
            & own["value"].notna()
            & own["modality"].isin(["actual", ""])
            & ~own["status"].isin(LOST)
        ]
        years = told.groupby("indicator")["period"].nunique()
        order = list(load("named"))
        # of what is told for as many years a level says more than its growth
        found = sorted(
            (-n, level_of(key) != key, order.index(key), key)
            for key, n in years.items() if n > 1 and key in order
        )  # fmt: skip
        # what is planned, foreseen or a mere bound is not drawn, one point is no line, and a level one
        # shows nothing
        made = ((key, self._by_year(key)) for *_, key in found)
        several = (key for key, by in made if min(by["year"].nunique(), by["value"].nunique()) > 1)
        return next(several, "")

    @cached_property
    def _rates(self) -> pd.DataFrame:
        """The stated rates of the place that have a name or counts; the counts where the audit found
        that they hold: those that do not fit may be of another rate.
        """
        claims = self.facts.claims[self.claims["place"].eq(self.place.name)]
        told = [
            is_rate(row)
            and (row["indicator"] != "" or key_of(row) in self._counted)
            # more than all is a plan that was passed, and no share
            and row["value"] <= _WHOLE
            for row in as_rows(claims)
        ]
        mine = claims[told].head(_MOST_RATES)
        rows: list[Row] = []
        for row in as_rows(mine):
            verdict, _, counts = self._counted.get(key_of(row), ("", False, ()))
            known = counts if verdict == "ok" and all(map(usable, counts)) else ()
            above, below = (float(one["value"]) for one in known) if known else (_NAN, _NAN)
            low, high = wilson(int(above), int(below)) if known and below else (_NAN, _NAN)
            named = row["indicator"]
            about: Row = {"numerator": above, "denominator": below, "ci_low": low, "ci_high": high}
            about |= {"how": "stated", "audit": self.verdicts.get(key_of(row), ""), "caveats": ""}
            about["indicator"] = named or f"{row['family']}.{row['stage']}.{row['measure']}"
            # rows of one place are told by their names, which stand whole where places do
            name = str(indicator_label(named, self.lang) if named else self._named(row))
            name = own_rate(row, name) or name if self.lang == "zh" else name
            about["place"] = voice(self.facts).with_whose(self.facts, row, name)
            about["period"] = when(row["period"], self.lang)
            rows.append({**row, **about, "subject": "", "claims": str(row["start"])})
        mixed = len({row["period"] for row in rows}) > 1
        for row in rows:
            dated = f" ({row['period']})" if mixed and row["period"] else ""
            named = row["indicator"] in load("named")
            row["label"] = f"{row['place']}{dated}" if named or dated else ""
        return pd.DataFrame(rows)

    def _source(self) -> str:
        """The source line of a chart: titles of documents, not names of files."""
        told = [
            cited(row["title"], (row["period"], row["dated"], row["dated_as"]), self.lang)
            if row["title"]
            else word("sources", "untitled_short", self.lang, doc=row["doc"])
            for row in as_rows(self.place.reports)
        ]
        text = say("words", "list", self.lang).join(list(dict.fromkeys(told))[:3])
        if len(told) > 3:
            text = say("words", "and_more", self.lang, docs=text, n=len(told) - 3)
        return say("words", "source", self.lang, docs=text)


def _words_of(row: Row) -> str:
    """A sentence of the evidence without its marks."""
    return "".join(text for text, _ in row["sentence"])


def _called(docs: Iterable[str]) -> dict[str, str]:
    """Names of documents in marks: their own, or a number where that could hold a person's name or
    signs of a mark.
    """
    found = {}
    for number, doc in enumerate(dict.fromkeys(docs), 1):
        safe = re.fullmatch(r"[\w.-]+", doc) and mask_names(doc) == doc
        found[doc] = doc if safe else f"document-{number}"
    return found


def _table(rows: Sequence[Row], lang: str, kept: Sequence[str] = (), whole: bool = False) -> str:
    """A table in HTML of cells that are escaped already; columns without a word are left out."""
    names = kept or [name for name in rows[0] if any(row[name] for row in rows)]
    heads = [escape(word("columns", name, lang)) for name in names]
    return in_words(heads, [[row[name] for name in names] for row in rows], whole)


def _examples(places: Iterable[str]) -> set[str]:
    """Towns and villages that are only named for an example: those of one town, which divide nothing."""
    small = set(filter(is_town, places))
    outer = [one for one in small if not any(one != two and one.startswith(two) for two in small)]
    return small if len(outer) == 1 else set()


def _quoted(words: str) -> str:
    """Words of a report in quotation marks; marks of their own become single ones, and go where the
    words hold only one of a pair.
    """
    paired = words.count("“") == words.count("”")
    inner = inner_marks(words) if paired else words.replace("“", "").replace("”", "")
    return f"“{chinese_marks(inner)}”"
