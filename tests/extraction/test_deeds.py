"""Deeds: what a clause says was done to which things."""

import pytest

import qz_analysis as qz
from qz_analysis.extraction.deeds import Done, done, is_whole, last_thing
from qz_analysis.vocabularies.patterns import Pattern

LINK = Pattern("named", "(?:{link})*")

# the words of a clause before its figure, the class of deed, the thing, and whether a rate is told
CLAUSES = [
    ("部里接待群众来访", "received", "visits", False),
    ("中心受理并解答群众来电", "received", "calls", False),
    ("实质性化解信访积案", "resolved", "backlog", False),
    ("上述信访件已经办结", "resolved", "petitions", False),
    ("信访事项及时办结率达", "resolved", "petitions", True),
    ("共转办", "", "", None),
    ("办结", "resolved", "", False),
    # parts, other measures, and what is only due
    ("其中受理来信", "", "", None),
    ("反映土地问题的来访有", "", "", None),
    ("直接办结信访件", "", "", None),
    ("仍在办理", "", "", None),
    ("接待外地来访", "", "", None),
]


@pytest.mark.parametrize(("clause", "deed", "thing", "rate"), CLAUSES)
def test_a_clause_tells_deed_and_thing(clause, deed, thing, rate):
    """A deed governs the thing behind it, or before it with no more than manner between."""
    said = done(clause, LINK, "信访工作总结")
    if rate is None:
        assert said is None
    else:
        assert said == Done(said.deeds, thing, rate, said.before) and deed in said.deeds


def test_what_the_page_is_of_is_no_part():
    """退役军人 leaves visits whole on a page about them, and makes them a part on any other."""
    assert is_whole("各类退役军人", "甲县退役军人事务局总结")
    assert not is_whole("各类退役军人", "甲县信访局总结")


def test_the_longest_of_the_things_that_end_last():
    """信访积案 is a backlog and no petition."""
    assert last_thing("来信和信访积案").thing == "backlog"


def test_figures_without_a_thing_go_on_with_that_of_their_sentence():
    """What became of the petitions is told of them, what became of a part of them is not."""
    said = qz.extract("受理信访事项187件，已化解184件，其中转办9件，办结8件。")
    assert list(said["indicator"]) == ["petition_received", "petition_resolved", "", ""]
