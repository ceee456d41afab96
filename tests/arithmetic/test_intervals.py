"""What a printed figure stands for, by its digits and hedges, and how much a check of it can show."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz_analysis import extract
from qz_analysis.arithmetic.intervals import (
    ROUNDINGS,
    Interval,
    attainable,
    interval_of,
    passing,
    power,
    quotient,
    stands_for,
    step,
)
from qz_analysis.model import read_claim

# text → lower end, upper end, and whether the upper end itself is out; None is no end
STANDS_FOR = [
    ("受理98件。", 98, 98, False),  # a whole number of things is itself
    ("受理5000件。", 5000, 5000, False),  # so is a round one
    ("受理三百二十件。", 320, 320, False),
    ("办结率83.7%。", 83.65, 83.75, True),  # decimals: half a unit of the last one
    ("占百分之八十三点七。", 83.65, 83.75, True),
    ("上升3.2个百分点。", 3.15, 3.25, True),
    ("受理3.4万件。", 33_500, 34_500, True),  # of 万 and 亿 too
    ("受理3万件。", 25_000, 35_000, True),
    ("投资3.5亿元。", 345_000_000, 355_000_000, True),
    ("办结率85%。", 84.5, 85.5, True),  # a whole per cent is rounded
    ("占八成。", 75, 85, True),
    ("占八成五。", 84.5, 85.5, True),
    (
        "受理24600多件。",
        24_600,
        24_700,
        True,
    ),  # 多, 余, 几: up to one more of the last digit that is not zero
    ("受理100余件。", 100, 200, True),
    ("受理20几件。", 20, 30, True),
    ("受理100多万件。", 1_000_000, 2_000_000, True),
    ("收入8.5万多元。", 85_000, 86_000, True),
    ("受理300件以上。", 300, None, False),
    ("受理超过300件。", 300, None, False),
    ("受理逾300件。", 300, None, False),
    ("受理不少于300件。", 300, None, False),
    ("受理300件以下。", 0, 300, False),
    ("受理不足300件。", 0, 300, False),
    ("受理300件以内。", 0, 300, False),
    ("受理不超过300件。", 0, 300, False),
    ("受理近300件。", 270, 300, False),  # 近 never lies above its figure
    ("受理将近300件。", 270, 300, False),
    ("受理接近300件。", 270, 300, False),
    ("受理约300件。", 270, 330, False),
    ("受理300件左右。", 270, 330, False),
    ("受理300件上下。", 270, 330, False),
    ("受理300来件。", 270, 330, False),
    ("占三分之一。", 30, 110 / 3, False),
    ("组建10-20人的队伍。", 10, 20, False),
]


@pytest.mark.parametrize(("text", "low", "high", "high_open"), STANDS_FOR)
def test_a_printed_figure_stands_for_its_interval(text, low, high, high_open):
    """Digits, scales and hedges set the two ends, row by row of the module's table."""
    (row,) = extract(text).to_dict("records")
    found = interval_of(read_claim(row))
    ends = [None if end is None else float(end) for end in (found.low, found.high)]
    assert ends == pytest.approx([low, high])
    assert (found.low_open, found.high_open) == (False, high_open)


@pytest.mark.parametrize(
    ("text", "unit", "worth"),
    [
        ("193批次", "批次", 0),
        ("3.4万件", "件", 1000),
        ("3.45万件", "件", 100),
        ("2亿元", "元", 10**8),
        ("1.5万亿元", "元", 10**11),
        ("83%", "%", 1),
        ("83.70%", "%", Fraction(1, 100)),
        ("三成", "%", 10),
        ("1.5倍", "倍", Fraction(1, 10)),
        ("3.5千万元", "元", 10**6),
        ("5百万元", "元", 10**6),
        ("1万2千件", "件", 1000),
        ("一万二千三百四十五件", "件", 0),
    ],
)
def test_the_last_printed_digit_sets_the_step(text, unit, worth):
    """The step is the worth of one in the last printed digit, 0 for things that are counted whole."""
    assert step(text, unit) == worth


# recomputed → printed: the rules by which the printed figure holds
ROUNDED = [
    (Fraction(2028, 2163), "93.8%", {"half-up", "half-even"}),
    (Fraction(2028, 2163), "93.7%", {"truncated"}),  # cut off, not rounded
    (Fraction(27, 64), "42.1%", {"truncated"}),
    (Fraction(143, 176), "81.25%", {"half-up", "half-even", "truncated"}),
    (Fraction(143, 176), "81.3%", {"half-up", "half-even"}),
    (Fraction(143, 176), "81.2%", {"half-even", "truncated"}),  # a tie may fall to the even side
    (Fraction(101, 201), "50.2%", {"half-up", "half-even", "truncated"}),
    (Fraction(101, 201), "50.3%", set()),
]


@pytest.mark.parametrize(("share", "printed", "rules"), ROUNDED)
def test_each_rule_of_rounding_saves_its_own_figures(share, printed, rules):
    """A recomputed share holds by exactly the rules that could have printed it."""
    value = Fraction(printed.rstrip("%"))
    computed = Interval(share * 100, share * 100)
    assert {
        r for r in ROUNDINGS if computed.meets(stands_for(printed, value, "exact", "%", rounding=r))
    } == rules


def test_an_unknown_rounding_is_told():
    """A rounding that does not exist is answered with those that do."""
    with pytest.raises(ValueError, match="half-up, half-even, truncated"):
        stands_for("83.7%", Fraction(837, 10), "exact", "%", rounding="up")


MEETS = [
    ((1, 2, False), (2, 3, False), True),
    ((1, 2, True), (2, 3, False), False),  # an open end is out
    ((1, 2, False), (3, 4, False), False),
    ((3, 4, False), (1, 2, False), False),
    ((1, None, False), (100, 100, False), True),  # no end at all
    ((None, 5, False), (9, None, False), False),
]


@pytest.mark.parametrize(("one", "other", "expected"), MEETS)
def test_intervals_meet_where_they_share_a_number(one, other, expected):
    """Two intervals meet when a number lies in both, whichever comes first."""
    a, b = (
        Interval(*(None if e is None else Fraction(e) for e in ends), high_open=out)
        for *ends, out in (one, other)
    )
    assert a.meets(b) is b.meets(a) is expected


ATTAINABLE = [
    ("84.62%", 26, [22]),
    ("84.6%", 25, []),  # no whole number of 25 gives it
    ("93.8%", 2163, [2028, 2029]),
    ("100%", 3, [3]),
    ("100%", 250, [249, 250]),  # never more than all
    ("100%", 1000, [995, 996, 997, 998, 999, 1000]),
    ("0%", 1000, [0, 1, 2, 3, 4]),
    ("0%", 3, [0]),
    ("50%", 1, []),
]


@pytest.mark.parametrize(("printed", "whole", "expected"), ATTAINABLE)
def test_numerators_that_give_a_rate(printed, whole, expected):
    """GRIM: only whole numbers from none to all may stand above the line."""
    assert attainable(printed, whole) == expected


# a tie may fall to either side by half-even, so both halves count
_RULES = {
    "half-up": (ROUND_HALF_UP,),
    "half-even": (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN),
    "truncated": (ROUND_DOWN,),
}


@given(
    st.integers(1, 400),
    st.integers(0, 2).flatmap(lambda d: st.decimals(1, 99, places=d)),
    st.sampled_from(ROUNDINGS),
)
def test_numerators_are_those_that_print_so(whole, share, rounding):
    """The numerators are exactly those whose percentage, written with as many digits, is the printed one."""
    digits = Decimal(1).scaleb(share.as_tuple().exponent)
    expected = [
        k
        for k in range(whole + 1)
        if any(
            (Decimal(k * 100) / whole).quantize(digits, rule) == share for rule in _RULES[rounding]
        )
    ]
    assert attainable(f"{share}%", whole, rounding=rounding) == expected


POWER = [
    ("84.62%", 26, 27 / 10_001),  # 0.3 %: the denominator alone would show nearly any error
    ("84.6%", 26, 27 / 1001),
    ("93.8%", 2163, 1.0),  # every figure is possible: blind without the numerator
    ("94%", 2163, 1.0),
    ("94%", 101, 1.0),
    ("94%", 99, 100 / 101),
]


@pytest.mark.parametrize(("printed", "whole", "expected"), POWER)
def test_power_is_the_share_of_figures_that_could_be(printed, whole, expected):
    """Power is the part of all figures with as many digits that some whole number gives."""
    assert power(printed, whole) == pytest.approx(expected)


@given(st.integers(1, 100))
def test_power_counts_the_possible_figures(whole):
    """The power equals the share of two-digit-decimal percentages with a numerator, counted one by one."""
    possible = {
        (Decimal(k * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for k in range(whole + 1)
    }
    assert power("12.34%", whole) == pytest.approx(len(possible) / 10_001)


PASSING = [
    ("93.8%", "93.8", "%", "exact", "93.76", 1 / 1001),
    ("94%", "94", "%", "exact", "93.76", 1 / 101),
    ("85%", "85", "%", "min", "85.77", 86 / 101),  # 0 to 85 would all have held
    ("90%", "90", "%", "max", "85.77", 15 / 101),
    ("156件", "156", "件", "exact", "156", 1 / 900),
    ("27家", "27", "家", "exact", "27", 1 / 90),
    ("3.4万件", "34000", "件", "exact", "33961", 1 / 90),
]


@pytest.mark.parametrize(("text", "value", "unit", "bound", "computed", "expected"), PASSING)
def test_chance_counts_the_figures_that_would_have_passed(
    text, value, unit, bound, computed, expected
):
    """The chance is how many figures of the same digits and hedge agree with the recomputed one, of all there are."""
    one = Fraction(computed)
    assert passing(text, Fraction(value), unit, bound, Interval(one, one)) == pytest.approx(
        expected
    )


def test_a_wide_recomputed_figure_lets_more_pass():
    """Rounded counts leave a wide interval, which more printed figures would meet."""
    narrow, wide = Interval(Fraction(97), Fraction(97)), Interval(Fraction(95), Fraction(100))
    chances = [
        passing("97.1%", Fraction("97.1"), "%", "exact", computed) for computed in (narrow, wide)
    ]
    assert chances == pytest.approx([1 / 1001, 51 / 1001], abs=1 / 1001)


QUOTIENTS = [
    (Interval(36, 36), Interval(40, 45), Interval(80, 90)),
    (Interval(36, None), Interval(40, 45), Interval(80, None)),
    (Interval(36, 36), Interval(40, None), Interval(0, 90)),
    (Interval(36, 36), Interval(0, 45), Interval(80, None)),  # near nothing it has no upper end
    (Interval(36, 36), Interval(0, 0), Interval(0, None)),
    # the end that the larger whole gives is open where the whole's is
    (Interval(36, 36), Interval(40, 45, high_open=True), Interval(80, 90, low_open=True)),
    (Interval(36, 45, high_open=True), Interval(50, 50), Interval(72, 90, high_open=True)),
]


@pytest.mark.parametrize(("above", "below", "expected"), QUOTIENTS)
def test_a_quotient_holds_all_that_its_figures_may_give(above, below, expected):
    """The ends of a quotient come from opposite ends of what it is of, and an end that is left open stays so."""
    above, below, expected = (
        Interval(
            *(None if end is None else Fraction(end) for end in (i.low, i.high)),
            i.low_open,
            i.high_open,
        )
        for i in (above, below, expected)
    )
    assert quotient(above, below, 100) == expected
