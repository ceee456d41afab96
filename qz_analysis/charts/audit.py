"""Pictures of the audit, one function per question: what holds, how nearly and how firmly, what can
be checked, how figures end.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from ..arithmetic.audit import BLIND
from ..arithmetic.intervals import stands_for
from ..comparison.indicators import Row, by_start, tied
from ..comparison.wording import note, word
from ..errors import QzError
from ..schema import TITLES
from ..script import breadth
from ..vocabularies.labels import Lang, either, in_lines, say, spoken
from ..vocabularies.numerals import rounded, significant
from .axes import column, frame, legend, round_ticks, thickness
from .figure import finish_chart
from .rows import as_rows, foremost, place_label, row_labels, shortened
from .theme import MUTED, colours, dressed, redrawn, width

_PALE = "#c9d3da"
#: of the colour of what holds, for what would hold anyway
_LIGHT = "#7fb7d8"
#: what becomes of a rate or change that is stated
ENDS = ("ok", "blind", "bad", "unchecked")
#: chances below one in a hundred thousand are drawn there: no check shows more than a reader can
#: take in
_LEAST = 1e-5


@redrawn
def agreement(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How near printed rates and changes come to those recomputed: the difference, and what the
    printed digits allow.

    Args:
        claims: the claims table.
        relations: the relations found in it; drawn are rates and changes in % with a verdict.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes, one row a check, in percentage points.

    Raises:
        QzError: no rate or change has been checked.

    >>> import qz_analysis as qz
    >>> claims = qz.extract("甲县受理事项43宗，办结36宗，办结率83.7%。")
    >>> agreement(claims, qz.audit(claims)).texts[0].get_text()
    '83.7% · 83.72%'
    """
    lang = spoken(lang)
    every = _differences(claims, relations)
    rows = foremost(every, lambda row: (row["audit"] == "ok", -abs(row["value"])))
    if not rows:
        raise QzError(f"agreement: none of the {len(relations)} relations checks a rate or a change in %; pass claims and relations of texts that state rates with their counts")  # fmt: skip
    reach = max(
        abs(row[key]) for row in rows for key in ("value", "low", "high") if np.isfinite(row[key])
    )
    with dressed():
        ax = frame("agreement", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        edge = _scale(ax, 1.1 * reach)
        for i, row in enumerate(rows):
            low, high = np.clip([row["low"], row["high"]], -2 * edge, 2 * edge)
            drawn = None if i else say("words", "allowed", lang)
            ax.barh(row["y"], high - low, thickness(ax, 0.5), left=low, color=_PALE, label=drawn)
        _verdicts(ax, rows, [row["value"] for row in rows], lang)
        ax.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
        column(ax, [row["words"] for row in rows], rows)
        legend(ax)
        facts = {"n": len(every), "in_table": len(every) - len(rows)}
        facts["bad"] = sum(row["audit"] == "bad" for row in every)
        facts["good"] = len(every) - facts["bad"]
        finding = "agreement" if facts["bad"] or len(every) == 1 else "agreement_all"
        notes = [
            "agreement",
            *["open"] * any(not np.isfinite(row["low"] + row["high"]) for row in rows),
        ]
        most = significant(max(abs(row["value"]) for row in rows), 2)
        finish_chart(
            ax, "agreement", rows, lang, title, source, notes, finding=finding, most=most, **facts
        )
    return ax


def _differences(claims: pd.DataFrame, relations: pd.DataFrame) -> list[Row]:
    """One row a checked rate or change: recomputed minus printed, and the ends of what the printed
    digits allow.
    """
    at = by_start(as_rows(claims))
    rows: list[Row] = []
    for relation in as_rows(relations[relations["verdict"].isin(["ok", "bad"])]):
        claim, *others = tied(relation, at)
        if relation["type"] not in ("rate", "yoy") or claim["unit"] != "%":
            continue
        # the audit gives the size of a change: which way it went stands in the counts
        fell = relation["type"] == "yoy" and others[0]["value"] < others[1]["value"]
        printed, computed = (-1 if claim["direction"] == "down" else 1), (-1 if fell else 1)
        middle, meant = claim["value"], stands_for(claim["text"], Fraction(str(claim["value"])), claim["bound"], "%", before=claim["before"])  # fmt: skip
        ends = [printed * (sign * np.inf if end is None else float(end) - middle) for end, sign in ((meant.low, -1), (meant.high, 1))]  # fmt: skip
        found = {
            "value": computed * relation["computed"] - printed * middle,
            "low": min(ends),
            "high": max(ends),
        }
        # a difference of floats, not of figures
        found["value"] = round(found["value"], 9)
        words = f"{'−' * (printed < 0)}{claim['text']} · {'−' * (computed < 0)}{rounded(relation['computed'], 2)}%"
        rows.append(claim | found | {"y": len(rows), "audit": relation["verdict"], "words": words})
    return rows


def _scale(ax: Axes, reach: float) -> float:
    """A scale around 0 that shows hundredths of a point as well as whole ones; gives the end of it."""
    powers = [10.0**n for n in range(-2, max(0, int(np.ceil(np.log10(max(reach, 1))))) + 1)]
    ax.set_xscale("symlog", linthresh=powers[0], linscale=1)
    # the scale is short beside long names: of three powers the middle one bears no number
    named = powers[::-1][::2]
    ax.xaxis.set_major_locator(FixedLocator([*(-p for p in named), 0, *reversed(named)]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−"))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlim(-powers[-1], powers[-1])
    return powers[-1]


def _verdicts(ax: Axes, rows: Sequence[Row], at: Sequence[float], lang: Lang) -> None:
    """A dot for what holds, a pale mark for what would hold anyway, a cross in the other colour for
    what does not; the legend names those that occur.
    """
    for verdict, mark, colour in (("ok", "o", colours()[0]), ("blind", "D", _LIGHT), ("bad", "X", colours()[1])):  # fmt: skip
        mine = [(x, row["y"]) for x, row in zip(at, rows, strict=True) if row["audit"] == verdict]
        if mine:
            xs, ys = zip(*mine, strict=True)
            # those at the end of the scale are whole, too
            ax.plot(xs, ys, mark, color=colour, label=say("words", verdict, lang), clip_on=False)


@redrawn
def checks(
    found: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How much each check could have shown: the chance that a random figure would have passed, by
    verdict.

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
    lang = spoken(lang)
    drawn = found[found["verdict"].isin(["ok", "blind", "bad"]) & found["chance"].notna()]
    if drawn.empty:
        raise QzError(f"checks: none of the {len(found)} findings is a check with a chance; pass findings(claims) of texts that state rates with their counts")  # fmt: skip
    every = [row | {"audit": row["verdict"], "subject": row["what"]} for row in as_rows(drawn)]
    # what does not hold, then what could have shown most
    rows = foremost(every, lambda row: (row["audit"] != "bad", row["chance"]))
    with dressed():
        ax = frame("checks", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        ax.axvspan(BLIND, 2, color="#f0f1f2", linewidth=0, zorder=0)
        _verdicts(ax, rows, [max(row["chance"], _LEAST) for row in rows], lang)
        column(
            ax,
            [_cut(note(row["arithmetic"], "en" if lang == "both" else lang)) for row in rows],
            rows,
        )
        ax.set_xscale("log")
        ax.set_xlim(_LEAST * 0.6, 1.6)
        # the scale is short beside long names: the line between the two bears no words
        ends = (in_lines(say("words", key, lang)) for key in ("one_in_10000", "always"))
        ax.set_xticks([1e-4, 1e-2, 1], [next(ends), "", next(ends)])
        ax.xaxis.set_minor_locator(NullLocator())
        legend(ax)
        facts: dict[str, Any] = {
            "n": len(every),
            "in_table": len(every) - len(rows),
            "bad": sum(row["verdict"] == "bad" for row in every),
            "k": sum(row["chance"] < 0.01 for row in every),
        }
        facts["blind"] = sum(row["verdict"] == "blind" for row in every)
        facts["good"] = len(every) - facts["bad"] - facts["blind"]
        wrong = next((row for row in rows if row["verdict"] == "bad"), rows[0])
        en, zh = _cut(note(wrong["arithmetic"], "en")), _cut(note(wrong["arithmetic"], "zh"))
        facts |= {"place": place_label(wrong["place"], lang), "what": either(en, zh, lang)}
        facts["finding"] = {0: "checks_loose" if facts["blind"] else "checks_all", 1: "checks_single"}.get(facts["bad"], "checks")  # fmt: skip
        finish_chart(ax, "checks", rows, lang, title, source, ["checks"], **facts)
    return ax


def _cut(arithmetic: str, most: int = 46) -> str:
    """A long sum without its middle parts, anything else without its middle; a Chinese character
    takes the room of two others.
    """
    parts, equals, total = arithmetic.partition(" = ")
    if breadth(arithmetic) > most and equals and parts.count(" + ") > 1:
        arithmetic = f"{parts.split(' + ')[0]} + …{equals}{total}"
    room = int(most * len(arithmetic) / max(1, breadth(arithmetic)))
    if len(arithmetic) <= room:
        return arithmetic
    return f"{arithmetic[: room // 2]} … {arithmetic[-room // 2 :]}"


@redrawn
def checkable(
    covered: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How many of the stated rates and changes can be recomputed from the report's own figures.

    Args:
        covered: rows of `coverage`, one a report.
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes: a bar a report, divided into what holds, what does not and what cannot be
        checked.

    Raises:
        QzError: no report states a rate.

    >>> import qz_analysis as qz
    >>> ax = checkable(qz.coverage(qz.extract("甲县受理事项43宗，办结36宗，办结率83.7%，群众满意率98%。")))
    >>> ax.texts[0].get_text()
    '1 of 2'
    """
    lang = spoken(lang)
    if covered.empty:
        raise QzError(
            "checkable: no report states a rate or a change in %; pass coverage(claims) of texts that do"
        )
    every = [row | {"subject": "", "period": "", "audit": ""} for row in as_rows(covered)]
    rows = foremost(every, lambda row: (-row["bad"], -row["stated"]))
    # a row is a report: in the language of its title that says more than the place
    labels = [
        shortened(str(row["source"]), 20)
        if lang == "zh" and row.get("source", row["doc"]) != row["doc"]
        else label
        for row, label in zip(rows, row_labels(rows, lang), strict=True)
    ]
    with dressed():
        ax = frame("checkable", labels, lang)
        begun = np.zeros(len(rows))
        # what could hardly have failed is not drawn as right
        for end, colour in (
            ("ok", colours()[0]),
            ("blind", _LIGHT),
            ("bad", colours()[1]),
            ("unchecked", _PALE),
        ):
            lengths = np.array([share_of(row, end) for row in rows])
            if lengths.any():
                ax.barh(
                    range(len(rows)),
                    lengths,
                    thickness(ax, 0.62),
                    left=begun,
                    color=colour,
                    label=say("words", end, lang),
                )
            begun += lengths
        words = [_came_to(row, lang) for row in rows]
        column(ax, words, rows)
        ax.set_xlim(0, max(begun))
        round_ticks(ax, lang)
        legend(ax)
        checked, stated = (sum(row[name] for row in every) for name in ("checked", "stated"))
        facts = {"k": checked, "stated": stated, "bad": sum(row["bad"] for row in every)}
        facts |= {"n": len(every), "in_table": len(every) - len(rows)}
        ends = {key: sum(share_of(row, key) for row in every) for key in ENDS}
        en, zh = (
            word("story", "comma", one).join(
                say("words", f"so_many_{key}", one, n=n) for key, n in ends.items() if n
            )
            for one in ("en", "zh")
        )
        facts["ends"] = either(en, zh, lang)
        finish_chart(
            ax,
            "checkable",
            rows,
            lang,
            title,
            source,
            ["checkable", *["uncheckable"] * (checked < stated)],
            **facts,
        )
    return ax


def _came_to(row: Row, lang: Lang) -> str:
    """How many of a report's rates were checked; where all of these were blind, that they were."""
    ends = {key: share_of(row, key) for key in ENDS}
    if not ends["blind"] or ends["ok"] or ends["bad"]:
        return say("words", "k_of_n", lang, k=row["checked"], n=row["stated"])
    told = {"n": row["stated"], "blind": ends["blind"], "rest": ends["unchecked"]}
    return say("words", "blind_of_n" if ends["unchecked"] else "all_blind", lang, **told)


def share_of(row: Row, end: str) -> int:
    """How many of a report's rates came to one end; the table counts a blind check as one that holds."""
    loose = min(int(row.get("blind", 0)), int(row["ok"]))
    of = {"ok": row["ok"] - loose, "blind": loose, "bad": row["bad"]}
    return int(of.get(end, row["stated"] - row["checked"]))


@redrawn
def heaping(
    digits: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How the counted figures end: the share of each last digit against the tenth that chance would
    give.

    Args:
        digits: what `last_digits` gives: digit, count, share (in %).
        lang, title, source: as in `visits`.

    Returns:
        the finished Axes.

    Raises:
        QzError: no figure has been counted.

    >>> from qz_analysis import extract, last_digits
    >>> len(heaping(last_digits(extract("走访120户，慰问215人，接待133批。"))).get_xticks())
    10
    """
    lang = spoken(lang)
    total = int(digits["count"].sum())
    if not total:
        raise QzError(
            "heaping: no exact count of three or more digits; pass last_digits(claims) of texts that state some"
        )
    with dressed():
        _, ax = plt.subplots(figsize=(width(), 2.6))
        round_ = digits["digit"].isin([0, 5])
        for mine, colour, word in (
            (round_, colours()[1], "round"),
            (~round_, colours()[0], "others"),
        ):
            part = digits[mine]
            ax.bar(part["digit"], part["share"], 0.66, color=colour, label=say("words", word, lang))
        low, high = digits.attrs.get("chance", (10.0, 10.0))
        if high > low:
            said = say("words", "by_chance", lang)
            ax.axhspan(low, high, color=_PALE, alpha=0.5, linewidth=0, zorder=0, label=said)
        ax.axhline(10, color=MUTED, linewidth=1, linestyle="--", label=say("words", "tenth", lang))
        ax.set_xticks(range(10))
        ax.set_xlabel(in_lines(say("axes", "heaping", lang)))
        ax.set_ylabel("%")
        ax.grid(axis="x", visible=False)
        legend(ax)
        shares = dict(zip(digits["digit"], digits["share"], strict=True))
        facts = {
            "total": total,
            "zero": f"{rounded(shares[0], 0)}%",
            "five": f"{rounded(shares[5], 0)}%",
            "low_end": f"{rounded(low, 0)}%",
            "high_end": f"{rounded(high, 0)}%",
        }
        finish_chart(
            ax,
            "heaping",
            [
                {"doc": doc, "source": digits.attrs.get(TITLES, {}).get(doc)}
                for doc in digits.attrs.get("docs", [])
            ],
            lang,
            title,
            source,
            ["heaping"],
            **facts,
        )
    return ax
