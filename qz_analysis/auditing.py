"""Claims → relations: recompute what the report itself lets a reader check, exactly and by the grammar of its sentences."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from .changes import find_changes, with_bases
from .fields import RELATIONS, frame
from .judging import judge, plain, relation
from .links import READ, Candidate, Claim, lines, read_claim
from .rates import find_rates
from .repeats import find_copied, find_repeats
from .shares import find_products, find_shares, with_rest
from .sums import find_sums

__all__ = ["BLIND", "audit"]

#: a check that a random figure would have passed at least this often is called blind
BLIND = 0.5


def audit(claims: pd.DataFrame, reports: pd.DataFrame | None = None, *, unchecked: bool = False) -> pd.DataFrame:
    """Every piece of arithmetic that the claims let a reader check, with its verdict and how much the check can show.

    Figures are linked by the words between them: a rate to the counts that do what it is named after or that 占 names,
    a change to the earlier figure beside it, a total to its 其中 parts or to what is done and what is left, shares in a row
    that make 100 %, two statements of one thing. What the words do not tie together is never compared.

    Args:
        claims: a claims table (columns doc, report, start, text, value, low, high, bound, unit, kind, direction, family,
            stage, subject, period, status, role, sentence, before, after).
        reports: the reports table of the same texts; with it the figures of copies (same_as) are compared too.
        unchecked: also give the candidates that cannot be settled, verdict `unchecked`, with their reason.

    Returns:
        one row per relation with the columns of `fields.RELATIONS`, in the order of the claims.

    Raises:
        KeyError: a column is missing.

    >>> from qz_analysis import extract
    >>> table = audit(extract("全年受理各类事项2163宗,办结2028宗,办结率93.8%。"))
    >>> table[["type", "verdict", "note"]].values.tolist()
    [['rate', 'ok', '2028/2163 = 93.76%, printed 93.8%']]
    """
    found: dict[tuple[str, int], list[Claim]] = {}
    for values in zip(*(claims[name].tolist() for name in READ), strict=True):
        row = dict(zip(READ, values, strict=True))
        found.setdefault((row["doc"], row["report"]), []).append(read_claim(row))
    rows = [(*key, *row) for key, mine in found.items() for row in _report(mine)]
    rows += [] if reports is None else _copies(found, reports)
    table = frame(rows, RELATIONS)
    return table if unchecked else table[table["verdict"] != "unchecked"].reset_index(drop=True)


def _report(claims: list[Claim]) -> list[tuple[Any, ...]]:
    rows = [row for candidate in _candidates(claims) if (row := judge(candidate)) is not None]
    # a share that is checked with its siblings, or in another way, is not unchecked
    done = {start for row in rows if row[2] != "unchecked" for start in _results(row)}
    kept = [row for row in rows if row[2] != "unchecked" or row[1].partition(";")[0] not in done]
    return sorted(kept, key=lambda row: int(row[1].partition(";")[0]))


def _results(row: tuple[Any, ...]) -> list[str]:
    starts: list[str] = row[1].split(";")
    return starts if row[0] == "sum" and row[4].endswith("shares of one whole") else starts[:1]


def _candidates(claims: list[Claim]) -> Iterator[Candidate]:
    """All candidates of a report, each figure the result of one kind once."""
    runs = [with_bases(run) for run in lines(claims)]
    sums = list(find_sums(runs))
    rates = list(find_rates(runs, sums))
    seen: set[tuple[str, frozenset[int]]] = set()
    rests = list(with_rest(runs, rates))
    others = [
        *find_shares(runs),
        *find_products(runs),
        *find_repeats(claims, [*sums, *rests, *(c for c in rates if c.kind == "sum")]),
    ]
    for c in [*rates, *find_changes(runs), *rests, *sums, *others]:
        key = c.kind, frozenset(claim.start for claim in c.claims)
        if key not in seen:
            seen.add(key)
            yield c


def _copies(found: dict[tuple[str, int], list[Claim]], reports: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Figures of a report and of its copy that differ."""
    for doc, number, same in zip(reports["doc"], reports["report"], reports["same_as"], strict=True):
        m = re.fullmatch(r"(.*):(\d+)", str(same))
        if m is None or (m[1], int(m[2])) not in found or (doc, number) not in found:
            continue
        pairs = [(a, b) for a, b in find_copied(found[m[1], int(m[2])], found[doc, number]) if a.known and b.known]
        for first, second in pairs:
            if first.number != second.number:
                note = f"{plain(first.number)} in {same} and {plain(second.number)}{second.unit} in its copy"
                yield (
                    doc,
                    number,
                    *relation(Candidate("repeat", (second,)), "bad", second.stands_for(), note, value=first.number),
                )
