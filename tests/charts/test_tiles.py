"""The grid of provinces draws each province's own figure, and no other."""

import numpy as np
import pandas as pd
import pytest

from qz_analysis import charts
from qz_analysis.charts.figure import finished
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("clean")


def table(*rows):
    """A panel of rows of place, adcode and value for 2020."""
    made = [{"place": p, "adcode": a, "value": v} for p, a, v in rows]
    return pd.DataFrame(made).assign(indicator="gdp", year=2020, unit="元", reason="masked")


ROWS = [("河北省", "130000", 3.6e12), ("山西省", "", 1.7e12), ("青海省", "630000", np.nan), ("易县", "130633", 1e10)]  # fmt: skip


def test_every_province_has_a_tile_and_its_own_figure_alone():
    """34 tiles; figures in those that state one; a county's figure fills none."""
    ax = charts.provinces(table(*ROWS), lang="zh")
    words = [text.get_text() for text in ax.texts]
    assert len(ax.patches) == 34 and {"3.6", "1.7"} <= set(words)
    assert sum("." in word for word in words) == 2
    assert "万亿元" in finished(ax.figure).subtitle


def test_what_is_not_drawn_is_told():
    """A masked province and places below the province stand in the note."""
    said = finished(charts.provinces(table(*ROWS), lang="zh").figure).note
    assert "数字被隐去：青海省" in said and "省以下地方未画出1个" in said


def test_the_finding_names_the_largest_and_the_smallest():
    """The title is made of the ends."""
    said = finished(charts.provinces(table(*ROWS), lang="zh").figure).title.replace("\n", "")
    assert "河北省" in said and "山西省" in said


def test_a_panel_without_provinces_leads_to_another_chart():
    """The error says what draws places that are no provinces."""
    with pytest.raises(QzError, match=r"charts\.places"):
        charts.provinces(table(("易县", "130633", 1e10)))


def test_all_figures_alike_are_drawn():
    """A single value needs no scale."""
    ax = charts.provinces(table(("河北省", "130000", 5e11)), lang="en")
    assert "2020" in finished(ax.figure).title
