"""A choice of claims as a panel: the figures behind one picture, page by page if there are many."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..arithmetic.audit import audit
from ..errors import QzError
from ..model import claims_columns, starts_of
from ..schema import ABOUT, PANEL, TITLES, frame
from ..script import simplify
from ..vocabularies.labels import code_of
from ..vocabularies.romanised import english_place
from ..vocabularies.units import TURNED
from .caveats import nameless
from .county_years import named
from .indicators import STRATEGIES, Modality, by_start, of_modality, records, taken
from .panel import lined_up

__all__ = ["choose"]

#: what is chosen by, the wider before the narrower: each offers what those before it leave
CONTROLS = ("family", "indicator", "stage", "measure", "period", "place")
#: what the rows of a choice are put together by; without one they stand as the reports have them
Order = Literal["place", "year"]
_OWN = ("rate", "change", "per")  # kinds whose figures share no scale with counts of the same unit
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims: None stands for any value of a column, no places for all of them.

    `find` are words that stand in the place or in the subject of each claim.
    """

    family: str | None = None
    stage: str | None = None
    measure: str | None = None
    period: str | None = None
    places: tuple[str, ...] = ()
    indicator: str | None = None
    modality: Modality = "actual"
    find: str = ""

    def wanted(self, control: str) -> tuple[str, ...]:
        """The values of a control that are chosen; none for any."""
        if control == "place":
            return self.places
        value = getattr(self, control)
        return () if value is None else (value,)

    def words(self) -> dict[str, Any]:
        """What is chosen, as arguments of `choose`."""
        given = {
            name: getattr(self, name) for name in CONTROLS[:-1] if getattr(self, name) is not None
        }
        given |= {"places": list(self.places)} if self.places else {}
        given |= {"modality": self.modality} if self.modality != "actual" else {}
        return given | ({"find": self.find} if self.find else {})


def key_of(row: Mapping[Any, Any], start: object = None) -> str:
    """What a claim is called outside a table, document:report:start, as `Index.at` finds it again.

    >>> key_of({"doc": "a", "report": 0, "start": 6}), key_of({"doc": "a", "report": 0}, "12")
    ('a:0:6', 'a:0:12')
    """
    return f"{row['doc']}:{row['report']}:{row['start'] if start is None else start}"


def several(places: str | Iterable[str] | None) -> tuple[str, ...]:
    """Places as a choice holds them, one alone too.

    >>> several("甲县"), several(["甲县", "乙县"]), several(None)
    (('甲县',), ('甲县', '乙县'), ())
    """
    return (places,) if isinstance(places, str) else tuple(places or ())


class Index:
    """A claims table made ready for choosing: each control as numbers, so that an answer takes
    milliseconds.

    Args:
        claims: a claims table; figures of earlier times (role `base`) are set aside, as in
            `compare`.

    >>> from qz_analysis import extract
    >>> index = Index(extract("甲县受理事项43宗，办结36宗，办结率83.7%。接待群众来访12批次。"))
    >>> index.options(Choice(family="matters"), "measure")
    [('cases', 2), ('rate', 1)]
    """

    def __init__(self, claims: pd.DataFrame) -> None:
        needed = ("doc", "report", "start", "role", "kind", "family", "stage", "measure", "period", "place")  # fmt: skip
        claims_columns(claims, needed)
        self.claims = claims.reset_index(drop=True)
        measured = claims["kind"].where(claims["kind"].isin(_OWN), claims["measure"])
        # what part something is of a whole is no rate of it
        shares = claims["kind"].eq("rate") & claims["role"].eq("share")
        measured = measured.mask(shares, "share")
        # older tables name no indicator
        none = pd.Series("", index=claims.index)
        columns = {name: claims.get(name, none) for name in (*CONTROLS, "subject", "unit")}
        columns |= {"measure": measured, "place": _apart(claims)}
        self._codes: dict[str, Positions] = {}
        self.values: dict[str, list[str]] = {}
        for name, column in columns.items():
            codes, values = pd.factorize(column.fillna("").astype(str))
            self._codes[name], self.values[name] = codes, list(map(str, values))
        years = [
            int(one) if len(one) == 4 and one.isdecimal() else -1 for one in self.values["period"]
        ]
        #: the year of each claim that speaks of one and of no part of it, else -1
        self.years = np.array(years, int)[self._codes["period"]] if years else np.array([], int)
        self._reports, names = pd.factorize(_keys(claims))
        self._names = list(map(str, names))
        order = np.argsort(self._reports, kind="stable")
        ends = np.cumsum(np.bincount(self._reports, minlength=len(names)))
        self._of_report = np.split(order, ends[:-1]) if len(names) else []
        self._known: dict[int, pd.DataFrame] = {}
        self._none: pd.DataFrame | None = None
        own = claims["role"].fillna("").to_numpy() != "base"
        self._of: dict[str, npt.NDArray[np.bool_]] = {}
        for modality in get_args(Modality):
            asked = of_modality(self.claims, modality, standards=True)
            fits = np.zeros(len(claims), bool)
            fits[asked.index] = True
            self._of[modality] = fits & own
        self._found: dict[str, npt.NDArray[np.bool_]] = {}

    def coded(self, choice: Choice) -> Choice:
        """The choice with values that are called by a name of theirs, in either language."""
        said: dict[str, Any] = {}
        for control in ("family", "indicator", "stage", "measure"):
            value = getattr(choice, control)
            if value and value not in self.values[control]:
                said[control] = code_of(control, value)
        if (name := said.get("indicator")) == choice.indicator and name:
            with suppress(QzError):  # what no claim has is told later
                said["indicator"] = named(name)[0]
        return replace(choice, **said)

    # ---- which claims

    def where(self, choice: Choice, before: str = "") -> Positions:
        """Positions of the claims that fit; `before` a control only by those wider than it."""
        return np.flatnonzero(self._fits(choice, before))

    def _fits(self, choice: Choice, before: str = "") -> npt.NDArray[np.bool_]:
        if choice.modality not in self._of:
            known = ", ".join(get_args(Modality))
            raise QzError(f"there is no modality {choice.modality!r}; there are: {known}")
        fits = self._of[choice.modality] & self._finds(choice.find)
        for control in CONTROLS:
            if control == before:
                break
            if wanted := choice.wanted(control):
                fits &= self._has(control, wanted)
        return fits

    def _has(self, control: str, wanted: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Which claims have one of the values."""
        known = self.values[control]
        if strange := [value for value in wanted if value not in known]:
            there = ", ".join(map(repr, sorted(known)[:20])) + " …" * (len(known) > 20)
            raise QzError(f"no claim has the {control} {strange[0]!r}; there are: {there}")
        codes = np.array([known.index(value) for value in wanted])
        held = self._codes[control]
        return np.asarray(held == codes[0] if len(codes) == 1 else np.isin(held, codes))

    def _finds(self, words: str) -> npt.NDArray[np.bool_]:
        """Which claims hold the words in their place, in either language, or in their subject."""
        wanted = simplify(words).strip().casefold()
        if not wanted:
            return np.ones(len(self.claims), bool)
        if wanted not in self._found:
            latin = wanted.isascii()
            fits = np.zeros(len(self.claims), bool)
            for column in ("place", "subject"):
                held = [
                    wanted in value.casefold()
                    or (latin and column == "place" and wanted in english_place(value).casefold())
                    for value in self.values[column]
                ]
                fits |= np.array(held, bool)[self._codes[column]]
            self._found = {wanted: fits}  # of one search only: a hand types letter by letter
        return self._found[wanted]

    def options(self, choice: Choice, control: str) -> list[tuple[str, int]]:
        """The values that a control has among the claims that the wider ones leave, each with its
        number, most first.
        """
        return self._counted(control, self._fits(choice, control))

    def all_options(self, choice: Choice) -> dict[str, list[tuple[str, int]]]:
        """The options of every control, and of the modality."""
        fits = self._fits(choice, CONTROLS[0])
        found = {}
        for control in CONTROLS:
            found[control] = self._counted(control, fits)
            if wanted := choice.wanted(control):
                fits = fits & self._has(control, wanted)
        counts = [
            (one, int(self._fits(replace(choice, modality=one)).sum()))
            for one in get_args(Modality)
        ]
        return {"modality": counts, **found}

    def _counted(self, control: str, fits: npt.NDArray[np.bool_]) -> list[tuple[str, int]]:
        counts = np.bincount(self._codes[control][fits], minlength=len(self.values[control]))
        found = [(self.values[control][i], int(counts[i])) for i in np.flatnonzero(counts)]
        return sorted(found, key=lambda pair: -pair[1])

    def fitting(self, choice: Choice) -> Choice:
        """The choice without what no claim has any more: of narrower controls whatever the wider
        ones left nothing of. A search gives nothing up, since it is cleared again.
        """
        unsought = replace(choice, find="")
        for control in CONTROLS:
            there = {value for value, _ in self.options(unsought, control)}
            kept = tuple(value for value in choice.wanted(control) if value in there)
            if control == "place":
                unsought = replace(unsought, places=kept)
            elif not kept:
                cleared: dict[str, Any] = {control: None}
                unsought = replace(unsought, **cleared)
        return replace(unsought, find=choice.find)

    def telling(self, choice: Choice | None = None) -> Choice:
        """What most places state over the most years, of the family chosen or else of any: a named
        indicator, or a measure where no figure is one. It is worth looking at first.
        """
        wanted = choice or Choice()
        wide = replace(wanted, indicator=None, stage=None, measure=None)
        at = self.where(wide, "period")
        for names in (["indicator"], ["family", "measure"]):
            held = [*names, "place", "period"]
            keys = pd.DataFrame({name: self._codes[name][at] for name in held}).drop_duplicates()
            spread = keys.groupby(names, sort=False)[["place"]].size()
            # figures that no word names, or gives a subject, have nothing in common
            empty = self._code(names[0], "" if names == ["indicator"] else "other")
            told = spread[spread.index.get_level_values(0) != empty]
            if names != ["indicator"]:
                told = told if len(told) else spread
            if len(told):
                best: Any = told.idxmax()
                codes = best if isinstance(best, tuple) else (best,)
                values = {
                    name: self.values[name][code] for name, code in zip(names, codes, strict=True)
                }
                return replace(wide, **values)
        return wide

    def _code(self, control: str, value: str) -> int:
        values = self.values[control]
        return values.index(value) if value in values else -1

    def ordered(self, positions: Positions, order: Order | None) -> Positions:
        """Positions put together by place or by year; targets behind what is."""
        if order is None:
            return positions
        planned = ~self._of["actual"][positions]
        places, years = self._codes["place"][positions], self.years[positions]
        undated = years < 0
        keys = (years, undated, places) if order == "place" else (places, years, undated)
        return positions[np.lexsort((*keys, planned))]

    # ---- as tables

    def by_year(self, positions: Positions) -> "ByYear":
        """The figures of one indicator by place and year, as `charts.trend` draws them."""
        return ByYear(self, positions)

    def panel(
        self,
        positions: Iterable[int],
        relations: pd.DataFrame | None = None,
        order: Order | None = None,
        hasty: bool = False,
    ) -> pd.DataFrame:
        """The panel of the claims at some positions: rates with the counts that the audit found
        behind them. In haste no report is audited that was not audited before.
        """
        chosen = self.claims.iloc[list(positions)]
        numbers = np.unique(self._reports[chosen.index.to_numpy()])
        reports = self._reports_of(numbers)
        if relations is None:
            relations = self._audited([] if hasty else numbers, numbers)
        else:
            relations = relations[relations["doc"].isin(reports["doc"].unique())]
        at = by_start(records(chosen))
        counted = {}
        if chosen["kind"].eq("rate").any():
            counted = _counted_rates(chosen, reports, relations)
        by: Any = "period" if order == "year" else "place"
        rows = [counted.get(key) or {**taken(row), "how": "stated", "claims": str(row["start"])} for key, row in at.items()]  # fmt: skip
        made = frame(
            ([row[f.name] for f in PANEL] for row in lined_up(rows, reports, relations, by)), PANEL
        )
        return self.titled(made)

    def titled(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with the titles of documents that the claims bring along."""
        known = self.claims.attrs
        table.attrs |= {name: known[name] for name in (TITLES, ABOUT) if name in known}
        return table

    def _reports_of(self, numbers: Iterable[int]) -> pd.DataFrame:
        """The claims of some reports, in their order."""
        parts = [self._of_report[number] for number in numbers]
        return self.claims.take(np.sort(np.concatenate(parts)) if parts else [])

    def at(self, keys: Iterable[str]) -> list[int]:
        """Positions of claims by their keys, as `key_of` gives them."""
        positions: list[int] = []
        starts = self.claims["start"].to_numpy()
        for key in keys:
            report, _, start = key.rpartition(":")
            own = self._of_report[self._names.index(report)]
            positions += own[starts[own] == int(start)].tolist()
        return positions

    def waits(self, positions: Iterable[int]) -> bool:
        """Whether a report of the claims at some positions was not audited yet."""
        return any(number not in self._known for number in self._reports[list(positions)])

    def _audited(self, anew: Iterable[int], wanted: Iterable[int]) -> pd.DataFrame:
        """The relations of some reports, as far as known; each is audited once."""
        new = [number for number in anew if number not in self._known]
        if new:
            found = audit(self._reports_of(new))
            keys = _keys(found)
            self._known |= {number: found[keys == self._names[number]] for number in new}
        if self._none is None:
            self._none = audit(self.claims.head(0))
        known = [self._known[number] for number in wanted if number in self._known]
        return pd.concat(known) if known else self._none


class ByYear:
    """What the claims at some positions say of each place and year: one figure, or from which to
    which where they differ. Only whole years are held, and only the commonest unit.

    >>> from qz_analysis import extract
    >>> index = Index(extract("2011年甲县调解成功率98%。2012年甲县调解成功率97%，2012年甲县调解成功率96%。"))
    >>> found = index.by_year(index.where(Choice(indicator="mediation_success_rate")))
    >>> found.table(["甲县"])[["year", "value", "low", "high", "several"]].values.tolist()
    [[2011.0, 98.0, nan, nan, 1.0], [2012.0, nan, 96.0, 97.0, 2.0]]
    """

    def __init__(self, index: Index, positions: Positions) -> None:
        self._index, claims = index, index.claims
        own = claims.take(positions)
        legible = own["status"].eq("ok") & (own["value"].notna() | own["low"].notna())
        dated = index.years[positions] >= 0
        units = index._codes["unit"][positions]
        known = legible.to_numpy(bool) & dated
        most = np.bincount(units[known]).argmax() if known.any() else -1
        kept = known & (units == most)
        #: why figures are not on the axis, with their numbers
        self.left = {
            "missing": int((~legible).sum()),
            "undated": int((legible.to_numpy(bool) & ~dated).sum()),
            "other_units": int((known & ~kept).sum()),
        }
        self.positions = positions[kept]
        self._places = index._codes["place"][self.positions]
        codes, first = np.unique(self._places, return_index=True)
        #: places in the order in which the reports name them
        self.places = [index.values["place"][code] for code in codes[np.argsort(first)]]

    def of(self, places: Sequence[str]) -> Positions:
        """Positions of the figures of some places."""
        codes = [self._index._code("place", place) for place in places]
        return self.positions[np.isin(self._places, codes)]

    def table(self, places: Sequence[str]) -> pd.DataFrame:
        """One row a place, year and modality, with the columns that `charts.trend` reads;
        `positions` are the claims behind it.
        """
        index, at = self._index, self.of(places)
        held = ["value", "low", "high", "direction", "bound", "unit", "doc", "indicator"]
        told = index.claims.reindex(columns=[*held, "modality"]).take(at)
        cells: dict[tuple[str, int, str], list[tuple[int, Any]]] = {}
        for position, row in zip(at.tolist(), told.itertuples(index=False), strict=True):
            place = index.values["place"][index._codes["place"][position]]
            kind = "planned" if row.modality == "planned" else "actual"
            key = (place, int(index.years[position]), kind)
            cells.setdefault(key, []).append((position, row))
        order = {place: i for i, place in enumerate(places)}
        keys = sorted(cells, key=lambda key: (order[key[0]], key[1], key[2]))
        rows = [self._row(key, cells[key]) for key in keys]
        return index.titled(pd.DataFrame(rows, columns=[*_BY_YEAR]))

    def _row(self, key: tuple[str, int, str], own: list[tuple[int, Any]]) -> list[Any]:
        """One cell: what its figures say together."""
        one, positions = own[0][1], [at for at, _ in own]
        ends = [_ends(row) for _, row in own]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        bounds = [
            TURNED.get(row.bound, row.bound) if row.direction == "down" else row.bound
            for _, row in own
        ]
        told = {(*pair, str(bound)) for pair, bound in zip(ends, bounds, strict=True)}
        alone = low == high
        value, bound = (low, str(bounds[0])) if alone else (np.nan, "range")
        lowest, highest = (np.nan, np.nan) if alone else (low, high)
        place, year, modality = key
        return [place, year, str(one.indicator or ""), value, lowest, highest, bound, str(one.unit), "stated",
                modality, len(told), str(one.doc), positions]  # fmt: skip


_BY_YEAR = ("place", "year", "indicator", "value", "low", "high", "bound", "unit", "how",
            "modality", "several", "doc", "positions")  # fmt: skip


def _ends(row: Any) -> tuple[float, float]:
    """Lower and upper end of a figure, a fall below 0."""
    low, high = (row.value, row.value) if row.value == row.value else (row.low, row.high)
    return (-high, -low) if row.direction == "down" else (low, high)


def _keys(table: pd.DataFrame) -> "pd.Series[str]":
    """Document and report of each row, as document:report."""
    return table["doc"].astype(str) + ":" + table["report"].astype(str)


def _apart(claims: pd.DataFrame) -> "pd.Series[str]":
    """The places, those without a name of their own (我县, **县) taken apart by report where more
    than one report has them.
    """
    places = claims["place"].fillna("").astype(str)
    reports = _keys(claims)
    shared = reports.groupby(places).nunique().gt(1)
    unnamed = {
        place for place, several in shared.items() if several and place and nameless(str(place))
    }
    return places.mask(places.isin(unnamed), places + " (" + reports + ")")


def _first(row: dict[str, Any]) -> tuple[Hashable, ...]:
    return row["doc"], row["report"], int(str(row["claims"]).partition(";")[0])


def choose(
    claims: pd.DataFrame,
    relations: pd.DataFrame | None = None,
    *,
    family: str | None = None,
    indicator: str | None = None,
    stage: str | None = None,
    measure: str | None = None,
    period: str | None = None,
    places: str | Sequence[str] | None = None,
    modality: Modality = "actual",
    find: str = "",
    by: Literal["figure", "year"] = "figure",
    order: Order | None = None,
    skip: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """Panel of the claims of one family, indicator, stage, measure, period or of some places: what
    `explore` shows, in a line of code.

    Args:
        claims: a claims table, as `extract` gives it.
        relations: the relations found in it; the reports concerned are audited anew when not given.
        family, stage, period: a value of that column, or its name in either language (调解); any
            unless given. A period is taken as it stands: 2011 leaves 2011-Q1 out.
        indicator: a named indicator, by its key or by its name in English or Chinese; any unless
            given.
        measure: `rate`, `change` or `per` for claims of that kind, `share` for parts of a whole
            (占31.7%), else a value of the column measure (batches, person_times, yuan, …).
        places: keep only these places; all unless given. A place without a name of its own (我县)
            that several reports have goes by its
            report, as 我县 (a:0).
        modality: `actual` figures unless asked: `planned` for targets, `required` for standards,
            `any` for all.
        find: words that must stand in the place, in English or Chinese, or in the subject.
        by: `figure` for one row a figure; `year` for one row a place and year of one indicator, as
            `charts.trend` draws them, from which to which where figures differ.
        order: `place` or `year` puts figures of one together, targets last; unless given they stand
            as the reports have them.
        skip, most: leave out so many figures, and take so many of the rest, in that order; all
            unless given.

    Returns:
        one row per figure with the columns of `schema.PANEL`, lined up by place, never ranked;
        masked figures are there without a value.
        Caveats hold among the rows given. `attrs["of"]` is the number of figures that fit,
        `attrs["rows"]` of those given.

    Raises:
        QzError: a value that no claim has (the message lists those that there are), or no claims
            table.

    >>> from qz_analysis import extract
    >>> claims = extract("甲县受理事项43宗，办结36宗，办结率83.7%。接待群众来访12批次。")
    >>> choose(claims, family="matters", measure="rate")[["text", "numerator", "denominator"]].values.tolist()
    [['83.7%', 36.0, 43.0]]
    """
    for what, said, known in (("rows", by, ("figure", "year")), ("order", order, (None, "place", "year"))):  # fmt: skip
        if said not in known:
            ways = ", ".join(filter(None, known))
            raise QzError(f"choose: there is no {what} by {said!r}; there are: {ways}")
    index = Index(claims)
    choice = index.coded(
        Choice(family, stage, measure, period, several(places), indicator, modality, find)
    )
    positions = index.ordered(index.where(choice), order)
    if by == "year":
        if choice.indicator is None:
            raise QzError('choose: by="year" needs one indicator; say which, e.g. indicator="gdp"')
        found = index.by_year(positions)
        return found.table(found.places).drop(columns="positions")
    panel = index.panel(positions[skip : None if most is None else skip + most], relations, order)
    panel.attrs |= {"of": len(positions), "rows": len(panel)}
    return panel


def _counted_rates(
    chosen: pd.DataFrame, reports: pd.DataFrame, relations: pd.DataFrame
) -> dict[tuple[Hashable, ...], dict[str, Any]]:
    """The rates among some claims with the counts behind them, by their claim."""
    parts = {at for one in relations.loc[relations["type"].eq("rate"), "starts"] for at in starts_of(one)}  # fmt: skip
    held = reports[reports.index.isin(chosen.index) | reports["start"].isin(parts)]
    every: dict[str, Any] = {"families": [], "kinds": ["rate"]}
    rows = STRATEGIES["rates"](held, relations, every)
    return {_first(row): row for row in rows if row["how"] != "recomputed"}
