"""Which figure fills the cell of a place, a year and an indicator, and why none does."""

from decimal import Decimal

import pytest

from qz_analysis.comparison.cells import REASONS, figure, recomputed, settle, years_of
from qz_analysis.model import Claim


def made(text, **said):
    """A figure out of printed words: 95亿元 of GDP in 2019 by the place's own report."""
    kind, own = said.pop("period_kind", "year"), said.pop("own", True)
    dated, doc = said.pop("dated", "2020"), said.pop("doc", "a")
    unit = text.lstrip("0123456789.亿万多x")
    scale = 10**8 if "亿" in text else 1
    digits = "".join(c for c in text if c in "0123456789.")
    value = Decimal(digits) * scale if digits and "x" not in text else None
    said.setdefault("status", "ok" if value is not None else "redacted")
    said.setdefault("period_from", "section")
    claim = Claim(doc, 0, 0, len(text), text, value, unit=unit, **said)
    return figure(claim, ("130607", "", 2019, "gdp", "actual"), kind, own, dated)


@pytest.mark.parametrize(
    ("period", "kind", "years"),
    [
        ("2019", "year", [2019]),
        ("2019-01..2019-12", "year", [2019]),
        ("2019-Q1", "part", [2019]),
        ("2019-06", "part", [2019]),
        ("2019-01..2019-11", "part", [2019]),
        ("2016..2018", "years", [2016, 2017, 2018]),
        ("2016-06..2017-03", "years", [2016, 2017]),
        ("2019+", "years", [2019]),
        ("20xx", "", []),
        ("", "", []),
    ],
)
def test_what_a_period_is_to_a_year(period, kind, years):
    """A period is a year, a part of one, several, or none, and touches the years that it spans."""
    said, touched = years_of(period)
    assert (said, list(touched)) == (kind, years)


@pytest.mark.parametrize(
    ("better", "worse", "verdict"),
    [
        ({"text": "95亿元"}, {"text": "20亿元", "role": "part"}, "part of a total"),
        ({"text": "95亿元"}, {"text": "90亿元", "own": False, "doc": "b"}, "from another place's report"),
        ({"text": "95亿元"}, {"text": "99亿元", "bound": "min"}, "hedged"),
        ({"text": "95亿元", "period_from": "words"}, {"text": "90亿元"}, "dated less closely"),
        ({"text": "95亿元"}, {"text": "40亿元", "period_kind": "part"}, "part of the year"),
        ({"text": "95亿元"}, {"text": "400亿元", "period_kind": "years"}, "several years"),
        ({"text": "95亿元"}, {"text": "95.2亿元", "role": "part"}, "agrees"),
        ({"text": "95亿元"}, {"text": "95美元", "role": "part"}, "another unit"),
        ({"text": "95亿元"}, {"text": "xx亿元"}, "masked"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_the_order_chooses(better, worse, verdict, turned):
    """The better figure fills the cell whichever stands first, and the other says why it does not."""
    good, bad = made(**better), made(**worse)
    cell = settle([bad, good] if turned else [good, bad])
    assert cell.chosen is good
    assert cell.verdicts[cell.figures.index(bad)] == verdict
    assert cell.several == (1 if verdict in {"agrees", "masked"} or "year" in verdict else 2)


def test_two_figures_of_one_report_that_nothing_tells_apart_are_ambiguous():
    """Where the order does not choose, the cell stays empty and both are in its evidence."""
    cell = settle([made("95亿元"), made("80亿元")])
    assert (cell.chosen, cell.reason, cell.several) == (None, "ambiguous", 2)
    assert list(cell.verdicts) == ["disagrees", "disagrees"]


def test_a_later_report_that_gives_another_figure_revises_the_earlier():
    """Reports that disagree leave the cell ambiguous, and the later one is named a revision."""
    cell = settle([made("95亿元"), made("91亿元", doc="b", dated="2021")])
    assert cell.reason == "ambiguous"
    assert list(cell.verdicts) == ["disagrees", "revision of a later report"]


def test_reports_that_agree_within_their_digits_are_one():
    """95亿元 and 95.2亿元 are one figure, printed more or less closely: the closer digits are kept."""
    cell = settle([made("95亿元"), made("95.2亿元", doc="b", dated="2021")])
    assert cell.reason == "" and cell.several == 1


@pytest.mark.parametrize(
    ("figures", "planned", "reported", "reason"),
    [
        ([], False, False, "no report"),
        ([], False, True, "not stated"),
        ([], True, True, "only as target"),
        ([{"text": "xx亿元"}], True, True, "masked"),
        ([{"text": "亿元"}], False, True, "lost"),
        ([{"text": "9亿元", "period_kind": "part"}], True, True, "only for part of the year"),
        ([{"text": "9亿元", "period_kind": "years"}], False, True, "only over several years"),
    ],
)
def test_an_empty_cell_says_why(figures, planned, reported, reason):
    """Each empty cell has the first reason that is true, and every reason is a known one."""
    cell = settle([made(**said) for said in figures], planned=planned, reported=reported)
    assert (cell.chosen, cell.reason) == (None, reason) and reason in REASONS


def test_a_fall_is_negative_and_its_bound_turns():
    """下降3%以上 is at most -3."""
    fall = made("3%", kind="change", direction="down", bound="min")
    assert (fall.value, fall.bound) == (-3.0, "max")
    assert fall.agrees(made("5%", kind="change", direction="down"))
    assert not fall.agrees(made("5%", kind="change", direction="up"))


@pytest.mark.parametrize(
    ("above", "below", "rate"),
    [("36件", "40件", 90.0), ("41件", "40件", None), ("36件", "40起", None), ("x件", "40件", None)],
)
def test_a_rate_comes_from_two_counts_of_one_unit(above, below, rate):
    """A rate is recomputed from a count and the whole that it is of, and from nothing else."""
    found = recomputed("rate", made(above), made(below))
    assert (found and found.value) == rate
    assert found is None or (found.how, found.key[3]) == ("recomputed", "rate")
