"""Tables of a run, read back: filtered while they are read, so that a corpus larger than memory can be asked."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..schema import raw
from .parts import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Store", "open"]

Wanted = str | Iterable[Any] | float | int | bool | None
_BATCH = 65_536


def open(folder: Path | str) -> "Store":
    """The tables that `qz extract` wrote into a folder.

    Args:
        folder: what was given as `--out`.

    Returns:
        a `Store`; of a run that is not finished, what is done so far.

    Raises:
        QzError: the folder holds no tables.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> from qz_analysis.extraction import write
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(qz.tables("甲县受理43宗，办结36宗，办结率83.7%。"), Path(folder))
    ...     qz.open(folder).claims(stage="resolved")["text"].tolist()
    ['36宗', '83.7%']
    """
    return Store(Path(folder))


class Store:
    """Claims, relations, reports, documents and errors of a folder, as pandas tables when asked.

    Args:
        folder: what was given as `--out`.

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
    >>> len(store.relations(verdict="bad")), len(store.reports(period="2011")), len(store.errors()), len(store.corrected())
    (0, 1, 0, 0)
    >>> store.documents(columns=["doc", "kind"]).values.tolist()
    [['jia', 'text']]
    >>> [len(batch) for batch in store.iter_claims()], [len(batch) for batch in store.iter_table("reports")]
    ([2], [1])
    >>> folder.cleanup()
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kind, self._state, self._raw = self._look()

    def _look(self) -> tuple[str, str, bool]:
        """The format, `finished` or `unfinished`, and whether text cells are raw."""
        journal = self._folder / ".qz" / "journal.sqlite"
        if journal.exists():
            import sqlite3

            with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as base:
                words = dict(base.execute("SELECT key, value FROM meta"))
            if words.get("kind"):
                state = "finished" if words.get("finished") == "yes" else "unfinished"
                return words["kind"], state, words.get("raw") == "True"
        for kind in ("parquet", "csv"):
            if (self._folder / f"claims.{kind}").exists():
                return kind, "finished", False
        raise QzError(
            f"{self._folder}: holds no tables; give the folder that `qz extract --out` wrote"
        )

    @property
    def finished(self) -> bool:
        """Whether the run that wrote the folder came to its end."""
        return self._state == "finished"

    def claims(self, place: Wanted = None, period: Wanted = None, family: Wanted = None, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":  # fmt: skip
        """Claims that fit.

        Args:
            place, family: the value of the column, or a list of values.
            period: likewise; a year also gives what lies in it: 2011 gives 2011-06 and 2011-Q1.
            columns: which columns to read; all when None.
            equal: other columns and their values, or lists of them.

        Returns:
            rows of `fields.CLAIMS`, in the order of the corpus.

        Raises:
            QzError: there is no such column.
        """
        return self._table(
            "claims", {"place": place, "period": period, "family": family, **equal}, columns
        )

    def relations(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """Relations that fit: rows of `fields.RELATIONS`."""
        return self._table("relations", equal, columns)

    def reports(self, place: Wanted = None, period: Wanted = None, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":  # fmt: skip
        """Reports that fit: rows of `fields.REPORTS`."""
        return self._table("reports", {"place": place, "period": period, **equal}, columns)

    def documents(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """What was read: rows of `fields.DOCUMENTS`."""
        return self._table("documents", equal, columns)

    def corrected(self, *, columns: list[str] | None = None, **equal: Wanted) -> "pd.DataFrame":
        """What became of every correction: rows of `fields.CORRECTED`; none when the run was given none."""
        return self._table("corrected", equal, columns)

    def errors(self) -> "pd.DataFrame":
        """What could not be read, why, and the way out: rows of `fields.ERRORS`."""
        if self.finished:
            return self._table("errors", {}, None)
        from ..schema import ERRORS, frame
        from .journal import Journal

        with Journal(self._folder / ".qz" / "journal.sqlite") as journal:
            return frame(journal.errors(), ERRORS)

    def iter_claims(self, place: Wanted = None, period: Wanted = None, family: Wanted = None, *, columns: list[str] | None = None, **equal: Wanted) -> Iterator["pd.DataFrame"]:  # fmt: skip
        """The rows of `claims` in tables of some ten thousand rows, for corpora larger than memory."""
        return self._batches(
            "claims", {"place": place, "period": period, "family": family, **equal}, columns
        )

    @property
    def names(self) -> list[str]:
        """Which tables there are; kept texts are no table."""
        there = [
            name
            for name in TABLES
            if name != "texts" and (self._folder / f"{name}.{self._kind}").exists()
        ]
        return there if self.finished else [name for name in TABLES if name != "texts"]

    def iter_table(
        self, name: str, *, columns: list[str] | None = None, **equal: Wanted
    ) -> Iterator["pd.DataFrame"]:
        """The rows of any of the tables that `names` lists, as `iter_claims` gives those of claims."""
        return self._batches(name, equal, columns)

    def __len__(self) -> int:
        """How many claims there are."""
        return self._count("claims")

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{self._count(name):,} {name}" for name in ("claims", "relations", "reports")
        )
        return f"<Store {self._folder} ({self._kind}{'' if self.finished else ', unfinished'}): {counts}>"

    # ---- reading

    def _table(
        self, name: str, equal: dict[str, Wanted], columns: list[str] | None
    ) -> "pd.DataFrame":
        import pandas as pd

        found = [batch for batch in self._batches(name, equal, columns) if len(batch)]
        return (
            pd.concat(found, ignore_index=True)
            if found
            else self._typed(name, _empty(name, columns))
        )

    def _batches(
        self, name: str, equal: dict[str, Wanted], columns: list[str] | None
    ) -> Iterator["pd.DataFrame"]:
        known = [f.name for f in TABLES[name]]
        wanted = {key: _list(value) for key, value in equal.items() if value is not None}
        for column in [*wanted, *(columns or [])]:
            if column not in known:
                raise QzError(f"{name} has no column {column!r}; there are: {', '.join(known)}")
        read = self._parquet if self._kind == "parquet" else self._csv
        for batch in read(name, wanted, columns or known):
            yield self._typed(name, batch)

    def _parquet(
        self, name: str, wanted: dict[str, list[Any]], columns: list[str]
    ) -> Iterator["pd.DataFrame"]:
        data = self._dataset(name)
        if data is None:
            return
        for batch in data.to_batches(columns=columns, filter=_condition(wanted), batch_size=_BATCH):
            yield batch.to_pandas()

    def _dataset(self, name: str) -> Any:
        try:
            import pyarrow.dataset as ds
        except ImportError:
            raise QzError('parquet needs pyarrow: pip install "qz-analysis[parquet]"') from None
        path = self._folder / f"{name}.parquet"
        if not path.exists():
            return None
        from .parts import schema

        files = sorted(map(str, path.glob("*.parquet"))) if path.is_dir() else [str(path)]
        return ds.dataset(files, format="parquet", schema=schema(TABLES[name])) if files else None

    def _csv(
        self, name: str, wanted: dict[str, list[Any]], columns: list[str]
    ) -> Iterator["pd.DataFrame"]:
        import pandas as pd

        texts = {f.name for f in TABLES[name] if f.dtype == "str"}
        read = list(dict.fromkeys([*columns, *wanted]))
        for path, head in self._csv_files(name):
            with pd.read_csv(
                path, chunksize=_BATCH, usecols=read, dtype=dict.fromkeys(texts & set(read), "str"), keep_default_na=False,
                na_values={f.name: [""] for f in TABLES[name] if f.dtype == "float"}, encoding="utf-8",
                header=0 if head else None, names=None if head else [f.name for f in TABLES[name]],
            ) as chunks:  # fmt: skip
                for chunk in chunks:
                    if not self._raw:
                        for column in texts & set(read):
                            risky = chunk[column].str.startswith("'")
                            if risky.any():
                                chunk.loc[risky, column] = chunk.loc[risky, column].map(raw)
                    for column, values in wanted.items():
                        chunk = chunk[chunk[column].map(_test(column, values)).astype(bool)]
                    yield chunk[columns].reset_index(drop=True)

    def _csv_files(self, name: str) -> Iterator[tuple[Path, bool]]:
        whole = self._folder / f"{name}.csv"
        if self.finished:
            if name != "corrected" or whole.exists():
                yield whole, True
            return
        from .journal import Journal
        from .parts import held

        with Journal(self._folder / ".qz" / "journal.sqlite") as journal:
            for number, token in journal.parts():
                path = held(self._folder, "csv", name, number, token)
                if path.exists() and path.stat().st_size:
                    yield path, False

    def _count(self, name: str) -> int:
        if self._kind == "parquet":
            data = self._dataset(name)
            return 0 if data is None else data.count_rows()
        return sum(len(batch) for batch in self._csv(name, {}, ["doc"]))

    def _typed(self, name: str, batch: "pd.DataFrame") -> "pd.DataFrame":
        from ..schema import frame

        kinds = {f.name: frame([], [f])[f.name].dtype for f in TABLES[name]}
        return batch.astype({column: kinds[column] for column in batch.columns})


def _empty(name: str, columns: list[str] | None) -> "pd.DataFrame":
    from ..schema import frame

    table = frame([], TABLES[name])
    return table[columns] if columns else table


def _list(value: Wanted) -> list[Any]:
    return [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)


def _within(period: str) -> str:
    """What the periods inside a period begin with: 2011 holds 2011-06."""
    return f"{period}-"


def _test(column: str, values: list[Any]) -> Any:
    """A function that tells whether a cell is one of the values, or lies in one of these periods."""
    inside = tuple(map(_within, values)) if column == "period" else ()
    known = set(values)
    return lambda cell: cell in known or (bool(inside) and bool(cell) and cell.startswith(inside))


def _condition(wanted: dict[str, list[Any]]) -> Any:
    """The same as an expression that pyarrow applies while it reads."""
    import pyarrow.compute as pc

    whole: Any = None
    for column, values in wanted.items():
        one = pc.field(column).isin(values)
        if column == "period":
            for value in values:
                one = one | pc.starts_with(pc.field(column), _within(value))
        whole = one if whole is None else whole & one
    return whole
