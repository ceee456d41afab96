"""Counts and measures share a picture only where they share a scale."""

import pytest
from drawn import words
from invented import panel

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts.figure import alt_text, figure_of, finished

pytestmark = pytest.mark.usefixtures("clean")


VISITS = "甲县接待群众来访43批次。乙县接待来访群众12批次。丙县接待群众来访xx批次。"
MIXED = "甲县收到垃圾5吨，乙县收到垃圾300公斤，丙县收到垃圾20吨。"


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_counts_are_drawn_with_their_units(lang):
    """Each count has its unit beside it, the axis begins at 0, and the masked one is told as not drawn."""
    ax = charts.stated(qz.choose(qz.extract(VISITS), measure="batches"), lang=lang)
    assert [text.get_text() for text in ax.texts] == ["43批次", "12批次"]
    assert ax.get_xlim()[0] <= 0
    assert "1" in alt_text(ax.figure) and ("masked" in words(ax) or "隐去" in words(ax))


def test_two_units_of_weight_are_not_on_one_scale():
    """吨 and 公斤 are not drawn together; the note counts what is left out."""
    ax = charts.stated(qz.choose(qz.extract(MIXED)))
    assert [text.get_text() for text in ax.texts] == ["5吨", "20吨"]
    assert "not drawn: 1" in words(ax)


def test_figures_far_apart_share_a_scale_of_powers_and_say_so():
    """A hundredfold difference asks for powers of ten, with a note."""
    text = "甲县接待群众来访4批次。乙县接待来访群众4000批次。"
    ax = charts.stated(qz.choose(qz.extract(text), measure="batches"))
    assert ax.get_xscale() == "log" and "powers of ten" in words(ax)


def test_figures_on_several_subjects_have_no_largest():
    """A finding about unlike things is not made: neither title nor alternative text names an extreme."""
    text = "甲县接待群众来访43人次。乙县发放宣传资料培训群众1200人次。"
    panel = qz.choose(qz.extract(text), measure="person_times")
    assert panel["family"].nunique() == 2
    ax = charts.stated(panel)
    assert "not compared" in words(ax) and "argest" not in alt_text(ax.figure)


def test_standards_alone_are_not_called_sums():
    """A picture of standards per unit says so in its title, and its legend lists nothing that is not there."""
    ax = charts.funds(panel("funds", 2).assign(kind="per"))
    assert finished(figure_of(ax)).title.startswith("Stated standards per unit run from ")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["standard per unit"]
