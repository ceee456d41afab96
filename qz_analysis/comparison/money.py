"""Sums of money by their kind, each in its own words with what it pays for: unlike money is neither
added up nor ranked.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ..arithmetic.passages import grams
from ..model import Tables, starts_of
from ..vocabularies.labels import MONEY
from ..vocabularies.patterns import Pattern
from .indicators import Row, records
from .likeness import grouped
from .panel import compare
from .sentences import Whole, in_clauses, leans, whole

__all__ = ["money"]

#: kinds in the order in which their words decide: 拨付补贴 is a subsidy, 投入资金 is spent
_ORDER = (
    "difference", "loan", "wage", "debt", "benefit", "raised", "invested", "quota", "charge", "goods", "income", "grant",
)  # fmt: skip
_KINDS = {kind: Pattern("money", f"{{{kind}}}") for kind in _ORDER}
_EACH = Pattern("money", r"(?:[每各][一个]*|/|(?=[^,;。]{1,3}均))(?P<what>{per})")
#: time comes last: 每人每年
_TIMES = "天日月年"
#: one word for what two words count
_SAME = {"名": "人", "日": "天"}
_FILLING = Pattern("money", "{filling}")
_TURNED = Pattern("money", "{turned}")
_PART = re.compile("其中|^另")
_BOUGHT = {"count", "measure"}
_DONE = Pattern("money", "^(?:为[^,;。]{1,12}?)?(?:{manner})*(?:{done})")
_PAID_BY = Pattern(
    "money", r"^由[^,;。\d]{2,12}?(?:{pays})|^(?:[^,;。、\d]{2,6}?(?:{shares})\d[\d.]*%[、和]?){2,}"
)
#: clauses behind a standard in which its payer is looked for
_NEAR = 2
_SAME_AS = Pattern("money", "{same_as}")


def money(claims: pd.DataFrame | Tables, relations: pd.DataFrame | None = None) -> pd.DataFrame:
    """The sums of money that reports state, by what kind of money they are: spent, paid out, lent,
    invested, owed, charged.

    Args:
        claims: a claims table, as `extract` gives it, or the tables of a run.
        relations: the relations found in it; audited anew when not given.

    Returns:
        one row per sum, kinds together and within a kind in the order of the documents, standards
        behind totals and by what they are paid per, with the
        columns doc, report, place, period, money (the kind), standard (whether it is paid per
        something), per (per what, joined by `;`), what (the clause in the report's words; one that
        only goes on from earlier ones stands behind them), bought (the clauses behind it that
        say what it paid for, else empty), paid_by (of a standard, who pays it, as the clauses behind it
        say), part_of (the sum that it is a part of, as printed), printed, value,
        status and where.

    Raises:
        QzError: a table lacks a column.

    >>> from qz_analysis import extract
    >>> table = money(extract("县政府每年增拨156万元，为学校配备专职保安人员130名。"))
    >>> table.loc[0, ["money", "what", "bought"]].tolist()
    ['grant', '县政府每年增拨156万元', '为学校配备专职保安人员130名']
    """
    if isinstance(claims, Tables):
        relations = claims.relations if relations is None else relations
        claims = claims.claims
    panel = compare(claims, relations, indicator="funds")
    rows = [
        row
        for _, mine in panel.groupby(["doc", "report"], sort=False)
        for row in _told(mine, claims)
    ]
    if relations is not None:
        _parted(rows, relations)
    order = {kind: at for at, kind in enumerate(MONEY)}
    rows.sort(key=lambda row: (order[row["money"]], row["standard"], row["per"]))
    names = ["doc", "report", "place", "period", "money", "standard", "per", "what", "bought", "paid_by", "part_of", "printed", "value", "status", "where"]  # fmt: skip
    table = pd.DataFrame([[row[name] for name in names] for row in rows], columns=names)
    table = table.astype({"standard": bool, "value": float})
    table.attrs |= claims.attrs
    return table


def _told(panel: pd.DataFrame, claims: pd.DataFrame) -> Iterator[Row]:
    """The sums of one report with their words."""
    doc, report = panel["doc"].iloc[0], panel["report"].iloc[0]
    mine = claims[claims["doc"].eq(doc) & claims["report"].eq(report)].reset_index(drop=True)
    starts = {int(start): at for at, start in enumerate(mine["start"])}
    wanted = {starts[starts_of(str(one))[0]] for one in panel["claims"]}
    numbers = set(mine["sentence"].iloc[sorted(wanted)])
    inside = [at for at, number in enumerate(mine["sentence"]) if number in numbers]
    found: dict[int, tuple[list[Whole], int]] = {}
    for sentence in whole(mine, inside):
        clauses = in_clauses(sentence)
        found |= {at: (clauses, n) for n, clause in enumerate(clauses) for at in clause.figures}
    kinds = mine["kind"].tolist()
    for row in records(panel):
        at = starts[starts_of(str(row["claims"]))[0]]
        clauses, n = found[at]
        head, kind = _kind(clauses, n)
        own = clauses[n].words
        per = _per([clauses[head].words, own, row["text"]], clauses[:n])
        standard = row["kind"] == "per" or bool(kind in ("charge", "quota") and per)
        yield row | {
            "money": kind,
            "standard": standard,
            "per": per if standard else "",
            "what": _what(clauses, head, n, mine),
            "bought": "" if standard else _bought(clauses, n, at, kinds),
            "paid_by": _paid_by(clauses[n + 1 :], kinds) if standard else "",
            "part_of": _whole_of(clauses, n, at, mine),
            "own": own,
            "printed": row["text"],
            "where": f"{doc}: {starts_of(str(row['claims']))[0]}",
        }


def _what(clauses: Sequence[Whole], head: int, n: int, mine: pd.DataFrame) -> str:
    """The clause of a sum with those before it that say what it is paid for; `head` says its kind."""
    first = n
    while first and leans(clauses[first].pieces, clauses[first - 1].pieces, mine):
        first -= 1
    if _PART.search(clauses[n].words):
        first = n
    told = [*range(min(first, head), head + 1), n]
    return "，".join(clauses[k].words for k in dict.fromkeys(told))


def _kind(clauses: Sequence[Whole], n: int) -> tuple[int, str]:
    """The clause whose words say what kind of money a sum is, and the kind: its own, else one
    before it with only other sums between them (折算成次均费用,二级医院8000元,三级医院12019元).
    """
    for k in range(n, -1, -1):
        words = clauses[k].words
        kind = _said(words)
        if kind and k and _TURNED.search(words):
            # 总额预付,折算成次均费用: still what the insurance pays
            kind = _said(clauses[k - 1].words) or kind
        if kind:
            return k, kind
        if k < n and "元" not in words:
            break
    return n, "unknown"


def _said(words: str) -> str:
    """The kind of money that words say; empty where they say none."""
    return next((one for one, said in _KINDS.items() if said.search(words)), "")


def _per(told: Sequence[str], before: Sequence[Whole]) -> str:
    """What a standard is paid per: things first, then times; what its own words leave out stands in
    the nearest clause before them that has money (每亩水田奖800元,旱地奖600元).
    """
    behind = [clause.words for clause in reversed(before) if "元" in clause.words]
    for words in (",".join(told), *behind):
        found = [_SAME.get(m["what"], m["what"]) for m in _EACH.finditer(words)]
        if found:
            return ";".join(sorted(dict.fromkeys(found), key=lambda one: one in _TIMES))
    return ""


def _bought(clauses: Sequence[Whole], n: int, at: int, kinds: Sequence[Any]) -> str:
    """The clauses right behind a sum that count what it paid for, or name what was bought, built or
    done, unless other money comes first. Empty where its own clause says it.
    """
    behind = clauses[n].figures[clauses[n].figures.index(at) + 1 :]
    if any(kinds[one] in _BOUGHT for one in behind):
        return ""
    said: list[str] = []
    for further, clause in enumerate(clauses[n + 1 :]):
        money_ = any(kinds[one] in ("money", "per") for one in clause.figures)
        if money_ or (said and _PART.search(clause.words)):
            break
        if _DONE.search(clause.words) or any(kinds[one] in _BOUGHT for one in clause.figures):
            said.append("……" * (further > 0 and not said) + clause.words)
        elif said or further:
            break
    return "，".join(said)


def _paid_by(behind: Sequence[Whole], kinds: Sequence[Any]) -> str:
    """Who pays a standard, by the clauses behind it (由医保基金支付, 个人出10%、财政出25%), unless other
    money comes first.
    """
    for clause in behind[:_NEAR]:
        if any(kinds[one] in ("money", "per") for one in clause.figures):
            return ""
        if _PAID_BY.search(clause.words):
            return clause.words
    return ""


def _whole_of(clauses: Sequence[Whole], n: int, at: int, mine: pd.DataFrame) -> str:
    """The sum that another one is a part of (其中), as printed; empty for one of its own."""
    if mine["role"].iloc[at] != "part" or not _PART.search(clauses[n].words):
        return ""
    before = [one for clause in clauses[:n] for one in clause.figures]
    sums = [
        one
        for one in before
        if mine["kind"].iloc[one] == "money" and mine["role"].iloc[one] != "part"
    ]
    return str(mine["text"].iloc[sums[-1]]) if sums else ""


def _parted(rows: list[Row], relations: pd.DataFrame) -> None:
    """Notes the sums that a checked total holds."""
    at = {(row["doc"], row["report"], row["where"].rpartition(": ")[2]): row for row in rows}
    for one in relations[relations["type"].eq("sum")].itertuples():
        total, *parts = (
            at.get((one.doc, one.report, start)) for start in str(one.starts).split(";")
        )
        for part in parts:
            if total is not None and part is not None:
                part |= {"part_of": total["printed"], "what": part["own"]}


def alike(standards: pd.DataFrame) -> list[pd.DataFrame]:
    """Standards of several places that are of one kind of money, per one thing, for one thing named
    alike: only these can be set beside each other.

    Args:
        standards: rows of `money`.

    >>> import qz_analysis as qz
    >>> text = "彝良县家庭医生上门只收10元/次。通江县医生上门收费20元/次。中牟县停车只收5元/次。"
    >>> [group["place"].tolist() for group in alike(money(qz.extract(text)))]
    [['彝良县', '通江县']]
    """
    known = standards[standards["value"].notna() & standards["per"].ne("")]
    known = known[~known["money"].isin(["unknown", "difference"])]
    found = []
    for (_, per), mine in known.groupby(["money", "per"], sort=False):
        idle = {*str(per).split(";")}
        words: list[set[str]] = []
        before: tuple[Any, Any] | None = None
        for row in mine.itertuples():
            own = _named(row.what, row.place, idle)
            # 江干区同样按每人每年120元收取: for what the one before it is for
            goes_on = before == (row.doc, row.report) and _SAME_AS.search(str(row.what))
            words.append(own | words[-1] if goes_on else own)
            before = row.doc, row.report
        found += [mine.iloc[rows] for rows in grouped(words)]
    return [group for group in found if group["place"].nunique() > 1]


def _named(what: Any, place: Any, idle: set[str]) -> set[str]:
    """Pairs of characters that may name what a standard is for."""
    words = str(what).replace(str(place), " ")
    for said in (*_KINDS.values(), _EACH, _FILLING):
        words = said.sub(" ", words)
    return {pair for pair in grams(words) if not idle & {*pair}}
