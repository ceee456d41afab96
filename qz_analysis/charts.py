"""Pictures of a panel, one function per question; each says its finding, its source and what is missing."""

import io
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from .errors import QzError
from .finish import Lang, finish, say
from .registry import load
from .theme import INK, MUTED, colours, dressed

__all__ = ["changes", "counties", "coverage", "example", "funds", "funnel", "rates", "visits"]

Row = dict[str, Any]
_MARKERS = "os^DvPX"
_BAD = " ×"
_PALE = "#d3e0ea"
_SIGNS = {"min": "≥", "max": "≤", "approx": "≈"}


def example() -> pd.DataFrame:
    """A panel of two invented places, for trying out a chart.

    Returns:
        a DataFrame with the columns that `compare` gives, four rows.

    >>> example()["place"].unique().tolist()
    ['甲县', '乙县']
    """
    text = """place,family,stage,measure,kind,unit,subject,value,numerator,denominator,ci_low,ci_high,direction
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


# ---- what is drawn -------------------------------------------------------------------------------------------------


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
    rows = [
        {str(key): value for key, value in row.items()}
        for row in drawn.fillna({"place": ""}).to_dict("records")
    ]
    for y, row in enumerate(rows):
        row["y"] = y
        # a range stands at its middle: for the order of sizes and the end of a guide line, never printed
        if pd.isna(row["value"]):
            row["value"] = (row["low"] + row["high"]) / 2
    return rows, len(fitting) - len(drawn)


def _short(text: str, most: int = 12) -> str:
    """A subject cut in its middle: its head says who, its tail what is counted."""
    return text if len(text) <= most else f"{text[: most - 5]}…{text[-4:]}"


def _place(name: str, lang: Lang) -> str:
    if not name:
        return say("words", "no_place", lang)
    return say("names", name, lang) if lang == "en" else name


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


# ---- what all charts share -----------------------------------------------------------------------------------------


def _frame(names: Sequence[str], pitch: float, width: float = 8.4) -> tuple[Figure, Axes]:
    """A figure with one row a name, `pitch` inches each, the first on top."""
    fig, ax = plt.subplots(figsize=(width, len(names) * pitch + 0.85))
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    return fig, ax


def _column(ax: Axes, words: Sequence[str], rows: Sequence[Row], shift: float = 8) -> None:
    """Printed values in a column of their own, `shift` points right of the axes, where no dot or bar can reach them."""
    for text, row in zip(words, rows, strict=True):
        colour, at = colours()[1] if row["audit"] == "bad" else INK, (1, row["y"])
        across = ax.get_yaxis_transform()
        ax.annotate(
            text, at, (shift, 0), xycoords=across, textcoords="offset points", va="center", color=colour
        )


def _legend(ax: Axes) -> None:
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2, columnspacing=1.2)


def _dots(
    ax: Axes, rows: Sequence[Row], hollow: Sequence[bool], groups: Sequence[str], names: Sequence[str] = ()
) -> None:
    """Dots at the rows' `y`, intervals or the stated range as lines; a colour and marker per group, `names` for the key."""
    order = sorted(set(groups), key=[*load("labels")["families"], *groups].index)
    palette = colours()
    looks = {g: (palette[i % len(palette)], _MARKERS[i % len(_MARKERS)]) for i, g in enumerate(order)}
    for row, empty, group in zip(rows, hollow, groups, strict=True):
        (colour, marker), is_range = looks[group], pd.notna(row["low"])
        low, high = (row["low"], row["high"]) if is_range else (row["ci_low"], row["ci_high"])
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
    """The rows of the smallest and the largest value, as the fillers that titles and alternative texts know."""
    order, ends = sorted(range(len(rows)), key=lambda i: rows[i]["value"]), {}
    for end, i in (("low", order[0]), ("high", order[-1])):
        ends |= {end: _name(rows[i], lang), f"{end}_value": words[i].removesuffix(_BAD)}
        # an English sentence stumbles over a long Chinese subject: there the place says enough
        ends[f"{end}_place"] = _place(rows[i]["place"], lang)
    return ends


def _end(
    ax: Any,
    chart: str,
    lang: Lang,
    title: str | None,
    source: str,
    lost: str,
    *,
    finding: str = "",
    **facts: Any,
) -> None:
    """Finishes a chart with its words: `lost` says what is not drawn, `finding` picks another title than the chart's own."""
    gap = say("words", "gap", lang)
    brief = facts | {key: facts[f"{key}_place"] for key in ("low", "high") if lang == "en" and key in facts}
    parts = [
        say("alts", chart, lang, **facts),
        say("alts", "ends", lang, **facts) if "low" in facts else "",
        lost,
    ]
    finish(
        ax,
        title=title or say("titles", finding or chart, lang, **brief),
        subtitle=say("subtitles", chart, lang),
        source=source,
        note=gap.join(filter(None, [say("notes", chart, lang), lost])),
        alt=gap.join(filter(None, parts)),
    )


def _lost(missing: int, lang: Lang) -> str:
    return say("notes", "missing", lang, k=missing) if missing else ""


# ---- the charts ----------------------------------------------------------------------------------------------------


def visits(
    panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None
) -> Axes:
    """How many people come with a batch of visitors: bars of person-times and batches, persons per batch printed.

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
    '甲县 · 群众来访'
    """
    rows, missing = _pick(panel, panel["measure"].eq("persons_per_batch"), "visits", "persons per batch")
    names, words = _names(rows, lang), [_printed(r, lambda value: f"{value:.1f}") for r in rows]
    counted = [r for r in rows if pd.notna(r["numerator"]) and pd.notna(r["denominator"])]
    with dressed():
        _, ax = _frame(names, 0.46)
        y = np.arange(len(rows))
        for shift, key, word in ((-0.2, "numerator", "people"), (0.2, "denominator", "batches")):
            lengths = [0 if pd.isna(r[key]) else r[key] for r in rows]
            ax.barh(
                y + shift,
                lengths,
                0.36,
                color=colours()[0 if word == "people" else 1],
                label=say("words", word, lang),
            )
        labels = [
            say("words", "per_batch", lang, value=w, people=f"{r['numerator']:,.0f}", batches=f"{r['denominator']:,.0f}")
            if r in counted else say("words", "no_counts", lang, value=w)
            for r, w in zip(rows, words, strict=True)
        ]  # fmt: skip
        _column(ax, labels, rows)
        ax.set_xlim(0, max([1, *(r["numerator"] for r in counted)]) * 1.03)
        _numbers(ax, lang)
        ax.set_xlabel(say("words", "count", lang))
        _legend(ax)
        finding = "visits_one" if len(rows) == 1 else ""
        line = source or _source(panel, lang)
        _end(ax, "visits", lang, title, line, missing, finding, n=len(rows), **_ends(rows, names, words))
    return ax


def _numbers(ax: Axes, lang: Lang, most: int = 4) -> None:
    ax.xaxis.set_major_locator(MaxNLocator(most, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _brief(value, lang)))


def _decades(ax: Axes, values: Sequence[float], lang: Lang, most: int = 6) -> None:
    """A scale of powers of ten around the values, with as many of them named as there is room for."""
    low, high = (int(f(np.log10(v))) for f, v in ((np.floor, min(values)), (np.ceil, max(values))))
    high = max(high, low + 1)
    ax.set_xscale("log")
    ax.set_xlim(10**low * 0.8, 10**high * 1.25)
    ax.xaxis.set_major_locator(
        FixedLocator([10.0**n for n in range(low, high + 1, -(-(high - low) // most))])
    )
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _brief(value, lang)))
    ax.xaxis.set_minor_locator(NullLocator())


def _report_names(reports: pd.DataFrame, lang: Lang) -> list[str]:
    names = []
    for report in reports.fillna("").to_dict("records"):
        place = _place(str(report["place"]), lang) if report["place"] else _short(str(report["title"]), 16)
        names.append(
            " · ".join(filter(None, [place or f"{report['doc']}:{report['report']}", str(report["period"])]))
        )
    ids = [f"{doc}:{report}" for doc, report in zip(reports["doc"], reports["report"], strict=True)]
    return [
        f"{name} · {key}" if names.count(name) > 1 else name for name, key in zip(names, ids, strict=True)
    ]


def _cell(ax: Axes, x: int, y: int, tint: Any, ok: int, lost: dict[str, int], lang: Lang) -> None:
    """One cell of the coverage table: how many figures are legible, below it how many are masked or spoilt."""
    hatch = "" if ok else "////"
    ax.add_patch(
        Rectangle(
            (x - 0.48, y - 0.46), 0.96, 0.92, facecolor=tint, edgecolor="#c4ccd2", linewidth=0.6, hatch=hatch
        )
    )
    small = [say("words", word, lang, n=n) for word, n in lost.items() if n]
    words = [(str(ok), 9)] * bool(ok) + [(text, 6.5) for text in small]
    for i, (text, size) in enumerate(words):
        white = {} if ok else {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}}
        ax.text(
            x, y + (i - (len(words) - 1) / 2) * 0.33, text, ha="center", va="center", fontsize=size, **white
        )


def funnel(
    panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None
) -> Axes:
    """How much of what was received is resolved: a bar of the share in a bar of 100 %, counts and rate printed.

    Counts run over four orders of magnitude, so rows share an axis of percent and the counts are written out.

    Args:
        panel: rows of `compare`; drawn are rates in % of the stage `resolved` with numerator and denominator.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> funnel(example()).texts[0].get_text()
    '83.7%  36 / 43'
    """
    counted = panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = _pick(
        panel,
        _is_rate(panel) & panel["stage"].eq("resolved") & counted,
        "funnel",
        "counts resolved and received",
    )
    names, words = _names(rows, lang), [_percent(r) for r in rows]
    shares = [100 * r["numerator"] / r["denominator"] for r in rows]
    with dressed():
        _, ax = _frame(names, 0.34)
        ax.barh(range(len(rows)), 100, 0.62, color=_PALE, label=say("words", "received", lang))
        ax.barh(range(len(rows)), shares, 0.62, color=colours()[0], label=say("words", "resolved", lang))
        _column(
            ax,
            [
                f"{w}  {r['numerator']:,.0f} / {r['denominator']:,.0f}"
                for w, r in zip(words, rows, strict=True)
            ],
            rows,
        )
        ax.set_xlim(0, max(100, *shares))
        ax.set_xlabel(say("words", "share", lang))
        _legend(ax)
        facts = {"n": len(rows), "k": sum(share >= 80 for share in shares), **_ends(rows, names, words)}
        finding = "funnel_one" if len(rows) == 1 else ""
        _end(ax, "funnel", lang, title, source or _source(panel, lang), missing, finding, **facts)
    return ax


def _is_rate(panel: pd.DataFrame) -> pd.Series:
    return panel["kind"].eq("rate") & panel["unit"].eq("%")


def rates(
    panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None
) -> Axes:
    """Which rates the reports state, and how firm they are: dots, intervals where the counts are known.

    Args:
        panel: rows of `compare`; drawn are all of kind `rate` in %, rows of one place together.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> rates(example(), lang="zh").get_xlabel()
    '%'
    """
    rows, missing = _pick(panel, _is_rate(panel), "rates", "a rate in %")
    rows = _line_up(rows, "place")
    names, words = _names(rows, lang), [_percent(r) for r in rows]
    hollow, groups = [pd.isna(r["denominator"]) for r in rows], [r["family"] for r in rows]
    with dressed():
        _, ax = _frame(names, 0.3)
        ax.grid(axis="y")
        _dots(
            ax,
            rows,
            hollow,
            groups,
            [say("families", f, lang) for f in load("labels")["families"] if f in groups],
        )
        if any(hollow):
            ax.plot([], [], "o", color=MUTED, markerfacecolor="white", label=say("words", "hollow", lang))
        _column(ax, words, rows)
        ax.set_xlim(-2, max(102, *(r["value"] for r in rows)))
        ax.set_xlabel(say("words", "percent", lang))
        _legend(ax)
        bad, checked = (sum(r["audit"] in kinds for r in rows) for kinds in (["bad"], ["ok", "bad"]))
        facts = {"n": len(rows), "k": hollow.count(False), "bad": bad, **_ends(rows, names, words)}
        finding = "rates_bad" if bad else "" if checked else "rates_none"
        _end(ax, "rates", lang, title, source or _source(panel, lang), missing, finding, **facts)
    return ax


def changes(
    panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None
) -> Axes:
    """What went up and what went down on the year before: diverging bars, decreases to the left.

    Args:
        panel: rows of `compare`; drawn are those of kind `change` in %. Percentage points and counts are another scale.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> changes(example()).texts[0].get_text()
    '−15.98%'
    """
    rows, missing = _pick(
        panel, panel["kind"].eq("change") & panel["unit"].eq("%"), "changes", "a change in %"
    )
    for row in rows:
        row["value"] *= -1 if row["direction"] == "down" else 1
    names, words = (
        _names(rows, lang),
        [_printed(r, lambda value: f"{value:+.6g}%".replace("-", "−")) for r in rows],
    )
    values = [r["value"] for r in rows]
    with dressed():
        _, ax = _frame(names, 0.3)
        for word, colour, sign in (("down", 0, -1), ("up", 1, 1)):
            ends = [max(0, value * sign) * sign for value in values]
            ax.barh(range(len(rows)), ends, 0.62, color=colours()[colour], label=say("words", word, lang))
        for row, text in zip(rows, words, strict=True):
            left = row["value"] < 0
            ax.annotate(
                text,
                (row["value"], row["y"]),
                (-4 if left else 4, 0),
                textcoords="offset points",
                va="center",
                ha="right" if left else "left",
            )
        ax.axvline(0, color=MUTED, linewidth=0.8)
        low, high = min(0, *values), max(0, *values)
        # room for the printed value beyond the longest bar on either side
        room = max(high - low, 1) * 0.24
        ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
        ax.set_xlabel(say("words", "change", lang))
        _legend(ax)
        facts = {
            "n": len(rows),
            "down": sum(v < 0 for v in values),
            "up": sum(v > 0 for v in values),
            **_ends(rows, names, words),
        }
        finding = "changes_one" if len(rows) == 1 else ""
        _end(ax, "changes", lang, title, source or _source(panel, lang), missing, finding, **facts)
    return ax


def funds(
    panel: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None
) -> Axes:
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
    money = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    rows, missing = _pick(
        panel, money & ~panel["value"].le(0) & ~panel["low"].le(0), "funds", "a sum of money"
    )
    rows = _line_up(rows, "kind", ["money", "per"])
    names, words = _names(rows, lang), [_printed(r, lambda value: _money(value, lang)) for r in rows]
    hollow = [r["kind"] == "per" for r in rows]
    with dressed():
        _, ax = _frame(names, 0.3)
        ax.grid(axis="y")
        _dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face in (("total", colours()[0]), ("standard", "white")):
            ax.plot([], [], "o", color=colours()[0], markerfacecolor=face, label=say("words", word, lang))
        _column(ax, words, rows)
        _decades(ax, [r["value"] for r in rows], lang)
        ax.set_xlabel(say("words", "yuan", lang))
        _legend(ax)
        # totals and standards are unlike: the finding ranks totals alone, where there are any
        ranked = [i for i, per in enumerate(hollow) if not per] or list(range(len(rows)))
        ends = _ends(*([part[i] for i in ranked] for part in (rows, names, words)))
        finding = "funds_one" if len(ranked) == 1 else ""
        line = source or _source(panel, lang)
        _end(ax, "funds", lang, title, line, missing, finding, n=len(rows), k=sum(hollow), **ends)
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
        reports: the reports table (`doc`, `report`, `place`, `period`, `title` are read), one line each, in its order.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: a table without rows, or another language.

    >>> table = pd.DataFrame({"doc": ["a"], "report": [0], "place": ["甲县"], "period": ["2011"], "title": [""]})
    >>> coverage(example(), table.assign(doc="example")).texts[0].get_text()
    '2'
    """
    for name, table in (("claims", claims), ("reports", reports)):
        if table.empty:
            raise QzError(f"coverage: the {name} table has no rows; pass the tables that extract() returns")
    families = [f for f in load("labels")["families"] if f in set(claims["family"])]
    keys = list(zip(reports["doc"], reports["report"], strict=True))
    counts = claims.groupby(["doc", "report", "family", "status"]).size().to_dict()
    names = _report_names(reports, lang)
    with dressed():
        fig, ax = _frame(names, 0.42, max(8.4, 3 + 0.72 * len(families)))
        ax.grid(visible=False)
        tint = LinearSegmentedColormap.from_list("counts", ["#e6eff6", "#8fbcdc"])
        most = max([1, *(n for (*_, status), n in counts.items() if status == "ok")])
        for y, key in enumerate(keys):
            for x, family in enumerate(families):
                ok, masked, spoilt = (
                    counts.get((*key, family, status), 0) for status in ("ok", "redacted", "spoilt")
                )
                if ok + masked + spoilt:
                    _cell(
                        ax,
                        x,
                        y,
                        tint(ok / most) if ok else "white",
                        ok,
                        {"masked": masked, "spoilt": spoilt},
                        lang,
                    )
        ax.set_xticks(range(len(families)), [say("families", f, lang) for f in families], fontsize=8.5)
        ax.tick_params(top=False, labeltop=True, labelbottom=False)
        ax.set_xlim(-0.55, len(families) - 0.45)
        sums = claims["status"].value_counts()
        reach = {
            f: sum(any((*key, f, s) in counts for s in ("ok", "redacted", "spoilt")) for key in keys)
            for f in families
        }
        widest = max(families, key=lambda f: reach[f])
        facts = {
            "n": len(keys),
            "k": reach[widest],
            "family": say("families", widest, lang),
            "columns": len(families),
        }
        facts |= {"figures": len(claims), "masked": sums.get("redacted", 0), "spoilt": sums.get("spoilt", 0)}
        _end(ax, "coverage", lang, title, source or _source(claims, lang), 0, **facts)
    return ax


def counties(
    panel: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
    most: int = 8,
) -> np.ndarray:
    """How places stand on several indicators: one small dot chart an indicator, places side by side, not ranked.

    Args:
        panel: rows of `compare`, any indicators.
        lang, title, source: as in `visits`.
        most: how many indicators to draw at most; those that most places state come first.

    Returns:
        the finished Axes, one an indicator.

    Raises:
        ValueError: no row to draw, or another language.

    >>> len(counties(example()))
    4
    """
    rows, missing = _pick(panel, panel["indicator"].ne(""), "counties", "an indicator with a value")
    places = list(dict.fromkeys(r["place"] for r in rows))
    stated: dict[str, list[Row]] = {}
    for row in rows:
        row["value"] *= -1 if row["direction"] == "down" else 1
        stated.setdefault(row["indicator"], []).append(row | {"y": places.index(row["place"])})
    reach = {indicator: len({r["place"] for r in found}) for indicator, found in stated.items()}
    kept = sorted(stated, key=lambda indicator: -reach[indicator])[:most]
    with dressed():
        across = min(4, len(kept))
        down = -(-len(kept) // across)
        size = (max(8.4, 2 + 1.9 * across), down * (0.27 * len(places) + 0.95))
        fig, grid = plt.subplots(down, across, figsize=size, sharey=True, squeeze=False)
        for ax, indicator in zip_longest(grid.flat, [i for i in stated if i in kept]):
            if indicator is None:
                ax.remove()
            else:
                _facet(ax, stated[indicator], lang)
        grid[0, 0].set_yticks(range(len(places)), [_place(place, lang) for place in places])
        grid[0, 0].set_ylim(len(places) - 0.4, -0.6)
        facts = {"n": len(stated), "places": len(places), "shared": sum(n > 1 for n in reach.values())}
        extra = say("notes", "further", lang, k=len(stated) - len(kept)) if len(stated) > len(kept) else ""
        _end(grid, "counties", lang, title, source or _source(panel, lang), missing, extra=extra, **facts)
    return grid.ravel()[: len(kept)]


def _facet(ax: Axes, rows: Sequence[Row], lang: Lang) -> None:
    first, values = rows[0], [r["value"] for r in rows]
    ax.grid(axis="y")
    rate = first["kind"] == "rate" and first["unit"] == "%"
    _dots(ax, rows, [rate and pd.isna(r["denominator"]) for r in rows], [first["family"]] * len(rows))
    head = " ".join(
        filter(None, [say("families", first["family"], lang), say("stages", first["stage"] or "", lang)])
    )
    unit = " (%)" if first["unit"] == "%" else ""
    ax.set_title(
        f"{head}\n{say('measures', first['measure'], lang)}{unit}", fontsize=9, loc="left", color=INK
    )
    if rate:
        ax.set_xlim(-4, max(104, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        _decades(ax, values, lang, most=3)
    else:
        reach = max(1e-9, max(values) - min(0, *values))
        ax.set_xlim(min(0, *values) - 0.06 * reach, max(0, *values) + 0.06 * reach)
        ax.xaxis.set_major_locator(MaxNLocator(3))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _brief(value, lang)))
