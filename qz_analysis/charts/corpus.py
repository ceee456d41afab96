"""Charts of a whole corpus: what each report states and masks, and which mechanisms it names."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from ..comparison.mechanisms import known_mechanisms, mechanism_evidence
from ..errors import QzError
from ..vocabularies.labels import Lang, either, in_lines, say, spoken
from ..vocabularies.rules import Mechanism
from .axes import frame, text_width
from .figure import finish_chart, source_line
from .rows import as_rows, families, listed, report_labels
from .theme import MUTED, colours, dressed


def coverage(
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Which report states figures on which subject, and how many of them are masked or spoilt.

    Args:
        claims: the claims table (`doc`, `report`, `family`, `status` are read).
        reports: the reports table (`doc`, `report`, `place`, `period`, `title` are read), in order.
        lang, title, source: as in `charts.visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: a table without rows, or another language.

    >>> from qz_analysis.charts import example
    >>> reports = example().drop_duplicates(["doc", "report"]).assign(title="")
    >>> coverage(example(), reports).get_yticklabels()[0].get_text()
    '甲县 (2011)'
    """
    lang = spoken(lang)
    for name, table in (("claims", claims), ("reports", reports)):
        if table.empty:
            raise QzError(
                f"coverage: the {name} table has no rows; pass the tables that extract() returns"
            )
    subjects = families(claims["family"])
    keys = list(zip(reports["doc"], reports["report"], strict=True))
    counts = claims.groupby(["doc", "report", "family", "status"]).size().to_dict()
    cells = {
        (x, y): [counts.get((*key, family, status), 0) for status in ("ok", "redacted", "spoilt")]
        for y, key in enumerate(keys)
        for x, family in enumerate(subjects)
    }
    reach = {x: sum(any(cells[x, y]) for y in range(len(keys))) for x in range(len(subjects))}
    # "other" is no subject that a finding could be about
    widest = max(reach, key=lambda x: (subjects[x] != "other", reach[x]))
    heads = [say("families", family, lang) for family in subjects]
    labels = report_labels(reports, lang)
    with dressed():
        # a column holds the longest of its words: two languages take more room than one
        each = max(
            0.86 if lang == "both" else 0.66,
            *(text_width(line, 8) + 0.08 for head in heads for line in in_lines(head).split("\n")),
        )
        room = 0.5 + max(text_width(label, 9.5) for label in labels) + each * len(subjects)
        ax = frame("coverage", labels, lang, 0.36, max(8.4, room))
        ax.grid(visible=False)
        for y in range(0, len(keys), 2):
            ax.axhspan(y - 0.5, y + 0.5, color="#f5f6f7", linewidth=0, zorder=0)
        most = max(1, *(ok for ok, *_ in cells.values()))
        for (x, y), numbers in cells.items():
            if any(numbers):
                _cell(ax, x, y, numbers, most, lang)
        ax.set_xticks(
            range(len(subjects)),
            [in_lines(head) for head in heads],
            fontsize=8,
            va="bottom" if lang == "both" else "baseline",
        )
        ax.tick_params(top=False, labeltop=True, labelbottom=False, pad=5)
        ax.set_xlim(-0.55, len(subjects) - 0.45)
        sns.despine(ax=ax, bottom=True)
        figures, masked, spoilt = (sum(numbers[i] for numbers in cells.values()) for i in range(3))
        facts = {
            "n": len(keys),
            "k": reach[widest],
            "family": heads[widest],
            "columns": len(subjects),
        }
        facts |= {"figures": figures + masked + spoilt, "masked": masked, "spoilt": spoilt}
        facts["finding"] = (
            "coverage_tied" if sorted(reach.values())[-2:].count(reach[widest]) > 1 else "coverage"
        )
        notes = [key for key, there in (("masked", masked), ("spoilt", spoilt)) if there]
        finish_chart(ax, "coverage", as_rows(claims[["doc"]]), lang, title, source, notes, **facts)
    return ax


def _cell(ax: Axes, x: int, y: int, numbers: Sequence[int], most: int, lang: Lang) -> None:
    """One cell of the coverage table: how many figures are legible, and below how many are not."""
    ok, *lost = numbers
    tint = (
        LinearSegmentedColormap.from_list("counts", ["#e6eff6", "#8fbcdc"])(ok / most)
        if ok
        else "white"
    )
    hatch = "" if ok else "////"
    look: dict[str, Any] = {
        "facecolor": tint,
        "edgecolor": "#c4ccd2",
        "linewidth": 0.6,
        "hatch": hatch,
    }
    ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **look))
    words = [(str(ok), 9.0)] * bool(ok)
    for word, n in zip(("masked", "spoilt"), lost, strict=True):
        text = say("words", word, lang, n=n)
        words += [(text if ok else text.lstrip("+ "), 6.5)] * bool(n)
    box = None if ok else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for i, (text, size) in enumerate(words):
        height = y + (i - (len(words) - 1) / 2) * 0.34
        ax.text(x, height, text, ha="center", va="center", fontsize=size, bbox=box)


# inches: a row, a column, the gap between two groups, the words beside and above the dots
_ROW, _COLUMN, _GAP, _SMALL = 0.26, 0.27, 0.1, 8.5
_BAND = "#f3f5f6"
Cells = dict[tuple[tuple[str, int], str], bool]


def mechanisms(
    found: pd.DataFrame,
    reports: pd.DataFrame | None = None,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 24,
) -> Axes:
    """Which institutions each report names: filled where it names one as in place, hollow where it
    only plans or denies it.

    Args:
        found: rows of `qz.mechanisms`.
        reports: the reports table, to date the reports and to draw also those that name nothing, in
            its order; without
            it the reports of `found`.
        lang: language of the words, `en`, `zh` or `both`; that in force (see `language`) unless
            given.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.
        most: how many mechanisms to draw at most; those that most reports name are kept, the others
            counted in the note.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> import qz_analysis as qz
    >>> ax = mechanisms(qz.mechanisms("全县落实首问责任制，领导包案处理36宗。甲山县信访局"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['leaders take cases', 'first-asked responsibility']
    """
    lang = spoken(lang)
    if found.empty:
        raise QzError(
            "mechanisms: the table has no rows; pass what qz.mechanisms() returns for reports that name some"
        )
    cells, table = _cells(found), _rows(found, reports)
    keys = [(row["doc"], row["report"]) for row in as_rows(table)]
    drawn = _kept(cells, most)
    with dressed():
        ax = _frame(report_labels(table, lang), drawn, lang)
        at = dict(zip([m.key for m in drawn], ax.get_xticks(), strict=True))
        for word, face, standing in (("in_place", colours()[0], True), ("planned", "white", False)):
            dots = [
                (at[key], keys.index(report))
                for (report, key), is_there in cells.items()
                if key in at and report in keys and is_there is standing
            ]
            xs, ys = zip(*dots, strict=True) if dots else ((), ())
            look: dict[str, Any] = {
                "color": colours()[0],
                "markerfacecolor": face,
                "markersize": 6.5,
            }
            if dots:
                ax.plot(xs, ys, "o", **look, label=say("words", word, lang))
        ax.legend(
            loc="upper left", bbox_to_anchor=(0, 0), ncols=2, borderaxespad=0.2, columnspacing=1.2
        )
        facts = _facts(cells, table, lang)
        facts["left_out"] = len({key for _, key in cells}) - len(drawn)
        origin = source or source_line(as_rows(found[["doc"]]), lang, "mentions")
        notes = ["mechanisms"] if len(cells) < len(table) * len({key for _, key in cells}) else []
        finish_chart(ax, "mechanisms", as_rows(table), lang, title, origin, notes, **facts)
    return ax


def _cells(found: pd.DataFrame) -> Cells:
    """Report and mechanism → whether it is named as in place at least once, for every pair that
    occurs.
    """
    cases = as_rows(mechanism_evidence(found))
    return {
        ((row["doc"], row["report"]), row["mechanism"]): row["standing"] == "in place"
        for row in cases
    }


def _rows(found: pd.DataFrame, reports: pd.DataFrame | None) -> pd.DataFrame:
    """One row a report, with the columns that name it."""
    if reports is None:
        reports = found.drop_duplicates(["doc", "report"]).assign(period="", title="")
    return reports[["doc", "report", "place", "period", "title"]]


def _kept(cells: Cells, most: int) -> list[Mechanism]:
    """The mechanisms that most reports name, in the order of the vocabulary."""
    reach = Counter(key for _, key in cells)
    kept = sorted((key for key in known_mechanisms() if key in reach), key=lambda key: -reach[key])[
        :most
    ]
    return [m for key, m in known_mechanisms().items() if key in kept]


def _frame(labels: Sequence[str], drawn: Sequence[Mechanism], lang: Lang) -> Axes:
    """Axes with room for the names of mechanisms, upright above their columns, and of groups above
    these.
    """
    fig, ax = plt.subplots()
    names = [either(m.en, m.zh, lang) for m in drawn]
    groups = [
        (say("groups", group, lang), len(list(each)))
        for group, each in groupby(drawn, lambda m: m.group)
    ]
    beside, above = (
        max(text_width(word, size) for word in words)
        for words, size in ((labels, 9.5), (names, _SMALL))
    )
    ticks, edge = list[float](), 0.0
    for i, (word, n) in enumerate(groups):
        # a group of one column still needs the room for its name
        room = max(n * _COLUMN, text_width(word, 9) + 0.06)
        ticks += [edge + room / 2 + (j - (n - 1) / 2) * _COLUMN for j in range(n)]
        ax.axvspan(edge, edge + room, color=_BAND if i % 2 == 0 else "white", linewidth=0, zorder=0)
        middle, lift = (edge + room / 2, 1), (0, above * 72 + 10)
        across = ax.get_xaxis_transform()
        ax.annotate(
            word,
            middle,
            lift,
            xycoords=across,
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=MUTED,
        )
        edge += room + _GAP
    ax.set_xlim(0, edge - _GAP)
    ax.set_xticks(ticks, names, rotation=90, fontsize=_SMALL)
    ax.tick_params(top=False, labeltop=True, labelbottom=False)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="y")
    sns.despine(ax=ax, bottom=True)
    fig.set_size_inches(max(8.4, edge + beside + 0.6), len(labels) * _ROW + above + 0.95)
    return ax


def _facts(cells: Cells, table: pd.DataFrame, lang: Lang) -> dict[str, object]:
    """What the sentences of the chart are filled with."""
    there = Counter(key for (_, key), is_there in cells.items() if is_there)
    named = Counter(key for _, key in cells)
    # among mechanisms that equally many reports name the first of the vocabulary stands for all
    top = sorted(there, key=lambda key: (-there[key], list(known_mechanisms()).index(key)))
    names = {m.key: either(m.en, m.zh, lang) for m in known_mechanisms().values()}
    counted = [say("words", "counted", lang, name=names[key], n=there[key]) for key in top[:3]]
    facts: dict[str, object] = {"n": len(table), "columns": len(named), "cells": there.total()}
    facts |= {"planned": len(cells) - there.total(), "single": sum(n == 1 for n in named.values())}
    facts["top"] = listed(counted, lang) or "–"
    if not top:
        return facts | {"finding": "mechanisms_none"}
    if len(table) == 1:
        place = report_labels(table, lang)[0]
        return facts | {"finding": "mechanisms_one", "k": there.total(), "place": place}
    return facts | {"widest": names[top[0]], "k": there[top[0]]}
