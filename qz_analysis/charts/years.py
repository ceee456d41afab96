"""Charts of a panel of places over the years: lines, slopes between two years, small multiples."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from ..errors import QzError
from ..vocabularies.labels import Lang, in_lines, spoken
from .axes import Label, settle, text_width
from .lines import (
    MOST_LABELS,
    cycle,
    label_ends,
    label_gaps,
    label_points,
    label_starts,
    line,
    value_axis,
    year_axis,
)
from .place_years import Series, chosen, in_one_scale, series_of
from .rows import place_label
from .theme import INK, MUTED, WIDE, colours, dressed, is_narrow, redrawn, small, width
from .written import written
from .year_words import finish_years, move

_PALE = "#c9c9c9"


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
    rows, key = chosen(panel, indicator, "trend")
    series, beyond = series_of(rows, places, "trend", most)
    with dressed():
        if ax is None:
            _, ax = plt.subplots(figsize=size_of(figsize or (WIDE, 3.9)))
        years = sorted({year for one in series for year in (*one.points, *one.targets)})
        for i, (one, colour) in enumerate(zip(series, cycle(len(series)), strict=True)):
            # colours begin anew after the last: the second round is dashed
            line(ax, one, colour, dashed=i >= len(colours()))
        value_axis(ax, series, lang)
        ends = label_ends(ax, series, lang)
        year_axis(ax, years, max(words.get_window_extent().width for words in ends))
        labels: list[Label] = []
        if len(series) <= 2 and sum(len(one.points) for one in series) <= MOST_LABELS:
            labels = [*label_points(ax, series, lang), *label_gaps(ax, series, lang)]
        finish_years(ax, "trend", series, key, lang, title, source, more_places=beyond)
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
    rows, key = chosen(panel, indicator, "slope")
    rows = rows[rows["modality"].ne("planned")]
    every, _ = series_of(rows, places, "slope", len(rows))
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
    series = in_one_scale([one.within(pair) for one in both[:most]])
    with dressed():
        if ax is None:
            tall = max(3.4, 0.3 * len(series) + 1.4)
            _, ax = plt.subplots(figsize=size_of(figsize or (WIDE, tall)))
        ax.set_xticks(pair, [str(year) for year in pair])
        reach = pair[1] - pair[0]
        ax.set_xlim(pair[0] - 0.08 * reach, pair[1] + 0.08 * reach)
        tints = _by_move(series)
        for one, colour in zip(series, tints, strict=True):
            line(ax, one, colour, pair)
        value_axis(ax, series, lang)
        ax.set_yticks([])
        ax.grid(axis="x")
        label_ends(ax, series, lang, tints)
        label_starts(ax, series, lang, tints)
        beyond, short = len(both) - len(series), len(every) - len(both)
        finish_years(ax, "slope", series, key, lang, title, source, more_places=beyond, short=short)
    return ax


def _pair(series: Sequence[Series]) -> tuple[int, int]:
    """The two years for which most places have figures; zeros where none has two."""
    counts = Counter(pair for one in series for pair in combinations(sorted(one.points), 2))
    return max(counts, key=lambda p: (counts[p], p[1] - p[0], p[1]), default=(0, 0))


def _by_move(series: Sequence[Series]) -> list[str]:
    """A colour for what rose, another for what fell, ink for what stayed."""
    palette = colours()
    moves = [move(*one.ends()) or 0 for one in series]
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
    rows, key = chosen(panel, indicator, "multiples")
    every, _ = series_of(rows, places, "multiples", len(rows))
    # one figure says nothing over time: such places are drawn only where asked for, or all are such
    several = [one for one in every if len(one.points) > 1 or places is not None] or every
    series, beyond = in_one_scale(several[:most]), len(several[most:])
    once = len(every) - len(several)
    years = sorted({year for one in series for year in (*one.points, *one.targets)})
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
            line(ax, one, colours()[0], size=4)
            # below the name, since at the marks there is no room for all
            room = size[0] / across - 0.35
            head = in_lines(place_label(one.place, lang)) + "\n" + _from_to(one, room, lang)
            ax.set_title(head, fontsize=max(9, small()), loc="left", color=INK, linespacing=1.25)
            ax.grid(axis="y")
        first_ax = grid[0, 0]
        value_axis(first_ax, series, lang)
        lowest, highest = first_ax.get_ylim()
        first_ax.set_ylim(lowest, highest + 0.14 * (highest - lowest))
        ends = sorted({years[0], years[-1]})
        first_ax.set_xticks(ends, [str(year) for year in ends])
        edge = 0.35 * max(1, (years[-1] - years[0]) / 4)
        first_ax.set_xlim(years[0] - edge, years[-1] + edge)
        # the bottom axes of a column that the last row does not reach name their years too
        for ax in grid.flat[max(0, len(series) - across) : len(series)]:
            ax.tick_params(labelbottom=True)
        finish_years(
            first_ax, "multiples", series, key, lang, title, source, more_places=beyond, once=once
        )
    return grid.ravel()[: len(series)]


def _from_to(series: Series, room: float, lang: Lang) -> str:
    """The first and the last figure of a place, in brief where they would take more inches."""
    ends = series.ends() if series.points else ()
    for brief in (False, True):
        words = (in_lines(written(row, lang, brief=brief)) for row in ends)
        told = " → ".join(dict.fromkeys(words))
        if text_width(told, max(9, small())) <= room:
            break
    return told


def size_of(asked: tuple[float, float], height: float | None = None) -> tuple[float, float]:
    """The size asked for; as wide as a telephone, and of another height, where it is drawn for one."""
    return width(asked[0]), height if height and is_narrow() else asked[1]
