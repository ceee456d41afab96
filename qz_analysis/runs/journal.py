"""What a run has done so far, in one SQLite file that survives a kill and a power cut."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..readers.find import checked
from ..readers.read import LARGEST
from ..script import printable

#: in place of the hash of a file that is not hashed, because it is too large or took too long
UNHASHED = "-"

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS files (
  number INTEGER PRIMARY KEY, path BLOB UNIQUE, shown TEXT, doc TEXT, size INTEGER, mtime TEXT,
  sha256 TEXT, part INTEGER, failed INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS parts (
  number INTEGER PRIMARY KEY, token TEXT DEFAULT '', todo INTEGER DEFAULT 1, bytes INTEGER,
  slice TEXT, lines INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS errors (
  part INTEGER, line INTEGER, file TEXT, stage TEXT, reason TEXT, way_out TEXT);
CREATE INDEX IF NOT EXISTS files_part ON files (part, number);
CREATE INDEX IF NOT EXISTS parts_todo ON parts (todo, number);
CREATE INDEX IF NOT EXISTS errors_part ON errors (part);
"""
#: lines that a table had in earlier slices, so that the line of an error counts from its beginning
_ERRORS = """
SELECT file, line, CASE WHEN line IS NULL THEN 0 ELSE (
  SELECT coalesce(sum(b.lines), 0) FROM parts b, parts a
  WHERE a.number = errors.part AND b.number < a.number
  AND json_extract(b.slice, '$.file') = json_extract(a.slice, '$.file')
) END, stage, reason, way_out FROM errors ORDER BY part < 0, part, rowid
"""
#: in place of a part's number: errors of the listing, of names that stand twice, of corrections
LISTING, DUPLICATES, REFUSED = -1, -2, -3
ErrorRow = tuple[str, str, str, str]


class PendingPart(NamedTuple):
    """A part to be done: its files, or the slice of a table."""

    number: int
    token: str
    bytes: int
    slice: dict[str, Any] | None
    files: list[dict[str, Any]]


def examined(path: Path) -> str:
    """What a journal is: empty, whole, damaged, or other, when another version has written it."""
    if not path.exists():
        return "empty"
    with closing(sqlite3.connect(path)) as base, closing(sqlite3.connect(":memory:")) as ours:
        ours.executescript(_TABLES)
        try:
            (fault,) = base.execute("PRAGMA quick_check(1)").fetchone()
            found, (version,) = _columns(base), base.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError:
            raise  # a lock or a disk, no fault of the file's
        except sqlite3.DatabaseError:
            return "damaged"
        if fault != "ok":
            return "damaged"
        if not found:
            return "empty"
        return "whole" if found == _columns(ours) and not version else "other"


def _columns(base: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table of a journal."""
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    query = "SELECT name FROM pragma_table_info(?)"
    return {name: [column for (column,) in base.execute(query, (name,))] for name in names}


class Journal:
    """The journal of one output folder, made when missing; only the driver of the run writes it."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("PRAGMA synchronous = FULL; PRAGMA temp_store = FILE;" + _TABLES)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    def get(self, key: str, default: str = "") -> str:
        """A value that was stored about the run."""
        row = self.base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def put(self, **values: str) -> None:
        """Stores values about the run."""
        self.base.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def copy(self, path: Path) -> None:
        """Writes a copy of the journal, whole or not at all."""
        part = path.with_name(f"new-{path.name}")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as made:
            self.base.backup(made)
        part.replace(path)

    def lost(self, number: int) -> None:
        """Has a finished part done again from its beginning."""
        with self.transaction():
            self.base.execute("UPDATE parts SET todo = 1, token = '' WHERE number = ?", (number,))
            self.base.execute("UPDATE files SET sha256 = '' WHERE part = ?", (number,))
            self.put(finished="")

    def clear(self) -> None:
        """Empties the journal: everything is to be done anew."""
        with self.transaction():
            for table in ("files", "parts", "errors", "meta"):
                self.base.execute(f"DELETE FROM {table}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Stores what is done within altogether or not at all."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.base.execute("COMMIT")
        except BaseException:
            # a full disk has undone it already
            if self.base.in_transaction:
                self.base.execute("ROLLBACK")
            raise

    def pending(self) -> Iterator[PendingPart]:
        """The parts to be done, one after the other."""
        parts = self.base.execute(
            "SELECT number, token, bytes, slice FROM parts WHERE todo ORDER BY number"
        ).fetchall()
        query = "SELECT number, path, shown, doc, sha256 FROM files WHERE part = ? ORDER BY number"
        for part, token, size, piece in parts:
            files = [
                {"number": number, "path": os.fsdecode(path), "shown": shown, "doc": doc,
                 "keep": bool(hashed and token)}
                for number, path, shown, doc, hashed in self.base.execute(query, (part,))
            ]  # fmt: skip
            yield PendingPart(part, token, size or 0, json.loads(piece) if piece else None, files)

    def pending_totals(self) -> tuple[int, int, int]:
        """How many files are to be read, their bytes, and how many parts that makes."""
        files, size = self.base.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM files JOIN parts ON"
            " parts.number = files.part WHERE todo AND (sha256 = '' OR token = '')"
        ).fetchone()
        parts, of_tables = self.base.execute(
            "SELECT count(*), coalesce(sum(bytes) FILTER (WHERE slice IS NOT NULL), 0) FROM parts"
            " WHERE todo"
        ).fetchone()
        return files, size or of_tables, parts

    def done(self, number: int, result: dict[str, Any]) -> None:
        """Stores the result of a part; from here on its rows count."""
        with self.transaction():
            self.base.execute(
                "UPDATE parts SET todo = 0, token = ?, lines = ? WHERE number = ?",
                (result["token"], result["lines"], number),
            )
            self.base.executemany(
                "UPDATE files SET sha256 = ?, failed = ? WHERE number = ?",
                (
                    (hashed or UNHASHED, failed, int(n))
                    for n, (hashed, failed) in result["files"].items()
                ),
            )
            self.replace_errors(number, result["errors"])

    def parts(self) -> list[tuple[int, str]]:
        """Number and token of every part that has rows, in order."""
        query = "SELECT number, token FROM parts WHERE token != '' ORDER BY number"
        return self.base.execute(query).fetchall()

    def mark_corrected(
        self, hashes: dict[str, str], files: Callable[[int, str], Iterable[int]]
    ) -> None:
        """Has the files read again whose corrections changed; all of it is stored or nothing.

        `hashes` has the hash of each corrected text with that of its corrections; `files` gives
        the numbers of a part's files that are concerned, by the part's number and token.
        """
        with self.transaction():
            for number, token in self.parts():
                found = [(file,) for file in files(number, token)]
                self.base.executemany("UPDATE files SET sha256 = '' WHERE number = ?", found)
                if found:
                    self.base.execute("UPDATE parts SET todo = 1 WHERE number = ?", (number,))
            self.put(corrections=json.dumps(hashes), finished="")

    def listed(self) -> Iterator[tuple[str, str, str, bool]]:
        """Path, document and shown name of every file, and whether it is a table of texts."""
        query = (
            "SELECT path, doc, shown, slice IS NOT NULL FROM files"
            " JOIN parts ON parts.number = files.part ORDER BY files.number"
        )
        for path, doc, shown, is_table in self.base.execute(query):
            yield os.fsdecode(path), doc, shown, bool(is_table)

    def mark_known(self, hashes: dict[str, str], paths: Iterable[str]) -> None:
        """Has files read again of which something else is known; all of it is stored or nothing.

        `hashes` has the path of each file of which something is known, with the hash of that.
        """
        own = [(os.fsencode(path),) for path in paths]
        with self.transaction():
            of_path = "(SELECT number FROM files WHERE path = ?)"
            self.base.executemany("UPDATE files SET sha256 = '' WHERE path = ?", own)
            self.base.executemany(
                "UPDATE parts SET todo = 1 WHERE number IN (SELECT part FROM files WHERE path = ?)"
                f" OR json_extract(slice, '$.file') = {of_path}",
                [path * 2 for path in own],
            )
            self.put(documents=json.dumps(hashes), finished="")

    def errors(self) -> Iterator[ErrorRow]:
        """Rows of the errors table, in the order of the parts."""
        for file, line, before, *rest in self.base.execute(_ERRORS):
            yield (file if line is None else f"{file}, line {line + before}", *rest)

    def count(self) -> tuple[int, int]:
        """How many files there are, and how many rows the errors table has."""
        one = "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM errors)"
        row: tuple[int, int] = self.base.execute(one).fetchone()
        return row

    def twice(self) -> int:
        """How many documents are called like an earlier one."""
        query = "SELECT count(*) FROM errors WHERE part = ?"
        return int(self.base.execute(query, (DUPLICATES,)).fetchone()[0])

    def replace_errors(self, part: int, rows: Iterable[Iterable[Any]]) -> None:
        """Stores the errors of a part, behind the line of its slice, in place of earlier ones."""
        self.base.execute("DELETE FROM errors WHERE part = ?", (part,))
        for line, *row in rows:
            self.add_error(part, row, line)

    def add_error(self, part: int, row: Iterable[str], line: int | None = None) -> None:
        """Stores a row of the errors table."""
        self.base.execute(
            "INSERT INTO errors VALUES (?, ?, ?, ?, ?, ?)", (part, line, *map(printable, row))
        )


def digest(path: str) -> str:
    """SHA-256 of a file, empty when it cannot be read, `UNHASHED` when it is larger than is read."""
    if not isinstance(checked(Path(path)), Path):  # a pipe or a device may never end
        return ""
    try:
        with open(path, "rb") as handle:
            if os.fstat(handle.fileno()).st_size > LARGEST:
                return UNHASHED
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
