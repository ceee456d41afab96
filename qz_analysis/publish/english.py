"""How what is told of a place is said in English: by the names of indicators and of what reports count.
`chinese` has the same functions.
"""

from collections.abc import Sequence

from ..charts.written import indicator_label
from ..comparison.glossary import channel_name, english_label, english_name, family_name
from ..comparison.indicators import Row
from ..comparison.printed import english_unit
from ..comparison.scope import FORESEEN, WHOSE
from ..comparison.sentences import Whole
from ..comparison.wording import subject_words
from ..vocabularies.labels import say
from ..vocabularies.patterns import Pattern
from . import own_words, phrases
from .facts import Facts
from .figures import CASES, HAN, MASS_WORK, first_usable, is_rate, level_of, usable, within
from .lines import Line

#: measures that the name of a figure implies
_IMPLIED = frozenset({"cases", "items", "persons", "times", "sessions"})
#: kinds of figures that a page says it holds
_KINDS = 3
COURT = Pattern("ledger", "审|{courts}")


def line_name(facts: Facts, line: Line) -> str:
    """What a line is called: by its indicator's name, or by a name for the report's own words where that name
    is not all that they say. The channel, activity or court whose figure alone it is stands behind it.
    """
    name, row = (
        str(indicator_label(line.indicator, "en")),
        first_usable(line.levels or line.changes),
    )
    own = own_words.apart(facts, line, str(indicator_label(line.indicator, "zh")))
    told = english_name(own, str(row["family"]), rate=is_rate(row)) if own else ""
    if not own or told:
        return with_whose(facts, row, told or name)
    # what is of one channel is told by it, and needs no other mark
    marked = with_whose(facts, row, name)
    return marked if marked != name else name + facts.say("aside", said=facts.say("as_worded"))


def with_whose(facts: Facts, row: Row, name: str) -> str:
    """A name and the channel, activity or court whose figure alone it is: by its name where the glossary knows
    it, else as one court or one channel.
    """
    if not own_words.whose(facts, row, name):
        return name
    own = str(row[WHOSE])
    whose = channel_name(own) or facts.say("one_court" if COURT.search(own) else "one_channel")
    return name if _tells_channel(name, whose) else facts.say("whose", whose=whose, what=name)


def _tells_channel(told: str, channel: str) -> bool:
    """Whether words name a channel already, or by whom something was done."""
    return channel.removeprefix("the ") in told or " by the " in told


def words(facts: Facts, row: Row, whole: bool = False) -> str:
    """What a figure is of within a sentence: the name of its indicator, or one put
    together of its words where the glossary knows all of them, else what its family and its stage
    tell. Empty where they tell nothing, or where only a `whole` name will do.
    """
    own = own_words.moving(facts, row) if row["kind"] == "change" else str(row["subject"])
    own = subject_words(own, facts.home).replace(str(row.get(WHOSE) or "\0"), "")
    # what a court closes are cases, whatever the family
    crime = row["family"] == "other" and row["unit"] in CASES
    rate = row["kind"] == "rate" and row["unit"] == "%"
    name = english_name(own, "crime" if crime else str(row["family"]), rate=rate)
    if not name and row["indicator"] and not _narrowed(row):
        name = str(indicator_label(level_of(str(row["indicator"])), "en"))
    if not name and not whole and not _counts_other(own, row):
        name = family_name(row)
    return within(name, "en")


def _counts_other(own: str, row: Row) -> bool:
    """Whether the words of a figure tell of what it is, and the glossary knows them not: its family and stage
    alone would name another thing (登记 of marriages: matters received).
    """
    known = english_label(own, str(row["family"]), rate=is_rate(row))
    return len(HAN.findall(own)) > 1 and not known


def _narrowed(row: Row) -> bool:
    """Whether the words of a figure say more than the name of its indicator."""
    label, own = str(indicator_label(level_of(str(row["indicator"])), "zh")), str(row["subject"])
    kinds = own_words.KIND.finditer(own)
    return any(one[0] not in label for one in kinds) or bool(own_words.NARROW.search(own))


def quoted(facts: Facts, row: Row) -> str:
    """What a figure is of; English quotes no Chinese."""
    return words(facts, row)


def cases_name(facts: Facts, row: Row) -> str:
    """What the cases of a rate are; empty where nothing names them."""
    return words(facts, row, whole=True)


def rate_name(facts: Facts, row: Row) -> str:
    """What a rate without a settled name is called."""
    return words(facts, row) or within(family_name(row), "en") or facts.say("rate_unnamed")


def moved_name(facts: Facts, row: Row, marks: bool = False) -> str:
    """What a change is of."""
    what = words(facts, row)
    if not what:
        what = facts.say("figure_on", what=say("families", str(row["family"]), "en"))
    return with_whose(facts, row, what)


def level_name(facts: Facts, line: Line) -> str:
    """What a level is of."""
    return line_name(facts, line)


def rate_of_cases(facts: Facts, what: str, figure: str, row: Row, counts: Sequence[Row]) -> str:
    """A rate behind the cases that it is of; empty where these have no name."""
    known = len(counts) == 2 and usable(counts[1]) and own_words.subject(facts, counts[1])
    if not known or not (of := words(facts, counts[1], whole=True)):
        return ""
    below = phrases.figure(facts, counts[1], plain=True)
    return facts.say("title_rate_of", of=of, below=below, what=what, figure=figure)


def clause(facts: Facts, one: Whole, plain: bool = False) -> str:
    """The figures of a clause, each behind its name; one without a name is left out, and a
    change without words stands behind the figure that it is of.
    """
    rows = [facts.rows[at] for at in one.figures]
    # 收案9件,结案8件,分别上升3%和4%: each change behind its own count
    moves = [row["kind"] == "change" for row in rows]
    in_turn = "分别" in one.words and moves == [False, False, True, True]
    rows = [rows[n] for n in (0, 2, 1, 3)] if in_turn else rows
    names = [words(facts, row) for row in rows]
    parts: list[str] = []
    for n, (row, name) in enumerate(zip(rows, names, strict=True)):
        change = row["kind"] == "change"
        again = bool(parts) and name == next(filter(None, reversed(names[:n])), "")
        alone = again or in_turn or not HAN.search(own_words.moving(facts, row))
        if change and parts and alone:
            parts.append(phrases.how(facts, row, plain))
        elif name and again:
            parts.append(_counted(facts, row, plain))
        elif name and change:
            parts.append(f"{name} {phrases.how(facts, row, plain)}")
        elif name:
            parts.append(_so_many(facts, row, name, plain, alone=names.count(name) == 1))
    told = facts.say("clause_comma").join(parts)
    whose = str(rows[0].get(WHOSE) or "") if rows and rows[0]["family"] in MASS_WORK else ""
    whose = channel_name(whose) if told and whose not in facts.place else ""
    known = not whose or _tells_channel(told, whose)
    return told if known else told + facts.say("aside", said=whose)


def _so_many(facts: Facts, row: Row, name: str, plain: bool, alone: bool) -> str:
    """A figure with its name: 24 party branches, but share of cases closed: 99%."""
    figure = _counted(facts, row, plain, unit=not alone or row["measure"] not in _IMPLIED)
    things = figure == phrases.figure(facts, row, plain) and row["kind"] == "count"
    of_things = things and row["value"] != 1 and not row.get(FORESEEN)
    of_things = of_things and not name.startswith(("count of", "share of", "figure on"))
    return facts.say("so_many" if of_things else "named_figure", what=name, figure=figure)


def _counted(facts: Facts, row: Row, plain: bool, unit: bool = True) -> str:
    """A figure with its unit, where its name does not imply that."""
    figure, own = phrases.figure(facts, row, plain), str(row["unit"])
    told = unit and usable(row) and not own.startswith(("元", "%", "百分点"))
    name = english_unit(own, row["value"] == 1) if told else ""
    return f"{figure} {name}" if name else figure


def length(one: Whole, told: str) -> int:
    """How long a clause is in its own words: in English it has none where no figure has a name."""
    return len(one.words)


def nameless(facts: Facts, rows: Sequence[Row]) -> bool:
    """Whether of no figure more is known than its subject."""
    return not any(words(facts, row, whole=True) for row in rows)


def change_in_clause(facts: Facts, row: Row, plain: bool = False) -> str:
    """A change in its clause: in English its name says of what it is."""
    return ""


def in_own_words(facts: Facts, rows: Sequence[Row]) -> str:
    """Figures in the words of their report, of which English has none."""
    return ""


def from_to(facts: Facts, row: Row, told: str) -> str:
    """A figure; what it rose or fell from stands beside it."""
    return told


def named_rate(facts: Facts, row: Row) -> str:
    """A rate behind its name, where it has one."""
    name, figure = words(facts, row, whole=True), phrases.figure(facts, row)
    return facts.say("by_words", what=name, figure=figure) if name else figure


def goal_name(facts: Facts, row: Row, name: str) -> str:
    """What a target aims at, where it has a name."""
    return words(facts, {**row, "subject": name}, whole=True)


def _named(facts: Facts) -> list[str]:
    """Figures behind the names of what they count, as far as the glossary knows these, one of each."""
    told: dict[str, str] = {}
    for row in facts.own_rows:
        own = subject_words(str(row["subject"]), facts.home)
        rate = is_rate(row)
        name = english_name(own, str(row["family"]), rate=rate)
        if not name and row["kind"] == "count" and english_unit(str(row["unit"])):
            name = english_label(own, str(row["family"]))
        if name and usable(row) and row["kind"] != "change" and len(told) < _KINDS:
            figure = _counted(facts, row, plain=True, unit=row["measure"] not in _IMPLIED)
            told.setdefault(name, f"{within(name, 'en')} {figure}")
    return list(told.values())


def holds(facts: Facts) -> str:
    """How many figures there are and on what, where none of them has a name in English."""
    if not len(facts.claims):
        return ""
    counts = facts.own["family"].value_counts()
    known = [one for one in counts.index if one not in ("", "other")]
    if among := _named(facts):
        figures = facts.noun("figures", len(facts.claims))
        return facts.say("holds_among", figures=figures, told=facts.listed(among))
    on = facts.listed(str(say("families", one, "en")) for one in known[:_KINDS])
    figures = facts.noun("figures", len(facts.claims))
    return facts.say("holds" if on else "holds_only", figures=figures, on=on)
