"""Clean text → quantities: every number with its bound, unit and place, masked ones included."""

import re
from bisect import bisect_right
from decimal import Decimal

from ..model import Quantity
from ..script import BARE
from ..vocabularies.numerals import numerals, parse
from ..vocabularies.patterns import phrases
from ..vocabularies.units import (
    DIGITS,
    bound_of,
    dictionary_form,
    grammar,
    hedge_before,
    section_of,
)

__all__ = ["find", "inside"]


_LONGEST = 24  # no figure has more digits or numeral characters; a longer run is no number
_REACH = 8  # characters that a fixed phrase may begin before the number it holds
_NONE = re.compile(r"(?<=[为是])[“\"]?(零)[”\"]?(?=[,。;)]|$)")
_QUOTED = re.compile(r"[“\"‘《][^”\"’》\n]{0,30}[”\"’》]")
_ARTICLE = {"个", "家", "所", "座", "处", "台", "套", "辆", "间", "栋"}
_TWINS = re.compile(rf"((?:[{DIGITS}两]?[十百千万])*)([两{DIGITS}])([两{DIGITS}])([十百千万亿]*)")
_FROM = re.compile(r"[由从](?:上年|去年|原来|过去|当初|以前|往年)?的?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{2}|[、,。]")
_HEADS = set(
    "员众工数计共达约近"
)  # behind these **人 are so many, elsewhere people of a masked place
# what must follow for a duration; else the unit names a day or a month
_DATES = {"日": re.compile("之?内"), "月": re.compile("的?时间")}
_LAND = {"县", "区", "乡", "镇", "村"}


def inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of some stretches, given in rising order.

    >>> inside([(2, 5), (8, 9)], 4), inside([(2, 5), (8, 9)], 5)
    (True, False)
    """
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every number that a clean text prints, in the order of the text.

    Args:
        text: clean text, as `clean(raw).text` holds it.
        start: first character to look at.
        end: one past the last; the text's end unless given.

    Returns:
        quantities with clean offsets; masked numbers have status `redacted` and no value. Numbers whose digits were
        stripped out leave nothing to find here: see `lost.find_lost`.

    >>> [(q.text, float(q.value), q.unit, q.bound) for q in find("补贴资金8872.7万元,共发放100多万元")]
    [('8872.7万元', 88727000.0, '元', 'exact'), ('100多万元', 1000000.0, '元', 'min')]
    """
    end = len(text) if end is None else end
    found = [
        Quantity(m.start(1), m.end(1), m[1], Decimal(0)) for m in _NONE.finditer(text, start, end)
    ]
    first, whole, fixed, at = grammar().first, grammar().quantity, phrases("not_claims"), start
    while hit := first.search(text, at, end):
        at = hit.end()
        m = whole.match(text, hit.start(), end)
        if m is None:
            continue
        name = next(g for g in _NAMES if m[g] is not None)
        try:
            quantity = _quantity(text, m, name)
            if (
                quantity
                and quantity.status == "spoilt"
                and m["twin"]
                and _FROM.search(text, max(0, m.start() - 6), m.start())
            ):
                m = (
                    whole.match(text, m.start(), m.start("sep")) or m
                )  # 由50件到5件 tells a fall, no range
                quantity = _quantity(text, m, name)
        except (ArithmeticError, ValueError, IndexError, KeyError):
            quantity = None  # a run of numeral characters that is no numeral
        phrase = _phrase_end(fixed, text, hit.start(), start, end) if quantity else 0
        if quantity and not phrase:
            found.append(quantity)
            at = max(m.end(), at)
        else:
            at = max(m.end(name), phrase)
    return sorted(found, key=lambda q: q.start)


def _phrase_end(fixed: re.Pattern[str], text: str, at: int, start: int, end: int) -> int:
    """End of the fixed phrase that holds an offset, 0 when none does."""
    for begin in range(max(start, at - _REACH), at + 1):
        if (m := fixed.match(text, begin, end)) and m.end() > at:
            return m.end()
    return 0


def _quantity(text: str, m: re.Match[str], name: str) -> Quantity | None:
    """The quantity that a match of the grammar holds, None when it is another kind of number."""
    start = m.start()
    if name in {"num", "mask", "several"}:
        unit = _unit(text, m)
        return _READERS[name](text, m, unit, start)
    if name == "half":
        bound = "min" if m["half"][0] in "过超大" else bound_of(text, m)
        return _make(text, m, start, "%", value=Decimal(50), bound=bound)
    if name == "over":
        over, under = Decimal(m["over"]), Decimal(m["under"])
        return _make(text, m, start, "%", value=over * 100 / under) if 0 < over < under else None
    if m.end("share") - start > _LONGEST or not (parts := parse(m["parts"])):
        return None
    share = parse(m["share"]) * 100 / parts
    if m["share2"]:
        return _make(text, m, start, "%", low=share, high=parse(m["share2"]), bound="range")
    return _make(text, m, start, "%", value=share)


def _counted(text: str, m: re.Match[str], unit: str, start: int) -> Quantity | None:
    if m["tenth"]:
        return _tenths(text, m, start)
    if m.end("num") - start > _LONGEST:
        return None
    chinese = not m["num"][0].isascii()
    bare = (
        not unit
        and m["unit"] != BARE
        and (chinese or not m["scale"])
        and not _many(text, m, chinese)
    )
    if bare or _refused(text, m, unit, chinese, start):
        return None
    if m["in1"] == "几" and text[m.end("in1") : m.end("in1") + 1] in set("十百千万"):
        return None  # 九百几十 has neither a point nor ends that the language fixes
    if pair := _neighbours(m["num"] + (m["scale"] or "")):
        return _make(text, m, start, unit, low=pair[0], high=pair[1], bound="range")
    value = parse(_digits(m["num"]) + (m["scale"] or ""))  # 3亿2,000万 is one numeral
    if m["unit"] and m["unit"].startswith("个半"):
        value += Decimal("0.5")  # 3个半小时
    if not m["num2"]:
        return _make(text, m, start, unit, value=value)
    high = parse(_digits(m["num2"]) + (m["scale2"] or ""))
    low = (
        value * numerals().scales[m["scale2"]] if m["scale2"] and not m["scale"] else value
    )  # 2到3万元
    if low > high and value < high:
        low = value  # 500至2万元
    return _make(text, m, start, unit, low=low, high=high, bound="range")


def _digits(numeral: str) -> str:
    return numeral.replace("..", ".")


def _many(text: str, m: re.Match[str], chinese: bool) -> bool:
    """四千多居民 and 补助一万二: a Chinese numeral that is long enough needs no measure word."""
    if not chinese or len(m["num"]) < 2:
        return False
    if m["in1"]:
        return bool(_NOUN.match(text, m.end()))
    return (
        len(m["num"]) > 2
        and bool(re.search("[百千万].", m["num"]))
        and text[m.end() : m.end() + 1] in ",。;"
    )


def _neighbours(numeral: str) -> tuple[Decimal, Decimal] | None:
    """三五百, 七八十, 十五六 and 一百二三十 are ranges: two small digits side by side in one place of the numeral."""
    m = _TWINS.fullmatch(numeral)
    if not m or not (m[1] or m[4] or len(numeral) == 2):
        return None
    low, high = parse(m[2]), parse(m[3])
    return (parse(m[1] + m[2] + m[4]), parse(m[1] + m[3] + m[4])) if low < high <= low + 2 else None


def _tenths(text: str, m: re.Match[str], start: int) -> Quantity | None:
    """四成五 is 45 %, 三至五成 and 七八成 are ranges, 八折 is 80 % of the price."""
    if pair := _neighbours(m["num"]):
        return _make(text, m, start, "%", low=pair[0] * 10, high=pair[1] * 10, bound="range")
    if len(m["num"]) > 1 or m["num"] not in f"两{DIGITS}0123456789":
        return None
    if m["num2"]:
        return _make(
            text, m, start, "%", low=parse(m["num"]) * 10, high=parse(m["num2"]) * 10, bound="range"
        )
    more = 5 if m["more"] == "半" else parse(m["more"]) if m["more"] else 0
    return _make(text, m, start, "%", value=parse(m["num"]) * 10 + more)


def _several(text: str, m: re.Match[str], unit: str, start: int) -> Quantity | None:
    """几十 lies between 20 and 90: the language gives ends and no point."""
    if (
        not unit
        or m.end("several") - start > _LONGEST
        or text[max(0, start - 1) : start] in set("十百千好")
    ):
        return None
    place = parse(m["several"][1:])
    return _make(text, m, start, unit, low=2 * place, high=9 * place, bound="range")


def _masked(text: str, m: re.Match[str], unit: str, start: int) -> Quantity | None:
    before, after = text[max(0, start - 1) : start], text[m.end("mask") : m.end("mask") + 1]
    bare = (
        m["mask"][-1] == "*"
        and unit in {"", "人"}
        and not re.search(r"\d", m["mask"])
        and before not in _HEADS
    )
    land = unit in _LAND or (bare and m["unit"] != BARE)
    if (
        land
        or not (unit or m["scale"] or m["unit"] == BARE)
        or after in "年月日时届"
        or before in "《“年月"
        or (before.isascii() and before.isalpha())
    ):
        return None
    note = f"the page masks the digits: {m['mask']}"
    return _make(text, m, start, unit, status="redacted", note=note)


def _unit(text: str, m: re.Match[str]) -> str:
    """The unit in its dictionary form, `''` where the characters belong to another word (个人, 年级)."""
    if not m["unit"] or phrases("not_units").match(text, m.start("unit")):
        return ""
    if m["unit"] in _DATES and not _DATES[m["unit"]].match(text, m.end("unit")):
        return ""
    unit = dictionary_form(m["unit"])
    return unit + "次" if m["tail"] and unit in {"人", "台", "件"} else unit


def _refused(text: str, m: re.Match[str], unit: str, chinese: bool, start: int) -> bool:
    """Whether the number is a date, an ordinal, a model or part of a word rather than a count."""
    before, after = text[max(0, start - 6) : start], text[m.end() : m.end() + 2]
    slip = before[-1:] == "." and "\u4e00" <= before[-2:-1] <= "\u9fff"  # 纠纷.4953起
    if (before[-1:] in {"第", "〔", "[", "-", ".", "/"} and not slip) or (
        before[-1:].isascii() and before[-1:].isalpha()
    ):
        return True
    if unit == "年" and (
        chinese
        or len(m["num"]) == 4
        or before[-1:] in {"近", "前", "后", "这", "十"}
        or after[:1] in "来级度"
    ):
        return True
    if (unit == "分" and not re.search("[分评考]", before)) or (unit in _LAND and chinese):
        return True
    if not unit and (after[:1].isascii() and after[:1].isalnum()):
        return True
    return chinese and _idle(text, m, unit, before, after)


def _idle(text: str, m: re.Match[str], unit: str, before: str, after: str) -> bool:
    """Whether a Chinese numeral is grammar rather than a count: an article, a set name in quotation marks, a round word."""
    numeral, start = m["num"], m.start("num")
    if any(
        q.start() < start < q.end()
        for q in _QUOTED.finditer(text, max(0, start - 30), m.end() + 30)
    ):
        return True
    if numeral in {"百十", "千百", "百八十"}:  # about a hundred
        return True
    if set(numeral) <= set("百千万亿"):  # 近百处 and 千余份 count, 百花 and 万户 do not
        return not m["in1"] and not hedge_before(text, start)
    if numeral != "一" or unit in {"倍", "番"}:
        return False
    if section_of(unit) == "duration":
        return not (
            re.search(r"为期|利用|历时|时间为|用了?$|过了?$", before) or re.match("的|时间", after)
        )
    # 建有配送中心一个 counts, 开展一次 and 一支队伍 are articles
    ends = (after or "。")[0] in ",。;、"
    return (
        not (unit in _ARTICLE and ends and re.search(r"[\u4e00-\u9fff]{2}$", before))
        or "每" in before
    )


def _make(text: str, m: re.Match[str], start: int, unit: str, *, value: Decimal | None = None, low: Decimal | None = None,
          high: Decimal | None = None, bound: str = "", status: str = "ok", note: str = "") -> Quantity:  # fmt: skip
    """The quantity from its first digit to its unit's last character; hedges before and behind are read, not kept."""
    end = m.start("post") if m["post"] and (m["unit"] or m["tenth"]) else m.end()
    if m["unit"] and not unit and m["unit"] != BARE:
        end = m.start("unit")
    elif m["tail"]:
        end = m.end("tail")
    if low is not None and high is not None and low > high and status == "ok":
        low, high, status = high, low, "spoilt"
        note = f"the range runs backwards: {text[start:end].rstrip(BARE)}"
    return Quantity(
        start,
        end,
        text[start:end].rstrip(BARE),
        value,
        low,
        high,
        bound or bound_of(text, m),
        unit,
        status,
        note,
    )


_NAMES = ("num", "mask", "parts", "several", "half", "over")
_READERS = {"num": _counted, "mask": _masked, "several": _several}
