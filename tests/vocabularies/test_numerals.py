"""Numerals are read exactly, whatever script and scale they are written in."""

from decimal import Decimal

import pytest

from qz_analysis.vocabularies.numerals import decimals, parse

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
