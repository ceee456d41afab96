"""A single figure of a report, by the row of its claim: what it is, what its report calls it, and how it is
printed. Figures in sentences are written `[83.7%][doc: 748]`, of which `links` makes links.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..charts.written import written
from ..comparison.indicators import Row, as_hedged
from ..comparison.printed import english_printed
from ..comparison.scope import WHOSE
from ..comparison.wholes import is_part
from ..comparison.wording import word
from ..extraction.corrections import cell
from ..vocabularies.labels import SIGNS
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load

#: document, report and start of a claim
Key = tuple[str, int, int]
#: statuses of claims whose figure cannot be used
LOST = ("redacted", "spoilt")
#: families of mass work, whose changes are told before those of anything else; economy comes last
MASS_WORK = frozenset({"petition", "mediation", "matters", "satisfaction", "crime"})
#: all petitions, of which letters and visits are kinds
TOTALS = ("petition_total", "petition_received")
#: what cases are counted in
CASES = frozenset({"件", "起", "宗", "件次", "件/次"})
#: words that join a rate to its figure (践诺率在85%以上)
JOINS = "在达为是至"
#: what stands before the words for a thing and names all of it
SCOPE = re.compile("^(?:全[省市县区乡镇村])?(?:共计?|累计)?")
CLAUSE = re.compile("[,，。；;]")
HAN = re.compile(r"[\u4e00-\u9fff]")
#: how many characters the own name of a rate has at most
_LONG = 24
#: words of a figure that tell its bound
_BOUND = re.compile("[多余近约超逾几来上下内不足≥≤<>]")
_ALL = 100
_INTEREST = re.compile("股息|利[率息]|年息|分红|贴息")
#: what leads from what was to what is
_FROM_TO = Pattern("story", "^(?:{ways}|{moves})(?:至|到|为)")


def key_of(row: Row) -> Key:
    """Document, report and start of a claim."""
    return row["doc"], row["report"], row["start"]


def same_sentence(one: Row, other: Row) -> bool:
    """Whether two figures stand in one sentence."""
    return sentence_of(one) == sentence_of(other)


def sentence_of(row: Row) -> Key:
    """Document, report and number of the sentence of a figure."""
    return row["doc"], row["report"], row["sentence"]


def said(row: Row) -> tuple[Any, ...]:
    """What a figure says: one said twice is one."""
    return row["value"], row["unit"], row["bound"]


def unit_of(row: Row) -> str:
    """The unit of a figure; of 3347万 for welfare nobody says that it is money, but its name does."""
    return str(row["unit"]) or "元"


def usable(row: Row) -> bool:
    """Whether a claim has a value and no damage is suspected."""
    return row["status"] not in LOST and row["value"] == row["value"]


def first_usable(rows: Sequence[Row]) -> Row:
    """The first figure that can be used, else the first."""
    return next(filter(usable, rows), rows[0])


def is_actual(row: Row) -> bool:
    """Whether a claim tells what is, not an earlier time or a part of a whole."""
    earlier = row["role"] in {"share", "base"} or is_from(row)
    return not earlier and row["modality"] in {"actual", ""}


def is_from(row: Row) -> bool:
    """Whether a figure is what a later one of its clause rose or fell from: 由9件减至8件.

    >>> is_from({"before": "立案由", "after": "减至"}), is_from({"before": "减至", "after": "，"})
    (True, False)
    """
    return str(row["before"]).endswith("由") and bool(_FROM_TO.match(str(row["after"])))


def is_rate(row: Row) -> bool:
    """Whether a claim is a result in % of which one may ask for counts: no interest, no dividend."""
    share = row["kind"] == "rate" and row["unit"] == "%" and is_actual(row) and usable(row)
    return bool(share) and not _INTEREST.search(str(row["before"])[-8:] + str(row["after"])[:6])


def is_full(row: Row) -> bool:
    """Whether a rate is of all, which tells nothing where no one says of how many."""
    return is_rate(row) and row["value"] == _ALL


def is_total(row: Row) -> bool:
    """Whether a figure is of all petitions of its place, no kind and no part of them."""
    return row["indicator"] in TOTALS and not is_part(row) and not row.get(WHOSE)


def wordless(row: Row) -> bool:
    """Whether nothing says what a figure is: a cell of a table that its page tore apart.

    >>> wordless({"subject": "", "before": "", "after": " |"})
    True
    """
    words = f"{row['subject']}{row['before']}{row['after']}"
    return not HAN.search(words) and not re.search("[A-Za-z]", words)


def year_of(period: str) -> float:
    """The last year that a period touches; what has none may be of the latest.

    >>> year_of("2016..2020"), year_of("2021-H1"), year_of("")
    (2020, 2021, inf)
    """
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", period)
    return int(years[-1]) if years else math.inf


def level_of(indicator: str) -> str:
    """The indicator that a change is of; any other is its own.

    >>> level_of("gdp_growth"), level_of("visit_persons")
    ('gdp', 'visit_persons')
    """
    entry = load("named").get(indicator, {})
    change = entry.get("kinds") == ["change"]
    return str(entry.get("of", indicator)) if change else indicator


# ---- names


def last_name(row: Row) -> str:
    """The last words that a report has for a figure: 按时结案率 and 结案率 are two."""
    return re.split("[,，、；;|]", str(row["subject"]))[-1]


def bare_name(row: Row) -> str:
    """The same without the words for all of a place."""
    return SCOPE.sub("", last_name(row))


def own_rate(row: Row, label: str) -> str:
    """The report's own name of a rate or of a sum per head, where it is another than its indicator's (好评率
    for 满意率); empty where it is not.

    >>> row = {"kind": "rate", "unit": "%", "subject": "全县好评率"}
    >>> own_rate(row, "满意率"), own_rate(row | {"subject": "群众满意率"}, "满意率")
    ('好评率', '')
    """
    last = SCOPE.sub("", last_name(row).strip(" |").rstrip(JOINS))
    short = 2 < len(last) <= _LONG and "、" not in last
    rate = row["kind"] == "rate" and last.endswith(("率", "度")) and last[-2:] != label[-2:]
    each = row["kind"] == "money" and "人均" in last and last.endswith("收入")
    other = last not in label and label not in last and re.fullmatch("[一-龥]+", last)
    return last if short and other and (rate or each) else ""


def within(name: str, lang: str) -> str:
    """A name as it stands within a sentence: in English small, but for abbreviations.

    >>> within("Batches of visitors", "en"), within("GDP", "en")
    ('batches of visitors', 'GDP')
    """
    return name[:1].lower() + name[1:] if lang == "en" and name[1:2].islower() else name


def noun(key: str, n: int, lang: str) -> str:
    """How many of something, in the singular where English wants it.

    >>> noun("reports", 1, "en"), noun("figures", 2019, "en")
    ('1 report', '2,019 figures')
    """
    form = "one" if lang == "en" and n == 1 else lang
    return str(load("profile")["nouns"][key][form]).format(n=f"{n:,}")


# ---- print


def as_printed(row: Row, lang: str = "en") -> str:
    """A figure as printed, with a mark when a reviewer corrected it; its bound in a sign, in Chinese
    in the report's own words, or in the package's.

    Where the number itself is corrected, what holds follows it.

    >>> row = {"text": "98%", "value": 98.0, "bound": "min", "corrected": ""}
    >>> as_printed(row, "en"), as_printed(row, "zh")
    ('≥98%', '98%以上')
    """
    if not row["corrected"]:
        # 98%以上: the bound stands behind the unit and is no part of the printed figure
        told = _BOUND.search(row["text"]) is not None or pd.isna(row["value"])
        text = str(row["text"])
        if told or row["bound"] not in SIGNS:
            return text
        own = as_hedged(row) if lang == "zh" and "before" in row else text
        return own if own != text else word("story", row["bound"], lang, text=text)
    changed = {"value", "low", "high", "unit"} & set(row["corrected"].split(";"))
    ends = "–".join(filter(None, (cell(row[name]) for name in ("value", "low", "high"))))
    another = f" → {ends}{row['unit']}" if changed and ends else ""
    return f"{row['text']}{another}†"


#: what makes a bound a strict one, the English of it, and that of any other; how far before the figure it stands
_BOUND_WORDS = {
    "min": (re.compile("(?<!不)[多余逾超]|突破|高于|大于"), "over", "at least"),
    "max": (re.compile("不足|不到|(?<!不)[低少小]于"), "under", "at most"),
    "approx": (re.compile("近"), "nearly", "about"),
}
_HEDGE = 3


def in_prose(row: Row, lang: str) -> str:
    """A figure as prose has it: in Chinese as printed; in English without its measure word, which the
    name of its indicator implies, and of a lost one what can be seen of it.
    """
    if lang == "zh":
        return as_printed(row, lang)
    if not usable(row):
        text = as_printed(row, lang)
        # without a unit that has no English name
        seen = re.search(r"[\dxX*×?]", text) and not re.search("[?].*[万亿]", text)
        return HAN.sub("", english_printed(text)).strip() if seen else "…"
    if row["unit"] == "%" or row["unit"].startswith("元"):
        text = str(written({**row, "how": "stated"}, "en"))
        sign = SIGNS.get(row["bound"], "\0")
        text = _bound_words(row) + text.removeprefix(sign) if text.startswith(sign) else text
    else:
        number = f"{row['value']:,.10g}"
        points = row["unit"] == "百分点"
        text = _bound_words(row) if row["bound"] in SIGNS else ""
        text += word("story", "points", lang, n=number) if points else number
    return text + "†" * bool(row["corrected"])


def _bound_words(row: Row) -> str:
    """Words for the bound of a figure, before it.

    >>> row = {"text": "2.5万余件", "bound": "min"}
    >>> _bound_words(row), _bound_words({"text": "98%", "bound": "min"})
    ('over ', 'at least ')
    """
    said = str(row.get("before", ""))[-_HEDGE:] + str(row["text"])
    strict, word_, other = _BOUND_WORDS[row["bound"]]
    return f"{word_ if strict.search(said) else other} "


def reference(row: Row, names: Mapping[str, str]) -> str:
    """Document and offset of a claim, as marks name them; `names` holds other names of documents."""
    return f"{names.get(row['doc'], row['doc'])}: {row['start']}"


def linked(text: str, row: Row, names: Mapping[str, str]) -> str:
    """A figure with the mark of which a page makes a link.

    >>> linked("83.7%", {"doc": "a", "start": 748}, {})
    '[83.7%][a: 748]'
    """
    return f"[{text}][{reference(row, names)}]"
