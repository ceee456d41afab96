"""Numbers that the page damaged: lost ones (办结率达%) are reported and never filled, suspect ones keep their printed value."""

import re
from dataclasses import replace

from .cleaning import phrases
from .numerals import CHINESE
from .quantities import HEDGES, INSIDE, SCALE, UNIT, Quantity, inside

__all__ = ["find_lost", "suspect"]

# signs that leave no doubt: a share, a scale or a sum without a number before it
_SURE = re.compile(
    rf"(?<=[达为到率占降升长于过的])(?=%)|(?<=[\u4e00-\u9fff])(?<![{CHINESE}几数上余多来零成])(?=万(?:元|人次))"
    r"|(?<=[低高少多]于|超过|收入|投资|补助)(?=元)|(?<=[\u4e00-\u9fff]-)(?=元|万元|%)|(?<=距离)(?=海里|公里|米)"
    r"|(?<=[\u4e00-\u9fff])(?=(?:批人次|件人次|户人)[,。;])|(?<=[高低降升长少加])(?=个百分点)|(?<=[资入达出])(?=[多余]万|亿元)"
    r"|(?<=座谈会)(?=次[,;。])|(?<=[问答]卷)(?=份[,;。])"
    rf"|(?<=[\u4e00-\u9fff])(?<![{CHINESE}几数许很众好上])(?=[多余]万人)"
)
# where a measure word ends a clause, or follows a verb, with nothing to count before it
_LIKELY = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:批次|人次|件次|场次|个|处|份|名|件|户|场|宗|台|期|册|所)[,。;:、(])"
    r"|(?<=[数员业计])(?=人[,。;])|(?<=[处解立破结理])(?=[起宗][,。;])|(?<=[辖、])(?=个[乡镇街社行])|(?<=[案人户月年])(?=元[至,。;])"
    r"|(?<=批)(?=人次[,。;])|(?<=户)(?=人[,。;])"
    r"|(?<=[立设建了前县乡镇区出育成定展发改新给的])(?=(?:个|名|家|处)(?:[\u4e00-\u9fff]))"
    r"|(?<=[导与助对农])(?=户[\u4e00-\u9fff“])|(?<=[点织])(?=家农户)|(?<=[达资入])(?=[百千万][余多])"
    r"|(?<=[离积])(?=(?:海里|公里|平方米|平方公里|亩))"
)
_OPEN = re.compile("[%万亿百千多余元个处份名件户家场宗台期册所起批人海公平亩米次]")
_BLANK = re.compile(rf"{INSIDE}?(?:{SCALE})?{INSIDE}?(?={UNIT})")
_UNIT = re.compile(UNIT)
_FEW = 2000  # characters that one sure sign may stand for
_HEDGE_WORDS = sorted((w for w in HEDGES["before"] if w != "上"), key=len, reverse=True)


def find_lost(text: str, found: list[Quantity], start: int = 0, end: int | None = None) -> list[Quantity]:
    """Places of a report whose digits the page lost.

    One report at a time: a lone odd unit is a slip of the pen, several in one report are a page whose digits were stripped.

    Args:
        text: clean text.
        found: what `quantities.find` found in the stretch.
        start: first character to look at.
        end: one past the last; the text's end unless given.

    Returns:
        redacted quantities without value, each standing where the digits are missing.

    >>> page = "收集意见件,办结率达%,满意率达%,投资万元。"
    >>> [q.text for q in find_lost(page, [])]
    ['件', '%', '%', '万元']
    """
    end = len(text) if end is None else end
    places = _places(_SURE, text, start, end)
    # so many sure signs for its length make the report a stripped one, where the likely places count too
    if len(places) * _FEW > end - start:
        places |= {at for at in _places(_LIKELY, text, start, end) if not _a_word(text, at)}
    taken = sorted((q.start, q.end) for q in found)
    lost: list[Quantity] = []
    for at in sorted(places):
        blank = _BLANK.match(text, at)
        if (
            blank is None
            or (lost and at < lost[-1].end)
            or (inside(taken, at) and text[at] not in "百千万亿")
            or inside(taken, at - 1)
        ):
            continue
        named = _UNIT.match(text, blank.end())
        stop = named.end() if named else blank.end()
        bound = "min" if re.search("[多余]", blank[0]) else _bound(text, at)
        note = "the page lost the digits before the unit"
        unit = named[0] if named else ""
        lost.append(Quantity(at, stop, text[at:stop], None, bound=bound, unit=unit, status="redacted", note=note))
    return lost


def _places(signs: re.Pattern[str], text: str, start: int, end: int) -> set[int]:
    """Where the signs hold, tried only at characters that can follow lost digits."""
    return {m.start() for m in _OPEN.finditer(text, start, end) if signs.match(text, m.start())}


def _a_word(text: str, at: int) -> bool:
    """Whether the measure word at a place is part of another word: 案件, 农户, 现场."""
    words = phrases("not_missing").finditer(text, max(0, at - 3), at + 4)
    return any(w.start() <= at < w.end() for w in words)


def _bound(text: str, at: int) -> str:
    return next((HEDGES["before"][w] for w in _HEDGE_WORDS if text.endswith(w, 0, at)), "exact")


# a year that a site wrote over another stands inside longer numbers too (12019元 for 12000元)
_REWRITTEN = re.compile(r"[1-9](20[0-3]\d)(?=元|件|人|户|万)")
# two round numbers of one order each, run together where a range sign was lost (1001000元 for 100~1000元)
_JOINED = re.compile(r"([1-9]00)([1-9]000)|([1-9]000)([1-9]0000)")
_OFTEN = 3  # times that a year must stand in the report before it is suspected of having been written over others


def suspect(quantity: Quantity, text: str, start: int, end: int) -> Quantity:
    """The quantity, marked `spoilt` with the reason where the page seems to have damaged its digits; the value stays as printed.

    Args:
        quantity: a quantity of the report.
        text: clean text.
        start: the report's first character.
        end: one past its last.

    >>> from qz_analysis.quantities import find
    >>> (q,) = find("每宗奖励1001000元")
    >>> suspect(q, "", 0, 0).status
    'spoilt'
    """
    digits = quantity.text.rstrip(quantity.unit)
    note = ""
    if _JOINED.fullmatch(digits):
        note = f"two round numbers seem to run together in {digits}: a range sign may be lost"
    elif (m := _REWRITTEN.match(quantity.text)) and text.count(f"{m[1]}年", start, end) >= _OFTEN:
        note = f"{m[1]} stands in it and is the year that the page writes everywhere"
    return replace(quantity, status="spoilt", note=note) if note and quantity.status == "ok" else quantity
