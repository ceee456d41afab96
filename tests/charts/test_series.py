"""The chart of the ledger draws printed levels, and what stated changes make of the year before."""

import matplotlib.pyplot as plt
import pytest

from qz_analysis import charts, extract, ledger
from qz_analysis.charts.figure import alt_text
from qz_analysis.errors import QzError
from qz_analysis.model import Document

TEXTS = {
    2017: "城镇新增就业2000人。一般公共预算收入10亿元。",
    2018: "城镇新增就业2900人，增长5%。一般公共预算收入11亿元，增长10%。",
}
CLAIMS = extract(
    [Document(str(y), f"甲山县{y}年工作报告\n{y}年，{text}") for y, text in TEXTS.items()]
)


def words(ax):
    said = [text.get_text() for text in (*ax.figure.texts, *ax.texts)]
    plt.close(ax.figure)
    return said


@pytest.mark.parametrize(
    ("asked", "lang", "title", "labelled"),
    [
        ({}, "en", "Jiashan County: 1 of 1 stated changes do not fit", True),
        ({"indicator": "budget_revenue"}, "en", "Jiashan County: all 1 stated changes fit", False),
        ({"place": "甲山县"}, "zh", "甲山县城镇新增就业：1项所列变化中1项", True),
        ({}, "both", "Jiashan County: 1 of 1", True),
    ],
)
def test_what_is_drawn(asked, lang, title, labelled):
    """The series with most breaks is drawn unless another is asked for, and breaks are labelled."""
    ax = charts.ledger(CLAIMS, ledger(CLAIMS), lang=lang, **asked)
    place = "甲山县" if lang == "zh" else "Jiashan County"
    assert (place in alt_text(ax.figure), bool(ax.texts)) == (True, labelled)
    assert words(ax)[0].startswith(title)


def test_marks_stand_where_the_figures_are():
    """A filled mark is a printed level, an open one last year's level carried on."""
    ax = charts.ledger(CLAIMS, ledger(CLAIMS))
    at = {line.get_marker(): line.get_ydata().tolist() if hasattr(line.get_ydata(), "tolist") else list(line.get_ydata()) for line in ax.lines}  # fmt: skip
    assert at["o"] == [2000, 2900] and at["D"] == [pytest.approx(2100)]
    plt.close(ax.figure)


def test_nothing_to_draw_is_told():
    """Without a stated change between two levels the chart says what it needs."""
    with pytest.raises(QzError, match="several years' reports"):
        charts.ledger(CLAIMS, ledger(CLAIMS), place="乙水县")
