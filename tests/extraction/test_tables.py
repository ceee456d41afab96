"""Rows of tables become sentences whose digits keep their offsets."""

import pytest

from qz_analysis import extract, tables
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.table_heads import known, unit_of
from qz_analysis.extraction.table_sentences import ONE_KIND
from qz_analysis.extraction.tables import as_sentences
from qz_analysis.model import Document
from qz_analysis.runs.tables import gather


def _quiet(words):
    """Words whose digits are no numbers."""
    return words.translate({ord("0") + n: chr(0xFDD1 + n) for n in range(10)})


# what the table is like, its lines, what is said
SAID = [
    ("heads and caption", "单位:件\n| 乡镇 | 受理 |\n| 甲镇 | 12 |", "单位:件\n甲镇受理12件。"),
    ("unit in the head beats the caption", "单位:件\n| 乡镇 | 资金(万元) |\n| 甲镇 | 1.5 |", "单位:件\n甲镇资金1.5万元。"),
    ("a rate takes no unit from the caption", "单位:件\n| 乡镇 | 办结率 |\n| 甲镇 | 91 |", "单位:件\n甲镇办结率91\ufdd0。"),
    ("an office is no unit", "填报单位:信访局\n| 乡镇 | 受理 |\n| 甲镇 | 12 |", "填报单位:信访局\n甲镇受理12\ufdd0。"),
    ("caption in a row of its own", "| 单位:户 | 单位:户 |\n| 乡镇 | 低保 |\n| 甲镇 | 7 |", "甲镇低保7户。"),
    ("column of units", "| 指标 | 单位 | 数量 |\n| 资金 | 万元 | 12 |\n| 车 | 辆 | 3 |", "资金12万元。车3辆。"),
    ("unit in the cell", "单位:万元\n| 项目 | 数量 |\n| 人员 | 12人 |", "单位:万元\n人员12人。"),
    ("years above the columns", "| 指标 | 2010年 | 2011 |\n| 来访(批) | 180 | 212 |", "2010年来访180批,2011年来访212批。"),
    ("years before the rows", "| 年份 | 受理(件) |\n| 2010 | 9 |", "2010年受理9件。"),
    ("places above the columns", "| 指标 | 甲镇 | 乙镇 |\n| 受理(件) | 9 | 8 |", "甲镇受理9件,乙镇受理8件。"),
    ("a sign is a direction", "| 指标 | 同比增减(%) |\n| 来访 | -3.5 |\n| 来信 | 2 |", "来访同比下降3.5%。来信同比增长2%。"),
    ("heads over heads", "| 级别 | 来访 | 来访 |\n| 级别 | 批次 | 人次 |\n| 县级 | 193 | 389 |", "县级来访193批次,来访389人次。"),
    ("running numbers count nothing", "| 序号 | 乡镇 | 受理(件) |\n| 1 | 甲镇 | 12 |", "甲镇受理12件。"),
    ("dates and telephones count nothing", "| 乡镇 | 电话 | 受理(件) |\n| 甲镇 | 6612345 | 12 |", "甲镇受理12件。"),
    ("an empty cell says nothing", "| 乡镇 | 受理(件) | 办结(件) |\n| 甲镇 | - | 12 |\n| 乙镇 | 5 | |", "甲镇办结12件。乙镇受理5件。"),
    ("a mask stays one", "| 乡镇 | 受理(件) |\n| 甲镇 | xx |\n| 乙镇 | 1 |", "甲镇受理xx件。乙镇受理1件。"),
    ("no heads at all", "| 调解员(名) | 243 |\n| 调解室(个) | 15 |", "调解员243名。调解室15个。"),
    ("a row of one word heads the rows below", "| 项目 | 数(人) |\n| 一、来访 | 一、来访 |\n| 县级 | 9 |", "一、来访\n来访县级9人。"),
    ("Markdown's rule is no row", "| 乡镇 | 受理(件) |\n| --- | ---: |\n| 甲镇 | 12 |", "甲镇受理12件。"),
    ("tabs keep cells apart", "乡镇\t受理(件)\n甲镇\t12\n乙镇\t9", "甲镇受理12件。乙镇受理9件。"),
    ("blanks keep cells of figures apart", "县区  受理(件)  办结(件)\n甲县  12  9\n乙县  9  8", "甲县受理12件,办结9件。乙县受理9件,办结8件。"),
    ("so do single ones where each column holds one sort", "处理 数量(件) 比例\n维持 35 70%\n驳回 15 30%", "维持35件,比例70%。驳回15件,比例30%。"),
    ("blanks of prose keep nothing apart", "来信  12件，来访  9件。\n网上  3件，来电  4件。", "来信  12件，来访  9件。\n网上  3件，来电  4件。"),
    ("bars without those at the ends", "乡镇|受理(件)|办结(件)\n甲镇|12|9", "甲镇受理12件,办结9件。"),
    ("thousands are no prose between bars", "项目 | 单位 | 本期数 |\n床位 | 张 | 1,407 |\n机构 | 个 | 31 |", "本期床位数1,407张。本期机构数31个。"),
    ("a long line between bars is a row", "指标 | 单位 | 目标 | 完成 | 占比 | 备注\n养老机构里增加的护理型床位 | 张 | 600 | 612 | 102% | 三家医院各二百张,其余在乡镇\n就业 | 人 | 70 | 70 | 100% |", "养老机构里增加的护理型床位目标数为600张,完成612张,完成率102%,备注三家医院各二百张,其余在乡镇。就业目标数为70人,完成70人,完成率100%。"),
    ("a row whose first cell is empty", "序号 | 项目 | 受理(件)\n1 | 来信 | 9\n | 来访 | 8 |", "来信受理9件。来访受理8件。"),
    ("a word between bars heads the rows below", "项目 | 2021年 | 2022年 |\n救助 |\n低保(户) | 9 | 8 |\n特困(户) | 7 | 6 |", "救助\n2021年救助低保9户,2022年救助低保8户。2021年救助特困7户,2022年救助特困6户。"),
    ("years above columns that blanks keep apart", "项目 2021 2022\n救助\n低保(户) 19 18\n特困(户) - 16", "救助\n2021年救助低保19户,2022年救助低保18户。2022年救助特困16户。"),
    ("cells copied one below the other", "单位\n\n受理(件)\n\n办结(件)\n\n甲局\n\n12\n\n9\n\n乙局\n\n7\n\n5\n", "甲局受理12件,办结9件。乙局受理7件,办结5件。"),
    ("a count like a year among them", "单位 |\n受理(件) |\n占比 |\n同比 |\n甲局 |\n12 |\n61% |\n2.1% |\n乙局 |\n2013 |\n39% |\n-1.4% |\n丙局 |\n7 |\n/ |\n/ |", "甲局受理12件,占比61%,同比增长2.1%。乙局受理2013件,占比39%,同比下降1.4%。丙局受理7件。"),
    ("columns that make up one with a unit have it", "| 乡镇 | 总件数 | 处理中 | 已办结 | 办结率 |\n| 甲镇 | 12 | 2 | 10 | 83% |\n| 乙镇 | 9 | 0 | 9 | 100% |", "甲镇总件数12件,处理中2件,已办结10件,办结率83%。乙镇总件数9件,处理中0件,已办结9件,办结率100%。"),
    ("with a bar behind each", "月份 |\n来信(件) |\n来访(批) |\n4月 |\n12 |\n9 |\n5月 |\n7 |\n5 |", "4月来信12件,来访9批。5月来信7件,来访5批。"),
    ("figures of a list are no such cells", "今年受理\n12\n9\n7\n以上各件", "今年受理\n12\n9\n7\n以上各件"),
    ("words that end in letters do not run into a figure", "单位:件\n| 渠道 | 数量 |\n| 微信APP | 12 |", "单位:件\n微信APP:12件。"),
    ("a time above the table holds in it", "2011年统计表\n| 乡镇 | 受理(件) |\n| 甲镇 | 12 |", "2011年统计表\n在2011年。甲镇受理12件。"),
    ("a table of words", "| 职责 | 单位 |\n| 牵头 | 信访局 |", "职责,单位\n牵头,信访局"),
    ("remarks stay prose", "| 乡镇 | 受理(件) | 备注 |\n| 甲镇 | 12 | 含信件3件 |", "甲镇受理12件,备注含信件3件。"),
    ("a place in years", "单位:件\n| 乡镇 | 2010年 | 2011年 |\n| 马道镇 | 9 | 8 |", "单位:件\n2010年马道镇9件,2011年马道镇8件。"),
    ("a change is of the later year", "| 指标 | 2011年 | 2010年 | 同比(%) |\n| 来访(批) | 9 | 8 | 12.5 |", "2011年来访9批,2010年来访8批,2011年来访同比增长12.5%。"),
    ("a total of years is of all of them", "| 乡镇 | 2010年 | 2011年 | 合计 |\n| 马道镇 | 9件 | 8件 | 17件 |", "2010年马道镇9件,2011年马道镇8件,2010-2011年马道镇合计17件。"),
    ("totals of years are no parts of each other", "| 乡镇 | 2010年 | 2011年 |\n| 合计 | 9件 | 8件 |", "2010年合计9件。2011年合计8件。"),
    ("years before the rows of a total", "| 年份 | 受理(件) |\n| 2010年 | 9 |\n| 2011年 | 8 |\n| 合计 | 17 |", "2010年受理9件。2011年受理8件。2010-2011年,合计受理17件。"),
    ("years do not hold for a figure of no year", "| 乡镇 | 2010年 | 2011年 | 化解率 |\n| 马道镇 | 9件 | 8件 | 91% |", "2010年马道镇9件,2011年马道镇8件,\x1f马道镇化解率91%。"),
    ("figures of no year stay together", "| 乡镇 | 2010年 | 2011年 | 受理 | 办结 |\n| 马道镇 | 9件 | 8件 | 7件 | 6件 |", "2010年马道镇9件,2011年马道镇8件,\x1f马道镇受理7件,办结6件。"),
    ("months of the caption's year", "2011年统计\n| 月份 | 受理(件) |\n| 1月 | 9 |\n| 合计 | 9 |", "2011年统计\n在2011年。2011年1月受理9件。2011年,合计受理9件。"),
    ("this year and the last", "2011年统计\n| 指标 | 本年 | 上年同期 |\n| 受理(件) | 9 | 8 |", "2011年统计\n在2011年。2011年受理9件,2010年受理8件。"),
    ("a column of times", "| 时间 | 受理(件) |\n| 2011年上半年 | 9 |", "2011年上半年受理9件。"),
    ("a table beside itself", "| 项目 | 数量 | 项目 | 数量 |\n| 来信(件) | 9 | 来访(批次) | 8 |", "来信9件。来访8批次。"),
    ("pairs beside pairs without heads", "| 人口 | 4万人 | 面积 | 12平方公里 |\n| 乡镇 | 9个 | 村 | 80个 |", "人口4万人。面积12平方公里。乡镇9个。村80个。"),
    ("places beside places", "| 乡镇 | 受理(件) | 乡镇 | 受理(件) |\n| 马道镇 | 9 | 沙河镇 | 8 |\n| 双桥镇 | 7 | | |", "马道镇受理9件。沙河镇受理8件。双桥镇受理7件。"),
    ("pairs begin in the first row", "| 名称 | 马道镇信访办 |\n| 受理 | 9件 |\n| 占地 | 3亩 |", "名称,马道镇信访办\n受理9件。占地3亩。"),
    ("a scale of the caption's holds for the head's unit", "单位:万人\n| 年份 | 人数 |\n| 2011 | 4.5 |", "单位:万人\n2011年人数4.5万人。"),
    ("several units in the caption", "单位:万人、亿元\n| 年份 | 人口 | 生产总值 |\n| 2011 | 4 | 12 |", "单位:万人、亿元\n2011年人口4万人,生产总值12亿元。"),
    ("of two units of money the smaller is for what each has", "单位:亿元、元\n| 项目 | 全市 | 甲县 |\n| 地区生产总值 | 46 | 12 |\n| 农民人均收入 | 7000 | 7200 |", "单位:亿元、元\n全市:地区生产总值46亿元,甲县地区生产总值12亿元。全市:农民人均收入7000元,甲县农民人均收入7200元。"),
    ("a caption's unit in percent is for changes", "单位:万人、%\n| 指标 | 2011年 | 增长 |\n| 就业 | 4 | 3.1 |", "单位:万人、%\n2011年就业4万人,就业增长3.1%。"),
    ("the caption's unit that no head names is that of the others", "单位:件、人次\n| 县 | 受理 | 人次 |\n| 唐县 | 9 | 12 |", "单位:件、人次\n唐县受理9件,人次12人次。"),
    ("a caption with a comma in brackets", "救助(单位:万人,户)\n| 项目 | 人口(万人) | 户数 |\n| 低保 | 4 | 9 |", "救助(单位:万人,户)\n低保人口4万人,户数9户。"),
    ("a caption without a colon", "单位 件\n| 项目 | 数量 |\n| 来信 | 9 |", "单位 件\n来信9件。"),
    ("a head over two columns", "| 县 | 2010年 | | 2011年 | |\n| | 来信(件) | 来访(批) | 来信(件) | 来访(批) |\n| 唐县 | 1 | 2 | 3 | 4 |", "2010年唐县来信1件,2010年唐县来访2批,2011年唐县来信3件,2011年唐县来访4批。"),
    ("times above columns that blanks keep apart", "指标(件)  2010年  2011年\n来信  9  8\n其中:初信  7  6", "2010年来信9件,2011年来信8件。2010年其中初信7件,2011年其中初信6件。"),
    ("blanks under heads of two lines", "县  2010年  2011年\n县  来信(件)  来访(批)\n唐县  9  8\n蠡县  7  6", "2010年唐县来信9件,2011年唐县来访8批。2010年蠡县来信7件,2011年蠡县来访6批。"),
    ("units in the last of columns that blanks keep apart", "指标 数量 单位\n来信 12 件\n来访 9 批", "来信12件。来访9批。"),
    ("thousands between blanks", "县  投入(元)  惠及(人)\n唐县  1,234  12\n蠡县  2,345  9", "唐县投入1,234元,惠及12人。蠡县投入2,345元,惠及9人。"),
    ("a word spaced out is one cell", "县 来信(件) 来访(批)\n唐县 12 9\n合 计 12 9", "唐县来信12件,来访9批。合计来信12件,来访9批。"),
    ("a caption in percent is for rates", "单位:%\n| 乡镇 | 化解率 |\n| 马道镇 | 95 |", "单位:%\n马道镇化解率95%。"),
    ("two numbers in a cell", "| 乡镇 | 来访(批次/人次) |\n| 马道镇 | 12/45 |", "马道镇来访12批次,45人次。"),
    ("a cell with two numbers of unknown sort", "| 乡镇 | 来访 |\n| 马道镇 | 12/45 |", "马道镇来访" + _quiet("12/45") + "。"),
    ("a number and its share in a cell", "| 项目 | 数量(占比) |\n| 来信(件) | 12(34.5%) |", "来信12件,占比34.5%。"),
    ("a range under a unit", "| 档次 | 标准(元/月) |\n| 一档 | 100-200 |", "一档标准100-200元/月。"),
    ("hedges in cells", "| 项目 | 数量 |\n| 调解员 | 约200名 |\n| 网格员 | 300余人 |", "调解员约200名。网格员300余人。"),
    ("directions in cells", "| 指标 | 同比 |\n| 受理 | ↑12.5% |\n| 办结 | 下降3.4% |", "受理同比增长12.5%。办结同比下降3.4%。"),
    ("up and down in one head", "| 指标 | 2011年 | 增减幅度 |\n| 受理(件) | 9 | 25% |", "2011年受理9件,受理增长25%。"),
    ("months beside each other", "| 来源 | 6月(宗) | 7月(宗) | 增/减幅(%) |\n| 来电 | 12 | 9 | -25% |", "6月份来电12宗,7月份来电9宗,7月份来电下降25%。"),
    ("the totals of two months", "| 来源 | 6月(宗) | 7月(宗) |\n| 合计 | 12 | 9 |", "6月份合计12宗。7月份合计9宗。"),
    ("this time and the same a year before", "2023年1月统计\n| 庭 | 本期 | 去年同期 |\n| 甲庭 | 9件 | 8件 |", "2023年1月统计\n在2023年1月。2023年1月甲庭9件,2022年1月甲庭8件。"),
    ("a rate behind two columns of its time", "| 镇 | 7月任务 | 7月完成 | 完成率 | 6月完成 |\n| 甲镇 | 9件 | 8件 | 88.9% | 7件 |", "7月份甲镇任务数为9件,7月份甲镇完成8件,7月份甲镇完成率88.9%,6月份甲镇完成7件。"),
    ("a difference is a change", "| 镇 | 完成 | 差额(件) |\n| 甲镇 | 9件 | -2 |", "甲镇完成9件,差额下降2件。"),
    ("telephones by any name", "| 单位 | 联系电话 | 值班人数 |\n| 信访局 | 13800001111 | 2 |", "信访局值班人数2人。"),
    ("telephone as a channel", "单位:件\n| 月份 | 电话 |\n| 1月 | 34 |", "单位:件\n1月电话34件。"),
    ("a post code in a row", "| 面积 | 12亩 |\n| 邮编 | 518000 |", "面积12亩。邮编,518000。"),
    ("places in an order", "| 乡镇 | 总分 | 全县排名 |\n| 马道镇 | 95分 | 1 |", "马道镇总分95分。"),
    ("the year of building", "| 项目 | 资金(万元) | 建设年份 |\n| 道路 | 12 | 2011 |", "道路资金12万元。"),
    ("ages head their rows", "| 年龄段 | 人数 |\n| 18岁以下 | 12 |", _quiet("18岁以下") + "人数12人。"),
    ("a count that looks like a year", "| 项目 | 数量(件) |\n| 办结 | 2028 |", "办结2028件。"),
    ("an empty head means the one above", "| 类别 | 项目 | 数量(件) |\n| 来信 | 初信 | 12 |\n| | 重信 | 3 |", "来信初信12件。来信重信3件。"),
    ("a title in the first row", "| 2011年统计表 | 2011年统计表 |\n| 乡镇 | 受理(件) |\n| 马道镇 | 12 |", "2011年统计表\n在2011年。马道镇受理12件。"),
    ("the rest of a table on the next page", "| 乡镇 | 受理(件) |\n| 马道镇 | 12 |\n\n| 沙河镇 | 9 |", "马道镇受理12件。\n\n沙河镇受理9件。"),
    ("a figure of two is told by its name", "| 项目 | 计划数 | 完成数 |\n| 低保(户) | 9 | 8 |", "低保计划数为9户,完成数8户。"),
    ("a head that is a unit", "| 村 | 户 | 人 |\n| 李村 | 12 | 45 |", "李村12户,45人。"),
    ("bars between links are no table", "首页 | 信访 | 来访 12\n正文。", "首页 | 信访 | 来访 12\n正文。"),
    ("one tab is no table", "一、\t受理12件。\n二、\t办结9件。", "一、\t受理12件。\n二、\t办结9件。"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_rows_are_said(lines, said):
    """Each kind of table becomes the sentences that a reader would say."""
    assert as_sentences(lines)[0].rstrip("\n").replace(ONE_KIND, "") == said


def test_a_row_of_one_kind_is_marked_and_that_of_all_is_not():
    """渠道 heads kinds of what is counted; 合计 is their sum, and a place is no kind."""
    rows = "| 渠道 | 受理(件) |\n| 信箱 | 12 |\n| 合计 | 12 |\n"
    assert as_sentences(rows)[0].rstrip("\n") == f"信箱受理12件{ONE_KIND}。合计受理12件。"
    places = "| 责任单位 | 受理(件) |\n| 甲县 | 12 |\n| 民政局 | 9 |\n"
    assert as_sentences(places)[0].rstrip("\n") == f"甲县受理12件。民政局受理9件{ONE_KIND}。"


@pytest.mark.parametrize("lines", [row[1] for row in SAID], ids=[row[0] for row in SAID])
def test_digits_keep_their_place(lines):
    """Every claim of a table points at its own digits in the raw text."""
    for row in extract(lines).itertuples():
        printed = lines[row.start : row.end]
        assert row.text.startswith(printed.strip("-+"))
        assert printed


def test_table_and_prose_say_the_same():
    """A row and the sentence that says it give the same claims."""
    columns = ["text", "value", "unit", "kind", "family", "stage", "measure", "place"]
    table = extract(
        "甲县全县工作。\n单位:件\n| 乡镇 | 受理 | 办结 | 办结率(%) |\n| 马道镇 | 12 | 11 | 91.67 |\n"
    )
    prose = extract("甲县全县工作。\n马道镇受理12件,办结11件,办结率91.67%。")
    assert table[columns].values.tolist() == prose[columns].values.tolist()


def test_digits_of_heads_are_no_figures():
    """A head with digits is said beside the figure, in the subject too, and is neither a figure nor part of one."""
    claims = extract("| 乡镇 | 热线12345(件) | 65岁以上(人) | 二十(户) |\n| 甲镇 | 98 | 7 | 3 |")
    assert claims["value"].tolist() == [98, 7, 3]
    assert claims["subject"][0] == "甲镇热线12345"


def test_a_number_before_a_table_does_not_run_into_it():
    """Digits above a table and digits in its first cell stay two numbers."""
    assert extract("另有120\n\n| 114 | 12 |\n| 115 | 9 |")["value"].max() < 1000


def test_rows_are_audited():
    """The rate of a row is recomputed from the row's own counts."""
    found = tables(
        "| 乡镇 | 受理(件) | 办结(件) | 办结率(%) |\n| 甲镇 | 12 | 11 | 91.7 |\n| 乙镇 | 9 | 8 | 98.9 |\n"
    ).relations
    assert found["verdict"].tolist() == ["ok", "bad"]


ROWS = [
    (
        "| 来源 | 6月(宗) | 7月(宗) | 增减 |\n| 来电 | 12 | 9 | -25% |\n| 来信 | 8 | 9 | 12.5% |\n| 合计 | 20 | 18 | -10% |",
        ["yoy 25% 9 12", "yoy 12.5% 9 8", "sum 20 12 8", "sum 18 9 9", "yoy 10% 18 20"],
    ),
    (
        "| 指标 | 2023年 | 2022年 | 增减 | 增幅 |\n| 来访批次 | 212 | 180 | 32 | 17.78% |\n| 办结率 | 95.2% | 93.1% | 2.1 | |",
        ["diff 32 212 180", "yoy 17.78% 212 180", "diff 2.1 95.2 93.1"],
    ),
    (
        "| 镇 | 7月完成(件) | 6月完成(件) | 差额 |\n| 甲镇 | 267 | 269 | -2 |",
        ["diff 2 269 267"],
    ),
    # a change that is not the one of the two columns may be against another time: nothing is said
    ("| 来源 | 6月(宗) | 7月(宗) | 增减 |\n| 来电 | 12 | 9 | -30% |", []),
]


@pytest.mark.parametrize(("lines", "expected"), ROWS)
def test_times_beside_each_other_are_held_against_each_other(lines, expected):
    """Changes, differences and totals of a table are recomputed from the columns of their times."""
    made = tables("2024年7月运行情况\n" + lines)
    at = dict(zip(made.claims["start"], made.claims["value"], strict=True))
    told = [
        " ".join([row.type, *(f"{at[int(s)]:g}" for s in row.starts.split(";"))])
        for row in made.relations.itertuples()
    ]
    expected = [line.replace("%", "") for line in expected]
    assert (told, set(made.relations["verdict"]) - {"ok"}) == (expected, set())


def test_offsets_behind_a_table_are_right():
    """Text behind a table, and noise in its cells, lead back to the raw characters."""
    raw = "| 乡镇 | 受理（件） |\n| 甲镇 | 1，234 |\n\n全县辦結率83.7\n15、%，好。"
    page = clean(raw)
    at = page.text.index("83.7%")
    assert raw[slice(*page.span(at, at + 5))] == "83.7\n15、%"
    claims = extract(raw)
    assert [raw[row.start : row.end] for row in claims.itertuples()] == ["1，234", "83.7\n15、%"]
    assert claims["value"].tolist() == [1234, 83.7]


def test_a_number_without_unit_is_a_claim_without_unit():
    """A figure whose table names no unit keeps its value and says no unit."""
    row = extract("| 项目 | 数量 |\n| 调解室 | 15 |").iloc[0]
    assert (row["text"], row["value"], row["unit"], row["measure"]) == ("15", 15.0, "", "")


@pytest.mark.parametrize(("words", "unit"), [("金额(万元)", "万元"), ("单价(元/人)", "元/人"), ("人数", "人"), ("总数", ""), ("案件", ""), ("占比(%)", "%")])  # fmt: skip
def test_units_of_heads(words, unit):
    """A head names its unit in brackets or as its last word, else none."""
    assert unit_of(words) == unit
    assert not unit or known(unit)


def test_a_long_table_costs_its_length():
    """A table of 20,000 rows is read, each number once."""
    lines = "| 乡镇 | 受理(件) |\n" + "".join(f"| 村{n} | {n} |\n" for n in range(20_000))
    assert as_sentences(lines)[0].count("件") == 20_000


@pytest.mark.parametrize("cell", ["12 34", "12,34", "12/34", "12(34)", "12[1]", "12.5↑", "1/2"])
def test_a_cell_that_leaves_its_number_open_is_told_without_a_value(cell):
    """Digits that may be one number or two are told where the column has a unit, and none is sure."""
    text = f"唐县2019年总结\n| 渠道 | 受理（件） |\n|---|---|\n| 来访 | 120 |\n| 来信 | {cell} |\n"
    first, open_one = gather(Document("a", text)).claims
    assert (first.value, first.status) == (120, "ok")
    assert (open_one.value, open_one.status, open_one.unit) == (None, "spoilt", "件")
    assert text[open_one.start : open_one.end].strip("[]()↑") in cell


@pytest.mark.parametrize(
    ("cell", "value", "bound"), [("5以上", 5, "min"), ("＜5", 5, "max"), ("≥5", 5, "min")]
)
def test_a_bound_in_a_cell_without_unit_is_read(cell, value, bound):
    """A cell's bound holds for its number under a head that gives the unit."""
    text = f"| 渠道 | 受理（件） |\n|---|---|\n| 来访 | 120 |\n| 来信 | {cell} |\n"
    _, bounded = gather(Document("a", text)).claims
    assert (bounded.value, bounded.unit, bounded.bound) == (value, "件", bound)


@pytest.mark.parametrize(
    ("head", "corner", "value", "unit"),
    [
        ("金额（千元）", "项目", 12_000, "元"),
        ("数量（百件）", "项目", 1_200, "件"),
        ("面积（千公顷）", "项目", 12_000, "公顷"),
        ("今年", "项目（万元）", 120_000, "元"),
    ],
)
def test_the_scale_of_a_heads_unit_counts(head, corner, value, unit):
    """A head's unit holds with its scale, and the unit in the corner for the whole table."""
    text = f"| {corner} | {head} |\n|---|---|\n| 投资 | 12 |\n| 贷款 | 15 |\n"
    first, _ = gather(Document("a", text)).claims
    assert (first.value, first.unit) == (value, unit)


def test_a_fall_under_a_head_of_growth_is_read():
    """-2.1 under 增速（%） is a fall of 2.1 %."""
    text = "| 指标 | 增速（%） |\n|---|---|\n| 生产总值 | -2.1 |\n| 税收 | 3.5 |\n"
    fall, rise = gather(Document("a", text)).claims
    assert (float(fall.value), fall.direction, rise.direction) == (2.1, "down", "up")


def test_counts_that_look_like_years_head_no_columns():
    """2003 and 1949 below years of their own are counts of cases; 2021 and 2020 head columns."""
    table = "| 法院 | 2022年 | 2021年 |\n|---|---|---|\n| 唐县（件） | 3011 | 2718 |\n| 望都县（件） | 2003 | 1949 |\n| 涞源县（件） | 1902 | 3102 |\n"
    claims = extract(table)
    assert list(claims["period"]) == ["2022", "2021"] * 3
    assert list(claims["value"])[2:4] == [2003.0, 1949.0]


def test_changes_that_name_no_unit_are_per_cent_where_their_figures_give_them():
    """数量|上年数据|同比: the change is that of the two before it, of this year, and no difference."""
    head = "甲市2023年民政统计\n指标 | 单位 | 数量 | 上年数据 | 同比\n"
    found = extract(
        head + "事业费 | 万元 | 521.1 | 468.7 | 11.18\n福利 | 万元 | 172.5 | 189.2 | -8.83\n"
    )
    changes = found[found["kind"] == "change"]
    assert changes[["unit", "direction", "period"]].values.tolist() == [
        ["%", "up", "2023"],
        ["%", "down", "2023"],
    ]
    found = extract(head + "机构 | 个 | 77 | 70 | 7\n站点 | 个 | 26 | 24 | 2\n")
    assert "%" not in set(found["unit"])


def test_a_heading_may_say_the_unit_of_its_table_in_brackets():
    """二、各项评价(%) is over cells in per cent; a bracket of another kind says nothing."""
    rows = "项目 | 满意 | 基本满意\n环境 | 88.77 | 11.23\n"
    assert extract(f"二、各项评价（%）\n{rows}")["unit"].tolist() == ["%", "%"]
    assert extract(f"二、各项评价（略）\n{rows}")["unit"].tolist() == ["", ""]


def test_cells_that_say_how_they_moved_are_figures():
    """升8.2% and 少17起 are cells of figures under heads that name what moved."""
    rows = "层级 | 来信量同比 | 来访量同比\n合计 | 升8.2% | 降23.8%\n本级 | 升13.3% | 降54.3%\n"
    found = extract(f"甲市2015年信访情况\n{rows}")
    assert found["direction"].tolist() == ["up", "down", "up", "down"]
    assert found["subject"].str.contains("来信").tolist() == [True, False, True, False]


def test_a_table_that_goes_on_with_other_columns_has_heads_of_its_own():
    """Below 续表 the years begin anew, and there may be more of them."""
    page = (
        "指标 | 2020年 | 2021年\n低保人数（人） | 5806 | 4866\n五保人数（人） | 279 | —\n续表\n"
        "指标 | 2017年 | 2018年 | 2019年\n低保人数（人） | 7211 | 7129 | 6507\n五保人数（人） | 281 | 280 | 275\n"
    )
    assert extract(page)["period"].tolist() == [
        *["2020", "2021", "2020"],
        *["2017", "2018", "2019"] * 2,
    ]


STACKED = [
    "|\n指标名称\n|\n人口数(万人)\n|\n比重(%)\n|\n城镇\n|\n12.51\n|\n28.48\n|\n乡村\n|\n31.41\n|\n71.52\n|\n",
    "指标名称\n\n人口数(万人)\n\n比重(%)\n\n城镇\n\n12.51\n\n28.48\n\n乡村\n\n31.41\n\n71.52\n",
    # what heads some of its rows
    "指标名称\n人口数(万人)\n比重(%)\n一、常住\n城镇\n12.51\n28.48\n二、其他\n乡村\n31.41\n71.52\n",
]


@pytest.mark.parametrize("lines", STACKED)
def test_a_table_may_stand_cell_by_cell(lines):
    """Cells on lines of their own, with bars, blank lines or headings between, are a table's rows."""
    claims = extract(f"甲县2023年公报\n{lines}以上为年末数。")
    assert claims["text"].tolist() == ["12.51万人", "28.48%", "31.41万人", "71.52%"]


def test_ages_name_the_rows_of_a_table_that_stands_cell_by_cell():
    """60岁以上 is the name of its row there, and no figure."""
    lines = "年龄\n人口数(万人)\n比重(%)\n35-59岁\n15.86\n36.11\n60岁以上\n5.81\n13.23\n"
    claims = extract(f"甲县2023年公报\n{lines}以上为年末数。")
    assert claims["text"].tolist() == ["15.86万人", "36.11%", "5.81万人", "13.23%"]


def test_a_remark_in_its_last_cell_parts_no_table():
    """A row that ends in a sentence has the heads of its table, and so have the rows behind it."""
    rows = "1 | 扩建学校（所） | 2 | 1 | 主体完工。\n2 | 改造房屋（套） | 99 | 46 |\n3 | 床位（张） | 71 | 55 |"
    page = f"甲县2017年1-8月实事完成情况\n序号 | 项目 | 目标任务 | 实际完成 | 备注\n{rows}\n"
    assert extract(page)["modality"].tolist() == ["planned", "actual"] * 3
