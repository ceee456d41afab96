"""Tables → an Excel workbook: one sheet a table, then what the columns mean and where the figures come from.

XlsxWriter and not openpyxl: it writes row by row in little memory, dates its files itself (the same tables give the same
bytes), and takes a string for a string when it is told to.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from .errors import QzError
from .fields import Field
from .streams import Stream

__all__ = ["workbook"]

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

    Args:
        streams: the tables.
        path: the file, which ends in `.xlsx`.
        sources: title and hashes of the documents, as `datapackage.sources` lists them.
        notes: sentences for the sheet of sources.

    Raises:
        QzError: XlsxWriter is missing, a name cannot name a sheet, or a table has too many rows or columns for Excel.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise QzError('Excel needs XlsxWriter: pip install "qz-analysis[excel]"') from None
    _check_names([stream.name for stream in streams])
    from . import __version__

    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    # its scratch files go where a failed export is swept away
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent), **plain})
    book.set_properties({"title": path.stem, "author": f"qz-analysis {__version__}", "created": _DATE})
    bold = book.add_format({"bold": True})
    cut = {stream.name: _Sheet(book.add_worksheet(stream.name), stream, bold).write() for stream in streams}
    notes = [f"Made with qz-analysis {__version__}.", *notes]
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
            len(name.encode("utf-16-le")) > 62 or set(name) & set("[]:*?/\\") or name != name.strip("' ") or not name
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
    rows = [[one.get(name, "") for name in names] for one in [*({"title": note} for note in notes), *sources]]
    table = pd.DataFrame(rows, columns=names)
    return Stream("sources", [Field(name, "str", "") for name in names], lambda: iter([table]), table)


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
            raise QzError(f"{name}: {len(fields):,} columns, and Excel has room for {_COLUMNS:,}; export to a folder")
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
        elif isinstance(cell, int | float) and isfinite(cell) and (isinstance(cell, float) or abs(cell) <= _EXACT):
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
