"""The figures of one place with all that is known beside them: what stands in one sentence, what was
recomputed, which figures of one name are rivals, which one is the whole.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ..arithmetic.audit import is_blind
from ..arithmetic.derive import undecided
from ..charts.rows import as_rows
from ..comparison.indicators import Row, by_start, marks
from ..comparison.scope import BODY, FORESEEN, WHOSE, is_expected, scoped, topic
from ..comparison.sentences import whole
from ..comparison.wholes import is_part, whole_of
from ..comparison.wording import counted_words, known_until, word
from ..model import starts_of
from ..vocabularies.labels import Lang
from ..vocabularies.patterns import Pattern
from .figures import (
    CASES,
    CLAUSE,
    HAN,
    LOST,
    MASS_WORK,
    Key,
    bare_name,
    is_actual,
    is_from,
    is_rate,
    is_total,
    key_of,
    last_name,
    noun,
    said,
    same_sentence,
    sentence_of,
    unit_of,
    usable,
    year_of,
)
from .lines import Check, checked_rates, checks, settled

#: 经济指标(全年预计)
_IN_BRACKETS = re.compile("[(（][^()（）]*[)）]")
#: rows of a table of which none is told before what stands in sentences
_ROWS = 8
_OF_ROWS = re.compile("[合总小]计|总[数量]|^全")
#: how long the clause of a rate is that has no words of its own, and the name of one that has no more
_BARE_CLAUSE, _BARE_NAME = 5, 5
#: counts that are of all a body took in, and what it settled before it filed anything
_TOTAL = Pattern("story", "{totals}")
_ON_THE_SPOT = Pattern("story", "{on_the_spot}")
_OF_CASES = re.compile(
    "(?:[率度面]|比[例重]|占比)”?(?:[达到为是至在了均都约]|分别|[超越]过|将?近)*[ |.●]*$"
)
_GROWS = Pattern("story", "[,，、 ](?:{moved})+了?")
#: how far parts may fall short of their total and still be parts of it, and how many show it
_SHORT, _PARTS_OF = 0.05, 3


@dataclass(frozen=True)
class Facts:
    """The figures of a place, and what is known of them.

    What is a forecast is known as such, and what is of one channel, activity or court alone.

    Args:
        place: its name as the page shows it.
        claims: its figures.
        relations: what the audit found among them, unchecked ones left out.
        lang: `en` or `zh`, in which the page tells of them.
        names: what documents are called in marks, where that is not their own name.
        home: the place as its figures name it; those of places within it are told of only where it
            has none of its own.
        told_in: the one period that its reports are of, which a title gives where a figure has none.
        dated: of when reports are, by document and report.
        titles: the titles of reports in the same way.
        between: the rows of a ledger of its reports, as dicts: those that do not fit, and changes that do.
        bodies: the body that the sentence of a figure calls 该院, by document and start of the figure.
        heads: the words of a list or paragraph that a figure stands under, and of its row of a table, in
            the same way.
    """

    place: str
    claims: pd.DataFrame
    relations: pd.DataFrame
    lang: Lang
    names: Mapping[str, str]
    home: str = ""
    told_in: str = ""
    dated: Mapping[tuple[str, int], str] = field(default_factory=dict)
    titles: Mapping[tuple[str, int], str] = field(default_factory=dict)
    between: Sequence[Mapping[Any, Any]] = ()
    bodies: Mapping[tuple[str, int], str] = field(default_factory=dict)
    heads: Mapping[tuple[str, int], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        reports = zip(self.claims["doc"], self.claims["report"], strict=True)
        known = scoped(self.claims, [str(self.titles.get(key, "")) for key in reports])
        at = [(doc, int(start)) for doc, start in zip(known["doc"], known["start"], strict=True)]
        meant = [self.bodies.get(one, "") for one in at]
        heads = [self.heads.get(one, ("", ""))[0] for one in at]
        # a figure of 该院 is the court's or procuratorate's, not that of the whole place
        whose = [
            own or body or topic(head)
            for own, body, head in zip(known[WHOSE], meant, heads, strict=True)
        ]
        added = {WHOSE: pd.Series(whose, known.index, dtype=object)}
        added[BODY] = pd.Series(meant, known.index, dtype=object)
        foreseen = [
            own or is_expected(head) or is_expected("".join(_IN_BRACKETS.findall(str(heading))))
            for own, head, heading in zip(known[FORESEEN], heads, known["heading"], strict=True)
        ]
        added[FORESEEN] = pd.Series(foreseen, known.index, dtype=bool)
        known = known.assign(**added)
        rows = as_rows(known)
        # 升至64.6% behind 破案率由41% has that name
        subjects = [
            counted_words(str(last["subject"]))
            if is_from(last) and last["sentence"] == row["sentence"]
            else row["subject"]
            for last, row in zip(rows[:1] + rows[:-1], rows, strict=True)
        ]
        known = known.assign(subject=pd.Series(subjects, known.index, dtype=object))
        object.__setattr__(self, "claims", known)

    # ---- words of the page's language

    def say(self, key: str, **fillers: Any) -> str:
        """An entry of `[story]` in the page's language."""
        return word("story", key, self.lang, **fillers)

    def noun(self, key: str, n: int) -> str:
        """How many of something."""
        return noun(key, n, self.lang)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one behind the other."""
        return self.say("comma").join(parts)

    # ---- the figures

    @cached_property
    def own(self) -> pd.DataFrame:
        """The figures of the place itself, all where it has none."""
        mine = self.claims[self.claims["place"].eq(self.home)]
        return self.claims if mine.empty else mine

    @cached_property
    def rows(self) -> list[Row]:
        """All figures, in the order of the table."""
        return as_rows(self.claims)

    @cached_property
    def own_keys(self) -> set[Key]:
        """The keys of the figures of the place itself."""
        return {*zip(self.own["doc"], self.own["report"], self.own["start"], strict=True)}

    @cached_property
    def own_rows(self) -> list[Row]:
        """The figures of the place itself."""
        return [row for row in self.rows if key_of(row) in self.own_keys]

    @cached_property
    def own_at(self) -> list[int]:
        """Where they stand among all."""
        return [at for at, row in enumerate(self.rows) if key_of(row) in self.own_keys]

    @cached_property
    def positions(self) -> dict[Key, int]:
        """Where each figure stands in the table, the first of several."""
        return {key_of(row): at for at, row in reversed([*enumerate(self.rows)])}

    @cached_property
    def _sentences(self) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = {}
        for at, row in enumerate(self.rows):
            found.setdefault(sentence_of(row), []).append(at)
        return found

    def sentence_at(self, row: Row) -> list[int]:
        """Where the figures of its sentence stand."""
        return self._sentences.get(sentence_of(row), [])

    def sentence(self, row: Row) -> list[Row]:
        """The figures of its sentence, itself among them."""
        return [self.rows[at] for at in self.sentence_at(row)]

    def head(self, row: Row) -> tuple[str, str]:
        """The words of the list and of the row of a table that a figure stands under."""
        return self.heads.get((row["doc"], int(row["start"])), ("", ""))

    # ---- time

    def time_of(self, rows: Sequence[Row]) -> str:
        """The period of some figures of one period, as exactly as it is known."""
        known = {known_until(row, self.dated.get(key_of(row)[:2], "")) for row in rows}
        return known.pop() if len(known) == 1 else str(rows[0]["period"])

    def report_time(self) -> str:
        """Of when the one report is, or all reports: the year, or the month before whose end no figure
        of that year can lie.
        """
        months = {
            known_until({"period": self.told_in, "period_from": "report"}, dated)
            for dated in self.dated.values()
        }
        return months.pop().removeprefix("..") if len(months) == 1 else self.told_in

    def ahead(self, row: Row) -> str:
        """The words of its sentence before a figure."""
        at = self.positions.get(key_of(row))
        if at is None:
            return ""
        pieces = whole(self.claims, [at])[0].pieces
        return "".join(text for text, _ in itertools.takewhile(lambda one: one[1] != at, pieces))

    # ---- what the audit found

    @cached_property
    def rates(self) -> dict[Key, Check]:
        """The rates that the audit recomputed."""
        return checked_rates(self.claims, self.relations)

    def rate(self, row: Row) -> Check:
        """How a rate came out, whether that is blind, and its counts; empty where it was not recomputed."""
        return self.rates.get(key_of(row), ("", False, ()))

    @cached_property
    def proofs(self) -> dict[Key, tuple[str, Row]]:
        """How each change came out that was recomputed, and the earlier figure."""
        return {
            key_of(change): ("blind" if is_blind(relation) else str(relation["verdict"]), base)
            for relation, (change, _, base) in checks(self.rows, settled(self.relations), "yoy")
        }

    @cached_property
    def undecided(self) -> dict[Key, tuple[str, ...]]:
        """The units of the counts of any of which a change may be."""
        return undecided(self.claims) if len(self.claims) else {}

    @cached_property
    def contradictions(self) -> list[list[Row]]:
        """The figures of each check that fails."""
        bad = self.relations[self.relations["verdict"].eq("bad")]
        at = by_start(self.rows)
        return [
            [at[row["doc"], row["report"], s] for s in starts_of(row["starts"])]
            for row in bad.to_dict("records")
        ]

    @cached_property
    def short_totals(self) -> list[tuple[Row, list[Row]]]:
        """Totals whose listed parts come near and do not add up to them; the list need not be whole."""
        told = {start for starts in self.relations["starts"] for start in starts_of(starts)}
        found = []
        for ats in self._sentences.values():
            rows = [self.rows[at] for at in ats]
            rows = [row for row in rows if row["kind"] == "count" and usable(row)]
            if not rows:
                continue
            head, *rest = rows
            listed = [row for row in rest if row["role"] == "part" and row["unit"] == head["unit"]]
            # a target adds up with no results
            firm = all(row["bound"] == "exact" for row in rows)
            firm = firm and len({row["modality"] or "actual" for row in rows}) == 1
            if len(listed) < _PARTS_OF or len(listed) != len(rest) or head["role"] or not firm:
                continue
            gap = abs(head["value"] - sum(row["value"] for row in listed))
            # parts joined by 、 are a list; 其中…,… may overlap
            joined = all(str(row["before"]).lstrip().startswith("、") for row in listed[1:])
            if 0 < gap <= head["value"] * _SHORT and joined and head["start"] not in told:
                found.append((head, listed))
        return found

    def lost(self, status: str) -> list[Row]:
        """The figures that are masked or lost, or perhaps damaged."""
        return as_rows(self.claims[self.claims["status"].eq(status)])

    @property
    def mostly_lost(self) -> int:
        """How many figures cannot be read, where that is more than half of them; else none."""
        lost = int(self.claims["status"].isin(LOST).sum())
        return lost if lost * 2 > len(self.claims) else 0

    @cached_property
    def bare_rates(self) -> tuple[list[Row], list[Row]]:
        """The rates of which one may ask for counts, and those of them that no counts were matched to."""
        # a rate behind the count of its own sentence is of that count: 92件,当年100%结案
        rates = [row for row in self.rows if is_rate(row) and not self._behind_count(row)]
        # 总产值6.8% of a table of growth, 为年计划的97% and 失业率4.5% are of no cases
        of_cases = (row for row in rates if row["family"] in MASS_WORK)
        rates = [row for row in of_cases if _OF_CASES.search(last_name(row))]
        of_counts = self.relations[self.relations["type"].isin(["rate", "sum"])]
        tied = marks(of_counts) if len(of_counts) else {}
        return rates, [row for row in rates if key_of(row) not in tied]

    def _behind_count(self, row: Row) -> bool:
        """Whether a rate of no words of its own stands behind the one count of its sentence, of which it
        then is.
        """
        clause = CLAUSE.split(str(row["before"]))[-1] + CLAUSE.split(str(row["after"]))[0]
        if len(HAN.findall(clause)) > _BARE_CLAUSE:
            return False
        ahead = [one for one in self.sentence(row) if one["start"] < row["start"] and usable(one)]
        return len(ahead) == 1 and ahead[0]["kind"] == "count" and ahead[0]["unit"] in CASES

    # ---- the counts beside a figure

    def count_beside(self, row: Row) -> Row | None:
        """The one count before a rate that has no counts of its own and no more than its name."""
        at = self.positions[key_of(row)]
        one = self.rows[at - 1] if at else row
        bare = str(row["before"])[:1] in {",", "，"} and len(str(row["subject"])) <= _BARE_NAME
        if not bare or key_of(row) in self.rates or not same_sentence(one, row):
            return None
        counts = [known for known in self.sentence_at(one) if known < at]
        firm = len(counts) == 1 and one["kind"] == "count" and usable(one)
        return one if firm and one["subject"] else None

    def level_before(self, row: Row) -> Row | None:
        """The count that a change stands right behind, where the change has no words of its own."""
        at = self.positions[key_of(row)]
        if not at or not _GROWS.fullmatch(str(row["before"])):
            return None
        one = self.rows[at - 1]
        return one if same_sentence(one, row) and one["kind"] == "count" and usable(one) else None

    def level_of(self, indicator: str, change: Row) -> Row | None:
        """The figure of an indicator that the sentence of a change tells before it."""
        found = [
            row for row in self.sentence(change)
            if row["indicator"] == indicator and usable(row) and row["start"] < change["start"]
            and row["kind"] != "change"
        ]  # fmt: skip
        return found[-1] if found else None

    # ---- wholes and parts

    @cached_property
    def cases(self) -> dict[Key, float]:
        """Of how many cases rates are that the audit tied to counts of a whole."""
        return {
            key: counts[1]["value"]
            for key, (_, _, counts) in self.rates.items()
            if len(counts) == 2
            and usable(counts[1])
            # what was passed on is a part of what came, and all of which it is asked
            and not is_part(counts[1] | {"role": ""})
        }

    def whole_of(self, rows: Sequence[Row]) -> Row | None:
        """The figure that stands for the whole; of one counted in cases and in persons the first."""
        best = whole_of(rows, self.cases)
        if best or not rows or len({row["unit"] for row in rows}) < 2:
            return best
        same = [row for row in rows if row["unit"] == rows[0]["unit"]]
        return whole_of(same, self.cases) if is_total(rows[0]) else None

    def beside_whole(self, row: Row, best: Row, rows: Sequence[Row]) -> bool:
        """Whether a figure is the same whole counted otherwise: 1800件次9900人次."""
        if row["unit"] == best["unit"] or not same_sentence(row, best):
            return False
        same = [one for one in rows if one["unit"] == row["unit"]]
        return is_total(best) and whole_of(same, self.cases) is row

    def divided(self, row: Row) -> bool:
        """Whether a figure is one part of a count that its sentence divides: cases that were settled on
        the spot stand beside those that were filed and settled, and neither is told without the other.
        """
        if row["stage"] != "resolved" or row["kind"] != "count":
            return False
        return any(
            one["kind"] == "count" and key_of(one) != key_of(row)
            and _ON_THE_SPOT.search(str(one["before"])[-8:])
            for one in self.sentence(row)
        )  # fmt: skip

    @cached_property
    def namesakes(self) -> dict[tuple[str, str], list[Row]]:
        """The rates of mass work by the last words of their names and by period."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(self.own_rows, key=key_of):
            if is_rate(row) and row["subject"] and row["family"] in MASS_WORK:
                found.setdefault((last_name(row), row["period"]), []).append(row)
        return found

    def stands(self, row: Row) -> bool:
        """Whether a rate stands for the whole among those of its name; any other figure does."""
        rivals = self.namesakes.get((last_name(row), row["period"]), [])
        if not is_rate(row) or key_of(row) not in map(key_of, rivals):
            return True
        best = whole_of(rivals, self.cases)
        return best is not None and said(best) == said(row)

    @cached_property
    def sums(self) -> dict[tuple[str, str, str], list[Row]]:
        """Counts and sums of money by the last words of their names, by unit and period."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in sorted(self.own_rows, key=key_of):
            name = bare_name(row)
            if row["kind"] in {"count", "money"} and usable(row) and len(HAN.findall(name)) > 1:
                found.setdefault((name, unit_of(row), row["period"]), []).append(row)
        return found

    def headless(self, rows: Sequence[Row]) -> bool:
        """Whether figures are counts of a report whose first count of that kind of work is lost: what can
        still be read may be parts of it.
        """
        counted = [row for row in rows if row["kind"] == "count"]
        first = [self._first_counts.get((*key_of(row)[:2], row["family"])) for row in counted]
        return any(one is not None and not usable(one) for one in first)

    @cached_property
    def _first_counts(self) -> dict[tuple[str, int, str], Row]:
        found: dict[tuple[str, int, str], Row] = {}
        for row in sorted(self.rows, key=key_of):
            if row["kind"] == "count":
                found.setdefault((*key_of(row)[:2], row["family"]), row)
        return found

    def of_one(self, row: Row) -> bool:
        """Whether a figure is of one channel, activity or court, where most of the place are of none."""
        named = sum(map(bool, self.own[WHOSE]))
        return bool(row.get(WHOSE)) and named * 2 < len(self.own)

    def in_long_table(self, row: Row) -> bool:
        """Whether a figure stands in one of many rows of a table, and not in that of the total."""
        cell = self.head(row)[1]
        alike = self._row_names.get((*key_of(row)[:2], row["heading"]), set())
        return len(alike) > _ROWS and cell in alike and not _OF_ROWS.search(cell)

    @cached_property
    def _row_names(self) -> dict[tuple[str, int, str], set[str]]:
        """The names of the rows of tables below each heading."""
        found: dict[tuple[str, int, str], set[str]] = {}
        for row in self.rows:
            if cell := self.head(row)[1]:
                found.setdefault((*key_of(row)[:2], row["heading"]), set()).add(cell)
        return found

    # ---- all that a body took in

    @cached_property
    def totals(self) -> list[int]:
        """Where all that a body took in is told."""
        return [
            at for at in self.own_at
            if usable(row := self.rows[at]) and row["kind"] == "count" and not is_part(row)
            and row["modality"] in {"actual", ""} and _TOTAL.fullmatch(str(row["subject"]))
        ]  # fmt: skip

    @property
    def latest_total(self) -> int | None:
        """The largest of them of the latest year."""
        return min(
            self.totals,
            key=lambda at: (-year_of(self.rows[at]["period"]), -self.rows[at]["value"]),
            default=None,
        )

    @cached_property
    def changes(self) -> list[Row]:
        """All stated changes of the place itself, whatever they are of."""
        rows = [row for row in self.own_rows if row["kind"] == "change"]
        return [row for row in rows if is_actual(row) and usable(row)]
