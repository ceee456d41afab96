"""Sums and rates that no words tie together, and that hold too exactly for chance."""

import pytest
from relations import told

from qz_analysis import extract
from qz_analysis.arithmetic.audit import audit, is_blind

SUMS = [
    # behind the whole, other figures between
    (
        "收到工单3056件，同比增长12%；电话1920件，及时接通；网络1136件，全部转办。",
        "sum ok 3056件 1920件 1136件",
    ),
    # before it, in another sentence
    ("来信1203件。来访2467件。上半年登记3670件。", "sum ok 3670件 1203件 2467件"),
    # what a bracket says of a part is none, nor what 其中 does
    (
        "支出8213万元：教育5011万元（教师4507万元），卫生3202万元。",
        "sum ok 8213万元 5011万元 3202万元",
    ),
    # the first figure of each sentence
    (
        "平台收单4217件，办结3855件。行政类2055件，办结1493件；社会类1986件，办结1984件；无效单176件。",
        "sum ok 4217件 2055件 1986件 176件",
    ),
    # the figures of one verb
    (
        "全院收案1493件，结案911件。诉讼收案1209件，结案733件；执行收案284件，结案178件。",
        "sum ok 911件 733件 178件",
    ),
    # a total of two units
    ("群众信访5902批（件）次。来访4213批次、17147人次，来信1689件次。",
     "sum ok 5902批 4213批次 1689件次"),
    # by how many there are more
    ("办理31501件，比上年增加12328件。县中心增加8721件，乡镇增加3607件。", "sum ok 12328件 8721件 3607件"),
    # a rounded whole of finer parts
    ("发放救助1.93万元：医疗10250元，教育9048元。", "sum ok 1.93万元 10250元 9048元"),
    # few digits, where whole and parts are all that the sentence has of their unit
    ("重要来电10件，回访满意7件，不满意3件。", "sum ok 10件 7件 3件"),
    # in units of their own, right behind it
    ("登记市民来件8480件，电话8341件，邮箱137件，短信2条。", "sum ok 8480件 8341件 137件 2条"),
    # in turn, a list of lists
    (
        "项目 | 金额（万元）\n救助 | 34912.7\n城市 | 8508.5\n低保金 | 8442.7\n补助 | 65.8\n农村 | 26404.2\n生活金 | 26308.4\n慰问 | 95.8\n其他支出 | 124.7\n",
        "sum ok 34912.7万元 8508.5万元 26404.2万元",
    ),
    # far behind, where it has many digits
    (
        "登记诉求38447件。分区：\n甲 | 1件\n乙 | 3件\n丙 | 1件\n丁 | 2件\n戊 | 1件\n己 | 2件\n庚 | 1件\n辛 | 3件\n\n各地均有增长。\n\n系统答复20334件，转办18113件。",
        "sum ok 38447件 20334件 18113件",
    ),
    # with a word for all of them
    ("认为好的占48.2%，认为很好的占31.3%，合起来占79.5%。", "sum ok 79.5% 48.2% 31.3%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SUMS)
def test_figures_that_make_up_another_by_no_chance_are_its_parts(text, expected):
    """A row of counts is a list of the whole that it makes up to the last of many digits."""
    assert expected in told(text)


CHANCE = [
    # small figures of other things
    "走访困难户46户；修路24处，惠及24户；改厕22户。",
    # what is done is most of its whole by no chance, and then the rest may be anything
    "帮教对象341人，落实帮教338人，帮教率99.1%，重新犯罪3人。",
    # what is done of a part is no part beside it
    "立案25件，占2.5%，应结16件，已结9件，结案率56.25%。",
    # the same told twice, with a figure that is lost in its rounding
    "财政收入448.7亿元，人均可支配收入5985元，人均纯收入2604元。完成财政收入448.7亿元。",
    # one town is no whole of two others
    "接单最多的乡镇街道：\n西津街道46件；南山街道24件；中溪镇22件。",
    # the last digit is another
    "收到工单3056件，同比增长12%；电话1920件，及时接通；网络1137件，全部转办。",
    # the shares of one whole are all multiples of one of it, and so often add up
    "城建占14.29%，环保占6.29%，教育占4.57%，卫生占3.43%。",
]


@pytest.mark.parametrize("text", CHANCE)
def test_what_chance_may_add_up_is_no_sum(text):
    """Figures that as many others would have made up are not tied together."""
    assert not any(line.startswith("sum") for line in told(text))


def test_a_part_is_of_one_whole_and_a_list_is_not_cut_short():
    """What words tell of is neither told of another whole nor of the first parts of its list."""
    assert told("受理156件，其中来信94件、来访62件、网上46件。") == []
    text = "投入8316万元，其中上级5018万元（校舍4525万元，书本493万元），县里3298万元。"
    assert "sum ok 8316万元 4525万元 493万元 3298万元" not in told(text)


RATES = [
    # no count does what the rate is named after
    ("信访事项12408件，当场解释3379件，即答率27.23%。", "rate ok 27.23% 3379件 12408件"),
    # a count that its words make a standard
    (
        "现有委员会2599个，其中达到规范化标准的2180个，占总数的83.9%。",
        "rate ok 83.9% 2180个 2599个",
    ),
    # the whole stands lines before
    (
        "全年受理信访举报3222件次。\n立案189件，结案179件。\n市本级2452件次，占全市76.1%。",
        "rate ok 76.1% 2452件次 3222件次",
    ),
    # what is planned is what the share is of, and the shares of a budget are all planned
    ("今年计划新开工1024万套，已动工340万套，占33.2%。", "rate ok 33.2% 340万套 1024万套"),
    # of the row of a table that does what it is named after
    (
        "项目 | 数量\n收件 | 3385件\n办结 | 3320件\n承诺 | 56件\n退件 | 9件\n办结率 | 98.08%\n",
        "rate ok 98.08% 3320件 3385件",
    ),
    # of the count that is told exactly, not of one that it passed
    (
        "受理案件50101件，首次超过5万件；结案45728件；结案率91.27%。",
        "rate ok 91.27% 45728件 50101件",
    ),
    # in another unit, by 占
    ("接待来访2450起。集体来访693批，占来访起数的28.29%。", "rate ok 28.29% 693批 2450起"),
]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_a_rate_is_of_the_nearest_counts_that_give_its_decimals(text, expected):
    """A rate whose words name no counts is of those near it, where few others would give it."""
    assert expected in told(text)


OTHERS = [
    "受理98件，办结97件，进度99%。",  # whole percentages are few
    "受理980件，尚未办结97件，办结率9.9%。",  # what is open is no part of what is done
    "受理事项980件，办结902件，满意率92.0%。",  # nobody was asked
    "受理事项43宗，力争办结36宗，办结率83.7%。",  # nothing has come of it yet
    "发放资料98份，走访90户，群众满意率91.8%。",  # households are no leaflets
    # another town's
    "甲镇受理236件，成功235件；乙乡受理189件，成功率99.5%。",
    # its own row has a count of its name
    "受理2313件，结案1119件。\n类别 | 结案 | 结案率\n民事 | 1030件 | 48.38%\n行政 | 10件 | 22.73%\n",
]


@pytest.mark.parametrize("text", OTHERS)
def test_a_rate_of_other_things_is_not_proven(text):
    """Counts that give a rate are not its own where its words say that it is of others."""
    assert not any(line.startswith("rate ok") for line in told(text))


HELD = [
    # parts that make up their whole to its last digit, words or none between them
    ("到县访1648件次。现场解决1041件，受理立案607件次。", False),
    ("来访300件次，其中个访261批，集访26件次，进京1批，到省12件次。", False),
    ("信访事项1873件。集体访227批；个体访1646件次。", False),
    # of small figures many others would have made it up
    ("重要来电10件，回访满意7件，不满意3件。", True),
    # a rounded whole, shares, and a rate of counts that nothing names tell neither
    ("发放救助1.93万元：医疗10250元，教育9048元。", True),
    ("认为好的占48.2%，认为很好的占31.3%，合起来占79.5%。", True),
    ("信访事项12408件，当场解释3379件，即答率27.23%。", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "blind"), HELD)
def test_what_is_told_because_it_holds_is_blind_unless_chance_would_seldom_make_it(text, blind):
    """Such a check could not have failed; a sum that is exact is right where figures would seldom make one up."""
    [row] = audit(extract(text)).to_dict("records")
    assert (row["verdict"], row["power"]) == ("ok", 1.0)
    assert is_blind(row) is blind


def test_a_budget_is_held_against_the_year_before_where_the_difference_is_exact():
    """A planned figure and an earlier one give their difference to the last of its digits."""
    text = "2021年预算收入拟安排312.62万元，比去年的285.52万元增加27.1万元。"
    assert told(text) == ["diff ok 27.1万元 312.62万元 285.52万元"]
    assert told(text.replace("27.1", "27.4")) == []


CHANGES = [
    # a row of a table: now, before, and by how much
    (
        "| 案由 | 今年（件） | 上年同期（件） | 增幅 |\n|---|---|---|---|\n| 合同 | 16238 | 14888 | 上升9.07% |\n| 侵权 | 2899 | 3426 | 下降15.38% |\n",
        ["yoy ok 9.07% 16238件 14888件", "yoy ok 15.38% 2899件 3426件"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_a_change_is_that_of_two_figures_of_its_row_that_give_its_decimals(text, expected):
    """Two figures that make a change of two decimals need no word that ties them to it."""
    said = told(text)
    assert all(line in said for line in expected)


def test_a_change_of_whole_per_cent_is_not_proven():
    """What chance would give, too, is not told."""
    assert not any(
        line.startswith("yoy") for line in told("甲类162件，乙类148件，丙类90件，增长9%。")
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("街道 | 批次(批)\n马群 | 11\n尧化 | 5\n栖霞 | 8\n", ["sum ok 24批 11批 5批 8批"]),
        # a column that goes on is no list of the whole
        ("街道 | 批次(批)\n马群 | 11\n尧化 | 5\n栖霞 | 8\n迈皋桥 | 7\n", []),
        # nor are figures of two columns
        ("街道 | 批次(批)\n马群 | 11 | 3\n尧化 | 5 | 9\n栖霞 | 9 | 8\n", []),
    ],
)
def test_the_whole_of_a_column_below_a_total_is_its_list(rows, expected):
    """All figures of one column, from its first row to its last, hit a total by less chance."""
    text = f"上半年群众上访24批,分布如下:\n{rows}以上情况请各地重视。"
    assert [row for row in told(text) if row.startswith("sum")] == expected


FAR = [
    # a first column beside others, of a total with a word for it
    (
        "各级实事合计126项，均已办结。\n\n层级 | 项目数 | 超额完成\n省级 | 30项 | 17项\n市级 | 49项 | 23项\n区级 | 47项 | 17项\n",
        ["sum ok 126项 30项 49项 47项"],
    ),
    # other figures and many sentences between
    (
        "全区受理工单2848件，已办2798件，超期4件，返工6件，紧急35件。\n抽查560件，不满意6件。\n\n各单位改进明显。\n\n一、结构\n投诉 | 1136件\n求助 | 1210件\n咨询 | 482件\n建议 | 14件\n举报 | 6件\n",
        ["sum ok 2848件 1136件 1210件 482件 14件 6件"],
    ),
    # of small figures as far off chance would make up one
    ("受理30件，办结12件，退回9件。\n情况良好。\n\n各地重视。\n\n措施有力。\n\n成效明显。\n甲 | 16件\n乙 | 10件\n丙 | 4件\n", []),
    # nothing is no part of nothing
    ("受理0件。\n甲 | 0件\n乙 | 0件\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAR)
def test_a_whole_column_makes_up_a_figure_farther_above_where_chance_would_not(text, expected):
    """A column from its first row to its last is one list, so that fewer others could have made it up."""
    assert [row for row in told(text) if row.startswith("sum")] == expected
