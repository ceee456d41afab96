"""Wholes and their parts: 其中 lists, brackets, 合计, and lists right behind their total.

Totals under or over a column: 甲镇受理12件。乙镇受理9件。合计受理21件。 Tables are told so, and some reports write so.

Wholes that no 其中 divides: what is done and what is left, shares that make 100 %, an amount per head times heads.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..model import Claim
from ..vocabularies.patterns import Pattern, words
from .passages import Candidate, alike, depth, earlier, same_unit

__all__ = ["REST", "find_products", "find_shares", "find_sums", "find_totals", "with_rest"]

_OPENS = Pattern("sums", r"{firm}|{opens}|{by}[^,;。]{1,8}{divided}|\([^()]*$|:[^:]*$")
#: openings that leave no doubt that a list divides the figure before it
_FIRM = Pattern("sums", r"{firm}|\([^()]*$")
_OTHERS = Pattern("sums", r"{others}|其余")
REST = Pattern(
    "sums",
    r"^,?(?:{others}|其余|{rest})|(?:{others}|其余|剩余)[\u4e00-\u9fff]{0,8}$",
)
_ANEW = Pattern("sums", r"^[,;]?{anew}")
_TOTAL = Pattern("sums", r"(?:{total}|总共)[\u4e00-\u9fff]{0,4}$|累计$")
_TOGETHER = Pattern("sums", r"{total}|合占")
_AMONG = re.compile(r"^[^,;。\d]{0,10}中[,有]")
#: how many figures before a list are tried for its whole, how many lines back a list without a word is looked for,
#: and from how many digits on figures that make up the one before them do so by no chance
_WHOLES, _BACK, _PLENTY = 8, 6, 3
#: what comes with these is no part of the list before it; and a part that ends its list
_TURNS = Pattern("sums", r"{turns}")
_BESIDES = Pattern("sums", r"[,;]{besides}")
_LAST = Pattern("sums", r"{others}")
#: two words that between them leave nothing out
_WHOLE = Pattern("sums", r"{whole}")
#: a sentence behind a semicolon that begins with these goes on to something else, unless the list is one of years
_SPAN = Pattern("sums", r"\d{4}年|{span}|{window.half_year}")
#: a figure of another time or a difference is no part
_TIMES = Pattern("sums", r"{times}")


def find_sums(runs: list[list[Claim]]) -> Iterator[Candidate]:
    """Totals with the parts that the words say they are made of.

    Args:
        runs: the claims of one report in lines.
    """
    for n, run in enumerate(runs):
        for i, claim in enumerate(run):
            if _opens(run, i):
                yield from _listed(runs, n, i)
            elif (
                i > 1
                and claim.counts
                and (
                    _TOTAL.search(claim.lead)
                    or (claim.before in {"", "、"} and _TOTAL.search(run[i - 1].lead))
                )
            ):
                yield from _totalled(run, i)
        yield from _behind(runs, n)
        yield from _unopened(runs, n)


def _opens(run: list[Claim], i: int) -> bool:
    return bool(_OPENS.search(run[i].before)) or (i > 0 and bool(_AMONG.match(run[i - 1].after)))


def _listed(runs: list[list[Claim]], n: int, i: int) -> Iterator[Candidate]:
    """A list behind 其中 or a bracket: for each unit in it the nearest figures before it that can be the whole."""
    parts = _parts(runs[n], i)
    firm = bool(_FIRM.search(runs[n][i].before)) or not _OPENS.search(runs[n][i].before)
    units: list[Claim] = []
    for part in parts:
        if not any(same_unit(part, known) for known in units):
            units.append(part)
    for unit in units:
        before = [c for c in earlier(runs, n, i, 2 if firm else _BACK) if same_unit(c, unit)]
        standard = bool(before) and before[0].kind == "per"  # 每户保费10元，其中补贴8元
        mine = [p for p in parts if same_unit(p, unit) and (standard or p.kind != "per")]
        found: list[Candidate] = []
        # a list may run over semicolons; where the parts before the first make up the figure before it, it does not
        for stretch in _stretches(before, mine):
            wholes = [c for c in before if len(stretch) > 1 and _whole_of(c, stretch)][:_WHOLES]
            found = list(_divided(runs, n, wholes, stretch, firm)) if wholes else []
            if any(_made(c) for c in found):
                break
        yield from found


def _stretches(before: list[Claim], parts: list[Claim]) -> list[list[Claim]]:
    """A list as the stretches it may be, to be tried in turn: to its first semicolon where that is enough, in full, too much."""
    first = [p for p in parts if p.sentence == parts[0].sentence]
    if not 1 < len(first) < len(parts) or not before or not _whole_of(before[0], first):
        return [parts]
    if not all(c.known for c in (before[0], *first)):
        return [parts]
    over = sum(p.number for p in first) - before[0].number
    return [first] if not over else [parts, first] if over > 0 else [parts]


def _made(found: Candidate) -> bool:
    whole, *parts = found.claims
    return all(c.known for c in found.claims) and whole.number == sum(p.number for p in parts)


def _divided(runs: list[list[Claim]], n: int, wholes: list[Claim], parts: list[Claim], firm: bool) -> Iterator[Candidate]:  # fmt: skip
    """The whole as its list, or as several lists behind each other (by weight, by kind) of which each makes it up."""
    verbs: dict[str, list[Claim]] = {}
    for part in parts:
        verbs.setdefault(part.lead[-2:], []).append(part)
    # 入户发放3600份，收回3488份；窗口发放1200份，收回1135份: each verb has its own whole
    lists = [parts, *(mine for mine in verbs.values() if 1 < len(mine) < len(parts))]
    found = []
    for mine in lists:
        for whole in wholes:
            rest = mine
            # a list cut short must be of the figure right before it
            while (
                len(rest) > 1
                and (k := _prefix(whole, rest, firm))
                and (whole is wholes[0] or k == len(mine))
            ):
                found.append(Candidate("sum", (whole, *rest[:k]), tried=len(wholes)))
                rest = rest[k:]
            if rest is not mine:
                break
        if found and mine is parts:
            break
    yield from found
    if not found and firm and (wholes[0] in runs[n] or wholes[0] in runs[n - 1]):
        between = [
            c
            for c in earlier(runs, n, runs[n].index(parts[0]), 1)
            if c.counts and same_unit(c, parts[0])
        ]
        tight = bool(between) and between[0] is wholes[0]
        yield Candidate("sum", (wholes[0], *parts), complete=_names_rest(parts), tight=tight)


def _prefix(whole: Claim, parts: list[Claim], firm: bool = False) -> int:
    """How many parts from the first on make up the whole exactly; 0 when none do; a firm list ends with a semicolon or its end."""
    if not whole.known:
        return 0
    total = Fraction(0)
    for k, part in enumerate(parts, 1):
        if not part.known:
            return 0
        total += part.number
        if total == whole.number and k > 1:
            ends = (
                k == len(parts)
                or parts[k].sentence != part.sentence
                or bool(_BESIDES.search(parts[k].before))
            )
            ends = (
                ends or _prefix(whole, parts[k:], firm) > 0
            )  # 邻里40件、婚姻50件，口头55件、书面35件: two lists
            return k if ends or not firm else 0
        if total > whole.number:
            return 0
    return 0


def _parts(run: list[Claim], i: int) -> list[Claim]:
    """The figures of a list that begins at `i`: to its bracket's end, the next 其中, or a clause that takes up the whole again."""
    bracket = re.search(r"\([^()]*$", run[i].before) is not None
    years = _SPAN.search(run[i].lead) is not None
    found: list[Claim] = []
    for k in range(i, len(run)):
        claim = run[k]
        if k > i and (
            (_opens(run, k) and not (bracket and "(" not in claim.before)) or _again(run, k)
        ):
            break
        if (
            k > i
            and not years
            and claim.sentence != run[k - 1].sentence
            and _SPAN.match(claim.before)
        ):
            break
        if claim.role != "base" and claim.kind in {"count", "money", "measure", "rate", "per"}:
            found.append(claim)
        if (bracket and ")" in claim.after) or (len(found) > 2 and _OTHERS.match(claim.lead)):
            break
    return found


def _again(run: list[Claim], k: int) -> bool:
    clause = (
        re.split(r"(?<=[,;:])", run[k].before)[-1]
        if "," in run[k].before or ";" in run[k].before
        else ""
    )
    return bool(clause) and bool(_ANEW.search(clause)) and not REST.search(clause)


def _whole_of(whole: Claim, parts: list[Claim]) -> bool:
    if not same_unit(whole, parts[0]) or whole.role == "base" or whole.kind == "change":
        return False
    if whole.unit == "%":  # percentages of different wholes do not add up, 合计 says that these do
        return bool(_TOGETHER.search(whole.before)) and all(p.kind == "rate" for p in parts)
    if not whole.known or not all(p.known for p in parts):
        return True
    return whole.number >= max(p.number for p in parts)


def _names_rest(parts: list[Claim]) -> bool:
    leads = [p.lead for p in parts]
    opposites = map(str.split, words("sums", "opposites"))
    paired = any(any(a in x for x in leads) and any(b in x for x in leads) for a, b in opposites)
    return paired or any(REST.search(p.lead) or _OTHERS.match(p.tail) for p in parts)


def _totalled(run: list[Claim], i: int) -> Iterator[Candidate]:
    """来信30件、来访50件，合计80件: the figures of one unit before the word for a total."""
    dated = (
        re.search(r"\d年", run[i].lead) is not None
    )  # 2009年合计14件，2010年合计16件 are totals of different things
    parts = [
        c
        for c in run[:i]
        if same_unit(c, run[i]) and c.counts and not (dated and c.period != run[i].period)
    ]
    if len(parts) > 1:
        together = (
            run[i - len(parts) : i] == parts and len({p.sentence for p in [*parts, run[i]]}) == 1
        )
        yield Candidate("sum", (run[i], *parts), tight=together)


def _behind(runs: list[list[Claim]], n: int) -> Iterator[Candidate]:
    """A total with its parts right behind it and no word between: taken only when they make it up."""
    for i, whole in enumerate(runs[n]):
        if not (whole.counts and whole.known) or whole.kind == "measure" or _listing(runs[n], i):
            continue
        for place in (
            runs[n][i + 1 :],
            *runs[n + 1 : n + 3],
        ):  # its own line or one of the next two, no two at once
            alike = (c for c in place if c.counts and same_unit(c, whole))
            parts = list(
                itertools.takewhile(lambda c: c.known and not _TIMES.search(c.before), alike)
            )
            if parts and _FIRM.search(parts[0].before):
                continue  # 其中 says of which figure it is the list
            while k := _prefix(whole, parts):
                counted = [c for c in place if c.unit != "%"]
                beside = (
                    counted[:k] == parts[:k]
                    and (k > 2 or parts[0].sentence == whole.sentence)
                    and place[0] in runs[n]
                )
                least = (
                    _PLENTY
                    if not beside or (k == 2 and not _TURNS.search(parts[1].lead))
                    else 2
                    if k == 2
                    else 1
                )
                if whole.digits < least or any("其中" in p.before for p in parts[1:k]):
                    break
                yield Candidate("sum", (whole, *parts[:k]), holding=True)
                parts = parts[k:]


def _listing(run: list[Claim], i: int) -> bool:
    """(土地类148件，邻里类119件，其他29件): a part, or a figure in a list's bracket, is no total of those behind it."""
    return run[i].role == "part" or (depth(run, 0, i) > 0 and not _WHOLE.search(run[i].lead))


def _unopened(runs: list[list[Claim]], n: int) -> Iterator[Candidate]:
    """A list without a word before it that ends with the rest (其他85件): its whole is an earlier figure that it makes up."""
    run = runs[n]
    for i, claim in enumerate(run):
        if not (claim.counts and claim.known and _OTHERS.search(claim.lead)):
            continue
        parts = [c for c in run[: i + 1] if c.counts and c.known and same_unit(c, claim)]
        for first in range(
            len(parts) - 2
        ):  # the whole may stand in the same line, before its parts
            mine = parts[first:]
            total = sum((p.number for p in mine), Fraction(0))
            before = (
                c
                for c in earlier(runs, n, run.index(mine[0]), _BACK)
                if c.counts and c.known and same_unit(c, claim)
            )
            whole = next((c for c in before if c.number == total), None)
            if whole is not None:
                yield Candidate("sum", (whole, *mine), holding=True)
                break


_COLUMN_TOTAL = Pattern("sums", r"^(?:全{whole_places})?{column}数?")
_PART_TOTAL = re.compile(r"^.{0,6}小计")
# rows that divide the row above them would be counted twice
_WITHIN = Pattern("sums", r"^{within}")

# what is not added up from row to row: averages, extremes, what goes on counting
_NOT_ADDED = Pattern("sums", r"{not_added}")

_Line = list[Claim]


def find_totals(claims: Sequence[Claim]) -> Iterator[Candidate]:
    """Totals of the same figure over the sentences right before, or where none fits right behind.

    Args:
        claims: the claims of one report, in order.

    Returns:
        candidates of kind `sum`, the total first: one for each figure of a sentence that begins with 合计 or 总计, or with
        小计 for the sentences since the last such; none where a sentence begins with 其中, whose figures stand twice.
    """
    rows = [list(group) for _, group in itertools.groupby(claims, key=lambda claim: claim.sentence)]
    for n, row in enumerate(rows):
        grand = _COLUMN_TOTAL.match(row[0].lead)
        total = grand or _PART_TOTAL.match(row[0].lead)
        if total is None:
            continue
        name = row[0].lead[total.end() :]
        whole = grand is not None
        before = _alike(rows, range(n - 1, -1, -1), row, name, whole)
        lines = before[::-1] or (
            _alike(rows, range(n + 1, len(rows)), row, name, whole) if whole else []
        )
        if not any(_WITHIN.match(line[0].lead) for line in lines):
            yield from _columns(row, name, lines)


def _alike(rows: list[_Line], order: range, row: _Line, name: str, whole: bool) -> list[_Line]:
    """Sentences in a row that state the first figure of a total's sentence in the same words."""
    found: list[_Line] = []
    last = row
    for k in order:
        line = rows[k]
        first = line[0]
        if abs(first.sentence - last[0].sentence) > 1 or not any(
            _same(claim, row[0], name, first) for claim in line
        ):
            break
        last = line
        if _COLUMN_TOTAL.match(first.lead) or (not whole and _PART_TOTAL.match(first.lead)):
            break
        found.append(line)
    subtotals = [line for line in found if _PART_TOTAL.match(line[0].lead)]
    return subtotals if whole and subtotals else found


def _columns(row: _Line, name: str, lines: list[_Line]) -> Iterator[Candidate]:
    """Each figure of the total's sentence with the figures of the other sentences that say the same."""
    for total in row:
        label = name if total is row[0] else total.lead
        parts = [next((c for c in line if _same(c, total, label, line[0])), None) for line in lines]
        found = [part for part in parts if part is not None]
        if (
            len(found) < 2
            or _NOT_ADDED.search(label)
            or not total.counts
            or not all(part.counts for part in found)
        ):
            continue
        if not _nested(total, found):
            yield Candidate("sum", (total, *found), complete=len(found) == len(lines), tight=True)


def _nested(total: Claim, parts: list[Claim]) -> bool:
    """Whether the parts make the total but for a run of rows that divides another row: 女职工 under 职工, 1. and 2. under 一、."""
    if not total.known or not all(part.known for part in parts):
        return False
    over = sum((part.number for part in parts), -total.number)
    seen: dict[Fraction, int] = {}
    for j, upto in enumerate(
        itertools.accumulate((part.number for part in parts), initial=Fraction(0))
    ):
        i = seen.get(upto - over)
        if over > 0 and i is not None and j - i < len(parts) - 1:
            return True
        seen[upto] = j
    return False


def _same(claim: Claim, total: Claim, label: str, first: Claim) -> bool:
    """Whether a figure counts what a total counts: one unit and the same words, behind the name of its row."""
    said = claim.lead.endswith(label) if claim is first else claim.lead == label
    return said and claim.kind == total.kind and same_unit(claim, total)


_GROUPS = Pattern("sums", r"{groups}")
_RATED = Pattern("sums", r"{rated}")
_LEFT = Pattern("sums", r"{left}")


def with_rest(runs: list[list[Claim]], rates: list[Candidate]) -> Iterator[Candidate]:
    """The whole as what is done and what is left: 受理47件，办结45件，尚有2件正在办理.

    Args:
        runs: the claims of one report in lines.
        rates: the rates linked in it; their two counts are the whole and what is done.
    """
    done = {c.claims[1].start: c.claims[2] for c in rates if len(c.claims) == 3}
    for n, run in enumerate(runs):
        for i, rest in enumerate(run):
            if not (
                rest.counts
                and (rest.stage == "pending" or _LEFT.match(rest.tail) or REST.search(rest.lead))
            ):
                continue
            before = [c for c in earlier(runs, n, i, 0) if c.counts and same_unit(c, rest)]
            part = next((c for c in before if c.stage == "resolved" or c.start in done), None)
            if part is None:
                continue
            if _elsewhere(run, part, i):
                continue
            whole = done.get(part.start) or _before_part(before[before.index(part) + 1 :], part)
            if whole is not None and whole is not rest:
                yield Candidate("sum", (whole, part, rest))


def _elsewhere(run: list[Claim], part: Claim, i: int) -> bool:
    """办结968起；…114件（土地类83件，其他31件）: the rest of a list that stands behind what is done, not of what is left."""
    at = run.index(part)
    opened = depth(run, at, i) - depth(run, at, at)
    other = run[i].stage != "pending" and _LAST.search(run[i].lead) is not None
    return opened > 0 or (other and run[i].sentence != part.sentence)


def _before_part(before: list[Claim], part: Claim) -> Claim | None:
    return next(
        (
            c
            for c in before
            if c.known and part.known and c.number > part.number and c.role != "part"
        ),
        None,
    )


def find_shares(runs: list[list[Claim]]) -> Iterator[Candidate]:
    """Shares of one whole that stand side by side and make 100 %: in one bracket, or each with its taker."""
    for run in runs:
        shares: list[Claim] = []
        for claim in run:
            if _GROUPS.fullmatch(claim.unit):
                continue  # 25岁以下占3.7%
            if not _is_share(claim):
                shares = []
                continue
            shares = [*shares, claim] if shares and _beside(run, shares[-1], claim) else [claim]
            # a share of the sentence before may be of something else
            own = [c for c in shares if c.sentence == claim.sentence]
            made = next(
                (
                    row
                    for row in (shares, own)
                    if len(row) > 1 and sum(c.number for c in row) == 100
                ),
                [],
            )
            named = REST.search(claim.lead) is not None  # with 其他 the list says that it is whole
            if row := made or next((row for row in (own, shares) if named and len(row) > 2), []):
                yield Candidate(
                    "sum", tuple(row), hundred=True, holding=not (named and len(row) > 2)
                )
                shares = []


def _is_share(claim: Claim) -> bool:
    return (
        claim.kind == "rate" and claim.unit == "%" and claim.known and not _RATED.search(claim.lead)
    )


def _beside(run: list[Claim], first: Claim, second: Claim) -> bool:
    between = run[run.index(first) + 1 : run.index(second)]
    near = all(_GROUPS.fullmatch(c.unit) for c in between)
    alike = ("%" in first.text) == (
        "%" in second.text
    )  # 三分之一的村 is none of 来信占22.9%、来访占…
    return (
        near
        and alike
        and second.before.count(",") + second.before.count(";") <= 1
        and first.role == second.role
    )


_EACH = Pattern(
    "sums",
    r"每年?每?([\u4e00-\u9fff])|各({each_of})|({mean_of})均|平均每([\u4e00-\u9fff])",
)


#: 每户每月, 每人每年: a number of months may stand between the amount and its total
_OFTEN = Pattern("sums", r"每.*每|[每按]{often}|标准")
#: a total that can be of nothing but the amount before it
_ALL = Pattern("sums", r"[,、]?(?:{total}|共){paid}*(?:为|达)?")
_PERSON = Pattern("sums", r"{person}")
_PERSONS = Pattern("sums", r"{persons}")
_PAYMENTS = 60
#: how many figures may stand between an amount per head and its total
_APART = 3


def find_products(runs: list[list[Claim]]) -> Iterator[Candidate]:
    """A sum of money as an amount per head, household or place times their number, all in one line.

    Args:
        runs: the claims of one report in lines.
    """
    for run in runs:
        for i, each in enumerate(run):
            m = _EACH.search(each.lead)
            if each.unit != "元" or not each.known or m is None:
                continue
            head = next(filter(None, m.groups()))
            near = [
                c for c in run[max(0, i - _APART) : i + _APART + 1] if c.known and c is not each
            ]
            heads = [
                c for c in near if c.counts and c.unit != "元" and c.number > 1 and _is_of(c, head)
            ]
            totals = [
                c for c in near if c.unit == "元" and c.kind != "change" and c.number > each.number
            ]
            for total, count in itertools.product(totals, heads):
                first, second = sorted((each, count), key=lambda c: c.start)
                yield Candidate(
                    "product", (total, first, second), holding=not _meant(run, total, each, count)
                )


def _meant(run: list[Claim], total: Claim, each: Claim, count: Claim) -> bool:
    """为272户困难家庭每户发放补助400元，共计…: three figures of a sentence side by side and in this order must multiply."""
    i = run.index(each)
    if (
        not each.number
        or run[i - 1 : i + 2] != [count, each, total]
        or len({c.sentence for c in (total, each, count)}) > 1
    ):
        return False
    others = [c for c in run if c.sentence == each.sentence and c not in (total, each, count)]
    lone = not any(c.unit == "元" or same_unit(c, count) for c in others)
    exact = all(c.bound == "exact" for c in (total, each, count))
    said = _ALL.fullmatch(total.before) and "每" in each.lead and not _OFTEN.search(each.lead)
    # a small whole number of times as much may be months, or payments, that are not told
    times = total.number / (each.number * count.number)
    untold = times.denominator == 1 and 1 < times <= _PAYMENTS
    return lone and exact and bool(said) and not untold


def _is_of(claim: Claim, head: str) -> bool:
    persons = _PERSON.fullmatch(head) and _PERSONS.fullmatch(claim.unit)
    return bool(
        persons
        or claim.unit == head
        or claim.tail.startswith(head)
        or alike(claim.tail[:3], head) > 0
    )
