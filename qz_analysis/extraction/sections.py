"""The sections of a report: their headings, and which parts set out work that is still to be done.

A part begins at a heading, numbered in any style or not at all, or at a sentence that opens it
(今年工作的总体要求是); a page may have lost its line ends, or print them as letters (`\\r\\n`).
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from .heads import is_furniture
from .quantities import inside
from .table_heads import RESULT_HEAD, is_aim_head

# a heading stands on a line of its own, or at its head before a full stop; where line ends are lost
# a mark stands behind a full stop, and only its words can tell the heading from what follows
_HEADING = re.compile(
    # most characters are told at once to begin none
    r"(?m)(?:(?<![^\n。;!])|(?=\\))(?:^|(?P<inline>\\[rn]|(?<=[。;!])[ ]*(?=[一二三四五六七八九]、)))[ #*▌■◆▲★◎●]*"
    r"(?P<mark>[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}[部章节][分]?[、: ]?|\d{1,2}[.、](?!\d)|\#+ )?"
    r"(?P<words>[^\n\\。;]{2,48})(?P<cut>(?=[。\n\\]|\Z))?"
)
#: the mark at the head of a line that opens a section, whatever follows
MARK = re.compile(
    r"(?m)^[ #*]*(?P<mark>[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}[部章节]分?[、: ]?|\d{1,2}[.、](?!\d)|[(]\d{1,2}[)])"
)
_PLAN = Pattern("sections", "{plans}")
_DONE = Pattern("sections", "{accounts}")
_PLAN_TITLE = Pattern("sections", "{plan_titles}")
_NO_PLAN_TITLE = Pattern("sections", "{no_plan_titles}")
# how far targets are reached, which no plan tells
_REACHED = re.compile(
    "完成[率值数量]|已完成|实际完成|累计完成|[值数]为[\\d,.]+[^,。;\\d]{0,4},(?:实际)?完成|完成(?:情况|进度)"
)
_YEAR_WORKS = Pattern("sections", r"(?P<year>(?:19|20)\d\d)年{year_works}$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# the years that plans are for: 2025年打算, 三年行动方案(2024-2026年)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年?[-—至到]+(?:19|20)\d\d)?年")
_OPENING = Pattern(
    "sections",
    r"{times}[^\n。,;:]{0,18}(?:{aims}[^\n。,;:\d]{0,4}(?:{is}|[:,])|{stresses})",
)
_NOT_OPENING = Pattern("sections", r"{reached}[^。\n]{0,6}$")
_NOTES = Pattern("sections", r"(?m)^[ #*]*{notes}[ :]*$")
_NOTE = re.compile(r"(?m)^ *[\[(]?\d{1,2}[\])]?[.、]? *“[^\n”]{2,30}”:")
#: what a title says of plans that were carried out, beside those that are to come
CARRIED_OUT = Pattern("sections", "{carried_out}")
_MET = Pattern("sections", "^{reached}")
_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}是")
_AHEAD = Pattern("sections", r"[\n。;!][ #*]*{ahead}[^\n。]{0,12}?[,:]")
_AHEAD_AIMED = Pattern("sections", r"[\n。;!][ #*]*{ahead_aimed}")
_LISTED = Pattern(
    "sections",
    # most clauses end before a colon
    r"[\n。;!,?？](?=[^\n。;!,:]*+:)(?P<lead>[^\n。;!,:]{0,18}?){lists_aims}(?:是|为|如下)?:"
    r"(?P<list>\n)?",
)
_ACCOUNTED = Pattern("sections", r"{reached}|{accounts}|情况")
_LEADS_TO = Pattern("sections", r"{lists_done_next}[。:]\n")
_TOLD = Pattern("sections", r"(?m)^[ #*]*{done_lines}:[^\n]*")
_PROGRESS = Pattern("sections", "{progress}")
#: a heading of aims alone, of no year to come
_OF_AIMS = re.compile("[^0-9明来下]{0,8}(?:目标|指标|任务){1,2}")
_ITEM_LINE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、](?!\d)|[①-⑳㈠-㈩㊀-㊉—◆●■★□○◎▲※·-]+)[^\n]*"
)
# a short line with a figure and no full stop: 新建调解室42个
_PLAIN_LINE = re.compile(r"\n?[^\n。:|]{2,24}\d[^\n。:|]{0,12}[;,]?(?=\n)")
# a row of cells, as pages print it that name what is to be done beside how far it is
_ROW = re.compile(r"(?m)^[^\n|]*\|[^\n]*$")
# a line between two items of one list
_WITHIN = re.compile(r"\n(?:[^\n|]*\|[^\n]*|[^\n]{1,120}(?=\n\d{1,2}[.、](?!\d)))")
_TABLE_LINE = re.compile(r"\n?[^\n|]*\|[^\n]*")
# what heads some rows of a table: 一、就业促进行动(共6项)
_BETWEEN = re.compile(r"(?:[一二三四五六七八九十]{1,3}、[^\n。;:|]{2,24})?")
_CELL = re.compile(r"[^|\n]+")
# the head of a column of aims that stands beside no results: 指标 | 预期目标
_AIMS_ALONE = Pattern("sections", r"(?:\d{4}年)?(?:{tables.plans}|预期)")
_DIGIT = re.compile(r"\d[^年\d]|\d$")
_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,2}")
# signs of results, and of what is to come, in a stretch whose heading says neither
_RESULTS, _INTENTS = Pattern("sections", "{results}"), Pattern("sections", "{intents}")
_SIGNS = 2
# the signs that a stretch sets out what is to come: what title and opening say counts so much, words of
# intent and bounds one each up to the most; with fewer than enough, or any sign of a result, it is
# told as what is
_OF_TITLE, _OF_OPENING = 2, 1
_MOST, _ENOUGH = 3, 4
_SETS_OUT, _TELLS_OF = Pattern("sections", "{sets_out}"), Pattern("sections", "{tells_of}")
_LEAD, _GONE = Pattern("sections", "{leads_to_plans}"), Pattern("sections", "{gone}")
_BOUND = re.compile(
    r"\d[\d.,]*[万亿]?(?:%|[\u4e00-\u9fff]{1,4}?)(?:以上|左右|以内|以下)"
    r"|(?:不低于|不少于|不高于|控制在|达到)[^\d,。;]{0,3}\d"
)
_ITEMS, _LOWEST = 3, 4  # 2.现状 behind 1.规划 is no plan any more
_OPENS = 300  # characters in which the first sentence of a report ends
# 加快释放改革成效 urges on, and gives no account of what came of it
_URGES = Pattern("sections", "{scope.urged}")
_BOTH = Pattern("sections", r"[\u4e00-\u9fff]{2}[和与及暨](?:{plans})")
_PLANNED_TOO = re.compile("[和及与暨][^。\n]{0,12}(?:计划|安排|打算|建议|草案)")
_LENGTH = 30  # of an unnumbered heading, and of the head of one that has lost its end


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report under one heading; its rank is 0 for the highest."""

    start: int
    end: int
    heading: str
    rank: int
    plan: bool
    account: bool = False
    notes: bool = False
    since: str = ""


class Sections:
    """The sections of a report, by offset.

    >>> text = "一、2019年工作回顾\\n受理3件。\\n二、2020年工作安排\\n确保受理5件。"
    >>> parts = Sections(text, 0, len(text))
    >>> parts.planned(15), parts.planned(len(text) - 3), parts.heading(len(text) - 3)
    (False, True, '2020年工作安排')
    """

    def __init__(self, text: str, start: int, end: int, title: str = "") -> None:
        self.all = _sections(text, start, end)
        #: whether the report's title says that all of it is to come, but for its accounts
        self._planned = is_plan(title) and not _REACHED.search(text, start, end)
        self._since = _since(title) if self._planned else ""
        self._starts = [section.start for section in self.all]
        #: stretches of which the signs in them say that they set out what is to come
        self._weighed = [] if self._planned else _weighed(text, start, end, self.all, title)
        #: whether all of the report is to come by these signs, so that its title's time is that of plans
        self.whole = self._weighed == [(start, end)]
        last = self.all[-1] if self.all else None
        #: where the words explained at the end begin
        self.notes = last.start if last and last.notes else end
        # a work report has both parts: what stands before its plans is its account
        first = next((section.start for section in self.all if section.plan), start)
        self._first_plan = start if self._planned else first
        rows = _aims_beside_results(text[start:end])
        self._aims = [(start + first, start + last) for first, last in rows]
        # what turns to coming work begins behind a line end or a full stop, which the engine finds at once
        page = (text[start - 1] if start else "\n") + text[start:end] + "\n"
        self._lists = _lists_of_aims(page, start)
        self._ahead = sorted([*_ahead(page, start), *self._lists, *self._aims])
        self._turns = [first for first, _ in self._ahead]
        #: how far those reach that began before each of them, and itself
        self._reach = list(itertools.accumulate((last for _, last in self._ahead), max))
        #: lines that tell what was done, between those of aims
        self._told = [m.span() for m in _TOLD.finditer(text, start, end)]

    def planned(self, offset: int) -> bool:
        """Whether an offset lies in the part that sets out coming work, or behind words that turn a
        paragraph to it (下一步,…).
        """
        if inside(self._told, offset):
            return False
        section = self._at(offset)
        if section is not None and section.plan:
            return True
        if self._planned and not self.account(offset):
            return True
        if inside(self._weighed, offset):
            return True
        i = bisect_right(self._turns, offset) - 1
        return i >= 0 and offset < self._reach[i]

    def since(self, offset: int) -> str:
        """The year with which the plans at an offset begin, as their heading or the report's title says."""
        section = self._at(offset)
        return (section.since if section is not None else "") or self._since

    def beside(self, offset: int) -> bool:
        """Whether an offset lies in a cell of what is to be done that stands beside how far it is."""
        return inside(self._aims, offset)

    def listed(self, offset: int) -> bool:
        """Whether an offset lies in a list of aims, which are those of the report's own time."""
        return any(first <= offset < last for first, last in self._lists)

    def titled(self, title: str) -> bool:
        """Whether a report's title says that all of it is to come."""
        first = next((section.heading for section in self.all if section.plan), "")
        return bool(title and first) and (first in title or title in first)

    def account(self, offset: int) -> bool:
        """Whether an offset lies in an account of work done, which plans or a heading set apart."""
        section = self._at(offset)
        return offset < self._first_plan or (section is not None and section.account)

    def heading(self, offset: int) -> str:
        """The words of the heading above an offset, empty before the first."""
        section = self._at(offset)
        return section.heading if section is not None else ""

    def _at(self, offset: int) -> Section | None:
        i = bisect_right(self._starts, offset) - 1
        return self.all[i] if i >= 0 else None


def is_plan(title: str) -> bool:
    """Whether a title is that of a paper which sets out what is to be done.

    >>> is_plan("关于印发唐县2020年目标任务的通知"), is_plan("唐县2020年目标任务完成情况")
    (True, False)
    """
    return bool(_PLAN_TITLE.search(title)) and not _NO_PLAN_TITLE.search(title)


def _ahead(page: str, start: int) -> list[tuple[int, int]]:
    """The stretches from words that turn to coming work to the end of their paragraphs; the page is a report
    behind the character before it, with a line end behind.
    """
    found = []
    for pattern in (_AHEAD, _AHEAD_AIMED):
        for m in pattern.finditer(page, 0, len(page) - 1):
            found.append((start + m.start(), start + page.index("\n", m.end()) - 1))
    return found


def _lists_of_aims(page: str, start: int) -> list[tuple[int, int]]:
    """The stretches of such a page that words lead to which say what is to be done, to the end of the list."""
    found, at = [], 0
    while listed := _LISTED.search(page, at, len(page) - 1):
        m = listed
        at = m.end() - (m["list"] is not None)  # a line end may stand before the next one
        if _ACCOUNTED.search(m["lead"]):
            continue
        until = min(i for i in (page.find("。", m.end()), page.index("\n", m.end())) if i >= 0)
        if m["list"]:  # the lines below that are items
            until = m.end()
            while item := _ITEM_LINE.match(page, until) or _TABLE_LINE.match(page, until):
                until = item.end()
            if until == m.end():  # or the short lines that name them, or the one that names all
                while line := _PLAIN_LINE.match(page, until):
                    until = line.end()
            if until == m.end():
                until = page.index("\n", until)
        if until > m.end():
            found.append((start + m.start() + 1, start + until - 1))
    for m in _LEADS_TO.finditer(page, 0, len(page) - 1):
        until = m.end() - 1
        while item := _ITEM_LINE.match(page, until) or _WITHIN.match(page, until):
            until = item.end()
        found.append((start + m.start(), start + until - 1))
    return found


def _aims_beside_results(text: str) -> Iterator[tuple[int, int]]:
    """The cells that say what is to be done, alone or in rows that also say how far it is: 指标 | 预期目标;
    项目内容 | 进展情况.
    """
    aims: list[int] = []
    width = last = 0
    for line in _ROW.finditer(text):
        if not _BETWEEN.fullmatch(text[last : line.start()].strip()):  # other lines part two tables
            aims = []
        last = line.end()
        cells = [(m.start(), m.end()) for m in _CELL.finditer(text, line.start(), line.end())]
        names = [text[a:b].strip() for a, b in cells]
        results = any(map(RESULT_HEAD.fullmatch, names))
        of_aims = is_aim_head if results else _AIMS_ALONE.fullmatch
        heads = [i for i, name in enumerate(names) if of_aims(name)]
        if len(names) > 1 and heads and (results or not _DIGIT.search(line[0])):
            aims, width = heads, len(cells)
        elif aims and len(cells) == width:
            yield from (cells[i] for i in aims)


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a section begins, and what its heading or opening sentence says of it."""

    start: int
    words: str
    rank: int
    says: str  # `plan`, `account`, `notes`, `opening`, or nothing
    number: int = 0  # of its mark, 0 where it has none


def _sections(text: str, start: int, end: int) -> list[Section]:
    found = _heads(text, start, end)
    sections: list[Section] = []
    plan, account, plan_rank, heading, rank = False, False, _LOWEST, "", 0
    since = ""
    number = plan_number = 0  # of the last heading of the rank of the plan, and of the plan itself
    aside = _LOWEST  # the rank of an account within a plan, which its next sibling goes on with
    for i, head in enumerate(found):
        urged = plan and head.rank > plan_rank and _URGES.match(head.words)
        says = "" if head.says == "account" and urged else head.says
        # one that begins a list anew is of another text
        within = plan and says == "account" and plan_rank < head.rank and head.number > 1
        if says == "opening":
            if not plan:
                plan, account, plan_rank = True, False, max(rank, 1)
                plan_number = number
        else:
            heading, rank = head.words, head.rank
            # 一、 behind the parts that followed a plan: another text begins; right behind its heading
            # 一、 is a part of it
            anew = rank == plan_rank and 0 < head.number <= number and number > plan_number
            number = head.number if rank <= plan_rank else number
            aside = rank if within else _LOWEST if rank <= aside else aside
            if says == "plan":
                since = _since(head.words) or (since if plan else "")
                plan, account, plan_rank = True, False, min(plan_rank, rank)
                plan_number = head.number
            elif (says and not within) or (
                plan and (anew or rank < plan_rank or _ends_plan(text, found, i, end, plan_rank))
            ):
                plan, account, plan_rank = False, says == "account", _LOWEST
        until = found[i + 1].start if i + 1 < len(found) else end
        ahead, told = (False, True) if plan and aside < _LOWEST else (plan, account)
        of_plan = since if ahead else ""
        sections.append(Section(head.start, until, heading, rank, ahead, told, since=of_plan))
        if says == "notes":  # words explained stand at the end, and tell what is
            sections[-1] = Section(head.start, end, heading, rank, plan, account, notes=True)
            break
    return sections


def _ends_plan(text: str, found: list[_Head], i: int, end: int, rank: int) -> bool:
    """Whether a heading of the rank of the plan above it, which itself says nothing, ends that plan: as one
    item beside another, or where the stretch below it tells what was done, by times gone by, ends
    reached and comparisons, and by no word of what is to come.
    """
    if found[i].rank != rank:
        return False
    if rank == _ITEMS:
        return True
    until = next((one.start for one in found[i + 1 :] if one.rank <= rank), end)
    came = sum(1 for _ in _RESULTS.finditer(text, found[i].start, until))
    return came >= _SIGNS and not _INTENTS.search(text, found[i].start, until)


def _weighed(
    text: str, start: int, end: int, sections: list[Section], title: str
) -> list[tuple[int, int]]:
    """The stretches of a report, each below a heading of its highest rank, that no heading or sentence
    calls plans and that the signs in them say are: what title and opening set out, words of intent and
    figures that are bounds, and no sign of a result.
    """
    numbered = [one for one in sections if one.rank]
    highest = min((one.rank for one in numbered), default=0)
    tops = [one for one in numbered if one.rank == highest]
    edges = [start, *(one.start for one in tops), end]
    opening = text[start : min(edges[1], start + _OPENS)]
    if _TELLS_OF.search(title) or (tops and _TELLS_OF.search(opening)):
        return []
    sets_out = _SETS_OUT.search(title) or _SETS_OUT.search(opening)
    given = _OF_TITLE * bool(sets_out) + _OF_OPENING * bool(_LEAD.search(opening))
    found, intents, bounds, told = [], 0, 0, False
    for k, (first, last) in enumerate(itertools.pairwise(edges)):
        inner = [one for one in sections if first <= one.start < last]
        told |= any(one.account for one in inner)
        if any(one.plan or one.account for one in inner):
            continue
        if "\n" not in text[first:last].strip():  # a sentence has words of its own
            told |= bool(_GONE.search(text, first, last))
            continue
        over = (k and _TELLS_OF.search(tops[k - 1].heading)) or _RESULTS.search(text, first, last)
        if over or _GONE.search(text, first, last):
            told = True
            continue
        intended, bounded = (
            min(sum(1 for _ in sign.finditer(text, first, last)), _MOST)
            for sign in (_INTENTS, _BOUND)
        )
        intents, bounds = intents + intended, bounds + bounded
        if given + intended + bounded >= _ENOUGH:
            found.append((first, last))
    # the stretches of a report that tells of no result share their signs
    if not told and given and given + min(intents, _MOST) + min(bounds, _MOST) > _ENOUGH:
        return [(start, end)]
    return found


def _is_framed(above: str) -> bool:
    """Whether nothing but the frame of a site stands above a title."""
    return all(is_furniture(line) for line in map(str.strip, above.split("\n")) if line)


def _heads(text: str, start: int, end: int) -> list[_Head]:
    """The headings and opening sentences of a report, in the order of the text."""
    found = []
    told = text.find("。", start, min(end, start + _OPENS))
    told = told if told >= 0 else start
    first = MARK.search(text, start, told)  # what a first heading says is not said of all
    headline = text[start : first.start() if first else told]
    # what tells how far the aims of a year are reached names its parts by them
    progress = _PROGRESS.search(headline) and not _PLANNED_TOO.search(headline)
    for m in _HEADING.finditer(text, start, end):
        mark, words = m["mark"] or "", m["words"]
        sentence = m.end() < end and text[m.end()] in "。;"
        if "|" in words:  # a row of a table
            continue
        prose = sentence or len(words) >= _LENGTH or _ITEM.match(words) or _MET.search(words)
        if prose and not mark:
            continue
        whole = m["cut"] is not None and not m["inline"]
        says = _says(words if whole else words[:_LENGTH])
        # a title names the whole report: 2022年信访工作总结 may end with what is to come
        both = says == "account" or CARRIED_OUT.search(words)  # 2020年预算执行和2021年预算草案
        if both and not mark:
            above = text[start : m.start()]
            # so does one below the frame of a site, which is no plan
            if not above.strip() or (says == "plan" and _is_framed(above)):
                says = ""
        if not mark and _BOTH.search(words):  # 就业形势与明年目标
            says = ""
        if progress and says == "plan" and _OF_AIMS.fullmatch(words.strip()):
            says = ""
        if says or (whole and (mark or _YEAR_WORKS.fullmatch(words.strip()))):
            number = _NUMBER.search(mark)
            at = int(parse(number[0])) if number else 0
            found.append(_Head(m.start(), words.strip(), rank_of(mark), says, at))
    for m in _OPENING.finditer(text, start, end):
        if not _NOT_OPENING.search(text, max(start, m.start() - 12), m.end()):
            found.append(_Head(m.start(), m[0], 0, "opening"))
    found = _years_ahead(found, headline)
    notes = list(_NOTE.finditer(text, start, end))  # one alone is no list of notes
    first = _NOTES.search(text, start, end) or (notes[0] if len(notes) > 1 else None)
    if first:
        found.append(_Head(first.start(), first[0].strip(), 0, "notes"))
    return sorted(found, key=lambda head: head.start)


def _years_ahead(found: list[_Head], headline: str) -> list[_Head]:
    """The headings of a report, where one names the works of a year behind that of the account:
    2020年主要工作 below a title of 2019.
    """
    told = [int(year) for year in _YEAR.findall(headline.split("\n", 1)[0])]
    told += [int(m[1]) for one in found if one.says == "account" and (m := _YEAR.search(one.words))]
    if not told:
        return found
    ahead = (_YEAR_WORKS.match(one.words) for one in found)
    return [
        replace(one, says="plan") if m and not one.says and int(m["year"]) > max(told) else one
        for one, m in zip(found, ahead, strict=True)
    ]


def _says(words: str) -> str:
    """Whether a heading is one of the account or of the plans."""
    if _DONE.search(words):
        return "account"
    return "plan" if _PLAN.search(words) else ""


def _since(words: str) -> str:
    """The year with which the plans begin that a title or a heading names, the last of several."""
    years = _YEARS.findall(words)
    return years[-1] if years else ""


def rank_of(mark: str) -> int:
    """How deep the mark of a heading stands, 0 for the highest.

    >>> rank_of("第一部分"), rank_of("一、"), rank_of("(一)"), rank_of("1.")
    (0, 1, 2, 3)
    """
    if not mark:
        return 0
    if mark[0] in "第#":
        return 0
    return (
        1
        if mark[-1] == "、" and not mark[0].isdigit()
        else 2
        if mark[0] == "(" and not mark[1].isdigit()
        else 3
    )
