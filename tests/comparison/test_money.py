"""Sums of money stand by their kind, in their own words, with what they paid for."""

import pytest

from qz_analysis import extract, money, tables
from qz_analysis.comparison.money import alike


def rows(text):
    """The rows of a text's money as dictionaries."""
    return money(extract(text)).to_dict("records")


KINDS = [
    ("县政府每年增拨156万元，用于治安防控。", "grant"),
    ("全县共发放种粮补贴资金3522万元。", "benefit"),
    ("县财政列支医疗救助资金1033260元。", "benefit"),
    ("帮助农民工讨回薪金152.8万元。", "wage"),
    ("市里多方筹资845万元建设活动场所。", "raised"),
    ("为群众提供创业贷款5亿元。", "loan"),
    ("全年累计投资5.88亿元，实施民生项目。", "invested"),
    ("经济区向社区送去价值1.5万元的书籍。", "goods"),
    ("社区卫生服务站一级护理只收9元。", "charge"),
    ("镇里解决了冷冻厂亏欠53户农民150余万元玉米款的问题。", "debt"),
    ("全县化解村级债务320万元。", "debt"),
    ("帮助农民工追回拖欠工资80万元。", "wage"),
    ("该县属欠发达地区，县财政拨付资金50万元。", "grant"),
    ("医保按次均费用3100元核定定额。", "quota"),
    ("医院实行总额预付，折算成次均费用，二级医院大致为8000元。", "quota"),
    ("门诊病人折算成次均费用，二级医院大致为8000元。", "charge"),
    ("县财政给予定额补助30万元。", "benefit"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_words_of_a_clause_say_what_kind_of_money_it_is(text, kind):
    """Money spent, paid out, owed in wages, owed otherwise, raised, lent, invested, charged and set as a
    quota are different things.
    """
    assert [row["money"] for row in rows(text)] == [kind]


def test_kinds_stand_together_and_are_not_ranked():
    """Rows stand by kind and within a kind as reports tell them, whatever their size."""
    found = rows("镇里投资480万元修路。县财政拨付资金3万元。县财政拨付专项资金900万元。")
    assert [(row["money"], row["printed"]) for row in found] == [
        ("grant", "3万元"),
        ("grant", "900万元"),
        ("invested", "480万元"),
    ]


BOUGHT = [
    ("县政府每年增拨156万元，为学校配备专职保安人员130名。", "为学校配备专职保安人员130名"),
    ("县财政拨付资金50万元，群众满意。", ""),
    # what is named and not counted was bought too, and all that goes on from it
    (
        "镇里投入4万元，统一制作门牌、添置办公用品，服务室运转有了保障。",
        "统一制作门牌、添置办公用品",
    ),
    (
        "民营区自筹资金3000万元，建成集健身休闲于一体的新公园，居民称赞。",
        "建成集健身休闲于一体的新公园",
    ),
    ("我镇投资480万元，改造四条街道，铺设路面3200米，出行便利。", "改造四条街道，铺设路面3200米"),
    ("全县筹集资金800万元，安装摄像头4051个，其中面向街道的1011个。", "安装摄像头4051个"),
    # what stands behind other money is paid for by that
    ("县财政拨付资金50万元，镇里筹资20万元，建成活动室12个。", ""),
]


@pytest.mark.parametrize(("text", "bought"), BOUGHT)
def test_a_sum_is_told_with_what_it_paid_for(text, bought):
    """The clause behind a sum that counts something says what it paid for."""
    assert rows(text)[0]["bought"] == bought


def test_parts_of_a_sum_say_so():
    """A sum that 其中 takes out of another one is marked, so that it is not counted twice."""
    text = "几年来，共提供创业贷款近10亿元，其中担保公司发放9.1亿元，农商行发放4159万元，邮政银行发放4875万元。"
    made = tables(text)
    table = money(made)
    assert table["part_of"].tolist() == ["", "近10亿元", "近10亿元", "近10亿元"]
    assert table["what"].iloc[2] == "农商行发放4159万元"


PAID = [
    ("每名签约居民收120元/年，由医保基金支付，再按考核结果返还。", "由医保基金支付"),
    ("按每人每年120元收取，个人出10%、财政出25%、医保出65%；", "个人出10%、财政出25%、医保出65%"),
    ("补助标准为每人每月300元，所需资金由县财政承担。", ""),  # of all of it, not of each
    ("每名签约居民收120元/年，由社区医生上门服务。", ""),
]


@pytest.mark.parametrize(("text", "by"), PAID)
def test_a_standard_says_who_pays_it(text, by):
    """The clause behind a standard that names its payer goes with it."""
    [row] = [row for row in rows(text) if row["standard"]]
    assert row["paid_by"] == by


PER = [
    ("每名签约居民收120元/年。", "人;年"),
    ("县财政每年还拨给各镇5万元，用于组建联防队。", "镇;年"),
    ("离任老村干部的养老补助每月只有25元/人。", "人;月"),
    ("医疗机构门急诊每次平均费用93.57元。", "次"),
    ("医保按次均费用3100元核定定额。", "次"),
]


@pytest.mark.parametrize(("text", "per"), PER)
def test_a_standard_says_per_what_it_is_paid(text, per):
    """Things come before times: per person and year."""
    [row] = [row for row in rows(text) if row["standard"]]
    assert row["per"] == per


def test_a_clause_that_goes_on_stands_behind_the_one_that_it_goes_on_from():
    """A sum whose clause says no kind is of the clause before it, which is shown with it."""
    text = "家庭医生上门服务按职称收费，每次收10元，副高60元。"
    last = rows(text)[-1]
    assert last["money"] == "charge"
    assert last["what"].endswith("副高60元") and "收" in last["what"].removesuffix("副高60元")


PAID_FOR = [
    ("自行拆房的，按建筑面积每平方米奖50元。", "自行拆房的，按建筑面积每平方米奖50元"),
    ("对其中的社会招聘人员，财政按3万元/年发给生活费。", "对其中的社会招聘人员，财政按3万元/年发给生活费"),
    ("门急诊每次平均费用93.57元，较三级医疗机构低158.43元。", "门急诊每次平均费用93.57元，较三级医疗机构低158.43元"),
    ("有些常用药采不到，如缩宫素注射液，0.1元/支的没有。", "如缩宫素注射液，0.1元/支的没有"),
    ("旅行社还须投保责任保险，金额不低于20元。", "旅行社还须投保责任保险，金额不低于20元"),
    # what is paid for here is said here
    ("一级护理只收9元，家庭医生上门只收10元/次。", "家庭医生上门只收10元/次"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what"), PAID_FOR)
def test_a_sum_stands_with_what_it_is_paid_for(text, what):
    """Where the clause of a sum does not say for what, or than what, it is, the one before it does."""
    assert what in [row["what"] for row in rows(text)]


def test_a_standard_said_to_be_the_same_is_for_the_same_thing():
    """同样 ties a standard to the one before it in the report, whose words name what it is for."""
    text = "长宁区每名签约居民收120元/年。江干区同样按每人每年120元收取。"
    [group] = alike(money(extract(text)))
    assert group["place"].tolist() == ["长宁区", "江干区"]
    assert alike(money(extract(text.replace("同样", "")))) == []


def test_only_standards_of_one_thing_are_alike():
    """Two places, one kind of money, per one thing and for one thing named alike."""
    text = "彝良县家庭医生上门只收10元/次。通江县医生上门收费20元/次。中牟县停车只收5元/次。通江县每亩水田奖800元。"
    groups = alike(money(extract(text)))
    assert [group["place"].tolist() for group in groups] == [["彝良县", "通江县"]]
