"""The reports' own arithmetic is recomputed exactly, and only where the text links the figures."""

from fractions import Fraction

import pytest

from qz_analysis import audit, extract
from qz_analysis.auditing import holds

CHECKED = [
    ("受理各类事项2163宗，办结2028宗，办结率93.8%。", "rate", "ok"),
    ("受理各类事项2163宗，办结2028宗，办结率98.3%。", "rate", "bad"),  # two digits swapped
    ("包案处理43宗，已办结36宗，办结率83.7%。", "rate", "ok"),
    ("调解纠纷3484件，调解成功3475件，调解成功率99.74%。", "rate", "ok"),
    ("来访212批次，同比(180批次)上升17.78%。", "yoy", "ok"),
    ("来访212批次，同比(180批次)下降17.78%。", "yoy", "bad"),  # the sign is part of the claim
    ("建成中心27家，其中政府办25家、社会力量办1家、医院办1家。", "sum", "ok"),
    ("建成中心27家，其中政府办25家、社会力量办2家、医院办1家。", "sum", "bad"),
]


@pytest.mark.parametrize(("text", "kind", "verdict"), CHECKED)
def test_arithmetic_is_judged(text, kind, verdict):
    """A stated result is recomputed from the figures it is linked to."""
    relations = audit(extract(text))
    assert relations[["type", "verdict"]].values.tolist() == [[kind, verdict]]


UNCHECKED = [
    "全县受理98件。办结率93.8%。",  # nothing resolved is counted
    "建成文明村700多条，其中省级7条、市级20条。",  # an incomplete list is no sum
    "发放资料98份，走访90户，群众满意率91.8%。",  # figures that happen to divide
    "受理xx件，办结xx件，办结率达90%。",  # masked counts
]


@pytest.mark.parametrize("text", UNCHECKED)
def test_what_cannot_be_checked_gives_no_relation(text):
    """Figures that the words do not link give no relation, however well they divide."""
    assert audit(extract(text)).empty


def test_two_statements_of_one_thing_are_compared():
    """One thing counted twice in a report with different results is a bad repeat."""
    text = "全县有1819名在职党员到社区报到。后来，对全县1892名进社区报到的在职党员建档管理。"
    assert audit(extract(text))[["type", "verdict"]].values.tolist() == [["repeat", "bad"]]


@pytest.mark.parametrize(
    ("computed", "printed", "bound", "verdict"),
    [
        (Fraction(3600, 43), "83.7%", "exact", True),
        (Fraction(3600, 43), "83.8%", "exact", False),
        (Fraction(2110, 25), "85%", "min", False),  # 84.4 is not 85 or more
        (Fraction(86), "85%", "min", True),
        (Fraction(9), "10", "approx", True),
    ],
)
def test_rounding_and_bounds_decide(computed, printed, bound, verdict):
    """A recomputed figure holds within half a unit of the last printed digit, or within its bound."""
    value = Fraction(printed.rstrip("%"))
    assert holds(computed, printed, value, bound) is verdict


NO_ALARM = [
    "2012年全镇来信来访1000件。2013年全镇来信来访950件。",  # two years are two things
    "一季度来信来访210件。二季度来信来访230件。",
    "来访1256批3890人次，同比（1400批4200人次）分别下降10.3%和7.4%。",  # two bases for two changes, in order
    "信访总量同比下降12.6%，其中集体访批次和人次分别下降21.3%和18.9%。",  # percentages of different wholes do not add up
    "受理156件（其中来信48件，来访62件，网上46件），另转办20件。",  # 其中 ends with its bracket
    "受理1.3万件，其中来信6520件、来访6510件。",  # 1.3万 is rounded
    "受理3.4万件，办结3.3万件，办结率97.8%。",  # so are both counts of the rate
    "受理1000件，办结990件，其中初信初访办结500件，办结率98%。",  # of the whole or of the part? not said
    "甲镇办结率60%，乙镇办结率40%。",  # two rates that happen to make 100
]


@pytest.mark.parametrize("text", NO_ALARM)
def test_a_correct_report_is_not_accused(text):
    """A report whose figures agree, or cannot be linked for sure, never gets a bad verdict nor an invented sum."""
    relations = audit(extract(text))
    assert "bad" not in set(relations["verdict"])
    assert not relations["note"].str.contains("shares of one whole").any()
