"""One thing counted twice: in one report with nearly the same words, in two units, and in reports that are copies of each other."""

import itertools
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .changes import with_bases
from .passages import IDLE, Candidate, grams, lines

__all__ = ["find_copied", "find_repeats"]

#: how far apart, as a share of the larger, two statements of one quantity may stand and still be suspected to be one
_NEAR = Fraction(1, 10)
#: how many counts of nearly one size are compared with each: a page that repeats one number must not cost its square
_NEIGHBOURS = 30
#: and how many repetitions of it are told
_TOLD = 3
#: pairs of characters that two subjects must have at the least before they are compared: 党员 alone names no one thing
_ENOUGH = 2
#: and that both must have: 信访 in 信访总量 and in 交办重点信访案件 is not one thing
_SHARED = 3
#: smaller numbers turn up twice by chance
_LEAST, _LEAST_TWO_UNITS = 100, 1000
#: families whose counts belong to a span of time, so that two without one are two things
_FLOWS = {"petition", "mediation", "matters", "crime", "outreach"}
_PLACE = Pattern("repeats", r"\s*(?:\d{4}年)?([\u4e00-\u9fff]{1,6}?{places})")
_OWN_PLACE = Pattern("repeats", r"{own}")
_SCOPE = Pattern("repeats", r"{all}{shares.levels}|[一二三四]季度|{window.half_year}")
_PEOPLE = Pattern("repeats", r"{people}")


def find_repeats(claims: Sequence[Claim], sums: Sequence[Candidate] = ()) -> Iterator[Candidate]:
    """Pairs of counts of one report that nearly the same words say of nearly the same number.

    Args:
        claims: the claims of one report.
        sums: the sums found in it: a part is not its whole over again.
    """
    groups: dict[tuple[str, str], list[Claim]] = {}
    places = _places(claims)
    # last year's figure never repeats this year's
    for c in (c for run in lines(claims) for c in with_bases(run)):
        if (
            c.kind == "count"
            and c.known
            and c.number >= _LEAST
            and c.bound == "exact"
            and c.role == ""
        ):
            groups.setdefault((c.unit, c.family), []).append(c)
    found = [
        pair
        for group in groups.values()
        for pair in _near_pairs(group)
        if _one_place(*pair, places)
    ]
    found += _two_units(claims)
    tied = [{c.start for c in s.claims} for s in sums]
    found = [(a, b) for a, b in found if not any({a.start, b.start} <= starts for starts in tied)]
    for first, second in sorted(found, key=lambda pair: (pair[0].start, pair[1].start)):
        yield Candidate("repeat", (first, second), holding=first.unit != second.unit)


def _near_pairs(group: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of nearly the same size and words; in order of size, so that only neighbours are looked at."""
    ordered = sorted(group, key=lambda c: (c.number, c.start))
    words = [grams(c.subject) - IDLE for c in ordered]
    for i, small in enumerate(ordered):
        told = 0
        for j in range(i + 1, min(len(ordered), i + 1 + _NEIGHBOURS)):
            large = ordered[j]
            if large.number - small.number > _NEAR * large.number or told == _TOLD:
                break
            shorter = min(len(words[i]), len(words[j]))
            near = shorter >= _ENOUGH and len(words[i] & words[j]) >= max(shorter / 2, _SHARED)
            whole = not (_within(small) or _within(large))
            if near and whole and small.sentence != large.sentence and _one_thing(small, large):
                told += 1
                yield (small, large) if small.start < large.start else (large, small)


def _places(claims: Sequence[Claim]) -> dict[int, str]:
    """The name that a sentence begins with, by sentence: rows of a table are told so, a row a town or an office."""
    found: dict[int, str] = {}
    for c in claims:
        if c.sentence not in found:
            named = next(filter(None, map(_PLACE.match, re.split("[,;:。]", c.before))), None)
            found[c.sentence] = named[1] if named and not _OWN_PLACE.search(named[1]) else ""
    return found


def _one_place(first: Claim, second: Claim, places: dict[int, str]) -> bool:
    one, other = places[first.sentence], places[second.sentence]
    return one == other or not (one and other)


def _within(claim: Claim) -> bool:
    """有效回访中表示满意的240件: a part of the count before it, not the same thing again."""
    return re.search(r"中[^,;。]{0,10}$", claim.before) is not None


def _one_thing(first: Claim, second: Claim) -> bool:
    """Whether two counts may be one: of one time and one scope; flows (visits, cases) only when both name the same time."""
    scopes = [set(_SCOPE.findall(c.subject)) for c in (first, second)]
    if first.period != second.period or (scopes[0] and scopes[1] and scopes[0] != scopes[1]):
        return False
    return bool(first.period) or first.family not in _FLOWS


def _two_units(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """9154户 and 9154人 of one family: the same digits once in one unit and once in another."""
    at: dict[tuple[Fraction, str], list[Claim]] = {}
    for c in claims:
        if c.kind == "count" and c.known and c.number >= _LEAST_TWO_UNITS and c.number % 100:
            at.setdefault((c.number, c.family), []).append(c)
    pairs = [(a, b) for group in at.values() for a, b in itertools.pairwise(group)]
    return [(a, b) for a, b in pairs if a.unit != b.unit and all(map(_PEOPLE.fullmatch, (a.unit, b.unit))) and grams(a.subject) & grams(b.subject)]  # fmt: skip


def find_copied(first: Sequence[Claim], second: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Figures of a report and of its copy that stand at the same place of the text.

    Args:
        first: the claims of the earlier report, in order.
        second: those of its copy.

    Returns:
        pairs of claims with the same words round them, equal or not.
    """
    one, other = ([(c.before[-12:], c.unit, c.after[:6]) for c in side] for side in (first, second))
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for k in range(block.size):
            yield first[block.a + k], second[block.b + k]
