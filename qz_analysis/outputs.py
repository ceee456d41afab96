"""Files written whole or not at all, and only over what the package made and nobody changed since.

Every writer comes through here. What is made is written beside its place and moved there at the
end, and the folder keeps a list of the hashes of what was made in it (`.qz/made`, as `sha256sum`
has it). What stands in a place and is not on the list, or has another hash since somebody added
rows or notes, is left alone.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest, sha256
from itertools import chain, count
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .errors import QzError
from .schema import DRAWN_BY, GENERATOR, MAKER

_STATE, _MADE = ".qz", "made"
#: bytes of the head of a page in which an earlier version left its mark
_LOOKED = 500
_WAY_OUT = "move it away, or give another name"
#: how many bytes of a list tell that it is the one that was read
_SURE = 100
#: the list that was read last: how far, what stood there at the end, and the hashes by name
_READ: dict[Path, tuple[int, bytes, dict[str, set[str]]]] = {}


def refuse_foreign(*targets: Path) -> None:
    """Raises when one of these is there and the package did not make it, or not as it is now.

    An empty file is nobody's loss, and a pipe or a device loses nothing.

    Args:
        targets: files that are to be written.

    Raises:
        QzError: the first that was not made by the package, or was changed since.

    >>> import tempfile
    >>> notes = Path(tempfile.mkdtemp()) / "notes.txt"
    >>> _ = notes.write_text("mine", encoding="utf-8")
    >>> try:
    ...     refuse_foreign(notes)
    ... except QzError as error:
    ...     print(str(error).partition("notes.txt: ")[2])
    is there and was not made by qz; move it away, or give another name
    """
    for target in targets:
        if not target.is_file() or not target.stat().st_size:
            continue
        real = target.resolve()
        own = _made_in(real.parent).get(_line(real.name), set())
        if own:
            if _digest(target) not in own:
                raise QzError(f"{target}: was changed since qz made it; {_WAY_OUT}")
        elif not _marked(target):
            raise QzError(f"{target}: is there and was not made by qz; {_WAY_OUT}")


def write(target: Path, data: bytes) -> Path:
    """Writes a file in one piece and gives it back.

    Args:
        target: the file; its folder is made if need be.
        data: all that goes into it.

    Returns:
        the target.

    Raises:
        QzError: something is there that the package did not make, or the disk takes no more; what
            stood there before is whole.

    >>> import tempfile
    >>> write(Path(tempfile.mkdtemp()) / "a" / "b.txt", b"43").read_bytes()
    b'43'
    """
    with replaced(target) as part:
        part.write_bytes(data)
    return target


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A name beside the target to write to; when all went well, it takes the target's place.

    Args:
        target: the file; a pipe or a device is written to as it is.

    Yields:
        the path to write to, with the ending of the target.

    Raises:
        QzError: something is there that the package did not make, or it cannot be written.
    """
    with told(target):
        if target.exists() and not (target.is_file() or target.is_dir()):
            yield target
            return
        if target.is_dir():
            raise QzError(f"{target}: is a folder; give the name of a file")
        refuse_foreign(target)
        # a link goes on leading where it led
        real = target.resolve()
        real.parent.mkdir(parents=True, exist_ok=True)
        part = real.with_name(f".qz-{os.urandom(4).hex()}{real.suffix}")
        try:
            yield part
            settle(part, real)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def told(target: Path) -> Iterator[None]:
    """Tells what the system says against writing as an error with the file and the way out."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        remedy = "make room or give another place; what was there before is as it was"
        raise QzError(f"{target}: cannot be written ({reason}); {remedy}") from None


def settle(part: Path, target: Path) -> None:
    """Moves what was written to its place, and notes what it is before it is there."""
    if target.is_file():
        shutil.copymode(target, part)
    _note(target, _digest(part))
    part.replace(target)


def aside(target: Path, *, within: Path | None = None) -> Path | None:
    """Moves away a file that is another than the package made there; gives its new place, if any.

    A file of which nothing is known stays: an earlier version, which kept no list, may have made
    it. What stands in a folder that belongs to a run moves out of it, into `within`, the folder
    that holds the list; there it is no part of a table.
    """
    folder = within or target.parent
    own = _made_in(folder).get(_line(target.relative_to(folder).as_posix()), set())
    if not own or not target.is_file() or not target.stat().st_size or _digest(target) in own:
        return None
    table = f"{target.parent.stem}." if target.parent != folder else ""
    return target.rename(_free(folder, f"{table}{target.stem}", target.suffix))


def asides(folder: Path, name: str, new: Path) -> Path | None:
    """Moves away the files of a folder that are others than the package made, before it is remade.

    Args:
        folder: the folder that holds the list.
        name: the folder in it that is to be made anew.
        new: what is to take its place; a file that is the same there is lost to nobody.

    Returns:
        the folder beside it where they are now, under the names that they had; None without any.
    """
    made, place = _made_in(folder), None
    for path in sorted(path for path in (folder / name).rglob("*") if path.is_file()):
        inside = path.relative_to(folder / name)
        digest, same = _digest(path), new / inside
        known = digest in made.get(_line(f"{name}/{inside.as_posix()}"), set())
        if known or not path.stat().st_size or (same.is_file() and _digest(same) == digest):
            continue
        place = place or _free(folder, name, "")
        (place / inside).parent.mkdir(parents=True, exist_ok=True)
        path.rename(place / inside)
    return place


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """The first name for what was changed that nothing has yet."""
    names = chain(["changed"], (f"changed-{n}" for n in count(2)))
    places = (folder / f"{stem}.{name}{suffix}" for name in names)
    return next(place for place in places if not place.exists())


def note(folder: Path, files: Mapping[str, Path]) -> None:
    """Adds files to the list of a folder, by their names from there; several runs may do so."""
    made = _made_in(folder)
    lines = [(_line(name), _digest(path)) for name, path in files.items()]
    new = [f"{digest}  {name}\n" for name, digest in lines if digest not in made.get(name, set())]
    if new:
        _append(folder, "".join(new))


def unchanged(folder: Path) -> bool:
    """Whether a folder holds a data package that the package made, and nothing else or other."""
    try:
        about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        hashes = {one["path"]: one["hash"] for one in about["resources"]}
        inside = {path.name for path in folder.iterdir()}
        if MAKER not in about["description"] or not inside <= {"datapackage.json", *hashes}:
            return False
        there = [name for name in hashes if name in inside]
        return all(hashes[name] == f"sha256:{_digest(folder / name)}" for name in there)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return file_digest(handle, sha256).hexdigest()


def _note(target: Path, digest: str) -> None:
    """Adds a line to the list of the folder; several processes may do so at once."""
    if digest in _made_in(target.parent).get(_line(target.name), set()):
        return
    _append(target.parent, f"{digest}  {_line(target.name)}\n")


def _append(folder: Path, lines: str) -> None:
    path = folder / _STATE / _MADE
    path.parent.mkdir(exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        # a line that a full disk has cut stays by itself
        size = os.fstat(handle).st_size
        torn = (
            bool(size) and os.lseek(handle, size - 1, os.SEEK_SET) and os.read(handle, 1) != b"\n"
        )
        os.write(handle, b"\n" * torn + lines.encode("utf-8", "surrogateescape"))
    finally:
        os.close(handle)


def _made_in(folder: Path) -> dict[str, set[str]]:
    """The hashes that files of a folder had when the package made them, by name.

    The list only grows, and a run adds to it file by file: what was read is not read again.
    """
    path = folder / _STATE / _MADE
    size, end, made = _READ.get(path, (0, b"", {}))
    try:
        with path.open("rb") as handle:
            handle.seek(size - len(end))
            if handle.read(len(end)) != end:  # it is another one
                size, made = handle.seek(0), {}
            new = handle.read()
    except OSError:
        return {}
    for line in new.decode("utf-8", "surrogateescape").split("\n"):
        digest, gap, name = line.partition("  ")
        if gap and len(digest) == 64:
            made.setdefault(name, set()).add(digest)
    if whole := new.rfind(b"\n") + 1:
        _READ.clear()
        _READ[path] = size + whole, new[:whole][-_SURE:], made
    return made


def _line(name: str) -> str:
    return name.replace("\n", "?")


def _marked(path: Path) -> bool:
    """Whether an earlier version, which kept no list, made a page, a picture, a book or a table.

    Its audits were plain text, which anybody may quote.
    """
    with path.open("rb") as handle:
        head = handle.read(_LOOKED)
        handle.seek(max(0, path.stat().st_size - 4_000))
        end = handle.read()
    if head.startswith(b"PK"):
        return _made_zip(path)
    if head.startswith(b"PAR1"):
        return MAKER.encode() in end
    if head.startswith((b"\x89PNG", b"<?xml")):
        return any(mark.encode() in path.read_bytes() for mark in (MAKER, DRAWN_BY))
    return GENERATOR.encode() in head


def _made_zip(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            names = {"docProps/core.xml", "datapackage.json"} & {*archive.namelist()}
            return any(MAKER.encode() in archive.read(name) for name in names)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False
