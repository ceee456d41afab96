"""Kernels that begin with what every brief loads: each is a process of its own, forked from one that waits."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

# the waiting process: for each line it forks a child, which says its number once it leads a group of its own
_WAITS = """
import json, os, signal, sys
import ipykernel.ipkernel, ipykernel.kernelapp, ipykernel.zmqshell, matplotlib.backends.backend_agg
import qz_analysis.charts, qz_analysis.comparison, qz_analysis.publish.profile, qz_analysis.runs.tables
def let_go(*_):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
signal.signal(signal.SIGCHLD, let_go)
parent = os.getpid()
for line in sys.stdin:
    if os.fork():
        continue
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    print(os.getpid(), flush=True)
    asked = json.loads(line)
    os.environ.clear()
    os.environ.update(asked["env"], JPY_PARENT_PID=str(parent))
    os.chdir(asked["cwd"])
    sys.argv = ["ipykernel_launcher", *asked["arguments"]]
    nothing, noise = os.open(os.devnull, os.O_RDWR), os.open(asked["noise"], os.O_WRONLY | os.O_APPEND)
    for old, new in enumerate((nothing, nothing, noise)):
        os.dup2(new, old)
    sys.stdin = open(0, closefd=False)
    sys.path.remove("")
    ipykernel.kernelapp.launch_new_instance()
    os._exit(0)
"""
_waiting: list["subprocess.Popen[str]"] = []
_one_at_a_time = threading.Lock()


class _Forked:
    """What the manager of kernels asks of the process of one."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        # it is the child of another, which lets it go as soon as it ends
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def launch(cmd: list[str], env: dict[str, str], cwd: str, stderr: Any, **_: Any) -> _Forked:
    """A kernel for the command line of one; like a new process it knows nothing of those before it."""
    with _one_at_a_time:  # profiles are made in threads, and each answer is of its own question
        return _forked(cmd, env, cwd, stderr)


def _forked(cmd: list[str], env: dict[str, str], cwd: str, stderr: Any) -> _Forked:
    if not _waiting:
        ours = {"PYTHONHASHSEED": "0", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        argv = [sys.executable, "-c", _WAITS]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        _waiting.append(subprocess.Popen(argv, env={**os.environ, **ours}, **pipes))
    asked = {"env": env, "cwd": cwd, "noise": stderr.name, "arguments": cmd[3:]}
    print(json.dumps(asked), file=_waiting[0].stdin, flush=True)
    return _Forked(int(_waiting[0].stdout.readline()))


def dismiss() -> None:
    """Ends the process that waits."""
    while _waiting:
        with _waiting.pop() as process:
            process.stdin.close()
