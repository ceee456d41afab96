"""Claims → relations: recompute what the report itself lets a reader check, exactly and by the grammar of its sentences."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from .fields import RELATIONS, frame
from .numerals import SCALES, decimals

__all__ = ["audit", "holds"]

#: how far apart, as a share of the larger, two statements of one quantity may stand and still be suspected to be one
_NEAR = Fraction(1, 10)
#: how many counts of nearly one size are compared with each: a page that repeats one number must not cost its square
_NEIGHBOURS = 30
#: pairs of characters that two subjects must have at the least before they are compared: 党员 alone names no one thing
_ENOUGH = 2
#: families whose counts belong to a span of time, so that two without one are two things
_FLOWS = {"petition", "mediation", "matters", "crime", "outreach"}
_SCOPE = re.compile("[全我各][省市县区乡镇村]|[一二三四]季度|[上下]半年")


@dataclass(frozen=True, slots=True)
class _Claim:
    """The columns of a claim row that the audit reads, the value exact."""

    start: int
    text: str
    value: Fraction
    bound: str
    unit: str
    kind: str
    direction: str
    family: str
    stage: str
    subject: str
    period: str
    role: str
    sentence: int
    clause: int


_FIELDS = [f.name for f in dataclass_fields(_Claim)]
_READ = ["doc", "report", "status", *_FIELDS]


def audit(claims: pd.DataFrame) -> pd.DataFrame:
    """Every piece of arithmetic that the claims let a reader check, with its verdict.

    Rates are linked to the resolved count before them and the received count before that, of one unit and sentence;
    year-on-year changes to the figure of the earlier time before them; sums to a total with its 其中 parts, or to shares in brackets that
    make 100 %; repeats to two statements of one thing in one report.

    Args:
        claims: a claims table (columns doc, report, start, text, value, bound, unit, kind, direction, family, stage,
            subject, period, status, role, sentence, clause).

    Returns:
        one row per relation with the columns of `fields.RELATIONS`.

    Raises:
        KeyError: a column is missing.

    >>> from qz_analysis import extract
    >>> audit(extract("全年受理各类事项2163宗,办结2028宗,办结率93.8%。"))[["type", "verdict", "note"]].values.tolist()
    [['rate', 'ok', '2028/2163 = 93.76%, printed 93.8%']]
    """
    reports: dict[tuple[str, int], list[_Claim]] = {}
    for row in zip(*(claims[name].tolist() for name in _READ), strict=True):
        claim = dict(zip(_READ, row, strict=True))
        if claim["status"] == "ok" and claim["value"] == claim["value"]:
            reports.setdefault((claim["doc"], claim["report"]), []).append(_claim(claim))
    rows = [(*report, *relation) for report, mine in reports.items() for relation in _relations(mine)]
    return frame(rows, RELATIONS)


def _claim(row: dict[str, Any]) -> _Claim:
    # the float's shortest digits are the printed ones, so that 83.7 is 837/10 and not the nearest binary fraction
    value = Fraction(Decimal(repr(float(row["value"]))))
    return _Claim(**{name: row[name] for name in _FIELDS} | {"value": value})


def _relations(claims: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    sentences: dict[int, list[_Claim]] = {}
    for claim in claims:
        sentences.setdefault(claim.sentence, []).append(claim)
    for inside in sentences.values():
        yield from _rates(inside)
        yield from _changes(inside)
        yield from _sums(inside)
        yield from _shares(inside)
    yield from _repeats(claims)


def holds(computed: Fraction, printed: str, value: Fraction, bound: str) -> bool:
    """Whether a recomputed figure agrees with a printed one, within the rounding of its digits or its bound.

    Args:
        computed: the exact recomputed figure, in the unit of the printed one.
        printed: the printed expression; its decimals set the rounding (half a unit of the last digit).
        value: the printed figure.
        bound: its bound, one of `exact`, `approx`, `min`, `max`.

    >>> holds(Fraction(3600, 43), "83.7%", Fraction("83.7"), "exact")
    True
    """
    half = _half(printed)
    low, high = value - half, value + half
    if bound == "min":
        return computed >= low
    if bound == "max":
        return computed <= high
    if bound == "approx":  # 近, 约, 左右: a tenth either way is how far the words reach in practice
        return value * Fraction(9, 10) <= computed <= value * Fraction(11, 10)
    return low <= computed <= high


def _half(printed: str) -> Fraction:
    """Half a unit of the last printed digit: 83.7% stands for 83.65 to 83.75, 3.4万件 for 33,500 to 34,500."""
    scale = next((SCALES[word] for word in ("万亿", "亿", "万") if word in printed), 1)
    return Fraction(scale, 2 * 10 ** decimals(printed))


def _slack(claim: _Claim) -> Fraction:
    """How far a count may be off its printed value: a whole number is exact, 3.4万 is rounded."""
    return _half(claim.text) if re.search("[万亿]", claim.text) else Fraction(0)


def _rates(inside: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    for i, rate in enumerate(inside):
        if rate.kind != "rate" or rate.unit != "%" or rate.role == "share":
            continue
        pair = _pair(inside[:i], rate)
        if pair is None:
            continue
        above, below = pair
        computed = above.value * 100 / below.value
        verdict = _verdict(holds(computed, rate.text, rate.value, rate.bound) or _loose(above, below, rate))
        note = f"{_plain(above.value)}/{_plain(below.value)} = {float(computed):.2f}%, printed {rate.text}"
        yield "rate", f"{rate.start};{above.start};{below.start}", verdict, float(computed), note


def _pair(before: list[_Claim], rate: _Claim) -> tuple[_Claim, _Claim] | None:
    """The part and the whole that a rate speaks of: the nearest resolved count and the nearest whole of its unit before it."""
    counts = [c for c in before if c.kind == "count" and c.role != "base"]
    for k in range(len(counts) - 1, -1, -1):
        above = counts[k]
        if not _is_part(above, rate):
            continue
        for below in reversed(counts[:k]):
            if below.unit == above.unit and below.value >= above.value and _is_whole(below, above):
                # 办结990件,其中初访500件,办结率98%: of the part or of the whole? then nothing is claimed
                rival = any(c.role != "part" and _is_part(c, rate) for c in counts[:k])
                return None if above.role == "part" != below.role and rival else (above, below)
        return None
    return None


def _is_part(claim: _Claim, rate: _Claim) -> bool:
    if rate.stage == "resolved":
        return claim.stage == "resolved"
    # 支持率 is the share of those that 支持, 集中供养率 of those that are kept 集中
    root = re.search(r"([\u4e00-\u9fff]{2,4})率", rate.subject)
    return root is not None and root[1] in claim.subject


def _is_whole(below: _Claim, above: _Claim) -> bool:
    return below.stage == "received" or (above.stage == "" and below.stage == "")


def _loose(above: _Claim, below: _Claim, rate: _Claim) -> bool:
    """Counts that are rounded (3.4万件) or hedged (21100多件) themselves allow more than the printed digits do."""
    if above.bound != "exact" or below.bound != "exact":
        return abs(above.value * 100 / below.value - rate.value) <= 1
    least = (above.value - _slack(above)) * 100 / (below.value + _slack(below))
    most = (above.value + _slack(above)) * 100 / (below.value - _slack(below))
    return rate.value - _half(rate.text) <= most and least <= rate.value + _half(rate.text)


def _changes(inside: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    """Changes behind the figures of an earlier time: as many bases as changes are paired in their order, else nothing is."""
    i = 0
    while i < len(inside):
        bases = list(itertools.takewhile(lambda c: c.role == "base" and c.unit != "%", inside[i:]))
        changes = list(itertools.takewhile(lambda c: c.kind == "change" and c.unit == "%", inside[i + len(bases) :]))
        if bases and (len(changes) == len(bases) or len(bases) == 1):
            for base, change in zip(bases, changes, strict=False):
                yield from _change(inside[:i], base, change)
        i += max(1, len(bases))


def _change(before: list[_Claim], base: _Claim, change: _Claim) -> Iterator[tuple[str, str, str, float, str]]:
    same = [c for c in before if c.unit == base.unit and c.kind == "count" and c.role != "base"]
    current = next((c for c in reversed(same) if _comparable(c, base)), None)
    if current is None or not base.value:
        return
    computed = (current.value - base.value) * 100 / base.value
    right_way = (computed > 0) == (change.direction == "up") or not computed
    verdict = _verdict(right_way and holds(abs(computed), change.text, change.value, change.bound))
    note = f"{_plain(current.value)} against {_plain(base.value)} = {float(computed):+.2f}%, printed {change.direction} {change.text}"
    yield "yoy", f"{change.start};{current.start};{base.start}", verdict, float(abs(computed)), note


def _comparable(current: _Claim, base: _Claim) -> bool:
    """Whether two counts can be one thing at two times: one of another order of magnitude is another thing."""
    return base.value <= 10 * current.value and current.value <= 10 * base.value


def _sums(inside: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    """A total and its parts behind 其中: parts that make less than the total are an incomplete list, not an error."""
    parts = [c for c in inside if c.role == "part" and _adds(c)]
    totals = [c for c in inside if c.role != "part" and _adds(c) and parts and c.start < parts[0].start]
    if not totals:
        return
    total = totals[-1]
    same = [p for p in parts if p.unit == total.unit]
    whole = sum((p.value for p in same), Fraction(0))
    slack = sum((_slack(p) for p in same), _slack(total))
    if len(same) < 2 or whole < total.value - slack or len({p.stage for p in same}) > 1:
        return
    good = abs(whole - total.value) <= slack or holds(whole, total.text, total.value, total.bound)
    note = f"{' + '.join(_plain(p.value) for p in same)} = {_plain(whole)}, printed {total.text}"
    yield "sum", ";".join(str(c.start) for c in (total, *same)), _verdict(good), float(whole), note


def _adds(claim: _Claim) -> bool:
    """Whether figures of this kind add up: counts and sums do, percentages of different wholes do not."""
    return claim.kind in {"count", "change", "money"} and claim.unit not in {"%", "‰", "百分点", "倍", "番"}


def _shares(inside: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    """Shares of one whole that stand side by side and make 100 %: in one bracket, or each with its taker."""
    run: list[_Claim] = []
    for claim in [*inside, None]:
        if claim is not None and claim.kind == "rate" and claim.unit == "%" and (not run or _beside(run[-1], claim)):
            run.append(claim)
            continue
        whole = sum((c.value for c in run), Fraction(0))
        if len(run) > 1 and whole == 100 and not any(c.subject.endswith(("率", "度")) for c in run):
            note = f"{' + '.join(_plain(c.value) for c in run)} = 100%, the shares of one whole"
            yield "sum", ";".join(str(c.start) for c in run), "ok", 100.0, note
        run = [claim] if claim is not None and claim.kind == "rate" and claim.unit == "%" else []


def _beside(first: _Claim, second: _Claim) -> bool:
    return second.clause - first.clause <= 1 and first.role == second.role and first.family == second.family


def _repeats(claims: list[_Claim]) -> Iterator[tuple[str, str, str, float, str]]:
    """One thing counted twice in one report: the same unit and nearly the same words about it, in different sentences."""
    groups: dict[tuple[str, str], list[_Claim]] = {}
    for c in claims:
        if c.kind == "count" and c.value >= 100 and c.bound == "exact" and c.role == "":
            groups.setdefault((c.unit, c.family), []).append(c)
    found = [pair for group in groups.values() for pair in _near_pairs(group)]
    for first, second in sorted(found, key=lambda pair: (pair[0].start, pair[1].start)):
        note = f"{_plain(first.value)} and {_plain(second.value)}{second.unit} of one thing"
        verdict = _verdict(first.value == second.value)
        yield "repeat", f"{first.start};{second.start}", verdict, float(second.value), note


def _near_pairs(group: list[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Pairs of nearly the same size and words; in order of size, so that only neighbours are looked at."""
    ordered = sorted(group, key=lambda c: (c.value, c.start))
    words = [_pairs(c.subject) for c in ordered]
    for i, small in enumerate(ordered):
        for j in range(i + 1, min(len(ordered), i + 1 + _NEIGHBOURS)):
            large = ordered[j]
            if large.value - small.value > _NEAR * large.value:
                break
            shorter = min(len(words[i]), len(words[j]))
            alike = shorter >= _ENOUGH and len(words[i] & words[j]) >= shorter / 2
            if alike and small.sentence != large.sentence and _one_thing(small, large):
                yield (small, large) if small.start < large.start else (large, small)


def _one_thing(first: _Claim, second: _Claim) -> bool:
    """Whether two counts may be one: of one time and one scope; flows (visits, cases) only when both name the same time."""
    scopes = [set(_SCOPE.findall(c.subject)) for c in (first, second)]
    if first.period != second.period or (scopes[0] and scopes[1] and scopes[0] != scopes[1]):
        return False
    return bool(first.period) or first.family not in _FLOWS


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if all("\u4e00" <= c <= "\u9fff" for c in text[i : i + 2])}


def _verdict(good: bool) -> str:
    return "ok" if good else "bad"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
