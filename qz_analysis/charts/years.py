"""Charts of a panel of places and years: over time, between two years, place by place, and side by
side in one year.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ..comparison.county_years import named
from ..comparison.indicators import Row
from ..comparison.wholes import is_open
from ..errors import QzError
from ..extraction.agreement import wilson
from ..vocabularies.labels import SIGNS, Lang, bilingual, in_lines, say, spoken
from ..vocabularies.numerals import rounded
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from .axes import Label, apart, column, dots, frame, settle, text_width
from .figure import figure_of, finish_chart
from .rows import (
    ON_A_PAGE,
    alike,
    as_rows,
    in_scale,
    is_sampled,
    listed,
    money,
    place_label,
    scale_of,
    short_number,
    signed,
)
from .theme import INK, MUTED, WIDE, colours, dressed, is_narrow, redrawn, register, small, width

#: the columns of a panel of places and years that these charts read
_NEEDED = ("place", "year", "indicator", "value", "unit")
#: columns that older or hand-made tables may lack, and what stands for them
_OPTIONAL: dict[str, Any] = {
    "adcode": "",
    "low": np.nan,
    "high": np.nan,
    "bound": "exact",
    "how": "stated",
    "reason": "",
    "modality": "actual",
    "doc": "",
    "source": "",
    "numerator": np.nan,
    "denominator": np.nan,
    "direction": "",
}
_PALE = "#c9c9c9"
#: inches from which on a figure is no narrow one
ROOMY = 6.0
#: how a figure is known that no report prints
_NOT_PRINTED = ("recomputed", "derived")
#: sums of output, whose growth no two of them tell
_OUTPUT = Pattern("changes", "{output}")
#: as many years as an axis names one by one
_MOST_YEARS = 12
#: inches that a year takes on an axis, with the gap to the next
_YEAR_WIDTH = 0.42
#: as many figures as can be written at their marks
_MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class _Series:
    """The figures of one place by year, its targets, and why years between have none."""

    place: str
    points: dict[int, Row]
    targets: dict[int, Row]
    gaps: dict[int, str]

    def runs(self) -> list[list[int]]:
        """Years with a figure, those together that no empty year parts."""
        runs: list[list[int]] = []
        for year in sorted(self.points):
            if runs and year - runs[-1][-1] == 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        return runs


def table_of(panel: Any, chart: str) -> pd.DataFrame:
    """The long table of a panel with all columns that the charts read.

    Raises:
        QzError: it is no such table.
    """
    table = getattr(panel, "long", panel)
    if not isinstance(table, pd.DataFrame):
        raise QzError(
            f"{chart}: draw the object itself that qz.panel(tables) gives (its tables are .wide, "
            f".long, .evidence and .missing), not a {type(panel).__name__}"
        )
    lacking = [name for name in _NEEDED if name not in getattr(table, "columns", ())]
    if lacking:
        raise QzError(
            f"{chart}: this table has no column {', '.join(lacking)}; "
            "pass the panel of places and years that qz.panel(tables) gives"
        )
    known = {name: value for name, value in _OPTIONAL.items() if name not in table}
    return _followed(table.assign(**known))


def _followed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with one name, the latest, for a place that was followed through its changes."""
    if "stable_code" not in table or not table["stable_code"].ne("").any():
        return table
    latest = table.sort_values("year").drop_duplicates("stable_code", keep="last")
    names = latest.set_index("stable_code")["place"]
    return table.assign(place=table["stable_code"].map(names).fillna(table["place"]))


def chosen(table: pd.DataFrame, indicator: str | None, chart: str) -> tuple[pd.DataFrame, str]:
    """The rows of one indicator, known by its key or by its name in either language."""
    there = list(dict.fromkeys(table["indicator"]))
    if indicator is None:
        if len(there) != 1:
            raise QzError(
                f"{chart}: the panel holds {len(there)} indicators; say which one to draw, "
                f'e.g. indicator="{there[0] if there else "mediation_success_rate"}"'
            )
        return table, there[0]
    key = indicator if indicator in there else named(indicator)[0]
    if key not in there:
        raise QzError(
            f"{chart}: the panel has no figure of {indicator!r}; it has: {', '.join(there)}"
        )
    return table[table["indicator"].eq(key)], key


def indicator_label(key: str, lang: Lang) -> str:
    """The name of a named indicator as its readers know it; its key where no vocabulary names it.

    >>> indicator_label("mediation_success_rate", "zh")
    '调解成功率'
    """
    entry = load("named").get(key)
    return say_named(entry, lang) if entry else key


@bilingual
def say_named(entry: Mapping[str, Any], lang: Lang) -> str:
    """The name of an entry of the vocabulary of named indicators."""
    return str(entry[lang])


def has_value(rows: pd.DataFrame) -> pd.Series:
    return rows["value"].notna() | (rows["low"].notna() & rows["high"].notna())


def _series(
    rows: pd.DataFrame, places: Sequence[str] | None, chart: str, most: int
) -> tuple[list[_Series], int]:
    """One series a place, in the order asked for or of the table, and how many places more there
    are.
    """
    told = list(dict.fromkeys(rows["place"]))
    if places is not None:
        wanted = [places] if isinstance(places, str) else list(places)
        if unknown := [place for place in wanted if place not in told]:
            raise QzError(
                f"{chart}: the panel has no place {', '.join(unknown)}; it has: "
                f"{', '.join(told[:12])}{' …' if len(told) > 12 else ''}"
            )
        told = wanted
    found = []
    for place in told:
        own = rows[rows["place"].eq(place)]
        planned = own["modality"].eq("planned")
        series = _Series(
            place,
            _by_year(own[~planned & has_value(own)]),
            _by_year(own[planned & has_value(own)]),
            _gaps(own[~planned & ~has_value(own)]),
        )
        if series.points or series.targets:
            found.append(series)
    if not found:
        raise QzError(
            f"{chart}: none of the {len(rows)} cells of this indicator has a value "
            "(the column `reason` says why); choose another indicator or more reports"
        )
    return _in_one_scale(found[:most]), len(found) - len(found[:most])


def _in_one_scale(series: Sequence[_Series]) -> list[_Series]:
    """The series with all figures in the scale that fits them together."""
    every = [row for one in series for row in (*one.points.values(), *one.targets.values())]
    sizes = {"sizes": alike(every)[0]["sizes"]}
    return [
        _Series(
            one.place,
            {year: row | sizes for year, row in one.points.items()},
            {year: row | sizes for year, row in one.targets.items()},
            one.gaps,
        )
        for one in series
    ]


def _by_year(rows: pd.DataFrame) -> dict[int, Row]:
    found = [signed(row) for row in as_rows(rows)]
    return {int(row["year"]): row for row in found}


def _gaps(rows: pd.DataFrame) -> dict[int, str]:
    return {
        int(year): str(reason)
        for year, reason in zip(rows["year"], rows["reason"], strict=True)
        if pd.notna(year)
    }


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
        if unit in {"%", "百分点"}:
            return f"{value:.6g}%".replace("-", "−")
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
    return f"({text})" if row["how"] in _NOT_PRINTED else text


@bilingual
def unit_words(row: Row, lang: Lang) -> str:
    """The unit of a chart's figures with their scale: 亿元."""
    unit = row["unit"]
    if unit in {"%", "百分点"}:
        return "%"
    word = scale_of(row["sizes"], lang)[1]
    if lang == "zh":
        return word + unit
    return f"{word} yuan".strip() if unit.startswith("元") else f"{word} {unit}".strip()


def _move(first: Row, last: Row) -> Decimal | None:
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
    if first["unit"] in {"%", "百分点"}:
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
    move = _move(first, last)
    if move is None:
        return ""
    hedged = any(
        row["bound"] not in ("exact", "") or pd.isna(row["value"]) for row in (first, last)
    )
    key = "level" if not move else "rise" if move > 0 else "fall"
    size = f"{abs(move).normalize():f}"
    points = first["unit"] in {"%", "百分点"}
    amount = say("years", "points" if points else "percent", lang, size=size)
    return say("years", f"{key}_about" if hedged and move else key, lang, amount=amount)


@bilingual
def _span(first: int, last: int, lang: Lang) -> str:
    return say("years", "span" if first != last else "year", lang, first=first, last=last)


@bilingual
def _told(series: _Series, span: tuple[int, int], lang: Lang) -> str:
    """What became of one place, as a part of the title."""
    years, place = sorted(series.points), place_label(series.place, lang)
    if not years:
        return say("years", "only_targets", lang, place=place)
    first, last = series.points[years[0]], series.points[years[-1]]
    if len(years) == 1:
        return say("years", "once", lang, place=place, year=years[0], value=written(first, lang))
    moved = _moved(first, last, lang)
    when = "" if (years[0], years[-1]) == span else _span(years[0], years[-1], lang)
    if not moved:  # from or to a bound, or from nothing
        known: dict[str, Any] = {"first": years[0], "last": years[-1]}
        known |= {"before": written(first, lang), "after": written(last, lang)}
        return say("years", "part_bare", lang, place=place, **known)
    return say("years", "part_when" if when else "part", lang, place=place, when=when, moved=moved)


def _alike(series: Sequence[_Series]) -> Sequence[_Series]:
    """The series within the years that all of them have, where these are two at least: movements
    over unlike spans are not set side by side.
    """
    common = set.intersection(*(set(one.points) for one in series)) if series else set()
    if len(series) < 2 or len(common) < 2:
        return series
    within = range(min(common), max(common) + 1)
    return [
        _Series(one.place, {y: row for y, row in one.points.items() if y in within}, {}, {})
        for one in series
    ]


@bilingual
def _finding(series: Sequence[_Series], what: str, lang: Lang) -> str:
    """What the figures say, as a title: from first to last, place by place, or counted."""
    series = _alike(series)
    years = sorted({year for one in series for year in one.points})
    if not years:
        return say("years", "targets_alone", lang, what=what, n=len(series))
    span, several = (years[0], years[-1]), [one for one in series if len(one.points) > 1]
    if len(series) == 1 and several:
        first, last = (series[0].points[year] for year in span)
        fillers: dict[str, Any] = {"before": written(first, lang), "after": written(last, lang)}
        fillers |= {"first": span[0], "last": span[1], "moved": _moved(first, last, lang)}
        place = place_label(series[0].place, lang)
        key = "one_place" if fillers["moved"] else "one_place_bare"
        return say("years", key, lang, place=place, what=what, **fillers)
    if len(series) <= 3:
        parts = say("years", "and", lang).join(_told(one, span, lang) for one in series)
        return say("years", "few_places", lang, what=what, when=_span(*span, lang), parts=parts)
    moves = [(_move(*_ends(one)), one) for one in several]
    known = [(move, one) for move, one in moves if move is not None]
    if not known:
        key = "many_unmoved" if several else "many_once"
        return say("years", key, lang, what=what, n=len(series), when=_span(*span, lang))
    farthest = max(known, key=lambda pair: abs(pair[0]))[1]
    years_of = sorted(farthest.points)
    one_way = {
        "fall": all(move < 0 for move, _ in known),
        "rise": all(move > 0 for move, _ in known),
    }
    return say(
        "years",
        next((f"many_{way}" for way, whole in one_way.items() if whole), "many_places"),
        lang,
        what=what,
        n=len(known),
        up=sum(move > 0 for move, _ in known),
        down=sum(move < 0 for move, _ in known),
        place=place_label(farthest.place, lang),
        moved=_moved(*_ends(farthest), lang),
        when=_span(years_of[0], years_of[-1], lang),
    )


def _ends(series: _Series) -> tuple[Row, Row]:
    years = sorted(series.points)
    return series.points[years[0]], series.points[years[-1]]


def size_of(asked: tuple[float, float], height: float | None = None) -> tuple[float, float]:
    """The size asked for; as wide as a telephone, and of another height, where it is drawn for one."""
    return width(asked[0]), height if height and is_narrow() else asked[1]


@redrawn
def trend(
    panel: Any,
    indicator: str | None = None,
    *,
    places: Sequence[str] | None = None,
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 8,
) -> Axes:
    """How one indicator went from year to year: a line a place, a mark a stated figure.

    Targets are open marks. A year without a figure parts the line, and the note says why it has
    none. Figures that a report does not print (recomputed, derived) are written in brackets.

    Args:
        panel: the panel of `qz.panel`, or its long table with the columns `place`, `year`,
            `indicator`, `value`, `unit`.
        indicator: its key or its name in English or Chinese; may be left out where the panel holds
            one alone.
        places: which places, in this order; all of the table without it.
        ax: axes to draw on; new ones without it.
        figsize: width and height in inches of new axes.
        lang: language of the words, `en`, `zh` or `both`; that in force (see `language`) unless
            given.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.
        most: how many places one picture holds; the note counts the others.

    Returns:
        the finished Axes.

    Raises:
        QzError: no such indicator or place, no value to draw, or a table of another kind.

    >>> from qz_analysis.charts import example_years
    >>> trend(example_years(), "调解成功率").get_xticks().tolist()
    [2018, 2019, 2020, 2021]
    """
    lang = spoken(lang)
    rows, key = chosen(table_of(panel, "trend"), indicator, "trend")
    series, beyond = _series(rows, places, "trend", most)
    with dressed():
        if ax is None:
            _, ax = plt.subplots(figsize=size_of(figsize or (WIDE, 3.9)))
        years = sorted({y for one in series for y in (*one.points, *one.targets)})
        for i, (one, colour) in enumerate(zip(series, _cycle(len(series)), strict=True)):
            # colours begin anew after the last: the second round is dashed
            _line(ax, one, colour, dashed=i >= len(colours()))
        _value_axis(ax, series, lang)
        ends = _label_ends(ax, series, lang)
        _year_axis(ax, years, max(words.get_window_extent().width for words in ends))
        labels: list[Label] = []
        if len(series) <= 2 and sum(len(one.points) for one in series) <= _MOST_LABELS:
            labels = [*_label_points(ax, series, lang), *_label_gaps(ax, series, lang)]
        _finish(ax, "trend", series, key, lang, title, source, more_places=beyond)
        settle(ax, labels, ends)
    return ax


@redrawn
def slope(
    panel: Any,
    indicator: str | None = None,
    *,
    years: tuple[int, int] | None = None,
    places: Sequence[str] | None = None,
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 16,
) -> Axes:
    """How places stand in two years: a line a place from the one to the other, both values written.

    Args:
        panel, indicator, places, ax, figsize, lang, title, source, most: as in `trend`. Places that
            lack one of the two years are not drawn; the note counts them.
        years: the two years; without it those for which most places have both figures, of several
            pairs the one farthest apart, then the latest.

    Returns:
        the finished Axes.

    Raises:
        QzError: no place has a figure in both years, or as in `trend`.

    >>> from qz_analysis.charts import example_years
    >>> slope(example_years(), "调解成功率", years=(2018, 2020)).get_xticks().tolist()
    [2018, 2020]
    """
    lang = spoken(lang)
    rows, key = chosen(table_of(panel, "slope"), indicator, "slope")
    rows = rows[rows["modality"].ne("planned")]
    every, _ = _series(rows, places, "slope", len(rows))
    if years is not None and len(years) != 2:
        raise QzError(f"slope: years are two, e.g. years=(2018, 2021), not {years}")
    pair = (int(years[0]), int(years[1])) if years else _pair(every)
    both = [one for one in every if all(year in one.points for year in pair)]
    if not both:
        raise QzError(
            f"slope: no place has a figure in both {pair[0]} and {pair[1]}"
            if any(pair)
            else "slope: the figures are of one year; draw it with charts.places"
        )
    series = _in_one_scale(
        [
            _Series(one.place, {year: one.points[year] for year in pair}, {}, {})
            for one in both[:most]
        ]
    )
    with dressed():
        if ax is None:
            _, ax = plt.subplots(
                figsize=size_of(figsize or (WIDE, max(3.4, 0.3 * len(series) + 1.4)))
            )
        ax.set_xticks(pair, [str(year) for year in pair])
        reach = pair[1] - pair[0]
        ax.set_xlim(pair[0] - 0.08 * reach, pair[1] + 0.08 * reach)
        tints = _by_move(series)
        for one, colour in zip(series, tints, strict=True):
            _line(ax, one, colour, pair)
        _value_axis(ax, series, lang)
        ax.set_yticks([])
        ax.grid(axis="x")
        _label_ends(ax, series, lang, tints)
        _label_starts(ax, series, lang, tints)
        short = len(every) - len(both)
        _finish(
            ax,
            "slope",
            series,
            key,
            lang,
            title,
            source,
            more_places=len(both) - len(series),
            short=short,
        )
    return ax


def _pair(series: Sequence[_Series]) -> tuple[int, int]:
    """The two years for which most places have figures; zeros where none has two."""
    counts = Counter(pair for one in series for pair in combinations(sorted(one.points), 2))
    return max(counts, key=lambda p: (counts[p], p[1] - p[0], p[1]), default=(0, 0))


def _by_move(series: Sequence[_Series]) -> list[str]:
    """A colour for what rose, another for what fell, ink for what stayed."""
    palette = colours()
    moves = [_move(*_ends(one)) or 0 for one in series]
    return [palette[1] if move > 0 else palette[0] if move < 0 else MUTED for move in moves]


@redrawn
def multiples(
    panel: Any,
    indicator: str | None = None,
    *,
    places: Sequence[str] | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 24,
    across: int = 4,
) -> np.ndarray:
    """One small picture a place, all on the same scales, with the other places in grey behind it.

    Args:
        panel, indicator, places, figsize, lang, title, source, most: as in `trend`.
        across: how many pictures stand in a row.

    Returns:
        the finished Axes, one a place.

    Raises:
        QzError: as in `trend`.

    >>> from qz_analysis.charts import example_years
    >>> len(multiples(example_years(), "调解成功率"))
    2
    """
    lang = spoken(lang)
    rows, key = chosen(table_of(panel, "multiples"), indicator, "multiples")
    every, _ = _series(rows, places, "multiples", len(rows))
    # one figure says nothing over time: such places are drawn only where asked for, or all are such
    several = [one for one in every if len(one.points) > 1 or places is not None] or every
    series, beyond = _in_one_scale(several[:most]), len(several[most:])
    once = len(every) - len(several)
    years = sorted({y for one in series for y in (*one.points, *one.targets)})
    across = min(2 if is_narrow() else across, len(series))
    down = -(-len(series) // across)
    with dressed():
        size = size_of(
            figsize or (max(4.2, WIDE * across / 4), 1.65 * down + 0.4), 1.6 * down + 0.4
        )
        _, grid = plt.subplots(down, across, figsize=size, sharex=True, sharey=True, squeeze=False)
        for ax in grid.flat[len(series) :]:
            ax.remove()
        for ax, one in zip(grid.flat, series, strict=False):
            for other in series:
                for run in other.runs():
                    at = [other.points[year]["at"] for year in run]
                    ax.plot(run, at, color=_PALE, linewidth=0.8, zorder=1)
            _line(ax, one, colours()[0], size=4)
            # below the name, since at the marks there is no room for all
            room = size[0] / across - 0.35
            head = in_lines(place_label(one.place, lang)) + "\n" + _from_to(one, room, lang)
            ax.set_title(head, fontsize=max(9, small()), loc="left", color=INK, linespacing=1.25)
            ax.grid(axis="y")
        first_ax = grid[0, 0]
        _value_axis(first_ax, series, lang)
        lowest, highest = first_ax.get_ylim()
        first_ax.set_ylim(lowest, highest + 0.14 * (highest - lowest))
        ends = sorted({years[0], years[-1]})
        first_ax.set_xticks(ends, [str(year) for year in ends])
        edge = 0.35 * max(1, (years[-1] - years[0]) / 4)
        first_ax.set_xlim(years[0] - edge, years[-1] + edge)
        # the bottom axes of a column that the last row does not reach name their years too
        for ax in grid.flat[max(0, len(series) - across) : len(series)]:
            ax.tick_params(labelbottom=True)
        _finish(
            first_ax, "multiples", series, key, lang, title, source, more_places=beyond, once=once
        )
    return grid.ravel()[: len(series)]


def _from_to(series: _Series, room: float, lang: Lang) -> str:
    """The first and the last figure of a place, in brief where they would take more inches."""
    ends = _ends(series) if series.points else ()
    for brief in (False, True):
        words = (in_lines(written(row, lang, brief=brief)) for row in ends)
        told = " → ".join(dict.fromkeys(words))
        if text_width(told, max(9, small())) <= room:
            break
    return told


@redrawn
def places(
    panel: Any,
    indicator: str | None = None,
    *,
    year: int | None = None,
    order: str = "panel",
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = ON_A_PAGE,
) -> Axes:
    """How places stand in one year: one row a place, one figure a row, its interval where counts
    are known.

    Figures of one name may still be counted differently; sorting them is therefore asked for, and
    what stands against comparing is written in the note.

    Args:
        panel, indicator, ax, figsize, lang, title, source, most: as in `trend`.
        year: the year; the one with most figures without it, the latest of equals.
        order: `panel` keeps the order of the table, `value` sorts the rows, the largest first.

    Returns:
        the finished Axes.

    Raises:
        QzError: no figure in that year, an order of another name, or as in `trend`.

    >>> from qz_analysis.charts import example_years
    >>> ax = places(example_years(), "调解成功率", year=2020, lang="zh")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['甲县', '乙县']
    """
    lang = spoken(lang)
    if order not in {"panel", "value"}:
        raise QzError(f"places: order is 'panel' or 'value', not {order!r}")
    rows, key = chosen(table_of(panel, "places"), indicator, "places")
    rows, year = in_year(rows, year, "places")
    actual = rows[rows["modality"].ne("planned")]
    drawn = [signed(row) for row in as_rows(actual[has_value(actual)])]
    if order == "value":
        drawn.sort(key=lambda row: -row["at"])
    drawn = [*alike(drawn[:most]), *drawn[most:]]
    kept = [row | {"y": y, "value": row["at"]} for y, row in enumerate(drawn[:most])]
    if not kept:
        raise QzError(f"places: no place has a figure for {year}")
    lost = actual[~has_value(actual)]
    words = [written(row, lang) for row in drawn[:most]]
    with dressed():
        if ax is None:
            ax = frame("places", [place_label(row["place"], lang) for row in kept], lang)
            if figsize and not is_narrow():
                figure_of(ax).set_size_inches(figsize)
        else:
            ax.set_yticks(range(len(kept)), [place_label(row["place"], lang) for row in kept])
            ax.set_ylim(len(kept) - 0.4, -0.6)
        ax.grid(axis="y")
        kept = [row | _interval(row) | {"audit": row.get("audit", "")} for row in kept]
        hollow = [row["how"] not in ("stated", "") or is_open(row) for row in kept]
        dots(ax, kept, hollow, ["other"] * len(kept))
        column(ax, words, kept)
        reach = [row[k] for row in kept for k in ("value", "low", "high", "ci_low", "ci_high")]
        known = [value for value in reach if pd.notna(value)]
        _limits(ax.set_xlim, known, kept[0]["unit"])
        few = 4 if figure_of(ax).get_size_inches()[0] >= ROOMY else 2
        ax.xaxis.set_major_locator(_ticks(ax.get_xlim(), known, kept[0]["unit"], few))
        ax.xaxis.set_major_formatter(formatter(kept[0], lang))
        facts = {"year": year, "lost": lost_words(lost, lang)}
        facts |= {"more_places": len(drawn) - len(kept), "order": order}
        # a bound (≥100) is neither the least nor the most
        firm = [row for row in kept if not is_open(row)] or kept
        low, high = min(firm, key=lambda r: r["value"]), max(firm, key=lambda r: r["value"])
        finish_rows(ax, "places", kept, (low, high), key, lang, title, source, **facts)
    return ax


def in_year(rows: pd.DataFrame, year: int | None, chart: str) -> tuple[pd.DataFrame, int]:
    """The rows of a year; without one, of the year for which most places have a figure."""
    known = rows.loc[has_value(rows) & rows["modality"].ne("planned"), "year"]
    if known.empty:
        raise QzError(f"{chart}: none of the {len(rows)} cells of this indicator has a value")
    if year is None:
        counts = known.astype(int).value_counts()
        year = int(max(counts[counts.eq(counts.max())].index))
    year = int(year)
    if year not in set(known.astype(int)):
        there = ", ".join(str(y) for y in sorted(set(known.astype(int))))
        raise QzError(f"{chart}: no figure for {year}; there are figures for {there}")
    return rows[rows["year"].eq(year)], year


def _interval(row: Row) -> Row:
    """The 95 % interval (Wilson) of a rate of a sample of people with its counts, for those that have them."""
    if (
        row["unit"] != "%"
        or not is_sampled(row)
        or pd.isna(row["denominator"])
        or not row["denominator"]
    ):
        return {"ci_low": np.nan, "ci_high": np.nan}
    low, high = wilson(row["numerator"], row["denominator"])
    return {"ci_low": low, "ci_high": high}


#: inches of a line of figures below a narrow picture
_LINE = 0.2


def above_list(rows: Sequence[Row], height: float, lang: Lang, brief: bool = False) -> Axes:
    """Axes of a narrow picture, and below them each place with its figure, for which the picture
    has no room; in brief as `written` does.
    """
    words = [(place_label(row["place"], lang), written(row, lang, brief=brief)) for row in rows]
    entries = [(in_lines(name).replace("\n", " "), in_lines(value)) for name, value in words]
    longest = max(text_width("  ".join(entry), small()) for entry in entries)
    across = 2 if longest < (width() - 0.6) / 2 else 1
    down = -(-len(entries) // across)
    _, (ax, below) = plt.subplots(
        2,
        figsize=(width(), height + _LINE * down + 0.1),
        height_ratios=(height, _LINE * down + 0.1),
    )
    below.set_axis_off()
    for i, (name, value) in enumerate(entries):
        column, row = divmod(i, down)
        left, right = column / across, (column + 1) / across - 0.06 * (column < across - 1)
        at = 1 - (row + 0.5) / down
        for x, side, text in ((left, "left", name), (right, "right", value)):
            below.text(x, at, text, ha=side, va="center", fontsize=small())
    return ax


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
    _in_font(ax)
    what = indicator_label(key, lang)
    low, high = ends
    fillers = {
        "what": what,
        "low_place": place_label(low["place"], lang),
        "high_place": place_label(high["place"], lang),
        "unit": unit_words(low, lang),
        "low_value": written(low | {"how": "stated"}, lang),
        "high_value": written(high | {"how": "stated"}, lang),
        **facts,
    }
    same = low["value"] == high["value"]
    finding = f"{chart}_one" if len(rows) == 1 else f"{chart}_same" if same else chart
    notes = _row_notes(rows, [chart])
    if "expected" in notes and chart != "places":
        notes[notes.index("expected")] = "expected_places"
        early = [place_label(row["place"], lang) for row in rows if row["how"] == "expected"]
        fillers["expected_places"] = listed(early, lang)
    if facts.get("lost"):
        notes.append("lost")
    notes += [name for name in ("elsewhere", "unmapped", "more_places") if facts.get(name)]
    if chart == "outlines":
        notes.append("approved" if facts["approval"] else "unapproved")
    if chart == "places":
        notes.append("sorted" if facts["order"] == "value" else "in_order")
    finish_chart(ax, chart, rows, lang, title, source, notes, finding=finding, **fillers)


def _row_notes(rows: Sequence[Row], first: Sequence[str] = ()) -> list[str]:
    """The notes that the marks of these rows call for."""
    notes = [name for name in first if name in load("labels")["notes"]]
    if any(row["how"] in _NOT_PRINTED for row in rows):
        notes.append("not_printed")
    if any(row["how"] == "expected" for row in rows):
        notes.append("expected")
    if any(row["bound"] in SIGNS for row in rows):
        notes.append("hedged")
    if any(pd.notna(row.get("ci_low", np.nan)) for row in rows):
        notes.append("intervals")
    if any(row.get("several", 0) and int(row["several"]) > 1 for row in rows):
        notes.append("several")
    return notes


def _in_font(ax: Axes) -> None:
    """Sets the tick labels of axes that the user made before in the Chinese font."""
    ax.tick_params(labelfontfamily=register())


def _cycle(n: int) -> list[str]:
    palette = colours()
    return [palette[i % len(palette)] for i in range(n)]


def _year_axis(ax: Axes, years: Sequence[int], beside: float) -> None:
    """The years on the axis, as many as there is room for beside words so many pixels wide."""
    every = range(years[0], years[-1] + 1)
    fig = figure_of(ax)
    room = fig.get_size_inches()[0] * ax.get_position().width * 0.95 - beside / fig.dpi
    step = -(-len(every) // max(2, min(_MOST_YEARS, int(room / _YEAR_WIDTH))))
    named_years = every[::-1][::step][::-1]  # the last is always named
    ax.set_xticks(list(named_years), [str(year) for year in named_years])
    edge = 0.04 * max(4, years[-1] - years[0])
    ax.set_xlim(years[0] - edge, years[-1] + edge)


def _value_axis(ax: Axes, series: Sequence[_Series], lang: Lang) -> None:
    rows = [row for one in series for row in (*one.points.values(), *one.targets.values())]
    reach = [row[key] for row in rows for key in ("at", "low", "high") if pd.notna(row[key])]
    unit = rows[0]["unit"]
    _limits(ax.set_ylim, reach, unit)
    ax.yaxis.set_major_locator(_ticks(ax.get_ylim(), reach, unit, 5))
    ax.yaxis.set_major_formatter(formatter(rows[0], lang))
    ax.grid(visible=False, axis="x")
    ax.grid(visible=True, axis="y")


def _limits(put: Any, values: Sequence[float], unit: str) -> None:
    """A scale that holds every mark: from 0 for amounts, near the figures for rates, and no further than
    100 % where no figure is.
    """
    low, high = min(values), max(values)
    if unit not in {"%", "百分点"} or low < 0.4 * high:
        low, high = min(0.0, low), max(0.0, high)
    edge = 0.08 * (high - low or abs(high) or 1)
    end = high + edge
    put(low - (edge if low else 0.25 * edge), min(end, 100) if unit == "%" and high <= 100 else end)


def _ticks(
    limits: tuple[float, float], values: Sequence[float], unit: str, most: int
) -> FixedLocator:
    """A few round numbers within the limits; none above 100 % where no figure is."""
    low, high = limits
    if unit == "%" and max(values) <= 100:
        high = min(high, 100)
    ticks = MaxNLocator(most).tick_values(low, high)
    return FixedLocator([tick for tick in ticks if low <= tick <= high])


def formatter(row: Row, lang: Lang) -> FuncFormatter:
    """The labels of an axis in the scale that a row of the chart bears."""
    if row["unit"] in {"%", "百分点"}:
        return FuncFormatter(lambda value, _: f"{value:.6g}%".replace("-", "−"))
    return FuncFormatter(lambda value, _: in_lines(_on_axis(value, row["sizes"], lang)))


@bilingual
def _on_axis(value: float, sizes: tuple[float, float], lang: Lang) -> str:
    return in_scale(value, scale_of(sizes, lang), lang) if value else "0"


def _line(
    ax: Axes,
    one: _Series,
    colour: str,
    only: Sequence[int] | None = None,
    size: float = 6,
    dashed: bool = False,
) -> None:
    """The line of a place: joined where years follow, parted where one is empty; targets open."""
    style = "--" if dashed else "-"
    for run in [list(only)] if only else one.runs():
        at = [one.points[year]["at"] for year in run]
        ax.plot(run, at, color=colour, linewidth=1.8, linestyle=style)
    for year, row in one.points.items():
        firm = row["how"] in ("stated", "") and not is_open(row)
        face = colour if firm else "white"
        if pd.notna(row["low"]) and pd.notna(row["high"]):
            ax.vlines(year, row["low"], row["high"], color=colour, linewidth=1.6)
        else:
            # a mark at the end of the scale stands whole
            look = {"color": colour, "markerfacecolor": face, "markersize": size}
            ax.plot(year, row["at"], "o", clip_on=False, **look)
    for year, row in one.targets.items():
        ax.plot(year, row["at"], "D", color=colour, markerfacecolor="white", markersize=size)


def _label_ends(
    ax: Axes, series: Sequence[_Series], lang: Lang, tints: Sequence[str] | None = None
) -> list[Text]:
    """Place and last figure beside the last mark of each line, moved apart where they would overlap."""
    ends: dict[int, list[tuple[float, str, str]]] = {}
    for one, colour in zip(series, tints or _cycle(len(series)), strict=True):
        known = one.points or one.targets
        row, words = known[max(known)], place_label(one.place, lang)
        if tints or len(series) > 2 or sum(len(o.points) for o in series) > _MOST_LABELS:
            words = named_value(words, written(row, lang), lang)
        ends.setdefault(max(known), []).append((row["at"], words, colour))
    return [text for year, labels in ends.items() for text in _beside(ax, labels, year, 9)]


def _label_starts(ax: Axes, series: Sequence[_Series], lang: Lang, tints: Sequence[str]) -> None:
    """The first figure of each line left of its mark."""
    firsts = [one.points[min(one.points)] for one in series]
    labels = [
        (row["at"], written(row, lang), colour) for row, colour in zip(firsts, tints, strict=True)
    ]
    _beside(ax, labels, firsts[0]["year"], -9)


@bilingual
def named_value(name: str, value: str, lang: Lang) -> str:
    """A name and its figure, with a gap between them."""
    return f"{name} {value}"


def _beside(
    ax: Axes, labels: Sequence[tuple[float, str, str]], year: int, shift: int
) -> list[Text]:
    """Words beside the marks of a year, `shift` points away, each a line apart from the next."""
    low, high = ax.get_ylim()
    # the height of the axes in points, before words are put above and below them
    points = figure_of(ax).get_size_inches()[1] * 72 * 0.86
    gap = 1.3 * plt.rcParams["font.size"] * (high - low) / points
    heights = apart([value for value, _, _ in labels], gap)
    return [
        ax.annotate(
            words,
            (year, height),
            (shift, 0),
            textcoords="offset points",
            va="center",
            ha="left" if shift > 0 else "right",
            color=colour,
            annotation_clip=False,
        )
        for (_, words, colour), height in zip(labels, heights, strict=True)
    ]


def _label_gaps(ax: Axes, series: Sequence[_Series], lang: Lang) -> list[Label]:
    """Why a year between two figures is empty, written where its mark would stand on the way."""
    found = []
    for one, colour in zip(series, _cycle(len(series)), strict=True):
        years = sorted(one.points)
        for before, after in pairwise(years):
            reasons = {one.gaps.get(year, "no report") for year in range(before + 1, after)}
            if len(reasons) == 1:
                middle = (one.points[before]["at"] + one.points[after]["at"]) / 2
                text = ax.annotate(
                    in_lines(say("panel_reason", reasons.pop() or "not stated", lang)),
                    ((before + after) / 2, middle),
                    (0, 0),
                    textcoords="offset points",
                    ha="center",
                    va="center",
                    fontsize=small(),
                    color=colour,
                )
                places = [((0, up), "center", "center") for up in (0, 12, -12)]
                found.append(Label(text, places))
    return found


def _label_points(ax: Axes, series: Sequence[_Series], lang: Lang) -> list[Label]:
    """Each figure written at its mark; where there is no room for all, the first and the last of a
    place, its largest and its smallest come first.
    """
    found = []
    for one in series:
        ends = {max(one.points), min(one.points)} if one.points else set()
        sizes = [year for _, year in sorted((row["at"], year) for year, row in one.points.items())]
        for year, row in one.points.items():
            others = [o.points[year]["at"] for o in series if o is not one and year in o.points]
            around = [one.points[y]["at"] for y in (year - 1, year + 1) if y in one.points]
            low = row["at"] < (
                min(others) if others else sum(around) / len(around) if around else 0
            )
            rank = 0 if year in ends else 1 if year in (sizes[0], sizes[-1]) else 2
            label = _write(ax, year, row["at"], written(row, lang), below=low)
            found.append((rank, label))
        for year, row in one.targets.items():
            words = say("years", "target", lang, value=written(row, lang))
            found.append((0, _write(ax, year, row["at"], words, below=year in one.points)))
    return [label for _, label in sorted(found, key=lambda pair: pair[0])]


def _write(ax: Axes, year: int, at: float, words: str, below: bool = False) -> Label:
    """Words above or below a mark, to be settled there."""
    text = ax.annotate(
        in_lines(words),
        (year, at),
        (0, 7),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=small(),
        color=MUTED,
    )
    over = [((x, 7.0), ha, "bottom") for x, ha in ((0.0, "center"), (4.0, "right"), (-4.0, "left"))]
    under = [((x, -7.0), ha, "top") for (x, _), ha, _ in over]
    return Label(text, [*under, *over] if below else [*over, *under])


def _finish(
    ax: Axes,
    chart: str,
    series: Sequence[_Series],
    key: str,
    lang: Lang,
    title: str | None,
    source: str | None,
    **facts: Any,
) -> None:
    """The words of a chart over years."""
    _in_font(ax)
    what = indicator_label(key, lang)
    drawn = [row for one in series for row in (*one.points.values(), *one.targets.values())]
    rows = [row | {"y": y} for y, row in enumerate(drawn)]
    gaps = _gap_words(series, lang) if chart != "slope" else ""
    notes = _row_notes(drawn, [chart])
    notes += ["targets"] * any(one.targets for one in series)
    notes += ["gaps"] * bool(gaps)
    facts["changed"] = _change_words(drawn, lang)
    notes += [name for name in ("changed", "short", "once", "more_places") if facts.get(name)]
    years = sorted({int(row["year"]) for row in drawn})
    found = _finding(series, what, lang)
    fillers = {"what": what, "gaps": gaps, "places": len(series)}
    fillers |= {"when": _span(years[0], years[-1], lang)}
    finish_chart(
        ax,
        chart,
        rows,
        lang,
        title or in_lines(found),
        source,
        notes,
        found=found,
        **fillers,
        **facts,
    )


@bilingual
def _change_words(rows: Sequence[Row], lang: Lang) -> str:
    """Where a division changed between the figures of a place."""
    told = dict.fromkeys(
        say("years", "changed", lang, place=place_label(row["place"], lang), year=int(row["year"]),
            change=row["changed"])
        for row in rows if row.get("changed")
    )  # fmt: skip
    return say("years", "lost_sep", lang).join(told)


@bilingual
def _gap_words(series: Sequence[_Series], lang: Lang) -> str:
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
