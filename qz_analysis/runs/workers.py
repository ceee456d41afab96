"""Child processes that read the files of a part and write its tables, watched and replaced so that a bad file costs only itself."""

import json
import mmap
import os
import queue
import signal
import struct
import subprocess
import sys
import tempfile
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
from ..extraction.corrections import Correction, text_hash
from ..script import printable
from ..vocabularies.session import take
from . import sources
from .journal import digest
from .parts import TABLES, Writer, folder_of, held, read_rows, read_signatures

__all__ = ["AGAIN", "Job", "Limits", "Pool", "Result", "Worker"]


#: number and stage of the item in work, and when it was begun
BEAT = struct.Struct("<qqd")
STAGES = ("read", "extract")
AGAIN = "make room or mend the permissions and run the same again, it goes on where it stopped"
Job = dict[str, Any]
Result = dict[str, Any]


def serve() -> None:
    """The child's whole life: jobs in, tables out, until the pipe closes."""
    path, memory = sys.argv[1:3]
    # Ctrl-C reaches the whole group; the driver alone decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # what a library prints must not mix with the answers
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    questions = os.fdopen(os.dup(0), "r")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with open(path, "r+b") as handle:
        beat = mmap.mmap(handle.fileno(), BEAT.size)
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(questions, jobs), daemon=True).start()
    from . import tables  # noqa: F401  what it costs is the worker's own, no file's

    _bound(int(memory))
    while True:
        job = json.loads(jobs.get())
        try:
            take(job.get("words", ()))
            result = _Part(job, beat).result()
        except OSError as error:
            result = {"stop": f"{job['out']}: cannot be written ({error.strerror}); {AGAIN}"}
        except (QzError, ImportError) as error:
            result = {"stop": str(error)}
        tell(answers, result)


def _hear(questions: IO[str], jobs: "queue.SimpleQueue[str]") -> None:
    for line in questions:
        jobs.put(line)
    os._exit(0)  # the driver is gone


def _bound(memory: int) -> None:
    """Lets the process have so many MB more, where the system can say that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (used + (memory << 20),) * 2)


class _Part:
    """One part in the child."""

    def __init__(self, job: Job, beat: mmap.mmap) -> None:
        self._job, self._beat = job, beat
        self._out = Path(job["out"])
        self._errors: list[list[Any]] = []
        self._files: dict[str, list[Any]] = {}
        self._index: dict[str, dict[str, int]] = {}
        self._corrections = by_hash(Correction(*cells) for cells in job["corrections"])

    def result(self) -> Result:
        job, token = self._job, uuid.uuid4().hex[:12]
        left = {
            "errors",
            *["texts"] * (not job["texts"]),
            *["corrected"] * (not job["corrections"]),
        }
        names = [name for name in TABLES if name not in left]
        folder = folder_of(self._out, job["number"], token)
        lines = 0
        with Writer(folder, job["kind"], names, raw_cells=job["raw"]) as self._to:
            if job["slice"]:
                lines = self._table(job["slice"])
            else:
                kept = _Kept(job, names) if any(file["keep"] for file in job["files"]) else None
                for item, file in enumerate(job["files"]):
                    if kept and file["keep"]:
                        kept.carry(str(file["number"]), self._to, self._errors)
                    else:
                        self._file(item, file)
                    self._index[str(file["number"])] = self._to.counts()
            self._say(-1, 0)
            (folder / "index.json").write_text(
                json.dumps({"rows": self._index, "errors": self._errors})
            )
            self._to.close()
        return {
            "token": token,
            "lines": lines,
            "files": self._files,
            "errors": [row[1:] for row in self._errors],
        }

    def _file(self, item: int, file: dict[str, Any]) -> None:
        from ..readers.read import file_documents

        number = str(file["number"])
        reason = self._job["failed"].get(str(item))
        self._say(item, 0)
        hashed = digest(file["path"])
        before = len(self._errors)
        if reason:
            self._fail(number, None, ReadError(file["shown"], reason[1], reason[2], reason[0]))
        else:
            try:
                for found in file_documents(file["path"], doc=file["doc"]):
                    self._take(item, number, None, found, file)
            except Exception as error:
                self._fail(number, None, _slip(file["shown"], error, "read"))
        self._files[number] = [
            hashed,
            (2 if not hashed else 1) if len(self._errors) > before else 0,
        ]

    def _table(self, piece: dict[str, Any]) -> int:
        number, shown = str(piece["file"]), piece["shown"]
        line = 0
        try:
            self._say(0, 0)
            for line, found in sources.rows(piece, shown):
                if reason := self._job["failed"].get(str(line)):
                    found = ReadError(shown, reason[1], reason[2], reason[0])
                self._take(line, number, line, found, None)
                self._say(line + 1, 0)
        except ReadError as error:
            self._fail(number, None, error)
        except Exception as error:
            self._fail(number, line + 1, _slip(shown, error, "read"))
        return line

    def _take(
        self, item: int, number: str, line: int | None, found: Any, file: dict[str, Any] | None
    ) -> None:
        """Writes the rows of one document, or notes why there are none."""
        from .tables import gather

        if isinstance(found, ReadError):
            self._fail(number, line, found, file)
            return
        self._say(item, 1, begun=False)
        name = _as_shown(found.file, file)
        try:
            rows = gather(found, self._corrections)
        except ReadError as error:
            self._fail(number, line, ReadError(name, error.reason, error.way_out, "extract"))
            return
        except Exception as error:
            self._fail(number, line, _slip(name, error, "extract"))
            return
        self._to.add("claims", [claim.row for claim in rows.claims])
        for table in ("relations", "reports", "corrected"):
            self._to.add(table, getattr(rows, table))
        self._to.sign(rows.signatures)
        self._to.add(
            "documents",
            [(found.doc, name, found.kind, found.sha256, len(found.text), text_hash(found.text))],
        )
        self._to.add("texts", [(found.doc, found.text)])
        self._say(item, 0, begun=False)

    def _fail(
        self, number: str, line: int | None, error: ReadError, file: dict[str, Any] | None = None
    ) -> None:
        self._errors.append(
            [
                number,
                line,
                printable(_as_shown(error.file, file)),
                error.stage,
                printable(error.reason),
                error.way_out,
            ]
        )

    def _say(self, item: int, stage: int, *, begun: bool = True) -> None:
        if begun:
            self._since = time.monotonic()
        BEAT.pack_into(self._beat, 0, item, stage, self._since)


class _Kept:
    """What a part held before, its rows given file by file to files that are as they were."""

    def __init__(self, job: Job, names: list[str]) -> None:
        out, number, token = Path(job["out"]), job["number"], job["token"]
        old = json.loads((folder_of(out, number, token) / "index.json").read_text())
        self._ends, self._errors = old["rows"], old["errors"]
        paths = {name: held(out, job["kind"], name, number, token) for name in names}
        # a run without corrections left no table of what became of them
        self._rows = {
            name: list(read_rows(path)) if path.exists() else [] for name, path in paths.items()
        }
        for row in self._rows["reports"]:
            row[-1] = ""  # which report it copies is found anew
        self._signatures = list(read_signatures(folder_of(out, number, token)))
        self._begins = dict(zip(self._ends, [{}, *self._ends.values()], strict=False))

    def carry(self, number: str, to: Writer, errors: list[list[Any]]) -> None:
        begins, ends = self._begins[number], self._ends[number]
        for name, rows in self._rows.items():
            to.add(name, rows[begins.get(name, 0) : ends.get(name, 0)], carried=True)
        to.sign(self._signatures[begins.get("reports", 0) : ends["reports"]])
        errors += [row for row in self._errors if row[0] == number]


def _as_shown(name: str, file: dict[str, Any] | None) -> str:
    """The file's name as the user gave it, instead of the whole path that the worker was given."""
    return name.replace(file["full"], file["shown"], 1) if file else name


def _slip(file: str, error: Exception, stage: str) -> ReadError:
    if isinstance(error, MemoryError):
        return ReadError(
            file,
            "needs more memory than it may have",
            "raise --file-memory, or divide the file",
            stage,
        )
    return ReadError(
        file,
        f"{type(error).__name__}: {error}"[:200],
        "please report it, with the file if you may",
        stage,
    )


def tell(pipe: IO[str], message: dict[str, Any]) -> None:
    """Sends a message as one line of JSON."""
    pipe.write(json.dumps(message) + "\n")
    pipe.flush()


_START = "import sys; sys.path.append(sys.argv.pop(1)); from qz_analysis.runs.workers import serve; serve()"
_TRIES = 3


class Limits(NamedTuple):
    """What one file may cost: seconds, and MB of memory above what the worker needs anyway (0: no limit)."""

    seconds: float = 120.0
    memory: int = 2000


class _Lost(Exception):
    """A child ended, or was ended, in the middle of its work: at which item, at which stage, and whether it took too long."""

    def __init__(self, item: int, stage: str, late: bool) -> None:
        super().__init__(item)
        self.item, self.stage, self.late = item, stage, late


class Worker:
    """Does parts in a child process of its own, which is watched and replaced when it hangs or dies.

    Args:
        limits: what one file may cost.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: _Child | None = None
        self._closed = False
        self._turn = threading.Lock()

    def do(self, job: Job) -> Result:
        """One part, whatever its files do.

        Args:
            job: what `batches` sends: the files or the slice, and where the tables go.

        Returns:
            the token of the folder written, the hash of each file, and the errors.

        Raises:
            QzError: nothing can be written (disk full, no permission), or no child stays alive.
        """
        failed: dict[str, list[str]] = {}
        tries: Counter[int] = Counter()
        while True:
            try:
                result = self._alive().ask({**job, "failed": failed}, self._limits.seconds)
            except _Lost as lost:
                self._end()
                tries[lost.item] += 1
                if lost.item < 0 and tries[-1] >= _TRIES:
                    raise QzError(
                        f"a worker ended {_TRIES} times before its work was done; try --workers 1 and look for free memory"
                    ) from None
                if lost.item >= 0 and (lost.late or tries[lost.item] > 1):
                    failed[str(lost.item)] = [lost.stage, *self._reason(lost.late)]
                continue
            if "stop" in result:
                raise QzError(result["stop"])
            return result

    def close(self) -> None:
        """Ends the child, at once."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        with self._turn:
            child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _alive(self) -> "_Child":
        with self._turn:
            if self._closed:
                raise QzError("stopped")
            if self._child is None:
                self._child = _Child(self._limits.memory)
            return self._child

    def _reason(self, late: bool) -> tuple[str, str]:
        if late:
            return (
                f"took longer than {self._limits.seconds:g} s",
                "raise --file-seconds, or divide the file",
            )
        return (
            "the worker process ended while at it, twice",
            "raise --file-memory, or save its text as .txt",
        )


class _Child:
    """A child process, its messages, and the place in memory where it says what it is at."""

    def __init__(self, memory: int) -> None:
        handle, self._path = tempfile.mkstemp(prefix="qz-beat-")
        os.write(handle, BEAT.pack(-1, 0, 0.0))
        self._beat = mmap.mmap(handle, BEAT.size)
        os.close(handle)
        root = str(Path(__file__).parent.parent.parent)
        # -P: a module of the folder that the command is run in must not be taken for one of Python's own
        command = [sys.executable, "-P", "-c", _START, root, self._path, str(memory)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answers: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(ValueError, OSError):
            for line in _pipe(self._process.stdout):
                self._answers.put(json.loads(line))
        self._answers.put(None)

    def ask(self, job: Job, seconds: float) -> Result:
        """The child's answer.

        Raises:
            _Lost: there is none.
        """
        try:
            tell(_pipe(self._process.stdin), job)
        except OSError:
            raise _Lost(-1, "read", False) from None
        while True:
            try:
                answer = self._answers.get(timeout=min(0.25, seconds / 4))
            except queue.Empty:
                item, stage, begun = self._at()
                if item >= 0 and time.monotonic() - begun > seconds:
                    raise _Lost(item, stage, True) from None
                continue
            if answer is None:
                item, stage, _ = self._at()
                raise _Lost(item, stage, False)
            return answer

    def _at(self) -> tuple[int, str, float]:
        found: Any = ()
        while found != (found := BEAT.unpack(self._beat[: BEAT.size])):
            pass  # the child was writing it just now
        return found[0], STAGES[found[1]], found[2]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                _pipe(pipe).close()
        self._beat.close()
        with suppress(OSError):
            os.unlink(self._path)


class Pool:
    """Workers of this machine, side by side.

    Args:
        count: how many.
        limits: what one file may cost.
    """

    def __init__(self, count: int, limits: Limits) -> None:
        self._count, self._limits = count, limits
        self._mine = threading.local()
        self._workers: list[Worker] = []
        self._threads = ThreadPoolExecutor(count)

    def results(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Jobs with their results, as they are done; few are in flight at once."""
        waiting: dict[Future[Result], Job] = {}
        try:
            for job in jobs:
                waiting[self._threads.submit(self._do, job)] = job
                if len(waiting) > self._count:
                    yield from _done(waiting)
            while waiting:
                yield from _done(waiting)
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for worker in self._workers:
                worker.close()

    def _do(self, job: Job) -> Result:
        if not hasattr(self._mine, "worker"):
            self._mine.worker = Worker(self._limits)
            self._workers.append(self._mine.worker)
        result: Result = self._mine.worker.do(job)
        return result


def _done(waiting: dict["Future[Result]", Job]) -> Iterator[tuple[Job, Result]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise OSError("no pipe")
    return pipe
