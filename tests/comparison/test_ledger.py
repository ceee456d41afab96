"""The ledger: checks between reports, their verdicts, what would mend them, and what may explain them."""

import json

import pytest

from qz_analysis import extract, ledger, tables
from qz_analysis.comparison.ledger import as_json, as_text, in_words
from qz_analysis.errors import QzError
from qz_analysis.model import Document
from qz_analysis.schema import LEDGER
from qz_analysis.vocabularies.divisions import below


def documents(texts, place="甲山县"):
    """Reports by year (`2018`, or `2018b` for a second document)."""
    return [
        Document(f"{place}{name}", f"{place}{name[:4]}年工作报告\n{name[:4]}年，{text}")
        for name, text in texts.items()
    ]


def found(texts, **words):
    return ledger(extract(documents(texts)), **words)


JOBS = "城镇新增就业{}人，{}{}%。"


@pytest.mark.parametrize(
    ("last", "now", "verdict", "mended", "may_be"),
    [
        ("2000", ("2100", "增长", "5"), "ok", False, ""),
        ("2000", ("1900", "下降", "5"), "ok", False, ""),
        ("2000多", ("2100", "增长", "4.1"), "ok", False, ""),  # anything up to 3000
        ("2000", ("2100", "增长", "4.1"), "open", False, "revised"),
        ("2000", ("2100", "下降", "5"), "open", True, ""),
        ("2000", ("2900", "增长", "5"), "open", True, ""),
    ],
)
def test_levels_and_their_change(last, now, verdict, mended, may_be):
    """A stated change fits the levels of both years within their digits, or the check is open."""
    table = found({"2017": f"城镇新增就业{last}人。", "2018": JOBS.format(*now)})
    (row,) = table.to_dict("records")
    assert (row["type"], row["years"], row["verdict"]) == ("level_change", "2017;2018", verdict)
    assert (bool(row["mend"]), row["may_be"]) == (mended, may_be)
    assert row["alternatives"] == (3 if mended else 0)


def test_the_figure_between_two_breaks():
    """A level that two changes miss is the one figure that would mend both."""
    table = found(
        {
            "2016": "城镇新增就业4120人。",
            "2017": JOBS.format(3710, "下降", "10.0"),
            "2018": JOBS.format(3510, "下降", "15.1"),
            "2019": JOBS.format(2980, "下降", "5.4"),
        }
    )
    assert table["verdict"].tolist() == ["ok", "open", "open"]
    assert table.loc[1:, "mend"].nunique() == 1
    assert table.loc[1, "mend"].startswith("甲山县2018:") and table.loc[1, "alternatives"] == 1


@pytest.mark.parametrize(
    ("middle", "before", "after", "mended"),
    [
        (2142, "5.0", "5.0", True),  # 2 % too much for both changes
        (2142, "5.0", "2.9", False),  # one break, as after a revision
        (2108, "5.0", "5.0", False),  # by too little to be told from two revisions
    ],
)
def test_two_breaks_within_a_revision(middle, before, after, mended):
    """One figure that would mend two breaks is named though each may be a revision, as a weak question."""
    table = found(
        {
            "2016": "城镇新增就业2000人。",
            "2017": JOBS.format(middle, "增长", before),
            "2018": JOBS.format(2205, "增长", after),
        }
    )
    rows = table[table["verdict"].eq("open")]
    assert rows["mend"].astype(bool).tolist() == [mended] * len(rows)
    assert set(rows["may_be"]) == {"revised"} and set(rows["strength"]) == {"weak"}


def test_a_level_without_an_upper_end():
    """A level that is a bound leaves the change open to one side, and the note says so."""
    texts = {"2017": "一般公共预算收入10亿元。", "2018": "一般公共预算收入超过12亿元，增长5%。"}
    (row,) = found(texts).to_dict("records")
    assert row["verdict"] == "open" and "makes ≥ +" in row["note"]


def test_corrected_figures_count():
    """What a reviewer corrected is what is held against other reports."""
    claims = extract(
        documents({"2017": "城镇新增就业2000人。", "2018": JOBS.format(2900, "增长", 5)})
    )
    wrong = claims["text"].eq("2900人")
    claims.loc[wrong, ["value", "corrected"]] = [2100.0, "value"]
    assert ledger(claims)["verdict"].tolist() == ["ok"]


def test_halves_of_years():
    """Half a year is held against the same half of the year before, and not against a year."""
    texts = {"2017": "上半年，城镇新增就业1000人。", "2018": "上半年，城镇新增就业1900人，增长5%。"}
    assert found(texts)["years"].tolist() == ["2017-H1;2018-H1"]
    assert found(texts | {"2017": "城镇新增就业2000人。"}).empty


def test_revised_is_what_the_caller_says():
    """How far a revision goes is the caller's to say; a share that is none is refused."""
    texts = {"2017": "城镇新增就业2000人。", "2018": JOBS.format(2100, "增长", "4.1")}
    assert found(texts, revised=0.1)["mend"].item() != ""
    with pytest.raises(QzError, match="from 0 to below 100"):
        found(texts, revised=-1)


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值完成132亿元，增长6%。",  # growth of GDP is at comparable prices
        "一般公共预算收入13.2亿元，可比增长6%。",
        "一般公共预算收入13.2亿元，年均增长6%。",
    ],
)
def test_what_levels_do_not_follow_is_left_out(text):
    """Growth at comparable prices or scope, and of several years, is held against no levels."""
    assert found({"2017": "地区生产总值完成100亿元。一般公共预算收入10亿元。", "2018": text}).empty


def test_one_report_is_left_to_the_audit():
    """A change with both its levels in one report is no matter between reports."""
    assert found({"2018": "全县信访总量256件次，同比(2017年287件次)下降10.8%。"}).empty


def test_a_total_of_years():
    """A total over years is held against the years where each is known."""
    years = {str(year): f"固定资产投资完成{value}亿元。" for year, value in zip(range(2015, 2019), (20.3, 22.1, 24.6, 27), strict=True)}  # fmt: skip
    years["2018"] += "2015年至2018年，固定资产投资累计完成{}亿元。"
    for total, verdict in (("94.0", "ok"), ("49.0", "open")):
        texts = {name: text.format(total) for name, text in years.items()}
        (row,) = found(texts).to_dict("records")
        assert (row["type"], row["years"], row["verdict"]) == (
            "total",
            "2015;2016;2017;2018",
            verdict,
        )
    del years["2016"]
    assert found({name: text.format("49.0") for name, text in years.items()}).empty


def test_one_figure_in_two_documents():
    """The same figure in another document is held against the first print of it."""
    texts = {"2017": "城镇新增就业2000人。", "2018": "2017年城镇新增就业2900人。"}
    (row,) = found(texts).to_dict("records")
    assert (row["type"], row["verdict"], row["alternatives"]) == ("restated", "open", 2)
    assert found(texts | {"2018": "2017年城镇新增就业2000人。"})["verdict"].tolist() == ["ok"]


def test_figures_without_an_indicator_need_the_same_words():
    """A figure that is no named indicator links by subject, unit and family, and by its change."""
    last, now = "发放困难群众临时救助资金120万元。", "发放困难群众临时救助资金180万元，增长5%。"
    assert found({"2017": last, "2018": now})["verdict"].tolist() == ["open"]
    assert found({"2017": last.replace("困难群众", "受灾群众"), "2018": now}).empty


def counties(city, *figures):
    """A city's report and those of its counties, in 2018."""
    names = [one.name for one in below("460200", 2018)]
    texts = zip([city, *names], figures, strict=False)
    return [
        one for name, jobs in texts for one in documents({"2018": f"城镇新增就业{jobs}人。"}, name)
    ]


@pytest.mark.parametrize(
    ("figures", "verdict", "mended"),
    [
        ((1000, 100, 200, 300, 400), ["ok"], False),
        ((1500, 100, 200, 300, 400), ["open"], False),  # the city's own jobs may be the rest
        ((700, 100, 200, 300, 400), ["open"], True),
        ((1000, 100, 200, 300), [], False),  # a county is missing
    ],
)
def test_counties_and_their_city(figures, verdict, mended):
    """A city is held against its counties only when all are there; what it has more is its scope."""
    table = ledger(extract(counties("三亚市", *figures)))
    assert table["verdict"].tolist() == verdict
    assert table["mend"].astype(bool).tolist() == [mended] * len(verdict)


@pytest.mark.parametrize(
    ("county", "verdict"),
    [
        ("全县辖2个乡镇，城镇新增就业{}人。", "open"),
        ("全县辖3个乡镇，城镇新增就业{}人。", None),  # one town is missing
        ("城镇新增就业{}人。", None),  # how many there are is not known
    ],
)
def test_towns_and_their_county(county, verdict):
    """Towns are held against their county when it is said how many there are, and all are there."""
    texts = [
        *documents({"2018": county.format(300)}),
        *documents({"2018": "城镇新增就业200人。"}, "甲山县乙桥镇人民政府"),
        *documents({"2018": "城镇新增就业190人。"}, "甲山县丙林乡人民政府"),
    ]
    rows = ledger(extract(texts)).to_dict("records")
    assert [(row["type"], row["verdict"]) for row in rows] == [("parts", verdict)] * bool(verdict)


TOWN = "2018年，城镇新增就业{}人。"


@pytest.mark.parametrize(
    ("name", "head", "checked"),
    [
        ("a", "甲山县乙桥镇2018年工作报告", True),  # its heading
        ("甲山县乙桥镇2018", "乙桥镇2018年工作报告", True),  # the name of the file
        ("a", "乙桥镇2018年工作报告\n甲山县乙桥镇干部15人。", True),  # a sentence
        ("a", "乙桥镇2018年工作报告", False),  # nothing says whose town it is
        ("a", "乙桥镇2018年工作报告\n甲山县乙桥镇干部15人，丁水县乙桥镇干部12人。", False),
    ],
)
def test_what_tells_the_county_of_a_town(name, head, checked):
    """A town belongs to the county that its heading, its file or a sentence names before it, else to none."""
    texts = [
        *documents({"2018": "全县辖2个乡镇，城镇新增就业300人。"}),
        Document(name, f"{head}\n{TOWN.format(200)}"),
        Document("b", f"甲山县丙林乡2018年工作报告\n{TOWN.format(190)}"),
    ]
    assert ledger(tables(texts))["type"].tolist() == ["parts"] * checked


def test_towns_of_one_name_in_two_counties():
    """A town in its county's report goes by both names, so that its namesake is another place."""
    texts = [
        *documents({"2017": "全县工作有力推进，信访总量90件。乙桥镇城镇新增就业200人。"}, "甲山县"),
        *documents({"2018": "信访总量85件。2017年，乙桥镇城镇新增就业900人。"}, "丁水县"),
    ]
    assert ledger(extract(texts)).empty


def test_a_division_that_changed():
    """A county that became a district is one place, and a break says that it changed."""
    texts = [
        *documents({"2014": "城镇新增就业2000人。"}, "满城县"),
        *documents({"2015": JOBS.format(2900, "增长", 5)}, "满城区"),
    ]
    (row,) = ledger(extract(texts)).to_dict("records")
    assert (row["place"], row["verdict"]) == ("满城区", "open")
    assert "division" in row["may_be"].split("; ")


def test_copies_say_nothing_more():
    """A report that copies another is left out where the tables tell so."""
    text = "甲山县2018年工作报告\n" + "2018年，城镇新增就业2000人，开展了多项服务群众的工作。" * 6
    made = tables([Document("a", text), Document("b", text)])
    assert made.reports["same_as"].tolist()[1] and ledger(made).empty


def test_the_table_is_as_described():
    """The columns are those of the schema, also of no checks, in either language."""
    names = [field.name for field in LEDGER]
    texts = {"2017": "城镇新增就业2000人。", "2018": JOBS.format(2900, "增长", 5)}
    assert found({"2018": "没有数字。"}).columns.tolist() == names
    assert found(texts).columns.tolist() == names
    assert "所列+5%" in found(texts, lang="zh")["note"].item()


def test_in_words():
    """A break is told as a question, with what may explain it and what would mend it."""
    texts = {"2017": "一般公共预算收入10亿元。", "2018": "一般公共预算收入12.5亿元，增长5%。"}
    result = tables(documents(texts))
    said = as_text(result)
    assert "A break is a question" in said and "comparable" in said and "would fit without" in said
    assert "wrong" not in said and "疑问" in in_words(ledger(result, lang="zh"), "zh")
    (check,) = json.loads(as_json(result))["checks"]
    assert check["verdict"] == "open"
    assert as_text(tables("没有数字。")).startswith("no figure")
