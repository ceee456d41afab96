"""Tables of texts → documents: Parquet and JSON lines with the columns doc and text, read in slices, local or through fsspec."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

from ..errors import QzError, ReadError
from ..model import Document
from ..script import printable

__all__ = ["SUFFIXES", "expand", "is_table", "rows", "slices", "stamp"]

SUFFIXES = (".parquet", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
#: columns that become the front matter of a document
_META = ("place", "period", "level", "title")
_NEEDED = ("doc", "text")
#: rows of a Parquet table in memory at once
_BATCH = 500


def is_table(path: str) -> bool:
    """Whether a name on the command line stands for a table of texts.

    >>> is_table("s3://bucket/pages.parquet"), is_table("reports/2011.txt")
    (True, False)
    """
    return path.rstrip("/").lower().endswith(SUFFIXES)


def expand(path: str) -> list[str]:
    """The files that a path, a pattern or a folder of Parquet parts stands for, in a steady order.

    Raises:
        QzError: fsspec is needed and missing, or nothing matches.
    """
    if path.startswith("file://"):
        path = path.removeprefix("file://")
    if "://" not in path:
        from glob import glob

        found = (
            sorted(glob(path, recursive=True))
            if any(c in path for c in "*?[") and not os.path.lexists(path)
            else [path]
        )
        inner = [
            sorted(map(str, Path(p).glob("*.parquet"))) if is_table(p) and Path(p).is_dir() else [p] for p in found
        ]
        found = [p for group in inner for p in group]
    else:
        files, base = _system(path)
        names = files.glob(base) if any(c in base for c in "*?[") else [base]
        if len(names) == 1 and files.isdir(names[0]):
            names = files.glob(names[0].rstrip("/") + "/*.parquet")
        found = [files.unstrip_protocol(name) for name in sorted(map(str, names))]
    if not found:
        raise QzError(f"{path}: nothing matches; check the spelling")
    return found


def stamp(path: str) -> tuple[int, str]:
    """Size and a mark that changes when the table does.

    Raises:
        QzError: there is no such table.
    """
    if "://" not in path:
        try:
            found = os.stat(path)
        except OSError as error:
            raise QzError(
                f"{path}: cannot be opened ({error.strerror}); check the spelling and the permissions"
            ) from None
        return found.st_size, str(found.st_mtime_ns)
    files, base = _system(path)
    try:
        info = files.info(base)
    except OSError as error:
        raise QzError(f"{path}: cannot be opened ({error}); check the address and the credentials") from None
    marks = (info.get(key) for key in ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "created"))
    return int(info.get("size") or 0), str(next((mark for mark in marks if mark), ""))


def slices(path: str, largest: int) -> list[dict[str, Any]]:
    """The pieces that a table is worked on in: row groups of Parquet, stretches of bytes of JSON lines.

    Args:
        path: a path or an fsspec address.
        largest: bytes that a piece should not exceed; one row group may.

    Raises:
        ReadError: it is no such table, or a column is missing.
    """
    if not path.lower().endswith(".parquet"):
        size = stamp(path)[0]
        step = size or 1
        if not path.lower().endswith(".gz"):
            step = largest
        return [
            {"path": path, "start": at, "stop": min(at + step, size), "bytes": min(step, size - at)}
            for at in range(0, max(size, 1), step)
        ]
    found: list[dict[str, Any]] = []
    with _opened(path) as handle:
        table = _parquet(path, handle)
        groups = table.metadata.num_row_groups
        for number in range(groups):
            size = table.metadata.row_group(number).total_byte_size
            if found and found[-1]["bytes"] + size <= largest:
                found[-1].update(stop=number + 1, bytes=found[-1]["bytes"] + size)
            else:
                found.append({"path": path, "start": number, "stop": number + 1, "bytes": size})
    return found or [{"path": path, "start": 0, "stop": 0, "bytes": 0}]


def rows(piece: dict[str, Any], shown: str) -> Iterator[tuple[int, Document | ReadError]]:
    """The documents of one slice with the number of their line, or row, in it, from 1.

    Args:
        piece: one of `slices`.
        shown: what to call the table in errors.

    Returns:
        for each row a document, or what is wrong with it.
    """
    lines = _parquet_rows(piece) if piece["path"].lower().endswith(".parquet") else _json_rows(piece)
    for line, row in enumerate(lines, 1):
        yield line, row if isinstance(row, Document) else _document(row, shown)


def _document(row: Any, shown: str) -> Document | ReadError:
    if isinstance(row, ReadError):
        row.file = shown
        return row
    if not isinstance(row, dict):
        return ReadError(shown, "the line holds no object", 'write {"doc": …, "text": …} on each line')
    for name in _NEEDED:
        if not isinstance(row.get(name), str | int) or isinstance(row.get(name), bool) or row[name] == "":
            what = "is empty" if name in row else "is missing"
            return ReadError(shown, f"{name!r} {what} or no text", "give each row a doc and its text", "read")
    doc, text = printable(str(row["doc"])), printable(str(row["text"]))
    meta = {name: printable(str(row[name])) for name in _META if row.get(name) not in (None, "")}
    hashed = hashlib.sha256(text.encode()).hexdigest()
    return Document("".join(c if c >= " " else " " for c in doc), text, meta, 0, hashed, shown, "table")


def _parquet_rows(piece: dict[str, Any]) -> Iterator[Any]:
    with _opened(piece["path"]) as handle:
        table = _parquet(piece["path"], handle)
        names = [name for name in (*_NEEDED, *_META) if name in table.schema_arrow.names]
        groups = list(range(piece["start"], piece["stop"]))
        for batch in table.iter_batches(_BATCH, row_groups=groups, columns=names):
            yield from batch.to_pylist()


def _parquet(path: str, handle: IO[bytes]) -> Any:
    try:
        import pyarrow.lib
        import pyarrow.parquet as pq
    except ImportError:
        raise QzError('parquet needs pyarrow: pip install "qz-analysis[parquet]"') from None
    try:
        table = pq.ParquetFile(handle)
    except (pyarrow.lib.ArrowException, OSError) as error:
        raise ReadError(
            path, f"is no Parquet table ({str(error).splitlines()[0][:80]})", "write it again", "list"
        ) from None
    if missing := [name for name in _NEEDED if name not in table.schema_arrow.names]:
        raise ReadError(
            path, f"the table has no column {' and '.join(missing)}", "name the columns doc and text", "list"
        )
    return table


def _json_rows(piece: dict[str, Any]) -> Iterator[Any]:
    whole = piece["path"].lower().endswith(".gz")
    with _opened(piece["path"]) as raw, gzip.open(raw) if whole else raw as handle:
        at = piece["start"]
        if at:
            # a line belongs to the slice that it begins in
            handle.seek(at - 1)
            at += len(handle.readline()) - 1
        while whole or at < piece["stop"]:
            try:
                line = handle.readline()
            except (OSError, EOFError) as error:
                yield ReadError("", f"the file is damaged from here on ({error})", "pack it again", "unpack")
                return
            if not line:
                return
            at += len(line)
            yield _parsed(line, first=at == len(line))


def _parsed(line: bytes, *, first: bool) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig" if first else "utf-8"))
    except (ValueError, RecursionError) as error:
        reason = str(error).partition(":")[0] if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return ReadError("", f"the line is no JSON in UTF-8 ({reason})", "write one JSON object on each line")


def _opened(path: str) -> AbstractContextManager[IO[bytes]]:
    if "://" not in path:
        return Path(path).open("rb")
    files, base = _system(path)
    opened: AbstractContextManager[IO[bytes]] = files.open(base, "rb")
    return opened


def _system(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise QzError(f'{path}: such an address needs fsspec: pip install "qz-analysis[cluster]"') from None
    try:
        found: tuple[Any, str] = url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise QzError(f"{path}: {error}; install what fsspec asks for") from None
    return found
