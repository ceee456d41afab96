"""Pictures of the audit, one function per question: what holds and how firmly, what can be checked, how figures end."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from . import rows as panels
from .auditing import BLIND
from .errors import QzError
from .finish import Lang, say
from .rows import as_rows, column, frame, legend, tell
from .theme import MUTED, colours, dressed

__all__ = ["checkable", "checks", "heaping"]

_PALE = "#c9d3da"
#: chances below one in a hundred thousand are drawn there: no check shows more than a reader can take in
_LEAST = 1e-5


def checks(found: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How much each check could have shown: the chance that a random figure would have passed, by verdict.

    Args:
        found: rows of `findings`; drawn are those with a verdict and a chance.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes, one row a check, the stronger checks to the left.

    Raises:
        QzError: no check to draw.

    >>> from qz_analysis import extract, findings
    >>> checks(findings(extract("甲县受理事项43宗，办结36宗，办结率83.7%。"))).texts[0].get_text()
    '36/43 = 83.72%, printed 83.7%'
    """
    drawn = found[found["verdict"].isin(["ok", "bad"]) & found["chance"].notna()]
    if drawn.empty:
        raise QzError(f"checks: none of the {len(found)} findings is a check with a chance; pass findings(claims) of texts that state rates with their counts")  # fmt: skip
    rows = [row | {"y": y, "audit": row["verdict"], "subject": row["what"]} for y, row in enumerate(as_rows(drawn))]
    with dressed():
        ax = frame("checks", panels.names(rows, lang), lang)
        ax.grid(axis="y")
        ax.axvspan(BLIND, 2, color="#f0f1f2", linewidth=0, zorder=0)
        for verdict, mark, colour in (("ok", "o", 0), ("bad", "X", 1)):
            mine = [row for row in rows if row["verdict"] == verdict]
            at = [max(row["chance"], _LEAST) for row in mine]
            if mine:
                ax.plot(
                    at, [row["y"] for row in mine], mark, color=colours()[colour], label=say("words", verdict, lang)
                )
        column(ax, [_cut(row["arithmetic"]) for row in rows], rows)
        ax.set_xscale("log")
        ax.set_xlim(_LEAST * 0.6, 1.6)
        ax.set_xticks([1e-4, 1e-2, 1], ["0.01%", "1%", "100%"])
        ax.xaxis.set_minor_locator(NullLocator())
        legend(ax)
        facts = {"bad": sum(row["verdict"] == "bad" for row in rows), "k": sum(row["chance"] < 0.01 for row in rows)}
        facts |= {"good": len(rows) - facts["bad"], "blind": sum(row["chance"] >= BLIND for row in rows)}
        tell(ax, "checks", rows, lang, title, source, **facts)
    return ax


def _cut(arithmetic: str, most: int = 52) -> str:
    """A long sum without its middle."""
    return arithmetic if len(arithmetic) <= most else f"{arithmetic[: most // 2]} … {arithmetic[-most // 2 :]}"


def checkable(covered: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How many of the stated rates and changes can be recomputed from the report's own figures.

    Args:
        covered: rows of `coverage`, one a report.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes: a bar a report, divided into what holds, what does not and what cannot be checked.

    Raises:
        QzError: no report states a rate.

    >>> import qz_analysis as qz
    >>> ax = checkable(qz.coverage(qz.extract("甲县受理事项43宗，办结36宗，办结率83.7%，群众满意率98%。")))
    >>> ax.texts[0].get_text()
    '1 / 2'
    """
    if covered.empty:
        raise QzError("checkable: no report states a rate or a change in %; pass coverage(claims) of texts that do")
    rows = [row | {"y": y, "subject": "", "period": "", "audit": ""} for y, row in enumerate(as_rows(covered))]
    with dressed():
        ax = frame("checkable", panels.names(rows, lang), lang)
        begun = np.zeros(len(rows))
        for word, colour in (("ok", colours()[0]), ("bad", colours()[1]), ("unchecked", _PALE)):
            lengths = np.array([row[word] if word != "unchecked" else row["stated"] - row["checked"] for row in rows])
            if lengths.any():
                ax.barh(range(len(rows)), lengths, 0.62, left=begun, color=colour, label=say("words", word, lang))
            begun += lengths
        column(ax, [f"{row['checked']} / {row['stated']}" for row in rows], rows)
        ax.set_xlim(0, max(begun))
        panels.plain(ax, lang)
        legend(ax)
        checked, stated = (sum(row[name] for row in rows) for name in ("checked", "stated"))
        facts = {"k": checked, "stated": stated, "share": f"{100 * checked / stated:.0f}%", "bad": sum(row["bad"] for row in rows)}  # fmt: skip
        tell(ax, "checkable", rows, lang, title, source, **facts)
    return ax


def heaping(digits: pd.DataFrame, *, lang: Lang = "en", title: str | None = None, source: str | None = None) -> Axes:
    """How the counted figures end: the share of each last digit against the tenth that chance would give.

    Args:
        digits: what `last_digits` gives: digit, count, share (in %).
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        QzError: no figure has been counted.

    >>> from qz_analysis import extract, last_digits
    >>> len(heaping(last_digits(extract("走访120户，慰问215人，接待133批。"))).patches)
    10
    """
    total = int(digits["count"].sum())
    if not total:
        raise QzError(
            "heaping: no exact count of three or more digits; pass last_digits(claims) of texts that state some"
        )
    with dressed():
        _, ax = plt.subplots(figsize=(8.4, 2.6))
        round_ = digits["digit"].isin([0, 5])
        for mine, colour, word in ((round_, colours()[1], "round"), (~round_, colours()[0], "others")):
            part = digits[mine]
            ax.bar(part["digit"], part["share"], 0.66, color=colour, label=say("words", word, lang))
        ax.axhline(10, color=MUTED, linewidth=1, linestyle="--", label=say("words", "tenth", lang))
        ax.set_xticks(range(10))
        ax.set_xlabel(say("axes", "heaping", lang))
        ax.set_ylabel("%")
        ax.grid(axis="x", visible=False)
        legend(ax)
        share = 100 * digits.loc[round_, "count"].sum() / total
        low, high = digits.attrs.get("round", (float("nan"), float("nan")))
        facts = {"total": total, "share": f"{share:.0f}%", "low_end": f"{low:.0f}%", "high_end": f"{high:.0f}%"}
        tell(ax, "heaping", [{"doc": doc} for doc in digits.attrs.get("docs", [])], lang, title, source, **facts)
    return ax
