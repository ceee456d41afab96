"""A candidate → its relation: recomputed exactly, compared as intervals, with what the check could have shown."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .intervals import ROUNDINGS, Interval, attainable, passing, power, quotient, step
from .links import Candidate, Claim
from .mending import mend

__all__ = ["judge", "plain", "relation"]

Row = tuple[Any, ...]
_NAN = float("nan")
#: lists that miss their total by more are taken for overlapping or linked by mistake, not for wrong arithmetic
_OFF = Fraction(1, 10)
_WAN = 10_000
_HAIR = Fraction(5, 1000)
_TRAITS = re.compile("女|男|以上|以下|学历|党员|民族|岁|本科|大专|先进|兼|还|优秀|新增")


def judge(candidate: Candidate) -> Row | None:
    """A candidate's relation, or None for figures that need not be arithmetic at all.

    Args:
        candidate: figures that the words tie together, or a figure with the reason why it stays unchecked.

    Returns:
        the columns of `fields.RELATIONS` from `type` on.
    """
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


def relation(candidate: Candidate, verdict: str, computed: Interval | None = None, note: str = "", **more: Any) -> Row:
    """A row of the columns of `fields.RELATIONS` from `type` on.

    Args:
        candidate: the figures.
        verdict: `ok`, `bad` or `unchecked`.
        computed: the recomputed interval, with its middle as `value` among the further columns.
        note: the arithmetic in words.
        more: value, rounding, power, chance, reason, mend.
    """
    starts = ";".join(str(c.start) for c in candidate.claims)
    low, high = (_NAN, _NAN) if computed is None else (_float(computed.low), _float(computed.high))
    value = _NAN if computed is None else float(more["value"])
    return (candidate.kind, starts, verdict, value, note, low, high, more.get("rounding", ""), more.get("power", _NAN),
            more.get("chance", _NAN), more.get("reason", ""), more.get("mend", ""))  # fmt: skip


def _float(end: Fraction | None) -> float:
    return float("inf") if end is None else float(end)


def _rounding(computed: Interval, printed: Claim) -> str:
    """The first rule by which the printed figure holds: a rounding, its hedge, or `''` when none saves it."""
    if printed.bound != "exact":
        # 85%以上 is held against the rounding of its digits as well: 84.96 passes
        loose = replace(printed, bound="exact").stands_for() if printed.unit == "%" and printed.low is None else None
        good = computed.meets(printed.stands_for()) or (loose is not None and computed.meets(loose))
        return printed.bound if good else ""
    return next((rule for rule in ROUNDINGS if computed.meets(printed.stands_for(rule))), "")


def _checked(candidate: Candidate, value: Fraction, computed: Interval, words: str, grim: float = _NAN, right_way: bool = True) -> Row:  # fmt: skip
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
    return round(min(1.0, tried * passing(printed.text, printed.number, printed.unit, printed.bound, computed)), 6)


def _printed(claim: Claim) -> str:
    said = f"{claim.direction} {claim.text}".strip() if claim.unit == "%" else claim.text
    return f"{'corrected to' if claim.rewritten else 'printed'} {said}"


def _rate(candidate: Candidate) -> Row:
    rate, above, below = candidate.claims
    if not below.number:
        return relation(candidate, "unchecked", reason="the whole is 0")
    computed = quotient(above.stands_for(), below.stands_for(), 100)
    value = above.number * 100 / below.number
    whole = rate.bound == "exact" and "%" in rate.text and rate.known and below.bound == "exact" and below.number.denominator == 1  # fmt: skip
    grim = round(power(rate.text, int(below.number)), 6) if whole else _NAN
    words = f"{plain(above.number)}/{plain(below.number)} = {float(value):.2f}%"
    return _checked(candidate, value, computed, words, grim)


def _possible(candidate: Candidate) -> Row:
    """GRIM: a rate whose numerator is not stated is wrong when no whole number gives it; a possible one proves nothing."""
    rate, below = candidate.claims
    ways = [attainable(rate.text, int(below.number), rounding=rule) for rule in ROUNDINGS]
    chance, words = round(power(rate.text, int(below.number)), 6), f"of {plain(below.number)}{below.unit} {rate.text}"
    if any(ways):
        found = next(filter(None, ways))
        some = f"{found[0]}" if len(found) == 1 else f"{found[0]} to {found[-1]}"
        reason = f"its numerator is not stated ({some} would give it)"
        return relation(candidate, "unchecked", note=f"{words} is possible", reason=reason, power=chance, chance=chance)
    reason = f"no whole number of {plain(below.number)} gives {rate.text}: it is of another whole, weighted, or wrong"
    return relation(candidate, "unchecked", note=f"{words} is impossible", reason=reason, power=chance, chance=chance)


def _yoy(candidate: Candidate) -> Row:
    change, current, base = candidate.claims
    if not base.number:
        return relation(candidate, "unchecked", reason="the base is 0")
    sign = -1 if change.direction == "down" else 1
    ratio = quotient(current.stands_for(), base.stands_for(), 100)
    ends = [None if end is None else sign * (end - 100) for end in (ratio.low, ratio.high)]
    opens = [ratio.low_open, ratio.high_open]
    if sign < 0:
        ends, opens = ends[::-1], opens[::-1]
    computed = Interval(ends[0], ends[1], *opens)
    value = (current.number - base.number) * 100 / base.number
    words = f"{plain(current.number)} against {plain(base.number)} = {float(value):+.2f}%"
    right_way = value * sign >= 0 or not (current.stands_for().exact and base.stands_for().exact)
    return _checked(candidate, abs(value), computed, words, right_way=right_way)


def _diff(candidate: Candidate) -> Row:
    change, larger, smaller = candidate.claims
    a, b = larger.stands_for(), smaller.stands_for()
    if a.high is None or b.high is None or a.low is None or b.low is None:
        return relation(candidate, "unchecked", reason="a hedge (以上) leaves the difference open")
    value = larger.number - smaller.number
    computed = Interval(a.low - b.high, a.high - b.low, a.low_open or b.high_open, a.high_open or b.low_open)
    fell, said = candidate.current == smaller.start, change.direction or candidate.direction
    right_way = not value or not said or fell == (said == "down")
    words = f"{plain(larger.number)} − {plain(smaller.number)} = {plain(value)}"
    return _checked(candidate, value, computed, words, right_way=right_way)


def _hundred(candidate: Candidate) -> Row:
    """Shares of one whole: they make 100 % within the rounding of each."""
    parts = candidate.claims
    value = sum((c.number for c in parts), Fraction(0))
    slack = sum((step(c.text, c.unit) / 2 for c in parts), Fraction(0))
    computed, rest = Interval(value - slack, value + slack), 100 - value + parts[0].number
    note = f"{' + '.join(plain(c.number) for c in parts)} = {plain(value)}%, the shares of one whole"
    if abs(value - 100) > 100 * _OFF:
        return relation(
            candidate, "unchecked", computed, note, value=value, reason="the shares may be of several wholes"
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


def _sum(candidate: Candidate) -> Row:
    if candidate.hundred:
        return _hundred(candidate)
    parts = candidate.claims[1:]
    value = sum((c.number for c in parts), Fraction(0))
    words = f"{' + '.join(plain(c.number) for c in parts)} = {plain(value)}"
    whole = candidate.result
    ends = [c.stands_for() for c in parts]
    if all(c.kind == "money" and c.bound == "exact" and step(c.text, c.unit) == _WAN for c in candidate.claims):
        ends = [Interval(c.number, c.number) for c in parts]  # budgets in whole 万元 are what they say, not rounded
    low = sum((e.low or Fraction(0) for e in ends), Fraction(0))
    high = None if any(e.high is None for e in ends) else sum((e.high or Fraction(0) for e in ends), Fraction(0))
    computed = Interval(low, high, any(e.low_open for e in ends), any(e.high_open for e in ends))
    right_way = computed.low != computed.high or _same(value, whole)
    holds = right_way and _rounding(computed, whole)
    if not holds and (reason := _excuse(candidate, value, whole)):
        note = f"{words}, {_printed(whole)}"
        return relation(candidate, "unchecked", computed, note, value=value, reason=reason)
    return _checked(candidate, value, computed, words, right_way=right_way)


def _same(value: Fraction, whole: Claim) -> bool:
    """Whether a sum of exact parts is its total; one in 万 or 亿 may be rounded only where its parts are finer."""
    return value == whole.number or whole.bound != "exact" or value.denominator != 1 or value % _WAN != 0


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
    several = any(_TRAITS.search(p.lead) for p in parts)  # women and those over 60 may be the same people
    # 棚菜8550亩,…;水稻5000亩: a list that goes on behind a semicolon may have left its total there
    within = len({p.sentence for p in parts}) == 1 or parts[0].sentence != whole.sentence
    return (
        ""
        if candidate.tight and over and within and not several and whole.kind != "measure"
        else "the parts make more than the total: they may overlap"
    )


def _product(candidate: Candidate) -> Row | None:
    _total, each, heads = candidate.claims
    a, b = each.stands_for(), heads.stands_for()
    value = each.number * heads.number
    high = None if a.high is None or b.high is None else a.high * b.high
    computed = Interval(
        (a.low or Fraction(0)) * (b.low or Fraction(0)), high, a.low_open or b.low_open, a.high_open or b.high_open
    )
    row = _checked(candidate, value, computed, f"{plain(each.number)} × {plain(heads.number)} = {plain(value)}")
    # three figures of a sentence that do not multiply need not be meant to, unless the words leave nothing else
    return row if row[2] == "ok" or not candidate.holding else None


def _repeat(candidate: Candidate) -> Row:
    first, second = candidate.claims
    chance = _chance(first, second.stands_for(), holding=candidate.holding)
    if first.unit != second.unit:
        note = f"{plain(first.number)} once in {first.unit} and once in {second.unit}"
        return relation(candidate, "ok", second.stands_for(), note, value=second.number, power=chance, chance=chance)
    note = f"{plain(first.number)} and {plain(second.number)}{second.unit} of one thing"
    same = first.stands_for().meets(second.stands_for())
    return relation(
        candidate, "ok" if same else "bad", second.stands_for(), note, value=second.number, power=chance, chance=chance
    )


_JUDGES = {
    "rate": _rate,
    "possible": _possible,
    "yoy": _yoy,
    "diff": _diff,
    "sum": _sum,
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
