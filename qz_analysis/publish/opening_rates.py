"""Findings on rates: what was resolved and what was left."""

import itertools
from collections.abc import Mapping, Sequence

import pandas as pd

from ..charts.rows import families, rate_name
from ..charts.written import written
from ..comparison.caveats import FEW
from ..comparison.indicators import has_whole, records
from ..comparison.wording import (
    word,
)
from ..model import starts_of
from ..vocabularies.labels import say
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.patterns import Pattern
from .figures import linked, noun
from .opening_words import HEADED, SETTLED, TOLD, Finding, Row, Words, legible, periods_of, place_of

_Said = Mapping[tuple[str, int], Row]
#: kinds of rates of which the one of most cases is told
_KINDS_TOLD = 2
#: a name of a rate that is no longer than this is told whole
_LONG = 6
#: words behind a rate that tell of the rest
_REST = Pattern("accuse", "{rest}")


def rates(
    words: Words,
    panel: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """Of each kind of rate all, or how far many reach; of one kind alone the lowest and the highest;
    and which of them can be recomputed. With the claims a kind has the name that its reports give it,
    with the reports a rate of no time of its own has that of its report.
    """
    if reports is not None:
        words.of_reports = periods_of(reports)
    rows = legible(panel)
    if not rows:
        return words.finding("rates_none")
    told: Row = {"n": len(rows), "rates": noun("rates", len(rows), words.lang)}
    good, loose, bad = (sum(row["audit"] == verdict for row in rows) for verdict in SETTLED)
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


def _rate(words: Words, row: Row, bare: bool = False) -> str:
    """A rate as printed, with its bound, or as recomputed, which it says unless it is told bare."""
    if row["how"] == "recomputed":
        text = rounded(row["value"], 1)
        return f"{text}%" if bare else words.say("recomputed", n=text)
    return str(written(row, "en")) if words.lang == "en" else str(row["text"])


def _rates_by_kind(
    words: Words, rows: list[Row], kinds: list[str], told: Row, claims: pd.DataFrame | None
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
        if len(wholes) > TOLD:
            ends_ = {"low": words.figure(low, _rate(words, low)), "high": words.figure(high, _rate(words, high))}  # fmt: skip
            places = dict.fromkeys(place_of(words, row) for row in wholes)
            parts.append(words.say("rates_span", name=name, n=len(wholes), places=words.listed(places), **ends_))  # fmt: skip
        else:
            in_order = wholes + [row for row in mine if row not in wholes]
            groups = itertools.groupby(in_order, key=lambda row: (place_of(words, row), row["how"] == "recomputed"))  # fmt: skip
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


def _headed(words: Words, rows: Sequence[Row]) -> str:
    """The rates of one kind as a heading has them: the ends of those whose counts are known, and beside
    them, as such and with its place, a rate that nobody can weigh: it ends no range.
    """
    known = [row for row in rows if row["denominator"] == row["denominator"]]
    bare = [row for row in rows if row not in known] if known else []
    ends = dict.fromkeys(_rate(words, row) for row in ((known or rows)[0], (known or rows)[-1]))
    said = words.say("to").join(ends)
    items = [
        words.say("bare_in_title", place=place_of(words, row), figure=_rate(words, row))
        for row in bare[:HEADED]
    ]
    return words.say("and_bare", figure=said, items=words.listed(items)) if items else said


def _or_part(words: Words, row: Row) -> str:
    """A rate, which says so where it is that of a part."""
    figure = words.figure(row, _rate(words, row, bare=True))
    return words.say("of_part", figure=figure) if has_whole(row) else figure


def _by_place(claims: pd.DataFrame | None) -> _Said:
    """What claims say, and of what, by document and start; nothing without claims."""
    if claims is None:
        return {}
    said = records(claims[["doc", "start", "subject", "text", "unit", "after"]])
    return {(row["doc"], row["start"]): row for row in said}


def _resolved(words: Words, rows: Sequence[Row], kinds: Sequence[str], said: _Said) -> list[str]:
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


def _out_of(words: Words, row: Row, said: _Said) -> str:
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


def _bare(words: Words, rows: Sequence[Row]) -> str:
    """The rates without counts, each with its place."""
    items = [words.say("rates_bare_at", place=place_of(words, row), figure=words.figure(row, _rate(words, row))) for row in rows[:TOLD]]  # fmt: skip
    return words.say("rates_bare_are" if len(rows) <= TOLD else "rates_bare_some", items=words.listed(items))  # fmt: skip


def _own_name(row: Row, said: _Said) -> str:
    """The name that a report gives its rate: of a long one (全县各类矛盾问题化解率) the last word."""
    at = row["doc"], starts_of(str(row["claims"]))[0]
    name = str(said[at]["subject"]) if at in said else ""
    return "" if name[-1:] != "率" else name if len(name) < _LONG else name[-3:]


def _kind_name(words: Words, family: str, rows: Sequence[Row], said: _Said) -> str:
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


def intervals(words: Words, panel: pd.DataFrame) -> Finding:
    """The rate of the fewest cases, and by how much one case more or less would move it."""
    rows = [row for row in legible(panel) if row["ci_low"] == row["ci_low"]]
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
