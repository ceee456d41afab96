"""Readings of one damaged or mistyped figure that would make the arithmetic hold.

A candidate is judged by intervals, and its row says how, and how much that shows.
"""

import math
import re

import pytest

from qz_analysis import audit, extract
from qz_analysis.arithmetic import judge
from qz_analysis.arithmetic.audit import is_blind
from qz_analysis.arithmetic.judge import readings

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
    ("受理2163宗，办结2028宗，办结率98.3%。", "98.3% as 93.8% (two digits swapped)"),
    ("受理3001件，办结2989件，剩余112件。", "112件 as 12件 (a digit doubled)"),
    ("受理2163宗，办结2028宗，办结率71.2%。", ""),  # no single slip makes it hold
    (
        "投入资金3000万元，其中中央1800万元、省级700万元、县级600万元。",
        "",
    ),  # four ways: none is told
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
    (
        "发放奖金1001000元，其中甲组3000元、乙组2000元。",
        "1001000元 looks damaged",
        "",
    ),  # 5000 is no part of that range
    (  # the damaged figure alone is read otherwise
        "2023年部署。2023年总结。2023年受理12023件，其中来信6000件、来访5023件。",
        "12023件 looks damaged",
        "12023件 as 11023件 (a digit misread)",
    ),
    (
        "受理156件，其中来信xx件、来访62件、网上46件。",
        "xx件 is masked or lost",
        "",
    ),  # never a guess at a mask
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
    ("受理信访2023件，同比（2314件）下降10.5%。", ""),  # a year alone may be a number
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_a_year_in_the_place_of_digits_is_read_everywhere_the_same(text, expected):
    """Where a page wrote a year over other digits, the same digits must mend every figure it stands in."""
    assert audit(extract(text))["mend"].tolist() == [expected]


def judged(text):
    """The one relation of a text."""
    rows = audit(extract(text), unchecked=True)
    # the two rates of a difference in points are no checks of their own
    (row,) = rows[~rows["type"].eq("rate") | ~rows["type"].eq("diff").any()].to_dict("records")
    return row


RULES = [
    ("受理98件，办结97件，办结率99%。", "ok", "half-up"),
    ("受理800件，办结101件，办结率12.63%。", "ok", "half-up"),  # 12.625 exactly
    ("受理800件，办结101件，办结率12.62%。", "ok", "half-even"),
    ("受理各类事项64件，办结27件，办结率42.1%。", "ok", "truncated"),  # 42.1875
    ("受理各类事项64件，办结27件，办结率42.0%。", "bad", ""),
    ("受理200件，办结170件，办结率85%以上。", "ok", "min"),
    ("受理2000件，办结1699件，办结率85%以上。", "ok", "rounded"),  # 84.95 as stated
    ("受理200件，办结168件，办结率85%以上。", "bad", ""),
    ("受理200件，办结160件，办结率不足85%。", "ok", "max"),
    ("受理200件，办结180件，办结率不足85%。", "bad", ""),
    ("受理200件，办结160件，办结率约85%。", "ok", "approx"),
    ("受理200件，办结120件，办结率约85%。", "bad", ""),
]


@pytest.mark.parametrize(("text", "verdict", "rounding"), RULES)
def test_the_row_names_the_rule_that_makes_it_hold(text, verdict, rounding):
    """The usual rounding comes first; a figure that only truncation saves says so; a hedge is named by its bound."""
    row = judged(text)
    assert (row["verdict"], row["rounding"]) == (verdict, rounding)
    assert ("only if truncated" in row["note"]) is (rounding == "truncated")


# as stated, the parts of the first make 100034万
HEDGED_SUMS = [
    ("发放贷款近10亿元，其中甲公司9.1亿元，乙行4159万元，丙行4875万元。", "rounded"),
    ("发放贷款近10亿元，其中甲公司9.0亿元，乙行4159万元，丙行4875万元。", "approx"),
]


@pytest.mark.parametrize(("text", "rounding"), HEDGED_SUMS)
def test_what_only_rounding_brings_within_a_hedge_is_neither_right_nor_wrong(text, rounding):
    """A total that its parts as stated pass is no agreement, and no error as long as rounding explains it."""
    row = judged(text)
    assert (row["verdict"], row["rounding"]) == ("ok", rounding)
    assert is_blind(row) is (rounding == "rounded")


RECOMPUTED = [
    # 50.2488 is 50.2, and 50.25 would be 50.3
    ("受理201件，调结101件，调结率50.2%。", "101/201 = 50.249%, printed 50.2%"),
    ("受理26件，办结22件，办结率84.62%。", "22/26 = 84.62%, printed 84.62%"),
    ("受理800件，办结101件，办结率12.63%。", "101/800 = 12.63%, printed 12.63%"),
    ("受理1600件，办结777件，办结率48.6%。", "777/1600 = 48.56%, printed 48.6%"),
]


@pytest.mark.parametrize(("text", "note"), RECOMPUTED)
def test_a_recomputed_per_cent_rounds_to_the_printed_digits(text, note):
    """What a note tells gives, rounded again, what the number itself gives; a half goes up."""
    assert judged(text)["note"] == note


INTERVALS = [
    ("受理98件，办结97件，办结率99%。", 97 / 98 * 100, 97 / 98 * 100, 97 / 98 * 100),
    (
        "受理3.4万件，办结3.3万件，办结率97.8%。",
        3.3 / 3.4 * 100,
        3.25 / 3.45 * 100,
        3.35 / 3.35 * 100,
    ),
    ("受理200件，办结170余件，办结率85%以上。", 85, 85, 90),
    ("投入资金1.5亿元，其中县级0.8亿元、镇级0.7亿元。", 1.5e8, 1.4e8, 1.6e8),
    (
        "来访820人次，较上年的976人次下降16%。",
        15.98361,
        15.98361,
        15.98361,
    ),  # of the size that is printed
    ("来访800余人次，较上年的1000人次下降15%。", 20, 10, 20),
    ("办结率由84%提高到93%，提高9个百分点。", 9, 8, 10),
]


@pytest.mark.parametrize(("text", "computed", "low", "high"), INTERVALS)
def test_rounded_and_hedged_figures_are_taken_as_intervals(text, computed, low, high):
    """The recomputed figure and its two ends come from what the stated figures stand for."""
    row = judged(text)
    assert row["verdict"] == "ok"
    assert [row["computed"], row["low"], row["high"]] == pytest.approx([computed, low, high])


def test_an_open_hedge_leaves_the_end_open():
    """Counts of 以上 have no upper end, and neither has what is made of them."""
    row = judged("受理200件，办结150件以上，办结率80%。")
    assert (row["verdict"], row["low"], row["high"]) == ("ok", 75, math.inf)


NOTES = [
    ("受理2163宗，办结2028宗，办结率98.3%。", "2028/2163 = 93.76%, printed 98.3%"),
    ("来访212批次，同比（180批次）下降17.78%。", "212 against 180 = +17.78%, printed down 17.78%"),
    ("受理820件，较上年的976件减少165件。", "976 − 820 = 156, printed 165件"),
    ("受理156件，其中来信48件、来访62件、网上64件。", "48 + 62 + 64 = 174, printed 156件"),
    ("满意占62.5%，不满意占37.5%。", "62.5 + 37.5 = 100%, the shares of one whole"),
]


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_the_note_says_the_arithmetic(text, note):
    """The note writes the sum out with the figures of the text and what it prints."""
    assert judged(text)["note"] == note


STRENGTH = [
    ("受理26件，办结22件，办结率84.62%。", 0.0027, 0.0001),  # the denominator alone would show it
    ("受理2163宗，办结2028宗，办结率93.8%。", 1.0, 0.000999),  # only the numerator does
    ("受理3.4万件，办结3.3万件，办结率97.8%。", 1.0, 0.058941),
    ("受理200件，办结170件，办结率85%以上。", 0.851485, 0.851485),  # no GRIM with a hedge
    ("建成中心27家，其中政府办25家、医院办2家。", 0.011111, 0.011111),
]


@pytest.mark.parametrize(("text", "power", "chance"), STRENGTH)
def test_the_row_says_how_much_the_check_shows(text, power, chance):
    """Power is that of the denominator alone for a plain rate, chance that of this very check."""
    row = judged(text)
    assert (row["power"], row["chance"]) == pytest.approx((power, chance), abs=1e-6)


def test_each_whole_that_was_tried_adds_to_the_chance():
    """A share that could have been of three wholes had three tries at fitting one."""
    alone = judged("全县有干部400人，女职工120人，占30%。")
    among = judged("全县有干部400人，教师900人，社工800人，女职工120人，占30%。")
    assert among["chance"] == pytest.approx(3 * alone["chance"], abs=1e-5)


def test_a_check_that_is_not_settled_has_no_strength():
    """An unchecked row has a reason and neither a rounding nor a chance."""
    row = judged("受理xx件，办结97件，办结率99%。")
    assert row["reason"] == "xx件 is masked or lost"
    assert (row["rounding"], math.isnan(row["chance"]), math.isnan(row["computed"])) == (
        "",
        True,
        True,
    )


def test_an_impossible_rate_is_named_and_not_called_wrong():
    """A rate that no whole number of those asked gives may be of others, so it is told and stays unchecked."""
    row = judged("随机抽查25人，满意率84.6%。")
    assert (row["type"], row["verdict"]) == ("possible", "unchecked")
    assert row["note"] == "of 25人 84.6% is impossible"
    assert row["power"] == pytest.approx(26 / 1001, abs=1e-6)


def test_a_rate_of_nothing_is_left_open():
    """Nothing done of nothing received has no rate: the stated one stays unchecked with that reason."""
    row = judged("受理信访0件，办结0件，办结率100%。")
    assert (row["verdict"], row["reason"]) == ("unchecked", "the whole is 0")


def test_readings_that_are_far_off_are_not_computed(monkeypatch):
    """A list of a hundred parts has thousands of readings; few are near enough to be tried."""
    tried, read_as = [], judge._read_as
    monkeypatch.setattr(judge, "_read_as", lambda *args: tried.append(args) or read_as(*args))
    parts = "、".join(f"甲{k}1{k % 10}件" for k in range(10, 90))
    found = audit(extract(f"{parts}，合计88888件。"), unchecked=True)
    assert found["type"].tolist().count("sum") == 1
    assert len(tried) < 100
