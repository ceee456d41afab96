"""What a run has done so far: one SQLite file that survives a kill and a power cut."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from ..controls import printable
from ..errors import QzError
from ..files.naming import DEEPEST, spoken

__all__ = ["Found", "Job", "Journal", "digest"]

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
_LISTING = """
CREATE TEMP TABLE listing (
  number INTEGER PRIMARY KEY, path BLOB UNIQUE, shown TEXT, bare BLOB, size INTEGER, mtime TEXT, slices TEXT,
  level INTEGER DEFAULT 0, whole INTEGER DEFAULT 0, doc TEXT);
"""
#: part of an error that belongs to no part: a listing that went wrong, a name that stands twice
LISTED, TWICE, REFUSED = -1, -2, -3


class Found(NamedTuple):
    """A file of the listing; a table has the slices that it is read in."""

    path: str
    shown: str
    size: int
    mtime: str
    slices: list[dict[str, Any]] | None = None


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
        path: the SQLite file; made when missing.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript("PRAGMA synchronous = FULL; PRAGMA temp_store = FILE;" + _TABLES)
        self._base.create_function("spoken", 3, _spoken, deterministic=True)

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def get(self, key: str, default: str = "") -> str:
        """A remembered word about the run."""
        row = self._base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def put(self, **words: str) -> None:
        """Remembers words about the run."""
        self._base.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", words.items())

    def forget(self) -> None:
        """Empties the journal: everything is to be done anew."""
        with self._base:
            self._base.executescript(
                "BEGIN; DELETE FROM files; DELETE FROM parts; DELETE FROM errors; DELETE FROM meta; COMMIT;"
            )

    # ---- planning

    def plan(
        self,
        found: Iterable[Found | tuple[str, str, str, str]],
        *,
        recheck: bool,
        retry: bool,
        part_files: int,
        part_bytes: int,
    ) -> int:
        """Takes the listing in and settles which parts are to be done; all of it or nothing.

        Args:
            found: files, and rows of the errors table for what could not be listed.
            recheck: hash every file, not only those whose size or time differ.
            retry: read again what failed before.
            part_files, part_bytes: where a part of new files ends.

        Returns:
            how many files were found.
        """
        base = self._base
        base.executescript("DROP TABLE IF EXISTS temp.listing;" + _LISTING)
        base.execute("BEGIN")
        try:
            base.execute("DELETE FROM errors WHERE part = ?", (LISTED,))
            count = self._list(found)
            if not count:
                row = base.execute("SELECT file, reason, way_out FROM errors WHERE part = ?", (LISTED,)).fetchone()
                raise QzError("{}: {}; {}".format(*row) if row else "nothing to read; give files or folders")
            self._name()
            self._drop()
            self._mark(recheck, retry)
            self._add(part_files, part_bytes)
            base.execute("COMMIT")
        except BaseException:
            base.execute("ROLLBACK")
            raise
        base.execute("DROP TABLE temp.listing")
        return count

    def _list(self, found: Iterable[Found | tuple[str, str, str, str]]) -> int:
        insert = "INSERT OR IGNORE INTO listing (path, shown, bare, size, mtime, slices) VALUES (?, ?, ?, ?, ?, ?)"
        for one in found:
            if not isinstance(one, Found):
                self._error(LISTED, None, one)
                continue
            path = _key(one.path)
            slices = None if one.slices is None else json.dumps(one.slices)
            self._base.execute(
                insert, (path, one.shown, _key(os.path.splitext(one.path)[0]), one.size, one.mtime, slices)
            )
        count: int = self._base.execute("SELECT count(*) FROM listing").fetchone()[0]
        return count

    def _name(self) -> None:
        """Gives each document the shortest name that no other has: stem, folder/stem, …; with the suffix where that alone differs."""
        run = self._base.execute
        run("CREATE INDEX temp.listing_bare ON listing (bare)")
        run("UPDATE listing SET whole = 1 WHERE bare IN (SELECT bare FROM listing GROUP BY bare HAVING count(*) > 1)")
        run("UPDATE listing SET doc = spoken(path, 0, 0)")
        run("CREATE INDEX temp.listing_doc ON listing (doc)")
        same = "SELECT doc FROM listing GROUP BY doc HAVING count(*) > 1"
        for level in range(1, DEEPEST):
            if not run(
                f"UPDATE listing SET level = ?1, doc = spoken(path, ?1, whole) WHERE doc IN ({same})", (level,)
            ).rowcount:
                return
        twins = run(f"SELECT doc, number FROM listing WHERE doc IN ({same}) ORDER BY doc, path").fetchall()
        for (doc, number), (before, _) in zip(twins[1:], twins, strict=False):
            if doc == before:
                run("UPDATE listing SET doc = doc || '#' || number WHERE number = ?", (number,))

    def _drop(self) -> None:
        """Lets go of files that are no longer there, and of tables that are not as they were."""
        run = self._base.execute
        gone = "SELECT number FROM files WHERE path NOT IN (SELECT path FROM listing)"
        other = (
            "SELECT files.number FROM files JOIN listing USING (path) JOIN parts ON parts.number = files.part"
            " WHERE parts.slice IS NOT NULL AND (files.size != listing.size OR files.mtime != listing.mtime)"
        )
        run(f"CREATE TEMP TABLE gone AS {gone} UNION {other}")
        mine = "SELECT part FROM files WHERE number IN (SELECT number FROM gone)"
        changed = run(f"UPDATE parts SET todo = 1 WHERE slice IS NULL AND number IN ({mine})").rowcount
        # a table's parts carry its path: they go with it
        changed += run(
            "DELETE FROM parts WHERE slice IS NOT NULL AND json_extract(slice, '$.file') IN (SELECT number FROM gone)"
        ).rowcount
        run("DELETE FROM files WHERE number IN (SELECT number FROM gone)")
        run("DROP TABLE gone")
        run("DELETE FROM parts WHERE slice IS NULL AND number NOT IN (SELECT part FROM files)")
        run("DELETE FROM errors WHERE part >= 0 AND part NOT IN (SELECT number FROM parts)")
        if changed:
            self.put(finished="")

    def _mark(self, recheck: bool, retry: bool) -> None:
        """Marks files that must be read: changed ones, renamed ones, failed ones that may do better now."""
        run = self._base.execute
        differs = "files.size != listing.size OR files.mtime != listing.mtime" if not recheck else "1"
        rows = run(
            "SELECT files.number, files.path, listing.size, listing.mtime, files.sha256 FROM files JOIN listing USING (path)"
            f" JOIN parts ON parts.number = files.part WHERE parts.slice IS NULL AND files.sha256 != '' AND ({differs})"
        ).fetchall()
        for number, path, size, mtime, known in rows:
            same = digest(os.fsdecode(path)) == known
            run(
                "UPDATE files SET size = ?, mtime = ?, sha256 = ? WHERE number = ?",
                (size, mtime, known if same else "", number),
            )
        run(
            "UPDATE files SET doc = listing.doc, shown = listing.shown, sha256 = '' FROM listing"
            " WHERE listing.path = files.path AND listing.doc != files.doc AND listing.slices IS NULL"
        )
        run("UPDATE files SET sha256 = '' WHERE failed >= ?", (1 if retry else 2,))
        stale = "SELECT files.part FROM files JOIN parts ON parts.number = files.part WHERE files.sha256 = '' AND parts.slice IS NULL"
        if retry:
            stale += " UNION SELECT part FROM errors WHERE part >= 0"
        if run(f"UPDATE parts SET todo = 1 WHERE number IN ({stale})").rowcount:
            self.put(finished="")

    def _add(self, part_files: int, part_bytes: int) -> None:
        """New files go into new parts, in the order of the listing."""
        run = self._base.execute
        run("DELETE FROM listing WHERE path IN (SELECT path FROM files)")
        new = run("SELECT path, shown, doc, size, mtime, slices FROM listing ORDER BY number")
        part, count, size = 0, 0, 0
        for path, shown, doc, bytes_, mtime, slices in new:
            if slices is None and (not part or count >= part_files or size + bytes_ > part_bytes):
                part, count, size = self._part(None), 0, 0
            number = run(
                "INSERT INTO files (path, shown, doc, size, mtime, sha256, part) VALUES (?, ?, ?, ?, ?, '', ?)",
                (path, shown, doc, bytes_, mtime, part),
            ).lastrowid
            if slices is None:
                count, size = count + 1, size + bytes_
                run("UPDATE parts SET bytes = ? WHERE number = ?", (size, part))
                continue
            # a table has parts of its own; files behind it begin another
            own = [self._part({**piece, "file": number}) for piece in json.loads(slices)]
            run("UPDATE files SET part = ? WHERE number = ?", (own[0], number))
            part = 0

    def _part(self, piece: dict[str, Any] | None) -> int:
        self.put(finished="")
        size = piece.get("bytes", 0) if piece else 0
        made = self._base.execute(
            "INSERT INTO parts (bytes, slice) VALUES (?, ?)", (size, json.dumps(piece) if piece else None)
        )
        return int(made.lastrowid or 0)

    # ---- running

    def jobs(self) -> Iterator[Job]:
        """The parts to be done, one after the other."""
        last = 0
        while row := self._base.execute(
            "SELECT number, token, bytes, slice FROM parts WHERE todo AND number > ? ORDER BY number LIMIT 1", (last,)
        ).fetchone():
            last, token, size, piece = row
            files = self._base.execute(
                "SELECT number, path, shown, doc, sha256 FROM files WHERE part = ? ORDER BY number", (last,)
            )
            spec = [
                {"number": n, "path": os.fsdecode(p), "shown": s, "doc": d, "keep": bool(h and token)}
                for n, p, s, d, h in files
            ]
            yield Job(last, token, size or 0, json.loads(piece) if piece else None, spec)

    def waiting(self) -> tuple[int, int, int]:
        """How many files are to be read, their bytes, and how many parts that makes."""
        files, size = self._base.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM files JOIN parts ON parts.number = files.part"
            " WHERE todo AND (sha256 = '' OR token = '')"
        ).fetchone()
        tables = "SELECT coalesce(sum(bytes), 0) FROM parts WHERE todo AND slice IS NOT NULL"
        parts = self._base.execute("SELECT count(*) FROM parts WHERE todo").fetchone()[0]
        return files, size or self._base.execute(tables).fetchone()[0], parts

    def done(self, number: int, result: dict[str, Any]) -> None:
        """Remembers that a part is done; from here on its rows count."""
        run = self._base.execute
        run("BEGIN IMMEDIATE")
        run(
            "UPDATE parts SET todo = 0, token = ?, lines = ? WHERE number = ?",
            (result["token"], result["lines"], number),
        )
        self._base.executemany(
            "UPDATE files SET sha256 = ?, failed = ? WHERE number = ?",
            ((hashed or "-", failed, int(n)) for n, (hashed, failed) in result["files"].items()),
        )
        run("DELETE FROM errors WHERE part = ?", (number,))
        for line, *row in result["errors"]:
            self._error(number, line, row)
        run("COMMIT")

    def parts(self) -> Iterator[tuple[int, str]]:
        """Number and token of every part that has rows, in order."""
        last = 0
        while row := self._base.execute(
            "SELECT number, token FROM parts WHERE token != '' AND number > ? ORDER BY number LIMIT 1", (last,)
        ).fetchone():
            last = row[0]
            yield row

    def twice(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Remembers the names that stand for several documents."""
        self._base.execute("DELETE FROM errors WHERE part = ?", (TWICE,))
        for row in rows:
            self._error(TWICE, None, row)

    def refused(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Remembers the corrections that were refused."""
        self._base.execute("DELETE FROM errors WHERE part = ?", (REFUSED,))
        for row in rows:
            self._error(REFUSED, None, row)

    def corrections(self, known: dict[str, str], concerned: Callable[[int, str], Iterable[int]]) -> None:
        """Takes in other corrections than the last run's; what they speak of is to be read again. All of it or nothing.

        Args:
            known: for the hash of each text that is corrected, what stands for its corrections.
            concerned: gives the numbers of the files of a part, by its number and token, that corrections changed for.
        """
        base = self._base
        base.execute("BEGIN")
        try:
            for number, token in [*self.parts()]:
                found = [(file,) for file in concerned(number, token)]
                base.executemany("UPDATE files SET sha256 = '' WHERE number = ?", found)
                if found:
                    base.execute("UPDATE parts SET todo = 1 WHERE number = ?", (number,))
            self.put(corrections=json.dumps(known), finished="")
            base.execute("COMMIT")
        except BaseException:
            base.execute("ROLLBACK")
            raise

    def errors(self) -> Iterator[tuple[str, str, str, str]]:
        """Rows of the errors table, in the order of the parts; a line of a table counts from its beginning."""
        before = (
            "SELECT coalesce(sum(b.lines), 0) FROM parts b, parts a WHERE a.number = errors.part AND b.number < a.number"
            " AND json_extract(b.slice, '$.file') = json_extract(a.slice, '$.file')"
        )
        query = f"SELECT file, line, CASE WHEN line IS NULL THEN 0 ELSE ({before}) END, stage, reason, way_out FROM errors ORDER BY part < 0, part, rowid"
        for file, line, base, *rest in self._base.execute(query):
            yield (file if line is None else f"{file}, line {line + base}", *rest)

    def count(self) -> tuple[int, int]:
        """How many files there are, and how many rows the errors table has."""
        one = "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM errors)"
        row: tuple[int, int] = self._base.execute(one).fetchone()
        return row

    def _error(self, part: int, line: int | None, row: Iterable[str]) -> None:
        self._base.execute("INSERT INTO errors VALUES (?, ?, ?, ?, ?, ?)", (part, line, *map(printable, row)))


def _key(path: str) -> bytes:
    """A path as bytes: a name in GBK has no other spelling."""
    return os.fsencode(path)


def _spoken(path: bytes, level: int, whole: int) -> str:
    return spoken(os.fsdecode(path), level, bool(whole))


def digest(path: str) -> str:
    """SHA-256 of a file, empty when it cannot be read."""
    try:
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
