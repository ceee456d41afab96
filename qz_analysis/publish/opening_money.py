"""Findings on sums of money, standards, shares and programmes."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ..charts.rows import as_rows
from ..comparison.likeness import shared
from ..comparison.money import alike as alike_standards
from ..comparison.printed import printed_in
from ..comparison.programmes import results, statistics
from ..comparison.wording import (
    capital,
    inner_marks,
    place_words,
    value,
    when,
    word,
)
from ..vocabularies.labels import say
from .evidence import places_of
from .figures import noun
from .opening_words import HEADED, TOLD, Finding, Row, Words


def funds(words: Words, sums: pd.DataFrame) -> Finding:
    """What money paid for: of the first kinds of which reports say it an example each, in their words.
    Sums of different kinds are counted, never added up or ranked.
    """
    rows = _own_sums(sums[~sums["standard"]])
    if not rows:
        return words.finding("funds_none")
    kinds = list(dict.fromkeys(row["money"] for row in rows))
    told: Row = {"sums": noun("amounts", len(rows), words.lang), "kinds": len(kinds)}
    said = [row for row in rows if row["bought"]]
    legible = [row for row in said if row["status"] == "ok"]
    if not legible:
        return words.finding("funds_bare", **told)
    firsts = {row["money"]: row for row in reversed(legible)}
    kinds_ = [kind for kind in kinds if kind in firsts][:TOLD]
    first = words.in_its_words(firsts[kinds_[0]])
    told |= {"k": len(said), "first": first}
    if len(said) == 1:
        return words.finding("funds_single", items=first, **told)
    examples = [
        words.say("funds_of_kind", kind=say("money", kind, words.lang), item=words.in_its_words(firsts[kind]))
        for kind in kinds_
    ]  # fmt: skip
    masked = sum(row["status"] == "redacted" for row in said)
    told["masked"] = words.say("funds_masked", n=masked) if masked else ""
    items = word("story", "semicolon", words.lang).join(examples)
    return words.finding("funds", items=items, **told)


def _own_sums(sums: pd.DataFrame) -> list[Row]:
    """The sums of a table of money, masked ones too, parts of another one left out; none where no
    sum can be read.
    """
    own = sums[sums["part_of"].eq("")]
    return as_rows(own) if own["status"].eq("ok").any() else []


def standards(words: Words, sums: pd.DataFrame) -> Finding:
    """The standards that several places pay or charge for one thing; how many kinds there are, of
    which no two are to be compared.
    """
    table = sums[sums["standard"]]
    rows = _own_sums(table)
    if not rows:
        return words.finding("standards_none")
    told: Row = {"standards": noun("standards", len(rows), words.lang)}
    told["kinds"] = len({(row["money"], row["per"]) for row in rows})
    groups = alike_standards(table)
    if not groups:
        return words.finding(
            "standards_apart" if len(rows) > 1 else "standards_one",
            one=words.in_its_words(rows[0]),
            **told,
        )
    parts = []
    for group in groups[:TOLD]:
        named = {"kind": say("money", group["money"].iloc[0], words.lang)}
        named["per"] = value("per", str(group["per"].iloc[0]), words.lang)
        # a clause that names several is told once
        once = as_rows(group.drop_duplicates(["place", "what"]))
        items = word("story", "semicolon", words.lang).join(map(words.in_its_words, once[:TOLD]))
        parts.append(capital(words.say("standards_group", items=items, **named), words.lang))
    told["groups"] = "".join(parts)
    told["sides"] = _one_each(words, groups)
    # what one report tells of several places is no agreement of several reports
    of_one = len({(row.doc, row.report) for group in groups for row in group.itertuples()}) == 1
    for key in ("source", "source_title"):
        told[key] = words.say(f"standards_{key}") if of_one else ""
    found = words.finding("standards", shared=len(groups), **told)
    if not told["sides"]:
        return found
    title = words.say("standards_sides_title", **told["sides"], source_title=told["source_title"])
    return Finding(capital(title, words.lang), found.sentence)


def _one_each(words: Words, groups: Sequence[pd.DataFrame]) -> Row:
    """The first thing of which each place states one standard: its kind, its unit and the places
    with their sums; of a sum that was and one that is no title could say which is meant.
    """
    for group in groups:
        rows = as_rows(group.drop_duplicates(["place", "printed"]))
        if len({row["place"] for row in rows}) == len(rows) <= TOLD:
            sides = [
                words.say("standards_side", place=place_words(str(row["place"]), words.lang, prose=True), figure=printed_in(str(row["printed"]), words.lang), by=words.say("paid_by", by=row["paid_by"]) if row["paid_by"] and words.lang == "zh" else "")
                for row in rows
            ]  # fmt: skip
            named = {"kind": say("money", rows[0]["money"], words.lang)}
            named["per"] = value("per", str(rows[0]["per"]), words.lang)
            return named | {"sides": words.listed(sides)}
    return {}


def programmes(
    words: Words,
    table: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """What programmes say that was done, in the words of their reports, the first of each, with the
    reports of when these are where a sentence says no more than 去年; without the claims, or where none
    says it, the programme with most figures.
    """
    if reports is not None:
        rows = as_rows(reports)
        words.of_reports = {(row["doc"], row["report"]): str(row["period"]) for row in rows}
    if table.empty:
        return words.finding("programmes_none")
    column = "term" if words.lang == "zh" else "programme"
    # what is only counted is no work
    table = table[~table["term"].isin(statistics())]
    if table.empty:
        return words.finding("programmes_none")
    if claims is not None and (done := results(table, claims)):
        items = [_done_there(words, one, column) for one in done[:HEADED]]
        key = "programmes_more" if len(done) > HEADED else "programmes_rest"
        more = words.say(key, n=len(done)) if table[column].nunique() > len(items) else ""
        return words.finding("programmes_done", items=words.listed(items), more=more)
    figures = [len(places_of([where])) for where in table["where"]]
    counts = pd.Series(figures).groupby(table[column].to_list()).sum()
    name = str(counts.idxmax())
    return words.finding("programmes", name=name, n=int(counts.max()), programmes=len(counts))


def _done_there(words: Words, one: Mapping[str, str], column: str) -> str:
    """What a programme did in a place, in the words of its report; its name, where these lack it."""
    name = "" if words.lang == "zh" and one["term"] in one["clause"] else one[column]
    return words.say(
        "programmes_item" if words.lang == "zh" else "programmes_named",
        place=place_words(one["place"], words.lang, prose=True),
        name=name,
        clause=inner_marks(one["clause"]),
        n=printed_in(one["printed"], words.lang),
        when=_said_when(words, one),
    )


def _said_when(words: Words, one: Mapping[str, str]) -> str:
    """The time of what was done, with the word that its sentence has for it where the year is unknown."""
    period, said = str(one["period"] or ""), one.get("relative", "")
    if not said or (period and "x" not in period):
        return words.time(dict(one))
    if not period:
        return words.say("said_of_no_year", said=word("periods", said, words.lang))
    told = [word("periods", said, words.lang), when(period, words.lang)]
    return words.say("in_time", when=words.listed(told).replace("、", "，"))


def annex(words: Words, told: pd.DataFrame, rest: pd.DataFrame) -> Finding:
    """How many rows of programmes stand behind those that a page tells, and why."""
    if rest.empty:
        return words.finding("annex_none")
    counted = int(rest["term"].isin(statistics()).sum())
    said = words.say("annex_counted", n=counted) if counted else ""
    return words.finding("annex", n=len(rest), counted=said)


def shares(words: Words, panel: pd.DataFrame) -> Finding:
    """What falls to each unit of what was divided: the fewest and the most of one thing where several
    places state it, else each for itself, for unlike things are not ranked.
    """
    rows = [row for row in as_rows(panel) if row["value"] == row["value"]]
    if not rows:
        return words.finding("shares_none")
    told: Row = {"n": len(rows), "of": len(panel)}
    if groups := shared(rows):
        low, high = (pick(groups[0], key=lambda row: row["value"]) for pick in (min, max))
        for key, row in (("low", low), ("high", high)):
            told |= {key: words.each(row), f"{key}_whose": words.whose(row)}
        return words.finding("shares", **told)
    items = (
        words.say("shares_item", whose=words.whose(row), figure=words.each(row)) for row in rows
    )
    parts = [*items]
    told["items"] = word("story", "semicolon", words.lang).join(parts[:TOLD])
    told["first"] = parts[0]
    told["more"] = words.say("shares_more", n=len(parts) - 1) if len(parts) > 1 else ""
    return words.finding("shares_apart" if len(rows) > 1 else "shares_one", **told)
