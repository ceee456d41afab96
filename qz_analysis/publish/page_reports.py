"""What the page of a place says of its reports: whose they are, of when, what they lack."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..charts.rows import as_rows, listed
from ..comparison.caveats import nameless, own_word
from ..comparison.mechanisms import mechanism_evidence
from ..comparison.places import is_town
from ..comparison.wording import (
    carried_words,
    cited,
    dated_words,
    inner_marks,
    is_date,
    known_until,
    not_found,
    not_found_words,
    place_beside,
    place_words,
    title_words,
    when,
    word,
)
from ..script import chinese_marks
from ..vocabularies.labels import say
from .evidence import (
    lacking_in,
)
from .lacking import undated
from .place_page import PlacePage, counts_of, inside

Row = dict[str, Any]
#: whether a sentence is needed, its key in the vocabulary, and what fills it
Note = tuple[Any, str, Row]
#: reports that the head of a page names; where there are more it says how many
_CITED = 2


class PageReports:
    """Sentences and rows on the reports of a page."""

    def __init__(self, page: PlacePage) -> None:
        self.page = page

    def summary(self) -> str:
        """How many figures of how many reports, in one sentence; an index shows it."""
        reports = self.page.noun("reports", len(self.page.place.reports))
        figures = self.page.noun("figures", len(self.page.claims))
        counts = counts_of(self.page.claims) | {"reports": reports, "figures": figures}
        return self.page.sentence("lead" if len(self.page.claims) else "lead_none", **counts)

    def basis(self) -> str:
        """From what the page is made: its reports by their titles, of which time each is and when it
        was published, or that this is not stated. The head of the page shows it.
        """
        told = []
        for row in as_rows(self.page.place.reports):
            period, dated = when(row["period"], self.page.lang), str(row["dated"])
            none = word("sources", "no_date", self.page.lang)
            about = [dated_words(dated, self.page.lang, row["dated_as"]) or none]
            # of a report from within its year the date says all that its year says
            known = known_until({"period": row["period"], "period_from": "report"}, row["dated"])
            if not known.startswith(".."):
                about.insert(0, period or word("sources", "undated", self.page.lang))
            if carried := carried_words(row["carrier"], self.page.lang):
                about.insert(0, carried)
            key, whose = "title", str(row["issuer"])
            if whose.startswith(self.page.place.name):
                whose = self.page.county() + whose
            if not row["title"]:
                # whose report it is, or of whom it tells, says more than in which file it stands
                key = "untitled_of" if whose else "untitled"
                if not whose and (whose := self._told_of(row)):
                    key = "untitled_on"
                if whose:
                    about.insert(0, word("sources", "untitled_in", self.page.lang, doc=row["doc"]))
            elif whose:
                about.insert(0, whose)
            elif self.page.place.name not in row["title"] and (body := self._told_of(row)):
                about.insert(0, word("sources", "told_of", self.page.lang, issuer=body))
            title = word(
                "sources",
                key,
                self.page.lang,
                title=title_words(row["title"]),
                doc=row["doc"],
                issuer=whose,
            )
            parts = word("sources", "comma", self.page.lang).join(about)
            told.append(word("sources", "cited", self.page.lang, title=title, about=parts))
        told = list(dict.fromkeys(told))
        key = "made_of_many" if len(told) > _CITED else "made_of"
        some = word("sources", "list", self.page.lang).join(told[:_CITED])
        reports = self.page.noun("reports", len(self.page.place.reports))
        return word("sources", key, self.page.lang, some=some, reports=reports) if told else ""

    def _told_of(self, row: Row) -> str:
        """The body that a report names in its first sentence, empty where it names none."""
        claims = self.page.claims
        mine = claims[claims["doc"].eq(row["doc"]) & claims["report"].eq(row["report"])]
        return next((self.page.whereabouts(one).told_of for one in as_rows(mine.head(1))), "")

    def letterhead(self) -> tuple[str, str]:
        """Who issued the reports and when, as the head of an official paper says it; that it is not
        known where no report tells it, and that they differ where several do.
        """
        rows = as_rows(self.page.place.reports)
        issuers = list(dict.fromkeys(map(self._issued, rows)))
        dates = list(dict.fromkeys(map(self._head_dated, rows)))
        several, none = (
            word("sources", key, self.page.lang) for key in ("head_several", "head_none")
        )
        issuer = issuers[0] if len(issuers) == 1 else several
        told = [word("sources", "head_issuer", self.page.lang, it=issuer if any(issuers) else none)]
        it = several if any(dates) else none
        one = dates[0] if len(dates) == 1 else ""
        told.append(one or word("sources", "head_dated", self.page.lang, it=it))
        return told[0], told[1]

    def _issued(self, row: Row) -> str:
        """Who issued a report, and who passed it on."""
        carried = carried_words(row["carrier"], self.page.lang)
        if not (row["issuer"] and carried):
            return str(row["issuer"]) or carried
        return word(
            "sources", "head_carried", self.page.lang, issuer=row["issuer"], carried=carried
        )

    def _head_dated(self, row: Row) -> str:
        """The date of a report in the head of a paper, behind the word for what it is."""
        dated, way = str(row["dated"]), str(row["dated_as"])
        it = when(dated, self.page.lang)
        key = f"head_dated_{way}" if way in {"published", "delivered"} else "head_dated"
        return word("sources", key, self.page.lang, it=it) if is_date(dated, way) else ""

    def notes(self) -> list[str]:
        """What the name tells and does not tell, and what was corrected."""
        place, claims = self.page.place, self.page.claims
        own = inside(claims, place.own)
        elsewhere = claims[own & ~claims["place"].isin(["", place.name])]
        elsewhere = elsewhere[~elsewhere["place"].isin(_examples(set(elsewhere["place"])))]
        named = [
            place_beside(str(name), self.page.lang) for name in dict.fromkeys(elsewhere["place"])
        ]
        names = listed(named, self.page.lang)
        figures = self.page.noun("figures", len(elsewhere))
        others = self.page.noun("reports", len(place.others))
        corrected = int((claims["corrected"] != "").sum())
        copies = int(place.reports["same_as"].ne("").sum())
        both = len(place.own) > 0 and len(place.others) > 0
        # 我县 is no mask, but what a report calls itself
        masked = "own_word_" * own_word(place.name)
        called = {one.called for one in self.page.stand.values()} if own_word(place.name) else set()
        masked += "bare_" * (len(called) > 1 or called == {""})
        unnamed = f"{masked}nameless" if place.name else "placeless"
        notes: list[Note] = [
            (place.by_report, f"{masked}by_report", {"n": len(place.own)}),
            (place.report and nameless(place.name), unnamed, {"report": self._only()}),
            (place.own.empty, "not_own", {}),
            (both, "also_others", {"reports": others}),
            (len(elsewhere), "inside", {"figures": figures, "places": names}),
            (copies, "copies", {"reports": self.page.noun("reports", copies)}),
            (corrected, "corrected", {"figures": self.page.noun("figures", corrected)}),
        ]
        known = "".join(called) or place.name or say("words", "no_place", self.page.lang)
        return [
            self.page.sentence(key, **{"place": known, **more}) for use, key, more in notes if use
        ]

    def _only(self) -> str:
        """The one report of a place without a name, by its title; by its file where it has none."""
        row = next(iter(as_rows(self.page.place.own)), {"title": "", "doc": ""})
        key = "title" if row["title"] else "untitled_only"
        return word("sources", key, self.page.lang, title=row["title"], doc=row["doc"])

    def source_rows(self) -> list[Row]:
        """Title, place, time and date of each report."""
        rows = []
        for row in as_rows(self.page.place.reports):
            n = int(inside(self.page.claims, pd.DataFrame([row])).sum())
            place = place_words(row["place"], self.page.lang) if row["place"] else ""
            about = {"document": self.page.document(row, "untitled_file"), "place": str(place)}
            about["period"] = when(row["period"], self.page.lang)
            about |= {
                "issuer": self._issued(row),
                "dated": self.page.dated(row),
                "figures": f"{n:,}",
                "url": row["url"],
            }
            rows.append({**about, "same_as": self._title_of(row["same_as"])})
        return rows

    def source_notes(self) -> str:
        """What the reports do not tell of themselves, which a source ought to name, and how many figures
        are of no known year.
        """
        own = as_rows(self.page.place.reports)
        lacking = not_found_words(not_found(own[0]), self.page.lang) if len(own) == 1 else ""
        gap = " " if self.page.lang == "en" else ""
        notes = [
            lacking,
            lacking_in(own, self.page.lang)[1] if own else "",
            undated(self.page.facts),
        ]
        return gap.join(filter(None, notes))

    def _title_of(self, reference: str) -> str:
        """The title of a report that is named as document and number."""
        doc, _, number = reference.rpartition(":")
        reports = self.page.result.reports
        found = reports[reports["doc"].eq(doc) & reports["report"].astype(str).eq(number)]
        return title_words(next(iter(found["title"]), "")) or reference

    def source_line(self) -> str:
        """The source line of a chart: titles of documents, not names of files."""
        told = [
            cited(row["title"], (row["period"], row["dated"], row["dated_as"]), self.page.lang)
            if row["title"]
            else word("sources", "untitled_short", self.page.lang, doc=row["doc"])
            for row in as_rows(self.page.place.reports)
        ]
        text = say("words", "list", self.page.lang).join(list(dict.fromkeys(told))[:3])
        if len(told) > 3:
            text = say("words", "and_more", self.page.lang, docs=text, n=len(told) - 3)
        return say("words", "source", self.page.lang, docs=text)

    def mechanisms(self) -> list[str]:
        """Sentences on the institutions that its own reports name, each in the words of the report: that
        it is a case of some kind only the tables of several places say.
        """
        found = mechanism_evidence(self.page.arrangements).drop_duplicates(
            ["mechanism", "standing"]
        )
        there = found[found["standing"].eq("in place")]
        planned = found[~found["mechanism"].isin(there["mechanism"])]
        said = [
            ("mechanisms_there", {"there": self._in_own_words(there)}),
            ("mechanisms_planned", {"planned": self._in_own_words(planned)}),
        ]
        return [self.page.sentence(key, **told) for key, told in said if any(told.values())]

    def _in_own_words(self, cases: pd.DataFrame) -> str:
        """The words that name mechanisms, in quotation marks; in English with what each means."""
        names = [_quoted(words) for words in cases["words"]]
        if self.page.lang == "zh":
            return "".join(dict.fromkeys(names))
        meant = zip(cases["label"], names, strict=True)
        return listed(list(dict.fromkeys(map(" ".join, meant))), self.page.lang)

    def limits(self) -> list[str]:
        """Sentences on what the page cannot show."""
        keys = ["limits_between" if self.page.facts.between else "limits_always"]
        keys += ["limits_many"] * self.page.several + ["limits_retold"] * self.page.embedded
        return [self.page.sentence(key) for key in keys]


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
