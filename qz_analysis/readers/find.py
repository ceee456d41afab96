"""The report files among paths and in folders, and the names of the documents in them."""

import os
import stat
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import ReadError
from ..schema import GENERATOR, TABLE_NAMES
from .archive import page, skipped
from .detect import label, refusal, suffixes

#: folders that a name may hold
DEEPEST = 64
_COMPRESSED = {".gz", ".bz2", ".xz"}
_LIST = "list"
#: what the table of documents is called where it is found without being named
SIDECARS = ("documents.csv", "documents.xlsx")
#: what a run knows of itself, under the folder of its tables; the names of what it wrote there
STATE, WRITTEN = ".qz", "written"
_JOURNAL = "journal.sqlite"
#: what a run may have written that kept no list of it
_UNLISTED = {"texts", *(f"{name}.{kind}" for name in TABLE_NAMES for kind in ("csv", "parquet"))}


def files(paths: Iterable[Path | str], scans: bool = False) -> list[Path]:
    """The report files among paths, folders searched through, in a steady order.

    Files are taken whatever their name; those in a folder when their suffix is one of
    `detect.suffixes(scans)`; `find` names the others. A path that does not exist, and a folder without
    any report, raise a `ReadError`.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            first = next(find([path]))
            if isinstance(first, ReadError):
                raise first
            found.append(first)
        elif inside := [item for item in find([path], scans=scans) if isinstance(item, Path)]:
            found += inside
        else:
            raise _empty(path, scans)
    return list(dict.fromkeys(found))


def find(
    paths: Iterable[Path | str], *, known: Path | None = None, scans: bool = False
) -> Iterator[Path | ReadError]:
    """The report files among paths, each once, and an error for each thing that will not be read.

    The order is steady. An error of stage `list` stands for a missing path, a folder that cannot be
    opened or holds nothing, a file of another kind, a pipe or a device. What earlier runs and
    briefs wrote into the folders is left out, and a warning says so, of every folder but `known`.
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
        for item in _walk(path, known, scans) if folder else [checked(path)]:
            count += 1
            if not isinstance(item, Path) or item not in given:
                yield item
            if isinstance(item, Path) and len(roots) > 1:  # one folder lists nothing twice
                given.add(item)
        if not count:
            yield _empty(path, scans)


def written(folder: Path) -> set[str]:
    """The files that a run lists as written into a folder, by their paths from there.

    A Parquet table is one name. A run of an earlier version kept no list.
    """
    try:
        text = (folder / STATE / WRITTEN).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return _UNLISTED if (folder / STATE / _JOURNAL).is_file() else set()
    return set(filter(None, text.split("\n")))


def _own(folder: Path, inside: Sequence[str]) -> set[str]:
    """What the package itself made of the things in a folder."""
    runs = {name.partition("/")[0] for name in written(folder)} if STATE in inside else set()
    return {name for name in inside if name in runs or (page(name) and generated(folder / name))}


def generated(path: Path) -> bool:
    """Whether a file is a web page that the package made."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as handle:
            return GENERATOR.encode() in handle.read(500)
    except OSError:
        return False


def _walk(root: Path, known: Path | None, scans: bool) -> Iterator[Path | ReadError]:
    """The things under a folder; each folder is opened once, whatever links lead to it."""
    waiting, seen = [root], set()
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat()
            if not stat.S_ISDIR(mode.st_mode):
                yield from _listed(path, scans)
                continue
            if (mode.st_dev, mode.st_ino) in seen:
                continue
            seen.add((mode.st_dev, mode.st_ino))
            inside = sorted(entry.name for entry in os.scandir(path))
            if own := _own(path, inside):
                inside = [name for name in inside if name not in own]
                if path.absolute() != known:
                    _say_skipped(path, sorted(own))
        except OSError as error:
            yield _unlisted(path, error)
            continue
        inside = [name for name in inside if path != root or name not in SIDECARS]
        pages = {page(name) for name in inside}
        kept = (n for n in inside if not skipped(n, pages) and not skipped(f"{n}/-", pages))
        waiting += [path / name for name in reversed([*kept])]


def _say_skipped(folder: Path, own: list[str]) -> None:
    names = ", ".join(own[:3]) + " …" * (len(own) > 3)
    told = (
        f"{shown(folder)}: what qz wrote there is not read as a report: {label(os.fsencode(names))}"
    )
    warnings.warn(told, stacklevel=2)


def _listed(path: Path, scans: bool) -> Iterator[Path | ReadError]:
    """A file found in a folder if its suffix speaks for it, else an error."""
    suffix = path.suffix.lower()
    if suffix in suffixes(scans):
        yield checked(path)
        return
    reason, way_out = refusal(suffix[1:])
    if not reason.endswith("not read"):
        other = f"its name ends in {suffix}, no kind that is looked for"
        reason = other if suffix else "its name has no suffix"
        way_out = "give it by its own name if it is a report, else leave it"
    yield ReadError(shown(path), reason, way_out, _LIST)


def checked(path: Path) -> Path | ReadError:
    """The path if a file is there, else an error."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return path
    except OSError as error:
        return _unlisted(path, error)
    reason = "is a pipe or device, no file"
    return ReadError(shown(path), reason, "save what it gives as a file", _LIST)


def _unlisted(path: Path, error: OSError) -> ReadError:
    reason = f"cannot be opened ({error.strerror})"
    way_out = "check the permissions and where links lead"
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        reason = "there is no such file or folder"
        way_out = "check the spelling or give another path"
    return ReadError(shown(path), reason, way_out, _LIST)


def _empty(path: Path, scans: bool) -> ReadError:
    way_out = (
        f"put files ending in {', '.join(sorted(suffixes(scans)))} there or name another folder"
    )
    return ReadError(shown(path), "the folder holds no report", way_out, _LIST)


def shown(path: Path) -> str:
    """A path as one line of text that any file can hold, also when its name is in GBK."""
    return label(os.fsencode(path))


def names(paths: Sequence[Path]) -> dict[Path, str]:
    """The shortest name for each file that no other has: the stem, folder/stem and so on.

    Files whose paths differ in the suffix alone keep it in their names.

    >>> paths = ["a/2011.txt", "b/2011.txt", "b/2011.doc", "b/2012.txt"]
    >>> list(names([Path(path) for path in paths]).values())
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
    """The name of a document with as many folders as the level says, if whole with its suffix.

    >>> [spoken("/r/a/2011.doc", *how) for how in [(0, True), (1, True), (1, False)]]
    ['2011', 'a/2011.doc', 'a/2011']
    """
    *folders, name = Path(path).parts
    first = max(len(folders) - level, 1 if path.startswith(os.sep) else 0)
    kept = folders[first:] if level else []
    return label(os.fsencode("/".join([*kept, name if whole and level else _stem(name)])))


def _stem(name: str) -> str:
    """2011 of 2011.txt, 2011.txt.gz and 2011.tar.gz."""
    path = Path(name)
    inner = Path(path.stem).suffix.lower()
    packed = path.suffix.lower() in _COMPRESSED and (inner == ".tar" or inner in suffixes())
    return Path(path.stem).stem if packed else path.stem
