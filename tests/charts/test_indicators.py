"""The chart that most figures of a panel fit, and what is told of the others."""

import pytest
from drawn import words

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts.figure import finished
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("clean")


VISITS = "甲县接待群众来访43批次。乙县接待来访群众12批次。丙县接待群众来访xx批次。"


def test_figures_takes_the_chart_that_most_figures_fit_and_counts_the_rest():
    """Of a mixed panel the larger group is drawn; the other is a number in the note."""
    text = "甲县办结率93.8%，调解成功率99.1%。甲县投入经费300万元。"
    ax = charts.figures(qz.choose(qz.extract(text)))
    assert len(finished(ax.figure).rows) == 2
    assert "other kinds or units" in words(ax) and "not drawn: 1" in words(ax)


def test_a_page_of_many_says_how_many_more_there_are():
    """A panel that holds a part tells how many figures fit in all, until it is cut again."""
    claims = qz.extract("".join(f"第{n}镇接待群众来访{n}批次。" for n in range(2, 9)))
    panel = qz.choose(claims, measure="batches", most=3)
    assert "not drawn here: 4" in words(charts.figures(panel))
    assert "3 of 7 stated figures" in words(charts.figures(panel)) and "from 2" not in words(
        charts.figures(panel)
    )
    assert "not drawn here" not in words(charts.figures(panel.head(2)))


def test_only_masked_figures_are_no_picture():
    """Where no figure has a value the message says so and counts the masked ones."""
    with pytest.raises(QzError, match=r"none of the 1 rows .* 1 of them are masked or lost"):
        charts.figures(qz.choose(qz.extract("甲县接待群众来访xx批次。")))


def test_nothing_that_fits_is_said_plainly():
    """An empty panel is told as such, not as rows without a value."""
    with pytest.raises(QzError, match="there is no figure to draw"):
        charts.figures(qz.choose(qz.extract("没有数字的报告。")))


def test_rows_drawn_are_remembered_with_their_heights():
    """A chart knows which rows it shows and where, so that a click can find them."""
    ax = charts.figures(qz.choose(qz.extract(VISITS), measure="batches"))
    assert [(row["text"], row["y"]) for row in finished(ax.figure).rows] == [
        ("43批次", 0),
        ("12批次", 1),
    ]
