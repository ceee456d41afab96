"""The tables of a run, read back.

They are filtered while they are read, so that a corpus larger than memory can be asked.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..schema import ERRORS, frame, raw
from ..vocabularies.labels import code_of
from .finish import text_name
from .journal import Journal
from .parts import TABLES, arrow_schema, table_path

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["open"]

Wanted = str | Iterable[Any] | float | int | bool | None
_BATCH = 65_536
#: columns whose values have names that a person may use too
_NAMED = ("family", "stage", "measure", "indicator")


def open(folder: Path | str) -> "Store":
    """The tables that `qz extract` wrote into a folder.

    Args:
        folder: what was given as `--out`.

    Returns:
        a `Store`; of a run that is not finished, what is done so far.

    Raises:
        QzError: the folder holds no tables, or one that was cut or changed since the run.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = qz.export(qz.tables("受理43宗，办结36宗，办结率83.7%。"), Path(folder) / "out")
    ...     qz.open(made).claims(stage="resolved")["text"].tolist()
    ['36宗', '83.7%']
    """
    return Store(Path(folder))


class Store:
    """Claims, relations, reports, documents and errors of a folder, as pandas tables when asked.

    >>> import tempfile
    >>> from qz_analysis.runs.run import run
    >>> folder = tempfile.TemporaryDirectory()
    >>> page = Path(folder.name) / "jia.txt"
    >>> page.write_text("甲县2011年受理2163宗，2012年受理2028宗。甲县信访局", encoding="utf-8")
    33
    >>> done = run([page], Path(folder.name) / "out")
    >>> store = open(Path(folder.name) / "out")
    >>> store.finished, store.names
    (True, ['claims', 'relations', 'reports', 'documents', 'errors'])
    >>> store.claims(period="2012", columns=["text", "period"]).values.tolist()
    [['2028宗', '2012']]
    >>> len(store.relations(verdict="bad")), len(store.reports(period="2011"))
    (0, 1)
    >>> len(store.errors()), len(store.corrected())
    (0, 0)
    >>> store.documents(columns=["doc", "kind"]).values.tolist()
    [['jia', 'text']]
    >>> [len(batch) for batch in store.iter_claims()]
    [2]
    >>> [len(batch) for batch in store.iter_table("reports")]
    [1]
    >>> store.text("jia") is None
    True
    >>> folder.cleanup()
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal = folder / ".qz" / "journal.sqlite"
        stored = {}
        if self._journal.exists():
            try:
                with closing(sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True)) as base:
                    stored = dict(base.execute("SELECT key, value FROM meta"))
            except sqlite3.DatabaseError as error:
                raise QzError(
                    f"{self._journal}: cannot be read as the journal of a run ({error}); "
                    "run the same `qz extract` again, which mends it"
                ) from None
        kinds = [kind for kind in ("parquet", "csv") if (folder / f"claims.{kind}").exists()]
        if stored.get("kind"):
            self._kind, self._raw = stored["kind"], stored.get("raw") == "True"
        elif kinds:
            self._kind, self._raw = kinds[0], False
        else:
            raise QzError(
                f"{folder}: holds no tables; give the folder that `qz extract --out` wrote"
            )
        self._finished = not stored.get("kind") or stored.get("finished") == "yes"
        if self._finished:
            self._refuse_cut(json.loads(stored.get("sizes") or "{}"))

    def _refuse_cut(self, sizes: dict[str, int]) -> None:
        """Raises when a table is not as long as the run left it: its rows may be whole, but fewer."""
        for name, size in sizes.items():
            path = self._folder / name
            if path.is_file() and path.stat().st_size != size:
                fault = f"it has {path.stat().st_size:,} bytes, and the run wrote {size:,}"
                raise QzError(
                    f"{path}: is damaged ({fault}); "
                    "move it away and run the same `qz extract` again, which makes it anew"
                )

    @property
    def finished(self) -> bool:
        """Whether the run that wrote the folder came to its end."""
        return self._finished

    def claims(
        self,
        place: Wanted = None,
        period: Wanted = None,
        family: Wanted = None,
        *,
        columns: list[str] | None = None,
        **equal: Wanted,
    ) -> "pd.DataFrame":
        """Claims that fit.

        Args:
            place, family: the value of the column, or a list of values; a family also by its name
                in either language (调解).
            period: likewise; a year also gives what lies in it: 2011 gives 2011-06 and 2011-Q1.
            columns: which columns to read; all when None.
            equal: other columns and their values, or lists of them.

        Returns:
            rows of `schema.CLAIMS`, in the order of the corpus.

        Raises:
            QzError: there is no such column.
        """
        equal |= {"place": place, "period": period, "family": family}
        return self._table("claims", equal, columns)

    def relations(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """Relations that fit: rows of `schema.RELATIONS`."""
        return self._table("relations", equal, columns)

    def reports(
        self,
        place: Wanted = None,
        period: Wanted = None,
        *,
        columns: list[str] | None = None,
        **equal: Wanted,
    ) -> "pd.DataFrame":
        """Reports that fit: rows of `schema.REPORTS`."""
        return self._table("reports", {"place": place, "period": period} | equal, columns)

    def documents(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """What was read: rows of `schema.DOCUMENTS`."""
        return self._table("documents", equal, columns)

    def corrected(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """What became of every correction that the run was given: rows of `schema.CORRECTED`."""
        return self._table("corrected", equal, columns)

    def errors(self) -> "pd.DataFrame":
        """What could not be read, why, and the way out: rows of `schema.ERRORS`."""
        if self.finished:
            return self._table("errors", {}, None)
        with Journal(self._journal) as journal:
            return frame(journal.errors(), ERRORS)

    def iter_claims(
        self,
        place: Wanted = None,
        period: Wanted = None,
        family: Wanted = None,
        *,
        columns: list[str] | None = None,
        **equal: Wanted,
    ) -> Iterator["pd.DataFrame"]:
        """The rows of `claims` in tables of some ten thousand rows, for corpora beyond memory."""
        equal |= {"place": place, "period": period, "family": family}
        return self._batches("claims", equal, columns)

    @property
    def names(self) -> list[str]:
        """Which tables there are; kept texts are no table."""
        names = [name for name in TABLES if name != "texts"]
        if not self.finished:
            return names
        return [name for name in names if (self._folder / f"{name}.{self._kind}").exists()]

    def text(self, doc: str) -> str | None:
        """The kept text of a document, which the offsets count in; None where none was kept."""
        if self._kind == "csv":
            path = self._folder / "texts" / text_name(doc)
            return path.read_bytes().decode("utf-8") if path.is_file() else None
        if not (self._folder / "texts.parquet").exists():
            return None
        found = self._table("texts", {"doc": doc}, ["text"])["text"]
        return str(found.iloc[0]) if len(found) else None

    def iter_table(
        self, name: str, *, columns: list[str] | None = None, **equal: Wanted
    ) -> Iterator["pd.DataFrame"]:
        """The rows of any of the tables that `names` lists, as `iter_claims` gives claims."""
        return self._batches(name, equal, columns)

    def __len__(self) -> int:
        """How many claims there are."""
        return self._count("claims")

    def __repr__(self) -> str:
        names = ("claims", "relations", "reports")
        counts = ", ".join(f"{self._count(name):,} {name}" for name in names)
        state = "" if self.finished else ", unfinished"
        return f"<Store {self._folder} ({self._kind}{state}): {counts}>"

    def _table(
        self, name: str, equal: dict[str, Wanted], columns: list[str] | None
    ) -> "pd.DataFrame":
        import pandas as pd

        found = [batch for batch in self._batches(name, equal, columns) if len(batch)]
        if found:
            return pd.concat(found, ignore_index=True)
        empty = frame([], TABLES[name])
        return empty[columns] if columns else empty

    def _batches(
        self, name: str, equal: dict[str, Wanted], columns: list[str] | None
    ) -> Iterator["pd.DataFrame"]:
        dtypes = frame([], TABLES[name]).dtypes
        wanted = {
            key: [code_of(key, str(one)) if key in _NAMED else one for one in _list(value)]
            for key, value in equal.items()
            if value is not None
        }
        for column in [*wanted, *(columns or [])]:
            if column not in dtypes:
                raise QzError(
                    f"{name} has no column {column!r}; there are: {', '.join(dtypes.index)}"
                )
        read = self._parquet if self._kind == "parquet" else self._csv
        try:
            for batch in read(name, wanted, columns or [*dtypes.index]):
                yield batch.astype(dtypes[batch.columns].to_dict())
        except ValueError as error:
            if isinstance(error, QzError):
                raise
            reason = str(error).partition("\n")[0][:120]
            raise QzError(
                f"{self._folder / name}.{self._kind}: is damaged ({reason}); "
                "move it away and run the same `qz extract` again, which makes it anew"
            ) from None

    def _parquet(
        self, name: str, wanted: dict[str, list[Any]], columns: list[str]
    ) -> Iterator["pd.DataFrame"]:
        if (data := self._dataset(name)) is not None:
            condition = _condition(wanted)
            for batch in data.to_batches(columns=columns, filter=condition, batch_size=_BATCH):
                yield batch.to_pandas()

    def _dataset(self, name: str) -> Any:
        try:
            import pyarrow.dataset as ds
        except ImportError:
            raise QzError('parquet needs pyarrow: pip install "qz-analysis[parquet]"') from None
        path = self._folder / f"{name}.parquet"
        files = sorted(map(str, path.glob("*.parquet"))) if path.is_dir() else [str(path)]
        if not files or not path.exists():
            return None
        return ds.dataset(files, format="parquet", schema=arrow_schema(TABLES[name]))

    def _csv(
        self, name: str, wanted: dict[str, list[Any]], columns: list[str]
    ) -> Iterator["pd.DataFrame"]:
        import pandas as pd

        fields, read = TABLES[name], {*columns, *wanted}
        texts = [f.name for f in fields if f.dtype == "str" and f.name in read]
        for path, header in self._csv_files(name):
            with pd.read_csv(
                path,
                chunksize=_BATCH,
                usecols=[*read],
                dtype=dict.fromkeys(texts, "str"),
                keep_default_na=False,
                na_values={f.name: [""] for f in fields if f.dtype == "float"},
                encoding="utf-8",
                header=0 if header else None,
                names=None if header else [f.name for f in fields],
            ) as chunks:
                for chunk in chunks:
                    for column in texts if not self._raw else ():
                        risky = chunk[column].str.startswith("'")
                        if risky.any():
                            chunk.loc[risky, column] = chunk.loc[risky, column].map(raw)
                    for column, values in wanted.items():
                        chunk = chunk[_fits(chunk[column], values)]
                    yield chunk[columns].reset_index(drop=True)

    def _csv_files(self, name: str) -> Iterator[tuple[Path, bool]]:
        """The files of a table, and whether they have a header."""
        if self.finished:
            whole = self._folder / f"{name}.csv"
            if name != "corrected" or whole.exists():
                yield whole, True
            return
        with Journal(self._journal) as journal:
            for number, token in journal.parts():
                path = table_path(self._folder, "csv", name, number, token)
                if path.exists() and path.stat().st_size:
                    yield path, False

    def _count(self, name: str) -> int:
        if self._kind == "parquet":
            data = self._dataset(name)
            return 0 if data is None else data.count_rows()
        return sum(len(batch) for batch in self._csv(name, {}, ["doc"]))


def _list(value: Wanted) -> list[Any]:
    return [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)


def _prefixes(values: list[Any]) -> list[str]:
    """What the periods inside these periods begin with: 2011 holds 2011-06."""
    return [f"{value}-" for value in values]


def _fits(cells: "pd.Series[Any]", values: list[Any]) -> "pd.Series[bool]":
    """Which cells are one of the values, or lie in one of these periods."""
    found = cells.isin(values)
    if cells.name == "period" and values:
        found |= cells.str.startswith(tuple(_prefixes(values)))
    return found


def _condition(wanted: dict[str, list[Any]]) -> Any:
    """The same as an expression that pyarrow applies while it reads."""
    import pyarrow.compute as pc

    whole: Any = None
    for column, values in wanted.items():
        one = pc.field(column).isin(values)
        for prefix in _prefixes(values) if column == "period" else ():
            one = one | pc.starts_with(pc.field(column), prefix)
        whole = one if whole is None else whole & one
    return whole
