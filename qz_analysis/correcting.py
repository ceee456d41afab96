"""Claims and corrections → claims as reviewers left them, and what became of every correction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .correctable import Correction, cell
from .corrections import Given, collected
from .errors import QzError
from .fields import CORRECTED, frame
from .revising import LATER, Outcome, Row, revise

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "OUTCOMES",
    "Corrected",
    "by_hash",
    "correct",
    "counted",
    "outside",
    "refused",
]

#: what can become of a correction, as `fields.CORRECTED` explains it
OUTCOMES = ("applied", "accepted", "dropped", "superseded", "already", "refused", "elsewhere")
_Place = tuple[int, int]


class Corrected(NamedTuple):
    """A claims table as corrected, and what became of every correction (columns of `fields.CORRECTED`).

    >>> from qz_analysis import extract
    >>> claims, table = correct(extract("受理43宗。"), [])
    >>> len(claims), len(table)
    (1, 0)
    """

    claims: "pd.DataFrame"
    table: "pd.DataFrame"


def correct(claims: "pd.DataFrame", corrections: Given) -> Corrected:
    """A copy of a claims table with corrections applied, and what became of each of them.

    Args:
        claims: a claims table, as `extract` gives it; it stays as it is.
        corrections: a corrections file, a DataFrame with the columns of `fields.CORRECTIONS`, or several of these; later lines win.

    Returns:
        the changed copy, and one row per correction (for each document with its text) with the columns of `fields.CORRECTED`.
        A document without claims counts as one that is not here.

    Raises:
        QzError: a file cannot be read or is no corrections file; the claims table has no column `hash`.

    >>> from qz_analysis import audit, extract
    >>> from qz_analysis.corrections import line
    >>> claims = extract("甲县受理事项43宗，办结36宗，办结率88.7%。")
    >>> fixed = correct(claims, line(claims.loc[2], "value", 83.7, "乙", "the scan shows a 3"))
    >>> fixed.table["outcome"].tolist(), fixed.claims["value"].tolist(), fixed.claims["corrected"].tolist()
    (['applied'], [43.0, 36.0, 83.7], ['', '', 'value'])
    >>> audit(claims)["verdict"].tolist(), audit(fixed.claims)["verdict"].tolist()
    (['bad'], ['ok'])
    """
    if "hash" not in claims:
        raise QzError("the claims have no column `hash`, which corrections go by; extract them anew with this version")
    every = collected(corrections)
    wanted = by_hash(every)
    changed: dict[int, Row | None] = {}
    found: list[Outcome] = []
    for (doc, hashed), rows in _concerned(claims, set(wanted)).items():
        at: dict[_Place, list[int]] = {}  # a table may hold one document twice
        for position, row in rows.items():
            at.setdefault((row["start"], row["end"]), []).append(position)
        new, outcomes = revise(doc, {place: rows[positions[0]] for place, positions in at.items()}, wanted[hashed])
        changed |= {position: row for place, row in new.items() for position in at[place]}
        found += outcomes
    found += outside(every, set(claims["hash"]), set(claims["doc"]))
    order = {id(one): i for i, one in enumerate(every)}
    found.sort(key=lambda outcome: order[id(outcome.correction)])
    return Corrected(_rebuilt(claims, changed), frame((outcome.row for outcome in found), CORRECTED))


def _concerned(claims: "pd.DataFrame", hashes: set[str]) -> dict[tuple[str, str], dict[int, Row]]:
    """Rows of the documents that corrections speak of, by their position in the table."""
    here = claims["hash"].isin(hashes).to_numpy()
    found: dict[tuple[str, str], dict[int, Row]] = {}
    for position, row in zip(here.nonzero()[0].tolist(), claims[here].to_dict("records"), strict=True):
        found.setdefault((row["doc"], row["hash"]), {})[position] = {str(name): value for name, value in row.items()}
    return found


def _rebuilt(claims: "pd.DataFrame", changed: Mapping[int, Row | None]) -> "pd.DataFrame":
    """A copy with rows replaced, None taking one away."""
    import pandas as pd

    copy = claims.copy()
    new = {position: row for position, row in changed.items() if row is not None}
    for name in copy.columns:
        column = copy[name].array.copy()
        if differing := {i: row[name] for i, row in new.items() if cell(row[name]) != cell(column[i])}:
            for position, value in differing.items():
                column[position] = value
            copy[name] = pd.Series(column, index=copy.index)
    if len(new) < len(changed):
        copy = copy.iloc[[i for i in range(len(copy)) if changed.get(i, ()) is not None]]
        copy = copy.reset_index(drop=True) if isinstance(claims.index, pd.RangeIndex) else copy
    return copy


def by_hash(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the text that they speak of, those without fault."""
    found: dict[str, list[Correction]] = {}
    for one in corrections:
        if not one.fault:
            found.setdefault(one.hash, []).append(one)
    return found


def outside(corrections: Iterable[Correction], hashes: set[str], docs: set[str]) -> Iterator[Outcome]:
    """What became of corrections whose text is not here, and of lines that are none.

    Args:
        corrections: all of them.
        hashes: the texts that are here.
        docs: the names of the documents that are here.
    """
    left = [one for one in corrections if one.fault or one.hash not in hashes]
    last = {one.key: one for one in left if not one.fault}
    for one in left:
        if one.fault:
            yield Outcome(one, one.doc, -1, "refused", one.fault)
        elif last[one.key] is not one:
            yield Outcome(one, one.doc, -1, "superseded", LATER)
        elif one.doc in docs:
            yield Outcome(one, one.doc, -1, "refused", f"the text of {one.doc} changed since; look again and correct it anew")  # fmt: skip
        else:
            yield Outcome(one, one.doc, -1, "elsewhere")


def refused(
    outcomes: Iterable[Sequence[Any]], corrections: Iterable[Correction]
) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the errors table for corrections that were refused: in which file and line, why, and the way out.

    Args:
        outcomes: rows of `fields.CORRECTED`.
        corrections: what was given, with the places where it was read.
    """
    places = {(one.hash, one.start, one.end, *one.cells[4:]): one.place for one in corrections}
    for doc, _, start, end, *said, outcome, reason, hashed in outcomes:
        if outcome == "refused":
            why, _, way_out = reason.partition("; ")
            at = f"{doc}, {start}-{end}, {said[0]}: " if start >= 0 else ""
            yield (
                places.get((hashed, start, end, *said), "corrections"),
                "correct",
                at + why,
                way_out or "mend the line or take it out",
            )


def counted(outcomes: Iterable[str]) -> str:
    """How many corrections came to what, in words.

    >>> counted(["applied", "refused", "applied"])
    '2 applied, 1 refused'
    """
    found = list(outcomes)
    return ", ".join(f"{found.count(name):,} {name}" for name in OUTCOMES if name in found) or "no corrections"
