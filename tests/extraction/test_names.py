"""Names of places in words: listed divisions, masks, and chains of both."""

import pytest

from qz_analysis.extraction.names import beginning, possible

CHAINS = [
    ("保定市满城区信访局", "满城区", ("保定市",)),
    ("唐县工作", "唐县", ()),
    # short names of the city or province that a division belongs to, and of no other
    ("杭州江干区信访局", "江干区", ("杭州市",)),
    ("上海长宁区", "长宁区", ("上海市",)),
    ("满城区保定市", "满城区", ()),
]


@pytest.mark.parametrize(("text", "name", "above"), CHAINS)
def test_the_lowest_of_a_chain_of_divisions_is_its_name(text, name, above):
    """Each division of a chain lies below the one before; what does not ends the chain."""
    found = beginning(text)
    assert (found.name, found.above) == (name, above)


@pytest.mark.parametrize("text", ["杭州收取120元", "上海江干区", "河北工作"])
def test_a_short_name_alone_or_before_another_citys_division_is_none(text):
    """A city's short name counts only before a division of its own."""
    assert beginning(text) is None


@pytest.mark.parametrize("word", ["连锁超市", "转交镇", "乡镇街道", "和县", "农村"])
def test_nouns_and_verbs_that_end_like_divisions_are_none(word):
    """What ends like the name of a division and is a known noun is no place."""
    assert not possible(word)
