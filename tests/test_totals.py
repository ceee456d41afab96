"""Totals of columns are recomputed from the rows they stand under or over."""

import pytest

from qz_analysis import audit, extract

HEAD = "单位:件\n| 乡镇 | 受理 | 办结 |\n"
# what is taught, text, the sums found as (verdict, note)
SUMS = [
    ("total below", HEAD + "| 甲镇 | 12 | 11 |\n| 乙镇 | 9 | 8 |\n| 合计 | 21 | 18 |", [("ok", "12 + 9 = 21, printed 21件"), ("bad", "11 + 8 = 19, printed 18件")]),
    ("total above", HEAD + "| 总计 | 21 | 19 |\n| 甲镇 | 12 | 11 |\n| 乙镇 | 9 | 8 |", [("ok", "12 + 9 = 21, printed 21件"), ("ok", "11 + 8 = 19, printed 19件")]),
    ("sentences", "甲镇受理12件。乙镇受理9件。合计受理22件。", [("bad", "12 + 9 = 21, printed 22件")]),
    ("subtotals are not counted twice", "| 项目 | 金额(元) |\n| 甲 | 3 |\n| 乙 | 4 |\n| 小计 | 7 |\n| 丙 | 5 |\n| 丁 | 6 |\n| 小计 | 11 |\n| 合计 | 18 |", [("ok", "3 + 4 = 7, printed 7元"), ("ok", "5 + 6 = 11, printed 11元"), ("ok", "7 + 11 = 18, printed 18元")]),
    ("a masked row leaves the total unchecked", HEAD + "| 甲镇 | xx | - |\n| 乙镇 | 9 | - |\n| 合计 | 21 | - |", []),
    ("rows within rows are left alone", "| 项目 | 数量(件) |\n| 来访 | 30 |\n| 其中:集体访 | 10 |\n| 来信 | 5 |\n| 合计 | 35 |", []),
    ("averages and running counts have no total", "| 乡镇 | 平均补助(元) | 累计受理(件) |\n| 甲镇 | 12 | 20 |\n| 乙镇 | 9 | 30 |\n| 合计 | 10 | 45 |", []),
    ("a row that divides another", "| 项目 | 数量(人) |\n| 职工 | 30 |\n| 女职工 | 10 |\n| 农民 | 5 |\n| 合计 | 35 |", []),
    ("numbered rows below numbered rows", "| 项目 | 数量(件) |\n| 一、来访 | 10 |\n| 1.个访 | 4 |\n| 2.集体访 | 6 |\n| 二、来信 | 5 |\n| 合计 | 15 |", []),
    ("rates have no total", "| 乡镇 | 办结率(%) |\n| 甲镇 | 90 |\n| 乙镇 | 80 |\n| 合计 | 86 |", []),
    ("another unit is another figure", "甲镇受理12件。乙镇受理9户。合计受理21件。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sums"), [row[1:] for row in SUMS], ids=[row[0] for row in SUMS])
def test_totals_of_columns(text, sums):
    """A total is the sum of the rows that state the same figure in the same words."""
    found = audit(extract(text))
    assert list(found.loc[found["type"] == "sum", ["verdict", "note"]].itertuples(index=False, name=None)) == sums


def test_a_masked_row_is_the_reason():
    """Where a row is masked the total is a candidate that says so."""
    found = audit(extract(HEAD + "| 甲镇 | xx | 1 |\n| 乙镇 | 9 | 1 |\n| 合计 | 21 | 2 |"), unchecked=True)
    assert ["sum", "unchecked", "xx件 is masked or lost"] in found[["type", "verdict", "reason"]].values.tolist()
