"""Rows of an indicator come from the claims that its definition names, and from no others."""

import pandas as pd
import pytest

from qz_analysis import audit, compare, extract, indicators
from qz_analysis.registry import load
from qz_analysis.ways import by_start, marks, records, tied

TEXT = (
    "2011年，甲县接待来访193批次389人次（去年同期180批次）；受理事项467宗，已办结328宗，正在办理139宗；"
    "每件奖励50元，发放奖励金100万元；发放补助31.5万元给450户；县里有干部30名。"
)


@pytest.mark.parametrize(
    ("indicator", "texts"),
    [
        ("visits", ["193批次389人次"]),
        ("batches", ["193批次"]),  # last year's in brackets stay out
        ("person_times", ["389人次"]),
        ("received", ["467宗"]),
        ("resolved", ["328宗"]),
        ("pending", ["139宗"]),
        ("rates", ["328宗 / 467宗"]),
        ("funds", ["50元", "100万元", "31.5万元"]),
        ("unit_costs", ["50元", "31.5万元 / 450户"]),
        ("staff", ["30名"]),
        ("satisfaction", []),
        ("staff_per_town", []),  # no number of towns is stated
    ],
)
def test_an_indicator_takes_what_it_defines(indicator, texts):
    """Each indicator shows the expressions that its definition names, in the order of the text."""
    assert compare(extract(TEXT), indicator=indicator)["text"].tolist() == texts


def test_money_given_to_households_is_a_cost_per_unit():
    """A sum beside those it goes to is divided, with both as evidence; a standard is shown as stated."""
    stated, divided = compare(extract(TEXT), indicator="unit_costs").to_dict("records")
    assert (stated["value"], stated["how"]) == (50, "stated")
    assert (divided["value"], divided["unit"], divided["how"]) == (700, "元/户", "recomputed")
    assert (divided["numerator"], divided["denominator"]) == (315000, 450)
    assert [TEXT[int(s)] for s in divided["claims"].split(";")] == ["3", "4"]


def test_redaction_counts_masked_figures_of_all():
    """The share of masked figures has both counts, leads to each masked one, and pretends no interval."""
    (row,) = compare(extract("甲县受理事项xx件，办结30件，发放资料xx份。"), indicator="redaction").to_dict("records")
    assert (row["numerator"], row["denominator"], row["how"]) == (2, 3, "recomputed")
    assert row["value"] == pytest.approx(200 / 3)
    assert len(row["claims"].split(";")) == 2
    assert row["ci_low"] != row["ci_low"]


def test_the_registry_is_whole():
    """Every indicator has its words in both languages and a direction, and `indicators` gives them."""
    for lang in ("en", "zh"):
        table = indicators(lang)
        assert table["indicator"].tolist() == list(load("indicators"))
        assert table.drop(columns="unit").ne("").all(axis=None)
    assert set(indicators()["direction"]) == {"higher is better", "lower is better", "neither"}
    assert indicators("zh")["title"].str.contains("[\u4e00-\u9fff]").all()


def test_a_relation_leads_to_its_claims():
    """The claims of a relation come with the stated result first; one that is not among those given is named."""
    claims = extract("甲县受理事项43宗，办结36宗，办结率83.7%。")
    (relation,) = records(audit(claims))
    at = by_start(records(claims))
    assert [claim["text"] for claim in tied(relation, at)] == ["83.7%", "36宗", "43宗"]
    with pytest.raises(KeyError, match="12"):
        tied(relation, {key: claim for key, claim in at.items() if claim["text"] != "36宗"})


def test_a_bad_verdict_outweighs_a_good_one():
    """A figure is marked by the worst of its checks, as the result only, or as either of two statements of one thing."""
    one = audit(extract("甲县受理事项43宗，办结36宗，办结率83.7%。"))
    ok, bad = one.assign(starts="19;12;6"), one.assign(starts="19;30;40", verdict="bad")
    twice = one.assign(type="repeat", starts="50;60", verdict="bad")
    expected = {19: "bad", 50: "bad", 60: "bad"}
    for tables in ([ok, bad, twice], [twice, bad, ok]):
        assert {start: verdict for (_, _, start), verdict in marks(pd.concat(tables)).items()} == expected
