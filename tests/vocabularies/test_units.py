"""The grammar: how units and numbers are written, and what hedges say."""

import pytest

from qz_analysis.vocabularies.units import (
    QUANTITY,
    bound_of,
    dictionary_form,
    hedge_before,
    hedged,
    measure_of,
    section_of,
)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("批次", ("批次", "batches", "petition")),
        ("人(次)", ("人次", "person_times", "petition")),
        ("个百分点", ("百分点", "points", "share")),
        ("个半月", ("个月", "duration", "duration")),  # 多, 余 and 半 are no part of the unit
        ("元/年", ("元/年", "yuan", "money")),  # what stands before the stroke decides
        ("朵", ("朵", "", "")),
    ],
)
def test_units_have_one_form_a_measure_and_a_section(unit, expected):
    """A unit has its dictionary form, and that form the measure and section of the registry, none where it is unknown."""
    form = dictionary_form(unit)
    assert (form, measure_of(form), section_of(form)) == expected


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("受理43宗", 2, "exact"),
        ("近43宗", 1, "approx"),
        ("43余宗", 0, "min"),
        ("43宗以上", 0, "min"),
        ("5个多月", 0, "min"),
        ("不超过43宗", 3, "max"),
        ("3天内", 0, "max"),
        ("3村内", 0, "exact"),  # inside three villages is no limit
        ("附近3户", 2, "exact"),  # the hedge is part of another word
    ],
)
def test_hedges_bound_a_figure(text, start, expected):
    """Words before, inside and behind an expression bound its figure, unless they belong to other words."""
    assert bound_of(text, QUANTITY.match(text, start)) == expected


@pytest.mark.parametrize(
    ("text", "bound", "before", "after", "said"),
    [
        ("10亿元", "approx", "创业贷款近", "，其中", "近10亿元"),
        ("85%", "min", "践诺率在", "以上。", "85%以上"),
        ("300人", "min", "参加的有", "及以上", "300人及以上"),
        ("10日", "max", "工资，", "内共兑现", "10日内"),
        ("60多人", "min", "只留下", "。", "60多人"),
        ("3户", "exact", "附近", "以上的", "3户"),
        ("5%", "approx", "增加值的", "左右，", "5%左右"),
    ],
)
def test_a_figure_is_told_with_its_hedges(text, bound, before, after, said):
    """What loosens a figure stands with it wherever it is told, as its report prints it."""
    assert hedged(text, bound, before, after) == said


@pytest.mark.parametrize(("text", "at", "expected"), [("上百件", 1, "上"), ("上43件", 1, ""), ("签约3件", 2, ""), ("3件", 0, "")])  # fmt: skip
def test_a_hedge_stands_right_before(text, at, expected):
    """A hedge counts where it stands right before a number and is a word of its own."""
    assert hedge_before(text, at) == expected
