"""Findings on the arithmetic of reports: what holds, what does not, what follows from it."""

from collections import Counter
from fractions import Fraction

import pandas as pd

from ..charts.audit import ENDS, share_of
from ..charts.rows import as_rows
from ..comparison.printed import printed_in
from ..comparison.wording import (
    capital,
    indicator,
    note,
    place_words,
    subject_words,
    when,
    word,
)
from ..vocabularies.numerals import rounded
from .evidence import is_retold, places_of
from .figures import linked, noun
from .opening_words import SETTLED, Finding, Row, Words

#: what is derived besides earlier levels, by the words that count it
_LEFT = {"left_over": "remainder", "left_each": "cost per unit"}


def audit(words: Words, found: pd.DataFrame, covered: pd.DataFrame | None = None) -> Finding:
    """How much of the arithmetic holds, and the first piece that does not; with the coverage in one set
    of numbers: the rates and changes, then the checks that are of neither.
    """
    settled, bad = (found[found["verdict"].isin(some)] for some in (SETTLED, ["bad"]))
    told: Row = {"n": len(bad), "checks": noun("checks", len(settled), words.lang)}
    counts = {key: int(settled["verdict"].eq(key).sum()) for key in SETTLED}
    loose = counts["blind"]
    told["set"] = words.say("audit_set", **told, counts=_counted(words, settled))
    if covered is not None and not covered.empty:
        told["set"] = _one_set(words, settled, covered)
    told["brief"] = words.listed(
        words.say(f"brief_{key}", n=n) for key, n in counts.items() if n and key != "bad"
    )
    if settled.empty or bad.empty:
        key = "audit_none" if settled.empty else "audit_loose" if loose else "audit_ok"
        return words.finding(key, **told)
    first = as_rows(bad)[0]
    place = place_words(str(first["place"]), words.lang, prose=True)
    doc, start = places_of([first["where"]])[0]
    shown = printed_in(str(first["printed"]), words.lang)
    told["figure"] = linked(shown, {"doc": doc, "start": start}, {})
    told["whose"] = words.quoted(place, str(first["what"]))
    told["arithmetic"] = note(str(first["arithmetic"]), words.lang)
    told["source"] = words.say("audit_retold" if is_retold(doc) else "audit_source")
    return words.finding("audit_single" if len(bad) == 1 else "audit", **told)


def _one_set(words: Words, settled: pd.DataFrame, covered: pd.DataFrame) -> str:
    """What became of the rates and changes, as the chart of coverage counts them, and of the checks that
    are of none of these: two counts of one thing would be taken for two things.
    """
    ends = {key: sum(share_of(row, key) for row in as_rows(covered)) for key in ENDS}
    # shares that make 100 % are rates, and counted as such
    alone = settled["check"].isin(["rate", "change"])
    shares = settled["printed"].astype(str).str.endswith("%") & ~alone
    others = settled[~alone & ~shares]
    parts = []
    for key, n in ends.items():
        said = words.say(f"shares_{key}", n=n)
        if groups := int((shares & settled["verdict"].eq(key)).sum()):
            rest = n - int((alone & settled["verdict"].eq(key)).sum())
            more = words.say("shares_in_sums", n=rest, groups=noun("groups", groups, words.lang))
            open_ = said.endswith(("）", ")"))
            said = words.say(
                "in_same_brackets" if open_ else "in_brackets",
                said=said[: len(said) - open_],
                more=more,
            )
        parts += [said] if n else []
    named = words.listed(parts)
    told = words.say("audit_shares", of=sum(ends.values()), ends=named)
    if others.empty:
        return told
    checks = noun("checks", len(others), words.lang)
    return told + words.say("audit_others", checks=checks, counts=_counted(words, others))


def _counted(words: Words, settled: pd.DataFrame) -> str:
    """How checks come out, each end with its number."""
    counts = {key: int(settled["verdict"].eq(key).sum()) for key in SETTLED}
    return words.listed(words.say(f"checks_{key}", n=n) for key, n in counts.items() if n)


def checked(words: Words, covered: pd.DataFrame) -> Finding:
    """How many of the stated rates and changes come with figures that tell right from wrong: what
    would hold whatever the figure is no check.
    """
    strict = covered["checked"] - covered["blind"]
    told: Row = {"n": int(strict.sum()), "of": int(covered["stated"].sum())}
    told["docs"], loose = int((strict == 0).sum()), int(covered["blind"].sum())
    told["loose"] = words.say("checked_loose", n=loose) if loose else ""
    told["share"] = f"{rounded(Fraction(100 * told['n'], max(1, told['of'])), 0)}%"
    return words.finding("checked", **told)


def strength(words: Words, found: pd.DataFrame) -> Finding:
    """How many checks could hardly have failed."""
    settled = found[found["verdict"].isin(SETTLED)]
    told: Row = {"checks": noun("checks", len(settled), words.lang)}
    # a rate so loosely worded says more to a reader than shares that make 100% by their choice
    blind = sorted(as_rows(settled[settled["verdict"].eq("blind")]), key=lambda row: row["check"] != "rate")  # fmt: skip
    told["n"] = len(blind)
    if not blind:
        return words.finding("audit_none" if settled.empty else "strength_all", **told)
    sentence, key = words.say("strength", **told), "strength" if len(blind) > 1 else "strength_one"
    place = place_words(str(blind[0]["place"]), words.lang, prose=True)
    told |= {
        "whose": words.quoted(place, str(blind[0]["what"])),
        "figure": printed_in(str(blind[0]["printed"]), words.lang),
    }
    title = words.say(f"{key}_title", **told)
    return Finding(*(capital(text, words.lang) for text in (title, sentence)))


def unchecked(words: Words, reasons: pd.DataFrame) -> Finding:
    """How many legible rates and changes could not be checked, the reason that most of them have,
    and what else was left unchecked.
    """
    if reasons.empty or not reasons["legible_rates"].iloc[-1]:
        return words.finding("unchecked_none")
    *rows, whole = as_rows(reasons)
    first = max(rows, key=lambda row: row["legible_rates"])
    told: Row = {
        "n": whole["legible_rates"],
        "most": first["legible_rates"],
        "why": note(str(first["reason"]), words.lang),
    }
    rest = [
        words.say(f"unchecked_{key}", n=whole[key])
        for key in ("masked_rates", "other_figures")
        if whole[key]
    ]
    told["rest"] = words.say("unchecked_rest", rest=words.listed(rest)) if rest else ""
    return words.finding("unchecked", **told)


def heaping(words: Words, digits: pd.DataFrame) -> Finding:
    """Whether counts end in 0, and whether they end in 5, more often than by chance; other digits
    that are as frequent say that this alone shows no rounding.
    """
    total = int(digits["count"].sum())
    if not total:
        return words.finding("heaping_none")
    low, high = digits.attrs["chance"]
    shares = dict(zip(digits["digit"], digits["share"], strict=True))
    told: Row = {"n": total}
    for name, digit in (("zero", 0), ("five", 5)):
        key = "more" if shares[digit] > high else "less" if shares[digit] < low else "alike"
        told |= {name: f"{rounded(shares[digit], 0)}%", f"{name}_said": words.say(f"heaping_{key}")}
    others = [digit for digit in shares if digit not in (0, 5) and shares[digit] > high]
    most = max(others, key=lambda digit: shares[digit], default=None)
    peer = most is not None and max(shares[0], shares[5]) > high
    told["peer"] = (
        words.say("heaping_peer", digit=most, share=f"{rounded(shares[most], 0)}%") if peer else ""
    )
    return words.finding("heaping", **told)


def implied(words: Words, table: pd.DataFrame) -> Finding:
    """How many earlier levels and other figures follow from what is stated."""
    levels = table[table["what"].eq("earlier level")]
    if table.empty:
        return words.finding("implied_none")
    if levels.empty:
        return left(words, table)
    n = len(levels)
    more = words.say("implied_more", n=n) if n > 1 else ""
    first = _first_implied(words, levels)
    return words.finding("implied", n=n, rest=len(table) - n, first=first, more=more)


def _first_implied(words: Words, table: pd.DataFrame) -> str:
    """The first figure that follows, with whose it is and how it follows."""
    row = as_rows(table)[0]
    place = place_words(str(row["place"]), words.lang, prose=True)
    subject = str(row["subject"] or "").replace(",", "，")
    whose = words.quoted(place, subject_words(subject, str(row["place"]))) if subject else place
    return words.say("implied_first", whose=whose, note=note(str(row["note"]), words.lang))


def left(words: Words, table: pd.DataFrame) -> Finding:
    """How many remainders and costs per head follow from what is stated."""
    counts = [(key, int(table["what"].eq(what).sum())) for key, what in _LEFT.items()]
    said = [noun(key, n, words.lang) for key, n in counts if n]
    if not said:
        return words.finding("left_none")
    first = _first_implied(words, table[table["what"].isin(_LEFT.values())])
    return words.finding("left", what=words.listed(said), first=first)


def ledger(words: Words, found: pd.DataFrame) -> Finding:
    """How many figures of one report do not fit those of others, and where most of them are."""
    breaks = found[found["verdict"].eq("open")]
    told: Row = {"checks": noun("checks", len(found), words.lang), "n": len(breaks)}
    if breaks.empty:
        return words.finding("ledger_ok", **told)
    counts = Counter(zip(breaks["place"], breaks["indicator"], strict=True))
    [((place, name), most)] = counts.most_common(1)
    mine = breaks[breaks["place"].eq(place) & breaks["indicator"].eq(name)]
    years = [
        word("periods", "span", words.lang, first=str(row).split(";")[0], last=when(str(row).split(";")[-1], words.lang))
        for row in mine["years"]
    ]  # fmt: skip
    whose = words.say(
        "whose_indicator",
        place=place_words(str(place), words.lang, prose=True),
        what=indicator(name, words.lang),
    )
    return words.finding("ledger", whose=whose, most=most, years=words.listed(years), **told)
