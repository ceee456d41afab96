"""How often the extractor was right, on what people reviewed."""

import math

import pytest

from qz_analysis.comparison import wilson
from qz_analysis.correctable import Correction
from qz_analysis.scoring import score

HASH = "0123456789abcdef"


def said(start, column, now, who="甲", was="1"):
    return Correction(HASH, "a", start, start + 1, column, was, now, who)


def accepted(start, who="甲"):
    return said(start, "claim", "1件", who, "1件")


def dropped(start, who="甲"):
    return said(start, "claim", "", who, "1件")


COUNTS = ["reviewed", "right", "changed", "not_a_claim", "disputed"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {"claims": [0, 0, 0, 0, 0]}),
        ([accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        ([accepted(0), dropped(1)], {"claims": [2, 1, 0, 1, 0]}),
        # changed and then accepted as it stands now: the extractor was wrong
        ([said(0, "value", "2"), accepted(0)], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        # one cell corrected says nothing of the others
        ([said(0, "value", "2"), accepted(1), said(2, "unit", "宗")],
         {"claims": [3, 1, 2, 0, 0], "value": [2, 1, 1, 0, 0], "unit": [2, 1, 1, 0, 0]}),
        # superseded lines do not count, nor does a correction that was taken back
        ([said(0, "value", "2"), said(0, "value", "3")], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        ([said(0, "value", "2"), said(0, "value", "1.0"), accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        ([said(0, "value", "1")], {"claims": [0, 0, 0, 0, 0]}),
        ([dropped(0), accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        # two people who agree count once
        ([accepted(0), accepted(0, "乙")], {"claims": [1, 1, 0, 0, 0]}),
        ([said(0, "value", "2"), said(0, "value", "2.0", "乙")], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        # those who do not are disputed and count nowhere else
        ([accepted(0), dropped(0, "乙")], {"claims": [0, 0, 0, 0, 1]}),
        ([accepted(0), said(0, "value", "2", "乙"), accepted(1)],
         {"claims": [1, 1, 0, 0, 1], "value": [1, 1, 0, 0, 1]}),
        # of a claim that is none its columns are not judged
        ([said(0, "value", "2"), dropped(0), said(1, "value", "2")], {"claims": [2, 0, 1, 1, 0], "value": [1, 0, 1, 0, 0]}),
        # what can be no correction is left out
        ([said(0, "value", "many"), said(0, "note", "x"), said(0, "value", "2", was="?")],
         {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
    ],
)  # fmt: skip
def test_what_counts_as_right(lines, expected):
    """A claim counts once: right when accepted with nothing changed, changed, no claim, or disputed."""
    table = score(lines)
    assert dict(zip(table["what"], table[COUNTS].values.tolist(), strict=True)) == expected


def test_accuracy_has_its_wilson_interval():
    """The share right of reviewed comes with its 95 % Wilson interval, and with none when nothing was reviewed."""
    table = score([*map(accepted, range(36)), *map(dropped, range(36, 43))])
    assert table.loc[0, ["accuracy", "low", "high"]].tolist() == [100 * 36 / 43, *wilson(36, 43)]
    assert all(map(math.isnan, score([]).loc[0, ["accuracy", "low", "high"]]))
