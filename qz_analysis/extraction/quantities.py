"""Every number that a clean text prints, with unit and bound (exact, approx, min, max, range)."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from unicodedata import category

from ..model import Quantity
from ..script import TORN
from ..vocabularies.numerals import numerals, parse
from ..vocabularies.patterns import Pattern, phrase_firsts, phrases, phrases_from, words
from ..vocabularies.units import (
    BEGUN,
    DIGITS,
    FIRST,
    GOES_ON,
    QUANTITY,
    TOUCHES,
    bound_of,
    dictionary_form,
    grammar,
    hedge_before,
    pieces,
    section_of,
)
from .table_sentences import unitless

_Ends = tuple[Decimal, Decimal]
_SHARED = re.compile(
    r"个?(?:[、,和及与]\d+(?:\.\d+)?个?){0,8}[、,和及与]\d+(?:\.\d+)?(?:个(?P<unit>百分点)|(?P<share>%))"
)
_LONGEST = 24  # no figure has more digits or numeral characters; a longer run is no number
_LARGEST = 2**53  # a hundred times what the country makes in a year; beyond it no table is exact
_TOLD = 1000  # digits of a number that is told at all: a longer run is no writing
_REACH = 8  # characters that a fixed phrase may begin before the number it holds
_NONE = re.compile(r"(?<=[为是])[“\"]?(零)[”\"]?(?=[,。;)]|$)")
_QUOTED = re.compile(r"[“\"‘《][^”\"’》\n]{0,30}[”\"’》]")
_TWO_DIGITS = re.compile(
    rf"((?:[{DIGITS}两]?[十百千万])*)([两{DIGITS}])([两{DIGITS}])([十百千万亿]*)"
)
_HIDES = frozenset("x*?#_〇某., ")
_HUNDREDS = re.compile("[百千万].")
_FROM = Pattern("quantities", "[由从]{earlier}?的?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{2}|[、,。]")
_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff]{2}$")
# what must follow for a duration; else the unit names a day or a month
_FOLLOWS = {"日": re.compile("之?内"), "月": re.compile("的?时间")}
_LASTS = Pattern("quantities", r"{lasts}|{lasts_right_before}了?$")
_LONG = Pattern("quantities", "{long}")
# a sign that puts a number below nothing: not the 负 of a burden, not a dash, not an item's mark
_MINUS = Pattern(
    "quantities", r"\u2212\Z(?<!\d.)|(?<!{bears})负\Z|(?<={measures_of_change}|[(:])-\Z"
)
_LEFT = re.compile(r"[\u4e00-\u9fff,]-")
_FALL = Pattern("quantities", r"{falls}(?:了|至|到|为|达|是)?(?:[-\u2212]|负)\Z")
_NOUGHT = re.compile(r"0[\d,]|零[一二三四五六七八九十百千]")
_DATED = re.compile(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])")
_WIDE = 1000  # times that the lower end of 8000-1亿 would have to be raised
_CHANGE_LEFT = re.compile(r"(?:(\d)[角毛])?(?:(\d)分)?(?!\d)")
_HALF_BEHIND = re.compile(r"半(?=[,。;、)的]|$)")
_TENTH_BEHIND = re.compile(rf"(?<=块)([{DIGITS}])(?=[,。;、)\n]|$)")  # 三块五
# one of two, and what a number is the rest of behind its scale or its thousands
_EITHER = Pattern("quantities", r"[\d{plain}]或\Z", pieces)
_REST_OF = ((re.compile(r"\d[万亿],\Z"), 3), (re.compile(r"\d\.\d{3},\Z"), 2))
_CUT_POINT = re.compile("百分(?![之百点数制])")  # 5个百分
# what leads to a share, and what may stand behind one that has lost its sign
_SHARE_OF = Pattern("quantities", r"{shares}(?:已|约|近|高|均)?(?:达到?|为|是)?了?\Z")
_SHARE_REACH, _CLOSES = 24, {"", ",", "。", ";", "、", ")", "\n"}
_PLAIN = re.compile(r"[1-9]\d?(?:\.\d{1,2})?|100")
# a nought in a numeral follows a place, as in 一百〇三
_CIRCLE = re.compile("(?<![十百千万亿])〇|〇(?:万|亿|$)")
_BLANKS = {"\n", " "}
_OPEN_BEFORE = {*_BLANKS, "或", ",", "、"}  # behind these a number may go on from what stands there
_INDENT = 40  # characters of white space and digits at a line's end that are looked at
# digits that end a line before one that begins with a number; neither a date nor a list's number
_LINE_BEFORE = re.compile(r"(?<![\d:./-])\d[\d.,]*(?<=\d)[ ]*\n\s*\Z")
_CLAUSE = 60  # characters of a clause that are looked at
_IN_TURN = Pattern("quantities", "{in_turn}")
# 十五、 and 5、 before 六件 and 6件
_FIRST_OF_TWO = re.compile(
    rf"(?<![\d.,第零〇{DIGITS}两十百千万])(?P<head>\d{{1,2}}|[{DIGITS}]?十|[{DIGITS}]百[{DIGITS}]十)?"
    rf"(?P<digit>[两{DIGITS}1-9])、\Z"
)
# the mark of an item, an ordinal, and lists of names
_NO_RANGE = Pattern(
    "quantities",
    r"(?:(?:\A|[\n。])[ (]*|[第、(])\Z|{in_turn}[^,。;\n]*\Z"
    r"|[\u4e00-\u9fff](?:、|和(?![谐平])|(?<!参)与|及(?!时))[\u4e00-\u9fff][^,。;\n]*\Z",
)
_HIDDEN_SHARE = re.compile(rf"\A〇|\?\Z|〇[^{DIGITS}\d]?\Z")
# signs in the place of digits before a Chinese numeral, where they end no question
_MASKED_HEAD = Pattern("quantities", r"(?<=[\u4e00-\u9fff])(?<![吗呢么何谁哪])\?+\Z")
_QUESTION = Pattern("quantities", "{asks}")
_TO_BELOW = re.compile(r"[-~至到]+[-\u2212]?\d")
_SHORT = re.compile(r"[万亿千百]\d\Z")
# 1亿2千 is said for 1亿2千万
_OF_TEN_MILLIONS = Pattern("quantities", r"亿[\d{plain}]+千\Z", pieces)
_POINT = re.compile(r"(\d{1,3})([·•‧・∙⋅,。])(\d{1,2})")
_LONE = Pattern("quantities", "[{plain}零]", pieces)
# 受理12、345件: one figure, or two behind a list of names and words that carry several
_THOUSANDS = re.compile(r"(?<=[\u4e00-\u9fff])[1-9]\d{0,2}、\Z")
_THREE = re.compile(r"\d{3}(?:\.\d+)?")
# what a number may go on with behind its unit: 12件x, 5.6%o, 10%-20
_TRAILS = re.compile(
    r"x+(?=[,。;、)\n]|$)|(?<=%)(?:[oO%]|0(?=[,。;、)\n]|$))|[-~至到]+\d[\d.]*(?=[,。;、)\n]|$)"
)
# 3米5, 37度5; 15个点, 两个半亿
_LEFT_BEHIND = re.compile(r"\d{1,2}(?=[,。;、)\n]|$)")
_BEHIND_ITEM = re.compile(r"点(?=[,。;、)\n]|$)|半[十百千万亿]")
_TRAILING = "xoO0%-~至到"
_ORDINAL = Pattern("quantities", r"第[\d{plain}]+[-~至到]+\Z", pieces)
_ORDINALS = Pattern("quantities", r"第[\d{plain}]{1,3}(?:、[\d{plain}])*、\Z", pieces)
_ENDS = ",。;、"
_LISTED = frozenset("、和及与")  # what joins the figures of a list
# a remark in brackets between a number and its unit: 200(见表1)件
_REMARK = Pattern(
    "quantities",
    r"\((?:(?P<refers>{refers})[^()\n]{0,16}|[^()\n]{1,20})\)(?P<scale>{scale})?(?P<unit>{unit})",
    pieces,
)
_ITEM_OF_YEAR = re.compile(r"\d{1,2}\.(?:19|20)\d\d")  # 2.2017年: an item and its year
_NUMBERED = Pattern("quantities", r"{numbered}\Z")
# the name and the figure that go on a list, and what ends no name of a thing: 前12, 约12
_NEXT = re.compile(r"[、和及与]([\u4e00-\u9fff]{2,4})(?=\d)")
_NO_NAME = Pattern("quantities", r"{ends_no_name}\Z|[^\u4e00-\u9fff]")
_NO_PERSONS = Pattern("quantities", "{no_persons}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# letters right before a number, behind which it may be no code: GDP113亿元, APP241条; not 5G, A4, H7N9
_LETTER = re.compile("[A-Za-z]")
_ABBREVIATED = re.compile(r"(?![xX]+\Z)(?<![\dA-Za-z&@._/-])[A-Za-z](?:[A-Za-z]|&(?=[A-Za-z]))+\Z")
_ABBREVIATION = 12  # letters that such a name has at most
_PROOF = frozenset({"money", "share"})  # what no code ends in, whatever letters it begins with
_SCORED = re.compile("[分评考]|满意[度率]|[扣加减]$")


def inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of some stretches, given in rising order.

    >>> inside([(2, 5), (8, 9)], 4), inside([(2, 5), (8, 9)], 5)
    (True, False)
    """
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every number that a clean text prints, in the order of the text.

    Masked numbers have status `redacted` and no value. Numbers whose digits were stripped out leave
    nothing to find here: see `missing.find_missing`.

    >>> [(q.text, float(q.value), q.bound) for q in find("补贴8872.7万元,发放100多万元")]
    [('8872.7万元', 88727000.0, 'exact'), ('100多万元', 1000000.0, 'min')]
    """
    end = len(text) if end is None else end
    found = [Quantity(m.start(1), m.end(1), m[1], Decimal(0)) for m in _noughts(text, start, end)]
    at = start
    while hit := FIRST.search(text, at, end):
        at = hit.end()
        m = QUANTITY.match(text, hit.start(), end)
        if m is None:
            continue
        # nearly all are plain numbers
        kind = "num" if m["num"] else next(group for group in _READERS if m[group] is not None)
        quantity = _quantity(text, m, kind)
        backwards = quantity and quantity.status == "spoilt" and m["twin"]
        if backwards and _FROM.search(text, max(0, m.start() - 6), m.start()):
            # 由50件到5件 tells a fall, no range
            m = QUANTITY.match(text, m.start(), m.start("sep")) or m
            quantity = _quantity(text, m, kind)
        phrase = _phrase_end(text, hit.start(), start, end) if quantity else 0
        if quantity and quantity.status == "spoilt" and phrase < quantity.end:
            phrase = 0  # 1O3 is no model's name where it counts
        if phrase and _LETTER.match(text, hit.start() - 1):
            phrase = 0  # nor GDP113, read as what GDP measures
        if quantity and not phrase:
            found.append(quantity)
            at = max(m.end(), at)
        else:
            at = max(m.end(kind), phrase)
    return sorted(found, key=lambda q: q.start)


def _noughts(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where a lone 零 says that there is none of something."""
    at = text.find("零", start, end)
    while at >= 0:
        quoted = at > start and text[at - 1] in '“"'
        if m := _NONE.match(text, at - quoted, end):
            yield m
        at = text.find("零", at + 1, end)


def _phrase_end(text: str, at: int, start: int, end: int) -> int:
    """End of the fixed phrase that holds an offset, 0 when none does."""
    firsts = phrase_firsts("not_claims")
    for first in firsts.finditer(text, max(start, at - _REACH), at + 1):
        fixed = phrases_from("not_claims", first[0])
        if (m := fixed.match(text, first.start(), end)) and m.end() > at:
            return m.end()
    return 0


def _quantity(text: str, m: re.Match[str], kind: str) -> Quantity | None:
    """The quantity that a match of the grammar holds, None when it is another kind of number."""
    size = m.end() - m.start()  # of most, and no part is longer
    if size > _LONGEST:
        size = max(len(m[part] or "") for part in (kind, "num2", "share", "share2", "parts"))
    if size > _LONGEST and kind != "half":
        unit = _unit(text, m)
        told = unit and size < _TOLD
        return _damaged(text, m, unit, "it has more digits than any figure") if told else None
    try:
        return _READERS[kind](text, m)
    except (ArithmeticError, ValueError, IndexError, KeyError):
        # a run of numeral characters that is no numeral; with a unit it is told all the same
        unit = _unit(text, m)
        counts = kind == "num" and unit and not _refused(text, m, unit, not m["num"][0].isascii())
        return _damaged(text, m, unit, f"{m[kind]} is no numeral") if counts else None


def _counted(text: str, m: re.Match[str]) -> Quantity | None:
    """Digits or a Chinese numeral, one or the two ends of a range."""
    if m["tenth"]:
        return _tenths(text, m)
    numeral, scale = m["num"], m["scale"] or ""
    chinese, end = not numeral[0].isascii(), m.end()
    if m.lastgroup == "num" and text[end : end + 1] == "(" and (cut := _REMARK.match(text, end)):
        return _before_remark(text, m, cut)
    # digits and no more, as in most dates and lists of points
    alone = m.lastgroup == "num" and not chinese and "." not in numeral
    if alone and text[end : end + 1] not in _LISTED and not unitless(text, end):
        return _share_without_sign(text, m)
    unit = _unit(text, m)
    if numeral == "一" and unit and not m["items"] and _is_article(text, m, unit):
        return None
    bare = not unit and (chinese or not scale) and not unitless(text, end)
    bare = bare and not m["items"]  # 一个亿 is a sum
    sign = _sign(text, m, unit)
    if bare and not chinese and (share := _share_without_sign(text, m)):
        return share
    if (bare and not _needs_no_unit(text, m, chinese)) or _refused(text, m, unit, chinese, sign):
        return None
    if m["in1"] == "几":
        further = text[m.end("in1") : m.end("in1") + 1] in set("十百千万")
        if further and chinese:  # 九百几十 has neither a point nor ends that the language fixes
            return None
        if further or (len(numeral) == 1 and not chinese):
            return _damaged(text, m, unit, "what 几 stands for is left open")
    if doubt := _doubt(text, m, unit, sign):
        return _damaged(text, m, unit, doubt)
    if pair := chinese and _neighbours(numeral + scale):
        return _made(text, m, unit, pair)
    if two := _two_neighbours(text, m):
        made = _made(text, m, unit, two[1:])
        return replace(made, start=two[0], text=text[two[0] : made.end])
    value = parse(_slips_out(numeral) + scale)  # 3亿2,000万 is one numeral
    if (m["unit"] or "").startswith("个半"):
        value += Decimal("0.5")  # 3个半小时
    if not m["num2"]:
        made = _made(text, m, unit, -value if sign else value, below=bool(sign))
        if ".." in numeral:
            return replace(made, status="spoilt", note=f"read with one point: {made.text}")
        return _with_rest(text, made)
    low, high = value, parse(_slips_out(m["num2"]) + (m["scale2"] or ""))
    if m["scale2"] and not scale:  # 2到3万元, but 500至2万元
        scaled = value * numerals().scales[m["scale2"]]
        low = value if scaled > high > value else scaled
        if low == value and value and high / value >= _WIDE:
            return _damaged(text, m, unit, "the scale of its lower end is left open")
    return _made(text, m, unit, (low, high))


def _before_remark(text: str, m: re.Match[str], cut: re.Match[str]) -> Quantity | None:
    """A number that a remark parts from its unit; the remark may belong to it unless it refers."""
    unit = dictionary_form(cut["unit"])
    named = _NUMBERED.search(text, max(0, m.start() - 4), m.start())
    if (
        named
        or section_of(unit) == "duration"
        or phrases("not_units").match(text, cut.start("unit"))
        or _refused(text, m, unit, not m["num"][0].isascii())
    ):
        return None
    doubt = _doubt(text, m, unit, "")
    if doubt or not cut["refers"] or cut["scale"]:
        return _damaged(text, m, unit, doubt or "a remark stands between it and its unit")
    return _made(text, m, unit, parse(_slips_out(m["num"])))


def _is_unit(remark: str) -> bool:
    """Whether what stands in brackets before a unit is a unit, too: (件)批."""
    return dictionary_form(remark[1 : remark.index(")")]) in grammar().units


def _share_without_sign(text: str, m: re.Match[str]) -> Quantity | None:
    """A share of which the page lost the sign: 调解成功率达99, 占信访总量的62.5."""
    if m["num2"] or m["scale"] or m["post"] or text[m.end() : m.end() + 1] not in _CLOSES:
        return None
    value = parse(m["num"]) if _PLAIN.fullmatch(m["num"]) else Decimal(0)
    led = _SHARE_OF.search(text, max(0, m.start() - _SHARE_REACH), m.start())
    if not (led and 1 < value <= 100):
        return None
    note = f"the page prints no unit behind it: read as {m['num']}%"
    return replace(_made(text, m, "%", value), status="spoilt", note=note)


def _with_rest(text: str, quantity: Quantity) -> Quantity:
    """The quantity with what is said behind its unit: 8872元7角5分, 两年半."""
    if quantity.value is None or quantity.status != "ok":
        return quantity
    end, value = quantity.end, quantity.value
    if quantity.unit == "元" and (rest := _CHANGE_LEFT.match(text, end)) and rest[0]:
        value += Decimal(f"0.{rest[1] or 0}{rest[2] or 0}")
        end = rest.end()
    elif (
        quantity.unit in {"元", "块"} and text[end - 1] == "块" and text[end : end + 1].isdecimal()
    ):
        note = "digits behind it leave open what they count"
        return replace(quantity, value=None, status="spoilt", note=note)
    elif quantity.unit in {"元", "块"} and (rest := _TENTH_BEHIND.match(text, end)):
        value, end = value + parse(rest[1]) / 10, rest.end()
    elif section_of(quantity.unit) != "share" and (rest := _HALF_BEHIND.match(text, end)):
        scale = next((numerals().scales[c] for c in quantity.text if c in numerals().scales), 1)
        if scale > 1 or quantity.bound != "exact":
            return quantity
        value, end = value + Decimal("0.5"), rest.end()
    if end == quantity.end:
        return quantity
    return replace(quantity, value=value, end=end, text=text[quantity.start : end])


def _sign(text: str, m: re.Match[str], unit: str) -> str:
    """The sign before a number that puts it below nothing: `-`, or `?` where it may be a dash."""
    at = m.start()
    before = text[max(0, at - 1) : at]
    if before not in {"\u2212", "负", "-"}:
        return ""
    if _MINUS.search(text, max(0, at - 6), at):
        return "-"
    signed = before == "-" and unit in words("quantities", "signed")
    return "?" if signed and _LEFT.match(text, at - 2) else ""


#: what counts the sums of a list: 跨越7万亿、8万亿、9万亿三个大台阶
_SUMS_UP = re.compile("[两三四五六七八九十]个大?(?:台阶|关口|大关)")


def _doubt(text: str, m: re.Match[str], unit: str, sign: str) -> str:
    """Why nobody can say which number is printed, empty where there is no doubt."""
    numeral, before = m["num"], text[max(0, m.start() - 12) : m.start()]
    if sign == "?":
        return "the sign before it may be a minus or what is left of a range"
    if m["open"]:
        return f"the upper end of the range is left open: {m[0]}"
    if sign and (m["num2"] or _TO_BELOW.match(text, m.end())):
        return "a range that begins below nothing"
    if sign and _FALL.search(text, max(0, m.start() - 8), m.start()):
        return "a sign stands before it where the words tell a fall already"
    if numeral[0] != "0" and "," in numeral and _in_turn(text, m):
        return f"{numeral} is one figure or two behind words that carry several"
    masked = not numeral[0].isascii() and _MASKED_HEAD.search(
        text, max(0, m.start() - 6), m.start()
    )
    if masked and not _QUESTION.search(_clause(text, max(0, m.start() - _CLAUSE), m.start())):
        return f"signs in the place of digits stand before it: ?{numeral}"
    if begun := _begun(text, m.start(), numeral):
        return f"other digits touch it, or signs in the place of some: {begun}{numeral}"
    if before[-1:] in _OPEN_BEFORE and (doubt := _doubt_before(text, m, before)):
        return doubt
    if unit == "个" and _CUT_POINT.match(text, m.end()):
        return f"its unit is cut: {text[m.start() : m.end() + 2]}"
    if not unit and GOES_ON.match(text, m.end()) and not _SUMS_UP.match(text, m.end()):
        return f"it goes on behind its scale: {text[m.start() : m.end() + 2]}"
    if section_of(unit) == "physical" and _LEFT_BEHIND.match(text, m.end()):
        return f"digits behind it leave open what they count: {text[m.start() : m.end() + 2]}"
    if unit == "个" and _BEHIND_ITEM.match(text, m.end()):
        return f"its unit may be a longer one: {text[m.start() : m.end() + 2]}"
    if unit and text[m.end() : m.end() + 1] in _TRAILING and _TRAILS.match(text, m.end()):
        return f"what stands behind it may belong to it: {text[m.start() : m.end() + 2]}"
    plain = numeral.isdecimal() and numeral[0] in "123456789"
    if not (plain or m["scale"]) and _SHORT.search(numeral):
        return f"{numeral} leaves open what its last digit counts"
    if "千" in (m["scale"] or numeral[-1:]) and _OF_TEN_MILLIONS.search(
        numeral + (m["scale"] or "")
    ):
        return f"{numeral}{m['scale'] or ''} leaves open whether 万 follows"
    if not plain and _NOUGHT.match(numeral):
        return f"{numeral} begins with a nought"
    dated = not (plain or m["scale"]) and _DATED.fullmatch(numeral)
    if dated and section_of(unit) not in {"share", "money"}:
        return f"{numeral} may be a date before a count"
    if before[-1:] == "." and (before[-2:-1] in pieces()["plain"] or len(numeral) < 3):
        return f"what stands before the point is lost: .{numeral}"
    if not plain and _CIRCLE.search(numeral):
        return "a circle may be a nought or hide a digit"
    return ""


def _doubt_before(text: str, m: re.Match[str], before: str) -> str:
    """Why a number may go on from what stands before it, a blank or a mark."""
    numeral, last = m["num"], before[-1:]
    if last in _BLANKS and _LINE_BEFORE.search(text, max(0, m.start() - _INDENT), m.start()):
        return f"digits end the line before it: {numeral} may be the rest of a number or a column"
    if last == "或" and _EITHER.search(before):
        return f"one of two numbers: {before[-2:]}{numeral}"
    if last == "," and any(len(numeral) == size and cut.search(before) for cut, size in _REST_OF):
        return f"it may be the rest of a number: {before[-3:]}{numeral}"
    if last == "、" and _THREE.fullmatch(numeral):
        grouped = _THOUSANDS.search(before)
        if grouped and not _NO_RANGE.search(
            text, max(0, m.start() - _CLAUSE), m.start() - len(grouped[0])
        ):
            return f"one figure or two: {grouped[0]}{numeral}"
    return ""


def _begun(text: str, at: int, numeral: str) -> str:
    """What belongs to a numeral and stands before it."""
    if not TOUCHES.match(text, at - 1) or not at or _SUMS_UP.match(text, at):
        return ""
    begun = BEGUN.search(text, max(0, at - 12), at)
    if begun is None:
        return ""
    last, digits = begun[0][-1], numeral[0].isascii()
    # a lone numeral character touches digits (一2), before others it was told to be a word
    if (len(begun[0]) == 1 and not digits and _LONE.match(last)) or (
        (last == "某" and len(begun[0]) == 1 and numeral[0] not in "十百千万亿")
        or (re.search(r",\n+\Z", begun[0]) and not _THREE.fullmatch(numeral))
    ):
        return ""
    return begun[0]


def _damaged(text: str, m: re.Match[str], unit: str, note: str) -> Quantity:
    """A number that is no longer legible, with what can be seen of it and no value."""
    return replace(_made(text, m, unit, None), status="spoilt", note=note)


def _going_on(text: str, m: re.Match[str]) -> Quantity | None:
    """A share behind which digits or a mask stand, so that it is not all of the number: 九成□."""
    behind = GOES_ON.match(text, m.end())
    # 近四成。19个项目: behind a stop another number begins
    if behind is None or behind[0][0] in ",。;、":
        return None
    return _damaged(text, m, "%", f"it goes on: {text[m.start() : m.end() + 2]}")


def _joined(text: str, m: re.Match[str]) -> Quantity | None:
    """98·3% and 1,2345件: a point is repaired and said, of other marks nobody knows what they do."""
    unit, digits = _unit(text, m), m["joined"]
    if not (unit or m["scale"] or unitless(text, m.end())) or _refused(
        text, m, unit, chinese=False
    ):
        return None
    share = section_of(unit) == "share"
    if (point := _POINT.fullmatch(digits)) and (share or point[2] not in ",。"):
        repaired = _made(text, m, unit, parse(f"{point[1]}.{point[3]}{m['scale'] or ''}"))
        note = f"the page prints {digits}: read with a point, {point[1]}.{point[3]}"
        return replace(repaired, status="spoilt", note=note)
    return _damaged(text, m, unit, f"the page prints {digits}, which is no number")


def _slips_out(numeral: str) -> str:
    return numeral.replace("..", ".")


def _needs_no_unit(text: str, m: re.Match[str], chinese: bool) -> bool:
    """Whether a Chinese numeral is long enough to count without a measure word: 四千多居民."""
    if not chinese or len(m["num"]) < 2:
        return False
    if m["in1"]:
        return bool(_NOUN.match(text, m.end()))
    ends = text[m.end() : m.end() + 1] in ",。;"  # 补助一万二。
    return len(m["num"]) > 2 and ends and bool(_HUNDREDS.search(m["num"]))


def _neighbours(numeral: str) -> _Ends | None:
    """The ends of 三五百, 七八十 or 十五六: two small digits side by side are a range."""
    m = _TWO_DIGITS.fullmatch(numeral)
    if not m or not (m[1] or m[4] or len(numeral) == 2):
        return None
    low, high = parse(m[2]), parse(m[3])
    return (parse(m[1] + m[2] + m[4]), parse(m[1] + m[3] + m[4])) if low < high <= low + 2 else None


def _two_neighbours(text: str, m: re.Match[str]) -> tuple[int, Decimal, Decimal] | None:
    """Where 十五、六件 and 5、6件 begin, and their ends; nothing where two figures are named."""
    if text[m.start() - 1 : m.start()] != "、":
        return None
    first = _FIRST_OF_TWO.search(text, max(0, m.start() - 8), m.start())
    if m["num"][:1] == "十":
        return None
    last, place = m["num"][:1], m["num"][1:]  # 三、四十
    if first is None or m["num2"] or place not in {"", "十", "百", "千"}:
        return None
    head, digit, begin = first["head"] or "", first["digit"], first.start()
    if head and place:
        return None
    low, high = parse(digit), parse(last)
    if digit.isascii() != last.isascii() or not low < high <= low + 2:
        return None
    if _NO_RANGE.search(text, max(0, begin - _CLAUSE), begin):
        return None
    times = numerals().scales[m["scale"]] if m["scale"] else 1
    return begin, parse(f"{head}{digit}{place}") * times, parse(f"{head}{last}{place}") * times


def _in_turn(text: str, m: re.Match[str]) -> bool:
    """Whether words that carry several figures stand before the only one: 分别为12,345件."""
    clause = _clause(text, max(0, m.start() - _CLAUSE), m.start())
    behind = text[m.end() : m.end() + _CLAUSE]
    carrying = _IN_TURN.search(clause)
    if carrying is None or re.search(r"\d", clause[carrying.end() :]):
        return False
    return re.match(r"[^,。;\d]{0,3}[、,和及与][^。;]{0,12}?\d", behind) is None


def _tenths(text: str, m: re.Match[str]) -> Quantity | None:
    """四成五 is 45 %, 三至五成 and 七八成 are ranges, 八折 is 80 % of the price."""
    if pair := _neighbours(m["num"]):
        return _made(text, m, "%", (pair[0] * 10, pair[1] * 10))
    if len(m["num"]) > 1 or m["num"] not in f"两{DIGITS}0123456789":
        return None
    if not m["num2"] and not m["more"] and (two := _two_neighbours(text, m)):
        made = _made(text, m, "%", (two[1] * 10, two[2] * 10))  # 八、九成
        return replace(made, start=two[0], text=text[two[0] : made.end])
    tens = parse(m["num"]) * 10
    if going := _going_on(text, m):
        return going
    more = 5 if m["more"] == "半" else parse(m["more"]) if m["more"] else 0
    if m["num2"]:
        return _made(text, m, "%", (tens, parse(m["num2"]) * 10 + more))
    return _made(text, m, "%", tens + more)


def _several(text: str, m: re.Match[str]) -> Quantity | None:
    """几十 lies between 20 and 90: the language gives ends and no point."""
    unit = _unit(text, m)
    if not unit or text[max(0, m.start() - 1) : m.start()] in set("十百千好"):
        return None
    place = parse(m["several"][1:])
    return _made(text, m, unit, (2 * place, 9 * place))


# ????-2025年1月15日: what is left of blanks before a date
_DATE_BEHIND = re.compile(r"-+(?:19|20)\d\d年\d")


def _masked(text: str, m: re.Match[str]) -> Quantity | None:
    """A number whose digits the page masks; not a masked place, name or date."""
    unit, cell, mask = _unit(text, m), unitless(text, m.end()), m["mask"]
    both = _REMARK.match(text, m.end()) if m.lastgroup == "mask" else None
    if both and _is_unit(both[0]):
        unit = dictionary_form(both["unit"])  # x(件)批
    before, after = text[max(0, m.start() - 1) : m.start()], text[m.end("mask") : m.end("mask") + 1]
    # behind 员, 共 and the like **人 are so many, elsewhere people of a masked place
    people = mask[-1] == "*" and unit in {"", "人"} and not any(map(str.isdecimal, mask))
    named = people and before not in words("quantities", "counts_people") and not cell
    if (
        (unit in words("quantities", "land") or named)
        or not (unit or m["scale"] or cell)
        or after in "年月日时届"
        or _DATE_BEHIND.match(text, m.end("mask"))
        or (before and before in "《“年月")
        or (before.isascii() and before.isalpha() and not _is_named(text, m, unit))
    ):
        return None
    strange = [c for c in mask if not (c in _HIDES or "\u3400" <= c <= "\u9fff" or c.isdecimal())]
    if any(c in "OoIl^\ufffc" or category(c)[0] not in "SP" for c in strange):
        if len(strange) == len(mask):
            return None  # Ⅲ类 is a grade
        if set(strange) == {TORN}:
            note = f"a gap leaves open whether it is one number: {mask}"
            return _damaged(text, m, unit, note)
        shown = "".join(f"U+{ord(c):04X}" if not c.isprintable() else c for c in mask)
        return _damaged(text, m, unit, f"what belongs to no number stands in it: {shown}")
    note = f"the page masks the digits: {mask}"
    return replace(_made(text, m, unit, None), status="redacted", note=note)


def _half(text: str, m: re.Match[str]) -> Quantity | None:
    bound = "min" if m["half"][0] in "过超大" else bound_of(text, m)
    return _made(text, m, "%", Decimal(50), bound)


def _fraction(text: str, m: re.Match[str]) -> Quantity | None:
    """2/3 with a stroke."""
    over, under = Decimal(m["over"]), Decimal(m["under"])
    return _made(text, m, "%", over * 100 / under) if 0 < over < under else None


def _parts(text: str, m: re.Match[str]) -> Quantity | None:
    """三分之二, 百分之五十."""
    if m.end("share") - m.start() > _LONGEST or not (parts := parse(m["parts"])):
        return None
    if not m["share2"] and _HIDDEN_SHARE.search(
        m["share"] + text[m.end("share") : m.end("share") + 1]
    ):
        return _damaged(text, m, "%", f"a sign may hide a digit: {text[m.start() : m.end() + 1]}")
    if not m["share2"] and (going := _going_on(text, m)):
        return going
    share = _neighbours(m["share"]) or (parse(m["share"]), parse(m["share"]))
    low, high = (end * 100 / parts for end in share)  # 百分之七八 is a range
    if m["share2"]:
        high = parse(m["share2"]) * 100 / (100 if (m["again"] or "百")[0] == "百" else parts)
    return _made(text, m, "%", (low, high) if low != high else low)


def _unit(text: str, m: re.Match[str]) -> str:
    """The unit's dictionary form, `''` where the characters are of another word (个人, 年级)."""
    # 提升0.42个和1.1个百分点: a list states the unit of its decimals once, at its end
    decimal = m["unit"] in {None, "个"} and not m["num2"] and "." in (m["num"] or "")
    if decimal and (shared := _SHARED.match(text, m.end("num"))):
        return shared["unit"] or shared["share"]
    if not m["unit"] and m["num"] and text[m.end() : m.end() + 1] in _LISTED:
        return _unit_of_list(text, m) or _unit_of_next(text, m)
    if not m["unit"] or phrases("not_units").match(text, m.start("unit")):
        return ""
    if m["unit"] in _FOLLOWS and not _FOLLOWS[m["unit"]].match(text, m.end("unit")):
        return ""
    unit = dictionary_form(m["unit"])
    return unit + "次" if m["tail"] and unit in {"人", "台", "件"} else unit


def _unit_of_list(text: str, m: re.Match[str]) -> str:
    """The unit at the end of a list of figures that words carry to a list of names: 分别为12、345件."""
    begin = max(0, m.start() - _CLAUSE)
    if not m["num"][0].isascii() or not _IN_TURN.search(_clause(text, begin, m.start())):
        return ""
    following = QUANTITY.match(text, m.end() + 1)
    if following is None or following["num"] is None or not following["num"][0].isascii():
        return ""
    if following["scale"] and not m["scale"]:
        return ""  # 70和50亿元
    return _unit(text, following)


def _unit_of_next(text: str, m: re.Match[str]) -> str:
    """The unit of the next figure where both names are alike: 来信200、来访300件, 初访2、重访3人次."""
    following = _NEXT.match(text, m.end())
    if following is None or not m["num"].isdecimal() or _YEAR.fullmatch(m["num"]):
        return ""
    name = following[1]
    own = text[max(0, m.start() - len(name)) : m.start()]
    then = QUANTITY.match(text, following.end())
    if len(own) < len(name) or own == name or _NO_NAME.search(own) or _NO_NAME.search(name):
        return ""
    if then is None or then["scale"] or then["num2"] or not (then["num"] or "").isdecimal():
        return ""
    unit = _unit(text, then)
    if section_of(unit) in {"share", "money", "duration", "physical", "multiple"}:
        return ""
    # the last character of a name says what kind of thing it is; the first may be a verb
    if own[-1] != name[-1]:
        return unit if own[0] == name[0] and unit in words("quantities", "of_matters") else ""
    persons = unit in words("quantities", "of_persons")
    return "" if persons and _NO_PERSONS.search(own + name) else unit


def _clause(text: str, begin: int, end: int) -> str:
    return re.split("[。;\n]", text[begin:end])[-1]


def _refused(text: str, m: re.Match[str], unit: str, chinese: bool, sign: str = "") -> bool:
    """Whether the number is a date, an ordinal, a model or part of a word rather than a count."""
    before, after = text[max(0, m.start() - 6) : m.start()], text[m.end() : m.end() + 2]
    last = before[-1:]
    slip = last == "." and "\u4e00" <= before[-2:-1] <= "\u9fff"  # 纠纷.4953起
    letter = last.isascii() and last.isalpha() and not _is_named(text, m, unit)
    if (last in {"第", "〔", "[", "-", ".", "/"} and not slip and not sign) or letter:
        return True
    if last and last in "-~至到" and _ORDINAL.search(before):
        return True  # 第1至3批
    if last == "、" and len(m["num"] or "") == 1 and _ORDINALS.search(before):
        return True  # 第五、六批
    year = chinese or len(m["num"] or "") == 4 or last in {"近", "前", "后", "这", "十"}
    year = year or (bool(_ITEM_OF_YEAR.fullmatch(m["num"] or "")) and last in {"", "\n"})
    if unit == "年" and (year or after[:1] in "来级度"):
        return True
    scored = "." in (m["num"] or "") or _SCORED.search(before)  # no minute has decimals
    if (unit == "分" and not scored) or (not unit and after[:1].isascii() and after[:1].isalnum()):
        return True
    if chinese and unit in words("quantities", "land"):
        return True
    return chinese and not m["items"] and _is_no_count(text, m, unit)


def _is_named(text: str, m: re.Match[str], unit: str) -> bool:
    """Whether letters right before a number are the name of what it measures, and it is no code.

    No code goes on with a sum of money or a share; with a scale or a measure word of things behind
    it the digits count what three letters or more abbreviate (KTV9家), and CO2万吨 or PM2.5 do not.
    """
    name = _ABBREVIATED.search(text, max(0, m.start() - _ABBREVIATION), m.start())
    if name is None:
        return False
    section = section_of(unit)
    counts = bool(unit or m["scale"]) and section != "duration" and unit != "分"
    return section in _PROOF or (counts and len(name[0]) > 2)


def _is_no_count(text: str, m: re.Match[str], unit: str) -> bool:
    """Whether a Chinese numeral is an article, a set name in quotation marks or a round word."""
    numeral, start = m["num"], m.start("num")
    if numeral == "一" and _is_article(text, m, unit):
        return True
    quoted = _QUOTED.finditer(text, max(0, start - 30), m.end() + 30)
    if any(q.start() < start < q.end() for q in quoted):
        return True
    if numeral in words("quantities", "about_a_hundred"):
        return True
    if numeral == "零":  # 越级上访零起 counts
        ends = text[m.end() : m.end() + 1] in {"", *_ENDS}
        return not ends and unit not in words("quantities", "none_of")
    # 近百处 and 千余份 count, 百花 and 万户 do not
    return set(numeral) <= set("百千万亿") and not (m["in1"] or hedge_before(text, start))


def _is_article(text: str, m: re.Match[str], unit: str) -> bool:
    """Whether 一 counts nothing, as in 开展一次 and 一支队伍; 建有配送中心一个 counts."""
    if unit in {"倍", "番"} or (m["unit"] or "")[:2] in {"个多", "个余"}:
        return False
    before = text[max(0, m.start() - 6) : m.start()]
    if section_of(unit) == "duration":
        return not (_LASTS.search(before) or _LONG.match(text[m.end() : m.end() + 2]))
    ends = text[m.end() : m.end() + 1] in {"", *_ENDS}
    counted = ends and unit in words("quantities", "counted_behind") and _WORD_BEFORE.search(before)
    return not counted or "每" in before


def _made(
    text: str,
    m: re.Match[str],
    unit: str,
    value: Decimal | _Ends | None,
    bound: str = "",
    below: bool = False,
) -> Quantity:
    """The quantity from its sign or first digit to the end of its unit, without hedges round it."""
    start, end, status, note = m.start() - below, m.end(), "ok", ""
    if m["unit"] and not unit:
        end = m.start("unit")
    elif m["tail"]:
        end = m.end("tail")
    elif m["post"] and (m["unit"] or m["tenth"]):
        end = m.start("post")
    printed, low, high = text[start:end], None, None
    if isinstance(value, tuple):
        (low, high), value, bound = value, None, "range"
        if low > high:
            low, high, status = high, low, "spoilt"
            note = f"the range runs backwards: {printed}"
    far = value if value is not None else low  # of a range both ends are known
    if far is not None and (abs(far) > _LARGEST or (high is not None and abs(high) > _LARGEST)):
        value, low, high, status = None, None, None, "spoilt"
        note = "it is larger than any figure of a report"
    bound, end = bound or bound_of(text, m, start), end + unitless(text, end)
    return Quantity(start, end, printed, value, low, high, bound, unit, status, note)


#: the groups of the grammar, the commonest first, each with what reads it
_READERS = {
    "num": _counted,
    "joined": _joined,
    "mask": _masked,
    "parts": _parts,
    "several": _several,
    "half": _half,
    "over": _fraction,
}
