"""Findings on changes and on visits."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from ..charts.rows import as_rows, families
from ..comparison.caveats import identity
from ..comparison.indicators import PART, RATE_CHANGE, has_whole
from ..comparison.likeness import alike, meaning
from ..comparison.wording import (
    capital,
    place_words,
    subject_words,
    word,
)
from ..model import starts_of
from ..vocabularies.labels import say
from ..vocabularies.numerals import rounded
from .facts import Facts
from .figures import key_of, noun
from .opening_words import HEADED, TOLD, UNITS, Finding, Row, Words, legible, periods_of
from .phrases import held, told_change

#: how many changes that are part of another are named one by one
_NAMED = 3
#: words for all petitions of a place, and those that only say how visits are counted
_ALL_OF = re.compile("总[量数]|总件数")
_TWICE_COUNTED = re.compile("[批人件]次$")
#: of what visits are counted twice
_TWICE = ("批次", "人次")


def visits(words: Words, panel: pd.DataFrame) -> Finding:
    """The fewest and the most people in one visit."""
    rows = legible(panel)
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


def _visits_apart(words: Words, rows: Sequence[Row]) -> Finding:
    """How many people come in one visit where receptions are of unlike kinds: each for itself, those
    first whose words narrow nothing, for of unlike things none is the most.
    """
    ordered = sorted(rows, key=lambda row: (len(meaning(row)[1]), has_whole(row)))
    items = [
        words.say(
            "visits_item", whose=words.whose(row) + words.time(row), n=rounded(row["value"], 1), of=words.heads(row)
        )
        for row in ordered[:TOLD]
    ]  # fmt: skip
    said = word("story", "semicolon", words.lang).join(items)
    more = words.say("visits_more", n=len(rows) - TOLD) if len(rows) > TOLD else ""
    ends = [
        words.say("visits_end", whose=words.whose(row) + words.time(row), n=rounded(row["value"], 1))
        for row in ordered[:HEADED]
    ]  # fmt: skip
    title = words.say(
        "visits_apart_title",
        items=words.listed(ends),
        more=words.say("visits_more_title", n=len(rows) - (HEADED if words.lang == "en" else 0))
        if len(rows) > HEADED
        else "",
    )
    sentence = words.say("visits_apart", items=said, more=more)
    return Finding(*(capital(text, words.lang) for text in (title, sentence)))


def changes(
    words: Words,
    panel: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """How many counts went up, how many down and how many did neither, how many were checked, the
    largest of either, as such where all count one thing; changes of rates are another thing and stand apart. With claims, relations and reports each of
    the two says of when it is, what it is against and whether it was recomputed from that.
    """
    seen = legible(panel)
    moved = [row for row in seen if row["direction"] in ("up", "down")]
    level = [row for row in seen if row["value"] == 0 and not row["direction"]]
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
        told_ = [words.say("stayed", whose=whose(row) + words.time(row), figure=words.figure(row, words.say("unchanged"))) for row in level[:TOLD]]  # fmt: skip
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


def _so_many(words: Words, way: str, n: int, total: int, first: bool) -> str:
    """How many changes went one way: the first that is told of how many, the others alone."""
    which = "_all" if n == total > 1 else "" if first else "_then"
    changes = noun("reported_changes", total, words.lang)
    return words.say(f"so_many_{way}{which}{'_one' * (n == 1)}", n=n, changes=changes)


def _counted_in(words: Words, rows: Sequence[Row], places: Mapping[tuple[str, str], int]) -> str:
    """Of how many places changes of one way are, or of which one; nothing where all are of one."""
    mine = dict.fromkeys(identity(row) for row in rows)
    if len(places) == 1:
        return ""
    if len(mine) > 1:
        every = "counted_in_all" if len(mine) == len(places) else "counted_in_several"
        return words.say(every, n=len(mine), of=len(places))
    return words.say("counted_in_one", place=place_words(next(iter(mine))[0], words.lang))


def _parts_among(words: Words, rows: Sequence[Row], whose: Callable[[Row], str]) -> str:
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
            subject = UNITS.sub("", str(row["subject"]).replace(PART, "", 1))
            own[whose(row | {"subject": _TWICE_COUNTED.sub("", subject)})] = None
    if not own:
        return ""
    key = "of_many" if len(own) > _NAMED else "of_wholes" if len(own) > 1 else "of_whole"
    return words.say(key, whose=words.listed(own), n=len(own))


def _of_report(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("doc", "report", "place"))


def _of_places(words: Words, places: Mapping[tuple[str, str], int]) -> Row:
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


class _Against:
    """Of when changes are, what they are against, and how they came out."""

    def __init__(
        self, words: Words, claims: pd.DataFrame, relations: pd.DataFrame, reports: pd.DataFrame
    ) -> None:
        self._words = words
        self._claims = {key_of(row): row for row in as_rows(claims)}
        self._facts = Facts("", claims, relations, words.lang, {})
        words.of_reports = periods_of(reports)

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
