"""The findings of charts over years say what the figures say."""

import pytest
from drawn import title
from invented import table

from qz_analysis import charts
from qz_analysis.charts.figure import finished

pytestmark = pytest.mark.usefixtures("clean")


FINDINGS = [
    # rows, indicator, unit, title in Chinese
    ([("甲县", 2018, 97.5), ("甲县", 2020, 98.7)], None, "%",
     "甲县调解成功率由2018年的97.5%到2020年的98.7%，升1.2个百分点"),
    ([("甲县", 2018, 97.5), ("甲县", 2020, 98.7), ("乙县", 2018, 99.2), ("乙县", 2020, 98.9)], None, "%",
     "2018—2020年调解成功率：甲县升1.2个百分点，乙县降0.3个百分点"),
    ([("甲县", 2019, 193.0), ("甲县", 2020, 164.0)], "visit_batches", "批次",
     "甲县来访批次由2019年的193批次到2020年的164批次，降15%"),
    # a hedged end makes the movement a rough one
    ([("甲县", 2019, 193.0), ("甲县", 2020, 164.0, {"bound": "approx"})], "visit_batches", "批次",
     "甲县来访批次由2019年的193批次到2020年的≈164批次，约降15%"),
    ([("甲县", 2019, 50.0), ("甲县", 2020, 50.0)], "visit_batches", "批次",
     "甲县来访批次由2019年的50批次到2020年的50批次，持平"),
    # no growth is reckoned from or to a forecast
    ([("甲县", 2018, 109.0, {"how": "expected"}), ("甲县", 2020, 144.0, {"how": "expected"})], "visit_batches", "批次",
     "甲县来访批次：2018年预计109批次，2020年预计144批次"),
    # nor between the outputs of two reports, each at the prices of its year
    ([("甲县", 2018, 109e8, {"doc": "a"}), ("甲县", 2020, 144e8, {"doc": "b"})], "gdp", "元",
     "甲县地区生产总值：2018年109亿元，2020年144亿元"),
    ([("甲县", 2018, 109e8, {"doc": "a"}), ("甲县", 2020, 144e8, {"doc": "a"})], "gdp", "元",
     "甲县地区生产总值由2018年的109亿元到2020年的144亿元，升32.1%"),
    # a place with one year is not said to have moved
    ([("甲县", 2019, 97.5), ("甲县", 2020, 98.0), ("乙县", 2020, 99.0)], None, "%",
     "2019—2020年调解成功率：甲县升0.5个百分点，乙县仅列2020年（99%）"),
    # nor is anything said of a change against nothing
    ([("甲县", 2019, 97.5), ("甲县", 2020, 98.0), ("乙县", 2018, 99.0), ("乙县", 2020, 99.0)], None, "%",
     "2018—2020年调解成功率：甲县升0.5个百分点（2019—2020年），乙县持平"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "indicator", "unit", "said"), FINDINGS)
def test_the_title_says_what_moved(rows, indicator, unit, said):
    """The finding is written from the first and the last figure of each place."""
    panel = table(rows, indicator or "mediation_success_rate", unit)
    assert title(charts.trend(panel, lang="zh")) == said


def test_many_places_are_counted_in_the_title():
    """From four places on the title counts rises and falls and names the farthest."""
    rows = [(f"{c}县", y, v) for c, a, b in zip("甲乙丙丁", (90, 91, 92, 93), (91, 95, 91, 93), strict=True) for y, v in ((2019, a), (2020, b))]  # fmt: skip
    said = title(charts.trend(table(rows), lang="zh"))
    assert "4个地方中2个上升、1个下降" in said and "乙县（2019—2020年升4个百分点）" in said


def test_movements_are_told_over_the_years_that_all_places_have():
    """Two counties with unlike spans are set side by side over their common years."""
    rows = [("甲县", 2014, 90.0), ("甲县", 2016, 92.0), ("甲县", 2018, 95.0)]
    rows += [("乙县", 2016, 91.0), ("乙县", 2018, 93.0), ("乙县", 2019, 99.0)]
    said = title(charts.trend(table(rows), lang="zh"))
    assert said == "2016—2018年调解成功率：甲县升3个百分点，乙县升2个百分点"


def test_a_bound_is_no_end_of_a_change_and_no_extreme():
    """What is only known to be more than something is shown as that, and neither rises nor falls from
    it, nor is it the least.
    """
    rows = [("甲县", 2018, 10.9e9), ("甲县", 2020, 10e9, {"bound": "min"})]
    said = title(charts.trend(table(rows, "gdp", "元"), lang="zh"))
    assert "≥100亿元" in said and "降" not in said
    places = [("甲县", 2020, 10e9, {"bound": "min"}), ("乙县", 2020, 20e9), ("丙县", 2020, 30e9)]
    said = title(charts.places(table(places, "gdp", "元"), lang="zh"))
    assert "甲县" not in said and "乙县" in said and "最" not in said


def test_the_source_names_reports_with_their_years():
    """Reports that differ in the year alone are one name; files without a name stand by theirs."""
    names = ["甲县2019年报告", "甲县2020年报告", "甲县2022年报告"]
    rows = [("甲县", 2018 + i, 90.0, {"source": name, "doc": f"a{i}"}) for i, name in enumerate(names)]  # fmt: skip
    said = finished(charts.trend(table(rows), lang="zh").figure).source.replace("\n", "")
    assert said == "来源：《甲县报告》（2019—2020、2022年）（共3份文件）所载数字"
