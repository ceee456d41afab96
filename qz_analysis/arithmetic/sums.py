"""Sums and products of a report: wholes with their parts, and amounts per head with their totals.

Lines of claims come in. Out come totals with the parts that the words give them (其中 lists,
brackets, 合计), totals of the columns of a table, what is done and what is left of a whole, shares
of one whole that make 100 %, and a sum of money as an amount per head times the heads.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..model import Claim
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern, words
from .intervals import step
from .passages import (
    FARTHEST,
    Candidate,
    alike,
    depth,
    earlier,
    grams,
    may_hold,
    same_unit,
    total_of,
    unit_kind,
)

_Run = list[Claim]
# how many figures before a list are tried for its whole, how many lines back a list without a word
# is looked for, and from how many digits on figures make up the one before them by no chance
_WHOLES, _BACK, _PLENTY = 8, 6, 3
# units in which one thing is counted, where as many digits make the sum no chance
_LIKE = ({"人", "人次", "名"}, {"件", "个", "宗", "项", "条", "件次"})
# and in which a list tells what its whole counts in another: ways to petition, and things
_TOLD_APART = ({"件", "件次", "封", "批", "批次"}, {"件", "个", "项", "条"})
_CLOSE = 2  # sentences back that a colon may look for the whole of a few small figures
_PAYMENTS = 60  # months or payments that an amount may be paid for without a word of it
_APART = 3  # figures that may stand between an amount per head and its total, or two shares
_OVER = 101  # per cent that shares of one whole cannot make
_BY_CHANCE, _BY_ROUNDING = 0.1, 0.01  # how often chance may make 100 % of shares, exactly or nearly
_OPENS = Pattern("sums", r"{firm}|{opens}|{by}[^,;。]{1,8}{divided}|\([^()]*$|:[^:]*$")
_FIRM = Pattern("sums", r"{firm}|\([^()]*$")
_BRACKET = re.compile(r"\([^()]*$")
_BOTH = re.compile(r"^(?:\(([件批人户])\)次|(批)次)")
# 在受理的案件中,监督案件有10件: the clause says which figure is divided
_OUT_OF = re.compile(r"在[^,;:。()\d]{1,12}中,[^,;:。()\d]{1,16}$")
_AMONG = re.compile(r"^[^,;。\d]{0,10}中[,有]")
_OTHERS = Pattern("sums", r"{others}|其余")
_LAST = Pattern("sums", r"{others}")
_REST = Pattern(
    "sums",
    r"""(?x)
    ^,?(?: {others} | {remaining} | {rest} )  # 还有2件
    | (?: {others} | {remaining} )[\u4e00-\u9fff]{0,8}$  # 剩余纠纷2件
    """,
)
_CLAUSE = re.compile(r"[,;:]")
_ANEW = Pattern("sums", r"^{anew}")
_BESIDES = Pattern("sums", r"[,;]{besides}")
_SPAN = Pattern("sums", r"\d{4}年|{span}|{window.half_year}")
_YEARS = Pattern("sums", r"([两二三四五])年(?:(?:来|间|里|内),?|,|共)[^\d。;]{0,16}$")
_OF_YEAR = re.compile(r"^[,;:、]?(?:其中:?)?(\d{4})年度?(?:为|是)?$")
_TOTAL = Pattern(
    "sums", r"(?:{total}|总共)[\u4e00-\u9fff]{0,4}$|累计$|[两二三四五六七八九]{things}合?共$"
)
_TOGETHER = Pattern("sums", r"{total}|合占")
_THINGS = Pattern("sums", r"{things}")
_TOGETHER_ALONE = Pattern("sums", r"合?共|{total}")
_SUMMED = Pattern("sums", r"(?:{total})([\u4e00-\u9fff]{2,6})$")
_ALONE = re.compile(r"[,、]?([\u4e00-\u9fff]{2,6})")
_YEAR = re.compile(r"\d年")
_TIMES = Pattern("sums", r"{times}|{window.last_year}")
_TURNS = Pattern("sums", r"{turns}")
_WHOLE = Pattern("sums", r"{whole}")
_COLUMN_TOTAL = Pattern(
    "sums", r"^(?P<when>\d{1,2}月份|\d{4}年(?:\d{1,2}月)?)?(?:全{whole_places})?{column}数?"
)
_COLUMN_TIME = re.compile(
    r",?(?:(?:\d{4}年|\d{1,2}月)份?|[本上]期|[上去]年(?:同期)?|今年|[本上]年)"
)
_COLUMN_SHARE = Pattern("sums", r"{column_shares}$")
_HEADED = re.compile(r"\|[\u4e00-\u9fff]{2,}$")
_AS_BELOW = Pattern("sums", "{as_below}")
_PART_TOTAL = re.compile(r"^.{0,6}小计")
WITHIN = Pattern("sums", r"^{within}")
_NOT_ADDED = Pattern("sums", r"{not_added}")
_LEFT = Pattern("sums", r"{left}")
_GROUP = Pattern("sums", r"{groups}")
_RATED = Pattern("topics", r"{rated}")
_EACH = Pattern(
    "sums", r"每年?每?([\u4e00-\u9fff])|各({each_of})|({mean_of})均|平均每([\u4e00-\u9fff])"
)
_OFTEN = Pattern("sums", r"每.*每|{per}{often}|标准")
_ALL = Pattern("sums", r"[,、]?(?:{total}|共){paid}*{is}?")
_PERSON = Pattern("sums", r"{person}")
_PERSONS = Pattern("sums", r"{persons}")


def find_sums(runs: list[_Run]) -> Iterator[Candidate]:
    """Totals with the parts that the words say they are made of, or that stand behind them."""
    for n, run in enumerate(runs):
        for i in range(len(run)):
            yield from _listed(runs, n, i) if _opens(run, i) else _totalled(runs, n, i)
        yield from _behind(runs, n)
        yield from _unopened(runs, n)
        yield from _of_years(run)
        yield from _in_two(runs, n)


def _of_years(run: _Run) -> Iterator[Candidate]:
    """两年来共调解17520起,2010年9219起,2011年8301起: a span's total with each of its years.

    Years that do not make up the span are not added.
    """
    for i, whole in enumerate(run):
        span = _YEARS.search(whole.before) if whole.counts else None
        if span is None:
            continue
        years = int(parse(span[1])) if span[1] else 0
        parts = run[i + 1 : i + 1 + years]
        dated = [int(m[1]) if (m := _OF_YEAR.match(p.before)) else 0 for p in parts]
        first = dated[0] if dated else 0
        same = all(p.counts and same_unit(p, whole) for p in parts)
        if first and years > 1 and dated == list(range(first, first + years)) and same:
            yield Candidate("sum", (whole, *parts), tight=True)


def find_columns(runs: list[_Run]) -> Iterator[Candidate]:
    """A column of a table that makes up a large figure told before the table."""
    for n, m in tables_in(runs):
        for first in (n, n + 1):  # the total itself may look like a row
            yield from _of_columns(runs, first, m) if m - first > 1 else ()
    yield from _twice_divided(runs)


def _twice_divided(runs: list[_Run]) -> Iterator[Candidate]:
    """Two lines one below the other that make up one figure before them, each in its own way:
    共65件。目的 | 求决57件 | 建议7件 | 揭发1件。类型 | 咨询30件 | 投诉15件 | 建议11件 | 举报9件.
    """
    for n, (first, second) in enumerate(itertools.pairwise(runs)):
        if min(len(first), len(second)) < _PLENTY:
            continue
        if not all(c.known and c.counts and same_unit(c, first[0]) for c in (*first, *second)):
            continue
        total = total_of(first)
        if total != total_of(second):
            continue
        above = itertools.islice(earlier(runs, n, 0, _BACK), _WHOLES)
        whole = next((c for c in above if c.counts and c.known and c.amount == total), None)
        if whole is not None and same_unit(whole, first[0]):
            yield Candidate("sum", (whole, *first), holding=True)
            yield Candidate("sum", (whole, *second), holding=True)


def tables_in(runs: Sequence[_Run]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that tell the same figures of one thing after the other, as a table does: the
    first line of each and the one behind its last.
    """
    n = 0
    while n < len(runs):
        m = n + 1
        while m < len(runs) and is_row_below(runs[m - 1], runs[m]):
            m += 1
        yield n, m
        n = m


def is_row_below(above: _Run, below: _Run) -> bool:
    """Whether two lines tell the same figures of two things: 甲镇受理5件,办结4件。乙镇受理3件,办结2件。"""
    pairs = list(zip(above, below, strict=False))
    return (
        len(above) == len(below)
        # 政治 | 件数1件, and no row: 另提交建议272件
        and not (len(above) == 1 and _HEADED.search(above[0].lead) and "|" not in below[0].lead)
        and all(same_unit(a, b) for a, b in pairs)
        and all(_is_below(a.lead, b.lead) for a, b in pairs[1:])
    )


def _is_below(above: str, below: str) -> bool:
    """Whether two cells stand in one column: their words end alike, or begin with one time."""
    at = _COLUMN_TIME.match(above)
    return above[-2:] == below[-2:] or (at is not None and below.startswith(at[0]))


def _of_columns(runs: list[_Run], first: int, behind: int) -> Iterator[Candidate]:
    """A large figure for one column, or figures of one sentence for several: 事故80起,死亡40人."""
    before = list(earlier(runs, first, 0, _BACK))[:_WHOLES]
    found: list[_Run] = []
    for column in zip(*runs[first:behind], strict=True):
        parts = list(column)
        if len(parts) < _PLENTY or not all(part.known and part.counts for part in parts):
            continue
        total = total_of(parts)
        fitting = (c for c in before if c.counts and c.known and c.amount == total)
        whole = next((c for c in fitting if _is_like(c, parts[0])), None)
        if whole is not None:
            found.append([whole, *parts])
    sentences = Counter(whole.sentence for whole, *_ in found)
    for whole, *parts in found:
        # 议案15件,分类如下
        led = before and whole is before[0] and _AS_BELOW.search(whole.after)
        if whole.digits > _PLENTY or sentences[whole.sentence] > 1 or led:
            yield Candidate("sum", (whole, *parts), holding=True)


def _in_two(runs: list[_Run], n: int) -> Iterator[Candidate]:
    """接听来电8947个,其中转交2274个,办结1715个;直接办理6673个: a large figure and two behind it that
    make it up, other figures between them; of opposites (成功、不成功) also a small one.
    """
    run = runs[n]
    for i, second in enumerate(run):
        if not (second.counts and second.known) or _TIMES.search(second.before):
            continue
        for first in reversed(run[max(0, i - _WHOLES) : i]):
            if not (first.counts and first.known and same_unit(first, second)):
                continue
            if not (first.amount and second.amount):
                continue
            total = first.amount + second.amount
            for whole in itertools.islice(earlier(runs, n, run.index(first), 1), _WHOLES):
                # most are no such sum, so that this is asked first
                if not (whole.known and whole.counts and whole.amount == total):
                    continue
                least = 1 if whole in run and _opposed(first, second) else _PLENTY + 1
                if whole.digits >= least and _is_like(first, whole):
                    yield Candidate("sum", (whole, first, second), holding=True)
                    return


def _opposed(first: Claim, second: Claim) -> bool:
    """Whether two counts leave nothing out by their words: 调解成功49件,调解不成功4件."""
    a, b = first.lead, second.lead
    negated = any(
        len(a) > 3 and a.strip(",、")[:2] == b.strip(",、")[:2] and w in b for w in ("不", "未")
    )
    pairs = (pair.split() for pair in words("sums", "opposites"))
    return negated or any((x in a and y in b) or (y in a and x in b) for x, y in pairs)


def is_exact(found: Candidate) -> bool:
    """Whether the parts of a sum make up its whole."""
    whole, *parts = found.claims
    return all(c.known for c in found.claims) and whole.amount == total_of(parts)


def _opens(run: _Run, i: int) -> bool:
    """Whether the words before a figure open a list that divides a figure before it."""
    before = run[i].before
    return bool(
        _OPENS.search(before) or _OUT_OF.search(before) or (i and _AMONG.match(run[i - 1].after))
    )


def _listed(runs: list[_Run], n: int, i: int) -> Iterator[Candidate]:
    """A list behind 其中 or a bracket, with the nearest whole for each unit in it."""
    opening = runs[n][i].before
    parts = _parts(runs[n], i)
    loose = _OPENS.search(opening) or _OUT_OF.search(opening)
    firm = bool(_FIRM.search(opening)) or not loose
    group = _OUT_OF.search(opening)
    units: _Run = []
    for part in parts:
        if not any(same_unit(part, known) for known in units):
            units.append(part)
    if firm and (mixed := _of_two_units(earlier(runs, n, i, 1), parts)):
        yield mixed
    if firm and len(units) > 1 and (alike_units := _of_like_units(earlier(runs, n, i, 1), parts)):
        yield alike_units
    else:
        yield from _told_apart(runs, n, i, parts)
    for unit in units:
        before = [c for c in earlier(runs, n, i, 2 if firm else _BACK) if same_unit(c, unit)]
        if not firm:  # a colon opens much: further back small figures would agree by chance
            first = parts[0].sentence - _CLOSE
            before = [c for c in before if c.sentence >= first or _is_long(c)]
        if group is not None:  # 在受理的案件中: of the count that was 受理
            before = [c for c in before if grams(group[0]) & grams(c.lead)] or before
        standard = bool(before) and before[0].kind == "per"  # 每户保费10元，其中补贴8元
        mine = [p for p in parts if same_unit(p, unit) and (standard or p.kind != "per")]
        found: list[Candidate] = []
        for stretch in _stretches(before, mine):
            fitting = (c for c in before if _can_be_whole(c, stretch))
            # only so many are tried: the rest need not be looked at
            wholes = list(itertools.islice(fitting, _WHOLES)) if len(stretch) > 1 else []
            found = list(_divided(runs, n, wholes, stretch, firm)) if wholes else []
            if any(map(is_exact, found)):
                break
        yield from found


def _is_long(claim: Claim) -> bool:
    """Whether a count has so many digits that figures make it up by no chance."""
    return claim.known and claim.digits >= _PLENTY


def _of_two_units(before: Iterable[Claim], parts: _Run) -> Candidate | None:
    """共1846件(批)次,其中来信412件、来访1434批次: a total of things and batches together.

    The figures before the list come nearest first.
    """
    whole = next((c for c in before if c.counts), None)
    if whole is None or not (kinds := units_of_both(whole)):
        return None
    mine = [p for p in parts if p.counts and unit_kind(p) in kinds]
    known = whole.known and all(p.known for p in mine)
    if {unit_kind(p) for p in mine} != kinds or not known or whole.role == "base":
        return None
    if whole.amount < max(p.amount for p in mine):
        return None
    return Candidate("sum", (whole, *mine), complete=names_rest(mine), tight=True)


def units_of_both(whole: Claim) -> set[str]:
    """What a total of two units counts, 件(批)次: things and batches; nothing for one of one unit."""
    m = _BOTH.match(whole.after)
    return {unit_kind(whole), unit_kind(replace(whole, unit=m[1] or m[2]))} if m else set()


def _of_like_units(before: Iterable[Claim], parts: _Run) -> Candidate | None:
    """46983件,其中电话46908个、信箱7件、网上68件: a large total in units that stand for one another."""
    whole = next((c for c in before if c.counts and c.known), None)
    if whole is None or not all(p.known and p.counts and _is_like(p, whole) for p in parts):
        return None
    exact = total_of(parts) == whole.amount and len(parts) > 1
    return Candidate("sum", (whole, *parts), holding=True) if exact else None


def _told_apart(runs: list[_Run], n: int, i: int, parts: _Run) -> Iterator[Candidate]:
    """133件次577人次:来访108批次552人次、网上13件次、视频12件次: the list of a sentence in units of its own,
    behind the nearest figure in such a unit.
    """
    own = [p for p in parts if p.counts and p.known and p.sentence == parts[0].sentence]
    for told in _TOLD_APART:
        whole = next((c for c in earlier(runs, n, i, 1) if c.counts and c.unit in told), None)
        mine = [p for p in own if p.unit in told]
        if whole is None or not whole.known or {p.unit for p in mine} <= {whole.unit}:
            continue
        made = whole.role != "base" and len(mine) > 1 and total_of(mine) == whole.amount
        if made and (names_rest(mine) or len(mine) <= whole.amount * Fraction(_BY_CHANCE)):
            yield Candidate("sum", (whole, *mine), holding=True)
            return


def _stretches(before: _Run, parts: _Run) -> list[_Run]:
    """The stretches that a list may be, to be tried in turn.

    A list may run over semicolons; where the parts before the first make up the figure before it,
    it ends there, and where they are too much, that is tried last.
    """
    first = [p for p in parts if p.sentence == parts[0].sentence]
    if not 1 < len(first) < len(parts) or not before or not _can_be_whole(before[0], first):
        return [parts]
    if not all(c.known for c in (before[0], *first)):
        return [parts]
    over = total_of(first) - before[0].amount
    return [first] if not over else [parts, first] if over > 0 else [parts]


def _divided(
    runs: list[_Run], n: int, wholes: _Run, parts: _Run, firm: bool
) -> Iterator[Candidate]:
    """A whole as its list, or as several lists (by weight, by kind) of which each makes it up."""
    verbs: dict[str, list[Claim]] = {}
    for part in parts:
        verbs.setdefault(part.lead[-2:], []).append(part)
    # 入户发放3600份，收回3488份；窗口发放1200份，收回1135份: each verb has its own whole
    lists = [parts, *(mine for mine in verbs.values() if 1 < len(mine) < len(parts))]
    found = []
    for mine in lists:
        for whole in wholes:
            rest = mine
            while len(rest) > 1 and (k := _prefix(whole, rest, firm)):
                # a list cut short must be of the figure right before it
                if whole is not wholes[0] and k != len(mine):
                    break
                found.append(Candidate("sum", (whole, *rest[:k]), tried=len(wholes)))
                rest = rest[k:]
            if rest is not mine:
                break
        if found and mine is parts:
            break
    yield from found
    if not found and firm and (wholes[0] in runs[n] or wholes[0] in runs[n - 1]):
        between = earlier(runs, n, runs[n].index(parts[0]), 1)
        nearest = next((c for c in between if c.counts and same_unit(c, parts[0])), None)
        claims, tight = (wholes[0], *parts), nearest is wholes[0]
        yield Candidate("sum", claims, complete=names_rest(parts), tight=tight)


def _prefix(whole: Claim, parts: _Run, firm: bool = False) -> int:
    """How many parts from the first on make up the whole exactly; 0 when none do.

    A firm list ends with a semicolon, at its end, or where another list of the whole begins:
    邻里40件、婚姻50件，口头55件、书面35件.
    """
    total: int | Fraction = 0
    for k, part in enumerate(parts, 1):
        if not whole.known or not part.known or total > whole.amount:
            return 0
        total += part.amount
        if total == whole.amount and k > 1:
            rest = parts[k:]
            ends = not rest or rest[0].sentence != part.sentence or _BESIDES.search(rest[0].before)
            return k if not firm or ends or _prefix(whole, rest, firm) else 0
    return 0


def _parts(run: _Run, i: int) -> _Run:
    """The figures of a list that begins at `i`, to its bracket's end or a clause that ends it."""
    bracket = _BRACKET.search(run[i].before) is not None
    years = _SPAN.search(run[i].lead) is not None
    found: _Run = []
    inner = 0
    for k, claim in enumerate(run[i:], i):
        if k > i:
            last = run[k - 1]
            between = claim.before if claim.sentence == last.sentence else last.after + claim.before
            inner += between.count("(") - between.count(")")
            # 征地61件(化解55件): what a bracket says of a part is no part
            if inner > 0 and claim.counts and found and same_unit(claim, found[-1]):
                continue
            opens = _opens(run, k) and not (bracket and "(" not in claim.before)
            goes_on = years or claim.sentence == run[k - 1].sentence
            if opens or _is_anew(claim) or not (goes_on or not _SPAN.match(claim.before)):
                break
        if claim.role != "base" and claim.kind in {"count", "money", "measure", "rate", "per"}:
            found.append(claim)
        if (bracket and ")" in claim.after) or (len(found) > 1 and _OTHERS.match(claim.lead)):
            break
    return found


def _is_anew(claim: Claim) -> bool:
    """Whether the clause before a figure takes up the whole of a list again."""
    if "," not in claim.before and ";" not in claim.before:
        return False
    clause = _CLAUSE.split(claim.before)[-1]
    return bool(_ANEW.search(clause)) and not _REST.search(clause)


def _can_be_whole(whole: Claim, parts: _Run) -> bool:
    if not same_unit(whole, parts[0]) or whole.role == "base" or whole.kind == "change":
        return False
    if whole.unit == "%":  # percentages of different wholes do not add up, 合计 says that these do
        return bool(_TOGETHER.search(whole.before)) and all(p.kind == "rate" for p in parts)
    known = whole.known and all(p.known for p in parts)
    return not known or all(may_hold(whole, p) for p in parts)


def names_rest(parts: _Run) -> bool:
    """Whether a list says that it is complete: by 其他, or by two words that leave nothing out."""
    if any(p.tail.startswith("等") for p in parts):
        return False
    leads = [p.lead for p in parts]
    opposites = map(str.split, words("sums", "opposites"))
    paired = any(any(a in x for x in leads) and any(b in x for x in leads) for a, b in opposites)
    return paired or any(_REST.search(p.lead) or _OTHERS.match(p.tail) for p in parts)


def _totalled(runs: list[_Run], n: int, i: int) -> Iterator[Candidate]:
    """来信30件、来访50件，合计80件: the figures of one unit before the word for a total."""
    run = runs[n]
    total = run[i]
    beside = run[i - 1] if total.before in {"", "、"} else total  # 合计80件192人
    said = _TOTAL.search(total.lead) or _TOTAL.search(beside.lead) or _several(run, i)
    if by_verb := _same_verb(runs, n, i):
        yield Candidate("sum", (total, *by_verb), tight=True)
        return
    if i < 2 or not total.counts or not said:
        return
    # 2009年合计14件，2010年合计16件 are totals of different things
    dated = _YEAR.search(total.lead) is not None
    several = _several(run, i)
    parts: _Run = []
    for claim in reversed(run[: i - bool(several)]):
        if len(parts) == several > 0 or (parts and _TOTAL.search(claim.lead)):
            break  # what stands before another total belongs to that
        if same_unit(claim, total) and claim.counts:
            parts.append(claim)
    parts = [c for c in reversed(parts) if not dated or c.period == total.period]
    if len(parts) > 1:
        alone = run[i - len(parts) : i] == parts
        together = alone and len({c.sentence for c in (total, *parts)}) == 1
        yield Candidate("sum", (total, *parts), tight=together)


def _several(run: _Run, i: int) -> int:
    """两项共118万元: how many things the words say that a total takes together; 0 where none."""
    said = run[i - 1] if i else None
    if said is None or not _TOGETHER_ALONE.fullmatch(run[i].before) or not said.known:
        return 0
    return int(said.amount) if _THINGS.fullmatch(said.unit) and 2 <= said.amount < 10 else 0


def _same_verb(runs: list[_Run], n: int, i: int) -> _Run:
    """一季度排查56件,化解51件;二季度…;全年合计排查118件,化解111件: the parts with a total's verb.

    The figure right behind a total is one of the same sort.
    """
    total, first = runs[n][i], i
    said = _SUMMED.search(total.lead)
    if said is None and i and runs[n][i - 1].sentence == total.sentence:
        said = _ALONE.fullmatch(total.lead) if _SUMMED.search(runs[n][i - 1].lead) else None
        first = i - 1
    if said is None or not total.counts:
        return []
    found: _Run = []
    for claim in earlier(runs, n, first, 1):
        if _SUMMED.search(claim.lead):
            break
        if claim.counts and same_unit(claim, total) and claim.lead.endswith(said[1]):
            found.append(claim)
    # each part stands in a sentence of its own, or the words may take up one figure again
    apart = len({c.sentence for c in found}) == len(found) > 1
    return found[::-1] if apart else []


def _behind(runs: list[_Run], n: int) -> Iterator[Candidate]:
    """A total with its parts right behind it and no word between: only when they make it up."""
    run = runs[n]
    for i, whole in enumerate(run):
        if not (whole.counts and whole.known) or whole.kind == "measure" or _is_in_list(run, i):
            continue
        # its own line or one of the next two, no two at once
        for place in (run[i + 1 :], *runs[n + 1 : n + 3]):
            if not _adds_up(whole, place):
                continue  # most do not: only the first few of a line are looked at
            parts = list(_counted(place, whole))
            if parts and _FIRM.search(parts[0].before):
                continue  # 其中 says of which figure it is the list
            while k := _prefix(whole, parts):
                counted = [c for c in place if c.unit != "%"]
                beside = counted[:k] == parts[:k] and place[0] in run
                least = _PLENTY + (k == 2 and place[:k] != parts[:k])
                near = parts[0].sentence - whole.sentence <= (place[0].unit == "%")
                beside &= k > 2 or near
                alone = place[place[0].unit == "%" :][:k] == parts[:k]
                divided = _TURNS.search(parts[1].lead) or (alone and _WHOLE.search(whole.lead))
                pair = k == 2 and not divided
                chance = not beside or (pair and not names_rest(parts[:k]))
                least = least if chance else 2 if k == 2 else 1
                if whole.digits < least or any("其中" in p.before for p in parts[1:k]):
                    break
                yield Candidate("sum", (whole, *parts[:k]), holding=True)
                parts = parts[k:]


def _counted(place: _Run, whole: Claim) -> Iterator[Claim]:
    """The figures in a whole's unit that stand in a line, up to one of another time."""
    same = (c for c in place if c.counts and _is_like(c, whole))
    return itertools.takewhile(lambda c: c.known and not _TIMES.search(c.before), same)


def _is_like(part: Claim, whole: Claim) -> bool:
    """Whether a part is in its whole's unit, or in one that may stand for a large whole's in the
    mouth of a report: 人次 for 人.
    """
    if same_unit(part, whole):
        return True
    return whole.digits > _PLENTY and any({part.unit, whole.unit} <= units for units in _LIKE)


def _adds_up(whole: Claim, place: _Run) -> bool:
    """Whether the first two or more figures of a line that `_counted` gives make up a whole."""
    total: int | Fraction = 0
    alone = True
    for part in place:
        if not (part.counts and (part.unit == whole.unit or _is_like(part, whole))):
            continue
        if not part.known:
            return False
        total += part.amount
        if total > whole.amount or _TIMES.search(part.before):
            return False
        if total == whole.amount:
            return not (alone and whole.amount)
        alone = False
    return False


def _is_in_list(run: _Run, i: int) -> bool:
    """(土地类148件，邻里类119件): a part, or a figure in a list's bracket, is no total."""
    return run[i].role == "part" or (depth(run, 0, i) > 0 and not _WHOLE.search(run[i].lead))


def _unopened(runs: list[_Run], n: int) -> Iterator[Candidate]:
    """A list with no word before it that ends with 其他, and an earlier figure it makes up."""
    run = runs[n]
    above = [claim for line in runs[max(0, n - _BACK) : n] for claim in line]
    places: dict[tuple[str, int | Fraction], list[int]] = {}
    for i, claim in enumerate(run):
        if not (claim.counts and claim.known and _OTHERS.search(claim.lead)):
            continue
        places = places or _places(above + run)
        counts = ((k, c) for k, c in enumerate(run[: i + 1]) if c.counts and c.known)
        parts = [(k, c) for k, c in counts if same_unit(c, claim)]
        totals = list(itertools.accumulate(c.amount for _, c in reversed(parts)))[::-1]
        # the whole may stand in the same line, before its parts
        for first, (k, _) in enumerate(parts[:-2]):
            at = len(above) + k
            same = places.get((unit_kind(claim), totals[first]), [])
            nearest = bisect_left(same, at) - 1
            if nearest >= 0 and same[nearest] >= at - FARTHEST:
                whole = (above + run)[same[nearest]]
                mine = (c for _, c in parts[first:])
                yield Candidate("sum", (whole, *mine), holding=True)
                break


def _places(claims: _Run) -> dict[tuple[str, int | Fraction], list[int]]:
    """Where counts stand among claims, by what they count and how many."""
    found: dict[tuple[str, int | Fraction], list[int]] = {}
    for at, claim in enumerate(claims):
        if claim.counts and claim.known:
            found.setdefault((unit_kind(claim), claim.number), []).append(at)
    return found


def find_totals(claims: Sequence[Claim]) -> Iterator[Candidate]:
    """Totals of a table's columns, told as rows: 甲镇受理12件。乙镇受理9件。合计受理21件。

    A sentence that begins with 合计 holds the totals of the sentences before it, else of those
    behind it, one that begins with 小计 those since the last such. None stands over a 其中, whose
    figures would count twice.
    """
    rows = [list(group) for _, group in itertools.groupby(claims, key=lambda claim: claim.sentence)]
    for n, row in enumerate(rows):
        grand = _COLUMN_TOTAL.match(row[0].lead)
        total = grand or _PART_TOTAL.match(row[0].lead)
        if total is None:
            continue
        name = row[0].lead[total.end() :]
        dated = grand is not None and bool(grand["when"])
        above, beside = rows[:n][::-1], row
        while dated and above and _is_of_same_row(above[0], beside):  # 6月份合计12宗。7月份合计14宗
            beside, *above = above
        before = _rows_of(above, row, name, grand is not None, beside)
        lines = before[::-1] or (_rows_of(rows[n + 1 :], row, name, True) if grand else [])
        if any(WITHIN.match(line[0].lead) for line in lines):
            continue
        behind = {a.start: b for line in lines for a, b in itertools.pairwise(line)}
        of_row = _of_one_time if dated else _columns
        yield from of_row(row, name, lines, behind)


def _is_of_same_row(above: _Run, row: _Run) -> bool:
    """Whether two sentences hold the totals of two times, as those of one row of a table do."""
    total = _COLUMN_TOTAL.match(above[0].lead)
    return bool(total and total["when"]) and row[0].sentence == above[0].sentence + 1


def _of_one_time(
    row: _Run, name: str, lines: list[_Run], behind: dict[int, Claim]
) -> Iterator[Candidate]:
    """The total of a column that is headed by a time, with the figures of that time below it."""
    total = row[0]
    if not total.counts or not total.period or _NOT_ADDED.search(name):
        return
    parts = []
    for line in lines:
        same = [c for c in line if c.lead.endswith(name) and c.period == total.period]
        parts += same[:1] if len([c for c in same if same_unit(c, total) and c.counts]) == 1 else []
    if len(parts) > 1 and all(same_unit(p, total) and p.counts for p in parts):
        yield Candidate("sum", (total, *parts), complete=len(parts) == len(lines), tight=True)
        yield from _shares_of(total, parts, behind)


def _rows_of(
    rows: list[_Run], row: _Run, name: str, grand: bool, beside: _Run | None = None
) -> list[_Run]:
    """The next sentences that state the first figure of a total's sentence in the same words.

    `beside` is the sentence that they must stand next to: the total's own, or one of its row.
    """
    found: list[_Run] = []
    last = beside or row
    for line in rows:
        first = line[0]
        near = abs(first.sentence - last[0].sentence) <= 1
        if not near or not any(_is_same(claim, row[0], name, first) for claim in line):
            break
        last = line
        if _COLUMN_TOTAL.match(first.lead) or (not grand and _PART_TOTAL.match(first.lead)):
            break
        found.append(line)
    subtotals = [line for line in found if _PART_TOTAL.match(line[0].lead)]
    return subtotals if grand and subtotals else found


def _columns(
    row: _Run, name: str, lines: list[_Run], behind: dict[int, Claim]
) -> Iterator[Candidate]:
    """Each figure of the total's sentence with the figures of the others that say the same."""
    columns: list[dict[str, _Run]] = []
    for line in lines:
        columns.append({})
        for claim in line[1:]:
            columns[-1].setdefault(claim.lead, []).append(claim)
    for total in row:
        label = name if total is row[0] else total.lead
        same = (
            _first_same(line, cells, total, label)
            for line, cells in zip(lines, columns, strict=True)
        )
        parts = [part for part in same if part is not None]
        if len(parts) < 2 or _NOT_ADDED.search(label) or not total.counts:
            continue
        if all(part.counts for part in parts) and not _is_nested(total, parts):
            complete = len(parts) == len(lines)
            yield Candidate("sum", (total, *parts), complete=complete, tight=True)
            yield from _shares_of(total, parts, behind)


def _shares_of(total: Claim, parts: _Run, behind: dict[int, Claim]) -> Iterator[Candidate]:
    """The shares of a column's total that stand right behind its figures in their rows: 21 | 35.6%.

    They may be of another whole, so that they are only told where they fit. `behind` holds the
    figure behind each in its row.
    """
    for part in parts:
        share = behind.get(part.start)
        if share is not None and share.kind == "rate" and _COLUMN_SHARE.search(share.lead):
            yield Candidate("rate", (share, part, total), holding=True)


def _first_same(line: _Run, cells: dict[str, _Run], total: Claim, label: str) -> Claim | None:
    """The first figure of a line that counts what a total counts; `cells` are the others by lead."""
    tried = (*line[: 1 + ("|" in label)], *cells.get(label, ()))
    return next((c for c in tried if _is_same(c, total, label, line[0])), None)


def _is_same(claim: Claim, total: Claim, label: str, first: Claim) -> bool:
    """Whether a figure counts what a total counts: the same words behind the name of its row."""
    # 60周岁以上 | 26人: a name of a row may hold a figure
    opens = claim is first or (claim.sentence == first.sentence and "|" in label)
    said = claim.lead.endswith(label) if opens else claim.lead == label
    return said and claim.kind == total.kind and same_unit(claim, total)


def _is_nested(total: Claim, parts: _Run) -> bool:
    """Whether the parts make the total but for rows that divide another row: 女职工 under 职工."""
    if not total.known or not all(part.known for part in parts):
        return False
    over = total_of(parts) - total.amount
    seen: dict[int | Fraction, int] = {}
    numbers = (part.amount for part in parts)
    for j, upto in enumerate(itertools.accumulate(numbers, initial=0)):
        i = seen.get(upto - over)
        if over > 0 and i is not None and j - i < len(parts) - 1:
            return True
        seen[upto] = j
    return False


def find_rests(runs: list[_Run], rates: list[Candidate]) -> Iterator[Candidate]:
    """A whole as what is done and what is left: 受理47件，办结45件，尚有2件正在办理.

    The two counts of a rate are such a whole and what is done of it.
    """
    done = {c.claims[1].start: c.claims[2] for c in rates if len(c.claims) == 3}
    for n, run in enumerate(runs):
        for i, rest in enumerate(run):
            left = rest.stage == "pending" or _LEFT.match(rest.tail) or _REST.search(rest.lead)
            if not (rest.counts and left):
                continue
            before = [c for c in earlier(runs, n, i, 0) if c.counts and same_unit(c, rest)]
            part = next((c for c in before if c.stage == "resolved" or c.start in done), None)
            listed = "、" in rest.before and _LAST.search(rest.lead)  # the last of a list
            if part is None or listed or _is_elsewhere(run, part, i):
                continue
            behind = before[before.index(part) + 1 :]
            larger = (c for c in behind if c.known and part.known and c.amount > part.amount)
            larger = (
                c for c in larger if c.role != "part" or c.amount == part.amount + rest.amount
            )
            whole = done.get(part.start) or next(larger, None)
            if whole is not None and whole is not rest:
                yield _with_more(whole, part, rest, run[i + 1 :])


def _with_more(whole: Claim, part: Claim, rest: Claim, behind: _Run) -> Candidate:
    """已解决189件；正在解决61件；列入计划24件: what is left may go on, and be more than is added.

    Then the list is only wrong where nothing of its unit stands behind it.
    """
    parts = [part, rest]
    more = (c for c in behind if c.counts and same_unit(c, rest) and c.role != "part")
    following = list(itertools.islice(more, _APART))
    known = all(c.known for c in (whole, *parts, *following))
    if not following or not known or total_of(parts) >= whole.amount:
        return Candidate("sum", (whole, *parts))
    for k in range(1, len(following) + 1):
        if total_of([*parts, *following[:k]]) == whole.amount:
            return Candidate("sum", (whole, *parts, *following[:k]), tried=k + 1)
    return Candidate("sum", (whole, *parts), complete=following[0].sentence > rest.sentence + 1)


def _is_elsewhere(run: _Run, part: Claim, i: int) -> bool:
    """办结968起；…114件（土地类83件，其他31件）: the rest of another list, not of what is left."""
    at = run.index(part)
    opened = depth(run, at, i) - depth(run, at, at)
    other = run[i].stage != "pending" and _LAST.search(run[i].lead) is not None
    return opened > 0 or (other and run[i].sentence != part.sentence)


def find_full_shares(runs: list[_Run]) -> Iterator[Candidate]:
    """Shares of one whole that make 100 %: those that end with 其他 must, others are told if they do."""
    for run in runs:
        yield from _with_rest(run)
    for row in _share_rows(claim for run in runs for claim in run):
        yield from (
            Candidate("sum", tuple(some), hundred=True, holding=True) for some in _full(row)
        )


def _with_rest(run: _Run) -> Iterator[Candidate]:
    """Shares side by side of which the last says that they are all."""
    shares: _Run = []
    for claim in run:
        if _GROUP.fullmatch(claim.unit):
            continue  # 25岁以下占3.7%
        if not _is_part_of_all(claim):
            shares = []
            continue
        shares = [*shares, claim] if shares and _is_beside(run, shares[-1], claim) else [claim]
        # a share of the sentence before may be of something else
        own = [c for c in shares if c.sentence == claim.sentence]
        row = next((row for row in (own, shares) if len(row) > 2), None)
        if row and _REST.search(claim.lead):
            yield Candidate("sum", tuple(row), hundred=True)
            shares = []


def _is_part_of_all(claim: Claim) -> bool:
    """Whether a figure is a share of a whole, and no rate of what was done."""
    share = claim.kind == "rate" and claim.unit == "%" and claim.known
    return share and _RATED.search(claim.lead) is None


def _share_rows(claims: Iterable[Claim]) -> Iterator[list[tuple[Claim | None, Claim]]]:
    """Shares, each with the figure right before it, between which only their own counts and how much
    these changed are told.
    """
    row: list[tuple[Claim | None, Claim]] = []
    last: Claim | None = None
    between = 0
    for claim in claims:
        if _is_part_of_all(claim) and claim.bound == "exact":
            far = row and claim.sentence - row[-1][1].sentence > _CLOSE
            if row and (far or between > _APART or ("%" in row[-1][1].text) != ("%" in claim.text)):
                yield row
                row = []
            row.append((last, claim))
            between = 0
        elif claim.kind == "rate" and claim.unit == "%":
            between += _APART + 1  # 办结率: what follows is of something else
        elif claim.kind != "change" and not _GROUP.fullmatch(claim.unit):
            between += 1
        last = claim
    yield row


def _full(row: Sequence[tuple[Claim | None, Claim]]) -> Iterator[_Run]:
    """The stretches of a row of shares that make 100 %, within their rounding, by no chance."""
    i, tried = 0, 1
    while i < len(row) - 1:
        sums = itertools.accumulate(share.number for _, share in row[i:])
        off = [made - 100 for made in itertools.takewhile(lambda made: made < _OVER, sums)]
        lengths = range(2 if len(row) > i + 1 and _are_two(*row[i : i + 2]) else 3, len(off) + 1)
        fits = [n for n in lengths if _makes_all(row[i : i + n], off[n - 1], tried)]
        if fits:
            n = min(fits, key=lambda n: abs(off[n - 1]))
            yield [share for _, share in row[i : i + n]]
            i, tried = i + n, 1
        else:
            i, tried = i + 1, tried + 1


def _are_two(one: tuple[Claim | None, Claim], other: tuple[Claim | None, Claim]) -> bool:
    """Whether two shares are plainly of one sort: each behind its count, or side by side."""
    (before, first), (between, second) = one, other
    if before is not None and between is not None and before.counts and between.counts:
        return same_unit(before, between)
    beside = between is first and first.sentence == second.sentence
    return beside and second.before.count(",") + second.before.count(";") <= 1


def _makes_all(row: Sequence[tuple[Claim | None, Claim]], off: Fraction, tried: int) -> bool:
    """Whether shares that are so far off 100 % make it up, and as many others would not."""
    if sum(1 for _, share in row if share.number) < 2:
        return False
    steps = [step(share.text, "%") for _, share in row]
    slack = max(steps) * len(row) / 2 if max(steps) < 1 and len(row) > 2 else Fraction(0)
    if abs(off) > slack:
        return False
    if off:
        return 2 * tried * len(row) * slack <= 100 * _BY_ROUNDING
    return tried * len(row) * min(steps) <= 100 * _BY_CHANCE


def _is_beside(run: _Run, first: Claim, second: Claim) -> bool:
    """Whether two shares stand side by side, so that they can be of one whole."""
    between = run[run.index(first) + 1 : run.index(second)]
    breaks = second.before.count(",") + second.before.count(";")
    # 三分之一的村 is none of 来信占22.9%、来访占…
    same = first.role == second.role and ("%" in first.text) == ("%" in second.text)
    return same and breaks <= 1 and all(_GROUP.fullmatch(c.unit) for c in between)


def find_products(runs: list[_Run]) -> Iterator[Candidate]:
    """A sum of money as an amount per head, household or place times their number, in one line."""
    for run in runs:
        for i, each in enumerate(run):
            m = _EACH.search(each.lead) if each.unit == "元" and each.known else None
            if m is None:
                continue
            head = next(filter(None, m.groups()))
            near = run[max(0, i - _APART) : i + _APART + 1]
            near = [c for c in near if c.known and c is not each]
            heads = [c for c in near if c.counts and c.unit != "元" and c.amount > 1]
            heads = [c for c in heads if _is_of(c, head)]
            totals = [c for c in near if c.unit == "元" and c.kind != "change"]
            totals = [c for c in totals if c.amount > each.amount]
            for total, count in itertools.product(totals, heads):
                first, second = sorted((each, count), key=lambda c: c.start)
                holding = not _must_multiply(run, total, each, count)
                yield Candidate("product", (total, first, second), holding=holding)


def _must_multiply(run: _Run, total: Claim, each: Claim, count: Claim) -> bool:
    """为272户困难家庭每户发放补助400元，共计…: three figures side by side, and no other meant."""
    i, figures = run.index(each), [count, each, total]
    if not each.amount or run[i - 1 : i + 2] != figures or len({c.sentence for c in figures}) > 1:
        return False
    others = [c for c in run if c.sentence == each.sentence and c not in figures]
    lone = not any(c.unit == "元" or same_unit(c, count) for c in others)
    exact = all(c.bound == "exact" for c in figures)
    said = _ALL.fullmatch(total.before) and "每" in each.lead and not _OFTEN.search(each.lead)
    # a small whole number of times as much may be months, or payments, that are not told
    times = total.number / (each.number * count.number)
    untold = times.denominator == 1 and 1 < times <= _PAYMENTS
    return lone and exact and bool(said) and not untold


def _is_of(claim: Claim, head: str) -> bool:
    """Whether a count is of what an amount is paid to: persons, or the unit or noun itself."""
    persons = _PERSON.fullmatch(head) and _PERSONS.fullmatch(claim.unit)
    named = claim.unit == head or claim.tail.startswith(head) or alike(claim.tail[:3], head) > 0
    return bool(persons) or named
