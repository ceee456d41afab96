"""Totals are held against the parts that the words say they are made of.

Totals of columns are recomputed from the rows they stand under or over.

Wholes without 其中: what is left to do, shares that make 100 %, amounts per head.
"""

import pytest
from relations import claims_of, told
from timing import steps

from qz_analysis import audit, extract
from qz_analysis.arithmetic.passages import lines
from qz_analysis.arithmetic.sums import find_products, find_sums, find_totals
from qz_analysis.model import read_claim

LISTS = [
    ("受理156件，其中来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件，其中来信48件、来访62件、网上64件。", ["sum bad 156件 48件 62件 64件"]),
    ("受理156件（来信48件，来访62件，网上46件）。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件（来信48件，来访62件，网上49件）。", ["sum bad 156件 48件 62件 49件"]),
    ("受理156件（其中来信48件，来访62件，网上46件），另转办20件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件（其中来信48件，来访62件，其他44件），转办20件。", ["sum bad 156件 48件 62件 44件"]),  # the bracket ends the list
    ("受理156件，其中来信48件、来访62件、其他44件，累计接待20件。", ["sum bad 156件 48件 62件 44件"]),  # so does a new clause
    ("受理156件。其中，来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),  # the total in the line before
    ("受理156件，按渠道分为来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件：来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理383件，来信120件，来访263件。", ["sum ok 383件 120件 263件"]),  # no word, taken because it is right
    ("受理383件，来信120件，来访236件。", []),
    ("上访110件，受理156件，其中来信48件、来访62件；网上43件。", []),  # the first two make a figure further off
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级500万元。", ["sum ok 3000万元 1800万元 700万元 500万元"]),
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级600万元。", ["sum bad 3000万元 1800万元 700万元 600万元"]),
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级501万元。", ["sum bad 3000万元 1800万元 700万元 501万元"]),  # not rounded
    ("投入资金1.5亿元，其中县级9000万元、镇级5000万元、其他1200万元。", ["sum ok 1.5亿元 9000万元 5000万元 1200万元"]),
    ("投入资金1.5亿元，其中县级9000万元、镇级5000万元、其他2200万元。", ["sum bad 1.5亿元 9000万元 5000万元 2200万元"]),
    ("受理156件，其中来信94件、来访62件、网上46件。", []),  # so far over, its parts may overlap: unchecked, never cut to 94 + 62
    ("三级医院均次费用320.5元，二级医院162.07元，比三级医院低158.43元。", ["diff ok 158.43元 320.5元 162.07元"]),  # a difference is no part
    ("受理信访一万二千件，其中来信九千件、来访四千件。", ["sum bad 一万二千件 九千件 四千件"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_makes_up_its_total(text, expected):
    """The parts of a list, a bracket or a colon are added up and held against the total before them."""
    assert told(text) == expected


SEVERAL = [
    (
        "调解纠纷90件，按类型分，邻里40件、婚姻30件、土地20件；按结果分，成功85件、不成功5件。",
        ["sum ok 90件 40件 30件 20件", "sum ok 90件 85件 5件"],
    ),
    (
        "调解纠纷90件，按类型分，邻里40件、婚姻30件、土地20件；按结果分，成功85件、不成功8件。",
        ["sum ok 90件 40件 30件 20件"],  # 按…分 alone does not promise that a list is whole
    ),
    (
        "调解纠纷90件，其中邻里40件、婚姻30件、土地20件，口头调解55件、书面调解35件。",  # two lists behind one word
        ["sum ok 90件 40件 30件 20件", "sum ok 90件 55件 35件"],
    ),
    (
        "慰问困难户90户240人，其中低保户40户100人，五保户30户60人，残疾户20户80人。",
        ["sum ok 90户 40户 30户 20户", "sum ok 240人 100人 60人 80人"],
    ),
    (
        "全县有低保户90户240人，其中城镇40户100人、农村50户150人。",
        ["sum ok 90户 40户 50户", "sum bad 240人 100人 150人"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_each_list_and_each_unit_makes_up_the_total(text, expected):
    """A total may be divided more than once, and households and heads are added up apart."""
    assert sorted(told(text)) == sorted(expected)


ONWARD = [
    (
        "登记来信来访314件，其中来信67件、来访208件，网上投诉39件；2007年，先后调处涉农纠纷359件（土地类42件，邻里类173件，其他144件）。",
        ["sum ok 314件 67件 208件 39件", "sum ok 359件 42件 173件 144件"],
    ),
    (
        "登记来信来访304件，其中来信67件、来访208件，网上投诉39件；2007年，先后调处涉农纠纷359件（土地类42件，邻里类173件，其他144件）。",
        ["sum bad 304件 67件 208件 39件", "sum ok 359件 42件 173件 144件"],
    ),
    (
        "落实建设资金237万元，其中上级补助102万元、部门帮扶106万元、社会捐助29万元；完成地区生产总值7.20亿元，比上年增长18.9%。",
        ["sum ok 237万元 102万元 106万元 29万元"],
    ),
    (
        "落实建设资金237万元，其中上级补助102万元、部门帮扶109万元、社会捐助29万元；完成地区生产总值7.20亿元，比上年增长18.9%。",
        ["sum bad 237万元 102万元 109万元 29万元"],
    ),
    ("登记信访件159件，其中来信92件、来访46件、网上投诉21件；调处纠纷69起，化解20起。", ["sum ok 159件 92件 46件 21件"]),
    ("种植蔬菜900亩，其中大棚400亩、露地300亩；水稻200亩。", ["sum ok 900亩 400亩 300亩 200亩"]),  # it runs on
    (
        "发放问卷4800份，收回4623份。其中入户发放3600份，收回3488份；窗口发放1200份，收回1135份。",
        ["sum ok 4800份 3600份 1200份", "sum ok 4623份 3488份 1135份"],
    ),
    ("排查纠纷70件，其中2011年30件；2012年40件。", ["sum ok 70件 30件 40件"]),  # a list of years goes on with a year
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONWARD)
def test_a_list_ends_at_a_semicolon_or_runs_over_it(text, expected):
    """A list ends at its first semicolon where that makes up its total or a new time begins, and runs on otherwise."""
    assert told(text) == expected


def test_no_figure_in_a_bracket_is_the_total_of_those_beside_it():
    """In a list in brackets the first part is not taken for the total of the others that happen to make it up."""
    assert told("调处涉农纠纷296件（土地类148件，邻里类119件，其他29件）。") == [
        "sum ok 296件 148件 119件 29件"
    ]
    assert told("调处涉农纠纷286件（土地类148件，邻里类119件，其他29件）。") == [
        "sum bad 286件 148件 119件 29件"
    ]


APART = [
    # a group that the clause names, of the count that it names
    (
        "受理案件26件，审结26件。在受理的案件中，裁判监督10件，审判监督5件，执行监督11件。",
        ["sum ok 26件 10件 5件 11件"],
    ),
    # other figures between the parts of a large total, and opposites of a small one
    (
        "接听来电8947个，其中转办2274个，办结1715个；直接办理6673个。",
        ["sum ok 8947个 2274个 6673个"],
    ),
    ("现有残疾人1907人，其中农村1719人；男性1258人，女性649人。", ["sum ok 1907人 1258人 649人"]),
    ("接待来访89人，其中党员18人；本地40人，外地49人。", []),  # a small one may agree by chance
    # units that stand for one another in a large total
    ("全年救助49208人，城镇23445人次，农村25763人次。", ["sum ok 49208人 23445人次 25763人次"]),
    ("受理46983件，其中电话46908个、信箱7件、网上68件。", ["sum ok 46983件 46908个 7件 68件"]),
    # what is planned adds up or accuses nobody
    (
        "2021年计划投入3126万元，其中基本2578万元，项目548万元。",
        ["sum ok 3126万元 2578万元 548万元"],
    ),
    ("2021年计划投入3126万元，其中基本2578万元，其他600万元。", []),
    # a column below the prose that tells its total
    (
        "全市共保障126343人次，情况如下：\n对象  保障(人次)\n市本级  90851\n企业  34867\n省属  625",
        ["sum ok 126343人次 90851人次 34867人次 625人次"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), APART)
def test_parts_may_stand_apart_where_no_chance_makes_them_fit(text, expected):
    """Parts with other figures between, in like units or in a table below, are of a large total that they make up."""
    assert told(text) == expected


BEHIND = [
    ("来信30件、来访50件，合计80件。", ["sum ok 80件 30件 50件"]),
    ("来信30件、来访50件，合计88件。", ["sum bad 88件 30件 50件"]),
    ("来信30件、来访50件、网上投诉17件，共计97件。", ["sum ok 97件 30件 50件 17件"]),
    ("来信30件、来访50件、网上投诉17件，总计99件。", ["sum bad 99件 30件 50件 17件"]),
    (
        "来信30件、来访50件、网上投诉17件，总计297件。",
        ["sum bad 297件 30件 50件 17件"],
    ),  # 总计 names its parts
    ("接待98人，来信30件，合计30件。", []),  # one part is no list
]


@pytest.mark.parametrize(("text", "expected"), BEHIND)
def test_a_total_may_stand_behind_its_parts(text, expected):
    """合计, 共计 and 总计 add up the figures of their unit before them."""
    assert told(text) == expected


INCOMPLETE = [
    "建成文明村157条，其中省级7条、市级20条。",
    "建成文明村700多条，其中省级7条、市级20条。",
    "全县有党员120人，其中女党员40人、大专以上学历90人。",  # women may have degrees
    "全县有干部1256人，其中女干部470人，大专以上学历986人。",
    "受理100件，来信、来访分别为60件、42件。",  # 分别为 alone does not say that they are all
    "受理156件，其中来信48件。",
    "受理156件，其中来信48件，占31%；全年接待来访620件。",
]


@pytest.mark.parametrize("text", INCOMPLETE)
def test_a_selection_is_no_sum(text):
    """A list that leaves out a rest, or whose parts may overlap, is never called wrong."""
    assert [row for row in told(text) if row.startswith("sum")] == []


REST = [
    ("受理156件，其中来信48件、来访62件、其他46件。", ["sum ok 156件 48件 62件 46件"]),
    (
        "受理156件，其中来信48件、来访62件、其他40件。",
        ["sum bad 156件 48件 62件 40件"],
    ),  # less than the total
    ("受理156件，其中来信48件、来访62件、其他50件。", ["sum bad 156件 48件 62件 50件"]),
    ("受理156件，其中来信48件、来访62件、其余40件。", ["sum bad 156件 48件 62件 40件"]),
    (
        "全县受理368件。来信120件，来访163件，其他85件。",
        ["sum ok 368件 120件 163件 85件"],
    ),  # no word opens it
    (
        "全县受理360件。来信120件，来访160件，其他80件。",
        ["sum ok 360件 120件 160件 80件"],
    ),  # a round total
    ("全县受理368件。来信120件，来访163件，其他58件。", []),
]


@pytest.mark.parametrize(("text", "expected"), REST)
def test_a_list_with_its_rest_is_whole(text, expected):
    """A list that ends with 其他 or 其余 must make up its total; one that no word opens counts only when it does."""
    assert told(text) == expected


OPEN = [
    (
        "受理156件，其中来信xx件、来访62件、网上46件。",
        "sum unchecked 156件 xx件 62件 46件: xx件 is masked or lost",
    ),
    (
        "受理xx件，其中来信48件、来访62件、网上46件。",
        "sum unchecked xx件 48件 62件 46件: xx件 is masked or lost",
    ),
    (
        "建成文明村157条，其中省级7条、市级20条。",
        "sum unchecked 157条 7条 20条: the parts make less than the total: the list may be a selection",
    ),
    (
        "全县有党员120人，其中女党员40人、大专以上学历90人。",
        "sum unchecked 120人 40人 90人: the parts make more than the total: they may overlap",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_an_open_list_says_why(text, expected):
    """A list with a masked figure, a selection and parts that may overlap stay unchecked, each with its reason."""
    assert told(text) == []
    assert told(text, unchecked=True) == [expected]


def test_totals_of_years_are_no_parts():
    """Totals of one year each are not added up to the last one."""
    assert told("2009年合计14件，2010年合计16件，2011年合计20件。") == []


HEAD = "单位:件\n| 乡镇 | 受理 | 办结 |\n"
# what is taught, text, the sums found as (verdict, note)
SUMS = [
    ("total below", HEAD + "| 甲镇 | 12 | 11 |\n| 乙镇 | 9 | 8 |\n| 合计 | 21 | 18 |", [("ok", "12 + 9 = 21, printed 21件"), ("bad", "11 + 8 = 19, printed 18件")]),
    ("total above", HEAD + "| 总计 | 21 | 19 |\n| 甲镇 | 12 | 11 |\n| 乙镇 | 9 | 8 |", [("ok", "12 + 9 = 21, printed 21件"), ("ok", "11 + 8 = 19, printed 19件")]),
    ("sentences", "甲镇受理12件。乙镇受理9件。合计受理22件。", [("bad", "12 + 9 = 21, printed 22件")]),
    ("subtotals are not counted twice", "| 项目 | 金额(元) |\n| 甲 | 3 |\n| 乙 | 4 |\n| 小计 | 7 |\n| 丙 | 5 |\n| 丁 | 6 |\n| 小计 | 11 |\n| 合计 | 18 |", [("ok", "3 + 4 = 7, printed 7元"), ("ok", "5 + 6 = 11, printed 11元"), ("ok", "7 + 11 = 18, printed 18元")]),
    ("a masked row leaves the total unchecked", HEAD + "| 甲镇 | xx | - |\n| 乙镇 | 9 | - |\n| 合计 | 21 | - |", []),
    ("rows within rows are left alone", "| 项目 | 数量(件) |\n| 来访 | 30 |\n| 其中:集体访 | 10 |\n| 来信 | 5 |\n| 合计 | 35 |", []),
    ("averages and running counts have no total", "| 乡镇 | 平均补助(元) | 累计受理(件) |\n| 甲镇 | 12 | 20 |\n| 乙镇 | 9 | 30 |\n| 合计 | 10 | 45 |", []),
    ("a row that divides another", "| 项目 | 数量(人) |\n| 职工 | 30 |\n| 女职工 | 10 |\n| 农民 | 5 |\n| 合计 | 35 |", []),
    ("numbered rows below numbered rows", "| 项目 | 数量(件) |\n| 一、来访 | 10 |\n| 1.个访 | 4 |\n| 2.集体访 | 6 |\n| 二、来信 | 5 |\n| 合计 | 15 |", []),
    ("rates have no total", "| 乡镇 | 办结率(%) |\n| 甲镇 | 90 |\n| 乙镇 | 80 |\n| 合计 | 86 |", []),
    ("another unit is another figure", "甲镇受理12件。乙镇受理9户。合计受理21件。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sums"), [row[1:] for row in SUMS], ids=[row[0] for row in SUMS])
def test_totals_of_columns(text, sums):
    """A total is the sum of the rows that state the same figure in the same words."""
    found = audit(extract(text))
    assert (
        list(
            found.loc[found["type"] == "sum", ["verdict", "note"]].itertuples(
                index=False, name=None
            )
        )
        == sums
    )


def test_a_masked_row_is_the_reason():
    """Where a row is masked the total is a candidate that says so."""
    found = audit(
        extract(HEAD + "| 甲镇 | xx | 1 |\n| 乙镇 | 9 | 1 |\n| 合计 | 21 | 2 |"), unchecked=True
    )
    assert ["sum", "unchecked", "xx件 is masked or lost"] in found[
        ["type", "verdict", "reason"]
    ].values.tolist()


RESTS = [
    ("受理47件，办结45件，尚有2件正在办理。", ["sum ok 47件 45件 2件"]),
    ("受理47件，办结45件，尚有3件正在办理。", ["sum bad 47件 45件 3件"]),
    ("受理47件，办结45件，还有2件未办结。", ["sum ok 47件 45件 2件"]),
    ("受理47件，办结45件，剩余4件。", ["sum bad 47件 45件 4件"]),
    ("受理47件，办结45件，2件正在办理。", ["sum ok 47件 45件 2件"]),  # said behind the figure
    ("受理47件，办结45件，4件正在办理。", ["sum bad 47件 45件 4件"]),
    ("受理47件，办结45件，正在办理3件。", ["sum bad 47件 45件 3件"]),
    ("受理47件，办结45件，3件尚未答复。", ["sum bad 47件 45件 3件"]),
    ("收到诉求47件，转办45件，有3件正在办理。", []),  # nothing is said to be done
    (
        "受理47件，办结45件，办结率95.7%，其余3件正在办理。",
        ["sum bad 47件 45件 3件"],
    ),  # by the rate's two counts
    ("受理47件，办结45件，表彰3件。", []),  # nothing says that these are left
    ("受理47件，办结45件。尚有3件正在办理。", []),  # another sentence may speak of other things
    ("办结45件，尚有2件正在办理。", []),
    ("受理47件，办结45件；剩余4件。", ["sum bad 47件 45件 4件"]),
    (
        "受理47件，办结45件（办结率95.7%），其余3件正在办理。",
        ["sum bad 47件 45件 3件"],
    ),  # the bracket is closed
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
    (
        "25岁以下占12%，26至40岁占38%，41岁以上占50%。",
        ["sum ok 12% 38% 50%"],
    ),  # ages may stand between
    ("甲镇办结率60%，乙镇办结率40%。", []),  # rates are no shares
    ("党员占60%。群众满意的占40%。", []),  # not side by side
    ("党员占60%，形势很好，大局稳定，群众占40%。", []),
    ("党员占60%，全年走访9次，回访群众占40%。", []),
    ("信访量下降60%，来访量下降40%。", []),
    ("党员占60%，群众占xx%，干部占40%。", []),
    (
        "五分之三的村建立了调解室；来信占28.5%，来访占22.6%，网上信访占48.9%。",
        ["sum ok 28.5% 22.6% 48.9%"],
    ),
    (
        "积案占47.6%；从渠道看，来信占45.5%，来访占23.1%，网上信访占31.4%。",
        ["sum ok 45.5% 23.1% 31.4%"],
    ),
    (
        "积案占47.6%；从渠道看，来信占45.5%，来访占23.1%，其他占30.4%。",
        ["sum bad 45.5% 23.1% 30.4%"],
    ),
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


@pytest.mark.parametrize(
    ("text", "meant"), [(t, True) for t in MEANT] + [(t, False) for t in OPEN_PRODUCTS]
)
def test_an_amount_each_with_its_count_and_its_total_beside_it_must_multiply(text, meant):
    """So many, so much each, so much in all, side by side in one sentence, are a check that can fail; others only hold or not."""
    claims = [read_claim(row) for row in extract(text).to_dict("records")]
    assert any(not candidate.holding for candidate in find_products(lines(claims))) == meant


def test_a_list_finds_its_whole_without_going_through_all_before_it():
    """Twice as many lists that end with 其他 in one sentence cost their square, not their cube."""

    def work(size):
        runs = lines(
            claims_of("".join(f"来信{9 * k}件、其他{7 * k}件、" for k in range(20, 20 + size)))
        )
        return steps(lambda: list(find_sums(runs)))

    assert work(56) < 5 * work(28)


def test_the_columns_of_a_table_cost_what_they_are_long():
    """Each total finds the figures of its column by the words before them."""

    def work(size):
        places = [chr(0x4E10 + k) + chr(0x5E10 + k) for k in range(size)]
        row = "，".join(f"{place}{k + 20}件" for k, place in enumerate(places))
        claims = claims_of(f"甲镇受理9件，{row}。乙镇受理8件，{row}。合计受理17件，{row}。")
        return steps(lambda: list(find_totals(claims)))

    assert work(400) < 2.2 * work(200)


TOGETHER = [
    # things and batches in one total
    (
        "受理1846件（批）次，其中来信412件，来访986批次，网上448件。",
        ["sum ok 1846件 412件 986批次 448件"],
    ),
    ("两年来调解17520起，2010年9219起，2011年8301起。", ["sum ok 17520起 9219起 8301起"]),
    ("三年来调解17521起，2010年9219起，2011年8301起。", []),  # a year is missing
    ("培训12.6万元、宣传6.3万元、慰问2.7万元，后两项共9万元。", ["sum ok 9万元 6.3万元 2.7万元"]),
    (
        "一季度排查56件，化解51件；二季度排查62件，化解60件。合计排查118件，化解111件。",
        ["sum ok 118件 56件 62件", "sum ok 111件 51件 60件"],
    ),
    # what a bracket says of a part is no part
    (
        "排查205件，其中征地61件（化解55件）、劳资47件（化解46件）、邻里58件、其他39件。",
        ["sum ok 205件 61件 47件 58件 39件"],
    ),
    # what stands before another total belongs to that
    (
        "来信10件、来访20件，合计30件；电话40件、网上50件，合计90件。",
        ["sum ok 30件 10件 20件", "sum ok 90件 40件 50件"],
    ),
    ("五保户86户，集中供养31户，分散供养55户。", ["sum ok 86户 31户 55户"]),
    # a hedge (突破) leaves a sum open, and a colon far off opens nothing
    ("投资2.15万亿元，其中收入首次突破2万元、达到20793元。", []),
    ("建成三个平台。调解好转。群众满意。体系：两个站点和1个中心。", []),
]


@pytest.mark.parametrize(("text", "expected"), TOGETHER)
def test_totals_take_what_their_words_say(text, expected):
    """A total is of both its units, of each year of its span, of the figures with its verb, and of no others."""
    assert told(text) == expected


APART = [
    # a list tells letters as pieces and visits as batches
    (
        "县信访局133件次577人次：来访108批次552人次、网上12件次、语音1件次、视频12件次。",
        ["sum ok 133件次 108批次 12件次 1件次 12件次"],
    ),
    ("受理来信来访1507件。其中来信969件（内含网上390件），来访538批、2517人次。", ["sum ok 1507件 969件 538批"]),
    # as many small figures would make one up
    ("受理来信来访8件：来信3件、来访3批、网上2件。", []),
    ("受理来信来访1507件。其中来信969件，来访537批、2517人次。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), APART)
def test_a_list_in_units_of_its_own_is_of_the_figure_before_it(text, expected):
    """What a colon or 其中 divides need not be told in its unit, where it makes it up."""
    assert told(text) == expected


BESIDE = [
    (
        "要求说明理由581件、630人；主动立案274件、300人，依通知立案307件、330人。",
        ["sum ok 581件 274件 307件", "sum ok 630人 300人 330人"],
    ),
    # the other figures do not make theirs up
    ("要求说明理由581件、630人；主动立案274件、300人，依通知立案307件、329人。", ["sum ok 581件 274件 307件"]),
    # or are not told right beside
    (
        "要求说明理由581件，630人到场；主动立案274件，300人到场，依通知立案307件、330人。",
        ["sum ok 581件 274件 307件"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_the_figures_beside_those_of_a_sum_are_one(text, expected):
    """Cases and persons, households and persons are told side by side and add up side by side."""
    assert told(text) == expected


DIVIDED_REST = [
    (
        "实事共30项。其中常态推进的3项，其余27项截至9月底完成19项，剩余8项。",
        ["sum ok 30项 3项 27项", "sum ok 27项 19项 8项"],
    ),
    (
        "实事共30项。其中常态推进的3项，其余27项截至9月底完成19项，剩余7项。",
        ["sum ok 30项 3项 27项"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DIVIDED_REST)
def test_the_rest_of_a_list_closes_it_and_may_be_divided_itself(text, expected):
    """What stands behind 其余 is of the rest."""
    assert told(text) == expected


def test_the_name_of_a_row_may_hold_a_figure():
    """60周岁以上 is no figure of the column that 合计 adds up."""
    text = "类别 | 人数\n残疾军人 | 4人\n60周岁以上退役士兵 | 26人（2013年新批7人）\n合计 | {}人\n"
    assert told(text.format(30)) == ["sum ok 30人 4人 26人"]
    assert told(text.format(31)) == ["sum bad 31人 4人 26人"]
