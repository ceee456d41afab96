"""Files → documents: the decoded text, untouched, with what its front matter says."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import ReadError

__all__ = ["Document", "decode", "files", "read"]

SUFFIXES = {".txt", ".md"}
_FENCE = "---"
#: the most frequent characters of Chinese prose, both scripts: what a right decoding is full of
_COMMON = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府研报群众调務為個時這來們對會發動過產經進說現實開關應還業與縣區鄉鎮調訪眾組織報導幫黨員團")


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with its name; `text[body:]` is what the extractor reads, offsets count from `text[0]`."""

    doc: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: int = 0
    sha256: str = ""


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
            raise ReadError(f"{path}: there is no such file or folder; check the spelling or give another path")
        inside = [path]
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and p.stem.upper() != "README")
        if not inside:
            kinds = ", ".join(sorted(SUFFIXES))
            raise ReadError(f"{path}: the folder holds no report; put files ending in {kinds} there or name another folder")
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
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the name and the permissions") from None
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
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030", "big5hkscs"]
    best, best_share = "", 0.0
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" and "\0" not in text:
            return text
        share = _chinese_share(text)
        if share > best_share:
            best, best_share = text, share
    if best_share < 0.25:
        raise ReadError(f"{name}: no text in UTF-8, GB18030 or Big5 (a Word or PDF file, or a broken one?); save it as UTF-8 text")
    return best


def _chinese_share(text: str) -> float:
    """Share of the letters that are among the most frequent Chinese characters: wrong decodings give rare ones."""
    letters = [c for c in text[:20_000] if c > "\x7f" and c.isalpha()]
    if not letters or "\0" in text:
        return 0.0
    return sum(c in _COMMON for c in letters) / len(letters)


def _front_matter(text: str, path: Path) -> tuple[dict[str, Any], int]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        return {}, 0
    import yaml

    try:
        meta = yaml.safe_load("".join(lines[1:end]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise ReadError(f"{path}{line}: the front matter is no YAML; put quotes round values with * or :") from None
    if not isinstance(meta, dict):
        raise ReadError(f"{path}: the front matter must be `key: value` lines between two lines {_FENCE}")
    return meta, sum(map(len, lines[: end + 1]))


def documents(paths: Iterable[Path | str]) -> Iterator[Document]:
    """Documents of paths, one after the other."""
    return map(read, files(paths))
