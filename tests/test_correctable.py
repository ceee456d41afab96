"""What a correction may say."""

import pytest

import qz_analysis as qz
from qz_analysis.correctable import COLUMNS, Correction, against, cell, contradictions

NAN = float("nan")
ROW = {"value": 3.0, "low": NAN, "high": NAN, "bound": "exact", "status": "ok", "kind": "count", "direction": ""}


def given(column="value", now="3", **other):
    return Correction(**{"hash": "0123456789abcdef", "doc": "a", "start": 2, "end": 5, "column": column, "was": "", "now": now, **other})  # fmt: skip


def test_a_reviewer_may_say_whatever_the_extractor_says():
    """Every value in a correctable column of the corpus is one that a correction may hold."""
    claims = qz.extract(qz.corpus())
    for column in COLUMNS:
        for value in set(map(cell, claims[column])):
            if column != "unit" or value:
                assert against(given(column, value)) == ""


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("value", ["", "0", "2163", "2163.0", "83.7", "1e6"], ["1,000", "３", "12件", "nan", "inf", "-3", "1_0", "1e-300", "1e300", "=3", " 3"]),
        ("low", ["", "5"], ["five"]),
        ("bound", ["exact", "range"], ["", "about"]),
        ("unit", ["件", "元/年", "箩"], ["", " ", "万元", "亿斤"]),
        ("kind", ["per"], ["", "counts"]),
        ("direction", ["", "up"], ["Up"]),
        ("family", ["petition", "other"], ["", "pets"]),
        ("stage", ["", "pending"], ["done"]),
        ("measure", ["", "persons"], ["people"]),
        ("subject", ["", "甲 乙"], []),
        ("place", ["", "**县"], []),
        ("status", ["redacted"], ["", "masked"]),
        ("period", ["", "2011", "2011-Q1", "2011-H2", "2011-06", "2010..2012", "2011+", "2011-H2+", "20xx", "20xx-06", "20xx+"],
         ["Jun-11", "2011-6", "2011-13", "2011-Q5", "2012..2010", "2011..", "11", "２０１１-Q5", "2011 "]),
        ("text", [], ["2163宗"]),
        ("hash", [], ["x"]),
    ],
)  # fmt: skip
def test_values_of_a_column(column, good, bad):
    """A column takes the values of the contract and no others; what the page printed is never corrected."""
    assert [now for now in good if against(given(column, now))] == []
    assert [now for now in bad if not against(given(column, now))] == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hash": "1.23457E+15"}, "spreadsheet"),
        ({"hash": "0123456789ABCDEF"}, "hash"),
        ({"start": -1}, "offsets"),
        ({"start": 6}, "offsets"),
        ({"when": "last week"}, "when"),
        ({"column": "note"}, "there are: value"),
    ],
)
def test_what_is_no_correction_says_why(change, word):
    """A line that can be no correction is told with the cell at fault."""
    assert word in against(given(**change))


@pytest.mark.parametrize(
    ("change", "concerns"),
    [
        ({}, None),
        ({"status": "redacted"}, "status"),
        ({"status": "redacted", "value": NAN}, None),
        ({"value": NAN}, "value"),
        ({"value": NAN, "status": "spoilt"}, None),
        ({"low": 1.0}, "bound"),
        ({"bound": "range"}, "value"),
        ({"bound": "range", "value": NAN}, "low"),
        ({"bound": "range", "value": NAN, "low": 1.0}, "high"),
        ({"bound": "range", "value": NAN, "low": 3.0, "high": 1.0}, "low"),
        ({"bound": "range", "value": NAN, "low": 1.0, "high": 3.0}, None),
        ({"direction": "up"}, "kind"),
        ({"direction": "up", "kind": "change"}, None),
    ],
)
def test_rows_that_contradict_themselves(change, concerns):
    """A masked figure has no value, a range two ends, only a change a direction; the columns concerned are named."""
    found = list(contradictions(ROW | change))
    assert (len(found) == 1 and concerns in found[0][0]) if concerns else found == []


def test_no_claim_of_the_corpus_contradicts_itself():
    """The rules hold for whatever the extractor makes."""
    assert [row["text"] for row in qz.extract(qz.corpus()).to_dict("records") if list(contradictions(row))] == []
