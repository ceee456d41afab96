"""Cells that begin like a formula."""

from hypothesis import given
from hypothesis import strategies as st

from qz_analysis.schema import raw, safe


@given(st.text("'=+-@\t\ra1", max_size=6))
def test_every_cell_comes_back(cell):
    """What is made safe no longer begins like a formula, and raw gives back exactly what there was."""
    assert safe(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell
    assert raw(safe(cell)) == cell
