"""What the charts draw and in which words: rows of a panel picked, named and written out; axes that charts share."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from .errors import QzError
from .fairness import nameless
from .finish import finish
from .languages import Lang, bilingual, in_lines, say
from .registry import load
from .theme import INK, colours

__all__ = [
    "Row",
    "as_rows",
    "brief",
    "cited",
    "column",
    "decades",
    "dots",
    "ends",
    "example",
    "families",
    "frame",
    "head",
    "is_rate",
    "joined",
    "legend",
    "line_up",
    "listed",
    "money",
    "name",
    "names",
    "per_batch",
    "percent",
    "pick",
    "place",
    "plain",
    "printed",
    "report_names",
    "spent",
    "tell",
    "whose",
    "width",
]

Row = dict[str, Any]
_MARKERS = "os^DvPX"
_MARKS = {"ok": " ✓", "bad": " ×"}
# masks, and words that only the report itself can tell the meaning of
_NUMBERS = ("value", "low", "high", "numerator", "denominator", "ci_low", "ci_high")
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


# ---- picking


def pick(panel: pd.DataFrame, fits: pd.Series, chart: str, what: str) -> tuple[list[Row], int]:
    """Rows of a panel that fit a chart and have a value, and how many fit but have none.

    Raises:
        QzError: no row to draw; the message names the chart, `what` it needs and a way to get it.
    """
    fitting = panel[fits.astype(bool)]
    has_value = fitting["value"].notna() | (fitting["low"].notna() & fitting["high"].notna())
    drawn = fitting[has_value & ~fitting["status"].isin(["redacted", "spoilt"])]
    if drawn.empty:
        raise QzError(
            f"{chart}: none of the {len(panel)} rows has {what} ({len(fitting)} masked or without a value); "
            f'pass a panel that has, e.g. compare(claims, relations, indicator="{chart}")'
        )
    rows = [_signed(row | {"y": y}) for y, row in enumerate(as_rows(drawn))]
    return rows, len(fitting) - len(drawn)


def as_rows(table: pd.DataFrame) -> list[Row]:
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


def is_rate(panel: pd.DataFrame) -> pd.Series:
    """Which rows are rates in %."""
    return panel["kind"].eq("rate") & panel["unit"].eq("%")


def line_up(rows: Sequence[Row], key: str, firsts: Sequence[Any] = ()) -> list[Row]:
    """Rows with equal values of a column together, else in their order; `y` counted anew."""
    order = [*firsts, *(r[key] for r in rows)]
    return [row | {"y": y} for y, row in enumerate(sorted(rows, key=lambda r: order.index(r[key])))]


def families(used: Iterable[str]) -> list[str]:
    """The families that occur, in the order of the vocabulary.

    >>> families(["funds", "petition", "funds"])
    ['petition', 'funds']
    """
    found = set(used)
    return [family for family in load("labels")["families"] if family in found]


# ---- naming


def _short(text: str, most: int = 12) -> str:
    """A subject cut in its middle: its head says who, its tail what is counted."""
    return text if len(text) <= most else f"{text[: most - 5]}…{text[-4:]}"


def place(name: str, lang: Lang) -> str:
    """A place as readers of the language know it.

    >>> place("桥西区", "en"), place("", "zh")
    ('Qiaoxi District', '地点未列明')
    """
    if not name:
        return say("words", "no_place", lang)
    return _short(name, 16) if lang == "zh" else say("names", _short(name, 16), lang)


def _subject(row: Row) -> str:
    """What the figure is of, shortened; words that hang on the number itself (0.1元/支的没有) name nothing."""
    subject = str(row["subject"] or "")
    return "" if subject.startswith("的") else _short(subject)


def name(row: Row, lang: Lang) -> str:
    """Place and subject of a row, the subject cut to a dozen characters."""
    where, subject = place(row["place"], lang), _subject(row)
    return say("words", "label", lang, place=where, subject=subject) if subject else where


def names(rows: Sequence[Row], lang: Lang) -> list[str]:
    """Place and subject of each row; the period too where only that tells two rows apart."""
    found = [name(row, lang) for row in rows]
    periods: dict[str, set[str]] = {}
    for text, row in zip(found, rows, strict=True):
        periods.setdefault(text, set()).add(row["period"])
    return [
        say("words", "dated", lang, name=text, period=row["period"])
        if row["period"] and len(periods[text]) > 1
        else text
        for text, row in zip(found, rows, strict=True)
    ]


def report_names(reports: pd.DataFrame, lang: Lang) -> list[str]:
    """Place and period of each report; the heading where no place is known, the number for twins."""
    found, ids = [], []
    for row in as_rows(reports):
        ids.append(f"{row['doc']}:{row['report']}")
        text = place(row["place"], lang) if row["place"] else _short(row["title"], 16) or ids[-1]
        found.append(say("words", "dated", lang, name=text, period=row["period"]) if row["period"] else text)
    return [f"{text} {i}" if found.count(text) > 1 else text for text, i in zip(found, ids, strict=True)]


def whose(row: Row) -> tuple[str, str]:
    """Place and, unless the place is named outright, report: two masked counties need not be the same one."""
    return row["place"], f"{row['doc']}:{row['report']}" if nameless(row["place"]) else ""


# ---- wording


@bilingual
def brief(number: float, lang: Lang) -> str:
    """A number as its readers count: thousands and millions, or 万 and 亿; four digits of a large one.

    >>> brief(-1_033_260, "en"), brief(12_000, "zh")
    ('−1.033m', '1.2万')
    """
    steps = ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, "bn"), (1e6, "m"), (1e3, "k"))
    scale, unit = next(((s, u) for s, u in steps if abs(number) >= s), (1, ""))
    return f"{number / scale:{'.4g' if unit else '.6g'}}{unit}".replace("-", "−")


@bilingual
def money(yuan: float, lang: Lang) -> str:
    """A sum in RMB, in Chinese with every digit.

    >>> money(1_033_260, "en"), money(1_033_260, "zh")
    ('RMB 1.033m', '103.326万元')
    """
    if lang == "zh":
        scale, unit = (1e8, "亿元") if yuan >= 1e8 else (1e4, "万元") if yuan >= 1e4 else (1, "元")
        return f"{yuan / scale:,.10g}{unit}"
    return f"RMB {brief(yuan, lang)}"


def printed(row: Row, write: Callable[[float], str], brackets: str = "()") -> str:
    """The figure with its bound; in brackets when no report prints it; ✓ or × as the audit found it."""
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        text = f"{write(row['low'])}–{write(row['high'])}"
    else:
        text = _SIGNS.get(row["bound"], "") + write(row["value"])
    before, after = (brackets[:1], brackets[1:]) if row["how"] == "recomputed" else ("", "")
    return before + text + after + _MARKS.get(row["audit"], "")


def percent(row: Row) -> str:
    """A rate: the printed digits, or one decimal of a recomputed one."""
    digits = ".1f" if row["how"] == "recomputed" else ".6g"
    return printed(row, lambda value: f"{value:{digits}}%")


@bilingual
def spent(row: Row, lang: Lang) -> str:
    """A sum of money with its bound and its audit."""
    return printed(row, lambda value: money(value, lang))


@bilingual
def joined(words: Iterable[str], lang: Lang) -> str:
    """Words one after the other, with the gap that the language wants; empty ones leave none."""
    return say("words", "gap", lang).join(filter(None, words))


@bilingual
def head(row: Row, in_percent: bool, lang: Lang) -> str:
    """What a row counts, in two lines: family and stage, measure."""
    about = joined([say("families", row["family"], lang), say("stages", row["stage"], lang)], lang)
    return about + "\n" + say("measures", row["measure"], lang) + " (%)" * in_percent


@bilingual
def listed(words: Sequence[str], lang: Lang) -> str:
    """Words as a list in a sentence."""
    return say("words", "list", lang).join(words)


def per_batch(row: Row, lang: Lang) -> str:
    """People per batch, then people and batches; without brackets, because hardly any report prints the quotient."""
    text = printed(row, lambda value: f"{value:.1f}", brackets="")
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return say("words", "no_counts", lang, value=text)
    people, batches = f"{row['numerator']:,.0f}", f"{row['denominator']:,.0f}"
    return say("words", "per_batch", lang, value=text, people=people, batches=batches)


@bilingual
def ends(rows: Sequence[Row], words: Sequence[str], lang: Lang) -> dict[str, Any]:
    """The rows of the smallest and the largest value, as fillers of titles and alternative texts."""
    order = sorted(range(len(rows)), key=lambda i: rows[i]["value"])
    facts: dict[str, Any] = {"only": len(rows) == 1}
    both = [rows[order[0]], rows[order[-1]]]
    # two ends in one place are told apart by their subjects
    apart = both[0]["place"] == both[1]["place"] and all(_subject(row) for row in both)
    for end, row, i in zip(("low", "high"), both, (order[0], order[-1]), strict=True):
        value, where = words[i].removesuffix(_MARKS["bad"]).removesuffix(_MARKS["ok"]), place(row["place"], lang)
        if value.startswith("("):
            value = say("words", "recomputed", lang, value=value.strip("()"))
        # an English sentence stumbles over a long Chinese subject: there the place says enough
        known_by = _subject(row) if apart else where if lang == "en" else name(row, lang)
        facts |= {end: name(row, lang), f"{end}_value": value, f"{end}_place": where, f"{end}_end": known_by}
    return facts


def cited(rows: Sequence[Row], lang: Lang, words: str = "source") -> str:
    """The source line: the files that rows come from, by name; `words` is its entry among the words."""
    docs = list(dict.fromkeys(str(row["doc"]) for row in rows if row["doc"]))
    text = say("words", "list", lang).join(docs[:3])
    if len(docs) > 3:
        text = say("words", "and_more", lang, docs=text, n=len(docs) - 3)
    return say("words", words, lang, docs=text)


_MARKED = {"visits", "funnel", "rates", "changes", "funds"}


def _explained(chart: str, rows: Sequence[Row]) -> list[str]:
    """What a chart of these rows needs explained: its marks, and why rows are unlike where there are several."""
    if chart not in _MARKED:
        return []
    tests = {
        "intervals": chart == "rates" and any(pd.notna(row["ci_low"]) for row in rows),
        "no_counts": chart == "rates" and any(pd.isna(row["denominator"]) for row in rows),
        "per_unit": chart == "funds" and any(row["kind"] == "per" for row in rows),
        "in_brackets": chart != "visits" and any(row["how"] == "recomputed" for row in rows),
        "agrees": any(row["audit"] == "ok" for row in rows),
        "differs": any(row["audit"] == "bad" for row in rows),
        "hedged": any(row["bound"] in _SIGNS for row in rows),
        chart: len(rows) > 1 and chart in load("labels")["notes"],
    }
    return [key for key, drawn in tests.items() if drawn]


def tell(
    ax: Axes,
    chart: str,
    rows: Sequence[Row],
    lang: Lang,
    title: str | None,
    source: str | None,
    notes: Sequence[str] | None = None,
    **facts: Any,
) -> None:
    """Finishes a chart with its words, filled in from `facts` (`missing`, `further` and `finding` among them).

    `notes` names the notes to set instead of those that the rows call for; those on what is left out follow them.
    """
    facts = {"n": len(rows)} | facts
    finding = facts.get("finding") or (f"{chart}_one" if facts.get("only") else chart)
    wanted = _explained(chart, rows) if notes is None else notes
    said = [say("notes", key, lang, **facts) for key in wanted]
    left = ("missing", "further", "left_out", "points")
    lost = [say("notes", key, lang, k=facts[key]) for key in left if facts.get(key)]
    extremes = [say("alts", "only" if facts["only"] else "ends", lang, **facts)] if "only" in facts else []
    finish(
        ax,
        title=title or in_lines(say("titles", finding, lang, **facts)),
        subtitle=in_lines(say("subtitles", chart, lang)),
        source=source or cited(rows, lang),
        note=in_lines(joined([*said, *lost], lang)),
        alt=joined([say("alts", chart, lang, **facts), *extremes, *lost], lang),
    )


# ---- axes


def frame(chart: str, labels: Sequence[str], lang: Lang, pitch: float = 0.3, width: float = 8.4) -> Axes:
    """Axes with one row a label, `pitch` inches each, the first on top; what is measured below."""
    _, ax = plt.subplots(figsize=(width, len(labels) * pitch + 0.85))
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xlabel(in_lines(say("axes", chart, lang)) if chart in load("labels")["axes"] else "")
    return ax


def width(words: str, size: float) -> float:
    """How many inches words take at so many points, in the font of the charts."""
    fig = Figure()
    return float(fig.text(0, 0, words, fontsize=size).get_window_extent().width / fig.dpi)


def plain(ax: Axes, lang: Lang, most: int = 4) -> None:
    """An x axis with a few round numbers, written briefly."""
    ax.xaxis.set_major_locator(MaxNLocator(most))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: in_lines(brief(value, lang))))


def decades(ax: Axes, values: Sequence[float], lang: Lang, most: int = 6) -> None:
    """A scale of powers of ten around the values, with as many of them named as there is room for."""
    low = int(np.floor(np.log10(min(values))))
    high = max(low + 1, int(np.ceil(np.log10(max(values)))))
    # room for half a dot at either end, however many powers share the axis
    edge = 0.06 + 0.02 * (high - low)
    ax.set_xscale("log")
    ax.set_xlim(10.0 ** (low - edge), 10.0 ** (high + edge))
    # a power named in two languages is twice as wide
    step = -(-(high - low) // (most - most // 3 if lang == "both" else most))
    ax.xaxis.set_major_locator(FixedLocator([10.0**n for n in range(low, high + 1, step)]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: in_lines(brief(value, lang))))
    ax.xaxis.set_minor_locator(NullLocator())


def column(ax: Axes, words: Sequence[str], rows: Sequence[Row], shift: float = 8) -> None:
    """Printed values in a column of their own, `shift` points right of the axes: no dot or bar gets there."""
    for text, row in zip(words, rows, strict=True):
        colour, at = colours()[1] if row["audit"] == "bad" else INK, (1, row["y"])
        across = ax.get_yaxis_transform()
        ax.annotate(text, at, (shift, 0), xycoords=across, textcoords="offset points", va="center", color=colour)


def legend(ax: Axes) -> None:
    """The legend above the axes, three entries a line, or fewer where there is no room for them."""
    fig: Any = ax.figure
    beside = max((label.get_window_extent().width for label in ax.get_yticklabels()), default=0)
    room = fig.bbox.width - beside - 0.6 * fig.dpi
    for columns in (3, 2, 1):
        drawn = ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, borderaxespad=0.2, columnspacing=1.2)
        if drawn.get_window_extent().width <= room:
            break


def dots(
    ax: Axes, rows: Sequence[Row], hollow: Sequence[bool], groups: Sequence[str], labels: Sequence[str] = ()
) -> None:
    """Dots at the rows' `y`, intervals or stated ranges as lines; a colour, marker and label per group."""
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
    for group, label in zip(order, labels, strict=False):
        ax.plot([], [], looks[group][1], color=looks[group][0], label=label)
