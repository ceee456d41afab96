"""Places whose digits the page lost are reported, and only in reports that lost some."""

import pytest

from qz_analysis.cleaning import clean
from qz_analysis.lost import find_lost
from qz_analysis.quantities import find

STRIPPED = [
    ("共收集意见件，办结件，办结率达%，回访满意度达%。", ["件", "件", "%", "%"]),
    ("先后投资万元，新建个、改建个活动场所，办结率达%。", ["元", "个", "个", "%"]),
    ("参与群众达万余人次，辦結率達%。", ["人次", "%"]),
]
WHOLE = [
    "设立个体工商户服务点，建立个人档案。",
    "受理98件，办结97件，办结率99%。",
    "深入市场、现场、农户、案件第一线，落到实处。",
]


@pytest.mark.parametrize(("raw", "units"), STRIPPED)
def test_lost_digits_are_reported_where_they_stood(raw, units):
    """In a report whose digits were stripped, a row without value stands before each lone unit."""
    text = clean(raw).text
    lost = find_lost(text, find(text))
    assert [q.unit for q in lost] == units
    assert all(q.value is None and q.status == "redacted" for q in lost)


@pytest.mark.parametrize("raw", WHOLE)
def test_whole_report_is_not_suspected_of_loss(raw):
    """A report whose numbers are there has none missing."""
    text = clean(raw).text
    assert find_lost(text, find(text)) == []
