"""Figures of an earlier time, as the words tell them apart (同比(180批次), 较上年的, 由…降至…), with the figures of now and the changes said of both.

Stated changes and the two figures they lie between: pairs of an earlier figure and one of now, 比…低, 净增; points between two rates.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..vocabularies.patterns import Pattern
from .passages import Candidate, Claim, alike, earlier, same_unit

__all__ = ["find_changes", "follows", "groups", "unlinked", "with_bases"]

_FROM = Pattern("window", r"{from}[^,;。]{0,16}$")
_TO = Pattern("context", r"^[^,;。]{0,14}?(?:{to}|成)了?[^,;。]{0,4}$")
_LAST_TIME = Pattern("changes", r"(?:^|[,;(而]){last_time}(?:同期)?[^,;。\d%]{0,8}$")
_AGAINST = Pattern(
    "changes",
    r"""(?x)
    {window.than}[^,;。]{1,18}的$  # 较一季度的
    | 比[^,;。\d]{1,12}{norms}$  # 比全省平均
    | {window.than}(?: {earlier} | 年初 | \d{4}年 )(?:同期)?[^,;。\d%]{0,12}$  # 较去年同期
    | (?: {earlier} | {window.half_year} | {spans} )(?:同期)?{of}$  # 上半年为
    """,
)
_REACHED = Pattern("changes", r"^[^。]{0,12}?{level}{context.to}了?$")
_SUBJECT = Pattern("changes", r"^[,;]?([\u4e00-\u9fff]{2,10}?){window.than}(?:{earlier}|\d{4}年)")
_AFTER = Pattern("changes", r"(?:{window.last_year}|\d{4}年|{window.half_year})[^,;。]{0,6}{is}$")
_MOVE = Pattern("changes", r"{moves}")
_OWN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LINK = Pattern("changes", r"{links}|{window.and}|[,、()]")
_JOIN = Pattern("window", r"{and}|、")


def with_bases(run: list[Claim]) -> list[Claim]:
    """A line with the earlier figures that its words tell apart marked as such: no rate and no sum is of them.

    Args:
        run: the claims of one line.
    """
    return [
        replace(c, role="base")
        if c.role != "base" and _is_base(run, i) and not _from(run, i)
        else c
        for i, c in enumerate(run)
    ]


def follows(run: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Figures of one line with the change that is said right behind them and no base: 954人次，同比下降21.2%.

    Args:
        run: the claims of one line.

    Returns:
        pairs of the figure of now and its change; a row of figures only with as many changes, in their order.
    """
    based = {c.start for _, _, changes in groups([run], 0) for c in changes}
    i = 0
    while i < len(run):
        changes = [c for c in _said(run, i) if c.start not in based]
        if not changes or not i or run[i - 1].kind == "change":
            i += 1
            continue
        counts = [run[i - 1]]
        while len(counts) < i and _goes_on(counts[0]) and run[i - 1 - len(counts)].counts:
            counts.insert(0, run[i - 1 - len(counts)])
        shares = [c for c in changes if c.unit == "%"]
        if len(counts) == 1:
            yield from (
                (counts[0], c) for c in changes[:1] if c.unit == "%" or same_unit(c, counts[0])
            )
        elif len(shares) == len(counts):
            yield from zip(counts, shares, strict=True)
        i += len(changes)


def groups(
    runs: list[list[Claim]], n: int
) -> Iterator[tuple[list[Claim], list[Claim], list[Claim]]]:
    """Runs of earlier figures, the figures of now beside them, and the changes said of them.

    Args:
        runs: the claims of one report in lines.
        n: which line.
    """
    run, i = runs[n], 0
    while i < len(run):
        if not _is_base(run, i):
            i += 1
            continue
        bases = [run[i]]
        while (
            i + 1 < len(run)
            and _goes_on(run[i + 1])
            and run[i + 1].kind != "change"
            and not _from(run, i)
        ):
            i += 1
            bases.append(run[i])
        first = run.index(bases[0])
        if len(bases) == 1 and _from(run, i):
            currents, i = [run[i + 1]], i + 1
        else:
            currents = _currents(runs, n, first, bases)
        changes = _said(run, i + 1)
        if (
            not changes and first and _AFTER.search(bases[0].before)
        ):  # 环比上涨三分之一，去年下半年为7429件
            changes = [c for c in run[first - 1 : first] if c.kind == "change"]
        yield bases, currents, changes
        i += 1


def _is_base(run: list[Claim], i: int) -> bool:
    claim = run[i]
    if claim.role == "base" or _from(run, i):
        return True
    if claim.kind == "change" or not _followed(run, i):
        return False
    if _LAST_TIME.search(
        claim.before
    ):  # 去年总收入21740万元 may be the figure of now: one to set against it must stand before it
        return any(same_unit(c, claim) and _comparable(c, claim) for c in run[:i])
    return bool(_AGAINST.search(claim.before))


def _followed(run: list[Claim], i: int) -> bool:
    """Whether the figures behind it go on to a change: 较一季度的2183件上升23.2%."""
    return any(c.kind == "change" for c in run[i + 1 : i + 3]) or (
        i > 0 and run[i - 1].kind == "change"
    )


def _from(run: list[Claim], i: int) -> bool:
    claim = run[i]
    if i + 1 >= len(run) or run[i + 1].unit != claim.unit:
        return False
    following = run[i + 1]
    if _FROM.search(claim.before):
        return _TO.match(following.before) is not None
    said = i + 2 < len(run) and run[i + 2].kind == "change"
    return said and claim.kind != "change" and _REACHED.match(following.before) is not None


def _goes_on(claim: Claim) -> bool:
    """The next figure of a list such as 17批29人次 or (1400批4200人次)."""
    return not _JOIN.sub("", claim.before)


def _currents(runs: list[list[Claim]], n: int, first: int, bases: list[Claim]) -> list[Claim]:
    """For each earlier figure the one of now with its unit; fewer when one is missing."""
    before = runs[n][:first]
    row = before[-len(bases) :]
    if len(row) == len(bases) > 1 and all(
        same_unit(c, b) and c.role != "base" for c, b in zip(row, bases, strict=True)
    ):
        return row  # 37起、33人、14人，上年同期为45起、42人、31人
    found = []
    for base in bases:
        said = _SUBJECT.match(base.before)
        pool = before if said is None else [*(runs[n - 1] if n else []), *before]
        now = [
            c
            for c in reversed(pool)
            if same_unit(c, base) and c.role != "base" and c.kind != "change" and not c.average
        ]
        if (
            said is not None
        ):  # 门诊收入比上年同期的2333万元增长: the figure of now with most of these words
            most = max((alike(said[1], c.lead + c.subject) for c in now), default=0)
            now = [c for c in now if alike(said[1], c.lead + c.subject) == most]
        beside = now[:1] if before and now and now[0] is before[-1] and "(" in base.before else []
        current = next((c for c in [*beside, *now] if c in beside or _comparable(c, base)), None)
        if current is not None:
            found.append(current)
    return found


def _said(run: list[Claim], i: int) -> list[Claim]:
    """The changes right behind a figure: no other subject may stand between."""
    found: list[Claim] = []
    while i < len(run):
        claim = run[i]
        own = _OWN.search(unlinked(claim.before))
        if claim.kind != "change" or own or not (_MOVE.search(claim.before) or _goes_on(claim)):
            break
        found.append(claim)
        i += 1
    return found


def _comparable(current: Claim, base: Claim) -> bool:
    """Whether two counts can be one thing at two times: one of another order of magnitude is another thing."""
    if not current.known or not base.known:
        return True
    return base.number <= 10 * current.number and current.number <= 10 * base.number


def unlinked(words: str) -> str:
    """Words before a change without those that only tie it to a figure; what is left names a subject of its own.

    >>> unlinked("同比分别下降"), unlinked(",集体访同比增长")
    ('', '集体访')
    """
    return _LINK.sub("", words)


_HIGHER = Pattern("changes", r"^[^,;。]{0,10}{points}{by}?$")
_APART = Pattern("changes", r"{apart}{reaches}?$")
_YEAR = re.compile(r"(\d{4})(-\w+)?")
_HAN = re.compile(r"[\u4e00-\u9fff\d]")
_DATED = re.compile(r"\d{4}年?度?")
_POINTS = {"百分点": "%", "千分点": "‰"}
_NET = Pattern("changes", r"{net}{reaches}?$")
#: a difference of more digits than these is not given by two figures before it by chance
_FEW = 2
_COMPARED = Pattern("changes", r"比(?P<what>[^,;。\d年月]{2,14}?)(?:平均)?{compared}了?$")
_WAY = Pattern("changes", r"(?P<more>{more})|{less}")


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
            elif (
                i > 1
                and change.known
                and change.start not in used
                and _apart(run[i - 2], run[i - 1], change)
            ):
                way = _way(change) if change.unit in _POINTS else ""
                yield replace(_candidate(change, run[i - 2], run[i - 1]), direction=way)
            elif (
                change.kind == "change"
                and change.start not in used
                and (two := _years(run[max(0, i - 2) : i], change))
            ):
                yield _candidate(change, *two)
            elif change.kind == "change" and change.unit == "%" and change.start not in used:
                yield Candidate(
                    "yoy",
                    (change,),
                    "no base is stated" if change.known else "the change itself is masked",
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
    words = list(_WAY.finditer(change.lead))
    return ("up" if words[-1]["more"] else "down") if words else ""


def _net(run: list[Claim], i: int) -> Iterator[Candidate]:
    """新增614户，取消803户，净减少189户: two figures before it between which it lies; others may be meant, so none is wrong."""
    change = run[i]
    before = [
        c for c in run[max(0, i - 4) : i] if c.known and same_unit(c, change) and c.role != "base"
    ]
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
    if (
        abs(int(first) - int(second)) != 1
        or more != other
        or words[0] != words[1]
        or not named
        or own
    ):
        return []
    return sorted(pair, key=lambda claim: claim.period, reverse=True)


def _apart(first: Claim, second: Claim, change: Claim) -> bool:
    """最高96.12分，最低87.05分，相差9.07分; 84.7%，比80%的目标高4.7个百分点."""
    if not (first.known and second.known and first.unit == second.unit):
        return False
    if change.unit == "百分点":
        return (
            first.unit == "%"
            and first.kind == second.kind == "rate"
            and bool(_HIGHER.search(change.before))
        )
    return first.unit == change.unit and bool(_APART.search(change.before))


def _candidate(change: Claim, current: Claim, base: Claim) -> Candidate:
    """A change in % is of the base; a difference is the larger less the smaller."""
    if change.unit == "%":
        return Candidate("yoy", (change, current, base))
    fell = current.known and base.known and current.number < base.number
    return Candidate(
        "diff", (change, base, current) if fell else (change, current, base), current=current.start
    )
