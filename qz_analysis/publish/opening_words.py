"""A finding that a page begins with, and the words that all of them share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.rows import as_rows
from ..comparison.glossary import english_name
from ..comparison.panel import quotient
from ..comparison.printed import printed_in
from ..comparison.wording import (
    capital,
    inner_marks,
    name_of,
    place_words,
    subject_words,
    when,
    word,
)
from ..model import starts_of
from ..vocabularies.labels import Lang, say
from .evidence import places_of
from .figures import linked, within
from .markup import plain

if TYPE_CHECKING:
    from IPython.display import Markdown


Row = dict[str, Any]
#: sums that are told one by one
TOLD = 3
#: the units of a change that may be of any of them
UNITS = re.compile("[(（][^()（）]*[)）]$")
#: a number with its measure word
_COUNTED = re.compile(r"\d[\d,.]*[万亿]?[多余]?[\u4e00-\u9fff]?")
#: things that a title names, of more
HEADED = 2
#: how a check comes out
SETTLED = ("ok", "blind", "bad")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: a title, and the sentence that a page begins with; in a notebook it shows that."""

    title: str
    sentence: str

    def _repr_markdown_(self) -> str:
        return plain(self.sentence)

    def heading(self) -> "Markdown":
        """The title as the heading of a section."""
        from IPython.display import Markdown

        return Markdown(f"## {plain(self.title)}")


class Words:
    """The words of the openings in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        #: the periods of the reports by document and number, where they are known
        self.of_reports: Mapping[tuple[str, int], str] = {}

    def say(self, key: str, **fillers: Any) -> str:
        return word("openings", key, self.lang, **fillers)

    def finding(self, key: str, **fillers: Any) -> Finding:
        """The title and the sentence of one entry."""
        plain_ = {name: _unlinked(text) for name, text in fillers.items()}
        title = self.say(f"{key}_title", **plain_)
        sentence = self.say(key, **fillers)
        return Finding(*(capital(text, self.lang) for text in (title, sentence)))

    def sentences(self, parts: Sequence[str]) -> str:
        """Parts as sentences of their own, without the last full stop."""
        told = (capital(part, self.lang) for part in parts)
        return self.say("stop").join(told)

    def listed(self, parts: Iterable[str]) -> str:
        return word("story", "comma", self.lang).join(parts)

    def whose(self, row: Row) -> str:
        """Place and subject of a row of a panel; a report's own words are quoted, and whole."""
        place = place_words(str(row["place"]), self.lang, prose=True)
        subject = subject_words(str(row["subject"] or ""), str(row["place"])).replace(",", "，")
        # words that hang on the number itself name nothing (0.1元/支的没有)
        named = subject and not subject.startswith("的")
        return self.quoted(place, subject, str(row["family"])) if named else place

    def of_its_own(self, row: Row) -> str:
        """What a row is of, where the place was named before; that place where it has no words."""
        subject = subject_words(str(row["subject"] or ""), str(row["place"])).replace(",", "，")
        named = subject and not subject.startswith("的")
        return self.named(subject, str(row["family"])) if named else self.whose(row)

    def quoted(self, place: str, what: str, family: str = "") -> str:
        """A place and the words of its report, as a quotation."""
        named = self.named(what, family)
        return self.say(
            "whose" if named.startswith("“") else "whose_named", place=place, what=named
        )

    def named(self, what: str, family: str = "") -> str:
        """Words of a report as a quotation; in English the name of what they count, else the vocabulary's
        own name for what they end in, else the subject that the figure is of.
        """
        if self.lang == "en":
            known = "" if family in ("", "other") else str(say("families", family, self.lang))
            own = "" if family == "other" else family
            name = english_name(UNITS.sub("", what), own) or name_of(what, self.lang) or known
            return within(name, self.lang) or self.say("unnamed")
        inner = inner_marks(what)
        return self.say("in_words", what=inner)

    def each(self, row: Row) -> str:
        """A quotient, which leads to its figures."""
        unit = str(row["unit"]).split("/")[0] if self.lang == "zh" else ""
        return self.figure(row, quotient(row) + unit)

    def in_its_words(self, row: Row) -> str:
        """A sum of money in the words of its report, with its place; the sum leads to its sentence."""
        place = place_words(str(row["place"]), self.lang, prose=True)
        said = subject_words(str(row["what"]), str(row["place"]))
        printed = str(row["printed"])
        doc, start = places_of([row["where"]])[0]
        figure = linked(printed, {"doc": doc, "start": start}, {})
        before, found, after = said.rpartition(printed)
        # what it paid for goes on from it
        gap = "" if str(row["bought"]).startswith("…") else "，"
        after += f"{gap}{row['bought']}" if row["bought"] else ""
        after += f"，{row['paid_by']}" if row["paid_by"] else ""
        if self.lang == "en":
            shown = linked(printed_in(printed, self.lang), {"doc": doc, "start": start}, {})
            bought = english_name(_COUNTED.sub("", str(row["bought"]).removeprefix("…")))
            bought = self.say("sum_for", what=within(bought, self.lang)) if bought else ""
            return self.say("sum_in_words", place=place, sum=shown, what=bought)
        return self.quoted(place, f"{before}{figure}{after}" if found else said + after)

    def time(self, row: Row) -> str:
        """The time of a row, in brackets; nothing where it has none."""
        told = when(str(row["period"] or ""), self.lang)
        return self.say("in_time", when=told) if told else ""

    def time_of_report(self, row: Row) -> str:
        """The time of the report of a row that has none of its own, in brackets; nothing without reports."""
        if not self.of_reports:
            return ""
        period = when(self.of_reports.get((row["doc"], row["report"]), ""), self.lang)
        return self.say("of_report" if period else "of_no_time", when=period)

    def heads(self, row: Row) -> str:
        """The person-times and batches of visits, each with the place that it leads to."""
        start = starts_of(str(row["claims"]))
        heads, batches = (
            linked(f"{row[name]:,.0f}", {"doc": row["doc"], "start": at}, {})
            for name, at in (("numerator", start[-1]), ("denominator", start[0]))
        )
        return self.say("heads", heads=heads, batches=batches)

    def figure(self, row: Row, text: str = "") -> str:
        """The figure of a row as printed, or as told, with the place that it leads to."""
        start = starts_of(str(row["claims"]))[0]
        return linked(text or str(row["text"]), {"doc": row["doc"], "start": start}, {})


def _unlinked(text: Any) -> Any:
    from .links import unmarked

    return unmarked(text) if isinstance(text, str) else text


def legible(panel: pd.DataFrame) -> list[Row]:
    return as_rows(panel[panel["value"].notna() & ~panel["status"].isin(["redacted", "spoilt"])])


def periods_of(reports: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The periods of reports by document and number."""
    return {(row["doc"], row["report"]): str(row["period"]) for row in as_rows(reports)}


def place_of(words: Words, row: Row) -> str:
    return str(place_words(str(row["place"]), words.lang))
