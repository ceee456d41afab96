"""A quantity in its sentence → what it is: kind, direction, family, stage, subject, period, place."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from .periods import CLAUSE, SENTENCE, Periods, Reading, periods_of
from .quantities import Quantity, measure_of, section_of
from .registry import kept, load
from .split import opening_place

__all__ = ["Context", "read_report"]


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
    level: str
    role: str
    sentence: int
    clause: int
    before: str
    after: str


_UP = re.compile(
    r"上升|升幅|增长(?!率为)|提高|提升|增加(?!值)|新增|增幅|升高|上涨|增收|净增|扩大|递增|涨幅|延长|翻了?(?=$)|增(?=\d|$)|(?:比|较)[^,。]{0,6}[年月季度期][^,。]{0,2}多(?:出|了|[\u4e00-\u9fff]{2})?$"
)
_DOWN = re.compile(
    r"下降|降低|减少|回落|降幅|下滑|缩减|缩短|压缩|压减|减幅|减免(?=$)|降(?=\d|$)|减(?=\d|$)|(?:比|较)[^,。]{0,6}[年月季度期][^,。]{0,2}少(?:出|了|[\u4e00-\u9fff]{2})?$|少了$"
)
_LEVEL = re.compile(r"(?:扩大|发展|延长|提升|缩短|压缩|增长|上升|提高|下降|降低|减少|增加|升|降|减)(?:到|至|为)")
_EACH = re.compile(
    r"每(?:年)?(?!年|半)[\u4e00-\u9fff\d]|各(?=[打建配奖拨设派])|拨给各|分别(?:奖|拨|给)|收费|标准|定额|均费用(?=为|[^\d]{0,8}(?:标准|\d+元的))"
)
_VERB = re.compile(
    r"在(?!职|校|册|岗|编)|[为以均被把将向对使并、()]|参加|进行|开展|成立|安装|予以|累计|建立|设立|组成|参与|完成|报到|支持|反对|实现|根据"
)
_PLACES = re.compile(r"(?:乡镇|镇|乡|村|社区|街道|街村|行政村|村民小组|县)(?=$|[,。;、]|[均已共与都中的])")
_INVESTED = re.compile(r"投[入资]|拨")
_REACHED = re.compile(r"[达有共]")
_VISITED, _PETITIONED = re.compile(r"走访|慰问"), re.compile(r"赴省|进京|到市|越级")
_RECEPTION = re.compile(r"接待(?!游|旅|患)|接访|来访|上访|信访")
_HAN, _WORD = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u4e00-\u9fff]{2}")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff“”\"《》、]+")
_LOOK = re.compile(r"^\(\?<?[=!].*?\)")  # a look-around before the first character of a marking word
_LIST = re.compile(r"以及|[、和与及]")
_AND = re.compile(r"以及|[、,和与及]")
_EXTENT = re.compile(r"的?(?:增幅|降幅)")
_TARIFF = re.compile(r"收费|只收|次均|每次|标准")
_SMALL = 10_000  # yuan; a larger sum in a sentence about charges is a total
_YEARLY = re.compile(r"(?<![人户件村月次])每年[^每各]*$")
_BASE = re.compile(
    r"(?:(?:较|比|与|同|由|从)(?:上年|去年|上月|前年|(?P<year>\d{4})年)|(?:上年|去年)同期)(?:[上下]半年|[一二三四]季度)?(?:同期)?(?:的|为|是|有)?$"
)
_BEFORE = re.compile(r"(?:同比|同期|上年|去年)[^,。]{0,4}$")
_RESULT = re.compile(r"办结|调解成功|解决|化解|转办|调结")
_PENDING = re.compile(r"正在|逐步解决|(?:尚未|还未|未能?|没有)(?:得到)?[^,。]{0,4}(?:办结|解决|化解|调结|结案)|在办")
# verbs say what was done; nouns (来访, 诉求) only what it was done with
_VERBS = {
    "resolved": re.compile(
        r"办结|解决|化解|成功(?=$)|调解成功|成功调解|调结|调成(?!率)|侦破|破获|破案(?!提供)|(?:^|(?<=[,共]))破(?=\d|$)|息诉|息访|处理完|处理完毕|办理和解决|协调处理|结案|践诺|办完|办成"
        r"|完成|办理实事|整改|落实|答复|代办实事|调解率|代办"
    ),
    "received": re.compile(
        r"受理|接待|接访|发生|立案|立(?=\d|“|$|刑|治|各)|调解(?!成功|率|结|了|组织|员)|排查出|收到|登记|收集|包案|排查|调处(?!率|成功)|评议|梳理|承诺|征集|列成"
    ),
}
_NOUNS = re.compile(r"来访|集体访|上访|信访(?!局|部门|干部|系统|工作)|越级访?|来信|投诉|来电|举报|诉求|案件")
_AVERTED = re.compile(r"防止|避免|防范|制止|稳控")
_RESOLVED_RATE = re.compile(r"(?:成功|调处|办结|解决|化解|调解|调结|破案|结案|调解成功|践诺|履约)率")
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
    sentences = [report.start, *(m.end() for m in SENTENCE.finditer(text, report.start, report.end)), report.end + 1]
    clauses = [report.start, *(m.end() for m in CLAUSE.finditer(text, report.start, report.end)), report.end + 1]
    periods = periods_of(reading)
    joined = _joins(text, quantities)
    found: list[Context] = []
    counted: dict[str, tuple[int, Context]] = {}  # the last number of each unit, with its sentence
    for i, quantity in enumerate(quantities):
        s = bisect_right(sentences, quantity.start) - 1
        c = bisect_right(clauses, quantity.start) - 1
        j = joined[i]
        after = quantities[j + 1].start if j + 1 < len(quantities) else report.end
        before = (quantities[i - 1], found[-1]) if i else (None, None)
        goes_on = text.startswith("其中", sentences[s])
        at, same = counted.get(quantity.unit, (-2, None))
        whole = same if at == s or (goes_on and at == s - 1) else None
        where = _where(text, sentences[s], clauses[c], quantity, before, whole, quantities[j].end, after)
        around = _around(text, sentences[s], sentences[s + 1], quantity, before[0], quantities[i + 1 : i + 2])
        found.append(_context(reading, where, periods, s, c, around))
        counted[quantity.unit] = s, found[-1]
    return _respective(text, quantities, found)


def _around(text: str, first: int, end: int, q: Quantity, last: Quantity | None, following: list[Quantity]) -> tuple[str, str]:  # fmt: skip
    """The words of the sentence between the number before and this one, and between this one and the next, full stop included."""
    start = max(first, q.start - _NEAR, last.end if last is not None else 0)
    stop = min(end, q.end + _NEAR, following[0].start if following else end)
    return text[start : q.start], text[q.end : max(stop, q.end)]


def _respective(text: str, quantities: list[Quantity], contexts: list[Context]) -> list[Context]:
    """批次和人次分别下降33.7%和21.6%: each figure of the list gets its own name of the list before it."""
    named = list(contexts)
    for i, said in enumerate(contexts):
        names = _LIST.split(said.subject)
        run = range(i, i + len(names))
        if len(names) < 2 or run.stop > len(quantities) or min(map(len, names)) < 2:
            continue
        between = [text[quantities[k].end : quantities[k + 1].start] for k in run[:-1]]
        if (
            all(_LIST.fullmatch(b) for b in between)
            and "分别" in text[max(0, quantities[i].start - 20) : quantities[i].start]
        ):
            for k, name in zip(run, names, strict=True):
                named[k] = replace(contexts[k], subject=name)
    return named


def _joins(text: str, quantities: list[Quantity]) -> list[int]:
    """For each quantity the last one of its chain: the noun behind 11类43项 is that of both."""
    last = list(range(len(quantities)))
    for i in range(len(quantities) - 2, -1, -1):
        if _joined(text, quantities[i], quantities[i + 1]):
            last[i] = last[i + 1]
    return last


def _joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether the noun behind the second number is the first one's too: 11类43项服务, 3家全国和20家省示范中心."""
    between = text[first.end : second.start]
    return not between or (first.unit == second.unit and len(between) < 5 and between[-1] in "和与及")


@dataclass(frozen=True, slots=True)
class _Where:
    """The words before and after a quantity, cut at its neighbours."""

    text: str
    sentence: int
    quantity: Quantity
    last: Quantity | None
    last_context: Context | None
    whole: Context | None  # the number of the same unit before it in the sentence
    linked: bool  # the number before stands in the same sentence
    lead: str  # words between the clause's start, or the number before, and this number
    clause_lead: str
    tail: str  # words behind the unit to the next break or number
    noun: str  # the noun that the measure word counts: the tail up to its first verb
    base: re.Match[str] | None  # words that say that the number is an earlier time's: 较上年的1712件

    @property
    def sentence_lead(self) -> str:
        return self.text[self.sentence : self.quantity.start]


# how far back the words of a sentence and a clause are looked at: a page without full stops must not cost its square
_FAR, _NEAR = 600, 200
_AHEAD = 80
_RELATIVE = 14


def _where(text: str, sentence: int, clause: int, quantity: Quantity, before: tuple[Quantity | None, Context | None], whole: Context | None, noun: int, after: int) -> _Where:  # fmt: skip
    last, said = before
    start = quantity.start
    linked = last is not None and last.start >= sentence
    sentence, clause = max(sentence, start - _FAR), max(clause, start - _NEAR)
    lead = text[max(clause, last.end if last is not None else 0) : start]
    end = max(noun, min(after, noun + _AHEAD))
    stop = CLAUSE.search(text, noun, end)
    tail = text[noun : stop.start() if stop else end]
    return _Where(
        text,
        sentence,
        quantity,
        last,
        said,
        whole,
        linked,
        lead,
        text[clause:start],
        tail,
        _noun(tail),
        _BASE.search(lead),
    )


def _noun(tail: str) -> str:
    """The tail up to its first verb; behind a relative clause (进社区报到的在职党员) the noun that it belongs to."""
    head = tail.find("的", 0, _RELATIVE) + 1
    return tail[:head] + _VERB.split(tail[head:], maxsplit=1)[0]


def _context(reading: Reading, where: _Where, periods: Periods, sentence: int, clause: int, around: tuple[str, str]) -> Context:  # fmt: skip
    quantity = where.quantity
    role = _role(where)
    kind, direction = _kind(where)
    # the sentence's subject, else the clause's, else the report's own place
    own = opening_place(where.clause_lead) or opening_place(where.sentence_lead)
    if own is None or reading.report.place.endswith(own[0]):  # xx县 is short for xx省xx县
        own = reading.report.place, reading.report.level
    place, level = own
    family = _family(where, reading.topic)
    stage = _stage(where, family, kind) if family in _STAGED else ""
    period = periods.at(quantity.start)
    if role == "base":  # 由2010年的96封: a base has the year that it names itself, no other
        period = where.base["year"] or "" if where.base else ""
    return Context(kind, direction, family, stage, measure_of(quantity.unit), _subject(where), period,
                   place, level, role, sentence, clause, *around)  # fmt: skip


def _role(where: _Where) -> str:
    """`base` for the figure of an earlier time, `part` behind 其中, `share` inside brackets that divide a whole."""
    text, q = where.text, where.quantity
    opened = text.rfind("(", where.sentence, q.start)
    inside = opened >= 0 and text.find(")", opened, q.start) < 0
    if inside and _BEFORE.search(text, where.sentence, opened):
        return "base"
    if where.base:
        return "base"
    if _among_parts(where):
        return "part"
    return "share" if inside else ""


def _among_parts(where: _Where) -> bool:
    """Whether 其中 still governs: not behind its closing bracket, nor in a clause that says what was done with the whole."""
    lead = where.sentence_lead
    at = lead.rfind("其中")
    if at < 0:
        return False
    since = lead[at:]
    closed = since.count(")") > since.count("(")
    whole = "," in since[3:] and _RESULT.match(where.clause_lead.lstrip("已共"))
    return not closed and not whole


def _kind(where: _Where) -> tuple[str, str]:
    """Kind and direction: a change word governs the number, else the unit and words like 每 decide."""
    q, lead = where.quantity, where.lead
    section = section_of(q.unit)
    change = _change(lead, q) or _carried(where, section)
    if section in {"share", "multiple"}:
        return ("change", change) if change or q.unit == "番" else ("rate", "")
    if q.unit and _EXTENT.match(where.tail):
        return "change", "up" if "增" in where.tail else "down"
    if change and (section != "money" or not _INVESTED.search(lead)):
        return "change", change
    if _per(where, section):
        return "per", ""
    if section == "money":
        return "money", ""
    return ("measure" if section in {"physical", "duration"} else "count"), ""


def _carried(where: _Where, section: str) -> str:
    """分别下降33.7%和21.6%, 增加2343户3954人: the second figure goes on with the change word before the first."""
    last, said = where.last, where.last_context
    if not where.linked or last is None or said is None or said.kind != "change" or _AND.sub("", where.lead):
        return ""
    return said.direction if (section == "share") == (section_of(last.unit) == "share") else ""


def _per(where: _Where, section: str) -> bool:
    """Whether the number is a standard per something: 元/次, 每件, 各镇; 每年 alone says when, not per what."""
    q, said = where.quantity, where.last_context
    if "/" in q.unit:
        return True
    if section == "money" and not where.lead and said is not None and said.kind == "per" and where.linked:
        return True
    small = q.value is not None and q.value < _SMALL
    if section == "money" and small and _TARIFF.search(where.sentence_lead):
        return True
    each = _EACH.search(where.clause_lead) or (section == "money" and where.tail.startswith("的标准"))
    return bool(each) and not _YEARLY.search(where.clause_lead)


def _change(lead: str, q: Quantity) -> str:
    """Direction of a change word that governs the number: it is the last verb before it and no level (增长到)."""
    up, down = list(_UP.finditer(lead)), list(_DOWN.finditer(lead))
    last = max([*up, *down], key=lambda m: m.end(), default=None)
    if last is None or ((level := _LEVEL.search(lead, max(0, last.start() - 1))) and level.end() >= last.end()):
        return ""
    if section_of(q.unit) == "share" and "占" in lead[last.end() :]:  # 新增案件占比10.2%
        return ""
    # 增幅比去年同期减少10个百分点: the later word decides; a far one governs its own object only
    reach = 12 if section_of(q.unit) in {"share", "multiple"} else 6
    if len(lead) - last.end() > reach or (_REACHED.search(lead, last.end()) and section_of(q.unit) != "share"):
        return ""
    return "up" if last in up else "down"


@kept
def _marks(section: str) -> tuple[re.Pattern[str], dict[str, list[tuple[re.Pattern[str], str]]]]:
    """First characters of a section's marking words, and the words by them, longest first: only what can begin is tried."""
    words = [(word, family) for family, entry in load("families")[section].items() for word in entry]
    index: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for word, family in sorted(words, key=lambda pair: len(pair[0]), reverse=True):
        first = _LOOK.sub("", word)[0]
        index.setdefault(first, []).append((re.compile(word), family))
    return re.compile(f"[{re.escape(''.join(index))}]"), index


def _mark(text: str, section: str = "words", first: bool = False) -> str:
    """Family of the last (or first) marking word of a text."""
    (firsts, index), at, found = _marks(section), 0, ""
    while (hit := firsts.search(text, at)) and not (first and found):
        at = hit.end()
        for word, family in index[hit[0]]:
            if m := word.match(text, hit.start()):
                found, at = family, max(m.end(), at)
                break
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
    if not _WORD.search(lead) and where.linked and where.last_context and not where.tail:
        return where.last_context.family
    if _VISITED.search(lead) and not _PETITIONED.search(lead):
        return "outreach"
    if where.whole is not None and _among_parts(where):
        return where.whole.family  # 意见683项,其中基础设施类241项: a part counts the same thing as the whole
    if measure_of(q.unit) in {"batches", "person_times"} and _RECEPTION.search(lead):
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
    if _AVERTED.search(lead):
        return ""
    for text in (lead, where.tail if len(lead) < 2 else "", where.clause_lead):
        done = max(((m.end(), stage) for stage, verb in _VERBS.items() for m in verb.finditer(text)), default=None)
        if done:
            return done[1]
        if _NOUNS.search(text):
            return "received"
    near = len(_HAN.findall(lead)) < 4
    said = where.last_context
    if (near or kind == "change" or where.base) and where.linked and said is not None and said.family == family:
        return said.stage
    return ""


_PART = re.compile(r"其中,?([^\d,。;]{2,12})")
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
    if len(_HAN.findall(words)) < 2 and where.last_context is not None and where.linked:
        return where.last_context.subject
    part = _PART.search(where.sentence_lead) if _UP.search(where.lead) or _DOWN.search(where.lead) else None
    if part and len(words) < 6 and words not in part[1]:
        words = f"{part[1]},{words}"  # 立案数 of which part: “两抢一盗”案件
    return words[-40:]


def _bare(lead: str, noun: str) -> str:
    """The lead without words of time before it and, where no noun follows the unit, without the verb of change behind it."""
    while (shorter := _OPENING.sub("", lead).strip(" ,、:(")) != lead:
        lead = shorter
    while not noun and (shorter := _CLOSING.sub("", lead)) != lead:
        lead = shorter
    return lead
