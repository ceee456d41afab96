"""What a run has to do: the files and tables that are there, compared with what the journal knows, become parts."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import QzError, ReadError
from ..extraction.corrections import Correction
from ..readers.detect import label
from ..readers.find import DEEPEST, spoken
from . import sources
from .journal import LISTED, Journal, digest
from .parts import TABLES, folder_of, held, read_rows, typed

__all__ = ["Found", "Layout", "clean", "concerned", "listed", "plan", "publish", "spread"]


class Found(NamedTuple):
    """A file of the listing; a table has the slices that it is read in."""

    path: str
    shown: str
    size: int
    mtime: str
    slices: list[dict[str, Any]] | None = None


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
    index = (
        json.loads((folder_of(layout.out, number, token) / "index.json").read_text())["rows"]
        if at
        else {}
    )
    ends = [(counts["documents"], int(file)) for file, counts in index.items()]
    return sorted({next((file for end, file in ends if i < end), 0) for i in at})


def spread(path: str) -> list[str]:
    """The paths and addresses that a path, an address or a pattern stands for.

    Args:
        path: as the user gives it.

    Raises:
        ReadError: nothing is there.

    >>> spread(".")
    ['.']
    """
    if (
        sources.is_table(path)
        or "://" in path
        or (any(c in path for c in "*?[") and not os.path.lexists(path))
    ):
        return sources.expand(path)
    if not os.path.lexists(path):
        raise ReadError(
            path,
            "there is no such file or folder",
            "check the spelling or give another path",
            "list",
        )
    return [path]


def listed(
    inputs: list[str], layout: Layout, part_bytes: int
) -> Iterator[Found | tuple[str, str, str, str]]:
    """What there is to read, in a steady order; nothing that a run has written.

    Args:
        inputs: paths and addresses, as `spread` gives them.
        layout: where the run writes.
        part_bytes: how large a slice of a table is, in bytes.

    Returns:
        files, and rows of the errors table for what could not be listed.

    Raises:
        QzError: an address that is no table.
    """
    from ..readers.find import find

    out = layout.out
    own = [str(out / name) for name in (".qz", "texts", *(f"{t}.{k}" for t in TABLES for k in ("csv", "parquet")))]  # fmt: skip
    own += {os.path.abspath(one.file) for one in layout.corrections if one.line}
    for given in inputs:
        if sources.is_table(given):
            yield _table(given, part_bytes)
            continue
        if "://" in given:
            raise QzError(
                f"{given}: only tables ({', '.join(sources.SUFFIXES)}) are read from an address; mount or copy the files"
            )
        for item in find([given]):
            path = os.path.abspath(item.file if isinstance(item, ReadError) else item)
            if any(path == name or path.startswith(name + os.sep) for name in own):
                continue
            yield item.row if isinstance(item, ReadError) else _file(item, path)


def _file(item: Path, path: str) -> Found | tuple[str, str, str, str]:
    shown = label(os.fsencode(item))
    try:
        found = os.stat(path)
    except OSError as error:
        return ReadError(
            shown, f"cannot be opened ({error.strerror})", "check that it is still there", "list"
        ).row
    return Found(path, shown, found.st_size, str(found.st_mtime_ns))


def _table(given: str, part_bytes: int) -> Found | tuple[str, str, str, str]:
    path = given if "://" in given else os.path.abspath(given)
    try:
        size, mark = sources.stamp(path)
        pieces = [{**piece, "shown": given} for piece in sources.slices(path, part_bytes)]
    except ReadError as error:
        return ReadError(given, error.reason, error.way_out, error.stage).row
    return Found(path, given, size, mark, pieces)


_LISTING = """
CREATE TEMP TABLE listing (
  number INTEGER PRIMARY KEY, path BLOB UNIQUE, shown TEXT, bare BLOB, size INTEGER, mtime TEXT, slices TEXT,
  level INTEGER DEFAULT 0, whole INTEGER DEFAULT 0, doc TEXT);
"""


def plan(
    journal: Journal,
    found: Iterable[Found | tuple[str, str, str, str]],
    *,
    recheck: bool,
    retry: bool,
    part_files: int,
    part_bytes: int,
) -> int:
    """Takes the listing in and settles which parts are to be done; all of it or nothing.

    Args:
        journal: of the run.
        found: files, and rows of the errors table for what could not be listed.
        recheck: hash every file, not only those whose size or time differ.
        retry: read again what failed before.
        part_files, part_bytes: where a part of new files ends.

    Returns:
        how many files were found.

    Raises:
        QzError: nothing was found.
    """
    base = journal.base
    base.create_function("spoken", 3, _spoken, deterministic=True)
    base.executescript("DROP TABLE IF EXISTS temp.listing;" + _LISTING)
    with journal.whole():
        base.execute("DELETE FROM errors WHERE part = ?", (LISTED,))
        count = _list(journal, found)
        if not count:
            row = base.execute(
                "SELECT file, reason, way_out FROM errors WHERE part = ?", (LISTED,)
            ).fetchone()
            raise QzError(
                "{}: {}; {}".format(*row) if row else "nothing to read; give files or folders"
            )
        _name(journal)
        _drop(journal)
        _mark(journal, recheck, retry)
        _add(journal, part_files, part_bytes)
    base.execute("DROP TABLE temp.listing")
    return count


def _list(journal: Journal, found: Iterable[Found | tuple[str, str, str, str]]) -> int:
    insert = "INSERT OR IGNORE INTO listing (path, shown, bare, size, mtime, slices) VALUES (?, ?, ?, ?, ?, ?)"
    for one in found:
        if not isinstance(one, Found):
            journal.note(LISTED, None, one)
            continue
        path = _key(one.path)
        slices = None if one.slices is None else json.dumps(one.slices)
        journal.base.execute(
            insert,
            (path, one.shown, _key(os.path.splitext(one.path)[0]), one.size, one.mtime, slices),
        )
    count: int = journal.base.execute("SELECT count(*) FROM listing").fetchone()[0]
    return count


def _name(journal: Journal) -> None:
    """Gives each document the shortest name that no other has: stem, folder/stem, …; with the suffix where that alone differs."""
    run = journal.base.execute
    run("CREATE INDEX temp.listing_bare ON listing (bare)")
    run(
        "UPDATE listing SET whole = 1 WHERE bare IN (SELECT bare FROM listing GROUP BY bare HAVING count(*) > 1)"
    )
    run("UPDATE listing SET doc = spoken(path, 0, 0)")
    run("CREATE INDEX temp.listing_doc ON listing (doc)")
    same = "SELECT doc FROM listing GROUP BY doc HAVING count(*) > 1"
    for level in range(1, DEEPEST):
        if not run(
            f"UPDATE listing SET level = ?1, doc = spoken(path, ?1, whole) WHERE doc IN ({same})",
            (level,),
        ).rowcount:
            return
    twins = run(
        f"SELECT doc, number FROM listing WHERE doc IN ({same}) ORDER BY doc, path"
    ).fetchall()
    for (doc, number), (before, _) in zip(twins[1:], twins, strict=False):
        if doc == before:
            run("UPDATE listing SET doc = doc || '#' || number WHERE number = ?", (number,))


def _drop(journal: Journal) -> None:
    """Lets go of files that are no longer there, and of tables that are not as they were."""
    run = journal.base.execute
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
        journal.put(finished="")


def _mark(journal: Journal, recheck: bool, retry: bool) -> None:
    """Marks files that must be read: changed ones, renamed ones, failed ones that may do better now."""
    run = journal.base.execute
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
        journal.put(finished="")


def _add(journal: Journal, part_files: int, part_bytes: int) -> None:
    """New files go into new parts, in the order of the listing."""
    run = journal.base.execute
    run("DELETE FROM listing WHERE path IN (SELECT path FROM files)")
    new = run("SELECT path, shown, doc, size, mtime, slices FROM listing ORDER BY number")
    part, count, size = 0, 0, 0
    for path, shown, doc, bytes_, mtime, slices in new:
        if slices is None and (not part or count >= part_files or size + bytes_ > part_bytes):
            part, count, size = _part(journal, None), 0, 0
        number = run(
            "INSERT INTO files (path, shown, doc, size, mtime, sha256, part) VALUES (?, ?, ?, ?, ?, '', ?)",
            (path, shown, doc, bytes_, mtime, part),
        ).lastrowid
        if slices is None:
            count, size = count + 1, size + bytes_
            run("UPDATE parts SET bytes = ? WHERE number = ?", (size, part))
            continue
        # a table has parts of its own; files behind it begin another
        own = [_part(journal, {**piece, "file": number}) for piece in json.loads(slices)]
        run("UPDATE files SET part = ? WHERE number = ?", (own[0], number))
        part = 0


def _part(journal: Journal, piece: dict[str, Any] | None) -> int:
    journal.put(finished="")
    size = piece.get("bytes", 0) if piece else 0
    made = journal.base.execute(
        "INSERT INTO parts (bytes, slice) VALUES (?, ?)",
        (size, json.dumps(piece) if piece else None),
    )
    return int(made.lastrowid or 0)


def _key(path: str) -> bytes:
    """A path as bytes: a name in GBK has no other spelling."""
    return os.fsencode(path)


def _spoken(path: bytes, level: int, whole: int) -> str:
    return spoken(os.fsdecode(path), level, bool(whole))
