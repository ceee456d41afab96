"""Saved web pages → the text of their body: paragraphs as lines, tables as grids, menus and footers left out.

The parser is lexbor (selectolax): HTML5, and neither it nor what is here recurses, loads or expands anything.
"""

import re
from collections import Counter
from email import message_from_bytes, policy
from typing import Any

from ..errors import ReadError
from .boilerplate import BLANK, Line, body, titled
from .sniffing import decode
from .webtables import WebCell, WebTable, rendered

__all__ = ["html", "mhtml"]

#: start tags times depth of nesting that a parser of HTML5 is let work on; real pages stay below a hundredth of it
WORK = 1_000_000_000
_TAG = re.compile(r"<(/?)(!--|[a-zA-Z][a-zA-Z0-9:]*)")
_RAW = {"!--": "-->", "script": "</", "style": "</", "textarea": "</"}
_LONG = 10_000
# these end by themselves or hold nothing, so that one without its end tag nests nothing
_CLOSING = {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option", "optgroup", "br", "img",
            "hr", "input", "meta", "link", "col", "wbr", "area", "base", "source", "rt", "rp"}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DROPPED = {"script", "style", "template", "noscript", "select", "button", "textarea", "svg", "math", "iframe",
            "object", "audio", "video", "canvas", "datalist", "rt", "rp", "head"}  # fmt: skip
_INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
           "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong",
           "sub", "sup", "time", "tt", "u", "var", "wbr", "input"}  # fmt: skip
_CHROME_TAGS = {"nav", "footer", "aside"}
_CHROME_CLASSES = {"nav", "navbar", "navigation", "menu", "footer", "foot", "breadcrumb", "breadcrumbs", "crumb",
                   "crumbs", "share", "related", "copyright", "sidebar", "pagination"}  # fmt: skip
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NOTE = re.compile(r"[\[(（〔【]?(?:\d{1,3}|[①-⑳*†‡])[\])）〕】]?")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = re.compile(r"[A-Za-z]$|[×xX*]\s*10$")


def html(data: bytes, name: str = "the page", hint: str = "") -> str:
    """Text of a web page's body, one paragraph a line; its title first when the body does not begin with it.

    Args:
        data: the page's bytes; the encoding that it states is believed only where the bytes bear it out.
        name: what to call it in messages.
        hint: an encoding stated elsewhere, such as in the head of a mail.

    Returns:
        lines; a data table stands between empty lines as `grids.grid` writes it, its caption and unit before it.

    Raises:
        ReadError: the parser is missing, the page holds no text, or its nesting would keep the parser busy for minutes.

    >>> print(html("<title>总结</title><p>受理<b>12</b>件<sup>1</sup>，<br>办结9件。<script>x</script>".encode()))
    总结
    受理12件，
    办结9件。
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise ReadError(name, "web pages need selectolax", 'pip install "qz-analysis[files]"') from None
    stated = _CHARSET.search(data[:8192])
    text = decode(data, name, hint or (stated[1].decode() if stated else ""))
    _bounded(text, name)
    walk = _Walk()
    root = LexborHTMLParser(text).root
    walk.over(root)
    lines = body(walk.out)
    if not lines:
        raise ReadError(
            name, "the page holds no text of its own", "open it in a browser, select its text and save that as .txt"
        )
    return _written(titled(BLANK.sub(" ", "".join(walk.title)).strip(), lines))


def mhtml(data: bytes, name: str = "the page") -> str:
    """Text of a web page saved as one file (.mht, .mhtml): that of its first part with any.

    Raises:
        ReadError: no part is a page with text.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    for part in parts:
        content = part.get_payload(decode=True)
        try:
            return html(content if isinstance(content, bytes) else b"", name, part.get_content_charset("") or "")
        except ReadError as error:
            if part is parts[-1]:
                raise error from None
    plain = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    content = plain.get_payload(decode=True) if plain else None
    if not isinstance(content, bytes) or not content.strip():
        raise ReadError(name, "the saved page holds no text", "save it anew from the browser, as .html")
    return decode(content, name)


def _bounded(text: str, name: str) -> None:
    """Raises where depth times length is more than the parser does in seconds: its time grows with their product."""
    opened: Counter[str] = Counter()
    depth = deepest = tags = crowd = at = 0
    while m := _TAG.search(text, at):
        at = m.end()
        tag = m[2].lower()
        if ends := _RAW.get(tag) if not m[1] else None:  # what is in there are no tags
            if (at := text.find(ends, at)) < 0:
                break
            continue
        if not m[1] and text.find(">", at, at + _LONG) < 0:  # attributes are compared each with each
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
            raise ReadError(
                name, "its elements are nested too deep, or one has too many attributes", "save the page's text as .txt"
            )


class _Walk:
    """One way through the tree that gathers lines and tables, with a stack of its own in place of recursion."""

    def __init__(self) -> None:
        self.out: list[Line] = []
        self.title: list[str] = []
        self._pieces: list[str] = []
        self._linked = self._link = self._chrome = self._pre = 0
        self._tables: list[WebTable] = []

    def over(self, root: Any) -> None:
        node = root
        open_: list[tuple[Any, str, bool, bool]] = []
        while node is not None:
            tag = node.tag
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag == "head":
                self.title += [title.text() for title in node.css("title")[:1]]
            elif tag == "sup":
                self._superscript(node.text())
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
        return tag not in {"html", "body"} and ("hidden" in given or bool(_HIDDEN.search(given.get("style") or "")))

    def _enter(self, node: Any, tag: str) -> tuple[bool, bool]:
        given = node.attributes if tag not in {"br", "tr", "tbody"} else {}
        link = tag == "a" and bool(given.get("href"))
        words = {word.lower() for key in ("class", "id") for word in _WORD.findall((given.get(key) or "")[:200])}
        chrome = tag in _CHROME_TAGS or (tag not in {"html", "body"} and bool(words & _CHROME_CLASSES))
        self._link += link
        self._chrome += chrome
        self._pre += tag == "pre"
        if not _inline(tag):
            self._end_line()
        if tag == "table":
            self._tables.append(WebTable(self.out))
            self.out = self._tables[-1].before
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in {"td", "th"} and self._tables:
            cell = WebCell.spanning(given.get("colspan"), given.get("rowspan"))
            rows = self._tables[-1].rows or [[]]
            self._tables[-1].rows = rows
            rows[-1].append(cell)
            self.out = cell.lines
        return link, chrome

    def _leave(self, tag: str, link: bool, chrome: bool) -> None:
        if not _inline(tag):
            self._end_line()
        self._link -= link
        self._chrome -= chrome
        self._pre -= tag == "pre"
        if tag in {"td", "th"} and self._tables:
            self.out = self._tables[-1].before
        elif tag == "table":
            table = self._tables.pop()
            self.out = table.outer
            self.out += rendered(table, bool(self._chrome))

    def _text(self, text: str) -> None:
        if self._pre and "\n" in text:
            first, *others = text.split("\n")
            self._pieces.append(first)
            for line in others:
                self._end_line()
                self._pieces.append(line)
            return
        self._pieces.append(text)
        if self._link:
            self._linked += len(text.strip())

    def _superscript(self, text: str) -> None:
        """A raised number: the power of a ten or a unit stays as such, the mark of a footnote goes."""
        before = "".join(self._pieces[-3:]).rstrip()
        text = text.strip()
        if text.isdecimal() and text.isascii() and _RAISED.search(before):
            self._pieces.append(text.translate(_POWERS))
        elif not _NOTE.fullmatch(text):
            self._pieces.append(text)

    def _end_line(self) -> None:
        text = BLANK.sub(" ", "".join(self._pieces)).strip(" \u3000\xa0\u200b\ufeff")
        if text:
            share = self._linked / max(1, len(text.replace(" ", "")))
            self.out.append(Line(text, share, self._chrome > 0))
        self._pieces.clear()
        self._linked = 0


def _inline(tag: str) -> bool:
    """Whether an element stands within a line; so do Word's own, such as o:p and st1:chsdate."""
    return tag in _INLINE or ":" in tag


def _written(lines: list[Line]) -> str:
    return re.sub("\n{3,}", "\n\n", "\n".join(f"\n{line.text}\n" if line.table else line.text for line in lines)).strip(
        "\n"
    )
