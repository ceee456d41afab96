"""The reports' own arithmetic is recomputed exactly, and only where the text links the figures."""

import io
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from qz_analysis import audit, extract, reports
from qz_analysis.arithmetic.audit import copied, find_relations
from qz_analysis.model import by_report
from qz_analysis.schema import RELATIONS

PAGES = sorted((Path(__file__).parents[1] / "gold" / "audit").glob("*.txt"))
#: labelled relations that are not found: what is left of a whole three lines before, a change over
#: three years that names no base, a base told of before its change, two parts of a whole of 16
MISSED = {
    ("10", "sum"),
    ("12", "yoy"),
    ("25", "yoy"),
    ("25", "sum"),
    ("15", "rate"),
    ("16", "rate"),
    ("16", "sum"),
}
CHECKED = [
    ("受理各类事项2163宗，办结2028宗，办结率93.8%。", "rate", "ok"),
    ("受理各类事项2163宗，办结2028宗，办结率98.3%。", "rate", "bad"),  # two digits swapped
    ("受理各类事项2163宗，办结2038宗，办结率93.8%。", "rate", "bad"),
    ("包案处理43宗，已办结36宗，办结率83.7%。", "rate", "ok"),
    ("包案处理43宗，已办结36宗，办结率83.8%。", "rate", "bad"),
    ("梳理积案201件，化解101件，化解率50.2%。", "rate", "ok"),
    ("梳理积案201件，化解101件，化解率50.7%。", "rate", "bad"),
    ("排查纠纷176起，调处143起，调处成功率81.25%。", "rate", "ok"),
    ("排查纠纷176起，调处成功143起，调处成功率81.75%。", "rate", "bad"),
    ("受理信访件26件，办结22件，办结率84.62%。", "rate", "ok"),
    ("受理信访件26件，办结22件，办结率84.26%。", "rate", "bad"),
    ("征集诉求227件，办结216件，办结率95.15%。", "rate", "ok"),
    ("征集诉求227件，办结216件，办结率95.13%。", "rate", "bad"),
    ("调解纠纷3484件，调解成功3475件，调解成功率99.74%。", "rate", "ok"),
    ("调解纠纷3484件，调解成功3475件，调解成功率99.47%。", "rate", "bad"),
    ("来访212批次，同比(180批次)上升17.78%。", "yoy", "ok"),
    ("来访212批次，同比(180批次)上升17.18%。", "yoy", "bad"),
    ("来访212批次，同比(180批次)下降17.78%。", "yoy", "bad"),  # the sign is part of the claim
    ("来访820人次，较上年的976人次下降15.98%。", "yoy", "ok"),
    ("来访820人次，较上年的976人次下降16.98%。", "yoy", "bad"),
    ("城镇新增就业98万人，年度计划为100万，完成98%。", "rate", "ok"),
    ("采购项目75个，预算2.28亿元，实采2.14亿元，资金节约率6.14%。", "yoy", "ok"),
    # a change that is told both as an amount and in per cent
    ("来访954批次，同比减少257批次，下降21.2%。", "repeat", "ok"),
    ("来访954批次，同比减少257批次，下降22.1%。", "repeat", "bad"),
    ("来访954批次，同比下降21.2%，减少257批次。", "repeat", "ok"),
    ("建成中心27家，其中政府办25家、社会力量办1家、医院办1家。", "sum", "ok"),
    ("建成中心27家，其中政府办25家、社会力量办4家、医院办1家。", "sum", "bad"),
    ("建成中心27家，其中政府办25家、社会力量办2家、医院办1家。", "sum", "bad"),
]


@pytest.mark.parametrize(("text", "kind", "verdict"), CHECKED)
def test_arithmetic_is_judged(text, kind, verdict):
    """A stated result is recomputed from the figures it is linked to."""
    relations = audit(extract(text))
    assert relations[["type", "verdict"]].values.tolist() == [[kind, verdict]]


UNCHECKED = [
    "全县受理98件。办结率93.8%。",  # nothing resolved is counted
    "建成文明村700多条，其中省级7条、市级20条。",  # an incomplete list is no sum
    "发放资料98份，走访90户，群众满意率91.8%。",  # figures that happen to divide
    "受理xx件，办结xx件，办结率达90%。",  # masked counts
    "发展党员200人，入户走访50户，覆盖率25%。",
    "投入84万元，新建站点84个，培训168人，到会率50%。",
    "召开会议12次，发放资料1200份，每次服务100人。",
]


@pytest.mark.parametrize("text", UNCHECKED)
def test_what_cannot_be_checked_gives_no_relation(text):
    """Figures that the words do not link give no relation, however well they divide."""
    assert audit(extract(text)).empty


def test_two_statements_of_one_thing_are_compared():
    """One thing counted twice in a report with different results is a bad repeat."""
    text = "全县有1819名在职党员到社区报到。后来，对全县1892名进社区报到的在职党员建档管理。"
    assert audit(extract(text))[["type", "verdict"]].values.tolist() == [["repeat", "bad"]]


ROUNDINGS_AND_BOUNDS = [
    ("包案处理43宗，办结36宗，办结率83.7%。", "ok"),
    ("包案处理43宗，办结36宗，办结率83.8%。", "bad"),
    ("受理250件，办结211件，办结率85%以上。", "bad"),  # 84.4 is not 85 or more
    ("受理50件，办结43件，办结率85%以上。", "ok"),
    ("受理100件，办结84件，办结率超过85%。", "bad"),
    ("受理100件，办结84件，办结率近85%。", "ok"),
    ("受理100件，办结86件，办结率近85%。", "bad"),  # 近 promises less than the figure
    ("受理100件，办结90件，办结率约85%。", "ok"),
    ("受理100件，办结97件，办结率约85%。", "bad"),
]


@pytest.mark.parametrize(("text", "verdict"), ROUNDINGS_AND_BOUNDS)
def test_rounding_and_bounds_decide(text, verdict):
    """A recomputed figure holds within half a unit of the last printed digit, or within its bound."""
    assert audit(extract(text))[["type", "verdict"]].values.tolist() == [["rate", verdict]]


NO_ALARM = [
    "2012年全镇来信来访1000件。2013年全镇来信来访950件。",  # two years are two things
    "一季度来信来访210件。二季度来信来访230件。",
    "来访1256批3890人次，同比（1400批4200人次）分别下降10.3%和7.4%。",  # two bases for two changes, in order
    "信访总量同比下降12.6%，其中集体访批次和人次分别下降21.3%和18.9%。",  # percentages of different wholes do not add up
    "受理156件（其中来信48件，来访62件，网上46件），另转办20件。",  # 其中 ends with its bracket
    "受理1.3万件，其中来信6520件、来访6510件。",  # 1.3万 is rounded
    "受理3.4万件，办结3.3万件，办结率97.8%。",  # so are both counts of the rate
    "受理1000件，办结990件，其中初信初访办结500件，办结率98%。",  # of the whole or of the part? not said
    "甲镇办结率60%，乙镇办结率40%。",  # two rates that happen to make 100
]


@pytest.mark.parametrize("text", NO_ALARM)
def test_a_correct_report_is_not_accused(text):
    """A report whose figures agree, or cannot be linked for sure, never gets a bad verdict nor an invented sum."""
    relations = audit(extract(text))
    assert "bad" not in set(relations["verdict"])
    assert not relations["note"].str.contains("shares of one whole").any()


REPORT = """2019年上半年，全县受理各类事项2163宗，办结2028宗，办结率93.8%。接待来访212批次，同比（180批次）下降17.78%。
回收问卷xx份，满意率91.8%。建成中心27家，其中政府办25家、社会力量办1家、医院办1家。信访量同比下降12.6%。受理98件，转办12。
全县有1819名在职党员到社区报到。后来，对全县1892名进社区报到的在职党员建档管理。发放补助20-30元，办结率xx%。全县总人口85万。
"""


@pytest.mark.parametrize("text", [REPORT, "全县受理98件。", ""])
@pytest.mark.parametrize("unchecked", [False, True])
def test_table_has_the_described_columns(text, unchecked):
    """The columns are those of the contract in their order and types, with rows and without."""
    table = audit(extract(text), unchecked=unchecked)
    types = {"str": "str", "int": "int64", "float": "float64"}
    described = [(f.name, types[f.dtype]) for f in RELATIONS]
    assert [(name, dtype.name) for name, dtype in table.dtypes.items()] == described


def test_an_empty_claims_table_gives_an_empty_table():
    """No claims give no relations, with and without the unchecked ones."""
    nothing = extract(REPORT).iloc[:0]
    assert [len(audit(nothing, unchecked=u)) for u in (False, True)] == [0, 0]


def test_a_missing_column_is_told():
    """A claims table without a column that the audit reads is answered with the column's name."""
    with pytest.raises(KeyError, match="sentence"):
        audit(extract(REPORT).drop(columns="sentence"))


def test_unchecked_rows_come_when_asked_for():
    """The default table settles every row; asked for, the unsettled candidates follow, each with its reason, and no other row has one."""
    default, asked = (audit(extract(REPORT), unchecked=u) for u in (False, True))
    assert set(default["verdict"]) == {"ok", "bad"}
    open_ = asked["verdict"] == "unchecked"
    assert open_.sum() >= 3
    assert (asked["reason"] != "").equals(open_)
    pd.testing.assert_frame_equal(asked[~open_].reset_index(drop=True), default)


def test_claims_from_a_file_give_the_same_relations():
    """A claims table that was written to CSV and read back, its empty cells NaN, gives the same relations."""
    claims = extract(REPORT).assign(doc="甲")
    back = pd.read_csv(io.StringIO(claims.to_csv(index=False)))
    assert back["low"].isna().any() and back["role"].isna().any() and back["unit"].isna().any()
    pd.testing.assert_frame_equal(audit(back, unchecked=True), audit(claims, unchecked=True))


def test_a_figure_without_unit_survives_a_file():
    """A count without a unit, NaN when read back from CSV, stands in no one's way."""
    claims = extract("全县人口1.2万，其中集体访xx，占总人次的50%。").assign(doc="甲")
    back = pd.read_csv(io.StringIO(claims.to_csv(index=False)))
    assert back["unit"].isna().any()
    pd.testing.assert_frame_equal(audit(back, unchecked=True), audit(claims, unchecked=True))


@pytest.mark.parametrize("unchecked", [False, True])
def test_rows_of_one_report_are_those_of_the_table(unchecked):
    """Without a table round it, a report has the same relations in the same order."""
    claims = extract(REPORT)
    found = find_relations(by_report(claims)["text", 0], unchecked=unchecked)
    rows = [relation.row for relation in found]
    table = audit(claims, unchecked=unchecked)
    assert [row[:3] for row in rows] == list(
        table[["type", "starts", "verdict"]].itertuples(index=False, name=None)
    )
    assert all(len(row) == len(RELATIONS) - 2 for row in rows)


def test_a_copy_is_held_against_its_original():
    """A figure that differs between a report and its copy is bad, told by both, and stands in the copy; equal and masked ones are none."""
    first, second = (by_report(extract(text))["text", 0] for text in ("受理98件，办结xx件，回访40件。", "受理96件，办结xx件，回访40件。"))  # fmt: skip
    rows = [relation.row for relation in copied(first, second, "甲:0")]
    assert [row[:5] for row in rows] == [
        ("repeat", "2", "bad", 98.0, "98 in 甲:0 and 96件 in its copy")
    ]
    assert list(copied(first, first, "甲:0")) == []


@pytest.mark.parametrize("same", ["甲\n乙:0", "甲:0", "丙:0", ""])
def test_a_copy_is_found_by_the_name_of_its_original(same):
    """Any name of a document serves, one with a line break too; an original that is not there is passed over."""
    doc = same.rpartition(":")[0] if "丙" not in same and same else "甲"
    texts = {doc: "受理98件，回访40件。", "丁": "受理96件，回访40件。"}
    claims = pd.concat([extract(text).assign(doc=name) for name, text in texts.items()])
    listed = pd.concat([reports(text).assign(doc=name) for name, text in texts.items()])
    listed["same_as"] = ["", same]
    assert audit(claims, listed)["doc"].tolist() == (["丁"] if same == f"{doc}:0" else [])


def test_the_audit_of_rows_needs_no_tables():
    """The audit of one report's claims loads no pandas: every worker of a corpus pays for what it imports."""
    code = "import sys; from qz_analysis.arithmetic.audit import find_relations; find_relations([]); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_claims_are_left_as_they_were():
    """The audit changes nothing in the table it is given."""
    claims = extract(REPORT)
    kept = claims.copy(deep=True)
    audit(claims, unchecked=True)
    pd.testing.assert_frame_equal(claims, kept)


def test_reports_are_audited_apart():
    """Figures of two reports are never linked, and every row says which report it is of."""
    claims = pd.concat(
        [
            extract("受理2163宗。").assign(doc="甲"),
            extract("办结2028宗，办结率93.8%。").assign(doc="乙"),
        ]
    )
    assert audit(claims).empty
    both = audit(pd.concat([extract(REPORT).assign(doc=doc) for doc in "甲乙"]))
    assert both["doc"].tolist() == ["甲"] * (len(both) // 2) + ["乙"] * (len(both) // 2)


def test_relations_stand_in_the_order_of_their_results():
    """Within a report the rows follow the stated results in the text, each checked once."""
    table = audit(extract(REPORT), unchecked=True)
    starts = table["starts"].str.partition(";")[0].astype(int)
    assert starts.is_monotonic_increasing
    assert not table.duplicated(["type", "starts"]).any()


SENTENCES = [
    "受理各类事项2163宗，办结2028宗，办结率93.8%。",
    "全县接待来访群众212批次，同比（180批次）上升17.78%。",
    "全年来访820人次，较上年的976人次下降15.98%。",
    "排查积案51件，已化解43件，占积案总数的84.3%。",
    "调解纠纷3484件，调解成功3475件，调解成功率99.74%。",
    "建成服务站127家，其中政府办105家、社会力量办22家。",
    "来信1030件、来访1450件，合计2480件。",
    "信访总量由7430件降至6519件，下降12.26%。",
    "全县受理1368件。来信520件，来访763件，其他85件。",
    "办结率由84.7%提高到93.1%，提高8.4个百分点。",
    "为450户困难户发放补助315000元，每户700元。",
    "全县走访640人，党员224人，占35%；群众416人，占65%。",
    "投入1260元，新建站点84个，培训1260人，覆盖率98.5%。",
    "发放资料9600份，走访4350户，召开会议175场，群众满意率91.8%。",
]
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _shuffled(seed):
    """The sentences with their numbers dealt out anew, shares among shares and counts among counts."""
    numbers = [m for text in SENTENCES for m in _NUMBER.finditer(text)]
    packs = {share: [m[0] for m in numbers if _is_share(m) is share] for share in (True, False)}
    for pack in packs.values():
        random.Random(seed).shuffle(pack)
    return [_NUMBER.sub(lambda m: packs[_is_share(m)].pop(), text) for text in SENTENCES]


def _is_share(number):
    return number.string.startswith(("%", "个百分点"), number.end())


def _links(text):
    """The verdict of each link: its kind, its result and its other figures by their places in the text."""
    claims = extract(text)
    place = {start: k for k, start in enumerate(claims["start"])}
    found = {}
    for row in audit(claims).itertuples():
        result, *others = (place[int(start)] for start in row.starts.split(";"))
        found[row.type, result, frozenset(others)] = row.verdict
    return found


def test_links_follow_the_words_and_not_the_numbers():
    """With numbers exchanged among sentences no new figures are linked, and what the words still link nearly always fails."""
    linked = [_links(text) for text in SENTENCES]
    assert [len(found) for found in linked] == [1] * 11 + [4, 0, 0]
    assert {verdict for found in linked for verdict in found.values()} == {"ok"}
    verdicts = Counter()
    for seed in range(12):
        for text, expected in zip(_shuffled(seed), linked, strict=True):
            found = _links(text)
            assert found.keys() <= expected.keys(), text
            verdicts.update(found.values())
    assert verdicts["bad"] >= 10  # what is far off is left open
    assert verdicts["ok"] <= 2


@pytest.mark.parametrize(
    "text",
    [
        "受理事项43宗，力争办结36宗，办结率83.7%。",
        "力争受理事项43宗，办结36宗，办结率83.7%。",
    ],
)
def test_a_target_checks_no_result(text):
    """Relations hold among figures that tell what is."""
    assert audit(extract(text)).empty


def _key(kind, starts):
    """Rates and changes by their figures in order, all else in any."""
    figures = starts.split(";")
    return kind, tuple(figures if kind in {"rate", "yoy"} else sorted(figures))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_made_up_pages_are_audited_as_a_careful_reader_does(page):
    """Each labelled relation of a page is found with its verdict, and no other but agreeing repeats and products."""
    labels = pd.read_csv(page.with_suffix(".relations.tsv"), sep="\t", dtype=str)
    wanted = {_key(r.type, r.starts): r.verdict for r in labels.itertuples()}
    rows = audit(extract(page.read_text(encoding="utf-8"))).itertuples()
    found = {_key(r.type, r.starts): r.verdict for r in rows}
    free = {"repeat", "product"}
    assert {
        k: v for k, v in found.items() if k[0] not in free or v == "bad"
    }.items() <= wanted.items()
    missed = {k for k in wanted.keys() - found.keys() if k[0] not in free}
    assert {(page.stem, kind) for kind, _ in missed} <= MISSED
