"""Lines of a web page less its boilerplate: menus, footers, imprints, counters and tools; the title, where it tells more."""

import re
from dataclasses import dataclass

__all__ = ["BLANK", "Line", "body", "titled"]

#: white space of HTML
BLANK = re.compile(r"[ \t\n\r\f]+")
# a line of nothing but what a page offers to do, or says of itself
_OFFERS = re.compile(
    r"^(?:您?(?:现在|当前|所在)?的?(?:所在)?位置[:：]|(?:上|下)一(?:篇|条|页)\s*[:：]|相关(?:链接|阅读|新闻|文章|信息|附件)[:：]?$|分享到|分享至|扫一扫|设为首页|加入收藏"
    r"|网站地图|返回(?:顶部|首页|列表)|您是第.{0,12}位|(?:热点|最新|推荐)(?:新闻|文章|阅读)$)"
)
_OWNER = re.compile(r"ICP\s*备|公网安备|网站标识码|版权所有|copyright|©", re.I)
_IMPRINT = re.compile(r"^(?:主办|承办|协办|运维|地址|联系|电话|邮编|邮箱|传真|技术支持|建议使用|网站支持)")
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
    kept = [line for i, line in enumerate(kept) if not (i in near and (_owner(line) or _imprint(line)))]
    text = [line for line in kept if not _offer(line)]
    return text if sum(len(line.text) for line in text) > 20 or not kept else kept


def _short(line: Line) -> bool:
    return not line.table and len(line.text) <= 120 and line.text[-1] not in "。；！"


def _offer(line: Line) -> bool:
    """Whether a line only leads elsewhere: most of it is links, and no sentence ends it."""
    return _short(line) and (bool(_OFFERS.search(line.text)) or (line.linked >= 0.6 and len(line.text) <= 60))


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
        for part in re.split(r"[_|｜]|\s[-—–]+\s?|[-—–]{1,2}(?=中国|[^-]{2,20}(?:网|门户|政府)$)", title)
        if part.strip()
    ]
    first = "".join(line.text for line in lines[:10])
    plain = [part for part in parts if not _UNTITLED.search(part) and not (len(parts) > 1 and _SITE.search(part))]
    if not plain or any(BLANK.sub("", part) in BLANK.sub("", first) for part in plain):
        return lines
    return [Line(plain[0]), *lines]
