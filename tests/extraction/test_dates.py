"""When a report was delivered is taken from what the document says of itself, from nothing else."""

import pytest

from qz_analysis.extraction.dates import dated_as, is_address, masked_date, time_doubts
from qz_analysis.model import Report

OPENING = "各位代表:\n现在,我代表县政府向大会报告工作,请予审议。\n"
# page, front matter, name of the file, date, how it is known
DATES = [
    (
        f"政府工作报告\n-2020年1月8日在甲县人民代表大会会议上\n{OPENING}",
        {},
        "",
        "2020-01-08",
        "report",
    ),
    (f"政府工作报告\n(二〇一九年一月十四日)\n{OPENING}", {}, "", "2019-01-14", "report"),
    (f"2018年甲县政府工作报告\n{OPENING}", {}, "", "2018", "report"),
    # the page was put on the net long after
    (f"2018年甲县政府工作报告\n时间:2022-03-30\n{OPENING}", {}, "", "2018", "report"),
    (f"甲县政府工作报告\n发布时间:2018-01-30\n{OPENING}", {}, "", "2018-01-30", "report"),
    # a meeting outweighs a title that counts the year of the account
    (f"2018年政府工作报告\n2019年1月14日在甲县会议上\n{OPENING}", {}, "", "2019-01-14", "report"),
    # on a line of its own, too
    (
        "发布日期:2025-07-27\n政府工作报告\n——2018年3月26日,镇人大三次会议\n新建学校3所。",
        {},
        "",
        "2018-03-26",
        "report",
    ),
    (OPENING, {}, "甲县_2020.txt", "2020", "document"),
    (OPENING, {}, "2020年甲县/报告.txt", "2020", "document"),
    (OPENING, {"dated": "2021-02-05"}, "", "2021-02-05", "document"),
    (f"{OPENING}一、2017年工作回顾\n新建学校3所。", {}, "", "2018", "words"),
    (f"{OPENING}二、2018年主要任务\n新建学校3所。", {}, "", "2018", "words"),
    (f"{OPENING}刚刚过去的2016年,新建学校3所。", {}, "", "2017", "words"),
    # dates of something else
    (f"{OPENING}2016年3月5日启动改革,新建学校3所。", {}, "", "", ""),
    ("2011年乡里受理信访件3件。", {}, "", "", ""),
    ("乡里受理信访件3件。\n乙桥乡\n2012年3月1日", {}, "", "2012-03-01", "report"),
    ("乡里受理信访件3件。20xx年3月1日", {}, "", "", ""),
]


@pytest.mark.parametrize(("page", "meta", "name", "dated", "known"), DATES)
def test_the_date_of_a_document(page, meta, name, dated, known):
    report = Report(0, len(page), "", "", "")
    assert dated_as(page, report, meta, name)[:2] == (dated, known)


WAYS = [
    (
        "发布日期:2025-07-27\n政府工作报告\n——2018年3月26日,镇人大三次会议\n新建学校3所。",
        "",
        "delivered",
    ),
    (f"政府工作报告\n2020年1月8日在甲县人民代表大会会议上\n{OPENING}", "", "delivered"),
    (f"政府工作报告\n(2020年1月8日)\n{OPENING}", "", "delivered"),
    ("乡里受理信访件3件。\n乙桥乡\n2012年3月1日", "", "signed"),
    # the day up to which is counted is none of the text, and hides none
    ("月报表\n(截至2012年2月29日)\n受理3件。", "", ""),
    ("月报表\n(截至2012年2月29日)\n受理3件。\n乙桥乡\n2012年3月1日", "", "signed"),
    ("乡里信访情况\n发布时间:2012-03-01\n乡里受理信访件3件。", "", "published"),
    # above a short text a date signs nothing
    ("乡里信访情况\n2012年3月1日\n乡里受理信访件3件。", "", "published"),
    # a year is no date
    (f"2018年甲县政府工作报告\n{OPENING}", "", ""),
    (OPENING, "甲县_2020.txt", ""),
    (f"{OPENING}一、2017年工作回顾\n新建学校3所。", "", ""),
]


@pytest.mark.parametrize(("page", "name", "way"), WAYS)
def test_a_date_is_told_as_what_it_is(page, name, way):
    """Delivered at a meeting, signed below the text, published above it; the year of a name is none."""
    assert dated_as(page, Report(0, len(page), "", "", ""), {}, name).way == way


def test_a_report_that_mentions_an_assembly_is_none_to_it():
    page = "去年县里的政府工作报告要求办好实事,全乡受理诉求30件。"
    assert not is_address(page, Report(0, len(page), "", "", ""))


@pytest.mark.parametrize("line", ["2020年十十月", "(二〇二〇年三十十月)", "2020年1月二十十日"])
def test_a_malformed_numeral_in_a_date_stops_nothing(line):
    """A month or a day that is no numeral is left alone, and the report is read."""
    text = f"政府工作报告\n{line}\n{OPENING}"
    date, *_ = dated_as(text, Report(0, len(text), "", "", ""), {})
    assert date in {"", "2020", "2020-01", "2020-01-20"}


TIMES = [
    ("热线二月情况通报", "2017年3月,共办理9件。", "", True),
    ("信访工作三季度通报", "第二季度,共受理9件。", "", True),
    ("上半年信访情况", "下半年共受理9件。", "", True),
    ("调解网络", "截至年底,有组织268个。", "2015-11-20", True),
    # one time, a day of publication, a span, an account of the year before
    ("热线3月情况通报", "2017年三月,共办理9件。", "", False),
    ("热线2月情况通报", "3月5日,共办理9件。", "", False),
    ("热线6月情况通报", "1-6月共办理9件。", "", False),
    ("一季度情况", "1月至3月共受理9件。", "", False),
    ("调解网络", "2014年工作扎实,截至年底,有组织268个。", "2015-11-20", False),
    ("调解网络", "截至2014年底,有组织268个。", "2015-11-20", False),
    ("调解网络", "截至年底,有组织268个。", "2015-12-31", False),
    ("调解网络", "截至年底前完成。", "2015-11-20", False),
]


@pytest.mark.parametrize(("title", "body", "dated", "doubted"), TIMES)
def test_a_time_that_contradicts_the_title_or_the_date_is_told(title, body, dated, doubted):
    """Another month or quarter than the title's, or a year's end before it came, is a warning."""
    page = f"{title}\n{body}"
    report = Report(0, len(page), title, "", "", dated=dated)
    assert bool(list(time_doubts(page, report))) == doubted


@pytest.mark.parametrize(
    ("signed", "dated"),
    [
        ("甲山县信访局\n201*年4月14日", "201x-04-14"),
        ("甲山县信访局\n20**年4月14日", "20xx-04-14"),
        ("甲山县信访局 20xx年11月8日", "20xx-11-08"),
        ("xxxx年3月1日", "20xx-03-01"),
        ("2011年4月14日", ""),
        ("201*年14月1日", ""),
        ("县里201*年4月14日开会，部署了全县的各项工作，要求各地认真落实。", ""),
    ],
)
def test_a_masked_year_below_the_last_line_leaves_month_and_day(signed, dated):
    """What the page still tells of the date is kept; a date within a sentence is none."""
    text = f"甲山县信访工作情况\n全县受理信访件9件，办结8件。\n{signed}"
    assert masked_date(text, Report(0, len(text), "甲山县信访工作情况", "", "")) == dated


def test_the_words_of_one_report_make_no_address_of_the_next_on_its_page():
    """A greeting of an assembly in the first report of a page says nothing of the second."""
    first = "甲市两会快讯\n各位代表,现在报告工作,请予审议。市政协收到提案93件。\n"
    second = "乙市:提案件件有答复\n2012-3-21去年收到提案591件。"
    report = Report(len(first), len(first + second), second.split("\n")[0], "", "")
    assert is_address(first, Report(0, len(first), "", "", ""))
    assert not is_address(first + second, report)
    assert dated_as(first + second, report, {}, "", alone=False).date == "2012-03-21"
