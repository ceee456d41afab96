"""Documents of files: the decoded text with its front matter; a bad file stops no other."""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import PartError, QzError, ReadError
from ..model import Document
from . import scans as scanning
from .about import about
from .archive import LIMITS, Limits, members
from .detect import FORMATS, kind, label, refusal, suffixes
from .find import checked, files, find, names, shown
from .recognise import there
from .sidecar import Given, Sidecar, sidecar, with_rows

__all__ = ["read"]

#: bytes of the largest file that is read
LARGEST = 200 << 20
_PACKED = {"zip", "tar", "gz"}
_NESTED = 1  # archives inside an archive are opened, those inside them are not
_FENCE = "---"
# what a library that has its own errors says where there is no room
_NO_MEMORY = re.compile("(?i)bad_alloc|failed to allocate|out of memory|cannot allocate")


Source = str | Path | Document | Iterable[str | Path | Document]


def read(path: Path | str, *, scans: bool = False) -> Document:
    """One file as a document.

    Args:
        path: a file with one text (UTF-8, UTF-16, GB18030, Big5), a web page, a Word, RTF, PDF or
            OFD file, or an archive with one of these. What it is, its content says, not its name.
        scans: recognise pages that are pictures, too (`docs/scans.md`): png, jpg, tiff, and pages
            of PDF files. It needs the extra `scan` and takes some ten seconds a page.

    Returns:
        the document; the keys of its front matter (place, level, period, title, …) are in `meta`.

    Raises:
        ReadError: the file cannot be opened, is of no kind that is read, its front matter is no
            YAML mapping, or it is an archive of several documents.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = (Path(folder) / "jia.txt").write_bytes("甲县受理43宗。".encode("gb18030"))
    ...     page = read(Path(folder) / "jia.txt")
    >>> page.doc, page.text
    ('jia', '甲县受理43宗。')
    """
    found: list[Document] = []
    for item in file_documents(path, scans=scanning.LONGEST * scans):
        if isinstance(item, PartError):
            continue
        if isinstance(item, ReadError):
            raise item
        found.append(item)
        if len(found) > 1:
            way_out = "read them with `documents` or `tables`"
            raise ReadError(shown(Path(path)), "holds several documents", way_out)
    return found[0]


def documents(
    source: Source,
    progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    *,
    every: bool = False,
    known: Given = False,
    scans: bool = False,
) -> Iterator[Document | ReadError]:
    """The documents of a source one after the other, or the error that stands for one.

    A string is a report's text; one that is a path raises a `QzError`, and so does a missing path.
    `progress` wraps the list of files and documents, as `tqdm.tqdm` does. With `every`, things in a
    folder that will not be read give an error each; else they are left out in silence. `known` is
    what tables of documents say, as `sidecar` takes them; with `scans` pictures are recognised.

    >>> pages = [Document("a", "受理43宗。"), Document("b", "办结36宗。")]
    >>> [document.doc for document in documents(pages)]
    ['a', 'b']
    """
    if scans:
        there()
    table = sidecar(known, paths_of(source))
    items = [item for item in _items(source, every, scans) if not _is_of(table, item)]
    named = names([item for item in items if isinstance(item, Path)])
    for item in progress(items):
        if isinstance(item, Path):
            rows = table.of(str(item), named[item])
            patience = scanning.LONGEST * scans
            for found in file_documents(item, named[item], scans=patience):
                yield found if isinstance(found, ReadError) else with_rows(found, rows, shown(item))
        else:
            yield item if isinstance(item, ReadError) else table.about(item)


def paths_of(source: Source) -> list[Path]:
    """The paths among what is given to be read.

    >>> paths_of("受理43宗。"), paths_of([Path("a.txt"), Document("b", "")])
    ([], [PosixPath('a.txt')])
    """
    if isinstance(source, str | Document):
        return []
    parts = [source] if isinstance(source, Path) else source
    return [Path(part) for part in parts if not isinstance(part, Document)]


def _is_of(table: Sidecar, item: Path | Document | ReadError) -> bool:
    """Whether a thing that is listed is the table of documents itself."""
    if isinstance(item, Document):
        return False
    path = item.file if isinstance(item, ReadError) else item
    return bool(table.files) and os.path.abspath(path) in table.files


def _items(source: Source, every: bool, scans: bool) -> list[Path | Document | ReadError]:
    if isinstance(source, Document):
        return [source]
    if isinstance(source, str):
        _refuse_path(source)
        return [Document("text", source)]
    items: list[Path | Document | ReadError] = []
    known: set[Path] = set()
    for part in [source] if isinstance(source, Path) else source:
        found: Iterable[Path | Document | ReadError]
        if isinstance(part, Document):
            found = [part]
        else:
            found = find([part], scans=scans) if every else files([part], scans)
        new = [item for item in found if not isinstance(item, Path) or item not in known]
        known.update(item for item in new if isinstance(item, Path))
        items += new
    return items


def _refuse_path(text: str) -> None:
    """Refuse a string that can only be a path: it would read as a report without figures."""
    ending = text.endswith(tuple(suffixes())) and "://" not in text
    named = ending and not re.search(r"[\s，。；：！？]", text)
    may_exist = len(text) < 1000 and text.strip("./\\ ") and "\0" not in text
    if named or (may_exist and os.path.exists(text)):
        way_out = f"give Path({text!r}) to read it, a plain string is taken as the text itself"
        raise QzError(f"{text}: is a path; {way_out}")


def file_documents(
    path: Path | str,
    doc: str = "",
    *,
    largest: int = LARGEST,
    limits: Limits = LIMITS,
    scans: float = 0,
) -> Iterator[Document | ReadError]:
    """The documents of one file: one, or as many as an archive holds in its order.

    Nothing is raised: a `ReadError` stands in place of a document that cannot be read, and a
    `PartError` behind one of which a part cannot be. A text may begin with front matter in YAML
    between two lines `---`. `doc` is the name of the document, or what stands before the `/` in the
    names of an archive's documents; the file's stem when empty. `scans` is how many seconds the
    file's pictures of pages may be recognised for, 0 when they are not.
    """
    path = Path(path)
    try:
        data = _loaded(path, largest)
    except ReadError as error:
        yield error
        return
    until = time.monotonic() + scans if scans else 0.0
    name, form, stem = shown(path), kind(data), label(os.fsencode(path.stem))
    if form in _PACKED:
        named = form == "gz" and PurePosixPath(stem).suffix.lower() in suffixes()
        stem = doc or (PurePosixPath(stem).stem if named else stem.removesuffix(".tar"))
        yield from _inside(data, name, form, stem, limits.left(), _NESTED, until)
    else:
        yield from _document(data, name, form, doc or stem, until)


def _loaded(path: Path, largest: int) -> bytes:
    file = checked(path)
    if isinstance(file, ReadError):
        file.stage = "read"
        raise file
    try:
        if path.stat().st_size > largest:
            way_out = "divide it, or save its text alone as .txt"
            raise ReadError(shown(path), f"is larger than {largest >> 20} MB", way_out)
        return path.read_bytes()
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise ReadError(shown(path), reason, "check the name and the permissions") from None


def _inside(
    data: bytes, name: str, form: str, doc: str, limits: Limits, deeper: int, until: float
) -> Iterator[Document | ReadError]:
    """Documents of an archive, named `doc/path`; two of one stem keep their suffixes apart."""
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
            yield from _document(content, file, inner, stem, until)
        elif deeper or form == "gz":
            left = deeper - (form != "gz")
            stem = stem.removesuffix(".tar")
            yield from _inside(content, file, inner, stem, limits, left, until)
        else:
            reason = "is an archive in an archive in an archive"
            yield ReadError(file, reason, "unpack it by hand", "unpack")
    if empty:
        way_out = "check that it is the right one"
        yield ReadError(name, "the archive holds no report", way_out, "unpack")


def _document(
    data: bytes, file: str, form: str, doc: str, until: float
) -> Iterator[Document | ReadError]:
    """The one document of a file's bytes, and errors for what of it could not be read."""
    scan = scanning.Scan("")
    scanned = bool(until) and form in scanning.KINDS
    try:
        if scanned:
            scan = scanning.read(data, file, form, until)
            text, unread = scan.text, scan.unread
        elif form not in FORMATS:
            raise ReadError(file, *refusal(form))
        else:
            found = FORMATS[form].read(data, file)
            text, unread = (found, ()) if isinstance(found, str) else found
        if not text.strip():
            raise ReadError(file, "is empty", "fetch it again, or leave it out")
        meta, body = _front_matter(text, file) if form == "text" else ({}, 0)
    except ReadError as error:
        yield error
        return
    except MemoryError:
        raise  # whoever set the limit tells it
    except (
        Exception
    ) as error:  # a library's slip on a broken file must not end a run over a country
        # the recogniser tells so by an error of its own
        if scanned and _NO_MEMORY.search(str(error)):
            raise MemoryError(str(error)) from error
        reason = f"is damaged: the reader of {form} stopped ({type(error).__name__})"
        yield ReadError(file, reason, "open it, save it anew, or save its text as .txt")
        return
    hashed = hashlib.sha256(data).hexdigest()
    known = about(data, form, text, meta)
    yield Document(doc, text, meta, body, hashed, file, form, known, scan.pages, scan.doubts)
    yield from scan.refused
    if unread:
        pages = ", ".join(map(str, unread[:20])) + " …" * (len(unread) > 20)
        reason = f"its text is read, but of page {pages} there is only a picture"
        way_out = "have that page read by an OCR program if it holds figures"
        if not until:
            way_out = f"add --scans, in Python scans=True, or {way_out}"
        yield PartError(file, reason, way_out)


def _front_matter(text: str, file: str) -> tuple[dict[str, Any], int]:
    """The mapping at the head of a text, and where the text begins behind it."""
    lines = text.splitlines(keepends=True) if text.startswith(_FENCE) else []
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        way_out = f"end it with a line {_FENCE}, or take the first line away"
        raise ReadError(f"{file}, line 1", "the front matter is not closed", way_out)
    import yaml

    try:
        meta = yaml.safe_load("".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}, line {mark.line + 2}" if mark else file
        way_out = "put quotes round values with * or :"
        raise ReadError(place, "the front matter is no YAML", way_out) from None
    if not isinstance(meta, dict):
        way_out = f"write `key: value` lines between two lines {_FENCE}"
        raise ReadError(file, "the front matter is no mapping", way_out)
    return meta, sum(map(len, lines[: end + 1]))
