"""How what is told of a place is said in Chinese: in the words of its reports. `english` has the same
functions.
"""

import re
from collections.abc import Sequence

from ..charts.written import indicator_label
from ..comparison.indicators import Row
from ..comparison.scope import BODY, FORESEEN, WHOSE, named_for
from ..comparison.sentences import Whole, clauses, whole
from ..comparison.wording import subject_words, when
from ..vocabularies.labels import say
from ..vocabularies.patterns import Pattern
from . import own_words, phrases
from .facts import Facts
from .figures import (
    CLAUSE,
    HAN,
    JOINS,
    MASS_WORK,
    SCOPE,
    first_usable,
    is_actual,
    is_from,
    is_rate,
    key_of,
    last_name,
    linked,
    same_sentence,
    usable,
)
from .lines import Line

#: how many characters the words for the cases of a rate have in a title
_SHORTEST, _OF_WHAT = 2, 24
#: how long a name is that stands beside a figure within a list, and the words that lead from it there
_NAME = 10
_REACHED = re.compile("(?:达到?了?|为|是|至|在|[超越]过|将?近|约)+$")
#: what tells that a name is one of a list, words that only say that a level was reached, and that
#: one figure is of each in a list
_LISTED = re.compile("、|率[及和]")
_DONE = re.compile("^(?:实现|达到|做到|确保)了?")
_EACH = re.compile("(?:(?:均|都|各)(?:达到?|为|是)*|[两二三四五六七八九十]个)$")
#: how many characters of a rate's name tell what it is a rate of: 化解率
_RATE_NAME = 3
#: the number of an item: (二)申诉类491件
_NUMBER = re.compile(
    r"^[\s—–-]*(?:[(（][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,2}是|\d{1,2}[.．、](?!\d))\s*|^[\s—–-]+"
)
_CELL_ENDS = re.compile(r" *\| *$")
#: the verb and the noun of a clause that lost a word
_VERB_NOUN = re.compile(r"^(?:成功|有效|及时)?([\u4e00-\u9fff]{2})了?.*的([\u4e00-\u9fff]{2,4})$")
_MEAN = re.compile("(?:日|月|周|人|户)均|平均")
_EXPECTED = Pattern("scope", "{foreseen}")


def line_name(facts: Facts, line: Line) -> str:
    """What a line is called: by its indicator's name, or by the report's own words where that name is not
    all that they say. The channel, activity or court whose figure alone it is stands before it.
    """
    name = str(indicator_label(line.indicator, "zh"))
    if own := own_words.apart(facts, line, name) or own_words.other_name(facts, line):
        torn = own_words.TORN.search(own) is not None
        told = _VERB_NOUN.sub(r"\1\2", own) if torn else own_words.trimmed(own) or own
        if told != name:
            name = facts.say("torn" if torn else "own_words", what=told)
    return with_whose(facts, first_usable(line.levels or line.changes), name)


def with_whose(facts: Facts, row: Row, name: str) -> str:
    """A name behind the channel, activity or court whose figure alone it is."""
    whose = own_words.whose(facts, row, name)
    # 12345热线 and 热线受理 is 12345热线受理
    name = name[_SHORTEST:] if whose and name[:_SHORTEST] in whose else name
    return facts.say("whose", whose=whose, what=name) if whose else name


def words(facts: Facts, row: Row) -> str:
    """What a figure is of within a sentence."""
    return own_words.subject(facts, row)


def quoted(facts: Facts, row: Row) -> str:
    """The same as a quotation."""
    told = own_words.subject(facts, row).rstrip(JOINS)
    return f"“{told}”" if told else ""


def cases_name(facts: Facts, row: Row) -> str:
    """What the cases of a rate are."""
    return quoted(facts, row)


def rate_name(facts: Facts, row: Row) -> str:
    """What a rate without a settled name is called."""
    return facts.say("own_words", what=last_name(row).rstrip(JOINS))


def moved_name(facts: Facts, row: Row, marks: bool = False) -> str:
    """What a change is of, with marks as a quotation."""
    what = own_words.moving(facts, row)
    if marks:
        return with_whose(facts, row, f"“{what}”")
    return with_whose(facts, row, what or str(say("families", str(row["family"]), "zh")))


def level_name(facts: Facts, line: Line) -> str:
    """What a level is of: its indicator's name, or the report's own words where that name ends in the
    measure word of the figure (来访批次, 30批次).
    """
    row, name = first_usable(line.levels), line_name(facts, line)
    own = SCOPE.sub("", CLAUSE.split(own_words.subject(facts, row))[-1])
    short = _SHORTEST <= len(own) <= _NAME and bool(HAN.search(own))
    told_twice = len(row["unit"]) > 1 and name.endswith(row["unit"])
    return with_whose(facts, row, own) if told_twice and short else name


def rate_of_cases(facts: Facts, what: str, figure: str, row: Row, counts: Sequence[Row]) -> str:
    """A rate behind the cases that it is of; empty where the report has no short words for them."""
    of = own_words.subject(facts, counts[1]) if len(counts) == 2 else ""
    if not _SHORTEST <= len(of) <= _OF_WHAT or not usable(counts[1]):
        return ""
    # of which channel they are stands before the cases
    what = what.removeprefix(str(row.get(WHOSE) or ""))
    below = phrases.figure(facts, counts[1], plain=True)
    of = with_whose(facts, row, of)
    return facts.say("title_rate_of", of=of, below=below, what=what, figure=figure)


def clause(facts: Facts, one: Whole, plain: bool = False) -> str:
    """A clause in the words of the report, which need not name the place again; each figure leads to its
    sentence.
    """
    # the line between the cells of a row is no word
    told = "".join(
        _CELL_ENDS.sub("", text) if at is None
        else text if plain
        else linked(text or "…", facts.rows[at], facts.names)
        for text, at in one.pieces
    )  # fmt: skip
    rows = [facts.rows[at] for at in one.figures]
    told = subject_words(_NUMBER.sub("", told), facts.home)
    if not rows:
        return told
    told = named_for(told, str(rows[0].get(BODY) or ""))
    # 预计完成9亿元、增长8%: the clause that is told alone has lost its word
    if any(row.get(FORESEEN) for row in rows) and not _EXPECTED.search(told):
        told = facts.say("foreseen", said=told)
    if of := own_words.clause_of_what(facts, one):
        # 修路7公里 of a table of plans stands apart from how far it is
        return facts.say("of_what", of=of + "：" * bool(re.search(r"\d", of)), told=told)
    # 受理66件 below the heading 市民热线
    whose = own_words.whose(facts, rows[0], told) if rows[0]["family"] in MASS_WORK else ""
    return told + facts.say("aside", said=whose) if whose else told


def length(one: Whole, told: str) -> int:
    """How long a clause is as it is told."""
    return len(told)


def nameless(facts: Facts, rows: Sequence[Row]) -> bool:
    """Whether nothing tells what figures are: the words of the report always do."""
    return False


def change_in_clause(facts: Facts, row: Row, plain: bool = False) -> str:
    """A change in its clause, with the one before, where its own words do not say of what it is (较上月
    增长13%); empty where they do.
    """
    what = own_words.moving(facts, row)
    if len(HAN.findall(what)) > 1 and not own_words.BARE.fullmatch(what):
        return ""
    at = facts.positions[key_of(row)]
    found = clauses(facts.claims, [at])
    told = clause(facts, found[0], plain) if found else ""
    # 日均101件,较上周下降2%: of what it is, the figure before says
    first = facts.sentence_at(row)[0]
    if _MEAN.match(told.strip("“")) and first < at - 1:
        head = clause(facts, clauses(facts.claims, [first])[0], plain)
        told = told.removesuffix(facts.say("aside", said=row.get(WHOSE)))
        return facts.say("clause_comma").join([head, told])
    return told


def in_own_words(facts: Facts, rows: Sequence[Row]) -> str:
    """Figures of one unit and unlike value in their clauses, where each has words of its own; empty
    where they need none.
    """
    values = {(row["unit"], row["text"]) for row in rows}
    told_apart = len({unit for unit, _ in values}) < len(values)
    if not told_apart or any(row["corrected"] for row in rows):
        return ""
    found = clauses(facts.claims, [facts.positions[key_of(row)] for row in rows])
    if len({one.between for one in found}) < len(found) or len(found) < 2:
        return ""
    return facts.say("semicolon").join(clause(facts, one) for one in found)


def from_to(facts: Facts, row: Row, told: str) -> str:
    """A figure behind the one that it rose or fell from: 由9件减至8件."""
    at = facts.positions.get(key_of(row), 0)
    last = facts.rows[at - 1] if at else row
    if not is_from(last) or not same_sentence(last, row):
        return told
    before = phrases.figure(facts, last)
    return facts.say("from_to", last=before, way=last["after"], figure=told)


def named_rate(facts: Facts, row: Row) -> str:
    """A rate behind the last words of its report that name it, where these are short enough, else in
    its clause; of when it is, where the figures of the place are of several years.
    """
    last = re.split("[,，；;]", own_words.subject(facts, row))[-1]
    name, figure = _REACHED.sub("", SCOPE.sub("", last)), phrases.figure(facts, row)
    # of a list the last part alone would be another thing, and of several figures of one name none has it
    namesakes = [
        one for one in facts.bare_rates[1]
        if same_sentence(one, row) and last_name(one) == last_name(row)
    ]  # fmt: skip
    short = len(HAN.findall(name)) > 1 and len(name) <= _NAME and not _LISTED.search(name)
    if not short or len(namesakes) > 1:
        return _rate_in_clause(facts, row) or figure
    name = with_whose(facts, row, name.strip(" |"))
    period = facts.time_of([row])
    years = {row["period"][:4] for row in facts.own_rows if is_actual(row) and row["period"]}
    if len(years) > 1 and period and "x" not in period:
        time = when(period, "zh")
        name = name if name.startswith(time) else time + name
    return facts.say("by_words", what=name, figure=figure)


def _rate_in_clause(facts: Facts, row: Row) -> str:
    """A rate in its clause, with the others there; of one rate among several things the last of them and
    what it is a rate of (与孤儿、信访对象对话率: 与信访对象等对话率).
    """
    same = [at for at in facts.sentence_at(row) if is_rate(facts.rows[at])]
    mine = facts.positions[key_of(row)]
    one = next((one for one in clauses(facts.claims, same) if mine in one.figures), None)
    # a row of a table is no clause
    if one is None or whole(facts.claims, [mine])[0].of_table or one.pieces[0][1] is not None:
        return ""
    (ahead, _), *rest = one.pieces
    ahead = _DONE.sub("", SCOPE.sub("", subject_words(ahead, facts.home)))
    ahead = _EACH.sub("均为", ahead) if len(one.figures) == 1 else ahead
    *others, last = re.split("[、及和]", _REACHED.sub("", ahead))
    kind = last[-_RATE_NAME:]
    if others and kind.endswith("率") and kind != last and "率" not in "".join(others):
        name = f"{'与' * ('与' in others[0])}{last[:-_RATE_NAME]}等{kind}"
        return facts.say("by_words", what=name, figure=phrases.figure(facts, row))
    return clause(facts, Whole(((ahead, None), *rest))) if HAN.search(ahead) else ""


def goal_name(facts: Facts, row: Row, name: str) -> str:
    """What a target aims at."""
    return with_whose(facts, row, name) if name else ""


def holds(facts: Facts) -> str:
    """What a page holds of which nothing can be told: the words of the report always can."""
    return ""
