"""What a run is given → the files there, the tables among them with their slices, in a steady order."""

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import QzError, ReadError
from ..readers.detect import label
from . import sources
from .layout import Layout
from .parts import TABLES
from .planning import Found

__all__ = ["listed", "spread"]


def spread(path: str) -> list[str]:
    """The paths and addresses that a path, an address or a pattern stands for.

    Args:
        path: as the user gives it.

    Raises:
        ReadError: nothing is there.

    >>> spread(".")
    ['.']
    """
    if sources.is_table(path) or "://" in path or (any(c in path for c in "*?[") and not os.path.lexists(path)):
        return sources.expand(path)
    if not os.path.lexists(path):
        raise ReadError(path, "there is no such file or folder", "check the spelling or give another path", "list")
    return [path]


def listed(inputs: list[str], layout: Layout, part_bytes: int) -> Iterator[Found | tuple[str, str, str, str]]:
    """What there is to read, in a steady order; nothing that a run has written.

    Args:
        inputs: paths and addresses, as `spread` gives them.
        layout: where the run writes.
        part_bytes: how large a slice of a table is, in bytes.

    Returns:
        files, and rows of the errors table for what could not be listed.

    Raises:
        QzError: an address that is no table.
    """
    from ..readers.find import find

    out = layout.out
    own = [str(out / name) for name in (".qz", "texts", *(f"{t}.{k}" for t in TABLES for k in ("csv", "parquet")))]  # fmt: skip
    own += {os.path.abspath(one.file) for one in layout.corrections if one.line}
    for given in inputs:
        if sources.is_table(given):
            yield _table(given, part_bytes)
            continue
        if "://" in given:
            raise QzError(
                f"{given}: only tables ({', '.join(sources.SUFFIXES)}) are read from an address; mount or copy the files"
            )
        for item in find([given]):
            path = os.path.abspath(item.file if isinstance(item, ReadError) else item)
            if any(path == name or path.startswith(name + os.sep) for name in own):
                continue
            yield item.row if isinstance(item, ReadError) else _file(item, path)


def _file(item: Path, path: str) -> Found | tuple[str, str, str, str]:
    shown = label(os.fsencode(item))
    try:
        found = os.stat(path)
    except OSError as error:
        return ReadError(shown, f"cannot be opened ({error.strerror})", "check that it is still there", "list").row
    return Found(path, shown, found.st_size, str(found.st_mtime_ns))


def _table(given: str, part_bytes: int) -> Found | tuple[str, str, str, str]:
    path = given if "://" in given else os.path.abspath(given)
    try:
        size, mark = sources.stamp(path)
        pieces = [{**piece, "shown": given} for piece in sources.slices(path, part_bytes)]
    except ReadError as error:
        return ReadError(given, error.reason, error.way_out, error.stage).row
    return Found(path, given, size, mark, pieces)
