"""What a figure is of beyond its own clause: forecasts, channels, activities, courts."""

import pytest

from qz_analysis import extract
from qz_analysis.comparison.scope import body_told_of, scoped, topic


def _of(text: str, figure: str):
    claims = scoped(extract(text))
    [row] = claims[claims["text"].eq(figure)].to_dict("records")
    return row


@pytest.mark.parametrize(
    ("text", "figure", "foreseen"),
    [
        ("20XX年预计：地区生产总值391亿元，增长8.6%；财政收入38亿元。", "38亿元", True),
        ("甲县2020年预计完成投资90亿元。", "90亿元", True),
        # what goes on from it, but not the next thing
        ("甲县预计完成投资90亿元、年均增长12%，引进项目7个。", "12%", True),
        ("甲县预计完成投资90亿元，增长12%，引进项目7个。", "12%", True),
        ("甲县预计完成投资90亿元，增长12%，引进项目7个。", "7个", False),
        # it opens the sentence, and holds to its end
        ("预计全年产值80亿元，增长7%；投资90亿元，增长12%。", "90亿元", True),
        ("2020年预计产值80亿元，投资90亿元。去年投资70亿元。", "70亿元", False),
        # a note for all that follows
        ("甲县产值突破80亿元(预计,下同)、增长7%。投资90亿元。", "90亿元", True),
        ("甲县产值突破80亿元(预计,下同)、增长7%。", "80亿元", True),
        # but no people
        ("甲县产值突破80亿元(预计,下同)、增长7%。安置群众260人。", "260人", False),
        ("预计:产值80亿元、增长7%;服务业增加值40亿元、增长5%。", "5%", True),
        ("甲县产值高出预计2亿元。", "2亿元", False),
        ("甲县完成投资90亿元。", "90亿元", False),
    ],
)
def test_a_forecast_is_known_by_the_words_before_it(text, figure, foreseen):
    """预计 holds for its clause, for what goes on from it, for the sentence that it opens."""
    assert bool(_of(text, figure)["foreseen"]) is foreseen


@pytest.mark.parametrize(
    ("text", "figure", "whose"),
    [
        ("2022年，12345市民热线受理诉求250件，办结249件。", "249件", "12345市民热线"),
        ("一、办理情况\n(一)市民热线\n6月份，全区共受理诉求66件。", "66件", "市民热线"),
        ("一、办理情况\n(一)市民热线\n6月份，受理66件。\n(二)区长信箱\n6月份，受理来信7件。", "7件", "区长信箱"),
        ("收到省转来件13件；接听群众来电894个，办结171件。", "171件", "来电"),
        # all together, or several in one breath
        ("受理热线106件、区长信箱6件，共计办结112件。", "112件", ""),
        ("12345热线、政民互动共受理诉求287件。", "287件", ""),
        ("共受理群众来信来访来电108批。", "108批", ""),
        ("通过网站、信箱等渠道受理诉求50件。", "50件", ""),
        # what came from above is none of a place's own
        ("办理上级转交办件29件，其中来信9件。", "9件", "上级转交办件"),
        # an activity, a court, the police
        ("在县委书记大接访活动中，受理信访问题23件。", "23件", "县委书记大接访活动"),
        ("一年来，甲山法院深化市场化调解，成功调解纠纷150起。", "150起", "甲山法院"),
        ("全市公安机关受理信访问题171件。", "171件", "全市公安机关"),
        ("向法院移送案件5件。", "5件", ""),
        ("全县受理信访件300件。", "300件", ""),
    ],
)  # fmt: skip
def test_of_what_alone_a_figure_is(text, figure, whose):
    """The channel, activity or court of its sentence, else of the heading above; none for a whole."""
    assert _of(f"甲山县工作情况\n{text}", figure)["whose"] == whose


def test_a_title_that_names_a_channel_speaks_for_all_its_figures():
    """What neither sentence nor heading tells the title of the report does."""
    claims = scoped(extract("本月受理诉求384件。"), ["5月市民热线情况通报"])
    assert list(claims["whose"]) == ["市民热线"]


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("截至2017年10月，全县受理来信来访300件。其中：来访260批；网上信访26件。", "26件", "2017-01..2017-10"),
        ("截至2017年10月，全县受理来信来访300件。发放手册900本。", "900本", "2017"),
    ],
)  # fmt: skip
def test_parts_are_of_the_time_of_their_whole(text, figure, period):
    """A sentence of parts (其中) goes on with the months of the one before it."""
    assert _of(f"2017年甲县信访情况\n{text}", figure)["period"] == period


@pytest.mark.parametrize(
    ("head", "thing"),
    [
        ("今年以来主要工作成效", ""),
        ("明年主要办好", ""),
        ("办理质量", ""),
        ("质量监督", "质量监督"),
        ("农村住房保险", "农村住房保险"),
    ],
)
def test_a_time_or_a_quality_is_no_thing(head, thing):
    """What a heading says of when or how well names nothing that figures could be of."""
    assert topic(head) == thing


def test_a_body_is_named_without_the_word_that_leads_to_it():
    """由甲山市公安局 is the bureau, whatever it is said to do."""
    assert body_told_of("调查由甲山市公安局委托，样本90名。", 0, "甲山市") == "甲山市公安局"
