"""What the explorer's chart shows, as places between 0 and 1: the browser only draws it."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..charts.rows import as_rows, place_label, short_number, signed, subject_of
from ..charts.written import written
from ..comparison.choose import key_of
from ..comparison.wording import when
from ..model import starts_of
from ..vocabularies.labels import MARKS, SIGNS, Lang, say, single

_WIDE = 1000  # times the smallest figure, beyond which a scale goes in powers of ten
_Scale = Callable[[float], float]


class Mark(NamedTuple):
    """One figure, or those of one place and year: where it stands, and the claims behind it."""

    label: str
    figure: str
    group: str
    claims: list[str]
    at: float | None = None
    low: float | None = None
    high: float | None = None
    year: float | None = None
    series: int = 0
    target: bool = False


class Chart(NamedTuple):
    """Marks with their scales; `years` and `series` name what stands on the axis and the lines."""

    marks: list[Mark]
    ticks: list[tuple[float, str]]
    years: list[tuple[float, str]]
    series: list[str]
    notes: list[str]


def rows_chart(panel: pd.DataFrame, order: str, lang: Lang) -> Chart:
    """A row a figure of a panel, under the heads of its places or years; targets apart.

    >>> from qz_analysis import choose, extract
    >>> chart = rows_chart(choose(extract("桥西区接待群众来访40批次。中牟县接待来访群众10批次。")), "place", "en")
    >>> [(mark.group, mark.at, mark.figure) for mark in chart.marks], chart.ticks[0]
    ([('Qiaoxi District', 1.0, '40'), ('Zhongmu County', 0.25, '10')], (0.0, '0'))
    """
    rows = [signed(row) for row in as_rows(panel)]
    drawn = [row for row in rows if row["status"] == "ok" and row["at"] == row["at"]]
    kinds = [(row["kind"], row["unit"]) for row in drawn]
    most = max(kinds, key=kinds.count, default=None)
    on_axis = [row for row in drawn if (row["kind"], row["unit"]) == most]
    scale, ticks = _axis(on_axis, lang)
    marks = []
    for row in rows:
        keys = [key_of(row, start) for start in starts_of(row["claims"])]
        planned = row["modality"] == "planned"
        place, year = place_label(row["place"], lang), _year(row, lang)
        head, other = (
            (place, when(str(row["period"]), single(lang))) if order == "place" else (year, place)
        )
        label = " · ".join(filter(None, (other, subject_of(row))))
        group = say("explorer", "target_of", lang, what=head) if planned else head
        legible = row["status"] == "ok" and row["at"] == row["at"]
        figure = _printed(row, lang) if legible else say("choices", row["status"], lang)
        where = _places(row, scale) if any(row is one for one in on_axis) else {}
        marks.append(Mark(label, figure, group, keys, **where, target=planned))
    notes = _notes(rows, lang)
    others = len(drawn) - len(on_axis)
    notes += [say("notes", "other_units", lang, k=others)] if others else []
    return Chart(marks, ticks, [], [], notes)


def years_chart(table: pd.DataFrame, left: dict[str, int], claims: Sequence[list[str]], lang: Lang) -> Chart:  # fmt: skip
    """Places over years, as `Index.by_year` tells them: a line a place, targets as marks apart."""
    rows = [signed(row | {"direction": ""}) for row in as_rows(table.drop(columns="positions"))]
    scale, ticks = _axis(rows, lang)
    places = list(dict.fromkeys(row["place"] for row in rows))
    years = [int(row["year"]) for row in rows]
    first, last = min(years, default=0), max(years, default=0)
    across: _Scale = lambda year: 0.5 if first == last else (year - first) / (last - first)  # noqa: E731
    marks = []
    for row, keys in zip(rows, claims, strict=True):
        planned = row["modality"] == "planned"
        year = int(row["year"])
        figure = written(row, lang)
        figure = say("explorer", "target_of", lang, what=figure) if planned else figure
        label = say("words", "dated", lang, name=place_label(row["place"], lang), period=str(year))
        at = {**_places(row, scale), "year": across(year), "series": places.index(row["place"])}
        marks.append(Mark(label, figure, "", keys, **at, target=planned))
    step = max(1, -(-(last - first) // 12))
    shown = [(across(year), str(year)) for year in range(first, last + 1, step)] if rows else []
    notes = _notes(rows, lang)
    if any(row["several"] > 1 and row["low"] == row["low"] for row in rows):
        notes.append(say("explorer", "differ", lang))
    for name, section in (("undated", "explorer"), ("missing", "notes"), ("other_units", "notes")):
        notes += [say(section, name, lang, k=left[name])] if left[name] else []
    return Chart(marks, ticks, shown, [place_label(place, lang) for place in places], notes)


def _year(row: dict[str, Any], lang: Lang) -> str:
    return when(str(row["period"]), single(lang)) or str(say("words", "none_stated", lang))


def _printed(row: dict[str, Any], lang: Lang) -> str:
    """A figure with the marks of reviewer and audit."""
    text = written(row | {"how": "stated"}, lang) + "†" * bool(row.get("corrected"))
    return f"{text} {MARKS[row['audit']]}" if row["audit"] in MARKS else text


def _places(row: dict[str, Any], scale: _Scale) -> dict[str, Any]:
    """Where a figure stands on its axis; a range has two ends and no middle."""
    if row["low"] == row["low"] and row["high"] == row["high"]:
        return {"low": scale(row["low"]), "high": scale(row["high"])}
    return {"at": scale(row["at"])}


def _notes(rows: Sequence[dict[str, Any]], lang: Lang) -> list[str]:
    notes = [say("notes", "hedged", lang)] if any(row["bound"] in SIGNS for row in rows) else []
    planned = any(row["modality"] == "planned" for row in rows)
    return notes + [say("notes", "targets", lang)] * planned


def _axis(rows: Sequence[dict[str, Any]], lang: Lang) -> tuple[_Scale, list[tuple[float, str]]]:
    """A scale from 0 to 1 for some figures, and its ticks: from 0 for amounts, near the figures for
    rates, in powers of ten where they lie far apart.
    """
    held = [row[name] for row in rows for name in ("at", "low", "high")]
    values = [value for value in held if value == value]
    if not values:
        return (lambda value: 0.5), []
    low, high = min(values), max(values)
    percent = rows[0]["unit"] in {"%", "百分点"}
    sign = "%" if percent else ""
    if low > 0 and high > _WIDE * low:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        powers = range(first, last + 1, max(1, (last - first) // 5))
        scale: _Scale = lambda value: (math.log10(value) - first) / (last - first)  # noqa: E731
        return scale, [(scale(10.0**n), short_number(10.0**n, lang)) for n in powers]
    if not percent or low < 0.4 * high:
        low, high = min(0.0, low), max(0.0, high)
    ticks = [
        float(tick) for tick in MaxNLocator(5).tick_values(low, high if high > low else low + 1)
    ]
    if percent and high <= 100:
        ticks = [tick for tick in ticks if tick <= 100]
    begin, end = min(ticks[0], low), max(ticks[-1], high)
    linear: _Scale = lambda value: round((value - begin) / (end - begin), 5)  # noqa: E731
    return linear, [(linear(tick), short_number(tick, lang) + sign) for tick in ticks]
