"""Archives → their members, one after the other, in memory only; bombs, broken and locked members become errors."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, cast

from ..errors import ReadError
from .detect import label

__all__ = ["LIMITS", "Limits", "members", "page", "skipped"]

_MB = 1 << 20
_CHUNK = _MB
_BAD = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
_ASSETS = {".css", ".js", ".json", ".map", ".py", ".toml", ".ini", ".db", ".lnk", ".url", ".woff", ".woff2", ".ttf", ".ico", ".svg",
           ".tmp", ".part", ".log", ".yml", ".yaml", ".ipynb", ".sha256", ".md5"}  # fmt: skip
_ODD = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(slots=True)
class Limits:
    """What an archive may unpack to; `total` and `members` are spent by all archives that are read with the same object.

    Sizes are bytes, `ratio` is unpacked to packed size and counts for what is larger than `free`.
    """

    members: int = 10_000
    total: int = 1 << 30
    member: int = 100 * _MB
    ratio: int = 200
    free: int = _MB

    def left(self) -> "Limits":
        """A copy to be spent on one archive and those inside it."""
        return Limits(self.members, self.total, self.member, self.ratio, self.free)


LIMITS = Limits()


class _Over(ValueError):
    """A limit is passed; the message says which."""


class _Full(_Over):
    """A limit of the whole archive is passed: nothing more of it is read."""


def skipped(path: str, pages: Collection[str] = ()) -> bool:
    """Whether a file is none that anybody would want read: hidden, README, a program's own, or of a saved page's folder.

    Args:
        path: where it lies, parts divided by `/`.
        pages: paths of the web pages around it, without suffix.

    >>> skipped("a/README.md"), skipped("__MACOSX/a.doc"), skipped("p_files/logo.png", {"p"}), skipped("p_files/logo.png")
    (True, True, True, False)
    """
    *folders, name = path.split("/")
    if any(part.startswith((".", "~$")) or part.lower() in _ODD for part in (*folders, name)):
        return True
    if name.upper().split(".")[0] == "README" or PurePosixPath(name).suffix.lower() in _ASSETS:
        return True
    above = (
        "/".join(folders[: i + 1])
        for i, folder in enumerate(folders)
        if folder.endswith(("_files", ".files"))
    )
    return any(folder[: -len("_files")] in pages for folder in above)


def page(path: str) -> str:
    """The path of a web page without its suffix, whose folder of pictures has it in front; empty for other files."""
    stem, dot, suffix = path.rpartition(".")
    return stem if dot and suffix.lower() in {"htm", "html", "shtml", "xhtml"} else ""


def members(
    data: bytes, name: str, kind: str, limits: Limits
) -> Iterator[tuple[str, bytes] | ReadError]:
    """Path and bytes of each file in an archive, in the archive's order; what cannot be unpacked comes as a `ReadError`.

    Args:
        data: the archive's bytes.
        name: what to call it in messages and in front of its members' paths.
        kind: `zip`, `tar` (packed by gzip, bzip2 or xz, or not at all), or `gz` (one file packed so).
        limits: what may still be unpacked; it is spent.

    Returns:
        the member's path with `/` between its parts, which never leads out of the archive, and its bytes.
    """
    try:
        yield from {"zip": _zip, "tar": _tar, "gz": _single}[kind](data, name, limits)
    except _Full as full:
        yield ReadError(
            name, f"unpacks to too much: {full}", "unpack it by hand and give the folder", "unpack"
        )
    except (*_BAD, RuntimeError, NotImplementedError):
        yield ReadError(
            name,
            "is a damaged or cut archive",
            "fetch it again, or repair it and pack it anew",
            "unpack",
        )


def _zip(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes] | ReadError]:
    if (
        data.count(b"PK\1\2") > 20 * limits.members + 1000
    ):  # reading such a table of contents would itself fill the memory
        raise _Full("it lists too many files")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = [
            (_path(i.filename if i.flag_bits & 0x800 else _bytes_of(i.filename)), i)
            for i in archive.infolist()
        ]
        pages = {page(path) for path, _ in listed}
        for path, info in listed:
            if info.is_dir() or not path or skipped(path, pages):
                continue
            _count(limits)
            if info.flag_bits & 1:
                yield ReadError(
                    f"{name}/{path}",
                    "is locked with a password",
                    "unpack it with the password",
                    "unpack",
                )
            elif stat.S_ISLNK(info.external_attr >> 16):
                yield _link(f"{name}/{path}")
            else:
                yield _member(
                    partial(archive.open, info),
                    f"{name}/{path}",
                    path,
                    min(info.compress_size, len(data)),
                    limits,
                )


def _tar(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes] | ReadError]:
    stream = _Bounded(_unpacking(data), len(data), limits)
    with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]
        pages: set[str] = set()  # of those seen so far: a stream is read once
        for info in archive:
            path = _path(info.name.encode("utf-8", "surrogateescape"))
            pages.add(page(path))
            if info.isdir() or not path or skipped(path, pages):
                continue
            _count(limits)
            if info.isfile():
                yield _member(
                    partial(archive.extractfile, info),
                    f"{name}/{path}",
                    path,
                    info.size,
                    limits,
                )
            else:
                yield _link(f"{name}/{path}")
    if not stream.ended():
        raise EOFError


def _single(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes] | ReadError]:
    _count(limits)
    yield _member(
        lambda: _unpacking(data), name, PurePosixPath(name).stem or "data", len(data), limits
    )


def _unpacking(data: bytes) -> IO[bytes]:
    raw = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.open(raw))
    if data.startswith(b"BZh"):
        return bz2.open(raw)
    return lzma.open(raw) if data.startswith(b"\xfd7zXZ\0") else raw


class _Bounded:
    """A stream that stops where a limit for the whole archive is passed: headers and skipped members count too."""

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


def _member(
    opened: Callable[[], Any], file: str, path: str, packed: int, limits: Limits
) -> tuple[str, bytes] | ReadError:
    try:
        with opened() as stream:
            return path, _unpacked(stream, packed, limits)
    except _Full:
        raise
    except _Over as over:
        return ReadError(
            file, f"unpacks to too much: {over}", "unpack it by hand and give the folder", "unpack"
        )
    except (NotImplementedError, RuntimeError):
        return ReadError(
            file,
            "is packed in a way that is not read",
            "unpack it and pack it anew as plain .zip",
            "unpack",
        )
    except _BAD:
        return ReadError(
            file, "is damaged or cut inside its archive", "fetch the archive again", "unpack"
        )


def _unpacked(stream: IO[bytes], packed: int, limits: Limits) -> bytes:
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
            raise _Over("the file is too large")
        if size > max(limits.free, limits.ratio * packed):
            raise _Over("the file grows too much")
    return b"".join(pieces)


def _count(limits: Limits) -> None:
    limits.members -= 1
    if limits.members < 0:
        raise _Full("it holds too many files")


def _link(file: str) -> ReadError:
    return ReadError(file, "is a link or a device, no file", "pack the file itself", "unpack")


def _bytes_of(name: str) -> bytes:
    """The bytes that a zip without the UTF-8 flag has for a name: Chinese systems write GBK there."""
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")


def _path(name: str | bytes) -> str:
    """A member's path as text, parts that lead out of the archive and control characters left out."""
    text = label(name if isinstance(name, bytes) else name.encode("utf-8", "replace"))
    return "/".join(
        part for part in text.replace("\\", "/").split("/") if part.strip() not in {"", ".", ".."}
    )
