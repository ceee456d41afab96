"""The sentences that a place's page begins with: what moved most, what was resolved and whether its counts bear
it out. What is missing stands in `lacking`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..comparison.indicators import Row
from ..comparison.scope import WHOSE
from ..comparison.sentences import Whole, clauses, whole
from ..comparison.wholes import is_part
from ..comparison.wording import subject_words, when, without_bars
from ..vocabularies.patterns import Pattern
from . import own_words, phrases
from .choice import (
    CLAUSES,
    LEAST,
    Change,
    News,
    Rate,
    Total,
    aims,
    beside,
    divided,
    first_levels,
    news,
    other_rate,
    product,
    telling_clauses,
    total_before,
    total_beside,
    unnamed_rate,
)
from .facts import Facts
from .figures import (
    CLAUSE,
    HAN,
    MASS_WORK,
    SCOPE,
    Key,
    first_usable,
    is_actual,
    key_of,
    same_sentence,
    usable,
    within,
    year_of,
)
from .goals import Goal, goals, missed_words
from .lacking import lacking, some, told_goal
from .lines import Line
from .voices import voice

#: how many aims a title tells
_AIMS = 2
_AMONG = re.compile("^其中[,，]?(?:共?发生)?|^共?发生")
_COURT = Pattern("ledger", "审|{courts}")
_EXPECTED = Pattern("scope", "{foreseen}")
#: what is aimed at, and not told of
_HOPED = Pattern("story", "{hoped}")
#: a change of which no amount is told: 同比分别下降
_UNSIZED = Pattern(
    "story",
    "(?P<base>{year_before_whole})[,，]?(?:{manner})*(?P<way>{ways})(?:趋势|态势)?(?=了?(?:[,，。；;、!！)）]|$))",
)
#: a clause of a change that names nothing
_SIZE = re.compile(
    r"^(?:同比|环比)?(?:[升增降][幅长]|上升|增加|下降|减少)[为达]?[\d.]+(?:%|个?百分点)?"
)
#: ways that something went down
_FALLS = re.compile("下降|减少|降低|回落")


def sentences(facts: Facts) -> list[str]:
    """What moved most, what was resolved and whether its counts bear it out, what is missing."""
    if facts.claims.empty:
        return []
    known = news(facts)
    rate = known.rate or unnamed_rate(facts)
    moved, resolved = _moved(facts, known, rate), _resolved(facts, rate)
    # a rate without counts of an earlier year than the total that the title tells
    if rate and known.total and not rate.counts:
        older = year_of(rate.row["period"]) < year_of(known.total.row["period"])
        resolved = "" if older else resolved
    # where nothing moved, what was resolved is the news
    still = known.still
    first = (
        [resolved, moved] if still and rate and resolved else [moved, resolved or _no_rate(facts)]
    )
    # a rate that is told as unchecked, or among the levels, is not told again
    told_bare = [rate.row] if rate and resolved and not rate.counts else []
    besides = {key_of(row) for row in (*rate.levels, *rate.counts)} if rate else set()
    levels = first_levels(known, besides) if known.still and not known.total else []
    told_bare += [row for line in levels for row in line.levels]
    told = [*first, _goals(facts, goals(facts)), lacking(facts, told_bare)]
    # and what does not add up is more than a list of figures
    told = told[-1:] + told[:-1] if still and facts.contradictions else told
    return [text for text in told if text]


# ---- what moved


def _moved(facts: Facts, known: News, rate: Rate | None) -> str:
    if known.total:
        return _total(facts, known.total)
    if known.loose:
        row = known.loose.row
        return _moved_loose(facts, row) + _total_too(facts, row)
    if known.change:
        return _moved_line(facts, known, known.change)
    # what is resolved, and out of which counts, is told by the other sentence
    besides = {key_of(row) for row in (*rate.levels, *rate.counts)} if rate else set()
    levels = first_levels(known, besides)
    if not levels:
        return _unnamed(facts, besides)
    parts = facts.say("between_levels").join(_level(facts, line) for line in levels)
    if not facts.changes and (said := _unsized(facts)):
        return facts.say("moved_unsized", told=parts, said=said)
    # in English a change has no words where its clause has no name
    changes = _told_changes(facts)
    return facts.say("moved_unnamed" if changes else "moved_levels", parts=parts, told=changes)


def _moved_line(facts: Facts, known: News, change: Change) -> str:
    """The main change with its level, and the next one beside it."""
    row, line = change.row, change.line
    assert line is not None
    told = phrases.about(facts, moved_line_name(facts, line, row), facts.time_of(line.claims))
    told["how"] = phrases.held(facts, row)
    told["also"] = "".join(_also(facts, *one) for one in beside(known.told, line))
    if line.has_level:
        level = _from_to(facts, first_usable(line.levels)) + phrases.aside(
            facts, first_usable(line.levels)
        )
        return facts.say("moved", level=level, **told) + _total_too(facts, row)
    before = facts.level_of(line.indicator, row)
    if before is None and (found := product(known.told, change)):
        name = voice(facts).line_name(facts, found)
        about = phrases.about(facts, within(name, facts.lang), facts.time_of(found.claims))
        level = _from_to(facts, first_usable(found.levels))
        how = facts.say("how_when", when=told["when"], how=told["how"])
        return facts.say("moved", **(told | about | {"level": level, "how": how}))
    if before is None:
        return facts.say("moved_change", **told)
    # 完成130亿元、年均增长12%: the level is of the last year of the span
    time = when(before["period"], facts.lang) if before["period"] != row["period"] else ""
    level = _from_to(facts, before)
    level = facts.say("level_of", figure=level, when=time) if time else level
    return facts.say("moved", level=level, **told)


def _also(facts: Facts, line: Line, row: Row) -> str:
    """The change of another indicator, behind its level where money tells more than its growth."""
    name, how = moved_line_name(facts, line, row), phrases.held(facts, row)
    if line.has_level and row["family"] not in MASS_WORK:
        level = _from_to(facts, first_usable(line.levels))
        return facts.say("also_level", what=name, level=level, how=how)
    return facts.say("also", what=name, how=how)


def _moved_loose(facts: Facts, row: Row) -> str:
    """The main change where it has no settled name."""
    name = voice(facts).moved_name(facts, row, marks=True)
    told = phrases.about(facts, name, facts.time_of([row]))
    if clause := voice(facts).change_in_clause(facts, row):
        told = phrases.about(facts, clause, told["when"] and facts.time_of([row]))
        return facts.say("moved_clause", **told, proof=phrases.proof(facts, row))
    told["how"] = phrases.held(facts, row)
    if count := facts.level_before(row):
        return facts.say("moved", level=phrases.figure(facts, count), also="", **told)
    return facts.say("moved_bare", **told)


def _total(facts: Facts, total: Total) -> str:
    """All that a body took in, and the same of the year before, where another report tells it."""
    said = _unsized(facts)
    told = {
        "told": told_total(facts, total),
        "when": phrases.when_told(facts, total.row),
        "said": said,
    }
    if total.moves:
        told["proof"] = phrases.proof(facts, total.moves[0])
    key = "total_moved" if total.moves else "total_unsized" if said else "total"
    text = facts.say(key, **told)
    if last := total_before(facts, total):
        clause = voice(facts).clause(facts, last.clause)
        text += facts.say("total_before", told=clause, when=phrases.when_told(facts, last.row))
    return text


def _total_too(facts: Facts, row: Row) -> str:
    """All that was taken in, behind a change of one court or of one kind of its work."""
    total = total_beside(facts, row)
    if total is None:
        return ""
    told = {"told": told_total(facts, total), "when": phrases.when_told(facts, total.row)}
    return facts.say("total_too", **told)


def told_total(facts: Facts, total: Total, plain: bool = False) -> str:
    """All that a body took in, behind the court where it is one: its cases are not those of the whole
    place.
    """
    said, words, row = (
        voice(facts).clause(facts, total.clause, plain),
        total.clause.words,
        total.row,
    )
    whose = own_words.whose(facts, row, words)
    court = _COURT.search(words + whose) or _COURT.search(str(row["subject"]))
    if not court or "法院" in words + facts.place or "court" in said:
        return said
    said = said.removesuffix(facts.say("aside", said=whose)) if whose else said
    return facts.say("of_court", told=said, court=whose or facts.say("court"))


def _level(facts: Facts, line: Line) -> str:
    """A level with its name and its time."""
    name = within(voice(facts).level_name(facts, line), facts.lang)
    about = phrases.about(facts, name, facts.time_of(line.claims))
    return facts.say("level", figure=figures_of(facts, line), **about)


def figures_of(facts: Facts, line: Line, plain: bool = False) -> str:
    """The levels of a line that a headline tells, one after the other: in cases, then in persons."""
    told = {row["unit"]: row for row in reversed(line.levels) if usable(row)}
    rows = [row for row in line.levels if told.get(row["unit"]) is row]
    return facts.listed(phrases.figure(facts, row, plain) for row in rows or line.levels[:1])


def _from_to(facts: Facts, row: Row) -> str:
    """A figure, behind the one that it rose or fell from."""
    return voice(facts).from_to(facts, row, phrases.figure(facts, row))


def _name(facts: Facts, line: Line) -> str:
    """The indicator's name within a sentence."""
    return within(voice(facts).line_name(facts, line), facts.lang)


def moved_line_name(facts: Facts, line: Line, row: Row) -> str:
    """The name of an indicator of which one change is told."""
    return _name(facts, line if line.levels else replace(line, changes=(row,)))


def _unnamed(facts: Facts, besides: set[Key]) -> str:
    """What stands there in the words of the report, where nothing has a name, and the changes
    without one.
    """
    found = telling_clauses(facts, besides)
    if not found and not besides and (holds := voice(facts).holds(facts)):
        return facts.say("moved_holds", told=holds)
    if not found:
        hoped = aims(facts)
        return facts.say("aims", told=_told(facts, hoped)) if hoped else ""
    told = _told(facts, found)
    if len(facts.claims) == 1:
        return facts.say("moved_one", told=told)
    changes = _told_changes(facts, {at for one in found[:CLAUSES] for at in one.figures})
    if not facts.changes and (said := _unsized(facts)):
        return facts.say("moved_unsized", told=told, said=said)
    key = "moved_loose" if changes else "moved_told"
    return facts.say(key, told=told, changes=changes)


def _told(facts: Facts, found: Sequence[Whole]) -> str:
    """The first clauses, and whether there are more; what several are of is told once."""
    said, last = [], ""
    for one in found[:CLAUSES]:
        of, text = own_words.clause_of_what(facts, one), voice(facts).clause(facts, one)
        said.append(text.removeprefix(of).lstrip("：") if of and of == last else text)
        last = of
    said = list(filter(None, said))
    more = facts.say("and_more") if said and len(found) > CLAUSES else ""
    return facts.say("semicolon").join(said) + more


def _told_changes(facts: Facts, besides: Iterable[int] = ()) -> str:
    """The stated changes in their clauses, but for figures that are told already."""
    keys = set(map(key_of, facts.changes))
    at = [at for at, row in enumerate(facts.rows) if key_of(row) in keys and at not in {*besides}]
    # 升幅6.11% says of nothing that it rose
    found = [one for one in clauses(facts.claims, at) if _SIZE.sub("", one.words)]
    return _told(facts, found)


def told_aims(facts: Facts, found: Sequence[Whole], plain: bool = False) -> str:
    """What is aimed at, one behind the other."""
    told = [without_bars(voice(facts).clause(facts, one, plain)) for one in found[:_AIMS]]
    return facts.say("clause_comma").join(told)


def _unsized(facts: Facts) -> str:
    """Which way the sentences of the figures say that something went, without an amount (人数同比均下降);
    empty where none does. What is hoped for is no change.
    """
    told = []
    for one in whole(facts.claims, [at for at in facts.own_at if is_actual(facts.rows[at])]):
        text = one.words
        for found in _UNSIZED.finditer(text):
            ahead = CLAUSE.split(text[: found.start()])
            if _EXPECTED.search(ahead[-1]) or _HOPED.search(ahead[-1]):
                continue
            key = "unsized_down" if _FALLS.search(found["way"]) else "unsized_up"
            what = next((clause for clause in reversed(ahead) if HAN.search(clause)), "")
            what = SCOPE.sub("", subject_words(what.strip(), facts.home))
            told.append(facts.say(key, what=what, base=found["base"], way=found["way"]))
    return facts.listed(dict.fromkeys(told))


def _goals(facts: Facts, found: Sequence[Goal]) -> str:
    """The targets that were missed, each with its result, or that all were reached; empty without targets."""
    missed = [goal for goal in found if not goal.reached]
    key = "goals_missed" if missed else "goals_reached"
    key += "_one" if len(found) == 1 else "_all" * (len(missed) == len(found))
    told = some(facts, [told_goal(facts, goal) for goal in missed or found], gap="semicolon")
    about = {"n": len(found), "missed": len(missed), "not_": missed_words(facts, found)}
    return facts.say(key, told=told, **about) if found else ""


# ---- what was resolved


def _resolved(facts: Facts, rate: Rate | None) -> str:
    if rate is None:
        return _settled_apart(facts)
    row, counts = rate.row, rate.counts
    of = voice(facts).cases_name(facts, counts[1]) if len(counts) == 2 else ""
    if rate.line:
        name, rows = _name(facts, rate.line), rate.line.claims
        # 99.7% of disputes over land is no 99.7% of all disputes
        of = of if len(of) > LEAST + 1 else ""
    else:
        # of what a rate is that is called no more than 解决率, its counts say
        name = voice(facts).with_whose(facts, row, voice(facts).quoted(facts, row))
        name, rows = name + _beside(facts, row), (row,)
    told = phrases.about(facts, name, facts.time_of(rows)) | {"figure": phrases.figure(facts, row)}
    return _borne_out(facts, rate, told, of) + _other_rate(facts, row)


def _borne_out(facts: Facts, rate: Rate, told: dict[str, str], of: str) -> str:
    """A rate, and whether the counts of the report bear it out."""
    if not rate.counts:
        return facts.say("resolved_bare", **told)
    above, below = (phrases.figure(facts, row) for row in rate.counts)
    below = facts.say("by_counts", what=of, figure=below) if of else below
    key = "bad" if rate.verdict == "bad" else "blind" if rate.blind else "ok"
    return facts.say(f"resolved_{key}", above=above, below=below, **told)


def _beside(facts: Facts, row: Row) -> str:
    """The one count before a rate that has no counts of its own and no more than its name: of what it
    is.
    """
    one = facts.count_beside(row)
    what = voice(facts).words(facts, one) if one else ""
    return facts.say("beside", what=what, figure=phrases.figure(facts, one)) if one and what else ""


def _other_rate(facts: Facts, row: Row) -> str:
    """The other rate of the same name; one that its sentence counts is told with its counts."""
    one = other_rate(facts, row)
    if one is None:
        return ""
    what, figure = voice(facts).quoted(facts, one), phrases.figure(facts, one)
    if told := _own_part(facts, one, what.strip("“”")):
        return told
    what = voice(facts).with_whose(facts, one, what)
    return facts.say("resolved_other", what=what, figure=figure)


def _own_part(facts: Facts, row: Row, name: str) -> str:
    """A rate behind the counts of its own sentence that it is of (其中集体访26件，已解决22件), and how it came
    out; empty where it has none.
    """
    verdict, blind, counts = facts.rate(row)
    if len(counts) != 2 or not all(same_sentence(row, count) for count in counts):
        return ""
    above, below = counts
    of = voice(facts).with_whose(facts, below, _AMONG.sub("", own_words.subject(facts, below)))
    among = "among" if "其中" in facts.ahead(below) or is_part(below) else "beside_it"
    return facts.say(
        "resolved_part", among=facts.say(among), of=of, below=phrases.figure(facts, below),
        done=CLAUSE.split(str(above["before"]))[-1], above=phrases.figure(facts, above),
        name=name, figure=phrases.figure(facts, row), proof=facts.say("blind" if blind else verdict),
    )  # fmt: skip


def _settled_apart(facts: Facts) -> str:
    """Where a sentence divides what was settled: all its counts, behind the count that they divide."""
    found = divided(facts)
    if found is None:
        return ""
    row, *groups = found
    aside = facts.say("aside", said=row.get(WHOSE))
    parts = [
        facts.say("clause_comma").join(
            text
            for one in clauses(facts.claims, at)
            if (text := voice(facts).clause(facts, one).removesuffix(aside))
        )
        for at in groups
        if at
    ]
    told = facts.say("semicolon").join(parts)
    return facts.say("settled_apart", told=told, when=phrases.when_told(facts, row))


def _no_rate(facts: Facts) -> str:
    """That the rate of what was resolved is masked; empty where it is not."""
    rows = [
        row for row in facts.own_rows
        if row["kind"] in {"rate", "change"} and row["stage"] == "resolved" and row["unit"] == "%"
    ]  # fmt: skip
    lost = [row for row in rows if row["kind"] == "rate" and not usable(row)]
    if lost:
        what, figure = voice(facts).quoted(facts, lost[0]), phrases.figure(facts, lost[0])
        return facts.say("resolved_lost", what=what, figure=figure)
    return ""
