"""Wholes that nothing but the order of a text ties to their parts."""

import pytest
from relations import told

LISTS = [
    # each part with its share, 占 left out, and the whole before them
    (
        "受理信访举报71件：来信16件，22.5%；来访22件，31%；网络33件，46.5%。",
        {
            "rate ok 22.5% 16件 71件",
            "rate ok 31% 22件 71件",
            "rate ok 46.5% 33件 71件",
            "sum ok 71件 16件 22件 33件",
            "sum ok 22.5% 31% 46.5%",
        },
    ),
    # the whole behind them, made up by its parts
    (
        "受理方式：来信16件，22.5%；来访22件，31%；网络33件，46.5%。业务范围内的举报71件。",
        {
            "rate ok 22.5% 16件 71件",
            "rate ok 31% 22件 71件",
            "rate ok 46.5% 33件 71件",
            "sum ok 71件 16件 22件 33件",
            "sum ok 22.5% 31% 46.5%",
        },
    ),
    # a share that is none of that whole: of nothing is anything said
    ("受理信访举报71件：来信16件，22.5%；来访22件，35%；网络33件，46.5%。", set()),
    # two parts may agree by chance
    ("受理信访举报71件：来信16件，22.5%；来访22件，31%。", set()),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_parts_with_their_shares_have_the_whole_that_fits_them_all(text, expected):
    """Percentages in a list are shares of the one count that fits all of them, or of none."""
    assert expected <= set(told(text))
    if not expected:
        assert not any(line.startswith("rate") for line in told(text))


def test_a_bare_percentage_behind_what_came_in_and_what_was_settled_is_their_rate():
    """收68件,结38件,55.88% is a rate where it holds, and nothing is said where it does not."""
    assert told("刑事案件收案68件，结案38件，55.88%。") == ["rate ok 55.88% 38件 68件"]
    assert told("刑事案件收案68件，结案38件，65.88%。") == []


def test_items_of_a_numbered_list_make_up_the_whole_above_them():
    """The counts that one verb tells in each item of a list are added up, where that is the whole."""
    text = "全院收案1801件。\n1.刑事：收68件，结38件。\n2.民商事：收925件，结440件。\n3.行政：收38件，结10件。\n4.执行：收770件，结406件。"
    assert "sum ok 1801件 68件 925件 38件 770件" in told(text)
    assert not [line for line in told(text.replace("1801", "1803")) if line.startswith("sum")]
