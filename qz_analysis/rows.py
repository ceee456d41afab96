"""Rows of a panel that a chart draws: picked, signed, lined up."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .errors import QzError
from .fairness import nameless
from .registry import load

__all__ = ["Row", "as_rows", "example", "families", "is_rate", "line_up", "pick", "whose"]

Row = dict[str, Any]
_NUMBERS = ("value", "low", "high", "numerator", "denominator", "ci_low", "ci_high")


def example() -> pd.DataFrame:
    """A panel of two invented places, for trying out a chart.

    Returns:
        a DataFrame with the columns that `compare` gives, four rows.

    >>> example()["place"].unique().tolist()
    ['甲县', '乙县']
    """
    text = """\
place,family,stage,measure,kind,unit,subject,value,numerator,denominator,ci_low,ci_high,direction
甲县,petition,received,persons_per_batch,count,,群众来访,2.02,389,193,,,
甲县,matters,resolved,rate,rate,%,来访事项,83.7,36,43,70,91.9,
乙县,petition,received,change,change,%,群众来访,15.98,,,,,down
乙县,funds,,yuan,money,元,救助资金,1560000,,,,,"""
    panel = pd.read_csv(io.StringIO(text)).fillna({"stage": "", "unit": "", "direction": ""})
    indicator = panel["family"] + "." + panel["stage"] + "." + panel["measure"]
    panel = panel.assign(indicator=indicator, doc="example", report=0, period="2011", level="county", text="")
    return panel.assign(
        low=np.nan, high=np.nan, bound="exact", how="stated", audit="", status="ok", caveats="", claims=""
    )


def pick(panel: pd.DataFrame, fits: pd.Series, chart: str, what: str) -> tuple[list[Row], int]:
    """Rows of a panel that fit a chart and have a value, and how many fit but have none.

    Raises:
        QzError: no row to draw; the message names the chart, `what` it needs and a way to get it.
    """
    fitting = panel[fits.astype(bool)]
    has_value = fitting["value"].notna() | (fitting["low"].notna() & fitting["high"].notna())
    drawn = fitting[has_value & ~fitting["status"].isin(["redacted", "spoilt"])]
    if drawn.empty:
        raise QzError(
            f"{chart}: none of the {len(panel)} rows has {what} ({len(fitting)} masked or without a value); "
            f'pass a panel that has, e.g. compare(claims, relations, indicator="{chart}")'
        )
    rows = [_signed(row | {"y": y}) for y, row in enumerate(as_rows(drawn))]
    return rows, len(fitting) - len(drawn)


def as_rows(table: pd.DataFrame) -> list[Row]:
    """The rows as dictionaries; a missing word is an empty one, a missing number stays NaN."""
    words = set(table.columns) - set(_NUMBERS)
    return [
        {str(key): "" if key in words and pd.isna(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def _signed(row: Row) -> Row:
    """The row with a decrease below zero, and with a range standing at its middle (never printed)."""
    low, value, high, bound = row["low"], row["value"], row["high"], row["bound"]
    if row["kind"] == "change" and row["direction"] == "down":
        # a fall of 20% or more lies at -20% or below
        bound = {"min": "max", "max": "min"}.get(bound, bound)
        low, value, high = -high, -value, -low
    middle: float = (low + high) / 2 if pd.isna(value) else value
    return row | {"low": low, "value": middle, "high": high, "bound": bound}


def is_rate(panel: pd.DataFrame) -> pd.Series:
    """Which rows are rates in %."""
    return panel["kind"].eq("rate") & panel["unit"].eq("%")


def line_up(rows: Sequence[Row], key: str, firsts: Sequence[Any] = ()) -> list[Row]:
    """Rows with equal values of a column together, else in their order; `y` counted anew."""
    order = [*firsts, *(r[key] for r in rows)]
    return [row | {"y": y} for y, row in enumerate(sorted(rows, key=lambda r: order.index(r[key])))]


def families(used: Iterable[str]) -> list[str]:
    """The families that occur, in the order of the vocabulary.

    >>> families(["funds", "petition", "funds"])
    ['petition', 'funds']
    """
    found = set(used)
    return [family for family in load("labels")["families"] if family in found]


def whose(row: Row) -> tuple[str, str]:
    """Place and, unless the place is named outright, report: two masked counties need not be the same one."""
    return row["place"], f"{row['doc']}:{row['report']}" if nameless(row["place"]) else ""
