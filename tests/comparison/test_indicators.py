"""Rows of an indicator come from the claims that its definition names, and from no others.

Per town, head or household: one number below the line or none, never a guess.
"""

import re

import pandas as pd
import pytest

from qz_analysis import QzError, audit, compare, extract, indicators
from qz_analysis.comparison.indicators import by_start, has_whole, marks, records, tied
from qz_analysis.vocabularies.session import load

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
    (row,) = compare(
        extract("甲县受理事项xx件，办结30件，发放资料xx份。"), indicator="redaction"
    ).to_dict("records")
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
        assert {
            start: verdict for (_, _, start), verdict in marks(pd.concat(tables)).items()
        } == expected


def divided(text, per, indicator="staff"):
    return compare(extract(text), indicator=indicator, per=per).to_dict("records")


@pytest.mark.parametrize(
    ("text", "per", "value", "unit"),
    [
        ("平山县辖15个镇。全县共有专职人员243名。", "towns", 16.2, "名/镇"),
        ("全县15个乡镇，共有专职人员30名。", "towns", 2, "名/乡镇"),
        ("全镇41个行政村，共有专职人员82名。", "villages", 2, "名/行政村"),
        ("全县总人口50万人。共有专职人员100名。", "population", 100 / 500000, "名/人"),
        ("石桥社区常住居民1000户，共有专职人员10名。", "households", 0.01, "名/户"),
    ],
)
def test_a_claim_of_the_report_stands_below_the_line(text, per, value, unit):
    """The stated whole divides the figure, and the row is marked recomputed with both claims."""
    (row,) = divided(text, per)
    assert row["value"] == pytest.approx(value)
    assert (row["unit"], row["how"]) == (unit, "recomputed")
    assert row["value"] == row["numerator"] / row["denominator"]
    assert [text[int(s)].isdigit() for s in row["claims"].split(";")] == [True, True]


@pytest.mark.parametrize(
    ("text", "per", "flaw"),
    [
        ("全县共有专职人员243名。", "towns", "no denominator"),
        ("走访了15个镇。全县共有专职人员243名。", "towns", "no denominator"),  # some, not all
        ("全县辖xx个镇。全县共有专职人员243名。", "towns", "masked denominator"),
        (
            "平山县辖15个镇。全县16个镇均有大院。共有专职人员243名。",
            "towns",
            "several denominators",
        ),
        ("全县15个镇都有10-20人的专业队伍。", "towns", "already per unit"),
        ("全县15个镇。各镇配备专职人员3名。", "towns", "already per unit"),
    ],
)
def test_what_cannot_be_divided_has_no_value_and_says_why(text, per, flaw):
    """No candidate, several, a masked one, or a figure of each unit: the value stays empty."""
    row = divided(text, per)[-1]
    assert row["value"] != row["value"]
    assert flaw in row["caveats"].split("; ")


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("由财政供养的镇级专职人员共30名", ["30名 / 15个"]),
        ("全县专职人员共30名", ["30名 / 15个"]),
        ("各镇均配备专职人员3名", ["3名"]),
        # what the county itself has, alone or with the towns, and what is of nobody named
        ("县、镇维稳中心共有专职人员30名", []),
        ("县城治安联防大队共有队员30名", []),
        ("为学校配备专职保安人员30名", []),
    ],
)
def test_staff_per_town_is_of_those_in_the_towns(words, texts):
    """Only people of the towns or of the whole county are divided by the number of towns."""
    text = f"甲山县辖15个镇。{words}。"
    panel = compare(extract(text), indicator="staff_per_town")
    assert panel["text"].tolist() == texts


def test_bounds_and_ranges_go_through_the_division():
    """多 above the line stays a lower bound, 近 below it makes the quotient about, a range keeps both ends."""
    (least,) = divided("全县辖10个镇。发放奖励金100多万元。", "towns", "funds")
    assert (least["value"], least["bound"]) == (100000, "min")
    (about,) = divided("全县总人口近50万人。发放奖励金100万元。", "population", "funds")
    assert (about["value"], about["bound"]) == (2, "approx")
    (span,) = divided("全县辖10个镇。共有专职人员20-30人。", "towns")
    assert (span["low"], span["high"], span["bound"]) == (2, 3, "range")


def test_rates_and_standards_are_not_divided():
    """A rate cannot be divided, and a standard per case stays out beside a total."""
    with pytest.raises(QzError, match="cannot be divided"):
        divided("全县15个镇。受理事项43宗，办结36宗，办结率83.7%。", "towns", "rates")
    rows = divided("全县辖10个镇。每件奖励50元，共发放奖励金100万元。", "towns", "funds")
    assert [row["value"] for row in rows] == [100000]


TEXTS = {"a": "2011年，平山县来访200批次。2012年，平山县来访100批次。", "b": "2011年，**县来访300批次。", "c": "2011年，**县来访400批次。"}  # fmt: skip


@pytest.fixture
def visits(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return extract(tmp_path)


def test_a_table_divides_by_place_and_period(visits):
    """A row of the table with the figure's period goes before one without; a place it lacks has no value."""
    table = pd.DataFrame(
        {"place": ["平山县", "平山县"], "value": [20, 10], "period": ["2011", ""], "unit": "万人"}
    )
    rows = compare(visits, indicator="batches", per=table).to_dict("records")
    assert [row["value"] for row in rows[:2]] == [10, 10]
    assert rows[0]["unit"] == "批次/万人"
    assert rows[0]["text"] == "200批次 / 20万人"
    assert all("no denominator" in row["caveats"] for row in rows[2:])


def test_a_table_with_two_entries_for_a_figure_gives_none(visits):
    """Two values for one place and period are not chosen between."""
    table = pd.DataFrame({"place": ["平山县", "平山县"], "value": [20, 30]})
    first = compare(visits, indicator="batches", per=table).iloc[0]
    assert "several denominators" in first["caveats"]
    assert pd.isna(first["value"])


def test_a_mask_that_two_reports_share_is_no_key(visits):
    """`**县` of two reports may be two counties, so a table cannot speak of either."""
    rows = compare(
        visits, indicator="batches", per=pd.DataFrame({"place": ["**县"], "value": [10]})
    )
    assert rows["value"].isna().all()


def test_a_table_without_its_columns_is_refused(visits):
    """The message names the missing column."""
    with pytest.raises(QzError, match="lacks the column value"):
        compare(visits, indicator="batches", per=pd.DataFrame({"place": ["平山县"]}))


def test_the_registry_of_denominators_is_whole():
    """Each entry has its words, its lists and expressions that can be read."""
    for name, entry in load("denominators").items():
        assert set(entry) == {
            "one",
            "zh",
            "unit",
            "measures",
            "families",
            "before",
            "after",
            "subject",
            "alone",
        }, name
        assert all(re.compile(entry[words]) for words in ("before", "after", "subject"))


def test_a_claim_of_an_unsure_family_is_left_out_and_counted():
    claims = extract("甲县受理来访43批次。乙县受理来访51批次。")
    low = claims.assign(family_p=[0.05, 0.9])
    panel = compare(low, indicator="batches")
    assert len(panel) == 1 and panel.attrs["unsure"] == 1
    set_by_hand = compare(low.assign(corrected="family"), indicator="batches")
    assert len(set_by_hand) == 2 and "unsure" not in set_by_hand.attrs
    old = compare(claims.drop(columns="family_p"), indicator="batches")
    assert len(old) == 2


LEVEL = [
    ("到市上访4批98人次，批次与上年持平，人次下降5.8%。", "到市上访批次", "4批"),
    ("网上投诉68件，与上月持平。", "网上投诉", "68件"),
    ("来访12批37人次，同比基本持平。", "来访", "37人次"),
]


@pytest.mark.parametrize(("text", "subject", "of"), LEVEL)
def test_a_change_of_nothing_is_a_row_of_its_own(text, subject, of):
    """持平 has no figure: it is a change of 0 that leads to the count that it is of."""
    claims = extract("甲县信访局：" + text)
    changes = compare(claims, indicator="changes")
    row = changes[changes["value"].eq(0)].iloc[0]
    assert row["subject"].endswith(subject) and row["direction"] == "" and "持平" in row["text"]
    assert claims.loc[claims["start"].eq(int(row["claims"])), "text"].tolist() == [of]


def test_what_did_not_change_is_no_change_of_a_rate_or_a_plan():
    """满意率100%,与上月持平 is of no count; without the word there is no row."""
    for text in ("甲县信访满意率100%，与上月持平。", "甲县信访总量20件，保持平稳。"):
        assert not compare(extract(text), indicator="changes")["value"].eq(0).any()


def test_changes_of_rates_have_a_measure_of_their_own():
    """化解率上升25.6% is set beside no 信访总量下降55.6%."""
    changes = compare(extract("信访总量同比下降55.6%，积案化解率上升25.6%。"), indicator="changes")
    assert changes["measure"].tolist() == ["percent", "rate_change"]
    assert changes["caveats"].str.contains("different measures").all()


def test_a_check_that_could_hardly_fail_is_marked_as_such():
    """Of two verdicts on one figure the stronger stands: `bad`, then `ok`, then `blind`."""
    claims = extract(
        "公开承诺事项24600多件，办完21100多件，办结率在85%以上。受理43宗，办结36宗，办结率83.7%。"
    )
    found = marks(audit(claims))
    assert sorted(found.values()) == ["blind", "ok"]
    twice = pd.concat([audit(claims), audit(claims).assign(chance=0.0)])
    assert set(marks(twice).values()) == {"ok"}


NAMED_CHANGES = [
    ("群众来访220批617人次，批次和人次同比分别下降33.7%和21.6%；到市越级上访4批98人次，人次下降5.8%。",
     ["群众来访批次", "群众来访人次", "到市越级上访人次"]),
    ("2011年，全县立刑事案件1516宗，破获884宗，立案数同比下降14.64%，破案数同比上升39.21%；"
     "其中“两抢一盗”案件立案985宗，破获470宗，立案数同比下降27.52%。",
     ["全县刑事案件立案数", "全县刑事案件破案数", "“两抢一盗”案件立案数"]),
    # words that name the things stay as they are, and nothing is taken from another sentence
    ("接待来访212批次，来访批次同比上升17.78%。人次下降5%。", ["来访批次", "人次"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), NAMED_CHANGES)
def test_a_change_says_what_changed(text, told):
    """批次 and 立案数 are of what their sentence has counted before: no two rows are named alike."""
    panel = compare(extract(text), indicator="changes")
    assert [name.removeprefix("其中") for name in panel["subject"]] == told


def test_a_rate_is_not_named_by_the_deed_below_its_line():
    """Cases solved among cases filed are a rate of the cases, not of 立案; of people who were asked it
    says what they said.
    """
    text = "其中“两抢一盗”案件立案985宗，破获470宗。"
    assert compare(extract(text), indicator="rates")["subject"].tolist() == ["“两抢一盗”案件"]
    text = "3个片区的227户群众中，216户支持，支持率95.15%。"
    assert compare(extract(text), indicator="satisfaction")["subject"].str.endswith("支持率").all()


def test_a_change_behind_several_counts_names_them():
    """A change of one of several counts stands under all their units, so that no reader takes one for it."""
    panel = compare(extract("甲县集体访26件、39批次、508人次，同比下降25%。"), indicator="changes")
    assert panel["subject"].tolist() == ["甲县集体访（件、批次或人次）"]


PARTS = [
    ("甲县受理上访案件176件，已解决143件，解决率81.25%。其中，集体访26件，已解决22件，解决率84.62%。", [False, True]),
    # no whole of it stands in the panel
    ("其中，集体访26件，已解决22件，解决率84.62%。", [False]),
    ("甲县受理上访案件176件，已解决143件，解决率81.25%。", [False]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_a_part_says_so_beside_its_whole(text, parts):
    """A rate of a part of the cases is no second one beside that of all."""
    rows = records(compare(extract(text), indicator="rates"))
    assert [has_whole(row) for row in rows] == parts


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("甲县受理来电2808件，办结2532件。", 1),
        # what was passed on is not done
        ("甲县受理来电2808件，其中转办532件。", 0),
        ("甲县受理来电2808件，分流处理532件。", 0),
        # of what was dissatisfying nothing follows for what was not
        ("甲县受理事项100件，不满意率9%。", 0),
    ],
)
def test_rates_are_only_of_what_is_named_as_done(text, rates):
    """Counts are divided where the upper one is named as resolved, and not as passed on."""
    assert len(compare(extract(text), indicator="rates")) == rates


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "县城改造涉及3个片区的227户群众，其中216户支持，11户反对，支持率95.15%。经逐户走访，最后支持率达到100%。",
            ["片区的群众支持率", "片区的群众最后支持率"],
        ),
        ("经逐户走访，最后支持率达到100%。", ["最后支持率"]),
        (
            "县城改造涉及3个片区的227户群众，其中216户支持，11户反对，支持率95.15%。群众满意。全县平稳。秩序好转。生产有序。最后支持率达到100%。",
            ["片区的群众支持率", "最后支持率"],
        ),
    ],
)
def test_a_rate_in_the_end_is_of_those_who_were_asked_before(text, subjects):
    """最后支持率100% is of the 227 households that were asked, and not of the county."""
    claims = extract(text)
    panel = compare(claims, audit(claims), indicator="satisfaction")
    assert panel["subject"].tolist() == subjects
