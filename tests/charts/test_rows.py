""" """

import numpy as np
import pytest
from invented import ROW

import qz_analysis as qz
from qz_analysis.charts.rows import (
    example,
    is_rate,
    kinds,
    money,
    per_batch,
    pick,
    printed_percent,
    row_labels,
)
from qz_analysis.errors import QzError
from qz_analysis.vocabularies.session import load


def test_picking_counts_what_is_left_out():
    """Rows that fit but are masked are counted, rows of another kind are not; none at all is an error."""
    panel = example()
    twice = panel.iloc[[1, 1]].assign(status=["ok", "redacted"])
    drawn, missing = pick(twice, is_rate(twice), "rates", "a rate")
    assert (len(drawn), missing) == (1, 1)
    with pytest.raises(QzError, match="rates: none of the 1 rows has a rate"):
        pick(panel.iloc[:1], is_rate(panel.iloc[:1]), "rates", "a rate")


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ({"value": 83.7}, "83.7%"),
        ({"value": 81.25}, "81.25%"),
        ({"value": 96, "bound": "min"}, "≥96%"),
        ({"value": 96, "bound": "max"}, "≤96%"),
        ({"value": 96, "bound": "approx"}, "≈96%"),
        ({"value": 70.2355, "how": "recomputed"}, "(70.2%)"),  # no report prints it
        ({"value": 86.42, "audit": "bad"}, "86.42% ×"),
        ({"value": 86.42, "audit": "ok"}, "86.42% ✓"),
        ({"value": 86.42, "audit": "ok", "corrected": "value"}, "86.42%† ✓"),
        ({"value": 70.2355, "how": "recomputed", "corrected": "unit;place"}, "(70.2%†)"),
        ({"value": np.nan, "low": 10, "high": 20, "bound": "range"}, "10%–20%"),
    ],
)
def test_a_rate_is_printed_with_its_bound_and_its_audit(row, printed):
    """What stands beside a dot says how firm the figure is."""
    assert printed_percent(ROW | row) == printed


@pytest.mark.parametrize(
    ("yuan", "en", "zh"),
    [
        (158.43, "158.43 yuan", "158.43元"),
        (3000, "3k yuan", "3,000元"),
        (50_000, "50k yuan", "5万元"),
        (1_033_260, "1.033m yuan", "103.326万元"),
        (88_727_000, "88.73m yuan", "8,872.7万元"),
        (1_348_000_000, "1.348bn yuan", "13.48亿元"),
    ],
)
def test_money_is_printed_as_its_readers_count_it(yuan, en, zh):
    """English readers get k, m and bn, Chinese readers 元, 万元 and 亿元."""
    for lang, printed in (("en", en), ("zh", zh)):
        assert money(yuan, lang) == printed


def test_money_has_as_many_digits_as_are_asked_for():
    """A sentence rounds what a table prints whole."""
    assert (money(8_450_123, "zh", 4), money(8_450_123, "en", 3)) == ("845万元", "8.45m yuan")


@pytest.mark.parametrize(
    ("row", "en", "zh"),
    [
        (
            {"how": "recomputed"},
            "2.0  (389 in 193)",
            "2.0（193批389人次）",
        ),  # no brackets around the quotient
        ({"bound": "min"}, "≥2.0  (389 in 193)", "≥2.0（193批389人次）"),
        ({"numerator": np.nan}, "2.0  (no counts stated)", "2.0（未列批次人次）"),
    ],
)
def test_people_per_batch_are_followed_by_their_counts(row, en, zh):
    """The quotient stands bare, the counts behind it in brackets."""
    assert [per_batch(ROW | row, lang) for lang in ("en", "zh")] == [en, zh]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            {"period": "2011"},
            {"period": "2012"},
            ["桥西区：群众来访（2011）", "桥西区：群众来访（2012）"],
        ),
        ({"period": "2011"}, {"period": ""}, ["桥西区：群众来访（2011）", "桥西区：群众来访"]),
        (
            {},
            {},
            ["桥西区：群众来访", "桥西区：群众来访"],
        ),  # a date that both share tells nobody anything
        ({}, {"subject": ""}, ["桥西区：群众来访", "桥西区"]),
        (
            {"place": ""},
            {"subject": "全县党政主要领导包案处理的难点问题"},
            ["地点未列明：群众来访", "桥西区：全县党政主要领…难点问题"],
        ),
    ],
)
def test_rows_are_named_by_place_subject_and_if_need_be_period(first, second, expected):
    """A name says place and subject, shortened, and the period where only that tells two rows apart."""
    assert row_labels([ROW | first, ROW | second], "zh") == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"family": "petition", "stage": "received"},
            'Qiaoxi District: petitions received "群众来访"',
        ),
        ({"family": "funds", "subject": ""}, "Qiaoxi District: funds"),
        # what belongs to no subject is known by what is counted
        ({"family": "other", "measure": "households"}, 'Qiaoxi District: households "群众来访"'),
        # nothing is known but the report's words
        ({}, 'Qiaoxi District: "群众来访"'),
        ({"subject": ""}, "Qiaoxi District"),
    ],
)
def test_english_rows_say_what_they_are_about(row, expected):
    """An English name tells place and subject in English; the words of the report are a quotation."""
    assert row_labels([ROW | row], "en") == [expected]


@pytest.mark.parametrize(
    ("text", "chart"),
    [
        ("甲县办结率93.8%。", "rates"),
        ("甲县来访批次同比上升17.78%。", "changes"),
        ("甲县投入经费300万元。", "funds"),
        ("甲县每人每月补助200元。", "funds"),
        ("甲县接待群众来访43批次。", "stated:batches"),
        ("甲县道路12公里。", "stated:length:公里"),
        ("甲县办结率同比提高2.5个百分点。", "stated:points:百分点:change"),
    ],
)
def test_each_kind_of_figure_has_its_chart(text, chart):
    """Which chart a figure belongs on follows from its kind and unit."""
    assert kinds(qz.choose(qz.extract(text))).tolist() == [chart]


def test_every_measure_has_a_name_in_both_languages():
    """Whatever a unit measures can be said on a chart."""
    measured = {
        what
        for section, units in load("units").items()
        if section != "aliases"
        for what in units.values()
    }
    assert measured <= set(load("labels")["measures"])
