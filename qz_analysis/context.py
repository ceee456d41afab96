"""A quantity in its sentence → what it is: kind, direction, family, stage, subject, period, place."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from .quantities import Quantity, measure_of, section_of
from .registry import load
from .split import Report

__all__ = ["Context", "Reading", "read_report"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the words round a quantity say of it; the fields are those of the claims table."""

    kind: str
    direction: str
    family: str
    stage: str
    measure: str
    subject: str
    period: str
    place: str
    role: str
    sentence: int
    clause: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a report that a clause is read against."""

    text: str
    report: Report
    year: str
    sure: bool  # the year is the report's own (front matter, signature), not only the one most spoken of
    topic: str


_SENTENCE = re.compile(r"[。;!?\n]")
_CLAUSE = re.compile(r",(?!\d{3}(?!\d))|[。;:!?\n]")
_UP = re.compile(
    r"上升|增长(?!率为)|提高|增加(?!值)|新增|增幅|升高|上涨|增收|净增|扩大|递增|涨幅|延长|翻了?(?=$)|增(?=\d|$)|(?:比|较)[^,。]{0,6}[年月季度期][^,。]{0,2}多(?:出|了|[\u4e00-\u9fff]{2})?$"
)
_DOWN = re.compile(
    r"下降|降低|减少|回落|降幅|下滑|缩减|缩短|压缩|压减|减幅|减免(?=$)|降(?=\d|$)|减(?=\d|$)|(?:比|较)[^,。]{0,6}[年月季度期][^,。]{0,2}少(?:出|了|[\u4e00-\u9fff]{2})?$|少了$"
)
_LEVEL = re.compile(r"(?:缩短|压缩|增长|上升|提高|下降|降低|减少|增加|升|降|减)(?:到|至|为)")
_EACH = re.compile(
    r"每(?:年)?(?!年|半)[\u4e00-\u9fff\d]|各(?=[打建配奖拨设派])|拨给各|分别(?:奖|拨|给)|收费|标准|定额|均费用(?=为|[^\d]{0,8}(?:标准|\d+元的))"
)
_VERB = re.compile(
    r"[为以在均被把将向对使并、()]|参加|进行|开展|成立|安装|予以|累计|建立|设立|组成|参与|完成|报到|支持|反对|实现|根据"
)
_PLACES = re.compile(r"(?:乡镇|镇|乡|村|社区|街道|街村|行政村|村民小组|县)(?=$|[,。;、]|[均已共与都中的])")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff“”\"《》、]+")
_PENDING = re.compile(r"正在|逐步解决|(?:尚未|还未|未能?|没有)(?:得到)?[^,。]{0,4}(?:办结|解决|化解|调结|结案)|在办")
# verbs say what was done; nouns (来访, 诉求) only what it was done with
_VERBS = {
    "resolved": re.compile(
        r"办结|解决|化解|调解成功|成功调解|调结|破获|破案(?!提供)|(?:^|(?<=[,共]))破(?=\d|$)|息诉|息访|处理完|处理完毕|办理和解决|协调处理|结案|践诺|办完|办成"
        r"|完成|办理实事|整改|落实|答复|代办实事|调解率|代办"
    ),
    "received": re.compile(
        r"受理|接待|接访|发生|立案|立(?=\d|“|$|刑|治|各)|调解(?!成功|率|结|了|组织|员)|排查出|收到|登记|收集|包案|调处|评议|梳理|承诺|征集|列成"
    ),
}
_NOUNS = re.compile(r"来访|集体访|上访|信访总?量|越级访?|来信|诉求|案件")
_RESOLVED_RATE = re.compile(r"(?:办结|解决|化解|调解|调结|破案|结案|调解成功|践诺|履约)率")
_STAGED = {"petition", "mediation", "matters", "crime"}


def read_report(reading: Reading, quantities: list[Quantity]) -> list[Context]:
    """Context of every quantity of one report.

    Args:
        reading: the clean text with the report and its year.
        quantities: the report's quantities in the order of the text, with clean offsets.

    Returns:
        one context per quantity, in the same order.
    """
    text, report = reading.text, reading.report
    sentences = [report.start, *(m.end() for m in _SENTENCE.finditer(text, report.start, report.end)), report.end + 1]
    clauses = [report.start, *(m.end() for m in _CLAUSE.finditer(text, report.start, report.end)), report.end + 1]
    periods = _periods(reading)
    found: list[Context] = []
    for i, quantity in enumerate(quantities):
        before = quantities[i - 1] if i else None
        j = i
        while j + 1 < len(quantities) and _joined(text, quantities[j], quantities[j + 1]):
            j += 1
        after = quantities[j + 1].start if j + 1 < len(quantities) else report.end
        s = bisect_right(sentences, quantity.start) - 1
        c = bisect_right(clauses, quantity.start) - 1
        where = _Where(
            text, sentences[s], clauses[c], quantity, before, found[-1] if found else None, quantities[j].end, after
        )
        found.append(_context(reading, where, periods, s, c))
    return found


def _joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether the noun behind the second number is the first one's too: 11类43项服务, 3家全国和20家省示范中心."""
    between = text[first.end : second.start]
    return not between or (first.unit == second.unit and len(between) < 5 and between[-1] in "和与及")


@dataclass(frozen=True, slots=True)
class _Where:
    """The words before and after a quantity, cut at its neighbours."""

    text: str
    sentence: int
    clause: int
    quantity: Quantity
    last: Quantity | None
    last_context: Context | None
    noun_start: int
    next_start: int

    @property
    def linked(self) -> bool:
        """Whether the number before stands in the same sentence."""
        return self.last is not None and self.last.start >= self.sentence

    @property
    def lead(self) -> str:
        """Words between the clause's start, or the number before, and this number."""
        start = max(self.clause, self.last.end if self.last is not None else 0)
        return self.text[start : self.quantity.start]

    @property
    def clause_lead(self) -> str:
        return self.text[self.clause : self.quantity.start]

    @property
    def sentence_lead(self) -> str:
        return self.text[self.sentence : self.quantity.start]

    @property
    def tail(self) -> str:
        """Words behind the unit to the next break or number."""
        stop = _CLAUSE.search(self.text, self.noun_start)
        end = min(stop.start() if stop else len(self.text), self.next_start)
        return self.text[self.noun_start : end]

    @property
    def noun(self) -> str:
        """The noun that the measure word counts: the tail up to its first verb or break."""
        return _VERB.split(self.tail, maxsplit=1)[0]


def _context(reading: Reading, where: _Where, periods: "_Periods", sentence: int, clause: int) -> Context:
    quantity = where.quantity
    role = _role(where)
    kind, direction = _kind(where)
    family = _family(where, reading.topic)
    stage = _stage(where, family, kind) if family in _STAGED else ""
    period = periods.at(quantity.start)
    if role == "base":
        period = ""
    return Context(kind, direction, family, stage, measure_of(quantity.unit), _subject(where), period,
                   reading.report.place, role, sentence, clause)  # fmt: skip


def _role(where: _Where) -> str:
    """`base` for last year's figure in brackets, `part` behind 其中, `share` inside brackets that divide a whole."""
    text, q = where.text, where.quantity
    opened = text.rfind("(", where.sentence, q.start)
    inside = opened >= 0 and text.find(")", opened, q.start) < 0
    if inside and re.search(r"(?:同比|同期|上年|去年)[^,。]{0,4}$", text[:opened]):
        return "base"
    if "其中" in where.sentence_lead:
        return "part"
    return "share" if inside else ""


def _kind(where: _Where) -> tuple[str, str]:
    q, lead, tail = where.quantity, where.lead, where.tail
    section = section_of(q.unit)
    share = section in {"share", "multiple"}
    change = _change(lead, q)
    if (
        not change
        and share
        and where.linked
        and where.last_context
        and not re.search(r"[\u4e00-\u9fff]", re.sub(r"[和与及]|以及", "", lead))
    ):
        # 分别下降33.7%和21.6%: the second figure goes on with the word before the first
        if where.last_context.kind == "change" and where.last is not None and section_of(where.last.unit) == section:
            change = where.last_context.direction
    if share:
        return ("change", change) if change or q.unit == "番" else ("rate", "")
    if q.unit and re.match(r"^的?(?:增幅|降幅)", tail):
        change = "up" if "增" in tail else "down"
    if change and (section != "money" or not re.search(r"投[入资]|拨", lead)):
        return "change", change
    if (
        not change
        and where.linked
        and where.last_context
        and where.last_context.kind == "change"
        and not lead
        and section != "share"
    ):
        return "change", where.last_context.direction
    if (
        q.unit.partition("/")[2]
        or _EACH.search(where.clause_lead)
        or (section == "money" and re.match(r"的标准", tail))
    ) and (not re.search(r"(?<![人户件村月次])每年[^每各]*$", where.clause_lead) or q.unit.partition("/")[2]):
        return "per", ""
    if section == "money" and not lead and where.last_context and where.last_context.kind == "per" and where.linked:
        return "per", ""
    if section == "money":
        return "money", ""
    return ("measure" if section in {"physical", "duration"} else "count"), ""


def _change(lead: str, q: Quantity) -> str:
    """Direction of a change word that governs the number: it is the last verb before it and no level (增长到)."""
    up, down = list(_UP.finditer(lead)), list(_DOWN.finditer(lead))
    last = max([*up, *down], key=lambda m: m.end(), default=None)
    if last is None or ((level := _LEVEL.search(lead, max(0, last.start() - 1))) and level.end() >= last.end()):
        return ""
    # 增幅比去年同期减少10个百分点: the later word decides; a far one governs its own object only
    reach = 12 if section_of(q.unit) in {"share", "multiple"} else 6
    if len(lead) - last.end() > reach or (re.search(r"[达有共]", lead[last.end() :]) and section_of(q.unit) != "share"):
        return ""
    return "up" if last in up else "down"


@cache
def _marks(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    words = [(word, family) for family, entry in load("families")[section].items() for word in entry]
    words.sort(key=lambda pair: len(pair[0]), reverse=True)
    groups = {f"w{i}": family for i, (_, family) in enumerate(words)}
    return re.compile("|".join(f"(?P<w{i}>{word})" for i, (word, _) in enumerate(words))), groups


def _mark(text: str, section: str = "words", first: bool = False) -> str:
    """Family of the last (or first) marking word of a text."""
    pattern, groups = _marks(section)
    found = ""
    for m in pattern.finditer(text):
        found = groups[str(m.lastgroup)]
        if first:
            return found
    return found


def _family(where: _Where, topic: str) -> str:
    q, lead = where.quantity, where.lead
    if section_of(q.unit) == "money":
        if where.last_context and where.linked and not _HAN_RUN.search(lead):
            return where.last_context.family
        return _mark(lead or where.clause_lead, "money") or "funds"
    if section_of(q.unit) == "share" and where.linked and where.last_context:
        goes_on = lead.startswith("、") and not re.search("[率度]", lead)  # 个人10%、财政25%
        return where.last_context.family if goes_on else _mark(lead) or where.last_context.family
    if not re.search(r"[\u4e00-\u9fff]{2}", lead) and where.linked and where.last_context and not where.tail:
        return where.last_context.family
    if re.search(r"走访|慰问", lead):
        return "outreach"
    if measure_of(q.unit) in {"batches", "person_times"} and re.search(r"接待(?!游|旅|患)|接访|来访|上访|信访", lead):
        return "petition"
    if _PLACES.match(where.noun):
        return "other"
    found = (
        _mark(where.noun)
        or _mark(lead)
        or _mark(where.noun, "weak")
        or _mark(lead, "weak")
        or _mark(where.tail, first=True)
    )
    if found:
        return found
    if where.linked and where.last_context:
        return where.last_context.family
    return _mark(where.clause_lead) or _mark(where.sentence_lead) or topic or "other"


def _stage(where: _Where, family: str, kind: str) -> str:
    lead = where.lead
    if measure_of(where.quantity.unit) == "sessions":
        return ""
    if _PENDING.search(lead) or where.tail.startswith("正在"):
        return "pending"
    if _RESOLVED_RATE.search(lead):
        return "resolved"
    for text in (lead, where.tail if len(lead) < 2 else "", where.clause_lead):
        done = max(((m.end(), stage) for stage, verb in _VERBS.items() for m in verb.finditer(text)), default=None)
        if done:
            return done[1]
        if _NOUNS.search(text):
            return "received"
    near = len(re.sub(r"[^\u4e00-\u9fff]", "", lead)) < 4
    if (near or kind == "change") and where.linked and where.last_context and where.last_context.family == family:
        return where.last_context.stage
    return ""


_OPENING = re.compile(
    r"^(?:目前|其中|同时|此外|另外|并|共|已|现|均|分别|同比|累计|截至|今年以来|去年|全年|年内|据统计|[\d年月日xX*-]+(?:以来)?)[,、]?"
)
_CLOSING = re.compile(
    r"(?:同比|环比|分别|则|均|约?为|达到?|上升|下降|增长|减少|增加|提高|降低|回落|以上|以下|左右|近|共|有|[与和]?(?:去年|上年)?同期(?:相比)?|[,、:(])$"
)


def _subject(where: _Where) -> str:
    """Words of the clause that say what the number is of: those before it, with the noun behind the unit."""
    lead = _bare(where.lead.strip(" ,、:()"), where.noun)
    words = (lead + (where.noun or ("" if _HAN_RUN.search(lead) else where.tail))).strip(" ,、:()和与及")
    if len(re.sub(r"[^\u4e00-\u9fff]", "", words)) < 2 and where.last_context is not None and where.linked:
        return where.last_context.subject
    return words[-40:]


def _bare(lead: str, noun: str) -> str:
    """The lead without words of time before it and, where no noun follows the unit, without the verb of change behind it."""
    while (shorter := _OPENING.sub("", lead).strip(" ,、:(")) != lead:
        lead = shorter
    while not noun and (shorter := _CLOSING.sub("", lead)) != lead:
        lead = shorter
    return lead


# ---------------------------------------------------------------------------------------------------------------- periods

_YEAR = r"(?P<year>\d{4}|[一二][〇零0一二三四五六七八九]{3}|[xX*]{2,4}|\d{2,3}[x*]{1,2}|x\d?)年"
_PERIOD = re.compile(
    r"(?:(?P<from>\d{4})年?(?:-+|至|到)(?P<to>\d{4})年(?:期间)?|"
    rf"{_YEAR}|(?P<this>今年|本年|年内)|(?P<past>去年|上年)|(?P<all>全年))?(?:[我全][县市区镇])?"
    r"(?:(?P<q>第?[一二三四1-4])季度|(?P<h>上半年|下半年)|(?P<m1>\d{1,2})(?:-|至|到)(?P<m2>\d{1,2})月份?|(?P<end>[\dx]{1,2})月(?:份|底|末|[\dx]{1,2}日)?)?"
    r"(?P<since>以来|(?:\d{1,2}月)?(?:开始|起)|年?初以来)?"
)
_SPANS = {
    ("1", "6"): "-H1",
    ("7", "12"): "-H2",
    ("1", "3"): "-Q1",
    ("4", "6"): "-Q2",
    ("7", "9"): "-Q3",
    ("10", "12"): "-Q4",
}
_REGULAR = re.compile(r"每年|每月|每季度|年均")
_SINCE = re.compile(r"(?:推行|实施|开展|启动|运行|建立)[^,。;\n\d]{2,16}以来")
_RESET = re.compile(r"目前|现有|现在|近年来|近几年|多年来|近三年|近五年|原来|当前|一直以来|长期以来")
_HEADED = re.compile(
    r"(?:^|(?<=[。;\n]))\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)|[一二三四五六七八九]是|#)|\n"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word of time: what it says and how far it reaches; `''` says that no period holds."""

    start: int
    until: int
    period: str


class _Periods:
    """Which period holds where: a word of time holds to the end of its paragraph, a day to its sentence, 每年 to its clause."""

    def __init__(self, marks: list[_Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]

    def at(self, offset: int) -> str:
        for i in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._marks[i].until > offset:
                return self._marks[i].period
        return ""


def _periods(reading: Reading) -> _Periods:
    text, report = reading.text, reading.report
    start, end = report.start, report.end
    marks = [_Mark(m.start(), end, "") for m in _HEADED.finditer(text, start, end)]
    marks += [_Mark(m.start(), end, "") for m in _RESET.finditer(text, start, end)]
    marks += [_Mark(m.start(), _after(_CLAUSE, text, m.end(), end), "") for m in _REGULAR.finditer(text, start, end)]
    since = ""
    for m in _PERIOD.finditer(text, start, end):
        if len(m[0]) < 2 or (what := _period(m, reading)) is None or _beside(text, m):
            continue
        event = m["end"] and not m["since"] and not re.search("[底末份]", m[0])
        marks.append(_Mark(m.start(), _after(_SENTENCE, text, m.end(), end) if event else end, what))
        since = since or (what if what.endswith("+") else "")
    # 推行服务以来: since the report's own beginning
    taken = [mark.start for mark in marks if mark.period or text[mark.start] in "去上"]
    marks += [_Mark(m.start(), end, since) for m in _SINCE.finditer(text, start, end)
              if since and not any(m.start() - 20 < at < m.end() for at in taken)]  # fmt: skip
    return _Periods(marks)


def _after(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    m = pattern.search(text, at, end)
    return m.end() if m else end


def _beside(text: str, m: re.Match[str]) -> bool:
    """Whether the words of time belong to a comparison, a title or a noun (2011年工作部署) rather than to the claim."""
    before, after = text[max(0, m.start() - 3) : m.start()], text[m.end() : m.end() + 4]
    quoted = text.rfind("《", max(0, m.start() - 30), m.start()) > text.rfind("》", max(0, m.start() - 30), m.start())
    if quoted or before.endswith(("比", "较", "(")) or after.startswith(("同期", ")", "年)", "新定", "-")):
        return True
    opens = not before or before[-1] in "\n ,。;:)” " or re.search(r"[于在从自至到]$|截[至止]$|、$", before)
    return not opens and not after.startswith(",")


def _period(m: re.Match[str], reading: Reading) -> str | None:
    """A period in the form of the contract; None when the match holds no word of time, `''` when the year is unknown."""
    if m["from"]:
        return f"{m['from']}..{m['to']}"
    year, known = m["year"], reading.year
    if year:
        year = _plain_year(year)
    elif m["past"]:
        year = str(int(known) - 1) if known.isdigit() and reading.sure else ""
    elif m["this"] or m["all"] or m["q"] or m["h"] or m["m1"] or (m["end"] and re.search("[底末份]", m[0])):
        year = known
    else:
        return None
    if not year:
        return ""
    since = "+" if (m["since"] or _far_since(reading.text, m)) and not m["this"] else ""
    return f"{year}{_part(m)}{since}"


def _plain_year(year: str) -> str:
    """2011, 二〇一一 and the masked 201*, xx as the contract writes them."""
    digits = "".join(
        str("〇一二三四五六七八九".index(c)) if c in "〇一二三四五六七八九" else c for c in year.replace("零", "〇")
    )
    return digits if digits.isdigit() and len(digits) == 4 else "20xx"


def _far_since(text: str, m: re.Match[str]) -> bool:
    """自2011年推行代办服务以来: the year opens a span although the word that says so stands behind the verb."""
    opens = text[: m.start()].endswith(("自", "从"))
    return opens and re.match(r"[^,。;\n\d]{1,24}?(?:以来|开始|起)", text[m.end() :]) is not None


def _part(m: re.Match[str]) -> str:
    """The part of the year: quarter, half or month."""
    if m["q"]:
        return f"-Q{'一二三四1234'.index(m['q'][-1]) % 4 + 1}"
    if m["h"]:
        return "-H1" if m["h"] == "上半年" else "-H2"
    if m["m1"]:
        return _SPANS.get((m["m1"], m["m2"]), "")
    return f"-{int(m['end']):02d}" if m["end"] and m["end"].isdigit() and not m["since"] else ""


def year_of(text: str, report: Report, stated: str = "") -> tuple[str, bool]:
    """Year that 今年 means in a report, and whether the report itself dates it.

    Args:
        text: the clean page.
        report: the stretch to look at.
        stated: period of the front matter, if any.

    Returns:
        four digits, `20xx` when masked or `''`; true when the front matter or the signature says so.

    >>> from qz_analysis.split import Report
    >>> year_of("受理9件。2012年3月1日", Report(0, 16, "", "", ""))
    ('2012', True)
    """
    if m := re.match(r"\d{4}|20xx", stated):
        return m[0], "-" in stated  # a report on a quarter is written in its year, one on a year perhaps in the next
    body = text[report.start : report.end]
    signed = re.findall(r"(\d{4}|\d{2,3}[x*]{1,2}|[x*]{2,4})年\d{1,2}月\d{1,2}日", body[-200:])
    if signed:
        return (signed[-1] if signed[-1].isdigit() else "20xx"), True
    if re.search(r"(?:\d{2,3}[x*]{1,2}|(?<![a-z])x{2,4}|\*{2,4})年|(?<![\dx])x\d?年", body):
        return "20xx", False
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年|-\d)", body)
    return (max(years, key=lambda y: (years.count(y), y)) if years else ""), False
