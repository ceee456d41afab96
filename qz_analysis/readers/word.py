"""Word files: paragraphs and tables in the order of the page, tables as grid lines.

.docx is read here; .doc by a program that the machine has, antiword or LibreOffice.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from ..errors import ReadError
from ..script import TO_FILL, TORN, settled
from .detect import OLE, reader, words
from .grid import Cell, lines, text_of

LARGEST = 200_000_000  # bytes of one unpacked XML part
_BOMB = 20_000_000, 250  # a part larger than this and packed tighter than this is no document
_SECONDS = 120  # for a converter
_AGAIN = "open it in Word or LibreOffice and save it again, or fetch it anew"
_LOCKED = "it is locked with a password", "open it with its password and save it without one"
# what Word wraps round runs, paragraphs, rows and cells without changing them
_WRAPPERS = words("sdt sdtContent ins moveTo customXml smartTag Choice Fallback")
_UNSEEN = words("del moveFrom delText delInstrText rPr pPr rt softHyphen sdtPr")
_SIGNS = {"tab": "\t", "ptab": "\t", "sym": TORN, "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# ½ is no 12, 10³ is no 103
_BETWEEN = {"f": "/", "sSup": "^", "sSub": "_", "sSubSup": "_", "sPre": "_", "rad": "√"}
# fields that show what no text of the file gives
_DRAWN = re.compile(r"\s*(?:EQ|SYMBOL|FORMDROPDOWN|FORMCHECKBOX|BARCODE|DISPLAYBARCODE)\b", re.I)
_FLOATS = re.compile(r"position:\s*absolute")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_POINTS = re.compile(r"[\d.]+")
# no macro runs, and nothing that the document links to is fetched
_SETTING = """<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>
"""
_SETTINGS = {
    "MacroSecurityLevel": "3",
    "DisableMacrosExecution": "true",
    "BlockUntrustedRefererLinks": "true",
}
_QUIET = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{"".join(_SETTING.format(*setting) for setting in _SETTINGS.items())}</oor:items>
"""


@reader("docx", ".docx", ".docm", part="word/")
def docx(data: bytes, name: str = "the file") -> str:
    """Text of a .docx or .docm file: paragraphs, tables and text boxes in order, notes at the end.

    Deleted text, hidden text, field codes, list numbers, headers and footers are left out.
    """
    return text_of(chain.from_iterable(parts(data, name)))


def parts(data: bytes, name: str = "the file") -> tuple[list[str], list[str]]:
    """The blocks of a Word file's text in order, and those of its notes."""
    etree = _need_lxml(name)
    if data.startswith(OLE):
        _refuse_locked(data, name)
        raise ReadError(name, "it is an old Word file with the wrong ending", "name it .doc")
    broken = zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body, notes = list(_body_of(archive, name)), list(_notes_of(archive, name))
            if not text_of([*body, *notes]) and any(
                "/media/" in inside for inside in archive.namelist()
            ):
                way_out = "run OCR on it first, for example ocrmypdf on its PDF"
                raise ReadError(name, "it holds pictures and no text", way_out)
            return body, notes
    except RecursionError:
        raise ReadError(name, "its parts are nested too deep", _AGAIN) from None
    except ReadError:
        raise
    except (*broken, NotImplementedError, ValueError):
        raise ReadError(name, "the Word file is cut short or damaged", _AGAIN) from None


@reader("doc", ".doc", ".wps", stream="WordDocument")
def doc(data: bytes, name: str = "the file") -> str:
    """Text of an old Word file (.doc), through antiword or else LibreOffice, if on the PATH.

    Antiword does not tell a merged cell's lower half from an empty cell.
    """
    if not data.startswith(OLE):
        raise ReadError(name, "it is no old Word file, or its start is damaged", _AGAIN)
    _refuse_locked(data, name)
    if "WordDocument".encode("utf-16-le") not in data:
        raise ReadError(name, "it holds no Word text, or is cut short", _AGAIN)
    if _locked(data):
        raise ReadError(name, *_LOCKED)
    _need_lxml(name)
    antiword = shutil.which("antiword")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not antiword and not office:
        way_out = (
            "install antiword (apt-get install antiword, brew install antiword) or LibreOffice"
        )
        reason = "a .doc file needs antiword or LibreOffice"
        raise ReadError(name, reason, f"{way_out}, or save it as .docx")
    with tempfile.TemporaryDirectory(prefix="qz-") as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        text = _by_antiword(antiword, source) if antiword else ""
        if not text and office:
            text = _by_office(office, source, name)
    if not text:
        known = "LibreOffice" if office else "antiword"
        reason = f"{known} finds no text in it: it is damaged, of another kind, or holds pictures"
        way_out = _AGAIN if office else "install LibreOffice, or save it as .docx"
        raise ReadError(name, reason, way_out)
    return text


def _need_lxml(name: str) -> Any:
    """The XML library, or the error that says how to come by it."""
    try:
        from lxml import etree
    except ImportError:
        way_out = 'pip install "qz-analysis[files]"'
        raise ReadError(name, "lxml, which reads Word files, is not installed", way_out) from None
    return etree


def _refuse_locked(data: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(name, *_LOCKED)


def _body_of(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Blocks of the main part."""
    main = _main(archive)
    if main not in archive.namelist():
        raise ReadError(name, "the Word file has no text part (word/document.xml)", _AGAIN)
    for child in _children(archive, main, "body", name):
        # a picture at the head of a paragraph is the mark of an item
        yield from (block.lstrip(TORN) for block in _blocks(child))


def _notes_of(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    main = _main(archive)
    for part in ("footnotes.xml", "endnotes.xml"):
        path = join(dirname(main), part)
        if path in archive.namelist():
            notes = _children(archive, path, "footnotes endnotes", name)
            yield from (f"\n{text}" for note in notes if (text := text_of(_note(note)).strip()))


def _main(archive: zipfile.ZipFile) -> str:
    """Path of the part with the text, as the file's relations give it."""
    from lxml import etree

    if "_rels/.rels" in archive.namelist() and archive.getinfo("_rels/.rels").file_size < 1_000_000:
        safe = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(archive.read("_rels/.rels"), safe)
        for relation in root.iter("{*}Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return normpath(relation.get("Target", "").lstrip("/"))
    return "word/document.xml"


def _children(archive: zipfile.ZipFile, part: str, parents: str, name: str) -> Iterator[Any]:
    """Elements right under the part's body; each is let go of when the next is asked for."""
    from lxml import etree

    info = archive.getinfo(part)
    if info.flag_bits & 1:
        raise ReadError(name, *_LOCKED)
    tight = info.file_size > _BOMB[0] and info.file_size > _BOMB[1] * info.compress_size
    if info.file_size > LARGEST or tight:
        reason = f"its text part unpacks from {info.compress_size:,} to {info.file_size:,} bytes"
        raise ReadError(name, reason, "save its parts as files of their own if it is no trap")
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    with archive.open(part) as stream:
        for _, element in etree.iterparse(stream, events=("end",), **safe):
            parent = element.getparent()
            if parent is not None and _tag_of(parent) in parents.split():
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]


def _tag_of(element: Any) -> str:
    """Name without namespace, which the strict form spells another way; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any, path: str, default: str = "") -> str | None:
    """`w:val` of the element at a path, or the default; None when there is no such element."""
    found = element.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    if found is None:
        return None
    return next((value for key, value in found.attrib.items() if key.endswith("}val")), default)


def _number(element: Any, path: str, default: int) -> int:
    value = _value(element, path) or ""
    return min(int(value), 10_000) if value.isdecimal() and len(value) < 9 else default


def _note(note: Any) -> Iterator[str]:
    if not any("eparator" in value for key, value in note.attrib.items() if key.endswith("}type")):
        for child in note:
            yield from _blocks(child)


def _unwrapped(element: Any) -> Iterator[Any]:
    """Children, and in place of a wrapper what it holds; of two versions of a drawing one."""
    for child in element:
        tag = _tag_of(child)
        if tag == "AlternateContent":
            full = (version for version in child if any(t.text for t in version.iter("{*}t")))
            yield from _unwrapped(next(full, child[:1]))
        elif tag in _WRAPPERS:
            yield from _unwrapped(child)
        elif tag not in _UNSEEN:
            yield child


def _blocks(element: Any) -> Iterator[str]:
    """Blocks of text of a paragraph, a table or a wrapper of such."""
    tag = _tag_of(element)
    if tag == "p":
        boxes: list[Any] = []
        yield settled("".join(_runs(element, boxes)))
        for box in boxes:
            for child in _unwrapped(box):
                yield from _blocks(child)
    elif tag == "tbl":
        yield from _table(element)
    elif tag in _WRAPPERS or tag == "AlternateContent":
        for child in _unwrapped([element]):
            yield from _blocks(child)


def _runs(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Text within a paragraph, however it is cut into runs; text boxes are put by."""
    last = ""
    for child in _unwrapped(element):
        tag = _tag_of(child)
        if tag == "t":
            text = child.text or ""
        elif tag in _SIGNS:
            text = _SIGNS[tag]
        elif tag == "txbxContent":
            boxes.append(child)
            continue
        elif tag in _BETWEEN:
            text = _BETWEEN[tag].join(filter(None, ("".join(_runs(part, boxes)) for part in child)))
        elif tag == "r" and _on(child, "vanish"):
            continue
        elif tag == "instrText":
            text = TORN if _DRAWN.match(child.text or "") else ""
        else:
            text = "".join(_runs(child, boxes))
            if tag in {"drawing", "pict", "object"}:
                text = "" if _floats(child) else TORN
            elif tag == "r" and text:
                text = _as_set(child, text, last.isdigit())
        last = text[-1:] or last
        yield text


def _on(run: Any, setting: str) -> bool:
    """Whether a run has a setting that is either on or off."""
    return _value(run, f"rPr/{setting}", "1") not in (None, "0", "false", "off", "none")


def _floats(drawing: Any) -> bool:
    """Whether a picture stands beside the text and not in it."""
    if any(True for _ in drawing.iter("{*}anchor")):
        return True
    return any(_FLOATS.search(shape.get("style") or "") for shape in drawing.iter("{*}shape"))


def _as_set(run: Any, text: str, digit_before: bool) -> str:
    """A run's text as it is set: struck out, a blank to fill in, above or below the line."""
    if not text.strip():
        return TO_FILL if text.strip("\n") and _on(run, "u") else text
    if _on(run, "strike") or _on(run, "dstrike"):
        return TORN
    if text[0].isdigit() and digit_before:
        place = _value(run, "rPr/vertAlign")
        moved = _value(run, "rPr/position") or "0"  # in half points, up from the line
        if not place and moved.lstrip("-").isdecimal() and int(moved):
            place = "subscript" if moved.startswith("-") else "superscript"
        return {"superscript": "^", "subscript": TORN}.get(place or "", "") + text
    return text


def _table(table: Any) -> Iterator[str]:
    cells: list[Cell] = []
    above: dict[int, Cell] = {}  # by left edge: the cell that a merged one goes on from
    nested = False
    rows = (child for child in _unwrapped(table) if _tag_of(child) == "tr")
    for row, line in enumerate(line for line in rows if line.find("{*}trPr/{*}del") is None):
        left, open_cells = _number(line, "trPr/gridBefore", 0), above
        above = {}
        for part in (child for child in _unwrapped(line) if _tag_of(child) == "tc"):
            right = left + max(_number(part, "tcPr/gridSpan", 1), 1)
            if _goes_on(part, "tcPr/vMerge") and left in open_cells:
                cell = open_cells[left]
                cell.bottom = row + 1
            elif _goes_on(part, "tcPr/hMerge") and cells and cells[-1].top == row:
                cells[-1].right = right
                left = right
                continue
            else:
                blocks = [block for child in _unwrapped(part) for block in _blocks(child)]
                nested |= any(block.startswith("\n| ") for block in blocks)
                cell = Cell(row, row + 1, left, right, blocks)
                cells.append(cell)
            above[left] = cell
            left = right
    yield from (part for cell in cells for part in cell.parts) if nested else lines(cells)


def _goes_on(cell: Any, path: str) -> bool:
    """Whether a cell only goes on a merged one."""
    return _value(cell, path, "continue") == "continue"


def _locked(data: bytes) -> bool:
    """Whether the Word stream, which begins a sector, says in its header that it is encrypted."""
    sectors = (data[at : at + 12] for at in range(512, len(data), 512))
    head = next((sector for sector in sectors if sector.startswith(b"\xec\xa5")), b"")
    return len(head) == 12 and bool(head[11] & 1)


def _by_antiword(program: str, source: Path) -> str:
    """Text from antiword's DocBook, which keeps cells and column widths; "" when there is none."""
    from lxml import etree

    made = source.with_suffix(".xml")
    if not _run([program, "-m", "UTF-8.txt", "-x", "db", str(source)], made):
        return ""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_CONTROL.sub(b"", made.read_bytes()), safe)
    except etree.XMLSyntaxError:
        return ""
    notes = list(root.iter("footnote"))
    texts = [" ".join("".join(note.itertext()).split()) for note in notes]
    for note in notes:
        note.clear(keep_tail=True)
    return text_of([*_docbook(root), *(f"\n{text}" for text in texts if text)])


def _docbook(element: Any) -> Iterator[str]:
    for child in element:
        tag = _tag_of(child)
        if tag == "informaltable":
            yield from _docbook_table(child)
        elif tag == "title" or (tag == "para" and child.find(".//informaltable") is None):
            yield "\n".join(line.strip() for line in "".join(child.itertext()).strip().splitlines())
        elif tag != "bookinfo":
            yield (child.text or "").strip()
            yield from _docbook(child)
        yield (child.tail or "").strip()


def _docbook_table(table: Any) -> Iterator[str]:
    cells, row = [], 0
    for group in table.iter("tgroup"):
        edges = [0.0]
        for column in group.iter("colspec"):
            width = _POINTS.match(column.get("colwidth", ""))
            edges.append(edges[-1] + (float(width[0]) if width else 1))
        for line in group.iter("row"):
            for left, right, entry in zip(edges, edges[1:], line.iter("entry"), strict=False):
                cells.append(Cell(row, row + 1, left, right, "".join(entry.itertext()).split("\n")))
            row += 1
    yield from lines(cells, across=2)


def _by_office(program: str, source: Path, name: str) -> str:
    """Text by way of LibreOffice's .docx; "" when it makes none."""
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_QUIET, encoding="utf-8")
    way = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(source.parent)]
    made = source.with_suffix(".docx")
    # named, or LibreOffice takes a damaged file for a plain text
    for known in ("MS Word 97", "MS Word 95"):
        command = [program, f"-env:UserInstallation={profile.as_uri()}", f"--infilter={known}"]
        command += [*way, str(source)]
        if _run(command, source.with_suffix(".log")) and made.exists():
            return docx(made.read_bytes(), name) if made.stat().st_size < LARGEST else ""
    return ""


def _run(command: list[str], output: Path) -> bool:
    """Whether a converter ends within time and size; its folder is its home, it asks nobody."""
    home = str(output.parent)
    env = {"PATH": os.environ.get("PATH", ""), "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    quiet: Any = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    with output.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, env=env, start_new_session=True, **quiet)
        try:
            for _ in range(_SECONDS * 5):
                try:
                    return process.wait(0.2) == 0
                except subprocess.TimeoutExpired:
                    if output.stat().st_size > LARGEST:
                        break
            return False
        finally:
            # LibreOffice is a script with children: the whole group goes
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
