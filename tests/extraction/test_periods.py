"""Which period holds at a place is found without going through all words of time before it."""

import pytest
from timing import growth, steps

from qz_analysis import extract
from qz_analysis.extraction.own_year import year_of
from qz_analysis.extraction.periods import Periods, periods_of
from qz_analysis.extraction.time_meant import Reading
from qz_analysis.model import Document, Known, Report
from qz_analysis.runs.tables import gather


def _read(text: str) -> Periods:
    return periods_of(Reading(text, Report(0, len(text), "", "", ""), "2012", True, ""))


def test_words_of_time_whose_sentence_is_over_are_passed_over_at_once():
    """The year before a thousand single days holds behind them."""

    def work(size: int) -> int:
        text = "2011年受理4件。" + "2012年5月6日受理4件。" * size
        periods = _read(text + "受理4件。")
        assert periods.at(len(text) + 2) == "2011"
        return steps(lambda: [periods.at(at) for at in range(10, len(text), 14)])

    assert work(400) < 2.2 * work(200)


def test_the_words_of_a_long_sentence_end_where_it_does():
    """A day holds to the end of its sentence, which is looked for once for all of its days."""

    def work(size: int) -> Periods:
        return _read("2012年1月5日受理4件," * size)

    assert growth(work, 1500, 12_000, rounds=2) < 24


def test_spans_without_a_year_are_held_against_the_words_near_them():
    """推行服务以来 begins with the report's own span unless a word of time stands beside it."""

    def work(size: int) -> int:
        text = "2010年以来受理4件。" + "上半年受理4件。推行服务以来受理4件。" * size
        return steps(lambda: _read(text))

    assert work(400) < 2.2 * work(200)


def test_the_year_most_spoken_of_is_counted_once():
    """Of the years named most often the first is the report's."""

    def year(size: int) -> tuple[str, bool]:
        text = (
            "".join(f"{1900 + k % 130}年受理4件。" for k in range(size))
            + "2011年。2010年。2011年。2010年。"
        )
        return year_of(text, Report(0, len(text), "", "", ""))

    assert year(0) == ("2011", False)
    assert growth(year, 3000, 24_000, rounds=2) < 24


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("甲县2022年度信访工作总结", "2022"),
        ("甲县2019年上半年信访工作情况汇报", "2019-H1"),
        ("关于2021年1-9月调解工作的通报", "2021-01..2021-09"),
        ("关于2021年1～9月调解工作的通报", "2021-01..2021-09"),
        # a plan, an article and a title without a year date nothing
        ("甲县2022年信访工作要点", "2022"),
        ("走进2022年的甲县", ""),
        ("甲县信访工作总结", ""),
        # a masked year is a time too
        ("甲县20xx年信访工作总结", "20xx"),
    ],
)
def test_the_title_of_an_account_dates_what_no_word_dates(title, period):
    """Paragraphs without a time of their own are of the time in the title of an account."""
    claims = extract(f"{title}\n认真开展各项工作。\n一、畅通渠道。接待群众来访43批次。")
    assert claims["period"].tolist() == [period]
    assert claims["period_from"].tolist() == ["report" if period else ""]


def test_an_accounts_own_time_is_not_that_of_its_goals_nor_of_what_is_undated():
    """Goals at the end of an account are of no year that its title names."""
    text = "甲县2022年信访工作总结\n一、成效\n办结9件。\n二、下一步工作打算\n力争办结12件。\n多年来共化解300件。"
    assert extract(text)["period"].tolist() == ["2022", "", ""]


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        # 今年 below the heading of a plan is the year of the heading
        (
            "甲镇政府工作报告\n\n2011年主要工作\n今年全镇预期目标是：生产总值达到9亿元，增长15%。\n一、发展农业\n年内建成养殖村3个。",
            "2011 2011 2011",
        ),
        # what is set for the whole year is no figure of it
        (
            "甲市2021年1～10月就业情况\n1～10月，新增就业645人，为全年任务的96%，再就业193人，完成全年目标的87%。",
            "2021-01..2021-10 2021-01..2021-10 2021-01..2021-10 2021-01..2021-10",
        ),
        (
            "乙镇信访工作半年小结\n今年上半年,全镇接待来访31批。\n排查矛盾纠纷52起。\n乙镇综治办\n二〇一八年七月四日",
            "2018-H1 2018-H1",
        ),
        (
            "甲县人民调解工作总结\n一年来,全县调解纠纷812件。\n建成调解室14个。\n甲县司法局\n2019年12月25日",
            "2019 2019",
        ),
        (
            "甲县人民调解工作总结\n一年来,全县调解纠纷812件。\n建成调解室14个。\n甲县司法局\n2020年1月8日",
            "2019 2019",
        ),
        (
            "甲县人民调解工作总结\n全年共调解纠纷812件。\n建成调解室14个。\n甲县司法局\n2020年1月8日",
            "2019 2019",
        ),
        (
            "甲县信访工作情况汇报\n过去一年,我们办结信访件77件。\n今年要力争化解积案9件。\n2021年2月3日",
            "2020 2021",
        ),
        ("甲县信访工作情况汇报\n去年,全县办结信访件77件。\n2021年2月3日", "2020"),
        (
            "甲县信访工作情况\n(2017年9月12日)\n截至8月底,全县受理来访214批。\n化解积案11件。",
            "2017-01..2017-08 2017",
        ),
        (
            "甲县信访局关于积案化解的通报\n(2017年9月12日)\n全县排查积案45件,化解30件。\n召开听证会6场。",
            "2017 2017 2017",
        ),
        (
            "甲县信访局上半年工作情况\n发布时间:2016-07-11 09:12\n上半年,接待群众91批213人次。\n办结88件。",
            "2016-H1 2016-H1 2016-H1",
        ),
        ("乙镇开展大走访活动\n2020-05-18 甲县新闻网\n今年以来,乙镇走访群众3200户。", "2020"),
        (
            "乙镇开展大走访活动\n来源:甲县融媒体中心 2020-05-18\n今年以来,乙镇走访群众3200户。",
            "2020",
        ),
        ("甲县综治工作汇报\n下半年,我县排查隐患63处。\n2022年1月20日", "2021-H2"),
        ("甲县综治工作汇报\n下半年要排查隐患63处。\n2022年1月20日", "2022-H2"),
        ("甲县综治工作汇报\n1月份,全县排查隐患63处。\n2022年2月20日", "2022-01"),
        ("甲县综治工作汇报\n四季度,全县排查隐患63处,整改60处。\n2022年1月6日", "2021-Q4 2021-Q4"),
        ("甲县2021年信访工作总结和2022年工作打算\n受理信访件91件。\n调处纠纷35起。", "2021 2021"),
        ("甲县2022年信访工作计划\n接待来访35批。", "2022"),
        ("甲县2020年为民实事完成情况公示\n改造危房86户。", "2020"),
        ("甲局2018年度述职报告\n本人接访45批。", "2018"),
        ("甲县二季度信访情况通报\n全县受理信访件65件。\n2018年7月9日", "2018-Q2"),
        ("甲县1-10月信访情况通报\n全县受理信访件65件。\n2018年11月9日", "2018-01..2018-10"),
        ("甲镇信访工作总结\n全镇受理信访件65件。", ""),
        (
            "甲镇20xx年信访工作总结\n全镇受理信访件65件。\n比上年同期的80件减少15件。",
            "20xx 20xx 20xx",
        ),
        ("甲县五年来信访工作总结\n全县受理信访件650件。\n2018年11月9日", ""),
        ("甲县群众工作调研报告\n2016年,全县有信访代办员65名。\n建成站点12个。", "2016 "),
        (
            "甲县信访工作情况\n2015年,全县受理来访214批,办结209批。\n一、畅通渠道。设立信箱24个。",
            "2015 2015 2015",
        ),
        ("甲县“双访”活动情况\n2015年,全县启动“双访”活动,派出干部214名。\n走访群众300户。", "2015 "),
        ("乙村的故事\n2015年,村里接待来访14批。\n墙上挂着6面锦旗。", "2015 "),
        (
            "信访工作半年汇报\n现将2016年上半年情况汇报如下:\n一、基本情况\n受理来信31件。\n二、主要做法\n走访460户。",
            "2016-H1 2016-H1",
        ),
        (
            "平安建设专项通报\n截至2019年6月30日,全镇登记出租房520户。\n上半年开展检查14次。\n处罚房东5人。",
            "2019-06 2019-H1 2019-H1",
        ),
        (
            "控申工作情况\n截止9月底,本院2021年共受理信访件65件。\n公开听证7件。",
            "2021-01..2021-09 2021-01..2021-09",
        ),
        ("2022年上半年,甲县受理来访90批,与去年同期的120批相比下降25%。", "2022-H1 2021-H1 2022-H1"),
        (
            "2022年1至8月,甲县受理来访90批,比去年同期的120批减少30批。",
            "2022-01..2022-08 2021-01..2021-08 2022-01..2022-08",
        ),
        ("2022年三季度,全县受理工单900件,较二季度的800件增加100件。", "2022-Q3 2022-Q2 2022-Q3"),
        (
            "甲县2022年三季度通报\n7-9月,全县受理工单900件,较二季度的800件增加100件。",
            "2022-Q3 2022-Q2 2022-Q3",
        ),
        (
            "2018年11月份全县集体访7批,而7月份是24批。但总量仍占全市的22.6%。",
            "2018-11 2018-07 2018-11",
        ),
        ("2016年成立至今,调解室共受理纠纷217起,调成214起。", "2016+ 2016+"),
        ("该中心自2020年6月启用以来,累计接待群众1.86万人次。", "2020-06+"),
        ("自2017年起,乙村连续6年无越级访。", "2017..2022"),
        ("2021年,乙乡受理信访件17件,连续11年零越级上访。", "2021 2011..2021"),
        ("2019年至2021年的三年间,全乡召开院坝会1624场。", "2019..2021"),
        ("据统计,仅2019年至2021年,全乡召开院坝会1624场。", "2019..2021"),
        (
            "积案化解情况通报\n2022年11月25日\n截至11月20日,化解积案103件,比9月底提高15.8个百分点。",
            "2022 2022",
        ),
        ("甲县新闻\n2022年8月23日\n今年,镇上已办事项79件。截至8月20日,登记事项82件。", "2022 2022"),
        ("截至11月20日,化解积案103件。", ""),
        ("今年以来,全县化解积案103件。", ""),
        ("今年以来,全县化解积案103件。到2025年,建成服务圈12个。", " 2025"),
        ("2019年48件,2020年31件,2021年17件。去年11月5户签字,今年4月运费70元。", "2019 2020 2021  "),
        (
            "甲县2021年信访工作总结\n受理65件。\n年底前化解积案9件。\n明年力争化解12件。",
            "2021 2021 2022",
        ),
        ("2022年,全县受理52件。\n2023年打算:一季度化解积案9件。", "2022 2023-Q1"),
        ("暑期较忙,2022年7、8月份合计受理214件。", "2022-07..2022-08"),
        ("目前,全县有调解员45名。", ""),
        ("甲县2021年信访工作总结\n目前全县有调解员45名。", "2021"),
        ("甲县2021年信访工作总结\n近年来化解积案300件。", ""),
        ("关于第12号提案的答复\n目前全县21个乡镇中15个已达标。\n2021年9月16日", "2021 2021"),
        ("镇上今年已办结79件。2020年10月9日", "2020"),
        ("上半年受理65件,下半年将受理80件。2020年7月9日", "2020-H1 2020-H2"),
        ("2018年以来,镇里化解积案93件。", "2018+"),
        ("甲县信访局2023年工作总结\n5月以来,受理来访65批。\n办结60批。", "2023-05+ 2023"),
        (
            "去年接待来访65批\n2006年8月15日 甲报\n4月21日以来,受理60批。接待来访4千余批。",
            "2005 2005-04+ 2005",
        ),
        ("5月以来,受理来访65批。", ""),
        (
            "甲区热线工作简报(2021年第三期)\n统计期:7-9月\n一、数据\n1.受理工单65件。",
            "2021-Q3",
        ),
        ("民政统计月报\n(2020年度1月)\n低保对象65人。", "2020-01"),
        (
            "甲县民政局2022年前三季度总结\n一、监督\n审批65件。\n二、低保\n(一)动态管理(1-7月)\n新增65户。",
            "2022-01..2022-09 2022-01..2022-07",
        ),
        (
            "1、2020年12月来信情况\n有效来信65件。\n2、2023年4月来信情况\n有效来信60件。",
            "2020-12 2023-04",
        ),
        (
            "巡回审判\n成效:2018年以来,\n——法庭审理案件65件;\n——巡回审理60件。",
            "2018+ 2018+",
        ),
        (
            "截至2020年底,数据为:\n(一)保障。65名纳入低保。\n(二)参保。参保率91.8%。\n\n另有9人。",
            "2020 2020 ",
        ),
        ("2020年收入65亿元,相当于2015年的1.3倍,支出60亿元。", "2020 2020 2020"),
        ("2017年至2021年,立案由24万起减至15万起,降幅34%。", "2017 2021 2017..2021"),
        ("由2019年一季度的86件降到2020年一季度的65件。", "2019-Q1 2020-Q1"),
        ("甲县2013年第一季度信访工作情况\n接待来访35批。\n2013年4月2日", "2013-Q1"),
        (
            "甲县信访工作综述\n2013年前三季度,全县受理来访65件。\n办结60件。\n2013年10月9日",
            "2013-01..2013-09 2013-01..2013-09",
        ),
        (
            "甲县信访工作总结\n今年以来,全县受理来访65件。\n一年来,办结60件。\n2013年1月9日",
            "2012 2012",
        ),
        ("甲县信访工作简报\n今年以来,全县受理来访65件。\n2013年3月9日", "2013"),
        ("甲县信访工作通报\n去年全年,全县受理来访65件。\n2013年2月9日", "2012"),
        ("甲县2012年信访工作总结\n今年,全县受理来访65件,比去年少9件。\n2013年1月9日", "2012 2012"),
        ("甲县2012年信访工作总结\n全年受理来访65件,去年同期71件。\n2013年1月9日", "2012 2011"),
        ("甲县2012年信访工作总结\n上半年,受理来访65件。\n办结60件。", "2012-H1 2012"),
        ("甲县信访工作报告\n2012年4月,全县启动排查。\n排查隐患65处。", ""),
        ("甲镇2016年平安建设汇报\n2015年底,全镇有监控65处。\n新增监控20处。", "2015 2016"),
        ("甲镇平安建设汇报\n近三年来,化解积案65件。\n2016年8月8日", ""),
        ("甲镇平安建设汇报\n近三年来,化解积案65件。\n2016年12月8日", "2014..2016"),
        ("2018年信访举报怎么看\n受理举报65件。", "2018"),
        ("2019年盗窃34起,上年40起,少6起。", "2019 2018 2019"),
        ("2011年至2013年,安全感分别为96%、97%和98%。", "2011 2012 2013"),
        ("甲镇平安建设汇报\n调解员每人每年补贴600元。\n2016年8月8日", ""),
        (
            "甲县信访工作情况通报\n一、总体情况。受理65件。二、存在问题。超期9件。\n(甲县信访局2019年7月3日)",
            "2019 2019",
        ),
        ("县农业农村局关于第6号建议的答复\n目前已改厕65户。\n县农业农村局\n2019年7月3日", "2019"),
        (
            "甲县召开信访工作会议\n2019年7月3日,甲县召开会议,65名干部参加。\n会场设在礼堂,摆放座椅200把。",
            "2019-07 ",
        ),
        ("心得体会\n我走访群众65户。\n2019年7月3日", ""),
        ("甲镇半年工作总结\n1-6月,排查隐患65处。\n整改60处。\n2019年7月3日", "2019-H1 2019-H1"),
        ("xx镇信访工作总结\n今年受理65件。", ""),
        ("二〇一四年甲镇信访工作总结\n受理来信65件。", "2014"),
        ("2022年度群众满意单位排名公布\n回访群众65人。", "2022"),
        (
            "甲市群众来访接待情况分析\n2018年7月3日\n1-6月,全市接待来访91批213人次,同比分别下降8%和6%。\n重复访12批。\n"
            "下半年力争下降10%。",
            "2018-H1 2018-H1 2018-H1 2018-H1 2018-H1 2018-H2",
        ),
        (
            "甲县信访局2017年工作总结及2018年工作计划\n一、2017年工作\n受理信件65件。\n二、2018年计划\n力争化解积案9件。",
            "2017 2018",
        ),
        (
            "关于全县2020年上半年12345热线运行情况的通报\n各乡镇:\n一、总体情况。受理工单913件。\n二、存在问题。超期9件。\n"
            "三、工作要求。7月底前整改12件。",
            "2020-H1 2020-H1 2020-07",
        ),
        (
            "甲县召开推进会\n本报讯 8月3日,甲县召开推进会,会上通报了65件案件。",
            "",
        ),
        (
            "十年来,乙村从穷山沟变成示范村,村民增收12万元。",
            "",
        ),
        (
            "2021年,乙镇受理来访65件;2022年上半年,受理来访31件,同比下降4%。",
            "2021 2022-H1 2022-H1",
        ),
        (
            "2021年,全县受理来访65件,比2020年减少6件,比2019年减少9件。",
            "2021 2021 2021",
        ),
        (
            "2021年,全县受理来访65件,2020年为71件。",
            "2021 2020",
        ),
        (
            "信访量从2018年的164件降到2022年的39件,四年下降76.2%。",
            "2018 2022 2022",
        ),
        (
            "甲县司法局2021年度法治政府建设年度报告\n全年办理复议案件31件。\n2022年1月,办理复议案件3件。",
            "2021 2022-01",
        ),
        (
            "甲县信访工作报告\n(2020年12月30日)\n一年来,受理来信65件。\n明年要化解积案9件。",
            "2020 2021",
        ),
        (
            "20××年,乙镇受理来访65件,比上年减少6件。",
            "20xx 20xx",
        ),
        (
            "××县20××年上半年信访情况\n来访65批。\n来信31件。",
            "20xx-H1 20xx-H1",
        ),
        (
            "截至目前,全县化解积案65件。2019年9月1日",
            "",
        ),
        (
            "甲县信访工作总结\n截至目前,全县化解积案65件。\n2019年9月1日",
            "2019",
        ),
        (
            "今年1至5月,甲县受理来访65批。\n(2018年6月8日)",
            "2018-01..2018-05",
        ),
        (
            "甲镇2015年一季度工作小结\n1月份调解12件,2月份调解9件,3月份调解15件。",
            "2015-01 2015-02 2015-03",
        ),
        (
            "去年,我们化解积案65件。",
            "",
        ),
        (
            "甲县2022年8月热线月报\n受理工单130件,环比增长4%。\n1至8月累计受理工单990件。",
            "2022-08 2022-08 2022-01..2022-08",
        ),
        (
            "第三季度,受理工单130件。",
            "",
        ),
        (
            "甲县2019年上半年工作总结\n一、上半年工作\n受理信件65件。\n二、下半年打算\n化解积案9件。",
            "2019-H1 2019-H2",
        ),
        (
            "甲县信访工作总结\n一、主要工作\n受理信件65件。\n二、明年打算\n化解积案9件。\n甲县信访局\n2019年12月1日",
            "2019 2020",
        ),
        # headings tell their part's time: a month, a year at their end, a year in brackets
        (
            "甲县信箱办理情况\n2022年1-6月受理来信258件。\n二、只看6月\n受理来信66件。\n2022年7月11日",
            "2022-H1 2022-06",
        ),
        (
            "甲县2024年工作汇报\n回头看2023\n受理来信65件。\n往前看2024\n力争受理70件。",
            "2023 2024",
        ),
        ("甲村2011年村务公开\n一、合作医疗(2010)\n参保678人。", "2010"),
        # a look back holds for its sentence
        (
            "2007年安全感91.7%,满意率85.9%。再往前,2005年90.1%。派出所满意率89.9%。",
            "2007 2007 2005 2007",
        ),
        # a span of days, days written day first, the table that heads a paper
        (
            "第25周热线通报\n2019-07-16\n6月28日正午起,到7月12日正午止,受理工单421件。",
            "2019-06..2019-07",
        ),
        ("法律援助动态\n14.09.2014 21:06\n今年上半年,办理援助案件183件。", "2014-H1"),
        (
            "| 索引号 | 64-1/2019-2 | 发布日期 | 2019-07-16 |\n甲市热线通报\n今年上半年,受理工单421件。",
            "2019-H1",
        ),
        # when the figures were put together
        ("甲院办案情况分析\n我院今年1月收案198件。(2023年2月统计)", "2023-01"),
        # what is said of another month, and of the month before
        (
            "甲县2022年8月热线月报\n结案率99.9%(上月99.6%),上报301件,上月是701件。",
            "2022-08 2022-07 2022-08 2022-07",
        ),
        ("甲县12月城管绩效\n来源:甲县日报 2017年1月3日\n12月受理案件1054件。", "2016-12"),
        # what a report is said to tell
        ("报告说2015年受理案件377件。", "2015"),
        ("工作站报出2020年的数:咨询368件。", "2020"),
        # a month behind the title of what is made every month; behind any other it is the date
        ("甲县热线月报(2025年5月)\n受理工单365件。", "2025-05"),
        ("甲县警情战报(2022年9月)\n行动以来出动警力360人次。", "2022"),
        # of the first months, where no other year is named than the one before
        (
            "甲县妇联工作\n2014-02-21\n办培训班15期,参训201人次,救助21人,建站16个。2013年来信17件,普查47人,帮助19人,慰问18户,走访31户。",
            "2013 2013 2013 2013 2013 2013 2013 2013 2013",
        ),
        # the month in which something was opened is that of its own sentence
        (
            "甲县审批局2023年总结暨2024年思路\n(2023年11月15日)\n一、工作\n新大厅今年3月投入运行,窗口90个。"
            "进驻部门42个,事项886项。年初以来接待6人次,受理36件,办结31件,网上20件。",
            "2023-03 2023 2023 2023 2023 2023 2023",
        ),
        # the column of the time before
        (
            "民政月报\n编制:甲市民政局 2017年7月\n项目 | 单位 | 本期 | 上期 | 环比\n抚恤 | 万元 | 81.2 | 65.2 | 24.5\n",
            "2017-07 2017-06 2017-07",
        ),
        # a year that is hardly begun is not over
        ("创建一年有变化\n甲网1月23日电(2006年)\n全年刑事立案295起。", "2005"),
        # a section that looks back on the years of a plan, and one whose text has no time of its own
        (
            "脱贫规划\n第一节 “十二五”主要成就\n减贫104人。\n第二节 形势\n仍有贫困村26个。",
            "2011..2015 2011..2015",
        ),
    ],
)
def test_pages_date_their_figures_by_all_that_says_when_they_speak(page, periods):
    """Title, first sentence, signature and line of publication date figures, and nothing else does."""
    assert " ".join(extract(page)["period"]) == periods


def test_what_a_text_opens_with_holds_until_it_names_another_year():
    """A text of many figures is of the time that it opens with, up to the paragraph of another year."""
    items = "".join(f"{n}.某类:收{20 + n}件,结{10 + n}件。\n" for n in range(1, 6))
    page = f"甲院收案上升\n2018年一季度,收案180件。\n{items}2015年收307件。\n旧存24件。"
    periods = extract(page)["period"].tolist()
    assert (periods[:11], periods[11:]) == (["2018-Q1"] * 11, ["2015", ""])


def test_a_part_of_a_page_takes_the_year_of_the_parts_before_it():
    """A part whose title names a part of a year, and that names no year, is of the page's one."""
    page = (
        "信访举报两篇\n一、甲县(2019年一季度)\n1至3月收举报71件,来信16件,来访22件,网络33件,其他3件。\n"
        "二、乙县(1至4月)\n收举报178件,本级收68件,上级转110件,来信23件,来访4件。\n"
    )
    assert set(extract(page).groupby("report")["period"].unique().str.join(" ")) == {
        "2019-Q1",
        "2019-01..2019-04",
    }


def test_a_day_counted_to_is_looked_up_at_once():
    """Days up to which figures are counted do not make each other dear."""

    def work(size: int) -> int:
        text = "今年受理4件。" + "截至5月6日受理4件。" * size
        periods = _read(text)
        return steps(lambda: [periods.at(at) for at in range(10, len(text), 12)])

    assert work(400) < 2.2 * work(200)


def test_openings_of_many_paragraphs_are_looked_through_once():
    """An account's own time is found in time that grows with its length."""

    def work(size: int) -> Periods:
        text = "信访工作总结\n截至2012年5月6日受理4件。\n" + "上半年受理4件。\n办结3件。\n" * size
        report = Report(0, len(text), "信访工作总结", "", "")
        return periods_of(Reading(text, report, "2012", True, ""))

    assert growth(work, 1500, 12_000) < 24


def test_a_bare_year_that_a_bracket_sets_off_in_a_title_dates_it():
    """年报(2022) is of 2022."""
    claims = extract(
        "甲县民政局社会救助工作年报(2022)\n【低保】年末低保对象6814户。全年发放低保金5438万元。"
    )
    assert claims["period"].tolist() == ["2022", "2022"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("12月，调解纠纷30起。", "2019-12"),
        ("1-10月，受理信访300件；11月，受理30件。", "2019-01..2019-10 2019-11"),
        ("去年12月至今年11月，受理信访900件。", "2018-12..2019-11"),
        ("2018年12月至2019年11月，受理信访900件。", "2018-12..2019-11"),
        ("五年来，受理信访900件。", "2015..2019"),
        ("三年累计受理900件。", "2017..2019"),
        ("过去五年，受理900件。", "2015..2019"),
        ("受理信访100件（2018年为200件）。", "2019 2018"),
        # nobody knows since when, or in which month
        ("历年累计受理900件。", "-"),
        ("建县以来累计受理900件。", "-"),
        ("中心成立以来受理900件。", "-"),
        ("本月受理30件。", "-"),
        ("上周受理30件。", "-"),
        # that of the report
        ("受理信访100件。", "2019"),
        ("专项行动开展以来受理90件。", "2019"),
    ],
)
def test_a_part_or_a_span_is_not_the_year(text, periods):
    """A month, a span of years and a time that nobody dates are not taken for the report's year."""
    found = gather(Document("a", "唐县2019年群众工作总结\n" + text)).claims
    assert " ".join(claim.period or "-" for claim in found) == periods


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        # the month that is told of alone, and the month and the quarter that an account is of
        ("甲县2023年1-10月来访通报\n接访90批。10月当月,接访8批。当月化解6件。", "2023-01..2023-10 2023-10 2023-10"),
        ("乙市2022年8月热线通报\n本月收单70件。上个月收单61件。", "2022-08 2022-07"),
        ("乙市2022年三季度热线通报\n收单70件。本季度回访66件。", "2022-Q3 2022-Q3"),
        # a monthly paper comes out in the month after
        ("乙市热线简报\n2023年第4期\n乙市热线办 2023年5月12日\n本月收单70件,同比降5%。", "2023-04 2023-04"),
        ("乙市热线简报\n2023年第4期\n乙市热线办 2023年9月12日\n收单70件。", "2023"),
        # a numbered week is no year
        ("2023年第20周(5月15日-5月21日),乙市热线收单70件。本周回访66件。", "2023-05 2023-05"),
        ("2023年第18周,乙市热线收单70件。", "2023-05"),
        # a month in the row under a monthly table's title
        ("| 救助统计月报 | |\n| 2021年度 3月 | |\n| 指标 | 数量 |\n| 低保户(户) | 45 |\n| 特困(人) | 27 |", "2021-03 2021-03"),
        ("1.2022年第2季度各镇来件情况:\n| 镇 | 来件(件) |\n| 甲镇 | 45 |\n| 乙镇 | 27 |", "2022-Q2 2022-Q2"),
        # what the deeds of a year are counted up to
        ("甲市2020年调解数据\n截止到2020年10月31日,全市调解纠纷66件。现有调解员39人。", "2020-01..2020-10 2020"),
        # half of last year, held against this one's
        ("甲镇2018年上半年总结\n接访7宗。同比去年上半年来访4宗增加3宗。", "2018-H1 2017-H1 2018-H1"),
        ("我省去年追回欠薪3亿元\n2019年6月11日\n我省去年受理举报13件。", "2018 2018"),
    ],
)  # fmt: skip
def test_a_month_a_quarter_and_a_week_are_no_year(page, periods):
    """What words say of a part of a year holds, and not the year of the page."""
    assert " ".join(extract(page)["period"]) == periods


STATED = [
    # text, what a person says the report is of, periods, and how those are known
    ("全县接访90批。", "2021-Q4", "2021-Q4", "document"),
    ("本月收单70件。办结66件。", "2021-05", "2021-05 2021-05", "words document"),
    ("收单70件。上月收单61件。", "2021-05", "2021-05 2021-04", "document words"),
    ("收单70件。本季度回访66件。", "2021-Q2", "2021-Q2 2021-Q2", "document words"),
    # what tells its time keeps it
    ("收单70件。2019年收单61件。", "2021-05", "2021-05 2019", "document words"),
    ("热线开通以来多年来收单70件。", "2021-05", "", ""),
    # of a time that the text calls last year
    (
        "去年接访44批\n市里去年接访44批。另有9批。",
        "2005",
        "2005 2005 2005",
        "words document document",
    ),
    ("今年接访44批。去年接访31批。", "2005", "2005 2004", "words words"),
    # a year above figures of a part of it is not their time
    ("2021年信访简报\n接访44批。", "2021-05", "2021-05", "document"),
    ("五年来接访44批。", "2020", "2016..2020", "words"),
    # said to be of no time
    ("2021年信访总结\n接访44批。", "-", "", ""),
]


@pytest.mark.parametrize(("text", "period", "periods", "known"), STATED)
def test_what_a_person_says_of_a_reports_time_holds_for_its_figures(text, period, periods, known):
    """A period of the table of documents is that of all figures that tell none of their own."""
    page = Document("a", text, known=(Known("sidecar", period=period),))
    claims = gather(page).claims
    assert " ".join(claim.period for claim in claims).strip() == periods
    assert " ".join(claim.period_from for claim in claims).strip() == known


def test_a_mended_period_of_a_report_to_an_assembly_is_the_year_of_its_account():
    """Account and plans of a report of which a person says the year are of that year and the next."""
    text = "甲县政府工作报告\n各位代表:现在,我代表政府向大会报告工作,请予审议。\n一、过去一年工作\n接访44批。\n二、明年工作安排\n接访60批。"
    page = Document("a", text, known=(Known("sidecar", period="2017"),))
    assert [claim.period for claim in gather(page).claims] == ["2017", "2018"]


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        # one of each level, each with its date; a report of January is on the year before
        (
            "工作报告摘读:一省一县\nA 乙省(乙省日报 2023年1月17日)\n■ 2022年成绩单\n● 办结实事52项,件件回访到户,群众点头\n"
            "B 甲县(2021年1月9日县政府工作报告,民生部分)\n办结实事61项,件件回访到户,件件登记造册,群众点头称好。",
            "2022 2020",
        ),
        # numbered headings of which one bears a day
        (
            "(一)唐县:来访又少了\n唐县2019年来访66批,接访下访包案化解都有专人盯着,场场留痕,事事有账,月月通报,季季点评。\n"
            "(二)督查组到乡镇查接访(2016年11月3日)\n接访44批,接访下访包案化解都有专人盯着,场场留痕,事事有账,月月通报。",
            "2019 2016",
        ),
        # lists of what two places are to do, each of its own year
        (
            "两县实事\n唐县:2015年实事\n修路3.4公里,修桥也在里头,哪个单位牵头、哪个单位配合,表上一条一条都写得清清楚楚、明明白白,群众随时可查。\n"
            "望都县:2019年实事\n修路5公里,修桥也在里头,哪个单位牵头、哪个单位配合,表上一条一条都写得清清楚楚、明明白白,群众随时可查。",
            "2015 2019",
        ),
        (
            "乙县平安账\n2022年1月10日\n县里通报2021年工作:满意率95%,为历年最高;新建所12个。",
            "2021 2021",
        ),
    ],
)
def test_the_date_in_the_heading_of_a_part_dates_its_figures(page, periods):
    """Parts of a page that carry a year or a day in their heading are reports of that time."""
    assert " ".join(extract(page)["period"]) == periods


COUNTS = "受理来访43批,办结41批,排查纠纷310起,调解305起,走访1200户,慰问86户,建站9个,培训3期"


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        # the only time that a text names, from where it names it on
        (f"甲市热线调研\n{COUNTS}。\n2021年,办结9件。\n一、渠道。\n电话9件。", "", "2021"),
        (f"甲市热线调研\n{COUNTS}。\n2021年上半年,办结9件。\n电话9件。", "", "2021-H1"),
        # not what there is now, not beside another year, not of a single month
        (f"甲市热线调研\n{COUNTS}。\n2021年,办结9件。\n目前,坐席9个。", "", ""),
        (f"甲市热线调研\n{COUNTS}。\n2021年,办结9件。\n2018年建成。\n电话9件。", "", ""),
        (f"甲市热线调研\n{COUNTS}。\n2021年3月,办结9件。\n电话9件。", "", ""),
    ],
)
def test_the_only_time_of_a_text_of_many_figures_holds_on(page, first, last):
    """A text that names one time is of it from there on, till the present or another year is told."""
    periods = list(extract(page)["period"])
    assert (periods[0], periods[-1]) == (first, last)


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        ("残疾人事业\n完成情况(2016年):培训90人。\n打算(2017年):培训80人。", "2016 2017"),
        ("检察数据\n跨境犯罪(2013年以来):起诉104人;\n妨害防控犯罪(2020年以来):起诉86人。", "2013+ 2020+"),
        ("医调\n省厅介绍,2009年以来:\n发生纠纷 | 492起\n调解成功 | 337起\n", "2009+ 2009+"),
        ("援助\n进社区。2010年情况:\n解答咨询 | 559人次\n办理案件 | 97件\n", "2010 2010"),
        # a row that names a year begins other times
        ("援助\n进社区。2010年情况:\n解答咨询 | 559人次\n2011年办案97件。\n", "2010 2011"),
        # from a day to another
        ("援助站\n站点2005年9月8日挂牌,至2006年9月7日,受理咨询145件;办案94件。", "2005-09..2006-09 2005-09..2006-09"),
        # the quarter before
        ("甲县热线2022年三季度情况\n三季度,登记598件,上季度为566件。", "2022-Q3 2022-Q2"),
        ("甲县热线2022年一季度情况\n一季度,登记598件,上季度为566件。", "2022-Q1 2021-Q4"),
        # in numbers that are there is no present
        ("五保\n“十二五”期间新建敬老院45所,床位在现有基础上增加350张。", "2011..2015 2011..2015"),
        ("安全感抽样调查(2002年)\n2003-03-03\n问卷对象1200人。", "2002"),
    ],
)  # fmt: skip
def test_what_leads_to_figures_by_a_colon_dates_them(page, periods):
    """A time in brackets before a colon, a line that leads to rows, and a day counted to another."""
    assert " ".join(extract(page)["period"]) == periods


@pytest.mark.parametrize(
    ("title", "session", "year"),
    [
        ("甲县人民法院2023年度工作报告（摘要）", "（1月24日，县第十七届人大第五次会议）", "2023"),
        ("甲县人民法院二〇二三年度工作报告", "（2024年1月24日，县第十七届人大第五次会议）", "2023"),
        ("甲县人民法院2023年工作报告", "（2024年1月24日，县第十七届人大第五次会议）", "2023"),
        ("甲县人民法院2023年工作报告", "（2023年1月24日，县第十七届人大第五次会议）", "2022"),
        ("唐县2023年政府工作报告", "（2023年1月24日，县第十七届人大第五次会议）", "2022"),
    ],
)
def test_a_courts_report_is_of_the_year_that_its_title_names(title, session, year):
    """年度 in the title of a report to an assembly names the account's year, not that of its hearing."""
    page = f"{title}\n{session}\n一年来，在县委领导、人大监督下开展工作。全年新收案件3902件。\n"
    assert list(extract(page)["period"]) == [year]


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        # a number of a telephone ends in no year
        ("甲市12345上半年情况\n2023年8月8日\n上半年受理诉求716件。", "2023-H1"),
        # the days of one week, told by the hour
        ("来电周报\n2018-05-15\n公布上周(5月7日零时至13日24时)数据。\n来电208个。", "2018-05"),
        # what a title calls a month may be counted from January on
        ("本院2022年2月审判指标通报\n2022-08-08\n1—2月主要数据通报如下。\n受理388件。", "2022-01..2022-02"),
        # this year in a report on its half
        ("甲镇2024年上半年工作总结\n今年以来,工作有了起色。\n新增集体用地400亩。", "2024-H1"),
        ("甲局2020年第四季度总结\n今年受理50件。", "2020"),
        ("甲镇上半年政府工作报告\n(2024年8月17日,镇第十九届人民代表大会第六次会议)\n各位代表:\n今年以来,工作有了起色。\n"
         "一、经济\n总产值15亿元。", "2024-H1"),
        # a sentence that leads to all that follows
        ("三镇服务中心\n现将三镇2010年基本情况列下。\n一、甲镇\n前身1998年挂牌。\n二、乙镇\n受理320件。", "2010"),
        # a date by which something is to be done is the time of no report
        ("全区会议:3月底前网站全部开通\n2016-02-27\n2015年受理9件。", "2015"),
    ],
)  # fmt: skip
def test_words_that_look_like_another_time(page, periods):
    """What stands beside a time tells how far it goes, or that it is none."""
    assert " ".join(extract(page)["period"]) == periods


def test_a_year_named_before_the_time_of_the_figures_does_not_end_it():
    """The day of a meeting above is no later time: 报告回顾了2022年的工作."""
    figures = "受理46件,审结40件。\n(一)案件\n" + "".join(
        f"{n}.刑事案件审结{n}9件。\n" for n in range(1, 9)
    )
    page = f"法院向人大报告\n2023年1月5日,代表听取报告。\n报告回顾了2022年法院的工作:\n{figures}"
    assert set(extract(page)["period"]) == {"2022"}


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2019年全年，全县", "2019"),
        ("去年全年，全县", "2019"),
        ("全县2019年度", "2019"),
        ("全县二〇一九年", "2019"),
        ("2019.1-2019.6，全县", "2019-H1"),
        ("2018.9-2019.8，全县", "2018-09..2019-08"),
    ],
)
def test_a_year_keeps_its_words_and_months_may_stand_behind_points(words, period):
    page = f"唐县信访工作情况\n2020-07-15 来源：唐县信访局\n{words}共接待来访193批次。\n"
    assert extract(page)["period"].tolist() == [period]


def test_a_part_of_a_year_below_a_heading_of_a_year_is_of_that_year():
    """A page of January 2012 that tells of 2011 under a heading means its months by 1至10月."""
    page = (
        "唐县妇联：2012年贷款计划\n2012-01-17 来源：唐县妇联\n会议部署了任务。\n"
        "一、2011年完成情况\n1至10月全县已发放贷款43笔。\n二、其他\n前三季度接待来访12批次。\n"
    )
    assert extract(page)["period"].tolist()[-2:] == ["2011-01..2011-10", "2012-01..2012-09"]


def test_a_title_that_says_in_brackets_which_part_stands_below_is_of_its_year():
    page = "唐县2017年工作报告（第一部分：2016年工作回顾）\n一、信访\n前三季度接待来访193批次。办结86件。\n"
    assert extract(page)["period"].tolist() == ["2016-01..2016-09", "2016-01..2016-09"]


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        # the part of a title that says what stands below it
        ("2023年全县信访工作会议上的报告——2022年工作回顾\n全县接访93批次。", "2022"),
        ("城东街道2023年度工作会议材料：2022年工作总结\n全县接访93批次。", "2022"),
        ("甲县信访局2022工作总结\n今年以来，全县接访93批次。", "2022"),
        # when a page was filed is no time of it
        ("（2025年1月归档）\n甲县信访局2022年工作总结\n全县接访93批次。", "2022"),
        ("（2025年1月归档）\n甲县：访调对接解民忧\n上半年，全县接访93批次。", ""),
        # a month that is over is a part of its year, a day is the present of the writer
        ("甲县信访局2022年工作总结\n截至6月底，全县接访93批次。", "2022-H1"),
        ("甲县信访局2022年工作总结\n截至10月31日，全县接访93批次。", "2022-01..2022-10"),
        ("甲县信访局2022年工作总结\n截至11月21日，全县接访93批次。", "2022"),
        # what is counted from the day on which a thing began
        (
            "甲县热线2023年工作总结\n回访助手2021年10月上线，日均98次，累计回访5184次。",
            "2021-10+ 2021-10+",
        ),
        ("甲县2023年工作总结\n2021年10月矛调中心挂牌，截至目前化解5184件。", "2021-10+"),
        ("甲县2023年工作总结\n2021年建成矛调中心3个，化解184件。", "2021 2021"),
        # a deed of the year before, told in January
        ("2023-01-12　来源：甲县日报\n甲县：调解进乡村\n上半年，全县接访93批次。", "2022-H1"),
        ("2023-01-12　来源：甲县日报\n甲县：调解进乡村\n上半年将建成3个中心。", "2023-H1"),
        # when a thing began is no time of a later account
        (
            "2022-11-20　来源：甲县日报\n甲县信访工作情况\n2019年，甲县推行代办制。\n全县接访93批次。",
            "2022",
        ),
        # a yearbook is on the year before the one in its name, unless an entry names its own
        ("甲市年鉴2009 > 团体\n2010-05-21　来源：甲市\n妇女联合会\n培训妇女2200人。", "2008"),
        ("2012年甲市年鉴 > 政法\n信访工作\n全年接访93批次。", "2011"),
        ("甲市年鉴2009 > 政法\n甲市2007年信访工作\n全年接访93批次。", "2007"),
        # a part of its year that a title names apart from it
        ("关于甲市2021年重点工作上半年完成情况的通报\n接访93批次。", "2021-H1"),
        ("甲市2021年工作总结和下半年打算\n接访93批次。", "2021"),
        # the only year of an undated text is that of 今年 in its title
        ("今年上半年甲县信访情况\n接访93批次。\n2022年计划接访200批次。", "2022-H1 2022"),
        # the site's name with its buttons, and the index of its papers, are no title
        (
            "甲省民政厅网站　无障碍浏览　【字体：大 中 小】\n民政统计季报　2022年9月\n发布：2023年1月30日\n低保对象93人。",
            "2022-09",
        ),
        (
            "甲县政府信息公开平台　索引号：0-2-3　发布日期：2021.07.14\n甲县民政局2020年度预算绩效自评表\n低保对象93人。",
            "2020",
        ),
        # last year that an article begins with behind its date is that of its paragraph
        ("甲市：提案件件有答复\n2012-3-21　去年收到提案93件，均已办结。解决48件。", "2011 2011"),
    ],
)
def test_a_report_is_of_one_base_time_whatever_else_its_head_names(page, periods):
    """Years of meetings, of filing and of beginnings are not the time of an account."""
    assert " ".join(extract(page)["period"]).strip() == periods


@pytest.mark.parametrize(
    ("head", "row", "periods"),
    [
        ("计划", "85 | 91", "2022 2022-01..2022-10"),
        ("目标任务", "85 | 91", "2022 2022-01..2022-10"),
    ],
)
def test_the_aims_beside_what_was_done_are_those_of_the_year(head, row, periods):
    """A table of a part of the year tells in one column what the whole year is to bring."""
    page = f"甲县2022年1—10月民生实事进度\n项目 | {head} | 完成\n改造厕所（座） | {row}\n修建公路（公里） | {row}"
    assert " ".join(extract(page)["period"]) == f"{periods} {periods}"


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("一、总体数据（2021年以来）", "2021+"),
        ("（一）信访（2021年1—9月）", "2021-01..2021-09"),
        ("一、完成情况（截至2021年10月底）", "2021-01..2021-10"),
        ("一、上半年工作情况（2021年）", "2021-H1"),
        ("【2021年信访】", "2021"),
        ("一、近三年信访工作", ""),
        ("（2021年数为预计数，下同）", "2021"),
        ("（以下为2021年数据）", "2021"),
        ("统计时间：2021年1月1日至12月31日", "2021"),
        ("数据统计期限自2021年1月1日起至2021年12月31日止。", "2021"),
        ("（数据截至2021年10月底）", "2021-01..2021-10"),
        ("信访人数为2021年以来最低。", "2022"),
    ],
)
def test_headings_and_notes_say_of_when_the_figures_below_them_are(head, period):
    """Brackets of headings and notes on the data outweigh the year of the title."""
    page = f"甲县信访局2022年工作总结\n认真开展工作。\n{head}\n接待来访93批次。\n办结87批次。"
    assert extract(page)["period"].tolist() == [period] * 2


def test_a_part_of_a_year_that_a_heading_tells_ends_with_its_section():
    """The next heading of its rank goes on in the time of the report; a span since a year goes on."""
    page = "甲县2022年信访工作总结\n一、进展（截至10月底）\n办结9件。\n二、队伍\n新增3人。"
    assert extract(page)["period"].tolist() == ["2022-01..2022-10", "2022"]
    page = "甲县2022年信访工作总结\n一、数据（2019年以来）\n办结9件。\n二、队伍\n新增3人。"
    assert extract(page)["period"].tolist() == ["2019+", "2019+"]


def test_a_span_that_leads_to_a_list_of_its_parts_is_that_of_the_report():
    """A report to a standing committee is of the time that its first figures are of."""
    page = (
        "发布日期：2023-04-24\n甲区检察院关于信访工作的专项报告\n（提请区五届人大常委会第五次会议审议）\n"
        "主任、各位副主任、各位委员：\n现将信访工作情况报告如下。\n一、受理\n"
        "自2019年起，受理各类信访合计903件，分列如下：\n（一）控告378件；\n（二）申诉491件。\n二、救助\n救助155件。"
    )
    assert set(extract(page)["period"]) == {"2019+"}


@pytest.mark.parametrize(
    ("page", "periods"),
    [
        (
            "甲县调解员配备方案\n街道：2019年90%，2020年100%；\n村（社区）规范化率三年依次为60%、75%、90%。",
            "2019 2020 2019 2020 2021",
        ),
        (
            "甲县调解员配备方案\n2019—2021年目标：\n村（社区）规范化率逐年为60%、75%、90%。",
            "2019 2020 2021",
        ),
        # two kinds, not two years
        ("甲县信访情况\n2019年接访90批，2020年接访80批。\n满意率分别为95%、97%。", "2019 2020"),
        # an item of a list that is of another month
        (
            "甲县2022年11月民政工作情况\n（1）水电补贴2731元；\n（2）10月临时救助26户次；\n（3）护理补贴4482人。",
            "2022-11 2022-10 2022-11",
        ),
        # a part of a report of a government, without its salutation
        (
            "甲县2023年政府工作报告（过去五年工作回顾·节选）\n一、实力\n财政收入17亿元。\n五年来，新增就业3.2万人。",
            "2022 2018..2022",
        ),
    ],
)
def test_lists_and_parts_of_reports_keep_the_time_that_they_are_of(page, periods):
    """Years that are named above go to the figures in turn; items and excerpts have their own time."""
    assert " ".join(extract(page)["period"]).strip() == periods
