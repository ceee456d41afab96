"""The sentence on what is missing on a place's page and what does not add up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..arithmetic.audit import is_blind
from ..comparison.indicators import Row
from ..comparison.ledger import titled
from ..comparison.sentences import clauses, whole
from ..comparison.wording import capital, when
from ..extraction.time_words import masks_year
from . import phrases
from .facts import Facts
from .figures import HAN, LOST, in_prose, key_of, last_name, said, same_sentence, within
from .goals import Goal, goals, is_completion, rates_of
from .voices import voice

#: how many of what is missing are told one by one
_SOME = 3
#: how many parts are told by their sum
_PARTS = 3


def lacking(facts: Facts, told_bare: Sequence[Row] = ()) -> str:
    """What is missing and does not add up; that nothing is, and how much could be checked. That some rates
    have no counts may be told already.
    """
    parts = [*_failing(facts), *_apart(facts), *_lost(facts)]
    parts += [_short_of(facts, *one) for one in facts.short_totals]
    aimed = goals(facts)
    parts += [_unlike(facts, goal) for goal in aimed if not goal.fits]
    of_goals = set(map(key_of, rates_of(aimed)))
    # 完成率 without what was to be completed says nothing
    rates, bare = (
        [row for row in rows if key_of(row) not in of_goals and not _says_nothing(facts, row)]
        for rows in facts.bare_rates
    )
    already = {(last_name(row), *said(row)) for row in told_bare}
    rates, others = (
        [row for row in rows if (last_name(row), *said(row)) not in already]
        for rows in (rates, bare)
    )
    # of several figures of one name none can be named
    others = [row for row in others if facts.lang == "en" or _has_name(facts, row)]
    if others:
        named = dict.fromkeys(voice(facts).named_rate(facts, row) for row in others)
        every = "_one" if len(rates) == 1 else "_all" * (len(others) == len(rates))
        told = {"rates": facts.noun("rates", len(rates)), "figures": some(facts, list(named))}
        text = facts.say("lacking_counts" + every, n=len(others), **told)
        more = len(others) < len(bare) and len(rates) > 1
        parts.append(facts.say("lacking_also", told=text) if more else text)
    return _ended(facts, parts) or _whole(facts)


def _ended(facts: Facts, parts: Sequence[str]) -> str:
    """Parts as one sentence; empty without any."""
    text = facts.say("semicolon").join(parts)
    return facts.say("lacking", parts=capital(text, facts.lang)) if parts else ""


def _whole(facts: Facts) -> str:
    """That nothing is missing, and what could be checked."""
    # that a figure is told twice recomputes nothing
    checked = [row for row in facts.relations.to_dict("records") if row["type"] != "repeat"]
    held = [row for row in checked if row["verdict"] == "ok"]
    n, blind = len(held), sum(map(is_blind, held))
    key = "lacking_none" if n else "lacking_unchecked"
    key += ("_blind" if blind < n else "_all_blind") if blind else ""
    told = {"checks": facts.noun("checks", n), "held": facts.noun("recomputed", n)}
    return facts.say(key, ok=n - blind, blind=blind, **told)


def some(facts: Facts, told: Sequence[str], gap: str = "comma") -> str:
    """The first of what is told, and whether there are more."""
    return facts.say(gap).join(told[:_SOME]) + facts.say("and_more") * (len(told) > _SOME)


def _has_name(facts: Facts, row: Row) -> bool:
    """Whether words stand before a rate as it is told."""
    return HAN.search(voice(facts).named_rate(facts, row).partition("[")[0]) is not None


def _says_nothing(facts: Facts, row: Row) -> bool:
    """Whether a rate and its clause say only how far something is done."""
    if not is_completion(row):
        return False
    told = clauses(facts.claims, [facts.positions[key_of(row)]])
    return all(is_completion({"subject": one.between}) for one in told)


def _unlike(facts: Facts, goal: Goal) -> str:
    """That the rate beside a target and its result is not what the two give."""
    assert goal.rate is not None
    rate = phrases.figure(facts, goal.rate)
    return facts.say("lacking_goal", told=told_goal(facts, goal), rate=rate)


def told_goal(facts: Facts, goal: Goal) -> str:
    """A target with its result, behind what is aimed at."""
    what = voice(facts).goal_name(facts, goal.target, goal.name)
    target, result = (phrases.figure(facts, row) for row in (goal.target, goal.result))
    key = "goal" if what else "goal_unnamed"
    return facts.say(key, what=what, target=target, result=result)


def _lost(facts: Facts) -> Iterable[str]:
    """Figures that are masked or lost, and such as may be damaged."""
    for status, key in zip(LOST, ("lacking_masked", "lacking_spoilt"), strict=True):
        if lost := facts.lost(status):
            seen = [row for row in lost if in_prose(row, facts.lang) != "…"]
            where = some(facts, [phrases.figure(facts, row) for row in seen])
            figures = facts.noun("figures", len(lost))
            yield facts.say(key + "_bare" * (not seen), figures=figures, where=where)


def undated(facts: Facts) -> str:
    """How many figures no date was found for, or whose year is masked; empty where there are none. A
    note at the end: who reads a headline is not asked to count dates.
    """
    claims, parts = facts.claims, []
    none = int(claims["period"].eq("").sum())
    veiled = [at for at, time in enumerate(claims["period"]) if "x" in time]
    # 一季度 of a report whose own year is masked: whoever reads the sentence sees no mask
    seen = sum(len(one.figures) for one in whole(claims, veiled) if masks_year(one.words))
    for n, key in (
        (none, "lacking_period"),
        (seen, "lacking_year"),
        (len(veiled) - seen, "lacking_year_above"),
    ):
        if n:
            every = "_all" * (n == len(claims) and n > 1)
            parts.append(facts.say(key + every, figures=facts.noun("figures", n)))
    return _ended(facts, parts)


def _short_of(facts: Facts, head: Row, listed: Sequence[Row]) -> str:
    """That the parts that stand behind a total come to another number."""
    sum_ = sum(row["value"] for row in listed)
    gap = abs(head["value"] - sum_)
    said = voice(facts).clause(facts, clauses(facts.claims, [facts.positions[key_of(head)]])[0])
    told = {"n": len(listed), "sum": f"{sum_:.10g}", "gap": f"{gap:.10g}", "unit": head["unit"]}
    return facts.say("lacking_sum", figure=said, **told)


def _failing(facts: Facts) -> Iterable[str]:
    """The checks that fail, the first of them with their figures."""
    if found := facts.contradictions:
        told = some(facts, [_contradiction(facts, rows) for rows in found], gap="semicolon")
        yield facts.say("lacking_bad", checks=facts.noun("checks", len(found)), told=told)


def _contradiction(facts: Facts, rows: Sequence[Row]) -> str:
    """A figure with what it is of, and the figures that it does not agree with, many parts by their sum."""
    first, *others = rows
    what, figure = voice(facts).quoted(facts, first), phrases.figure(facts, first)
    if first["kind"] == "change":
        figure = phrases.how(facts, first)
    elif what:
        figure = facts.say("by_words", what=what, figure=figure)
    if len(others) < _PARTS or any(row["unit"] != first["unit"] for row in others):
        told = facts.listed(phrases.figure(facts, row) for row in others)
        return facts.say("bad_pair", figure=figure, others=told)
    total = sum(row["value"] for row in others)
    sum_ = f"{total:,.10g}" if facts.lang == "en" else f"{total:.10g}"
    return facts.say("bad_sum", figure=figure, n=len(others), sum=sum_, unit=first["unit"])


# ---- between two reports


def _apart(facts: Facts) -> Iterable[str]:
    """What two reports of the place say of one thing that does not fit together, and by how much; how
    many more such places there are. No accusation: their scopes may differ.
    """
    rows = [row for row in facts.between if row["verdict"] == "open"]
    found = [(row, text) for row in rows if (text := _one_apart(facts, row))]
    if found:
        (first, told), *rest = found
        more = facts.say("apart_more", n=len(rest)) if rest else ""
        yield facts.say("apart", told=told + _fitting(facts, first), more=more)


def _one_apart(facts: Facts, row: Mapping[Any, Any]) -> str:
    """One check between reports with its figures; empty for one that is told in a table alone."""
    known = _of_check(facts, row)
    if not known or row["type"] not in {"level_change", "restated"}:
        return ""
    years = str(row["years"]).split(";")
    told = {"what": _named(facts, row)}
    told |= {"when": when(years[-1], facts.lang), "last": when(years[0], facts.lang)}
    stated = known[0]
    if row["type"] == "restated":
        one, other = (phrases.figure(facts, figure) for figure in (known[1], stated))
        return facts.say("apart_restated", one=one, other=other, **told)
    low, high = float(row["low"]), float(row["high"])
    told |= {"figure": phrases.figure(facts, known[1]), "before": phrases.figure(facts, known[2])}
    ends = list(dict.fromkeys(f"{abs(end):.4g}%" for end in (low, high)))
    way = facts.say("down" if high < 0 else "up", figure=facts.say("to").join(ends))
    return facts.say("apart_change", stated=phrases.how(facts, stated), computed=way, **told)


def _fitting(facts: Facts, apart: Mapping[Any, Any]) -> str:
    """The change of the same sentence that does fit the two reports, where one that does not is told."""
    if apart["type"] != "level_change":
        return ""
    stated = _of_check(facts, apart)
    for row in facts.between:
        if row["verdict"] != "ok" or row["years"] != apart["years"]:
            continue
        known = _of_check(facts, row)
        if stated and known and same_sentence(known[0], stated[0]):
            figure, before = (phrases.figure(facts, one) for one in known[1:3])
            told = {"what": _named(facts, row), "how": phrases.how(facts, known[0])}
            return facts.say("apart_fits", figure=figure, before=before, **told)
    return ""


def _of_check(facts: Facts, check: Mapping[Any, Any]) -> list[Row]:
    """The figures of a check between reports, in its order; none where one is not on this page."""
    at = {f"{one['doc']}:{one['start']}": one for one in facts.rows}
    keys = str(check["figures"]).split(";")
    return [at[key] for key in keys] if all(key in at for key in keys) else []


def _named(facts: Facts, check: Mapping[Any, Any]) -> str:
    """What a check between reports is of."""
    return within(titled(str(check["indicator"]), facts.lang), facts.lang)
