"""Words of heads and captions of tables: their units, their times, and how a sentence says them."""

import re

from .registry import load

__all__ = [
    "CAPTION",
    "CHANGE",
    "NOTHING",
    "NOW",
    "NUMBERED",
    "PERIOD",
    "PLAIN",
    "SHARE",
    "THEN",
    "TIME",
    "YEAR",
    "joined",
    "known",
    "leading",
    "span_of",
    "spoken",
    "unit_free",
    "unit_of",
    "units_in",
]

YEAR = re.compile(r"(?:19|20)\d\d")
NOTHING = re.compile(r"[-/.…―—\s]*|无|空")
NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、](?!\d))\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
CAPTION = re.compile(r"单位:\s*([^\s,。;()|]{1,20})")
_WITHIN = r"(?:[上下]半年|第?[一二三四]季度|\d{1,2}(?:[-至]\d{1,2})?月份?)"
TIME = re.compile(rf"(?:(?:19|20)\d\d年?[-至到])?\d{{4}}年(?:度(?!.?[^\W\d_]?季)|{_WITHIN})?")
NOW, THEN = r"(?:本|今|当)年度?", r"(?:上|去)年度?(?:同期)?"
PERIOD = re.compile(rf"{TIME.pattern}|{_WITHIN}|{NOW}|{THEN}|本月")
# heads of changes, and heads that say nothing of what is counted
CHANGE = re.compile(r"同比|环比|增减|增长|增幅|变化|升降|增\+?减-?|±")
PLAIN = re.compile(r"数量|数值|数据|数|指标值|完成数|单位")
SHARE = re.compile(r"率|比重|占比|比例|百分比|同比|环比|增长|增幅|降幅|增减")


def leading(words: str) -> str:
    """The words of time at the beginning of a head."""
    m = PERIOD.match(words)
    return m[0] if m else ""


def span_of(years: list[str]) -> str:
    """The years of some figures as those of their total."""
    return f"{min(years)}-{max(years)}年" if min(years) < max(years) else f"{years[0]}年"


def joined(words: list[str]) -> str:
    """Heads one above the other, each once."""
    kept = [NUMBERED.sub("", word) for word in words if not NOTHING.fullmatch(word) and not CAPTION.search(word)]
    kept = [word for word, before in zip(kept, ["", *kept], strict=False) if word != before]
    if len(kept) > 1 and known(kept[-1]):
        kept[-1] = f"({kept[-1]})"
    return "".join(kept)


def spoken(name: str, year: bool = False) -> str:
    """A head as a sentence would say it."""
    words = re.sub(r"[\s:]", "", name)
    return f"{words}年" if YEAR.fullmatch(words) or (year and words.isdigit()) else words


def unit_free(name: str) -> str:
    """A head without the unit in its brackets, and without brackets."""
    return _BRACKET.sub(lambda m: "" if known(m[1].removeprefix("单位")) else m[1], name).rstrip("%‰")


def known(unit: str) -> bool:
    """Whether words are a unit, with 万 or 亿 before it or not.

    >>> known("万元"), known("元/人"), known("信访局")
    (True, True, False)
    """
    registry = load("units")
    plain = re.sub(r"^[十百千]?[万亿]", "", unit).partition("/")[0]
    return bool(plain) and any(plain in units for units in registry.values())


def unit_of(name: str) -> str:
    """The unit that a head names: in brackets, as its last word, or before 数.

    >>> unit_of("受理(件)"), unit_of("来访人次"), unit_of("户数"), unit_of("占比%"), unit_of("案件")
    ('件', '人次', '户', '%', '')
    """
    for m in _BRACKET.finditer(name):
        if known(unit := m[1].removeprefix("单位").strip(": ")):
            return unit
    if name.endswith(("%", "‰")):
        return name[-1]
    twofold, single = re.search(r"(.[次米克])数?$", name), re.search(r"(.)数$", name)
    return next((m[1] for m in (twofold, single) if m and known(m[1])), "")


def units_in(caption: str) -> list[str]:
    """The units that a caption 单位:万元、人 gives; none where it names an office."""
    found = [unit for m in CAPTION.finditer(caption) for unit in re.split("[、,和及]", m[1])]
    return list(dict.fromkeys(unit for unit in found if known(unit)))
