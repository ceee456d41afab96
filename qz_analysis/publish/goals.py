"""Targets that stand beside what came of them, and whether these reached them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..arithmetic.intervals import ROUNDINGS, ends_of
from ..comparison.indicators import Row
from ..comparison.wording import subject_words
from ..model import read_claim
from ..vocabularies.patterns import Pattern
from .facts import Facts
from .figures import CLAUSE, HAN, SCOPE, last_name, usable

_TARGET = Pattern("goals", "{target}")
_OUTCOME = Pattern("goals", "{outcome}")
_DONE = Pattern("goals", "(?:{outcome})$")
_AT_MOST = Pattern("goals", "{at_most}")
_ENDS = Pattern("goals", "(?:{ends})$")
_COMPLETION = Pattern("goals", "(?:{completion})")
#: 为目标任务148元的122%: a target behind its result, by its words before or behind it
_BEHIND = re.compile("^[,，]?[为是占]|^[(（]")
#: marks of lists and cells, of which no name is made
_MARKS = re.compile(r"^[\s|]*(?:[(（]?[\d一二三四五六七八九十]+[)）.、．|\s]+)*[\s|]*|[\s|:：]+$")
_NEAR = 8
#: times within a year
_WITHIN = re.compile(r"^\.\.|\d-")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with its result, and the rate that states how far it was reached, where one does."""

    target: Row
    result: Row
    #: what is aimed at, in the words of the report
    name: str
    rate: Row | None = None

    @property
    def at_most(self) -> bool:
        """Whether the target is not to be passed."""
        words = f"{self.name}{self.target['subject']}{self.result['subject']}"
        return self.target["bound"] == "max" or _AT_MOST.search(words) is not None

    @property
    def reached(self) -> bool:
        """Whether the result reached the target, by the two figures."""
        target, result = float(self.target["value"]), float(self.result["value"])
        return result <= target if self.at_most else result >= target

    @property
    def fits(self) -> bool:
        """Whether the stated rate is what the two figures give, however the three were rounded; true without
        one.
        """
        if self.rate is None or not self.target["value"] or not self.result["value"]:
            return True
        one, other = (ends_of(read_claim(row)) for row in (self.result, self.target))
        (low, high), (least, most) = (other, one) if self.at_most else (one, other)
        return any(
            100 * low <= end * most and begin * least <= 100 * high
            for begin, end in (ends_of(read_claim(self.rate), way) for way in ROUNDINGS)
        )


def goals(facts: Facts) -> list[Goal]:
    """The targets of a place that stand beside their results, in the order of the reports."""
    found = []
    for at, behind in pairwise(facts.own_at):
        one, other = facts.rows[at], facts.rows[behind]
        # a rise is no answer to a fall, nor what has no unit to anything
        same = all(one[column] == other[column] for column in ("unit", "kind", "direction"))
        same = same and bool(one["unit"])
        if behind != at + 1 or not same or not usable(one) or not usable(other):
            continue
        if other not in facts.sentence(one):
            continue
        target, result = (one, other) if _leads(one, other) else (other, one)
        # what has no name is no goal that a reader could follow
        if (target is one or _follows(one, other)) and (name := _name(facts, one)):
            found.append(Goal(target, result, name, _rate_behind(facts, behind)))
    return found


def _is_target(row: Row) -> bool:
    """Whether a figure is aimed at, by what is known of it or by the last of its own words, and no share of
    what is: 占目标任务123%.
    """
    subject = str(row["subject"])
    if row["unit"] == "%" and "占" in subject:
        return False
    # 完成29个村的治理任务 tells what was done
    done = _OUTCOME.match(CLAUSE.split(str(row["before"]))[-1].strip())
    return row["modality"] == "planned" or (_ENDS.search(subject) is not None and done is None)


def _leads(target: Row, result: Row) -> bool:
    """Whether a target is right before its result: 目标168公里，已完成171公里."""
    # 主要指标27项,其中完成目标的19项: a part is no result of its whole
    if not _is_target(target) or _is_target(result) or result["role"] == "part":
        return False
    own = CLAUSE.split(str(result["before"]))[-1]
    if _OUTCOME.search(own + last_name(result)):
        words = f"{target['subject']}{CLAUSE.split(str(target['before']))[-1]}"
        return _TARGET.search(words) is not None or target["subject"] == result["subject"]
    return bool(target["subject"]) and target["subject"] == result["subject"]


def _follows(result: Row, target: Row) -> bool:
    """Whether a target is right behind its result: 73.5元，为目标任务57元的128.9%."""
    if not _is_target(target) or _is_target(result):
        return False
    before = str(target["before"])
    words = before + str(target["after"])[:_NEAR]
    return _BEHIND.search(before) is not None and _TARGET.search(words) is not None


def _rate_behind(facts: Facts, at: int) -> Row | None:
    """The rate behind a target and its result that says how far it was reached."""
    row = facts.rows[at + 1] if at + 1 < len(facts.rows) else None
    if row is None or row not in facts.sentence(facts.rows[at]) or not usable(row):
        return None
    own = f"{CLAUSE.split(str(row['before']))[-1]}{last_name(row)}"
    of_target = _COMPLETION.search(own) or _TARGET.search(own + str(row["subject"]))
    return row if of_target and row["kind"] == "rate" and row["unit"] == "%" else None


def _name(facts: Facts, row: Row) -> str:
    """What is aimed at: the words before the first of the two figures, without those for a target; empty where
    there are none.
    """
    ahead = facts.ahead(row)
    for text in reversed([part for part in re.split("[,，。；;:：|]", ahead) if part.strip()]):
        name = _MARKS.sub("", _ENDS.sub("", _MARKS.sub("", text)))
        name = SCOPE.sub("", subject_words(_ENDS.sub("", name), facts.home))
        name = _DONE.sub("", name.removeprefix("其中"))
        if len(HAN.findall(name)) > 1:
            return "" if _TARGET.search(name) else name
    return ""


def missed_words(facts: Facts, found: Sequence[Goal]) -> str:
    """That targets were not reached, not yet where a result is of no whole year."""
    times = [facts.time_of([goal.result]) for goal in found if not goal.reached]
    return facts.say("goals_not_yet" if any(map(_WITHIN.search, times)) else "goals_not")


def is_completion(row: Row) -> bool:
    """Whether a rate says no more than how far something is done, and not what (完成率).

    >>> is_completion({"subject": "完成率"}), is_completion({"subject": "脱贫任务完成率"})
    (True, False)
    """
    return _COMPLETION.fullmatch(last_name(row).strip(" |")) is not None


def rates_of(found: list[Goal]) -> Iterator[Row]:
    """The rates that say how far targets were reached, whose counts are the two figures, and those that are
    themselves such a figure.
    """
    for goal in found:
        yield from (row for row in (goal.target, goal.result, goal.rate) if row is not None)
