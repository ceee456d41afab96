"""The year that 今年 means in a report, and the terms of a report to an assembly."""

import re
from collections import Counter

from ..model import Report
from ..vocabularies.patterns import Pattern
from .dates import is_address
from .heads import is_filing
from .terms import Calendar, Terms, calendar_of
from .time_clauses import TO_DO, stands_aside
from .time_meant import EARLY, HEAD_LENGTH, TITLE_LENGTH, account_title, is_account, stated_period
from .time_words import MASKED, TERM, YEARLY, in_digits, moved, names_part, words_of_time
from .title_time import TITLE_YEAR, yearbook_year

_FILED = Pattern("heads", "{filed}")
# the meeting of a standing committee, which hears of one matter at any time of the year
_COMMITTEE = re.compile("(?:常委会|常务委员会)第[一二三四五六七八九十百]{1,4}次会议")
# of a report's own year these say that it is over
_WHOLE = Pattern("periods", r"(?<![去上]年)全年(?!{set_for_it})|(?<!\d)1[-~]12月|{one_year}")
# (2024年1月20日县政府工作报告,民生部分): a part of a report on the year before
_OF_ASSEMBLY = Pattern("dates", r"[(][^()]{0,16}日[^()]{0,6}{titles}[^()]{0,12}[)]")
_SIGNED = re.compile(r"(\d{4}|\d{2,3}[x*]{1,2}|[x*]{2,4})年\d{1,2}月\d{1,2}日")
_PART_OF_A_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年(?:第?[一二三四]季度|[上下]半年|\d{1,2}[-至]\d{1,2}月)"
)
_SPOKEN = re.compile(r"(?<![到\d])((?:19|20)\d{2})(?=年(?!\d{1,2}月底?前|[以起]|至今)|-\d)")


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
    if told := yearbook_year(text, report):
        return told, True
    title = account_title(report.title)
    body, titled = text[report.start : report.end], TITLE_YEAR.search(in_digits(title))
    assembly = _OF_ASSEMBLY.search(report.title)
    titled = None if assembly and titled and titled.start() > assembly.start() else titled
    signed = _SIGNED.findall(body[-200:])
    date = report.dated
    if "dated" not in report.given and signed and report.dated_from != "report":
        date = signed[-1]
    # a page is put on the net at some time; a year that its title masks stays masked
    head = f"{report.title}\n{body[:HEAD_LENGTH]}"
    masked = MASKED.search(head) and not TITLE_YEAR.search(head)
    if masked and "dated" not in report.given and report.dated_from == "report":
        return "20xx", True
    if date[:4].isdigit():
        before = moved(date[:4], -1)
        # a report on a year is often written in the next one, and an account put on the net later
        if titled and (titled[1] >= before or is_account(report.title)) and titled[1] <= date[:4]:
            return titled[1], True
        if looks_back(report, date, body):
            return before, True
        return date[:4], True
    if date:
        return "20xx", True
    if titled:  # a year in full outweighs masked ones below it
        return titled[1], True
    if MASKED.search(report.title):
        return "20xx", True
    if ("x" in body or "*" in body) and MASKED.search(body):
        return "20xx", False
    # 二、官渡区(1至4月): of the year that the page told of before
    if report.start and not _SPOKEN.search(body) and names_part(report.title):
        above = {m[1] for m in _PART_OF_A_YEAR.finditer(text, 0, report.start)}
        if len(above) == 1:
            return above.pop(), True
    # the last year that is named, where none is named more often: a later one would be nearer to the
    # day of writing
    if _FILED.search(body):
        body = "\n".join(line for line in body.split("\n") if not is_filing(line))
    spoken = [m[1] for m in _SPOKEN.finditer(body) if not TO_DO.match(body, m.end() + 1)]
    years = Counter(spoken)
    last, most = max(spoken, default=""), max(years.values(), default=0)
    # of two as often the later: 今年9件,而2009年8件; of more it is not known
    known = years[last] == most and list(years.values()).count(most) < 3
    return (last if known else ""), False


def _year_spoken_in(text: str, report: Report, stated: str) -> str:
    """The year that 今年 means in a report on a stated time: the next one where the report calls a
    stated year 去年.
    """
    year = stated[-4:] if TERM.fullmatch(stated) else stated[:4]
    if not stated.isdigit():  # a part of a year is told of in it
        return year
    if report.dated[:4] == moved(year, 1) and not is_account(report.title):
        return report.dated[:4]
    head = text[report.start : min(report.end, report.start + 2 * HEAD_LENGTH)]
    for part in (report.title, head):
        for m in words_of_time(part, 0, len(part)):
            if m["this"] or m["year"] == year:
                return year
            if m["past"] and not stands_aside(part, m) and not part.startswith("同期", m.end()):
                return moved(year, 1)
    return year


def looks_back(report: Report, date: str, body: str) -> bool:
    """Whether an account that is written early in a year is on the one before."""
    early = date[5:7] and date[5:7] <= EARLY
    if early and _OF_ASSEMBLY.search(f"{report.title}\n{body[:TITLE_LENGTH]}".replace("\n", " ")):
        return True
    return bool(early and is_account(report.title) and _WHOLE.search(body, 0, 600))


def terms_of(text: str, report: Report) -> Terms | None:
    """The times that the parts of a report to an assembly tell of, none for any other report.

    >>> terms_of("受理9件。", Report(0, 5, "", "", "", dated="2012")) is None
    True
    """
    if names_part(report.title):  # 上半年政府工作报告 is of that half
        return None
    if _COMMITTEE.search(text, report.start, min(report.end, report.start + HEAD_LENGTH)):
        return None
    calendar = calendar_of(report.dated, report.dated_from)
    if (said := stated_period(report)) and YEARLY.fullmatch(said):
        calendar = Calendar(int(said[:4]), int(said[:4]) + 1, "document")
    return Terms(text, report, calendar) if calendar and is_address(text, report) else None
