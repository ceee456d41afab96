"""Parts as tasks of a Dask cluster, whose workers write into the shared folder.

Losing a worker, or the scheduler, costs a retry.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from ..errors import QzError
from .workers import Job, Limits, Result, Worker

#: tasks under way for each thread of the cluster: one in work, one waiting
_AHEAD = 2
#: how often one part may be lost with its worker
_TRIES = 6
#: for how many seconds an absent scheduler is waited for
_PATIENCE = 600.0
_ANSWER = "10s"
_WORKERS: dict[Any, Worker] = {}


class Cluster:
    """A Dask cluster at an address, or of so many local processes when the address is `local`.

    Raises:
        QzError: Dask is missing, or no scheduler answers.
    """

    def __init__(self, address: str, workers: int, limits: Limits) -> None:
        try:
            import distributed
        except ImportError:
            raise QzError(
                '--cluster needs Dask: pip install "qz-analysis[cluster]", or leave it out'
            ) from None
        self._limits, self._address, self._local = limits, address, None
        if address == "local":
            self._local = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                silence_logs=50,
            )  # fmt: skip
        try:
            self._client: Any = self._connected()
        except OSError as error:
            raise QzError(
                f"{address}: no Dask scheduler answers ({error}); "
                "start one with `dask scheduler`, or use --cluster local"
            ) from None

    def _connected(self) -> Any:
        from distributed import Client

        return Client(self._local or self._address, timeout=_ANSWER, set_as_default=False)

    def results(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Jobs with their results, as they are done; lost ones are sent again."""
        from distributed import wait

        waiting: dict[Any, Job] = {}
        tries: Counter[int] = Counter()
        again: list[Job] = []
        lost = (TimeoutError, OSError, CancelledError, asyncio.CancelledError)
        try:
            more = True
            while more or waiting or again:
                while (more or again) and len(waiting) < self._capacity():
                    job = again.pop() if again else next(jobs, None)
                    if job is None:
                        more = False
                        break
                    try:
                        waiting[self._submit(job)] = job
                    except Exception:  # the connection broke just now: the loop below mends it
                        again.append(job)
                        break
                if self._client.status != "running":
                    again += waiting.values()
                    waiting.clear()
                    self._reconnect()
                    continue
                with self._client.as_current(), suppress(*lost):
                    wait(list(waiting), timeout=1, return_when="FIRST_COMPLETED")
                for future in [f for f in waiting if f.status != "pending"]:
                    job = waiting.pop(future)
                    result = self._result(future, job, tries)
                    if result is None:
                        again.append(job)
                    else:
                        yield job, result
        finally:
            self._close(waiting)

    def _capacity(self) -> int:
        with suppress(Exception):
            return max(1, sum(self._client.nthreads().values())) * _AHEAD
        return _AHEAD

    def _submit(self, job: Job) -> Any:
        key = f"qz-{job['number']}-{time.monotonic_ns()}"
        return self._client.submit(work, job, tuple(self._limits), pure=False, retries=2, key=key)

    def _result(self, future: Any, job: Job, tries: Counter[int]) -> Result | None:
        """What came of a task; None when it was lost on the way and is to be sent again."""
        if future.status == "finished":
            try:
                result: Result = future.result(timeout=60)
                return result
            except Exception:  # finished, and its worker gone before it could be asked
                return None
        error = future.exception() if future.status == "error" else None
        if isinstance(error, QzError):
            raise error
        tries[job["number"]] += 1
        if tries[job["number"]] >= _TRIES:
            raise QzError(
                f"part {job['number']} was lost {_TRIES} times ({error or future.status}); "
                "look into the logs of the workers"
            )
        return None

    def _reconnect(self) -> None:
        """Connects again, waiting longer from time to time."""
        pause, until = 0.5, time.monotonic() + _PATIENCE
        with suppress(Exception):
            self._client.close(timeout=1)
        while True:
            try:
                self._client = self._connected()
                return
            except OSError as error:
                if time.monotonic() > until:
                    raise QzError(
                        f"{self._address}: the scheduler is gone ({error}); "
                        "start it and run the same again, it goes on where it stopped"
                    ) from None
            time.sleep(pause)
            pause = min(pause * 2, 30)

    def _close(self, waiting: dict[Any, Job]) -> None:
        with suppress(Exception):
            self._client.cancel(list(waiting))
        with suppress(Exception):
            self._client.close(timeout=5)
        if self._local is not None:
            with suppress(Exception):
                self._local.close(timeout=10)


def work(job: Job, limits: tuple[float, int]) -> Result:
    """Does a part on a worker of the cluster, whose child process stays for the next one."""
    key = (threading.get_ident(), limits)
    if key not in _WORKERS:
        _WORKERS[key] = Worker(Limits(*limits))
    return _WORKERS[key].run(job)
