"""Saved web pages → the text of their body: paragraphs as lines, tables as grids, menus and footers left out.

The parser is lexbor (selectolax): HTML5, and neither it nor what is here recurses, loads or expands anything.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from ..errors import ReadError
from .detect import decode
from .grid import grid

__all__ = ["html", "mhtml"]

#: white space of HTML
BLANK = re.compile(r"[ \t\n\r\f]+")
# a line of nothing but what a page offers to do, or says of itself
_OFFERS = re.compile(
    r"^(?:您?(?:现在|当前|所在)?的?(?:所在)?位置[:：]|(?:上|下)一(?:篇|条|页)\s*[:：]|相关(?:链接|阅读|新闻|文章|信息|附件)[:：]?$|分享到|分享至|扫一扫|设为首页|加入收藏"
    r"|网站地图|返回(?:顶部|首页|列表)|您是第.{0,12}位|(?:热点|最新|推荐)(?:新闻|文章|阅读)$)"
)
_OWNER = re.compile(r"ICP\s*备|公网安备|网站标识码|版权所有|copyright|©", re.I)
_IMPRINT = re.compile(
    r"^(?:主办|承办|协办|运维|地址|联系|电话|邮编|邮箱|传真|技术支持|建议使用|网站支持)"
)
_COUNTER = re.compile(r"(?:浏览|点击|阅读|访问)(?:次数|量|数|人数)?\s*[:：]\s*\d*\s*次?")
_TOOLS = re.compile(r"[【\[（(]?\s*字(?:体|号)\s*[:：]?[\s\[【]*大[\s|/\[\]【】]*中[\s|/\[\]【】]*小[\s】\]）)]*|[【\[（(]\s*(?:打印|关闭|收藏|返回|推荐|纠错)(?:本页|窗口|文章)?\s*[】\]）)]"
                    r"|打印本页|打印本文|关闭窗口|关闭本页|加入收藏|我要纠错")  # fmt: skip
_ABOUT = re.compile(r"来源|发布|时间|日期|字体|字号|打印|作者|编辑")
_UNTITLED = re.compile(r"无标题|新建|untitled|index|document|首页", re.I)
_SITE = re.compile(r"(?:网|网站|门户|平台|首页|政府|官网)$")


@dataclass(slots=True)
class Line:
    """A line of a page, and what its mark-up says of it."""

    text: str
    linked: float = 0.0  # share of its characters that are links
    chrome: bool = False  # stands in a menu or footer by the page's own mark-up
    table: bool = False


def body(lines: list[Line]) -> list[Line]:
    """The lines less menus, footers and tools; all of them where hardly anything would be left."""
    kept = [line for line in (_without_tools(line) for line in lines) if line.text]
    size = sum(len(line.text) for line in kept)
    marked = sum(len(line.text) for line in kept if line.chrome)
    if marked <= 0.5 * size:
        kept = [line for line in kept if not line.chrome]
    owners = [i for i, line in enumerate(kept) if _owner(line)]
    near = {i for at in owners for i in range(at - 6, at + 7)}
    kept = [
        line for i, line in enumerate(kept) if not (i in near and (_owner(line) or _imprint(line)))
    ]
    text = [line for line in kept if not _offer(line)]
    return text if sum(len(line.text) for line in text) > 20 or not kept else kept


def _short(line: Line) -> bool:
    return not line.table and len(line.text) <= 120 and line.text[-1] not in "。；！"


def _offer(line: Line) -> bool:
    """Whether a line only leads elsewhere: most of it is links, and no sentence ends it."""
    return _short(line) and (
        bool(_OFFERS.search(line.text)) or (line.linked >= 0.6 and len(line.text) <= 60)
    )


def _owner(line: Line) -> bool:
    return _short(line) and bool(_OWNER.search(line.text))


def _imprint(line: Line) -> bool:
    return _short(line) and bool(_IMPRINT.search(line.text))


def _without_tools(line: Line) -> Line:
    """A line less counters of visits and the page's tools, where it speaks of the page and not of the work."""
    if line.table or len(line.text) > 200 or line.text[-1] in "。；！":
        return line
    text = _TOOLS.sub(" ", line.text)
    if _ABOUT.search(line.text) or text != line.text or _COUNTER.fullmatch(text.strip()):
        text = _COUNTER.sub(" ", text)
    if text == line.text:
        return line
    text = text.strip()
    return Line(text if re.search(r"\w", text) else "", line.linked, line.chrome)


def titled(title: str, lines: list[Line]) -> list[Line]:
    """The lines with the page's title, less the site's name, before them unless one of the first says it."""
    parts = [
        part.strip()
        for part in re.split(
            r"[_|｜]|\s[-—–]+\s?|[-—–]{1,2}(?=中国|[^-]{2,20}(?:网|门户|政府)$)", title
        )
        if part.strip()
    ]
    first = "".join(line.text for line in lines[:10])
    plain = [
        part
        for part in parts
        if not _UNTITLED.search(part) and not (len(parts) > 1 and _SITE.search(part))
    ]
    if not plain or any(BLANK.sub("", part) in BLANK.sub("", first) for part in plain):
        return lines
    return [Line(plain[0]), *lines]


_BARE = re.compile(r"[\s\d.,，%％‰+\-—–－/]*")
_PROSE = 160
_CELLS = 1_000_000


@dataclass(slots=True)
class WebCell:
    """A cell with its lines, and over how many columns and rows it goes."""

    columns: int = 1
    rows: int = 1
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def spanning(cls, columns: str | None, rows: str | None) -> "WebCell":
        """An empty cell with the spans that its mark-up states, within HTML's own bounds."""
        return cls(_span(columns, 1000), _span(rows, 65534))


@dataclass(slots=True)
class WebTable:
    """A table that is being read: the lines that it stands among, its own before the first cell, its rows."""

    outer: list[Line]
    before: list[Line] = field(default_factory=list)
    rows: list[list[WebCell]] = field(default_factory=list)


def _span(stated: str | None, most: int) -> int:
    return (
        min(int(stated), most)
        if stated and stated.isdecimal() and len(stated) < 9 and int(stated)
        else 1
    )


def rendered(table: WebTable, chrome: bool) -> list[Line]:
    """A table's lines: a grid, or one after the other where it lays out the page."""
    cells = [cell for row in table.rows for cell in row]
    lines = [line for cell in cells for line in cell.lines]
    size = sum(len(line.text) for line in lines)
    linked = sum(line.linked * len(line.text) for line in lines) > 0.5 * size
    prose = any(sum(len(line.text) for line in cell.lines) > _PROSE for cell in cells)
    # one row with a cell of several sentences: a menu beside the text
    prose = prose or (
        len(table.rows) == 1
        and any(len(c.lines) > 1 and any("。" in x.text for x in c.lines) for c in cells)
    )
    if (
        linked
        or prose
        or any(line.table for line in lines)
        or max(map(len, table.rows), default=0) < 2
    ):
        return table.before + lines
    rows, above, below = _expanded(table)
    text = grid(rows)
    return [
        *table.before,
        *map(Line, above),
        *([Line(text, chrome=chrome, table=True)] if text else []),
        *map(Line, below),
    ]


def _expanded(table: WebTable) -> tuple[list[list[str]], list[str], list[str]]:
    """The cells with their spans filled, and what stands over or under them across the whole width."""
    given = [row for row in table.rows if row]
    spans = (
        sum(cell.columns * min(cell.rows, len(given)) for row in given for cell in row) <= _CELLS
    )
    rows: list[list[str]] = []
    wide: list[bool] = []
    pending: dict[int, tuple[int, str]] = {}  # column → rows still to fill, words to fill them with
    for number, row in enumerate(given):
        line: list[str] = []
        waiting = deque(row)
        while waiting or len(line) in pending:
            if len(line) in pending:
                left, words = pending.pop(at := len(line))
                if left > 1:
                    pending[at] = (left - 1, words)
                line.append(words)
                continue
            cell = waiting.popleft()
            text = _joined(cell)
            again = "" if _BARE.fullmatch(text) or (len(row) == 1 and not line) else text
            columns, deep = (cell.columns, min(cell.rows, len(given) - number)) if spans else (1, 1)
            for i in range(columns):
                if deep > 1:
                    pending[len(line)] = (deep - 1, again)
                line.append(again if i else text)
        rows.append(line)
        wide.append(sum(map(bool, line)) == 1 and (len(row) == 1 or bool(line[0])) and len(row) < 3)
    width = max(map(len, rows), default=0)
    wide = [
        w and bool(row[0]) and (given[i][0].columns >= width > 1)
        for i, (w, row) in enumerate(zip(wide, rows, strict=True))
    ]
    top = next((i for i, w in enumerate(wide) if not w), len(rows))
    end = len(rows) - next((i for i, w in enumerate(reversed(wide)) if not w), 0)
    filled = [row + [""] * (width - len(row)) for row in rows[top:end]]
    return filled, [row[0] for row in rows[:top]], [row[0] for row in rows[max(top, end) :]]


def _joined(cell: WebCell) -> str:
    """A cell's lines as one; two numbers under each other stay two."""
    text = ""
    for line in cell.lines:
        if text and text[-1].isdigit() and line.text[0].isdigit():
            text += "；"
        elif text and (text[-1].isascii() or line.text[0].isascii()):
            text += " "
        text += line.text
    return text


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
        raise ReadError(
            name, "web pages need selectolax", 'pip install "qz-analysis[files]"'
        ) from None
    stated = _CHARSET.search(data[:8192])
    text = decode(data, name, hint or (stated[1].decode() if stated else ""))
    _bounded(text, name)
    walk = _Walk()
    root = LexborHTMLParser(text).root
    walk.over(root)
    lines = body(walk.out)
    if not lines:
        raise ReadError(
            name,
            "the page holds no text of its own",
            "open it in a browser, select its text and save that as .txt",
        )
    return _written(titled(BLANK.sub(" ", "".join(walk.title)).strip(), lines))


def mhtml(data: bytes, name: str = "the page") -> str:
    """Text of a web page saved as one file (.mht, .mhtml): that of its first part with any.

    Raises:
        ReadError: no part is a page with text.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    parts = [
        part
        for part in message.walk()
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    ]
    for part in parts:
        content = part.get_payload(decode=True)
        try:
            return html(
                content if isinstance(content, bytes) else b"",
                name,
                part.get_content_charset("") or "",
            )
        except ReadError as error:
            if part is parts[-1]:
                raise error from None
    plain = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    content = plain.get_payload(decode=True) if plain else None
    if not isinstance(content, bytes) or not content.strip():
        raise ReadError(
            name, "the saved page holds no text", "save it anew from the browser, as .html"
        )
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
        if (
            not m[1] and text.find(">", at, at + _LONG) < 0
        ):  # attributes are compared each with each
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
                name,
                "its elements are nested too deep, or one has too many attributes",
                "save the page's text as .txt",
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
        return tag not in {"html", "body"} and (
            "hidden" in given or bool(_HIDDEN.search(given.get("style") or ""))
        )

    def _enter(self, node: Any, tag: str) -> tuple[bool, bool]:
        given = node.attributes if tag not in {"br", "tr", "tbody"} else {}
        link = tag == "a" and bool(given.get("href"))
        words = {
            word.lower()
            for key in ("class", "id")
            for word in _WORD.findall((given.get(key) or "")[:200])
        }
        chrome = tag in _CHROME_TAGS or (
            tag not in {"html", "body"} and bool(words & _CHROME_CLASSES)
        )
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
    return re.sub(
        "\n{3,}",
        "\n\n",
        "\n".join(f"\n{line.text}\n" if line.table else line.text for line in lines),
    ).strip("\n")
