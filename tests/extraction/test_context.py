"""The words round a number say what it is."""

import re

import pytest

from qz_analysis import extract

CASES = [
    (
        "全年群众来访220批617人次，同比分别下降33.7%和21.6%。",
        "33.7%",
        {"kind": "change", "direction": "down", "family": "petition"},
    ),
    (
        "全年群众来访220批617人次，同比分别下降33.7%和21.6%。",
        "21.6%",
        {"kind": "change", "direction": "down"},
    ),
    (
        "受理各类事项2163宗，办结2028宗，办结率93.8%。",
        "93.8%",
        {"kind": "rate", "stage": "resolved", "family": "matters"},
    ),
    ("受理各类事项2163宗，办结2028宗。", "2163宗", {"stage": "received"}),
    ("受理各类事项2163宗，办结2028宗。", "2028宗", {"stage": "resolved"}),
    ("正在办理的纠纷2件。", "2件", {"stage": "pending", "family": "mediation"}),
    ("每件奖励100元。", "100元", {"kind": "per", "family": "funds"}),
    ("旅游总收入2368万元，同比增长7%。", "2368万元", {"kind": "money", "family": "economy"}),
    (
        "旅游总收入2368万元，同比增长7%。",
        "7%",
        {"kind": "change", "direction": "up", "family": "economy"},
    ),
    ("新修防渗渠1500米。", "1500米", {"kind": "measure", "family": "facility"}),
    ("来访212批次，同比(180批次)上升17.78%。", "180批次", {"role": "base", "period": ""}),
    ("2011年，全县参保人数达到245875人。", "245875人", {"period": "2011", "family": "welfare"}),
    ("2019年上半年，全县受理98件。", "98件", {"period": "2019-H1"}),
    ("2011年以来，全县接访6批。", "6批", {"period": "2011+"}),
    ("2011年，受理9件。目前，全县有专职人员243名。", "243名", {"period": "", "family": "staff"}),
    ("群众满意率达98.6%。", "98.6%", {"family": "satisfaction", "kind": "rate"}),
    # what people say for a change: 多, 少, 高, 长, 降了
    ("全县生产总值增了6%。", "6%", {"kind": "change", "direction": "up"}),
    ("全市刑事案件降了8.4%。", "8.4%", {"kind": "change", "direction": "down"}),
    ("受理8件、办结9件，比上年各少1.9%。", "1.9%", {"kind": "change", "direction": "down"}),
    ("固定资产投资9亿元，长8.1%。", "8.1%", {"kind": "change", "direction": "up"}),
    ("结案220件，多结13件。", "13件", {"kind": "change", "direction": "up"}),
    ("结案率97.1%，同比高6.7%。", "6.7%", {"kind": "change", "direction": "up"}),
    # percentage points are a difference whatever leads to them
    (
        "知晓率83.9%，比2006年高10.6个百分点。",
        "10.6个百分点",
        {"kind": "change", "direction": "up"},
    ),
    ("知晓率83.9%，少8.2个百分点。", "8.2个百分点", {"kind": "change", "direction": "down"}),
    ("社长32%持股，会上发言的多，共9%。", "32%", {"kind": "rate"}),
    ("工业增加值增速8.1%。", "8.1%", {"kind": "change", "direction": "up", "role": ""}),
    ("工业增加值增速连续9个月第一。", "9个月", {"kind": "measure"}),
    # the mean of the years of a span is no change against one of them, nor is the next of its list
    ("五年来，工业、商业年均增速8.2%、9.3%。", "8.2%", {"kind": "change", "role": "mean"}),
    ("五年来，工业、商业年均增速8.2%、9.3%。", "9.3%", {"kind": "change", "role": "mean"}),
    ("税收年均增长9%，商业增长7%。", "7%", {"kind": "change", "role": ""}),
    ("税收年均增长9%，其中工业占31%。", "31%", {"kind": "rate", "role": "share"}),
    ("五年平均每年新增就业3千人。", "3千人", {"kind": "count", "role": "mean"}),
    # a limit says which things are meant; what is behind it may as well be what a sum was spent on
    ("500万元以上固定资产投资31.5亿元。", "500万元", {"role": "threshold"}),
    (
        "500万元以上固定资产投资31.5亿元。",
        "31.5亿元",
        {"role": "", "indicator": "fixed_investment"},
    ),
    ("投资超过2千万元的项目7个。", "2千万元", {"role": "threshold"}),
    ("70岁及以上老年人2.1万人。", "70岁", {"role": "threshold"}),
    ("5人以上集体访7批。", "5人", {"role": "threshold"}),
    ("筹资9万元以上帮助困难职工。", "9万元", {"role": ""}),
    ("税收9亿元以上，新开项目7个。", "9亿元", {"role": ""}),
    # places of a ranking are no persons, nor are wells
    ("综合排名比上年上升4位。", "4位", {"measure": "ranks"}),
    ("走访代表4位。", "4位", {"measure": "persons"}),
    ("新修水窖59口。", "59口", {"measure": "items"}),
    ("新打9口机井。", "9口", {"measure": "items"}),
    ("全村59口人。", "59口", {"measure": "persons"}),
    ("2019年均完成新房31套。", "31套", {"role": ""}),
    ("全县年平均气温15.2度。", "15.2度", {"role": ""}),
]


@pytest.mark.parametrize(("text", "expression", "expected"), CASES)
def test_context_of_a_number(text, expression, expected):
    """Kind, direction, family, stage, period and role follow from the clause."""
    claims = extract(text)
    row = claims[claims["text"] == expression].iloc[0]
    assert {key: row[key] for key in expected} == expected


PLACES = [
    ("马道镇建立37个产业团队。", "马道镇", "town"),
    ("全县建立37个产业团队。", "甲山县", "county"),
    ("xx区共收集非遗信息641条。", "xx区", "county"),
    ("抽调镇村干部37名。", "甲山县", "county"),  # a verb before what it governs is no name
]


@pytest.mark.parametrize(("text", "place", "level"), PLACES)
def test_place_is_the_clauses_own_else_the_reports(text, place, level):
    """A claim speaks of the place that its clause names as subject, else of the report's place."""
    claims = extract("甲山县信访局。甲山县全县稳定，全县有序。" + text)
    assert claims.iloc[-1][["place", "level"]].tolist() == [place, level]


@pytest.mark.parametrize(
    "text", ["越级上访登记为“零”。", "越级上访登记为（3件）。", "越级上访登记为“3件”。"]
)
def test_a_subject_has_no_marks_that_held_the_figure_alone(text):
    """Quotation marks and brackets of which the figure was all go with it."""
    assert not re.search(r"“”|（）|\(\)|《》", extract(text)["subject"].iloc[0])


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("1-6月份全县社会消费品零售总额为19.9亿元。", "全县社会消费品零售总额"),
        ("10日内共兑现工资2700万元。", "兑现工资"),
        ("党员承诺事项办结，践诺率在85%以上。", "践诺率"),
        ("1-6月份额完成的指标达19件。", "份额完成的指标"),
        ("2019年，各中心完成门急诊445万人次，较上年增长8.83%。", "各中心完成门急诊"),
        ("受理信访件200件，与上年相比下降5%。", "受理信访件"),
        ("信访总量比2010年下降5%。", "信访总量"),
    ],
)
def test_a_subject_has_no_rest_of_words_of_time_or_of_a_verb(text, subject):
    """What is left of 月份 and 日内, the 在 between a rate and its figure, and the time that a change is
    against, name nothing.
    """
    assert extract(text).iloc[-1]["subject"] == subject


def test_a_subject_holds_no_torn_number():
    """A number that does not fit into the subject is left out whole, not cut: it may be a person's."""
    from qz_analysis import extract

    for length in range(20, 36):
        text = (
            "群众电话13812345678等"
            + "困难群众救助申请"[: length % 8] * 1
            + "困" * length
            + "领取补贴6000元。"
        )
        subject = extract(text)["subject"].iloc[-1]
        assert "13812345678" in subject or not any(map(str.isdigit, subject))


@pytest.mark.parametrize(
    "person", ["欧阳春海", "张三丰", "（身份证号11010119900307123X）", "（电话138 1234 5678）"]
)
@pytest.mark.parametrize("words", range(20, 42))
def test_no_subject_begins_inside_a_person(person, words):
    """A subject is cut at no place inside a name or number, wherever its width ends."""
    filler = ("家中困难群众因病返贫申请救助后按规定" * 3)[:words]
    text = f"甲县村民{person}{filler}领取补贴3000元。"
    claims = extract(text)
    [subject] = claims.loc[claims["text"] == "3000元", "subject"]
    rest = [person.strip("（）")[at:] for at in range(1, len(person) - 2)]
    # a phone number that stands whole is known as one, whatever is left of the word before it
    whole = "138 1234 5678" in subject
    assert whole or not any(subject.startswith(piece) for piece in rest if piece)


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("收案98件，结案91件，分别比上年多8%、9%。", "received resolved received resolved"),
        ("受理72件，审结57件，同比升幅为6%和4%。", "received resolved received resolved"),
        # not as many as counts: of which they are is not said
        ("受理72件，审结57件，比上年上升6%。", "received resolved resolved"),
    ],
)
def test_changes_in_turn_have_the_stages_of_their_counts(text, stages):
    """Of as many changes as counts before them each is of its own."""
    assert list(extract(text)["stage"]) == stages.split(" ")


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("信访总量、越级访同期下降55.6%、54.8%。", ["信访总量", "越级访"]),
        # three figures of two names are of no one name each
        ("信访总量、越级访同期下降55.6%、54.8%、3%。", ["信访总量、越级访"] * 3),
    ],
)
def test_as_many_changes_as_names_are_of_one_each(text, subjects):
    """A list of names before as many changes gives each its own, though no word says so."""
    assert list(extract(text)["subject"]) == subjects


def test_a_figure_knows_the_heading_above_it():
    """What a figure is of may stand in the heading alone, so its words come along."""
    text = "甲县情况\n一、受理\n(一)市民热线\n受理9件。\n(二)市长信箱\n受理3件。"
    assert list(extract(text)["heading"]) == ["市民热线", "市长信箱"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "我县在县法院设立诉前联调工作室，多方参与。目前，工作室共受理民事纠纷201件。",
            "县法院诉前联调工作室共受理民事纠纷",
        ),
        ("全县成立矛盾纠纷调解中心。中心受理来访12件。", "矛盾纠纷调解中心受理来访"),
        # another paragraph's body is another one, and so is one that is only counted
        ("县法院设立诉前联调工作室。\n\n工作室共受理民事纠纷201件。", "工作室共受理民事纠纷"),
        ("全镇设立群众工作室41个。工作室共受理民事纠纷201件。", "工作室共受理民事纠纷"),
        ("全镇设立三个群众工作室。工作室共受理民事纠纷201件。", "工作室共受理民事纠纷"),
    ],
)
def test_a_body_called_by_its_kind_has_its_name(text, subject):
    """工作室 alone is anybody's: its figures are of the one that the paragraph set up."""
    assert extract(text).iloc[-1]["subject"] == subject


def test_changes_that_name_what_they_are_of_take_no_stage_from_counts():
    """信访总量和越级访分别下降 is of what came in, whatever two counts stand before it."""
    text = "甲县化解纠纷600起，受理来信234件，信访总量和越级访同比分别下降55.6%、54.8%。"
    assert extract(text)["stage"].tolist() == ["resolved", "received", "received", "received"]
