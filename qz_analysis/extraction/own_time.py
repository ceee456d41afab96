"""The time of a whole report or of its parts, where no word of time stands near a figure."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..vocabularies.patterns import Pattern, words
from . import heads
from .own_year import looks_back
from .quantities import inside
from .terms import of_another
from .time_clauses import UNTIL, stands_aside
from .time_marks import OPENING_YEAR, Mark, next_openings, times_of_headings
from .time_meant import (
    AHEAD,
    COUNTED,
    EARLY,
    HEAD_LENGTH,
    Reading,
    body_of,
    figures_of,
    first_sentence,
    headline,
    is_account,
    period_said,
    stated_period,
)
from .time_words import A_MONTH, UNKNOWN, month_in, moved, words_of_time
from .title_time import INQUIRY, MANY_FIGURES, own_period

# a month as the time of an account, not of an event on one of its days or of what was opened in it
_OF_MONTH = Pattern(
    "periods",
    r"(?:\d{4}年|今年)?\d{1,2}月份?+(?![\d上中下底末])(?![^,。;:\n\d]{0,8}(?:{launched}|{events}))",
)
_PER_FIGURE = 45  # characters of a text full of figures that there are to each
_WORK = Pattern("periods", "{works}[)】 ]*$")
YEAR_NAMED = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|-\d)|去年|上年|明年|[xX*Ⅹ](?=年)")
# figures of a sentence that are no days, or words that an account begins with
_LED_IN = Pattern("periods", r"[^。;:,\n]{0,24}(?:如下|列下|列于下|通报于下)[。:\n]")
_FOLLOWS = Pattern("periods", r"[^。;\n]{0,24}{as_follows}")
_FIGURES = Pattern("periods", r"\d(?![\d年月日xX*至、-])|{as_follows}")
_OF_WORK = Pattern("periods", "{of_work}")
# a year, a part of one that is more than a month, or a span
_BROAD = re.compile(r"(?:19|20)[\dx]{2}(?:-[HQ]\d)?|[\dx]{4}(?:-\d\d)?\.\.[\dx]{4}(?:-\d\d)?")


class Own:
    """The time that an account of work is of, where no word of time stands near.

    One that its title does not name gives way to the next that opens a paragraph: 上半年,….
    """

    def __init__(self, period: str, known: str = "report", later: tuple[Mark, ...] = ()) -> None:
        later = tuple(sorted(later, key=lambda mark: mark.start))
        self._said = [(period, known)]
        self._said += [(period, known) if m.weak else (m.period, "section") for m in later]
        self._starts = [mark.start for mark in later]

    def at(self, offset: int) -> tuple[str, str]:
        """The period at an offset, and how it is known."""
        return self._said[bisect_left(self._starts, offset)]

    def within(self, period: str) -> str:
        """The time that a person says the report is of, where it is a part of a year; else empty.

        >>> Own("2021-Q4", "document").within("2021"), Own("2021-Q4", "document").within("2020")
        ('2021-Q4', '')
        """
        stated, known = self._said[0]
        part = known == "document" and stated.startswith(f"{period}-") and period.isdigit()
        return stated if part else ""

    def part_of(self, year: str) -> str:
        """The part of a year from its first day on that a report says in its title to be of; empty
        for other reports.
        """
        titled, known = self._said[0]
        since = tuple(f"{year}-{part}" for part in ("H1", "Q1", "01.."))
        return titled if known == "report" and titled.startswith(since) else ""


def own_time(reading: Reading, marks: list[Mark]) -> Own | None:
    """The time of an account by its title, its first sentence or its date; none for other texts.

    What a person says of a report is the time of all of it, whatever kind of text it is.
    """
    if (stated := stated_period(reading.report)) is not None:
        return Own(stated, "document" if stated else "", tuple(times_of_headings(reading)))
    if titled := own_period(reading):
        return Own(_spelt_out(titled, reading), "report", tuple(times_of_headings(reading)))
    if led := _led_in(reading):
        return Own(led, "section", tuple(times_of_headings(reading)))
    if since := _led_since(reading, marks):
        return Own(since, "section", tuple(times_of_headings(reading)))
    report = reading.report
    if not is_account(headline(reading)) or INQUIRY.search(report.title):
        return _of_date(reading, marks)
    begin, (stop, years) = report.start, first_sentence(reading)
    if years:  # 五年来: of no single year
        return None
    year = reading.year if reading.sure and report.dated[5:7] else ""
    opening = [
        mark
        for mark in marks
        if begin <= mark.start < stop and mark.period[:4].isdigit() and not (mark.weak and year)
        # a day is that of an event unless figures are counted up to it
        if mark.until == report.end
        or UNTIL.search(reading.text, max(0, mark.start - 3), mark.start)
    ]
    first = min(opening, key=lambda mark: mark.start, default=None)
    if first is not None:
        # of other texts, and in a sentence without figures, it may only be when a thing began
        figures = _FIGURES.search(reading.text, first.start, stop)
        past = year.isdigit() and first.period[:4] < str(int(year) - 1)
        if past and not figures:  # 2019年推行代办制, in an account of 2022
            first = None
    if first is not None:
        if not report.dated and not (figures and _OF_WORK.search(headline(reading))):
            # a bulletin counts from its first sentence on: 2023年第20周,热线收单70件
            part = _opening(reading, marks) if figures else None
            if part is None or part.period.isdigit():
                return None
            return _from(part, stop, reading, marks)
    elif not year:
        first = _opening(reading, marks)
    if first is not None:
        return _from(first, stop, reading, marks)
    # in the first months nothing but its words can tell of which year an account is
    early = report.dated[5:7] <= EARLY and year == report.dated[:4]
    dated = year.isdigit() and not early
    return Own(year, report.dated_from, tuple(times_of_headings(reading))) if dated else None


def _spelt_out(titled: str, reading: Reading) -> str:
    """The months up to that of a title where the first sentences say that the figures are of them:
    2月审判指标通报, below it 1-2月数据通报如下.
    """
    if not (A_MONTH.fullmatch(titled) and reading.sure):
        return titled
    text, begin = reading.text, reading.report.start
    head = min(reading.report.end, begin + HEAD_LENGTH)
    for m in words_of_time(text, begin, head):
        span = m["m1"] and _FOLLOWS.match(text, m.end(), head) and period_said(m, reading)
        if span and month_in(span) == titled:
            return span
    return titled


def _led_since(reading: Reading, marks: list[Mark]) -> str:
    """The span that opens the sentence of the first figure where that leads to a list of its parts:
    自2019年起,受理信访903件,分列如下; empty for others.
    """
    text, end = reading.text, reading.report.end
    figure = COUNTED.search(text, reading.report.start, end)
    if figure is None:
        return ""
    at = figure.start()
    if not text.endswith(":", at, max(text.find("\n", at, end), at)):
        return ""
    begin = max(text.rfind(one, 0, at) for one in "。;\n") + 1
    opens = (one for one in marks if begin <= one.start < begin + 2 and one.until > at)
    return next((one.period for one in opens if one.period.endswith("+")), "")


def _led_in(reading: Reading) -> str:
    """The time of a sentence among the first that leads to all that follows: 现将三镇2010年基本情况列下."""
    text, begin = reading.text, reading.report.start
    head = min(reading.report.end, begin + 2 * HEAD_LENGTH)
    for m in words_of_time(text, begin, head):
        led = m["year"] and not m["since"] and _LED_IN.match(text, m.end(), head)
        if led and not (stands_aside(text, m) or of_another(text, m)):
            return period_said(m, reading) or ""
    return ""


def _opening(reading: Reading, marks: list[Mark]) -> Mark | None:
    """The time that stands nearest before the first figure of a text of many that names no other
    year: 2017年3月,全县受理9件.
    """
    report, text = reading.report, reading.text
    told = figures_of(reading)
    if len(told) < MANY_FIGURES:
        return None
    begin = max(report.start, told[0] - HEAD_LENGTH)
    opening = [
        mark
        for mark in marks
        if begin <= mark.start <= told[0]
        and mark.period[:4].isdigit()
        and (mark.until == report.end or ".." in mark.period or _OF_MONTH.match(text, mark.start))
    ]
    nearest = max(opening, key=lambda mark: mark.start, default=None)
    if nearest is None or bisect_left(told, _other_year(reading, nearest)) < MANY_FIGURES:
        return None
    return nearest


def _other_year(reading: Reading, first: Mark) -> int:
    """Where the paragraph begins that names another year than a text opens with; its end for none."""
    text, end = reading.text, reading.report.end
    own = {first.period[:4], ""}
    others = (at for at, year in _named_years(reading) if at > first.start and year not in own)
    later = min(others, default=end)
    return text.rfind("\n", 0, later) + 1 if later < end else end


def _from(first: Mark, since: int, reading: Reading, marks: list[Mark]) -> Own:
    """The time of a text that begins with one, and the times of its later parts."""
    later = [*next_openings(reading, marks, since), *times_of_headings(reading)]
    told = is_account(headline(reading))  # an account of a time is of it throughout
    if not told and first.start < (other := _other_year(reading, first)) < reading.report.end:
        later = [mark for mark in later if mark.start < other] + [Mark(other, other, "")]
    return Own(first.period, "section", tuple(sorted(later, key=lambda mark: mark.start)))


def _years_named(reading: Reading) -> set[str]:
    """The years that a report names, but for those that figures are held against."""
    return {year for _, year in _named_years(reading)}


def _named_years(reading: Reading) -> list[tuple[int, str]]:
    """The years that a report names, but for those that figures are held against, and where."""
    text, report = reading.text, reading.report
    compared = tuple(words("periods", "compared"))
    printed = [(at, behind) for at, behind, _ in heads.lines(text, report.start, report.end)]
    return [
        (m.start(), m[0].lower())
        for m in YEAR_NAMED.finditer(text, report.start, report.end)
        if not inside(printed, m.start())
        and not text[max(report.start, m.start() - 20) : m.start()]
        .rstrip("0123456789年、和")
        .endswith(compared)
    ]


def _only_year(reading: Reading) -> str:
    """The year in the first words of an undated text that names no other; else empty."""
    report = reading.report
    first = OPENING_YEAR.search(
        reading.text, report.start, min(report.end, report.start + HEAD_LENGTH)
    )
    if first is None or report.dated:
        return ""
    # a story tells a few figures, and goes on in other years
    many = len(figures_of(reading)) >= MANY_FIGURES or _WORK.search(report.title)
    return first[1] if _years_named(reading) == {first[1]} and many else ""


def only_time(reading: Reading, marks: list[Mark]) -> Iterator[Mark]:
    """The only time that a text full of figures names, from where it names it on: a year, a part of
    one or a span; not a single month, which may be that of one event. A story, which tells a figure
    now and then, goes on in other years.
    """
    told = [mark for mark in marks if mark.period and mark.period != UNKNOWN]
    periods = {mark.period for mark in told}
    broad = [one for one in periods if _BROAD.fullmatch(one)]
    length, figures = reading.report.end - reading.report.start, len(figures_of(reading))
    if len(broad) != 1 or figures < MANY_FIGURES or length > _PER_FIGURE * figures:
        return
    period = broad[0]
    # its months may be named, too
    within = all(one == period or (period.isdigit() and one[:4] == period) for one in periods)
    years = set(re.findall(r"(?:19|20)[\dx]{2}", period))
    # 上年 is held against that time
    if within and _years_named(reading) - {"上年"} <= years:
        first = min(mark.start for mark in told if mark.period == period)
        yield Mark(first, first, period)
        # what there is now is of no time that is past
        now = min((mark.start for mark in marks if mark.present and mark.start > first), default=0)
        if now:
            yield Mark(now, now, "")


def _of_date(reading: Reading, marks: list[Mark]) -> Own | None:
    """The year in which a text that is no account was written, but for the first months, when only
    a first sentence on the year before tells; none for plans, rules and inquiries.
    """
    report, year = reading.report, reading.year
    told = AHEAD.search(report.title) or INQUIRY.search(report.title)
    if year != report.dated[:4] and looks_back(report, report.dated, body_of(reading)):
        return Own(year, "section", tuple(times_of_headings(reading)))
    if not told and (opening := _opening(reading, marks)):
        return _from(opening, opening.start + 1, reading, marks)
    if not told and (only := _only_year(reading)):
        return Own(only, "section")
    stop, several = first_sentence(reading)
    if not reading.sure or report.dated[:4] != year or told or several:
        return None
    opening_with = {mark.period for mark in marks if report.start <= mark.start < stop}
    parts = tuple(times_of_headings(reading))
    if report.dated[5:7] > EARLY or (year in opening_with and not report.dated[5:7]):
        return Own(year, report.dated_from, parts)
    before = moved(year, -1)
    # 妇联工作(2014-02-21): what it tells of no other year
    alone = _years_named(reading) == {before} and len(figures_of(reading)) >= MANY_FIGURES
    return Own(before, "section", parts) if before in opening_with or alone else None
