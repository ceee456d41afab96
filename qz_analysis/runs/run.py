"""Extracts files of any number into the tables of a folder.

The work is planned in parts, done side by side, and gone on with wherever it was stopped.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from ..errors import QzError
from ..extraction.apply import by_hash
from ..extraction.corrections import HEAD, Given, collected
from ..readers import sidecar
from ..readers.find import STATE, WRITTEN
from ..readers.recognise import there
from ..vocabularies.session import files_in_force
from .finish import finish, sizes
from .journal import ErrorRow, Journal, PendingPart, examined
from .parts import TABLES, part_folder, totals
from .plan import Layout, list_inputs, plan
from .sources import expand
from .workers import RESUME, Job, Limits, Pool, Result

_JOURNAL = "journal.sqlite"
#: the journal as it was when the last run came to its end
_COPY = "copy.sqlite"
_LONG_RUN = 50
_RECOGNISED = 0.8  # of a file's seconds its pictures may be recognised for
_ERRORS_SHOWN = 20
#: programs that read kinds of files: with a new one, what failed is tried again
_PROGRAMS = ("antiword", "catdoc", "soffice", "libreoffice")


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    files: int
    read: int
    errors: Sequence[ErrorRow] = field(repr=False)
    failed: int
    made: list[Path]
    seconds: float
    bytes: int
    #: rows of the parts by table, `LACKING` among them; of documents those with a name of their own
    counts: Mapping[str, int] = field(repr=False, default_factory=dict)

    def summary(self) -> str:
        """One line on what was read and how fast.

        >>> Outcome(3, 3, [], 1, [], 2.0, 4_000_000).summary()
        '3 files, 4.0 MB, 2 s, 1.5 files/s; 1 could not be read: see the errors table'
        """
        minutes, seconds = divmod(round(self.seconds), 60)
        took = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        rate = self.read / max(self.seconds, 1e-9)
        failed = f"; {self.failed:,} could not be read: see the errors table" if self.failed else ""
        speed = f"{rate:,.{0 if rate > 10 else 1}f} files/s"
        return f"{self.read:,} files, {self.bytes / 1e6:,.1f} MB, {took}, {speed}{failed}"


def run(
    paths: Sequence[str | Path],
    out: Path | str,
    *,
    kind: str = "csv",
    workers: int | None = None,
    cluster: str = "",
    keep_text: bool = False,
    raw_cells: bool = False,
    limits: Limits | None = None,
    recheck: bool = False,
    corrections: Given = (),
    documents: sidecar.Given = None,
    scans: bool = False,
    part_files: int = 256,
    part_bytes: int = 16 << 20,
    tell: Callable[[str], None] = lambda line: None,
) -> Outcome:
    """Extracts files into the tables of a folder, going on where an earlier run was stopped."""
    if scans:
        there()
    begun, limits = time.monotonic(), limits or Limits()
    given = tuple(collected(corrections))
    known = sidecar.sidecar(documents, paths)
    layout = Layout(Path(out).absolute(), kind, raw_cells, keep_text, given, known, scans)
    inputs = [piece for path in paths for piece in expand(str(path))]
    if kind == "parquet" and find_spec("pyarrow") is None:
        raise QzError('--format parquet needs pyarrow: pip install "qz-analysis[parquet]"')
    state = layout.out / ".qz"
    try:
        state.mkdir(parents=True, exist_ok=True)
        with _locked(layout.out), _opened(state, tell) as journal:
            _start_anew_if_outdated(journal, layout, tell)
            conditions = reading_conditions(limits)
            total = plan(
                journal, list_inputs(inputs, layout, part_bytes), recheck=recheck,
                retry=journal.get("conditions") != conditions,
                part_files=part_files, part_bytes=part_bytes,
            )  # fmt: skip
            journal.put(conditions=conditions)
            layout.recover(journal, tell)
            layout.recheck(journal, tell)
            _mark_corrected(journal, layout)
            _mark_known(journal, layout, tell)
            read, size, parts = journal.pending_totals()
            if total > read:
                tell(f"{total - read:,} files unchanged, {read:,} to read")
            if parts:
                count = min(workers or _cores(), parts)
                _extract_parts(journal, layout, limits, count, cluster, size, tell)
            complete = all(path.exists() for path in layout.table_paths)
            whole = complete and sizes(layout) == json.loads(journal.get("sizes") or "{}")
            if journal.get("finished") != "yes" or not whole:
                finish(layout, journal, partial(_side_by_side, workers, cluster), tell)
                journal.put(finished="yes")
                journal.copy(state / _COPY)
            if given:
                names = dict.fromkeys(one.file or "corrections" for one in given)
                tell(f"{', '.join(names)}: {journal.get('outcomes')}")
            files, failed = journal.count()
            counts = totals(layout.out, journal.parts())
            counts["documents"] -= journal.twice()
            errors = [row for row, _ in zip(journal.errors(), range(_ERRORS_SHOWN), strict=False)]
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        ):
            raise QzError(
                f"{state / _JOURNAL}: is damaged ({error}); "
                "run the same again, it goes on with what is whole"
            ) from None
        reason = error.strerror if isinstance(error, OSError) else _reason(error)
        raise QzError(f"{out}: cannot be written ({reason}); {RESUME}") from None
    seconds = time.monotonic() - begun
    outcome = Outcome(files, read, errors, failed, layout.table_paths, seconds, size, counts)
    if read >= _LONG_RUN:
        tell(outcome.summary())
    return outcome


def _reason(error: sqlite3.Error) -> str:
    """What the journal says against writing; it calls a full disk by several names."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    full = code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    return f"no space left, or the disk fails: {error}" if full else str(error)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Holds the folder's lock, which the system takes back from a process however it ends."""
    with (out / ".qz" / "lock").open("a+") as handle:
        try:
            _lock(handle)
        except OSError:
            raise QzError(
                f"{out}: another run is writing there; wait for it, or give another --out"
            ) from None
        yield


def _lock(handle: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _opened(state: Path, tell: Callable[[str], None]) -> Journal:
    """The journal of the run; one that is damaged is set aside, and the copy takes its place."""
    path, copy = state / _JOURNAL, state / _COPY
    found = examined(path)
    if found == "other":
        raise QzError(
            f"{path}: is the journal of another version of qz-analysis, which this one cannot go "
            "on with; use that version, or give another --out: what is there stays as it is"
        )
    if found == "damaged" or (found == "empty" and copy.exists()):
        aside = state / "damaged.sqlite"
        path.replace(aside) if path.exists() else None
        # what SQLite had begun belongs to the damaged file
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        kept = examined(copy) == "whole"
        if kept:
            new = state / "new-journal"
            shutil.copyfile(copy, new)
            new.replace(path)
        remedy = "what was done since the last finished run is read again"
        remedy = remedy if kept else "there is no copy of it, so that everything is read again"
        tell(f"{path}: is damaged and was moved to {aside.name}; {remedy}")
    return Journal(path)


def _start_anew_if_outdated(journal: Journal, layout: Layout, tell: Callable[[str], None]) -> None:
    """Clears the journal when the code, the vocabulary or the form of the tables changed."""
    before = journal.get("stamp")
    if not (layout.out / STATE / WRITTEN).exists():
        layout.note(_unlisted(layout.out, journal.get("kind"), before) if before else ())
    layout.refuse_foreign()
    form = f"{layout.kind} {layout.raw_cells} {layout.texts}"
    # what was recognised, and what was not, stands in the tables of one run alone
    form = f"scans {form}" if layout.scans else form
    stamp = f"{code_hash()} {vocabulary_hash()} {form}"
    if before != stamp:
        old, corrected = journal.get("kind"), journal.get("corrected")
        journal.clear()
        raw = str(layout.raw_cells)
        journal.put(stamp=stamp, kind=layout.kind, raw=raw, corrected=corrected)
        for path in layout.table_paths if old not in ("", layout.kind) else ():
            layout.remove(path.with_suffix(f".{old}"), tell)
    if layout.kind == "parquet":  # parts are published as they are done
        layout.note(path.name for path in layout.places)
    for path in layout.table_paths if layout.kind == "parquet" else ():
        # an earlier version wrote one file where the folder of the parts goes
        if path.is_file():
            layout.keep(path, tell)
            path.unlink(missing_ok=True)


def _unlisted(out: Path, kind: str, stamp: str) -> Iterator[str]:
    """What a run of an earlier version wrote, which kept no list."""
    for name in TABLES:
        if name != "texts" or kind == "parquet":
            yield f"{name}.{kind}"
    kept = kind == "csv" and stamp.endswith("True")
    for path in (out / "texts").rglob("*.txt") if kept else ():
        yield path.relative_to(out).as_posix()


def code_hash() -> str:
    """Hash of the code and the words that make the tables."""
    hashed = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*")):
        if path.suffix in {".py", ".toml"}:
            hashed.update(path.name.encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


def vocabulary_hash() -> str:
    """Hash of the user's vocabulary in force, empty without one."""
    texts = [file.text for file in files_in_force()]
    return _hash(texts) if texts else ""


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:16]


def reading_conditions(limits: Limits) -> str:
    """What decides whether a file that failed may be read now: limits, packages and programs."""
    packages = set()
    try:
        requirements = metadata.requires("qz-analysis") or []
    except metadata.PackageNotFoundError:
        requirements = []
    for line in requirements:
        name = re.match(r"[\w.-]+", line)
        if name and "files" in line.partition(";")[2]:
            try:
                packages.add(f"{name[0]} {metadata.version(name[0])}")
            except metadata.PackageNotFoundError:
                packages.add(f"{name[0]} none")
    programs = [program for program in _PROGRAMS if shutil.which(program)]
    return repr((tuple(limits), sorted(packages), programs))


def _mark_corrected(journal: Journal, layout: Layout) -> None:
    """Has the documents read again whose corrections are others than those of the last run."""
    corrections = by_hash(layout.corrections).items()
    now = {hashed: _hash([one.cells for one in own]) for hashed, own in corrections}
    before = json.loads(journal.get("corrections") or "{}")
    changed = {hashed for hashed in {*now, *before} if now.get(hashed) != before.get(hashed)}
    if changed:
        journal.mark_corrected(
            now, lambda number, token: layout.files_with_texts(number, token, changed)
        )
    every = _hash([one.cells for one in layout.corrections])
    if journal.get("corrections_hash") != every:
        journal.put(corrections_hash=every, finished="")


def _mark_known(journal: Journal, layout: Layout, tell: Callable[[str], None]) -> None:
    """Has the files read again of which tables of documents say other things than last time."""
    before = json.loads(journal.get("documents") or "{}")
    if not before and not layout.known:
        return
    now, tables = {}, False
    for path, doc, shown, is_table in journal.listed():
        rows = layout.known.packed() if is_table else layout.known.of(path, doc, shown)
        tables |= is_table
        if rows:
            now[path] = _hash(rows)
    changed = {path for path in {*now, *before} if now.get(path) != before.get(path)}
    if changed:
        journal.mark_known(now, changed)
    for told in [] if tables else layout.known.unmet():
        tell(f"{told}; mend the name, or take the row away")


def _job(part: PendingPart, common: dict[str, Any], known: sidecar.Sidecar) -> dict[str, Any]:
    """What a worker gets of a part: its files, with what tables of documents say of each."""
    for file in part.files if known else ():
        rows = known.of(file["path"], file["doc"], file["shown"])
        file["known"] = {member: sidecar.packed_rows(one) for member, one in rows.items()}
    tables = known.packed() if part.slice else []
    return {**part._asdict(), **common, "known": tables}


def _pool(workers: int, cluster: str, limits: Limits) -> Any:
    """Workers of this machine, or of a cluster."""
    if cluster:
        from .cluster import Cluster

        return Cluster(cluster, workers, limits)
    return Pool(workers, limits)


def _side_by_side(
    workers: int | None, cluster: str, jobs: Iterator[Job]
) -> Iterator[tuple[Job, Result]]:
    """Has jobs done that read no file of the user's, which might need a limit."""
    yield from _pool(workers or _cores(), cluster, Limits(memory=0)).results(jobs)


def _extract_parts(
    journal: Journal, layout: Layout, limits: Limits, workers: int, cluster: str, size: int,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Has the pending parts extracted by workers and stores each result."""
    common = {
        "out": str(layout.out),
        "kind": layout.kind,
        "raw": layout.raw_cells,
        "texts": layout.texts,
        # the rest of a file's time is for what becomes of its text
        "scans": _RECOGNISED * limits.seconds if layout.scans else 0,
        "corrections": [astuple(one)[: len(HEAD)] for one in layout.corrections if not one.fault],
        "words": files_in_force(),
    }
    jobs = (_job(part, common, layout.known) for part in journal.pending())
    pool = _pool(workers, cluster, limits)
    hidden = None if size > 1 << 20 else True
    with tqdm(
        total=size, unit="B", unit_scale=True, disable=hidden, leave=False, file=sys.stderr
    ) as bar:
        count = 0
        for job, result in pool.results(jobs):
            number, before = job["number"], job["token"]
            journal.done(number, result)
            layout.publish(number, result["token"], tell)
            if before and before != result["token"]:
                shutil.rmtree(part_folder(layout.out, number, before), ignore_errors=True)
            count += len(job["files"])
            bar.update(job["bytes"])
            bar.set_postfix_str(f"{count:,} files", refresh=False)
