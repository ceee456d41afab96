"""What a page tells of the figures of a text."""

import qz_analysis as qz
from qz_analysis.arithmetic.audit import audit
from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.openings import opening

#: two rates that hold
RATES = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县调解纠纷1050件，调解成功1030件，调解成功率98.1%。"


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


def panel(text: str, indicator: str, **more):
    """The panel of an indicator of a text, or of several by their places."""
    made = qz.tables(text)
    return qz.compare(made.claims, made.relations, indicator=indicator, **more)


def opened(kind: str, *tables, lang: str = "zh") -> tuple[str, str]:
    """Title and sentence of a finding as they are read."""
    found = opening(kind, *tables, lang=lang)
    return found.title, unmarked(found.sentence)
