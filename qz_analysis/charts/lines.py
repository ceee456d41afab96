"""Lines of places over the years: their axes, marks, and the words beside them."""

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from ..comparison.wholes import is_open
from ..vocabularies.labels import Lang, in_lines, say
from .axes import Label, apart, limits, numbered
from .figure import figure_of
from .place_years import Series
from .rows import place_label
from .theme import MUTED, colours, small
from .written import named_value, written

#: as many years as an axis names one by one
_MOST_YEARS = 12
#: inches that a year takes on an axis, with the gap to the next
_YEAR_WIDTH = 0.42
#: as many figures as can be written at their marks
MOST_LABELS = 16


def cycle(n: int) -> list[str]:
    """So many colours; they begin anew after the last."""
    palette = colours()
    return [palette[i % len(palette)] for i in range(n)]


def line(
    ax: Axes,
    one: Series,
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


def year_axis(ax: Axes, years: Sequence[int], beside: float) -> None:
    """The years on the axis, as many as there is room for beside words so many pixels wide."""
    every = range(years[0], years[-1] + 1)
    fig = figure_of(ax)
    room = fig.get_size_inches()[0] * ax.get_position().width * 0.95 - beside / fig.dpi
    step = -(-len(every) // max(2, min(_MOST_YEARS, int(room / _YEAR_WIDTH))))
    named_years = every[::-1][::step][::-1]  # the last is always named
    ax.set_xticks(list(named_years), [str(year) for year in named_years])
    edge = 0.04 * max(4, years[-1] - years[0])
    ax.set_xlim(years[0] - edge, years[-1] + edge)


def value_axis(ax: Axes, series: Sequence[Series], lang: Lang) -> None:
    """The scale of the figures, with lines across from its numbers alone."""
    rows = [row for one in series for row in one.rows()]
    reach = [row[key] for row in rows for key in ("at", "low", "high") if pd.notna(row[key])]
    ax.set_ylim(*limits(reach, rows[0]["unit"]))
    numbered(ax.yaxis, reach, rows[0], lang, 5)
    ax.grid(visible=False, axis="x")
    ax.grid(visible=True, axis="y")


def label_ends(
    ax: Axes, series: Sequence[Series], lang: Lang, tints: Sequence[str] | None = None
) -> list[Text]:
    """Place and last figure beside the last mark of each line, moved apart where they would overlap."""
    ends: dict[int, list[tuple[float, str, str]]] = {}
    for one, colour in zip(series, tints or cycle(len(series)), strict=True):
        known = one.points or one.targets
        row, words = known[max(known)], place_label(one.place, lang)
        if tints or len(series) > 2 or sum(len(o.points) for o in series) > MOST_LABELS:
            words = named_value(words, written(row, lang), lang)
        ends.setdefault(max(known), []).append((row["at"], words, colour))
    return [text for year, labels in ends.items() for text in _beside(ax, labels, year, 9)]


def label_starts(ax: Axes, series: Sequence[Series], lang: Lang, tints: Sequence[str]) -> None:
    """The first figure of each line left of its mark."""
    firsts = [one.ends()[0] for one in series]
    labels = [
        (row["at"], written(row, lang), colour) for row, colour in zip(firsts, tints, strict=True)
    ]
    _beside(ax, labels, firsts[0]["year"], -9)


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


def label_points(ax: Axes, series: Sequence[Series], lang: Lang) -> list[Label]:
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


def label_gaps(ax: Axes, series: Sequence[Series], lang: Lang) -> list[Label]:
    """Why a year between two figures is empty, written where its mark would stand on the way."""
    found = []
    for one, colour in zip(series, cycle(len(series)), strict=True):
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
