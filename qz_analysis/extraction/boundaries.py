"""Where one report of a page ends and the next begins, and which sign says so."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import numeric

from ..vocabularies.divisions import county_named
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import DIGITS
from .articles import CAPITALS, CIRCLED, ORNAMENTS, SPEAKER, heads, is_introduced, title_below
from .heads import is_furniture, is_title, is_trail, opened, published, titled
from .names import is_named
from .part_marks import in_line

_NUMERAL = rf"[0-9]{{1,2}}|[{DIGITS}]?十[{DIGITS}]?|[{DIGITS}]"
_NUMBER = rf"(?P<n>{_NUMERAL})"
_ADORNED = r"(?m)^[ #*★☆◆■●▲>_=~-]*"
_OPEN, _CLOSE = r"[【\[(<《“]?", r"[】\])>》”]?"
# the ways in which the parts of a collection are numbered; each keeps its own count
_SERIES = (
    # 第一篇: …, 第2则
    Pattern(
        "boundaries",
        rf"{_ADORNED}{_OPEN}第{_NUMBER}(?P<form>[篇则份例]){_CLOSE}(?P<rest>[^\n。]{{0,60}})$",
    ),
    # 篇1 甲乡, whose blank is gone
    re.compile(rf"{_ADORNED}{_OPEN}(?P<form>篇){_NUMBER}{_CLOSE}(?P<rest>[^\n。,;]{{0,40}})$"),
    # 篇一: …, 【篇一】…, 范文1, 典型材料之三
    Pattern(
        "boundaries",
        rf"{_ADORNED}{_OPEN}(?P<form>[^\n。,;:\d]{{0,16}}?{{parts}})[ ]*(?:之|第)?{_OPEN}{_NUMBER}{_CLOSE}"
        r"(?P<rest>(?:[:、. 】)\]-][^\n。]{0,60}|[^\n。,;:]{2,40}{genres})?)$",
    ),
    # 信访工作总结1, 信访工作总结(一), 《…汇报》之二
    Pattern(
        "boundaries",
        rf"{_ADORNED}(?P<form>{_OPEN}[^\n。,;:]{{2,40}}?{{genres}}{_CLOSE})[ ]*(?:[【(\[]|之|篇|第|-)*{_NUMBER}[篇则份期]?{_CLOSE}"
        r"(?P<rest>)[ ]*$",
    ),
)
# 【1】甲县信访工作总结, 一、甲县…汇报: numbered titles, each of another place or year
_TITLES = Pattern(
    "boundaries",
    rf"{_ADORNED}(?P<form>[【\[(]|附件?|[Nn][Oo]\.?|0|){_NUMBER}[】\]).、: ](?P<rest>[^\n。;]{{4,44}}{{genres}})[】》”]?[ ]*$",
)
# a line that may head an article, with its first words below
_ARTICLE = re.compile(r"(?m)^[ ]*(?P<words>[^\n。;]{4,90}(?<![,:、]))$")
_ARTICLE_MARK = re.compile(r"[(][一二三四五六七八九十]{1,2}[)]")
_TITLE_LENGTH = 40
# who issued a report: 发文单位:甲省人民政府
_ISSUED = Pattern("boundaries", r"{issuers}[^:]{0,2}:")
# how many texts a page says that it strings together: 工会帮扶三则, 法律援助简讯(两地), 信访工作总结3篇
_PROMISED = Pattern(
    "boundaries",
    rf"[^\n。;]{{2,}}?(?<![\d十百千万零〇])(?:(?:{_NUMBER}|(?P<two>两))个?(?:{{collected}}|{{set_apart}}(?=[)]))|(?P<pair>{{one_and_one}})|(?P<trio>{{one_and_two}}))[)】》 ]*(?:[(][^()\n]{{1,12}}[)])?$",
)
# how the parts may be counted, but in numbers: 甲, 壹, A, and one character with a value, as ① ㈠ ㊀ ❶ Ⅰ
_ORDER, _LETTERS = "甲乙丙丁戊己", "ABCDEF"
_PART = rf"(?P<n>[{_LETTERS}](?![A-Za-z\d])|[{CAPITALS}{CIRCLED}]|[{_ORDER}](?![县市区镇乡村])|{_NUMERAL})"
# the headings that may keep such a promise, by how they are marked
_PARTS = (
    re.compile(rf"{_ADORNED}(?P<form>其|第|资料|){_PART}(?P<end>[、.: )|篇则份例]*)(?![年月日]|(?<=\d)\d)(?P<rest>[^\n]{{0,60}})$"),
    re.compile(rf"{_ADORNED}(?P<form>[(【\[〖〔〈《「『<{{]){_PART}(?P<end>[)】\]〗〕〉》」』>}}])(?P<rest>[^\n]{{0,60}})$"),
)  # fmt: skip
_MARK_OF_PART = r"(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.． ]*)?"
_LETTERED = re.compile(rf" *[{_LETTERS}][ 、.:)](?=[\u4e00-\u9fff])")
# the places in brackets that a title says its parts are of: 信访工作资料(哈尔滨、伊犁)
_OF_BOTH = re.compile(r"[(](?P<names>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){1,5})[)] *$")
_BRACKETED = re.compile(r"(?m)^[ ]*[【\[](?P<rest>[\u4e00-\u9fff]{2,12})[】\]][^\n。]{0,60}")
_ORNAMENTED = re.compile(rf"(?m)^[ ]*(?P<form>[{ORNAMENTS}])[ ]*(?P<rest>[^\n。;]{{4,60}})$")
_TITLE = Pattern(
    "boundaries",
    r"(?m)^[ #*《【=_~-]*(?:(?:题目|标题):)?(?P<words>[^\n。;,:]{4,40}?{genres})[】》*=_~ -]*"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[ ]*(?:\n?[ ]*\([^\n()]{2,30}\))?[ ]*$",
)
_MARKDOWN = Pattern("boundaries", r"(?m)^(?P<form>\#{1,3}) (?P<words>[^\n。]{2,50}{genres})[ ]*$")
_OWNER = re.compile(
    r"[\u4e00-\u9fffA-Zx*]{1,8}?(?:[省市县区旗乡镇村局委]|街道|社区)|[\u4e00-\u9fff]{2,8}(?:中心|公司|办公室)"
)
# the mark of a section: 一、全县信访总体情况 heads no report of its own
_MARKED = re.compile(r"[(第]?[一二三四五六七八九十\d]{1,3}[)、.部]")
_BODY_LINE = re.compile(
    r" *[\u4e00-\u9fffx*]{1,16}(?:[委局办府]|委员会|政府|办公室|街道|中心|公司)"
)
_NUMBERS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|-)")
_DATE = re.compile(
    r"(?m)^[ ]*(?:[\u4e00-\u9fff]{2,24}[ ]*)?\(?(?:(?:19|20)\d\d|[一二〇]{1,2}[〇一二三四五六七八九]{2,3})年[^\n年]{1,6}月[^\n月]{1,4}日\)?[ ]*$"
)
# what stands under the caption of a table: its unit, or its first row
_TABLE = re.compile(r"\s*+(?:\(?单位:|\||[^\n。]*\t)")
_RULE = re.compile(r"(?m)^[ ]*[-=_*~#]{4,}[ ]*$")
_ADDRESS = Pattern("boundaries", r"(?m)^[ ]*{address}[:,!]?[ ]*$")
_CLOSED = Pattern("boundaries", "{closing}")
# what the text before an article ends with, or a blank line
_ENDED = re.compile(r"[。!?”)】》]\n|\n\s*\n|\n\Z")
_BELOW = re.compile(r"\s*\n *(?P<line>[^\n]+)")
# who edited the article that ends there: 【责任编辑:某某】
_EDITED = Pattern("boundaries", r"(?m)^[ ]*[【\[(]?(?:{editors})[: ][^\n。]{0,24}$")
_BODY = 60  # characters between two headings of a series; fewer make a table of contents
# what tells that a text goes on below a title, and how soon: links to other pages hold none
_SENTENCE, _SOON = re.compile(r"\d[^\n]*[。;]"), 160
_MOST, _HEAD_LINES = 20, 8  # parts that a title may promise, and lines in which it does
_LONG = 60  # characters of a report that a title without number may follow


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a report of a page begins, its heading, and the sign that says so."""

    start: int
    title: str
    sign: str


def boundaries(text: str) -> list[Boundary]:
    """The beginnings of the reports of a page behind the first words, in order.

    The signs are, in this order: headings that are numbered as a series (`series`), titles with a
    number each (`titles`), as many headings as the page's title promises (`promise`), lines with two
    signs of a head (`articles`), titles above a date each (`datelines`), headings of Markdown
    (`headings`), titles behind the line that names the editor of the article above (`edited`), a
    title behind a date or a rule (`signature`, `rule`), one that names another owner (`owner`), and
    delegates addressed again (`address`). The first sign that finds two beginnings holds for the
    page; of promises, articles and titles above dates the one that finds most.

    >>> page = "篇一:甲县总结\\n" + "受理事项若干。" * 12 + "\\n篇二:乙县总结\\n" + "办结事项若干。" * 12
    >>> [(one.title, one.sign) for one in boundaries(page)]
    [('甲县总结', 'series'), ('乙县总结', 'series')]
    """
    text = in_line(text)
    for sign, numbered in (
        *(("series", _series(text, _lines(pattern, text))) for pattern in _SERIES),
        ("titles", _of_others(_series(text, _lines(_TITLES, text)))),
    ):
        if len(numbered) > 1:
            return _bounds(numbered, sign)
    told = max(
        _bounds(_promised(text), "promise"),
        [*_told(text)],
        _bounds(_articles(text), "datelines"),
        _bounds(_of_names(text), "promise"),
        key=len,
    )
    if len(told) > 1:
        return told
    for sign, found in (("headings", _headings(text)), ("edited", _edited(text))):
        if len(found) > 1:
            return _bounds(found, sign)
    behind = list(_unnumbered(text)) or list(_addressed(text))
    first = _TITLE.match(text)
    title = first["words"] if first else ""
    return [Boundary(0, title, behind[0].sign), *behind] if behind else []


def _bounds(found: list[re.Match[str]], sign: str) -> list[Boundary]:
    return [Boundary(m.start(), _words(m), sign) for m in found]


def _told(text: str) -> Iterator[Boundary]:
    """The articles of a page whose heads tell of themselves, and the one above the first of them."""
    found = heads(text)
    if is_introduced(text, found):
        yield Boundary(0, "", "articles")
    for head in found:
        title = title_below(text, head) if head.framed else head.words
        yield Boundary(head.start, _bare(title), "articles")


def _lines(pattern: Pattern | re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """As `finditer` by a pattern of whole lines, tried at the beginnings of lines alone."""
    at = 0
    while at >= 0:
        m = pattern.match(text, at)
        if m:
            yield m
        at = text.find("\n", m.end() if m else at) + 1 or -1


def _words(m: re.Match[str]) -> str:
    """The heading's own words: what stands behind its number, else the whole line."""
    rest = m.groupdict().get("rest") or m.groupdict().get("words") or ""
    return _bare(rest) or m[0].strip(" #*★☆◆■●▲>_=~-")


def _bare(words: str) -> str:
    """The words of a heading without what stands round them; a bracket within them is closed."""
    bare = words.strip(" :、.-】)]》")
    return (
        bare + ")" if bare.count("(") > bare.count(")") and words.rstrip().endswith(")") else bare
    )


def _series(text: str, found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The headings of the longest series that counts up one by one and has text under each."""
    chains: dict[str, list[list[re.Match[str]]]] = {}
    for m in found:
        runs, number = chains.setdefault(m["form"].strip(), []), parse(m["n"])
        if runs and number == parse(runs[-1][-1]["n"]) + 1:
            runs[-1].append(m)
        elif number == 1 or (number == 2 and m.start() > _BODY):
            runs.append([m])
    whole = [run for runs in chains.values() for run in runs if _has_bodies(text, run)]
    return max(whole, key=len, default=[])


def _has_bodies(text: str, run: list[re.Match[str]], least: int = _BODY) -> bool:
    ends = [*(m.start() for m in run[1:]), len(text)]
    return all(end - m.end() >= least for m, end in zip(run, ends, strict=True))


def _of_others(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The run when each of its titles names an owner, and no two the same one and year."""
    return run if _differ([m["rest"] for m in run]) else []


def _differ(titles: list[str]) -> bool:
    named = [(_owner(title), _year(title)) for title in titles]
    return len(set(named)) == len(named) and all(owner for owner, _ in named)


def _owner(title: str) -> str:
    """The place or body whose report a title heads; 各乡镇 is nobody's name."""
    m = _OWNER.search(title)
    return m[0] if m and "各" not in m[0] else ""


def _year(title: str) -> str:
    m = _YEAR.search(title)
    return m[0] if m else ""


def _articles(text: str) -> list[re.Match[str]]:
    """The titles of articles in a row, each with its date on the line below."""
    found = []
    for m in _lines(_ARTICLE, text):
        behind = _ENDED.search(text, max(0, m.start() - 3), m.start()) or not m.start()
        below = _BELOW.match(text, m.end()) if behind else None
        if (
            below is None
            or _heads_itself(below["line"])
            or is_furniture(m["words"])
            or _ISSUED.match(m["words"])
            or SPEAKER.match(m["words"])
        ):
            continue
        words = titled(m["words"])  # (一)甲市 来源:甲市日报 2014-07-16
        own = published(m["words"]) or words != m["words"]
        if own and not _ARTICLE_MARK.match(words):  # who signs, and when
            continue
        if len(words) > _TITLE_LENGTH:
            continue
        dated = own or published(below["line"]) or opened(text, below.start("line"))[0]
        if dated:
            found.append(m)
    # one title is one article, however often the frame of a page prints it
    if len({titled(m["words"]).strip() for m in found}) < len(found):
        return []
    return found if len(found) > 1 and _has_bodies(text, found) else []


def _heads_itself(line: str) -> bool:
    """Whether a line with a date is the heading of a part, not the date below a title: B 甲县(2024-01-20)."""
    return bool(_LETTERED.match(line)) and bool(published(line) or titled(line) != line)


def _promised(text: str) -> list[re.Match[str]]:
    """The headings of as many parts as the page's title promises: 法律援助简讯(两地)."""
    at, number = _promise(text)
    if not 1 < number <= _MOST:
        return []
    kept: list[list[re.Match[str]]] = []
    for pattern in _PARTS:
        runs: dict[tuple[str, str], list[re.Match[str]]] = {}
        for m in _lines(pattern, text):
            run = runs.setdefault((m["form"], m["end"].strip()), [])
            if m.start() >= at and _number(m["n"]) == len(run) + 1:
                run.append(m)
        kept += [r for r in runs.values() if len(r) == number and _has_bodies(text, r, _BODY // 2)]
    if kept:  # the parts begin before the sections of the first of them
        return min(kept, key=lambda run: run[0].start())
    for found in (list(_lines(_BRACKETED, text)), *_adorned(text)):
        told = [m for m in found if m.start() >= at]
        if len(told) == number and _has_bodies(text, told, _BODY // 2):
            return told
    return []


def _adorned(text: str) -> list[list[re.Match[str]]]:
    """The short lines that begin with an ornament, those of each ornament together: 〇 甲区慈善会2024年."""
    runs: dict[str, list[re.Match[str]]] = {}
    for m in _lines(_ORNAMENTED, text):
        runs.setdefault(m["form"], []).append(m)
    return list(runs.values())


def _number(n: str) -> int:
    for order in (_ORDER, _LETTERS):
        if n in order:
            return order.index(n) + 1
    return int(numeric(n)) if len(n) == 1 else int(parse(n))


def _of_names(text: str) -> list[re.Match[str]]:
    """The lines that begin with the places that the page's title names in brackets, one after the
    other.
    """
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        title = _OF_BOTH.search(line)
        if title and len(line) <= _TITLE_LENGTH and all(map(_is_place, title["names"].split("、"))):
            begin, found = text.index(line) + len(line), []
            for name in title["names"].split("、"):
                pattern = re.compile(
                    rf"{_ADORNED}{_MARK_OF_PART}(?P<rest>(?:[\u4e00-\u9fff]{{2,6}}[省市州])?{re.escape(name)}[^\n]{{0,60}})$"
                )
                m = pattern.search(text, begin)
                if m is None:
                    return []
                found.append(m)
                begin = m.end()
            return found if _has_bodies(text, found) else []
    return []


def _is_place(name: str) -> bool:
    return is_named(name) or bool(county_named(name))


def _promise(text: str) -> tuple[int, int]:
    """Where the line ends that says of how many texts a page is, and how many; 0 for none."""
    at = 0
    for _ in range(_HEAD_LINES):
        stop = text.find("\n", at)
        if stop < 0:
            break
        line = text[at:stop].strip(" #")
        if (m := _PROMISED.fullmatch(line)) and len(line) <= _TITLE_LENGTH:
            return stop + 1, int(parse(m["n"])) if m["n"] else 3 if m["trio"] else 2
        at = stop + 1
    return 0, 0


def _headings(text: str) -> list[re.Match[str]]:
    """Headings of Markdown at one level that each name an owner or a year of their own."""
    levels: dict[str, list[re.Match[str]]] = {}
    for m in _lines(_MARKDOWN, text) if "#" in text else ():
        levels.setdefault(m["form"], []).append(m)
    for found in levels.values():
        if len(found) > 1 and _differ([m["words"] for m in found]):
            return found if _has_bodies(text, found) else []
    return []


def _edited(text: str) -> list[re.Match[str]]:
    """The first line of a page of several articles, and the titles behind an editor's line each."""
    first = _ARTICLE.search(text)
    found = [first] if first else []
    for line in _lines(_EDITED, text):
        title = _ARTICLE.match(text, line.end() + 1)
        told = title and is_title(title["words"]) and len(title["words"]) <= _TITLE_LENGTH
        if title and told and _SENTENCE.search(text, title.end(), title.end() + _SOON):
            found.append(title)
    return found if len(found) > 1 and _has_bodies(text, found) else []


def _unnumbered(text: str) -> Iterator[Boundary]:
    """Title lines behind the end of a report, or of another owner than the title before."""
    titles = [
        m
        for m in _lines(_TITLE, text)
        if len(m["words"]) > 5 and not _MARKED.match(m["words"]) and not _TABLE.match(text, m.end())
    ]
    at, named = _headed(text, titles[0]) if titles else (0, "")
    above = [line for line in text[:at].split("\n") if line.strip() and not is_trail(line)]
    current = titles[0] if titles and not above else None
    named = named if current else ""
    for m in titles[1:] if current else titles:
        start, words = _headed(text, m)
        since = start - (current.end() if current else 0)
        if current and since < _LONG and ">" in current[0]:  # the way to a page is no title
            current, named = m, words
        if since < _LONG or len(text) - m.end() < _LONG:
            continue
        if sign := _sign(_line_above(text, start), words, named):
            yield Boundary(start, m["words"].strip(), sign)
            current, named = m, words


def _headed(text: str, m: re.Match[str]) -> tuple[int, str]:
    """Where a title begins, and its words: with the body that it names on the line above, or in
    brackets below.
    """
    above = _line_above(text, m.start())
    if not _owner(m[0]) and _BODY_LINE.fullmatch(above) and not _DATE.fullmatch(above):
        return text.rindex(above, 0, m.start()), above + m[0]
    return m.start(), m[0]


def _sign(above: str, title: str, last: str) -> str:
    """What shows that a title without number begins a report, by the line above and the title before."""
    owner = _owner(title)
    if _RULE.fullmatch(above):
        return "rule"
    if _DATE.fullmatch(above) and (owner or _year(title)):
        return "signature"
    another = owner and _owner(last) and owner not in last
    # the next year's report of the same place, or the next week's
    another = another or (title != last and _NUMBERS.sub("", title) == _NUMBERS.sub("", last))
    return "owner" if another and above[-1:] in "。!)”" else ""


def _line_above(text: str, at: int) -> str:
    """The last line above an offset that is not blank, without the blanks at its end."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[text.rfind("\n", 0, at) + 1 : at]


def _addressed(text: str) -> Iterator[Boundary]:
    """Delegates addressed again behind the close of a report; its title stands above."""
    addressed = list(_lines(_ADDRESS, text))
    for one, other in itertools.pairwise(addressed):
        closed = [m.end() for m in _CLOSED.finditer(text, one.end(), other.start())]
        if closed and other.start() - closed[-1] < _LONG:
            line = text.find("\n", closed[-1])
            if 0 <= line < other.start():
                yield Boundary(
                    line + 1, text[line + 1 : other.start()].strip().split("\n")[0], "address"
                )
