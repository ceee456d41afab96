"""The interval that a printed figure stands for, and how much a check of it can show.

| printed | stands for |
| --- | --- |
| a whole number of things | itself |
| decimals, 万, 亿, a whole per cent | half a unit of the last printed digit to either side |
| 多, 余, 几 (100多万) | from the figure to one more of its last digit that is not zero |
| 以上, 超过, 逾, 不少于 | the figure and all above it |
| 以下, 不足, 以内, 不超过 | all up to the figure |
| 近, 将近, 接近 | nine tenths of the figure up to the figure |
| 约, 左右, 上下, 来, and shares in words (三分之一) | a tenth of the figure to either side |
| a range (10-20) | its two ends |
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, gcd, inf

from ..model import Claim
from ..vocabularies.numerals import numerals
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import kept

#: the rules by which a figure may have been rounded, the usual first
ROUNDINGS = ("half-up", "half-even", "truncated")
_TENTH = Fraction(1, 10)
_MORE = re.compile("[多余几]")
_NEARLY = Pattern("intervals", r"{nearly}$")
_VULGAR = re.compile("(?<![百千万])分之")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends; an end may be open, and None is no end at all."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common.

        >>> Interval(Fraction(1), Fraction(2), high_open=True).meets(Interval(Fraction(2), None))
        False
        """
        return _before(self, other) and _before(other, self)

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def negative(self) -> "Interval":
        """The same numbers with the other sign."""
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return Interval(low, high, self.high_open, self.low_open)


def _before(a: Interval, b: Interval) -> bool:
    """Whether some number of `a` lies at or below some number of `b`."""
    if a.low is None or b.high is None:
        return True
    return a.low < b.high or (a.low == b.high and not a.low_open and not b.high_open)


def quotient(above: Interval, below: Interval, factor: int = 1) -> Interval:
    """All values of above / below × factor, for intervals without negative numbers.

    >>> above, below = Interval(Fraction(36), Fraction(36)), Interval(Fraction(40), Fraction(45))
    >>> i = quotient(above, below, 100)
    >>> int(i.low), int(i.high)
    (80, 90)
    """
    opens = above.high_open or below.low_open
    high = above.high * factor / below.low if above.high is not None and below.low else None
    if above.low is None or not below.high:
        return Interval(Fraction(0), high, False, opens)
    low = above.low * factor / below.high
    return Interval(low, high, above.low_open or below.high_open, opens)


def together(intervals: Iterable[Interval]) -> Interval:
    """All sums of a number of each interval; without an end where one of them has none.

    >>> both = together([Interval(Fraction(1), Fraction(2)), Interval(Fraction(3), None)])
    >>> both.low, both.high
    (Fraction(4, 1), None)
    """
    every = list(intervals)
    lows, highs = [i.low for i in every], [i.high for i in every]
    low, high = (
        None if None in ends else sum((end for end in ends if end is not None), Fraction(0))
        for ends in (lows, highs)
    )
    return Interval(low, high, any(i.low_open for i in every), any(i.high_open for i in every))


def step(text: str, unit: str) -> Fraction:
    """The worth of one in the last printed digit of an expression; 0 for what is not rounded.

    A whole number of things is not, a whole per cent is.

    >>> step("83.7%", "%"), step("3.4万件", "件"), step("193批次", "批次")
    (Fraction(1, 10), Fraction(1000, 1), Fraction(0, 1))
    """
    return _steps()(text, unit)


@kept
def _steps() -> Callable[[str, str], Fraction]:
    # each figure is held against several others, by several rules of rounding
    return lru_cache(maxsize=4096)(_step)


def _step(text: str, unit: str) -> Fraction:
    share = unit in {"%", "‰", "百分点", "倍"}
    if share and "成" in text:
        return Fraction(1 if re.search("成[一二三四五六七八九\\d]", text) else 10)
    text = text.removesuffix(unit) if unit else text  # the 千 of 亿千瓦 counts nothing
    big = numerals().big
    numeral = max(_numeral().findall(text), key=len, default="")
    at = max(map(numeral.rfind, big))
    if 0 <= at < len(numeral) - 1:
        worth = _place(numeral[at + 1 :])  # 1万2千
    elif at >= 0:
        head = numeral.rstrip("".join(big))
        worth = _place(head) * Fraction(numerals().scales[numeral[len(head) :]])
    # 二百件 may be two hundred: only 5千元, Arabic digits before a place, is a rounded one
    elif re.search(r"[.点]|\d[十百千]$", numeral):
        worth = _place(numeral)
    else:
        worth = Fraction(1)
    return worth if worth != 1 or share else Fraction(0)


@kept
def _numeral() -> re.Pattern[str]:
    return re.compile(rf"[\d,.零〇一二两三四五六七八九十百千{''.join(numerals().big)}点]+")


def _place(numeral: str) -> Fraction:
    """The worth of one in the last digit of a numeral without 万 and 亿: 100 in 3.5千."""
    digits = numeral.rstrip("十百千")
    places = Fraction(1)
    for place in numeral[len(digits) :]:
        places *= {"十": 10, "百": 100, "千": 1000}[place]
    decimals = re.search(r"[.点](.+)", digits)
    return places / 10 ** len(decimals[1]) if decimals else places


def interval_of(claim: Claim, rounding: str = "half-up") -> Interval:
    """The interval of a claim's printed figure, or of its range."""
    return _intervals()(claim, rounding)


@kept
def _intervals() -> Callable[[Claim, str], Interval]:
    # a count is held against every share that it may be the whole of
    return lru_cache(maxsize=4096)(_interval)


def ends_of(claim: Claim, rounding: str = "half-up") -> tuple[float, float]:
    """The ends of a claim's interval as floating-point numbers, to leave out what is far off."""
    return _ends()(claim, rounding)


@kept
def _ends() -> Callable[[Claim, str], tuple[float, float]]:
    return lru_cache(maxsize=4096)(lambda claim, rounding: floats(interval_of(claim, rounding)))


def floats(interval: Interval) -> tuple[float, float]:
    """The ends of an interval as floating-point numbers.

    >>> floats(Interval(Fraction(1, 2), None))
    (0.5, inf)
    """
    low = -inf if interval.low is None else float(interval.low)
    return low, inf if interval.high is None else float(interval.high)


def _interval(claim: Claim, rounding: str) -> Interval:
    if claim.low is not None and claim.high is not None:
        return Interval(Fraction(claim.low), Fraction(claim.high))
    return stands_for(
        claim.text, claim.number, claim.bound, claim.unit, before=claim.before, rounding=rounding
    )


def stands_for(
    text: str,
    value: Fraction,
    bound: str,
    unit: str,
    *,
    before: str = "",
    rounding: str = "half-up",
) -> Interval:
    """The interval that a printed figure stands for, by the table above and one of `ROUNDINGS`.

    Its digits set the rounding, and the words before it may hedge it (近 differs from 约).

    >>> i = stands_for("83.7%", Fraction("83.7"), "exact", "%")
    >>> float(i.low), float(i.high), i.high_open
    (83.65, 83.75, True)
    >>> i = stands_for("24600多件", Fraction(24600), "min", "件")
    >>> int(i.low), int(i.high)
    (24600, 24700)
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"there is no rounding {rounding!r}; there are: {', '.join(ROUNDINGS)}")
    if bound == "min":
        more = _MORE.search(text)
        return Interval(value, value + _last(value) if more else None, high_open=bool(more))
    if bound == "max":
        return Interval(Fraction(0), value)
    if bound == "approx" and _NEARLY.search(before):
        return Interval(value * (1 - _TENTH), value)
    if bound == "approx" or _VULGAR.search(text):
        return Interval(value * (1 - _TENTH), value * (1 + _TENTH))
    unit_of_last = step(text, unit)
    if not unit_of_last:
        return Interval(value, value)
    if rounding == "truncated":
        return Interval(value, value + unit_of_last, high_open=True)
    # half-up gives the upper tie to the next figure, half-even lets a tie fall to either side
    half = unit_of_last / 2
    return Interval(value - half, value + half, high_open=rounding == "half-up")


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal number."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _last(value: Fraction) -> Fraction:
    """One of the last digit that is not zero: 100 in 24600, 0.1 in 8.5."""
    return Fraction(10) ** int(decimal(value).normalize().as_tuple().exponent)


def attainable(printed: str, denominator: int, *, rounding: str = "half-up") -> list[int]:
    """Numerators that give a printed percentage of a whole number of things: the GRIM test.

    They come lowest first; there are none when no whole number gives the rate.

    Brown and Heathers (2017), The GRIM test, Social Psychological and Personality Science 8(4), in
    its form for percentages.

    >>> attainable("84.62%", 26), attainable("84.6%", 25), attainable("93.8%", 2163)
    ([22], [], [2028, 2029])
    """
    value = Fraction(printed.rstrip("%"))
    wanted = stands_for(printed, value, "exact", "%", rounding=rounding)
    assert wanted.low is not None and wanted.high is not None
    first = max(0, ceil(wanted.low * denominator / 100))
    last = min(denominator, floor(wanted.high * denominator / 100))
    inside = {k for k in (first, first + 1, last - 1, last) if 0 <= k <= denominator}
    good = sorted(
        k for k in inside if Interval(x := Fraction(k * 100, denominator), x).meets(wanted)
    )
    return list(range(good[0], good[-1] + 1)) if good else []


def power(printed: str, denominator: int) -> float:
    """The chance that a random percentage with as many digits would be possible for a denominator.

    A low chance makes a strong check. At 1 the denominator alone could not have shown an error (the
    check is blind); the stated numerator still can.

    >>> round(power("84.62%", 26), 4), power("93.8%", 2163)
    (0.0027, 1.0)
    """
    decimals = len(printed.rstrip("%").partition(".")[2])
    figures = 100 * 10**decimals + 1
    if denominator >= figures:
        return 1.0
    # with fewer things than figures no two numerators round to the same one
    return (denominator + 1) / figures


def grain_of(amounts: Iterable[Fraction]) -> Fraction:
    """The worth of one in the last digit that any of some numbers has.

    >>> grain_of([Fraction(480), Fraction(1200)]), grain_of([Fraction(3, 2), Fraction(4)])
    (Fraction(10, 1), Fraction(1, 10))
    """
    some = list(amounts)
    scale = 1
    while any((n * scale).denominator > 1 for n in some):
        scale *= 10
    common, worth = gcd(*(int(n * scale) for n in some)), 1
    while common and common % (10 * worth) == 0:
        worth *= 10
    return Fraction(worth, scale)


def passing(text: str, value: Fraction, unit: str, bound: str, computed: Interval) -> float:
    """The chance that a random figure of as many digits and the same hedge would have passed.

    Percentages are taken from 0 to 100, other figures from those of as many digits.

    >>> computed = Interval(Fraction("93.76"), Fraction("93.76"))
    >>> passing("93.8%", Fraction("93.8"), "%", "exact", computed) < 0.001
    True
    >>> computed = Interval(Fraction("85.77"), Fraction("85.77"))
    >>> passing("85%", Fraction(85), "%", "min", computed)
    0.8514851485148515
    """
    grain = step(text, unit) or (Fraction(1) if bound == "exact" else _last(value))
    if unit == "%":
        low, high = Fraction(0), Fraction(100)
    else:
        size = Fraction(10) ** (len(str(floor(value / grain))) - 1)
        low, high = size * grain, (size * 10 - 1) * grain
    figures = (high - low) / grain + 1
    fitting = max(_fitting(computed, grain, low, high, bound), Fraction(0))
    return float(min(Fraction(1), fitting / figures))


def _fitting(
    computed: Interval, grain: Fraction, low: Fraction, high: Fraction, bound: str
) -> Fraction:
    """How many figures of a grid a recomputed one would let pass."""
    least = low if computed.low is None else computed.low
    most = high if computed.high is None else computed.high
    if bound == "min":
        least = low
    elif bound == "max":
        most = high
    elif bound == "approx":
        least, most = least / (1 + _TENTH), most / (1 - _TENTH)
    half = grain / 2 if bound == "exact" else Fraction(0)
    least, most = max(low, least - half), min(high, most + half)
    if bound == "exact" and least + grain >= most:
        return Fraction(1)
    return Fraction(floor(most / grain) - ceil(least / grain) + 1)
