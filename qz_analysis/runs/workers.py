"""Child processes that read the files of a part and write its tables.

A child is watched and replaced when it dies, hangs or takes too much memory, so that a bad file
costs only itself.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import QzError, ReadError
from ..extraction.apply import by_hash
from ..extraction.corrections import text_hash
from ..model import Correction, Document
from ..readers.detect import label
from ..readers.read import file_documents
from ..readers.sidecar import Sidecar, unpacked, with_rows
from ..script import printable
from ..vocabularies.session import take
from . import sources
from .journal import UNHASHED, digest
from .parts import (
    Writer,
    part_folder,
    part_tables,
    read_index,
    read_rows,
    read_signatures,
    table_path,
)
from .tables import gather

#: in place of the number of an item: the child is at none
_IDLE = -1
_START = """
import sys; sys.path.append(sys.argv.pop(1))
from qz_analysis.runs.workers import serve; serve()
"""
_TRIES = 3
RESUME = "make room or mend the permissions and run the same again, it goes on where it stopped"
Job = dict[str, Any]
Result = dict[str, Any]


class Limits(NamedTuple):
    """What one file may cost: seconds, and MB of memory above what the worker needs anyway.

    Zero MB stand for no limit of the memory.
    """

    seconds: float = 120.0
    memory: int = 2000


class Pool:
    """Workers of this machine, side by side."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._count, self._limits = count, limits
        self._local = threading.local()
        self._workers: list[Worker] = []
        self._threads = ThreadPoolExecutor(count)

    def results(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Jobs with their results, as they are done; few are in flight at once."""
        waiting: dict[Future[Result], Job] = {}
        try:
            for job in jobs:
                waiting[self._threads.submit(self._run, job)] = job
                if len(waiting) > self._count:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for worker in self._workers:
                worker.close()

    def _run(self, job: Job) -> Result:
        if not hasattr(self._local, "worker"):
            self._local.worker = Worker(self._limits)
            self._workers.append(self._local.worker)
        result: Result = self._local.worker.run(job)
        return result


def _finished(waiting: dict["Future[Result]", Job]) -> Iterator[tuple[Job, Result]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


class Worker:
    """Does parts in a child process of its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: _Child | None = None
        self._closed = False
        self._lock = threading.Lock()

    def run(self, job: Job) -> Result:
        """The result of a part, whatever its files do to the child."""
        failed: dict[str, list[str]] = {}
        tries: Counter[int] = Counter()
        while True:
            try:
                result = self._running_child().ask({**job, "failed": failed}, self._limits.seconds)
            except _ChildLost as lost:
                self._kill()
                tries[lost.item] += 1
                if lost.item == _IDLE and tries[_IDLE] >= _TRIES:
                    raise QzError(
                        f"a worker ended {_TRIES} times before its work was done; "
                        "try --workers 1 and look for free memory"
                    ) from None
                if lost.item != _IDLE and (lost.late or tries[lost.item] > 1):
                    failed[str(lost.item)] = [lost.stage, *self._reason(lost.late)]
                continue
            if "stop" in result:
                raise QzError(result["stop"])
            return result

    def close(self) -> None:
        """Ends the child, at once."""
        self._closed = True
        self._kill()

    def _kill(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _running_child(self) -> "_Child":
        with self._lock:
            if self._closed:
                raise QzError("stopped")
            if self._child is None:
                self._child = _Child(self._limits.memory)
            return self._child

    def _reason(self, late: bool) -> tuple[str, str]:
        if late:
            reason = f"took longer than {self._limits.seconds:g} s"
            return reason, "raise --file-seconds, or divide the file"
        reason = "the worker process ended while at it, twice"
        return reason, "raise --file-memory, or save its text as .txt"


class _ChildLost(Exception):
    """A child ended, or took too long, at an item and a stage of its work."""

    def __init__(self, item: int, stage: str, late: bool) -> None:
        super().__init__(item)
        self.item, self.stage, self.late = item, stage, late


class _Child:
    """A child process, the item and stage that it said it is at, since when, and its answers."""

    def __init__(self, memory: int) -> None:
        root = str(Path(__file__).parents[2])
        # -P: a module of the folder that the command is run in must not hide one of Python's own
        command = [sys.executable, "-P", "-c", _START, root, str(memory)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answers: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._progress: tuple[int, str, float] = _IDLE, "read", 0.0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(ValueError, OSError):
            for line in _open_pipe(self._process.stdout):
                message = json.loads(line)
                if "item" in message:
                    self._progress = message["item"], message["stage"], message["begun"]
                else:
                    self._answers.put(message)
        self._answers.put(None)

    def ask(self, job: Job, seconds: float) -> Result:
        """The child's answer."""
        try:
            _send(_open_pipe(self._process.stdin), job)
        except OSError:
            raise _ChildLost(_IDLE, "read", False) from None
        while True:
            try:
                answer = self._answers.get(timeout=min(0.25, seconds / 4))
            except queue.Empty:
                item, stage, begun = self._progress
                if item != _IDLE and time.monotonic() - begun > seconds:
                    raise _ChildLost(item, stage, True) from None
                continue
            if answer is None:
                item, stage, _ = self._progress
                raise _ChildLost(item, stage, False)
            return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                _open_pipe(pipe).close()


def _open_pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise OSError("no pipe")
    return pipe


def _send(pipe: IO[str], message: dict[str, Any]) -> None:
    pipe.write(json.dumps(message) + "\n")
    pipe.flush()


def serve() -> None:
    """The child's whole life: it answers jobs with results until the pipe closes."""
    # Ctrl-C reaches the whole group; the driver alone decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # what a library prints must not mix with the answers
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    questions = os.fdopen(os.dup(0), "r")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(questions, jobs), daemon=True).start()
    _limit_memory(int(sys.argv[1]))
    while True:
        job = json.loads(jobs.get())
        try:
            if "task" in job:
                # with numpy, which the reading of files does without
                from .pairs import work

                result = work(job)
            else:
                take(job.get("words", ()))
                result = _PartExtraction(job, answers).result()
        except OSError as error:
            result = {"stop": f"{job['out']}: cannot be written ({error.strerror}); {RESUME}"}
        except (QzError, ImportError) as error:
            result = {"stop": str(error)}
        _send(answers, result)


def _receive(questions: IO[str], jobs: "queue.SimpleQueue[str]") -> None:
    for line in questions:
        jobs.put(line)
    os._exit(0)  # the driver is gone


def _limit_memory(megabytes: int) -> None:
    """Lets the process have so many MB more than it has, where the system can limit that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        if megabytes:
            resource.setrlimit(resource.RLIMIT_AS, (used + (megabytes << 20),) * 2)


class _PartExtraction:
    """Reads the files of one part, or the slice of a table, and writes its tables."""

    def __init__(self, job: Job, answers: IO[str]) -> None:
        self._job, self._answers = job, answers
        self._errors: list[list[Any]] = []
        self._files: dict[str, list[Any]] = {}
        self._corrections = by_hash(Correction(*cells) for cells in job["corrections"])

    def result(self) -> Result:
        """The folder's token, the lines of the slice, the hash of each file, and the errors."""
        job, token = self._job, uuid.uuid4().hex[:12]
        names = part_tables(texts=job["texts"], corrections=bool(job["corrections"]))
        folder = part_folder(Path(job["out"]), job["number"], token)
        lines, counts = 0, {}
        with Writer(folder, job["kind"], names, raw_cells=job["raw"]) as self._writer:
            if job["slice"]:
                lines = self._read_slice(job["slice"])
            else:
                keep = any(file["keep"] for file in job["files"])
                previous = _PreviousPart(job, names) if keep else None
                for item, file in enumerate(job["files"]):
                    number = str(file["number"])
                    if previous and file["keep"]:
                        self._errors += previous.copy(number, self._writer)
                    else:
                        self._read_file(item, number, file)
                    counts[number] = self._writer.counts()
            self._say(_IDLE)
            self._writer.close(rows=counts, errors=self._errors)
        errors = [row[1:] for row in self._errors]
        return {"token": token, "lines": lines, "files": self._files, "errors": errors}

    def _read_file(self, item: int, number: str, file: dict[str, Any]) -> None:
        failure = self._job["failed"].get(str(item))
        self._say(item)
        # what took too long would take as long again
        hashed = UNHASHED if failure else digest(file["path"])
        before = len(self._errors)
        if failure:
            self._add_error(number, None, _failed(file["shown"], failure))
        else:
            try:
                scans = self._job.get("scans", 0)
                for found in file_documents(file["path"], doc=file["doc"], scans=scans):
                    self._extract(item, number, None, _known(found, file), file)
            except Exception as error:
                self._add_error(number, None, _error_of(file["shown"], error, "read"))
        failed = (1 if hashed else 2) if len(self._errors) > before else 0
        self._files[number] = [hashed, failed]

    def _read_slice(self, piece: dict[str, Any]) -> int:
        number, shown, line = str(piece["file"]), piece["shown"], 0
        known = Sidecar([("", unpacked(rows)) for rows in self._job.get("known", [])])
        rows = sources.rows(piece, shown)
        try:
            while True:
                failure = self._job["failed"].get(str(line + 1))
                if failure and failure[0] == "read":  # what follows is behind it
                    failure = [*failure[:-1], f"{failure[-1]}; the lines behind it are not read"]
                    self._add_error(number, line + 1, _failed(shown, failure))
                    break
                self._say(line + 1)
                if (row := next(rows, None)) is None:
                    break
                line, found = row
                found = found if isinstance(found, ReadError) else known.about(found)
                self._extract(line, number, line, _failed(shown, failure) if failure else found)
        except ReadError as error:
            self._add_error(number, None, error)
        except Exception as error:
            self._add_error(number, line + 1, _error_of(shown, error, "read"))
        return line

    def _extract(
        self,
        item: int,
        number: str,
        line: int | None,
        found: Document | ReadError,
        file: dict[str, Any] | None = None,
    ) -> None:
        """Writes the rows of one document, or the error why there are none."""
        if isinstance(found, ReadError):
            self._add_error(number, line, found, file)
            return
        self._say(item, "extract", begun=False)
        name = _as_given(found.file, file)
        try:
            rows = gather(found, self._corrections)
        except Exception as error:
            self._add_error(number, line, _error_of(name, error, "extract"))
            return
        length, hashed = len(found.text), text_hash(found.text)
        self._writer.add("claims", [claim.row for claim in rows.claims])
        for table in ("relations", "reports", "corrected"):
            self._writer.add(table, getattr(rows, table))
        self._writer.add_signatures(rows.signatures)
        self._writer.add("documents", [(found.doc, name, found.kind, found.sha256, length, hashed)])
        self._writer.add("texts", [(found.doc, found.text)])
        self._say(item, begun=False)

    def _add_error(
        self, number: str, line: int | None, error: ReadError, file: dict[str, Any] | None = None
    ) -> None:
        name, reason = printable(_as_given(error.file, file)), printable(error.reason)
        self._errors.append([number, line, name, error.stage, reason, error.way_out])

    def _say(self, item: int, stage: str = "read", *, begun: bool = True) -> None:
        """Tells the driver which item is in work, at what stage, and since when."""
        if begun:
            self._begun = time.monotonic()
        _send(self._answers, {"item": item, "stage": stage, "begun": self._begun})


class _PreviousPart:
    """The rows that a part had before, by file, for the files that are as they were."""

    def __init__(self, job: Job, names: list[str]) -> None:
        out, number, token = Path(job["out"]), job["number"], job["token"]
        folder = part_folder(out, number, token)
        index = read_index(folder)
        self._ends, self._errors = index["rows"], index["errors"]
        self._begins = dict(zip(self._ends, [{}, *self._ends.values()], strict=False))
        paths = {name: table_path(out, job["kind"], name, number, token) for name in names}
        # a run without corrections left no table of what became of them
        self._rows = {
            name: list(read_rows(path)) if path.exists() else [] for name, path in paths.items()
        }
        for row in self._rows["reports"]:
            row[-1] = ""  # which report it copies is found anew
        self._signatures = list(read_signatures(folder))

    def copy(self, number: str, writer: Writer) -> list[list[Any]]:
        """Writes the rows of a file and returns its errors."""
        begins, ends = self._begins[number], self._ends[number]
        for name, rows in self._rows.items():
            writer.add(name, rows[begins.get(name, 0) : ends.get(name, 0)], encoded=True)
        writer.add_signatures(self._signatures[begins.get("reports", 0) : ends["reports"]])
        return [row for row in self._errors if row[0] == number]


def _known(found: Document | ReadError, file: dict[str, Any]) -> Document | ReadError:
    """A document of a file with what tables of documents say of it."""
    if isinstance(found, ReadError) or not file.get("known"):
        return found
    return with_rows(found, unpacked(file["known"]), label(os.fsencode(file["path"])))


def _as_given(name: str, file: dict[str, Any] | None) -> str:
    """The file's name as the user gave it, instead of the whole path that the worker was given."""
    return name.replace(label(os.fsencode(file["path"])), file["shown"], 1) if file else name


def _failed(shown: str, failure: list[str]) -> ReadError:
    stage, reason, way_out = failure
    return ReadError(shown, reason, way_out, stage)


def _error_of(file: str, error: Exception, stage: str) -> ReadError:
    """The error of a file at a stage, made of whatever was raised there."""
    if isinstance(error, ReadError):
        return ReadError(file, error.reason, error.way_out, stage)
    if isinstance(error, MemoryError):
        reason = "needs more memory than it may have"
        return ReadError(file, reason, "raise --file-memory, or divide the file", stage)
    reason = f"{type(error).__name__}: {error}"[:200]
    return ReadError(file, reason, "please report it, with the file if you may", stage)
