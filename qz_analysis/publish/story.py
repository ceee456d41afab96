"""What a place's figures come to: named indicators by period, and the three sentences on them.

Figures in the sentences are written `[83.7%][doc: 748]`, of which `links` makes links.
"""

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from ..arithmetic.audit import is_blind
from ..arithmetic.derive import undecided
from ..charts.rows import as_rows
from ..charts.years import indicator_label, written
from ..comparison.glossary import channel_name, english_name, family_name
from ..comparison.indicators import Row, as_hedged, by_start, marks, records
from ..comparison.ledger import titled
from ..comparison.printed import english_printed, english_unit
from ..comparison.scope import (
    BODY,
    FORESEEN,
    WHOSE,
    above,
    alike,
    is_bare,
    is_expected,
    named_for,
    scoped,
    topic,
)
from ..comparison.sentences import Whole, clauses, in_clauses, marked, whole
from ..comparison.wholes import is_mean, is_part, is_short, whole_of
from ..comparison.wording import (
    capital,
    counted_words,
    known_until,
    subject_words,
    when,
    without_bars,
    word,
)
from ..extraction.corrections import cell
from ..extraction.deeds import deeds
from ..extraction.periods import masks_year
from ..model import starts_of
from ..vocabularies.labels import SIGNS, Lang, say
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load

#: statuses of claims whose figure cannot be used
LOST = ("redacted", "spoilt")
#: families of mass work, whose changes are told before those of anything else; economy comes last
_MASS_WORK = {"petition", "mediation", "matters", "satisfaction", "crime"}
#: what was resolved, in the order in which it is asked for
_RESOLVED = (
    "petition_resolution_rate",
    "matters_resolution_rate",
    "mediation_success_rate",
    "mediation_rate",
    "clearance_rate",
)
#: all petitions, of which letters and visits are kinds
_TOTALS = ("petition_total", "petition_received")
#: how many characters a clause has that is told by itself, and how many clauses are told
_LEAST, _MOST, _CLAUSES = 4, 40, 3
#: and how many the words for the cases of a rate have in a title
_SHORTEST, _OF_WHAT = 2, 24
#: rows of a table of which none is told before what stands in sentences
_ROWS = 8
_CELL_ENDS = re.compile(r" *\| *$")
#: lines between the cells of a row that is no pair of a name and a figure
_CELLS = 3
#: 经济指标(全年预计)
_IN_BRACKETS = re.compile("[(（][^()（）]*[)）]")
_OF_ROWS = re.compile("[合总小]计|总[数量]|^全")
#: how many aims a title tells
_AIMS = 2
#: how many characters of a rate's name tell what it is a rate of: 化解率
_RATE_NAME = 3
#: words that join a rate to its figure (践诺率在85%以上)
_JOINS = "在达为是至"
#: what stands before the words for a thing and names all of it
_SCOPE = re.compile("^(?:全[省市县区乡镇村])?(?:共计?|累计)?")
#: how long a name is that stands beside a figure within a list, and the words that lead from it there
_NAME = 10
_REACHED = re.compile("(?:达到?了?|为|是|至|在)+$")
#: what tells that a name is one of a list, words that only say that a level was reached, and that
#: one figure is of each in a list
_LISTED = re.compile("、|率[及和]")
_DONE = re.compile("^(?:实现|达到|做到|确保)了?")
_EACH = re.compile("(?:(?:均|都|各)(?:达到?|为|是)*|[两二三四五六七八九十]个)$")
#: words of a figure that tell its bound
_BOUND = re.compile("[多余近约超逾几来上下内不足≥≤<>]")

#: a clause that is no more than the name of a rate, and words that tell a part as one
_BARE_RATE = re.compile("[^,，。;；]{0,5}率[达到为是]*[了]?(?:[(（][^()（）]*[)）])?")
_OF_WHOLE = re.compile("其中|占")
_AMONG = re.compile("^其中[,，]?(?:共?发生)?|^共?发生")
_SUBORDINATE = re.compile("的(?:基础上|同时|前提下|情况下)$")
#: words that have lost what they speak of, and the verb and the noun of such a clause
_TORN = re.compile("(?:引发|导致|造成|发生|出现)[起件宗例](?!数)")
_VERB_NOUN = re.compile(r"^(?:成功|有效|及时)?([\u4e00-\u9fff]{2})了?.*的([\u4e00-\u9fff]{2,4})$")
_OF_ALL = Pattern("wholes", "{all}")
#: what a change says that it is against: a year, the year before, the month or quarter before
_MEAN = re.compile("(?:日|月|周|人|户)均|平均")
#: what stands in brackets behind a figure and says what is in it
_ASIDE = re.compile(r"[(（]((?:不?包?含|不?包括|扣除|剔除)[^()（）\d]{2,24})[)）]")
_LIMIT = re.compile("(?:及?以[上下])")
_JOINED = re.compile("(?:完成|实现|达到?|为|是|共)+$")
#: what makes a rate one of less than all
_NARROW = Pattern("story", "{narrow_rates}")
#: what makes petitions, visits or cases one kind of them
_KIND = Pattern("story", "{kinds}")
#: counts that are of all a body took in, and what it settled before it filed anything
_TOTAL = Pattern("story", "{totals}")
_ON_THE_SPOT = Pattern("story", "{on_the_spot}")
_COURT = Pattern("ledger", "审|{courts}")
_OWN_COURT = re.compile("^(?:[该本全]院)?(?:全年)?")
#: the product of a place, before which no other figure of its economy is told
_PRODUCT = "gdp"
#: what cases are counted in
_CASES = frozenset({"件", "起", "宗", "件次", "件/次"})
#: how far parts may fall short of their total and still be parts of it, and how many show it
_SHORT, _PARTS_OF = 0.05, 3
_INTEREST = re.compile("股息|利[率息]|年息|分红|贴息")
_AGAINST = Pattern(
    "story",
    r"(?:[比较与和同]|相比)(?P<year>(?:19|20)\d\d)年|(?P<month>{month_before})|(?P<quarter>{quarter_before})"
    r"|(?P<week>{week_before})|(?P<last>{year_before})|(?P<part>{part_before})",
)
#: what a change is against that is no year before
_BEFORE = {"month": "against_month", "quarter": "against_quarter", "week": "against_week"}
_MOVED = Pattern("story", "(?:{moved})")
_TIME_ALONE = re.compile("[近这]?[一两二三四五六七八九十几]+年[来间]?|[上下]半年|全年|[本当]月")
#: spans of years up to a report, told without a year, and other words of time that need one
_SPAN = re.compile("近[几一二两三四五六七八九十]年")
_RELATIVE = Pattern("story", "(?<![比较与和同])(?:{relative})")
_PRAISE = Pattern("story", "{praise}")
_GROWS = Pattern("story", "[,，、 ](?:{moved})+了?")
_ATTENDED = Pattern("story", "{attended}")
_EXPECTED = Pattern("scope", "{foreseen}")
#: what is aimed at, and not told of
_HOPED = Pattern("story", "{hoped}")
#: a change of which no amount is told: 同比分别下降
_UNSIZED = Pattern(
    "story",
    "(?P<base>{year_before_whole})[,，]?(?:{manner})*(?P<way>{ways})(?:趋势|态势)?(?=了?(?:[,，。；;、!！)）]|$))",
)
_CLAUSE = re.compile("[,，。；;]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: ways that something went down, and measures that the name of a figure implies
_FALLS = re.compile("下降|减少|降低|回落")
_IMPLIED = frozenset({"cases", "items", "persons", "times", "sessions"})


#: words that say how something is counted, and not what
_BARE = re.compile("(?:批次|人次|件次|件数|宗数|起数|人数|户数|总量|数量|总数|其中)*")
#: 环比 of a month and of a quarter, by what follows the year of its period
_SPANS = dict.fromkeys(("-0", "-1"), "against_month") | {"-Q": "against_quarter"}
_SAME = re.compile("同期")
#: what leads from what was to what is
_FROM_TO = Pattern("story", "^(?:{ways}|{moves})(?:至|到|为)")


def _as(row: Row) -> tuple[Any, ...]:
    """What a figure says: one said twice is one."""
    return row["value"], row["unit"], row["bound"]


def _unit(row: Row) -> str:
    """The unit of a figure; of 3347万 for welfare nobody says that it is money, but its name does."""
    return str(row["unit"]) or "元"


def _last_name(row: Row) -> str:
    """The last words that a report has for a figure: 按时结案率 and 结案率 are two."""
    return re.split("[,，、；;|]", str(row["subject"]))[-1]


def _bases(ahead: str, own: bool = True) -> list[re.Match[str]]:
    """What the words before a change say that it is against: those of its own clause, else a clause
    before it that says nothing else (与上年相比，来信下降3%).

    >>> [found[0] for found in _bases("受理100件，同比下降5%，环比下降")]
    ['环比']
    >>> [found[0] for found in _bases("与上年相比，来信下降3%，来访下降")], _bases("产值同比增长5%，投资增长")
    (['上年'], [])
    """
    parts = _CLAUSE.split(ahead)
    for n, clause in enumerate(reversed(parts) if own else parts):
        said = [*_AGAINST.finditer(clause)]
        # the base of another figure is none of this
        if said and (not n or not re.search(r"\d", clause[said[-1].end() :])):
            return said
    return []


@dataclass(frozen=True, slots=True)
class Line:
    """One named indicator in one period: its figures, stated changes, counts and the verdict."""

    indicator: str
    period: str
    place: str
    levels: tuple[Row, ...]
    changes: tuple[Row, ...]
    #: numerator and denominator, where the audit tied two counts to the figure
    counts: tuple[Row, ...] = ()
    #: `ok`, `bad` or empty
    verdict: str = ""
    #: whether a random figure would have passed the check in half of all cases and more
    blind: bool = False

    @property
    def claims(self) -> tuple[Row, ...]:
        """All figures of the line, the levels first."""
        return (*self.levels, *self.changes)


def noun(key: str, n: int, lang: str) -> str:
    """How many of something, in the singular where English wants it.

    >>> noun("reports", 1, "en"), noun("figures", 2019, "en")
    ('1 report', '2,019 figures')
    """
    form = "one" if lang == "en" and n == 1 else lang
    return str(load("profile")["nouns"][key][form]).format(n=f"{n:,}")


def level_of(indicator: str) -> str:
    """The indicator that a change is of; any other is its own.

    >>> level_of("gdp_growth"), level_of("visit_persons")
    ('gdp', 'visit_persons')
    """
    entry = load("named").get(indicator, {})
    change = entry.get("kinds") == ["change"]
    return str(entry.get("of", indicator)) if change else indicator


def lines(claims: pd.DataFrame, relations: pd.DataFrame, modality: str = "actual") -> list[Line]:
    """The named indicators of some claims, one line for each period and place, in the order of the
    vocabulary.

    Args:
        claims: a claims table.
        relations: what the audit found in it.
        modality: which figures: `actual` (what stands in no column counts as that) or `planned`.

    Returns:
        the lines, the periods of an indicator in order, undated ones last.

    >>> from qz_analysis import tables
    >>> made = tables("2021年，甲山县调解成功率98%。")
    >>> [(line.indicator, line.period) for line in lines(made.claims, made.relations)]
    [('mediation_success_rate', '2021')]
    """
    known = list(load("named"))
    tied = tied_changes(claims, relations)
    fits = claims["modality"].replace("", "actual").eq(modality) & claims["role"].ne("base")
    mine = [
        row | {"indicator": tied.get(key_of(row), row["indicator"])}
        for row in as_rows(claims[fits])
        if not is_from(row)
    ]
    rates = checked_rates(claims, relations)
    found: dict[tuple[str, str, str, tuple[str, str]], list[Row]] = {}
    for row in mine:
        if row["indicator"] not in known:
            continue
        # two rates of one name are two rates, each with counts of its own, as are two channels
        own = row["text"] if key_of(row) in rates else "", str(row.get(WHOSE) or "")
        key = level_of(row["indicator"]), row["period"], row["place"], own
        found.setdefault(key, []).append(row)
    made = []
    for (indicator, period, place, _), rows in found.items():
        moves = [
            level_of(row["indicator"]) != row["indicator"] or key_of(row) in tied for row in rows
        ]
        levels = tuple(row for row, moved in zip(rows, moves, strict=True) if not moved)
        changes = tuple(row for row, moved in zip(rows, moves, strict=True) if moved)
        checks = [rates[key_of(row)] for row in levels if key_of(row) in rates]
        # a check that fails is told before one that holds
        checks.sort(key=lambda check: check[0] != "bad")
        verdict, blind, counts = checks[0] if checks else ("", False, ())
        made.append(Line(indicator, period, place, levels, changes, counts, verdict, blind))
    return sorted(
        made, key=lambda line: (known.index(line.indicator), line.place, line.period or "~")
    )


def tied_changes(claims: pd.DataFrame, relations: pd.DataFrame) -> dict[tuple[str, int, int], str]:
    """The indicator that a change is of, where its words do not say so but the audit ties it to a
    figure that is named.
    """
    at = by_start(records(claims))
    found = {}
    for relation in relations[relations["type"].eq("yoy")].to_dict("records"):
        keys = [(relation["doc"], relation["report"], s) for s in starts_of(relation["starts"])]
        if len(keys) == 3 and all(key in at for key in keys[:2]):
            change, current = (at[key] for key in keys[:2])
            if not change["indicator"] and level_of(current["indicator"]) == current["indicator"]:
                found[keys[0]] = current["indicator"]
    return {key: name for key, name in found.items() if name}


def key_of(row: Row) -> tuple[str, int, int]:
    """Document, report and start of a claim."""
    return row["doc"], row["report"], row["start"]


def checked_rates(
    claims: pd.DataFrame, relations: pd.DataFrame
) -> dict[tuple[str, int, int], tuple[str, bool, tuple[Row, ...]]]:
    """Verdict, whether it is blind, and the two counts of each rate that the audit recomputed."""
    at = by_start(records(claims))
    found: dict[tuple[str, int, int], tuple[str, bool, tuple[Row, ...]]] = {}
    checked = relations[relations["type"].eq("rate") & relations["verdict"].isin(["ok", "bad"])]
    for relation in checked.to_dict("records"):
        keys = [(relation["doc"], relation["report"], s) for s in starts_of(relation["starts"])]
        if len(keys) == 3 and all(key in at for key in keys):
            counts = tuple(at[key] for key in keys[1:])
            found[keys[0]] = str(relation["verdict"]), is_blind(relation), counts
    return found


def moved(told: Sequence[Line]) -> tuple[Line, Row] | None:
    """The line with the largest stated change, and that change: of the latest year before an earlier
    one, what is before what is foreseen, mass work first, economy last; of all petitions before one kind
    of them, of a whole before a part of it or one channel, of one year before an average of several and
    before one against the month or quarter before, changes in % before those in points.
    """
    changes = [(line, row) for line in told for row in line.changes if usable(row)]
    if not changes:
        return None

    totals = {(line.period, line.place) for line, _ in changes if line.indicator in _TOTALS}
    economy = not any(row["family"] in _MASS_WORK for _, row in changes)

    def rank(pair: tuple[Line, Row]) -> tuple[Any, ...]:
        line, row = pair
        family = row["family"]
        tier = 0 if family in _MASS_WORK else 2 if family == "economy" else 1
        kind = family == "petition" and line.indicator not in _TOTALS
        kind = kind and (line.period, line.place) in totals
        less = kind, is_part(row), bool(row.get(WHOSE)), is_mean(row), is_short(row)
        product = line.indicator != _PRODUCT
        seen = (
            (product, bool(row.get(FORESEEN)), tier) if economy else (bool(row.get(FORESEEN)), tier)
        )
        return -year_of(line.period), *seen, *less, row["unit"] != "%", -row["value"]

    return min(changes, key=rank)


def year_of(period: str) -> float:
    """The last year that a period touches; what has none may be of the latest.

    >>> year_of("2016..2020"), year_of("2021-H1"), year_of("")
    (2020, 2021, inf)
    """
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", period)
    return int(years[-1]) if years else math.inf


def is_total(row: Row) -> bool:
    """Whether a figure is of all petitions of its place, no kind and no part of them."""
    return row["indicator"] in _TOTALS and not is_part(row) and not row.get(WHOSE)


def usable(row: Row) -> bool:
    """Whether a claim has a value and no damage is suspected."""
    return row["status"] not in LOST and row["value"] == row["value"]


def resolved(told: Sequence[Line]) -> Line | None:
    """The rate that tells best what was resolved: one that its counts contradict, then one that they
    bear out, then one without counts; of several the latest, and of the latest year before all.
    """
    found = [line for line in told if line.indicator in _RESOLVED and any(map(usable, line.levels))]
    order = {"bad": 0, "ok": 1, "": 3}

    def rank(line: Line) -> tuple[Any, ...]:
        # of two with counts the one that tells of more cases
        cases = line.counts[1]["value"] if line.counts and usable(line.counts[1]) else 0
        found = order[line.verdict] + line.blind, _RESOLVED.index(line.indicator), -cases
        return -year_of(line.period), *found

    latest = sorted(found, key=lambda line: line.period, reverse=True)
    return min(latest, key=rank) if latest else None


def as_printed(row: Row, lang: str = "en") -> str:
    """A figure as printed, with a mark when a reviewer corrected it; its bound in a sign, in Chinese
    in the report's own words, or in the package's.

    Where the number itself is corrected, what holds follows it.

    >>> row = {"text": "98%", "value": 98.0, "bound": "min", "corrected": ""}
    >>> as_printed(row, "en"), as_printed(row, "zh")
    ('≥98%', '98%以上')
    """
    if not row["corrected"]:
        # 98%以上: the bound stands behind the unit and is no part of the printed figure
        told = _BOUND.search(row["text"]) is not None or pd.isna(row["value"])
        text = str(row["text"])
        if told or row["bound"] not in SIGNS:
            return text
        own = as_hedged(row) if lang == "zh" and "before" in row else text
        return own if own != text else word("story", row["bound"], lang, text=text)
    changed = {"value", "low", "high", "unit"} & set(row["corrected"].split(";"))
    ends = "–".join(filter(None, (cell(row[name]) for name in ("value", "low", "high"))))
    another = f" → {ends}{row['unit']}" if changed and ends else ""
    return f"{row['text']}{another}†"


def reference(row: Row, names: Mapping[str, str]) -> str:
    """Document and offset of a claim, as marks name them; `names` holds other names of documents."""
    return f"{names.get(row['doc'], row['doc'])}: {row['start']}"


def linked(text: str, row: Row, names: Mapping[str, str]) -> str:
    """A figure with the mark of which a page makes a link.

    >>> linked("83.7%", {"doc": "a", "start": 748}, {})
    '[83.7%][a: 748]'
    """
    return f"[{text}][{reference(row, names)}]"


@dataclass(frozen=True)
class Story:
    """The title and the three sentences of a place, written from its tables.

    What is a forecast says so, and what is of one channel, activity or court alone names it.

    Args:
        place: its name as the page shows it.
        claims: its figures.
        relations: what the audit found among them, unchecked ones left out.
        lang: `en` or `zh`.
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

    @cached_property
    def _own(self) -> pd.DataFrame:
        """The figures of the place itself, all where it has none."""
        mine = self.claims[self.claims["place"].eq(self.home)]
        return self.claims if mine.empty else mine

    def lines(self) -> list[Line]:
        """The named indicators of the place itself, of all in it where there are none."""
        told = lines(self.claims, self.relations)
        return [line for line in told if line.place == self.home] or told

    def telling(self) -> list[Line]:
        """The lines with what a headline may tell of them: the level that stands for the whole, and
        changes of which it is known that they are of it; the latest year first. Where several figures
        stand for one place and time and no rule tells the whole, a headline picks none of them.
        """
        told = self.lines()
        groups: dict[tuple[str, str, str], list[Row]] = {}
        for line in told:
            same = groups.setdefault((line.indicator, line.period, line.place), [])
            same += [row for row in line.levels if usable(row)]
        for (_, period, place), rows in groups.items():
            # rates that only their own words name are rivals of one that has a name
            for row in [row for row in rows if is_rate(row)]:
                rivals = self._namesakes.get((_last_name(row), period), ())
                rows += [one for one in rivals if one["place"] == place and one not in rows]
        found = []
        for line in told:
            rows = sorted(groups[line.indicator, line.period, line.place], key=key_of)
            # the figures of one channel are none of the whole where the report has that, too
            of_one = self._first(line.claims).get(WHOSE)
            rows = [row for row in rows if not row.get(WHOSE)] or [
                row for row in rows if row.get(WHOSE) == of_one
            ]
            best = None if self._headless(rows) else self._whole_of(rows)
            known = {*map(_as, rows)}
            mine = [row for row in line.levels if best and _as(row) == _as(best)]
            mine += [row for row in line.levels if best and self._beside_whole(row, best, rows)]
            if any(map(self._divided, mine)):
                continue
            # what is told of a part of several is no change of the whole
            of_it = {(*key_of(best)[:2], best["sentence"])} if best else set()
            changes = [
                row for row in line.changes
                if key_of(row) not in self._undecided
                and (len(known) < 2 or (*key_of(row)[:2], row["sentence"]) in of_it)
            ]  # fmt: skip
            mine.sort(key=lambda row: row is not best)
            if mine or changes or not rows:
                found.append(replace(line, levels=tuple(mine), changes=tuple(changes)))
        return sorted(found, key=lambda line: -year_of(line.period))

    def _whole_of(self, rows: Sequence[Row]) -> Row | None:
        """The figure that stands for the whole; of one counted in cases and in persons the first."""
        best = whole_of(rows, self._cases)
        if best or not rows or len({row["unit"] for row in rows}) < 2:
            return best
        same = [row for row in rows if row["unit"] == rows[0]["unit"]]
        return whole_of(same, self._cases) if is_total(rows[0]) else None

    def _beside_whole(self, row: Row, best: Row, rows: Sequence[Row]) -> bool:
        """Whether a figure is the same whole counted otherwise: 1800件次9900人次."""
        if row["unit"] == best["unit"] or not self._same_sentence(row, best):
            return False
        same = [one for one in rows if one["unit"] == row["unit"]]
        return is_total(best) and whole_of(same, self._cases) is row

    def _divided(self, row: Row) -> bool:
        """Whether a figure is one part of a count that its sentence divides: cases that were settled on
        the spot stand beside those that were filed and settled, and neither is told without the other.
        """
        if row["stage"] != "resolved" or row["kind"] != "count":
            return False
        return any(
            one["kind"] == "count" and self._same_sentence(one, row) and key_of(one) != key_of(row)
            and _ON_THE_SPOT.search(str(one["before"])[-8:])
            for one in self._rows
        )  # fmt: skip

    def _total_work(self) -> Whole | None:
        """All that a body took in, in the words of its report, with what it settled if that stands right
        behind: the largest such count of the latest year. None where the place is told of by counts
        with a name.
        """
        own = set(map(key_of, as_rows(self._own)))
        found = self._totals(own)
        if not found:
            return None
        at = min(found, key=lambda n: (-year_of(self._rows[n]["period"]), -self._rows[n]["value"]))
        one = self._total_at(at)
        return one if self._clause(one, plain=True) else None

    def _totals(self, own: set[tuple[str, int, int]]) -> list[int]:
        """Where all that a body took in is told."""
        return [
            at for at, row in enumerate(self._rows)
            if key_of(row) in own and usable(row) and row["kind"] == "count" and not is_part(row)
            and row["modality"] in {"actual", ""} and _TOTAL.fullmatch(str(row["subject"]))
        ]  # fmt: skip

    def _total_at(self, at: int) -> Whole:
        """Such a count in its words, with what was settled right behind it."""
        ats = [at]
        while (
            ats[-1] + 1 < len(self._rows)
            and self._rows[ats[-1] + 1]["kind"] == "change"
            and self._same_sentence(self._rows[ats[-1] + 1], self._rows[at])
        ):
            ats.append(ats[-1] + 1)
        after = ats[-1] + 1
        behind = self._rows[after] if after < len(self._rows) else None
        settled = (
            behind is not None and behind["stage"] == "resolved" and behind["kind"] == "count"
            and self._same_sentence(behind, self._rows[at]) and not is_part(behind)
        )  # fmt: skip
        told = clauses(self.claims, [*ats, after] if settled else ats)
        pieces = [piece for one in told for piece in (*one.pieces, ("，", None))][:-1]
        pieces[0] = (_OWN_COURT.sub("", pieces[0][0]), pieces[0][1])
        return Whole(tuple(pieces))

    def _moves_of(self, one: Whole) -> list[Row]:
        """The changes that a clause tells."""
        return [row for at in one.figures if (row := self._rows[at])["kind"] == "change"]

    def _tell_total(self, one: Whole, plain: bool = False) -> str:
        """All that a body took in, behind the court where it is one: its cases are not those of the whole
        place.
        """
        said = self._clause(one, plain)
        words = one.words
        row = self._rows[one.figures[0]]
        whose = self._whose(row, words)
        court = _COURT.search(words + whose) or _COURT.search(str(row["subject"]))
        if not court or "法院" in words + self.place:
            return said
        if self.lang == "en":
            return (
                said
                if "court" in said
                else self._say("of_court", told=said, court=self._say("court"))
            )
        said = said.removesuffix(self._say("aside", said=whose)) if whose else said
        return self._say("of_court", told=said, court=whose or self._say("court"))

    def _before(self, total: Whole) -> str:
        """The same of the year before, where another report tells it."""
        row = self._rows[total.figures[0]]
        own = set(map(key_of, as_rows(self._own)))
        last = [
            at for at in self._totals(own)
            if year_of(self._rows[at]["period"]) == year_of(row["period"]) - 1
            and key_of(self._rows[at])[:2] != key_of(row)[:2]
        ]  # fmt: skip
        if not last:
            return ""
        one = self._total_at(last[0])
        return self._say("total_before", told=self._clause(one), when=self._when(one))

    def title(self) -> str:
        """Place, time and finding in a few words; the place alone where nothing is found."""
        told = self.telling()
        best, rate = self._news(told)
        total = None if best or rate else self._first_total()
        # of one court all that it took in comes before one kind of it
        if best and best[1].get(WHOSE) and (whole_ := self._total_work()):
            same = self._rows[whole_.figures[0]]["period"] == best[1]["period"]
            total = whole_ if same else total
        line: Line | Row
        checked = True
        if total:
            line = self._rows[total.figures[0]]
            finding = self._tell_total(total, plain=True)
            checked = all(key_of(row) in self._proofs for row in self._moves_of(total))
        elif best and (product := self._product(told, *best)):
            line = product
            finding = self._say(
                "title_rate", what=self._name(line), figure=self._figures_of(line, plain=True)
            )
        elif best:
            line, row = best
            checked = key_of(row) in self._proofs
            finding = self._title_moved(self._name(line) + self._aside(line), row)
            # of batches and persons neither tells of the other
            if twin := self._twin(told, line):
                checked = checked and key_of(twin[1]) in self._proofs
                also = self._title_moved(self._name(twin[0]), twin[1])
                finding = self._say("title_both", finding=finding, other=also)
        elif not rate and (loose := self._loose()):
            line, checked = loose, key_of(loose) in self._proofs
            clause = self._in_clause(loose, plain=True)
            finding = clause or self._title_moved(self._quoted(loose), loose)
        elif rate:
            line, checked = rate, rate.verdict == "ok"
            finding = self._title_rate(rate)
        elif (found := self._other_finding(told)) is not None:
            line, finding = found
            row = self._first(line.levels) if isinstance(line, Line) else line
            # a rate without counts and a change were not checked, a count alone needs no check
            if row.get("kind") == "change":
                checked = key_of(row) in self._proofs
            else:
                checked = "kind" not in row or not is_rate(row) or key_of(row) in self._rates
        elif self.lang == "en" and len(self.claims):
            line, finding = {"period": ""}, self._holds()
        elif aims := self._aims():
            line = self._rows[aims[0].figures[0]]
            finding = self._say("title_aims", told=self._told_aims(aims, plain=True))
        else:
            return word("headings", "title", self.lang, place=self.place)
        if not checked:
            entry = "title_unchecked" if not finding.endswith("）") else "title_unchecked_too"
            finding = self._say(entry, finding=finding.removesuffix("）"))
        # how well something was done is the report's own opinion; what it quotes is a name
        pieces = re.split("([“《][^”》]*[”》])", finding)
        finding = "".join(text if n % 2 else _PRAISE.sub("", text) for n, text in enumerate(pieces))
        rows = [line] if isinstance(line, dict) else line.claims
        period = self.time_of(rows) if "doc" in rows[0] else ""
        key = "title_masked" if "x" in period else "title_dated"
        if not period and "doc" in rows[0]:
            ahead = self._ahead(rows[0])
            finding = capital(finding, self.lang)
            if (spans := _SPAN.findall(ahead)) and self.lang == "zh":
                return self._say("title_dated", place=self.place, when=spans[-1], finding=finding)
            said = [found[0] for found in _RELATIVE.finditer(ahead)]
            if said and not self.told_in:
                time = self._say("time_said", said=said[-1])
                return self._say("title_masked", place=self.place, when=time, finding=finding)
        if not period and self.told_in:
            # the figure itself has no period: the title says of when the report is
            period = self._report_time()
            key = "title_masked" if "x" in period else "title_reported"
        time = when(period, self.lang)
        key = key if time else "title_undated"
        finding = capital(finding, self.lang)
        title = self._say(key, place=self.place, when=time, finding=finding)
        # of a masked place and a masked year one pair of brackets says enough
        ahead, mark, behind = title.partition(self._say("colon"))
        return ahead.replace("）（", "，").replace(") (", ", ") + mark + behind

    def _aims(self) -> list[Whole]:
        """The figures of a report that tells of nothing but what is to come, in its words, those with a name
        first.
        """
        mine = [at for at, row in enumerate(self._rows) if usable(row)]
        # an English page says what it holds
        if self.lang == "en" or any(self._rows[at]["modality"] != "planned" for at in mine):
            return []
        mine.sort(key=lambda at: not self._rows[at]["indicator"])
        return [
            one for one in clauses(self.claims, mine) if not is_bare(one.words) and one.figures
        ][:_AIMS]

    def _told_aims(self, found: Sequence[Whole], plain: bool = False) -> str:
        """What is aimed at, one behind the other."""
        told = [without_bars(self._clause(one, plain)) for one in found]
        return self._say("clause_comma").join(told)

    def _product(self, told: Sequence[Line], best: Line, change: Row) -> Line | None:
        """The product of a place in the latest year, where the main change is one of its economy, and
        none of the product in one year.
        """
        if best.indicator == _PRODUCT and not is_mean(change):
            return None
        found = [
            line for line in told if line.indicator == _PRODUCT and any(map(usable, line.levels))
        ]
        first = max(found, key=lambda line: year_of(line.period), default=None)
        economy = best.claims[0]["family"] not in _MASS_WORK
        return (
            first if first and economy and year_of(first.period) >= year_of(best.period) else None
        )

    def _figures_of(self, line: Line, plain: bool = False) -> str:
        """The levels of a line that a headline tells, one after the other: in cases, then in persons."""
        told = {row["unit"]: row for row in reversed(line.levels) if usable(row)}
        rows = [row for row in line.levels if told.get(row["unit"]) is row]
        return self._listed([self._figure(row, plain) for row in rows or line.levels[:1]])

    def _aside(self, line: Line) -> str:
        """What brackets behind a level say is in it: 8.3亿元(含一次性收入)."""
        said = _ASIDE.match(str(self._first(line.levels)["after"])) if line.levels else None
        if said and self.lang == "en":
            return self._say("aside", said=self._say("as_worded"))
        return self._say("aside", said=said[1]) if said else ""

    def _twin(self, told: Sequence[Line], line: Line) -> tuple[Line, Row] | None:
        """The change of the same visitors counted the other way, in persons or in batches."""
        known = load("named")
        for other in told:
            pair = {line.indicator, other.indicator}
            same = (other.period, other.place) == (line.period, line.place)
            counted = any(known[one].get("of") in pair - {one} for one in pair)
            if same and len(pair) == 2 and counted:
                found = moved([other])
                if found and not found[1].get(FORESEEN):
                    return found
        return None

    def _title_rate(self, line: Line) -> str:
        """A rate with the cases that it is of, in the report's words, where these are short enough."""
        row = self._first(line.levels)
        what, figure = self._name(line), self._figure(row, plain=True)
        counts = line.counts
        if not counts and (count := self._count_beside(row)):
            counts = count, count
        of = self._title_of(what, figure, row, counts)
        return of or self._say("title_rate", what=what, figure=figure)

    def _title_of(self, what: str, figure: str, row: Row, counts: Sequence[Row]) -> str:
        """A rate behind the cases that it is of; empty where the report has no short words for them."""
        of = subject_words(str(counts[1]["subject"] or ""), self.home) if len(counts) == 2 else ""
        if self.lang == "en" and of:
            told = self._told_name(counts[1], whole=True)
            below = self._figure(counts[1], plain=True)
            fillers = {"of": told, "below": below, "what": what, "figure": figure}
            return self._say("title_rate_of", **fillers) if told and usable(counts[1]) else ""
        if not _SHORTEST <= len(of) <= _OF_WHAT or not usable(counts[1]):
            return ""
        # of which channel they are stands before the cases
        whose = str(row.get(WHOSE) or "")
        if whose and self.lang == "zh":
            what = what.removeprefix(whose)
        of = self.with_whose(row, of)
        below = self._figure(counts[1], plain=True)
        return self._say("title_rate_of", of=of, below=below, what=what, figure=figure)

    @cached_property
    def _cases(self) -> dict[tuple[str, int, int], float]:
        """Of how many cases rates are that the audit tied to counts of a whole."""
        return {
            key: counts[1]["value"]
            for key, (_, _, counts) in self._rates.items()
            if len(counts) == 2
            and usable(counts[1])
            # what was passed on is a part of what came, and all of which it is asked
            and not is_part(counts[1] | {"role": ""})
        }

    @cached_property
    def _namesakes(self) -> dict[tuple[str, str], list[Row]]:
        """The rates of mass work by the last words of their names and by period."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(as_rows(self._own), key=key_of):
            if is_rate(row) and row["subject"] and row["family"] in _MASS_WORK:
                found.setdefault((_last_name(row), row["period"]), []).append(row)
        return found

    def _stands(self, row: Row) -> bool:
        """Whether a rate stands for the whole among those of its name; any other figure does."""
        rivals = self._namesakes.get((_last_name(row), row["period"]), [])
        if not is_rate(row) or key_of(row) not in map(key_of, rivals):
            return True
        best = whole_of(rivals, self._cases)
        return best is not None and _as(best) == _as(row)

    def _headless(self, rows: Sequence[Row]) -> bool:
        """Whether figures are counts of a report whose first count of that kind of work is lost: what can
        still be read may be parts of it.
        """
        counted = [row for row in rows if row["kind"] == "count"]
        first = [self._first_counts.get((*key_of(row)[:2], row["family"])) for row in counted]
        return any(one is not None and not usable(one) for one in first)

    @cached_property
    def _first_counts(self) -> dict[tuple[str, int, str], Row]:
        found: dict[tuple[str, int, str], Row] = {}
        for row in sorted(self._rows, key=key_of):
            if row["kind"] == "count":
                found.setdefault((*key_of(row)[:2], row["family"]), row)
        return found

    def _news(self, told: Sequence[Line]) -> tuple[tuple[Line, Row] | None, Line | None]:
        """The main change and the rate of what was resolved; where one of them is of an earlier year, the
        later one alone.
        """
        best, rate = moved(told), resolved(told)
        if best and rate and year_of(best[0].period) < year_of(rate.period):
            return None, rate
        return best, rate

    def time_of(self, rows: Sequence[Row]) -> str:
        """The period of some figures of one period, as exactly as it is known."""
        known = {known_until(row, self.dated.get(key_of(row)[:2], "")) for row in rows}
        return known.pop() if len(known) == 1 else str(rows[0]["period"])

    def _ahead(self, row: Row) -> str:
        """The words of its sentence before a figure."""
        at = self._positions.get(key_of(row))
        if at is None:
            return ""
        pieces = whole(self.claims, [at])[0].pieces
        return "".join(text for text, _ in itertools.takewhile(lambda one: one[1] != at, pieces))

    def _report_time(self) -> str:
        """Of when the one report is, or all reports: the year, or the month before whose end no figure
        of that year can lie.
        """
        months = {
            known_until({"period": self.told_in, "period_from": "report"}, dated)
            for dated in self.dated.values()
        }
        return months.pop().removeprefix("..") if len(months) == 1 else self.told_in

    def _other_finding(self, told: Sequence[Line]) -> tuple[Line | Row, str] | None:
        """What a title tells where nothing moved and no rate of what was resolved is stated: a check
        that fails, that most is masked, the first named indicator, or a figure by its own words.
        """
        for rows in self._contradictions():
            figure, other = (self._figure(row, plain=True) for row in rows[:2])
            subject = rows[0]["subject"]
            key = "title_bad" if len(rows) < 4 else "title_bad_sum"
            finding = self._say(key, figure=figure, other=other)
            what = subject_words(subject, self.home)
            what = self._told_name(rows[0]) if self.lang == "en" else what
            return rows[0], self._say("by_words", what=what, figure=finding) if what else finding
        lost = int(self.claims["status"].isin(LOST).sum())
        if lost * 2 > len(self.claims):
            figures = self._noun("figures", len(self.claims))
            every = "_one" if len(self.claims) == 1 else "_all" * (lost == len(self.claims))
            key = "title_lost" + every
            return {"period": ""}, self._say(key, n=lost, figures=figures)
        rate = self._unnamed_rate()
        count = self._count_beside(rate) if rate and self.lang == "zh" else None
        if rate and rate["stage"] == "resolved" and count:
            name, figure = _last_name(rate).rstrip(_JOINS), self._figure(rate, plain=True)
            if said := self._title_of(name, figure, rate, (count, count)):
                return rate, said
        for line in sorted(told, key=lambda line: not any(map(is_total, line.levels))):
            if any(map(usable, line.levels)):
                figure = self._figures_of(line, plain=True)
                return line, self._say("title_rate", what=self._of_level(line), figure=figure)
        if rate and rate["stage"] == "resolved":
            name, figure = _last_name(rate).rstrip(_JOINS), self._figure(rate, plain=True)
            counts = self._rates.get(key_of(rate), ("", False, ()))[2]
            name = self._told_name(rate) if self.lang == "en" else self._say("own_words", what=name)
            if said := self._title_of(name, figure, rate, counts):
                return rate, said
        for one in self._clauses():
            rows = [self._rows[at] for at in one.figures]
            words = one.between
            if not (all(map(self._stands, rows)) or _OF_ALL.search(words)):
                continue
            change = next((row for row in rows if row["kind"] == "change"), rows[0])
            return change, self._clause(one, plain=True)
        return None

    def _title_moved(self, what: str, row: Row) -> str:
        """What moved, against when and by how much."""
        against = self.against(row)
        return self._say("title_moved", what=what, how=self._how(row, plain=True), against=against)

    def _quoted(self, row: Row) -> str:
        """The words of a report for what a figure is of, without the place, in English its name."""
        what = self._told_name(row) if self.lang == "en" else self._moving(row)
        if not what:
            what = self._say("figure_on", what=say("families", str(row["family"]), self.lang))
        return self.with_whose(row, what)

    def _moving(self, row: Row) -> str:
        """The words for what a change is of, without those that only say which way it went."""
        what = _MOVED.sub("", subject_words(str(row["subject"]), self.home)).strip(" ,，、")
        return _CLAUSE.split(what)[-1] if _BARE.fullmatch(_CLAUSE.split(what)[0]) else what

    def _in_clause(self, row: Row, plain: bool = False) -> str:
        """A change in its clause, with the one before, where its own words do not say of what it is (较上月
        增长13%); empty where they do.
        """
        what = self._moving(row)
        if self.lang == "en" or (len(_HAN.findall(what)) > 1 and not _BARE.fullmatch(what)):
            return ""
        keys = [key_of(one) for one in self._rows]
        at = keys.index(key_of(row))
        found = clauses(self.claims, [at])
        said = self._clause(found[0], plain) if found else ""
        # 日均101件,较上周下降2%: of what it is, the figure before says
        first = next((n for n in range(at) if self._same_sentence(self._rows[n], row)), at)
        if _MEAN.match(said.strip("“")) and first < at - 1:
            head = self._clause(clauses(self.claims, [first])[0], plain)
            said = said.removesuffix(self._say("aside", said=row.get(WHOSE)))
            return self._say("clause_comma").join([head, said])
        return said

    def _same_sentence(self, one: Row, other: Row) -> bool:
        """Whether two figures stand in one sentence."""
        keys = [(*key_of(row)[:2], row["sentence"]) for row in (one, other)]
        return bool(keys[0] == keys[1])

    @cached_property
    def _rows(self) -> list[Row]:
        return as_rows(self.claims)

    @cached_property
    def _positions(self) -> dict[tuple[str, int, int], int]:
        """Where each figure stands in the table, the first of several."""
        return {key_of(row): at for at, row in reversed([*enumerate(self._rows)])}

    @cached_property
    def _rates(self) -> dict[tuple[str, int, int], tuple[str, bool, tuple[Row, ...]]]:
        return checked_rates(self.claims, self.relations)

    def _clauses(self, besides: Iterable[tuple[str, int, int]] = ()) -> list[Whole]:
        """Clauses of legible figures that are short enough to be told: mass work first, then what the
        reports write most about; of one subject the largest counts first.
        """
        most = list(self._own["family"].value_counts().index)
        told = set(besides)
        mine = set(map(key_of, as_rows(self._own)))
        fits = [
            at for at, row in enumerate(self._rows)
            if usable(row) and row["modality"] != "planned" and row["role"] != "base"
            and key_of(row) in mine - told
        ]  # fmt: skip

        def rank(one: Whole) -> tuple[Any, ...]:
            rows = [self._rows[at] for at in one.figures]
            counts = [
                row["value"]
                for row in rows
                if row["kind"] == "count" and row["measure"] != "duration"
            ]
            family = rows[0]["family"]
            order = family not in _MASS_WORK, family == "other", most.index(family)
            # in English a figure with a name is told before one of which only the subject is known
            known = self.lang == "en" and any(self._told_name(row, whole=True) for row in rows)
            # of mass work rates say more than counts
            rate = order[0] or not any(map(is_rate, rows))
            # one row of a table and one channel are parts of what the report tells of
            mass = not order[0]
            part = mass and self._in_long_table(rows[0]), self._of_one(rows[0])
            less = *order[1:], rate, rows[0]["role"] == "part", -max(counts, default=0.0)
            unsaid = mass and bool(self._of_what(one))
            # a standard tells of no result, nor do those who came to a meeting
            ruled = any(row["modality"] == "required" for row in rows)
            idle = ruled or _ATTENDED.search(one.words) is not None
            return idle, *part, unsaid, order[0], self.lang == "en" and not known, *less

        own_cells = map(_own_cell, clauses(self.claims, fits))
        found = {self._clause(one, plain=True): one for one in own_cells}
        # how long a clause is its own words say; in English it has none where no figure has a name
        lengths = {
            text: len(one.words if self.lang == "en" else text) for text, one in found.items()
        }
        short = [one for text, one in found.items() if text and _LEAST <= lengths[text] <= _MOST]
        return sorted((one for one in short if not self._loses(one)), key=rank)

    def _loses(self, one: Whole) -> bool:
        """Whether a clause, told alone, says no more of what its figure is, or is none (在完成9户的基础上), or
        lacks a word that its page lost (引发件的隐患):
        a rate by its bare name behind another figure of its sentence, a part without the word for it,
        one of two sums of one name.
        """
        words = one.between
        # several cells of a row that no head names are no clause
        torn = _TORN.search(words) or words.count("|") > 1
        if _SUBORDINATE.search(words) or torn:
            return True
        first = self._rows[one.figures[0]]
        title = str(self.titles.get(key_of(first)[:2], ""))
        # 完成情况(一至七项) counts nothing
        if not re.search(r"\d", str(first["text"])) and _told_alike(one.words, title):
            return True
        mass = first["family"] in _MASS_WORK
        if not mass and is_bare(words) and not self._of_what(one):
            return True
        for at in one.figures:
            row = self._rows[at]
            bare = is_rate(row) and _BARE_RATE.fullmatch(words) and row["before"][:1] in ",，、;；"
            alike = self._namesakes.get((_last_name(row), row["period"]), ())
            if bare and (key_of(row) in self._rates or len(alike) > 1):
                return True
            if row["role"] == "part" and not _OF_WHOLE.search(words):
                return True
            name = _SCOPE.sub("", _last_name(row))
            rivals = self._sums.get((name, _unit(row), row["period"]), [])
            # 村工作室解决173件 and 站解决51件 say whose they are
            bare = _SCOPE.sub("", words) == name and len({_as(rival) for rival in rivals}) > 1
            if bare and whole_of(rivals) is not rivals[0]:
                return True
        return False

    @cached_property
    def _sums(self) -> dict[tuple[str, str, str], list[Row]]:
        """Counts and sums of money by the last words of their names, by unit and period."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in sorted(as_rows(self._own), key=key_of):
            name = _SCOPE.sub("", _last_name(row))
            if row["kind"] in {"count", "money"} and usable(row) and len(_HAN.findall(name)) > 1:
                found.setdefault((name, _unit(row), row["period"]), []).append(row)
        return found

    def _clause(self, one: Whole, plain: bool = False) -> str:
        """A clause in the words of the report, which need not name the place again, in English with the
        names of its figures; each figure leads to its sentence.
        """
        if self.lang == "en":
            return self._clause_named(one, plain)
        # the line between the cells of a row is no word
        said = "".join(
            _CELL_ENDS.sub("", text) if at is None
            else text if plain
            else linked(text or "…", self._rows[at], self.names)
            for text, at in one.pieces
        )  # fmt: skip
        rows = [self._rows[at] for at in one.figures]
        words = subject_words(said, self.home)
        words = named_for(words, str(rows[0].get(BODY) or "")) if rows else words
        # 预计完成9亿元、增长8%: the clause that is told alone has lost its word
        unsaid = any(row.get(FORESEEN) for row in rows) and not _EXPECTED.search(words)
        words = self._say("foreseen", said=words) if unsaid else words
        if of := self._of_what(one):
            # 修路7公里 of a table of plans stands apart from how far it is
            of += "：" * (self.lang == "zh" and bool(re.search(r"\d", of)))
            return self._say("of_what", of=of, told=words)
        # 受理66件 below the heading 市民热线
        whose = self._whose(rows[0], words) if rows and rows[0]["family"] in _MASS_WORK else ""
        return words + self._say("aside", said=whose) if whose else words

    def in_own_words(self, rows: Sequence[Row]) -> str:
        """Figures of one unit and unlike value in their clauses, where each has words of its own; empty
        where they need none.
        """
        values = {(row["unit"], row["text"]) for row in rows}
        told_apart = len({unit for unit, _ in values}) < len(values)
        if self.lang == "en" or not told_apart or any(row["corrected"] for row in rows):
            return ""
        found = clauses(self.claims, [self._positions[key_of(row)] for row in rows])
        words = {one.between for one in found}
        if len(words) < len(found) or len(found) < 2:
            return ""
        return self._say("semicolon").join(map(self._clause, found))

    def _of_one(self, row: Row) -> bool:
        """Whether a figure is of one channel, activity or court, where most of the place are of none."""
        named = sum(map(bool, self._own[WHOSE]))
        return bool(row.get(WHOSE)) and named * 2 < len(self._own)

    def _in_long_table(self, row: Row) -> bool:
        """Whether a figure stands in one of many rows of a table, and not in that of the total."""
        cell_ = self._head(row)[1]
        alike_ = self._row_names.get((*key_of(row)[:2], row["heading"]), set())
        return len(alike_) > _ROWS and cell_ in alike_ and not _OF_ROWS.search(cell_)

    @cached_property
    def _row_names(self) -> dict[tuple[str, int, str], set[str]]:
        """The names of the rows of tables below each heading."""
        found: dict[tuple[str, int, str], set[str]] = {}
        for row in self._rows:
            if cell_ := self._head(row)[1]:
                found.setdefault((*key_of(row)[:2], row["heading"]), set()).add(cell_)
        return found

    def _head(self, row: Row) -> tuple[str, str]:
        """The words of the list and of the row of a table that a figure stands under."""
        return self.heads.get((row["doc"], int(row["start"])), ("", ""))

    def of_what(self, row: Row, one: Whole) -> str:
        """Of what the figures of a clause are, the first of which is given, that leaves this to its row, to
        the head of its list, to its heading or to the clause before; empty for one that says it, or where
        these do not.
        """
        words = one.between
        head, cell_ = self._head(row)
        said = above(words, head, str(row.get("heading") or ""), cell_)
        at = self._positions[key_of(row)]
        parts = in_clauses(whole(self.claims, [at])[0]) if said and not cell_ else []
        mine = next((n for n, part in enumerate(parts) if at in part.figures), 0)
        before = parts[mine - 1].words if mine else ""
        # 农村低保重新核定,调出9户 below 城乡低保
        nearer = before and not re.search(r"\d", before) and not is_bare(before)
        return before if nearer and alike(said, before) else said

    def _of_what(self, one: Whole) -> str:
        """The same for a clause of this place."""
        return self.of_what(self._rows[one.figures[0]], one) if one.figures else ""

    def _clause_named(self, one: Whole, plain: bool = False) -> str:
        """The figures of a clause in English, each behind its name; one without a name is left out, and a
        change without words stands behind the figure that it is of.
        """
        rows = [self._rows[at] for at in one.figures]
        names = [self._told_name(row) for row in rows]
        parts: list[str] = []
        for n, (row, name) in enumerate(zip(rows, names, strict=True)):
            change = row["kind"] == "change"
            again = bool(parts) and name == next(filter(None, reversed(names[:n])), "")
            if change and parts and (again or not _HAN.search(self._moving(row))):
                parts.append(self._how(row, plain))
            elif name and again:
                parts.append(self._counted(row, plain, unit=True))
            elif name:
                said = self._how(row, plain) if change else ""
                alone = names.count(name) == 1
                parts.append(f"{name} {said}" if said else self._so_many(row, name, plain, alone))
        said = self._say("clause_comma").join(parts)
        whose = str(rows[0].get(WHOSE) or "") if rows and rows[0]["family"] in _MASS_WORK else ""
        whose = channel_name(whose) if said and whose not in self.place else ""
        known = not whose or _tells_channel(said, whose)
        return said if known else said + self._say("aside", said=whose)

    def _so_many(self, row: Row, name: str, plain: bool, alone: bool) -> str:
        """A figure with its name: 24 party branches, but share of cases closed: 99%."""
        unit = not alone or row["measure"] not in _IMPLIED
        figure = self._counted(row, plain, unit=unit)
        of_things = (
            figure == self._figure(row, plain) and row["kind"] == "count" and row["value"] != 1
        )
        if (
            not of_things
            or row.get(FORESEEN)
            or name.startswith(("count of", "share of", "figure on"))
        ):
            return self._say("named_figure", what=name, figure=figure)
        return self._say("so_many", what=name, figure=figure)

    def _counted(self, row: Row, plain: bool = False, unit: bool = True) -> str:
        """A figure in English with its unit, where its name does not imply that."""
        figure, own = self._figure(row, plain), str(row["unit"])
        said = unit and usable(row) and not own.startswith(("元", "%", "百分点"))
        name = english_unit(own, row["value"] == 1) if said else ""
        return f"{figure} {name}" if name else figure

    def _told_name(self, row: Row, whole: bool = False) -> str:
        """What a figure is of in English within a sentence: the name of its indicator, or one put
        together of its words where the glossary knows all of them, else what its family and its stage
        tell. Empty where they tell nothing, or where only a `whole` name will do.
        """
        words = self._moving(row) if row["kind"] == "change" else str(row["subject"])
        words = subject_words(words, self.home).replace(str(row.get(WHOSE) or "\0"), "")
        # what a court closes are cases, whatever the family
        family = (
            "crime" if row["family"] == "other" and row["unit"] in _CASES else str(row["family"])
        )
        name = english_name(words, family, rate=row["kind"] == "rate" and row["unit"] == "%")
        if not name and row["indicator"] and not self._narrowed(row):
            name = str(indicator_label(level_of(str(row["indicator"])), "en"))
        if not name and not whole:
            name = family_name(row)
        return within(name, "en")

    def _narrowed(self, row: Row) -> bool:
        """Whether the words of a figure say more than the name of its indicator."""
        label = str(indicator_label(level_of(str(row["indicator"])), "zh"))
        words = str(row["subject"])
        return any(one[0] not in label for one in _KIND.finditer(words)) or bool(
            _NARROW.search(words)
        )

    def _holds(self) -> str:
        """How many figures there are and on what, where none of them has a name in English."""
        known = [
            one for one in self._own["family"].value_counts().index if one not in ("", "other")
        ]
        figures = self._noun("figures", len(self.claims))
        on = self._listed([str(say("families", one, "en")) for one in known[:_CLAUSES]])
        return self._say("holds" if on else "holds_only", figures=figures, on=on)

    def _told(self, found: Sequence[Whole]) -> str:
        """The first clauses, and whether there are more."""
        more = self._say("and_more") if len(found) > _CLAUSES else ""
        said, last = [], ""
        for one in found[:_CLAUSES]:
            of, text = self._of_what(one), self._clause(one)
            # what several are of is told once
            said.append(
                text.removeprefix(of).lstrip("：")
                if of and of == last and self.lang == "zh"
                else text
            )
            last = of
        said = list(filter(None, said))
        return self._say("semicolon").join(said) + more * bool(said)

    def sentences(self) -> list[str]:
        """What moved most, what was resolved and whether its counts bear it out, what is missing."""
        if self.claims.empty:
            return []
        told = self.telling()
        moved_, resolved_ = self._moved(told), self._resolved(told)
        if self._is_older(told):
            resolved_ = ""
        # where nothing moved, what was resolved is the news
        best, rate = self._news(told)
        rated = rate is not None or self._unnamed_rate() is not None
        still = best is None and (rate is not None or self._loose() is None)
        first = (
            [resolved_, moved_]
            if still and rated and resolved_
            else [moved_, resolved_ or self._no_rate()]
        )
        said = [*first, self._lacking()]
        # and what does not add up is more than a list of figures
        said = said[-1:] + said[:-1] if still and self._contradictions() else said
        return [text for text in said if text]

    def _is_older(self, told: Sequence[Line]) -> bool:
        """Whether a rate without counts is of an earlier year than the total that the title tells."""
        best, rate = self._news(told)
        total = None if best or rate else self._first_total()
        row = self._unnamed_rate()
        if total is None or row is None or key_of(row) in self._rates:
            return False
        return year_of(row["period"]) < year_of(self._rows[total.figures[0]]["period"])

    # ---- the three sentences

    def _moved(self, told: Sequence[Line]) -> str:
        best, rate = self._news(told)
        if best is None and rate is None and (total := self._first_total()):
            said = self._unsized()
            about = {"told": self._tell_total(total), "when": self._when(total), "said": said}
            moves = self._moves_of(total)
            about |= {"proof": self._proof(moves[0])} if moves else {}
            key = "total_moved" if moves else "total_unsized" if said else "total"
            return self._say(key, **about) + self._before(total)
        if best is None and rate is None and (loose := self._loose()):
            return self._moved_loose(loose) + self._total_too(loose)
        if best is None:
            known = [line for line in told if any(map(usable, line.levels))]
            # what is resolved, and out of which counts, is told by the other sentence
            besides = self._in_resolved(told)
            first = [
                line for line in known
                if line.indicator not in _RESOLVED and not besides & set(map(key_of, line.levels))
            ]  # fmt: skip
            # all petitions before one kind of them
            first = sorted(first, key=lambda line: not any(map(is_total, line.levels)))[:3]
            if not first:
                return self._unnamed(besides)
            gap = "semicolon" if self.lang == "en" else "comma"
            parts = self._say(gap).join([self._level(line) for line in first])
            if not self._changes() and (said := self._unsized()):
                return self._say("moved_unsized", told=parts, said=said)
            # in English a change has no words where its clause has no name
            changes = self._told_changes()
            key = "moved_unnamed" if changes else "moved_levels"
            return self._say(key, parts=parts, told=changes)
        line, row = best
        level = [one for one in line.levels if usable(one)]
        fillers = {
            **self._about(self._name(line), self.time_of(line.claims)),
            "how": self.held(row),
        }
        fillers["also"] = self._also(told, line)
        if not level and (before := self._level_of(line, row)):
            # 完成130亿元、年均增长12%: the level is of the last year of the span
            time = when(before["period"], self.lang) if before["period"] != row["period"] else ""
            figure = self.from_to(before, self._figure(before))
            figure = self._say("level_of", figure=figure, when=time) if time else figure
            return self._say("moved", level=figure, **fillers)
        if not level:
            return self._say("moved_change", **fillers)
        level_ = self.from_to(level[0], self._figure(level[0])) + self._aside(line)
        told_ = self._say("moved", level=level_, **fillers)
        return told_ + self._total_too(row)

    def _moved_loose(self, loose: Row) -> str:
        """The main change where it has no settled name."""
        words = self.with_whose(loose, f"“{self._moving(loose)}”")
        words = self._quoted(loose) if self.lang == "en" else words
        told_of = self._about(words, self.time_of([loose]))
        if clause := self._in_clause(loose):
            about = self._about(clause, told_of["when"] and self.time_of([loose]))
            proof = self._proof(loose)
            return self._say("moved_clause", **about, proof=proof)
        if count := self._level_before(loose):
            how, figure = self.held(loose), self._figure(count)
            return self._say("moved", level=figure, how=how, also="", **told_of)
        return self._say("moved_bare", how=self.held(loose), **told_of)

    def _total_too(self, row: Row) -> str:
        """All that was taken in, behind a change of one court or of one kind of its work."""
        total = self._total_work() if row.get(WHOSE) else None
        if total is None or self._rows[total.figures[0]]["period"] != row["period"]:
            return ""
        return self._say("total_too", told=self._tell_total(total), when=self._when(total))

    def _first_total(self) -> Whole | None:
        """All that a body took in, where no change is told of a count of a whole place."""
        loose = self._loose()
        total = self._total_work()
        if total is None or loose is None or not self._level_before(loose):
            return total
        # all that a body took in comes before one kind of it
        row = self._rows[total.figures[0]]
        same = row["period"] == loose["period"] and key_of(row)[:2] == key_of(loose)[:2]
        return total if same else None

    def _when(self, one: Whole) -> str:
        """The period of a clause within a sentence."""
        return self._about("", self.time_of([self._rows[one.figures[0]]]))["when"]

    def _level_of(self, line: Line, change: Row) -> Row | None:
        """The figure of the same indicator that the sentence of a change tells before it."""
        found = [
            row for row in self._rows
            if row["indicator"] == line.indicator and usable(row) and row["start"] < change["start"]
            and self._same_sentence(row, change) and row["kind"] != "change"
        ]  # fmt: skip
        return found[-1] if found else None

    def _level_before(self, row: Row) -> Row | None:
        """The count that a change stands right behind, where the change has no words of its own."""
        keys = [key_of(one) for one in self._rows]
        at = keys.index(key_of(row))
        if not at or not _GROWS.fullmatch(str(row["before"])):
            return None
        one = self._rows[at - 1]
        same = self._same_sentence(one, row)
        return one if same and one["kind"] == "count" and usable(one) else None

    def _also(self, told: Sequence[Line], first: Line) -> str:
        """The next change of mass work in the same period, where there is one of a whole."""
        others = [line for line in told if line.period == first.period and line != first]
        found = self._twin(told, first) or moved(others)
        if found is None or found[1]["family"] not in _MASS_WORK or found[1]["role"] == "part":
            return ""
        both = [found, self._twin(told, found[0])]
        return "".join(
            self._say("also", what=self._name(line), how=self.held(row))
            for line, row in filter(None, both)
            if line != first
        )

    def _resolved(self, told: Sequence[Line]) -> str:
        line, row = resolved(told), self._unnamed_rate()
        if line is not None:
            about = self._about(self._name(line), self.time_of(line.claims))
            figure = self._figure(self._first(line.levels))
            # 99.7% of disputes over land is no 99.7% of all disputes
            of = self._words_of(line.counts[1]) if len(line.counts) == 2 else ""
            of = of if len(of) > _LEAST + 1 else ""
            told_ = self._borne_out(
                line.verdict, line.blind, line.counts, about | {"figure": figure}, of
            )
            return told_ + self._other_rate(self._first(line.levels))
        if row is None:
            return self._settled_apart()
        name = self.with_whose(row, self._words_of(row)) + self._beside(row)
        about = self._about(name, self.time_of([row])) | {"figure": self._figure(row)}
        verdict, blind, counts = self._rates.get(key_of(row), ("", False, ()))
        # of what a rate is that is called no more than 解决率, its counts say
        of = self._words_of(counts[1]) if len(counts) == 2 else ""
        return self._borne_out(verdict, blind, counts, about, of) + self._other_rate(row)

    def _other_rate(self, row: Row) -> str:
        """The one other rate of the same last word in the same report, where it is another figure: of 化解率
        86% and 化解率 87.7% neither stands alone; one that its sentence counts is told with its counts. Of
        many, those of towns, none is told.
        """
        name = _last_name(row).rstrip(_JOINS)[-_RATE_NAME:]
        found = [
            one for one in as_rows(self._own)
            if is_rate(one) and key_of(one)[:2] == key_of(row)[:2] and _as(one) != _as(row)
            and name.endswith("率") and _last_name(one).rstrip(_JOINS).endswith(name)
        ]  # fmt: skip
        if len({*map(_as, found)}) != 1:
            return ""
        what, figure = self._words_of(found[0]), self._figure(found[0])
        told = self._own_part(found[0], what.strip("“”"))
        what = self.with_whose(found[0], what)
        return told or self._say("resolved_other", what=what, figure=figure)

    def _own_part(self, row: Row, name: str) -> str:
        """A rate behind the counts of its own sentence that it is of (其中集体访26件，已解决22件), and how it came
        out; empty where it has none.
        """
        verdict, blind, counts = self._rates.get(key_of(row), ("", False, ()))
        if len(counts) != 2 or not all(self._same_sentence(row, count) for count in counts):
            return ""
        above, below = counts
        of = _AMONG.sub("", subject_words(str(below["subject"]), self.home))
        of = self.with_whose(below, of) if self.lang == "zh" else of
        done = _CLAUSE.split(str(above["before"]))[-1] if self.lang == "zh" else ""
        among = "among" if "其中" in self._ahead(below) or is_part(below) else "beside_it"
        told = {"of": of, "below": self._figure(below), "above": done + self._figure(above)}
        told |= {"name": name, "figure": self._figure(row), "among": self._say(among)}
        return self._say("resolved_part", proof=self._say("blind" if blind else verdict), **told)

    def _settled_apart(self) -> str:
        """Where a sentence divides what was settled, on the spot and after it was filed: all its counts, behind
        the count that the sentence before begins with; empty where there is none.
        """
        own = set(map(key_of, as_rows(self._own)))
        found = [
            at for at, row in enumerate(self._rows) if key_of(row) in own and self._divided(row)
        ]
        if not found:
            return ""
        last = self._rows[found[0]]
        same = [at for at, row in enumerate(self._rows) if self._same_sentence(row, last)]
        before = {**last, "sentence": last["sentence"] - 1}
        led = [at for at, row in enumerate(self._rows) if self._same_sentence(row, before)][:1]
        comma = self._say("clause_comma")
        aside = self._say("aside", said=last.get(WHOSE))
        parts = [
            comma.join(filter(None, (self._clause(one).removesuffix(aside) for one in clauses(self.claims, at))))
            for at in (led, same) if at
        ]  # fmt: skip
        when_ = self._about("", self.time_of([last]))["when"]
        return self._say("settled_apart", told=self._say("semicolon").join(parts), when=when_)

    def _beside(self, row: Row) -> str:
        """The one count before a rate that has no counts of its own and no more than its name: of what it
        is.
        """
        one = self._count_beside(row)
        if one is None:
            return ""
        words = subject_words(str(one["subject"]), self.home)
        words = self._told_name(one) if self.lang == "en" else words
        return self._say("beside", what=words, figure=self._figure(one)) if words else ""

    def _count_beside(self, row: Row) -> Row | None:
        """That count."""
        at = [key_of(one) for one in self._rows].index(key_of(row))
        one = self._rows[at - 1] if at else row
        bare = str(row["before"])[:1] in {",", "，"} and len(str(row["subject"])) <= _NAME // 2
        if not bare or key_of(row) in self._rates or not self._same_sentence(one, row):
            return None
        counts = [row for row in self._rows[:at] if self._same_sentence(row, one)]
        firm = len(counts) == 1 and one["kind"] == "count" and usable(one)
        return one if firm and one["subject"] else None

    def _in_resolved(self, told: Sequence[Line]) -> set[tuple[str, int, int]]:
        """The figures of the sentence on what was resolved."""
        line, row = resolved(told), self._unnamed_rate()
        if line is not None:
            return set(map(key_of, line.levels + line.counts))
        counts = self._rates.get(key_of(row), ("", False, ()))[2] if row else ()
        return {key_of(row), *map(key_of, counts)} if row else set()

    def _words_of(self, row: Row) -> str:
        """The report's own words for what a figure is of, as a quotation, in English its name."""
        if self.lang == "en":
            return self._told_name(row)
        subject = subject_words(str(row["subject"]), self.home).rstrip(_JOINS)
        return f"“{subject}”" if subject else ""

    def _borne_out(
        self,
        verdict: str,
        blind: bool,
        counts: Sequence[Row],
        fillers: dict[str, str],
        of: str = "",
    ) -> str:
        """A rate, and whether the counts of the report bear it out."""
        if not counts:
            return self._say("resolved_bare", **fillers)
        above, below = (self._figure(row) for row in counts)
        if self.lang == "en" and of:
            of = self._told_name(counts[1], whole=True)
        below = self._say("by_counts", what=of, figure=below) if of else below
        key = "bad" if verdict == "bad" else "blind" if blind else "ok"
        return self._say(f"resolved_{key}", above=above, below=below, **fillers)

    def _unnamed(self, besides: Iterable[tuple[str, int, int]] = ()) -> str:
        """What stands there in the words of the report, where nothing has a name, and the changes
        without one.
        """
        found = self._clauses(besides)
        if not found and self.lang == "en" and not {*besides}:
            return self._say("moved_holds", told=self._holds())
        if not found:
            aims = self._aims()
            return self._say("aims", told=self._told_aims(aims)) if aims else ""
        if len(self.claims) == 1:
            return self._say("moved_one", told=self._told(found))
        said = {at for one in found[:_CLAUSES] for at in one.figures}
        changes = self._told_changes(besides=said)
        if not self._changes() and (unsized := self._unsized()):
            return self._say("moved_unsized", told=self._told(found), said=unsized)
        key = "moved_loose" if changes else "moved_told" if self._changes() else "moved_none"
        return self._say(key, told=self._told(found), changes=changes)

    def _unsized(self) -> str:
        """Which way the sentences of the figures say that something went, without an amount (人数同比均下降);
        empty where none does. What is hoped for is no change.
        """
        own = set(map(key_of, filter(is_actual, as_rows(self._own))))
        at = [at for at, row in enumerate(self._rows) if key_of(row) in own]
        told = []
        for one in whole(self.claims, at):
            text = one.words
            for found in _UNSIZED.finditer(text):
                ahead = _CLAUSE.split(text[: found.start()])
                if _EXPECTED.search(ahead[-1]) or _HOPED.search(ahead[-1]):
                    continue
                if self.lang == "en":
                    way = "down" if _FALLS.search(found["way"]) else "up"
                    told.append(self._say(f"unsized_{way}"))
                    continue
                what = next((clause for clause in reversed(ahead) if _HAN.search(clause)), "")
                what = _SCOPE.sub("", subject_words(what.strip(), self.home))
                told.append(self._say("unsized", what=what, base=found["base"], way=found["way"]))
        return self._listed(list(dict.fromkeys(told)))

    def _told_changes(self, besides: Iterable[int] = ()) -> str:
        """The stated changes in their clauses, but for figures that are told already."""
        keys = set(map(key_of, self._changes()))
        at = [at for at, row in enumerate(self._rows) if key_of(row) in keys]
        return self._told(clauses(self.claims, [one for one in at if one not in {*besides}]))

    def _changes(self) -> list[Row]:
        """All stated changes, whatever they are of."""
        rows = as_rows(self._own[self._own["kind"].eq("change")])
        return [row for row in rows if is_actual(row) and usable(row)]

    def _loose(self) -> Row | None:
        """The largest change of mass work without a settled name, known by its own words."""
        fits = [
            row for row in self._changes()
            if row["family"] in _MASS_WORK and row["subject"] and row["unit"] == "%"
            # 四年增幅126% says of nothing that it grew
            and not _TIME_ALONE.fullmatch(self._moving(row))
        ]  # fmt: skip
        return min(
            fits,
            key=lambda row: (
                -year_of(row["period"]), bool(row.get(FORESEEN)), is_part(row), bool(row.get(WHOSE)),
                is_mean(row), is_short(row), -row["value"],
            ),
            default=None,
        )  # fmt: skip

    def _some(self, told: Sequence[str]) -> str:
        """The first three of what is told, and whether there are more."""
        return self._listed(told[:3]) + (self._say("and_more") if len(told) > 3 else "")

    def _with_name(self, row: Row) -> str:
        """A rate behind the last words of its report that name it, where these are short enough, else in
        its clause; of when it is, where the figures of the place are of several years.
        """
        if self.lang == "en":
            name, figure = self._told_name(row, whole=True), self._figure(row)
            return self._say("by_words", what=name, figure=figure) if name else figure
        last = re.split("[,，；;]", subject_words(str(row["subject"] or ""), self.home))[-1]
        name, figure = _REACHED.sub("", _SCOPE.sub("", last)), self._figure(row)
        # of a list the last part alone would be another thing, and of several figures of one name none has it
        namesakes = [
            one for one in self._bare_rates[1]
            if self._same_sentence(one, row) and _last_name(one) == _last_name(row)
        ]  # fmt: skip
        short = len(_HAN.findall(name)) > 1 and len(name) <= _NAME and not _LISTED.search(name)
        if not short or len(namesakes) > 1:
            return self._in_its_clause(row) or figure
        name = self.with_whose(row, name.strip(" |"))
        period = self.time_of([row])
        years = {
            row["period"][:4] for row in as_rows(self._own) if is_actual(row) and row["period"]
        }
        if self.lang == "zh" and len(years) > 1 and period and "x" not in period:
            time = when(period, self.lang)
            name = name if name.startswith(time) else time + name
        return self._say("by_words", what=name, figure=figure)

    def _in_its_clause(self, row: Row) -> str:
        """A rate in its clause, with the others there; of one rate among several things the last of them and
        what it is a rate of (与孤儿、信访对象对话率: 与信访对象等对话率).
        """
        same = [
            at
            for at, one in enumerate(self._rows)
            if is_rate(one) and self._same_sentence(one, row)
        ]
        mine = self._positions[key_of(row)]
        one = next((one for one in clauses(self.claims, same) if mine in one.figures), None)
        # a row of a table is no clause
        of_table = whole(self.claims, [mine])[0].of_table
        if one is None or of_table or one.pieces[0][1] is not None:
            return ""
        (ahead, _), *rest = one.pieces
        if self.lang == "zh":
            ahead = _DONE.sub("", _SCOPE.sub("", subject_words(ahead, self.home)))
            ahead = _EACH.sub("均为", ahead) if len(one.figures) == 1 else ahead
        *others, last = re.split("[、及和]", _REACHED.sub("", ahead))
        kind = last[-_RATE_NAME:]
        if others and kind.endswith("率") and kind != last and "率" not in "".join(others):
            name = f"{'与' * ('与' in others[0])}{last[:-_RATE_NAME]}等{kind}"
            return self._say("by_words", what=name, figure=self._figure(row))
        return self._clause(Whole(((ahead, None), *rest))) if _HAN.search(ahead) else ""

    def _unnamed_rate(self) -> Row | None:
        """A rate of what was resolved without a settled name: one that its counts contradict or bear
        out before one without counts.
        """
        order = {"bad": 0, "ok": 1, "": 3}
        found: list[tuple[int, Row]] = []
        for row in as_rows(self._own):
            verdict, blind, _ = self._rates.get(key_of(row), ("", False, ()))
            of_work = row["family"] in _MASS_WORK and (
                row["stage"] == "resolved" or verdict == "ok"
            )
            if is_rate(row) and row["subject"] and of_work:
                found.append((order[verdict] + blind, row))
        # of many rates of one name, those of towns and bureaus, none is told but that of the whole
        found = [(rank, row) for rank, row in found if self._stands(row)]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _no_rate(self) -> str:
        """That no rate of what was resolved can be read: masked, or not stated at all."""
        rows = [
            row for row in as_rows(self._own)
            if row["kind"] in {"rate", "change"} and row["stage"] == "resolved" and row["unit"] == "%"
        ]  # fmt: skip
        lost = [row for row in rows if row["kind"] == "rate" and not usable(row)]
        if lost:
            what, figure = self._words_of(lost[0]), self._figure(lost[0])
            return self._say("resolved_lost", what=what, figure=figure)
        # of a report on clinics nobody asks what was resolved
        asked = self.claims["family"].isin(["petition", "mediation", "matters"]).any()
        return self._say("resolved_none") if asked and not rows and not self._bare_rates[1] else ""

    def _lacking(self) -> str:
        claims, checked = self.claims, self.relations
        parts = [*self._failing(), *self._apart()]
        for status, key in zip(LOST, ("lacking_masked", "lacking_spoilt"), strict=True):
            lost = as_rows(claims[claims["status"].eq(status)])
            if lost:
                figures = self._noun("figures", len(lost))
                seen = [
                    row for row in lost if self.lang == "zh" or self._bare(row, plain=True) != "…"
                ]
                key += "" if seen else "_bare"
                where = self._some([*map(self._figure, seen)])
                parts.append(self._say(key, figures=figures, where=where))
        parts += [self._short_of(*one) for one in self._short_totals()]
        rates, bare = self._bare_rates
        if bare:
            named = self._some(list(dict.fromkeys(map(self._with_name, bare))))
            told = {"rates": self._noun("rates", len(rates)), "figures": named}
            every = "_one" if len(rates) == 1 else "_all" * (len(bare) == len(rates))
            key = "lacking_counts" + every
            parts.append(self._say(key, n=len(bare), **told))
        if not parts:
            held = [row for row in checked.to_dict("records") if row["verdict"] == "ok"]
            n, blind = len(held), sum(map(is_blind, held))
            key = "lacking_none" if n else "lacking_unchecked"
            key += ("_blind" if blind < n else "_all_blind") if blind else ""
            told = {"checks": self._noun("checks", n), "held": self._noun("recomputed", n)}
            return self._say(key, ok=n - blind, blind=blind, **told)
        text = self._say("semicolon").join(parts)
        return self._say("lacking", parts=capital(text, self.lang))

    @cached_property
    def _bare_rates(self) -> tuple[list[Row], list[Row]]:
        """The rates of which one may ask for counts, and those of them that no counts were matched to."""
        # a rate behind the count of its own sentence is of that count: 92件,当年100%结案
        rates = [row for row in self._rows if is_rate(row) and not self._behind_count(row)]
        rates = [row for row in rates if not wordless(row)]
        of_counts = self.relations[self.relations["type"].isin(["rate", "sum"])]
        tied = marks(of_counts) if len(of_counts) else {}
        return rates, [row for row in rates if key_of(row) not in tied]

    def undated(self) -> str:
        """How many figures no date was found for, or whose year is masked; empty where there are none. A
        note at the end: who reads a headline is not asked to count dates.
        """
        claims, parts = self.claims, []
        undated = int(claims["period"].eq("").sum())
        veiled = [at for at, time in enumerate(claims["period"]) if "x" in time]
        # 一季度 of a report whose own year is masked: whoever reads the sentence sees no mask
        seen = sum(
            len(one.figures) for one in whole(claims, veiled)
            if masks_year(one.words)
        )  # fmt: skip
        for n, key in (
            (undated, "lacking_period"),
            (seen, "lacking_year"),
            (len(veiled) - seen, "lacking_year_above"),
        ):
            if n:
                whole_ = "_all" * (n == len(claims) and n > 1)
                parts.append(self._say(key + whole_, figures=self._noun("figures", n)))
        text = self._say("semicolon").join(parts)
        return self._say("lacking", parts=capital(text, self.lang)) if parts else ""

    def _behind_count(self, row: Row) -> bool:
        """Whether a rate of no words of its own stands behind the one count of its sentence, of which it
        then is.
        """
        clause = _CLAUSE.split(str(row["before"]))[-1] + _CLAUSE.split(str(row["after"]))[0]
        if len(_HAN.findall(clause)) > _LEAST + 1:
            return False
        ahead = [
            one for one in self._rows
            if one["start"] < row["start"] and self._same_sentence(one, row) and usable(one)
        ]  # fmt: skip
        return len(ahead) == 1 and ahead[0]["kind"] == "count" and ahead[0]["unit"] in _CASES

    def _short_totals(self) -> Iterable[tuple[Row, list[Row]]]:
        """Totals whose listed parts come near and do not add up to them; the list need not be whole."""
        by: dict[tuple[str, int, int], list[Row]] = {}
        for row in self._rows:
            if row["kind"] == "count" and usable(row):
                by.setdefault((*key_of(row)[:2], row["sentence"]), []).append(row)
        told = {start for starts in self.relations["starts"] for start in starts_of(starts)}
        for rows in by.values():
            head, *rest = rows
            listed = [row for row in rest if row["role"] == "part" and row["unit"] == head["unit"]]
            firm = all(row["bound"] == "exact" for row in rows)
            if len(listed) < _PARTS_OF or len(listed) != len(rest) or head["role"] or not firm:
                continue
            sum_ = sum(row["value"] for row in listed)
            gap = abs(head["value"] - sum_)
            # parts joined by 、 are a list; 其中…,… may overlap
            joined = all(str(row["before"]).lstrip().startswith("、") for row in listed[1:])
            if 0 < gap <= head["value"] * _SHORT and joined and head["start"] not in told:
                yield head, listed

    def _short_of(self, head: Row, listed: Sequence[Row]) -> str:
        """That the parts that stand behind a total come to another number."""
        sum_ = sum(row["value"] for row in listed)
        unit = head["unit"] if self.lang == "zh" else ""
        gap = abs(head["value"] - sum_)
        told = {"n": len(listed), "sum": f"{sum_:.10g}{unit}", "gap": f"{gap:.10g}{unit}"}
        at = self._positions[key_of(head)]
        said = self._clause(clauses(self.claims, [at])[0])
        return self._say("lacking_sum", figure=said, **told)

    def _failing(self) -> Iterable[str]:
        """The checks that fail, the first of them with its figures."""
        found = self._contradictions()
        if found:
            figures = [self._figure(row) for row in found[0]]
            yield self._say(
                "lacking_bad", checks=self._noun("checks", len(found)), figure=figures[0],
                others=self._listed(figures[1:]),
            )  # fmt: skip

    def _apart(self) -> Iterable[str]:
        """What two reports of the place say of one thing that does not fit together, and by how much; how
        many more such places there are. No accusation: their scopes may differ.
        """
        rows = [row for row in self.between if row["verdict"] == "open"]
        found = [(row, text) for row in rows if (text := self._one_apart(row))]
        if found:
            (first, told), *rest = found
            more = self._say("apart_more", n=len(rest)) if rest else ""
            yield self._say("apart", told=told + self._fitting(first), more=more)

    def _fitting(self, apart: Mapping[Any, Any]) -> str:
        """The change of the same sentence that does fit the two reports, where one that does not is told."""
        if apart["type"] != "level_change":
            return ""
        stated = self._of_check(apart)
        for row in self.between:
            known = self._of_check(row)
            if row["verdict"] != "ok" or row["years"] != apart["years"] or not known:
                continue
            if stated and self._same_sentence(known[0], stated[0]):
                what = within(titled(str(row["indicator"]), self._spoken), self.lang)
                figure, before = map(self._figure, known[1:3])
                how = self._how(known[0])
                return self._say("apart_fits", what=what, how=how, figure=figure, before=before)
        return ""

    def _of_check(self, check: Mapping[Any, Any]) -> list[Row]:
        """The figures of a check between reports, in its order; none where one is not on this page."""
        at = {f"{one['doc']}:{one['start']}": one for one in self._rows}
        figures = [at.get(key) for key in str(check["figures"]).split(";")]
        known = [one for one in figures if one is not None]
        return known if len(known) == len(figures) else []

    def _one_apart(self, row: Mapping[Any, Any]) -> str:
        """One check between reports with its figures; empty for one that is told in a table alone."""
        known = self._of_check(row)
        years = str(row["years"]).split(";")
        if not known or row["type"] not in {"level_change", "restated"}:
            return ""
        fillers = {"what": within(titled(str(row["indicator"]), self._spoken), self.lang)}
        fillers |= {"when": when(years[-1], self.lang), "last": when(years[0], self.lang)}
        stated = known[0]
        if row["type"] == "restated":
            one, other = (self._figure(figure) for figure in (known[1], stated))
            return self._say("apart_restated", one=one, other=other, **fillers)
        low, high = float(row["low"]), float(row["high"])
        fillers |= {"figure": self._figure(known[1]), "before": self._figure(known[2])}
        ends = list(dict.fromkeys(f"{abs(end):.4g}%" for end in (low, high)))
        way = self._say("down" if high < 0 else "up", figure=self._say("to").join(ends))
        return self._say("apart_change", stated=self._how(stated), computed=way, **fillers)

    @property
    def _spoken(self) -> Lang:
        return "zh" if self.lang == "zh" else "en"

    def _contradictions(self) -> list[list[Row]]:
        """The figures of each check that fails."""
        bad = self.relations[self.relations["verdict"].eq("bad")]
        at = by_start(self._rows)
        return [
            [at[row["doc"], row["report"], s] for s in starts_of(row["starts"])]
            for row in bad.to_dict("records")
        ]

    # ---- words

    def _say(self, key: str, **fillers: Any) -> str:
        return word("story", key, self.lang, **fillers)

    def _noun(self, key: str, n: int) -> str:
        return noun(key, n, self.lang)

    def _listed(self, parts: Sequence[str]) -> str:
        return self._say("comma").join(parts)

    def _name(self, line: Line) -> str:
        """The indicator's name within a sentence."""
        return within(self.named(line), self.lang)

    def named(self, line: Line) -> str:
        """What a line is called: by its indicator's name, by the report's own words where these name
        other deeds than that, or less than that: who deals with petitions need not have received them
        all, and what is resolved in time is not all that is resolved. The channel, activity or court
        whose figure alone it is stands before it.
        """
        label = str(indicator_label(line.indicator, self.lang))
        row = self._first(line.levels or line.changes)
        name, own = label, self._own_words(line, label)
        if own and self.lang == "zh":
            torn = _TORN.search(own) is not None
            said = _VERB_NOUN.sub(r"\1\2", own) if torn else own
            name = self._say("torn" if torn else "own_words", what=said)
        elif own:
            told = english_name(own, str(row["family"]), rate=is_rate(row))
            name = told or label + self._say("aside", said=self._say("as_worded"))
        return self.with_whose(row, name)

    def with_whose(self, row: Row, name: str) -> str:
        """A name behind the channel, activity or court whose figure alone it is."""
        whose = self._whose(row, name)
        if self.lang == "en" and whose:
            whose = self._whose_named(row)
            whose = "" if _tells_channel(name, whose) else whose
        return self._say("whose", whose=whose, what=name) if whose else name

    def _whose(self, row: Row, name: str) -> str:
        """Of which channel, activity or court alone a figure is, unless its name says so."""
        whose = str(row.get(WHOSE) or "")
        return "" if whose[-2:] in name or whose in self.place else whose

    def _whose_named(self, row: Row) -> str:
        """The same in English: by its name where the glossary knows it, else as one court or one channel."""
        whose = str(row.get(WHOSE) or "")
        if not whose or whose in self.place:
            return ""
        key = "one_court" if _COURT.search(whose) else "one_channel"
        return channel_name(whose) or self._say(key)

    def _own_words(self, line: Line, label: str) -> str:
        """The report's own words for a line, where its indicator's name is not all that they say."""
        said = str(self._first(line.levels)["subject"] or "") if line.levels else ""
        row = self._first(line.levels) if line.levels else None
        if row is None and line.changes:
            return own_rate(self._first(line.changes) | {"kind": "money"}, label)
        if row and (limit := self._limit_before(row)):
            return limit + _JOINED.sub("", said)
        meant, own = deeds(str(indicator_label(line.indicator, "zh"))), deeds(said)
        last = _last_name(row) if row else ""
        if row and is_rate(row) and _NARROW.search(last) and not _NARROW.search(label):
            return _SCOPE.sub("", last.rstrip(_JOINS))
        if row and (named := own_rate(row, label)):
            return named
        # 初次信访办结 is not all that was resolved
        kind = next((one[0] for one in _KIND.finditer(said) if one[0] not in label), "")
        if not kind and (not meant or not own or own == meant):
            return ""
        return _SCOPE.sub("", subject_words(said, self.home)) or said

    def _limit_before(self, row: Row) -> str:
        """The limit that the words of a figure begin with: 500万元以上固定资产投资."""
        if not _LIMIT.match(str(row["subject"])):
            return ""
        limits = [
            one for one in self._rows
            if one["role"] == "threshold" and one["start"] < row["start"]
            and self._same_sentence(one, row)
        ]  # fmt: skip
        return str(limits[-1]["text"]) if limits else ""

    def _about(self, what: str, period: str) -> dict[str, str]:
        """A name and its period within a sentence, in Chinese the masked one behind it."""
        time = when(period, self.lang)
        bare = "+" in period or period.startswith("..")
        key = "when_masked" if "x" in period else "when_since" if bare else "when"
        time = self._say(key, when=time) if time else ""
        behind = self.lang == "zh" and "x" in period
        return {"what": what + time * behind, "when": time * (not behind)}

    def from_to(self, row: Row, told: str) -> str:
        """A figure, in Chinese behind the one that it rose or fell from: 由9件减至8件."""
        at = self._positions.get(key_of(row), 0)
        last = self._rows[at - 1] if at else row
        if self.lang != "zh" or not is_from(last) or not self._same_sentence(last, row):
            return told
        return self._say("from_to", last=self._figure(last), way=last["after"], figure=told)

    def _level(self, line: Line) -> str:
        figure = self._figures_of(line)
        about = self._about(self._of_level(line), self.time_of(line.claims))
        return self._say("level", figure=figure, **about)

    def _of_level(self, line: Line) -> str:
        """What a level is of: its indicator's name, or the report's own words where that name ends in the
        measure word of the figure (来访批次, 30批次).
        """
        row, name = self._first(line.levels), self._name(line)
        own = _SCOPE.sub("", _CLAUSE.split(subject_words(str(row["subject"] or ""), self.home))[-1])
        short = _SHORTEST <= len(own) <= _NAME and bool(_HAN.search(own))
        told_twice = self.lang == "zh" and len(row["unit"]) > 1 and name.endswith(row["unit"])
        return self.with_whose(row, own) if told_twice and short else name

    def _how(self, row: Row, plain: bool = False) -> str:
        """A stated change: which way and by how much; where counts of several kinds stand before it,
        that it is not said of which of them it is.
        """
        key = row["direction"] if row["direction"] in {"up", "down"} else "changed"
        key += "_mean" * is_mean(row)
        said = self._say(key, figure=self._bare(row, plain))
        return self.of_which(row, self.foreseen(row, said))

    def foreseen(self, row: Row, said: str) -> str:
        """What is said of a figure, as a forecast where it is one."""
        return self._say("foreseen", said=said) if row.get(FORESEEN) else said

    def of_which(self, row: Row, said: str) -> str:
        """What is said of a change, and of which counts it may be where that is not told."""
        unsaid = self.unsaid(row)
        return self._say("which", how=said, unsaid=unsaid) if unsaid else said

    def unsaid(self, row: Row) -> str:
        """That it is not said of which of several counts a change is; empty for any other figure."""
        units = self._undecided.get(key_of(row))
        if not units:
            return ""
        if self.lang == "en":
            units = tuple(english_unit(unit) or self._say("no_unit") for unit in units)
        last = self._say("which_or").join([self._listed(units[:-1]), units[-1]])
        return self._say("which_unsaid", units=last)

    @cached_property
    def _undecided(self) -> dict[tuple[str, int, int], tuple[str, ...]]:
        return undecided(self.claims) if len(self.claims) else {}

    @cached_property
    def _proofs(self) -> dict[tuple[str, int, int], tuple[str, Row]]:
        """How each change came out that was recomputed, and the earlier figure."""
        at = by_start(self._rows)
        checked = self.relations[self.relations["type"].eq("yoy")]
        found = {}
        for relation in checked[checked["verdict"].isin(["ok", "bad"])].to_dict("records"):
            keys = [(relation["doc"], relation["report"], s) for s in starts_of(relation["starts"])]
            if len(keys) == 3 and all(key in at for key in keys):
                found[keys[0]] = (
                    "blind" if is_blind(relation) else str(relation["verdict"]),
                    at[keys[2]],
                )
        return found

    def held(self, row: Row) -> str:
        """A stated change, what it is against, and whether it was recomputed from that."""
        against = self.against(row)
        return self._say("how", how=self._how(row), against=against, proof=self._proof(row))

    def told_change(self, row: Row) -> str:
        """A stated change and what it is against, without a word on checks."""
        figure = self._how(row)
        return self._say("told_change", how=figure, against=self.against(row)).strip()

    def _proof(self, row: Row) -> str:
        """Whether a change was recomputed, and from which earlier figure."""
        if is_mean(row):
            return self._say("proof_mean")
        known = "none" if self.against(row) else "timeless"
        verdict, base = self._proofs.get(key_of(row), (known, None))
        return self._say(f"proof_{verdict}", base=self._figure(base) if base else "")

    def against(self, row: Row) -> str:
        """What a change is against, as its own words say; empty where they do not, and for an average of
        years, which is against no one year.
        """
        if is_mean(row):
            return ""
        sentence = marked(self.claims, [self._positions[key_of(row)]])[0]
        # that a count is what it was stands behind it: 4批,与上年持平
        ahead = sentence.before if row["kind"] == "change" else sentence.after
        said = _bases(ahead, own=row["kind"] == "change")
        ways = {"last" if one["year"] else str(one.lastgroup) for one in said}
        if not said:
            return ""
        # 较上月同比: nobody can say which of the two is meant
        if "last" in ways and len(ways) > 1 and not any(_SAME.fullmatch(one[0]) for one in said):
            if self.lang == "en":
                return self._say("against_unclear")
            return self._say("against_both", said=said[0].string[said[0].start() : said[-1].end()])
        last = said[-1]
        if last["year"]:
            return self._say("against_year", when=when(last["year"], self.lang))
        if other := next((_BEFORE[way] for way in _BEFORE if way in ways), ""):
            return self._say(other)
        if last["part"]:
            return self._say(_SPANS.get(row["period"][4:6], "against_part"))
        text = last.string[: last.end()]
        # 去年同期 says of which year, 同期 alone does not
        if last["last"] == "同期" and not text.removesuffix("同期").endswith("年"):
            return self._say("against_bare")
        return self._say("against_same" if last["last"].startswith("同") else "against_last")

    def _first(self, rows: Sequence[Row]) -> Row:
        return next(filter(usable, rows), rows[0])

    def figure(self, row: Row) -> str:
        """A figure as a sentence tells it, with the mark that leads to where it stands."""
        return self._figure(row)

    def _figure(self, row: Row, plain: bool = False) -> str:
        """A figure in prose, as a forecast where it is one, with the mark that leads to its sentence."""
        return self.foreseen(row, self._bare(row, plain))

    def _bare(self, row: Row, plain: bool = False) -> str:
        """A figure with the mark that leads to its sentence."""
        chinese = self.lang == "zh" or not usable(row)
        text = as_printed(row, self.lang) if chinese else self._english(row)
        if self.lang == "en" and chinese:
            # what is left of a lost figure, without a unit that has no English name
            seen = re.search(r"[\dxX*×?]", text) and not re.search("[?].*[万亿]", text)
            text = _HAN.sub("", english_printed(text)).strip() if seen else "…"
        return text if plain else linked(text or "…", row, self.names)

    def _english(self, row: Row) -> str:
        """A figure without its Chinese measure word, which the indicator's name implies."""
        if row["unit"] == "%" or row["unit"].startswith("元"):
            text = str(written({**row, "how": "stated"}, "en"))
        else:
            number = f"{row['value']:,.10g}"
            points = row["unit"] == "百分点"
            text = SIGNS.get(row["bound"], "")
            text += self._say("points", n=number) if points else number
        return text + "†" * bool(row["corrected"])


def _own_cell(one: Whole) -> Whole:
    """Of a row whose cells no head names the one that says of what its figure is; any other clause as it
    stands.

    >>> _own_cell(Whole((("3 | 大修公路", None), ("7公里", 0), (" | ", None), ("90%", 1), (" | 交通局", None)))).words
    '大修公路7公里'
    """
    if one.words.count("|") < _CELLS:
        return one
    cells: list[list[tuple[str, int | None]]] = [[]]
    for text, at in one.pieces:
        first, *rest = [text] if at is not None else text.split("|")
        cells[-1].append((first.strip() if at is None else first, at))
        cells += [[(cell_.strip(), None)] for cell_ in rest]
    told = [[piece for piece in cell_ if piece[0]] for cell_ in cells]
    named = [cell_ for cell_ in told if any(at is not None for _, at in cell_)]
    named = [cell_ for cell_ in named if not is_bare("".join(text for text, _ in cell_))]
    return Whole(tuple(named[0])) if named else one


def _tells_channel(said: str, channel: str) -> bool:
    """Whether English words name a channel already, or by whom something was done."""
    return channel.removeprefix("the ") in said or " by the " in said


def _told_alike(words: str, title: str) -> bool:
    """Whether words are those of a title and no more."""
    return bool(title) and re.sub(r"\W", "", words) == re.sub(r"\W", "", title)


def own_rate(row: Row, label: str) -> str:
    """The report's own name of a rate or of a sum per head, where it is another than its indicator's (好评率
    for 满意率); empty where it is not.

    >>> row = {"kind": "rate", "unit": "%", "subject": "全县好评率"}
    >>> own_rate(row, "满意率"), own_rate(row | {"subject": "群众满意率"}, "满意率")
    ('好评率', '')
    """
    last = _SCOPE.sub("", _last_name(row).strip(" |").rstrip(_JOINS))
    short = 2 < len(last) <= _OF_WHAT and "、" not in last
    rate = row["kind"] == "rate" and last.endswith(("率", "度")) and last[-2:] != label[-2:]
    each = row["kind"] == "money" and "人均" in last and last.endswith("收入")
    other = last not in label and label not in last and re.fullmatch("[一-龥]+", last)
    return last if short and other and (rate or each) else ""


def within(name: str, lang: str) -> str:
    """A name as it stands within a sentence: in English small, but for abbreviations.

    >>> within("Batches of visitors", "en"), within("GDP", "en")
    ('batches of visitors', 'GDP')
    """
    return name[:1].lower() + name[1:] if lang == "en" and name[1:2].islower() else name


def wordless(row: Row) -> bool:
    """Whether nothing says what a figure is: a cell of a table that its page tore apart.

    >>> wordless({"subject": "", "before": "", "after": " |"})
    True
    """
    words = f"{row['subject']}{row['before']}{row['after']}"
    return not _HAN.search(words) and not re.search("[A-Za-z]", words)


def is_actual(row: Row) -> bool:
    """Whether a claim tells what is, not an earlier time or a part of a whole."""
    earlier = row["role"] in {"share", "base"} or is_from(row)
    return not earlier and row["modality"] in {"actual", ""}


def is_from(row: Row) -> bool:
    """Whether a figure is what a later one of its clause rose or fell from: 由9件减至8件.

    >>> is_from({"before": "立案由", "after": "减至"}), is_from({"before": "减至", "after": "，"})
    (True, False)
    """
    return str(row["before"]).endswith("由") and bool(_FROM_TO.match(str(row["after"])))


def is_rate(row: Row) -> bool:
    """Whether a claim is a result in % of which one may ask for counts: no interest, no dividend."""
    share = row["kind"] == "rate" and row["unit"] == "%" and is_actual(row) and usable(row)
    return bool(share) and not _INTEREST.search(str(row["before"])[-8:] + str(row["after"])[:6])
