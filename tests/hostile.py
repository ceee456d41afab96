"""A folder of what goes wrong with files: each as small as it can be made, written when asked for."""

import gzip
import io
import os
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import making

PAGE = "甲县2011年共受理各类事项2163宗，办结2028宗，办结率93.8%，全县稳定。"
MB = 1 << 20


def _zip(members: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _locked() -> bytes:
    """A zip whose one member says that it is encrypted."""
    return _marked_locked(_zip({"a.txt": PAGE.encode()}))


def _marked_locked(archive: bytes) -> bytes:
    """A zip whose members say that they are encrypted."""
    data = bytearray(archive)
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(signature)
        while place >= 0:
            flags = struct.unpack("<H", data[place + at : place + at + 2])[0]
            data[place + at : place + at + 2] = struct.pack("<H", flags | 1)
            place = data.find(signature, place + 1)
    return bytes(data)


def _tar(name: str, link: str = "") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = 0 if link else len(PAGE.encode())
        if link:
            info.type, info.linkname = tarfile.SYMTYPE, link
        archive.addfile(info, io.BytesIO(b"" if link else PAGE.encode()))
    return stream.getvalue()


def _locked_office() -> bytes:
    """The head of an OLE file with the stream that encrypted Office files have."""
    head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
    return head + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0")


def _scan() -> bytes:
    """A PDF whose only page is a picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    grey = b"P5 8 8 255\n" + bytes(range(64))
    canvas.drawImage(ImageReader(io.BytesIO(grey)), 50, 500, 400, 200)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(50, 500, "2163")
    canvas.save()
    return stream.getvalue()


def _entities(word: bytes) -> bytes:
    """A Word file whose text asks for entities: nested ones and a file of the machine."""
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"?>", b"?>" + bomb, 1).replace(b"<w:t>", b"<w:t>&b;&x;", 1)
            new.writestr(name, data)
    return out.getvalue()


def _wide(cells: int = 20_000) -> bytes:
    """A row of cells each of which says that it spans millions of columns."""
    return b"<table><tr>" + b"<td colspan=9999999>1" * cells


def _noise() -> bytes:
    return random.Random(7).randbytes(200_000)


#: what it is → its name and its bytes; `Files` below are made by hand
BYTES: dict[str, tuple[str | bytes, Callable[[], bytes]]] = {
    "a good page": ("good.txt", lambda: PAGE.encode()),
    "another of the same stem": ("sub/good.txt", lambda: PAGE.replace("2163", "2164").encode()),
    "an empty file": ("empty.txt", lambda: b""),
    "a page of blanks": ("blank.txt", lambda: b" \n\t\n" * 100),
    "random bytes": ("noise.txt", _noise),
    "a program": ("program.txt", lambda: b"\x7fELF" + bytes(range(256)) * 400),
    "NUL bytes in a page": ("nul.txt", lambda: (PAGE * 9 + "\0" + PAGE).encode()),
    "a page cut inside a character": ("cut.txt", lambda: PAGE.encode()[:-1]),
    "a few broken bytes in a long page": ("broken.txt", lambda: (PAGE * 30).encode() + b"\xff\xfe\xff" + (PAGE * 30).encode()),
    "digits without end": ("digits.txt", lambda: b"1" * MB),
    "a million brackets": ("brackets.txt", lambda: ("（" * MB).encode()),
    "100,000 nested elements": ("deep.html", lambda: b"<html><body>" + b"<div>" * 100_000 + PAGE.encode()),
    "a table of a million columns": ("wide.html", _wide),
    "script and markup": ("script.html", lambda: f"<html><script>alert(1)</script><p onclick=x()>{PAGE}<img src=x onerror=y()>".encode()),
    "a page that is a Word file": ("word.html", lambda: making.docx(making.report())),
    "a Word file cut short": ("cut.docx", lambda: making.docx(making.report())[:9000]),
    "entities in a Word file": ("entities.docx", lambda: _entities(making.docx(making.report()))),
    "a Word file with a password": ("locked.docx", _locked_office),
    "a Word bomb": ("bomb.docx", lambda: _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * (300 * MB)})),
    "an OFD bomb": ("bomb.ofd", lambda: making.ofd_of(making.ofd_page(" " * (30 * MB)))),
    "an OFD file cut short": ("cut.ofd", lambda: making.ofd(making.report())[:4000]),
    "an OFD file with a password": ("locked.ofd", lambda: _marked_locked(making.ofd(making.report()))),
    "an OFD file of endless steps": ("steps.ofd", lambda: making.ofd_of(making.ofd_page(making.ofd_text(PAGE, 20, 30, DeltaX="g 999999999 2")))),
    "a PDF cut short": ("cut.pdf", lambda: making.pdf(making.report())[:5000]),
    "a scan": ("scan.pdf", _scan),
    "a PDF with a password": ("locked.pdf", _locked_pdf),
    "a zip bomb": ("bomb.zip", lambda: _zip({"a.txt": b"0" * (300 * MB)})),
    "a gzip bomb": ("bomb.txt.gz", lambda: gzip.compress(b"0" * (300 * MB))),
    "zips in zips in zips": ("nested.zip", lambda: _zip({"a.zip": _zip({"b.zip": _zip({"c.txt": PAGE.encode()})})})),
    "a member that climbs out": ("climb.zip", lambda: _zip({"../../../tmp/out.txt": PAGE.encode()})),
    "a locked member": ("locked.zip", _locked),
    "a tar with a link": ("link.tar.gz", lambda: _tar("passwd.txt", "/etc/passwd")),
    "a member named in GBK": ("gbk.zip", lambda: _zip({"年报.txt": PAGE.encode()})),
    "a name with a line end": ("two\nlines.txt", lambda: PAGE.encode()),
    "a name in GBK": ("年报.txt".encode("gb18030"), lambda: PAGE.encode()),
    "a name that is a formula": ("=cmd|calc.txt", lambda: PAGE.encode()),
    "front matter without end": ("front.md", lambda: ("---\nplace: 甲县\n" + PAGE).encode()),
    "a spreadsheet": ("sheet.xlsx", lambda: _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})),
}  # fmt: skip


def write(folder: Path, line: int = 50, wide: int = 20_000) -> Iterator[tuple[str, str]]:
    """Writes them all into a folder, one with a line of so many MB, one of so many wide cells; gives what each is and how tables name it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "line.txt").write_text("全县安定有序，" * (line * MB // 21), encoding="utf-8")
    yield f"{line} MB on one line", "line.txt"
    for what, (name, make) in BYTES.items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as stream:
            stream.write(_wide(wide) if make is _wide else make())
        told = name.decode("gb18030") if isinstance(name, bytes) else name.replace("\n", " ")
        yield what, told
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    yield "a link to its own folder", "loop"
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    yield "a link to nothing", "nowhere.txt"
    os.mkfifo(folder / "pipe.txt")
    yield "a pipe that nobody writes to", "pipe.txt"
