"""Wholes without 其中: what is left to do, shares that make 100 %, amounts per head."""

import pytest
from test_auditing import told

from qz_analysis import extract
from qz_analysis.arithmetic.links import lines, read_claim
from qz_analysis.arithmetic.shares import find_products

RESTS = [
    ("受理47件，办结45件，尚有2件正在办理。", ["sum ok 47件 45件 2件"]),
    ("受理47件，办结45件，尚有3件正在办理。", ["sum bad 47件 45件 3件"]),
    ("受理47件，办结45件，还有2件未办结。", ["sum ok 47件 45件 2件"]),
    ("受理47件，办结45件，剩余4件。", ["sum bad 47件 45件 4件"]),
    ("受理47件，办结45件，2件正在办理。", ["sum ok 47件 45件 2件"]),  # said behind the figure
    ("受理47件，办结45件，4件正在办理。", ["sum bad 47件 45件 4件"]),
    ("受理47件，办结45件，正在办理3件。", ["sum bad 47件 45件 3件"]),
    ("受理47件，办结45件，3件尚未答复。", ["sum bad 47件 45件 3件"]),
    ("收到诉求47件，转办45件，尚有3件正在办理。", []),  # nothing is said to be done
    ("受理47件，办结45件，办结率95.7%，其余3件正在办理。", ["sum bad 47件 45件 3件"]),  # by the rate's two counts
    ("受理47件，办结45件，表彰3件。", []),  # nothing says that these are left
    ("受理47件，办结45件。尚有3件正在办理。", []),  # another sentence may speak of other things
    ("办结45件，尚有2件正在办理。", []),
    ("受理47件，办结45件；剩余4件。", ["sum bad 47件 45件 4件"]),
    ("受理47件，办结45件（办结率95.7%），其余3件正在办理。", ["sum bad 47件 45件 3件"]),  # the bracket is closed
    # the rest of another list
    (
        "立刑事案件1023起，破案968起，破案率为94.62%；调处山林土地纠纷114件（土地类70件，邻里类13件，其他31件）。",
        ["sum ok 114件 70件 13件 31件"],
    ),
    ("接收各类事项804宗，办结769宗；调处纠纷229起，其他54起。", []),
]


@pytest.mark.parametrize(("text", "expected"), RESTS)
def test_what_is_done_and_what_is_left_make_the_whole(text, expected):
    """尚有, 还有, 其余 and 正在办理 say what is left: with what is done it makes what came in."""
    assert [row for row in told(text) if row.startswith("sum")] == expected


HUNDREDS = [
    ("问卷中满意占62.5%，基本满意占30.3%，不满意占7.2%。", ["sum ok 62.5% 30.3% 7.2%"]),
    ("问卷中满意占62.5%，基本满意占30.3%，不满意占2.7%。", []),  # others may be left out
    ("问卷反馈（很满意62.5%，满意37.5%）。", ["sum ok 62.5% 37.5%"]),
    ("25岁以下占12%，26至40岁占38%，41岁以上占50%。", ["sum ok 12% 38% 50%"]),  # ages may stand between
    ("甲镇办结率60%，乙镇办结率40%。", []),  # rates are no shares
    ("党员占60%。群众满意的占40%。", []),  # not side by side
    ("党员占60%，形势很好，大局稳定，群众占40%。", []),
    ("党员占60%，全年走访9次，回访群众占40%。", []),
    ("信访量下降60%，来访量下降40%。", []),
    ("党员占60%，群众占xx%，干部占40%。", []),
    ("五分之三的村建立了调解室；来信占28.5%，来访占22.6%，网上信访占48.9%。", ["sum ok 28.5% 22.6% 48.9%"]),
    ("积案占47.6%；从渠道看，来信占45.5%，来访占23.1%，网上信访占31.4%。", ["sum ok 45.5% 23.1% 31.4%"]),
    ("积案占47.6%；从渠道看，来信占45.5%，来访占23.1%，其他占30.4%。", ["sum bad 45.5% 23.1% 30.4%"]),
]


@pytest.mark.parametrize(("text", "expected"), HUNDREDS)
def test_shares_side_by_side_may_make_a_hundred(text, expected):
    """Shares of one whole side by side are a sum when they make 100 %, and nothing when they do not."""
    assert told(text) == expected


PRODUCTS = [
    ("为450户困难户发放补助31.5万元，每户700元。", ["product ok 31.5万元 450户 700元"]),
    ("为450户困难户发放补助31.5万元，户均700元。", ["product ok 31.5万元 450户 700元"]),
    ("为20名调解主任每人发放补贴1200元，共发放2.6万元。", ["product bad 2.6万元 20名 1200元"]),
    ("慰问群众120人，每人200元，共计2.4万元。", ["product ok 2.4万元 120人 200元"]),
    ("慰问群众120名，人均200元，共发放2.4万元。", ["product ok 2.4万元 120名 200元"]),
    (
        "网上投诉同比减少35.4%；全年为312户困难家庭每户发放补助1600元，合计499200元。",  # 全年 is no earlier year
        ["product ok 499200元 312户 1600元"],
    ),
    ("为20户困难家庭每户发放补助0元，共计109900元。", []),  # nothing each is no product
    ("为450户困难户发放补助31.5万元，每户750元。", []),  # need not be meant to multiply
    ("走访450户，投入31.5万元，奖励700元。", []),  # nothing says each
    ("为450人发放补助31.5万元，每户700元。", []),  # each household, but heads
    ("为450户发放补助31.5万元。每户700元。", []),
]


@pytest.mark.parametrize(("text", "expected"), PRODUCTS)
def test_an_amount_each_times_their_number_is_the_sum(text, expected):
    """每户, 人均 and the like times the number of heads or households is the money of the sentence, or nothing is said."""
    assert told(text) == expected


MEANT = [
    "为272户困难家庭每户发放补助400元，共计109900元。",
    "为272户困难家庭每户发放补助400元，合计10.99万元。",
    "为20名调解主任每人发放补贴1200元，共发放2.6万元。",
    "对26名困难群众每人救助3000元，共计7.6万元。",
    "对26名困难群众每人救助3000元，共计78000万元。",
]
OPEN_PRODUCTS = [
    "为20名调解主任每人每月发放补贴1200元，共发放2.6万元。",  # for how many months?
    "为20名调解主任每人发放补贴1200元，共发放28.8万元。",  # a year's payments: twelve times as much
    "为20名调解主任每人发放补贴1200元，累计发放2.6万元。",  # since whenever
    "为20名调解主任每人发放补贴1200元和慰问品，共发放2.6万元。",
    "为20名调解主任和35名调解员每人发放补贴1200元，共发放2.6万元。",
    "为20户贫困户每户发放补贴1200元，为3名党员每人发放200元，共计2.6万元。",
    "为20余名调解主任每人发放补贴1200元，共发放2.6万元。",
    "按每户1200元的标准，为20户贫困户发放补助2.6万元。",
    "为20名调解主任每人发放补贴1200元；全年共计2.6万元。",
]


@pytest.mark.parametrize(("text", "meant"), [(t, True) for t in MEANT] + [(t, False) for t in OPEN_PRODUCTS])
def test_an_amount_each_with_its_count_and_its_total_beside_it_must_multiply(text, meant):
    """So many, so much each, so much in all, side by side in one sentence, are a check that can fail; others only hold or not."""
    claims = [read_claim(row) for row in extract(text).to_dict("records")]
    assert any(not candidate.holding for candidate in find_products(lines(claims))) == meant
