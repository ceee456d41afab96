"""What stands in the place of an output: an earlier one of the package's, or something else."""

import json
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ..comparison.findings import LIMITS
from ..errors import QzError
from ..readers.find import generated, written
from ..schema import MAKER, Field

#: bytes of the head and of the end of a text in which an audit bears its mark
_LOOKED = 4_000


def refuse_foreign(*targets: Path) -> None:
    """Raises when one of these files is there and the package did not make it.

    An empty file is nobody's loss, and a pipe or a device loses nothing.
    """
    for target in targets:
        if target.is_file() and target.stat().st_size and not _made(target):
            raise QzError(
                f"{target}: is there and was not made by qz; move it away, or give another name"
            )


def _made(path: Path) -> bool:
    """Whether the package made a file: a page, an audit, a workbook, a package, a Parquet table."""
    with path.open("rb") as handle:
        head = handle.read(_LOOKED)
        handle.seek(max(0, path.stat().st_size - _LOOKED))
        end = handle.read()
    if head.startswith(b"PK"):
        return _made_zip(path)
    if head.startswith(b"PAR1"):
        return MAKER.encode() in end
    if path.suffix.lower() == ".csv":
        path = sidecar(path)
        return path.is_file() and MAKER in path.read_text("utf-8", "replace")[:_LOOKED]
    if path.suffix.lower() in {".dta", ".do", ".json"}:
        return MAKER.encode() in head
    return generated(path) or LIMITS.encode() in head or LIMITS.encode() in end


def sidecar(path: Path) -> Path:
    """The file that describes the columns of a CSV file."""
    return path.with_suffix(".metadata.json")


def _made_zip(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            names = {"docProps/core.xml", "datapackage.json"} & {*archive.namelist()}
            return any(MAKER.encode() in archive.read(name) for name in names)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def is_package(folder: Path) -> bool:
    """Whether a folder holds a data package that the package made, and nothing else."""
    try:
        about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        names = {"datapackage.json", *(one["path"] for one in about["resources"])}
        made = MAKER in about["description"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return made and {path.name for path in folder.iterdir()} <= names


def refuse_foreign_tables(out: Path, tables: Iterable[tuple[str, list[Field]]], kind: str) -> None:
    """Raises when a table is there with other columns, or one that `qz extract` wrote."""
    run = written(out)
    for name, fields in tables:
        path = out / f"{name}.{kind}"
        if path.name in run:
            raise QzError(f"{path}: is a table of `qz extract`; give that another --out")
        if path.exists() and _columns(path) not in ([], [f.name for f in fields]):
            raise QzError(f"{path}: is there and was not made by qz; move it away")


def _columns(path: Path) -> list[str]:
    """The columns of a table; a sign that fits no table where it is none."""
    if path.suffix == ".csv" and path.is_file():
        with path.open(encoding="utf-8", errors="replace") as handle:
            return [name for name in handle.readline(_LOOKED).strip().split(",") if name]
    if not path.is_file():
        return [str(path)]
    import pyarrow.lib
    import pyarrow.parquet as pq

    try:
        return list(pq.read_schema(path).names)
    except (pyarrow.lib.ArrowException, OSError, ValueError):
        return [str(path)]
