"""What pages begin with: findings that follow the data, in words of either language."""

import re

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.charts.figure import finished
from qz_analysis.comparison.printed import printed_in
from qz_analysis.errors import QzError
from qz_analysis.model import Document
from qz_analysis.publish.evidence import against_comparing
from qz_analysis.publish.links import pieces, unmarked
from qz_analysis.publish.openings import _KINDS, opening
from qz_analysis.vocabularies.session import load


def panel(text, indicator, **more):
    """The panel of an indicator of a text, or of several by their places."""
    made = qz.tables(text)
    return qz.compare(made.claims, made.relations, indicator=indicator, **more)


def told(kind, *tables, lang="zh"):
    found = opening(kind, *tables, lang=lang)
    return found.title, unmarked(found.sentence)


def test_changes_are_counted_by_their_way_and_what_was_checked_is_told():
    """How many went up and down, one of either, and that the others were not checked."""
    text = "甲山县接待群众来访212批次，来访批次同比（180批次）上升17.78%。甲山县群众来信下降30%，集体访下降8%。"
    title, sentence = told("changes", panel(text, "changes"))
    assert title == "甲山县信访：“群众来信”下降30%、“来访批次”上升17.78%（共3项变化，1项推算相符）"
    assert (
        "都出自甲山县一地" in sentence
        and "下降的如“群众来信”，30%" in sentence
        and "17.78%" in sentence
    )
    assert "1项推算相符，其余未核对" in sentence


def test_changes_say_of_how_many_places_they_are():
    """Eleven changes need not be of eleven places: how many places there are, how many changes of each,
    and of how many the falls and the rises are.
    """
    texts = [
        "甲县信访情况\n2011年，甲县信访总量下降21%，集体访下降8%。",
        "乙县信访情况\n2011年，乙县信访总量下降9%，群众来信上升3%。",
    ]
    made = qz.tables([Document(f"d{n}", text) for n, text in enumerate(texts)])
    title, sentence = told("changes", qz.compare(made, indicator="changes"))
    assert title == "2地信访的4项变化中，3项下降（2地都有）、1项上升（乙县）"
    assert sentence.startswith(title) and "以上各项出自2地：甲县2项、乙县2项；" in sentence


def test_of_one_place_its_changes_are_told_as_those_of_one():
    """The place stands once, so that two changes of it are not taken for those of two; a whole comes before its part."""
    text = (
        "*县综治情况\n2011年，*县立刑事案件1516宗，立案数同比下降14.64%，破案数同比上升39.21%；"
        "其中“两抢一盗”案件立案985宗，立案数同比下降27.52%。"
    )
    sentence = told("changes", panel(text, "changes"))[1]
    assert sentence.count("某县（*县）") == 1 and "都出自某县（*县）一地" in sentence
    assert "14.64%" in sentence and "27.52%" not in sentence


def test_without_an_earlier_figure_no_change_is_called_right():
    """相符 stands in no sentence on changes of which none was recomputed."""
    text = "甲山县集体访下降8%。甲山县群众来信上升9%。"
    title, sentence = told("changes", panel(text, "changes"))
    assert title == "甲山县信访：“集体访”下降8%、“群众来信”上升9%（共2项变化，均未核对）"
    assert "均未核对" in sentence
    assert "相符" not in sentence


def test_rates_are_told_from_the_lowest_to_the_highest():
    """The ends, whose they are, and how many hold, fail, were computed here, and were not checked."""
    text = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    title, sentence = told("rates", panel(text, "rates"))
    assert title == "比率从83.7%到98%"
    assert "1个推算相符、1个未能对应件数" in sentence
    bad = panel("甲山县受理事项43宗，办结36宗，办结率93.7%。", "rates")
    assert "1个与所列件数不符" in told("rates", bad)[1]
    assert "相符" not in told("rates", bad)[1]


def test_rates_of_several_kinds_are_told_apart():
    """Disputes mediated and crimes solved are ends of no range: each kind has its own, and shows all of
    its rates with their places, never the best alone.
    """
    text = (
        "2011年，甲山县立刑事案件1516宗，破获884宗；其中“两抢一盗”案件立案985宗，破获470宗。"
        "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    )
    title, sentence = told("rates", panel(text, "rates"))
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
    sentence = told("rates", qz.compare(made, indicator="rates"))[1]
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
    title = told("rates", qz.compare(made, indicator="rates"))[0]
    assert "事项70.0%（推算）至93.8%（另有乙水镇100%未核对）" in title


def test_a_part_of_what_is_counted_beside_it_is_named():
    """Changes of a whole and of its part are counted one by one, and the part is said to be one."""
    text = "甲山县接待群众来访212批次，来访批次同比（180批次）上升17.78%。其中，集体访26件，同比下降25%。"
    assert "，其中“集体访”是其总数的一部分" in told("changes", panel(text, "changes"))[1]
    # beside all petitions each kind of them is a part
    text += "甲山县信访总量和越级访与上年同期相比分别下降55.6%、54.8%。"
    sentence = told("changes", panel(text, "changes"))[1]
    assert "，其中“来访”、“集体访”、“越级访”各是其总数的一部分" in sentence


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
    assert said in told("rates", rates, made.claims)[1]


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
    assert "1个未能对应件数（甲山县98%）；各地口径不同，不比高低" in last
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
        period: told("rates", rates, made.claims, made.reports.assign(period=period))[1]
        for period in ("2021", "")
    }
    assert "（报告所述2021年）201件" in said["2021"] and "（未能确定年份）201件" in said[""]
    assert "报告所述" not in told("rates", rates, made.claims)[1]


def test_counts_that_are_no_exact_ones_leave_no_exact_rest():
    """余 leaves open how many are left: nothing is said of it."""
    text = SETTLED.replace("1050件", "1050余件")
    made = qz.tables(text)
    sentence = told("rates", qz.compare(made, indicator="rates"), made.claims)[1]
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
    sentence = told("rates", qz.compare(made, indicator="rates"), made.claims)[1]
    assert sentence.split("。")[0].endswith(said)


def test_the_lead_on_rates_is_short_enough_to_be_passed_on(corpus_tables):
    """Of the corpus it is four sentences of at most 80 characters."""
    rates = qz.compare(corpus_tables, indicator="rates")
    sentence = told("rates", rates, corpus_tables.claims)[1]
    lengths = [len(one) for one in sentence.rstrip("。").split("。")]
    assert len(lengths) == 4 and max(lengths) <= 80, lengths


def test_a_change_of_nothing_is_counted_and_told():
    """持平 is a change, too: it stands in the count, and leads to the count that it is of."""
    made = qz.tables(
        "甲山县2011年信访情况\n2011年，到市上访4批98人次，批次与上年持平，人次下降5.8%。"
    )
    changes = qz.compare(made, indicator="changes")
    title, sentence = told("changes", changes, made.claims, made.relations, made.reports)
    assert (
        title
        == "甲山县信访（2011年）：“到市上访人次”下降5.8%、“到市上访批次”持平（共2项变化，均未核对）"
        and "持平的是“到市上访批次”（2011年）。" in sentence
    )
    found = opening("changes", changes, made.claims, made.relations, made.reports, lang="zh")
    start = made.claims.loc[made.claims["text"].eq("4批"), "start"].iloc[0]
    assert ("持平", ("text", start)) in pieces(found.sentence)
    assert told("changes", changes[changes["value"].eq(0)])[0] == "甲山县“到市上访批次”持平"


ENGLISH = [
    ("甲山县信访情况\n来访批次同比下降8%。", "(甲山县, batches of visitors)"),
    ("甲山县信访情况\n越级访同比下降8%。", "(甲山县, visits over the heads of local officials)"),
    ("甲山县信访情况\n集体访同比下降8%。", "(甲山县, group visits)"),
    # without a name of its own it is told by its subject
    ("甲山县信访情况\n某甲乙信访台账同比下降8%。", "(甲山县, petitions)"),
]


@pytest.mark.parametrize(("text", "said"), ENGLISH)
def test_english_names_what_is_counted_without_its_chinese_words(text, said):
    """The name put together of the report's words, else the vocabulary's, else the subject."""
    assert said in told("changes", panel(text, "changes"), lang="en")[1]


CHANGED = "一季度，全区受理来访212批次、820人次，来访批次同比（180批次）上升17.78%，来访人次同比（976人次）下降15.98%。目前，信访总量下降55.6%。"


def test_a_change_says_of_when_it_is_and_what_it_is_against():
    """Beside the largest fall and rise stand their time, what they are against, whether that holds, and
    what went the other way.
    """
    made = qz.tables(CHANGED)
    made = made._replace(reports=made.reports.assign(period="2011"))
    changes = qz.compare(made, indicator="changes")
    _, sentence = told("changes", changes, made.claims, made.relations, made.reports)
    assert "“信访总量”（报告所述2011年）" in sentence
    assert "下降55.6%（未核对：原文未写明比较的时间，本工具未能对应此前的数）" in sentence
    assert "上升17.78%（此前180批次，推算相符），而“来访人次”" in sentence
    assert "下降15.98%（此前976人次，推算相符）" in sentence


def test_what_is_only_counted_is_no_programme():
    """信访总量 is no work that is done: it stands among the figures, and no finding names it."""
    table = pd.DataFrame(
        {"term": ["四访", "信访总量"], "programme": ["four visits", "petition totals"]}
    )
    table["where"] = ["a: 1", "a: 2, 3"]
    assert told("programmes", table)[0] == "1项工作列有数字，最多的是四访（1个）"
    assert told("programmes", table.tail(1))[0] == "没有一项工作列有数字"


DONE = [
    ("甲山县“大走访”活动中，全县已解决各类问题294件，投入资金5163万元。", "甲山县大走访“全县已解决各类问题294件”"),
    ("甲山县“大走访”活动中，受理群众诉求43件，已办结36件。", "“受理群众诉求43件，已办结36件”"),
    ("甲山县“大走访”活动中，发放问卷900份。", "列有数字，最多的是大走访（1个）"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), DONE)
def test_programmes_are_told_by_what_was_done(text, said):
    """What was resolved stands in the title, in the words of the report and with that of which it is; a count of
    rows does where no report says it.
    """
    claims = qz.extract(text)
    where = f"text: {', '.join(map(str, claims['start']))}"
    row = {"programme": "visits", "term": "大走访", "place": "甲山县", "period": "", "where": where}
    assert said in told("programmes", pd.DataFrame([row]), claims)[0]


@pytest.mark.parametrize(
    ("text", "period", "said"),
    [
        ("去年，甲山县大走访中已解决各类问题294件。", "", "294件”（原文作“去年”，未写明是哪一年）"),
        ("今年以来，甲山县大走访中已解决各类问题294件。", "20xx", "（今年以来，年份被隐去）"),
        ("去年，甲山县大走访中已解决各类问题294件。", "2011", "（2011年）"),
        ("甲山县大走访中已解决各类问题294件。", "", "294件”"),
    ],
)
def test_what_was_done_has_the_time_that_its_sentence_names(text, period, said):
    """去年 stands beside what was done where no year is known, for without it the figure is of all times."""
    claims = qz.extract(text)
    where = f"text: {', '.join(map(str, claims['start']))}"
    row = {
        "programme": "visits",
        "term": "大走访",
        "place": "甲山县",
        "period": period,
        "where": where,
    }
    title = told("programmes", pd.DataFrame([row]), claims)[0]
    assert said in title and ("（" in title) == bool(period or "去年" in text)


def test_the_annex_says_how_many_rows_it_holds_and_why():
    """What a page does not tell stands at its end, counted; what is only counted is named as that."""
    table = pd.DataFrame({"term": ["四访", "四访", "信访总量"]})
    title, sentence = told("annex", table.head(1), table.tail(2))
    assert title == "附表：各项工作的其余数字（2行）" and "其中1行是信访总量等统计数" in sentence


def test_of_unlike_changes_one_of_a_known_year_is_the_example():
    """A larger fall of no year tells a reader less than one whose year is known."""
    text = "甲山县信访情况\n2011年，群众来信同比下降21%。目前，集体访同比下降55%。"
    sentence = told("changes", panel(text, "changes"))[1]
    assert "下降的如“群众来信”，21%" in sentence


def test_a_loose_rate_is_the_example_of_what_shows_nothing():
    """Of checks that could hardly fail a rate with a bound is named before shares that make up 100%."""
    claims = qz.extract(
        "甲山县签约费85%归团队，15%交区里。甲山县承诺事项24600多件，办完21100多件，践诺率在85%以上。"
    )
    title = told("strength", qz.findings(claims, qz.audit(claims)))[0]
    assert title == "甲山县“践诺率”的85%以上等2项，对上与否都说明不了什么"


def test_a_loose_rate_is_not_called_right():
    """85%以上 is no contradiction of its counts, and hardly could be one."""
    loose = panel("甲山县公开承诺事项24600多件，办完21100多件，办结率在85%以上。", "rates")
    assert loose["audit"].tolist() == ["blind"]
    sentence = told("rates", loose)[1]
    assert "1个无从判别" in sentence and "推算相符" not in sentence


def test_changes_of_rates_stand_apart():
    """A rate that rose is counted among no visits that fell, and is told behind them."""
    text = "甲山县信访总量同比下降55.6%，积案化解率上升25.6%。"
    title, sentence = told("changes", panel(text, "changes"))
    assert title.endswith("“甲山县信访总量”下降55.6%")
    assert "比率的变化另计" in sentence and "“积案化解率”上升25.6%（原文" in sentence


FALLS = [
    ("甲山县信访总量下降30%。乙水县信访总量下降8%。", "降幅最大的是", "下降的如"),
    ("甲山县群众来信下降30%。乙水县集体访下降8%。", "下降的如", "最大"),
]


@pytest.mark.parametrize(("text", "said", "unsaid"), FALLS)
def test_only_changes_of_one_thing_have_a_largest(text, said, unsaid):
    """Letters and collective visits are two things: neither fell most."""
    sentence = told("changes", panel(text, "changes"))[1]
    assert said in sentence and unsaid not in sentence


UNSURE = [
    ("积案化解率上升25.6%。", True),
    ("积案化解率上升25.6个百分点。", False),
]


@pytest.mark.parametrize(("text", "unsure"), UNSURE)
def test_a_rate_that_rose_by_per_cent_may_have_risen_by_points(text, unsure):
    """25.6% of a rate is told as what does not say which; percentage points say it."""
    sentence = told("changes", panel("甲山县信访总量同比下降55.6%，" + text, "changes"))[1]
    assert ("原文未写明是百分比还是百分点" in sentence) is unsure


def test_a_masked_place_is_told_as_one():
    """A sentence says of a mask that it is one: 某县, an unnamed county."""
    loose = panel("**县集体访下降8%。", "changes")
    assert "某县（**县）“" in told("changes", loose)[1]
    assert "unnamed county (**县)" in told("changes", loose, lang="en")[1]


def test_visits_are_told_from_the_fewest_to_the_most_people():
    """People per visit with both counts; one alone is told as one."""
    text = "甲山县接待群众来访193批次389人次。乙水县接待群众来访4批98人次。"
    title, sentence = told("visits", panel(text, "visits"))
    assert title == "一批来访从2.0人次到24.5人次"
    assert "193批389人次" in sentence and "4批98人次" in sentence
    one = panel("甲山县接待群众来访193批次389人次。", "visits")
    assert told("visits", one)[0] == "一批来访2.0人次"


def test_visits_of_unlike_kinds_are_not_ranked():
    """Who comes to a reception and who travels to the city are no two ends of one order."""
    text = "甲山县到市上访4批98人次。乙水县接待群众来访193批次389人次。"
    title, sentence = told("visits", panel(text, "visits"))
    assert title.startswith("每批来访：") and title.endswith("；所指不同，不比高低")
    assert title.index("2.0人次") < title.index("24.5人次")
    assert "最" not in sentence
    # what is not narrowed comes first
    assert sentence.index("193批389人次") < sentence.index("4批98人次")


SPENT = "县政府每年增拨156万元，为学校配备专职保安人员130名。县财政拨付资金50万元，建成活动室12个。"


def test_sums_are_told_by_kind_with_what_they_paid_for():
    """Of each kind one sum that says what it paid for, in its words, the first in the title; unlike money is
    neither added up nor ranked.
    """
    table = qz.money(qz.extract(SPENT + "全县完成投资2亿元。"))
    title, sentence = told("funds", table)
    bought = "未写明的县“县政府每年增拨156万元，为学校配备专职保安人员130名”"
    assert title == f"{bought}；3项金额中写明办了什么的有2项"
    assert f"拨付与投入，{bought}。" in sentence and "按性质分2类" in sentence
    assert "2亿" not in title + sentence and "最大" not in title + sentence
    raised = told("funds", qz.money(qz.extract(SPENT + "全县筹集资金800万元，安装摄像头4051个。")))[
        1
    ]
    assert (
        f"拨付与投入，{bought}；筹集资金，未写明的县“全县筹集资金800万元，安装摄像头4051个”。"
        in raised
    )
    assert "appropriated or spent" in told("funds", table, lang="en")[1]


def test_masked_sums_are_told_as_masked():
    """A sum without digits that says what it paid for counts, and is told apart."""
    text = SPENT + "先后投入资金xx万元，新建活动场所12个。"
    sentence = told("funds", qz.money(qz.tables(text)))[1]
    assert "在金额之后写明办了什么的3项（其中1项金额被隐去）" in sentence


def test_a_part_of_a_sum_is_not_counted_again():
    """What 其中 takes out of a sum is no sum of its own."""
    text = "几年来，共提供创业贷款近10亿元，其中担保公司发放9.1亿元，农商行发放4159万元，邮政银行发放4875万元。"
    assert "1项金额" in told("funds", qz.money(qz.tables(text)))[0]


RATES = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县调解纠纷1050件，调解成功1030件，调解成功率98.1%。"
HEADS = "彝良县每件纠纷奖100元，通江县每件纠纷奖300元。"
STAFF = "甲山县共有15个镇。全县专职人员243名。"


def test_unlike_figures_per_town_are_not_ranked():
    """Full-time staff and volunteers per town are two things: each is told for itself."""
    shares = panel(STAFF + "全县治安队员50多名。", "staff_per_town")
    title, sentence = told("shares", shares)
    assert title == "甲山县“全县专职人员”，每个乡镇16.2名；另有1项所指不同，不相比较"
    assert "每个乡镇16.2名" in sentence and "每个乡镇≥3.33名" in sentence


COUNTED = "2011年，彝良县受理来访200批次400人次。2011年，通江县受理来访100批次150人次。"


def test_only_what_is_counted_alike_is_told_with_its_ends():
    """The range of what several places state is of one thing: collective visits are not in it."""
    both = panel(COUNTED + "2011年，通江县集体访10批次300人次。", "visits")
    title, sentence = told("compared", both)
    # collective visits stand in the panel, too
    assert title == "信访受理：每批人次，彝良县（2011年）2.0、通江县（2011年）1.5；不宜比较"
    assert "受理来访”（2011年），1.5" in sentence and "（2011年），2.0" in sentence
    assert "30" not in sentence
    alone = panel(
        "2011年，彝良县受理来访200批次400人次。2011年，通江县集体访10批次300人次。", "visits"
    )
    assert told("compared", alone)[0] == "没有一项两地计法相同"


APART = [
    ("2012年", "；所述时段不同或不详，不宜比较"),
    ("2011年一季度", "；一为全年、一为一季度，不宜比较"),
    ("2010年以来", "；一为全年、一为某年以来的累计，不宜比较"),
]


@pytest.mark.parametrize(("when", "said"), APART)
def test_what_is_not_to_be_compared_is_not_ranked(when, said):
    """A year and a quarter stand side by side as reports give them, without a least and a most."""
    text = COUNTED.replace("2011年，通江", f"{when}，通江")
    sentence = told("compared", panel(text, "visits"))[1]
    assert "最少" not in sentence and "最多" not in sentence
    assert "2.0人次（200批400人次）；通江县" in sentence and said in sentence
    like = told("compared", panel(COUNTED, "visits"))[1]
    assert "最少的是通江县" in like and "不宜" not in like


@pytest.mark.usefixtures("clean")
def test_a_page_says_once_whether_its_figures_can_be_compared():
    """Where each figure has its reason, opening, chart and evidence agree that none is compared as it is."""
    both = panel(COUNTED.replace("2011年，通江", "2012年，通江"), "visits")
    assert both["caveats"].ne("").all()
    title, sentence = told("compared", both)
    assert sentence.startswith(
        "各地所列的数字都不宜直接比较。两地以上计法相同的只有“信访受理：每批人次”一项（2地）：彝良县"
    )
    assert sentence.endswith("。共列2个数字，可读的2个，分1项。")
    assert title == "信访受理：每批人次，彝良县（2011年）2.0、通江县（2012年）1.5；不宜比较"
    assert finished(qz.charts.counties(both, lang="zh")[0].figure).title.replace("\n", "") == (
        "信访受理，每批人次：彝良县（2011年） 2.0、通江县（2012年） 1.5；不宜比较"
    )
    said = against_comparing(both, "zh")
    assert said.startswith("这2个数字") and "有一部分不宜" not in said


@pytest.mark.parametrize(
    ("kind", "tables", "title"),
    [
        ("stock", lambda made: (made.claims, made.reports), "1份报告都列有数字"),
        ("written", lambda made: (made.claims,), "写得最多的是事项，6个数字中的3个"),
        ("intervals", lambda made: (qz.compare(made, indicator="rates"),), "列有件数的比率，至少由43件得出"),
        ("against", lambda made: (qz.compare(made, indicator="rates"),), "2个数字不能直接比较，首先因为未写明年份（2个）"),
        ("strength", lambda made: (qz.findings(made.claims),), "2项核对都有可能不成立"),
        ("heaping", lambda made: (qz.last_digits(made.claims),), "末位数字：以0结尾的占100%，以5结尾的占0%；若全凭偶然，各约10%"),
        ("implied", lambda made: (qz.implied(made.claims),), "还可以推出：甲山县“受理事项”，43宗减去办结36宗，余7；共1个未办结数"),
        ("copies", lambda made: (made.reports,), "1份报告互不抄录"),
    ],
)  # fmt: skip
def test_sections_are_headed_by_what_was_found(kind, tables, title):
    """Each rule makes a title of its table that says what there is, not what the table is about."""
    found = opening(kind, *tables(qz.tables(RATES)), lang="zh")
    assert found.title == title and unmarked(found.sentence)


def test_standards_and_shares_are_told_from_the_lowest_to_the_highest():
    """Standards per unit with their words, and staff per town."""
    standards = qz.money(qz.extract(HEADS))
    title, sentence = told("standards", standards)
    # both are told by one report
    assert title == "补贴、救助与奖励，每件：彝良县100元、通江县300元，都出自同一份报告"
    assert "每件" in sentence and "别处的数由该报告转述" in sentence
    two = qz.tables([Document(part[:3], f"{part}。") for part in HEADS.strip("。").split("，")])
    assert "同一份报告" not in "".join(told("standards", qz.money(two)))
    other = qz.money(qz.extract("彝良县每件纠纷奖100元，通江县每亩水田补助300元。"))
    assert told("standards", other)[0] == "2项单位标准分2类，没有一类两地都有"
    shares = panel(STAFF, "staff_per_town")
    assert told("shares", shares)[0] == "甲山县“全县专职人员”，每个乡镇16.2名"


ARRANGEMENTS = [
    # each in one text alone, wished for in another
    (["落实首问责任制", "要建立联席会议制度"], "写明已有的做法1项，各只见于一份材料", "；另有1处只是要求、打算或尚缺，不算已有。"),
    (["落实首问责任制，建立联席会议制度", "落实首问责任制", "要落实首问责任制", "丁"],
     "不止一份材料写明已有的做法1项，见于2份", "（材料共4份）；另有1处只是要求、打算或尚缺，不算已有。"),
    (["落实首问责任制，建立联席会议制度", "落实首问责任制，召开联席会议", "召开联席会议"],
     "不止一份材料写明已有的做法2项，见于2至3份", "（材料共3份）。"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "headed", "told_of"), ARRANGEMENTS)
def test_arrangements_are_an_index_and_no_rate(texts, headed, told_of):
    """How many texts say that one is there is told as what unlike texts happen to name, never as a share."""
    pages = [Document(f"d{n}", f"甲山县{text}。") for n, text in enumerate(texts)]
    cases = qz.mechanism_evidence(qz.mechanisms(pages))
    title, sentence = told("mechanisms", cases, qz.reports(pages))
    assert title == headed
    assert told_of in sentence and sentence.endswith("份数不表示推行面。")


def test_programmes_reasons_and_refusals_are_counted():
    """The programme with most figures, the reason that most unchecked figures have, and how many indicators are refused."""
    table = pd.DataFrame({"term": ["四访", "大接访"], "programme": ["a", "b"], "where": ["a: 1, 2", "a: 7"]})  # fmt: skip
    assert told("programmes", table)[0] == "2项工作列有数字，最多的是四访（2个）"
    reasons = pd.DataFrame({"reason": ["no base is stated", "x", "in all"], "legible_rates": [3, 1, 4], "masked_rates": [0, 2, 2], "other_figures": [0, 0, 0]})  # fmt: skip
    assert list(told("unchecked", reasons)) == [
        "4个比率与变化无从核对，多因未找到所比的基数",
        "4个可读的比率与变化无从核对，最多的（3个）是因为未找到所比的基数；此外还有被隐去的比率与变化2个。",
    ]
    asked = pd.DataFrame({"indicator": ["visits", "rates"], "strict": ["no", ""]})
    assert told("strict", asked)[0] == "严格比较拒绝了2项指标中的1项"
    assert told("strict", asked.head(1))[0] == "群众来访，从严都不能作地区之间的比较"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲山县受理43宗，办结36宗，办结率83.7%。", "1项核对均相符"),
        (
            "甲山县受理43宗，办结36宗，办结率93.7%。",
            "地点未列明“办结率”对不上：36/43 = 83.72%，原文93.7%",
        ),
        ("甲山县承诺事项24600多件，办完21100多件，办结率在85%以上。", "1项核对：1项无从判别"),
        ("甲山县修路12公里。", "没有可供推算的数字"),
    ],
)
def test_the_audit_is_told_as_it_comes_out(text, title):
    """All hold, some do not, or nothing could be recomputed."""
    claims = qz.extract(text)
    found = qz.findings(claims, qz.audit(claims))
    assert told("audit", found)[0] == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # rates and changes by how they end, and no number of all checks beside them
        (RATES + "甲山县群众满意率98%。", "报告所列的3个比率与变化中，2个推算相符、1个无从核对（未能在报告里找到所据的件数或基数）。"),
        (RATES + "甲山县建成27家，其中甲类25家、乙类1家、丙类1家。", "报告所列的2个比率与变化中，2个推算相符。另核对合计与重复的说法，1项核对：1项推算相符。"),
        ("甲山县受理43宗，办结36宗，办结率93.7%。", "报告所列的1个比率与变化中，1个不符。"),
        # shares that make a whole are rates here and one total in the table
        (RATES + "甲山县纠纷中，土地类占50.2%，林业类占31.8%，其他占18%。", "5个推算相符（其中3个是1组份额，下表计入“合计”）。"),
        # what would hold whatever the figure is another end
        ("甲山县承诺事项24600多件，办结21100多件，办结率在85%以上。", "报告所列的1个比率与变化中，1个无从判别（换个数也能对上，或差在舍入之内）。"),
    ],
)  # fmt: skip
def test_the_lead_of_an_audit_has_one_set_of_numbers(text, said):
    """What became of rates and changes, and behind it of the checks that are of neither: of two numbers of
    checks a reader takes the one for the other.
    """
    claims = qz.extract(text)
    found = qz.findings(claims, qz.audit(claims))
    assert told("audit", found, qz.coverage(claims))[1].endswith(said)


def test_the_share_of_rates_that_can_be_checked_leaves_out_what_holds_anyway():
    """What would hold whatever the figure is counts as no check."""
    checked = told("checked", qz.coverage(qz.extract(RATES + "甲山县群众满意率98%。")))[0]
    assert checked == "3个比率与变化中，能用报告自己的数字判别对错的占67%"
    blind = qz.coverage(qz.extract("甲山县承诺事项24600多件，办结21100多件，办结率在85%以上。"))
    assert told("checked", blind)[0].endswith("占0%") and "另有1个" in told("checked", blind)[1]


def test_a_check_that_fails_sends_to_the_original(corpus_tables):
    """Nobody is blamed by a page alone, least of all where its text is retold."""
    claims = qz.extract("甲山县受理43宗，办结36宗，办结率93.7%。")
    assert "。须先查原件，再论对错。" in told("audit", qz.findings(claims))[1]
    found = qz.findings(corpus_tables.claims, corpus_tables.relations)
    assert "本文系转述，须先查原件，再论对错。" in told("audit", found)[1]


def test_masked_figures_are_told_by_their_share():
    """How many are masked and where most are; where none is, that all can be read."""
    made = qz.tables("甲山县2021年工作总结\n甲山县受理xx件，办结36宗。")
    title, sentence = told("masked", made.claims, made.reports)
    assert title == "2个数字中有1个被隐去或缺失" and "50%" in sentence and "2个中的1个" in sentence
    made = qz.tables("甲山县受理43件。")
    assert told("masked", made.claims, made.reports)[0] == "1个数字都可读"


def test_every_figure_leads_to_its_claim():
    """Figures of a sentence carry document and start; a title, which heads a section, carries none."""
    made = qz.tables(qz.corpus()[:3])
    starts = set(zip(made.claims["doc"], made.claims["start"], strict=True))
    for kind, indicator in (("changes", "changes"), ("rates", "rates"), ("visits", "visits")):
        table = qz.compare(made.claims, made.relations, indicator=indicator)
        for lang in ("en", "zh"):
            found = opening(kind, table, lang=lang)
            places = [place for _, place in pieces(found.sentence) if place]
            assert places and starts.issuperset(places)
            assert "[" not in found.title


NONE = qz.tables("甲山县。")
EMPTY = {
    "stock": (NONE.claims, NONE.reports),
    "written": (NONE.claims,),
    "intervals": (panel("甲山县。", "rates"),),
    "standards": (qz.money(qz.extract("甲山县。")),),
    "programmes": (pd.DataFrame(columns=["programme", "term", "where"]),),
    "against": (panel("甲山县。", "rates"),),
    "strict": (pd.DataFrame({"strict": []}, dtype=str),),
    "annex": (pd.DataFrame(columns=["term"]), pd.DataFrame(columns=["term"])),
    "shares": (panel("甲山县。", "staff_per_town"),),
    "strength": (qz.findings(qz.extract("甲山县。")),),
    "unchecked": (qz.tally(qz.extract("甲山县。"), of="reasons"),),
    "left": (qz.implied(qz.extract("甲山县。")),),
    "heaping": (qz.last_digits(qz.extract("甲山县。")),),
    "implied": (qz.implied(qz.extract("甲山县。")),),
    "copies": (NONE.reports,),
    "masked": (qz.tables("甲山县。").claims, qz.tables("甲山县。").reports),
    "visits": (panel("甲山县。", "visits"),),
    "changes": (panel("甲山县。", "changes"),),
    "rates": (panel("甲山县。", "rates"),),
    "funds": (qz.money(qz.extract("甲山县。")),),
    "compared": (panel("甲山县。", "rates"),),
    "audit": (qz.findings(qz.extract("甲山县。")),),
    "checked": (qz.coverage(qz.extract("甲山县。")),),
    "mechanisms": (qz.mechanism_evidence(qz.mechanisms("甲山县。")), NONE.reports),
    "ledger": (qz.ledger(qz.extract("甲山县。")),),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_without_data_a_page_says_that_there_are_none(kind, lang):
    """No rule breaks on empty tables, and none leaves a filler or an empty sentence."""
    for text in told(kind, *EMPTY[kind], lang=lang):
        assert text and not re.search(r"[{}]|nan", text)


def test_an_unknown_kind_is_refused():
    """The error names the kinds that there are."""
    with pytest.raises(QzError, match="no opening 'x'; there are: stock, written"):
        opening("x", pd.DataFrame())


def test_both_languages_fill_the_same_words():
    """A sentence in Chinese uses no filler that its English lacks, unless the English tells it within another."""
    for key, entry in load("profile")["openings"].items():
        fillers = {lang: set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "zh")}
        within = {"of", "about", "changes"} if {"counted", "counts"} & fillers["en"] else set()
        within |= {"n"} if key.endswith("_all") or key == "places_several" else set()
        within |= {"unit"}  # English has no measure words
        assert fillers["zh"] - within <= fillers["en"], key


def _digits(*endings):
    """Last digits of counts that end so, each with how many there are."""
    kinds = [f"走访{100 + 10 * n + digit}户" for digit, count in endings for n in range(count)]
    return qz.last_digits(qz.extract("，".join(kinds) + "。"))


@pytest.mark.parametrize(
    ("endings", "said"),
    [
        # 0 and 5 are told apart: 0 heaps where figures are rounded to tens, 5 where to fives
        ([(0, 20), (3, 20), (5, 1)], "以0结尾的占49%，明显多于偶然的10%；以5结尾的占2%，与偶然的10%没有明显差别；但以3结尾的也占49%，单凭这一点不能说数字是凑整的"),
        ([(5, 20), (3, 5), (4, 5), (7, 5)], "以0结尾的占0%，明显少于偶然的10%；以5结尾的占57%，明显多于偶然的10%。"),
    ],
)  # fmt: skip
def test_last_digits_are_told_one_by_one(endings, said):
    """0 and 5 have their own shares, and another digit as frequent keeps either from showing rounding."""
    assert said in opening("heaping", _digits(*endings), lang="zh").sentence


def test_an_earlier_level_is_told_with_how_it_follows():
    """The first level that a change implies stands in the title with its arithmetic, and how many there are."""
    claims = qz.extract(
        "甲山县2021年信访情况\n2021年，群众来信954件次，同比下降21.2%；集体访98人次，同比下降5.8%。"
    )
    title = told("implied", qz.implied(claims))[0]
    assert title.startswith("没有写、可以推出的上期数（共2项，举一例）：")
    assert "“群众来信”，954件次下降21.2%，此前为" in title


def test_what_is_unchecked_is_counted_as_what_is_checked():
    """Checked and unchecked rates are counted alike, so that they make up all that are stated; what
    else is unchecked stands apart.
    """
    made = qz.tables(
        "甲县受理事项43宗，办结36宗，办结率83.7%，满意率98%，支持率97%，化解率xx%。"
        "调处纠纷100件，其中村里80件。"
    )
    audited = qz.audit(made.claims, made.reports, unchecked=True)
    covered = qz.coverage(made.claims, audited)
    reasons = qz.tally(made.claims, audited, of="reasons")
    stated, checked = (int(covered[name].sum()) for name in ("stated", "checked"))
    found = opening("unchecked", reasons, lang="zh")
    assert found.title.startswith(f"{stated - checked}个比率与变化无从核对")
    assert "被隐去的比率与变化1个" in found.sentence


def test_a_copy_is_named_with_what_it_repeats():
    """A report that repeats another is told with both titles."""
    reports = pd.DataFrame(
        {
            "doc": ["a", "b"],
            "report": [0, 0],
            "title": ["甲县汇报", "乙县汇报"],
            "same_as": ["", "a:0"],
        }
    )
    found = opening("copies", reports, lang="zh")
    assert "《乙县汇报》重复了《甲县汇报》" in found.sentence


@pytest.mark.parametrize(
    ("printed", "en"),
    [
        ("156万元", "1.56m yuan"),
        ("800多万元", "over 8m yuan"),
        ("近10亿元", "nearly 1bn yuan"),
        ("50余份", "over 50"),
        ("85%以上", "≥85%"),
        ("10元/次", "10 yuan per visit"),
        ("xx万元", "xx万元"),
    ],
)
def test_a_printed_figure_is_told_in_english(printed, en):
    """Who reads no Chinese has the figure before the words that hold it; a mask stays one."""
    assert printed_in(printed, "en") == en
    assert printed_in(printed, "zh") == printed


def test_sums_and_what_was_done_stand_before_their_words_in_english():
    """A title in English tells the sum, and quotes no Chinese."""
    made = qz.tables("甲县总结\n县政府投入156万元，为学校配备保安人员130名。")
    assert "甲县, 1.56m yuan; " in opening("funds", qz.money(made), lang="en").title


def test_that_no_change_was_checked_is_said_once():
    """What stands in the first words of all changes is no part of each of them."""
    text = "2011年，甲县刑事案件立案数同比下降14.64%，破案数同比上升39.21%。"
    made = qz.tables(f"甲县2011年总结\n{text}")
    changes = qz.compare(made, indicator="changes")
    said = opening("changes", changes, made.claims, made.relations, made.reports, lang="zh")
    assert said.sentence.count("未核对") == said.sentence.count("均未核对") == 1


@pytest.mark.parametrize("period", ["2011", ""])
def test_a_year_before_is_told_as_one_of_which_nobody_says_which(period):
    """去年 beside the year of its report reads as two years at odds: the page says that it is not known."""
    made = qz.tables("甲山县群众工作总结\n去年，县中心受理各类事项467宗，成功办结328宗。")
    claims = made.claims.assign(period="")
    table = pd.DataFrame(
        {
            "programme": ["centres"], "term": ["中心"], "place": ["甲山县"], "period": [""],
            "where": ["text: " + ",".join(map(str, claims["start"]))],
        }
    )  # fmt: skip
    reports = made.reports.assign(period=period)
    title = told("programmes", table, claims, reports)[0]
    assert "（原文作“去年”，未写明是哪一年）" in title and "2011" not in title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("群众来信同比下降30%，来访批次同比上升17.78%，集体访同比下降8%。", "2 of 3 reported changes are falls; 1 is a rise"),
        ("群众来信同比下降30%，来访批次同比下降17.78%。", "all 2 reported changes are falls"),
    ],
)  # fmt: skip
def test_english_says_how_many_changes_are_falls(text, title):
    """How many of all went one way is told of their number, in the singular where it is one."""
    made = qz.tables(f"甲山县信访情况\n{text}")
    panel = qz.compare(made.claims, made.relations, indicator="changes")
    found = opening("changes", panel, made.claims, made.relations, made.reports, lang="en")
    said = f"{found.title} {found.sentence}".lower()
    assert title in said
