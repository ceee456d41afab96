"""Which reading of a damaged or mistyped figure would make a failed check hold: a suggestion, never a value.

A candidate → its relation: recomputed exactly, compared as intervals, with what the check could have shown.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..model import Claim, Relation
from .intervals import ROUNDINGS, Interval, attainable, interval_of, passing, power, quotient, step
from .passages import Candidate

#: more ways than this to mend a figure say nothing about which one happened
_MOST = 3
#: the slips, the likelier first
_SLIPS = (
    "a year rewritten",
    "a range sign lost",
    "two digits swapped",
    "a digit doubled",
    "a decimal point lost",
    "a digit lost",
    "a digit misread",
)
_DIGITS = re.compile(r"[\d,]+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def readings(printed: str) -> Iterator[tuple[str, str]]:
    """Readings of a printed number that one slip of a page or a typist could have turned into it, the likelier slips first.

    >>> ("93.8", "two digits swapped") in set(readings("98.3"))
    True
    """
    seen = {printed}
    for reading, slip in _slips(printed):
        if reading not in seen and re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", reading):
            seen.add(reading)
            yield reading, slip


def _slips(printed: str) -> Iterator[tuple[str, str]]:
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    for i, j in itertools.pairwise(digits):
        chars = list(printed)
        chars[i], chars[j] = chars[j], chars[i]
        yield "".join(chars), "two digits swapped"
    for i in digits:
        if i and printed[i - 1] == printed[i]:
            yield printed[:i] + printed[i + 1 :], "a digit doubled"
    if "." not in printed:
        for i in range(1, len(printed)):
            yield f"{printed[:i]}.{printed[i:]}", "a decimal point lost"
    for i, d in itertools.product(range(len(printed) + 1), "0123456789"):
        yield printed[:i] + d + printed[i:], "a digit lost"
    for i, d in itertools.product(digits, "0123456789"):
        yield printed[:i] + d + printed[i + 1 :], "a digit misread"


def mend(candidate: Candidate) -> str:
    """Readings that make a failed check hold, of the likeliest slip that does; empty when there are none or too many."""
    residue = _RESIDUES.get(candidate.kind)
    if residue is None:
        return ""
    by_slip: dict[str, list[str]] = {}
    ways = [
        *_rewritten(candidate.claims),
        *_split(candidate.claims, residue),
        *_single(candidate.claims),
    ]
    for slip, said, claims in ways:
        if claims is None or _holds(residue, claims):
            by_slip.setdefault(slip, []).append(said)
    found = next(
        (by_slip[slip] for slip in _SLIPS if slip in by_slip and len(set(by_slip[slip])) <= _MOST),
        [],
    )
    return "; ".join(dict.fromkeys(found))


_Way = tuple[str, str, list[Claim] | None]


def _single(claims: tuple[Claim, ...]) -> Iterator[_Way]:
    """One figure read otherwise; damaged ones alone when there are any."""
    damaged = [k for k, c in enumerate(claims) if c.status == "spoilt"]
    for k in damaged or range(len(claims)):
        digits = _DIGITS.match(claims[k].text)
        if digits is None or claims[k].value is None:
            continue
        for new, slip in readings(digits[0].replace(",", "")):
            other = _read_as(claims[k], digits[0], new)
            yield (
                slip,
                f"{claims[k].text} as {other.text} ({slip})",
                [*claims[:k], other, *claims[k + 1 :]],
            )


def _rewritten(claims: tuple[Claim, ...]) -> Iterator[_Way]:
    """A year that a page put in the place of other digits, everywhere the same: 20232件 and 2023.5% for 102件 and 10.5%."""
    hit = [
        k
        for k, c in enumerate(claims)
        if _YEAR.search(c.text) and len(re.sub(r"\D", "", c.text)) > 4
    ]
    for digits in [str(n) for n in range(100)] if hit else []:
        others = list(claims)
        for k in hit:
            old = _DIGITS.match(claims[k].text)
            new = _YEAR.sub(digits, old[0], count=1) if old else ""
            if old is None or not re.fullmatch(r"\d+(?:\.\d+)?", new):
                break
            others[k] = _read_as(claims[k], old[0], new)
        else:
            said = ", ".join(f"{claims[k].text} as {others[k].text}" for k in hit)
            yield "a year rewritten", f"{said} (a year rewritten)", others


def _split(claims: tuple[Claim, ...], residue: "_Residue") -> Iterator[_Way]:
    """Two ends of a range run together (1001000元 for 100-1000元): mended when the arithmetic falls between them."""
    for k, claim in enumerate(claims):
        digits = _DIGITS.match(claim.text)
        if claim.status != "spoilt" or digits is None or "." in digits[0]:
            continue
        printed = digits[0].replace(",", "")
        for i in range(1, len(printed)):
            if printed[i] == "0" or int(printed[:i]) >= int(printed[i:]):
                continue
            ends = [_read_as(claim, digits[0], part) for part in (printed[:i], printed[i:])]
            off = [residue([*claims[:k], end, *claims[k + 1 :]]) for end in ends]
            if off[0] is not None and off[1] is not None and off[0] * off[1] <= 0:
                said = claim.text.replace(digits[0], f"{printed[:i]}-{printed[i:]}", 1)
                yield "a range sign lost", f"{claim.text} as {said} (a range sign lost)", None


def _read_as(claim: Claim, old: str, new: str) -> Claim:
    printed = Fraction(Decimal(old.replace(",", "")))
    scale = claim.number / printed if printed else Fraction(1)
    value = Fraction(Decimal(new)) * scale
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return replace(claim, value=exact, text=claim.text.replace(old, new, 1), status="ok")


_Residue = Callable[[list[Claim]], Fraction | None]


def _holds(residue: _Residue, claims: list[Claim]) -> bool:
    """Whether a reading's arithmetic gives the result within the rounding of its own printed digits."""
    off = residue(claims)
    return off is not None and Interval(x := claims[0].number + off, x).meets(
        interval_of(claims[0])
    )


def _rate(c: list[Claim]) -> Fraction | None:
    """How far the recomputed result lies above the printed one."""
    return c[1].number * 100 / c[2].number - c[0].number if 0 < c[1].number <= c[2].number else None


def _yoy(c: list[Claim]) -> Fraction | None:
    if not c[2].number:
        return None
    value = (c[1].number - c[2].number) * 100 / c[2].number
    return (-value if c[0].direction == "down" else value) - c[0].number


def _diff(c: list[Claim]) -> Fraction:
    return c[1].number - c[2].number - c[0].number


def _sum(c: list[Claim]) -> Fraction:
    return sum((part.number for part in c[1:]), Fraction(0)) - c[0].number


_RESIDUES: dict[str, _Residue] = {"rate": _rate, "yoy": _yoy, "diff": _diff, "sum": _sum}


_NAN = float("nan")
#: lists that miss their total by more are taken for overlapping or linked by mistake, not for wrong arithmetic
_OFF = Fraction(1, 10)
_WAN = 10_000
_HAIR = Fraction(5, 1000)
_TRAITS = re.compile("女|男|以上|以下|学历|党员|民族|岁|本科|大专|先进|兼|还|优秀|新增")


def judge(candidate: Candidate) -> Relation | None:
    """A candidate's relation, or None for figures that need not be arithmetic at all."""
    unknown = [c for c in candidate.claims if not c.known and c.low is None]
    if not candidate.reason and unknown:
        damaged = unknown[0].status == "spoilt"
        reason = f"{unknown[0].text} {'looks damaged' if damaged else 'is masked or lost'}"
        # a damaged figure still has its printed digits: the others may say which reading it had
        mended = mend(candidate) if all(c.value is not None for c in candidate.claims) else ""
        return relation(candidate, "unchecked", reason=reason, mend=mended)
    spans = [c.text for c in candidate.claims if c.value is None and c.low is not None]
    if candidate.reason or spans:
        reason = candidate.reason or f"{spans[0]} is a range"
        return relation(candidate, "unchecked", reason=reason)
    return _JUDGES[candidate.kind](candidate)


def relation(
    candidate: Candidate,
    verdict: str,
    computed: Interval | None = None,
    note: str = "",
    value: Fraction | None = None,
    **more: Any,
) -> Relation:
    """The relation of a candidate: `value` is the middle of the recomputed interval."""
    low, high = (_NAN, _NAN) if computed is None else (_float(computed.low), _float(computed.high))
    middle = _NAN if computed is None or value is None else float(value)
    return Relation(candidate.kind, candidate.claims, verdict, middle, note, low, high, **more)


def _float(end: Fraction | None) -> float:
    return float("inf") if end is None else float(end)


def _rounding(computed: Interval, printed: Claim) -> str:
    """The first rule by which the printed figure holds: a rounding, its hedge, or `''` when none saves it."""
    if printed.bound != "exact":
        # 85%以上 is held against the rounding of its digits as well: 84.96 passes
        loose = (
            interval_of(replace(printed, bound="exact"))
            if printed.unit == "%" and printed.low is None
            else None
        )
        good = computed.meets(interval_of(printed)) or (loose is not None and computed.meets(loose))
        return printed.bound if good else ""
    return next((rule for rule in ROUNDINGS if computed.meets(interval_of(printed, rule))), "")


def _checked(candidate: Candidate, value: Fraction, computed: Interval, words: str, grim: float = _NAN, right_way: bool = True) -> Relation:  # fmt: skip
    """The row of a settled candidate: does the recomputed interval meet the printed one, and by which rule of rounding?"""
    printed = candidate.result
    rule = _rounding(computed, printed) if right_way else ""
    chance = _chance(printed, computed, candidate.tried, candidate.holding)
    note = f"{words}, {_printed(printed)}"
    if rule == "truncated":
        note += ", holds only if truncated"
    mended = "" if rule else mend(candidate)
    return relation(candidate, "ok" if rule else "bad", computed, note, value=value, rounding=rule, chance=chance, mend=mended,
                power=chance if grim != grim else grim)  # fmt: skip


def _chance(printed: Claim, computed: Interval, tried: int = 1, holding: bool = False) -> float:
    """The chance that a random figure would have passed against one of `tried` recomputed ones; 1 for what only holding shows."""
    if holding:
        return 1.0
    if not printed.known:
        return _NAN
    return round(
        min(
            1.0,
            tried * passing(printed.text, printed.number, printed.unit, printed.bound, computed),
        ),
        6,
    )


def _printed(claim: Claim) -> str:
    said = f"{claim.direction} {claim.text}".strip() if claim.unit == "%" else claim.text
    return f"{'corrected to' if claim.rewritten else 'printed'} {said}"


def _judged_rate(candidate: Candidate) -> Relation:
    rate, above, below = candidate.claims
    if not below.number:
        return relation(candidate, "unchecked", reason="the whole is 0")
    computed = quotient(interval_of(above), interval_of(below), 100)
    value = above.number * 100 / below.number
    whole = rate.bound == "exact" and "%" in rate.text and rate.known and below.bound == "exact" and below.number.denominator == 1  # fmt: skip
    grim = round(power(rate.text, int(below.number)), 6) if whole else _NAN
    words = f"{plain(above.number)}/{plain(below.number)} = {float(value):.2f}%"
    return _checked(candidate, value, computed, words, grim)


def _possible(candidate: Candidate) -> Relation:
    """GRIM: a rate whose numerator is not stated is wrong when no whole number gives it; a possible one proves nothing."""
    rate, below = candidate.claims
    ways = [attainable(rate.text, int(below.number), rounding=rule) for rule in ROUNDINGS]
    chance, words = (
        round(power(rate.text, int(below.number)), 6),
        f"of {plain(below.number)}{below.unit} {rate.text}",
    )
    if any(ways):
        found = next(filter(None, ways))
        some = f"{found[0]}" if len(found) == 1 else f"{found[0]} to {found[-1]}"
        reason = f"its numerator is not stated ({some} would give it)"
        return relation(
            candidate,
            "unchecked",
            note=f"{words} is possible",
            reason=reason,
            power=chance,
            chance=chance,
        )
    reason = f"no whole number of {plain(below.number)} gives {rate.text}: it is of another whole, weighted, or wrong"
    return relation(
        candidate,
        "unchecked",
        note=f"{words} is impossible",
        reason=reason,
        power=chance,
        chance=chance,
    )


def _judged_yoy(candidate: Candidate) -> Relation:
    change, current, base = candidate.claims
    if not base.number:
        return relation(candidate, "unchecked", reason="the base is 0")
    sign = -1 if change.direction == "down" else 1
    ratio = quotient(interval_of(current), interval_of(base), 100)
    ends = [None if end is None else sign * (end - 100) for end in (ratio.low, ratio.high)]
    opens = [ratio.low_open, ratio.high_open]
    if sign < 0:
        ends, opens = ends[::-1], opens[::-1]
    computed = Interval(ends[0], ends[1], *opens)
    value = (current.number - base.number) * 100 / base.number
    words = f"{plain(current.number)} against {plain(base.number)} = {float(value):+.2f}%"
    right_way = value * sign >= 0 or not (interval_of(current).exact and interval_of(base).exact)
    return _checked(candidate, abs(value), computed, words, right_way=right_way)


def _judged_diff(candidate: Candidate) -> Relation:
    change, larger, smaller = candidate.claims
    a, b = interval_of(larger), interval_of(smaller)
    if a.high is None or b.high is None or a.low is None or b.low is None:
        return relation(candidate, "unchecked", reason="a hedge (以上) leaves the difference open")
    value = larger.number - smaller.number
    computed = Interval(
        a.low - b.high, a.high - b.low, a.low_open or b.high_open, a.high_open or b.low_open
    )
    fell, said = candidate.current == smaller.start, change.direction or candidate.direction
    right_way = not value or not said or fell == (said == "down")
    words = f"{plain(larger.number)} − {plain(smaller.number)} = {plain(value)}"
    return _checked(candidate, value, computed, words, right_way=right_way)


def _hundred(candidate: Candidate) -> Relation:
    """Shares of one whole: they make 100 % within the rounding of each."""
    parts = candidate.claims
    value = sum((c.number for c in parts), Fraction(0))
    slack = sum((step(c.text, c.unit) / 2 for c in parts), Fraction(0))
    computed, rest = Interval(value - slack, value + slack), 100 - value + parts[0].number
    note = (
        f"{' + '.join(plain(c.number) for c in parts)} = {plain(value)}%, the shares of one whole"
    )
    if abs(value - 100) > 100 * _OFF:
        return relation(
            candidate,
            "unchecked",
            computed,
            note,
            value=value,
            reason="the shares may be of several wholes",
        )
    good = abs(value - 100) <= slack
    chance = _chance(parts[0], Interval(rest - slack, rest + slack), holding=candidate.holding)
    return relation(
        candidate,
        "ok" if good else "bad",
        computed,
        note,
        value=value,
        rounding="half-up" * good,
        power=chance,
        chance=chance,
    )


def _judged_sum(candidate: Candidate) -> Relation:
    if candidate.hundred:
        return _hundred(candidate)
    parts = candidate.claims[1:]
    value = sum((c.number for c in parts), Fraction(0))
    words = f"{' + '.join(plain(c.number) for c in parts)} = {plain(value)}"
    whole = candidate.result
    ends = [interval_of(c) for c in parts]
    if all(
        c.kind == "money" and c.bound == "exact" and step(c.text, c.unit) == _WAN
        for c in candidate.claims
    ):
        ends = [
            Interval(c.number, c.number) for c in parts
        ]  # budgets in whole 万元 are what they say, not rounded
    low = sum((e.low or Fraction(0) for e in ends), Fraction(0))
    high = (
        None
        if any(e.high is None for e in ends)
        else sum((e.high or Fraction(0) for e in ends), Fraction(0))
    )
    computed = Interval(low, high, any(e.low_open for e in ends), any(e.high_open for e in ends))
    right_way = computed.low != computed.high or _same(value, whole)
    holds = right_way and _rounding(computed, whole)
    if not holds and (reason := _excuse(candidate, value, whole)):
        note = f"{words}, {_printed(whole)}"
        return relation(candidate, "unchecked", computed, note, value=value, reason=reason)
    return _checked(candidate, value, computed, words, right_way=right_way)


def _same(value: Fraction, whole: Claim) -> bool:
    """Whether a sum of exact parts is its total; one in 万 or 亿 may be rounded only where its parts are finer."""
    return (
        value == whole.number
        or whole.bound != "exact"
        or value.denominator != 1
        or value % _WAN != 0
    )


def _excuse(candidate: Candidate, value: Fraction, whole: Claim) -> str:
    """Why a list that does not make its total is no proof of an error; nothing when it is."""
    parts = candidate.claims[1:]
    off = abs(value - whole.number) / whole.number if whole.number else Fraction(1)
    if candidate.complete:
        return "" if candidate.tight or off <= _OFF else "the list may belong to another total"
    if value < whole.number:
        if len(parts) > 1 and off <= _HAIR and whole.number >= 1000:
            return ""  # a list that leaves out next to nothing leaves out nothing
        return "the parts make less than the total: the list may be a selection"
    over = off <= _OFF * (1 if len(parts) == 2 else 2)
    several = any(
        _TRAITS.search(p.lead) for p in parts
    )  # women and those over 60 may be the same people
    # 棚菜8550亩,…;水稻5000亩: a list that goes on behind a semicolon may have left its total there
    within = len({p.sentence for p in parts}) == 1 or parts[0].sentence != whole.sentence
    return (
        ""
        if candidate.tight and over and within and not several and whole.kind != "measure"
        else "the parts make more than the total: they may overlap"
    )


def _product(candidate: Candidate) -> Relation | None:
    _total, each, heads = candidate.claims
    a, b = interval_of(each), interval_of(heads)
    value = each.number * heads.number
    high = None if a.high is None or b.high is None else a.high * b.high
    computed = Interval(
        (a.low or Fraction(0)) * (b.low or Fraction(0)),
        high,
        a.low_open or b.low_open,
        a.high_open or b.high_open,
    )
    words = f"{plain(each.number)} × {plain(heads.number)} = {plain(value)}"
    found = _checked(candidate, value, computed, words)
    # three figures of a sentence that do not multiply need not be meant to, unless the words leave nothing else
    return found if found.verdict == "ok" or not candidate.holding else None


def _repeat(candidate: Candidate) -> Relation:
    first, second = candidate.claims
    chance = _chance(first, interval_of(second), holding=candidate.holding)
    if first.unit != second.unit:
        note = f"{plain(first.number)} once in {first.unit} and once in {second.unit}"
        return relation(
            candidate,
            "ok",
            interval_of(second),
            note,
            value=second.number,
            power=chance,
            chance=chance,
        )
    note = f"{plain(first.number)} and {plain(second.number)}{second.unit} of one thing"
    same = interval_of(first).meets(interval_of(second))
    return relation(
        candidate,
        "ok" if same else "bad",
        interval_of(second),
        note,
        value=second.number,
        power=chance,
        chance=chance,
    )


_JUDGES = {
    "rate": _judged_rate,
    "possible": _possible,
    "yoy": _judged_yoy,
    "diff": _judged_diff,
    "sum": _judged_sum,
    "product": _product,
    "repeat": _repeat,
}


def plain(value: Fraction) -> str:
    """A figure for a note: large round ones in 万, other whole numbers in full, the rest with up to six digits.

    >>> plain(Fraction(2163)), plain(Fraction(41_590_000)), plain(Fraction("18.5"))
    ('2163', '4159万', '18.5')
    """
    if value >= 1_000_000 and value % 1000 == 0:
        return f"{plain(value / _WAN)}万"
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
