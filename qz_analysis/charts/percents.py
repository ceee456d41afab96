"""Charts of figures in per cent: rates and how firm they are, changes on the year before."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.indicators import RATE_CHANGE, Row
from ..vocabularies.labels import Lang, say, spoken
from .axes import column, dots, entry, frame, legend, thickness
from .figure import extremes, finish_chart, notes_for
from .rows import (
    families,
    is_rate,
    line_up,
    of_panel,
    of_samples,
    pick,
    printed,
    printed_percent,
    rate_name,
    row_label,
    row_labels,
)
from .theme import MUTED, colours, dressed, redrawn

#: ends of words for what changed that say how it is counted
_MEASURES = ("批次", "人次", "件次", "立案数", "破案数")


@redrawn
@of_panel
def rates(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """Which rates the reports state, and how firm they are: dots, hollow ones without counts, and
    intervals around the rates of samples of people, where it is known how many. A rate of all
    that was received or filed is a full count and has none.

    Args:
        panel: rows of `compare`; drawn are all of kind `rate` in %, rows of one place together. A
            column `label` holds names for rows that are not known by place and subject.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes; its scale starts above 0 when all rates are high.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> rates(example(), lang="zh").get_xlabel()
    '%'
    """
    lang = spoken(lang)
    rows, missing = pick(panel, is_rate(panel), "rates", "a rate in %")
    rows = line_up(rows, "place")
    # a share of crimes solved stands beside no share of disputes mediated
    rows = line_up(rows, "family", families(row["family"] for row in rows))
    words = [printed_percent(row) for row in rows]
    hollow = [bool(pd.isna(row["denominator"])) for row in rows]
    groups = [row["family"] for row in rows]
    firm = of_samples(map(_from_counts, rows))
    with dressed():
        # a name in the column `label` stands whole
        known = zip(rows, row_labels(rows, lang), strict=True)
        labels = [row.get("label") or label for row, label in known]
        ax = frame("rates", labels, lang)
        ax.grid(axis="y")
        dots(ax, firm, hollow, groups, [rate_name(family, lang) for family in families(groups)])
        if any(hollow):
            entry(ax, MUTED, "white", say("words", "hollow", lang))
        column(ax, words, rows)
        reach = np.array(
            [[row[key] for key in ("value", "low", "high", "ci_low")] for row in firm], dtype=float
        )
        low, high = np.nanmin(reach), np.nanmax(reach)
        ax.set_xlim((0 if low < 40 else 10 * (low // 10)) - 1.5, max(100, high))
        legend(ax)
        facts: dict[str, Any] = {"k": hollow.count(False), "bare": hollow.count(True)}
        facts |= {"bad": sum(row["audit"] == "bad" for row in rows)}
        facts |= {**(left or {}), **extremes(rows, words, lang)}
        # a place's own rates stand in the title by their whole names
        for row in rows:
            for end in ("low", "high"):
                if row.get("label") and row_label(row, lang) == facts[end]:
                    facts[f"{end}_end"] = row["label"]
        facts["finding"] = _title_of(facts, len({*groups}) > 1)
        finish_chart(ax, "rates", of_samples(rows), lang, title, source, missing=missing, **facts)
    return ax


def _title_of(facts: Mapping[str, Any], mixed: bool) -> str:
    """Which title rates bear: of one alone, of those that their counts contradict, of several kinds, of
    those that are all alike.
    """
    if facts["only"]:
        return "rates_one"
    head, counted = "rates_mixed" if mixed else "rates", "_all" * (not facts["bare"])
    if facts["bad"]:
        return f"{head}_bad"
    if mixed:
        return head + (counted or "_none" * (not facts["k"]))
    return f"{head}_same{counted}" if facts["low_value"] == facts["high_value"] else head


def _from_counts(row: Row) -> Row:
    """A rate that is stated as a bound (85%以上) where its counts have it, inside its interval; one that
    its counts contradict stays as stated.
    """
    low, high, value = row["ci_low"], row["ci_high"], row["value"]
    within = bool(pd.isna(low) or pd.isna(high) or low <= value <= high)
    if within or row["audit"] == "bad" or pd.isna(row["denominator"]):
        return row
    return {**row, "value": 100 * row["numerator"] / row["denominator"]}


@redrawn
@of_panel
def changes(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What went up and what went down on the year before: diverging bars, decreases to the left.

    Args:
        panel: rows of `compare`; drawn are those of kind `change` in %, not in percentage points or
            counts.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> changes(example()).texts[0].get_text()
    '−15.98%'
    """
    lang = spoken(lang)
    change, in_percent = panel["kind"].eq("change"), panel["unit"].eq("%")
    # a rate that rose and visits that fell are no bars of one scale
    of_rate = change & in_percent & panel["measure"].eq(RATE_CHANGE)
    counts_moved = change & in_percent & ~of_rate
    drawn_rows = counts_moved if (counts_moved & panel["value"].notna()).any() else of_rate
    rows, missing = pick(panel, drawn_rows, "changes", "a change in %")
    units = [_counted_in(row) for row in rows]
    order = sorted(set(units), key=lambda unit: (unit != "", units.index(unit)))
    known = zip(rows, units, strict=True)
    rows = line_up([row | {"counted": unit} for row, unit in known], "counted", order)
    words = [
        printed(row, lambda value: f"{value:+.6g}%".replace("-", "−"))
        if row["value"] or row["direction"]
        else say("years", "level", lang)
        for row in rows
    ]
    values = [row["value"] for row in rows]
    with dressed():
        ax = frame("changes", row_labels(rows, lang), lang)
        # every bar carries its value: lines would only run through the words
        ax.grid(visible=False)
        for word, colour, sign in (("down", 0, -1), ("up", 1, 1)):
            lengths = [max(0, value * sign) * sign for value in values]
            drawn = say("words", word, lang) if any(lengths) else None
            ax.barh(
                range(len(rows)), lengths, thickness(ax, 0.62), color=colours()[colour], label=drawn
            )
        for y, (value, text) in enumerate(zip(values, words, strict=True)):
            side, shift = ("right", -4) if value < 0 else ("left", 4)
            ax.annotate(
                text, (value, y), (shift, 0), textcoords="offset points", va="center", ha=side
            )
        ax.axvline(0, color=MUTED, linewidth=0.8)
        for y in range(1, len(rows)):
            if rows[y]["counted"] != rows[y - 1]["counted"]:
                ax.axhline(y - 0.5, color=MUTED, linewidth=0.6, linestyle=":")
        low, high = min(0, *values), max(0, *values)
        # room for the longest printed value beyond the bars, as a share of axes that may be 2.8
        # inches wide
        need = (0.1 + 0.075 * max(map(len, words))) / 2.8
        room = max(high - low, 1) * need / (1 - need * ((low < 0) + (high > 0)))
        ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
        legend(ax)
        facts: dict[str, Any] = {"points": int((change & ~in_percent).sum())}
        facts |= {"of_rates": int((of_rate & ~drawn_rows).sum())}
        facts |= {**(left or {}), **extremes(rows, words, lang)}
        facts |= {"down": sum(value < 0 for value in values), "up": sum(v > 0 for v in values)}
        level = values.count(0)
        facts["level"] = say("words", "so_many_level", lang, n=level) if level else ""
        about = {row["family"] for row in rows}
        only = "" if len(about) > 1 or "other" in about else say("families", about.pop(), lang)
        facts["about"] = say("words", "of_family", lang, about=only) if only else ""
        notes = notes_for("changes", rows)
        if len(order) > 1:
            facts["finding"], notes = "changes_mixed", [*notes, "units_apart"]
        finish_chart(ax, "changes", rows, lang, title, source, notes, missing=missing, **facts)
    return ax


def _counted_in(row: Row) -> str:
    """How the things are counted whose number changed, where the words for it say so."""
    subject = str(row["subject"] or "")
    return next((unit for unit in _MEASURES if subject.endswith(unit)), "")
