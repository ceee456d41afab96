"""Recomputes a candidate exactly and compares the intervals of what is printed.

Where a check fails or a figure is damaged, a reading of one figure that would make it hold is noted as a repair: a suggestion, never a value.
"""

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ..model import Claim, Relation
from ..vocabularies.labels import SIGNS
from ..vocabularies.numerals import decimals, rounded
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import hedged
from .intervals import (
    ROUNDINGS,
    Interval,
    attainable,
    decimal,
    floats,
    grain_of,
    interval_of,
    passing,
    power,
    quotient,
    step,
    together,
)
from .passages import Candidate

# places that are tried, about, before a row of figures is found to make up a whole
_PLACES = 8

# --- repairs ----------------------------------------------------------------------------------

_MOST = 3  # more repairs than this say nothing about which one happened
# the slips, the likelier first
_YEAR_REWRITTEN, _RANGE_LOST = "a year rewritten", "a range sign lost"
_SWAPPED, _DOUBLED = "two digits swapped", "a digit doubled"
_POINT_LOST, _LOST, _MISREAD = "a decimal point lost", "a digit lost", "a digit misread"
_SLIPS = (_YEAR_REWRITTEN, _RANGE_LOST, _SWAPPED, _DOUBLED, _POINT_LOST, _LOST, _MISREAD)
_DIGITS = re.compile(r"[\d,]+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: a slip, the repair in words, and the claims as repaired where they are still to be checked
_Repair = tuple[str, str, list[Claim] | None]
#: how far the recomputed result lies above the printed one, from the numbers of the figures and
#: whether the result says that something fell; None where nothing can be computed
_Residue = Callable[[Sequence[Any], bool], Any]
# how far floating-point numbers may be off for their size: far more than they are
_SLACK = 1e-9
_FEW = 3  # figures that any check but that of a list has at most


@lru_cache(maxsize=512)  # the parts of a list stand under many totals
def readings(printed: str) -> tuple[tuple[str, str], ...]:
    """Readings of a printed number that one slip of a page or a typist could have turned into it.

    They come with their slips, the likelier first.

    >>> ("93.8", "two digits swapped") in set(readings("98.3"))
    True
    """
    seen = {printed: ""}
    for reading, slip in _slips(printed):
        if reading not in seen and re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", reading):
            seen[reading] = slip
    return tuple(seen.items())[1:]


def _slips(printed: str) -> Iterator[tuple[str, str]]:
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    for i, j in itertools.pairwise(digits):
        chars = list(printed)
        chars[i], chars[j] = chars[j], chars[i]
        yield "".join(chars), _SWAPPED
    for i in digits:
        if i and printed[i - 1] == printed[i]:
            yield printed[:i] + printed[i + 1 :], _DOUBLED
    if "." not in printed:
        for i in range(1, len(printed)):
            yield f"{printed[:i]}.{printed[i:]}", _POINT_LOST
    for i, d in itertools.product(range(len(printed) + 1), "0123456789"):
        yield printed[:i] + d + printed[i:], _LOST
    for i, d in itertools.product(digits, "0123456789"):
        yield printed[:i] + d + printed[i + 1 :], _MISREAD


def repairs(candidate: Candidate) -> str:
    """Readings that make a check hold, of the likeliest slip that does; none if too many."""
    residue = _RESIDUES.get(candidate.kind)
    if residue is None or (candidate.kind == "rate" and len(candidate.claims) > _FEW):
        return ""
    claims = candidate.claims
    by_slip: dict[str, list[str]] = {}
    tried = (_years_rewritten(claims), _ranges_lost(claims, residue), _misreadings(claims, residue))
    for slip, said, repaired in itertools.chain(*tried):
        if repaired is None or _holds(residue, repaired):
            by_slip.setdefault(slip, []).append(said)
    found = (dict.fromkeys(by_slip[slip]) for slip in _SLIPS if slip in by_slip)
    return "; ".join(next((said for said in found if len(said) <= _MOST), ()))


def _misreadings(claims: Sequence[Claim], residue: _Residue) -> Iterator[_Repair]:
    """One figure read otherwise; damaged ones alone when there are any.

    Readings that are far off are left out: a list of many parts has thousands of them.
    """
    numbers, result = [float(claim.number) for claim in claims], claims[0]
    total = sum(numbers[1:])
    ends = floats(interval_of(result))
    # a hedge or a share in words lets a figure stand for more than its last digit leaves open
    loose = result.bound == "exact" and "分之" not in result.text

    def far(k: int, new: str, scale: float) -> bool:
        number = float(new) * scale
        said = _with(numbers, k, number, total)
        off = residue(said, result.direction == "down")
        if off is None:
            return True
        least, most = ends
        if not k:
            grain = abs(scale) / 10 ** len(new.partition(".")[2])
            least, most = (number - grain, number + grain) if loose else (-math.inf, math.inf)
        slack = _SLACK * (sum(map(abs, said)) + abs(off) + 1)
        return not least - slack <= said[0] + off <= most + slack

    damaged = [k for k, c in enumerate(claims) if c.status == "spoilt"]
    for k in damaged or range(len(claims)):
        digits = _DIGITS.match(claims[k].text)
        # 98·3% was read with a point: its first digits are no number
        if digits is None or claims[k].value is None or _mended(claims[k], digits[0]):
            continue
        printed = digits[0].replace(",", "")
        scale = numbers[k] / float(printed) if float(printed) else 1.0
        # the other parts of a list are too much without it
        over = total - numbers[k] - ends[1]
        if k and len(claims) > _FEW and numbers[k] >= 0 and over > _SLACK * (1 + total):
            continue
        for new, slip in readings(printed):
            if far(k, new, scale):
                continue
            other = _read_as(claims[k], digits[0], new)
            said = f"{claims[k].text} as {other.text} ({slip})"
            yield slip, said, [*claims[:k], other, *claims[k + 1 :]]


def _mended(claim: Claim, digits: str) -> bool:
    """Whether the value of a claim is not the digits that it begins with, in any scale."""
    printed = Fraction(Decimal(digits.replace(",", "")))
    return bool(printed) and (claim.number / printed).denominator > 1


def _with(numbers: list[float], k: int, number: float, total: float) -> list[float]:
    """Numbers with another one at place `k`; the other parts of a long list are added up in one."""
    if len(numbers) <= _FEW:
        return [*numbers[:k], number, *numbers[k + 1 :]]
    return [numbers[0], number, total - numbers[k]] if k else [number, total]


def _years_rewritten(claims: Sequence[Claim]) -> Iterator[_Repair]:
    """A year that a page put in the place of other digits, everywhere the same.

    20232件 and 2023.5% stand for 102件 and 10.5%.
    """
    hit = [
        k
        for k, c in enumerate(claims)
        if _YEAR.search(c.text) and len(re.sub(r"\D", "", c.text)) > 4
    ]
    for digits in map(str, range(100 if hit else 0)):
        others = list(claims)
        for k in hit:
            old = _DIGITS.match(claims[k].text)
            new = _YEAR.sub(digits, old[0], count=1) if old else ""
            if old is None or not re.fullmatch(r"\d+(?:\.\d+)?", new):
                break
            others[k] = _read_as(claims[k], old[0], new)
        else:
            said = ", ".join(f"{claims[k].text} as {others[k].text}" for k in hit)
            yield _YEAR_REWRITTEN, f"{said} ({_YEAR_REWRITTEN})", others


def _ranges_lost(claims: Sequence[Claim], residue: _Residue) -> Iterator[_Repair]:
    """Two ends of a range run together (1001000元 for 100-1000元), the arithmetic between them."""
    for k, claim in enumerate(claims):
        digits = _DIGITS.match(claim.text)
        if claim.status != "spoilt" or digits is None or "." in digits[0]:
            continue
        printed = digits[0].replace(",", "")
        for i in range(1, len(printed)):
            low, high = printed[:i], printed[i:]
            if high[0] == "0" or int(low) >= int(high):
                continue
            ends = (_read_as(claim, digits[0], end) for end in (low, high))
            below, above = (_off(residue, [*claims[:k], end, *claims[k + 1 :]]) for end in ends)
            if below is not None and above is not None and below * above <= 0:
                said = claim.text.replace(digits[0], f"{low}-{high}", 1)
                yield _RANGE_LOST, f"{claim.text} as {said} ({_RANGE_LOST})", None


def _read_as(claim: Claim, old: str, new: str) -> Claim:
    printed = Fraction(Decimal(old.replace(",", "")))
    scale = claim.number / printed if printed else Fraction(1)
    value = decimal(Fraction(Decimal(new)) * scale)
    return replace(claim, value=value, text=claim.text.replace(old, new, 1), status="ok")


def _holds(residue: _Residue, claims: Sequence[Claim]) -> bool:
    """Whether the arithmetic gives the result within the rounding of its own printed digits."""
    off = _off(residue, claims)
    return off is not None and _point(claims[0].number + off).meets(interval_of(claims[0]))


def _off(residue: _Residue, claims: Sequence[Claim]) -> Fraction | None:
    """The residue of claims, exactly."""
    off: Fraction | None = residue([c.number for c in claims], claims[0].direction == "down")
    return off


def _rate_residue(n: Sequence[Any], fell: bool) -> Any:
    return n[1] * 100 / n[2] - n[0] if 0 < n[1] <= n[2] else None


def _change_residue(n: Sequence[Any], fell: bool) -> Any:
    if not n[2]:
        return None
    value = (n[1] - n[2]) * 100 / n[2]
    return (-value if fell else value) - n[0]


_RESIDUES: dict[str, _Residue] = {
    "rate": _rate_residue,
    "yoy": _change_residue,
    "diff": lambda n, fell: n[1] - n[2] - n[0],
    "sum": lambda n, fell: sum(n[1:]) - n[0],
}

# --- verdicts ---------------------------------------------------------------------------------

_NAN, _INF = float("nan"), float("inf")
#: what makes a hedged figure hold that lies beyond its hedge as stated: the rounding of figures alone
ROUNDED = "rounded"
# lists that miss their total by more are taken for overlapping or linked by mistake
_OFF = Fraction(1, 10)
_HAIR = Fraction(5, 1000)  # a list that misses its total by less leaves out nothing
_WAN = 10_000
_MOST_PLACES = 6  # decimals of a recomputed per cent
_OTHER_WHOLE = "it is of another whole, weighted, or wrong"
_OTHER_UNIT = "the same digits stand with another unit"
_TRAITS = Pattern("judge", r"{traits}")


def judge(candidate: Candidate) -> Relation | None:
    """A candidate's relation, or None for figures that need not be arithmetic at all."""
    claims, reason = candidate.claims, candidate.reason
    unknown = [c for c in claims if not c.known and c.low is None]
    if unknown and not reason:
        damaged = unknown[0].status == "spoilt"
        reason = f"{unknown[0].text} {'looks damaged' if damaged else 'is masked or lost'}"
        # a damaged figure still has its digits: the others may say which reading it had
        repair = repairs(candidate) if all(c.value is not None for c in claims) else ""
        return relation(candidate, "unchecked", reason=reason, mend=repair)
    for c in claims:
        if c.value is None or c.value < 0:
            reason = reason or f"{c.text} is {'a range' if c.value is None else 'below nothing'}"
    if reason:
        return relation(candidate, "unchecked", reason=reason)
    return _JUDGES[candidate.kind](candidate)


def relation(
    candidate: Candidate,
    verdict: str,
    computed: Interval | None = None,
    value: Fraction | None = None,
    note: str = "",
    **more: Any,
) -> Relation:
    """The relation of a candidate: its verdict, the recomputed interval and its middle, a note.

    The power is the chance unless another one is given.
    """
    if computed is not None and value is not None:
        low, high = (_INF if end is None else float(end) for end in (computed.low, computed.high))
        more |= {"computed": float(value), "low": low, "high": high}
    more.setdefault("power", more.get("chance", _NAN))
    return Relation(candidate.kind, candidate.claims, verdict, note=note, **more)


def _point(value: Fraction) -> Interval:
    return Interval(value, value)


def _total(parts: Sequence[Claim]) -> Fraction:
    return sum((part.number for part in parts), Fraction(0))


def _rounding(computed: Interval, printed: Claim) -> str:
    """The first rule by which the printed figure holds: a rounding or its hedge; empty for none."""
    if printed.bound == "exact":
        return next((rule for rule in ROUNDINGS if computed.meets(interval_of(printed, rule))), "")
    good = computed.meets(interval_of(printed))
    if not good and printed.unit == "%" and printed.low is None:
        # 85%以上 is held against the rounding of its digits as well: 84.96 passes
        good = computed.meets(interval_of(replace(printed, bound="exact")))
    return printed.bound if good else ""


def _checked(
    candidate: Candidate,
    value: Fraction,
    computed: Interval,
    words: str,
    *,
    grim: float | None = None,
    right_way: bool = True,
) -> Relation:
    """The relation of figures that can be checked: whether the recomputed and the printed meet."""
    printed = candidate.result
    rule = _rounding(computed, printed) if right_way else ""
    only = ", holds only if truncated" if rule == "truncated" else ""
    if rule and printed.bound != "exact" and not _point(value).meets(interval_of(printed)):
        # 近10亿元 of parts that make 10.0034亿元 as stated
        rule = ROUNDED
    note = f"{words}, {_printed(printed)}{only}"
    said = {"rounding": rule} if rule else {"mend": repairs(candidate)}
    strength = {"chance": _chance(printed, computed, candidate)}
    if candidate.holding:
        strength["power"] = 1.0
    if grim is not None:
        strength["power"] = grim
    return relation(candidate, "ok" if rule else "bad", computed, value, note, **said, **strength)


def _chance(printed: Claim, computed: Interval, candidate: Candidate) -> float:
    """The chance that a random figure would have passed against one of those that were tried.

    It is 1 for what was only found because it holds, but for parts that make up their whole to the
    last digit: a place where such a row begins does that about once in as many times as its mean
    part is large.
    """
    if candidate.holding:
        whole, *parts = (claim.number for claim in candidate.claims if claim.known)
        exact = candidate.kind == "sum" and printed.unit != "%" and whole == sum(parts)
        if not exact or any(claim.bound != "exact" for claim in candidate.claims):
            return 1.0
        some = [part for part in parts if part]
        met = len(some) * grain_of([whole, *some]) / whole if whole else 1
        return round(min(1.0, _PLACES * float(met)), 6)
    if not printed.known:
        return _NAN
    once = passing(printed.text, printed.number, printed.unit, printed.bound, computed)
    return round(min(1.0, candidate.tried * once), 6)


def _printed(claim: Claim) -> str:
    text = (
        claim.text
        if claim.rewritten
        else hedged(claim.text, claim.bound, claim.before, claim.after)
    )
    said = f"{claim.direction} {text}".strip() if claim.unit == "%" else text
    return f"{'corrected to' if claim.rewritten else 'printed'} {said}"


def _judged_rate(candidate: Candidate) -> Relation:
    rate, *counts = candidate.claims
    last = len(counts) - candidate.less
    above, below = counts[: candidate.above], counts[candidate.above : last]
    less = counts[last:]
    part, whole = _total(above), _total(below) - _total(less)
    if not whole:
        return relation(candidate, "unchecked", reason="the whole is 0")
    taken_off = [interval_of(c).negative for c in less]
    base = together([*map(interval_of, below), *taken_off])
    computed = quotient(together(map(interval_of, above)), base, 100)
    value = part * 100 / whole
    exact = all(c.bound == "exact" for c in (rate, *below)) and whole.denominator == 1
    printed = "%" in rate.text and rate.known
    grim = round(power(rate.text, int(whole)), 6) if exact and printed else None
    words = f"{_terms(above)}/{_terms(below, less)} = {_percent(value, rate)}"
    return _checked(candidate, value, computed, words, grim=grim)


def _percent(value: Fraction, printed: Claim) -> str:
    """A recomputed per cent for a note, in two decimals, or in more where rounding these again would
    not give what the number itself is when rounded to the printed digits: 50.249, not 50.25, for 50.2.
    """
    known, places = decimals(printed.text), 2
    while places <= _MOST_PLACES:
        if rounded(Decimal(rounded(value, places)), known) == rounded(value, known):
            break
        places += 1
    return f"{rounded(value, places)}%"


def _terms(added: Sequence[Claim], less: Sequence[Claim] = ()) -> str:
    """Counts that are added up and those that are taken off, in brackets where they are several."""
    said = "".join([_added(added), *(f" − {_figure(c)}" for c in less)])
    return f"({said})" if len(added) + len(less) > 1 else said


def _possible(candidate: Candidate) -> Relation:
    """GRIM for a rate whose numerator is not stated: whether any whole number gives it.

    A possible rate proves nothing, and an impossible one may be of others.
    """
    rate, denominator = candidate.claims
    whole, of = int(denominator.number), plain(denominator.number)
    tried = (attainable(rate.text, whole, rounding=rule) for rule in ROUNDINGS)
    if found := next(filter(None, tried), []):
        some = f"{found[0]}" if len(found) == 1 else f"{found[0]} to {found[-1]}"
        reason = f"its numerator is not stated ({some} would give it)"
    else:
        reason = f"no whole number of {of} gives {rate.text}: {_OTHER_WHOLE}"
    note = f"of {of}{denominator.unit} {rate.text} is {'possible' if found else 'impossible'}"
    chance = round(power(rate.text, whole), 6)
    return relation(candidate, "unchecked", note=note, reason=reason, chance=chance)


def _judged_change(candidate: Candidate) -> Relation:
    change, current, base = candidate.claims
    if not base.number:
        return relation(candidate, "unchecked", reason="the base is 0")
    now, before = interval_of(current), interval_of(base)
    ratio = quotient(now, before, 100)
    low, high = (None if end is None else end - 100 for end in (ratio.low, ratio.high))
    computed = Interval(low, high, ratio.low_open, ratio.high_open)
    sign = 1
    if change.direction == "down":
        sign, computed = -1, computed.negative
    value = (current.number - base.number) * 100 / base.number
    way = "-" if value < 0 else "+"
    words = f"{_figure(current)} against {_figure(base)} = {way}{_percent(abs(value), change)}"
    right_way = value * sign >= 0 or not (now.exact and before.exact)
    found = _checked(candidate, abs(value), computed, words, right_way=right_way)
    if candidate.real and found.verdict == "bad":
        reason = "its growth may be told in comparable prices"
        return relation(candidate, "unchecked", computed, abs(value), found.note, reason=reason)
    return found


def _judged_difference(candidate: Candidate) -> Relation:
    change, larger, smaller = candidate.claims
    a, b = interval_of(larger), interval_of(smaller)
    if a.high is None or b.high is None or a.low is None or b.low is None:
        return relation(candidate, "unchecked", reason="a hedge (以上) leaves the difference open")
    value = larger.number - smaller.number
    opens = (a.low_open or b.high_open, a.high_open or b.low_open)
    computed = Interval(a.low - b.high, a.high - b.low, *opens)
    fell, said = candidate.current == smaller.start, change.direction or candidate.direction
    right_way = not value or not said or fell == (said == "down")
    words = f"{plain(larger.number)} − {plain(smaller.number)} = {plain(value)}"
    return _checked(candidate, value, computed, words, right_way=right_way)


def _hundred(candidate: Candidate) -> Relation:
    """Shares of one whole: they make 100 % within the rounding of each."""
    parts = candidate.claims
    value = _total(parts)
    slack = sum((step(c.text, c.unit) / 2 for c in parts), Fraction(0))
    computed, rest = Interval(value - slack, value + slack), 100 - value + parts[0].number
    note = f"{_added(parts)} = {plain(value)}%, the shares of one whole"
    if abs(value - 100) > 100 * _OFF:
        reason = "the shares may be of several wholes"
        return relation(candidate, "unchecked", computed, value, note, reason=reason)
    chance = _chance(parts[0], Interval(rest - slack, rest + slack), candidate)
    if abs(value - 100) > slack:
        return relation(candidate, "bad", computed, value, note, chance=chance)
    return relation(candidate, "ok", computed, value, note, rounding="half-up", chance=chance)


def _added(parts: Sequence[Claim]) -> str:
    return " + ".join(map(_figure, parts))


def _figure(claim: Claim) -> str:
    """A figure for a note, with a sign for its bound."""
    return SIGNS.get(claim.bound, "") + plain(claim.number)


def _judged_sum(candidate: Candidate) -> Relation:
    if candidate.hundred:
        return _hundred(candidate)
    whole, *parts = candidate.claims
    value = _total(parts)
    words = f"{_added(parts)} = {plain(value)}"
    ends = [interval_of(c) for c in parts]
    if all(map(_in_whole_wan, candidate.claims)):
        ends = [_point(c.number) for c in parts]
    low = sum((end.low or Fraction(0) for end in ends), Fraction(0))
    highs = [end.high for end in ends if end.high is not None]
    high = sum(highs, Fraction(0)) if len(highs) == len(ends) else None
    computed = Interval(low, high, any(e.low_open for e in ends), any(e.high_open for e in ends))
    # a sum of exact parts is its total; one in 万 is rounded only where its parts are finer
    finer = low != high or whole.bound != "exact" or value % _WAN != 0
    right_way = finer or value == whole.number
    holds = right_way and _rounding(computed, whole)
    if holds and high is None:
        return relation(candidate, "unchecked", reason="a hedge (以上) leaves the sum open")
    if not holds and (reason := _excuse(candidate, value, whole)):
        note = f"{words}, {_printed(whole)}"
        return relation(candidate, "unchecked", computed, value, note, reason=reason)
    return _checked(candidate, value, computed, words, right_way=right_way)


def _in_whole_wan(claim: Claim) -> bool:
    """Whether it is a sum in whole 万元: budgets of such are what they say, not rounded."""
    exact_money = claim.kind == "money" and claim.bound == "exact"
    return exact_money and step(claim.text, claim.unit) == _WAN


def _excuse(candidate: Candidate, value: Fraction, whole: Claim) -> str:
    """Why a list that does not make its total is no proof of an error; nothing when it is."""
    parts = candidate.claims[1:]
    off = abs(value - whole.number) / whole.number if whole.number else Fraction(1)
    if candidate.complete:
        return "" if candidate.tight or off <= _OFF else "the list may belong to another total"
    if value < whole.number:
        if len(parts) > 1 and off <= _HAIR and whole.number >= 1000:
            return ""
        return "the parts make less than the total: the list may be a selection"
    over = off <= _OFF * (1 if len(parts) == 2 else 2)
    # women and those over 60 may be the same people
    several = any(_TRAITS.search(part.lead) for part in parts)
    # 棚菜8550亩,…;水稻5000亩: a list that goes on behind a semicolon may have left its total there
    within = len({p.sentence for p in parts}) == 1 or parts[0].sentence != whole.sentence
    if candidate.tight and over and within and not several and whole.kind != "measure":
        return ""
    return "the parts make more than the total: they may overlap"


def _judged_product(candidate: Candidate) -> Relation | None:
    _, each, heads = candidate.claims
    a, b = interval_of(each), interval_of(heads)
    value = each.number * heads.number
    low = (a.low or Fraction(0)) * (b.low or Fraction(0))
    high = None if a.high is None or b.high is None else a.high * b.high
    computed = Interval(low, high, a.low_open or b.low_open, a.high_open or b.high_open)
    words = f"{plain(each.number)} × {plain(heads.number)} = {plain(value)}"
    found = _checked(candidate, value, computed, words)
    # three figures that do not multiply need not be meant to, unless the words leave nothing else
    return found if found.verdict == "ok" or not candidate.holding else None


def _judged_twice(candidate: Candidate) -> Relation | None:
    """A change in per cent against the amount that the figure of now changed by."""
    change, current, amount = candidate.claims
    now, moved = interval_of(current), interval_of(amount)
    if now.low is None or now.high is None or moved.low is None or moved.high is None:
        return None
    fell = change.direction == "down"
    back = (moved.low, moved.high) if fell else (-moved.high, -moved.low)
    before = Interval(now.low + back[0], now.high + back[1])
    if now.low + back[0] <= 0:
        return None  # all of it is new
    value = amount.number * 100 / (current.number + (amount.number if fell else -amount.number))
    shown, sign = _figure(amount), "+" if fell else "−"
    words = f"{shown}/({_figure(current)} {sign} {shown}) = {_percent(value, change)}"
    return _checked(candidate, value, quotient(moved, before, 100), words)


def _judged_repeat(candidate: Candidate) -> Relation | None:
    if len(candidate.claims) > 2:
        return _judged_twice(candidate)
    first, second = candidate.claims
    computed = interval_of(second)
    chance = _chance(first, computed, candidate)
    # a household is no person: the same digits show neither that they agree nor that they do not
    if first.measure != second.measure:
        note = f"{plain(first.number)} once in {first.unit} and once in {second.unit}"
        other = computed, second.number, note
        return relation(candidate, "unchecked", *other, reason=_OTHER_UNIT)
    verdict = "ok" if interval_of(first).meets(computed) else "bad"
    note = f"{plain(first.number)} and {plain(second.number)}{second.unit} of one thing"
    return relation(candidate, verdict, computed, second.number, note, chance=chance)


_JUDGES: dict[str, Callable[[Candidate], Relation | None]] = {
    "rate": _judged_rate,
    "possible": _possible,
    "yoy": _judged_change,
    "diff": _judged_difference,
    "sum": _judged_sum,
    "product": _judged_product,
    "repeat": _judged_repeat,
}


def plain(value: Fraction) -> str:
    """A figure for a note: large round ones in 亿 or 万, whole ones in full, the rest in six digits.

    >>> plain(Fraction(2163)), plain(Fraction(41_590_000)), plain(Fraction("18.5"))
    ('2163', '4159万', '18.5')
    >>> plain(Fraction(12_320_000_000)), plain(Fraction(12_440_336_000))
    ('123.2亿', '1244033.6万')
    """
    for scale, word, digits in ((_WAN**2, "亿", 2), (_WAN, "万", 1)):
        if value >= max(scale, 100 * _WAN) and value * 10**digits % scale == 0:
            return f"{in_full(value / scale, 15)}{word}"
    return str(value.numerator) if value.denominator == 1 else in_full(value, 6)


def in_full(value: Fraction, digits: int) -> str:
    """A number with so many digits, never as a power of ten.

    >>> in_full(Fraction(12_345_678, 5), 4), in_full(Fraction(1, 4), 4)
    ('2469000', '0.25')
    """
    return f"{Decimal(f'{float(value):.{digits}g}'):f}"
