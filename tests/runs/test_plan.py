"""What a listing and the journal together leave to be done."""

import os

import pytest

from qz_analysis import QzError
from qz_analysis.errors import ReadError
from qz_analysis.extraction.corrections import collected
from qz_analysis.runs.journal import Journal
from qz_analysis.runs.plan import Found, Layout, list_inputs, plan
from qz_analysis.runs.sources import expand

HOW = {"recheck": False, "retry": False, "part_files": 2, "part_bytes": 1000}


@pytest.fixture
def journal(tmp_path):
    """A journal that nothing was planned in."""
    with Journal(tmp_path / "journal.sqlite") as made:
        yield made


def _file(path, size=10, mtime="1", slices=None):
    return Found(path, path.rpartition("/")[2], size, mtime, slices)


def _do(journal):
    """Works on all that is to be done; gives the names of the documents, part by part."""
    jobs = list(journal.pending())
    for job in jobs:
        files = {str(file["number"]): ("hash", 0) for file in job.files}
        journal.done(job.number, {"token": "t", "lines": 0, "files": files, "errors": []})
    return [[file["doc"] for file in job.files] for job in jobs]


def test_parts_end_at_files_and_bytes(journal):
    """A part ends at its number of files or of bytes, whichever comes first, and a file that is larger has one for itself."""
    found = [
        _file(f"/x/{name}.txt", size)
        for name, size in zip("abcde", (10, 10, 10, 2000, 10), strict=True)
    ]
    assert plan(journal, found, **HOW) == 5
    assert _do(journal) == [["a", "b"], ["c"], ["d"], ["e"]]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/x/a.txt", "/x/b.txt"], ["a", "b"]),
        (["/x/p/a.txt", "/x/q/a.txt"], ["p/a", "q/a"]),
        (["/x/p/a.txt", "/x/p/a.pdf"], ["p/a.txt", "p/a.pdf"]),  # the suffix alone differs
        (["/p/x/a.txt", "/q/x/a.txt", "/q/x/b.txt"], ["p/x/a", "q/x/a", "b"]),
    ],
)
def test_documents_have_the_shortest_names_of_their_own(journal, paths, names):
    """A document is called by its stem, by as many folders as it takes, and by its suffix where nothing else differs."""
    plan(journal, map(_file, paths), **{**HOW, "part_files": 9})
    assert _do(journal) == [names]


def test_only_what_is_new_or_other_is_to_be_done(journal):
    """Files as they were leave nothing to do; one that is gone has its part made anew, a new one gets a part behind."""
    plan(journal, map(_file, ("/x/a.txt", "/x/b.txt", "/x/c.txt")), **HOW)
    _do(journal)
    plan(journal, map(_file, ("/x/a.txt", "/x/b.txt", "/x/c.txt")), **HOW)
    assert _do(journal) == []
    plan(journal, map(_file, ("/x/a.txt", "/x/c.txt", "/x/d.txt")), **HOW)
    assert _do(journal) == [["a"], ["d"]]


def test_a_table_has_parts_of_its_own(journal):
    """Slices of a table are parts, files behind it begin another, and a table that is other has all its parts made anew."""
    found = [
        _file("/x/a.txt"),
        _file("/x/t.parquet", slices=[{"first": 0}, {"first": 1}]),
        _file("/x/b.txt"),
    ]
    plan(journal, found, **HOW)
    assert [job.slice and job.slice["first"] for job in journal.pending()] == [None, 0, 1, None]
    _do(journal)
    found[1] = found[1]._replace(mtime="2")
    plan(journal, found, **HOW)
    assert [job.slice and job.slice["first"] for job in journal.pending()] == [0, 1]


def test_an_empty_listing_changes_nothing(journal):
    """Where nothing is found the error says why, and the journal stays as it was."""
    plan(journal, [_file("/x/a.txt")], **HOW)
    with pytest.raises(QzError, match="nothing to read"):
        plan(journal, [], **HOW)
    with pytest.raises(QzError, match=r"b\.txt: is locked; unlock it"):
        plan(journal, [("b.txt", "list", "is locked", "unlock it")], **HOW)
    assert _do(journal) == [["a"]]
    assert journal.count() == (1, 0)


def test_what_could_not_be_listed_is_told_beside_the_rest(journal):
    """A file that cannot be listed is an error of this listing, gone with the next one, and the others are planned."""
    plan(journal, [_file("/x/a.txt"), ("b.txt", "list", "is locked", "unlock it")], **HOW)
    assert list(journal.errors()) == [("b.txt", "list", "is locked", "unlock it")]
    plan(journal, [_file("/x/a.txt")], **HOW)
    assert list(journal.errors()) == []


def _pages(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("全县受理98件。", encoding="utf-8")


def test_what_is_not_there_is_told():
    """A path that leads nowhere is told with a way out."""
    with pytest.raises(ReadError, match="no such file or folder; check the spelling"):
        expand("nowhere")


def test_a_file_with_a_patterns_name_is_a_file(tmp_path):
    """A name with brackets stands for the file that is called so, where there is one."""
    _pages(tmp_path, "a[1].txt")
    assert expand(str(tmp_path / "a[1].txt")) == [str(tmp_path / "a[1].txt")]


def test_nothing_that_a_run_wrote_is_listed(tmp_path):
    """Tables, kept texts and the journal of a run in the folder that it reads are no input, nor is its corrections file."""
    _pages(tmp_path, "b.txt", "a.txt", ".qz/x.txt", "texts/a.txt", "relations.csv")
    (tmp_path / ".qz" / "written").write_text("relations.csv\ntexts/a.txt\n", encoding="utf-8")
    (tmp_path / "mine.csv").write_text(
        "hash,doc,start,end,column,was,now,who,when,why\n,a,4,7,value,98,99,me,2020-01-01,checked\n",
        encoding="utf-8",
    )
    layout = Layout(tmp_path, "csv", corrections=tuple(collected(tmp_path / "mine.csv")))
    found = list(list_inputs([str(tmp_path)], layout, 1000))
    assert [one.shown.rpartition("/")[2] for one in found if isinstance(one, Found)] == [
        "a.txt",
        "b.txt",
    ]


def test_a_table_comes_in_slices(tmp_path):
    """A table of texts is one file with the slices that it is read in; one that cannot be read is an error in its place."""
    line = '{"doc": "a", "text": "全县受理98件。"}\n'
    (tmp_path / "t.jsonl").write_text(line * 9, encoding="utf-8")
    (tmp_path / "bad.parquet").write_bytes(b"none")
    table, bad = list_inputs(
        [str(tmp_path / name) for name in ("t.jsonl", "bad.parquet")],
        Layout(tmp_path / "out", "csv"),
        100,
    )
    assert len(table.slices) > 1
    assert {piece["shown"] for piece in table.slices} == {str(tmp_path / "t.jsonl")}
    assert bad[0] == str(tmp_path / "bad.parquet")


def test_of_addresses_only_tables_are_read(tmp_path):
    """An address that is no table is refused with the forms that are read from one."""
    with pytest.raises(QzError, match=r"only tables .*jsonl.* are read from an address"):
        list(list_inputs(["memory://page.txt"], Layout(tmp_path, "csv"), 100))


@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz", "t.parquet"])
def test_a_table_that_is_a_pipe_or_a_device_is_an_error(tmp_path, name):
    """What may never end is told and not opened, whatever its name promises."""
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", "/dev/zero"):
        (tmp_path / name).symlink_to(target)
        ((shown, stage, reason, _),) = list_inputs(
            [str(tmp_path / name)], Layout(tmp_path, "csv"), 9
        )
        assert (shown, stage, reason) == (
            str(tmp_path / name), "list", "is a pipe or device, no file",
        )  # fmt: skip
        (tmp_path / name).unlink()
