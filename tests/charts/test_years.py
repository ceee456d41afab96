"""Charts of places and years say what the figures say, and hold every mark."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import boxes, on_paper, on_telephone
from sparing import sparing

from qz_analysis import charts
from qz_analysis.charts import theme
from qz_analysis.charts.figure import alt_text, figure_of, finished, text_artists
from qz_analysis.charts.written import indicator_label, written
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("clean")

DRAWN = {
    "trend": lambda panel, **keys: charts.trend(panel, "mediation_success_rate", **keys),
    "slope": lambda panel, **keys: charts.slope(panel, "mediation_success_rate", **keys),
    "places": lambda panel, **keys: charts.places(panel, "mediation_success_rate", **keys),
    "multiples": lambda panel, **keys: charts.multiples(panel, "mediation_success_rate", **keys)[0],
}


def table(rows, indicator="mediation_success_rate", unit="%"):
    """A panel of rows of place, year and value, with whatever more a row says."""
    made = [{"place": p, "year": y, "value": v, **(m[0] if m else {})} for p, y, v, *m in rows]
    return pd.DataFrame(made).assign(indicator=indicator, unit=unit)


def title(ax):
    """The finding of a finished chart on one line."""
    return finished(ax.figure).title.replace("\n", " ")


def note(ax):
    """The note of a finished chart on one line."""
    return finished(ax.figure).note.replace("\n", " ")


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


def test_an_empty_year_parts_the_line_and_is_explained():
    """No line runs over a masked year, and both the picture and the note say why it is empty."""
    ax = charts.trend(charts.example_years(), "mediation_success_rate", places="乙县", lang="zh")
    assert not any(set(line.get_xdata()) >= {2018, 2020} for line in ax.lines)
    assert "乙县2019年数字被隐去" in note(ax)
    assert "数字被隐去" in [text.get_text() for text in ax.texts]


def test_targets_are_open_marks_beside_results():
    """A target is an open diamond, joined by no line and called a target."""
    ax = charts.trend(charts.example_years(), "mediation_success_rate", lang="zh")
    (mark,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert list(mark.get_xdata()) == [2021] and mark.get_markerfacecolor() == "white"
    assert "目标99.5%" in [text.get_text() for text in ax.texts] and "不是结果" in note(ax)
    assert "2021" not in title(ax)


def test_a_slope_leaves_out_places_with_one_year_and_counts_them():
    """Only what has both years is a slope."""
    rows = [("甲县", 2019, 97.5), ("甲县", 2020, 98.0), ("乙县", 2020, 99.0)]
    ax = charts.slope(table(rows), lang="zh")
    assert "未画出的地方：1个" in note(ax) and "乙县" not in title(ax)


def test_rows_of_one_year_keep_the_order_of_the_table_unless_sorted():
    """Sorting is asked for, and the note says which it is."""
    rows = [
        ("甲县", 2020, 97.0),
        ("乙县", 2020, 99.0),
        ("丙县", 2020, np.nan, {"reason": "masked"}),
    ]
    plain, ordered = (charts.places(table(rows), order=o, lang="zh") for o in ("panel", "value"))
    names = [[label.get_text() for label in ax.get_yticklabels()] for ax in (plain, ordered)]
    assert names == [["甲县", "乙县"], ["乙县", "甲县"]]
    assert "不作排名" in note(plain) and "口径" in note(ordered)
    assert "数字被隐去：丙县" in note(plain)


@pytest.mark.parametrize(
    ("indicator", "subject", "lines"),
    [("satisfaction_rate", "抽样", 1), ("safety_sense", "随机抽取", 1), ("satisfaction_rate", "", 0), ("mediation_success_rate", "抽查", 0)],
)  # fmt: skip
def test_a_rate_of_a_sample_has_its_interval_and_a_full_count_none(indicator, subject, lines):
    """Wilson's interval is drawn where a known number of people was asked as a sample, and not around counts of all."""
    counts = {"numerator": 36, "denominator": 43, "subject": subject}
    ax = charts.places(table([("甲县", 2020, 83.7, counts), ("乙县", 2020, 90.0)], indicator))
    assert len(ax.collections) == lines and ("95%" in note(ax)) is bool(lines)


@pytest.mark.parametrize(
    ("row", "en", "zh"),
    [
        ({"value": 1.2e8, "unit": "元"}, "120m yuan", "1.2亿元"),
        ({"value": 193.0, "unit": "批次"}, "193", "193批次"),
        ({"value": 98.0, "unit": "%", "bound": "min"}, "≥98%", "≥98%"),
        ({"value": 93.76, "unit": "%", "how": "recomputed"}, "(93.76%)", "(93.76%)"),
        ({"value": np.nan, "low": 10.0, "high": 20.0, "unit": "件"}, "10–20", "10件–20件"),
    ],
)
def test_figures_are_written_with_bound_and_unit(row, en, zh):
    """A figure is written as it is read in each language, in brackets when it is not printed."""
    row = {"low": np.nan, "high": np.nan, "bound": "exact", "how": "stated"} | row
    assert (written(row, "en"), written(row, "zh")) == (en, zh)


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


def test_each_place_is_written_once_beside_its_line():
    """Names stand at the last marks, none twice, and none upon another."""
    rows = [(f"{c}县", y, 98.0 + i / 100) for i, c in enumerate("甲乙丙丁") for y in (2019, 2020)]
    ax = charts.trend(table(rows), lang="zh")
    ax.figure.canvas.draw()
    labels = [text for text in ax.texts if "县" in text.get_text()]
    boxes = sorted((text.get_window_extent() for text in labels), key=lambda box: box.y0)
    assert len(boxes) == 4
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))


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


def test_a_place_that_was_followed_through_a_change_is_one_line():
    """徐水县 and 徐水区 of a stable panel are one place under its latest name."""
    panel = table([("徐水县", 2014, 96.0), ("徐水区", 2015, 98.5)]).assign(stable_code="130609")
    ax = charts.trend(panel, lang="zh")
    assert title(ax) == "徐水区调解成功率由2014年的96%到2015年的98.5%，升2.5个百分点"


def test_movements_are_told_over_the_years_that_all_places_have():
    """Two counties with unlike spans are set side by side over their common years."""
    rows = [("甲县", 2014, 90.0), ("甲县", 2016, 92.0), ("甲县", 2018, 95.0)]
    rows += [("乙县", 2016, 91.0), ("乙县", 2018, 93.0), ("乙县", 2019, 99.0)]
    said = title(charts.trend(table(rows), lang="zh"))
    assert said == "2016—2018年调解成功率：甲县升3个百分点，乙县升2个百分点"


def test_one_chart_has_one_scale():
    """Figures of one chart are all written in the scale that fits the largest and the smallest."""
    ax = charts.places(
        table([("甲县", 2020, 5.2e7), ("乙县", 2020, 1.2e8)], "gdp", "元"), lang="zh"
    )
    words = [text.get_text() for text in ax.texts]
    assert {"0.52亿元", "1.2亿元"} <= set(words)
    assert all(label.get_text().endswith(("亿", "0")) for label in ax.get_xticklabels())


def test_an_estimate_is_an_open_mark_that_is_called_one():
    """What a report expects is neither drawn nor written like a final figure."""
    rows = [("甲县", 2019, 97.5), ("甲县", 2020, 98.0, {"how": "expected"})]
    ax = charts.trend(table(rows), lang="zh")
    faces = {line.get_xdata()[0]: line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"}  # fmt: skip
    assert faces[2020] == "white" != faces[2019]
    assert "预计98%" in [text.get_text() for text in ax.texts] and "预计数" in note(ax)
    assert "预计98%" in title(ax) and "升" not in title(ax)


def test_the_source_names_reports_with_their_years():
    """Reports that differ in the year alone are one name; files without a name stand by theirs."""
    names = ["甲县2019年报告", "甲县2020年报告", "甲县2022年报告"]
    rows = [("甲县", 2018 + i, 90.0, {"source": name, "doc": f"a{i}"}) for i, name in enumerate(names)]  # fmt: skip
    said = finished(charts.trend(table(rows), lang="zh").figure).source.replace("\n", "")
    assert said == "来源：《甲县报告》（2019—2020、2022年）（共3份文件）所载数字"


def test_small_multiples_leave_out_places_of_one_year():
    """A place with one figure has no picture of its own unless it is asked for; the note counts it."""
    rows = [(p, y, 90.0 + y % 5) for p in ("甲县", "乙县") for y in (2019, 2020)]
    panel = table([*rows, ("丙县", 2020, 95.0)])
    drawn = charts.multiples(panel, lang="zh")
    assert len(drawn) == 2 and "仅有一年数字、未画出的地方：1个" in note(drawn[0])
    assert len(charts.multiples(panel, places=["甲县", "丙县"])) == 2


@pytest.mark.parametrize("width", [3.9, 8.4])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_cover_neither_each_other_nor_marks(width, lang):
    """On narrow and wide pictures no words at the marks lie upon others or beyond the rim."""
    values = {"甲县": (504, 479, 702, 839, 689, 890), "乙县": (637, 700, 660, 690, 701, 640)}
    rows = [(p, 2016 + i, v * 1e6) for p, some in values.items() for i, v in enumerate(some)]
    ax = charts.trend(table(rows, "budget_revenue", "元"), figsize=(width, 3.2), lang=lang)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(box.x0 >= 0 and box.x1 <= ax.figure.bbox.x1 for box in boxes)
    ticks = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert not any(a.overlaps(b) for a, b in pairwise(ticks))


def provinces():
    """A panel of six provinces over five years."""
    names = ["河北省", "山西省", "内蒙古自治区", "吉林省", "黑龙江省", "上海市"]
    rows = [
        (n, 2016 + y, (513 + 100 * i + 14 * y) * 1e9) for i, n in enumerate(names) for y in range(5)
    ]
    return table(rows, "gdp", "元")


def outlines(panel, **keys):
    """A map of three square provinces."""
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import box

    codes = ["130000", "140000", "150000"]
    squares = [box(114 + i, 38, 115 + i, 39) for i in range(3)]
    areas = geopandas.GeoDataFrame({"adcode": codes, "geometry": squares}, crs=4326)
    known = dict(zip(panel["place"].unique(), codes, strict=False))
    panel = panel.assign(adcode=panel["place"].map(known).fillna(""))
    return charts.outlines(panel, geometry=areas, **keys)


READ = {
    name: getattr(charts, name) for name in ("trend", "slope", "places", "multiples", "provinces")
}
READ["outlines"] = outlines


@pytest.mark.parametrize("lang", sparing(["zh", "en"], 2))
@pytest.mark.parametrize("name", READ)
def test_letters_can_be_read_on_paper_and_on_a_telephone(name, lang):
    """No letter is smaller than 7 points in print or 13 pixels on a telephone, no word cut off or upon another."""
    wide = figure_of(READ[name](provinces(), lang=lang))
    small = figure_of(theme.again(wide))
    assert on_paper(wide) >= 7
    assert small.get_figwidth() == theme.PHONE and on_telephone(small) >= 13
    for fig in (wide, small):
        found = boxes(fig)
        assert [text for text, box in found if box.x0 < 0 or box.x1 > fig.bbox.x1] == []
        assert [
            (one, other)
            for i, (one, a) in enumerate(found)
            for other, b in found[i + 1 :]
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
        ] == []


def test_as_many_places_are_drawn_as_print_can_show():
    """More places than a printed page holds are counted in the note, not squeezed."""
    year = charts.example_years().query("year == 2020").head(1)
    many = pd.concat([year.assign(place=f"第{n}县") for n in range(40)], ignore_index=True)
    ax = charts.places(many, "mediation_success_rate", year=2020, lang="zh")
    note = finished(ax.figure).note.replace("\n", "")
    assert len(ax.get_yticks()) == 25 and "另有15个有数字的地方未画出" in note
    plt.close(ax.figure)


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


def test_the_panel_is_drawn_as_one_object():
    """Tables in a row are refused with a word on what to give."""
    with pytest.raises(QzError, match=r"the object itself that qz\.panel"):
        charts.trend((table([("甲县", 2020, 90.0)]), None), lang="zh")
