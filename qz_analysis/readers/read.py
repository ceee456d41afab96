"""What a caller gives (a text, paths, documents) → documents: the decoded text, untouched, with what its front matter says; one bad file stops no other."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import PartError, QzError, ReadError
from ..model import Document
from .archive import LIMITS, Limits, members
from .detect import decode, kind, label, refusal
from .find import SUFFIXES, checked, files, find, names, shown

__all__ = ["Source", "decode", "documents", "file_documents", "read"]

#: bytes of the largest file that is read
LARGEST = 200 << 20
_PACKED = {"zip", "tar", "gz"}
_NESTED = 1  # archives inside an archive are opened, those inside them are not
_FENCE = "---"


def read(path: Path | str) -> Document:
    """One file as a document.

    Args:
        path: a file with one text: see `file_documents`.

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
    for item in file_documents(path):
        if isinstance(item, PartError):
            continue
        if isinstance(item, ReadError):
            raise item
        found.append(item)
        if len(found) > 1:
            raise ReadError(shown(Path(path)), "holds several documents", "read them with `documents` or `tables`")
    return found[0]


def file_documents(
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
    name = shown(path)
    form = kind(data)
    stem = label(os.fsencode(path.stem))
    if form in _PACKED:
        named = form == "gz" and PurePosixPath(stem).suffix.lower() in SUFFIXES
        stem = doc or (PurePosixPath(stem).stem if named else stem.removesuffix(".tar"))
        yield from _inside(data, name, form, stem, limits.left(), _NESTED)
    else:
        yield from _document(data, name, form, doc or stem)


def _loaded(path: Path, largest: int) -> bytes:
    file = checked(path)
    if isinstance(file, ReadError):
        file.stage = "read"
        raise file
    try:
        if path.stat().st_size > largest:
            raise ReadError(
                shown(path), f"is larger than {largest >> 20} MB", "divide it, or save its text alone as .txt"
            )
        return path.read_bytes()
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise ReadError(shown(path), reason, "check the name and the permissions") from None


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
            from .pdf import read as read_pdf

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
        from . import html

        return html.html if form == "html" else html.mhtml
    if form in {"docx", "doc"}:
        from . import word

        return getattr(word, form)
    if form == "rtf":
        from .rtf import rtf

        return rtf
    raise ReadError(file, *refusal(form))


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
        yield from file_documents(item, named[item]) if isinstance(item, Path) else [item]


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
    return [*find([part])] if every else [*files([part])]


def _refuse_path(text: str) -> None:
    """A string is a report's text; one that can only be a path is a slip that would read as a report without figures."""
    named = text.endswith(tuple(SUFFIXES)) and "://" not in text and not re.search(r"[\s，。；：！？]", text)
    if named or (len(text) < 1000 and text.strip("./\\ ") and "\0" not in text and os.path.exists(text)):
        raise QzError(f"{text}: is a path; give Path({text!r}) to read it, a plain string is taken as the text itself")
