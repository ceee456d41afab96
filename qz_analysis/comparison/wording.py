"""Names of columns, values, periods and notes of tables in the words of their readers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..readers.elements import Element
from ..script import chinese_marks
from ..vocabularies.labels import SECTIONS, Both, Lang, say
from ..vocabularies.patterns import Pattern
from ..vocabularies.romanised import english_place
from ..vocabularies.session import kept, load
from .caveats import is_zone, nameless, own_word
from .printed import english_figures, english_printed, english_unit

_PART = re.compile(r"(?P<year>\d{4}|[\dx]{4})(?:-(?P<part>Q[1-4]|H[12]|\d\d))?(?:-(?P<day>\d\d))?")
#: a period that is that of the report, not of the figure's own words
_OF_REPORT = {"report", "document"}
#: a year of which the last digit alone is masked
DECADE = re.compile(r"(?<!\d)(?:19|20)\dx(?!x)")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")
#: how a report calls its own place at the head of a clause
_OWN = re.compile(r"^[我本](?:[省市县区乡镇村局]|街道|社区)(?![级域场])")
#: words that say that a level was reached, behind the name of what is counted
_REACHED = re.compile(
    "由?(?:增加|增长|上升|提高|发展|扩大|下降|减少|降低)(?:了|到|至)$|由?[升降增减][至到]$|(?<=.{2})由$"
    "|(?<=.{2})达到?$"
)
#: what is left of the number of an item, and of the cell before
_ITEM = re.compile("^(?:[.．、| ]|[一二三四五六七八九]是|到目前[:：,，]|另有)+")
_BARS = re.compile(r"\s*\|\s*")
#: family, stage and measure, as `compare` names what a row is
_DOTTED = re.compile(r"(?P<family>[a-z_]+)\.(?P<stage>[a-z]*)\.(?P<measure>[a-z_]+)")
#: columns whose cells are words of a section of `labels.toml`
_SECTIONS = SECTIONS | {"group": "groups", "money": "money"}
_PERIODS = {"period", "years"}
#: two counts of which one is a part of the other
#: a mask and nothing else
_MASK = re.compile(r"[A-Za-z*×Ⅹ]+")
#: what a title on the net bears and its report does not: a site's column, a file's ending, and the
#: number of a piece in a collection
_COLUMN_MARK = re.compile("^【[^】]{1,12}】(?=.)")
_NO_TITLE = Pattern("wording", "(?:[^】]{2,8}】)?(?:{numbers}|{sites}|{feet})")
_LEVEL = re.compile("全[省市县区州乡镇村]")
_FILE_ENDS = re.compile(r"\.(?:docx?|pdf|wps|ofd|rtf|txt|s?html?)$", re.I)
_PIECE = re.compile(r"[ —-]*[（(【]?(?:篇(?P<n>[一二三四五六七八九十\d]{1,3}))[）)】]?$")
_OF = re.compile(r"(?P<above>[≥≤≈]?[\d,.]+[^\d/]*?) / (?P<below>[≥≤≈]?[\d,.]+[^\d/]*)")
#: what is left of a count, money per head, and a thing told twice, as the audit writes them
_DERIVED = {
    "left_of": re.compile(r"(?P<whole>.+) less (?P<part>.+): (?P<left>.+) left"),
    "twice_of": re.compile(r"(?P<one>.+) and (?P<other>.*\d)(?P<unit>\D*) of one thing"),
    "each_of": re.compile(r"(?P<money>.+) for (?P<heads>.+): (?P<each>.+) yuan each"),
}
#: what a change implies, and a thing told twice, in the audit's English
_IMPLIED = re.compile(
    r"(?P<now>[^;]+?) (?P<way>up|down) (?P<by>(?:by )?[^:;]+): before it (?P<before>[^;]+)"
)
#: columns whose cells are sentences of the audit and of its like
_NOTES = {"arithmetic", "note", "remark", "reason", "warnings", "may_be", "fault"}
_FREE = {"text", "subject", "printed", "sentence", "words", "title", "term", "place", "unit"}


def word(section: str, key: str, lang: str, **fillers: Any) -> str:
    """A word or sentence of `vocabularies/profile.toml`; the key itself where there is no entry.

    >>> word("headings", "index", "zh"), word("headings", "title", "en", place="甲县")
    ('各地概况', '甲县: what its reports state')
    >>> word("sources", "title", "en", title="“红色代办”调研"), word("sources", "title", "zh", title="“甲”")
    ('“‘红色代办’调研”', '《“甲”》')
    """
    entry = load("profile")[section].get(key)
    if entry is None:
        return key
    said = str(entry[lang])
    if lang == "en" and "“{" in said:
        fillers = {
            name: inner_marks(text) if isinstance(text, str) and f"“{{{name}}}”" in said else text
            for name, text in fillers.items()
        }
    return said.format(**fillers)


def inner_marks(text: str) -> str:
    """What is quoted, with single marks for the quotations in it.

    >>> inner_marks("“大走访”期间")
    '‘大走访’期间'
    """
    return text.replace("“", "‘").replace("”", "’")


def place_beside(name: str, lang: Lang, prose: bool = False) -> str:
    """A place where it is first told of: in English with its own name behind, where that says more.

    >>> place_beside("酒泉市", "en"), place_beside("酒泉市", "zh"), place_beside("我县", "en")
    ('Jiuquan City (酒泉市)', '酒泉市', 'unnamed county')
    """
    told = str(place_words(name, lang, prose))
    # 我市 tells a reader of English nothing
    known = lang == "zh" or name in told or own_word(name)
    return told if known else f"{told} ({name})"


def place_words(name: str, lang: Lang, prose: bool = False) -> str:
    """A place as readers of the language know it. One whose name is masked says so, in Chinese only
    within a sentence: lists and charts show the mask itself unless it is nothing else. One that its report calls 我县 and by no
    name is called unnamed wherever it stands.

    >>> place_words("桥西区", "en"), place_words("*县", "en"), place_words("aa", "en")
    ('Qiaoxi District', 'unnamed county (*县)', 'unnamed place (aa)')
    >>> place_words("*县", "zh"), place_words("*县", "zh", prose=True), place_words("", "zh")
    ('*县', '某县（*县）', '地点未列明')
    >>> place_words("我县", "zh"), place_words("镇", "zh", prose=True), place_words("我县", "en")
    ('未写明的县', '未写明的镇', 'unnamed county')
    >>> place_words("aa", "zh"), place_words("aa", "zh", prose=True)
    ('某地（原文以aa代替）', '某地（原文以aa代替）')
    >>> place_words("高新区", "zh", prose=True), place_words("高新区", "en", prose=True)
    ('高新区', 'High-tech Zone')
    >>> place_words("酒泉市", "en"), place_words("酒泉市", "both")
    ('Jiuquan City', 'Jiuquan City 酒泉市')
    """
    if not name:
        return str(say("words", "no_place", lang))
    if own_word(name):
        kinds = load("labels")["not_named"]
        return str(say("not_named", next(kind for kind in kinds if name.endswith(kind)), lang))
    if nameless(name) and _MASK.fullmatch(name):
        return say("unnamed", "mask", lang, name=name)
    if is_zone(name) or not nameless(name) or (lang == "zh" and not prose):
        if lang == "zh":
            return name
        told = english_place(name)
        return told if lang == "en" or told == name else Both(told, name)
    kinds = load("labels")["unnamed"]
    kind = next((key for key in kinds if key and name.endswith(key)), "")
    return say("unnamed", kind, lang, name=name)


def subject_words(subject: str, place: str) -> str:
    """What a figure is of, without the place that stands beside it: its name, or 我县 for it.

    >>> subject_words("我县服务业增加值", "甲县"), subject_words("甲县来访", "甲县"), subject_words("我县", "甲县")
    ('服务业增加值', '来访', '我县')
    >>> subject_words("全县议事代表增加到", "甲县")
    '全县议事代表'
    """
    return counted_words(_OWN.sub("", subject.removeprefix(place)) or subject)


def counted_words(words: str) -> str:
    """What is counted, without the words behind it that a level was reached.

    >>> counted_words("全县议事代表增加到"), counted_words("接通率 |"), counted_words("一是到目前:投诉")
    ('全县议事代表', '接通率', '投诉')
    """
    return _REACHED.sub("", without_bars(_ITEM.sub("", words))) or words


def without_bars(words: str) -> str:
    """Words of a row without the bars between its cells: 接通率 | 81.94% is 接通率81.94%.

    >>> without_bars("接通率 | 81.94%"), without_bars("失业人员再就业|年度目标数")
    ('接通率81.94%', '失业人员再就业年度目标数')
    """
    return _BARS.sub("", words)


def capital(text: str, lang: Lang) -> str:
    """A text as the beginning of a sentence: in English with a capital. In Chinese a Latin letter
    that comes first is a masked name (xx省), which keeps its own.

    >>> capital("unnamed county", "en"), capital("xx省xx县", "zh")
    ('Unnamed county', 'xx省xx县')
    """
    return text[:1].upper() + text[1:] if lang == "en" else text


@kept
def _names() -> list[tuple[re.Pattern[str], list[str], dict[str, Any]]]:
    """The named indicators with what names them at the end of a report's words, and what does not."""
    return [
        (re.compile(f"(?:{'|'.join(entry['words'])})$"), entry.get("without", []), entry)
        for entry in load("named").values()
        if entry.get("words")
    ]


def name_of(subject: str, lang: Lang) -> str:
    """The vocabulary's name for what a report's words end in; empty where it has none.

    >>> name_of("来访批次", "en"), name_of("越级上访", "en")
    ('Batches of visitors', '')
    """
    found = [
        (named.start(), entry)
        for pattern, without, entry in _names()
        if (named := pattern.search(subject)) and not any(map(subject.__contains__, without))
    ]
    return str(min(found, key=lambda pair: pair[0])[1][lang]) if found else ""


def cited(title: str, about: Sequence[str] | None, lang: Lang) -> str:
    """A report as a source names it: its title, of when it is, and its date as that stands in the text,
    as far as these are known; without what is `about` it the title alone.

    Args:
        title: its title.
        about: its period, its date, and as what that date stands there (`published`).
        lang: `en` or `zh`.

    >>> cited("桥西区信访情况", ("2011-Q1", ""), "zh"), cited("甲县总结", ("", ""), "zh")
    ('《桥西区信访情况》（2011年一季度）', '《甲县总结》（时段未注明）')
    >>> cited("甲县总结", ("2019", "2020-01-15", "published"), "en")
    '“甲县总结” (2019, published 15 January 2020)'
    """
    whole = word("sources", "title", lang, title=title_words(title))
    if about is None:
        return whole
    period, dated, *way = (str(one or "") for one in about)
    said = dated_words(dated, lang, *way)
    told = [when(period, lang) or ("" if said else word("sources", "undated", lang)), said]
    parts = word("sources", "comma", lang).join(filter(None, told))
    return word("sources", "cited", lang, title=whole, about=parts)


def is_date(dated: str, way: str = "") -> bool:
    """Whether what is known of when a report was made is a date that its page tells: the year of a
    title, of a file's name or of a heading is none.

    >>> is_date("2021-01-14"), is_date("2021"), is_date("2021", "published"), is_date("20xx-04-14")
    (True, False, True, True)
    """
    return bool(dated) and ("-" in dated or bool(way))


def dated_words(dated: str, lang: Lang, way: str = "") -> str:
    """The date of a report, the year of which its page may mask, as what it stands in the text; empty
    where there is none.

    >>> dated_words("2020-01-15", "zh", "published"), dated_words("20xx-04-14", "zh", "signed")
    ('2020年1月15日发布', '发文日期4月14日，年份被隐去')
    >>> dated_words("2021-11-21", "zh", "delivered"), dated_words("2022-07-11", "zh", "signed")
    ('作于2021年11月21日', '落款2022年7月11日')
    >>> dated_words("2021", "zh")
    ''
    """
    if not is_date(dated, way):
        return ""
    key = "dated_masked" if "x" in dated else f"dated_{way}" if way else "dated"
    return word("sources", key, lang, dated=when(dated, lang))


def carried_words(carrier: str, lang: Lang) -> str:
    """Which newspaper or site of samples passed a report on; empty where none did.

    >>> carried_words("某某日报", "zh"), carried_words("samples", "zh")
    ('转自某某日报', '转自范文网站（站名未见）')
    """
    known = carrier in CARRIERS
    return (
        word("sources", f"carried_{carrier}" if known else "carried", lang, it=carrier)
        if carrier
        else ""
    )


#: what stands for a carrier whose name its page does not tell
CARRIERS = ("newspaper", "samples")
#: what an official looks for in a source, in the order in which it is told
_CITED = ("period", "issuer", "date", "url")


def not_found(report: Mapping[str, Any]) -> list[str]:
    """Which of period, issuing body, date and address are not known of a report.

    >>> not_found({"title": "甲县信访情况", "period": "2011", "url": "https://a.example"})
    ['issuer', 'date']
    """
    dated, way = (str(report.get(key) or "") for key in ("dated", "dated_as"))
    known = {"date": is_date(dated, way)} | {
        key: report.get(key) for key in ("period", "issuer", "url")
    }
    return [key for key in _CITED if not known[key]]


def not_found_words(keys: Sequence[str], lang: Lang, entry: str = "lacking") -> str:
    """That some of these were not found in a text, or in all texts of a list (`all_lacking`)."""
    named = word("sources", "list", lang).join(word("sources", key, lang) for key in keys)
    return word("sources", entry, lang, named=capital(named, lang)) if keys else ""


def is_title(title: str, place: str = "") -> bool:
    """Whether the words at the head of a report are its name: no number of a collection, no site, no foot of a
    page, and no more than its place.

    Args:
        title: the words.
        place: the place of the report.

    >>> is_title("甲县2021年信访工作总结", "甲县"), is_title("其一"), is_title("新浪江苏"), is_title("甲县", "甲县")
    (True, False, False, False)
    """
    told = _COLUMN_MARK.sub("", title.strip())
    whole = _LEVEL.fullmatch(told) or (len(told) > 1 and place.startswith(told))
    return bool(told) and not whole and _NO_TITLE.fullmatch(told) is None


def title_words(title: str) -> str:
    """A title as an official cites it: without the mark of a column and the ending of a file, with the
    marks of Chinese print; a piece of a collection says which.

    >>> title_words("【群众工作】做好群众工作:实践与思考"), title_words("服务群众调研报告篇二")
    ('做好群众工作：实践与思考', '服务群众调研报告（第二篇）')
    >>> title_words("2022群众工作调研报告.doc"), title_words("- 店集镇:培养干部,做好工作")
    ('2022群众工作调研报告', '店集镇：培养干部，做好工作')
    """
    told = _FILE_ENDS.sub("", _COLUMN_MARK.sub("", title.strip(" -—_|·\u3000"))).strip()
    told = _PIECE.sub(lambda m: f"（第{m['n']}篇）", told)
    return chinese_marks(told) or title


def source_words(report: Mapping[str, Any], lang: Lang, said: Sequence[str] = ()) -> str:
    """All that is known of where figures come from, as an official cites it: whose report, its title,
    of when it is, when it was published and where; what was not found is named too.

    Args:
        report: a row of the reports table.
        lang: `en` or `zh`.
        said: what was said already not to be found, in words of `not_found`.

    >>> source_words({"title": "甲县信访情况", "place": "甲县", "period": "2011"}, "zh")
    '甲县：《甲县信访情况》。所述时段：2011年。发文单位、发文日期、网址：文中未见。'
    """
    about = ("place", "dated", "dated_as", "url", "carrier")
    place, dated, way, url, carrier = (str(report.get(key) or "") for key in about)
    title = word(
        "sources",
        "title",
        lang,
        title=title_words(str(report.get("title") or report.get("doc") or "")),
    )
    whose = place_words(place, lang) if place else ""
    told = [word("sources", "whose" if whose else "nobody", lang, whose=whose, title=title)]
    facts = {"issuer": str(report.get("issuer") or ""), "period": str(report.get("period") or "")}
    facts["date_is_" + way if way else "date"] = dated if is_date(dated, way) else ""
    told += [
        word("sources", key if "_is" in key else f"{key}_is", lang, it=when(it, lang))
        for key, it in facts.items()
        if it
    ]
    told += [
        word("sources", "carrier_is", lang, it=capital(carried_words(carrier, lang), lang))
    ] * bool(carrier)
    told.append(not_found_words([key for key in not_found(report) if key not in said], lang))
    # no full stop touches an address, which comes last
    told.append(word("sources", "url_is", lang, it=url) if url else "")
    return (" " if lang == "en" else "").join(filter(None, told))


def element_words(element: Element, lang: Lang) -> str:
    """A paragraph, note or cell of a Word file in words; of a web page, whose paths no person
    reads, nothing.

    >>> element_words(Element("cell", 2, 3, 4), "en"), element_words(Element("paragraph", 9), "zh")
    ('table 2, row 3, column 4', '第9段')
    """
    if element.path:
        return ""
    return say(
        "spots", element.kind, lang, n=element.number, row=element.row, column=element.column
    )


def known_until(row: Mapping[str, Any], dated: str) -> str:
    """The period of a figure as exactly as it is known: one that has the year of its report alone, and
    whose report was dated before that year was over, tells of no more than the months up to then. What
    is planned is of the whole year.

    >>> row = {"period": "2011", "period_from": "report", "modality": "actual"}
    >>> known_until(row, "2011-04-25"), known_until(row | {"period_from": "words"}, "2011-04-25")
    ('..2011-04', '2011')
    >>> known_until(row, "2012-01-10"), known_until(row | {"modality": "planned"}, "2011-04-25")
    ('2011', '2011')
    """
    period = str(row["period"])
    own = str(row.get("period_from") or "") in _OF_REPORT and row.get("modality") != "planned"
    early = _MONTH.match(dated)
    if own and early and early["year"] == period and early["month"] != "12":
        return f"..{early[0]}"
    return period


def when(period: str, lang: Lang) -> str:
    """A period as people write it; empty where the text gives none, as printed where it is unlike
    any.

    >>> when("2011-Q1", "zh"), when("2000-01..2000-11", "zh"), when("20xx", "zh")
    ('2011年一季度', '2000年1—11月', '年份被隐去')
    >>> when("2014+", "en"), when("20xx..20xx", "en"), when("2010..2012", "en")
    ('since 2014', 'year masked', '2010–2012')
    >>> when("..2011-04", "zh"), when("..2011-04", "en")
    ('截至2011年4月', 'by April 2011')
    >>> when("201x-Q1", "zh"), when("201x", "en")
    ('201*年一季度，末位被隐去', 'a year in the 2010s')
    """
    if decade := DECADE.search(period):
        # the year as the page prints it, and behind all of it what is masked
        told = when(DECADE.sub("1000", period), lang)
        if lang == "en":
            year = word("periods", "year_of_decade", lang, decade=f"{decade[0][:3]}0")
            return re.sub("(?<!since)(?<!by) 1000", f" of {year}", told).replace("1000", year)
        told = told.replace("1000", f"{decade[0][:3]}*")
        return word("periods", "decade", lang, when=told)
    if period.startswith(".."):
        return word("periods", "until", lang, when=when(period.removeprefix(".."), lang))
    since, ends = period.endswith("+"), period.removesuffix("+").split("..")
    found = [_PART.fullmatch(end) for end in ends]
    if not period or any(one is None for one in found) or len(found) > 2:
        return period
    parts = [one.groupdict() for one in found if one]
    first, last = parts[0], parts[-1]
    # two masked years are no span that anybody could read
    if len(parts) == 1 or first == last:
        told = _moment(first, lang)
    elif first["year"] == last["year"] and first["part"] and last["part"]:
        told = _within(first, last, lang)
    else:
        told = word(
            "periods", "span", lang, first=_moment(first, lang, True), last=_moment(last, lang)
        )
    if since and told == word("periods", "masked", lang):
        return word("periods", "since_masked", lang)
    return word("periods", "since", lang, when=told) if since else told


def _moment(one: Mapping[str, Any], lang: Lang, opens: bool = False) -> str:
    """A year, or a part of one; the first end of a span of years lacks 年."""
    year, part = one["year"], one["part"]
    masked = "x" in year
    if not part:
        if masked:
            return word("periods", "masked", lang)
        return year if opens else word("periods", "year", lang, year=year)
    inner = _inner(part, lang)
    if one["day"]:
        inner = word("periods", "day", lang, month=inner, day=int(one["day"]))
    key = "masked_part" if masked else "half" if part[0] == "H" else "part"
    return word("periods", key, lang, year=year, part=inner)


def _inner(part: str, lang: Lang) -> str:
    """A month, a quarter or a half."""
    return word("periods", part if part[0] in "QH" else f"M{part}", lang)


def _within(first: Mapping[str, Any], last: Mapping[str, Any], lang: Lang) -> str:
    """Months or quarters of one year."""
    one, other = (_inner(end["part"], lang) for end in (first, last))
    if lang == "zh" and first["part"].isdigit():
        one = one.removesuffix("月")
    key = "masked_part" if "x" in first["year"] else "part"
    between = word("periods", "span", lang, first=one, last=other)
    return word("periods", key, lang, year=first["year"], part=between)


def column(name: str, lang: Lang) -> str:
    """The name of a column as a head says it; one that no vocabulary knows stays as it is.

    >>> column("not_with", "en"), column("petition.received.batches", "zh"), column("a b", "zh")
    ('not to be set against', '信访受理：批次', 'a b')
    """
    if name in load("profile")["columns"]:
        return word("columns", name, lang)
    if name in load("labels")["groups"]:
        return str(say("groups", name, lang))
    return indicator(name, lang)


def indicator(name: str, lang: Lang) -> str:
    """The name of an indicator of any kind in words.

    >>> indicator("gdp", "en"), indicator("visits", "zh"), indicator("funds..yuan", "en")
    ('Gross domestic product', '群众来访', 'funds: yuan')
    """
    entry = load("named").get(name) or load("indicators").get(name)
    if entry:
        return str(entry[lang])
    found = _DOTTED.fullmatch(name)
    if not found:
        return name
    rates = load("labels")["rate_names"]
    if found["measure"] == "rate" and found["stage"] == "resolved" and found["family"] in rates:
        told = str(say("rate_names", found["family"], lang))
        return (
            told
            if lang == "zh"
            else f"{told}{word('story', 'colon', lang)}{say('measures', 'rate', lang)}"
        )
    about = [str(say("families", found["family"], lang))]
    about += [str(say("stages", found["stage"], lang))] if found["stage"] else []
    # English tells the words of a heading apart, Chinese joins them
    whole = {"en": " ", "zh": ""}[lang].join(about)
    if lang == "zh" and found["measure"] == "rate":
        # 满意度 is a rate by itself
        return whole + word("story", "rate", lang) * bool(found["stage"])
    measure = str(say("measures", found["measure"], lang))
    return f"{whole}{word('story', 'colon', lang)}{measure}"


def value(name: str, text: str, lang: Lang) -> str:
    """A cell of a column in words: an enumerated value, a period, a note; others as they are.

    >>> value("verdict", "ok", "zh"), value("period", "20xx-Q1", "zh"), value("text", "ok", "zh")
    ('相符', '一季度，年份被隐去', 'ok')
    >>> value("place", "桥西区", "en"), value("place", "桥西区", "zh")
    ('Qiaoxi District', '桥西区')
    >>> value("printed", "36宗 / 43宗", "zh"), value("printed", "243名 / 15个", "zh"), value("status", "ok", "zh")
    ('36宗/43宗', '243名；15个', '可读')
    >>> value("modality", "planned", "zh"), value("standing", "planned", "zh")
    ('目标', '要求、打算或尚缺')
    >>> value("per", "人;年", "zh"), value("per", "人;年", "en"), value("money", "grant", "zh")
    ('每人每年', 'per person per year', '拨付与投入')
    >>> value("audit", "blind", "zh"), value("strength", "blind", "zh")
    ('无从判别', '无')
    """
    if name in _PERIODS:
        return word("story", "comma", lang).join(when(part, lang) for part in text.split(";"))
    if name == "unit" and lang == "en":
        return english_unit(text) or text
    if name in ("counts", "printed"):
        text = _two_counts(name, text, lang)
        return english_printed(text) if lang == "en" and name == "printed" else text
    if name in ("reason", "verdict") and text in load("labels")["panel_reason"]:
        return str(say("panel_reason", text, lang))
    if name == "place":
        return str(place_words(text, lang)) if text else text
    if (
        name in ("audit", "verdict") and text == "blind"
    ):  # a check of no strength is another column's
        return word("values", "blind_ok", lang)
    if name == "modality" and text == "planned":  # of mechanisms the word says more
        return word("values", "target", lang)
    if name == "status" and text == "ok":  # nothing was checked
        return word("values", "readable", lang)
    if name == "programme":
        known = [one for some in load("programmes").values() for one in some.values()]
        return next((str(one[lang]) for one in known if text == one["en"]), text)
    if name == "may_be":
        return word("story", "semicolon", lang).join(
            str(say("ledger", part, lang)) for part in text.split("; ")
        )
    if name == "places":
        return word("story", "comma", lang).join(
            str(place_words(one, lang)) for one in text.split(";")
        )
    if name == "per":
        units = (word("per", one, lang) for one in text.split(";") if one)
        return {"en": " ", "zh": ""}[lang].join(
            word("per", "each", lang, what=one) for one in units
        )
    if name in _SECTIONS:
        return str(say(_SECTIONS[name], text, lang))
    if name in ("indicator", "title"):
        return indicator(text, lang)
    if name in ("caveats", "caveat"):
        caveats = [load("caveats").get(part) for part in text.split("; ")]
        return word("story", "semicolon", lang).join(
            str(entry[lang]) if entry else part
            for entry, part in zip(caveats, text.split("; "), strict=True)
        )
    if name in _NOTES:
        return note(text, lang)
    return text if name in _FREE else word("values", text, lang)


def _two_counts(name: str, text: str, lang: Lang) -> str:
    """Two counts of a cell as a part of a whole where they may be that; any other cell as it is."""
    of = _OF.fullmatch(text)
    if not of:
        return text
    # of 389 people in 193 batches, or 243 members in 15 towns, neither is a part of the other
    alike = re.sub(r"[\d,.]", "", of["above"]) == re.sub(r"[\d,.]", "", of["below"])
    if alike and _number(of["above"]) <= _number(of["below"]):
        return word("sentences", "of", lang, **of.groupdict())
    both = (of["above"], of["below"]) if name == "printed" else ()
    return word("story", "semicolon", lang).join(both)


def _number(text: str) -> float:
    """The number that a count begins with."""
    return float(re.sub(r"[^\d.]", "", text))


def note(text: str, lang: Lang) -> str:
    """Arithmetic, a remark or a reason of the audit in a language.

    >>> note("36/43 = 83.72%, printed 83.7%", "zh"), note("no base is stated", "zh")
    ('36/43 = 83.72%，原文83.7%', '未找到所比的基数')
    >>> note("43宗 less 办结36宗: 7 left", "zh"), note("156万元 for 130名: 12000 yuan each", "zh")
    ('43宗减去办结36宗，余7', '156万元用于130名，平均12000元')
    """
    if lang == "en":
        return _in_prose(english_figures(text))
    for key, pattern in _DERIVED.items():
        if of := pattern.fullmatch(text):
            return word("sentences", key, lang, **of.groupdict())
    reasons, pieces = load("profile")["reasons"], load("profile")["arithmetic"].values()
    told = []
    for part in text.split("; "):
        said = str(reasons[part][lang]) if part in reasons else part
        for piece in pieces:
            said = said.replace(piece["en"], piece[lang])
        # 5.9 % … +6.3 %: two ends of what the digits leave
        told.append(said.replace(" … ", word("arithmetic", "range_to", lang)).replace(" %", "%"))
    return word("story", "semicolon", lang).join(told)


def _in_prose(text: str) -> str:
    """The audit's arithmetic in sentences that an English reader need not take apart."""
    if of := _DERIVED["twice_of"].fullmatch(text):
        return word("sentences", "twice_of", "en", **of.groupdict())

    def implies(found: re.Match[str]) -> str:
        said = found.groupdict() | {"before": found["before"].replace(" to ", "–")}
        return word("sentences", "before_of", "en", **said)

    return _IMPLIED.sub(implies, text)
