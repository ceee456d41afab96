"""A worker outlives whatever a file does to its child."""

import signal
import threading

import pytest
from running import run

import qz_analysis as qz
from qz_analysis.runs.workers import Limits, Worker

LINE = "甲县2011年受理2163宗，办结2028宗，办结率93.8%。\n"


def job(tmp_path, *names):
    """A part of files."""
    files = [
        {
            "number": n,
            "path": str(tmp_path / name),
            "shown": name,
            "doc": name[:-4],
            "keep": False,
        }
        for n, name in enumerate(names)
    ]
    return {
        "number": 1,
        "token": "",
        "slice": None,
        "files": files,
        "out": str(tmp_path / "out"),
        "kind": "csv",
        "raw": False,
        "corrections": [],
        "texts": False,
    }


def test_a_child_that_dies_costs_its_file(tmp_path):
    """A file at which the child ends twice is an error; the other files of the part are read."""
    (tmp_path / "good.txt").write_text(LINE, encoding="utf-8")
    (tmp_path / "worse.txt").write_text(LINE * 6000, encoding="utf-8")
    worker = Worker(Limits())
    killed, over = [], threading.Event()

    def kill():
        while len(killed) < 2 and not over.wait(0.005):
            child = worker._child
            if child is not None and child not in killed and child._progress[0] == 1:
                killed.append(child)
                child._process.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        result = worker.run(job(tmp_path, "good.txt", "worse.txt"))
    finally:
        over.set()
        thread.join()
        worker.close()
    ((line, file, stage, reason, _),) = result["errors"]
    assert (line, file, reason) == (
        None,
        "worse.txt",
        "the worker process ended while at it, twice",
    )
    assert stage in {"read", "extract"}
    assert result["files"]["0"][1] == 0


def test_a_slow_file_costs_its_time(tmp_path):
    """A file that takes longer than it may is an error before it is read, and the child is killed."""
    (tmp_path / "slow.txt").write_text(LINE * 20_000, encoding="utf-8")
    worker = Worker(Limits(seconds=0.3))
    child = worker._running_child()
    try:
        result = worker.run(job(tmp_path, "slow.txt"))
    finally:
        worker.close()
    assert result["errors"][0][3] == "took longer than 0.3 s"
    assert child._process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("name", ["large.txt", "large.jsonl"])
def test_time_counts_while_a_file_is_hashed_or_looked_through(tmp_path, name):
    """What takes its time before the first text of it is there is an error, and the run comes to its end."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(199 << 20)
    (tmp_path / "small.txt").write_text(LINE, encoding="utf-8")
    inputs = [tmp_path / name, tmp_path / "small.txt"]
    # in one piece, for each piece that is late costs a child
    limits = Limits(seconds=0.03)
    done, _ = run(inputs, tmp_path / "out", limits=limits, part_bytes=1 << 30)
    assert {row[2] for row in done.errors} == {"took longer than 0.03 s"}
    assert str(tmp_path / name) in done.errors[0][0]


def test_a_file_beyond_all_sizes_is_one_error(tmp_path):
    """A file of 10 GB is told to be too large at once, now and when it is checked again."""
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "large.txt").open("wb") as file:
        file.truncate(10 << 30)
    (tmp_path / "in" / "small.txt").write_text(LINE, encoding="utf-8")
    for recheck in (False, True):
        done, _ = run(tmp_path / "in", tmp_path / "out", recheck=recheck)
        assert [row[2] for row in done.errors] == ["is larger than 200 MB"]
    assert len(qz.open(tmp_path / "out")) == 3


def test_a_hungry_file_costs_its_memory(tmp_path):
    """A file that needs more memory than it may have is an error row, the next file is read."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "big.txt").write_text("x" * 30_000_000, encoding="utf-8")
    (source / "small.txt").write_text(LINE, encoding="utf-8")
    done, _ = run(source, tmp_path / "out", limits=Limits(memory=100))
    assert [row[0] for row in done.errors] == [str(source / "big.txt")]
    assert len(qz.open(tmp_path / "out")) == 3


def test_children_end_with_their_driver(tmp_path):
    """A child whose pipe closes ends by itself."""
    worker = Worker(Limits())
    child = worker._running_child()
    child._process.stdin.close()
    assert child._process.wait(timeout=300) == 0
    worker.close()
