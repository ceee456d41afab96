"""Figures of an earlier time, as the words tell them apart (同比(180批次), 较上年的, 由…降至…), with the figures of now and the changes said of both."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .links import Claim, alike, same_unit

__all__ = ["follows", "groups", "unlinked", "with_bases"]

_FROM = re.compile(r"(?:由|从)[^,;。]{0,16}$")
_TO = re.compile(r"^[^,;。]{0,14}?(?:到|至|为|成)了?[^,;。]{0,4}$")
_LAST_TIME = re.compile(r"(?:^|[,;(而])(?:上周|上月|上季度|去年|上年|上届|上次会议|上一年)(?:同期)?[^,;。\d%]{0,8}$")
_AGAINST = re.compile(
    r"(?:较|比|与|同)[^,;。]{1,18}的$|比[^,;。\d]{1,12}(?:平均|水平|标准)$|(?:较|比|与|同)(?:上年|去年|前年|上月|上季度|年初|\d{4}年)(?:同期)?[^,;。\d%]{0,12}$|(?:上年|去年|前年|上季度|上月|上半年|下半年|(?<![全今本当每近])年|季度|月)(?:同期)?(?:为|是|的|仅为|有)$"
)
_REACHED = re.compile(r"^[^。]{0,12}?(?:升|提高|增加?|扩大|上升|降低?|下降|减少|压缩|缩短)(?:到|至|为)了?$")
_SUBJECT = re.compile(r"^[,;]?([\u4e00-\u9fff]{2,10}?)(?:较|比|与|同)(?:上年|去年|前年|上月|上季度|\d{4}年)")
_AFTER = re.compile(r"(?:去年|上年|\d{4}年|[上下]半年)[^,;。]{0,6}(?:为|是)$")
_MOVE = re.compile("升|增|涨|提高|多|降|减|少|回落|压|缩|高|低|扩大|翻|幅")
_OWN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LINK = re.compile(
    r"同比|环比|相比|分别|各|则|又|净|均|上升|增长|增加|提高|下降|降低|减少|回落|下滑|上涨|升高|升幅|增幅|降幅|涨幅|减幅|幅度|比例|达到?|约?为|了|下|的|比上?年?|较|去年|上年|同期|[和与及,、()]|增收|扩大|压缩|缩短|缩减|升|降|增|减|人数|数量|总量|件数|批次|人次|近|多|约|超过|出"
)


def with_bases(run: list[Claim]) -> list[Claim]:
    """A line with the earlier figures that its words tell apart marked as such: no rate and no sum is of them.

    Args:
        run: the claims of one line.
    """
    return [
        replace(c, role="base") if c.role != "base" and _is_base(run, i) and not _from(run, i) else c
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
            yield from ((counts[0], c) for c in changes[:1] if c.unit == "%" or same_unit(c, counts[0]))
        elif len(shares) == len(counts):
            yield from zip(counts, shares, strict=True)
        i += len(changes)


def groups(runs: list[list[Claim]], n: int) -> Iterator[tuple[list[Claim], list[Claim], list[Claim]]]:
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
        while i + 1 < len(run) and _goes_on(run[i + 1]) and run[i + 1].kind != "change" and not _from(run, i):
            i += 1
            bases.append(run[i])
        first = run.index(bases[0])
        if len(bases) == 1 and _from(run, i):
            currents, i = [run[i + 1]], i + 1
        else:
            currents = _currents(runs, n, first, bases)
        changes = _said(run, i + 1)
        if not changes and first and _AFTER.search(bases[0].before):  # 环比上涨三分之一，去年下半年为7429件
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
    return any(c.kind == "change" for c in run[i + 1 : i + 3]) or (i > 0 and run[i - 1].kind == "change")


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
    return not re.sub(r"[和与、]", "", claim.before)


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
        if said is not None:  # 门诊收入比上年同期的2333万元增长: the figure of now with most of these words
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
