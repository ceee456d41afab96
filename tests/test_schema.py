"""Cells that begin like a formula; rows as CSV."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from qz_analysis.schema import CsvWriter, raw, safe


@given(st.text("'=+-@\t\ra1", max_size=6))
def test_every_cell_comes_back(cell):
    """What is made safe no longer begins like a formula, and raw gives back exactly what there was."""
    assert safe(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell
    assert raw(safe(cell)) == cell


@given(st.lists(st.text("\r\n\",'a \t", max_size=5), min_size=1, max_size=3))
def test_every_row_of_csv_comes_back(row):
    """Whatever line ends and quotes the cells hold, a reader of CSV gives back the same rows."""
    text = io.StringIO(newline="")
    CsvWriter(text).writerows([row, row])
    assert [*csv.reader(io.StringIO(text.getvalue(), newline=""))] == [row, row]
    assert text.getvalue().endswith("\n") and not text.getvalue().endswith("\r\n")
