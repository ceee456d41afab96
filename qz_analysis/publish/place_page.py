"""What the page of one place is made from: its reports and figures, what the audit found, where they stand in
files.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from ..arithmetic.audit import audit
from ..charts.rows import as_rows, listed
from ..comparison.caveats import own_word
from ..comparison.findings import findings
from ..comparison.glossary import english_label, english_name
from ..comparison.indicators import marks
from ..comparison.ledger import ledger
from ..comparison.places import Place, county_of
from ..comparison.printed import english_printed
from ..comparison.scope import body_meant, body_told_of, head_above, row_head
from ..comparison.sentences import whole
from ..comparison.wording import (
    DECADE,
    capital,
    dated_words,
    is_title,
    place_beside,
    title_words,
    without_bars,
    word,
)
from ..extraction.corrections import cell
from ..extraction.time_words import masks_year
from ..model import Document, Tables, starts_of
from ..privacy import mask_names
from ..readers.find import files, names
from ..readers.read import Source, file_documents, paths_of
from ..readers.whereabouts import Whereabouts, whereabouts
from ..vocabularies.labels import Lang, say
from .facts import Facts
from .figures import (
    as_printed,
    linked,
    noun,
)
from .lines import Line, checked_rates, lines

Row = dict[str, Any]
#: bytes of pictures of figures on one page, which with all its charts may have 1.5 MB
_ROOM = 300_000
Stand = dict[tuple[str, int], Whereabouts]


class PlacePage:
    """The reports and figures of a place with all that its page asks of them, and words of its language."""

    def __init__(
        self,
        place: Place,
        result: Tables,
        named: pd.DataFrame,
        lang: Lang,
        *,
        embedded: bool,
        full: bool = False,
        stand: Stand | None = None,
    ) -> None:
        place = as_masked(place)
        place = replace(place, own=with_names(place.own), others=with_names(place.others))
        self.place, self.lang, self.embedded, self.full = place, lang, embedded, full
        named_ = with_names(result.reports)
        self.result = Tables(result.claims, result.relations, named_, result.errors)
        self.claims = place.claims
        self.stand = stand or {}
        relations = audit(result.claims, result.reports, unchecked=True)
        mine = among(relations, self.claims)
        relevant = relations[mine]
        self.checked = relevant[relevant["verdict"] != "unchecked"]
        found = findings(result.claims, relevant)
        self.failing = found[found["verdict"] == "bad"]
        self.arrangements = named[inside(named, place.own)]
        self.several = len(place.reports) > 1
        self.names = _called(self.claims["doc"])
        self.verdicts = marks(self.checked)
        self.counted = checked_rates(self.claims, self.checked)
        dated = {(row["doc"], row["report"]): row["dated"] for row in as_rows(place.reports)}
        self.facts = Facts(
            self.name(),
            self.claims,
            self.checked,
            lang,
            self.names,
            place.name,
            self.usual,
            dated,
            {(row["doc"], row["report"]): row["title"] for row in as_rows(place.reports)},
            between_reports(result, place, lang),
            {at: one.body for at, one in self.stand.items() if one.body},
            {at: one.head for at, one in self.stand.items() if any(one.head)},
        )

    def sentence(self, key: str, **fillers: Any) -> str:
        return word("sentences", key, self.lang, **fillers)

    def noun(self, key: str, n: int) -> str:
        return noun(key, n, self.lang)

    def value(self, text: Any) -> str:
        """What stands in a cell for a value of the tables."""
        return word("values", str(text), self.lang)

    def semicolon(self) -> str:
        return word("story", "semicolon", self.lang)

    def name(self) -> str:
        """The place in the page's language; in English its own name stands beside it."""
        own = self.county() + self.place.name
        return capital(place_beside(own, self.lang, prose=True), self.lang)

    def county(self) -> str:
        """The county of a town where all its texts that name one name the same."""
        named = {one.county for one in self.stand.values()} - {""}
        return named.pop() if len(named) == 1 else ""

    @cached_property
    def usual(self) -> str:
        """The period of all its reports; none where they tell of several."""
        periods = set(self.place.reports["period"])
        return str(periods.pop()) if len(periods) == 1 else ""

    @cached_property
    def at(self) -> dict[int, Row]:
        """The figures of the place by their rows in the table of all."""
        positions = self.result.claims.index.get_indexer(self.claims.index)
        return dict(zip(positions.tolist(), as_rows(self.claims), strict=True))

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.facts.claims, self.checked)

    def whereabouts(self, row: Row) -> Whereabouts:
        return self.stand.get((row["doc"], row["start"]), Whereabouts())

    def document(self, report: Mapping[str, Any], untitled: str) -> str:
        """The title of a report, else that it has none."""
        title = title_words(str(report.get("title") or ""))
        return title or word("sources", untitled, self.lang, doc=report["doc"])

    def dated(self, row: Row) -> str:
        """The date of a report as what it stands in the text."""
        return capital(dated_words(str(row["dated"]), self.lang, row["dated_as"]), self.lang)

    def corrections(self, row: Row) -> str:
        """What a reviewer says that the cells of a claim are."""
        values = {name: self.value(cell(row[name])) for name in row["corrected"].split(";") if name}
        cells = [
            f"{word('columns', name, self.lang)}: {value or '–'}" for name, value in values.items()
        ]
        return "†" * bool(cells) + listed(cells, self.lang)

    def words_of(self, row: Row) -> str:
        """What a figure is of in a table: its report's words; in English their name, and behind one that
        does not say all that they do the words themselves.
        """
        words = without_bars(str(row["subject"]).strip(" |."))
        rate = row.get("kind") == "rate" and row.get("unit") == "%"
        family = str(row.get("family") or "")
        if self.lang == "zh":
            return words
        if name := english_name(words, family, rate=rate):
            return name
        name = english_label(words, family, rate=rate)
        name = name or capital(str(say("families", family or "other", "en")), "en")
        return f"{name} ({words})" if words else name

    def linked(self, row: Row) -> str:
        text = as_printed(row, self.lang) or "…"
        return linked(english_printed(text) if self.lang == "en" else text, row, self.names)


def with_names(reports: pd.DataFrame) -> pd.DataFrame:
    """Reports without titles that are none: 其一, 新浪江苏."""
    titles = zip(reports["title"], reports["place"], strict=True)
    return reports.assign(
        title=[title if is_title(str(title), str(place)) else "" for title, place in titles]
    )


def as_masked(place: Place) -> Place:
    """A place with the times of its reports and figures as its pages mask them: of 201*年 below the last
    line no more than the last digit is hidden of the year of that report.

    Args:
        place: the place.

    >>> import qz_analysis as qz
    >>> from qz_analysis.comparison.places import find_place
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


def stands(source: Source, place: Place, room: int | None = None) -> Stand:
    """Where the figures of a place stand in files, by document and start.

    Args:
        source: pages or folders of pages.
        place: the place.
        room: bytes of pictures that a page has room for; as many as a web page has unless given.

    >>> from qz_analysis import corpus, tables
    >>> from qz_analysis.comparison.places import find_place
    >>> made = tables(corpus()[:3])
    >>> {one.address for one in stands(corpus()[:3], find_place(made, "桥西区")).values()}
    {''}
    """
    found: Stand = {}
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


def _called(docs: Iterable[str]) -> dict[str, str]:
    """Names of documents in marks: their own, or a number where that could hold a person's name or
    signs of a mark.
    """
    found = {}
    for number, doc in enumerate(dict.fromkeys(docs), 1):
        safe = re.fullmatch(r"[\w.-]+", doc) and mask_names(doc) == doc
        found[doc] = doc if safe else f"document-{number}"
    return found
