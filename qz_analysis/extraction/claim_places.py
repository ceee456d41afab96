"""Whose figure a figure is: the place that the words before it give it, never guessed.

The words round a figure come in, with the place of its report and of the headings above; the place
that they speak of goes out.
"""

import re

from ..model import Report
from ..vocabularies import divisions as lists
from ..vocabularies.patterns import Pattern, words
from .headed_places import subject_of
from .names import LEVELS, NEVER, RANKS, SELF, beginning, is_homonym, level_of, possible
from .place_codes import listed_names

# 民营区自筹资金3000万元: a zone with a body of its own, which no list of divisions holds
_ZONE = Pattern(
    "places",
    r"[\s“:：,]*(?:{reports.leads}|(?:19|20)\d\d年|目前|今年|去年|全年|[前上下]半年|前?[一二三四]个?季度|,)*(?P<name>{zones})(?!{no_subject}|{no_zone})",
)
_WIDER = Pattern(
    "places",
    r"""(?x)(?<![于过比占居列达出较与对为向入])
    (?P<word>{wider}|全[县区])(?:的)?(?P<mean>{averages})?(?:{equals})?$""",
)
_WIDER_FIRST = Pattern(
    "places",
    r"^(?:而|同期)?(?P<word>{wider}|全[县区])[^,。]*{averages}[^,。\d于比高低]{0,8}?{equals}?$",
)
_WIDER_BASE = Pattern("places", r"[于过](?P<word>{wider}|全[县区])$")
# 高于全国的91.99%、全省的96.88%; 而全州的破案率为41.4%
_WIDER_OWNS = Pattern("places", r"(?:[于比较]|^[、和及与])(?P<word>{wider}|全[县区])的$")
_WIDER_SET_APART = Pattern("places", r"^,?而(?P<word>{wider})的[^,。;]{1,12}$")
_MEAN_BEHIND = Pattern("places", "的?{averages}")
# 高于全县平均的9.5%, 在全县15个乡镇中
_WIDER_MEAN = Pattern("places", r"(?<=[于过])(?P<word>{wider}|全[县区])(?:的)?{averages}的$")
_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}?中")
# 全县推广以后,15个乡镇: what a town tells of its county
_WIDER_SUBJECT = Pattern("places", r"^(?P<word>全[县区市])(?!{no_wider_subject})")
_BELONGS = re.compile(
    r"(?<![隶所直附下亲家])属于?(?:(?P<own>[我本][省市县区旗镇乡街村])|(?P<place>[\u4e00-\u9fffx*]{1,8}?[省市县区旗镇乡村]))"
    r"的?[\u4e00-\u9fff]{0,8}(?:\d|$)"
)
# what stands before 全市 where that is only what something is a share or a place of
_SHARED = set("占居列")
_OWN_WORDS = Pattern("places", r"{own_words}")
# 全市受理5000件, 全省办结率95%, 全市信访总量同比下降3%: what a wider place does or has
_WIDER_TELLS = Pattern(
    "places",
    r"""(?x)^(?:{reports.leads}|而|同期|目前|今年以来|今年|去年|全年|(?:19|20)\d\d年)*
    (?P<word>{wider}|{wider_also})(?!{honours}|{no_wider_subject})
    (?:的)?(?:{wider_deeds}|$|[^,。;:\d]{0,14}?{wider_measures}(?:[^,。;:\d]{0,8}(?:{context.rise}|{context.fall}|{context.up}|{context.down}))?(?:{equals})?了?$
    |[^,。;:\d]{1,14}(?:{context.rise}|{context.fall}|{context.up}|{context.down})了?$)""",
)
# 全市:受理5000件, as tables are said, too
_WIDER_HEADS = Pattern(
    "places",
    r"(?:^|[,;])(?:[^,;:\d]|\d{4}年){0,8}?(?P<word>{wider}|{wider_also}|全[县区])(?::|{seen},)[^:;]*$",
)
_WIDE = Pattern("places", "{wider}|{wider_also}")
_HELD_AGAINST = Pattern("places", "^,?{held_against}")
# 以城关镇为例
_EXAMPLE = re.compile(r"(?:^|[,:])[\u4e00-\u9fff]{0,3}?以(?P<name>[\u4e00-\u9fff]{2,8})为例")
# 诸暨市的做法,该市每年: a place that was named before
_MASKED = re.compile(r"(?<![x*])[x*]{1,6}[省市县区旗镇乡](?!长)")
_THAT = re.compile(r"该(?P<level>[省市县区旗镇乡])")
# one of a list, right before its figure: 其中:甲镇5批8人次、乙村3件; 甲局(9件办结8件); | 甲镇 | 12 |
_ITEM = Pattern(
    "places",
    r"""(?x)(?:^|[、,;:(|])[ ]*(?:{item_leads}[:,]?)?[ ]*
    (?P<name>[\u4e00-\u9fff]{2,6}?(?P<level>街道|社区|[市县区旗镇乡村])|(?P<office>[\u4e00-\u9fff]{2,8}?{item_offices}))
    (?P<mark>[ ]*\||\(|:|(?=\d)|$)""",
)
_ITEM_ENDS = re.compile(r"[、,;:。)]")
_OF = re.compile(r"^(?:而|比|较|与|同|低于|高于|其中)?(?P<name>[\u4e00-\u9fff]{2,5})的$")
TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?P<level>街道|社区|[镇乡村])(?=\d|[\u4e00-\u9fff]|$)")


def place_of_claim(
    report: Report,
    clause: str,
    sentence: str,
    lead: str,
    tail: str,
    named: tuple[str, str] | None,
    headed: tuple[str, str] | None = None,
    said: str = "",
    above: str = "",
) -> tuple[str, str, str]:
    """Place and level that the words before a figure give it, and how they are known.

    Args:
        report: the report of the figure.
        clause: the words of the clause before the figure.
        sentence: the words of the sentence before it.
        lead: the words since the figure before.
        tail: the words behind it.
        named: the place that clause or sentence names at its very start, if no list need hold it.
        headed: the place that the headings above it name.
        said: the place of the figure before it in the sentence.
        above: the words before the sentence.

    >>> county = Report(0, 99, "", "唐县", "county", "130627")
    >>> place_of_claim(county, "全市平均", "办结率95%,全市平均", "全市平均", "", None)
    ('全市', 'city', 'words')
    >>> place_of_claim(county, "高于全市平均", "高于全市平均", "高于全市平均", "", None)
    ('唐县', 'county', 'report')
    >>> place_of_claim(county, "全市受理", "全市受理", "全市受理", "", None)
    ('全市', 'city', 'words')
    """
    # 上级转来属甲镇的信访件: whose the things are that are counted
    belongs = _BELONGS.search(sentence) if "属" in sentence else None
    if belongs and (
        belongs["place"] == report.place or (belongs["own"] and _is_own(report, belongs["own"][-1]))
    ):
        return report.place, report.level, "words"
    if ("全" in lead or "我国" in lead) and (wide := _wider(report, clause, lead, tail)):
        return wide
    for spoken in SELF.finditer(clause):
        # 占全市18.58%: a share of ours may be another's
        if (
            _is_own(report, spoken[1])
            and clause[spoken.start() - 1 : spoken.start()] not in _SHARED
        ):
            return report.place, report.level, "words"
    if (m := _WIDER_TELLS.match(clause)) and (wide := _is_wide(report, m["word"])):
        return wide
    # 新坝镇水利站、环太集团等28家单位: as many as are listed belong to none of them alone
    several = lead.endswith("等") and "、" in lead
    named = None if several else named
    # 全市:生产总值466亿元,巴州区生产总值112亿元: what a clause begins with before its sentence's head
    if not several and (opens := _opens(report, clause)):
        return opens
    if (":" in sentence or "看" in sentence) and (m := _WIDER_HEADS.search(sentence)):
        if wide := _is_wide(report, m["word"]):
            return wide
        if _is_own(report, m["word"][-1]):
            return report.place, report.level, "words"
    if sentence.startswith("全") and (wide := _wider_subject(report, sentence)):
        return wide
    if "该" in clause and (that := _that(report, clause, above + sentence)):
        return that
    if clause.endswith("的") and (other := _compared(clause)):
        return other
    if not several and len(clause) < len(sentence) and (opens := _opens(report, sentence)):
        return opens
    # xx县 is short for xx省xx县
    if named is not None and not report.place.endswith(named[0]):
        return (*named, "words")
    example = _EXAMPLE.search(sentence) if "为例" in sentence else None
    if example and (found := _lower(report, example["name"])):
        return (*found, "words")
    if said and _WIDE.fullmatch(said) and not _HELD_AGAINST.match(lead):
        own = any(_is_own(report, m[1]) for m in SELF.finditer(sentence))
        if not own and (wide := _is_wide(report, said)):
            return wide
    if headed is not None:
        return (*headed, "section")
    known = "document" if report.place_from == "document" else "report"
    return report.place, report.level, known if report.place else ""


def _opens(report: Report, words: str) -> tuple[str, str, str] | None:
    """The listed place or the zone that a clause or a sentence begins with as its subject."""
    if subject := subject_of(words):
        own = subject[0] == report.place
        return (report.place, report.level, "words") if own else (*subject, "words")
    # a province has many zones
    zone = _ZONE.match(words) if "区" in words and report.level != "province" else None
    if zone and not report.place.endswith(zone["name"]):
        return zone["name"], _below(report), "words"
    return None


def item_place(report: Report, clause: str, unit: str) -> tuple[str, str] | None:
    """Place and level of the item of a list that a figure belongs to, if it lies below the report's.

    Args:
        report: the report of the figure.
        clause: the words of the clause before the figure.
        unit: the unit of the figure; 甲镇3个 may count towns.

    >>> county = Report(0, 99, "", "唐县", "county", "130627")
    >>> item_place(county, "其中:城关镇", "件"), item_place(county, "其中:城关镇5批", "人次")
    (('城关镇', 'town'), ('城关镇', 'town'))
    """
    found = None
    for m in _ITEM.finditer(clause):
        # 甲村、乙村53户 is of both
        before = re.split(r"[、,;:|]", clause[: m.start()])[-1]
        found = m if m[0][0] != "、" or re.search(r"[\d)%]", before) else None
    if found is None:
        return None
    # 其中重点镇3个; a listed name is none of those that are counted
    if unit in words("places", "counts_places") and not lists.divisions(found["name"]):
        return None
    name, rest = found["name"], clause[found.end() :]
    if _ITEM_ENDS.search(rest) or NEVER.search(name):
        return None
    if found["office"]:
        # of a row the office that heads it, not the one that answers for its task
        heads = not re.search(r"[\u4e00-\u9fff]", clause[: found.start()])
        rated = found["mark"] == "(" or (unit in {"%", "分"} and (heads or "|" not in clause))
        return (name, "bureau") if rated and report.level not in {"bureau", "village"} else None
    level = LEVELS[found["level"]]
    if lists.divisions(name):
        level = level_of(name)
    elif level in {"city", "county"}:
        return None
    lower = report.level in {"", "bureau"} or RANKS.index(level) > RANKS.index(report.level)
    return (name, level) if lower and possible(name) and name != report.place else None


def _is_own(report: Report, spoken: str) -> bool:
    """Whether 全市, 我县 mean the report's own place."""
    if report.place.endswith(spoken) or LEVELS.get(spoken) == report.level:
        return True
    # a county whose masked name does not tell its kind may be a city that ranks as one
    if spoken == "市" and report.level == "county" and report.place[-1:] not in set("县区旗"):
        return bool(report.place)
    return spoken == "区" and report.place.endswith("自治区")


def _below(report: Report) -> str:
    """The level that a zone has: a town's below a county, else a county's."""
    return "town" if report.level in {"county", "town", "village"} else "county"


def _wider(report: Report, clause: str, lead: str, tail: str) -> tuple[str, str, str] | None:
    """A province, a city or the country whose figure it is: 全市平均97.2%, not 高于全市平均."""
    owns = _WIDER_OWNS.search(lead) or _WIDER_SET_APART.search(lead)
    direct = None if owns else _WIDER.search(lead)
    m = owns or direct or _WIDER_FIRST.search(clause) or _WIDER_MEAN.search(lead)
    if m is None and _MEAN_BEHIND.match(tail):  # 低于全国33.9起的平均水平
        m = _WIDER_BASE.search(lead)
    if m is None:
        return None
    if (
        direct and not direct["mean"] and not (tail.endswith("中") or _AMONG.match(tail))
    ):  # 在全省32个区县中
        return None
    return _is_wide(report, m["word"])


def _is_wide(report: Report, word: str) -> tuple[str, str, str] | None:
    """What 全市 or 全国 means, where that is wider than the report's own place."""
    if _is_own(report, word[-1]):
        return None
    level = "" if word in {"全国", "我国", "全球"} else LEVELS.get(word[-1], "city")
    own = report.level
    if own == "bureau" and lists.divisions(report.place):  # 唐县信访局
        own = level_of(report.place)
    if not own or own == "bureau" or (level and RANKS.index(level) >= RANKS.index(own)):
        return None
    return word, level, "words"


def _lower(report: Report, name: str) -> tuple[str, str] | None:
    """A place that words name, if it is known or a town or village below the report's own."""
    if (found := beginning(name)) and found.start == len(name):
        return (name, found.level) if found.name == name else None
    m = TOWN.fullmatch(name)
    if m is None or NEVER.search(name) or not possible(name):
        return None
    lower = report.level in {"", "bureau"} or RANKS.index(LEVELS[m["level"]]) > RANKS.index(
        report.level
    )
    return (name, LEVELS[m["level"]]) if lower and name != report.place else None


def _that(report: Report, clause: str, before: str) -> tuple[str, str, str] | None:
    """The listed place that 该市 means: the last one of its level that was named, unless it is ours."""
    for m in _THAT.finditer(clause):
        names = [name for name, _ in listed_names(before) if name.endswith(m["level"])]
        if names and names[-1] != report.place:
            return names[-1], level_of(names[-1]), "words"
        masked = [n[0] for n in _MASKED.finditer(before) if n[0].endswith(m["level"])]
        if masked and not report.place.endswith(m["level"]):
            return masked[-1], LEVELS[m["level"]], "words"
    return None


def _wider_subject(report: Report, sentence: str) -> tuple[str, str, str] | None:
    """The county or city that a sentence of a town or village begins with, and tells of."""
    m = _WIDER_SUBJECT.match(sentence)
    if m is None or report.level not in {"town", "village"} or _OWN_WORDS.search(sentence):
        return None
    return m["word"], LEVELS[m["word"][-1]], "words"


def _compared(clause: str) -> tuple[str, str, str] | None:
    """A division that directly owns the figure, by its short name too: 诸暨的99.3%."""
    m = _OF.match(clause)
    if m is None:
        return None
    if is_homonym(m["name"]):
        return None
    for ending in ("", "市", "县", "区", "省"):
        if lists.divisions(m["name"] + ending):
            return m["name"], level_of(m["name"] + ending), "words"
    return None
