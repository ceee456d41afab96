"""Findings on the stock of reports, and on what is compared between places."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from ..charts.rows import as_rows
from ..comparison.caveats import identity, refused, times_apart
from ..comparison.likeness import alike, shared
from ..comparison.wording import (
    indicator,
    value,
    word,
)
from ..vocabularies.labels import say
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.session import load
from .figures import noun
from .opening_words import TOLD, Finding, Row, Words, legible, place_of


def masked(words: Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
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


def compared(words: Words, panel: pd.DataFrame) -> Finding:
    """What several places count alike, and how many figures can be compared as they are."""
    rows = legible(panel)
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
    told["ends"] = words.listed(_end(words, row) for row in shown[:TOLD])
    return words.finding(key, several=len(groups), things=len(alike(rows)), **told)


def _ends(group: Sequence[Row]) -> list[Row]:
    """The row of the least value and that of the most."""
    return [pick(group, key=lambda row: row["value"]) for pick in (min, max)]


def _end(words: Words, row: Row) -> str:
    """A place with its time and its figure, as a title has it."""
    each = row["measure"] == "persons_per_batch"
    n = rounded(row["value"], 1) if each else f"{significant(row['value'], 4)}{row['unit']}"
    return words.say("compared_end", place=place_of(words, row), when=words.time(row), n=n)


def _sides(words: Words, group: Sequence[Row]) -> str:
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
    said = word("story", "semicolon", words.lang).join(items[:TOLD])
    more = words.say("compared_more", n=len(items) - TOLD) if len(items) > TOLD else ""
    return words.say("compared_items", items=said, more=more, apart=_times(words, group))


def _side(words: Words, row: Row) -> str:
    if row["measure"] == "persons_per_batch":  # no report prints a quotient: its counts lead on
        return words.say("per_batch", n=rounded(row["value"], 1), of=words.heads(row))
    return words.figure(row, f"{significant(row['value'], 4)}{row['unit']}")


def _times(words: Words, group: Sequence[Row]) -> str:
    """That the times of figures speak against comparing them: a year and a quarter, by name."""
    if not times_apart(group):
        return ""
    spans = [_span_name(words, str(row["period"])) for row in group]
    if len(spans) == len({*spans}) == 2 and all(spans):
        return words.say("compared_spans", one=spans[0], other=spans[1])
    return words.say("compared_times")


def _span_name(words: Words, period: str) -> str:
    """How long a period is: a year, a quarter or a half by name, since a year; else empty."""
    year, _, part = period.partition("-")
    if part:
        return str(word("periods", part, words.lang)) if part in load("profile")["periods"] else ""
    key = "since" if year.endswith("+") else "year" if year and ".." not in year else ""
    return words.say(f"span_{key}") if key else ""


def stock(words: Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How many reports state no figure at all, and how many repeat another one."""
    stated = set(zip(claims["doc"], claims["report"], strict=True))
    silent = [
        key for key in zip(reports["doc"], reports["report"], strict=True) if key not in stated
    ]
    told = {"n": len(silent), "reports": noun("reports", len(reports), words.lang)}
    told["copies"] = int(reports["same_as"].ne("").sum())
    return words.finding("stock" if silent else "stock_full", **told)


def written(words: Words, claims: pd.DataFrame) -> Finding:
    """What reports write most figures about."""
    known = claims[claims["family"].ne("other")]
    if known.empty:
        return words.finding("written_none")
    counts = known["family"].value_counts()
    most = str(counts.index[0])
    told = {"what": say("families", most, words.lang), "n": int(counts.iloc[0]), "of": len(claims)}
    told["docs"] = int(known.loc[known["family"].eq(most), "doc"].nunique())
    return words.finding("written", **told)


def copies(words: Words, reports: pd.DataFrame) -> Finding:
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


def against(words: Words, panel: pd.DataFrame) -> Finding:
    """What speaks most often against comparing figures."""
    parts = [part for text in panel["caveats"] for part in str(text).split("; ") if part]
    told: Row = {"figures": noun("figures", len(panel), words.lang)}
    if not parts:
        return words.finding("against_none", **told)
    [(name, n)] = Counter(parts).most_common(1)
    return words.finding("against", what=value("caveats", name, words.lang), n=n, **told)


def strict(words: Words, asked: pd.DataFrame) -> Finding:
    """How many indicators a strict comparison refuses."""
    refused = int(asked["strict"].ne("").sum())
    told: Row = {"n": refused, "of": len(asked)}
    if asked.empty or refused < len(asked):
        return words.finding("strict", **told)
    told["names"] = words.listed(indicator(str(name), words.lang) for name in asked["indicator"])
    return words.finding("strict_all", **told)


def mechanisms(words: Words, cases: pd.DataFrame, reports: pd.DataFrame) -> Finding:
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
