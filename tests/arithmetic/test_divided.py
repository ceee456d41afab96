"""Wholes that nothing but the order of a text ties to their parts."""

import pytest
from relations import told

LISTS = [
    # each part with its share, 占 left out, and the whole before them
    (
        "受理信访举报71件：来信16件，22.5%；来访22件，31%；网络33件，46.5%。",
        {
            "rate ok 22.5% 16件 71件",
            "rate ok 31% 22件 71件",
            "rate ok 46.5% 33件 71件",
            "sum ok 71件 16件 22件 33件",
            "sum ok 22.5% 31% 46.5%",
        },
    ),
    # the whole behind them, made up by its parts
    (
        "受理方式：来信16件，22.5%；来访22件，31%；网络33件，46.5%。业务范围内的举报71件。",
        {
            "rate ok 22.5% 16件 71件",
            "rate ok 31% 22件 71件",
            "rate ok 46.5% 33件 71件",
            "sum ok 71件 16件 22件 33件",
            "sum ok 22.5% 31% 46.5%",
        },
    ),
    # of counts that make up the whole, those shares that fit it are told
    (
        "受理信访举报71件：来信16件，22.5%；来访22件，35%；网络33件，46.5%。",
        {"rate ok 22.5% 16件 71件", "rate ok 46.5% 33件 71件", "sum ok 71件 16件 22件 33件"},
    ),
    # of others, where a share is none of that whole, nothing is said
    ("受理信访举报75件：来信16件，21%；来访22件，35%；网络33件，44%。", set()),
    # two parts may agree by chance
    ("受理信访举报71件：来信16件，23%；来访22件，31%。", set()),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_parts_with_their_shares_have_the_whole_that_fits_them_all(text, expected):
    """Percentages in a list are shares of the one count that fits all of them, or of none."""
    assert expected <= set(told(text))
    if not expected:
        assert not any(line.startswith("rate") for line in told(text))


def test_a_bare_percentage_behind_what_came_in_and_what_was_settled_is_their_rate():
    """收68件,结38件,55.88% is a rate where it holds, and nothing is said where it does not."""
    assert told("刑事案件收案68件，结案38件，55.88%。") == ["rate ok 55.88% 38件 68件"]
    assert told("刑事案件收案68件，结案38件，65.88%。") == []


ROWS = [
    # a total above its parts
    (
        "|机构|单位|数量|\n|提供住宿的机构|个|617|\n|养老机构|个|586|\n|儿童机构|个|12|\n|其他机构|个|19|",
        ["sum ok 617个 586个 12个 19个"],
    ),
    # in every column
    (
        "|问题|8月(件)|7月(件)|\n|问题数|121|75|\n|事件|97|52|\n|部件|24|23|",
        ["sum ok 121件 97件 24件", "sum ok 75件 52件 23件"],
    ),
    # what chance may add up
    ("|机构|单位|数量|\n|医院|个|9|\n|学校|个|6|\n|站|个|3|\n|厂|个|1|", []),
    # two columns of a row before the many that one of them is made of
    (
        "|县|呼入|有效|刑事|纠纷|无效|\n|甲|989|206|59|147|783|\n|乙|577|172|29|143|405|\n|丙|818|87|16|71|731|",
        ["sum ok 989 206 783", "sum ok 206 59 147"],
    ),
    # the parts stand before the whole, or on both sides of it
    (
        "|县|投诉(件)|举报(件)|受理(件)|\n|甲|2017|907|2924|\n|乙|374|156|530|\n|丙|91|46|137|",
        ["sum ok 2924件 2017件 907件", "sum ok 137件 91件 46件"],
    ),
    (
        "|县|投诉(件)|受理(件)|举报(件)|\n|甲|2017|2924|907|\n|乙|374|530|156|\n|丙|91|137|46|",
        ["sum ok 530件 374件 156件"],
    ),
    # a last row that all above it make up
    (
        "|市州|计划数|开工数|\n|甲市|150|143|\n|乙市|71|44|\n|丙市|87|71|\n|全省|308|258|",
        ["sum ok 308 150 71 87", "sum ok 258 143 44 71"],
    ),
    # figures of one sentence before the table for two of its columns, few as they are
    (
        "全市事故19起，死亡9人。\n|县|事故（起）|死亡（人）|\n|甲县|7|2|\n|乙县|2|1|\n|丙县|9|5|\n|丁县|1|1|",
        ["sum ok 19起 7起 2起 9起 1起", "sum ok 9人 2人 1人 5人 1人"],
    ),
    # two lines that make up one figure above them, each in its own way
    (
        "收信共65件。\n目的 | 求决57件 | 建议7件 | 揭发1件\n类型 | 咨询30件 | 投诉15件 | 建议11件 | 举报9件",
        ["sum ok 65件 57件 7件 1件", "sum ok 65件 30件 15件 11件 9件"],
    ),
    # a few small figures that the words lead to; the line below them is no row
    (
        "收到议案15件，分类如下：\n类别 | 件数\n财政 | 5\n城建 | 7\n教育 | 1\n农业 | 1\n政治 | 1\n另提交建议272件。",
        ["sum ok 15件 5件 7件 1件 1件 1件"],
    ),
    # the other columns of rows of which one makes up its total
    (
        "|指标|单位|本期|上期|\n|低保|万元|24991.9|223535.6|\n|城市|万元|4546.5|36059.9|\n|农村|万元|20445.4|187475.7|",
        [
            "sum ok 24991.9万元 4546.5万元 20445.4万元",
            "sum ok 223535.6万元 36059.9万元 187475.7万元",
        ],
    ),
]


@pytest.mark.parametrize(("table", "expected"), ROWS)
def test_rows_and_columns_that_make_up_others_are_sums(table, expected):
    """A row that those below it make up, and a column that two others make up, in all rows."""
    assert set(expected) <= set(told(table))
    if not expected:
        assert told(table) == []


def test_items_of_a_numbered_list_make_up_the_whole_above_them():
    """The counts that one verb tells in each item of a list are added up, where that is the whole."""
    text = "全院收案1801件。\n1.刑事：收68件，结38件。\n2.民商事：收925件，结440件。\n3.行政：收38件，结10件。\n4.执行：收770件，结406件。"
    assert "sum ok 1801件 68件 925件 38件 770件" in told(text)
    assert not [line for line in told(text.replace("1801", "1803")) if line.startswith("sum")]


TABLE = "| 单位 | 承办件数 | 办结数 | 在办数 |\n|---|---|---|---|\n"


def test_columns_that_make_up_another_in_every_row_do_so_in_each():
    """A count that the columns behind it make up in all of three rows or more is their sum in each row."""
    rows = "| 甲县 | 96 | 91 | 5 |\n| 乙县 | 43 | 34 | 9 |\n| 丙县 | 25 | 22 | 3 |\n"
    sums = [line for line in told(TABLE + rows) if line.startswith("sum")]
    assert sums == ["sum ok 96件 91件 5件", "sum ok 43件 34件 9件", "sum ok 25件 22件 3件"]


NAMED = "中心 | 办件（件） | 投票（件） | 满意（张） | {}\n税务 | 782 | 780 | 780 | 100%\n户政 | 54 | 50 | 50 | 100%\n婚姻 | 328 | 320 | 320 | 100%\n"


def test_a_rate_is_of_the_column_that_names_it_and_the_one_before():
    """满意占比 is of 满意, though it is 100 % in every row; another name ties nothing."""
    assert [row for row in told(NAMED.format("满意占比")) if row.startswith("rate")] == [
        "rate ok 100% 780张 780件",
        "rate ok 100% 50张 50件",
        "rate ok 100% 320张 320件",
    ]
    assert not any(row.startswith("rate") for row in told(NAMED.format("覆盖占比")))


# tables in which one figure breaks what holds in all other rows or columns, and the check that tells it
BROKEN = [
    (
        "|县|受理(件)|办结(件)|在办(件)|\n|甲|214|187|27|\n|乙|96|80|16|\n|丙|158|141|17|\n|丁|73|70|2|",
        "sum bad 73件 70件 2件",
    ),
    (
        "|县|投诉(件)|举报(件)|受理(件)|\n|甲|2017|907|2924|\n|乙|374|156|530|\n|丙|216|117|333|\n|丁|91|64|137|",
        "sum bad 137件 91件 64件",
    ),
    # the total of one column, where that of another holds
    (
        "|县|受理(件)|办结(件)|\n|合计|586|529|\n|甲|214|187|\n|乙|96|90|\n|丙|158|114|\n|丁|118|111|",
        "sum bad 529件 187件 90件 114件 111件",
    ),
    (
        "|县|本期(件)|上年同期(件)|同比|\n|甲|214|193|10.9%|\n|乙|96|102|-8.6%|\n|丙|158|140|12.9%|\n|丁|73|80|-8.8%|",
        "yoy bad 8.6% 96件 102件",
    ),
    # in the first row, too
    (
        "|县|本期(件)|上年同期(件)|同比|\n|甲|214|193|19.0%|\n|乙|96|102|-5.9%|\n|丙|158|140|12.9%|\n|丁|73|80|-8.8%|",
        "yoy bad 19.0% 214件 193件",
    ),
    (
        "|县|收案(件)|结案(件)|占收案|\n|甲|214|187|87.4%|\n|乙|96|80|86.3%|\n|丙|158|141|89.2%|\n|丁|73|70|95.9%|",
        "rate bad 86.3% 80件 96件",
    ),
]
# and tables whose figures fit by chance, or need not fit
WHOLE = [
    "|单位|干部(人)|党员(人)|女(人)|\n|甲|60|40|20|\n|乙|50|30|20|\n|丙|45|25|20|\n|丁|45|30|21|",
    "|项目|户数(户)|人次(人次)|\n|低保|214|687|\n|特困|96|280|\n|救助|50|51|\n|各类|360|990|",
    "|年度|受理(件)|办结(件)|\n|2020年|214|187|\n|2021年|96|80|\n|2022年|310|141|\n|2023年|73|70|",
    # amounts that are rounded one by one
    "|来源|全体|城镇|\n|收入|60459|71661|\n|工资|34640|40801|\n|经营|11230|12001|\n|财产|4927|6200|\n|转移|9662|12660|",
]


@pytest.mark.parametrize(("table", "expected"), BROKEN)
def test_what_holds_in_all_rows_but_one_is_a_slip_there(table, expected):
    """A law of a table says which figures belong together, and one that breaks it is told."""
    assert [line for line in told(table) if " bad " in line] == [expected]


@pytest.mark.parametrize("table", WHOLE)
def test_what_chance_or_rounding_may_give_is_no_slip(table):
    """No law is found in a few digits, in unlike units, over years, or broken by rounding."""
    assert not [line for line in told(table) if " bad " in line]
