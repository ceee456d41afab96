"""Pages fall apart into reports, each with its place and level."""

import pytest
from timing import growth

from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.reports import place_of, split

PLACES = [
    ("今年以来，甲山县接访9批，甲山县办结8件，全县稳定。", ("甲山县", "county")),
    ("**縣辦結8件，**縣群眾滿意，全縣稳定。", ("**县", "county")),
    ("xx省xx縣受理3件。xx縣辦結3件。全縣满意。", ("xx省xx县", "county")),
    ("我局受理9件，我局办结8件，我局派员下访。", ("", "bureau")),
    ("我镇受理9件，全镇办结8件。", ("我镇", "town")),
    ("做好群众工作要有耐心。", ("", "")),
    ("乙桥镇召开会议。乙桥镇全镇受理3件。", ("乙桥镇", "town")),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_place_and_level_come_from_the_words(text, expected):
    """A report's place is named as it names itself, its level as it speaks of itself."""
    assert place_of(clean(text).text) == expected


@pytest.mark.parametrize(
    "headings",
    [
        ("第一篇：甲县材料", "第二篇：乙镇材料"),
        ("调研报告篇一", "调研报告篇二"),
        ("关于甲县的材料", "扩展阅读：乙镇材料"),
    ],
)
def test_a_page_of_two_reports_gives_two(headings):
    """Reports strung together on one page are separated at their headings."""
    body = "群众来访得到及时接待和处理，办结情况良好。" * 25
    page = f"{headings[0]}\n{body}\n{headings[1]}\n{body}"
    assert len(split(clean(page).text)) == 2


def test_site_furniture_is_no_report():
    """What the site adds before and behind the report is left out."""
    page = "公文素材库 首页\n甲县群众工作汇报\n" + "全县受理9件。" * 60 + "\n相关阅读\n推荐专题"
    (report,) = split(page)
    assert page[report.start : report.end].startswith("甲县群众工作汇报")
    assert page[report.start : report.end].endswith("全县受理9件。")


def test_blank_page_holds_no_report():
    """A page of white space gives no report rather than an empty one."""
    assert split(" \n\n ") == []


def test_a_line_of_publication_takes_no_report_with_it():
    """来源 and 发布时间 under the title are left out; the report below stays, its year too."""
    from qz_analysis import extract

    page = "2011年信访工作情况\n来源：信访局 发布时间：2012-01-05 10:20\n2011年，全县共接待来访群众193批次389人次，办结率93.8%。"
    claims = extract(page)
    assert claims["value"].tolist() == [193, 389, 93.8]
    assert set(claims["period"]) == {"2011"}


def test_a_short_page_keeps_its_text_below_the_line_of_publication():
    """Furniture above the first sentence ends nothing, however few lines the page has."""
    page = "政务服务数据\n时间:2020-02-10 13:09:09 【字体:大 中 小】\n全省收到评价27条。\n差评3条。"
    (report,) = split(page)
    assert page[report.start : report.end].endswith("差评3条。")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("蔚县2012年信访工作总结\n2012年，蔚县共受理来信来访286件。", "蔚县"),
        ("2012年，忠县全县受理12件。忠县信访局", "忠县"),
        ("全县推进富县强民。富县工程投入12万元。", "我县"),
        ("本县与邻县建立机制，邻县派员12人。", "我县"),
        ("忠县受理12件。", ""),  # once alone it may be a word
    ],
)
def test_a_county_of_one_character_is_named_where_it_is_said_twice(text, place):
    """One character before 县 is a name where the report repeats it and it is no word for what a county is or does."""
    assert place_of(text.replace("，", ","))[0] == place


def test_furniture_between_lines_that_state_figures_costs_what_it_is_long():
    """Every line of furniture is held against the last line that tells something."""

    def work(size):
        return split("上一篇:工作动态\n下一篇:通知公告\n受理4件,办结2件。\n" * size)

    assert growth(work, 1000, 16_000) < 32
