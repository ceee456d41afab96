"""The words round a quantity → its kind: a count, a rate, a change up or down, money, a measure, a standard per something.

A quantity in its sentence → what it is: kind, direction, family, stage, subject, period, place.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from ..vocabularies.patterns import Pattern
from ..vocabularies.units import measure_of, section_of
from .periods import CLAUSE, SENTENCE, Periods, Reading, periods_of
from .quantities import Quantity
from .reports import opening_place
from .topics import family_of, stage_of
from .window import HAN, HAN_RUN, NEAR, Context, Where, look_round

__all__ = ["Context", "kind_of", "read_report", "says_change"]

# behind 比去年同期 a bare 多 or 少 before the figure is a word of change too
_THAN = r"{than}[^,。]{0,6}[年月季度期][^,。]{0,2}"
_UP = Pattern("context", rf"{{up}}|{_THAN}多(?:出|了|[\u4e00-\u9fff]{{2}})?$")
_DOWN = Pattern("context", rf"{{down}}|{_THAN}少(?:出|了|[\u4e00-\u9fff]{{2}})?$")
_LEVEL = Pattern("context", r"{level}{to}")
_EACH = Pattern("context", r"{each}")
_INVESTED = Pattern("context", r"{invested}")
_REACHED = Pattern("context", r"{reached}")
_AND = Pattern("window", r"以及|{and}|[、,]")
_EXTENT = Pattern("context", r"的?{extent}")
_TARIFF = Pattern("context", r"{tariff}")
_SMALL = 10_000  # yuan; a larger sum in a sentence about charges is a total
_YEARLY = Pattern("context", r"{yearly}[^每各]*$")


def kind_of(where: Where) -> tuple[str, str]:
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


def _carried(where: Where, section: str) -> str:
    """分别下降33.7%和21.6%, 增加2343户3954人: the second figure goes on with the change word before the first."""
    last, said = where.last, where.last_context
    if (
        not where.linked
        or last is None
        or said is None
        or said.kind != "change"
        or _AND.sub("", where.lead)
    ):
        return ""
    return said.direction if (section == "share") == (section_of(last.unit) == "share") else ""


def _per(where: Where, section: str) -> bool:
    """Whether the number is a standard per something: 元/次, 每件, 各镇; 每年 alone says when, not per what."""
    q, said = where.quantity, where.last_context
    if "/" in q.unit:
        return True
    if (
        section == "money"
        and not where.lead
        and said is not None
        and said.kind == "per"
        and where.linked
    ):
        return True
    small = q.value is not None and q.value < _SMALL
    if section == "money" and small and _TARIFF.search(where.sentence_lead):
        return True
    each = _EACH.search(where.clause_lead) or (
        section == "money" and where.tail.startswith("的标准")
    )
    return bool(each) and not _YEARLY.search(where.clause_lead)


def _change(lead: str, q: Quantity) -> str:
    """Direction of a change word that governs the number: it is the last verb before it and no level (增长到)."""
    up, down = list(_UP.finditer(lead)), list(_DOWN.finditer(lead))
    last = max([*up, *down], key=lambda m: m.end(), default=None)
    if last is None or (
        (level := _LEVEL.search(lead, max(0, last.start() - 1))) and level.end() >= last.end()
    ):
        return ""
    if section_of(q.unit) == "share" and "占" in lead[last.end() :]:  # 新增案件占比10.2%
        return ""
    # 增幅比去年同期减少10个百分点: the later word decides; a far one governs its own object only
    reach = 12 if section_of(q.unit) in {"share", "multiple"} else 6
    if len(lead) - last.end() > reach or (
        _REACHED.search(lead, last.end()) and section_of(q.unit) != "share"
    ):
        return ""
    return "up" if last in up else "down"


def says_change(lead: str) -> bool:
    """Whether words say that something went up or down.

    >>> says_change("同比下降"), says_change("共受理")
    (True, False)
    """
    return bool(_UP.search(lead) or _DOWN.search(lead))


_LIST = Pattern("window", r"以及|{and}|、")
_JOINS = Pattern("window", r"{and}$")
_BEFORE = Pattern("context", r"{compared}[^,。]{0,4}$")


def read_report(reading: Reading, quantities: list[Quantity]) -> list[Context]:
    """Context of every quantity of one report.

    Args:
        reading: the clean text with the report and its year.
        quantities: the report's quantities in the order of the text, with clean offsets.

    Returns:
        one context per quantity, in the same order.
    """
    text, report = reading.text, reading.report
    sentences = [
        report.start,
        *(m.end() for m in SENTENCE.finditer(text, report.start, report.end)),
        report.end + 1,
    ]
    clauses = [
        report.start,
        *(m.end() for m in CLAUSE.finditer(text, report.start, report.end)),
        report.end + 1,
    ]
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
        where = look_round(
            text, sentences[s], clauses[c], quantity, before, whole, quantities[j].end, after
        )
        around = _around(
            text, sentences[s], sentences[s + 1], quantity, before[0], quantities[i + 1 : i + 2]
        )
        found.append(_context(reading, where, periods, s, c, around))
        counted[quantity.unit] = s, found[-1]
    return _respective(text, quantities, found)


def _around(text: str, first: int, end: int, q: Quantity, last: Quantity | None, following: list[Quantity]) -> tuple[str, str]:  # fmt: skip
    """The words of the sentence between the number before and this one, and between this one and the next, full stop included."""
    start = max(first, q.start - NEAR, last.end if last is not None else 0)
    stop = min(end, q.end + NEAR, following[0].start if following else end)
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
    return not between or bool(
        first.unit == second.unit and len(between) < 5 and _JOINS.search(between)
    )


def _context(reading: Reading, where: Where, periods: Periods, sentence: int, clause: int, around: tuple[str, str]) -> Context:  # fmt: skip
    quantity = where.quantity
    role = _role(where)
    kind, direction = kind_of(where)
    # the sentence's subject, else the clause's, else the report's own place
    own = opening_place(where.clause_lead) or opening_place(where.sentence_lead)
    if own is None or reading.report.place.endswith(own[0]):  # xx县 is short for xx省xx县
        own = reading.report.place, reading.report.level
    place, level = own
    family = family_of(where, reading.topic)
    stage = stage_of(where, family, kind)
    period = periods.at(quantity.start)
    if role == "base":  # 由2010年的96封: a base has the year that it names itself, no other
        period = where.base["year"] or "" if where.base else ""
    return Context(kind, direction, family, stage, measure_of(quantity.unit), _subject(where), period,
                   place, level, role, sentence, clause, *around)  # fmt: skip


def _role(where: Where) -> str:
    """`base` for the figure of an earlier time, `part` behind 其中, `share` inside brackets that divide a whole."""
    text, q = where.text, where.quantity
    opened = text.rfind("(", where.sentence, q.start)
    inside = opened >= 0 and text.find(")", opened, q.start) < 0
    if inside and _BEFORE.search(text, where.sentence, opened):
        return "base"
    if where.base:
        return "base"
    if where.among_parts:
        return "part"
    return "share" if inside else ""


_PART = re.compile(r"其中,?([^\d,。;]{2,12})")
_OPENING = Pattern("context", r"^(?:{opening}|[\d年月日xX*-]+(?:以来)?)[,、]?")
_EDGES = Pattern("window", r"^(?:{and}|[ ,、:()])+|(?:{and}|[ ,、:()])+$")
_CLOSING = Pattern("context", r"(?:{closing}|[,、:(])$")


def _subject(where: Where) -> str:
    """Words of the clause that say what the number is of: those before it, with the noun behind the unit."""
    lead = _bare(where.lead.strip(" ,、:()"), where.noun)
    words = _EDGES.sub("", lead + (where.noun or ("" if HAN_RUN.search(lead) else where.tail)))
    if len(HAN.findall(words)) < 2 and where.last_context is not None and where.linked:
        return where.last_context.subject
    part = _PART.search(where.sentence_lead) if says_change(where.lead) else None
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
