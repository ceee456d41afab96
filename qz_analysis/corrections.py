"""A corrections file: read whatever a spreadsheet made of it, written line by line behind what is there."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast

from .cells import raw, safe
from .correctable import NUMBERS, VERDICT, Correction, against, cell
from .errors import QzError
from .fields import CORRECTIONS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HEAD", "NAME", "Given", "append", "collected", "line", "load", "text_hash"]

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

    Args:
        text: the text that offsets count in, `Document.text`.

    >>> text_hash("受理2163宗。")
    '2894c0b758b8a35d'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load(path: Path | str) -> list[Correction]:
    """The lines of a corrections file, in their order.

    A line that cannot be a correction is among them, its `fault` saying why: it stops no other, and is refused when applied.

    Args:
        path: the file; commas, semicolons or tabs between cells, with or without a byte order mark.

    Raises:
        QzError: the file cannot be read, or its first line is not the head of a corrections file.
    """
    try:
        text = _text(Path(path).read_bytes(), str(path))
    except OSError as error:
        raise QzError(f"{path}: cannot be read ({error.strerror}); check the name and the permissions") from None
    if not text:
        return []
    lines = _ENDS.split(text.removeprefix("\ufeff"))
    mark = next((mark for mark in ",;\t" if _cells(lines[0], mark)[: len(HEAD)] == HEAD), "")
    if not mark:
        raise QzError(_foreign(path))
    return [_read(_cells(text, mark), str(path), at) for at, text in enumerate(lines[1:], 2) if text.strip(",;\t ")]


def _text(data: bytes, name: str) -> str:
    """What the file says; a spreadsheet may have saved it in another encoding than it was written in."""
    from .readers.detect import decode

    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, name)


def _foreign(path: Path | str) -> str:
    return f"{path}, line 1: is not the head of a corrections file; it must read {','.join(HEAD)}"


def _cells(text: str, mark: str) -> list[str]:
    """The cells of one line; a quote that is left open spoils no other line, for no cell holds a line end."""
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
    when = _DATE.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}T{m[4]:0>2}:{m[5]}{m[6] or ':00'}Z", when)
    found = Correction(hashed, doc, start, end, column, was, now, who, when, why, file, at)
    return replace(found, fault=fault or against(found))


def collected(corrections: Given) -> list[Correction]:
    """Corrections of a file, a DataFrame, or several of these one after the other.

    Args:
        corrections: a path, a DataFrame with the columns of `fields.CORRECTIONS`, a `Correction`, or an iterable of these.

    Raises:
        QzError: as in `load`; a DataFrame lacks a column.
    """
    if isinstance(corrections, Correction):
        return [replace(corrections, fault=corrections.fault or against(corrections))]
    if isinstance(corrections, str | Path):
        return load(corrections)
    if hasattr(corrections, "to_dict"):
        return list(_rows(cast("pd.DataFrame", corrections)))
    return [one for part in corrections for one in collected(part)]


def _rows(table: "pd.DataFrame") -> Iterator[Correction]:
    if missing := [name for name in HEAD if name not in table.columns]:
        raise QzError(f"corrections: the table lacks the column {', '.join(missing)}; it needs {', '.join(HEAD)}")
    for at, row in enumerate(table[HEAD].to_numpy(dtype=object).tolist(), 1):
        yield _read([cell(value) for value in row], "corrections, row", at)


def line(
    claim: Mapping[str, Any], column: str, now: Any, who: str, why: str = "", when: datetime | None = None
) -> Correction:
    """A correction of one cell of a claim.

    Args:
        claim: the claim's row as the extractor made it.
        column: one of `correctable.COLUMNS`, or `claim` for a verdict on the row.
        now: what holds, a number or words; None or `""` for nothing. For a verdict the claim's `text`, or nothing when it is no claim.
        who, why: free words.
        when: now when None; a time without a zone is taken for UTC.

    Raises:
        QzError: the column cannot be corrected, or cannot hold this.

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

    Two processes that append at once do not mix their lines (where the system has `fcntl`), and a disk that is full leaves the file as it was.

    Args:
        path: the file; never rewritten.
        corrections: what to add.

    Raises:
        QzError: the file is no corrections file of commas in UTF-8, or cannot be written.
    """
    added = _written(one.cells for one in corrections)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        try:
            _lock(handle)
            there = _whole(handle)
            os.lseek(handle, 0, os.SEEK_END)
            _write(handle, _joint(there, path) + added, len(there))
            os.fsync(handle)
        finally:
            os.close(handle)  # and the lock with it
    except OSError as error:
        raise QzError(f"{path}: cannot be written ({error.strerror}); check the name, the permissions and the room") from None  # fmt: skip


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([safe(cell) for cell in row] for row in rows)
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
    """What must come before new lines: the head of a new file, the line end of a last line that has none."""
    if not there:
        return _written([HEAD])
    first = there.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    if first != [",".join(HEAD).encode()] and _cells((first or [b""])[0].decode("latin-1"), ",") != HEAD:
        if load(path):
            raise QzError(
                f"{path}: a spreadsheet has saved it in another form, so no line can be added; "
                f"`qz corrections merge {path} --out NAME` writes it anew with commas in UTF-8"
            )
        raise QzError(_foreign(path))
    try:
        there.decode("utf-8")
    except UnicodeDecodeError:
        raise QzError(f"{path}: is not in UTF-8, so nothing can be added; save it as CSV UTF-8") from None
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
