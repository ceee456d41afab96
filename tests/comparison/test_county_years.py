"""The panel of places by years, out of made-up reports."""

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.comparison.county_years import named
from qz_analysis.model import Document
from qz_analysis.schema import CELL_EVIDENCE, COUNTY_YEARS

_2019 = (
    "满城区2019年政府工作报告\n2019年,满城区生产总值完成95亿元,增长6.2%。一般公共预算收入8.1亿元,下降2%。"
    "受理信访件40件,办结信访件36件。森林覆盖率达x%。\n"
)
_2020 = (
    "满城区2020年政府工作报告\n2020年,满城区生产总值完成99亿元。2019年,一般公共预算收入8.3亿元。\n"
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Tables of two reports of one district."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.txt").write_text(_2019, encoding="utf-8")
    (folder / "b.txt").write_text(_2020, encoding="utf-8")
    return qz.tables(folder)


def pages(*texts):
    """The claims of several texts."""
    return qz.extract([Document(f"page{i}", text) for i, text in enumerate(texts)])


def cell(made, indicator, year=2019, modality="actual"):
    """The one row of the long form."""
    long = made.long
    fits = long["indicator"].eq(indicator) & long["year"].eq(year) & long["modality"].eq(modality)
    [row] = long[fits].to_dict("records")
    return row


def test_one_row_for_each_place_year_and_indicator(texts):
    """The long form has every cell once, with its columns, and a value or a reason in each."""
    long = qz.panel(texts).long
    assert [*long] == [f.name for f in COUNTY_YEARS]
    assert not long.duplicated(["adcode", "year", "indicator", "modality"]).any()
    assert (long["reason"].eq("") ^ (long["value"].isna() & long["low"].isna())).all()


def test_a_figure_stands_with_unit_sign_and_source(texts):
    """A fall is negative, and the claim leads back to the page."""
    made = qz.panel(texts)
    assert cell(made, "gdp")["value"] == 95e8
    found = cell(made, "gdp_growth")
    assert (found["value"], found["unit"], found["how"]) == (6.2, "%", "stated")
    assert _2019[found["start"] : found["end"]] == "6.2%"
    assert found["claim"] == f"a:{found['start']}"
    assert cell(made, "budget_revenue_growth")["value"] == -2


def test_a_rate_that_nobody_states_is_recomputed_from_its_counts(texts):
    """36 of 40 are 90 %, with both counts and both claims."""
    found = cell(qz.panel(texts, ["petition_resolution_rate"]), "petition_resolution_rate")
    assert (found["value"], found["how"]) == (90.0, "recomputed")
    assert (found["numerator"], found["denominator"]) == (36, 40)
    assert found["claim"].count(";") == 1


def test_reasons_of_empty_cells(texts):
    """A masked figure, a silent report and reports that disagree are told apart."""
    made = qz.panel(texts)
    assert cell(made, "forest_cover")["reason"] == "masked"
    assert cell(made, "gdp_growth", 2020)["reason"] == "not stated"
    assert cell(made, "budget_revenue")["reason"] == "ambiguous"
    assert len(made.missing) == made.long["reason"].ne("").sum()


def test_evidence_keeps_every_figure(texts):
    """Both figures of an ambiguous cell are there with their sentences, the later as a revision."""
    evidence = qz.panel(texts, "budget_revenue").evidence
    assert [*evidence] == [f.name for f in CELL_EVIDENCE]
    mine = evidence[evidence["year"].eq(2019)]
    assert sorted(mine["text"]) == ["8.1亿元", "8.3亿元"]
    assert mine["sentence"].str.contains("一般公共预算收入").all()


def test_wide_has_a_row_for_each_place_and_year(texts):
    """The wide form has one group of columns for each indicator, in the order asked."""
    wide = qz.panel(texts, ["gdp_growth", "gdp"]).wide
    assert wide[["adcode", "year"]].values.tolist() == [["130607", 2019], ["130607", 2020]]
    assert wide["gdp"].tolist() == [95e8, 99e8]
    assert wide["gdp_growth_reason"].tolist() == ["", "not stated"]
    assert list(wide).index("gdp_growth") < list(wide).index("gdp")


def test_a_claims_table_alone_will_do(texts):
    """Without relations and reports the panel finds the reports' own years in the claims; headings
    are known from the reports alone.
    """
    alone, full = (qz.panel(source, "gdp").long for source in (texts.claims, texts))
    pd.testing.assert_frame_equal(alone.drop(columns="source"), full.drop(columns="source"))
    named = [long["source"].tolist() for long in (alone, full)]
    assert set(named[0]).isdisjoint(named[1])  # the names of the files
    assert named[1] == ["满城区2019年政府工作报告", "满城区2020年政府工作报告"]


def test_derived_levels_only_when_asked():
    """A level out of growth and last year's level says so, and real growth gives none."""
    text = (
        "满城区2019年政府工作报告\n2018年,满城区生产总值90亿元,社会消费品零售总额50亿元。"
        "2019年,生产总值增长6%,社会消费品零售总额增长10%,城镇新增就业900人。"
    )
    claims = qz.extract(text)
    asked = ["gdp", "retail_sales"]
    assert cell(qz.panel(claims, asked), "retail_sales")["how"] == ""
    made = qz.panel(claims, asked, derived=True)
    found = cell(made, "retail_sales")
    assert (round(found["value"]), found["how"]) == (5_500_000_000, "derived")
    assert found["claim"].count(";") == 1
    assert cell(made, "gdp")["reason"] == "not stated"


def test_targets_stand_in_columns_of_their_own():
    """Planned figures are no results: asked for, they stand beside them; alone, they are a panel."""
    claims = qz.extract(
        "满城区2019年政府工作报告\n2019年,满城区生产总值增长6.2%。2020年,力争生产总值增长7%。"
    )
    made = qz.panel(claims, "gdp_growth", targets=True)
    assert made.wide["gdp_growth"].tolist()[0] == 6.2
    assert made.wide.set_index("year").loc[2020, "gdp_growth_target"] == 7
    assert cell(made, "gdp_growth", 2020)["reason"] == "only as target"
    planned = qz.panel(claims, "gdp_growth", modality="planned")
    assert cell(planned, "gdp_growth", 2020, "planned")["value"] == 7


def test_stable_places_pass_through_a_change_of_code():
    """One county with two codes is one place, and the row of the change says what changed."""
    claims = pages(
        "徐水县2013年政府工作报告\n2013年,徐水县生产总值完成90亿元。",
        "徐水区2016年政府工作报告\n2016年,徐水区生产总值完成99亿元。",
    )
    apart = qz.panel(claims, "gdp").wide
    assert apart["adcode"].tolist() == ["130609", "130625"]
    wide = qz.panel(claims, "gdp", stable=True).wide
    assert wide["adcode"].tolist() == ["130625", "130609"]
    assert wide["stable_code"].tolist() == ["130609", "130609"]
    first, second = wide["changed"]
    assert first == "" and second.startswith("130625 徐水县 → 130609 徐水区; − 130603 北市区")


def test_masked_places_are_never_one():
    """By name, two reports that mask their place have a row each; by code they have none."""
    claims = pages("**县2019年,生产总值完成90亿元。", "**县2019年,生产总值完成70亿元。")
    assert len(qz.panel(claims, "gdp", by="place").wide) == claims["doc"].nunique()
    made = qz.panel(claims, "gdp")
    assert made.wide.empty and set(made.evidence["verdict"]) == {"no code"}


@pytest.mark.parametrize(
    ("name", "key"),
    [("gdp", "gdp"), ("地区生产总值", "gdp"), ("GDP", "gdp"), ("调解成功率", "mediation_success_rate"),
     ("Tourists", "tourists")],
)  # fmt: skip
def test_indicators_are_called_by_any_of_their_names(name, key):
    """Key, titles and Chinese words all name an indicator."""
    assert named(name) == [key]


@pytest.mark.parametrize(
    ("name", "near"), [("gdp_grwth", "gdp_growth"), ("调节成功率", "调解成功率")]
)
def test_an_unknown_name_comes_with_near_ones(name, near):
    """A slip of the pen is an error that names what may have been meant."""
    with pytest.raises(qz.QzError, match=near):
        named(name)


@pytest.mark.parametrize(
    "wrong",
    [{"by": "name"}, {"freq": "month"}, {"modality": "any"}, {"by": "place", "stable": True}],
)
def test_what_cannot_be_asked(texts, wrong):
    """An order, frequency or modality that is not there is an error."""
    with pytest.raises(qz.QzError):
        qz.panel(texts, **wrong)


def test_other_things_are_no_source():
    """A table without indicators, or no table at all, says what to give."""
    with pytest.raises(qz.QzError, match="no column"):
        qz.panel(pd.DataFrame({"doc": []}))
    with pytest.raises(qz.QzError, match="not of a str"):
        qz.panel("a.txt")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("新增小巨人企业3家、高新技术企业9家", "only as an increase"),
        ("新增小巨人企业3家、高新技术企业达到9家", ""),
        ("新增小巨人企业3家,高新技术企业9家", ""),
        ("新增高新技术企业9家", "only as an increase"),
    ],
)
def test_what_was_added_in_a_list_is_no_level(said, reason):
    """新增 holds for all members of its list, unless one says that it tells a level."""
    claims = qz.extract(f"满城区2019年政府工作报告\n2019年,满城区生产总值增长6%,{said}。")
    assert cell(qz.panel(claims), "high_tech_firms")["reason"] == reason


def test_a_figure_that_another_leads_to_is_of_the_same_body():
    """Income of poor areas that grew from one figure to another is not that of the place."""
    said = "贫困地区人均可支配收入由2013年的2100元增长到8200元"
    claims = qz.extract(f"满城区2019年政府工作报告\n2019年,满城区生产总值增长6%,{said}。")
    made = qz.panel(claims, ["gdp_growth", "resident_income"])
    assert cell(made, "resident_income")["how"] == ""


def test_an_estimate_is_told_from_a_final_figure():
    """What a report expects of the year just gone fills the cell as `expected`, until one states it."""
    early = "满城区2020年政府工作报告\n一、2019年工作回顾\n2019年,预计全区生产总值完成95亿元,同比增长6.2%,固定资产投资增长8%,一般公共预算收入8.1亿元。\n二、2020年工作安排\n力争再创佳绩。\n"
    later = "满城区2021年政府工作报告\n2019年,满城区生产总值96亿元。2020年,满城区生产总值99亿元。\n"
    alone = qz.panel(pages(early))
    told = {name: cell(alone, name)["how"] for name in alone.indicators}
    assert told == {
        "gdp": "expected",
        "gdp_growth": "expected",
        "fixed_investment_growth": "expected",
        "budget_revenue": "stated",
    }
    made = qz.panel(pages(early, later), "gdp")
    assert (cell(made, "gdp")["value"], cell(made, "gdp")["how"]) == (96e8, "stated")
    assert "expected" in made.evidence["verdict"].tolist()


@pytest.mark.parametrize(
    ("before", "after", "codes", "changed"),
    [
        # joined: 崇文区 went to 东城区, 宣武区 to 西城区; the list says only that both ended
        (("东城区", 2009), ("东城区", 2010), ["110101"] * 2, "− 110103 崇文区; − 110104 宣武区"),
        # divided: 临平区 was taken out of 余杭区
        (("余杭区", 2020), ("余杭区", 2021), ["330110"] * 2, "+ 330113 临平区"),
        (("徐水县", 2014), ("徐水区", 2015), ["130609"] * 2, "130625 徐水县 → 130609 徐水区"),
        (("易县", 2014), ("易县", 2015), ["130633"] * 2, ""),
    ],
)
def test_stable_places_mark_where_districts_were_joined_or_divided(before, after, codes, changed):
    """One place has one code through a change, and its row says what ended or began in its city."""
    texts = [
        f"{p}{y}年政府工作报告\n{y}年,{p}生产总值完成{y - 1900}亿元。\n" for p, y in (before, after)
    ]
    wide = qz.panel(pages(*texts), "gdp", stable=True).wide
    assert wide["stable_code"].tolist() == codes and wide["changed"].iloc[0] == ""
    assert changed in wide["changed"].iloc[1] and bool(changed) == bool(wide["changed"].iloc[1])


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        # against the month before, and against the year before
        ("地区生产总值环比增长0.2%。", ["part of the year"]),
        ("地区生产总值同比增长6.2%。", ["chosen"]),
        # what was passed on the way is no figure of the indicator
        ("财政总收入跨越130亿元，累计完成136.6亿元。", ["chosen"]),
    ],
)
def test_what_fills_no_cell_of_a_year(said, verdicts):
    """Changes against a month and marks that were passed stand aside."""
    made = qz.panel(qz.tables(f"满城区2019年政府工作报告\n2019年，满城区{said}"))
    assert made.evidence["verdict"].tolist() == verdicts


def test_a_colon_makes_a_list_of_estimates():
    """预计 with a colon holds for all of its sentence, and for what passed a mark in it."""
    text = "满城区2018年政府工作报告\n2018年，预计：全区GDP突破百亿元大关，达109亿元；一般公共预算收入8亿元。粮食产量12万吨。"
    made = qz.panel(qz.tables(text)).long
    assert set(made.loc[made["indicator"].isin(["gdp", "budget_revenue"]), "how"]) == {"expected"}


def test_no_report_is_not_said_of_a_year_that_a_report_tells_of():
    """A report of five years is one of each of them."""
    text = "满城区政府工作报告\n2016—2020年，满城区2017年生产总值95亿元。2020年，粮食产量12万吨，公路20公里。"
    made = qz.tables(text)
    made.reports["period"] = "2016..2020"
    missing = qz.panel(made, ["gdp", "gdp_growth"]).missing
    assert "no report" not in set(missing["reason"])
