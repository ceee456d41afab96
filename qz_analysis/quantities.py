"""Clean text → quantities: every number with its bound, unit and place, masked and lost ones included."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from .cleaning import phrases
from .numerals import CHINESE, SCALES, parse
from .registry import load

__all__ = ["Quantity", "find", "measure_of", "section_of"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the clean text; offsets are clean ones, values in the base unit and exact."""

    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str = "exact"
    unit: str = ""
    status: str = "ok"
    note: str = ""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_UNITS = {unit: (measure, section) for section, units in load("units").items() for unit, measure in units.items()}
_HEDGES: dict[str, dict[str, str]] = load("bounds")
_SCALE = f"(?:{_any(list(SCALES))})(?!伏安|瓦|米|克|公里|分)"
_MASK = r"(?:\d+\.?\d*)?[x*]{1,8}(?:\.[x*]+)?|\d+(?:\.\d+)?\?|(?<=[\u4e00-\u9fff])\?\d*(?=余?[万亿])"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_HAN = f"[{CHINESE}〇零]"
_NUMBER = rf"(?:{_ARABIC})(?:(?:{_SCALE})(?=\d)(?:{_ARABIC}))?|{_HAN}+(?:点{_HAN}+)?"
_UNIT = rf"(?:个[多余]月|(?:{_any(list(_UNITS))})(?:\(次\))?(?:/(?:人·月|平方米|[年月日天次人户件亩吨支个名袋瓶张]|m(?![a-z])))?)"
_PRE = _any(list(_HEDGES["before"]))
_IN = "[" + "".join(_HEDGES["inside"]) + "]"
_POST = _any(list(_HEDGES["after"]))

_QUANTITY = re.compile(
    rf"(?P<pre>(?:{_PRE})(?:了|有|达|为)?)?"
    rf"(?:(?P<parts>{_HAN}+|\d+)分之(?P<share>{_HAN}+(?:点{_HAN}+)?|\d+(?:\.\d+)?)"
    rf"|(?P<mask>{_MASK})|(?P<num>{_NUMBER}))"
    rf"(?P<in1>{_IN})?(?P<scale>{_SCALE})?(?P<in2>{_IN})?"
    rf"(?:(?P<sep>-+|~|至|到)(?P<num2>{_NUMBER})(?P<scale2>{_SCALE})?(?P<in3>{_IN})?)?"
    rf"(?:(?P<cheng>成)(?P<cheng2>[{CHINESE}])?|(?P<unit>{_UNIT}))?"
    rf"(?P<post>{_POST})?(?P<tail>\(次\))?"
)
_NONE = re.compile(r"(?<=[为是])[“\"]?(零)[”\"]?(?=[,。;)])")
_LETTER = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"[“\"‘《][^”\"’》\n]{0,30}[”\"’》]")


def measure_of(unit: str) -> str:
    """What a unit measures, by the registry; the part before `/` decides for 元/年.

    >>> measure_of("批次"), measure_of("元/年")
    ('batches', 'yuan')
    """
    return _UNITS.get(unit.partition("/")[0], ("", ""))[0]


def section_of(unit: str) -> str:
    """Section of `units.toml` that a unit stands in, or `''`."""
    return _UNITS.get(unit.partition("/")[0], ("", ""))[1]


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every quantity of a clean text in the order of the text.

    Args:
        text: clean text, as `clean(raw).text` holds it.
        start: first character to look at.
        end: one past the last; the text's end unless given. One report at a time: lost digits are judged by the company they keep.

    Returns:
        quantities with clean offsets; masked numbers and places where digits were lost have status `redacted`, no value.

    >>> [(q.text, float(q.value), q.unit, q.bound) for q in find("补贴资金8872.7万元,共发放100多万元")]
    [('8872.7万元', 88727000.0, '元', 'exact'), ('100多万元', 1000000.0, '元', 'min')]
    """
    end = len(text) if end is None else end
    blocked = [m.span() for m in phrases("not_claims").finditer(text, start, end)]
    found = [q for m in _QUANTITY.finditer(text, start, end) if (q := _quantity(text, m, blocked)) is not None]
    found += [Quantity(m.start(1), m.end(1), m[1], Decimal(0)) for m in _NONE.finditer(text, start, end)]
    lost = _lost(text, found, start, end)
    places = {q.start for q in lost}
    return sorted([*(q for q in found if q.start not in places), *lost], key=lambda q: q.start)


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def _quantity(text: str, m: re.Match[str], blocked: list[tuple[int, int]]) -> Quantity | None:
    digits = m.start("parts") if m["parts"] else m.start("mask") if m["mask"] else m.start("num")
    if _inside(blocked, digits):
        return None
    if m["mask"]:
        return _masked(text, m)
    unit = _unit(text, m)
    if m["parts"]:
        value = parse(m["share"]) * 100 / parse(m["parts"])
        return _make(text, m, value, None, None, "%", digits)
    if m["cheng"]:
        if m["num"] in "一二三四五六七八九" or m["num"].isdigit():
            value = parse(m["num"]) * 10 + (parse(m["cheng2"]) if m["cheng2"] else 0)
            return _make(text, m, value, None, None, "%", digits)
        return None
    chinese = not m["num"][0].isascii()
    many = m["in1"] and chinese and len(m["num"]) > 1 and re.match(r"[\u4e00-\u9fff]{2}|[、,。]", text[m.end() :])
    if (not unit and not (m["scale"] and not chinese) and not many) or _refused(text, m, unit, chinese, digits):
        return None
    try:
        scale = SCALES[m["scale"]] if m["scale"] else 1
        value = parse(m["num"]) * scale
        high = (
            parse(m["num2"]) * (SCALES[m["scale2"]] if m["scale2"] else scale if m["scale"] else 1)
            if m["num2"]
            else None
        )
    except (ArithmeticError, ValueError, IndexError):
        return None
    if high is not None:
        low = value * SCALES[m["scale2"]] if m["scale2"] and not m["scale"] else value
        return _make(text, m, None, low, high, unit, digits)
    return _make(text, m, value, None, None, unit, digits)


def _unit(text: str, m: re.Match[str]) -> str:
    """The unit, unless the characters belong to another word (个人, 年级)."""
    if not m["unit"]:
        return ""
    if phrases("not_units").match(text, m.start("unit")):
        return ""
    if m["unit"] == "日" and not re.match("之?内", text[m.end("unit") :]):
        return ""
    unit = m["unit"].replace("个百分点", "百分点").replace("个多月", "个月").replace("个余月", "个月")
    if unit.endswith("(次)"):
        return unit[:-3] + "次"
    return unit + "次" if m["tail"] and m["unit"] in "人台件" else unit


def _refused(text: str, m: re.Match[str], unit: str, chinese: bool, digits: int) -> bool:
    before, after = text[max(0, digits - 4) : digits], text[m.end() : m.end() + 4]
    if before[-1:] in {"第", "〔", "[", "-", ".", "/"} or _LETTER.match(before[-1:]):
        return True
    if unit == "年" and (chinese or len(m["num"]) == 4 or re.search(r"[近前后这十]$", before) or after[:1] in "来级度"):
        return True
    if not unit and (_LETTER.match(after) or after[:1].isdigit()):
        return True
    return chinese and _idle(text, m, unit, before, after)


def _idle(text: str, m: re.Match[str], unit: str, before: str, after: str) -> bool:
    """Whether a Chinese numeral is grammar rather than a count: an article, a set name in quotation marks, an ordinal."""
    numeral = m["num"]
    quoted = any(q.start() < m.start() < q.end() for q in _QUOTED.finditer(text, max(0, m.start() - 30), m.end() + 30))
    if (
        quoted
        or (set(numeral) <= set("十百千万亿") and before[-1:] in "几数")
        or not (set(numeral) - set("万亿百千") or m["in1"])
    ):
        return not (m["pre"] or "").startswith("上") or quoted
    if numeral == "一":
        if section_of(unit) == "duration":
            return not re.search(r"为期|利用|历时|时间为", text[max(0, m.start() - 4) : m.start()])
        noun = re.search(r"[\u4e00-\u9fff]{2}$", text[max(0, m.start() - 2) : m.start()])
        return (
            not (noun and unit in {"个", "家", "所", "座", "处"} and re.match(r"[,。;]", after or "。"))
            or "每" in before
        )
    return False


def _masked(text: str, m: re.Match[str]) -> Quantity | None:
    before, after = text[max(0, m.start("mask") - 1) : m.start("mask")], text[m.end("mask") : m.end("mask") + 1]
    unit = _unit(text, m)
    if (
        not (unit or m["scale"])
        or after in "年月日时届"
        or before in "《“年月"
        or _LETTER.match(before)
        or (m["mask"][-1] == "*"
        and unit in "人")
    ):
        return None
    return _make(
        text, m, None, None, None, unit, m.start("mask"), "redacted", f"the page masks the digits: {m['mask']}"
    )


def _make(text: str, m: re.Match[str], value: Decimal | None, low: Decimal | None, high: Decimal | None, unit: str,
          start: int, status: str = "ok", note: str = "") -> Quantity:  # fmt: skip
    bound = "range" if low is not None else _bound(text, m)
    end = m.end() if m["unit"] or m["cheng"] or m["parts"] else m.end("scale") if m["scale"] else m.end()
    if m["unit"] and not unit:
        end = m.start("unit")
    if m["post"] and m["unit"]:
        end = m.start("post")
    if m["tail"]:
        end = m.end("tail")
    return Quantity(start, end, text[start:end], value, low, high, bound, unit, status, note)


def _word(pre: str) -> str:
    return pre if pre in _HEDGES["before"] else pre[:-1]


def _bound(text: str, m: re.Match[str]) -> str:
    for group in ("in1", "in2", "in3"):
        if m[group]:
            return _HEDGES["inside"][m[group]]
    if m["unit"] in {"个多月", "个余月"}:
        return "min"
    if m["post"] == "内" and section_of(m["unit"] or "") != "duration":
        return "exact"
    if m["post"] and not (m["post"] in "多余" and not m["unit"]):
        return _HEDGES["after"][m["post"]]
    if m["pre"] and not re.match(r"[预签履公节相条制合附最邻邻上以b]", text[m.start() - 1 : m.start()] or " "):
        return _HEDGES["before"][_word(m["pre"])]
    return "exact"


# where digits were stripped out of the page, the unit stands alone: 办结率达%, 投资万元
_SURE = re.compile(
    rf"(?<=[达为到率占降升长于过])(?=%)|(?<=[\u4e00-\u9fff])(?<![{CHINESE}几数上余多来零成])(?=万(?:余|多)?(?:元|人次|余人))"
    r"|(?<=[低高少多]于|超过|收入|投资|补助)(?=元)|(?<=距离)(?=海里|公里|米)|(?<=座谈会)(?=次[,;。])|(?<=[问答]卷)(?=份[,;。])"
    rf"|(?<=[\u4e00-\u9fff])(?<![{CHINESE}几数许很众好上])(?=[多余]万人)"
)
_LIKELY = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:个|处)[,。;:、(])|(?<=[数员])(?=人[,。;])|(?<=[意见难结题])(?=件[,。;])"
    r"|(?<=[立设建了前县乡镇区出育成定展发改新给的])(?=(?:个|名|家|处)(?:[\u4e00-\u9fff]))"
    r"|(?<=[导与助对农])(?=户[\u4e00-\u9fff“])|(?<=[点织])(?=家农户)|(?<=农户)(?=户[,。;])"
    r"|(?<=[离积])(?=(?:海里|公里|平方米|平方公里|亩))"
)


def _lost(text: str, found: list[Quantity], start: int, end: int) -> list[Quantity]:
    """Places whose digits the page lost. One sure sign makes the less sure ones near it credible, a page of whole numbers does not."""
    sure = [m.start() for m in _SURE.finditer(text, start, end)]
    if not sure:
        return []
    places = set(sure)
    if len(sure) >= 2:
        words = phrases("not_missing")
        places |= {m.start() for m in _LIKELY.finditer(text, start, end) if not any(w.start() <= m.start() < w.end() for w in
                   words.finditer(text, max(0, m.start() - 3), m.start() + 4))}  # fmt: skip
    taken = sorted((q.start, q.end) for q in found)
    blank = re.compile(rf"{_IN}?(?:{_SCALE})?{_IN}?(?={_UNIT})")
    lost = []
    for at in sorted(places):
        m = blank.match(text, at)
        if m is None or (_inside(taken, at) and text[at] not in "万亿") or _inside(taken, at - 1):
            continue
        named = re.compile(_UNIT).match(text, m.end())
        unit, stop = (named[0], named.end()) if named else ("", m.end())
        bound = "min" if re.search("[多余]", m[0]) else _lost_bound(text, at)
        lost.append(
            Quantity(
                at,
                stop,
                text[at:stop],
                None,
                None,
                None,
                bound,
                unit,
                "redacted",
                "the page lost the digits before the unit",
            )
        )
    return lost


def _lost_bound(text: str, at: int) -> str:
    words = sorted(_HEDGES["before"], key=len, reverse=True)
    return next((_HEDGES["before"][w] for w in words if w != "上" and text.endswith(w, 0, at)), "exact")
