"""Stated changes and the two figures they lie between: pairs of an earlier figure and one of now, 比…低, 净增; points between two rates."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .bases import groups, unlinked
from .links import Candidate, Claim, alike, earlier, same_unit

__all__ = ["find_changes"]

_HIGHER = re.compile(r"^[^,;。]{0,10}(?:高|低)(?:出|了|于)?$")
_APART = re.compile(r"(?:相差|差距|差额)(?:了|为|达)?$")
_YEAR = re.compile(r"(\d{4})(-\w+)?")
_HAN = re.compile(r"[\u4e00-\u9fff\d]")
_DATED = re.compile(r"\d{4}年?度?")
_POINTS = {"百分点": "%", "千分点": "‰"}
_NET = re.compile(r"(?:净(?:增长?加?|减少?|流[入出])|结余|盈余|节余|余额)(?:了|为|达)?$")
#: a difference of more digits than these is not given by two figures before it by chance
_FEW = 2
_COMPARED = re.compile(r"比(?P<what>[^,;。\d年月]{2,14}?)(?:平均)?(?:高出?|低|多|少)了?$")


def find_changes(runs: list[list[Claim]]) -> Iterator[Candidate]:
    """Every stated change of a report with the figures before and after it, or with the reason why it has none.

    Args:
        runs: the claims of one report in lines.

    Returns:
        candidates of kind `yoy` (a change in %; current; base) or `diff` (a change in units or points; current; base),
        or with a reason.
    """
    for n, run in enumerate(runs):
        used: set[int] = set()
        for bases, currents, changes in groups(runs, n):
            for k, change in enumerate(changes):
                pair = _paired(bases, currents, change, k, changes)
                if pair is not None:
                    used.add(change.start)
                    yield _candidate(change, *pair)
        for i, change in enumerate(run):
            compared = _COMPARED.search(change.before)
            free = (
                change.start not in used
                and change.kind == "change"
                and change.unit not in {"%", *_POINTS}
                and change.known
                and change.digits > _FEW
            )
            if change.known and (free or _NET.search(change.before)):
                yield from _net(run, i)
            elif compared and change.unit not in {"%"} and change.known:
                yield from _between(runs, n, i, compared["what"])
            elif i > 1 and change.known and change.start not in used and _apart(run[i - 2], run[i - 1], change):
                way = _way(change) if change.unit in _POINTS else ""
                yield replace(_candidate(change, run[i - 2], run[i - 1]), direction=way)
            elif (
                change.kind == "change" and change.start not in used and (two := _years(run[max(0, i - 2) : i], change))
            ):
                yield _candidate(change, *two)
            elif change.kind == "change" and change.unit == "%" and change.start not in used:
                yield Candidate(
                    "yoy", (change,), "no base is stated" if change.known else "the change itself is masked"
                )


def _paired(bases: list[Claim], currents: list[Claim], change: Claim, k: int, changes: list[Claim]) -> tuple[Claim, Claim] | None:  # fmt: skip
    """The figures that a change lies between: one base for all its changes, or as many of both in their order."""
    if len(currents) != len(bases):
        return None
    if len(bases) == 1:
        # 环比增长5.58%，同比增长21.7%: a second percentage is against another base
        if any(c.unit == change.unit for c in changes[:k]):
            return None
        pair = currents[0], bases[0]
    else:
        same = [c for c in changes if (c.unit == "%") == (change.unit == "%")]
        if len(same) != len(bases):
            return None
        at = same.index(change)
        pair = currents[at], bases[at]
    return pair if _fits(change, pair[1]) else None


def _fits(change: Claim, base: Claim) -> bool:
    if change.unit in _POINTS:
        return base.unit == _POINTS[change.unit]
    return base.unit not in _POINTS.values() if change.unit == "%" else same_unit(change, base)


def _between(runs: list[list[Claim]], n: int, i: int, what: str) -> Iterator[Candidate]:
    """比三级医院低158.43元: the figure before it, and the one that is said of what it is compared with."""
    change = runs[n][i]
    before = [c for c in earlier(runs, n, i, 2) if c.unit == change.unit and c.known]
    other = max(before, key=lambda c: alike(what, c.words), default=None)
    other = other if other is not None and alike(what, other.words) else None
    own = next((c for c in before if c is not other), None)
    if own is not None and other is not None:
        yield replace(_candidate(change, own, other), direction=_way(change))


def _way(change: Claim) -> str:
    """Which way 高 or 低 before a difference points."""
    word = re.search("[高低多少]", change.lead[::-1])
    return "" if word is None else "up" if word[0] in "高多" else "down"


def _net(run: list[Claim], i: int) -> Iterator[Candidate]:
    """新增614户，取消803户，净减少189户: two figures before it between which it lies; others may be meant, so none is wrong."""
    change = run[i]
    before = [c for c in run[max(0, i - 4) : i] if c.known and same_unit(c, change) and c.role != "base"]
    net = _NET.search(change.before)
    # what comes in stands before what goes out; without 净 the earlier figure stands before the one of now
    first_larger = (change.direction != "down") == bool(net)
    for k, second in enumerate(reversed(before)):
        for first in reversed(before[: len(before) - 1 - k]):
            if (first.number - second.number) * (1 if first_larger else -1) == change.number:
                larger, smaller = (first, second) if first_larger else (second, first)
                now = smaller if change.direction == "down" else larger
                yield Candidate("diff", (change, larger, smaller), current=now.start, holding=True)
                return


def _years(pair: list[Claim], change: Claim) -> list[Claim]:
    """2010年来访180批，2011年来访212批，同比增长17.78%: the figures of two years in a row, the later one first."""
    years = [_YEAR.fullmatch(claim.period) for claim in pair]
    if len(pair) < 2 or not all(years) or not all(c.counts and same_unit(c, pair[0]) for c in pair):
        return []
    (first, *more), (second, *other) = (m.groups() for m in years if m)
    words = [_DATED.sub("", c.lead) for c in pair]
    said = change.lead.replace(words[0], "", 1).replace(f"{first}年", "").replace(f"{second}年", "")
    named = said != change.lead or "同比" in said
    own = _HAN.search(unlinked(said))  # 集体访同比增长, 2012年同比增长: of something else
    if abs(int(first) - int(second)) != 1 or more != other or words[0] != words[1] or not named or own:
        return []
    return sorted(pair, key=lambda claim: claim.period, reverse=True)


def _apart(first: Claim, second: Claim, change: Claim) -> bool:
    """最高96.12分，最低87.05分，相差9.07分; 84.7%，比80%的目标高4.7个百分点."""
    if not (first.known and second.known and first.unit == second.unit):
        return False
    if change.unit == "百分点":
        return first.unit == "%" and first.kind == second.kind == "rate" and bool(_HIGHER.search(change.before))
    return first.unit == change.unit and bool(_APART.search(change.before))


def _candidate(change: Claim, current: Claim, base: Claim) -> Candidate:
    """A change in % is of the base; a difference is the larger less the smaller."""
    if change.unit == "%":
        return Candidate("yoy", (change, current, base))
    fell = current.known and base.known and current.number < base.number
    return Candidate("diff", (change, base, current) if fell else (change, current, base), current=current.start)
