"""Totals are held against the parts that the words say they are made of."""

import pytest
from test_auditing import told

LISTS = [
    ("受理156件，其中来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件，其中来信48件、来访62件、网上64件。", ["sum bad 156件 48件 62件 64件"]),
    ("受理156件（来信48件，来访62件，网上46件）。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件（来信48件，来访62件，网上49件）。", ["sum bad 156件 48件 62件 49件"]),
    ("受理156件（其中来信48件，来访62件，网上46件），另转办20件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件（其中来信48件，来访62件，其他44件），转办20件。", ["sum bad 156件 48件 62件 44件"]),  # the bracket ends the list
    ("受理156件，其中来信48件、来访62件、其他44件，累计接待20件。", ["sum bad 156件 48件 62件 44件"]),  # so does a new clause
    ("受理156件。其中，来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),  # the total in the line before
    ("受理156件，按渠道分为来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件：来信48件、来访62件、网上46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理383件，来信120件，来访263件。", ["sum ok 383件 120件 263件"]),  # no word, taken because it is right
    ("受理383件，来信120件，来访236件。", []),
    ("上访110件，受理156件，其中来信48件、来访62件；网上43件。", []),  # the first two make a figure further off
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级500万元。", ["sum ok 3000万元 1800万元 700万元 500万元"]),
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级600万元。", ["sum bad 3000万元 1800万元 700万元 600万元"]),
    ("投入资金3000万元，其中中央1800万元、省级700万元、县级501万元。", ["sum bad 3000万元 1800万元 700万元 501万元"]),  # not rounded
    ("投入资金1.5亿元，其中县级9000万元、镇级5000万元、其他1200万元。", ["sum ok 1.5亿元 9000万元 5000万元 1200万元"]),
    ("投入资金1.5亿元，其中县级9000万元、镇级5000万元、其他2200万元。", ["sum bad 1.5亿元 9000万元 5000万元 2200万元"]),
    ("受理156件，其中来信94件、来访62件、网上46件。", []),  # so far over, its parts may overlap: unchecked, never cut to 94 + 62
    ("三级医院均次费用320.5元，二级医院162.07元，比三级医院低158.43元。", ["diff ok 158.43元 320.5元 162.07元"]),  # a difference is no part
    ("受理信访一万二千件，其中来信九千件、来访四千件。", ["sum bad 一万二千件 九千件 四千件"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_makes_up_its_total(text, expected):
    """The parts of a list, a bracket or a colon are added up and held against the total before them."""
    assert told(text) == expected


SEVERAL = [
    (
        "调解纠纷90件，按类型分，邻里40件、婚姻30件、土地20件；按结果分，成功85件、不成功5件。",
        ["sum ok 90件 40件 30件 20件", "sum ok 90件 85件 5件"],
    ),
    (
        "调解纠纷90件，按类型分，邻里40件、婚姻30件、土地20件；按结果分，成功85件、不成功8件。",
        ["sum ok 90件 40件 30件 20件"],  # 按…分 alone does not promise that a list is whole
    ),
    (
        "调解纠纷90件，其中邻里40件、婚姻30件、土地20件，口头调解55件、书面调解35件。",  # two lists behind one word
        ["sum ok 90件 40件 30件 20件", "sum ok 90件 55件 35件"],
    ),
    (
        "慰问困难户90户240人，其中低保户40户100人，五保户30户60人，残疾户20户80人。",
        ["sum ok 90户 40户 30户 20户", "sum ok 240人 100人 60人 80人"],
    ),
    (
        "全县有低保户90户240人，其中城镇40户100人、农村50户150人。",
        ["sum ok 90户 40户 50户", "sum bad 240人 100人 150人"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_each_list_and_each_unit_makes_up_the_total(text, expected):
    """A total may be divided more than once, and households and heads are added up apart."""
    assert sorted(told(text)) == sorted(expected)


ONWARD = [
    (
        "登记来信来访314件，其中来信67件、来访208件，网上投诉39件；2007年，先后调处涉农纠纷359件（土地类42件，邻里类173件，其他144件）。",
        ["sum ok 314件 67件 208件 39件", "sum ok 359件 42件 173件 144件"],
    ),
    (
        "登记来信来访304件，其中来信67件、来访208件，网上投诉39件；2007年，先后调处涉农纠纷359件（土地类42件，邻里类173件，其他144件）。",
        ["sum bad 304件 67件 208件 39件", "sum ok 359件 42件 173件 144件"],
    ),
    (
        "落实建设资金237万元，其中上级补助102万元、部门帮扶106万元、社会捐助29万元；完成地区生产总值7.20亿元，比上年增长18.9%。",
        ["sum ok 237万元 102万元 106万元 29万元"],
    ),
    (
        "落实建设资金237万元，其中上级补助102万元、部门帮扶109万元、社会捐助29万元；完成地区生产总值7.20亿元，比上年增长18.9%。",
        ["sum bad 237万元 102万元 109万元 29万元"],
    ),
    ("登记信访件159件，其中来信92件、来访46件、网上投诉21件；调处纠纷69起，化解20起。", ["sum ok 159件 92件 46件 21件"]),
    ("种植蔬菜900亩，其中大棚400亩、露地300亩；水稻200亩。", ["sum ok 900亩 400亩 300亩 200亩"]),  # it runs on
    (
        "发放问卷4800份，收回4623份。其中入户发放3600份，收回3488份；窗口发放1200份，收回1135份。",
        ["sum ok 4800份 3600份 1200份", "sum ok 4623份 3488份 1135份"],
    ),
    ("排查纠纷70件，其中2011年30件；2012年40件。", ["sum ok 70件 30件 40件"]),  # a list of years goes on with a year
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONWARD)
def test_a_list_ends_at_a_semicolon_or_runs_over_it(text, expected):
    """A list ends at its first semicolon where that makes up its total or a new time begins, and runs on otherwise."""
    assert told(text) == expected


def test_no_figure_in_a_bracket_is_the_total_of_those_beside_it():
    """In a list in brackets the first part is not taken for the total of the others that happen to make it up."""
    assert told("调处涉农纠纷296件（土地类148件，邻里类119件，其他29件）。") == ["sum ok 296件 148件 119件 29件"]
    assert told("调处涉农纠纷286件（土地类148件，邻里类119件，其他29件）。") == ["sum bad 286件 148件 119件 29件"]


BEHIND = [
    ("来信30件、来访50件，合计80件。", ["sum ok 80件 30件 50件"]),
    ("来信30件、来访50件，合计88件。", ["sum bad 88件 30件 50件"]),
    ("来信30件、来访50件、网上投诉17件，共计97件。", ["sum ok 97件 30件 50件 17件"]),
    ("来信30件、来访50件、网上投诉17件，总计99件。", ["sum bad 99件 30件 50件 17件"]),
    ("来信30件、来访50件、网上投诉17件，总计297件。", ["sum bad 297件 30件 50件 17件"]),  # 总计 names its parts
    ("接待98人，来信30件，合计30件。", []),  # one part is no list
]


@pytest.mark.parametrize(("text", "expected"), BEHIND)
def test_a_total_may_stand_behind_its_parts(text, expected):
    """合计, 共计 and 总计 add up the figures of their unit before them."""
    assert told(text) == expected


INCOMPLETE = [
    "建成文明村157条，其中省级7条、市级20条。",
    "建成文明村700多条，其中省级7条、市级20条。",
    "全县有党员120人，其中女党员40人、大专以上学历90人。",  # women may have degrees
    "全县有干部1256人，其中女干部470人，大专以上学历986人。",
    "受理100件，来信、来访分别为60件、42件。",  # 分别为 alone does not say that they are all
    "受理156件，其中来信48件。",
    "受理156件，其中来信48件，占31%；全年接待来访620件。",
]


@pytest.mark.parametrize("text", INCOMPLETE)
def test_a_selection_is_no_sum(text):
    """A list that leaves out a rest, or whose parts may overlap, is never called wrong."""
    assert [row for row in told(text) if row.startswith("sum")] == []


REST = [
    ("受理156件，其中来信48件、来访62件、其他46件。", ["sum ok 156件 48件 62件 46件"]),
    ("受理156件，其中来信48件、来访62件、其他40件。", ["sum bad 156件 48件 62件 40件"]),  # less than the total
    ("受理156件，其中来信48件、来访62件、其他50件。", ["sum bad 156件 48件 62件 50件"]),
    ("受理156件，其中来信48件、来访62件、其余40件。", ["sum bad 156件 48件 62件 40件"]),
    ("全县受理368件。来信120件，来访163件，其他85件。", ["sum ok 368件 120件 163件 85件"]),  # no word opens it
    ("全县受理360件。来信120件，来访160件，其他80件。", ["sum ok 360件 120件 160件 80件"]),  # a round total
    ("全县受理368件。来信120件，来访163件，其他58件。", []),
]


@pytest.mark.parametrize(("text", "expected"), REST)
def test_a_list_with_its_rest_is_whole(text, expected):
    """A list that ends with 其他 or 其余 must make up its total; one that no word opens counts only when it does."""
    assert told(text) == expected


OPEN = [
    ("受理156件，其中来信xx件、来访62件、网上46件。", "sum unchecked 156件 xx件 62件 46件: xx件 is masked or lost"),
    ("受理xx件，其中来信48件、来访62件、网上46件。", "sum unchecked xx件 48件 62件 46件: xx件 is masked or lost"),
    (
        "建成文明村157条，其中省级7条、市级20条。",
        "sum unchecked 157条 7条 20条: the parts make less than the total: the list may be a selection",
    ),
    (
        "全县有党员120人，其中女党员40人、大专以上学历90人。",
        "sum unchecked 120人 40人 90人: the parts make more than the total: they may overlap",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_an_open_list_says_why(text, expected):
    """A list with a masked figure, a selection and parts that may overlap stay unchecked, each with its reason."""
    assert told(text) == []
    assert told(text, unchecked=True) == [expected]


def test_totals_of_years_are_no_parts():
    """Totals of one year each are not added up to the last one."""
    assert told("2009年合计14件，2010年合计16件，2011年合计20件。") == []
