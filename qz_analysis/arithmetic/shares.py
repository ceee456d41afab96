"""Stated shares with the counts that may stand above and below them → checked pairs: which whole do the words and the row allow?

Stated shares of a whole, by the grammar of 占…的: which counts may stand above and below each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..vocabularies.patterns import Pattern
from .intervals import quotient
from .passages import (
    Candidate,
    Claim,
    alike,
    countable,
    earlier,
    grams,
    may_hold,
    same_unit,
    unit_word,
)

__all__ = ["Share", "numerator", "portion", "row_length", "row_start", "settle"]


@dataclass(slots=True)
class Share:
    """A stated share with the counts that may stand above and below it, the likeliest whole first."""

    rate: Claim
    above: Claim | None = None
    wholes: list[Claim] = field(default_factory=list)
    named: bool = False  # the words name the whole, so that a misfit is an error
    group: bool = False  # a share of an unnamed whole: its siblings are of the same one
    partly: list[Claim] | None = (
        None  # counts with some of the words that name the whole; only these come near
    )
    others: list[Claim] = field(
        default_factory=list
    )  # wholes of another unit, for a row of shares only
    distant: list[Claim] = field(
        default_factory=list
    )  # totals of earlier lines, taken only where they fit
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
        near = (
            last is not None
            and share.group
            and share.line - last.line <= 2
            and not share.fresh
            and not _full(group)
        )
        if group and not (
            near
            and last is not None
            and last.above
            and share.above
            and same_unit(last.above, share.above)
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
    fits = [
        [w for w in [*mine, *share.others] if _fits(share, w)]
        for share, mine in zip(group, wholes, strict=True)
    ]
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
    rows = [
        c.claims
        for c in settled
        if len(c.claims) == 3 and not c.reason and all(claim.known for claim in c.claims)
    ]
    for whole in {row[2].start: row[2] for row in rows}.values():
        mine = [row for row in rows if row[2] is whole]
        parts = [row[1] for row in mine]
        hundred = abs(sum((row[0].number for row in mine), Fraction(0)) - 100) <= Fraction(
            len(mine), 10
        )
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
            return Candidate(
                "rate",
                (rate, above, share.misfit),
                "the counts beside it are no part and its whole",
            )
        several = "several counts could be its denominator and it fits none"
        return Candidate(
            "rate",
            (rate, above),
            several if share.wholes else "its denominator is not stated in reach",
        )
    if (
        above.known
        and whole.known
        and above.number > whole.number
        and (not rate.known or rate.number <= 100)
    ):
        return Candidate(
            "rate", (rate, above, whole), "the counts beside it are no part and its whole"
        )
    return Candidate("rate", (rate, above, whole), tried=tried)


def _possible(rate: Claim, whole: Claim, reason: str) -> Candidate:
    """A rate of a counted group without its numerator: at least whether a whole number can give it."""
    exact = (
        rate.bound == "exact"
        and "%" in rate.text
        and rate.known
        and _INDIVISIBLE.fullmatch(whole.unit) is not None
    )
    if not exact or whole.bound != "exact" or whole.number < 1 or whole.number.denominator > 1:
        return Candidate("rate", (rate,), reason)
    return Candidate("possible", (rate, whole))


_TRIM = Pattern(
    "shares",
    r"^{before_whole}|{particles}?{ratio}?{reaches}?$",
)
_WHOLE = Pattern("shares", r"[全我]{levels}|{all}")
_MONEY = Pattern("shares", r"{money}")
_FILL = Pattern("shares", r"{fill}|[,、]")
_ON = Pattern("window", r"(?:{and}|[、,])+")
_INDIVISIBLE = Pattern("shares", r"{indivisible}")
_AMONG = re.compile(r"^[^,;。\d]{0,10}中(?=[,有]|[\u4e00-\u9fff]{2,}$)")
#: how many counts before a share are looked at for its whole when the words do not name it
_REACH = 40


def row_start(run: list[Claim], i: int) -> int:
    """The first of a row of percentages that goes on without words (占34.4%、27.1%), or with 总人次的."""
    while i and run[i - 1].unit == "%" and run[i - 1].sentence == run[i].sentence:
        if _ON.sub("", run[i].before) and not re.match("、总[^,;]*的$", run[i].before):
            break
        i -= 1
    return i


def portion(
    runs: list[list[Claim]], n: int, i: int, first: int, whole: str, heads: dict[int, Claim]
) -> Share:
    """A share that 占…的 introduces, with the counts that may be its numerator and its whole.

    Args:
        runs: the claims of one report in lines.
        n, i: the line of the share, and its place there.
        first: where the row of percentages begins that it stands in.
        whole: what the words name as the whole.
        heads: the totals of parts, by the parts' starts.
    """
    run, rate = runs[n], runs[n][i]
    if i > first and run[i].before.endswith("的"):
        whole = run[i].before.strip("、")
    own = _FILL.sub("", re.split(r"[,;:。()]", run[first].before.rpartition("占")[0])[-1])
    unit = "元" if _MONEY.search(whole) else unit_word(whole)
    row = row_length(run, first)
    if len(own) > 1 and unit != "元":
        above = _sibling(run, first, own)
    elif (
        row > 1 and not unit
    ):  # 117件和92件,各占34.4%、27.1%: as many counts as shares, in their order
        counts = [c for c in run[:first] if c.counts][-row:]
        above = counts[i - first] if len(counts) == row else None
    else:
        above = numerator(run, first, None, unit)
    found = Share(
        rate,
        above,
        asked=next((c for c in earlier(runs, n, first, 0) if c.counts and c.known), None),
    )
    if above is None:
        found.reason = "its numerator is not stated"
        return found
    core = "" if unit and unit != "元" else _core(whole)
    before = [
        c
        for c in earlier(runs, n, run.index(above), len(runs))
        if c.counts and same_unit(c, above) and may_hold(c, above)
    ]
    # 甲783件、乙579件、丙562件，占77%: a share of all three together is none of the last
    together = above.before.startswith(("、", "和")) and own == "" and row == 1
    if core:
        said = [c for c in before if _says(c, core)]
        found.wholes = ([c for c in said if c.role != "part"] or said)[:4]
        if found.wholes:
            found.named = not together
            return found
        found.partly = [c for c in before if alike(core, c.words + c.subject)]
    found.group = not own and (not unit or unit == "元")
    among = [c for c in earlier(runs, n, first, 0) if c in before and _AMONG.match(c.after)]
    head = heads.get(above.start)
    if head is None and above.role == "part":  # 300户，其中满意280户，占39.3%
        head = next((c for c in before if c in run and c.role != "part"), None)
    found.wholes = list(dict.fromkeys([*([head] if head else []), *among, *before[:_REACH]]))
    if found.group:  # 男性86人，占45.99%: of 187份 returned
        found.others = [
            c
            for c in earlier(runs, n, first, 6)
            if countable(c) and not same_unit(c, above) and may_hold(c, above)
        ][:_REACH]
    found.named = bool(head or among) and not together and not core
    return found


def row_length(run: list[Claim], first: int) -> int:
    """How many percentages stand in a row from the first one."""
    k = first + 1
    while k < len(run) and run[k].unit == "%" and not _ON.sub("", run[k].before):
        k += 1
    return k - first


def numerator(run: list[Claim], i: int, below: Claim | None, unit: str = "") -> Claim | None:
    """The count right before a share; one in brackets behind it belongs to that count, one of the whole's unit goes first."""
    depth = 0
    for k in range(i - 1, -1, -1):
        depth += run[k + 1].before.count(")") - run[k + 1].before.count("(")
        claim = run[k]
        if depth > 0 or claim.role == "base" or claim.kind == "change":
            continue
        if not claim.counts:
            return None
        if (below is None or same_unit(claim, below)) and (
            not unit or claim.unit.startswith(unit[0])
        ):
            return claim
    return None


def _core(whole: str) -> str:
    """What 占 says the share is of, without words for all of it: 积案 in 积案总数的."""
    trimmed = whole
    while (shorter := _TRIM.sub("", trimmed)) != trimmed:
        trimmed = shorter
    return _WHOLE.sub("", trimmed)


def _says(claim: Claim, core: str) -> bool:
    """Whether a claim's words hold all of a name: 村党组织 is not 基层党组织."""
    words = claim.words + claim.subject
    words += "信访" if "来信" in words and "来访" in words else ""
    return core in words or (len(core) > 3 and grams(core) <= grams(words))


def _sibling(run: list[Claim], i: int, own: str) -> Claim | None:
    """网上信访占总量的49.9%: the one count of the line whose words are the share's."""
    mine = sorted(
        (c for c in run[:i] if c.counts and alike(own, c.lead) > 0),
        key=lambda c: -alike(own, c.lead),
    )
    clear = len(mine) == 1 or (
        len(mine) > 1 and alike(own, mine[0].lead) > alike(own, mine[1].lead)
    )
    return mine[0] if clear else None
