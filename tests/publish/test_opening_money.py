"""Findings on sums, standards, shares and programmes."""

import pandas as pd
import pytest
from told import opened, panel

import qz_analysis as qz
from qz_analysis.model import Document
from qz_analysis.publish.openings import opening


def test_what_is_only_counted_is_no_programme():
    """信访总量 is no work that is done: it stands among the figures, and no finding names it."""
    table = pd.DataFrame(
        {"term": ["四访", "信访总量"], "programme": ["four visits", "petition totals"]}
    )
    table["where"] = ["a: 1", "a: 2, 3"]
    assert opened("programmes", table)[0] == "1项工作列有数字，最多的是四访（1个）"
    assert opened("programmes", table.tail(1))[0] == "没有一项工作列有数字"


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
    assert said in opened("programmes", pd.DataFrame([row]), claims)[0]


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
    title = opened("programmes", pd.DataFrame([row]), claims)[0]
    assert said in title and ("（" in title) == bool(period or "去年" in text)


def test_the_annex_says_how_many_rows_it_holds_and_why():
    """What a page does not tell stands at its end, counted; what is only counted is named as that."""
    table = pd.DataFrame({"term": ["四访", "四访", "信访总量"]})
    title, sentence = opened("annex", table.head(1), table.tail(2))
    assert title == "附表：各项工作的其余数字（2行）" and "其中1行是信访总量等统计数" in sentence


SPENT = "县政府每年增拨156万元，为学校配备专职保安人员130名。县财政拨付资金50万元，建成活动室12个。"


def test_sums_are_told_by_kind_with_what_they_paid_for():
    """Of each kind one sum that says what it paid for, in its words, the first in the title; unlike money is
    neither added up nor ranked.
    """
    table = qz.money(qz.extract(SPENT + "全县完成投资2亿元。"))
    title, sentence = opened("funds", table)
    bought = "未写明的县“县政府每年增拨156万元，为学校配备专职保安人员130名”"
    assert title == f"{bought}；3项金额中写明办了什么的有2项"
    assert f"拨付与投入，{bought}。" in sentence and "按性质分2类" in sentence
    assert "2亿" not in title + sentence and "最大" not in title + sentence
    raised = opened(
        "funds", qz.money(qz.extract(SPENT + "全县筹集资金800万元，安装摄像头4051个。"))
    )[1]
    assert (
        f"拨付与投入，{bought}；筹集资金，未写明的县“全县筹集资金800万元，安装摄像头4051个”。"
        in raised
    )
    assert "appropriated or spent" in opened("funds", table, lang="en")[1]


def test_masked_sums_are_told_as_masked():
    """A sum without digits that says what it paid for counts, and is told apart."""
    text = SPENT + "先后投入资金xx万元，新建活动场所12个。"
    sentence = opened("funds", qz.money(qz.tables(text)))[1]
    assert "在金额之后写明办了什么的3项（其中1项金额被隐去）" in sentence


def test_a_part_of_a_sum_is_not_counted_again():
    """What 其中 takes out of a sum is no sum of its own."""
    text = "几年来，共提供创业贷款近10亿元，其中担保公司发放9.1亿元，农商行发放4159万元，邮政银行发放4875万元。"
    assert "1项金额" in opened("funds", qz.money(qz.tables(text)))[0]


STAFF = "甲山县共有15个镇。全县专职人员243名。"


def test_unlike_figures_per_town_are_not_ranked():
    """Full-time staff and volunteers per town are two things: each is told for itself."""
    shares = panel(STAFF + "全县治安队员50多名。", "staff_per_town")
    title, sentence = opened("shares", shares)
    assert title == "甲山县“全县专职人员”，每个乡镇16.2名；另有1项所指不同，不相比较"
    assert "每个乡镇16.2名" in sentence and "每个乡镇≥3.33名" in sentence


HEADS = "彝良县每件纠纷奖100元，通江县每件纠纷奖300元。"


def test_standards_and_shares_are_told_from_the_lowest_to_the_highest():
    """Standards per unit with their words, and staff per town."""
    standards = qz.money(qz.extract(HEADS))
    title, sentence = opened("standards", standards)
    # both are told by one report
    assert title == "补贴、救助与奖励，每件：彝良县100元、通江县300元，都出自同一份报告"
    assert "每件" in sentence and "别处的数由该报告转述" in sentence
    two = qz.tables([Document(part[:3], f"{part}。") for part in HEADS.strip("。").split("，")])
    assert "同一份报告" not in "".join(opened("standards", qz.money(two)))
    other = qz.money(qz.extract("彝良县每件纠纷奖100元，通江县每亩水田补助300元。"))
    assert opened("standards", other)[0] == "2项单位标准分2类，没有一类两地都有"
    shares = panel(STAFF, "staff_per_town")
    assert opened("shares", shares)[0] == "甲山县“全县专职人员”，每个乡镇16.2名"


def test_sums_and_what_was_done_stand_before_their_words_in_english():
    """A title in English tells the sum, and quotes no Chinese."""
    made = qz.tables("甲县总结\n县政府投入156万元，为学校配备保安人员130名。")
    assert "Jia County, 1.56m yuan; " in opening("funds", qz.money(made), lang="en").title


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
    title = opened("programmes", table, claims, reports)[0]
    assert "（原文作“去年”，未写明是哪一年）" in title and "2011" not in title
