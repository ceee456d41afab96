"""Numbers are found with bound, unit and place; the long tables stand in tests/phrases."""

import pytest

from qz_analysis import extract
from qz_analysis.extraction.quantities import find

FOUND = [
    ("补贴8872.7万元", [(88727000, "元", "exact")]),
    ("发放100多万元", [(1000000, "元", "min")]),
    ("讨回152.8万余元", [(1528000, "元", "min")]),
    ("达到85%以上", [(85, "%", "min")]),
    ("将近四成", [(40, "%", "approx")]),
    ("参与群众856多人(次)", [(856, "人次", "min")]),
    ("减少10个百分点", [(10, "百分点", "exact")]),
    ("193批次389人次", [(193, "批次", "exact"), (389, "人次", "exact")]),
    ("收费120元/年", [(120, "元/年", "exact")]),
    ("登记为零,", [(0, "", "exact")]),
]
NOTHING = [
    "2011年4月25日",
    "第二十二期",
    "〔2010〕1号",
    "一把手",
    "“46810”工程",
    "三位一体",
    "拨打12345热线",
    "1、加强领导",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_quantities_are_read(text, expected):
    """Each number has its exact value in the base unit, its unit and its bound."""
    assert [(q.value, q.unit, q.bound) for q in find(text)] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_states_nothing_gives_nothing(text):
    """Dates, ordinals, document numbers and set phrases are no quantities."""
    assert find(text) == []


def test_range_has_ends_and_no_value():
    """A range gives its two ends and never a point."""
    (q,) = find("建立10-20人的联防队")
    assert (q.value, q.low, q.high, q.bound) == (None, 10, 20, "range")


@pytest.mark.parametrize("text", ["受理xxx件", "人口xx.x万人", "面积2.6x平方公里", "受理**件"])
def test_masked_number_has_no_value(text):
    """A masked or partly legible number is redacted and has no value."""
    (q,) = find(text)
    assert (q.status, q.value) == ("redacted", None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("罚款50-5元", 5, 50), ("20到4处", 4, 20), ("6-3成", 30, 60), ("9万到2户", 2, 90000)],
)
def test_range_that_runs_backwards_is_spoilt(text, low, high):
    """Ends in the wrong order are a fault of the page: the row says so, and low is never above high."""
    (q,) = find(text)
    assert (q.low, q.high, q.status) == (low, high, "spoilt")
    assert "backwards" in q.note


def test_fall_from_one_figure_to_another_is_no_range():
    """由50件到5件 states two figures."""
    assert [(q.value, q.low) for q in find("由上年的50件到5件")] == [(50, None), (5, None)]


@pytest.mark.parametrize("text", ["巡防队伍支", "退伍名单", "大陆人士", "放肆一时"])
def test_formal_numeral_inside_a_word_counts_nothing(text):
    """伍 of 队伍 and 陆 of 大陆 are no numerals."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("越级上访为零。", ["零"]),
        ("积案是“零”,新案为零,零散线索2条", ["零", "零", "2条"]),
        ("实现“零”,零", []),
        ("零", []),
    ],
)
def test_a_nought_counts_behind_the_verb_that_says_so(text, expected):
    """A lone 零, bare or in quotation marks, is a figure where 为 or 是 stands before it."""
    assert [quantity.text for quantity in find(text)] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("占全国三成以上，2款药。", "三成"),
        ("增长近四成。19个项目。", "四成 19个"),
        ("跨越7万亿、8万亿、9万亿三个大台阶。", "7万亿 8万亿 9万亿 三个"),
        ("招引亿元以上重大产业项目3150个。", "3150个"),
        ("全市投资亿元以上项目93个，全市万元生产总值综合能耗下降3%。", "93个 3%"),
        ("????—2025年1月15日会议，办结93件。", "93件"),
    ],
)
def test_what_a_stop_or_a_word_ends_is_whole(text, told):
    """A number behind a stop, what counts the sums of a list and a size of projects damage no figure."""
    claims = extract(f"甲县报告\n{text}")
    assert " ".join(claims["text"]) == told
    assert set(claims["status"]) == {"ok"}
