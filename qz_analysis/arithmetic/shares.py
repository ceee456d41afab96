"""Stated shares of a whole (占…的): each is resolved to the two counts that it is made of.

A share comes in with the counts that may stand above and below it, found by the grammar of 占 here
or by a rate's name in `rates`; a pair of counts to check comes out, or why there is none.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .intervals import ends_of, interval_of, passing, quotient, step
from .passages import (
    Candidate,
    alike,
    countable,
    earlier,
    grams,
    may_hold,
    same_unit,
    unit_word,
)
from .sums import WITHIN

# how many counts before a share are looked at for its whole when the words do not name it
_REACH = 90
_SAID = 8  # words before a figure by which a copy of it is known
# an unnamed whole that as many random shares would fit was found by chance
_CHANCE = 0.1
_WITHIN_ROUNDING = Fraction(9995, 100)  # per cent that a row of rounded shares makes in full
_RULES = ("half-even", "truncated")
_HAIR = 1e-6  # the share of a figure by which floating-point numbers are off at the very most
NO_PART = "the counts beside it are no part and its whole"
_NO_NUMERATOR = "its numerator is not stated"
_TRIM = Pattern("shares", r"^{before_whole}|{particles}?(?:{rates.called}|{ratio})?{reaches}?$")
_SCOPE = Pattern("shares", r"^{before_whole}?(?:{whose}(?:{levels}|国|球)|{levels}(?=比))")
_ALL = Pattern("shares", r"{whose}{levels}|{all}")
_IN_ALL = Pattern("shares", r"^\([^()]*(?:{all})")
AIM = Pattern("rates", r"{task}|{targets}")
_MONEY = Pattern("shares", r"{money}")
_FILL = Pattern("shares", r"{fill}|[,、]")
_JOIN = Pattern("window", r"(?:{and}|[、,])+")
_OWN_UNIT = Pattern("passages", r"{whole}|{whole_number}|人数")
_AND = Pattern("window", r"{and}|、")
_INDIVISIBLE = Pattern("shares", r"{indivisible}")
_AMONG = re.compile(r"^[^,;。\d]{0,10}中(?=[,有]|[\u4e00-\u9fff]{2,}$)")
_AMONG_WORDS = re.compile(r"(?<!其)中[,有]")
_OF_TOTAL = re.compile(r"、总[^,;]*的$")
_CLAUSE = re.compile(r"[,;:。()]")


@dataclass(slots=True)
class Share:
    """A stated share with the counts that may stand above and below it, likely wholes first."""

    rate: Claim
    numerator: Claim | None = None
    wholes: list[Claim] = field(default_factory=list)
    named: bool = False  # the words name the whole, so that a misfit is an error
    group: bool = False  # a share of an unnamed whole: its siblings are of the same one
    # counts with some of the words that name the whole; only these come near
    partly: list[Claim] | None = None
    # wholes of another unit, for a row of shares only
    others: list[Claim] = field(default_factory=list)
    # totals of earlier lines, taken only where they fit
    distant: list[Claim] = field(default_factory=list)
    fresh: bool = False  # a new whole stands between this share and the one before
    misfit: Claim | None = None  # the count beside it that should be its whole and is smaller
    reason: str = ""
    line: int = 0
    asked: Claim | None = None  # the group that was asked, where no count says how many of it


def resolve(shares: Sequence[Share]) -> Iterator[Candidate]:
    """A candidate for every share of a report, and sums where a row's counts make up its whole."""
    for row in _rows(shares):
        resolved = list(_resolved(row))
        yield from resolved
        yield from _sums(resolved)


def _rows(shares: Sequence[Share]) -> Iterator[list[Share]]:
    """Shares of unnamed wholes that stand in a row, all others alone."""
    row: list[Share] = []
    made = Fraction(0)
    for share in shares:
        if row and not _goes_on(row, made, share):
            yield row
            row, made = [], Fraction(0)
        if share.group:
            row.append(share)
            made += share.rate.number if share.rate.known else 0
        else:
            yield [share]
    if row:
        yield row


def _goes_on(row: list[Share], made: Fraction, share: Share) -> bool:
    """Whether a share belongs to the row before it, which has not made 100 % yet."""
    last, above = row[-1], share.numerator
    if not share.group or share.fresh or share.line - last.line > 2:
        return False
    alike = last.numerator is not None and above is not None and same_unit(last.numerator, above)
    return alike and made < _WITHIN_ROUNDING


def _resolved(row: list[Share]) -> Iterator[Candidate]:
    """Each share with a whole: its words name it, or it fits most of the row, or stands near."""
    parts = {share.numerator.start for share in row if share.numerator}
    wholes = [[w for w in share.wholes if w.start not in parts] for share in row]
    fits = [
        _fitting([*mine, *share.others], share) for share, mine in zip(row, wholes, strict=True)
    ]
    votes = Counter(w.start for fitting in fits for w in fitting)
    best = max(votes, key=votes.__getitem__, default=-1)
    # where half of the row is of one whole, the rest is too
    sure = best if votes[best] > 1 and len(row) <= 2 * votes[best] else -1
    for share, mine, fitting in zip(row, wholes, fits, strict=True):
        elected = sorted((w for w in fitting if votes[w.start] > 1), key=lambda w: -votes[w.start])
        whole, tried = _whole(share, mine, fitting, elected if len(row) > 1 else [], sure)
        yield _candidate(share, whole, tried)


def _whole(
    share: Share, mine: list[Claim], fitting: list[Claim], elected: list[Claim], sure: int
) -> tuple[Claim | None, int]:
    """The whole of a share, and out of how many it was taken."""
    tried = min(len(mine), 4)
    if share.named and fitting and fitting[:1] == mine[:1]:
        return fitting[0], tried
    if share.group and elected:
        return elected[0], len(mine)
    # 占一成以上 and 约三分之一 fit nearly any whole
    loose = share.rate.bound != "exact" or "%" not in share.rate.text
    close = share.partly if share.partly is not None else mine[:3]
    near = fitting if not share.group else [] if loose else [w for w in fitting if w in close]
    if near and (share.named or not _by_chance(share, near[0], tried)):
        return near[0], tried
    if not share.group and not loose and not (share.named and mine):
        distant = [w for w in share.distant if _fits(share, w)]
        if distant:
            return distant[0], len(share.distant)
    siblings = [w for w in [*mine, *share.others] if share.group and w.start == sure]
    return next(iter([*siblings, *(mine[:1] if share.named else [])]), None), 1


def _sums(resolved: list[Candidate]) -> Iterator[Candidate]:
    """Counts with shares of one whole: they make it up where the shares make 100 %."""
    rows = [c.claims for c in resolved if len(c.claims) == 3 and not c.reason]
    rows = [row for row in rows if all(claim.known for claim in row)]
    of_whole: dict[Claim, list[tuple[Claim, ...]]] = {}
    for row in rows:
        of_whole.setdefault(row[2], []).append(row)
    # of two readings of one figure the last, at the place of the first
    for whole in {row[2].start: row[2] for row in rows}.values():
        mine = of_whole[whole]
        parts = [row[1] for row in mine]
        over = sum((row[0].number for row in mine), Fraction(-100))
        made = sum(part.number for part in parts) == whole.number
        if len(parts) > 1 and (made or abs(over) <= Fraction(len(mine), 10)):
            yield Candidate("sum", (whole, *parts), tight=True)


def is_share_of_two(candidate: Candidate) -> bool:
    """Whether a rate is a share in per cent of two counts, each of which is known."""
    if len(candidate.claims) != 3:
        return False
    rate, part, whole = candidate.claims
    share = (rate.role == "share" or "占" in rate.lead) and not rate.lead.endswith("率")
    return share and rate.unit == "%" and part.known and whole.known and part.start != whole.start


def find_made_up(rates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The wholes that counts side by side make up to the last digit, each with its share of it that
    holds, and their shares, which then make 100 %.

    Args:
        rates: shares of two counts that hold.
    """
    of_whole: dict[int, list[tuple[Claim, ...]]] = {}
    for candidate in sorted(rates, key=lambda candidate: candidate.result.start):
        of_whole.setdefault(candidate.claims[2].start, []).append(candidate.claims)
    for rows in of_whole.values():
        whole = rows[0][2]
        for first in range(len(rows)):
            sums = list(itertools.accumulate(part.amount for _, part, _ in rows[first:]))
            last = bisect_left(sums, whole.amount)
            if not 0 < last < len(sums) or sums[last] != whole.amount:
                continue
            some = rows[first : first + last + 1]
            yield Candidate("sum", (whole, *(part for _, part, _ in some)), holding=True)
            shares = tuple(rate for rate, _, _ in some)
            steps = [step(rate.text, "%") for rate in shares]
            slack = sum(steps, Fraction(0)) / 2 if max(steps) < 1 else Fraction(0)
            if abs(sum((rate.number for rate in shares), Fraction(-100))) <= slack:
                yield Candidate("sum", shares, hundred=True, holding=True)
            break


def _fitting(wholes: list[Claim], share: Share) -> list[Claim]:
    """The wholes that a share fits, those that it is rounded from before those it is cut off from; one
    that nearly any share fits, 首次超过5万件, last.
    """
    fitting = [w for w in wholes if _fits(share, w)]
    return sorted(fitting, key=lambda w: (w.bound == "min", not _fits(share, w, _RULES[:1])))


def _fits(share: Share, whole: Claim, rules: Sequence[str] = _RULES) -> bool:
    """Whether a share's numerator over a whole rounds to the share as it is printed."""
    above, rate = share.numerator, share.rate
    if above is None or not above.known or not whole.known or not whole.number:
        return False
    if _is_far(above, whole, rate):
        return False
    computed = quotient(interval_of(above), interval_of(whole), 100)
    return any(computed.meets(interval_of(rate, rule)) for rule in rules)


def _by_chance(share: Share, whole: Claim, tried: int) -> bool:
    """Whether a share fits a whole no better than many others would, as 近1万 of 超3万 does."""
    above, rate = share.numerator, share.rate
    if above is None or not rate.known:
        return True
    computed = quotient(interval_of(above), interval_of(whole), 100)
    once = passing(rate.text, rate.number, rate.unit, rate.bound, computed)
    return once * tried >= _CHANCE


def _is_far(above: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether a share is so far from two counts that nothing need be computed exactly."""
    (least, most), (low, high) = ends_of(above), ends_of(whole)
    if low <= 0 or least < 0:
        return False
    printed = [ends_of(rate, rule) for rule in _RULES]
    smallest, largest = min(end for end, _ in printed), max(end for _, end in printed)
    smallest, largest = (
        end + sign * _HAIR * (1 + abs(end)) for end, sign in ((smallest, -1), (largest, 1))
    )
    return 100 * least / high > largest or 100 * most / low < smallest


def _candidate(share: Share, whole: Claim | None, tried: int) -> Candidate:
    """The checked pair of a share, or why it has none."""
    rate, above = share.rate, share.numerator
    if above is None and share.asked is not None:
        return _possible(rate, share.asked)
    if above is None or share.reason:
        return Candidate("rate", (rate,), share.reason or _NO_NUMERATOR)
    if whole is None and share.wholes and not (share.wholes[0].known and above.known):
        whole = share.wholes[0]
    if whole is None and share.misfit is not None:
        return Candidate("rate", (rate, above, share.misfit), NO_PART)
    if whole is None:
        several = "several counts could be its denominator and it fits none"
        reason = several if share.wholes else "its denominator is not stated in reach"
        return Candidate("rate", (rate, above), reason)
    larger = above.known and whole.known and above.number > whole.number
    if larger and not (rate.known and rate.number > 100):
        return Candidate("rate", (rate, above, whole), NO_PART)
    return Candidate("rate", (rate, above, whole), tried=tried)


def _possible(rate: Claim, whole: Claim) -> Candidate:
    """A rate of a counted group without its numerator: can a whole number of it give the rate?"""
    exact = rate.bound == whole.bound == "exact" and "%" in rate.text and rate.known
    counted = whole.number >= 1 and whole.number.denominator == 1
    if exact and counted and _INDIVISIBLE.fullmatch(whole.unit):
        return Candidate("possible", (rate, whole))
    return Candidate("rate", (rate,), _NO_NUMERATOR)


def share_of_whole(
    runs: list[list[Claim]], n: int, i: int, first: int, whole: str, totals: dict[int, Claim]
) -> Share:
    """The share at place `i` of line `n` that 占…的 introduces, with the counts it may be made of.

    Its row of percentages begins at `first`; `whole` is what the words name as the whole, and
    `totals` holds the totals of parts by the parts' starts.
    """
    run, rate = runs[n], runs[n][i]
    if i > first and run[i].before.endswith("的"):
        whole = run[i].before.strip("、")
    row = row_length(run, first)
    names = _AND.split(whole)
    if len(names) == row > 1:  # 占生产总值、财政收入的比重分别为64.8%和67.3%
        whole = names[i - first]
    own = _FILL.sub("", _CLAUSE.split(run[first].before.rpartition("占")[0])[-1])
    unit = "元" if _MONEY.search(whole) else unit_word(whole)
    above: Claim | None
    if own and _OWN_UNIT.fullmatch(own) and unit:  # 批次占来访批次的14.5%
        said = (c for c in reversed(run[:first]) if c.counts and c.unit.startswith(unit[:1]))
        above = next(said, None)
        own = ""
    elif len(own) > 1 and unit != "元":
        above = _sibling(run, first, own)
    elif row > 1 and not unit:
        # 117件和92件,各占34.4%、27.1%: as many counts as shares, in their order
        counts = [c for c in run[:first] if c.counts][-row:]
        above = counts[i - first] if len(counts) == row else None
    else:
        above = nearest_count(run, first, None, unit)
    found = Share(rate, above)
    if above is None:
        found.asked = next((c for c in earlier(runs, n, first, 0) if c.counts and c.known), None)
        return found
    behind = run[i + 1] if i + 1 < len(run) and run[i + 1].before.startswith("(") else None
    told = behind is not None and _IN_ALL.search(behind.before) and same_unit(behind, above)
    if behind and told and may_hold(behind, above):  # 占总户数的83.2%(总户数31250户)
        found.wholes, found.named = [behind], True
        return found
    core = "" if unit and unit != "元" else _core(whole)
    every = earlier(runs, n, run.index(above), len(runs))
    # more than was aimed at: 任务27800人,完成52242人,占任务的187.9%
    beyond = rate.known and rate.number > 100 and AIM.search(whole) is not None
    before = [c for c in every if c.counts and same_unit(c, above)]
    before = [c for c in before if beyond or may_hold(c, above)]
    before = [c for c in before if not _is_copy(c, above)]
    if not core and (above.unit == "元" or above.kind == "measure"):
        # amounts and lengths stand for many things: those of another sentence must say the same
        first_of_line = run[0].start
        before = [c for c in before if c.start >= first_of_line or _says_alike(c, above)]
    # 甲783件、乙579件、丙562件，占77%: a share of all three together is none of the last
    together = above.before.startswith(("、", "和")) and not own and row == 1
    if core:
        said_so = [c for c in before if _says(c, core)]
        named = ([c for c in said_so if c.role != "part"] or said_so)[:4]
        if named:
            # a total of letters and visits says 来信 too: those beside it are tried as well
            nearer = [c for c in before[:3] if c.start > named[0].start]
            found.wholes, found.named = [*named, *nearer], not together
            return found
        found.partly = [c for c in before if alike(core, c.words + c.subject)]
    found.group = not own and unit in {"", "元"}
    among = [c for c in earlier(runs, n, first, 0) if c in before and _AMONG.match(c.after)]
    total = totals.get(above.start)
    if total is None and above.role == "part":  # 300户，其中满意280户，占39.3%
        total = next((c for c in before if c in run and c.role != "part"), None)
        within = n and run[0].start == above.start and WITHIN.match(above.before)
        if (
            total is None
            and within
            and not (core or _SCOPE.search(whole) or _AMONG_WORDS.search(above.before))
        ):
            # 受理1863件。其中,来信412件,占22.11%: of the only count of the sentence before
            above_it = [c for c in before if c in runs[n - 1] and c.role != "part"]
            total = above_it[0] if len(above_it) == 1 else None
    found.wholes = list(dict.fromkeys([*([total] if total else []), *among, *before[:_REACH]]))
    if found.group:  # 男性86人，占45.99%: of 187份 returned
        others = (c for c in earlier(runs, n, first, 6) if countable(c) and not same_unit(c, above))
        found.others = [c for c in others if may_hold(c, above)][:_REACH]
    found.named = bool(total or among) and not together and not core
    return found


def share_of_list(runs: list[list[Claim]], n: int, i: int, totals: dict[int, Claim]) -> Share:
    """188件(44.1%),97件(22.8%): a bare bracket behind a count, a share of what the counts make up.

    Nothing says what the bracket holds, so that it is never wrong.
    """
    above = runs[n][i - 1]
    found = Share(runs[n][i], above, group=True)
    total = totals.get(above.start)
    every = (c for c in earlier(runs, n, i - 1, 1) if c.counts and same_unit(c, above))
    wholes = [c for c in every if may_hold(c, above)][:_REACH]
    found.wholes = list(dict.fromkeys([*([total] if total else []), *wholes]))
    return found


def row_start(run: list[Claim], i: int) -> int:
    """Where a row of percentages begins: without words between (34.4%、27.1%) or with 总…的."""
    while i and run[i - 1].unit == "%" and run[i - 1].sentence == run[i].sentence:
        if _JOIN.sub("", run[i].before) and not _OF_TOTAL.match(run[i].before):
            break
        i -= 1
    return i


def row_length(run: list[Claim], first: int) -> int:
    """How many percentages stand in a row from the first one."""
    k = first + 1
    while k < len(run) and run[k].unit == "%" and not _JOIN.sub("", run[k].before):
        k += 1
    return k - first


def nearest_count(run: list[Claim], i: int, below: Claim | None, unit: str = "") -> Claim | None:
    """The count right before a share, in the unit of its whole where that is known.

    A count in brackets belongs to the count before it and is passed over.
    """
    depth = 0
    for k in range(i - 1, -1, -1):
        depth += run[k + 1].before.count(")") - run[k + 1].before.count("(")
        claim = run[k]
        if depth > 0 or claim.role == "base" or claim.kind == "change":
            continue
        if not claim.counts:
            return None
        if (below is None or same_unit(claim, below)) and claim.unit.startswith(unit[:1]):
            return claim
    return None


def _says_alike(first: Claim, second: Claim) -> bool:
    """Whether the words of two figures have anything in common."""
    return alike(first.words + first.subject, second.words + second.subject) > 0


def _is_copy(first: Claim, second: Claim) -> bool:
    """Whether a page says one figure twice in the same words: such is no whole of itself."""
    same = first.number == second.number if first.known and second.known else False
    return same and first.before[-_SAID:] == second.before[-_SAID:]


def _core(whole: str) -> str:
    """What 占 says the share is of, without words for all of it: 积案 in 积案总数的."""
    whole = _SCOPE.sub("", whole)
    while (shorter := _TRIM.sub("", whole)) != whole:
        whole = shorter
    return _ALL.sub("", whole)


def _says(claim: Claim, core: str) -> bool:
    """Whether a claim's words hold all of a name: 村党组织 is not 基层党组织."""
    words = claim.words + claim.subject
    words += "信访" if "来信" in words and "来访" in words else ""
    return core in words or (len(core) > 3 and grams(core) <= grams(words))


def _sibling(run: list[Claim], i: int, own: str) -> Claim | None:
    """网上信访占总量的49.9%: the one count of the line whose words are the share's."""
    scores = [(alike(own, c.lead), c) for c in run[:i] if c.counts]
    most = max((score for score, _ in scores), default=0)
    mine = [c for score, c in scores if most and score == most]
    return mine[0] if len(mine) == 1 else None
