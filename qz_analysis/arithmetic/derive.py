"""Figures that claims imply without stating them: an earlier level, a remainder, money per head."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from ..model import Claim, by_report
from ..schema import IMPLIED, frame
from ..vocabularies.limit import limited
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.patterns import Pattern
from .changes import changed_figures, figures_by_name, undecided_changes, with_bases
from .intervals import Interval, interval_of, quotient
from .judge import plain
from .passages import lines
from .rates import find_rates
from .sums import find_sums

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["implied"]

_Row = tuple[Any, ...]
_NONE_THERE = (
    "; no whole number lies there, so one of the two is wrong or they do not belong together"
)
#: from here on a derived figure is written in 万, with four digits
_SCALED = 10_000
_HEADS = {"人", "名", "户", "人次"}
_LISTED = re.compile("[、和与及]$")
_GIVES = Pattern("derive", r"{gives}[^,;。]{0,10}$")
_ADDED = Pattern("derive", r"{added}[^,;。]{0,8}$")
_SETTLES = Pattern("derive", r"(?:{settles})")
_OF_IT = re.compile(r",其中[^,;。]{0,8}$")
_APART = re.compile(r"其中|[;。]")
_EACH = re.compile(r"[^,;。]{0,10}[每均]")


def implied(claims: "pd.DataFrame") -> "pd.DataFrame":
    """Figures that the claims imply: the level before a change, what is left, money per head.

    They are derived, with the interval that the printed digits leave, and belong in no claims
    table: a report that says `下降21.2%` does not say of what.

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
    _ = claims["place"]
    rows: list[_Row] = []
    for (doc, _), mine in by_report(claims).items():
        with limited(doc, mine[-1].end):
            rows += _derived(lines([claim.as_corrected() for claim in mine]))
    return frame(rows, IMPLIED)


def undecided(claims: "pd.DataFrame") -> dict[tuple[str, int, int], tuple[str, ...]]:
    """The changes that several counts of unlike kinds stand before, so that nobody can say of which
    they are; by document, report and start, with the units of these counts.

    >>> from qz_analysis import extract
    >>> undecided(extract("发生集体访26件、39批次、508人次，同比下降25%。"))
    {('text', 0, 24): ('件', '批次', '人次')}
    """
    found = {}
    percents = claims["kind"].eq("change") & claims["unit"].eq("%")
    asked = claims["report"].isin(claims["report"][percents]) & claims["doc"].isin(
        claims["doc"][percents]
    )
    for (doc, report), mine in by_report(claims[asked]).items():
        with limited(doc, mine[-1].end):
            for run in lines([claim.as_corrected() for claim in mine]):
                for counts, change in undecided_changes(run):
                    found[doc, report, change.start] = tuple(count.unit for count in counts)
    return found


def _derived(runs: list[list[Claim]]) -> Iterator[_Row]:
    yield from _remainders([with_bases(run) for run in runs])
    for run in runs:
        for current, change in (*changed_figures(run), *figures_by_name(run)):
            yield from _earlier_level(current, change)
        yield from _per_head(run)


def _earlier_level(current: Claim, change: Claim) -> Iterator[_Row]:
    """The level before a change: now / (1 ± rate), or now less the difference."""
    if not (current.known and change.known) or current.bound != "exact":
        return
    sign = -1 if change.direction == "down" else 1
    now, by = interval_of(current), interval_of(change)
    if by.low is None or by.high is None or now.low is None or now.high is None:
        return
    if change.unit == "%":
        least, most = sorted(1 + sign * end / 100 for end in (by.low, by.high))
        if least <= 0:
            return
        value = current.number / (1 + sign * change.number / 100)
        low, high = now.low / most, now.high / least
        counted = now.exact and change.bound == "exact"
        said = f"{change.direction} {change.text}: before it {_between(low, high, counted)}"
        if counted and floor(high) < ceil(low):
            said += _NONE_THERE
    else:
        value = current.number - sign * change.number
        low, high = sorted((now.low - sign * by.low, now.high - sign * by.high))
        said = f"{change.direction} by {change.text}: before it {plain(value)}"
    if value > 0:
        note, ends = f"{current.text} {said}", Interval(low, high)
        yield _row("earlier level", current, value, ends, current.unit, (current, change), note)


def _short(value: Fraction) -> str:
    """Four digits are what a derived figure can promise."""
    scale, word = next(((s, w) for s, w in ((10**8, "亿"), (10**4, "万")) if value >= s), (1, ""))
    return f"{significant(value / scale, 4)}{word}"


def _between(low: Fraction, high: Fraction, counted: bool) -> str:
    """The ends of an interval as a person says them; of things that are counted the whole numbers in
    it, for there are no parts of a person. Ends that four digits do not tell apart are one figure.

    >>> _between(Fraction("331.6"), Fraction("332.1"), True), _between(Fraction("9.71"), Fraction("9.72"), False)
    ('332', '9.71 to 9.72')
    """
    whole = ceil(low), floor(high)
    # a count of more than four digits was scaled, and its last digits are not known
    if counted and whole[0] <= whole[1]:
        low, high = map(Fraction, whole)
        first, last = (str(end) if end < _SCALED else _short(Fraction(end)) for end in whole)
    else:
        first, last = _short(low), _short(high)
    about = "about " if first == last and low != high else ""
    return f"{about}{first}" if first == last else f"{first} to {last}"


def _remainders(runs: list[list[Claim]]) -> Iterator[_Row]:
    """What is left unsettled: received less settled, where both are said to be that, of a stated rate or
    of counts side by side (受理467宗,其中办结的328宗). Where nobody mediated with success, nothing is
    thereby left: 调结 and 调解成功 give no remainder.
    """
    told = set[tuple[int, int]]()
    for whole, done in (*_rated(runs), *_side_by_side(runs)):
        exact = done.known and whole.known and done.bound == whole.bound == "exact"
        deed = _SETTLES.search(done.lead) if done.stage == "resolved" else None
        new = (whole.start, done.start) not in told
        if exact and deed and new and done.number <= whole.number:
            told.add((whole.start, done.start))
            value = whole.number - done.number
            a, b = interval_of(done), interval_of(whole)
            low = (b.low or Fraction(0)) - (a.high or done.number)
            high = (b.high or whole.number) - (a.low or Fraction(0))
            ends = Interval(max(low, Fraction(0)), high)
            note = f"{whole.text} less {deed[0]}{done.text}: {plain(value)} left"
            # what is left is of what came in, not of what was done with it
            of = replace(done, subject=whole.subject or done.subject)
            yield _row("remainder", of, value, ends, done.unit, (whole, done), note)


def _rated(runs: list[list[Claim]]) -> Iterator[tuple[Claim, Claim]]:
    """The whole and the part of stated rates."""
    for candidate in find_rates(runs, list(find_sums(runs))):
        if candidate.kind == "rate" and not candidate.reason and len(candidate.claims) == 3:
            _, done, whole = candidate.claims
            yield whole, done


def _side_by_side(runs: list[list[Claim]]) -> Iterator[tuple[Claim, Claim]]:
    """What was received, and right behind it how much of it was settled, where the report does not go
    on to say what is left.
    """
    for run in runs:
        for whole, done, behind in zip(run, run[1:], [*run[2:], None], strict=False):
            same = whole.unit == done.unit and whole.kind == done.kind == "count"
            stated = behind is not None and behind.stage == "pending"
            if same and not stated and whole.stage == "received" and _OF_IT.search(done.before):
                yield whole, done


def _per_head(run: list[Claim]) -> Iterator[_Row]:
    """Money beside those it goes to, in one clause or the next: 发放补助31.5万元 to 450户."""
    for first, second in itertools.pairwise(run):
        money, heads = (first, second) if first.unit == "元" else (second, first)
        sums = money.unit == "元" and money.kind == "money"
        if not sums or heads.kind != "count" or heads.unit not in _HEADS:
            continue
        exact = money.known and heads.known and money.bound == heads.bound == "exact"
        given = _GIVES.search(heads.lead) or _GIVES.search(second.before)
        apart = len(second.before) > 16 or _APART.search(first.after + second.before)
        # 帮助11599户低保户、9154户五保户: the first of several that share the money
        several = _LISTED.search(heads.after) or heads.lead.endswith("、")
        if (
            not exact
            or _ADDED.search(money.lead)
            or not heads.number
            or not given
            or apart
            or several
            or _EACH.match(heads.after)
        ):
            continue
        value = money.number / heads.number
        ends = quotient(interval_of(money), interval_of(heads))
        note = f"{money.text} for {heads.text}: {rounded(value, 0)} yuan each"
        yield _row("cost per unit", money, value, ends, f"元/{heads.unit}", (money, heads), note)


def _row(
    what: str,
    of: Claim,
    value: Fraction,
    ends: Interval,
    unit: str,
    claims: tuple[Claim, ...],
    note: str,
) -> _Row:
    """A row of `schema.IMPLIED`."""
    low, high = (float("nan") if end is None else float(end) for end in (ends.low, ends.high))
    figure = (float(value), low, high, unit, ";".join(str(c.start) for c in claims), note)
    return of.doc, of.report, of.place, what, of.subject, of.period, *figure
