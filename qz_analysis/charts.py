"""Pictures of a panel, one function per question; each says its finding, its source and what is missing."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from . import rows as panels
from .checks import agreement, checkable, checks, heaping
from .errors import QzError
from .finish import finish, save, show
from .languages import Lang, in_lines, say
from .matrix import mechanisms
from .rows import Row, as_rows, column, dots, ends, example, frame, is_rate, legend, names, pick, tell
from .theme import INK, MUTED, colours, dressed

__all__ = [
    "agreement",
    "changes",
    "checkable",
    "checks",
    "counties",
    "coverage",
    "example",
    "finish",
    "funds",
    "funnel",
    "heaping",
    "mechanisms",
    "rates",
    "save",
    "show",
    "visits",
]

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

    >>> visits(example()).get_yticklabels()[0].get_text()
    '甲县: 群众来访'
    """
    rows, missing = pick(panel, panel["measure"].eq("persons_per_batch"), "visits", "persons per batch")
    words = [panels.per_batch(row, lang) for row in rows]
    with dressed():
        ax = frame("visits", names(rows, lang), lang, 0.46)
        for shift, key, colour, word in ((-0.2, "numerator", 0, "people"), (0.2, "denominator", 1, "batches")):
            heights = [row["y"] + shift for row in rows]
            lengths = [0 if pd.isna(row[key]) else row[key] for row in rows]
            drawn = say("words", word, lang) if any(lengths) else None
            ax.barh(heights, lengths, 0.36, color=colours()[colour], label=drawn)
        column(ax, words, rows)
        ax.set_xlim(0, np.nanmax([[row["numerator"], row["denominator"], 1] for row in rows]) * 1.03)
        panels.plain(ax, lang)
        legend(ax)
        quotients = [panels.printed(row, lambda value: f"{value:.1f}", brackets="") for row in rows]
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

    >>> [text.get_text() for text in funnel(example()).texts]
    ['83.7%', '36 / 43']
    """
    resolved = is_rate(panel) & panel["stage"].eq("resolved")
    fits = resolved & panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = pick(panel, fits, "funnel", "counts resolved and received")
    words = [panels.percent(row) for row in rows]
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


def rates(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """Which rates the reports state, and how firm they are: dots, intervals where the counts are known.

    Args:
        panel: rows of `compare`; drawn are all of kind `rate` in %, rows of one place together.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes; its scale starts above 0 when all rates are high.

    Raises:
        ValueError: no row to draw, or another language.

    >>> rates(example(), lang="zh").get_xlabel()
    '%'
    """
    rows, missing = pick(panel, is_rate(panel), "rates", "a rate in %")
    rows = panels.line_up(rows, "place")
    words, hollow = [panels.percent(row) for row in rows], [bool(pd.isna(row["denominator"])) for row in rows]
    groups = [row["family"] for row in rows]
    with dressed():
        ax = frame("rates", names(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, groups, [say("families", family, lang) for family in panels.families(groups)])
        if any(hollow):
            ax.plot([], [], "o", color=MUTED, markerfacecolor="white", label=say("words", "hollow", lang))
        column(ax, words, rows)
        reach = np.array([[row[key] for key in ("value", "low", "high", "ci_low")] for row in rows], dtype=float)
        low, high = np.nanmin(reach), np.nanmax(reach)
        ax.set_xlim((0 if low < 40 else 10 * (low // 10)) - 1.5, max(101.5, high))
        legend(ax)
        bad, checked = (sum(row["audit"] in kinds for row in rows) for kinds in (["bad"], ["ok", "bad"]))
        facts = {"k": hollow.count(False), "bad": bad, **ends(rows, words, lang)}
        facts["finding"] = "rates_bad" if bad else "rates" if checked else "rates_none"
        tell(ax, "rates", rows, lang, title, source, missing=missing, **facts)
    return ax


def changes(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """What went up and what went down on the year before: diverging bars, decreases to the left.

    Args:
        panel: rows of `compare`; drawn are those of kind `change` in %, not in percentage points or counts.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> changes(example()).texts[0].get_text()
    '−15.98%'
    """
    change, in_percent = panel["kind"].eq("change"), panel["unit"].eq("%")
    rows, missing = pick(panel, change & in_percent, "changes", "a change in %")
    words = [panels.printed(row, lambda value: f"{value:+.6g}%".replace("-", "−")) for row in rows]
    values = [row["value"] for row in rows]
    with dressed():
        ax = frame("changes", names(rows, lang), lang)
        # every bar carries its value: lines would only run through the words
        ax.grid(visible=False)
        for word, colour, sign in (("down", 0, -1), ("up", 1, 1)):
            lengths = [max(0, value * sign) * sign for value in values]
            drawn = say("words", word, lang) if any(lengths) else None
            ax.barh(range(len(rows)), lengths, 0.62, color=colours()[colour], label=drawn)
        for y, (value, text) in enumerate(zip(values, words, strict=True)):
            side, shift = ("right", -4) if value < 0 else ("left", 4)
            ax.annotate(text, (value, y), (shift, 0), textcoords="offset points", va="center", ha=side)
        ax.axvline(0, color=MUTED, linewidth=0.8)
        low, high = min(0, *values), max(0, *values)
        # room for the longest printed value beyond the bars, as a share of axes that may be 3.6 inches wide
        need = (0.1 + 0.075 * max(map(len, words))) / 3.6
        room = max(high - low, 1) * need / (1 - need * ((low < 0) + (high > 0)))
        ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
        legend(ax)
        counts = {"down": sum(value < 0 for value in values), "up": sum(value > 0 for value in values)}
        counts["points"] = int((change & ~in_percent).sum())
        tell(ax, "changes", rows, lang, title, source, missing=missing, **counts, **ends(rows, words, lang))
    return ax


def funds(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """What money is spent on what: dots on a scale of powers of ten, sums first, standards per unit hollow.

    Args:
        panel: rows of `compare`; drawn are those of kind `money`, and of kind `per` in 元, above 0.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> funds(example(), lang="zh").texts[0].get_text()
    '156万元'
    """
    fits = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # nothing at or below zero has a place on this scale
    fits &= ~panel["value"].le(0) & ~panel["low"].le(0)
    rows, missing = pick(panel, fits, "funds", "a sum of money above 0")
    rows = panels.line_up(rows, "kind", ["money", "per"])
    words = [panels.spent(row, lang) for row in rows]
    hollow = [row["kind"] == "per" for row in rows]
    with dressed():
        ax = frame("funds", names(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face, drawn in (("sum", colours()[0], False), ("standard", "white", True)):
            if drawn in hollow:
                ax.plot([], [], "o", color=colours()[0], markerfacecolor=face, label=say("words", word, lang))
        column(ax, words, rows)
        panels.decades(ax, _reached(rows), lang)
        legend(ax)
        # sums and standards are unlike: the finding speaks of sums alone, where there are any
        told = hollow.count(False) or len(rows)
        facts = {"k": sum(hollow), **ends(rows[:told], words[:told], lang)}
        facts["finding"] = ("funds" if False in hollow else "standards") + "_one" * (told == 1)
        tell(ax, "funds", rows, lang, title, source, missing=missing, **facts)
    return ax


def _reached(rows: Sequence[Row]) -> list[float]:
    """Values and the ends of ranges: the axis must hold them all."""
    return [row[key] for row in rows for key in ("value", "low", "high") if row[key] == row[key]]


def coverage(
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Which report states figures on which subject, and how many of them are masked or spoilt.

    Args:
        claims: the claims table (`doc`, `report`, `family`, `status` are read).
        reports: the reports table (`doc`, `report`, `place`, `period`, `title` are read), in order.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: a table without rows, or another language.

    >>> reports = example().drop_duplicates(["doc", "report"]).assign(title="")
    >>> coverage(example(), reports).get_yticklabels()[0].get_text()
    '甲县 (2011)'
    """
    for name, table in (("claims", claims), ("reports", reports)):
        if table.empty:
            raise QzError(f"coverage: the {name} table has no rows; pass the tables that extract() returns")
    families = panels.families(claims["family"])
    keys = list(zip(reports["doc"], reports["report"], strict=True))
    counts = claims.groupby(["doc", "report", "family", "status"]).size().to_dict()
    cells = {
        (x, y): [counts.get((*key, family, status), 0) for status in ("ok", "redacted", "spoilt")]
        for y, key in enumerate(keys)
        for x, family in enumerate(families)
    }
    reach = {x: sum(any(cells[x, y]) for y in range(len(keys))) for x in range(len(families))}
    # "other" is no subject that a finding could be about
    widest = max(reach, key=lambda x: (families[x] != "other", reach[x]))
    heads = [say("families", family, lang) for family in families]
    labels = panels.report_names(reports, lang)
    with dressed():
        # a column holds the longest of its words: two languages take more room than one
        each = max(
            0.86 if lang == "both" else 0.66,
            *(panels.width(line, 8) + 0.08 for head in heads for line in in_lines(head).split("\n")),
        )
        room = 0.5 + max(panels.width(label, 9.5) for label in labels) + each * len(families)
        ax = frame("coverage", labels, lang, 0.36, max(8.4, room))
        ax.grid(visible=False)
        for y in range(0, len(keys), 2):
            ax.axhspan(y - 0.5, y + 0.5, color="#f5f6f7", linewidth=0, zorder=0)
        most = max(1, *(ok for ok, *_ in cells.values()))
        for (x, y), numbers in cells.items():
            if any(numbers):
                _cell(ax, x, y, numbers, most, lang)
        ax.set_xticks(
            range(len(families)),
            [in_lines(head) for head in heads],
            fontsize=8,
            va="bottom" if lang == "both" else "baseline",
        )
        ax.tick_params(top=False, labeltop=True, labelbottom=False, pad=5)
        ax.set_xlim(-0.55, len(families) - 0.45)
        sns.despine(ax=ax, bottom=True)
        figures, masked, spoilt = (sum(numbers[i] for numbers in cells.values()) for i in range(3))
        facts = {"n": len(keys), "k": reach[widest], "family": heads[widest], "columns": len(families)}
        facts |= {"figures": figures + masked + spoilt, "masked": masked, "spoilt": spoilt}
        facts["finding"] = "coverage_tied" if sorted(reach.values())[-2:].count(reach[widest]) > 1 else "coverage"
        notes = [key for key, there in (("masked", masked), ("spoilt", spoilt)) if there]
        tell(ax, "coverage", as_rows(claims[["doc"]]), lang, title, source, notes, **facts)
    return ax


def _cell(ax: Axes, x: int, y: int, numbers: Sequence[int], most: int, lang: Lang) -> None:
    """One cell of the coverage table: how many figures are legible, and below how many are not."""
    ok, *lost = numbers
    tint = LinearSegmentedColormap.from_list("counts", ["#e6eff6", "#8fbcdc"])(ok / most) if ok else "white"
    hatch = "" if ok else "////"
    look: dict[str, Any] = {"facecolor": tint, "edgecolor": "#c4ccd2", "linewidth": 0.6, "hatch": hatch}
    ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **look))
    words = [(str(ok), 9.0)] * bool(ok)
    for word, n in zip(("masked", "spoilt"), lost, strict=True):
        text = say("words", word, lang, n=n)
        words += [(text if ok else text.lstrip("+ "), 6.5)] * bool(n)
    box = None if ok else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for i, (text, size) in enumerate(words):
        height = y + (i - (len(words) - 1) / 2) * 0.34
        ax.text(x, height, text, ha="center", va="center", fontsize=size, bbox=box)


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
        lang, title, source: as in `visits`.
        most: how many indicators to draw at most; those that most places state are kept.

    Returns:
        the finished Axes, one an indicator.

    Raises:
        ValueError: no row to draw, or another language.

    >>> len(counties(example()))
    4
    """
    rows, missing = pick(panel, panel["indicator"].fillna("").ne(""), "counties", "an indicator with a value")
    keys = [panels.whose(row) for row in rows]
    places = list(dict.fromkeys(keys))
    stated: dict[str, list[Row]] = {}
    for row, key in zip(rows, keys, strict=True):
        stated.setdefault(row["indicator"], []).append(row | {"y": places.index(key)})
    reach = {indicator: len({row["y"] for row in found}) for indicator, found in stated.items()}
    kept = sorted(stated, key=lambda indicator: -reach[indicator])[:most]
    heads = [place for place, _ in places]
    labels = [f"{panels.place(p, lang)} {report if heads.count(p) > 1 else ''}".strip() for p, report in places]
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
    first, values = rows[0], _reached(rows)
    in_percent = first["unit"] == "%"
    rate = first["kind"] == "rate" and in_percent
    ax.grid(axis="y")
    dots(ax, rows, [rate and bool(pd.isna(row["denominator"])) for row in rows], ["other"] * len(rows))
    ax.set_title(in_lines(panels.head(first, in_percent, lang)), fontsize=9, loc="left", color=INK, linespacing=1.25)
    if rate:
        ax.set_xlim(-4, max(104, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        panels.decades(ax, values, lang, most=3)
    else:
        low, high = min(0, *values), max(0, *values)
        edge = 0.06 * max(1e-9, high - low)
        ax.set_xlim(low - edge, high + edge)
        panels.plain(ax, lang, most=3)
