"""Counts and measures share a picture only where they share a scale."""

import pytest

import qz_analysis as qz
from qz_analysis import QzError, charts
from qz_analysis.captions import drawn
from qz_analysis.finish import alt_text
from qz_analysis.registry import load
from qz_analysis.stated import kinds

pytestmark = pytest.mark.usefixtures("clean")

MIXED = "甲县收到垃圾5吨，乙县收到垃圾300公斤，丙县收到垃圾20吨。"
VISITS = "甲县接待群众来访43批次。乙县接待来访群众12批次。丙县接待群众来访xx批次。"


def words(ax):
    """All words of a finished chart."""
    return " ".join(text.get_text().replace("\n", " ") for text in ax.figure.texts)


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


@pytest.mark.parametrize(
    ("text", "chart"),
    [
        ("甲县办结率93.8%。", "rates"),
        ("甲县来访批次同比上升17.78%。", "changes"),
        ("甲县投入经费300万元。", "funds"),
        ("甲县每人每月补助200元。", "funds"),
        ("甲县接待群众来访43批次。", "stated:batches"),
        ("甲县道路12公里。", "stated:length:公里"),
        ("甲县办结率同比提高2.5个百分点。", "stated:points:百分点:change"),
    ],
)
def test_each_kind_of_figure_has_its_chart(text, chart):
    """Which chart a figure belongs on follows from its kind and unit."""
    assert kinds(qz.choose(qz.extract(text))).tolist() == [chart]


def test_figures_takes_the_chart_that_most_figures_fit_and_counts_the_rest():
    """Of a mixed panel the larger group is drawn; the other is a number in the note."""
    text = "甲县办结率93.8%，调解成功率99.1%。甲县投入经费300万元。"
    ax = charts.figures(qz.choose(qz.extract(text)))
    assert len(drawn(ax.figure)) == 2
    assert "other kinds or units" in words(ax) and "not drawn: 1" in words(ax)


def test_a_page_of_many_says_how_many_more_there_are():
    """A panel that holds a part tells how many figures fit in all, until it is cut again."""
    claims = qz.extract("".join(f"第{n}镇接待群众来访{n}批次。" for n in range(2, 9)))
    panel = qz.choose(claims, measure="batches", most=3)
    assert "not drawn here: 4" in words(charts.figures(panel))
    assert "3 of 7 stated figures" in words(charts.figures(panel)) and "from 2" not in words(charts.figures(panel))
    assert "not drawn here" not in words(charts.figures(panel.head(2)))


def test_only_masked_figures_are_no_picture():
    """Where no figure has a value the message says so and counts the masked ones."""
    with pytest.raises(QzError, match=r"none of the 1 rows .* 1 of them are masked or lost"):
        charts.figures(qz.choose(qz.extract("甲县接待群众来访xx批次。")))


def test_nothing_that_fits_is_said_plainly():
    """An empty panel is told as such, not as rows without a value."""
    with pytest.raises(QzError, match="there is no figure to draw"):
        charts.figures(qz.choose(qz.extract("没有数字的报告。")))


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


def test_every_measure_has_a_name_in_both_languages():
    """Whatever a unit measures can be said on a chart."""
    measured = {what for section, units in load("units").items() if section != "aliases" for what in units.values()}
    assert measured <= set(load("labels")["measures"])


def test_rows_drawn_are_remembered_with_their_heights():
    """A chart knows which rows it shows and where, so that a click can find them."""
    ax = charts.figures(qz.choose(qz.extract(VISITS), measure="batches"))
    assert [(row["text"], row["y"]) for row in drawn(ax.figure)] == [("43批次", 0), ("12批次", 1)]
