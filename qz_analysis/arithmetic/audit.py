"""The audit of a report: what its own figures let a reader check is recomputed exactly.

The arithmetic of the reports in `data/reports`, worked by hand (a rate is numerator / denominator, a change is
now / before − 1):

>>> [round(100 * a / b, 2) for a, b in ((36, 43), (2028, 2163), (101, 201), (143, 176), (22, 26), (216, 227), (3475, 3484))]
[83.72, 93.76, 50.25, 81.25, 84.62, 95.15, 99.74]
>>> [round(100 * (now / before - 1), 2) for now, before in ((212, 180), (820, 976))], 25 + 1 + 1
([17.78, -15.98], 27)

and by the audit, from sentences of the same form:

>>> from qz_analysis import extract
>>> for text in (
...     "领导包案43宗，已办结36宗，办结率83.7%。", "受理事项2163宗，办结2028宗，办结率93.8%。",
...     "调解案件201件，调结101件，调结率50.2%。", "上访案件176件，已解决143件，解决率81.25%。",
...     "来访212批次，同比(180批次)上升17.78%。", "来访820人次，同比(976人次)下降15.98%。",
...     "集体访26件，已解决22件，解决率84.62%。", "涉及227户，216户支持，支持率95.15%。",
...     "调解纠纷3484件，调解成功3475件，调解成功率99.74%。", "建成中心27家，其中政府办25家、社会办1家、医院办1家。",
... ):
...     print(*audit(extract(text)).loc[0, ["verdict", "note"]], sep=": ")
ok: 36/43 = 83.72%, printed 83.7%
ok: 2028/2163 = 93.76%, printed 93.8%
ok: 101/201 = 50.249%, printed 50.2%
ok: 143/176 = 81.25%, printed 81.25%
ok: 212 against 180 = +17.78%, printed up 17.78%
ok: 820 against 976 = -15.98%, printed down 15.98%
ok: 22/26 = 84.62%, printed 84.62%
ok: 216/227 = 95.15%, printed 95.15%
ok: 3475/3484 = 99.74%, printed 99.74%
ok: 25 + 1 + 1 = 27, printed 27家
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..model import Claim, Relation, by_report
from ..schema import RELATIONS, frame
from ..vocabularies.limit import limited
from .accuse import softened, without_first_parts
from .changes import find_changes, find_twice, with_bases
from .divided import find_divided, find_items, find_rows, is_part
from .intervals import interval_of
from .judge import ROUNDED, judge, plain, relation
from .passages import Candidate, lines, place_of, same_unit
from .proof import find_proven, find_proven_changes, find_proven_rates
from .rates import find_rates
from .repeats import find_copied, find_repeats
from .shares import AIM, find_made_up, is_share_of_two
from .sums import (
    find_columns,
    find_full_shares,
    find_products,
    find_rests,
    find_sums,
    find_totals,
    is_exact,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["audit"]

#: a check that a random figure would have passed at least this often is called blind
BLIND = 0.5
# shares that show of which whole a list is: so many that are not the same, so near
_SIBLINGS, _ROWS = 3, 12
_FEW_SLIPS = 3  # of so many that hold one may fail
_FEW = 2  # a difference of more digits is met by no chance
_NAME = re.compile(r"(.*):(\d+)", re.DOTALL)
_MET = re.compile("占|完成")  # what the words before a share, or a rate of a plan, hold


def is_blind(relation: Mapping[Any, Any]) -> bool:
    """Whether a check that holds tells neither right nor wrong: nearly any figure would have passed it,
    or the figure lies beyond its hedge and only rounding brings it back.

    >>> from qz_analysis import extract
    >>> texts = "受理200件，办结170件，办结率85%。", "受理2000件，办结1699件，办结率85%以上。"
    >>> [is_blind(row) for text in texts for row in audit(extract(text)).to_dict("records")]
    [False, True]
    """
    loose = relation.get("chance", 0.0) >= BLIND or relation.get("rounding") == ROUNDED
    return bool(relation["verdict"] == "ok" and loose)


def audit(
    claims: "pd.DataFrame", reports: "pd.DataFrame | None" = None, *, unchecked: bool = False
) -> "pd.DataFrame":
    """Every piece of arithmetic that the claims let a reader check, with its verdict and how much
    the check can show.

    Figures are linked by the words between them: a rate to the counts that do what it is named
    after or that 占 names,
    a change to the earlier figure beside it, a total to its 其中 parts or to what is done and what
    is left, shares in a row
    that make 100 %, two statements of one thing. What the words do not tie together is told where
    it fits too exactly for chance, and never called wrong.

    Args:
        claims: a claims table (columns doc, report, start, text, value, low, high, bound, unit,
            kind, direction, family,
            stage, subject, period, status, role, sentence, before, after).
        reports: the reports table of the same texts; with it the figures of copies (same_as) are
            compared too.
        unchecked: also give the candidates that cannot be settled, verdict `unchecked`, with their
            reason.

    Returns:
        one row per relation with the columns of `schema.RELATIONS`, in the order of the claims.

    Raises:
        KeyError: a column is missing.
        ReadError: a report takes too long, because of a regular expression of the user's.

    >>> from qz_analysis import extract
    >>> table = audit(extract("全年受理各类事项2163宗,办结2028宗,办结率93.8%。"))
    >>> table[["type", "verdict", "note"]].values.tolist()
    [['rate', 'ok', '2028/2163 = 93.76%, printed 93.8%']]
    """
    found = by_report(claims)
    rows = []
    for key, mine in found.items():
        with limited(key[0], mine[-1].end):
            relations = find_relations(mine, unchecked=unchecked)
        rows += [(*key, *relation.row) for relation in relations]
    if reports is not None:
        columns = (reports[name] for name in ("doc", "report", "same_as"))
        between = between_copies(found, zip(*columns, strict=True))
        rows += [(*key, *relation.row) for key, relation in between]
    return frame(rows, RELATIONS)


def find_relations(claims: Iterable[Claim], *, unchecked: bool = False) -> list[Relation]:
    """The relations of one report's claims, in the order of their results."""
    every = [claim.as_corrected() for claim in claims]
    runs = [with_bases(run) for run in lines(every)]
    judged = _judged(_candidates(every, runs), every)
    rates = find_proven_rates(runs, _sure(judged, "rate"))
    judged += _judged(filter(_of_one_world, rates), every)
    judged += _judged(find_proven_changes(runs, _sure(judged, "yoy")), every)
    judged += _judged(find_twice(runs, _sure(judged, "yoy")), every)
    judged = _of_their_lists(judged, every)
    judged = _among_siblings(judged, every)
    judged += _made_up(judged, every)
    judged += _judged(filter(_of_one_world, _told_beside(judged, every)), every)
    # a share that is checked with its siblings, or in another way, is not unchecked
    checked = {
        result.start
        for c, relation in judged
        if relation.verdict != "unchecked"
        for result in (c.claims if c.hundred else c.claims[:1])
    }
    kept = [
        relation
        for _, relation in judged
        if relation.verdict != "unchecked"
        or (unchecked and relation.claims[0].start not in checked)
    ]
    return sorted(kept, key=lambda relation: relation.claims[0].start)


def _of_their_lists(
    judged: list[tuple[Candidate, Relation]], claims: list[Claim]
) -> list[tuple[Candidate, Relation]]:
    """Shares of parts of a list as those of the total that the list makes up, where they fit it, too:
    0.11% fits many a whole.
    """
    totals: dict[int, list[Claim]] = {}
    for candidate, one in judged:
        if one.type == "sum" and one.verdict == "ok" and not candidate.hundred:
            whole, *parts = candidate.claims
            for part in parts:
                totals.setdefault(part.start, []).append(whole)
    found = []
    for candidate, one in judged:
        told = [(candidate, one)]
        if _is_held_share(candidate, one):
            rate, part, below = candidate.claims
            wholes = sorted(totals.get(part.start, []), key=lambda whole: whole.start)
            if any(whole.start == below.start for whole in wholes):
                # 来信276件,办结276件: of what came in
                wholes = [whole for whole in wholes if whole.sentence == below.sentence]
            if wholes and wholes[0].start != below.start:
                other = _judged([replace(candidate, claims=(rate, part, wholes[0]))], claims)
                told = [pair for pair in other if pair[1].verdict == "ok"] or told
        found += told
    return found


def _is_held_share(candidate: Candidate, found: Relation) -> bool:
    """Whether a relation is a share of two counts that holds."""
    return found.type == "rate" and found.verdict == "ok" and is_share_of_two(candidate)


def _among_siblings(
    judged: list[tuple[Candidate, Relation]], claims: list[Claim]
) -> list[tuple[Candidate, Relation]]:
    """Shares that fail where the other shares of their list hold of the same whole: then it is theirs,
    too, and nothing is left but a slip.

    Where nothing but the list ties a share to the whole, most of the list must hold.
    """
    held = [candidate.claims for candidate, one in judged if _is_held_share(candidate, one)]
    if len(held) < _SIBLINGS:
        return judged
    by_sentence: dict[int, list[tuple[Claim, ...]]] = {}
    for one_held in held:
        by_sentence.setdefault(one_held[0].sentence, []).append(one_held)
    told: dict[int, tuple[Claim, ...]] = {}
    settled = set()
    for candidate, one in judged:
        if one.type == "rate":
            told[candidate.result.start] = candidate.claims
            # or it was brought under another whole that its figures can be added up to
            if one.verdict != "unchecked" and one.claims == candidate.claims:
                settled.add(candidate.result.start)
    # shares that make 100 % without those that hold are of another whole: 62.5%, 31.25%, 6.25%
    of_whole = {(rate.start, whole.start) for rate, _, whole in held}
    rows = [c.claims for c, one in judged if c.hundred and one.verdict == "ok"]
    others: Counter[int] = Counter()
    by_words: list[tuple[Candidate, Relation]] = []
    by_list: list[tuple[Candidate, Relation]] = []
    for i, share in enumerate(claims):
        if share.start in settled or not i:
            continue
        if (whole := _whole_of_siblings(claims, i, by_sentence)) is None:
            continue
        if any(
            share in row and 2 * sum((c.start, whole.start) in of_whole for c in row) < len(row)
            for row in rows
        ):
            others[whole.start] += 1
            continue
        candidate = Candidate("rate", (share, claims[i - 1], whole), lawful=True)
        found = judge(candidate)
        if found is not None and found.verdict == "bad":
            tied = whole.start in {c.start for c in told.get(share.start, ())[2:]}
            (by_words if tied else by_list).append((candidate, found))
    wrong = others + Counter(candidate.claims[2].start for candidate, _ in by_list)
    right = Counter(whole.start for _, _, whole in held)
    slips = by_words + [
        (candidate, found)
        for candidate, found in by_list
        if _FEW_SLIPS * wrong[candidate.claims[2].start] <= right[candidate.claims[2].start]
    ]
    mended = {candidate.result.start for candidate, _ in slips}
    kept = [
        (candidate, one)
        for candidate, one in judged
        if one.type != "rate" or candidate.result.start not in mended
    ]
    return kept + slips


def _whole_of_siblings(
    claims: list[Claim], i: int, held: dict[int, list[tuple[Claim, ...]]]
) -> Claim | None:
    """The one whole of which the shares near the one at place `i` hold, each right behind its count;
    `held` are those that hold, by their sentence.
    """
    part, share = claims[i - 1], claims[i]
    if share.unit != "%" or part.sentence != share.sentence or not (share.known and part.known):
        return None
    sentences = range(share.sentence - _ROWS, share.sentence + _ROWS + 1)
    near = [
        (rate, whole)
        for rate, count, whole in itertools.chain.from_iterable(held.get(n, ()) for n in sentences)
        if same_unit(count, part) and (rate.lead == share.lead or is_part(part, share))
    ]
    wholes = {whole.start: whole for _, whole in near}
    several = len({rate.number for rate, _ in near}) >= _SIBLINGS
    if not (part.counts and several and len(wholes) == 1):
        return None
    whole = next(iter(wholes.values()))
    # another whole stands between: 含五大领域指标59项
    begin = max([c.start for c, _ in near if c.start < share.start], default=whole.start)
    while i and claims[i - 1].start > begin:
        i -= 1
        c, after = claims[i], claims[i + 1]
        another = c.counts and same_unit(c, part) and after.unit != "%" and c.known
        if another and c.number >= part.number:
            return None
    return whole


def _made_up(
    judged: list[tuple[Candidate, Relation]], claims: list[Claim]
) -> list[tuple[Candidate, Relation]]:
    """The wholes that counts make up whose shares hold, where nothing tells of them yet."""
    held = [candidate for candidate, one in judged if _is_held_share(candidate, one)]
    told = [
        {claim.start for claim in one.claims}
        for _, one in judged
        if one.type == "sum" and one.verdict != "unchecked"
    ]
    new = (
        c
        for c in find_made_up(held)
        if not any({claim.start for claim in c.claims} <= some for some in told)
    )
    return _judged(filter(_of_one_world, new), claims)


def _told_beside(
    judged: list[tuple[Candidate, Relation]], claims: list[Claim]
) -> Iterator[Candidate]:
    """The sums of the figures that stand with each figure of a sum, where they make up theirs as well:
    right beside it in another unit (立案581件、630人,主动274件、300人,依通知307件、330人), or under another
    head of its row.
    """
    at = {claim.start: i for i, claim in enumerate(claims)}
    sums = [c.claims for c, one in judged if one.type == "sum" and one.verdict == "ok"]
    told = {frozenset(claim.start for claim in some) for some in sums}
    rows: dict[int, list[Claim]] = {}
    for claim in claims:
        rows.setdefault(claim.sentence, []).append(claim)
    for some in sums:
        for beside in itertools.chain(_beside(some, claims, at), _under_heads(some, rows)):
            alike_units = all(same_unit(beside[0], c) for c in beside)
            candidate = Candidate("sum", tuple(beside), holding=True)
            key = frozenset(claim.start for claim in beside)
            if alike_units and key not in told and is_exact(candidate):
                told.add(key)
                yield candidate


def _beside(
    some: tuple[Claim, ...], claims: list[Claim], at: dict[int, int]
) -> Iterator[list[Claim]]:
    """The figures right behind those of a sum, and right before them."""
    for step in (1, -1):
        beside = [claims[k] for c in some if 0 <= (k := at[c.start] + step) < len(claims)]
        pairs = list(zip(some, beside, strict=False))
        if len(beside) == len(some) and all(_stand_together(*p[::step]) for p in pairs):
            yield beside


def _under_heads(some: tuple[Claim, ...], rows: dict[int, list[Claim]]) -> Iterator[list[Claim]]:
    """The figures that the rows of a sum hold under each other head that all of them have."""
    sentences = [claim.sentence for claim in some]
    if len(set(sentences)) < len(some):
        return
    for head in (c for c in rows[sentences[0]][1:] if c.counts and c.known and c is not some[0]):
        column = [[c for c in rows[n] if c.lead == head.lead] for n in sentences]
        if all(len(found) == 1 and found[0].counts and found[0].known for found in column):
            yield [found[0] for found in column]


def _stand_together(first: Claim, second: Claim) -> bool:
    """Whether a count has another one of the same things right behind it: 581件、630人."""
    return (
        second.before in {"", "、"}
        and first.sentence == second.sentence
        and first.kind == second.kind == "count"
        and not same_unit(first, second)
    )


def _sure(judged: list[tuple[Candidate, Relation]], kind: str) -> set[int]:
    """Where the results of one kind begin that are checked."""
    relations = (one for _, one in judged if one.type == kind and one.verdict != "unchecked")
    return {one.claims[0].start for one in relations}


def _judged(found: Iterable[Candidate], claims: list[Claim]) -> list[tuple[Candidate, Relation]]:
    """What comes of candidates, each figure of a list told once."""
    every = ((c, relation) for c in found if (relation := judge(c)) is not None)
    softer = list(_once((c, softened(c, relation, claims)) for c, relation in every))
    settled = without_first_parts([relation for _, relation in softer])
    return list(zip((c for c, _ in softer), settled, strict=True))


def _once(
    judged: Iterable[tuple[Candidate, Relation]],
) -> Iterator[tuple[Candidate, Relation]]:
    """Relations without those of the same figures again: a list may be found by its first parts."""
    seen: set[tuple[str, frozenset[int]]] = set()
    for candidate, found in judged:
        key = found.type, frozenset(claim.start for claim in found.claims)
        if key not in seen or found.verdict == "unchecked":
            yield candidate, found
            seen.add(key)


def _candidates(claims: list[Claim], runs: list[list[Claim]]) -> Iterator[Candidate]:
    """All candidates of a report, each figure the result of one kind once."""
    sums = list(find_sums(runs))
    rates = list(find_rates(runs, sums))
    seen: set[tuple[str, frozenset[int]]] = set()
    rests = list(find_rests(runs, rates))
    changes = list(find_changes(runs))
    others = [
        *find_totals(claims),
        *find_columns(runs),
        *find_full_shares(runs),
        *find_divided(runs),
        *find_items(runs),
        *find_rows(runs),
        *find_products(runs),
    ]
    added = [c for c in (*sums, *rests, *rates, *others, *changes) if c.kind in {"sum", "diff"}]
    others += find_proven(runs, added, [c for c in rates if c.kind == "rate"])
    others += find_repeats(claims, [*sums, *rests, *(c for c in rates if c.kind == "sum")], runs)
    # what a table's law says goes before what its words say
    lawful = [c for c in others if c.lawful]
    for c in [*lawful, *rates, *changes, *rests, *sums, *others]:
        key = c.kind, frozenset(claim.start for claim in c.claims)
        if key not in seen and _of_one_world(c):
            seen.add(key)
            yield c


def _of_one_world(candidate: Candidate) -> bool:
    """Whether all figures tell what is, and those of a rate or a change speak of one place.

    A target checks no result, nor one town's count another's rate; the price in a product is a
    standard, and the parts of a sum may be places of their own.
    """
    if candidate.reason:  # nothing is recomputed; the reason says why
        return True
    said = candidate.result.before
    proven = candidate.kind == "rate" and candidate.holding
    # 计划1000万套,已动工340万套,占34%: what chance would not give may be of a plan, or of its parts
    if proven and _MET.search(said):
        return True
    # 完成430件,为年度任务510件的84.3%: the target is what the rate is of
    of_target = candidate.kind == "rate" and (
        proven or said.startswith("的") or ("占" in said and AIM.search(said)) or "完成" in said
    )
    # 84.7%,比80%的目标高4.7个百分点: so is what the difference is from
    from_target = candidate.kind == "diff" and said.startswith("的") and AIM.search(said)
    held = candidate.claims[: 1 if from_target else 2 if of_target else None]
    # a budget that adds up, and what is done, being done and put into plans
    if candidate.kind == "sum" and (candidate.hundred or is_exact(candidate)):
        return not any(claim.modality == "required" for claim in held)
    if candidate.kind == "diff" and _is_exact_difference(candidate):
        return not any(claim.modality == "required" for claim in held)
    told = {claim.modality for claim in held} - {"actual", ""}
    if told - ({"required"} if candidate.kind == "product" else set()):
        return False
    # and the share that one town has of all
    if candidate.kind not in {"rate", "yoy", "diff", "repeat"} or proven:
        return True
    # 化解率分别为93.3%、97.3%: the place of a rate in a row is that of its counts
    told_apart = "分别" not in candidate.result.before and candidate.result.before[:1] not in "、和"
    placed = candidate.claims if told_apart else candidate.claims[1:]
    if len({claim.place for claim in placed} - {""}) < 2:
        return True
    nearest = sorted(candidate.claims, key=lambda claim: -claim.start)
    return len({place_of(claim, nearest) for claim in placed} - {""}) < 2


def _is_exact_difference(candidate: Candidate) -> bool:
    """Whether a difference of many digits holds: 预算312.62万元,比去年的285.52万元增加27.1万元."""
    change, larger, smaller = candidate.claims
    known = change.known and larger.known and smaller.known and change.digits > _FEW
    return known and larger.number - smaller.number == change.number


def copied(first: list[Claim], second: list[Claim], name_of_first: str) -> Iterator[Relation]:
    """Relations of a copy: figures that differ from those of the earlier report."""
    earlier, later = ([claim.as_corrected() for claim in claims] for claims in (first, second))
    for a, b in find_copied(earlier, later):
        if a.known and b.known and a.number != b.number:
            note = f"{plain(a.number)} in {name_of_first} and {plain(b.number)}{b.unit} in its copy"
            yield relation(Candidate("repeat", (b,)), "bad", interval_of(b), a.number, note)


def original(name: str) -> tuple[str, int] | None:
    """Document and number of a report that is named as in same_as; None for none.

    >>> original("a:b:2"), original("")
    (('a:b', 2), None)
    """
    m = _NAME.fullmatch(name)
    return (m[1], int(m[2])) if m else None


def between_copies(
    found: dict[tuple[str, int], list[Claim]], reports: Iterable[tuple[str, int, str]]
) -> Iterator[tuple[tuple[str, int], Relation]]:
    """Relations of copies to their originals, each with document and number of the copy."""
    for doc, number, same in reports:
        first = found.get(key) if (key := original(str(same))) else None
        if first and (doc, number) in found:
            for one in copied(first, found[doc, number], same):
                yield (doc, number), one
