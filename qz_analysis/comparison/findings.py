"""The audit as people read it: findings, coverage of the stated rates, last digits; as a text and
as JSON.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, get_args

import pandas as pd

from ..arithmetic.audit import BLIND, audit, is_blind
from ..arithmetic.judge import ROUNDED
from ..errors import QzError
from ..extraction.agreement import wilson
from ..model import Tables, starts_of
from ..schema import ABOUT, TITLES
from ..vocabularies.labels import Lang, say, single
from ..vocabularies.numerals import rounded
from .indicators import as_hedged, by_start, records, tied
from .wording import note, value

__all__ = ["coverage", "findings", "last_digits", "tally"]

_RATES = ("rate", "yoy", "possible")
_KINDS = {"rate": "rate", "yoy": "change", "diff": "difference", "sum": "sum", "product": "product", "repeat": "repeat", "possible": "rate"}  # fmt: skip


#: figures of a reason that differ from one figure to the next
_OWN = (
    (re.compile(r"^.* (?=is masked or lost|looks damaged|is a range)"), "a figure "),
    (re.compile(r"(?<=^no whole number ).*?(?=: )"), "gives it"),
    (re.compile(r" \(.*"), ""),
)
_Key = tuple[str, int, int]


def findings(
    claims: pd.DataFrame,
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The audit as a reader checks it: what was printed, the arithmetic, the verdict, how much it
    shows, where it stands.

    Args:
        claims: a claims table, as `extract` gives it.
        relations: what `audit` found in it, with or without unchecked rows; audited anew, with
            them, when not given.
        reports: the reports of the same texts; with them each row says of whose report it is where
            that is another place (a city's report that tells of a district elsewhere).

    Returns:
        one row per relation with the columns doc, report, place, period, check, what, printed,
        arithmetic, verdict (`ok`, `blind`: it holds but could hardly have failed, `bad`,
        `unchecked`), strength
        (`strong`, `fair`, `weak` or `blind` by the chance), chance (that a random figure would have
        passed), remark
        (truncated, hedged, mending, or why it is unchecked), where (document and raw offsets, the
        result first) and corrected
        (figures of it that a reviewer corrected, with the columns); with `reports` also `told_by`,
        the place of the report where it is not that of the row.

    >>> from qz_analysis import extract
    >>> findings(extract("甲县受理事项43宗，办结36宗，办结率83.7%。"))[["check", "printed", "verdict", "where"]].values.tolist()
    [['rate', '83.7%', 'ok', 'text: 19, 12, 6']]
    """
    relations = audit(claims, unchecked=True) if relations is None else relations
    at = by_start(records(claims))
    rows = []
    for relation in _each_once(relations, at):
        result, *others = tied(relation, at)
        corrected = ", ".join(
            f"{c['text']}: {c['corrected']}" for c in (result, *others) if c.get("corrected")
        )
        where = f"{relation['doc']}: {str(relation['starts']).replace(';', ', ')}"
        rows.append((relation["doc"], relation["report"], result["place"], result["period"], _KINDS[relation["type"]], result["subject"],
                     as_hedged(result), _arithmetic(relation, [result, *others]), _verdict(relation), _strength(relation), relation["chance"], _remark(relation), where, corrected))  # fmt: skip
    names = ["doc", "report", "place", "period", "check", "what", "printed", "arithmetic", "verdict", "strength", "chance", "remark", "where", "corrected"]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    if reports is not None:
        own = _own_places(reports)
        told = [
            own.get((doc, report), "")
            for doc, report in zip(table["doc"], table["report"], strict=True)
        ]
        apart = [
            teller if teller and teller not in place and place not in teller else ""
            for teller, place in zip(told, table["place"], strict=True)
        ]
        table = table.assign(told_by=apart)
    return _titled(table, claims)


def _arithmetic(relation: Mapping[Hashable, Any], figures: list[dict[str, Any]]) -> str:
    """The arithmetic of a check; of parts of one whole those that are only planned are named, for
    what they make together has not come about.
    """
    said = str(relation["note"] or _listed([claim["text"] for claim in figures[1:]]))
    ahead = [claim["text"] for claim in figures if claim.get("modality") == "planned"]
    some = relation["type"] == "sum" and 0 < len(ahead) < len(figures)
    return f"{said}, of it {', '.join(ahead)} still to come" if some else said


def _each_once(relations: pd.DataFrame, at: dict[_Key, Any]) -> list[dict[Hashable, Any]]:
    """The relations, each sum or rate of the same figures once: where a page prints its total twice,
    by the one that could have shown more.
    """
    rows = relations.to_dict("records")
    best: dict[Hashable, dict[Hashable, Any]] = {}
    for row in rows:
        result, *others = tied(row, at)
        figures = tuple(claim["text"] for claim in others)
        key = (row["doc"], row["report"], row["type"], result["start"], figures, row["note"])
        other = best.setdefault(key, row)
        if row["verdict"] == other["verdict"] and row["chance"] < other["chance"]:
            best[key] = row
    kept = {id(row) for row in best.values()}
    return [row for row in rows if id(row) in kept or row["type"] == "repeat"]


def _own_places(reports: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The place that each report is about."""
    columns = (reports[name] for name in ("doc", "report", "place"))
    return {(doc, report): place for doc, report, place in zip(*columns, strict=True)}


def _titled(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The table with the titles of documents that claims bring along."""
    table.attrs |= {name: claims.attrs[name] for name in (TITLES, ABOUT) if name in claims.attrs}
    return table


def _listed(words: list[str]) -> str:
    return f"with {', '.join(words)}" if words else ""


def _verdict(relation: Mapping[Hashable, Any]) -> str:
    """How a check came out; one that nearly any figure would have passed tells neither."""
    return "blind" if is_blind(relation) else str(relation["verdict"])


def _strength(relation: Mapping[Hashable, Any]) -> str:
    """How much a check could have shown, in one word: below 1 %, 10 % and 50 % of chance."""
    if relation["verdict"] == "unchecked" or math.isnan(relation["chance"]):
        return ""
    bands = (("strong", 0.01), ("fair", 0.1), ("weak", BLIND))
    return next((word for word, below in bands if relation["chance"] < below), "blind")


def _remark(relation: Mapping[Hashable, Any]) -> str:
    """What a reader must know beside the verdict."""
    said = [relation["reason"]] if relation["reason"] else []
    if relation["rounding"] == "truncated":
        said.append("only if its digits were cut off, not rounded")
    elif relation["rounding"] == ROUNDED:
        said.append(
            "neither right nor wrong: as stated beyond its hedge, within it by rounding alone"
        )
    elif relation["rounding"] in {"min", "max", "approx"}:
        said.append("within its hedge")
    if relation["verdict"] == "ok" and relation["chance"] == 1:
        said.append("found because it holds: it could not have failed")
    if relation["mend"]:
        said.append(f"would hold with {relation['mend']}")
    return "; ".join(said)


def coverage(
    claims: pd.DataFrame,
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How many of the rates and changes in % that reports state could be recomputed from their own
    figures.

    Args:
        claims: a claims table.
        relations: what `audit(claims, unchecked=True)` found; audited anew when not given.
        reports: the reports of the same texts, for the places that they are about; the place that
            most rates of a report are of unless given.

    Returns:
        one row per report that states a legible rate: doc, report, place, stated, checked, ok, bad,
        blind, share (checked of
        stated, in %), ci_low and ci_high (95 % Wilson interval of the share, in %).

    >>> from qz_analysis import extract
    >>> text = "甲县受理事项43宗，办结36宗，办结率83.7%，群众满意率98%。"
    >>> coverage(extract(text))[["stated", "checked", "ok"]].values.tolist()
    [[2, 1, 1]]
    """
    relations = audit(claims, unchecked=True) if relations is None else relations
    stated, settled = _stated(claims), _settled(relations)
    own = {} if reports is None else _own_places(reports)
    rows = []
    for (doc, report), mine in stated.groupby(["doc", "report"], sort=False):
        key = str(doc), int(str(report))
        found = [settled[*key, s] for s in mine["start"] if (*key, s) in settled]
        place = own.get(key) or mine["place"].mode().iloc[0]
        low, high = wilson(len(found), len(mine))
        rows.append((doc, report, place, len(mine), len(found), sum(r["verdict"] == "ok" for r in found),
                     sum(r["verdict"] == "bad" for r in found), sum(map(is_blind, found)),
                     100 * len(found) / len(mine), low, high))  # fmt: skip
    names = [
        "doc",
        "report",
        "place",
        "stated",
        "checked",
        "ok",
        "bad",
        "blind",
        "share",
        "ci_low",
        "ci_high",
    ]
    return _titled(pd.DataFrame(rows, columns=names), claims)


def _stated(claims: pd.DataFrame) -> pd.DataFrame:
    """The legible rates and changes in % that reports state."""
    share = claims["kind"].isin(["rate", "change"]) & claims["unit"].eq("%")
    return claims[share & claims["status"].eq("ok")]


def _settled(relations: pd.DataFrame) -> dict[_Key, dict[Hashable, Any]]:
    """The check by the rate or change that it settles: of several the last."""
    found = {}
    for r in relations[relations["verdict"] != "unchecked"].to_dict("records"):
        starts = starts_of(r["starts"])
        # shares that make 100 % have been checked together
        for start in starts if r["type"] == "sum" else starts[:1] if r["type"] in _RATES else []:
            found[str(r["doc"]), int(r["report"]), start] = r
    return found


def tally(
    claims: pd.DataFrame,
    relations: pd.DataFrame | None = None,
    *,
    of: Literal["checks", "reasons"] = "checks",
) -> pd.DataFrame:
    """How many checks there are of each kind and what became of them, or why figures stay unchecked,
    with how many of the stated rates and changes are among them: the numbers that an audit is told
    in, and how they come to one another.

    Args:
        claims: a claims table.
        relations: what `audit(claims, unchecked=True)` found; audited anew when not given.
        of: `checks` for the checks, `reasons` for what was not checked.

    Returns:
        of checks one row per kind with the columns check, checks, held, loose (could hardly have
        failed), failed and rates_settled (legible rates and changes that they settle: shares that
        make 100 % are one check of several, a total of counts settles none); of reasons one row
        per reason with the columns reason, legible_rates, masked_rates and other_figures (totals,
        repetitions). The last row adds up, and says `in all`.

    Raises:
        QzError: there is nothing else to count.

    >>> from qz_analysis import extract
    >>> claims = extract("甲县受理事项43宗，办结36宗，办结率83.7%，群众满意率98%。")
    >>> tally(claims)[["check", "checks", "held", "rates_settled"]].values.tolist()
    [['rate', 1, 1, 1], ['in all', 1, 1, 1]]
    >>> tally(claims, of="reasons")[["reason", "legible_rates"]].values.tolist()
    [['its numerator is not stated', 1], ['in all', 1]]
    """
    if of not in get_args(Literal["checks", "reasons"]):
        raise QzError(f"cannot count {of!r}; there are: checks, reasons")
    relations = audit(claims, unchecked=True) if relations is None else relations
    keys = _stated(claims)[["doc", "report", "start"]].itertuples(index=False)
    legible = {(str(doc), int(str(report)), int(str(start))) for doc, report, start in keys}
    open_ = relations["verdict"].eq("unchecked")
    if of == "checks":
        return _checks(relations[~open_], legible)
    return _reasons(relations[open_], legible)


def _checks(relations: pd.DataFrame, legible: set[_Key]) -> pd.DataFrame:
    """The checks of each kind, and the rates that they settle."""
    rates = Counter(r["type"] for key, r in _settled(relations).items() if key in legible)
    blind = [is_blind(row) for row in records(relations)]
    loose = pd.Series(blind, relations.index, dtype=bool)
    rows = []
    for kind in dict.fromkeys(relations["type"]):
        mine = relations["type"].eq(kind)
        bad = int((mine & relations["verdict"].eq("bad")).sum())
        weak = int((mine & loose).sum())
        n = int(mine.sum())
        rows.append((_KINDS[kind], n, n - bad - weak, weak, bad, rates[kind]))
    return _added(rows, ["check", "checks", "held", "loose", "failed", "rates_settled"])


def _reasons(relations: pd.DataFrame, legible: set[_Key]) -> pd.DataFrame:
    """Each reason why figures stay unchecked, the most frequent first; a rate is counted once."""
    counts: dict[str, Counter[str]] = {}
    seen: set[_Key] = set()
    for r in relations.to_dict("records"):
        key = str(r["doc"]), int(r["report"]), starts_of(r["starts"])[0]
        rate = r["type"] in _RATES
        if rate and key in seen:
            continue
        seen |= {key} if rate else set()
        what = (
            "other_figures" if not rate else "legible_rates" if key in legible else "masked_rates"
        )
        reason = str(r["reason"])
        for own, said in _OWN:
            reason = own.sub(said, reason)
        counts.setdefault(reason, Counter())[what] += 1
    names = ["legible_rates", "masked_rates", "other_figures"]
    rows = [(reason, *(count[name] for name in names)) for reason, count in counts.items()]
    return _added(sorted(rows, key=lambda row: tuple(-n for n in row[1:])), ["reason", *names])


def _added(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    """Rows of counts as a table, with their sums as the last row."""
    sums = (sum(numbers) for numbers in list(zip(*rows, strict=True))[1:])
    return pd.DataFrame([*rows, ("in all", *sums)] if rows else [], columns=names)


def last_digits(claims: pd.DataFrame, reports: pd.DataFrame | None = None) -> pd.DataFrame:
    """How the counted figures end: heaping on 0 and 5 is what rounded or guessed figures show.

    Counted are exact whole counts of three digits and more; smaller ones end in certain digits for
    reasons of their own.

    Args:
        claims: a claims table.
        reports: the reports of the same texts; with them the figures of copies are left out, which
            are the same figures once more.

    Returns:
        ten rows: digit, count, share (in %); `attrs["round"]` holds the 95 % Wilson interval of the
        share of 0 and 5, `attrs["chance"]` the ends between which 19 of 20 shares of one digit lie
        where all digits are equally likely, `attrs["docs"]` the documents, `attrs["where"]` where
        the figures stand, and `attrs["ends"]` in which digit each of these ends.

    >>> from qz_analysis import extract
    >>> last_digits(extract("走访120户，慰问215人，接待133批。")).query("count > 0")["digit"].tolist()
    [0, 3, 5]
    """
    plain = claims[
        (claims["kind"] == "count")
        & (claims["status"] == "ok")
        & (claims["bound"] == "exact")
        & (claims["value"] >= 100)
    ]
    plain = plain[
        plain["text"].str.match(r"[\d,]+[^\d,.万亿千百十]")
    ]  # 1.2万 is rounded, its last digit was never counted
    if reports is not None:
        copies = reports[reports["same_as"].ne("")]
        again = set(zip(copies["doc"], copies["report"], strict=True))
        twice = [key in again for key in zip(plain["doc"], plain["report"], strict=True)]
        plain = plain[[not one for one in twice]]
    counts = plain["value"].mod(10).astype(int).value_counts().reindex(range(10), fill_value=0)
    total = max(1, int(counts.sum()))
    table = pd.DataFrame(
        {
            "digit": counts.index,
            "count": counts.to_numpy(),
            "share": 100 * counts.to_numpy() / total,
        }
    )
    table.attrs |= {
        "round": wilson(int(counts[0] + counts[5]), total),
        "chance": (max(0.0, 10 - _spread(total)), 10 + _spread(total)),
        "docs": list(dict.fromkeys(plain["doc"])),
        "ends": plain["value"].mod(10).astype(int).tolist(),
        "where": [
            f"{doc}: {start}" for doc, start in zip(plain["doc"], plain["start"], strict=True)
        ],
    }
    return _titled(table, claims)


def _spread(total: int) -> float:
    """How far from 10 % a share of so many figures comes to lie by chance, in 19 of 20 cases."""
    return 1.96 * math.sqrt(10 * 90 / total)


def as_text(result: Tables, lang: Lang | None = None) -> str:
    """The audit of several texts as a report to read in a terminal: what fails first, then what
    holds, then what stays open; in the language in force unless one is given.
    """
    lang = single(lang)
    shown, covered, verdict = audited(result, lang)
    parts = [
        _document(
            str(doc), shown[shown["doc"] == doc], covered[covered["doc"] == doc], claims, lang
        )
        for doc, claims in result.claims.groupby("doc", sort=False)
    ]
    return "\n".join([*parts, verdict, ""])


def audited(result: Tables, lang: Lang = "en") -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Findings, coverage, and what they come to in a sentence."""
    relations = audit(result.claims, result.reports, unchecked=True)
    verdicts = relations["verdict"].value_counts()
    bad, checked = (
        int(verdicts.reindex(names, fill_value=0).sum()) for names in (["bad"], ["bad", "ok"])
    )
    words = say("audit", "verdict", lang, bad=bad, checked=checked) + say("words", "gap", lang)
    words += limits(lang)
    return findings(result.claims, relations), coverage(result.claims, relations), words


def limits(lang: Lang = "en") -> str:
    """What an audit cannot show, in two sentences."""
    return say("audit", "limits", lang)


def _document(
    doc: str, shown: pd.DataFrame, covered: pd.DataFrame, claims: pd.DataFrame, lang: Lang
) -> str:
    stated, checked = (int(covered[name].sum()) for name in ("stated", "checked"))
    share = (
        say("audit", "share", lang, share=rounded(Fraction(100 * checked, stated), 0))
        if stated
        else ""
    )
    masked = int((claims["status"] == "redacted").sum())
    counts = {"doc": doc, "figures": len(claims), "masked": masked, "stated": stated}
    lines = [say("audit", "document", lang, **counts, checked=checked) + share]
    for verdict in ("bad", "ok", "blind", "unchecked"):
        mine = shown[shown["verdict"] == verdict]
        if len(mine):
            lines.append(f"  {say('audit', verdict, lang)} ({len(mine)})")
            lines += list(_lines(mine, lang))
    return "\n".join([*lines, ""])


def _lines(mine: pd.DataFrame, lang: Lang) -> Iterator[str]:
    for row in mine.to_dict("records"):
        where = row["where"].partition(": ")[2].split(", ")[0]
        # the codes are the words of a terminal in English
        check, strength = (
            value(name, row[name], lang) if lang == "zh" else row[name]
            for name in ("check", "strength")
        )
        chance = say("audit", "strength", lang, strength=strength) if strength else ""
        words = note(row["arithmetic"], lang) if row["verdict"] != "unchecked" else ""
        remark = f" · {note(row['remark'], lang)}" if row["remark"] else ""
        if row["corrected"]:
            remark += " · † " + say("audit", "corrected", lang, columns=row["corrected"])
        yield f"    @{where:<7}{check:<11}{row['what'][-24:]} {row['printed']}  {words}{chance}{remark}".rstrip()


def as_json(result: Tables, lang: Lang | None = None) -> str:
    """The audit of several texts as JSON: a list of documents with their coverage and findings.

    Names and codes are those of the tables, whatever the language; sentences are in it.
    """
    lang = single(lang)
    shown, covered, _ = audited(result)
    documents = []
    for doc in dict.fromkeys(result.claims["doc"]):
        mine = shown[shown["doc"] == doc].drop(columns="doc")
        rates = covered[covered["doc"] == doc].drop(columns="doc")
        documents.append({"doc": doc, "bad": int((mine["verdict"] == "bad").sum()), "coverage": rates.to_dict("records"),
                          "findings": [_json_row(row, lang) for row in mine.to_dict("records")]})  # fmt: skip
    return json.dumps(
        {"limits": limits(lang), "documents": documents}, ensure_ascii=False, indent=2
    )


def _json_row(row: Mapping[Hashable, Any], lang: Lang) -> dict[Hashable, Any]:
    """A row as JSON has it: no number is null."""
    said: dict[Hashable, Any] = {name: note(row[name], lang) for name in ("arithmetic", "remark")}
    return {
        key: None if isinstance(cell, float) and math.isnan(cell) else cell
        for key, cell in (dict(row) | said).items()
    }
