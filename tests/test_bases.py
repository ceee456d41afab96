"""Figures of an earlier time are told apart from those of now."""

import pytest

from qz_analysis import extract
from qz_analysis.arithmetic.bases import follows
from qz_analysis.arithmetic.links import lines, read_claim

FOLLOWS = [
    ("来访954人次，同比下降21.2%。", [("954人次", "21.2%")]),
    ("来访1256批3890人次，同比分别下降10.3%和7.4%。", [("1256批", "10.3%"), ("3890人次", "7.4%")]),
    ("受理500件，同比减少80件。", [("500件", "80件")]),
    ("受理500件，同比减少80人。", []),  # another unit is another thing
    ("来访1256批3890人次，同比下降10.3%。", []),  # of which of the two?
    ("来访820人次，较上年的976人次下降16%。", []),  # its base is stated
    ("来访954人次，越级访数量同比下降21.2%。", []),  # another subject stands between
    ("来访954人次，占21.2%。", []),
]


@pytest.mark.parametrize(("text", "expected"), FOLLOWS)
def test_changes_that_follow_their_figure(text, expected):
    """A change said right behind a figure, without a base, is of that figure; a row of changes keeps the figures' order."""
    (run,) = lines([read_claim(row) for row in extract(text).to_dict("records")])
    assert [(current.text, change.text) for current, change in follows(run)] == expected
