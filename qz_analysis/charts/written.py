"""How a figure of a panel of places and years, its indicator and its unit are written."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..comparison.indicators import Row
from ..vocabularies.labels import SIGNS, Lang, bilingual, say
from ..vocabularies.session import load
from .rows import in_scale, money, scale_of, short_number

#: units of rates and of what they move by
PERCENT = {"%", "百分点"}
#: how a figure is known that no report prints
NOT_PRINTED = ("recomputed", "derived")


def indicator_label(key: str, lang: Lang) -> str:
    """The name of a named indicator as its readers know it; its key where no vocabulary names it.

    >>> indicator_label("mediation_success_rate", "zh")
    '调解成功率'
    """
    entry = load("named").get(key)
    return _say_named(entry, lang) if entry else key


@bilingual
def _say_named(entry: Mapping[str, Any], lang: Lang) -> str:
    """The name of an entry of the vocabulary of named indicators."""
    return str(entry[lang])


@bilingual
def written(row: Row, lang: Lang, brief: bool = False) -> str:
    """A figure of a panel as it is read: its bound, digits and unit; in brackets when recomputed or
    derived, and called an estimate when the report does.

    Rows of one chart bear one scale (`alike`). In brief, amounts keep four digits and neither unit
    nor scale, which `unit_words` says.

    >>> written({"value": 99.74, "low": float("nan"), "high": float("nan"), "bound": "min",
    ...          "unit": "%", "how": "stated"}, "en")
    '≥99.74%'
    """
    unit = row["unit"]

    def number(value: float) -> str:
        if unit in PERCENT:
            return percent(value)
        yuan = unit.startswith("元")
        if "sizes" not in row:
            if yuan:
                return money(value, lang) + unit.removeprefix("元")
            return short_number(value, lang) + (unit if lang == "zh" else "")
        size, word = scale_of(row["sizes"], lang)
        if brief:
            return in_scale(float(f"{value:.4g}"), (size, ""), lang)
        text = in_scale(value, (size, word), lang)
        if lang == "zh":
            return text + unit
        return f"{text} yuan{unit.removeprefix('元')}" if yuan else text

    if pd.notna(row["low"]) and pd.notna(row["high"]):
        text = f"{number(row['low'])}–{number(row['high'])}"
    else:
        text = SIGNS.get(row["bound"], "") + number(row["value"])
    if row["how"] == "expected":
        if brief:
            return f"{text}*"
        return str(say("years", "expected", lang, value=text))
    return f"({text})" if row["how"] in NOT_PRINTED else text


def percent(value: float) -> str:
    """A figure in per cent, or in points of it.

    >>> percent(-2.5)
    '−2.5%'
    """
    return f"{value:.6g}%".replace("-", "−")


@bilingual
def unit_words(row: Row, lang: Lang) -> str:
    """The unit of a chart's figures with their scale: 亿元."""
    unit = row["unit"]
    if unit in PERCENT:
        return "%"
    word = scale_of(row["sizes"], lang)[1]
    if lang == "zh":
        return word + unit
    return f"{word} yuan".strip() if unit.startswith("元") else f"{word} {unit}".strip()


@bilingual
def on_axis(value: float, row: Row, lang: Lang) -> str:
    """A number of an axis in the scale that a row of the chart bears."""
    if row["unit"] in PERCENT:
        return percent(value)
    return in_scale(value, scale_of(row["sizes"], lang), lang) if value else "0"


@bilingual
def named_value(name: str, value: str, lang: Lang) -> str:
    """A name and its figure, with a gap between them."""
    return f"{name} {value}"
