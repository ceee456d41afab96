"""Joins the parts of a run into its tables.

Copies are found over the whole corpus, and each table appears whole or not at all.
"""

import hashlib
import json
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..arithmetic.audit import copied
from ..extraction.apply import counted, outside, refused
from ..model import claim_of
from ..outputs import aside, asides, note, settle
from ..readers.find import STATE
from .copies import COPIED, ORIGINAL, Run, originals
from .journal import DUPLICATES, REFUSED, Journal
from .parts import TABLES, read_rows, save, sync, table_path
from .plan import Layout

_PAIRS = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE pairs (
  number INTEGER PRIMARY KEY, part INTEGER, doc TEXT, report INTEGER,
  original_part INTEGER, original_doc TEXT, original_report INTEGER);
CREATE TABLE wanted (
  part INTEGER, doc TEXT, report INTEGER, claims BLOB, PRIMARY KEY (part, doc, report)
) WITHOUT ROWID;
CREATE TABLE originals (number INTEGER PRIMARY KEY, part INTEGER, doc TEXT, report INTEGER);
CREATE TABLE names (hash BLOB PRIMARY KEY) WITHOUT ROWID;
BEGIN;
"""
_PAIR = """
INSERT INTO pairs (part, doc, report, original_part, original_doc, original_report)
VALUES (?, ?, ?, ?, ?, ?)
"""
_PAIRED = """
SELECT pairs.doc, pairs.report, original_doc, original_report, original.claims, copy.claims
FROM pairs JOIN wanted AS copy USING (part, doc, report)
JOIN wanted AS original ON original.part = original_part AND original.doc = original_doc
  AND original.report = original_report
WHERE original.claims IS NOT NULL AND copy.claims IS NOT NULL ORDER BY pairs.number
"""


def finish(layout: Layout, journal: Journal, run: Run, tell: Callable[[str], None]) -> None:
    """Finds the copies in the whole corpus and makes the tables that the user finds.

    Workers, by `run`, compare the reports. A table that is no longer as a run left it is moved aside, and `tell` says so.
    """
    scratch = layout.out / ".qz" / "new-scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    base = sqlite3.connect(scratch / "pairs.sqlite", isolation_level=None)
    try:
        base.executescript(_PAIRS)
        output = _Output(layout, scratch, tell)
        _find_copies(
            layout, journal, base, originals(layout.out, journal.parts(), scratch, run), output
        )
        journal.replace_errors(DUPLICATES, _duplicate_names(layout, journal, base))
        _store_claims(layout, journal, base)
        inside, elsewhere = _corrected(layout, journal, tell)
        for name in ("claims", "relations", "documents"):
            output.join_parts(name, journal)
        output.add("relations", "copies", _copy_relations(base))
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
        base.close()
        shutil.rmtree(scratch, ignore_errors=True)


def sizes(layout: Layout) -> dict[str, int]:
    """How long each table is that the user finds; the parts of a Parquet table know that."""
    csv = layout.table_paths if layout.kind == "csv" else ()
    return {path.name: path.stat().st_size for path in csv if path.is_file()}


def _find_copies(
    layout: Layout, journal: Journal, base: sqlite3.Connection, copies: Any, output: "_Output"
) -> None:
    """Fills `same_as` in the reports, in the order of the corpus, and stores the pairs."""
    at = 0
    for number, token in journal.parts():
        reports = list(layout.rows("reports", number, token))
        changed = False
        for row in reports:
            doc, report = row[:2]
            same, status = "", int(copies[at])
            if status == COPIED:
                base.execute("INSERT INTO originals VALUES (?, ?, ?, ?)", (at, number, doc, report))
            elif status != ORIGINAL:
                asked = "SELECT part, doc, report FROM originals WHERE number = ?"
                original = base.execute(asked, (status - 1,)).fetchone()
                pair = [(number, doc, report), original]
                base.executemany("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?, NULL)", pair)
                base.execute(_PAIR, (*pair[0], *pair[1]))
                same = f"{original[1]}:{original[2]}"
            changed |= row[-1] != same
            row[-1] = same
            at += 1
        path = table_path(layout.out, layout.kind, "reports", number, token)
        output.add_reports(reports, path, changed)


def _duplicate_names(
    layout: Layout, journal: Journal, base: sqlite3.Connection
) -> Iterator[tuple[None, str, str, str, str]]:
    """Errors of documents that are called like another, as rows of a table may be."""
    insert = "INSERT OR IGNORE INTO names VALUES (?)"
    for number, token in journal.parts():
        for doc, file, *_ in layout.rows("documents", number, token):
            key = hashlib.blake2b(doc.encode(), digest_size=12).digest()
            if not base.execute(insert, (key,)).rowcount:
                reason = (
                    f"a second document is called {doc}; the rows of both stand under this name"
                )
                yield None, file, "extract", reason, "give each document a name of its own"


def _store_claims(layout: Layout, journal: Journal, base: sqlite3.Connection) -> None:
    """Stores the claims of copies and originals."""
    for number, token in journal.parts():
        query = "SELECT doc, report FROM wanted WHERE part = ?"
        found: dict[tuple[str, int], list[Any]] = {
            key: [] for key in base.execute(query, (number,))
        }
        for row in layout.rows("claims", number, token) if found else ():
            if (key := (row[0], row[1])) in found:
                found[key].append(row)
        base.executemany(
            "UPDATE wanted SET claims = ? WHERE part = ? AND doc = ? AND report = ?",
            ((pickle.dumps(rows), number, *key) for key, rows in found.items() if rows),
        )


def _copy_relations(base: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Relations of copies to their originals: figures that differ."""
    for doc, report, original, its, *stored in base.execute(_PAIRED):
        theirs, mine = ([claim_of(row) for row in pickle.loads(rows)] for rows in stored)
        for found in copied(theirs, mine, f"{original}:{its}"):
            yield doc, report, *found.row


def _corrected(
    layout: Layout, journal: Journal, tell: Callable[[str], None]
) -> tuple[list[list[Any]], list[tuple[Any, ...]]]:
    """What became of corrections in the parts and elsewhere; removes an outdated table."""
    stale, every = journal.get("corrected"), layout.corrections
    inside: list[list[Any]] = []
    hashes, docs = {one.hash for one in every}, {one.doc for one in every}
    read, named = set(), set()
    for number, token in journal.parts() if every else ():
        if table_path(layout.out, layout.kind, "corrected", number, token).exists():
            inside += layout.rows("corrected", number, token)
        for row in layout.rows("documents", number, token):
            read.update({row[-1]} & hashes)
            named.update({row[0]} & docs)
    elsewhere = [outcome.row for outcome in outside(every, read, named)]
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

    def add_reports(self, rows: list[list[Any]], part: Path, changed: bool) -> None:
        """Adds the reports of a part; of Parquet the file of the part is replaced if need be."""
        if self._csv:
            self._append("reports", self._write("reports", rows))
        elif changed:
            self._layout.put(self._write("reports", rows), part, self._tell)

    def join_parts(self, name: str, journal: Journal) -> None:
        """Adds the rows of all parts to a table; the folder of a Parquet table has them already."""
        for number, token in journal.parts() if self._csv else ():
            self._append(name, table_path(self._layout.out, "csv", name, number, token))

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
