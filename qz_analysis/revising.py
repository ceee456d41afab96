"""One document's claims and the corrections of its text → the claims that change, and what became of each correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .correctable import COLUMNS, NUMBERS, VERDICT, Correction, cell, contradictions, number
from .expressions import measure_of
from .fields import CLAIMS

__all__ = ["LATER", "Outcome", "Row", "revise", "revise_rows"]

Row = dict[str, Any]
_Place = tuple[int, int]
_NAMES = [f.name for f in CLAIMS]
_START, _END = _NAMES.index("start"), _NAMES.index("end")
#: why an earlier line was superseded
LATER = "a later line says something else"
_GONE = "the row is said to be no claim"


@dataclass(slots=True)
class Outcome:
    """What became of one correction in one document."""

    correction: Correction
    doc: str
    report: int = -1
    outcome: str = ""
    reason: str = ""

    @property
    def row(self) -> tuple[Any, ...]:
        """A row of `fields.CORRECTED`."""
        c = self.correction
        return (self.doc, self.report, c.start, c.end, *c.cells[4:], self.outcome, self.reason, c.hash)


def revise(
    doc: str, claims: Mapping[_Place, Row], corrections: Sequence[Correction]
) -> tuple[dict[_Place, Row | None], list[Outcome]]:
    """The claims of one document that corrections change, and what became of each correction.

    Args:
        doc: the document's name.
        claims: rows by start and end, all of the document or those that corrections speak of.
        corrections: those of this text, without fault, in their order.

    Returns:
        the changed rows by place, None for one that is no claim; an outcome per correction, in their order.
    """
    outcomes = [Outcome(one, doc) for one in corrections]
    places: dict[_Place, list[Outcome]] = {}
    for outcome in outcomes:
        places.setdefault((outcome.correction.start, outcome.correction.end), []).append(outcome)
    changed: dict[_Place, Row | None] = {}
    for place, mine in places.items():
        row = claims.get(place)
        decided = _Deciding(row, mine).settled()
        if decided is not row:
            changed[place] = decided
    return changed, outcomes


def revise_rows(
    doc: str, reports: Sequence[Sequence[tuple[Any, ...]]], corrections: Sequence[Correction]
) -> tuple[list[list[tuple[Any, ...]]], list[tuple[Any, ...]]]:
    """The same as `revise` for rows in the order of `fields.CLAIMS`, report by report; outcomes as rows of `fields.CORRECTED`."""
    wanted = {(one.start, one.end) for one in corrections}
    every = (row for rows in reports for row in rows)
    claims = {
        place: dict(zip(_NAMES, row, strict=True)) for row in every if (place := (row[_START], row[_END])) in wanted
    }
    changed, outcomes = revise(doc, claims, corrections)
    new = {place: None if row is None else tuple(row.values()) for place, row in changed.items()}
    revised = [[now for row in rows if (now := new.get((row[_START], row[_END]), row)) is not None] for rows in reports]
    return revised, [outcome.row for outcome in outcomes]


@dataclass
class _Deciding:
    """One claim, or the place where there is none, and the corrections of it."""

    row: Row | None
    outcomes: list[Outcome]
    standing: dict[str, Outcome] = field(default_factory=dict)

    def settled(self) -> Row | None:
        """The row as corrected, the same one when nothing changes it; None when it is no claim. Outcomes are filled in."""
        for outcome in self.outcomes:
            column = outcome.correction.column
            if earlier := self.standing.get(column):
                earlier.outcome, earlier.reason = "superseded", LATER
            self.standing[column] = outcome
            outcome.report = -1 if self.row is None else self.row["report"]
        verdict = self.standing.pop(VERDICT, None)
        if self.row is None:
            self._nothing(verdict)
            return None
        if verdict and self._verdict(verdict, cell(self.row["text"])) == "dropped":
            for outcome in self.standing.values():
                outcome.outcome, outcome.reason = "superseded", _GONE
            return None
        return self._cells(self.row)

    def _nothing(self, verdict: Outcome | None) -> None:
        if verdict and not verdict.correction.now:
            verdict.outcome = "already"
            verdict = None
        for outcome in (*self.standing.values(), *filter(None, [verdict])):
            outcome.outcome, outcome.reason = "refused", "no claim stands there; look again and correct it anew"

    def _verdict(self, verdict: Outcome, text: str) -> str:
        said = verdict.correction
        if said.was != text:
            verdict.outcome, verdict.reason = "refused", _other(text, said.was)
        elif said.now not in ("", text):
            verdict.outcome, verdict.reason = "refused", "a verdict repeats the text, or is empty when it is no claim"
        else:
            verdict.outcome = "accepted" if said.now else "dropped"
        return verdict.outcome

    def _cells(self, row: Row) -> Row:
        new = dict(row)
        for column, outcome in self.standing.items():
            said, now = outcome.correction, cell(row[column])
            if _same(column, said.now, now):
                outcome.outcome = "already"
            elif not any(_same(column, said.was, known) for known in self._seen(column, now)):
                outcome.outcome, outcome.reason = "refused", _other(now, said.was)
            else:
                outcome.outcome = "applied"
                new[column] = number(said.now) if column in NUMBERS else said.now
        self._hold_together(new, row)
        applied = [name for name in COLUMNS if (o := self.standing.get(name)) and o.outcome == "applied"]
        return self._followed(new, applied) if applied else row

    def _seen(self, column: str, now: str) -> list[str]:
        """What a reviewer may have seen in the cell: the extractor's word, and what earlier lines made of that."""
        found = [now]
        for outcome in self.outcomes:
            said = outcome.correction
            if (
                said.column == column
                and outcome.outcome == "superseded"
                and any(_same(column, said.was, x) for x in found)
            ):
                found.append(said.now)
        return found

    def _hold_together(self, new: Row, row: Row) -> None:
        """Takes back what would make the row contradict itself."""
        for columns, reason in [*contradictions(new)]:
            for column in columns:
                outcome = self.standing.get(column)
                if outcome and outcome.outcome == "applied":
                    outcome.outcome, outcome.reason = "refused", reason
                    new[column] = row[column]

    def _followed(self, new: Row, applied: list[str]) -> Row:
        """The row with what follows from its corrected cells."""
        if "unit" in applied and "measure" not in self.standing:
            new["measure"] = measure_of(new["unit"])
        if "status" in applied:
            why = self.standing["status"].correction.why
            new["note"] = "" if new["status"] == "ok" else why or "so a reviewer says"
        before = cell(new["corrected"]).split(";")
        new["corrected"] = ";".join(name for name in COLUMNS if name in {*before, *applied})
        return new


def _same(column: str, one: str, other: str) -> bool:
    """Whether two cells say the same; 2163.0 is 2163."""
    if column in NUMBERS and one and other:
        try:
            return number(one) == number(other)
        except ValueError:
            return False
    return one == other


def _other(now: str, was: str) -> str:
    return (
        f"the extractor now says {now[:40] or 'nothing'}, not {was[:40] or 'nothing'}; look again and correct it anew"
    )
