"""One thing counted twice: pairs of counts in one report, and in a report and its copy.

Claims come in; out come pairs that nearly the same words say of nearly the same number, that state
the same digits in two units, or that stand at the same place of a report and its copy.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .changes import with_bases
from .passages import IDLE, Candidate, grams, lines

# two statements of one quantity may differ by so many parts of the larger: a tenth
_NEAR = 10
# counts of nearly one size that each is compared with, and repetitions of it that are told: a page
# that repeats one number must not cost its square
_NEIGHBOURS, _TOLD = 30, 3
_ROWS = 40  # rows that may lie between two of one table
# equal words per figure that a report and its copy may have, all told, to be compared each with each
_CROWDED = 200
#: the words round a figure with its unit
_Said = tuple[str, str, str]
# pairs of characters that each of two subjects must have (党员 alone names no one thing) and that
# both must share (信访 in 信访总量 and in 交办重点信访案件 is not one thing)
_ENOUGH, _SHARED = 2, 3
_LEAST, _LEAST_TWO_UNITS = 100, 1000  # smaller numbers turn up twice by chance
# families whose counts belong to a span of time, so that two without one are two things
_FLOWS = {"petition", "mediation", "matters", "crime", "outreach"}
_CLAUSE = re.compile(r"[,;:。]")
_WITHIN = re.compile(r"中[^,;。]{0,10}$")
_PLACE = Pattern("repeats", r"\s*(?:\d{4}年)?([\u4e00-\u9fff]{1,6}?{places})")
_OWN_PLACE = Pattern("repeats", r"{shares.whose}|{own}")
_SCOPE = Pattern(
    "repeats", r"(?:{shares.whose}|各){shares.levels}|[一二三四]季度|{window.half_year}"
)
_COLUMN = Pattern("repeats", "{columns}")
_KIND = Pattern("repeats", "{kinds}$")
# a level of government whose part a count is
_LEVEL = re.compile(r"[省市州县区乡镇](?:本?级|[(][省市州县区乡镇、]{1,5}[)])")
# whose count a heading says that those below it are
_BODY = re.compile(r"[省市州县区乡镇](?:级|直|本级|[\u4e00-\u9fff]{0,6}(?:局|办|委|中心|院|所))")
_EARLIER = re.compile("上期|上年|去年|上月|同期")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# characters that tell one thing from another, which 共 and 总 do not
_NAMING = re.compile(r"[\u4e00-\u9fff](?<![共总已各现])")
_NUMBER = re.compile(r"\d+")
_MONTH = re.compile(r"\d{1,2}月")
_PEOPLE = Pattern("repeats", r"{people}")
_MEAN = Pattern("repeats", r"{means}[^,;。]{0,6}$")


def find_repeats(
    claims: Sequence[Claim],
    sums: Sequence[Candidate] = (),
    runs: Sequence[Sequence[Claim]] | None = None,
) -> Iterator[Candidate]:
    """Pairs of counts of one report that may be one; a part of a sum is not its whole again.

    `runs` are the claims in lines whose earlier figures are marked, where that is done already.
    """
    if runs is None:
        runs = [with_bases(run) for run in lines(claims)]
    groups: dict[tuple[str, str], list[Claim]] = {}
    places = _places(claims)
    # last year's figure never repeats this year's
    for c in itertools.chain.from_iterable(runs):
        exact = c.kind == "count" and c.known and c.bound == "exact" and c.role == ""
        # a fraction of nothing named is no count: 占目标任务 123.59
        exact = exact and (bool(c.unit) or c.amount.denominator == 1)
        # an average is of what stands before it, whatever else is averaged by the same words
        if exact and c.amount >= _LEAST and not _MEAN.search(c.before):
            groups.setdefault((c.unit, c.family), []).append(c)
    near = (pair for group in groups.values() for pair in _near_pairs(group))
    # sentences that name two places tell of two things
    found = [(a, b) for a, b in near if len({places[c.sentence] for c in (a, b)} - {""}) < 2]
    alone = Counter(c.sentence for c in claims)
    heads: dict[int, list[str]] = {}
    for c in claims if found else ():
        heads.setdefault(c.sentence, []).append(c.lead)
    found = [(a, b) for a, b in found if not (_are_rows(a, b, alone) or _are_cells(a, b, heads))]
    tied: dict[int, set[int]] = {}  # the sums that a figure takes part in
    for n, claim in ((n, claim) for n, s in enumerate(sums) for claim in s.claims):
        tied.setdefault(claim.start, set()).add(n)
    none: set[int] = set()
    found += _two_units(claims)
    for a, b in sorted(found, key=lambda pair: (pair[0].start, pair[1].start)):
        if tied.get(a.start, none).isdisjoint(tied.get(b.start, none)):
            yield Candidate("repeat", (a, b), holding=a.unit != b.unit)


def _near_pairs(group: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of nearly the same size and words; in order of size, so that neighbours are enough."""
    ordered = sorted(group, key=lambda c: (c.amount, c.start))
    words = [grams(c.subject) - IDLE for c in ordered]
    for i, small in enumerate(ordered):
        told = 0
        for j in range(i + 1, min(len(ordered), i + 1 + _NEIGHBOURS)):
            large = ordered[j]
            if (large.amount - small.amount) * _NEAR > large.amount or told == _TOLD:
                break
            shorter = min(len(words[i]), len(words[j]))
            near = shorter >= _ENOUGH and len(words[i] & words[j]) >= max(shorter / 2, _SHARED)
            # 有效回访中表示满意的240件: a part of the count before it, not the same thing again
            part = _WITHIN.search(small.before) or _WITHIN.search(large.before)
            if near and not part and small.sentence != large.sentence and _one_thing(small, large):
                told += 1
                yield (small, large) if small.start < large.start else (large, small)


def _places(claims: Sequence[Claim]) -> dict[int, str]:
    """The place or office that each sentence begins with, as a table's rows do; else empty."""
    found: dict[int, str] = {}
    for c in claims:
        if c.sentence not in found:
            named = next(filter(None, map(_PLACE.match, _CLAUSE.split(c.before))), None)
            found[c.sentence] = named[1] if named and not _OWN_PLACE.search(named[1]) else ""
    return found


def _are_rows(first: Claim, second: Claim, figures: Counter[int]) -> bool:
    """Whether two counts stand in sentences that are no more than a name and a figure, as all between
    them: rows of a table, which tell two things. `figures` counts those of each sentence.
    """
    low, high = sorted((first.sentence, second.sentence))
    if first.amount == second.amount or high - low > _ROWS:
        return False
    rows = (c.after.startswith("。") and not _CLAUSE.search(c.before) for c in (first, second))
    return all(rows) and all(figures[n] < 2 for n in range(low, high + 1))


def _are_cells(first: Claim, second: Claim, heads: dict[int, list[str]]) -> bool:
    """Whether two counts stand under one head of a table, in rows that have the same heads behind their
    own names.
    """
    one, other = heads[first.sentence], heads[second.sentence]
    near = abs(first.sentence - second.sentence) <= _ROWS
    return near and first.lead == second.lead and one[1:] == other[1:] and first.lead in one[1:]


def _one_thing(first: Claim, second: Claim) -> bool:
    """Whether two counts may be of one time and scope; flows (visits, cases) must name the time."""
    one, other = (set(_SCOPE.findall(c.subject)) for c in (first, second))
    if first.period != second.period or (one and other and one != other):
        return False
    if first.heading != second.heading and all(_BODY.search(c.heading) for c in (first, second)):
        return False  # 一、区级数据 and 二、市热线办考核数据: each has its own count
    if _LEVEL.findall(_clause(first)) != _LEVEL.findall(_clause(second)):
        return False  # 全省热线受理180万件, 市(州)热线受理174万件
    if first.stage and second.stage and first.stage != second.stage:
        return False  # what came in, and what was done with it
    if len([c for c in (first, second) if _EARLIER.search(c.subject)]) == 1:
        return False  # 当月新增上期数, 当月退出: of two times
    if _of_columns(first.subject, second.subject):
        return False
    # 社会工作·城市低保, 社会工作·农村特困供养: two rows below one head
    rows = [c.subject.rpartition("·") for c in (first, second)]
    if rows[0][0] and rows[0][0] == rows[1][0] and rows[0][2] != rows[1][2]:
        return False
    if _are_parallel(first.subject, second.subject):
        return False
    if _NUMBER.findall(first.subject) != _NUMBER.findall(second.subject):
        return False  # 0-17岁人口数, 18-34岁人口数
    kinds = [_KIND.search(c.subject) for c in (first, second)]
    if all(kinds) and first.subject != second.subject:
        return False  # 行政服务类…;社会服务类…: two kinds of one whole
    if first.amount != second.amount and _is_kind(first.subject, second.subject):
        return False
    months = [set(_MONTH.findall(c.before)) for c in (first, second)]
    if all(months) and months[0].isdisjoint(months[1]):
        return False  # 6月合计受理13729宗, 7月合计受理14090宗
    return bool(first.period) or first.family not in _FLOWS


def _clause(claim: Claim) -> str:
    """The words of a claim's clause before it."""
    return _CLAUSE.split(claim.before)[-1]


def _are_parallel(first: str, second: str) -> bool:
    """Whether two subjects are alike but for names of their own: 养老机构床位, 上述机构床位; 对办理工作满意的,
    对办理结果满意的; 男性人口数, 女性人口数.
    """
    begin = _alike_from(first, second)
    one, other = first[begin:], second[begin:]
    end = _alike_from(one[::-1], other[::-1])
    own = [set(_NAMING.findall(rest[: len(rest) - end])) for rest in (one, other)]
    return end > 1 and min(map(len, own)) > 0 and own[0].isdisjoint(own[1])


def _alike_from(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    same = itertools.takewhile(lambda two: two[0] == two[1], zip(first, second, strict=False))
    return len(list(same))


def _is_kind(first: str, second: str) -> bool:
    """Whether a subject is the other with a modifier of its own: 借款合同纠纷新收, 金融借款合同纠纷新收."""
    short, long = sorted((first, second), key=len)
    begin, own = _alike_from(short, long), len(long) - len(short)
    inserted = long.endswith(short[begin:]) and _HAN.match(short[begin:])
    return bool(inserted) and bool(grams(long[begin : begin + own]) - IDLE)


def _of_columns(first: str, second: str) -> bool:
    """Whether two subjects are of one row and two columns of a table: 市容环境, 市容环境结案数."""
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and bool(_COLUMN.fullmatch(long, len(short)))


def _two_units(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """9154户 and 9154人 of one family: the same digits once in one unit and once in another."""
    at: dict[tuple[int | Fraction, str], list[Claim]] = {}
    for c in claims:
        if c.kind == "count" and c.known and c.amount >= _LEAST_TWO_UNITS and c.amount % 100:
            at.setdefault((c.amount, c.family), []).append(c)
    for first, second in (pair for group in at.values() for pair in itertools.pairwise(group)):
        units = first.unit, second.unit
        people = units[0] != units[1] and all(map(_PEOPLE.fullmatch, units))
        if people and grams(first.subject) & grams(second.subject):
            yield first, second


def find_copied(first: Sequence[Claim], second: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Figures of a report and of its copy with the same words round them, equal or not."""
    one, other = ([(c.before[-12:], c.unit, c.after[:6]) for c in side] for side in (first, second))
    for at, place, size in _blocks(one, other):
        for k in range(size):
            yield first[at + k], second[place + k]


def _blocks(one: Sequence[_Said], other: Sequence[_Said]) -> Iterator[tuple[int, int, int]]:
    """Stretches that are the same in both: where they begin in the one and the other, how long.

    Where the same words stand again and again, only what both begin and end with is compared: each
    with each would cost the square.
    """
    often = Counter(other)
    if sum(often[said] for said in one) <= _CROWDED * (len(one) + len(other)):
        yield from SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        return
    begin = _alike(one, other)
    end = _alike(one[begin:][::-1], other[begin:][::-1])
    yield 0, 0, begin
    yield len(one) - end, len(other) - end, end


def _alike(one: Sequence[_Said], other: Sequence[_Said]) -> int:
    """With how many of the same two sequences begin."""
    pairs = zip(one, other, strict=False)
    return next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
