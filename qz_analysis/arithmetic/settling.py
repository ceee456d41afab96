"""Stated shares with the counts that may stand above and below them → checked pairs: which whole do the words and the row allow?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .intervals import quotient
from .links import Candidate, Claim, same_unit

__all__ = ["Share", "settle"]


@dataclass(slots=True)
class Share:
    """A stated share with the counts that may stand above and below it, the likeliest whole first."""

    rate: Claim
    above: Claim | None = None
    wholes: list[Claim] = field(default_factory=list)
    named: bool = False  # the words name the whole, so that a misfit is an error
    group: bool = False  # a share of an unnamed whole: its siblings are of the same one
    partly: list[Claim] | None = None  # counts with some of the words that name the whole; only these come near
    others: list[Claim] = field(default_factory=list)  # wholes of another unit, for a row of shares only
    distant: list[Claim] = field(default_factory=list)  # totals of earlier lines, taken only where they fit
    fresh: bool = False  # a new whole stands between this share and the one before
    misfit: Claim | None = None  # the count beside it that should be its whole and is smaller
    reason: str = ""
    line: int = 0
    asked: Claim | None = None


def settle(found: Sequence[Share]) -> Iterator[Candidate]:
    """A candidate for every stated share: its pair of counts, the one count it is of, or why it stays unchecked.

    Args:
        found: the shares of one report in order.

    Returns:
        candidates of kind `rate`, `possible`, and `sum` where the counts of a row of shares make up its whole.
    """
    for group in _groups(found):
        settled = list(_settled(group))
        yield from settled
        yield from _made_up(settled)


def _groups(found: Sequence[Share]) -> Iterator[list[Share]]:
    """Shares of unnamed wholes that stand in a row, all others alone."""
    group: list[Share] = []
    for share in found:
        last = group[-1] if group else None
        near = last is not None and share.group and share.line - last.line <= 2 and not share.fresh and not _full(group)
        if group and not (
            near and last is not None and last.above and share.above and same_unit(last.above, share.above)
        ):
            yield group
            group = []
        if share.group:
            group.append(share)
        else:
            yield [share]
    if group:
        yield group


def _full(group: Sequence[Share]) -> bool:
    """Whether the shares of a row make 100 % already: the next one begins another."""
    return sum(share.rate.number for share in group if share.rate.known) >= Fraction(9995, 100)


def _settled(group: list[Share]) -> Iterator[Candidate]:
    """Each share with the whole that its own words name, else the one that fits most shares of its row, else a near one."""
    parts = {share.above.start for share in group if share.above}
    wholes = [[w for w in share.wholes if w.start not in parts] for share in group]
    fits = [[w for w in [*mine, *share.others] if _fits(share, w)] for share, mine in zip(group, wholes, strict=True)]
    votes = {w.start: sum(w in mine for mine in fits) for mine in fits for w in mine}
    best = max(votes, key=lambda start: votes[start], default=-1)
    # half of the row is of this whole, so the rest is too
    sure = votes.get(best, 0) > 1 and len(group) <= 2 * votes[best]
    for share, mine, good in zip(group, wholes, fits, strict=True):
        tried = min(len(mine), 4)
        close = share.partly if share.partly is not None else mine[:3]
        # 占一成以上 and 约三分之一 fit nearly any whole
        loose = share.rate.bound != "exact" or "%" not in share.rate.text
        near = ([] if loose else [w for w in good if w in close]) if share.group else good
        voted = sorted((w for w in good if votes[w.start] > 1), key=lambda w: -votes[w.start])
        whole: Claim | None
        if share.named and good and good[0] is mine[0]:
            whole = good[0]
        elif share.group and len(group) > 1 and voted:
            whole, tried = voted[0], len(mine)
        elif near:
            whole = near[0]
        elif (
            not share.group
            and not loose
            and not (share.named and mine)
            and (far := [w for w in share.distant if _fits(share, w)])
        ):
            whole, tried = far[0], len(share.distant)
        else:
            whole = next(
                (w for w in [*mine, *share.others] if share.group and sure and w.start == best),
                mine[0] if mine and share.named else None,
            )
            tried = 1
        yield _candidate(share, whole, tried)


def _made_up(settled: list[Candidate]) -> Iterator[Candidate]:
    """Counts with shares of one whole: a sum where they make it up, and where the shares make 100 % they ought to."""
    rows = [c.claims for c in settled if len(c.claims) == 3 and not c.reason and all(claim.known for claim in c.claims)]
    for whole in {row[2].start: row[2] for row in rows}.values():
        mine = [row for row in rows if row[2] is whole]
        parts = [row[1] for row in mine]
        hundred = abs(sum((row[0].number for row in mine), Fraction(0)) - 100) <= Fraction(len(mine), 10)
        if len(parts) > 1 and (hundred or sum(p.number for p in parts) == whole.number):
            yield Candidate("sum", (whole, *parts), tight=True)


def _fits(share: Share, whole: Claim) -> bool:
    above, rate = share.above, share.rate
    if above is None or not above.known or not whole.known or not whole.number:
        return False
    computed = quotient(above.stands_for(), whole.stands_for(), 100)
    return any(computed.meets(rate.stands_for(rule)) for rule in ("half-even", "truncated"))


def _candidate(share: Share, whole: Claim | None, tried: int) -> Candidate:
    rate, above = share.rate, share.above
    if share.reason and above is None and share.asked is not None:
        return _possible(rate, share.asked, share.reason)
    if share.reason or above is None:
        return Candidate("rate", (rate,), share.reason or "its numerator is not stated")
    whole = whole or next((w for w in share.wholes[:1] if not w.known or not above.known), None)
    if whole is None:
        if share.misfit is not None:
            return Candidate("rate", (rate, above, share.misfit), "the counts beside it are no part and its whole")
        several = "several counts could be its denominator and it fits none"
        return Candidate("rate", (rate, above), several if share.wholes else "its denominator is not stated in reach")
    if above.known and whole.known and above.number > whole.number and (not rate.known or rate.number <= 100):
        return Candidate("rate", (rate, above, whole), "the counts beside it are no part and its whole")
    return Candidate("rate", (rate, above, whole), tried=tried)


def _possible(rate: Claim, whole: Claim, reason: str) -> Candidate:
    """A rate of a counted group without its numerator: at least whether a whole number can give it."""
    exact = (
        rate.bound == "exact" and "%" in rate.text and rate.known and whole.unit in {"人", "名", "份", "户", "件", "位"}
    )
    if not exact or whole.bound != "exact" or whole.number < 1 or whole.number.denominator > 1:
        return Candidate("rate", (rate,), reason)
    return Candidate("possible", (rate, whole))
