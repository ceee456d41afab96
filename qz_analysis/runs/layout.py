"""Where a run writes: its tables, the rows that its parts hold, and what an earlier run left there."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..model import Correction
from .journal import Journal
from .parts import TABLES, folder_of, held, read_rows, typed

__all__ = ["Layout", "clean", "concerned", "publish"]


class Layout(NamedTuple):
    """Where a run writes and how."""

    out: Path
    kind: str
    raw_cells: bool = False
    texts: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def names(self) -> list[str]:
        """The tables that parts hold."""
        left = {"errors", *["texts"] * (not self.texts), *["corrected"] * (not self.corrections)}
        return [name for name in TABLES if name not in left]

    @property
    def made(self) -> list[Path]:
        """The tables that the user finds."""
        return [
            self.out / f"{name}.{self.kind}"
            for name in TABLES
            if name != "texts" and (name != "corrected" or self.corrections)
        ]

    def rows(self, name: str, number: int, token: str) -> Iterator[list[Any]]:
        """Rows of a table of a finished part, with the types of its columns."""
        found = read_rows(held(self.out, self.kind, name, number, token))
        return typed(found, TABLES[name], raw_cells=self.raw_cells)


def publish(layout: Layout, number: int, token: str) -> None:
    """Moves the Parquet files of a finished part into the folders of their tables; again does no harm."""
    if layout.kind == "csv":
        return
    for name in layout.names:
        made = folder_of(layout.out, number, token) / f"{name}.parquet"
        if made.exists():
            to = held(layout.out, layout.kind, name, number, token)
            to.parent.mkdir(exist_ok=True)
            made.replace(to)


def clean(layout: Layout, journal: Journal) -> None:
    """Ends what an earlier run was stopped in: publishes what it had done, takes away what it had only begun."""
    known = dict(journal.parts())
    for folder in (layout.out / ".qz").glob("parts/*-*"):
        number, _, token = folder.name.partition("-")
        if known.get(int(number)) == token:
            publish(layout, int(number), token)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    for name in TABLES:
        for path in (layout.out / f"{name}.parquet").glob("part-[0-9]*.parquet"):
            if int(path.stem.removeprefix("part-")) not in known:
                path.unlink()
    for path in (layout.out / ".qz").glob("new-*"):
        shutil.rmtree(path, ignore_errors=True)


def concerned(layout: Layout, number: int, token: str, hashes: set[str]) -> list[int]:
    """The files of a part with a text among these; some number for a part of a table, which has none.

    Args:
        layout: where the run writes.
        number, token: of a finished part.
        hashes: texts by their hash.
    """
    at = [i for i, row in enumerate(layout.rows("documents", number, token)) if row[-1] in hashes]
    index = json.loads((folder_of(layout.out, number, token) / "index.json").read_text())["rows"] if at else {}
    ends = [(counts["documents"], int(file)) for file, counts in index.items()]
    return sorted({next((file for end, file in ends if i < end), 0) for i in at})
