import re
import warnings
from itertools import combinations
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from qz_analysis import charts, finish, fonts, theme
from qz_analysis.errors import QzError
from qz_analysis.registry import load

PLACES = ["桥西区", "*县", "彝良县", "中牟县", "xxxx镇", "", "新市区街道办事处群众工作中心"]
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
        row |= {"unit": "%", "kind": "rate", "direction": "", "subject": SUBJECTS[i % 5], "status": "ok"}
        row |= {"value": round(100 * resolved / received, 2), "low": np.nan, "high": np.nan}
        row |= {"numerator": resolved, "denominator": received, "ci_low": np.nan, "ci_high": np.nan}
        row |= {"bound": ["exact", "min", "approx", "max"][i % 4], "how": ["stated", "recomputed"][i % 2]}
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
DRAW = {name: (lambda n, name=name, **words: getattr(charts, name)(panel(name, n), **words)) for name in PANEL_CHARTS}
DRAW["coverage"] = coverage


@pytest.fixture(autouse=True)
def clean():
    """A missing glyph or any other warning is an error, and no figure is left open."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    plt.close("all")


def figure(drawn):
    return np.ravel(drawn)[0].figure


def boxes(fig):
    """Every text of a figure that is drawn, with the box that its ink may fill, in pixels."""
    fig.draw_without_rendering()
    hidden = {text for ax in fig.axes for axis in (ax.xaxis, ax.yaxis) for text in _undrawn(axis)}
    texts = [text for text in fig.findobj(plt.Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text not in hidden]


def _undrawn(axis):
    """Labels of ticks beyond the limits: they exist, but matplotlib leaves them out."""
    drawn = axis._update_ticks()
    return [t for tick in axis.majorTicks + axis.minorTicks if tick not in drawn for t in (tick.label1, tick.label2)]


@pytest.mark.parametrize("n", [1, 5, 20, 60])
@pytest.mark.parametrize("name", DRAW)
def test_no_words_overlap_or_leave_the_picture(name, n):
    """From 1 to 60 rows of long names no two texts touch, and none is cut off at the rim."""
    fig = figure(DRAW[name](min(n, 30) if name == "coverage" else n, lang=["en", "zh"][n % 2]))
    found = boxes(fig)
    assert len(found) > n / 2
    for (one, box), (other, box2) in combinations(found, 2):
        overlap = min(box.x1, box2.x1) - max(box.x0, box2.x0), min(box.y1, box2.y1) - max(box.y0, box2.y0)
        assert min(overlap) <= 1, f"{one!r} and {other!r} overlap by {overlap}"
    for text, box in found:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1, f"{text!r} is cut off"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", DRAW)
def test_every_chart_is_finished(name, lang):
    """A chart says its finding, measure, source and what it shows, in the language asked for, in one font."""
    fig = figure(DRAW[name](5, lang=lang))
    title, subtitle, note, source = (words.get_text() for words in fig._qz_words)
    for text in (title, subtitle, source, note, finish.alt_text(fig)):
        assert text and "{" not in text
        assert not fonts.missing(text)
    assert subtitle.replace("\n", "") == load("labels")["subtitles"][name][lang]
    assert source.startswith({"en": "Source: ", "zh": "来源："}[lang])
    assert re.search(r"\d", title)


@pytest.mark.parametrize("name", DRAW)
def test_title_and_source_can_be_given(name):
    """Words of the user's own take the place of the written ones."""
    fig = figure(DRAW[name](5, title="A finding of $5 to $9", source="Our files"))
    assert [fig._qz_words[i].get_text() for i in (0, 3)] == ["A finding of $5 to $9", "Our files"]


@pytest.mark.parametrize("name", PANEL_CHARTS)
@pytest.mark.parametrize("change", [{}, {"status": "redacted"}, {"value": np.nan}])
def test_nothing_to_draw_is_said_in_one_line(name, change):
    """An empty panel, or one all masked, raises a ValueError: one line naming the chart and a way out."""
    empty = panel(name, 3, **change) if change else panel(name, 1).iloc[:0]
    with pytest.raises(QzError, match=rf"^{name}: none of the {len(empty)} rows .*compare\([^\n]*$"):
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


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ({"value": 83.7}, "83.7%"),
        ({"value": 81.25}, "81.25%"),
        ({"value": 96, "bound": "min"}, "≥96%"),
        ({"value": 96, "bound": "max"}, "≤96%"),
        ({"value": 96, "bound": "approx"}, "≈96%"),
        ({"value": 70.2355, "how": "recomputed"}, "(70.2%)"),  # no report prints it
        ({"value": 86.42, "audit": "bad"}, "86.42% ×"),
        ({"value": np.nan, "low": 10, "high": 20, "bound": "range"}, "10%–20%"),
    ],
)
def test_a_rate_is_printed_with_its_bound_and_its_audit(row, printed):
    """What stands beside a dot says how firm the figure is."""
    row = {"bound": "exact", "how": "stated", "audit": ""} | row
    ax = charts.rates(panel("rates", 1, **row))
    assert ax.texts[0].get_text() == printed


@pytest.mark.parametrize(
    ("yuan", "en", "zh"),
    [
        (3000, "RMB 3k", "3,000元"),
        (50_000, "RMB 50k", "5万元"),
        (1_033_260, "RMB 1.033m", "103.326万元"),
        (88_727_000, "RMB 88.73m", "8,872.7万元"),
        (1_348_000_000, "RMB 1.348bn", "13.48亿元"),
    ],
)
def test_money_is_printed_as_its_readers_count_it(yuan, en, zh):
    """English readers get k, m and bn, Chinese readers 元, 万元 and 亿元."""
    for lang, printed in (("en", en), ("zh", zh)):
        ax = charts.funds(panel("funds", 1, value=yuan, bound="exact"), lang=lang)
        assert ax.texts[0].get_text() == printed


def test_decreases_go_left():
    """A change with direction down is drawn below zero, one with up above, and the title counts them."""
    ax = charts.changes(panel("changes", 2, value=[10.0, 20.0]))
    assert sorted(patch.get_width() for patch in ax.patches if patch.get_width()) == [-20.0, 10.0]
    assert figure(ax)._qz_title.startswith("1 of 2 stated changes are decreases")


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
    assert said in fig._qz_words[2].get_text().replace("\n", " ") and said in finish.alt_text(fig)


def test_hollow_dots_are_rates_without_counts():
    """A rate without counts is a hollow dot without interval; with counts it is filled and has one."""
    ax = charts.rates(panel("rates", 2))
    faces = [line.get_markerfacecolor() for line in ax.lines if len(line.get_xdata())]
    assert sorted(face == "white" for face in faces) == [False, True]


def test_the_title_tells_how_many_rates_fail_the_audit():
    """The finding of the rates chart is the audit's, and says so when nothing was checked."""
    for audit, words in (
        (["bad", "ok"], "contradict them: 1"),
        (["ok", ""], "none that was checked"),
        ("", "no printed rate has been"),
    ):
        assert words in figure(charts.rates(panel("rates", 2, audit=audit)))._qz_title


def test_places_of_small_multiples_keep_their_order():
    """Places stand in the order of the panel, and further indicators are counted, not dropped in silence."""
    table = panel("counties", 20, indicator=[f"petition.resolved.{i % 10}" for i in range(20)])
    axes = charts.counties(table, lang="zh", most=3)
    labels = [label.get_text() for label in axes[0].get_yticklabels()]
    assert labels[:3] == ["桥西区", "*县 001-county:1", "彝良县"] and len(axes) == 3
    assert "另有7项指标未画出" in figure(axes)._qz_words[2].get_text()


def test_masked_places_of_two_reports_are_not_one_place():
    """Two reports on a masked county get a line each, two on a named county share one."""
    table = panel("counties", 4, place=["*县", "*县", "桥西区", "桥西区"], indicator="petition.resolved.rate")
    labels = [label.get_text() for label in charts.counties(table, lang="zh")[0].get_yticklabels()]
    assert labels == ["*县 000-county:0", "*县 001-county:1", "桥西区"]


def test_coverage_counts_figures_and_masks():
    """A cell holds the number of legible figures and, apart, of the masked; an absent family leaves none."""
    table = panel(
        "rates",
        4,
        doc="d",
        report=[0, 0, 0, 1],
        family=["petition", "petition", "petition", "crime"],
        status=["ok", "ok", "redacted", "ok"],
    )
    ax = charts.coverage(table, table.iloc[[0, 3]].assign(title=""))
    assert [text.get_text() for text in ax.texts] == ["2", "+ 1 masked", "1"]


def test_save_writes_the_same_bytes_twice(tmp_path):
    """PNG and SVG do not change from run to run, even for a chart drawn anew."""
    first, second = (
        finish.save(figure(charts.rates(panel("rates", 5), lang="zh")), "rates", tmp_path / run) for run in "ab"
    )
    assert [path.name for path in first] == ["rates.png", "rates.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_saved_files_carry_title_and_alternative_text(tmp_path):
    """The SVG has title, desc, text as text and the font it needs; the PNG its words, at twice the size."""
    fig = figure(charts.changes(panel("changes", 3), title="A < B & C", lang="zh"))
    png, svg = finish.save(fig, "x", tmp_path)
    root = ElementTree.fromstring(svg.read_bytes())
    name = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{name}title").text == "A < B & C"
    assert root.find(f"{name}desc").text == finish.alt_text(fig)
    drawn = svg.read_text(encoding="utf-8")
    assert ">桥西区：群众来访<" in drawn and "data:font/woff;base64," in drawn and "<dc:date>" not in drawn
    with Image.open(png) as picture:
        assert picture.size[0] == round(fig.get_size_inches()[0] * 200)
        assert picture.info["Description"] == finish.alt_text(fig) and picture.info["Software"] == "qz_analysis"


def test_show_gives_one_image_with_its_words(tmp_path, monkeypatch):
    """In a notebook one PNG comes out with its alternative text; the figure is saved if named, and closed."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    fig = figure(charts.funds(panel("funds", 3)))
    assert finish.show(fig, "money", tmp_path) is None
    data, about = shown[0]._repr_mimebundle_()
    assert len(shown) == 1 and list(data) == ["image/png"]
    assert about["image/png"]["alt"] == finish.alt_text(fig)
    assert {path.name for path in tmp_path.iterdir()} == {"money.png", "money.svg"}
    assert not plt.get_fignums()


def test_finish_grows_the_figure_for_long_words_and_can_be_repeated():
    """A long title is wrapped within the figure and makes it higher; finishing again replaces the words."""
    fig, ax = plt.subplots(figsize=(6, 3))
    words = {"subtitle": "%", "source": "S", "note": "", "alt": "A"}
    with theme.theme():
        short = finish.finish(ax, title="短", **words).get_size_inches()[1]
        assert finish.finish(fig, title="很长的标题" * 30, **words).get_size_inches()[1] > short > 3
        assert all(box.x1 <= fig.bbox.x1 for _, box in boxes(fig))
        assert finish.finish(ax, title="短", **words).get_size_inches()[1] == pytest.approx(short)
    assert len(fig.texts) == 4


@pytest.mark.parametrize("absent", ["title", "subtitle", "source", "alt"])
def test_finish_wants_its_words(absent):
    """A chart without title, subtitle, source or alternative text is not finished."""
    words = dict.fromkeys(["title", "subtitle", "source", "note", "alt"], "x") | {absent: " "}
    with pytest.raises(ValueError, match=absent):
        finish.finish(plt.figure(), **words)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("群众来访，一季度", ["群", "众", "来", "访，", "一", "季", "度"]),  # no line begins with a comma
        ("（桥西区）", ["（桥", "西", "区）"]),
        ("共20个", ["共", "20个"]),  # a number stays with its measure word
        ("a 5 to 9%", ["a", " 5", " to", " 9%"]),
    ],
)
def test_lines_break_where_readers_expect(text, pieces):
    """Wrapping never tears a word, a number and its measure word, or a mark and its character apart."""
    assert [piece for piece in finish._TOKEN.findall(text) if piece] == pieces


def test_every_label_speaks_both_languages_in_the_font():
    """Each entry of labels.toml has en and zh, and only characters that the font has."""
    for section, entries in load("labels").items():
        for key, words in entries.items():
            assert set(words) == {"en", "zh"} and (key == "gap" or all(words.values())), f"[{section}] {key}"
            assert not fonts.missing("".join(words.values())), f"[{section}] {key}"
