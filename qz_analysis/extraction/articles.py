"""Articles that one page strings together, told by what their heads say of themselves.

The lines of a clean page come in; the heads of its articles go out. A head is a short line with two
of three signs: the mark of a part (其二, 乙, 〖下〗, ◎), a place that it begins with, and the day or
source of a publication, in the line itself, above or below it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..vocabularies.divisions import county_named, short_named
from ..vocabularies.patterns import Pattern
from .heads import is_furniture, is_hand, is_imprint, opened, published, titled
from .names import beginning, is_named
from .own_place import chain

_NUMERAL = r"[一二三四五六七八九十\d]{1,2}"
#: characters that adorn a heading; capitals and single characters with a value that count parts
#: (壹 Ⅰ ㈠ ㊀), and those that count sections as well (① ⒈ ❶)
ORNAMENTS = r"〇※¶•\u25a0-\u25ff\u2600-\u26ff\u2756\u27a4"
CAPITALS, CIRCLED = (
    r"壹贰叁肆伍陆\u2160-\u216b\u3220-\u3229\u3280-\u3289",
    r"\u2460-\u249b\u2776-\u2793",
)
_ORNAMENT = re.compile(
    rf"[ #*]*(?P<mark>[{ORNAMENTS}\u2580-\u259f]|[=>~_-]{{2,}}|《(?=[^《》]*》$)|) *"
)
# what marks a line as the head of a part, whatever it names: 其二, 第二期, 资料二, 乙, (乙), [下], 又一篇
_PART = Pattern(
    "boundaries",
    rf"[(【\[〖〔]?(?:其[一二三四五六]|第?{_NUMERAL}[篇则份期辑例]|(?:(?:{{parts}})+|卷){_NUMERAL}(?!\d)"
    rf"|[甲乙丙丁戊己](?=[ 、.:)】\]〕〗“《\d])|[{CAPITALS}]|[A-F](?=[ 、.:)】\]〕〗])"
    r"|[上中下](?=[)】\]〕〗])|{another})[)】\]〕〗]?[ 、.:|]*",
)
# what numbers sections as well: it marks a part where a place and a day stand with it
_NUMBERED = re.compile(
    rf"(?:[Nn][Oo]\.? ?\d{{1,2}}[ .、:]?|[(【\[〖〔〈「『<]?{_NUMERAL}(?:[)】\]〗〕〉》」』>、.:|]|(?= ))"
    rf"|§{_NUMERAL}|0\d(?=[\u4e00-\u9fff])|[{CIRCLED}]"
    r"|[一二三四五六甲乙丙丁](?=[\u4e00-\u9fff]))[ ]*(?!\d)"
)
_BRACKETED = re.compile(r"[【\[〖〔](?P<name>[\u4e00-\u9fff]{2,8})[】\]〗〕]")
# a short name stands alone, or before the name of a court, a union or a paper
_SHORT = Pattern(
    "boundaries",
    r"(?P<name>[\u4e00-\u9fff]{2,5})(?=[ :(“《\d]|$|{offices}|[\u4e00-\u9fff]{2,6}(?:{media})[\d(:])",
)
_PATH = re.compile(
    r"[^\s>]{2,16} ?(?:>{1,2}|›|») ?[^\s>]{2,}|(?:标签|栏目|频道|阅读|点击|浏览次?数?|来源|字号):"
)
_ENDS = {"", " ", ":", "("}  # behind the name of a town or village, which no list holds
_OWNER = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[省市县区旗乡镇村]|街道|社区)(?=[ :(\d]|$)")
# 乙县:2015年实事: what a place did in a year
_OF_YEAR = re.compile(r"[\u4e00-\u9fff]{2,8}:[^\n。;]{0,16}(?:19|20)\d\d年")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_OF_DAY = re.compile(r"[(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[)]$")
# who signs a report, alone on the line
_BODY = re.compile(r"[\u4e00-\u9fffx*]{2,20}(?:[委局办府院会站所]|办公室|街道|中心|公司)")
#: who delivers a report, below its title: 甲县人民政府县长某某
SPEAKER = Pattern("boundaries", r"[\u4e00-\u9fff]{2,12}(?:{speakers})[\u4e00-\u9fff]{2,4}$")
# a line that names the source of what stands below it
_SOURCE = Pattern("heads", r"[ (|•·]*(?:{labels})[^。]{0,40}$")
_MEDIUM = Pattern(
    "boundaries",
    r"[\u4e00-\u9fff]{2,12}(?:{media})(?:[\u4e00-\u9fff]{0,6}[讯电])?(?:[ (][^。\d]{0,20})?$",
)
_BELOW = re.compile(r"\s*\n *(?P<line>[^\n]+)")
_FIGURE = re.compile(r"\d[万亿余多]*(?![年月日时分期号版届则])[\u4e00-\u9fff%]|[|\t] *\d")
_SENTENCE = re.compile(r"\d[^\n]*[。;]|\|[^\n]*\d")
_LONGEST, _LONGEST_SOURCE = 64, 50  # characters of a head, and of a line that names its source
_LEAST, _SOON = 30, 240  # characters of an article, and within which it states its first figure
_OPENING, _FIRST = 40, 60  # characters of a page's title, and of what is an article above the heads
#: the mark of a part, and that of a section, whatever they are written with
PART, SECTION = "part", "section"


@dataclass(frozen=True, slots=True)
class Head:
    """A line that may head an article: its words without their mark, and its signs."""

    start: int
    end: int
    words: str
    mark: str
    placed: bool
    dated: bool
    framed: bool = False  # its words are the frame of a page: a path, a source with its day, tags


def heads(text: str) -> list[Head]:
    """The heads of the articles that a page strings together, in order; none for one article.

    One line with two signs tells of the others that bear its mark and one sign more.

    >>> body = "\\n全市接待来访43批次,办结率97%,调解纠纷305件,走访群众1200户,解决问题86个。\\n"
    >>> [h.words for h in heads(f"◎ 唐县(2019年5月27日){body}◎ 保定市{body}")]
    ['唐县(2019年5月27日)', '保定市']
    """
    every = list(_candidates(text))
    sure = [h for h in every if h.dated and (h.placed or h.mark == PART)]
    opens = bool(every) and len(text[: every[0].start].strip()) < _OPENING
    sure += [h for h in every if opens and h.mark == SECTION and _OF_DAY.search(h.words)]
    of_places = [h for h in every if h.placed and (h.mark == PART or _OF_YEAR.match(h.words))]
    sure += of_places if len({h.words for h in of_places}) > 1 else []
    sure += _of_other_places(text, every)
    sure += _of_other_pages(text, every)
    if not sure:
        return []
    marks = {h.mark for h in sure if h.mark}
    found = [h for h in every if h in sure or (h.mark in marks and (h.placed or h.mark == PART))]
    ends = [*(h.start for h in found[1:]), len(text)]
    found = [h for h, end in zip(found, ends, strict=True) if _states(text, h.end, end)]
    words = [h.words for h in found if not h.mark]
    if not set(found) & set(sure) or len(set(words)) < len(words):
        return []  # one title is one article, however often the frame of a page prints it
    above = text[: found[0].start].strip()
    alone = len(above) < _FIRST or not _SENTENCE.search(above)
    return [] if len(found) == 1 and alone else found


def _of_other_places(text: str, every: list[Head]) -> list[Head]:
    """The heads of one mark that each name a place of their own, where nothing that tells of a place
    or a time stands above the first of them.
    """
    runs: dict[str, list[Head]] = {}
    for head in every:
        runs.setdefault(head.mark, []).append(head)
    for run in runs.values():
        above = text[: run[0].start]
        named = {_place_of(h.words) for h in run}
        if (
            len(run) == len(named) > 1
            and all(named)
            and not _FIGURE.search(above)
            and not any(map(_tells, above.split("\n")))
        ):
            return run
    return []


def _of_other_pages(text: str, every: list[Head]) -> list[Head]:
    """The heads of one mark that each bear the frame of a page of their own, from the first line on."""
    for mark in dict.fromkeys(h.mark for h in every if h.framed):
        run = [h for h in every if h.mark == mark and h.framed]
        if len(run) > 1 and not text[: run[0].start].strip():
            return run
    return []


def _tells(line: str) -> bool:
    """Whether a line above says of where or when all that follows is."""
    return bool(beginning(line.strip(" #*《("))) or bool(_YEAR.search(line) and not published(line))


def _place_of(words: str) -> str:
    """The listed place that words begin with, or the town or village behind it; empty for none."""
    found = chain(words)
    return "".join([*found.above, found.name]) if found and (found.listed or found.above) else ""


def title_below(text: str, head: Head) -> str:
    """The title that stands under the frame of a page, empty where no line can be one."""
    below = _BELOW.match(text, head.end)
    line = titled(below["line"].strip(" #")) if below else ""
    told = len(line) > _LONGEST_SOURCE or line[-1:] in set("。;:,") or _SENTENCE.search(line)
    return "" if told else line


def is_introduced(text: str, found: list[Head]) -> bool:
    """Whether an article of its own stands above the heads, and not the page's title alone."""
    return bool(found) and len(text[: found[0].start].strip()) >= _FIRST


def _states(text: str, start: int, end: int) -> bool:
    """Whether an article stands behind a head, not the next link of a list."""
    return end - start >= _LEAST and bool(_FIGURE.search(text, start, min(end, start + _SOON)))


def _candidates(text: str) -> Iterator[Head]:
    """The lines that bear the mark of a part, or begin with a place."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if 0 < end - start <= _LONGEST and (head := _candidate(text, start, end)):
            yield head
        start = end + 1


def _candidate(text: str, start: int, end: int) -> Head | None:
    line = text[start:end].strip()
    if not line or line[-1] in "。;,、" or "|" in line[3:]:
        return None
    ornament = _ORNAMENT.match(line)
    words, mark = line[ornament.end() :], ornament["mark"] if ornament else ""  # type: ignore[union-attr]
    if m := _PART.match(words):
        words, mark = words[m.end() :], PART
    elif (m := _NUMBERED.match(words)) and not _begins_with_place(words, mark):
        words, mark = words[m.end() :], mark or SECTION
    placed = _begins_with_place(words, mark)
    framed = bool(mark) and _is_frame(words)
    if not (placed or framed or mark == PART or (mark == SECTION and _OF_DAY.search(words))):
        return None
    if placed and not mark and _BRACKETED.match(words):
        mark = "【"
    if not mark:
        signed = _BODY.fullmatch(titled(line).strip(" ()").split(" ")[0])
        if signed or is_furniture(line) or is_hand(line) or SPEAKER.match(line):
            return None
    own = published(line) or titled(line) != line
    dated = bool(own) or _dated_below(text, end) or (placed and _dated_above(text, start))
    return Head(start, end, words, mark, placed, dated, framed)


def _is_frame(words: str) -> bool:
    """Whether words stand over a page of a site and tell nothing: 文库 > 工作报告, 大西北网 2015年6月9日讯."""
    return bool(_PATH.search(words) or published(words)) or is_furniture(words) or is_imprint(words)


def _begins_with_place(words: str, mark: str) -> bool:
    """Whether words begin with the name of a place: a listed one, one of its kind behind a mark, or
    a short one that nothing runs on from.
    """
    if beginning(words):
        return True
    name = chain(words)
    if name and words[name.start : name.start + 1] in _ENDS:
        return True
    for pattern in (_BRACKETED, _SHORT):
        if (m := pattern.match(words)) and (is_named(m["name"]) or county_named(m["name"])):
            return True
    if mark and (name or _OWNER.match(words)):
        return True
    return bool(mark) and any(short_named(words[:n]) for n in (2, 3))


def _dated_above(text: str, start: int) -> bool:
    """Whether the line above a head says when or where it was published."""
    end = max(0, start - 1)
    return is_imprint(text[text.rfind("\n", 0, end) + 1 : end])


def _dated_below(text: str, end: int) -> bool:
    """Whether the line below a head says when or where it was published."""
    below = _BELOW.match(text, end)
    if below is None:
        return False
    line = below["line"]
    told = len(line) <= _LONGEST_SOURCE and (_SOURCE.match(line) or _MEDIUM.match(line))
    return bool(told or published(line) or opened(text, below.start("line"))[0])
