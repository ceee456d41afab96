"""Files of word processors → text: .docx, .rtf, and .doc by a program that the machine has (antiword or LibreOffice)."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import ReadError
from .richtext import rtf
from .spans import Cell, lines, told
from .wordxml import AGAIN, LARGEST, OLE, UNLOCK, docx, need_lxml, refuse_locked, tag_of

__all__ = ["doc", "docx", "rtf"]

_SECONDS = 120  # for a converter
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_POINTS = re.compile(r"[\d.]+")
# no macro runs, and nothing that the document links to is fetched
_QUIET = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def doc(data: bytes, name: str = "the file") -> str:
    """Text of an old Word file (.doc), through antiword or else LibreOffice, whichever is on the PATH.

    Args:
        data: the file's bytes.
        name: what to call it in the message.

    Returns:
        the text as `docx` gives it; antiword does not tell a merged cell's lower half from an empty cell.

    Raises:
        ReadError: it is no old Word file, locked, damaged, or neither program is installed.
    """
    if not data.startswith(OLE):
        raise ReadError(name, "it is no old Word file, or its start is damaged", AGAIN)
    refuse_locked(data, name)
    if "WordDocument".encode("utf-16-le") not in data:
        raise ReadError(name, "it holds no Word text, or is cut short", AGAIN)
    if _locked(data):
        raise ReadError(name, "it is locked with a password", UNLOCK)
    need_lxml(name)
    antiword, office = shutil.which("antiword"), shutil.which("soffice") or shutil.which("libreoffice")
    if not antiword and not office:
        way_out = (
            "install antiword (apt-get install antiword, brew install antiword) or LibreOffice, or save it as .docx"
        )
        raise ReadError(name, "a .doc file needs antiword or LibreOffice", way_out)
    with tempfile.TemporaryDirectory(prefix="qz-") as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        text = _by_antiword(antiword, source) if antiword else ""
        if not text and office:
            text = _by_office(office, source, name)
    if not text:
        known = "LibreOffice" if office else "antiword"
        way_out = AGAIN if office else "install LibreOffice, or save it as .docx"
        raise ReadError(
            name, f"{known} finds no text in it: it is damaged, of another kind, or holds pictures", way_out
        )
    return text


def _locked(data: bytes) -> bool:
    """Whether the flag of an encrypted text stands in the header of the Word stream, which begins a sector."""
    heads = (data[at : at + 12] for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    head = next(heads, b"")
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
    return told([*_docbook(root), *(f"\n{text}" for text in texts if text)])


def _docbook(element: Any) -> Iterator[str]:
    for child in element:
        tag = tag_of(child)
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
    way = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx"]
    made = source.with_suffix(".docx")
    # named, or LibreOffice takes a damaged file for a plain text
    for known in ("MS Word 97", "MS Word 95"):
        command = [program, *way, f"--infilter={known}", "--outdir", str(source.parent), str(source)]
        if _run(command, source.with_suffix(".log")) and made.exists():
            return docx(made.read_bytes(), name) if made.stat().st_size < LARGEST else ""
    return ""


def _run(command: list[str], output: Path) -> bool:
    """Whether a converter ends well within time and size; its folder is its home, and it can ask nothing."""
    home = str(output.parent)
    env = {"PATH": os.environ.get("PATH", ""), "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    with output.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=env,
            cwd=home,
            start_new_session=True,
        )
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
