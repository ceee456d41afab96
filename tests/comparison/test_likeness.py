"""Figures that count one thing stand together, all others apart."""

import pytest

from qz_analysis import compare, extract
from qz_analysis.comparison.likeness import alike, shared


def groups(text, indicator):
    """The subjects of figures by what they count."""
    rows = compare(extract(text), indicator=indicator).to_dict("records")
    return [[row["text"] for row in group] for group in alike(rows)]


APART = [
    # all visits and collective ones, visits received and visits paid
    ("彝良县受理来访200批次389人次。通江县集体访39批次508人次。", "visits"),
    ("彝良县群众来访200批次389人次。通江县到基层接待来访39批次58人次。", "visits"),
    # what came to officials who went out to receive visitors, however their clause words it
    (
        "彝良县受理来访200批次389人次。通江县举办“大接访”6场次，先后接待来访群众39批次58人次。",
        "visits",
    ),
    # satisfaction and support of one project
    ("彝良县群众满意率98%。通江县片区群众支持率95%。", "satisfaction"),
    # one office and all offices, with counts and without
    (
        "彝良县工作室受理纠纷50件，调结40件，调结率80%。通江县受理纠纷90件，调结81件，调结率90%。",
        "rates",
    ),
    ("彝良县受理事项50件，办结40件，办结率80%。通江县事项办结率90%。", "rates"),
]


@pytest.mark.parametrize(("text", "indicator"), APART)
def test_what_counts_another_thing_stands_apart(text, indicator):
    """Words that narrow what is counted, and counts behind a rate or none, tell figures apart."""
    assert [len(group) for group in groups(text, indicator)] == [1, 1]


def test_other_words_for_one_thing_stand_together():
    """Figures are one thing by the words that they share, whatever stands beside these."""
    text = "彝良县先后接待来访群众200批次389人次。通江县受理来访39批次58人次。"
    assert [len(group) for group in groups(text, "visits")] == [2]


def test_shared_is_what_several_places_count():
    """Two figures of one place are shared by nobody."""
    text = "2011年，彝良县受理来访200批次389人次。2012年，彝良县受理来访39批次58人次。"
    rows = compare(extract(text), indicator="visits").to_dict("records")
    assert len(alike(rows)) == 1 and shared(rows) == []
