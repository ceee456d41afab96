"""Which of several figures of one indicator a headline may tell."""

import pytest

from qz_analysis import extract
from qz_analysis.comparison.indicators import records
from qz_analysis.comparison.wholes import is_part, is_threshold, whole_of, without_thresholds


def _rows(text: str, unit: str = "件次"):
    return [row for row in records(extract(text)) if row["unit"] == unit]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("信访总量300件次。", "300件次"),
        ("信访总量300件次。县信访局受理133件次。", "300件次"),
        ("信访总量300件次。年底通报，信访总量300件次。", "300件次"),
        # the larger one comes later, and nothing says that the first is its part
        ("县信访局受理133件次。信访总量300件次。", None),
        ("信访总量突破250件次，达300件次。", "300件次"),
    ],
)
def test_the_whole_is_told_by_a_rule(text, whole):
    """The one value, the first that no other exceeds, or none."""
    best = whole_of(_rows(text))
    assert (best and best["text"]) == whole


def test_rates_are_told_apart_by_their_cases():
    """Of several rates the first holds where it is of most cases, and none where no cases are known."""
    rows = _rows("办结率98%。县城办结率100%。", "%")
    keys = [(row["doc"], row["report"], row["start"]) for row in rows]
    assert whole_of(rows) is None
    assert whole_of(rows, dict(zip(keys, (90, 14), strict=True))) == rows[0]
    assert whole_of(rows, dict(zip(keys, (14, 90), strict=True))) is None


def test_a_threshold_falls_before_the_figure_of_its_sentence():
    """What was passed is no level beside the level, and is one alone."""
    two = _rows("财政收入跨越130亿元，完成136.6亿元。", "元")
    assert [is_threshold(row) for row in two] == [True, False]
    assert without_thresholds(two) == two[1:] and without_thresholds(two[:1]) == two[:1]


def test_a_figure_of_counted_bodies_is_a_part():
    """What holds for nine bureaus does not for their county."""
    assert is_part(_rows("财政局等9个单位反映较好，满意率为100%。", "%")[-1])
    assert not is_part(_rows("走访9个单位，全县满意率为98%。", "%")[-1])
