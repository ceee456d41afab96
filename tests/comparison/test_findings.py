"""Findings say for people what was checked, what holds, and what a check could have shown."""

import json

import pytest

from qz_analysis import audit, coverage, extract, findings, last_digits, tables
from qz_analysis.comparison.findings import as_json, as_text

TEXT = "甲县受理事项2163宗，办结2028宗，办结率98.3%。发出问卷xx份，满意率98%。投诉xx件，办结xx件，办结率90%。"


def test_each_finding_leads_back_to_its_words():
    """A finding shows what was printed, the arithmetic and the offsets of all its figures, the result first."""
    row = findings(extract(TEXT)).iloc[0]
    assert (row["printed"], row["arithmetic"]) == ("98.3%", "2028/2163 = 93.76%, printed 98.3%")
    offsets = [int(s) for s in row["where"].partition(": ")[2].split(", ")]
    assert [
        TEXT[s:].startswith(t) for s, t in zip(offsets, ("98.3%", "2028", "2163"), strict=True)
    ] == [True] * 3


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("受理事项2163宗，办结2028宗，办结率93.8%。", "strong"),
        ("受理事项27宗，办结20宗，办结率74%。", "strong"),
        ("建成中心27家，其中政府办25家、社会办1家、医院办1家。", "fair"),
        (
            "承诺事项24600多件，已完成21100多件，践诺率85%以上。",
            "blind",
        ),  # nearly any lower bound would have passed
    ],
)
def test_strength_says_what_a_check_could_have_shown(text, strength):
    """The strength of a check follows from the chance that a random figure would have passed."""
    assert findings(extract(text)).loc[0, "strength"] == strength


def test_remarks_tell_mending_and_reasons():
    """A failed check carries the reading that would mend it, an unchecked figure the reason."""
    found = findings(extract(TEXT))
    assert found.loc[0, "remark"] == "would hold with 98.3% as 93.8% (two digits swapped)"
    assert set(found.loc[1:, "verdict"]) == {"unchecked"}
    assert found.loc[1:, "remark"].str.contains("not stated|masked").all()


def test_coverage_counts_legible_rates_only():
    """Coverage is the share of legible stated rates that could be recomputed, with its interval."""
    row = coverage(extract(TEXT)).iloc[0]
    assert row[["stated", "checked", "bad"]].tolist() == [3, 1, 1]
    assert row["ci_low"] < row["share"] < row["ci_high"]


def test_shares_that_make_a_hundred_count_as_checked():
    """Shares that were checked together are covered."""
    row = coverage(extract("费用由个人10%、财政25%、医保65%分担。")).iloc[0]
    assert row["checked"] == row["stated"] == 3


def test_last_digits_take_exact_counts_only():
    """Rounded, hedged and small figures do not enter the count of last digits."""
    digits = last_digits(
        extract("走访120户，慰问215人，接待1.2万人次，发放300多份，座谈8次，补助133元。")
    )
    assert digits.loc[digits["count"] > 0, "digit"].tolist() == [0, 5]
    assert digits.attrs["docs"] == ["text"]


def test_text_puts_what_fails_first():
    """The report for the terminal tells failures before what holds, and that arithmetic is not truth."""
    text = as_text(tables(TEXT + "乙村43宗，办结36宗，办结率83.7%。"))
    assert (
        text.index("does not hold (1)")
        < text.index("holds (1)")
        < text.index("could not be checked")
    )
    assert "may still be false" in text


def test_json_is_complete():
    """The JSON holds every finding and no NaN."""
    document = json.loads(as_json(tables(TEXT)), parse_constant=lambda name: pytest.fail(name))[
        "documents"
    ][0]
    assert document["bad"] == 1
    assert len(document["findings"]) == len(audit(extract(TEXT), unchecked=True))
