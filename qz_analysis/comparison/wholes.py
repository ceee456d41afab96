"""Which of several figures of one indicator a headline may tell: the whole, never a part of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..vocabularies.patterns import Pattern

Row = dict[str, Any]

#: bounds that leave one end open: 100多亿元 and 85%以上 are no ends of a change and have no rank
OPEN = frozenset({"min", "max"})
_CLAUSE = re.compile("[,，。；;：:]")
#: words of a mean of years, and of a base that is no year
MEAN = Pattern("cells", "{averages}")
SHORT = Pattern("story", "{part_before}|{month_before}|{quarter_before}|{week_before}")
_THRESHOLD = Pattern("wholes", r"(?:{thresholds})[^,，。；;]{0,4}$")
# a figure of bodies ends before their name: 9个|单位满意率为100%
_SOME = Pattern("wholes", r"^(?:{bodies})(?!.*(?:{all}))")
_OF_SENTENCE = ("doc", "report", "sentence")


def lead(row: Row) -> str:
    """The words before a figure in its own clause.

    >>> lead({"before": "大关，累计完成"})
    '累计完成'
    """
    return _CLAUSE.split(str(row["before"] or ""))[-1]


def is_mean(row: Row) -> bool:
    """Whether a figure is the average of the years of a span (年均增长8%), which is no change against
    one base and no total of the span.

    >>> is_mean({"role": "", "kind": "change", "before": "生产总值，年均增长"})
    True
    >>> is_mean({"role": "", "kind": "change", "before": "生产总值，同比增长"})
    False
    """
    said = row["kind"] == "change" and MEAN.search(lead(row))
    return row["role"] == "mean" or bool(said)


def is_short(row: Row) -> bool:
    """Whether a change is against the month, quarter or week before, and so none of a year (环比).

    >>> is_short({"before": "，环比增长"}), is_short({"before": "，同比增长"})
    (True, False)
    """
    return bool(SHORT.search(lead(row)))


def is_open(row: Row) -> bool:
    """Whether a figure says only that there is more or less: it is shown as a bound, and is no end of a
    change, no extreme and has no rank.

    >>> is_open({"bound": "min"}), is_open({"bound": "approx"})
    (True, False)
    """
    return str(row["bound"]) in OPEN


def is_threshold(row: Row) -> bool:
    """Whether a figure is what another one passed: 跨越130亿元，累计完成136.6亿元.

    >>> is_threshold({"bound": "exact", "before": "全年收入跨越"})
    True
    >>> is_threshold({"bound": "exact", "before": "，累计完成"})
    False
    """
    if row.get("role") == "threshold":
        return True
    return is_open(row) or bool(_THRESHOLD.search(str(row["before"] or "")))


def without_thresholds(rows: Sequence[Row]) -> list[Row]:
    """The figures without those that one of the same sentence has passed."""
    firm = {tuple(row[name] for name in _OF_SENTENCE) for row in rows if not is_threshold(row)}
    return [
        row
        for row in rows
        if not is_threshold(row) or tuple(row[name] for name in _OF_SENTENCE) not in firm
    ]


def is_part(row: Row) -> bool:
    """Whether a figure is of a part: one behind 其中, or of some bodies that its sentence counts
    (财政局等9个单位满意率为100%): the words between its figure and the one before begin with them.

    >>> row = {"role": "", "before": "单位反映较好，满意率为"}
    >>> is_part(row), is_part(row | {"before": "单位回访，全县满意率为"})
    (True, False)
    """
    return row["role"] in {"part", "share"} or bool(_SOME.search(str(row["before"] or "")))


def whole_of(rows: Sequence[Row], cases: Mapping[Any, float] | None = None) -> Row | None:
    """The figure that stands for the whole among those of one indicator, place and period; None where
    no rule tells it.

    It is the one value that all state; else the first, where no other is larger; else the largest,
    where all others are parts. Of rates it is the first, where it is known to be of no fewer cases
    than any other. A part is never the whole.

    Args:
        rows: the figures, in the order of the reports.
        cases: of how many cases of a whole rates are, by document, report and start.

    >>> rows = [{"role": "", "before": "", "bound": "exact", "value": n, "unit": "件", "doc": "a",
    ...          "report": 0, "sentence": i, "start": i, "kind": "count"} for i, n in enumerate((300.0, 133.0))]
    >>> whole_of(rows)["value"], whole_of(rows[::-1])
    (300.0, None)
    """
    firm = without_thresholds(rows)
    if not firm:
        return None
    first = firm[0]
    known = [(cases or {}).get((row["doc"], row["report"], row["start"])) for row in firm]
    if most := max((n for n in known if n is not None), default=None):
        # of rates the one of most cases, where it stands first: those of a table's rows are parts
        return first if known[0] == most else None
    values = {(row["value"], row["unit"], str(row["bound"])) for row in firm}
    if len(values) == 1:
        # said twice, once of a part: what is the same as the whole is the whole
        return next((row for row in firm if not is_part(row)), None)
    if len({row["unit"] for row in firm}) > 1 or len({row["doc"] for row in firm}) > 1:
        return None
    if any(row["unit"] == "%" or row["kind"] == "rate" for row in firm):
        return None
    largest = max(firm, key=lambda row: float(row["value"]))
    if first["value"] == largest["value"]:
        return None if is_part(first) else first
    parts = all(is_part(row) for row in firm if row["value"] != largest["value"])
    return largest if parts and not is_part(largest) else None
