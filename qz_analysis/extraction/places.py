"""Whose figure a figure is: places are known from a list or proved by the words, never guessed.

A page with its reports comes in; each report with its place, level and code goes out. Later a
claim's words come in, and the place that they speak of goes out.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from ..model import Document, Known, Report
from ..readers.sidecar import SOURCE
from ..script import simplify
from ..vocabularies import divisions as lists
from ..vocabularies.patterns import Pattern, words
from .clean import Clean
from .heads import is_paper, is_trail
from .names import (
    LEVELS,
    MASK,
    NEVER,
    RANKS,
    Name,
    beginning,
    is_homonym,
    is_unnamed,
    level_of,
    possible,
)
from .own_place import ELSEWHERE, TITLE_TIME, OwnPlace, own_place, settled_on
from .sections import MARK, Sections, rank_of

# a name that no list holds, up to where something proves it
_UNLISTED = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6}?|[A-Z]\d?|[x*]{1,6})(?P<level>自治区|街道|社区|[省市县区旗镇乡村])"
)
_ORDINAL = r"第?[一二三四五六七八九十百零\d]{1,3}届"
_MEETING = Pattern("places", rf"(?:{_ORDINAL}{{meetings}}|{_ORDINAL}.{{0,3}}全会)")
_OFFICE = Pattern("places", r"{government}|代?理?(?:{heads})(?!带|助理)")
_TITLE = re.compile(r"(?:(?:19|20)\d\d年度?)?(?:人民)?政府工作报告")
_ADDRESS = "各位代表"
_HEAD, _BEHIND = 1500, 160
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-_. ]|$)")
_SPOKEN = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NAMED_BY = re.compile(r"[\u4e00-\u9fffA-Zx*]")
_SPLIT = re.compile(r"[^\u4e00-\u9fffA-Zx*]+|年度?")
_SELF = Pattern("reports", "[全我本]({own_levels})")
_SPEAKS = re.compile("[全我本]([省市县区旗])")
_LOWER = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道)(?:[\u4e00-\u9fff]{1,4}?(?:村|社区))?(?=[\u4e00-\u9fff\d])"
)
_NO_SUBJECT = Pattern("places", "{no_subject}")
_LEADS = Pattern("reports", r"[\s“:：,]*(?:{leads})?")
# 民营区自筹资金3000万元: a zone with a body of its own, which no list of divisions holds
_ZONE = Pattern(
    "places",
    r"[\s“:：,]*(?:{reports.leads}|(?:19|20)\d\d年|目前|今年|去年|全年|[前上下]半年|前?[一二三四]个?季度|,)*(?P<name>{zones})(?!{no_subject}|{no_zone})",
)
_WIDER = Pattern(
    "places",
    r"""(?x)(?<![于过比占居列达出较与对为向入])
    (?P<word>{wider}|全[县区])(?:的)?(?P<mean>{averages})?(?:{equals})?$""",
)
_WIDER_FIRST = Pattern(
    "places",
    r"^(?:而|同期)?(?P<word>{wider}|全[县区])[^,。]*{averages}[^,。\d于比高低]{0,8}?{equals}?$",
)
_WIDER_BASE = Pattern("places", r"[于过](?P<word>{wider}|全[县区])$")
# 高于全国的91.99%、全省的96.88%; 而全州的破案率为41.4%
_WIDER_OWNS = Pattern("places", r"(?:[于比较]|^[、和及与])(?P<word>{wider}|全[县区])的$")
_WIDER_SET_APART = Pattern("places", r"^,?而(?P<word>{wider})的[^,。;]{1,12}$")
_MEAN_BEHIND = Pattern("places", "的?{averages}")
# 高于全县平均的9.5%, 在全县15个乡镇中
_WIDER_MEAN = Pattern("places", r"(?<=[于过])(?P<word>{wider}|全[县区])(?:的)?{averages}的$")
_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}?中")
# 全县推广以后,15个乡镇: what a town tells of its county
_WIDER_SUBJECT = Pattern("places", r"^(?P<word>全[县区市])(?!{no_wider_subject})")
_BELONGS = re.compile(
    r"(?<![隶所直附下亲家])属于?(?:(?P<own>[我本][省市县区旗镇乡街村])|(?P<place>[\u4e00-\u9fffx*]{1,8}?[省市县区旗镇乡村]))"
    r"的?[\u4e00-\u9fff]{0,8}(?:\d|$)"
)
_OWN_WORDS = Pattern("places", r"{own_words}")
# 全市受理5000件, 全省办结率95%, 全市信访总量同比下降3%: what a wider place does or has
_WIDER_TELLS = Pattern(
    "places",
    r"""(?x)^(?:{reports.leads}|而|同期|目前|今年以来|今年|去年|全年|(?:19|20)\d\d年)*
    (?P<word>{wider}|{wider_also})(?!{honours}|{no_wider_subject})
    (?:的)?(?:{wider_deeds}|$|[^,。;:\d]{0,14}?{wider_measures}(?:[^,。;:\d]{0,8}(?:{context.rise}|{context.fall}|{context.up}|{context.down}))?(?:{equals})?了?$
    |[^,。;:\d]{1,14}(?:{context.rise}|{context.fall}|{context.up}|{context.down})了?$)""",
)
# 全市:受理5000件, as tables are said, too
_WIDER_HEADS = Pattern(
    "places",
    r"(?:^|[,;])(?:[^,;:\d]|\d{4}年){0,8}?(?P<word>{wider}|{wider_also}|全[县区])(?::|{seen},)[^:;]*$",
)
_WIDE = Pattern("places", "{wider}|{wider_also}")
_HELD_AGAINST = Pattern("places", "^,?{held_against}")
# 以城关镇为例
_EXAMPLE = re.compile(r"(?:^|[,:])[\u4e00-\u9fff]{0,3}?以(?P<name>[\u4e00-\u9fff]{2,8})为例")
# 诸暨市的做法,该市每年: a place that was named before
_MASKED = re.compile(r"(?<![x*])[x*]{1,6}[省市县区旗镇乡](?!长)")
_THAT = re.compile(r"该(?P<level>[省市县区旗镇乡])")
# one of a list, right before its figure: 其中:甲镇5批8人次、乙村3件; 甲局(9件办结8件); | 甲镇 | 12 |
_ITEM = Pattern(
    "places",
    r"""(?x)(?:^|[、,;:(|])[ ]*(?:{item_leads}[:,]?)?[ ]*
    (?P<name>[\u4e00-\u9fff]{2,6}?(?P<level>街道|社区|[市县区旗镇乡村])|(?P<office>[\u4e00-\u9fff]{2,8}?{item_offices}))
    (?P<mark>[ ]*\||\(|:|(?=\d)|$)""",
)
_ITEM_ENDS = re.compile(r"[、,;:。)]")
_OF = re.compile(r"^(?:而|比|较|与|同|低于|高于|其中)?(?P<name>[\u4e00-\u9fff]{2,5})的$")
# 二、乔庄镇; (三)双城镇:全年受理…; 甲镇工作情况 behind a mark alone
_HEADING = Pattern(
    "places",
    r"(?P<name>(?:[\u4e00-\u9fff]{1,9}?|[A-Z]\d?|[x*]{1,6})"
    r"(?P<level>街道|社区|[市县区旗镇乡村]))(?P<rest>{told_of})?[ *]*(?P<end>[:。]|$|(?=\n))",
)
# 城关镇:调解纠纷30起; 城关镇。调解纠纷30起, on a line of its own without mark
_RUN_IN = re.compile(
    r"(?m)(?:^|(?<=[。;]))[ #*]*(?:[一二三四五六七八九]是)?(?=[\u4e00-\u9fffA-Zx*]{2,12}[:。][^\n])"
)
_BARE = re.compile(r"(?m)^[ #*]*(?=[\u4e00-\u9fffA-Zx*]{2,12}[:：]?[ *]*$)")
# where an item of a list of short names begins, and what behind a short name makes it a full one
_ITEM_BEGINS, _KINDS = re.compile(r"[\n。;][ |]*"), frozenset("县区市旗州盟")
# a name of two characters or three at the head of a clause, how many of them make a list, and how
# far its items reach
_SHORT_NAME, _SEVERAL, _REACH_OF_ITEM = re.compile(r"[\u4e00-\u9fff]{2,3}"), 3, 90
_UNMARKED = re.compile(r"[ #*]*")
#: a line of several sentences
_PARAGRAPH = re.compile(r"(?m)^[^\n。]+。[^\n]+$")
_NEAR_TITLE = 20  # characters in which a paragraph says that it tells of a visit
_BELOW_ALL = 9  # the rank of a place's name on a line of its own without mark
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
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?P<level>街道|社区|[镇乡村])(?=\d|[\u4e00-\u9fff]|$)")
#: sources that speak of the page itself; a title that a person gives is the report's
_OF_FILE = ("html", "word")
#: how warnings of a place begin
_OF_PLACES = ("two places", "no list holds")
_OFTEN = 5  # times that a short name is said before it stands for the place of a report


def in_own_characters(page: Clean, raw: str, body: int) -> Clean:
    """The page with names that conversion to Simplified characters changed as the raw text has them.

    >>> from qz_analysis.extraction.clean import clean
    >>> in_own_characters(clean("乾县受理3件"), "乾县受理3件", 0).text
    '乾县受理3件'
    """
    text = page.text
    for converted, own in lists.converted_names():
        if own in raw:
            for m in re.finditer(converted, text):
                start, end = page.span(m.start(), m.end())
                if raw[start + body : end + body] == own:
                    text = text[: m.start()] + own + text[m.end() :]
    return page if text is page.text else replace(page, text=text)


def located(document: Document, page: Clean, reports: list[Report]) -> list[Report]:
    """The reports with the place, level and code of each, how it is known, and what is doubtful.

    >>> from qz_analysis.extraction.clean import clean
    >>> text = "2020年唐县政府工作报告\\n各位代表:全县受理3件。"
    >>> parts = [Report(0, len(text), "", "", "")]
    >>> [(r.place, r.level, r.adcode) for r in located(Document("a", text), clean(text), parts)]
    [('唐县', 'county', '130627')]
    """
    above = page.text[: reports[0].start] if reports else ""
    return [_located(document, page, report, len(reports) == 1, above) for report in reports]


def _by_collection(above: str, report: Report, text: str) -> Name | None:
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


def _located(
    document: Document, page: Clean, report: Report, alone: bool, above_first: str = ""
) -> Report:
    text = page.text
    filed = _of_file(document) if alone else None
    head = _head(document, text, report, alone)
    year = _year(document, report, head, text[report.start : report.end])
    if document.meta.get("place"):
        within = _within(head, report.place)
        code = _code(report.place, year, within)
        return replace(report, adcode=code, place_from="document")
    titled, opened = _told(head)
    named = titled or opened
    own = OwnPlace(None) if titled else own_place(text, report)
    stated = settled_on(own, report, named)
    if named is not None and stated:
        named = stated
    warnings = list(report.warnings)
    # a place that only the title of the page's head, or one that a person gives, names
    place_from = "report" if named is None or named.name in text else "document"
    if titled and opened and not _agree(titled, opened):
        warnings.append(f"two places: {titled.name} in the title, {opened.name} in the opening")
    if filed and named and not _agree(filed, named):
        warnings.append(f"two places: {filed.name} in the file's name, {named.name} in the text")
    if named is None and filed:
        named, place_from = filed, "document"
        if possible(report.place) and lists.divisions(report.place) and filed.name != report.place:
            warnings.append(
                f"two places: {filed.name} in the file's name, {report.place} in the text"
            )
    if named is None:
        place_from = "words" if report.place else ""
        named = stated or _by_title(report, text) or _by_paper(report, text)
        named = named or _said(report, text, year)
        named = named or _quoted(report, text) or _issued(document, report, alone)
        named = named or _by_source(report, text)
        if named is None and (collected := _by_collection(above_first, report, text)):
            named, place_from = collected, "document"
        named = named or _by_subject(report, text) or _by_crumbs(report, text, alone)
    place, level, above = (
        (named.name, named.level, named.above) if named else (report.place, report.level, ())
    )
    if own.bare and not place and not level:
        place, level = f"我{own.bare}", LEVELS[own.bare]
    code = _code(place, year, above or _within(head, place))
    if lists.divisions(place) and level != "bureau":  # a county may be called 市
        one = lists.coded(code, year) or lists.coded(code)
        level = one.level if one else level_of(place)
    if report.level == "bureau" and stated is None and not (titled or opened or filed):
        level = "bureau"
    if own.office and (titled or opened or named is None or level in RANKS[:4]):
        level = "bureau"
    unnamed = place.startswith("我") or MASK.fullmatch(place)
    if place and not unnamed and level in RANKS[1:4] and not lists.divisions(place):
        warnings.append(f"no list holds {place}")
    return replace(
        report, place=place, level=level, adcode=code, place_from=place_from if place else "",
        warnings=tuple(warnings),
    )  # fmt: skip


def _by_paper(report: Report, text: str) -> Name | None:
    """The place of a newspaper whose name stands over the page that it printed."""
    first = text[: report.end].lstrip().split("\n", 1)[0].strip(" #")
    return _by_title(replace(report, title=first), text) if is_paper(first) else None


def _head(document: Document, text: str, report: Report, alone: bool) -> str:
    """The lines in which a report says whose it is; a page's own title is one of them."""
    stop = min(report.end, report.start + _HEAD)
    address = text.find(_ADDRESS, report.start, stop)
    stop = min(report.end, address + _BEHIND) if address >= 0 else stop
    head = f"{report.title}\n{text[0 if alone else report.start : stop]}"
    known = document.told("title") if alone else None
    title = simplify(known.title) if known and known.source in _OF_FILE else ""
    return head if title in head else f"{title}\n{head}"


def issued(document: Document) -> Known | None:
    """What a document itself says of who put it on the net; what a person says of who issued it is
    told with the report, and places nothing.
    """
    return next((one for one in document.known if one.issuer and one.source != SOURCE), None)


def _issued(document: Document, report: Report, alone: bool) -> Name | None:
    """The place whose government put a page on the net, where the report may be of its level."""
    known = issued(document) if alone else None
    found = beginning(simplify(known.issuer)) if known else None
    if found is None or not is_unnamed(report.place):
        return None
    return found if report.level and found.level in {report.level} | _same(report.level) else None


def settled(
    document: Document, page: Clean, report: Report, alone: bool, place: str, level: str
) -> Report:
    """A report at the place, or of the level, that a person says it is of.

    Args:
        document: the document of the report.
        page: its clean page.
        report: the report as `located` leaves it.
        alone: whether it is the only one of the document.
        place: another place than the report has; `-` for none, empty where it stays.
        level: another level than it has; `-` for none, empty for that of the place.

    >>> from qz_analysis.extraction.clean import clean
    >>> text = "2011年全县受理3件。"
    >>> one = Report(0, len(text), "", "我县", "county", place_from="words")
    >>> found = settled(Document("a", text), clean(text), one, True, "唐县", "")
    >>> found.place, found.level, found.adcode, found.place_from
    ('唐县', 'county', '130627', 'document')
    """
    if place == "-":
        report = replace(report, place="", adcode="", place_from="")
    elif place:
        report = _moved(document, page, report, alone, place)
    if level:
        report = replace(report, level=level.strip("-"))
    ranks = {one.level for one in lists.divisions(report.place)}
    if level in RANKS[1:] and ranks and level not in ranks:
        told = f"two levels: {report.place} is a {level_of(report.place)}, the sidecar says {level}"
        report = replace(report, warnings=(*report.warnings, told))
    return report


def _moved(document: Document, page: Clean, report: Report, alone: bool, place: str) -> Report:
    head = _head(document, page.text, report, alone)
    year = _year(document, report, head, page.text[report.start : report.end])
    listed, filed = beginning(place), _of_file(document) if alone else None
    whole = listed is not None and place.endswith(listed.name)  # 张家口市桥西区
    suffix = next((LEVELS[place[-n:]] for n in (2, 1) if place[-n:] in LEVELS), report.level)
    own = listed if listed and whole else Name(place, suffix, 0, (), False)
    if lists.divisions(place):  # a noun that is a name, too, stands alone here
        own = replace(own, name=place, level=level_of(place), listed=True)
    above = own.above or _within(head, own.name)
    if not above and filed and filed.name == own.name:
        above = filed.above
    code = _code(own.name, year, above)
    warnings = [told for told in report.warnings if not told.startswith(_OF_PLACES)]
    for said, where in zip(_told(head), ("title", "opening"), strict=True):
        if said and not _agree(own, said):
            warnings.append(f"two places: {place} in the sidecar, {said.name} in the {where}")
    if own.level in RANKS[1:4] and not own.listed and not MASK.fullmatch(place):
        warnings.append(f"no list holds {place}")
    one = lists.coded(code, year) or lists.coded(code)
    return replace(
        report, place=place, level=one.level if one else own.level, adcode=code,
        place_from="document", warnings=tuple(warnings),
    )  # fmt: skip


def _told(head: str) -> tuple[Name | None, Name | None]:
    """The places that title and opening of a report name: most often, the earlier one first."""
    found = []
    for anchors in ((_TITLE,), (_MEETING, _OFFICE)):
        ends = [m.start() for pattern in anchors for m in pattern.finditer(head)]
        names = [name for end in ends if (name := _ending(head, end))]
        names = [n for n in names if n.listed] or names
        # the name that says most: with those of the divisions above it
        best = Counter(name.name for name in names).most_common(1)
        same = [name for name in names if best and name.name == best[0][0]]
        found.append(max(same, key=lambda name: len(name.above), default=None))
    return found[0], found[1]


def _ending(text: str, end: int) -> Name | None:
    """The name that ends at an offset, where a break, a word before a name or one above bounds it."""
    while end and text[end - 1] in " \t":
        end -= 1
    name = lists.name_before(text, end)
    if name:
        start = end - len(name)
        upper = _ending(text, start) if start and _HAN.match(text[start - 1]) else None
        bounded = upper is not None or _bounded(text, start)
        # a name that is a common noun, too, needs a break or a word before it: 在和县, not 省和县
        plain = not is_homonym(name) or upper or _bounded(text, start, strict=True)
        if plain and (bounded or len(name) > 2):
            above = (*upper.above, upper.name) if upper and upper.listed else ()
            return Name(name, level_of(name), start, above)
    for start in range(end - 2, max(-1, end - 9), -1):  # the shortest that something bounds
        m = _UNLISTED.fullmatch(text, start, end)
        if m and _bounded(text, start) and not NEVER.search(m[0]) and possible(m[0]):
            level = "province" if m["level"] == "自治区" else LEVELS[m["level"]]
            return Name(m[0], level, start, (), False)
    return None


def _bounded(text: str, start: int, *, strict: bool = False) -> bool:
    """Whether a name may begin at an offset: behind a break or a word that introduces a name, and
    unless `strict` behind another name.
    """
    if not start or not _NAMED_BY.match(text[start - 1]):
        return True
    introduced = text.endswith(tuple(words("places", "before_name")), 0, start)
    return introduced and not (strict and text[start - 1] in LEVELS | {"州": ""})


def _of_file(document: Document) -> Name | None:
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


def _by_title(report: Report, text: str) -> Name | None:
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
        levels = {report.level, ""} | _same(report.level)
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
    head = text[report.start : min(report.end, report.start + _BEHIND)].split("\n")[:4]
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
    m = _TOWN.match(title, at)
    if m is None or NEVER.search(m[0]) or not possible(m[0]):
        return None
    return Name(m[0], LEVELS[m["level"]], 0, (), False)


def _same(level: str) -> set[str]:
    """Levels that a report may mean by how it speaks of itself: a county may be called 市."""
    return {"city": {"city", "county", "province"}, "": set(RANKS)}.get(level, {level})


def _said(report: Report, text: str, year: int | None) -> Name | None:
    """A county that a report calls by its short name alone, time and again, in a province that it
    names: where it says 全县 and only one county of that province can be meant.
    """
    if not is_unnamed(report.place):
        return None
    body = text[report.start : report.end]
    spoken = {m[1] for m in _SELF.finditer(body)} & {"县", "区", "市"}
    upper = {name for name, _ in _listed(body) if level_of(name) in {"province", "city"}}
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


def _quoted(report: Report, text: str) -> Name | None:
    """The place whose office the opening of a report quotes, where it speaks of that level as its
    own: 记者从安徽省公安厅获悉,…全省.
    """
    if not is_unnamed(report.place):
        return None
    said = {LEVELS[m[1]] for m in _SPEAKS.finditer(text, report.start, report.end)}
    spoken = set().union(*(_same(level) for level in said))
    opening = text[report.start : min(report.end, report.start + _BEHIND)]
    found = {
        name
        for name, at in _listed(opening)
        if level_of(name) in spoken
        and (not at or opening[at - 1] in words("places", "quoting"))
        and _BODY.match(opening, at + len(name))
    }
    return Name(name := found.pop(), level_of(name), 0) if len(found) == 1 else None


def _by_source(report: Report, text: str) -> Name | None:
    """The place of the public body that a page names as its source, where the report speaks of
    itself at that level: 来源:甲省民政厅.
    """
    if not is_unnamed(report.place):
        return None
    head = max(0, report.start - _BEHIND)
    for m in _SOURCE.finditer(text, head, report.end):
        name = beginning(text, m.end())
        if name and _PUBLIC_BODY.match(text, name.start):
            return name if _fits(name, report.level) else None
    return None


def _by_crumbs(report: Report, text: str, alone: bool) -> Name | None:
    """The place under which a site keeps a page, where the report speaks of itself at that level:
    新闻 > 黑龙江 > 政务.
    """
    if not (alone and is_unnamed(report.place)) or report.level in RANKS[3:]:
        return None
    for line in text[: report.start + _BEHIND].split("\n")[:_CRUMB_LINES]:
        for piece in _CRUMB.split(line) if len(_CRUMB.findall(line)) > 1 else ():
            bare = _SITE.sub("", piece.strip())
            full = lists.divisions(bare) or lists.short_named(bare)
            one = max(full, key=lambda one: one.last, default=None)
            if one and one.level in _levels_of(one.name, report.level):
                lower = not report.level and _LOWER_BODY.search(text, report.start, report.end)
                return None if lower else Name(one.name, one.level, 0)
    return None


def _by_subject(report: Report, text: str) -> Name | None:
    """The only place of its level that a report names, where a clause of its opening begins with it:
    前三季度,甲省城镇新增就业53万人.
    """
    if not is_unnamed(report.place):
        return None
    head = text[report.start : min(report.end, report.start + _HEAD)]
    named = {name for name, _ in _listed(head)}
    for m in _CLAUSE_BEGINS.finditer(head, 0, _BEHIND):
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


def _listed(text: str) -> Iterator[tuple[str, int]]:
    """The listed names of a text, with where each begins; names of one character are left out."""
    for m in re.finditer("[省市县区旗州盟]", text):
        name = lists.name_before(text, m.end())
        if len(name) > 2 and not is_homonym(name):
            yield name, m.end() - len(name)


def _agree(one: Name, other: Name) -> bool:
    """Whether two names are one place, or one place and a division above it."""
    if MASK.fullmatch(one.name) or MASK.fullmatch(other.name):
        return True
    if one.name == other.name or other.name in one.above or one.name in other.above:
        return True
    if _shortened(one.name, other.name) or _shortened(other.name, one.name):
        return True
    codes = [[d.code for d in lists.divisions(name.name)] for name in (one, other)]
    pairs = [(a, b) for a in codes[0] for b in codes[1]]
    return any(_under(a, b) or _under(b, a) for a, b in pairs)


def _shortened(name: str, full: str) -> bool:
    """Whether a name is that of an autonomous county or banner without the peoples it is of."""
    autonomous = full.endswith(("自治县", "自治旗")) and len(name) > 2
    return autonomous and name[-1] == full[-1] and full.startswith(name[:-1])


def _under(code: str, upper: str) -> bool:
    return upper in {lists.above(code, "city"), lists.above(code, "province")}


def _year(document: Document, report: Report, head: str, body: str) -> int | None:
    """The year of a report: as its head or its file's name says, else the one most spoken of."""
    for source in (report.dated, report.title, head, document.doc, document.file):
        if m := _YEAR.search(source):
            return int(m[1])
    spoken = Counter(_SPOKEN.findall(body)).most_common(1)
    return int(spoken[0][0]) if spoken else None


def _within(head: str, place: str) -> tuple[str, ...]:
    """The divisions that the head of a report names directly before its place."""
    for m in re.finditer(re.escape(place), head) if place else ():
        if (name := _ending(head, m.end())) and name.name == place and name.above:
            return name.above
    return ()


@lru_cache(4096)
def _code(place: str, year: int | None, above: tuple[str, ...]) -> str:
    """The code of a name in a year, or whenever it held, if only one can be meant."""
    for when in (year, None):
        found = lists.divisions(place, when)
        for name in above:
            uppers = {one.code for one in lists.divisions(name, when)}
            under = [one for one in found if any(_under(one.code, upper) for upper in uppers)]
            found = under or found
        codes = {one.code for one in found}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            # one place whose code changed has had one name all the time; else it is ambiguous
            return ""
    return ""


def code_in(report: Report, place: str, period: str) -> str:
    """The code of a place in the year of a claim, else in that of its report.

    >>> code_in(Report(0, 9, "", "徐水区", "county", "130609"), "徐水区", "2014")
    '130609'
    """
    return _code_then(place, period[:4], report.adcode if place == report.place else None)


@lru_cache(4096)
def _code_then(place: str, then: str, own: str | None) -> str:
    """The code of a place in a year; `own` is that of the report whose place it is."""
    year = int(then) if then.isdigit() else None
    if own is None:
        return _code(place, year, ())
    code = lists.adcode(place, year) if year and own else ""
    return code if code[:2] == own[:2] else own


def _listed_below(text: str, report: Report) -> list[tuple[int, int, dict[str, str]]]:
    """The lists of a city's or province's report in which at least three of its counties by their short
    names begin lines or sentences one behind the other: where each stands, and the full names.
    """
    codes = {one.code for one in lists.divisions(report.place) if one.code.endswith("00")}
    code = report.adcode or (codes.pop() if len(codes) == 1 else "")
    if not code.endswith("00"):
        return []
    year = int(report.dated[:4]) if report.dated[:4].isdigit() else None
    names: dict[str, set[str]] = {}
    for one in lists.below(code, year):
        stem = lists.stem(one.name)
        if len(stem) > 1 and stem != report.place[: len(stem)]:
            names.setdefault(stem, set()).add(one.name)
    grouped: list[list[_Item]] = []
    for item in _items(text, report, names):
        if not grouped or item.start - grouped[-1][-1].end > _REACH_OF_ITEM:
            grouped.append([])
        grouped[-1].append(item)
    found = []
    for items in grouped:
        full = {one.stem: min(names[one.stem]) for one in items if len(names[one.stem]) == 1}
        if len(full) >= _SEVERAL:
            found.append((items[0].start, items[-1].end + _REACH_OF_ITEM, full))
    return found


class _Item(NamedTuple):
    """A line or sentence that begins with the short name of a county, and where the name ends."""

    start: int
    end: int
    stem: str


def _items(text: str, report: Report, stems: Collection[str]) -> Iterator[_Item]:
    """The lines and sentences of a report that begin with one of some names, of several the longest.

    To look the names up takes a tenth of the time of compiling them to an expression.
    """
    opens = {stem[:2] for stem in stems}
    longest_first = sorted(stems, key=len, reverse=True)
    # a report begins as behind a line end, or behind the full stop of the one before
    page = (text[report.start - 1] if report.start else "\n") + text[report.start : report.end]
    for m in _ITEM_BEGINS.finditer(page):
        at = m.end()
        if page[at : at + 2] not in opens:
            continue
        for stem in longest_first:
            end = at + len(stem)
            if page.startswith(stem, at) and page[end : end + 1] not in _KINDS:
                yield _Item(report.start + m.start(), report.start + end - 1, stem)
                break


class Headed:
    """The places that headings of a report name: each holds for what stands below it, up to the
    next heading that is no lower.

    >>> text = "一、总体情况\\n受理9件。\\n二、乔庄镇\\n受理3件。\\n三、其他\\n受理1件。"
    >>> report = Report(0, len(text), "", "唐县", "county")
    >>> headed = Headed(text, report, Sections(text, 0, len(text)))
    >>> headed.at(11), headed.at(22), headed.at(33)
    (None, ('乔庄镇', 'town'), None)
    """

    def __init__(self, text: str, report: Report, sections: Sections) -> None:
        marks = [
            (m.start(), m.end(), rank_of(m["mark"]))
            for m in MARK.finditer(text, report.start, report.end)
        ]
        known = {at for at, _, _ in marks}
        others = [one.start for one in sections.all if one.start not in known]
        marks += [(at, _UNMARKED.match(text, at).end(), 0) for at in others]  # type: ignore[union-attr]
        known.update(others)
        bare = _BARE.finditer(text, report.start, report.end)
        marks += [(m.start(), m.end(), _BELOW_ALL) for m in bare if m.start() not in known]
        marks = sorted(marks)
        names = [_heads_with(text, end, report, bare=rank == _BELOW_ALL) for _, end, rank in marks]
        # 平安社区 may be the name of a scheme: villages stand in a list
        villages = sum(name is not None and name[1] == "village" for name in names)
        self._starts: list[int] = []
        self._said: list[tuple[str, str] | None] = []
        open_: list[tuple[int, tuple[str, str]]] = []  # ranks and places of the headings above
        for (start, _, rank), name in zip(marks, names, strict=True):
            found = None if name and name[1] == "village" and villages < 2 else name
            if rank == _BELOW_ALL and found is None:
                continue
            open_ = [one for one in open_ if one[0] < rank]
            if found:
                open_.append((rank, found))
            self._starts.append(start)
            self._said.append(open_[-1][1] if open_ else None)
        self._run_in(text, report, villages)
        self._below = _listed_below(text, report)

    def listed(self, clause: str, at: int) -> tuple[str, str] | None:
        """The county whose short name begins a clause, in a report that lists those of its city by
        such names: 汉阴受理989件. `at` is where its figure stands.
        """
        for start, end, names in self._below:
            if start <= at < end and (m := _SHORT_NAME.match(clause)):
                stem = next((n for n in (m[0], m[0][:2]) if n in names), "")
                return (names[stem], "county") if stem else None
        return None

    def _run_in(self, text: str, report: Report, villages: int) -> None:
        """Notes the places that open a line, a colon or a full stop behind them: each holds to the
        next one or to the end of the line.
        """
        self._begins: list[int] = []
        self._inline: list[tuple[int, tuple[str, str]]] = []  # where each ends, and the place
        for m in _RUN_IN.finditer(text, report.start, report.end):
            name = _heads_with(text, m.end(), report, bare=True)
            if name is None or (name[1] == "village" and villages < 2):
                continue
            if self._inline and self._inline[-1][0] > m.start():
                self._inline[-1] = (m.start(), self._inline[-1][1])
            end = text.find("\n", m.end(), report.end)
            self._begins.append(m.start())
            self._inline.append((end if end >= 0 else report.end, name))
        for m in _PARAGRAPH.finditer(text, report.start, report.end):
            if m.start() not in self._begins and (name := _outside(m[0], report)):
                self._begins.append(m.start())
                self._inline.append((m.end(), name))
        order = sorted(range(len(self._begins)), key=self._begins.__getitem__)
        self._begins = [self._begins[k] for k in order]
        self._inline = [self._inline[k] for k in order]

    def at(self, offset: int) -> tuple[str, str] | None:
        """Place and level that the headings above an offset name, none where they name none."""
        k = bisect_right(self._begins, offset) - 1
        if k >= 0 and offset < self._inline[k][0]:
            return self._inline[k][1]
        i = bisect_right(self._starts, offset) - 1
        return self._said[i] if i >= 0 else None


def _outside(paragraph: str, report: Report) -> tuple[str, str] | None:
    """The listed place that a paragraph begins with as its subject and goes on telling of, if it
    lies outside the report's own and holds it neither.
    """
    found = _subject(paragraph) if report.adcode else None
    if found is None or ELSEWHERE.search(paragraph[:_NEAR_TITLE]):
        return None
    codes = {one.code for one in lists.divisions(found[0])}
    own = report.adcode
    if not codes or any(one == own or _under(one, own) or _under(own, one) for one in codes):
        return None
    return found


def _heads_with(text: str, at: int, report: Report, *, bare: bool) -> tuple[str, str] | None:
    """The place that a heading names behind its mark, if it lies below the report's own."""
    m = _HEADING.match(text, at, report.end)
    if m is None or (bare and m["rest"]) or NEVER.search(m["name"]) or not possible(m["name"]):
        return None
    name, level = m["name"], LEVELS[m["level"]]
    if found := beginning(name):
        if found.start != len(name):
            return None
        level = found.level
    elif level in {"city", "county"} and not MASK.fullmatch(name):
        return None  # a county is listed, a town need not be
    lower = report.level in {"", "bureau"} or RANKS.index(level) > RANKS.index(report.level)
    return (name, level) if lower and name != report.place else None


def place_of_claim(
    report: Report,
    clause: str,
    sentence: str,
    lead: str,
    tail: str,
    named: tuple[str, str] | None,
    headed: tuple[str, str] | None = None,
    said: str = "",
    above: str = "",
) -> tuple[str, str, str]:
    """Place and level that the words before a figure give it, and how they are known.

    Args:
        report: the report of the figure.
        clause: the words of the clause before the figure.
        sentence: the words of the sentence before it.
        lead: the words since the figure before.
        tail: the words behind it.
        named: the place that clause or sentence names at its very start, if no list need hold it.
        headed: the place that the headings above it name.
        said: the place of the figure before it in the sentence.
        above: the words before the sentence.

    >>> county = Report(0, 99, "", "唐县", "county", "130627")
    >>> place_of_claim(county, "全市平均", "办结率95%,全市平均", "全市平均", "", None)
    ('全市', 'city', 'words')
    >>> place_of_claim(county, "高于全市平均", "高于全市平均", "高于全市平均", "", None)
    ('唐县', 'county', 'report')
    >>> place_of_claim(county, "全市受理", "全市受理", "全市受理", "", None)
    ('全市', 'city', 'words')
    """
    # 上级转来属甲镇的信访件: whose the things are that are counted
    belongs = _BELONGS.search(sentence) if "属" in sentence else None
    if belongs and (
        belongs["place"] == report.place or (belongs["own"] and _is_own(report, belongs["own"][-1]))
    ):
        return report.place, report.level, "words"
    if ("全" in lead or "我国" in lead) and (wide := _wider(report, clause, lead, tail)):
        return wide
    for spoken in _SELF.finditer(clause):
        if _is_own(report, spoken[1]):
            return report.place, report.level, "words"
    if (m := _WIDER_TELLS.match(clause)) and (wide := _is_wide(report, m["word"])):
        return wide
    if (":" in sentence or "看" in sentence) and (m := _WIDER_HEADS.search(sentence)):
        if wide := _is_wide(report, m["word"]):
            return wide
        if _is_own(report, m["word"][-1]):
            return report.place, report.level, "words"
    if sentence.startswith("全") and (wide := _wider_subject(report, sentence)):
        return wide
    if "该" in clause and (that := _that(report, clause, above + sentence)):
        return that
    if clause.endswith("的") and (other := _compared(clause)):
        return other
    for begins in (clause, sentence) if len(clause) < len(sentence) else (clause,):
        if subject := _subject(begins):
            if subject[0] == report.place:
                return report.place, report.level, "words"
            return (*subject, "words")
    # a province has many zones
    for begins in (clause, sentence) if "区" in sentence and report.level != "province" else ():
        if (zone := _ZONE.match(begins)) and not report.place.endswith(zone["name"]):
            return zone["name"], _below(report), "words"
    # xx县 is short for xx省xx县
    if named is not None and not report.place.endswith(named[0]):
        return (*named, "words")
    example = _EXAMPLE.search(sentence) if "为例" in sentence else None
    if example and (found := _lower(report, example["name"])):
        return (*found, "words")
    if said and _WIDE.fullmatch(said) and not _HELD_AGAINST.match(lead):
        own = any(_is_own(report, m[1]) for m in _SELF.finditer(sentence))
        if not own and (wide := _is_wide(report, said)):
            return wide
    if headed is not None:
        return (*headed, "section")
    known = "document" if report.place_from == "document" else "report"
    return report.place, report.level, known if report.place else ""


def item_place(report: Report, clause: str, unit: str) -> tuple[str, str] | None:
    """Place and level of the item of a list that a figure belongs to, if it lies below the report's.

    Args:
        report: the report of the figure.
        clause: the words of the clause before the figure.
        unit: the unit of the figure; 甲镇3个 may count towns.

    >>> county = Report(0, 99, "", "唐县", "county", "130627")
    >>> item_place(county, "其中:城关镇", "件"), item_place(county, "其中:城关镇5批", "人次")
    (('城关镇', 'town'), ('城关镇', 'town'))
    """
    found = None
    for m in _ITEM.finditer(clause):
        # 甲村、乙村53户 is of both
        before = re.split(r"[、,;:|]", clause[: m.start()])[-1]
        found = m if m[0][0] != "、" or re.search(r"[\d)%]", before) else None
    if found is None or unit in words("places", "counts_places"):
        return None
    name, rest = found["name"], clause[found.end() :]
    if _ITEM_ENDS.search(rest) or NEVER.search(name):
        return None
    if found["office"]:
        rated = found["mark"] == "(" or unit in {"%", "分"}
        return (name, "bureau") if rated and report.level not in {"bureau", "village"} else None
    level = LEVELS[found["level"]]
    if lists.divisions(name):
        level = level_of(name)
    elif level in {"city", "county"}:
        return None
    lower = report.level in {"", "bureau"} or RANKS.index(level) > RANKS.index(report.level)
    return (name, level) if lower and possible(name) and name != report.place else None


def _is_own(report: Report, spoken: str) -> bool:
    """Whether 全市, 我县 mean the report's own place."""
    if report.place.endswith(spoken) or LEVELS.get(spoken) == report.level:
        return True
    # a county whose masked name does not tell its kind may be a city that ranks as one
    if spoken == "市" and report.level == "county" and report.place[-1:] not in set("县区旗"):
        return bool(report.place)
    return spoken == "区" and report.place.endswith("自治区")


def _below(report: Report) -> str:
    """The level that a zone has: a town's below a county, else a county's."""
    return "town" if report.level in {"county", "town", "village"} else "county"


def _wider(report: Report, clause: str, lead: str, tail: str) -> tuple[str, str, str] | None:
    """A province, a city or the country whose figure it is: 全市平均97.2%, not 高于全市平均."""
    owns = _WIDER_OWNS.search(lead) or _WIDER_SET_APART.search(lead)
    direct = None if owns else _WIDER.search(lead)
    m = owns or direct or _WIDER_FIRST.search(clause) or _WIDER_MEAN.search(lead)
    if m is None and _MEAN_BEHIND.match(tail):  # 低于全国33.9起的平均水平
        m = _WIDER_BASE.search(lead)
    if m is None:
        return None
    if (
        direct and not direct["mean"] and not (tail.endswith("中") or _AMONG.match(tail))
    ):  # 在全省32个区县中
        return None
    return _is_wide(report, m["word"])


def _is_wide(report: Report, word: str) -> tuple[str, str, str] | None:
    """What 全市 or 全国 means, where that is wider than the report's own place."""
    if _is_own(report, word[-1]):
        return None
    level = "" if word in {"全国", "我国", "全球"} else LEVELS.get(word[-1], "city")
    own = report.level
    if own == "bureau" and lists.divisions(report.place):  # 唐县信访局
        own = level_of(report.place)
    if not own or own == "bureau" or (level and RANKS.index(level) >= RANKS.index(own)):
        return None
    return word, level, "words"


def _lower(report: Report, name: str) -> tuple[str, str] | None:
    """A place that words name, if it is known or a town or village below the report's own."""
    if (found := beginning(name)) and found.start == len(name):
        return (name, found.level) if found.name == name else None
    m = _TOWN.fullmatch(name)
    if m is None or NEVER.search(name) or not possible(name):
        return None
    lower = report.level in {"", "bureau"} or RANKS.index(LEVELS[m["level"]]) > RANKS.index(
        report.level
    )
    return (name, LEVELS[m["level"]]) if lower and name != report.place else None


def _that(report: Report, clause: str, before: str) -> tuple[str, str, str] | None:
    """The listed place that 该市 means: the last one of its level that was named, unless it is ours."""
    for m in _THAT.finditer(clause):
        names = [name for name, _ in _listed(before) if name.endswith(m["level"])]
        if names and names[-1] != report.place:
            return names[-1], level_of(names[-1]), "words"
        masked = [n[0] for n in _MASKED.finditer(before) if n[0].endswith(m["level"])]
        if masked and not report.place.endswith(m["level"]):
            return masked[-1], LEVELS[m["level"]], "words"
    return None


def _wider_subject(report: Report, sentence: str) -> tuple[str, str, str] | None:
    """The county or city that a sentence of a town or village begins with, and tells of."""
    m = _WIDER_SUBJECT.match(sentence)
    if m is None or report.level not in {"town", "village"} or _OWN_WORDS.search(sentence):
        return None
    return m["word"], LEVELS[m["word"][-1]], "words"


def _compared(clause: str) -> tuple[str, str, str] | None:
    """A division that directly owns the figure, by its short name too: 诸暨的99.3%."""
    m = _OF.match(clause)
    if m is None:
        return None
    if is_homonym(m["name"]):
        return None
    for ending in ("", "市", "县", "区", "省"):
        if lists.divisions(m["name"] + ending):
            return m["name"], level_of(m["name"] + ending), "words"
    return None


def _subject(clause: str) -> tuple[str, str] | None:
    """The listed place that a clause names at its start as its subject, with a town or village of it."""
    at = _LEADS.match(clause)
    begin = at.end() if at else 0
    found = beginning(clause, begin)
    if found is None:
        return None
    end = found.start
    lower = _LOWER.match(clause, end)
    if lower and possible(lower[0]) and not NEVER.search(lower[0]):
        level = LEVELS.get(lower[0][-2:]) or LEVELS.get(lower[0][-1], "town")
        return clause[begin : lower.end()], level
    if _NO_SUBJECT.match(clause, end):
        return None
    return found.name, found.level
