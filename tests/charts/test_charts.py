"""Every chart of a panel is finished, can be read, and says what it leaves out."""

import re
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import boxes, cut_off, note, on_paper, on_telephone, overlapping
from invented import PLACES, SUBJECTS, panel, provinces
from sparing import sparing

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts import theme
from qz_analysis.charts.figure import alt_text, figure_of, finished, text_artists
from qz_analysis.errors import QzError
from qz_analysis.extraction import corrections as correcting
from qz_analysis.vocabularies.session import load

pytestmark = pytest.mark.usefixtures("clean")


def coverage(n, **words):
    """The coverage chart of `n` reports, some without figures, some masked."""
    table = panel("rates", n * 9)
    table = table.assign(
        report=table["report"] % n,
        doc="d",
        status=(["ok"] * 5 + ["redacted", "spoilt"]) * (n * 9 // 7) + ["ok"] * (n * 9 % 7),
    )
    reports = table.iloc[:n].assign(title="关于进一步加强和改进新形势下群众工作的情况汇报")
    return charts.coverage(table[table["report"] % 4 != 3], reports, **words)


PANEL_CHARTS = ["visits", "funnel", "rates", "changes", "funds", "counties"]


DRAW = {
    name: (lambda n, name=name, **words: getattr(charts, name)(panel(name, n), **words))
    for name in PANEL_CHARTS
}
DRAW["coverage"] = coverage


def agreement(n, **words):
    """The chart of agreement for `n` reports of long-named places: rounded, falling, hedged, and one in seven wrong."""
    places = ["黔南布依族苗族自治州三都水族自治县", "新市区街道办事处", "桥西区", "乙镇"]
    claims, relations = [], []
    for i in range(n):
        row = {"doc": f"{i:03d}-county", "report": 0, "start": 1, "place": places[i % 4]}
        row |= {"text": "83.7%", "value": 83.7, "unit": "%", "before": "", "period": "2011"}
        row |= {"bound": ["exact", "min"][i % 5 == 4], "direction": ["", "down"][i % 2]}
        row |= {"subject": SUBJECTS[i % 5]}
        claims += [row, row | {"start": 2, "value": 16.3, "text": "16件"}]
        claims += [row | {"start": 3, "value": 100.0, "text": "100件"}]
        found = {"doc": row["doc"], "report": 0, "type": ["rate", "yoy"][i % 2], "starts": "1;2;3"}
        relations.append(
            found | {"verdict": ["ok", "bad"][i % 7 == 6], "computed": [83.72, 81.2][i % 7 == 6]}
        )
    return charts.agreement(pd.DataFrame(claims), pd.DataFrame(relations), **words)


def audited(chart, n, **words):
    """A chart of the audit of `n` reports, drawn from one of them."""
    text = "某某街道办事处综治信访维稳群众工作中心受理事项2163宗，办结2028宗，办结率93.8%，群众满意率98%。"
    claims = qz.extract(text)
    table = {"checks": qz.findings, "checkable": qz.coverage}[chart](claims)
    return getattr(charts, chart)(pd.concat([table] * n, ignore_index=True), **words)


def named(n, **words):
    """The matrix of mechanisms of `n` reports."""
    one = qz.mechanisms("全县落实首问责任制，领导包案处理36宗，拟建立联席会议制度。甲山县信访局")
    found = pd.concat(
        [one.assign(doc=f"{i:03d}", place=PLACES[i % 7]) for i in range(n)], ignore_index=True
    )
    return charts.mechanisms(found, **words)


DRAW |= {"agreement": agreement, "mechanisms": named}
DRAW |= {
    name: (lambda n, name=name, **words: audited(name, n, **words))
    for name in ("checks", "checkable")
}
DRAW["heaping"] = lambda n, **words: charts.heaping(
    qz.last_digits(qz.extract("走访120户，慰问215人。" * n)), **words
)


LANGS = ["both", "en", "zh"]


@cache
def looked_at(name, n, lang):
    """A chart's figure for tests that only look at it: drawn once."""
    return figure_of(DRAW[name](n, lang=lang))


@pytest.mark.parametrize("lang", sparing(LANGS, 3))
@pytest.mark.parametrize("n", sparing([20, 1, 5, 60], 4))
@pytest.mark.parametrize("name", DRAW)
def test_no_words_overlap_or_leave_the_picture(name, n, lang):
    """From 1 to 60 rows of long names, in either language or both, no two texts touch, and none is cut off at the rim."""
    fig = looked_at(name, n, lang)
    assert len(boxes(fig)) > n / 2 or name in {"heaping", "coverage", "mechanisms"}
    assert cut_off(fig) == [] and overlapping(fig) == []


@pytest.mark.parametrize("lang", sparing(LANGS, 3))
@pytest.mark.parametrize("name", DRAW)
def test_no_line_of_the_grid_runs_through_words(name, lang):
    """A printed value inside the axes stands clear of the lines of the grid, unless it has a ground of its own."""
    fig = looked_at(name, 20, lang)
    for ax in fig.axes:
        inside = [t.get_window_extent() for t in ax.texts if t.get_bbox_patch() is None]
        lines = [tick.gridline for axis in (ax.xaxis, ax.yaxis) for tick in axis._update_ticks()]
        for line in filter(lambda line: line.get_visible(), lines):
            path = line.get_transform().transform(line.get_xydata())
            (x0, y0), (x1, y1) = path.min(axis=0), path.max(axis=0)
            crossed = [
                box for box in inside if box.x0 < x1 and x0 < box.x1 and box.y0 < y1 and y0 < box.y1
            ]
            assert not crossed


# each chart in another language than the one before
TURNS = [(name, LANGS[(n + turn) % 3]) for n, name in enumerate(DRAW) for turn in range(3)]


@pytest.mark.parametrize(("name", "lang"), sparing(TURNS, 3))
def test_every_chart_is_finished(name, lang):
    """A chart says its finding, measure, source and what it shows, in the language asked for, in one font."""
    fig = looked_at(name, 5, lang)
    title, subtitle, _, source = (words.get_text() for words in list(text_artists(fig).values()))
    for text in (title, subtitle, source, alt_text(fig)):
        assert text and "{" not in text
        assert not theme.missing(text.replace("\n", ""))
    wanted = load("labels")["subtitles"][name]
    said = wanted["en"] + wanted["zh"] if lang == "both" else wanted[lang]
    assert re.sub(r"\s", "", subtitle) == re.sub(r"\s", "", said)
    assert source.startswith({"en": "Source: ", "zh": "来源：", "both": "Source 来源: "}[lang])
    assert re.search(r"\d", title)


@pytest.mark.parametrize("name", sparing(DRAW, 3))
def test_both_languages_say_what_each_says(name):
    """Finding, note and alternative text of a chart in both languages are those of the two charts, English first."""
    both, en, zh = (looked_at(name, 5, lang) for lang in ("both", "en", "zh"))
    for part in (0, 2):
        lines = [
            re.sub(r"\s", "", list(text_artists(fig).values())[part].get_text())
            for fig in (both, en, zh)
        ]
        assert lines[0] == lines[1] + lines[2]
    assert alt_text(both) == f"{alt_text(en)} {alt_text(zh)}"


@pytest.mark.parametrize("name", sparing(DRAW, 3))
def test_title_and_source_can_be_given(name):
    """Words of the user's own take the place of the written ones."""
    fig = figure_of(DRAW[name](5, title="A finding of $5 to $9", source="Our files"))
    assert [[*text_artists(fig).values()][i].get_text() for i in (0, 3)] == [
        "A finding of $5 to $9",
        "Our files",
    ]


@pytest.mark.parametrize("lang", sparing(LANGS, 3))
@pytest.mark.parametrize("name", DRAW)
def test_letters_are_seven_points_on_paper(name, lang):
    """Printed as wide and as high as a brief and a Word document allow, no letter is smaller than 7 points."""
    assert on_paper(looked_at(name, 20, lang)) >= 7


@pytest.mark.parametrize("lang", sparing(["zh", "en"], 2))
@pytest.mark.parametrize("name", DRAW)
def test_charts_are_drawn_for_telephones(name, lang):
    """Every chart is drawn once more as wide as a telephone, no letter of it smaller than the page's, none cut off."""
    small = figure_of(theme.again(looked_at(name, 5, lang)))
    assert small.get_figwidth() == theme.PHONE
    assert on_telephone(small) >= 13 and cut_off(small) == []


@pytest.mark.parametrize("name", PANEL_CHARTS)
@pytest.mark.parametrize("change", [{}, {"status": "redacted"}, {"value": np.nan}])
def test_nothing_to_draw_is_said_in_one_line(name, change):
    """An empty panel, or one all masked, raises a ValueError: one line naming the chart and a way out."""
    empty = panel(name, 3, **change) if change else panel(name, 1).iloc[:0]
    with pytest.raises(
        QzError, match=rf"^{name}: none of the {len(empty)} rows .*compare\([^\n]*$"
    ):
        getattr(charts, name)(empty)
    assert not plt.get_fignums()


def test_another_language_is_refused():
    """A language that the vocabulary lacks raises a ValueError."""
    with pytest.raises(ValueError, match="en or zh"):
        charts.rates(panel("rates", 2), lang="fr")


def test_a_panel_is_left_as_it_was():
    """Charts change nothing in the table they are given, nor in matplotlib's settings."""
    table, before = panel("changes", 5), dict(plt.rcParams)
    copy = table.copy(deep=True)
    charts.changes(table)
    pd.testing.assert_frame_equal(table, copy)
    assert dict(plt.rcParams) == before


def test_a_panel_read_from_csv_is_drawn(tmp_path):
    """Empty cells that come back from a file as NaN are empty words, not the word nan."""
    panel("rates", 9).to_csv(tmp_path / "panel.csv", index=False)
    fig = figure_of(charts.rates(pd.read_csv(tmp_path / "panel.csv")))
    assert not [text for text, _ in boxes(fig) if "nan" in text]


@pytest.mark.parametrize("name", ["rates", "changes", "funds", "visits", "funnel"])
def test_many_rows_are_drawn_so_that_print_can_be_read(name):
    """Of many rows those that tell most are drawn; title and note say of how many, and where the rest
    stands.
    """
    ax = getattr(charts, name)(panel(name, 60), lang="zh")
    words = finished(figure_of(ax))
    there = 60 - len(words.rows)
    assert len(words.rows) == 25 and f"其余{there}行见表" in words.note.replace("\n", "")
    assert words.title.replace("\n", "") == "60个所列数字中最要紧的25个"


def test_the_source_names_what_is_drawn():
    """A file whose only figure is masked is no source of the picture."""
    fig = figure_of(charts.rates(panel("rates", 3, status=["ok", "ok", "redacted"])))
    assert (
        list(text_artists(fig).values())[3].get_text()
        == "Source: figures as printed in 000-county, 001-county"
    )


def test_a_legend_lists_what_is_drawn():
    """Decreases alone have no entry for increases, mechanisms in place none for planned ones."""
    falls = charts.changes(panel("changes", 2, value=20.0, direction="down"))
    assert [text.get_text() for text in falls.get_legend().get_texts()] == ["decrease"]
    there = charts.mechanisms(qz.mechanisms("全县落实首问责任制，领导包案处理36宗。甲山县信访局"))
    assert [text.get_text() for text in there.get_legend().get_texts()] == ["named as in place"]


@pytest.mark.parametrize(
    ("name", "changed", "absent"),
    [
        ("rates", {"ci_low": np.nan, "ci_high": np.nan}, "Lines"),
        ("counties", {"ci_low": np.nan, "ci_high": np.nan}, "Lines"),
        ("counties", {"place": "桥西区"}, "taken apart"),
        ("counties", {"denominator": 100.0}, "Hollow"),
        ("changes", {}, "percentage points"),
        ("funds", {"kind": "money"}, "per unit"),
    ],
)
def test_a_note_that_does_not_apply_is_not_shown(name, changed, absent):
    """Nothing is explained that the picture does not show."""
    assert absent not in note(getattr(charts, name)(panel(name, 7).assign(**changed)))


@pytest.mark.parametrize("name", ["visits", "funnel", "funds"])
def test_one_row_is_not_compared(name):
    """A picture of one row does not warn that its rows are unlike."""
    assert load("labels")["notes"][name]["en"] not in note(DRAW[name](1))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_corrected_figures_carry_a_dagger_that_is_explained(lang):
    """A corrected figure is marked beside its dot, in the note and in the alternative text; without one there is no such note."""
    text = "甲县受理事项43宗，办结36宗，办结率88.7%；调解纠纷120件，调解成功率95.2%。"
    claims = qz.extract(text)
    said = {"en": "†: corrected by a reviewer.", "zh": "†表示经人工更正。"}.get(lang, "†")
    for corrections, there in (
        ([], False),
        ([correcting.line(claims.iloc[2], "value", 83.7, "乙")], True),
    ):
        mended = qz.correct(claims, corrections).claims
        panel = qz.compare(mended, indicator="rates")
        assert panel["corrected"].tolist() == ["value" if there else "", ""]
        ax = charts.rates(panel, lang=lang)
        fig = figure_of(ax)
        drawn = [text.get_text() for text in ax.texts]
        assert any("83.7%†" in words for words in drawn) == there and not any(
            "95.2%†" in words for words in drawn
        )
        assert (said in note(fig)) == there and (said in alt_text(fig)) == there
    assert theme.missing("†") == ""


WRONG_TABLES = [
    # what a newcomer passes, and the words that lead on
    (lambda made: charts.rates(made.claims), r"no column how; .*qz\.compare\("),
    (lambda made: charts.funds(qz.panel(made, "gdp")), r"charts\.funds draws a panel"),
    (lambda made: charts.trend(made.claims, "gdp"), r"no column year; .*qz\.panel\("),
    (lambda made: charts.ledger(qz.ledger(made), made.claims), r"no column .*qz\.extract"),
    (lambda made: charts.slope(qz.panel(made, "gdp"), years=(2019,)), "years are two"),
    (lambda made: qz.compare(made, indicator="rates", places="青川县"), "no claim is of 青川县; there are: 满城区"),
    (lambda made: qz.panel(made.reports), r"no column text, .*qz\.extract"),
    (lambda made: qz.panel("my_pages"), r"qz\.tables"),
    (lambda made: qz.ledger(made.reports), r"no column text, value, low, high and \d+ more"),
    (lambda made: qz.audit(made.reports), r"no column text, .*qz\.extract"),
    (lambda made: qz.indicator("gdp").matches(made.reports), r"no column text, .*qz\.extract"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "told"), WRONG_TABLES)
def test_a_wrong_table_is_told_in_one_line(call, told):
    """Whatever table is passed where another is wanted, one line says what it lacks and what to pass."""
    made = qz.tables("满城区2019年政府工作报告。2019年,满城区生产总值完成95亿元,办结率98%。")
    with pytest.raises(qz.QzError, match=told) as error:
        call(made)
    assert "\n" not in str(error.value)


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
        assert cut_off(fig) == [] and overlapping(fig) == []
