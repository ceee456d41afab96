"""Which part of a report sets out coming work."""

import pytest

from qz_analysis.extraction.sections import Sections


@pytest.mark.parametrize(
    "text",
    [
        "一、2019年工作回顾\n修路。\n二、2020年工作安排\n@建桥。",
        "（一）去年工作总结\n修路。\n（二）今年工作打算\n@建桥。",
        "第一部分 过去五年回顾\n修路。\n第二部分 今后五年的主要任务\n@建桥。",
        "# 工作回顾\n修路。\n# 下一步工作\n@建桥。",
        "2019年工作回顾\n修路。\n2020年主要任务\n@建桥。",
        # a sentence opens the part
        "我们修路。\n2020年工作的总体要求是：稳中求进。\n@建桥。",
        "我们修路。\n今年要重点抓好以下工作。\n@建桥。",
        "我们修路。\n“十四五”时期经济社会发展的主要目标是：\n@建桥。",
        # line ends are lost, or printed as letters
        "一、2019年工作回顾修路。二、2020年工作安排今年求进。@建桥。",
        r"一、2019年工作回顾\r\n修路。\r\n二、2020年工作安排\r\n@建桥。",
        # things that are to be done, one by one
        "我们修路。\n会议提出，年内办好以下八件事：\n1.种树；\n2.建@桥。",
        "我们修路。\n报告提出,今年接续办好15件实事,主要有：\n□ 种树\n□ 建@桥",
        "我们修路。\n残联公布安排，10月30日前全部完成：\n（一）建@桥。",
        "我们修路。\n2025年市级重点民生实事（2025年1月19日）\n@建桥。",
        "我们修路。\n甲市2023年度重点民生事项清单\n@建桥。",
        # signs that a stretch sets out what is to come, where no heading says so
        "甲市明确十件实事\n今年,全市围绕养老办好以下实事。\n床位新增90张以上,站点9个以上。\n@建桥9座。",
        "第4页\n(六)民生\n1.就业。失业率控制在2.5%以内。\n2.医保。参保率90%以上。\n3.入学率88%以上,力争@建桥。",
        # headings of the plans have parts of their own, and what stands beside them goes on
        "一、2019年工作回顾\n修路。\n二、2020年工作安排\n（一）产业\n@建桥。",
        "一、2019年工作回顾\n修路。\n二、2020年工作安排\n种树。\n三、加强自身建设\n@建桥。",
        # a part of them that urges on, and those behind an account among them
        "一、2019年工作回顾\n修路。\n二、2020年工作安排\n(一)种树\n。\n(二)加快释放改革成效\n@建桥。",
        "一、2019年工作回顾\n修路。\n二、2020年工作安排\n(一)种树\n。\n(二)去年完成情况\n。\n(三)产业\n@建桥。",
        # headings without numbers
        "2019年工作回顾\n修路。\n2020年主要工作\n(一)加力推进产业\n@建桥。",
    ],
)
def test_coming_work_is_found(text):
    """The part on coming work is told from the account, however it is headed."""
    text = text.replace("（", "(").replace("）", ")").replace("：", ":")
    at = text.index("@")
    sections = Sections(text, 0, len(text))
    assert sections.planned(at)
    assert "修路" not in text or not sections.planned(text.index("修路"))


@pytest.mark.parametrize(
    "text",
    [
        "一、2020年工作安排\n建桥。\n二、2019年工作回顾\n@修路。",
        "完成了“十三五”时期的主要目标，\n@修路。",
        # one item of several is a plan
        "1.规划。\n建桥。\n2.现状。\n@修路。",
        "各位代表，2019年目标的完成，来之不易。\n@修路。",
        # suggestions that came in, and the row of a table that is named as a plan
        "一、业务量\n建桥。\n(一)按性质:咨询3件、意见建议9件。\n@修路。",
        "建桥。\n2020年工作计划 | 9件\n@修路。",
        # a part beside it that tells of times gone by and ends that were reached
        "2013年民生工程\n一、工作安排\n建桥9座。\n二、投资\n1至6月完成投资9亿元,同比增长9%。\n@修路9条。",
        # signs of a plan beside one of a result, and fewer than enough of them
        "甲局要点\n今年力争推进。\n已新增床位90张以上,站点9个以上,@修路9条以上。",
        "甲局工作\n站点9个以上,@修路9条以上。",
        # a list that begins anew below a plan is of another text
        "2020年工作打算\n建桥。\n甲村简介\n1.概况\n有路。\n2.党建\n@修路。",
        # words explained at the end
        "一、2020年工作安排\n建桥。\n名词解释\n甲。\n“乙路”:@修路。\n“丙桥”:建桥。\n“丁站”:建站。",
    ],
)
def test_what_is_no_plan(text):
    """An account behind plans, a goal that was met and words explained are no coming work."""
    assert not Sections(text, 0, len(text)).planned(text.index("@"))


def test_what_stands_before_the_plans_is_the_account():
    """A report with plans has an account before them, headed or not."""
    text = "我们修路。\n二、2020年工作安排\n建桥。"
    sections = Sections(text, 0, len(text))
    assert (sections.account(2), sections.account(len(text) - 2)) == (True, False)
    assert not Sections("我们修路。", 0, 5).account(2)
