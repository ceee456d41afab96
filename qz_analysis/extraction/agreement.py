"""Corrections of several people go in; one file, their conflicts, and how often readings were right
come out.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import QzError
from ..model import Correction
from .corrections import COLUMNS, HEAD, NUMBERS, VERDICT, Given, collected, number
from .corrections import read_corrections as load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["score"]

#: of the normal distribution 95 % lie so many deviations from its middle at most
_Z = 1.959963984540054


class Merged(NamedTuple):
    """The lines that hold, and those that contradict each other; columns of `schema.CORRECTIONS`,
    for conflicts also file and line.
    """

    table: "pd.DataFrame"
    conflicts: "pd.DataFrame"


def merge(*paths: Path | str, prefer: Path | str | None = None) -> Merged:
    """Puts corrections files of several people together.

    Of one cell or one verdict each file says what its last line says. Where one file holds the
    other's last line and goes on
    from it, that file has seen the other and decides. Where one person says two things, the later
    time decides. Else two
    people who say different things are in conflict: both lines are told, neither is taken.
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
        histories = {
            name: mine
            for name, lines in files.items()
            if (mine := [one for one in lines if one.key == key])
        }
        held = (
            [histories[str(prefer)][-1]]
            if str(prefer) in histories
            else _standing([*histories.values()])
        )
        if len({said(one) for one in held}) > 1:
            conflicts += [(*one.cells, one.file, one.line) for one in held]
        else:
            every = dict.fromkeys(one.cells for mine in histories.values() for one in mine)
            last = dict.fromkeys(one.cells for one in held)
            kept += [cells for cells in every if cells not in last] + [*last]
    return Merged(
        pd.DataFrame(kept, columns=HEAD), pd.DataFrame(conflicts, columns=[*HEAD, "file", "line"])
    )


def said(correction: Correction) -> str:
    """What a correction says, so that 2163 and 2163.0 are one."""
    if correction.column in NUMBERS and correction.now:
        with suppress(ValueError):
            return repr(number(correction.now))
    return correction.now


def _standing(histories: Sequence[Sequence[Correction]]) -> list[Correction]:
    """The last lines of several files on one thing, without those that another file or their own
    writer went on from.
    """
    last = list({mine[-1].cells: mine[-1] for mine in histories}.values())
    passed = {one.cells for mine in histories for one in mine[:-1] if one.cells != mine[-1].cells}
    left = [one for one in last if one.cells not in passed] or last
    return [one for one in left if not any(_changed_mind(one, other) for other in left)]


def _changed_mind(one: Correction, later: Correction) -> bool:
    """Whether a later line is by the writer of this one; who gives no name may be anyone."""
    return (
        bool(one.who)
        and one.who == later.who
        and bool(one.when)
        and _time(one.when) < _time(later.when)
    )


def _time(when: str) -> datetime:
    found = datetime.fromisoformat(when) if when else datetime.min
    return found if found.tzinfo else found.replace(tzinfo=UTC)


#: what the numbers do not say
LIMITS = (
    "It speaks of the figures that were reviewed, not of those that the extractor missed. Where reviewers took doubtful figures first, "
    "it says less than the truth. A figure that the page misprints or masks and a reviewer knew from elsewhere counts as wrong, though it was read as printed."
)
_Claim = tuple[str, int, int]


@dataclass
class _Said:
    """What one person says of one claim in the end."""

    verdict: str | None = None
    cells: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    @property
    def dropped(self) -> bool:
        return self.verdict == ""

    @property
    def reviewed(self) -> bool:
        """Whether the whole row was looked at, or something in it was found wrong."""
        return self.verdict is not None or bool(self.cells)


def score(corrections: Given) -> "pd.DataFrame":
    """How often the extractor was right on the claims that people reviewed, from their corrections
    alone.

    It speaks of reviewed figures, not of those that the extractor missed; where reviewers took
    doubtful figures first, it understates,
    and where they corrected what the page itself misprints or masks, it counts the extractor's
    reading as wrong.
    A claim counts once, however often it was corrected; people who contradict each other on it are
    counted as disputed and in nothing else.
    Lines that can be no correction are left out.

    Args:
        corrections: a corrections file, a DataFrame with the columns of `schema.CORRECTIONS`, or
            several of these.

    Returns:
        a row `claims` (right: accepted with nothing changed), then one for each column that was
        ever changed: what, reviewed, right, changed,
        not_a_claim, disputed, accuracy (right of reviewed, in %), low and high (95 % Wilson
        interval of it, in %; none when nothing
        was reviewed). A column counts as reviewed where the whole claim was accepted or that very
        column was corrected or confirmed.

    Raises:
        QzError: a file cannot be read or is no corrections file.

    >>> from qz_analysis import extract
    >>> from qz_analysis.extraction.corrections import line
    >>> one, other = extract("甲县受理事项43宗，办结36宗。").to_dict("records")
    >>> lines = [line(one, "claim", "43宗", "乙"), line(other, "unit", "件", "乙"), line(other, "claim", "36宗", "乙")]
    >>> score(lines)[["what", "reviewed", "right", "changed", "accuracy"]].values.tolist()
    [['claims', 2, 1, 1, 50.0], ['unit', 2, 1, 1, 50.0]]
    """
    import pandas as pd

    claims = _people(one for one in collected(corrections) if not one.fault)
    changed = {name for people in claims.values() for one in people for name in one.cells}
    rows = [_row("claims", [_whole(people) for people in claims.values()])]
    rows += [
        _row(name, [_column(people, name) for people in claims.values()])
        for name in COLUMNS
        if name in changed
    ]
    names = "what reviewed right changed not_a_claim disputed accuracy low high"
    return pd.DataFrame(rows, columns=names.split())


def _people(lines: Iterable[Correction]) -> dict[_Claim, list[_Said]]:
    """What each person says of each claim: of one's lines on one thing the last."""
    found: dict[_Claim, dict[str, _Said]] = {}
    for one in lines:
        mine = found.setdefault(one.key[:3], {}).setdefault(one.who, _Said())
        if one.column == VERDICT:
            mine.verdict = one.now
            continue
        mine.cells.pop(one.column, None)
        mine.kept.discard(one.column)
        if said(one) == said(replace(one, now=one.was)):
            mine.kept.add(one.column)
        else:
            mine.cells[one.column] = said(one)
    return {claim: [*people.values()] for claim, people in found.items()}


def _whole(people: list[_Said]) -> str:
    """What was found of a whole claim: right, changed, not_a_claim, disputed; nothing when nobody
    says.
    """
    ways = [one for one in people if one.reviewed]
    if not ways:
        return ""
    if (
        len({(one.dropped, *(() if one.dropped else sorted(one.cells.items()))) for one in ways})
        > 1
    ):
        return "disputed"
    return "not_a_claim" if ways[0].dropped else "changed" if ways[0].cells else "right"


def _column(people: list[_Said], name: str) -> str:
    """What was found of one column of a claim that is one."""
    ways = {
        one.cells.get(name)
        for one in people
        if not one.dropped and (one.verdict or name in {*one.cells, *one.kept})
    }
    if not ways or any(one.dropped for one in people):
        return ""
    return "disputed" if len(ways) > 1 else "right" if ways == {None} else "changed"


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share, in per cent (Wilson 1927), to the bit as scipy has it.

    >>> [round(x, 1) for x in wilson(36, 43)]
    [70.0, 91.9]
    """
    # scipy's own takes a second to import, and makes a test of the share besides
    k, n = int(numerator), int(denominator)
    share, width = k / n, 2 * (n + _Z**2)
    centre = (2 * n * share + _Z**2) / width
    half = _Z / width * sqrt(4 * n * share * (1 - share) + _Z**2)
    return 100 * (centre - half if k else 0.0), 100 * (centre + half if k < n else 1.0)


def _row(what: str, found: list[str]) -> tuple[str | int | float, ...]:
    right, changed, none, disputed = (
        found.count(name) for name in ("right", "changed", "not_a_claim", "disputed")
    )
    reviewed = right + changed + none
    shares = (100 * right / reviewed, *wilson(right, reviewed)) if reviewed else (float("nan"),) * 3
    return what, reviewed, right, changed, none, disputed, *shares
