"""Figures as a profile prints them."""

import pandas as pd
import pytest

from qz_analysis.citing import as_printed, cited, legible

NONE = float("nan")


@pytest.mark.parametrize(
    ("corrected", "how", "now", "expected"),
    [
        ("", "stated", (43.0, NONE, NONE), "43宗"),
        ("value", "stated", (46.0, NONE, NONE), "43宗 → 46宗†"),
        ("low;high", "stated", (NONE, 40.0, 46.0), "43宗 → 40–46宗†"),
        ("family", "stated", (43.0, NONE, NONE), "43宗†"),  # the number is as printed
        ("value", "recomputed", (83.7, NONE, NONE), "43宗†"),
        ("value", "stated", (NONE, NONE, NONE), "43宗†"),  # corrected to none
    ],
)
def test_a_corrected_figure_says_what_holds(corrected, how, now, expected):
    """A corrected figure carries a mark, and what holds instead where the number itself is corrected and stated."""
    value, low, high = now
    row = {"text": "43宗", "unit": "宗", "corrected": corrected, "how": how, "value": value, "low": low, "high": high}
    assert as_printed(row) == expected


@pytest.mark.parametrize(
    ("claims", "k", "expected"),
    [("748", 0, "43宗 [a: 748]"), ("748;740", 1, "43宗 [a: 740]"), ("748", 1, "43宗"), ("", 0, "43宗")],
)
def test_a_figure_leads_to_its_claim(claims, k, expected):
    """A figure is followed by document and offset of its claim, by nothing where it has none."""
    assert cited("43宗", {"doc": "a", "claims": claims}, k) == expected


def test_only_legible_figures_are_printed():
    """Rows with a value or a range are legible, those that are masked, damaged or empty are not."""
    rows = [("ok", 1.0, NONE), ("ok", NONE, 2.0), ("ok", NONE, NONE), ("redacted", NONE, NONE), ("spoilt", 9.0, NONE)]
    panel = pd.DataFrame(rows, columns=["status", "value", "low"])
    assert [row["status"] for row in legible(panel)] == ["ok", "ok"]
