"""What a caller gives → documents: a text, paths of files and folders, documents, or several of these."""

import os
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
    source: Source, progress: Callable[[Sequence[Any]], Iterable[Any]] = iter
) -> Iterator[Document | ReadError]:
    """The documents of a source one after the other, or the error that stands for one.

    Args:
        source: a report's text, a path to a file or folder, a `Document`, or several of these.
        progress: wraps the list of files and documents, e.g. `tqdm.tqdm`.

    Raises:
        ReadError: a path does not exist.
        QzError: a string that is a path, where a string is taken as the text itself.

    >>> [document.doc for document in documents([Document("a", "受理43宗。"), Document("b", "办结36宗。")])]
    ['a', 'b']
    """
    items = _items(source)
    named = names([item for item in items if isinstance(item, Path)])
    for item in progress(items):
        yield from [item] if isinstance(item, Document) else reader.documents(item, named[item])


def _items(source: Source) -> list[Path | Document]:
    if isinstance(source, Document):
        return [source]
    if isinstance(source, str):
        if (os.sep in source or source.endswith(tuple(finding.SUFFIXES))) and os.path.exists(source):
            raise QzError(
                f"{source}: is a path; give Path({source!r}) to read it, a plain string is taken as the text itself"
            )
        return [Document("text", source)]
    items: list[Path | Document] = []
    known: set[Path] = set()
    for part in [source] if isinstance(source, Path) else source:
        found = [part] if isinstance(part, Document) else finding.files([part])
        items += [item for item in found if isinstance(item, Document) or item not in known]
        known.update(item for item in found if isinstance(item, Path))
    return items
