"""Counts and measures share a picture only where they share a scale."""

import re
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import boxes, on_paper, on_telephone
from sparing import sparing

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts import figure as finish
from qz_analysis.charts import theme as fonts
from qz_analysis.charts.figure import alt_text, finished, text_artists
from qz_analysis.charts.indicators import kinds
from qz_analysis.errors import QzError
from qz_analysis.extraction import corrections as correcting
from qz_analysis.vocabularies.session import load

pytestmark = pytest.mark.usefixtures("clean")

MIXED = "甲县收到垃圾5吨，乙县收到垃圾300公斤，丙县收到垃圾20吨。"
VISITS = "甲县接待群众来访43批次。乙县接待来访群众12批次。丙县接待群众来访xx批次。"


def words(ax):
    """All words of a finished chart."""
    return " ".join(text.get_text().replace("\n", " ") for text in ax.figure.texts)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_counts_are_drawn_with_their_units(lang):
    """Each count has its unit beside it, the axis begins at 0, and the masked one is told as not drawn."""
    ax = charts.stated(qz.choose(qz.extract(VISITS), measure="batches"), lang=lang)
    assert [text.get_text() for text in ax.texts] == ["43批次", "12批次"]
    assert ax.get_xlim()[0] <= 0
    assert "1" in alt_text(ax.figure) and ("masked" in words(ax) or "隐去" in words(ax))


def test_two_units_of_weight_are_not_on_one_scale():
    """吨 and 公斤 are not drawn together; the note counts what is left out."""
    ax = charts.stated(qz.choose(qz.extract(MIXED)))
    assert [text.get_text() for text in ax.texts] == ["5吨", "20吨"]
    assert "not drawn: 1" in words(ax)


@pytest.mark.parametrize(
    ("text", "chart"),
    [
        ("甲县办结率93.8%。", "rates"),
        ("甲县来访批次同比上升17.78%。", "changes"),
        ("甲县投入经费300万元。", "funds"),
        ("甲县每人每月补助200元。", "funds"),
        ("甲县接待群众来访43批次。", "stated:batches"),
        ("甲县道路12公里。", "stated:length:公里"),
        ("甲县办结率同比提高2.5个百分点。", "stated:points:百分点:change"),
    ],
)
def test_each_kind_of_figure_has_its_chart(text, chart):
    """Which chart a figure belongs on follows from its kind and unit."""
    assert kinds(qz.choose(qz.extract(text))).tolist() == [chart]


def test_figures_takes_the_chart_that_most_figures_fit_and_counts_the_rest():
    """Of a mixed panel the larger group is drawn; the other is a number in the note."""
    text = "甲县办结率93.8%，调解成功率99.1%。甲县投入经费300万元。"
    ax = charts.figures(qz.choose(qz.extract(text)))
    assert len(finished(ax.figure).rows) == 2
    assert "other kinds or units" in words(ax) and "not drawn: 1" in words(ax)


def test_a_page_of_many_says_how_many_more_there_are():
    """A panel that holds a part tells how many figures fit in all, until it is cut again."""
    claims = qz.extract("".join(f"第{n}镇接待群众来访{n}批次。" for n in range(2, 9)))
    panel = qz.choose(claims, measure="batches", most=3)
    assert "not drawn here: 4" in words(charts.figures(panel))
    assert "3 of 7 stated figures" in words(charts.figures(panel)) and "from 2" not in words(
        charts.figures(panel)
    )
    assert "not drawn here" not in words(charts.figures(panel.head(2)))


def test_only_masked_figures_are_no_picture():
    """Where no figure has a value the message says so and counts the masked ones."""
    with pytest.raises(QzError, match=r"none of the 1 rows .* 1 of them are masked or lost"):
        charts.figures(qz.choose(qz.extract("甲县接待群众来访xx批次。")))


def test_nothing_that_fits_is_said_plainly():
    """An empty panel is told as such, not as rows without a value."""
    with pytest.raises(QzError, match="there is no figure to draw"):
        charts.figures(qz.choose(qz.extract("没有数字的报告。")))


def test_figures_far_apart_share_a_scale_of_powers_and_say_so():
    """A hundredfold difference asks for powers of ten, with a note."""
    text = "甲县接待群众来访4批次。乙县接待来访群众4000批次。"
    ax = charts.stated(qz.choose(qz.extract(text), measure="batches"))
    assert ax.get_xscale() == "log" and "powers of ten" in words(ax)


def test_figures_on_several_subjects_have_no_largest():
    """A finding about unlike things is not made: neither title nor alternative text names an extreme."""
    text = "甲县接待群众来访43人次。乙县发放宣传资料培训群众1200人次。"
    panel = qz.choose(qz.extract(text), measure="person_times")
    assert panel["family"].nunique() == 2
    ax = charts.stated(panel)
    assert "not compared" in words(ax) and "argest" not in alt_text(ax.figure)


def test_every_measure_has_a_name_in_both_languages():
    """Whatever a unit measures can be said on a chart."""
    measured = {
        what
        for section, units in load("units").items()
        if section != "aliases"
        for what in units.values()
    }
    assert measured <= set(load("labels")["measures"])


def test_rows_drawn_are_remembered_with_their_heights():
    """A chart knows which rows it shows and where, so that a click can find them."""
    ax = charts.figures(qz.choose(qz.extract(VISITS), measure="batches"))
    assert [(row["text"], row["y"]) for row in finished(ax.figure).rows] == [
        ("43批次", 0),
        ("12批次", 1),
    ]


PLACES = [
    "桥西区",
    "*县",
    "彝良县",
    "中牟县",
    "xxxx镇",
    "",
    "黔南布依族苗族自治州三都水族自治县综治信访维稳中心",
]
SUBJECTS = [
    "群众来访",
    "联合调解室全年登记的各类邻里纠纷案件",
    "全县群众信访总量",
    "领导干部大接访活动接待来访群众",
    "",
]
FAMILIES = ["petition", "mediation", "matters", "crime", "satisfaction", "funds"]
LONG = "乡镇街道综治信访维稳中心工作人员专项补助与困难群众临时救助资金 "


def panel(kind, n, **changed):
    """A panel of `n` invented rows for one chart, always the same; `changed` overwrites columns."""
    rng, rows = np.random.default_rng(n), []
    for i in range(n):
        received = int(10 ** rng.uniform(1.4, 4.39))
        resolved = int(received * rng.uniform(0.4, 1))
        row = {"doc": f"{i % 5:03d}-county", "report": i, "place": PLACES[i % 7], "level": "county"}
        row |= {
            "period": f"20{i % 12:02d}",
            "family": FAMILIES[i % 6],
            "stage": "resolved",
            "measure": "rate",
        }
        row |= {
            "unit": "%",
            "kind": "rate",
            "direction": "",
            "subject": SUBJECTS[i % 5],
            "status": "ok",
        }
        row |= {"value": round(100 * resolved / received, 2), "low": np.nan, "high": np.nan}
        row |= {"numerator": resolved, "denominator": received, "ci_low": np.nan, "ci_high": np.nan}
        row |= {
            "bound": ["exact", "min", "approx", "max"][i % 4],
            "how": ["stated", "recomputed"][i % 2],
        }
        row |= {"audit": ["ok", "bad", ""][i % 3], "caveats": "", "text": "", "claims": "1"}
        if kind == "visits":
            row |= {
                "measure": "persons_per_batch",
                "kind": "count",
                "unit": "",
                "numerator": 3 * received,
                "value": 3.0 + i,
            }
        if kind in ("rates", "counties"):
            row |= {"ci_low": max(0, row["value"] - 5), "ci_high": min(100, row["value"] + 5)}
            row |= {"numerator": np.nan, "denominator": np.nan} if i % 3 == 1 else {}
        if kind == "changes":
            row |= {
                "kind": "change",
                "direction": ["up", "down"][i % 2],
                "stage": "received",
                "audit": "",
                "measure": "change",
            }
        if kind == "funds":
            row |= {
                "kind": ["money", "per"][i % 4 == 3],
                "unit": "元",
                "stage": "",
                "measure": "yuan",
                "subject": LONG * (i % 3),
            }
            row |= {"value": float(received) ** 2, "audit": "", "family": "funds"}
        rows.append(row | {"indicator": f"{row['family']}.{row['stage']}.{row['measure']}"})
    return pd.DataFrame(rows).assign(**changed)


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
        row = {
            "doc": f"{i:03d}-county",
            "report": 0,
            "start": 1,
            "text": "83.7%",
            "value": 83.7,
            "unit": "%",
            "before": "",
        }
        row |= {
            "bound": ["exact", "min"][i % 5 == 4],
            "direction": ["", "down"][i % 2],
            "subject": SUBJECTS[i % 5],
        }
        row |= {"place": places[i % 4], "period": "2011"}
        claims += [
            row,
            row | {"start": 2, "value": 16.3, "text": "16件"},
            row | {"start": 3, "value": 100.0, "text": "100件"},
        ]
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


def figure(drawn):
    return np.ravel(drawn)[0].figure


@cache
def looked_at(name, n, lang):
    """A chart's figure for tests that only look at it: drawn once."""
    return figure(DRAW[name](n, lang=lang))


@pytest.mark.parametrize("lang", sparing(LANGS, 3))
@pytest.mark.parametrize("n", sparing([20, 1, 5, 60], 4))
@pytest.mark.parametrize("name", DRAW)
def test_no_words_overlap_or_leave_the_picture(name, n, lang):
    """From 1 to 60 rows of long names, in either language or both, no two texts touch, and none is cut off at the rim."""
    found = boxes(looked_at(name, n, lang))
    fig = looked_at(name, n, lang)
    assert len(found) > n / 2 or name in {"heaping", "coverage", "mechanisms"}
    edges = np.array([(box.x0, box.y0, box.x1, box.y1) for _, box in found])
    outside = (edges[:, :2] < 0).any(axis=1) | (edges[:, 2:] > (fig.bbox.x1, fig.bbox.y1)).any(
        axis=1
    )
    assert not outside.any(), f"{found[np.argmax(outside)][0]!r} is cut off"
    for i, (text, _) in enumerate(found):
        across, along = (
            np.minimum(edges[i, k + 2], edges[i + 1 :, k + 2])
            - np.maximum(edges[i, k], edges[i + 1 :, k])
            for k in (0, 1)
        )
        over = np.flatnonzero(np.minimum(across, along) > 1)
        assert not over.size, f"{text!r} and {found[i + 1 + over[0]][0]!r} overlap"


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
    for text in (title, subtitle, source, finish.alt_text(fig)):
        assert text and "{" not in text
        assert not fonts.missing(text.replace("\n", ""))
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
    assert finish.alt_text(both) == f"{finish.alt_text(en)} {finish.alt_text(zh)}"


@pytest.mark.parametrize("name", sparing(DRAW, 3))
def test_title_and_source_can_be_given(name):
    """Words of the user's own take the place of the written ones."""
    fig = figure(DRAW[name](5, title="A finding of $5 to $9", source="Our files"))
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
    small = figure(fonts.again(looked_at(name, 5, lang)))
    assert small.get_figwidth() == fonts.PHONE
    found = boxes(small)
    assert on_telephone(small) >= 13
    assert [text for text, box in found if box.x0 < 0 or box.x1 > small.bbox.x1] == []


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


def test_coverage_without_rows_says_which_table():
    """Coverage names the table that is empty."""
    table = panel("rates", 2)
    with pytest.raises(ValueError, match="reports table has no rows"):
        charts.coverage(table, table.iloc[:0])
    with pytest.raises(ValueError, match="claims table has no rows"):
        charts.coverage(table.iloc[:0], table)


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
    fig = figure(charts.rates(pd.read_csv(tmp_path / "panel.csv")))
    assert not [text for text, _ in boxes(fig) if "nan" in text]


def test_decreases_go_left():
    """A change with direction down is drawn below zero, one with up above, and the title counts them."""
    ax = charts.changes(panel("changes", 2, value=[10.0, 20.0]))
    assert sorted(patch.get_width() for patch in ax.patches if patch.get_width()) == [-20.0, 10.0]
    assert finished(figure(ax)).title.startswith("1 of 2 stated changes down")


def test_a_fall_of_at_least_so_much_lies_below_it():
    """Bounds turn round with the sign: a fall of 20 % or more is at most −20 %."""
    table = panel("changes", 2, value=20.0, bound="min", how="stated", direction=["down", "up"])
    assert [text.get_text() for text in charts.changes(table).texts] == ["≤−20%", "≥+20%"]


def test_points_and_counts_are_no_percent():
    """A change in percentage points is not drawn on the scale of percent."""
    table = panel("changes", 3, unit=["%", "百分点", "户"])
    assert len(charts.changes(table).texts) == 1


def test_masked_rows_are_counted_in_note_and_alt():
    """A masked figure is not drawn, and both the note and the alternative text say so."""
    fig = figure(charts.rates(panel("rates", 5, status=["ok", "ok", "ok", "redacted", "spoilt"])))
    said = "Not drawn because masked, spoilt or without a value: 2."
    assert said in list(text_artists(fig).values())[2].get_text().replace(
        "\n", " "
    ) and said in finish.alt_text(fig)


def test_hollow_dots_are_rates_without_counts():
    """A rate without counts is a hollow dot without interval; with counts it is filled and has one."""
    ax = charts.rates(panel("rates", 2))
    faces = [line.get_markerfacecolor() for line in ax.lines if len(line.get_xdata())]
    assert sorted(face == "white" for face in faces) == [False, True]


@pytest.mark.parametrize(
    ("family", "subject", "lines"),
    [
        ("satisfaction", "抽样调查群众满意率", 1),
        # everybody was asked, or nobody says who was
        ("satisfaction", "片区的群众支持率", 0),
        ("satisfaction", "群众满意率", 0),
        ("matters", "抽查事项办结率", 0),
        ("crime", "破案率", 0),
    ],
)
def test_an_interval_is_drawn_around_rates_of_samples_alone(family, subject, lines):
    """Chance shifts the rate of a sample of people asked, and none of all that was asked, received or filed."""
    ax = charts.rates(panel("rates", 1, family=family, subject=subject, value=97.0, ci_low=86.0, ci_high=100.0, denominator=23.0))  # fmt: skip
    assert len(ax.collections) == lines
    assert ("95%" in finished(figure(ax)).note) is bool(lines)


def test_a_rate_stated_as_a_bound_is_drawn_where_its_counts_have_it():
    """85%以上 with 21100 of 24600 stands at 85.8, inside its interval; a contradicted rate as stated."""
    table = panel("rates", 1, value=85.0, numerator=21100, denominator=24600, audit="ok")
    table = table.assign(ci_low=85.3, ci_high=86.2)
    for audit, where in (("ok", 85.77), ("bad", 85.0)):
        ax = charts.rates(table.assign(audit=audit))
        drawn = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
        assert drawn[0] == pytest.approx(where, abs=0.01)


def test_the_title_tells_how_many_rates_fail_the_audit():
    """The title tells the rates, and how many their counts contradict."""
    for audit, words in (
        (["bad", "ok"], "contradict 1 of 2"),
        (["ok", ""], "with their counts"),
        ("", "with their counts"),
    ):
        table = panel("rates", 2, audit=audit, family="petition")
        assert words in finished(figure(charts.rates(table))).title


def test_a_change_of_nothing_stands_in_words_and_in_the_title():
    """A row of 持平 has no bar, and is counted apart from what rose and fell."""
    text = "2011年，甲山县到市上访4批98人次，批次与上年持平，人次下降5.8%。"
    ax = charts.changes(qz.compare(qz.extract(text), indicator="changes"), lang="zh")
    assert [word.get_text() for word in ax.texts] == ["持平", "−5.8%"]
    assert "2项变化中1项下降、0项上升、1项持平" in ax.figure.texts[0].get_text()
    plt.close(ax.figure)


def test_rates_that_are_all_alike_have_no_ends():
    """Where every rate is the same, the title says so once."""
    table = panel("rates", 3, value=100.0, text="100%", bound="exact", audit="", family="petition")
    assert "All 3 rates are 100%" in finished(figure(charts.rates(table))).title


def test_rates_of_several_kinds_are_not_ranked():
    """Crimes solved, disputes mediated and petitions resolved stand by kind, under its own name, and
    no title sets one against the other.
    """
    text = "甲山县立刑事案件1516宗，破获884宗。甲山县受理各类事项200件，办结150件。甲山县调解成功率98%。"
    made = qz.tables(text)
    rates = qz.compare(made.claims, made.relations, indicator="rates")
    ax = charts.rates(rates, lang="zh")
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "甲山县：刑事案件"
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named[:3] == ["调解（化解）率", "事项办结率", "破案率"]
    assert (
        finished(figure(ax)).title == "3个比率中2个有件数为据、1个只列比率；各行所指不同，不比高低"
    )
    for some, words in (
        (rates[rates["denominator"].notna()], "2个比率都有件数为据；"),
        (rates.assign(denominator=float("nan")), "3个比率都只列比率、未列件数，无从核对；"),
    ):
        assert finished(figure(charts.rates(some, lang="zh"))).title.startswith(words)
    funnel = charts.funnel(rates, lang="zh")
    assert "立案1,516，破案884" in [text.get_text() for text in funnel.texts]
    assert "最低" not in finished(figure(funnel)).title


def test_changes_of_batches_and_of_person_times_stand_apart():
    """A change is set beside those that are counted alike, and the title gives examples of a mixture, not its ends."""
    text = "来访批次同比上升17.78%，来访人次同比下降15.98%。群众来信同比下降33%。"
    ax = charts.changes(qz.compare(qz.extract(text), indicator="changes"), lang="zh")
    labels = [label.get_text().partition("：")[2] for label in ax.get_yticklabels()]
    assert labels == ["群众来信", "来访批次", "来访人次"]
    words = finished(figure(ax))
    assert words.title.replace("\n", "") == (
        "信访：3项变化中2项下降、1项上升，如−33%（地点未列明：群众来信）、"
        "+17.78%（地点未列明：来访批次）；口径不同的分块列出"
    )
    assert "只宜在同一块内看" in words.note


@pytest.mark.parametrize("name", ["rates", "changes", "funds", "visits", "funnel"])
def test_many_rows_are_drawn_so_that_print_can_be_read(name):
    """Of many rows those that tell most are drawn; title and note say of how many, and where the rest
    stands.
    """
    ax = getattr(charts, name)(panel(name, 60), lang="zh")
    words = finished(figure(ax))
    there = 60 - len(words.rows)
    assert len(words.rows) == 25 and f"其余{there}行见表" in words.note.replace("\n", "")
    assert words.title.replace("\n", "") == "60个所列数字中最要紧的25个"


def test_places_of_small_multiples_keep_their_order():
    """Places stand in the order of the panel, and further indicators are counted, not dropped in silence."""
    table = panel(
        "counties", 20, indicator=[f"petition.resolved.{i % 10}" for i in range(20)], **ALIKE
    )
    axes = charts.counties(table, lang="zh", most=3)
    labels = [[label.get_text() for label in ax.get_yticklabels()] for ax in axes]
    assert labels[0] == ["桥西区", "中牟县"] and len(axes) == 3
    noted = list(text_artists(figure(axes)).values())[2].get_text()
    assert "另有7项未画出" in noted.replace("\n", "")


#: columns of figures that count one thing in one time
ALIKE = {"subject": "来访", "period": "2011", "numerator": np.nan, "denominator": np.nan}


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
    assert "另有2项只有一个地方这样计" in finished(figure(ax)).note.replace("\n", "")


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
    said = finished(figure(axes))
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


def test_coverage_counts_figures_and_masks():
    """A bar a subject, the fullest on top: legible figures and, apart, masked ones, with their numbers."""
    table = panel(
        "rates",
        4,
        doc="d",
        report=[0, 0, 0, 1],
        family=["petition", "petition", "petition", "crime"],
        status=["ok", "ok", "redacted", "ok"],
    )
    ax = charts.coverage(table, table.iloc[[0, 3]].assign(title=""))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["petitions", "crime"]
    assert [bar.get_width() for bar in ax.patches] == [2, 1, 1, 0]
    assert [text.get_text() for text in ax.texts] == ["3, 1 of them masked", "1"]
    assert "Spoilt" not in list(text_artists(figure(ax)).values())[2].get_text()


def test_titles_speak_of_visits_without_brackets():
    """People per batch stand bare in the title and in the column, though every quotient is recomputed."""
    table = panel(
        "visits",
        2,
        how="recomputed",
        place=["桥西区", "彝良县"],
        value=[1.66, 24.5],
        bound="exact",
        audit="",
        subject="群众来访",
        indicator="petition.received.persons_per_batch",
    )
    ax = charts.visits(table)
    unlike = charts.visits(table.assign(subject=["群众来访", "到市越级上访"]))
    title = finished(figure(unlike)).title.replace("\n", " ")
    assert title.startswith("1.7 people to a batch") and title.endswith("unlike things, not ranked")
    assert (
        finished(figure(ax)).title
        == "People come in batches of 1.7 (Qiaoxi District) to 24.5 (Yiliang County)"
    )
    assert [text.get_text().split()[0] for text in ax.texts] == ["1.7", "24.5"]


def test_the_source_names_what_is_drawn():
    """A file whose only figure is masked is no source of the picture."""
    fig = figure(charts.rates(panel("rates", 3, status=["ok", "ok", "redacted"])))
    assert (
        list(text_artists(fig).values())[3].get_text()
        == "Source: figures as printed in 000-county, 001-county"
    )


def test_standards_alone_are_not_called_sums():
    """A picture of standards per unit says so in its title, and its legend lists nothing that is not there."""
    ax = charts.funds(panel("funds", 2).assign(kind="per"))
    assert finished(figure(ax)).title.startswith("Stated standards per unit run from ")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["standard per unit"]


def test_other_is_never_the_finding_of_coverage():
    """The title names the subject that most reports give figures on, and "other" is no subject."""
    table = panel("rates", 3, doc="d", report=[0, 1, 1], family=["other", "other", "crime"])
    fig = figure(charts.coverage(table, table.iloc[:2].assign(title="")))
    assert "some on crime, " in finished(fig).title


HIDDEN = [
    # how many figures on each subject there are, how many of them masked, and the finding
    ({"petition": (20, 4), "crime": (30, 3)}, "50个数字中7个被隐去；隐去比例最高的是信访，20个中4个"),
    # a share of a few is none, nor is one of what has no subject
    ({"petition": (20, 4), "crime": (2, 2), "other": (20, 20)}, "42个数字中26个被隐去；隐去比例最高的是信访，20个中4个"),
    ({"petition": (2, 1), "crime": (3, 0)}, "5个数字中1个被隐去；隐去比例最高的是信访，2个中1个"),
    ({"petition": (20, 0), "crime": (30, 0)}, "50个数字无一隐去；1份报告中有1份列出刑事治安案件数字，各类中最多"),
]  # fmt: skip


@pytest.mark.parametrize(("subjects", "title"), HIDDEN)
def test_coverage_tells_what_is_hidden(subjects, title):
    """The finding is what the reports mask most, among subjects with figures enough."""
    told = [
        (family, "redacted" if i < masked else "ok")
        for family, (n, masked) in subjects.items()
        for i in range(n)
    ]
    family, status = zip(*told, strict=True)
    table = panel("rates", len(told), doc="d", report=0, family=family, status=status)
    fig = figure(charts.coverage(table, table.iloc[:1].assign(title=""), lang="zh"))
    assert finished(fig).title == title


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
    note = list(
        text_artists(figure(getattr(charts, name)(panel(name, 7).assign(**changed)))).values()
    )[2].get_text()
    assert absent not in note.replace("\n", " ")


@pytest.mark.parametrize("name", ["visits", "funnel", "funds"])
def test_one_row_is_not_compared(name):
    """A picture of one row does not warn that its rows are unlike."""
    assert load("labels")["notes"][name]["en"] not in list(
        text_artists(figure(DRAW[name](1))).values()
    )[2].get_text().replace("\n", " ")


def test_points_left_out_are_counted():
    """Changes in percentage points stand in the note with their number."""
    note = list(
        text_artists(
            figure(charts.changes(panel("changes", 3, unit=["%", "百分点", "户"])))
        ).values()
    )[2].get_text()
    assert "not drawn: 2." in note.replace("\n", " ")


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
        fig = figure(ax)
        drawn = [text.get_text() for text in ax.texts]
        assert any("83.7%†" in words for words in drawn) == there and not any(
            "95.2%†" in words for words in drawn
        )
        note = list(text_artists(fig).values())[2].get_text().replace("\n", " ")
        assert (said in note) == there and (said in finish.alt_text(fig)) == there
    assert fonts.missing("†") == ""


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


def test_changes_of_rates_are_drawn_beside_no_others():
    """A chart of visits leaves the change of a rate out and says so; alone it is drawn."""
    table = panel("changes", 3, measure=["percent", "percent", "rate_change"])
    ax = charts.changes(table)
    assert len(ax.texts) == 2 and "Changes of rates" in finished(figure(ax)).note
    assert len(charts.changes(panel("changes", 1, measure="rate_change")).texts) == 1


@pytest.mark.parametrize(
    ("done", "said"), [("调解成功1030件，调解成功率", "共1,050，调解成功1,030"), ("已调结1030件，调结率", "共1,050，调结1,030")]
)  # fmt: skip
def test_what_was_mediated_well_is_called_so(done, said):
    """调解成功 of a report is not told as 调结, which is an end of any kind."""
    made = qz.tables(f"甲山县受理纠纷1050件，{done}98.1%。")
    ax = charts.funnel(qz.compare(made, indicator="rates"), lang="zh", claims=made.claims)
    assert said in [text.get_text() for text in ax.texts]


def test_no_scale_of_rates_goes_above_100():
    """A rate of a whole ends its scale, and its mark stands whole over the end."""
    table = qz.compare(
        qz.tables(
            "甲县受理事项43宗，办结43宗，办结率100%。乙县受理事项40宗，办结38宗，办结率95%。"
        ),
        indicator="rates",
    )
    ax = charts.rates(table)
    assert ax.get_xlim()[1] == 100
    marks = [line for line in ax.lines if line.get_marker() != "None" and len(line.get_xdata())]
    assert marks and not any(line.get_clip_on() for line in marks)
