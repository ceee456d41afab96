"""What a notebook's page begins with, and what heads its sections: findings written from the data.

Each rule takes tables and gives a finding: a title of a few words, and a sentence on the world in
which each figure leads to its own sentence in the report. Where the data give no finding the rule
says that. The words stand in `[openings]` of `vocabularies/profile.toml`.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.audit import ENDS, share_of
from ..charts.rows import as_rows, families, rate_name
from ..charts.years import written
from ..comparison.caveats import FEW, identity, refused, times_apart
from ..comparison.glossary import english_name
from ..comparison.indicators import PART, RATE_CHANGE, has_whole, records
from ..comparison.likeness import alike, meaning, shared
from ..comparison.money import alike as alike_standards
from ..comparison.panel import quotient
from ..comparison.printed import printed_in
from ..comparison.programmes import results, statistics
from ..comparison.wording import (
    capital,
    indicator,
    inner_marks,
    name_of,
    note,
    place_words,
    subject_words,
    value,
    when,
    word,
)
from ..errors import QzError
from ..model import starts_of
from ..vocabularies.labels import Lang, say, single
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from .evidence import is_retold, places_of
from .facts import Facts
from .figures import key_of, linked, noun, within
from .phrases import held, told_change
from .profile import plain

if TYPE_CHECKING:
    from IPython.display import Markdown

Row = dict[str, Any]
_Said = Mapping[tuple[str, int], Row]
#: sums that are told one by one
_TOLD = 3
#: the units of a change that may be of any of them
_UNITS = re.compile("[(（][^()（）]*[)）]$")
#: words for all petitions of a place, and those that only say how visits are counted
_ALL_OF = re.compile("总[量数]|总件数")
_TWICE_COUNTED = re.compile("[批人件]次$")
#: a number with its measure word
_COUNTED = re.compile(r"\d[\d,.]*[万亿]?[多余]?[\u4e00-\u9fff]?")
#: things that a title names, of more
_HEADED = 2
#: kinds of rates of which the one of most cases is told
_KINDS_TOLD = 2
#: a name of a rate that is no longer than this is told whole
_LONG = 6
#: words behind a rate that tell of the rest
_REST = Pattern("accuse", "{rest}")
#: how a check comes out
_SETTLED = ("ok", "blind", "bad")
#: what is derived besides earlier levels, by the words that count it
_LEFT = {"left_over": "remainder", "left_each": "cost per unit"}


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


def opening(kind: str, *tables: pd.DataFrame, lang: Lang | None = None) -> Finding:
    """The finding of one kind from its tables.

    Args:
        kind: `stock` and `masked` (claims, reports), `written` (claims), `changes` (a panel of
            `compare`; with claims, relations and reports it says what they are against), `visits`,
            `rates` (a panel; with the claims it has the names that reports give, with the reports their times, too), `intervals`, `compared`, `against` and `shares` (panels of `compare`), `funds`
            and `standards` (a table of `money`), `strict` (its refusals), `programmes` (a table of
            programmes; with the claims it tells what was done, with the reports of when they are, too), `annex` (what a page tells of such a table, and the rest), `audit` (findings; with coverage it tells what became of rates and changes, too), `strength` (findings), `unchecked` (the reasons of `tally`),
            `checked` (coverage), `heaping` (last digits), `implied` and `left` (implied figures), `copies`
            (reports), `mechanisms` (evidence of mechanisms, reports),
            `ledger` (a ledger).
        tables: the tables that the kind asks for.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Returns:
        the finding: its `title`, its `sentence`, and its `heading()`.

    Raises:
        QzError: there is no such kind.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲县受理事项43宗，办结36宗，办结率83.7%。")
    >>> panel = qz.compare(made.claims, made.relations, indicator="rates")
    >>> opening("rates", panel, lang="en").title
    'The one rate that can be read is 83.7%'
    """
    if kind not in _KINDS:
        raise QzError(f"no opening {kind!r}; there are: {', '.join(_KINDS)}")
    return _KINDS[kind](_Words(single(lang)), *tables)


class _Words:
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
            name = english_name(_UNITS.sub("", what), own) or name_of(what, self.lang) or known
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


def _legible(panel: pd.DataFrame) -> list[Row]:
    return as_rows(panel[panel["value"].notna() & ~panel["status"].isin(["redacted", "spoilt"])])


def _masked(words: _Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How much of what reports state is masked, and in which report most."""
    lost = claims[claims["status"].eq("redacted")]
    told: Row = {"reports": noun("reports", len(reports), words.lang)}
    told["figures"] = noun("figures", len(claims), words.lang)
    if lost.empty:
        return words.finding("masked_none", **told)
    counts = Counter(zip(lost["doc"], lost["report"], strict=True))
    [(report, n)] = counts.most_common(1)
    mine = reports[reports["doc"].eq(report[0]) & reports["report"].eq(report[1])]
    whole = int((claims["doc"].eq(report[0]) & claims["report"].eq(report[1])).sum())
    told |= {
        "n": len(lost),
        "share": f"{rounded(Fraction(100 * len(lost), len(claims)), 0)}%",
        "most": n,
        "of": whole,
    }
    title = next(iter(mine["title"]), "") or report[0]
    return words.finding("masked", title=title, **told)


def _visits(words: _Words, panel: pd.DataFrame) -> Finding:
    """The fewest and the most people in one visit."""
    rows = _legible(panel)
    if not rows:
        return words.finding("visits_none")
    if len(alike(rows)) > 1:
        return _visits_apart(words, rows)
    told: Row = {}
    for key, row in (
        ("low", min(rows, key=lambda row: row["value"])),
        ("high", max(rows, key=lambda row: row["value"])),
    ):
        told |= {key: rounded(row["value"], 1), f"{key}_whose": words.whose(row) + words.time(row)}
        told[f"{key}_of"] = words.heads(row)
    return words.finding("visits" if len(rows) > 1 else "visits_one", **told)


def _visits_apart(words: _Words, rows: Sequence[Row]) -> Finding:
    """How many people come in one visit where receptions are of unlike kinds: each for itself, those
    first whose words narrow nothing, for of unlike things none is the most.
    """
    ordered = sorted(rows, key=lambda row: (len(meaning(row)[1]), has_whole(row)))
    items = [
        words.say(
            "visits_item", whose=words.whose(row) + words.time(row), n=rounded(row["value"], 1), of=words.heads(row)
        )
        for row in ordered[:_TOLD]
    ]  # fmt: skip
    said = word("story", "semicolon", words.lang).join(items)
    more = words.say("visits_more", n=len(rows) - _TOLD) if len(rows) > _TOLD else ""
    ends = [
        words.say("visits_end", whose=words.whose(row) + words.time(row), n=rounded(row["value"], 1))
        for row in ordered[:_HEADED]
    ]  # fmt: skip
    title = words.say(
        "visits_apart_title",
        items=words.listed(ends),
        more=words.say("visits_more_title", n=len(rows) - (_HEADED if words.lang == "en" else 0))
        if len(rows) > _HEADED
        else "",
    )
    sentence = words.say("visits_apart", items=said, more=more)
    return Finding(*(capital(text, words.lang) for text in (title, sentence)))


#: of what visits are counted twice
_TWICE = ("批次", "人次")


def _changes(
    words: _Words,
    panel: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """How many counts went up, how many down and how many did neither, how many were checked, the
    largest of either, as such where all count one thing; changes of rates are another thing and stand apart. With claims, relations and reports each of
    the two says of when it is, what it is against and whether it was recomputed from that.
    """
    legible = _legible(panel)
    moved = [row for row in legible if row["direction"] in ("up", "down")]
    level = [row for row in legible if row["value"] == 0 and not row["direction"]]
    rows = [row for row in moved if row["measure"] != RATE_CHANGE]
    of_rates = [row for row in moved if row["measure"] == RATE_CHANGE]
    if not rows and not level:
        return words.finding("changes_none")
    total, against = len(rows + level), None
    if claims is not None and relations is not None and reports is not None:
        against = _Against(words, claims, relations, reports)
    places = Counter(identity(row) for row in rows + level)
    # of one place all are, which the first words say
    alone = len(places) == 1 < len(rows + level)
    whose = words.of_its_own if alone else words.whose
    parts, counts, counted, items = [], list[str](), list[str](), list[str]()
    # that none was checked is said once for all
    proved = any(row["audit"] == "ok" for row in rows + level)
    for way in ("down", "up"):
        mine = [row for row in rows if row["direction"] == way]
        if mine:
            most = max(mine, key=partial(_tells, unlike=len(alike(mine)) > 1))
            counts.append(_so_many(words, way, len(mine), total, first=not counts))
            counted.append(counts[-1] + _counted_in(words, mine, places))
            items.append(words.say(f"moved_{way}", whose=whose(most), figure=words.figure(most)))
            # of unlike things none fell most: the figure is told without a rank
            which = "only" if len(mine) == 1 else "most" if len(alike(mine)) == 1 else "such"
            if against is None:
                told = {"whose": whose(most), "figure": words.figure(most)}
                parts.append(words.say(f"{which}_{way}", **told))
            else:
                told = {"whose": whose(most), "when": against.time(most)}
                held = against.held(most) if proved else against.told(most)
                said = words.say(f"{which}_{way}_held", held=held, **told)
                parts.append(said + against.other_way(most, rows))
    if level:
        counts.append(_so_many(words, "level", len(level), total, first=not counts))
        counted.append(counts[-1] + _counted_in(words, level, places))
        items.append(words.say("moved_level", whose=whose(level[0])))
        told_ = [words.say("stayed", whose=whose(row) + words.time(row), figure=words.figure(row, words.say("unchanged"))) for row in level[:_TOLD]]  # fmt: skip
        parts.append(words.listed(told_))
    rows = rows + level
    n = sum(row["audit"] == "ok" for row in rows)
    key = "changes_all" if n == len(rows) else "changes_checked" if n else "changes_unchecked"
    changes = noun("changes", len(rows), words.lang)
    apart = ""
    if of_rates:
        told = {"whose": whose(of_rates[0]), "figure": words.figure(of_rates[0])}
        way = words.say(f"rate_{of_rates[0]['direction']}", **told)
        # that a rate rose by 25.6% may be meant of itself, or in points
        way += words.say("percent_or_points") if of_rates[0]["unit"] == "%" else ""
        one = "change_of_rate" if len(of_rates) == 1 else "changes_of_rates"
        apart = words.say(one, n=len(of_rates), first=way)
    kinds = families(row["family"] for row in rows)
    about = say("families", kinds[0], words.lang) if len(kinds) == 1 and kinds[0] != "other" else ""
    then = words.say("so_many_then")
    told = {"changes": changes, "counts": then.join(counts), "apart": apart}
    told |= {"counted": then.join(counted), "items": words.listed(items), "item": items[0]}
    for name in ("about", "head"):
        told[name] = words.say(f"changes_{name}", about=about) if about else ""
    times = {words.time(row) for row in rows}
    told["when"] = times.pop() if len(times) == 1 else ""
    told["parts"] = _parts_among(words, rows, whose)
    told |= {"most": words.sentences(parts), "checked": words.say(key, n=n)}
    told["proof"] = words.say(f"{key}_title", n=n)
    if len(rows) == 1:
        return words.finding("changes_one", **told)
    key = "changes_alone" if alone else "changes"
    return words.finding(key, **told, **_of_places(words, places))


def _tells(row: Row, unlike: bool) -> tuple[bool, bool, float]:
    """How much a change tells: of unlike things, of which none is the largest, a whole more than its parts, and one
    of a year that is known more than one of none.
    """
    period = str(row["period"] or "")
    known = bool(period) and "x" not in period
    return unlike and not has_whole(row), unlike and known, row["value"]


def _so_many(words: _Words, way: str, n: int, total: int, first: bool) -> str:
    """How many changes went one way: the first that is told of how many, the others alone."""
    which = "_all" if n == total > 1 else "" if first else "_then"
    changes = noun("reported_changes", total, words.lang)
    return words.say(f"so_many_{way}{which}{'_one' * (n == 1)}", n=n, changes=changes)


def _counted_in(words: _Words, rows: Sequence[Row], places: Mapping[tuple[str, str], int]) -> str:
    """Of how many places changes of one way are, or of which one; nothing where all are of one."""
    mine = dict.fromkeys(identity(row) for row in rows)
    if len(places) == 1:
        return ""
    if len(mine) > 1:
        every = "counted_in_all" if len(mine) == len(places) else "counted_in_several"
        return words.say(every, n=len(mine), of=len(places))
    return words.say("counted_in_one", place=place_words(next(iter(mine))[0], words.lang))


def _parts_among(words: _Words, rows: Sequence[Row], whose: Callable[[Row], str]) -> str:
    """Which of the things that are counted one by one are parts of others of them, as each kind of petition
    is beside all of them; nothing for none.
    """
    petitions = [row for row in rows if row["family"] == "petition"]
    wholes = [row for row in petitions if _ALL_OF.search(str(row["subject"]))]
    totals = {_of_report(row) for row in wholes}
    kinds = [row for row in petitions if row not in wholes and _of_report(row) in totals]
    own: dict[str, None] = {}
    for row in rows:
        if has_whole(row) or row in kinds:
            subject = _UNITS.sub("", str(row["subject"]).replace(PART, "", 1))
            own[whose(row | {"subject": _TWICE_COUNTED.sub("", subject)})] = None
    if not own:
        return ""
    return words.say("of_wholes" if len(own) > 1 else "of_whole", whose=words.listed(own))


def _of_report(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("doc", "report", "place"))


def _of_places(words: _Words, places: Mapping[tuple[str, str], int]) -> Row:
    """Of how many places figures are, in a title and in a sentence, there with how many each has."""
    if len(places) == 1:
        [(name, _)] = places
        place = place_words(name, words.lang, prose=True)
        return {key: words.say(f"{key}_one_place", place=place) for key in ("of", "places")}
    each = [
        words.say("of_place", place=place_words(name, words.lang, prose=True), n=n)
        for (name, _), n in sorted(places.items(), key=lambda pair: -pair[1])
    ]
    fillers = {"n": len(places), "each": words.listed(each)}
    return {key: words.say(f"{key}_several", **fillers) for key in ("of", "places")}


def _periods(reports: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The periods of reports by document and number."""
    return {(row["doc"], row["report"]): str(row["period"]) for row in as_rows(reports)}


class _Against:
    """Of when changes are, what they are against, and how they came out."""

    def __init__(
        self, words: _Words, claims: pd.DataFrame, relations: pd.DataFrame, reports: pd.DataFrame
    ) -> None:
        self._words = words
        self._claims = {key_of(row): row for row in as_rows(claims)}
        self._facts = Facts("", claims, relations, words.lang, {})
        words.of_reports = _periods(reports)

    def held(self, row: Row) -> str:
        """The change with what it is against, and whether it was recomputed from that."""
        key = row["doc"], row["report"], starts_of(str(row["claims"]))[0]
        return held(self._facts, self._claims[key])

    def told(self, row: Row) -> str:
        """The change with what it is against, without a word on checks."""
        key = row["doc"], row["report"], starts_of(str(row["claims"]))[0]
        return told_change(self._facts, self._claims[key])

    def time(self, row: Row) -> str:
        """The time of a change, else that of its report, in brackets."""
        return self._words.time(row) or self._words.time_of_report(row)

    def other_way(self, row: Row, rows: list[Row]) -> str:
        """That person-times went the other way than batches, or these than those: told alone, the
        one would mislead.
        """
        same = ("doc", "report", "place", "period")
        for mine, other in (_TWICE, _TWICE[::-1]):
            for one in rows:
                if (
                    str(row["subject"]).endswith(mine)
                    and one["subject"] == str(row["subject"]).removesuffix(mine) + other
                    and one["direction"] != row["direction"]
                    and all(one[name] == row[name] for name in same)
                ):
                    what = subject_words(str(one["subject"]), str(one["place"]))
                    named = self._words.named(what, str(one["family"]))
                    return self._words.say("other_way", what=named, held=self.held(one))
        return ""


def _rates(
    words: _Words,
    panel: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """Of each kind of rate all, or how far many reach; of one kind alone the lowest and the highest;
    and which of them can be recomputed. With the claims a kind has the name that its reports give it,
    with the reports a rate of no time of its own has that of its report.
    """
    if reports is not None:
        words.of_reports = _periods(reports)
    rows = _legible(panel)
    if not rows:
        return words.finding("rates_none")
    told: Row = {"n": len(rows), "rates": noun("rates", len(rows), words.lang)}
    good, loose, bad = (sum(row["audit"] == verdict for row in rows) for verdict in _SETTLED)
    ours = sum(row["how"] == "recomputed" for row in rows)
    counts = [("held", good), ("loose", loose), ("broken", bad), ("ours", ours)]
    counts += [("bare", len(rows) - good - loose - bad - ours)]
    told["checked"] = words.listed(words.say(f"rates_{key}", n=n) for key, n in counts if n)
    kinds = families(row["family"] for row in rows)
    if len(kinds) > 1:
        return _rates_by_kind(words, rows, kinds, told, claims)
    low, high = (pick(rows, key=lambda row: row["value"]) for pick in (min, max))
    for key, row in (("low", low), ("high", high)):
        told |= {key: words.figure(row, _rate(words, row)), f"{key}_whose": words.whose(row)}
    return words.finding("rates" if len(rows) > 1 else "rates_one", **told)


def _rate(words: _Words, row: Row, bare: bool = False) -> str:
    """A rate as printed, with its bound, or as recomputed, which it says unless it is told bare."""
    if row["how"] == "recomputed":
        text = rounded(row["value"], 1)
        return f"{text}%" if bare else words.say("recomputed", n=text)
    return str(written(row, "en")) if words.lang == "en" else str(row["text"])


def _rates_by_kind(
    words: _Words, rows: list[Row], kinds: list[str], told: Row, claims: pd.DataFrame | None
) -> Finding:
    """What was resolved and what was left, where the audit recomputed it; else of each kind the rates in their order, or the lowest and the highest of many with their places:
    a share of crimes solved and one of disputes mediated are ends of no range.
    """
    said = _by_place(claims)
    titles, parts = [], []
    for family in kinds:
        mine = sorted((row for row in rows if row["family"] == family), key=lambda r: r["value"])
        name = _kind_name(words, family, mine, said)
        # a part of what another rate is of is no second one beside it
        wholes = [row for row in mine if not has_whole(row)] or mine
        low, *_, high = wholes * 2 if len(wholes) == 1 else wholes
        kind = say("families", family, words.lang)
        titles.append(words.say("kind_and_rate", kind=kind, figure=_headed(words, wholes)))
        if len(wholes) > _TOLD:
            ends_ = {"low": words.figure(low, _rate(words, low)), "high": words.figure(high, _rate(words, high))}  # fmt: skip
            places = dict.fromkeys(_place(words, row) for row in wholes)
            parts.append(words.say("rates_span", name=name, n=len(wholes), places=words.listed(places), **ends_))  # fmt: skip
        else:
            in_order = wholes + [row for row in mine if row not in wholes]
            groups = itertools.groupby(in_order, key=lambda row: (_place(words, row), row["how"] == "recomputed"))  # fmt: skip
            items = [
                words.say("rates_ours_at" if ours else "rates_at", place=place, figures=words.listed(_or_part(words, row) for row in some))
                for (place, ours), some in groups
            ]  # fmt: skip
            parts.append(words.say("rates_of", name=name, items=words.listed(items)))
    # two kinds a sentence: more of them nobody takes in at once
    semicolon = word("story", "semicolon", words.lang)
    pairs = [semicolon.join(parts[n : n + 2]) for n in range(0, len(parts), 2)]
    titles_ = words.listed(titles)
    if claims is not None and any(row["audit"] == "ok" for row in rows):
        parts_ = _resolved(words, rows, kinds, said)
        bare = [row for row in rows if row["how"] == "stated"]
        told["bare"] = _bare(words, bare) if bare else ""
        return words.finding("rates_resolved", titles=titles_, parts=words.sentences(parts_), **told)  # fmt: skip
    return words.finding("rates_by_kind", titles=titles_, parts=words.sentences(pairs), **told)


def _headed(words: _Words, rows: Sequence[Row]) -> str:
    """The rates of one kind as a heading has them: the ends of those whose counts are known, and beside
    them, as such and with its place, a rate that nobody can weigh: it ends no range.
    """
    known = [row for row in rows if row["denominator"] == row["denominator"]]
    bare = [row for row in rows if row not in known] if known else []
    ends = dict.fromkeys(_rate(words, row) for row in ((known or rows)[0], (known or rows)[-1]))
    said = words.say("to").join(ends)
    items = [
        words.say("bare_in_title", place=_place(words, row), figure=_rate(words, row))
        for row in bare[:_HEADED]
    ]
    return words.say("and_bare", figure=said, items=words.listed(items)) if items else said


def _or_part(words: _Words, row: Row) -> str:
    """A rate, which says so where it is that of a part."""
    figure = words.figure(row, _rate(words, row, bare=True))
    return words.say("of_part", figure=figure) if has_whole(row) else figure


def _by_place(claims: pd.DataFrame | None) -> _Said:
    """What claims say, and of what, by document and start; nothing without claims."""
    if claims is None:
        return {}
    said = records(claims[["doc", "start", "subject", "text", "unit", "after"]])
    return {(row["doc"], row["start"]): row for row in said}


def _resolved(words: _Words, rows: Sequence[Row], kinds: Sequence[str], said: _Said) -> list[str]:
    """What was resolved and what was left: of the first kinds the rate of most cases that the audit
    recomputed, then the rate that is lowest of those recomputed.
    """
    good = [row for row in rows if row["audit"] == "ok"]
    firsts = [[row for row in good if row["family"] == kind] for kind in kinds]
    told = [max(some, key=lambda row: row["denominator"]) for some in firsts if some][:_KINDS_TOLD]
    parts = [words.say("resolved", what=_out_of(words, row, said)) for row in told]
    least = min(good, key=lambda row: row["value"])
    if not any(row is least for row in told):
        parts.append(words.say("resolved_least", what=_out_of(words, least, said)))
    return parts


def _out_of(words: _Words, row: Row, said: _Said) -> str:
    """A rate that its counts give, with them, and that nothing is told of what they leave; what is printed
    leads to its sentence.
    """
    doc, (stated, above, below, *_) = row["doc"], starts_of(str(row["claims"]))

    def in_zh(start: int, name: str) -> str:
        known = words.lang == "zh" and (doc, start) in said
        return str(said[doc, start][name]) if known else ""

    def count(start: int, number: float) -> str:
        text = in_zh(start, "text") or f"{number:,.0f}"
        return linked(text, {"doc": doc, "start": start}, {})

    # in Chinese as the report names it: 调解成功1030件,调解成功率98.1%
    name = _own_name(row, said) or words.say("resolved_rate")
    rate, done = (name, name.removesuffix("率")) if words.lang == "zh" else ("", "")
    told = {"whose": words.whose(row) + (words.time(row) or words.time_of_report(row)), "left": ""}
    told["figure"] = rate + words.figure(row, _rate(words, row))
    told["above"] = done + count(above, row["numerator"])
    told["below"] = count(below, row["denominator"])
    behind = str(said[doc, stated]["after"]) if (doc, stated) in said else ""
    if (
        not row["counts_bound"]
        and row["numerator"] < row["denominator"]
        and not _REST.search(behind)
    ):
        told["left"] = words.say("resolved_left", unit=in_zh(below, "unit"))
    return words.say("resolved_of", **told)


def _bare(words: _Words, rows: Sequence[Row]) -> str:
    """The rates without counts, each with its place."""
    items = [words.say("rates_bare_at", place=_place(words, row), figure=words.figure(row, _rate(words, row))) for row in rows[:_TOLD]]  # fmt: skip
    return words.say("rates_bare_are" if len(rows) <= _TOLD else "rates_bare_some", items=words.listed(items))  # fmt: skip


def _own_name(row: Row, said: _Said) -> str:
    """The name that a report gives its rate: of a long one (全县各类矛盾问题化解率) the last word."""
    at = row["doc"], starts_of(str(row["claims"]))[0]
    name = str(said[at]["subject"]) if at in said else ""
    return "" if name[-1:] != "率" else name if len(name) < _LONG else name[-3:]


def _place(words: _Words, row: Row) -> str:
    return str(place_words(str(row["place"]), words.lang))


def _kind_name(words: _Words, family: str, rows: Sequence[Row], said: _Said) -> str:
    """What the rates of one kind are called: in Chinese as their reports call them (解决率 is no
    办结率), else by what all of the kind have in common.
    """
    kind = str(say("families", family, "zh"))
    stated = [row for row in rows if row["how"] != "recomputed"]
    own = dict.fromkeys(name for row in stated if (name := _own_name(row, said)))
    own_ = [name for name in own if not any(name != one and name.endswith(one) for one in own)]
    if words.lang == "en" or not own_:
        return rate_name(family, words.lang)
    if len(own_) == 1:
        return kind + own_[0].removeprefix(kind)
    return words.say("names_of_kind", kind=kind, names=words.listed(own_))


def _funds(words: _Words, sums: pd.DataFrame) -> Finding:
    """What money paid for: of the first kinds of which reports say it an example each, in their words.
    Sums of different kinds are counted, never added up or ranked.
    """
    rows = _own_sums(sums[~sums["standard"]])
    if not rows:
        return words.finding("funds_none")
    kinds = list(dict.fromkeys(row["money"] for row in rows))
    told: Row = {"sums": noun("amounts", len(rows), words.lang), "kinds": len(kinds)}
    said = [row for row in rows if row["bought"]]
    legible = [row for row in said if row["status"] == "ok"]
    if not legible:
        return words.finding("funds_bare", **told)
    firsts = {row["money"]: row for row in reversed(legible)}
    kinds_ = [kind for kind in kinds if kind in firsts][:_TOLD]
    first = words.in_its_words(firsts[kinds_[0]])
    told |= {"k": len(said), "first": first}
    if len(said) == 1:
        return words.finding("funds_single", items=first, **told)
    examples = [
        words.say("funds_of_kind", kind=say("money", kind, words.lang), item=words.in_its_words(firsts[kind]))
        for kind in kinds_
    ]  # fmt: skip
    masked = sum(row["status"] == "redacted" for row in said)
    told["masked"] = words.say("funds_masked", n=masked) if masked else ""
    items = word("story", "semicolon", words.lang).join(examples)
    return words.finding("funds", items=items, **told)


def _own_sums(sums: pd.DataFrame) -> list[Row]:
    """The sums of a table of money, masked ones too, parts of another one left out; none where no
    sum can be read.
    """
    own = sums[sums["part_of"].eq("")]
    return as_rows(own) if own["status"].eq("ok").any() else []


def _compared(words: _Words, panel: pd.DataFrame) -> Finding:
    """What several places count alike, and how many figures can be compared as they are."""
    rows = _legible(panel)
    free = int((panel["caveats"] == "").sum())
    told: Row = {"figures": noun("figures", len(panel), words.lang), "legible": len(rows)}
    told["clear"] = words.say("compared_free" if free else "compared_not", n=free)
    groups = shared(rows)
    if not groups:
        return words.finding("compared_none", **told)
    first = groups[0]
    told["sides"] = _sides(words, first)
    told["what"] = indicator(str(first[0]["indicator"]), words.lang)
    told["places"] = len({identity(row) for row in first})
    key = "compared" if len(groups) > 1 else "compared_single"
    even = all(any(map(refused, group)) for group in groups)
    told["even"] = words.say("compared_even") if even else ""
    shown = first if any(map(refused, first)) else _ends(first)
    told["ends"] = words.listed(_end(words, row) for row in shown[:_TOLD])
    return words.finding(key, several=len(groups), things=len(alike(rows)), **told)


def _ends(group: Sequence[Row]) -> list[Row]:
    """The row of the least value and that of the most."""
    return [pick(group, key=lambda row: row["value"]) for pick in (min, max)]


def _end(words: _Words, row: Row) -> str:
    """A place with its time and its figure, as a title has it."""
    each = row["measure"] == "persons_per_batch"
    n = rounded(row["value"], 1) if each else f"{significant(row['value'], 4)}{row['unit']}"
    return words.say("compared_end", place=_place(words, row), when=words.time(row), n=n)


def _sides(words: _Words, group: Sequence[Row]) -> str:
    """What several places count alike: the least and the most, or, where something speaks against
    comparing them, each for itself and whether it is their times.
    """
    if not any(map(refused, group)):
        told: Row = {}
        for key, row in zip(("low", "high"), _ends(group), strict=True):
            told |= {key: _side(words, row), f"{key}_whose": words.whose(row) + words.time(row)}
        return words.say("compared_ends", **told)
    items = [
        words.say("compared_item", whose=words.whose(row) + words.time(row), figure=_side(words, row))
        for row in group
    ]  # fmt: skip
    said = word("story", "semicolon", words.lang).join(items[:_TOLD])
    more = words.say("compared_more", n=len(items) - _TOLD) if len(items) > _TOLD else ""
    return words.say("compared_items", items=said, more=more, apart=_times(words, group))


def _side(words: _Words, row: Row) -> str:
    if row["measure"] == "persons_per_batch":  # no report prints a quotient: its counts lead on
        return words.say("per_batch", n=rounded(row["value"], 1), of=words.heads(row))
    return words.figure(row, f"{significant(row['value'], 4)}{row['unit']}")


def _times(words: _Words, group: Sequence[Row]) -> str:
    """That the times of figures speak against comparing them: a year and a quarter, by name."""
    if not times_apart(group):
        return ""
    spans = [_span_name(words, str(row["period"])) for row in group]
    if len(spans) == len({*spans}) == 2 and all(spans):
        return words.say("compared_spans", one=spans[0], other=spans[1])
    return words.say("compared_times")


def _span_name(words: _Words, period: str) -> str:
    """How long a period is: a year, a quarter or a half by name, since a year; else empty."""
    year, _, part = period.partition("-")
    if part:
        return str(word("periods", part, words.lang)) if part in load("profile")["periods"] else ""
    key = "since" if year.endswith("+") else "year" if year and ".." not in year else ""
    return words.say(f"span_{key}") if key else ""


def _audit(words: _Words, found: pd.DataFrame, covered: pd.DataFrame | None = None) -> Finding:
    """How much of the arithmetic holds, and the first piece that does not; with the coverage in one set
    of numbers: the rates and changes, then the checks that are of neither.
    """
    settled, bad = (found[found["verdict"].isin(some)] for some in (_SETTLED, ["bad"]))
    told: Row = {"n": len(bad), "checks": noun("checks", len(settled), words.lang)}
    counts = {key: int(settled["verdict"].eq(key).sum()) for key in _SETTLED}
    loose = counts["blind"]
    told["set"] = words.say("audit_set", **told, counts=_counted(words, settled))
    if covered is not None and not covered.empty:
        told["set"] = _one_set(words, settled, covered)
    told["brief"] = words.listed(
        words.say(f"brief_{key}", n=n) for key, n in counts.items() if n and key != "bad"
    )
    if settled.empty or bad.empty:
        key = "audit_none" if settled.empty else "audit_loose" if loose else "audit_ok"
        return words.finding(key, **told)
    first = as_rows(bad)[0]
    place = place_words(str(first["place"]), words.lang, prose=True)
    doc, start = places_of([first["where"]])[0]
    shown = printed_in(str(first["printed"]), words.lang)
    told["figure"] = linked(shown, {"doc": doc, "start": start}, {})
    told["whose"] = words.quoted(place, str(first["what"]))
    told["arithmetic"] = note(str(first["arithmetic"]), words.lang)
    told["source"] = words.say("audit_retold" if is_retold(doc) else "audit_source")
    return words.finding("audit_single" if len(bad) == 1 else "audit", **told)


def _one_set(words: _Words, settled: pd.DataFrame, covered: pd.DataFrame) -> str:
    """What became of the rates and changes, as the chart of coverage counts them, and of the checks that
    are of none of these: two counts of one thing would be taken for two things.
    """
    ends = {key: sum(share_of(row, key) for row in as_rows(covered)) for key in ENDS}
    # shares that make 100 % are rates, and counted as such
    alone = settled["check"].isin(["rate", "change"])
    shares = settled["printed"].astype(str).str.endswith("%") & ~alone
    others = settled[~alone & ~shares]
    parts = []
    for key, n in ends.items():
        said = words.say(f"shares_{key}", n=n)
        if groups := int((shares & settled["verdict"].eq(key)).sum()):
            rest = n - int((alone & settled["verdict"].eq(key)).sum())
            more = words.say("shares_in_sums", n=rest, groups=noun("groups", groups, words.lang))
            open_ = said.endswith(("）", ")"))
            said = words.say(
                "in_same_brackets" if open_ else "in_brackets",
                said=said[: len(said) - open_],
                more=more,
            )
        parts += [said] if n else []
    named = words.listed(parts)
    told = words.say("audit_shares", of=sum(ends.values()), ends=named)
    if others.empty:
        return told
    checks = noun("checks", len(others), words.lang)
    return told + words.say("audit_others", checks=checks, counts=_counted(words, others))


def _counted(words: _Words, settled: pd.DataFrame) -> str:
    """How checks come out, each end with its number."""
    counts = {key: int(settled["verdict"].eq(key).sum()) for key in _SETTLED}
    return words.listed(words.say(f"checks_{key}", n=n) for key, n in counts.items() if n)


def _checked(words: _Words, covered: pd.DataFrame) -> Finding:
    """How many of the stated rates and changes come with figures that tell right from wrong: what
    would hold whatever the figure is no check.
    """
    strict = covered["checked"] - covered["blind"]
    told: Row = {"n": int(strict.sum()), "of": int(covered["stated"].sum())}
    told["docs"], loose = int((strict == 0).sum()), int(covered["blind"].sum())
    told["loose"] = words.say("checked_loose", n=loose) if loose else ""
    told["share"] = f"{rounded(Fraction(100 * told['n'], max(1, told['of'])), 0)}%"
    return words.finding("checked", **told)


def _stock(words: _Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How many reports state no figure at all, and how many repeat another one."""
    stated = set(zip(claims["doc"], claims["report"], strict=True))
    silent = [
        key for key in zip(reports["doc"], reports["report"], strict=True) if key not in stated
    ]
    told = {"n": len(silent), "reports": noun("reports", len(reports), words.lang)}
    told["copies"] = int(reports["same_as"].ne("").sum())
    return words.finding("stock" if silent else "stock_full", **told)


def _written(words: _Words, claims: pd.DataFrame) -> Finding:
    """What reports write most figures about."""
    known = claims[claims["family"].ne("other")]
    if known.empty:
        return words.finding("written_none")
    counts = known["family"].value_counts()
    most = str(counts.index[0])
    told = {"what": say("families", most, words.lang), "n": int(counts.iloc[0]), "of": len(claims)}
    told["docs"] = int(known.loc[known["family"].eq(most), "doc"].nunique())
    return words.finding("written", **told)


def _intervals(words: _Words, panel: pd.DataFrame) -> Finding:
    """The rate of the fewest cases, and by how much one case more or less would move it."""
    rows = [row for row in _legible(panel) if row["ci_low"] == row["ci_low"]]
    if not rows:
        return words.finding("intervals_none")
    least = min(rows, key=lambda row: row["denominator"])
    told = {
        "figure": words.figure(least, f"{significant(least['value'], 4)}%"),
        "whose": words.whose(least),
    }
    told |= {
        "step": significant(100 / least["denominator"], 2),
        "cases": f"{least['denominator']:,.0f}",
    }
    told["rest"] = f"{len(rows):,}"
    few = least["denominator"] < FEW
    return words.finding("intervals" if few else "intervals_many", **told)


def _standards(words: _Words, sums: pd.DataFrame) -> Finding:
    """The standards that several places pay or charge for one thing; how many kinds there are, of
    which no two are to be compared.
    """
    table = sums[sums["standard"]]
    rows = _own_sums(table)
    if not rows:
        return words.finding("standards_none")
    told: Row = {"standards": noun("standards", len(rows), words.lang)}
    told["kinds"] = len({(row["money"], row["per"]) for row in rows})
    groups = alike_standards(table)
    if not groups:
        return words.finding(
            "standards_apart" if len(rows) > 1 else "standards_one",
            one=words.in_its_words(rows[0]),
            **told,
        )
    parts = []
    for group in groups[:_TOLD]:
        named = {"kind": say("money", group["money"].iloc[0], words.lang)}
        named["per"] = value("per", str(group["per"].iloc[0]), words.lang)
        # a clause that names several is told once
        once = as_rows(group.drop_duplicates(["place", "what"]))
        items = word("story", "semicolon", words.lang).join(map(words.in_its_words, once[:_TOLD]))
        parts.append(capital(words.say("standards_group", items=items, **named), words.lang))
    told["groups"] = "".join(parts)
    told["sides"] = _one_each(words, groups)
    # what one report tells of several places is no agreement of several reports
    of_one = len({(row.doc, row.report) for group in groups for row in group.itertuples()}) == 1
    for key in ("source", "source_title"):
        told[key] = words.say(f"standards_{key}") if of_one else ""
    found = words.finding("standards", shared=len(groups), **told)
    if not told["sides"]:
        return found
    title = words.say("standards_sides_title", **told["sides"], source_title=told["source_title"])
    return Finding(capital(title, words.lang), found.sentence)


def _one_each(words: _Words, groups: Sequence[pd.DataFrame]) -> Row:
    """The first thing of which each place states one standard: its kind, its unit and the places
    with their sums; of a sum that was and one that is no title could say which is meant.
    """
    for group in groups:
        rows = as_rows(group.drop_duplicates(["place", "printed"]))
        if len({row["place"] for row in rows}) == len(rows) <= _TOLD:
            sides = [
                words.say("standards_side", place=place_words(str(row["place"]), words.lang, prose=True), figure=printed_in(str(row["printed"]), words.lang), by=words.say("paid_by", by=row["paid_by"]) if row["paid_by"] and words.lang == "zh" else "")
                for row in rows
            ]  # fmt: skip
            named = {"kind": say("money", rows[0]["money"], words.lang)}
            named["per"] = value("per", str(rows[0]["per"]), words.lang)
            return named | {"sides": words.listed(sides)}
    return {}


def _programmes(
    words: _Words,
    table: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """What programmes say that was done, in the words of their reports, the first of each, with the
    reports of when these are where a sentence says no more than 去年; without the claims, or where none
    says it, the programme with most figures.
    """
    if reports is not None:
        rows = as_rows(reports)
        words.of_reports = {(row["doc"], row["report"]): str(row["period"]) for row in rows}
    if table.empty:
        return words.finding("programmes_none")
    column = "term" if words.lang == "zh" else "programme"
    # what is only counted is no work
    table = table[~table["term"].isin(statistics())]
    if table.empty:
        return words.finding("programmes_none")
    if claims is not None and (done := results(table, claims)):
        items = [_done_there(words, one, column) for one in done[:_HEADED]]
        key = "programmes_more" if len(done) > _HEADED else "programmes_rest"
        more = words.say(key, n=len(done)) if table[column].nunique() > len(items) else ""
        return words.finding("programmes_done", items=words.listed(items), more=more)
    figures = [len(places_of([where])) for where in table["where"]]
    counts = pd.Series(figures).groupby(table[column].to_list()).sum()
    name = str(counts.idxmax())
    return words.finding("programmes", name=name, n=int(counts.max()), programmes=len(counts))


def _done_there(words: _Words, one: Mapping[str, str], column: str) -> str:
    """What a programme did in a place, in the words of its report; its name, where these lack it."""
    name = "" if words.lang == "zh" and one["term"] in one["clause"] else one[column]
    return words.say(
        "programmes_item" if words.lang == "zh" else "programmes_named",
        place=place_words(one["place"], words.lang, prose=True),
        name=name,
        clause=inner_marks(one["clause"]),
        n=printed_in(one["printed"], words.lang),
        when=_said_when(words, one),
    )


def _said_when(words: _Words, one: Mapping[str, str]) -> str:
    """The time of what was done, with the word that its sentence has for it where the year is unknown."""
    period, said = str(one["period"] or ""), one.get("relative", "")
    if not said or (period and "x" not in period):
        return words.time(dict(one))
    if not period:
        return words.say("said_of_no_year", said=word("periods", said, words.lang))
    told = [word("periods", said, words.lang), when(period, words.lang)]
    return words.say("in_time", when=words.listed(told).replace("、", "，"))


def _annex(words: _Words, told: pd.DataFrame, rest: pd.DataFrame) -> Finding:
    """How many rows of programmes stand behind those that a page tells, and why."""
    if rest.empty:
        return words.finding("annex_none")
    counted = int(rest["term"].isin(statistics()).sum())
    said = words.say("annex_counted", n=counted) if counted else ""
    return words.finding("annex", n=len(rest), counted=said)


def _strength(words: _Words, found: pd.DataFrame) -> Finding:
    """How many checks could hardly have failed."""
    settled = found[found["verdict"].isin(_SETTLED)]
    told: Row = {"checks": noun("checks", len(settled), words.lang)}
    # a rate so loosely worded says more to a reader than shares that make 100% by their choice
    blind = sorted(as_rows(settled[settled["verdict"].eq("blind")]), key=lambda row: row["check"] != "rate")  # fmt: skip
    told["n"] = len(blind)
    if not blind:
        return words.finding("audit_none" if settled.empty else "strength_all", **told)
    sentence, key = words.say("strength", **told), "strength" if len(blind) > 1 else "strength_one"
    place = place_words(str(blind[0]["place"]), words.lang, prose=True)
    told |= {
        "whose": words.quoted(place, str(blind[0]["what"])),
        "figure": printed_in(str(blind[0]["printed"]), words.lang),
    }
    title = words.say(f"{key}_title", **told)
    return Finding(*(capital(text, words.lang) for text in (title, sentence)))


def _unchecked(words: _Words, reasons: pd.DataFrame) -> Finding:
    """How many legible rates and changes could not be checked, the reason that most of them have,
    and what else was left unchecked.
    """
    if reasons.empty or not reasons["legible_rates"].iloc[-1]:
        return words.finding("unchecked_none")
    *rows, whole = as_rows(reasons)
    first = max(rows, key=lambda row: row["legible_rates"])
    told: Row = {
        "n": whole["legible_rates"],
        "most": first["legible_rates"],
        "why": note(str(first["reason"]), words.lang),
    }
    rest = [
        words.say(f"unchecked_{key}", n=whole[key])
        for key in ("masked_rates", "other_figures")
        if whole[key]
    ]
    told["rest"] = words.say("unchecked_rest", rest=words.listed(rest)) if rest else ""
    return words.finding("unchecked", **told)


def _heaping(words: _Words, digits: pd.DataFrame) -> Finding:
    """Whether counts end in 0, and whether they end in 5, more often than by chance; other digits
    that are as frequent say that this alone shows no rounding.
    """
    total = int(digits["count"].sum())
    if not total:
        return words.finding("heaping_none")
    low, high = digits.attrs["chance"]
    shares = dict(zip(digits["digit"], digits["share"], strict=True))
    told: Row = {"n": total}
    for name, digit in (("zero", 0), ("five", 5)):
        key = "more" if shares[digit] > high else "less" if shares[digit] < low else "alike"
        told |= {name: f"{rounded(shares[digit], 0)}%", f"{name}_said": words.say(f"heaping_{key}")}
    others = [digit for digit in shares if digit not in (0, 5) and shares[digit] > high]
    most = max(others, key=lambda digit: shares[digit], default=None)
    peer = most is not None and max(shares[0], shares[5]) > high
    told["peer"] = (
        words.say("heaping_peer", digit=most, share=f"{rounded(shares[most], 0)}%") if peer else ""
    )
    return words.finding("heaping", **told)


def _implied(words: _Words, table: pd.DataFrame) -> Finding:
    """How many earlier levels and other figures follow from what is stated."""
    levels = table[table["what"].eq("earlier level")]
    if table.empty:
        return words.finding("implied_none")
    if levels.empty:
        return _left(words, table)
    n = len(levels)
    more = words.say("implied_more", n=n) if n > 1 else ""
    first = _first_implied(words, levels)
    return words.finding("implied", n=n, rest=len(table) - n, first=first, more=more)


def _first_implied(words: _Words, table: pd.DataFrame) -> str:
    """The first figure that follows, with whose it is and how it follows."""
    row = as_rows(table)[0]
    place = place_words(str(row["place"]), words.lang, prose=True)
    subject = str(row["subject"] or "").replace(",", "，")
    whose = words.quoted(place, subject_words(subject, str(row["place"]))) if subject else place
    return words.say("implied_first", whose=whose, note=note(str(row["note"]), words.lang))


def _left(words: _Words, table: pd.DataFrame) -> Finding:
    """How many remainders and costs per head follow from what is stated."""
    counts = [(key, int(table["what"].eq(what).sum())) for key, what in _LEFT.items()]
    said = [noun(key, n, words.lang) for key, n in counts if n]
    if not said:
        return words.finding("left_none")
    first = _first_implied(words, table[table["what"].isin(_LEFT.values())])
    return words.finding("left", what=words.listed(said), first=first)


def _copies(words: _Words, reports: pd.DataFrame) -> Finding:
    """How many reports repeat an earlier one, and the first of them by name."""
    told: Row = {"reports": noun("reports", len(reports), words.lang)}
    copies = as_rows(reports[reports["same_as"].ne("")])
    told["n"] = len(copies)
    if not copies:
        return words.finding("copies_none", **told)
    keys = (f"{row['doc']}:{row['report']}" for row in as_rows(reports))
    titles = dict(zip(keys, reports["title"], strict=True))
    first = copies[0]
    told["copy"] = first["title"] or first["doc"]
    told["original"] = titles.get(str(first["same_as"])) or first["same_as"]
    return words.finding("copies" if len(copies) == 1 else "copies_several", **told)


def _against(words: _Words, panel: pd.DataFrame) -> Finding:
    """What speaks most often against comparing figures."""
    parts = [part for text in panel["caveats"] for part in str(text).split("; ") if part]
    told: Row = {"figures": noun("figures", len(panel), words.lang)}
    if not parts:
        return words.finding("against_none", **told)
    [(name, n)] = Counter(parts).most_common(1)
    return words.finding("against", what=value("caveats", name, words.lang), n=n, **told)


def _strict(words: _Words, asked: pd.DataFrame) -> Finding:
    """How many indicators a strict comparison refuses."""
    refused = int(asked["strict"].ne("").sum())
    told: Row = {"n": refused, "of": len(asked)}
    if asked.empty or refused < len(asked):
        return words.finding("strict", **told)
    told["names"] = words.listed(indicator(str(name), words.lang) for name in asked["indicator"])
    return words.finding("strict_all", **told)


def _shares(words: _Words, panel: pd.DataFrame) -> Finding:
    """What falls to each unit of what was divided: the fewest and the most of one thing where several
    places state it, else each for itself, for unlike things are not ranked.
    """
    rows = [row for row in as_rows(panel) if row["value"] == row["value"]]
    if not rows:
        return words.finding("shares_none")
    told: Row = {"n": len(rows), "of": len(panel)}
    if groups := shared(rows):
        low, high = (pick(groups[0], key=lambda row: row["value"]) for pick in (min, max))
        for key, row in (("low", low), ("high", high)):
            told |= {key: words.each(row), f"{key}_whose": words.whose(row)}
        return words.finding("shares", **told)
    items = (
        words.say("shares_item", whose=words.whose(row), figure=words.each(row)) for row in rows
    )
    parts = [*items]
    told["items"] = word("story", "semicolon", words.lang).join(parts[:_TOLD])
    told["first"] = parts[0]
    told["more"] = words.say("shares_more", n=len(parts) - 1) if len(parts) > 1 else ""
    return words.finding("shares_apart" if len(rows) > 1 else "shares_one", **told)


def _mechanisms(words: _Words, cases: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How many mechanisms more than one report names as in place: an index of unlike texts, which says
    nothing of how many places have them.
    """
    there = cases[cases["standing"].eq("in place")].groupby("mechanism")["doc"].nunique()
    if there.empty:
        return words.finding("mechanisms_none")
    shared, planned = there[there > 1], int(cases["standing"].eq("planned").sum())
    told: Row = {
        "n": len(shared) or len(there),
        "reports": "–".join(dict.fromkeys(map(str, (shared.min(), shared.max())))),
        "of": len(reports),
        "planned": words.say("mechanisms_planned", n=planned) if planned else "",
    }
    if words.lang == "zh":
        told["reports"] = told["reports"].replace("–", "至")
    return words.finding("mechanisms" if len(shared) else "mechanisms_single", **told)


def _ledger(words: _Words, found: pd.DataFrame) -> Finding:
    """How many figures of one report do not fit those of others, and where most of them are."""
    breaks = found[found["verdict"].eq("open")]
    told: Row = {"checks": noun("checks", len(found), words.lang), "n": len(breaks)}
    if breaks.empty:
        return words.finding("ledger_ok", **told)
    counts = Counter(zip(breaks["place"], breaks["indicator"], strict=True))
    [((place, name), most)] = counts.most_common(1)
    mine = breaks[breaks["place"].eq(place) & breaks["indicator"].eq(name)]
    years = [
        word("periods", "span", words.lang, first=str(row).split(";")[0], last=when(str(row).split(";")[-1], words.lang))
        for row in mine["years"]
    ]  # fmt: skip
    whose = words.say(
        "whose_indicator",
        place=place_words(str(place), words.lang, prose=True),
        what=indicator(name, words.lang),
    )
    return words.finding("ledger", whose=whose, most=most, years=words.listed(years), **told)


_KINDS: dict[str, Callable[..., Finding]] = {
    "stock": _stock,
    "written": _written,
    "masked": _masked,
    "visits": _visits,
    "changes": _changes,
    "rates": _rates,
    "intervals": _intervals,
    "funds": _funds,
    "standards": _standards,
    "programmes": _programmes,
    "annex": _annex,
    "compared": _compared,
    "against": _against,
    "strict": _strict,
    "shares": _shares,
    "audit": _audit,
    "checked": _checked,
    "strength": _strength,
    "unchecked": _unchecked,
    "heaping": _heaping,
    "implied": _implied,
    "left": _left,
    "copies": _copies,
    "mechanisms": _mechanisms,
    "ledger": _ledger,
}
