"""Files → documents: the decoded text, untouched, with what its front matter says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cleaning import simplify
from .errors import ReadError

__all__ = ["Document", "decode", "files", "read"]

SUFFIXES = {".txt", ".md"}
_FENCE = "---"
# tried in this order; any other encoding of the text would be a guess
_ENCODINGS = ["utf_8", "gb18030", "big5hkscs", "utf_16"]


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with its name; `text[body:]` is what the extractor reads, offsets count from `text[0]`."""

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
        paths: files of any name, and folders, of which files ending in .txt or .md are taken (README files left out).

    Raises:
        ReadError: a path does not exist, or a folder holds no such file.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise ReadError(path, "there is no such file or folder", "check the spelling or give another path", "list")
        inside = [path]
        if path.is_dir():
            inside = sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES and p.is_file() and p.stem.upper() != "README"
            )
        if not inside:
            kinds = ", ".join(sorted(SUFFIXES))
            raise ReadError(
                path, "the folder holds no report", f"put files ending in {kinds} there or name another folder", "list"
            )
        found += inside
    return list(dict.fromkeys(found))


def read(path: Path | str) -> Document:
    """One file as a document.

    Args:
        path: a text file in UTF-8, GB18030 or Big5, with or without YAML front matter between two lines `---`.

    Returns:
        the document; front matter keys (place, level, period, title, …) are in `meta`.

    Raises:
        ReadError: the file cannot be opened, is no text, or its front matter is no YAML mapping.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror})", "check the name and the permissions") from None
    text = decode(data, str(path))
    meta, body = _front_matter(text, path)
    return Document(path.stem, text, meta, body, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str = "the text") -> str:
    """Text of the bytes of a Chinese page; line ends stay as they are, a byte order mark goes.

    Args:
        data: bytes in UTF-8, UTF-16 with a mark, GB18030 or Big5.
        name: what to call them in the message.

    Raises:
        ReadError: the bytes are no text in any of these, or look like none.

    >>> decode("群眾工作".encode("big5")), decode("群众工作".encode("gb18030"))
    ('群眾工作', '群众工作')
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    if "\0" in text:
        raise ReadError(name, "no text in UTF-8, UTF-16, GB18030 or Big5", "save it as UTF-8 text")
    return text


def _guessed(data: bytes) -> str:
    """Text of bytes that are not UTF-8; `\\0` when they are no text.

    The library tells text from other bytes; between GB18030 and Big5, which read each other's short texts as rare characters,
    the reading with more of the everyday characters (level 1 of GB 2312) is right.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_ENCODINGS).best()
    if best is None:
        return "\0"
    readings = [text for encoding in ("gb18030", "big5hkscs") if (text := _decoded(data, encoding))]
    return max(readings, key=_everyday) if best.encoding in {"gb18030", "big5hkscs"} else str(best)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _everyday(text: str) -> float:
    """Share of the Chinese characters that stand in the first level of GB 2312, both scripts counted as one."""
    han = [c for c in simplify(text[:5000]) if "\u4e00" <= c <= "\u9fff" or c > "\uff00" or "\ue000" <= c < "\uf900"]
    codes = [c.encode("gb2312", "ignore") for c in han]
    return sum(b"\xb0" <= code[:1] <= b"\xd7" for code in codes) / len(han) if han else 0.0


def _front_matter(text: str, path: Path) -> tuple[dict[str, Any], int]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise ReadError(
            f"{path}, line 1", "the front matter is not closed", f"end it with a line {_FENCE}, or take the first line away"
        )
    import yaml

    try:
        meta = yaml.safe_load("".join(lines[1:end]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise ReadError(
            f"{path}{line}", "the front matter is no YAML", "put quotes round values with * or :"
        ) from None
    if not isinstance(meta, dict):
        raise ReadError(path, "the front matter is no mapping", f"write `key: value` lines between two lines {_FENCE}")
    return meta, sum(map(len, lines[: end + 1]))
