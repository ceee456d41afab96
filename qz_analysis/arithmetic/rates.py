"""Rates named after what was done (办结率, 调解成功率, 满意率): which counts may stand above and below each.

Stated rates and the two counts they are made of: each line read, each rate with the counts that its words leave.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..vocabularies.patterns import Pattern
from .passages import Candidate, Claim, countable, earlier, grams, may_hold, same_unit
from .shares import Share, numerator, portion, row_length, row_start, settle

__all__ = ["find_rates", "name_of", "outcome"]

_SET = Pattern("rates", r"{task}")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,10})率[^,;:。()\d]{0,8}$")
_NAMES = re.compile(r"([\u4e00-\u9fff]{1,8})率")
_BODY = Pattern("rates", r"{bodies}")
_NEGATED = Pattern("rates", r"{negations}$")
_RESULTS = Pattern("rates", r"{done}")
_SYNONYM = Pattern("rates", r"{done}|调解")
#: an act of its own that what is 办结 or 调解成功 need not have done: a rate named after it is tied to such only where it holds
_OWN_ACT = Pattern("rates", r"{own_act}")
_OPEN = Pattern("rates", r"{open}")
_WHOLES = Pattern("rates", r"{whole}")
_ASKED = Pattern("rates", r"{asked}")
#: how many totals of earlier lines are looked at for a rate whose own line names none
_FAR = 3
#: units that count the same things in the mouth of one report
_THINGS = Pattern("rates", r"{things}")


def name_of(run: list[Claim], i: int, first: int) -> str:
    """What the rate is named after; 调解率、成功率分别为98.6%、96.3% gives each its own."""
    named = _NAMED.search(run[first].before)
    names = _NAMES.findall(run[first].before)
    if i > first or "分别" in run[first].before[-8:]:
        return names[i - first] if len(names) > i - first else names[0] if len(names) == 1 else ""
    return named["name"] if named else ""


def outcome(runs: list[list[Claim]], n: int, i: int, name: str, heads: dict[int, Claim]) -> Share:
    """A rate with the count that does what it is named after, and the counts that may be the whole of that.

    Args:
        runs: the claims of one report in lines.
        n, i: the line of the rate, and its place there.
        name: what it is named after: 办结 for 办结率.
        heads: the totals of parts, by the parts' starts.
    """
    run, rate = runs[n], runs[n][i]
    found = Share(
        rate, _task(run, i, name) or _respective(run, i, name) or _doing(runs, n, i, name)
    )
    above = found.above
    if above is None:
        found.asked = next(
            (c for c in earlier(runs, n, i, 0) if c.counts and c.known and _ASKED.search(c.words)),
            None,
        )
        found.reason = "its numerator is not stated"
        return found
    line = n if above in run else n - 1
    index = runs[line].index(above)
    bracketed = _bracketed(run, i, above)
    if bracketed is not None:
        found.wholes, found.named = [bracketed], True
        return found
    task = name.endswith("完成")
    every = [c for c in earlier(runs, line, index, 1) if c.counts and same_unit(c, above)]
    own = [c for c in every if c.sentence == above.sentence]
    before = [c for c in own or every if task or may_hold(c, above)]
    found.misfit = own[0] if own and not before else None
    before = [
        c for c in run[index + 1 : i] if task and same_unit(c, above) and _SET.search(c.lead)
    ] + before
    root = _roots(name)[-1]  # a count that does the same is a sibling, no whole
    open_ = [
        c
        for c in before
        if not (_OPEN.search(c.words) or _does(c, root)) or _WHOLES.search(c.words)
    ]
    twins = [
        c for c in before if c not in open_ and _does(c, root) and c.sentence == above.sentence
    ]
    far = [
        c
        for c in earlier(runs, line, index, len(runs))
        if c.counts and same_unit(c, above) and c.stage == "received"
    ]
    found.wholes = list(
        dict.fromkeys([*([heads[above.start]] if above.start in heads else []), *open_, *twins])
    )
    far = [c for c in far if _WHOLES.search(c.words) and c.role == ""][:_FAR]
    found.distant = [
        c for c in [*(every if own else []), *far] if c not in found.wholes and may_hold(c, above)
    ]
    inside = [c for c in open_ if c in runs[line]]
    sure = [c for c in inside if c.stage == "received" or _WHOLES.search(c.words)] or inside
    found.named = (
        len(sure) == 1
        or len(found.wholes) == 1
        or bool(sure and sure[0].role == above.role == "" and sure[0] is open_[0])
    ) and not (twins or _chained(runs[line], index))
    mixed = [
        c
        for c in earlier(runs, line, index, 0)
        if c.stage == "received" and all(map(_THINGS.fullmatch, (c.unit, above.unit)))
    ]
    mixed = [c for c in mixed if c.counts and not same_unit(c, above) and may_hold(c, above)]
    if mixed and not inside:  # 接听来电8947个，直办6673件: a total further off need not be meant
        found.named, found.distant = False, [*mixed, *found.distant]
    act = _OWN_ACT.search(name)
    # behind a full stop another act need not be meant either: 办结103件。调解成功率87%
    if (act and not _does(above, act[0])) or (line != n and not _does(above, root)):
        found.named, found.misfit, found.distant = False, None, []
    if (
        above.start not in heads
        and above.role == "part"
        and _rival(runs, n, above, name)
        and not any(c.role == "part" for c in found.wholes[:1])
    ):
        found.reason = "two counts before it could be its numerator"
    return found


def _chained(run: list[Claim], i: int) -> bool:
    """Whether two counts stand together (7282户27256人): the rate may be of either."""
    after = run[i + 1].before if i + 1 < len(run) and run[i + 1].counts else "、"
    return not after or (i > 0 and run[i - 1].counts and not run[i].before)


def _task(run: list[Claim], i: int, name: str) -> Claim | None:
    """培训2688人，任务数为1000人，完成率269%: the count of the task's unit before it."""
    task = (
        next((c for c in reversed(run[:i]) if _SET.search(c.lead)), None)
        if name.endswith("完成")
        else None
    )
    mine = [
        c for c in run[:i] if task is not None and c is not task and c.counts and same_unit(c, task)
    ]
    return mine[-1] if mine else None


def _respective(run: list[Claim], i: int, name: str) -> Claim | None:
    """态度满意的526份、结果满意的519份，满意率分别为99.8%和98.5%: as many counts as rates, in their order."""
    first = row_start(run, i)
    row = row_length(run, first)
    if row < 2 or "分别" not in run[first].before or len(_NAMES.findall(run[first].before)) > 1:
        return None
    mine = [c for c in run[:first] if countable(c) and _does(c, _roots(name)[-1])][-row:]
    return mine[i - first] if len(mine) == row else None


def _doing(runs: list[list[Claim]], n: int, i: int, name: str) -> Claim | None:
    """The nearest count whose words do what the rate is named after: 办结 for 按时办结率, 集中供养 before 供养."""
    counts = [c for c in earlier(runs, n, i, 0) if countable(c)]
    if not counts and n and i == 0 and len(_NAMED.split(runs[n][i].before)[0]) + len(name) < 5:
        counts = [c for c in earlier(runs, n, i, 1) if countable(c)]
    # figures of its own sentence first: behind a semicolon another thing may be told
    own = [c for c in counts if c.sentence == runs[n][i].sentence]
    others = {
        other
        for c in runs[n]
        if c.unit == "%" and (not own or c.sentence == runs[n][i].sentence)
        for other in _NAMES.findall(c.before)
    } - {name}
    counts = own or counts
    doing = [c for c in counts if _does(c, _roots(name)[-1]) and not _better(c, name, others)]
    if doing:  # the most of the name, 集中供养 before 分散供养; of equals the nearest
        return max(
            doing,
            key=lambda c: (
                len(grams(name) & grams(c.words))
                - max((len(grams(o) & grams(c.words)) for o in others), default=0)
            ),
        )
    if _SYNONYM.search(name):
        if _OWN_ACT.search(name):
            counts = [c for c in counts if c.sentence == runs[n][i].sentence]
        done = (
            c
            for c in counts
            if (_RESULTS.search(c.words) or c.stage == "resolved") and not _OPEN.search(c.words)
        )
        return next((c for c in done if not _better(c, name, others)), None)
    return None


def _better(claim: Claim, root: str, others: set[str]) -> bool:
    """Whether another rate of the line says more of a count: 调解成功 is the 调解成功率's, not the 调解率's."""
    mine = len(grams(root) & grams(claim.words))
    return any(
        _does(claim, _roots(other)[-1]) and len(grams(other) & grams(claim.words)) > mine
        for other in others
    )


def _roots(name: str) -> list[str]:
    if _NEGATED.search(name, 0, len(name) - 2):  # 不满意率 is of those that are 不满意
        return [name[-3:]]
    return [name[-k:] for k in (4, 3, 2) if len(name) >= k] or [name]


def _does(claim: Claim, root: str) -> bool:
    words = claim.words
    said = root[::-1] in words or any(  # 回收 is 收回
        not _NEGATED.search(words, 0, m.start()) and not _BODY.match(words, m.end())
        for m in re.finditer(re.escape(root), words)
    )
    return said and not _OPEN.search(words)


def _bracketed(run: list[Claim], i: int, part: Claim) -> Claim | None:
    """化解39件，化解率86.7%（共排查45件）: the whole in a bracket behind the rate."""
    if (
        i + 1 < len(run)
        and run[i + 1].before.startswith("(")
        and same_unit(run[i + 1], part)
        and run[i + 1].counts
    ):
        return run[i + 1] if may_hold(run[i + 1], part) else None
    return None


def _rival(runs: list[list[Claim]], n: int, above: Claim, name: str) -> bool:
    """办结990件,其中初访500件,办结率98%: of the part or of the whole? then nothing is claimed."""
    before = runs[n][: runs[n].index(above)] if above in runs[n] else []
    done = (c for c in before if c.role != "part" and c.counts)
    return any(c.stage == "resolved" or any(_does(c, root) for root in _roots(name)) for c in done)


_SHARE = re.compile(r"占(?P<whole>[^,;:。()]{0,24})$")
_OF = Pattern("rates", r"^[^,;:。()\d]{0,4}的{called}?{is}?$")
_TASK = Pattern("rates", r"{meets}[^,;:。()]{0,8}{targets}[^,;:。()]{0,4}$")
_STANDARD = Pattern("rates", r"率[^,;。]*{standard}[^,;。]*$")


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
    heads = {
        part.start: s.claims[0]
        for s in sums
        if _exact(s) or (s.tight and s.complete)
        for part in s.claims[1:]
    }
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
    return all(c.known for c in found.claims) and found.result.number == sum(
        c.number for c in found.claims[1:]
    )


def _new_whole(last: Share, above: Claim, counts: Sequence[Claim]) -> bool:
    """Whether a larger count of the unit stands between two shares: the second begins a row of its own."""
    between = (c for c in counts if last.rate.start < c.start < above.start)
    return any(
        same_unit(c, above) and (not above.known or (c.known and c.number > above.number))
        for c in between
    )


def _read(runs: list[list[Claim]], n: int, i: int, heads: dict[int, Claim]) -> Share:
    run, rate = runs[n], runs[n][i]
    if not rate.known and rate.low is None:
        return Share(rate, reason="the rate itself is masked or lost", line=n)
    before = run[i - 1].before if i else ""
    if (
        i > 1
        and run[i - 1].counts
        and _OF.match(rate.before)
        and (_SHARE.search(before) or _TASK.search(before))
    ):
        found = Share(
            rate, numerator(run, i - 1, run[i - 1]), [run[i - 1]], named=True
        )  # 43件,占积案总数51件的84.3%
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
