"""The charts of the audit say their finding from the data and draw nothing that was not checked."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from qz_analysis import charts, coverage, extract, findings, last_digits
from qz_analysis.errors import QzError
from qz_analysis.finish import alt_text

TEXT = "甲县受理事项2163宗，办结2028宗，办结率93.8%，群众满意率98%。承诺事项24600多件，已完成21100多件，践诺率85%以上。"


def drawn(ax):
    figure = ax.figure
    words = [text.get_text() for text in (*figure.texts, *ax.texts)]
    plt.close(figure)
    return words


@pytest.mark.parametrize(("lang", "said"), [("en", "2 of 2 checks hold"), ("zh", "2项核对中2项相符")])
def test_checks_title_counts_verdicts(lang, said):
    """The title of the checks says how many hold, in both languages."""
    assert drawn(charts.checks(findings(extract(TEXT)), lang=lang))[0].startswith(said)


def test_failed_checks_are_marked():
    """A check that does not hold is drawn with its own mark and named in the alternative text."""
    ax = charts.checks(findings(extract(TEXT.replace("93.8%", "98.3%"))))
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["holds", "does not hold"]
    assert "do not hold: 1" in alt_text(ax.figure)
    plt.close(ax.figure)


def test_coverage_bars_add_up():
    """A bar of the coverage chart is as long as the rates that the report states."""
    ax = charts.checkable(coverage(extract(TEXT)))
    assert sum(bar.get_width() for bar in ax.patches) == 3
    assert drawn(ax)[0].startswith("2 of 3 stated rates")


def test_heaping_needs_counts():
    """Without a single exact count the chart refuses and says what it needs."""
    with pytest.raises(QzError, match="no exact count"):
        charts.heaping(last_digits(extract("走访8户。")))


def test_nothing_checked_is_refused():
    """The chart of checks refuses findings without a check."""
    with pytest.raises(QzError, match="findings"):
        charts.checks(findings(extract("群众满意率98%。")))


@pytest.mark.parametrize("n", [1, 5, 20, 60])
def test_words_do_not_overlap(n):
    """Row labels and the arithmetic beside the rows never overlap, however many places there are."""
    one = findings(extract("某某街道办事处综治信访维稳群众工作中心受理事项2163宗，办结2028宗，办结率93.8%。"))
    ax = charts.checks(pd.concat([one] * n, ignore_index=True))
    boxes = [t.get_window_extent() for t in (*ax.texts, *ax.get_yticklabels())]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    plt.close(ax.figure)
