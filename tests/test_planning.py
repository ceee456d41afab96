"""What a listing and the journal together leave to be done."""

import pytest

from qz_analysis import QzError
from qz_analysis.runs.journal import Journal
from qz_analysis.runs.plan import Found, plan

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
