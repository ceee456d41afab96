"""How long the words in force may be looked for in one text, so that no expression hangs a session."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..errors import ReadError
from .session import files_in_force

#: seconds for one text, and the length from which on a text is given more in proportion
SECONDS, LENGTH = 120.0, 1_000_000


@contextmanager
def limited(file: str, length: int = 0) -> Iterator[None]:
    """Ends the work on one text when it takes far longer than words need to be found in it.

    The time is that of the process alone, so that a busy machine ends nothing. Work inside other
    limited work goes by the outer limit; where no signal can end the work (in another thread, or on
    a system without such timers) there is no limit.

    Args:
        file: the text's name, for the message.
        length: its characters.

    Raises:
        ReadError: the time is over; the user's vocabulary files in force are named.

    >>> with limited("a.txt"):
    ...     print("done in time")
    done in time
    """
    if not _can_be_timed():
        yield
        return
    seconds = SECONDS * max(1.0, length / LENGTH)
    told: list[ReadError] = []

    def late(number: int, frame: FrameType | None) -> None:
        told.append(_too_long(file, seconds))
        raise told[-1]

    before = signal.signal(signal.SIGVTALRM, late)
    # again and again: what runs when the error is raised may swallow it
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
    try:
        yield
    except Exception as error:
        # or make another of it, as re does of any ValueError that meets it over an escape
        if told and error not in told:
            raise told[-1] from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    if told:
        raise told[-1]


def _can_be_timed() -> bool:
    """Whether a timer can end the work of this thread, and none is at it already."""
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return timed and not signal.getitimer(signal.ITIMER_VIRTUAL)[0]


def _too_long(file: str, seconds: float) -> ReadError:
    reason = f"the words were looked for longer than {seconds:g} s of processor time"
    if not (mine := ", ".join(one.shown for one in files_in_force())):
        return ReadError(file, reason, "leave it out, or divide it into several files")
    way_out = (
        f"a regular expression of the vocabulary {mine} may try too many ways: write it without a "
        "repeat inside a repeat, such as (?:词+)+, or work without that vocabulary"
    )
    return ReadError(file, reason, way_out)
