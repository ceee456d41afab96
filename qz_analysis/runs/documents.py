"""What is known of each report of a folder, as a table to look through, mend and give back."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import PartError, QzError, ReadError
from ..extraction.known import genre_of, told_of
from ..extraction.pipeline import commonest_period, raw_span, read_whole, split_document
from ..extraction.table_sentences import printed
from ..model import ANSWERS, Document, Known
from ..readers.find import shown
from ..readers.read import Source, paths_of
from ..readers.read import documents as read_documents
from ..readers.sidecar import COLUMNS, NONE, Given, Sidecar, is_sidecar, sidecar
from ..schema import SIDECAR, CsvWriter, frame, safe
from ..vocabularies.limit import limited

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["documents"]

_Row = tuple[Any, ...]
#: how wide a column of a workbook is, in characters
_WIDTHS = {"file": 32, "title": 40, "url": 30, "warnings": 60, "dated": 12}


def documents(
    source: Source, *, documents: Given = None, on_error: str = "raise"
) -> "pd.DataFrame":
    """What is known of every report: its file and stretch, place, level, date, period and title.

    The table may be mended and given back as `documents=` of `tables`, `extract` and `reports`, or
    saved beside the files as documents.csv. Given back as it is it changes nothing.

    Args:
        source: as for `tables`; mostly a folder.
        documents: as for `tables`; what such a table says already is kept.
        on_error: `raise`, or `keep` to go on after a file that cannot be read.

    Returns:
        one row per report, in the order of the files, with the columns of `schema.SIDECAR`.

    Raises:
        ReadError: a file is missing or cannot be read, with `on_error="raise"`.
        QzError: the table that is given, or lies beside the files, says what cannot be.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = (Path(folder) / "唐县_2020.txt").write_text("全县受理3件。", encoding="utf-8")
    ...     table = documents(Path(folder))
    >>> table[["file", "report", "place", "level", "dated"]].values.tolist()
    [['唐县_2020.txt', 0, '唐县', 'county', '2020']]
    """
    found = known_rows(source, sidecar(documents, paths_of(source)))
    error = next((one for one in found.errors if not isinstance(one, PartError)), None)
    if error and on_error == "raise":
        raise error
    return frame(found.rows, SIDECAR)


class Found(NamedTuple):
    """Rows of `schema.SIDECAR`, those of a table that no document took up, and errors."""

    rows: list[_Row]
    kept: list[_Row]
    errors: list[ReadError]


def known_rows(
    source: Source,
    table: Sidecar,
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> Found:
    """What is known of every report, with what a table says of it already."""
    roots = [shown(path) for path in paths_of(source) if path.is_dir()]
    found, used = Found([], [], []), set()
    for document in read_documents(source, progress, every=True, known=table):
        try:
            if isinstance(document, ReadError):
                raise document
            with limited(document.doc, len(document.text)):
                found.rows.extend(list(_rows(document, _file(document, roots))))
            used |= {one.where for one in document.known}
        except ReadError as error:
            found.errors.append(error)
    for _, rows in table.tables:
        for file, known in rows.items():
            found.kept.extend(_kept(file, one) for one in known if one.where not in used)
    return found


def _rows(document: Document, file: str) -> Iterator[_Row]:
    page, parts = split_document(document)
    for number, part in enumerate(parts):
        report, claims = read_whole(document, number, page, part, "")
        period = report.period or commonest_period(claims)
        start, end = raw_span(page, document.body, report.start, report.end)
        said = {
            "place": report.place, "level": report.level, "dated": report.dated, "period": period,
            "title": printed(report.title), "url": report.url,
            "genre": genre_of(report, page.text), "issuer": report.issuer,
        }  # fmt: skip
        given = told_of(document, number).answers
        said |= {name: NONE for name, cell in given.items() if cell == NONE}
        told = (report.place_from, ";".join(report.warnings))
        yield (file, number, start, end, *(said[name] for name in ANSWERS), *told)


def _file(document: Document, roots: Sequence[str]) -> str:
    """A document's file as the table names it: from the folder that was given, else by its name."""
    for root in roots:
        if document.file.startswith(os.path.join(root, "")):
            return document.file[len(os.path.join(root, "")) :]
    suffix = os.path.splitext(document.file)[1]
    return document.doc if document.doc.endswith(suffix) else document.doc + suffix


def _kept(file: str, known: Known) -> _Row:
    numbers = (number if number >= 0 else "" for number in (known.report, known.start, known.end))
    return (file, *numbers, *(getattr(known, name) for name in ANSWERS), "", "")


def save(rows: Iterable[_Row], path: Path) -> None:
    """Writes rows of `schema.SIDECAR` as CSV or, by the ending .xlsx, as a workbook, in one piece.

    Raises:
        QzError: the name ends otherwise, or something else than such a table bears it.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise QzError(f"{path}: give --out a name that ends in .csv or .xlsx")
    if path.exists() and not is_sidecar(path):
        raise QzError(f"{path}: is no table of documents; give --out another name, or move it away")
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".new-{path.name}")
    try:
        _sheet(rows, new) if path.suffix.lower() == ".xlsx" else _csv(rows, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _csv(rows: Iterable[_Row], path: Path) -> None:
    # the mark tells Excel, in which it will be mended, that this is UTF-8
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = CsvWriter(handle)
        writer.writerows([COLUMNS])
        writer.writerows([safe(str(cell)) for cell in row] for row in rows)


def _sheet(rows: Iterable[_Row], path: Path) -> None:
    try:
        import xlsxwriter
    except ImportError:
        way_out = 'pip install "qz-analysis[excel]", or give --out a name ending in .csv'
        raise QzError(f"workbooks need XlsxWriter: {way_out}") from None
    with path.open("wb") as handle, xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        # text stays text: a spreadsheet must not make a date of 2020-01
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet = book.add_worksheet("documents")
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 10), text)
            sheet.write_string(0, column, name, bold)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(at, column, cell)
