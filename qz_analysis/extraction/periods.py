"""Words of time go in; which period holds at which place of the report comes out."""

import datetime
import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..model import Report
from ..vocabularies.beginnings import spots
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern, words
from ..vocabularies.units import pieces
from . import heads
from .dates import is_address, undated
from .quantities import inside
from .table_sentences import TIME_ENDS
from .terms import (
    FIVE,
    Calendar,
    Terms,
    calendar_of,
    cue_period,
    cues,
    of_another,
    plan_years,
    set_against,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a report that a clause is read against."""

    text: str
    report: Report
    year: str
    sure: bool  # the year is the report's own, not only the one most spoken of
    topic: str
    terms: Terms | None = None  # of a report to an assembly


SENTENCE = re.compile(r"[。;!?\n]")
CLAUSE = re.compile(r"[,。;:!?\n](?:(?<!,)|(?!\d{3}(?!\d)))")
_FULL = re.compile(r"[。!?\n]")
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_PERIOD = Pattern(
    "periods",
    rf"""(?x)
    (?:
        # 2017、2018、2019三年; 民国20年; 上世纪80年代; 光绪三十年, 21世纪初
        (?P<first>\d{{4}})年?(?:、\d{{4}}年?){{0,3}}[、和](?P<last>\d{{4}})年?[两三四五]年
        |民国(?P<republic>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})年
        |(?:(?P<century>上个?世纪|(?:20|二十)世纪))?
            (?P<decade>(?:1[89]|20)?[1-9]0|[一二三四五六七八九]十)年代
        |(?P<vague>(?:\d{{2}}|[一二]十[一二三四五六七八九]?)世纪|{{eras}}[\d一二三四五六七八九十元]{{1,3}}年)
        |(?P<from>\d{{4}})年?(?:-+|{{to}})(?P<to>\d{{4}})年(?:期间)?
        # 2011年, 二〇一一年, masked 201*年 and xx年
        |(?P<year>(?<!\d)\d{{4}}|[一二][〇零0一二三四五六七八九]{{3}}|[xX*Ⅹ]{{2,4}}|(?<!\d)0\d|\d{{1,3}}[x*]{{1,3}}|x\d?)
            (?:年(?:度(?=[上下]半年|第?[一二三四1-4]季度|\d{{1,2}}(?:-\d{{1,2}})?月))?
               |(?<=\d{{4}})(?=[上下]半年|第?[一二三四]季度))
        |(?P<this>{{this_year}})|(?P<past>{{last_year}})|(?P<all>全年(?!{{set_for_it}}))
        |(?P<next>{{next_year}})|(?<![\d每])(?P<yearend>{{year_end}})|(?<![\d十几近两])(?P<lately>{{one_year}})
    )?
    (?:(?<=年)全年(?=,))?(?:[我全][县市区镇])?
    (?P<part>
        (?P<q>第?[一二三四1-4])季度(?:(?:-|{{to}})第?(?P<q2>[二三四2-4])季度)?
        |[前头](?P<qs>[二三两23])个?季度
        |[前头](?P<ms>\d{{1,2}}|[二两三四五六七八九十]|十[一二])个?月
        |(?P<h>{{half_year}})
        |(?P<m1>{_MONTH})月?份?(?:-|{{to}}|、(?=\d))(?P<m2>{_MONTH})月份?
        |(?P<end>[\dx]{{1,2}}|{_MONTH})月(?:份|底|末|当月|[\dx]{{1,2}}日)?
    )?
    (?P<since>以来|(?:\d{{1,2}}月)?{{onwards}}|年?初以来)?""",
)
# digits are words of time by what stands behind them alone, and so are most characters
_FIRST = Pattern(
    "periods",
    spots(
        r"\dxX*Ⅹ一二三四五六七八九十第今本年去上下全以前头民过这明来{reigns}",
        r"""(?x)\d\d{0,3}(?:[年月份、和\-世季上下第一二三四xX*]|{to}|{onwards})
        |[一二三四五六七八九十][〇零\d一二三四五六七八九十元]{0,3}(?:[年月份、和\-世季]|{to})|[xX*Ⅹ]
        |第[一二三四1-4]|[前头][\d一二三两四五六七八九十]|全[年县市区镇]|以来|民国|上个?世纪|年?初以来|{eras}
        |{this_year}|{last_year}|{next_year}|{year_end}|{one_year}|{half_year}""",
    ),
    lambda: {"reigns": "".join(sorted({era[0] for era in words("periods", "eras")}))},
)
_A_MONTH = re.compile(r"\d{4}-\d\d")
_ANY_YEAR = re.compile(r"\d{4}|20xx")
_SPANS = {"1-6": "-H1", "7-12": "-H2", "1-3": "-Q1", "4-6": "-Q2", "7-9": "-Q3", "10-12": "-Q4"}
_REGULAR = Pattern("periods", "{regular}")
_RESET = Pattern("periods", "{undated}")
_PRESENT = Pattern("periods", "{present}")
_FAR = Pattern("periods", r"[^,。;\n\d]{1,24}?(?:以来|{onwards})")
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
    r"(?:{to}|-)+(?:(?P<b>\d{1,2})月)?\d{1,2}日",
)
# (2018年为200件)
_BRACKETED = re.compile(r"(?!同期)[^()。;,\d]{0,8}\d[^()\n]{0,40}\)")
# 2011年主要工作 as a heading: 今年 below it is that year, where no date says another
_HEADED = Pattern("periods", r"(?<![^\n(一二三四五六七八九十)、. ])\d{4}年[^\n。,;:]{0,8}{tasks}\n")
_ENDED = re.compile(r"到(\d{4})年[底末]")
# a year between a name and what it came to dates that alone: 生产总值2018年突破百亿元
_REACHES = Pattern("periods", r"(?:{reaches})[^,。;:\d]{0,4}[\d{plain}]", pieces)
_DEED = Pattern("periods", "{deeds}")
_DEED_SOON = Pattern("periods", r"[^,。;:\n\d]{0,6}{deeds}")
_OPENED = re.compile(r"[^,。;\n\d]{2,8}以来")
_SINCE = Pattern("periods", r"{begun}[^,。;\n\d]{2,16}以来")
_LAST_MONTHS = {"-H1": "-06", "-H2": "-12", "-Q1": "-03", "-Q2": "-06", "-Q3": "-09", "-Q4": "-12"}
_PARTS = ("this", "all", "q", "h", "m1", "qs", "ms")
# of a report's own year these say that it is over
_WHOLE = Pattern("periods", r"(?<![去上]年)全年(?!{set_for_it})|(?<!\d)1[-~]12月|{one_year}")
_ALL_OF_IT = re.compile("一年|全年")
_WEEK = re.compile(r"第?\d+周|[本一]周(?!年)|周报")  # a week is no year
# 2024年第28周(7月8日-7月14日)
_OF_WEEK = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年第?(?P<n>\d{1,2})周"
    r"(?:\((?:\d{4}年)?(?P<a>\d{1,2})月\d{1,2}日-+(?:\d{4}年)?(?:(?P<b>\d{1,2})月)?\d{1,2}日\))?"
)
_WEEK_DATED = re.compile(r"(\d{4})年[^\n]{0,8}?(\d{1,2})月\d{1,2}日")
# behind the year of a title: a day, a span or what was made in it
_CHINESE_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
_NOT_ITS_TIME = Pattern("periods", r"\d|以来|{onwards}|{made}|[)\]】的]")
# behind the year of a title: what makes it no time of all figures, of many figures too
_NO_ACCOUNT = Pattern("periods", r"\d|以来|{onwards}|{made}|[】\]]")
_LATE = "10"
# (2024年1月20日县政府工作报告,民生部分): a part of a report on the year before
_OF_ASSEMBLY = Pattern("dates", r"[(][^()]{0,16}日[^()]{0,6}{titles}[^()]{0,12}[)]")
_EARLY = "03"  # the last month in which a report may well be on the year before
_UNTIL_NOW = Pattern("periods", r"[^,。;\n\d]{0,12}?{until_now}")
# 党的十九大以来: a span from a day that everybody knows
_EPOCH = Pattern(
    "periods",
    r"(?P<word>{epoch})[^,。;\d]{0,6}?以来",
    lambda: {"epoch": "(?:" + "|".join(_epochs()) + ")"},
)
_UNKNOWN = "unknown"  # of a time that has no year: no other time holds either
_SO_FAR = Pattern("periods", r",?[^,。;:\n\d]{0,8}{so_far}")
_UNTIL = re.compile(r"截[至止]到?$|(?<![\u4e00-\u9fff\d])到")
_PART_OF_YEAR = re.compile("[底末份当]")
_PART_OF_TITLE = re.compile("[底末份]|月[上中下]旬")
_STOP = re.compile(r"[。;\n]")
_LEADS = re.compile("[到至为]")  # 从2015年的87亿元增长到118亿元
_LED = frozenset("到至由从")
_NUMBERED = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)|[一二三四五六七八九]是|#)"
)
_OPENS = Pattern(
    "periods", r"(?:(?:\A|\n)\d{1,2}[.]|[\n ,。;:)”于在从自至到、而仅将]|截[至止]|{reported}了?)$"
)
_PLACE = Pattern("periods", r"(?:[省县市区旗州乡镇村]|{bodies})$")
_NOUN = Pattern("periods", "{noun}")
_FIGURES_OF = re.compile(
    r"的?(?:[一两三四五六七八九十几]个)?(?:数据?|账|账本|情况|成绩单?|工作(?:情况)?):"
)
# what binds words of time to those behind them, so that they date no claim
_TIMES_OF = re.compile(r"的[\d.]+倍")
_BOUND = re.compile(r"同期|\)|年\)|-")
# the figure of the year before, not the change against it
_OWN_FIGURE = Pattern(
    "periods", r"同期的?(?!{against})(?=[^,。;:\d]{0,16}\d)(?![^,。;\d]{0,12}{change})"
)
_SIGNED = re.compile(r"(\d{4}|\d{2,3}[x*]{1,2}|[x*]{2,4})年\d{1,2}月\d{1,2}日")
_MASKED = re.compile(
    r"(?:\d{2,3}[x*]{1,2}|2[x*]{2}|(?<![a-z])x{2,4}|\*{2,4}|Ⅹ{2,4})年|(?<![\dx])x\d?年"
)
# 2022年, and a bare year that a bracket or a stroke sets off: 救助工作年报(2022)
_TITLED = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?=[)\]】|]|$))")
# a year in the first words of a text, and any year
_ONLY_ACCOUNT = re.compile(r"[(]([^()]*(?:19|20)\d\d年[^()]{0,8}回顾[^()]*)[)]$")
_OPENING_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!\d)")
_COUNTED = re.compile(r"\d[万亿余多]?(?:[件批人户元宗起名%个次所套处家条项场座]|平方)")
# a month as the time of an account, not of an event on one of its days
_OF_MONTH = re.compile(r"(?:\d{4}年|今年)?\d{1,2}月份?+(?![\d上中下底末])")
_ISSUE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年?[ ,]?\(?第(?P<n>\d{1,2})期")
_MONTHLY = Pattern("periods", r"{this_month}|(?<![\d-])(?P<m>\d{1,2})月份?(?!\d)")
_MONTH_ALONE = re.compile("月份?$")
_YEAR_IN_BRACKETS = re.compile(r"[(][^()]{0,12}?((?:19|20)\d{2})年度?[)]$")
_BARE_YEAR_BEHIND = re.compile(r"[(]((?:19|20)\d{2})(?:年度?)?[)]$")
_PER_FIGURE = 45  # characters of a text full of figures that there are to each
_MANY = 8  # figures of a text that tells of its one year throughout
_OF_MONTHS = Pattern("periods", "{of_months}")
_MONTH_APART = re.compile(r"(?<![年\d至-])(0?[1-9]|1[0-2])月份(?![以之])")
_MONTH_BEHIND = re.compile(r"\(((?:19|20)\d\d)年(\d{1,2})月份?\)$")
# 统计期:7-9月
_COUNTED_OVER = re.compile(
    r"(?m)^[ (]*(?:统计|数据|考核|通报)(?:期间?|时间|时段|区间|周期|时限)(?:范围)?[:：] *"
)
_WORK = Pattern("periods", "{works}[)】 ]*$")
_NAMED = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|-\d)|去年|上年|明年|[xX*Ⅹ](?=年)")
_HEAD = 260  # characters in which the first sentence of a report ends
_FULL_STOP = re.compile("[。!?]")
# figures of a sentence that are no days, or words that an account begins with
_LED_IN = Pattern("periods", r"[^。;:,\n]{0,24}(?:如下|列下|列于下|通报于下)[。:\n]")
_FOLLOWS = Pattern("periods", r"[^。;\n]{0,24}{as_follows}")
_FIGURES = Pattern("periods", r"\d(?![\d年月日xX*至、-])|{as_follows}")
_HEADING = re.compile(
    r"(?m)^[ #]*(?:[■◆▲★◎] *|[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}[章节部]分?[、: ]?|\d{1,2}[、.](?=(?:19|20)\d\d年))(?P<words>[^\n。,;:]{2,24})$"
)
# (一)动态管理(1-9月)
_MONTHS_IN_BRACKET = re.compile(r"\((?=(?:19|20)?\d{0,2}年?\d{1,2}-\d{1,2}月份?\)$)")
_PLAN_BEHIND = re.compile(FIVE)
_LOOKS_BACK = re.compile("成就|成绩|成效|回顾|总结|完成情况|期间|以来|时期|发展基础")
_YEAR_HEADING = re.compile(
    r"(?m)^[ #]*[\u4e00-\u9fff]{2,6}(?P<year>20\d\d)(?![\d年])[^\w\n|,。;:]{0,3}$"
)
_YEARS = Pattern("periods", "{years}")
_TERM = re.compile(r"\d{4}\.\.\d{4}")
_YEARLY = re.compile(r"\d{4}(?:-[HQ]\d)?")
# 较二季度的16905件: a figure that others are held against
_HELD = re.compile(
    r"的[^,。;:\d]{0,8}\d|[^,。;:\d]{0,10}\d(?=[\d.,]{0,9}[^\d,。;:%]{1,4}[增减多少升降上下])"
)
_YEAR_BEHIND = re.compile(r"[^。;\d]{0,14}(?:(\d{4})年(?!\d|底|末)|今年)")
# what reports call themselves that give account of a time, and those that look ahead
_ACCOUNT = Pattern("periods", "{account}")
_AHEAD = Pattern("periods", "{ahead}")
_CARRIED_OUT = Pattern("periods", "{carried_out}")
_ACCOUNT_LINE = Pattern("periods", "{account}(?:[(].{0,8}[)])? *$")
_OF_WORK = Pattern("periods", "{of_work}")
_INQUIRY = Pattern("periods", "{inquiry}")
_TO_DO = Pattern("periods", r",?[^,。;\d]{0,6}{to_do}")
_TOLD = Pattern("periods", "{told}")
_PART_OF_A_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年(?:第?[一二三四]季度|[上下]半年|\d{1,2}[-至]\d{1,2}月)"
)
# (2023年4季度), and no day, which is when the text was written
_TIME_BELOW = re.compile(
    r"\((?:19|20)\d\d年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}-\d{1,2}月份?)\)"
)
# a month under the title of a monthly paper; of other accounts it is when they were written
_PART_BELOW = re.compile(r"\(?(?:19|20)\d\d年度? ?\d{1,2}月份?\)?")
_SHORT = 40  # characters of a line that can be a title
_BRIEF = 10  # and of a heading that is of the time which it names
# a year, a part of one that is more than a month, or a span
_BROAD = re.compile(r"(?:19|20)[\dx]{2}(?:-[HQ]\d)?|[\dx]{4}(?:-\d\d)?\.\.[\dx]{4}(?:-\d\d)?")
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
_SPOKEN = re.compile(r"(?<![到\d])((?:19|20)\d{2})(?=年(?!\d{1,2}月底?前|[以起]|至今)|-\d)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word of time: what it says and how far it reaches; `''` says that no period holds."""

    start: int
    until: int
    period: str
    paragraph: bool = False  # only a new paragraph begins, or the present is spoken of
    present: bool = False  # the present is spoken of
    weak: bool = False  # a day to which figures are counted: the time told of outweighs it
    so_far: bool = False  # this year, as far as a report on a part of it tells
    #: the time that is meant by the one that holds there: a key of `_MEANT`
    meant: str = ""


def _epochs() -> dict[str, str]:
    """What everybody dates by, with its year."""
    return dict(entry.split(" ") for entry in words("periods", "epochs"))


class Own:
    """The time that an account of work is of, where no word of time stands near.

    One that its title does not name gives way to the next that opens a paragraph: 上半年,….
    """

    def __init__(self, period: str, known: str = "report", later: tuple[_Mark, ...] = ()) -> None:
        self._said = [(period, known), *((mark.period, "section") for mark in later)]
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


class Periods:
    """Which period holds where in a report.

    A word of time holds to the end of its paragraph, a day to its sentence, 每年 to its clause.
    """

    def __init__(
        self,
        marks: list[_Mark],
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
        if i >= 0 and self._marks[i].weak:
            wider = i
            while wider >= 0 and (self._marks[wider].weak or self._marks[wider].until <= offset):
                over = self._marks[wider].until <= offset
                wider = self._wider[wider] if over else wider - 1
            told = wider >= 0 and self._marks[wider].period not in {"", _UNKNOWN}
            i = wider if told or self._own else i
        mark = self._marks[i] if i >= 0 else None
        if mark is not None and mark.period:
            meant = _MEANT[mark.meant](self.at(mark.start)) if mark.meant else ""
            if mark.period == _UNKNOWN or meant:
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
            ended = now and _TERM.fullmatch(said)
            return (said[-4:] if ended else said), known if said else ""
        return "", ""

    def _apart(self, start: int, offset: int) -> bool:
        """Whether two places are not of one sentence."""
        return bisect_right(self._stops, start) != bisect_right(self._stops, offset)


@lru_cache(maxsize=8)  # asked again for the same report
def stops_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    """Where the matches of a pattern end in a report; not to be changed."""
    return [m.end() for m in pattern.finditer(text, start, end)]


def periods_of(reading: Reading) -> Periods:
    """The periods of a report by its words of time."""
    text, start, end = reading.text, reading.report.start, reading.report.end

    stops = {p: stops_of(p, text, start, end) for p in (SENTENCE, CLAUSE, _FULL)}

    def stop(pattern: re.Pattern[str], at: int) -> int:
        k = bisect_right(stops[pattern], at)
        return stops[pattern][k] if k < len(stops[pattern]) else end

    def reach(at: int, behind: int) -> int:
        """In a report to an assembly a time that opens a sentence holds for the paragraph, one
        within it for the sentence.
        """
        opens = text[at - 1 : at] in {"", *"。;\n!"} and text[behind : behind + 1] in {",", "是"}
        return end if opens else stop(SENTENCE, behind)

    marks = [_Mark(at, end, "", paragraph=True) for at in _paragraphs(text, start, end)]
    marks += [_Mark(at, end, "", paragraph=True) for at in _time_ends(text, start, end)]
    marks += [_Mark(m.start(), end, "") for m in _RESET.finditer(text, start, end)]
    present = _PRESENT.finditer(text, start, end)
    marks += [_Mark(m.start(), end, "", paragraph=True, present=True) for m in present]
    regular = [*_REGULAR.finditer(text, start, end)]
    marks += [_Mark(m.start(), stop(CLAUSE, m.end()), "") for m in regular if m[0] != "年均"]
    means = [m for m in regular if m[0] == "年均"]
    terms, since = reading.terms, ""
    marks += [] if terms else [*_spans_of_years(reading, stop), *_undated_parts(reading, stop)]
    for m in cues(text, start, end, plans=terms is None):
        term = cue_period(m, terms.calendar if terms else None)
        named = m["plan"] or ".." in term
        if named and not (_aside(text, m) or set_against(text, m)):
            until = reach(m.start(), m.end()) if terms else stop(SENTENCE, m.end())
            marks.append(_Mark(m.start(), until, term))
    for m in _EPOCH.finditer(text, start, end):
        if not _aside(text, m):
            year = _epochs()[m["word"]]
            marks.append(_Mark(m.start(), reach(m.start(), m.end()), f"{year}+"))
    below_heads = [] if terms else list(_years_of_headings(reading))
    headed = ""  # the year of the heading above
    line, year = -1, ""  # the year that a paragraph opened with: 2023年,…一季度
    explicit = -1  # where a sentence ends that names its year in full
    since_line, since_until, opened = -1, -1, ""  # the last year that a paragraph went on with
    printed = [(at, behind) for at, behind, _ in heads.lines(text, start, end)]
    last = printed[-1][1] if printed else start
    for m in _words_of_time(text, start, end):
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
        if (period := _period(m, told)) is None:
            continue
        if of_another(text, m) or (terms and m["year"] and _too_late(text, m, period, terms)):
            continue
        led = text[max(0, m.start() - 1) : m.start()] in _LED
        if period.startswith("20xx") and m.start() < explicit and not led:  # 历时xx年
            continue
        if m["year"] and period[:4].isdigit():
            explicit = stop(SENTENCE, m.end())
        if _beside(text, m) and period != _UNKNOWN:
            bracketed = m["year"] and text[m.start() - 1 : m.start()] == "("
            if bracketed and (bracket := _BRACKETED.match(text, m.end())):
                marks.append(_Mark(m.start(), bracket.end(), period))
            elif _year_before(text, m):
                marks.append(_Mark(m.start(), stop(CLAUSE, m.end()), period, meant="last year"))
            elif period and (held := _held(text, m)):
                marks.append(_Mark(m.start(), held.end(), period))
            elif m["year"] and period.isdigit() and _REACHES.match(text, m.end()):
                marks.append(_Mark(m.start(), stop(CLAUSE, m.end()), period))
            continue
        if not terms and _counted_to(text, m) and not m["year"]:
            named = _YEAR_BEHIND.match(text, m.end())
            if named is None:
                marks.append(_Mark(m.start(), stop(SENTENCE, m.end()), period, weak=True))
                continue
            period = _year_to(named[1] or reading.year, m)
        elif not terms and _year_so_far(text, m, period):
            period = _year_to(period[:4], m)
        # a day, a month without 份 and last year tell of one event; what follows goes on in the
        # paragraph's own time
        deed = m["end"] and not m[0].endswith("日") and _DEED.match(text, m.end())
        event = (m["end"] and not _PART_OF_YEAR.search(m[0]) and not deed) or m["past"]
        beside = text[m.start() - 1 : m.start()] == "而"  # 11月是7批,而7月份是24批
        history = m["republic"] or m["decade"] or m["vague"]
        brief = (
            history or titled.isdigit() or (event and not m["since"] and not _far_since(text, m))
        )
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
        until = stop(_FULL, m.end()) if back and not opens else until
        so_far = bool(m["this"] and not m["part"]) and period.isdigit()
        reach_of_it = stop(SENTENCE, m.end()) if brief else until
        marks.append(_Mark(m.start(), reach_of_it, period, so_far=so_far))
        if period.isdigit() and m["year"] and text[m.start() - 1 : m.start()] in {"", *"\n。;)、"}:
            line, year = text.find("\n", m.end(), end) % (end + 1), period
        since = since or (period if period.endswith("+") else "")
    # 推行服务以来: since the report's own beginning
    taken = sorted(mark.start for mark in marks if mark.period or text[mark.start] in "去上")
    for m in _SINCE.finditer(text, start, end) if since else ():
        near = bisect_right(taken, m.start() - 20)
        if near == len(taken) or taken[near] >= m.end():
            marks.append(_Mark(m.start(), end, since))
    own = None if terms else _own(reading, marks)
    if not terms and own is None:
        parts = tuple(_headings(reading)) or tuple(_only_time(reading, marks))
        own = Own("", "section", parts) if parts else None
    found = Periods(marks, stops[SENTENCE], terms, own)
    # the mean of years is of a span of years alone
    apart = [m for m in means if ".." not in found.at(m.start())]
    more = [_Mark(m.start(), stop(CLAUSE, m.end()), "") for m in apart]
    more += [] if terms else _listed(reading, found)
    return Periods(marks + more, stops[SENTENCE], terms, own) if more else found


def _listed(reading: Reading, found: Periods) -> Iterator[_Mark]:
    """The time of what a line leads to by a colon: the rows below it, or the rest of the line behind
    a bracket.
    """
    text, start, end = reading.text, reading.report.start, reading.report.end
    for m in _IN_BRACKET.finditer(text, start, end):
        until = text.find("\n", m.end(), end) % (end + 1)
        since = "+" if m["since"] else ""
        month = f"-{int(m['month']):02d}" if m["month"] else ""
        yield _Mark(m.start() + 1, until, m["year"] + month + since)
    for line in _LEADS_ON.finditer(text, start, end):
        rows = list(_rows_below(text, line.end(), end))
        period, known = found.told(line.end("words"))
        if known != "words":
            named = [m for m in _words_of_time(text, line.start(), line.end()) if m["year"]]
            named = [m for m in named if not (_aside(text, m) or of_another(text, m))]
            period = (_period(named[-1], reading) or "") if named else ""
        for row, stop in rows if period else ():
            yield _Mark(row, stop, period)


def _rows_below(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """The short lines with figures below one that leads to them, up to the first that names a year."""
    row = _ROW.match(text, at, end)
    while row and not _NAMED.search(row[0]):
        yield row.span()
        row = _ROW.match(text, row.end(), end)


def stated_period(report: Report) -> str | None:
    """The time that a person says a report is of, empty where there is said to be none; None where
    nothing is said.

    >>> given = Report(0, 9, "", "", "", period="2021-Q4", given=frozenset({"period"}))
    >>> stated_period(given), stated_period(Report(0, 9, "", "", ""))
    ('2021-Q4', None)
    """
    return report.period.strip("-") if "period" in report.given else None


def _spans_of_years(reading: Reading, stop: Callable[[re.Pattern[str], int], int]) -> list[_Mark]:
    """The spans of an undated number of years up to the year of the report: 两年来, 近三年调解9件."""
    text, report = reading.text, reading.report
    titled = _year_titled(reading) and is_account(report.title)
    stated = _YEARLY.fullmatch(stated_period(report) or "")
    if not (reading.sure and reading.year.isdigit() and (report.dated or titled or stated)):
        return []
    # in its first months a year is not counted, and from its last ones on it is
    month = report.dated[5:7] if report.dated[:4] == reading.year and not stated else "12"
    begun = "" < month <= _EARLY
    last = int(stated[0][:4] if stated else reading.year) - begun
    found = []
    for m in _SPAN_OF_YEARS.finditer(text, report.start, report.end):
        n = int(parse(m["n"] or m["p"] or m["m"]))
        ended = _ENDED.findall(text, max(report.start, m.start() - _HEAD), m.start())
        told = ended and int(ended[-1]) in {last, last - 1}
        end = int(ended[-1]) if told else last
        if 1 < n < 11 and (told or begun or month > _LATE):
            found.append(_Mark(m.start(), report.end, f"{end - n + 1}..{end}"))
    return found


def _undated_parts(
    reading: Reading, stop: Callable[[re.Pattern[str], int], int]
) -> Iterator[_Mark]:
    """Parts of a year that no month tells, spans since an unknown day, and those from one year's
    month to the next year's.
    """
    text, start, end = reading.text, reading.report.start, reading.report.end
    yearly = _ANY_YEAR.fullmatch(own_period(reading)) is not None
    for m in _PARTLY.finditer(text, start, end):
        meant = next((name for name in _RELATIVE if m[name.replace(" ", "_")]), "")
        if meant == "last month" and m.start() < _first_sentence(reading)[0]:
            continue  # an account that opens with 上月 is of it
        if meant or yearly:
            until = stop(CLAUSE if meant.startswith("last") else SENTENCE, m.end())
            yield _Mark(m.start(), until, _UNKNOWN if meant else "", meant=meant)
    for m in _LAST_MONTH.finditer(text, start, end):
        yield _Mark(m.start(), m.end(), _UNKNOWN, meant="last month")
    for m in _UNDATED_SINCE.finditer(text, start, end):
        if not _EPOCH.search(text, m.start(), m.end()):
            yield _Mark(m.start(), stop(SENTENCE, m.end()), "")
    for m in _OF_WEEK.finditer(text, start, end) if "周" in text else ():
        # behind the words of time that it is made of
        yield _Mark(m.end() - 1, end, _months_of_week(m))
    for m in _DAYS.finditer(text, start, end):
        of, a, b = m["y"] or reading.year, int(m["a"]), int(m["b"] or m["a"])
        if 0 < a <= b < 13 and of.isdigit() and (m["y"] or reading.sure):
            span = f"-{a:02d}" if a == b else f"-{a:02d}..{of}-{b:02d}"
            # behind the words of time that it is made of
            yield _Mark(m.end() - 1, end, of + _SPANS.get(f"{a}-{b}", span))
    for m in _ACROSS.finditer(text, start, end):
        last = m["z"] or reading.year
        named = m["y"] or m["py"]  # 2019.1-2019.6
        first = named or _moved(last, -1)
        if first.isdigit() and last.isdigit() and (reading.sure or (named and m["z"])):
            span = f"{first}-{int(m['a']):02d}..{last}-{int(m['b']):02d}"
            if first == last:
                span = first + _SPANS.get(f"{int(m['a'])}-{int(m['b'])}", span[4:])
            until = stop(_FULL, m.end())
            # a year that is counted from one December to the next is that in which it ends
            if m["a"] == m["b"] == "12" and int(last) == int(first) + 1:
                span, until = last, end
            # behind the words of time that it is made of
            yield _Mark(m.end() - 1, until, span)


def _own(reading: Reading, marks: list[_Mark]) -> Own | None:
    """The time of an account by its title, its first sentence or its date; none for other texts.

    What a person says of a report is the time of all of it, whatever kind of text it is.
    """
    if (stated := stated_period(reading.report)) is not None:
        return Own(stated, "document" if stated else "", tuple(_headings(reading)))
    if titled := own_period(reading):
        return Own(_spelt_out(titled, reading), "report", tuple(_headings(reading)))
    if led := _led_in(reading):
        return Own(led, "section", tuple(_headings(reading)))
    report = reading.report
    if not is_account(_headline(reading)) or _INQUIRY.search(report.title):
        return _of_date(reading, marks)
    begin, (stop, years) = report.start, _first_sentence(reading)
    if years:  # 五年来: of no single year
        return None
    year = reading.year if reading.sure and report.dated[5:7] else ""
    opening = [
        mark
        for mark in marks
        if begin <= mark.start < stop and mark.period[:4].isdigit() and not (mark.weak and year)
        # a day is that of an event unless figures are counted up to it
        if mark.until == report.end
        or _UNTIL.search(reading.text, max(0, mark.start - 3), mark.start)
    ]
    first = min(opening, key=lambda mark: mark.start, default=None)
    if first is not None:
        # of other texts, and in a sentence without figures, it may only be when a thing began
        figures = _FIGURES.search(reading.text, first.start, stop)
        if not report.dated and not (figures and _OF_WORK.search(_headline(reading))):
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
    early = report.dated[5:7] <= _EARLY and year == report.dated[:4]
    dated = year.isdigit() and not early
    return Own(year, report.dated_from, tuple(_headings(reading))) if dated else None


def _spelt_out(titled: str, reading: Reading) -> str:
    """The months up to that of a title where the first sentences say that the figures are of them:
    2月审判指标通报, below it 1-2月数据通报如下.
    """
    if not (_A_MONTH.fullmatch(titled) and reading.sure):
        return titled
    text, begin = reading.text, reading.report.start
    head = min(reading.report.end, begin + _HEAD)
    for m in _words_of_time(text, begin, head):
        span = m["m1"] and _FOLLOWS.match(text, m.end(), head) and _period(m, reading)
        if span and _month_in(span) == titled:
            return span
    return titled


def _led_in(reading: Reading) -> str:
    """The time of a sentence among the first that leads to all that follows: 现将三镇2010年基本情况列下."""
    text, begin = reading.text, reading.report.start
    head = min(reading.report.end, begin + 2 * _HEAD)
    for m in _words_of_time(text, begin, head):
        led = m["year"] and not m["since"] and _LED_IN.match(text, m.end(), head)
        if led and not (_aside(text, m) or of_another(text, m)):
            return _period(m, reading) or ""
    return ""


def _opening(reading: Reading, marks: list[_Mark]) -> _Mark | None:
    """The time that stands nearest before the first figure of a text of many that names no other
    year: 2017年3月,全县受理9件.
    """
    report, text = reading.report, reading.text
    told = _figures(reading)
    if len(told) < _MANY:
        return None
    begin = max(report.start, told[0] - _HEAD)
    opening = [
        mark
        for mark in marks
        if begin <= mark.start <= told[0]
        and mark.period[:4].isdigit()
        and (mark.until == report.end or ".." in mark.period or _OF_MONTH.match(text, mark.start))
    ]
    nearest = max(opening, key=lambda mark: mark.start, default=None)
    if nearest is None or bisect_left(told, _other_year(reading, nearest)) < _MANY:
        return None
    return nearest


def _other_year(reading: Reading, first: _Mark) -> int:
    """Where the paragraph begins that names another year than a text opens with; its end for none."""
    text, end = reading.text, reading.report.end
    own = {first.period[:4], ""}
    others = (at for at, year in _named_years(reading) if at > first.start and year not in own)
    later = min(others, default=end)
    return text.rfind("\n", 0, later) + 1 if later < end else end


def _figures(reading: Reading) -> list[int]:
    """Where the counts of a report stand."""
    begin, end = reading.report.start, reading.report.end
    return [m.start() for m in _COUNTED.finditer(reading.text, begin, end)]


def _from(first: _Mark, since: int, reading: Reading, marks: list[_Mark]) -> Own:
    """The time of a text that begins with one, and the times of its later parts."""
    later = [*_next_openings(reading, marks, since), *_headings(reading)]
    told = is_account(_headline(reading))  # an account of a time is of it throughout
    if not told and first.start < (other := _other_year(reading, first)) < reading.report.end:
        later = [mark for mark in later if mark.start < other] + [_Mark(other, other, "")]
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
        for m in _NAMED.finditer(text, report.start, report.end)
        if not inside(printed, m.start())
        and not text[max(report.start, m.start() - 20) : m.start()]
        .rstrip("0123456789年、和")
        .endswith(compared)
    ]


def _only_year(reading: Reading) -> str:
    """The year in the first words of an undated text that names no other; else empty."""
    report = reading.report
    first = _OPENING_YEAR.search(reading.text, report.start, min(report.end, report.start + _HEAD))
    if first is None or report.dated:
        return ""
    # a story tells a few figures, and goes on in other years
    many = len(_figures(reading)) >= _MANY or _WORK.search(report.title)
    return first[1] if _years_named(reading) == {first[1]} and many else ""


def _only_time(reading: Reading, marks: list[_Mark]) -> Iterator[_Mark]:
    """The only time that a text full of figures names, from where it names it on: a year, a part of
    one or a span; not a single month, which may be that of one event. A story, which tells a figure
    now and then, goes on in other years.
    """
    told = [mark for mark in marks if mark.period and mark.period != _UNKNOWN]
    periods = {mark.period for mark in told}
    broad = [one for one in periods if _BROAD.fullmatch(one)]
    length, figures = reading.report.end - reading.report.start, len(_figures(reading))
    if len(broad) != 1 or figures < _MANY or length > _PER_FIGURE * figures:
        return
    period = broad[0]
    # its months may be named, too
    within = all(one == period or (period.isdigit() and one[:4] == period) for one in periods)
    years = set(re.findall(r"(?:19|20)[\dx]{2}", period))
    if within and _years_named(reading) <= years:
        first = min(mark.start for mark in told if mark.period == period)
        yield _Mark(first, first, period)
        # what there is now is of no time that is past
        now = min((mark.start for mark in marks if mark.present and mark.start > first), default=0)
        if now:
            yield _Mark(now, now, "")


def _of_date(reading: Reading, marks: list[_Mark]) -> Own | None:
    """The year in which a text that is no account was written, but for the first months, when only
    a first sentence on the year before tells; none for plans, rules and inquiries.
    """
    report, year = reading.report, reading.year
    told = _AHEAD.search(report.title) or _INQUIRY.search(report.title)
    if year != report.dated[:4] and _looks_back(report, report.dated, _body(reading)):
        return Own(year, "section", tuple(_headings(reading)))
    if not told and (opening := _opening(reading, marks)):
        return _from(opening, opening.start + 1, reading, marks)
    if not told and (only := _only_year(reading)):
        return Own(only, "section")
    stop, several = _first_sentence(reading)
    if not reading.sure or report.dated[:4] != year or told or several:
        return None
    opening_with = {mark.period for mark in marks if report.start <= mark.start < stop}
    parts = tuple(_headings(reading))
    if report.dated[5:7] > _EARLY or (year in opening_with and not report.dated[5:7]):
        return Own(year, report.dated_from, parts)
    before = _moved(year, -1)
    # 妇联工作(2014-02-21): what it tells of no other year
    alone = _years_named(reading) == {before} and len(_figures(reading)) >= _MANY
    return Own(before, "section", parts) if before in opening_with or alone else None


def _body(reading: Reading) -> str:
    return reading.text[reading.report.start : reading.report.end]


def _headings(reading: Reading) -> Iterator[_Mark]:
    """The times of the headings of a report's parts: 二、2018年工作计划, 回头看2023."""
    text, report = reading.text, reading.report
    for line in _YEAR_HEADING.finditer(text, report.start, report.end):
        yield _Mark(line.start(), report.end, line["year"])
    for line in _HEADING.finditer(text, report.start, report.end):
        at = line.start("words")
        m = _PERIOD.match(text, at, line.end())
        if not (m and m[0]) and len(line["words"]) <= _BRIEF:  # 只看6月
            m = next(_words_of_time(text, at, line.end()), None)
        if months := _MONTHS_IN_BRACKET.search(line["words"]):
            m = _PERIOD.match(text, at + months.end())
        of_month = m and m["end"] and reading.sure and _MONTH_ALONE.search(m[0])
        plan = _PLAN_BEHIND.search(line["words"])
        if plan and _LOOKS_BACK.search(line["words"], plan.end()):  # 第一节 “十二五”主要成就
            first, last = plan_years(plan["plan"])
            yield _Mark(line.start(), report.end, f"{first}..{last}")
            continue
        if bracket := _BARE_YEAR_BEHIND.search(line["words"]):  # 三、新农保(2010)
            yield _Mark(line.start(), report.end, bracket[1])
            continue
        told = m and (
            of_month or (not m["end"] and any(m.group("year", "this", "next", "h", "q", "m1")))
        )
        of_its_month = (
            _year_meant(m, reading) + _part(m) if m and of_month and not m["year"] else ""
        )
        if m and told and (period := of_its_month or _period(m, reading)):
            yield _Mark(line.start(), report.end, period)


def _years_of_headings(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where each numbered heading ends, with the year that it begins with, empty for another."""
    for line in _HEADING.finditer(reading.text, reading.report.start, reading.report.end):
        year = _OPENING_YEAR.match(line["words"])
        yield line.end(), year[1] if year else ""


def _next_openings(reading: Reading, marks: list[_Mark], begin: int) -> Iterator[_Mark]:
    """The years, halves and quarters that open a paragraph of an account."""
    text, end = reading.text, reading.report.end
    for mark in sorted(marks, key=lambda mark: mark.start):
        before = text[max(0, mark.start - 4) : mark.start].rstrip(" ")
        opens = before.endswith("\n") and mark.until == end
        if mark.start >= begin and opens and _YEARLY.fullmatch(mark.period):
            yield mark


def _first_sentence(reading: Reading) -> tuple[int, bool]:
    """Where the first sentence of a report ends, and whether it tells of several years."""
    start, end = reading.report.start, reading.report.end
    m = _FULL_STOP.search(reading.text, start, min(end, start + _HEAD))
    stop = m.end() if m else min(end, start + _HEAD)
    return stop, _YEARS.search(reading.text, start, stop) is not None


def _headline(reading: Reading) -> str:
    """The title of a report, or the first of its lines that says what account it gives."""
    report = reading.report
    lines = reading.text[report.start : min(report.end, report.start + _HEAD)].split("\n")
    shown = [line.strip() for line in lines if line.strip()]
    for title, below in itertools.pairwise(shown[:4]):  # a time in brackets under the title
        if report.title and title.startswith(report.title):
            part = _PART_BELOW.fullmatch(below) if _OF_MONTHS.search(title) else None
            if part or _TIME_BELOW.fullmatch(below):
                return report.title + below.replace(" ", "")
    if _ACCOUNT.search(report.title):
        return report.title
    for line in [line for line in lines if line.strip()][:3]:
        if (
            len(line) < _SHORT
            # the heading of its first section speaks for a text without a title
            and not (report.title and _NUMBERED.match(line))
            and not _STOP.search(line)
            and _ACCOUNT_LINE.search(line)
        ):
            return line
    return report.title


def is_account(title: str) -> bool:
    """Whether a title is that of an account: not that of plans, unless they come behind it.

    >>> [is_account(t) for t in ("2022年总结和2023年安排", "2023年计划", "计划执行情况")]
    [True, False, True]
    """
    account, ahead = _ACCOUNT.search(title), _AHEAD.search(title)
    if account is None or ahead is None:
        return account is not None
    return account.start() < ahead.start() or _CARRIED_OUT.search(title) is not None


def own_period(reading: Reading) -> str:
    """The time that an account of work gives of itself in its title, empty where that names none.

    Only a report that calls itself one (总结, 汇报, 通报) is of one time throughout; an article that
    begins in a year goes on in others.

    >>> text = "甲县2019年上半年信访工作总结\\n受理9件。"
    >>> own_period(Reading(text, Report(0, len(text), text[:16], "", ""), "2019", True, ""))
    '2019-H1'
    """
    if (stated := stated_period(reading.report)) is not None:
        return stated
    if issued := _month_of_issue(reading):
        return issued
    if counted := _counted_over(reading):
        return counted
    title = account_title(undated(_headline(reading)))
    bracket = _MONTH_BEHIND.search(_headline(reading))
    if bracket and _OF_MONTHS.search(title):  # 热线月报(2025年5月); else it is when it was written
        return f"{bracket[1]}-{int(bracket[2]):02d}"
    if _WEEK.search(title):
        return _month_of_week(reading.report.title)
    if not is_account(title):
        if _INQUIRY.search(title):  # 抽样调查(2002年)
            of_year = _BARE_YEAR_BEHIND.search(title)
            return of_year[1] if of_year else ""
        if _AHEAD.search(title):  # the figures of a plan are of the year that it is for
            years = {m[1] for m in _TITLED.finditer(title)}
            return years.pop() if len(years) == 1 else ""
        return (
            _part_told(title, reading)
            or _year_told(title, reading)
            or _year_beside_title(title, reading)
        )
    for m in cues(title, 0, len(title), plans=True):
        if m["plan"] and ".." in (period := cue_period(m, None)):
            return period
    for m in _words_of_time(title, 0, len(title)):
        if m["since"] and (m["year"] or "").isdigit():  # 2003年以来工作总结
            return f"{m['year']}+"
        if not any(m.group("year", "from", *_PARTS, "end")) or m["since"]:
            continue
        named = m["year"] or m["from"] or (reading.sure and reading.year.isdigit())
        if not named and (year := _year_beside(m, reading)):
            named, reading = year, replace(reading, year=year, sure=True)
        if named and (period := _period(m, reading) or _month_titled(m, reading)):
            return _with_its_month(period, title)
    bare = _TITLED.search(title)
    return bare[1] if bare else ""


def _counted_over(reading: Reading) -> str:
    """The time that a bulletin's own field says it counts over: 统计期:7-9月; empty without one."""
    report = reading.report
    field = _COUNTED_OVER.search(reading.text, report.start, min(report.end, report.start + _HEAD))
    m = _PERIOD.match(reading.text, field.end()) if field else None
    days = m is not None and "日" in m[0]  # 1月1日至12月3日 are months of their own
    return (_period(m, reading) or "") if m and m[0] and not days else ""


def _month_of_issue(reading: Reading) -> str:
    """The month that an issue of a monthly paper is on, by its number: 2023年第5期 of June, which
    tells of 本月 or 5月; empty for other papers.
    """
    report, text = reading.report, reading.text
    head = _ISSUE.search(text, report.start, min(report.end, report.start + _HEAD))
    head = head or _ISSUE.search(report.title)
    dated = report.dated
    if head is None or not dated[5:7] or not 0 < int(head["n"]) < 13:
        return ""
    issue = f"{head['year']}-{int(head['n']):02d}"
    if issue not in {dated[:7], _month_before(dated[:7])}:
        return ""
    monthly = _MONTHLY.finditer(text, report.start, report.end)
    return issue if any(m["m"] in {None, str(int(head["n"]))} for m in monthly) else ""


def _with_its_month(period: str, title: str) -> str:
    """The month that a title names apart from its year: 2022年社会服务统计3月份报表."""
    months = {int(m[1]) for m in _MONTH_APART.finditer(title)}
    return f"{period}-{months.pop():02d}" if period.isdigit() and len(months) == 1 else period


def _months_of_week(m: re.Match[str]) -> str:
    """The months of a numbered week, by its days where they are told: most have one.

    >>> _months_of_week(_OF_WEEK.search("2024年第28周(7月8日-14日)"))
    '2024-07'
    >>> _months_of_week(_OF_WEEK.search("2024年第28周")), _months_of_week(_OF_WEEK.search("2024年第27周"))
    ('2024-07', '2024-07')
    >>> _months_of_week(_OF_WEEK.search("2024年第31周"))
    '2024-07..2024-08'
    """
    year, week = int(m["year"]), int(m["n"])
    if m["a"]:
        first, last = int(m["a"]), int(m["b"] or m["a"])
    elif 0 < week < 53:
        days = [datetime.date.fromisocalendar(year, week, day) for day in (1, 7)]
        first, last = (day.month if day.year == year else 0 for day in days)
    else:
        return ""
    if not 0 < first <= last < 13:
        return ""
    return f"{year}-{first:02d}" + (f"..{year}-{last:02d}" if last > first else "")


def _month_of_week(title: str) -> str:
    """The month of an account of a week that its title dates: 周报(2024年7月8日至14日)."""
    m = _WEEK_DATED.search(title)
    return f"{m[1]}-{int(m[2]):02d}" if m else ""


def _year_told(title: str, reading: Reading) -> str:
    """The one year that the title of an article tells of: 2018年信访举报怎么看; of a text of many
    figures also 2016年的六方面工作, and the first of two: 2023年干了什么,2024年怎么干.
    """
    found = list(_TITLED.finditer(title))
    years = [m[1] for m in found if not _NOT_ITS_TIME.match(title, m.end())]
    if len(years) == 1 and len(found) == 1:
        return years[0]
    told = [m[1] for m in found if not _NO_ACCOUNT.match(title, m.end())]
    if not told or len(told) < len(found) or len(_figures(reading)) < _MANY:
        return years[0] if len(years) == 1 else ""
    follows = len(told) == 2 and int(told[1]) == int(told[0]) + 1
    return told[0] if len(told) == 1 or follows else ""


def _year_beside_title(title: str, reading: Reading) -> str:
    """The year alone in brackets behind the title of a text of many figures: 审判工作(甲省,2006年)."""
    m = _YEAR_IN_BRACKETS.search(title)
    return m[1] if m and len(_figures(reading)) >= _MANY else ""


def _part_told(title: str, reading: Reading) -> str:
    """The part of its year, or the year before, that the title of an article tells of."""
    for m in _words_of_time(title, 0, len(title)):
        if not (reading.sure or m["year"]):
            # the year may stand with the same words in the first sentences
            year = _year_beside(m, reading)
            if not year:
                continue
            reading = replace(reading, year=year, sure=True)
        of_month = _just_over(m, reading.report.dated) or _PART_OF_TITLE.search(
            title, m.start(), m.end() + 2
        )
        day = m["end"] and not of_month
        if day or m["since"] or not any(m.group("past", *_PARTS[1:], "end")):
            continue
        if _TO_DO.match(title, m.end()) or title.startswith("前", m.end()):
            continue
        year = m["year"] or reading.year
        if m["end"] and year.isdigit():
            return year + _part(m) if m["year"] else _month_titled(m, reading) or year + _part(m)
        if period := _period(m, reading):
            return period
    return ""


def _just_over(m: re.Match[str], date: str) -> bool:
    """Whether a bare month of a title is that of its date or right before it: what is told of then
    is the month; one further back is when something else happened, or a number of months.
    """
    if not (m["end"] and _MONTH_ALONE.search(m[0]) and _part(m)):
        return False
    return not date[5:7] or (int(date[5:7]) - _last_month(m)) % 12 < 3


def _year_beside(m: re.Match[str], reading: Reading) -> str:
    """The year that stands with the words of a title in the first sentences: 2023年二季度."""
    begin, words = reading.report.start, m["part"] or ""
    if not words:
        return ""
    head = reading.text[begin : min(reading.report.end, begin + 2 * _HEAD)]
    told = {y[1] for y in re.finditer(rf"(?<!\d)((?:19|20)\d\d)年第?{re.escape(words)}", head)}
    # 上半年 of the title, 2018年1-6月 below it
    part = _part(m)
    same = (y for y in _words_of_time(head, 0, len(head)) if part and y["year"])
    told = told or {y["year"] for y in same if y["year"].isdigit() and _part(y) == part}
    return told.pop() if len(told) == 1 else ""


def _month_titled(m: re.Match[str], reading: Reading) -> str:
    """The last month of a name before the date of a report: 11月热线数据 of December."""
    if not m["end"] or "日" in m[0] or not _part(m):
        return ""
    date, year = reading.report.dated, reading.year
    later = _last_month(m) > int(date[5:7] or 12) and year == date[:4]
    return (_moved(year, -1) if later else year) + _part(m)


def _paragraphs(text: str, start: int, end: int) -> Iterator[int]:
    """Where a new paragraph begins: a line end, or a list number behind a full stop."""
    for m in _STOP.finditer(text, start, end):
        if m[0] == "\n" or _NUMBERED.match(text, m.end(), end):
            yield m.start()


def _time_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where a row of a table comes to a column that no word of time is over."""
    at = text.find(TIME_ENDS, start, end)
    while at >= 0:
        yield at
        at = text.find(TIME_ENDS, at + 1, end)


def _words_of_time(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of time, each tried only where one can begin."""
    at = start
    while hit := _FIRST.search(text, at, end):
        m = _PERIOD.match(text, hit.start(), end)
        if m is not None and m[0]:
            yield m
        at = max(hit.end(), m.end() if m else 0)


def _aside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time stand in a title or a comparison."""
    near, before = max(0, m.start() - 30), text[max(0, m.start() - 20) : m.start()]
    quoted = text.rfind("《", near, m.start()) > text.rfind("》", near, m.start())
    listed = before.rstrip("0123456789年、和")  # 同2015、2016、2017年比
    return quoted or listed.endswith((*words("periods", "compared"), "("))


def _beside(text: str, m: re.Match[str]) -> bool:
    """Whether words of time belong to a comparison, a title or a noun rather than to a claim."""
    before = text[max(0, m.start() - 4) : m.start()]
    if _aside(text, m) or _BOUND.match(text, m.end()):
        return True
    # 甲县2011年受理, but not 甲县2011年工作部署
    noun = _NOUN.match(text, m.end() + text.startswith("度", m.end()))  # 甲县2011年度受理
    behind_place = _PLACE.search(before) and not noun
    opens = not before or _OPENS.search(before) or behind_place
    if _FIGURES_OF.match(text, m.end()):  # 报出2020年的数:
        return False
    if opens or text.startswith(",", m.end()):
        return False
    if noun:
        return True
    # 镇上今年已办结9件, 我院今年1月收案9件
    if m["this"] and (m["part"] or _TOLD.match(text, m.end())):
        return False
    return not (m[0].endswith("月份") or (m["h"] and _TO_DO.match(text, m.end())))


def _held(text: str, m: re.Match[str]) -> re.Match[str] | None:
    """What words of time that say what a figure is held against are of: 较二季度的800件."""
    against = text.endswith(tuple(words("periods", "compared")), 0, m.start())
    return _HELD.match(text, m.end()) if against or m["since"] else None


def _told_of(m: re.Match[str], text: str) -> bool:
    """Whether a day or a month without a year is told of: counted up to, or that of a deed."""
    dated = _OPENED if m[0].endswith("日") else _DEED
    opens = text[m.start() - 1 : m.start()] in {"", *"\n,。;:"} and text.startswith(",", m.end())
    month = opens and m[0].endswith("月")  # 11月,受理
    if m[0].endswith("月") and text[m.start() - 1 : m.start()] in {"", *"\n。"}:
        dated = _DEED_SOON  # 6月平台受理
    return month or _counted_to(text, m) or dated.match(text, m.end()) is not None


def _counted_to(text: str, m: re.Match[str]) -> bool:
    """Whether words of time are a day or month up to which is counted: 截至11月20日."""
    led = _UNTIL.search(text, max(0, m.start() - 3), m.start())
    return led is not None and bool(m["end"] or (m["q"] and text.startswith("末", m.end())))


def _year_so_far(text: str, m: re.Match[str], period: str) -> bool:
    """Whether a day or a month with its year is that up to which the deeds of the year are counted:
    截至2020年11月30日,受理9件.
    """
    counted = _A_MONTH.fullmatch(period) and _counted_to(text, m)
    return bool(counted and _SO_FAR.match(text, m.end()))


def _year_to(year: str, m: re.Match[str]) -> str:
    """The part of a year that ends with a month: 截至10月底,2023年受理."""
    last = _last_month(m) or 12
    return year if last == 12 else year + _SPANS.get(f"1-{last}", f"-01..{year}-{last:02d}")


def _year_before(text: str, m: re.Match[str]) -> bool:
    """Whether last year's words introduce its own figure: 上年同期300件."""
    if not m["past"] or text.endswith(tuple(words("periods", "compared")), 0, m.start()):
        return False
    return _OWN_FIGURE.match(text, m.end()) is not None


def _period(m: re.Match[str], reading: Reading) -> str | None:
    """The period as the claims table writes it, None without words of time, `''` without a year."""
    if m["from"] or m["first"]:
        return f"{m['from'] or m['first']}..{m['to'] or m['last']}"
    if m["republic"]:
        return str(1911 + int(parse(m["republic"])))
    if m["vague"]:
        return _UNKNOWN
    if m["decade"]:
        return _decade(str(parse(m["decade"])), bool(m["century"]))
    year, known, terms = m["year"], reading.year, reading.terms
    if terms and not year:
        year = _told_year(m, terms)
        if not year:
            return None
    elif year:
        year = year.translate(_DIGITS)
        year = f"20{year}" if len(year) == 2 and year.isdigit() else year  # 04年
        year = year if year.isdigit() and len(year) == 4 else "20xx"  # 201* and xx are masked
    elif m["past"] or m["next"]:
        # of an undated report on a year 去年全年 is that year
        same = m["past"] and not reading.report.dated and _ALL_OF_IT.match(reading.text, m.end())
        by = 0 if same and _year_titled(reading) else -1 if m["past"] else 1
        year = _moved(known, by) if reading.sure else ""
    elif m["lately"]:
        if not reading.sure or not _account_year(reading):
            return None
        year = _account_year(reading)
    elif _of_year(m, reading):
        year = _year_meant(m, reading)
    else:
        return None
    if not year:
        return ""
    since = bool(m["since"]) or _far_since(reading.text, m)
    if until := _months(m):
        return f"{year}-{until[0]:02d}..{year}-{until[1]:02d}"
    part = _part(m)
    over = _UNTIL.search(reading.text, max(0, m.start() - 3), m.start()) or m[0][-1] in "底末"
    if part == "-12" and over and not since:  # all of the year is counted by its last day
        part = ""
    return year + part + ("+" if since and not m["this"] else "")


def _of_year(m: re.Match[str], reading: Reading) -> bool:
    """Whether words without a year name a part of one, or a day up to which is counted."""
    told = m["end"] and reading.sure and (m["since"] or _told_of(m, reading.text))
    if told or (m["end"] and _PART_OF_YEAR.search(m[0])):
        return True
    return any(m.group(*_PARTS, "yearend"))


def _moved(year: str, by: int) -> str:
    """The year before or after one; a masked one stays masked.

    >>> _moved("2020", -1), _moved("20xx", 1), _moved("", 1)
    ('2019', '20xx', '')
    """
    return str(int(year) + by) if year.isdigit() else year


def _account_year(reading: Reading) -> str:
    """The year that 一年来 means: one that is hardly begun is not over."""
    if stated := stated_period(reading.report):
        return stated[:4]
    date, year = reading.report.dated, reading.year
    begun = date[5:7] and date[5:7] <= _EARLY and year == date[:4] and not _year_titled(reading)
    return _moved(year, -1) if begun else year


def _year_titled(reading: Reading) -> bool:
    return reading.year in reading.report.title


def _year_meant(m: re.Match[str], reading: Reading) -> str:
    """The year of 今年, 全年 or 上半年: what is yet to come when an account is written is that of
    the year before.
    """
    date, year = reading.report.dated, reading.year
    account = is_account(reading.report.title) or (
        (m["end"] or m[0].startswith("全年")) and not _TO_DO.match(reading.text, m.end())
    )
    late = date[5:7] > _EARLY or not date[5:7] or not account or stated_period(reading.report)
    if late or not reading.sure or year not in {date[:4], _moved(date[:4], -1)}:
        return year
    if _TO_DO.match(reading.text, m.end()):
        return date[:4]
    over = _last_month(m) > int(date[5:7]) and not _year_titled(reading)
    return _moved(date[:4], -1) if over else year


def _last_month(m: re.Match[str]) -> int:
    """The last month of words for a part of a year, 0 where they name none."""
    if m["h"]:
        return 6 if m["h"][0] == "上" else 12
    if m["q"] and not m["q2"]:
        return 3 * _quarter(m["q"])
    if m["m1"] or m["qs"] or m["ms"] or m["q2"]:
        return _span(m)[1]
    if m["end"] and "x" not in m["end"]:
        return int(parse(m["end"]))
    return 12 if m["all"] else 0


def year_before(period: str) -> str:
    """The same part of the year before a period, empty for spans without a last year.

    >>> year_before("2022-H1"), year_before("2021-01..2021-08"), year_before("2019+")
    ('2021-H1', '2020-01..2020-08', '')
    """
    if period.endswith("+") or (".." in period and "-" not in period):
        return ""
    return _ANY_YEAR.sub(lambda m: _moved(m[0], -1), period)


def _month_in(period: str) -> str:
    """The month that 本月 is where a time is told of: its last one; empty for years and for no time.

    >>> _month_in("2022-08"), _month_in("2022-01..2022-10"), _month_in("2022-Q3"), _month_in("2022")
    ('2022-08', '2022-10', '2022-09', '')
    """
    last = period.rpartition("..")[2]
    for part, month in _LAST_MONTHS.items():
        last = last.replace(part, month)
    return last if _A_MONTH.fullmatch(last) else ""


def _quarter_in(period: str) -> str:
    """The quarter that 本季度 is where a time is told of; empty for years and for no time.

    >>> _quarter_in("2022-Q3"), _quarter_in("2022-01..2022-09"), _quarter_in("2022")
    ('2022-Q3', '2022-Q3', '')
    """
    last = _month_in(period)
    return f"{last[:4]}-Q{(int(last[5:]) + 2) // 3}" if last else ""


def _month_before(period: str) -> str:
    """The month before one, empty for any other time.

    >>> _month_before("2022-08"), _month_before("2022-01"), _month_before("2022")
    ('2022-07', '2021-12', '')
    """
    if not _A_MONTH.fullmatch(period):
        return ""
    year, month = int(period[:4]), int(period[5:])
    return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"


#: the time that words mean by the one that holds where they stand
_MEANT: dict[str, Callable[[str], str]] = {
    "last year": year_before,
    "last month": lambda period: _month_before(_month_in(period)),
    "month": _month_in,
    "quarter": _quarter_in,
    "last quarter": lambda period: _quarter_before(_quarter_in(period)),
}


def _quarter_before(period: str) -> str:
    """The quarter before one, empty where the period is none.

    >>> _quarter_before("2022-Q3"), _quarter_before("2022-Q1"), _quarter_before("2022")
    ('2022-Q2', '2021-Q4', '')
    """
    year, _, quarter = period.partition("-Q")
    if not (year.isdigit() and quarter.isdigit()):
        return ""
    return f"{year}-Q{int(quarter) - 1}" if quarter > "1" else f"{int(year) - 1}-Q4"


def _decade(said: str, century: bool) -> str:
    """The years of a decade; that of 20年代 is known behind 上世纪 alone."""
    if len(said) == 2:
        if not century and int(said) < 30:
            return _UNKNOWN
        said = f"19{said}"
    return f"{said}..{said[:3]}9"


def _too_late(text: str, m: re.Match[str], period: str, terms: Terms) -> bool:
    """Whether a year to come is named in the account of work done: 2022年冬奥会筹办."""
    year = period[:4]
    coming = year.isdigit() and int(year) > terms.calendar.plans
    led = text[max(0, m.start() - 1) : m.start()] in {"到", "至"}
    return coming and not led and not terms.sections.planned(m.start())


def _told_year(m: re.Match[str], terms: Terms) -> str:
    """The year that words without one mean in a report to an assembly, empty where they mean none."""
    if m["past"]:
        return str(terms.calendar.plans - 1)
    if m["this"]:
        return str(terms.calendar.plans)
    part = any(m.group(*_PARTS)) or (m["end"] and _PART_OF_YEAR.search(m[0]))
    # a day that opens a sentence dates what follows; within one it is that of one step of many
    day = m[0].endswith("日") and m.string[m.start() - 1 : m.start()] in {"", *"。;\n!"}
    part = part or (m["end"] and day)
    return terms.year(m.start()) if part else ""


_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _far_since(text: str, m: re.Match[str]) -> bool:
    """Whether what says that a span begins stands behind the verb: 自2011年推行代办服务以来."""
    if m["year"] and (_SINCE.match(text, m.end()) or _UNTIL_NOW.match(text, m.end())):
        return True  # 2011年推行代办服务以来, 2011年成立至今
    if m["end"] and m[0].endswith("日") and _OPENED.match(text, m.end()):
        return True  # 5月17日开门以来
    return text.endswith(("自", "从"), 0, m.start()) and _FAR.match(text, m.end()) is not None


def _part(m: re.Match[str]) -> str:
    """The part of the year: quarter, half or month."""
    if m["q"] and not m["q2"]:
        return f"-Q{_quarter(m['q'])}"
    if m["h"]:
        return "-H1" if m["h"][0] == "上" else "-H2"
    if m["m1"] or m["qs"] or m["ms"] or m["q2"]:
        return _SPANS.get("{}-{}".format(*_span(m)), "")
    month = str(parse(m["end"])) if m["end"] and "x" not in m["end"] else ""
    return f"-{int(month):02d}" if month and 0 < int(month) < 13 else ""


def _quarter(said: str) -> int:
    return "一二三四1234".index(said[-1]) % 4 + 1


def _span(m: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of words that name a stretch of the year: 1-11月, 前三季度."""
    if m["m1"]:
        return int(parse(m["m1"])), int(parse(m["m2"]))
    if m["q2"]:
        return 3 * _quarter(m["q"]) - 2, 3 * _quarter(m["q2"])
    if m["qs"]:
        return 1, 3 * int(parse(m["qs"]))
    return 1, int(parse(m["ms"]))


def _months(m: re.Match[str]) -> tuple[int, int] | None:
    """A stretch of months that is no quarter, half or whole year."""
    if not (m["m1"] or m["qs"] or m["ms"] or m["q2"]):
        return None
    first, last = _span(m)
    whole = (first, last) == (1, 12) or f"{first}-{last}" in _SPANS
    return (first, last) if 0 < first < last < 13 and not whole else None


def masks_year(text: str) -> bool:
    """Whether words show a year that is masked.

    >>> masks_year("201*年,受理9件"), masks_year("xx年受理9件"), masks_year("一季度,受理9件")
    (True, True, False)
    """
    return bool(_MASKED.search(text))


def year_of(text: str, report: Report, stated: str = "") -> tuple[str, bool]:
    """The year that 今年 means in a report, and whether the report itself dates it.

    The year is `20xx` when masked, `''` when unknown. `stated` is the period of the front matter.

    >>> from qz_analysis.extraction.reports import Report
    >>> year_of("受理9件。2012年3月1日", Report(0, 16, "", "", ""))
    ('2012', True)
    """
    if said := stated_period(report):
        return _year_spoken_in(text, report, said), True
    if m := re.match(r"\d{4}|20xx", stated):
        # a report on a quarter is written in its year, one on a year perhaps in the next
        return m[0], "-" in stated
    title = account_title(report.title)
    body, titled = text[report.start : report.end], _TITLED.search(_in_digits(title))
    assembly = _OF_ASSEMBLY.search(report.title)
    titled = None if assembly and titled and titled.start() > assembly.start() else titled
    signed = _SIGNED.findall(body[-200:])
    date = report.dated
    if "dated" not in report.given and signed and report.dated_from != "report":
        date = signed[-1]
    # a page is put on the net at some time; a year that its title masks stays masked
    head = f"{report.title}\n{body[:_HEAD]}"
    masked = _MASKED.search(head) and not _TITLED.search(head)
    if masked and "dated" not in report.given and report.dated_from == "report":
        return "20xx", True
    if date[:4].isdigit():
        before = _moved(date[:4], -1)
        # a report on a year is often written in the next one, and an account put on the net later
        if titled and (titled[1] >= before or is_account(report.title)) and titled[1] <= date[:4]:
            return titled[1], True
        if _looks_back(report, date, body):
            return before, True
        return date[:4], True
    if date:
        return "20xx", True
    if titled:  # a year in full outweighs masked ones below it
        return titled[1], True
    if _MASKED.search(report.title):
        return "20xx", True
    if ("x" in body or "*" in body) and _MASKED.search(body):
        return "20xx", False
    # 二、官渡区(1至4月): of the year that the page told of before
    if report.start and not _SPOKEN.search(body) and _part_titled(report.title):
        above = {m[1] for m in _PART_OF_A_YEAR.finditer(text, 0, report.start)}
        if len(above) == 1:
            return above.pop(), True
    # the last year that is named, where none is named more often: a later one would be nearer to the
    # day of writing
    spoken = [m[1] for m in _SPOKEN.finditer(body) if not _TO_DO.match(body, m.end() + 1)]
    years = Counter(spoken)
    last, most = max(spoken, default=""), max(years.values(), default=0)
    # of two as often the later: 今年9件,而2009年8件; of more it is not known
    known = years[last] == most and list(years.values()).count(most) < 3
    return (last if known else ""), False


def account_title(title: str) -> str:
    """The words in brackets by which a title says that only its account stands below; else the title.

    >>> account_title("甲街道2017年工作报告(第一部分:2016年工作回顾)")
    '第一部分:2016年工作回顾'
    """
    account = _ONLY_ACCOUNT.search(title)
    return account[1] if account else title


def _year_spoken_in(text: str, report: Report, stated: str) -> str:
    """The year that 今年 means in a report on a stated time: the next one where the report calls a
    stated year 去年.
    """
    year = stated[-4:] if _TERM.fullmatch(stated) else stated[:4]
    if not stated.isdigit():  # a part of a year is told of in it
        return year
    if report.dated[:4] == _moved(year, 1) and not is_account(report.title):
        return report.dated[:4]
    head = text[report.start : min(report.end, report.start + 2 * _HEAD)]
    for part in (report.title, head):
        for m in _words_of_time(part, 0, len(part)):
            if m["this"] or m["year"] == year:
                return year
            if m["past"] and not _aside(part, m) and not part.startswith("同期", m.end()):
                return _moved(year, 1)
    return year


def _part_titled(title: str) -> bool:
    """Whether a title names a part of a year, and no year."""
    return any(
        any(m.group(*_PARTS[2:])) and not m["year"] for m in _words_of_time(title, 0, len(title))
    )


def _in_digits(title: str) -> str:
    """A title with its years in Arabic digits: 二〇一四年度."""
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(_DIGITS), title)


def _looks_back(report: Report, date: str, body: str) -> bool:
    """Whether an account that is written early in a year is on the one before."""
    early = date[5:7] and date[5:7] <= _EARLY
    if early and _OF_ASSEMBLY.search(f"{report.title}\n{body[:_SHORT]}".replace("\n", " ")):
        return True
    return bool(early and is_account(report.title) and _WHOLE.search(body, 0, 600))


def terms_of(text: str, report: Report) -> Terms | None:
    """The times that the parts of a report to an assembly tell of, none for any other report.

    >>> terms_of("受理9件。", Report(0, 5, "", "", "", dated="2012")) is None
    True
    """
    if _part_titled(report.title):  # 上半年政府工作报告 is of that half
        return None
    calendar = calendar_of(report.dated, report.dated_from)
    if (said := stated_period(report)) and _YEARLY.fullmatch(said):
        calendar = Calendar(int(said[:4]), int(said[:4]) + 1, "document")
    return Terms(text, report, calendar) if calendar and is_address(text, report) else None
