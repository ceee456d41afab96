"""Places stand side by side only on what they count alike."""

import pytest
from drawn import note
from invented import ALIKE, panel

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts.figure import figure_of, finished

pytestmark = pytest.mark.usefixtures("clean")


def test_places_of_small_multiples_keep_their_order():
    """Places stand in the order of the panel, and further indicators are counted, not dropped in silence."""
    table = panel(
        "counties", 20, indicator=[f"petition.resolved.{i % 10}" for i in range(20)], **ALIKE
    )
    axes = charts.counties(table, lang="zh", most=3)
    labels = [[label.get_text() for label in ax.get_yticklabels()] for ax in axes]
    assert labels[0] == ["桥西区", "中牟县"] and len(axes) == 3
    noted = note(axes)
    assert "另有7项未画出" in noted.replace("\n", "")


def test_a_small_chart_mixes_nothing_that_is_counted_otherwise():
    """Collective visits stand in no panel with all visits, nor visits paid with visits received, and
    of two times each has its own row.
    """
    text = (
        "2011年，平山县受理来访200批次389人次。2012年一季度，通江县受理来访100批次150人次。"
        "2011年，通江县集体访39批次508人次。2011年，平山县到基层接待来访90批次120人次。"
    )
    table = qz.compare(qz.extract(text), indicator="visits")
    (ax,) = charts.counties(table, lang="zh")
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["平山县（2011年）", "通江县（2012年一季度）"]
    assert "另有2项只有一个地方这样计" in finished(figure_of(ax)).note.replace("\n", "")


def test_rates_with_and_without_counts_stand_apart():
    """What nobody can recompute stands in no panel with what can be recomputed."""
    text = "平山县受理事项50件，办结40件，办结率80%。通江县受理事项90件，办结81件，办结率90%。桥西区事项办结率100%。彝良县事项办结率98%。"
    axes = charts.counties(qz.compare(qz.extract(text), indicator="rates"), lang="zh")
    labels = [[label.get_text() for label in ax.get_yticklabels()] for ax in axes]
    assert labels == [["平山县", "通江县"], ["桥西区", "彝良县"]]


SIDE_BY_SIDE = [
    # the title is about the rate that most places state, and whose ends lie farthest apart
    (["a", "a", "b", "b"], ["甲县", "乙县", "甲县", "乙县"], [50.2, 99.7, 60, 70], ["从50.2%（甲县）到99.7%（乙县）"], 2, ""),
    (["a", "a", "b", "b"], ["甲县", "乙县", "甲县", "丙县"], [90, 90, 90, 90], ["均为90%"], 2, ""),
    # what one place alone states is compared with nothing
    (["a", "a", "b", "c"], ["甲县", "乙县", "甲县", "乙县"], [50, 60, 1, 99], ["从50%（甲县）到60%（乙县）"], 1, "另有2项只有一个地方这样计"),
    (["a", "b"], ["甲县", "乙县"], [50, 60], ["2项事物中，没有一项由两个以上地方列出"], 2, ""),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "place", "value", "told", "drawn", "noted"), SIDE_BY_SIDE)
def test_counties_tell_what_several_of_them_state(indicator, place, value, told, drawn, noted):
    """Title, pictures and note speak of indicators that more than one place states, where there are any."""
    table = panel("rates", len(place), indicator=indicator, place=place, value=value, **ALIKE)
    table = table.assign(bound="exact", how="stated", audit="")
    axes = charts.counties(table, lang="zh")
    said = finished(figure_of(axes))
    assert len(axes) == drawn and all(part in said.title.replace("\n", "") for part in told)
    assert noted in said.note.replace("\n", "")


def test_counties_print_their_figures():
    """Beside each place stand its figures, a few of many."""
    table = panel("rates", 7, indicator="a", place=["甲县"] * 6 + ["乙县"], value=90.5, **ALIKE)
    table = table.assign(bound="exact", how="stated", audit="")
    (ax,) = charts.counties(table, lang="zh")
    assert [text.get_text() for text in ax.texts] == ["  ".join(["90.5%"] * 4) + " …", "90.5%"]


def test_masked_places_of_two_reports_are_not_one_place():
    """Two reports on a masked county get a line each, two on a named county share one."""
    places = ["*县", "*县", "桥西区", "桥西区"]
    table = panel("counties", 4, place=places, indicator="petition.resolved.rate", **ALIKE)
    labels = [label.get_text() for label in charts.counties(table, lang="zh")[0].get_yticklabels()]
    assert labels == ["*县 000-county:0", "*县 001-county:1", "桥西区"]
