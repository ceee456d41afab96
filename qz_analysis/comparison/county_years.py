"""The panel of places by years: named indicators, one cell for each, with its evidence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from ..arithmetic.audit import audit
from ..errors import QzError
from ..model import NEEDED, Claim, Tables, claims_columns, read_claim, starts_of
from ..schema import CELL_EVIDENCE, COUNTY_YEARS, frame
from ..vocabularies.divisions import coded, latest, line, redrawn
from ..vocabularies.session import load
from .caveats import nameless
from .cells import Cell, Figure, Key, figure, kind_of, leads_on, recomputed, settle, years_of
from .series import estimates

if TYPE_CHECKING:
    from ..runs.store import Store

__all__ = ["Panel", "panel"]

_MODALITIES = ("actual", "planned", "required")
_NAN = float("nan")
_CLAUSE = re.compile("[,;:。!?\n]")
_Unit = tuple[
    str, str
]  # what a row is known by: a code, or a name with its report where it is masked
#: columns of a cell in the wide form, behind the name of the indicator
PARTS = ("", "_low", "_high", "_bound", "_unit", "_how", "_num", "_den", "_claim", "_several",
         "_reason")  # fmt: skip
_FROM = ("value", "low", "high", "bound", "unit", "how", "numerator", "denominator", "claim",
         "several", "reason")  # fmt: skip
_KEYS = ("adcode", "place", "level", "year")
_STABLE = ("stable_code", "changed")


@dataclass(frozen=True, eq=False)
class Panel:
    """A panel of places by years: four plain tables of one choice of figures.

    It is an object, since what a table carries beside its columns (`attrs`) is lost in the first
    merge, and the evidence must not be.

    Attributes:
        long: one row per place, year, indicator and modality, with the columns of
            `schema.COUNTY_YEARS`.
        evidence: every figure that was looked at, with its sentence and its verdict
            (`schema.CELL_EVIDENCE`).

    >>> from qz_analysis import panel, tables
    >>> made = panel(tables("满城区2019年政府工作报告。2019年，满城区生产总值完成95亿元，增长6.2%。"))
    >>> made.wide[["adcode", "year", "gdp", "gdp_growth"]].values.tolist()
    [['130607', 2019, 9500000000.0, 6.2]]
    >>> made.evidence["verdict"].tolist(), len(made.missing), made.indicators
    (['chosen', 'chosen'], 0, ['gdp', 'gdp_growth'])
    """

    long: pd.DataFrame
    evidence: pd.DataFrame
    stable: bool = False

    @cached_property
    def wide(self) -> pd.DataFrame:
        """One row per place and year; of each indicator the columns NAME, NAME_low, NAME_high,
        NAME_bound, NAME_unit, NAME_how, NAME_num, NAME_den, NAME_claim, NAME_several and
        NAME_reason; targets beside actual figures have NAME_target for NAME.
        """
        keys = [*_KEYS, *(_STABLE if self.stable else ())]
        heads = self.long[keys].drop_duplicates(["adcode", "place", "year"]).reset_index(drop=True)
        index = pd.MultiIndex.from_frame(heads[["adcode", "place", "year"]])
        mixed = self.long["modality"].nunique() > 1
        columns: dict[str, pd.Series[Any]] = {name: heads[name] for name in keys}
        for (name, modality), mine in self.long.groupby(["indicator", "modality"], sort=False):
            stem = f"{name}_target" if mixed and modality == "planned" else str(name)
            at = mine.set_index(["adcode", "place", "year"]).reindex(index)
            for part, source in zip(PARTS, _FROM, strict=True):
                cells = at[source].reset_index(drop=True)
                if source == "several":
                    cells = cells.fillna(0).astype("int64")
                elif source in {"bound", "unit", "how", "claim", "reason"}:
                    cells = cells.fillna("").astype("str")
                columns[stem + part] = cells
        return pd.DataFrame(columns)

    @property
    def missing(self) -> pd.DataFrame:
        """The empty cells, each with its reason."""
        empty = self.long[self.long["reason"].ne("")]
        return empty[[*_KEYS, "indicator", "modality", "reason"]].reset_index(drop=True)

    @property
    def indicators(self) -> list[str]:
        """Names of the indicators, in the order of the columns."""
        return list(dict.fromkeys(self.long["indicator"]))

    def __len__(self) -> int:
        return len(self.wide)

    def __repr__(self) -> str:
        filled = int(self.long["reason"].eq("").sum())
        return (
            f"<Panel: {len(self):,} places by years, {len(self.indicators)} indicators, "
            f"{filled:,} of {len(self.long):,} cells filled; see .wide, .long, .evidence, .missing>"
        )

    def _repr_html_(self) -> str:
        names = [*_KEYS, *(n for n in self.wide if n in self.indicators)]
        return str(
            self.wide[names].to_html(
                max_rows=20, na_rep="", notebook=True, float_format="{:,.12g}".format
            )
        )


def panel(
    source: "Tables | Store | pd.DataFrame",
    indicators: Sequence[str] | str | None = None,
    *,
    by: Literal["adcode", "place"] = "adcode",
    freq: Literal["year"] = "year",
    stable: bool = False,
    modality: Literal["actual", "planned", "required"] = "actual",
    targets: bool = False,
    derived: bool = False,
) -> Panel:
    """Places by years: one cell per named indicator, with its evidence or the reason why it is empty.

    Where texts give several figures for a cell, the first of these that tells them apart chooses:
    a total before a part, the place's own report before another's, a stated rate before a
    recomputed one and both before an estimate (预计), exact before hedged, dated by words before the date of the section, the report
    or the document. Figures that may be one number (95亿元, 95.2亿元以上 not) agree. Two reports of
    equal standing that disagree leave the cell empty and `ambiguous`. A figure for part of a year
    or over several years never fills the cell of a year.

    Args:
        source: what `qz.tables` or `qz.open` gives, or a claims table; with the reports, a cell
            for which no figure was found in a report of that year (`not stated`) is told from one
            of a year of which no report was found (`no report`).
        indicators: names of `named_indicators()` in English or Chinese; all that occur unless
            given.
        by: rows by code and year (`adcode`), or by the name that the reports use (`place`).
        freq: `year` alone, so far.
        stable: by code, one place through all changes of code, name and rank (徐水县 130625, then
            徐水区 130609), with `stable_code` and `changed`.
        modality: which figures: `actual`, `planned` (targets) or `required`.
        targets: targets too, in columns of their own (`gdp_target`).
        derived: fill the level of a year from its growth and the level stated for the year before,
            where nothing else does; growth at constant prices is never used.

    Returns:
        a `Panel` with the tables `wide`, `long`, `evidence` and `missing`.

    Raises:
        QzError: there is no such indicator, order, frequency or modality; or the table has no
            column `indicator`.

    >>> from qz_analysis import tables
    >>> made = panel(tables("满城区2019年政府工作报告。2019年，满城区调解成功率98%。"), "调解成功率")
    >>> made.long[["place", "year", "indicator", "value", "unit", "how"]].values.tolist()
    [['满城区', 2019, 'mediation_success_rate', 98.0, '%', 'stated']]
    """
    for what, said, known in (
        ("order", by, ("adcode", "place")),
        ("frequency", freq, ("year",)),
        ("modality", modality, _MODALITIES),
    ):
        if said not in known:
            raise QzError(f"there is no {what} {said!r}; there are: {', '.join(known)}")
    if stable and by == "place":
        raise QzError('stable places are known by their codes; leave out by="place"')
    claims, relations, reports = _parts(source)
    asked = None if indicators is None else named(indicators)
    made = _Made(claims, relations, reports, by == "adcode", stable, asked)
    return made.panel(
        [modality, *(["planned"] if targets and modality != "planned" else [])], derived
    )


def named(indicators: Sequence[str] | str) -> list[str]:
    """The keys of indicators that are called by key, by title or by a Chinese word of theirs.

    >>> named(["调解成功率", "gdp"]), named("GDP")
    (['mediation_success_rate', 'gdp'], ['gdp'])
    """
    asked = [indicators] if isinstance(indicators, str) else indicators
    return list(dict.fromkeys(_key(name) for name in asked))


def _key(name: str) -> str:
    known = load("named")
    if name in known:
        return name
    for column in ("zh", "en", "words"):
        fits = [k for k, said in known.items() if name in (said.get(column) or ())
                and (column == "words" or name == said[column])]  # fmt: skip
        if len(fits) == 1:
            return fits[0]
    every = [*known, *(said[lang] for said in known.values() for lang in ("zh", "en"))]
    shared = [one for one in every if len(name) > 1 and name in one]
    near = list(dict.fromkeys([*get_close_matches(name, every, 4, 0.5), *shared]))[:6]
    told = f"did you mean {', '.join(near)}?" if near else "qz.named_indicators() lists them"
    raise QzError(f"there is no indicator {name!r}; {told}")


def _parts(source: Any) -> tuple[pd.DataFrame, pd.DataFrame | None, pd.DataFrame | None]:
    """Claims, and relations and reports where they are known."""
    if isinstance(source, pd.DataFrame):
        claims, relations, reports = source, None, None
    elif isinstance(source, Tables):
        claims, relations, reports = source.claims, source.relations, source.reports
    elif callable(getattr(source, "claims", None)):
        claims, relations, reports = source.claims(), source.relations(), source.reports()
    else:
        kind = type(source).__name__
        raise QzError(f"a panel is made of what qz.tables or qz.open gives, not of a {kind}")
    claims_columns(claims, [*NEEDED, "indicator"])
    return claims, relations, reports


@dataclass(frozen=True, slots=True)
class _Home:
    """A report: whose it is, of which years, and when it was delivered."""

    place: str
    adcode: str
    years: range
    dated: str
    title: str = ""
    #: the years that it says that it tells of
    tells_of: range = range(0)

    def name(self, doc: str) -> str:
        """What the report goes by: its own title, else the name of its file; no title is made up."""
        return self.title or doc


class _Made:
    """A panel under way: figures by key, then cells."""

    def __init__(
        self,
        claims: pd.DataFrame,
        relations: pd.DataFrame | None,
        reports: pd.DataFrame | None,
        by_code: bool,
        stable: bool,
        asked: list[str] | None,
    ) -> None:
        self.by_code, self.stable = by_code, stable
        self.homes = _homes(claims, reports)
        wanted = load("named")
        counts = [c for k in asked or () for c in (*wanted[k].get("counts", ()), *_of(k))]
        chosen = claims["indicator"].isin([*asked, *counts] if asked is not None else list(wanted))
        rows = claims[chosen & claims["indicator"].ne("")]
        self.claims = [read_claim({str(k): v for k, v in row.items()}) for row in rows.to_dict("records")]  # fmt: skip
        self.indicators = asked if asked is not None else list(wanted)
        rated = rows[rows["kind"].eq("rate")]
        if relations is None and len(rated):
            relations = audit(claims[claims["doc"].isin(rated["doc"].unique())])
        self.counts = _counts(claims, relations)
        self.listed = _listed(claims, wanted) if len(rows) else {}
        self.estimates = estimates(claims) if len(rows) else set()
        self.astray: list[tuple[Claim, str]] = []
        self.figures: dict[Key, list[Figure]] = defaultdict(list)
        self._read()
        self._recompute()
        if asked is None:
            occur = {key[3] for key in self.figures} | {c.indicator for c, _ in self.astray}
            self.indicators = [key for key in wanted if key in occur]

    def _read(self) -> None:
        """Sorts every figure under the key of its place, year, indicator and modality."""
        for claim in self.claims:
            home = self.homes.get((claim.doc, claim.report), _Home("", "", range(0), ""))
            stock = bool(load("named")[claim.indicator].get("stock"))
            kind, years = kind_of(
                claim,
                home.dated,
                stock=stock,
                listed=self.listed.get((claim.doc, claim.report, claim.start), ""),
            )
            unit = self._unit(claim, years)
            if not unit or not kind:
                self.astray.append((claim, "no year" if unit else "no code"))
                continue
            own = claim.place == home.place or (
                bool(claim.adcode) and _line(claim, years) == _line(home, home.years)
            )
            for year in years:
                key = (*unit, year, claim.indicator, claim.modality or "actual")
                made = figure(claim, key, kind, own, home.dated)
                above, below = self.counts.get((claim.doc, claim.report, claim.start), (None, None))
                if above is not None:
                    made = _with(made, above, below)
                if key[4] == "actual" and (claim.doc, claim.report, claim.start) in self.estimates:
                    made = replace(made, how="expected")
                self.figures[key].append(made)

    def _unit(self, claim: Claim, years: range) -> _Unit | None:
        """What the row of a claim is known by: code, or name, masked names with their report."""
        if self.by_code:
            if not claim.adcode:
                return None
            return (_line(claim, years) if self.stable else claim.adcode), ""
        masked = nameless(claim.place)
        return "", f"{claim.place} ({claim.doc}:{claim.report})" if masked else claim.place

    def _recompute(self) -> None:
        """Rates that a report gives the counts of, and does not state."""
        for rate, said in load("named").items():
            if rate not in self.indicators or "counts" not in said:
                continue
            top, bottom = said["counts"]
            for key in [k for k in self.figures if k[3] == top]:
                below = self.figures.get((*key[:3], bottom, key[4]), ())
                for a in self.figures[key]:
                    for b in below:
                        near = a.report == b.report and a.claim.sentence == b.claim.sentence
                        if near and a.kind == b.kind and (made := recomputed(rate, a, b)):
                            self.figures[made.key].append(made)

    def panel(self, modalities: Sequence[str], derived: bool) -> Panel:
        """The panel of some modalities."""
        units = self._rows(modalities, derived)
        # an indicator without any target has no columns for them
        aimed = {key[3] for key in self.figures if key[4] == "planned"}
        cells = {
            key: self._cell(key, reported)
            for unit, year, reported in units
            for indicator in self.indicators
            for modality in modalities
            if modality == modalities[0] or indicator in aimed
            for key in ((*unit, year, indicator, modality),)
        }
        heads = self._heads([(unit, year) for unit, year, _ in units])
        rows = [self._row(heads[key[:3]], key, cell, derived) for key, cell in cells.items()]
        found = [
            (*heads[key[:3]][:2], key[2], key[3], key[4], verdict, *_told(f))
            for key, cell in cells.items()
            for f, verdict in zip(cell.figures, cell.verdicts, strict=True)
        ]
        wanted = {*self.indicators}
        for claim, verdict in self.astray:
            if claim.indicator in wanted and (claim.modality or "actual") in modalities:
                one = figure(claim, ("", claim.place, -1, claim.indicator, ""), "", False, "")
                found.append((claim.adcode, claim.place, -1, claim.indicator,
                              claim.modality or "actual", verdict, *_told(one)))  # fmt: skip
        return Panel(frame(rows, COUNTY_YEARS), frame(found, CELL_EVIDENCE), self.stable)

    def _cell(self, key: Key, reported: bool = False) -> Cell:
        """The cell of a key."""
        goals = self.figures.get((*key[:4], "planned"), ()) if key[4] != "planned" else ()
        planned = any(f.kind == "year" and f.stands is not None for f in goals)
        return settle(self.figures.get(key, ()), planned=planned, reported=reported)

    def _rows(self, modalities: Sequence[str], derived: bool) -> list[tuple[_Unit, int, bool]]:
        """Which places and years have a row: those of a report, and those that a figure dates."""
        growth = {g for k in self.indicators for g in _of(k)} if derived else set()
        telling = {*self.indicators, *growth}
        reported, covered = set(), set()
        for (doc, report), home in self.homes.items():
            years = home.years[-1:] if home.years else ()
            for year in years:
                said = Claim(doc, report, 0, 0, "", None, place=home.place, adcode=home.adcode)
                if unit := self._unit(said, home.years[-1:]):
                    reported.add((unit, year))
                    covered |= {(unit, other) for other in (*home.years, *home.tells_of)}
        dated = {
            ((key[0], key[1]), key[2])
            for key, found in self.figures.items()
            if key[3] in telling
            and key[4] in modalities
            and any(f.kind in {"year", "part"} for f in found)
        }
        return [(*at, at in reported | covered) for at in sorted(reported | dated)]

    def _heads(
        self, rows: Iterable[tuple[_Unit, int]]
    ) -> dict[tuple[str, str, int], tuple[Any, ...]]:
        """Code, name, level, year, stable code and change of each row."""
        said: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        for key, found in self.figures.items():
            said[key[0], key[1]].update((f.claim.adcode, f.claim.place) for f in found)
        heads: dict[tuple[str, str, int], tuple[Any, ...]] = {}
        before: dict[str, tuple[str, str, int]] = {}
        for (code, name), year in rows:
            adcode, place = code, name
            names = [p for _, p in said[code, name]]
            if self.by_code:
                adcode = _held(code, year) if self.stable else code
                division = coded(adcode, year) or coded(adcode)
                place = division.name if division else next(iter(names), "")
            else:
                codes = {c for c, _ in said[code, name]}
                adcode = next(iter(codes)) if len(codes) == 1 else ""
                division = coded(adcode) if adcode else None
            changed = ""
            if self.stable:
                *old, then = before.get(code, (adcode, place, year))
                before[code] = adcode, place, year
                own = [] if old == [adcode, place] else [f"{' '.join(old)} → {adcode} {place}"]
                changed = "; ".join([*own, *redrawn(adcode, then, year)])
            heads[code, name, year] = (
                adcode, place, division.level if division else "", year,
                code if self.stable else "", changed,
            )  # fmt: skip
        return heads

    def _row(self, head: tuple[Any, ...], key: Key, cell: Cell, derived: bool) -> tuple[Any, ...]:
        """A row of the long form."""
        _, _, _, indicator, modality = key
        best = cell.chosen
        if best is None:
            made = self._derived(key) if derived and cell.reason != "ambiguous" else None
            if made:
                value, unit, behind = made
                doc = behind[0].claim.doc
                at = ";".join(f"{f.claim.doc}:{f.claim.start}" for f in behind)
                return (*head, indicator, value, _NAN, _NAN, "approx", unit, "derived", _NAN, _NAN,
                        "", modality, doc, -1, -1, at, cell.several, self._source(behind[0]))  # fmt: skip
            return (*head, indicator, _NAN, _NAN, _NAN, "", "", "", _NAN, _NAN, cell.reason,
                    modality, "", -1, -1, "", cell.several, "")  # fmt: skip
        at = ";".join(f"{c.doc}:{c.start}" for c in best.claims)
        counts = (float(c.value) if c and c.value is not None else _NAN
                  for c in (best.numerator, best.denominator))  # fmt: skip
        return (*head, indicator, best.value, best.low, best.high, best.bound, best.unit, best.how,
                *counts, "", modality, best.claim.doc, best.claim.start, best.claim.end, at,
                cell.several, self._source(best))  # fmt: skip

    def _source(self, one: Figure) -> str:
        """The name of the report of a figure."""
        home = self.homes.get(one.report)
        return home.name(one.claim.doc) if home else one.claim.doc

    def _derived(self, key: Key) -> tuple[float, str, list[Figure]] | None:
        """A level out of its growth and the level of the year before, both stated exactly."""
        code, place, year, indicator, modality = key
        for growth in _of(indicator):
            old = self._cell((code, place, year - 1, indicator, modality)).chosen
            by = self._cell((code, place, year, growth, modality)).chosen
            if old and by and old.bound == by.bound == "exact" and by.unit == "%":
                return old.value * (1 + by.value / 100), old.unit, [old, by]
        return None


def _homes(claims: pd.DataFrame, reports: pd.DataFrame | None) -> dict[tuple[str, int], _Home]:
    """Whose every report is, the year that most of its actual figures tell of, and its date.

    Without the table of reports its place is that of most claims.
    """
    homes: dict[tuple[str, int], _Home] = {}
    for (doc, report), mine in claims.groupby(["doc", "report"], sort=False):
        codes = mine["adcode"] if "adcode" in mine else pd.Series("", index=mine.index)
        [((place, code), _)] = Counter(zip(mine["place"], codes, strict=True)).most_common(1)
        told = mine[mine["modality"].eq("actual")] if "modality" in mine else mine
        periods = Counter(p for p in told["period"] if years_of(str(p))[0] == "year")
        year = periods.most_common(1)[0][0] if periods else ""
        homes[str(doc), int(str(report))] = _Home(str(place), str(code), years_of(year)[1], "")
    for row in () if reports is None else reports.fillna("").to_dict("records"):
        key = str(row["doc"]), int(row["report"])
        counted = homes[key].years if key in homes else range(0)
        years = counted or years_of(str(row["period"]))[1]
        code, dated = str(row.get("adcode", "")), str(row.get("dated", ""))
        dated = "" if "x" in dated else dated  # a masked year is before and after none
        said = years_of(str(row["period"]))[1]
        homes[key] = _Home(str(row["place"]), code, years, dated, str(row.get("title", "")), said)
    return homes


def _listed(claims: pd.DataFrame, known: Mapping[str, Any]) -> dict[tuple[str, int, int], str]:
    """The words that open the list in which a level stands, by its claim: of figures after 、 those
    before the figures that they go on from.
    """
    found: dict[tuple[str, int, int], str] = {}
    columns = (claims[name] for name in ("doc", "report", "sentence", "start", "before", "indicator"))  # fmt: skip
    at, opening = None, ""
    for doc, report, sentence, start, before, indicator in zip(*columns, strict=True):
        listed = before[:1] in {"、", "和", "及"}
        goes_on = at == (doc, report, sentence) and (listed or leads_on(before))
        if goes_on and (not listed or known.get(indicator, {}).get("stock")):
            found[doc, report, start] = opening
        opening = (opening if goes_on else "") + _CLAUSE.split(before)[-1]
        at = doc, report, sentence
    return found


def _counts(
    claims: pd.DataFrame, relations: pd.DataFrame | None
) -> dict[tuple[str, int, int], tuple[Claim | None, Claim | None]]:
    """The two counts behind each stated rate, as the audit found them to hold."""
    if relations is None or relations.empty:
        return {}
    rates = relations[relations["type"].eq("rate") & relations["verdict"].eq("ok")]
    wanted = {
        (doc, report, start): (doc, report, starts_of(starts))
        for doc, report, starts in zip(rates["doc"], rates["report"], rates["starts"], strict=True)
        for start in starts_of(starts)
    }
    rows = claims[claims["doc"].isin(rates["doc"].unique())]
    at = {
        key: read_claim({str(k): v for k, v in row.items()})
        for row in rows.to_dict("records")
        if (key := (row["doc"], row["report"], row["start"])) in wanted
    }
    found: dict[tuple[str, int, int], tuple[Claim | None, Claim | None]] = {}
    for doc, report, starts in wanted.values():
        if len(starts) == 3:
            top, bottom = (at.get((doc, report, s)) for s in starts[1:])
            found[doc, report, starts[0]] = top, bottom
    return found


def _with(made: Figure, above: Claim | None, below: Claim | None) -> Figure:
    return replace(made, numerator=above, denominator=below)


def _of(key: str) -> Iterator[str]:
    """The indicators of growth that a level may be derived from."""
    for growth, said in load("named").items():
        if said.get("of") == key and said["kinds"] == ["change"] and not said.get("real"):
            yield growth


def _told(one: Figure) -> tuple[Any, ...]:
    """What the evidence says of a figure, from `value` on."""
    claim = one.claim
    return (one.value, one.low, one.high, one.bound, one.unit, one.how, claim.period, claim.doc,
            claim.report, claim.start, claim.end, claim.text,
            claim.before + claim.text + claim.after)  # fmt: skip


def _line(known: Claim | _Home, years: range) -> str:
    """The stable code of what a code stood for in some years: that of the last of its line."""
    division = latest(known.adcode, years[-1] if years else None) or latest(known.adcode)
    return division.code if division else known.adcode


def _held(stable: str, year: int) -> str:
    """The code that a line bore in a year; the stable one where the list knows none."""
    return next((d.code for d in line(stable) if d.held(year)), stable)
