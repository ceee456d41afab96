"""Tables → a Frictionless data package: a folder of CSV or Parquet files and one file that describes them all.

The descriptor follows Data Package, Tabular Data Package and Table Schema 1 (https://specs.frictionlessdata.io).
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .correctable import CHOICES
from .errors import QzError
from .fields import Field
from .runs.parts import save
from .streams import Stream

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Terms", "package", "sources"]

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
    name: [("reports", ["doc", "report"])] for name in ("claims", "relations", "panel", "implied", "mechanisms")
} | {"reports": [("documents", ["doc"])]}
#: with more documents than these, the list of them is the table `documents`
_LISTED = 1_000
_GUARDED = (
    "A text cell that begins with = + - @ has an apostrophe in front, so that no spreadsheet takes it for a formula."
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What only the user can say of an export: licence, contributors, date."""

    licence: str = ""
    contributors: Sequence[str] = ()
    created: str = ""

    def __post_init__(self) -> None:
        if self.licence and not re.fullmatch(r"https?://\S+|[-A-Za-z0-9._+]+", self.licence):
            raise QzError(f"{self.licence!r}: no licence; give its identifier such as CC-BY-4.0, or its address")
        try:
            aware = not self.created or datetime.fromisoformat(self.created).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            raise QzError(f"created {self.created!r}: is no time with its zone such as 2011-06-30T09:00:00Z")

    @property
    def entries(self) -> dict[str, Any]:
        """As entries of a descriptor; what was not given is not claimed."""
        licence = {"path" if "://" in self.licence else "name": self.licence}
        people = [{"title": name} for name in self.contributors]
        given = {"licenses": self.licence and [licence], "contributors": people, "created": self.created}
        return {key: value for key, value in given.items() if value}

    @property
    def lines(self) -> list[str]:
        """As lines for people."""
        said = {"Licence": self.licence, "Contributors": ", ".join(self.contributors), "Created": self.created}
        return [f"{name}: {value}" for name, value in said.items() if value]


def sources(streams: Iterable[Stream]) -> list[dict[str, str]]:
    """The documents behind the tables, each with the hash that is known of it.

    >>> from qz_analysis.streams import streams
    >>> import qz_analysis as qz
    >>> [sorted(one) for one in sources(streams(qz.tables("受理43宗。")))]
    [['hash', 'title']]
    """
    named = {stream.name: stream for stream in streams}
    wanted, found = (("documents", "claims", "reports"), "doc")
    name = next((n for n in wanted if n in named and found in [f.name for f in named[n].fields]), "")
    if not name:
        return []
    known: dict[str, dict[str, str]] = {}
    for batch in named[name].batches():
        columns = [column for column in ("doc", "sha256", "hash") if column in batch]
        for doc, *hashes in batch[columns].drop_duplicates("doc").itertuples(index=False, name=None):
            known.setdefault(doc, {"title": doc, **dict(zip(columns[1:], hashes, strict=True))})
        if len(known) > _LISTED:
            where = "with their hashes in the table documents" if name == "documents" else f"in the table {name}"
            return [{"title": f"more than {_LISTED:,} documents, {where}"}]
    if name == "claims" and "reports" in named:  # reports without a figure
        for batch in named["reports"].batches():
            for doc in batch["doc"].unique():
                known.setdefault(doc, {"title": doc})
    return list(known.values())


def package(streams: Sequence[Stream], folder: Path, *, name: str, kind: str, raw_cells: bool, terms: Terms, notes: Sequence[str] = ()) -> list[Path]:  # fmt: skip
    """Writes the tables and their descriptor into a folder.

    Args:
        streams: the tables.
        folder: a new folder.
        name: what the package is called.
        kind: `csv` or `parquet`.
        raw_cells: leave text cells as they are in CSV.
        terms: licence, contributors, date.
        notes: sentences for the package's description.

    Returns:
        the files written.

    Raises:
        QzError: a table's name cannot name a file, or pyarrow is missing.
    """
    made = []
    resources = []
    for stream in streams:
        if not re.fullmatch(r"[a-z0-9][-a-z0-9_]*", stream.name):
            raise QzError(f"{stream.name!r}: a table of a data package is named with a-z, 0-9, - and _; rename it")
        path = folder / f"{stream.name}.{kind}"
        rows = save(path, stream.fields, stream.rows(), raw_cells=raw_cells)
        resources.append(_resource(stream, path, rows, streams, guarded=kind == "csv" and not raw_cells))
        made.append(path)
    from . import __version__

    text = " ".join([f"Figures out of reports, made with qz-analysis {__version__}.", *notes])
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


def _resource(stream: Stream, path: Path, rows: int, all_of_them: Sequence[Stream], *, guarded: bool) -> dict[str, Any]:
    with path.open("rb") as handle:
        digest = file_digest(handle, "sha256").hexdigest()
    about: dict[str, Any] = {"name": stream.name, "path": path.name}
    if path.suffix == ".csv":
        about |= {
            "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        }  # fmt: skip
    else:
        about |= {"profile": "data-resource", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    about |= {"bytes": path.stat().st_size, "hash": f"sha256:{digest}", "rows": rows}
    if guarded:
        about["description"] = _GUARDED
    return about | {"schema": _schema(stream, all_of_them)}


def _schema(stream: Stream, all_of_them: Sequence[Stream]) -> dict[str, Any]:
    key = _KEYS.get(stream.name, [])
    unique = bool(key) and _unique(stream, key)
    schema: dict[str, Any] = {
        "fields": [_field(stream, field, required=unique and field.name in key) for field in stream.fields],
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
    return any(table[column].isna().any() or table[column].map(str).eq("").any() for column in table.columns)


def _only(stream: Stream, column: str, values: Sequence[str]) -> bool:
    return stream.table is None or bool(stream.table[column].isin([*values, ""]).all())


def _pointed(stream: Stream, all_of_them: Sequence[Stream]) -> Iterator[tuple[Stream, list[str]]]:
    for name, columns in _POINTS.get(stream.name, []):
        there = next((other for other in all_of_them if other.name == name), None)
        if there is None or not _has(stream, columns) or not _unique(there, columns):
            continue
        if stream.table is None or there.table is None or _inside(stream.table[columns], there.table[columns]):
            yield there, columns


def _inside(these: "pd.DataFrame", those: "pd.DataFrame") -> bool:
    known = {*those.itertuples(index=False, name=None)}
    return {*these.itertuples(index=False, name=None)} <= known
