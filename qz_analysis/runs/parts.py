"""Files of one part of a run: rows in, CSV or Parquet out, and back."""

import csv
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from ..errors import QzError
from ..schema import CLAIMS, CORRECTED, DOCUMENTS, ERRORS, RELATIONS, REPORTS, Field, raw, safe

__all__ = [
    "TABLES",
    "Writer",
    "folder_of",
    "held",
    "read_rows",
    "read_signatures",
    "save",
    "schema",
    "sync",
    "typed",
]

TABLES = {
    "claims": CLAIMS,
    "relations": RELATIONS,
    "reports": REPORTS,
    "documents": DOCUMENTS,
    "corrected": CORRECTED,
    "errors": ERRORS,
    "texts": [
        Field("doc", "str", "name of the document in the other tables"),
        Field("text", "str", "what the reader got out"),
    ],
}
#: rows that wait in memory for the next row group of a Parquet file
_WAITING = 20_000
_Row = Sequence[Any]

# a kept text is one cell, as long as it is
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def folder_of(out: Path, number: int, token: str) -> Path:
    """Where the worker writes a part: nobody looks there before the journal names the token."""
    return out / ".qz" / "parts" / f"{number:06d}-{token}"


def held(out: Path, kind: str, name: str, number: int, token: str) -> Path:
    """Where a table of a finished part lies: CSV with its part, Parquet in the folder of its table."""
    if kind == "csv":
        return folder_of(out, number, token) / f"{name}.csv"
    return out / f"{name}.parquet" / f"part-{number:06d}.parquet"


def schema(fields: list[Field]) -> Any:
    """The pyarrow schema of a description, so that an empty part has the types of a full one."""
    import pyarrow as pa

    types = {"int": pa.int64(), "float": pa.float64(), "str": pa.string(), "bool": pa.bool_()}
    return pa.schema([(f.name, types[f.dtype]) for f in fields])


class Writer:
    """Writes the tables of one part, memory bounded; `close` makes them last.

    Args:
        folder: made anew.
        kind: `csv` or `parquet`.
        names: which of `TABLES`.
        raw_cells: leave text cells as they are in CSV.
    """

    def __init__(
        self, folder: Path, kind: str, names: Iterable[str], *, raw_cells: bool = False
    ) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        make = _Csv if kind == "csv" else _Parquet
        self._tables: dict[str, _Csv | _Parquet] = {
            name: make(folder / f"{name}.{kind}", TABLES[name], raw_cells) for name in names
        }
        self._signatures = (folder / "signatures").open("wb")
        self._counts = dict.fromkeys(self._tables, 0)

    def add(self, name: str, rows: Sequence[_Row], *, carried: bool = False) -> None:
        """Adds rows to a table; carried ones come from `read_rows` and are written as they are."""
        if name in self._tables:
            self._tables[name].add(rows, carried)
            self._counts[name] += len(rows)

    def sign(self, signatures: Iterable[bytes]) -> None:
        """Keeps the signatures of the reports, in their order."""
        for signature in signatures:
            self._signatures.write(struct.pack("<I", len(signature)) + signature)

    def counts(self) -> dict[str, int]:
        """Rows of each table so far."""
        return dict(self._counts)

    def close(self) -> None:
        """Ends all files and waits until the disk has them."""
        for table in self._tables.values():
            table.close()
        self._signatures.close()
        for path in self._folder.iterdir():
            sync(path)
        sync(self._folder)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is None:
            return
        for handle in (*self._tables.values(), self._signatures):
            with suppress(Exception):
                handle.close()
        for path in [*self._folder.iterdir()]:
            path.unlink()
        self._folder.rmdir()


def save(path: Path, fields: list[Field], rows: Iterable[_Row], *, raw_cells: bool = False) -> int:
    """Writes one table, CSV or Parquet as its name ends, memory bounded.

    Args:
        path: the file; whoever reads must not see it before it is whole, so give a name that nobody looks for.
        fields: the columns.
        rows: cells in their order.
        raw_cells: leave text cells as they are in CSV.

    Returns:
        how many rows there are.

    Raises:
        QzError: Parquet is asked for and pyarrow is not there.
    """
    count = 0
    with closing((_Csv if path.suffix == ".csv" else _Parquet)(path, fields, raw_cells)) as table:
        if path.suffix == ".csv":
            table.add([[f.name for f in fields]], True)
        for count, row in enumerate(rows, 1):  # noqa: B007
            table.add([row], False)
    return count


class _Csv:
    def __init__(self, path: Path, fields: list[Field], raw_cells: bool) -> None:
        self._handle = path.open("w", encoding="utf-8", newline="", errors="replace")
        self._writer = csv.writer(self._handle, lineterminator="\n")
        self._forms = [_FORMS[f.dtype] for f in fields]
        if raw_cells or path.stem == "texts":
            self._forms = [_whole if form is safe else form for form in self._forms]

    def add(self, rows: Sequence[_Row], carried: bool) -> None:
        forms = self._forms
        self._writer.writerows(
            rows
            if carried
            else ([form(cell) for form, cell in zip(forms, row, strict=True)] for row in rows)
        )

    def close(self) -> None:
        self._handle.close()


class _Parquet:
    def __init__(self, path: Path, fields: list[Field], raw_cells: bool) -> None:
        try:
            import pyarrow.parquet as pq
        except ImportError:
            raise QzError(
                'parquet needs pyarrow: pip install "qz-analysis[parquet]", or leave --format out'
            ) from None
        self._schema = schema(fields)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[_Row] = []

    def add(self, rows: Sequence[_Row], carried: bool) -> None:
        self._rows += rows
        if len(self._rows) >= _WAITING:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in self._schema)
        arrays = [
            pa.array(list(c), f.type, from_pandas=True)
            for c, f in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()


def _whole(cell: Any) -> Any:
    return cell


def _number(cell: float | None) -> Any:
    return "" if cell is None or cell != cell else cell


_FORMS: dict[str, Callable[[Any], Any]] = {
    "str": safe,
    "int": _whole,
    "float": _number,
    "bool": _whole,
}


def read_rows(path: Path) -> Iterator[list[Any]]:
    """The rows of a part's table as they stand there: strings out of CSV, values out of Parquet."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            yield from csv.reader(handle)
        return
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            columns = [column.to_pylist() for column in batch.columns]
            yield from map(list, zip(*columns, strict=True))


def typed(
    rows: Iterable[Sequence[Any]], fields: list[Field], *, raw_cells: bool = False
) -> Iterator[list[Any]]:
    """Rows of `read_rows` as the extractor made them: apostrophes off, numbers as numbers, empty ones NaN."""
    forms = [_BACK[f.dtype] for f in fields]
    for row in rows:
        yield [
            (form(cell) if form is not raw or not raw_cells else cell)
            if isinstance(cell, str)
            else _nan(cell)
            for form, cell in zip(forms, row, strict=True)
        ]


def _float(cell: str) -> float:
    return float(cell) if cell else float("nan")


def _nan(cell: Any) -> Any:
    return float("nan") if cell is None else cell


_BACK: dict[str, Callable[[str], Any]] = {
    "str": raw,
    "int": int,
    "float": _float,
    "bool": "True".__eq__,
}


def read_signatures(folder: Path) -> Iterator[bytes]:
    """The signatures of a part's reports, in their order."""
    with (folder / "signatures").open("rb") as handle:
        while head := handle.read(4):
            yield handle.read(struct.unpack("<I", head)[0])


def sync(path: Path) -> None:
    """Waits until the disk has a file, or the names in a folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
