"""Which claims a person should look at first: those that the page damaged, the audit contradicts, or a narrow rule decided."""

import re
from collections.abc import Callable

import pandas as pd

from ..arithmetic.auditing import audit
from ..registry import load
from ..ways import records

__all__ = ["doubts"]

_CLAUSE = re.compile("[,;。!?]")
# how much each reason weighs; a claim's doubts add up
_CONTRADICTED, _SPOILT, _LOST = 8.0, 10.0, 4.0
_COUNTED = ("批", "人次", "件", "宗", "起")  # units of what the reports are about: hardly ever `other`


def doubts(claims: pd.DataFrame, relations: pd.DataFrame | None = None) -> pd.DataFrame:
    """How doubtful each claim of a table is, and why.

    Args:
        claims: a claims table.
        relations: what `audit` found in it; audited when not given.

    Returns:
        one row a claim in the order of the claims, with the columns doubt (a weight, 0 where nothing speaks against it) and why (the reasons,
        joined by `; `). Weights order the work, they are no probabilities.

    >>> from qz_analysis import extract
    >>> doubts(extract("甲县受理事项43宗，办结36宗，办结率93.7%。"))["why"].tolist()[2]
    'the arithmetic fails: 36/43 = 83.72%, printed 93.7%'
    """
    relations = audit(claims) if relations is None else relations
    failed = _failed(relations)
    near = _near_words()
    found = []
    for row in records(claims):
        reasons = [(_CONTRADICTED, f"the arithmetic fails: {note}") for note in failed.get(_key(row), ())]
        if row["status"] == "spoilt":
            reasons.append((_SPOILT, f"the page seems to have damaged it: {row['note']}"))
        elif row["status"] == "redacted":
            reasons.append((_LOST, f"no value: {row['note']}"))
        else:
            reasons += _narrow(row, near)
        found.append((sum(weight for weight, _ in reasons), "; ".join(why for _, why in reasons)))
    return pd.DataFrame(found, columns=["doubt", "why"], index=claims.index)


def _failed(relations: pd.DataFrame) -> dict[tuple[str, int, int], list[str]]:
    """What fails, by each claim that takes part; the stated result first, so it is looked at first too."""
    notes: dict[tuple[str, int, int], list[str]] = {}
    for row in relations[relations["verdict"].eq("bad")].to_dict("records"):
        for start in str(row["starts"]).split(";"):
            notes.setdefault((row["doc"], row["report"], int(start)), []).append(str(row["note"]))
    return notes


def _key(row: dict[str, object]) -> tuple[str, int, int]:
    return str(row["doc"]), int(str(row["report"])), int(str(row["start"]))


def _narrow(row: dict[str, object], near: Callable[[str], set[str]]) -> list[tuple[float, str]]:
    """Reasons of a legible claim: where the rules that placed it had little to go by."""
    before, after, unit = str(row["before"]), str(row["after"]), str(row["unit"])
    clause = _CLAUSE.split(before)[-1] + " " + _CLAUSE.split(after)[0]
    families = near(clause)
    value = float(str(row["value"]))
    odd = row["kind"] == "count" and value == value and value != int(value)
    tests = [
        (2.0, odd, "a count that is no whole number"),
        (2.0, not unit, "its unit stands nowhere"),
        (1.5, row["family"] == "other" and unit.startswith(_COUNTED), "no word says what it is about"),
        (1.0, len(families) > 1, f"words of several subjects stand round it: {', '.join(sorted(families))}"),
        (1.0, not row["subject"], "no words say what it counts"),
    ]
    return [(weight, why) for weight, holds, why in tests if holds]


def _near_words() -> Callable[[str], set[str]]:
    """A function that tells which families' words a clause holds."""
    words = {family: "|".join(entry) for family, entry in load("families")["words"].items() if family != "other"}
    pattern = re.compile("|".join(f"(?P<{family}>{entry})" for family, entry in words.items()))
    return lambda clause: {str(match.lastgroup) for match in pattern.finditer(clause)}
