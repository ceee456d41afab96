"""Lines over the years: marks, gaps, and words that cover nothing."""

from itertools import pairwise

import pytest
from drawn import note, title
from invented import table

from qz_analysis import charts

pytestmark = pytest.mark.usefixtures("clean")


def test_an_empty_year_parts_the_line_and_is_explained():
    """No line runs over a masked year, and both the picture and the note say why it is empty."""
    ax = charts.trend(charts.example_years(), "mediation_success_rate", places="乙县", lang="zh")
    assert not any(set(line.get_xdata()) >= {2018, 2020} for line in ax.lines)
    assert "乙县2019年数字被隐去" in note(ax)
    assert "数字被隐去" in [text.get_text() for text in ax.texts]


def test_targets_are_open_marks_beside_results():
    """A target is an open diamond, joined by no line and called a target."""
    ax = charts.trend(charts.example_years(), "mediation_success_rate", lang="zh")
    (mark,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert list(mark.get_xdata()) == [2021] and mark.get_markerfacecolor() == "white"
    assert "目标99.5%" in [text.get_text() for text in ax.texts] and "不是结果" in note(ax)
    assert "2021" not in title(ax)


def test_an_estimate_is_an_open_mark_that_is_called_one():
    """What a report expects is neither drawn nor written like a final figure."""
    rows = [("甲县", 2019, 97.5), ("甲县", 2020, 98.0, {"how": "expected"})]
    ax = charts.trend(table(rows), lang="zh")
    faces = {line.get_xdata()[0]: line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"}  # fmt: skip
    assert faces[2020] == "white" != faces[2019]
    assert "预计98%" in [text.get_text() for text in ax.texts] and "预计数" in note(ax)
    assert "预计98%" in title(ax) and "升" not in title(ax)


def test_each_place_is_written_once_beside_its_line():
    """Names stand at the last marks, none twice, and none upon another."""
    rows = [(f"{c}县", y, 98.0 + i / 100) for i, c in enumerate("甲乙丙丁") for y in (2019, 2020)]
    ax = charts.trend(table(rows), lang="zh")
    ax.figure.canvas.draw()
    labels = [text for text in ax.texts if "县" in text.get_text()]
    boxes = sorted((text.get_window_extent() for text in labels), key=lambda box: box.y0)
    assert len(boxes) == 4
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))


@pytest.mark.parametrize("width", [3.9, 8.4])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_cover_neither_each_other_nor_marks(width, lang):
    """On narrow and wide pictures no words at the marks lie upon others or beyond the rim."""
    values = {"甲县": (504, 479, 702, 839, 689, 890), "乙县": (637, 700, 660, 690, 701, 640)}
    rows = [(p, 2016 + i, v * 1e6) for p, some in values.items() for i, v in enumerate(some)]
    ax = charts.trend(table(rows, "budget_revenue", "元"), figsize=(width, 3.2), lang=lang)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(box.x0 >= 0 and box.x1 <= ax.figure.bbox.x1 for box in boxes)
    ticks = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert not any(a.overlaps(b) for a, b in pairwise(ticks))
