"""Paths → names of documents: the stem, and as much of the path before it as tells files of one stem apart."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .finding import SUFFIXES
from .sniffing import label

__all__ = ["DEEPEST", "names", "spoken"]

#: folders that a name may hold
DEEPEST = 64
_PACKED, _INNER = {".gz", ".bz2", ".xz"}, {".tar", *SUFFIXES}


def names(paths: Sequence[Path]) -> dict[Path, str]:
    """The shortest name for each file that no other has: stem, folder/stem, …; with the suffix where that alone differs.

    Args:
        paths: files, each once.

    >>> list(names([Path("a/2011.txt"), Path("b/2011.txt"), Path("b/2011.doc"), Path("b/2012.txt")]).values())
    ['a/2011', 'b/2011.txt', 'b/2011.doc', '2012']
    """
    bare = Counter(os.path.splitext(path)[0] for path in paths)
    whole = {path: bare[os.path.splitext(path)[0]] > 1 for path in paths}
    found = {path: spoken(str(path), 0, False) for path in paths}
    for level in range(1, DEEPEST):
        count = Counter(found.values())
        again = [path for path, name in found.items() if count[name] > 1]
        if not again:
            break
        found |= {path: spoken(str(path), level, whole[path]) for path in again}
    return found


def spoken(path: str, level: int, whole: bool) -> str:
    """The name of a document at a level: 0 its stem, 1 folder/stem and so on; whole with its suffix (from level 1).

    >>> spoken("/r/a/2011.doc", 0, True), spoken("/r/a/2011.doc", 1, True), spoken("/r/b/2011.doc", 1, False)
    ('2011', 'a/2011.doc', 'b/2011')
    """
    *folders, name = Path(path).parts
    kept = folders[max(len(folders) - level, 1 if path.startswith(os.sep) else 0) :] if level else []
    return label(os.fsencode("/".join([*kept, name if whole and level else _stem(name)])))


def _stem(name: str) -> str:
    """2011 of 2011.txt, 2011.txt.gz and 2011.tar.gz."""
    path = Path(name)
    inner = Path(path.stem).suffix.lower()
    return Path(path.stem).stem if path.suffix.lower() in _PACKED and inner in _INNER else path.stem
