"""What the audit's finders stand on: claims with their words, grouped into lines, and candidates for a check."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..schema import CLAIMS
from .intervals import Interval, stands_for

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "IDLE",
    "READ",
    "Candidate",
    "Claim",
    "alike",
    "by_report",
    "claim_of",
    "countable",
    "depth",
    "earlier",
    "grams",
    "lines",
    "may_hold",
    "read_claim",
    "same_unit",
    "unit_word",
]

#: units that count one kind of thing, so that 起 and 件 may stand above and below one line
_KINDS = {
    unit: kind
    for kind, units in {
        "persons": "人 名 位 员 口",
        "cases": "件 起 宗 例 桩 件次",
        "batches": "批 批次",
    }.items()
    for unit in units.split()
}
#: units of shares, ages and times, which are no number of things
_NO_COUNTS = {"%", "百分点", "岁", "周岁", "年", "月", "个月", "天", "日", "小时", "分钟", "倍"}
#: a line without full stops is cut, and no more figures are looked back at: a hostile page must not cost its square
_LONGEST, _FARTHEST = 120, 300
_AVERAGES = ("日均", "月均", "年均", "人均", "户均", "平均", "均为")
_BREAK = re.compile(r"[,;:()。!?\n]")
_TAIL = re.compile(r"[,;:()。!?\n、率]")
_FULL = re.compile(r"[。!?\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim row as the audit reads it: the value exact, None where the page lost it."""

    start: int
    text: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    bound: str
    unit: str
    kind: str
    direction: str
    family: str
    stage: str
    subject: str
    period: str
    role: str
    sentence: int
    before: str
    after: str
    status: str
    #: the columns that a reviewer corrected
    corrected: str = ""

    @property
    def known(self) -> bool:
        return self.status == "ok" and self.value is not None

    @property
    def number(self) -> Fraction:
        """The value of a claim that has one."""
        if self.value is None:
            raise ValueError(f"{self.text}: has no value")
        return self.value

    @property
    def digits(self) -> int:
        """How many digits its value has without the zeros at its end: round figures make each other up by chance."""
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
        """The words of its clause; where the clause begins with the number, those of the clause before it too."""
        own = self.lead + self.tail
        return own if len("".join(_HAN.findall(own))) > 1 else self.before + self.tail

    @cached_property
    def counts(self) -> bool:
        """Whether it says how many there are now: no share, no change, no earlier time's figure, no standard."""
        return (
            self.kind in {"count", "money", "measure"}
            and self.unit not in _NO_COUNTS
            and not (self.role == "base" or self.average)
        )

    @property
    def rewritten(self) -> bool:
        """Whether a reviewer says that the figure is another one than the extractor read."""
        return bool({"value", "unit"} & set(self.corrected.split(";")))

    @property
    def average(self) -> bool:
        """日均10169件 is no total."""
        return self.lead.endswith(_AVERAGES)

    def stands_for(self, rounding: str = "half-up") -> Interval:
        """The interval of the printed figure, or of the range."""
        if self.low is not None and self.high is not None:
            return Interval(self.low, self.high)
        return stands_for(
            self.text, self.number, self.bound, self.unit, before=self.before, rounding=rounding
        )


READ = ["doc", "report", *(f.name for f in dataclass_fields(Claim))]
_NUMBERS = [READ[2:].index(name) for name in ("value", "low", "high")]
_OF_ROW = itemgetter(*([f.name for f in CLAIMS].index(name) for name in READ[2:]))


def claim_of(row: Sequence[Any]) -> Claim:
    """A claim of a row in the order of `fields.CLAIMS`, without a table round it."""
    return _made(_OF_ROW(row))


def read_claim(row: Mapping[str, Any]) -> Claim:
    """A claim of a table's row."""
    return _made(row.get(name, "") if name == "corrected" else row[name] for name in READ[2:])


def by_report(claims: "pd.DataFrame") -> dict[tuple[str, int], list[Claim]]:
    """The claims of a table by document and report, in their order.

    Raises:
        KeyError: a column is missing.
    """
    found: dict[tuple[str, int], list[Claim]] = {}
    if "corrected" not in claims:
        claims = claims.assign(corrected="")
    for doc, report, *values in zip(*(claims[name].tolist() for name in READ), strict=True):
        found.setdefault((doc, report), []).append(_made(values))
    return found


def _made(values: Iterable[Any]) -> Claim:
    cells: list[Any] = [
        "" if value != value else value for value in values
    ]  # an empty cell is read back from a file as NaN
    for i in _NUMBERS:
        cells[i] = None if cells[i] == "" else _exact(cells[i])
    claim = Claim(*cells)
    return (
        replace(claim, text=_rewritten(claim))
        if claim.value is not None and claim.rewritten
        else claim
    )


def _rewritten(claim: Claim) -> str:
    """A corrected figure as the page would have printed it: its digits set the rounding, no longer the misread ones."""
    scale = next((word for word in ("亿", "万") if word in claim.text), "")
    number = claim.number / {"亿": 10**8, "万": 10**4, "": 1}[scale]
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}{scale}{claim.unit}"


def _exact(value: float) -> Fraction:
    """A number by its shortest digits, so that 83.7 is 837/10 and not the nearest binary fraction."""
    whole = abs(value) < 1 << 53 and value == int(value)
    return Fraction(int(value)) if whole else Fraction(Decimal(repr(float(value))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures that the words of a report tie together, the stated result first; or the reason why a result stays unchecked."""

    kind: str
    claims: tuple[Claim, ...]
    reason: str = ""
    # a list that names its rest (其他, 还有) must make up its whole; without one it may be a selection
    complete: bool = True
    # no other count of its unit stands between the whole and its list
    tight: bool = False
    # 比三级医院低: which way a difference is said to go, when its claim does not know
    direction: str = ""
    # found because it holds: such a check could not have failed
    holding: bool = False
    # shares that are said to be all there are: they must make 100 %
    hundred: bool = False
    # which figure of a difference is the one of now, by its start: the larger stands first
    current: int = -1
    # how many figures could have stood in its place: each gives chance one more try
    tried: int = 1

    @property
    def result(self) -> Claim:
        return self.claims[0]


def lines(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims in runs that no full stop divides: a semicolon goes on, so that a 其中 list may run over it."""
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
    return _KINDS.get(first.unit, first.unit) == _KINDS.get(second.unit, second.unit)


def countable(claim: Claim) -> bool:
    """Whether a claim can be the count of a share: one of things, or a change in things, but no measure."""
    cut = (
        claim.kind == "change" and claim.unit not in {"%", "百分点"} and claim.role != "base"
    )  # 核减98.94万元
    return cut or (claim.counts and claim.kind != "measure")


def may_hold(whole: Claim, part: Claim) -> bool:
    """Whether a count is as large as its part, where both are known."""
    return not whole.known or not part.known or whole.number >= part.number


def unit_word(words: str) -> str:
    """The measure word that words for a whole end in: 人次 in 来访总人次的; nothing when they name a thing."""
    m = re.fullmatch(
        r"(?:[\u4e00-\u9fff]{0,4}(批次|人次|件次)|(?:到|全[县市区镇乡]|其)*总?(户数|人数|件数))的?(?:比例|比重)?",
        words,
    )
    return (m[1] or m[2]).removesuffix("数") if m else ""


def grams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters: what two phrases have in common without a dictionary.

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
    """How many brackets that open before or behind the figure at `first` are still open at the one at `last`."""
    opened = run[first].before.count("(") - run[first].before.count(")")
    for one, other in itertools.pairwise(run[first : last + 1]):
        words = other.before if one.sentence == other.sentence else one.after + other.before
        opened += words.count("(") - words.count(")")
    return opened


def earlier(runs: list[list[Claim]], line: int, index: int, reach: int = 1) -> Iterator[Claim]:
    """Claims before a place, nearest first, back to `reach` lines before its own."""
    left = _FARTHEST
    for run in (
        runs[line][:index],
        *(runs[k] for k in range(line - 1, max(-1, line - reach - 1), -1)),
    ):
        yield from reversed(run[-left:])
        left -= len(run)
        if left <= 0:
            return
