"""Tables of texts as input: Parquet and JSON lines with the columns doc and text.

They are read in slices, from the disk or from addresses through fsspec.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from glob import glob
from pathlib import Path
from typing import IO, Any

from ..errors import QzError, ReadError
from ..model import Document
from ..readers.read import LARGEST
from ..script import printable

SUFFIXES = (".parquet", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
#: columns that become the front matter of a document
_META = ("place", "period", "level", "title")
_NEEDED = ("doc", "text")
#: rows of a Parquet table in memory at once
_BATCH = 500
#: where file systems tell what changes when a file does
_VERSIONS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "created")


def is_table(path: str) -> bool:
    """Whether a name on the command line stands for a table of texts.

    >>> is_table("s3://bucket/pages.parquet"), is_table("reports/2011.txt")
    (True, False)
    """
    return path.rstrip("/").lower().endswith(SUFFIXES)


def expand(path: str) -> list[str]:
    """The paths that a path, an address, a pattern or a folder of Parquet parts stands for.

    >>> expand(".")
    ['.']
    """
    path = path.removeprefix("file://")
    if "://" in path:
        files, base = _filesystem(path)
        names = files.glob(base) if _is_pattern(base) else [base]
        if len(names) == 1 and files.isdir(names[0]):
            names = files.glob(names[0].rstrip("/") + "/*.parquet")
        found = [files.unstrip_protocol(name) for name in sorted(map(str, names))]
    elif os.path.lexists(path):
        found = _parquet_parts(path)
    elif is_table(path) or _is_pattern(path):
        names = sorted(glob(path, recursive=True)) if _is_pattern(path) else [path]
        found = [part for name in names for part in _parquet_parts(name)]
    else:
        reason = "there is no such file or folder"
        raise ReadError(path, reason, "check the spelling or give another path", "list")
    if not found:
        raise QzError(f"{path}: nothing matches; check the spelling")
    return found


def _parquet_parts(path: str) -> list[str]:
    if is_table(path) and os.path.isdir(path):
        return sorted(map(str, Path(path).glob("*.parquet")))
    return [path]


def _is_pattern(path: str) -> bool:
    return any(c in path for c in "*?[")


def version(path: str) -> tuple[int, str]:
    """The size of a table and something that changes when the table does."""
    if "://" not in path:
        try:
            found = os.stat(path)
        except OSError as error:
            raise QzError(
                f"{path}: cannot be opened ({error.strerror}); "
                "check the spelling and the permissions"
            ) from None
        return found.st_size, str(found.st_mtime_ns)
    files, base = _filesystem(path)
    try:
        info = files.info(base)
    except OSError as error:
        raise QzError(
            f"{path}: cannot be opened ({error}); check the address and the credentials"
        ) from None
    return int(info.get("size") or 0), str(next(filter(None, map(info.get, _VERSIONS)), ""))


def slices(path: str, largest: int) -> list[dict[str, Any]]:
    """The pieces that a table is worked on in, as row groups of Parquet or bytes of JSON lines.

    A piece has at most `largest` bytes where it can be cut so; a row group cannot be cut.
    """
    if not path.lower().endswith(".parquet"):
        size = version(path)[0]
        step = (size or 1) if path.lower().endswith(".gz") else largest
        return [
            {"path": path, "start": at, "stop": min(at + step, size), "bytes": min(step, size - at)}
            for at in range(0, max(size, 1), step)
        ]
    found: list[dict[str, Any]] = []
    with _opened(path) as handle:
        metadata = _parquet_file(path, handle).metadata
        for number in range(metadata.num_row_groups):
            size = metadata.row_group(number).total_byte_size
            if found and found[-1]["bytes"] + size <= largest:
                found[-1].update(stop=number + 1, bytes=found[-1]["bytes"] + size)
            else:
                found.append({"path": path, "start": number, "stop": number + 1, "bytes": size})
    return found or [{"path": path, "start": 0, "stop": 0, "bytes": 0}]


def rows(piece: dict[str, Any], shown: str) -> Iterator[tuple[int, Document | ReadError]]:
    """The documents, or errors, of one of `slices` with their line or row in it, from 1.

    `shown` is what errors call the table.
    """
    is_parquet = piece["path"].lower().endswith(".parquet")
    lines = _parquet_rows(piece) if is_parquet else _json_rows(piece)
    for line, row in enumerate(lines, 1):
        yield line, _document(row, shown)


def _document(row: Any, shown: str) -> Document | ReadError:
    if isinstance(row, ReadError):
        row.file = shown
        return row
    if not isinstance(row, dict):
        way_out = 'write {"doc": …, "text": …} on each line'
        return ReadError(shown, "the line holds no object", way_out)
    for name in _NEEDED:
        cell = row.get(name)
        if not isinstance(cell, str | int) or isinstance(cell, bool) or cell == "":
            reason = f"{name!r} {'is empty' if name in row else 'is missing'} or no text"
            return ReadError(shown, reason, "give each row a doc and its text")
    doc, text = printable(str(row["doc"])), printable(str(row["text"]))
    meta = {name: printable(str(row[name])) for name in _META if row.get(name) not in (None, "")}
    hashed = hashlib.sha256(text.encode()).hexdigest()
    name = "".join(c if c >= " " else " " for c in doc)
    return Document(name, text, meta, 0, hashed, shown, "table")


def _parquet_rows(piece: dict[str, Any]) -> Iterator[Any]:
    with _opened(piece["path"]) as handle:
        table = _parquet_file(piece["path"], handle)
        names = [name for name in (*_NEEDED, *_META) if name in table.schema_arrow.names]
        groups = list(range(piece["start"], piece["stop"]))
        for batch in table.iter_batches(_BATCH, row_groups=groups, columns=names):
            yield from batch.to_pylist()


def _parquet_file(path: str, handle: IO[bytes]) -> Any:
    try:
        import pyarrow.lib
        import pyarrow.parquet as pq
    except ImportError:
        raise QzError('parquet needs pyarrow: pip install "qz-analysis[parquet]"') from None
    try:
        table = pq.ParquetFile(handle)
    except (pyarrow.lib.ArrowException, OSError) as error:
        reason = f"is no Parquet table ({str(error).splitlines()[0][:80]})"
        raise ReadError(path, reason, "write it again", "list") from None
    if missing := [name for name in _NEEDED if name not in table.schema_arrow.names]:
        reason = f"the table has no column {' and '.join(missing)}"
        raise ReadError(path, reason, "name the columns doc and text", "list")
    return table


def _json_rows(piece: dict[str, Any]) -> Iterator[Any]:
    packed = piece["path"].lower().endswith(".gz")
    with _opened(piece["path"]) as file, gzip.open(file) if packed else file as handle:
        at = piece["start"]
        if at:
            # a line belongs to the slice that it begins in
            handle.seek(at - 1)
            skipped = handle.readline(piece["stop"] - at + 1)
            if not skipped.endswith(b"\n"):
                return
            at += len(skipped) - 1
        while packed or at < piece["stop"]:
            try:
                line = handle.readline(LARGEST + 1)
            except (OSError, EOFError) as error:
                reason = f"the file is damaged from here on ({error})"
                yield ReadError("", reason, "pack it again", "unpack")
                return
            if not line:
                return
            if len(line) > LARGEST:
                reason = f"the line is longer than {LARGEST >> 20} MB"
                yield ReadError("", reason, "write one JSON object on each line")
                return
            at += len(line)
            yield _parsed(line, "utf-8-sig" if at == len(line) else "utf-8")


def _parsed(line: bytes, encoding: str) -> Any:
    try:
        return json.loads(line.decode(encoding))
    except (ValueError, RecursionError) as error:
        is_json = isinstance(error, json.JSONDecodeError)
        reason = str(error).partition(":")[0] if is_json else type(error).__name__
        reason = f"the line is no JSON in UTF-8 ({reason})"
        return ReadError("", reason, "write one JSON object on each line")


def _opened(path: str) -> AbstractContextManager[IO[bytes]]:
    if "://" not in path:
        return Path(path).open("rb")
    files, base = _filesystem(path)
    opened: AbstractContextManager[IO[bytes]] = files.open(base, "rb")
    return opened


def _filesystem(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise QzError(
            f'{path}: such an address needs fsspec: pip install "qz-analysis[cluster]"'
        ) from None
    try:
        found: tuple[Any, str] = url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise QzError(f"{path}: {error}; install what fsspec asks for") from None
    return found
