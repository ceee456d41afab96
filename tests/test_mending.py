"""Readings of one damaged or mistyped figure that would make the arithmetic hold."""

import re

import pytest

from qz_analysis import audit, extract
from qz_analysis.arithmetic.mending import readings

READINGS = [
    ("98.3", "93.8", "two digits swapped"),
    ("98.3", "89.3", "two digits swapped"),
    ("1160", "160", "a digit doubled"),
    ("2028", "202.8", "a decimal point lost"),
    ("2028", "20028", "a digit lost"),
    ("2028", "2023", "a digit misread"),
    ("7", "71", "a digit lost"),
]


@pytest.mark.parametrize(("printed", "reading", "slip"), READINGS)
def test_one_slip_leads_from_a_reading_to_what_is_printed(printed, reading, slip):
    """Each kind of slip gives its readings."""
    assert dict(readings(printed))[reading] == slip


@pytest.mark.parametrize("printed", ["2028", "98.3", "10", "7", "0.5", "1100"])
def test_readings_are_numbers_and_never_the_printed_one(printed):
    """A reading is a number as people print it, stands once, and differs from what is printed."""
    found = [reading for reading, _ in readings(printed)]
    assert len(found) == len(set(found)) > 10
    assert printed not in found
    assert all(re.fullmatch(r"(0|[1-9]\d*)(\.\d+)?", reading) for reading in found)


MENDED = [
    ("受理2163宗，办结2028宗，办结率98.3%。", "98.3% as 93.8% (two digits swapped)"),
    # the whole could be misread as well: both ways are told
    (
        "受理2163宗，办结2038宗，办结率93.8%。",
        "2038宗 as 2028宗 (a digit misread); 2163宗 as 2173宗 (a digit misread)",
    ),
    ("受理信访820件，较上年的976件减少165件。", "165件 as 156件 (two digits swapped)"),
    ("来访820人次，较上年的976人次下降61%。", "61% as 16% (two digits swapped)"),
    ("受理156件，其中来信48件、来访62件、网上64件。", "64件 as 46件 (two digits swapped)"),
    ("受理2163宗，办结2028宗，办结率938%。", "938% as 93.8% (a decimal point lost)"),
    ("受理3001件，办结2989件，剩余112件。", "112件 as 12件 (a digit doubled)"),
    ("受理2163宗，办结2028宗，办结率1.2%。", ""),  # no single slip makes it hold
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级600万元。", ""),  # four ways: none is told
    ("受理2163宗，办结2028宗，办结率93.8%。", ""),  # what holds needs no mending
    # the wrong direction is no slip of digits
    ("来访212批次，同比（180批次）下降17.78%。", ""),
]


@pytest.mark.parametrize(("text", "expected"), MENDED)
def test_a_failed_check_names_the_slips_that_mend_it(text, expected):
    """The readings of the likeliest slip are told, unless there are too many or none."""
    assert audit(extract(text))["mend"].tolist() == [expected]


DAMAGED = [
    (
        "发放奖金1001000元，其中甲组300元、乙组200元。",
        "1001000元 looks damaged",
        "1001000元 as 100-1000元 (a range sign lost)",
    ),
    ("发放奖金1001000元，其中甲组3000元、乙组2000元。", "1001000元 looks damaged", ""),  # 5000 is no part of that range
    (  # the damaged figure alone is read otherwise
        "2023年部署。2023年总结。2023年受理12023件，其中来信6000件、来访5023件。",
        "12023件 looks damaged",
        "12023件 as 11023件 (a digit misread)",
    ),
    ("受理156件，其中来信xx件、来访62件、网上46件。", "xx件 is masked or lost", ""),  # never a guess at a mask
]


@pytest.mark.parametrize(("text", "reason", "mend"), DAMAGED)
def test_a_damaged_figure_settles_nothing_but_may_be_read(text, reason, mend):
    """A check with a damaged figure stays unchecked; its printed digits may say which range they were."""
    (row,) = audit(extract(text), unchecked=True).to_dict("records")
    assert (row["verdict"], row["reason"], row["mend"]) == ("unchecked", reason, mend)


YEARS = [
    (
        "受理信访20232件，同比（114件）下降2023.5%。",
        "2023.5% as 10.5%, 20232件 as 102件 (a year rewritten)",
    ),
    ("受理信访102件，同比（114件）下降2023.5%。", "2023.5% as 10.5% (a year rewritten)"),
    ("受理信访2023件，同比（114件）下降10.5%。", ""),  # a year alone may be a number
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_a_year_in_the_place_of_digits_is_read_everywhere_the_same(text, expected):
    """Where a page wrote a year over other digits, the same digits must mend every figure it stands in."""
    assert audit(extract(text))["mend"].tolist() == [expected]
