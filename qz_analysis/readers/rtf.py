"""Rich text (RTF): Chinese in escaped bytes and in \\u escapes, tables as grid lines.

It is read in one pass without recursion.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import ReadError
from ..script import TO_FILL, TORN, settled
from .detect import reader, words
from .grid import Cell, lines, text_of

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    # a raw Chinese character may end in the byte of a brace or a backslash
    rb"|((?:[^\\{}\r\n\x80-\xff]|[\x81-\xfe][\x40-\xfe]|[\x80-\xff])+)|[\r\n]+|\\"
)
_CODECS = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs"}
_CODECS |= {54936: "gb18030", 65001: "utf-8"}
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs"}
_SIGNS = {
    **{"tab": "\t", "line": "\n", "nestcell": " ", "nestrow": "\n", "bullet": "•"},
    **{"emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
}
_ENDS = {"par", "sect", "page", "column"}
# groups that hold no text of the page; those marked \* are left out unless listed as seen
_UNSEEN = words(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl"
    " footerr footerf fldinst listtext pntext sp shprslt nonesttables bkmkstart bkmkend"
    " annotation atnid atnauthor xe tc rxe txe upr template filetbl listtable listoverridetable"
    " revtbl ftnsep ftnsepc aftnsep aftnsepc"
)
_DRAWN = {"pict", "shppict", "object"}
_UNDERLINES = words("ul ulnone uld uldash uldashd uldashdd uldb ulth ulw ulwave")
_SEEN = {"shpinst", "shptxt", "footnote", "ud", "fldrslt"}
_SIGN_CHARACTERS = {b"~": "\xa0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\"}
_AGAIN = "open it in Word or LibreOffice and save it again, or fetch it anew"


class _Group(NamedTuple):
    """What holds inside a pair of braces."""

    unseen: bool = False
    hidden: bool = False
    raised: bool = False
    lowered: bool = False
    struck: bool = False
    underlined: bool = False
    note: bool = False
    fonts: bool = False
    skip: int = 1  # characters that stand in for a \u escape
    font: int = -1


@dataclass(slots=True)
class _Page:
    """What has been read so far."""

    codec: str = "gb18030"
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    charsets: dict[int, str] = field(default_factory=dict)
    raw: bytearray = field(default_factory=bytearray)  # bytes that wait for their other half
    text: list[str] = field(default_factory=list)  # of the open paragraph or cell
    notes: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)  # of the open table
    row: list[str] = field(default_factory=list)  # texts of the open row
    edges: list[tuple[int, str]] = field(default_factory=list)  # of its cells, with merge words
    left: int = 0
    merge: str = ""
    in_table: bool = False
    star: bool = False
    awaited: int = 0  # stand-in characters still to pass over

    def put(self, text: str) -> None:
        """Add text where the open group sends it."""
        self.decode()
        group = self.group
        if text and not (group.unseen or group.hidden):
            target = self.notes if group.note else self.text
            if text[0].isdigit() and target and target[-1][-1:].isdigit():
                text = f"^{text}" if group.raised else TORN + text if group.lowered else text
            # struck-out text and a blank to fill in are no text, but may stand among digits
            if group.underlined and text.strip("\n") and not text.strip():
                text = TO_FILL
            elif group.struck and text != "\n":
                text = TORN
            target.append(text)

    def taken(self) -> str:
        """The text of the open paragraph or cell, which is closed."""
        text = settled("".join(self.text))
        self.text.clear()
        return text

    def decode(self) -> None:
        """Add the bytes that wait, in the encoding of the font."""
        if self.raw:
            data = bytes(self.raw)
            self.raw.clear()
            self.put(data.decode(self.charsets.get(self.group.font, self.codec), "replace"))

    def paragraph(self) -> None:
        """Close the paragraph."""
        text = self.taken().lstrip(TORN)  # a picture there is the mark of an item
        if text.strip():
            self.table()
            self.blocks.append(text)

    def end_row(self) -> None:
        """Close the row: give its cells their edges, and join merged ones to where they began."""
        top, left = len(self.rows), self.left
        cells: list[Cell] = []
        above = {cell.left: cell for cell in self.rows[-1]} if self.rows else {}
        for at, text in enumerate(self.row):
            right, merge = self.edges[at] if at < len(self.edges) else (left + 1, "")
            right = max(right, left + 1)
            if merge == "clmrg" and cells:
                cells[-1].right = right
            elif merge == "clvmrg" and left in above:
                above[left].bottom = top + 1
                cells.append(above[left])
            else:
                cells.append(Cell(top, top + 1, left, right, text.split("\n")))
            left = right
        self.rows.append(cells)
        self.row.clear()

    def table(self) -> None:
        """Close the table."""
        if self.row:
            self.end_row()
        if self.rows:
            cells = {id(cell): cell for row in self.rows for cell in row}
            self.blocks += lines(list(cells.values()), across=30)
            self.rows.clear()

    def word(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        group = self.group
        if word in _SEEN:
            unseen = group.unseen and word != "ud"
            self.group = group._replace(unseen=unseen, note=group.note or word == "footnote")
        elif word in _UNSEEN or self.star:
            if word in _DRAWN and not (group.unseen or group.hidden):
                (self.notes if group.note else self.text).append(TORN)
            self.group = group._replace(unseen=True, fonts=word == "fonttbl")
        elif word == "ansicpg":
            other = f"cp{number}" if number in range(1250, 1259) else self.codec
            self.codec = _CODECS.get(number or 0, other)
        elif word == "fcharset" and group.fonts:
            if number in _CHARSETS:
                self.charsets[group.font] = _CHARSETS[number]
        elif word == "f" and number is not None:
            self.group = group._replace(font=number)
        elif word == "uc":
            self.group = group._replace(skip=max(number or 0, 0))
        elif word == "u" and number is not None:
            self.put(chr(number % 0x10000))
            self.awaited = group.skip
        elif word in {"v", "deleted"}:
            self.group = group._replace(hidden=number != 0)
        elif word in {"super", "sub", "nosupersub"}:
            on = number != 0
            self.group = group._replace(raised=word == "super" and on, lowered=word == "sub" and on)
        elif word in {"up", "dn"}:  # half points, 6 where no number is given
            on = number != 0
            self.group = group._replace(raised=word == "up" and on, lowered=word == "dn" and on)
        elif word in {"strike", "striked"}:
            self.group = group._replace(struck=number != 0)
        elif word in _UNDERLINES:
            self.group = group._replace(underlined=word != "ulnone" and number != 0)
        elif word == "plain":
            self.group = _Group(
                group.unseen, note=group.note, fonts=group.fonts, skip=group.skip, font=group.font
            )
        elif not group.unseen:
            self.layout(word, number)

    def layout(self, word: str, number: int | None) -> None:
        """Do what a control word of paragraphs and tables says."""
        if word in _SIGNS:
            self.put(_SIGNS[word])
        elif self.group.note:
            if word in _ENDS:
                self.put("\n")
        elif word in _ENDS:
            if self.in_table:
                self.put("\n")
            else:
                self.paragraph()
                self.table()  # an empty line between two tables keeps them apart too
        elif word == "pard":
            self.in_table = False
        elif word in {"intbl", "trowd"}:
            if not (self.row or self.in_table):
                self.paragraph()
            self.in_table |= word == "intbl"
            if word == "trowd":
                self.edges, self.left, self.merge = [], 0, ""
        elif word == "trleft":
            self.left = number or 0
        elif word in {"clmrg", "clvmrg"}:
            self.merge = word
        elif word == "cellx":
            self.edges.append((number or 0, self.merge))
            self.merge = ""
        elif word == "cell":
            self.row.append(self.taken())
        elif word == "row" and self.row:
            self.end_row()


@reader("rtf", ".rtf", detector=lambda head: head.lstrip().startswith(b"{\\rtf"))
def rtf(data: bytes, name: str = "the file") -> str:
    """Text of an RTF file: paragraphs and tables in their order, notes at the end.

    >>> rtf(rb"{\\rtf1\\ansi\\ansicpg936 \\'ca\\'dc\\'c0\\'ed 12\\u20214?\\par}")
    '受理 12件\\n'
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise ReadError(name, "it is no RTF file", _AGAIN)
    read = _Page()
    position, end = data.index(b"{"), len(data)
    token: Callable[..., re.Match[bytes] | None] = _TOKEN.match
    while position < end and (found := token(data, position)):
        position = found.end()
        word, number, escaped, sign, brace, text = found.groups()
        if word == b"bin":
            position += max(int(number or 0), 0)
        elif escaped or text:
            piece = text or bytes([int(escaped, 16)])
            passed = min(read.awaited, len(piece))
            read.awaited -= passed
            if len(piece) > passed and not (read.group.unseen or read.group.hidden):
                read.raw += piece[passed:]
        elif brace == b"{":
            read.decode()
            read.stack.append(read.group)
            read.awaited = 0
        elif brace:
            read.decode()
            read.awaited = 0
            closed, read.group = read.group, read.stack.pop()
            if closed.note and not read.group.note:
                read.notes.append("\n")
            if not read.stack:
                break
        elif word or sign == b"*":
            read.decode()
            if word:
                read.word(word.decode().lower(), int(number) if number else None)
            read.star = sign == b"*"
        elif sign in {b"\r", b"\n"}:
            read.decode()
            read.word("par", None)
        elif sign:
            read.put(_SIGN_CHARACTERS.get(sign, ""))
    read.decode()
    if read.stack and ("".join(read.text).strip() or read.row):
        raise ReadError(name, "the RTF file breaks off in the middle", _AGAIN)
    read.paragraph()
    read.table()
    notes = [f"\n{note.strip()}" for note in "".join(read.notes).split("\n") if note.strip()]
    # characters beyond the first 65,536 come as two escapes
    return (
        text_of([*read.blocks, *notes])
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )
