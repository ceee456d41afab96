"""What stands above the columns of a table, and its rows said as sentences with it."""

import itertools
import re

from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from .table_cells import TOTAL, Cell, Row, holds_figures, holds_times, holds_words, words_of
from .table_heads import (
    AMOUNT,
    NUMBERED,
    PERIOD,
    PLACE,
    PLANNED_HEAD,
    SHARE,
    WIDE,
    YEAR,
    joined,
    known,
    leading_time,
    of_targets,
    spoken,
    unit_free,
    unit_of,
)
from .table_lines import DIGIT
from .table_sentences import CHANGE, NUMBERS, ONE_KIND, TIME_ENDS, Sentences

# the last digit of a change in per cent, and of how many rows all but one have it
_OFF, _MOST = 0.11, 5
_PLAIN_NUMBER = re.compile(r"[-+]?[\d,]*\d(?:\.\d+)?")
_NOW = re.compile("[本今当]年度?|本期|本月")
_THIS_YEAR, _LAST_YEAR = re.compile("[本今当]年度?"), re.compile("[上去]年度?(?:同期)?")
_MONTH = re.compile(r"(?:\d{1,2}[-至])?(\d{1,2})月")
_QUARTER = re.compile("第?([一二三四1-4])季度")
_IDLE = Pattern("tables", "(?i){idle}$")
_DIALLED = Pattern("tables", "{dialled}(?:号码?)?$")
_DATES = Pattern("tables", "{dates}$")
_WHEN = Pattern("tables", "{when}")
_SAYS_YEAR = re.compile("年[份度]?")
_KINDS = Pattern("tables", "{kinds}")
_VALUES = Pattern("tables", "{values}")
# what formulas call a column by: 预算数(A), 执行率(B/A)
_LETTER = re.compile(r"\([A-Z](?:/[A-Z])?\)$")
_OF_WHOM = re.compile("城[镇市乡区]|农[村民]|居民|全[省市县区体国]")
_MEASURED = tuple("值数量额")
_HEADS = 4  # rows of heads that are said


def say_rows(
    out: Sentences, heads: list[Row], data: list[Row], units: list[str], time: str
) -> None:
    """Says the rows below their heads.

    Where a table stands beside itself (乡镇|受理|乡镇|受理), each part has row heads of its own.
    """
    width = _repeated_after(heads, data)
    count = len(data[0]) // width
    cuts = [slice(n * width, (n + 1) * width) for n in range(count)]
    parts = [_Columns([r[cut] for r in heads], [r[cut] for r in data], units, time) for cut in cuts]
    for row in data:
        if count > 1 and len(words_of(row)) == 1 and all(c.text == row[0].text for c in row):
            for part in parts:
                part.group = NUMBERED.sub("", row[0].text)
            out.say_row(row)
            continue
        for part, cut in zip(parts, cuts, strict=True):
            if count == 1 or any(not cell.empty for cell in row[cut]):
                part.say(out, row[cut])


def _over_columns(heads: list[Row]) -> list[list[str]]:
    """The words of the rows of heads; a head over several columns stands above each of them.

    2020年 above 来信 is over the next column, too, where nothing stands above 来访.
    """
    rows = [[cell.text for cell in row] for row in heads]
    for row, below in itertools.pairwise(rows):
        for i in range(1, len(row)):
            if not row[i] and below[i] and row[i - 1] and below[i - 1]:
                row[i] = row[i - 1]
    return rows


def _repeated_after(heads: list[Row], data: list[Row]) -> int:
    """After how many columns a table begins again beside itself; all of them when it does not."""
    count = len(data[0])
    columns = [[row[i] for row in data] for i in range(count)]
    names = [joined([row[i].text for row in heads[-_HEADS:]]) for i in range(count)]
    for width in range(2, count // 2 + 1):
        begins = range(0, count, width)
        if count % width or not all(holds_words(columns[i]) for i in begins):
            continue
        if names[0] and [i for i in range(count) if names[i] == names[0]] == list(begins):
            return width
        inner = (columns[i] for i in range(count) if i % width)
        if not any(names) and width == 2 and all(map(holds_figures, inner)):
            return width
    return count


def is_pair(head: Row, data: list[Row]) -> bool:
    """Whether the first row of a table of two columns is one of its pairs: 名称|信访办.

    It is one when the others bring all sorts of units.
    """
    if len(head) != 2:
        return False
    units = [row[1].unit for row in data if row[1].number and not row[1].year]
    return len(set(units)) > 1 and all(units) and not _VALUES.search(head[1].text)


def _counts_nothing(name: str, cells: Row) -> bool:
    """Whether a column only numbers the rows, or holds codes, telephones or dates."""
    if unit_of(name):
        return False
    values = [cell.text for cell in cells if cell.number and not cell.unit]
    bare = unit_free(spoken(name))
    if _DIALLED.search(bare):
        return len(bare) < 10 and any(len(cell.text) > 4 for cell in cells)
    if _IDLE.search(bare):
        dated = any(PERIOD.fullmatch(cell.text) or cell.year for cell in cells)
        return not (dated and _DATES.search(bare))
    when = re.search("[年期]", bare) and not _SAYS_YEAR.fullmatch(bare)
    if when and values and all(map(YEAR.fullmatch, values)):
        return True  # 建设年份 2011
    return not name and len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


def _units_by_sums(names: list[str], columns: list[Row], figures: list[int]) -> dict[int, str]:
    """The unit of columns that make up the one with a unit in every row: 总件数|处理中|已办结."""
    wholes = [i for i in figures if unit_of(names[i])]
    parts = [i for i in figures if i not in wholes and not SHARE.search(names[i])]
    counts = [cell.text for i in [*wholes, *parts] for cell in columns[i]]
    if len(wholes) != 1 or len(parts) < 2 or not all(map(str.isdecimal, counts)):
        return {}
    (whole,) = wholes
    sums = [
        sum(int(cell.text) for cell in row)
        for row in zip(*(columns[i] for i in parts), strict=True)
    ]
    if len(sums) < 2 or sums != [int(cell.text) for cell in columns[whole]]:
        return {}
    return dict.fromkeys(parts, unit_of(names[whole]))


def _units_in_turn(names: list[str], figures: list[int], units: list[str]) -> dict[int, str]:
    """The units of a caption for as many columns that name none, one after the other: 单位:万人、亿元
    above 人口|生产总值.
    """
    bare = [i for i in figures if not (unit_of(names[i]) or known(names[i]))]
    bare = [i for i in bare if not (SHARE.search(names[i]) or leading_time(names[i]))]
    pairs = list(zip(bare, units, strict=False))
    fit = all(bool(AMOUNT.search(names[i])) == unit.endswith("元") for i, unit in pairs)
    return dict(pairs) if len(bare) == len(units) > 1 and fit else {}


def _changes_by_figures(names: list[str], columns: list[Row], figures: list[int]) -> set[int]:
    """The columns of change that name no unit and are in per cent, since the two figures before give
    them: 数量|上年数据|同比 above 52110|46874.3|11.17.
    """
    found = set()
    for now, then, change in zip(figures, figures[1:], figures[2:], strict=False):
        head = names[change]
        if not CHANGE.search(head) or unit_of(head) or "%" in head:
            continue
        rows = [
            [float(cell.text.replace(",", "")) for cell in row]
            for row in zip(columns[now], columns[then], columns[change], strict=True)
            if all(_PLAIN_NUMBER.fullmatch(cell.text) for cell in row)
        ]
        printed = [row for row in rows if row[1] and row[2]]
        held = [r for r in printed if abs(100 * (r[0] - r[1]) / r[1] - r[2]) < _OFF]
        # a difference may be near a share once, not in most rows
        if len(held) > 1 and len(held) * _MOST >= len(printed) * (_MOST - 1):
            found.add(change)
    return found


class _Columns:
    """What stands above each column of a section, and which columns are heads of the rows."""

    def __init__(self, heads: list[Row], data: list[Row], units: list[str], time: str) -> None:
        self.units_above, self.caption_time = units, time
        self.caption_year = time[:4] if time[4:5] == "年" else ""
        self.group = ""
        self.open = False  # whether a time that was said still holds
        self.row_times: list[str] = []
        self.above: Row = []
        width = len(data[0]) if data else 0
        columns = [[row[i] for row in data] for i in range(width)]
        above = _over_columns(heads[-_HEADS:])
        named = (joined([row[i] for row in above]) for i in range(width))
        self.names = [_LETTER.sub("", name) for name in named]
        idle = {i for i in range(width) if _counts_nothing(self.names[i], columns[i])}
        self.years = {i for i in range(width) if _SAYS_YEAR.fullmatch(self.names[i])}
        self.units = {
            i
            for i in range(width)
            if "单位" in self.names[i] and all(known(c.text) for c in columns[i] if not c.empty)
        }
        self.silent = idle | self.units
        heading = idle | self.years | {i for i in range(width) if holds_times(columns[i])}
        figures = [i for i in range(width) if i not in heading and holds_figures(columns[i])]
        no_heads = len(figures) > 1 and idle.issuperset(range(figures[0]))
        if no_heads and any(cell.bounded for cell in columns[figures[0]]):
            del figures[0]  # 18岁以下 heads a row
        self.first = min(figures, default=width)
        if not units and self.first and (unit := unit_of(self.names[0])):
            self.units_above = [unit]  # the corner's: 项目(万元)
        # of two units of a caption the one that no column has in its head is that of the others
        heads_own = {unit_of(name) for name in self.names}
        left = [unit for unit in units if unit not in heads_own and unit not in {"%", "‰"}]
        if len(left) == 1:
            self.units_above = [*left, *(unit for unit in units if unit in {"%", "‰"})]
        self.saids = of_targets([unit_free(spoken(name)) for name in self.names])
        self.times = ["" if i < self.first else leading_time(s) for i, s in enumerate(self.saids)]
        # asked for at every cell of a row, which may be of thousands
        self.all_times = list(dict.fromkeys(filter(None, self.times)))
        self.first_time = next((i for i, time in enumerate(self.times) if time), width)
        self.sole = len(figures) == 1
        self.kinds = bool(self.first and _KINDS.fullmatch(self.names[0]))
        self.shared = _units_by_sums(self.names, columns, figures)
        self.shared |= _units_in_turn(self.names, figures, left)
        self.changes = _changes_by_figures(self.names, columns, figures)

    def say(self, out: Sentences, row: Row) -> None:
        """Says one row as a sentence."""
        row = self._filled(row)
        heads = [i for i in range(self.first) if i not in self.silent and not row[i].empty]
        cells, distinct = self._shown(row), words_of(row)
        several = len(distinct) > 1
        if not any(row[i].figures or (several and DIGIT.search(row[i].text)) for i in cells):
            # a row of one word heads those below
            self.group = NUMBERED.sub("", distinct.pop()) if len(distinct) == 1 else ""
            out.say_row(row)
            return
        # 田野 in a column of names is a person, and in no other words
        whole = joined(
            [
                ("姓名" if self.names[i].endswith("姓名") else "")
                + spoken(row[i].text, i in self.years)
                for i in heads
            ]
        )
        # 社会救助·城市低保标准: a row that says of whom it is stands under a title, which is no part of it
        own_words = "·" if self.group and _OF_WHOM.match(whole) else ""
        whole = self.group + own_words + whole
        own = next((row[i].text for i in self.units if not row[i].empty), "") or unit_of(whole)
        subject = unit_free(whole)
        if not own and self._names_no_figure(subject, [row[i] for i in cells]):
            out.say_row(row)
            return
        subject = self._timed(out, row, subject)
        if PLANNED_HEAD.fullmatch(subject) and any(self.saids[i] for i in cells):
            subject += "为"
        # the page's own words where it can be
        kept = row[heads[0]] if len(heads) == 1 and subject == row[heads[0]].text else None
        if kept and re.search(r"\d", subject):
            kept = None
        opened = False
        for n, i in enumerate(cells):
            cell, time = row[i], self._time(i, subject)
            if time is None:  # no word of time is over the column, and several over those before
                out.say(f",{TIME_ENDS}", cell.start)
                self.open, time, opened, kept = False, "", False, None
            elif n:  # totals of several times are no parts of each other
                apart = time and TOTAL.match(subject) and not CHANGE.search(self.saids[i])
                out.say("。" if apart else ",", cell.start)
            said = self.saids[i]
            if time:
                first_time = leading_time(subject) and not time[:4].isdigit()
                words = subject + time if first_time else time + subject
                rest = said.removeprefix(self.times[i])
                # 2015年保障人数, whose column is headed 本期数
                words += "" if subject.endswith(rest) else self._change_named(rest)
                if WIDE.fullmatch(rest):
                    words = f"{time}{rest}:{subject}"
                self.open = True
            elif WIDE.fullmatch(said):
                words = f"{said}:{subject}"
            elif said and PLACE.fullmatch(said) and not PLACE.fullmatch(subject):
                words = said + subject
            else:
                empty = NUMBERS.fullmatch(said) and (self.sole or not opened)
                words = "" if empty or (len(said) == 1 and known(said)) else said
                if not opened and kept:
                    out.keep(kept.start, kept.end)
                    words = f":{words}" if WIDE.fullmatch(subject) else words
                elif not opened:
                    words = f"{subject}:{words}" if WIDE.fullmatch(subject) else subject + words
                opened = True
            if PLANNED_HEAD.fullmatch(said) or (not said and PLANNED_HEAD.fullmatch(subject)):
                # 目标为 would govern the columns behind it, too
                words += "为" if words.endswith(_MEASURED) else "数为"
            name = f"{self.names[i]}(%)" if i in self.changes else self.names[i]
            unit = own or self.shared.get(i, "")
            out.say_cell(cell, words, name, name + subject, unit, self.units_above)
        one_kind = self.kinds and not (TOTAL.search(subject) or PLACE.fullmatch(subject))
        out.say(f"{ONE_KIND}。" if one_kind else "。", row[cells[-1]].end - 1)

    def _change_named(self, head: str) -> str:
        """The head of a change, held against last year where the table has a column of it."""
        last_year = any(map(_LAST_YEAR.match, self.times))
        change = CHANGE.search(head) and not re.search("[比较]", head)
        return f"比上年{head}" if change and last_year else head

    def _names_no_figure(self, subject: str, cells: Row) -> bool:
        """Whether the one cell behind a head is a telephone number, a code, a place in an order."""
        if len(cells) != 1 or not cells[0].number or cells[0].unit:
            return False
        dated = cells[0].year and _WHEN.search(subject)
        return bool(dated) or _counts_nothing(subject, cells)

    def _filled(self, row: Row) -> Row:
        """The row with the head over an empty cell, where a second head stands beside it.

        来信|初信 is followed by an empty cell and 重信.
        """
        above, self.above = self.above, row
        second = any(not row[i].empty for i in range(1, self.first) if i not in self.silent)
        if not above or not self.first or row[0].text or not above[0].text or not second:
            return row
        heads = [above[0], *row[: self.first]]
        if above[0].number or any(TOTAL.search(cell.text) for cell in heads):
            return row
        self.above = [Cell(row[0].start, row[0].start, above[0].text), *row[1:]]
        return self.above

    def _timed(self, out: Sentences, row: Row, subject: str) -> str:
        """The head of a row with its time in full.

        What held in the row above ends where the row has no time.
        """
        time, caption_year = leading_time(subject), self.caption_year
        self.row_times += [time] * bool(time)
        years = _years_in(self.row_times)
        if time and not time[:4].isdigit() and caption_year and not _years_in(self.times):
            subject, time = f"{caption_year}年{subject}", f"{caption_year}年"
        elif not time and self.row_times and TOTAL.match(subject) and (years or caption_year):
            time = _span(years) if years else f"{caption_year}年"
            subject = f"{time},{subject}"
        elif not time and self.open and not self.times[next(iter(self._shown(row)), 0)]:
            out.end_paragraph(row[0].start)
            self.open = False
            if self.caption_time:
                out.say(f"在{self.caption_time}。", row[0].start)
        self.open = bool(time) or self.open
        return subject

    def _shown(self, row: Row) -> list[int]:
        return [i for i in range(self.first, len(row)) if i not in self.silent and not row[i].empty]

    def _time(self, column: int, subject: str) -> str | None:
        """The time to be said over a column; None ends those of the others.

        It is the column's own; a change or a total has the time that the others make together.
        """
        if self.times[column]:
            return self._in_full(self.times[column], subject)
        said, others = self.saids[column], self.all_times
        month = re.fullmatch(r"(\d{4}年)(\d{1,2})月", self.caption_time)
        if month and "本月" in others and said.endswith("累计"):
            return f"{month[1]}1-{month[2]}月"
        if len(others) < 2:
            # 数量|上年数据|同比: the change is none of last year's
            then = CHANGE.search(said) and self.first_time < column and _LAST_YEAR.match(others[0])
            return None if then else ""
        years = [time for time in others if time[:4].isdigit()]
        now = next(filter(_NOW.match, others), "") or _last_part(
            [t for t in others if t not in years]
        )
        now = now or max(years, default="")
        # 7月任务 | 7月完成 | 完成率: of the two columns before it
        of_both = now and self.times[max(0, column - 2) : column] == [now, now]
        if CHANGE.search(said) or (of_both and SHARE.search(said)):
            return self._in_full(now, subject) if now else None
        if (TOTAL.match(said) or said.startswith("全年")) and not leading_time(subject):
            if len(years) == len(others) and all(len(time) < 6 for time in years):
                return _span(_years_in(years))
            if not years and self.caption_year:
                return f"{self.caption_year}年"
        if not (self.open and self.first_time < column):
            return ""
        return self.caption_time or None

    def _in_full(self, time: str, subject: str) -> str:
        """A column's words of time with the caption's year: 上年 is 2010年 in a table of 2011年."""
        now, then = _THIS_YEAR.match(time), _LAST_YEAR.match(time)
        year = self.caption_year
        if not year or time[:4].isdigit() or leading_time(subject)[:4].isdigit():
            if now or then:
                return time.removesuffix("度")
            return f"{time}份" if _MONTH.fullmatch(time) else time  # 6月 may be a day's beginning
        if now or _NOW.fullmatch(time):
            return self.caption_time
        return f"{int(year) - 1}年{self.caption_time[5:]}" if then else f"{year}年{time}"


def _last_part(times: list[str]) -> str:
    """The last of several parts of one year, empty where they are not all months, or quarters.

    >>> _last_part(["6月", "7月"]), _last_part(["一季度", "二季度"]), _last_part(["上半年", "7月"])
    ('7月', '二季度', '')
    """
    for pattern in (_MONTH, _QUARTER):
        ends = [parse(m[1]) for m in map(pattern.fullmatch, times) if m]
        if ends and len(ends) == len(times):
            return times[ends.index(max(ends))]
    return ""


def _years_in(times: list[str]) -> list[str]:
    """The years that words of time begin with, each once."""
    return list(dict.fromkeys(time[:4] for time in times if time[:4].isdigit()))


def _span(years: list[str]) -> str:
    """The years of some figures as those of their total."""
    return f"{min(years)}-{max(years)}年" if min(years) < max(years) else f"{years[0]}年"
