"""Panels are fair: counts beside rates, origin named, caveats attached."""

import math

import pandas as pd
import pytest

from qz_analysis import (
    QzError,
    audit,
    choose,
    compare,
    correct,
    evidence,
    extract,
    indicators,
)
from qz_analysis.extraction.corrections import line
from qz_analysis.schema import PANEL

TEXT = "2011年，全县接待来访193批次389人次。受理事项467宗，已办结328宗；受理纠纷43宗，调解成功36宗，调解成功率83.7%。"


@pytest.mark.parametrize("indicator", indicators()["indicator"])
def test_every_indicator_gives_the_panel_columns(indicator):
    """Each indicator gives the described columns, with or without rows."""
    for text in (TEXT, "没有数字的报告。"):
        assert list(compare(extract(text), indicator=indicator)) == [f.name for f in PANEL]


def test_visits_divide_person_times_by_batches():
    """Persons per batch come with both counts and are marked recomputed."""
    (row,) = compare(extract(TEXT), indicator="visits").to_dict("records")
    assert (row["numerator"], row["denominator"], row["how"]) == (389, 193, "recomputed")
    assert row["value"] == pytest.approx(389 / 193)


def test_rates_say_how_they_were_obtained():
    """A stated rate with counts is both; two counts without a stated rate give a recomputed one."""
    panel = compare(extract(TEXT), indicator="rates")
    assert panel["how"].tolist() == ["recomputed", "stated and recomputed"]
    assert panel["value"].round(1).tolist() == [70.2, 83.7]


def test_wilson_interval_stands_only_where_counts_are():
    """A rate without counts has no interval and says so."""
    panel = compare(extract("群众满意率98.6%。"), indicator="satisfaction")
    assert math.isnan(panel.loc[0, "ci_low"])
    assert "no counts" in panel.loc[0, "caveats"]


def test_masks_are_caveats():
    """A masked place and a masked figure follow the row into the panel."""
    panel = compare(extract("**县全县受理xx件，**县办结率达xx%。"), indicator="rates")
    assert panel["caveats"].str.contains("masked place").all()
    assert panel["caveats"].str.contains("masked figure").any()


def test_unknown_indicator_names_the_known():
    """A wrong indicator is answered with the list of the right ones."""
    with pytest.raises(QzError, match="visits"):
        compare(extract(TEXT), indicator="visit")


def test_evidence_leads_every_figure_back():
    """The evidence table names document and offsets of every claim behind a figure, and a direction only for changes."""
    text = "2011年，来访212批次820人次，批次同比上升17.78%。"
    claims = extract(text)
    visits, changes = (evidence(compare(claims, indicator=i)) for i in ("visits", "changes"))
    doc, starts = visits.loc[0, "where"].split(": ")
    assert doc == "text"
    assert [text[int(s)] for s in starts.split(", ")] == ["2", "8"]
    assert "direction" not in visits
    assert changes.loc[0, "direction"] == "up"


TWO = "2012年，平山县受理来访100批次。2011年，安乐镇受理来访300批次；平山县受理来访200批次。"


@pytest.mark.parametrize(
    ("by", "groups", "values"),
    [
        ("place", ["平山县", "平山县", "安乐镇"], [100, 200, 300]),
        ("period", ["2011", "2011", "2012"], [300, 200, 100]),
        ("level", ["county", "county", "town"], [100, 200, 300]),
        ("family", ["petition"] * 3, [100, 300, 200]),
    ],
)
def test_rows_are_lined_up_and_never_ranked(by, groups, values):
    """`by` puts groups together; within a group the order of the text stays, whatever the values."""
    panel = compare(extract(TWO), indicator="batches", by=by)
    assert panel["group"].tolist() == groups
    assert panel["value"].tolist() == values


def test_two_masked_places_are_two_groups(tmp_path):
    """`**县` of two reports may be two counties and is never one group."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("2011年，**县来访100批次。", encoding="utf-8")
    assert compare(extract(tmp_path), indicator="batches")["group"].tolist() == [
        "**县 (a:0)",
        "**县 (b:0)",
    ]


@pytest.mark.parametrize(
    ("option", "words"), [({"by": "value"}, "place, period"), ({"by": "rank"}, "line up")]
)
def test_an_unknown_order_is_refused(option, words):
    """Lining up by anything but place, period, level or family is answered with the list."""
    with pytest.raises(QzError, match=words):
        compare(extract(TEXT), indicator="batches", **option)


# ---- the embedded corpus: what each report states of an indicator (value to two digits, how, above, below), and why strict refuses it

BOTH, OURS, SAID, NONE = "stated and recomputed", "recomputed", "stated", None
CORPUS = [
    ("桥西区", "visits", [(3.87, OURS, 820, 212), (13.03, OURS, 508, 39)], "masked year.*different subjects.*part against whole"),
    ("桥西区", "batches", [(212, SAID, NONE, NONE), (39, SAID, NONE, NONE)], "part against whole"),
    ("桥西区", "rates", [(81.25, BOTH, 143, 176), (84.62, BOTH, 22, 26)], "masked year"),
    ("桥西区", "changes", [(17.78, SAID, NONE, NONE), (15.98, SAID, NONE, NONE), (25, SAID, NONE, NONE)], "masked year"),
    ("桥西区", "satisfaction", [], "nothing stated"),
    ("桥西区", "pending", [], "nothing stated"),
    ("桥西区", "redaction", [(0, OURS, 0, 17)], NONE),
    ("通江县", "visits", [], "nothing stated"),
    ("通江县", "received", [(234, SAID, NONE, NONE)], "no period"),
    ("通江县", "resolved", [(600, SAID, NONE, NONE)], "no period.*hedged"),
    ("通江县", "rates", [(96, SAID, NONE, NONE)], "no period.*hedged"),
    ("通江县", "satisfaction", [(98.6, SAID, NONE, NONE)], "no period"),
    ("通江县", "funds", [], "nothing stated"),
    ("彝良县", "received", [(3484, SAID, NONE, NONE)], NONE),
    ("彝良县", "resolved", [(3475, SAID, NONE, NONE)], NONE),
    ("彝良县", "rates", [(99.74, BOTH, 3475, 3484)], NONE),
    ("彝良县", "satisfaction", [(95.15, BOTH, 216, 227), (100, SAID, NONE, NONE)], "no period"),
    ("彝良县", "visits", [], "nothing stated"),
    ("彝良县", "changes", [], "nothing stated"),
    ("彝良县", "staff_per_town", [], "nothing stated"),
    ("常州市", "visits", [], "nothing stated"),
    ("常州市", "rates", [], "nothing stated"),  # its rates are of contracts and records, not of matters resolved
    ("常州市", "satisfaction", [], "nothing stated"),
    ("常州市", "outreach", [], "nothing stated"),  # the centres that were visited are of health
    ("常州市", "redaction", [(0, OURS, 0, 42)], NONE),
    ("*县", "visits", [(2.02, OURS, 389, 193), (2.29, OURS, 458, 200), (2.8, OURS, 617, 220), (24.5, OURS, 98, 4)], "masked place.*different periods.*cumulative"),
    ("*县", "rates", [(83.7, BOTH, 36, 43), (70.24, OURS, 328, 467), (93.8, BOTH, 2028, 2163), (50.2, BOTH, 101, 201), (58.31, OURS, 884, 1516), (47.72, OURS, 470, 985)], "different families"),
    ("*县", "unit_costs", [(3000, SAID, NONE, NONE), (50000, SAID, NONE, NONE)], "different subjects"),
    ("*县", "staff_per_town", [(NONE, SAID, NONE, NONE), (14.2, OURS, 213, 15), (320, OURS, 4800, 15)], "already per unit"),
    ("*县", "satisfaction", [], "nothing stated"),
    ("**县", "resolved", [(764, SAID, NONE, NONE), (3160, SAID, NONE, NONE)] * 2, "masked place"),
    ("xx省xx县", "visits", [(NONE, SAID, NONE, NONE)], "masked figure"),
    ("xx省xx县", "rates", [(NONE, SAID, NONE, NONE)], "masked figure"),
    ("xx省xx县", "staff_per_town", [(NONE, SAID, NONE, NONE)], "masked denominator"),
    ("xx省xx县", "redaction", [(96.88, OURS, 31, 32)], "masked place"),
    ("xxxx镇", "resolved", [(51, SAID, NONE, NONE), (173, SAID, NONE, NONE), (83, SAID, NONE, NONE)], "masked year"),
    ("xxxx镇", "pending", [(2, SAID, NONE, NONE)], "masked place"),
    ("xxxx镇", "visits", [], "nothing stated"),
    ("四屯镇", "funds", [(25, SAID, NONE, NONE)], "no period"),
    ("四屯镇", "visits", [], "nothing stated"),
    ("中牟县", "received", [], "nothing stated"),
]  # fmt: skip


@pytest.fixture(scope="module")
def stated(corpus_tables):
    return corpus_tables.claims, audit(corpus_tables.claims)


@pytest.mark.parametrize(("place", "indicator", "rows", "refused"), CORPUS)
def test_the_corpus_is_held_to_what_its_reports_state(stated, place, indicator, rows, refused):
    """A place's panel holds what its report states and nothing more; strict refuses what does not mean one thing."""
    panel = compare(*stated, indicator=indicator, places=[place])
    table = panel[["value", "how", "numerator", "denominator"]].round(2).astype(object)
    assert list(table.where(table.notna(), None).itertuples(index=False, name=None)) == rows
    if refused:
        with pytest.raises(QzError, match=f"^{indicator}: .*{refused}"):
            compare(*stated, indicator=indicator, places=[place], strict=True)
    else:
        assert len(compare(*stated, indicator=indicator, places=[place], strict=True)) == len(rows)


@pytest.mark.parametrize(
    ("places", "indicator", "reason"),
    [
        (["桥西区", "*县"], "visits", "different periods"),
        (["桥西区", "彝良县"], "received", "different families"),
        (["彝良县", "通江县"], "satisfaction", "different subjects"),
        (["**县", "xxxx镇"], "resolved", "levels differ"),
        (["通江县", "常州市"], "rates", "nothing stated .常州市"),
    ],
)
def test_unlike_places_are_not_set_side_by_side(stated, places, indicator, reason):
    """Places whose reports mean different things are refused together, with the reason by name."""
    with pytest.raises(QzError, match=reason):
        compare(*stated, indicator=indicator, places=places, strict=True)


def test_a_diary_for_each_official(stated):
    """What one report states of its own staff divides its figures; a report with several staffs is not guessed at."""
    panel = compare(*stated, indicator="outreach", per="staff", places=["通江县", "*县"])
    diaries = panel[panel["subject"].str.contains("日记")].iloc[0]
    assert (diaries["value"], diaries["denominator"], diaries["unit"]) == (1, 2112, "本/人")
    assert panel.loc[panel["place"].eq("*县"), "value"].isna().all()


def test_evidence_tells_a_bound_that_stands_beside_its_figure():
    """96%以上 is no 96%, and what was divided says what falls to each."""
    panel = compare(extract("通江县矛盾纠纷化解率达96%以上。"), indicator="rates")
    assert evidence(panel)["printed"].tolist() == ["96%以上"]
    staff = compare(extract("甲山县辖15个镇。全县专职人员240多名。"), indicator="staff_per_town")
    assert evidence(staff)[["printed", "each"]].values.tolist() == [["240多名 / 15个", "≥16"]]


def test_evidence_tells_what_was_corrected():
    """Evidence has a column on corrections only where there are any: the columns, and the figure that holds."""
    claims = extract("甲县受理事项43宗，办结36宗，办结率88.7%；调解纠纷120件，调解成功率95.2%。")
    given = [
        line(claims.iloc[2], "value", 83.7, "乙"),
        line(claims.iloc[4], "subject", "调解", "乙"),
    ]
    table = evidence(compare(correct(claims, given).claims, indicator="rates"))
    assert table["corrected"].tolist() == ["value: 83.7%", "subject"]
    assert table["printed"].tolist() == ["88.7%", "95.2%"]
    assert "corrected" not in evidence(compare(claims, indicator="rates"))
    count = correct(claims, line(claims.iloc[1], "value", 37, "乙")).claims
    assert compare(count, indicator="rates")["corrected"].tolist() == ["value", ""]
    old = claims.drop(columns="corrected")
    assert compare(old, indicator="rates")["corrected"].tolist() == ["", ""]


TARGETS = "甲县受理事项43宗。力争受理事项60宗。"


@pytest.mark.parametrize(
    ("modality", "texts"), [("actual", ["43宗"]), ("planned", ["60宗"]), ("any", ["43宗", "60宗"])]
)
def test_targets_stand_apart_from_results(modality, texts):
    """A panel takes what is, unless it is asked for targets, and says of each target that it is one."""
    panel = compare(extract(TARGETS), indicator="received", modality=modality)
    assert panel["text"].tolist() == texts
    marked = panel["caveats"].str.contains("target").tolist()
    assert marked == [text == "60宗" for text in texts]


def test_a_table_without_modality_tells_what_is():
    """Tables of earlier runs have no such column; their figures count as actual."""
    claims = extract("甲县受理事项43宗。").drop(columns="modality")
    assert compare(claims, indicator="received")["modality"].tolist() == ["actual"]
    assert compare(claims, indicator="received", modality="planned").empty


def test_an_unknown_modality_names_those_there_are():
    """The message of the error lists what can be asked for."""
    with pytest.raises(QzError, match="actual, planned, required, any"):
        compare(extract("甲县受理事项43宗。"), indicator="received", modality="hoped")


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("调解纠纷200件，其中婚姻家庭纠纷占31.7%。", []),
        ("调解纠纷200件，婚姻家庭纠纷、邻里纠纷分别占31.7%和20%。", []),
        ("受理事项43宗，办结36宗，占受理数的83.7%。", ["83.7%"]),
        ("受理事项43宗，办结36宗，办结率83.7%。", ["83.7%"]),
    ],
)
def test_a_part_of_a_whole_is_no_rate(text, rates):
    """占 makes a figure a part of its whole; only what is resolved of what came in is a rate so."""
    panel = compare(extract(text), indicator="rates")
    assert [said for said in panel["text"] if said.endswith("%")] == rates


def test_a_share_is_chosen_by_a_measure_of_its_own():
    """Shares stand apart from rates in what is chosen."""
    claims = extract("调解纠纷200件，调解成功率97%。婚姻家庭纠纷占31.7%。")
    assert choose(claims, measure="rate")["text"].tolist() == ["97%"]
    assert choose(claims, measure="share")["measure"].tolist() == ["share"]


@pytest.mark.parametrize(
    "name", ["mediation_success_rate", "调解成功率", "Share of mediations that succeed"]
)
def test_named_indicators_go_by_key_and_title(name):
    """A named indicator is lined up by its key or by its title in either language, with its counts."""
    claims = extract("2021年，甲山县受理纠纷50件，调解成功49件，调解成功率98%。甲山县信访局")
    made = compare(claims, indicator=name)
    assert made[["text", "numerator", "denominator"]].values.tolist() == [["98%", 49.0, 50.0]]


def test_indicators_go_by_their_chinese_title():
    """群众来访 asks for the same panel as visits."""
    claims = extract("2011年，全县接待来访群众193批次389人次。")
    pd.testing.assert_frame_equal(
        compare(claims, indicator="群众来访"), compare(claims, indicator="visits")
    )


def test_a_rate_of_old_and_new_cases_is_shown_as_stated():
    """Its base is no claim, so it gets no counts; and its counts make no other rate."""
    text = "唐县2019年信访工作总结\n全县受理信访件500件，旧存50件，办结480件，办结率87.3%。"
    panel = compare(extract(text), indicator="rates")
    assert panel[["value", "how"]].values.tolist() == [[87.3, "stated"]]


def test_counts_of_a_rate_stand_with_their_bounds():
    """24600多件 below a rate is told as at least so many; exact counts bear no sign."""
    text = "甲县承诺事项24600多件，已完成21100多件，办结率85%以上。甲县受理事项43宗，办结36宗，办结率83.7%。"
    panel = compare(extract(text), indicator="rates")
    assert panel["counts_bound"].tolist() == ["min;min", ""]
    assert evidence(panel)["counts"].tolist() == ["≥21,100 / ≥24,600", "36 / 43"]
