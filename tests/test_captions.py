import numpy as np
import pytest

from qz_analysis.captions import ends
from qz_analysis.wording import percent

ROW = {"place": "桥西区", "period": "2011", "subject": "群众来访", "doc": "a", "report": 0, "value": 2.0155}
ROW |= {"low": np.nan, "high": np.nan, "bound": "exact", "how": "stated", "audit": ""}
ROW |= {"numerator": 389.0, "denominator": 193.0}


@pytest.mark.parametrize(
    ("lang", "second", "expected"),
    [
        ("en", {"place": "彝良县"}, ["Qiaoxi District", "Yiliang County"]),
        ("zh", {"place": "彝良县"}, ["桥西区：群众来访", "彝良县：集体访"]),
        ("en", {}, ["群众来访", "集体访"]),  # one place at both ends: the subject tells them apart
        ("zh", {}, ["群众来访", "集体访"]),
    ],
)
def test_the_ends_are_told_apart_in_few_words(lang, second, expected):
    """Titles name the smallest and the largest value by what distinguishes them."""
    both = [ROW, ROW | {"value": 24.5, "subject": "集体访"} | second]
    facts = ends(both, ["2.0", "24.5 ×"], lang)
    assert [facts["low_end"], facts["high_end"]] == expected
    assert [facts["low_value"], facts["high_value"], facts["only"]] == ["2.0", "24.5", False]


def test_a_recomputed_value_has_no_brackets_in_running_text():
    """Where a column prints (47.7%), a sentence says that it is recomputed."""
    row = ROW | {"value": 47.72, "how": "recomputed"}
    told = [ends([row], [percent(row)], lang)["low_value"] for lang in ("en", "zh")]
    assert told == ["47.7% (recomputed)", "推算值47.7%"]
