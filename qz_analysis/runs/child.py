"""The child process of a worker: reads the files of a part, one after the other, and writes its tables."""

import json
import mmap
import os
import queue
import signal
import struct
import sys
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ..errors import QzError, ReadError
from ..extraction.apply import by_hash
from ..model import Correction
from ..script import printable
from ..vocabularies.session import take
from . import sources
from .journal import digest
from .parts import TABLES, Writer, folder_of, held, read_rows, read_signatures

__all__ = ["AGAIN", "BEAT", "STAGES", "Job", "Result", "serve", "tell"]

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
    from ..extraction import pipeline as gathering  # noqa: F401  what it costs is the worker's own, no file's

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
        left = {"errors", *["texts"] * (not job["texts"]), *["corrected"] * (not job["corrections"])}
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
            (folder / "index.json").write_text(json.dumps({"rows": self._index, "errors": self._errors}))
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
        self._files[number] = [hashed, (2 if not hashed else 1) if len(self._errors) > before else 0]

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

    def _take(self, item: int, number: str, line: int | None, found: Any, file: dict[str, Any] | None) -> None:
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
        for table in ("claims", "relations", "reports", "corrected"):
            self._to.add(table, getattr(rows, table))
        self._to.sign(rows.signatures)
        self._to.add("documents", [(found.doc, name, found.kind, found.sha256, len(found.text), found.hash)])
        self._to.add("texts", [(found.doc, found.text)])
        self._say(item, 0, begun=False)

    def _fail(self, number: str, line: int | None, error: ReadError, file: dict[str, Any] | None = None) -> None:
        self._errors.append(
            [number, line, printable(_as_shown(error.file, file)), error.stage, printable(error.reason), error.way_out]
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
        self._rows = {name: list(read_rows(path)) if path.exists() else [] for name, path in paths.items()}
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
        return ReadError(file, "needs more memory than it may have", "raise --file-memory, or divide the file", stage)
    return ReadError(
        file, f"{type(error).__name__}: {error}"[:200], "please report it, with the file if you may", stage
    )


def tell(pipe: IO[str], message: dict[str, Any]) -> None:
    """Sends a message as one line of JSON."""
    pipe.write(json.dumps(message) + "\n")
    pipe.flush()
