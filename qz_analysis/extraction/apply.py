"""Claims and corrections go in; claims as reviewers left them come out, and what became of each
correction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import QzError
from ..model import Claim, Correction, read_claim
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

Row = dict[str, Any]
_Place = tuple[int, int]
_NAMES = [f.name for f in CLAIMS]
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
        """A row of `schema.CORRECTED`."""
        c = self.correction
        return (
            self.doc,
            self.report,
            c.start,
            c.end,
            *c.cells[4:],
            self.outcome,
            self.reason,
            c.hash,
        )


def revise(
    doc: str, claims: Mapping[_Place, Claim], corrections: Sequence[Correction]
) -> tuple[dict[_Place, Claim | None], list[Outcome]]:
    """The claims of one document that corrections change, and what became of each correction."""
    outcomes = [Outcome(one, doc) for one in corrections]
    places: dict[_Place, list[Outcome]] = {}
    for outcome in outcomes:
        places.setdefault((outcome.correction.start, outcome.correction.end), []).append(outcome)
    changed: dict[_Place, Claim | None] = {}
    for place, mine in places.items():
        claim = claims.get(place)
        decided = _Decision(claim, mine).resolved()
        if decided is not claim:
            changed[place] = decided
    return changed, outcomes


def revise_reports(
    doc: str, reports: Sequence[Sequence[Claim]], corrections: Sequence[Correction]
) -> tuple[list[list[Claim]], list[Outcome]]:
    """The claims of a document's reports as corrected, and what became of each correction."""
    every = {(claim.start, claim.end): claim for claims in reports for claim in claims}
    changed, outcomes = revise(doc, every, corrections)
    revised = [
        [now for c in claims if (now := changed.get((c.start, c.end), c)) is not None]
        for claims in reports
    ]
    return revised, outcomes


@dataclass
class _Decision:
    """One claim, or the place where there is none, and the corrections of it."""

    claim: Claim | None
    outcomes: list[Outcome]
    standing: dict[str, Outcome] = field(default_factory=dict)

    def resolved(self) -> Claim | None:
        """The claim as corrected, itself when nothing changes it; fills the outcomes in."""
        for outcome in self.outcomes:
            column = outcome.correction.column
            if earlier := self.standing.get(column):
                earlier.outcome, earlier.reason = "superseded", LATER
            self.standing[column] = outcome
            outcome.report = -1 if self.claim is None else self.claim.report
        verdict = self.standing.pop(VERDICT, None)
        if self.claim is None:
            self._nothing(verdict)
            return None
        if verdict and self._verdict(verdict, cell(self.claim.text)) == "dropped":
            for outcome in self.standing.values():
                outcome.outcome, outcome.reason = "superseded", _GONE
            return None
        return self._cells(self.claim)

    def _nothing(self, verdict: Outcome | None) -> None:
        if verdict and not verdict.correction.now:
            verdict.outcome = "already"
            verdict = None
        for outcome in (*self.standing.values(), *filter(None, [verdict])):
            outcome.outcome, outcome.reason = (
                "refused",
                "no claim stands there; look again and correct it anew",
            )

    def _verdict(self, verdict: Outcome, text: str) -> str:
        said = verdict.correction
        if said.was != text:
            verdict.outcome, verdict.reason = "refused", _other(text, said.was)
        elif said.now not in ("", text):
            verdict.outcome, verdict.reason = (
                "refused",
                "a verdict repeats the text, or is empty when it is no claim",
            )
        else:
            verdict.outcome = "accepted" if said.now else "dropped"
        return verdict.outcome

    def _cells(self, claim: Claim) -> Claim:
        row = dict(zip(_NAMES, claim.row, strict=True))
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
        applied = [
            name for name in COLUMNS if (o := self.standing.get(name)) and o.outcome == "applied"
        ]
        return read_claim(self._followed(new, applied)) if applied else claim

    def _seen(self, column: str, now: str) -> list[str]:
        """What a reviewer may have seen in the cell: the extractor's word, and what earlier lines
        made of that.
        """
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
    return f"the extractor now says {now[:40] or 'nothing'}, not {was[:40] or 'nothing'}; look again and correct it anew"


#: what can become of a correction, as `schema.CORRECTED` explains it
OUTCOMES = ("applied", "accepted", "dropped", "superseded", "already", "refused", "elsewhere")


class Corrected(NamedTuple):
    """A claims table as corrected, and what became of every correction (columns of
    `schema.CORRECTED`).

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
        columns of `schema.CORRECTED`.
        A document without claims counts as one that is not here.

    Raises:
        QzError: a file cannot be read or is no corrections file; the claims table has no column
            `hash`.

    >>> from qz_analysis import audit, extract
    >>> from qz_analysis.extraction.corrections import line
    >>> claims = extract("甲县受理事项43宗，办结36宗，办结率88.7%。")
    >>> fixed = correct(claims, line(claims.loc[2], "value", 83.7, "乙", "the scan shows a 3"))
    >>> fixed.table["outcome"].tolist(), fixed.claims["value"].tolist(), fixed.claims["corrected"].tolist()
    (['applied'], [43.0, 36.0, 83.7], ['', '', 'value'])
    >>> audit(claims)["verdict"].tolist(), audit(fixed.claims)["verdict"].tolist()
    (['bad'], ['ok'])
    """
    if "hash" not in claims:
        raise QzError(
            "the claims have no column `hash`, which corrections go by; extract them anew with this version"
        )
    every = collected(corrections)
    wanted = by_hash(every)
    changed: dict[int, Claim | None] = {}
    found: list[Outcome] = []
    for (doc, hashed), rows in _concerned(claims, set(wanted)).items():
        at: dict[_Place, list[int]] = {}  # a table may hold one document twice
        for position, row in rows.items():
            at.setdefault((row.start, row.end), []).append(position)
        new, outcomes = revise(
            doc, {place: rows[positions[0]] for place, positions in at.items()}, wanted[hashed]
        )
        changed |= {position: claim for place, claim in new.items() for position in at[place]}
        found += outcomes
    found += outside(every, set(claims["hash"]), set(claims["doc"]))
    order = {id(one): i for i, one in enumerate(every)}
    found.sort(key=lambda outcome: order[id(outcome.correction)])
    return Corrected(
        _rebuilt(claims, changed), frame((outcome.row for outcome in found), CORRECTED)
    )


def _concerned(claims: "pd.DataFrame", hashes: set[str]) -> dict[tuple[str, str], dict[int, Claim]]:
    """Claims of the documents that corrections speak of, by their position in the table."""
    here = claims["hash"].isin(hashes).to_numpy()
    found: dict[tuple[str, str], dict[int, Claim]] = {}
    for position, row in zip(
        here.nonzero()[0].tolist(), claims[here].to_dict("records"), strict=True
    ):
        claim = read_claim({str(name): value for name, value in row.items()})
        found.setdefault((claim.doc, claim.hash), {})[position] = claim
    return found


def _rebuilt(claims: "pd.DataFrame", changed: Mapping[int, Claim | None]) -> "pd.DataFrame":
    """A copy with claims replaced, None taking one away."""
    import pandas as pd

    copy = claims.copy()
    new = {
        position: dict(zip(_NAMES, claim.row, strict=True))
        for position, claim in changed.items()
        if claim is not None
    }
    for name in [name for name in copy.columns if name in _NAMES]:
        column = copy[name].array.copy()
        if differing := {
            i: row[name] for i, row in new.items() if cell(row[name]) != cell(column[i])
        }:
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


def outside(
    corrections: Iterable[Correction], hashes: set[str], docs: set[str]
) -> Iterator[Outcome]:
    """What became of corrections whose text is not here, and of lines that are none."""
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
    """Rows of the errors table for corrections that were refused: in which file and line, why, and
    the way out.
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
    return (
        ", ".join(f"{found.count(name):,} {name}" for name in OUTCOMES if name in found)
        or "no corrections"
    )
