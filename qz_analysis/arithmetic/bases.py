"""Other readings of figures that do not fit, by the other counts of their sentence.

A rate may be of another base than the count before it: of the old and the new cases together, of
those that were to be done at all, of those that answered. A list may go on behind its second part.
Before such a rate or list is called wrong, these readings are tried; those that fit come out.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .passages import Candidate, countable, same_unit, total_of

_start = attrgetter("start")
# how many figures before and behind the rate may take part, and how many of them without a word
# that says why: each is one more chance to fit
_BEFORE, _BEHIND, _MOST = 12, 4, 5
_WORDED = 4  # counts with such a word of which every choice is tried
_GRAIN = 1.0  # no rounding is coarser, in per cent

# old and new cases, which are added up
_STOCK = Pattern("bases", r"{stock}")
# what does not count among what was to be done
_EXCLUDED = Pattern("bases", r"{excluded}")
# what closes a list
_LAST = Pattern("bases", r"{last}")
_AGAINST = Pattern("bases", r"{against}")
# a figure in such words that was not read: 退单10单
_UNREAD = Pattern("bases", r"(?:{stock}|{excluded})[^,;。\d]{0,6}\d")
# the other outcome, or what is still open
_OTHERWISE = Pattern("bases", r"^(?:其中|但|而)?有?{otherwise}")

#: what stands above, what is added up below, and what is taken off there
_Terms = tuple[tuple[Claim, ...], tuple[Claim, ...], tuple[Claim, ...]]


def other_bases(
    candidate: Candidate, claims: Sequence[Claim], *, without_words: bool
) -> Iterator[Candidate]:
    """A rate of each other base that its sentence allows and that it comes near to.

    Args:
        candidate: a rate with its two counts.
        claims: all claims of the report, in the order of their starts.
        without_words: also bases of counts whose words do not say that they are added or left out.
    """
    rate, above, below = candidate.claims
    if not all(c.known and c.bound == "exact" for c in (above, below)) or not rate.known:
        return
    others = beside(candidate, claims)
    readings = _by_words(above, below, others)
    if without_words:
        first = min(above.sentence, below.sentence)
        near = [c for c in others if first <= c.sentence <= rate.sentence and same_unit(c, below)]
        near.sort(key=lambda c: abs(c.start - rate.start))
        readings = itertools.chain(readings, _by_counts(above, below, near[:_MOST]))
    printed, loose = float(rate.number), rate.bound != "exact" or "%" not in rate.text
    seen = {(above.number, below.number)}
    for over, base, less in readings:
        key = total_of(over), total_of(base) - total_of(less)
        if key in seen or key[1] <= 0 or (key[0] > key[1] and printed <= 100):
            continue
        seen.add(key)
        if loose or abs(100 * float(key[0] / key[1]) - printed) <= _GRAIN:
            tried = candidate.tried + len(seen) - 1
            # what is done is all of what is done: 100 % of 500 less what is open says nothing
            empty = key[0] == key[1] and not all(_is_excluded(c) for c in less)
            yield Candidate(
                "rate",
                (rate, *over, *base, *less),
                above=len(over),
                less=len(less),
                tried=tried,
                holding=empty,
            )


def beside(candidate: Candidate, claims: Sequence[Claim]) -> list[Claim]:
    """The other counts of a candidate's sentence, and those of the sentences beside it that say
    that they are added or left out.
    """
    own = {c.start for c in candidate.claims}
    sentences = [c.sentence for c in candidate.claims]
    at = bisect_left(claims, max(own), key=_start)
    near = claims[max(0, at - _BEFORE) : at + 1 + _BEHIND]
    counts = (c for c in near if c.start not in own and c.known)
    # 调减50万元 is a part of a budget, 同比减少50件 of nothing
    counts = (c for c in counts if c.counts or (countable(c) and not _AGAINST.search(c.before)))
    exact = (c for c in counts if c.bound == "exact" and c.number > 0)
    first, last = min(sentences), max(sentences)
    return [
        c
        for c in exact
        if first <= c.sentence <= last or (first - 1 <= c.sentence <= last + 1 and is_set_apart(c))
    ]


def is_of_more(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """Whether other figures of a rate's sentence leave its base open."""
    starts = [c.start for c in candidate.claims]
    i = bisect_left(claims, min(starts), key=_start)
    j = bisect_left(claims, max(starts), key=_start)
    unread = any(_UNREAD.search(c.before) for c in claims[i + 1 : j + 1])
    return unread or any(map(is_set_apart, beside(candidate, claims)))


def is_set_apart(claim: Claim) -> bool:
    """Whether a count's words say that a base is to be taken with it, or without it.

    >>> from decimal import Decimal
    >>> is_set_apart(Claim("jia", 0, 0, 3, "50件", Decimal(50), before="旧存"))
    True
    """
    return bool(_STOCK.search(claim.lead)) or _is_excluded(claim)


def _is_excluded(claim: Claim) -> bool:
    """Whether a count's words say that it is of what was not to be done."""
    return _EXCLUDED.search(claim.lead + claim.tail) is not None


def _by_words(above: Claim, below: Claim, others: Sequence[Claim]) -> Iterator[_Terms]:
    """Bases that the words of other counts name: 旧存50件; 不予受理50件; 不满意10件."""
    added = [c for c in others if _STOCK.search(c.lead) and same_unit(c, below)][:_WORDED]
    off = [c for c in others if c not in added]
    off = [c for c in off if _is_excluded(c) or _OTHERWISE.search(c.lead)]
    off = off[:_WORDED]
    if _OTHERWISE.search(above.lead.lstrip(",;")) and not _OTHERWISE.search(
        below.lead.lstrip(",;")
    ):
        yield (above,), (above, below), ()  # 逮捕25人,不捕24人,不捕率48.98%
    for more, less in itertools.product(_choices(added), _choices(off)):
        if more or less:
            yield (above,), (below, *more), less
    outcomes = [c for c in off if same_unit(c, above)]
    yield from (((above,), (above, *more), ()) for more in _choices(outcomes) if more)


def _by_counts(above: Claim, below: Claim, others: Sequence[Claim]) -> Iterator[_Terms]:
    """Bases of other counts that no word ties to the rate, the simplest first."""
    over, base = (above,), (below,)
    for one in others:
        yield over, (one,), ()
        yield over, (below, one), ()
        yield over, base, (one,)
        yield over, (above, one), ()
        yield (above, one), base, ()
    for pair in itertools.combinations(others, 2):
        yield over, pair, ()
        yield over, base, pair
        yield over, (above, *pair), ()
        yield over, (below, *pair), ()
        for first, second in (pair, pair[::-1]):
            yield over, (below, first), (second,)
            yield over, (first,), (second,)
            yield (above, first), base, (second,)


def _choices(claims: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    """Every choice of some claims: none, all, then each, then the others."""
    sizes = dict.fromkeys([0, len(claims), *range(1, len(claims))])
    return itertools.chain.from_iterable(itertools.combinations(claims, k) for k in sizes)


def longer_lists(candidate: Candidate, claims: Sequence[Claim]) -> Iterator[Candidate]:
    """A list with other counts of its sentence that make it up: 不予受理50件 behind 正在办理150件."""
    whole, *parts = candidate.claims
    others = left_out(candidate, claims)[:_MOST]
    missing = whole.number - total_of(parts)
    some = itertools.chain.from_iterable(itertools.combinations(others, k) for k in range(1, 4))
    for tried, more in enumerate(some, 1):
        if total_of(more) == missing:
            every = sorted([*parts, *more], key=_start)
            yield Candidate("sum", (whole, *every), tried=candidate.tried + tried)


def left_out(candidate: Candidate, claims: Sequence[Claim]) -> list[Claim]:
    """The counts of its unit that a list which makes too little goes on with, or jumps over.

    其他 is the last of a list; behind a semicolon a count must fit into what is missing.
    """
    whole, *parts = candidate.claims
    missing = whole.number - total_of(parts)
    if missing <= 0 or not all(c.known for c in candidate.claims):
        return []
    last = max(parts, key=_start)
    closed = _LAST.search(last.lead) is not None
    others = (c for c in beside(candidate, claims) if c.start > whole.start)
    others = (c for c in others if same_unit(c, whole) and c.number < whole.number)
    within = (c for c in others if c.sentence <= last.sentence or c.number <= missing)
    return [c for c in within if c.start < last.start or not closed]


def is_of_several_stocks(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """Whether a list makes up its whole with the old or new cases told beside: 新收500件,旧存50件,
    已结480件,未结70件.
    """
    whole, *parts = candidate.claims
    if not all(c.known for c in candidate.claims):
        return False
    added = [c for c in beside(candidate, claims) if _STOCK.search(c.lead) and same_unit(c, whole)]
    over = total_of(parts) - whole.number
    return over > 0 and any(total_of(some) == over for some in _choices(added[:_WORDED]) if some)
