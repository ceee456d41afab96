import pytest

from qz_analysis.errors import QzError
from qz_analysis.rows import example, is_rate, pick


def test_picking_counts_what_is_left_out():
    """Rows that fit but are masked are counted, rows of another kind are not; none at all is an error."""
    panel = example()
    twice = panel.iloc[[1, 1]].assign(status=["ok", "redacted"])
    drawn, missing = pick(twice, is_rate(twice), "rates", "a rate")
    assert (len(drawn), missing) == (1, 1)
    with pytest.raises(QzError, match="rates: none of the 1 rows has a rate"):
        pick(panel.iloc[:1], is_rate(panel.iloc[:1]), "rates", "a rate")
