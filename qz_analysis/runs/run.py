"""Extracts files of any number into the tables of a folder: planned, worked on side by side, stopped and gone on with at any moment."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from ..errors import QzError
from ..extraction.apply import by_hash
from ..extraction.corrections import HEAD, Given, collected
from ..readers.detect import label
from ..schema import VERSION
from ..vocabularies.session import files_in_force
from .finish import finish
from .journal import Journal
from .parts import TABLES
from .plan import Layout, clean, concerned, listed, plan, publish, spread
from .workers import AGAIN, Limits, Pool

__all__ = ["Outcome", "run"]


_FEW = 50
_TOLD = 20


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    files: int
    read: int
    errors: Sequence[tuple[str, ...]] = field(repr=False)
    failed: int
    made: list[Path]
    seconds: float
    bytes: int


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
    part_files: int = 256,
    part_bytes: int = 16 << 20,
    tell: Callable[[str], None] = lambda line: None,
) -> Outcome:
    """Extracts files of any number into the tables of a folder; a second run goes on where the first one was stopped.

    Args:
        paths: files, folders, archives, patterns, and Parquet or JSON-lines tables with the columns doc and text (also as
            fsspec addresses).
        out: folder for claims, relations, reports, documents and errors; what is done so far is noted in `.qz` in it.
        kind: `csv`, one file a table, or `parquet`, a folder of parts a table.
        workers: processes side by side; one per core when None.
        cluster: address of a Dask scheduler, `local` for one of its own, or nothing for processes without Dask.
        keep_text: also keep the texts that the offsets count in.
        raw_cells: leave text cells that look like formulas as they are (CSV only).
        limits: what one file may cost.
        recheck: hash every file instead of trusting size and time.
        corrections: as for `qz.tables`; what they say of a text is applied before the audit, and other ones than the last run's
            make the documents that they speak of be read again.
        part_files, part_bytes: where a part ends; the unit of work and of what a kill costs.
        tell: takes lines for the user.

    Returns:
        counts, the first errors, and the tables made.

    Raises:
        QzError: there is nothing to read, the folder cannot be written to, or another run is at work in it.
    """
    begun, limits = time.monotonic(), limits or Limits()
    layout = Layout(Path(out).absolute(), kind, raw_cells, keep_text, tuple(collected(corrections)))
    inputs = [piece for path in paths for piece in spread(str(path))]
    if kind == "parquet" and find_spec("pyarrow") is None:
        raise QzError('--format parquet needs pyarrow: pip install "qz-analysis[parquet]"')
    try:
        (layout.out / ".qz").mkdir(parents=True, exist_ok=True)
        with _alone(layout.out), Journal(layout.out / ".qz" / "journal.sqlite") as journal:
            if not journal.get("stamp"):
                _spare(layout)
            _settle(journal, layout)
            retry = journal.get("means") != (now := reading_conditions(limits))
            found = listed(inputs, layout, part_bytes)
            total = plan(
                journal,
                found,
                recheck=recheck,
                retry=retry,
                part_files=part_files,
                part_bytes=part_bytes,
            )
            journal.put(means=now)
            clean(layout, journal)
            _correct(journal, layout)
            read, size, parts = journal.waiting()
            if total > read:
                tell(f"{total - read:,} files unchanged, {read:,} to read")
            if parts:
                _work(journal, layout, limits, min(workers or _cores(), parts), cluster, size)
            if journal.get("finished") != "yes" or not all(path.exists() for path in layout.made):
                finish(layout, journal)
                journal.put(finished="yes")
            if layout.corrections:
                given = dict.fromkeys(one.file or "corrections" for one in layout.corrections)
                tell(f"{', '.join(given)}: {journal.get('outcomes')}")
            files, failed = journal.count()
            errors = [row for row, _ in zip(journal.errors(), range(_TOLD), strict=False)]
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QzError(f"{out}: cannot be written ({reason}); {AGAIN}") from None
    outcome = Outcome(files, read, errors, failed, layout.made, time.monotonic() - begun, size)
    if read >= _FEW:
        tell(summary(outcome))
    return outcome


def summary(outcome: Outcome) -> str:
    """One line on what was read and how fast.

    >>> summary(Outcome(3, 3, [], 1, [], 2.0, 4_000_000))
    '3 files, 4.0 MB, 2 s, 1.5 files/s; 1 could not be read: see the errors table'
    """
    minutes, seconds = divmod(round(outcome.seconds), 60)
    took = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    rate = outcome.read / max(outcome.seconds, 1e-9)
    bad = f"; {outcome.failed:,} could not be read: see the errors table" if outcome.failed else ""
    return f"{outcome.read:,} files, {outcome.bytes / 1e6:,.1f} MB, {took}, {rate:,.{0 if rate > 10 else 1}f} files/s{bad}"


def _spare(layout: Layout) -> None:
    """Refuses to write over a table that no run has written."""
    for path in layout.made:
        ours = [f.name for f in TABLES[path.stem][:2]]
        if path.is_dir():
            foreign = any(not inner.match("part-*.parquet") for inner in path.iterdir())
        elif path.is_file() and layout.kind == "csv":
            with path.open("rb") as handle:
                first = handle.readline(1000).decode("utf-8-sig", "replace").strip()
            foreign = bool(first) and first.split(",")[:2] != ours
        elif path.is_file():
            import pyarrow.parquet as pq

            try:
                foreign = pq.read_schema(path).names[:2] != ours
            except ValueError:
                foreign = True
        else:
            continue
        if foreign:
            raise QzError(
                f"{path}: is there and was not made by qz; move it away, or give another --out"
            )


def _settle(journal: Journal, layout: Layout) -> None:
    """Begins anew when the package, its words or the form of the tables are others than those of the last run."""
    stamp = f"{VERSION} {code_hash()} {vocabulary_hash()} {layout.kind} {layout.raw_cells} {layout.texts}"
    if journal.get("stamp") != stamp:
        old, corrected = journal.get("kind"), journal.get("corrected")
        journal.forget()
        journal.put(stamp=stamp, kind=layout.kind, raw=str(layout.raw_cells), corrected=corrected)
        for path in (
            [layout.out / f"{p.stem}.{old}" for p in layout.made]
            if old not in ("", layout.kind)
            else []
        ):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if layout.kind == "parquet":
        for path in layout.made:
            # an earlier version wrote one file where the folder of the parts goes
            if path.is_file():
                path.unlink()


def _correct(journal: Journal, layout: Layout) -> None:
    """Has the documents read again whose corrections are others than those of the last run."""
    now = {
        hashed: hashlib.sha256(
            repr([one.cells for one in mine]).encode("utf-8", "replace")
        ).hexdigest()[:16]
        for hashed, mine in by_hash(layout.corrections).items()
    }
    before = json.loads(journal.get("corrections") or "{}")
    changed = {hashed for hashed in {*now, *before} if now.get(hashed) != before.get(hashed)}
    every = hashlib.sha256(
        repr([one.cells for one in layout.corrections]).encode("utf-8", "replace")
    ).hexdigest()
    if changed:
        journal.corrections(now, lambda number, token: concerned(layout, number, token, changed))
    if journal.get("lines") != every:
        journal.put(lines=every, finished="")


def _work(
    journal: Journal, layout: Layout, limits: Limits, workers: int, cluster: str, size: int
) -> None:
    sent = [astuple(one)[: len(HEAD)] for one in layout.corrections if not one.fault]
    jobs = (
        {
            "number": job.number, "token": job.token, "bytes": job.bytes, "slice": job.slice, "out": str(layout.out),
            "kind": layout.kind, "raw": layout.raw_cells, "texts": layout.texts,
            "corrections": sent, "words": files_in_force(),
            "files": [{**file, "full": label(os.fsencode(file["path"]))} for file in job.files],
        }
        for job in journal.jobs()
    )  # fmt: skip
    pool: Any
    if cluster:
        from .cluster import Cluster

        pool = Cluster(cluster, workers, limits)
    else:
        pool = Pool(workers, limits)
    from tqdm import tqdm

    hidden = None if size > 1 << 20 else True
    with tqdm(
        total=size, unit="B", unit_scale=True, disable=hidden, leave=False, file=sys.stderr
    ) as bar:
        count = 0
        for job, result in pool.results(jobs):
            journal.done(job["number"], result)
            publish(layout, job["number"], result["token"])
            if job["token"] and job["token"] != result["token"]:
                shutil.rmtree(
                    layout.out / ".qz" / "parts" / f"{job['number']:06d}-{job['token']}",
                    ignore_errors=True,
                )
            count += len(job["files"])
            bar.update(job["bytes"])
            bar.set_postfix_str(f"{count:,} files", refresh=False)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Holds the folder's lock, which the system takes back from a process that ends in whatever way."""
    with (out / ".qz" / "lock").open("a+") as handle:
        if not _locked(handle):
            raise QzError(
                f"{out}: another run is writing there; wait for it, or give another --out"
            )
        yield


def _locked(handle: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


#: programs and packages that read kinds of files: with a new one, what failed is tried again
_TOOLS = ("antiword", "catdoc", "soffice", "libreoffice")


def code_hash() -> str:
    """Hash of the code and the words that make the tables."""
    hashed = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            hashed.update(path.name.encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


def vocabulary_hash() -> str:
    """Hash of the user's vocabulary in force, nothing without one."""
    texts = [file.text for file in files_in_force()]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16] if texts else ""


def reading_conditions(limits: Limits) -> str:
    """What decides whether a file that failed may be read now: the limits, the packages and programs that read it."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for line in _wanted():
        try:
            found.append(f"{line} {version(line)}")
        except PackageNotFoundError:
            found.append(f"{line} none")
    tools = [tool for tool in _TOOLS if shutil.which(tool)]
    return repr((tuple(limits), sorted(set(found)), tools))


def _wanted() -> list[str]:
    """Names of the packages of the extra `files`."""
    from importlib.metadata import requires

    try:
        lines = requires("qz-analysis") or []
    except ModuleNotFoundError:
        return []
    return [
        m[0]
        for line in lines
        if "files" in line.partition(";")[2] and (m := re.match(r"[\w.-]+", line))
    ]
