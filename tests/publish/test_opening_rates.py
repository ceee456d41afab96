"""Findings on rates."""

import pytest
from told import opened, panel

import qz_analysis as qz
from qz_analysis.model import Document
from qz_analysis.publish.links import pieces, unmarked
from qz_analysis.publish.openings import opening


def test_rates_are_told_from_the_lowest_to_the_highest():
    """The ends, whose they are, and how many hold, fail, were computed here, and were not checked."""
    text = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    title, sentence = opened("rates", panel(text, "rates"))
    assert title == "比率从83.7%到98%"
    assert "1个推算相符、1个未见件数，未核算" in sentence
    bad = panel("甲山县受理事项43宗，办结36宗，办结率93.7%。", "rates")
    assert "1个与所列件数不符" in opened("rates", bad)[1]
    assert "相符" not in opened("rates", bad)[1]


def test_rates_of_several_kinds_are_told_apart():
    """Disputes mediated and crimes solved are ends of no range: each kind has its own, and shows all of
    its rates with their places, never the best alone.
    """
    text = (
        "2011年，甲山县立刑事案件1516宗，破获884宗；其中“两抢一盗”案件立案985宗，破获470宗。"
        "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    )
    title, sentence = opened("rates", panel(text, "rates"))
    assert (
        title
        == "办结、调解、破案的比率：事项83.7%（另有甲山县98%未核对）、刑事治安案件58.3%（推算）"
    )
    assert "破案率58.3%、其中一部分47.7%（甲山县，推算）" in sentence and "不比高低" in sentence


def test_many_rates_of_a_kind_are_told_from_the_lowest_to_the_highest_with_their_number_and_places():
    """Of more rates than anybody reads in a row the ends stand with how many there are and where."""
    texts = [f"{place}县工作总结\n{place}县受理事项100宗，办结{n}宗，办结率{n}%。" for place, n in zip("甲乙丙丁", (61, 72, 83, 94), strict=True)]  # fmt: skip
    texts += ["戊县工作总结\n戊县立刑事案件100宗，破获58宗。"]
    made = qz.tables([Document(f"d{n}", text) for n, text in enumerate(texts)])
    sentence = opened("rates", qz.compare(made, indicator="rates"))[1]
    assert (
        "事项办结率61%至94%（4个，甲县、乙县、丙县、丁县）；破案率58.0%（戊县，推算）。" in sentence
    )


def test_a_rate_that_nobody_can_weigh_ends_no_range():
    """In a heading the ends of a range have counts; a bare rate stands beside them with its place."""
    made = qz.tables(
        [
            Document("a", "甲山县受理事项2163宗，办结2028宗，办结率93.8%。甲山县受理事项100宗，办结70宗。"),
            Document("b", "乙水镇问题办结率100%。乙水镇立刑事案件100宗，破获58宗。"),
        ]
    )  # fmt: skip
    title = opened("rates", qz.compare(made, indicator="rates"))[0]
    assert "事项70.0%（推算）至93.8%（另有乙水镇100%未核对）" in title


NAMES = [
    ("甲山县信访案件解决率为81.25%。", "信访解决率81.25%"),
    ("甲山县信访案件办结率98%。", "信访办结率98%"),
    ("甲山县信访案件办结率98%。信访事项解决率为75%。", "信访（解决率、办结率）75%、98%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), NAMES)
def test_a_kind_of_rates_has_the_name_that_its_reports_give(text, said):
    """解决率 is called 解决率 and never 办结率; a kind with several names has all of them."""
    made = qz.tables(text + "甲山县立刑事案件100宗，破获58宗。")
    rates = qz.compare(made, indicator="rates")
    assert said in opened("rates", rates, made.claims)[1]


SETTLED = (
    "2011年，甲山县受理信访案件176件，已经解决143件，解决率为81.25%。"
    "其中受理集体访26件，解决22件，解决率为84.62%。"
    "甲山县受理纠纷1050件，调解成功1030件，调解成功率98.1%。"
    "甲山县法院受理民事纠纷201件，已调结101件，调结率为50.2%。"
    "甲山县问题办结率98%。"
)


def test_the_lead_on_rates_tells_what_was_resolved_and_what_was_left():
    """Of the first kinds the rate of most cases that the audit recomputed, with both counts and what
    they leave; then the lowest; then which rates have no counts. What is printed leads to its sentence.
    """
    made = qz.tables(SETTLED)
    rates = qz.compare(made, indicator="rates")
    found = opening("rates", rates, made.claims, lang="zh")
    first, second, third, last, _ = unmarked(found.sentence).split("。")
    assert first.endswith("176件，解决143件，解决率81.25%（推算相符），原文未交代其余件数")
    assert second.endswith(
        "1050件，调解成功1030件，调解成功率98.1%（推算相符），原文未交代其余件数"
    )
    assert third.startswith("须留意甲山县")
    assert third.endswith("201件，调结101件，调结率50.2%（推算相符），原文未交代其余件数")
    assert "1个未见件数，未核算（甲山县98%）；各地口径不同，不比高低" in last
    assert "最" not in unmarked(found.sentence)
    starts = {("text", start) for start in made.claims["start"]}
    figures = [text for text, place in pieces(found.sentence) if place]
    assert {"176件", "143件", "81.25%", "201件", "101件", "98%"} <= {*figures}
    assert starts.issuperset(place for _, place in pieces(found.sentence) if place)


def test_a_rate_of_no_time_has_that_of_its_report():
    """Beside a rate whose sentence names no year stands the year of its report, or that none was found."""
    made = qz.tables(
        "甲山县2021年信访情况\n目前，受理纠纷201件，已调结101件，调结率为50.2%。甲山县立刑事案件100宗，破获58宗。"
    )
    rates = qz.compare(made, indicator="rates")
    rates = rates.assign(period="")
    said = {
        period: opened("rates", rates, made.claims, made.reports.assign(period=period))[1]
        for period in ("2021", "")
    }
    assert "（报告所述2021年）201件" in said["2021"] and "（未能确定年份）201件" in said[""]
    assert "报告所述" not in opened("rates", rates, made.claims)[1]


def test_counts_that_are_no_exact_ones_leave_no_exact_rest():
    """余 leaves open how many are left: nothing is said of it."""
    text = SETTLED.replace("1050件", "1050余件")
    made = qz.tables(text)
    sentence = opened("rates", qz.compare(made, indicator="rates"), made.claims)[1]
    assert "1050余件，调解成功1030件，调解成功率98.1%（推算相符）。" in sentence
    assert sentence.count("其余件数") == 2


REST = [
    ("已调结101宗，调结率为50.2%", "（推算相符），原文未交代其余宗数"),
    ("已调结101宗，调结率为50.2%，其余正在办理中", "（推算相符）"),
    ("已调结101宗，调结率为50.2%，尚有100宗未结", "（推算相符）"),
    ("已调结201宗，调结率为100%", "（推算相符）"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REST)
def test_of_the_rest_it_is_said_that_nothing_is_told_of_it(text, said):
    """What was not settled may have failed or be pending: a page does not guess; a report that tells of
    the rest, and a rate of all, leave nothing open.
    """
    made = qz.tables(
        f"2011年，甲山县法院受理民事纠纷201宗，{text}。甲山县立刑事案件100宗，破获58宗。"
    )
    sentence = opened("rates", qz.compare(made, indicator="rates"), made.claims)[1]
    assert sentence.split("。")[0].endswith(said)


def test_the_lead_on_rates_is_short_enough_to_be_passed_on(corpus_tables):
    """Of the corpus it is four sentences of at most 80 characters."""
    rates = qz.compare(corpus_tables, indicator="rates")
    sentence = opened("rates", rates, corpus_tables.claims)[1]
    lengths = [len(one) for one in sentence.rstrip("。").split("。")]
    assert len(lengths) == 4 and max(lengths) <= 80, lengths


def test_a_loose_rate_is_not_called_right():
    """85%以上 is no contradiction of its counts, and hardly could be one."""
    loose = panel("甲山县公开承诺事项24600多件，办完21100多件，办结率在85%以上。", "rates")
    assert loose["audit"].tolist() == ["blind"]
    sentence = opened("rates", loose)[1]
    assert "1个无从判别" in sentence and "推算相符" not in sentence
