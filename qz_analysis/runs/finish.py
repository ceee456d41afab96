"""Joins the parts of a run into its tables.

Copies are found over the whole corpus, and each table appears whole or not at all.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ..extraction.apply import counted, outside, refused
from ..outputs import aside, asides, note, settle
from ..readers.find import STATE
from .copies import Run, originals
from .journal import DUPLICATES, REFUSED, Journal
from .pairs import Pairs, written
from .parts import TABLES, read_rows, save, sync, table_path
from .plan import Layout

_NAMES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE names (doc TEXT PRIMARY KEY) WITHOUT ROWID;
BEGIN;
"""


def finish(layout: Layout, journal: Journal, run: Run, tell: Callable[[str], None]) -> None:
    """Finds the copies in the whole corpus and makes the tables that the user finds.

    Workers, by `run`, compare the reports. A table that is no longer as a run left it is moved aside, and `tell` says so.
    """
    # a name of its own: what a stopped run left to a cluster must not write between
    scratch = layout.out / STATE / f"new-{os.urandom(4).hex()}"
    scratch.mkdir()
    try:
        output, parts = _Output(layout, scratch, tell), journal.parts()
        _, counts = originals(layout.out, parts, scratch, run)
        pairs = Pairs(layout, scratch, parts, counts, run, output.put_reports)
        journal.replace_errors(DUPLICATES, _duplicate_names(pairs, scratch))
        inside, elsewhere = _corrected(layout, journal, pairs, tell)
        for name in ("claims", "relations", "reports", "documents"):
            output.join_parts(name, parts)
        output.add("relations", "copies", pairs.relations())
        if layout.corrections:
            # of Parquet the rows inside stand with their parts
            rows = [*inside, *elsewhere] if layout.kind == "csv" else elsewhere
            output.add("corrected", "rest", rows)
        output.add("errors", "all", journal.errors())
        texts = layout.texts and layout.kind == "csv"
        names = _new_texts(layout, journal) if texts else []
        layout.refuse_foreign()
        # noted before it is there: what a stop leaves behind is the run's own
        layout.note([*(path.name for path in layout.table_paths), *names])
        if texts:
            new = layout.out / STATE / "new-texts"
            if place := asides(layout.out, "texts", new):
                tell(f"{layout.out / 'texts'}: is not as it was made; moved to {place.name}")
                # no report of the next run's
                layout.note([place.name])
            note(layout.out, {name: new.parent / f"new-{name}" for name in names})
            shutil.rmtree(layout.out / "texts", ignore_errors=True)
            new.replace(layout.out / "texts")
            layout.note(names, instead="texts/")
        output.publish()
        journal.put(sizes=json.dumps(sizes(layout)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def sizes(layout: Layout) -> dict[str, int]:
    """How long each table is that the user finds; the parts of a Parquet table know that."""
    csv = layout.table_paths if layout.kind == "csv" else ()
    return {path.name: path.stat().st_size for path in csv if path.is_file()}


def _duplicate_names(pairs: Pairs, scratch: Path) -> Iterator[tuple[None, str, str, str, str]]:
    """Errors of documents that are called like another, as rows of a table may be."""
    with closing(sqlite3.connect(scratch / "names.sqlite", isolation_level=None)) as base:
        base.executescript(_NAMES)
        for doc, file in pairs.twice():
            if not base.execute("INSERT OR IGNORE INTO names VALUES (?)", (doc,)).rowcount:
                reason = (
                    f"a second document is called {doc}; the rows of both stand under this name"
                )
                yield None, file, "extract", reason, "give each document a name of its own"


def _corrected(
    layout: Layout, journal: Journal, pairs: Pairs, tell: Callable[[str], None]
) -> tuple[list[list[Any]], list[tuple[Any, ...]]]:
    """What became of corrections in the parts and elsewhere; removes an outdated table."""
    stale, every = journal.get("corrected"), layout.corrections
    inside: list[list[Any]] = []
    for number, token in journal.parts() if every else ():
        if table_path(layout.out, layout.kind, "corrected", number, token).exists():
            inside += layout.rows("corrected", number, token)
    elsewhere = [outcome.row for outcome in outside(every, pairs.read, pairs.named)]
    rows = [*inside, *elsewhere]
    journal.replace_errors(REFUSED, ((None, *row) for row in refused(rows, every)))
    current = layout.kind if every else ""
    journal.put(corrected=current, outcomes=counted(row[-3] for row in rows))
    if stale and stale != current:
        layout.remove(layout.out / f"corrected.{stale}", tell)
    return inside, elsewhere


class _Output:
    """The tables that the user finds, made beside their places and moved there at the end."""

    def __init__(self, layout: Layout, scratch: Path, tell: Callable[[str], None]) -> None:
        self._layout, self._scratch, self._tell = layout, scratch, tell
        self._csv = layout.kind == "csv"
        if self._csv:
            for name in TABLES:
                save(scratch / f"{name}.csv", TABLES[name], [])

    def put_reports(self, number: int, token: str, made: Path) -> None:
        """Takes the reports of a part that were written anew; of Parquet the part's file goes."""
        if not self._csv:
            path = table_path(self._layout.out, self._layout.kind, "reports", number, token)
            self._layout.put(made, path, self._tell)

    def join_parts(self, name: str, parts: Iterable[tuple[int, str]]) -> None:
        """Adds the rows of all parts to a table; the folder of a Parquet table has them already."""
        for number, token in parts if self._csv else ():
            path = table_path(self._layout.out, "csv", name, number, token)
            self._append(name, written(self._scratch, "csv", number) if name == "reports" else path)

    def add(self, name: str, part: str, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows that are in no part, to Parquet as a part of their own."""
        if self._csv:
            self._append(name, self._write(name, rows))
            return
        path = self._layout.out / f"{name}.parquet" / f"part-{part}.parquet"
        self._layout.put(self._write(name, rows), path, self._tell)

    def publish(self) -> None:
        """Moves the tables to their places."""
        for path in self._layout.table_paths if self._csv else ():
            made = self._scratch / path.name
            sync(made)
            if place := aside(path):
                self._tell(f"{path}: is not as it was made; moved to {place.name} and made anew")
            settle(made, path)
        sync(self._layout.out)

    def _write(self, name: str, rows: Iterable[Sequence[Any]]) -> Path:
        path = self._scratch / f"{name}-{os.urandom(4).hex()}.{self._layout.kind}"
        save(path, TABLES[name], rows, raw_cells=self._layout.raw_cells, header=False)
        sync(path)
        return path

    def _append(self, name: str, made: Path) -> None:
        with made.open("rb") as part, (self._scratch / f"{name}.csv").open("ab") as whole:
            shutil.copyfileobj(part, whole, 1 << 20)


def _new_texts(layout: Layout, journal: Journal) -> list[str]:
    """Writes each kept text into a file named after its document; gives their names."""
    new, names = layout.out / STATE / "new-texts", []
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for number, token in journal.parts():
        for doc, text in read_rows(table_path(layout.out, "csv", "texts", number, token)):
            names.append(f"texts/{text_name(doc)}")
            path = new / text_name(doc)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
    return names


def text_name(doc: str) -> str:
    """The file under `texts/` of a document's text; no name leads out of that folder.

    >>> text_name("a/2011"), text_name("../../etc/passwd").startswith("_/_/etc/passwd~")
    ('a/2011.txt', True)
    """
    # a folder must not be called what a text is called
    plain = "/".join(map(_segment, doc.split("/")[:16])).replace(".txt/", ".txt_/")
    suffix = "" if plain == doc else f"~{hashlib.sha256(doc.encode()).hexdigest()[:8]}"
    return f"{plain}{suffix}.txt"


def _segment(name: str) -> str:
    """A piece of a name that is neither a way up nor too long for a file system."""
    if not name.strip(". "):
        return "_"
    legal = "".join("_" if c in '<>:"\\|?*' or c < " " else c for c in name)
    return legal.encode()[:180].decode("utf-8", "ignore")
