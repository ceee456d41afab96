"""The sections of a report: their headings, and which parts set out work that is still to be done."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ..vocabularies.patterns import Pattern

# a heading stands on a line of its own, or at its head before a full stop
_HEADING = re.compile(
    r"(?m)^[ #*]*(?P<mark>[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}[部章节][分]?[、: ]?|\d{1,2}[.、](?!\d)|\#+ )?"
    r"(?P<words>[^\n。;]{2,48})(?=[。\n]|\Z)"
)
_PLAN = Pattern("sections", "{plans}")
_DONE = Pattern("sections", "{accounts}")
_LOWEST = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report under one heading; its rank is 0 for the highest."""

    start: int
    end: int
    heading: str
    rank: int
    plan: bool


class Sections:
    """The sections of a report, by offset.

    >>> text = "一、2019年工作回顾\\n受理3件。\\n二、2020年工作安排\\n确保受理5件。"
    >>> parts = Sections(text, 0, len(text))
    >>> parts.planned(15), parts.planned(len(text) - 3), parts.heading(len(text) - 3)
    (False, True, '2020年工作安排')
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.all = _sections(text, start, end)
        self._starts = [section.start for section in self.all]

    def planned(self, offset: int) -> bool:
        """Whether an offset lies in the part that sets out coming work."""
        i = bisect_right(self._starts, offset) - 1
        return i >= 0 and self.all[i].plan

    def heading(self, offset: int) -> str:
        """The words of the heading above an offset, empty before the first."""
        i = bisect_right(self._starts, offset) - 1
        return self.all[i].heading if i >= 0 else ""


def _sections(text: str, start: int, end: int) -> list[Section]:
    found = [m for m in _HEADING.finditer(text, start, end) if m["mark"] or _says(m["words"])]
    sections: list[Section] = []
    plan, plan_rank = False, _LOWEST
    for i, m in enumerate(found):
        rank = _rank(m["mark"] or "")
        if _PLAN.search(m["words"]) and not _DONE.search(m["words"]):
            plan, plan_rank = True, min(plan_rank, rank)
        elif _DONE.search(m["words"]) or (plan and rank < plan_rank):
            plan, plan_rank = False, _LOWEST
        until = found[i + 1].start() if i + 1 < len(found) else end
        sections.append(Section(m.start(), until, m["words"].strip(), rank, plan))
    return sections


def _says(words: str) -> bool:
    """Whether an unnumbered line heads a part of the account or of the plans."""
    return len(words) < 30 and bool(_PLAN.search(words) or _DONE.search(words))


def _rank(mark: str) -> int:
    if not mark:
        return 0
    if mark[0] in "第#":
        return 0
    return 1 if mark[-1] == "、" and not mark[0].isdigit() else 2 if mark[0] == "(" else 3
