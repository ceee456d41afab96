"""Names of places in words: listed divisions, masks, and chains of both."""

import pytest

from qz_analysis.extraction.names import beginning, possible

CHAINS = [
    ("保定市满城区信访局", "满城区", ("保定市",)),
    ("唐县工作", "唐县", ()),
    ("满城区保定市", "满城区", ()),
]


@pytest.mark.parametrize(("text", "name", "above"), CHAINS)
def test_the_lowest_of_a_chain_of_divisions_is_its_name(text, name, above):
    """Each division of a chain lies below the one before; what does not ends the chain."""
    found = beginning(text)
    assert (found.name, found.above) == (name, above)


@pytest.mark.parametrize("word", ["连锁超市", "转交镇", "乡镇街道", "和县", "农村"])
def test_nouns_and_verbs_that_end_like_divisions_are_none(word):
    """What ends like the name of a division and is a known noun is no place."""
    assert not possible(word)
