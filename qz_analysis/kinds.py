"""The words round a quantity → its kind: a count, a rate, a change up or down, money, a measure, a standard per something."""

import re

from .expressions import section_of
from .quantities import Quantity
from .surroundings import Where

__all__ = ["kind_of", "says_change"]

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
_INVESTED = re.compile(r"投[入资]|拨")
_REACHED = re.compile(r"[达有共]")
_AND = re.compile(r"以及|[、,和与及]")
_EXTENT = re.compile(r"的?(?:增幅|降幅)")
_TARIFF = re.compile(r"收费|只收|次均|每次|标准")
_SMALL = 10_000  # yuan; a larger sum in a sentence about charges is a total
_YEARLY = re.compile(r"(?<![人户件村月次])每年[^每各]*$")


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
    if not where.linked or last is None or said is None or said.kind != "change" or _AND.sub("", where.lead):
        return ""
    return said.direction if (section == "share") == (section_of(last.unit) == "share") else ""


def _per(where: Where, section: str) -> bool:
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


def says_change(lead: str) -> bool:
    """Whether words say that something went up or down.

    >>> says_change("同比下降"), says_change("共受理")
    (True, False)
    """
    return bool(_UP.search(lead) or _DOWN.search(lead))
