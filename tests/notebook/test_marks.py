"""A mark stands where its figure belongs, between 0 and 1, and says what it is."""

import pytest

from qz_analysis import choose, extract
from qz_analysis.model import Document
from qz_analysis.notebook.marks import rows_chart, years_chart


def rows(text, order="place", lang="en", **choice):
    return rows_chart(choose(extract(text), **choice), order, lang)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("接待群众来访10批次。接待群众来访40批次。", [0.25, 1.0]),  # amounts begin at 0
        ("调解成功率98%。调解成功率100%。", [0.0, 1.0]),  # rates near their figures
        ("群众来访下降10%。群众来访上升10%。", [0.08333, 0.91667]),  # a fall lies left of 0
        ("投入资金1万元。投入资金1亿元。", [0.0, 1.0]),  # far apart: powers of ten
        ("投入资金100元。", [1.0]),
        ("接待群众来访xx批次。", [None]),
    ],
)
def test_where_a_figure_stands(text, places):
    """The scale holds all figures of a page."""
    assert [mark.at for mark in rows(text).marks] == places


def test_figures_of_other_units_have_no_mark_but_stand_there():
    """Only the commonest unit is on the axis; others are printed, and the note counts them."""
    chart = rows("接待群众来访10批次。接待群众来访20批次。投入资金5万元。")
    assert [mark.at is None for mark in chart.marks] == [False, False, True]
    assert chart.marks[2].figure == "50k yuan" and any("share no scale" in n for n in chart.notes)


def test_a_range_has_two_ends_and_no_middle():
    """Nothing is drawn at the middle of a range."""
    (mark,) = rows("接待群众来访10-20批次。").marks
    assert mark.at is None and mark.low < mark.high == 1.0


def test_masked_figures_say_so_in_the_language():
    """A masked figure is a row without a value."""
    assert rows("接待群众来访xx批次。", lang="zh").marks[0].figure == "隐去或缺失"


def test_targets_stand_under_a_head_of_their_own():
    """What is planned is told apart from what is, by its head and its mark."""
    text = "2012年甲县调解成功率98%。2013年甲县力争调解成功率达到99%。"
    chart = rows(text, modality="any", order="place")
    assert [(mark.group, mark.target) for mark in chart.marks] == [
        ("Jia County", False),
        ("Jia County (target)", True),
    ]


def test_years_run_from_the_first_to_the_last():
    """Places are lines in their order, years places between 0 and 1, hedges told in the note."""
    pages = [
        Document("a", "甲县工作总结\n2010年甲县调解成功率97%。2012年甲县调解成功率98%以上。"),
        Document("b", "乙县工作总结\n2011年乙县调解成功率95%。"),
    ]
    table = choose(extract(pages), indicator="调解成功率", by="year").assign(positions=0)
    chart = years_chart(table, dict.fromkeys(("missing", "undated", "other_units"), 2), [["a"]] * 3, "en")  # fmt: skip
    assert [(mark.series, mark.year) for mark in chart.marks] == [(0, 0.0), (0, 1.0), (1, 0.5)]
    assert chart.marks[1].figure == "≥98%" and len(chart.notes) == 4


def test_a_fall_is_written_below_zero():
    """A fall of at least so much lies at that figure below 0 or lower."""
    marks = rows("2012年甲县信访总量下降9%以上。2012年甲县信访总量上升1%。").marks
    assert [mark.figure for mark in marks] == ["≤−9%", "1%"]
    table = choose(
        extract("2012年甲县信访总量下降9%以上。"), indicator="petition_total_change", by="year"
    )
    assert table[["value", "bound"]].values.tolist() == [[-9.0, "max"]]
