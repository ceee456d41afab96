"""The figures of places by year that a chart draws: one indicator of a panel, a series a place, or
one year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ..comparison.county_years import named
from ..comparison.indicators import Row
from ..errors import QzError
from .rows import alike, as_rows, signed

#: the columns of a panel of places and years that these charts read
_NEEDED = ("place", "year", "indicator", "value", "unit")
#: columns that older or hand-made tables may lack, and what stands for them
_OPTIONAL: dict[str, Any] = {
    "adcode": "",
    "low": np.nan,
    "high": np.nan,
    "bound": "exact",
    "how": "stated",
    "reason": "",
    "modality": "actual",
    "doc": "",
    "source": "",
    "numerator": np.nan,
    "denominator": np.nan,
    "direction": "",
}


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one place by year, its targets, and why years between have none."""

    place: str
    points: dict[int, Row]
    targets: dict[int, Row]
    gaps: dict[int, str]

    def rows(self) -> list[Row]:
        """All figures and targets."""
        return [*self.points.values(), *self.targets.values()]

    def ends(self) -> tuple[Row, Row]:
        """The first and the last figure."""
        return self.points[min(self.points)], self.points[max(self.points)]

    def within(self, years: Iterable[int]) -> "Series":
        """The figures of these years alone, in their order."""
        own = {year: self.points[year] for year in years if year in self.points}
        return Series(self.place, own, {}, {})

    def runs(self) -> list[list[int]]:
        """Years with a figure, those together that no empty year parts."""
        runs: list[list[int]] = []
        for year in sorted(self.points):
            if runs and year - runs[-1][-1] == 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        return runs


def chosen(panel: Any, indicator: str | None, chart: str) -> tuple[pd.DataFrame, str]:
    """The rows of one indicator of a panel, known by its key or by its name in either language, with
    all columns that the charts read; and its key.

    Raises:
        QzError: it is no such panel, or the indicator is not in it.
    """
    table = _table_of(panel, chart)
    there = list(dict.fromkeys(table["indicator"]))
    if indicator is None:
        if len(there) != 1:
            raise QzError(
                f"{chart}: the panel holds {len(there)} indicators; say which one to draw, "
                f'e.g. indicator="{there[0] if there else "mediation_success_rate"}"'
            )
        return table, there[0]
    key = indicator if indicator in there else named(indicator)[0]
    if key not in there:
        raise QzError(
            f"{chart}: the panel has no figure of {indicator!r}; it has: {', '.join(there)}"
        )
    return table[table["indicator"].eq(key)], key


def _table_of(panel: Any, chart: str) -> pd.DataFrame:
    """The long table of a panel with all columns that the charts read."""
    table = getattr(panel, "long", panel)
    if not isinstance(table, pd.DataFrame):
        raise QzError(
            f"{chart}: draw the object itself that qz.panel(tables) gives (its tables are .wide, "
            f".long, .evidence and .missing), not a {type(panel).__name__}"
        )
    if lacking := [name for name in _NEEDED if name not in table]:
        raise QzError(
            f"{chart}: this table has no column {', '.join(lacking)}; "
            "pass the panel of places and years that qz.panel(tables) gives"
        )
    known = {name: value for name, value in _OPTIONAL.items() if name not in table}
    return _followed(table.assign(**known))


def _followed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with one name, the latest, for a place that was followed through its changes."""
    if "stable_code" not in table or not table["stable_code"].ne("").any():
        return table
    latest = table.sort_values("year").drop_duplicates("stable_code", keep="last")
    names = latest.set_index("stable_code")["place"]
    return table.assign(place=table["stable_code"].map(names).fillna(table["place"]))


def series_of(
    rows: pd.DataFrame, places: Sequence[str] | None, chart: str, most: int
) -> tuple[list[Series], int]:
    """One series a place, in the order asked for or of the table, and how many places more there
    are.
    """
    told = list(dict.fromkeys(rows["place"]))
    if places is not None:
        wanted = [places] if isinstance(places, str) else list(places)
        if unknown := [place for place in wanted if place not in told]:
            raise QzError(
                f"{chart}: the panel has no place {', '.join(unknown)}; it has: "
                f"{', '.join(told[:12])}{' …' if len(told) > 12 else ''}"
            )
        told = wanted
    found = []
    for place in told:
        own = rows[rows["place"].eq(place)]
        planned = own["modality"].eq("planned")
        one = Series(
            place,
            _by_year(own[~planned & _has_value(own)]),
            _by_year(own[planned & _has_value(own)]),
            _gaps(own[~planned & ~_has_value(own)]),
        )
        if one.rows():
            found.append(one)
    if not found:
        raise QzError(
            f"{chart}: none of the {len(rows)} cells of this indicator has a value "
            "(the column `reason` says why); choose another indicator or more reports"
        )
    return in_one_scale(found[:most]), len(found) - len(found[:most])


def _by_year(rows: pd.DataFrame) -> dict[int, Row]:
    return {int(row["year"]): signed(row) for row in as_rows(rows)}


def _gaps(rows: pd.DataFrame) -> dict[int, str]:
    return {
        int(year): str(reason)
        for year, reason in zip(rows["year"], rows["reason"], strict=True)
        if pd.notna(year)
    }


def _has_value(rows: pd.DataFrame) -> pd.Series:
    return rows["value"].notna() | (rows["low"].notna() & rows["high"].notna())


def in_one_scale(series: Sequence[Series]) -> list[Series]:
    """The series with all figures in the scale that fits them together."""
    sizes = {"sizes": alike([row for one in series for row in one.rows()])[0]["sizes"]}

    def sized(rows: Mapping[int, Row]) -> dict[int, Row]:
        return {year: row | sizes for year, row in rows.items()}

    return [replace(one, points=sized(one.points), targets=sized(one.targets)) for one in series]


def in_year(
    rows: pd.DataFrame, year: int | None, chart: str
) -> tuple[list[Row], pd.DataFrame, int]:
    """The figures of a year, the cells that have none, and the year: without one that for which most
    places have a figure, the latest of equals.
    """
    actual = rows[rows["modality"].ne("planned")]
    stated = _has_value(actual)
    known = actual.loc[stated, "year"].astype(int)
    if known.empty:
        raise QzError(f"{chart}: none of the {len(rows)} cells of this indicator has a value")
    year = int(max(known.mode()) if year is None else year)
    if year not in set(known):
        there = ", ".join(str(y) for y in sorted(set(known)))
        raise QzError(f"{chart}: no figure for {year}; there are figures for {there}")
    own = actual["year"].eq(year)
    return [signed(row) for row in as_rows(actual[own & stated])], actual[own & ~stated], year
