"""Which reading of a damaged or mistyped figure would make a failed check hold: a suggestion, never a value."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from .intervals import Interval
from .links import Candidate, Claim

__all__ = ["mend", "readings"]

#: more ways than this to mend a figure say nothing about which one happened
_MOST = 3
#: the slips, the likelier first
_SLIPS = (
    "a year rewritten",
    "a range sign lost",
    "two digits swapped",
    "a digit doubled",
    "a decimal point lost",
    "a digit lost",
    "a digit misread",
)
_DIGITS = re.compile(r"[\d,]+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def readings(printed: str) -> Iterator[tuple[str, str]]:
    """Readings of a printed number that one slip of a page or a typist could have turned into it, the likelier slips first.

    Args:
        printed: Arabic digits, with or without a decimal point.

    Returns:
        pairs of the reading and the slip: two digits swapped, a digit doubled, lost or misread, a decimal point lost.

    >>> ("93.8", "two digits swapped") in set(readings("98.3"))
    True
    """
    seen = {printed}
    for reading, slip in _slips(printed):
        if reading not in seen and re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", reading):
            seen.add(reading)
            yield reading, slip


def _slips(printed: str) -> Iterator[tuple[str, str]]:
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    for i, j in itertools.pairwise(digits):
        chars = list(printed)
        chars[i], chars[j] = chars[j], chars[i]
        yield "".join(chars), "two digits swapped"
    for i in digits:
        if i and printed[i - 1] == printed[i]:
            yield printed[:i] + printed[i + 1 :], "a digit doubled"
    if "." not in printed:
        for i in range(1, len(printed)):
            yield f"{printed[:i]}.{printed[i:]}", "a decimal point lost"
    for i, d in itertools.product(range(len(printed) + 1), "0123456789"):
        yield printed[:i] + d + printed[i:], "a digit lost"
    for i, d in itertools.product(digits, "0123456789"):
        yield printed[:i] + d + printed[i + 1 :], "a digit misread"


def mend(candidate: Candidate) -> str:
    """Readings that make a failed check hold, of the likeliest slip that does; empty when there are none or too many.

    Args:
        candidate: a rate, change, difference or sum that does not hold, or that a damaged figure takes part in.
    """
    residue = _RESIDUES.get(candidate.kind)
    if residue is None:
        return ""
    by_slip: dict[str, list[str]] = {}
    ways = [*_rewritten(candidate.claims), *_split(candidate.claims, residue), *_single(candidate.claims)]
    for slip, said, claims in ways:
        if claims is None or _holds(residue, claims):
            by_slip.setdefault(slip, []).append(said)
    found = next((by_slip[slip] for slip in _SLIPS if slip in by_slip and len(set(by_slip[slip])) <= _MOST), [])
    return "; ".join(dict.fromkeys(found))


_Way = tuple[str, str, list[Claim] | None]


def _single(claims: tuple[Claim, ...]) -> Iterator[_Way]:
    """One figure read otherwise; damaged ones alone when there are any."""
    damaged = [k for k, c in enumerate(claims) if c.status == "spoilt"]
    for k in damaged or range(len(claims)):
        digits = _DIGITS.match(claims[k].text)
        if digits is None or claims[k].value is None:
            continue
        for new, slip in readings(digits[0].replace(",", "")):
            other = _read_as(claims[k], digits[0], new)
            yield slip, f"{claims[k].text} as {other.text} ({slip})", [*claims[:k], other, *claims[k + 1 :]]


def _rewritten(claims: tuple[Claim, ...]) -> Iterator[_Way]:
    """A year that a page put in the place of other digits, everywhere the same: 20232件 and 2023.5% for 102件 and 10.5%."""
    hit = [k for k, c in enumerate(claims) if _YEAR.search(c.text) and len(re.sub(r"\D", "", c.text)) > 4]
    for digits in [str(n) for n in range(100)] if hit else []:
        others = list(claims)
        for k in hit:
            old = _DIGITS.match(claims[k].text)
            new = _YEAR.sub(digits, old[0], count=1) if old else ""
            if old is None or not re.fullmatch(r"\d+(?:\.\d+)?", new):
                break
            others[k] = _read_as(claims[k], old[0], new)
        else:
            said = ", ".join(f"{claims[k].text} as {others[k].text}" for k in hit)
            yield "a year rewritten", f"{said} (a year rewritten)", others


def _split(claims: tuple[Claim, ...], residue: "_Residue") -> Iterator[_Way]:
    """Two ends of a range run together (1001000元 for 100-1000元): mended when the arithmetic falls between them."""
    for k, claim in enumerate(claims):
        digits = _DIGITS.match(claim.text)
        if claim.status != "spoilt" or digits is None or "." in digits[0]:
            continue
        printed = digits[0].replace(",", "")
        for i in range(1, len(printed)):
            if printed[i] == "0" or int(printed[:i]) >= int(printed[i:]):
                continue
            ends = [_read_as(claim, digits[0], part) for part in (printed[:i], printed[i:])]
            off = [residue([*claims[:k], end, *claims[k + 1 :]]) for end in ends]
            if off[0] is not None and off[1] is not None and off[0] * off[1] <= 0:
                said = claim.text.replace(digits[0], f"{printed[:i]}-{printed[i:]}", 1)
                yield "a range sign lost", f"{claim.text} as {said} (a range sign lost)", None


def _read_as(claim: Claim, old: str, new: str) -> Claim:
    printed = Fraction(Decimal(old.replace(",", "")))
    scale = claim.number / printed if printed else Fraction(1)
    return replace(claim, value=Fraction(Decimal(new)) * scale, text=claim.text.replace(old, new, 1), status="ok")


_Residue = Callable[[list[Claim]], Fraction | None]


def _holds(residue: _Residue, claims: list[Claim]) -> bool:
    """Whether a reading's arithmetic gives the result within the rounding of its own printed digits."""
    off = residue(claims)
    return off is not None and Interval(x := claims[0].number + off, x).meets(claims[0].stands_for())


def _rate(c: list[Claim]) -> Fraction | None:
    """How far the recomputed result lies above the printed one."""
    return c[1].number * 100 / c[2].number - c[0].number if 0 < c[1].number <= c[2].number else None


def _yoy(c: list[Claim]) -> Fraction | None:
    if not c[2].number:
        return None
    value = (c[1].number - c[2].number) * 100 / c[2].number
    return (-value if c[0].direction == "down" else value) - c[0].number


def _diff(c: list[Claim]) -> Fraction:
    return c[1].number - c[2].number - c[0].number


def _sum(c: list[Claim]) -> Fraction:
    return sum((part.number for part in c[1:]), Fraction(0)) - c[0].number


_RESIDUES: dict[str, _Residue] = {"rate": _rate, "yoy": _yoy, "diff": _diff, "sum": _sum}
