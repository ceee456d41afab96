"""The head of a text says when it was published, whatever stands beside the date."""

import pytest

import qz_analysis as qz
from qz_analysis.extraction import heads

BODY = "受理来信31件,办结30件。"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2010-6-24字号:大中小", "2010-06-24"),
        ("2019年01月12日星期六", "2019-01-12"),
        ("2013年7月19日会计实务频道 【我要纠错】 责任编辑:xx", "2013-07-19"),
        ("2018年2月2日,县十八届人大二次会议", "2018-02-02"),
        ("时间:2017年09月30日来源:民政局作者:佚名浏览次数:", "2017-09-30"),
        ("甲县日报 - 甲县之窗2015-04-29", "2015-04-29"),
        ("发表于 2022-3-1 12:19:17 | 显示全部楼层 |阅读模式 <", "2022-03-01"),
        ("驻甲村工作组2011年3月28日", "2011-03-28"),
        ("2014年3月1日至15日信访情况", ""),
        ("2014年3月1日接待来访3批。", ""),
        ("2014年3月信访情况", ""),
        ("2014年3月1日甲县信访情况通报", ""),
        ("自2014年3月1日起", ""),
    ],
)
def test_a_line_of_publication_holds_a_day_and_tells_nothing(line, date):
    """Sources, editors, buttons and clocks stand beside it; titles, spans and sentences are none."""
    assert heads.published(line) == date


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("2009-06-12 县政协委员递交提案92件,立案89件。", "2009"),
        ("(甲县日报2019年11月)县公安局今年破案166起。", "2019"),
        ("甲县网2013年10月消息 镇上今年投入670万元。", "2013"),
        ("新华网甲县12月28日电(2022年) 今年受理纠纷363件。", "2022"),
    ],
)
def test_an_article_may_begin_with_its_date(opening, year):
    """What it tells of this year is of the year of its date."""
    claims = qz.extract(f"甲县新闻\n{opening}")
    assert {period[:4] for period in claims["period"]} == {year}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("扶贫攻坚情况总结 时间:2022-05-21 15:32:28", "扶贫攻坚情况总结"),
        ("甲县法院来源:甲县法院2017-12-29点击量:871", "甲县法院"),
        ("2014年工作情况(2015-04-23)", "2014年工作情况"),
        ("甲县2014年3月1日至15日信访情况", "甲县2014年3月1日至15日信访情况"),
        ("受理来信31件。2020年7月9日", "受理来信31件。2020年7月9日"),
    ],
)
def test_a_title_is_no_date_of_publication(line, title):
    """The date on the line of a title is none of its words."""
    assert heads.titled(line) == title


def test_a_trail_of_the_site_is_no_title():
    """The title stands below the trail."""
    page = f"当前位置: 首页 > 互动交流 > 数据统计\n\n2022年8月市长信箱办理情况\n\n{BODY}"
    assert qz.reports(page)["title"].tolist() == ["2022年8月市长信箱办理情况"]


def test_a_title_stands_above_a_line_of_publication():
    """Furniture between the title and the first words takes no title away."""
    page = f"甲市民生工程过半\n\n2010-6-24 字号:大 中 小\n\n到6月份,{BODY}"
    report = qz.reports(page).iloc[0]
    assert (report["title"], report["dated"]) == ("甲市民生工程过半", "2010-06-24")


def test_the_day_of_publication_is_the_time_of_no_figure():
    """A meeting's day above an account of 2017 dates none of its figures."""
    page = f"甲县法院工作情况\n2018年2月2日,县十八届人大二次会议\n2017年,{BODY}"
    assert set(qz.extract(page)["period"]) == {"2017"}


@pytest.mark.parametrize(
    ("title", "first", "period"),
    [
        ("去年大接访,甲市接待四千批", "2006年08月15日 07:40 甲市在线\n", "2005"),
        ("州信访局3月上旬按期办理率100%", "2018-03-16 09:25:11 责任编辑:xx\n", "2018-03"),
        ("甲市12315公布二季度数据", "7月31日,中心公布2023年二季度的分析。", "2023-Q2"),
        ("甲镇2018年上半年综治信访", "", "2018-H1"),
        ("xx镇20xx年上半年工作小结", "时间:2022-05-16 03:57:00\n", "20xx-H1"),
        ("二〇一四年度全市复议工作情况", "(2015-04-23)\n", "2014"),
        ("甲市:12月城管绩效", "来源:甲市日报 2017年1月3日\n", "2016-12"),
        ("甲县2020年预算执行和2021年预算草案", "县财政局\n", "2020"),
        ("甲市警方三月专项收官", "2011年9月8日 甲市在线\n", "2011"),
    ],
)
def test_a_title_tells_the_time_of_its_text(title, first, period):
    """The year before, a part of a year, a year in words, and one that is masked, which stays so."""
    claims = qz.extract(f"{title}\n{first}{BODY}")
    assert set(claims["period"]) == {period}


def test_a_text_of_many_figures_is_of_the_one_year_it_names():
    """The year before that figures are held against is no other year."""
    told = "".join(f"受理{n}件,比上年多{n}件。\n" for n in range(11, 20))
    assert set(qz.extract(f"社会保障\n2018年,走访9户。\n{told}")["period"]) == {"2018"}


#: lines of a page's frame above its title
FRAMES = (
    "某某公文网 > 调研报告", "政法军事 › 司法行政", "中新网首页→国内新闻", "某某文库", "搜 索", "政府信息公开",
    "索引号：______　发文日期：2022-07-13", "- 28.50 KB", "1、文档由用户上传。2、版权有疑问请找客服。",
)  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_the_frame_of_a_page_is_no_title(frame):
    """The title is the line below that says what kind of text it heads."""
    page = f"{frame}\n甲县信访局2022年工作简报\n一、半年账\n{BODY}"
    assert qz.reports(page)["title"].tolist() == ["甲县信访局2022年工作简报"]


OPENINGS = [
    ("2017年3月，全县办工单95件。", "2017-03"),
    ("今年，渠道放宽一截。（2019-05-03）\n1至4月，举报总量78件。", "2019-01..2019-04"),
    ("警方说，今年上半年“两降两升”，破案82宗。（2018-07-06）", "2018-H1"),
    ("“十四五”这五年，排查出的纠纷有71件。", "2021..2025"),
]


@pytest.mark.parametrize(("opening", "period"), OPENINGS)
def test_a_text_of_many_figures_is_of_the_time_it_opens_with(opening, period):
    """The paragraphs below that name no time are of the one that the first figure is of."""
    told = "".join(f"\n分给各处的{n}件,办结{n - 1}件。" for n in range(11, 20))
    claims = qz.extract(f"门口的调解员\n{opening}{told}")
    assert set(claims["period"][-10:]) == {period}


def test_the_path_of_a_page_is_not_continued_by_its_title():
    """A long path through the site ends with its line."""
    path = "当前位置: 首页 > 政府信息公开 > 法定主动公开内容 > 其他主动公开内容 > 数据发布 > 2020年"
    page = f"{path}\n\n2020年人民调解工作数据统计\n\n来源：市司法局 时间：2021-01-14 16:24\n\n截止到2020年11月30日，{BODY}"
    report = qz.tables(page)
    assert report.reports["title"].tolist() == ["2020年人民调解工作数据统计"]
    assert set(report.claims["period"]) == {"2020-01..2020-11"}


def test_an_account_whose_title_names_its_year_is_of_that_year():
    """The day of a vote at the beginning of the year makes it no account of the year before."""
    page = f"2022年十件民生实事完成情况\n2022年1月13日，在市第八届人民代表大会第一次会议上，项目出炉。\n{BODY}"
    assert set(qz.extract(page)["period"]) == {"2022"}


def test_a_year_in_brackets_is_that_of_a_text_of_many_figures():
    """A report that tells two figures may as well be dated by it."""
    told = "".join(f"\n新收{n}件,审结{n - 1}件。" for n in range(11, 20))
    claims = qz.extract(f"审判工作(黑龙江省，2006年)\n这一年新收98件。{told}")
    assert set(claims["period"]) == {"2006"}


def test_a_text_that_names_two_years_is_not_of_the_first():
    """Below a paragraph on one year and one on another no time is known."""
    told = "".join(f"\n分给各处的{n}件,办结{n - 1}件。" for n in range(11, 20))
    page = f"门口的调解员\n2016年,排查9件。\n2018年,排查8件。{told}"
    assert set(qz.extract(page)["period"][-6:]) == {""}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("□本报记者某某", False),
        ("各乡镇人民政府、街道办事处:", False),
        ("甲县人民政府县长:某*", False),
        ("代理县长某某某", False),
        ("会议现场某某某摄", False),
        ("甲县县长热线办理情况", True),
        ("县政府县长信箱", True),
        ("各乡镇信访工作情况", True),
    ],
)
def test_who_wrote_delivered_or_got_a_text_is_no_title(line, title):
    """A line that names only a hand or an addressee is none; a matter of a holder's is one."""
    assert heads.is_title(line) is title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、总体情况", ""),
        ("（一）基本情况", ""),
        ("一、甲县2021年信访工作情况", "一、甲县2021年信访工作情况"),
    ],
)
def test_the_heading_of_a_first_section_is_no_title(line, title):
    """What a text opens with names it only where it says more than that the section is about how things are."""
    assert qz.tables(f"{line}\n全县受理信访98件，办结91件。").reports["title"].tolist() == [title]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        # a body, a newspaper, a page's number, the site, the word for the text, a way through a site
        ("您的当前位置:\n信访办公室\n信访办公室\n【概况】甲县受理信访件300件，办结280件。", ""),
        ("甲山日报\n2019年06月11日\n第08版:甲山新闻\n全县去年为农民追回工资\n甲县受理举报案件135件，办结134件。", "全县去年为农民追回工资"),
        ("Page 351 - 中共甲县委执政纪要2017\nP. 351\n甲县受理来信来访30件，办结28件。", "中共甲县委执政纪要2017"),
        ("- 甲城12345\n- 一体化\n政务服务便民热线\n2023年第5期\n甲市受理诉求384件，办结380件。", "政务服务便民热线"),
        ("【正文】\n甲县受理来信来访30件，办结28件。", ""),
        ("首页>政务公开>正文\n甲县信访工作情况\n甲县受理来信来访30件，办结28件。", "甲县信访工作情况"),
        # fields above a text, and buttons, each on a line of its own
        ("标题：2021年甲市政府工作报告\n发文单位：甲市人民政府\n发文时间：未知\n正文：\n甲市受理诉求30件，办结28件。", "2021年甲市政府工作报告"),
        ("下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n2026年甲市政府工作报告\n甲市受理诉求30件，办结28件。", "2026年甲市政府工作报告"),
        ("甲省民政厅网站　无障碍浏览　【字体：大 中 小】\n民政统计季报\n低保对象30人，办结28件。", "民政统计季报"),
        # a section
        ("一、受理概况\n甲县受理诉求30件，办结28件。\n二、诉求分类\n咨询类20件。", ""),
        ("四、补齐短板，办好实事\n甲县受理来信来访30件，办结28件。", ""),
        # brackets round all of a title
        ("【推进大调解网络建设】\n甲县受理纠纷30件，调解成功28件。", "推进大调解网络建设"),
        ("甲县信访局2018年工作总结\n甲县受理来信来访30件，办结28件。", "甲县信访局2018年工作总结"),
    ],
)  # fmt: skip
def test_a_body_a_page_number_or_a_section_is_no_title(page, title):
    """The best next sign is taken, or the title stays empty."""
    assert qz.reports(page)["title"].tolist() == [title]
