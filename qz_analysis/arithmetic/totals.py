"""Totals under or over a column: 甲镇受理12件。乙镇受理9件。合计受理21件。 Tables are told so, and some reports write so."""

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from .links import Candidate, Claim, same_unit

__all__ = ["find_totals"]

_TOTAL = re.compile(r"^(?:全[县市区镇乡省州])?(?:合计|总计|共计|总和|汇总)数?")
_PART_TOTAL = re.compile(r"^.{0,6}小计")
# rows that divide the row above them would be counted twice
_WITHIN = re.compile(r"^(?:其中|内含|其:)")

# what is not added up from row to row: averages, extremes, what goes on counting
_NOT_ADDED = re.compile("均|最[高低多少大小]|标准|累计|[比率]$|年[末底]|期末|余额")

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
        total = _TOTAL.match(row[0].lead) or _PART_TOTAL.match(row[0].lead)
        if total is None:
            continue
        name = row[0].lead[total.end() :]
        whole = total.re is _TOTAL
        before = _alike(rows, range(n - 1, -1, -1), row, name, whole)
        lines = before[::-1] or (_alike(rows, range(n + 1, len(rows)), row, name, whole) if whole else [])
        if not any(_WITHIN.match(line[0].lead) for line in lines):
            yield from _columns(row, name, lines)


def _alike(rows: list[_Line], order: range, row: _Line, name: str, whole: bool) -> list[_Line]:
    """Sentences in a row that state the first figure of a total's sentence in the same words."""
    found: list[_Line] = []
    last = row
    for k in order:
        line = rows[k]
        first = line[0]
        if abs(first.sentence - last[0].sentence) > 1 or not any(_same(claim, row[0], name, first) for claim in line):
            break
        last = line
        if _TOTAL.match(first.lead) or (not whole and _PART_TOTAL.match(first.lead)):
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
        if len(found) < 2 or _NOT_ADDED.search(label) or not total.counts or not all(part.counts for part in found):
            continue
        if not _nested(total, found):
            yield Candidate("sum", (total, *found), complete=len(found) == len(lines), tight=True)


def _nested(total: Claim, parts: list[Claim]) -> bool:
    """Whether the parts make the total but for a run of rows that divides another row: 女职工 under 职工, 1. and 2. under 一、."""
    if not total.known or not all(part.known for part in parts):
        return False
    over = sum((part.number for part in parts), -total.number)
    seen: dict[Fraction, int] = {}
    for j, upto in enumerate(itertools.accumulate((part.number for part in parts), initial=Fraction(0))):
        i = seen.get(upto - over)
        if over > 0 and i is not None and j - i < len(parts) - 1:
            return True
        seen[upto] = j
    return False


def _same(claim: Claim, total: Claim, label: str, first: Claim) -> bool:
    """Whether a figure counts what a total counts: one unit and the same words, behind the name of its row."""
    words = claim.lead.endswith(label) if claim is first else claim.lead == label
    return words and claim.kind == total.kind and same_unit(claim, total)
