"""Sums and rates that no words tie together, and that hold too exactly for chance.

A total that the figures in a row make up to its last digit needs no word that says so. How likely
chance would do as much is reckoned: a place where a row may begin hits a total about once in as
many times as its mean part is large, and every place that is tried is one more chance. What stays
below a limit is told; it could not have failed, so that nothing here is ever wrong.

The same for a stated rate: it is one of as many as its decimals leave, and each pair of counts near
it that may be its own is one more chance.

The rows are those in which reports list things: counts of one unit, those outside brackets, those
that no 其中 introduces, the first of each sentence, those of one verb (收68件,结38件;收112件,结90件).
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .changes import LARGEST_RATIO, holds
from .intervals import ROUNDINGS, grain_of, interval_of, passing, quotient, step
from .passages import IDLE, Candidate, alike, countable, grams, same_unit, total_of, unit_kind
from .rates import are_things, is_named_after, may_be_of
from .shares import row_start
from .sums import names_rest, units_of_both

_Run = list[Claim]
_Amount = int | Fraction
#: a list that chance would make up as often is told: anywhere, in the sentence of its whole, and
#: where whole and parts are all that a sentence has of their unit, side by side
_ANYWHERE, _BESIDE, _ALONE = 0.01, 0.03, 0.25
# sentences between a whole and its list, at least and for each of its digits, and places behind a
# whole at which a list may begin
_REACH, _FARTHER, _STARTS = 12, 4, 12
_LEAST = 3  # figures that a row has for a whole and two parts
# counts before a rate that may be its numerator, and its denominator
_ABOVE, _BELOW = 4, 24
_PAIRS = sorted(
    ((i, j) for i in range(_ABOVE) for j in range(_BELOW) if i != j),
    key=lambda pair: (sum(pair), pair[0]),
)
# sentences between a whole and the first row of a column of its parts, at most and where chance
# is allowed for as in one sentence
_FAR_ABOVE, _BELOW_WHOLE = 24, 6
_WITHIN_ROW = re.compile("[,;]")
_HAIR = 1e-6  # by which floating-point numbers are off at the very most
_SIZES = 10  # times its size: of so many figures of all sizes one is a certain one
_AMOUNTS = {"count", "money", "per", "measure"}
_SHARES = {"%", "‰", "百分点", "倍"}
_TOGETHER = Pattern("sums", r"{total}|{together}")
# 最多的是东风镇46件;南山乡24件;中溪镇22件: three towns
_TOWN = Pattern("proof", r"(?<![全各本我])(?<!乡){towns}$")
_ENDS = re.compile(r"[了有为的是到共,、]+$")


@dataclass(frozen=True, slots=True)
class _Row:
    """Counts of which a stretch may be a list: where each begins, and the sums of all before each."""

    claims: _Run
    starts: list[int]
    sums: list[_Amount]

    @classmethod
    def of(cls, claims: _Run) -> "_Row":
        sums = list(itertools.accumulate([c.amount for c in claims], initial=0))
        return cls(claims, [c.start for c in claims], sums)

    def behind(self, first: int, total: _Amount, slack: _Amount = 0) -> _Run:
        """The figures from one on that make up a total, with zeros that their sentence goes on to."""
        aim = self.sums[first] + total
        last = bisect_left(self.sums, aim - slack, first)
        if not first + 1 < last < len(self.sums) or self.sums[last] > aim + slack:
            return []
        more = itertools.takewhile(lambda c: not c.amount, self.claims[last : last + _STARTS])
        nought = [c for c in more if c.sentence == self.claims[last - 1].sentence]
        return self.claims[first : last + len(nought)]

    def before(self, last: int, total: _Amount, slack: _Amount = 0) -> _Run:
        """The figures up to one that make up a total."""
        aim = self.sums[last] - total
        first = bisect_right(self.sums, aim + slack, 0, last + 1) - 1
        fits = 0 <= first < last - 1 and self.sums[first] >= aim - slack
        return self.claims[first:last] if fits else []


@dataclass(frozen=True, slots=True)
class _Found:
    """A list that makes up a whole, and how likely it is that chance made it do so."""

    chance: float
    whole: Claim
    parts: tuple[Claim, ...]


_SAVED = Pattern("sums", r"(?:{saved})率[达为]?$")


def find_proven(
    runs: Sequence[_Run], known: Iterable[Candidate] = (), rates: Iterable[Candidate] = ()
) -> Iterator[Candidate]:
    """Sums that chance would hardly make hold, the surest first.

    Args:
        runs: the claims of a report in lines whose earlier figures are marked.
        known: sums and differences that words tell of.
        rates: the stated rates with their two counts.
    """
    claims = [claim for run in runs for claim in run]
    told = _Told()
    for candidate in known:
        told.add(candidate)
    named = (c.claims for c in rates if len(c.claims) == _LEAST and "占" not in c.result.before)
    rated = {(above.start, below.start) for _, above, below in named}
    while True:
        yield from _new_sums(claims, told, rated)
        # a list of a list: 支出500万元。医疗300万元,门诊100万元,住院200万元。教育200万元。
        outer = [claim for claim in claims if claim.start not in told.wholes]
        if len(outer) == len(claims):
            return
        claims = outer


def _new_sums(claims: _Run, told: "_Told", rated: set[tuple[int, int]]) -> list[Candidate]:
    """The sums among claims that chance would hardly make hold and that are not told yet; each is
    taken up in what is told.
    """
    beside = {
        n: list(some) for n, some in itertools.groupby(claims, key=lambda claim: claim.sentence)
    }
    found = [
        _Found(chance, whole, tuple(parts))
        for whole, rows in _wholes(claims)
        for chance, parts in _lists(whole, rows, rated)
        if chance <= (_ALONE if _is_column(whole, parts, beside) else _limit(beside, whole, parts))
    ]
    found += _columns(beside)
    new = []
    for one in sorted(found, key=lambda one: one.chance):
        candidate = Candidate("sum", (one.whole, *one.parts), holding=True)
        starts = {part.start for part in one.parts}
        # 应结16件,已结9件,结案率56.25%: what is done of a part is no part beside it
        nested = any(above in starts and below in starts for above, below in rated)
        towns = all(_TOWN.search(claim.lead) for claim in candidate.claims)
        if told.allows(candidate) and not nested and not towns:
            told.add(candidate)
            new.append(candidate)
    return new


class _Told:
    """The sums and differences of a report that are told already, by their figures."""

    def __init__(self) -> None:
        self.figures: set[frozenset[int]] = set()
        self.wholes: dict[int, _Amount] = {}  # by the starts of their parts, where these make them
        self.lists: dict[int, list[set[int]]] = {}  # the parts told together, by the start of each
        self.longer: dict[int, list[set[int]]] = {}  # and by the start of their whole

    def add(self, candidate: Candidate) -> None:
        """Takes up a candidate."""
        whole, *parts = candidate.claims
        starts = {part.start for part in parts}
        self.figures.add(frozenset(starts | {whole.start}))
        if candidate.kind != "sum" or candidate.hundred:
            return
        self.longer.setdefault(whole.start, []).append(starts)
        known = all(c.known for c in candidate.claims)
        exact = known and whole.amount == sum(part.amount for part in parts)
        if known and whole.amount < max(part.amount for part in parts):
            return  # 乡小计540个 is no total of 1400个 and 683个
        for start in starts:
            self.lists.setdefault(start, []).append(starts)
            if exact or candidate.holding:
                self.wholes[start] = whole.amount

    def allows(self, candidate: Candidate) -> bool:
        """Whether a sum says something new, and nothing against what is told."""
        whole, *parts = candidate.claims
        starts, number = {part.start for part in parts}, whole.amount
        beside = any(starts & told for told in self.lists.get(whole.start, ()))
        shorter = any(starts < told for told in self.longer.get(whole.start, ()))
        elsewhere = any(self.wholes.get(start, number) != number for start in starts)
        again = frozenset(starts | {whole.start}) in self.figures or starts <= self.wholes.keys()
        return not (beside or shorter or elsewhere or again)


def _wholes(claims: _Run) -> Iterator[tuple[Claim, list[_Row]]]:
    """Each figure that may be a total, with the rows in which its parts may stand."""
    groups: dict[tuple[str, str], _Run] = {}
    for claim in claims:
        if _may_be_part(claim):
            groups.setdefault((unit_kind(claim), claim.direction), []).append(claim)
    unnamed = groups.get(("", ""), [])
    counts = [c for mine in groups.values() for c in mine if c.kind == "count"]
    counts.sort(key=lambda c: c.start)
    inner = _in_brackets(claims)
    common: list[_Row] = []
    for (unit, direction), mine in groups.items():
        # shares of one whole are all multiples of one of it, so that they often add up
        wholes = [c for c in mine if _TOGETHER.search(c.lead)] if unit == "%" else mine
        if not wholes:
            continue
        row = mine
        if unit and not direction and unnamed:  # the cells of a table name none
            row = sorted([*mine, *unnamed], key=lambda c: c.start)
        rows = [_Row.of(row)] if len(row) >= _LEAST else []
        verbs: dict[str, _Row] = {}
        large = {c.start for c in mine if c.amount * _BESIDE > 2 * 2 or _TOGETHER.search(c.lead)}
        if large and rows:
            rows += [_Row.of(other) for other in _others(row, inner)]
            verbs = _by_verb(row)
        if large and len(groups) > 1 and not common:  # 件 and 人次: all ways to petition
            common = [_Row.of(_heads(counts)), _Row.of(counts)]
        for whole in wholes:
            if whole.start not in large:
                # of small figures only those right behind it are tried: most do not make it up
                first = bisect_right(rows[0].starts, whole.start) if rows else 0
                if first and first < len(row) and rows[0].behind(first, whole.amount):
                    yield whole, rows[:1]
            else:
                same = [verbs[verb] for verb in _verbs(whole) if verb in verbs]
                every = [*rows[:-1], *same, *rows[-1:], *_of_both(whole, counts)]
                yield whole, every + (common if whole.kind == "count" else [])


def _of_both(whole: Claim, counts: _Run) -> list[_Row]:
    """The counts in either unit of a total of both: 1126件(人)次."""
    units = units_of_both(whole)
    return [_Row.of([c for c in counts if unit_kind(c) in units])] if units else []


def _may_add(claim: Claim) -> bool:
    """Whether a claim that is no count may be added up: by how many there are more, or a share."""
    cut = claim.kind == "change" and claim.unit not in _SHARES and claim.direction != ""
    return cut or (claim.kind == "rate" and claim.unit == "%")


def _others(claims: _Run, inner: set[int]) -> Iterator[_Run]:
    """The rows among counts of one unit that leave some of them out."""
    outer = [c for c in claims if c.start not in inner]
    free = [c for c in outer if c.role != "part"]
    last = len(claims)
    for row in (outer, free, _heads(outer)):
        if len(row) < last:
            yield row
        last = len(row)


def _by_verb(claims: _Run) -> dict[str, _Row]:
    """Counts of one unit by what their clauses end with."""
    found: dict[str, _Run] = {}
    for claim in claims:
        for verb in _verbs(claim):
            found.setdefault(verb, []).append(claim)
    return {v: _Row.of(cs) for v, cs in found.items() if _LEAST <= len(cs) < len(claims)}


def _verbs(claim: Claim) -> dict[str, None]:
    """What a count's clause ends with, in two characters and in one: 应结 and 结 of 刑事:应结."""
    words = _ENDS.sub("", claim.lead.rpartition(":")[2])
    return dict.fromkeys((words[-2:], words[-1:])) if words else {}


def _heads(claims: _Run) -> _Run:
    """The first figure of each sentence."""
    before = [None, *(c.sentence for c in claims)]
    return [c for c, last in zip(claims, before, strict=False) if c.sentence != last]


def _in_brackets(claims: _Run) -> set[int]:
    """The starts of the figures that stand in brackets."""
    found: set[int] = set()
    opened = 0
    for last, claim in zip([None, *claims], claims, strict=False):
        apart = last is not None and last.sentence != claim.sentence
        words = last.after + claim.before if last is not None and apart else claim.before
        opened = max(0, opened + words.count("(") - words.count(")"))
        if opened:
            found.add(claim.start)
    return found


def _lists(
    whole: Claim, rows: list[_Row], rated: set[tuple[int, int]]
) -> Iterator[tuple[float, _Run]]:
    """The lists that make up a whole, nearest first, and how likely chance would make them do so."""
    total, grain = whole.amount, step(whole.text, whole.unit)
    half = grain / 2
    slacks: tuple[_Amount, ...] = (0, int(half) if half.denominator == 1 else half)[
        : 1 + bool(grain)
    ]
    worth = float(total / grain if grain else total)
    tried: set[tuple[int, ...]] = set()
    seen: set[tuple[int, ...]] = set()
    together = _TOGETHER.search(whole.lead) is not None
    for row, first, last in _places(whole, rows):
        place = (*row.starts[first : first + _LEAST], last)
        if place in seen:
            continue
        seen.add(place)
        tried.add((*place[:2], last))
        beside = _BESIDE if len(tried) <= 2 * len(rows) else _ANYWHERE
        if 2 * len(tried) > worth * (_ALONE if together or len(tried) == 1 else beside):
            return
        for slack in slacks:
            parts = row.before(last, total, slack) if last else row.behind(first, total, slack)
            if len(parts) > 1 and sum(1 for part in parts if part.amount) > 1:
                while not parts[0].amount and parts[0].sentence != parts[1].sentence:
                    parts = parts[1:]
                yield len(tried) * _chance(whole, parts, slack, rated), parts


def _places(whole: Claim, rows: list[_Row]) -> Iterator[tuple[_Row, int, int]]:
    """Where a list of a whole may begin in a row, right behind it, right before it, then farther
    behind: the row, the place, and where the list ends if it stands before the whole.
    """
    near = [(row, bisect_right(row.starts, whole.start)) for row in rows]
    reach = max(_REACH, _FARTHER * len(str(int(whole.amount))))
    for k in range(_STARTS):
        some = False
        for row, at in near:
            first = at + k
            if first + 1 < len(row.starts) and row.claims[first].sentence <= whole.sentence + reach:
                some = True
                yield row, first, 0
            if not k:
                last = bisect_left(row.starts, whole.start)
                if last > 1 and row.claims[last - 1].sentence >= whole.sentence - reach:
                    yield row, last - 2, last
        if not some:
            return


def _chance(whole: Claim, parts: _Run, slack: _Amount, rated: set[tuple[int, int]]) -> float:
    """How likely one place where a row of such figures begins makes up such a whole."""
    amounts = [Fraction(part.amount) for part in parts if part.amount]
    fine = grain_of([Fraction(whole.amount), *amounts])
    if slack and (fine >= 2 * slack or sum(1 for amount in amounts if amount > slack) < 2):
        # parts as coarse as their whole leave no room for rounding; what is lost in it is no part
        return 1.0
    grain = max(fine, 2 * slack)
    done = [part.amount for part in parts if (part.start, whole.start) in rated]
    if not done:
        return float(len(amounts) * grain / whole.amount)
    # 帮教341人,落实338人,帮教率99.1%,重新犯罪3人: what is done is most of its whole by no chance, and
    # then the rest hits what it leaves as often as one meets a figure of its size
    left = whole.amount - max(done)
    return float((len(amounts) - 1) * grain / (_SIZES * left)) if left > 0 else 1.0


def _is_column(whole: Claim, parts: _Run, beside: dict[int, _Run]) -> bool:
    """Whether parts are all the figures of one column of the rows below their whole, by the figures
    of each sentence.
    """
    first, last = parts[0].sentence, parts[-1].sentence
    if [part.sentence for part in parts] != list(range(first, last + 1)):
        return False
    if not whole.sentence < first <= whole.sentence + _BELOW_WHOLE:
        return False
    at = beside[first].index(parts[0])
    rows = [beside[n] for n in range(first, last + 1)]
    if any(
        row[at : at + 1] != [part] or _is_within(row) for row, part in zip(rows, parts, strict=True)
    ):
        return False
    above = first - 1 if first - 1 != whole.sentence else -1
    return not any(_goes_on(beside, n, at, parts[0]) for n in (above, last + 1))


def _is_within(row: _Run) -> bool:
    """Whether the first figure of a sentence stands behind its first clause."""
    return _WITHIN_ROW.search(row[0].before) is not None


def _columns(beside: dict[int, _Run]) -> Iterator[_Found]:
    """The columns of rows that make up the nearest figure above them that is as large, and how likely
    chance would make them do so; `beside` are the figures of each sentence.
    """
    above: _Run = []
    for n, row in beside.items():
        for at, first in enumerate(row[:_STARTS]):
            column: _Run = []
            if not _goes_on(beside, n - 1, at, first):
                while _goes_on(beside, n + len(column), at, first):
                    column.append(beside[n + len(column)][at])
            yield from _over(column, above)
            yield from _over(column[1:], column[:1])  # the total may look like a row
        above += row


def _goes_on(beside: dict[int, _Run], n: int, at: int, first: Claim) -> bool:
    """Whether a sentence is a row with a figure like the first of a column in its place."""
    row = beside.get(n, [])
    return len(row) > at and unit_kind(row[at]) == unit_kind(first) and not _is_within(row)


def _over(column: _Run, above: _Run) -> Iterator[_Found]:
    """A column with the nearest figure above that it makes up."""
    units = {unit_kind(c) for c in column if c.unit}
    if "%" in units or not all(map(_may_be_part, column)) or sum(c.amount > 0 for c in column) < 2:
        return
    total, tried = total_of(column), 0
    for whole in reversed(above):
        apart = column[0].sentence - whole.sentence
        if apart > _FAR_ABOVE:
            return
        if not _may_be_part(whole) or (units and unit_kind(whole) not in units):
            continue
        tried += 1
        slack = step(whole.text, whole.unit) / 2 if whole.number != total else Fraction(0)
        if abs(whole.number - total) <= slack:
            chance = tried * _chance(whole, column, slack, set())
            if chance <= (_ALONE if apart <= _BELOW_WHOLE else _BESIDE):
                yield _Found(chance, whole, tuple(column))
            return


def _may_be_part(claim: Claim) -> bool:
    """Whether a figure may be a whole or a part of a list."""
    return claim.known and claim.bound == "exact" and (claim.counts or _may_add(claim))


def _limit(beside: dict[int, _Run], whole: Claim, parts: _Run) -> float:
    """How likely chance may be, by where a whole and its parts stand, and by a word for all of them;
    `beside` are the figures of each sentence.
    """
    figures = sorted((whole, *parts), key=lambda c: c.start)
    apart = figures[-1].sentence - figures[0].sentence
    together = whole is figures[-1] and _TOGETHER.search(whole.lead) is not None
    if apart <= 1 and (together or names_rest(parts)):
        return _ALONE
    if apart:
        return _ANYWHERE
    near = beside[whole.sentence]
    of_unit = [c for c in near if unit_kind(c) == unit_kind(whole)]
    side = (c for c in near if figures[0].start <= c.start <= figures[-1].start)
    alone = whole is figures[0] and of_unit == figures and all(c.kind == "count" for c in side)
    return _ALONE if alone else _BESIDE


def find_proven_rates(runs: Sequence[_Run], checked: set[int]) -> Iterator[Candidate]:
    """Stated rates with the two nearest counts that give them, where chance would hardly do so.

    Args:
        runs: the claims of a report in lines whose earlier figures are marked.
        checked: where the rates begin that are checked already.
    """
    claims = [claim for run in runs for claim in run]
    rates = ((i, c) for i, c in enumerate(claims) if c.kind == "rate" and c.unit == "%")
    stated = [(i, c) for i, c in rates if c.start not in checked]
    counts = [c for c in claims if _may_count(c)] if stated else []
    starts = [c.start for c in counts]
    for i, rate in stated:
        if rate.known and "%" in rate.text and rate.bound in {"exact", "approx"}:
            at = bisect_left(starts, rate.start)
            said = claims[row_start(claims, i)].before
            if pair := _pair(rate, said, counts[max(0, at - _BELOW) : at][::-1]):
                yield Candidate("rate", (rate, *pair), holding=True)


def _may_count(claim: Claim) -> bool:
    """Whether a figure says how many there are, were it by its words a standard for each."""
    some = claim.known and claim.amount > 0
    return some and (countable(claim) or (claim.kind == "per" and claim.unit not in _SHARES))


def _pair(rate: Claim, said: str, counts: _Run) -> tuple[Claim, Claim] | None:
    """The counts whose share a rate is, the nearest first, unless chance would give such a pair; the
    words are those before the row that it stands in.
    """
    printed, loose = float(rate.number), float(step(rate.text, "%")) * (1 + _HAIR)
    own = [c for c in counts if c.sentence == rate.sentence]
    near = len(own or [c for c in counts if c.sentence == rate.sentence - 1])
    if not own:  # 收件 | 340件, 办结 | 330件, …, 办结率 | 97.06%
        doing = (i for i, c in enumerate(counts[:_ABOVE], 1) if is_named_after(rate, c))
        near = max([near, *doing])
    tried: set[tuple[_Amount, _Amount]] = set()
    for i, j in _PAIRS:
        if i >= near or j >= len(counts):
            continue
        above, below = counts[i], counts[j]
        pair = above.amount, below.amount
        if pair in tried or (pair[0] > pair[1] and printed <= 100):
            continue
        tried.add(pair)
        if len(tried) * loose > 100 * _ANYWHERE + loose:
            return None
        if abs(100 * float(pair[0] / pair[1]) - printed) <= loose and _gives(rate, above, below):
            sure = _is_sure(rate, said, above, below, len(tried))
            return (above, below) if sure else None
    return None


def _gives(rate: Claim, above: Claim, below: Claim) -> bool:
    """Whether a rate is the share of two counts by any rule of rounding."""
    made = quotient(interval_of(above), interval_of(below), 100)
    return any(made.meets(interval_of(rate, rule)) for rule in ROUNDINGS)


def _is_sure(rate: Claim, said: str, above: Claim, below: Claim, tried: int) -> bool:
    """Whether chance would hardly give a rate of two counts that is as near to it as this one."""
    share = "占" in said
    if not share and not may_be_of(rate, above):
        return False
    of_all = share and above.kind == below.kind == "count"
    if not (of_all or same_unit(above, below) or are_things(above, below)):
        return False
    if step(rate.text, "%") >= 1:
        # whole percentages are few, and 98 % and 100 % are met with more often than chance has it
        beside = above.sentence == below.sentence == rate.sentence and same_unit(above, below)
        if not beside or not (share or set(above.lead) & set(rate.lead) - set("率")):
            return False
    made = quotient(interval_of(above), interval_of(below), 100)
    return tried * passing(rate.text, rate.number, "%", "exact", made) <= _ANYWHERE


def find_proven_changes(runs: Sequence[_Run], checked: set[int]) -> Iterator[Candidate]:
    """Stated changes in per cent with two figures of their sentence that give them, where chance
    would hardly do so: 今年16238件,上年同期14888件,上升9.07%.

    Args:
        runs: the claims of a report in lines whose earlier figures are marked.
        checked: where the changes begin that are checked already.
    """
    sentences: dict[int, _Run] = {}
    for claim in itertools.chain.from_iterable(runs):
        sentences.setdefault(claim.sentence, []).append(claim)
    for row in sentences.values():
        for i, stated in enumerate(row):
            change = _as_change(stated)
            if stated.start in checked or not _is_change(change):
                continue
            counts = [c for c in row[:i] if c.known and c.amount > 0 and c.kind in _AMOUNTS]
            pair = _moved(change, counts[::-1][:_ABOVE])
            if pair is None and change is not stated and len(counts) > 1:
                base, now = counts[-2:]
                pair = (now, base) if same_unit(now, base) and holds(change, now, base) else None
            if pair:
                yield Candidate("yoy", (change, *pair), holding=True)


def _as_change(claim: Claim) -> Claim:
    """A rate of what was saved as the fall that it is: 预算2.28亿元,实采2.14亿元,节约率6.14%."""
    saved = claim.kind == "rate" and _SAVED.search(claim.lead)
    return replace(claim, kind="change", direction="down") if saved else claim


def _is_change(claim: Claim) -> bool:
    exact = claim.kind == "change" and claim.known and claim.bound == "exact" and claim.amount > 0
    return exact and claim.unit == "%" and claim.direction in {"up", "down"}


def _moved(change: Claim, counts: _Run) -> tuple[Claim, Claim] | None:
    """The two figures from the earlier of which to the other a change leads, unless chance would
    give such a pair.
    """
    printed, loose = float(change.number), float(step(change.text, "%")) * (1 + _HAIR)
    sign = 1 if change.direction == "up" else -1
    pairs = [
        (now, then)
        for now, then in itertools.permutations(counts, 2)
        if same_unit(now, then) and (now.amount - then.amount) * sign > 0 and _may_move(now, then)
    ]
    if len(pairs) * loose > 100 * _ANYWHERE + loose:
        return None
    held = [
        (now, then)
        for now, then in pairs
        if abs(100 * float((now.amount - then.amount) / then.amount) - sign * printed) <= loose
    ]
    return held[0] if len(held) == 1 else None


def _may_move(now: Claim, then: Claim) -> bool:
    """Whether two figures may be one thing now and before: of the same words or of none, not
    a hundred times as large, and no more than a year apart.
    """
    unnamed = not all(grams(c.subject) - IDLE for c in (now, then))
    years = [c.period[:4] for c in (now, then) if c.period[:4].isdigit()]
    near = len(years) < 2 or 0 <= int(years[0]) - int(years[1]) <= 1
    sizes = sorted((now.amount, then.amount))
    return (
        near
        and sizes[1] <= LARGEST_RATIO * sizes[0]
        and (unnamed or alike(now.subject, then.subject) > 0)
    )
