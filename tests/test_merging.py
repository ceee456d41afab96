"""Corrections of several people, put together."""

import pytest

from qz_analysis.correctable import Correction
from qz_analysis.corrections import append, collected
from qz_analysis.errors import QzError
from qz_analysis.merging import merge

HASH = "0123456789abcdef"


def said(now, who, when="", start=0, column="value", was="1"):
    return Correction(HASH, "a", start, start + 1, column, was, now, who, when and f"2011-06-{when}T09:00:00Z")


A2, A3, B3, B4 = said("2", "甲", "01"), said("3", "甲", "02"), said("3", "乙", "01"), said("4", "乙", "03")
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
    assert sorted(one.cells for one in collected(merged.conflicts)) == sorted(one.cells for one in conflicts)
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
    assert merged.conflicts[["now", "who", "line"]].values.tolist() == [["1", "乙", 3], ["2", "丙", 2]]
    with pytest.raises(QzError, match="none of the files"):
        merge(*paths, prefer=tmp_path / "d.csv")


def test_a_line_that_is_none_is_not_merged_away(tmp_path):
    """A damaged line is named by file and line instead of being lost on the way."""
    append(tmp_path / "a.csv", [A2])
    with (tmp_path / "a.csv").open("a") as file:
        file.write("half,a line")
    with pytest.raises(QzError, match=r"a\.csv, line 3: has 2 cells.*mend the line"):
        merge(tmp_path / "a.csv")
