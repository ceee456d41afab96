"""A single figure by its row."""

import pytest

import qz_analysis as qz
from qz_analysis.publish.figures import as_printed, is_rate, linked

NONE = float("nan")


@pytest.mark.parametrize(
    ("corrected", "now", "text", "bound", "expected"),
    [
        ("", (43.0, NONE, NONE), "43宗", "exact", "43宗"),
        ("", (43.0, NONE, NONE), "40多宗", "min", "40多宗"),
        ("", (98.0, NONE, NONE), "98%", "min", "≥98%"),  # 以上 stands behind the figure
        ("value", (46.0, NONE, NONE), "43宗", "exact", "43宗 → 46宗†"),
        ("low;high", (NONE, 40.0, 46.0), "43宗", "exact", "43宗 → 40–46宗†"),
        ("family", (43.0, NONE, NONE), "43宗", "exact", "43宗†"),  # the number is as printed
        ("value", (NONE, NONE, NONE), "43宗", "exact", "43宗†"),  # corrected to none
    ],
)
def test_a_figure_is_printed_with_its_bound_and_correction(corrected, now, text, bound, expected):
    """A figure stands as printed, its bound before it where the figure lacks the word, and what holds where it was corrected."""
    value, low, high = now
    row = {"text": text, "unit": "宗", "bound": bound, "corrected": corrected}
    assert as_printed({**row, "value": value, "low": low, "high": high}) == expected


def test_a_mark_names_the_document_as_the_page_does():
    """A document whose name must not show is named otherwise in marks."""
    row = {"doc": "甲, 乙", "start": 12}
    assert linked("43宗", row, {"甲, 乙": "document-1"}) == "[43宗][document-1: 12]"


def test_a_dividend_is_no_rate_that_lacks_its_counts():
    """以每年8%的股息分红 is a price of money, and has no counts to ask for."""
    rows = qz.extract("办结率在90%以上。入股以每年8%的股息分红。").to_dict("records")
    assert [is_rate(row) for row in rows] == [True, False]
