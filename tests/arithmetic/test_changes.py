"""Figures of an earlier time are told apart from those of now.

A stated change lies between the two figures that its words set against each other.
"""

import pytest
from relations import told

from qz_analysis import extract
from qz_analysis.arithmetic.changes import changed_figures, figures_by_name
from qz_analysis.arithmetic.passages import lines
from qz_analysis.model import read_claim

FOLLOWS = [
    ("来访954人次，同比下降21.2%。", [("954人次", "21.2%")]),
    ("来访1256批3890人次，同比分别下降10.3%和7.4%。", [("1256批", "10.3%"), ("3890人次", "7.4%")]),
    ("受理500件，同比减少80件。", [("500件", "80件")]),
    ("受理500件，同比减少80人。", []),  # another unit is another thing
    ("来访1256批3890人次，同比下降10.3%。", []),  # of which of the two?
    ("来访820人次，较上年的976人次下降16%。", []),  # its base is stated
    ("来访954人次，越级访数量同比下降21.2%。", []),  # another subject stands between
    ("来访954人次，占21.2%。", []),
]


@pytest.mark.parametrize(("text", "expected"), FOLLOWS)
def test_changes_that_follow_their_figure(text, expected):
    """A change said right behind a figure, without a base, is of that figure; a row of changes keeps the figures' order."""
    (run,) = lines([read_claim(row) for row in extract(text).to_dict("records")])
    assert [(current.text, change.text) for current, change in changed_figures(run)] == expected


BY_NAME = [
    ("立刑事案件1516宗，破获884宗，立案数同比下降14.64%，破案数同比上升39.21%。", [("1516宗", "14.64%"), ("884宗", "39.21%")]),
    ("其中“两抢一盗”案件立案985宗，破获470宗，立案数同比下降27.52%。", [("985宗", "27.52%")]),
    ("到市上访4批98人次，批次与上年持平，人次下降5.8%。", [("98人次", "5.8%")]),
    ("集体访为26件、39批次、508人次，同比下降25%。", []),  # of which of the three?
    ("来访954人次，同比下降21.2%。", []),  # right behind its figure
    ("来访212批次，来信批次同比下降8%。", []),  # another subject
    ("来访4批98人次，件数下降5%。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BY_NAME)
def test_changes_that_name_how_their_figure_is_counted(text, expected):
    """立案数, 破案数 and 人次 lead to the one figure of their sentence that is counted so."""
    (run,) = lines([read_claim(row) for row in extract(text).to_dict("records")])
    assert [(current.text, change.text) for current, change in figures_by_name(run)] == expected


def test_a_bare_deed_says_of_what_it_is():
    """破获884宗 is of the cases that the figure before it counts."""
    text = "立刑事案件1516宗，破获884宗，破案数同比上升39.21%。"
    (run,) = lines([read_claim(row) for row in extract(text).to_dict("records")])
    [(current, _)] = figures_by_name(run)
    assert current.subject == "立刑事案件，破获"


SHARES = [
    (
        "来访212批次，同比（180批次）上升17.78%。",
        ["yoy ok 17.78% 212批次 180批次"],
    ),  # the base in brackets
    # two years side by side, in prose and in a table
    ("2010年来访180批次，2011年来访212批次，同比上升17.78%。", ["yoy ok 17.78% 212批次 180批次"]),
    ("2011年来访212批次，2010年来访180批次，同比上升17.88%。", ["yoy bad 17.88% 212批次 180批次"]),
    # the change of something else
    ("2010年来访180批次，2011年来访212批次，集体访同比上升30%。", []),
    ("2010年来访180批次，2011年来访212批次，2012年同比上升30%。", []),
    ("2010年来访180批次，2011年来访212批次，连续两年同比上升10%以上。", []),
    (
        "2010年来访180批次，2011年来访212批次，来访同比上升71.78%。",
        ["yoy bad 71.78% 212批次 180批次"],
    ),
    ("2009年来访180批次，2011年来访212批次，同比上升17.78%。", []),
    ("2010年来信180件，2011年来访212件，同比上升17.78%。", []),
    (
        "| 指标 | 2010年 | 2011年 | 同比(%) |\n| 来访(批次) | 180 | 212 | 17.78 |",
        ["yoy ok 17.78% 212批次 180批次"],
    ),
    ("来访212批次，同比（180批次）上升17.87%。", ["yoy bad 17.87% 212批次 180批次"]),
    (
        "来访212批次，同比（180批次）下降17.78%。",
        ["yoy bad 17.78% 212批次 180批次"],
    ),  # the wrong way
    ("来访820人次，较上年的976人次下降16%。", ["yoy ok 16% 820人次 976人次"]),
    ("来访820人次，比上年同期的976人次下降61%。", ["yoy bad 61% 820人次 976人次"]),
    ("信访总量由976件降至820件，下降16%。", ["yoy ok 16% 820件 976件"]),
    ("信访量上年同期39件，今年减到5件，下降87.2%。", ["yoy ok 87.2% 5件 39件"]),
    ("信访量上年同期39件，积案减到5件，下降87.2%。", []),
    ("信访总量由976件降至820件，上升16%。", ["yoy bad 16% 820件 976件"]),
    ("信访总量由976件变为820件，下降16%。", ["yoy ok 16% 820件 976件"]),
    ("信访总量从820件上升到976件，增长19%。", ["yoy ok 19% 976件 820件"]),
    (
        "来访12批20人次，去年同期为17批29人次，分别下降29.4%和31%。",
        ["yoy ok 29.4% 12批 17批", "yoy ok 31% 20人次 29人次"],
    ),
    (
        "来访12批20人次，去年同期为17批29人次，分别下降31%和29.4%。",  # exchanged
        ["yoy bad 31% 12批 17批", "yoy bad 29.4% 20人次 29人次"],
    ),
    (
        "来访1256批3890人次，同比（1400批4200人次）分别下降10.3%和4.7%。",
        ["yoy ok 10.3% 1256批 1400批", "yoy bad 4.7% 3890人次 4200人次"],
    ),
    (
        "受理信访820件，较去年同期的976件下降了15.98%，其中来访200件，较去年同期的250件下降25%。",
        ["yoy ok 15.98% 820件 976件", "yoy bad 25% 200件 250件"],
    ),
    (
        "受理9905件，环比上涨三分之一，去年下半年为7429件。",
        ["yoy ok 三分之一 9905件 7429件"],
    ),  # the base comes last
    # a difference is no base, whatever stands before it
    ("投诉总数与上年同期相比少927宗，降幅49.41%；其中景区163宗。", []),
    ("结婚72048对，比上年少了不止1.7万对，降19.8%。", []),
    # one base serves one change: the second is against a base that is not stated
    ("二季度来访115件，较一季度的100件上升15%，同比上升20%。", ["yoy ok 15% 115件 100件"]),
    ("来访115件，环比上升15%，同比下降20%。", []),
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_a_change_in_per_cent_is_of_its_base(text, expected):
    """A percentage is recomputed from the earlier figure that the words give it, its direction included."""
    assert told(text) == expected


DIFFERENCES = [
    ("受理信访820件，较上年的976件减少156件。", ["diff ok 156件 976件 820件"]),
    ("受理信访820件，较上年的976件减少165件。", ["diff bad 165件 976件 820件"]),
    ("受理信访820件，较上年的976件增加156件。", ["diff bad 156件 976件 820件"]),  # the wrong way
    (
        "来访820人次，比去年同期976人次减少156人次，下降16%。",  # one base for both
        ["diff ok 156人次 976人次 820人次", "yoy ok 16% 820人次 976人次"],
    ),
    ("办结率由84.7%提高到93.8%，提高9.1个百分点。", ["diff ok 9.1个百分点 93.8% 84.7%"]),  # points between rates
    ("办结率由84.7%提高到93.8%，提高9.7个百分点。", ["diff bad 9.7个百分点 93.8% 84.7%"]),
    ("办结率由93.8%提高到84.7%，提高9.1个百分点。", ["diff bad 9.1个百分点 93.8% 84.7%"]),
    ("满意率为92.5%，较上年的90.1%提高2.4个百分点。", ["diff ok 2.4个百分点 92.5% 90.1%"]),
    ("办结率84.7%，比80%的目标高4.7个百分点。", ["diff ok 4.7个百分点 84.7% 80%"]),
    ("办结率84.7%，比80%的目标高7.4个百分点。", ["diff bad 7.4个百分点 84.7% 80%"]),
    ("三级医院次均费用320.5元，二级医院次均费用162.07元，比三级医院低158.43元。", ["diff ok 158.43元 320.5元 162.07元"]),
    ("三级医院次均费用320.5元，二级医院次均费用162.07元，比三级医院低185.43元。", ["diff bad 185.43元 320.5元 162.07元"]),
    ("考评得分最高96.12分，最低87.05分，相差9.07分。", ["diff ok 9.07分 96.12分 87.05分"]),
    ("考评得分最高96.12分，最低87.05分，相差9.70分。", ["diff bad 9.70分 96.12分 87.05分"]),
    ("低保新增614户，取消803户，净减少189户。", ["diff ok 189户 803户 614户"]),
    ("低保新增803户，取消614户，净增189户。", ["diff ok 189户 803户 614户"]),
    ("低保新增614户，取消803户，净减少198户。", []),  # other figures may be meant
    ("办结率84.7%，比80%的目标低4.7个百分点。", ["diff bad 4.7个百分点 84.7% 80%"]),
    ("三级医院次均费用320.5元，二级医院次均费用162.07元，比三级医院高158.43元。", ["diff bad 158.43元 320.5元 162.07元"]),
    ("低保新增614户，取消803户，净增189户。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIFFERENCES)
def test_an_absolute_change_is_a_difference(text, expected):
    """A change in units or points is the larger figure less the smaller, and goes the way that the words say."""
    assert told(text) == expected


OPEN = [
    ("信访总量同比下降12.6%。", ["yoy unchecked 12.6%: no base is stated"]),
    ("来访980人次，同比下降xx%。", ["yoy unchecked xx%: the change itself is masked"]),
    (
        "来访820人次，较上年的xx人次下降16%。",
        ["yoy unchecked 16% 820人次 xx人次: xx人次 is masked or lost"],
    ),
    (
        "来访xx人次，较上年的976人次下降16%。",
        ["yoy unchecked 16% xx人次 976人次: xx人次 is masked or lost"],
    ),
    ("来访820人次，同比（0人次）上升16%。", ["yoy unchecked 16% 820人次 0人次: the base is 0"]),
    (
        "受理500件以上，较上年的300件增加200件。",
        ["diff unchecked 200件 500件 300件: a hedge (以上) leaves the difference open"],
    ),
    # one base of two is there: neither change is given it
    (
        "来访1256批3890人次，去年同期为1400批4200人次，下降10.8%。",
        ["yoy unchecked 10.8%: no base is stated"],
    ),
    (
        "来访12批，去年同期为976件，下降29.4%。",
        ["yoy unchecked 29.4%: no base is stated"],
    ),  # another unit
    (
        "来访12批，去年同期为9760批，下降99.9%。",
        ["yoy unchecked 99.9%: no base is stated"],
    ),  # another thing
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_a_change_without_its_figures_says_why(text, expected):
    """A change whose figures are masked, not stated or not clear stays unchecked with its reason."""
    assert told(text) == []
    assert told(text, unchecked=True) == expected


MEANS = [
    ("收入从2015年的87亿元增长到118亿元，年均增长5%。", ["yoy unchecked 5%: it is a yearly mean"]),
    (
        "全县生产总值达到1369亿元，比上年的1232亿元增长6.1%。",
        ["yoy unchecked 6.1% 1369亿元 1232亿元: its growth may be told in comparable prices"],
    ),
    (
        "全县生产总值达到1369亿元，比上年的1232亿元增长11.1%。",
        ["yoy ok 11.1% 1369亿元 1232亿元"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MEANS)
def test_growth_that_two_sums_do_not_give(text, expected):
    """A yearly mean is no change over its span, and growth of output may leave prices out."""
    assert told(text) == [] or expected[0].split()[1] == "ok"
    assert told(text, unchecked=True) == expected


BASES = [
    # the unit's brackets stand between a figure and its base
    ("总量1074件（批）次，比上年的1136件（批）次下降5.5%。", ["yoy ok 5.5% 1074件 1136件"]),
    # of several figures of now the one that the change fits
    (
        "调处4865起，调解成功4783起，与上年的4410起相比上升10.3%。",
        ["yoy ok 10.3% 4865起 4410起"],
    ),
    # what is said of both times
    (
        "受理3211件，办结3098件；去年同期受理3540件，同比下降9.3%。",
        ["yoy ok 9.3% 3211件 3540件"],
    ),
    # bases behind their changes
    (
        "集体访43批812人次，同比分别下降23.2%和17.6%（去年同期为56批、985人次）。",
        ["yoy ok 23.2% 43批 56批", "yoy ok 17.6% 812人次 985人次"],
    ),
    ("来访37人次，同比下降9.8%（41人次）。", ["yoy ok 9.8% 37人次 41人次"]),
    ("来访37人次，同比下降19.8%（41人次）。", []),  # the bracket may hold anything
    ("来访37人次，同比下降12.8%（2011年41人次）。", ["yoy bad 12.8% 37人次 41人次"]),
    ("来信94件，环比增加11件（9月83件）。", ["diff ok 11件 94件 83件"]),
    (
        "来访187批623人次，环比213批702人分别下降12.2%、11.3%。",
        ["yoy ok 12.2% 187批 213批", "yoy ok 11.3% 623人次 702人"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BASES)
def test_where_a_base_stands(text, expected):
    """A base is found behind its change, in a bracket, and with the figure of now that it is of."""
    assert told(text) == expected


def test_a_figure_of_something_else_is_no_earlier_one():
    """化解率92.3%;重复访的占比降到5.1%: the fall is of the second, whose earlier figure is not told."""
    for words in ("化解率92.3%；重复访占比降到5.1%", "办结率97%，信访率降到5.1%"):
        assert told(f"{words}，降幅3.2个百分点。") == []
    assert (
        told("甲线比目标差18.7个百分点；乙线比目标差47.8个百分点；丙线比目标高5.8个百分点。") == []
    )


def test_the_time_before_stands_right_beside_a_figure():
    """A figure, that of the time before it and the change of both are one triple where they hold."""
    assert told("支出76万元，上期714万元，环比下降89.4%。") == ["yoy ok 89.4% 76万元 714万元"]
    assert told("支出76万元，上期7140万元，环比下降98.9%。") == ["yoy ok 98.9% 76万元 7140万元"]
