"""Wholes without 其中: what is left to do, shares that make 100 %, amounts per head."""

import pytest
from test_auditing import told

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
]


@pytest.mark.parametrize(("text", "expected"), HUNDREDS)
def test_shares_side_by_side_may_make_a_hundred(text, expected):
    """Shares of one whole side by side are a sum when they make 100 %, and nothing when they do not."""
    assert told(text) == expected


PRODUCTS = [
    ("为450户困难户发放补助31.5万元，每户700元。", ["product ok 31.5万元 700元 450户"]),
    ("为450户困难户发放补助31.5万元，户均700元。", ["product ok 31.5万元 700元 450户"]),
    ("慰问群众120人，每人200元，共计2.4万元。", ["product ok 2.4万元 200元 120人"]),
    ("慰问群众120名，人均200元，共发放2.4万元。", ["product ok 2.4万元 200元 120名"]),
    ("为450户困难户发放补助31.5万元，每户750元。", []),  # need not be meant to multiply
    ("走访450户，投入31.5万元，奖励700元。", []),  # nothing says each
    ("为450人发放补助31.5万元，每户700元。", []),  # each household, but heads
    ("为450户发放补助31.5万元。每户700元。", []),
]


@pytest.mark.parametrize(("text", "expected"), PRODUCTS)
def test_an_amount_each_times_their_number_is_the_sum(text, expected):
    """每户, 人均 and the like times the number of heads or households is the money of the sentence, or nothing is said."""
    assert told(text) == expected
