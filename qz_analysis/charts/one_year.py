"""The chart of places in one year, and the list of figures below narrow pictures of a year."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.indicators import Row
from ..comparison.wholes import is_open
from ..errors import QzError
from ..extraction.agreement import wilson
from ..vocabularies.labels import Lang, in_lines, spoken
from .axes import column, dots, frame, is_roomy, limits, numbered, text_width
from .figure import figure_of
from .place_years import chosen, in_year
from .rows import ON_A_PAGE, alike, is_sampled, place_label
from .theme import dressed, is_narrow, redrawn, small, width
from .written import written
from .year_words import finish_rows, lost_words

#: inches of a line of figures below a narrow picture
_LINE = 0.2


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
    rows, key = chosen(panel, indicator, "places")
    drawn, lost, year = in_year(rows, year, "places")
    if order == "value":
        drawn.sort(key=lambda row: -row["at"])
    beyond, drawn = len(drawn[most:]), alike(drawn[:most])
    words = [written(row, lang) for row in drawn]
    kept = [
        row | {"y": y, "value": row["at"]} | _interval(row) | {"audit": row.get("audit", "")}
        for y, row in enumerate(drawn)
    ]
    with dressed():
        names = [place_label(row["place"], lang) for row in kept]
        if ax is None:
            ax = frame("places", names, lang)
            if figsize and not is_narrow():
                figure_of(ax).set_size_inches(figsize)
        else:
            ax.set_yticks(range(len(kept)), names)
            ax.set_ylim(len(kept) - 0.4, -0.6)
        ax.grid(axis="y")
        hollow = [row["how"] not in ("stated", "") or is_open(row) for row in kept]
        dots(ax, kept, hollow, ["other"] * len(kept))
        column(ax, words, kept)
        reach = [row[k] for row in kept for k in ("value", "low", "high", "ci_low", "ci_high")]
        known = [value for value in reach if pd.notna(value)]
        ax.set_xlim(*limits(known, kept[0]["unit"]))
        numbered(ax.xaxis, known, kept[0], lang, 4 if is_roomy(ax) else 2)
        facts = {"year": year, "lost": lost_words(lost, lang)}
        facts |= {"more_places": beyond, "order": order}
        # a bound (≥100) is neither the least nor the most
        firm = [row for row in kept if not is_open(row)] or kept
        low, high = min(firm, key=lambda r: r["value"]), max(firm, key=lambda r: r["value"])
        finish_rows(ax, "places", kept, (low, high), key, lang, title, source, **facts)
    return ax


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
