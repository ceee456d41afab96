"""What is to be exported → tables with described columns, read batch by batch; persons' names masked when asked.

Tables → an Excel workbook: one sheet a table, then what the columns mean and where the figures come from.

XlsxWriter and not openpyxl: it writes row by row in little memory, dates its files itself (the same tables give the same
bytes), and takes a string for a string when it is told to.

Tables → a Frictionless data package: a folder of CSV or Parquet files and one file that describes them all.

The descriptor follows Data Package, Tabular Data Package and Table Schema 1 (https://specs.frictionlessdata.io).
"""

import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import file_digest
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..extraction.corrections import CHOICES
from ..runs.parts import TABLES, save
from ..schema import CORRECTED, CORRECTIONS, IMPLIED, MECHANISMS, PANEL, VERSION, Field
from ..script import printable

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Tables
    from ..runs.store import Store

_KNOWN = {**TABLES, "panel": PANEL, "implied": IMPLIED, "mechanisms": MECHANISMS, "corrections": CORRECTIONS, "corrected": CORRECTED}  # fmt: skip
#: columns that repeat a page's words; a column that nobody described may hold anything and is masked too
_WORDS = {
    "text",
    "subject",
    "before",
    "after",
    "title",
    "place",
    "note",
    "reason",
    "was",
    "now",
    "why",
}


@dataclass(frozen=True, slots=True)
class Stream:
    """A table under its name: what its columns mean, and its rows in as many batches as it takes, anew at each call.

    `table` is the whole of it where it is in memory anyhow.
    """

    name: str
    fields: list[Field]
    batches: Callable[[], Iterator["pd.DataFrame"]]
    table: "pd.DataFrame | None" = None

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, cells in the order of the fields."""
        return chain.from_iterable(
            batch.itertuples(index=False, name=None) for batch in self.batches()
        )


def streams(
    source: "Tables | Store | pd.DataFrame | Mapping[str, pd.DataFrame]", fallback: str = "table"
) -> list[Stream]:
    """The tables of whatever can be exported.

    >>> import qz_analysis as qz
    >>> [stream.name for stream in streams(qz.tables("受理43宗，办结36宗。"))]
    ['claims', 'relations', 'reports', 'errors']
    """
    import pandas as pd

    from ..runs.store import Store

    if isinstance(source, Store):
        return _stored(source)
    if isinstance(source, pd.DataFrame):
        return [_held(_named(source) or fallback, source)]
    named = source._asdict() if hasattr(source, "_asdict") else source
    corrected = getattr(source, "corrected", None)
    if isinstance(corrected, pd.DataFrame) and not corrected.empty:
        named = {**named, "corrected": corrected}
    if not isinstance(named, Mapping) or not named:
        raise QzError(f"{type(source).__name__}: nothing to export; give the result of qz.tables or qz.open, a table, or tables by name")  # fmt: skip
    for name, table in named.items():
        if not isinstance(name, str) or not isinstance(table, pd.DataFrame):
            raise QzError(
                f"{name}: is a {type(table).__name__}, no table; give pandas DataFrames by name"
            )
    return [_held(name, table) for name, table in named.items()]


def _stored(store: "Store") -> list[Stream]:
    if not store.finished:
        raise QzError(
            f"{store!r}: half a run is no export; let `qz extract` finish it first, with the same words"
        )
    return [Stream(name, TABLES[name], partial(store.iter_table, name)) for name in store.names]


def _held(name: str, table: "pd.DataFrame") -> Stream:
    table = _flat(name, table)
    columns = [*table.columns]
    if not columns or not all(isinstance(column, str) and column for column in columns):
        raise QzError(
            f"{name}: every column needs a name that is a string; there are {columns[:9]}"
        )
    if len(set(columns)) < len(columns):
        raise QzError(f"{name}: two columns have one name; rename one of {columns}")
    fields = described(name, table)
    plain = table.assign(**{f.name: _plain(table[f.name], f.dtype) for f in fields})
    return Stream(name, fields, lambda: iter([plain]), plain)


def _flat(name: str, table: "pd.DataFrame") -> "pd.DataFrame":
    """The table with labels of rows as columns, and heads of two levels as one; numbers of rows are no labels."""
    from pandas.api.types import is_integer_dtype

    if any(label is not None for label in table.index.names):
        table = table.reset_index()
    elif not is_integer_dtype(table.index):
        raise QzError(f"{name}: its rows have labels without a name; name them with rename_axis, or drop them with reset_index")  # fmt: skip
    if table.columns.nlevels > 1:
        table = table.set_axis(
            [".".join(str(part) for part in head if part != "") for head in table.columns], axis=1
        )
    return table


def _plain(column: "pd.Series[Any]", dtype: str) -> "pd.Series[Any]":
    """The column with strings for everything that is no number, and one sign for what is missing: nothing, None or NaN."""
    gaps = column.isna()
    if dtype == "float":
        return column.astype("float64")
    if dtype == "str":
        return (
            column.astype("object")
            .where(~gaps, "")
            .map(lambda cell: printable(str(cell)))
            .astype("str")
        )
    return column.astype("object").where(~gaps, None) if gaps.any() else column


def described(name: str, table: "pd.DataFrame") -> list[Field]:
    """The description of a table's columns: ours where they are ours, else name and type.

    >>> import pandas as pd
    >>> [(f.name, f.dtype, f.meaning[:14]) for f in described("claims", pd.DataFrame({"unit": ["宗"], "n": [1]}))]
    [('unit', 'str', 'unit or measur'), ('n', 'int', '')]
    """
    ours = {f.name: f for f in _KNOWN.get(name) or _KNOWN.get(_named(table), [])}
    found = []
    for column in table.columns:
        dtype = _dtype(table[column])
        field = ours.get(column)
        found.append(
            field
            if field and field.dtype == dtype
            else Field(column, dtype, field.meaning if field else "")
        )
    return found


def _named(table: "pd.DataFrame") -> str:
    """Which of our tables has exactly these columns; nothing when none has."""
    return next(
        (name for name, fields in _KNOWN.items() if [f.name for f in fields] == [*table.columns]),
        "",
    )


def _dtype(column: "pd.Series[Any]") -> str:
    """The type as `fields` names it; whole numbers with gaps are whole numbers still."""
    from pandas.api import types

    if types.is_bool_dtype(column):
        return "bool"
    if types.is_integer_dtype(column):
        return "int"
    return "float" if types.is_float_dtype(column) else "str"


def hidden(stream: Stream) -> Stream:
    """The same table with the names of persons masked in every column that repeats a page's words.

    The names of documents and files stay: they are what joins the tables.

    >>> import pandas as pd
    >>> [one] = streams({"notes": pd.DataFrame({"said": ["村民张三丰反映道路失修"]})})
    >>> next(hidden(one).rows())
    ('村民张**反映道路失修',)
    """
    ours = {f.name for fields in _KNOWN.values() for f in fields}
    columns = [
        f.name
        for f in stream.fields
        if f.dtype == "str" and (f.name in _WORDS or f.name not in ours)
    ]

    def batches() -> Iterator["pd.DataFrame"]:
        for batch in stream.batches():
            yield batch.assign(**{name: _masked(batch[name]) for name in columns})

    return Stream(stream.name, stream.fields, batches, stream.table)


def _masked(column: "pd.Series[Any]") -> "pd.Series[Any]":
    from ..privacy import mask_names

    said: Iterable[Any] = column.unique()
    shown = {cell: mask_names(cell) for cell in said if isinstance(cell, str)}
    return column.map(lambda cell: shown.get(cell, cell))


#: limits of Excel
_ROWS, _COLUMNS, _CELL, _EXACT = 1_048_576, 16_384, 32_767, 2**53
#: what XML has no way to write; XlsxWriter escapes the control characters itself
_NONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_OWN = ("columns", "sources")
_WIDEST, _SAMPLE = 60, 1_000
# no date of today: the same tables give the same bytes
_DATE = datetime(2000, 1, 1)
_COLUMNS_OF = [Field(name, "str", "") for name in ("table", "column", "type", "meaning")]


def workbook(streams: Sequence[Stream], path: Path, sources: Iterable[dict[str, str]], notes: Sequence[str] = ()) -> None:  # fmt: skip
    """Writes the tables as sheets of one file.

    Text is text, whatever it begins with: no formula, no link. A cell too long for Excel ends with a word on what was cut,
    and a warning says how many there are.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise QzError('Excel needs XlsxWriter: pip install "qz-analysis[excel]"') from None
    _check_names([stream.name for stream in streams])
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    # its scratch files go where a failed export is swept away
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent), **plain})
    book.set_properties({"title": path.stem, "author": f"qz-analysis {VERSION}", "created": _DATE})
    bold = book.add_format({"bold": True})
    cut = {
        stream.name: _Sheet(book.add_worksheet(stream.name), stream, bold).write()
        for stream in streams
    }
    notes = [f"Made with qz-analysis {VERSION}.", *notes]
    notes += [f"{name}: {count:,} cells were too long for Excel and were cut; they say so at their end." for name, count in cut.items() if count]  # fmt: skip
    for about in (_meanings(streams), _origin(sources, notes)):
        _Sheet(book.add_worksheet(about.name), about, bold).write()
    book.close()
    for name, count in cut.items():
        if count:
            warnings.warn(f"{path.name}: {count:,} cells of {name} are longer than the {_CELL:,} characters of Excel and were cut; a data package holds them whole", stacklevel=3)  # fmt: skip


def _check_names(names: Sequence[str]) -> None:
    known: set[str] = {*_OWN, "history"}
    for name in names:
        wrong = (
            len(name.encode("utf-16-le")) > 62
            or set(name) & set("[]:*?/\\")
            or name != name.strip("' ")
            or not name
        )
        if wrong or name.lower() in known:
            raise QzError(f"{name!r} cannot name a sheet of Excel: at most 31 characters, none of []:*?/\\, no name twice, and not {', '.join(sorted({*_OWN, 'history'}))}; rename the table")  # fmt: skip
        known.add(name.lower())


def _meanings(streams: Iterable[Stream]) -> Stream:
    import pandas as pd

    rows = [(stream.name, f.name, f.dtype, f.meaning) for stream in streams for f in stream.fields]
    table = pd.DataFrame(rows, columns=[f.name for f in _COLUMNS_OF])
    return Stream("columns", _COLUMNS_OF, lambda: iter([table]), table)


def _origin(sources: Iterable[dict[str, str]], notes: Iterable[str]) -> Stream:
    import pandas as pd

    names = ("title", "sha256", "hash")
    rows = [
        [one.get(name, "") for name in names]
        for one in [*({"title": note} for note in notes), *sources]
    ]
    table = pd.DataFrame(rows, columns=names)
    return Stream(
        "sources", [Field(name, "str", "") for name in names], lambda: iter([table]), table
    )


@dataclass(slots=True)
class _Sheet:
    """One sheet under way: its rows go to the disk as they come, widths are known at the end."""

    sheet: Any
    stream: Stream
    bold: Any
    widths: list[int] = field(default_factory=list)
    cut: int = 0

    def write(self) -> int:
        """Writes the sheet; returns how many cells had to be cut."""
        name, fields = self.stream.name, self.stream.fields
        if len(fields) > _COLUMNS:
            raise QzError(
                f"{name}: {len(fields):,} columns, and Excel has room for {_COLUMNS:,}; export to a folder"
            )
        self.widths = [_width(f.name) + 3 for f in fields]  # room for the button of the filter
        for at, column in enumerate(fields):
            self.sheet.write_string(0, at, column.name, self.bold)
        number = 0
        for number, row in enumerate(self.stream.rows(), 1):
            if number >= _ROWS:
                raise QzError(f"{name}: more than the {_ROWS - 1:,} rows that a sheet of Excel holds; export to a folder, or a part of them: qz.open(…).claims(period=…)")  # fmt: skip
            for at, cell in enumerate(row):
                self._cell(number, at, cell)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, number, len(fields) - 1)
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, min(width, _WIDEST))
        return self.cut

    def _cell(self, row: int, at: int, cell: Any) -> None:
        if cell is None or cell == "" or cell != cell:
            return
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, at, cell)
        elif (
            isinstance(cell, int | float)
            and isfinite(cell)
            and (isinstance(cell, float) or abs(cell) <= _EXACT)
        ):
            self.sheet.write_number(row, at, cell)
        else:
            cell = self._fitting(str(cell))
            self.sheet.write_string(row, at, cell)
        if row <= _SAMPLE:
            self.widths[at] = max(self.widths[at], _width(str(cell)[: _WIDEST + 1]) + 1)

    def _fitting(self, text: str) -> str:
        """The text in characters that a file can hold, and no longer than a cell; Excel counts in UTF-16."""
        text = _NONE.sub("\ufffd", text)
        units = text.encode("utf-16-le")
        if len(units) <= 2 * _CELL:
            return text
        self.cut += 1
        end = f" … [cut: {len(text):,} characters]"
        return units[: 2 * (_CELL - len(end))].decode("utf-16-le", errors="ignore") + end


def _width(text: str) -> int:
    """Columns that a line takes: a Chinese character is as wide as two letters.

    >>> _width("193批次")
    7
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


_TYPES = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}
_ENUMS = {
    "claims": CHOICES,
    "relations": {
        "type": ("rate", "yoy", "sum", "diff", "product", "repeat", "possible"),
        "verdict": ("ok", "bad", "unchecked"),
    },
}
_KEYS = {"claims": ["doc", "start", "end"], "reports": ["doc", "report"], "documents": ["doc"]}
#: which columns of a table point where; a table takes the first that is exported with it
_POINTS = {
    name: [("reports", ["doc", "report"])]
    for name in ("claims", "relations", "panel", "implied", "mechanisms")
} | {"reports": [("documents", ["doc"])]}
#: with more documents than these, the list of them is the table `documents`
_LISTED = 1_000
_GUARDED = "A text cell that begins with = + - @ has an apostrophe in front, so that no spreadsheet takes it for a formula."


@dataclass(frozen=True, slots=True)
class Terms:
    """What only the user can say of an export: licence, contributors, date."""

    licence: str = ""
    contributors: Sequence[str] = ()
    created: str = ""

    def __post_init__(self) -> None:
        if self.licence and not re.fullmatch(r"https?://\S+|[-A-Za-z0-9._+]+", self.licence):
            raise QzError(
                f"{self.licence!r}: no licence; give its identifier such as CC-BY-4.0, or its address"
            )
        try:
            aware = not self.created or datetime.fromisoformat(self.created).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            raise QzError(
                f"created {self.created!r}: is no time with its zone such as 2011-06-30T09:00:00Z"
            )

    @property
    def entries(self) -> dict[str, Any]:
        """As entries of a descriptor; what was not given is not claimed."""
        licence = {"path" if "://" in self.licence else "name": self.licence}
        people = [{"title": name} for name in self.contributors]
        given = {
            "licenses": self.licence and [licence],
            "contributors": people,
            "created": self.created,
        }
        return {key: value for key, value in given.items() if value}

    @property
    def lines(self) -> list[str]:
        """As lines for people."""
        said = {
            "Licence": self.licence,
            "Contributors": ", ".join(self.contributors),
            "Created": self.created,
        }
        return [f"{name}: {value}" for name, value in said.items() if value]


def sources(streams: Iterable[Stream]) -> list[dict[str, str]]:
    """The documents behind the tables, each with the hash that is known of it.

    >>> from qz_analysis.publish.formats import streams
    >>> import qz_analysis as qz
    >>> [sorted(one) for one in sources(streams(qz.tables("受理43宗。")))]
    [['hash', 'title']]
    """
    named = {stream.name: stream for stream in streams}
    wanted, found = (("documents", "claims", "reports"), "doc")
    name = next(
        (n for n in wanted if n in named and found in [f.name for f in named[n].fields]), ""
    )
    if not name:
        return []
    known: dict[str, dict[str, str]] = {}
    for batch in named[name].batches():
        columns = [column for column in ("doc", "sha256", "hash") if column in batch]
        for doc, *hashes in (
            batch[columns].drop_duplicates("doc").itertuples(index=False, name=None)
        ):
            known.setdefault(doc, {"title": doc, **dict(zip(columns[1:], hashes, strict=True))})
        if len(known) > _LISTED:
            where = (
                "with their hashes in the table documents"
                if name == "documents"
                else f"in the table {name}"
            )
            return [{"title": f"more than {_LISTED:,} documents, {where}"}]
    if name == "claims" and "reports" in named:  # reports without a figure
        for batch in named["reports"].batches():
            for doc in batch["doc"].unique():
                known.setdefault(doc, {"title": doc})
    return list(known.values())


def package(streams: Sequence[Stream], folder: Path, *, name: str, kind: str, raw_cells: bool, terms: Terms, notes: Sequence[str] = ()) -> list[Path]:  # fmt: skip
    """Writes the tables and their descriptor into a folder."""
    made = []
    resources = []
    for stream in streams:
        if not re.fullmatch(r"[a-z0-9][-a-z0-9_]*", stream.name):
            raise QzError(
                f"{stream.name!r}: a table of a data package is named with a-z, 0-9, - and _; rename it"
            )
        path = folder / f"{stream.name}.{kind}"
        rows = save(path, stream.fields, stream.rows(), raw_cells=raw_cells)
        resources.append(
            _resource(stream, path, rows, streams, guarded=kind == "csv" and not raw_cells)
        )
        made.append(path)
    text = " ".join([f"Figures out of reports, made with qz-analysis {VERSION}.", *notes])
    whole = {
        "profile": "tabular-data-package" if kind == "csv" else "data-package",
        "name": re.sub(r"[^-a-z0-9._/]+", "-", name.lower()).strip("-") or "qz-export",
        "description": text,
        **terms.entries,
        "sources": sources(streams),
        "resources": resources,
    }
    descriptor = folder / "datapackage.json"
    # the specification allows no empty list of sources
    said = json.dumps({k: v for k, v in whole.items() if v}, ensure_ascii=False, indent=2)
    descriptor.write_text(said + "\n", encoding="utf-8", newline="\n", errors="replace")
    return [*made, descriptor]


def _resource(
    stream: Stream, path: Path, rows: int, all_of_them: Sequence[Stream], *, guarded: bool
) -> dict[str, Any]:
    with path.open("rb") as handle:
        digest = file_digest(handle, "sha256").hexdigest()
    about: dict[str, Any] = {"name": stream.name, "path": path.name}
    if path.suffix == ".csv":
        about |= {
            "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        }  # fmt: skip
    else:
        about |= {
            "profile": "data-resource",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
        }
    about |= {"bytes": path.stat().st_size, "hash": f"sha256:{digest}", "rows": rows}
    if guarded:
        about["description"] = _GUARDED
    return about | {"schema": _schema(stream, all_of_them)}


def _schema(stream: Stream, all_of_them: Sequence[Stream]) -> dict[str, Any]:
    key = _KEYS.get(stream.name, [])
    unique = bool(key) and _unique(stream, key)
    schema: dict[str, Any] = {
        "fields": [
            _field(stream, field, required=unique and field.name in key) for field in stream.fields
        ],
        "missingValues": [""],
    }
    if unique:
        schema["primaryKey"] = key
    points = [{"fields": columns, "reference": {"resource": there.name, "fields": columns}} for there, columns in _pointed(stream, all_of_them)]  # fmt: skip
    return schema | ({"foreignKeys": points} if points else {})


def _field(stream: Stream, field: Field, *, required: bool) -> dict[str, Any]:
    about: dict[str, Any] = {"name": field.name, "type": _TYPES[field.dtype]}
    if field.meaning:
        about["description"] = field.meaning
    values = [value for value in _ENUMS.get(stream.name, {}).get(field.name, ()) if value]
    limits: dict[str, Any] = {"required": True} if required else {}
    if values and field.dtype == "str" and _only(stream, field.name, values):
        limits["enum"] = values
    return about | ({"constraints": limits} if limits else {})


def _has(stream: Stream, columns: Sequence[str]) -> bool:
    return {*columns} <= {field.name for field in stream.fields}


# What a descriptor promises of a table in memory is looked up there, since its owner may have changed it; the tables of a
# finished run keep these promises by the way they are made, and may be too large to look through.


def _unique(stream: Stream, key: Sequence[str]) -> bool:
    if not _has(stream, key):
        return False
    table = stream.table
    return table is None or not (table.duplicated(list(key)).any() or _gaps(table[list(key)]))


def _gaps(table: "pd.DataFrame") -> bool:
    return any(
        table[column].isna().any() or table[column].map(str).eq("").any()
        for column in table.columns
    )


def _only(stream: Stream, column: str, values: Sequence[str]) -> bool:
    return stream.table is None or bool(stream.table[column].isin([*values, ""]).all())


def _pointed(stream: Stream, all_of_them: Sequence[Stream]) -> Iterator[tuple[Stream, list[str]]]:
    for name, columns in _POINTS.get(stream.name, []):
        there = next((other for other in all_of_them if other.name == name), None)
        if there is None or not _has(stream, columns) or not _unique(there, columns):
            continue
        if (
            stream.table is None
            or there.table is None
            or _inside(stream.table[columns], there.table[columns])
        ):
            yield there, columns


def _inside(these: "pd.DataFrame", those: "pd.DataFrame") -> bool:
    known = {*those.itertuples(index=False, name=None)}
    return {*these.itertuples(index=False, name=None)} <= known
