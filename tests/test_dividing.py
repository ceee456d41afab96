"""Per town, head or household: one number below the line or none, never a guess."""

import re

import pandas as pd
import pytest

from qz_analysis import QzError, compare, extract
from qz_analysis.registry import load


def divided(text, per, indicator="staff"):
    return compare(extract(text), indicator=indicator, per=per).to_dict("records")


@pytest.mark.parametrize(
    ("text", "per", "value", "unit"),
    [
        ("平山县辖15个镇。全县共有专职人员243名。", "towns", 16.2, "名/镇"),
        ("全县15个乡镇，共有专职人员30名。", "towns", 2, "名/乡镇"),
        ("全镇41个行政村，共有专职人员82名。", "villages", 2, "名/行政村"),
        ("全县总人口50万人。共有专职人员100名。", "population", 100 / 500000, "名/人"),
        ("石桥社区常住居民1000户，共有专职人员10名。", "households", 0.01, "名/户"),
    ],
)
def test_a_claim_of_the_report_stands_below_the_line(text, per, value, unit):
    """The stated whole divides the figure, and the row is marked recomputed with both claims."""
    (row,) = divided(text, per)
    assert row["value"] == pytest.approx(value)
    assert (row["unit"], row["how"]) == (unit, "recomputed")
    assert row["value"] == row["numerator"] / row["denominator"]
    assert [text[int(s)].isdigit() for s in row["claims"].split(";")] == [True, True]


@pytest.mark.parametrize(
    ("text", "per", "flaw"),
    [
        ("全县共有专职人员243名。", "towns", "no denominator"),
        ("走访了15个镇。全县共有专职人员243名。", "towns", "no denominator"),  # some, not all
        ("全县辖xx个镇。全县共有专职人员243名。", "towns", "masked denominator"),
        ("平山县辖15个镇。全县16个镇均有大院。共有专职人员243名。", "towns", "several denominators"),
        ("全县15个镇都有10-20人的专业队伍。", "towns", "already per unit"),
        ("全县15个镇。各镇配备专职人员3名。", "towns", "already per unit"),
    ],
)
def test_what_cannot_be_divided_has_no_value_and_says_why(text, per, flaw):
    """No candidate, several, a masked one, or a figure of each unit: the value stays empty."""
    row = divided(text, per)[-1]
    assert row["value"] != row["value"]
    assert flaw in row["caveats"].split("; ")


def test_bounds_and_ranges_go_through_the_division():
    """多 above the line stays a lower bound, 近 below it makes the quotient about, a range keeps both ends."""
    (least,) = divided("全县辖10个镇。发放奖励金100多万元。", "towns", "funds")
    assert (least["value"], least["bound"]) == (100000, "min")
    (about,) = divided("全县总人口近50万人。发放奖励金100万元。", "population", "funds")
    assert (about["value"], about["bound"]) == (2, "approx")
    (span,) = divided("全县辖10个镇。共有专职人员20-30人。", "towns")
    assert (span["low"], span["high"], span["bound"]) == (2, 3, "range")


def test_rates_and_standards_are_not_divided():
    """A rate cannot be divided, and a standard per case stays out beside a total."""
    with pytest.raises(QzError, match="cannot be divided"):
        divided("全县15个镇。受理事项43宗，办结36宗，办结率83.7%。", "towns", "rates")
    rows = divided("全县辖10个镇。每件奖励50元，共发放奖励金100万元。", "towns", "funds")
    assert [row["value"] for row in rows] == [100000]


TEXTS = {"a": "2011年，平山县来访200批次。2012年，平山县来访100批次。", "b": "2011年，**县来访300批次。", "c": "2011年，**县来访400批次。"}  # fmt: skip


@pytest.fixture
def visits(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return extract(tmp_path)


def test_a_table_divides_by_place_and_period(visits):
    """A row of the table with the figure's period goes before one without; a place it lacks has no value."""
    table = pd.DataFrame({"place": ["平山县", "平山县"], "value": [20, 10], "period": ["2011", ""], "unit": "万人"})
    rows = compare(visits, indicator="batches", per=table).to_dict("records")
    assert [row["value"] for row in rows[:2]] == [10, 10]
    assert rows[0]["unit"] == "批次/万人"
    assert rows[0]["text"] == "200批次 / 20万人"
    assert all("no denominator" in row["caveats"] for row in rows[2:])


def test_a_table_with_two_entries_for_a_figure_gives_none(visits):
    """Two values for one place and period are not chosen between."""
    table = pd.DataFrame({"place": ["平山县", "平山县"], "value": [20, 30]})
    first = compare(visits, indicator="batches", per=table).iloc[0]
    assert "several denominators" in first["caveats"]
    assert pd.isna(first["value"])


def test_a_mask_that_two_reports_share_is_no_key(visits):
    """`**县` of two reports may be two counties, so a table cannot speak of either."""
    rows = compare(visits, indicator="batches", per=pd.DataFrame({"place": ["**县"], "value": [10]}))
    assert rows["value"].isna().all()


def test_a_table_without_its_columns_is_refused(visits):
    """The message names the missing column."""
    with pytest.raises(QzError, match="lacks the column value"):
        compare(visits, indicator="batches", per=pd.DataFrame({"place": ["平山县"]}))


def test_the_registry_of_denominators_is_whole():
    """Each entry has its words, its lists and expressions that can be read."""
    for name, entry in load("denominators").items():
        assert set(entry) == {"one", "zh", "unit", "measures", "families", "before", "after", "subject", "alone"}, name
        assert all(re.compile(entry[words]) for words in ("before", "after", "subject"))
