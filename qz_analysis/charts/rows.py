"""Rows of a panel that a chart draws: chosen, signed, lined up, and written in English, Chinese or
both.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from ..comparison.caveats import identity
from ..comparison.indicators import Row, counts_of
from ..comparison.wording import inner_marks, name_of, place_words, subject_words
from ..errors import QzError, TableError
from ..privacy import mask_texts
from ..schema import ABOUT, TITLES
from ..vocabularies.labels import MARKS, SIGNS, Both, Lang, bilingual, say
from ..vocabularies.numerals import rounded
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from ..vocabularies.units import TURNED

_P = ParamSpec("_P")
_R = TypeVar("_R")
#: columns that repeat words of a page
_TOLD = {"subject", "title", "what", "text", "remark"}
#: scales and their words, the largest first
_STEPS = {
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "en": ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")),
}
_NUMBERS = ("value", "low", "high", "numerator", "denominator", "ci_low", "ci_high")


#: words for a sample; named rates that are what people answered
_SAMPLED = Pattern("charts", "{sampled}")
_OF_PEOPLE_ASKED = {"satisfaction_rate", "safety_sense"}

#: how long a place is at most that a chart in both languages names twice
_TWO_NAMES = 30
#: characters of a row's name in English, with those of the places above it
_LONGEST_NAME = 40
#: what the source line of an invented panel says
_INVENTED = {"example": "made-up example (虚构)"}


def example() -> pd.DataFrame:
    """A panel of two invented places, for trying out a chart.

    Returns:
        a DataFrame with the columns that `compare` gives, four rows.

    >>> example()["place"].unique().tolist()
    ['甲县', '乙县']
    """
    text = """\
place,family,stage,measure,kind,unit,subject,value,numerator,denominator,ci_low,ci_high,direction
甲县,petition,received,persons_per_batch,count,,群众来访,2.02,389,193,,,
甲县,matters,resolved,rate,rate,%,来访事项,83.7,36,43,70,91.9,
乙县,petition,received,change,change,%,群众来访,15.98,,,,,down
乙县,funds,,yuan,money,元,救助资金,1560000,,,,,"""
    panel = pd.read_csv(io.StringIO(text)).fillna({"stage": "", "unit": "", "direction": ""})
    indicator = panel["family"] + "." + panel["stage"] + "." + panel["measure"]
    panel.attrs[TITLES] = _INVENTED
    about: dict[str, Any] = {
        "doc": "example",
        "report": 0,
        "period": "2011",
        "level": "county",
        "text": "",
    }
    about |= {"low": np.nan, "high": np.nan, "bound": "exact", "how": "stated"}
    about |= {"audit": "", "status": "ok", "caveats": "", "claims": ""}
    return panel.assign(indicator=indicator, **about)


def example_years() -> pd.DataFrame:
    """A panel of two invented places over three years, for trying out a chart of years.

    Returns:
        a DataFrame with the columns of the long table of `qz.panel`: place, year, indicator, value,
        low, high, bound, unit, how, reason, modality, doc, numerator, denominator; ten rows.

    >>> example_years()["year"].unique().tolist()
    [2018, 2019, 2020, 2021]
    """
    text = """\
place,adcode,year,indicator,value,unit,how,reason,modality,numerator,denominator
甲县,,2018,mediation_success_rate,97.5,%,stated,,actual,,
甲县,,2019,mediation_success_rate,98.1,%,stated,,actual,1030,1050
甲县,,2020,mediation_success_rate,98.7,%,stated,,actual,1184,1200
乙县,,2018,mediation_success_rate,99.2,%,stated,,actual,,
乙县,,2019,mediation_success_rate,,%,,masked,actual,,
乙县,,2020,mediation_success_rate,98.9,%,stated,,actual,,
乙县,,2021,mediation_success_rate,99.5,%,stated,,planned,,
甲县,,2019,visit_batches,193,批次,stated,,actual,,
甲县,,2020,visit_batches,164,批次,stated,,actual,,
乙县,,2020,visit_batches,88,批次,stated,,actual,,"""
    panel = pd.read_csv(io.StringIO(text), dtype={"adcode": "string"})
    panel = panel.fillna({"how": "", "reason": "", "adcode": ""})
    panel.attrs[TITLES] = _INVENTED
    return panel.assign(low=np.nan, high=np.nan, bound="exact", doc="example")


#: columns of a panel of `compare` that its charts read
_PANEL = [
    "place",
    "family",
    "stage",
    "measure",
    "kind",
    "unit",
    "value",
    "how",
    "status",
    "indicator",
]


def of_panel(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """A chart that says in one line what its first argument lacks to be a panel of `compare`."""

    @wraps(draw)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        panel = args[0] if args else kwargs.get("panel")
        there = getattr(panel, "columns", ())
        if lacking := [name for name in _PANEL if name not in there]:
            way_out = "draws a panel: pass what qz.compare(claims, indicator=…) gives"
            raise TableError(lacking, f"charts.{draw.__name__} {way_out}")
        return draw(*args, **kwargs)

    return checked


#: as many rows as a printed page shows in letters of 7 points
ON_A_PAGE = 25


def pick(
    panel: pd.DataFrame, fits: pd.Series, chart: str, what: str, most: int = ON_A_PAGE
) -> tuple[list[Row], int]:
    """Rows of a panel that fit a chart and have a value, and how many fit but have none.

    Targets and standards are never drawn among results: only in a panel of nothing else. Of more
    rows than `most` those that tell most are drawn, and each says how many are left to the table.
    """
    fitting = panel[fits.astype(bool)]
    if "modality" in fitting:
        actual = fitting["modality"].fillna("").isin(["actual", ""])
        fitting = fitting[actual] if actual.any() else fitting
    has_value = fitting["value"].notna() | (fitting["low"].notna() & fitting["high"].notna())
    drawn = fitting[has_value & ~fitting["status"].isin(["redacted", "spoilt"])]
    if drawn.empty:
        raise QzError(
            f"{chart}: none of the {len(panel)} rows has {what} ({len(fitting)} masked or without a value); "
            f'pass a panel that has, e.g. compare(claims, relations, indicator="{chart}")'
        )
    unsure = {"unsure": panel.attrs["unsure"]} if "unsure" in panel.attrs else {}
    rows = [signed(row | {"y": y} | unsure) for y, row in enumerate(as_rows(drawn))]
    told = [row | {"value": row["at"]} for row in rows]
    if len(told) > most:
        left = {"in_table": len(told) - most}
        told = [row | left for row in foremost(told, _telling, most)]
    return told, len(fitting) - len(drawn)


def _telling(row: Row) -> tuple[bool, bool, bool, float]:
    """What comes first of many rows: what its report contradicts, what was checked, what has counts;
    of changes the large ones.
    """
    audit, size = row.get("audit"), abs(row["value"]) if row["kind"] == "change" else 0.0
    return audit != "bad", audit != "ok", bool(pd.isna(row.get("denominator"))), -size


def as_rows(table: pd.DataFrame) -> list[Row]:
    """The rows as dictionaries, persons' names masked where they repeat words of a page.

    A missing word is an empty one, a missing number stays NaN. Where the table knows the titles of
    documents, `source` holds them, and `source_about` the period and the date of each.
    """
    titles = table.attrs.get(TITLES, {})
    if titles and "doc" in table:
        table = table.assign(source=[titles.get(doc, doc) for doc in table["doc"]])
        about = table.attrs.get(ABOUT, {})
        known = [about.get(doc) if doc in titles else None for doc in table["doc"]]
        table["source_about"] = pd.Series(known, index=table.index, dtype=object)
    words = set(table.columns) - set(_NUMBERS)
    # whole, since a label that was cut tells less of what is a name
    for column in _TOLD & words:
        cells = [cell for cell in table[column].unique() if isinstance(cell, str) and cell]
        shown = mask_texts(cells)
        if shown != cells:
            table = table.assign(
                **{column: table[column].replace(dict(zip(cells, shown, strict=True)))}
            )
    return [
        {str(key): "" if key in words and pd.isna(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def signed(row: Row) -> Row:
    """The row with a fall below zero, and where it stands (`at`): a range at its middle, which is
    never printed.

    >>> import math
    >>> fall = {"low": math.nan, "value": 20.0, "high": math.nan, "bound": "min", "direction": "down"}
    >>> signed(fall)["at"], signed(fall)["bound"]
    (-20.0, 'max')
    """
    low, value, high, bound = row["low"], row["value"], row["high"], row["bound"]
    # some tables have falls below zero already
    if row["direction"] == "down" and not (value < 0 or low < 0):
        # a fall of 20% or more lies at -20% or below
        low, value, high, bound = -high, -value, -low, TURNED.get(bound, bound)
    at: float = (low + high) / 2 if pd.isna(value) else value
    return row | {"low": low, "value": value, "high": high, "bound": bound, "at": at}


def is_rate(panel: pd.DataFrame) -> pd.Series:
    """Which rows are rates in %; what part something is of a whole (占31.7%) is none."""
    return panel["kind"].eq("rate") & panel["unit"].eq("%") & panel["measure"].ne("share")


def kinds(panel: pd.DataFrame) -> pd.Series:
    """Which chart each figure of a panel belongs on: figures on one chart share a scale.

    >>> from qz_analysis.charts import example
    >>> kinds(example()).tolist()
    ['stated:persons_per_batch', 'rates', 'changes', 'funds']
    """
    in_percent = panel["unit"].eq("%")
    money = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # 吨 and 公斤 measure the same on two scales; 件 and 个 are both counted one by one
    scale = panel["measure"].where(
        panel["kind"].eq("count"), panel["measure"] + ":" + panel["unit"].fillna("")
    )
    kind = pd.Series("stated:" + scale, index=panel.index)
    kind = kind.mask(panel["kind"].eq("change") & ~in_percent, kind + ":change")
    kind = kind.mask(money, "funds").mask(panel["kind"].eq("change") & in_percent, "changes")
    return kind.mask(is_rate(panel), "rates")


def is_sampled(row: Row) -> bool:
    """Whether a rate is of people who were asked and whom its words call a sample.

    Any other rate with its counts is of all that was received, filed or asked, or nobody says how these
    were chosen: no interval is drawn around it, for chance takes nothing from a full count.

    >>> is_sampled({"family": "satisfaction", "subject": "抽样调查群众满意率"})
    True
    >>> is_sampled({"family": "satisfaction", "subject": "群众支持率"})
    False
    """
    asked = row.get("family") == "satisfaction" or row.get("indicator") in _OF_PEOPLE_ASKED
    return bool(asked and _SAMPLED.search(str(row.get("subject", ""))))


def of_samples(rows: Iterable[Row]) -> list[Row]:
    """The rows with intervals around the rates of samples of people alone."""
    bare = {"ci_low": np.nan, "ci_high": np.nan}
    return [row if is_sampled(row) else row | bare for row in rows]


def line_up(rows: Sequence[Row], key: str, firsts: Sequence[Any] = ()) -> list[Row]:
    """Rows with equal values of a column together, else in their order; `y` counted anew."""
    order = [*firsts, *(r[key] for r in rows)]
    return [row | {"y": y} for y, row in enumerate(sorted(rows, key=lambda r: order.index(r[key])))]


def foremost(
    rows: Sequence[Row], telling: Callable[[Row], Any], most: int = ON_A_PAGE
) -> list[Row]:
    """Of many rows those that tell most, in their order, so that a chart can be read in print; `y`
    counted anew.

    >>> foremost([{"value": 1}, {"value": 3}, {"value": 2}], lambda row: -row["value"], most=2)
    [{'value': 3, 'y': 0}, {'value': 2, 'y': 1}]
    """
    order = sorted(range(len(rows)), key=lambda i: telling(rows[i]))
    return [rows[i] | {"y": y} for y, i in enumerate(sorted(order[:most]))]


def families(used: Iterable[str]) -> list[str]:
    """The families that occur, in the order of the vocabulary.

    >>> families(["funds", "petition", "funds"])
    ['petition', 'funds']
    """
    found = set(used)
    return [family for family in load("labels")["families"] if family in found]


def shortened(text: str, most: int = 12) -> str:
    """A subject cut in its middle: its head says who, its tail what is counted."""
    return text if len(text) <= most else f"{text[: most - 5]}…{text[-4:]}"


def place_label(name: str, lang: Lang) -> str:
    """A place as readers of the language know it.

    >>> place_label("桥西区", "en"), place_label("", "zh")
    ('Qiaoxi District', '地点未列明')
    >>> place_label("Share of matters resolved", "en")
    'Share of matters resolved'
    """
    # the rows of one place are told by what they are, which is in words already
    if " " in name and not re.search("[\u4e00-\u9fff]", name):
        return name
    if lang == "en":  # of a long name the place itself, without those above it
        told = place_words(name, lang)
        return told if len(told) <= _LONGEST_NAME else told.partition(",")[0]
    told = place_words(shortened(name, 16), lang)
    # two long names leave a chart no room
    return told.zh if isinstance(told, Both) and len(told) > _TWO_NAMES else told


def subject_of(row: Row) -> str:
    """What the figure is of, shortened; words that hang on the number itself (0.1元/支的没有) name
    nothing.
    """
    subject = str(row["subject"] or "")
    told = subject_words(subject, str(row["place"] or ""))
    return "" if subject.startswith("的") else shortened(told)


def about_of(row: Row, lang: Lang) -> str:
    """What a figure is about, in words of the reader's language: family and stage; its measure where
    it has no family, nothing where neither is known.
    """
    family, stage = row.get("family", ""), row.get("stage", "")
    words = [say("families", family, lang)] if family and family != "other" else []
    words += [say("stages", stage, lang)] if stage else []
    measure = row.get("measure", "")
    return joined(words, lang) if words else say("measures", measure, lang) if measure else ""


def known_by(row: Row, lang: Lang) -> str:
    """What tells a row from others of its place: its subject, in English behind what it is about."""
    subject, about = subject_of(row), about_of(row, lang)
    if lang == "en" and subject:
        # the stage of a change is that of its sentence, and no word of what changed
        known = name_of(subject, lang)
        bare = about_of({**row, "stage": ""}, lang) if row.get("kind") == "change" else about
        about = (known[:1].lower() + known[1:] if known[1:2].islower() else known) or bare
        subject = inner_marks(subject)
        return say("words", "known_by", lang, about=about, subject=subject).strip()
    return subject or about


def row_label(row: Row, lang: Lang) -> str:
    """Place and subject of a row, the subject cut to a dozen characters; in English what it is about
    comes before the words of the report.

    >>> row = {"place": "桥西区", "family": "petition", "stage": "received", "subject": "来访"}
    >>> row_label(row, "en"), row_label(row, "zh")
    ('Qiaoxi District: petitions received "来访"', '桥西区：来访')
    """
    where, subject, about = place_label(row["place"], lang), subject_of(row), about_of(row, lang)
    if teller := row.get("told_by"):
        where = say("words", "told_by", lang, place=where, teller=place_label(teller, lang))
    key = "label" if subject else "label_about" if about else ""
    if not key:
        return where
    told = say("words", key, lang, place=where, subject=subject, about=about)
    return told if about else told.replace(':  "', ': "')


def row_labels(rows: Sequence[Row], lang: Lang) -> list[str]:
    """Place and subject of each row, with the period or the report where only that tells two rows
    apart.
    """
    labels = _told_apart([row_label(row, lang) for row in rows], [r["period"] for r in rows], lang)
    # 我县 of two reports are two counties
    return _told_apart(labels, report_names(rows), lang)


def _told_apart(labels: Sequence[str], details: Sequence[str], lang: Lang) -> list[str]:
    """The labels, those that stand for several details each with its own."""
    known: dict[str, set[str]] = {}
    for label, detail in zip(labels, details, strict=True):
        known.setdefault(label, set()).add(detail)
    return [
        say("words", "dated", lang, name=label, period=detail)
        if detail and len(known[label]) > 1
        else label
        for label, detail in zip(labels, details, strict=True)
    ]


def report_labels(reports: pd.DataFrame, lang: Lang) -> list[str]:
    """Place and period of each report; the heading where no place is known, the number for twins."""
    found, ids = [], []
    for row in as_rows(reports):
        ids.append(f"{row['doc']}:{row['report']}")
        text = (
            place_label(row["place"], lang)
            if row["place"]
            else shortened(row["title"], 16) or ids[-1]
        )
        found.append(
            say("words", "dated", lang, name=text, period=row["period"]) if row["period"] else text
        )
    return [
        f"{text} {i}" if found.count(text) > 1 else text for text, i in zip(found, ids, strict=True)
    ]


@bilingual
def short_number(number: float, lang: Lang, digits: int = 0) -> str:
    """A number as its readers count: thousands and millions, or 万 and 亿; four digits of a large
    one, unless another number of digits is given.

    >>> short_number(-1_033_260, "en"), short_number(12_000, "zh")
    ('−1.033m', '1.2万')
    """
    steps = _STEPS["zh" if lang == "zh" else "en"]
    scale, unit = next(((s, u) for s, u in steps if abs(number) >= s), (1, ""))
    return f"{number / scale:.{(digits or 4) if unit else 6}g}{unit}".replace("-", "−")


def scale_of(ends: tuple[float, float], lang: Lang) -> tuple[float, str]:
    """The one scale in which figures between two sizes are written, and its word.

    The largest is at least 1 in it, and the smallest at least a tenth.

    >>> scale_of((5e7, 1.2e8), "zh"), scale_of((5e6, 1.2e8), "zh"), scale_of((3, 90), "en")
    ((100000000.0, '亿'), (10000.0, '万'), (1.0, ''))
    """
    least, most = ends
    steps = _STEPS["en" if lang == "en" else "zh"]
    return next(((s, word) for s, word in steps if most >= s and least >= s / 10), (1.0, ""))


def in_scale(number: float, scale: tuple[float, str], lang: Lang) -> str:
    """A number in a scale: in Chinese with every digit, else four of a large one.

    >>> in_scale(1.4578e13, (1e12, "tn"), "en"), in_scale(1.4578e13, (1e8, "亿"), "zh")
    ('14.58tn', '145,780亿')
    """
    size, word = scale
    digits = (
        f"{number / size:.10g}" if lang == "zh" else f"{number / size:{'.4g' if word else '.6g'}}"
    )
    return f"{float(digits):,.10g}{word}".replace("-", "−")


def alike(rows: Sequence[Row]) -> list[Row]:
    """The rows with the sizes that they lie between, so that all are written in one scale."""
    sizes = [
        abs(row[k]) for row in rows for k in ("at", "low", "high") if row[k] == row[k] and row[k]
    ]
    ends = (min(sizes, default=0.0), max(sizes, default=0.0))
    return [row | {"sizes": ends} for row in rows]


@bilingual
def money(yuan: float, lang: Lang, digits: int = 0) -> str:
    """A sum in yuan, in Chinese with every digit; with so many digits where a number is given.

    >>> money(1_033_260, "en"), money(1_033_260, "zh"), money(1_033_260, "zh", 4)
    ('1.033m yuan', '103.326万元', '103.3万元')
    """
    if lang == "zh":
        scale, unit = (1e8, "亿元") if yuan >= 1e8 else (1e4, "万元") if yuan >= 1e4 else (1, "元")
        return f"{yuan / scale:,.{digits if digits and scale > 1 else 10}g}{unit}"
    return f"{short_number(yuan, lang, digits)} yuan"


def printed(row: Row, write: Callable[[float], str], brackets: str = "()") -> str:
    """The figure with its bound; † when a reviewer corrected it; in brackets when no report prints
    it; ✓ or × as the audit found it.
    """
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        text = f"{write(row['low'])}–{write(row['high'])}"
    else:
        text = SIGNS.get(row["bound"], "") + write(row["value"])
    before, after = (brackets[:1], brackets[1:]) if row["how"] == "recomputed" else ("", "")
    mark = f" {MARKS[row['audit']]}" if row["audit"] in MARKS else ""
    return before + text + "†" * bool(row.get("corrected")) + after + mark


def printed_percent(row: Row) -> str:
    """A rate: the printed digits, or one decimal of a recomputed one."""
    if row["how"] == "recomputed":
        return printed(row, lambda value: f"{rounded(value, 1)}%")
    return printed(row, lambda value: f"{value:.6g}%")


@bilingual
def printed_money(row: Row, lang: Lang) -> str:
    """A sum of money with its bound and its audit."""
    return printed(row, lambda value: money(value, lang))


@bilingual
def joined(words: Iterable[str], lang: Lang) -> str:
    """Words one after the other, with the gap that the language wants; empty ones leave none."""
    return say("words", "gap", lang).join(filter(None, words))


@bilingual
def heading(row: Row, in_percent: bool, lang: Lang) -> str:
    """What a row counts: family and stage, and the measure.

    >>> row = {"family": "matters", "stage": "resolved", "measure": "rate", "kind": "rate"}
    >>> heading(row, True, "en"), heading(row, False, "zh")
    ('Matters resolved, rate (%)', '事项办结率')
    """
    about = joined([say("families", row["family"], lang), say("stages", row["stage"], lang)], lang)
    measure = say("measures", row["measure"], lang)
    if row["measure"] == "rate" and row["stage"] == "resolved":
        told = rate_name(row["family"], lang)
        told = told if lang == "zh" else f"{told[:1].upper()}{told[1:]}, {measure}"
        return told + ("（%）" if lang == "zh" else " (%)") * in_percent
    if lang == "zh":
        # 满意度 is a rate by itself
        rate = "率" * bool(row["stage"]) if row["measure"] == "rate" else f"，{measure}"
        return about + rate + "（%）" * in_percent
    return f"{about[:1].upper()}{about[1:]}, {measure}" + " (%)" * in_percent


def rate_name(family: str, lang: Lang) -> str:
    """What the share of the things of a family is called that came to their end.

    >>> rate_name("crime", "zh"), rate_name("crime", "en"), rate_name("funds", "en")
    ('破案率', 'crimes solved', 'funds')
    """
    known = family in load("labels")["rate_names"]
    return str(say("rate_names" if known else "families", family, lang))


def report_names(rows: Sequence[Row]) -> list[str]:
    """For each row the report that tells its place apart from another of the same words: its title
    where it has one of its own, else its number; nothing for a place with a name.
    """
    keys = [identity(row)[1] for row in rows]
    titles: dict[str, set[str]] = {}
    for row, key in zip(rows, keys, strict=True):
        titles.setdefault(str(row.get("source") or ""), set()).add(key)
    return [
        shortened(title, 16) if key and title and len(titles[title]) == 1 else key
        for row, key in zip(rows, keys, strict=True)
        for title in [str(row.get("source") or "")]
    ]


@bilingual
def listed(words: Sequence[str], lang: Lang) -> str:
    """Words as a list in a sentence."""
    return say("words", "list", lang).join(words)


def per_batch(row: Row, lang: Lang) -> str:
    """People per batch, then people and batches; without brackets, because hardly any report prints
    the quotient.
    """
    text = printed(row, lambda value: rounded(value, 1), brackets="")
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return say("words", "no_counts", lang, value=text)
    people, batches = counts_of(row)
    return say("words", "per_batch", lang, value=text, people=people, batches=batches)
