"""Clean text in, reports out: where each ends, what place it speaks of and at which level."""

import itertools
import re
from collections import Counter
from functools import cache

from ..model import Report
from ..vocabularies.divisions import county_named, divisions
from ..vocabularies.patterns import Pattern, phrases, words
from .boundaries import boundaries
from .heads import is_furniture, is_hand, is_hint, is_plate, is_title, is_trail, published, titled
from .names import LEVELS, is_named, possible
from .table_sentences import unitless_numbers

# a heading that opens another report on the same page
_HEADING = re.compile(
    r"""(?xm)^[ #]*(?:\d{1,3}、)?(?P<title>
        第[一二三四五六七八九十]{1,3}篇[:：]?[^\n。]{0,60}
        |[^\n。,]{0,24}篇[一二三四五六七八九十]{1,3}[:：]?[ ]*$
        |扩展阅读[:：][^\n]{0,60}
        |(?<=返回目录。\n)[^\n]{0,60}
    )"""
)
_COLLECTED = re.compile(r"^(?:\d+、)?(?:第[一二三四五六七八九十]+篇|扩展阅读)[:：]?")
_SELF = Pattern("reports", "{self}({own_levels})")
_MASKED = Pattern("reports", r"[x*][x*]{0,5}(?:省[x*]{1,6})?({masked_levels})")
# a name stands after a break or after one of the few words that introduce it
_NAMED = Pattern(
    "reports",
    r"""(?x)[\n\ ,。;:、()《“在由据共](?:(?<!共)|(?<=中共))
    ([\u4e00-\u9fff]{2,3}?)(社区(?!卫)|街道|[县区市镇乡](?!{level_goes_on})|村(?!{village_goes_on}))""",
)
_NO_NAME = Pattern("reports", "{in_no_name}")
# words that lead to a place are no part of its name: 居民到社区
_LINKS = re.compile("[到在的是有被将对向把让给]")
_NEVER = Pattern("places", "{never}")
# names of one character are rare (蔚县, 忠县) and look like words (富县, 强县, 邻县)
_NAMED_BY_ONE = Pattern(
    "reports",
    r"""(?x)县(?:(?<=[\n\ ,。;:、()《“在由据共][\u4e00-\u9fff]县)|(?<=\d[年月日][\u4e00-\u9fff]县))
    (?:(?<!共.县)|(?<=中共.县))
    (?!{level_goes_on}|城)""",
)
_NO_NAME_OF_ONE = Pattern("reports", "{no_name_of_one}")
_NO_PLACE = Pattern("reports", "{no_place}$")
_SIGNED = Pattern(
    "reports",
    r"(?m)^[ ]*([\u4e00-\u9fff]{2,3}([县市镇乡]|(?<!社)区))[\u4e00-\u9fff]{1,8}{bodies}[ ]*$",
)
_OFFICE = Pattern("reports", "[我本]{offices}")
_LINE = re.compile(r"[^\n]+")
_LONG_LINE = re.compile(r"。[^\n]|[^\n]{40}")
# a line that states figures is no furniture, whatever stands beside them
_FIGURE = re.compile(
    r"[\dx*](?:(?<=\d)|(?<=[x*])[x*])[万亿余多]?(?:[件批人户元宗起名条项个家所笔份例%]|平方)"
)
#: levels whose names no list holds
_SMALL = {"镇", "乡", "村", "街道", "社区"}
_HEAD_LINES, _LONGEST = 8, 60  # lines that may hold the title of a page, and characters of one
_GENRE = Pattern("reports", "{periods.account}|{boundaries.genres}")
_BUTTONS = re.compile("来源|作者|浏览")
#: a stretch shorter than this, before the first heading, introduces the page and reports nothing
_SHORT = 400
#: how far the opening of a report goes, which proves the name of its place
_OPEN = 120
# 抽调镇村干部, 协调区城管: a verb before what it governs, not a name
_VERBS = Pattern("reports", "{verbs}")
_OPENING = Pattern(
    "reports",
    r"""(?x)[\s“]*(?:{leads}|[:：,])?(?:\d{4}年度?)?(?:\d{1,2}(?:-\d{1,2})?月份?|[上下]半年|前?[一二三四]季度)?(?P<at>在(?=[\u4e00-\u9fff]{3,6},))?
    (?P<stem>[\u4e00-\u9fff]{1,3}?|[x*]{1,4})(?P<level>{subject_levels})
    (?(at)(?=,)|(?=[\u4e00-\u9fff“\d]|\Z)(?!{level_goes_on}|村))""",
)


def split(text: str) -> list[Report]:
    """The reports of a clean page in its order, site furniture left out; none in a blank text.

    >>> page = "第一篇:甲山县信访\\n甲山县全县受理9件。\\n第二篇:乙桥镇工作\\n乙桥镇全镇受理3件。"
    >>> [(r.title, r.place, r.level) for r in split(page)]
    [('甲山县信访', '甲山县', 'county'), ('乙桥镇工作', '乙桥镇', 'town')]
    """
    headings = [(m.start("title"), m["title"]) for m in _HEADING.finditer(text)]
    found = [(one.start, one.title) for one in boundaries(text)]
    headings = found if len(found) >= len(headings) else headings
    introduced = bool(headings and text[: headings[0][0]].strip())
    if headings and not introduced:
        headings[0] = (0, headings[0][1])
    else:
        headings = [(0, ""), *headings]
    bounds = [*(at for at, _ in headings), len(text)]
    reports = []
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        start, end, above = _trim(text, start, end)
        body = text[start:end]
        if not body.strip() or (number == 0 and introduced and len(body) < _SHORT):
            continue
        title = _title(headings[number][1], body)
        if above and not headings[number][1]:
            title = above
        if not is_title(title) and not headings[number][1]:
            title = _headed(text[0 if number == 0 else start : end]) or (
                "" if _is_none(title) else title
            )
        reports.append(Report(start, end, title, *place_of(body, title)))
    return reports


def _is_none(title: str) -> bool:
    """Whether a first line is the frame of its page or a part of its text."""
    framed = is_hand(title) or is_plate(title) or is_hint(title) or title.endswith(":")
    return framed or _IS_SECTION.match(title) is not None


#: a label within a text
_LABEL = re.compile("【(?!正文)[^】]{1,5}】")
#: the heading of a section is no title of a text: 一、受理概况, 四、补齐民生短板, or one without a number;
#: a numbered piece of a collection says of when or where it is
_IS_SECTION = re.compile(
    r"(?!.*(?:\d年|:))[ ]*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}、)"
    r"|[ ]*(?:1[.])?(?:总体|基本|整体|主要|工作)*(?:情况|概况|综述)[ ]*$"
)


#: what is left of the code of a page
_CODE = re.compile("-->|<!--")


def stretch(text: str, start: int, end: int) -> Report:
    """The report of a stretch that somebody says is one, whatever stands at its ends.

    >>> stretch("甲山县信访\\n甲山县全县受理9件。", 0, 16).place
    '甲山县'
    """
    title = _title("", text[start:end])
    return Report(start, end, title, *place_of(text[start:end], title))


def _trim(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The stretch without blank lines and site furniture at either end, and the title that stood
    above the line of publication.
    """
    furniture = phrases("furniture")
    lines = [m.span() for m in _LINE.finditer(text, start, end) if m[0].strip()]
    short = next((i for i, (a, b) in enumerate(lines) if b - a > 150), len(lines))
    found = [i for i, (a, b) in enumerate(lines) if furniture.search(text, a, b)]
    head = [i for i in found if i < min(short, 6)]
    # furniture among the first lines of a short page is above its text, not below it
    tail = [i for i in found if i >= len(lines) // 4 and i not in head]
    # what states figures is kept: furniture at the beginning ends before it, at the end begins
    # behind it
    while head and any(_states(text, a, b) for a, b in lines[: head[-1] + 1]):
        head.pop()
    if tail:
        back = range(len(lines) - 1, -1, -1)
        telling = next((i for i in back if _tells(text, *lines[i])), -1)
        tail = [i for i in tail if i > telling]
    first = head[-1] + 1 if head and not _HEADING.match(text, start) else 0
    # the nearest line above that may be a title
    words = (titled(text[a:b].strip(" #")) for a, b in reversed(lines[:first]))
    above = next((w for w in words if 6 <= len(w) <= 60 and not is_furniture(w)), "")
    line = text[slice(*lines[first - 1])] if first else ""
    told = bool(published(line) or _BUTTONS.search(line))
    # the first line below may be a title itself, unless the line above said when it was published
    told = told or first == len(lines) or bool(_LONG_LINE.search(text, *lines[first]))
    heads = told and not above.endswith(("。", ";", "!"))
    kept = above if heads and not furniture.search(above) else ""
    lines = lines[first : tail[0] if tail else None]
    return (lines[0][0], lines[-1][1], kept) if lines else (start, start, "")


def _states(text: str, start: int, end: int) -> bool:
    """Whether a line states figures."""
    return len(_FIGURE.findall(text, start, end)) + unitless_numbers(text, start, end) > 1


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a line states figures, or is too long to be furniture."""
    # a comment of the page's own code may repeat the figures of its title
    coded = _CODE.search(text, start, end)
    return end - start > 300 or (_states(text, start, end) and not coded)


def _title(heading: str, body: str) -> str:
    """The title of a report: its heading, or the first short line of its text."""
    lines = [line.strip(" #\t") for line in body.splitlines()[:6] if line.strip(" #\t")]
    if len(lines) > 1 and is_trail(lines[1]):  # the site's name above the way through it
        lines = lines[1:]
    lines = [titled(line) for line in lines if not is_furniture(line)]
    short = [line for line in lines if len(line) <= 40 and not line.endswith(("。", ";"))]
    own = titled(_COLLECTED.sub("", heading).strip(" #\n"))
    if "," in own:  # a separator without heading: the line is the text's own first
        own = ""
    # a collection heads all its parts alike: then the line below is the report's own title, but
    # below the name of a place
    of_place = is_named(own) or bool(county_named(own))
    if of_place and len(short) > 1 and is_title(short[1]):
        return f"{own}:{short[1]}"[:40]
    if own and (len(own) >= 8 or len(short) < 2 or of_place):
        return own[:40]
    below = short[1:] if own else short[:1] if lines and short[:1] == lines[:1] else []
    return below[0] if below else own[:40]


def _headed(body: str) -> str:
    """The title among the first lines of a page, above its first sentences: the first that says
    what kind of text it heads, else the first that may be one.
    """
    found = []
    told = (line for line in body.splitlines() if line.strip() and not is_furniture(line))
    for line in itertools.islice(told, _HEAD_LINES):
        words = titled(line.strip(" #\t"))
        if _LABEL.match(words):
            break  # the text has begun: 【概况】
        if is_hint(words):
            continue
        if len(line) > _LONGEST or "。" in line:
            break
        if is_title(words) and not _states(words, 0, len(words)):
            found.append(words[:40])
    return next((words for words in found if _GENRE.search(words)), found[0] if found else "")


def place_of(body: str, title: str = "") -> tuple[str, str]:
    """The place that a report speaks of and its level; level `bureau` for an office without place.

    The level comes from how the report speaks of itself (全县, 我镇); the name is the commonest one
    at that level.

    >>> place_of("今年以来,桥西区受理来访212批次,全区秩序好转。桥西区信访局")
    ('桥西区', 'county')
    """
    # 该镇 may be a town that was told of: it says whose a report is where nothing else does
    selves = list(_SELF.finditer(body))
    spoken = Counter(m[1] for m in selves if m[0][0] != "该") or Counter(m[1] for m in selves)
    own = spoken.most_common(1)[0][0] if spoken else ""
    level, names = LEVELS.get(own, ""), _names(body, title)
    commonest, most = names.most_common(1)[0] if names else (("", ""), 0)
    offices = _OFFICE.findall(body)
    if len(offices) > sum(spoken.values()):
        level = "" if most >= 2 else "bureau"
    fitting = [(name, count) for (name, at), count in names.most_common() if at == level]
    if most > 2 and most > 3 * (spoken[own] + (fitting[0][1] if fitting else 0)):
        fitting, level = [(commonest[0], most)], commonest[1]
    if fitting:
        # xx省xx县 says more than xx县
        name = fitting[0][0]
        return next((n for n, _ in fitting if n.endswith("省" + name)), name), level
    if level == "bureau" or (offices and not level and most < 2):
        return "", "bureau"
    if not level and most >= 2:
        return commonest
    return (f"我{own}", level) if level else ("", "")


def _names(body: str, title: str) -> Counter[tuple[str, str]]:
    """The names of places with their levels, and how often a report says them."""
    names: Counter[tuple[str, str]] = Counter()
    titled = f"\n{title}\n{title}\n{body}"  # a name in the title counts twice
    head = f"{title}\n{body[:_OPEN]}"
    spoken = {m[1] for m in _SELF.finditer(body) if m[0][0] != "该"}
    seats = tuple(words("reports", "seats"))

    @cache
    def proved(name: str) -> bool:
        """Whether a list holds it, or title, opening or the name of an office says it, or it is the
        name of a town or village in a report that speaks of itself as one (我镇).
        """
        if not possible(name):
            return False
        if divisions(name) or any(map(name.endswith, spoken & _SMALL)):
            return True
        # a county or a city is listed, or it is more than once what it seems: 新组建市烈士中心 is none
        listed = LEVELS[name[-1:]] in {"county", "city"} if name[-1:] in LEVELS else False
        opens = f"\n{name}" in f"\n{head}"
        if name in head and (not listed or opens or body.count(name) > 1):
            return True
        at = body.find(name)
        while at >= 0:
            if body.startswith(seats, at + len(name)):
                return True
            at = body.find(name, at + 1)
        return False

    for m in _MASKED.finditer(titled):
        names[m[0], LEVELS[m[1]]] += 1
    for m in _NAMED.finditer(titled):
        name = m[1] + m[2]
        if not _NO_NAME.search(m[1]) and not _NO_PLACE.search(name) and proved(name):
            names[name, LEVELS[m[2]]] += 1
    # one of one character counts when the report says it twice
    single = (titled[m.start() - 1 : m.end()] for m in _NAMED_BY_ONE.finditer(titled))
    counted = Counter(n for n in single if not _NO_NAME.search(n[0]))
    for name, count in counted.items():
        if count > 1 and not _NO_NAME_OF_ONE.search(name) and proved(name):
            names[name, "county"] += count
    for m in _SIGNED.finditer(body):  # who signs a report names its place
        if not _NO_NAME.search(m[1][:-1]):
            names[m[1], LEVELS[m[2]]] += 2
    return names


def opening_place(clause: str) -> tuple[str, str] | None:
    """Place and level that a clause names at its very start as its subject.

    >>> opening_place("马道镇建立37个产业团队"), opening_place("全镇建立37个")
    (('马道镇', 'town'), None)
    """
    m = _OPENING.match(clause)
    if (
        m is None
        or m["stem"] == "街道"  # 街道镇调解组织: of both kinds
        or _NEVER.search(m["stem"])
        or _NO_PLACE.search(m["stem"] + m["level"])
        or _VERBS.match(m["stem"])
    ):
        return None
    # a county is listed, a town need not be; its nouns are known
    listed = bool(divisions(m["stem"] + m["level"]))
    behind = clause[m.end() : m.end() + 1]
    bare = len(m["stem"]) < 2 or not behind or behind.isdigit()
    if bare and not listed and m["stem"][0] not in "x*":
        return None
    unlisted_county = (
        LEVELS[m["level"]] == "county" and not listed and not _MASKED.match(m["stem"] + m["level"])
    )
    if (
        unlisted_county
        or (not listed and _LINKS.search(m["stem"]))
        or not possible(m["stem"] + m["level"])
    ):
        return None
    return m["stem"] + m["level"], LEVELS[m["level"]]
