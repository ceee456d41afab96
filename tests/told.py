"""The figures of a place out of a text, for tests of what a page tells of them."""

import qz_analysis as qz
from qz_analysis.arithmetic.audit import audit
from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked


def facts_of(text: str, lang: str = "zh", place: str = "甲山县") -> Facts:
    """What is known of the place that a text tells of."""
    made = qz.tables(text)
    relations = audit(made.claims, made.reports)
    periods = set(made.reports["period"])
    told_in = periods.pop() if len(periods) == 1 else ""
    dated = {(row.doc, row.report): row.dated for row in made.reports.itertuples()}
    return Facts(place, made.claims, relations, lang, {}, place, told_in, dated)


def lead_of(facts: Facts) -> str:
    """Its first sentences as they are read."""
    return unmarked("".join(sentences(facts)))
