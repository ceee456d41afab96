"""Named indicators by period."""

import pytest

import qz_analysis as qz
from qz_analysis.publish.lines import lines, moved, resolved


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        # mass work comes before economy, however small its change
        ("2021年，甲山县生产总值增长30%，集体访下降8%。", "group_visits", 8),
        # of two changes of mass work the larger one
        ("2021年，甲山县集体访下降8%，群众来信下降21%。", "letters", 21),
        # without mass work the economy is told
        ("2021年，甲山县生产总值95亿元，增长6.2%。", "gdp", 6.2),
        # a target is no news
        ("2021年，甲山县集体访下降8%。2022年，力争信访总量下降30%。", "group_visits", 8),
    ],
)
def test_what_moved_most(text, indicator, value):
    """The largest stated change of a named indicator is taken, mass work first, targets never."""
    made = qz.tables(text)
    line, row = moved(lines(made.claims, made.relations))
    assert (line.indicator, row["value"]) == (indicator, value)


@pytest.mark.parametrize(
    ("text", "indicator", "verdict"),
    [
        ("2021年，甲山县排查纠纷1050件，调解成功1030件，调解成功率98.1%。信访办结率99%。", "mediation_success_rate", "ok"),
        ("2021年，甲山县信访办结率99%。", "petition_resolution_rate", ""),
    ],
)  # fmt: skip
def test_what_was_resolved(text, indicator, verdict):
    """A rate that its counts bear out is told before one without counts."""
    made = qz.tables(text)
    line = resolved(lines(made.claims, made.relations))
    assert (line.indicator, line.verdict, len(line.counts)) == (
        indicator,
        verdict,
        2 * bool(verdict),
    )


def test_changes_stand_with_their_level():
    """The change of an indicator is in the row of its level, one row a period."""
    made = qz.tables("甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比下降16%。")
    (line,) = lines(made.claims, made.relations)
    assert [row["text"] for row in line.levels] == ["193批"]
    assert [row["text"] for row in line.changes] == ["16%"]


def test_a_change_that_the_audit_ties_to_a_named_figure_is_of_it():
    """A change whose own words name nothing belongs to the count that it was recomputed from, and a whole moves before its part."""
    made = qz.tables(
        "2021年，甲山县受理来访212批次、820人次，来访批次与去年同期180批次相比，上升17.78%。"
        "其中集体访26件，同比下降25%。甲山县信访局"
    )
    told = lines(made.claims, made.relations)
    changes = {line.indicator: [row["text"] for row in line.changes] for line in told}
    assert changes["visit_batches"] == ["17.78%"]
    assert moved(told)[1]["text"] == "17.78%"
