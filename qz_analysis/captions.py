"""The words round a chart, written from its rows: the finding's extremes, notes, source line, alternative text."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .finish import finish
from .languages import Lang, bilingual, in_lines, say
from .registry import load
from .rows import Row
from .wording import MARKS, SIGNS, joined, name, place, subject_of

__all__ = ["cited", "drawn", "ends", "explained", "tell"]


@bilingual
def ends(rows: Sequence[Row], words: Sequence[str], lang: Lang) -> dict[str, Any]:
    """The rows of the smallest and the largest value, as fillers of titles and alternative texts."""
    order = sorted(range(len(rows)), key=lambda i: rows[i]["value"])
    facts: dict[str, Any] = {"only": len(rows) == 1}
    both = [rows[order[0]], rows[order[-1]]]
    # two ends in one place are told apart by their subjects
    apart = both[0]["place"] == both[1]["place"] and all(subject_of(row) for row in both)
    for end, row, i in zip(("low", "high"), both, (order[0], order[-1]), strict=True):
        value, where = words[i].removesuffix(MARKS["bad"]).removesuffix(MARKS["ok"]), place(row["place"], lang)
        if value.startswith("("):
            value = say("words", "recomputed", lang, value=value.strip("()"))
        # an English sentence stumbles over a long Chinese subject: there the place says enough
        known_by = subject_of(row) if apart else where if lang == "en" else name(row, lang)
        facts |= {end: name(row, lang), f"{end}_value": value, f"{end}_place": where, f"{end}_end": known_by}
    return facts


def cited(rows: Sequence[Row], lang: Lang, words: str = "source") -> str:
    """The source line: the files that rows come from, by name; `words` is its entry among the words."""
    docs = list(dict.fromkeys(str(row["doc"]) for row in rows if row["doc"]))
    text = say("words", "list", lang).join(docs[:3])
    if len(docs) > 3:
        text = say("words", "and_more", lang, docs=text, n=len(docs) - 3)
    return say("words", words, lang, docs=text)


_MARKED = {"visits", "funnel", "rates", "changes", "funds", "stated"}


def explained(chart: str, rows: Sequence[Row]) -> list[str]:
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
        "hedged": any(row["bound"] in SIGNS for row in rows),
        "corrected": any(row.get("corrected") for row in rows),
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
    wanted = explained(chart, rows) if notes is None else notes
    said = [say("notes", key, lang, **facts) for key in wanted]
    left = ("missing", "further", "left_out", "points", "other_units", "beyond")
    lost = [say("notes", key, lang, k=facts[key]) for key in left if facts.get(key)]
    marked = [text for key, text in zip(wanted, said, strict=True) if key == "corrected"]
    extremes = [say("alts", "only" if facts["only"] else "ends", lang, **facts)] if "only" in facts else []
    finish(
        ax,
        title=title or in_lines(say("titles", finding, lang, **facts)),
        subtitle=in_lines(say("subtitles", chart, lang, **facts)),
        source=source or cited(rows, lang),
        note=in_lines(joined([*said, *lost], lang)),
        alt=joined([say("alts", chart, lang, **facts), *extremes, *marked, *lost], lang),
    )
    fig: Any = ax.figure
    fig._qz_rows = list(rows)


def drawn(fig: Figure) -> list[Row]:
    """The rows that a finished chart shows, each at its height `y`; none of a figure that is no chart of rows.

    >>> drawn(Figure())
    []
    """
    return getattr(fig, "_qz_rows", [])
