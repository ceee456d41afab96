"""Wholes that nothing but the order of a text ties to their parts: 来信16件,22.5%;来访22件,31%.

No word says there that a percentage is a share, or that items of a list are parts, so that several
must agree: relations are only told where they hold for all of them.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from ..model import Claim
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import DIGITS
from .changes import holds
from .intervals import grain_of, interval_of, quotient
from .passages import Candidate, earlier, same_unit, total_of
from .sums import tables_in

_Pair = tuple[Claim, Claim]
# so many parts agree by no chance; so few of the counts before a list are tried for its whole, so
# many lines back
_LEAST, _WHOLES, _BACK = 3, 8, 3
_COLUMNS = 12  # of a row that is looked at
# rows below a total that are added, and how many digits and parts it has where chance adds up none
_BELOW, _CERTAIN = 24, 5
_BEYOND_CHANCE = 6  # digits of results with which a law of a table holds by no chance
_ABOVE = 12  # figures above a numbered list that are tried for its whole
_ITEM = re.compile(rf"[(]?(\d{{1,2}}|[{DIGITS}十]{{1,2}})[.、)]")
_SHARE = Pattern("sums", r"^[,、(]?(?:{leads_to_share})*$")


def find_divided(runs: Sequence[list[Claim]]) -> Iterator[Candidate]:
    """The shares of such lists with their counts and the whole that fits them all, and the whole with
    the counts where they make it up.
    """
    for n, first, pairs in _lists(runs):
        counts, shares = [count for count, _ in pairs], [share for _, share in pairs]
        before = (c for c in earlier(runs, n, first, _BACK) if _may_be_whole(c, counts))
        # a whole told behind its parts is known by making them up
        behind = (c for c in _behind(runs, n, shares[-1]) if c.number == total_of(counts))
        wholes = itertools.islice(before, _WHOLES)
        for whole in itertools.chain(wholes, (c for c in behind if _may_be_whole(c, counts))):
            fit = [_fits(share, count, whole) for count, share in pairs]
            made = total_of(counts) == whole.number
            if all(fit) or (made and 2 * sum(fit) >= len(fit)):
                for (count, share), holding in zip(pairs, fit, strict=True):
                    yield Candidate("rate", (share, count, whole), holding=holding)
                if made:
                    yield Candidate("sum", (whole, *counts), holding=True)
                break


def find_rows(runs: Sequence[list[Claim]]) -> Iterator[Candidate]:
    """What holds between the columns of a table in each of its rows: a count that those behind it make
    up (承办96 | 办结91 | 在办5), and a rate of two of them.

    It must hold in every row, and in three that are not empty.
    """
    for n, m in tables_in(runs):
        if m - n >= _LEAST and 1 < len(runs[n]) <= _COLUMNS:
            yield from _of_rows(runs[n:m])
        if m - n >= _LEAST and len(runs[n]) <= _COLUMNS:
            yield from _beside_parts(runs[n:m])


def _of_rows(rows: Sequence[list[Claim]]) -> Iterator[Candidate]:
    columns = list(zip(*rows, strict=True))
    told = [all(c.known for c in column) for column in columns]
    counts = [k for k, col in enumerate(columns) if told[k] and all(c.counts for c in col)]
    for k in counts:
        like = [j for j in counts if j != k and _alike(columns[j][0], columns[k][0])]
        # the parts may stand on either side of the whole, or on both: 投诉 | 举报 | 受理
        for parts in _choices(like, k):
            lines = [(row[k], *(row[j] for j in parts)) for row in rows]
            if (slip := _slip(lines, [_makes_up(*line) for line in lines])) is not None:
                yield from _by_law("sum", lines, slip)
                break
    amounts = {"count", "money", "measure"}
    yield from _changes(
        columns, [k for k, col in enumerate(columns) if told[k] and col[0].kind in amounts]
    )
    rates = [k for k, col in enumerate(columns) if told[k] and all(c.unit == "%" for c in col)]
    for k in (k for k in rates if all(c.kind == "rate" for c in columns[k])):
        for part, whole in itertools.permutations([j for j in counts if j < k], 2):
            # 投票782件 | 满意782张 | 满意占比100%: of the column that names it, and the one before that
            named = whole == max((j for j in counts if j < part), default=-1) and _is_named(
                columns[k][0], columns[part][0]
            )
            if not (named or _alike(columns[part][0], columns[whole][0])):
                continue
            made = [(row[k], row[part], row[whole]) for row in rows if row[whole].number]
            same = [one[1].number == one[2].number for one in made]
            held = [None if one else _fits(*row) for one, row in zip(same, made, strict=True)]
            slip = _slip(made, held)
            if slip is not None or (named and all(_fits(*one) for one in made)):
                yield from _by_law("rate", made, slip)
                break


def _changes(columns: Sequence[tuple[Claim, ...]], amounts: list[int]) -> Iterator[Candidate]:
    """The changes in per cent from one column to the one before it: 本期 | 上年同期 | 同比."""
    moved = [
        k
        for k, col in enumerate(columns)
        if all(c.known and c.kind == "change" and c.unit == "%" for c in col)
    ]
    for k in moved:
        for base in [j for j in amounts if j < k][::-1]:
            before = [j for j in amounts if j < base and same_unit(columns[j][0], columns[base][0])]
            if before:
                rows = list(zip(columns[k], columns[before[-1]], columns[base], strict=True))
                held = [holds(*row) if row[2].number else None for row in rows]
                if (slip := _slip(rows, held)) is not None:
                    yield from _by_law("yoy", rows, slip)


def _choices(like: list[int], whole: int) -> Iterator[list[int]]:
    """The columns that may make up another one: two of them (呼入 | 有效 | 刑事 | … | 无效: the parts of
    the first stand between), or a stretch behind it or before it.
    """
    yield from map(list, itertools.combinations(like, 2))
    for side in ([j for j in like if j > whole], [j for j in like if j < whole]):
        for first, last in itertools.combinations(range(len(side) + 1), 2):
            if last - first > 2:
                yield side[first:last]


def _is_named(rate: Claim, part: Claim) -> bool:
    """Whether the head of a rate's column says that it is of the count of another one."""
    head = part.lead.strip(",、")
    return len(head) > 1 and rate.lead.strip(",、").startswith(head)


def _beside_parts(rows: Sequence[list[Claim]]) -> Iterator[Candidate]:
    """A row that those right below it, or all above it, make up in each of its columns, or in all but
    one: 机构617个 | 养老586个 | 其他31个; 鼓楼区7起 | 台江区2起 | 全市9起.
    """
    counts = [
        k for k, col in enumerate(zip(*rows, strict=True)) if all(c.counts and c.known for c in col)
    ]
    for n, whole in enumerate(rows if counts else ()):
        for parts in (rows[n + 1 : n + 1 + _BELOW], rows[:n][::-1]):
            left = [whole[k].number for k in counts]
            for m, row in enumerate(parts, 1):
                left = [over - row[k].number for over, k in zip(left, counts, strict=True)]
                if min(left) <= 0:
                    held = [k for k, over in zip(counts, left, strict=True) if not over]
                    digits = sum(whole[k].digits for k in held) + m
                    if m > 1 and digits > _CERTAIN:
                        made = sorted(parts[:m], key=lambda row: row[0].start)
                        yield from _in_columns(whole, made, counts, held)
                    break


def _in_columns(
    whole: list[Claim], parts: list[list[Claim]], counts: list[int], held: list[int]
) -> Iterator[Candidate]:
    """The columns in which rows make up another one, and the one of the same unit in which they do not."""
    failing = [k for k in counts if k not in held]
    same = len(failing) == 1 and any(same_unit(whole[k], whole[failing[0]]) for k in held)
    for k in held if not failing or same else ():
        yield Candidate("sum", (whole[k], *(row[k] for row in parts)), holding=True)
    for k in failing if same and held else ():
        claims = whole[k], *(row[k] for row in parts)
        # amounts are rounded one by one; where no unit is told it may be one
        things = whole[k].kind == "count" and whole[k].unit
        off = abs(whole[k].number - total_of(claims[1:]))
        if things or off > len(parts) * grain_of(c.number for c in claims):
            yield Candidate("sum", claims, tight=True, lawful=True)


def _alike(first: Claim, second: Claim) -> bool:
    """Whether two columns count in one unit, or one of them names none: 承办件数, 办结数."""
    return same_unit(first, second) or "" in {first.unit, second.unit}


def _makes_up(whole: Claim, *parts: Claim) -> bool | None:
    """Whether a row's parts make up its whole; None where all but one are nothing."""
    made = whole.number == total_of(parts)
    return None if made and sum(1 for c in parts if c.number) < 2 else made


def _slip(rows: Sequence[Sequence[Claim]], held: Sequence[bool | None]) -> int | None:
    """The one row in which a law of a table does not hold, -1 for none; None where it is no law: it must
    hold in three rows that tell something, and in all but one, of so many digits that chance would
    not make it hold.
    """
    failing = [n for n, holds in enumerate(held) if holds is False]
    digits = sum(row[0].digits for row, holds in zip(rows, held, strict=True) if holds)
    if sum(1 for holds in held if holds) < _LEAST or len(failing) > 1:
        return None
    return (failing[0] if digits > _BEYOND_CHANCE else None) if failing else -1


def _by_law(kind: str, rows: Sequence[Sequence[Claim]], slip: int | None) -> Iterator[Candidate]:
    """What holds in all rows of a table, or in all but one."""
    for n, row in enumerate(rows):
        fails = n == slip
        yield Candidate(kind, tuple(row), holding=not fails, tight=fails, lawful=fails)


def find_items(runs: Sequence[list[Claim]]) -> Iterator[Candidate]:
    """A large figure that the items of a numbered list make up, each told by the same verb: 收案180件.
    1.刑事:收68件… 2.民事:收112件…
    """
    claims = [claim for run in runs for claim in run]
    items = [i for i, claim in enumerate(claims) if _ITEM.match(claim.before)]
    for first, *more in _numbered(claims, items):
        starts, stop = [first, *more], _end_of(claims, more[-1] if more else first)
        for k, head in enumerate(claims[first : starts[1]] if more else []):
            verb = head.lead[-1:] if k or ":" in head.lead else ""
            parts = [head]
            for begin, end in zip(starts[1:], [*starts[2:], stop], strict=True):
                same = (c for c in claims[begin:end] if same_unit(c, head) and c.counts and c.known)
                found = next((c for c in same if not verb or c.lead.endswith(verb)), None)
                parts += [found] if found is not None else []
            if len(parts) < len(starts) or not head.counts or not head.known:
                continue
            above = (c for c in reversed(claims[max(0, first - _ABOVE) : first]) if c.known)
            whole = next((c for c in above if c.counts and c.number == total_of(parts)), None)
            if whole is not None and whole.digits >= _LEAST and same_unit(whole, head):
                yield Candidate("sum", (whole, *parts), holding=True)


def _numbered(claims: Sequence[Claim], items: list[int]) -> Iterator[list[int]]:
    """The runs of figures that begin items of one list: 1., 2., 3."""
    found: list[int] = []
    for i in items:
        m = _ITEM.match(claims[i].before)
        number = int(parse(m[1])) if m else 0
        if number == 1 or number != len(found) + 1:
            if len(found) > 1:
                yield found
            found = []
        found += [i] if number == len(found) + 1 else []
    if len(found) > 1:
        yield found


def _end_of(claims: Sequence[Claim], i: int) -> int:
    """Where the figures of an item's first sentence end."""
    behind = (k for k in range(i, len(claims)) if claims[k].sentence > claims[i].sentence)
    return next(behind, len(claims))


def _lists(runs: Sequence[list[Claim]]) -> Iterator[tuple[int, int, list[_Pair]]]:
    """The lists of a report, each with the line and the place in it where it begins."""
    found: list[_Pair] = []
    begin = (0, 0)
    for n, run in enumerate(runs):
        i = 0
        while i < len(run):
            count, share = run[i], run[i + 1] if i + 1 < len(run) else None
            if share is not None and is_part(count, share):
                # 方式:来信23件 begins another list
                if found and (":" in count.before or not same_unit(found[-1][0], count)):
                    if len(found) >= _LEAST:
                        yield *begin, found
                    found = []
                begin = begin if found else (n, i)
                found.append((count, share))
                i += 2
                while i < len(run) and run[i].kind == "change":  # 占64%,同比少22.49%
                    i += 1
                continue
            if len(found) >= _LEAST:
                yield *begin, found
            found, i = [], i + 1
    if len(found) >= _LEAST:
        yield *begin, found


def _behind(runs: Sequence[list[Claim]], n: int, last: Claim) -> Iterator[Claim]:
    """The figures behind a list, to the end of the second line below it."""
    below = itertools.chain.from_iterable(runs[n : n + 2 * _BACK])
    behind = (c for c in below if c.start > last.start and c.known)
    yield from itertools.islice(behind, 2 * _WHOLES)


def is_part(count: Claim, share: Claim) -> bool:
    """Whether a count has its share right behind it, with no more than 占 between."""
    if not (count.counts and count.known and count.role != "base" and share.known):
        return False
    rate = share.kind == "rate" and share.unit == "%"
    return rate and bool(_SHARE.search(share.before))


def _may_be_whole(claim: Claim, counts: list[Claim]) -> bool:
    known = claim.counts and claim.known and claim.role not in {"base", "part"}
    return known and same_unit(claim, counts[0]) and claim.number >= max(c.number for c in counts)


def _fits(share: Claim, count: Claim, whole: Claim) -> bool:
    if not whole.number:
        return False
    part = quotient(interval_of(count), interval_of(whole), 100)
    return part.meets(interval_of(share))
