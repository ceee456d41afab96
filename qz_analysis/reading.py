"""Files → documents: the decoded text, untouched, with what its front matter says; one bad file stops no other."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from .archives import LIMITS, Limits, members, page, skipped
from .errors import PartError, ReadError
from .sniffing import decode, kind, label, refusal

__all__ = ["Document", "decode", "documents", "files", "find", "read"]

SUFFIXES = {".txt", ".md", ".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht", ".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf",
            ".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".xz", ".txz"}  # fmt: skip
#: bytes of the largest file that is read
LARGEST = 200 << 20
_PACKED = {"zip", "tar", "gz"}
_NESTED = 1  # archives inside an archive are opened, those inside them are not
_FENCE = "---"
_LIST = "list"


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with its name; `text[body:]` is what the extractor reads, offsets count from `text[0]`.

    >>> page = Document("jia", "甲县受理43宗。")
    >>> page.text[page.body :]
    '甲县受理43宗。'
    """

    doc: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: int = 0
    sha256: str = ""
    file: str = ""
    kind: str = "text"


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
        for item in _walk(path) if folder else [_checked(path)]:
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
            path / name for name in reversed(names) if not skipped(name, pages) and not skipped(f"{name}/-", pages)
        ]


def _listed(path: Path) -> Iterator[Path | ReadError]:
    """A file found in a folder, if its suffix speaks for it; else what is wrong."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        yield _checked(path)
    else:
        reason, way_out = refusal(suffix[1:])
        if not reason.endswith("not read"):
            reason = f"its name ends in {suffix}, no kind that is looked for" if suffix else "its name has no suffix"
            way_out = "give it by its own name if it is a report, else leave it"
        yield ReadError(_name(path), reason, way_out, _LIST)


def _checked(path: Path) -> Path | ReadError:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return _unlisted(path, error)
    return (
        path
        if regular
        else ReadError(_name(path), "is a pipe or device, no file", "save what it gives as a file", _LIST)
    )


def _unlisted(path: Path, error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return ReadError(
            _name(path), "there is no such file or folder", "check the spelling or give another path", _LIST
        )
    return ReadError(
        _name(path), f"cannot be opened ({error.strerror})", "check the permissions and where links lead", _LIST
    )


def _empty(path: Path) -> ReadError:
    kinds = ", ".join(sorted(SUFFIXES))
    return ReadError(
        _name(path), "the folder holds no report", f"put files ending in {kinds} there or name another folder", _LIST
    )


def read(path: Path | str) -> Document:
    """One file as a document.

    Args:
        path: a file with one text: see `documents`.

    Returns:
        the document; front matter keys (place, level, period, title, …) are in `meta`.

    Raises:
        ReadError: the file cannot be opened, is of no kind that is read, its front matter is no YAML mapping, or it is an
            archive of several documents.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = (Path(folder) / "jia.txt").write_bytes("甲县受理43宗。".encode("gb18030"))
    ...     page = read(Path(folder) / "jia.txt")
    >>> page.doc, page.text
    ('jia', '甲县受理43宗。')
    """
    found: list[Document] = []
    for item in documents(path):
        if isinstance(item, PartError):
            continue
        if isinstance(item, ReadError):
            raise item
        found.append(item)
        if len(found) > 1:
            raise ReadError(_name(Path(path)), "holds several documents", "read them with `documents` or `tables`")
    return found[0]


def documents(
    path: Path | str, doc: str = "", *, largest: int = LARGEST, limits: Limits = LIMITS
) -> Iterator[Document | ReadError]:
    """The documents of one file: one, or as many as an archive holds.

    Args:
        path: a text (UTF-8, UTF-16, GB18030, Big5; .md and .txt with or without YAML front matter between two lines `---`), web
            page, Word, RTF or PDF file, or a .zip, .tar or .gz of these. What it is, its content says, not its name.
        doc: the name of the document, or what stands before the `/` in the names of an archive's documents; the file's stem
            when empty.
        largest: bytes of the largest file to read.
        limits: what an archive may unpack to.

    Returns:
        documents in the archive's order, a `ReadError` in place of each that cannot be read, and a `PartError` behind one of which
        a part cannot be; nothing is raised.
    """
    path = Path(path)
    try:
        data = _loaded(path, largest)
    except ReadError as error:
        yield error
        return
    name = _name(path)
    form = kind(data)
    stem = label(os.fsencode(path.stem))
    if form in _PACKED:
        named = form == "gz" and PurePosixPath(stem).suffix.lower() in SUFFIXES
        stem = doc or (PurePosixPath(stem).stem if named else stem.removesuffix(".tar"))
        yield from _inside(data, name, form, stem, limits.left(), _NESTED)
    else:
        yield from _document(data, name, form, doc or stem)


def _loaded(path: Path, largest: int) -> bytes:
    checked = _checked(path)
    if isinstance(checked, ReadError):
        checked.stage = "read"
        raise checked
    try:
        if path.stat().st_size > largest:
            raise ReadError(
                _name(path), f"is larger than {largest >> 20} MB", "divide it, or save its text alone as .txt"
            )
        return path.read_bytes()
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise ReadError(_name(path), reason, "check the name and the permissions") from None


def _inside(data: bytes, name: str, form: str, doc: str, limits: Limits, deeper: int) -> Iterator[Document | ReadError]:
    """Documents of an archive, its members named `doc/path`; two of one stem keep their suffixes apart."""
    given: set[str] = set()
    empty = True
    for member in members(data, name, form, limits):
        empty = False
        if isinstance(member, ReadError):
            yield member
            continue
        path, content = member
        file, inner = f"{name}/{path}", kind(content)
        stem = f"{doc}/{PurePosixPath(path).with_suffix('')}" if form != "gz" else doc
        if stem in given:
            stem = f"{doc}/{path}"
        while stem in given:
            stem += "+"
        given.add(stem)
        if inner not in _PACKED:
            yield from _document(content, file, inner, stem)
        elif deeper or form == "gz":
            yield from _inside(content, file, inner, stem.removesuffix(".tar"), limits, deeper - (form != "gz"))
        else:
            yield ReadError(file, "is an archive in an archive in an archive", "unpack it by hand", "unpack")
    if empty:
        yield ReadError(name, "the archive holds no report", "check that it is the right one", "unpack")


def _document(data: bytes, file: str, form: str, doc: str) -> Iterator[Document | ReadError]:
    """The one document of a file's bytes, and an error for what of it could not be read."""
    unread: tuple[int, ...] = ()
    try:
        if form == "pdf":
            from .pdfs import read as read_pdf

            text, unread = read_pdf(data, file)
        else:
            text = _reader(form, file)(data, file)
        if not text.strip():
            raise ReadError(file, "is empty", "fetch it again, or leave it out")
        meta, body = _front_matter(text, file) if form == "text" else ({}, 0)
    except ReadError as error:
        yield error
        return
    except MemoryError:
        raise  # whoever set the limit tells it
    except Exception as error:  # a library's slip on a broken file must not end a run over a country
        reason = f"is damaged: the reader of {form} stopped ({type(error).__name__})"
        yield ReadError(file, reason, "open it, save it anew, or save its text as .txt")
        return
    yield Document(doc, text, meta, body, hashlib.sha256(data).hexdigest(), file, form)
    if unread:
        pages = ", ".join(map(str, unread[:20])) + " …" * (len(unread) > 20)
        reason = f"its text is read, but of page {pages} there is only a picture"
        yield PartError(file, reason, "have that page read by an OCR program if it holds figures")


def _reader(form: str, file: str) -> Callable[[bytes, str], str]:
    """What makes text of a kind; the modules behind it are loaded when first needed."""
    if form == "text":
        return decode
    if form in {"html", "mhtml"}:
        from . import webpages

        return webpages.html if form == "html" else webpages.mhtml
    if form in {"docx", "doc", "rtf"}:
        from . import office

        return getattr(office, form)
    raise ReadError(file, *refusal(form))


def _name(path: Path) -> str:
    """A path as one line of text that any file can hold, names in GBK or with line ends included."""
    return label(os.fsencode(path))


def _front_matter(text: str, file: str) -> tuple[dict[str, Any], int]:
    if not text.startswith(_FENCE):
        return {}, 0
    lines = text.splitlines(keepends=True)
    if lines[0].rstrip() != _FENCE:
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise ReadError(
            f"{file}, line 1",
            "the front matter is not closed",
            f"end it with a line {_FENCE}, or take the first line away",
        )
    import yaml

    try:
        meta = yaml.safe_load("".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise ReadError(f"{file}{line}", "the front matter is no YAML", "put quotes round values with * or :") from None
    if not isinstance(meta, dict):
        raise ReadError(file, "the front matter is no mapping", f"write `key: value` lines between two lines {_FENCE}")
    return meta, sum(map(len, lines[: end + 1]))
