"""Pictures of a panel, one function per question; each says its finding, its source and what is missing."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from .errors import QzError
from .finish import Lang, finish, save, say, show
from .registry import load
from .theme import INK, MUTED, colours, dressed

__all__ = [
    "changes",
    "counties",
    "coverage",
    "example",
    "finish",
    "funds",
    "funnel",
    "rates",
    "save",
    "show",
    "visits",
]

Row = dict[str, Any]
_MARKERS = "os^DvPX"
_BAD = " ×"
# masks, and words that only the report itself can tell the meaning of
_NAMELESS = re.compile(r"[*xX某]|^[我本全]?[省市县区乡镇村]$")
_NUMBERS = ("value", "low", "high", "numerator", "denominator", "ci_low", "ci_high")
_PALE = "#d3e0ea"
_SIGNS = {"min": "≥", "max": "≤", "approx": "≈"}


def example() -> pd.DataFrame:
    """A panel of two invented places, for trying out a chart.

    Returns:
        a DataFrame with the columns that `compare` gives, four rows.

    >>> example()["place"].unique().tolist()
    ['甲县', '乙县']
    """
    text = """\
place,family,stage,measure,kind,unit,subject,value,numerator,denominator,ci_low,ci_high,direction
甲县,petition,received,persons_per_batch,count,,群众来访,2.02,389,193,,,
甲县,matters,resolved,rate,rate,%,来访事项,83.7,36,43,70,91.9,
乙县,petition,received,change,change,%,群众来访,15.98,,,,,down
乙县,funds,,yuan,money,元,救助资金,1560000,,,,,"""
    panel = pd.read_csv(io.StringIO(text)).fillna({"stage": "", "unit": "", "direction": ""})
    indicator = panel["family"] + "." + panel["stage"] + "." + panel["measure"]
    panel = panel.assign(indicator=indicator, doc="example", report=0, period="2011", level="county", text="")
    return panel.assign(
        low=np.nan, high=np.nan, bound="exact", how="stated", audit="", status="ok", caveats="", claims=""
    )


# ---- what is drawn, and in which words


def _pick(panel: pd.DataFrame, fits: pd.Series, chart: str, what: str) -> tuple[list[Row], int]:
    """Rows of a panel that fit a chart and have a value, and how many fit but have none."""
    fitting = panel[fits.astype(bool)]
    has_value = fitting["value"].notna() | (fitting["low"].notna() & fitting["high"].notna())
    drawn = fitting[has_value & ~fitting["status"].isin(["redacted", "spoilt"])]
    if drawn.empty:
        raise QzError(
            f"{chart}: none of the {len(panel)} rows has {what} ({len(fitting)} masked or without a value); "
            f'pass a panel that has, e.g. compare(claims, relations, indicator="{chart}")'
        )
    rows = [_signed(row | {"y": y}) for y, row in enumerate(_records(drawn))]
    return rows, len(fitting) - len(drawn)


def _records(table: pd.DataFrame) -> list[Row]:
    """The rows as dictionaries; a missing word is an empty one, a missing number stays NaN."""
    words = set(table.columns) - set(_NUMBERS)
    return [
        {str(key): "" if key in words and pd.isna(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def _signed(row: Row) -> Row:
    """The row with a decrease below zero, and with a range standing at its middle (never printed)."""
    low, value, high, bound = row["low"], row["value"], row["high"], row["bound"]
    if row["kind"] == "change" and row["direction"] == "down":
        # a fall of 20% or more lies at -20% or below
        bound = {"min": "max", "max": "min"}.get(bound, bound)
        low, value, high = -high, -value, -low
    middle: float = (low + high) / 2 if pd.isna(value) else value
    return row | {"low": low, "value": middle, "high": high, "bound": bound}


def _is_rate(panel: pd.DataFrame) -> pd.Series:
    return panel["kind"].eq("rate") & panel["unit"].eq("%")


def _families(used: Iterable[str]) -> list[str]:
    """The families that occur, in the order of the vocabulary."""
    found = set(used)
    return [family for family in load("labels")["families"] if family in found]


def _short(text: str, most: int = 12) -> str:
    """A subject cut in its middle: its head says who, its tail what is counted."""
    return text if len(text) <= most else f"{text[: most - 5]}…{text[-4:]}"


def _place(name: str, lang: Lang) -> str:
    if not name:
        return say("words", "no_place", lang)
    return say("names", _short(name, 16), lang) if lang == "en" else _short(name, 16)


def _name(row: Row, lang: Lang) -> str:
    place, subject = _place(row["place"], lang), _short(str(row["subject"] or ""))
    return say("words", "label", lang, place=place, subject=subject) if subject else place


def _names(rows: Sequence[Row], lang: Lang) -> list[str]:
    """Place and subject of each row; the period too where that alone would not tell two rows apart."""
    names = [_name(row, lang) for row in rows]
    for i in [i for i, name in enumerate(names) if names.count(name) > 1 and rows[i]["period"]]:
        names[i] = say("words", "dated", lang, name=_name(rows[i], lang), period=rows[i]["period"])
    return names


def _money(yuan: float, lang: Lang) -> str:
    if lang == "zh":
        scale, unit = (1e8, "亿元") if yuan >= 1e8 else (1e4, "万元") if yuan >= 1e4 else (1, "元")
        return f"{yuan / scale:,.10g}{unit}"
    return f"RMB {_brief(yuan, lang)}"


def _line_up(rows: Sequence[Row], key: str, firsts: Sequence[Any] = ()) -> list[Row]:
    """Rows with equal values of a column together, else in their order; `y` counted anew."""
    order = [*firsts, *(r[key] for r in rows)]
    return [row | {"y": y} for y, row in enumerate(sorted(rows, key=lambda r: order.index(r[key])))]


def _brief(number: float, lang: Lang) -> str:
    steps = ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, "bn"), (1e6, "m"), (1e3, "k"))
    scale, unit = next(((s, u) for s, u in steps if abs(number) >= s), (1, ""))
    return f"{number / scale:.4g}{unit}".replace("-", "−")


def _printed(row: Row, write: Callable[[float], str]) -> str:
    """The figure with its bound; in brackets when no report prints it; × when the audit found it wrong."""
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        text = f"{write(row['low'])}–{write(row['high'])}"
    else:
        text = _SIGNS.get(row["bound"], "") + write(row["value"])
    return (f"({text})" if row["how"] == "recomputed" else text) + (_BAD if row["audit"] == "bad" else "")


def _percent(row: Row) -> str:
    digits = ".1f" if row["how"] == "recomputed" else ".6g"
    return _printed(row, lambda value: f"{value:{digits}}%")


# ---- what all charts share


def _frame(names: Sequence[str], pitch: float, width: float = 8.4) -> Axes:
    """Axes with one row a name, `pitch` inches each, the first on top."""
    _, ax = plt.subplots(figsize=(width, len(names) * pitch + 0.85))
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    return ax


def _plain(ax: Axes, lang: Lang, most: int = 4) -> None:
    ax.xaxis.set_major_locator(MaxNLocator(most))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _brief(value, lang)))


def _decades(ax: Axes, values: Sequence[float], lang: Lang, most: int = 6) -> None:
    """A scale of powers of ten around the values, with as many of them named as there is room for."""
    low = int(np.floor(np.log10(min(values))))
    high = max(low + 1, int(np.ceil(np.log10(max(values)))))
    ax.set_xscale("log")
    ax.set_xlim(10.0**low * 0.8, 10.0**high * 1.25)
    step = -(-(high - low) // most)
    ax.xaxis.set_major_locator(FixedLocator([10.0**n for n in range(low, high + 1, step)]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _brief(value, lang)))
    ax.xaxis.set_minor_locator(NullLocator())


def _column(ax: Axes, words: Sequence[str], rows: Sequence[Row], shift: float = 8) -> None:
    """Printed values in a column of their own, `shift` points right of the axes: no dot or bar gets there."""
    for text, row in zip(words, rows, strict=True):
        colour, at = colours()[1] if row["audit"] == "bad" else INK, (1, row["y"])
        across = ax.get_yaxis_transform()
        ax.annotate(text, at, (shift, 0), xycoords=across, textcoords="offset points", va="center", color=colour)


def _legend(ax: Axes) -> None:
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2, columnspacing=1.2)


def _dots(
    ax: Axes, rows: Sequence[Row], hollow: Sequence[bool], groups: Sequence[str], names: Sequence[str] = ()
) -> None:
    """Dots at the rows' `y`, intervals or stated ranges as lines; a colour, marker and name per group."""
    order = sorted(set(groups), key=[*load("labels")["families"], *groups].index)
    palette = colours()
    looks = {g: (palette[i % len(palette)], _MARKERS[i % len(_MARKERS)]) for i, g in enumerate(order)}
    for row, empty, group in zip(rows, hollow, groups, strict=True):
        (colour, marker), is_range = looks[group], bool(pd.notna(row["low"]))
        left, right = ("low", "high") if is_range else ("ci_low", "ci_high")
        low, high = row[left], row[right]
        if pd.notna(low) and pd.notna(high):
            ax.hlines(row["y"], low, high, color=colour, linewidth=1.6)
        if not is_range:
            face = "white" if empty else colour
            ax.plot(row["value"], row["y"], marker, color=colour, markerfacecolor=face, markersize=6.5)
    for group, name in zip(order, names, strict=False):
        ax.plot([], [], looks[group][1], color=looks[group][0], label=name)


def _source(table: pd.DataFrame, lang: Lang) -> str:
    docs = [str(doc) for doc in table["doc"].dropna().unique()]
    text = say("words", "list", lang).join(docs[:3])
    if len(docs) > 3:
        text = say("words", "and_more", lang, docs=text, n=len(docs) - 3)
    return say("words", "source", lang, docs=text)


def _ends(rows: Sequence[Row], words: Sequence[str], lang: Lang) -> dict[str, str]:
    """The rows of the smallest and the largest value, as fillers of titles and alternative texts."""
    order = sorted(range(len(rows)), key=lambda i: rows[i]["value"])
    ends: dict[str, str] = {}
    for end, i in (("low", order[0]), ("high", order[-1])):
        ends |= {end: _name(rows[i], lang), f"{end}_value": words[i].removesuffix(_BAD)}
        ends[f"{end}_place"] = _place(rows[i]["place"], lang)
    return ends


def _one(chart: str, rows: Sequence[Row]) -> str:
    return f"{chart}_one" if len(rows) == 1 else chart


def _end(ax: Axes, chart: str, lang: Lang, title: str | None, source: str, missing: int, **facts: Any) -> None:
    """Finishes a chart with its words; a fact `finding` picks another title than the chart's own."""
    gap, finding = say("words", "gap", lang), facts.pop("finding", chart)
    lost = [
        say("notes", key, lang, k=k) for key, k in (("missing", missing), ("further", facts.pop("further", 0))) if k
    ]
    told = "only" if facts["n"] == 1 else "ends"
    ends = [say("alts", told, lang, **facts)] if "low" in facts else []
    # an English sentence stumbles over a long Chinese subject: there the place says enough
    brief = {"low": facts["low_place"], "high": facts["high_place"]} if ends and lang == "en" else {}
    finish(
        ax,
        title=title or say("titles", finding, lang, **facts | brief),
        subtitle=say("subtitles", chart, lang),
        source=source,
        note=gap.join([say("notes", chart, lang), *lost]),
        alt=gap.join([say("alts", chart, lang, **facts), *ends, *lost]),
    )


# ---- the charts


def visits(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How many people come with a batch of visitors: bars of both counts, persons per batch printed.

    Args:
        panel: rows of `compare`; drawn are those whose measure is `persons_per_batch`.
        lang: language of the words, `en` or `zh`.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> visits(example()).get_yticklabels()[0].get_text()
    '甲县: 群众来访'
    """
    rows, missing = _pick(panel, panel["measure"].eq("persons_per_batch"), "visits", "persons per batch")
    names, words = _names(rows, lang), [_printed(r, lambda value: f"{value:.1f}") for r in rows]
    with dressed():
        ax = _frame(names, 0.46)
        for shift, key, colour, word in (
            (-0.2, "numerator", 0, "people"),
            (0.2, "denominator", 1, "batches"),
        ):
            heights = [r["y"] + shift for r in rows]
            lengths = [0 if pd.isna(r[key]) else r[key] for r in rows]
            ax.barh(heights, lengths, 0.36, color=colours()[colour], label=say("words", word, lang))
        _column(ax, [_per_batch(r, word, lang) for r, word in zip(rows, words, strict=True)], rows)
        ax.set_xlim(0, max(1, np.nanmax([[r["numerator"], r["denominator"], 1] for r in rows])) * 1.03)
        _plain(ax, lang)
        ax.set_xlabel(say("words", "count", lang))
        _legend(ax)
        finding, facts = _one("visits", rows), {"n": len(rows), **_ends(rows, words, lang)}
        _end(ax, "visits", lang, title, source or _source(panel, lang), missing, finding=finding, **facts)
    return ax


def _per_batch(row: Row, word: str, lang: Lang) -> str:
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return say("words", "no_counts", lang, value=word)
    people, batches = f"{row['numerator']:,.0f}", f"{row['denominator']:,.0f}"
    return say("words", "per_batch", lang, value=word, people=people, batches=batches)


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
    resolved = _is_rate(panel) & panel["stage"].eq("resolved")
    fits = resolved & panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = _pick(panel, fits, "funnel", "counts resolved and received")
    names, words = _names(rows, lang), [_percent(r) for r in rows]
    shares = [100 * r["numerator"] / r["denominator"] for r in rows]
    with dressed():
        ax = _frame(names, 0.34)
        for lengths, colour, word in (
            ([100] * len(rows), _PALE, "received"),
            (shares, colours()[0], "resolved"),
        ):
            ax.barh(range(len(rows)), lengths, 0.62, color=colour, label=say("words", word, lang))
        _column(ax, words, rows)
        _column(ax, [f"{r['numerator']:,.0f} / {r['denominator']:,.0f}" for r in rows], rows, shift=72)
        ax.set_xlim(0, max(100, *shares))
        ax.set_xlabel(say("words", "share", lang))
        _legend(ax)
        facts = {"n": len(rows), "k": sum(share >= 80 for share in shares), **_ends(rows, words, lang)}
        line, finding = source or _source(panel, lang), _one("funnel", rows)
        _end(ax, "funnel", lang, title, line, missing, finding=finding, **facts)
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
    rows, missing = _pick(panel, _is_rate(panel), "rates", "a rate in %")
    rows = _line_up(rows, "place")
    names, words = _names(rows, lang), [_percent(r) for r in rows]
    hollow, groups = [bool(pd.isna(r["denominator"])) for r in rows], [r["family"] for r in rows]
    with dressed():
        ax = _frame(names, 0.3)
        ax.grid(axis="y")
        _dots(ax, rows, hollow, groups, [say("families", family, lang) for family in _families(groups)])
        if any(hollow):
            ax.plot([], [], "o", color=MUTED, markerfacecolor="white", label=say("words", "hollow", lang))
        _column(ax, words, rows)
        reach = np.array([[r["value"], r["low"], r["high"], r["ci_low"]] for r in rows], dtype=float)
        low, high = np.nanmin(reach), np.nanmax(reach)
        left = 0 if low < 40 else 10 * (low // 10)
        ax.set_xlim(left - 1.5, max(101.5, high))
        ax.set_xlabel(say("words", "percent", lang))
        _legend(ax)
        bad, checked = (sum(r["audit"] in kinds for r in rows) for kinds in (["bad"], ["ok", "bad"]))
        facts = {"n": len(rows), "k": hollow.count(False), "bad": bad, **_ends(rows, words, lang)}
        finding = "rates_bad" if bad else "rates" if checked else "rates_none"
        _end(ax, "rates", lang, title, source or _source(panel, lang), missing, finding=finding, **facts)
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
    fits = panel["kind"].eq("change") & panel["unit"].eq("%")
    rows, missing = _pick(panel, fits, "changes", "a change in %")
    names = _names(rows, lang)
    words = [_printed(r, lambda value: f"{value:+.6g}%".replace("-", "−")) for r in rows]
    values = [r["value"] for r in rows]
    with dressed():
        ax = _frame(names, 0.3)
        for word, colour, sign in (("down", 0, -1), ("up", 1, 1)):
            ends = [max(0, value * sign) * sign for value in values]
            ax.barh(range(len(rows)), ends, 0.62, color=colours()[colour], label=say("words", word, lang))
        for row, text in zip(rows, words, strict=True):
            side, shift = ("right", -4) if row["value"] < 0 else ("left", 4)
            at = (row["value"], row["y"])
            ax.annotate(text, at, (shift, 0), textcoords="offset points", va="center", ha=side)
        ax.axvline(0, color=MUTED, linewidth=0.8)
        low, high = min(0, *values), max(0, *values)
        # room for the longest printed value beyond the bars, as a share of axes that may be 3.6 inches wide
        need = (0.1 + 0.075 * max(map(len, words))) / 3.6
        room = max(high - low, 1) * need / (1 - need * ((low < 0) + (high > 0)))
        ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
        ax.set_xlabel(say("words", "change", lang))
        _legend(ax)
        facts = {
            "n": len(rows),
            "down": sum(value < 0 for value in values),
            "up": sum(value > 0 for value in values),
        }
        line, finding = source or _source(panel, lang), _one("changes", rows)
        _end(ax, "changes", lang, title, line, missing, finding=finding, **facts, **_ends(rows, words, lang))
    return ax


def funds(panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """What money is spent on what: dots on a scale of powers of ten, totals first, standards per unit hollow.

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
    rows, missing = _pick(panel, fits, "funds", "a sum of money above 0")
    rows = _line_up(rows, "kind", ["money", "per"])
    names, words = _names(rows, lang), [_printed(r, lambda value: _money(value, lang)) for r in rows]
    hollow = [r["kind"] == "per" for r in rows]
    with dressed():
        ax = _frame(names, 0.3)
        ax.grid(axis="y")
        _dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face in (("total", colours()[0]), ("standard", "white")):
            ax.plot([], [], "o", color=colours()[0], markerfacecolor=face, label=say("words", word, lang))
        _column(ax, words, rows)
        _decades(ax, [r["value"] for r in rows], lang)
        ax.set_xlabel(say("words", "yuan", lang))
        _legend(ax)
        # totals and standards are unlike: the finding speaks of totals alone, where there are any
        told = hollow.count(False) or len(rows)
        facts = {"n": len(rows), "k": sum(hollow), **_ends(rows[:told], words[:told], lang)}
        line, finding = source or _source(panel, lang), _one("funds", rows[:told])
        _end(ax, "funds", lang, title, line, missing, finding=finding, **facts)
    return ax


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
    families = _families(claims["family"])
    keys = list(zip(reports["doc"], reports["report"], strict=True))
    counts = claims.groupby(["doc", "report", "family", "status"]).size().to_dict()
    cells = {
        (x, y): [counts.get((*key, family, status), 0) for status in ("ok", "redacted", "spoilt")]
        for y, key in enumerate(keys)
        for x, family in enumerate(families)
    }
    reach = [sum(any(cells[x, y]) for y in range(len(keys))) for x in range(len(families))]
    widest = reach.index(max(reach))
    names = _report_names(reports, lang)
    with dressed():
        ax = _frame(names, 0.42, max(8.4, 3 + 0.72 * len(families)))
        ax.grid(visible=False)
        for y in range(0, len(keys), 2):
            ax.axhspan(y - 0.5, y + 0.5, color="#f5f6f7", linewidth=0, zorder=0)
        most = max(1, *(ok for ok, *_ in cells.values()))
        for (x, y), numbers in cells.items():
            if any(numbers):
                _cell(ax, x, y, numbers, most, lang)
        heads = [say("families", family, lang) for family in families]
        ax.set_xticks(range(len(families)), heads, fontsize=8.5, va="baseline")
        ax.tick_params(top=False, labeltop=True, labelbottom=False, pad=5)
        ax.set_xlim(-0.55, len(families) - 0.45)
        ax.spines["bottom"].set_visible(False)
        figures, masked, spoilt = (sum(numbers[i] for numbers in cells.values()) for i in range(3))
        facts = {"n": len(keys), "k": reach[widest], "family": heads[widest], "columns": len(families)}
        facts |= {"figures": figures + masked + spoilt, "masked": masked, "spoilt": spoilt}
        _end(ax, "coverage", lang, title, source or _source(claims, lang), 0, **facts)
    return ax


def _report_names(reports: pd.DataFrame, lang: Lang) -> list[str]:
    """Place and period of each report; the heading where no place is known, the number for twins."""
    names, ids = [], []
    for row in _records(reports):
        ids.append(f"{row['doc']}:{row['report']}")
        name = _place(row["place"], lang) if row["place"] else _short(row["title"], 16) or ids[-1]
        names.append(say("words", "dated", lang, name=name, period=row["period"]) if row["period"] else name)
    return [f"{n} {i}" if names.count(n) > 1 else n for n, i in zip(names, ids, strict=True)]


def _cell(ax: Axes, x: int, y: int, numbers: Sequence[int], most: int, lang: Lang) -> None:
    """One cell of the coverage table: how many figures are legible, and below how many are not."""
    ok, *lost = numbers
    tint = LinearSegmentedColormap.from_list("counts", ["#e6eff6", "#8fbcdc"])(ok / most) if ok else "white"
    hatch = "" if ok else "////"
    look: dict[str, Any] = {"facecolor": tint, "edgecolor": "#c4ccd2", "linewidth": 0.6, "hatch": hatch}
    ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **look))
    words = [(str(ok), 9.0)] * bool(ok)
    words += [(say("words", word, lang, n=n), 6.5) for word, n in zip(("masked", "spoilt"), lost, strict=True) if n]
    box = None if ok else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for i, (text, size) in enumerate(words):
        height = y + (i - (len(words) - 1) / 2) * 0.3
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
    rows, missing = _pick(panel, panel["indicator"].fillna("").ne(""), "counties", "an indicator with a value")
    keys = [_whose(row) for row in rows]
    places = list(dict.fromkeys(keys))
    stated: dict[str, list[Row]] = {}
    for row, key in zip(rows, keys, strict=True):
        stated.setdefault(row["indicator"], []).append(row | {"y": places.index(key)})
    reach = {indicator: len({r["y"] for r in found}) for indicator, found in stated.items()}
    kept = sorted(stated, key=lambda indicator: -reach[indicator])[:most]
    heads = [place for place, _ in places]
    names = [f"{_place(p, lang)} {report if heads.count(p) > 1 else ''}".strip() for p, report in places]
    across = min(4, len(kept))
    down = -(-len(kept) // across)
    with dressed():
        size = (max(8.4, 2 + 1.9 * across), down * (0.27 * len(places) + 1.05))
        _, grid = plt.subplots(down, across, figsize=size, sharey=True, squeeze=False)
        for ax, indicator in zip_longest(grid.flat, [i for i in stated if i in kept]):
            if indicator is None:
                ax.remove()
            else:
                _facet(ax, stated[indicator], lang)
        grid[0, 0].set_yticks(range(len(places)), names)
        grid[0, 0].set_ylim(len(places) - 0.4, -0.6)
        facts = {"n": len(stated), "places": len(places), "shared": sum(n > 1 for n in reach.values())}
        line, further = source or _source(panel, lang), len(stated) - len(kept)
        _end(grid[0, 0], "counties", lang, title, line, missing, further=further, **facts)
    return grid.ravel()[: len(kept)]


def _whose(row: Row) -> tuple[str, str]:
    """Place and, unless the place is named outright, report: two masked counties need not be the same one."""
    named = row["place"] and not _NAMELESS.search(row["place"])
    return row["place"], "" if named else f"{row['doc']}:{row['report']}"


def _facet(ax: Axes, rows: Sequence[Row], lang: Lang) -> None:
    first, values = rows[0], [r["value"] for r in rows]
    is_rate, in_percent = first["kind"] == "rate" and first["unit"] == "%", first["unit"] == "%"
    ax.grid(axis="y")
    _dots(ax, rows, [is_rate and bool(pd.isna(r["denominator"])) for r in rows], ["other"] * len(rows))
    gap = say("words", "gap", lang)
    head = gap.join([say("families", first["family"], lang), say("stages", first["stage"], lang)]).strip()
    measure = say("measures", first["measure"], lang) + " (%)" * in_percent
    ax.set_title(f"{head}\n{measure}", fontsize=9, loc="left", color=INK, linespacing=1.25)
    if is_rate:
        ax.set_xlim(-4, max(104, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        _decades(ax, values, lang, most=3)
    else:
        low, high = min(0, *values), max(0, *values)
        edge = 0.06 * max(1e-9, high - low)
        ax.set_xlim(low - edge, high + edge)
        _plain(ax, lang, most=3)
