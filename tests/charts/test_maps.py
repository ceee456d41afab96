"""Maps draw figures on outlines by their codes, whatever the coordinates."""

import sys

import pandas as pd
import pytest

from qz_analysis import charts
from qz_analysis.charts.figure import finished
from qz_analysis.errors import QzError

geopandas = pytest.importorskip("geopandas")
pytestmark = pytest.mark.usefixtures("clean")


def areas(**columns):
    """Three square counties side by side."""
    from shapely.geometry import box

    squares = [box(114 + i, 38, 115 + i, 39) for i in range(3)]
    codes = columns or {"adcode": ["130627", "130631", "130633"]}
    return geopandas.GeoDataFrame({**codes, "geometry": squares}, crs=4326)


def table(*rows):
    """A panel of rows of place, code and value for 2020."""
    made = [{"place": p, "adcode": a, "value": v} for p, a, v in rows]
    return pd.DataFrame(made).assign(indicator="gdp", year=2020, unit="元")


ROWS = [("唐县", "130627", 9e9), ("望都县", "130631", 7e9), ("乔庄镇", "", 1e8)]


def test_areas_with_a_figure_are_shaded_and_the_others_pale():
    """Each area has one colour of its own, and what has no outline is counted."""
    ax = charts.outlines(table(*ROWS), geometry=areas(), lang="zh", approval="GS(2020)1234号")
    assert {len(c.get_facecolor()) for c in ax.collections} == {1, 2} or len(ax.collections) == 2
    said = finished(ax.figure)
    assert "审图号：GS(2020)1234号" in said.note and "有数字而无轮廓的地方：1个" in said.note
    assert "唐县" in said.title and "望都县" in said.title


def test_outlines_in_a_projection_or_without_one_are_drawn():
    """Metres are kept, degrees without a system are taken for degrees."""
    for shapes in (areas().to_crs(32650), areas().set_crs(None, allow_override=True)):
        assert charts.outlines(table(*ROWS), geometry=shapes).collections


def test_outlines_come_from_a_file(tmp_path):
    """A GeoJSON file with codes as numbers under another name is read."""
    file = tmp_path / "counties.geojson"
    areas(code=[130627, 130631, 130633]).to_file(file, driver="GeoJSON")
    assert "No map approval" in finished(charts.outlines(table(*ROWS), geometry=file).figure).note


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        (lambda: areas(who=["a", "b", "c"]), "which column holds the codes"),
        (lambda: areas(code=["110000", "120000", "310000"]), "none of the 3 places"),
        (lambda: "no/such.geojson", r"no/such.geojson cannot be read"),
    ],
)
def test_outlines_that_do_not_serve_are_told(shapes, told):
    """The column, the codes or the file is named."""
    with pytest.raises(QzError, match=told):
        charts.outlines(table(*ROWS), geometry=shapes())


def test_without_geopandas_the_extra_is_named(monkeypatch):
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(QzError, match=r"qz-analysis\[map\]"):
        charts.outlines(table(*ROWS), geometry="counties.geojson")
