"""Corrections of several people, put together.

How often the extractor was right, on what people reviewed.
"""

import math

import pytest

from qz_analysis.errors import QzError
from qz_analysis.extraction.agreement import merge, score, wilson
from qz_analysis.extraction.corrections import append, collected
from qz_analysis.model import Correction

HASH = "0123456789abcdef"


def said(now, who, when="", start=0, column="value", was="1"):
    return Correction(
        HASH, "a", start, start + 1, column, was, now, who, when and f"2011-06-{when}T09:00:00Z"
    )


A2, A3, B3, B4 = (
    said("2", "甲", "01"),
    said("3", "甲", "02"),
    said("3", "乙", "01"),
    said("4", "乙", "03"),
)
OTHER = said("9", "甲", "01", start=5)


@pytest.mark.parametrize(
    ("files", "kept", "conflicts"),
    [
        ([[A2], [OTHER]], [A2, OTHER], []),
        ([[A2, OTHER], [OTHER, A2]], [A2, OTHER], []),
        ([[A3], [B3]], [A3, B3], []),
        ([[A2, OTHER], [B4]], [OTHER], [A2, B4]),
        # one who goes on from the other's line has seen it
        ([[A2], [A2, B4]], [A2, B4], []),
        ([[A2, B4], [A2]], [A2, B4], []),
        # each ends where the other began: nobody decides
        ([[A2, B4], [B4, A2]], [], [B4, A2]),
        # one person's later time decides, whatever the order of the files
        ([[A3], [A2]], [A2, A3], []),
        ([[A2], [A3]], [A2, A3], []),
        ([[said("2", "", "01")], [said("3", "", "02")]], [], [said("2", "", "01"), said("3", "", "02")]),
        ([[said("2", "甲")], [said("3", "甲")]], [], [said("2", "甲"), said("3", "甲")]),
        ([[said("2.0", "甲")], [said("2", "乙")]], [said("2.0", "甲"), said("2", "乙")], []),
        ([[said("text", "甲", column="claim")], [said("", "乙", column="claim")]], [],
         [said("text", "甲", column="claim"), said("", "乙", column="claim")]),
        ([[A2], [B4], [B4]], [], [A2, B4]),
    ],
)  # fmt: skip
def test_lines_are_merged_and_contradictions_told(tmp_path, files, kept, conflicts):
    """What nobody contradicts is kept once, what holds last; people who contradict each other are both told and neither is taken."""
    paths = [tmp_path / f"{number}.csv" for number in range(len(files))]
    for path, lines in zip(paths, files, strict=True):
        append(path, lines)
    merged = merge(*paths)
    assert sorted(one.cells for one in collected(merged.table)) == sorted(one.cells for one in kept)
    assert sorted(one.cells for one in collected(merged.conflicts)) == sorted(
        one.cells for one in conflicts
    )
    # what holds in the merged file is what held
    last = {one.key: one for one in collected(merged.table)}
    assert all(last[one.key].now == one.now for one in kept[-1:])
    assert set(merged.conflicts["file"]) <= set(map(str, paths))


def test_one_file_may_decide(tmp_path):
    """With `prefer` that file's last line holds, the other stands before it; where it says nothing the conflict stays."""
    append(tmp_path / "a.csv", [A2])
    append(tmp_path / "b.csv", [B4, said("1", "乙", start=7)])
    append(tmp_path / "c.csv", [said("2", "丙", start=7)])
    paths = [tmp_path / f"{name}.csv" for name in "abc"]
    merged = merge(*paths, prefer=paths[0])
    assert [one.now for one in collected(merged.table)] == ["4", "2"]
    assert merged.conflicts[["now", "who", "line"]].values.tolist() == [
        ["1", "乙", 3],
        ["2", "丙", 2],
    ]
    with pytest.raises(QzError, match="none of the files"):
        merge(*paths, prefer=tmp_path / "d.csv")


def test_a_line_that_is_none_is_not_merged_away(tmp_path):
    """A damaged line is named by file and line instead of being lost on the way."""
    append(tmp_path / "a.csv", [A2])
    with (tmp_path / "a.csv").open("a") as file:
        file.write("half,a line")
    with pytest.raises(QzError, match=r"a\.csv, line 3: has 2 cells.*mend the line"):
        merge(tmp_path / "a.csv")


def said_scoring(start, column, now, who="甲", was="1"):
    return Correction(HASH, "a", start, start + 1, column, was, now, who)


def accepted(start, who="甲"):
    return said_scoring(start, "claim", "1件", who, "1件")


def dropped(start, who="甲"):
    return said_scoring(start, "claim", "", who, "1件")


COUNTS = ["reviewed", "right", "changed", "not_a_claim", "disputed"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {"claims": [0, 0, 0, 0, 0]}),
        ([accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        ([accepted(0), dropped(1)], {"claims": [2, 1, 0, 1, 0]}),
        # changed and then accepted as it stands now: the extractor was wrong
        ([said_scoring(0, "value", "2"), accepted(0)], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        # one cell corrected says nothing of the others
        ([said_scoring(0, "value", "2"), accepted(1), said_scoring(2, "unit", "宗")],
         {"claims": [3, 1, 2, 0, 0], "value": [2, 1, 1, 0, 0], "unit": [2, 1, 1, 0, 0]}),
        # superseded lines do not count, nor does a correction that was taken back
        ([said_scoring(0, "value", "2"), said_scoring(0, "value", "3")], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        ([said_scoring(0, "value", "2"), said_scoring(0, "value", "1.0"), accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        ([said_scoring(0, "value", "1")], {"claims": [0, 0, 0, 0, 0]}),
        ([dropped(0), accepted(0)], {"claims": [1, 1, 0, 0, 0]}),
        # two people who agree count once
        ([accepted(0), accepted(0, "乙")], {"claims": [1, 1, 0, 0, 0]}),
        ([said_scoring(0, "value", "2"), said_scoring(0, "value", "2.0", "乙")], {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
        # those who do not are disputed and count nowhere else
        ([accepted(0), dropped(0, "乙")], {"claims": [0, 0, 0, 0, 1]}),
        ([accepted(0), said_scoring(0, "value", "2", "乙"), accepted(1)],
         {"claims": [1, 1, 0, 0, 1], "value": [1, 1, 0, 0, 1]}),
        # of a claim that is none its columns are not judged
        ([said_scoring(0, "value", "2"), dropped(0), said_scoring(1, "value", "2")], {"claims": [2, 0, 1, 1, 0], "value": [1, 0, 1, 0, 0]}),
        # what can be no correction is left out
        ([said_scoring(0, "value", "many"), said_scoring(0, "note", "x"), said_scoring(0, "value", "2", was="?")],
         {"claims": [1, 0, 1, 0, 0], "value": [1, 0, 1, 0, 0]}),
    ],
)  # fmt: skip
def test_what_counts_as_right(lines, expected):
    """A claim counts once: right when accepted with nothing changed, changed, no claim, or disputed."""
    table = score(lines)
    assert dict(zip(table["what"], table[COUNTS].values.tolist(), strict=True)) == expected


def test_the_wilson_interval_is_scipys():
    """Of any count and any whole the interval has the bits that scipy computes."""
    from scipy.stats import binomtest  # a second that tests of other modules need not pay

    pairs = [(k, n) for n in (1, 2, 43, 1000, 1_234_567) for k in {0, 1, n // 3, n - 1, n}]
    ends = [binomtest(k, n).proportion_ci(method="wilson") for k, n in pairs]
    assert [wilson(*pair) for pair in pairs] == [(100 * e.low, 100 * e.high) for e in ends]


def test_accuracy_has_its_wilson_interval():
    """The share right of reviewed comes with its 95 % Wilson interval, and with none when nothing was reviewed."""
    table = score([*map(accepted, range(36)), *map(dropped, range(36, 43))])
    assert table.loc[0, ["accuracy", "low", "high"]].tolist() == [100 * 36 / 43, *wilson(36, 43)]
    assert all(map(math.isnan, score([]).loc[0, ["accuracy", "low", "high"]]))
