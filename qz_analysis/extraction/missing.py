"""Numbers that a page damaged: missing ones are reported and never filled, suspect ones marked."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from ..model import Quantity
from ..vocabularies.beginnings import spots
from ..vocabularies.patterns import Pattern, filled, phrases, words
from ..vocabularies.session import kept
from ..vocabularies.units import dictionary_form, grammar, longest_first, pieces
from .quantities import inside


@kept
def _pieces() -> dict[str, str]:
    """Pieces of the patterns below, made of the numerals, units and hedges in force."""
    hedges = grammar().hedges
    made = {
        **pieces(),
        "han": "\u4e00-\u9fff",
        "said_after": longest_first([word for word in hedges["after"] if len(word) > 1]),
        "said_before": longest_first([word for word in hedges["before"] if word != "上"]),
    }
    made["stop"] = filled("missing", r"(?=[,。;:、()\n]|$|{end})", made)
    made["no_number"] = filled("missing", r"(?<![{plain}几数半每各这那哪整某首该第来\dx*])", made)
    made["named"] = filled("missing", r"(?:人次)?{compared}", made)
    return made


# the first characters of what follows missing digits
_OPEN = "%万亿百千多余元个处份名件户家场宗台期册所起批人海公平亩米次立吨倍条项套辆支张幅眼盏棵株栋篇座间"
# signs that leave no doubt: a share, a scale or a sum without a number before it
_SURE = Pattern(
    "missing",
    spots(
        _OPEN,
        r"""(?x)(?={sure}|{sure_at_end}[,。;])
    |(?<=[{han}])(?:
        (?<![{plain}几数上余多来零成逾超过破])(?<!(?<!将)近)(?![万亿]元?(?:以上|级)?的?(?:重[大点]|大型|骨干|龙头|产业|工业|优质|新)*(?:项目|企业|工程|产业|园区|集群|村|镇|大关))(?=[万亿]{1,2}{in_scales})
        |(?<![{plain}几数许很众好上])(?=[多余]万人)
    )""",
    ),
    _pieces,
)
# where a measure word ends a clause, or follows a verb, with nothing to count before it
_LIKELY = Pattern(
    "missing",
    spots(
        _OPEN,
        r"""(?x)(?={likely}|{likely_at_end}[,。;]|{likely_before_thing}[{han}])
    |(?<=[{han}])(?![批人]次、{named})(?={likely_measures}[,。;:、(])""",
    ),
    _pieces,
)
# where in a stripped report a number must have stood: the words before and behind leave a place
# for nothing else
_PROBABLE = Pattern(
    "missing",
    spots(
        _OPEN,
        r"""(?x)
    # a share, and a measure of so many characters that it follows numbers alone
    (?<=[{han}、,])(?=%)
    |(?<=[{han}、,]){no_number}(?={long_measures}(?![均级处位]))
    |(?<=[{han}、,]){no_number}(?<![上成家])
        (?=[百千]?[万亿][余多]?(?:{scaled}|亩{stop})(?!{scaled_words}))
    |(?<=[{han}、,(]){no_number}(?<![按分和与及])
        (?={visits}(?:[,。;:()\n]|$|{behind_visits}|、(?!{named})))
    # 余 and 多 that are left of 300余户
    |(?<=[{han}]){no_number}(?<!{not_left})(?<!多)(?=余{unit})
    |(?<=[{han}]){no_number}(?<!{not_more})(?<!(?<!群)众)(?=多{more_of}{stop})
    # the base of a change
    |(?<=[年期]的)(?=(?:{counted}|%)(?:{change}|{to}))
    |(?<=\()(?={counted}\){change})
    |(?<=[降升少加]到)(?={counted}{stop})
    |(?<=的)(?=倍{stop})
    # behind a verb of having, before what there is
    |(?={before_thing}[{han}])
    |(?<=由)(?=[名人]{made_up})
    |(?<=[待众访派])(?=批(?:{stop}|[名人]))
    |(?<=[{han},。;、”]){no_number}(?<![同上下另单])(?=个{kinds}?{bodies})
    |(?<=[{han},。;、”]){no_number}(?=名[{han}]{0,6}{people})
    |(?<=[{han},。;、]){no_number}(?=家{firms}|户{households})
    # at the end of a clause
    |(?<=[{han}”]){no_number}(?={measures}{stop})
    |(?={measures_behind}{stop})
    |(?<=[{han}]){no_number}(?<!{with_times})(?=次{stop})
    |(?<={in_metres})(?=米(?:{stop}|[宽的]))""",
    ),
    _pieces,
)
# 余 and 多 that are left of digits, not of 剩余 or 很多
_LEFT_OVER = Pattern(
    "missing",
    r"(?<=[{han}、,])(?<![{plain}几数半\d])(?<!{not_left})(?<!{not_more})(?<!众)[余多]"
    r"|(?<=群众)[余多]",
    _pieces,
)
_BLANK = Pattern("missing", "{inside}?(?:{scale})?{inside}?(?={unit})", _pieces)
_UNIT = Pattern("missing", "{unit}", _pieces)
_HEDGE_AFTER = Pattern("missing", "{said_after}", _pieces)
_HEDGE_BEFORE = Pattern("missing", r"(?:{said_before})\Z", _pieces)
_LINK = Pattern(
    "missing",
    r"(?:[、和及与至][近约]?)?(?=[余多]?[万亿]?{linked}(?:{stop}|[和及与至的]))",
    _pieces,
)
# two counts of one thing: households and their people, cases and the people in them
_PAIR = Pattern("missing", "[户起件批宗例支](?=余?{beside}{stop})", _pieces)
# what counts though its end is a word elsewhere: 积案件 is no 案件
_NO_WORD = Pattern("missing", "{no_word}|(?<=居民)户{stop}", _pieces)
_SESSION = Pattern("missing", "{held}[{han}“”、]{2,14}$", _pieces)
# dates and numbers of papers without digits
_EMPTY_DATE = re.compile(
    r"[〔\[(【][〕\])】]号|年月[日底份]?|第[次号届位](?=[,。会])|(?:^|[\n。,;至])年[,月]"
)
_DIGIT = re.compile("[0-9]")
# a size that names things and counts none: 亿元以上项目, 万亿元规模, 万元生产总值能耗
_SIZE = re.compile(
    "[万亿]{1,2}元(?:以上|级|规模|产业|集群|大关|俱乐部"
    "|(?:地区|工业|国内)?(?:生产总值|GDP|增加值|产值)[^,。;]{0,4}(?:能耗|水耗|用水|碳排))"
)
_FEW = 2000  # characters that one sure sign may stand for
_STRIPPED = 2  # sure signs that make a page a stripped one, if it prints no more than it lost


def find_missing(
    text: str, found: list[Quantity], start: int = 0, end: int | None = None
) -> list[Quantity]:
    """Places of a report whose digits the page lost, as redacted quantities without value.

    One report at a time: a lone odd unit is a slip of the pen, several in one report are a page
    whose digits were stripped. `found` is what `quantities.find` found in the stretch.

    >>> page = "收集意见件,办结率达%,满意率达%,投资万元。"
    >>> [q.text for q in find_missing(page, [])]
    ['件', '%', '%', '万元']
    """
    end = len(text) if end is None else end
    taken = sorted((q.start, q.end) for q in found)
    missing: list[Quantity] = []
    for at in sorted(_missing_places(text, found, start, end)):
        blank = _BLANK.match(text, at)
        if (
            blank is None
            or phrases("not_units").match(text, blank.end())
            or (missing and at < missing[-1].end)
            or (inside(taken, at) and text[at] not in "百千万亿")
            or inside(taken, at - 1)
        ):
            continue
        missing.append(_missing(text, at, blank))
    return missing


def _missing(text: str, at: int, blank: re.Match[str]) -> Quantity:
    """The quantity of a place: its unit, and what the hedges round it say."""
    named = _UNIT.match(text, blank.end())
    unit, stop = (dictionary_form(named[0]), named.end()) if named else ("", blank.end())
    hedges, bound = grammar().hedges, "exact"
    if "多" in blank[0] or "余" in blank[0]:
        bound = "min"
    elif after := _HEDGE_AFTER.match(text, stop):
        bound = hedges["after"][after[0]]
    elif before := _HEDGE_BEFORE.search(text, max(0, at - 8), at):
        bound = hedges["before"][before[0]]
    note = "the page lost the digits before the unit"
    return Quantity(at, stop, text[at:stop], None, None, None, bound, unit, "redacted", note)


def _missing_places(text: str, found: list[Quantity], start: int, end: int) -> set[int]:
    """Where digits are missing.

    The sure places; the likely ones too in a report with enough of these; the probable ones where
    the report lost more numbers than it prints.
    """
    places = _places(_SURE, text, start, end)
    if all(_SIZE.match(text, at) for at in places):  # in a report that lost none but these
        places = set()
    if not places and _DIGIT.search(text, start, end):
        return places
    dates = len(_EMPTY_DATE.findall(text, start, end))
    stripped = places or dates > 1
    signs = len(places) + dates if stripped else 0
    if signs * _FEW <= end - start:
        return places
    places |= {at for at in _places(_LIKELY, text, start, end) if not _in_word(text, at)}
    printed = sum(q.status == "ok" and text[q.start].isdigit() for q in found)
    if signs < _STRIPPED or len(places) < printed:
        return places
    places |= {
        at
        for at in _places(_PROBABLE, text, start, end)
        if not _in_word(text, at) or _counts_all_the_same(text, at)
    }
    numerals = {*pieces()["plain"], "第"}
    # before 余 or 多 that is left of the digits
    places = {
        at - 1 if _LEFT_OVER.match(text, at - 1) else at
        for at in places
        if text[at - 1 : at] not in numerals
    }
    places |= {q.start for q in found if q.text[0] in "万亿" and q.status == "ok"}
    return places | _places_behind(text, places)


def _places(signs: Pattern, text: str, start: int, end: int) -> set[int]:
    """Where the signs hold, at characters that can follow missing digits."""
    # what lies behind the report is seen by a sign at its end, and not searched
    every = (m.start() for m in signs.finditer(text, start, min(len(text), end + _BEHIND)))
    return set(takewhile(end.__gt__, every))


def _places_behind(text: str, places: set[int]) -> set[int]:
    """Places that follow on places: 起、起和起, 户人, 元至元."""
    more: set[int] = set()
    for at in places:
        while (blank := _BLANK.match(text, at)) and (unit := _UNIT.match(text, blank.end())):
            link = _LINK.match(text, unit.end())
            if link is None or link.end() in places:
                break
            if not link[0] and not _PAIR.match(text, unit.end() - 1):
                break
            at = link.end()
            more.add(at)
    return more


def _counts_all_the_same(text: str, at: int) -> bool:
    """Whether a measure word that ends a word is one all the same: 召开恳谈会场。"""
    if text[at] in "万亿余多" or _NO_WORD.match(text, at):
        return True
    return text[at] in "场次期" and _SESSION.search(text, max(0, at - 18), at) is not None


def _in_word(text: str, at: int) -> bool:
    """Whether the measure word at a place is part of another word: 案件, 农户, 现场."""
    words = phrases("not_missing").finditer(text, max(0, at - 3), at + 4)
    return any(w.start() <= at < w.end() for w in words)


# a year that a site wrote over another stands inside longer numbers too (12019元 for 12000元)
_REWRITTEN = Pattern("missing", r"[1-9](20[0-3]\d)(?={overwritten})")
# two round numbers run together where a range sign was lost (1001000元 for 100~1000元)
_JOINED = re.compile(r"([1-9]00)([1-9]000)|([1-9]000)([1-9]0000)")
_FOR_EACH = Pattern("missing", "{for_each}")
_SUM = Pattern("missing", "{sum}")
_ALL = 100
_SHARE_OF_ALL = Pattern("missing", r"{at_most_all}(?:{of_it}){0,2}\Z")
_MEAN = Pattern("missing", "{mean}")
_BEHIND = 200  # characters; no sign looks farther ahead
# how far back the clause of a figure is looked at: a page without stops must not cost its square
_FAR = 600
_OFTEN = 3  # times that a year stands in a report before it may have been written over others


def suspect(quantity: Quantity, text: str, start: int, end: int) -> Quantity:
    """The quantity of a report, marked `spoilt` where the page seems to have damaged its digits.

    The value stays as printed.

    >>> from qz_analysis.extraction.quantities import find
    >>> text = "每宗奖励1001000元"
    >>> suspect(*find(text), text, 0, len(text)).status
    'spoilt'
    """
    if quantity.status != "ok":
        return quantity
    digits = quantity.text.rstrip(quantity.unit)
    if (m := _JOINED.fullmatch(digits)) and _is_range(
        quantity, text, *(int(part) for part in m.groups() if part)
    ):
        note = f"two round numbers seem to run together in {digits}: a range sign may be lost"
    elif (m := _REWRITTEN.match(quantity.text)) and _times(f"{m[1]}年", text, start, end) >= _OFTEN:
        note = f"{m[1]} stands in it and is the year that the page writes everywhere"
    elif note := _impossible(quantity, text):
        return replace(quantity, value=None, low=None, high=None, status="spoilt", note=note)
    else:
        return quantity
    return replace(quantity, status="spoilt", note=note)


def _impossible(quantity: Quantity, text: str) -> str:
    """Why a figure cannot be what the page meant, empty where it can: 9974 % settled, 2.163 cases."""
    ends = [end for end in (quantity.value, quantity.low, quantity.high) if end is not None]
    before = text[max(0, quantity.start - 24) : quantity.start]
    if quantity.unit == "%" and max(ends, default=0) > _ALL and _SHARE_OF_ALL.search(before):
        return f"no such share is above 100 %: a point may be lost in {quantity.text}"
    whole = quantity.unit in words("missing", "whole_things")
    if whole and any(end % 1 for end in ends):
        clause = re.split("[。;\n]", text[max(0, quantity.start - 60) : quantity.start])[-1]
        behind = text[quantity.end : quantity.end + 8]
        if not _MEAN.search(clause) and not _MEAN.search(re.split("[,。;\n]", behind)[0]):
            return f"there is no part of a {quantity.unit}: the point in {quantity.text} is none"
    return ""


@lru_cache(maxsize=8)  # asked again for each figure of a report
def _times(year: str, text: str, start: int, end: int) -> int:
    return text.count(year, start, end)


def _is_range(quantity: Quantity, text: str, low: int, high: int) -> bool:
    """Whether two numbers that stand together are a range set for each case, and no sum of many."""
    first = max(0, quantity.start - _FAR)
    begin = max(first, *(text.rfind(mark, first, quantity.start) + 1 for mark in "\n。;,"))
    clause = text[begin : quantity.end + 4]
    return low < high <= 10 * low and bool(_FOR_EACH.search(clause)) and not _SUM.search(clause)
