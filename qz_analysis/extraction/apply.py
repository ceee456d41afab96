"""Corrections applied: claims as reviewers left them, and what became of every correction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import QzError
from ..model import Claim, Correction, Row, claims_of, exact
from ..schema import CLAIMS, CORRECTED, frame
from ..vocabularies.units import measure_of
from .corrections import (
    COLUMNS,
    NUMBERS,
    VERDICT,
    Given,
    cell,
    collected,
    contradictions,
    number,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["correct"]

_Place = tuple[int, int]
#: what can become of a correction, as `schema.CORRECTED` explains it
OUTCOMES = ("applied", "accepted", "dropped", "superseded", "already", "refused", "elsewhere")
_LATER = "a later line says something else"
_GONE = "the row is said to be no claim"
_NONE = "no claim stands there; look again and correct it anew"
_NO_VERDICT = "a verdict repeats the text, or is empty when it is no claim"


@dataclass(slots=True)
class Outcome:
    """What became of one correction in one document."""

    correction: Correction
    doc: str
    report: int = -1
    outcome: str = ""
    reason: str = ""

    def become(self, outcome: str, reason: str = "") -> None:
        self.outcome, self.reason = outcome, reason

    @property
    def row(self) -> Row:
        """A row of `schema.CORRECTED`."""
        c = self.correction
        place = (self.doc, self.report, c.start, c.end)
        return (*place, *c.cells[4:], self.outcome, self.reason, c.hash)


def revise(
    doc: str, claims: Mapping[_Place, Claim], corrections: Sequence[Correction]
) -> tuple[dict[_Place, Claim | None], list[Outcome]]:
    """The claims of one document that corrections change, and what became of each correction.

    Claims come by start and end; the changed ones are None where a reviewer says there is none.
    """
    outcomes = [Outcome(one, doc) for one in corrections]
    places: dict[_Place, list[Outcome]] = {}
    for outcome in outcomes:
        places.setdefault((outcome.correction.start, outcome.correction.end), []).append(outcome)
    changed: dict[_Place, Claim | None] = {}
    for place, mine in places.items():
        claim = claims.get(place)
        revised = _Case(claim, mine).resolved()
        if revised is not claim:
            changed[place] = revised
    return changed, outcomes


def revise_reports(
    doc: str, reports: Sequence[Sequence[Claim]], corrections: Sequence[Correction]
) -> tuple[list[list[Claim]], list[Outcome]]:
    """The claims of a document's reports as corrected, and what became of each correction."""
    claims = {(claim.start, claim.end): claim for report in reports for claim in report}
    changed, outcomes = revise(doc, claims, corrections)
    revised = (
        [changed.get((claim.start, claim.end), claim) for claim in report] for report in reports
    )
    return [[claim for claim in report if claim is not None] for report in revised], outcomes


@dataclass
class _Case:
    """One claim, or the place where there is none, and the corrections of it."""

    claim: Claim | None
    outcomes: list[Outcome]
    #: the last line on each column
    standing: dict[str, Outcome] = field(default_factory=dict)

    def resolved(self) -> Claim | None:
        """The claim as corrected, None when it is none; the outcomes are filled in."""
        for outcome in self.outcomes:
            column = outcome.correction.column
            if earlier := self.standing.get(column):
                earlier.become("superseded", _LATER)
            self.standing[column] = outcome
            outcome.report = -1 if self.claim is None else self.claim.report
        verdict = self.standing.pop(VERDICT, None)
        if self.claim is None:
            self._refuse_all(verdict)
            return None
        if verdict and self._is_dropped(verdict, cell(self.claim.text)):
            for outcome in self.standing.values():
                outcome.become("superseded", _GONE)
            return None
        return self._corrected(self.claim)

    def _refuse_all(self, verdict: Outcome | None) -> None:
        for outcome in self.standing.values():
            outcome.become("refused", _NONE)
        if verdict and verdict.correction.now:
            verdict.become("refused", _NONE)
        elif verdict:
            verdict.become("already")

    def _is_dropped(self, verdict: Outcome, text: str) -> bool:
        """Whether a verdict on the claim takes it away."""
        said = verdict.correction
        if said.was != text:
            verdict.become("refused", _other(text, said.was))
        elif said.now not in ("", text):
            verdict.become("refused", _NO_VERDICT)
        else:
            verdict.become("accepted" if said.now else "dropped")
        return verdict.outcome == "dropped"

    def _corrected(self, claim: Claim) -> Claim:
        new: dict[str, Any] = {}
        for column, outcome in self.standing.items():
            said, now = outcome.correction, cell(getattr(claim, column))
            if _same(column, said.now, now):
                outcome.become("already")
            elif not any(_same(column, said.was, seen) for seen in self._seen(column, now)):
                outcome.become("refused", _other(now, said.was))
            else:
                outcome.become("applied")
                new[column] = exact(number(said.now)) if column in NUMBERS else said.now
        # what would make the claim contradict itself is taken back
        for columns, reason in contradictions(replace(claim, **new)):
            for column in columns & new.keys():
                self.standing[column].become("refused", reason)
                del new[column]
        return replace(claim, **new, **self._consequences(claim, new)) if new else claim

    def _seen(self, column: str, now: str) -> list[str]:
        """What a reviewer may have seen in the cell: what stands, and what earlier lines made."""
        found = [now]
        for outcome in self.outcomes:
            said, past = outcome.correction, outcome.outcome == "superseded"
            if past and said.column == column and any(_same(column, said.was, x) for x in found):
                found.append(said.now)
        return found

    def _consequences(self, claim: Claim, new: dict[str, Any]) -> dict[str, Any]:
        """What follows from corrected cells: the measure of a unit, the note of a status."""
        names = {*claim.corrected.split(";"), *new}
        found = {"corrected": ";".join(name for name in COLUMNS if name in names)}
        if "unit" in new and "measure" not in self.standing:
            found["measure"] = measure_of(new["unit"])
        if "status" in new:
            why = self.standing["status"].correction.why
            found["note"] = "" if new["status"] == "ok" else why or "so a reviewer says"
        return found


def _same(column: str, one: str, other: str) -> bool:
    """Whether two cells say the same; 2163.0 is 2163."""
    if column in NUMBERS and one and other:
        try:
            return number(one) == number(other)
        except ValueError:
            return False
    return one == other


def _other(now: str, was: str) -> str:
    said = f"the extractor now says {now[:40] or 'nothing'}, not {was[:40] or 'nothing'}"
    return f"{said}; look again and correct it anew"


class Corrected(NamedTuple):
    """A claims table as corrected, and what became of every correction.

    The columns of the second table are those of `schema.CORRECTED`.

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
        corrections: a corrections file, a DataFrame with the columns of `schema.CORRECTIONS`, or
            several of these; later lines win.

    Returns:
        the changed copy, and one row per correction (for each document with its text) with the
        columns of `schema.CORRECTED`. A document without claims counts as one that is not here.

    Raises:
        QzError: a file cannot be read or is no corrections file; the claims table has no column
            `hash`.

    >>> from qz_analysis import audit, extract
    >>> from qz_analysis.extraction.corrections import line
    >>> claims = extract("甲县受理事项43宗，办结36宗，办结率88.7%。")
    >>> fixed = correct(claims, line(claims.loc[2], "value", 83.7, "乙", "the scan shows a 3"))
    >>> fixed.table["outcome"].tolist(), fixed.claims["value"].tolist()
    (['applied'], [43.0, 36.0, 83.7])
    >>> audit(claims)["verdict"].tolist(), audit(fixed.claims)["verdict"].tolist()
    (['bad'], ['ok'])
    """
    if "hash" not in claims:
        reason = "the claims have no column `hash`, which corrections go by"
        raise QzError(f"{reason}; extract them anew with this version")
    every = collected(corrections)
    wanted = by_hash(every)
    changed: dict[int, Claim | None] = {}
    found: list[Outcome] = []
    for (doc, hashed), mine in _concerned(claims, set(wanted)).items():
        # a table may hold one document twice
        once = {place: copies[0][1] for place, copies in mine.items()}
        new, outcomes = revise(doc, once, wanted[hashed])
        changed |= {position: claim for place, claim in new.items() for position, _ in mine[place]}
        found += outcomes
    found += outside(every, set(claims["hash"]), set(claims["doc"]))
    order = {id(one): i for i, one in enumerate(every)}
    found.sort(key=lambda outcome: order[id(outcome.correction)])
    table = frame((outcome.row for outcome in found), CORRECTED)
    return Corrected(_rebuilt(claims, changed), table)


def _concerned(
    claims: "pd.DataFrame", hashes: set[str]
) -> dict[tuple[str, str], dict[_Place, list[tuple[int, Claim]]]]:
    """Claims of the documents that corrections speak of, by document and place.

    A claim comes with its position in the table.
    """
    here = claims["hash"].isin(hashes).to_numpy()
    found: dict[tuple[str, str], dict[_Place, list[tuple[int, Claim]]]] = {}
    for position, claim in zip(here.nonzero()[0].tolist(), claims_of(claims[here]), strict=True):
        places = found.setdefault((claim.doc, claim.hash), {})
        places.setdefault((claim.start, claim.end), []).append((position, claim))
    return found


def _rebuilt(claims: "pd.DataFrame", changed: Mapping[int, Claim | None]) -> "pd.DataFrame":
    """A copy with claims replaced, None taking one away."""
    import pandas as pd

    copy = claims.copy()
    rows = {position: claim.row for position, claim in changed.items() if claim is not None}
    for at, name in enumerate(column.name for column in CLAIMS):
        if name not in copy:
            continue
        cells = copy[name].array.copy()
        new = {i: row[at] for i, row in rows.items() if cell(row[at]) != cell(cells[i])}
        for position, value in new.items():
            cells[position] = value
        if new:
            copy[name] = pd.Series(cells, index=copy.index)
    if len(rows) < len(changed):
        copy = copy.iloc[[i for i in range(len(copy)) if changed.get(i, i) is not None]]
        copy = copy.reset_index(drop=True) if isinstance(claims.index, pd.RangeIndex) else copy
    return copy


def by_hash(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the text that they speak of, those without fault."""
    found: dict[str, list[Correction]] = {}
    for one in corrections:
        if not one.fault:
            found.setdefault(one.hash, []).append(one)
    return found


def outside(
    corrections: Iterable[Correction], hashes: set[str], docs: set[str]
) -> Iterator[Outcome]:
    """What became of corrections whose text is not among the hashes, and of lines that are none."""
    left = [one for one in corrections if one.fault or one.hash not in hashes]
    last = {one.key: one for one in left if not one.fault}
    for one in left:
        if one.fault:
            yield Outcome(one, one.doc, -1, "refused", one.fault)
        elif last[one.key] is not one:
            yield Outcome(one, one.doc, -1, "superseded", _LATER)
        elif one.doc in docs:
            reason = f"the text of {one.doc} changed since; look again and correct it anew"
            yield Outcome(one, one.doc, -1, "refused", reason)
        else:
            yield Outcome(one, one.doc, -1, "elsewhere")


def refused(
    outcomes: Iterable[Sequence[Any]], corrections: Iterable[Correction]
) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the errors table for corrections that were refused, by rows of `schema.CORRECTED`."""
    places = {(one.hash, one.start, one.end, *one.cells[4:]): one.place for one in corrections}
    for doc, _, start, end, *said, outcome, reason, hashed in outcomes:
        if outcome == "refused":
            place = places.get((hashed, start, end, *said), "corrections")
            why, _, way_out = reason.partition("; ")
            at = f"{doc}, {start}-{end}, {said[0]}: " if start >= 0 else ""
            yield place, "correct", at + why, way_out or "mend the line or take it out"


def counted(outcomes: Iterable[str]) -> str:
    """How many corrections came to what, in words.

    >>> counted(["applied", "refused", "applied"])
    '2 applied, 1 refused'
    """
    found = list(outcomes)
    numbers = (f"{found.count(name):,} {name}" for name in OUTCOMES if name in found)
    return ", ".join(numbers) or "no corrections"
