"""Stated rates and the two counts they are made of: each line read, each rate with the counts that its words leave."""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from .links import Candidate, Claim, same_unit
from .outcomes import name_of, outcome
from .portions import numerator, portion, row_start
from .settling import Share, settle

__all__ = ["find_rates"]

_SHARE = re.compile(r"占(?P<whole>[^,;:。()]{0,24})$")
_OF = re.compile(r"^[^,;:。()\d]{0,4}的(?:比例|比重)?(?:为|达到?)?$")
_TASK = re.compile(r"(?:为|是|完成|相当于|达到)[^,;:。()]{0,8}(?:任务|计划|目标|预算|指标)[^,;:。()]{0,4}$")
_STANDARD = re.compile(r"率[^,;。]*(?:低于|高于|标准|目标|要求|力争|确保|不低|不得)[^,;。]*$")


def find_rates(runs: list[list[Claim]], sums: Sequence[Candidate]) -> Iterator[Candidate]:
    """Every stated share of a report with its numerator and denominator, or with the reason why it has none.

    Where the words leave several counts as its whole, the one that it fits is taken; when none fits, the share is called
    wrong only if the words leave a single one. Shares that stand in a row are of one whole: it must fit most of them.

    Args:
        runs: the claims of one report in lines.
        sums: the sums found in it: a share of a part is of that sum's whole.

    Returns:
        candidates of kind `rate` (rate; numerator; denominator), of kind `possible` (rate; denominator), or with a reason.
    """
    heads = {part.start: s.claims[0] for s in sums if _exact(s) or (s.tight and s.complete) for part in s.claims[1:]}
    found = [
        _read(runs, n, i, heads)
        for n, run in enumerate(runs)
        for i, c in enumerate(run)
        if c.kind == "rate" and c.unit == "%"
    ]
    counts = [c for run in runs for c in run if c.counts and c.known and c.role != "part"]
    for last, share in itertools.pairwise(found):
        share.fresh = share.above is not None and _new_whole(last, share.above, counts)
    for _, row in itertools.groupby(found, key=lambda share: share.rate.sentence):
        _own_whole(list(row))
    yield from settle(found)


def _own_whole(row: list[Share]) -> None:
    """Shares of one sentence that make 100 % are of a whole of their own: counts of another sentence need not be theirs."""
    made = sum((share.rate.number for share in row if share.rate.known), Fraction(0))
    if len(row) > 1 and abs(made - 100) <= Fraction(len(row), 20):
        for share in row:
            share.named &= share.above is None or share.above.sentence == share.rate.sentence


def _exact(found: Candidate) -> bool:
    """Whether a sum makes up its whole, so that there is no doubt of what its parts are parts."""
    return all(c.known for c in found.claims) and found.result.number == sum(c.number for c in found.claims[1:])


def _new_whole(last: Share, above: Claim, counts: Sequence[Claim]) -> bool:
    """Whether a larger count of the unit stands between two shares: the second begins a row of its own."""
    between = (c for c in counts if last.rate.start < c.start < above.start)
    return any(same_unit(c, above) and (not above.known or (c.known and c.number > above.number)) for c in between)


def _read(runs: list[list[Claim]], n: int, i: int, heads: dict[int, Claim]) -> Share:
    run, rate = runs[n], runs[n][i]
    if not rate.known and rate.low is None:
        return Share(rate, reason="the rate itself is masked or lost", line=n)
    before = run[i - 1].before if i else ""
    if i > 1 and run[i - 1].counts and _OF.match(rate.before) and (_SHARE.search(before) or _TASK.search(before)):
        found = Share(rate, numerator(run, i - 1, run[i - 1]), [run[i - 1]], named=True)  # 43件,占积案总数51件的84.3%
    else:
        first = row_start(run, i)
        if share := _SHARE.search(run[first].before):
            found = portion(runs, n, i, first, share["whole"], heads)
        elif _STANDARD.search(run[first].before):
            found = Share(rate, reason="it is a standard or a target, no result")
        elif name := name_of(run, i, first):
            found = outcome(runs, n, i, name, heads)
        else:
            found = Share(rate, reason="no words of a share or a rate tie it to counts")
    found.line = n
    return found
