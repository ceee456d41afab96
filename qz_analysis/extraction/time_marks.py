"""Times that hold from a place of the report on: spans of years, weeks, days, headings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from .stops import CLAUSE, FULL_SENTENCE, SENTENCE
from .terms import FIVE, plan_years
from .time_clauses import UNTIL
from .time_meant import (
    COUNTED,
    EARLY,
    HEAD_LENGTH,
    Reading,
    first_sentence,
    is_account,
    period_said,
    stated_period,
    year_meant,
    year_titled,
)
from .time_words import (
    ANY_YEAR,
    EPOCH,
    OF_WEEK,
    PERIOD,
    SPANS,
    UNKNOWN,
    YEARLY,
    months_of_week,
    months_said,
    moved,
    part_of,
    up_to_month,
    words_of_time,
)
from .title_time import BARE_YEAR_BEHIND, MONTH_ALONE, own_period

# 两年来, 近三年调解, 六年共
_SPAN_OF_YEARS = Pattern(
    "periods",
    r"(?<![十\d第前为是创〇零一二三四五六七八九])(?:[近这]|过去的?)?(?P<n>[两二三四五六七八九十])年(?:[来间](?![看头首最第的])|(?=共|累计))"
    r"|(?<![\u4e00-\u9fff])过去的?(?P<p>[两二三四五六七八九十])年(?=,|{deeds})"
    r"|[近](?P<m>[两二三四五六七八九十])年(?=,|{deeds})",
)
# 春节期间, 本周; 建县以来
_PARTLY = Pattern(
    "periods",
    r"(?<![年比较与同月])(?:(?P<month>{this_month})|(?P<quarter>{this_quarter})"
    r"|(?P<last_month>{last_month})|(?P<last_quarter>{last_quarter})|{parts})",
)
_RELATIVE = ("month", "quarter", "last month", "last quarter")
_UNDATED_SINCE = Pattern(
    "periods", r"(?:^|(?<=[\n,。;:]))[^,。;:\n\d]{0,8}{founded}[^,。;:\n\d]{0,4}以来"
)
# 去年12月至今年11月, 2018年12月至2019年11月
_ACROSS = Pattern(
    "periods",
    r"(?:(?P<y>\d{4})年|{last_year}|(?<![\d.])(?P<py>(?:19|20)\d\d)\.(?=\d{1,2}(?:-|{to})(?:19|20)\d\d\.))"
    r"(?P<a>\d{1,2})(?:月份?(?:\d{1,2}日)?|(?<=\.\d)|(?<=\.\d\d))"
    r"(?:[^,。;\n\d]{2,10},(?=[至到]))?(?:-+|{to})(?:(?P<z>\d{4})[年.]|{this_year})(?P<b>\d{1,2})"
    r"(?:月份?(?:底|\d{1,2}日)?|(?<=\.\d)(?!\d)|(?<=\.\d\d))",
)
# 3013件,上月是7010件; 结案率99.95%(上月99.96%)
_LAST_MONTH = Pattern("periods", r"(?<=[,(;])上(?:个?月|期)(?:{window.of})?(?=\d)[\d.,]+")
# 6月28日起,到7月12日止
_DAYS = Pattern(
    "periods",
    r"(?<![\d年])(?:(?P<y>\d{4})年)?(?P<a>\d{1,2})月\d{1,2}日(?:\d{1,2}[时点])?[^,。;\n\d]{0,3}起?,?"
    r"(?:{to}|-)+(?:(?P=y)年)?(?:(?P<b>\d{1,2})月)?\d{1,2}日",
)
_ENDED = re.compile(r"到(\d{4})年[底末]")
_LATE = "10"
OPENING_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!\d)")
_HEADING = re.compile(
    r"(?m)^[ #]*(?:[■◆▲★◎] *|[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}[章节部]分?[、: ]?|【|\d{1,2}[、.](?=(?:19|20)\d\d年))(?P<words>[^\n。,;:]{2,24}?)[】:]?$"
)
# (一)动态管理(1-9月)
_MONTHS_IN_BRACKET = re.compile(r"\((?=(?:19|20)?\d{0,2}年?\d{1,2}-\d{1,2}月份?\)$)")
_TIME_IN_BRACKET = re.compile(
    r"\((?P<until>截[至止]到?)?(?P<time>[\d年至月份底末上下半第一二三四季度以来起-]+)\)$"
)
_NUMERALS = re.compile("[一二三四五六七八九十0-9]+")
_NOTED = Pattern("periods", "{noted}")
_NOTE_ENDS = re.compile(r"[\n。;)]")
_NOTE = 60  # characters of a note
_NO_TIME_OF_NOTE = re.compile("[比较与]|以前|之前")
# headings of several years that nobody can tell: 近三年信访工作
_SEVERAL_YEARS = Pattern("periods", "{years}|近[两三四五]年")
_PLAN_BEHIND = re.compile(FIVE)
_LOOKS_BACK = re.compile("成就|成绩|成效|回顾|总结|完成情况|期间|以来|时期|发展基础")
_YEAR_HEADING = re.compile(
    r"(?m)^[ #]*[\u4e00-\u9fff]{2,6}(?P<year>20\d\d)(?![\d年])[^\w\n|,。;:]{0,3}$"
)
_BRIEF = 10  # and of a heading that is of the time which it names


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of time: what it says and how far it reaches; `''` says that no period holds."""

    start: int
    until: int
    period: str
    paragraph: bool = False  # only a new paragraph begins, or the present is spoken of
    present: bool = False  # the present is spoken of
    #: a day to which figures are counted, or a heading that ends a part: the time told of outweighs it
    weak: bool = False
    #: this year, as far as a report on a part of it tells; of a day, that its month is over
    so_far: bool = False
    #: the time that is meant by the one that holds there: a key of `MEANT`
    meant: str = ""


def spans_of_years(reading: Reading, stop: Callable[[re.Pattern[str], int], int]) -> list[Mark]:
    """The spans of an undated number of years up to the year of the report: 两年来, 近三年调解9件."""
    text, report = reading.text, reading.report
    titled = year_titled(reading) and is_account(report.title)
    stated = YEARLY.fullmatch(stated_period(report) or "")
    if not (reading.sure and reading.year.isdigit() and (report.dated or titled or stated)):
        return []
    # in its first months a year is not counted, and from its last ones on it is
    month = report.dated[5:7] if report.dated[:4] == reading.year and not stated else "12"
    begun = "" < month <= EARLY
    last = int(stated[0][:4] if stated else reading.year) - begun
    found = []
    for m in _SPAN_OF_YEARS.finditer(text, report.start, report.end):
        n = int(parse(m["n"] or m["p"] or m["m"]))
        ended = _ENDED.findall(text, max(report.start, m.start() - HEAD_LENGTH), m.start())
        told = ended and int(ended[-1]) in {last, last - 1}
        end = int(ended[-1]) if told else last
        if 1 < n < 11 and (told or begun or month > _LATE):
            found.append(Mark(m.start(), report.end, f"{end - n + 1}..{end}"))
    return found


def undated_parts(reading: Reading, stop: Callable[[re.Pattern[str], int], int]) -> Iterator[Mark]:
    """Parts of a year that no month tells, spans since an unknown day, and those from one year's
    month to the next year's.
    """
    text, start, end = reading.text, reading.report.start, reading.report.end
    yearly = ANY_YEAR.fullmatch(own_period(reading)) is not None
    for m in _PARTLY.finditer(text, start, end):
        meant = next((name for name in _RELATIVE if m[name.replace(" ", "_")]), "")
        if meant == "last month" and m.start() < first_sentence(reading)[0]:
            continue  # an account that opens with 上月 is of it
        if meant or yearly:
            until = stop(CLAUSE if meant.startswith("last") else SENTENCE, m.end())
            yield Mark(m.start(), until, UNKNOWN if meant else "", meant=meant)
    for m in _LAST_MONTH.finditer(text, start, end):
        yield Mark(m.start(), m.end(), UNKNOWN, meant="last month")
    for m in _UNDATED_SINCE.finditer(text, start, end):
        if not EPOCH.search(text, m.start(), m.end()):
            yield Mark(m.start(), stop(SENTENCE, m.end()), "")
    for m in OF_WEEK.finditer(text, start, end) if "周" in text else ():
        # behind the words of time that it is made of
        yield Mark(m.end() - 1, end, months_of_week(m))
    for m in _DAYS.finditer(text, start, end):
        if period := _of_days(m, reading):
            # behind the words of time that it is made of
            yield Mark(m.end() - 1, end, period)
    for m in _ACROSS.finditer(text, start, end):
        last = m["z"] or reading.year
        named = m["y"] or m["py"]  # 2019.1-2019.6
        first = named or moved(last, -1)
        if first.isdigit() and last.isdigit() and (reading.sure or (named and m["z"])):
            span = f"{first}-{int(m['a']):02d}..{last}-{int(m['b']):02d}"
            if first == last:
                span = first + SPANS.get(f"{int(m['a'])}-{int(m['b'])}", span[4:])
            until = stop(FULL_SENTENCE, m.end())
            # a year that is counted from one December to the next is that in which it ends
            if m["a"] == m["b"] == "12" and int(last) == int(first) + 1:
                span, until = last, end
            # behind the words of time that it is made of
            yield Mark(m.end() - 1, until, span)


def times_of_headings(reading: Reading) -> Iterator[Mark]:
    """The times of the headings of a report's parts: 二、2018年工作计划, 回头看2023."""
    text, report = reading.text, reading.report
    for line in _YEAR_HEADING.finditer(text, report.start, report.end):
        yield Mark(line.start(), report.end, line["year"])
    part = ""  # the marks of the heading above that is of a part of a year
    for line in _HEADING.finditer(text, report.start, report.end):
        at = line.start("words")
        style = _NUMERALS.sub("", text[line.start() : at])
        if part and style == part:  # 一、进展(截至10月底), 二、政策
            part = ""
            yield Mark(line.start(), report.end, "", weak=True)
        m = PERIOD.match(text, at, line.end())
        if not (m and m[0]) and len(line["words"]) <= _BRIEF:  # 只看6月
            m = next(words_of_time(text, at, line.end()), None)
        if months := _MONTHS_IN_BRACKET.search(line["words"]):
            m = PERIOD.match(text, at + months.end())
        of_month = m and m["end"] and reading.sure and MONTH_ALONE.search(m[0])
        plan = _PLAN_BEHIND.search(line["words"])
        if plan and _LOOKS_BACK.search(line["words"], plan.end()):  # 第一节 “十二五”主要成就
            first, last = plan_years(plan["plan"])
            yield Mark(line.start(), report.end, f"{first}..{last}")
            continue
        if bracket := BARE_YEAR_BEHIND.search(line["words"]):  # 三、新农保(2010)
            yield Mark(line.start(), report.end, _part_before(line["words"], bracket))
            continue
        if period := _in_bracket(line, reading):
            part = "" if period.isdigit() or period.endswith("+") else style
            yield Mark(line.start(), report.end, period)
            continue
        told = m and (
            of_month
            or (not m["end"] and any(m.group("year", "this", "past", "next", "h", "q", "m1")))
        )
        of_its_month = (
            year_meant(m, reading) + part_of(m) if m and of_month and not m["year"] else ""
        )
        if m and told and (period := of_its_month or period_said(m, reading) or ""):
            yield Mark(line.start(), report.end, period)
        elif _SEVERAL_YEARS.search(line["words"]):
            yield Mark(line.start(), report.end, "")
    yield from _times_of_notes(reading)


def _times_of_notes(reading: Reading) -> Iterator[Mark]:
    """The times that notes say all figures behind them are of: 统计时间:2021年1月1日至12月31日."""
    text, end = reading.text, reading.report.end
    for hit in _NOTED.finditer(text, reading.report.start, end):
        begin = max(text.rfind(mark, 0, hit.start()) for mark in "\n。;(") + 1
        stop = _NOTE_ENDS.search(text, hit.end(), end)
        until = stop.start() if stop else end
        if until - begin > _NOTE or COUNTED.search(text, begin, until):
            continue
        days = _DAYS.search(text, begin, until)
        m = next(words_of_time(text, begin, until), None)
        period = _of_days(days, reading) if days else ""
        if m is None or period or not (m["year"] or reading.sure):
            pass
        elif not _NO_TIME_OF_NOTE.search(text, begin, m.start()):
            period = period_said(m, reading) or ""
            period = up_to_month(period) if UNTIL.search(text, begin, m.start()) else period
        if period:
            yield Mark(until, end, period)


def _of_days(m: re.Match[str], reading: Reading) -> str:
    """The months from one day to another, empty where no year is known: 6月28日起,到7月12日止."""
    of, a, b = m["y"] or reading.year, int(m["a"]), int(m["b"] or m["a"])
    if not (0 < a <= b < 13 and of.isdigit() and (m["y"] or reading.sure)):
        return ""
    span = f"-{a:02d}" if a == b else f"-{a:02d}..{of}-{b:02d}"
    return of + ("" if (a, b) == (1, 12) else SPANS.get(f"{a}-{b}", span))


def _part_before(words: str, year: re.Match[str]) -> str:
    """The year in the bracket of a heading, with the part of it that the heading names: 上半年情况(2021年)."""
    named = (m for m in words_of_time(words, 0, year.start()) if m[0] == m["part"] and not m["end"])
    m = next(named, None)
    if m is None:
        return year[1]
    months = months_said(m)
    return (
        f"{year[1]}-{months[0]:02d}..{year[1]}-{months[1]:02d}" if months else year[1] + part_of(m)
    )


def _in_bracket(line: re.Match[str], reading: Reading) -> str:
    """The time with its year in the bracket that ends a heading: 总体数据(2022年以来), 信访(2021年1-9月),
    完成情况(截至10月底); empty for other brackets.
    """
    bracket = _TIME_IN_BRACKET.search(line["words"])
    if bracket is None:
        return ""
    at = line.start("words") + bracket.start("time")
    m = PERIOD.match(reading.text, at, line.start("words") + bracket.end("time"))
    if m is None or m.end() != line.start("words") + bracket.end("time"):
        return ""
    year = m["year"] or (reading.sure and reading.year.isdigit())
    period = (period_said(m, reading) or "") if year else ""
    return up_to_month(period) if bracket["until"] else period


def years_of_headings(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where each numbered heading ends, with the year that it begins with, empty for another."""
    for line in _HEADING.finditer(reading.text, reading.report.start, reading.report.end):
        year = OPENING_YEAR.match(line["words"])
        yield line.end(), year[1] if year else ""


def next_openings(reading: Reading, marks: list[Mark], begin: int) -> Iterator[Mark]:
    """The years, halves and quarters that open a paragraph of an account."""
    text, end = reading.text, reading.report.end
    for mark in sorted(marks, key=lambda mark: mark.start):
        before = text[max(0, mark.start - 4) : mark.start].rstrip(" ")
        opens = before.endswith("\n") and mark.until == end
        if mark.start >= begin and opens and YEARLY.fullmatch(mark.period):
            yield mark
