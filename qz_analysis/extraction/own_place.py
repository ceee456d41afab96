"""The place that a report says it is about: in its title, a field, its opening or its signature.

A report in its clean page comes in; the lowest place that one of these names goes out, with the
divisions above that stand before it (清河县葛仙庄镇), and whether an office heads the title. Towns
and villages stand in no list: they are known by their ending, where only a name can stand.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..model import Report
from ..vocabularies.patterns import Pattern
from .heads import published
from .names import LEVELS, RANKS, SPEAKS, Name, beginning, is_unnamed, possible

_MASKED = Pattern(
    "own_place", r"(?:[x*]{1,6}|[A-Z](?![A-Z])|某)(?P<level>{masked_levels})(?!{goes_on})"
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,3}?[县市区旗](?=[\u4e00-\u9fff]{1,6}?(?:街道|[镇乡]))")
_TOWN = Pattern("own_place", r"[\u4e00-\u9fff]{1,7}?(?P<level>街道|[镇乡]|苏木)(?!{goes_on})")
_VILLAGE = Pattern("own_place", r"[\u4e00-\u9fff]{1,6}?(?P<level>社区|村)(?!{village_goes_on})")
_NO_NAME = Pattern("own_place", "{no_name}")
#: the time that may stand before the place at the head of a title
TITLE_TIME = r"(?:19|20)\d\d年度?(?:\d{1,2}(?:[-至]\d{1,2})?月份?|[上下]半年|第?[一二三四]季度)?"
# what may stand before the place at the head of a title: marks, what sort of paper it is, a year
_HEAD = Pattern(
    "own_place",
    r"(?:[\s#*★☆●■◆▲·•—–_-]|【[^】\n]{1,12}】|\[[^\]\n]{1,12}\]|[(][^)\n]{1,12}[)](?=[^\s])"
    r"|(?:[一二三四五六七八九十甲乙丙丁]|\d{1,2}|[A-Z])[、.] *|第?[一二三四五六七八九十\d]{1,2}[篇份则][: ]*"
    r"|{introduce}|" + TITLE_TIME + ")*",
)
# where a name may begin within a title: behind a dash, in brackets, behind 走进
_WITHIN = Pattern("own_place", r"[—–-]{1,4}|[(](?!第)|(?<=[—–\s-]){to}")
#: a title that tells of a visit to another place
ELSEWHERE = Pattern("own_place", "{elsewhere}")
_FIELD = Pattern("own_place", r"(?m)(?:^|[\s|,]){fields}(?:名称)?[ ]*[:|,][ ]*")
_DATELINE = Pattern("own_place", r"(?m)^[\s【\[(]*(?=[\u4e00-\u9fff]{2,12}?{media})")
_MEDIA = Pattern("own_place", "{media}")
_BREAK = re.compile(r"(?:^|[\n,。;:])[ “]*")
_LED = Pattern("own_place", r"(?:近日|日前|{reports.leads}|在)?")
_FIRST_SENTENCE = re.compile(r"(?m)^[^\n。;|]{12,}[。;:,]")
_SUBJECT = Pattern("own_place", r"(?:^|\n|[,。;:)】] *)[ “]*(?:{led_to})?(?:" + TITLE_TIME + ")?,?")
_NO_SUBJECT = Pattern(
    "own_place", r"[,、和与及等到对的]|{elsewhere}|委(?!员会)[省市县区]?|关于|下发|印发|转发"
)
_SIGNED = Pattern("own_place", r"{signing}(?![\u4e00-\u9fff])")
#: a body behind its place, alone on its line
_ISSUED = Pattern(
    "own_place",
    r"(?=[^ ]{1,9}?(?:[省市县区旗州盟镇乡村]|街道|社区))"
    r"[\u4e00-\u9fff]{2,24}?(?:{signing}|{offices})(?![\u4e00-\u9fff])",
)
#: any body of a place, which signs where a date stands behind it or below it
_ISSUED_DATED = Pattern(
    "own_place",
    r"(?=[^ ]{0,9}?(?:[省市县区旗州盟镇乡村]|街道|社区))"
    r"[\u4e00-\u9fffx*×]{2,28}?(?:{signing}|{offices}|{issuing})",
)
_ONLY_DATE = re.compile(
    r"[ (]*(?:(?:19|20)[\dx*×]{2}|[二一][〇零○一二三四五六七八九]{3})年[^,。;:]{2,8}[ )]*"
)
_BARE_SIGNED = Pattern("own_place", r"(?P<level>街道|[镇乡村]|社区){signing}(?![\u4e00-\u9fff])")
_BARE = re.compile(r"(?:在?全(?=省))?(?P<level>街道|社区|(?<=全)省)(?=[\u4e00-\u9fff])")
_OWN_OFFICE = Pattern(
    "own_place", r"(?!{for_all})(?:[\u4e00-\u9fff]{0,8}?{offices})(?!{no_office})"
)
_OFFICE_ALONE = Pattern("own_place", r"{named_offices}(?!{no_office})")
_OWN_VILLAGE = Pattern("own_place", r"[我本全](?:社区|村)|(?:社区|村){of_one}")
_LINE = re.compile(r"[^\n]+")
_DATED = re.compile(r"(?<![ (])[ (]*(?:(?:19|20)[\dx*]{2}|[二一][〇零○一二三四五六七八九]{3})年.*$")
# who gave a text to a paper: (唐县信访局供稿)
_GIVEN = re.compile("^(?:供稿|报送|来稿)(?:单位)?[: ]*|(?:供稿|供|报送|提供)$")
_TITLE_LINES, _LONGEST_TITLE, _OPENING, _FIELDS = 4, 60, 150, 300
_LAST_LINES, _LONGEST_SIGNED, _SIGNING_LINES = 5, 34, 12


class OwnPlace(NamedTuple):
    """The place that a report names as its own, by which sign, and whether an office heads it."""

    name: Name | None
    sign: str = ""
    office: bool = False
    #: the level of a report whose title or signature says 街道, 社区, 全省 without any name
    bare: str = ""


def own_place(text: str, report: Report) -> OwnPlace:
    """The place that a report names as its own: by title, field, opening or signature, in this order.

    >>> text = "甲山县青石镇信访工作总结\\n全镇受理9件。"
    >>> found = own_place(text, Report(0, len(text), "甲山县青石镇信访工作总结", "", ""))
    >>> found.name.name, found.name.level, found.name.above, found.sign
    ('青石镇', 'town', ('甲山县',), 'title')
    """
    lines = _title_lines(text, report)
    office, bare = _heads_office(lines), ""
    for line in lines:
        for at in _places_in(line):
            name = chain(line, at, titled=True)
            if name and not ELSEWHERE.search(line) and _proved(name, line, text, report):
                return OwnPlace(name, "title", office)
        bare = bare or _bare(line)
    for sign, found in (
        ("field", _by_field(text, report)),
        ("opening", _by_opening(text, report)),
        ("signature", _by_signature(text, report)),
    ):
        if found:
            return OwnPlace(found, sign, office)
    signed = next((m["level"] for one in _last(text, report) if (m := _BARE_SIGNED.match(one))), "")
    return OwnPlace(None, "", office, signed or bare)


def chain(text: str, at: int = 0, titled: bool = False) -> Name | None:
    """The lowest of the names that stand one behind the other at an offset; its `start` is their end.

    >>> chain("清河县葛仙庄镇党委").name, chain("双洋镇溪口村交流材料").above, chain("乡镇工作")
    ('葛仙庄镇', ('双洋镇',), None)
    """
    found = beginning(text, at, titled)
    if found is None and (m := _MASKED.match(text, at)):
        found = Name(m[0], LEVELS[m["level"]], m.end(), (), False)
    if found is None and (m := _COUNTY.match(text, at)) and _may_be(m[0]):
        found = Name(m[0], LEVELS[m[0][-1]], m.end(), (), False)
    for pattern, longest in ((_TOWN, 5), (_VILLAGE, 6)):
        end = found.start if found else at
        if found and RANKS.index(found.level) >= RANKS.index("village"):
            break
        m = pattern.match(text, end)
        # alone a name is short, and a town or a village directly below a county, too
        limit = longest if found is None or pattern is _VILLAGE else 8
        limit = 4 if found and found.level != "town" and pattern is _VILLAGE else limit
        if m is None or len(m[0]) > limit or not _may_be(m[0], found is not None and found.listed):
            continue
        if found is None and len(m[0]) - len(m["level"]) < 2:
            continue
        above = (*found.above, found.name) if found else ()
        found = Name(m[0], LEVELS.get(m["level"], "town"), m.end(), above, False)
    return found


def _may_be(name: str, below: bool = False) -> bool:
    """Whether a word may be a name; `below` a listed division a name may begin as any word does
    whose first character alone is known to begin none (金水区未来路街道).
    """
    return not _NO_NAME.search(name) and (possible(name) or (below and possible("甲" + name[1:])))


def _title_lines(text: str, report: Report) -> list[str]:
    """The title and the short lines below it, up to the first sentence."""
    lines = [report.title] if report.title else []
    for m in _LINE.finditer(text, report.start, min(report.end, report.start + 400)):
        line = m[0].strip()
        if len(line) > _LONGEST_TITLE or line.endswith(("。", ";", ":", "!")):
            break
        if line and line not in lines and not (_DATELINE.match(line) and published(line)):
            lines.append(line)
        if len(lines) == _TITLE_LINES:
            break
    return lines


def _places_in(line: str) -> Iterator[int]:
    """Where a place may begin in a title: at its head, behind a dash, in brackets."""
    head = _HEAD.match(line)
    at = head.end() if head else 0
    first = len(line[:at].rstrip("*"))  # the stars of a mask are no mark of a heading
    yield first if first < at and _MASKED.match(line, first) else at
    for m in _WITHIN.finditer(line):
        behind = _HEAD.match(line, m.end())
        yield behind.end() if behind else m.end()


def _proved(name: Name, line: str, text: str, report: Report) -> bool:
    """Whether a name in a title is one: a village that nothing stands before may be any (平安社区),
    unless the report speaks of a village as its own.
    """
    if name.listed or name.above or name.level != "village":
        return True
    spoken = _OWN_VILLAGE.search(text, report.start, report.end) is not None
    return spoken or text.count(name.name, report.start, report.end) > 1 + line.count(name.name)


def _heads_office(lines: list[str]) -> bool:
    """Whether the title begins with an office that reports of its own work: 区司法局2020年总结."""
    if not lines:
        return False
    line = lines[0]
    head = _HEAD.match(line)
    at = head.end() if head else 0
    name = chain(line, at)
    if name is None and line[at : at + 1] in LEVELS:
        return _OWN_OFFICE.match(line, at + 1) is not None
    if name is None:
        return _OFFICE_ALONE.match(line, at) is not None
    return _OWN_OFFICE.match(line, name.start) is not None


def _bare(line: str) -> str:
    """The level of a title that begins with 街道, 社区 or 全省 and no name."""
    head = _HEAD.match(line)
    m = _BARE.match(line, head.end() if head else 0)
    return m["level"] if m else ""


def _by_field(text: str, report: Report) -> Name | None:
    """The place in a field of a form: 社区:甲路社区, 填报单位:乙桥街道办事处."""
    for m in _FIELD.finditer(text, report.start, min(report.end, report.start + _FIELDS)):
        if name := chain(text, m.end()):
            return name
    return None


def _by_opening(text: str, report: Report) -> Name | None:
    """The town or village that a sentence of the opening begins with, behind its county; or the
    place of a dateline.
    """
    stop = min(report.end, report.start + _OPENING)
    if m := _DATELINE.search(text, report.start, stop):
        for ending in ("", "市", "县", "区"):
            media = _MEDIA.search(text, m.end(), stop)
            said = text[m.end() : media.start()] + ending if media else ""
            name = beginning(said)
            if name and name.start == len(said):
                return name
    for m in _BREAK.finditer(text, report.start, stop):
        led = _LED.match(text, m.end())
        name = chain(text[: report.end], led.end() if led else m.end())
        line = text[m.end() : report.end].split("\n", 1)[0]
        if name and name.above and not name.listed and not ELSEWHERE.search(line):
            return name
    return _by_subject(text, report)


def _by_subject(text: str, report: Report) -> Name | None:
    """The listed place that a clause of the first sentence begins with, where it is of the level at
    which the report speaks of itself: 2019年,唐县坚持…; 本报讯(记者某某)唐县信访局….
    """
    first = _FIRST_SENTENCE.search(text, report.start, report.end)
    if first is None:
        return None
    spoken = {m[1] for m in SPEAKS.finditer(text, report.start, report.end)}
    # what stands behind its last mark is of the next sentence
    until = min(first.end() - 1, first.start() + _OPENING)
    for m in _SUBJECT.finditer(text, first.start(), until):
        name = beginning(text, m.end())
        if name is None or _NO_SUBJECT.match(text, name.start):
            continue
        own = {name.name[-1], "市" if name.level == "city" else name.name[-1]}
        return name if not spoken or own & spoken else None
    return None


def is_body(line: str) -> bool:
    """Whether a line is the name of a body behind its place, and nothing else.

    >>> is_body("中共甲山县委群众工作局"), is_body("甲山县信访局工作总结"), is_body("信访办公室")
    (True, False, False)
    """
    words = line.strip(" ()#（）").removeprefix("中共")
    return bool(_ISSUED_DATED.fullmatch(words))


def _below(text: str, report: Report) -> str:
    """A report from its first sentence on: a body that stands above that signs nothing."""
    words = text[report.start : report.end]
    told = words.find("。")
    return words[words.rfind("\n", 0, told) + 1 :] if told >= 0 else words


def _last(text: str, report: Report) -> list[str]:
    """The last short lines of a report, without the marks round them, the last one first."""
    ends = _below(text, report).split("\n")[-12:]
    lines = [_GIVEN.sub("", _DATED.sub("", line).strip(" ()#")) for line in ends]
    short = [one.removeprefix("中共") for one in lines if one and len(one) <= _LONGEST_SIGNED]
    return [one for one in short[::-1][:_LAST_LINES] if not one.endswith(("。", ";"))]


def _by_signature(text: str, report: Report) -> Name | None:
    """The place of the body that signs a report."""
    for line in _last(text, report):
        if (name := chain(line)) and _SIGNED.match(line, name.start):
            return name
        # 中共商镇委员会: a name of one character, behind which only a body can stand
        m = _TOWN.match(line)
        if m and _may_be(m[0]) and len(m[0]) < 5 and _SIGNED.match(line, m.end()):
            return Name(m[0], LEVELS.get(m["level"], "town"), m.end(), (), False)
    return None


def signed_by(text: str, report: Report) -> str:
    """The body that signs a report below its last line; empty where none does.

    >>> text = "信访工作总结\\n全县受理9件。\\n甲山县信访局\\n2020年1月15日"
    >>> signed_by(text, Report(0, len(text), "信访工作总结", "", ""))
    '甲山县信访局'
    >>> text = "热线工作总结\\n全县受理9件。\\n甲山县人民政府办公室 201*年1月15日"
    >>> signed_by(text, Report(0, len(text), "热线工作总结", "", ""))
    '甲山县人民政府办公室'
    """
    for line in _last(text, report):
        if signed := _ISSUED.match(line):
            return signed[0]
    ends = _below(text, report).rstrip().split("\n")[-_SIGNING_LINES:]
    lines = [stripped for line in ends if (stripped := line.strip(" ()#"))]
    for line, below in zip(lines[::-1], ["", *lines[::-1]], strict=False):
        at = found.start() if (found := _DATED.search(line)) else len(line)
        words = line[:at].strip(" ()#").removeprefix("中共")
        if _ONLY_DATE.fullmatch(line[at:] or below) and _ISSUED_DATED.fullmatch(words):
            return words
    return ""


def settled_on(own: OwnPlace, report: Report, named: Name | None) -> Name | None:
    """The place that a report names as its own, where it is no wider than how it speaks of itself.

    Args:
        own: what `own_place` found.
        report: the report with place and level as its words say.
        named: the place that title or opening name before a meeting or a government.
    """
    name = own.name
    if name is None:
        return None
    if named is not None:
        # 靖边县杨米涧镇人民政府 is no name of its own
        same = named.name == name.name or named.name == "".join([*name.above[-1:], name.name])
        lower = RANKS.index(name.level) > RANKS.index(named.level)
        # 汉中市…信箱 with a table of the governments below it
        wins = same or (own.sign in {"title", "field"} and lower)
        wins = wins or (own.sign == "title" and report.place == name.name)
        return replace(name, above=name.above or named.above) if wins else None
    if report.place == name.name:
        return name if name.above else None
    level = "" if report.level == "bureau" else report.level
    rank, spoken = RANKS.index(name.level), RANKS.index(level)
    # a county may speak of itself as 市, and a city as 区
    alike = {name.level, level} <= {"province", "city", "county"} and name.level != "province"
    if is_unnamed(report.place):
        return name if rank >= spoken or alike else None
    if own.sign == "opening" and own.name and own.name.listed:
        return None
    if rank > spoken or (own.sign == "title" and (rank == spoken or alike)):
        return name if report.place not in name.name else None
    return None
