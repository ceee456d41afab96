"""What charts of places and years say: the finding over years, what holds of the marks, and why
figures are lacking.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.indicators import Row
from ..comparison.wholes import is_open
from ..vocabularies.labels import SIGNS, Lang, bilingual, in_lines, say
from ..vocabularies.numerals import rounded
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from .figure import finish_chart
from .place_years import Series
from .rows import as_rows, listed, place_label
from .theme import register
from .written import NOT_PRINTED, PERCENT, indicator_label, unit_words, written

#: sums of output, whose growth no two of them tell
_OUTPUT = Pattern("changes", "{output}")


def move(first: Row, last: Row) -> Decimal | None:
    """By how much a figure moved: in points for rates, in per cent for amounts; none without a base,
    none from or to a bound or a forecast, and none between the outputs that two reports state, each
    at the prices of its year.

    The digits of the two figures are kept, so that 98.7 less 97.5 is 1.2.
    """
    if is_open(first) or is_open(last):
        return None  # a bound (≥100) is no end of a change
    if "expected" in (first["how"], last["how"]) or _at_other_prices(first, last):
        return None
    before, after = (Decimal(f"{row['at']:.12g}") for row in (first, last))
    if first["unit"] in PERCENT:
        return after - before
    if before <= 0:
        return None
    return Decimal(rounded((after - before) / before * 100, 1))


def _at_other_prices(first: Row, last: Row) -> bool:
    """Whether two figures are sums of output out of two documents."""
    docs = {row.get("doc", "") for row in (first, last)} - {""}
    name = str(first.get("indicator", ""))
    return len(docs) > 1 and bool(_OUTPUT.search(f"{name} {indicator_label(name, 'zh')}"))


@bilingual
def _moved(first: Row, last: Row, lang: Lang) -> str:
    """The movement between two figures of one place in words."""
    size = move(first, last)
    if size is None:
        return ""
    hedged = any(
        row["bound"] not in ("exact", "") or pd.isna(row["value"]) for row in (first, last)
    )
    key = "level" if not size else "rise" if size > 0 else "fall"
    unit = "points" if first["unit"] in PERCENT else "percent"
    amount = say("years", unit, lang, size=f"{abs(size).normalize():f}")
    return say("years", f"{key}_about" if hedged and size else key, lang, amount=amount)


@bilingual
def _span(first: int, last: int, lang: Lang) -> str:
    return say("years", "span" if first != last else "year", lang, first=first, last=last)


@bilingual
def _told(series: Series, span: tuple[int, int], lang: Lang) -> str:
    """What became of one place, as a part of the title."""
    years, place = sorted(series.points), place_label(series.place, lang)
    if not years:
        return say("years", "only_targets", lang, place=place)
    first, last = series.ends()
    if len(years) == 1:
        return say("years", "once", lang, place=place, year=years[0], value=written(first, lang))
    moved = _moved(first, last, lang)
    when = "" if (years[0], years[-1]) == span else _span(years[0], years[-1], lang)
    if not moved:  # from or to a bound, or from nothing
        known: dict[str, Any] = {"first": years[0], "last": years[-1]}
        known |= {"before": written(first, lang), "after": written(last, lang)}
        return say("years", "part_bare", lang, place=place, **known)
    return say("years", "part_when" if when else "part", lang, place=place, when=when, moved=moved)


def _alike(series: Sequence[Series]) -> Sequence[Series]:
    """The series within the years that all of them have, where these are two at least: movements
    over unlike spans are not set side by side.
    """
    common = set.intersection(*(set(one.points) for one in series)) if series else set()
    if len(series) < 2 or len(common) < 2:
        return series
    return [one.within(range(min(common), max(common) + 1)) for one in series]


@bilingual
def _finding(series: Sequence[Series], what: str, lang: Lang) -> str:
    """What the figures say, as a title: from first to last, place by place, or counted."""
    series = _alike(series)
    years = sorted({year for one in series for year in one.points})
    if not years:
        return say("years", "targets_alone", lang, what=what, n=len(series))
    span, several = (years[0], years[-1]), [one for one in series if len(one.points) > 1]
    if len(series) == 1 and several:
        first, last = series[0].ends()
        fillers: dict[str, Any] = {"before": written(first, lang), "after": written(last, lang)}
        fillers |= {"first": span[0], "last": span[1], "moved": _moved(first, last, lang)}
        place = place_label(series[0].place, lang)
        key = "one_place" if fillers["moved"] else "one_place_bare"
        return say("years", key, lang, place=place, what=what, **fillers)
    if len(series) <= 3:
        parts = say("years", "and", lang).join(_told(one, span, lang) for one in series)
        return say("years", "few_places", lang, what=what, when=_span(*span, lang), parts=parts)
    moves = [(move(*one.ends()), one) for one in several]
    known = [(size, one) for size, one in moves if size is not None]
    if not known:
        key = "many_unmoved" if several else "many_once"
        return say("years", key, lang, what=what, n=len(series), when=_span(*span, lang))
    farthest = max(known, key=lambda pair: abs(pair[0]))[1]
    up, down = (sum(size * sign > 0 for size, _ in known) for sign in (1, -1))
    way = "many_fall" if down == len(known) else "many_rise" if up == len(known) else "many_places"
    when = _span(min(farthest.points), max(farthest.points), lang)
    ends: dict[str, Any] = {"moved": _moved(*farthest.ends(), lang), "when": when}
    ends |= {"place": place_label(farthest.place, lang)}
    return say("years", way, lang, what=what, n=len(known), up=up, down=down, **ends)


def finish_years(
    ax: Axes,
    chart: str,
    series: Sequence[Series],
    key: str,
    lang: Lang,
    title: str | None,
    source: str | None,
    **facts: Any,
) -> None:
    """The words of a chart over years."""
    ax.tick_params(labelfontfamily=register())  # axes of the user's own have another font
    what = indicator_label(key, lang)
    drawn = [row for one in series for row in one.rows()]
    rows = [row | {"y": y} for y, row in enumerate(drawn)]
    gaps = _gap_words(series, lang) if chart != "slope" else ""
    notes = _row_notes(chart, drawn)
    notes += ["targets"] * any(one.targets for one in series)
    notes += ["gaps"] * bool(gaps)
    facts["changed"] = _change_words(drawn, lang)
    notes += [name for name in ("changed", "short", "once", "more_places") if facts.get(name)]
    years = sorted({int(row["year"]) for row in drawn})
    found = _finding(series, what, lang)
    fillers = {"what": what, "gaps": gaps, "places": len(series), "found": found}
    fillers |= {"when": _span(years[0], years[-1], lang), **facts}
    finish_chart(ax, chart, rows, lang, title or in_lines(found), source, notes, **fillers)


@bilingual
def _gap_words(series: Sequence[Series], lang: Lang) -> str:
    """The empty years between a place's first and last figure, with why they are empty."""
    parts = []
    for one in series:
        if not one.points:
            continue
        inner = range(min(one.points), max(one.points) + 1)
        by_reason: dict[str, list[str]] = {}
        for year in inner:
            if year not in one.points:
                by_reason.setdefault(one.gaps.get(year, "no report"), []).append(str(year))
        for reason, empty in by_reason.items():
            told = say("panel_reason", reason or "not stated", lang)
            there = place_label(one.place, lang)
            years = listed(empty, lang)
            parts.append(say("years", "gap", lang, place=there, years=years, reason=told))
    most = 6
    return say("years", "lost_sep", lang).join(parts[:most]) + (" …" if len(parts) > most else "")


@bilingual
def _change_words(rows: Sequence[Row], lang: Lang) -> str:
    """Where a division changed between the figures of a place."""
    told = dict.fromkeys(
        say("years", "changed", lang, place=place_label(row["place"], lang), year=int(row["year"]),
            change=row["changed"])
        for row in rows if row.get("changed")
    )  # fmt: skip
    return say("years", "lost_sep", lang).join(told)


def finish_rows(
    ax: Axes,
    chart: str,
    rows: Sequence[Row],
    ends: tuple[Row, Row],
    key: str,
    lang: Lang,
    title: str | None,
    source: str | None,
    **facts: Any,
) -> None:
    """The words of a chart of one year."""
    ax.tick_params(labelfontfamily=register())  # axes of the user's own have another font
    low, high = (row | {"value": row["at"], "how": "stated"} for row in ends)
    fillers = {
        "what": indicator_label(key, lang),
        "low_place": place_label(low["place"], lang),
        "high_place": place_label(high["place"], lang),
        "unit": unit_words(low, lang),
        "low_value": written(low, lang),
        "high_value": written(high, lang),
        **facts,
    }
    same = low["value"] == high["value"]
    finding = f"{chart}_one" if len(rows) == 1 else f"{chart}_same" if same else chart
    notes = _row_notes(chart, rows)
    if "expected" in notes and chart != "places":
        notes[notes.index("expected")] = "expected_places"
        early = [place_label(row["place"], lang) for row in rows if row["how"] == "expected"]
        fillers["expected_places"] = listed(early, lang)
    omitted = ("lost", "elsewhere", "unmapped", "more_places")
    notes += [name for name in omitted if facts.get(name)]
    if chart == "outlines":
        notes.append("approved" if facts["approval"] else "unapproved")
    if chart == "places":
        notes.append("sorted" if facts["order"] == "value" else "in_order")
    finish_chart(ax, chart, rows, lang, title, source, notes, finding=finding, **fillers)


@bilingual
def lost_words(rows: pd.DataFrame, lang: Lang) -> str:
    """Which places have no figure, by the reason, as a list."""
    by_reason: dict[str, list[str]] = {}
    for row in as_rows(rows):
        by_reason.setdefault(str(row["reason"]), []).append(place_label(row["place"], lang))
    parts = []
    for reason, there in by_reason.items():
        shown = listed(there[:8], lang) + ("…" if len(there) > 8 else "")
        told = say("panel_reason", reason or "not stated", lang)
        parts.append(say("years", "lost_part", lang, reason=told, places=shown, n=len(there)))
    return say("years", "lost_sep", lang).join(parts)


def _row_notes(chart: str, rows: Sequence[Row]) -> list[str]:
    """The notes that a chart and the marks of its rows call for."""
    tests = {
        chart: chart in load("labels")["notes"],
        "not_printed": any(row["how"] in NOT_PRINTED for row in rows),
        "expected": any(row["how"] == "expected" for row in rows),
        "hedged": any(row["bound"] in SIGNS for row in rows),
        "intervals": any(pd.notna(row.get("ci_low", np.nan)) for row in rows),
        "several": any(row.get("several", 0) and int(row["several"]) > 1 for row in rows),
    }
    return [key for key, needed in tests.items() if needed]
