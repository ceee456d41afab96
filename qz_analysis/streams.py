"""What is to be exported → tables with described columns, read batch by batch; persons' names masked when asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from .controls import printable
from .errors import QzError
from .fields import CORRECTED, CORRECTIONS, IMPLIED, MECHANISMS, PANEL, Field
from .runs.parts import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from .extraction import Tables
    from .runs.store import Store

__all__ = ["Stream", "described", "hidden", "streams"]

_KNOWN = {**TABLES, "panel": PANEL, "implied": IMPLIED, "mechanisms": MECHANISMS, "corrections": CORRECTIONS, "corrected": CORRECTED}  # fmt: skip
#: columns that repeat a page's words; a column that nobody described may hold anything and is masked too
_WORDS = {"text", "subject", "before", "after", "title", "place", "note", "reason", "was", "now", "why"}


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
        return chain.from_iterable(batch.itertuples(index=False, name=None) for batch in self.batches())


def streams(
    source: "Tables | Store | pd.DataFrame | Mapping[str, pd.DataFrame]", fallback: str = "table"
) -> list[Stream]:
    """The tables of whatever can be exported.

    Args:
        source: `Tables`, a `Store`, tables by name, or one table.
        fallback: the name of a single table whose columns are none of ours.

    Raises:
        QzError: it is nothing of these, holds no table, or comes from a run that was stopped.

    >>> import qz_analysis as qz
    >>> [stream.name for stream in streams(qz.tables("受理43宗，办结36宗。"))]
    ['claims', 'relations', 'reports', 'errors']
    """
    import pandas as pd

    from .runs.store import Store

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
            raise QzError(f"{name}: is a {type(table).__name__}, no table; give pandas DataFrames by name")
    return [_held(name, table) for name, table in named.items()]


def _stored(store: "Store") -> list[Stream]:
    if not store.finished:
        raise QzError(f"{store!r}: half a run is no export; let `qz extract` finish it first, with the same words")
    return [Stream(name, TABLES[name], lambda name=name: store.iter_table(name)) for name in store.names]  # type: ignore[misc]


def _held(name: str, table: "pd.DataFrame") -> Stream:
    table = _flat(name, table)
    columns = [*table.columns]
    if not columns or not all(isinstance(column, str) and column for column in columns):
        raise QzError(f"{name}: every column needs a name that is a string; there are {columns[:9]}")
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
        table = table.set_axis([".".join(str(part) for part in head if part != "") for head in table.columns], axis=1)
    return table


def _plain(column: "pd.Series[Any]", dtype: str) -> "pd.Series[Any]":
    """The column with strings for everything that is no number, and one sign for what is missing: nothing, None or NaN."""
    gaps = column.isna()
    if dtype == "float":
        return column.astype("float64")
    if dtype == "str":
        return column.astype("object").where(~gaps, "").map(lambda cell: printable(str(cell))).astype("str")
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
        found.append(field if field and field.dtype == dtype else Field(column, dtype, field.meaning if field else ""))
    return found


def _named(table: "pd.DataFrame") -> str:
    """Which of our tables has exactly these columns; nothing when none has."""
    return next((name for name, fields in _KNOWN.items() if [f.name for f in fields] == [*table.columns]), "")


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
    columns = [f.name for f in stream.fields if f.dtype == "str" and (f.name in _WORDS or f.name not in ours)]

    def batches() -> Iterator["pd.DataFrame"]:
        for batch in stream.batches():
            yield batch.assign(**{name: _masked(batch[name]) for name in columns})

    return Stream(stream.name, stream.fields, batches, stream.table)


def _masked(column: "pd.Series[Any]") -> "pd.Series[Any]":
    from .names import mask_names

    said: Iterable[Any] = column.unique()
    shown = {cell: mask_names(cell) for cell in said if isinstance(cell, str)}
    return column.map(lambda cell: shown.get(cell, cell))
