"""What a correction is, and what it may say: the columns that can be corrected, their values, rows that contradict themselves."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .expressions import measure_of
from .registry import load

__all__ = ["CHOICES", "COLUMNS", "NUMBERS", "VERDICT", "Correction", "against", "cell", "contradictions", "number"]

NUMBERS = ("value", "low", "high")
COLUMNS = (*NUMBERS, "bound", "unit", "kind", "direction", "family", "stage", "measure", "subject", "period", "place", "status")  # fmt: skip
#: the name that stands in `column` for a verdict on the whole row
VERDICT = "claim"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HASH = re.compile(r"[0-9a-f]{16}")
_YEAR = r"(?:\d{4}|20xx)"
_PERIOD = re.compile(rf"(?:{_YEAR}(?:-(?:Q[1-4]|H[12]|0[1-9]|1[0-2]))?\+?|(?P<from>\d{{4}})\.\.(?P<to>\d{{4}}))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
# beyond these no report counts, and whole numbers are no longer exact
_LEAST, _MOST = 1e-9, 1e15
#: what the columns of few values may hold
CHOICES = {
    "bound": ("exact", "approx", "min", "max", "range"),
    "kind": ("count", "rate", "change", "money", "measure", "per"),
    "direction": ("", "up", "down"),
    "stage": ("", "received", "resolved", "pending"),
    "status": ("ok", "redacted", "spoilt"),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a corrections file: who says that a cell of a claim, or the claim itself, is something else."""

    hash: str
    doc: str
    start: int
    end: int
    column: str
    was: str
    now: str
    who: str = ""
    when: str = ""
    why: str = ""
    # where it was read, and what makes it no correction at all: for messages
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    fault: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What it corrects: of two lines with one key the later one holds."""
        return self.hash, self.start, self.end, self.column

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells in the order of `fields.CORRECTIONS`."""
        return (self.hash, self.doc, str(self.start), str(self.end), self.column, self.was, self.now, self.who, self.when, self.why)  # fmt: skip

    @property
    def place(self) -> str:
        """Where it was read, as messages name it."""
        return f"{self.file}, line {self.line}" if self.line else self.file or "corrections"


def cell(value: Any) -> str:
    """A value of a claims table as a correction writes it: nothing for none, a number by its shortest digits, one line.

    >>> cell(2163.0), cell(83.7), cell(float("nan")), cell("193 批次")
    ('2163', '83.7', '', '193 批次')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    return repr(float(value)).removesuffix(".0") if not isinstance(value, int) else str(value)


def number(text: str) -> float:
    """The number of a cell, NaN for an empty one.

    Raises:
        ValueError: the cell holds something else.
    """
    if not text:
        return math.nan
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def against(correction: Correction) -> str:
    """Why a line cannot be a correction whatever the document says; nothing when it can.

    >>> against(Correction("0123456789abcdef", "a", 0, 5, "period", "2011", "2011-Q5"))
    "`now` is '2011-Q5', no period such as 2011, 2011-Q1, 2011-H2, 2011-06, 2010..2012, 2011+ or 20xx"
    """
    c = correction
    if not _HASH.fullmatch(c.hash):
        return f"`hash` is {c.hash[:40]!r}, not 16 hex digits; a spreadsheet may have taken it for a number"
    if not 0 <= c.start <= c.end:
        return "`start` and `end` are no offsets; they are those of the claim"
    if c.column not in (*COLUMNS, VERDICT):
        return f"`column` is {c.column[:40]!r}; there are: {', '.join((*COLUMNS, VERDICT))}"
    if c.when and not _time(c.when):
        return f"`when` is {c.when[:40]!r}, no time such as 2011-06-30T09:00:00Z"
    return "" if c.column == VERDICT else _against_value(c.column, c.now)


def _time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _against_value(column: str, now: str) -> str:
    """Why a column cannot hold a value."""
    said = f"`now` is {now[:40]!r}"
    if column in NUMBERS:
        return _against_number(now, said)
    if choices := known(column):
        return "" if now in choices else f"{said}; `{column}` may be: {', '.join(c or 'nothing' for c in choices)}"
    return _TESTS.get(column, lambda now, said: "")(now, said)


def _against_number(now: str, said: str) -> str:
    try:
        value = number(now)
    except ValueError:
        return f"{said}, no number; write it in digits alone, without unit and commas"
    if value < 0:
        return f"{said}; figures below 0 are not held, a fall has the direction `down`"
    return "" if value != value or value == 0 or _LEAST <= value <= _MOST else f"{said}, no figure of a report"


def _against_period(now: str, said: str) -> str:
    m = _PERIOD.fullmatch(now)
    if m and (not m["from"] or m["from"] < m["to"]):
        return ""
    return f"{said}, no period such as 2011, 2011-Q1, 2011-H2, 2011-06, 2010..2012, 2011+ or 20xx"


def _against_unit(now: str, said: str) -> str:
    if not now.strip():
        return "`now` is empty, and a figure has a unit"
    scaled = now[0] in "万亿" and not measure_of(now)
    return f"{said}; give the value in the base unit and leave {now[0]} out" if scaled else ""


_TESTS: dict[str, Callable[[str, str], str]] = {"period": _against_period, "unit": _against_unit}


def known(column: str) -> tuple[str, ...]:
    """The values that a column may hold, where they can be told; none where it holds free words."""
    if column == "family":
        return (*load("families")["words"], *({"other"} - {*load("families")["words"]}))
    if column == "measure":
        sections = (entries for name, entries in load("units").items() if name != "aliases")
        return ("", *dict.fromkeys(measure for entries in sections for measure in entries.values()))
    return CHOICES.get(column, ())


def contradictions(row: Mapping[str, Any]) -> Iterator[tuple[set[str], str]]:
    """What in a claim's row cannot hold together: the columns concerned, and why.

    >>> row = {"value": 3.0, "low": float("nan"), "high": float("nan"), "bound": "exact", "status": "redacted",
    ...        "kind": "count", "direction": ""}
    >>> [reason for _, reason in contradictions(row)]
    ['a redacted figure has no value; correct `status` too, or leave the value out']
    """
    has = {name: row[name] == row[name] for name in NUMBERS}
    numeric = {*NUMBERS, "bound", "status"}
    if row["status"] == "redacted":
        if any(has.values()):
            yield numeric, "a redacted figure has no value; correct `status` too, or leave the value out"
    elif row["bound"] == "range":
        if has["value"]:
            yield numeric, "a range has its ends in `low` and `high` and no `value`"
        elif has["low"] != has["high"] or (row["status"] == "ok" and not has["low"]):
            yield numeric, "a range needs both `low` and `high`"
        elif row["low"] > row["high"]:
            yield numeric, "`low` is above `high`"
    elif has["low"] or has["high"]:
        yield numeric, "only a range has `low` and `high`; correct `bound` too"
    elif row["status"] == "ok" and not has["value"]:
        yield numeric, "a figure that is ok has a value; correct `status` too if the page masks it"
    if row["direction"] and row["kind"] != "change":
        yield {"kind", "direction"}, "only a change has a direction; correct `kind` too"
