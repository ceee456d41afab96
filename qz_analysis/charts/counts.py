"""Charts of two counts: people and batches of visitors, what was received and what of it is resolved."""

import re
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from ..comparison.indicators import Row, counts_of
from ..comparison.likeness import alike
from ..model import starts_of
from ..vocabularies.labels import Lang, say, spoken
from ..vocabularies.numerals import rounded
from .axes import column, frame, legend, round_ticks, thickness
from .figure import extremes, finish_chart
from .rows import (
    families,
    is_rate,
    line_up,
    of_panel,
    per_batch,
    pick,
    printed,
    printed_percent,
    row_labels,
)
from .theme import PALE, colours, dressed, redrawn

#: the words for two counts of which one is what became of the other
_TALLIED = {"crime": "solved_of", "mediation": "mediated_of"}
#: cases of which it is said that they came to a good end, and not only to an end
_WELL = re.compile("成功")


@redrawn
@of_panel
def visits(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How many people come with a batch of visitors, both counts printed.

    Args:
        panel: rows of `compare`; drawn are those whose measure is `persons_per_batch`.
        lang: language of the words, `en`, `zh` or `both`; that in force (see `language`) unless
            given.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> visits(example(), lang="zh").get_yticklabels()[0].get_text()
    '甲县：群众来访'
    """
    lang = spoken(lang)
    fits = panel["measure"].eq("persons_per_batch")
    rows, missing = pick(panel, fits, "visits", "persons per batch")
    words = [per_batch(row, lang) for row in rows]
    with dressed():
        ax = frame("visits", row_labels(rows, lang), lang, 0.34)
        values = [row["value"] for row in rows]
        ax.barh(range(len(rows)), values, thickness(ax, 0.62), color=colours()[0])
        column(ax, words, rows)
        ax.set_xlim(0, 1.03 * max(values))
        round_ticks(ax, lang)
        quotients = [printed(row, lambda value: rounded(value, 1), brackets="") for row in rows]
        facts = extremes(rows, quotients, lang)
        facts |= {"finding": "visits_apart"} if len(alike(rows)) > 1 else {}
        finish_chart(ax, "visits", rows, lang, title, source, missing=missing, **facts)
    return ax


@redrawn
@of_panel
def funnel(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    claims: pd.DataFrame | None = None,
) -> Axes:
    """How much of what was received is resolved: a bar of the share in a bar of 100 %, both counts
    printed.

    Counts run over four orders of magnitude, so rows share an axis of percent and the counts are
    written out.

    Args:
        panel: rows of `compare`; drawn are rates in % of the stage `resolved` with numerator and
            denominator.
        lang, title, source: as in `visits`.
        claims: the claims of the panel; with them 调解成功 is called that, and not 调结.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> [text.get_text() for text in funnel(example()).texts]
    ['83.7%', '36 of 43']
    """
    lang = spoken(lang)
    resolved = is_rate(panel) & panel["stage"].eq("resolved")
    fits = resolved & panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = pick(panel, fits, "funnel", "counts resolved and received")
    kinds_drawn = families(row["family"] for row in rows)
    mixed = len(kinds_drawn) > 1
    named = _subjects(claims)
    rows = line_up(rows, "family", kinds_drawn)
    solved = mixed and "crime" in kinds_drawn
    words = [printed_percent(row) for row in rows]
    shares = [100 * row["numerator"] / row["denominator"] for row in rows]
    with dressed():
        ax = frame("funnel", row_labels(rows, lang), lang, 0.34)
        for lengths, colour, word in (
            ([100] * len(rows), PALE, "received" + "_filed" * solved),
            (shares, colours()[0], "resolved" + "_solved" * solved),
        ):
            ax.barh(
                range(len(rows)),
                lengths,
                thickness(ax, 0.62),
                color=colour,
                label=say("words", word, lang),
            )
        column(ax, words, rows)
        counts = [
            say("words", _tally(row, named), lang, k=above, n=below)
            for row, (above, below) in zip(rows, map(counts_of, rows), strict=True)
        ]
        column(ax, counts, rows, shift=72)
        ax.set_xlim(0, max(100, *shares))
        legend(ax)
        facts = {"k": sum(share >= 80 for share in shares), **extremes(rows, words, lang)}
        facts |= {"finding": "funnel_mixed"} if mixed else {}
        finish_chart(ax, "funnel", rows, lang, title, source, missing=missing, **facts)
    return ax


def _subjects(claims: pd.DataFrame | None) -> dict[tuple[str, int], str]:
    """The words of counts by document and start."""
    if claims is None:
        return {}
    keys = zip(claims["doc"].astype(str), claims["start"].astype(int), strict=True)
    return dict(zip(keys, claims["subject"].astype(str), strict=True))


def _tally(row: Row, named: Mapping[tuple[str, int], str]) -> str:
    """The words for the two counts of a rate, as its report has them."""
    start = starts_of(str(row["claims"]))
    said = named.get((str(row["doc"]), start[1]), "") if len(start) > 1 else ""
    key = _TALLIED.get(row["family"], "resolved_of")
    return "mediated_well_of" if key == "mediated_of" and _WELL.search(said) else key
