"""Writes tables as Excel, Frictionless data package or Parquet, whole or not at all."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..errors import QzError
from ..outputs import refuse_foreign, replaced, settle, told, unchanged
from ..privacy import doubt
from ..readers.find import written
from ..runs.parts import save
from .formats import Labels, Stream, Terms, masked, package, sources, streams, workbook

if TYPE_CHECKING:
    import pandas as pd

    from ..model import Tables
    from ..runs.store import Store

__all__ = ["export"]

#: endings of files that the user may think of, and that are not written
_OTHERS = {".doc", ".docx", ".html", ".md", ".pdf", ".pptx", ".txt", ".xml", ".csv", ".tsv", ".xls"}
_OTHERS |= {".xlsm", ".xlsb", ".ods", ".json", ".feather", ".tar", ".gz", ".7z"}
_MASKED = "Names of persons are masked where they were found, not everywhere."


def export(
    source: "Tables | Store | pd.DataFrame | Mapping[str, pd.DataFrame]",
    target: Path | str,
    *,
    table: str | None = None,
    format: Literal["csv", "parquet"] = "csv",
    mask: bool = False,
    raw_cells: bool = False,
    licence: str = "",
    contributors: Sequence[str] = (),
    created: str = "",
) -> Path:
    """Writes tables for other programs; the end of the target's name decides how.

    `.xlsx` is an Excel workbook with a sheet a table, `.parquet` one table, `.zip` and any folder a
    Frictionless data package: a file a table and `formats.json`, which describes every column.
    The same tables give the same bytes.

    The columns `subject`, `before`, `after` and `title` repeat words of the pages, and these may
    name persons: look through them before you pass a table on, or let `mask` do what it can. Names
    of documents, files and reviewers are then masked alike in all tables, which still join.

    Args:
        source: the result of `qz.tables` or of `qz.open`, one table, or tables by name.
        target: the file or folder; an earlier export that stands there is replaced.
        table: only the table of that name; all when None.
        format: of the files in a data package.
        mask: mask the names of persons, identity and phone numbers in the columns that repeat
            words, by `qz.mask_names`; a warning says when more names than usual may be left.
        raw_cells: leave text cells of CSV as they are; else one that begins like a formula gets an
            apostrophe in front.
        licence: the data's licence, by identifier (`CC-BY-4.0`) or address; the export claims none
            unless you do.
        contributors: who made the data.
        created: when, such as `2011-06-30T09:00:00Z`; none unless given. Parquet has no place for
            these three.

    Returns:
        the target.

    Raises:
        QzError: there is nothing to export, the target cannot be made, is a file that the package did
            not make or a folder with other things in it, a library is missing, or Excel has no room for a table.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = qz.tables("受理43宗，办结36宗，办结率83.7%。")
    ...     made = qz.export(result, Path(folder) / "package", licence="CC-BY-4.0")
    ...     sorted(path.name for path in made.iterdir())
    ['claims.csv', 'datapackage.json', 'errors.csv', 'relations.csv', 'reports.csv']
    """
    target = Path(target)
    suffix = target.suffix.lower()
    terms = Terms(licence, contributors, created)
    if format not in ("csv", "parquet"):
        remedy = "there are csv and parquet; Excel is a target that ends in .xlsx"
        raise QzError(f"format {format!r}: {remedy}")
    if suffix in _OTHERS:
        remedy = "end the target in .xlsx, .parquet or .zip, or name a folder"
        raise QzError(f"{target}: {suffix} is not written; {remedy}")
    found = streams(source, target.stem)
    if table is not None:
        names = ", ".join(stream.name for stream in found)
        found = [stream for stream in found if stream.name == table]
        if not found:
            raise QzError(f"no table {table!r} to export; there are: {names}")
    notes = [_MASKED] if mask else []
    if mask:
        # not every form has room for a note
        if left := doubt():
            notes.append(f"{left[:1].upper()}{left[1:]}.")
            warnings.warn(left, stacklevel=2)
        labels = Labels()
        found = [masked(stream, labels) for stream in found]
    with _instead(target, file=suffix in {".xlsx", ".parquet", ".zip"}) as part:
        if suffix == ".xlsx":
            workbook(found, part, sources(found), [*notes, *terms.lines])
        elif suffix == ".parquet":
            _single(found, part)
        else:
            folder = part.with_name("package") if suffix == ".zip" else part
            folder.mkdir()
            about: dict[str, Any] = {"name": target.stem, "kind": format, "raw_cells": raw_cells}
            made = package(found, folder, **about, terms=terms, notes=notes)
            if suffix == ".zip":
                _zip(made, part)
    return target


def _single(found: Sequence[Stream], part: Path) -> None:
    if len(found) > 1:
        names = ", ".join(stream.name for stream in found)
        remedy = "choose one with table=, or name a folder and format parquet"
        raise QzError(f"one Parquet file is one table, and there are {names}; {remedy}")
    save(part, found[0].fields, found[0].rows())


def _zip(made: Sequence[Path], part: Path) -> None:
    """The files side by side, dated alike, so that the same tables give the same bytes."""
    with ZipFile(part, "w") as archive:
        for path in sorted(made):
            member = ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.file_size = ZIP_DEFLATED, path.stat().st_size
            member.create_system, member.external_attr = 3, 0o644 << 16
            with path.open("rb") as data, archive.open(member, "w") as packed:
                shutil.copyfileobj(data, packed)


@contextmanager
def _instead(target: Path, *, file: bool) -> Iterator[Path]:
    """A name beside the target to write to; when all went well, it takes the target's place."""
    if file and target.is_dir():
        raise QzError(f"{target}: is a folder; give the name of a file")
    if file:
        refuse_foreign(target)
    elif target.exists():
        _replaceable(target)
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".qz-export-", dir=target.parent))
        try:
            part = scratch / (target.name or "package")
            yield part
            if file:
                settle(part, target.resolve())
            else:
                _swap(part, target, scratch / "old")
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _swap(part: Path, target: Path, old: Path) -> None:
    if not target.is_dir():
        part.replace(target)
        return
    target.rename(old)  # no folder takes the place of another that holds something
    try:
        part.replace(target)
    except OSError:
        old.rename(target)
        raise


def _replaceable(target: Path) -> None:
    """A folder may be replaced when it is empty, or holds an earlier export and nothing else."""
    if not target.is_dir():
        remedy = "name a folder, or end the target in .xlsx, .parquet or .zip"
        raise QzError(f"{target}: is a file; {remedy}")
    if any(target.iterdir()) and not unchanged(target):
        fault = "holds other things than a data package of qz as it was made"
        raise QzError(f"{target}: {fault}; name a new folder")


def write(result: "Tables", out: Path, kind: str = "csv") -> list[Path]:
    """Writes the tables into a folder, each whole or not at all.

    What became of corrections is one of them, where any were given.
    """
    found = {out / f"{one.name}.{kind}": one for one in streams(result) if one.name != "errors"}
    # a table of corrections of an earlier run would tell of other tables
    stale = {out / f"corrected.{kind}"} - {*found}
    run = written(out)
    for path in (*found, *stale):
        if path.name in run:
            raise QzError(f"{path}: is a table of `qz extract`; give that another --out")
    refuse_foreign(*found, *stale)
    for path, stream in found.items():
        with replaced(path) as part:
            save(part, stream.fields, stream.rows())
    for path in stale:
        path.unlink(missing_ok=True)
    return [*found]
