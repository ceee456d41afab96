"""Wholes that no 其中 divides: what is done and what is left, shares that make 100 %, an amount per head times heads."""

import itertools
import re
from collections.abc import Iterator

from .links import Candidate, Claim, alike, depth, earlier, same_unit
from .sums import REST

__all__ = ["find_products", "find_shares", "with_rest"]

_BRACKETS = {"岁", "周岁", "类"}
_LEFT = re.compile("正在|尚未|未")


def with_rest(runs: list[list[Claim]], rates: list[Candidate]) -> Iterator[Candidate]:
    """The whole as what is done and what is left: 受理47件，办结45件，尚有2件正在办理.

    Args:
        runs: the claims of one report in lines.
        rates: the rates linked in it; their two counts are the whole and what is done.
    """
    done = {c.claims[1].start: c.claims[2] for c in rates if len(c.claims) == 3}
    for n, run in enumerate(runs):
        for i, rest in enumerate(run):
            if not (rest.counts and (rest.stage == "pending" or _LEFT.match(rest.tail) or REST.search(rest.lead))):
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
    other = run[i].stage != "pending" and re.search("其[他它]", run[i].lead) is not None
    return opened > 0 or (other and run[i].sentence != part.sentence)


def _before_part(before: list[Claim], part: Claim) -> Claim | None:
    return next((c for c in before if c.known and part.known and c.number > part.number and c.role != "part"), None)


def find_shares(runs: list[list[Claim]]) -> Iterator[Candidate]:
    """Shares of one whole that stand side by side and make 100 %: in one bracket, or each with its taker."""
    for run in runs:
        shares: list[Claim] = []
        for claim in run:
            if claim.unit in _BRACKETS:
                continue  # 25岁以下占3.7%
            if not _is_share(claim):
                shares = []
                continue
            shares = [*shares, claim] if shares and _beside(run, shares[-1], claim) else [claim]
            # a share of the sentence before may be of something else
            own = [c for c in shares if c.sentence == claim.sentence]
            made = next((row for row in (shares, own) if len(row) > 1 and sum(c.number for c in row) == 100), [])
            named = REST.search(claim.lead) is not None  # with 其他 the list says that it is whole
            if row := made or next((row for row in (own, shares) if named and len(row) > 2), []):
                yield Candidate("sum", tuple(row), hundred=True, holding=not (named and len(row) > 2))
                shares = []


def _is_share(claim: Claim) -> bool:
    return claim.kind == "rate" and claim.unit == "%" and claim.known and not re.search("[率度]", claim.lead)


def _beside(run: list[Claim], first: Claim, second: Claim) -> bool:
    between = run[run.index(first) + 1 : run.index(second)]
    near = all(c.unit in _BRACKETS for c in between)
    alike = ("%" in first.text) == ("%" in second.text)  # 三分之一的村 is none of 来信占22.9%、来访占…
    return near and alike and second.before.count(",") + second.before.count(";") <= 1 and first.role == second.role


_EACH = re.compile(r"每(?:年)?每?([\u4e00-\u9fff])|各([镇乡村县户])|([人户村镇组站])均|平均每([\u4e00-\u9fff])")


#: 每户每月, 每人每年: a number of months may stand between the amount and its total
_OFTEN = re.compile("每.*每|[每按][年月季天日次]|标准")
#: a total that can be of nothing but the amount before it
_ALL = re.compile(
    r"[,、]?(?:合计|共计|总计|共)(?:发放|发给|兑现|支付|支出|补助|补贴|救助|慰问|资助|奖励|资金|金额|款)*(?:为|达)?"
)
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
            near = [c for c in run[max(0, i - _APART) : i + _APART + 1] if c.known and c is not each]
            heads = [c for c in near if c.counts and c.unit != "元" and c.number > 1 and _is_of(c, head)]
            totals = [c for c in near if c.unit == "元" and c.kind != "change" and c.number > each.number]
            for total, count in itertools.product(totals, heads):
                first, second = sorted((each, count), key=lambda c: c.start)
                yield Candidate("product", (total, first, second), holding=not _meant(run, total, each, count))


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
    persons = head in "人名位员" and claim.unit in {"人", "名", "位", "人次"}
    return persons or claim.unit == head or claim.tail.startswith(head) or alike(claim.tail[:3], head) > 0
