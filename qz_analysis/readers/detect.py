"""Bytes → what kind of file they are, and their text when they are text; the name of a file says nothing here."""

import codecs
import io
import re
import unicodedata
import zipfile
import zlib
from itertools import islice

from ..errors import ReadError
from ..script import simplify

__all__ = ["decode", "everyday", "kind", "label", "refusal"]

#: share of a text's characters that may be undecodable, NUL or control characters
GARBAGE = 0.01
_HEAD = 4096
_SAMPLE = 5000
_ASCII = re.compile("[\x00-\x7f]+")
_LEVEL1 = range(0xB0, 0xD8)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_STREAMS = {
    "EncryptedPackage": "locked",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
_PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "content.xml": "odt"}
# what is packed there would be guessed from its suffix alone, so each is told by its first bytes
_MAGIC = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n": "png", b"GIF8": "gif", b"II*\0": "tif", b"MM\0*": "tif", b"Rar!": "rar",
          b"7z\xbc\xaf": "7z", b"\0\0\0\x18ftyp": "mp4", b"\0\0\0 ftyp": "mp4", b"ID3": "mp3", b"AT&TFORM": "djvu", b"SQLite": "db",
          b"PAR1": "parquet", b"\x7fELF": "exe", b"MZ\x90\0": "exe", b"MSCF": "cab", b"ITSF": "chm"}  # fmt: skip
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|table|div|p|h[1-6]|meta|title|span|center|font|script|style"
    rb"|link|ul|ol|tbody|tr|br|section|article|main)\b|<(?:html|head|body)[\s>]",
    re.S,
)
_MAIL = re.compile(rb"\A\s*[\w-]+:\s.*^mime-version:", re.S | re.M)
_MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")
_SHEET = "save the sheet as a web page (.html), which keeps its rows and columns"
_OCR = "have its text recognised (OCR) and save that as .txt"
_REFUSED = {
    "locked": ("is protected by a password", "open it with the password and save it without one"),
    **dict.fromkeys(["xlsx", "xls", "et", "csv", "ods", "tsv"], ("is a spreadsheet, which is not read", _SHEET)),
    **dict.fromkeys(["pptx", "ppt", "dps", "pps", "odp"], ("is a slide show, which is not read", "save it as .pdf")),
    **dict.fromkeys(["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp", "djvu"], ("is a picture, which is not read", _OCR)),
    **dict.fromkeys(["rar", "7z", "cab"], ("is an archive of a kind that is not read", "unpack it, or pack it anew as .zip")),
    **dict.fromkeys(["odt", "ceb", "ofd", "caj", "chm", "epub", "xml"], ("is a document of a kind that is not read", "save it as .docx, .pdf or .txt")),
    **dict.fromkeys(["mp4", "mp3", "avi", "wmv", "flv", "wav"], ("is a recording, which is not read", "write its words down as .txt")),
    "parquet": ("is a Parquet table, not a report", "give a table of texts by its own name, with columns doc and text"),
}  # fmt: skip


def kind(data: bytes) -> str:
    """Kind of a file by its content: text, html, mhtml, docx, doc, rtf, pdf, zip, tar, gz, or the name of one that is not read.

    Args:
        data: the whole file; a Word file is known by what its container holds.

    >>> kind(b"%PDF-1.4 ..."), kind("受理12件".encode()), kind(b"<html><body>12"), kind(b"{\\\\rtf1 12}")
    ('pdf', 'text', 'html', 'rtf')
    """
    head = data[:_HEAD]
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zipped(data)
    if data.startswith(_OLE):
        return next(
            (kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data), "binary"
        )
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return "tar" if _opened(data)[257:262] == b"ustar" else "gz"
    if head[257:262] == b"ustar":
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "") or _written(
        head
    )


def _zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # cut or broken: the first part's header still stands in the open
        names = [data[30:_HEAD].decode("latin-1")]
        return (
            "docx"
            if names[0].startswith(("[Content_Types].xml", "word/")) and b"word/" in data
            else "zip"
        )
    office = "[Content_Types].xml" in names or "mimetype" in names
    return next(
        (
            kind
            for part, kind in _PARTS.items()
            if office and any(n.startswith(part) for n in names)
        ),
        "zip",
    )


def _opened(data: bytes) -> bytes:
    """The first bytes of what a compressed file holds."""
    import bz2
    import lzma

    try:
        if data.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(data, 512)
        return (
            bz2.BZ2Decompressor() if data.startswith(b"BZh") else lzma.LZMADecompressor()
        ).decompress(data, 512)
    except (zlib.error, OSError, lzma.LZMAError, EOFError):
        return b""


def _written(head: bytes) -> str:
    """Kind of a file that is text by its first bytes; NULs of UTF-16 are looked through."""
    for mark, _ in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lower()
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _MAIL.search(head) and b"content-type:" in head:
        return "mhtml"
    if _HTML.search(head) and not head.startswith(b"---"):
        return "html"
    return "xml" if head.lstrip().startswith(b"<?xml") else "text"


def refusal(kind: str) -> tuple[str, str]:
    """Why a kind of file is not read, and what to do about it: reason and way out.

    >>> refusal("xlsx")[0]
    'is a spreadsheet, which is not read'
    """
    return _REFUSED.get(
        kind.lower(), ("is not of a kind that is read", "save its text as .txt, or leave it out")
    )


def label(raw: bytes) -> str:
    """A file's name as one line of text: UTF-8, else GB18030 or Big5 where that gives everyday Chinese.

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


def decode(data: bytes, name: str = "the text", hint: str = "") -> str:
    """Text of the bytes of a Chinese page; line ends stay as they are, a byte order mark goes.

    Args:
        data: bytes in UTF-8, UTF-16, GB18030 or Big5. Bytes that say nothing and NULs become U+FFFD.
        name: what to call them in the message.
        hint: the encoding that a page states of itself; it decides only between readings that are about as good.

    Raises:
        ReadError: the bytes are no text in any of these, or more than 1 % of the characters is lost.

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
    return text.replace(
        "\0", "\ufffd"
    )  # not a space: 1 and 3 round a lost digit must not come together


def _text(data: bytes, hint: str) -> str:
    for mark, encoding in _MARKS:
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
    """The readings of bytes as UTF-16 without a mark that are Chinese or plain text nearly throughout."""
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        known = sum(
            c < "\x7f" or "\u3000" <= c <= "\u303f" or "\u4e00" <= c <= "\u9fff" or c > "\uff00"
            for c in text[:_SAMPLE]
        )
        if known >= 0.95 * len(text[:_SAMPLE]) and everyday(text) > 0.7:
            found.append(text)
    return found


def _guessed(data: bytes, hint: str) -> str:
    """Text of bytes that are not UTF-8 throughout; `\\0` when they are no text.

    GB18030 and Big5 read each other's short texts as rare characters: the reading with more of the everyday characters is
    right. Where none is convincing, the library tells text from other bytes.
    """
    readings = {
        encoding: data.decode(encoding, "replace") for encoding in ("gb18030", "big5hkscs", "utf-8")
    }
    stated = "big5hkscs" if "big5" in hint else "gb18030" if hint.startswith("gb") else hint
    scores = {
        encoding: everyday(text) + 0.05 * (encoding == stated)
        for encoding, text in readings.items()
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= 0.8:
        return readings[best]
    if wide := _wide(data):
        return max(wide, key=everyday)
    from charset_normalizer import from_bytes

    found = from_bytes(
        data[:65536], cp_isolation=["utf_8", "gb18030", "big5hkscs", "utf_16"]
    ).best()
    if found is None:
        return "\0"
    return (
        readings[best]
        if found.encoding in {"gb18030", "big5hkscs"}
        else data.decode(found.encoding, "replace")
    )


def everyday(text: str) -> float:
    """Share of the characters beyond ASCII and punctuation that stand in the first level of GB 2312, both scripts as one.

    >>> everyday("群眾工作，98件"), everyday("\ufffd"), everyday("98")
    (1.0, 0.0, 1.0)
    """
    if len(text) > 100 * _SAMPLE:
        text = "".join(text[i : i + 2 * _SAMPLE] for i in range(0, len(text), len(text) // 20))
    wide = _ASCII.sub("", text)
    step = max(1, len(wide) // 10)
    sample = (
        wide
        if len(wide) < 2 * _SAMPLE
        else "".join(wide[i : i + _SAMPLE // 10] for i in range(0, len(wide), step))
    )
    # each character is two bytes, or ? when GB 2312 lacks it
    codes = simplify(sample).encode("gb2312", "replace")
    leads = codes.replace(b"?", b"")[::2].translate(None, b"\xa1\xa2\xa3")
    known = sum(map(leads.count, _LEVEL1))
    counted = len(leads) + codes.count(b"?")
    return known / counted if counted else 1.0
