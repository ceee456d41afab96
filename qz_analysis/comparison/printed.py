"""Printed figures, units and words of time as English writes them."""

import re
from decimal import Decimal

from ..vocabularies.labels import Lang, say
from ..vocabularies.numerals import numerals, parse
from ..vocabularies.session import kept, load
from ..vocabularies.units import grammar, longest_first, measure_of, section_of

#: a figure of arithmetic, with a deed before it and its scale and measure word behind it
_FIGURE = re.compile(
    r"(?P<deed>[\u4e00-\u9fff]{1,6})?(?P<number>\d+(?:\.\d+)?)(?!\d*[,.]?\d)"
    r"(?P<scale>万亿|亿|万)?(?P<unit>(?![多余几])[\u4e00-\u9fff]{1,4})?(?![\u4e00-\u9fff])"
)
_SCALES = {"万": 4, "亿": 8, "万亿": 12}
_DECIMALS = 4
_SHORT_SCALES = ((12, "tn"), (9, "bn"), (6, "m"))
#: a year, which has no thousands set apart
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")


def english_figures(text: str) -> str:
    """Arithmetic with its figures as English writes them; what is quoted as printed stays.

    >>> english_figures("9.1亿 + 4159万 = 95159万, printed 近10亿元")
    '910m + 41.59m = 951.59m, printed 近10亿元'
    >>> english_figures("2163宗 less 办结2028宗: 135 left"), english_figures("19.9亿元 up 9.4%")
    ('2,163 less 2,028 (办结): 135 left', '1.99bn yuan up 9.4%')
    """
    parts = text.split("printed ")
    told = [_FIGURE.sub(_english_figure, parts[0])]
    for part in parts[1:]:
        quoted, comma, rest = part.partition(", ")
        told.append(quoted + comma + _FIGURE.sub(_english_figure, rest))
    return "printed ".join(told)


_PER = {"年": " a year", "月": " a month", "次": " per visit", "人": " a person", "支": " each"}


def _english_figure(found: re.Match[str]) -> str:
    number, unit = Decimal(found["number"]), found["unit"] or ""
    around = found.string[found.start() - 1 : found.start()] + found.string[found.end() :][:1]
    year = _YEAR_LIKE.fullmatch(found["number"]) and not unit and not set(around) & set("/≥≤")
    if found["scale"]:
        words = _scaled(number.scaleb(_SCALES[found["scale"]]))
    else:
        words = found["number"] if year else f"{number:,f}"
    deed = f" ({found['deed']})" if found["deed"] else ""
    return words + (" yuan" if unit == "元" else "") + deed


#: sections of `units.toml` whose measure words have names of their own in English; a thing is named by
#: the words beside its number
_NAMED = frozenset({"petition", "people"})
_THINGS = "things"
#: what stands between the figures of a cell
_BETWEEN = re.compile("(; | / | of |, )")
#: words for the bound of a figure: those before the number, and those behind it
_AHEAD = {
    "近": "nearly", "将近": "nearly", "接近": "nearly", "不足": "under", "不到": "under",
    "低于": "under", "少于": "under", "min": "over", "max": "at most", "approx": "about",
}  # fmt: skip
_BEHIND = {"min": "{} or more", "max": "{} or less", "approx": "about {}"}
_ONE = (("people", "person"), ("batches", "batch"), ("copies", "copy"), ("s", ""))


@kept
def _token() -> "re.Pattern[str]":
    """One printed figure: hedges, number, scale, unit, per what."""
    hedges, known = load("bounds"), numerals()
    ahead, behind = longest_first([*hedges["before"]]), longest_first([*hedges["after"]])
    scale = longest_first([*known.big, "万亿"])
    number = rf"(?:\d[\d,]*(?:\.\d+)?|[{known.chinese}]+|[xX*×]+(?:\.[xX*×]+)?)"
    return re.compile(
        rf"(?P<sign>[≥≤≈]?)(?P<before>{ahead})?(?P<number>{number})(?P<to>[-~–—至](?P<last>\d[\d,.]*))?"
        rf"(?P<more>[多余来几])?(?P<scale>{scale})?(?P<over>[多余])?"
        rf"(?P<unit>{longest_first([*grammar().units, '成', '个'])}|)(?:/(?P<per>[\u4e00-\u9fff]))?"
        rf"(?P<behind>{behind})?(?P<mark>†?)"
    )


def english_unit(unit: str, one: bool = False) -> str:
    """A unit of measure or a measure word in English, in the singular for one of it; empty where
    English has no word for it.

    >>> english_unit("人次"), english_unit("宗", one=True), english_unit("元"), english_unit("平方米")
    ('person-times', 'case', 'yuan', 'm²')
    """
    bare, _, per = unit.partition("/")
    known = load("profile")["units"].get(bare)
    if known:
        said = str(known["en"])
    elif section_of(bare) in _NAMED:
        said = str(say("measures", measure_of(bare), "en"))
    elif measure_of(bare) == "yuan":
        return "yuan" + (_PER.get(per, f" per {per}") if per else "")
    else:
        return ""
    if one:
        said = next((said.removesuffix(end) + new for end, new in _ONE if said.endswith(end)), said)
    return said


def english_printed(text: str) -> str:
    """The figures of a cell as English writes them, with words for their bounds; a cell that holds
    anything else, or a figure in a unit without an English name, stays as it is.

    >>> english_printed("193批次389人次"), english_printed("85%以上"), english_printed("近10亿元")
    ('193 batches, 389 person-times', '85% or more', 'nearly 1bn yuan')
    >>> english_printed("328宗 of 467宗"), english_printed("持平"), english_printed("全县3个")
    ('328 cases of 467 cases', 'unchanged', '全县3个')
    >>> english_printed("xxxx批xxxx人次"), english_printed("一万元"), english_printed("25元/人")
    ('xxxx batches, xxxx person-times', '10,000 yuan', '25 yuan a person')
    """
    if text == "持平":
        return "unchanged"
    told = []
    for part in _BETWEEN.split(text):
        said, at = [], 0
        while at < len(part) and not _BETWEEN.fullmatch(part):
            found = _token().match(part, at)
            figure = _in_english(found) if found else ""
            if not found or not figure:
                return text
            said.append(figure)
            at = found.end()
        told.append(", ".join(said) if said else part)
    return "".join(told)


def printed_in(text: str, lang: Lang) -> str:
    """A printed figure in prose: in English without its measure word, and with words for its hedges; a masked
    one as it stands.

    >>> printed_in("1819名", "en"), printed_in("85%以上", "en"), printed_in("85%以上", "zh")
    ('1,819', '≥85%', '85%以上')
    >>> printed_in("100多万元", "en"), printed_in("近10亿元", "en"), printed_in("120元/年", "en")
    ('over 1m yuan', 'nearly 1bn yuan', '120 yuan a year')
    """
    found = None if lang == "zh" else _token().fullmatch(text)
    return (_in_english(found, prose=True) if found else "") or text


def _in_english(found: "re.Match[str]", prose: bool = False) -> str:
    """One figure; empty where its unit has no English name. In prose other words tell what is counted."""
    unit, masked = found["unit"], not re.search(r"[\d一-龥]", found["number"])
    scale = found["scale"] or ""
    numbers = [found["number"], *([found["last"]] if found["last"] else [])]
    if masked:
        if scale or prose:
            return ""
        said, one = found["number"], False
    else:
        values = [parse(number + scale) * (10 if unit == "成" else 1) for number in numbers]
        # 3.8万 has no decimals any more
        values = [one.quantize(Decimal(1)) if scale and one == int(one) else one for one in values]
        said, one = "–".join(map(_short_words, values)), values == [1]
    if unit in ("%", "成"):
        said += "%"
    elif unit and section_of(unit) != _THINGS and not (prose and measure_of(unit) != "yuan"):
        name = english_unit(unit, one)
        if not name:
            return ""
        said += f" {name}"
    said += _PER.get(found["per"], f" per {found['per']}") if found["per"] else ""
    hedges = load("bounds")
    if found["behind"] and not prose:
        said = _BEHIND[hedges["after"][found["behind"]]].format(said)
    ahead = found["before"] or ""
    inside = found["more"] or found["over"] or ""
    bound = hedges["before"].get(ahead) or hedges["inside"].get(inside, "")
    if found["behind"] and prose:
        bound = hedges["after"][found["behind"]]
        if unit == "%" and bound == "min":
            return f"≥{said}{found['mark']}"
    hedge = _AHEAD.get(ahead) or _AHEAD.get(bound, "")
    return found["sign"] + (f"{hedge} " if hedge else "") + said + found["mark"]


def _short_words(number: Decimal) -> str:
    """A number with thousands set apart, from a million on in millions and the like."""
    return f"{number:,f}" if number < 10**6 or number % 100 else _scaled(number)


def _scaled(number: Decimal) -> str:
    """A number on the largest scale on which it has no more than four decimals.

    >>> _scaled(Decimal(1_990_000_000)), _scaled(Decimal(1_000_340_000)), _scaled(Decimal(9000))
    ('1.99bn', '1,000.34m', '9,000')
    """
    for power, short in _SHORT_SCALES:
        scaled = number.scaleb(-power).normalize()
        if scaled >= 1 and scaled == round(scaled, _DECIMALS):
            return f"{scaled:,f}{short}"
    return f"{number.normalize():,f}"


_SPAN = re.compile("近(?P<n>[几一二两三四五])?年来?|几年来")
_OF_YEAR = re.compile(
    r"(?P<year>去年|上年|今年|本年)(?:(?P<half>[上下])半年|(?P<quarter>[一二三四])季度|(?P<month>\d{1,2})月份?)?"
    "(?P<since>以来)?"
)
_YEARS = {"去": "last", "上": "last", "今": "this", "本": "this"}


def english_time(said: str) -> str:
    """Words of time without a year, as English has them beside the report that they are of; empty for
    words of another kind, such as the name of a campaign.

    >>> english_time("目前"), english_time("去年下半年"), english_time("今年以来")
    ('at the time of the report', 'second half of the year before', 'that year to date')
    >>> english_time("几年来"), english_time("近三年来"), english_time("“大走访”期间")
    ('over several years', 'over the three years before', '')
    """
    words = load("profile")["relative"]
    if said in words:
        return str(words[said]["en"])
    if found := _SPAN.fullmatch(said):
        n = found["n"]
        years = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}.get(n or "", 0)
        key = "several" if not years else "one" if years == 1 else "some"
        names = ("", "", "two", "three", "four", "five")
        return str(words[key]["en"]).format(n=names[years])
    found = _OF_YEAR.fullmatch(said)
    if not found:
        return ""
    year = str(words[_YEARS[found["year"][0]]]["en"])
    part = _part_of(found)
    told = str(words["part"]["en"]).format(part=part, year=year) if part else year
    key = "since" if part or year == words["last"]["en"] else "to_date"
    return str(words[key]["en"]).format(when=told) if found["since"] else told


def _part_of(found: "re.Match[str]") -> str:
    """The half, quarter or month that words of time name; empty for none."""
    periods = load("profile")["periods"]
    if found["half"]:
        key = "H1" if found["half"] == "上" else "H2"
    elif found["quarter"]:
        key = f"Q{'一二三四'.index(found['quarter']) + 1}"
    elif found["month"]:
        key = f"M{int(found['month']):02d}"
    else:
        return ""
    return str(periods.get(key, {"en": ""})["en"]).removeprefix("the ")
