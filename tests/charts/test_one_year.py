"""Places in one year: their order, their intervals, one scale."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import note
from invented import table

from qz_analysis import charts
from qz_analysis.charts.figure import finished

pytestmark = pytest.mark.usefixtures("clean")


def test_rows_of_one_year_keep_the_order_of_the_table_unless_sorted():
    """Sorting is asked for, and the note says which it is."""
    rows = [
        ("甲县", 2020, 97.0),
        ("乙县", 2020, 99.0),
        ("丙县", 2020, np.nan, {"reason": "masked"}),
    ]
    plain, ordered = (charts.places(table(rows), order=o, lang="zh") for o in ("panel", "value"))
    names = [[label.get_text() for label in ax.get_yticklabels()] for ax in (plain, ordered)]
    assert names == [["甲县", "乙县"], ["乙县", "甲县"]]
    assert "不作排名" in note(plain) and "口径" in note(ordered)
    assert "数字被隐去：丙县" in note(plain)


@pytest.mark.parametrize(
    ("indicator", "subject", "lines"),
    [("satisfaction_rate", "抽样", 1), ("safety_sense", "随机抽取", 1), ("satisfaction_rate", "", 0), ("mediation_success_rate", "抽查", 0)],
)  # fmt: skip
def test_a_rate_of_a_sample_has_its_interval_and_a_full_count_none(indicator, subject, lines):
    """Wilson's interval is drawn where a known number of people was asked as a sample, and not around counts of all."""
    counts = {"numerator": 36, "denominator": 43, "subject": subject}
    ax = charts.places(table([("甲县", 2020, 83.7, counts), ("乙县", 2020, 90.0)], indicator))
    assert len(ax.collections) == lines and ("95%" in note(ax)) is bool(lines)


def test_one_chart_has_one_scale():
    """Figures of one chart are all written in the scale that fits the largest and the smallest."""
    ax = charts.places(
        table([("甲县", 2020, 5.2e7), ("乙县", 2020, 1.2e8)], "gdp", "元"), lang="zh"
    )
    words = [text.get_text() for text in ax.texts]
    assert {"0.52亿元", "1.2亿元"} <= set(words)
    assert all(label.get_text().endswith(("亿", "0")) for label in ax.get_xticklabels())


def test_as_many_places_are_drawn_as_print_can_show():
    """More places than a printed page holds are counted in the note, not squeezed."""
    year = charts.example_years().query("year == 2020").head(1)
    many = pd.concat([year.assign(place=f"第{n}县") for n in range(40)], ignore_index=True)
    ax = charts.places(many, "mediation_success_rate", year=2020, lang="zh")
    note = finished(ax.figure).note.replace("\n", "")
    assert len(ax.get_yticks()) == 25 and "另有15个有数字的地方未画出" in note
    plt.close(ax.figure)
