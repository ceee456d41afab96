"""What a report itself calls a figure, in its own words, and whether these stand alone."""

import re

from ..charts.written import indicator_label
from ..comparison.indicators import Row
from ..comparison.scope import WHOSE, above, alike, is_bare
from ..comparison.sentences import Whole, in_clauses, whole
from ..comparison.wholes import whole_of
from ..comparison.wording import subject_words
from ..extraction.deeds import deeds
from ..vocabularies.patterns import Pattern
from .facts import Facts
from .figures import (
    CLAUSE,
    JOINS,
    MASS_WORK,
    SCOPE,
    bare_name,
    first_usable,
    is_rate,
    key_of,
    last_name,
    own_rate,
    said,
    unit_of,
    usable,
)
from .goals import is_completion
from .lines import Line

#: lines between the cells of a row that is no pair of a name and a figure
_CELLS = 3
#: a clause that is no more than the name of a rate, and words that tell a part as one
_BARE_RATE = re.compile("[^,，。;；]{0,5}率[达到为是]*[了]?(?:[(（][^()（）]*[)）])?")
_OF_WHOLE = re.compile("其中|占")
_SUBORDINATE = re.compile("的(?:基础上|同时|前提下|情况下)$")
#: words that have lost what they speak of
TORN = re.compile("(?:引发|导致|造成|发生|出现)[起件宗例](?!数)")
#: words that say how something is counted, and not what
BARE = re.compile("(?:批次|人次|件次|件数|宗数|起数|人数|户数|总量|数量|总数|其中)*")
_ORDINAL = re.compile("^届|^.?[一二三四五六七八九十]+期$")
_SHARE = re.compile("[率度占比增长升降减超完成达]|为|满意|同意")
_LIMIT = re.compile("(?:及?以[上下])")
_JOINED = re.compile("(?:完成|实现|达到?|为|是|共)+$")
#: what makes a rate one of less than all
NARROW = Pattern("story", "{narrow_rates}")
#: what makes petitions, visits or cases one kind of them
KIND = Pattern("story", "{kinds}")
#: what may stand in a name, and measure words in the names of indicators
_MARKS = re.compile("^[^一-龥A-Za-z0-9“《（(]+")
_NAME = re.compile("[一-龥A-Z“”]{2,14}")
_MEASURE = re.compile("批次|人次|件次|件数|户数|人数")
_GENERIC = Pattern("own_words", "{generic}")
_OF_ONE = re.compile("城镇|农村")
_LEADS = Pattern("own_words", "^(?:{leads})+")
_ENDS = Pattern("own_words", "(?:{ends}|{goals.ends})+$")
_NO_NAME = Pattern("own_words", "{torn}")
_MOVED = Pattern("story", "(?:{moved})")


def subject(facts: Facts, row: Row) -> str:
    """The words for what a figure is of, without the place."""
    return subject_words(str(row["subject"] or ""), facts.home)


def moving(facts: Facts, row: Row) -> str:
    """The words for what a change is of, without those that only say which way it went."""
    what = _MOVED.sub("", subject(facts, row)).strip(" ,，、")
    return CLAUSE.split(what)[-1] if BARE.fullmatch(CLAUSE.split(what)[0]) else what


def whose(facts: Facts, row: Row, name: str) -> str:
    """Of which channel, activity or court alone a figure is, unless its name says so."""
    own = str(row.get(WHOSE) or "")
    return "" if own[-2:] in name or own in facts.place else own


def of_line(facts: Facts, line: Line, label: str) -> str:
    """The report's own words for a line, where its indicator's name is not all that they say: where they
    name other deeds than that, or less than that: who deals with petitions need not have received them
    all, and what is resolved in time is not all that is resolved.
    """
    row = first_usable(line.levels or line.changes)
    if not line.levels:
        # the name of what moved, as of a sum
        return own_rate(row | {"kind": "money"}, label)
    own = str(row["subject"] or "")
    if limit := _limit_before(facts, row):
        return limit + _JOINED.sub("", own)
    last = last_name(row)
    if is_rate(row) and NARROW.search(last) and not NARROW.search(label):
        return SCOPE.sub("", last.strip(" |.●").rstrip(JOINS))
    if named := own_rate(row, label):
        return named
    meant, done = deeds(str(indicator_label(line.indicator, "zh"))), deeds(own)
    own = _MARKS.sub("", own)
    # 初次信访办结 is not all that was resolved
    kind = any(one[0] not in label for one in KIND.finditer(own))
    if not kind and (not meant or not done or done == meant):
        return ""
    return SCOPE.sub("", subject_words(own, facts.home)) or own


def apart(facts: Facts, line: Line, label: str) -> str:
    """The same, but for words of two lines of which the indicator says which it is: 城乡居民收入分别增长7%、8%."""
    own = of_line(facts, line, label)
    return "" if _of_both(own, label) else own


def _of_both(own: str, label: str) -> bool:
    """Whether words are of town and country, and a label is of one of them."""
    return "城乡" in own and _OF_ONE.match(label) is not None


def other_name(facts: Facts, line: Line) -> str:
    """The report's own name for a line where that of its indicator says another thing, a measure that its
    sentence has not (来访批次 of 来访量), or less than it (失业率 of 城镇登记失业率); empty where the two
    say the same, where its words are no name, and where its figures have several.
    """
    rows = [row for row in line.levels or line.changes if usable(row)]
    names = {_other_name(facts, row, line.indicator) for row in rows}
    name = names.pop() if len(names) == 1 else ""
    return "" if _of_both(name, str(indicator_label(line.indicator, "zh"))) else name


def _other_name(facts: Facts, row: Row, indicator: str) -> str:
    """The same for one figure."""
    label = str(indicator_label(indicator, "zh"))
    own = moving(facts, row) if row["kind"] == "change" else last_name(row)
    own = subject_words(own.split("·")[-1], facts.home)
    own = trimmed(SCOPE.sub("", own.strip(" |.●")))
    if not _NAME.fullmatch(own) or _NO_NAME.search(own):
        return ""
    core = _GENERIC.sub("", own)
    unsaid = any(one[0] not in own + str(row["unit"]) for one in _MEASURE.findall(label))
    # what is left to its heading or row is no other name
    return own if {*core} - {*label} or (unsaid and core) else ""


def trimmed(name: str) -> str:
    """A name without the words that lead to it, and from it to its figure: 预计失业率控制(在3%).

    >>> trimmed("城镇登记失业率控制"), trimmed("特别是社会消费品零售总额实现")
    ('城镇登记失业率', '社会消费品零售总额')
    """
    return _ENDS.sub("", _LEADS.sub("", name))


def _limit_before(facts: Facts, row: Row) -> str:
    """The limit that the words of a figure begin with: 500万元以上固定资产投资."""
    if not _LIMIT.match(str(row["subject"])):
        return ""
    limits = [
        one for one in facts.sentence(row)
        if one["role"] == "threshold" and one["start"] < row["start"]
    ]  # fmt: skip
    return str(limits[-1]["text"]) if limits else ""


def of_what(facts: Facts, row: Row, one: Whole) -> str:
    """Of what the figures of a clause are, the first of which is given, that leaves this to its row, to
    the head of its list, to its heading or to the clause before; empty for one that says it, or where
    these do not.
    """
    words = one.between
    head, cell = facts.head(row)
    told = above(words, head, str(row.get("heading") or ""), cell)
    at = facts.positions[key_of(row)]
    parts = in_clauses(whole(facts.claims, [at])[0]) if told and not cell else []
    mine = next((n for n, part in enumerate(parts) if at in part.figures), 0)
    before = parts[mine - 1].words if mine else ""
    # 农村低保重新核定,调出9户 below 城乡低保
    nearer = before and not re.search(r"\d", before) and not is_bare(before)
    return before if nearer and alike(told, before) else told


def clause_of_what(facts: Facts, one: Whole) -> str:
    """The same for a clause of this place."""
    return of_what(facts, facts.rows[one.figures[0]], one) if one.figures else ""


def loses(facts: Facts, one: Whole) -> bool:
    """Whether a clause, told alone, says no more of what its figure is, or is none (在完成9户的基础上), or
    lacks a word that its page lost (引发件的隐患):
    a rate by its bare name behind another figure of its sentence, a part without the word for it,
    one of two sums of one name.
    """
    words = one.between
    # several cells of a row that no head names are no clause
    if _SUBORDINATE.search(words) or TORN.search(words) or words.count("|") > 1:
        return True
    first = facts.rows[one.figures[0]]
    # 项目二期 and 三届六次会议 count nothing, and of what 生产总值6.8% is a share or a growth nobody knows
    if _ORDINAL.search(f"{str(first['before'])[-1:]}{first['text']}"):
        return True
    if first["kind"] == "rate" and first["unit"] == "%" and not _SHARE.search(words):
        return True
    title = str(facts.titles.get(key_of(first)[:2], ""))
    # 完成情况(一至七项) counts nothing
    if not re.search(r"\d", str(first["text"])) and _told_alike(one.words, title):
        return True
    mass = first["family"] in MASS_WORK
    if not mass and is_bare(words) and not clause_of_what(facts, one):
        return True
    return any(_row_loses(facts, facts.rows[at], words) for at in one.figures)


def _row_loses(facts: Facts, row: Row, words: str) -> bool:
    """The same for one figure of a clause."""
    bare = is_rate(row) and _BARE_RATE.fullmatch(words) and row["before"][:1] in ",，、;；"
    namesakes = facts.namesakes.get((last_name(row), row["period"]), ())
    if bare and (key_of(row) in facts.rates or len(namesakes) > 1):
        return True
    if row["role"] == "part" and not _OF_WHOLE.search(words):
        return True
    # 完成率 without what was to be completed
    if is_completion(row) and is_completion({"subject": words}):
        return True
    rivals = facts.sums.get((bare_name(row), unit_of(row), row["period"]), [])
    # 村工作室解决173件 and 站解决51件 say whose they are
    alone = SCOPE.sub("", words) == bare_name(row) and len({said(rival) for rival in rivals}) > 1
    return alone and whole_of(rivals) is not rivals[0]


def own_cell(one: Whole) -> Whole:
    """Of a row whose cells no head names the one that says of what its figure is; any other clause as it
    stands.

    >>> own_cell(Whole((("3 | 大修公路", None), ("7公里", 0), (" | ", None), ("90%", 1), (" | 交通局", None)))).words
    '大修公路7公里'
    """
    if one.words.count("|") < _CELLS:
        return one
    cells: list[list[tuple[str, int | None]]] = [[]]
    for text, at in one.pieces:
        first, *rest = [text] if at is not None else text.split("|")
        cells[-1].append((first.strip() if at is None else first, at))
        cells += [[(cell.strip(), None)] for cell in rest]
    told = [[piece for piece in cell if piece[0]] for cell in cells]
    named = [cell for cell in told if any(at is not None for _, at in cell)]
    named = [cell for cell in named if not is_bare("".join(text for text, _ in cell))]
    return Whole(tuple(named[0])) if named else one


def _told_alike(words: str, title: str) -> bool:
    """Whether words are those of a title and no more."""
    return bool(title) and re.sub(r"\W", "", words) == re.sub(r"\W", "", title)
