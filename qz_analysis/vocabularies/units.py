"""How numbers and their units are written: the grammar of expressions, by the words in force, and what hedges round one say."""

import re
from dataclasses import dataclass

from ..script import BARE
from .numerals import FORMAL, numerals
from .session import kept, load

__all__ = [
    "DIGITS",
    "Grammar",
    "bound_of",
    "dictionary_form",
    "grammar",
    "hedge_before",
    "measure_of",
    "section_of",
]


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
    first: re.Pattern[
        str
    ]  # every expression begins with one of these, so that the grammar is tried only there
    before: re.Pattern[str]


#: one to nine as numerals write them
DIGITS = "一二三四五六七八九"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.{1,2}\d+)?"  # 2..2 is a slip of the scanner for 2.2
# x and * mask digits, alone or beside legible ones; ? is what a lost character leaves, unless it ends a question
_MASK = r"\d{1,3}(?:,\d{3})*,(?=[\dx*]{3})\d{0,2}[x*]+\d*|(?:\d+(?:\.\d*)?)?[x*]{1,8}(?:\.[\dx*]+)?\d*|\d+(?:\.\d*)?\?+\d*(?:\.[\d?]+)?|(?<=[\u4e00-\u9fff])(?<![吗呢么何谁哪])\?+\d*(?:\.[\d?]+)?"
_NO_HEDGE = re.compile(r"[预签履公节相条制合附最邻以b]")


@kept
def grammar() -> Grammar:
    """The grammar that `units.toml`, `bounds.toml` and `scales.toml` give.

    >>> grammar().units["批次"]
    ('batches', 'petition')
    """
    registry, hedges, chinese = load("units"), load("bounds"), numerals().chinese
    # a table's number without a unit is a figure all the same
    aliases = {**registry["aliases"], BARE: ""}
    units = {
        u: (measure, name)
        for name, said in registry.items()
        if name != "aliases"
        for u, measure in said.items()
    }
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
        rf"(?:(?P<tenth>[成折])(?P<more>[{DIGITS}半])?|(?P<unit>{unit}))?"
        rf"(?P<post>{_any(behind)})?(?P<tail>\(次\))?"
    )


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


def bound_of(text: str, m: re.Match[str]) -> str:
    """The bound that the hedges in, behind or before a match of the grammar give it.

    >>> bound_of("近300人", grammar().quantity.match("近300人", 1)), bound_of("300多人", grammar().quantity.match("300多人"))
    ('approx', 'min')
    """
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
    hedge = hedge_before(text, m.start())
    return hedges["before"][hedge] if hedge else "exact"


def hedge_before(text: str, at: int) -> str:
    """The hedge right before an offset; not one that belongs to another word: 签约1人, 附近3户.

    >>> hedge_before("补助近300人", 3), hedge_before("附近300人", 2)
    ('近', '')
    """
    m = grammar().before.search(text, max(0, at - 6), at)
    if (
        m is None
        or _NO_HEDGE.match(text, m.start() - 1)
        or (m[1] == "上" and text[at] not in "十百千万")
    ):
        return ""
    return m[1]
