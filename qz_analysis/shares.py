"""Wholes that no 其中 divides: what is done and what is left, shares that make 100 %, an amount per head times heads."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from .links import Candidate, Claim, alike, earlier, same_unit
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
            whole = done.get(part.start) or _before_part(before[before.index(part) + 1 :], part)
            if whole is not None and whole is not rest:
                yield Candidate("sum", (whole, part, rest))


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
            named = len(shares) > 2 and REST.search(claim.lead) is not None  # with 其他 the list says that it is whole
            if named or (len(shares) > 1 and sum((c.number for c in shares), Fraction(0)) == 100):
                yield Candidate("sum", tuple(shares), hundred=True, holding=not named)
                shares = []


def _is_share(claim: Claim) -> bool:
    return claim.kind == "rate" and claim.unit == "%" and claim.known and not re.search("[率度]", claim.lead)


def _beside(run: list[Claim], first: Claim, second: Claim) -> bool:
    between = run[run.index(first) + 1 : run.index(second)]
    near = all(c.unit in _BRACKETS for c in between)
    return near and second.before.count(",") + second.before.count(";") <= 1 and first.role == second.role


_EACH = re.compile(r"每(?:年)?每?([\u4e00-\u9fff])|各([镇乡村县户])|([人户村镇组站])均|平均每([\u4e00-\u9fff])")


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
                yield Candidate("product", (total, each, count), holding=True)


def _is_of(claim: Claim, head: str) -> bool:
    persons = head in "人名位员" and claim.unit in {"人", "名", "位", "人次"}
    return persons or claim.unit == head or claim.tail.startswith(head) or alike(claim.tail[:3], head) > 0
