"""Places whose digits the page lost are reported, and only in reports that lost some."""

import pytest
from timing import growth

from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.missing import find_missing, suspect
from qz_analysis.extraction.quantities import find

STRIPPED = [
    ("共收集意见件，办结件，办结率达%，回访满意度达%。", ["件", "件", "%", "%"]),
    ("先后投资万元，新建个、改建个活动场所，办结率达%。", ["元", "个", "个", "%"]),
    ("参与群众达万余人次，辦結率達%。", ["人次", "%"]),
]
WHOLE = [
    "设立个体工商户服务点，建立个人档案。",
    "受理98件，办结97件，办结率99%。",
    "深入市场、现场、农户、案件第一线，落到实处。",
    "在建亿元项目14个，亿元以上企业20家，新增亿元村3个。",
]


@pytest.mark.parametrize(("raw", "units"), STRIPPED)
def test_lost_digits_are_reported_where_they_stood(raw, units):
    """In a report whose digits were stripped, a row without value stands before each lone unit."""
    text = clean(raw).text
    lost = find_missing(text, find(text))
    assert [q.unit for q in lost] == units
    assert all(q.value is None and q.status == "redacted" for q in lost)


@pytest.mark.parametrize("raw", WHOLE)
def test_whole_report_is_not_suspected_of_loss(raw):
    """A report whose numbers are there has none missing."""
    text = clean(raw).text
    assert find_missing(text, find(text)) == []


def test_a_page_that_lost_many_numbers_is_read_more_closely():
    """A measure word that might be a slip on a whole page counts as a lost number on a page with sure losses."""
    slip = clean("设立矛盾调解室间，抽调名干部。").text
    assert find_missing(slip, []) == []
    units = [q.unit for q in find_missing(f"办结率达%,投资万元。{slip}", [])]
    assert units == ["%", "元", "间", "名"]


def test_a_page_that_prints_more_than_it_lost_is_not_read_more_closely():
    """Two slips among many printed numbers do not make a page one whose digits were stripped."""
    text = clean(
        "受理12件，办结11件，走访30户，发放40份，办结率达%，投资万元，设立调解室间，调解3起。"
    ).text
    assert [q.unit for q in find_missing(text, find(text))] == ["%", "元"]


@pytest.mark.parametrize(
    ("words", "start", "bound"),
    [
        ("覆盖居民多户。", "多", "min"),
        ("组建服务队余支。", "余", "min"),
        ("走访农户约万户。", "万", "approx"),
        ("投资万元左右。", "万", "approx"),
        ("满意率达%以上。", "%", "min"),
    ],
)
def test_row_of_a_lost_number_starts_where_its_digits_stood(words, start, bound):
    """What the page left of a number belongs to the row, and its hedges give the bound."""
    text = clean(f"办结率达%，回访率达%。{words}").text
    found = find_missing(text, find(text))[-1]
    assert (found.text[0], found.bound) == (start, bound)


def test_dates_without_digits_are_signs_of_a_stripped_page():
    """A page whose dates have no digits lost the digits of its counts too."""
    text = clean("年月日，镇里召开会议。截至年月底，建成调解室个，覆盖居民户。").text
    assert [q.unit for q in find_missing(text, find(text))] == ["个", "户"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("每宗奖励1001000元", "spoilt"),
        ("为335户困难家庭每户发放补助3000元,合计1005000元", "ok"),
        ("每户补助1009000元", "ok"),
        ("投入资金5001000元", "ok"),
    ],
)
def test_only_what_each_one_gets_can_be_a_range_run_together(text, status):
    """Two round numbers side by side are suspect where a range would stand, not in a sum of many."""
    assert suspect(find(text)[-1], text, 0, len(text)).status == status


def test_runs_of_joined_numbers_cost_what_they_are_long():
    """The clause of a figure is looked at as far as it is near: a page may have no stop at all."""

    def work(size):
        text = "每宗奖励1001000元、" * size
        return [suspect(q, text, 0, len(text)).status for q in find(text)]

    assert set(work(3)) == {"spoilt"}
    assert growth(work, 800, 6400) < 20
