"""What the tests of the batch runner share: a corpus with copies, a run, its tables."""

import re
import sys
from pathlib import Path

import pandas as pd

import qz_analysis as qz
from qz_analysis.readers.find import files
from qz_analysis.runs import run as runner

TABLES = ["claims", "relations", "reports"]
# a run in a process of its own, to be killed
SCRIPT = """
import sys
from qz_analysis.runs import run as runner
if __name__ == "__main__":
    source, out, kind, workers, cluster, part_files = sys.argv[1:]
    runner.run([source], out, kind=kind, workers=int(workers), cluster=cluster, part_files=int(part_files))
"""


def corpus(folder: Path, documents: int = 12) -> Path:
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
    tmp_path: Path, source: Path, out: Path, kind: str = "csv", workers: int = 2, cluster: str = ""
) -> list[str]:
    """A run as a process."""
    script = tmp_path / "go.py"
    script.write_text(SCRIPT, encoding="utf-8")
    return [sys.executable, str(script), str(source), str(out), kind, str(workers), cluster, "1"]
