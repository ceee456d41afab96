"""Charts of a whole corpus: what the reports count and mask, and which mechanisms they name."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from ..comparison.mechanisms import known_mechanisms, mechanism_evidence
from ..errors import QzError
from ..vocabularies.labels import Lang, either, say, spoken
from ..vocabularies.rules import Mechanism
from .axes import column, frame, legend, round_ticks, thickness
from .figure import finish_chart, source_line
from .rows import as_rows, families, listed, report_labels
from .theme import MUTED, PALE, colours, dressed, redrawn

_STATUSES = ("ok", "redacted", "spoilt")
#: figures on a subject from which on the share of masked ones is a finding
_FEW = 10


@redrawn
def coverage(
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """What the reports tell and what they hide: how many figures there are on each subject, and how
    many of them are masked or spoilt.

    Args:
        claims: the claims table (`doc`, `report`, `family`, `status` are read).
        reports: the reports table (`doc`, `report` are read).
        lang, title, source: as in `charts.visits`.

    Returns:
        the finished Axes, one row a subject, the one with most figures on top.

    Raises:
        ValueError: a table without rows, or another language.

    >>> from qz_analysis.charts import example
    >>> reports = example().drop_duplicates(["doc", "report"]).assign(title="")
    >>> coverage(example(), reports).get_yticklabels()[0].get_text()
    'petitions'
    """
    lang = spoken(lang)
    for name, table in (("claims", claims), ("reports", reports)):
        if table.empty:
            raise QzError(
                f"coverage: the {name} table has no rows; pass the tables that extract() returns"
            )
    keys = set(zip(reports["doc"], reports["report"], strict=True))
    mine = [key in keys for key in zip(claims["doc"], claims["report"], strict=True)]
    claims = claims[mine]
    counts = claims.groupby(["family", "status"]).size().to_dict()
    stating = claims.drop_duplicates(["doc", "report", "family"])["family"].value_counts()
    reach = {str(family): int(n) for family, n in stating.items()}
    sizes = claims["family"].value_counts().to_dict()
    hidden = {family: int(counts.get((family, "redacted"), 0)) for family in sizes}
    order = sorted(families(claims["family"]), key=lambda family: -sizes[family])
    # "other" is no subject that a finding could be about
    told = [family for family in order if family != "other"] or order
    widest = max(told, key=lambda family: reach[family])
    # a share of a few figures tells nothing
    weighty = [family for family in told if sizes[family] >= _FEW] or told
    hiding = max(weighty, key=lambda family: hidden[family] / sizes[family])
    heads = [str(say("families", family, lang)) for family in order]
    rows = [{"y": y, "audit": "", "doc": ""} for y in range(len(order))]
    with dressed():
        ax = frame("coverage", heads, lang)
        begun = [0] * len(order)
        looks = (colours()[0], PALE, MUTED)
        for status, word, colour in zip(
            _STATUSES, ("legible", "redacted", "spoilt"), looks, strict=True
        ):
            lengths = [int(counts.get((family, status), 0)) for family in order]
            if any(lengths):
                said = say("words", word, lang)
                height = thickness(ax, 0.62)
                ax.barh(range(len(order)), lengths, height, left=begun, color=colour, label=said)
            begun = [sum(pair) for pair in zip(begun, lengths, strict=True)]
        words = [say("words", "masked_of" if hidden[family] else "all_legible", lang, n=sizes[family], k=hidden[family]) for family in order]  # fmt: skip
        column(ax, words, rows)
        ax.set_xlim(0, max(begun))
        round_ticks(ax, lang)
        legend(ax)
        masked, spoilt = (int(claims["status"].eq(name).sum()) for name in _STATUSES[1:])
        facts = {"n": len(reports), "columns": len(order)}
        facts |= {"figures": len(claims), "masked": masked, "spoilt": spoilt}
        finding, named = ("coverage", hiding) if hidden[hiding] else ("coverage_open", widest)
        facts |= {"k": hidden[hiding] if hidden[hiding] else reach[widest], "of": sizes[named]}
        notes = [key for key, there in (("masked", masked), ("spoilt", spoilt)) if there]
        finish_chart(
            ax, "coverage", as_rows(claims[["doc"]]), lang, title, source, notes,
            family=say("families", named, lang), finding=finding, **facts,
        )  # fmt: skip
    return ax


#: mechanisms that a title names
_NAMED = 3
Cells = dict[tuple[tuple[str, int], str], bool]


@redrawn
def mechanisms(
    found: pd.DataFrame,
    reports: pd.DataFrame | None = None,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 15,
) -> Axes:
    """How many reports name each institution: as in place, or only as planned or denied.

    Args:
        found: rows of `qz.mechanisms`.
        reports: the reports table, to count also those that name nothing; without it the reports
            of `found`.
        lang: language of the words, `en`, `zh` or `both`; that in force (see `language`) unless
            given.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.
        most: how many mechanisms to draw at most; those that most reports name are kept, the others
            counted in the note.

    Returns:
        the finished Axes, one row a mechanism, the one that most reports have in place on top.

    Raises:
        ValueError: no row to draw, or another language.

    >>> import qz_analysis as qz
    >>> ax = mechanisms(qz.mechanisms("全县落实首问责任制，领导包案处理36宗。甲山县信访局"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['cases assigned to leaders', 'first-contact responsibility']
    """
    lang = spoken(lang)
    if found.empty:
        raise QzError(
            "mechanisms: the table has no rows; pass what qz.mechanisms() returns for reports that name some"
        )
    cells, table = _cells(found), _rows(found, reports)
    there = Counter(key for (_, key), is_there in cells.items() if is_there)
    named = Counter(key for _, key in cells)
    drawn = _kept(there, named, most)
    with dressed():
        labels = [str(either(m.en, m.zh, lang)) for m in drawn]
        ax = frame("mechanisms", labels, lang)
        planned = [named[m.key] - there[m.key] for m in drawn]
        begun = [there[m.key] for m in drawn]
        for word, lengths, left, colour in (
            ("in_place", begun, [0] * len(drawn), colours()[0]),
            ("planned", planned, begun, PALE),
        ):
            if any(lengths):
                said = say("words", word, lang)
                height = thickness(ax, 0.62)
                ax.barh(range(len(drawn)), lengths, height, left=left, color=colour, label=said)
        counts = [f"{begun[y]}" + f" + {planned[y]}" * bool(planned[y]) for y in range(len(drawn))]
        column(ax, counts, [{"y": y, "audit": ""} for y in range(len(drawn))])
        ax.set_xlim(0, max(named[m.key] for m in drawn))
        round_ticks(ax, lang)
        legend(ax)
        facts = _facts(cells, table, lang)
        facts["left_out"] = len(named) - len(drawn)
        known = set(found["doc"])
        sources = table.assign(source=table["title"])[table["doc"].isin(known)]
        origin = source or source_line(as_rows(sources), lang, "mentions")
        finish_chart(ax, "mechanisms", as_rows(table), lang, title, origin, ["mechanisms"], **facts)
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


def _kept(there: Mapping[str, int], named: Mapping[str, int], most: int) -> list[Mechanism]:
    """The mechanisms that most reports have in place, those that most name first among equals."""
    known = [m for key, m in known_mechanisms().items() if key in named]
    return sorted(known, key=lambda m: (-there.get(m.key, 0), -named[m.key]))[:most]


def _facts(cells: Cells, table: pd.DataFrame, lang: Lang) -> dict[str, object]:
    """What the sentences of the chart are filled with."""
    there = Counter(key for (_, key), is_there in cells.items() if is_there)
    named = Counter(key for _, key in cells)
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
    first = [key for key in top if there[key] == there[top[0]]]
    facts |= {"widest": listed([names[key] for key in first], lang), "k": there[top[0]]}
    facts |= {"tied": len(first)}
    several = "mechanisms_several" if len(first) <= _NAMED else "mechanisms_many"
    return facts | ({"finding": several} if len(first) > 1 else {})
