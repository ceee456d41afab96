"""Corrections files of several people → one, and what they do not agree on."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .correctable import NUMBERS, Correction, number
from .corrections import HEAD, load
from .errors import QzError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Merged", "merge", "said"]


class Merged(NamedTuple):
    """The lines that hold, and those that contradict each other; columns of `fields.CORRECTIONS`, for conflicts also file and line."""

    table: "pd.DataFrame"
    conflicts: "pd.DataFrame"


def merge(*paths: Path | str, prefer: Path | str | None = None) -> Merged:
    """Puts corrections files of several people together.

    Of one cell or one verdict each file says what its last line says. Where one file holds the other's last line and goes on
    from it, that file has seen the other and decides. Where one person says two things, the later time decides. Else two
    people who say different things are in conflict: both lines are told, neither is taken.

    Args:
        paths: corrections files.
        prefer: one of them, which decides where it says anything.

    Returns:
        the lines without conflict, history first and what holds last, each once; and the lines in conflict.

    Raises:
        QzError: a file cannot be read, is no corrections file, or has a line that is no correction; `prefer` is none of the paths.
    """
    import pandas as pd

    files = {str(path): load(path) for path in paths}
    if prefer is not None and str(prefer) not in files:
        raise QzError(f"{prefer}: is none of the files to merge; there are: {', '.join(files)}")
    if bad := next((one for lines in files.values() for one in lines if one.fault), None):
        raise QzError(f"{bad.place}: {bad.fault}; mend the line or take it out, then merge again")
    kept: list[tuple[str, ...]] = []
    conflicts: list[tuple[str | int, ...]] = []
    for key in dict.fromkeys(one.key for lines in files.values() for one in lines):
        histories = {name: mine for name, lines in files.items() if (mine := [one for one in lines if one.key == key])}
        held = [histories[str(prefer)][-1]] if str(prefer) in histories else _standing([*histories.values()])
        if len({said(one) for one in held}) > 1:
            conflicts += [(*one.cells, one.file, one.line) for one in held]
        else:
            every = dict.fromkeys(one.cells for mine in histories.values() for one in mine)
            last = dict.fromkeys(one.cells for one in held)
            kept += [cells for cells in every if cells not in last] + [*last]
    return Merged(pd.DataFrame(kept, columns=HEAD), pd.DataFrame(conflicts, columns=[*HEAD, "file", "line"]))


def said(correction: Correction) -> str:
    """What a correction says, so that 2163 and 2163.0 are one."""
    if correction.column in NUMBERS and correction.now:
        with suppress(ValueError):
            return repr(number(correction.now))
    return correction.now


def _standing(histories: Sequence[Sequence[Correction]]) -> list[Correction]:
    """The last lines of several files on one thing, without those that another file or their own writer went on from."""
    last = list({mine[-1].cells: mine[-1] for mine in histories}.values())
    passed = {one.cells for mine in histories for one in mine[:-1] if one.cells != mine[-1].cells}
    left = [one for one in last if one.cells not in passed] or last
    return [one for one in left if not any(_changed_mind(one, other) for other in left)]


def _changed_mind(one: Correction, later: Correction) -> bool:
    """Whether a later line is by the writer of this one; who gives no name may be anyone."""
    return bool(one.who) and one.who == later.who and bool(one.when) and _time(one.when) < _time(later.when)


def _time(when: str) -> datetime:
    found = datetime.fromisoformat(when) if when else datetime.min
    return found if found.tzinfo else found.replace(tzinfo=UTC)
