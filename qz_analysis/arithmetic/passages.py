"""What the audit's finders stand on: claims with the words round them, in lines, and candidates.

A candidate is a set of figures that the words of a report tie together for a check.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ..model import Claim
from ..vocabularies.patterns import Pattern, words
from ..vocabularies.session import kept
from .intervals import Interval, stands_for

# a line without full stops is cut, and no more figures are looked back at: a hostile page must not
# cost its square
_LONGEST, _FARTHEST = 120, 300
_NO_COUNT = Pattern("passages", r"{no_count}")
_AVERAGE = Pattern("passages", r"{averages}$")
_UNIT = Pattern(
    "passages",
    r"(?:[\u4e00-\u9fff]{0,4}({visits})|{before_unit}*总?({heads}))的?{rates.called}?",
)
_BREAK = re.compile(r"[,;:()。!?\n]")
_TAIL = re.compile(r"[,;:()。!?\n、率]")
_FULL = re.compile(r"[。!?\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: the columns of a claims table that the audit reads
NEEDED = (
    *("doc", "report", "start", "text", "value", "low", "high", "bound", "unit", "kind"),
    *("direction", "family", "stage", "subject", "period", "status", "role", "sentence"),
    *("before", "after"),
)


@dataclass(frozen=True, eq=False)
class Passage(Claim):
    """A claim as the audit reads it: with the words round it, and its figure as corrected."""

    @property
    def known(self) -> bool:
        return self.status == "ok" and self.value is not None

    @cached_property
    def number(self) -> Fraction:
        """The value of a claim that has one."""
        if self.value is None:
            raise ValueError(f"{self.text}: has no value")
        return Fraction(self.value)

    @property
    def digits(self) -> int:
        """How many digits its value has without the zeros at its end.

        Round figures make each other up by chance.
        """
        return len(str(self.number.numerator).rstrip("0"))

    @cached_property
    def lead(self) -> str:
        """The words before it in its own clause."""
        return _BREAK.split(self.before)[-1]

    @cached_property
    def tail(self) -> str:
        """The words behind it in its own clause."""
        return _TAIL.split(self.after, maxsplit=1)[0]

    @cached_property
    def words(self) -> str:
        """The words of its clause; a clause that begins with the number has those before it too."""
        own = self.lead + self.tail
        return own if len("".join(_HAN.findall(own))) > 1 else self.before + self.tail

    @cached_property
    def counts(self) -> bool:
        """Whether it says how many there are now.

        A share, a change, a figure of an earlier time and a standard do not.
        """
        return (
            self.kind in {"count", "money", "measure"}
            and not _NO_COUNT.fullmatch(self.unit)
            and not (self.role == "base" or self.average)
        )

    @property
    def rewritten(self) -> bool:
        """Whether a reviewer says that the figure is another one than the extractor read."""
        return bool({"value", "unit"} & set(self.corrected.split(";")))

    @property
    def average(self) -> bool:
        """Whether the words make it an average, which is no total: 日均10169件."""
        return bool(_AVERAGE.search(self.lead))

    def stands_for(self, rounding: str = "half-up") -> Interval:
        """The interval of the printed figure, or of the range."""
        if self.low is not None and self.high is not None:
            return Interval(Fraction(self.low), Fraction(self.high))
        return stands_for(
            self.text, self.number, self.bound, self.unit, before=self.before, rounding=rounding
        )


def passages_of(claims: Iterable[Claim]) -> list[Passage]:
    """Claims as the audit reads them."""
    found = (Passage(*claim.cells) for claim in claims)
    return [
        replace(passage, text=_rewritten(passage))
        if passage.value is not None and passage.rewritten
        else passage
        for passage in found
    ]


def _rewritten(passage: Passage) -> str:
    """A corrected figure as the page would have printed it: its digits set the rounding."""
    scale = next((word for word in ("亿", "万") if word in passage.text), "")
    number = passage.number / {"亿": 10**8, "万": 10**4, "": 1}[scale]
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}{scale}{passage.unit}"


def by_report(claims: Iterable[Claim]) -> dict[tuple[str, int], list[Claim]]:
    """Claims by document and report, in their order."""
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.doc, claim.report), []).append(claim)
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures that the words of a report tie together, the stated result first.

    With a reason it is a result that stays unchecked.
    """

    kind: str
    claims: tuple[Passage, ...]
    reason: str = ""
    # a list that names its rest (其他) must make up its whole; another one may be a selection
    complete: bool = True
    tight: bool = False  # no other count of its unit stands between the whole and its list
    direction: str = ""  # which way a difference goes (比三级医院低) whose claim does not say it
    holding: bool = False  # found because it holds: such a check could not have failed
    hundred: bool = False  # shares that are said to be all there are: they must make 100 %
    # which figure of a difference is the one of now, by its start: the larger stands first
    current: int = -1
    tried: int = 1  # how many figures could have stood in its place, each one more try of chance

    @property
    def result(self) -> Passage:
        return self.claims[0]


def lines(claims: Sequence[Passage]) -> list[list[Passage]]:
    """Claims in runs that no full stop divides; a 其中 list may go on behind a semicolon."""
    runs: list[list[Passage]] = []
    last: Passage | None = None
    for claim in claims:
        ahead = 0 if last is None else claim.sentence - last.sentence
        stopped = last is None or ahead > 1 or (ahead and _FULL.search(last.after))
        if stopped or len(runs[-1]) >= _LONGEST:
            runs.append([])
        runs[-1].append(claim)
        last = claim
    return runs


def same_unit(first: Passage, second: Passage) -> bool:
    """Whether two claims count in one unit, 起 and 件 or 名 and 人 taken as one."""
    kinds = _unit_kinds()
    return kinds.get(first.unit, first.unit) == kinds.get(second.unit, second.unit)


@kept
def _unit_kinds() -> dict[str, str]:
    """The kind of thing that a unit counts."""
    kinds = ("persons", "cases", "batches")
    return {unit: kind for kind in kinds for unit in words("passages", kind)}


def countable(claim: Passage) -> bool:
    """Whether a claim can be the count of a share: of things, a change in them, no measure."""
    if claim.kind == "change":  # 核减98.94万元
        return claim.unit not in {"%", "百分点"} and claim.role != "base"
    return claim.counts and claim.kind != "measure"


def may_hold(whole: Passage, part: Passage) -> bool:
    """Whether a count is as large as its part, where both are known."""
    return not whole.known or not part.known or whole.number >= part.number


def unit_word(phrase: str) -> str:
    """The measure word that a phrase for a whole ends in; nothing when it names a thing.

    >>> unit_word("来访总人次的"), unit_word("积案总数的")
    ('人次', '')
    """
    m = _UNIT.fullmatch(phrase)
    return (m[1] or m[2]).removesuffix("数") if m else ""


def grams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters, which phrases are compared by.

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


def depth(run: Sequence[Passage], first: int, last: int) -> int:
    """How many brackets that open at the figure `first` are still open at the figure `last`."""
    opened = run[first].before.count("(") - run[first].before.count(")")
    for one, other in itertools.pairwise(run[first : last + 1]):
        between = other.before if one.sentence == other.sentence else one.after + other.before
        opened += between.count("(") - between.count(")")
    return opened


def earlier(runs: list[list[Passage]], line: int, index: int, reach: int = 1) -> Iterator[Passage]:
    """Claims before a place, nearest first, back to `reach` lines before its own."""
    left = _FARTHEST
    for run in (runs[line][:index], *reversed(runs[max(0, line - reach) : line])):
        yield from reversed(run[-left:])
        left -= len(run)
        if left <= 0:
            return
