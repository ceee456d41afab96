"""Claims → what they let a reader derive without stating it: last year's level, what is left, the cost per head. Never claims."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pandas as pd

from ..model import Claim, by_report
from ..schema import IMPLIED, frame
from .changes import changed_figures, with_bases
from .intervals import Interval, interval_of, quotient
from .judge import plain
from .passages import lines
from .rates import find_rates
from .sums import find_sums

__all__ = ["implied"]

_Row = tuple[Any, ...]
_GIVES = re.compile(r"(?:为|给|向|对|惠及|帮助|救助|发放|补助|资助)[^,;。]{0,10}$")


def implied(claims: pd.DataFrame) -> pd.DataFrame:
    """Figures that the claims imply: the level before a stated change, what is left of a total, money per head or household.

    They are derived, with the interval that the printed digits leave, and belong in no claims table: a report that says
    `下降21.2%` does not say of what.

    Args:
        claims: a claims table, as for `audit`, with the column place.

    Returns:
        one row per derived figure with the columns of `schema.IMPLIED`.

    Raises:
        KeyError: a column is missing.

    >>> from qz_analysis import extract
    >>> table = implied(extract("全县受理群众来访954人次，同比下降21.2%。"))
    >>> table[["what", "value", "low", "high", "unit"]].round(1).values.tolist()
    [['earlier level', 1210.7, 1209.9, 1211.4, '人次']]
    """
    keys = zip(*(claims[name].tolist() for name in ("doc", "report", "start")), strict=True)
    places = dict(zip(keys, claims["place"].tolist(), strict=True))
    rows = []
    for (doc, report), mine in by_report(claims).items():
        for what, of, value, low, high, unit, starts, note in _derived(
            lines([claim.as_corrected() for claim in mine])
        ):
            rows.append((doc, report, places[doc, report, of.start], what, of.subject, of.period, value, low, high, unit, starts, note))  # fmt: skip
    return frame(rows, IMPLIED)


def _derived(runs: list[list[Claim]]) -> Iterator[_Row]:
    yield from _left([with_bases(run) for run in runs])
    for run in runs:
        for current, change in changed_figures(run):
            yield from _before(current, change)
        yield from _per_head(run)


def _before(current: Claim, change: Claim) -> Iterator[_Row]:
    """The level before a change: now / (1 ± rate), or now less the difference."""
    if not (current.known and change.known) or current.bound != "exact":
        return
    sign = -1 if change.direction == "down" else 1
    now, by = interval_of(current), interval_of(change)
    if by.low is None or by.high is None or now.low is None or now.high is None:
        return
    if change.unit == "%":
        ends = [1 + sign * end / 100 for end in (by.low, by.high)]
        if min(ends) <= 0:
            return
        value = current.number / (1 + sign * change.number / 100)
        low, high = now.low / max(ends), now.high / min(ends)
        words = f"{current.text} {change.direction} {change.text}: before it {_short(low)} to {_short(high)}"
    else:
        value = current.number - sign * change.number
        low, high = sorted((now.low - sign * by.low, now.high - sign * by.high))
        words = f"{current.text} {change.direction} by {change.text}: before it {plain(value)}"
    if change.unit == "%" and now.exact and change.bound == "exact" and floor(high) < ceil(low):
        words += "; no whole number lies there, so one of the two is wrong or they do not belong together"
    if value > 0:
        yield _row(
            "earlier level",
            current,
            value,
            Interval(low, high),
            current.unit,
            (current, change),
            words,
        )


def _short(value: Fraction) -> str:
    """Four digits are what a derived figure can promise."""
    scale, word = next(((s, w) for s, w in ((10**8, "亿"), (10**4, "万")) if value >= s), (1, ""))
    return f"{float(value / scale):.4g}{word}"


def _left(runs: list[list[Claim]]) -> Iterator[_Row]:
    """What a rate's counts leave over: received less resolved."""
    for candidate in find_rates(runs, list(find_sums(runs))):
        if candidate.kind != "rate" or candidate.reason or len(candidate.claims) != 3:
            continue
        _, above, below = candidate.claims
        exact = above.known and below.known and above.bound == below.bound == "exact"
        if exact and above.stage == "resolved" and above.number <= below.number:
            value = below.number - above.number
            a, b = interval_of(above), interval_of(below)
            low, high = (
                (b.low or Fraction(0)) - (a.high or above.number),
                (b.high or below.number) - (a.low or Fraction(0)),
            )
            words = f"{below.text} less {above.text}: {plain(value)} left"
            yield _row(
                "remainder",
                above,
                value,
                Interval(max(low, Fraction(0)), high),
                above.unit,
                (below, above),
                words,
            )


def _per_head(run: list[Claim]) -> Iterator[_Row]:
    """发放补助31.5万元 to 450户: money beside the people or households it goes to, in one clause or the next."""
    for first, second in itertools.pairwise(run):
        money, heads = (first, second) if first.unit == "元" else (second, first)
        if (
            money.unit != "元"
            or money.kind != "money"
            or heads.kind != "count"
            or heads.unit not in {"人", "名", "户", "人次"}
        ):
            continue
        said = _GIVES.search(heads.lead) or _GIVES.search(second.before)
        if (
            not said
            or not (money.known and heads.known)
            or money.bound != "exact"
            or heads.bound != "exact"
            or not heads.number
        ):
            continue
        between = first.after + second.before
        if (
            len(second.before) > 16
            or re.search("其中|[;。]", between)
            or re.match("[^,;。]{0,10}[每均]", heads.after)
        ):
            continue
        value = money.number / heads.number
        words = f"{money.text} for {heads.text}: {float(value):.0f} yuan each"
        yield _row(
            "cost per unit",
            money,
            value,
            quotient(interval_of(money), interval_of(heads)),
            f"元/{heads.unit}",
            (money, heads),
            words,
        )


def _row(
    what: str,
    of: Claim,
    value: Fraction,
    interval: Interval,
    unit: str,
    claims: tuple[Claim, ...],
    note: str,
) -> _Row:
    low, high = (
        float("nan") if end is None else float(end) for end in (interval.low, interval.high)
    )
    return what, of, float(value), low, high, unit, ";".join(str(c.start) for c in claims), note
