"""Paths → the report files there, in a steady order, an error for each thing that will not be read; and the names of documents."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import ReadError
from .archive import page, skipped
from .detect import label, refusal

__all__ = ["DEEPEST", "SUFFIXES", "checked", "files", "find", "names", "shown", "spoken"]

SUFFIXES = {".txt", ".md", ".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht", ".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf",
            ".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".xz", ".txz"}  # fmt: skip
_LIST = "list"


def files(paths: Iterable[Path | str]) -> list[Path]:
    """Report files among paths, folders searched through, in a steady order.

    Args:
        paths: files of any name, and folders, of which the files are taken whose suffix is in `SUFFIXES` (no README files).

    Raises:
        ReadError: a path does not exist, or a folder holds no such file. Files of other kinds are left out in silence,
            `find` names them.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            first = next(find([path]))
            if isinstance(first, ReadError):
                raise first
            found.append(first)
        elif inside := [p for p in find([path]) if isinstance(p, Path)]:
            found += inside
        else:
            raise _empty(path)
    return list(dict.fromkeys(found))


def find(paths: Iterable[Path | str]) -> Iterator[Path | ReadError]:
    """Report files among paths, and an error for each thing there that will not be read.

    Args:
        paths: files of any name, and folders. A link to a folder is followed unless that folder was already searched.

    Returns:
        paths in a steady order, each once; a `ReadError` of stage `list` for a missing path, a folder that cannot be opened
        or holds nothing, a file of another kind, a pipe or device.
    """
    given: set[Path] = set()
    roots = list(map(Path, paths))
    for path in roots:
        try:
            folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            yield _unlisted(path, error)
            continue
        count = 0
        for item in _walk(path) if folder else [checked(path)]:
            count += 1
            if not isinstance(item, Path) or item not in given:
                yield item
            if isinstance(item, Path) and len(roots) > 1:  # one folder lists nothing twice
                given.add(item)
        if not count:
            yield _empty(path)


def _walk(root: Path) -> Iterator[Path | ReadError]:
    """What lies under a folder, without recursion: a folder is opened once, whatever links lead to it."""
    waiting, seen = [root], set()
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat()
            if not stat.S_ISDIR(mode.st_mode):
                yield from _listed(path)
                continue
            if (mode.st_dev, mode.st_ino) in seen:
                continue
            seen.add((mode.st_dev, mode.st_ino))
            names = sorted(entry.name for entry in os.scandir(path))
        except OSError as error:
            yield _unlisted(path, error)
            continue
        pages = {page(name) for name in names}
        waiting += [
            path / name
            for name in reversed(names)
            if not skipped(name, pages) and not skipped(f"{name}/-", pages)
        ]


def _listed(path: Path) -> Iterator[Path | ReadError]:
    """A file found in a folder, if its suffix speaks for it; else what is wrong."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        yield checked(path)
    else:
        reason, way_out = refusal(suffix[1:])
        if not reason.endswith("not read"):
            reason = (
                f"its name ends in {suffix}, no kind that is looked for"
                if suffix
                else "its name has no suffix"
            )
            way_out = "give it by its own name if it is a report, else leave it"
        yield ReadError(shown(path), reason, way_out, _LIST)


def checked(path: Path) -> Path | ReadError:
    """The path if a file is there; else what is wrong."""
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return _unlisted(path, error)
    return (
        path
        if regular
        else ReadError(
            shown(path), "is a pipe or device, no file", "save what it gives as a file", _LIST
        )
    )


def _unlisted(path: Path, error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return ReadError(
            shown(path),
            "there is no such file or folder",
            "check the spelling or give another path",
            _LIST,
        )
    return ReadError(
        shown(path),
        f"cannot be opened ({error.strerror})",
        "check the permissions and where links lead",
        _LIST,
    )


def _empty(path: Path) -> ReadError:
    kinds = ", ".join(sorted(SUFFIXES))
    return ReadError(
        shown(path),
        "the folder holds no report",
        f"put files ending in {kinds} there or name another folder",
        _LIST,
    )


def shown(path: Path) -> str:
    """A path as one line of text that any file can hold, names in GBK or with line ends included."""
    return label(os.fsencode(path))


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
    kept = (
        folders[max(len(folders) - level, 1 if path.startswith(os.sep) else 0) :] if level else []
    )
    return label(os.fsencode("/".join([*kept, name if whole and level else _stem(name)])))


def _stem(name: str) -> str:
    """2011 of 2011.txt, 2011.txt.gz and 2011.tar.gz."""
    path = Path(name)
    inner = Path(path.stem).suffix.lower()
    return Path(path.stem).stem if path.suffix.lower() in _PACKED and inner in _INNER else path.stem
