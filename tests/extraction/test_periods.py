"""Which period holds at a place is found without going through all words of time before it."""

import pytest
from timing import growth, steps

from qz_analysis import extract
from qz_analysis.extraction.periods import Periods, Reading, periods_of, year_of
from qz_analysis.model import Report


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

    assert growth(work, 1500, 12_000) < 24


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
    assert growth(year, 3000, 24_000) < 24


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("甲县2022年度信访工作总结", "2022"),
        ("甲县2019年上半年信访工作情况汇报", "2019-H1"),
        ("关于2021年1-9月调解工作的通报", "2021-01..2021-09"),
        # a plan, an article and a title without a year date nothing
        ("甲县2022年信访工作要点", ""),
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
            "2017 2017",
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
        ("甲县2022年信访工作计划\n接待来访35批。", ""),
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
    ],
)
def test_pages_date_their_figures_by_all_that_says_when_they_speak(page, periods):
    """Title, first sentence, signature and line of publication date figures, and nothing else does."""
    assert " ".join(extract(page)["period"]) == periods


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
