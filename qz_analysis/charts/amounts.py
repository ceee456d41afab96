"""Charts of amounts, a dot each: what is counted or measured on one scale, and sums of money."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.indicators import Row
from ..vocabularies.labels import Lang, say, spoken
from .axes import column, decades, dots, entry, frame, legend, reached, round_ticks
from .figure import extremes, finish_chart, notes_for
from .rows import (
    families,
    joined,
    kinds,
    line_up,
    listed,
    of_panel,
    pick,
    printed,
    printed_money,
    row_labels,
)
from .theme import colours, dressed, redrawn


@redrawn
@of_panel
def stated(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What the reports state of one thing counted or measured: a dot a figure, the printed number
    with its unit beside it.

    Args:
        panel: rows of `compare` or `choose`; drawn are those of the scale that most of them share.
        lang, title, source: as in `charts.visits`.
        left: how many figures were left out before, by the note that says why: `beyond` (one
            picture cannot hold them), `other_units`.

    Returns:
        the finished Axes: from 0 on, or in powers of ten where the largest is a hundred times the
        smallest.

    Raises:
        QzError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> stated(example()).texts[0].get_text()
    '2.02'
    """
    lang = spoken(lang)
    kind = kinds(panel)
    plain = kind[kind.str.startswith("stated")]
    most = plain.mode().iloc[0] if len(plain) else ""
    rows, missing = pick(panel, kind.eq(most), "stated", "a count or a measure")
    rows = line_up(rows, "place")
    words = [_counted(row) for row in rows]
    what = say("measures", rows[0]["measure"], lang)
    subjects = [row["family"] for row in rows]
    with dressed():
        ax = frame("stated", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        hollow = [row["how"] == "recomputed" for row in rows]
        names = [say("families", family, lang) for family in families(subjects)]
        dots(ax, rows, hollow, subjects, names)
        column(ax, words, rows)
        notes = notes_for("stated", rows) + _scale(ax, rows, lang)
        several = len(set(subjects))
        if several > 1:
            legend(ax)
        facts: dict[str, Any] = {"what": what, "about": _about(rows, lang), "k": several}
        # a smallest and a largest mean something among figures on one subject only
        facts |= {"finding": "stated_mixed"} if several > 1 else extremes(rows, words, lang)
        facts |= {"missing": missing, **(left or {"other_units": int(kind.ne(most).sum())})}
        finish_chart(ax, "stated", rows, lang, title, source, notes, **facts)
    return ax


def _counted(row: Row) -> str:
    """The figure with its unit, as 389人次."""
    return printed(row, lambda value: f"{value:,.12g}{row['unit']}")


def _scale(ax: Axes, rows: list[Row], lang: Lang) -> list[str]:
    """Sets the axis and names the note that it calls for."""
    values = reached(rows)
    # from there on the small figures of a linear scale cannot be told apart
    if min(values) > 0 and max(values) / min(values) >= 100:
        decades(ax, values, lang)
        return ["logarithmic"]
    low, high = min(0, *values), max(0, *values)
    edge = 0.03 * max(high - low, np.finfo(float).tiny)
    ax.set_xlim(low - edge, high + edge)
    round_ticks(ax, lang)
    return []


def _about(rows: list[Row], lang: Lang) -> str:
    """Families and stages of what is drawn."""
    parts = (
        [say("families", row["family"], lang), say("stages", row["stage"], lang)] for row in rows
    )
    return listed([*dict.fromkeys(joined(some, lang) for some in parts)][:4], lang)


@redrawn
@of_panel
def funds(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What money is spent on what: dots on a scale of powers of ten, sums first, standards per unit
    hollow.

    Args:
        panel: rows of `compare`; drawn are those of kind `money`, and of kind `per` in 元, above 0.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> funds(example(), lang="zh").texts[0].get_text()
    '156万元'
    """
    lang = spoken(lang)
    fits = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # nothing at or below zero has a place on this scale
    fits &= ~panel["value"].le(0) & ~panel["low"].le(0)
    rows, missing = pick(panel, fits, "funds", "a sum of money above 0")
    rows = line_up(rows, "kind", ["money", "per"])
    words = [printed_money(row, lang) for row in rows]
    hollow = [row["kind"] == "per" for row in rows]
    with dressed():
        ax = frame("funds", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face, drawn in (("sum", colours()[0], False), ("standard", "white", True)):
            if drawn in hollow:
                entry(ax, colours()[0], face, say("words", word, lang))
        column(ax, words, rows)
        decades(ax, reached(rows), lang)
        legend(ax)
        # sums and standards are unlike: the finding speaks of sums alone, where there are any
        told = hollow.count(False) or len(rows)
        facts = {"k": sum(hollow), **(left or {}), **extremes(rows[:told], words[:told], lang)}
        facts["finding"] = ("funds" if False in hollow else "standards") + "_one" * (told == 1)
        finish_chart(ax, "funds", rows, lang, title, source, missing=missing, **facts)
    return ax
