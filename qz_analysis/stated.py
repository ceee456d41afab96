"""Counts and measures as the reports state them: one dot a figure, places in the order of the reports."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .axes import column, decades, dots, frame, legend, plain, reached
from .captions import ends, explained, tell
from .languages import Lang, say
from .rows import Row, families, is_rate, line_up, pick
from .theme import dressed
from .wording import joined, listed, names, printed

__all__ = ["kinds", "stated"]

_FAR = 100  # from here on the small figures of a linear scale cannot be told apart


def kinds(panel: pd.DataFrame) -> pd.Series:
    """Which chart each figure of a panel belongs on: figures on one chart share a scale.

    Returns:
        for each row `rates`, `changes` or `funds`, else `stated` with what it counts: figures of other names share no axis.

    >>> from qz_analysis.charts import example
    >>> kinds(example()).tolist()
    ['stated:persons_per_batch', 'rates', 'changes', 'funds']
    """
    in_percent = panel["unit"].eq("%")
    money = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # 吨 and 公斤 measure the same on two scales; 件 and 个 are both counted one by one
    scale = panel["measure"].where(panel["kind"].eq("count"), panel["measure"] + ":" + panel["unit"].fillna(""))
    kind = pd.Series("stated:" + scale, index=panel.index)
    kind = kind.mask(panel["kind"].eq("change") & ~in_percent, kind + ":change")
    return kind.mask(money, "funds").mask(panel["kind"].eq("change") & in_percent, "changes").mask(is_rate(panel), "rates")  # fmt: skip


def stated(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What the reports state of one thing counted or measured: a dot a figure, the printed number with its unit beside it.

    Args:
        panel: rows of `compare` or `choose`; drawn are those of the scale that most of them share.
        lang, title, source: as in `charts.visits`.
        left: how many figures were left out before, by the note that says why: `beyond` (one picture cannot hold them), `other_units`.

    Returns:
        the finished Axes: from 0 on, or in powers of ten where the largest is a hundred times the smallest.

    Raises:
        QzError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> stated(example()).texts[0].get_text()
    '2.02'
    """
    kind = kinds(panel)
    plain = kind[kind.str.startswith("stated")]
    most = plain.mode().iloc[0] if len(plain) else ""
    rows, missing = pick(panel, kind.eq(most), "stated", "a count or a measure")
    rows = line_up(rows, "place")
    words = [_counted(row) for row in rows]
    what = say("measures", rows[0]["measure"], lang)
    subjects = [row["family"] for row in rows]
    with dressed():
        ax = frame("stated", names(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, [row["how"] == "recomputed" for row in rows], subjects, _labels(subjects, lang))
        column(ax, words, rows)
        notes = _scale(ax, rows, lang)
        if len(set(subjects)) > 1:
            legend(ax)
        facts: dict[str, Any] = {"what": what, "about": _about(rows, lang), "k": len(set(subjects))}
        # a smallest and a largest mean something among figures on one subject only
        facts |= {"finding": "stated_mixed"} if facts["k"] > 1 else ends(rows, words, lang)
        facts |= {"missing": missing, **(left or {"other_units": int(kind.ne(most).sum())})}
        tell(ax, "stated", rows, lang, title, source, [*explained("stated", rows), *notes], **facts)
    return ax


def _counted(row: Row) -> str:
    """The figure with its unit, as 389人次."""
    return printed(row, lambda value: f"{value:,.12g}{row['unit']}")


def _scale(ax: Axes, rows: list[Row], lang: Lang) -> list[str]:
    """Sets the axis and names the note that it calls for."""
    values = reached(rows)
    if min(values) > 0 and max(values) / min(values) >= _FAR:
        decades(ax, values, lang)
        return ["logarithmic"]
    low, high = min(0, *values), max(0, *values)
    edge = 0.03 * max(high - low, np.finfo(float).tiny)
    ax.set_xlim(low - edge, high + edge)
    plain(ax, lang)
    return []


def _labels(subjects: list[str], lang: Lang) -> list[str]:
    return [say("families", family, lang) for family in families(subjects)]


def _about(rows: list[Row], lang: Lang) -> str:
    """Families and stages of what is drawn."""
    said = [joined([say("families", row["family"], lang), say("stages", row["stage"], lang)], lang) for row in rows]  # fmt: skip
    return listed(list(dict.fromkeys(said))[:4], lang)
