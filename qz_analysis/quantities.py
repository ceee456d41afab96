"""Clean text → quantities: every number with its bound, unit and place, masked ones included."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from .cleaning import phrases
from .numerals import FORMAL, numerals, parse
from .registry import kept, load
from .tabcells import BARE

__all__ = [
    "Grammar",
    "Quantity",
    "dictionary_form",
    "find",
    "grammar",
    "inside",
    "measure_of",
    "section_of",
]


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


@dataclass(frozen=True, slots=True)
class Grammar:
    """How numbers and units are written, by the words in force: pieces of patterns, and the pattern of a whole expression."""

    aliases: dict[str, str]
    units: dict[str, tuple[str, str]]  # unit → measure, section
    hedges: dict[str, dict[str, str]]
    scale: str
    inside: str
    unit: str
    quantity: re.Pattern[str]
    first: re.Pattern[str]  # every expression begins with one of these, so that the grammar is tried only there
    before: re.Pattern[str]


_DIGITS = "一二三四五六七八九"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.{1,2}\d+)?"  # 2..2 is a slip of the scanner for 2.2
# x and * mask digits, alone or beside legible ones; ? is what a lost character leaves, unless it ends a question
_MASK = r"\d{1,3}(?:,\d{3})*,(?=[\dx*]{3})\d{0,2}[x*]+\d*|(?:\d+(?:\.\d*)?)?[x*]{1,8}(?:\.[\dx*]+)?\d*|\d+(?:\.\d*)?\?+\d*(?:\.[\d?]+)?|(?<=[\u4e00-\u9fff])(?<![吗呢么何谁哪])\?+\d*(?:\.[\d?]+)?"


@kept
def grammar() -> Grammar:
    """The grammar that `units.toml`, `bounds.toml` and `scales.toml` give.

    >>> grammar().units["批次"]
    ('batches', 'petition')
    """
    registry, hedges, chinese = load("units"), load("bounds"), numerals().chinese
    # a table's number without a unit is a figure all the same
    aliases = {**registry["aliases"], BARE: ""}
    units = {u: (measure, name) for name, said in registry.items() if name != "aliases" for u, measure in said.items()}
    # 千 before these belongs to the unit (千米, 千克), 百 before 分 to 百分点
    scale = f"(?:{_any([s for s in numerals().scales if s not in ('千', '百')])}|千(?![伏瓦米克])|百(?!分))"
    inside = "[" + "".join(map(re.escape, hedges["inside"])) + "]"
    unit = rf"(?:个半(?:小时|月)|个[多余](?:月|小时|百分点)|(?:{_any([*units, *aliases])})(?:\(次\))?(?:/(?:人·月|平方米|平方公里|公顷|[年月日天次人户件亩吨支个名袋瓶张]|m(?![a-z])))?)"
    quantity = re.compile(_expression(chinese, scale, inside, unit, list(hedges["after"])))
    before = re.compile(rf"({_any(list(hedges['before']))})(?:了|有|达|为|占)?$")
    return Grammar(aliases, units, hedges, scale, inside, unit, quantity, re.compile(rf"[\dx*?{chinese}〇零几数半过超大]"), before)  # fmt: skip


def _expression(chinese: str, scale: str, inside: str, unit: str, behind: list[str]) -> str:
    """The pattern of one expression; each piece stands for one place in it."""
    plain = "".join(c for c in chinese if c not in FORMAL) + "〇零"
    # a formal character beside others or before 元; in 队伍, 大陆, 放肆 and 收拾 it counts nothing
    han = (
        rf"(?:[{plain}]+|(?:(?<![队退入落行为])伍|(?<![大登着内水])陆|(?<!放)肆|(?<!收)拾|[壹贰叁柒捌玖])"
        rf"(?:[{FORMAL}十百千万亿零]+|(?=元)))"
    )
    number = rf"(?:{_ARABIC})(?:{scale}(?=\d)(?:{_ARABIC}))*|{han}(?:点{han})?"
    return (
        rf"(?:(?P<parts>{han}|\d+)分之(?P<share>{han}(?:点{han})?|\d+(?:\.\d+)?)(?:(?:-+|~|至|到)百分之(?P<share2>{han}(?:点{han})?|\d+(?:\.\d+)?))?"
        r"|(?<![/\d])(?P<over>\d{1,2})/(?P<under>\d{1,2})(?=以上|以下|以内|左右|的|强|[,。;])"
        r"|(?P<half>过半数?(?![年个天月])|超半数?|一半|半数|大半)"
        rf"|(?P<several>[几数][十百千万亿]+)"
        rf"|(?P<mask>{_MASK})|(?P<num>{number}))"
        rf"(?P<in1>{inside})?(?P<scale>{scale})?(?P<in2>{inside})?"
        rf"(?:(?P<twin>{unit})?(?P<sep>-+|~+|至|到)(?!百分之)(?P<num2>{number})(?P<scale2>{scale})?(?P<in3>{inside})?(?(twin)(?=(?P=twin))))?"
        rf"(?:(?P<tenth>[成折])(?P<more>[{_DIGITS}半])?|(?P<unit>{unit}))?"
        rf"(?P<post>{_any(behind)})?(?P<tail>\(次\))?"
    )


_LONGEST = 24  # no figure has more digits or numeral characters; a longer run is no number
_REACH = 8  # characters that a fixed phrase may begin before the number it holds
_NONE = re.compile(r"(?<=[为是])[“\"]?(零)[”\"]?(?=[,。;)]|$)")
_QUOTED = re.compile(r"[“\"‘《][^”\"’》\n]{0,30}[”\"’》]")
_NO_HEDGE = re.compile(r"[预签履公节相条制合附最邻以b]")
_ARTICLE = {"个", "家", "所", "座", "处", "台", "套", "辆", "间", "栋"}
_TWINS = re.compile(rf"((?:[{_DIGITS}两]?[十百千万])*)([两{_DIGITS}])([两{_DIGITS}])([十百千万亿]*)")
_FROM = re.compile(r"[由从](?:上年|去年|原来|过去|当初|以前|往年)?的?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{2}|[、,。]")
_HEADS = set("员众工数计共达约近")  # behind these **人 are so many, elsewhere people of a masked place
# what must follow for a duration; else the unit names a day or a month
_DATES = {"日": re.compile("之?内"), "月": re.compile("的?时间")}
_LAND = {"县", "区", "乡", "镇", "村"}


def measure_of(unit: str) -> str:
    """What a unit measures, by the registry; the part before `/` decides for 元/年.

    >>> measure_of("批次"), measure_of("元/年")
    ('batches', 'yuan')
    """
    return grammar().units.get(unit.partition("/")[0], ("", ""))[0]


def section_of(unit: str) -> str:
    """Section of `units.toml` that a unit stands in, or `''`.

    >>> section_of("元/年"), section_of("%")
    ('money', 'share')
    """
    return grammar().units.get(unit.partition("/")[0], ("", ""))[1]


def dictionary_form(unit: str) -> str:
    """The unit as the registry names it: an alias resolved, 多 and 余 inside it left out.

    >>> dictionary_form("个百分点"), dictionary_form("个多月"), dictionary_form("人(次)")
    ('百分点', '个月', '人次')
    """
    if unit[:2] in {"个多", "个余", "个半"}:
        return {"月": "个月"}.get(unit[2:], unit[2:])
    unit = grammar().aliases.get(unit, unit)
    return unit[:-3] + "次" if unit.endswith("(次)") else unit


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
    found = [Quantity(m.start(1), m.end(1), m[1], Decimal(0)) for m in _NONE.finditer(text, start, end)]
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
                m = whole.match(text, m.start(), m.start("sep")) or m  # 由50件到5件 tells a fall, no range
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
        bound = "min" if m["half"][0] in "过超大" else _bound(text, m)
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
    bare = not unit and m["unit"] != BARE and (chinese or not m["scale"]) and not _many(text, m, chinese)
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
    low = value * numerals().scales[m["scale2"]] if m["scale2"] and not m["scale"] else value  # 2到3万元
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
    return len(m["num"]) > 2 and bool(re.search("[百千万].", m["num"])) and text[m.end() : m.end() + 1] in ",。;"


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
    if len(m["num"]) > 1 or m["num"] not in f"两{_DIGITS}0123456789":
        return None
    if m["num2"]:
        return _make(text, m, start, "%", low=parse(m["num"]) * 10, high=parse(m["num2"]) * 10, bound="range")
    more = 5 if m["more"] == "半" else parse(m["more"]) if m["more"] else 0
    return _make(text, m, start, "%", value=parse(m["num"]) * 10 + more)


def _several(text: str, m: re.Match[str], unit: str, start: int) -> Quantity | None:
    """几十 lies between 20 and 90: the language gives ends and no point."""
    if not unit or m.end("several") - start > _LONGEST or text[max(0, start - 1) : start] in set("十百千好"):
        return None
    place = parse(m["several"][1:])
    return _make(text, m, start, unit, low=2 * place, high=9 * place, bound="range")


def _masked(text: str, m: re.Match[str], unit: str, start: int) -> Quantity | None:
    before, after = text[max(0, start - 1) : start], text[m.end("mask") : m.end("mask") + 1]
    bare = m["mask"][-1] == "*" and unit in {"", "人"} and not re.search(r"\d", m["mask"]) and before not in _HEADS
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
        chinese or len(m["num"]) == 4 or before[-1:] in {"近", "前", "后", "这", "十"} or after[:1] in "来级度"
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
    if any(q.start() < start < q.end() for q in _QUOTED.finditer(text, max(0, start - 30), m.end() + 30)):
        return True
    if numeral in {"百十", "千百", "百八十"}:  # about a hundred
        return True
    if set(numeral) <= set("百千万亿"):  # 近百处 and 千余份 count, 百花 and 万户 do not
        return not m["in1"] and not _hedge(text, start)
    if numeral != "一" or unit in {"倍", "番"}:
        return False
    if section_of(unit) == "duration":
        return not (re.search(r"为期|利用|历时|时间为|用了?$|过了?$", before) or re.match("的|时间", after))
    # 建有配送中心一个 counts, 开展一次 and 一支队伍 are articles
    ends = (after or "。")[0] in ",。;、"
    return not (unit in _ARTICLE and ends and re.search(r"[\u4e00-\u9fff]{2}$", before)) or "每" in before


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
        start, end, text[start:end].rstrip(BARE), value, low, high, bound or _bound(text, m), unit, status, note
    )


def _bound(text: str, m: re.Match[str]) -> str:
    hedges = grammar().hedges
    for group in ("in1", "in2", "in3"):
        if m[group]:
            return hedges["inside"][m[group]]
    if m["unit"] and m["unit"][:2] in {"个多", "个余"}:
        return "min"
    if m["post"] == "内" and section_of(m["unit"] or "") != "duration":
        return "exact"
    if m["post"] and not (m["post"] in "多余" and not (m["unit"] or m["half"] or m["tenth"])):
        return hedges["after"][m["post"]]
    hedge = _hedge(text, m.start())
    return hedges["before"][hedge] if hedge else "exact"


def _hedge(text: str, at: int) -> str:
    """The hedge right before an offset; not one that belongs to another word: 签约1人, 附近3户."""
    m = grammar().before.search(text, max(0, at - 6), at)
    if m is None or _NO_HEDGE.match(text, m.start() - 1) or (m[1] == "上" and text[at] not in "十百千万"):
        return ""
    return m[1]


_NAMES = ("num", "mask", "parts", "several", "half", "over")
_READERS = {"num": _counted, "mask": _masked, "several": _several}
