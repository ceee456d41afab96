"""Which of the readings of an unsure figure alone makes a strong check hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import Claim, Quantity
from .audit import find_relations

#: a check that a random figure would pass this rarely is a strong one
STRONG = 0.01
_MOST = 40  # unsure figures of a report; more are a page that nobody can read


def suggestions(
    claims: Sequence[Claim], readings: Mapping[int, Sequence[Quantity]]
) -> dict[int, tuple[Quantity, str]]:
    """The one reading of each claim, by its number, with which a strong check holds, and the check.

    A figure with several such readings, or none, has no suggestion. Figures are tried one at a
    time: two that are unsure prove nothing of each other.

    >>> from decimal import Decimal
    >>> from qz_analysis import extract
    >>> from qz_analysis.extraction.quantities import find
    >>> from qz_analysis.model import by_report
    >>> (claims,) = by_report(extract("受理事项××××宗，办结2028宗，办结率93.76%。")).values()
    >>> readings = [*find("2163宗"), *find("2168宗")]
    >>> [(figure.text, note) for figure, note in suggestions(claims, {0: readings}).values()]
    [('2163宗', '2028/2163 = 93.76%, printed 93.76%')]
    """
    found = {}
    for at, figures in list(readings.items())[:_MOST]:
        held = [(figure, note) for figure in figures if (note := _held(claims, at, figure))]
        if len(held) == 1:
            found[at] = held[0]
    return found


def _held(claims: Sequence[Claim], at: int, figure: Quantity) -> str:
    """The strong check that holds if a claim reads so, empty where none does."""
    tried = replace(
        claims[at], text=figure.text, value=figure.value, low=figure.low, high=figure.high,
        bound=figure.bound, status="ok", note="",
    )  # fmt: skip
    relations = find_relations([*claims[:at], tried, *claims[at + 1 :]])
    mine = [one for one in relations if any(c.start == tried.start for c in one.claims)]
    if any(one.verdict == "bad" for one in mine):
        return ""
    held = (one for one in mine if one.verdict == "ok" and one.chance < STRONG)
    # a sum that is only found because it holds proves no reading of a part
    return next((one.note for one in held if one.type != "sum" or one.power < 1), "")
