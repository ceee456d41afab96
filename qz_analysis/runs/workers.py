"""Workers: child processes that are watched and replaced, so that a bad file costs itself alone."""

import json
import mmap
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import QzError
from .child import BEAT, STAGES, Job, Result, tell

__all__ = ["Limits", "Pool", "Worker"]

_START = "import sys; sys.path.append(sys.argv.pop(1)); from qz_analysis.runs.child import serve; serve()"
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
            return f"took longer than {self._limits.seconds:g} s", "raise --file-seconds, or divide the file"
        return "the worker process ended while at it, twice", "raise --file-memory, or save its text as .txt"


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
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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
