"""Only what no other reading explains is called wrong."""

import pytest

import qz_analysis as qz

# figures that do not fit and need not: another base, another time, parts that overlap
INNOCENT = [
    # the whole stands in the sentence before; an item with a share of its own is no whole of the next
    "唐县共受理工单11171件。群众诉求主要集中在农林水利1590件，占诉求量的14.23%；社会保障1485件，占诉求量的13.29%。",
    "共有干部50人，其中男30人，女20人，党员45人，大学生10人。",
    "受理100件，办结95件，按期办结率100%。",
    "受理100件，办结80件，办结率88.9%（剔除未到期10件）。",
    "GDP完成100亿元，增长10%（按可比价计算），上年为95亿元。",
    "排查100起，成功调处98起，调处率100%，成功率98%。",
    "共调解纠纷100件，其中婚姻40件、邻里30件、其他40件（有的涉及多类）。",
    "受理100件，办结95件，及时办结率98%。",
    "受理100件，办结95件，一次性化解率90%。",
    "受理100件，办结95件，应办结率100%。",
    "受理100件，办结95件，办结率达100%（5件未到办理期限）。",
    "受理100件，办结95件，办结率97%（含上年结转）。",
    "受理100件，办结95件，按应办结数计算办结率为97%。",
    "应参保100人，参保95人，参保率95%，其中特困群体参保率100%。",
    "发现隐患200处，整改180处，整改率90%，重大隐患10处，整改率100%。",
    "发放问卷100份，有效问卷90份，有效率94.7%，收回95份。",
    "全县人口50.2万人，其中男25.6万人，女24.6万人，农业人口40万人。",
    "批评教育15人，其中诫勉谈话10人，党纪处分5人，组织处理3人。",
    "受理100件，其中办结80件，正在办理15件，退回3件，转办10件。",
    "五年来，由100万元增加到500万元，增长4倍，年均增长38%。",
    "工业增加值30亿元，同比增长10%，去年同期为29亿元（现价）。",
    "全县共受理信访事项100件，办结95件，上年办结率98%。",
    "全县共受理信访事项100件，办结95件，全市平均办结率98%。",
    "全县共受理信访事项100件，办结95件，目标办结率98%。",
    "全县共受理信访事项100件，办结95件，对照目标任务，办结率98%。",
    "甲乡受理100件，办结95件，乙乡办结率100%。",
    "来信100件，办结95件；来访50批，办结48批，综合办结率95.3%。",
    "财政总收入100亿元，其中一般预算收入60亿元，税收占80%，为48亿元。",
    "受理100件，直接办理40件，转送60件，按期办结率98%。",
    # what last year left is no time of the sentence, nor are the times of two clauses one
    "去年结转20件，全年受理1863件，办结1741件，办结率92.4%。",
    "上半年受理1863件，1-11月办结1741件，办结率98%。",
    # a share of those that the words set apart, of the whole county or of the villages
    "受理1863件。其中，已办结案件中，满意412件，占25%。",
    "全镇1863户。其中，贫困户412户，占全县的5%。",
    "发放问卷1863份。其中，回收有效问卷412份，占30%的村未发放。",
    # an amount and a rate that are held against two times, or are of others
    "受理1863件，环比增加222件，同比增长15.3%。",
    "受理1863件，较去年增加222件，较前年增长15.3%。",
    "受理1863件，比上年增加222件，来信量增长15.3%。",
    "收入1863万元，比上年增加222万元，可比增长15.3%。",
    "受理1863件，比2019年增加222件，年均增长4.1%。",
    "受理1863件，增加222件、增长15.3%的乡镇有3个。",
]
# figures that contradict each other in every reading
GUILTY = [
    "受理各类事项2163宗，办结2028宗，办结率98.3%。",
    "领导包案43宗，已办结36宗，办结率87.3%。",
    "调解纠纷1034件，成功1029件，调解成功率95.5%。",
    "信访总量1132件，其中来信201件，来访712件，其他210件。",
    # a clause of mere purpose is no other base
    "紧扣“矛盾不上交”目标，完善机制，受理事项187件，化解184件，化解率98.6%。",
    "以群众满意为目标，受理事项187件，化解184件，化解率98.6%。",
    "来访212批次，同比（180批次）上升71.78%。",
    "共有干部50人，其中男30人，女21人。",
    # the time of a sentence and what a change is held against are no other base
    "去年排查矛盾纠纷1863起，化解1741起，化解率95.34%。",
    "上半年，收到群众来信1863封，回复1741封，回复率95.34%。",
    "受理信访事项1863件，比上年减少12.6%，办结1741件，办结率95.34%。",
    "受理信访事项1863件，较上年增加20件，其中来信412件，占21.22%。",
    "受理信访事项1863件。其中，来信412件，占比21.22%。",
    # a change that is told as an amount and in per cent
    "受理信访事项1863件，比去年同期增加222件，上升15.33%。",
    "受理信访事项1863件，同比下降12.33%，减少222件。",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_a_figure_that_may_be_of_another_base_is_not_accused(text):
    """Nothing in a sentence that has another reading is called wrong."""
    assert "bad" not in qz.audit(qz.extract(text))["verdict"].tolist()


@pytest.mark.parametrize("text", GUILTY)
def test_a_figure_that_fits_in_no_reading_is_accused(text):
    """A plain contradiction is found."""
    assert qz.audit(qz.extract(text))["verdict"].tolist() == ["bad"]


def test_what_is_not_accused_is_unchecked_with_its_reason():
    """The table of what could not be settled tells why."""
    row = qz.audit(qz.extract("受理100件，办结95件，按期办结率100%。"), unchecked=True).iloc[-1]
    assert row["verdict"] == "unchecked" and row["reason"]


@pytest.mark.parametrize(
    ("row", "verdicts"),
    [("教育 | 9 | 6.0%", {"ok"}), ("教育 | 9 | 7.3%", {"ok", "bad"})],
)
def test_a_share_among_siblings_that_hold_is_of_their_whole(row, verdicts):
    """Where the other shares of a list are of one whole, the one that fails is a slip."""
    text = f"立案150件，分布如下：\n部门 | 件数 | 占比\n城建 | 96 | 64.0%\n城管 | 14 | 9.3%\n民政 | 13 | 8.7%\n人社 | 18 | 12.0%\n{row}\n"
    found = qz.audit(qz.extract(text))
    assert set(found.loc[found["type"] == "rate", "verdict"]) == verdicts


def test_a_share_of_the_items_is_not_held_against_another_total():
    """Where a list does not make its total, the list alone is accused, not each share of it."""
    items = {
        "咨询类": (12460, 63.72),
        "求助类": (5667, 28.98),
        "投诉类": (198, 1.01),
        "其它类": (1228, 6.28),
    }
    said = "；".join(f"{name}诉求{n}件，占{share}%" for name, (n, share) in items.items())
    text = f"11月份，热线共受理群众各类诉求28441件。其中，{said}。"
    found = qz.audit(qz.extract(text))
    assert "rate" not in set(found.loc[found["verdict"] == "bad", "type"])
    assert "sum" in set(found.loc[found["verdict"] == "bad", "type"])
