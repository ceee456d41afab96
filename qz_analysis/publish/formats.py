"""Tables with the descriptions of their columns, and the writers of workbook and data package.

XlsxWriter and not openpyxl: it writes row by row in little memory, dates its files itself (the same
tables give the same bytes), and takes a string for a string when it is told to. The descriptor of a
package follows Data Package, Tabular Data Package and Table Schema 1
(https://specs.frictionlessdata.io).
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
from itertools import accumulate, chain
from math import isfinite
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..extraction.corrections import CHOICES
from ..runs.parts import TABLES, save
from ..schema import (
    CELL_EVIDENCE,
    CORRECTED,
    CORRECTIONS,
    COUNTY_YEARS,
    IMPLIED,
    MECHANISMS,
    PANEL,
    VERSION,
    Field,
)
from ..script import printable

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Tables
    from ..runs.store import Store

_KNOWN = TABLES | {"panel": PANEL, "implied": IMPLIED, "mechanisms": MECHANISMS}
_KNOWN |= {"corrections": CORRECTIONS, "corrected": CORRECTED}
_KNOWN |= {"county_years": COUNTY_YEARS, "cell_evidence": CELL_EVIDENCE}
#: columns that repeat a page's words; a column that nobody described may hold anything
_WORDS = {"text", "subject", "before", "after", "title", "place", "note"}
_WORDS |= {"reason", "was", "now", "why", "sentence"}
#: so many characters of a subject tell where in its sentence it begins
_HEAD = 6
_SENTENCE = {"before": 0, "text": 1, "after": 2}
#: columns of numbers that say again what `text` says
_NUMBERS = ("value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Stream:
    """A table under its name: what its columns mean, and its rows in batches, anew at each call.

    `table` is the whole of it where it is in memory anyhow.
    """

    name: str
    fields: list[Field]
    batches: Callable[[], Iterator["pd.DataFrame"]]
    table: "pd.DataFrame | None" = None

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, cells in the order of the fields."""
        tuples = (batch.itertuples(index=False, name=None) for batch in self.batches())
        return chain.from_iterable(tuples)

    def has(self, columns: Iterable[str]) -> bool:
        """Whether the table has these columns."""
        return {*columns} <= {field.name for field in self.fields}


def _in_memory(name: str, fields: list[Field], table: "pd.DataFrame") -> Stream:
    return Stream(name, fields, lambda: iter([table]), table)


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
        if not source.finished:
            fault = "half a run is no export; let `qz extract` finish it first, with the same words"
            raise QzError(f"{source!r}: {fault}")
        batches = {name: partial(source.iter_table, name) for name in source.names}
        return [Stream(name, TABLES[name], batches[name]) for name in batches]
    if isinstance(source, pd.DataFrame):
        return [_described_stream(_known_name(source) or fallback, source)]
    named = source._asdict() if hasattr(source, "_asdict") else source
    corrected = getattr(source, "corrected", None)
    if isinstance(corrected, pd.DataFrame) and not corrected.empty:
        named = {**named, "corrected": corrected}
    if not isinstance(named, Mapping) or not named:
        remedy = "give the result of qz.tables or qz.open, a table, or tables by name"
        raise QzError(f"{type(source).__name__}: nothing to export; {remedy}")
    for name, table in named.items():
        if not isinstance(name, str) or not isinstance(table, pd.DataFrame):
            kind = type(table).__name__
            raise QzError(f"{name}: is a {kind}, no table; give pandas DataFrames by name")
    return [_described_stream(name, table) for name, table in named.items()]


def _described_stream(name: str, table: "pd.DataFrame") -> Stream:
    table = _flat(name, table)
    columns = [*table.columns]
    if not columns or not all(isinstance(column, str) and column for column in columns):
        fault = f"every column needs a name that is a string; there are {columns[:9]}"
        raise QzError(f"{name}: {fault}")
    if len(set(columns)) < len(columns):
        raise QzError(f"{name}: two columns have one name; rename one of {columns}")
    fields = described(name, table)
    plain = table.assign(**{f.name: _plain(table[f.name], f.dtype) for f in fields})
    return _in_memory(name, fields, plain)


def _flat(name: str, table: "pd.DataFrame") -> "pd.DataFrame":
    """The table with labels of rows as columns, and heads of two levels as one.

    Numbers of rows are no labels.
    """
    from pandas.api.types import is_integer_dtype

    if any(label is not None for label in table.index.names):
        table = table.reset_index()
    elif not is_integer_dtype(table.index):
        remedy = "name them with rename_axis, or drop them with reset_index"
        raise QzError(f"{name}: its rows have labels without a name; {remedy}")
    if table.columns.nlevels > 1:
        heads = [".".join(str(part) for part in head if part != "") for head in table.columns]
        table = table.set_axis(heads, axis=1)
    return table


def _plain(column: "pd.Series[Any]", dtype: str) -> "pd.Series[Any]":
    """The column with strings for everything that is no number, and one sign for what is missing.

    What is missing may be an empty cell, None or NaN.
    """
    gaps = column.isna()
    if dtype == "float":
        return column.astype("float64")
    if dtype == "str":
        cells = column.astype("object").where(~gaps, "")
        return cells.map(lambda cell: printable(str(cell))).astype("str")
    return column.astype("object").where(~gaps, None) if gaps.any() else column


def described(name: str, table: "pd.DataFrame") -> list[Field]:
    """The description of a table's columns: the package's own where it has one, else name and type.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"unit": ["宗"], "n": [1]})
    >>> [(f.name, f.dtype, f.meaning[:14]) for f in described("claims", table)]
    [('unit', 'str', 'unit or measur'), ('n', 'int', '')]
    """
    known = {f.name: f.meaning for f in _KNOWN.get(name) or _KNOWN.get(_known_name(table), [])}
    return [Field(column, _dtype(table[column]), known.get(column, "")) for column in table.columns]


def _known_name(table: "pd.DataFrame") -> str:
    """Which of the package's tables has exactly these columns; nothing when none has."""
    columns = [*table.columns]
    matching = (name for name, fields in _KNOWN.items() if [f.name for f in fields] == columns)
    return next(matching, "")


def _dtype(column: "pd.Series[Any]") -> str:
    """The type as the schema names it; whole numbers with gaps are whole numbers still."""
    from pandas.api import types

    if types.is_bool_dtype(column):
        return "bool"
    if types.is_integer_dtype(column):
        return "int"
    return "float" if types.is_float_dtype(column) else "str"


class Labels:
    """Names of documents and of reviewers, masked, each still another than all others.

    What joins the tables of one export is masked alike in all of them.

    >>> labels = Labels()
    >>> [labels.document(name) for name in ("村民张三丰来信", "村民张小丰来信", "2011")]
    ['村民张**来信', '村民张**来信-2', '2011']
    >>> labels.reviewer("王小明"), labels.reviewer("wl"), labels.reviewer("")
    ('王**', 'w*', '')
    """

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], str] = {}
        self._taken: dict[tuple[str, str], int] = {}

    def document(self, name: str) -> str:
        """The name of a document without persons."""
        from ..privacy import mask_names

        return self._apart("doc", name, mask_names(name))

    def reviewer(self, name: str) -> str:
        """A person by definition: the first character stays."""
        return self._apart("who", name, name[:1] + "*" * (len(name) - 1))

    def report(self, name: str) -> str:
        """A `doc:report`."""
        doc, colon, report = name.rpartition(":")
        return self.document(doc) + colon + report

    def _apart(self, kind: str, name: str, masked: str) -> str:
        if masked == name:
            return name
        if (kind, name) not in self._shown:
            number = self._taken[kind, masked] = self._taken.get((kind, masked), 0) + 1
            self._shown[kind, name] = masked if number == 1 else f"{masked}-{number}"
        return self._shown[kind, name]


def masked(stream: Stream, labels: Labels | None = None) -> Stream:
    """The same table with persons' names masked in every column that repeats a page's words.

    The names of documents, files and reviewers are masked by `labels`, so that tables that are
    given the same labels can still be joined.

    >>> import pandas as pd
    >>> [one] = streams({"notes": pd.DataFrame({"said": ["村民张三丰反映道路失修"]})})
    >>> next(masked(one).rows())
    ('村民张**反映道路失修',)
    """
    known = {f.name for fields in _KNOWN.values() for f in fields}
    texts = [f.name for f in stream.fields if f.dtype == "str"]
    columns = [name for name in texts if name in _WORDS or name not in known]

    # the words before a figure, the figure and the words behind it are one sentence
    columns = sorted(columns, key=lambda name: _SENTENCE.get(name, len(_SENTENCE)))
    labels = labels or Labels()
    told: dict[str, Callable[[str], str]] = {"doc": labels.document, "file": labels.document}
    told |= {"same_as": labels.report}
    if stream.has(["who", "column"]):
        told["who"] = labels.reviewer
    told = {name: label for name, label in told.items() if name in texts}

    def batches() -> Iterator["pd.DataFrame"]:
        for batch in stream.batches():
            yield _labelled(_masked(batch, columns) if columns else batch, told)

    table = stream.table if stream.table is None else _labelled(stream.table, told)
    return Stream(stream.name, stream.fields, batches, table)


def _labelled(batch: "pd.DataFrame", told: Mapping[str, Callable[[str], str]]) -> "pd.DataFrame":
    """The rows with the names in some columns masked, each name of them once."""
    new = {}
    for column, label in told.items():
        shown = {name: label(name) for name in batch[column].unique() if isinstance(name, str)}
        if any(name != other for name, other in shown.items()):
            new[column] = batch[column].map(lambda name, shown=shown: shown.get(name, name))
    return batch.assign(**new) if new else batch


def _masked(batch: "pd.DataFrame", columns: list[str]) -> "pd.DataFrame":
    """The rows with their words masked, each row read as one text.

    A figure that told a person (a phone number) is gone from the numbers of its row too.
    """
    rows = list(zip(*(batch[name] for name in columns), strict=True))
    shown = {row: _masked_row(row, columns) for row in dict.fromkeys(rows)}
    cells = zip(*(shown[row] for row in rows), strict=True)
    masked = batch.assign(**{c: list(cell) for c, cell in zip(columns, cells, strict=False)})
    if "text" not in columns:
        return masked
    told = batch["text"].astype(str).str.contains(r"\d") & (masked["text"] != batch["text"])
    numbers = [name for name in _NUMBERS if name in batch and told.any()]
    return masked.assign(**{name: batch[name].mask(told) for name in numbers})


def _masked_row(row: tuple[Any, ...], columns: Sequence[str]) -> tuple[Any, ...]:
    from ..privacy import announced, mask_names

    texts = [cell if isinstance(cell, str) else "" for cell in row]
    heads = list(map(announced, columns))
    one = {"before", "text"} if "after" in columns else set()
    gaps = ["" if name in one else "\n\n" for name in columns]
    pieces = list(map("".join, zip(heads, texts, gaps, strict=True)))
    whole = mask_names("".join(pieces))
    starts = map(add, accumulate(map(len, pieces), initial=0), map(len, heads))
    parts = [whole[at : at + len(text)] for at, text in zip(starts, texts, strict=False)]
    if {"before", "subject"} <= {*columns}:
        before, subject = columns.index("before"), columns.index("subject")
        parts[subject] = _as_before(texts[subject], parts[subject], texts[before], parts[before])
    return tuple(p if isinstance(cell, str) else cell for p, cell in zip(parts, row, strict=True))


def _as_before(subject: str, shown: str, before: str, shown_before: str) -> str:
    """A subject, masked where the words that it was cut from are.

    A name whose beginning is gone is known in the whole sentence alone.
    """
    at = before.find(subject[:_HEAD]) if subject else -1
    if at < 0:
        return shown
    cells = zip(subject, shown, before[at:], shown_before[at:], strict=False)
    new = ["*" if mine == its != seen else kept for mine, kept, its, seen in cells]
    return "".join(new) + shown[len(new) :]


# ---- workbook

#: limits of Excel
_ROWS, _COLUMNS, _CELL, _EXACT = 1_048_576, 16_384, 32_767, 2**53
#: what XML has no way to write; XlsxWriter escapes the control characters itself
_NONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
#: names that the workbook's own sheets have, and the one that Excel keeps to itself
_TAKEN = ("columns", "history", "sources")
_WIDEST, _SAMPLE = 60, 1_000
# no date of today: the same tables give the same bytes
_DATE = datetime(2000, 1, 1)


def workbook(
    streams: Sequence[Stream],
    path: Path,
    sources: Iterable[dict[str, str]],
    notes: Sequence[str] = (),
) -> None:
    """Writes the tables as sheets of one file, then what columns mean and where figures come from.

    Text is text, whatever it begins with: no formula, no link. A cell too long for Excel ends with
    a word on what was cut, and a warning says how many there are.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise QzError('Excel needs XlsxWriter: pip install "qz-analysis[excel]"') from None
    _check_names([stream.name for stream in streams])
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    # its scratch files go where a failed export is swept away
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent), **plain})
    author = f"qz-analysis {VERSION}"
    book.set_properties({"title": path.stem, "author": author, "created": _DATE})
    bold = book.add_format({"bold": True})

    def add(stream: Stream) -> int:
        return _Sheet(book.add_worksheet(stream.name), stream, bold).write()

    cut = {stream.name: count for stream in streams if (count := add(stream))}
    lines = [f"Made with {author}.", *notes]
    for name, count in cut.items():
        fault = "cells were too long for Excel and were cut; they say so at their end."
        lines.append(f"{name}: {count:,} {fault}")
    columns = [(s.name, f.name, f.dtype, f.meaning) for s in streams for f in s.fields]
    add(_text_sheet("columns", ("table", "column", "type", "meaning"), columns))
    names = ("title", "sha256", "hash")
    origins = [*({"title": line} for line in lines), *sources]
    rows = [tuple(one.get(name, "") for name in names) for one in origins]
    add(_text_sheet("sources", names, rows))
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        book.fileclosed = True  # or it would be tried again when nobody listens
        raise error.__cause__ or error from None
    for name, count in cut.items():
        fault = f"longer than the {_CELL:,} characters of Excel and were cut"
        told = f"{count:,} cells of {name} are {fault}; a data package holds them whole"
        warnings.warn(f"{path.name}: {told}", stacklevel=3)


def _check_names(names: Sequence[str]) -> None:
    known = {*_TAKEN}
    for name in names:
        signs = not name or name != name.strip("' ") or set(name) & set("[]:*?/\\")
        if signs or len(name.encode("utf-16-le")) > 62 or name.lower() in known:
            rule = "at most 31 characters, none of []:*?/\\, no name twice, and not"
            fault = f"cannot name a sheet of Excel: {rule} {', '.join(_TAKEN)}"
            raise QzError(f"{name!r} {fault}; rename the table")
        known.add(name.lower())


def _text_sheet(name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Stream:
    import pandas as pd

    fields = [Field(column, "str", "") for column in columns]
    return _in_memory(name, fields, pd.DataFrame(list(rows), columns=list(columns)))


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
            fault = f"{len(fields):,} columns, and Excel has room for {_COLUMNS:,}"
            raise QzError(f"{name}: {fault}; export to a folder")
        self.widths = [_width(f.name) + 3 for f in fields]  # room for the button of the filter
        for at, column in enumerate(fields):
            self.sheet.write_string(0, at, column.name, self.bold)
        number = 0
        for number, row in enumerate(self.stream.rows(), 1):
            if number >= _ROWS:
                fault = f"more than the {_ROWS - 1:,} rows that a sheet of Excel holds"
                remedy = "export to a folder, or a part of them: qz.open(…).claims(period=…)"
                raise QzError(f"{name}: {fault}; {remedy}")
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
        exact = isinstance(cell, float) or (isinstance(cell, int) and abs(cell) <= _EXACT)
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, at, cell)
        elif exact and isfinite(cell):
            self.sheet.write_number(row, at, cell)
        else:
            cell = self._fitting(str(cell))
            self.sheet.write_string(row, at, cell)
        if row <= _SAMPLE:
            self.widths[at] = max(self.widths[at], _width(str(cell)[: _WIDEST + 1]) + 1)

    def _fitting(self, text: str) -> str:
        """The text in characters that a file can hold, and no longer than a cell.

        Excel counts in UTF-16.
        """
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


# ---- data package

_TYPES = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}
_ENUMS = {
    "claims": CHOICES,
    "relations": {
        "type": ("rate", "yoy", "sum", "diff", "product", "repeat", "possible"),
        "verdict": ("ok", "bad", "unchecked"),
    },
}
_KEYS = {"claims": ["doc", "start", "end"], "reports": ["doc", "report"], "documents": ["doc"]}
#: which columns of a table point to which other, where that is exported with it
_OF_REPORTS = ("claims", "relations", "panel", "implied", "mechanisms")
_POINTS = dict.fromkeys(_OF_REPORTS, ("reports", ["doc", "report"]))
_POINTS["reports"] = ("documents", ["doc"])
#: with more documents than these, the list of them is the table `documents`
_LISTED = 1_000
_GUARDED = (
    "A text cell that begins with = + - @ has an apostrophe in front, so that no spreadsheet takes "
    "it for a formula."
)
_CSV = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {
        "delimiter": ",",
        "quoteChar": '"',
        "doubleQuote": True,
        "lineTerminator": "\n",
        "header": True,
    },
}
_PARQUET = {"profile": "data-resource", "format": "parquet"}
_PARQUET["mediatype"] = "application/vnd.apache.parquet"


@dataclass(frozen=True, slots=True)
class Terms:
    """What only the user can say of an export: licence, contributors, date."""

    licence: str = ""
    contributors: Sequence[str] = ()
    created: str = ""

    def __post_init__(self) -> None:
        if self.licence and not re.fullmatch(r"https?://\S+|[-A-Za-z0-9._+]+", self.licence):
            remedy = "give its identifier such as CC-BY-4.0, or its address"
            raise QzError(f"{self.licence!r}: no licence; {remedy}")
        try:
            zoned = not self.created or datetime.fromisoformat(self.created).tzinfo is not None
        except ValueError:
            zoned = False
        if not zoned:
            fault = "is no time with its zone such as 2011-06-30T09:00:00Z"
            raise QzError(f"created {self.created!r}: {fault}")

    @property
    def entries(self) -> dict[str, Any]:
        """As entries of a descriptor; what was not given is not claimed."""
        licence = {"path" if "://" in self.licence else "name": self.licence}
        people = [{"title": name} for name in self.contributors]
        given: dict[str, Any] = {"licenses": self.licence and [licence], "contributors": people}
        given["created"] = self.created
        return {key: value for key, value in given.items() if value}

    @property
    def lines(self) -> list[str]:
        """As lines for people."""
        people = ", ".join(self.contributors)
        given = {"Licence": self.licence, "Contributors": people, "Created": self.created}
        return [f"{name}: {value}" for name, value in given.items() if value]


def sources(streams: Iterable[Stream]) -> list[dict[str, str]]:
    """The documents behind the tables, each with the hash that is known of it.

    >>> import qz_analysis as qz
    >>> [sorted(one) for one in sources(streams(qz.tables("受理43宗。")))]
    [['hash', 'title']]
    """
    named = {stream.name: stream for stream in streams if stream.has(["doc"])}
    name = next((n for n in ("documents", "claims", "reports") if n in named), "")
    if not name:
        return []
    known: dict[str, dict[str, str]] = {}
    for batch in named[name].batches():
        columns = [column for column in ("doc", "sha256", "hash") if column in batch]
        documents = batch[columns].drop_duplicates("doc")
        for doc, *hashes in documents.itertuples(index=False, name=None):
            known.setdefault(doc, {"title": doc, **dict(zip(columns[1:], hashes, strict=True))})
        if len(known) > _LISTED:
            listed = name == "documents"
            place = "with their hashes in the table" if listed else "in the table"
            return [{"title": f"more than {_LISTED:,} documents, {place} {name}"}]
    if name == "claims" and "reports" in named:  # reports without a figure
        for batch in named["reports"].batches():
            for doc in batch["doc"].unique():
                known.setdefault(doc, {"title": doc})
    return list(known.values())


def package(
    streams: Sequence[Stream],
    folder: Path,
    *,
    name: str,
    kind: str,
    raw_cells: bool,
    terms: Terms,
    notes: Sequence[str] = (),
) -> list[Path]:
    """Writes the tables and the file that describes them all into a folder."""
    guard = {"description": _GUARDED} if kind == "csv" and not raw_cells else {}
    made, resources = [], []
    for stream in streams:
        if not re.fullmatch(r"[a-z0-9][-a-z0-9_]*", stream.name):
            rule = "a table of a data package is named with a-z, 0-9, - and _"
            raise QzError(f"{stream.name!r}: {rule}; rename it")
        path = folder / f"{stream.name}.{kind}"
        rows = save(path, stream.fields, stream.rows(), raw_cells=raw_cells)
        about = _resource(stream.name, path, rows) | guard
        resources.append(about | {"schema": _schema(stream, streams)})
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
    filled = {key: value for key, value in whole.items() if value}
    lines = json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
    descriptor.write_text(lines, encoding="utf-8", newline="\n", errors="replace")
    return [*made, descriptor]


def _resource(name: str, path: Path, rows: int) -> dict[str, Any]:
    with path.open("rb") as handle:
        digest = file_digest(handle, "sha256").hexdigest()
    kind: dict[str, Any] = _CSV if path.suffix == ".csv" else _PARQUET
    about = {"name": name, "path": path.name, **kind, "bytes": path.stat().st_size}
    return about | {"hash": f"sha256:{digest}", "rows": rows}


def _schema(stream: Stream, exported: Sequence[Stream]) -> dict[str, Any]:
    key = _KEYS.get(stream.name, [])
    unique = bool(key) and _unique(stream, key)
    required = key if unique else []
    fields = [_field(stream, field, required=field.name in required) for field in stream.fields]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if unique:
        schema["primaryKey"] = key
    if columns := _pointing(stream, exported):
        reference = {"resource": _POINTS[stream.name][0], "fields": columns}
        schema["foreignKeys"] = [{"fields": columns, "reference": reference}]
    return schema


def _field(stream: Stream, field: Field, *, required: bool) -> dict[str, Any]:
    about: dict[str, Any] = {"name": field.name, "type": _TYPES[field.dtype]}
    if field.meaning:
        about["description"] = field.meaning
    values = [value for value in _ENUMS.get(stream.name, {}).get(field.name, ()) if value]
    limits: dict[str, Any] = {"required": True} if required else {}
    if values and field.dtype == "str" and _only(stream, field.name, values):
        limits["enum"] = values
    return about | ({"constraints": limits} if limits else {})


# What a descriptor promises of a table in memory is looked up there, since its owner may have
# changed it; the tables of a finished run keep these promises by the way they are made, and may be
# too large to look through.


def _unique(stream: Stream, key: list[str]) -> bool:
    if not stream.has(key) or stream.table is None:
        return stream.has(key)
    cells = stream.table[key]
    gaps = cells.isna() | (cells.astype("str") == "")
    return not (cells.duplicated().any() or gaps.to_numpy().any())


def _only(stream: Stream, column: str, values: Sequence[str]) -> bool:
    return stream.table is None or bool(stream.table[column].isin([*values, ""]).all())


def _pointing(stream: Stream, exported: Sequence[Stream]) -> list[str]:
    """The columns by which every row points to a row of another table that is exported with it."""
    name, columns = _POINTS.get(stream.name, ("", []))
    other = next((other for other in exported if other.name == name), None)
    if other is None or not stream.has(columns) or not _unique(other, columns):
        return []
    if stream.table is None or other.table is None:
        return columns
    known = {*other.table[columns].itertuples(index=False, name=None)}
    inside = known.issuperset(stream.table[columns].itertuples(index=False, name=None))
    return columns if inside else []
