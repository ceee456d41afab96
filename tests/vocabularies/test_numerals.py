"""Numerals are read exactly, whatever script and scale they are written in."""

from decimal import Decimal
from fractions import Fraction

import pytest

from qz_analysis.vocabularies.numerals import decimals, parse, rounded, significant

READINGS = [
    ("12", "12"),
    ("1,234", "1234"),  # thousands comma
    ("3亿2,000万", "320000000"),  # two scales in one figure
    ("1.2万", "12000"),
    ("16.4亿", "1640000000"),  # exact where binary floats slip
    ("5百", "500"),
    ("3千万", "30000000"),
    ("一百二", "120"),  # the last digit takes the place below
    ("一百零二", "102"),
    ("一千二百", "1200"),
    ("一千零五", "1005"),
    ("一万五", "15000"),
    ("一万五千亿", "1500000000000"),
    ("十五", "15"),
    ("二十", "20"),
    ("两万", "20000"),
    ("二十六万", "260000"),
    ("八十三点七", "83.7"),
    ("二〇一一", "2011"),  # digit by digit
    ("壹佰贰拾", "120"),  # formal
]


@pytest.mark.parametrize(("numeral", "value"), READINGS)
def test_numeral_has_its_exact_value(numeral, value):
    """A numeral gives its exact value."""
    assert parse(numeral) == Decimal(value)


@pytest.mark.parametrize("text", ["丁", "一甲"])
def test_what_is_no_numeral_is_refused(text):
    """Text that is no numeral raises instead of giving a number."""
    with pytest.raises((ValueError, ArithmeticError)):
        parse(text)


@pytest.mark.parametrize(
    ("printed", "count"), [("83.7%", 1), ("81.25%", 2), ("25%", 0), ("100多万元", 0)]
)
def test_decimals_counts_printed_digits(printed, count):
    """The number of printed decimals is read off the expression, because it sets the rounding."""
    assert decimals(printed) == count


ROUNDED = [
    (70.25, 1, "70.3"),  # a half goes up, where formats go to even digits
    (0.5, 0, "1"),
    (-0.25, 1, "-0.3"),
    (2.675, 2, "2.68"),  # in binary a little less
    (Fraction(10100, 201), 1, "50.2"),  # 50.2488: rounded once
    (Fraction(1, 3), 3, "0.333"),
    (Decimal("99.995"), 2, "100.00"),
    (float("nan"), 1, "nan"),
    (float("inf"), 1, "inf"),
]


@pytest.mark.parametrize(("value", "places", "text"), ROUNDED)
def test_numbers_are_rounded_as_people_do(value, places, text):
    """A number is rounded once, half away from zero; what is no number keeps its name."""
    assert rounded(value, places) == text


SHORT = [
    (84.6153, 4, "84.62"),
    (99.995, 4, "100"),
    (3.85, 2, "3.9"),
    (0.0345, 2, "0.035"),
    (12345, 4, "12345"),
    (0, 4, "0"),
]


@pytest.mark.parametrize(("value", "digits", "text"), SHORT)
def test_so_many_digits_as_say_something(value, digits, text):
    """Zeros behind the point say nothing, and digits of whole numbers are never dropped."""
    assert significant(value, digits) == text
