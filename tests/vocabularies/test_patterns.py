"""Patterns take their words from the vocabulary."""

import pytest

from qz_analysis.vocabularies.patterns import Pattern


@pytest.mark.parametrize(("before", "found"), [("为期", True), ("时间为", True), ("期", False)])
def test_words_of_any_length_may_stand_before_what_is_looked_for(before, found):
    """A look-behind at an entry holds for each of its words, whatever their lengths."""
    behind = Pattern("quantities", "(?<={lasts})x")
    not_behind = Pattern("quantities", "(?<!{lasts})x")
    assert bool(behind.search(f"{before}x")) is found
    assert bool(not_behind.search(f"{before}x")) is not found


def test_pieces_of_other_vocabularies_stand_in_a_pattern():
    """A name in braces may stand for a piece of an expression that is made elsewhere."""
    pattern = Pattern("quantities", "[{digits}]{lasts}", lambda: {"digits": "一二"})
    assert [m[0] for m in pattern.finditer("二为期三为期")] == ["二为期"]
