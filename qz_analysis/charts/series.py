"""Picture of the ledger: a place's figures over the years and the changes that do not fit them."""

from collections import Counter
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..comparison.indicators import Row, by_start
from ..comparison.ledger import titled
from ..errors import QzError
from ..vocabularies.labels import Lang, in_lines, say, spoken
from .axes import legend
from .figure import finish_chart, source_line
from .rows import as_rows, place_label, short_number
from .theme import INK, colours, dressed, redrawn, width


@redrawn
def ledger(
    claims: pd.DataFrame,
    found: pd.DataFrame,
    *,
    place: str | None = None,
    indicator: str | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """One indicator of a place over the years: printed levels, and what last year's level and the
    stated change make of each.

    Args:
        claims: the claims table.
        found: what `qz.ledger` found in it; drawn are stated changes against two levels.
        place: of which place; the one with most breaks unless given.
        indicator: which of its indicators; the one with most breaks unless given.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes, one column a year; breaks bear the stated change.

    Raises:
        QzError: nothing of that place and indicator can be drawn.

    >>> import qz_analysis as qz
    >>> from qz_analysis.model import Document
    >>> claims = qz.extract([
    ...     Document("a", "甲山县2018年工作报告。2018年，全县粮食总产量达到21.5万吨。"),
    ...     Document("b", "甲山县2019年工作报告。2019年，全县粮食总产量达到22.4万吨，增长2.4%。"),
    ... ])
    >>> ledger(claims, qz.ledger(claims)).texts[0].get_text()
    '+2.4%'
    """
    lang = spoken(lang)
    rows, what = _drawn(claims, found, place, indicator)
    with dressed():
        _, ax = plt.subplots(figsize=(width(), 3.4))
        levels = sorted({(row["year"], row["value"]) for row in rows} | {(row["last"], row["before"]) for row in rows})  # fmt: skip
        first, second = colours()[:2]
        ax.plot(*zip(*levels, strict=True), "o", color=first, label=say("words", "level", lang))
        for verdict, colour in (("ok", first), ("open", second)):
            mine = [row for row in rows if row["verdict"] == verdict]
            for row in mine:
                across = (row["last"], row["year"]), (row["before"], row["expected"])
                ax.plot(*across, color=colour, linewidth=0.9, linestyle=":", zorder=1)
            if mine:
                ax.plot(
                    [row["year"] for row in mine], [row["expected"] for row in mine], "D",
                    color=colour, markerfacecolor="none", markersize=8,
                    label=say("words", f"expected_{verdict}", lang),
                )  # fmt: skip
            for row in mine if verdict == "open" else ():
                above = row["expected"] >= row["value"]
                ax.annotate(
                    row["words"], (row["year"], row["expected"]), (0, 9 if above else -9),
                    textcoords="offset points", ha="center", va="bottom" if above else "top",
                    color=INK,
                )  # fmt: skip
        ax.set_xlim(levels[0][0] - 0.5, levels[-1][0] + 0.5)
        ax.margins(y=0.2)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: in_lines(short_number(y, lang))))
        ax.set_ylabel(rows[0]["unit"])
        legend(ax)
        bad = sum(row["verdict"] == "open" for row in rows)
        facts: dict[str, Any] = {"bad": bad, "good": len(rows) - bad, "what": titled(what, lang)}
        facts["place"] = place_label(rows[0]["place"], lang)
        finding = "ledger" if bad else "ledger_all"
        both = [{"doc": doc} for row in rows for doc in (row["from"], row["doc"])]
        source = source or source_line(both, lang)
        finish_chart(ax, "ledger", rows, lang, title, source, ["ledger"], finding=finding, **facts)
    return ax


def _drawn(
    claims: pd.DataFrame, found: pd.DataFrame, place: str | None, indicator: str | None
) -> tuple[list[Row], str]:
    """The checks of one series to draw, with both levels and what the stated change leads to."""
    whole = found["years"].str.fullmatch(r"\d{4};\d{4}")  # no half-years among years
    fits = found[found["type"].eq("level_change") & whole]
    for column, asked in (("place", place), ("indicator", indicator)):
        fits = fits[fits[column].eq(asked)] if asked is not None else fits
    if fits.empty:
        about = ", ".join(filter(None, (place, indicator))) or "any place"
        raise QzError(
            f"ledger: none of the {len(found)} checks holds a stated change of {about} against two "
            "levels; pass claims of several years' reports and what ledger found in them"
        )
    breaks: Counter[tuple[str, str]] = Counter()
    for check in as_rows(fits):
        breaks[check["place"], check["indicator"]] += check["verdict"] == "open"
    name, what = max(breaks, key=breaks.__getitem__)
    fits = fits[fits["place"].eq(name) & fits["indicator"].eq(what)]
    at = {(doc, start): row for (doc, _, start), row in by_start(as_rows(claims)).items()}
    rows: list[Row] = []
    for check in as_rows(fits.sort_values("years")):
        names = (one.rpartition(":") for one in check["figures"].split(";"))
        change, now, before = (at[doc, int(start)] for doc, _, start in names)
        last, year = map(int, check["years"].split(";"))
        sign = "−" if change["direction"] == "down" else "+"
        rows.append({
            "doc": now["doc"], "from": before["doc"], "place": check["place"], "unit": now["unit"], "year": year,
            "last": last, "value": now["value"], "before": before["value"],
            "expected": before["value"] * (1 + check["stated"] / 100),
            "verdict": check["verdict"], "words": f"{sign}{change['text']}", "audit": "",
        })  # fmt: skip
    return rows, what
