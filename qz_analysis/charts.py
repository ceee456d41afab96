"""Pictures of a panel, one function per question; each says its finding, its source and what is missing."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .axes import column, decades, dots, frame, legend, reached
from .captions import ends, tell
from .checks import agreement, checkable, checks, heaping
from .counties import counties
from .errors import QzError
from .finish import finish, save, show
from .inventory import coverage
from .languages import Lang, in_lines, say
from .matrix import mechanisms
from .quotients import funnel, visits
from .rows import example, families, is_rate, line_up, pick
from .stated import kinds, stated
from .theme import MUTED, colours, dressed
from .wording import names, percent, printed, spent

__all__ = [
    "agreement",
    "changes",
    "checkable",
    "checks",
    "counties",
    "coverage",
    "example",
    "figures",
    "finish",
    "funds",
    "funnel",
    "heaping",
    "mechanisms",
    "rates",
    "save",
    "show",
    "stated",
    "visits",
]


def figures(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    of: int | None = None,
) -> Axes:
    """The chart that fits a panel: `rates`, `changes`, `funds` or `stated`, whichever holds most of its figures.

    Args:
        panel: rows of `choose` or `compare`; those that share no scale with the rest are counted in the note.
        lang, title, source: as in `visits`.
        of: how many figures fit in all, where the panel holds a part of them: the note tells how many are not drawn.
            `choose(..., most=24)` has told it already.

    Returns:
        the finished Axes.

    Raises:
        QzError: no row has a value to draw, or another language.

    >>> figures(example()[1:2]).get_title(), figures(example()[1:2]).texts[0].get_text()
    ('', '83.7%')
    """
    kind = kinds(panel)
    legible = kind[panel["status"].eq("ok") & (panel["value"].notna() | panel["low"].notna())]
    if legible.empty:
        lost = int(panel["status"].eq("redacted").sum())
        raise QzError(f"figures: none of the {len(panel)} rows has a value that can be drawn; {lost} of them are masked or lost on the page"
                      if len(panel) else "figures: there is no figure to draw; choose something wider")  # fmt: skip
    most = legible.mode().iloc[0] if legible.nunique() > 1 else legible.iloc[0]
    if of is None and panel.attrs.get("rows") == len(panel):
        of = panel.attrs["of"]
    left = {"beyond": (of or len(panel)) - len(panel), "other_units": int(kind.ne(most).sum())}
    if left["beyond"] and title is None:
        # what is largest on one page of many is no finding
        title = in_lines(say("titles", "part", lang, n=len(panel), total=f"{of:,}"))
    draw: dict[str, Callable[..., Axes]] = {"rates": rates, "changes": changes, "funds": funds}
    return draw.get(most, stated)(panel[kind.eq(most)], lang=lang, title=title, source=source, left=left)


def rates(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """Which rates the reports state, and how firm they are: dots, intervals where the counts are known.

    Args:
        panel: rows of `compare`; drawn are all of kind `rate` in %, rows of one place together.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes; its scale starts above 0 when all rates are high.

    Raises:
        ValueError: no row to draw, or another language.

    >>> rates(example(), lang="zh").get_xlabel()
    '%'
    """
    rows, missing = pick(panel, is_rate(panel), "rates", "a rate in %")
    rows = line_up(rows, "place")
    words, hollow = [percent(row) for row in rows], [bool(pd.isna(row["denominator"])) for row in rows]
    groups = [row["family"] for row in rows]
    with dressed():
        ax = frame("rates", names(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, groups, [say("families", family, lang) for family in families(groups)])
        if any(hollow):
            ax.plot([], [], "o", color=MUTED, markerfacecolor="white", label=say("words", "hollow", lang))
        column(ax, words, rows)
        reach = np.array([[row[key] for key in ("value", "low", "high", "ci_low")] for row in rows], dtype=float)
        low, high = np.nanmin(reach), np.nanmax(reach)
        ax.set_xlim((0 if low < 40 else 10 * (low // 10)) - 1.5, max(101.5, high))
        legend(ax)
        bad, checked = (sum(row["audit"] in kinds for row in rows) for kinds in (["bad"], ["ok", "bad"]))
        facts = {"k": hollow.count(False), "bad": bad, **(left or {}), **ends(rows, words, lang)}
        facts["finding"] = "rates_bad" if bad else "rates" if checked else "rates_none"
        tell(ax, "rates", rows, lang, title, source, missing=missing, **facts)
    return ax


def changes(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What went up and what went down on the year before: diverging bars, decreases to the left.

    Args:
        panel: rows of `compare`; drawn are those of kind `change` in %, not in percentage points or counts.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> changes(example()).texts[0].get_text()
    '−15.98%'
    """
    change, in_percent = panel["kind"].eq("change"), panel["unit"].eq("%")
    rows, missing = pick(panel, change & in_percent, "changes", "a change in %")
    words = [printed(row, lambda value: f"{value:+.6g}%".replace("-", "−")) for row in rows]
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
        facts = {**counts, **(left or {}), "points": int((change & ~in_percent).sum()), **ends(rows, words, lang)}
        tell(ax, "changes", rows, lang, title, source, missing=missing, **facts)
    return ax


def funds(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What money is spent on what: dots on a scale of powers of ten, sums first, standards per unit hollow.

    Args:
        panel: rows of `compare`; drawn are those of kind `money`, and of kind `per` in 元, above 0.
        lang, title, source: as in `visits`.
        left: as in `stated`.

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
    rows = line_up(rows, "kind", ["money", "per"])
    words = [spent(row, lang) for row in rows]
    hollow = [row["kind"] == "per" for row in rows]
    with dressed():
        ax = frame("funds", names(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face, drawn in (("sum", colours()[0], False), ("standard", "white", True)):
            if drawn in hollow:
                ax.plot([], [], "o", color=colours()[0], markerfacecolor=face, label=say("words", word, lang))
        column(ax, words, rows)
        decades(ax, reached(rows), lang)
        legend(ax)
        # sums and standards are unlike: the finding speaks of sums alone, where there are any
        told = hollow.count(False) or len(rows)
        facts = {"k": sum(hollow), **(left or {}), **ends(rows[:told], words[:told], lang)}
        facts["finding"] = ("funds" if False in hollow else "standards") + "_one" * (told == 1)
        tell(ax, "funds", rows, lang, title, source, missing=missing, **facts)
    return ax
