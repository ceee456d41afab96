"""A place's figures across its reports: quantities with their prints, and the stated changes.

A quantity is one indicator of one place in one year; every report that states it is a print of it.
Figures without a named indicator are one quantity where subject, unit and family are the same.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import pandas as pd

from ..arithmetic.changes import changed_figures, find_changes
from ..arithmetic.intervals import Interval, interval_of
from ..arithmetic.passages import IDLE, grams, lines
from ..model import Claim
from ..vocabularies.divisions import adcode, coded, divisions, succeeded
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from .caveats import nameless

_YEAR = re.compile(r"(\d{4})(-\w+)?")
_SPAN = re.compile(r"(\d{4})\.\.(\d{4})")
_LONGEST = 6  # years that a total may be of
_SAID = 3  # pairs of characters that a subject needs to tell what is counted
_COMPARABLE = Pattern("ledger", "{comparable}")
_OTHER_SPAN = Pattern("ledger", "{other_span}")
_GATHERED = Pattern("ledger", "{gathered}")
_SINCE = Pattern("ledger", "{since}")
_FORESEEN = Pattern("ledger", "{foreseen}")
_FORESEEN_LIST = Pattern("ledger", "(?:{foreseen})[:：]")
_GROWS = Pattern("ledger", "{grows}")
_GOES_ON = Pattern("ledger", "^[、和及]|{grown}")
_EACH = Pattern("named", "{each}")
_SETS_OUT = Pattern("window", r"{from}[^,;。]{0,16}$")
_HAS = Pattern("ledger", "(?:{has})$")
_TOWNS = Pattern("ledger", "(?:{towns})")
_TOWN = re.compile(
    r"(.+?[县区市旗])([\u4e00-\u9fff]{1,6}[镇乡]|[\u4e00-\u9fff]{1,6}街道|[\u4e00-\u9fff]{1,6}苏木)"
)
#: a county's name as it stands before that of a town, without the city's before it
_COUNTY = r"(?:[^省市州盟县区旗\W\d]{1,8})[县区市旗]"
_LEVELS = {"count", "money", "measure"}
#: all the work of a court, which reports call by no settled name and lead to by words of their own
_TAKEN_IN = Pattern(
    "ledger", "(?:共|累计|总共|全年|年|日[)）])*(?:{courts})?(?:全年)?共?{court_received}"
)
_CLOSED = Pattern("ledger", "{court_closed}")
_OF_COURT = Pattern("ledger", "审|{courts}")
#: what such work is called as a quantity
COURT_WORK = ("court.received", "court.closed")


class Place(NamedTuple):
    """What a place is known by over the years: its latest code, else its name."""

    code: str
    name: str


class Key(NamedTuple):
    """One quantity: `what` is the indicator, or family and subject where there is none."""

    place: Place
    what: str
    unit: str
    year: int
    season: str = ""

    def in_year(self, year: int) -> "Key":
        """The same indicator in another year."""
        return self._replace(year=year)


@dataclass(frozen=True, slots=True)
class Print:
    """One print of a quantity: the claim, what it stands for, and how near its report is to it."""

    claim: Claim
    ends: Interval
    #: years between the report and the quantity: 0 in the report on that year
    away: int = 0
    #: told only as what a change is from
    base: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A stated growth in % against the year before, of the quantity that `key` names."""

    key: Key
    claim: Claim
    ends: Interval
    away: int = 0
    #: said to be at comparable prices or over a comparable scope
    comparable: bool = False


@dataclass
class Series:
    """All that the reports state of their places over the years."""

    levels: dict[Key, list[Print]] = field(default_factory=dict)
    changes: dict[Key, list[Change]] = field(default_factory=dict)
    #: totals over years, each with the first and the last
    totals: list[tuple[Key, int, Print]] = field(default_factory=list)
    #: how many towns a county is said to have in a year; one that is said twice is one
    towns: dict[tuple[Place, int], set[int]] = field(default_factory=lambda: defaultdict(set))

    def towns_of(self, key: Key) -> tuple[Key, ...]:
        """The same quantity of all towns of a county; none unless as many as it is said to have."""
        said = self.towns.get((key.place, key.year), set())
        mine = self._by_town.get(key, [])
        return tuple(mine) if said == {len(mine)} else ()

    @cached_property
    def _by_town(self) -> dict[Key, list[Key]]:
        """Quantities of towns by the same quantity of their county, whose name theirs begins with."""
        counties = {place.name: place for place, _ in self.towns}
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in self.levels:
            m = _TOWN.fullmatch(key.place.name)
            if m and m[1] in counties and not key.place.code:
                found[key._replace(place=counties[m[1]])].append(key)
        return found


def series_of(
    found: Iterable[tuple[tuple[str, int], Sequence[Claim]]],
    titles: Mapping[tuple[str, int], str] | None = None,
) -> Series:
    r"""The series of reports, given as document and number of each with its claims, and the headings
    of those that have one.

    >>> import qz_analysis as qz
    >>> from qz_analysis.model import by_report
    >>> text = "甲山县2018年工作报告\n2018年，城镇新增就业2163人，增长5%。"
    >>> [(key.what, key.year) for key in series_of(by_report(qz.extract(text)).items()).levels]
    [('urban_jobs', 2018)]
    """
    series = Series()
    for at, claims in found:
        title = (titles or {}).get(at, "")
        _Report([claim.as_corrected() for claim in claims], title).into(series)
    for prints in series.levels.values():
        prints.sort(key=lambda one: one.away)
    for changes in series.changes.values():
        changes.sort(key=lambda one: one.away)
    return series


class _Report:
    """The figures of one report that may be held against others."""

    def __init__(self, claims: Sequence[Claim], title: str = "") -> None:
        self.claims = claims
        self.title = title
        years = Counter(
            m[1] for c in claims if c.modality == "actual" and (m := _YEAR.fullmatch(c.period))
        )
        self.year = int(years.most_common(1)[0][0]) if years else 0
        own = Counter(
            (c.adcode, c.place) for c in claims if c.level == "county" and not nameless(c.place)
        )
        most = own.most_common(1)[0][0] if own else None
        self.county = next((c for c in claims if (c.adcode, c.place) == most), None)
        self.runs = lines(claims)
        self._counties: dict[str, str] = {}
        self.compared = [
            one.claims
            for one in find_changes(self.runs)
            if one.kind == "yoy" and len(one.claims) == 3
        ]

    def into(self, series: Series) -> None:
        """Adds what the report states, each quantity once."""
        self._count_towns(series)
        levels: dict[Key, list[Claim]] = defaultdict(list)
        changes: dict[Key, list[Claim]] = defaultdict(list)
        at = {claim.start: i for i, claim in enumerate(self.claims)}
        keys: dict[int, Key] = {}
        for i, claim in enumerate(self.claims):
            if not self._eligible(claim):
                continue
            if span := _SPAN.fullmatch(claim.period):
                self._total(claim, span, series)
            elif (key := self._key(claim)) and self._level(i, key):
                keys[claim.start] = key
                levels[key].append(claim)
        for key, claim in self._stated_changes(keys):
            if self._annual(at[claim.start], key.year):
                changes[key].append(claim)
        based: set[int] = set()
        for key, base in self._bases(keys, at):
            levels[key].append(base)
            based.add(base.start)
        for key, mine in levels.items():
            if one := _agreed(mine):
                level = Print(one, interval_of(one), self._away(key.year), one.start in based)
                series.levels.setdefault(key, []).append(level)
        for key, mine in changes.items():
            if one := _agreed(mine):
                unlike = bool(_COMPARABLE.search(self._said(at[one.start])))
                change = Change(key, one, signed(one), self._away(key.year), unlike)
                series.changes.setdefault(key, []).append(change)

    def _place(self, claim: Claim, year: int) -> Place:
        """The place of a claim; a town in its county's report goes by both names."""
        place = place_of(claim.adcode, claim.place, year, claim.doc)
        if claim.level not in {"town", "village"}:
            return place
        if self.county is not None:
            county = place_of(self.county.adcode, self.county.place, year, claim.doc)
            return Place("", county.name + claim.place)
        if name := self._told_before(claim.place):
            county = place_of(adcode(name, year), name, year, claim.doc)
            return Place("", county.name + claim.place)
        return place

    def _told_before(self, town: str) -> str:
        """The county that stands before the name of a town in its own report's heading, in the name
        of the file or in a sentence; empty where these name none, or several.
        """
        if town not in self._counties:
            said = "\n".join([self.title, self.claims[0].doc, *(c.lead for c in self.claims)])
            found = {m[1] for m in re.finditer(rf"({_COUNTY}){re.escape(town)}", said)}
            self._counties[town] = found.pop() if len(found) == 1 else ""
        return self._counties[town]

    def _count_towns(self, series: Series) -> None:
        """Notes how many towns the report says that its county has."""
        if self.county is None or not self.year:
            return
        place = place_of(self.county.adcode, self.county.place, self.year, self.county.doc)
        for claim in self.claims:
            said = (
                _TOWNS.match(claim.after) and _HAS.search(claim.lead) and claim.unit in {"个", ""}
            )
            if said and claim.level == "county" and claim.known and claim.bound == "exact":
                series.towns[place, self.year].add(int(claim.number))

    def _away(self, year: int) -> int:
        return abs(self.year - year) if self.year else 9

    def _eligible(self, claim: Claim) -> bool:
        """Whether a figure tells what is, of a place that has a name of its own."""
        known = claim.status == "ok" and (claim.value is not None or claim.low is not None)
        return known and claim.modality == "actual" and not nameless(claim.place)

    def _key(self, claim: Claim) -> Key | None:
        m = _YEAR.fullmatch(claim.period)
        if m is None or claim.role in {"share", "base"}:
            return None
        place = self._place(claim, int(m[1]))
        what = claim.indicator or self._work_of_court.get(claim.start, "")
        if not what:
            said = len(grams(claim.subject) - IDLE)
            if claim.role or not claim.family or said < _SAID or claim.kind not in _LEVELS:
                return None
            what = f"{claim.family}.{claim.stage}: {claim.subject}"
        return Key(place, what, claim.unit, int(m[1]), m[2] or "")

    @cached_property
    def _work_of_court(self) -> dict[int, str]:
        """What a court took in and closed, by where it is stated: two counts of one sentence, one right
        behind the other, of all cases and not of one kind of them.
        """
        found: dict[int, str] = {}
        for one, next_ in itertools.pairwise(self.claims):
            said = _TAKEN_IN.search(one.subject)
            pair = said and said.end() == len(one.subject) and _CLOSED.fullmatch(next_.subject)
            counts = one.kind == next_.kind == "count" and one.unit == next_.unit
            same = one.sentence == next_.sentence
            if (
                pair
                and counts
                and same
                and _OF_COURT.search(one.lead + one.subject + next_.subject)
            ):
                found |= zip((one.start, next_.start), COURT_WORK, strict=True)
        return found

    def _level(self, i: int, key: Key) -> bool:
        """Whether a figure is the level of its quantity in its year."""
        claim = self.claims[i]
        rate = claim.kind == "rate" and bool(claim.indicator)
        if not (rate or (claim.kind in _LEVELS and claim.counts)) or _SINCE.search(claim.lead):
            return False
        # 从26亿元增长到38亿元: of another year, which may not be said
        return not _SETS_OUT.search(claim.before) or bool(re.search(rf"{key.year}年", claim.lead))

    def _total(self, claim: Claim, span: re.Match[str], series: Series) -> None:
        first, last = int(span[1]), int(span[2])
        said = load("named").get(claim.indicator, {}).get("adds") == "years"
        if said and 1 <= last - first < _LONGEST and _GATHERED.search(claim.lead + claim.subject):
            place = self._place(claim, last)
            key = Key(place, claim.indicator, claim.unit, last)
            series.totals.append((key, first, Print(claim, interval_of(claim))))

    def _stated_changes(self, keys: dict[int, Key]) -> Iterator[tuple[Key, Claim]]:
        """Changes in % with the quantity that they are of, each once."""
        seen: set[int] = set()
        pairs = [*self._divided()]
        pairs += [(now, change) for change, now, _ in self.compared]
        for now, change in pairs:
            key = keys.get(now.start)
            if key is None or key.unit == "%" or change.unit != "%" or change.start in seen:
                continue
            # the change of another indicator is told by its own name below
            own = not change.indicator or _level_of(change) == now.indicator
            if own and change.period in {now.period, ""} and self._eligible(change):
                seen.add(change.start)
                yield key, change
        for change in self.claims:
            of, m = _level_of(change), _YEAR.fullmatch(change.period)
            if of and m and change.start not in seen and self._eligible(change):
                place = self._place(change, int(m[1]))
                unit = load("named")[of]["units"][0]
                yield Key(place, of, unit, int(m[1]), m[2] or ""), change

    def _said(self, i: int) -> str:
        """The words that a change is said by, back to the figure that it is of, and right behind."""
        claim = self.claims[i]
        said = [claim.after[:10], claim.before]
        for other in reversed(self.claims[max(0, i - 6) : i]):
            if other.sentence != claim.sentence:
                break
            if other.kind != "change" and other.unit != "%":
                said.append(other.lead)
                break
            said.append(other.before)
        return "".join(reversed(said))

    def _annual(self, i: int, year: int) -> bool:
        """Whether a change is said to be that of one year, against the year before."""
        return not _OTHER_SPAN.search(self._said(i).replace(f"{year - 1}年", ""))

    def _divided(self) -> Iterator[tuple[Claim, Claim]]:
        """Changes with their figures; none of 分别增长23%和26% where it is of which is not plain."""
        for run in self.runs:
            pairs = list(changed_figures(run))
            told = {change.start for _, change in pairs}
            groups: list[list[int]] = [[]]
            for claim in run:
                if claim.kind != "change":
                    groups.append([])
                elif groups[-1] or _EACH.search(claim.lead):
                    groups[-1].append(claim.start)
            unclear = {start for group in groups if not told.issuperset(group) for start in group}
            yield from (pair for pair in pairs if pair[1].start not in unclear)

    def _bases(self, keys: dict[int, Key], at: dict[int, int]) -> Iterator[tuple[Key, Claim]]:
        """Figures of the year before that a change is held against: 同比(180批次)上升."""
        for change, now, base in self.compared:
            key = keys.get(now.start)
            if not key or base.start in keys or base.unit != now.unit or not base.known:
                continue
            m = _YEAR.fullmatch(base.period)
            year = int(m[1]) if m and base.period_from == "words" else key.year - 1
            if year < key.year and self._annual(at[change.start], key.year):
                yield key.in_year(year), base


def _agreed(claims: Sequence[Claim]) -> Claim | None:
    """The print of a quantity in one report; none where the report states two that differ."""
    if len(claims) == 1:
        return claims[0]
    first = max(claims, key=lambda c: (c.bound == "exact", c.digits if c.value else 0))
    ends = interval_of(first)
    return first if all(ends.meets(interval_of(c)) for c in claims) else None


def signed(change: Claim, rounding: str = "half-up") -> Interval:
    """What a stated change in % stands for, with its sign."""
    ends = interval_of(change, rounding)
    return ends.negative if change.direction == "down" else ends


def _level_of(claim: Claim) -> str:
    """The indicator whose growth a figure is; empty for any other."""
    said = load("named").get(claim.indicator, {})
    return str(said.get("of", "")) if claim.kind == "change" and claim.unit == "%" else ""


def foreseen(claims: Sequence[Claim]) -> bool:
    """Whether a figure is said not to be final yet.

    >>> foreseen([Claim("a", 0, 0, 2, "9%", None, before="初步核算,生产总值增长")])
    True
    """
    return any(_FORESEEN.search(c.before[-30:]) for c in claims)


def estimates(claims: pd.DataFrame) -> set[tuple[str, int, int]]:
    """Document, report and start of the figures that are said not to be final yet (预计), with the
    growth and the lists that go on from them: a list of growths (增长), what 、 joins, what one passed
    (预计突破百亿元，达109亿元), and all that a colon opens (预计：…；…).
    """
    keys = ["doc", "report", "sentence"]
    said = claims.loc[claims["before"].str.contains(_FORESEEN.pattern), keys]
    near = claims[claims["doc"].isin(said["doc"].unique())].merge(said.drop_duplicates(), on=keys)
    found: set[tuple[str, int, int]] = set()
    last: tuple[str, int, int] | None = None
    listed = near["before"].str.contains(_GROWS.pattern) & near["kind"].shift().eq("change")
    passed = near["indicator"].ne("") & near["indicator"].eq(near["indicator"].shift())
    goes_on = near.duplicated(keys) & (
        near["before"].str.contains(_GOES_ON.pattern) | listed | passed
    )
    named = near["before"].str[-30:].str.contains(_FORESEEN.pattern)
    columns = (near["doc"], near["report"], near["start"], named, goes_on)
    for doc, report, start, own, on in zip(*columns, strict=True):
        at = (str(doc), int(report), int(start))
        if own or (on and last in found):
            found.add(at)
        last = at
    return found | _listed_estimates(claims[claims["doc"].isin(said["doc"].unique())])


def _listed_estimates(claims: pd.DataFrame) -> set[tuple[str, int, int]]:
    """The figures of the lists that 预计 opens with a colon, up to the end of their sentence."""
    found: set[tuple[str, int, int]] = set()
    columns = (claims[name] for name in ("doc", "report", "start", "before", "after"))
    opened: tuple[str, int] | None = None
    for doc, report, start, before, after in zip(*columns, strict=True):
        own = str(doc), int(report)
        if _FORESEEN_LIST.search(before):
            opened = own
        if opened == own:
            found.add((*own, int(start)))
        if re.search("[。!?！？\n]", after) or opened != own:
            opened = None
    return found


@lru_cache(1 << 16)
def place_of(code: str, name: str, year: int, doc: str) -> Place:
    """The place that a figure is of, the same for all its codes and names over the years.

    A name that several divisions bear, without a code, is a place of its own document alone.

    >>> place_of("130621", "满城县", 2010, "a") == place_of("130607", "满城区", 2020, "b")
    True
    """
    if code:
        last = succeeded(code, name, year)
        now = coded(last)
        return Place(last, now.name if now else name)
    several = len({one.code for one in divisions(name)}) > 1
    return Place("", f"{name} ({doc})" if several else name)
