"""Rows of tables become sentences whose digits keep their offsets."""

import pytest

from qz_analysis import extract, tables
from qz_analysis.cleaning import clean
from qz_analysis.tabular import known, told, unit_of

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
    ("a time above the table holds in it", "2011年统计表\n| 乡镇 | 受理(件) |\n| 甲镇 | 12 |", "2011年统计表\n在2011年。甲镇受理12件。"),
    ("a table of words", "| 职责 | 单位 |\n| 牵头 | 信访局 |", "职责,单位\n牵头,信访局"),
    ("remarks stay prose", "| 乡镇 | 受理(件) | 备注 |\n| 甲镇 | 12 | 含信件3件 |", "甲镇受理12件,备注含信件3件。"),
    ("bars between links are no table", "首页 | 信访 | 来访 12\n正文。", "首页 | 信访 | 来访 12\n正文。"),
    ("one tab is no table", "一、\t受理12件。\n二、\t办结9件。", "一、\t受理12件。\n二、\t办结9件。"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_rows_are_said(lines, said):
    """Each kind of table becomes the sentences that a reader would say."""
    assert told(lines)[0].rstrip("\n") == said


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
    table = extract("甲县全县工作。\n单位:件\n| 乡镇 | 受理 | 办结 | 办结率(%) |\n| 马道镇 | 12 | 11 | 91.67 |\n")
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
    assert told(lines)[0].count("件") == 20_000
