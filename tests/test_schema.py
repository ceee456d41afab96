"""Cells that begin like a formula; rows as CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz_analysis.schema import CORRECTED, CsvWriter, frame, raw, safe


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


@pytest.mark.parametrize("n", [0, 1, 7, pytest.param(1200, marks=pytest.mark.long)])
def test_every_cell_of_a_table_stands_in_its_column(n):
    """Short and long tables have the same types, and every cell under its own name."""
    rows = [tuple(f"{i} {f.name}" if f.dtype == "str" else i for f in CORRECTED) for i in range(n)]
    table = frame(iter(rows), CORRECTED)
    assert list(table.itertuples(index=False, name=None)) == rows
    assert table.dtypes.tolist() == frame(rows * 1200, CORRECTED).dtypes.tolist()
    assert table.columns.tolist() == [f.name for f in CORRECTED]
