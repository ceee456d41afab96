"""The grammar of words of time: one expression to the year, the part of it and the span that it says."""

import datetime
import re
from collections.abc import Callable, Iterator

from ..vocabularies.beginnings import spots
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern, words

_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
PERIOD = Pattern(
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
A_MONTH = re.compile(r"\d{4}-\d\d")
ANY_YEAR = re.compile(r"\d{4}|20xx")
SPANS = {"1-6": "-H1", "7-12": "-H2", "1-3": "-Q1", "4-6": "-Q2", "7-9": "-Q3", "10-12": "-Q4"}
_LAST_MONTHS = {"-H1": "-06", "-H2": "-12", "-Q1": "-03", "-Q2": "-06", "-Q3": "-09", "-Q4": "-12"}
PARTS = ("this", "all", "q", "h", "m1", "qs", "ms")
# 2024年第28周(7月8日-7月14日)
OF_WEEK = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年第?(?P<n>\d{1,2})周"
    r"(?:\((?:\d{4}年)?(?P<a>\d{1,2})月\d{1,2}日-+(?:\d{4}年)?(?:(?P<b>\d{1,2})月)?\d{1,2}日\))?"
)
# behind the year of a title: a day, a span or what was made in it
_CHINESE_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
# 党的十九大以来: a span from a day that everybody knows
EPOCH = Pattern(
    "periods",
    r"(?P<word>{epoch})[^,。;\d]{0,6}?以来",
    lambda: {"epoch": "(?:" + "|".join(epochs()) + ")"},
)
UNKNOWN = "unknown"  # of a time that has no year: no other time holds either
MASKED = re.compile(
    r"(?:\d{2,3}[x*]{1,2}|2[x*]{2}|(?<![a-z])x{2,4}|\*{2,4}|Ⅹ{2,4})年|(?<![\dx])x\d?年"
)
TERM = re.compile(r"\d{4}\.\.\d{4}")
YEARLY = re.compile(r"\d{4}(?:-[HQ]\d)?")
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def epochs() -> dict[str, str]:
    """What everybody dates by, with its year."""
    return dict(entry.split(" ") for entry in words("periods", "epochs"))


def months_of_week(m: re.Match[str]) -> str:
    """The months of a numbered week, by its days where they are told: most have one.

    >>> months_of_week(OF_WEEK.search("2024年第28周(7月8日-14日)"))
    '2024-07'
    >>> months_of_week(OF_WEEK.search("2024年第28周")), months_of_week(OF_WEEK.search("2024年第27周"))
    ('2024-07', '2024-07')
    >>> months_of_week(OF_WEEK.search("2024年第31周"))
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


def words_of_time(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of time, each tried only where one can begin."""
    at = start
    while hit := _FIRST.search(text, at, end):
        m = PERIOD.match(text, hit.start(), end)
        if m is not None and m[0]:
            yield m
        at = max(hit.end(), m.end() if m else 0)


def year_to(year: str, m: re.Match[str]) -> str:
    """The part of a year that ends with a month: 截至10月底,2023年受理."""
    last = last_month(m) or 12
    return months_to(year, last)


def months_to(year: str, last: int) -> str:
    """The months of a year up to one of them.

    >>> months_to("2022", 6), months_to("2022", 10), months_to("2022", 12)
    ('2022-H1', '2022-01..2022-10', '2022')
    """
    return year if last == 12 else year + SPANS.get(f"1-{last}", f"-01..{year}-{last:02d}")


def moved(year: str, by: int) -> str:
    """The year before or after one; a masked one stays masked.

    >>> moved("2020", -1), moved("20xx", 1), moved("", 1)
    ('2019', '20xx', '')
    """
    return str(int(year) + by) if year.isdigit() else year


def last_month(m: re.Match[str]) -> int:
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


def up_to_month(period: str) -> str:
    """The months of a year up to one of them.

    >>> up_to_month("2022-06"), up_to_month("2022-10"), up_to_month("2022")
    ('2022-H1', '2022-01..2022-10', '2022')
    """
    last = month_in(period)
    part = SPANS.get(f"1-{int(last[5:])}", f"-01..{last}") if last else ""
    return period[:4] + part


def year_before(period: str) -> str:
    """The same part of the year before a period, empty for spans without a last year.

    >>> year_before("2022-H1"), year_before("2021-01..2021-08"), year_before("2019+")
    ('2021-H1', '2020-01..2020-08', '')
    """
    if period.endswith("+") or (".." in period and "-" not in period):
        return ""
    return ANY_YEAR.sub(lambda m: moved(m[0], -1), period)


def month_in(period: str) -> str:
    """The month that 本月 is where a time is told of: its last one; empty for years and for no time.

    >>> month_in("2022-08"), month_in("2022-01..2022-10"), month_in("2022-Q3"), month_in("2022")
    ('2022-08', '2022-10', '2022-09', '')
    """
    last = period.rpartition("..")[2]
    for part, month in _LAST_MONTHS.items():
        last = last.replace(part, month)
    return last if A_MONTH.fullmatch(last) else ""


def _quarter_in(period: str) -> str:
    """The quarter that 本季度 is where a time is told of; empty for years and for no time.

    >>> _quarter_in("2022-Q3"), _quarter_in("2022-01..2022-09"), _quarter_in("2022")
    ('2022-Q3', '2022-Q3', '')
    """
    last = month_in(period)
    return f"{last[:4]}-Q{(int(last[5:]) + 2) // 3}" if last else ""


def month_before(period: str) -> str:
    """The month before one, empty for any other time.

    >>> month_before("2022-08"), month_before("2022-01"), month_before("2022")
    ('2022-07', '2021-12', '')
    """
    if not A_MONTH.fullmatch(period):
        return ""
    year, month = int(period[:4]), int(period[5:])
    return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"


#: the time that words mean by the one that holds where they stand
MEANT: dict[str, Callable[[str], str]] = {
    "last year": year_before,
    "last month": lambda period: month_before(month_in(period)),
    "month": month_in,
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


_A_HALF = re.compile(r"(?P<year>\d{4})-H(?P<half>[12])")


def part_before(period: str, quarter: bool = False) -> str:
    """The month, quarter or half of a year right before one, or the quarter before that of a month;
    empty for years, days, spans and no time.

    >>> [part_before(one) for one in ("2017-07", "2017-01", "2017-Q1", "2017-H2", "2017", "2017+")]
    ['2017-06', '2016-12', '2016-Q4', '2017-H1', '', '']
    >>> part_before("2022-09", quarter=True)
    '2022-Q2'
    """
    if quarter and A_MONTH.fullmatch(period):
        return _quarter_before(_quarter_in(period))
    if half := _A_HALF.fullmatch(period):
        year = half["year"]
        return f"{year}-H1" if half["half"] == "2" else f"{moved(year, -1)}-H2"
    return month_before(period) or _quarter_before(period)


def decade_said(said: str, century: bool) -> str:
    """The years of a decade; that of 20年代 is known behind 上世纪 alone."""
    if len(said) == 2:
        if not century and int(said) < 30:
            return UNKNOWN
        said = f"19{said}"
    return f"{said}..{said[:3]}9"


def part_of(m: re.Match[str]) -> str:
    """The part of the year: quarter, half or month."""
    if m["q"] and not m["q2"]:
        return f"-Q{_quarter(m['q'])}"
    if m["h"]:
        return "-H1" if m["h"][0] == "上" else "-H2"
    if m["m1"] or m["qs"] or m["ms"] or m["q2"]:
        return SPANS.get("{}-{}".format(*_span(m)), "")
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


def months_said(m: re.Match[str]) -> tuple[int, int] | None:
    """A stretch of months that is no quarter, half or whole year."""
    if not (m["m1"] or m["qs"] or m["ms"] or m["q2"]):
        return None
    first, last = _span(m)
    whole = (first, last) == (1, 12) or f"{first}-{last}" in SPANS
    return (first, last) if 0 < first < last < 13 and not whole else None


def masks_year(text: str) -> bool:
    """Whether words show a year that is masked.

    >>> masks_year("201*年,受理9件"), masks_year("xx年受理9件"), masks_year("一季度,受理9件")
    (True, True, False)
    """
    return bool(MASKED.search(text))


def names_part(title: str) -> bool:
    """Whether a title names a part of a year, and no year."""
    return any(
        any(m.group(*PARTS[2:])) and not m["year"] for m in words_of_time(title, 0, len(title))
    )


def in_digits(title: str) -> str:
    """A title with its years in Arabic digits: 二〇一四年度."""
    return _CHINESE_YEAR.sub(lambda m: m[0].translate(DIGITS), title)
