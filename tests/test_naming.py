"""Names of documents: short, and each of one file."""

from pathlib import Path

import pytest

from qz_analysis import tables
from qz_analysis.readers.find import names

# paths, names
PATHS = [
    (["a/2011.txt", "b/2012.txt"], ["2011", "2012"]),
    (["a/2011.txt", "b/2011.txt"], ["a/2011", "b/2011"]),
    (["x/a/2011.txt", "y/a/2011.txt", "y/b/2011.txt"], ["x/a/2011", "y/a/2011", "b/2011"]),
    (["a/2011.doc", "a/2011.pdf"], ["a/2011.doc", "a/2011.pdf"]),
    (["a/2011.txt.gz", "b/2011.tar.gz"], ["a/2011", "b/2011"]),
]


@pytest.mark.parametrize(("paths", "expected"), PATHS)
def test_names_are_short_and_apart(paths, expected):
    """A file is named by its stem, and by as much of its path as tells it from others."""
    assert list(names([Path(path) for path in paths]).values()) == expected


def test_files_of_one_stem_stay_apart_in_tables(tmp_path):
    """Two files of one stem give claims under two names, the same as `qz extract` gives them."""
    from qz_analysis.cli import main

    for folder, count in (("a", 12), ("b", 9)):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "2011.txt").write_text(f"受理信访{count}件。", encoding="utf-8")
    claims = tables(tmp_path / "in").claims
    assert claims[["doc", "value"]].values.tolist() == [["a/2011", 12.0], ["b/2011", 9.0]]
    main(["extract", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert "a/2011,0," in (tmp_path / "out" / "claims.csv").read_text(encoding="utf-8")
