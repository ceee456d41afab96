"""Corrections of several people: what they agree on, and how often the extractor was right."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import QzError
from ..model import Correction
from .corrections import COLUMNS, HEAD, NUMBERS, VERDICT, Given, collected, number, read_corrections

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["score"]


class Merged(NamedTuple):
    """The lines that hold, and those that contradict each other.

    Both have the columns of `schema.CORRECTIONS`, conflicts also file and line.
    """

    table: "pd.DataFrame"
    conflicts: "pd.DataFrame"


def merge(*paths: Path | str, prefer: Path | str | None = None) -> Merged:
    """Puts corrections files of several people together.

    Of one cell or one verdict each file says what its last line says. The file to prefer decides if
    it says anything. Where one file holds the other's last line and goes on from it, that file has
    seen the other and decides. Where one person says two things, the later time decides. Else two
    people who say different things are in conflict: both lines are told, neither is taken. Lines
    without conflict are given once each, history first and what holds last.

    Raises:
        QzError: a file cannot be read, is no corrections file, or has a line that is no correction;
            `prefer` is none of the paths.
    """
    import pandas as pd

    files = {str(path): read_corrections(path) for path in paths}
    if prefer is not None and str(prefer) not in files:
        raise QzError(f"{prefer}: is none of the files to merge; there are: {', '.join(files)}")
    if bad := next((one for lines in files.values() for one in lines if one.fault), None):
        raise QzError(f"{bad.place}: {bad.fault}; mend the line or take it out, then merge again")
    kept: list[tuple[str, ...]] = []
    conflicts: list[tuple[str | int, ...]] = []
    histories: dict[tuple[str, int, int, str], dict[str, list[Correction]]] = {}
    for name, lines in files.items():
        for one in lines:
            histories.setdefault(one.key, {}).setdefault(name, []).append(one)
    for mine in histories.values():
        preferred = mine.get(str(prefer))
        held = preferred[-1:] if preferred else _standing([*mine.values()])
        if len({said(one) for one in held}) > 1:
            conflicts += [(*one.cells, one.file, one.line) for one in held]
        else:
            every = dict.fromkeys(one.cells for lines in mine.values() for one in lines)
            last = dict.fromkeys(one.cells for one in held)
            kept += [cells for cells in every if cells not in last] + [*last]
    told = pd.DataFrame(conflicts, columns=[*HEAD, "file", "line"])
    return Merged(pd.DataFrame(kept, columns=HEAD), told)


def said(correction: Correction) -> str:
    """What a correction says, so that 2163 and 2163.0 are one."""
    if correction.column in NUMBERS and correction.now:
        with suppress(ValueError):
            return repr(number(correction.now))
    return correction.now


def _standing(histories: Sequence[Sequence[Correction]]) -> list[Correction]:
    """The last lines of files on one thing that no file and no writer of theirs went on from."""
    last = list({mine[-1].cells: mine[-1] for mine in histories}.values())
    passed = {one.cells for mine in histories for one in mine[:-1] if one.cells != mine[-1].cells}
    left = [one for one in last if one.cells not in passed] or last
    return [one for one in left if not any(_changed_mind(one, other) for other in left)]


def _changed_mind(one: Correction, later: Correction) -> bool:
    """Whether a later line is by the writer of this one; who gives no name may be anyone."""
    dated = one.who and one.who == later.who and one.when
    return bool(dated) and _time(one.when) < _time(later.when)


def _time(when: str) -> datetime:
    found = datetime.fromisoformat(when) if when else datetime.min
    return found if found.tzinfo else found.replace(tzinfo=UTC)


#: what the numbers do not say
LIMITS = (
    "It speaks of the figures that were reviewed, not of those that the extractor missed. "
    "Where reviewers took doubtful figures first, it says less than the truth. "
    "A figure that the page misprints or masks and a reviewer knew from elsewhere counts as wrong, "
    "though it was read as printed."
)
#: what can be found of a claim; it is reviewed unless people contradict each other
_FOUND = ("right", "changed", "not_a_claim", "disputed")
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
    """How often the extractor was right on the claims that people reviewed.

    It speaks of reviewed figures, not of those that the extractor missed; where reviewers took
    doubtful figures first, it understates, and where they corrected what the page itself misprints
    or masks, it counts the extractor's reading as wrong. A claim counts once, however often it was
    corrected; people who contradict each other on it are counted as disputed and in nothing else.
    Lines that can be no correction are left out.

    Args:
        corrections: a corrections file, a DataFrame with the columns of `schema.CORRECTIONS`, or
            several of these.

    Returns:
        a row `claims` (right: accepted with nothing changed), then one for each column that was
        ever changed: what, reviewed, right, changed, not_a_claim, disputed, accuracy (right of
        reviewed, in %), low and high (95 % Wilson interval of it, in %; none when nothing was
        reviewed). A column counts as reviewed where the whole claim was accepted or that very
        column was corrected or confirmed.

    Raises:
        QzError: a file cannot be read or is no corrections file.

    >>> from qz_analysis import extract
    >>> from qz_analysis.extraction.corrections import line
    >>> one, other = extract("甲县受理事项43宗，办结36宗。").to_dict("records")
    >>> said = [(one, "claim", "43宗"), (other, "unit", "件"), (other, "claim", "36宗")]
    >>> table = score(line(*one, "乙") for one in said)
    >>> table[["what", "reviewed", "right", "changed", "accuracy"]].values.tolist()
    [['claims', 2, 1, 1, 50.0], ['unit', 2, 1, 1, 50.0]]
    """
    import pandas as pd

    claims = _people(one for one in collected(corrections) if not one.fault).values()
    changed = {name for people in claims for one in people for name in one.cells}
    rows = [_row("claims", [_whole(people) for people in claims])]
    for name in filter(changed.__contains__, COLUMNS):
        rows.append(_row(name, [_column(people, name) for people in claims]))
    return pd.DataFrame(rows, columns=["what", "reviewed", *_FOUND, "accuracy", "low", "high"])


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
    """What was found of a whole claim, one of `_FOUND`; nothing when nobody says."""
    said = [one for one in people if one.reviewed]
    if not said:
        return ""
    if len({"" if one.dropped else str(sorted(one.cells.items())) for one in said}) > 1:
        return "disputed"
    return "not_a_claim" if said[0].dropped else "changed" if said[0].cells else "right"


def _column(people: list[_Said], name: str) -> str:
    """What was found of one column of a claim that is one."""
    said = {
        one.cells.get(name)
        for one in people
        if not one.dropped and (one.verdict or name in {*one.cells, *one.kept})
    }
    if not said or any(one.dropped for one in people):
        return ""
    return "disputed" if len(said) > 1 else "right" if said == {None} else "changed"


def _row(what: str, found: list[str]) -> tuple[str | int | float, ...]:
    counts = [found.count(name) for name in _FOUND]
    reviewed = sum(counts[:3])
    shares = (float("nan"),) * 3
    if reviewed:
        shares = (100 * counts[0] / reviewed, *wilson(counts[0], reviewed))
    return what, reviewed, *counts, *shares


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share of whole numbers, in per cent (Wilson 1927).

    >>> [round(x, 1) for x in wilson(36, 43)]
    [70.0, 91.9]
    """
    from scipy.stats import binomtest

    interval = binomtest(int(numerator), int(denominator)).proportion_ci(method="wilson")
    return float(interval.low) * 100, float(interval.high) * 100
