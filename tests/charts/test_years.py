"""Charts of places and years are finished, and hold every mark."""

import matplotlib.pyplot as plt
import pytest
from drawn import note, title
from invented import table

from qz_analysis import charts
from qz_analysis.charts.figure import alt_text, finished, text_artists

pytestmark = pytest.mark.usefixtures("clean")


DRAWN = {
    "trend": lambda panel, **keys: charts.trend(panel, "mediation_success_rate", **keys),
    "slope": lambda panel, **keys: charts.slope(panel, "mediation_success_rate", **keys),
    "places": lambda panel, **keys: charts.places(panel, "mediation_success_rate", **keys),
    "multiples": lambda panel, **keys: charts.multiples(panel, "mediation_success_rate", **keys)[0],
}


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_chart_is_finished_in_each_language(chart, lang):
    """Title, subtitle, source and alternative text stand on each chart, without an unfilled brace."""
    ax = DRAWN[chart](charts.example_years(), lang=lang)
    said = finished(ax.figure)
    assert said.title and said.subtitle and said.source and said.alt
    assert not any(
        mark in " ".join([said.title, said.subtitle, said.note, said.alt]) for mark in "{}"
    )


@pytest.mark.parametrize("chart", ["trend", "slope", "places"])
def test_charts_draw_on_axes_that_are_given(chart):
    """Axes of the user's own are drawn on and given back."""
    _, ax = plt.subplots()
    assert DRAWN[chart](charts.example_years(), ax=ax) is ax


@pytest.mark.parametrize("chart", ["trend", "slope", "places", "multiples"])
def test_new_axes_have_the_size_that_is_asked_for(chart):
    """The width of a figure is the one asked for."""
    ax = DRAWN[chart](charts.example_years(), figsize=(5, 4))
    assert ax.figure.get_size_inches()[0] == 5


@pytest.mark.parametrize("value", [107.1, 100.0, 0.0])
def test_no_mark_is_cut_by_the_frame(value):
    """The scale holds every mark whole, above 100 % too, but goes above 100 % for no other."""
    ax = charts.trend(table([("甲县", 2019, 93.0), ("甲县", 2020, value)]))
    low, high = ax.get_ylim()
    assert low < value <= high
    row = charts.places(table([("甲县", 2020, value), ("乙县", 2020, 93.0)]))
    assert row.get_xlim()[0] < value <= row.get_xlim()[1]
    # no rate of a whole goes above it: the mark at the end of the scale stands over it
    assert max(high, row.get_xlim()[1]) == 100 or value != 100
    assert all(
        not line.get_clip_on() for line in (*ax.lines, *row.lines) if line.get_marker() == "o"
    )


def test_a_slope_leaves_out_places_with_one_year_and_counts_them():
    """Only what has both years is a slope."""
    rows = [("甲县", 2019, 97.5), ("甲县", 2020, 98.0), ("乙县", 2020, 99.0)]
    ax = charts.slope(table(rows), lang="zh")
    assert "未画出的地方：1个" in note(ax) and "乙县" not in title(ax)


def test_small_multiples_share_their_scales():
    """Each place has one picture on the scale of all, with its first and last figure below its name."""
    drawn = charts.multiples(charts.example_years(), "mediation_success_rate", lang="zh")
    heads = ["甲县\n97.5% → 98.7%", "乙县\n99.2% → 98.9%"]
    assert [ax.get_title(loc="left") for ax in drawn] == heads
    assert len({ax.get_ylim() for ax in drawn}) == 1


def test_pictures_hold_the_note_on_places_beyond():
    """What one picture cannot hold is counted."""
    rows = [(f"{c}县", y, 90.0 + y - 2018) for c in "甲乙丙丁戊己" for y in (2019, 2020)]
    ax = charts.trend(table(rows), most=4, lang="zh")
    assert "2" in note(ax) and set(text_artists(ax.figure)) == {
        "title",
        "subtitle",
        "note",
        "source",
    }
    assert alt_text(ax.figure)


def test_small_multiples_leave_out_places_of_one_year():
    """A place with one figure has no picture of its own unless it is asked for; the note counts it."""
    rows = [(p, y, 90.0 + y % 5) for p in ("甲县", "乙县") for y in (2019, 2020)]
    panel = table([*rows, ("丙县", 2020, 95.0)])
    drawn = charts.multiples(panel, lang="zh")
    assert len(drawn) == 2 and "仅有一年数字、未画出的地方：1个" in note(drawn[0])
    assert len(charts.multiples(panel, places=["甲县", "丙县"])) == 2
