"""One thing counted twice: in a report, in two units, in a copy of the report."""

from dataclasses import replace

import pandas as pd
import pytest
from relations import claims_of, told
from timing import growth, steps

from qz_analysis import audit, extract, tables
from qz_analysis.arithmetic.passages import Candidate
from qz_analysis.arithmetic.repeats import find_copied, find_repeats
from qz_analysis.model import Document, read_claim

TWICE = [
    (
        "全县有1819名在职党员到社区报到。后来，对全县1892名进社区报到的在职党员建档管理。",
        ["repeat bad 1819名 1892名"],
    ),
    (
        "全县有1819名在职党员到社区报到。后来，对全县1819名进社区报到的在职党员建档管理。",
        ["repeat ok 1819名 1819名"],
    ),
    ("2013年全镇来信来访1000件。据统计，2013年全镇来信来访950件。", ["repeat bad 1000件 950件"]),
    ("2013年全镇来信来访1000件。据统计，2013年全镇来信来访850件。", []),  # too far apart to be one
    ("2012年全镇来信来访1000件。2013年全镇来信来访950件。", []),  # two years
    # a kind of what the other counts
    ("2021年借款合同纠纷新收794件,占3.05%。2021年金融借款合同纠纷新收769件,占2.95%。", []),
    # two bodies that count apart, by the headings
    ("一、区级数据\n2013年按期办结2794件。\n二、市热线办考核数据\n2013年按期办结2798件。", []),
    # two averages, each of the count before it
    (
        "2024年接通来电12530个，平均一天1790个。2024年派出召车工单11351个，平均一天1622个。",
        [],
    ),
    ("全镇来信来访1000件。据统计，全镇来信来访950件。", []),  # two spans that are not named
    ("2013年全镇来信来访1000件。据统计，2013年全县来信来访950件。", []),  # a town and its county
    ("2013年全镇来信来访98件。据统计，2013年全镇来信来访95件。", []),  # small numbers turn up twice
    ("2013年全镇来信来访约1000件。据统计，2013年全镇来信来访950件。", []),  # about
    (
        "全县有1819名在职党员到社区报到，另有1892名在职党员到社区报到。",
        [],
    ),  # one sentence does not repeat itself
    ("全县有1819名在职党员到社区报到。全县有1892名医务人员下乡义诊。", []),  # other words
    ("全县有低保对象1819人。全县有残疾群众1892人。", []),
    ("全县有在职党员1819名。全县有流动党员1892名。", []),
    ("2019年，交办重点信访案件212件。2019年，信访总量234件。", []),  # 信访 alone is not one thing
    (
        "2019年，受理信访件374件，较上年的383件下降2.3%。2019年，登记信访件395件。",
        ["yoy ok 2.3% 374件 383件"],
    ),
    (
        "2019年，甲镇受理信访件708件，较上年的383件上升84.9%。2019年，甲镇受理信访件390件。",
        ["yoy ok 84.9% 708件 383件"],
    ),
    ("2019年，安平镇受理信访件708件。2019年，湖石镇受理信访件764件。", []),  # two places
    ("2019年，安平镇受理信访件708件。2019年，安平镇受理信访件764件。", ["repeat bad 708件 764件"]),
    # two columns of one row, and what came in beside what was done with it
    ("2024年7月\n| 类别 | 7月（宗） | 结案数（宗） |\n| 宣传广告 | 3620 | 3619 |", []),
    ("2019年，安平镇受理信访件708件。2019年，安平镇办结信访件704件。", []),
    ("2019年，上述机构床位11800张。养老机构床位11300张。", []),  # a total and a part
    # two questions of one survey
    ("2019年，对办理工作满意的提案526件。对办理结果满意的提案519件。", []),
    ("2019年，行政服务类诉求2054件；社会服务类诉求1986件。", []),  # two kinds of one whole
    (
        "2019年，全省热线受理诉求1800件。市（州）热线受理诉求1738件。",
        [],
    ),  # all, and those of a level
    ("2019年收进行政化服务类2054件。社会化服务类1986件。", []),
    ("| 乡镇 | 低保户（户） |\n| 安平镇 | 708 |\n| 湖石镇 | 764 |", []),
    ("全县有干部1450人，女干部82人；男干部1368人。", ["sum ok 1450人 82人 1368人"]),
]


@pytest.mark.parametrize(("text", "expected"), TWICE)
def test_nearly_the_same_words_of_nearly_the_same_number_are_compared(text, expected):
    """Two counts of one time and scope in nearly the same words are one thing: equal or not."""
    assert told(text) == expected


UNITS = [
    (
        "全县建档立卡贫困户9154户。全县帮扶建档立卡贫困户9154人。",
        ["repeat unchecked 9154户 9154人: the same digits stand with another unit"],
    ),
    # two words for one thing
    ("全县登记贫困人口9154人。全县帮扶贫困人口9154名。", ["repeat ok 9154人 9154名"]),
    (
        "全县建档立卡贫困户9100户。全县帮扶建档立卡贫困户9100人。",
        [],
    ),  # round numbers meet by chance
    ("全县建档立卡贫困户954户。全县帮扶建档立卡贫困户954人。", []),  # small ones too
    ("全县建档立卡贫困户9154户。全县帮扶建档立卡贫困户9155人。", []),
    ("全县建档立卡贫困户9154户。全县养殖建档立卡贫困户9154头。", []),  # no number of people
]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_the_same_digits_in_two_units_are_noted_and_never_agree(text, expected):
    """A large unround number said once of households and once of heads is noted, with both units:
    a household is no person, so that the two neither agree nor contradict each other.
    """
    assert told(text, unchecked=True) == expected


BODY = "2019年上半年，全县受理群众来信2163宗。接待来访群众212批次1389人次。排查矛盾纠纷176起。"


def _copies(copy):
    """Relations of the texts of a report and of its copy, the reports table by hand."""
    claims = pd.concat([extract(Document(doc, text)) for doc, text in (("甲", BODY), ("乙", copy))])
    reports = pd.DataFrame({"doc": ["甲", "乙"], "report": [0, 0], "same_as": ["", "甲:0"]})
    return audit(claims, reports), audit(claims)


def test_a_figure_that_a_copy_changes_is_told():
    """A figure that differs in a copy is a bad repeat of the copy, with both figures; without the reports table it is not sought."""
    with_reports, without = _copies(BODY.replace("1389", "1398"))
    (row,) = with_reports.to_dict("records")
    told_so = [row[k] for k in ("doc", "report", "type", "verdict", "computed")]
    assert told_so == ["乙", 0, "repeat", "bad", 1389]
    assert row["starts"] == str(BODY.index("1389"))
    assert "1389" in row["note"] and "1398人次" in row["note"]
    assert without.empty


@pytest.mark.parametrize("copy", [BODY, BODY.replace("1389", "xx"), BODY.replace("1389", "1389余")])
def test_an_equal_or_masked_figure_of_a_copy_is_no_error(copy):
    """Copies that agree, mask a figure or hedge it give no bad row."""
    assert _copies(copy)[0].empty


def test_a_copy_of_a_report_that_is_not_there_is_passed_over():
    """A same_as that names a report outside the claims table, or none, gives no row."""
    claims = extract(Document("乙", BODY))
    reports = pd.DataFrame({"doc": ["乙", "丙"], "report": [0, 0], "same_as": ["甲:0", "乙:0"]})
    assert audit(claims, reports).empty


def test_figures_of_copies_are_paired_by_their_place():
    """A figure that only one of two copies has shifts none of the others out of its pair."""
    texts = BODY, BODY.replace("接待", "出动干部36人次。接待").replace("176", "167")
    first, second = (
        [read_claim(row) for row in extract(text).to_dict("records")] for text in texts
    )
    pairs = [(a.text, b.text) for a, b in find_copied(first, second)]
    assert pairs == [
        ("2163宗", "2163宗"),
        ("212批次", "212批次"),
        ("1389人次", "1389人次"),
        ("176起", "167起"),
    ]


def test_sums_of_other_figures_cost_a_repeat_nothing():
    """A pair is held against the sums that its figures take part in, not against all of a report."""

    def work(size):
        claims = claims_of("2012年全县共排查各类矛盾纠纷1234件。" * size)
        sums = [Candidate("sum", (claims[0], claims[k])) for k in range(1, size)]
        return steps(lambda: list(find_repeats(claims, sums)))

    assert work(400) < 2.2 * work(200)


def test_a_copy_that_repeats_its_words_costs_what_it_is_long():
    """The one figure that differs is found, and no figure is held against each of the others."""
    one = claims_of("受理信访件4件，办结3件。" * 3200)
    other = [*one[:500], replace(one[500], text="5件"), *one[501:]]
    assert sum(a is not b for a, b in find_copied(one, other)) == 1

    def work(size):
        return list(find_copied(one[:size], other[:size]))

    assert growth(work, 800, 6400, rounds=1) < 24


def test_means_of_two_totals_are_no_one_figure():
    """接通来电…平均一天1790个 and 派出工单…平均一天1622个 are of two things."""
    text = "接通有效来电12530个，平均一天1790个，同比下降27.5%；派出工单11351个，平均一天1622个，同比下降26.2%。"
    assert audit(extract(text)).empty


def test_two_rows_of_a_table_are_two_things():
    """Rows that share the name of their section are no one figure, whatever else they share."""
    text = "|指标|单位|数量|\n|养老服务床位|张|1180|\n|养老服务机构床位|张|1130|\n"
    assert audit(extract(text)).empty


def test_shares_in_a_column_without_a_unit_are_no_counts_told_twice():
    """Each row's share of its target is of that row, though all bear the name of their column."""
    page = "民生实事完成情况\n项目 | 完成数 | 占目标任务\n新增就业 | 98.87 | 123.59\n失业再就业 | 25.44 | 127.2\n"
    assert "bad" not in set(tables(page).relations["verdict"])


@pytest.mark.parametrize(("one", "other"), [("男性", "女性"), ("0-17岁", "18-34岁")])
def test_counts_of_people_told_apart_are_no_one_figure(one, other):
    """Two groups of nearly one size are two, by one character or by their numbers."""
    assert audit(extract(f"年末{one}人口数22.75万人。{other}人口数21.17万人。")).empty
