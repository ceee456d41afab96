"""Which figures of a panel of places and years are drawn."""

import numpy as np
import pandas as pd
import pytest
from drawn import title
from invented import table

from qz_analysis import charts
from qz_analysis.charts.written import indicator_label
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("clean")


WRONG = [
    (lambda: charts.trend(pd.DataFrame({"place": ["甲县"]})), "no column year"),
    (lambda: charts.trend(charts.example_years()), "2 indicators; say which"),
    (lambda: charts.trend(charts.example_years(), "gdp"), "no figure of 'gdp'; it has"),
    (lambda: charts.trend(charts.example_years(), "调解成功率", places="丙县"), "no place 丙县"),
    (lambda: charts.places(charts.example_years(), "调解成功率", year=1999), "no figure for 1999"),
    (lambda: charts.places(charts.example_years(), "调解成功率", order="rank"), "order is"),
    (
        lambda: charts.slope(table([("甲县", 2020, 97.0)])),
        "of one year; draw it with charts.places",
    ),
    (
        lambda: charts.slope(charts.example_years(), "visit_batches", years=(2018, 2020)),
        "both 2018",
    ),
    (lambda: charts.trend(table([("甲县", 2020, np.nan)])), "reason"),
]


@pytest.mark.parametrize(("draw", "told"), WRONG)
def test_what_cannot_be_drawn_is_told_in_one_line(draw, told):
    """A wrong table, indicator, place or year is named together with what there is."""
    with pytest.raises(QzError, match=told):
        draw()


def test_an_indicator_is_known_by_either_name():
    """The key, the Chinese and the English name choose the same figures."""
    panel = charts.example_years()
    names = ["visit_batches", "来访批次", indicator_label("visit_batches", "en")]
    assert len({title(charts.trend(panel, name)) for name in names}) == 1


def test_a_place_that_was_followed_through_a_change_is_one_line():
    """徐水县 and 徐水区 of a stable panel are one place under its latest name."""
    panel = table([("徐水县", 2014, 96.0), ("徐水区", 2015, 98.5)]).assign(stable_code="130609")
    ax = charts.trend(panel, lang="zh")
    assert title(ax) == "徐水区调解成功率由2014年的96%到2015年的98.5%，升2.5个百分点"


def test_the_panel_is_drawn_as_one_object():
    """Tables in a row are refused with a word on what to give."""
    with pytest.raises(QzError, match=r"the object itself that qz\.panel"):
        charts.trend((table([("甲县", 2020, 90.0)]), None), lang="zh")
