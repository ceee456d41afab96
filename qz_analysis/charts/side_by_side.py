"""Small charts of what several places count alike, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.caveats import identity, refused
from ..comparison.indicators import Row
from ..comparison.likeness import alike
from ..comparison.wording import when
from ..vocabularies.labels import SIGNS, Lang, either, in_lines, say, spoken
from ..vocabularies.numerals import rounded
from ..vocabularies.session import load
from .axes import column, decades, dots, reached, round_ticks, row_height, set_rows
from .figure import extremes, finish_chart
from .rows import (
    heading,
    known_by,
    of_panel,
    of_samples,
    pick,
    place_label,
    printed,
    printed_money,
    printed_percent,
    report_names,
    short_number,
)
from .theme import INK, dressed, redrawn, width

#: what tells a place from others, and a row of a small chart: a place and a time
_Place = tuple[str, str]
_Line = tuple[_Place, str]
#: inches of small charts that a printed page holds, with room for their words
_SHEET = 7.2
#: as many figures of one place as stand beside its row
_MOST_VALUES = 4


@redrawn
@of_panel
def counties(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 8,
) -> np.ndarray:
    """How places stand on what several of them count alike: a small dot chart for each such thing,
    places side by side, not ranked, with their figures. What the definition of an indicator warns
    of is never mixed: collective with all visits, rates with and without counts.

    Args:
        panel: rows of `compare`, any indicators.
        lang, title, source: as in `charts.visits`.
        most: how many things to draw at most; those that most places state are kept. One that a
            single place states is drawn only where there is no other.

    Returns:
        the finished Axes, one a thing that is counted.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> len(counties(example()))
    4
    """
    lang = spoken(lang)
    told = panel["indicator"].fillna("").ne("")
    # its own number of charts keeps it to a page
    rows, missing = pick(panel, told, "counties", "an indicator with a value", len(panel))
    groups = alike(rows)
    stated = {at: _by_place(group) for at, group in enumerate(groups)}
    several = {at: len({identity(row) for row in group}) for at, group in enumerate(groups)}
    shared = [at for at in stated if several[at] > 1]
    names_of, head = _place_labels(rows, lang), 0.95 if lang == "both" else 0.7
    drawn = sorted(shared or stated, key=lambda at: -several[at])[:most]
    tall = np.cumsum([len(stated[one]) * 0.27 + head for one in drawn])
    drawn = sorted(drawn[: max(1, int((tall <= _SHEET).sum()))])
    names = {one: _dated([*stated[one]], names_of, lang) for one in drawn}
    heads = _group_heads([groups[one] for one in drawn], lang)
    with dressed():
        # one height of rows for all, so that places line up in size
        height = row_height([label for some in names.values() for label in some], 0.27)
        heights = [len(names[one]) * height + head for one in drawn]
        size = (width(), sum(heights))
        _, grid = plt.subplots(len(drawn), figsize=size, squeeze=False, height_ratios=heights)
        for ax, one, said in zip(grid.flat, drawn, heads, strict=True):
            set_rows(ax, names[one], height)
            _facet(ax, [*stated[one].values()], said, lang)
        shown = [row for one in drawn for own in stated[one].values() for row in own]
        words = [text.get_text() for ax in grid.flat for text in ax.texts]
        notes = _notes(shown, words) + ["alone"] * bool(shared and len(stated) > len(shared))
        facts = {
            "n": len(stated),
            "places": len(names_of),
            "shared": len(shared),
            "missing": missing,
        }
        facts |= {"alone": len(stated) - len(shared), "further": len(shared or stated) - len(drawn)}
        facts |= _apart_most([groups[one] for one in drawn], lang)
        finish_chart(grid[0, 0], "counties", shown, lang, title, source, notes, **facts)
    return grid.ravel()


def _by_place(group: Sequence[Row]) -> dict[_Line, list[Row]]:
    """The figures of one thing by place and time: a year and a quarter are two rows."""
    found: dict[_Line, list[Row]] = {}
    for row in group:
        found.setdefault((identity(row), str(row["period"])), []).append(row)
    return found


def _place_labels(rows: Sequence[Row], lang: Lang) -> dict[_Place, str]:
    """The name of each place; one without a name of its own with its report, where several have it."""
    reports: dict[_Place, str] = dict(zip(map(identity, rows), report_names(rows), strict=True))
    heads = [where for where, _ in reports]
    return {
        (where, key): f"{place_label(where, lang)} {name if heads.count(where) > 1 else ''}".strip()
        for (where, key), name in reports.items()
    }


def _dated(keys: Sequence[_Line], names: Mapping[_Place, str], lang: Lang) -> list[str]:
    """The names of the rows of a small chart, with their times where these differ."""
    if len({period for _, period in keys}) < 2:
        return [names[key] for key, _ in keys]
    untold = load("caveats")["no period"]

    def time(period: str) -> str:
        en, zh = when(period, "en") or untold["en"], when(period, "zh") or untold["zh"]
        return either(en, zh, lang)

    return [say("words", "dated", lang, name=names[key], period=time(p)) for key, p in keys]


def _group_heads(groups: Sequence[Sequence[Row]], lang: Lang) -> list[str]:
    """What each small chart shows; of two that would be called alike, what is counted in either."""
    heads = [in_lines(heading(group[0], group[0]["unit"] == "%", lang)) for group in groups]
    return [
        said if heads.count(said) < 2 else f"{said} {known_by(group[0], lang)}".strip()
        for said, group in zip(heads, groups, strict=True)
    ]


def _apart_most(groups: Sequence[Sequence[Row]], lang: Lang) -> dict[str, Any]:
    """The finding of small charts: the ends of the rate that most places state, of several the one
    on which they lie farthest apart; of another indicator where no rate is shared.
    """

    def reach(rows: Sequence[Row]) -> tuple[bool, int, float]:
        values = [row["value"] for row in rows]
        return rows[0]["unit"] == "%", len({*map(identity, rows)}), max(values) - min(values)

    rows = max(groups, key=reach)
    if len({*map(identity, rows)}) < 2:
        return {"finding": "counties_alone"}
    first = rows[0]
    what = heading(first, False, lang)
    if all(any(map(refused, group)) for group in groups):
        # ends of what is not to be compared would rank it
        if len(groups) > 1 or len(rows) > _MOST_VALUES:
            return {"what": what, "finding": "counties_apart"}
        names = _place_labels(rows, lang)
        keys = [(identity(row), str(row["period"])) for row in rows]
        said = zip(_dated(keys, names, lang), rows, strict=True)
        told = say("words", "list", lang).join(f"{name} {_value(row, lang)}" for name, row in said)
        return {"what": what, "ends": told, "finding": "counties_apart_one"}
    ends = extremes(rows, [_value(row, lang) for row in rows], lang)
    same = ends["low_value"] == ends["high_value"]
    return ends | {"what": what, "finding": "counties_same" if same else "counties"}


def _facet(ax: Axes, places: Sequence[Sequence[Row]], head: str, lang: Lang) -> None:
    """One thing: a row a place and time, a dot a figure, its figures beside it."""
    rows = [row | {"y": y} for y, own in enumerate(places) for row in own]
    first, values = rows[0], reached(rows)
    ax.grid(axis="y")
    dots(ax, of_samples(rows), [*map(_is_bare, rows)], ["other"] * len(rows))
    said = [[_value(row, lang) for row in own] for own in places]
    words = ["  ".join(some[:_MOST_VALUES]) + " …" * (len(some) > _MOST_VALUES) for some in said]
    audit = [{row["audit"] for row in own} for own in places]
    column(ax, words, [{"y": y, "audit": "bad" * ("bad" in some)} for y, some in enumerate(audit)])
    ax.set_title(head, fontsize=9.5, loc="left", color=INK, linespacing=1.25)
    if first["kind"] == "rate" and first["unit"] == "%":
        ax.set_xlim(-4, max(100, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        decades(ax, values, lang, most=3)
    else:
        low, high = min(0, *values), max(0, *values)
        edge = 0.06 * max(1e-9, high - low)
        ax.set_xlim(low - edge, high + edge)
        round_ticks(ax, lang, most=3)


def _value(row: Row, lang: Lang) -> str:
    """A figure of any kind as it is read."""
    if row["unit"] == "%":
        return printed_percent(row)
    if row["kind"] in {"money", "per"} and row["unit"].startswith("元"):
        return in_lines(printed_money(row, lang))
    if row["measure"] == "persons_per_batch":
        return printed(row, lambda value: rounded(value, 1), brackets="")
    return printed(row, lambda value: in_lines(short_number(value, lang)))


def _is_bare(row: Row) -> bool:
    """Whether a row is a rate without its counts."""
    return row["kind"] == "rate" and row["unit"] == "%" and bool(pd.isna(row["denominator"]))


def _notes(rows: Sequence[Row], words: Sequence[str]) -> list[str]:
    """The notes that what is drawn calls for, with the words beside it."""
    tests = {
        "intervals": any(pd.notna(row["ci_low"]) for row in of_samples(rows)),
        "hollow": any(map(_is_bare, rows)),
        "in_brackets": any("(" in text for text in words),
        "agrees": any(row["audit"] == "ok" for row in rows),
        "differs": any(row["audit"] == "bad" for row in rows),
        "hedged": any(row["bound"] in SIGNS for row in rows),
        "by_report": any(identity(row)[1] for row in rows),
    }
    return [key for key, needed in tests.items() if needed]
