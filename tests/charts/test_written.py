"""Figures are written with bound and unit."""

import numpy as np
import pytest

from qz_analysis.charts.written import written

pytestmark = pytest.mark.usefixtures("clean")


@pytest.mark.parametrize(
    ("row", "en", "zh"),
    [
        ({"value": 1.2e8, "unit": "元"}, "120m yuan", "1.2亿元"),
        ({"value": 193.0, "unit": "批次"}, "193", "193批次"),
        ({"value": 98.0, "unit": "%", "bound": "min"}, "≥98%", "≥98%"),
        ({"value": 93.76, "unit": "%", "how": "recomputed"}, "(93.76%)", "(93.76%)"),
        ({"value": np.nan, "low": 10.0, "high": 20.0, "unit": "件"}, "10–20", "10件–20件"),
    ],
)
def test_figures_are_written_with_bound_and_unit(row, en, zh):
    """A figure is written as it is read in each language, in brackets when it is not printed."""
    row = {"low": np.nan, "high": np.nan, "bound": "exact", "how": "stated"} | row
    assert (written(row, "en"), written(row, "zh")) == (en, zh)
