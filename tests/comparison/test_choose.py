"""Claims are chosen by what they are of; a panel of them says what the audit found."""

import pandas as pd
import pytest

from qz_analysis import QzError, audit, choose, extract
from qz_analysis.comparison.choose import CONTROLS, Choice, Index
from qz_analysis.model import Document
from qz_analysis.schema import PANEL

TEXT = (
    "甲县2011年受理事项43宗，办结36宗，办结率83.7%。接待群众来访193批次389人次，批次同比上升17.78%。"
    "乙县2012年接待群众来访12批次，投入经费300万元。信访总量xx件。"
)


def of_matters(claims):
    """The claims with the first three on matters, whatever the model of families makes of them."""
    claims.loc[claims["text"].isin(["43宗", "36宗", "83.7%"]), "family"] = "matters"
    return claims


@pytest.fixture(scope="module")
def claims(corpus_tables):
    return corpus_tables.claims


@pytest.mark.parametrize(
    ("choice", "texts"),
    [
        ({"measure": "batches"}, ["193批次", "12批次"]),
        ({"measure": "rate"}, ["83.7%"]),
        (
            {"measure": "change"},
            ["17.78%"],
        ),  # a rate and a change are both in percent and not one thing
        ({"measure": "yuan"}, ["300万元"]),
        ({"family": "petition", "measure": "batches", "period": "2011"}, ["193批次"]),
        ({"family": "petition", "measure": "batches", "period": "2012"}, ["12批次"]),
        ({"stage": "resolved"}, ["36宗", "83.7%"]),
    ],
)
def test_each_control_keeps_the_claims_it_names(choice, texts):
    """What is chosen stands in the panel, and nothing else."""
    assert choose(extract(TEXT), **choice)["text"].tolist() == texts


def test_panel_has_the_columns_of_every_panel(claims):
    """The columns are those that `compare` gives, also where nothing fits."""
    assert list(choose(claims)) == [f.name for f in PANEL]
    assert list(choose(claims.head(0))) == [f.name for f in PANEL]


def test_a_rate_brings_the_counts_that_the_audit_found():
    """Numerator, denominator, interval and verdict stand beside a stated rate."""
    (row,) = choose(extract(TEXT), measure="rate").to_dict("records")
    assert (row["numerator"], row["denominator"], row["audit"], row["how"]) == (
        36,
        43,
        "ok",
        "stated and recomputed",
    )
    assert row["ci_low"] < 83.7 < row["ci_high"]


def test_masked_figures_are_there_without_a_value():
    """A masked figure that fits is a row of the panel, never a number."""
    panel = choose(extract(TEXT), family="petition")
    assert panel.loc[panel["status"].eq("redacted"), "value"].isna().tolist() == [True]


@pytest.mark.parametrize("most", [7, 24, pytest.param(1, marks=pytest.mark.long)])
def test_pages_put_together_are_the_whole(claims, most):
    """Page after page gives each figure once, in the order of the claims, and says how many there are."""
    whole = choose(claims, measure="items")
    pages = [
        choose(claims, measure="items", skip=at, most=most) for at in range(0, len(whole), most)
    ]
    keys = ["doc", "report", "claims"]
    together = pd.concat(pages)[keys]
    assert sorted(map(tuple, together.to_numpy())) == sorted(map(tuple, whole[keys].to_numpy()))
    assert {page.attrs["of"] for page in pages} == {len(whole)}


def test_given_relations_are_used(claims):
    """Relations at hand give the same panel as an audit of the reports concerned."""
    pd.testing.assert_frame_equal(
        choose(claims, audit(claims), measure="rate"),
        choose(claims, measure="rate"),
        check_dtype=False,
    )


@pytest.mark.parametrize("control", CONTROLS)
def test_a_value_that_no_claim_has_is_named_with_those_that_there_are(control):
    """A misspelt choice is answered with the control, the value and the known ones."""
    wrong = {"places": ["丙县"]} if control == "place" else {control: "nowhere"}
    with pytest.raises(QzError, match=f"{control} .*; there are: "):
        choose(extract(TEXT), **wrong)


def test_a_table_of_something_else_is_refused():
    """A DataFrame that is no claims table is named for the columns that it lacks."""
    with pytest.raises(QzError, match="no column doc, report"):
        choose(pd.DataFrame({"value": [1.0]}))


def test_options_count_what_the_wider_controls_leave(claims):
    """Each control offers what those before it leave, with numbers that add up to it."""
    index = Index(claims)
    choice = Choice(family="petition", stage="received")
    offered = index.options(choice, "measure")
    assert sum(count for _, count in offered) == len(index.where(choice))
    for value, count in offered:
        assert len(index.where(Choice("petition", "received", value))) == count


def test_what_the_wider_choice_leaves_nothing_of_is_given_up():
    """A measure that the subject does not have, and a place that states none, fall away; what fits stays."""
    index = Index(of_matters(extract(TEXT)))
    choice = index.fitting(
        Choice(family="matters", stage="resolved", measure="batches", places=("甲县", "乙县"))
    )
    assert (choice.family, choice.stage, choice.measure) == ("matters", "resolved", None)
    assert set(choice.places) < {"甲县", "乙县"} or not choice.places


def test_first_look_is_at_what_most_places_state():
    """Without a choice the indicator that most places state comes first, or the measure they share."""
    claims = of_matters(extract(TEXT))
    claims["place"] = ["乙县" if claim == "12批次" else "甲县" for claim in claims["text"]]
    assert Index(claims).telling() == Choice(indicator="visit_batches")
    assert Index(claims).telling(Choice(family="matters")).family == "matters"
    unnamed = claims.assign(indicator="")
    assert Index(unnamed).telling() == Choice(family="petition", measure="batches")
    assert Index(unnamed.drop(columns="indicator")).telling().measure == "batches"


YEARS = (
    Document(
        "a",
        "甲县工作总结\n2011年甲县调解成功率97%。2012年甲县调解成功率98%。2013年甲县力争调解成功率达到99%。",
    ),
    Document("b", "乙县工作总结\n2012年乙县调解成功率95%。2012年一季度乙县调解成功率96%。"),
)


@pytest.mark.parametrize(
    "name", ["mediation_success_rate", "调解成功率", "Share of mediations that succeed"]
)
def test_an_indicator_goes_by_its_key_and_its_names(name):
    """The names of the panel's indicators choose their figures."""
    assert len(choose(extract(YEARS), indicator=name)) == 4


def test_figures_by_year_are_what_a_trend_draws():
    """One row a place and year; targets are rows of their own, parts of a year none."""
    table = choose(extract(YEARS), indicator="调解成功率", by="year", modality="any")
    assert table[["place", "year", "value", "modality"]].values.tolist() == [
        ["甲县", 2011, 97.0, "actual"],
        ["甲县", 2012, 98.0, "actual"],
        ["甲县", 2013, 99.0, "planned"],
        ["乙县", 2012, 95.0, "actual"],
    ]
    with pytest.raises(QzError, match="needs one indicator"):
        choose(extract(YEARS), by="year")


def test_figures_of_a_year_that_differ_are_a_range_and_never_one_of_them():
    """Where texts give several figures none is chosen: the row says from which to which."""
    text = "2012年甲县信访总量下降9%。2012年甲县信访总量下降12%。2012年甲县信访总量上升1%。"
    (row,) = choose(extract(text), indicator="petition_total_change", by="year").to_dict("records")
    assert (row["low"], row["high"], row["bound"], row["several"]) == (-12, 1, "range", 3)
    assert row["value"] != row["value"]


@pytest.mark.parametrize(
    ("order", "texts"),
    [
        (None, ["97%", "98%", "99%", "95%", "96%"]),
        ("place", ["97%", "98%", "95%", "96%", "99%"]),
        ("year", ["97%", "98%", "95%", "96%", "99%"]),
    ],
)
def test_an_order_puts_figures_together_and_targets_last(order, texts):
    """By place or by year, never by size; page after page in that order."""
    claims = extract(YEARS)
    pages = [
        choose(claims, indicator="调解成功率", modality="any", order=order, skip=at, most=1)
        for at in range(5)
    ]
    assert [page["text"].iloc[0] for page in pages] == texts
    with pytest.raises(QzError, match="no order by 'size'"):
        choose(claims, order="size")


def test_words_are_looked_for_in_places_and_subjects():
    """A search narrows to claims whose place or subject holds the words."""
    assert choose(extract(TEXT), find="乙县")["text"].tolist() == ["12批次"]
    assert choose(extract(TEXT), find="來訪")["text"].tolist() == ["193批次", "389人次", "12批次"]
    assert len(choose(extract(YEARS), find="乙县")) == 2
    assert choose(extract(TEXT), find="没有的词").empty


def test_base_figures_stay_out():
    """Last year's figure in a bracket is not set beside this year's."""
    text = "2011年，甲县接待群众来访43批次（去年同期50批次）。"
    assert choose(extract(text), measure="batches")["text"].tolist() == ["43批次"]


def test_nothing_given_is_changed(claims):
    """The claims table comes out as it went in, whatever index it has."""
    shuffled = claims.sample(frac=1, random_state=1)
    before = shuffled.copy()
    choose(shuffled, measure="rate")
    pd.testing.assert_frame_equal(shuffled, before)


@pytest.mark.parametrize(
    ("chinese", "code"),
    [({"family": "调解"}, {"family": "mediation"}), ({"measure": "比率"}, {"measure": "rate"})],
)
def test_values_go_by_their_chinese_names(chinese, code):
    """A family or measure in Chinese chooses what its code chooses."""
    claims = extract("2021年，甲山县受理纠纷50件，调解成功49件，调解成功率98%。甲山县信访局")
    pd.testing.assert_frame_equal(choose(claims, **chinese), choose(claims, **code))
    assert len(choose(claims, **chinese))


def test_titles_of_documents_come_along():
    """A chart of a choice names its sources by title, as one of `compare` does."""
    claims = extract("甲县接待来访43批次。")
    claims.attrs["titles"] = {"text": "甲县报告"}
    for by in ("figure", "year"):
        told = choose(claims, indicator="visit_batches", by=by)
        assert told.attrs["titles"] == {"text": "甲县报告"}
