"""What a caller gives → documents: a text, paths of files and folders, documents, or several of these."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .errors import QzError, ReadError
from .files import finding
from .files import reading as reader
from .files.naming import names
from .files.reading import Document

__all__ = ["Source", "documents"]

Source = str | Path | Document | Iterable[str | Path | Document]


def documents(
    source: Source, progress: Callable[[Sequence[Any]], Iterable[Any]] = iter, *, every: bool = False
) -> Iterator[Document | ReadError]:
    """The documents of a source one after the other, or the error that stands for one.

    Args:
        source: a report's text, a path to a file or folder, a `Document`, or several of these.
        progress: wraps the list of files and documents, e.g. `tqdm.tqdm`.
        every: also give an error for each thing in a folder that will not be read; else these are left out in silence.

    Raises:
        ReadError: a path does not exist.
        QzError: a string that is a path, where a string is taken as the text itself.

    >>> [document.doc for document in documents([Document("a", "受理43宗。"), Document("b", "办结36宗。")])]
    ['a', 'b']
    """
    items = _items(source, every)
    named = names([item for item in items if isinstance(item, Path)])
    for item in progress(items):
        yield from reader.documents(item, named[item]) if isinstance(item, Path) else [item]


def _items(source: Source, every: bool) -> list[Path | Document | ReadError]:
    if isinstance(source, Document):
        return [source]
    if isinstance(source, str):
        _refuse_path(source)
        return [Document("text", source)]
    items: list[Path | Document | ReadError] = []
    known: set[Path] = set()
    for part in [source] if isinstance(source, Path) else source:
        found: list[Path | Document | ReadError] = [part] if isinstance(part, Document) else _found(part, every)
        items += [item for item in found if not isinstance(item, Path) or item not in known]
        known.update(item for item in found if isinstance(item, Path))
    return items


def _found(part: str | Path, every: bool) -> list[Path | Document | ReadError]:
    """The files of a path; with an error for each of those that will not be read, where every one is asked for."""
    return [*finding.find([part])] if every else [*finding.files([part])]


def _refuse_path(text: str) -> None:
    """A string is a report's text; one that can only be a path is a slip that would read as a report without figures."""
    named = text.endswith(tuple(finding.SUFFIXES)) and "://" not in text and not re.search(r"[\s，。；：！？]", text)
    if named or (len(text) < 1000 and text.strip("./\\ ") and "\0" not in text and os.path.exists(text)):
        raise QzError(f"{text}: is a path; give Path({text!r}) to read it, a plain string is taken as the text itself")
