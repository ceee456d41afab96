"""The kinds of files that are read, how a file's bytes show its kind, and the text of plain bytes.

A reader registers itself by the decorator `reader`; the name of a file decides nothing about how it
is read.
"""

import bz2
import codecs
import gzip
import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from itertools import islice
from typing import IO, Any, NamedTuple, TypeVar, cast

from ..errors import ReadError
from ..script import simplify

#: share of a text's characters that may be undecodable, NUL or control characters
GARBAGE = 0.01
#: the first bytes of the compound files of old office programs
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 4096
_SAMPLE = 5000
_ASCII = re.compile("[\x00-\x7f]+")
_LEVEL1 = range(0xB0, 0xD8)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le"}
_MARKS |= {codecs.BOM_UTF32_BE: "utf-32-be", codecs.BOM_UTF16_LE: "utf-16-le"}
_MARKS |= {codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")
_ARCHIVES = {".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".xz", ".txz"}
_COMPRESSED = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
# kinds that are not read, by what shows them; they are told apart to say what to do with them
_STREAMS = {"Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_PARTS = {"xl/": "xlsx", "ppt/": "pptx", "content.xml": "odt"}
_MAGIC = {
    **{b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n": "png", b"GIF8": "gif", b"II*\0": "tif"},
    **{b"MM\0*": "tif", b"AT&TFORM": "djvu", b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"MSCF": "cab"},
    **{b"\0\0\0\x18ftyp": "mp4", b"\0\0\0 ftyp": "mp4", b"ID3": "mp3", b"ITSF": "chm"},
    **{b"SQLite": "db", b"PAR1": "parquet", b"\x7fELF": "exe", b"MZ\x90\0": "exe"},
}
_SHEET = "save the sheet as a web page (.html), which keeps its rows and columns"
_OCR = "have its text recognised (OCR) and save that as .txt"
#: pictures of pages that are recognised when asked for, by kind
SCANS = {"png": (".png",), "jpg": (".jpg", ".jpeg"), "tif": (".tif", ".tiff")}
_SCAN = "add --scans, in Python scans=True, or have its text recognised (OCR) and save that as .txt"
_REPACK = "unpack it, or pack it anew as .zip"
_WRITE = "write its words down as .txt"
_OTHER = "save it as .docx, .pdf or .txt"
_TABLE = "give a table of texts by its own name, with columns doc and text"
_REFUSALS = [
    ("locked", "is protected by a password", "open it with the password and save it without one"),
    ("xlsx xls et csv ods tsv", "is a spreadsheet, which is not read", _SHEET),
    ("pptx ppt dps pps odp", "is a slide show, which is not read", "save it as .pdf"),
    ("jpg jpeg png tif tiff", "is a picture, which is not read", _SCAN),
    ("gif bmp webp djvu", "is a picture, which is not read", _OCR),
    ("rar 7z cab", "is an archive of a kind that is not read", _REPACK),
    ("odt ceb caj chm epub xml", "is a document of a kind that is not read", _OTHER),
    ("mp4 mp3 avi wmv flv wav", "is a recording, which is not read", _WRITE),
    ("parquet", "is a Parquet table, not a report", _TABLE),
]
_REFUSED = {kind: (reason, way) for kinds, reason, way in _REFUSALS for kind in kinds.split()}

#: bytes and a name for messages give a text; a reader may add the numbers of pages without text
Reader = Callable[[bytes, str], str | tuple[str, tuple[int, ...]]]
_R = TypeVar("_R", bound=Callable[..., str | tuple[str, tuple[int, ...]]])


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: a long set stands on few lines so."""
    return frozenset(text.split())


class Format(NamedTuple):
    """A kind of file that is read: its reader, and what shows the kind."""

    read: Reader
    suffixes: tuple[str, ...] = ()  # endings of names by which a folder's files are taken
    magic: bytes = b""  # what stands at the start of the file,
    within: int = 0  # or anywhere in so many bytes from there
    part: str = ""  # how a path begins in the zip file of an office program
    stream: str = ""  # a stream's name in the compound file of an old office program
    # tells a text by its first 4,096 bytes, in lower case and without NULs and byte order mark
    detector: Callable[[bytes], object] | None = None


#: what is read, by kind
FORMATS: dict[str, Format] = {}


def reader(kind: str, *suffixes: str, **signs: Any) -> Callable[[_R], _R]:
    """Register a function from bytes and a name to text as the reader of a kind of file.

    The signs that show the kind are fields of `Format`. A reader refuses what it cannot read
    (damaged, locked, without text, too large) by a `ReadError` with the reason and a way out.
    """

    def register(function: _R) -> _R:
        FORMATS[kind] = Format(function, suffixes, **signs)
        return function

    return register


def suffixes(scans: bool = False) -> set[str]:
    """The endings of names by which files of a folder are taken, those of archives among them.

    With `scans` those of pictures of pages, too.
    """
    pictures = SCANS.values() if scans else ()
    return _ARCHIVES.union(*(known.suffixes for known in FORMATS.values()), *pictures)


def kind(data: bytes) -> str:
    """Kind of a file by its content: one of `FORMATS`, zip, tar, gz, or one that is not read.

    >>> kind("受理12件".encode()), kind(b"<html><p>12"), kind(b"{\\\\rtf1 12}"), kind(b"%PDF-1.4")
    ('text', 'html', 'rtf', 'pdf')
    """
    head = data[:_HEAD]
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zipped(data)
    if data.startswith(OLE):
        streams = {"EncryptedPackage": "locked"} | _shown_by("stream") | _STREAMS
        return next((streams[s] for s in streams if s.encode("utf-16-le") in data), "binary")
    if head.startswith(_COMPRESSED):
        return "tar" if _opened(data)[257:262] == b"ustar" else "gz"
    if head[257:262] == b"ustar":
        return "tar"
    for name, known in FORMATS.items():
        if known.magic and head.find(known.magic, 0, known.within or len(known.magic)) >= 0:
            return name
    unread = (name for magic, name in _MAGIC.items() if head.startswith(magic))
    return next(unread, "") or _text_kind(head)


def _shown_by(field: str) -> dict[str, str]:
    """Kinds that are read, by what shows them in a container."""
    return {getattr(known, field): kind for kind, known in FORMATS.items() if getattr(known, field)}


def _zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # cut or broken: the first part's header still stands in the open
        first = data[30:_HEAD].decode("latin-1")
        if first.startswith("OFD.xml"):
            return "ofd"
        word = first.startswith(("[Content_Types].xml", "word/")) and b"word/" in data
        return "docx" if word else "zip"
    parts = _shown_by("part") | _PARTS
    office = not {"[Content_Types].xml", "mimetype", "OFD.xml"}.isdisjoint(names)
    return next((parts[p] for p in parts if office and any(n.startswith(p) for n in names)), "zip")


def unpacking(data: bytes) -> IO[bytes]:
    """A stream of what gzip, bzip2 or xz have packed, or of the bytes themselves."""
    raw = io.BytesIO(data)
    if data.startswith(_COMPRESSED[0]):
        return cast(IO[bytes], gzip.open(raw))
    if data.startswith(_COMPRESSED[1]):
        return bz2.open(raw)
    return lzma.open(raw) if data.startswith(_COMPRESSED[2]) else raw


def _opened(data: bytes) -> bytes:
    """The first bytes of what a compressed file holds."""
    try:
        return cast(io.BufferedReader, unpacking(data)).peek(512)
    except (zlib.error, OSError, lzma.LZMAError, EOFError):
        return b""


def _text_kind(head: bytes) -> str:
    """Kind of a text by its first bytes; NULs of UTF-16 are looked through."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lower()
    for name, known in FORMATS.items():
        if known.detector and known.detector(head):
            return name
    return "xml" if head.lstrip().startswith(b"<?xml") else "text"


def refusal(kind: str) -> tuple[str, str]:
    """Why a kind of file is not read, and what to do about it.

    >>> refusal("xlsx")[0]
    'is a spreadsheet, which is not read'
    """
    general = "is not of a kind that is read", "save its text as .txt, or leave it out"
    return _REFUSED.get(kind.lower(), general)


def label(raw: bytes) -> str:
    """A file's name as one line of text: UTF-8, or GB18030 or Big5 if that is everyday Chinese.

    >>> label("工作总结.doc".encode("gb18030")), label(b"a\\nb.txt")
    ('工作总结.doc', 'a b.txt')
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        readings = [raw.decode(encoding, "replace") for encoding in ("gb18030", "big5hkscs")]
        best = max(readings, key=everyday)
        text = best if everyday(best) >= 0.7 else raw.decode("utf-8", "replace")
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)


@reader("text", ".txt", ".md")
def decode(data: bytes, name: str = "the text", hint: str = "") -> str:
    """Text of bytes in UTF-8, UTF-16, GB18030 or Big5; line ends stay, a byte order mark goes.

    Bytes that say nothing and NULs become U+FFFD. The hint is the encoding that a page states of
    itself; it decides only between readings that are about as good.

    >>> decode("群眾工作".encode("big5")), decode("群众工作".encode("gb18030"))
    ('群眾工作', '群众工作')
    """
    text = _text(data, hint.lower())
    text = text.rstrip("\0") or text  # padding of a disk block
    # a last character cut in two is no sign of other damage
    allowed = int(GARBAGE * len(text))
    spoilt = islice(_CONTROL.finditer(text, 0, max(0, len(text) - 1)), allowed + 1)
    if text in {"\0", "\ufffd"} or sum(1 for _ in spoilt) > allowed:
        raise ReadError(name, "no text in UTF-8, UTF-16, GB18030 or Big5", "save it as UTF-8 text")
    # not a space: 1 and 3 round a lost digit must not come together
    return text.replace("\0", "\ufffd")


def _text(data: bytes, hint: str) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data.count(0) * 20 > len(data):
        return max(_wide(data), key=everyday, default="\0")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(data) + ("\ufffd" if decoder.getstate()[0] else "")
    except UnicodeDecodeError:
        return _guessed(data, hint)


def _wide(data: bytes) -> list[str]:
    """The readings of bytes as unmarked UTF-16 that are nearly all Chinese or plain text."""
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        sample = text[:_SAMPLE]
        known = sum(
            c < "\x7f" or "\u3000" <= c <= "\u303f" or "\u4e00" <= c <= "\u9fff" or c > "\uff00"
            for c in sample
        )
        if known >= 0.95 * len(sample) and everyday(text) > 0.7:
            found.append(text)
    return found


def _guessed(data: bytes, hint: str) -> str:
    """Text of bytes that are not UTF-8 throughout; `\\0` when they are no text.

    GB18030 and Big5 read each other's short texts as rare characters: the reading with more of the
    everyday characters is right. Where none is convincing, the library tells text from other bytes.
    """
    readings = {code: data.decode(code, "replace") for code in ("gb18030", "big5hkscs", "utf-8")}
    stated = "big5hkscs" if "big5" in hint else "gb18030" if hint.startswith("gb") else hint
    scores = {code: everyday(text) + 0.05 * (code == stated) for code, text in readings.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] >= 0.8:
        return readings[best]
    if wide := _wide(data):
        return max(wide, key=everyday)
    from charset_normalizer import from_bytes

    codes = ["utf_8", "gb18030", "big5hkscs", "utf_16"]
    found = from_bytes(data[:65536], cp_isolation=codes).best()
    if found is None:
        return "\0"
    chinese = found.encoding in {"gb18030", "big5hkscs"}
    return readings[best] if chinese else data.decode(found.encoding, "replace")


def everyday(text: str) -> float:
    """Share of characters, less ASCII and marks, that GB 2312 has in its first level in any script.

    >>> everyday("群眾工作，98件"), everyday("\ufffd"), everyday("98")
    (1.0, 0.0, 1.0)
    """
    if len(text) > 100 * _SAMPLE:
        text = "".join(text[i : i + 2 * _SAMPLE] for i in range(0, len(text), len(text) // 20))
    sample = _ASCII.sub("", text)
    if len(sample) >= 2 * _SAMPLE:
        step = len(sample) // 10
        sample = "".join(sample[i : i + _SAMPLE // 10] for i in range(0, len(sample), step))
    # each character is two bytes, or ? when GB 2312 lacks it
    codes = simplify(sample).encode("gb2312", "replace")
    leads = codes.replace(b"?", b"")[::2].translate(None, b"\xa1\xa2\xa3")
    known = sum(map(leads.count, _LEVEL1))
    counted = len(leads) + codes.count(b"?")
    return known / counted if counted else 1.0
