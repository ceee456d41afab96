"""The charts of the audit say their finding from the data and draw nothing that was not checked."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import cut_off

from qz_analysis import audit, charts, coverage, extract, findings, last_digits, tables
from qz_analysis.charts.audit import _cut
from qz_analysis.charts.figure import alt_text
from qz_analysis.errors import QzError
from qz_analysis.model import Document

TEXT = "甲县受理事项2163宗，办结2028宗，办结率93.8%，群众满意率98%。承诺事项24600多件，已完成21100多件，践诺率85%以上。"


def drawn(ax):
    figure = ax.figure
    words = [text.get_text() for text in (*figure.texts, *ax.texts)]
    plt.close(figure)
    return words


TWICE = "受理事项2163宗，办结2028宗，办结率98.3%。"


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        (TEXT, "en", "Of 2 checks 1 come out right and 1 tell neither"),
        (TEXT, "zh", "2项核对：1项相符，1项无从判别"),
        # what does not hold is named with its arithmetic
        (TEXT.replace("93.8%", "98.3%"), "zh", "2项核对中只有1项不符：地点未列明，2028/2163=93.76%，原文98.3%"),
        (TEXT.replace("93.8%", "98.3%"), "en", "One of 2 checks does not hold: place not named, 2,028/2,163 = 93.76%"),
        ([f"甲县{TWICE}", f"乙县{TWICE}"], "zh", "2项核对中2项不符，首先是地点未列明：2028/2163"),
    ],
)  # fmt: skip
def test_checks_title_says_what_does_not_hold(text, lang, said):
    """The title of the checks says how many hold, or what does not, in both languages."""
    pages = [text] if isinstance(text, str) else text
    claims = extract([Document(f"d{i}", page) for i, page in enumerate(pages)])
    title = drawn(charts.checks(findings(claims), lang=lang))[0].replace("\n", "")
    assert title.replace(" ", "").startswith(said.replace(" ", ""))


@pytest.mark.parametrize(
    ("ok", "bad", "blind", "stated", "said"),
    [
        (2, 0, 0, 3, "所列3个比率与变化：2个相符、1个无从核对"),
        (2, 1, 0, 5, "所列5个比率与变化：2个相符、1个不符、2个无从核对"),
        (2, 0, 0, 2, "所列2个比率与变化：2个相符"),
        (0, 0, 0, 4, "所列4个比率与变化：4个无从核对"),
        # what could hardly have failed is not called right
        (2, 0, 1, 3, "所列3个比率与变化：1个相符、1个无从判别、1个无从核对"),
    ],
)
def test_the_title_says_whether_what_can_be_checked_holds(ok, bad, blind, stated, said):
    """What became of all that is stated stands in the title, each end with its number."""
    covered = coverage(extract(TEXT)).assign(ok=ok, bad=bad, checked=ok + bad, stated=stated)
    covered = covered.assign(blind=blind)
    assert drawn(charts.checkable(covered, lang="zh"))[0] == said


def test_failed_checks_are_marked():
    """A check that does not hold is drawn with its own mark and named in the alternative text."""
    ax = charts.checks(findings(extract(TEXT.replace("93.8%", "98.3%"))))
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["inconclusive", "does not hold"]
    assert "do not hold: 1" in alt_text(ax.figure)
    plt.close(ax.figure)


def test_a_check_that_could_hardly_fail_has_a_mark_of_its_own():
    """85%以上 is drawn neither as right nor as wrong, and the legend says so."""
    ax = charts.checks(findings(extract(TEXT)), lang="zh")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["相符", "无从判别"]
    plt.close(ax.figure)


def test_coverage_bars_add_up():
    """A bar of the coverage chart is as long as the rates that the report states."""
    ax = charts.checkable(coverage(extract(TEXT)))
    assert sum(bar.get_width() for bar in ax.patches) == 3
    assert drawn(ax)[-1] == "2 of 3"


def test_what_would_hold_anyway_is_drawn_apart():
    """A check that could hardly have failed has a colour of its own, and the legend says so."""
    ax = charts.checkable(coverage(extract(TEXT)), lang="zh")
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words == ["相符", "无从判别", "无从核对"]
    assert [bar.get_width() for bar in ax.patches] == [1, 1, 1]
    plt.close(ax.figure)


def test_heaping_needs_counts():
    """Without a single exact count the chart refuses and says what it needs."""
    with pytest.raises(QzError, match="no exact count"):
        charts.heaping(last_digits(extract("走访8户。")))


def test_nothing_checked_is_refused():
    """The chart of checks refuses findings without a check."""
    with pytest.raises(QzError, match="findings"):
        charts.checks(findings(extract("群众满意率98%。")))


def test_many_checks_are_drawn_so_that_print_can_be_read():
    """Of many checks the page draws what fails and the strongest, counts all, and says what stands in
    the table.
    """
    weak = "承诺事项24600多件，已完成21100多件，践诺率85%以上。"
    pages = [weak] * 10 + ["甲县受理事项2163宗，办结2028宗，办结率93.8%。"] * 30 + [TWICE]
    claims = extract([Document(f"d{i}", page) for i, page in enumerate(pages)])
    ax = charts.checks(findings(claims), lang="zh")
    assert len(ax.get_yticks()) == 25
    words = "".join(drawn(ax)).replace("\n", "")
    assert words.startswith("41项核对中只有1项不符")
    assert "只画出最要紧的25行，其余16行见表" in words
    assert "98.3%" in words and "85%" not in words


def test_the_scale_of_chance_is_in_words():
    """How likely a figure holds by chance is told in words, not as a probability."""
    ax = charts.checks(findings(extract(TEXT)), lang="zh")
    assert [text.get_text() for text in ax.get_xticklabels()] == ["万分之一", "", "一定"]
    plt.close(ax.figure)


def test_another_place_is_told_with_whose_report_it_is_from():
    """A row of a place that is not the report's own says whose report tells of it."""
    made = tables(
        "常州市卫生工作调研报告\n常州市签约率81%，随访率70%。杭州江干区个人出10%、财政出25%、医保出65%。"
    )
    found = findings(made.claims, made.relations, made.reports)
    ax = charts.checks(found, lang="zh")
    assert ax.get_yticklabels()[0].get_text().replace("\n", "").startswith("江干区（常州市报告）")
    plt.close(ax.figure)


@pytest.mark.parametrize("n", [1, 5, 20, 60])
def test_words_do_not_overlap(n):
    """Row labels and the arithmetic beside the rows never overlap, however many places there are."""
    one = findings(
        extract("某某街道办事处综治信访维稳群众工作中心受理事项2163宗，办结2028宗，办结率93.8%。")
    )
    ax = charts.checks(pd.concat([one] * n, ignore_index=True))
    boxes = [t.get_window_extent() for t in (*ax.texts, *ax.get_yticklabels())]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    plt.close(ax.figure)


def agreement(text, **words):
    claims = extract(text)
    return charts.agreement(claims, audit(claims), **words)


def test_agreement_draws_rates_and_changes_alone():
    """A row a checked rate or change, recomputed minus printed; sums and unchecked rates are left out."""
    ax = agreement(TEXT + "调解员216人，其中男200人、女16人。")
    assert [text.get_text() for text in ax.texts] == ["93.8% · 93.76%", "85% · 85.77%"]
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert dots.get_xdata() == pytest.approx([93.758669 - 93.8, 85.772358 - 85], abs=1e-5)
    assert drawn(ax)[0].startswith("All 2 printed rates")


def test_agreement_shows_what_the_digits_allow():
    """A bar reaches half a unit of the last printed digit to either side, and past the edge for a bound."""
    ax = agreement(TEXT)
    rounded, bound = ax.patches
    assert (rounded.get_x(), rounded.get_width()) == pytest.approx((-0.05, 0.1))
    assert bound.get_x() == 0 and bound.get_width() > ax.get_xlim()[1]
    assert "runs off the edge" in " ".join(drawn(ax)).replace("\n", " ")


def test_agreement_marks_what_fails():
    """A rate that its counts do not give is a cross outside its bar, and counted in the title."""
    ax = agreement(TEXT.replace("93.8%", "98.3%"), lang="zh")
    assert "不符" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert drawn(ax)[0] == "2个比率与变化中1个与推算值之差在所列数字的舍入之内，1个不在"


def test_a_change_keeps_its_direction():
    """A fall recomputed as a rise differs by both together."""
    ax = agreement("来访180批次，比去年同期的212批次下降15.09%。")
    assert [text.get_text() for text in ax.texts] == ["−15.09% · −15.09%"]
    plt.close(ax.figure)


def test_agreement_without_a_check_is_refused():
    """Where nothing has been checked the chart says what it needs."""
    with pytest.raises(QzError, match="agreement: none of the"):
        agreement("群众满意率98%。")


def test_rates_that_are_all_blind_are_not_told_as_checked(clean):
    """Of a report whose checked rates would all hold anyway the chart says that."""
    claims = extract("承诺事项24600多件，已完成21100多件，践诺率85%以上，满意率98%。")
    ax = charts.checkable(coverage(claims), lang="zh")
    assert ax.texts[0].get_text() == "2个中1个无从判别、1个无从核对"


LONG = (
    "几年来，某开发区为城乡群众提供创业贷款近10亿元，其中担保公司发放9.1亿元，农商行发放4159万元，邮政银行发放4875万元。"
    "全县到社区报到的在职党员有1819名。为全县进社区报到的1892名在职党员逐人建档。"
)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("where", ["text", "corpus"])
def test_arithmetic_of_any_length_stands_within_the_chart(lang, where, corpus_tables):
    """Names and sums are cut by the room that they take: none of them is clipped, and none meets the source."""
    claims = extract(LONG) if where == "text" else corpus_tables.claims
    fig = charts.checks(findings(claims), lang=lang).figure
    assert cut_off(fig) == []
    plt.close(fig)


CUT = [
    ("91000万 + 4159万 + 4875万 = 100034万，原文近10亿元", "91000万 + … = 100034万，原文近10亿元"),
    ("25 + 1 + 1 = 27, printed 27家", "25 + 1 + 1 = 27, printed 27家"),
    (
        "212 against 180 = +17.78%, printed up 17.78%",
        "212 against 180 = +17.78%, printed up 17.78%",
    ),
]


@pytest.mark.parametrize(("arithmetic", "shown"), CUT)
def test_a_long_sum_keeps_its_first_part_and_its_total(arithmetic, shown):
    """What is left out of a sum are parts in its middle, never digits of a number; the table has it whole."""
    assert _cut(arithmetic) == shown
