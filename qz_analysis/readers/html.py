"""Saved web pages: paragraphs as lines, tables as grids, menus and footers left out.

The parser is lexbor (selectolax), which follows HTML5. Neither it nor what is here recurses, loads
or expands anything.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Any

from ..errors import ReadError
from ..script import TO_FILL, TORN, settled
from ..vocabularies.patterns import Pattern
from .detect import decode, reader, words
from .grid import PROSE, fill, grid

_LEADS = Pattern("html", "^{leads_elsewhere}")
_OWNER = Pattern("html", "(?i){owner}")
_FOOTER = Pattern("html", "(?i){owner}|^{imprint}")
_VISITS = Pattern("html", r"{visited}{times}?\s*[:：]\s*\d*\s*次?")
_TOOLS = Pattern("html", "{tools}")
_ABOUT = Pattern("html", "{about_the_page}")
_UNTITLED = Pattern("html", "(?i){untitled}")
_SITE = Pattern("html", "{site}$")
_TITLE_PARTS = Pattern(
    "html", r"[_|｜]|\s[-—–]+\s?|[-—–]{1,2}(?=中国|[^-]{2,20}{site_behind_dash}$)"
)

# ---- mark-up ----

#: start tags times depth of nesting that a parser of HTML5 is let work on; real pages stay below a
#: hundredth of it
WORK = 1_000_000_000
_CELLS = 1_000_000
_LONG = 10_000
_TAG = re.compile(r"<(/?)(!--|[a-zA-Z][a-zA-Z0-9:]*)")
_RAW = {"!--": "-->", "script": "</", "style": "</", "textarea": "</"}
# these end by themselves or hold nothing, so that one without its end tag nests nothing
_CLOSING = words(
    "p li td th tr tbody thead tfoot dd dt option optgroup br img hr input meta link col wbr"
    " area base source rt rp"
)
_DROPPED = words(
    "script style template noscript select button textarea svg math iframe object audio video"
    " canvas datalist rt rp head"
)
_INLINE = words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark nobr q"
    " ruby rb s samp small span strike strong sub sup time tt u var wbr input"
)
# what shows itself and is no text, so that it may stand in the place of digits
_SHOWN = words(
    "img input embed select button textarea svg math iframe object audio video canvas script"
    " v:imagedata"
)
_STRUCK = words("s del strike")
_CHROME_TAGS = {"nav", "footer", "aside"}
_CHROME_CLASSES = words(
    "nav navbar navigation menu footer foot breadcrumb breadcrumbs crumb crumbs share related"
    " copyright sidebar pagination"
)
# front matter, and rich text that wraps a page, hold tags too
_START = re.compile(
    rb"\A(?!---|\s*\{\\rtf)(?:\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html"
    rb"|table|div|p|h[1-6]|meta|title|span|center|font|script|style|link|ul|ol|tbody|tr|br|section"
    rb"|article|main)\b|.*?<(?:html|head|body)[\s>])",
    re.S,
)
_MAIL = re.compile(rb"\A(?=.*^content-type:)(?=.*^mime-version:)\s*[\w-]+:\s", re.S | re.M)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BLANK = re.compile(r"[ \t\n\r\f]+")  # white space of HTML
_EDGE = " \u3000\xa0\u200b\ufeff"
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|(?P<gap>visibility\s*:\s*hidden)|(?:font-size|opacity)\s*:\s*0(?![.\d])",
    re.I,
)
_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top|[1-9])|position\s*:\s*relative[^\"]*top\s*:\s*-", re.I
)
_STRUCK_STYLE = re.compile("line-through", re.I)
_NOTE = re.compile(r"[\[(（〔【]?(?:\d{1,3}|[①-⑳*†‡])[\])）〕】]?")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = re.compile(r"[A-Za-z0-9０-９]$|[×xX*]\s*10$")
_BARE = re.compile(r"[\s\d.,，%％‰+\-—–－/]*")


@dataclass(slots=True)
class Line:
    """A line of a page, and what its mark-up says of it."""

    text: str
    linked: float = 0.0  # share of its characters that are links
    chrome: bool = False  # stands in a menu or footer by the page's own mark-up
    table: bool = False
    node: Any = None  # the element or the text that it begins with
    cells: Sequence[tuple[range, range, Any]] = ()  # of a table: rows, columns, and the element


@dataclass(slots=True)
class _Cell:
    """A cell with its lines, and over how many columns and rows it goes."""

    columns: int
    rows: int
    node: Any
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read: the lines around it, its own before the first cell, its rows."""

    outer: list[Line]
    node: Any
    before: list[Line] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)


@reader("mhtml", ".mhtml", ".mht", detector=_MAIL.search)
def mhtml(data: bytes, name: str = "the page") -> str:
    """Text of a web page saved as one file (.mht, .mhtml): that of its first part with any."""
    from email import message_from_bytes, policy

    # headers begin the file for the parser, whatever stands before them
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    message = message_from_bytes(data, policy=policy.compat32)
    pages = {"text/html", "application/xhtml+xml"}
    parts = [part for part in message.walk() if part.get_content_type() in pages]
    for part in parts:
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        try:
            return html(data, name, part.get_content_charset("") or "")
        except ReadError as error:
            if part is parts[-1]:
                raise error from None
    plain = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    content = plain[0].get_payload(decode=True) if plain else None
    if not isinstance(content, bytes) or not content.strip():
        way_out = "save it anew from the browser, as .html"
        raise ReadError(name, "the saved page holds no text", way_out)
    return decode(content, name)


@reader("html", ".html", ".htm", ".shtml", ".xhtml", detector=_START.search)
def html(data: bytes, name: str = "the page", hint: str = "") -> str:
    """Text of a web page's body, a paragraph a line; its title first if the body lacks it.

    The encoding that the page states, or a hint from elsewhere, is believed only where the bytes
    bear it out. A data table stands between empty lines, its caption and unit before it.

    >>> page = "<title>总结</title><p>受理<b>12</b>件<sup>1</sup>，<br>办结9件。<script>x</script>"
    >>> print(html(page.encode()))
    总结
    受理12件，
    办结9件。
    """
    lines = body_lines(data, name, hint)
    full = "\n".join(f"\n{line.text}\n" if line.table else line.text for line in lines)
    return re.sub("\n{3,}", "\n\n", full).strip("\n")


def body_lines(data: bytes, name: str = "the page", hint: str = "") -> list[Line]:
    """The lines and tables that are a page's text, each with the element that it stands in."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        way_out = 'pip install "qz-analysis[files]"'
        raise ReadError(name, "web pages need selectolax", way_out) from None
    stated = _CHARSET.search(data[:8192])
    text = decode(data, name, hint or (stated[1].decode() if stated else ""))
    _refuse_work(text, name)
    walk = _Walk()
    walk.over(LexborHTMLParser(text).root)
    lines = _body(walk.out)
    if not lines:
        way_out = "open it in a browser, select its text and save that as .txt"
        raise ReadError(name, "the page holds no text of its own", way_out)
    return _titled(_BLANK.sub(" ", "".join(walk.title)).strip(), lines)


def _refuse_work(text: str, name: str) -> None:
    """Refuse a page whose depth times length is more than the parser works off in seconds."""
    opened: Counter[str] = Counter()
    depth = deepest = tags = crowd = at = 0
    while m := _TAG.search(text, at):
        at = m.end()
        tag = m[2].lower()
        if ends := _RAW.get(tag) if not m[1] else None:  # what is in there are no tags
            if (at := text.find(ends, at)) < 0:
                break
            continue
        # attributes are compared each with each
        if not m[1] and text.find(">", at, at + _LONG) < 0:
            crowd = max(crowd, len(text[at : text.find(">", at) % (len(text) + 1)].split()))
        tags += not m[1] or tag in _CLOSING
        if tag not in _CLOSING and not m[1]:
            opened[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
        if deepest * tags > WORK or crowd**2 > WORK / 2:
            reason = "its elements are nested too deep, or one has too many attributes"
            raise ReadError(name, reason, "save the page's text as .txt")


class _Walk:
    """One way through the tree that gathers lines and tables, with a stack and no recursion."""

    def __init__(self) -> None:
        self.out: list[Line] = []
        self.title: list[str] = []
        self._pieces: list[str] = []
        self._first: Any = None  # what the line begins with
        self._linked = self._link = self._chrome = self._pre = 0
        self._tables: list[_Table] = []

    def over(self, root: Any) -> None:
        node = root
        open_: list[tuple[Any, str, bool, bool]] = []
        while node is not None:
            tag = node.tag
            if tag == "-text":
                self._text(node.text_content or "", node)
            elif tag == "head":
                self.title += [title.text() for title in node.css("title")[:1]]
            elif tag == "sup" or (tag in _INLINE and _raised(node)):
                self._superscript(node.text())
            elif tag == "sub":
                self._subscript(node.text())
            elif mark := _mark(node, tag):
                self._pieces.append(mark)
            elif not self._left_out(node, tag):
                link, chrome = self._enter(node, tag)
                if (child := node.child) is not None:
                    open_.append((node, tag, link, chrome))
                    node = child
                    continue
                self._leave(tag, link, chrome)
            while (following := node.next) is None and open_:
                node, tag, link, chrome = open_.pop()
                self._leave(tag, link, chrome)
            node = following
        self._end_line()

    @staticmethod
    def _left_out(node: Any, tag: str) -> bool:
        if not tag or tag in _DROPPED or tag.startswith(("-", "_", "!", "?")):
            return True
        if tag in {"html", "body", "br", "p"} and not node.attrs:
            return False
        given = node.attributes
        hidden = "hidden" in given or bool(_HIDDEN.search(given.get("style") or ""))
        return hidden and tag not in {"html", "body"}

    def _enter(self, node: Any, tag: str) -> tuple[bool, bool]:
        given = node.attributes if tag not in {"br", "tr", "tbody"} else {}
        link = tag == "a" and bool(given.get("href"))
        named = [(given.get(key) or "")[:200] for key in ("class", "id")]
        words = {word.lower() for text in named for word in _WORD.findall(text)}
        chrome = tag in _CHROME_TAGS or (
            tag not in {"html", "body"} and not words.isdisjoint(_CHROME_CLASSES)
        )
        self._link += link
        self._chrome += chrome
        self._pre += tag == "pre"
        if not inline(tag):
            self._end_line()
        if tag == "table":
            self._tables.append(_Table(self.out, node))
            self.out = self._tables[-1].before
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in {"td", "th"} and self._tables:
            # as many as HTML lets a cell span
            wide, high = _span(given.get("colspan"), 1000), _span(given.get("rowspan"), 65534)
            cell = _Cell(wide, high, node)
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            self._tables[-1].rows[-1].append(cell)
            self.out = cell.lines
        return link, chrome

    def _leave(self, tag: str, link: bool, chrome: bool) -> None:
        if not inline(tag):
            self._end_line()
        self._link -= link
        self._chrome -= chrome
        self._pre -= tag == "pre"
        if tag in {"td", "th"} and self._tables:
            self.out = self._tables[-1].before
        elif tag == "table":
            table = self._tables.pop()
            self.out = table.outer
            self.out += _rendered(table, bool(self._chrome))

    def _text(self, text: str, node: Any) -> None:
        if self._first is None and not text.isspace():
            self._first = node
        if self._pre and "\n" in text:
            first, *others = text.split("\n")
            self._pieces.append(first)
            for line in others:
                self._end_line()
                self._first = node
                self._pieces.append(line)
            return
        self._pieces.append(text)
        if self._link:
            self._linked += len(text.strip())

    def _superscript(self, text: str) -> None:
        """A raised number: the power of a ten or a unit stays, the mark of a footnote goes."""
        before = "".join(self._pieces[-3:]).rstrip()
        text = text.strip()
        if text.isdecimal() and text.isascii() and _RAISED.search(before):
            self._pieces.append(text.translate(_POWERS))
        elif not _NOTE.fullmatch(text):
            self._pieces.append(text)

    def _subscript(self, text: str) -> None:
        """A lowered number: behind digits it is none of them, behind letters it is text (PM2.5)."""
        behind = "".join(self._pieces[-3:])[-1:].isdigit()
        self._pieces.append(text.translate(_LOWERED) if behind else text)

    def _end_line(self) -> None:
        text = settled(_BLANK.sub(" ", "".join(self._pieces)).strip(_EDGE)).strip(_EDGE)
        if not self._tables:  # a picture at the head of a line is the mark of an item
            text = text.lstrip(TORN)
        if text:
            share = self._linked / max(1, len(text.replace(" ", "")))
            self.out.append(Line(text, share, self._chrome > 0, node=self._first))
        self._pieces.clear()
        self._first = None
        self._linked = 0


def _mark(node: Any, tag: str) -> str:
    """What an element leaves in whose place digits may stand that no text gives, else nothing.

    It is struck out, drawn, turned round, a blank to fill in or a gap.
    """
    if tag in _STRUCK:
        return TORN
    if tag in {"html", "body", "br", "p"} and not node.attrs:
        return ""
    given = node.attributes
    style = given.get("style") or ""
    if tag in _SHOWN:
        return "" if given.get("type") == "hidden" or _HIDDEN.search(style) else TORN
    if tag == "bdo" and given.get("dir") == "rtl":
        return TORN
    if style and inline(tag):
        hidden = _HIDDEN.search(style)
        if (hidden and hidden["gap"]) or _STRUCK_STYLE.search(style):
            return TORN
    if tag not in {"u", "ins", "i"} or node.text().strip():
        return ""
    if tag == "i":  # an empty <i class=…> is drawn by the style sheet
        return TORN if given.get("class") and node.child is None else ""
    return TO_FILL


def _raised(node: Any) -> bool:
    """Whether the style of an element within a line raises it as `sup` does."""
    style = node.attributes.get("style") if node.attrs else None
    return bool(style and _RAISED_STYLE.search(style))


def inline(tag: str) -> bool:
    """Whether an element stands within a line; so do Word's own, such as o:p and st1:chsdate."""
    return tag in _INLINE or ":" in tag


def _span(stated: str | None, most: int) -> int:
    given = int(stated) if stated and stated.isdecimal() and len(stated) < 9 else 1
    return min(given, most) or 1


def _rendered(table: _Table, chrome: bool) -> list[Line]:
    """A table's lines: a grid, or one after the other where it lays out the page."""
    cells = [cell for row in table.rows for cell in row]
    lines = [line for cell in cells for line in cell.lines]
    size = sum(len(line.text) for line in lines)
    linked = sum(line.linked * len(line.text) for line in lines) > 0.5 * size
    prose = any(sum(len(line.text) for line in cell.lines) > PROSE for cell in cells)
    # one row with a cell of several sentences: a menu beside the text
    several = (cell.lines for cell in cells if len(cell.lines) > 1)
    prose |= len(table.rows) == 1 and any("。" in line.text for text in several for line in text)
    narrow = max(map(len, table.rows), default=0) < 2
    if linked or prose or narrow or any(line.table for line in lines):
        for line in lines:
            line.text = line.text.lstrip(TORN) if len(line.text) > PROSE else line.text
        return table.before + lines
    rows, above, below, taken = _expanded(table)
    text = grid(rows)
    middle = [Line(text, chrome=chrome, table=True, node=table.node, cells=taken)] if text else []
    return [*table.before, *above, *middle, *below]


def _expanded(
    table: _Table,
) -> tuple[list[list[str]], list[Line], list[Line], list[tuple[range, range, Any]]]:
    """The rows with spans filled, what stands over or under them across the whole width, and which
    rows and columns of the grid each cell takes.
    """
    given = [row for row in table.rows if row]
    area = sum(cell.columns * min(cell.rows, len(given)) for row in given for cell in row)
    placed: list[tuple[range, range, str, bool]] = []
    free: dict[int, int] = {}  # by column: the row from which on it is free
    for top, row in enumerate(given):
        left = 0
        for cell in row:
            while free.get(left, 0) > top:
                left += 1
            deep, columns = (
                (min(cell.rows, len(given) - top), cell.columns) if area <= _CELLS else (1, 1)
            )
            text = _joined(cell)
            repeats = not (_BARE.fullmatch(text) or (len(row) == 1 and not left))
            wide = range(left, left + columns)
            placed.append((range(top, top + deep), wide, text, repeats))
            free |= dict.fromkeys(wide, top + deep)
            left += columns
    width = max(free, default=-1) + 1
    rows = [[""] * width for _ in given]
    for spot in placed:
        fill(rows, *spot)
    across = [
        len(row) < 3 and row[0].columns >= width > 1 and bool(words[0]) and not any(words[1:])
        for row, words in zip(given, rows, strict=True)
    ]
    top = next((i for i, whole in enumerate(across) if not whole), len(rows))
    end = len(rows) - next((i for i, whole in enumerate(reversed(across)) if not whole), 0)
    firsts = [Line(row[0], node=line[0].node) for row, line in zip(rows, given, strict=True)]
    # a row without words is none of the grid
    before = [*accumulate((any(map(str.strip, row)) for row in rows[top:end]), initial=0)]
    before = [0] * top + before + before[-1:] * (len(rows) - end)
    taken = [
        (range(before[high.start], before[high.stop]), wide, cell.node)
        for (high, wide, *_), cell in zip(placed, chain.from_iterable(given), strict=True)
    ]
    return rows[top:end], firsts[:top], firsts[max(top, end) :], taken


def _joined(cell: _Cell) -> str:
    """A cell's lines as one; two numbers under each other stay two."""
    text = ""
    for line in cell.lines:
        if text and text[-1].isdigit() and line.text[0].isdigit():
            text += "；"
        elif text and (text[-1].isascii() or line.text[0].isascii()):
            text += " "
        text += line.text
    return text


def _body(lines: list[Line]) -> list[Line]:
    """The lines less menus, footers and tools; all of them where hardly anything would be left."""
    kept = [line for line in map(_without_tools, lines) if line.text]
    size = sum(len(line.text) for line in kept)
    marked = sum(len(line.text) for line in kept if line.chrome)
    if marked <= 0.5 * size:
        kept = [line for line in kept if not line.chrome]
    owners = [i for i, line in enumerate(kept) if _short(line) and _OWNER.search(line.text)]
    near = {i for at in owners for i in range(at - 6, at + 7)}
    foot = (i in near and _short(line) and _FOOTER.search(line.text) for i, line in enumerate(kept))
    kept = [line for line, gone in zip(kept, foot, strict=True) if not gone]
    text = [line for line in kept if not _leads_elsewhere(line)]
    return text if sum(len(line.text) for line in text) > 20 or not kept else kept


def _short(line: Line) -> bool:
    return not line.table and len(line.text) <= 120 and line.text[-1] not in "。；！"


def _leads_elsewhere(line: Line) -> bool:
    """Whether most of a line is links and no sentence ends it, or its words say so."""
    links = line.linked >= 0.6 and len(line.text) <= 60
    return _short(line) and (links or bool(_LEADS.search(line.text)))


def _without_tools(line: Line) -> Line:
    """A line less the page's tools and counters of visits, where it speaks of the page."""
    if line.table or len(line.text) > 200 or line.text[-1] in "。；！":
        return line
    text = _TOOLS.sub(" ", line.text)
    if _ABOUT.search(line.text) or text != line.text or _VISITS.fullmatch(text.strip()):
        text = _VISITS.sub(" ", text)
    if text == line.text:
        return line
    text = text.strip()
    return replace(line, text=text if re.search(r"\w", text) else "")


def _titled(title: str, lines: list[Line]) -> list[Line]:
    """The lines with the page's title before them, less the site's name, unless they say it."""
    plain = title_parts(title)
    first = "".join(line.text for line in lines[:10])
    if not plain or any(_BLANK.sub("", part) in _BLANK.sub("", first) for part in plain):
        return lines
    return [Line(plain[0]), *lines]


def title_parts(title: str) -> list[str]:
    """The parts of a page's title less the site's name.

    >>> title_parts("唐县政府工作报告_唐县人民政府网")
    ['唐县政府工作报告']
    """
    parts = [part.strip() for part in _TITLE_PARTS.split(title) if part.strip()]
    named = [part for part in parts if not _UNTITLED.search(part)]
    return [part for part in named if len(parts) < 2 or not _SITE.search(part)]
