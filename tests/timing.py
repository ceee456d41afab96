"""How the time of some work grows with its input, whatever else the machine does."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any


def processor_times(*works: Callable[[], Any], rounds: int = 3) -> list[float]:
    """The shortest processor time of each work, run in turn so that a busy moment meets them all.

    Time that other processes take is not counted, nor is a collection of garbage of earlier tests.
    What takes long is run once: its time is no matter of a moment.
    """
    best = [float("inf")] * len(works)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for n, work in enumerate(works):
                began = time.process_time()
                work()
                best[n] = min(best[n], time.process_time() - began)
            if sum(best) > 0.4:
                break
    finally:
        gc.enable()
    return best


def growth(work: Callable[[Any], Any], small: Any, large: Any, rounds: int = 3) -> float:
    """How many times as much processor time the work takes of a large input as of a small one.

    What takes less than a hundredth of a second counts as that: the clock tells no less.
    """
    less, more = processor_times(lambda: work(small), lambda: work(large), rounds=rounds)
    return more / max(less, 0.01)


def steps(work: Callable[[], Any]) -> int:
    """How many lines of Python some work runs through: a count that no other process can change.

    The work is done once before, so that what it keeps for the next time is not counted.
    """
    work()
    count = 0

    def trace(frame: Any, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


class Counted(list[Any]):
    """A list that counts how often something is taken out of it."""

    taken = 0

    def __iter__(self) -> Iterator[Any]:
        for one in super().__iter__():
            self.taken += 1
            yield one

    def __getitem__(self, at: Any) -> Any:
        self.taken += 1
        return super().__getitem__(at)
