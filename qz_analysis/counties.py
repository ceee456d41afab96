"""Places on several indicators: a small dot chart for each, places side by side."""

from collections.abc import Sequence
from itertools import zip_longest

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .axes import decades, dots, plain, reached
from .captions import tell
from .languages import Lang, in_lines
from .rows import Row, pick, whose
from .theme import INK, dressed
from .wording import head, place

__all__ = ["counties"]


def counties(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    most: int = 8,
) -> np.ndarray:
    """How places stand on several indicators: a small dot chart for each, places side by side, not ranked.

    Args:
        panel: rows of `compare`, any indicators.
        lang, title, source: as in `charts.visits`.
        most: how many indicators to draw at most; those that most places state are kept.

    Returns:
        the finished Axes, one an indicator.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> len(counties(example()))
    4
    """
    rows, missing = pick(panel, panel["indicator"].fillna("").ne(""), "counties", "an indicator with a value")
    keys = [whose(row) for row in rows]
    places = list(dict.fromkeys(keys))
    stated: dict[str, list[Row]] = {}
    for row, key in zip(rows, keys, strict=True):
        stated.setdefault(row["indicator"], []).append(row | {"y": places.index(key)})
    reach = {indicator: len({row["y"] for row in found}) for indicator, found in stated.items()}
    kept = sorted(stated, key=lambda indicator: -reach[indicator])[:most]
    heads = [where for where, _ in places]
    labels = [f"{place(where, lang)} {report if heads.count(where) > 1 else ''}".strip() for where, report in places]
    across = min(4, len(kept))
    down = -(-len(kept) // across)
    with dressed():
        above = 1.4 if lang == "both" else 1.05
        size = (max(8.4, 2 + 1.9 * across), down * (0.27 * len(places) + above))
        _, grid = plt.subplots(down, across, figsize=size, sharey=True, squeeze=False)
        for ax, indicator in zip_longest(grid.flat, [i for i in stated if i in kept]):
            if indicator is None:
                ax.remove()
            else:
                _facet(ax, stated[indicator], lang)
        grid[0, 0].set_yticks(range(len(places)), labels)
        grid[0, 0].set_ylim(len(places) - 0.4, -0.6)
        facts = {"n": len(stated), "places": len(places), "shared": sum(n > 1 for n in reach.values())}
        facts |= {"missing": missing, "further": len(stated) - len(kept)}
        shown = [row for row in rows if row["indicator"] in kept]
        no_counts = any(row["kind"] == "rate" and row["unit"] == "%" and pd.isna(row["denominator"]) for row in shown)
        there = {"intervals": any(pd.notna(row["ci_low"]) for row in shown), "hollow": no_counts}
        there["by_report"] = any(report for _, report in places)
        notes = [key for key, drawn in there.items() if drawn]
        tell(grid[0, 0], "counties", rows, lang, title, source, notes, **facts)
    return grid.ravel()[: len(kept)]


def _facet(ax: Axes, rows: Sequence[Row], lang: Lang) -> None:
    first, values = rows[0], reached(rows)
    in_percent = first["unit"] == "%"
    rate = first["kind"] == "rate" and in_percent
    ax.grid(axis="y")
    dots(ax, rows, [rate and bool(pd.isna(row["denominator"])) for row in rows], ["other"] * len(rows))
    ax.set_title(in_lines(head(first, in_percent, lang)), fontsize=9, loc="left", color=INK, linespacing=1.25)
    if rate:
        ax.set_xlim(-4, max(104, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        decades(ax, values, lang, most=3)
    else:
        low, high = min(0, *values), max(0, *values)
        edge = 0.06 * max(1e-9, high - low)
        ax.set_xlim(low - edge, high + edge)
        plain(ax, lang, most=3)
