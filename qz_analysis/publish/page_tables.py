"""The tables of a place's page: named indicators, other figures, targets, checks that fail."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..charts.rows import as_rows, listed
from ..charts.written import indicator_label
from ..comparison.glossary import english_label, english_name
from ..comparison.scope import FORESEEN, is_expected
from ..comparison.sentences import Whole, clauses
from ..comparison.wholes import is_mean, is_short
from ..comparison.wording import (
    note,
    place_words,
    when,
    without_bars,
)
from ..model import starts_of
from ..vocabularies.labels import say
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from . import phrases
from .evidence import (
    in_chinese_marks,
)
from .figures import (
    Key,
    as_printed,
    is_from,
    is_rate,
    key_of,
    level_of,
    linked,
    within,
    wordless,
)
from .goals import Goal, goals
from .lines import Line, lines
from .own_words import of_what
from .place_page import PlacePage
from .voices import voice

Row = dict[str, Any]
#: clauses of one subject that stand in one row
_TOGETHER = 8
#: what tells that a figure counts no work
_AGE = Pattern("work", "{ages}")
_REACHED = Pattern("work", "{reached}$")
_AVERAGE = Pattern("work", "{average}")
_JOINS = Pattern("work", "{joins}")
_NAMED = re.compile("[^,，。；;、“”]{0,4}“")
_CLAUSE, _BRACKETS = re.compile("[,，。；;：:]"), re.compile(r"[(（][^()（）]*[)）]")


class PageTables:
    """The rows of the tables of a page, their cells as the page shows them."""

    def __init__(self, page: PlacePage) -> None:
        self.page = page

    def indicator_rows(self, modality: str = "actual") -> list[Row]:
        """Named indicators by period: figure, change, counts and the audit's mark."""
        told = (
            self.page.lines
            if modality == "actual"
            else lines(self.page.facts.claims, self.page.checked, modality)
        )
        rows = []
        for line in told:
            rows.append(
                {
                    "indicator": voice(self.page.facts).line_name(self.page.facts, line),
                    "place": self._elsewhere(line.place),
                    "period": when(self.page.facts.time_of(line.claims), self.page.lang),
                    "stated": self._figures(line.levels),
                    "change": self._changes(line.changes),
                    "counts": self._of(line.counts),
                    "audit": self._mark(line),
                }
            )
        return rows

    def _elsewhere(self, place: str) -> str:
        """Another place than that of the page; empty for its own."""
        if not place or place == self.page.place.name:
            return ""
        return place if self.page.lang == "zh" else str(place_words(place, self.page.lang))

    def other_rows(self) -> list[Row]:
        """Actual figures that are no named indicator, by subject, each in the clause of the report;
        those that count no work, and those without a word, stand in the evidence alone.
        """
        taken = {key_of(row) for line in self.page.lines for row in line.claims}
        told = {
            at: row for at, row in self.page.at.items()
            if key_of(row) not in taken and row["modality"] != "planned" and not no_work(row)
            and not wordless(row) and not (is_from(row) and row["indicator"])
        }  # fmt: skip
        return self._by_subject(told)

    def _by_subject(self, told: Mapping[int, Row]) -> list[Row]:
        """Figures by subject, each in the clause of the report."""
        by: dict[str, list[str]] = {}
        for one in clauses(self.page.result.claims, told):
            by.setdefault(told[one.figures[0]]["family"], []).append(self._told(one))
        rows = []
        for family in (f for f in load("labels")["families"] if f in by):
            name = say("families", family, self.page.lang)
            for at in range(0, len(by[family]), _TOGETHER):
                some = by[family][at : at + _TOGETHER]
                rows.append(
                    {"family": "" if at else name, "stated": self.page.semicolon().join(some)}
                )
        return rows

    def target_rows(self) -> list[Row]:
        """What is planned: named indicators first, then what has no settled name: in Chinese targets with
        their results, and all others in the clauses of the report, by subject.
        """
        chinese = self.page.lang == "zh"
        rows = self.indicator_rows("planned")
        named = lines(self.page.claims, self.page.checked, "planned")
        taken = {key_of(row) for line in named for row in line.claims}
        blank = {"change": "", "counts": "", "audit": ""}
        in_clauses: dict[int, Row] = {}
        for at, row in self.page.at.items():
            if key_of(row) in taken or row["modality"] != "planned" or no_work(row):
                continue
            goal = self._goals.get(key_of(row))
            if chinese and goal is None:
                in_clauses[at] = row
                continue
            about: Row = {
                "indicator": goal.name if chinese and goal else self.page.words_of(row),
                "place": self._elsewhere(row["place"]),
                "period": when(row["period"], self.page.lang),
                "stated": self._with_result(row, self.page.linked(row)),
            }
            rows.append({**about, **blank})
        for row in self._by_subject(in_clauses):
            about = {"indicator": row["family"], "place": "", "period": "", "stated": row["stated"]}
            rows.append({**about, **blank})
        return rows

    def check_rows(self) -> list[Row]:
        """Checks that fail, with the figure as printed and the arithmetic."""
        rows = []
        for row in as_rows(self.page.failing):
            start = starts_of(str(row["where"]).rpartition(": ")[2].replace(", ", ";"))[0]
            printed = linked(row["printed"], {"doc": row["doc"], "start": start}, self.page.names)
            arithmetic = note(row["arithmetic"], self.page.lang) + "†" * bool(row["corrected"])
            about: Row = {
                "check": self.page.value(row["check"]),
                "what": self.page.words_of({**row, "subject": row["what"]}),
            }
            about["period"] = when(row["period"], self.page.lang)
            rows.append({**about, "printed": printed, "arithmetic": arithmetic})
        return rows

    def _mark(self, line: Line) -> str:
        """What the audit says of a line: of its rate, else of the figures that it recomputed; that a
        rate or a change was not checked is said, too.
        """
        if line.verdict:
            return self._verdict("blind" if line.blind and line.verdict == "ok" else line.verdict)
        changed = [self.page.verdicts.get(key_of(row)) for row in line.changes]
        if line.changes and not any(changed):
            # that a level adds up says nothing of the change beside it
            return self.page.value("change_not_checked")
        for rows, which in ((line.levels, ""), (line.changes, "change_")):
            said = [self.page.verdicts.get(key_of(row)) for row in rows]
            if "bad" not in said and 0 < (held := said.count("ok")) < len(said):
                # one figure that holds vouches for no other of its cell
                return say("words", "some_ok", self.page.lang, k=held, n=len(said))
            for verdict in ("bad", "ok", "blind"):
                if verdict in said:
                    return self._verdict(verdict, which)
        return self.page.value("not_checked") if any(map(is_rate, line.levels)) else ""

    def _verdict(self, verdict: str, which: str = "") -> str:
        return self.page.value(which + ("blind_ok" if verdict == "blind" else verdict))

    def _of(self, counts: Sequence[Row]) -> str:
        """The two counts behind a rate: which of how many."""
        if len(counts) != 2:
            return self.page.semicolon().join(map(self.page.linked, counts))
        above, below = map(self.page.linked, counts)
        return self.page.sentence("of", above=above, below=below)

    def _figures(self, rows: Sequence[Row]) -> str:
        """Figures as printed; one that several places of the text repeat stands once. Where several are of
        unlike things each stands in its own words.
        """
        found: dict[str, str] = {}
        if told := voice(self.page.facts).in_own_words(self.page.facts, rows):
            return told
        for row in rows:
            found.setdefault(
                as_printed(row, self.page.lang),
                voice(self.page.facts).from_to(
                    self.page.facts,
                    row,
                    self._with_result(
                        row, phrases.foreseen(self.page.facts, row, self.page.linked(row))
                    ),
                ),
            )
        return self.page.semicolon().join(found.values())

    @cached_property
    def _goals(self) -> dict[Key, Goal]:
        """The targets that stand beside their results."""
        return {key_of(goal.target): goal for goal in goals(self.page.facts)}

    def _with_result(self, row: Row, told: str) -> str:
        """A target with what came of it, and whether this reached it; any other figure as it is told."""
        goal = self._goals.get(key_of(row))
        if goal is None:
            return told
        key = "goal_row_reached" if goal.reached else "goal_row_missed"
        return self.page.facts.say(key, target=told, result=self.page.linked(goal.result))

    def _changes(self, rows: Iterable[Row]) -> str:
        """Stated changes: which way, and the figure as printed."""
        found: dict[str, str] = {}
        for row in rows:
            # what is no change against the year before says so
            apart = is_mean(row) or is_short(row)
            told = phrases.told_change if apart else phrases.how
            found.setdefault(row["direction"] + as_printed(row), told(self.page.facts, row))
        return self.page.semicolon().join(found.values())

    def _told(self, one: Whole) -> str:
        """A clause with its figures, and what it does not say: another place and period than the
        page's, and how its figures came out.
        """
        rows = [self.page.at[at] for at in one.figures]
        said = self._in_english(one, rows) if self.page.lang == "en" else ""
        said = said or "".join(
            text if at is None else linked(self._printed(at), self.page.at[at], self.page.names)
            for text, at in in_chinese_marks((without_bars(text), at) for text, at in one.pieces)
        )
        about = [
            str(place_words(row["place"], self.page.lang)) if row["place"] else ""
            for row in rows
            if row["place"] != self.page.place.name
        ]
        about += [
            when(row["period"], self.page.lang) for row in rows if row["period"] != self.page.usual
        ]
        about += [self._verdict(self.page.verdicts.get(key_of(row), "")) for row in rows]
        about += [phrases.unsaid(self.page.facts, row) for row in rows]
        # 预计 at the head of its sentence is lost in a clause
        about += [self.page.sentence("foreseen") for row in rows if self._lost_forecast(row, said)]
        if self.page.lang == "zh":
            said = of_what(self.page.facts, rows[0], one) + said
        told = listed(list(dict.fromkeys(filter(None, about))), self.page.lang)
        brackets = {"en": " ({})", "zh": "（{}）"}[self.page.lang]
        return said + brackets.format(told) * bool(told)

    def _in_english(self, one: Whole, rows: Sequence[Row]) -> str:
        """A clause in English: its figures behind their names, where each has one that says all that the
        report does; else the clause as printed behind the names of its figures.
        """
        names = [english_name(*_asked(row), rate=is_rate(row)) for row in rows]
        mean = _AVERAGE.search(one.between) and not any(map(is_mean, rows))
        if all(names) and not mean and not any(row["corrected"] for row in rows):
            told = [self._figure(row) for row in rows]
            return self.page.facts.say("clause_comma").join(
                figure if n and name == names[n - 1] else f"{name}: {figure}"
                for n, (name, figure) in enumerate(zip(names, told, strict=True))
            )
        known = [
            name or english_label(*_asked(row), rate=is_rate(row)) or _indicator(row)
            for name, row in zip(names, rows, strict=True)
        ]
        labels = list(dict.fromkeys(filter(None, known)))
        said = "".join(
            text if at is None else linked(self._printed(at), self.page.at[at], self.page.names)
            for text, at in in_chinese_marks((without_bars(text), at) for text, at in one.pieces)
        )
        head, *rest = labels or [""]
        ahead = listed([head, *(within(name, "en") for name in rest)], "en")
        return f"{ahead}: {said}" if ahead else said

    def _figure(self, row: Row) -> str:
        """A figure of a clause in English; a change with its way."""
        return (
            phrases.told_change(self.page.facts, row)
            if row["kind"] == "change"
            else self.page.linked(row)
        )

    def _lost_forecast(self, row: Row, said: str) -> bool:
        """Whether a figure is a forecast, and its clause does not say so."""
        told = self._scoped.get(key_of(row), {})
        return bool(told.get(FORESEEN)) and not is_expected(said)

    @cached_property
    def _scoped(self) -> dict[tuple[str, int, int], Row]:
        return {key_of(row): row for row in as_rows(self.page.facts.claims)}

    def _printed(self, at: int) -> str:
        """A figure within its clause, whose words tell its bound."""
        row = self.page.at[at]
        return (as_printed(row) if row["corrected"] else str(row["text"])) or "…"


def _asked(row: Row) -> tuple[str, str]:
    """The words of a figure and its family, as the glossary asks for them."""
    return str(row["subject"]).strip(" |."), str(row["family"] or "")


def _indicator(row: Row) -> str:
    """The English name of the named indicator that a figure is; empty for none."""
    return str(indicator_label(level_of(str(row["indicator"])), "en")) if row["indicator"] else ""


def no_work(row: Row) -> bool:
    """Whether a figure counts no work: an age that bounds whom something is for (65岁以上老人), or the
    number of a list that stands before it and is called by a name (甲、乙、丙三个“窗口”).

    >>> from qz_analysis import extract
    >>> [no_work(row) for row in as_rows(extract("甲县年满60岁的1200人领取补助，平均年龄63岁。"))]
    [True, False, False]
    >>> [no_work(row) for row in as_rows(extract("利用雨天、节日和夜间三个“黄金时段”走访，设三个“窗口”。"))]
    [True, False]
    """
    before, after = str(row["before"]), str(row["after"])
    if _AGE.fullmatch(str(row["unit"])):
        bound = row["bound"] in ("min", "max") or _REACHED.search(before)
        return bool(bound) and not _AVERAGE.search(before)
    if not _NAMED.match(after) or re.search(r"\d", str(row["text"])) or row["kind"] != "count":
        return False
    # what stands in brackets tells of a part, and is none
    listed_ = _CLAUSE.split(_BRACKETS.sub("", before))[-1]
    parts = len(_JOINS.findall(listed_)) + 1
    return parts > 1 and row["value"] == parts
