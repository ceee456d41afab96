"""What a run has done so far: one SQLite file that survives a kill and a power cut."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from ..script import printable

__all__ = ["LISTED", "Job", "Journal", "digest"]

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS files (
  number INTEGER PRIMARY KEY, path BLOB UNIQUE, shown TEXT, doc TEXT, size INTEGER, mtime TEXT, sha256 TEXT, part INTEGER,
  failed INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS parts (
  number INTEGER PRIMARY KEY, token TEXT DEFAULT '', todo INTEGER DEFAULT 1, bytes INTEGER, slice TEXT,
  lines INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS errors (part INTEGER, line INTEGER, file TEXT, stage TEXT, reason TEXT, way_out TEXT);
CREATE INDEX IF NOT EXISTS files_part ON files (part, number);
CREATE INDEX IF NOT EXISTS parts_todo ON parts (todo, number);
CREATE INDEX IF NOT EXISTS errors_part ON errors (part);
"""
#: part of an error that belongs to no part: a listing that went wrong, a name that stands twice
LISTED, TWICE, REFUSED = -1, -2, -3


class Job(NamedTuple):
    """A part to be done: its files, or the slice of a table."""

    number: int
    token: str
    bytes: int
    slice: dict[str, Any] | None
    files: list[dict[str, Any]]


class Journal:
    """The journal of one output folder; only the process that drives the run opens it for writing.

    Args:
        path: the SQLite file; made when missing. Its connection is `base`.
    """

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("PRAGMA synchronous = FULL; PRAGMA temp_store = FILE;" + _TABLES)

    def close(self) -> None:
        self.base.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def get(self, key: str, default: str = "") -> str:
        """A remembered word about the run."""
        row = self.base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def put(self, **words: str) -> None:
        """Remembers words about the run."""
        self.base.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", words.items())

    def forget(self) -> None:
        """Empties the journal: everything is to be done anew."""
        with self.base:
            self.base.executescript(
                "BEGIN; DELETE FROM files; DELETE FROM parts; DELETE FROM errors; DELETE FROM meta; COMMIT;"
            )

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Has what is done within remembered together, or nothing of it."""
        self.base.execute("BEGIN")
        try:
            yield
            self.base.execute("COMMIT")
        except BaseException:
            self.base.execute("ROLLBACK")
            raise

    def jobs(self) -> Iterator[Job]:
        """The parts to be done, one after the other."""
        last = 0
        while row := self.base.execute(
            "SELECT number, token, bytes, slice FROM parts WHERE todo AND number > ? ORDER BY number LIMIT 1",
            (last,),
        ).fetchone():
            last, token, size, piece = row
            files = self.base.execute(
                "SELECT number, path, shown, doc, sha256 FROM files WHERE part = ? ORDER BY number",
                (last,),
            )
            spec = [
                {
                    "number": n,
                    "path": os.fsdecode(p),
                    "shown": s,
                    "doc": d,
                    "keep": bool(h and token),
                }
                for n, p, s, d, h in files
            ]
            yield Job(last, token, size or 0, json.loads(piece) if piece else None, spec)

    def waiting(self) -> tuple[int, int, int]:
        """How many files are to be read, their bytes, and how many parts that makes."""
        files, size = self.base.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM files JOIN parts ON parts.number = files.part"
            " WHERE todo AND (sha256 = '' OR token = '')"
        ).fetchone()
        tables = "SELECT coalesce(sum(bytes), 0) FROM parts WHERE todo AND slice IS NOT NULL"
        parts = self.base.execute("SELECT count(*) FROM parts WHERE todo").fetchone()[0]
        return files, size or self.base.execute(tables).fetchone()[0], parts

    def done(self, number: int, result: dict[str, Any]) -> None:
        """Remembers that a part is done; from here on its rows count."""
        run = self.base.execute
        run("BEGIN IMMEDIATE")
        run(
            "UPDATE parts SET todo = 0, token = ?, lines = ? WHERE number = ?",
            (result["token"], result["lines"], number),
        )
        self.base.executemany(
            "UPDATE files SET sha256 = ?, failed = ? WHERE number = ?",
            ((hashed or "-", failed, int(n)) for n, (hashed, failed) in result["files"].items()),
        )
        run("DELETE FROM errors WHERE part = ?", (number,))
        for line, *row in result["errors"]:
            self.note(number, line, row)
        run("COMMIT")

    def parts(self) -> Iterator[tuple[int, str]]:
        """Number and token of every part that has rows, in order."""
        last = 0
        while row := self.base.execute(
            "SELECT number, token FROM parts WHERE token != '' AND number > ? ORDER BY number LIMIT 1",
            (last,),
        ).fetchone():
            last = row[0]
            yield row

    def twice(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Remembers the names that stand for several documents."""
        self.base.execute("DELETE FROM errors WHERE part = ?", (TWICE,))
        for row in rows:
            self.note(TWICE, None, row)

    def refused(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Remembers the corrections that were refused."""
        self.base.execute("DELETE FROM errors WHERE part = ?", (REFUSED,))
        for row in rows:
            self.note(REFUSED, None, row)

    def corrections(
        self, known: dict[str, str], concerned: Callable[[int, str], Iterable[int]]
    ) -> None:
        """Takes in other corrections than the last run's; what they speak of is to be read again. All of it or nothing.

        Args:
            known: for the hash of each text that is corrected, what stands for its corrections.
            concerned: gives the numbers of the files of a part, by its number and token, that corrections changed for.
        """
        with self.whole():
            for number, token in [*self.parts()]:
                found = [(file,) for file in concerned(number, token)]
                self.base.executemany("UPDATE files SET sha256 = '' WHERE number = ?", found)
                if found:
                    self.base.execute("UPDATE parts SET todo = 1 WHERE number = ?", (number,))
            self.put(corrections=json.dumps(known), finished="")

    def errors(self) -> Iterator[tuple[str, str, str, str]]:
        """Rows of the errors table, in the order of the parts; a line of a table counts from its beginning."""
        before = (
            "SELECT coalesce(sum(b.lines), 0) FROM parts b, parts a WHERE a.number = errors.part AND b.number < a.number"
            " AND json_extract(b.slice, '$.file') = json_extract(a.slice, '$.file')"
        )
        query = f"SELECT file, line, CASE WHEN line IS NULL THEN 0 ELSE ({before}) END, stage, reason, way_out FROM errors ORDER BY part < 0, part, rowid"
        for file, line, base, *rest in self.base.execute(query):
            yield (file if line is None else f"{file}, line {line + base}", *rest)

    def count(self) -> tuple[int, int]:
        """How many files there are, and how many rows the errors table has."""
        one = "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM errors)"
        row: tuple[int, int] = self.base.execute(one).fetchone()
        return row

    def note(self, part: int, line: int | None, row: Iterable[str]) -> None:
        """Takes in a row of the errors table, with its part and the line of its slice, if it has these."""
        self.base.execute(
            "INSERT INTO errors VALUES (?, ?, ?, ?, ?, ?)", (part, line, *map(printable, row))
        )


def digest(path: str) -> str:
    """SHA-256 of a file, empty when it cannot be read."""
    try:
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
