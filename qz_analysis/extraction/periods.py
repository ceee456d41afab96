"""Words of time go in; which period holds at which place of the report comes out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from ..vocabularies.patterns import Pattern
from ..vocabularies.units import pieces
from . import heads
from .own_time import YEAR_NAMED, Own, only_time, own_time
from .quantities import inside
from .stops import CLAUSE, FULL_SENTENCE, SENTENCE, paragraph_starts, stops_of, time_ends
from .terms import Terms, cue_period, cues, of_another, set_against
from .time_clauses import (
    DEED,
    SINCE_DEED,
    counted_to,
    far_since,
    held_against,
    introduces_last_year,
    stands_aside,
    stands_beside,
    year_so_far,
)
from .time_marks import Mark, spans_of_years, times_of_headings, undated_parts, years_of_headings
from .time_meant import PART_OF_YEAR, Reading, period_said, too_late
from .time_words import EPOCH, MEANT, TERM, UNKNOWN, epochs, up_to_month, words_of_time, year_to
from .title_time import own_period

_LAUNCHED = Pattern(
    "periods",
    r",?[^,。;:\n\d]{0,14}(?:{launched})[^,。;:\n\d]{0,14}(?:,[^。;\n]{0,30}?)?(?:{summed_up})",
)
# a month that is over: 截至6月底, 截至11月30日; another day is the present of the one who writes
_MONTH_ENDS = re.compile(r"月份?[底末]?$|3[01]日$")
_REGULAR = Pattern("periods", "{regular}")
_RESET = Pattern("periods", "{undated}")
_PRESENT = Pattern("periods", "{present}")
# (2018年为200件)
_BRACKETED = re.compile(r"(?!同期)[^()。;,\d]{0,8}\d[^()\n]{0,40}\)")
# 2011年主要工作 as a heading: 今年 below it is that year, where no date says another
_HEADED = Pattern("periods", r"(?<![^\n(一二三四五六七八九十)、. ])\d{4}年[^\n。,;:]{0,8}{tasks}\n")
# a year between a name and what it came to dates that alone: 生产总值2018年突破百亿元
_REACHES = Pattern("periods", r"(?:{reaches})[^,。;:\d]{0,4}[\d{plain}]", pieces)
_LEADS = re.compile("[到至为]")  # 从2015年的87亿元增长到118亿元
_LED = frozenset("到至由从")
# what binds words of time to those behind them, so that they date no claim
_TIMES_OF = re.compile(r"的[\d.]+倍")
_YEAR_BEHIND = re.compile(r"[^。;\d]{0,14}(?:(\d{4})年(?!\d|底|末)|今年)")
# 完成情况(2016年):培训90人, 跨境犯罪(2013年以来):
_IN_BRACKET = re.compile(
    r"[(](?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?度?(?P<since>以来|起)?[)]:(?!\n)"
)
# a line whose last words lead to the rows below, and such a row
_LEADS_ON = re.compile(
    r"(?m)(?<![^\n。])(?P<words>[^\n。]{4,60}?)(?::\n|以来,\n(?=[ ]*[—◆●■-]))(?=[^\n]*\d)"
)
_ROW = re.compile(
    r"(?P<row>(?=[^\n]*\d)[^\n。]{2,60}[。;]?"
    r"|[ ]*(?:[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、](?!\d))[^\n]*)(?:\n|\Z)"
)


class Periods:
    """Which period holds where in a report.

    A word of time holds to the end of its paragraph, a day to its sentence, 每年 to its clause.
    """

    def __init__(
        self,
        marks: list[Mark],
        stops: list[int],
        terms: Terms | None = None,
        own: Own | None = None,
    ) -> None:
        self._own = own
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]
        self._stops, self._terms = stops, terms
        # for each word the nearest before it that reaches further; -1 for none
        self._wider: list[int] = []
        for i, mark in enumerate(self._marks):
            wider = i - 1
            while wider >= 0 and self._marks[wider].until <= mark.until:
                wider = self._wider[wider]
            self._wider.append(wider)

    def at(self, offset: int) -> str:
        """The period that holds at an offset, empty where none is known."""
        return self.told(offset)[0]

    def year(self, offset: int) -> str:
        """The one year that a part of a report to an assembly tells of, empty for other reports."""
        return self._terms.year(offset) if self._terms else ""

    def told(self, offset: int) -> tuple[str, str]:
        """The period that holds at an offset, and how it is known: `words` of the sentence, those
        of the `section`, the year of the `report` or the date of the `document`.
        """
        i = bisect_left(self._starts, offset) - 1
        while i >= 0 and self._marks[i].until <= offset:
            i = self._wider[i]
        mark = self._marks[i] if i >= 0 else None
        counted = mark.period if mark and mark.weak and mark.so_far else ""
        base, known = self._told(i, offset)
        # 截至6月底 within what is told of a year: its months up to that
        within = counted and base.isdigit() and counted.startswith(base)
        return (up_to_month(counted), "words") if within and counted != base else (base, known)

    def _told(self, i: int, offset: int) -> tuple[str, str]:
        """What a word of time says at an offset, or the time of the report where none holds."""
        if i >= 0 and self._marks[i].weak:
            wider = i
            while wider >= 0 and (self._marks[wider].weak or self._marks[wider].until <= offset):
                over = self._marks[wider].until <= offset
                wider = self._wider[wider] if over else wider - 1
            told = wider >= 0 and self._marks[wider].period not in {"", UNKNOWN}
            i = wider if told or self._own else i
        mark = self._marks[i] if i >= 0 else None
        if mark is not None and mark.period:
            meant = MEANT[mark.meant](self.at(mark.start)) if mark.meant else ""
            if mark.period == UNKNOWN or meant:
                return meant, "words" if meant else ""
            apart = self._apart(mark.start, offset)
            if mark.so_far and self._own and (part := self._own.part_of(mark.period)):
                return part, "report"
            if apart and self._own and (finer := self._own.within(mark.period)):
                return finer, "document"
            return mark.period, "section" if apart else "words"
        if self._terms:
            return self._terms.at(offset)
        if self._own and (mark is None or mark.paragraph):
            said, known = self._own.at(offset)
            # what there is now is of the end of a term
            now = mark is not None and mark.present and not self._apart(mark.start, offset)
            ended = now and TERM.fullmatch(said)
            return (said[-4:] if ended else said), known if said else ""
        return "", ""

    def _apart(self, start: int, offset: int) -> bool:
        """Whether two places are not of one sentence."""
        return bisect_right(self._stops, start) != bisect_right(self._stops, offset)


def periods_of(reading: Reading) -> Periods:
    """The periods of a report by its words of time."""
    text, start, end = reading.text, reading.report.start, reading.report.end

    stops = {p: stops_of(p, text, start, end) for p in (SENTENCE, CLAUSE, FULL_SENTENCE)}

    def stop(pattern: re.Pattern[str], at: int) -> int:
        k = bisect_right(stops[pattern], at)
        return stops[pattern][k] if k < len(stops[pattern]) else end

    def reach(at: int, behind: int) -> int:
        """In a report to an assembly a time that opens a sentence holds for the paragraph, one
        within it for the sentence.
        """
        opens = text[at - 1 : at] in {"", *"。;\n!"} and text[behind : behind + 1] in {",", "是"}
        return end if opens else stop(SENTENCE, behind)

    marks = [Mark(at, end, "", paragraph=True) for at in paragraph_starts(text, start, end)]
    marks += [Mark(at, end, "", paragraph=True) for at in time_ends(text, start, end)]
    marks += [Mark(m.start(), end, "") for m in _RESET.finditer(text, start, end)]
    present = _PRESENT.finditer(text, start, end)
    marks += [Mark(m.start(), end, "", paragraph=True, present=True) for m in present]
    regular = [*_REGULAR.finditer(text, start, end)]
    marks += [Mark(m.start(), stop(CLAUSE, m.end()), "") for m in regular if m[0] != "年均"]
    means = [m for m in regular if m[0] == "年均"]
    terms, since = reading.terms, ""
    marks += [] if terms else [*spans_of_years(reading, stop), *undated_parts(reading, stop)]
    for m in cues(text, start, end, plans=terms is None):
        term = cue_period(m, terms.calendar if terms else None)
        named = m["plan"] or ".." in term
        if named and not (stands_aside(text, m) or set_against(text, m)):
            until = reach(m.start(), m.end()) if terms else stop(SENTENCE, m.end())
            marks.append(Mark(m.start(), until, term))
    for m in EPOCH.finditer(text, start, end):
        if not stands_aside(text, m):
            year = epochs()[m["word"]]
            marks.append(Mark(m.start(), reach(m.start(), m.end()), f"{year}+"))
    below_heads = [] if terms else list(years_of_headings(reading))
    headed = ""  # the year of the heading above
    launched: list[tuple[int, int]] = []
    line, year = -1, ""  # the year that a paragraph opened with: 2023年,…一季度
    explicit = -1  # where a sentence ends that names its year in full
    since_line, since_until, opened = -1, -1, ""  # the last year that a paragraph went on with
    printed = [(at, behind) for at, behind, _ in heads.lines(text, start, end)]
    last = printed[-1][1] if printed else start
    behind_date = {behind for _, behind in printed}  # 2012-3-21 去年办结9件
    for m in words_of_time(text, start, end):
        # the day of publication is the time of no figure
        if len(m[0]) < 2 or (m.start() < last and inside(printed, m.start())):
            continue
        if _TIMES_OF.match(text, m.end()):  # 为2015年的1.45倍: what is now is told
            continue
        below = m.start() < line and not terms and m["part"] == m[0]
        told = replace(reading, year=year, sure=True) if below else reading
        if not (below or terms) and m["part"] == m[0]:  # 一、2011年完成情况: 1至10月 is of 2011
            i = bisect_right(below_heads, (m.start(), "9999")) - 1
            if i >= 0 and below_heads[i][1]:
                told = replace(reading, year=below_heads[i][1], sure=True)
        if m["year"] and _HEADED.match(text, m.start()):
            headed = m["year"]
        elif headed and m["this"] and not reading.sure:
            told = replace(reading, year=headed, sure=True)
        # 4月21日以来: of the year of the title, which goes on behind the sentence
        from_day = m["since"] and m["end"] and not m["year"]
        titled = own_period(reading) if from_day else ""
        if titled.isdigit():
            told = replace(reading, year=titled, sure=True)
        if (period := period_said(m, told)) is None:
            continue
        if of_another(text, m) or (terms and m["year"] and too_late(text, m, period, terms)):
            continue
        led = text[max(0, m.start() - 1) : m.start()] in _LED
        if period.startswith("20xx") and m.start() < explicit and not led:  # 历时xx年
            continue
        if m["year"] and period[:4].isdigit():
            explicit = stop(SENTENCE, m.end())
        # 助手2024年10月上线,累计回访5184次: since then
        if m["year"] and _LAUNCHED.match(text, m.end()) and not period.endswith("+"):
            until = stop(FULL_SENTENCE, m.end())
            marks.append(Mark(m.start(), until, f"{period}+" if period else ""))
            launched.append((m.start(), until))
            continue
        dated = m.start() in behind_date
        if not dated and stands_beside(text, m) and period != UNKNOWN:
            bracketed = m["year"] and text[m.start() - 1 : m.start()] == "("
            if bracketed and (bracket := _BRACKETED.match(text, m.end())):
                marks.append(Mark(m.start(), bracket.end(), period))
            elif introduces_last_year(text, m):
                marks.append(Mark(m.start(), stop(CLAUSE, m.end()), period, meant="last year"))
            elif period and (held := held_against(text, m)):
                marks.append(Mark(m.start(), held.end(), period))
            elif m["year"] and period.isdigit() and _REACHES.match(text, m.end()):
                marks.append(Mark(m.start(), stop(CLAUSE, m.end()), period))
            continue
        if not terms and counted_to(text, m) and not m["year"]:
            named = _YEAR_BEHIND.match(text, m.end())
            if named is None:
                until = stop(SENTENCE, m.end())
                upto = "截" in text[max(0, m.start() - 3) : m.start()]
                ended = upto and _MONTH_ENDS.search(m[0]) is not None
                marks.append(Mark(m.start(), until, period, weak=True, so_far=ended))
                continue
            period = year_to(named[1] or reading.year, m)
        elif not terms and year_so_far(text, m, period):
            period = year_to(period[:4], m)
        # a day, a month without 份 and last year tell of one event; what follows goes on in the
        # paragraph's own time
        deed = m["end"] and not m[0].endswith("日") and DEED.match(text, m.end())
        opening = dated or text[m.start() - 1 : m.start()] in {"", *"\n"}
        event = (m["end"] and not PART_OF_YEAR.search(m[0]) and not deed) or (
            m["past"] and not opening
        )
        beside = text[m.start() - 1 : m.start()] == "而"  # 11月是7批,而7月份是24批
        history = m["republic"] or m["decade"] or m["vague"]
        brief = history or titled.isdigit() or (event and not m["since"] and not far_since(text, m))
        until = reach(m.start(), m.end()) if terms else end
        if beside and not terms:  # a year of its own holds on
            until = stop(SENTENCE if m["year"] else CLAUSE, m.end())
        if m["year"] and text.startswith("的", m.end()) and text.endswith("从", 0, m.start()):
            leads = _LEADS.search(text, m.end(), stop(CLAUSE, m.end()))
            until = leads.start() if leads else stop(CLAUSE, m.end())
        # 再往前,2005年90.1%: a look back holds for its sentence, and what follows goes on as before
        back = since_line < m.start() < since_until and m["year"] and period[:4] < opened
        opens = text[m.start() - 1 : m.start()] in {"", *"\n"}
        if m["year"] and period[:4].isdigit() and not back and not brief:
            since_line, opened = m.start(), period[:4]
            since_until = text.find("\n", m.end(), end) % (end + 1)
        until = stop(FULL_SENTENCE, m.end()) if back and not opens else until
        so_far = bool(m["this"] and not m["part"]) and period.isdigit()
        reach_of_it = stop(SENTENCE, m.end()) if brief else until
        marks.append(Mark(m.start(), reach_of_it, period, so_far=so_far))
        if period.isdigit() and m["year"] and text[m.start() - 1 : m.start()] in {"", *"\n。;)、"}:
            line, year = text.find("\n", m.end(), end) % (end + 1), period
        since = since or (period if period.endswith("+") else "")
    # 推行服务以来: since the report's own beginning
    taken = sorted(mark.start for mark in marks if mark.period or text[mark.start] in "去上")
    for m in SINCE_DEED.finditer(text, start, end) if since else ():
        near = bisect_right(taken, m.start() - 20)
        if near == len(taken) or taken[near] >= m.end():
            marks.append(Mark(m.start(), end, since))
    if launched:  # 2021年10月挂牌,截至目前化解: what there is now is of that time
        marks = [one for one in marks if not (one.present and inside(launched, one.start))]
    own = None if terms else own_time(reading, marks)
    if not terms and own is None:
        parts = tuple(times_of_headings(reading)) or tuple(only_time(reading, marks))
        own = Own("", "section", parts) if parts else None
    found = Periods(marks, stops[SENTENCE], terms, own)
    # the mean of years is of a span of years alone
    apart = [m for m in means if ".." not in found.at(m.start())]
    more = [Mark(m.start(), stop(CLAUSE, m.end()), "") for m in apart]
    more += [] if terms else _listed(reading, found)
    return Periods(marks + more, stops[SENTENCE], terms, own) if more else found


def _listed(reading: Reading, found: Periods) -> Iterator[Mark]:
    """The time of what a line leads to by a colon: the rows below it, or the rest of the line behind
    a bracket.
    """
    text, start, end = reading.text, reading.report.start, reading.report.end
    for m in _IN_BRACKET.finditer(text, start, end):
        until = text.find("\n", m.end(), end) % (end + 1)
        since = "+" if m["since"] else ""
        month = f"-{int(m['month']):02d}" if m["month"] else ""
        yield Mark(m.start() + 1, until, m["year"] + month + since)
    for line in _LEADS_ON.finditer(text, start, end):
        rows = list(_rows_below(text, line.end(), end))
        period, known = found.told(line.end("words"))
        if known != "words":
            named = [m for m in words_of_time(text, line.start(), line.end()) if m["year"]]
            named = [m for m in named if not (stands_aside(text, m) or of_another(text, m))]
            period = (period_said(named[-1], reading) or "") if named else ""
        for row, stop in rows if period else ():
            yield Mark(row, stop, period)


def _rows_below(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """The short lines with figures below one that leads to them, up to the first that names a year."""
    row = _ROW.match(text, at, end)
    while row and not YEAR_NAMED.search(row[0]):
        yield row.span()
        row = _ROW.match(text, row.end(), end)
