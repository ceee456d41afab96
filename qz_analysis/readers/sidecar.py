"""The table of documents beside the files, in which a person says what the files do not.

Rows of a CSV file, of a workbook or of a DataFrame come in; what is known of each document comes
out. A misspelt column or level stops everything, since the table would otherwise be half believed.
"""

import csv
import io
import itertools
import os
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from ..errors import QzError
from ..model import ANSWERS, Document, Known
from ..schema import SIDECAR, raw
from ..script import simplify
from ..vocabularies.patterns import words
from .detect import decode, label
from .find import SIDECARS, shown, written

if TYPE_CHECKING:
    import pandas as pd

#: the source of what such a table says
SOURCE = "sidecar"
#: what stands in a cell to say that there is nothing to know
NONE = "-"
LEVELS = ("province", "city", "county", "town", "village", "bureau")
COLUMNS = [f.name for f in SIDECAR]
_ASIDE = ("place_from", "warnings")
_PLACES = ("report", "start", "end")
#: a column of the table that a run writes, which bears the same name
_OF_A_RUN = "sha256"
#: rows of no file that warnings name
_SHOWN = 5
_DATE = re.compile(
    r"((?:19|20)\d{2})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?|年)?(?:[ T]\d{1,2}:[\d:.]+Z?)?"
)
_TIME = r"(?:\d{4}|20xx)(?:-(?:Q[1-4]|H[12]|0[1-9]|1[0-2]))?"
_PERIOD = re.compile(rf"{_TIME}(?:\+|\.\.{_TIME})?")
_PERIODS = "2019, 2020-Q1, 2020-H2, 2020-06 or 2018..2020"
Rows = dict[str, list[Known]]


def day(text: str) -> str:
    """A date as the tables write it, from the ways in which pages and spreadsheets do; else nothing.

    >>> day("2020/1/8"), day("2020年1月"), day("2020-01-15T09:30:00Z"), day("2020-13-01")
    ('2020-01-08', '2020-01', '2020-01-15', '')
    """
    m = _DATE.fullmatch(text.strip())
    if m is None:
        return ""
    parts = [int(part) for part in m.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return ""
    return "-".join(f"{part:02d}" for part in parts)


def read_sidecar(path: Path | str) -> Rows:
    """What a table of documents says, by the cells of its column `file`.

    Args:
        path: a CSV file in any encoding, with commas, semicolons or tabs, or an Excel workbook,
            whose first sheet is read. Columns are those of `schema.SIDECAR`, under their English or
            Chinese names and in any order; only `file` must be there.

    Raises:
        QzError: the file cannot be read, or a column, a level, a date, a period or a number in it
            is none; file, row and the way out are named.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "documents.csv"
    ...     size = table.write_text("文件,地方,级别\\n甲.txt,唐县,县\\n", encoding="utf-8")
    ...     rows = read_sidecar(table)
    >>> rows["甲.txt"][0].place, rows["甲.txt"][0].level
    ('唐县', 'county')
    """
    path = Path(path)
    try:
        lines = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise QzError(f"{shown(path)}: {reason}; check the name and the permissions") from None
    return _rows(lines, shown(path))


def cells_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table in CSV as they stand, by the names of its columns.

    Raises:
        QzError: as `read_sidecar`.
    """
    read_sidecar(path)  # what is wrong with a cell is told first
    (_, head), *lines = _csv(path)
    columns = _columns(head, shown(path), 1)
    return [dict(zip(columns, map(_cell, line), strict=False)) for _, line in lines]


def is_sidecar(path: Path) -> bool:
    """Whether the head of a file is that of a table of documents."""
    try:
        lines = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
        return bool(_columns([_cell(cell) for cell in lines[0][1]], str(path), 1))
    except (QzError, IndexError):
        return False


def _csv(path: Path) -> list[tuple[int, list[Any]]]:
    """Rows with the number that a spreadsheet gives them; one may go over several lines."""
    text = decode(path.read_bytes(), str(path)).removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        return [(at, [raw(cell) for cell in row]) for at, row in enumerate(rows, 1) if any(row)]
    except csv.Error as error:
        way_out = "open it in a spreadsheet and save it as CSV again"
        raise QzError(f"{shown(path)}: is no CSV ({error}); {way_out}") from None


def _sheet(path: Path) -> list[tuple[int, list[Any]]]:
    try:
        import openpyxl
    except ImportError:
        way_out = 'pip install "qz-analysis[excel]", or save it as CSV'
        raise QzError(f"{shown(path)}: workbooks need openpyxl: {way_out}") from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except OSError:
        raise
    except Exception as error:  # what openpyxl raises on a broken workbook is of many kinds
        reason = f"cannot be read as a workbook ({type(error).__name__})"
        raise QzError(f"{shown(path)}: {reason}; save it anew, or as CSV") from None
    return [(at, row) for at, row in enumerate(rows, 1) if any(_cell(one) for one in row)]


def _cell(value: Any) -> str:
    """A cell as text: what a spreadsheet made of a date or a number is undone."""
    if value is None or str(value) in ("nan", "NaT", "<NA>"):
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip()


def _rows(lines: Sequence[tuple[int, Sequence[Any]]], name: str) -> Rows:
    head = [_cell(cell) for cell in lines[0][1]] if lines else []
    columns = _columns(head, name, lines[0][0] if lines else 1)
    found: Rows = {}
    for at, cells in lines[1:]:
        where = f"{name}, row {at}"
        if any(_cell(cell) for cell in cells[len(head) :]):
            raise QzError(
                f"{where}: has more cells than columns; put quotes round a cell with commas"
            )
        row = {column: _cell(cell) for column, cell in zip(columns, cells, strict=False) if column}
        if not row.get("file"):
            raise QzError(f"{where}: names no file; write one, or take the row away")
        found.setdefault(key(row["file"]), []).append(_known(row, where))
    for file, rows in found.items():
        _refuse_unclear(file, rows)
    return found


def _columns(head: list[str], name: str, row: int) -> list[str]:
    """The columns by their names in the code; an empty one holds nothing."""
    said = {word: column for column in COLUMNS for word in words("sidecar", column)}
    columns = [said.get(simplify(cell).lower().replace(" ", "_"), "") for cell in head]
    ways = f"there are {', '.join(COLUMNS)}, or in Chinese {', '.join(chinese())}"
    for cell, column in zip(head, columns, strict=True):
        if cell and not column:
            raise QzError(f"{name}, row {row}: no column is called {cell[:40]!r}; {ways}")
        if column and columns.count(column) > 1:
            raise QzError(f"{name}, row {row}: two columns are {column}; take one of them away")
    if "file" not in columns:
        raise QzError(f"{name}, row {row}: there is no column `file`; {ways}")
    return columns


def chinese() -> list[str]:
    """The first Chinese name of each column.

    >>> chinese()[:5]
    ['文件', '报告', '起', '止', '地方']
    """
    return [words("sidecar", column)[0] for column in COLUMNS]


def key(file: str) -> str:
    """A file's path as it is compared: one kind of slash, one form of each character."""
    return unicodedata.normalize("NFC", file.replace("\\", "/")).removeprefix("./")


def _known(row: dict[str, str], where: str) -> Known:
    numbers: dict[str, Any] = {}
    for name in _PLACES:
        cell = row.get(name, "")
        if cell and not cell.isdecimal():
            raise QzError(f"{where}: {name} is {cell[:40]!r}; write a whole number, or nothing")
        numbers[name] = int(cell) if cell else -1
    if (numbers["start"] < 0) != (numbers["end"] < 0):
        raise QzError(f"{where}: only one of start and end is there; write both, or neither")
    if 0 <= numbers["end"] <= numbers["start"]:
        raise QzError(
            f"{where}: the end is not behind the start; they count characters of the text"
        )
    answers: dict[str, Any] = {name: row.get(name, "") for name in ANSWERS}
    for name, read in _READ.items():
        if answers[name] not in ("", NONE):
            answers[name] = read(answers[name], where)
    return Known(SOURCE, **answers, **numbers, where=where)


def _level(cell: str, where: str) -> str:
    said = {word: level for level in LEVELS for word in (level, *words("sidecar", level))}
    if found := said.get(simplify(cell).lower()):
        return found
    ways = ", ".join(f"{level} ({words('sidecar', level)[0]})" for level in LEVELS)
    raise QzError(f"{where}: the level {cell[:40]!r} is unknown; write one of {ways}")


def _dated(cell: str, where: str) -> str:
    if found := day(cell):
        return found
    raise QzError(f"{where}: {cell[:40]!r} is no date; write it as 2020, 2020-01 or 2020-01-15")


def _period(cell: str, where: str) -> str:
    cell = day(cell)[:7] or cell
    if _PERIOD.fullmatch(cell):
        return cell
    raise QzError(f"{where}: {cell[:40]!r} is no period; write it as {_PERIODS}")


_READ: dict[str, Callable[[str, str], str]] = {
    "level": _level,
    "dated": _dated,
    "period": _period,
}


def _refuse_unclear(file: str, rows: list[Known]) -> None:
    """Refuse rows of one file of which nobody can say which report each is of."""
    bounded = [row for row in rows if row.start >= 0]
    if bounded:
        if other := next((row for row in rows if row.start < 0), None):
            way_out = "give each row of the file both, or none of them"
            raise QzError(
                f"{other.where}: lacks the start and end that {file} has elsewhere; {way_out}"
            )
        bounded.sort(key=lambda row: row.start)
        for one, next_ in itertools.pairwise(bounded):
            if next_.start < one.end:
                reason = f"begins within the report of {one.where}"
                raise QzError(f"{next_.where}: {reason}; let each start behind the other's end")
        return
    seen: dict[int, Known] = {}
    for row in rows:
        if earlier := seen.get(row.report):
            what = "the whole file" if row.report < 0 else f"report {row.report}"
            way_out = "take one of them away, or number the reports of the file"
            raise QzError(f"{row.where}: speaks of {what} as {earlier.where} does; {way_out}")
        seen[row.report] = row


class Sidecar:
    """Tables of documents, and the folders that the files in them are counted from.

    >>> table = Sidecar([("", {"甲.txt": [Known("sidecar", place="唐县")]})])
    >>> table.about(Document("甲", "受理3件。", file="甲.txt")).known[0].place
    '唐县'
    """

    def __init__(
        self,
        tables: Iterable[tuple[str, Rows]],
        roots: Iterable[str] = (),
        files: Iterable[str | Path] = (),
    ) -> None:
        self.tables = list(tables)
        #: the files of the tables themselves, which are no reports
        self.files = {os.path.abspath(file) for file in files}
        self._roots = [os.path.abspath(root) for root in roots]
        self._met: set[str] = set()
        # the files inside archives by the archive: a row of one is part of the file's own
        self._inside: list[dict[str, Rows]] = []
        for _, rows in self.tables:
            inside: dict[str, Rows] = {}
            for file, known in rows.items():
                parts = file.split("/")
                for at in range(1, len(parts)):
                    inside.setdefault("/".join(parts[:at]), {})["/".join(parts[at:])] = known
            self._inside.append(inside)

    def __bool__(self) -> bool:
        return any(rows for _, rows in self.tables)

    def of(self, path: str, doc: str, name: str = "") -> Rows:
        """The rows of a file by the path in it, empty for the file itself.

        Args:
            path: where the file is.
            doc: the name of its document, by which a row may call it too.
            name: the file's path as the user gave it.
        """
        if not self.tables:
            return {}
        full = os.path.abspath(path)
        suffix = os.path.splitext(path)[1]
        for (folder, rows), inside in zip(self.tables, self._inside, strict=True):
            roots = [folder, *self._roots] if folder else self._roots
            under = (os.path.relpath(full, root) for root in roots if _lies_in(full, root))
            named = [*under, name or path, full, doc, doc + suffix]
            for one in map(key, (label(os.fsencode(each)) for each in named)):
                if one in rows or one in inside:
                    found = {"": rows[one]} if one in rows else {}
                    found |= inside.get(one, {}) if not os.path.isdir(path) else {}
                    self._met.update([one, *(f"{one}/{member}" for member in found if member)])
                    return found
        return {}

    def about(self, document: Document) -> Document:
        """A document that no file of the machine holds, with what the tables say of it."""
        for _, rows in self.tables:
            for one in (key(document.file), key(document.doc)):
                if known := rows.get(one):
                    self._met.add(one)
                    return with_rows(document, {"": known}, document.file)
        return document

    def unmet(self) -> list[str]:
        """Where rows stand whose file was not among the documents, and is nowhere else either."""
        folders = [folder for folder, _ in self.tables]
        return [
            f"{known[0].where}: there is no file {file}"
            for _, rows in self.tables
            for file, known in rows.items()
            if file not in self._met and not any(_exists(folder, file) for folder in folders)
        ]

    def portable(self) -> list[dict[str, str]]:
        """The files of the tables by the folders that their names count from, for `sidecar`."""
        found = []
        for file in sorted(self.files):
            roots = dict.fromkeys([os.path.dirname(file), *self._roots])
            found += [{root: file} for root in roots]
        return found

    def say_unmet(self) -> None:
        """Warns of rows that are of no file."""
        for told in self.unmet()[:_SHOWN]:
            warnings.warn(f"{told}; mend the name, or take the row away", stacklevel=3)

    def packed(self) -> list[Any]:
        """The tables as lists, which a worker gets; `unpacked` is the way back."""
        return [
            {file: packed_rows(known) for file, known in rows.items()} for _, rows in self.tables
        ]


def packed_rows(known: Iterable[Known]) -> list[list[Any]]:
    """Rows as plain lists, for journals and workers."""
    return [list(astuple(one)) for one in known]


def unpacked(rows: dict[str, list[list[Any]]]) -> Rows:
    """What `packed_rows` made plain.

    >>> unpacked({"": packed_rows([Known("sidecar", place="唐县")])})[""][0].place
    '唐县'
    """
    return {file: [Known(*cells) for cells in known] for file, known in rows.items()}


def _lies_in(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _exists(folder: str, file: str) -> bool:
    """Whether a file is there, or the archive that it is in."""
    path = Path(folder) / file
    return any(one.is_file() for one in (path, *list(path.parents)[: file.count("/")]))


def with_rows(document: Document, rows: Rows, name: str) -> Document:
    """A document with what the rows of its file say of it; `name` is the file's."""
    member = key(document.file[len(name) + 1 :]) if document.file.startswith(f"{name}/") else ""
    found = rows.get(member)
    if found is None and (found := rows.get("")) and member:
        found = [one for one in found if one.report < 0 and one.start < 0]
    return replace(document, known=(*found, *document.known)) if found else document


def beside(paths: Iterable[Path | str]) -> list[Path]:
    """The tables of documents that lie in folders, or beside files, and that no run wrote."""
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(one if one.is_dir() else one.parent for one in map(Path, paths)):
        for name in SIDECARS:
            table = folder / name
            if table.is_file() and name not in written(folder) and not _of_a_run(table):
                found[table] = None
    for table in found:
        if other := next(
            (one for one in found if one != table and one.parent == table.parent), None
        ):
            way_out = "keep one of them, or name it with --documents"
            raise QzError(f"{shown(table)}: {other.name} lies there too; {way_out}")
    return list(found)


def _of_a_run(table: Path) -> bool:
    """Whether it is the table of documents that `extract` writes, which tells other things."""
    if table.suffix != ".csv":
        return False
    with table.open("rb") as handle:
        return _OF_A_RUN.encode() in handle.readline(2000)


#: what can be given as tables of documents: files, DataFrames, files by the folder that their names
#: count from; `False` for none, not even one that lies there
Given: TypeAlias = Union[
    str, Path, "pd.DataFrame", bool, Sidecar, dict[str, str], Iterable["Given"], None
]


def sidecar(given: Given, paths: Iterable[Path | str] = ()) -> Sidecar:
    """The tables that a user gives, or those that lie beside the files; a warning names the latter.

    Args:
        given: a file, a DataFrame or several; None for what lies there, False for nothing.
        paths: the folders and files that are read.
    """
    if isinstance(given, Sidecar):
        return given
    paths = list(paths)
    roots = [str(path) for path in paths if Path(path).is_dir()]
    if given is None or given is True:
        tables, files = [], beside(paths)
        for path in files:
            try:
                rows = read_sidecar(path)
            except QzError as error:
                way_out = "or leave it alone with --no-documents, documents=False"
                raise QzError(f"{error}; {way_out}") from None
            tables.append((str(path.parent.absolute()), rows))
            told = f"what its {sum(map(len, rows.values())):,} rows say of the files is taken over"
            warnings.warn(f"{shown(path)}: {told}", stacklevel=3)
        return Sidecar(tables, roots, files)
    return Sidecar(_tables(given), roots, _files(given))


def _files(given: Any) -> list[str | Path]:
    if isinstance(given, dict):
        return [*given.values()]
    if isinstance(given, str | Path):
        return [given]
    nothing = given is False or hasattr(given, "columns")
    return [] if nothing else [file for part in given for file in _files(part)]


def _tables(given: Any) -> Iterator[tuple[str, Rows]]:
    if given is False:
        return
    if isinstance(given, dict):
        yield from ((folder, read_sidecar(file)) for folder, file in given.items())
    elif isinstance(given, str | Path):
        yield str(Path(given).absolute().parent), read_sidecar(given)
    elif hasattr(given, "columns"):
        rows = [list(given.columns), *given.to_numpy(dtype=object).tolist()]
        yield "", _rows(list(enumerate(rows, 1)), "documents")
    else:
        for part in given:
            yield from _tables(part)
