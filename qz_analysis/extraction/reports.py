"""Clean text → reports: where one ends and the next begins, what place each speaks of and at which level."""

import itertools
import re
from collections import Counter

from ..model import Report
from ..vocabularies.patterns import phrases

__all__ = ["LEVELS", "opening_place", "place_of", "split"]

LEVELS = {"省": "province", "市": "city", "县": "county", "区": "county", "旗": "county", "镇": "town", "乡": "town",
          "街道": "town", "街": "town", "村": "village", "社区": "village", "居": "village"}  # fmt: skip
_NUMERAL = "一二三四五六七八九十"
# a heading that opens another report on the same page
_HEADING = re.compile(
    rf"(?m)^[ #]*(?:\d{{1,3}}、)?(?P<title>第[{_NUMERAL}]{{1,3}}篇[:：]?[^\n。]{{0,60}}|[^\n。,]{{0,24}}篇[{_NUMERAL}]{{1,3}}[:：]?[ ]*$|扩展阅读[:：][^\n]{{0,60}}|(?<=返回目录。\n)[^\n]{{0,60}})"
)
_SELF = re.compile(r"(?:全|我|本|该)(县|区|市|镇|乡|村(?!民)|街道|社区)")
_MASKED = re.compile(r"[x*]{1,6}(?:省[x*]{1,6})?(街道|社区|[市县区镇乡村])")
# a name stands after a break or after one of the few words that introduce it; 县委 and 区政府 are its commonest company
_NAMED = re.compile(
    r"(?:^|(?<=[\n ,。;:、()《“])|(?<=中共)|(?<=[赴在由据]))([\u4e00-\u9fff]{2,3}?)(社区(?!卫)|[县区市镇乡](?!域|级|直|区|镇|乡|场|委会))"
)
_NO_NAME = re.compile(
    r"[全我该各本县市区镇乡的在和与到是有为个级地街所这那每某及等其将被把让给从由以内外加按照根据省社向对使着做成进新老大小多]"
    r"|统筹|行政|农村|辖|校|园|集中|中心|景|片|灾|矿|库|县城|开发|管理|自治|组织|目前"
)
# names of one character are rare (蔚县, 忠县) and look like words (富县, 强县, 邻县): one counts when the report says it twice
_ONE = re.compile(
    r"(?:^|(?<=[\n ,。;:、()《“年月日])|(?<=中共)|(?<=[赴在由据]))([\u4e00-\u9fff]县)(?!域|级|直|区|镇|乡|场|委会|城)"
)
_NO_ONE = re.compile(
    "[贫富强穷弱邻外兄先模示试产山农两三四五六七八九十百几跨出非原内别他此即并且则可能已就都也还再均共]"
)
_NO_PLACE = re.compile(r"(?:城[区乡]|山区)$")
_SIGNED = re.compile(
    r"(?m)^[ ]*([\u4e00-\u9fff]{2,3}([县区市镇乡]))[\u4e00-\u9fff]{1,8}(?:局|委|办|部|会|府|中心)[ ]*$"
)
_OFFICE = re.compile(r"(?:我|本)(?:局|院|委|办|厅|中心|单位|公司|校)")
# a line that states figures is no furniture, whatever stands beside them
_FIGURE = re.compile(r"(?:(?:\d|[x*]{2})[万亿余多]?(?:[件批人户元宗起名%\ufdd0]|平方).*?){2}")
#: a stretch shorter than this, before the first heading, introduces the page and reports nothing
_SHORT = 400


def split(text: str) -> list[Report]:
    """Separate reports of a clean page, site furniture left out.

    Args:
        text: clean text.

    Returns:
        at least one report unless the text is blank, in the order of the page.

    >>> page = "第一篇:甲山县信访工作" + chr(10) + "甲山县全县受理9件。" + chr(10) + "第二篇:乙桥镇群众工作" + chr(10) + "乙桥镇全镇受理3件。"
    >>> [(r.title, r.place, r.level) for r in split(page)]
    [('甲山县信访工作', '甲山县', 'county'), ('乙桥镇群众工作', '乙桥镇', 'town')]
    """
    headings = list(_HEADING.finditer(text))
    bounds = [0, *(m.start("title") for m in headings), len(text)]
    titles = ["", *(m["title"] for m in headings)]
    reports = []
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        start, end = _trim(text, start, end)
        body = text[start:end]
        if not body.strip() or (number == 0 and headings and len(body) < _SHORT):
            continue
        title = _title(titles[number], body)
        place, level = place_of(body, title)
        reports.append(Report(start, end, title, place, level))
    return reports


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blank lines and site furniture at either end."""
    furniture = phrases("furniture")
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    lines = [(start + a, start + b) for a, b in lines if text[start + a : start + b].strip()]
    short = next((i for i, (a, b) in enumerate(lines) if b - a > 150), len(lines))
    states = [_FIGURE.search(text, a, b) is not None for a, b in lines]
    head = [i for i, (a, b) in enumerate(lines[: min(short, 6)]) if furniture.search(text, a, b)]
    tail = [
        i for i, (a, b) in enumerate(lines) if i >= len(lines) // 4 and furniture.search(text, a, b)
    ]
    # what states figures is kept: furniture at the beginning ends before it, at the end begins behind it
    while head and any(states[: head[-1] + 1]):
        head.pop()
    while tail and (any(states[tail[0] :]) or any(b - a > 300 for a, b in lines[tail[0] :])):
        tail.pop(0)
    lines = lines[
        head[-1] + 1 if head and not _HEADING.match(text, start) else 0 : tail[0] if tail else None
    ]
    return (lines[0][0], lines[-1][1]) if lines else (start, start)


def _title(heading: str, body: str) -> str:
    lines = [line.strip(" #\t") for line in body.splitlines()[:6] if line.strip(" #\t")]
    short = [line for line in lines if len(line) <= 40 and not line.endswith(("。", ";"))]
    own = re.sub(rf"^(?:\d+、)?(?:第[{_NUMERAL}]+篇|扩展阅读)[:：]?", "", heading).strip(" #\n")
    if "," in own:  # a separator without heading: the line is the text's own first
        own = ""
    # a collection heads all its parts alike: then the line below is the report's own title
    if own and not (len(own) < 8 and len(short) > 1):
        return own[:40]
    below = short[1:] if own else short[:1] if lines and short[:1] == lines[:1] else []
    return below[0] if below else own[:40]


def place_of(body: str, title: str = "") -> tuple[str, str]:
    """Place that a report speaks of, as named, and its administrative level.

    The level comes from how the report speaks of itself (全县, 我镇); the name is the commonest one at that level.

    Args:
        body: the report's clean text.
        title: its heading.

    Returns:
        place and level; `('', 'bureau')` for an office that names no place, `('', '')` for a text without either.

    >>> place_of("今年以来,桥西区受理来访212批次,全区秩序好转。桥西区信访局")
    ('桥西区', 'county')
    """
    spoken = Counter(m[1] for m in _SELF.finditer(body))
    own = spoken.most_common(1)[0][0] if spoken else ""
    names: Counter[tuple[str, str]] = Counter()
    titled = f"{title}\n{title}\n{body}"  # a name in the title counts twice
    for m in _MASKED.finditer(titled):
        names[m[0], LEVELS[m[1]]] += 1
    for m in _NAMED.finditer(titled):
        if not _NO_NAME.search(m[1]) and not _NO_PLACE.search(m[0]):
            names[m[1] + m[2], LEVELS[m[2]]] += 1
    short = Counter(
        m[1]
        for m in _ONE.finditer(titled)
        if not _NO_NAME.search(m[1][0]) and not _NO_ONE.search(m[1])
    )
    names.update({(name, "county"): count for name, count in short.items() if count > 1})
    for m in _SIGNED.finditer(body):  # who signs a report names its place
        names[m[1], LEVELS[m[2]]] += 2
    level = LEVELS.get(own, "")
    if len(offices := _OFFICE.findall(body)) > sum(spoken.values()):
        level = "" if names and names.most_common(1)[0][1] >= 2 else "bureau"
    fitting = [pair for pair in names.most_common() if pair[0][1] == level]
    commonest = names.most_common(1)[0] if names else (("", ""), 0)
    if commonest[1] > 3 * (spoken[own] + (fitting[0][1] if fitting else 0)) and commonest[1] > 2:
        fitting = [commonest]
    if fitting:
        (name, at), _ = fitting[0]
        longer = [
            n for (n, _), _ in fitting if n.endswith("省" + name)
        ]  # xx省xx县 says more than xx县
        return (longer or [name])[0], at
    if level == "bureau" or (offices and not level and commonest[1] < 2):
        return "", "bureau"
    if not level and commonest[1] >= 2:
        return commonest[0]
    return (f"我{own}", level) if level else ("", "")


# 抽调镇村干部, 协调区城管: a verb before what it governs, not a name
_VERBS = re.compile(
    r"整合|抽调|协调|严格|要|组织|动员|发动|依托|推动|推进|带动|指导|帮助|建立|设立|召集|联合|覆盖|涉及|围绕|经济|走访"
)
_OPENING = re.compile(
    r"[\s“]*(?:其中|如|[:：,])?([\u4e00-\u9fff]{2,3}?|[x*]{1,4})(街道|社区(?!卫)|[县区镇乡])(?=[\u4e00-\u9fff“])(?!域|级|直|区|镇|乡|场|委会|村)"
)


def opening_place(clause: str) -> tuple[str, str] | None:
    """Place and level that a clause names as its subject at its very start; None when it names none.

    Args:
        clause: clean text of a clause.

    >>> opening_place("马道镇建立37个产业团队"), opening_place("全镇建立37个")
    (('马道镇', 'town'), None)
    """
    m = _OPENING.match(clause)
    if m is None or _NO_NAME.search(m[1]) or _NO_PLACE.search(m[1] + m[2]) or _VERBS.match(m[1]):
        return None
    return m[1] + m[2], LEVELS[m[2]]
