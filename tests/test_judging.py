"""A candidate is judged by intervals, and its row says how, and how much that shows."""

import math

import pytest

from qz_analysis import audit, extract


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
    ("受理2000件，办结1699件，办结率85%以上。", "ok", "min"),  # 84.95 is printed as 85
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


INTERVALS = [
    ("受理98件，办结97件，办结率99%。", 97 / 98 * 100, 97 / 98 * 100, 97 / 98 * 100),
    ("受理3.4万件，办结3.3万件，办结率97.8%。", 3.3 / 3.4 * 100, 3.25 / 3.45 * 100, 3.35 / 3.35 * 100),
    ("受理200件，办结170余件，办结率85%以上。", 85, 85, 90),
    ("投入资金1.5亿元，其中县级0.8亿元、镇级0.7亿元。", 1.5e8, 1.4e8, 1.6e8),
    ("来访820人次，较上年的976人次下降16%。", 15.98361, 15.98361, 15.98361),  # of the size that is printed
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
    assert (row["rounding"], math.isnan(row["chance"]), math.isnan(row["computed"])) == ("", True, True)


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
