"""What words of time do in their clause: date a figure, compare with it, name a thing, count up to a day."""

import re

from ..vocabularies.patterns import Pattern, words
from .time_words import A_MONTH

_FAR = Pattern("periods", r"[^,。;\n\d]{1,24}?(?:以来|{onwards})")
DEED = Pattern("periods", "{deeds}")
_DEED_SOON = Pattern("periods", r"[^,。;:\n\d]{0,6}{deeds}")
_OPENED = re.compile(r"[^,。;\n\d]{2,8}以来")
SINCE_DEED = Pattern("periods", r"{begun}[^,。;\n\d]{2,16}以来")
_UNTIL_NOW = Pattern("periods", r"[^,。;\n\d]{0,12}?{until_now}")
_ITEM = re.compile(r"\n[ ]*(?:[(]\d{1,2}[)]|\d{1,2}[.、])[ ]*$")
_NOUN_BEHIND = re.compile(r"(?![上中下底初末内起以之前后间])[\u4e00-\u9fff]{2,8}\d")
_SO_FAR = Pattern("periods", r",?[^,。;:\n\d]{0,8}{so_far}")
UNTIL = re.compile(r"截[至止]到?$|(?<![\u4e00-\u9fff\d])到")
_OPENS = Pattern(
    "periods", r"(?:(?:\A|\n)\d{1,2}[.]|[\n ,。;:)”于在从自至到、而仅将]|截[至止]|{reported}了?)$"
)
_PLACE = Pattern("periods", r"(?:[省县市区旗州乡镇村]|{bodies})$")
_NOUN = Pattern("periods", "{noun}")
_FIGURES_OF = re.compile(
    r"的?(?:[一两三四五六七八九十几]个)?(?:数据?|账|账本|情况|成绩单?|工作(?:情况)?):"
)
_BOUND = re.compile(r"同期|\)|年\)|-")
# the figure of the year before, not the change against it
_OWN_FIGURE = Pattern(
    "periods", r"同期的?(?!{against})(?=[^,。;:\d]{0,16}\d)(?![^,。;\d]{0,12}{change})"
)
# 较二季度的16905件: a figure that others are held against
_HELD = re.compile(
    r"的[^,。;:\d]{0,8}\d|[^,。;:\d]{0,10}\d(?=[\d.,]{0,9}[^\d,。;:%]{1,4}[增减多少升降上下])"
)
TO_DO = Pattern("periods", r",?[^,。;\d]{0,6}{to_do}")
_TOLD = Pattern("periods", "{told}")


def stands_aside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time stand in a title or a comparison."""
    near, before = max(0, m.start() - 30), text[max(0, m.start() - 20) : m.start()]
    quoted = text.rfind("《", near, m.start()) > text.rfind("》", near, m.start())
    listed = before.rstrip("0123456789年、和")  # 同2015、2016、2017年比
    return quoted or listed.endswith((*words("periods", "compared"), "("))


def stands_beside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time belong to a comparison, a title or a noun rather than to a claim."""
    before = text[max(0, m.start() - 4) : m.start()]
    if stands_aside(text, m) or _BOUND.match(text, m.end()):
        return True
    # 甲县2011年受理, but not 甲县2011年工作部署
    noun = _NOUN.match(text, m.end() + text.startswith("度", m.end()))  # 甲县2011年度受理
    behind_place = _PLACE.search(before) and not noun
    opens = not before or _OPENS.search(before) or behind_place
    if _FIGURES_OF.match(text, m.end()):  # 报出2020年的数:
        return False
    if opens or text.startswith(",", m.end()):
        return False
    if noun:
        return True
    # 镇上今年已办结9件, 我院今年1月收案9件
    if m["this"] and (m["part"] or _TOLD.match(text, m.end())):
        return False
    return not (m[0].endswith("月份") or (m["h"] and TO_DO.match(text, m.end())))


def held_against(text: str, m: re.Match[str]) -> re.Match[str] | None:
    """What words of time that say what a figure is held against are of: 较二季度的800件."""
    against = text.endswith(tuple(words("periods", "compared")), 0, m.start())
    return _HELD.match(text, m.end()) if against or m["since"] else None


def told_of(m: re.Match[str], text: str) -> bool:
    """Whether a day or a month without a year is told of: counted up to, or that of a deed."""
    dated = _OPENED if m[0].endswith("日") else DEED
    opens = text[m.start() - 1 : m.start()] in {"", *"\n,。;:"} and text.startswith(",", m.end())
    month = opens and m[0].endswith("月")  # 11月,受理
    if m[0].endswith("月") and text[m.start() - 1 : m.start()] in {"", *"\n。"}:
        dated = _DEED_SOON  # 6月平台受理
    # (2)10月临时救助26户次: an item of a list of what was done
    item = m[0].endswith("月") and _ITEM.search(text, max(0, m.start() - 6), m.start())
    if item and _NOUN_BEHIND.match(text, m.end()):
        return True
    return month or counted_to(text, m) or dated.match(text, m.end()) is not None


def counted_to(text: str, m: re.Match[str]) -> bool:
    """Whether words of time are a day or month up to which is counted: 截至11月20日."""
    led = UNTIL.search(text, max(0, m.start() - 3), m.start())
    return led is not None and bool(m["end"] or (m["q"] and text.startswith("末", m.end())))


def year_so_far(text: str, m: re.Match[str], period: str) -> bool:
    """Whether a day or a month with its year is that up to which the deeds of the year are counted:
    截至2020年11月30日,受理9件.
    """
    counted = A_MONTH.fullmatch(period) and counted_to(text, m)
    return bool(counted and _SO_FAR.match(text, m.end()))


def introduces_last_year(text: str, m: re.Match[str]) -> bool:
    """Whether last year's words introduce its own figure: 上年同期300件."""
    if not m["past"] or text.endswith(tuple(words("periods", "compared")), 0, m.start()):
        return False
    return _OWN_FIGURE.match(text, m.end()) is not None


def far_since(text: str, m: re.Match[str]) -> bool:
    """Whether what says that a span begins stands behind the verb: 自2011年推行代办服务以来."""
    if m["year"] and (SINCE_DEED.match(text, m.end()) or _UNTIL_NOW.match(text, m.end())):
        return True  # 2011年推行代办服务以来, 2011年成立至今
    if m["end"] and m[0].endswith("日") and _OPENED.match(text, m.end()):
        return True  # 5月17日开门以来
    return text.endswith(("自", "从"), 0, m.start()) and _FAR.match(text, m.end()) is not None
