"""Figures of named indicators to cells: which figure of a place and a year holds, and why none does."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..arithmetic.intervals import Interval, interval_of, quotient
from ..model import Claim
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import TURNED
from .wholes import MEAN, SHORT, is_threshold

#: why a cell is empty, the first that is true
REASONS = (
    "ambiguous",
    "masked",
    "lost",
    "only for part of the year",
    "only over several years",
    "only as an increase",
    "only as target",
    "not stated",
    "no report",
)
#: how a figure is known: the words that date it stand nearer to it
_NEAR = ("words", "section", "report", "document", "")
_YEAR = re.compile(r"(\d{4})(?:-01\.\.\1-12)?$")
_PART = re.compile(r"(\d{4})-[^.]*(?:\.\.\1-.*)?$")
_SPAN = re.compile(r"(\d{4})[^.]*(?:\.\.(\d{4}).*)?")
#: units of one measure as a panel shows them, so that a column has one: 871.6亿斤 is 4358万吨
_WORTH = {
    "公斤": ("吨", Fraction(1, 1000)),
    "斤": ("吨", Fraction(1, 2000)),
    "千米": ("公里", Fraction(1)),
    "里": ("公里", Fraction(1, 2)),
}
#: how a figure is known, the better first
HOW = ("stated", "recomputed", "expected")
Key = tuple[str, str, int, str, str]  # code, place, year, indicator, modality


_ADDED = Pattern("cells", "{added}")
_REACHED = Pattern("cells", "{reached}")
_BODY = Pattern("cells", "{bodies}(?!.*{whole})")
_FROM = Pattern("cells", r"{window.from}[^,。;]{0,16}$")
_TO = Pattern("cells", "^(?:{named.bounds})?{named.risen}")
_SET_ASIDE = {
    "part": "part of the year",
    "years": "several years",
    "before": "level before a change",
    "added": "added to the level",
    "body": "of another body",
    "late": "later than its report",
}


def years_of(period: str) -> tuple[str, range]:
    """What a period is to a panel by years (`year`, `part` or `years`; empty for none), and which
    years it touches.

    >>> years_of("2011"), years_of("2011-H1"), years_of("2011..2015"), years_of("20xx")
    (('year', range(2011, 2012)), ('part', range(2011, 2012)), ('years', range(2011, 2016)), ('', range(0, 0)))
    """
    for kind, pattern in (("year", _YEAR), ("part", _PART)):
        if not period.endswith("+") and (m := pattern.match(period)):
            return kind, range(int(m[1]), int(m[1]) + 1)
    m = _SPAN.match(period)
    return ("years", range(int(m[1]), int(m[2] or m[1]) + 1)) if m else ("", range(0))


def leads_on(before: str) -> bool:
    """Whether the words before a figure lead to it from the figure before: 增长到.

    >>> leads_on("增长到"), leads_on("全县生产总值增长到")
    (True, False)
    """
    return bool(_TO.search(before))


def kind_of(
    claim: Claim, dated: str, *, stock: bool = False, listed: str = ""
) -> tuple[str, range]:
    """What a figure is to a panel by years, and the years that it touches.

    Beside what its period says (`years_of`), it may be a change against the month before (环比), which
    is of a `part` of the year, the level that a change sets out from (`before`), what was `added` to a level, that of another `body` than the place, or told as
    actual before its year was over (`late`). `listed` are the words that open the list in which it
    stands (新增 of 新增小巨人企业3家、高新技术企业9家).

    >>> kind_of(Claim("a", 0, 0, 2, "7%", None, kind="change", before="年均增长", period="2019"), "")
    ('years', range(2019, 2020))
    >>> kind_of(Claim("a", 0, 0, 2, "9家", None, before="达到", period="2020"), "2020-01-15")
    ('late', range(2020, 2021))
    """
    kind, years = years_of(claim.period)
    if kind == "part" and stock and claim.period[4:] == "-12":
        kind = "year"  # the level at the end of the year
    if kind != "year":
        return kind, years
    early = dated[:4].isdigit() and (f"{years[0]}" > dated[:4] or f"{years[0]}-12" > dated > f"{years[0]}-")  # fmt: skip
    tests = {
        "late": early and claim.modality in {"actual", ""},
        "before": claim.role != "base" and _FROM.search(claim.before) and _TO.search(claim.after),
        "years": claim.role == "mean" or (claim.kind == "change" and MEAN.search(claim.lead)),
        "part": claim.kind == "change" and SHORT.search(claim.lead),
        "added": stock
        and not leads_on(claim.before)
        and (
            claim.kind == "change"
            or _ADDED.search(claim.lead)
            or (_ADDED.search(listed) and not _REACHED.search(claim.lead))
        ),
        "body": _BODY.search((listed if leads_on(claim.before) else "") + claim.lead),
    }
    return next((name for name, holds in tests.items() if holds), kind), years


@dataclass(frozen=True, eq=False, slots=True)
class Figure:
    """A figure that may fill a cell: what it says of which place and year, and the claims behind it.

    A fall is a negative number: 下降3% is -3.
    """

    claim: Claim
    key: Key
    kind: str  # as `kind_of` says it
    own: bool  # whether its report is the place's own
    dated: str = ""  # when its report was delivered
    how: str = "stated"
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    bound: str = "exact"
    unit: str = ""
    numerator: Claim | None = None
    denominator: Claim | None = None
    stands: Interval | None = None

    @property
    def report(self) -> tuple[str, int]:
        """Document and report."""
        return self.claim.doc, self.claim.report

    @property
    def claims(self) -> list[Claim]:
        """The claims that it was read from."""
        if self.how == "recomputed":
            return [c for c in (self.numerator, self.denominator) if c is not None]
        return [self.claim]

    @property
    def order(self) -> tuple[bool, bool, int, bool, int]:
        """What chooses among several: total before part, the place's own report, stated before
        recomputed before expected, exact before hedged, dated by words before the document's date.
        """
        near = _NEAR.index(self.claim.period_from) if self.claim.period_from in _NEAR else 4
        part = self.claim.role in {"part", "share"}
        return part, not self.own, HOW.index(self.how), self.bound != "exact", near

    def agrees(self, other: "Figure") -> bool:
        """Whether the two may be one number, printed more or less exactly."""
        same = self.unit == other.unit
        if not same or self.stands is None or other.stands is None:
            return False
        return self.stands.meets(other.stands)


def figure(claim: Claim, key: Key, kind: str, own: bool, dated: str) -> Figure:
    """The figure of a claim, with its sign, mass in 吨 and length in 公里.

    >>> made = Claim("a", 0, 0, 2, "3%", None, unit="%", status="redacted")
    >>> math.isnan(figure(made, ("", "甲县", 2011, "gdp_growth", "actual"), "year", True, "").value)
    True
    """
    if not (claim.known or (claim.status == "ok" and claim.low is not None)):
        return Figure(claim, key, kind, own, dated, unit=claim.unit)
    unit, worth = _WORTH.get(claim.unit, (claim.unit, Fraction(1)))
    value, low, high = (
        math.nan if number is None else float(Fraction(number) * worth)
        for number in (claim.value, claim.low, claim.high)
    )
    stands, bound = _times(interval_of(claim), worth), claim.bound
    if claim.kind == "change" and claim.direction == "down":
        value, low, high = -value, -high, -low
        stands, bound = stands.negative, TURNED.get(bound, bound)
    return Figure(
        claim, key, kind, own, dated, "stated", value, low, high, bound, unit, stands=stands
    )


def _times(one: Interval, worth: Fraction) -> Interval:
    """The same interval in another unit."""
    low, high = (None if end is None else end * worth for end in (one.low, one.high))
    return Interval(low, high, one.low_open, one.high_open)


def recomputed(rate: str, above: Figure, below: Figure) -> Figure | None:
    """The rate that two counts of one report, place and year give; none where they cannot be one.

    >>> from decimal import Decimal
    >>> above, below = (
    ...     figure(Claim("a", 0, 9, 12, n, Decimal(n), unit="件"), ("", "甲", 2011, k, "actual"),
    ...     "year", True, "") for n, k in (("36", "resolved"), ("40", "received")))
    >>> recomputed("rate", above, below).value
    90.0
    """
    a, b = above.claim, below.claim
    counted = above.unit == below.unit and above.bound == below.bound == "exact"
    if not counted or not a.known or not b.known or not 0 <= a.number <= b.number or not b.number:
        return None
    value = float(100 * a.number / b.number)
    return replace(
        above,
        key=(*above.key[:3], rate, above.key[4]),
        how="recomputed",
        value=value,
        unit="%",
        numerator=a,
        denominator=b,
        stands=quotient(interval_of(a), interval_of(b), 100),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """What a panel shows for a place, a year and an indicator.

    `verdicts` says of every figure what became of it, in the order of `figures`.
    """

    chosen: Figure | None
    reason: str
    several: int
    figures: Sequence[Figure] = ()
    verdicts: Sequence[str] = ()


def settle(figures: Iterable[Figure], *, planned: bool = False, reported: bool = False) -> Cell:
    """The cell of figures for one key.

    Args:
        figures: all that is said of the place, year and indicator, in one modality.
        planned: whether targets are known for it.
        reported: whether a report of that place and year is among the texts.
    """
    every = list(figures)
    whole = [f for f in every if f.kind == "year" and f.stands is not None]
    passed = _passed(whole)
    whole = [f for f in whole if f not in passed]
    if not whole:
        return Cell(
            None, _reason(every, planned, reported), 0, every, [_set_aside(f) for f in every]
        )
    best = min(whole, key=lambda f: f.order)
    rivals = [f for f in whole if f is not best and not f.agrees(best) and _rivals(f, best)]
    verdicts = [
        "chosen" if f is best else "passed" if f in passed else _verdict(f, best, rivals)
        for f in every
    ]
    others = {(f.value, f.low, f.unit) for f in whole if not f.agrees(best)}
    if rivals:
        at = every.index(best)
        return Cell(None, "ambiguous", 1 + len(others), every, [
            _disputed(f, best, rivals) if i == at or f in rivals else verdicts[i]
            for i, f in enumerate(every)
        ])  # fmt: skip
    return Cell(best, "", 1 + len(others), every, verdicts)


def _passed(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that another one of their sentence has passed: 跨越130亿元，完成136.6亿元."""
    firm = {(f.report, f.claim.sentence) for f in figures if not _is_threshold(f)}
    return [f for f in figures if _is_threshold(f) and (f.report, f.claim.sentence) in firm]


def _is_threshold(one: Figure) -> bool:
    said = {"role": one.claim.role, "bound": "exact", "before": one.claim.before}
    return one.bound == "exact" and is_threshold(said)


def _rivals(one: Figure, best: Figure) -> bool:
    """Whether nothing in the order decides between two figures that disagree.

    Within a report the order does; two reports of equal standing contradict each other.
    """
    if one.order[:3] != best.order[:3] or one.unit != best.unit:
        return False
    return one.report != best.report or one.order == best.order


def _disputed(one: Figure, best: Figure, rivals: Sequence[Figure]) -> str:
    """Of figures that contradict each other: whether a later report revised an earlier one."""
    others = [f for f in (best, *rivals) if not f.agrees(one)]
    if any(one.report != f.report and one.dated > f.dated > "" for f in others):
        return "revision of a later report"
    return "disagrees"


def _verdict(one: Figure, best: Figure, rivals: Sequence[Figure]) -> str:
    """What became of a figure that was not chosen."""
    if one.kind != "year" or one.stands is None:
        return _set_aside(one)
    if one.agrees(best):
        return "agrees"
    if one.unit != best.unit:
        return "another unit"
    names = (
        "part of a total",
        "from another place's report",
        one.how,
        "hedged",
        "dated less closely",
    )
    differ = (a != b for a, b in zip(one.order, best.order, strict=True))
    return next((name for name, d in zip(names, differ, strict=True) if d), "disagrees")


def _set_aside(one: Figure) -> str:
    """Why a figure fills no cell by itself."""
    if one.stands is None:
        return _damage(one)
    return _SET_ASIDE.get(one.kind, "")


def _damage(one: Figure) -> str:
    return "masked" if one.claim.status == "redacted" and _masked(one.claim) else "lost"


def _masked(claim: Claim) -> bool:
    """Whether the page prints a mask where the digits were, and not nothing."""
    return bool(re.search(r"[xX×*＊某○□?？]", claim.text))


def _reason(figures: Sequence[Figure], planned: bool, reported: bool) -> str:
    """Why no figure fills a cell."""
    damaged = {_damage(f) for f in figures if f.kind == "year" and f.stands is None}
    kinds = {f.kind for f in figures}
    holds: Mapping[str, bool] = {
        "masked": "masked" in damaged,
        "lost": "lost" in damaged,
        "only for part of the year": "part" in kinds,
        "only over several years": "years" in kinds,
        "only as an increase": "added" in kinds,
        "only as target": planned,
        "not stated": reported,
        "no report": True,
    }
    return next(name for name in REASONS if holds.get(name))
