"""The members of an archive, one after the other and in memory only.

Members that are broken, locked or grow without end become errors.
"""

import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any

from ..errors import ReadError
from .detect import label, unpacking, words

_MB = 1 << 20
_CHUNK = _MB
_BROKEN = zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError
_BAD = (*_BROKEN, EOFError, OSError, ValueError, OverflowError)
_ASSETS = words(
    ".css .js .json .map .woff .woff2 .ttf .ico .svg .url .lnk .py .ipynb .toml .yml .yaml .ini"
    " .db .sha256 .md5 .tmp .part .log"
)
_ODD = {"thumbs.db", "desktop.ini", "__macosx"}

Member = tuple[str, bytes] | ReadError


@dataclass(slots=True)
class Limits:
    """What an archive may unpack to; all archives that share it spend its `total` and `members`.

    Sizes are in bytes; `ratio` is that of unpacked to packed size, and counts beyond `free` bytes.
    """

    members: int = 10_000
    total: int = 1 << 30
    member: int = 100 * _MB
    ratio: int = 200
    free: int = _MB

    def left(self) -> "Limits":
        """A copy to be spent on one archive and those inside it."""
        return replace(self)


LIMITS = Limits()


class Over(ValueError):
    """A limit is passed; the message says which."""


class _Full(Over):
    """A limit of the whole archive is passed: nothing more of it is read."""


def skipped(path: str, pages: Collection[str] = ()) -> bool:
    """Whether nobody would want a file read: hidden, README, a program's, or a saved page's folder.

    Pages are the paths of the web pages around it, without suffix.

    >>> skipped("a/README.md"), skipped("__MACOSX/a.doc")
    (True, True)
    >>> skipped("p_files/logo.png", {"p"}), skipped("p_files/logo.png")
    (True, False)
    """
    *folders, name = path.split("/")
    if any(part.startswith((".", "~$")) or part.lower() in _ODD for part in (*folders, name)):
        return True
    if name.upper().split(".")[0] == "README" or PurePosixPath(name).suffix.lower() in _ASSETS:
        return True
    above = ("/".join(folders[: i + 1]) for i in range(len(folders)))
    ends = ("_files", ".files")
    return any(f.endswith(ends) and f[: -len("_files")] in pages for f in above)


def page(path: str) -> str:
    """A web page's path without its suffix, with which its folder of pictures begins; else ""."""
    stem, dot, suffix = path.rpartition(".")
    return stem if dot and suffix.lower() in {"htm", "html", "shtml", "xhtml"} else ""


def members(data: bytes, name: str, kind: str, limits: Limits) -> Iterator[Member]:
    """Path and bytes of each file of an archive in order, or an error in its place.

    The kind is `zip`, `tar` (compressed or not) or `gz` (one compressed file). A path has `/`
    between its parts and never leads out of the archive. The limits are spent.
    """
    try:
        yield from {"zip": _zip, "tar": _tar, "gz": _single}[kind](data, name, limits)
    except _Full as full:
        yield _too_much(name, full)
    except (*_BAD, RuntimeError, NotImplementedError):
        way_out = "fetch it again, or repair it and pack it anew"
        yield ReadError(name, "is a damaged or cut archive", way_out, "unpack")


def _zip(data: bytes, name: str, limits: Limits) -> Iterator[Member]:
    # reading an endless table of contents would itself fill the memory
    if data.count(b"PK\1\2") > 20 * limits.members + 1000:
        raise _Full("it lists too many files")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = [(_path(_bytes_of(info)), info) for info in archive.infolist()]
        pages = {page(path) for path, _ in listed}
        for path, info in listed:
            if not info.filename:
                yield ReadError(name, "has a file without a name", "pack it anew", "unpack")
                continue
            if info.is_dir() or not path or skipped(path, pages):
                continue
            _count(limits)
            file = f"{name}/{path}"
            if info.flag_bits & 1:
                way_out = "unpack it with the password"
                yield ReadError(file, "is locked with a password", way_out, "unpack")
            elif stat.S_ISLNK(info.external_attr >> 16):
                yield _link(file)
            else:
                packed = min(info.compress_size, len(data))
                yield _member(partial(archive.open, info), file, path, packed, limits)


def _tar(data: bytes, name: str, limits: Limits) -> Iterator[Member]:
    stream = _Bounded(unpacking(data), len(data), limits)
    with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]
        pages: set[str] = set()  # of those seen so far: a stream is read once
        for info in archive:
            path = _path(info.name.encode("utf-8", "surrogateescape"))
            pages.add(page(path))
            if info.isdir() or not path or skipped(path, pages):
                continue
            _count(limits)
            file = f"{name}/{path}"
            if info.isfile():
                yield _member(partial(archive.extractfile, info), file, path, info.size, limits)
            else:
                yield _link(file)
    if not stream.ended():
        raise EOFError


def _single(data: bytes, name: str, limits: Limits) -> Iterator[Member]:
    _count(limits)
    path = PurePosixPath(name).stem or "data"
    yield _member(partial(unpacking, data), name, path, len(data), limits)


class _Bounded:
    """A stream that ends where an archive passes a limit; headers and skipped members count."""

    def __init__(self, raw: IO[bytes], packed: int, limits: Limits) -> None:
        self._raw, self._packed, self._limits, self._read = raw, packed, limits, 0
        self._tail = b""

    def read(self, size: int) -> bytes:
        if self._read + size > self._limits.total + _CHUNK:
            raise _Full("its files are too large together")
        chunk = self._raw.read(size)
        self._read += len(chunk)
        self._tail = (self._tail + chunk)[-1024:]
        if self._read > max(self._limits.free, self._limits.ratio * self._packed):
            raise _Full("it grows too much")
        return chunk

    def ended(self) -> bool:
        """Whether the archive came to its proper end: zeros."""
        return not self._tail.strip(b"\0") and bool(self._tail)


def _member(opened: Callable[[], Any], file: str, path: str, packed: int, limits: Limits) -> Member:
    try:
        with opened() as stream:
            return path, unpacked(stream, packed, limits)
    except _Full:
        raise
    except Over as over:
        return _too_much(file, over)
    except (NotImplementedError, RuntimeError):
        way_out = "unpack it and pack it anew as plain .zip"
        return ReadError(file, "is packed in a way that is not read", way_out, "unpack")
    except _BAD:
        reason = "is damaged or cut inside its archive"
        return ReadError(file, reason, "fetch the archive again", "unpack")


def unpacked(stream: IO[bytes], packed: int, limits: Limits) -> bytes:
    """All bytes of a member, read in pieces: the sizes that its header states may lie."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        limits.total -= len(piece)
        if limits.total < 0:
            raise _Full("its files are too large together")
        if size > limits.member:
            raise Over("the file is too large")
        if size > max(limits.free, limits.ratio * packed):
            raise Over("the file grows too much")
    return b"".join(pieces)


def _count(limits: Limits) -> None:
    limits.members -= 1
    if limits.members < 0:
        raise _Full("it holds too many files")


def _too_much(file: str, over: Over) -> ReadError:
    way_out = "unpack it by hand and give the folder"
    return ReadError(file, f"unpacks to too much: {over}", way_out, "unpack")


def _link(file: str) -> ReadError:
    return ReadError(file, "is a link or a device, no file", "pack the file itself", "unpack")


def _bytes_of(info: zipfile.ZipInfo) -> bytes:
    """The bytes of a name; without the UTF-8 flag Chinese systems write GBK there."""
    try:
        return info.filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    except UnicodeEncodeError:
        return info.filename.encode("utf-8", "replace")


def _path(name: bytes) -> str:
    """A member's path without control characters and parts that lead out of the archive."""
    parts = label(name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part.strip() not in {"", ".", ".."})
