"""Why a claim was described as it was: the words and weights behind its family, and what is known of
the rest.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import QzError
from ..model import Claim, Quantity, Report, by_report
from .context import read_report
from .families import model, observe, own_word, reasons
from .modality import modality_word
from .named import decided_by
from .reports import opening_place
from .stops import SENTENCE
from .time_meant import Reading
from .topics import stage_word
from .window import Context, Window

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["why"]

_SHOWN = 8  # features of a family
_YEAR = re.compile(r"(?:\d{4}|[xX*]{2,4}|[今去本上全])年[^,。;]{0,4}")


def why(claims: "pd.DataFrame", i: int) -> "pd.DataFrame":
    """Why a claim was given its family, stage, place, period, modality and indicator.

    Everything is worked out again from what the table holds of the claim's report (`before`,
    `text`, `after` of its claims). Where rows of the report are missing from the table, or the
    topic of the whole report decided, the answer may differ from the one stored; it then says so.

    Args:
        claims: a claims table, as `extract` gives it.
        i: the position of the claim, 0 for the first row.

    Returns:
        one row per reason with the columns of (which column it explains), says (what the table
        holds), because (the words or the feature), weight (of a family: how much the feature speaks
        for it and against the second choice; empty for words).

    Raises:
        QzError: there is no such row.

    >>> from qz_analysis import extract
    >>> reasons = why(extract("甲县受理来访43批次，办结36批次。"), 1)
    >>> reasons["of"].unique().tolist()
    ['family', 'stage', 'place', 'period', 'modality', 'indicator']
    >>> reasons.loc[reasons["of"] == "stage", ["says", "because"]].values.tolist()
    [['resolved', 'the word 办结']]
    """
    import pandas as pd

    if not 0 <= i < len(claims):
        raise QzError(f"there is no row {i}; the table has {len(claims)} rows, counted from 0")
    row = claims.iloc[i]
    mine = claims[(claims["doc"] == row["doc"]) & (claims["report"] == row["report"])]
    report = next(iter(by_report(mine).values()))
    at = next(n for n, claim in enumerate(report) if claim.start == row["start"])
    claim = report[at]
    windows, contexts = _again(report)
    window = windows[at]
    told = [
        *_family(claim, windows, contexts, at),
        ("stage", claim.stage, _stage(claim, window), float("nan")),
        ("place", claim.place, _place(claim, window), float("nan")),
        ("period", claim.period, _period(claim, window), float("nan")),
        ("modality", claim.modality, _modality(claim, window), float("nan")),
        ("indicator", claim.indicator, decided_by(claim), float("nan")),
    ]  # fmt: skip
    return pd.DataFrame(told, columns=["of", "says", "because", "weight"])


def _again(claims: Sequence[Claim]) -> tuple[list[Window], list[Context]]:
    """The windows of a report's claims, and the contexts that the rules give them, from its rows."""
    text, quantities = "", []
    for number, claim in enumerate(claims):
        text += claim.before
        start = len(text)
        text += claim.text
        quantities.append(
            Quantity(start, len(text), claim.text, claim.value, claim.low, claim.high, claim.bound,
                     claim.unit, claim.status, claim.note)
        )  # fmt: skip
        following = claims[number + 1] if number + 1 < len(claims) else None
        if following is None or following.sentence != claim.sentence:
            text += claim.after
            text += "" if SENTENCE.search(text[-1:]) else "。"
    seen: list[tuple[list[Window], list[Context]]] = []

    def keep(windows: list[Window], contexts: list[Context]) -> list[Context]:
        seen.append((windows, contexts))
        return contexts

    first = claims[0]
    report = Report(0, len(text), "", first.place, first.level)
    read_report(Reading(text, report, "", False, ""), quantities, keep)
    return seen[0]


def _family(
    claim: Claim, windows: list[Window], contexts: list[Context], at: int
) -> list[tuple[str, str, str, float]]:
    nan, context = float("nan"), contexts[at]
    if "family" in claim.corrected.split(";"):
        return [("family", claim.family, "a reviewer set it", nan)]
    mark = f", by the word {context.mark}" if context.mark else ""
    rule = f"the rules say {context.family} (step: {context.step}{mark})"
    if own_word(context):
        return [("family", claim.family, rule + ", and the word is your own: it decides", nan)]
    first, second, weights = reasons(model(), list(observe(windows, contexts))[at])
    sure = f"probability {claim.family_p:.2f}" if claim.family_p == claim.family_p else "no p"
    if claim.family_p < model().margin:
        sure += ", unsure: indicators leave it out"
    rows = [("family", claim.family, f"{sure}; second choice {second}; {rule}", nan)]
    if first != claim.family:
        rows.append(("family", claim.family, f"worked out again it is {first}: rows of the report "
                     "are missing here, or its topic decided", nan))  # fmt: skip
    return rows + [("family", claim.family, name, weight) for name, weight in weights[:_SHOWN]]


def _stage(claim: Claim, window: Window) -> str:
    word = stage_word(window, claim.stage)
    if not claim.stage:
        return "the family knows no stages, or no verb says one"
    return f"the word {word}" if word else "taken over from the figure before"


def _modality(claim: Claim, window: Window) -> str:
    if "modality" in claim.corrected.split(";"):
        return "a reviewer set it"
    if word := modality_word(window, claim.modality):
        return f"the word {word}"
    if claim.modality == "actual":
        return "no word and no part of the report says that it is to come"
    if claim.modality == "planned":
        return f"it stands in a part that sets out what is to come: {claim.heading or 'its title'}"
    return "what it is counted by, or the figure before"


def _place(claim: Claim, window: Window) -> str:
    source = f" (place_from: {claim.place_from})" if claim.place_from else ""
    for name, words in (("clause", window.clause_lead), ("sentence", window.sentence_lead)):
        if (own := opening_place(words)) and own[0] in claim.place:
            return f"the {name} begins with {own[0]}{source}"
    return f"no place in its clause: the report's{source}"


def _period(claim: Claim, window: Window) -> str:
    source = f" (period_from: {claim.period_from})" if claim.period_from else ""
    if not claim.period:
        return f"nothing says it{source}"
    years = _YEAR.findall(window.sentence_lead)
    return (
        f"the sentence says {years[-1]}{source}"
        if years
        else f"no words of time in its sentence: from further up{source}"
    )
