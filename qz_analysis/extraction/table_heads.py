"""What the head of a row or column of a table says: its unit, its time, and how a sentence would say it."""

import itertools
import re

from ..vocabularies.patterns import Pattern
from ..vocabularies.units import grammar

YEAR = re.compile(r"(?:19|20)\d\d")
NOTHING = Pattern("tables", r"[-/.…―—\s]*|{nothing}")
NUMBERED = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、](?!\d))\s*"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
CAPTION = re.compile(r"单位(?::\s*|\s+)([^\s。;()|]{1,20})")
DATED = r"(?:(?:19|20)\d\d年?[-至到])?\d{4}年(?:度? ?{part_of_year}|度(?!.?[^\W\d_]?季))?"
PERIOD = Pattern("tables", rf"{DATED}|{{part_of_year}}|{{relative}}")
_YEARS_PART = re.compile(r"年(?:度 ?(?=.)| )")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?=[\u4e00-\u9fff]{2})(?!年)")
_UP_OR_DOWN = re.compile(r"增长?[/、(]?减少?\)?")
SHARE = Pattern("tables", "{share}")
AMOUNT = Pattern("tables", "{amount}")
_COUNTED = re.compile(r"[数额量值]$")
_EACH = re.compile("[人户]均|[每均]")
PLACE = Pattern("tables", r"[\u4e00-\u9fff]{1,7}{places}")
# 全市 heads a column or a row as 全市:受理
WIDE = Pattern("tables", "{places.wider}|{places.wider_also}")
# the head of a column of what is aimed at: 受理目标
PLANNED_HEAD = Pattern("tables", rf"(?:{DATED}|{{relative}})?{{plans}}")
_DONE = re.compile("完成|实际|实绩|已")
# the head of what is to be done in words, and that of how far it is
_AIM_HEAD = Pattern("sections", "{aim_heads}")
RESULT_HEAD = Pattern("sections", "{result_heads}")
_OF_BOTH = re.compile(
    "占[^占]{0,4}(?:任务|目标|计划)(?:数|量)?(?:的?(?:比例|比重|百分比))?|占比|比例|比率|百分比|完成比例?|完成进度|进度|达成率"
)


def known(unit: str) -> bool:
    """Whether words are a unit, with 万 or 亿 before it or not.

    >>> known("万元"), known("元/人"), known("信访局")
    (True, True, False)
    """
    per = unit.partition("/")[0]
    bare = re.sub(r"^(?:[十百千]?[万亿]|[百千])", "", per)
    units, aliases = grammar().units, grammar().aliases
    return per in units or per in aliases or bare in units or bare in aliases


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
    ends = re.search(r"(.[次米克])数?$", name), re.search(r"(?<![本上同当])(.)数$", name)
    return next((m[1] for m in ends if m and known(m[1])), "")


def units_in(caption: str) -> list[str]:
    """The units that a caption 单位:万元、人 gives; none where it names an office."""
    found = [unit for m in CAPTION.finditer(caption) for unit in re.split("[、,和及]", m[1])]
    return list(dict.fromkeys(unit for unit in found if known(unit)))


def bare(time: str) -> str:
    """A year with its part as it is mostly written: 2020年1月 for 2020年度1月."""
    return _YEARS_PART.sub("年", time)


def leading_time(words: str) -> str:
    """The words of time at the beginning of a head."""
    m = PERIOD.match(words)
    return m[0] if m else ""


def joined(words: list[str]) -> str:
    """Heads one above the other, each once."""
    said = [w for w in words if not NOTHING.fullmatch(w) and not CAPTION.search(w)]
    unnumbered = (NUMBERED.sub("", w) for w in said)
    heads = [head for head, _ in itertools.groupby(["", *unnumbered])][1:]
    if len(heads) > 1 and known(heads[-1]):
        heads[-1] = f"({heads[-1]})"
    return "".join(heads)


def spoken(name: str, year: bool = False) -> str:
    """A head as a sentence would say it."""
    words = _UP_OR_DOWN.sub("增减", re.sub(r"[\s:]", "", name))
    if (m := _BARE_YEAR.match(words)) and not known(words[m.end() :][:1]):
        return f"{m[0]}年{words[m.end() :]}"  # 2019受理量
    return f"{words}年" if YEAR.fullmatch(words) or (year and words.isdigit()) else words


def unit_free(name: str) -> str:
    """A head without the unit in its brackets, and without brackets."""
    free = _BRACKET.sub(lambda m: "" if known(m[1].removeprefix("单位")) else m[1], name)
    return free.rstrip("%‰")


def unit_under(name: str, about: str, own: str, above: list[str]) -> str:
    """The unit of a bare number: the column's, the row's or the caption's.

    人 of 人数 is 万人 where the caption says so.
    """
    share = SHARE.search(name) and not _COUNTED.search(unit_free(name))
    unit = unit_of(name) or (name if known(name) else "") or ("" if share else own)
    if unit:
        bracketed = f"({unit})" in name.replace("单位", "").replace(":", "")
        written = "(" in name and (bracketed or name.endswith(unit) or unit == own)
        larger = [u for u in above if re.fullmatch("[十百千]?[万亿]" + re.escape(unit), u)]
        return larger[0] if len(larger) == 1 and not written else unit
    shares = [u for u in above if u in {"%", "‰"}]
    if SHARE.search(about) and (len(shares) != 1 or _COUNTED.search(unit_free(name))):
        return ""
    if SHARE.search(about):
        return shares[0]
    above = [u for u in above if u not in shares] or above
    if len(above) > 1:
        money = [unit for unit in above if unit.endswith("元")]
        if not AMOUNT.search(about if PLACE.fullmatch(name) or WIDE.search(name) else name):
            return ""
        if len(money) == 2 and "元" in money:  # 亿元、元: of totals, and of what each has
            return next(unit for unit in money if (unit == "元") == bool(_EACH.search(about)))
        return money[0] if len(money) == 1 else ""
    return above[0] if above else ""


def of_targets(heads: list[str]) -> list[str]:
    """The heads with 完成率 in the place of 占比 behind a column of targets and one of what was done."""
    aims = [i for i, head in enumerate(heads) if PLANNED_HEAD.fullmatch(head)]
    done = [i for i, head in enumerate(heads) if aims and _DONE.search(head)]
    first = max(aims[0], done[0]) if aims and done else len(heads)
    return [
        "完成率" if i > first and _OF_BOTH.fullmatch(head) else head for i, head in enumerate(heads)
    ]


def is_aim_head(head: str) -> bool:
    """Whether a column beside results holds what is aimed at, in words or in figures.

    >>> is_aim_head("目标任务"), is_aim_head("年度计划数"), is_aim_head("完成数")
    (True, True, False)
    """
    return bool(_AIM_HEAD.fullmatch(head) or PLANNED_HEAD.fullmatch(head))
