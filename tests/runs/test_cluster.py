"""The same tables by way of Dask, and what a lost worker costs."""

import os
import signal
import subprocess
import sys
from importlib.util import find_spec

import pytest
from running import command, contents, made, run, same, wait_for

from qz_analysis.errors import QzError

pytestmark = pytest.mark.skipif(not find_spec("distributed"), reason="no Dask here")


def test_dask_writes_the_same_bytes(plain, tmp_path):
    """A local Dask cluster gives the tables of the pool."""
    source, out = plain
    subprocess.run(command(tmp_path, source, tmp_path / "out", cluster="local"), check=True)
    assert contents(tmp_path / "out") == contents(out)


def start(*words):
    """A process of a cluster of two workers and a scheduler."""
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + words[0], *words[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip


def stop(process):
    """Ends a process with all its children, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize(
    "scheduler", [False, pytest.param(True, marks=pytest.mark.long)], ids=["worker", "scheduler"]
)
def test_lost_workers_and_a_new_scheduler_cost_a_retry(plain, tmp_path, unused_port, scheduler):
    """A worker killed in the middle, the scheduler killed too and started anew: the tables are those of an undisturbed run."""
    source, out = plain
    address = f"tcp://127.0.0.1:{unused_port}"
    schedule = (
        "dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(unused_port),
        "--no-dashboard",
    )
    labour = ("dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    running = [start(*schedule), start(*labour), start(*labour)]
    try:
        driver = subprocess.Popen(
            command(tmp_path, source, tmp_path / "out", kind="parquet", cluster=address)
        )
        wait_for(tmp_path / "out" / ".qz" / "parts")
        stop(running[1])
        if scheduler:
            wait_for(tmp_path / "out" / ".qz" / "parts", 4)
            stop(running[0])
            assert driver.poll() is None
            running += [start(*schedule), start(*labour)]
        assert driver.wait(timeout=300) == 0
    finally:
        for process in running:
            stop(process)
    same(made(tmp_path / "out"), made(out))


@pytest.fixture
def unused_port():
    """A port that nothing listens at."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_no_scheduler_is_one_line(plain, tmp_path, unused_port, monkeypatch):
    """An address where nothing answers is a clear error."""
    from qz_analysis.runs import cluster

    monkeypatch.setattr(cluster, "_ANSWER", "0.5s")
    with pytest.raises(QzError, match="no Dask scheduler answers"):
        run(plain[0], tmp_path / "out", cluster=f"tcp://127.0.0.1:{unused_port}")
