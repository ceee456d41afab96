"""Folders are searched through, what will not be read is named; documents have short names."""

import os
from pathlib import Path

import pytest
from nbformat import v4

from qz_analysis import brief, tables
from qz_analysis.errors import ReadError
from qz_analysis.readers import find as finding
from qz_analysis.readers.find import files, find, names
from qz_analysis.readers.read import read

pytestmark = pytest.mark.usefixtures("kept_workers")

TEXT = "全县共受理群众信访事项九十八件，办结率达到九成，群众满意。"


PAGE = f"<html><body><p>{TEXT}</p></body></html>"


ROOT = os.geteuid() == 0


def listed(*paths):
    """What is found: names of the files, and reasons of the errors by name."""
    found = list(find(paths))
    errors = [error for error in found if isinstance(error, ReadError)]
    assert all(error.stage == "list" for error in errors)
    return [p.name for p in found if isinstance(p, Path)], {
        Path(e.file).name: e.reason for e in errors
    }


def test_missing_path_and_empty_folder_are_named(tmp_path):
    """A path that is not there and a folder without reports are named with the way out."""
    with pytest.raises(ReadError, match="no such file"):
        files([tmp_path / "none.txt"])
    with pytest.raises(ReadError, match="holds no report"):
        files([tmp_path])
    assert [e.reason for e in find([tmp_path / "none.txt", tmp_path])] == [
        "there is no such file or folder",
        "the folder holds no report",
    ]


def test_folder_is_searched_in_a_steady_order(tmp_path):
    """Folders are searched through, README files left out, names in order."""
    for name in ("b.txt", "a.md", "README.md", "c.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [p.name for p in files([tmp_path])] == ["a.md", "b.txt"]
    assert files([tmp_path, tmp_path / "b.txt"]) == [tmp_path / "a.md", tmp_path / "b.txt"]


def test_other_files_of_a_folder_are_named_or_left_out(tmp_path):
    """Files of other kinds are error rows; what is no report by its nature is left out in silence."""
    (tmp_path / "甲").mkdir()
    for folder in ("p_files", "p.files", "q_files", ".git"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.html").write_text(PAGE, encoding="utf-8")
    for name in (
        "p.html",
        "甲/a.DOC",
        "t.xlsx",
        "s.jpg",
        "x.bak",
        "nosuffix",
        "d.json",
        ".hidden.txt",
        "~$a.docx",
        "readme.txt",
    ):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    names, errors = listed(tmp_path)
    assert names == ["p.html", "x.html", "a.DOC"]
    assert errors == {
        "t.xlsx": "is a spreadsheet, which is not read",
        "s.jpg": "is a picture, which is not read",
        "x.bak": "its name ends in .bak, no kind that is looked for",
        "nosuffix": "its name has no suffix",
    }


def test_links_in_circles_end(tmp_path):
    """A folder that links lead to again is searched once; a link to nowhere is an error row."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "d").symlink_to(tmp_path / "d")
    names, errors = listed(tmp_path)
    assert names == ["r.txt"]
    assert sorted(errors) == ["c.txt", "d"]


@pytest.mark.parametrize("suffix", ["", ".txt"])
def test_pipes_are_never_opened(tmp_path, suffix):
    """A pipe in a folder or given by name is an error row at once."""
    pipe = tmp_path / f"p{suffix or '.md'}"
    os.mkfifo(pipe)
    assert listed(pipe)[1] == {pipe.name: "is a pipe or device, no file"}
    assert listed(tmp_path)[1] == {pipe.name: "is a pipe or device, no file"}
    with pytest.raises(ReadError, match="pipe"):
        read(pipe)


@pytest.mark.skipif(ROOT, reason="root may open everything")
def test_closed_folders_and_files_stop_nothing(tmp_path):
    """A folder and a file without permission are error rows, the rest is found."""
    (tmp_path / "a").mkdir(mode=0)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").chmod(0)
    names, errors = listed(tmp_path)
    assert (names, list(errors)) == (["b.txt"], ["a"])
    with pytest.raises(ReadError, match="Permission"):
        read(tmp_path / "b.txt")


def test_a_folder_that_cannot_be_opened_stops_nothing(tmp_path, monkeypatch):
    """A folder that the system will not open is an error row, and the rest is found."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(TEXT, encoding="utf-8")
    scan = os.scandir

    def scandir(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(finding.os, "scandir", scandir)
    names, errors = listed(tmp_path)
    assert (names, list(errors)) == (["r.txt"], ["a"])


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


def test_pages_that_the_package_made_are_no_input(tmp_path):
    """A brief in a folder is left out, and it is said; one that is given by name is read."""
    (tmp_path / "a.html").write_text("<p>甲县受理31宗。</p>", encoding="utf-8")
    page = v4.new_notebook(cells=[v4.new_markdown_cell("# 甲县受理31宗。")])
    made = brief.export(page, tmp_path / "briefs" / "b.html")
    (tmp_path / "briefs" / "c.html").write_text("<p>乙县受理9宗。</p>", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"briefs: what qz wrote there is not read.*: b\.html"):
        assert [path.name for path in files([tmp_path])] == ["a.html", "c.html"]
    assert files([made]) == [made]


def test_what_a_run_lists_is_no_input(tmp_path, recwarn):
    """Names that a run lists as written are left out of its folder alone; nothing else is."""
    for name in ("out/.qz/written", "out/texts/a.txt", "out/b.txt", "texts/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("texts/a.txt\nclaims.csv\n", encoding="utf-8")
    assert [path.name for path in files([tmp_path])] == ["b.txt", "c.txt"]
    assert len(recwarn) == 1
    found = [item for item in find([tmp_path], known=tmp_path / "out") if isinstance(item, Path)]
    assert ([path.name for path in found], len(recwarn)) == (["b.txt", "c.txt"], 1)
