"""What the tests of the batch runner share: a corpus with copies, a run, its tables."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

import qz_analysis as qz
from qz_analysis.readers.find import files
from qz_analysis.runs import run as runner

TABLES = ["claims", "relations", "reports"]
# a run in a process of its own, to be killed; one that is to die waits for it when it is done sooner
SCRIPT = """
import sys
import time
from qz_analysis.runs import run as runner
if __name__ == "__main__":
    source, out, kind, workers, cluster, part_files, wait = sys.argv[1:]
    runner.run([source], out, kind=kind, workers=int(workers), cluster=cluster, part_files=int(part_files))
    time.sleep(int(wait))
"""


def corpus(folder: Path, documents: int = 7) -> Path:
    """Retold reports in two folders, with two copies, one of which changes a figure, and one page that is no text."""
    for number, path in enumerate(qz.corpus()[:documents]):
        to = folder / ("north" if number % 2 else "south") / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    first = qz.corpus()[1].read_text(encoding="utf-8")
    (folder / "twin.md").write_text(first, encoding="utf-8")
    # a digit of one figure, so that a figure differs from the original's
    (folder / "wrong.md").write_text(
        re.sub(r"(\d)(\d)(\d件)", lambda m: f"{m[1]}{(int(m[2]) + 1) % 10}{m[3]}", first, count=1),
        encoding="utf-8",
    )
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    return folder


def made(out: Path) -> dict[str, pd.DataFrame]:
    """The tables of a run's folder."""
    store = qz.open(out)
    return {name: getattr(store, name)() for name in TABLES} | {
        "documents": store.documents(),
        "errors": store.errors(),
    }


def wanted(folder: Path) -> dict[str, pd.DataFrame]:
    """The same tables by `qz.tables`, which knows neither parts nor workers."""
    found = qz.tables(files([folder]), on_error="keep")
    return {name: getattr(found, name) for name in [*TABLES, "errors"]}


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """Fails unless all tables that both have hold the same rows in the same order."""
    for name in one.keys() & other.keys():
        pd.testing.assert_frame_equal(one[name], other[name], obj=name)


def contents(out: Path) -> dict[str, bytes]:
    """The bytes of the CSV tables."""
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


def run(source, out, **options) -> tuple[runner.Outcome, list[str]]:
    """A run with small parts, and what it told."""
    told: list[str] = []
    sources = source if isinstance(source, list) else [source]
    done = runner.run(
        sources, out, **{"part_files": 4, "workers": 1, "tell": told.append, **options}
    )
    return done, told


def command(
    tmp_path: Path,
    source: Path,
    out: Path,
    kind: str = "csv",
    workers: int = 2,
    cluster: str = "",
    wait: int = 0,
) -> list[str]:
    """A run as a process, which waits so many seconds before it ends."""
    script = tmp_path / "go.py"
    script.write_text(SCRIPT, encoding="utf-8")
    words = [source, out, kind, workers, cluster, 1, wait]
    return [sys.executable, str(script), *map(str, words)]


def wait_for(path: Path, count: int = 1, process: subprocess.Popen[str] | None = None) -> None:
    """Until so many parts are written or being written, however busy the machine is, or the process ends."""
    until = time.monotonic() + 300
    while not (path.exists() and len(list(path.iterdir())) >= count):
        if process is not None and process.poll() is not None:
            return
        assert time.monotonic() < until, "no part was begun"
        time.sleep(0.001)
