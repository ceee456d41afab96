"""Rates show how firm they are, and changes which way they went."""

import matplotlib.pyplot as plt
import pytest
from drawn import note
from invented import panel

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts.figure import alt_text, figure_of, finished

pytestmark = pytest.mark.usefixtures("clean")


def test_decreases_go_left():
    """A change with direction down is drawn below zero, one with up above, and the title counts them."""
    ax = charts.changes(panel("changes", 2, value=[10.0, 20.0]))
    assert sorted(patch.get_width() for patch in ax.patches if patch.get_width()) == [-20.0, 10.0]
    assert finished(figure_of(ax)).title.startswith("1 of 2 stated changes down")


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
    fig = figure_of(
        charts.rates(panel("rates", 5, status=["ok", "ok", "ok", "redacted", "spoilt"]))
    )
    said = "Not drawn because masked, spoilt or without a value: 2."
    assert said in note(fig) and said in alt_text(fig)


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
    assert ("95%" in finished(figure_of(ax)).note) is bool(lines)


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
        assert words in finished(figure_of(charts.rates(table))).title


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
    assert "All 3 rates are 100%" in finished(figure_of(charts.rates(table))).title


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
        finished(figure_of(ax)).title
        == "3个比率中2个有件数为据、1个只列比率；各行所指不同，不比高低"
    )
    for some, words in (
        (rates[rates["denominator"].notna()], "2个比率都有件数为据；"),
        (rates.assign(denominator=float("nan")), "3个比率都只列比率、未列件数，无从核对；"),
    ):
        assert finished(figure_of(charts.rates(some, lang="zh"))).title.startswith(words)
    funnel = charts.funnel(rates, lang="zh")
    assert "立案1,516，破案884" in [text.get_text() for text in funnel.texts]
    assert "最低" not in finished(figure_of(funnel)).title


def test_changes_of_batches_and_of_person_times_stand_apart():
    """A change is set beside those that are counted alike, and the title gives examples of a mixture, not its ends."""
    text = "来访批次同比上升17.78%，来访人次同比下降15.98%。群众来信同比下降33%。"
    ax = charts.changes(qz.compare(qz.extract(text), indicator="changes"), lang="zh")
    labels = [label.get_text().partition("：")[2] for label in ax.get_yticklabels()]
    assert labels == ["群众来信", "来访批次", "来访人次"]
    words = finished(figure_of(ax))
    assert words.title.replace("\n", "") == (
        "信访：3项变化中2项下降、1项上升，如−33%（地点未列明：群众来信）、"
        "+17.78%（地点未列明：来访批次）；口径不同的分块列出"
    )
    assert "只宜在同一块内看" in words.note


def test_points_left_out_are_counted():
    """Changes in percentage points stand in the note with their number."""
    assert "not drawn: 2." in note(charts.changes(panel("changes", 3, unit=["%", "百分点", "户"])))


def test_changes_of_rates_are_drawn_beside_no_others():
    """A chart of visits leaves the change of a rate out and says so; alone it is drawn."""
    table = panel("changes", 3, measure=["percent", "percent", "rate_change"])
    ax = charts.changes(table)
    assert len(ax.texts) == 2 and "Changes of rates" in finished(figure_of(ax)).note
    assert len(charts.changes(panel("changes", 1, measure="rate_change")).texts) == 1


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
