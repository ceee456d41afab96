"""Figures of named indicators to cells: which figure of a place and a year holds, and why none does."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..arithmetic.intervals import Interval, interval_of, quotient
from ..model import Claim

#: why a cell is empty, the first that is true
REASONS = (
    "ambiguous",
    "masked",
    "lost",
    "only for part of the year",
    "only over several years",
    "only as target",
    "not stated",
    "no report",
)
#: how a figure is known: the words that date it stand nearer to it
_NEAR = ("words", "section", "report", "document", "")
_YEAR = re.compile(r"(\d{4})(?:-01\.\.\1-12)?$")
_PART = re.compile(r"(\d{4})-[^.]*(?:\.\.\1-.*)?$")
_SPAN = re.compile(r"(\d{4})[^.]*(?:\.\.(\d{4}).*)?")
_TURNED = {"min": "max", "max": "min"}
Key = tuple[str, str, int, str, str]  # code, place, year, indicator, modality


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


@dataclass(frozen=True, eq=False, slots=True)
class Figure:
    """A figure that may fill a cell: what it says of which place and year, and the claims behind it.

    A fall is a negative number: 下降3% is -3.
    """

    claim: Claim
    key: Key
    kind: str  # of its period, as `years_of` says it
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
        if self.how != "stated":
            return [c for c in (self.numerator, self.denominator) if c is not None]
        return [self.claim]

    @property
    def order(self) -> tuple[bool, bool, bool, bool, int]:
        """What chooses among several: total before part, the place's own report, stated before
        recomputed, exact before hedged, dated by words before the document's date.
        """
        near = _NEAR.index(self.claim.period_from) if self.claim.period_from in _NEAR else 4
        part = self.claim.role in {"part", "share"}
        return part, not self.own, self.how != "stated", self.bound != "exact", near

    def agrees(self, other: "Figure") -> bool:
        """Whether the two may be one number, printed more or less exactly."""
        same = self.unit == other.unit
        if not same or self.stands is None or other.stands is None:
            return False
        return self.stands.meets(other.stands)


def figure(claim: Claim, key: Key, kind: str, own: bool, dated: str) -> Figure:
    """The figure of a claim, with its sign.

    >>> made = Claim("a", 0, 0, 2, "3%", None, unit="%", status="redacted")
    >>> math.isnan(figure(made, ("", "甲县", 2011, "gdp_growth", "actual"), "year", True, "").value)
    True
    """
    if not (claim.known or (claim.status == "ok" and claim.low is not None)):
        return Figure(claim, key, kind, own, dated, unit=claim.unit)
    value, low, high = (
        math.nan if number is None else float(number)
        for number in (claim.value, claim.low, claim.high)
    )
    stands, bound = interval_of(claim), claim.bound
    if claim.kind == "change" and claim.direction == "down":
        value, low, high = -value, -high, -low
        stands, bound = stands.negative, _TURNED.get(bound, bound)
    return Figure(
        claim, key, kind, own, dated, "stated", value, low, high, bound, claim.unit, stands=stands
    )


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
    if not whole:
        return Cell(
            None, _reason(every, planned, reported), 0, every, [_set_aside(f) for f in every]
        )
    best = min(whole, key=lambda f: f.order)
    rivals = [f for f in whole if f is not best and not f.agrees(best) and _rivals(f, best)]
    verdicts = ["chosen" if f is best else _verdict(f, best, rivals) for f in every]
    others = {(f.value, f.low, f.unit) for f in whole if not f.agrees(best)}
    if rivals:
        at = every.index(best)
        return Cell(None, "ambiguous", 1 + len(others), every, [
            _disputed(f, best, rivals) if i == at or f in rivals else verdicts[i]
            for i, f in enumerate(every)
        ])  # fmt: skip
    return Cell(best, "", 1 + len(others), every, verdicts)


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
        "recomputed",
        "hedged",
        "dated less closely",
    )
    differ = (a != b for a, b in zip(one.order, best.order, strict=True))
    return next((name for name, d in zip(names, differ, strict=True) if d), "disagrees")


def _set_aside(one: Figure) -> str:
    """Why a figure fills no cell by itself."""
    if one.stands is None:
        return _damage(one)
    return {"part": "part of the year", "years": "several years"}.get(one.kind, "")


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
        "only as target": planned,
        "not stated": reported,
        "no report": True,
    }
    return next(name for name in REASONS if holds.get(name))
