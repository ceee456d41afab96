"""What the audit's finders stand on: claims with their words, grouped into lines, and candidates
for a check.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern

#: units that count one kind of thing, so that 起 and 件 may stand above and below one line
_KINDS = {
    unit: kind
    for kind, units in {
        "persons": "人 名 位 员 口",
        "cases": "件 起 宗 例 桩 件次 封",
        "batches": "批 批次",
        "sessions": "场 场次",
    }.items()
    for unit in units.split()
}
#: a line without full stops is cut, and no more figures are looked back at: a hostile page must not
#: cost its square
_LONGEST, FARTHEST = 120, 300
_FULL = re.compile(r"[。!?\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures that the words of a report tie together, the stated result first; or the reason why a
    result stays unchecked.
    """

    kind: str
    claims: tuple[Claim, ...]
    reason: str = ""
    # a list that names its rest (其他, 还有) must make up its whole; without one it may be a
    # selection
    complete: bool = True
    # no other count of its unit stands between the whole and its list
    tight: bool = False
    # 比三级医院低: which way a difference is said to go, when its claim does not know
    direction: str = ""
    # found because it holds: such a check could not have failed
    holding: bool = False
    # what it says holds in all other rows or columns of its table, so that nothing is left but a slip
    lawful: bool = False
    # shares that are said to be all there are: they must make 100 %
    hundred: bool = False
    # growth that may be told in comparable prices, so that the sums of two years do not give it
    real: bool = False
    # which figure of a difference is the one of now, by its start: the larger stands first
    current: int = -1
    # how many figures could have stood in its place: each gives chance one more try
    tried: int = 1
    # how many counts a rate's numerator is added up of, and how many of the last are taken off its
    # denominator: 480 of 500 and 50, 300 of 500 without 50
    above: int = 1
    less: int = 0

    @property
    def result(self) -> Claim:
        return self.claims[0]


def lines(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims in runs that no full stop divides: a semicolon goes on, so that a 其中 list may run
    over it.
    """
    runs: list[list[Claim]] = []
    for last, claim in zip([None, *claims], claims, strict=False):
        far = last is None or claim.sentence - last.sentence > 1
        if (
            far
            or len(runs[-1]) >= _LONGEST
            or (last is not None and claim.sentence != last.sentence and _FULL.search(last.after))
        ):
            runs.append([])
        runs[-1].append(claim)
    return runs


def same_unit(first: Claim, second: Claim) -> bool:
    """Whether two claims count in one unit, 起 and 件 or 名 and 人 taken as one."""
    one, other = first.unit, second.unit
    return one == other or _KINDS.get(one, one) == _KINDS.get(other, other)


def unit_kind(claim: Claim) -> str:
    """What a claim's unit counts: one name for 起 and 件, the unit itself where it has no other."""
    return _KINDS.get(claim.unit, claim.unit)


def countable(claim: Claim) -> bool:
    """Whether a claim can be the count of a share: one of things, or a change in things, but no
    measure.
    """
    cut = (
        claim.kind == "change" and claim.unit not in {"%", "百分点"} and claim.role != "base"
    )  # 核减98.94万元
    return cut or (claim.counts and claim.kind != "measure")


def total_of(claims: Iterable[Claim]) -> Fraction:
    """What the figures of known claims make up together."""
    return sum((claim.number for claim in claims), Fraction(0))


def place_of(claim: Claim, others: Iterable[Claim]) -> str:
    """The place that a figure tells of: the one that its sentence named last before it.

    `others` are the figures that may have been told before it, the nearest first; where none of its
    sentence names a place, it is the one that the claim was given.
    """
    before = (c for c in others if c.sentence == claim.sentence and c.start < claim.start)
    return next((c.place for c in (claim, *before) if _names_place(c)), claim.place)


def _names_place(claim: Claim) -> bool:
    """Whether the words before a figure name its place, or say that it is the report's own."""
    return bool(claim.place) and (
        claim.place in claim.before or _OWN_PLACE.search(claim.before) is not None
    )


def may_hold(whole: Claim, part: Claim) -> bool:
    """Whether a count is as large as its part, where both are known."""
    large, small = whole.value, part.value  # decimals are compared faster than fractions
    if large is None or small is None or not (whole.known and part.known):
        return True
    return large >= small


_OWN_PLACE = Pattern("shares", r"{whose}{levels}")
_WHOLE = Pattern(
    "passages",
    r"(?:[\u4e00-\u9fff]{0,4}({whole})|(?:到|全[县市区镇乡]|其)*总?({whole_number}))的?(?:比例|比重)?",
)


def unit_word(words: str) -> str:
    """The measure word that words for a whole end in: 人次 in 来访总人次的; nothing when they name
    a thing.
    """
    m = _WHOLE.fullmatch(words)
    return (m[1] or m[2]).removesuffix("数") if m else ""


def grams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters: what two phrases have in common without a
    dictionary.

    >>> sorted(grams("党员、群众"))
    ['党员', '群众']
    """
    return {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}


IDLE = grams(
    "全县全市全区全镇全乡全年总数总量总额全省人数件数户数村数截至目前今年以来年我县我市我区我镇有的"
)


def alike(first: str, second: str) -> int:
    """How many pairs of characters two phrases share, words such as 全县 and 总数 left out."""
    return len((grams(first) & grams(second)) - IDLE)


def depth(run: Sequence[Claim], first: int, last: int) -> int:
    """How many brackets that open before or behind the figure at `first` are still open at the one
    at `last`.
    """
    opened = run[first].before.count("(") - run[first].before.count(")")
    for one, other in itertools.pairwise(run[first : last + 1]):
        words = other.before if one.sentence == other.sentence else one.after + other.before
        opened += words.count("(") - words.count(")")
    return opened


def earlier(runs: Sequence[list[Claim]], line: int, index: int, reach: int = 1) -> Iterator[Claim]:
    """Claims before a place, nearest first, back to `reach` lines before its own."""
    left = FARTHEST
    # lines are asked for one by one: few of all those before are reached
    above = (runs[k] for k in range(line - 1, max(-1, line - reach - 1), -1))
    for run in itertools.chain([runs[line][:index]], above):
        yield from reversed(run[-left:])
        left -= len(run)
        if left <= 0:
            return
