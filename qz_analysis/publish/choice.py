"""What is told of a place: the main change, the rate of what was resolved, all that a body took in, what
is aimed at, and clauses of its reports where nothing has a name. `title` and `lead` tell it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..comparison.indicators import Row
from ..comparison.scope import FORESEEN, WHOSE, is_bare
from ..comparison.sentences import Whole, clauses
from ..comparison.wholes import is_mean, is_part, is_short
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from . import own_words
from .facts import Facts
from .figures import (
    CLAUSE,
    JOINS,
    MASS_WORK,
    Key,
    first_usable,
    is_full,
    is_rate,
    is_total,
    key_of,
    last_name,
    said,
    same_sentence,
    usable,
    year_of,
)
from .goals import is_completion
from .lines import PRODUCT, RESOLVED, Line, lines, moved, resolved
from .voices import voice

#: how many characters a clause has that is told by itself, and how many clauses are told
LEAST, _MOST, CLAUSES = 4, 40, 3
#: how many characters of a rate's name tell what it is a rate of: 化解率
_RATE_NAME = 3
#: what is told behind the product of a place, as far as its reports have it
_EARNED = ("budget_revenue", "resident_income", "urban_income", "rural_income")
_TIME_ALONE = re.compile("[近这]?[一两二三四五六七八九十几]+年[来间]?|[上下]半年|全年|[本当]月")
_ATTENDED = Pattern("story", "{attended}")
# cases of any kind, and a clause of words alone that names one
_ANY_CASES = Pattern("story", "(?:{any_cases})")
_KIND_BEFORE = Pattern("story", r"^[^\d]*(?:{kinds_before})[^\d]{0,4}$")
_OWN_COURT = re.compile("^(?:[该本全]院)?(?:全年)?")


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change, and the named indicator that it is of; none where only its report's words name it."""

    row: Row
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of what was resolved with its two counts, where the audit tied some to it, and how it came out
    (`ok`, `bad`, and whether that is blind); its named indicator, where it has one.
    """

    row: Row
    verdict: str
    blind: bool
    counts: tuple[Row, ...]
    line: Line | None = None

    @property
    def levels(self) -> tuple[Row, ...]:
        """The figures that state it."""
        return self.line.levels if self.line else (self.row,)


@dataclass(frozen=True, slots=True)
class Total:
    """All that a body took in, in the words of its report, with what it settled right behind it."""

    clause: Whole
    #: the count itself, and the changes that the clause tells
    row: Row
    moves: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What a title and a lead may tell, the latest year alone: of the total and the change without a settled
    name one is told where there is neither a named change nor a named rate.
    """

    told: tuple[Line, ...]
    change: Change | None
    rate: Rate | None
    total: Total | None
    #: the first change of mass work that has no settled name
    loose: Change | None

    @property
    def still(self) -> bool:
        """Whether nothing is known to have moved."""
        return self.change is None and self.loose is None


def news(facts: Facts) -> News:
    """The main change and the rate of what was resolved; where one of them is of an earlier year, the
    later one alone.
    """
    told = telling(facts)
    best, line = moved(told), resolved(told)
    if best and line and year_of(best[0].period) < year_of(line.period):
        best = None
    change = Change(best[1], best[0]) if best else None
    rate = None
    if line:
        row = first_usable(line.levels)
        rate = Rate(row, line.verdict, line.blind, line.counts, line)
    loose = None if change or rate else _loose(facts)
    total = None if change or rate else _first_total(facts, loose)
    return News(tuple(told), change, rate, total, Change(loose) if loose else None)


def own_lines(facts: Facts) -> list[Line]:
    """The named indicators of the place itself, of all in it where there are none."""
    told = lines(facts.claims, facts.relations)
    return [line for line in told if line.place == facts.home] or told


def telling(facts: Facts) -> list[Line]:
    """The lines with what a headline may tell of them: the level that stands for the whole, and
    changes of which it is known that they are of it; the latest year first. Where several figures
    stand for one place and time and no rule tells the whole, a headline picks none of them.
    """
    told = own_lines(facts)
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for line in told:
        same = groups.setdefault((line.indicator, line.period, line.place), [])
        same += [row for row in line.levels if usable(row)]
    for (_, period, place), rows in groups.items():
        # rates that only their own words name are rivals of one that has a name
        for row in [row for row in rows if is_rate(row)]:
            rivals = facts.namesakes.get((last_name(row), period), ())
            rows += [one for one in rivals if one["place"] == place and one not in rows]
    found = []
    for line in told:
        rows = sorted(groups[line.indicator, line.period, line.place], key=key_of)
        # the figures of one channel are none of the whole where the report has that, too
        of_one = first_usable(line.claims).get(WHOSE)
        rows = [row for row in rows if not row.get(WHOSE)] or [
            row for row in rows if row.get(WHOSE) == of_one
        ]
        best = None if facts.headless(rows) else facts.whole_of(rows)
        known = {*map(said, rows)}
        mine = [row for row in line.levels if best and said(row) == said(best)]
        mine += [row for row in line.levels if best and facts.beside_whole(row, best, rows)]
        if any(map(facts.divided, mine)):
            continue
        # what is told of a part of several is no change of the whole
        changes = [
            row for row in line.changes
            if key_of(row) not in facts.undecided
            and (len(known) < 2 or (best is not None and same_sentence(row, best)))
        ]  # fmt: skip
        mine.sort(key=lambda row: row is not best)
        if mine or changes or not rows:
            found.append(replace(line, levels=tuple(mine), changes=tuple(changes)))
    return sorted(found, key=lambda line: -year_of(line.period))


def product(told: Sequence[Line], best: Change) -> Line | None:
    """The product of a place in the latest year, where the main change is one of its economy, and
    none of the product in one year.
    """
    line = best.line
    if line is None or (line.indicator == PRODUCT and not is_mean(best.row)):
        return None
    found = [line for line in told if line.indicator == PRODUCT and line.has_level]
    first = max(found, key=lambda line: year_of(line.period), default=None)
    economy = line.claims[0]["family"] not in MASS_WORK
    return first if first and economy and year_of(first.period) >= year_of(line.period) else None


def twin(told: Sequence[Line], line: Line) -> tuple[Line, Row] | None:
    """The change of the same visitors counted the other way, in persons or in batches."""
    known = load("named")
    for other in told:
        pair = {line.indicator, other.indicator}
        same = (other.period, other.place) == (line.period, line.place)
        counted = any(known[one].get("of") in pair - {one} for one in pair)
        if same and len(pair) == 2 and counted:
            found = moved([other])
            if found and not found[1].get(FORESEEN):
                return found
    return None


def beside(told: Sequence[Line], first: Line) -> list[tuple[Line, Row]]:
    """The next change of mass work in the same period, where there is one of a whole, and the same counted
    the other way; behind the product of a place also what its government took in and its people earned.
    """
    others = [line for line in told if line.period == first.period and line != first]
    if first.indicator == PRODUCT:
        order = (next((line for line in others if line.indicator == one), None) for one in _EARNED)
        earned = [found for line in order if line and (found := moved([line]))]
        mass = [line for line in others if line.claims[0]["family"] in MASS_WORK]
        found = moved(mass)
        return [*earned, *([found] if found and found[1]["role"] != "part" else [])]
    found = twin(told, first) or moved(others)
    if found is None or found[1]["family"] not in MASS_WORK or found[1]["role"] == "part":
        return []
    return [one for one in (found, twin(told, found[0])) if one and one[0] != first]


def first_levels(news: News, besides: set[Key]) -> list[Line]:
    """The first levels with a name that no other sentence tells, all petitions before one kind of them."""
    found = [
        line for line in news.told
        if line.has_level and line.indicator not in RESOLVED
        and not besides & set(map(key_of, line.levels))
    ]  # fmt: skip
    return sorted(found, key=lambda line: not any(map(is_total, line.levels)))[:CLAUSES]


# ---- totals


def total_work(facts: Facts) -> Total | None:
    """All that a body took in, in the words of its report, with what it settled if that stands right
    behind: the largest such count of the latest year. None where the place is told of by counts
    with a name.
    """
    at = facts.latest_total
    one = None if at is None else _total_at(facts, at)
    return one if one and voice(facts).clause(facts, one.clause, plain=True) else None


def _total_at(facts: Facts, at: int) -> Total:
    """Such a count in its words, with what was settled right behind it."""
    first, ats = facts.rows[at], [at]
    same = [one for one in facts.sentence_at(first) if one > at]
    while same and facts.rows[same[0]]["kind"] == "change":
        ats.append(same.pop(0))
    behind = facts.rows[same[0]] if same else None
    if (
        behind is not None and behind["stage"] == "resolved" and behind["kind"] == "count"
        and not is_part(behind)
    ):  # fmt: skip
        ats.append(same.pop(0))
        # 同比分别上升3.6%和3.1%: the changes of both
        both = same[:2]
        if len(ats) == len(both) == 2 and all(facts.rows[one]["kind"] == "change" for one in both):
            ats += both
    told = clauses(facts.claims, ats)
    pieces = [piece for one in told for piece in (*one.pieces, ("，", None))][:-1]
    pieces[0] = (_OWN_COURT.sub("", pieces[0][0]), pieces[0][1])
    clause = Whole(tuple(pieces))
    rows = [facts.rows[at] for at in clause.figures]
    return Total(clause, rows[0], tuple(row for row in rows if row["kind"] == "change"))


def total_before(facts: Facts, total: Total) -> Total | None:
    """The same of the year before, where another report tells it."""
    last = [
        at for at in facts.totals
        if year_of(facts.rows[at]["period"]) == year_of(total.row["period"]) - 1
        and key_of(facts.rows[at])[:2] != key_of(total.row)[:2]
    ]  # fmt: skip
    return _total_at(facts, last[0]) if last else None


def _first_total(facts: Facts, loose: Row | None) -> Total | None:
    """All that a body took in, where no change is told of a count of a whole place."""
    total = total_work(facts)
    if total is None or loose is None or not facts.level_before(loose):
        return total
    # all that a body took in comes before one kind of it
    row = total.row
    same = row["period"] == loose["period"] and key_of(row)[:2] == key_of(loose)[:2]
    return total if same else None


def total_beside(facts: Facts, row: Row) -> Total | None:
    """All that was taken in, beside a change of one court or of one kind of its work."""
    total = total_work(facts) if row.get(WHOSE) else None
    return total if total and total.row["period"] == row["period"] else None


# ---- changes and rates without a settled name


def _loose(facts: Facts) -> Row | None:
    """The first change of mass work without a settled name, known by its own words: what a report tells first
    is of the whole, and a large change is often one of a small part.
    """
    fits = [
        row for row in facts.changes
        if row["family"] in MASS_WORK and row["subject"] and row["unit"] == "%"
        # 四年增幅126% says of nothing that it grew
        and not _TIME_ALONE.fullmatch(own_words.moving(facts, row))
        and not _is_of_a_kind(facts, row)
    ]  # fmt: skip
    return min(
        fits,
        key=lambda row: (
            -year_of(row["period"]), bool(row.get(FORESEEN)), is_part(row), bool(row.get(WHOSE)),
            is_mean(row), is_short(row),
        ),
        default=None,
    )  # fmt: skip


def _is_of_a_kind(facts: Facts, row: Row) -> bool:
    """Whether the clause before says of which kind the cases of a change are, that its own words name as
    any: 严惩杀人、抢劫等严重犯罪,办结案件691件,下降0.9%.
    """
    level = facts.level_before(row) or row
    *ahead, own = CLAUSE.split(str(level["before"]))
    return bool(ahead and _ANY_CASES.fullmatch(own) and _KIND_BEFORE.search(ahead[-1]))


def unnamed_rate(facts: Facts) -> Rate | None:
    """A rate of what was resolved without a settled name: one that its counts contradict or bear
    out before one without counts.
    """
    order = {"bad": 0, "ok": 1, "": 3}
    found: list[Rate] = []
    for row in facts.own_rows:
        rate = Rate(row, *facts.rate(row))
        of_work = row["family"] in MASS_WORK and (
            row["stage"] == "resolved" or rate.verdict == "ok"
        )
        # of many rates of one name, those of towns and bureaus, none is told but that of the whole
        told = is_rate(row) and row["subject"] and not is_completion(row)
        # 100% of no one knows how many is no news
        told = told and (rate.counts or facts.count_beside(row) or not is_full(row))
        if told and of_work and facts.stands(row):
            found.append(rate)
    return min(found, key=lambda rate: order[rate.verdict] + rate.blind, default=None)


def other_rate(facts: Facts, row: Row) -> Row | None:
    """The one other rate of the same last word in the same report, where it is another figure: of 化解率
    86% and 化解率 87.7% neither stands alone. Of many, those of towns, none is told.
    """
    name = last_name(row).rstrip(JOINS)[-_RATE_NAME:]
    found = [
        one for one in facts.own_rows
        if is_rate(one) and key_of(one)[:2] == key_of(row)[:2] and said(one) != said(row)
        and name.endswith("率") and last_name(one).rstrip(JOINS).endswith(name)
    ]  # fmt: skip
    return found[0] if len({*map(said, found)}) == 1 else None


def divided(facts: Facts) -> tuple[Row, list[int], list[int]] | None:
    """Where a sentence divides what was settled, on the spot and after it was filed: a count of it, the count
    that the sentence before begins with, and all its counts; None where there is no such sentence.
    """
    found = [row for row in facts.own_rows if facts.divided(row)]
    if not found:
        return None
    led = facts.sentence_at({**found[0], "sentence": found[0]["sentence"] - 1})[:1]
    return found[0], led, facts.sentence_at(found[0])


# ---- clauses


def aims(facts: Facts) -> list[Whole]:
    """The figures of a report that tells of nothing but what is to come, in its words and its order."""
    mine = [at for at, row in enumerate(facts.rows) if usable(row)]
    if any(facts.rows[at]["modality"] != "planned" for at in mine):
        return []
    found = [one for one in clauses(facts.claims, mine) if not is_bare(one.words) and one.figures]
    return [one for one in found if not own_words.loses(facts, one)] or found


def telling_clauses(facts: Facts, besides: Iterable[Key] = ()) -> list[Whole]:
    """Clauses of legible figures that are short enough to be told: mass work first, then the order of the
    report, which tells of a whole before its parts.
    """
    speaks, told = voice(facts), set(besides)
    fits = [
        at for at in facts.own_at
        if usable(row := facts.rows[at]) and row["modality"] != "planned" and row["role"] != "base"
        and key_of(row) not in told
    ]  # fmt: skip

    def rank(one: Whole) -> tuple[bool, ...]:
        rows = [facts.rows[at] for at in one.figures]
        mass = rows[0]["family"] in MASS_WORK
        # one row of a table and one channel are parts of what the report tells of
        part = facts.in_long_table(rows[0]), facts.of_one(rows[0])
        unsaid = mass and bool(own_words.clause_of_what(facts, one))
        # a standard tells of no result, nor do those who came to a meeting
        ruled = any(row["modality"] == "required" for row in rows)
        idle = ruled or _ATTENDED.search(one.words) is not None
        nameless = speaks.nameless(facts, rows)
        less = rows[0]["family"] == "other", rows[0]["role"] == "part"
        return idle, *part, unsaid, not mass, nameless, *less

    cells = map(own_words.own_cell, clauses(facts.claims, fits))
    found = {speaks.clause(facts, one, plain=True): one for one in cells}
    short = [
        one for text, one in found.items() if text and LEAST <= speaks.length(one, text) <= _MOST
    ]
    return sorted((one for one in short if not own_words.loses(facts, one)), key=rank)
