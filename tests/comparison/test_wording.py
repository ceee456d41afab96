"""Places and notes in the words of their readers."""

import re

import pytest

from qz_analysis.arithmetic.accuse import FAR, UNSURE
from qz_analysis.arithmetic.shares import NO_PART
from qz_analysis.comparison.wording import (
    indicator,
    is_title,
    note,
    place_words,
    subject_words,
    value,
    when,
)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("桥西区", "桥西区", "Qiaoxi District"),
        ("*县", "某县（*县）", "unnamed county (*县)"),
        ("xx省xx县", "某县（xx省xx县）", "unnamed county (xx省xx县)"),
        ("x社区", "某社区（x社区）", "unnamed community (x社区)"),
        ("aa", "某地（原文以aa代替）", "unnamed place (aa)"),
        ("望都县", "望都县", "Wangdu County"),
    ],
)
def test_a_masked_place_says_that_it_is_one(name, zh, en):
    """Within a sentence a mask is no name; lists in Chinese show the mask itself, unless it is nothing else."""
    assert (place_words(name, "zh", prose=True), place_words(name, "en")) == (zh, en)
    assert place_words(name, "zh") == (zh if name == "aa" else name)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("我县", "未写明的县", "unnamed county"),
        ("镇", "未写明的镇", "unnamed town"),
        ("本区", "未写明的区", "unnamed district"),
        ("我社区", "未写明的社区", "unnamed community"),
    ],
)
def test_what_a_report_calls_itself_is_no_name(name, zh, en):
    """我县 is a name to its writer alone: sentences, lists and cells call such a place unnamed."""
    assert place_words(name, "zh") == place_words(name, "zh", prose=True) == zh
    assert place_words(name, "en") == en and value("place", name, "zh") == zh


@pytest.mark.parametrize(
    ("subject", "place", "told"),
    [
        ("我县服务业增加值", "我县", "服务业增加值"),
        ("我局接待来访", "甲县", "接待来访"),
        ("甲县来访", "甲县", "来访"),
        ("本级财政支出", "甲县", "本级财政支出"),
        ("我县", "甲县", "我县"),
    ],
)
def test_the_place_is_not_told_twice(subject, place, told):
    """Beside the place's own name stands what is counted, without 我县."""
    assert subject_words(subject, place) == told


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("43宗 less 办结36宗: 7 left", "43宗减去办结36宗，余7", "43 less 36 (办结): 7 left"),
        (
            "60 + 40 = 100, of it 40件 still to come",
            "60 + 40 = 100，其中40件尚待完成",
            "60 + 40 = 100, of it 40 still to come",
        ),
        (
            "156万元 for 130名: 12000 yuan each",
            "156万元用于130名，平均12000元",
            "1.56m yuan for 130: 12,000 yuan each",
        ),
    ],
)
def test_what_follows_from_figures_is_told_as_people_say_it(text, zh, en):
    """What is left, and money per head, are sentences and no rows of pieces."""
    assert (note(text, "zh"), note(text, "en")) == (zh, en)


def test_a_rate_is_called_by_its_name():
    """办结率 and 满意度 are words, 办结：比率 is a code."""
    names = [indicator(name, "zh") for name in ("matters.resolved.rate", "satisfaction..rate")]
    assert names == ["事项办结率", "满意度"]


REASONS = [
    NO_PART,
    UNSURE,
    FAR,
    "the parts make more than the total: they may overlap",
    "no whole number lies there, so one of the two is wrong or they do not belong together",
    "found because it holds: it could not have failed",
    "906/9230 = 9.82%, printed 9.81%, holds only if truncated",
    "no whole number of 43 gives 83.6%: it is of another whole, weighted, or wrong",
    "a figure is a range",
    "-3件 is below nothing",
]


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_of_the_audit_have_chinese_words(reason):
    """What the audit says of a check is Chinese in a Chinese report, all of it."""
    assert not re.search("[A-Za-z]{2,}", note(reason, "zh"))


@pytest.mark.parametrize(
    ("text", "en"),
    [
        ("9.1亿 + 4159万 = 95159万, printed 近10亿元", "910m + 41.59m = 951.59m, printed 近10亿元"),
        (
            "445.46万人次 up 8.83%: before it about 409.3万",
            "4.4546m, up 8.83%, implies about 4.093m before",
        ),
        (
            "5793元 down 2%: before it 5882 to 5941",
            "5,793 yuan, down 2%, implies 5,882–5,941 before",
        ),
        # a year has no thousands set apart, a count that looks like one has
        ("levels of 2018 and 2019", "levels of 2018 and 2019"),
        ("2028/2163 = 93.76%, printed 93.8%", "2,028/2,163 = 93.76%, printed 93.8%"),
        ("1819 and 1992名 of one thing", "two figures for the same count: 1,819 and 1,992"),
        ("≥21100/≥24600 = 85.77%, printed 85%以上", "≥21,100/≥24,600 = 85.77%, printed 85%以上"),
    ],
)
def test_arithmetic_in_english_has_english_figures(text, en):
    """A reader of English needs no 万 and 亿; what is quoted as printed stays as it is."""
    assert note(text, "en") == en


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2011", "2011年", "2011"),
        ("2011-Q1", "2011年一季度", "Q1 2011"),
        ("2011-H2", "2011年下半年", "the second half of 2011"),
        ("2011-06", "2011年6月", "June 2011"),
        ("2010..2012", "2010—2012年", "2010–2012"),
        ("2000-01..2000-11", "2000年1—11月", "January–November 2000"),
        ("2010-06..2011-05", "2010年6月—2011年5月", "June 2010–May 2011"),
        ("2014+", "2014年以来", "since 2014"),
        ("2011-H2+", "2011年下半年以来", "since the second half of 2011"),
        ("20xx", "年份被隐去", "year masked"),
        ("201x", "201*年，末位被隐去", "a year in the 2010s"),
        ("201x-04-14", "201*年4月14日，末位被隐去", "14 April of a year in the 2010s"),
        ("20xx-06", "6月，年份被隐去", "June, year masked"),
        ("", "", ""),
        ("unlike any", "unlike any", "unlike any"),
    ],
)
def test_a_period_is_written_as_people_write_it(period, zh, en):
    """Years, quarters, halves, months, spans, beginnings and masked years stand as words; what is unknown stays empty."""
    assert (when(period, "zh"), when(period, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("title", "place", "named"),
    [
        ("甲县2021年信访工作总结", "甲县", True),
        ("全县织密群众工作网", "甲县", True),
        ("第一季度信访情况", "甲县", True),
        # the number of a piece, an issue
        ("其一", "甲县", False),
        ("第一篇(共三篇,下载后可编辑)", "", False),
        ("2023年第5期(总第74期)", "", False),
        # a site or an agency, with a column or a date
        ("新浪江苏", "", False),
        ("新华网云南频道", "", False),
        ("甲乙新闻网2018-02-11 15:09", "", False),
        ("甲区】人民网-山东频道", "甲区", False),
        # a place, and the foot of a page
        ("平凉市", "平凉市", False),
        ("全省", "", False),
        ("甲市豫公网安备41900102410909", "甲市", False),
    ],
)
def test_numbers_sites_and_feet_are_no_titles(title, place, named):
    """What only stands where a title would names no report."""
    assert is_title(title, place) == named
