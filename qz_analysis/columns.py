"""The rows of a table below their heads → sentences: which columns count, their times, what stands beside itself."""

import re

from .headings import (
    CHANGE,
    NOW,
    NUMBERED,
    PERIOD,
    PLAIN,
    THEN,
    YEAR,
    joined,
    known,
    leading,
    span_of,
    spoken,
    unit_free,
    unit_of,
)
from .tabcells import Cell, Row, Teller, say_plain, words_of
from .tabfigures import say_cell

__all__ = ["is_pair", "tell_rows"]

_DIGIT = re.compile(r"[\dx*一二三四五六七八九十百千]")
_SAYS_YEAR = re.compile(r"年份|年度|年")
# heads of numbers that count nothing: places in an order, codes, telephones, dates, ages
_IDLE = re.compile(
    r"(?:序号?|编[号码]|代码|[证文账学]号|号码|邮编|邮政编码|日期|时间|排名|名次|位次|排序|页码|行次|栏次|No\.?|#|年龄|网址|邮箱)$",
    re.I,
)
# what is a channel (电话 34 件) as well as a list of numbers to dial
_DIALLED = re.compile(r"(?:电话|手机|传真|热线|邮编|邮政编码)(?:号码?)?$")
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|累\s*计|共\s*计|总和|总数")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}(?:省|市|县|区|旗|镇|乡|村|街道|社区|办事处)")
_VALUES = re.compile(r"[数值量额率年]|内容|情况|标准|规模|指标|完成|结果|项目|实际|计划|目标|[上下本]期|全[县市区省]")
_HEADS = 4


def tell_rows(teller: Teller, heads: list[Row], data: list[Row], units: list[str], time: str) -> None:
    """The rows below their heads; where a table stands beside itself (乡镇|受理|乡镇|受理), each part by its own row heads."""
    width = _period(heads, data)
    count = len(data[0]) // width
    cuts = [slice(n * width, (n + 1) * width) for n in range(count)]
    parts = [_Columns([row[cut] for row in heads], [row[cut] for row in data], units, time) for cut in cuts]
    for row in data:
        if count > 1 and len(words_of(row)) == 1 and all(cell.text == row[0].text for cell in row):
            for part in parts:
                part.group = NUMBERED.sub("", row[0].text)
            say_plain(teller, row)
            continue
        for part, cut in zip(parts, cuts, strict=True):
            if count == 1 or any(not cell.empty for cell in row[cut]):
                part.say(teller, row[cut])


def _period(heads: list[Row], data: list[Row]) -> int:
    """After how many columns a table begins again beside itself; all of them when it does not."""
    count = len(data[0])
    names = [joined([row[i].text for row in heads[-_HEADS:]]) for i in range(count)]
    for width in range(2, count // 2 + 1):
        begins = range(0, count, width)
        if count % width or not all(_heads_row([row[i] for row in data]) for i in begins):
            continue
        if names[0] and {names[i] for i in begins} == {names[0]} and names.count(names[0]) == len(begins):
            return width
        inner = [[row[i] for row in data] for i in range(count) if i % width]
        if not any(names) and width == 2 and all(map(_figures, inner)):
            return width
    return count


def is_pair(head: Row, data: list[Row]) -> bool:
    """Whether the first row of a table of two columns is one of its pairs (名称|信访办), since the others bring all sorts of units."""
    units = [row[1].unit for row in data if row[1].number and not row[1].year] if len(head) == 2 else []
    return len(set(units)) > 1 and all(units) and not _VALUES.search(head[1].text)


def _times(cells: Row) -> bool:
    """Whether a column holds words of time, but for its totals."""
    full = [cell.text for cell in cells if not cell.empty and not _TOTAL.match(cell.text)]
    return bool(full) and all(map(PERIOD.fullmatch, full))


def _heads_row(cells: Row) -> bool:
    """Whether a column holds words and no figures."""
    return any(not cell.empty for cell in cells) and not any(cell.figures and not cell.year for cell in cells)


class _Columns:
    """What stands above each column of a section, and which columns are heads of the rows."""

    def __init__(self, heads: list[Row], data: list[Row], units: list[str], time: str) -> None:
        self.units_above, self.caption_time = units, time
        self.group = ""
        self.open = False  # whether a time that was said still holds
        self.row_times: list[str] = []
        self.above: Row = []
        width = len(data[0]) if data else 0
        self.names = [joined([row[i].text for row in heads[-_HEADS:]]) for i in range(width)]
        self.idle = {i for i in range(width) if _counts_nothing(self.names[i], [row[i] for row in data])}
        self.years = {i for i in range(width) if _SAYS_YEAR.fullmatch(self.names[i])}
        self.units = {i for i in range(width) if "单位" in self.names[i] and all(known(r[i].text) for r in data if not r[i].empty)}  # fmt: skip
        self.silent = self.idle | self.units
        times = {i for i in range(width) if _times([row[i] for row in data])}
        heading = self.idle | self.years | times
        figures = [i for i in range(width) if i not in heading and _figures([row[i] for row in data])]
        if len(figures) > 1 and not any(i not in self.idle for i in range(figures[0])) and any(row[figures[0]].bounded for row in data):  # fmt: skip
            del figures[0]  # 18岁以下 heads a row
        self.first = min(figures, default=width)
        self.saids = [unit_free(spoken(name)) for name in self.names]
        self.times = [leading(said) if i >= self.first else "" for i, said in enumerate(self.saids)]
        self.sole = len(figures) == 1

    def say(self, teller: Teller, row: Row) -> None:
        """One row as a sentence."""
        row = self._filled(row)
        heads = [i for i in range(self.first) if i not in self.silent and not row[i].empty]
        cells = self._shown(row)
        distinct = words_of(row)
        if not any(row[i].figures or (len(distinct) > 1 and _DIGIT.search(row[i].text)) for i in cells):
            # a row of one word heads those below
            self.group = NUMBERED.sub("", distinct.pop()) if len(distinct) == 1 else ""
            say_plain(teller, row)
            return
        whole = self.group + joined([spoken(row[i].text, year=i in self.years) for i in heads])
        own = next((row[i].text for i in self.units if not row[i].empty), "") or unit_of(whole)
        subject = unit_free(whole)
        if not own and _names_no_figure(subject, [row[i] for i in cells]):
            say_plain(teller, row)
            return
        subject = self._timed(teller, row, subject)
        page_own = (
            row[heads[0]]
            if len(heads) == 1 and subject == row[heads[0]].text and not re.search(r"\d", subject)
            else None
        )
        opened = False
        for n, i in enumerate(cells):
            cell, said, time = row[i], self.saids[i], self._time(i, subject)
            if time is None:  # no word of time is over the column, and several over those before
                _end(teller, cell.start)
                self.open = False
                time, opened, page_own = "", False, None
            elif n:  # totals of several times are no parts of each other
                teller.say("。" if time and _TOTAL.match(subject) else ",", cell.start)
            rest = said.removeprefix(self.times[i]) if self.times[i] else said
            if (
                CHANGE.search(rest)
                and not re.search("同比|环比|比|较", rest)
                and any(re.match(THEN, t) for t in self.times)
            ):
                rest = f"比上年{rest}"
            if time:
                words = (subject + time if leading(subject) and not time[:4].isdigit() else time + subject) + rest
                self.open = True
            elif said and _PLACE.fullmatch(said) and not _PLACE.fullmatch(subject):
                words = said + subject
            else:
                words = (
                    ""
                    if (len(said) == 1 and known(said)) or (PLAIN.fullmatch(said) and (self.sole or not opened))
                    else said
                )
                if not opened and page_own:
                    teller.keep(page_own.start, page_own.end)  # the page's own words where it can be
                elif not opened:
                    words = subject + words
                opened = True
            say_cell(teller, cell, words, self.names[i], self.names[i] + subject, own, self.units_above)
        teller.say("。", row[cells[-1]].end - 1)

    def _filled(self, row: Row) -> Row:
        """The row with the head over an empty cell, where a second head stands beside it: 来信|初信, then |重信."""
        above, self.above = self.above, row
        second = any(not row[i].empty for i in range(1, self.first) if i not in self.silent)
        if not above or not self.first or row[0].text or not above[0].text or not second:
            return row
        if (
            above[0].number
            or _TOTAL.search(above[0].text)
            or any(_TOTAL.search(row[i].text) for i in range(self.first))
        ):
            return row
        filled = [Cell(row[0].start, row[0].start, above[0].text), *row[1:]]
        self.above = filled
        return filled

    def _timed(self, teller: Teller, row: Row, subject: str) -> str:
        """The head of a row with its time in full; what held in the row above ends where the row has none."""
        time = leading(subject)
        self.row_times += [time] * bool(time)
        years = list(dict.fromkeys(t[:4] for t in self.row_times if t[:4].isdigit()))
        known_year = self._year()
        if time and not time[:4].isdigit() and known_year and not any(t[:4].isdigit() for t in self.times):
            subject, time = f"{known_year}年{subject}", f"{known_year}年"
        elif not time and self.row_times and _TOTAL.match(subject) and (years or known_year):
            span = span_of(years) if years else f"{known_year}年"
            subject, time = f"{span},{subject}", span
        elif not time and self.open and not self.times[next(iter(self._shown(row)), 0)]:
            _end(teller, row[0].start)
            self.open = False
            if self.caption_time:
                teller.say(f"在{self.caption_time}。", row[0].start)
        self.open = bool(time) or self.open
        return subject

    def _shown(self, row: Row) -> list[int]:
        return [i for i in range(self.first, len(row)) if i not in self.silent and not row[i].empty]

    def _time(self, column: int, subject: str) -> str | None:
        """The time to be said over a column: its own, or for a change or a total what the others' make; None ends theirs."""
        own, said = self.times[column], self.saids[column]
        if own:
            return self._in_full(own, subject)
        others = list(dict.fromkeys(filter(None, self.times)))
        years = [time for time in others if time[:4].isdigit()]
        year = self._year()
        if (
            "本月" in others
            and said.endswith("累计")
            and (month := re.fullmatch(r"(\d{4}年)(\d{1,2})月", self.caption_time))
        ):
            return f"{month[1]}1-{month[2]}月"
        if len(others) < 2:
            return ""
        if CHANGE.search(said):
            return (
                max(years)
                if years
                else self._in_full(next((t for t in others if re.match(NOW, t)), ""), subject) or None
            )
        if (_TOTAL.match(said) or said.startswith("全年")) and not leading(subject):
            if len(years) == len(others) and all(len(time) < 6 for time in years):
                return span_of([time[:4] for time in years])
            if not years and year:
                return f"{year}年"
        return None if self.open and any(self.times[self.first : column]) else ""

    def _year(self) -> str:
        """The one year that the caption gives."""
        return self.caption_time[:4] if self.caption_time[4:5] == "年" else ""

    def _in_full(self, time: str, subject: str) -> str:
        """A column's words of time with the year that the caption gives: 上年 is 2010年 in a table of 2011年."""
        year = self._year()
        if not year or time[:4].isdigit() or leading(subject)[:4].isdigit():
            return re.sub("同期$|度$", "", time) if re.match(f"{NOW}|{THEN}", time) else time
        if re.match(NOW, time) or time == "本月":
            return self.caption_time
        return f"{int(year) - 1}年{self.caption_time[5:]}" if re.match(THEN, time) else f"{year}年{time}"


def _end(teller: Teller, at: int) -> None:
    """Ends the paragraph, so that no word of time holds any longer."""
    teller.say("\n" if teller.pieces and teller.pieces[-1] == "。" else "。\n", at)


def _names_no_figure(subject: str, cells: Row) -> bool:
    """Whether the one cell behind a head is a telephone number, a code, a place in an order: 邮编 518000."""
    if len(cells) != 1 or not cells[0].number or cells[0].unit:
        return False
    return _counts_nothing(subject, cells) or (cells[0].year and re.search("年|期|时间", subject) is not None)


def _figures(cells: Row) -> bool:
    """Whether a column holds figures: at least half of what it holds are numbers."""
    full = [cell for cell in cells if not cell.empty]
    return bool(full) and 2 * sum(cell.figures for cell in full) >= len(full)


def _counts_nothing(name: str, cells: Row) -> bool:
    """Whether a column only numbers the rows, or holds codes, telephones or dates."""
    values = [cell.text for cell in cells if cell.number and not cell.unit]
    bare = unit_free(spoken(name))
    if unit_of(name):
        return False
    if _DIALLED.search(bare):
        return any(len(cell.text) > 4 for cell in cells) and len(bare) < 10
    if _IDLE.search(bare):
        return not any(PERIOD.fullmatch(cell.text) or cell.year for cell in cells) or not bare.endswith(
            ("日期", "时间")
        )
    if re.search("[年期]", bare) and not _SAYS_YEAR.fullmatch(bare) and values and all(map(YEAR.fullmatch, values)):
        return True  # 建设年份 2011
    return not name and len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]
