"""The title of a place: which figure it takes, and in which words."""

from dataclasses import replace

import pytest
from told import facts_of

import qz_analysis as qz
from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.title import title_of


def test_a_word_of_praise_is_no_part_of_a_title():
    """How well something was done is the report's own opinion; names in quotation marks stay as they are."""
    assert title_of(facts_of("近两年，甲山县检察院高效办结信访案件110件。")).endswith(
        "：检察院办结信访案件110件"
    )
    assert "“高效办成一件事”" in title_of(facts_of("甲山县扎实推进“高效办成一件事”窗口12个。"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("自去年7月开展活动以来，全县受理信访件232件。", "甲山县（原文作“自去年7月开展活动以来”，年份未写明）：全县受理信访件232件"),
        ("今年上半年，全县受理信访件232件。", "甲山县（原文作“今年上半年”，年份未写明）：全县受理信访件232件"),
        ("2021年，全县受理信访件232件。", "甲山县2021年：全县受理信访件232件"),
        # against when a change is says not of when it is
        ("与去年同期相比，全县受理信访件下降3%。", "甲山县：受理信访件比上年同期下降3%"),
    ],
)  # fmt: skip
def test_a_title_tells_words_of_time_without_a_year_as_such(text, said):
    """Where no year is known the report's own words of time stand beside the place, as a quotation."""
    told = facts_of("甲山县群众工作\n" + text)
    assert title_of(told) == said


def test_a_change_without_a_settled_name_goes_by_its_words():
    """Where no named indicator moved, the largest change of mass work is told by the words that it stands with."""
    made = qz.tables("2011年，甲山县信访接待量同比下降55.6%，越级访下降20%。甲山县信访局")
    found = Facts("甲山县", made.claims.assign(indicator=""), made.relations, "zh", {}, "甲山县")
    assert (
        title_of(found) == "甲山县2011年：信访接待量比上年同期下降55.6%"
        and "55.6%" in sentences(found)[0]
    )


def test_a_change_without_a_name_is_told_once_and_with_what_it_is_of():
    """A change stands with the figure that it is of, in the title as not checked, and is not told again
    behind the list that holds it.
    """
    told = facts_of("2019年，甲山县社区卫生服务中心共完成门急诊445.46万人次，较上年增长8.83%。")
    assert title_of(told).endswith("门急诊445.46万人次，较上年增长8.83%")
    first = unmarked(sentences(told)[0])
    assert first.count("8.83%") == 1 and "写明的变化有" not in first


def test_the_title_tells_the_month_of_a_report_that_was_dated_within_its_year():
    """A title gives the report's own month where the year was not over."""
    text = "甲山县2011年群众工作情况\n2011年4月25日\n近年来，信访总量与同期相比下降55.6%。\n"
    one = replace(facts_of(text), told_in="2011")
    assert title_of(one).startswith("甲山县（2011年4月的报告）")
    later = replace(one, dated={("text", 0): "2012-01-10"})
    assert title_of(later).startswith("甲山县（2011年的报告）")


def _title(text: str) -> str:
    made = qz.tables(text)
    return title_of(Facts("甲山县", made.claims, made.relations, "zh", {}, "甲山县"))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        # an average of years is no change against one base
        ("2016—2020年，固定资产投资年均增长12.4%。", "固定资产投资年均增长12.4%"),
        # a base is told by the words of the change alone
        ("2019年，地区生产总值95亿元，环比增长6.2%。", "地区生产总值95亿元，比上一期增长6.2%"),
        ("2019年，地区生产总值95亿元，增长6.2%。", "地区生产总值95亿元，增长6.2%"),
        # words that say only against what and which way are no subject
        ("2021年，受理群众诉求2343件，较上月增长13%。", "“受理群众诉求”比上月增长13%"),
        ("2021年，市民热线日均10169件，较上周下降2%。", "市民热线日均10169件，较上周下降2%"),
        ("2021年，化解纠纷平均用时同比缩短30%。", "化解纠纷平均用时比上年同期下降30%"),
        # two counts stand before it
        ("2021年，来访95件127人次，同比上升63.79%。", "来访比上年同期上升63.79%（未写明指件还是人次）"),
        # the figure, and not what it passed
        ("2019年，财政总收入跨越130亿元，累计完成136.6亿元。", "财政总收入136.6亿元"),
        # the later year before the larger change
        ("2018年，来访100批，同比下降40%。2020年，来访90批，同比下降5%。", "来访批次比上年同期下降5%"),
    ],
)  # fmt: skip
def test_a_headline_says_no_more_than_the_words(said, title):
    """Averages, bases, subjects and levels of a headline are those of the sentence."""
    assert _title(f"甲山县工作总结\n{said}甲山县政府").partition("：")[2] == title


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        # the first is the whole
        ("2017年，全县信访总量300件次。其中，县信访局受理信访总量133件次。", "133"),
        # of several rates of one name nobody knows which is the whole
        ("2017年，有教育局等9个单位群众满意率为100%。修路类工单500件，满意率92%。停水类工单600件，满意率86%。", "：满意率"),
        # a part that no whole is known of
        ("2017年，收到交办案件92件，其中来访31件，来信8件，电话53件。", "来信件数8件"),
    ],
)  # fmt: skip
def test_a_headline_tells_no_part_as_the_whole(said, gone):
    """Where several figures stand for one place and time, a headline tells the whole or none."""
    assert gone not in _title(f"甲山县工作总结\n{said}甲山县政府")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        # a channel, an activity, a court
        ("2022年，12345市民热线受理各类诉求258件，办结258件，办结率100%。", "市民热线受理各类诉求258件，事项办结率100%"),
        ("2021年，甲山法院深化市场化调解，成功调解纠纷150起，同比增长77.2%。", "甲山法院成功调解纠纷比上年同期增长77.2%"),
        ("(二)市长信箱\n2022年6月，全县共受理市民来信27件。", "全县共受理市民来信27件（市长信箱）"),
        # a channel is named where it is all that there is, and left for the whole where there is one
        ("2021年，区长热线受理诉求90件，同比下降30%。全县受理诉求900件，同比上升8%。", "“受理诉求”比上年同期上升8%"),
        # cases of one kind
        ("2019年，调解征地拆迁纠纷348件，调解成功347件，调解成功率99.7%。", "调解征地拆迁纠纷348件，调解成功率99.7%"),
        # a stage, a limit
        ("2019年，全县信访按期办结率97.1%。", "“信访按期办结率”97.1%"),
        ("2022年，500万元以上固定资产投资完成39.7亿元，同比增长15.3%。", "“500万元以上固定资产投资”39.7亿元，比上年同期增长15.3%"),
        # a kind of petitions beside all of them
        ("2024年，来信19件次，同比下降29.6%。全县信访总量143件次，同比上升9.1%。", "信访总量比上年同期上升9.1%"),
        # petitions of one kind, and those to one level
        ("2024年，全县初次信访共办结信访件830件。", "“初次信访共办结信访件”830件"),
        ("一、到县访。\n2024年，案件办结60件。", "案件办结60件（到县访）"),
        ("一、到县访。\n2024年，全县办结信访件60件。", "到县访办结信访件60件"),
        # what is in a sum
        ("2023年，一般公共预算收入8.3亿元(含盘活资产一次性收入)，同比增长38.1%。", "一般公共预算收入（含盘活资产一次性收入）8.3亿元，比上年同期增长38.1%"),
        # of what a mean is
        ("2024年，政务热线受理市民求助7118件，日均1016件，较上周下降2%。", "政务热线受理市民求助7118件，日均1016件，较上周下降2%"),
        # both ways of counting visitors
        ("2024年，来访212批次820人次，来访批次同比上升17.7%，来访人次同比下降15.9%。", "来访批次比上年同期上升17.7%，来访人次比上年同期下降15.9%"),
    ],
)  # fmt: skip
def test_a_headline_names_whose_and_of_what_its_figure_is(said, title):
    """A channel, a kind, a stage or a limit stands in the headline, or another figure does."""
    assert _title(f"甲山县工作总结\n{said}\n甲山县政府").partition("：")[2] == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("2020年，固定资产投资预计完成46.9亿元、同比增长12.6%。", "固定资产投资预计46.9亿元，比上年同期预计增长12.6%"),
        ("预计2020年实现地区生产总值95亿元、同比增长6.2%。", "地区生产总值预计95亿元，比上年同期预计增长6.2%"),
        # what was reached comes before what is expected
        ("2020年，固定资产投资预计完成46.9亿元、同比增长12.6%。社会消费品零售总额28.9亿元、同比增长3.1%。", "社会消费品零售总额28.9亿元，比上年同期增长3.1%"),
    ],
)  # fmt: skip
def test_a_forecast_is_told_as_one(said, title):
    """预计 stays with a figure in title and sentences, and results come first."""
    parts = f"一、2020年工作回顾\n{said}\n二、2021年工作安排\n确保投资增长8%。"
    told = facts_of(f"甲山县2020年政府工作报告\n{parts}\n甲山县政府")
    assert title_of(told).partition("：")[2] == title
    assert ("预计" in sentences(told)[0]) is ("预计" in title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # all cases before a rate of a few
        (
            "2024年，共受理各类案件2245件，审执结1819件。海岸案件调解撤诉率提高15%以上。",
            "甲山县2024年：法院共受理各类案件2245件，审执结1819件",
        ),
        # and before the change of one kind of them, which the clause before names
        (
            "2024年，全市法院受理各类案件2245件，办结1819件，同比分别上升3.6%和3.1%。严惩杀人等暴力犯罪，办结案件69件，同比下降1%。",
            "甲山县2024年：全市法院受理各类案件2245件，办结1819件，同比分别上升3.6%和3.1%",
        ),
        # the product before what grew most
        (
            "2020年，甲山县地区生产总值达到144亿元，增长8%。社会消费品零售总额28亿元，增长11%。",
            "甲山县2020年：地区生产总值144亿元，增长8%",
        ),
        (
            "2020年，甲山县地区生产总值达到144亿元。社会消费品零售总额28亿元，增长11%。",
            "甲山县2020年：地区生产总值144亿元",
        ),
        # all petitions, in cases and persons, before what was settled of one kind
        (
            "2020年，全县信访总量187件992人次。其中到县访64件，现场解决41件，案件办结23件。",
            "甲山县2020年：信访总量187件、992人次",
        ),
    ],
)  # fmt: skip
def test_a_title_tells_the_total_of_what_the_report_is_about(text, title):
    """The whole that a report counts comes before a part, a rate of a part or what moved most."""
    assert title_of(facts_of(text)) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "2020年，甲山县发生矛盾纠纷490件，调处490件，调处成功473件，调处成功率96.5%。",
            "甲山县2020年：调处490件，“调处成功率”96.5%",
        ),
        (
            "2020年，甲山县12345市民热线应办结258件，实际办结258件，办结率100%。",
            "甲山县2020年：12345市民热线应办结258件，“办结率”100%",
        ),
    ],
)
def test_a_rate_in_a_title_stands_behind_its_cases(text, title):
    """However short the report's word for them is, of how many cases a rate is stands before it."""
    assert title_of(facts_of(text)) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # a standard tells of no result
        (
            "# 甲山县2020年社会救助情况\n全年低保标准每人每月600元。支付救助资金418万元。",
            "资金418万元",
        ),
        # nor do those who came to a meeting
        ("# 甲山县2020年服务站工作\n各站站长共25人到会。办理证件118件。", "118件"),
    ],
)
def test_what_was_done_is_told_before_standards_and_meetings(text, title):
    """What holds for each case and who attended say nothing of a year's work."""
    first = sentences(profile("甲山县", lang="zh", source=text).page.facts)[0]
    assert title in unmarked(first).split("；")[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # place and year stand in it; the place alone; neither; a body of the place before a colon
        ("# 甲山县2021年工作总结\n修路12公里，植树95亩。", "甲山县2021年工作总结"),
        ("# 甲山县修路工作总结\n2021年修路12公里，植树95亩。", "甲山县2021年：修路工作总结"),
        ("# 甲山县交通局：2021年修路总结\n修路12公里，植树95亩。", "甲山县交通局：2021年修路总结"),
        # a rate of all of no one knows how many, and a level that is no mass work, are no titles
        ("# 甲山县2021年提案办理情况\n甲山县提案按时办结率100%，修路12公里。", "甲山县2021年提案办理情况"),
        ("# 甲山县2021年民生实事\n城镇新增就业120人，修路12公里。", "甲山县2021年民生实事"),
        ("# 甲山县人民政府办公室文件\n2021年，甲山县修路12公里。", "修路12公里"),
        # a path through a site is no title, and of targets none is picked
        ("# 首页 > 甲山县 > 2021年总结\n2021年，甲山县修路12公里。", "修路12公里"),
        ("# 甲山县2021年十件实事\n今年计划修路12公里，植树95亩。", "甲山县2021年十件实事"),
    ],
)  # fmt: skip
def test_a_report_of_which_nothing_moved_goes_by_its_own_title(text, title):
    """Where nothing with a name moved, what the report calls itself says more than one of its figures."""
    assert title in title_of(profile("甲山县", lang="zh", source=text).page.facts)


def test_changes_told_in_turn_stand_each_behind_its_count_in_english():
    """分别上升 is of two counts: where their names are translated each change follows its own."""
    text = "# 甲山县人民法院工作报告\n2024年，全市法院受理各类案件2245件，办结1819件，同比分别上升3.6%和3.1%。"
    title = title_of(profile("甲山县", lang="en", source=text).page.facts)
    said = [title.index(one) for one in ("2,245", "up 3.6%", "1,819", "up 3.1%")]
    assert said == sorted(said)
