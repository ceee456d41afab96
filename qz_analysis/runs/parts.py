"""Tables of one part of a run, written as CSV or Parquet and read back as they were."""

import csv
import json
import os
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ..errors import QzError
from ..schema import (
    CLAIMS,
    CORRECTED,
    DOCUMENTS,
    ERRORS,
    MAKER,
    RELATIONS,
    REPORTS,
    CsvWriter,
    Field,
    raw,
    safe,
)

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
_INDEX = "index.json"
#: columns of claims of which a part counts the empty cells
LACKING = {"place": "claims without place", "period": "claims without period"}
_AT = {count: [field.name for field in CLAIMS].index(name) for name, count in LACKING.items()}
_ROW_GROUP = 20_000
_Row = Sequence[Any]

# a kept text is one cell, as long as it is
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def part_tables(*, texts: bool, corrections: bool) -> list[str]:
    """Names of the tables that each part of a run holds; errors are kept by the journal."""
    absent = {"errors", *["texts"] * (not texts), *["corrected"] * (not corrections)}
    return [name for name in TABLES if name not in absent]


def part_folder(out: Path, number: int, token: str) -> Path:
    """The folder a worker writes a part to, which nobody reads before the journal has the token."""
    return out / ".qz" / "parts" / f"{number:06d}-{token}"


def table_path(out: Path, kind: str, name: str, number: int, token: str) -> Path:
    """The file of a finished part's table: CSV with its part, Parquet in the table's folder."""
    if kind == "csv":
        return part_folder(out, number, token) / f"{name}.csv"
    return out / f"{name}.parquet" / f"part-{number:06d}.parquet"


def arrow_schema(fields: list[Field]) -> Any:
    """The pyarrow schema of a table, so that an empty part has the types of a full one."""
    import pyarrow as pa

    types = {"int": pa.int64(), "float": pa.float64(), "str": pa.string(), "bool": pa.bool_()}
    return pa.schema([(f.name, types[f.dtype]) for f in fields])


class Writer:
    """Writes the tables of one part into a new folder, with bounded memory.

    The files are complete after `close`; leaving the context by an exception removes them.
    """

    def __init__(
        self, folder: Path, kind: str, names: Iterable[str], *, raw_cells: bool = False
    ) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._tables = {
            name: _table(folder / f"{name}.{kind}", TABLES[name], raw_cells or name == "texts")
            for name in names
        }
        self._signatures = (folder / "signatures").open("wb")
        lacking = LACKING.values() if "claims" in self._tables else ()
        self._counts = dict.fromkeys([*self._tables, *lacking], 0)

    def add(self, name: str, rows: Sequence[_Row], *, encoded: bool = False) -> None:
        """Adds rows to a table; encoded ones come from `read_rows` and are written as they are."""
        if name in self._tables:
            self._tables[name].add(rows, encoded)
            self._counts[name] += len(rows)
        for count, at in _AT.items() if name == "claims" else ():
            self._counts[count] += sum(not row[at] for row in rows)

    def add_signatures(self, signatures: Iterable[bytes]) -> None:
        """Stores the signatures of the reports, in the order of the reports."""
        for signature in signatures:
            self._signatures.write(struct.pack("<I", len(signature)) + signature)

    def counts(self) -> dict[str, int]:
        """Rows of each table so far, and of claims those that lack a place or a period."""
        return dict(self._counts)

    def close(self, **about: Any) -> None:
        """Closes all files and waits until they are on the disk.

        What is known about the part is written beside them, with how long each file is.
        """
        for handle in (*self._tables.values(), self._signatures):
            handle.close()
        sizes = {path.name: path.stat().st_size for path in self._folder.iterdir()}
        index = {**about, "sizes": sizes, "counts": self._counts}
        (self._folder / _INDEX).write_text(json.dumps(index))
        for path in (*self._folder.iterdir(), self._folder):
            sync(path)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        for handle in (*self._tables.values(), self._signatures):
            with suppress(Exception):
                handle.close()
        for path in [*self._folder.iterdir()]:
            path.unlink()
        self._folder.rmdir()


def save(
    path: Path,
    fields: list[Field],
    rows: Iterable[_Row],
    *,
    raw_cells: bool = False,
    header: bool = True,
) -> int:
    """Writes one table as CSV or Parquet by its suffix, with bounded memory; returns its rows.

    A reader must not see the file before it is complete: give a name that nobody looks for. With
    `raw_cells` the text cells of a CSV file stay as they are.
    """
    count = 0
    with closing(_table(path, fields, raw_cells)) as table:
        if header and path.suffix == ".csv":
            table.add([[f.name for f in fields]], True)
        for count, row in enumerate(rows, 1):  # noqa: B007
            table.add([row], False)
    return count


def _table(path: Path, fields: list[Field], raw_cells: bool) -> "_Csv | _Parquet":
    return _Csv(path, fields, raw_cells) if path.suffix == ".csv" else _Parquet(path, fields)


class _Csv:
    def __init__(self, path: Path, fields: list[Field], raw_cells: bool) -> None:
        self._handle = path.open("w", encoding="utf-8", newline="", errors="replace")
        self._writer = CsvWriter(self._handle)
        encoders: dict[str, Callable[[Any], Any]] = {"float": _number}
        if not raw_cells:
            encoders["str"] = safe
        self._encoders = [encoders.get(f.dtype, _unchanged) for f in fields]

    def add(self, rows: Sequence[_Row], encoded: bool) -> None:
        encoders = self._encoders
        self._writer.writerows(
            rows
            if encoded
            else ([form(cell) for form, cell in zip(encoders, row, strict=True)] for row in rows)
        )

    def close(self) -> None:
        self._handle.close()


class _Parquet:
    def __init__(self, path: Path, fields: list[Field]) -> None:
        try:
            import pyarrow.parquet as pq
        except ImportError:
            raise QzError(
                'parquet needs pyarrow: pip install "qz-analysis[parquet]", or leave --format out'
            ) from None
        self._schema = arrow_schema(fields).with_metadata({"made by": MAKER})
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[_Row] = []

    def add(self, rows: Sequence[_Row], encoded: bool) -> None:
        self._rows += rows
        if len(self._rows) >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = zip(self._schema, zip(*self._rows, strict=True), strict=True)
        arrays = [pa.array(list(cells), f.type, from_pandas=True) for f, cells in columns]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()


def _unchanged(cell: Any) -> Any:
    return cell


def _number(cell: float | None) -> Any:
    return "" if cell is None or cell != cell else cell


def read_rows(
    path: Path, docs: set[str] | None = None, form: Callable[[str], str] = str
) -> Iterator[list[Any]]:
    """The encoded rows of a part's table: strings from CSV, values from Parquet.

    With `docs` only the rows whose first cell, by `form`, is one of these.
    """
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                if docs is None or form(row[0]) in docs:
                    yield row
        return
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            if docs is not None:
                batch = batch.filter(pc.is_in(batch.column(0), pa.array([*docs], pa.string())))
            columns = [column.to_pylist() for column in batch.columns]
            yield from map(list, zip(*columns, strict=True))


def decoded(
    rows: Iterable[_Row], fields: list[Field], *, raw_cells: bool = False
) -> Iterator[list[Any]]:
    """Rows of `read_rows` with the values that the extractor gave; a missing number is NaN."""
    decoders = _DECODERS | ({"str": str} if raw_cells else {})
    forms = [decoders[f.dtype] for f in fields]
    for row in rows:
        yield [
            form(cell) if isinstance(cell, str) else float("nan") if cell is None else cell
            for form, cell in zip(forms, row, strict=True)
        ]


_DECODERS: dict[str, Callable[[str], Any]] = {
    "str": raw,
    "int": int,
    "float": lambda cell: float(cell or "nan"),
    "bool": "True".__eq__,
}


def read_index(folder: Path) -> dict[str, Any]:
    """What is known about a part; a `ValueError` when it is not whole."""
    index: dict[str, Any] = json.loads((folder / _INDEX).read_text())
    return index


def totals(out: Path, parts: Iterable[tuple[int, str]]) -> Counter[str]:
    """What the parts of a run count together: rows of each table, and claims that lack something."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(read_index(part_folder(out, *part))["counts"])
    return counts


def damage(out: Path, kind: str, number: int, token: str) -> str:
    """What is wrong with the files of a finished part; nothing when all are there and whole."""
    folder = part_folder(out, number, token)
    try:
        index = read_index(folder)
        sizes, counts = index["sizes"], index["counts"]
    except (OSError, ValueError, KeyError, TypeError):
        return f"{folder / _INDEX}: is gone or damaged"
    for name, size in sizes.items():
        table, dot, _ = name.partition(".")
        path = table_path(out, kind, table, number, token) if dot else folder / name
        if not path.is_file():
            return f"{path}: is gone"
        # of Parquet the reports are written anew when copies are found
        rewritten = kind == "parquet" and table == "reports"
        if path.stat().st_size != size and not (rewritten and _rows(path) == counts[table]):
            return f"{path}: is damaged"
    return ""


def _rows(path: Path) -> int:
    """The rows of a Parquet file, or -1."""
    import pyarrow.lib
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pyarrow.lib.ArrowException, OSError, ValueError):
        return -1


def read_signatures(folder: Path) -> Iterator[bytes]:
    """The signatures of a part's reports, in their order."""
    with (folder / "signatures").open("rb") as handle:
        while head := handle.read(4):
            yield handle.read(struct.unpack("<I", head)[0])


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
