"""The named indicators of a place by period, each with its figures, its changes and its counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..arithmetic.audit import is_blind
from ..charts.rows import as_rows
from ..comparison.indicators import Row, by_start, records
from ..comparison.scope import FORESEEN, WHOSE
from ..comparison.wholes import is_mean, is_part, is_short
from ..model import starts_of
from ..vocabularies.session import load
from .figures import (
    MASS_WORK,
    TOTALS,
    Key,
    first_usable,
    is_from,
    is_full,
    key_of,
    level_of,
    usable,
    year_of,
)

#: what was resolved, in the order in which it is asked for
RESOLVED = (
    "petition_resolution_rate",
    "matters_resolution_rate",
    "mediation_success_rate",
    "mediation_rate",
    "clearance_rate",
)
#: the product of a place, before which no other figure of its economy is told
PRODUCT = "gdp"
#: of so many changes one is of mass work at most where a report is on all work of a government
_MUCH = 4
#: verdict of the check of a rate, whether it is blind, and numerator and denominator
Check = tuple[str, bool, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One named indicator in one period: its figures, stated changes, counts and the verdict."""

    indicator: str
    period: str
    place: str
    levels: tuple[Row, ...]
    changes: tuple[Row, ...]
    #: numerator and denominator, where the audit tied two counts to the figure
    counts: tuple[Row, ...] = ()
    #: `ok`, `bad` or empty
    verdict: str = ""
    #: whether a random figure would have passed the check in half of all cases and more
    blind: bool = False

    @property
    def claims(self) -> tuple[Row, ...]:
        """All figures of the line, the levels first."""
        return (*self.levels, *self.changes)

    @property
    def has_level(self) -> bool:
        """Whether a level of it can be used."""
        return any(map(usable, self.levels))


def lines(claims: pd.DataFrame, relations: pd.DataFrame, modality: str = "actual") -> list[Line]:
    """The named indicators of some claims, one line for each period and place, in the order of the
    vocabulary.

    Args:
        claims: a claims table.
        relations: what the audit found in it.
        modality: which figures: `actual` (what stands in no column counts as that) or `planned`.

    Returns:
        the lines, the periods of an indicator in order, undated ones last.

    >>> from qz_analysis import tables
    >>> made = tables("2021年，甲山县调解成功率98%。")
    >>> [(line.indicator, line.period) for line in lines(made.claims, made.relations)]
    [('mediation_success_rate', '2021')]
    """
    known = list(load("named"))
    tied = tied_changes(claims, relations)
    fits = claims["modality"].replace("", "actual").eq(modality) & claims["role"].ne("base")
    mine = [
        row | {"indicator": tied.get(key_of(row), row["indicator"])}
        for row in as_rows(claims[fits])
        if not is_from(row)
    ]
    rates = checked_rates(claims, relations)
    found: dict[tuple[str, str, str, tuple[str, str]], list[Row]] = {}
    for row in mine:
        if row["indicator"] not in known:
            continue
        # two rates of one name are two rates, each with counts of its own, as are two channels
        own = row["text"] if key_of(row) in rates else "", str(row.get(WHOSE) or "")
        key = level_of(row["indicator"]), row["period"], row["place"], own
        found.setdefault(key, []).append(row)
    made = []
    for (indicator, period, place, _), rows in found.items():
        moves = [
            level_of(row["indicator"]) != row["indicator"] or key_of(row) in tied for row in rows
        ]
        levels = tuple(row for row, moved in zip(rows, moves, strict=True) if not moved)
        changes = tuple(row for row, moved in zip(rows, moves, strict=True) if moved)
        checks = [rates[key_of(row)] for row in levels if key_of(row) in rates]
        # a check that fails is told before one that holds
        checks.sort(key=lambda check: check[0] != "bad")
        verdict, blind, counts = checks[0] if checks else ("", False, ())
        made.append(Line(indicator, period, place, levels, changes, counts, verdict, blind))
    return sorted(
        made, key=lambda line: (known.index(line.indicator), line.place, line.period or "~")
    )


def tied_changes(claims: pd.DataFrame, relations: pd.DataFrame) -> dict[Key, str]:
    """The indicator that a change is of, where its words do not say so but the audit ties it to a
    figure that is named.
    """
    found = {}
    for _, (change, current, *_) in checks(records(claims), relations, "yoy", least=2):
        if not change["indicator"] and level_of(current["indicator"]) == current["indicator"]:
            found[key_of(change)] = current["indicator"]
    return {key: name for key, name in found.items() if name}


def checked_rates(claims: pd.DataFrame, relations: pd.DataFrame) -> dict[Key, Check]:
    """Verdict, whether it is blind, and the two counts of each rate that the audit recomputed."""
    return {
        key_of(rate): (str(relation["verdict"]), is_blind(relation), tuple(counts))
        for relation, (rate, *counts) in checks(records(claims), settled(relations), "rate")
    }


def settled(relations: pd.DataFrame) -> pd.DataFrame:
    """The checks that hold or fail."""
    return relations[relations["verdict"].isin(["ok", "bad"])]


def checks(
    rows: Sequence[Row], relations: pd.DataFrame, kind: str, least: int = 3
) -> list[tuple[dict[Any, Any], list[Row]]]:
    """The checks of three figures of one kind with those of them that are known, the first `least` of which
    have to be.
    """
    at, found = by_start(rows), []
    for relation in relations[relations["type"].eq(kind)].to_dict("records"):
        keys = [(relation["doc"], relation["report"], s) for s in starts_of(relation["starts"])]
        if len(keys) == 3 and all(key in at for key in keys[:least]):
            found.append((relation, [at[key] for key in keys if key in at]))
    return found


def moved(told: Sequence[Line]) -> tuple[Line, Row] | None:
    """The line with the largest stated change, and that change: of the latest year before an earlier
    one, what is before what is foreseen, mass work first, economy last; of all petitions before one kind
    of them, of a whole before a part of it or one channel, of one year before an average of several and
    before one against the month or quarter before, changes in % before those in points.
    """
    changes = [(line, row) for line in told for row in line.changes if usable(row)]
    totals = {(line.period, line.place) for line, _ in changes if line.indicator in TOTALS}
    mass = sum(row["family"] in MASS_WORK for _, row in changes)
    # the report of a government on all that it did begins with what its economy came to
    economy = mass * _MUCH < len(changes) or not mass

    def rank(pair: tuple[Line, Row]) -> tuple[Any, ...]:
        line, row = pair
        family, foreseen = row["family"], bool(row.get(FORESEEN))
        tier = 0 if family in MASS_WORK else 2 if family == "economy" else 1
        kind = family == "petition" and line.indicator not in TOTALS
        kind = kind and (line.period, line.place) in totals
        less = kind, is_part(row), bool(row.get(WHOSE)), is_mean(row), is_short(row)
        product = economy and line.indicator != PRODUCT
        return (
            -year_of(line.period),
            product,
            foreseen,
            tier,
            *less,
            row["unit"] != "%",
            -row["value"],
        )

    return min(changes, key=rank, default=None)


def resolved(told: Sequence[Line]) -> Line | None:
    """The rate that tells best what was resolved: one that its counts contradict, then one that they
    bear out, then one without counts; of several the latest, and of the latest year before all.
    """
    found = [
        line for line in told
        if line.indicator in RESOLVED and line.has_level
        and (line.counts or not is_full(first_usable(line.levels)))
    ]  # fmt: skip
    order = {"bad": 0, "ok": 1, "": 3}

    def rank(line: Line) -> tuple[Any, ...]:
        # of two with counts the one that tells of more cases
        cases = line.counts[1]["value"] if line.counts and usable(line.counts[1]) else 0
        found = order[line.verdict] + line.blind, RESOLVED.index(line.indicator), -cases
        return -year_of(line.period), *found

    return min(sorted(found, key=lambda line: line.period, reverse=True), key=rank, default=None)
