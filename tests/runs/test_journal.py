"""What a run remembers, whatever stops it."""

import os
import sqlite3

import pytest

from qz_analysis.runs.journal import REFUSED, UNHASHED, Journal, digest
from qz_analysis.runs.plan import Found, plan


@pytest.fixture
def journal(tmp_path):
    """A journal with two parts of one file."""
    with Journal(tmp_path / "journal.sqlite") as made:
        found = [Found(f"/x/{name}.txt", name, 10, "1") for name in "ab"]
        plan(made, found, recheck=False, retry=False, part_files=1, part_bytes=1000)
        yield made


def test_words_survive_the_process(tmp_path):
    """What was put is there when the journal is opened again, until all is forgotten."""
    with Journal(tmp_path / "j") as journal:
        journal.put(kind="csv")
    with Journal(tmp_path / "j") as journal:
        assert (journal.get("kind"), journal.get("stamp", "none")) == ("csv", "none")
        journal.clear()
        assert journal.get("kind") == ""


def test_whole_is_all_or_nothing(journal):
    """Of what an exception stops nothing is remembered, the exception goes on, and the journal can be written to again."""
    with pytest.raises(KeyboardInterrupt), journal.transaction():
        journal.put(kind="parquet")
        raise KeyboardInterrupt
    with journal.transaction():
        journal.put(stamp="now")
    assert (journal.get("kind"), journal.get("stamp")) == ("", "now")


def test_done_parts_wait_no_more(journal):
    """A part that is done has its token and is no job any more; what is waiting shrinks by its files and bytes."""
    assert journal.pending_totals() == (2, 20, 2)
    number = next(journal.pending()).number
    journal.done(number, {"token": "t", "lines": 0, "files": {"1": ("h", 0)}, "errors": []})
    assert journal.pending_totals() == (1, 10, 1)
    assert list(journal.parts()) == [(number, "t")]
    assert [job.number for job in journal.pending()] == [number + 1]


def test_errors_come_in_the_order_of_parts_and_those_of_no_part_last(journal):
    """Errors stand in the order of their parts, whichever was done first; refused corrections and twins behind them."""
    journal.replace_errors(REFUSED, [(None, "c.csv", "correct", "is refused", "look")])
    for job in reversed(list(journal.pending())):
        file = job.files[0]["shown"]
        errors = [(None, file, "read", "is empty", "leave it")]
        journal.done(job.number, {"token": "t", "lines": 0, "files": {}, "errors": errors})
    assert [row[0] for row in journal.errors()] == ["a", "b", "c.csv"]
    journal.replace_errors(REFUSED, [])
    assert journal.count() == (2, 2)


def test_other_corrections_have_their_documents_read_again(journal):
    """A file that corrections changed for is read anew with its part; a stop on the way leaves all as it was."""
    for job in list(journal.pending()):
        files = {str(job.files[0]["number"]): ("h", 0)}
        journal.done(job.number, {"token": "t", "lines": 0, "files": files, "errors": []})

    def stopped(number, token):
        raise OSError

    with pytest.raises(OSError):
        journal.mark_corrected({"h": "1"}, stopped)
    assert (list(journal.pending()), journal.get("corrections")) == ([], "")
    journal.mark_corrected({"h": "1"}, lambda number, token: [2] if number == 2 else [])
    assert [
        [file["doc"] for file in job.files if not file["keep"]] for job in journal.pending()
    ] == [["b"]]


def test_digest_of_a_file_that_is_gone_is_empty(tmp_path):
    """A file's digest is that of its bytes, empty where it cannot be read."""
    (tmp_path / "a").write_bytes(b"abc")
    assert digest(str(tmp_path / "a")).startswith("ba7816bf")
    assert digest(str(tmp_path / "b")) == ""


def test_what_is_not_read_is_not_hashed(tmp_path):
    """A file larger than any that is read costs no time, and a device or a pipe does not block."""
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10 << 30)
    assert digest(str(tmp_path / "large")) == UNHASHED
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert [digest(str(tmp_path / name)) for name in ("link", "zero")] == ["", ""]


def test_a_full_disk_is_told_as_it_is(tmp_path):
    """What the disk says is told, also when it has undone the transaction before."""
    journal = Journal(tmp_path / "journal.sqlite")
    with journal, pytest.raises(sqlite3.OperationalError, match="full"), journal.transaction():
        journal.base.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")
