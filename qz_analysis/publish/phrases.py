"""Phrases on one figure whose words `profile.toml` has in both languages: a change, what it is against, how
it came out, a time.
"""

import re

from ..comparison.indicators import Row
from ..comparison.printed import english_unit
from ..comparison.scope import FORESEEN
from ..comparison.sentences import marked
from ..comparison.wholes import is_mean
from ..comparison.wording import when
from ..vocabularies.patterns import Pattern
from .facts import Facts
from .figures import CLAUSE, MASS_WORK, in_prose, key_of, linked

#: what a change says that it is against: a year, the year before, the month or quarter before
_AGAINST = Pattern(
    "story",
    r"(?:[比较与和同]|相比)(?P<year>(?:19|20)\d\d)年|(?P<month>{month_before})|(?P<quarter>{quarter_before})"
    r"|(?P<week>{week_before})|(?P<last>{year_before})|(?P<part>{part_before})",
)
#: what a change is against that is no year before
_BEFORE = {"month": "against_month", "quarter": "against_quarter", "week": "against_week"}
#: 环比 of a month and of a quarter, by what follows the year of its period
_SPANS = dict.fromkeys(("-0", "-1"), "against_month") | {"-Q": "against_quarter"}
_SAME = re.compile("同期")
#: the verbs of changes, and those that say that it fell
_WAY = Pattern("story", r"(?:{ways})(?![到至])")
_FALLS = re.compile("下降|减少|降低|回落")
#: what stands in brackets behind a figure and says what is in it
_ASIDE = re.compile(r"[(（]((?:不?包?含|不?包括|扣除|剔除)[^()（）\d]{2,24})[)）]")


def bare(facts: Facts, row: Row, plain: bool = False) -> str:
    """A figure with the mark that leads to its sentence, unless it is told plain."""
    text = in_prose(row, facts.lang)
    return text if plain else linked(text or "…", row, facts.names)


def figure(facts: Facts, row: Row, plain: bool = False) -> str:
    """The same as a forecast where it is one."""
    return foreseen(facts, row, bare(facts, row, plain))


def foreseen(facts: Facts, row: Row, told: str) -> str:
    """What is said of a figure, as a forecast where it is one."""
    return facts.say("foreseen", said=told) if row.get(FORESEEN) else told


def how(facts: Facts, row: Row, plain: bool = False) -> str:
    """A stated change: which way and by how much; where counts of several kinds stand before it,
    that it is not said of which of them it is.
    """
    key = row["direction"] if row["direction"] in {"up", "down"} else "changed"
    key += "_mean" * is_mean(row)
    way = "" if facts.lang == "en" or is_mean(row) else _own_way(facts, row)
    told = facts.say("way" if way else key, way=way, figure=bare(facts, row, plain))
    return of_which(facts, row, foreseen(facts, row, told))


def _own_way(facts: Facts, row: Row) -> str:
    """The report's own verb of a change, where that says which way it went: 增长5%, 减少9件; the second of
    a pair has that of the first: 分别增长7%、8%.
    """
    said = [*_WAY.finditer(re.split("[。；;]", facts.ahead(row))[-1])]
    way = said[-1][0] if said else ""
    fell = _FALLS.fullmatch(way) is not None
    return way if fell == (row["direction"] == "down") else ""


def of_which(facts: Facts, row: Row, told: str) -> str:
    """What is said of a change, and of which counts it may be where that is not told."""
    unknown = unsaid(facts, row)
    return facts.say("which", how=told, unsaid=unknown) if unknown else told


def unsaid(facts: Facts, row: Row) -> str:
    """That it is not said of which of several counts a change is; empty for any other figure."""
    units = facts.undecided.get(key_of(row))
    if not units:
        return ""
    if facts.lang == "en":
        units = tuple(english_unit(unit) or facts.say("no_unit") for unit in units)
    last = facts.say("which_or").join([facts.listed(units[:-1]), units[-1]])
    return facts.say("which_unsaid", units=last)


def held(facts: Facts, row: Row) -> str:
    """A stated change, what it is against, and whether it was recomputed from that; of growth that is no
    mass work there is nothing to say without a word on either: it is that on the year before.
    """
    told = {"against": against(facts, row), "proof": proof(facts, row)}
    if row["family"] not in MASS_WORK and not told["against"] and key_of(row) not in facts.proofs:
        return told_change(facts, row)
    return facts.say("how", how=how(facts, row), **told)


def told_change(facts: Facts, row: Row) -> str:
    """A stated change and what it is against, without a word on checks."""
    return facts.say("told_change", how=how(facts, row), against=against(facts, row)).strip()


def proof(facts: Facts, row: Row) -> str:
    """Whether a change was recomputed, and from which earlier figure."""
    if is_mean(row):
        return facts.say("proof_mean")
    known = "none" if against(facts, row) else "timeless"
    verdict, base = facts.proofs.get(key_of(row), (known, None))
    return facts.say(f"proof_{verdict}", base=figure(facts, base) if base else "")


def against(facts: Facts, row: Row) -> str:
    """What a change is against, as its own words say; empty where they do not, and for an average of
    years, which is against no one year.
    """
    if is_mean(row):
        return ""
    sentence = marked(facts.claims, [facts.positions[key_of(row)]])[0]
    # that a count is what it was stands behind it: 4批,与上年持平
    ahead = sentence.before if row["kind"] == "change" else sentence.after
    told = _bases(ahead, own=row["kind"] == "change")
    ways = {"last" if one["year"] else str(one.lastgroup) for one in told}
    if not told:
        return ""
    last = told[-1]
    # 较上月同比: nobody can say which of the two is meant
    if "last" in ways and len(ways) > 1 and not any(_SAME.fullmatch(one[0]) for one in told):
        words = last.string[told[0].start() : last.end()]
        return facts.say("against_both", said=words)
    if last["year"]:
        return facts.say("against_year", when=when(last["year"], facts.lang))
    if other := next((_BEFORE[way] for way in _BEFORE if way in ways), ""):
        return facts.say(other)
    if last["part"]:
        return facts.say(_SPANS.get(row["period"][4:6], "against_part"))
    text = last.string[: last.end()]
    # 去年同期 says of which year, 同期 alone does not
    if last["last"] == "同期" and not text.removesuffix("同期").endswith("年"):
        return facts.say("against_bare")
    return facts.say("against_same" if last["last"].startswith("同") else "against_last")


def _bases(ahead: str, own: bool = True) -> list[re.Match[str]]:
    """What the words before a change say that it is against: those of its own clause, else a clause
    before it that says nothing else (与上年相比，来信下降3%).

    >>> [found[0] for found in _bases("受理100件，同比下降5%，环比下降")]
    ['环比']
    >>> [found[0] for found in _bases("与上年相比，来信下降3%，来访下降")], _bases("产值同比增长5%，投资增长")
    (['上年'], [])
    """
    parts = CLAUSE.split(ahead)
    for n, clause in enumerate(reversed(parts) if own else parts):
        told = [*_AGAINST.finditer(clause)]
        # the base of another figure is none of this
        if told and (not n or not re.search(r"\d", clause[told[-1].end() :])):
            return told
    return []


def about(facts: Facts, what: str, period: str) -> dict[str, str]:
    """A name and its period within a sentence, in Chinese the masked one behind it."""
    time = when(period, facts.lang)
    open_ = "+" in period or period.startswith("..")
    key = "when_masked" if "x" in period else "when_since" if open_ else "when"
    time = facts.say(key, when=time) if time else ""
    behind = facts.lang == "zh" and "x" in period
    return {"what": what + time * behind, "when": time * (not behind)}


def when_told(facts: Facts, row: Row) -> str:
    """The period of a figure within a sentence."""
    return about(facts, "", facts.time_of([row]))["when"]


def aside(facts: Facts, row: Row) -> str:
    """What brackets behind a level say is in it: 8.3亿元(含一次性收入)."""
    told = _ASIDE.match(str(row["after"]))
    return facts.say("aside", said=facts.say("as_worded", said=told[1])) if told else ""
