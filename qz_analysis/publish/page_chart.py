"""The one chart of a place's page: an indicator over the years, else its rates."""

from functools import cached_property
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .. import charts
from ..charts.rows import as_rows
from ..charts.written import indicator_label
from ..comparison.county_years import panel
from ..comparison.wording import (
    when,
)
from ..errors import QzError
from ..extraction.agreement import wilson
from ..model import Tables
from ..vocabularies.session import load
from .figures import (
    LOST,
    is_rate,
    key_of,
    level_of,
    own_rate,
    usable,
)
from .page_reports import PageReports
from .place_page import PlacePage
from .voices import voice

Row = dict[str, Any]
#: inches of a chart over time
_SIZE = (7.5, 3.4)
#: rates of one place in a chart
_MOST_RATES = 12
_NAN = float("nan")
_WHOLE = 100


class PageChart:
    """Which figures the chart of a page draws, and the chart."""

    def __init__(self, page: PlacePage, reports: PageReports) -> None:
        self.page, self.reports = page, reports

    def drawing(self) -> Axes | None:
        """The one chart: over time where two years are there, else the rates; none where neither
        has enough to show.
        """
        years, source = self.best, self.reports.source_line()
        try:
            if years:
                made = self.by_year(years)
                return charts.trend(made, years, figsize=_SIZE, lang=self.page.lang, source=source)
            if self.tells_rates:
                return charts.rates(self.rates, lang=self.page.lang, source=source)
        except QzError:
            pass
        return None

    @property
    def tells_rates(self) -> bool:
        """Whether a picture of the rates says more than the table: two say there what they would say in
        one, those of one value show nothing, and without a count there is nothing to hold any against.
        """
        rates = self.rates
        several = len(rates) > 2 and not self.one_value(rates)
        return several and bool(rates["denominator"].notna().any())

    @staticmethod
    def one_value(rates: pd.DataFrame) -> str:
        """The one figure that more than two rates all are, as printed; empty where they differ."""
        printed = set(rates["text"]) if len(rates) > 2 else set()
        return str(printed.pop()) if len(printed) == 1 else ""

    def by_year(self, indicator: str) -> pd.DataFrame:
        """One indicator of the place by years. The reports say which figures are later than they are,
        and are not drawn.
        """
        own = self.own()
        # 突破百亿元 is no value where another figure of the year is listed
        told = own["indicator"].eq(indicator) & own["value"].notna()
        bound = own["bound"].isin(["min", "max"])
        firm = set(own.loc[told & ~bound, "period"])
        mine = replace_claims(self.page.result, own[~(told & bound & own["period"].isin(firm))])
        made = panel(mine, indicator, by="place").long
        # a place without a name of its own goes by its report there
        return made[made["place"].str.startswith(self.page.place.name) & made["value"].notna()]

    def drawn(self) -> list[Row]:
        """The figures of the indicator that the chart draws over the years."""
        own, key = self.own(), self.best
        made = self.by_year(key)
        drawn = {at for cell in made["claim"] for at in str(cell).split(";") if at}
        return [
            row for row in as_rows(own[own["indicator"].eq(key) & own["value"].notna()])
            if f"{row['doc']}:{row['start']}" in drawn
        ]  # fmt: skip

    def own(self) -> pd.DataFrame:
        """The figures of the place itself."""
        return self.page.claims[self.page.claims["place"].eq(self.page.place.name)]

    @cached_property
    def best(self) -> str:
        """The named indicator with figures for most years; none where no one has two."""
        own = self.own()
        told = own[
            own["indicator"].ne("")
            & own["period"].str.fullmatch(r"\d{4}")
            & own["value"].notna()
            & own["modality"].isin(["actual", ""])
            & ~own["status"].isin(LOST)
        ]
        years = told.groupby("indicator")["period"].nunique()
        order = list(load("named"))
        # of what is told for as many years a level says more than its growth
        found = sorted(
            (-n, level_of(key) != key, order.index(key), key)
            for key, n in years.items() if n > 1 and key in order
        )  # fmt: skip
        # what is planned, foreseen or a mere bound is not drawn, one point is no line, and a level one
        # shows nothing
        made = ((key, self.by_year(key)) for *_, key in found)
        several = (key for key, by in made if min(by["year"].nunique(), by["value"].nunique()) > 1)
        return next(several, "")

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The stated rates of the place that have a name or counts; the counts where the audit found
        that they hold: those that do not fit may be of another rate.
        """
        claims = self.page.facts.claims[self.page.claims["place"].eq(self.page.place.name)]
        told = [
            is_rate(row)
            and (row["indicator"] != "" or key_of(row) in self.page.counted)
            # more than all is a plan that was passed, and no share
            and row["value"] <= _WHOLE
            for row in as_rows(claims)
        ]
        mine = claims[told].head(_MOST_RATES)
        rows: list[Row] = []
        for row in as_rows(mine):
            verdict, _, counts = self.page.counted.get(key_of(row), ("", False, ()))
            known = counts if verdict == "ok" and all(map(usable, counts)) else ()
            above, below = (float(one["value"]) for one in known) if known else (_NAN, _NAN)
            low, high = wilson(int(above), int(below)) if known and below else (_NAN, _NAN)
            named = row["indicator"]
            about: Row = {"numerator": above, "denominator": below, "ci_low": low, "ci_high": high}
            about |= {
                "how": "stated",
                "audit": self.page.verdicts.get(key_of(row), ""),
                "caveats": "",
            }
            about["indicator"] = named or f"{row['family']}.{row['stage']}.{row['measure']}"
            # rows of one place are told by their names, which stand whole where places do
            name = str(indicator_label(named, self.page.lang) if named else self.page.words_of(row))
            name = own_rate(row, name) or name if self.page.lang == "zh" else name
            about["place"] = voice(self.page.facts).with_whose(self.page.facts, row, name)
            about["period"] = when(row["period"], self.page.lang)
            rows.append({**row, **about, "subject": "", "claims": str(row["start"])})
        mixed = len({row["period"] for row in rows}) > 1
        for row in rows:
            dated = f" ({row['period']})" if mixed and row["period"] else ""
            named = row["indicator"] in load("named")
            row["label"] = f"{row['place']}{dated}" if named or dated else ""
        return pd.DataFrame(rows)


def replace_claims(result: Tables, claims: pd.DataFrame) -> Tables:
    """The tables with other claims."""
    return Tables(claims, result.relations, result.reports, result.errors)
