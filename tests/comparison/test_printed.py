"""Printed figures, units and words of time as English writes them."""

import pytest

from qz_analysis.comparison.printed import english_printed, english_time, english_unit


@pytest.mark.parametrize(
    ("printed", "en"),
    [
        ("193批次389人次", "193 batches, 389 person-times"),
        ("954件次", "954 item-times"),
        ("2028宗", "2,028 cases"),
        ("1户", "1 household"),
        ("85%以上", "85% or more"),
        ("5%左右", "about 5%"),
        ("将近四成", "nearly 40%"),
        ("近10亿元", "nearly 1bn yuan"),
        ("100多万元", "over 1m yuan"),
        ("大致为8000元", "about 8,000 yuan"),
        ("120元/年", "120 yuan a year"),
        ("一万元", "10,000 yuan"),
        ("176件; 39批次", "176 items; 39 batches"),
        ("xx%", "xx%"),
        ("持平", "unchanged"),
        ("全县3个乡镇", "全县3个乡镇"),
        ("", ""),
    ],
)
def test_a_printed_figure_in_english_has_no_chinese_unit_or_bound(printed, en):
    """Scale, measure word and hedge are told in English; a cell of other words stays as it is."""
    assert english_printed(printed) == en


@pytest.mark.parametrize(
    ("said", "en"),
    [
        ("目前", "at the time of the report"),
        ("去年", "the year before"),
        ("去年下半年", "second half of the year before"),
        ("今年以来", "that year to date"),
        ("今年3月", "March of that year"),
        ("几年来", "over several years"),
        ("“大走访”期间", ""),
    ],
)
def test_words_of_time_have_english_words(said, en):
    """A word of time without a year is told beside the report that it is of; the name of a campaign has no
    English.
    """
    assert english_time(said) == en


@pytest.mark.parametrize(
    ("unit", "en"), [("人次", "person-times"), ("元", "yuan"), ("平方米", "m²"), ("盏", "")]
)
def test_units_have_english_names_where_there_are_any(unit, en):
    """A measure word that names a thing by its shape has no English."""
    assert english_unit(unit) == en
