"""Axes that charts share: one row a label, scales of money and of powers of ten, printed columns,
legends, dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import Bbox

from ..comparison.indicators import Row
from ..vocabularies.labels import Lang, in_lines, say
from ..vocabularies.session import load
from .rows import short_number
from .theme import INK, MUTED, colours, is_narrow, width, wrap
from .written import PERCENT, on_axis

_MARKERS = "os^DvPX"
#: where words stand beside a mark: the shift in points, and which side of them is there
Side = tuple[tuple[float, float], Any, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a mark, with the places that they may take, the best first."""

    text: Annotation
    places: Sequence[Side]


#: inches of a row of those axes that are drawn for a telephone
_PITCH: WeakKeyDictionary[Axes, float] = WeakKeyDictionary()


def frame(chart: str, labels: Sequence[str], lang: Lang, pitch: float = 0.3) -> Axes:
    """Axes with one row a label, `pitch` inches each, the first on top; what is measured below.

    On a telephone a label stands above its row, and what `column` prints below the label.
    """
    if lang == "en":
        # the words of a report stand below what they are about
        labels = [label.replace(' "', '\n"', 1) for label in labels]
    below = 0.6 if is_narrow() else 0.85
    _, ax = plt.subplots(figsize=(width(), len(labels) * row_height(labels, pitch) + below))
    set_rows(ax, labels, row_height(labels, pitch))
    if chart in load("labels")["axes"]:
        said = in_lines(say("axes", chart, lang))
        ax.set_xlabel(_wrapped(said) if is_narrow() else said)
    return ax


#: inches of a row on a telephone: its bar, a line of words, and the gap to the next
_BAR, _LINE, _BETWEEN = 0.17, 0.19, 0.16
_MOST_LINES = 3
#: inches of a row whose label has two lines
_TWO_LINES = 0.37


def _wrapped(text: str, most: int = 9) -> str:
    """Words in lines that a telephone holds."""
    probe = Figure().text(0, 0, "", fontsize=9.5)
    lines = wrap(text, (width() - 0.45) * probe.figure.dpi, probe).split("\n")
    return "\n".join(lines[:most])


def row_height(labels: Sequence[str], pitch: float = 0.3) -> float:
    """Inches of each row of axes that bear these labels: `pitch`, or what a telephone needs."""
    if not is_narrow():
        return max(pitch, _TWO_LINES) if any("\n" in label for label in labels) else pitch
    lines = max((_wrapped(label, _MOST_LINES).count("\n") + 1 for label in labels), default=1)
    return _BAR + (lines + 1) * _LINE + _BETWEEN


def set_rows(ax: Axes, labels: Sequence[str], height: float) -> None:
    """Gives axes one row a label, so many inches each, the first on top."""
    if not is_narrow():
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(len(labels) - 0.4, -0.6)
        return
    _PITCH[ax] = height
    above = height - _BAR - _BETWEEN
    ax.set_yticks([])
    ax.set_ylim(len(labels) - 1 + (_BAR / 2 + 0.08) / height, -(_BAR / 2 + above) / height)
    for y, label in enumerate(labels):
        _beside(ax, _wrapped(label, _MOST_LINES), y, 0, _BAR / 2 + _LINE, INK)


def _beside(ax: Axes, text: str, y: float, x: float, up: float, colour: str) -> None:
    """Words above a row of a telephone's chart, so many inches over its middle."""
    ax.annotate(
        text,
        (x, y),
        (0, up * 72 + 1),
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        va="bottom",
        ha="right" if x else "left",
        color=colour,
        linespacing=1.15,
        # no line of the grid runs through words
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.6},
    )


def thickness(ax: Axes, share: float) -> float:
    """How thick a bar is that takes a share of its row: on a telephone words stand there too."""
    return share * 1.4 * _BAR / _PITCH[ax] if ax in _PITCH else share


def text_width(words: str, size: float) -> float:
    """How many inches words take at so many points, in the font of the charts."""
    fig = Figure()
    return float(fig.text(0, 0, words, fontsize=size).get_window_extent().width / fig.dpi)


def round_ticks(ax: Axes, lang: Lang, most: int = 4) -> None:
    """An x axis with a few round numbers, written briefly."""
    ax.xaxis.set_major_locator(MaxNLocator(most))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: in_lines(short_number(value, lang)))
    )


def is_roomy(ax: Axes) -> bool:
    """Whether a figure has inches for words that a narrow one has not."""
    fig: Any = ax.figure
    return bool(fig.get_figwidth() >= 6.0)


def limits(values: Sequence[float], unit: str) -> tuple[float, float]:
    """The ends of a scale that holds every mark: from 0 for amounts, near the figures for rates, and no
    further than 100 % where no figure is.
    """
    low, high = min(values), max(values)
    if unit not in PERCENT or low < 0.4 * high:
        low, high = min(0.0, low), max(0.0, high)
    edge = 0.08 * (high - low or abs(high) or 1)
    end = min(high + edge, 100) if unit == "%" and high <= 100 else high + edge
    return low - (edge if low else 0.25 * edge), end


def numbered(axis: Axis, values: Sequence[float], row: Row, lang: Lang, most: int) -> None:
    """Writes a few round numbers at an axis, as a row of the chart is written; none above 100 % where
    no figure is.
    """
    low, high = axis.get_view_interval()
    if row["unit"] == "%" and max(values) <= 100:
        high = min(high, 100)
    ticks = MaxNLocator(most).tick_values(low, high)
    axis.set_major_locator(FixedLocator([tick for tick in ticks if low <= tick <= high]))
    axis.set_major_formatter(formatter(row, lang))


def formatter(row: Row, lang: Lang) -> FuncFormatter:
    """The labels of an axis in the scale that a row of the chart bears."""
    return FuncFormatter(lambda value, _: in_lines(on_axis(value, row, lang)))


def decades(ax: Axes, values: Sequence[float], lang: Lang, most: int = 5) -> None:
    """A scale of powers of ten around the values, with as many of them named as there is room for."""
    low = int(np.floor(np.log10(min(values))))
    high = max(low + 1, int(np.ceil(np.log10(max(values)))))
    # room for half a dot at either end, however many powers share the axis
    edge = 0.06 + 0.02 * (high - low)
    ax.set_xscale("log")
    ax.set_xlim(10.0 ** (low - edge), 10.0 ** (high + edge))
    # a power named in two languages is twice as wide
    step = -(-(high - low) // (most // 2 if lang == "both" else most))
    ax.xaxis.set_major_locator(FixedLocator([10.0**n for n in range(low, high + 1, step)]))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: in_lines(short_number(value, lang)))
    )
    ax.xaxis.set_minor_locator(NullLocator())


def reached(rows: Sequence[Row]) -> list[float]:
    """Values and the ends of ranges: the axis must hold them all."""
    return [row[key] for row in rows for key in ("value", "low", "high") if row[key] == row[key]]


def column(ax: Axes, words: Sequence[str], rows: Sequence[Row], shift: float = 8) -> None:
    """Printed values in a column of their own, `shift` points right of the axes: no dot or bar gets
    there.
    """
    beside: Any = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    for text, row in zip(words, rows, strict=True):
        bad = colours()[1] if row["audit"] == "bad" else ""
        if ax in _PITCH:
            _beside(ax, text, row["y"], float(shift > 8), _BAR / 2, bad or MUTED)
        else:
            ax.annotate(text, (1, row["y"]), (shift, 0), va="center", color=bad or INK, **beside)


def legend(ax: Axes) -> None:
    """The legend above the axes, three entries a line, or fewer where there is no room for them."""
    fig: Any = ax.figure
    beside = max((label.get_window_extent().width for label in ax.get_yticklabels()), default=0)
    room = fig.bbox.width - beside - 0.6 * fig.dpi
    for columns in (3, 2, 1):
        drawn = ax.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=columns,
            borderaxespad=0.2,
            columnspacing=1.2,
        )
        extent = drawn.get_window_extent()
        if extent.width <= room:
            break
    # its first line has room above the axes, those behind it would take it from the rows
    lines = -(-len(drawn.get_texts()) // columns)
    if lines > 1:
        wide, high = fig.get_size_inches()
        fig.set_size_inches(wide, high + extent.height / fig.dpi * (lines - 1) / lines)


def dots(
    ax: Axes,
    rows: Sequence[Row],
    hollow: Sequence[bool],
    groups: Sequence[str],
    labels: Sequence[str] = (),
) -> None:
    """Dots at the rows' `y`, intervals or stated ranges as lines; a colour, marker and label per
    group.
    """
    order = sorted(set(groups), key=[*load("labels")["families"], *groups].index)
    palette = colours()
    looks = {
        g: (palette[i % len(palette)], _MARKERS[i % len(_MARKERS)]) for i, g in enumerate(order)
    }
    for row, empty, group in zip(rows, hollow, groups, strict=True):
        (colour, marker), is_range = looks[group], bool(pd.notna(row["low"]))
        left, right = ("low", "high") if is_range else ("ci_low", "ci_high")
        low, high = row[left], row[right]
        if pd.notna(low) and pd.notna(high):
            ax.hlines(row["y"], low, high, color=colour, linewidth=1.6)
        if not is_range:
            face = "white" if empty else colour
            # a mark at the end of a scale stands whole
            ax.plot(
                row["value"], row["y"], marker, color=colour, markerfacecolor=face, markersize=6.5,
                clip_on=False,
            )  # fmt: skip
    for group, label in zip(order, labels, strict=False):
        ax.plot([], [], looks[group][1], color=looks[group][0], label=label)


def entry(ax: Axes, colour: str, face: str, words: str) -> None:
    """An entry of the legend for dots of this look."""
    ax.plot([], [], "o", color=colour, markerfacecolor=face, label=words)


def settle(
    ax: Axes, labels: Sequence[Label], kept: Sequence[Text] = (), room: Bbox | None = None
) -> None:
    """Puts each label at the first of its places where it covers no mark, no line and no other words,
    the first labels first; one that finds none is taken off.

    Done last, when the figure has its size.
    """
    fig: Any = ax.figure
    room = room or fig.bbox
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    taken = [text.get_window_extent() for text in (*kept, *ticks) if text.get_text()]
    segments = []
    for line in ax.lines:
        at = line.get_transform().transform(line.get_xydata())
        if line.get_linestyle() not in {"None", ""}:
            segments += [Path(pair) for pair in pairwise(at)]
        if line.get_marker() not in {"None", ""}:
            half = line.get_markersize() * fig.dpi / 144
            taken += [Bbox([[x - half, y - half], [x + half, y + half]]) for x, y in at]
    for label in labels:
        for shift, across, up in label.places:
            label.text.xyann = shift
            label.text.set(ha=across, va=up)
            box = label.text.get_window_extent()
            clear = not any(box.overlaps(other) for other in taken)
            within = room.x0 <= box.x0 and box.x1 <= room.x1
            if clear and within and not any(s.intersects_bbox(box, filled=False) for s in segments):
                taken.append(box)
                break
        else:
            label.text.remove()


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved as little as may be so that each is a gap away from the next, in the order
    given.

    Least squares under that order: heights too near each other are pooled round their middle.

    >>> apart([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    pools: list[list[float]] = []
    for rank, i in enumerate(order):
        pools.append([heights[i] - rank * gap, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    level = [value for value, n in pools for _ in range(int(n))]
    moved = [0.0] * len(heights)
    for rank, i in enumerate(order):
        moved[i] = level[rank] + rank * gap
    return moved
