"""The expression for a number with its unit and hedges, built from the words in force."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .numerals import FORMAL, TENS, numerals
from .patterns import Pattern, filled, words
from .session import kept, load

#: one to nine as numerals write them
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Units and hedges in force, and pieces of patterns made of them."""

    aliases: dict[str, str]
    units: dict[str, tuple[str, str]]  # the measure and the section of each unit
    hedges: dict[str, dict[str, str]]
    pieces: dict[str, str]


@kept
def grammar() -> Grammar:
    """The grammar that `units.toml`, `bounds.toml` and `scales.toml` give.

    >>> grammar().units["批次"]
    ('batches', 'petition')
    """
    registry, hedges, chinese = load("units"), load("bounds"), numerals().chinese
    aliases = registry["aliases"]
    units = {
        unit: (measure, section)
        for section, said in registry.items()
        if section != "aliases"
        for unit, measure in said.items()
    }
    scales = [scale for scale in numerals().scales if scale not in ("千", "百")]
    pieces = {
        "numerals": chinese + TENS,
        "plain": "".join(c for c in chinese if c not in FORMAL) + TENS,
        "formal": FORMAL,
        "digits": DIGITS,
        "known": longest_first([*units, *aliases]),
        "scales": longest_first(scales),
        "before": longest_first(list(hedges["before"])),
        "inside": f"[{''.join(map(re.escape, hedges['inside']))}]",
        "after": longest_first(list(hedges["after"])),
    }
    # what goes on behind a numeral without other signs begins with one of these
    goes_on = [*units, *aliases, *scales, *hedges["inside"], *hedges["after"]]
    goes_on += [word for name in _BEHIND for word in words("units", name)]
    firsts = {word[0] for word in goes_on} | {*chinese, *TENS, *"分点半成折某和及与"}
    pieces["goes_on"] = "".join(map(re.escape, sorted(firsts)))
    # known characters that no number begins with
    begins = sorted({*chinese, *TENS, *FORMAL, *"几数半过超大某"} & set(map(chr, _HAN)))
    edges = [_HAN[0] - 1, *map(ord, begins), _HAN[-1] + 1]
    gaps = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
    pieces["others"] = _OTHERS + "".join(f"{chr(a)}-{chr(b)}" for a, b in gaps)
    # a later piece is made of earlier ones
    for name, piece in _PIECES.items():
        pieces[name] = filled("units", piece, pieces)
    return Grammar(aliases, units, hedges, pieces)


def longest_first(words: list[str]) -> str:
    """Alternatives of a pattern in which no word hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def pieces() -> dict[str, str]:
    """Pieces of patterns for numerals, scales, hedges and units."""
    return grammar().pieces


_BEHIND = ("to", "more_at_end", "less_at_end")
# what may stand beside a number without being part of it: characters of words, blanks, the marks of
# a Chinese text, and those that tables leave; whatever else touches digits hides or damages them
_HAN = range(0x4E00, 0xA000)
_SIGNS = r"。、“”‘’〝〞《》〈〉〔〕【】「」『』〖〗·•‧・∙⋅→←↑↓⇒≥≤≈≠±°℃㎡㎞㎏￥¥€£§‰′″\u2212"
_KNOWN = (
    r"\s0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff〇々\ufdd0-\ufdef\U00020000-\U0003ffff!-/:-@\[-^`{-~"
    + _SIGNS
)
# those of them that begin no number, the characters of words apart
_OTHERS = (
    r"\sA-Za-wyz\u3400-\u4dbf々\ufdd0-\ufdef\U00020000-\U0003ffff!\"$-')+-/:->@\[-^`{-~" + _SIGNS
)
_PIECES = {
    "foreign": rf"(?:[^²³{_KNOWN}]|[\#])",
    "hidden": rf"(?:[^{_KNOWN}]|[\#*x?〇某OoIl^±])",
    # what stands behind a sign and a blank is the rest of its number: 增长□ 3.5%
    "behind_blank": r"(?:[ ]\d+(?:\.\d+)?)?",
    "joint": "[,.'’·•‧・∙⋅。]",
    # 2..2 is a slip of the scanner for 2.2
    "arabic": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.{1,2}\d+)?",
    # what no part of a number stands before: digits with one of these behind them are all of it
    "ends": r"(?:(?![分某])[\u4e00-\u9fff%)、])",
    # a formal character beside others or before 元; in 队伍, 大陆, 放肆 and 收拾 it counts nothing
    "han": r"""(?:(?!〇+(?![{plain}零]))[{plain}〇零]+
        |(?:(?<![队退入落行为])伍|(?<![大登着内水])陆|(?<!放)肆|(?<!收)拾|[壹贰叁柒捌玖])
         (?:[{formal}十百千万亿零]+|(?=元)))""",
    # 千 before these belongs to the unit (千米, 千克), 百 before 分 to 百分点
    "scale": r"(?:{scales}|千(?![伏瓦米克])|百(?!分))",
    "unit": (
        r"(?:个半{half_units}|个[多余]{more_units}"
        r"|(?:{known})(?:\(次\))?(?:/(?:{per}|m(?![a-z])))?)"
    ),
    "number": r"(?:{arabic})(?:(?:{scale}|十)(?=\d)(?:{arabic}))*|{han}(?:点{han})?",
    # x and * mask digits, alone or beside legible ones
    "mask": r"""[x*](?<=[\u4e00-\u9fff、,(].)[x*]*点?[{plain}零]+
        |(?<=[{plain}零])(?:[x*?]+|某|\([ ]?\))[{plain}零\d]+
        |[x*?]{1,3}(?:,\d{3})+
        |\d{1,3}(?:,\d{3})*,(?=[\dx*]{3})\d{0,2}[x*]+\d*
        |(?<=[\u4e00-\u9fff])x+[ ]\d+(?:\.\d+)?
        |(?:\d+(?:\.\d*)?)?[x*]{1,8}(?:\.[\dx*]+)?\d*
        # ? is what a lost character leaves, unless it ends a question
        |\d+(?:\.\d*)?\?+\d*(?:,[\d?]{3})*(?:\.[\d?]+)?
        |(?<=[\u4e00-\u9fff])(?<![吗呢么何谁哪])\?+\d*(?:\.[\d?]+)?
        # a sign in the place of digits, among them or before them; at the head of a line or behind
        # the end of a sentence it is the mark of an item
        |\d[\d.,]*(?:[〇某OoIl]|(?<=\d)[\^±+](?=\d)|{foreign}|(?<=\d)[²³])(?:{hidden}|\d|[.](?=\d)|,(?=\d{3}(?!\d)))*{behind_blank}
        |\d[\d.,]*[ ](?:{foreign}[ ]?)+\d+(?:\.\d+)?
        |[{plain}零]{2,}+{foreign}+(?:{hidden}|[\d{plain}])*
        |(?<=[\u4e00-\u9fff、,(“])(?<![{plain}零])(?:{foreign}|〇|[²³]+(?=\d))+(?:{hidden}|[\d{plain}]|[.](?=\d))*{behind_blank}
        |(?<=[\u4e00-\u9fff])(?<=[{plain}零]){foreign}+(?:{hidden}|[\d{plain}]|[.](?=\d))*
        |(?<=:)(?:{foreign}|〇)+(?![\d{plain}])
        # a letter in the place of the first digit
        |(?<=[\u4e00-\u9fff、,(“:])(?<!第)[OoIl]+[.,]?\d[\dOoIl.,]*""",
    # digits side by side with a mark between them that groups no thousands and is no point
    "joined": r"""(?<![\d/:.第])(?<![/:第]\d)
        (?!(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.{1,2}\d+)?(?!{joint}{0,2}\d))(?!\d+\.\d+[。,]\d)
        \d+(?:{joint}{1,2}\d+)+
        # a number with a note's mark before its unit: 12[1]件
        |(?<![\d/:.第])\d+(?:\.\d+)?[\[(]\d{1,2}[\])](?={unit})
        # 12.万元: what stood behind the point is lost
        |(?<=[\u4e00-\u9fff])\d{1,3}\.(?=[百千万亿]*[元件人户个次])
        # 1.2E+05, as a spreadsheet shows what is too long for its cell
        |\d++(?:\.\d++)?[eE][-+]?\d+(?![\da-zA-Z])""",
}
#: a number with its hedges and its unit
QUANTITY = Pattern(
    "units",
    r"""(?x)
    (?:
        (?P<half>{half})
        # most are plain, and no other kind of number
        |(?!(?:\d+(?:\.\d+)?|(?!〇)[{plain}]++){ends})(?:
        # 三分之二, 三分之一到百分之五十
        (?P<parts>{han}|\d+)分之(?P<share>{han}(?:点{han})?|\d+(?:\.\d+)?)
        (?:(?:-+|~|{to})(?P<again>(?:百|(?P=parts))分之)?(?P<share2>{han}(?:点{han})?|\d+(?:\.\d+)?)
           (?!分之)(?(again)|(?=[,。;、:()”\n]|$|{behind_fraction})))?
        |(?<![/\d])(?P<over>\d{1,2})/(?P<under>\d{1,2})(?={behind_fraction}|[,。;])
        |(?P<several>[几数][十百千万亿]+)
        |(?P<joined>{joined})
        |(?P<mask>(?:{mask})(?:(?:{scale}|十)[\dx*]+(?:\.[\dx*]+)?)*)
        )|(?P<num>{number})
    )
    (?P<items>个(?=[多余几]?亿(?:元?(?:[,。;、:()多余的]|$|{sums}|{after}))))?(?P<in1>{inside})?(?P<scale>{scale})?(?P<in2>{inside})?
    # the other end of a range; with the unit twice only where it is the same: 3人至5人
    (?:(?P<twin>{unit}|成)?(?P<sep>-+|~+|{to})(?!百分之)(?P<num2>{number})(?:个(?=亿(?:[,。;、:()]|$)))?(?P<open>{inside}(?={scale}))?
       (?P<scale2>{scale})?
       (?P<in3>{inside})?(?(twin)(?=(?P=twin))))?
    (?:(?P<tenth>[成折])(?P<more>[{digits}半])?|(?P<unit>{unit}))?
    # 300人及以上, 300人(含300人)以上, 300人以上(含300人)
    (?P<post>(?P<with>\((?:不?含|包括)[^()\n]{0,8}\)|及)?(?:{after})
     |(?:{more_at_end}|{less_at_end})(?=[,。;、:()\n]|$))?(?P<tail>\(次\))?
    (?:(?<=以[上下内])\(不?含[^()\n]{0,8}\))?""",
    pieces,
)
#: every expression begins with one of these, so that the grammar is tried only there
FIRST = Pattern(
    "units",
    # not a numeral with a character of another word behind it, nor one of these with no numeral
    r"[^{others}](?<!(?!〇)[{plain}](?=(?![{goes_on}])[\u4e00-\u9fff)])|[几数](?![十百千万亿])"
    r"|[过超大](?!半)|[²³](?![²³]*\d)|(?<![{plain}])[某(]|[某(](?![{plain})]))"
    # and a letter in the place of the first digit
    r"|[OoIl](?<=[\u4e00-\u9fff、,(“:].)(?=[OoIl]*[.,]?\d)",
    pieces,
)
#: what shows that a number goes on behind its scale: 12万3, 12万■
GOES_ON = Pattern(
    "units",
    r"{foreign}|{joint}?[\dx*]|(?!两)[{plain}〇零]|[·•‧・∙⋅.点][{plain}x*?〇某]|点(?=[,。;、%]|$)|\?+[\d百千万亿]|\n[\d{plain}]|某(?=[,。;、])",
    pieces,
)
#: what belongs to a number that begins further left: 5一10, 十二3, 亿2000, 1|2, 1[2]3, 1点五
BEGUN = Pattern(
    "units",
    r"""(?x)(?:
    \d[{plain}〇零{formal}]* | [{plain}〇零{formal}]{2,}
    | (?<!{ends_in_one})(?!〇)[{plain}]点? | [壹贰叁柒捌玖佰仟]
    | \d半 | [\d{plain}][余多来] | 几 | 某 | \d{foreign}+
    # a numeral that ends a line behind one of its places
    | (?:[\d{plain}][十百千万亿]+[{plain}]?|十[{plain}]?)\n+ | (?<=[\u4e00-\u9fff])\d{1,3}\.\n+
    # an hour is no number with a point
    | (?<!{hours})(?<!\d)\d{1,2}点
    # marks that set no two numbers apart, what is left of codes, brackets with nothing in them
    | \d(?:[|!\\&@$`{}_注^=€￥¥£§]+|\++|[<>≥≤]+|[~至到]+|::|;+|、、|,\n+|。{2,})
    | \d[\[(“【〔]\d+[\])”】〕] | [{plain}]某+ | [百千万亿]令 | [(\[“"‘【《][ ]*[)\]”"’】》] | [a-zA-Z][!+] | &\#x? | \} | %>
    | (?<![\dx*?])% | [\u4e00-\u9fff]~
    )\Z""",
    pieces,
)
#: the last characters of these
TOUCHES = Pattern(
    "units",
    r"[\d{plain}〇零{formal}余多来半几某点令|!\\&@$`{}_注^=€￥¥£§+<>≥≤~至到:;、。\n\])”\"’】〕》\#x%]|{foreign}",
    pieces,
)
# what 上 stands before, where it says so many at least: 上千名, 上10亿元
_MANY = re.compile(r"[十百千万亿]|10*[百千万亿]+元")
# what stands behind words that pass a mark: 跨越130亿元, 迈上90%台阶
_GREAT = Pattern("units", r"[\d.,{plain}]{1,12}(?:[万亿]|[^,。;\d]{0,4}(?:{named.mark}))", pieces)
_HEDGE = Pattern("units", r"({before}){between}?$", pieces)
_HEDGE_BEHIND = Pattern("units", r"及?(?:{after}|{more_at_end}|{less_at_end})", pieces)
# 未超过 and 没有突破 leave open the other side
_DENIED = Pattern("units", r"{denies}\Z")
#: what a bound becomes where it is denied, or where a fall is written below 0
TURNED = {"min": "max", "max": "min"}
_FAR = 12  # characters that a hedge and what denies it take at most
_OTHER_WORD = Pattern("units", r"{ends_like_hedge}|b")


@kept
def measure_of(unit: str) -> str:
    """What a unit measures, by the registry; the part before `/` decides for 元/年.

    >>> measure_of("批次"), measure_of("元/年")
    ('batches', 'yuan')
    """
    return grammar().units.get(unit.partition("/")[0], ("", ""))[0]


@kept
def section_of(unit: str) -> str:
    """Section of `units.toml` that a unit stands in, or `''`.

    >>> section_of("元/年"), section_of("%")
    ('money', 'share')
    """
    return grammar().units.get(unit.partition("/")[0], ("", ""))[1]


@kept
def dictionary_form(unit: str) -> str:
    """The unit as the registry names it: an alias resolved, 多 and 余 inside it left out.

    >>> dictionary_form("个百分点"), dictionary_form("个多月"), dictionary_form("人(次)")
    ('百分点', '个月', '人次')
    """
    if unit[:2] in {"个多", "个余", "个半"}:
        return {"月": "个月"}.get(unit[2:], unit[2:])
    unit = grammar().aliases.get(unit, unit)
    return unit[:-3] + "次" if unit.endswith("(次)") else unit


def bound_of(text: str, m: re.Match[str], start: int | None = None) -> str:
    """The bound that the hedges in, behind or before a match of the grammar give it.

    `start` is where the number begins with its sign.

    >>> bound_of("近300人", QUANTITY.match("近300人", 1))
    'approx'
    """
    hedges = grammar().hedges
    for group in ("in1", "in2", "in3"):
        if m[group]:
            return hedges["inside"][m[group]]
    if m["unit"] and m["unit"][:2] in {"个多", "个余"}:
        return "min"
    behind = (m["post"] or "")[len(m["with"] or "") :]
    if behind == "内" and section_of(m["unit"] or "") != "duration":
        return "exact"
    if behind and not (behind in "多余" and not (m["unit"] or m["half"] or m["tenth"])):
        ends = {**dict.fromkeys(words("units", "more_at_end"), "min")}
        ends |= dict.fromkeys(words("units", "less_at_end"), "max")
        return hedges["after"].get(behind) or ends[behind]
    at = m.start() if start is None else start
    hedge = hedge_before(text, at)
    bound = hedges["before"][hedge] if hedge else "exact"
    if bound in TURNED and _DENIED.search(text, max(0, at - _FAR), text.rfind(hedge, 0, at)):
        return TURNED[bound]
    return bound


def hedge_before(text: str, at: int) -> str:
    """The hedge right before an offset; not one that belongs to another word: 签约1人, 附近3户.

    >>> hedge_before("补助近300人", 3), hedge_before("附近300人", 2)
    ('近', '')
    """
    m = _HEDGE.search(text, max(0, at - 6), at)
    if m is None or (m.start() and _OTHER_WORD.match(text, m.start() - 1)):
        return ""
    if (m[1] == "上" and not _MANY.match(text, at)) or (
        m[1] in words("units", "passing") and not _GREAT.match(text, at)
    ):
        return ""
    return m[1]


def hedged(text: str, bound: str, before: str, after: str) -> str:
    """A printed figure with the hedges that stand before and behind it, as its bound says that some do.

    >>> hedged("10亿元", "approx", "创业贷款近", "，其中"), hedged("85%", "min", "践诺率在", "以上。")
    ('近10亿元', '85%以上')
    """
    if bound in ("exact", "range"):
        return text
    behind = _HEDGE_BEHIND.match(after)
    return f"{hedge_before(before + text, len(before))}{text}{behind[0] if behind else ''}"
