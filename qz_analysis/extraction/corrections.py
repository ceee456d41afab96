"""Corrections of reviewers: what a correction may say, and the files that hold them."""

import csv
import hashlib
import io
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast

from ..errors import QzError
from ..model import ANSWERS, Correction
from ..schema import CORRECTIONS, CsvWriter, raw, safe
from ..vocabularies.session import load
from ..vocabularies.units import measure_of

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("value", "low", "high")
COLUMNS = (*NUMBERS, "bound", "unit", "kind", "direction", "family", "stage", "measure", "subject", "period", "place", "status")  # fmt: skip
#: what is known of reports and not of claims
_OF_REPORTS = {*ANSWERS, "adcode"} - {"place", "period"}
#: the name that stands in `column` for a verdict on the whole row
VERDICT = "claim"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HASH = re.compile(r"[0-9a-f]{16}")
_YEAR, _MONTH = r"(?:\d{4}|20xx)", r"(?:0[1-9]|1[0-2])"
_PERIOD = re.compile(
    rf"(?:{_YEAR}(?:-(?:Q[1-4]|H[12]|{_MONTH}))?\+?|(?P<from>\d{{4}})\.\.(?P<to>\d{{4}})"
    rf"|{_YEAR}-{_MONTH}\.\.{_YEAR}-{_MONTH})?"
)
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


def cell(value: Any) -> str:
    """A value of a claims table as a correction writes it: nothing for none, a number by its
    shortest digits, one line.

    >>> cell(2163.0), cell(83.7), cell(float("nan")), cell("193 批次")
    ('2163', '83.7', '', '193 批次')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    return repr(float(value)).removesuffix(".0") if not isinstance(value, int) else str(value)


def number(text: str) -> float:
    """The number of a cell, NaN for an empty one."""
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
    if c.column in _OF_REPORTS or (c.column in ANSWERS and c.start < 0):
        return f"`{c.column}` of a whole report is mended in documents.csv, which `qz documents` writes"
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
        return (
            ""
            if now in choices
            else f"{said}; `{column}` may be: {', '.join(c or 'nothing' for c in choices)}"
        )
    return _TESTS.get(column, lambda now, said: "")(now, said)


def _against_number(now: str, said: str) -> str:
    try:
        value = number(now)
    except ValueError:
        return f"{said}, no number; write it in digits alone, without unit and commas"
    if value < 0:
        return f"{said}; figures below 0 are not held, a fall has the direction `down`"
    return (
        ""
        if value != value or value == 0 or _LEAST <= value <= _MOST
        else f"{said}, no figure of a report"
    )


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
            yield (
                numeric,
                "a redacted figure has no value; correct `status` too, or leave the value out",
            )
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


#: what the file is called where nobody names it
NAME = "corrections.csv"
HEAD = [f.name for f in CORRECTIONS]
#: what can be given as corrections
Given: TypeAlias = Union[str, Path, Correction, "pd.DataFrame", Iterable["Given"]]
# what a spreadsheet makes of a time
_DATE = re.compile(r"^(\d{4})[/-](\d{1,2})[/-](\d{1,2}) (\d{1,2}):(\d{2})(:\d{2})?$")
_ENDS = re.compile(r"\r\n|\n|\r")


def text_hash(text: str) -> str:
    """What stands for a document's text: the first 16 hex digits of the SHA-256 of its UTF-8.

    >>> text_hash("受理2163宗。")
    '2894c0b758b8a35d'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_corrections(path: Path | str) -> list[Correction]:
    """The lines of a corrections file, in their order.

    A line that cannot be a correction is among them, its `fault` saying why: it stops no other, and
    is refused when applied.
    """
    try:
        text = _text(Path(path).read_bytes(), str(path))
    except OSError as error:
        raise QzError(
            f"{path}: cannot be read ({error.strerror}); check the name and the permissions"
        ) from None
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


def _text(data: bytes, name: str) -> str:
    """What the file says; a spreadsheet may have saved it in another encoding than it was written
    in.
    """
    from ..readers.detect import decode

    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, name)


def _foreign(path: Path | str) -> str:
    return f"{path}, line 1: is not the head of a corrections file; it must read {','.join(HEAD)}"


def _cells(text: str, mark: str) -> list[str]:
    """The cells of one line; a quote that is left open spoils no other line, for no cell holds a
    line end.
    """
    try:
        return [raw(cell) for cell in next(csv.reader([text], delimiter=mark, strict=True), [])]
    except csv.Error:
        return []


def _read(cells: list[str], file: str, at: int) -> Correction:
    """A line's cells as a correction."""
    fault = ""
    if len(cells) < len(HEAD) or any(cells[len(HEAD) :]):
        fault = f"has {len(cells)} cells that can be read, not {len(HEAD)}; it may be cut off"
    hashed, doc, *place, column, was, now, who, when, why = [*cells, *[""] * len(HEAD)][: len(HEAD)]
    start, end = (int(text) if text.isdecimal() and len(text) < 19 else -1 for text in place)
    when = _DATE.sub(
        lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}T{m[4]:0>2}:{m[5]}{m[6] or ':00'}Z", when
    )
    found = Correction(hashed, doc, start, end, column, was, now, who, when, why, file, at)
    return replace(found, fault=fault or against(found))


def collected(corrections: Given) -> list[Correction]:
    """Corrections of a file, a DataFrame, or several of these one after the other."""
    if isinstance(corrections, Correction):
        return [replace(corrections, fault=corrections.fault or against(corrections))]
    if isinstance(corrections, str | Path):
        return read_corrections(corrections)
    if hasattr(corrections, "to_dict"):
        return list(_rows(cast("pd.DataFrame", corrections)))
    return [one for part in corrections for one in collected(part)]


def _rows(table: "pd.DataFrame") -> Iterator[Correction]:
    if missing := [name for name in HEAD if name not in table.columns]:
        raise QzError(
            f"corrections: the table lacks the column {', '.join(missing)}; it needs {', '.join(HEAD)}"
        )
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

    >>> claim = {"hash": "0123456789abcdef", "doc": "a", "start": 2, "end": 7, "text": "2163宗", "value": 2163.0}
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
    made = Correction(str(claim["hash"]), cell(claim["doc"]), int(claim["start"]), int(claim["end"]), column, was,
                      cell(now), cell(who), stamp, cell(why))  # fmt: skip
    if fault := against(made):
        raise QzError(f"{made.doc}, {made.start}-{made.end}: {fault}")
    return made


def append(path: Path | str, corrections: Iterable[Correction]) -> None:
    """Writes corrections behind those in a file, in one piece; made with its head when missing.

    Two processes that append at once do not mix their lines (where the system has `fcntl`), and a
    disk that is full leaves the file as it was.
    """
    added = _written(one.cells for one in corrections)

    def behind(handle: int, there: bytes) -> None:
        os.lseek(handle, 0, os.SEEK_END)
        _write(handle, _joint(there, path) + added, len(there))

    _changed(path, behind)


def retract(path: Path | str, corrections: Iterable[Correction]) -> None:
    """Takes back lines that were appended last.

    Raises:
        QzError: something else was written behind them since; the file stays as it is.
    """
    added = _written(one.cells for one in corrections)

    def before(handle: int, there: bytes) -> None:
        if not there.endswith(added):
            fault = "other lines were written behind these, so they cannot be taken back"
            raise QzError(f"{path}: {fault}; take them out by hand, or write another verdict")
        os.ftruncate(handle, len(there) - len(added))

    _changed(path, before)


def _changed(path: Path | str, change: Callable[[int, bytes], None]) -> None:
    """Changes a file that no other process changes meanwhile."""
    try:
        handle = os.open(
            path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666
        )
        try:
            _lock(handle)
            change(handle, _whole(handle))
            os.fsync(handle)
        finally:
            os.close(handle)  # and the lock with it
    except OSError as error:
        raise QzError(f"{path}: cannot be written ({error.strerror}); check the name, the permissions and the room") from None  # fmt: skip


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    # a file is read line by line, so that no cell may hold a line end
    CsvWriter(text).writerows([safe(cell(one)) for one in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _lock(handle: int) -> None:
    with suppress(ImportError):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _whole(handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        return file.read()


def _joint(there: bytes, path: Path | str) -> bytes:
    """What must come before new lines: the head of a new file, the line end of a last line that has
    none.
    """
    if not there:
        return _written([HEAD])
    first = there.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    if (
        first != [",".join(HEAD).encode()]
        and _cells((first or [b""])[0].decode("latin-1"), ",") != HEAD
    ):
        if read_corrections(path):
            raise QzError(
                f"{path}: a spreadsheet has saved it in another form, so no line can be added; "
                f"`qz corrections merge {path} --out NAME` writes it anew with commas in UTF-8"
            )
        raise QzError(_foreign(path))
    try:
        there.decode("utf-8")
    except UnicodeDecodeError:
        raise QzError(
            f"{path}: is not in UTF-8, so nothing can be added; save it as CSV UTF-8"
        ) from None
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
