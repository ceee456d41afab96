"""The named indicator that a figure is: by the name that governs it, its unit and its kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..model import Claim, Quantity
from ..schema import NAMED, frame
from ..vocabularies.alternatives import numbered, together
from ..vocabularies.patterns import Pattern, fast, words
from ..vocabularies.session import kept, load
from .deeds import domain, done, goes_on, is_part, is_whole, last_thing, words_of
from .table_sentences import ONE_KIND
from .window import Context

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["named_indicators"]

_FAR = 120  # how far back in its sentence the name of a figure is looked for
_SENTENCE = 24  # figures of its sentence that a short name looks back over
_TOPIC = 60  # how far before a short name its topic may stand
_BEHIND = 24  # and how far behind its unit
_REACH = 240  # and how far, where its own sentence speaks of no other thing


def _longest_first(*entries: tuple[str, str]) -> str:
    """The words of entries in an order in which a possessive loop takes none for a longer one."""
    said = {word for entry in entries for word in words(*entry)}
    return f"(?:{'|'.join(sorted(said, key=lambda word: (-len(word), word)))})"


_LINK = Pattern(
    "named",
    r"(?:{link}|[与同和比较](?:{earlier})+的?(?:数|相比)?|(?:\d{4}|\d\d|[xX*Ⅹ]{2,4})年|\[\d+\]|\([人件批]\)次?"
    r"|\([^()]{0,16}?(?:{counting})[^()]{0,20}\)|[ \"“”*,、:|\n])*+",
)
_BEFORE = Pattern(
    "named",
    r"(?:^|[,、:;。()<>《》“”【】◆●■\"\s*\]|·—-]|(?<!\d)\d{1,2}[.]|(?:19|20)\d\d|{before}|[全我本各][省市县区旗州国镇乡]|年|月份?|日"
    r"|[\u4e00-\u9fff*xX][省市县区州旗镇乡国])$",
)
# what heads the line of an item: --地区生产总值。
_HEADED = re.compile(
    r"[ #*]*(?:(?P<mark>[-—◆●■·•○]+)|[(]?[一二三四五六七八九十\d]{1,2}[)、.])?[ ]*(?P<name>[\u4e00-\u9fff]{2,16})(?(mark)[。:]|。)"
)
# a line that is a heading and no more: 三、固定资产投资
_HEADLINE = re.compile(
    r"[ #*]*(?:[-—◆●■·•○]+|[(]?[一二三四五六七八九十\d]{1,2}[)、.])?[ ]*(?P<name>[\u4e00-\u9fff]{2,16})[*:]*"
)
_HEADLINE_FAR = 32
_OPENS = re.compile(r"(?:[^,。;:\n]{2,18}[。:])?")  # what opens a line and ends at once
_OWN = re.compile("[全我本][省市县区旗州镇乡村]")
# the line of a list of parts, how many of them are looked back over, and what a part is no total of
_OF_LIST = re.compile(r"[ ]*(?:\d{1,2}[.、)]|[(]\d{1,2}[)]|[①-⑳]|[-—●■◆□○·•])")
_SHARE_OF = re.compile("占[^,。;:]{1,14}的?$")
# what opens the parts of a whole: 按性质划分为:诉前调解5件
_DIVIDES = re.compile("其中|分为")
_ITEMS, _TOTALS = 12, frozenset({"matters", "calls", "petitions", "disputes"})
_STOPS = "。;!?\n"  # the ends of sentences, as `stops.SENTENCE` has them
_AND = re.compile(r"[、和及与]|以及")
_LOOKS = re.compile(r"\(\?<?[=!][^)]*\)")
_BREAK = re.compile(r"[,:;。\n]")
_PART = Pattern("named", "{parts}")
_EACH = Pattern("named", "{each}")
_EACH_OF = Pattern("named", "{each}$")
_ALL = Pattern("named", "{all}")
_RISEN = Pattern("named", "^[,、]?(?:{time})*{risen}")
_PASSED = Pattern("named", "{passed}")
# ;第二季度979户: the same at another time
_TIME_ALONE = Pattern(
    "named",
    r"[,;。]?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?|\d{4}年|{yearly}){links}*+",
    lambda: {"links": _longest_first(("named", "link"))},
)
_TIMES = 6  # figures back that such a time may look over
_ON = Pattern("named", "^(?:{bounds})?[,、]?(?:{mark}|{real})")
# 每天约10169件,环比降0.24%: the growth is that of the total before
_ASIDE = Pattern("named", "^[,、(]?{aside}")
# what may stand between such a mark and the figure itself: 突破10亿元大关,达11亿元
_PASSED_HERE = Pattern("named", "(?:{passed})[了达]?$")
_MARK_HERE = Pattern("named", "(?:{bounds})?的?[一新]?个?(?:{mark})?")
_MEASURE = {
    "批次": "批",
    "批数": "批",
    "起数": "批",
    "人次": "人",
    "人数": "人",
    "件数": "件",
    "件次": "件",
}
_OF_MEASURE = {
    "批": ("批次", "批", "起"),
    "人": ("人次", "人", "名"),
    "件": ("件", "件次", "宗", "起"),
}
_MEASURES = re.compile("|".join(_MEASURE))
_MEASURED = re.compile(f"^总?(?:{'|'.join(_MEASURE)})")
_JOINT = Pattern("named", r"(?:{bounds})?(?:[、,]?(?:和|及|与)|[、,])")
# 分别下降12%和上升9%
_JOINT_MOVED = Pattern("named", r"(?:{bounds})?(?:[、,]?(?:和|及|与)|[、,])(?:{moved})?")
_RELATIVE = Pattern("named", r"(?:{bounds})?(?:的(?!{own})[\u4e00-\u9fff]|(?:级的?)?{sized})")
_GROWTH = Pattern("named", r"{growth}(?![到至])[^,。;到至]{0,6}$")


# 较二季度的16905件, 从2018年的164件: the same at an earlier time
_EARLIER = Pattern("named", "^[,、(]?(?:{against}(?:{earlier})+的?|比)$")
# 2020年排查7.1万起,2021年6.2万起: year by year
_YEARLY = Pattern("named", r"^(?:{bounds})?(?:\([人件批]\)次?)?[,、;](?:\d{4}年|{yearly})")
# ;与2007年相比减少9件: still of the figure before the stop
_COMPARED = Pattern("named", ";[与同和比较](?:{earlier})+")
# 98%,高于全国的92%: the same of a larger place
_OTHERS = Pattern("named", r"^[,、(]?(?:{than})?(?:{wholes})的?$")
_OTHER = Pattern("named", "{things}")  # things dealt with that are no topic of mass work
_DONE_BEHIND = Pattern("named", "(?:{wholly})*(?:化解|办结)")
_AIMED = Pattern("named", "(?:{aimed})*")
_TAIL = 16
_TAIL_END = re.compile(r"[,、:;。\n\d]")
_SUMMED = re.compile("[总计]")
_BESIDE = re.compile("其中(?:予以|有效)?(?:立案|受理)$|应(?:办理?)?结?$")
_DUE = Pattern("named", "{due}$")
_ABOUT = Pattern("named", r"{about}[^,。:;、\n]{1,12}$")  # 涉流动人口纠纷 are a part of all
_WHOLE = re.compile(r"(?:之?中的|里的)(?=\d)")
_CLAUSE = re.compile(r"[,:;。\n(]")
_ASIDES = re.compile(r"\([^()\d]{1,8}\)")
_HAN_END = re.compile(r"[\u4e00-\u9fff]*$")
_OPENING = 160  # the words of a report that tell its own matter, with its title
_NEAR = 240  # how far above a deed its thing may stand
_POINTS = {"%", "百分点"}
_PIECES = ("件", "起", "宗", "件次")
_WHOLES = {*_PIECES, "批次", "批", "人次"}  # what is divided by 其中
_PETITIONS = re.compile("信访|纪委|纪检|监委")
_CASES = re.compile("[收进]案|收件")  # taken in, of what the page is about
_KIND = re.compile("(?<!各)类")
_SOME = re.compile(r"等\d+[个家]")
_OF_SOME = re.compile("其中|[省市县区州]直(?:部门|单位|机关)")
_BOTH = re.compile("[\u4e00-\u9fff]{2}[及和与]$")
_HOT = re.compile("热线|12345|(?:市长|县长|区长|公开)(?:专线)?电话")
_COMPLAINTS = re.compile("投诉|举报")
_TOGETHER = Pattern("named", "{together}")
_OF = re.compile(r"的(?![\d,])")
_WITHIN = re.compile("(?:内|当中|其中[\u4e00-\u9fff]{2,})$")
_PLAIN = Pattern(
    # possessive, since words that are made of others would be tried in all ways
    "named",
    r"(?:{plain}|\d++|[年月日起、至-]|截至|截止)*+",
    lambda: {"plain": _longest_first(("deeds", "manner"), ("named", "link"), ("named", "before"))},
)


@dataclass(frozen=True, slots=True)
class _Named:
    """One indicator: what its figures must be, and the words that make a figure another one."""

    key: str
    of: str
    kinds: frozenset[str]
    units: frozenset[str]
    change: str
    without: re.Pattern[str] | None
    besides: re.Pattern[str] | None
    elsewhere: re.Pattern[str] | None
    link: re.Pattern[str] | None
    leans: bool
    open: bool

    def fits(self, kind: str, direction: str, unit: str) -> bool:
        """Whether kind, direction and unit of a figure are those of the indicator."""
        return (
            kind in self.kinds
            and unit in self.units
            and not (self.change and kind == "change" and direction != self.change)
        )


#: the indicators that a name may stand for, the first that fits holds
_Head = tuple[_Named, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """What one word stands for: an indicator by itself, several in turn, or one by its topic."""

    head: _Head = ()
    shared: tuple[_Head, ...] = ()
    short: tuple[tuple[_Head, re.Pattern[str]], ...] = ()

    @property
    def leans(self) -> bool:
        """Whether it means what its sentence speaks of: a short name, or a rate of what was dealt
        with.
        """
        return bool(self.short) or bool(self.head and self.head[0].leans)

    @property
    def open(self) -> bool:
        """Whether words before it make it no part: 承办单位回访满意率."""
        return bool(self.head) and self.head[0].open


@dataclass(frozen=True, slots=True)
class _Names:
    """All names as one pattern, its groups numbered like `names`, and the nouns behind units."""

    pattern: re.Pattern[str]
    names: tuple[_Name, ...]
    behind: dict[str, list[tuple[_Head, re.Pattern[str], re.Pattern[str] | None]]]  # by unit


def named_indicators(lang: str = "en") -> "pd.DataFrame":
    """The indicators that the column `indicator` of a claims table may name.

    Args:
        lang: `en` or `zh`: the language of the titles.

    Returns:
        one row per indicator with the columns indicator, title, words (the Chinese words that name
        it, as regular expressions), unit and kind.

    Raises:
        QzError: another language.

    >>> table = named_indicators().set_index("indicator")
    >>> table.loc["gdp_growth", ["title", "unit", "kind"]].tolist()
    ['Growth of gross domestic product', '%', 'change']
    >>> named_indicators("zh").set_index("indicator").loc["forest_cover", "title"]
    '森林覆盖率'
    """
    if lang not in {"en", "zh"}:
        raise QzError(f"there is no language {lang!r}; there are: en, zh")
    known = load("named")
    rows = []
    for key, said in known.items():
        own = said.get("words", []) + said.get("short", []) + said.get("behind", [])
        said_by = own + known.get(said.get("of", ""), {}).get("words", [])
        units = filter(None, said["units"])
        rows.append(
            (key, said[lang], "; ".join(said_by), "; ".join(units), "; ".join(said["kinds"]))
        )
    return frame(rows, NAMED)


def name_figures(
    text: str, quantities: Sequence[Quantity], contexts: list[Context], title: str = ""
) -> list[Context]:
    """The contexts with the indicator of each figure that is a named one.

    The title of the report is the topic of short names (办结98件) that have none nearer.

    >>> from qz_analysis import extract
    >>> extract("全县财政总收入完成14.5亿元，增长9.6%，其中税收9亿元。")["indicator"].tolist()
    ['fiscal_revenue', 'fiscal_revenue_growth', '']
    """
    found, vocabulary = _Found(text, quantities, contexts, title), _names()
    for i in range(len(quantities)):
        found.take(i, vocabulary)
    named = [
        c._replace(indicator=key) if key else c for c, key in zip(contexts, found.keys, strict=True)
    ]
    for i in found.grown:
        named[i] = named[i]._replace(kind="change", direction="up")
    for i in _passed(text, quantities, contexts):
        named[i] = named[i]._replace(indicator="", role="threshold")
    return named


def _passed(
    text: str, quantities: Sequence[Quantity], contexts: Sequence[Context]
) -> Iterator[int]:
    """The figures that are only marks on the way to the one behind them: 突破10亿元大关,达11亿元."""
    listed = -1  # a figure that goes on a list of such marks
    for i in range(len(quantities) - 1):
        one, then = quantities[i : i + 2]
        if i != listed and not (
            one.bound == "min" and _PASSED_HERE.search(text, max(0, one.start - 4), one.start)
        ):
            continue
        said, next_said = contexts[i], contexts[i + 1]
        if (one.unit, said.sentence, said.period, said.modality) != (
            then.unit, next_said.sentence, next_said.period, next_said.modality,
        ):  # fmt: skip
            continue
        mark = _MARK_HERE.match(text, one.end, then.start)
        if not (one.value and then.value and one.value <= then.value and mark):
            continue
        if _LINK.fullmatch(text, mark.end(), then.start):
            listed = i + 1 if text[one.end : then.start] == "、" else -1
            yield i


class _Found:
    """The heads that govern the figures of a report, found in their order."""

    def __init__(
        self, text: str, quantities: Sequence[Quantity], contexts: Sequence[Context], title: str
    ) -> None:
        self.text, self.quantities, self.contexts = text, quantities, contexts
        self.title = title
        self._has_kinds = ONE_KIND in text
        first = quantities[0].start if quantities else 0
        self.own = title + text[max(0, first - _OPENING) : first]
        # the first line of a text that is its first sentence does not say what the page is about
        self.above = "" if title and first < len(title) else self.own
        self.heads: list[_Head] = []
        self.keys: list[str] = []
        self.grown: set[int] = set()  # the growths that no word tells
        self._given: dict[int, _Head] = {}  # what a list before several figures gives to each
        self._listed: dict[int, int] = {}  # where such a list begins, and of how many
        self._starts: list[int] = []  # of the sentence of each
        self._sentence = 0
        self._refused = False  # whether a word of its clause made the last figure another one
        self._partial = -1  # the sentence that divides what is no indicator
        self._due: set[int] = set()  # figures of deeds that were only due
        self._foreign = -1  # the sentence in which a figure of this kind was another's: 涉毒立案3起
        # the last run that was looked for, by what joins it: its first figure and its last
        self._runs: dict[object, tuple[int, int]] = {}

    def take(self, i: int, names: _Names) -> None:
        """Finds head and indicator of the next figure."""
        quantity = self.quantities[i]
        last = self.quantities[i - 1].end if i else 0
        far = max(0, quantity.start - _FAR)
        if not i or self.contexts[i].sentence != self.contexts[i - 1].sentence:
            stops = [self.text.rfind(stop, far, quantity.start) for stop in _STOPS]
            self._sentence = max(far, max(stops) + 1)
        begin = max(self._sentence, self._before_aside(i, names, last), far)
        lead = self.text[begin : quantity.start]
        if begin == self._sentence and (item := self._item(names)):
            lead = f"{item}:{_OWN.sub('', lead)}"
        self._starts.append(self._sentence)
        linked = bool(i) and self._starts[i - 1] == self._sentence and begin == last
        if i and not linked and _COMPARED.match(self.text, last):
            linked, lead = True, self.text[last + 1 : quantity.start]
        if _DIVIDES.search(lead) and self._unnamed(i):
            self._partial = self._sentence
        head = self._given.get(i)
        if head is None:
            head = self._said(i, lead, names)
        key = ""
        self._refused = False
        if head is not None:
            key = self._fitting(i, lead, head)
        elif linked:
            head, key = self._measured(i, lead) or self._carried(i, lead)
            if head is None and self.heads[i - 1] and self._aside(i, lead):
                head = self.heads[i - 1]
        if not key and (behind := self._behind(i, names)):
            head, key = behind, self._fitting(i, "", behind)
        if not key and head is None and (again := self._again(i, last)) is not None:
            head, key = again
        refused = self._refused
        if not key and (done_to := self._by_deed(i, lead)) and not (refused and done_to is head):
            key = self._fitting(i, lead, done_to)
            head = done_to if key else head
            self._refused = refused and not key
            self._foreign = -1 if key else self._foreign  # whose deed it was makes it no part
        # 即办件占总办件量的91.7%: a share is no rate of what was done
        if key and quantity.unit == "%" and _things(key) and _SHARE_OF.search(lead):
            key = ""
        if key and {*_things(key)} & _TOTALS and self._among_items(quantity.start):
            key = ""
        # what a word of the clause makes another figure does not lead to the next one, either
        self.heads.append(() if head is None or (self._refused and not key) else head)
        self.keys.append(key)

    def _among_items(self, at: int) -> bool:
        """Whether a figure stands in the lines of a list of parts: 其中:⏎1.窗口受理17件;⏎2.平台受理3件."""
        if self._one_kind(at):
            return True
        line = self.text.rfind("\n", 0, at) + 1
        for _ in range(_ITEMS):
            if not line or not _OF_LIST.match(self.text, line):
                return False
            if self.text.endswith("其中:", 0, line - 1):
                return True
            line = self.text.rfind("\n", 0, line - 1) + 1
        return False

    def _one_kind(self, at: int) -> bool:
        """Whether a figure stands in a row of one of several kinds: 渠道|受理 above 省长信箱|23."""
        if not self._has_kinds:
            return False
        stop = self.text.find("。", at)
        return stop > 0 and self.text[stop - 1] == ONE_KIND

    def _before_aside(self, i: int, names: _Names, last: int) -> int:
        """Where the words before a figure begin: behind the last one, unless that is in a bracket between
        a name and its figure: 固定资产投资(500万元以上)增长3.9%.
        """
        if not i or ")" not in (between := self.text[last : self.quantities[i].start]):
            return last
        opened = self.text.rfind("(", self._sentence, last)
        closed = last + between.index(")") + 1
        if opened < 0 or "(" in between or not _LINK.fullmatch(self.text, opened, closed):
            return last
        k = i - 1
        while k >= 0 and self.quantities[k].end > opened:
            k -= 1
        begin = max(self._sentence, self.quantities[k].end if k >= 0 else 0)
        named = any(m.end() == opened for m in names.pattern.finditer(self.text, begin, opened))
        return begin if named else last

    def _item(self, names: _Names) -> str:
        """The name that alone heads the line of the sentence: --地区生产总值:年计划617亿元;1-9月428亿元; or the
        line above it.
        """
        line = self.text.rfind("\n", 0, self._sentence) + 1
        heading = _HEADED.match(self.text, line)
        if line == self._sentence:
            above = self.text[max(0, line - _HEADLINE_FAR) : line].rstrip()
            heading = _HEADLINE.fullmatch(above, above.rfind("\n") + 1)
        elif heading is not None and heading.end() > self._sentence:
            heading = None
        if heading is None:
            return ""
        *_, end = (0, *(m.end() for m in names.pattern.finditer(heading["name"])))
        return heading["name"] if end == len(heading["name"]) else ""

    def _heading(self) -> str:
        """The heading of the line of a sentence, or the line above that is one: 打击电信诈骗。破案96起."""
        line = self.text.rfind("\n", 0, self._sentence) + 1
        if line < self._sentence:
            return _OPENS.match(self.text, line)[0]  # type: ignore[index]
        above = self.text[max(0, line - _HEADLINE_FAR) : line].rstrip()
        heading = _HEADLINE.fullmatch(above, above.rfind("\n") + 1)
        return heading["name"] if heading else ""

    def _said(self, i: int, lead: str, names: _Names) -> _Head | None:
        """The head that a name before the figure gives; None where there is no name."""
        found = list(names.pattern.finditer(lead))
        if not found:
            return None
        while len(found) > 1 and _LINK.fullmatch(lead, found[-2].end(), found[-1].end()):
            found.pop()  # 信访总量共计356批次: no name, but a link
        last = found[-1]
        tail = lead[last.end() :]
        if not _LINK.fullmatch(_MEASURED.sub("", tail)):
            return None
        first = len(found) - 1
        while first and _AND.fullmatch(lead, found[first - 1].end(), found[first].start()):
            first -= 1
        before = lead[: found[first].start()]
        # 11599户低保户、9154户五保户: what stands right behind a figure is what that one counts
        behind = i and self.quantities[i - 1].end == self.quantities[i].start - len(lead)
        if behind and not before and _AND.match(tail):
            return ()
        said = [names.names[int(m.lastindex or 1) - 1] for m in found[first:]]
        if lead.startswith("(") and self._of_unnamed(i):
            return ()  # 大病救助18人(低保户8人)
        if not said[0].open and self._of_both(lead, found, first):
            return ()
        if (
            behind
            and self.text[self.quantities[i - 1].start - 1] == "每"
            and not _BREAK.search(before)
        ):
            return ()  # 每10万人刑事立案数
        if self._partial == self._sentence:
            return ()
        if any(name.open for name in said) and self._of_some(i):
            return ()
        place = self.contexts[i].place
        plain = said[0].open or _BEFORE.search(before) or (place and before.endswith(place))
        if self._of_kinds(i, lead, before) or not plain or _PART.search(_BREAK.split(before)[-1]):
            if _DUE.search(before):
                self._due.add(i)
            else:
                self._foreign = self._sentence
            return ()
        if self._foreign == self._sentence and any(name.leans for name in said):
            return ()
        each, every = bool(_EACH.search(tail)), bool(_ALL.search(tail))
        at = self.quantities[i].start - len(lead) + last.start()
        spoken = self.text[max(self._sentence, at - _TOPIC) : self.quantities[i].start]
        joined = before and _AND.search(before[-2:])
        alone = len(said) == 1 and not said[0].shared and not joined
        if alone and (each or _EACH_OF.search(before)) and self._run(i) > 1:
            if not (self._yearly(i) or said[0].open):
                return ()  # 四类分别办结90件、80件: each of another
            self._list(i, [said[0].head] * self._run(i))  # 2021年和2022年分别办结90件、80件
            return said[0].head
        heads: list[_Head] = []
        if each and joined:  # 利税和工业增加值分别: unknown items, too
            opened = [m.end() for m in _BREAK.finditer(before)]
            items = _AND.split(before[opened[-1] if opened else 0 :])
            heads += [()] * len([item for item in items if item])
        whole = self._run(i)
        for name in said:
            if name.shared and len(name.shared) == 1:
                heads += name.shared * max(1, whole)
            elif name.shared and (whole >= len(name.shared) or each or every or not name.head):
                heads += name.shared
            elif name.short and not _SUMMED.search(last[0]) and self._of_another(i, lead, name):
                heads.append(name.head)
            elif name.short and _WITHIN.search(_BREAK.split(before)[-1]):
                heads.append(())  # 网格内化解552件: of one of several
            elif name.short and (same := self._same_thing(i, name)):
                heads.append(same)
            elif name.short:
                heads.append(_by_topic(name, spoken, self._above(at, spoken)))
            else:
                heads.append(name.head)
        if len(heads) > 1 and whole == 1 and _TOGETHER.search(tail):
            return ()  # 来信和来访加在一起: of neither
        if len(heads) > 1 and whole >= len(heads):
            self._list(i, heads)
            return heads[0]
        return heads[-1] if all(heads) else ()

    def _by_deed(self, i: int, lead: str) -> _Head:
        """The head that deed and thing of a figure's clause give, by their slots."""
        quantity = self.quantities[i]
        # 物业122个(热线116个): a part is no total
        part = self.contexts[i].role in {"part", "share"} and self.contexts[i].kind == "count"
        if quantity.unit not in _done_units() or part:
            return ()
        plain = _ASIDES.sub("", lead)
        stops = [m.end() for m in _CLAUSE.finditer(plain)]
        clause = plain[stops[-1] if stops else 0 :]
        found = last_thing(clause)
        if (
            found
            and found.thing == "backlog"
            and _LINK.fullmatch(clause, found.end)
            and _DONE_BEHIND.match(self.text, quantity.end)
            and not is_part(clause)
        ):
            return _deeds()["backlog", "resolved", False]  # 排查出的积案106件全部化解
        said = done(clause, _LINK, self.above)
        if said is None or (said.rate and quantity.unit != "%"):
            return ()
        before, at = said.before, quantity.start - len(clause)
        told = self.text[self._sentence : quantity.start]
        place = self.contexts[i].place
        thing = said.thing or self._thing_of(i, at)
        if not thing and "received" in said.deeds:
            thing = domain(before)  # 镇一级的调解组织受理5534件
        # on a page about mediation, or by a body of it, nothing else is mediated
        if not thing and not said.rate and {"mediated", "settled"} & {*said.deeds}:
            whose = domain(before) or domain(self.own + self._above(at, ""))
            thing = "disputes" if whose == "disputes" else ""
        deeds = said.deeds or ("alone",)
        if said.thing and not self._is_whole(before):
            return ()
        if not said.thing and _EACH.search(lead) and self._run(i) > 1:
            return ()  # 仲裁和信访案件的结案率各为99%、98%
        # a row of a table begins with its place: 东兴市受理件数838
        if not said.thing and not (_PLAIN.fullmatch(before.removeprefix(place)) or domain(before)):
            return ()  # 村级化解604起: of one of several
        if thing == "pieces" or (not thing and _CASES.search(clause)):
            thing = domain(clause) or domain(self.title) or domain(self.own)
        if complaints := thing == "complaints":
            thing = self._complaints(i)
        hot = bool(_HOT.search(told) or (not complaints and _HOT.search(self.title)))
        if thing in {"matters", "calls"} and "received" in deeds:
            if thing == "calls" and not (hot or _HOT.search(self.own)):
                return ()
            thing = "calls" if hot or thing == "calls" else "matters"
        heads = _deeds()
        return next((heads[k] for deed in deeds if (k := (thing, deed, said.rate)) in heads), ())

    def _complaints(self, i: int) -> str:
        """What complaints are: petitions where page or sentence are about these, else, on a page
        about complaints, matters of the body that deals with them: 受理旅游投诉13宗.
        """
        at, family = self.quantities[i].start, self.contexts[i].family
        said = self.text[self._sentence : at]
        if "12345" in self.text[self.text.rfind("\n", 0, at) + 1 : at]:
            return "matters"
        if _PETITIONS.search(self.own) or "信访" in said:
            return "petitions"
        if not _COMPLAINTS.search(self.own):
            return ""
        return {"petition": "petitions", "matters": "matters"}.get(family, "")

    def _is_whole(self, before: str) -> bool:
        """Whether the words before a thing leave it whole."""
        words = _HAN_END.search(before)[0]  # type: ignore[index]
        return bool(_BEFORE.search(before)) or is_whole(words, self.above)

    def _thing_of(self, i: int, at: int) -> str:
        """The thing of a deed whose clause names none: that of the last figure of its sentence, else
        the one spoken of last above it.
        """
        unit, k = self.quantities[i].unit, i
        while k and self._starts[k - 1] == self._sentence:
            k -= 1
            if self.quantities[k].unit not in {unit, *_PIECES}:
                continue
            if self.keys[k]:
                return next(iter(_things(self.keys[k])), "")
            lead = self._lead(k)
            clause = _CLAUSE.split(lead)[-1]
            if found := last_thing(clause):
                whole = self._is_whole(clause[: found.start]) and not is_part(clause)
                return found.thing if whole else ""
            told = done(clause, _LINK, self.above)
            place = self.contexts[k].place
            whose = told.before.removeprefix(place) if told and not told.thing else ""
            if whose and not (_PLAIN.fullmatch(whose) or domain(whose)):
                return ""  # 窗口受理17件、办结14件: of one of several
            if _BESIDE.search(lead):  # 受理案件1054件,其中立案996件;应结972件,已结911件
                continue
            if "其中" in lead or not (k in self._due or goes_on(clause, _LINK)):
                return ""  # 其他60件,办结58件
        for text in (self.text[self._sentence : at], self._above(at, "")):
            if found := last_thing(text):
                other = _OTHER.search(text, found.end) or not self._is_whole(text[: found.start])
                part = text.startswith("的", found.end) or _ABOUT.search(
                    text, max(0, found.start - 20), found.start
                )
                return "" if other or part else found.thing
        return ""

    def _same_thing(self, i: int, name: _Name) -> _Head:
        """What a short name stands for by the last figure of its sentence, if that tells a thing: 受理信
        访问题1711件,办结1265件.
        """
        for k in range(i - 1, -1, -1):
            if self._starts[k] != self._sentence:
                break
            if self.quantities[k].unit in {self.quantities[i].unit, *_PIECES}:
                things = set(_things(self.keys[k]))
                heads = [head for head, _ in name.short if things & {*_things(head[0].key)}]
                return heads[0] if len(heads) == 1 else ()
        return ()

    def _of_kinds(self, i: int, lead: str, before: str) -> bool:
        """Whether a name is of some kinds of things, which are a figure by themselves: 七类案件的破案率."""
        last = self.quantities[i - 1] if i else None
        beside = last is not None and last.end == self.quantities[i].start - len(lead)
        return (
            beside and last is not None and last.unit in {"类", "种"} and not _BREAK.search(before)
        )

    def _of_another(self, i: int, lead: str, name: _Name) -> bool:
        """Whether a short name tells what became of a figure that is no indicator itself: 其他60件,
        办结58件; in brackets that of the figure before them alone.
        """
        unit, first = self.quantities[i].unit, i
        if unit == "%":
            return i > 0 and self._starts[i - 1] == self._sentence and self._of_part(i - 1)
        if unit == "元":
            return False  # sums of money do not become others
        # further back in a sentence without end nothing is told of it
        while first and i - first < _SENTENCE and self._starts[first - 1] == self._sentence:
            first -= 1
        alike = {unit} if unit else {"", *_PIECES}  # a cell without a unit
        before = [k for k in range(first, i) if self.quantities[k].unit in alike]
        before = [k for k in before if k not in self._due]
        if lead.startswith("("):
            before = before[-1:]
        if not before:
            return False
        last = before[-1]
        part = not (self.keys[last] and _things(self.keys[last]))
        if part and "其中" in self._lead(last):
            return True  # 受理187件,其中转办9件,办结8件; 其中集体访26件,解决22件
        if any(self.keys[k] for k in before):
            return False
        return not any(self._counts_topic(k, name) for k in before)

    def _unnamed(self, i: int) -> bool:
        """Whether what a figure is a part of is no indicator: 到市访21件次,其中集体访7批次."""
        at = self._starts[i - 1] if i else self._sentence  # of its sentence or the one before
        counted = False
        for k in range(i - 1, -1, -1):
            if self._starts[k] != at:
                break
            if self.keys[k]:
                return False
            whole = self.contexts[k].kind == "count" and self.quantities[k].unit in _WHOLES
            counted = counted or whole
        return counted

    def _of_unnamed(self, i: int) -> bool:
        """Whether the count right before the bracket of a figure is of the same unit and no indicator."""
        last = self.quantities[i - 1]
        same = last.unit == self.quantities[i].unit and self.contexts[i - 1].kind == "count"
        return bool(i and same and not self.keys[i - 1] and last.end > self._sentence)

    def _of_some(self, i: int) -> bool:
        """Whether a rate is of some bodies, or of one kind of things: 民政局等9个单位…满意率100%,
        停水类工单870件、满意率86%.
        """
        if _SOME.search(self.text, self._sentence, self.quantities[i].start):
            return True
        return (
            i > 0
            and self._starts[i - 1] == self._sentence
            and bool(_KIND.search(self._lead(i - 1)))
        )

    def _of_part(self, i: int) -> bool:
        """Whether a count tells what became of a part: 其中转办2274件,办结1715件,办结率75%."""
        said = self.contexts[i]
        if self.keys[i] or said.kind != "count" or self.quantities[i].unit not in _PIECES:
            return False
        told = self.text[self._sentence : self.quantities[i].start]
        return said.stage == "resolved" and _OF_SOME.search(told) is not None

    def _lead(self, i: int) -> str:
        """The words between a figure and the one before it in its sentence."""
        last = self.quantities[i - 1].end if i else 0
        return self.text[max(self._starts[i], last) : self.quantities[i].start]

    @staticmethod
    def _of_both(lead: str, found: list[re.Match[str]], first: int) -> bool:
        """Whether a rate is that of two deeds, of which the first has no name: 回复及调处率."""
        at = found[first].start()
        return found[-1][0].endswith("率") and bool(_BOTH.search(lead, max(0, at - 6), at))

    def _counts_topic(self, k: int, name: _Name) -> bool:
        """Whether a figure counts a topic of a short name as a whole: 信访积案40件."""
        start = self.quantities[k].start
        begin = max(self._sentence, self.quantities[k - 1].end if k else 0, start - _TOPIC)
        lead = self.text[begin:start]
        return any(
            _LINK.fullmatch(lead, m.end()) and not _ABOUT.search(lead, 0, m.start())
            for _, topic in name.short
            for m in topic.finditer(lead)
        )

    def _above(self, at: int, spoken: str) -> str:
        """The text above a short name in which its topic may stand: none where its own sentence
        speaks of another thing.
        """
        if _OTHER.search(spoken):
            return ""
        line = self.text.rfind("\n", 0, self._sentence) + 1
        if (heading := _HEADED.match(self.text, line)) and heading["mark"]:
            return self.text[line : self._sentence]  # --蔬菜。总产13万吨 is of no grain
        begin = max(0, at - _REACH)
        return self.title + "\n" * bool(begin) + self.text[begin : self._sentence]

    def _list(self, i: int, heads: Sequence[_Head]) -> None:
        """Gives each of the figures from one on its own head."""
        self._listed[i] = len(heads)
        self._given.update((i + k, head) for k, head in enumerate(heads))

    def _yearly(self, i: int) -> bool:
        """Whether each figure of a list is of a year of its own."""
        periods = [one.period for one in self.contexts[i : i + self._run(i)]]
        return all(periods) and len({*periods}) == len(periods)

    def _run(self, i: int, joint: re.Pattern[str] | Pattern | None = None) -> int:
        """How many figures stand side by side from one on: 9%、8%和7%."""
        joint = joint or _JOINT
        first, n = self._runs.get(joint, (0, -1))
        if not first <= i <= n:  # within a run known it ends where that run ends
            n = i
            while n + 1 < len(self.quantities) and joint.fullmatch(
                self.text, self.quantities[n].end, self.quantities[n + 1].start
            ):
                n += 1
            self._runs[joint] = i, n
        return n - i + 1

    def _again(self, i: int, last: int) -> tuple[_Head, str] | None:
        """Head and indicator of a figure before which only another time stands: 一季度…950户,拨款9万元;
        二季度979户.
        """
        if not i or not _TIME_ALONE.fullmatch(self.text, last, self.quantities[i].start):
            return None
        unit, period = self.quantities[i].unit, self.contexts[i].period
        for k in range(i - 1, max(-1, i - _TIMES), -1):
            if self.quantities[k].unit == unit and self.contexts[k].kind == "count":
                other = not period or self.contexts[k].period != period
                return (self.heads[k], self.keys[k]) if self.keys[k] and other else None
        return None

    def _aside(self, i: int, lead: str) -> bool:
        """Whether a figure only tells of the one before it: 减少4969件,降幅为12.6%."""
        difference = self.contexts[i].kind == "change" and self.quantities[i].unit != "%"
        return bool(_ASIDE.match(lead)) or (difference and bool(_LINK.fullmatch(lead)))

    def _measured(self, i: int, lead: str) -> tuple[_Head, str] | None:
        """Head and indicator of a change that is told of the measures of figures before it: 起数和人次
        分别增加9%和37%.
        """
        said = list(_MEASURES.finditer(lead))
        if not said or self.contexts[i].kind != "change":
            return None
        if not all(_LINK.fullmatch(part) for part in _AND.split(_MEASURES.sub("", lead))):
            return None
        heads = [self._last_of(i, _OF_MEASURE[_MEASURE[m[0]]]) for m in said]
        if not all(heads) or len(heads) not in {1, self._run(i, _JOINT_MOVED)}:
            return None
        if len(heads) > 1:
            self._list(i, heads)
        return heads[0], self._fitting(i, lead, heads[0])

    def _last_of(self, i: int, units: Sequence[str]) -> _Head:
        """The head of the last figure of some units in the sentence of a figure."""
        for k in range(i - 1, -1, -1):
            if self._starts[k] != self._sentence:
                break
            if self.quantities[k].unit in units and self.contexts[k].kind == "count":
                return _own_change(self.heads[k], self.keys[k]) if self.keys[k] else ()
        return ()

    def _carried(self, i: int, lead: str) -> tuple[_Head | None, str]:
        """Head and indicator of a figure without a name, by the figures before it."""
        if self.contexts[i].kind == "change":
            if lead.startswith(")") and (of := self._before_bracket(i)) >= 0:
                # 财政收入14.9亿元(占29%),增长8%: of what stands before the bracket
                head = _own_change(self.heads[of], self.keys[of])
                return head, self._fitting(i, lead[1:], head) if _LINK.fullmatch(lead, 1) else ""
            lead = lead.removeprefix("(") if ")" not in lead else lead
        if not (_LINK.fullmatch(lead) or _EARLIER.search(lead) or _OTHERS.search(lead)):
            for one in self.heads[i - 1]:
                m = one.link and one.link.search(lead)
                if m and _LINK.fullmatch(lead, 0, m.start()) and _LINK.fullmatch(lead, m.end()):
                    return self.heads[i - 1], self._fitting(i, lead, (one,))
            return None, ""
        each = bool(_EACH.search(lead))
        run = self._run(i, _JOINT_MOVED if each else _JOINT)
        if each and run == 1 and self.contexts[i].kind == "change":
            return None, ""  # of which of the figures before it is not said
        if run > 1 and (each or self._listed.get(i - run) == run):
            first = i - run
            while first >= run and not any(self.heads[first : first + run]):
                first -= run  # 分别占总量的28%和65%,分别增加57%和62%
            if first < 0 or self._starts[first] != self._sentence:
                return None, ""
            heads = [_own_change(self.heads[k], self.keys[k]) for k in range(first, first + run)]
            self._list(i, heads)
            return heads[0], self._fitting(i, lead, heads[0])
        head = _own_change(self.heads[i - 1], self.keys[i - 1])
        if self.contexts[i].kind == "change" and self.quantities[i].unit not in _POINTS:
            return head, ""  # 城镇新增就业3.68万人,减少0.2万人: a difference of the level
        key = self._fitting(i, lead, head)
        if key and key == self.keys[i - 1] and self.contexts[i].kind != "change":
            # a second figure of the same: 从53%提升到57%, 突破10亿大关,完成11亿元; not 新增7家、达到40家
            start = self._starts[i]
            earlier = self.quantities[i - 2].end if i > 1 else 0
            said = self.text[max(start, earlier) : self.quantities[i - 1].start]
            other = self.quantities[i].unit != self.quantities[i - 1].unit  # 集体访26件39批次
            again = any(mark.search(lead) for mark in (_RISEN, _ON, _EARLIER, _YEARLY, _OTHERS))
            again = again or self.contexts[i].place != self.contexts[i - 1].place
            # 任务6200人,完成6588人: the result beside its target
            modes = {one.modality for one in self.contexts[i - 1 : i + 1]}
            base = self.text.startswith("的", self.quantities[i].end)  # 完成任务600件的114%
            again = again or (len(modes) > 1 and "actual" in modes and not base)
            if not (other or again or _PASSED.search(said)):
                key = ""
        return head, key

    def _before_bracket(self, i: int) -> int:
        """The figure right before the bracket that ends before a figure, -1 where there is none."""
        opened = self.text.rfind("(", self._sentence, self.quantities[i - 1].start)
        return (
            next((k for k in range(i - 2, -1, -1) if self.quantities[k].end <= opened), -1)
            if opened >= 0
            else -1
        )

    def _behind(self, i: int, names: _Names) -> _Head | None:
        """The head that the noun behind the unit gives: 3万低保对象."""
        quantity = self.quantities[i]
        beside = self.quantities[i + 1 : i + 2]  # 2301户8500人脱贫: of both
        end = next((q.end for q in beside if q.start == quantity.end), quantity.end)
        for head, pattern, deeds in names.behind.get(quantity.unit, ()):
            if not pattern.match(self.text, end, end + _BEHIND):
                continue
            begin = max(self._sentence, quantity.start - _FAR)
            if deeds is None or deeds.search(self.text, begin, quantity.start):
                return head
        return None

    def _fitting(self, i: int, lead: str, head: _Head) -> str:
        """The indicator of a head that a figure is by kind and unit, if its clause allows it."""
        if not head:
            return ""
        quantity, said = self.quantities[i], self.contexts[i]
        unit = quantity.unit.partition("/")[0]
        kind, direction = said.kind, said.direction
        if unit == "%" and kind == "rate" and (m := _GROWTH.search(lead)):
            kind, direction = "change", direction or ("down" if "降" in m[0] else "up")
        if kind != "change" and _RELATIVE.match(self.text, quantity.end):
            return ""  # 生产总值超200亿元的县
        if _WHOLE.match(self.text, quantity.end):
            return ""  # 化解积案23件中的21件: the deed was done to the part
        clause = ""
        for one in head:
            if one.fits(kind, direction, unit):
                clause = clause or self._clause(i)
                said_so_far = (
                    self.title + self._heading() + self.text[self._sentence : quantity.start]
                )
                self._refused = bool(
                    (one.without and one.without.search(clause))
                    or (one.besides and one.besides.search(said_so_far))
                    or (one.elsewhere and one.elsewhere.search(self.own))
                )
                return "" if self._refused else one.key
        if unit == "%" and kind == "rate" and self._is_growth(lead, head):
            self.grown.add(i)
            return next((one.key for one in head if one.fits("change", "up", unit)), "")
        return ""

    @staticmethod
    def _is_growth(lead: str, head: _Head) -> bool:
        """Whether a share right behind the name of a sum of money is its growth: 规上工业增加值7%左右."""
        named = list(_names().pattern.finditer(lead))
        return bool(named and "money" in head[0].kinds and _AIMED.fullmatch(lead, named[-1].end()))

    def _clause(self, i: int) -> str:
        """The words of a figure's clause round it, cut at the figures beside it."""
        quantity = self.quantities[i]
        begin = max(self._sentence, self.quantities[i - 1].end if i else 0, quantity.start - _FAR)
        before = _BREAK.split(self.text[begin : quantity.start])[-1]
        behind = self.text[quantity.end : quantity.end + _TAIL]
        tail = _TAIL_END.split(behind)[0]
        next_one = self.quantities[i + 1].start if i + 1 < len(self.quantities) else 0
        if next_one == quantity.end + len(tail) and _names().pattern.search(tail):
            return before  # a name without a stop before it leads to the next figure
        return before + tail


def decided_by(claim: Claim) -> str:
    """What gave a claim its indicator, as far as the words beside it tell.

    >>> decided_by(Claim("a", 0, 0, 3, "85批", 85.0, unit="批", kind="count", before="接待退役军人来访",
    ...                  indicator="visit_batches"))
    'the name 来访'
    """
    if not claim.indicator:
        return "no name, and no deed of a thing, makes it a named indicator"
    pattern, behind = _own_names()[claim.indicator]
    if found := [*pattern.finditer(claim.before)]:
        return f"the name {found[-1][0]}"
    if named := behind.match(claim.after):
        return f"the noun {named[0]} behind it"
    if words := words_of(claim.before):
        return f"the words {', '.join(words)}"
    return "taken over from the figure before"


def stands_against(claim: Claim, key: str) -> tuple[str, str] | None:
    """What keeps a figure from being an indicator whose name stands near it, and which word or unit.

    None where no name of the indicator stands before the figure, back to the figure before it, or
    behind its unit.

    >>> near = Claim("a", 0, 0, 3, "9件", None, unit="件", kind="count", before="调解成功率考核不合格的")
    >>> stands_against(near, "mediation_success_rate")
    ('unit', '件')
    >>> stands_against(near, "gdp") is None
    True
    """
    pattern, behind = _own_names()[key]
    one = _item(key, load("named")[key])
    found = next(reversed([*pattern.finditer(claim.before)]), None)
    if found is None and not behind.match(claim.after):
        return None
    unit = claim.unit.partition("/")[0]
    if unit not in one.units:
        return "unit", claim.unit or "none"
    if claim.kind not in one.kinds:
        return "kind", claim.kind
    if one.change and claim.kind == "change" and claim.direction != one.change:
        return "direction", claim.direction
    clause = _BREAK.split(claim.before)[-1] + _BREAK.split(claim.after)[0]
    if one.without and (word := one.without.search(clause)):
        return "word", word[0]
    if claim.indicator:
        return "another indicator", claim.indicator
    if found is None:
        return "context", ""
    lead, tail = claim.before[: found.start()], claim.before[found.end() :]
    linked = _LINK.match(tail)
    if between := tail[linked.end() if linked else 0 :]:
        return "words between", between
    if part := _PART.search(_BREAK.split(lead)[-1]):
        return "part of another", part[0]
    if lead and not _BEFORE.search(lead):
        return "words before", _BREAK.split(lead)[-1][-6:]
    return "context", ""


@kept
def _own_names() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """The names of each indicator by itself: those before a figure, and those behind its unit."""
    known = load("named")
    made = {}
    for key, said in known.items():
        own = [w for name in ("words", "short", "shared") for w in said.get(name, [])]
        own += known.get(said.get("of", ""), {}).get("words", [])
        before = "|".join(sorted(own, key=len, reverse=True)) or "(?!)"
        behind = "|".join(said.get("behind", [])) or "(?!)"
        made[key] = re.compile(before), re.compile(f"的?(?:{behind})")
    return made


def _own_change(head: _Head, key: str) -> _Head:
    """A head whose changes are those of one of its figures: batches and persons share their names."""
    own = tuple(one for one in head if one.of == key and "change" in one.kinds)
    if key and not own and any(one.key == key and one.of for one in head):
        # 集体访55批904人次,分别下降8%、12%: the change of batches is none of persons
        return tuple(one for one in head if one.key == key or not one.key.endswith("_change"))
    # each stands once: the head is handed on from figure to figure
    return (*own, *(one for one in head if not any(one is o for o in own))) if key else head


def _by_topic(name: _Name, spoken: str, above: str) -> _Head:
    """What a short name stands for: the indicator whose topic was spoken of last, in its sentence
    or else above it, with no other thing since.
    """
    for text in (spoken, above):
        best, at = name.head, (-1, 0)
        for head, topic in name.short:
            for m in topic.finditer(text):
                near = (m.end(), m.end() - m.start())  # of two that end together the longer
                if near > at and _OF.match(text, m.end()):
                    best, at = (), near  # 仍是信访的主要内容: of what is spoken of before
                elif near > at and not _ABOUT.search(text, max(0, m.start() - 20), m.start()):
                    best, at = head, near
        if at[0] >= 0:
            return () if text is above and _OTHER.search(text, at[0]) else best
    return name.head


@kept
def _heads() -> dict[str, _Head]:
    """What a name of each indicator stands for: itself, its change, and shares of it."""
    known = load("named")
    items = {key: _item(key, said) for key, said in known.items()}
    heads: dict[str, _Head] = {key: (item,) for key, item in items.items()}
    for key, said in known.items():
        above = said.get("of")
        while above:  # the change of 来访人次 is told by the names of 来访批次, too
            heads[above] += (items[key],)
            above = known[above].get("of")
        if "link" in said:  # 解决197条,占92.3%: the rate of what was resolved
            for above in said.get("counts", [])[:1]:
                heads[above] += (items[key],)
    return heads


@kept
def _names() -> _Names:
    """The names of `named.toml` as patterns."""
    known, heads = load("named"), _heads()
    parts: dict[str, dict[str, Any]] = {}
    for key, said in known.items():
        topic = fast("|".join(said.get("topic", ["(?!)"])))
        for word in said.get("words", []):
            parts.setdefault(word, {})["head"] = heads[key]
        for word in said.get("shared", []):
            parts.setdefault(word, {}).setdefault("shared", []).append(heads[key])
        for word in said.get("short", []):
            parts.setdefault(word, {}).setdefault("short", []).append((heads[key], topic))
    # the longer words first
    ordered = sorted(parts, key=lambda word: -len(_LOOKS.sub("", word)))
    expression, order = numbered(ordered)
    names = tuple(
        _Name(w.get("head", ()), tuple(w.get("shared", ())), tuple(w.get("short", ())))
        for w in (parts[ordered[at]] for at in order)
    )
    return _Names(fast(expression or "(?!)"), names, _nouns(known, heads))


def _things(key: str) -> list[str]:
    """The classes of things that an indicator counts."""
    found: list[str] = load("named").get(key, {}).get("things", [])
    return found


@kept
def _done_units() -> frozenset[str]:
    """The units of what deeds are done to."""
    return frozenset().union(*(one.units for head in _deeds().values() for one in head))


@kept
def _deeds() -> dict[tuple[str, str, bool], _Head]:
    """The heads by thing and deed, and whether their rate is said."""
    known, names = load("named"), _heads()
    return {
        (thing, deed, "rate" in said["kinds"]): names[key]
        for key, said in known.items()
        for thing in said.get("things", [])
        for deed in said.get("done", [])
    }


def _nouns(
    known: dict[str, dict[str, Any]], heads: dict[str, _Head]
) -> dict[str, list[tuple[_Head, re.Pattern[str], re.Pattern[str] | None]]]:
    """The nouns that name an indicator behind a unit, by that unit, with the deeds they ask for."""
    bounds = "|".join(words("named", "bounds"))
    found: dict[str, list[tuple[_Head, re.Pattern[str], re.Pattern[str] | None]]] = {}
    for key, said in known.items():
        if "behind" in said:
            noun = re.compile(f"(?:{bounds})?的?(?:{together(said['behind'])})")
            head = next(one for one in heads[key] if one.key == key)
            deeds = fast("|".join(said["deeds"])) if "deeds" in said else None
            for unit in said["units"]:
                found.setdefault(unit, []).append(((head,), noun, deeds))
    return found


def _item(key: str, said: dict[str, Any]) -> _Named:
    """One indicator out of its table; growth and share keep what excludes their level."""
    parent = load("named").get(said.get("of", ""), {})
    without = said.get("without", []) + parent.get("without", [])
    besides = said.get("besides", []) + parent.get("besides", [])
    elsewhere = said.get("elsewhere", []) + parent.get("elsewhere", [])
    link = said.get("link", [])
    return _Named(
        key,
        said.get("of", ""),
        frozenset(said["kinds"]),
        frozenset(said["units"]),
        said.get("change", ""),
        fast("|".join(without)) if without else None,
        fast("|".join(besides)) if besides else None,
        fast("|".join(elsewhere)) if elsewhere else None,
        fast("|".join(link)) if link else None,
        bool(said.get("counts")),
        bool(said.get("open")),
    )
