"""Parts → the tables of a run: copies found over the whole corpus, put together, each whole or not at all."""

import csv
import hashlib
import io
import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from ..arithmetic.audit import copied
from ..extraction.apply import counted, outside, refused
from ..extraction.duplicates import Copies
from ..model import Claim
from .journal import Journal
from .layout import Layout
from .parts import TABLES, Writer, folder_of, held, read_signatures, sync
from .texts import write_texts

__all__ = ["finish"]

_PAIRS = """
CREATE TABLE pairs (number INTEGER PRIMARY KEY, doc TEXT, report INTEGER, original TEXT);
CREATE TABLE wanted (part INTEGER, doc TEXT, report INTEGER, claims BLOB, PRIMARY KEY (part, doc, report)) WITHOUT ROWID;
CREATE TABLE names (hash BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_AT_ONCE = 10_000
_BY_DOC = "SELECT claims FROM wanted WHERE part = ? AND doc = ? AND report = ?"


def finish(layout: Layout, journal: Journal) -> None:
    """Finds the copies in the whole corpus and makes the tables that the user finds, each whole or not at all."""
    scratch = layout.out / ".qz" / "new-scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    base = sqlite3.connect(scratch / "pairs.sqlite", isolation_level=None)
    try:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _PAIRS)
        base.execute("BEGIN")
        whole = _Tables(layout, scratch)
        _same_as(layout, journal, base, scratch, whole)
        journal.twice(_twice(layout, journal, base))
        _claims_of_pairs(layout, journal, base)
        whole.relations_of_copies(_between(base))
        whole.corrected(_corrected(layout, journal))
        for name in ("claims", "documents"):
            whole.join(name, journal)
        whole.errors(journal.errors())
        if layout.texts and layout.kind == "csv":
            write_texts(layout, journal)
        whole.settle()
    finally:
        base.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _corrected(layout: Layout, journal: Journal) -> tuple[list[list[Any]], list[tuple[Any, ...]]]:
    """What became of every correction, in the parts and outside; noted with the errors, and a stale table taken away."""
    stale, every = journal.get("corrected"), layout.corrections
    inside: list[list[Any]] = []
    hashes, docs = {one.hash for one in every}, {one.doc for one in every}
    here, named = set(), set()
    for number, token in journal.parts() if every else ():
        if held(layout.out, layout.kind, "corrected", number, token).exists():
            inside += layout.rows("corrected", number, token)
        for row in layout.rows("documents", number, token):
            here.update({row[-1]} & hashes)
            named.update({row[0]} & docs)
    rest = [outcome.row for outcome in outside(every, here, named)]
    journal.refused(refused([*inside, *rest], every))
    journal.put(corrected=layout.kind if every else "", outcomes=counted(row[-3] for row in [*inside, *rest]))
    if stale and journal.get("corrected") != stale:
        path = layout.out / f"corrected.{stale}"
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return inside, rest


def _same_as(layout: Layout, journal: Journal, base: sqlite3.Connection, scratch: Path, whole: "_Tables") -> None:
    """Fills same_as in the reports, in the order of the corpus, and notes the pairs."""
    with Copies(scratch / "copies.sqlite") as known:
        for number, token in journal.parts():
            reports = list(layout.rows("reports", number, token))
            signatures = read_signatures(folder_of(layout.out, number, token))
            changed = False
            for row, signature in zip(reports, signatures, strict=True):
                doc, report = row[:2]
                part, _, same = known.earlier(f"{number}:{doc}:{report}", signature).partition(":")
                changed |= row[-1] != same
                row[-1] = same
                if same:
                    first, _, its = same.rpartition(":")
                    pair = [(number, doc, report), (int(part), first, int(its))]
                    base.executemany("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?, NULL)", pair)
                    base.execute(
                        "INSERT INTO pairs (doc, report, original) VALUES (?, ?, ?)",
                        (f"{number}:{doc}", report, f"{part}:{same}"),
                    )
            whole.reports(reports, held(layout.out, layout.kind, "reports", number, token), changed)


def _twice(layout: Layout, journal: Journal, base: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Errors for documents whose name another one has already: rows of a table, members of an archive."""
    for number, token in journal.parts():
        for doc, file, *_ in layout.rows("documents", number, token):
            key = hashlib.blake2b(doc.encode(), digest_size=12).digest()
            if not base.execute("INSERT OR IGNORE INTO names VALUES (?)", (key,)).rowcount:
                yield (
                    file,
                    "extract",
                    f"a second document is called {doc}; the rows of both stand under this name",
                    "give each document a name of its own",
                )


def _claims_of_pairs(layout: Layout, journal: Journal, base: sqlite3.Connection) -> None:
    """Keeps the claims of copies and originals at hand."""
    for number, token in journal.parts():
        wanted = set(base.execute("SELECT doc, report FROM wanted WHERE part = ?", (number,)))
        if not wanted:
            continue
        found: dict[tuple[str, int], list[Any]] = {}
        for row in layout.rows("claims", number, token):
            if (key := (row[0], row[1])) in wanted:
                found.setdefault(key, []).append(row)
        base.executemany(
            "UPDATE wanted SET claims = ? WHERE part = ? AND doc = ? AND report = ?",
            ((pickle.dumps(rows), number, *key) for key, rows in found.items()),
        )


def _between(base: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Relations of copies to their originals: figures that differ."""
    for numbered, report, original in base.execute("SELECT doc, report, original FROM pairs ORDER BY number"):
        part, _, doc = numbered.partition(":")
        first, _, same = original.partition(":")
        name, _, its = same.rpartition(":")
        (mine,) = base.execute(_BY_DOC, (int(part), doc, report)).fetchone()
        (theirs,) = base.execute(_BY_DOC, (int(first), name, int(its))).fetchone()
        if mine and theirs:
            one, other = ([Claim.of_row(row) for row in pickle.loads(blob)] for blob in (theirs, mine))
            yield from (relation.row for relation in copied(one, other, same))


class _Tables:
    """The tables as the user finds them, made beside and put in their places at the end."""

    def __init__(self, layout: Layout, scratch: Path) -> None:
        self._layout, self._scratch = layout, scratch
        self._csv = layout.kind == "csv"
        if self._csv:
            for name in TABLES:
                with self._open(name, "w") as handle:
                    csv.writer(handle, lineterminator="\n").writerow(f.name for f in TABLES[name])

    def _open(self, name: str, mode: str = "a") -> io.TextIOWrapper:
        return (self._scratch / f"{name}.csv").open(mode, encoding="utf-8", newline="")  # type: ignore[return-value]

    def reports(self, rows: list[list[Any]], part: Path, changed: bool) -> None:
        if self._csv:
            self._append("reports", self._made("reports", rows))
        elif changed:
            made = self._made("reports", rows)
            made.replace(part)

    def relations_of_copies(self, rows: Iterable[tuple[Any, ...]]) -> None:
        if self._csv:
            self._copies = self._made("relations", rows)
        else:
            self._extra("relations", "part-copies", rows)

    def corrected(self, rows: tuple[list[list[Any]], list[tuple[Any, ...]]]) -> None:
        inside, rest = rows
        if self._csv:
            self._append("corrected", self._made("corrected", [*inside, *rest]))
        elif self._layout.corrections:
            self._extra("corrected", "part-rest", rest)

    def join(self, name: str, journal: Journal) -> None:
        """Puts the parts of a table together."""
        if not self._csv:
            return
        for table in (name, "relations") if name == "claims" else (name,):
            with (self._scratch / f"{table}.csv").open("ab") as whole:
                for number, token in journal.parts():
                    with held(self._layout.out, "csv", table, number, token).open("rb") as part:
                        shutil.copyfileobj(part, whole, 1 << 20)
        if name == "claims":
            self._append("relations", self._copies)

    def errors(self, rows: Iterable[tuple[str, ...]]) -> None:
        if self._csv:
            self._append("errors", self._made("errors", rows))
        else:
            self._extra("errors", "part-all", rows)

    def settle(self) -> None:
        """Puts the tables in their places."""
        if self._csv:
            for path in self._layout.made:
                made = self._scratch / path.name
                sync(made)
                made.replace(path)
        sync(self._layout.out)

    def _extra(self, name: str, part: str, rows: Iterable[Sequence[Any]]) -> None:
        path = self._layout.out / f"{name}.parquet" / f"{part}.parquet"
        path.parent.mkdir(exist_ok=True)
        self._made(name, rows).replace(path)

    def _made(self, name: str, rows: Iterable[Sequence[Any]]) -> Path:
        folder = self._scratch / f"made-{os.urandom(4).hex()}"
        left = iter(rows)
        with Writer(folder, self._layout.kind, [name], raw_cells=self._layout.raw_cells) as to:
            while some := list(islice(left, _AT_ONCE)):
                to.add(name, some)
            to.close()
        return folder / f"{name}.{self._layout.kind}"

    def _append(self, name: str, made: Path) -> None:
        with made.open("rb") as part, (self._scratch / f"{name}.csv").open("ab") as whole:
            shutil.copyfileobj(part, whole, 1 << 20)
