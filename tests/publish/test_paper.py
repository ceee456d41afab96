"""How much of a sheet a page takes: enough to tell what may be printed."""

import pytest

from qz_analysis.publish import paper


@pytest.mark.parametrize(
    ("text", "wide"),
    [("办结", 2.0), ("办结8件", 3.5), ("abcd", 2.0), ("[43宗][a: 748]", 2.0), ("", 0.0)],
)
def test_a_text_is_as_wide_as_what_is_printed_of_it(text, wide):
    """A Latin character is half a Chinese one, and where a link leads is not printed."""
    assert paper.breadth(text) == wide


@pytest.mark.parametrize(
    ("more", "less"),
    [
        # longer sentences, more columns, more rows
        ([{"sentence": "办" * 300}], [{"sentence": "办" * 30}]),
        ([{"sentence": "办" * 120, "document": "文" * 14}], [{"sentence": "办" * 120}]),
        ([{"sentence": "办"}] * 3, [{"sentence": "办"}] * 2),
        ([{"sentence": "办"}], []),
    ],
)
def test_what_holds_more_is_higher(more, less):
    """A table grows with its words, its columns and its rows."""
    assert paper.table_height(more) > paper.table_height(less)


def test_a_short_cell_takes_a_line_beside_a_long_one():
    """Each row is as high as its longest cell."""
    rows = [{"sentence": "办" * 10, "dated": "2020年"}, {"sentence": "办" * 400, "dated": "2020年"}]
    short, long = paper.row_heights(rows)
    assert 4 * short < long
