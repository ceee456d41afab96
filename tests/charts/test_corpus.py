"""The chart of mechanisms draws what was found, says its finding and keeps its words apart at any size."""

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import boxes, cut_off, note, overlapping
from invented import panel

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts import theme as fonts
from qz_analysis.charts.figure import alt_text, figure_of, finished, text_artists
from qz_analysis.errors import QzError
from qz_analysis.model import Document
from qz_analysis.vocabularies.session import load

pytestmark = pytest.mark.usefixtures("clean")

PLACES = ["甲山县", "乙桥镇", "丙河区", "丁水街道办事处经济发展办公室"]
WORDS = [
    "首问责任制",
    "领导包案",
    "联席会议",
    "一票否决",
    "诉前联调",
    "民情日记",
    "网格员",
    "信访专项资金",
    "大接访",
]


def texts(n):
    """Invented reports: each names some mechanisms, plans another, every seventh names none."""
    for i in range(n):
        place, named = PLACES[i % 4], [] if i % 7 == 6 else WORDS[i % 9 :: 2]
        plan = "" if i % 7 == 6 else f"拟建立{WORDS[i % 9 - 1]}制度。"
        yield Document(
            f"d{i:02d}", f"{place}全县工作。" + "".join(f"实行{word}。" for word in named) + plan
        )


def drawn(n, **words):
    """The chart of `n` reports."""
    source = list(texts(n))
    reports = qz.reports(source).assign(period="2011")
    return charts.mechanisms(qz.mechanisms(source), reports, **words)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("n", [1, 5, 20, 60])
def test_no_words_overlap_or_leave_the_picture(n, lang):
    """From 1 to 60 reports no two texts touch, and none is cut off at the rim."""
    fig = drawn(n, lang=lang).figure
    assert len(boxes(fig)) > min(n, len(WORDS))
    assert cut_off(fig) == [] and overlapping(fig) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chart_is_finished(lang):
    """The chart says its finding, measure, note and source in the language asked for, in one font."""
    fig = drawn(5, lang=lang).figure
    title, subtitle, note, source = (words.get_text() for words in list(text_artists(fig).values()))
    for text in (title, subtitle, note, source, alt_text(fig)):
        assert text and "{" not in text and not fonts.missing(text)
    assert subtitle.replace("\n", "") == load("labels")["subtitles"]["mechanisms"][lang]
    assert source.startswith({"en": "Source: words as printed in ", "zh": "来源："}[lang])
    assert re.search(r"\d", title)


def test_title_and_source_can_be_given():
    """Words of the user's own take the place of the written ones."""
    fig = drawn(3, title="Ours", source="Our files").figure
    assert [[*text_artists(fig).values()][i].get_text() for i in (0, 3)] == ["Ours", "Our files"]


def bars(ax):
    """Each mechanism with how many reports have it in place, and how many only plan it."""
    labels = [label.get_text() for label in ax.get_yticklabels()]
    widths = [int(bar.get_width()) for bar in ax.patches]
    drawn = [text.get_text() for text in ax.get_legend().get_texts()]
    there = widths[: len(labels)] if drawn[0] == "named as in place" else [0] * len(labels)
    planned = (
        widths[-len(labels) :] if "proposed, planned or missing" in drawn else [0] * len(labels)
    )
    return list(zip(labels, there, planned, strict=True))


def test_planned_mechanisms_are_told_apart():
    """A mechanism named both ways is in place; one that is only planned is told apart from it."""
    text = "甲山县全县落实首问责任制。要健全首问责任制。拟建立联席会议制度。甲山县信访局"
    assert bars(charts.mechanisms(qz.mechanisms(text))) == [
        ("first-contact responsibility", 1, 0),
        ("joint meeting", 0, 1),
    ]


def test_what_most_reports_have_stands_on_top():
    """Rows go from the mechanism that most reports have in place to the one that fewest have, each with its count."""
    ax = drawn(20)
    there = [n for _, n, _ in bars(ax)]
    assert there == sorted(there, reverse=True) and there[0] > there[-1]
    assert [int(text.get_text().split(" + ")[0]) for text in ax.texts] == there


def test_reports_without_mechanisms_are_counted():
    """With the reports table also those that name nothing count; without it only those that name something."""
    source = list(texts(7))
    found = qz.mechanisms(source)
    assert "of 7 reports" in finished(charts.mechanisms(found, qz.reports(source)).figure).title
    assert "of 6 reports" in finished(charts.mechanisms(found).figure).title


def test_what_is_left_out_is_counted():
    """The mechanisms that most reports name are kept, and the note and the alternative text count the others."""
    ax = drawn(20, most=4)
    assert len(ax.get_yticks()) == 4
    said = "Further mechanisms, named by fewer reports, not drawn: 5."
    assert said in list(text_artists(ax.figure).values())[2].get_text().replace(
        "\n", " "
    ) and said in alt_text(ax.figure)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲山县全县实行一票否决，落实首问责任制。甲山县信访局", "Jiashan County: 2 mechanisms named as in place, 0 proposed, planned or missing"),
        ("甲山县全县拟实行一票否决。甲山县信访局", "None of the 1 mechanisms named in 1 reports is said to be in place"),
    ],
)  # fmt: skip
def test_titles_fit_one_report_and_plans_alone(text, title):
    """A single report is named in the title, and plans alone are not called mechanisms in place."""
    assert finished(charts.mechanisms(qz.mechanisms(text)).figure).title.startswith(title)


@pytest.mark.parametrize(
    ("pages", "title"),
    [
        (["实行一票否决。", "实行一票否决，召开联席会议。"], "写明已有最多的是一票否决：2份报告中2份称已有"),
        # equals are all named as long as they are few
        (["实行一票否决。", "召开联席会议。"], "写明已有最多的是联席会议、一票否决：2份报告中各有1份称已有"),
        (["实行一票否决，落实首问责任制。", "召开联席会议，领导包案36宗。"], "没有一项机制突出：2份报告中各有1份称已有的共4项，没有更多的"),
    ],
)  # fmt: skip
def test_the_finding_names_what_most_reports_have(pages, title):
    """The title names the mechanisms that most reports have in place; of many equals it says that none stands out."""
    found = qz.mechanisms([Document(f"d{i}", page) for i, page in enumerate(pages)])
    assert finished(charts.mechanisms(found, lang="zh").figure).title == title


def test_the_finding_counts_reports_in_place():
    """The title counts the reports that say a mechanism is there, not those that plan it."""
    source = [Document(f"d{i}", text) for i, text in enumerate(["实行一票否决。", "实行一票否决，召开联席会议。", "拟实行一票否决。"])]  # fmt: skip
    fig = charts.mechanisms(qz.mechanisms(source)).figure
    assert (
        finished(fig).title
        == "Most often in place: one-vote veto (bars from honours), in 2 of 3 reports"
    )
    assert "In one report only: 1 of 2 mechanisms" in finished(fig).note.replace("\n", " ")
    assert "one-vote veto (bars from honours) (2), joint meeting (1)" in alt_text(
        fig
    ) and "proposed, planned or missing: 1" in alt_text(fig)


def test_nothing_to_draw_and_another_language_are_refused():
    """An empty table and a language that the vocabulary lacks raise a ValueError that says so."""
    with pytest.raises(
        QzError, match=r"mechanisms: the table has no rows; pass what qz\.mechanisms\(\) returns"
    ):
        charts.mechanisms(qz.mechanisms("没有。"))
    with pytest.raises(ValueError, match="en or zh"):
        charts.mechanisms(qz.mechanisms("实行一票否决。"), lang="fr")


def test_a_table_read_from_csv_is_drawn_and_left_as_it_was(tmp_path):
    """A table that comes back from a file draws the same picture, and nothing is changed in it."""

    found = qz.mechanisms("实行一票否决，拟建立联席会议制度。")
    found.to_csv(tmp_path / "found.csv", index=False)
    again = pd.read_csv(tmp_path / "found.csv")
    copy = again.copy(deep=True)
    assert bars(charts.mechanisms(again)) == bars(charts.mechanisms(found))
    pd.testing.assert_frame_equal(again, copy)


def test_the_settings_of_matplotlib_are_left_alone():
    """Drawing changes nothing in matplotlib's settings."""
    before = dict(plt.rcParams)
    drawn(3)
    assert dict(plt.rcParams) == before


def test_coverage_without_rows_says_which_table():
    """Coverage names the table that is empty."""
    table = panel("rates", 2)
    with pytest.raises(ValueError, match="reports table has no rows"):
        charts.coverage(table, table.iloc[:0])
    with pytest.raises(ValueError, match="claims table has no rows"):
        charts.coverage(table.iloc[:0], table)


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
    assert "Spoilt" not in note(ax)


def test_other_is_never_the_finding_of_coverage():
    """The title names the subject that most reports give figures on, and "other" is no subject."""
    table = panel("rates", 3, doc="d", report=[0, 1, 1], family=["other", "other", "crime"])
    fig = figure_of(charts.coverage(table, table.iloc[:2].assign(title="")))
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
    fig = figure_of(charts.coverage(table, table.iloc[:1].assign(title=""), lang="zh"))
    assert finished(fig).title == title
