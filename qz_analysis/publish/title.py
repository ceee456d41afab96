"""The title of a place's page: place, time and one finding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..comparison.indicators import Row
from ..comparison.wording import capital, title_words, when, word
from ..vocabularies.patterns import Pattern
from . import phrases
from .choice import (
    Change,
    News,
    Rate,
    aims,
    news,
    product,
    telling_clauses,
    total_beside,
    twin,
    unnamed_rate,
)
from .facts import Facts
from .figures import (
    HAN,
    JOINS,
    MASS_WORK,
    first_usable,
    is_full,
    is_total,
    key_of,
    last_name,
    within,
)
from .goals import goals, missed_words
from .lead import figures_of, moved_line_name, told_aims, told_total
from .lines import Line
from .voices import voice

#: spans of years up to a report, told without a year, and other words of time that need one
_SPAN = re.compile("近[几一二两三四五六七八九十]年")
_RELATIVE = Pattern("story", "(?<![比较与和同])(?:{relative})")
_PRAISE = Pattern("story", "{praise}")
#: families whose change says little without what it came to
_VALUED = frozenset({"economy", "funds"})
#: how many targets with results are what a page is about
_GOALS = 3
#: how many characters the places above one have in a title, and a body's name, and a part of a year
_WIDER, _BODY = 8, 10
_PART = re.compile("^(?:[上下]半年|[一二三四]季度|(?:1[0-2]|[1-9])月份?)")
#: how many characters a title of a report has, and what is none: 某网6月9日电, 首页 > 新闻
_TITLE = 5
#: a name of a place that stands without its kind, too, is longer
_SHORT = 2
_NO_TITLE = re.compile("[>＞|｜]|[日网社][电讯]$|文件$")
_YEAR = re.compile(r"(?:19|20)\d\d|20xx")
_OF_ALL = Pattern("wholes", "{all}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in words, and the figures whose time it has."""

    words: str
    rows: Sequence[Row] = ()
    #: whether it tells of a check that fails
    contradicts: bool = False


def title_of(facts: Facts) -> str:
    """Place, time and finding in a few words; the place alone where nothing is found."""
    found = _finding(facts, news(facts))
    failing = {key_of(row) for rows in facts.contradictions for row in rows}
    if found is None:
        return _by_report(facts) or word("headings", "title", facts.lang, place=facts.place)
    words = found.words
    if any(key_of(row) in failing for row in found.rows) and not found.contradicts:
        words = facts.say("title_failing", finding=words)
    # how well something was done is the report's own opinion; what it quotes is a name
    pieces = re.split("([“《][^”》]*[”》])", words)
    words = "".join(text if n % 2 else _PRAISE.sub("", text) for n, text in enumerate(pieces))
    told = {"place": facts.place, "finding": capital(words, facts.lang)}
    period = facts.time_of(found.rows) if found.rows else ""
    key = "title_masked" if "x" in period else "title_dated"
    if not period and found.rows:
        ahead = facts.ahead(found.rows[0])
        if (spans := _SPAN.findall(ahead)) and facts.lang == "zh":
            return facts.say("title_dated", when=spans[-1], **told)
        relative = [found[0] for found in _RELATIVE.finditer(ahead)]
        if relative and not facts.told_in:
            time = facts.say("time_said", said=relative[-1])
            return facts.say("title_masked", when=time, **told)
    if not period and facts.told_in:
        # the figure itself has no period: the title says of when the report is
        period = facts.report_time()
        key = "title_masked" if "x" in period else "title_reported"
    return _dated(facts, key, period, told)


def told_rows(facts: Facts) -> Sequence[Row]:
    """The figures that the title tells."""
    found = _finding(facts, news(facts))
    return found.rows if found else ()


def _dated(facts: Facts, key: str, period: str, told: dict[str, str]) -> str:
    """Place, time and what is told."""
    time = when(period, facts.lang)
    said = facts.say(key if time else "title_undated", when=time, **told)
    # of a masked place and a masked year one pair of brackets says enough
    ahead, mark, behind = said.partition(facts.say("colon"))
    return ahead.replace("）（", "，").replace(") (", ", ") + mark + behind


def _finding(facts: Facts, known: News) -> Finding | None:
    """What the title tells: the first of what there is."""
    change, rate = known.change, known.rate
    # of one court all that it took in comes before one kind of it
    if total := known.total or (change and total_beside(facts, change.row)):
        return Finding(told_total(facts, total, plain=True), [total.row])
    if change and (line := product(known.told, change)):
        return Finding(_of_line(facts, line, voice(facts).line_name(facts, line)), line.claims)
    if change:
        return _change(facts, known, change)
    if known.loose:
        row = known.loose.row
        clause = voice(facts).change_in_clause(facts, row, plain=True)
        words = clause or _moved(facts, voice(facts).moved_name(facts, row), row)
        return Finding(words, [row])
    if rate and rate.line:
        return Finding(_rate(facts, rate, rate.line), rate.line.claims)
    if found := _other(facts, known):
        return found
    # what the report calls itself says more than any one of its clauses
    if own_title(facts)[1]:
        return None
    if told := _clause(facts):
        return told
    if holds := voice(facts).holds(facts):
        return Finding(holds)
    if found_ := aims(facts):
        words = facts.say("title_aims", told=told_aims(facts, found_, plain=True))
        return Finding(words, [facts.rows[found_[0].figures[0]]])
    return None


def _change(facts: Facts, known: News, change: Change) -> Finding:
    """The main change; of batches and persons neither is told without the other."""
    row, line = change.row, change.line
    assert line is not None
    name = moved_line_name(facts, line, row)
    name += phrases.aside(facts, first_usable(line.levels)) if line.levels else ""
    if also := twin(known.told, line):
        other = _moved(facts, moved_line_name(facts, *also), also[1])
        words = facts.say("title_both", finding=_moved(facts, name, row), other=other)
    else:
        words = _moved(facts, name, row, line if row["family"] in _VALUED else None)
    return Finding(words, line.claims)


def _moved(facts: Facts, what: str, row: Row, line: Line | None = None) -> str:
    """What moved, to which level of its line where that is told, against when and by how much."""
    told = {"how": phrases.how(facts, row, plain=True), "against": phrases.against(facts, row)}
    if line and line.has_level:
        level = figures_of(facts, line, plain=True)
        return facts.say("title_moved_to", what=what, level=level, **told)
    return facts.say("title_moved", what=what, **told)


def _rate(facts: Facts, rate: Rate, line: Line) -> str:
    """A rate with the cases that it is of, in the report's words, where these are short enough."""
    what, figure = _name(facts, line), phrases.figure(facts, rate.row, plain=True)
    counts = rate.counts
    if not counts and (count := facts.count_beside(rate.row)):
        counts = count, count
    of = voice(facts).rate_of_cases(facts, what, figure, rate.row, counts)
    return of or facts.say("title_rate", what=what, figure=figure)


def _other(facts: Facts, known: News) -> Finding | None:
    """What a title tells where nothing moved and no rate of what was resolved is stated: a check
    that fails, that most is masked, targets with results, or the first named indicator.
    """
    speaks = voice(facts)
    if facts.contradictions:
        rows = facts.contradictions[0]
        figure, other = (phrases.figure(facts, row, plain=True) for row in rows[:2])
        key = "title_bad" if len(rows) < 4 else "title_bad_sum"
        words, what = facts.say(key, figure=figure, other=other), speaks.words(facts, rows[0])
        words = facts.say("by_words", what=what, figure=words) if what else words
        return Finding(words, rows[:1], contradicts=True)
    if lost := facts.mostly_lost:
        figures = facts.noun("figures", len(facts.claims))
        every = "_one" if len(facts.claims) == 1 else "_all" * (lost == len(facts.claims))
        return Finding(facts.say("title_lost" + every, n=lost, figures=figures))
    if len(aimed := goals(facts)) >= _GOALS:
        missed = sum(not goal.reached for goal in aimed)
        key = "title_goals_missed" if missed else "title_goals_reached"
        every = "_all" * (missed == len(aimed))
        words = facts.say(key + every, n=len(aimed), missed=missed, not_=missed_words(facts, aimed))
        return Finding(words, [aimed[0].result])
    rate = unnamed_rate(facts)
    rate = rate if rate and rate.row["stage"] == "resolved" else None
    if rate and facts.lang == "zh" and (count := facts.count_beside(rate.row)):
        name = last_name(rate.row).rstrip(JOINS)
        if found := _of_cases(facts, rate.row, name, (count, count)):
            return found
    named = own_title(facts)[1]
    for line in sorted(known.told, key=lambda line: not any(map(is_total, line.levels))):
        row = first_usable(line.claims)
        # of what is no mass work the report's own title says more than its first figure
        if line.has_level and (row["family"] in MASS_WORK or not named) and not is_full(row):
            words = _of_line(facts, line, speaks.level_name(facts, line))
            return Finding(words, line.claims)
    if rate:
        name = speaks.rate_name(facts, rate.row)
        if found := _of_cases(facts, rate.row, name, rate.counts):
            return found
    return None


def _clause(facts: Facts) -> Finding | None:
    """The first clause that can be told by itself."""
    for one in telling_clauses(facts):
        rows = [facts.rows[at] for at in one.figures]
        if all(map(facts.stands, rows)) or _OF_ALL.search(one.between):
            row = next((row for row in rows if row["kind"] == "change"), rows[0])
            return Finding(voice(facts).clause(facts, one, plain=True), [row])
    return None


def own_title(facts: Facts) -> tuple[str, str]:
    """What the one report calls itself, behind its place or the body of the place that it begins with
    (甲县民政局：…); empty in English, for a line of a newspaper or a path through a site, where no more than
    the place's name is left, and where there are several reports.
    """
    titles = {str(facts.titles.get(key_of(row)[:2], "")) for row in facts.rows}
    title = title_words(titles.pop()) if len(titles) == 1 and facts.lang == "zh" else ""
    if _NO_TITLE.search(title):
        return facts.place, ""
    wider, own, rest = title.partition(facts.place)
    if own and len(wider) <= _WIDER:
        rest = rest.lstrip("：")
    else:
        # 海门2020年农村改厕工作 of 海门区
        short = facts.place[:-1] if len(facts.place) > _SHORT else facts.place
        rest = title.removeprefix(short).lstrip("：")
    body, mark, about = rest.partition("：")
    if mark and title.startswith(facts.place) and len(body) <= _BODY:
        place, rest = facts.place + body, about
    else:
        place, rest = facts.place, f"《{rest}》" if mark else rest
    return place, rest if len(HAN.findall(rest)) >= _TITLE else ""


def _by_report(facts: Facts) -> str:
    """What the one report calls itself, with its time where it does not say that."""
    place, own = own_title(facts)
    if not own:
        return ""
    period = "" if _YEAR.search(own) else facts.told_in
    if not period and place + own in map(title_words, map(str, facts.titles.values())):
        # 甲县2021年工作总结 is a title as it stands
        return place + own
    own = _PART.sub("", own) if period else own
    key = "title_masked" if "x" in period else "title_dated"
    return _dated(facts, key, period, {"place": place, "finding": own})


def _of_cases(facts: Facts, row: Row, name: str, counts: Sequence[Row]) -> Finding | None:
    """A rate without a settled name, where its cases can be named."""
    figure = phrases.figure(facts, row, plain=True)
    words = voice(facts).rate_of_cases(facts, name, figure, row, counts)
    return Finding(words, [row]) if words else None


def _of_line(facts: Facts, line: Line, name: str) -> str:
    """A named indicator with its level."""
    what, figure = within(name, facts.lang), figures_of(facts, line, plain=True)
    return facts.say("title_rate", what=what, figure=figure)


def _name(facts: Facts, line: Line) -> str:
    """The indicator's name within a sentence."""
    return within(voice(facts).line_name(facts, line), facts.lang)
