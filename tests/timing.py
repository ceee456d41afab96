"""How the time of some work grows with its input, whatever else the machine does."""

import gc
import time
from collections.abc import Callable
from typing import Any


def processor_times(*works: Callable[[], Any], rounds: int = 3) -> list[float]:
    """The shortest processor time of each work, run in turn so that a busy moment meets them all.

    Time that other processes take is not counted, nor is a collection of garbage of earlier tests.
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
    finally:
        gc.enable()
    return best


def growth(work: Callable[[Any], Any], small: Any, large: Any, rounds: int = 3) -> float:
    """How many times as much processor time the work takes of a large input as of a small one.

    What takes less than a hundredth of a second counts as that: the clock tells no less.
    """
    less, more = processor_times(lambda: work(small), lambda: work(large), rounds=rounds)
    return more / max(less, 0.01)
