"""The signs that tell the place of a report which names itself nowhere else, each sought alone."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePath

from ..model import Document, Report
from ..script import simplify
from ..vocabularies import divisions as lists
from ..vocabularies.patterns import Pattern, words
from .claim_places import TOWN
from .heads import is_paper, is_trail
from .names import (
    LEVELS,
    NEVER,
    RANKS,
    SELF,
    SPEAKS,
    Name,
    beginning,
    is_homonym,
    is_unnamed,
    level_of,
    possible,
)
from .own_place import ELSEWHERE, TITLE_TIME
from .place_codes import listed_names, name_ending

_ORDINAL = r"第?[一二三四五六七八九十百零\d]{1,3}届"
_MEETING = Pattern("places", rf"(?:{_ORDINAL}{{meetings}}|{_ORDINAL}.{{0,3}}全会)")
_OFFICE = Pattern("places", r"{government}|代?理?(?:{heads})(?!带|助理)")
_TITLE = re.compile(r"(?:(?:19|20)\d\d年度?)?(?:人民)?政府工作报告")
HEAD, BEHIND = 1500, 160
_SPLIT = re.compile(r"[^\u4e00-\u9fffA-Zx*]+|年度?")
_DASHED = re.compile(r" *[—–-]{1,4}")
# what may stand before the place that a title begins with, and a town or village there
_TITLE_HEAD = Pattern(
    "places",
    r"(?:[#\s—–◆◇■●★·《-]|【[^】\n]{1,12}】|[(][^()\n]{1,3}[)]|(?:[一二三四五六七八九十甲乙丙丁]|[A-Za-z]|\d{1,2})[、.． ]"
    r"|第?[一二三四五六七八九十\d]{1,2}[篇份则][:： ]*|关于|中共"
    r"|" + TITLE_TIME + ")*",
)
# what goes on behind the short name of a county at the head of a title: 建始法院, 丰城12345热线, 蓬溪
_COUNTY_BODY = Pattern("places", r"(?P<short>[\u4e00-\u9fff]{2,3}?)(?:{county_bodies})")
_OF_COUNTY = Pattern("places", r"$|[ :“]|12\d{3}|(?:19|20)\d\d年|(?:两级|县|市|区)?{county_bodies}")
# the path of a page within its site, and what a piece of it adds to a place
_CRUMB, _CRUMB_LINES = re.compile(r" *(?:>{1,2}|›|») *"), 3
_SITE = re.compile(r"(?:统计)?年鉴.*|两会|频道|新闻|政务|政府网?|站|要闻")
_LOWER_BODY = re.compile("全[市县区]|[市县区][委政]")
# where a clause of the opening begins, behind its time and the mark of a medium
_CLAUSE_BEGINS = Pattern(
    "places",
    r"(?:^|[\n,。:】)讯 ])[\s“]*(?:{reports.leads}|(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}日)?|[前上下]半年|[前上]?[一二三四]个?季度|今年以来|去年|今年)*,?",
)
_PLACE_FIRST, _TITLE_COLON = re.compile("【([\u4e00-\u9fff]{2,8})】"), re.compile("[:——]+")
_BODY_TITLED = re.compile("[\u4e00-\u9fff]{3,12}?[局委院]")
_ALONE = re.compile("$|[ :]")  # 随县:一面锦旗, though it is a common word, too
_MEDIUM = re.compile("(?:日报|晚报|晨报|网|电视台|电台|新闻|融媒|发布)")
# who put a page on the net: 来源:甲省民政厅
_SOURCE = Pattern("places", r"(?m)(?:{sources})[:] *(?=[\u4e00-\u9fff]{4,24})")
_PUBLIC_BODY = Pattern(
    "places",
    r"[\u4e00-\u9fff]{0,10}?{quoted}(?:(?![\u4e00-\u9fff])|(?=[\u4e00-\u9fff]{0,2}(?:时间|日期):))",
)
# what goes on behind a place whose office is quoted
_BODY = Pattern("places", r"[\u4e00-\u9fff]{0,6}?{quoted}")
_NO_SHORT = Pattern("places", "{no_short_name}")
_OFTEN = 5  # times that a short name is said before it stands for the place of a report


def by_collection(above: str, report: Report, text: str) -> Name | None:
    """The place that the title above the first of a page's reports names, for one that names none:
    甲市信访信息(两条).
    """
    if not is_unnamed(report.place):
        return None
    for line in above.split("\n")[:_CRUMB_LINES]:
        at = _TITLE_HEAD.match(line).end()  # type: ignore[union-attr]
        body = text[report.start : report.end]
        found = beginning(line, at) or _short_titled(line, at, report.level, body)
        if found and _fits(found, report.level) and not (is_trail(line) or ELSEWHERE.search(line)):
            return found
    return None


def by_paper(report: Report, text: str) -> Name | None:
    """The place of a newspaper whose name stands over the page that it printed."""
    first = text[: report.end].lstrip().split("\n", 1)[0].strip(" #")
    return by_title(replace(report, title=first), text) if is_paper(first) else None


def names_told(head: str) -> tuple[Name | None, Name | None]:
    """The places that title and opening of a report name: most often, the earlier one first."""
    found = []
    for anchors in ((_TITLE,), (_MEETING, _OFFICE)):
        ends = [m.start() for pattern in anchors for m in pattern.finditer(head)]
        names = [name for end in ends if (name := name_ending(head, end))]
        names = [n for n in names if n.listed] or names
        # the name that says most: with those of the divisions above it
        best = Counter(name.name for name in names).most_common(1)
        same = [name for name in names if best and name.name == best[0][0]]
        found.append(max(same, key=lambda name: len(name.above), default=None))
    return found[0], found[1]


def by_file(document: Document) -> Name | None:
    """The place that a file is named after, or the folder that it lies in."""
    file = PurePath((document.file or document.doc).replace("\\", "/"))
    parts = [document.doc, file.stem, *reversed(file.parts[:-1])]
    found: Name | None = None
    for part in parts:
        for piece in _SPLIT.split(part):
            name = _filed(piece) or _filed(simplify(piece)) if piece else None
            short = lists.short_named(piece) if piece and name is None else []
            if len({one.name for one in short}) == 1:
                name = Name(short[-1].name, short[-1].level, 0)
            if name is None and (m := _COUNTY_BODY.match(piece)):
                county = lists.county_named(m["short"])  # 太仓法院_2024.txt
                name = Name(county, level_of(county), 0) if county else None
            if name is None:
                continue
            if found is None or RANKS.index(name.level) > RANKS.index(found.level):
                above = (found.name,) if found else ()
                found = replace(name, above=(*above, *name.above))
            elif name.name != found.name:  # a folder above: 保定市/唐县_2020.txt
                found = replace(found, above=(name.name, *found.above))
    return found


def _filed(piece: str) -> Name | None:
    """The name at the head of a piece of a file's name; a noun that is a name, too, stands alone."""
    whole = _TITLE.sub("", piece)
    if is_homonym(whole) and lists.divisions(whole):
        return Name(whole, level_of(whole), 0)
    return beginning(piece)


def by_title(report: Report, text: str) -> Name | None:
    """The name at the head of a title or subtitle, for a report that names itself nowhere else.

    A town, which no list holds, is named so too: 宁海街道2023年度工作总结 is its own, whatever it
    says of 全区.
    """
    unnamed = is_unnamed(report.place)
    for title in (report.title, *_subtitles(report, text)):
        if ELSEWHERE.search(title):
            continue
        if unnamed and (bracketed := _by_bracket(title, report.level)):
            return bracketed
        at = _TITLE_HEAD.match(title).end()  # type: ignore[union-attr]
        found = beginning(title, at)
        levels = {report.level, ""} | levels_alike(report.level)
        if report.level == "bureau" and found and not unnamed:
            return None
        if found and (report.place in found.above or (unnamed and found.level in levels)):
            return found
        body = text[report.start : report.end]
        common = lists.name_behind(title, at) if found is None and unnamed else ""
        if common and (_ALONE.match(title, at + len(common)) or _BODY_TITLED.match(title, at)):
            return Name(common, level_of(common), at)
        behind = [m.end() for m in _TITLE_COLON.finditer(title, at)]  # 满意度:梅州多项靠前
        for place in (at, *behind) if found is None and unnamed else ():
            if short := _short_titled(title, place, report.level, body):
                return short
        if found is None and report.level != "village" and (town := _titled_town(title, at)):
            return town if unnamed or report.level != "town" else None
    return None


def _by_bracket(title: str, level: str) -> Name | None:
    """The place that stands alone in brackets before a title: 【宁夏】全区就业推进会召开."""
    m = _PLACE_FIRST.match(title)
    return (beginning(m[1]) or _short_titled(m[1], 0, level)) if m else None


def _subtitles(report: Report, text: str) -> list[str]:
    """The lines with a dash near the head of a report: ——宁河区调解中心纪实."""
    head = text[report.start : min(report.end, report.start + BEHIND)].split("\n")[:4]
    return [line for line in head if _DASHED.match(line)]


def _short_titled(title: str, at: int, level: str, text: str = "") -> Name | None:
    """A province, city or county at the head of a title by its short name: 安徽人民调解六年回顾.

    A report that speaks of itself at another level is of a place within it.
    """
    for length in (4, 3, 2):
        short = lists.short_named(title[at : at + length])
        newest = max((one.last for one in short), default=0)  # 忻州地区 is 忻州市 today
        # of 海南省 and 海南藏族自治州 the one that the report may be of
        by_age = sorted(short, key=lambda one: one.last)
        fitting = {one.name: one for one in by_age if one.level in _levels_of(one.name, level)}
        now = [one for one in fitting.values() if one.last == newest]
        # 海南 is the province; a prefecture of that name calls itself 海南州
        now = [one for one in now if one.level == "province"] or now
        if short:
            only = now[0] if len(now) == 1 else None
            if only is None or _NO_SHORT.match(title, at + length):
                return None
            return Name(only.name, only.level, at + length)
    for length in (4, 3, 2):
        if name := lists.county_named(title[at : at + length], text):
            told = _OF_COUNTY.match(title, at + length) and not is_homonym(name)
            fits = level in {"", "bureau", "county"} or (level == "city" and name.endswith("市"))
            return Name(name, "county", at + length) if told and fits else None
    return None


def _levels_of(name: str, spoken: str) -> set[str]:
    """The levels that a place of a name may have where its report speaks of itself at one: a
    municipality calls itself 全市, an autonomous region 全区.
    """
    if spoken in {"", "bureau"}:
        return {"province", "city"}
    own = {"city": name.endswith("市"), "county": name.endswith("自治区")}.get(spoken, False)
    return {spoken, "province"} if own else {spoken}


def _fits(name: Name, spoken: str) -> bool:
    """Whether a place may be that of a report which speaks of itself at a level, or at none."""
    return spoken in {"", "bureau"} or name.level in _levels_of(name.name, spoken)


def _titled_town(title: str, at: int) -> Name | None:
    """A town or village at the head of a title, known by its ending alone."""
    m = TOWN.match(title, at)
    if m is None or NEVER.search(m[0]) or not possible(m[0]):
        return None
    return Name(m[0], LEVELS[m["level"]], 0, (), False)


def levels_alike(level: str) -> set[str]:
    """Levels that a report may mean by how it speaks of itself: a county may be called 市."""
    return {"city": {"city", "county", "province"}, "": set(RANKS)}.get(level, {level})


def by_short_name(report: Report, text: str, year: int | None) -> Name | None:
    """A county that a report calls by its short name alone, time and again, in a province that it
    names: where it says 全县 and only one county of that province can be meant.
    """
    if not is_unnamed(report.place):
        return None
    body = text[report.start : report.end]
    spoken = {m[1] for m in SELF.finditer(body)} & {"县", "区", "市"}
    upper = {name for name, _ in listed_names(body) if level_of(name) in {"province", "city"}}
    if not spoken or not upper:
        return None
    counts: Counter[str] = Counter()
    for code in {one.code for name in upper for one in lists.divisions(name, year)}:
        for one in lists.below(code, year):
            if one.name[-1] in spoken and len(one.name) > 2:
                counts[one.name] = body.count(one.name[:-1])
    best = counts.most_common(2)
    if not best or best[0][1] < _OFTEN or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return None
    return Name(best[0][0], "county", 0, tuple(sorted(sorted(upper), key=level_of, reverse=True)))


def by_quote(report: Report, text: str) -> Name | None:
    """The place whose office the opening of a report quotes, where it speaks of that level as its
    own: 记者从安徽省公安厅获悉,…全省.
    """
    if not is_unnamed(report.place):
        return None
    said = {LEVELS.get(m[1], "city") for m in SPEAKS.finditer(text, report.start, report.end)}
    spoken = set().union(*(levels_alike(level) for level in said))
    opening = text[report.start : min(report.end, report.start + BEHIND)]
    found = {
        name
        for name, at in listed_names(opening)
        if level_of(name) in spoken
        and (not at or opening[at - 1] in words("places", "quoting"))
        and _BODY.match(opening, at + len(name))
    }
    return Name(name := found.pop(), level_of(name), 0) if len(found) == 1 else None


def by_source(report: Report, text: str) -> Name | None:
    """The place of the public body that a page names as its source, where the report speaks of
    itself at that level: 来源:甲省民政厅.
    """
    if not is_unnamed(report.place):
        return None
    head = max(0, report.start - BEHIND)
    for m in _SOURCE.finditer(text, head, report.end):
        name = beginning(text, m.end())
        if name and _PUBLIC_BODY.match(text, name.start):
            return name if _fits(name, report.level) else None
    return None


def by_crumbs(report: Report, text: str, alone: bool) -> Name | None:
    """The place under which a site keeps a page, where the report speaks of itself at that level:
    新闻 > 黑龙江 > 政务.
    """
    if not (alone and is_unnamed(report.place)) or report.level in RANKS[3:]:
        return None
    for line in text[: report.start + BEHIND].split("\n")[:_CRUMB_LINES]:
        for piece in _CRUMB.split(line) if len(_CRUMB.findall(line)) > 1 else ():
            bare = _SITE.sub("", piece.strip())
            full = lists.divisions(bare) or lists.short_named(bare)
            one = max(full, key=lambda one: one.last, default=None)
            if one and one.level in _levels_of(one.name, report.level):
                lower = not report.level and _LOWER_BODY.search(text, report.start, report.end)
                return None if lower else Name(one.name, one.level, 0)
    return None


def by_subject(report: Report, text: str) -> Name | None:
    """The only place of its level that a report names, where a clause of its opening begins with it:
    前三季度,甲省城镇新增就业53万人.
    """
    if not is_unnamed(report.place):
        return None
    head = text[report.start : min(report.end, report.start + HEAD)]
    named = {name for name, _ in listed_names(head)}
    for m in _CLAUSE_BEGINS.finditer(head, 0, BEHIND):
        name = beginning(head, m.end())
        if name is None or not head.startswith(name.name, name.start - len(name.name)):
            continue
        behind = head[name.start : name.start + 1]
        if _MEDIUM.match(head, name.start) or not ("\u4e00" <= behind <= "\u9fff"):
            continue
        alike = {other for other in named if level_of(other) == name.level}
        fits = _fits(name, report.level) or (report.level == "city" and name.name.endswith("市"))
        if len(alike) == 1 and fits and not ELSEWHERE.search(report.title):
            return name
        return None
    return None
