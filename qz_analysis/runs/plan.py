"""What a run has to do: the inputs that are there, compared with the journal, become parts."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import QzError, ReadError
from ..model import Correction
from ..outputs import aside, note
from ..readers.detect import label
from ..readers.find import DEEPEST, STATE, WRITTEN, checked, find, spoken, written
from ..readers.sidecar import Sidecar
from ..schema import raw
from . import sources
from .journal import LISTING, ErrorRow, Journal, digest
from .parts import (
    TABLES,
    damage,
    decoded,
    part_folder,
    part_tables,
    read_index,
    read_rows,
    sync,
    table_path,
)


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
    #: what tables of documents say of the files
    known: Sidecar = Sidecar([])
    #: whether pictures of pages are recognised
    scans: bool = False

    @property
    def table_paths(self) -> list[Path]:
        """The tables that the user finds."""
        absent = {"texts", *["corrected"] * (not self.corrections)}
        return [self.out / f"{name}.{self.kind}" for name in TABLES if name not in absent]

    @property
    def places(self) -> list[Path]:
        """All that the run writes into the folder: the tables, and the texts where they are kept."""
        texts = self.out / ("texts" if self.kind == "csv" else "texts.parquet")
        return [*self.table_paths, *[texts] * self.texts]

    def refuse_foreign(self) -> None:
        """Raises when something stands in the place of an output that the run did not write."""
        known = written(self.out)
        for path in self.places:
            if foreign := self._foreign(path, known):
                raise QzError(
                    f"{foreign}: is there and was not made by qz in this folder; "
                    "move it away, or give another --out"
                )

    def _foreign(self, path: Path, known: set[str]) -> Path | None:
        """What no run wrote at the place of an output, or in it."""
        if path.name in known:
            if path.suffix != ".parquet" or not path.is_dir():
                return None
            return next((one for one in path.iterdir() if not one.match("part-*.parquet")), None)
        if path.name != "texts" or not path.is_dir() or path.is_symlink():
            # an empty table is nobody's loss
            held = path.is_symlink() or (path.exists() and _size(path))
            return path if held else None
        inside = (one for one in path.rglob("*") if one.is_symlink() or not one.is_dir())
        return next(
            (one for one in inside if one.relative_to(self.out).as_posix() not in known), None
        )

    def note(self, names: Iterable[str], *, instead: str = "") -> None:
        """Lists files as written by the run, in place of those whose names begin with `instead`."""
        path = self.out / STATE / WRITTEN
        before = written(self.out) if path.exists() else set()
        kept = {name for name in before if not (instead and name.startswith(instead))}
        new = path.with_name("new-written")
        text = "".join(f"{name}\n" for name in sorted({*kept, *names}))
        new.write_bytes(text.encode("utf-8", "surrogateescape"))
        sync(new)
        new.replace(path)

    def remove(self, path: Path, tell: Callable[[str], None]) -> None:
        """Removes a table that the run wrote; what else is in its folder stays, or was changed."""
        if path.name not in written(self.out):
            return
        parts = [*path.glob("part-*.parquet")] if path.is_dir() else [path]
        for part in parts:
            self.keep(part, tell)
            part.unlink(missing_ok=True)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()

    def keep(self, path: Path, tell: Callable[[str], None]) -> None:
        """Moves a file of the run's away that somebody changed, before it goes or is made anew."""
        if place := aside(path, within=self.out):
            tell(f"{path}: is not as it was made; moved to {place.name}")

    def put(self, made: Path, path: Path, tell: Callable[[str], None]) -> None:
        """Moves the file of a Parquet table to its place, and notes what it is."""
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            self.keep(path, tell)
        # noted before it is there: what a stop leaves behind is the run's own
        note(self.out, {path.relative_to(self.out).as_posix(): made})
        made.replace(path)

    def recheck(self, journal: Journal, tell: Callable[[str], None]) -> None:
        """Has the parts done again whose files are damaged or gone."""
        for number, token in journal.parts():
            if fault := damage(self.out, self.kind, number, token):
                journal.lost(number)
                tables = (table_path(self.out, self.kind, name, number, token) for name in TABLES)
                for path in tables if self.kind != "csv" else ():
                    self.keep(path, tell)
                shutil.rmtree(part_folder(self.out, number, token), ignore_errors=True)
                tell(f"{fault}; the documents of this part are read again")

    def rows(
        self, name: str, number: int, token: str, docs: set[str] | None = None
    ) -> Iterator[list[Any]]:
        """Rows of a table of a finished part, with the types of its columns; those of some documents
        alone, if they are given.
        """
        # only CSV has apostrophes before cells that look like formulas
        as_they_are = self.raw_cells or self.kind != "csv"
        path = table_path(self.out, self.kind, name, number, token)
        found = read_rows(path, docs, str if as_they_are else raw)
        return decoded(found, TABLES[name], raw_cells=as_they_are)

    def publish(self, number: int, token: str, tell: Callable[[str], None]) -> None:
        """Moves the Parquet files of a finished part into their tables' folders, if not done."""
        if self.kind == "csv":
            return
        for name in part_tables(texts=self.texts, corrections=bool(self.corrections)):
            made = part_folder(self.out, number, token) / f"{name}.parquet"
            if made.exists():
                self.put(made, table_path(self.out, self.kind, name, number, token), tell)

    def recover(self, journal: Journal, tell: Callable[[str], None]) -> None:
        """Publishes what a stopped run had finished and removes what it had only begun."""
        known = dict(journal.parts())
        for folder in (self.out / ".qz").glob("parts/*-*"):
            number, _, token = folder.name.partition("-")
            if number.isdecimal() and known.get(int(number)) == token:
                self.publish(int(number), token, tell)
            else:
                shutil.rmtree(folder, ignore_errors=True)
        mine = written(self.out)
        for name in TABLES:
            folder = self.out / f"{name}.parquet"
            for path in folder.glob("part-[0-9]*.parquet") if folder.name in mine else ():
                if int(path.stem.removeprefix("part-")) not in known:
                    self.keep(path, tell)
                    path.unlink(missing_ok=True)
        for path in (self.out / ".qz").glob("new-*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def files_with_texts(self, number: int, token: str, hashes: set[str]) -> list[int]:
        """Numbers of a finished part's files with one of these texts; 0 in a slice of a table."""
        documents = enumerate(self.rows("documents", number, token))
        at = [position for position, row in documents if row[-1] in hashes]
        if not at:
            return []
        index = read_index(part_folder(self.out, number, token))
        ends = [(counts["documents"], int(file)) for file, counts in index["rows"].items()]
        return sorted({next((file for end, file in ends if i < end), 0) for i in at})


def list_inputs(inputs: list[str], layout: Layout, part_bytes: int) -> Iterator[Found | ErrorRow]:
    """Files in a steady order and errors of what could not be listed; nothing that a run wrote."""
    mine = {name.partition("/")[0] for name in written(layout.out)}
    own = [str(layout.out / name) for name in (STATE, *mine)]
    own += {os.path.abspath(one.file) for one in layout.corrections if one.line}
    own += layout.known.files
    for given in inputs:
        if sources.is_table(given):
            yield _table(given, part_bytes)
            continue
        if "://" in given:
            raise QzError(
                f"{given}: only tables ({', '.join(sources.SUFFIXES)}) are read from an address; "
                "mount or copy the files"
            )
        for item in find([given], known=layout.out, scans=layout.scans):
            path = os.path.abspath(item.file if isinstance(item, ReadError) else item)
            if not any(path == name or path.startswith(name + os.sep) for name in own):
                yield item.row if isinstance(item, ReadError) else _file(item, path)


def _file(item: Path, path: str) -> Found | ErrorRow:
    shown = label(os.fsencode(item))
    try:
        found = os.stat(path)
    except OSError as error:
        reason = f"cannot be opened ({error.strerror})"
        return ReadError(shown, reason, "check that it is still there", "list").row
    return Found(path, shown, found.st_size, str(found.st_mtime_ns))


def _table(given: str, part_bytes: int) -> Found | ErrorRow:
    path = given if "://" in given else os.path.abspath(given)
    if "://" not in given and os.path.exists(path):
        item = checked(Path(given))  # a pipe or a device may never end
        if isinstance(item, ReadError):
            return item.row
    try:
        size, version = sources.version(path)
        slices = [{**piece, "shown": given} for piece in sources.slices(path, part_bytes)]
    except ReadError as error:
        return ReadError(given, error.reason, error.way_out, error.stage).row
    return Found(path, given, size, version, slices)


def _size(path: Path) -> bool:
    """Whether something is in a file or folder."""
    return any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0


_LISTING = """
DROP TABLE IF EXISTS temp.listing;
CREATE TEMP TABLE listing (
  number INTEGER PRIMARY KEY, path BLOB UNIQUE, shown TEXT, stem BLOB, size INTEGER, mtime TEXT,
  slices TEXT, level INTEGER DEFAULT 0, suffixed INTEGER DEFAULT 0, doc TEXT);
"""
_LIST = """
INSERT OR IGNORE INTO listing (path, shown, stem, size, mtime, slices) VALUES (?, ?, ?, ?, ?, ?)
"""
_DIFFERS = "files.size != listing.size OR files.mtime != listing.mtime"
_GONE = f"""
CREATE TEMP TABLE gone AS SELECT number FROM files WHERE path NOT IN (SELECT path FROM listing)
UNION SELECT files.number FROM files JOIN listing USING (path)
JOIN parts ON parts.number = files.part WHERE parts.slice IS NOT NULL AND ({_DIFFERS})
"""


def plan(
    journal: Journal,
    found: Iterable[Found | ErrorRow],
    *,
    recheck: bool,
    retry: bool,
    part_files: int,
    part_bytes: int,
) -> int:
    """Stores the listing and which parts are to be done, or nothing; returns the number of files.

    With `recheck` every file is hashed, not only those whose size or time differ; with `retry`
    what failed before is read again. `part_files` and `part_bytes` are where a new part ends.
    """
    base = journal.base
    base.create_function(
        "spoken", 3, lambda path, level, suffixed: spoken(os.fsdecode(path), level, bool(suffixed))
    )
    base.executescript(_LISTING)
    with journal.transaction():
        base.execute("DELETE FROM errors WHERE part = ?", (LISTING,))
        count = _store_listing(journal, found)
        if not count:
            query = "SELECT file, reason, way_out FROM errors WHERE part = ?"
            row = base.execute(query, (LISTING,)).fetchone()
            raise QzError(
                "{}: {}; {}".format(*row) if row else "nothing to read; give files or folders"
            )
        _name_documents(journal)
        _remove_gone(journal)
        _mark_changed(journal, recheck, retry)
        _add_new(journal, part_files, part_bytes)
    base.execute("DROP TABLE temp.listing")
    return count


def _store_listing(journal: Journal, found: Iterable[Found | ErrorRow]) -> int:
    for one in found:
        if not isinstance(one, Found):
            journal.add_error(LISTING, one)
            continue
        # paths are bytes, because a name in GBK has no other spelling
        path, stem = os.fsencode(one.path), os.fsencode(os.path.splitext(one.path)[0])
        slices = None if one.slices is None else json.dumps(one.slices)
        journal.base.execute(_LIST, (path, one.shown, stem, one.size, one.mtime, slices))
    count: int = journal.base.execute("SELECT count(*) FROM listing").fetchone()[0]
    return count


def _name_documents(journal: Journal) -> None:
    """Gives each document the shortest name of its own, from its stem, folders and suffix."""
    run = journal.base.execute
    run("CREATE INDEX temp.listing_stem ON listing (stem)")
    same = "SELECT stem FROM listing GROUP BY stem HAVING count(*) > 1"
    run(f"UPDATE listing SET suffixed = 1 WHERE stem IN ({same})")
    run("UPDATE listing SET doc = spoken(path, 0, 0)")
    run("CREATE INDEX temp.listing_doc ON listing (doc)")
    same = "SELECT doc FROM listing GROUP BY doc HAVING count(*) > 1"
    longer = (
        f"UPDATE listing SET level = ?1, doc = spoken(path, ?1, suffixed) WHERE doc IN ({same})"
    )
    for level in range(1, DEEPEST):
        if not run(longer, (level,)).rowcount:
            return
    query = f"SELECT doc, number FROM listing WHERE doc IN ({same}) ORDER BY doc, path"
    twins = run(query).fetchall()
    for (doc, number), (before, _) in zip(twins[1:], twins, strict=False):
        if doc == before:
            run("UPDATE listing SET doc = doc || '#' || number WHERE number = ?", (number,))


def _remove_gone(journal: Journal) -> None:
    """Removes files that are no longer there, and tables that are not as they were."""
    run = journal.base.execute
    run(_GONE)
    parts = "SELECT part FROM files WHERE number IN (SELECT number FROM gone)"
    changed = run(f"UPDATE parts SET todo = 1 WHERE slice IS NULL AND number IN ({parts})").rowcount
    # a table's parts carry its path: they go with it
    changed += run(
        "DELETE FROM parts WHERE slice IS NOT NULL"
        " AND json_extract(slice, '$.file') IN (SELECT number FROM gone)"
    ).rowcount
    run("DELETE FROM files WHERE number IN (SELECT number FROM gone)")
    run("DROP TABLE gone")
    run("DELETE FROM parts WHERE slice IS NULL AND number NOT IN (SELECT part FROM files)")
    run("DELETE FROM errors WHERE part >= 0 AND part NOT IN (SELECT number FROM parts)")
    if changed:
        journal.put(finished="")


def _mark_changed(journal: Journal, recheck: bool, retry: bool) -> None:
    """Marks files to be read: changed ones, renamed ones, failed ones that may do better now."""
    run = journal.base.execute
    rows = run(
        "SELECT listing.size, listing.mtime, files.sha256, files.number, files.path FROM files"
        " JOIN listing USING (path) JOIN parts ON parts.number = files.part"
        f" WHERE parts.slice IS NULL AND sha256 != '' AND ({'1' if recheck else _DIFFERS})"
    ).fetchall()
    for size, mtime, known, number, path in rows:
        hashed = known if digest(os.fsdecode(path)) == known else ""
        run(
            "UPDATE files SET size = ?, mtime = ?, sha256 = ? WHERE number = ?",
            (size, mtime, hashed, number),
        )
    run(
        "UPDATE files SET doc = listing.doc, shown = listing.shown, sha256 = '' FROM listing"
        " WHERE listing.path = files.path AND listing.doc != files.doc AND listing.slices IS NULL"
    )
    run("UPDATE files SET sha256 = '' WHERE failed >= ?", (1 if retry else 2,))
    stale = (
        "SELECT files.part FROM files JOIN parts ON parts.number = files.part"
        " WHERE files.sha256 = '' AND parts.slice IS NULL"
    )
    if retry:
        stale += " UNION SELECT part FROM errors WHERE part >= 0"
    if run(f"UPDATE parts SET todo = 1 WHERE number IN ({stale})").rowcount:
        journal.put(finished="")


def _add_new(journal: Journal, part_files: int, part_bytes: int) -> None:
    """Puts new files into new parts, in the order of the listing."""
    run = journal.base.execute
    run("DELETE FROM listing WHERE path IN (SELECT path FROM files)")
    part, count, total = 0, 0, 0
    for *columns, size, slices in run(
        "SELECT path, shown, doc, mtime, size, slices FROM listing ORDER BY number"
    ):
        if slices is None and (not part or count >= part_files or total + size > part_bytes):
            part, count, total = _new_part(journal, None), 0, 0
        number = run(
            "INSERT INTO files (path, shown, doc, mtime, size, sha256, part)"
            " VALUES (?, ?, ?, ?, ?, '', ?)",
            (*columns, size, part),
        ).lastrowid
        if slices is None:
            count, total = count + 1, total + size
            run("UPDATE parts SET bytes = ? WHERE number = ?", (total, part))
            continue
        # a table has parts of its own; files behind it begin another
        own = [_new_part(journal, {**piece, "file": number}) for piece in json.loads(slices)]
        run("UPDATE files SET part = ? WHERE number = ?", (own[0], number))
        part = 0


def _new_part(journal: Journal, piece: dict[str, Any] | None) -> int:
    journal.put(finished="")
    values = (piece.get("bytes", 0), json.dumps(piece)) if piece else (0, None)
    made = journal.base.execute("INSERT INTO parts (bytes, slice) VALUES (?, ?)", values)
    return int(made.lastrowid or 0)
