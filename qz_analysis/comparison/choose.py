"""A choice of claims as a panel: the figures behind one picture, page by page if there are many."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..arithmetic.audit import audit
from ..errors import QzError
from ..model import claims_columns
from ..schema import PANEL, frame
from .caveats import nameless
from .indicators import STRATEGIES, Modality, by_start, of_modality, records, taken
from .panel import lined_up

__all__ = ["choose"]

#: what is chosen by, the wider before the narrower: each offers what those before it leave
CONTROLS = ("family", "stage", "measure", "period", "place")
_OWN = ("rate", "change", "per")  # kinds whose figures share no scale with counts of the same unit
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims: None stands for any value of a column, no places for all of them."""

    family: str | None = None
    stage: str | None = None
    measure: str | None = None
    period: str | None = None
    places: tuple[str, ...] = ()

    def wanted(self, control: str) -> tuple[str, ...]:
        """The values of a control that are chosen; none for any."""
        if control == "place":
            return self.places
        value = getattr(self, control)
        return () if value is None else (value,)

    def words(self) -> dict[str, Any]:
        """What is chosen, as arguments of `choose`."""
        named = {
            name: getattr(self, name) for name in CONTROLS[:-1] if getattr(self, name) is not None
        }
        return named | ({"places": list(self.places)} if self.places else {})


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
        modality: which figures are offered, as in `compare`.

    >>> from qz_analysis import extract
    >>> index = Index(extract("甲县受理事项43宗，办结36宗，办结率83.7%。接待群众来访12批次。"))
    >>> index.options(Choice(family="matters"), "measure")
    [('cases', 2), ('rate', 1)]
    """

    def __init__(self, claims: pd.DataFrame, modality: Modality = "actual") -> None:
        claims_columns(claims, ("doc", "report", "start", "role", "kind", *CONTROLS))
        self.claims = claims.reset_index(drop=True)
        measured = claims["kind"].where(claims["kind"].isin(_OWN), claims["measure"])
        # what part something is of a whole is no rate of it
        shares = claims["kind"].eq("rate") & claims["role"].eq("share")
        measured = measured.mask(shares, "share")
        columns = {name: claims[name] for name in CONTROLS} | {
            "measure": measured,
            "place": _apart(claims),
        }
        self._codes: dict[str, Positions] = {}
        self.values: dict[str, list[str]] = {}
        for name, column in columns.items():
            codes, values = pd.factorize(column.fillna("").astype(str))
            self._codes[name], self.values[name] = codes, list(map(str, values))
        self._reports, names = pd.factorize(_keys(claims))
        self._names = list(map(str, names))
        self._known: dict[int, pd.DataFrame] = {}
        self._own = claims["role"].fillna("").to_numpy() != "base"
        asked = of_modality(self.claims, modality, standards=True)
        self._own &= self.claims.index.isin(asked.index)

    def where(self, choice: Choice, before: str = "") -> Positions:
        """Positions of the claims that fit; `before` a control only by those wider than it."""
        fits = self._own.copy()
        for control in CONTROLS:
            if control == before:
                break
            wanted = choice.wanted(control)
            if not wanted:
                continue
            known = self.values[control]
            if strange := [value for value in wanted if value not in known]:
                raise QzError(
                    f"no claim has the {control} {strange[0]!r}; there are: {', '.join(map(repr, sorted(known)[:20]))}"
                    + " …" * (len(known) > 20)
                )
            codes = self._codes[control]
            fits &= codes == known.index(wanted[0]) if len(wanted) == 1 else np.isin(codes, [known.index(v) for v in wanted])  # fmt: skip
        return np.flatnonzero(fits)

    def options(self, choice: Choice, control: str) -> list[tuple[str, int]]:
        """The values that a control has among the claims that the wider ones leave, each with its
        number, most first.
        """
        counts = np.bincount(
            self._codes[control][self.where(choice, control)], minlength=len(self.values[control])
        )
        found = [(self.values[control][i], int(counts[i])) for i in np.flatnonzero(counts)]
        return sorted(found, key=lambda pair: -pair[1])

    def fitting(self, choice: Choice) -> Choice:
        """The choice without what no claim has any more: of narrower controls whatever the wider
        ones left nothing of.
        """
        for control in CONTROLS:
            there = {value for value, _ in self.options(choice, control)}
            kept = tuple(value for value in choice.wanted(control) if value in there)
            if control == "place":
                choice = replace(choice, places=kept)
            elif not kept:
                cleared: dict[str, Any] = {control: None}
                choice = replace(choice, **cleared)
        return choice

    def telling(self, choice: Choice | None = None) -> Choice:
        """The measure that most places state, of the family chosen or else of whichever it is: what
        is worth looking at first.
        """
        wanted = choice or Choice()
        at = self.where(replace(wanted, stage=None, measure=None), "period")
        keys = pd.DataFrame(
            {name: self._codes[name][at] for name in ("family", "measure", "place")}
        ).drop_duplicates()
        spread = keys.groupby(["family", "measure"], sort=False)["place"].nunique()
        # figures that no word gives a subject have nothing in common
        named = spread[spread.index.get_level_values("family") != self._code("family", "other")]
        if spread.empty:
            return wanted
        best: Any = (named if len(named) else spread).idxmax()
        family, measure = best
        return replace(
            wanted,
            family=self.values["family"][family],
            stage=None,
            measure=self.values["measure"][measure],
        )

    def _code(self, control: str, value: str) -> int:
        values = self.values[control]
        return values.index(value) if value in values else -1

    def panel(
        self, positions: Iterable[int], relations: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """The panel of the claims at some positions: rates with the counts that the audit found
        behind them.
        """
        chosen = self.claims.iloc[list(positions)]
        numbers = np.unique(self._reports[chosen.index.to_numpy()])
        reports = self.claims[np.isin(self._reports, numbers)]
        relations = self._audited(numbers) if relations is None else relations
        at = by_start(records(chosen))
        counted = {}
        if chosen["kind"].eq("rate").any():
            every: dict[str, Any] = {"families": [], "kinds": ["rate"]}
            counted = {_first(row): row for row in STRATEGIES["rates"](reports, relations, every) if row["how"] != "recomputed"}  # fmt: skip
        rows = [counted.get(key) or {**taken(row), "how": "stated", "claims": str(row["start"])} for key, row in at.items()]  # fmt: skip
        return frame(
            ([row[f.name] for f in PANEL] for row in lined_up(rows, reports, relations)), PANEL
        )

    def at(self, keys: Iterable[str]) -> list[int]:
        """Positions of claims by their keys, as `key_of` gives them."""
        positions = []
        for key in keys:
            doc, report, start = key.rsplit(":", 2)
            claims = self.claims
            fits = (
                claims["doc"].eq(doc)
                & claims["report"].eq(int(report))
                & claims["start"].eq(int(start))
            )
            positions += list(map(int, np.flatnonzero(fits.to_numpy())))
        return positions

    def _audited(self, numbers: Positions) -> pd.DataFrame:
        """The relations of some reports, each audited once."""
        new = [number for number in numbers if number not in self._known]
        if new:
            found = audit(self.claims[np.isin(self._reports, new)])
            keys = _keys(found)
            self._known |= {number: found[keys == self._names[number]] for number in new}
        return (
            pd.concat([self._known[number] for number in numbers])
            if len(numbers)
            else audit(self.claims.head(0))
        )


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
    stage: str | None = None,
    measure: str | None = None,
    period: str | None = None,
    places: str | Sequence[str] | None = None,
    modality: Modality = "actual",
    skip: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """Panel of the claims of one family, stage, measure, period or of some places: what `explore`
    shows, in a line of code.

    Args:
        claims: a claims table, as `extract` gives it.
        relations: the relations found in it; the reports concerned are audited anew when not given.
        family, stage, period: a value of that column; any unless given. A period is taken as it
            stands: 2011 leaves 2011-Q1 out.
        measure: `rate`, `change` or `per` for claims of that kind, `share` for parts of a whole
            (占31.7%), else a value of the column measure (batches, person_times, yuan, …).
        places: keep only these places; all unless given. A place without a name of its own (我县)
            that several reports have goes by its
            report, as 我县 (a:0).
        modality: `actual` figures unless asked: `planned` for targets, `required` for standards,
            `any` for all.
        skip, most: leave out so many figures, and take so many of the rest, in the order of the
            claims; all unless given.

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
    index = Index(claims, modality)
    positions = index.where(Choice(family, stage, measure, period, several(places)))
    panel = index.panel(positions[skip : None if most is None else skip + most], relations)
    panel.attrs |= {"of": len(positions), "rows": len(panel)}
    return panel
