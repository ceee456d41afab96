"""Rows of a table of documents written by a program, as a person would mend them in a spreadsheet."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import QzError
from ..schema import CsvWriter, safe
from .find import shown
from .sidecar import COLUMNS, cells_of, key, read_sidecar

Cells = dict[str, str]


def mend(path: Path | str, file: str, report: int, cells: Mapping[str, str]) -> bytes | None:
    """Write what holds of one report of a file into a table of documents, made when missing.

    Other rows and cells stay as they are. Gives back what the file held before, None for no file,
    so that `restore` can undo it.

    Raises:
        QzError: the table is a workbook, cannot be read, or would say what cannot be; it stays as
            it is.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "documents.csv"
    ...     before = mend(table, "甲", 0, {"place": "唐县"})
    ...     before, read_sidecar(table)["甲"][0].place
    (None, '唐县')
    """
    path = Path(path)
    rows, own = _rows(path, file)
    found = [row for row in own if row.get("report", "") == str(report)]
    found = found or [row for row in own if not row.get("report")][:1] * (len(own) == 1)
    if found:
        found[0].update(cells)
    elif any(row.get("start") for row in own):
        fault = f"its rows of {file} say where reports begin, and none of them is report {report}"
        raise QzError(f"{shown(path)}: {fault}; mend it in the table")
    else:
        rows.append({"file": own[0]["file"] if own else file, "report": str(report), **cells})
    return _written(path, rows)


def divide(
    path: Path | str, file: str, spans: Sequence[tuple[int, int, int, Mapping[str, str]]]
) -> bytes | None:
    """Write where the reports of a file begin and end: all of them, in the place of its rows.

    Each span is its start, its end, the report whose cells it keeps (-1 for none) and what else
    holds of it. Gives back what `mend` does.
    """
    rows, own = _rows(Path(path), file)
    known = {row.get("report", ""): row for row in own}
    name = own[0]["file"] if own else file
    at = rows.index(own[0]) if own else len(rows)
    new: list[Cells] = []
    for number, (start, end, before, cells) in enumerate(spans):
        kept = known.get(str(before), {})
        place = {"file": name, "report": str(number), "start": str(start), "end": str(end)}
        new.append({**kept, **cells, **place})
    left = [row for row in rows if row not in own]
    return _written(Path(path), [*left[:at], *new, *left[at:]])


def restore(path: Path | str, before: bytes | None) -> None:
    """Put back what a table of documents held before it was mended."""
    if before is None:
        Path(path).unlink(missing_ok=True)
    else:
        Path(path).write_bytes(before)


def _rows(path: Path, file: str) -> tuple[list[Cells], list[Cells]]:
    """All rows of a table by the names of their columns, and those of one file among them."""
    if path.suffix.lower() != ".csv":
        raise QzError(
            f"{shown(path)}: only a table in CSV is mended here; mend it in a spreadsheet"
        )
    if not path.exists():
        return [], []
    rows = cells_of(path)
    names = {key(row["file"]) for row in rows}
    mine = [name for name in names if name == file or _bare(name) == file]
    mine = mine or [name for name in names if _bare(name.rpartition("/")[2]) == file]
    if len(mine) > 1:
        told = ", ".join(sorted(mine))
        raise QzError(f"{shown(path)}: {file} may be any of {told}; mend it in the table")
    return rows, [row for row in rows if key(row["file"]) in mine]


def _bare(name: str) -> str:
    """A file's name without its suffix."""
    return name.rpartition(".")[0] or name


def _written(path: Path, rows: Sequence[Cells]) -> bytes | None:
    before = path.read_bytes() if path.exists() else None
    text = io.StringIO()
    text.write("\ufeff")  # the mark tells Excel that this is UTF-8
    writer = CsvWriter(text)
    writer.writerows([COLUMNS])
    writer.writerows([safe(row.get(column, "")) for column in COLUMNS] for row in rows)
    new = path.with_name(f".new-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(text.getvalue().encode("utf-8"))
        read_sidecar(new)  # a row that cannot be is told now, and the table stays
        new.replace(path)
    except QzError as error:
        raise QzError(str(error).replace(new.name, path.name)) from None
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise QzError(f"{shown(path)}: {reason}; check the name and the permissions") from None
    finally:
        new.unlink(missing_ok=True)
    return before
