"""The ledger: reports of a place audit each other, over the years and between places."""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isfinite, nan
from typing import Any

import pandas as pd

from ..arithmetic.audit import BLIND
from ..arithmetic.intervals import ROUNDINGS, Interval, interval_of, passing, quotient
from ..arithmetic.judge import plain
from ..arithmetic.localise import Growth, Printed, Total, smallest_sets
from ..arithmetic.passages import IDLE, grams
from ..errors import QzError
from ..model import Claim, Tables, by_report
from ..schema import LEDGER, frame
from ..vocabularies.divisions import below, coded, redrawn
from ..vocabularies.labels import Lang, either, say, spoken
from ..vocabularies.session import load
from .series import COURT_WORK, Change, Key, Place, Print, Series, foreseen, series_of, signed
from .wording import value

__all__ = ["ledger"]

_WHOLE = Fraction(100)
_BANDS = (("strong", 0.01), ("fair", 0.1), ("weak", BLIND))
#: part of a revision that two breaks must each exceed for one figure to be named for both: below it
#: two honest revisions would too often look like one slip
_NOTABLE = 1 / 3


@dataclass(frozen=True, slots=True)
class _Check:
    """One check: the stated figure, what the others give for it, and whether the two meet."""

    type: str
    key: Key
    years: tuple[int, ...]
    stated: Print | Change
    others: tuple[Print, ...]
    computed: Interval
    #: the rounding with which the two meet; empty when they do not
    rounding: str
    #: how far apart they lie, as a share
    gap: float
    #: the quantities that take part; those of growth are named by their change
    parts: tuple[Key, ...] = ()

    @property
    def meets(self) -> bool:
        return bool(self.rounding)

    @property
    def claims(self) -> list[Claim]:
        return [self.stated.claim, *(one.claim for one in self.others)]

    @property
    def nodes(self) -> list[Any]:
        """What the check is tied to others by: the prints of its quantities, and its own change."""
        return [*self.parts, *([_name(self.stated.claim)] if self.type == "level_change" else [])]


def ledger(
    claims: "pd.DataFrame | Tables", *, revised: float = 3.0, lang: Lang | None = None
) -> pd.DataFrame:
    r"""What the reports of a place say of each other's figures: checks over years and places.

    A stated change is held against this year's and last year's level, a total of several years
    against the years, the counties of a city against the city, and one figure against the same
    figure in another document. Each figure is the interval that its digits promise. A check that
    does not hold is `open`: a question, since statistics are revised and scopes change. Where more
    is off than a revision explains, the smallest sets of figures that would mend it are named; so
    is the one figure that would mend two checks that fail by less, as a weaker question.

    Args:
        claims: a claims table, or the tables of a run, with the reports of several years.
        revised: how far, in %, a figure may be off because statistics were revised.
        lang: `en`, `zh` or `both`: the language of the column note.

    Returns:
        one row per check with the columns of `schema.LEDGER`, place by place.

    Raises:
        QzError: `revised` is no share from 0 to below 100, or scipy is missing.
        KeyError: a column is missing.

    >>> import qz_analysis as qz
    >>> from qz_analysis.model import Document
    >>> texts = {
    ...     "a": "甲山县2018年工作报告\n2018年，全县粮食总产量达到21.5万吨。",
    ...     "b": "甲山县2019年工作报告\n2019年，全县粮食总产量达到22.4万吨，增长2.4%。",
    ... }
    >>> table = ledger(qz.extract([Document(name, text) for name, text in texts.items()]))
    >>> table[["type", "years", "verdict", "note"]].values.tolist()
    [['level_change', '2018;2019', 'open', '21.5万吨 (2018) to 22.4万吨 (2019) makes +3.7 % … +4.7 %, stated +2.4%']]
    """
    lang = spoken(lang)
    if not 0 <= revised < 100:
        raise QzError(f"revised is {revised}; give a share in %, from 0 to below 100")
    table = _without_copies(claims) if isinstance(claims, Tables) else claims
    titles = _titles(claims.reports) if isinstance(claims, Tables) else {}
    series = series_of(by_report(table).items(), titles)
    checks = sorted(
        [*_level_changes(series), *_totals(series), *_parts(series), *_restated(series)],
        key=lambda check: (check.key.place, check.key.what, check.years, check.type),
    )
    mends = _mends(checks, series, revised)
    rows = [_row(check, mends.get(n, []), revised, lang) for n, check in enumerate(checks)]
    return frame(rows, LEDGER)


def _titles(reports: pd.DataFrame) -> dict[tuple[str, int], str]:
    """What stands above each report, which may name the county of a town."""
    said = reports["title"].fillna("") + "\n" + reports["place"].fillna("")
    return dict(zip(zip(reports["doc"], reports["report"], strict=True), said, strict=True))


def _without_copies(tables: Tables) -> pd.DataFrame:
    """The claims of reports that copy no earlier one: a copy says nothing more, and is audited."""
    reports = tables.reports[tables.reports["same_as"].ne("")]
    copies = pd.MultiIndex.from_frame(reports[["doc", "report"]])
    mine = pd.MultiIndex.from_frame(tables.claims[["doc", "report"]])
    return tables.claims[~mine.isin(copies)]


# --- the checks -------------------------------------------------------------------------------


def _level_changes(series: Series) -> Iterator[_Check]:
    """Each stated change against this year's and last year's level."""
    for key, changes in series.changes.items():
        last = key.in_year(key.year - 1)
        if key not in series.levels or last not in series.levels or _real(key):
            continue
        now, before = series.levels[key][0], series.levels[last][0]
        for change in changes:
            docs = {(c.doc, c.report) for c in (change.claim, now.claim, before.claim)}
            if len(docs) < 2 or change.comparable or not _above(before, now):
                continue  # within one report it is the audit's; at comparable prices, nobody's
            computed = _growth(now.ends, before.ends)
            met = (way for way in ROUNDINGS if _meet(change, now, before, way))
            rounding = next(met, "")
            gap = 0.0 if rounding else _apart(_over(change.ends), _over(computed))
            years = (last.year, key.year)
            others = (now, before)
            yield _Check(
                "level_change", key, years, change, others, computed, rounding, gap, (key, last)
            )


def _above(*levels: Print) -> bool:
    """Whether levels are known to lie above 0, as a change in % needs it."""
    return all(one.ends.low is not None and one.ends.low > 0 for one in levels)


def _meet(change: Change, now: Print, before: Print, rounding: str) -> bool:
    """Whether a stated change fits two levels if all were rounded in one way."""
    if rounding == ROUNDINGS[0]:
        return change.ends.meets(_growth(now.ends, before.ends))
    levels = (interval_of(one.claim, rounding) for one in (now, before))
    return signed(change.claim, rounding).meets(_growth(*levels))


def _real(key: Key) -> bool:
    """Whether its growth is stated at comparable prices, so that levels do not follow it."""
    return load("named").get(key.what, {}).get("growth") == "real"


def _growth(now: Interval, before: Interval) -> Interval:
    """The change in % from one level to another."""
    ratio = quotient(now, before, 100)
    low, high = (None if end is None else end - 100 for end in (ratio.low, ratio.high))
    return replace(ratio, low=low, high=high)


def _over(growth: Interval) -> Interval:
    """A change in % as what is then there of 100."""
    low, high = (None if end is None else end + 100 for end in (growth.low, growth.high))
    return replace(growth, low=low, high=high)


def _totals(series: Series) -> Iterator[_Check]:
    """Each total of several years against the figures of these years."""
    for key, first, stated in series.totals:
        keys = tuple(key.in_year(year) for year in range(first, key.year + 1))
        if all(one in series.levels for one in keys):
            others = tuple(series.levels[one][0] for one in keys)
            years = tuple(one.year for one in keys)
            yield _against("total", key, years, stated, others, _sum(others), keys)


def _parts(series: Series) -> Iterator[_Check]:
    """Each city against its counties, each county against its towns, where all of them are there."""
    for key, prints in series.levels.items():
        if "adds" not in load("named").get(key.what, {}):
            continue
        keys = series.towns_of(key) or _counties(key)
        if len(keys) > 1 and all(one in series.levels for one in keys):
            others = tuple(series.levels[one][0] for one in keys)
            yield _against("parts", key, (key.year,), prints[0], others, _sum(others), keys)


def _counties(key: Key) -> tuple[Key, ...]:
    """The same quantity of all counties of a city."""
    known = coded(key.place.code) if key.place.code else None
    if known is None or known.level == "county":
        return ()
    latest = ((one.code, (coded(one.code) or one).name) for one in below(known.code, key.year))
    return tuple(key._replace(place=Place(code, name)) for code, name in latest)


def _restated(series: Series) -> Iterator[_Check]:
    """Each further print of a figure in another document against the first.

    One that is no named indicator is only held against what a change is said to be from.
    """
    found: list[tuple[Key, Sequence[Print | Change]]] = [
        *series.levels.items(),
        *((_growth_key(key), changes) for key, changes in series.changes.items()),
    ]
    for key, prints in found:
        first = prints[0]
        for later in prints[1:]:
            said = key.what in load("named") or any(getattr(p, "base", 0) for p in prints)
            if said and later.claim.doc != first.claim.doc:
                own = Print(first.claim, first.ends, first.away)
                over = isinstance(later, Change)
                yield _against(
                    "restated", key, (key.year,), later, (own,), first.ends, (key,), over=over
                )


def _growth_key(key: Key) -> Key:
    """The quantity that a stated growth is by itself."""
    named = load("named")
    what = next((k for k, said in named.items() if said.get("of") == key.what and "change" in said["kinds"]), f"{key.what} %")  # fmt: skip
    return key._replace(what=what, unit="%")


def _against(
    type_: str,
    key: Key,
    years: tuple[int, ...],
    stated: Print | Change,
    others: tuple[Print, ...],
    computed: Interval,
    keys: tuple[Key, ...],
    *,
    over: bool = False,
) -> _Check:
    """A check of one figure against an interval."""
    rounding = ROUNDINGS[0] if stated.ends.meets(computed) else ""
    pair = (_over(stated.ends), _over(computed)) if over else (stated.ends, computed)
    gap = 0.0 if rounding else _apart(*pair)
    return _Check(type_, key, years, stated, others, computed, rounding, gap, (key, *keys))


def _sum(prints: Iterable[Print]) -> Interval:
    low, high, low_open, high_open = Fraction(0), Fraction(0), False, False
    ends = [one.ends for one in prints]
    low = sum(((one.low or Fraction(0)) for one in ends), Fraction(0))
    if any(one.high is None for one in ends):
        return Interval(low, None)
    high = sum((one.high for one in ends if one.high is not None), Fraction(0))
    low_open, high_open = any(o.low_open for o in ends), any(o.high_open for o in ends)
    return Interval(low, high, low_open, high_open)


def _apart(one: Interval, other: Interval) -> float:
    """How far two intervals that do not meet lie apart, as a share of the nearer end of the second."""
    if one.low is not None and other.high is not None and one.low >= other.high:
        return float(abs(one.low / other.high - 1)) if other.high else inf
    if one.high is not None and other.low is not None and one.high <= other.low:
        return float(abs(one.high / other.low - 1)) if other.low else inf
    return 0.0


# --- which figures would mend it --------------------------------------------------------------


def _name(claim: Claim) -> str:
    return f"{claim.doc}:{claim.start}"


def _mends(checks: list[_Check], series: Series, revised: float) -> dict[int, list[list[str]]]:
    """The smallest sets by check, where one beside it is open by more than a revision, or where one
    figure alone would mend two.
    """
    found: dict[int, list[list[str]]] = {}
    most = _most(revised)
    for cluster in _clusters(checks):
        mine = [checks[n] for n in cluster]
        beyond = any(check.gap > most for check in mine)
        if not beyond and sum(check.gap > _NOTABLE * most for check in mine) < 2:
            continue
        sets = _Web(mine, series).sets(100 * most)
        if beyond or [len(one) for one in sets] == [1]:
            found.update((n, sets) for n in cluster if not checks[n].meets)
    return found


def _most(revised: float) -> float:
    """How far, as a share, a figure lies from another that is `revised` % less: the way up is longer."""
    return revised / (100 - revised)


def _clusters(checks: list[_Check]) -> list[list[int]]:
    """Checks that must be mended together: broken ones that share a figure or that a check that
    holds ties to each other, with the ones that hold beside them.
    """
    touched: dict[Any, list[int]] = defaultdict(list)
    broken = {n for n, check in enumerate(checks) if not check.meets}
    wanted = {node for n in broken for node in checks[n].nodes}
    for n, check in enumerate(checks):
        for node in check.nodes:
            if node in wanted:
                touched[node].append(n)
    # quantities that broken checks are of fall together where a check has several of them
    parent: dict[Any, Any] = {node: node for node in wanted}

    def root(node: Any) -> Any:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for n in {n for mine in touched.values() for n in mine}:
        mine = [node for node in checks[n].nodes if node in wanted]
        for node in mine[1:]:
            parent[root(node)] = root(mine[0])
    groups: dict[Any, set[int]] = defaultdict(set)
    for node, mine in touched.items():
        groups[root(node)].update(mine)
    return [sorted(group) for group in groups.values()]


class _Web:
    """The figures and ties of checks, as the search for the smallest sets takes them."""

    def __init__(self, checks: Sequence[_Check], series: Series) -> None:
        self.series = series
        self.quantities: dict[Key, int] = {}
        self.sizes: list[float] = []
        self.figures: list[Printed] = []
        self.names: list[str] = []
        self.ties: list[Growth | Total] = []
        changes: dict[str, int] = {}
        for check in checks:
            if check.type == "restated" and isinstance(check.stated, Change):
                changes.update(self._growths(check.key, check))
        for check in checks:
            if check.type == "level_change":
                self._level_change(check, changes)
            elif check.type == "total":
                whole = self._single(check.stated)
                parts = tuple(self._quantity(key) for key in check.parts[1:])
                self.ties.append(Total(whole, parts))
            elif check.type == "parts":
                whole, *rest = (self._quantity(key) for key in check.parts)
                self.ties.append(Total(whole, tuple(rest), at_most=True))
            elif not isinstance(check.stated, Change):
                self._quantity(check.key)

    def sets(self, revised: float) -> list[list[str]]:
        """The smallest sets as names of figures."""
        found = smallest_sets(self.figures, self.ties, self.sizes, revised)
        return [sorted({self.names[i] for i in one}) for one in found if one]

    def _new(self, size: float) -> int:
        self.sizes.append(size if isfinite(size) and size > 0 else 1.0)
        return len(self.sizes) - 1

    def _print(self, quantity: int, claim: Claim, ends: Interval, later: bool) -> int:
        low, high = _ends(ends)
        self.figures.append(Printed(quantity, low, high, later))
        self.names.append(_name(claim))
        return len(self.figures) - 1

    def _quantity(self, key: Key) -> int:
        """A quantity with all its prints; its size is the middle one of those of all years."""
        if key not in self.quantities:
            sizes = sorted(
                float(one.claim.number)
                for year in range(key.year - 2, key.year + 3)
                for one in self.series.levels.get(key.in_year(year), ())
                if one.claim.value
            )
            self.quantities[key] = at = self._new(sizes[len(sizes) // 2] if sizes else 1.0)
            for n, one in enumerate(self.series.levels[key]):
                self._print(at, one.claim, one.ends, n > 0)
        return self.quantities[key]

    def _single(self, stated: Print | Change) -> int:
        """The quantity of a figure that is printed once."""
        at = self._new(float(stated.claim.number) if stated.claim.value else 1.0)
        self._print(at, stated.claim, stated.ends, False)
        return at

    def _growths(self, key: Key, check: _Check) -> dict[str, int]:
        """The prints of one growth, as a quantity that is around 100."""
        if key in self.quantities:
            return {}
        self.quantities[key] = at = self._new(100.0)
        first, later = check.others[0], check.stated
        pairs = ((first.claim, first.ends, False), (later.claim, later.ends, True))
        return {_name(c): self._print(at, c, _over(ends), after) for c, ends, after in pairs}

    def _level_change(self, check: _Check, changes: dict[str, int]) -> None:
        now, before = (self._quantity(key) for key in check.parts)
        name = _name(check.stated.claim)
        by = changes.get(name)
        if by is None:
            by = self._print(-1, check.stated.claim, check.stated.ends, False)
        low, high = (end / 100 for end in _ends(_over(check.stated.ends)))
        self.ties.append(Growth(now, before, max(low, 0.0), high, by))


def _ends(ends: Interval) -> tuple[float, float]:
    low = 0.0 if ends.low is None else float(ends.low)
    return low, inf if ends.high is None else float(ends.high)


# --- in words ---------------------------------------------------------------------------------


def as_text(result: Tables, lang: Lang | None = None) -> str:
    """The ledger of a run as a report to read in a terminal."""
    return in_words(ledger(result, lang=lang), lang)


def in_words(table: pd.DataFrame, lang: Lang | None = None) -> str:
    """A ledger as a report to read, place by place, breaks first."""
    lang = spoken(lang)
    if table.empty:
        return str(say("ledger", "none", lang)) + "\n"
    parts = [_place(str(place), mine, lang) for place, mine in table.groupby("place", sort=False)]
    return "\n".join([*parts, summary(table, lang), ""])


def summary(table: pd.DataFrame, lang: Lang | None = None) -> str:
    """How many checks of a ledger are open, and what that does not mean.

    >>> import qz_analysis as qz
    >>> summary(ledger(qz.extract("甲山县受理43宗。")))[:40]
    '0 of 0 checks between reports are open. '
    """
    lang = spoken(lang)
    k = int(table["verdict"].eq("open").sum())
    return str(say("ledger", "summary", lang, k=k, n=len(table)))


def _place(place: str, mine: pd.DataFrame, lang: Lang) -> str:
    lines = [f"{place}: {len(mine)}"]
    for verdict in ("open", "ok"):
        rows = mine[mine["verdict"] == verdict].to_dict("records")
        if rows:
            lines.append(f"  {say('ledger', verdict, lang)} ({len(rows)})")
            lines += [f"    {_line(row, lang)}" for row in rows]
    return "\n".join([*lines, ""])


def _line(row: Mapping[Hashable, Any], lang: Lang) -> str:
    strength = value("strength", row["strength"], lang) if lang == "zh" else row["strength"]
    said = [f"{titled(str(row['indicator']), lang)}: {row['note']} [{strength}]"]
    said += [str(say("ledger", word, lang)) for word in row["may_be"].split("; ") if word]
    if row["mend"]:
        said.append(str(say("ledger", "mend", lang, figures=row["mend"])))
    return " · ".join(said)


def titled(indicator: str, lang: Lang) -> str:
    """The name of an indicator in words; what is no named one as it stands.

    >>> titled("urban_jobs", "zh"), titled("funds.: 补助", "en")
    ('城镇新增就业', 'funds.: 补助')
    """
    if indicator in COURT_WORK:
        return str(say("ledger", indicator, lang))
    said = load("named").get(indicator)
    return either(said["en"], said["zh"], lang) if said else indicator


def as_json(result: Tables, lang: Lang | None = None) -> str:
    """The ledger of a run as JSON: what a break means, and a list of checks."""
    table = ledger(result, lang=lang)
    # infinite ends and missing numbers have no sign in JSON
    rows = [
        {k: None if isinstance(v, float) and not isfinite(v) else v for k, v in row.items()}
        for row in table.to_dict("records")
    ]
    made = {"limits": summary(table, lang), "checks": rows}
    return json.dumps(made, ensure_ascii=False, indent=2)


# --- the rows ---------------------------------------------------------------------------------


def _row(check: _Check, sets: list[list[str]], revised: float, lang: Lang) -> tuple[Any, ...]:
    """A row of `schema.LEDGER`."""
    claim, ends = check.stated.claim, check.stated.ends
    value = float(claim.value) if claim.value is not None else nan
    sign = -1 if isinstance(check.stated, Change) and claim.direction == "down" else 1
    chance = _chance(check)
    strength = next((word for word, under in _BANDS if chance < under), "blind")
    if not check.meets and check.gap <= _most(revised) and strength != "blind":
        strength = "weak"
    key, numbers = check.key, (_float(ends.low, -inf), _float(ends.high, inf))
    years = ";".join(f"{year}{key.season}" for year in check.years)
    computed = _float(check.computed.low, -inf), _float(check.computed.high, inf)
    return (
        key.place.name, key.place.code, key.what, years, check.type,
        "ok" if check.meets else "open", check.rounding, sign * value, *numbers, *computed, claim.unit,
        100 * check.gap, _note(check, lang), ";".join(map(_name, check.claims)),
        " | ".join(";".join(one) for one in sets), len(sets), chance, strength,
        "" if check.meets else "; ".join(_may_be(check, revised)),
    )  # fmt: skip


def _float(end: Fraction | None, none: float) -> float:
    return none if end is None else float(end)


def _chance(check: _Check) -> float:
    claim, computed = check.stated.claim, check.computed
    if claim.value is None or not claim.value:
        return nan
    if isinstance(check.stated, Change) and claim.direction == "down":
        computed = computed.negative
    if check.type == "parts":  # the city may have more than its counties
        computed = Interval(computed.low, None)
    return passing(claim.text, claim.number, claim.unit, claim.bound, computed)


def _note(check: _Check, lang: Lang) -> str:
    """The arithmetic in words."""
    claim, others = check.stated.claim, [one.claim for one in check.others]
    change = isinstance(check.stated, Change)
    down = claim.direction == "down"
    stated = f"{'−' if down else '+'}{claim.text}" if change else claim.text
    facts: dict[str, Any] = {"stated": stated, "year": check.years[-1], "first": check.years[0]}
    facts |= {"computed": _between(check.computed, claim.unit, signed=change), "n": len(others)}
    if check.type == "level_change":
        facts |= {"now": others[0].text, "before": others[1].text, "last": check.years[0]}
    elif check.type == "restated":
        facts |= {"before": others[0].text, "doc": others[0].doc, "other": claim.doc}
    return str(say("ledger", check.type, lang, **facts))


def _between(ends: Interval, unit: str, *, signed: bool) -> str:
    """An interval in words: +3.7 % to +4.7 %, 120.4亿元."""

    def said(end: Fraction) -> str:
        if signed:
            return f"{float(end):+.1f} %".replace("-", "−")
        scale, word = next(((s, w) for s, w in ((10**8, "亿"), (10**4, "万")) if end >= s), (1, ""))
        digits = f"{float(end / scale):.6g}" if end % 1 or scale > 1 else plain(end)
        return f"{digits}{word}{unit}"

    if ends.low is None or ends.high is None:
        open_ends = ((ends.low, "≥"), (ends.high, "≤"))
        return " ".join(f"{sign} {said(end)}" for end, sign in open_ends if end is not None)
    return " … ".join(dict.fromkeys((said(ends.low), said(ends.high))))


def _may_be(check: _Check, revised: float) -> Iterator[str]:
    """What may explain a break without an error, in the words of the labels."""
    levels = [one.claim for one in check.others]
    if not isinstance(check.stated, Change):
        levels.append(check.stated.claim)
    if check.gap <= _most(revised):
        yield "revised"
    if foreseen(check.claims):
        yield "estimate"
    moved = len({(c.adcode, c.place) for c in levels}) > 1
    code, (first, *_, last) = check.key.place.code, (check.years * 2)
    if check.type != "parts" and (moved or (code and redrawn(code, first, last))):
        yield "division"
    if check.type == "level_change" and load("named").get(check.key.what, {}).get("growth"):
        yield "comparable"
    if check.type in {"parts", "total"} or _unlike(levels):
        yield "scope"


def _unlike(claims: Sequence[Claim]) -> bool:
    """Whether the subjects of levels name what is counted in different words."""
    said = [grams(claim.subject) - IDLE for claim in claims]
    return any(not (a <= b or b <= a) for a in said for b in said)
