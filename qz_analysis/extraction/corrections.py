"""Corrections of claims: what one may say, the files that hold them, read and appended to.

A file is read whatever a spreadsheet made of it, and written line by line behind what is there.
"""

import csv
import io
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast

from ..errors import QzError
from ..model import Claim, Correction
from ..readers.detect import decode
from ..schema import CORRECTIONS, raw, safe
from ..vocabularies.session import load
from ..vocabularies.units import measure_of

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("value", "low", "high")
#: the columns of a claim that can be corrected
COLUMNS = (
    *NUMBERS,
    *("bound", "unit", "kind", "direction", "family", "stage", "measure", "subject"),
    *("period", "place", "status"),
)
#: the name that stands in `column` for a verdict on the whole row
VERDICT = "claim"
#: what the columns of few values may hold
CHOICES = {
    "bound": ("exact", "approx", "min", "max", "range"),
    "kind": ("count", "rate", "change", "money", "measure", "per"),
    "direction": ("", "up", "down"),
    "stage": ("", "received", "resolved", "pending"),
    "status": ("ok", "redacted", "spoilt"),
}
#: what the file is called where nobody names it
NAME = "corrections.csv"
HEAD = [column.name for column in CORRECTIONS]
#: what can be given as corrections
Given: TypeAlias = Union[str, Path, Correction, "pd.DataFrame", Iterable["Given"]]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HASH = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_PERIOD = re.compile(
    r"""(?x)
    (?: (?:\d{4}|20xx) (?:-(?: Q[1-4] | H[12] | 0[1-9] | 1[0-2] ))? \+?
    | (?P<from>\d{4}) \.\. (?P<to>\d{4})
    )?"""
)
_PERIODS = "2011, 2011-Q1, 2011-H2, 2011-06, 2010..2012, 2011+ or 20xx"
# beyond these no report counts, and whole numbers are no longer exact
_LEAST, _MOST = 1e-9, 1e15
# what a spreadsheet makes of a time
_DATE = re.compile(r"^(\d{4})[/-](\d{1,2})[/-](\d{1,2}) (\d{1,2}):(\d{2})(:\d{2})?$")
_ENDS = re.compile(r"\r\n|\n|\r")


def cell(value: Any) -> str:
    """A value of a claims table as a correction writes it, on one line: nothing for none.

    >>> cell(2163.0), cell(83.7), cell(float("nan")), cell("193 批次")
    ('2163', '83.7', '', '193 批次')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    return repr(float(value)).removesuffix(".0") if not isinstance(value, int) else str(value)


def number(text: str) -> float:
    """The number of a cell, NaN for an empty one; ValueError for anything else."""
    if not text:
        return math.nan
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def against(correction: Correction) -> str:
    """Why a line cannot be a correction whatever the document says; nothing when it can.

    >>> against(Correction("2011-06", "a", 0, 5, "period", "2011", "2011-Q5"))
    "`hash` is '2011-06', not 16 hex digits; a spreadsheet may have taken it for a number"
    """
    c = correction
    if not _HASH.fullmatch(c.hash):
        said = f"`hash` is {c.hash[:40]!r}, not 16 hex digits"
        return f"{said}; a spreadsheet may have taken it for a number"
    if not 0 <= c.start <= c.end:
        return "`start` and `end` are no offsets; they are those of the claim"
    if c.column not in (*COLUMNS, VERDICT):
        return f"`column` is {c.column[:40]!r}; there are: {', '.join((*COLUMNS, VERDICT))}"
    try:
        if c.when:
            datetime.fromisoformat(c.when)
    except ValueError:
        return f"`when` is {c.when[:40]!r}, no time such as 2011-06-30T09:00:00Z"
    return "" if c.column == VERDICT else _against_value(c.column, c.now)


def _against_value(column: str, now: str) -> str:
    """Why a column cannot hold a value."""
    said = f"`now` is {now[:40]!r}"
    if column in NUMBERS:
        return _against_number(now, said)
    if column == "period":
        m = _PERIOD.fullmatch(now)
        good = m and (not m["from"] or m["from"] < m["to"])
        return "" if good else f"{said}, no period such as {_PERIODS}"
    if column == "unit":
        if not now.strip():
            return "`now` is empty, and a figure has a unit"
        scaled = now[0] in "万亿" and not measure_of(now)
        return f"{said}; give the value in the base unit and leave {now[0]} out" if scaled else ""
    choices = known(column)
    if not choices or now in choices:
        return ""
    return f"{said}; `{column}` may be: {', '.join(c or 'nothing' for c in choices)}"


def _against_number(now: str, said: str) -> str:
    try:
        value = number(now)
    except ValueError:
        return f"{said}, no number; write it in digits alone, without unit and commas"
    if value < 0:
        return f"{said}; figures below 0 are not held, a fall has the direction `down`"
    held = value != value or value == 0 or _LEAST <= value <= _MOST
    return "" if held else f"{said}, no figure of a report"


def known(column: str) -> tuple[str, ...]:
    """The values that a column may hold, where they can be told; none where it holds free words."""
    if column == "family":
        return (*load("families")["words"], *({"other"} - {*load("families")["words"]}))
    if column == "measure":
        sections = (entries for name, entries in load("units").items() if name != "aliases")
        return ("", *dict.fromkeys(measure for entries in sections for measure in entries.values()))
    return CHOICES.get(column, ())


def contradictions(claim: Claim) -> Iterator[tuple[set[str], str]]:
    """What in a claim cannot hold together: the columns concerned, and why.

    >>> from qz_analysis import extract
    >>> from qz_analysis.model import claims_of
    >>> (claim,) = claims_of(extract("受理43宗。"))
    >>> [sorted(columns) for columns, _ in contradictions(replace(claim, direction="up"))]
    [['direction', 'kind']]
    """
    value, low, high = claim.value, claim.low, claim.high
    numeric = {*NUMBERS, "bound", "status"}
    missing = [number is None for number in (value, low, high)]
    if claim.status == "redacted":
        if not all(missing):
            reason = "a redacted figure has no value; correct `status` too, or leave the value out"
            yield numeric, reason
    elif claim.bound == "range":
        if value is not None:
            yield numeric, "a range has its ends in `low` and `high` and no `value`"
        elif missing[1] != missing[2] or (missing[1] and claim.status == "ok"):
            yield numeric, "a range needs both `low` and `high`"
        elif low is not None and high is not None and low > high:
            yield numeric, "`low` is above `high`"
    elif not all(missing[1:]):
        yield numeric, "only a range has `low` and `high`; correct `bound` too"
    elif claim.status == "ok" and value is None:
        reason = "a figure that is ok has a value; correct `status` too if the page masks it"
        yield numeric, reason
    if claim.direction and claim.kind != "change":
        yield {"kind", "direction"}, "only a change has a direction; correct `kind` too"


def read_corrections(path: Path | str) -> list[Correction]:
    """The lines of a corrections file, in their order.

    Commas, semicolons or tabs stand between cells. A line that cannot be a correction is among
    them, its `fault` saying why: it stops no other, and is refused when applied.

    Raises:
        QzError: the file cannot be read, or its first line is not the head of a corrections file.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        way_out = "check the name and the permissions"
        raise QzError(f"{path}: cannot be read ({error.strerror}); {way_out}") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:  # a spreadsheet may have saved it in another encoding
        text = decode(data, str(path))
    if not text:
        return []
    lines = _ENDS.split(text.removeprefix("\ufeff"))
    mark = next((mark for mark in ",;\t" if _cells(lines[0], mark)[: len(HEAD)] == HEAD), "")
    if not mark:
        raise QzError(_foreign(path))
    return [
        _read(_cells(text, mark), str(path), at)
        for at, text in enumerate(lines[1:], 2)
        if text.strip(",;\t ")
    ]


def _foreign(path: Path | str) -> str:
    return f"{path}, line 1: is not the head of a corrections file; it must read {','.join(HEAD)}"


def _cells(text: str, mark: str) -> list[str]:
    """The cells of one line; none holds a line end, so that an open quote spoils no other line."""
    try:
        return [raw(cell) for cell in next(csv.reader([text], delimiter=mark, strict=True), [])]
    except csv.Error:
        return []


def _read(cells: list[str], file: str, at: int) -> Correction:
    """A line's cells as a correction."""
    fault, width = "", len(HEAD)
    if len(cells) < width or any(cells[width:]):
        fault = f"has {len(cells)} cells that can be read, not {width}; it may be cut off"
    hashed, doc, *place, column, was, now, who, when, why = [*cells, *[""] * width][:width]
    start, end = (int(text) if text.isdecimal() and len(text) < 19 else -1 for text in place)
    if m := _DATE.fullmatch(when):
        when = f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}T{m[4]:0>2}:{m[5]}{m[6] or ':00'}Z"
    found = Correction(hashed, doc, start, end, column, was, now, who, when, why, file, at)
    return replace(found, fault=fault or against(found))


def collected(corrections: Given) -> list[Correction]:
    """Corrections of a file, a DataFrame, or several of these one after the other.

    Raises:
        QzError: as in `read_corrections`; a DataFrame lacks a column.
    """
    if isinstance(corrections, Correction):
        return [replace(corrections, fault=corrections.fault or against(corrections))]
    if isinstance(corrections, str | Path):
        return read_corrections(corrections)
    if hasattr(corrections, "to_dict"):
        return list(_rows(cast("pd.DataFrame", corrections)))
    return [one for part in corrections for one in collected(part)]


def _rows(table: "pd.DataFrame") -> Iterator[Correction]:
    if missing := ", ".join(name for name in HEAD if name not in table.columns):
        needs = f"it needs {', '.join(HEAD)}"
        raise QzError(f"corrections: the table lacks the column {missing}; {needs}")
    for at, row in enumerate(table[HEAD].to_numpy(dtype=object).tolist(), 1):
        yield _read([cell(value) for value in row], "corrections, row", at)


def line(
    claim: Mapping[str, Any],
    column: str,
    now: Any,
    who: str,
    why: str = "",
    when: datetime | None = None,
) -> Correction:
    """A correction of one cell of a claim.

    Args:
        claim: the claim's row as the extractor made it.
        column: one of `COLUMNS`, or `claim` for a verdict on the row.
        now: what holds, a number or words; None or `""` for nothing. For a verdict the claim's
            `text`, or nothing when it is no claim.
        who, why: free words.
        when: now when None; a time without a zone is taken for UTC.

    Raises:
        QzError: the column cannot be corrected, or cannot hold this.

    >>> claim = {"hash": "0123456789abcdef", "doc": "a", "start": 2, "end": 7, "value": 2163.0}
    >>> made = line(claim, "value", 2136, "甲", when=datetime(2011, 6, 30, 9))
    >>> made.was, made.now, made.when
    ('2163', '2136', '2011-06-30T09:00:00Z')
    """
    if isinstance(now, str) and column in NUMBERS:
        with suppress(ValueError):
            now = float(now)
    was = cell(claim.get("text" if column == VERDICT else column))
    at = (when or datetime.now(UTC)).replace(tzinfo=(when and when.tzinfo) or UTC).astimezone(UTC)
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    place = (str(claim["hash"]), cell(claim["doc"]), int(claim["start"]), int(claim["end"]))
    made = Correction(*place, column, was, cell(now), cell(who), stamp, cell(why))
    if fault := against(made):
        raise QzError(f"{made.doc}, {made.start}-{made.end}: {fault}")
    return made


def append(path: Path | str, corrections: Iterable[Correction]) -> None:
    """Writes corrections behind those in a file, in one piece; made with its head when missing.

    Two processes that append at once do not mix their lines (where the system has `fcntl`), and a
    disk that is full leaves the file as it was.

    Raises:
        QzError: the file is no corrections file of commas in UTF-8, or cannot be written.
    """
    added = _written(one.cells for one in corrections)
    try:
        mode = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(path, mode, 0o666)
        try:
            _lock(handle)
            with os.fdopen(os.dup(handle), "rb") as file:
                file.seek(0)
                there = file.read()
            os.lseek(handle, 0, os.SEEK_END)
            _write(handle, _joint(there, path) + added, len(there))
            os.fsync(handle)
        finally:
            os.close(handle)  # and the lock with it
    except OSError as error:
        way_out = "check the name, the permissions and the room"
        raise QzError(f"{path}: cannot be written ({error.strerror}); {way_out}") from None


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _lock(handle: int) -> None:
    with suppress(ImportError):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _joint(there: bytes, path: Path | str) -> bytes:
    """What must come before new lines: the head of a new file, or the end of an open last line."""
    if not there:
        return _written([HEAD])
    first = (there.removeprefix(b"\xef\xbb\xbf").splitlines() or [b""])[0]
    if _cells(first.decode("latin-1"), ",") != HEAD:
        if not read_corrections(path):
            raise QzError(_foreign(path))
        raise QzError(
            f"{path}: a spreadsheet has saved it in another form, so no line can be added; "
            f"`qz corrections merge {path} --out NAME` writes it anew with commas in UTF-8"
        )
    try:
        there.decode("utf-8")
    except UnicodeDecodeError:
        reason = "is not in UTF-8, so nothing can be added; save it as CSV UTF-8"
        raise QzError(f"{path}: {reason}") from None
    return b"" if there.endswith((b"\n", b"\r")) else b"\n"


def _write(handle: int, data: bytes, before: int) -> None:
    """All of it or nothing."""
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(handle, left) :]
    except OSError:
        os.ftruncate(handle, before)
        raise
