"""Panels are fair: counts beside rates, origin named, caveats attached."""

import math

import pytest

from qz_analysis import QzError, compare, evidence, extract, indicators
from qz_analysis.fields import PANEL

TEXT = "2011年，全县接待来访193批次389人次。受理事项467宗，已办结328宗；受理纠纷43宗，调解成功36宗，调解成功率83.7%。"


@pytest.mark.parametrize("indicator", indicators()["indicator"])
def test_every_indicator_gives_the_panel_columns(indicator):
    """Each indicator gives the described columns, with or without rows."""
    for text in (TEXT, "没有数字的报告。"):
        assert list(compare(extract(text), indicator=indicator)) == [f.name for f in PANEL]


def test_visits_divide_person_times_by_batches():
    """Persons per batch come with both counts and are marked recomputed."""
    (row,) = compare(extract(TEXT), indicator="visits").to_dict("records")
    assert (row["numerator"], row["denominator"], row["how"]) == (389, 193, "recomputed")
    assert row["value"] == pytest.approx(389 / 193)


def test_rates_say_how_they_were_obtained():
    """A stated rate with counts is both; two counts without a stated rate give a recomputed one."""
    panel = compare(extract(TEXT), indicator="rates")
    assert panel["how"].tolist() == ["recomputed", "stated and recomputed"]
    assert panel["value"].round(1).tolist() == [70.2, 83.7]


def test_wilson_interval_stands_only_where_counts_are():
    """A rate without counts has no interval and says so."""
    panel = compare(extract("群众满意率98.6%。"), indicator="satisfaction")
    assert math.isnan(panel.loc[0, "ci_low"])
    assert "no counts" in panel.loc[0, "caveats"]


def test_masks_are_caveats():
    """A masked place and a masked figure follow the row into the panel."""
    panel = compare(extract("**县全县受理xx件，**县办结率达xx%。"), indicator="rates")
    assert panel["caveats"].str.contains("masked place").all()
    assert panel["caveats"].str.contains("masked figure").any()


def test_unknown_indicator_names_the_known():
    """A wrong indicator is answered with the list of the right ones."""
    with pytest.raises(QzError, match="visits"):
        compare(extract(TEXT), indicator="visit")


def test_evidence_leads_every_figure_back():
    """The evidence table names document and offsets of every claim behind a figure, and a direction only for changes."""
    text = "2011年，来访212批次820人次，批次同比上升17.78%。"
    claims = extract(text)
    visits, changes = (evidence(compare(claims, indicator=i)) for i in ("visits", "changes"))
    doc, starts = visits.loc[0, "where"].split(": ")
    assert doc == "text"
    assert [text[int(s)] for s in starts.split(", ")] == ["2", "8"]
    assert "direction" not in visits
    assert changes.loc[0, "direction"] == "up"
