"""Charts of two counts and their quotient: persons with a batch of visitors, what is resolved of what was received."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .axes import column, frame, legend, plain
from .captions import ends, tell
from .languages import Lang, say
from .rows import is_rate, pick
from .theme import colours, dressed
from .wording import names, per_batch, percent, printed

__all__ = ["funnel", "visits"]

_PALE = "#d3e0ea"


def visits(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How many people come with a batch of visitors: bars of both counts, persons per batch printed.

    Args:
        panel: rows of `compare`; drawn are those whose measure is `persons_per_batch`.
        lang: language of the words, `en`, `zh` or `both`.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> visits(example()).get_yticklabels()[0].get_text()
    '甲县: 群众来访'
    """
    rows, missing = pick(panel, panel["measure"].eq("persons_per_batch"), "visits", "persons per batch")
    words = [per_batch(row, lang) for row in rows]
    with dressed():
        ax = frame("visits", names(rows, lang), lang, 0.46)
        for shift, key, colour, word in ((-0.2, "numerator", 0, "people"), (0.2, "denominator", 1, "batches")):
            heights = [row["y"] + shift for row in rows]
            lengths = [0 if pd.isna(row[key]) else row[key] for row in rows]
            drawn = say("words", word, lang) if any(lengths) else None
            ax.barh(heights, lengths, 0.36, color=colours()[colour], label=drawn)
        column(ax, words, rows)
        ax.set_xlim(0, np.nanmax([[row["numerator"], row["denominator"], 1] for row in rows]) * 1.03)
        plain(ax, lang)
        legend(ax)
        quotients = [printed(row, lambda value: f"{value:.1f}", brackets="") for row in rows]
        tell(ax, "visits", rows, lang, title, source, missing=missing, **ends(rows, quotients, lang))
    return ax


def funnel(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How much of what was received is resolved: a bar of the share in a bar of 100 %, both counts printed.

    Counts run over four orders of magnitude, so rows share an axis of percent and the counts are written out.

    Args:
        panel: rows of `compare`; drawn are rates in % of the stage `resolved` with numerator and denominator.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> [text.get_text() for text in funnel(example()).texts]
    ['83.7%', '36 / 43']
    """
    resolved = is_rate(panel) & panel["stage"].eq("resolved")
    fits = resolved & panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = pick(panel, fits, "funnel", "counts resolved and received")
    words = [percent(row) for row in rows]
    shares = [100 * row["numerator"] / row["denominator"] for row in rows]
    with dressed():
        ax = frame("funnel", names(rows, lang), lang, 0.34)
        for lengths, colour, word in (([100] * len(rows), _PALE, "received"), (shares, colours()[0], "resolved")):
            ax.barh(range(len(rows)), lengths, 0.62, color=colour, label=say("words", word, lang))
        column(ax, words, rows)
        column(ax, [f"{row['numerator']:,.0f} / {row['denominator']:,.0f}" for row in rows], rows, shift=72)
        ax.set_xlim(0, max(100, *shares))
        legend(ax)
        k = sum(share >= 80 for share in shares)
        tell(ax, "funnel", rows, lang, title, source, missing=missing, k=k, **ends(rows, words, lang))
    return ax
