"""Worker processes that stay for the next run: to start one costs the imports, to read a page nothing."""

import os
from contextlib import suppress
from typing import Any

from qz_analysis.runs import workers

_Child = workers._Child  # a fixture puts `child` in its place
_Key = tuple[int, frozenset[tuple[str, str]]]
_idle: dict[_Key, list["_Kept"]] = {}


class _Kept(workers._Child):
    """A child that waits for the next run when it has answered everything."""

    def __init__(self, key: _Key) -> None:
        super().__init__(key[0])
        self._key, self._at_rest = key, True

    def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        self._at_rest = False
        answer = super().ask(job, seconds)
        self._at_rest = True
        return answer

    def kill(self) -> None:
        if self._at_rest:
            _idle.setdefault(self._key, []).append(self)
        else:
            super().kill()


def child(memory: int) -> _Kept:
    """One that waits, of the same limit and environment, or a new one."""
    # pytest writes the name of each test there
    env = frozenset(one for one in os.environ.items() if one[0] != "PYTEST_CURRENT_TEST")
    waiting = _idle.get((memory, env), [])
    while waiting:
        if (kept := waiting.pop())._process.poll() is None:
            return kept
    return _Kept((memory, env))


def dismiss() -> None:
    """Ends the workers that wait."""
    for child in [child for waiting in _idle.values() for child in waiting]:
        with suppress(OSError):
            _Child.kill(child)
    _idle.clear()
