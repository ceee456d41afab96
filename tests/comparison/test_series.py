"""What of a report may be held against another report: levels, stated changes, totals."""

import pytest

from qz_analysis import extract
from qz_analysis.comparison.series import place_of, series_of
from qz_analysis.model import Document, by_report

HEAD = "甲山县2018年工作报告\n2018年，"


def series(text, head=HEAD):
    return series_of(by_report(extract([Document("a", head + text)])).items())


@pytest.mark.parametrize(
    ("text", "levels", "changes"),
    [
        ("城镇新增就业2163人，增长5%。", ["urban_jobs"], ["urban_jobs"]),
        ("一般公共预算收入8.4亿元，增长7.1%。", ["budget_revenue"], ["budget_revenue"]),
        ("粮食总产量21.5万吨，同比下降1.2%。", ["grain_output"], ["grain_output"]),
        # over several years, or against another year than the last
        ("城镇新增就业2163人，年均增长5%。", ["urban_jobs"], []),
        ("一般公共预算收入8.4亿元，比2015年增长27.1%。", ["budget_revenue"], []),
        # at comparable prices or scope: told, and marked
        ("一般公共预算收入8.4亿元，可比增长7.1%。", ["budget_revenue"], ["budget_revenue"]),
        # what is gathered up to now, and what is planned
        ("累计城镇新增就业2163人。", [], []),
        ("计划城镇新增就业2163人。", [], []),
        # 分别 deals out as many changes as the sentence has figures
        (
            "接待游客87万人次，旅游收入4.3亿元，分别增长23%和26%。",
            ["tourists"],
            ["tourism_income", "tourists"],
        ),
        # of which of the three each change is does not stand there
        ("投资9亿元，接待游客87万人次，旅游收入4.3亿元，分别增长23%和26%。", ["tourists"], []),
        # two figures of one thing in one report
        ("城镇新增就业2163人。全县城镇新增就业2613人。", [], []),
    ],
)
def test_levels_and_changes(text, levels, changes):
    """A report states levels of its year and their change against the year before, nothing else."""
    found = series(text)
    named = {key.what for key in found.levels} & {
        "urban_jobs",
        "budget_revenue",
        "grain_output",
        "tourists",
    }
    assert (sorted(named), sorted({key.what for key in found.changes})) == (levels, changes)


def test_comparable_changes_are_marked():
    """A change at comparable prices is known as one, also behind the first of two."""
    text = "财政总收入和一般公共预算收入分别完成16.6亿元和7.3亿元，可比增长21.6%和22%。"
    marks = [one.comparable for found in series(text).changes.values() for one in found]
    assert marks and all(marks)


def test_a_base_is_a_print_of_last_year():
    """What a change is said to be from states last year's figure once more."""
    found = series("全县信访总量256件次，同比(2017年287件次)下降10.8%。")
    prints = {key.year: [one.base for one in found.levels[key]] for key in found.levels}
    assert prints == {2018: [False], 2017: [True]}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2014年至2018年，固定资产投资累计完成120.4亿元。", [(2014, 2018)]),
        ("2014年至2018年，居民储蓄存款累计120.4亿元。", []),
    ],
)
def test_totals_over_years(text, years):
    """What is gathered over years is a total, if it can be added up over years at all."""
    assert [(first, key.year) for key, first, _ in series(text).totals] == years


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("130621", "满城县", 2010, "a"), ("130607", "满城区", 2020, "b"), True),
        (("", "甲山县", 2010, "a"), ("", "甲山县", 2020, "b"), True),
        (("", "桥西区", 2020, "a"), ("", "桥西区", 2020, "b"), False),  # there are several
        (("130628", "高阳县", 2020, "a"), ("130607", "满城区", 2020, "a"), False),
    ],
)
def test_places_over_the_years(one, other, same):
    """A place keeps its identity when its code changes; a name of several places links nothing."""
    assert (place_of(*one) == place_of(*other)) is same


@pytest.mark.parametrize("place", ["**县", "我县"])
def test_places_without_a_name_link_nothing(place):
    """Reports of masked or unnamed places are held against no other."""
    assert not series("城镇新增就业2163人。", f"{place}2018年工作报告\n2018年，").levels


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021年，法院受理各类案件900件，审执结800件。", ["court.closed", "court.received"]),
        (
            "全年（2020年12月21日~2021年12月20日）共受理各类案件900件，审执结800件。",
            ["court.closed", "court.received"],
        ),
        # police and hotlines close cases, too, and one kind of cases is not all
        ("2021年，公安机关受理案件900件，办结800件。", []),
        ("2021年，法院受理民事案件900件，审结800件。", []),
        ("2021年，法院受理案件900件。全年审执结800件。", []),
    ],
)
def test_all_the_work_of_a_court_is_one_quantity(text, found):
    """What a court took in and closed is told by two counts of one sentence, in whatever words."""
    kept = {key.what for key in series(text).levels}
    assert sorted(kept & {"court.received", "court.closed"}) == found
