"""Words of heads and captions of tables: their units, their times, and how a sentence says them.

A cell of a table in a text, and the sentence that is put together from cells and from words said again.

A cell of a table with its words: one number, two, a range; the unit is the cell's, the column's, the row's or the caption's.

The rows of a table below their heads → sentences: which columns count, their times, what stands beside itself.

Tables in a page's text → sentences: every cell said with its row head, its column head and its unit, offsets kept.

A table stands in the text as lines `| 乡镇 | 受理(件) |` (so the readers of HTML, Word and PDF write it, and Markdown) or as lines
whose cells tabs keep apart. The row `| 甲镇 | 12 | 91.7 |` becomes 甲镇受理12件,办结率91.7%。 and is read like any other sentence:
words that are said again, a head's or a unit's, stand in the offset map where the digits stand.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..vocabularies.session import load

YEAR = re.compile(r"(?:19|20)\d\d")
NOTHING = re.compile(r"[-/.…―—\s]*|无|空")
NUMBERED = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、](?!\d))\s*"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
CAPTION = re.compile(r"单位:\s*([^\s,。;()|]{1,20})")
_WITHIN = r"(?:[上下]半年|第?[一二三四]季度|\d{1,2}(?:[-至]\d{1,2})?月份?)"
TIME = re.compile(rf"(?:(?:19|20)\d\d年?[-至到])?\d{{4}}年(?:度(?!.?[^\W\d_]?季)|{_WITHIN})?")
NOW, THEN = r"(?:本|今|当)年度?", r"(?:上|去)年度?(?:同期)?"
PERIOD = re.compile(rf"{TIME.pattern}|{_WITHIN}|{NOW}|{THEN}|本月")
# heads of changes, and heads that say nothing of what is counted
CHANGE = re.compile(r"同比|环比|增减|增长|增幅|变化|升降|增\+?减-?|±")
PLAIN = re.compile(r"数量|数值|数据|数|指标值|完成数|单位")
SHARE = re.compile(r"率|比重|占比|比例|百分比|同比|环比|增长|增幅|降幅|增减")


def leading(words: str) -> str:
    """The words of time at the beginning of a head."""
    m = PERIOD.match(words)
    return m[0] if m else ""


def span_of(years: list[str]) -> str:
    """The years of some figures as those of their total."""
    return f"{min(years)}-{max(years)}年" if min(years) < max(years) else f"{years[0]}年"


def joined(words: list[str]) -> str:
    """Heads one above the other, each once."""
    kept = [
        NUMBERED.sub("", word)
        for word in words
        if not NOTHING.fullmatch(word) and not CAPTION.search(word)
    ]
    kept = [word for word, before in zip(kept, ["", *kept], strict=False) if word != before]
    if len(kept) > 1 and known(kept[-1]):
        kept[-1] = f"({kept[-1]})"
    return "".join(kept)


def spoken(name: str, year: bool = False) -> str:
    """A head as a sentence would say it."""
    words = re.sub(r"[\s:]", "", name)
    return f"{words}年" if YEAR.fullmatch(words) or (year and words.isdigit()) else words


def unit_free(name: str) -> str:
    """A head without the unit in its brackets, and without brackets."""
    return _BRACKET.sub(lambda m: "" if known(m[1].removeprefix("单位")) else m[1], name).rstrip(
        "%‰"
    )


def known(unit: str) -> bool:
    """Whether words are a unit, with 万 or 亿 before it or not.

    >>> known("万元"), known("元/人"), known("信访局")
    (True, True, False)
    """
    registry = load("units")
    plain = re.sub(r"^[十百千]?[万亿]", "", unit).partition("/")[0]
    return bool(plain) and any(plain in units for units in registry.values())


def unit_of(name: str) -> str:
    """The unit that a head names: in brackets, as its last word, or before 数.

    >>> unit_of("受理(件)"), unit_of("来访人次"), unit_of("户数"), unit_of("占比%"), unit_of("案件")
    ('件', '人次', '户', '%', '')
    """
    for m in _BRACKET.finditer(name):
        if known(unit := m[1].removeprefix("单位").strip(": ")):
            return unit
    if name.endswith(("%", "‰")):
        return name[-1]
    twofold, single = re.search(r"(.[次米克])数?$", name), re.search(r"(.)数$", name)
    return next((m[1] for m in (twofold, single) if m and known(m[1])), "")


def units_in(caption: str) -> list[str]:
    """The units that a caption 单位:万元、人 gives; none where it names an office."""
    found = [unit for m in CAPTION.finditer(caption) for unit in re.split("[、,和及]", m[1])]
    return list(dict.fromkeys(unit for unit in found if known(unit)))


# stands behind a number of a cell that has no unit: a character that no text holds
_UNITLESS = "\ufdd0"
#: stand for the digits, masks and numerals of words that are said again (65岁以上), which are no figures of the cell
_QUIET = {
    ord(c): chr(0xFDD1 + n)
    for n, c in enumerate("0123456789x*?一二三四五六七八九十百千万亿两几数半")
}
_LOUD = {ord(quiet): chr(digit) for digit, quiet in _QUIET.items()} | {ord(_UNITLESS): ""}
_PRINTED = r"(?:\d{1,3}(?:[, ]\d{3})+|\d*[x*]+\d*|\d+)(?:\.[\dx*]+)?\s*[万亿]?(?:%|‰)?"
_NUMBER = re.compile(
    rf"(?P<hedge>[-+↑↓≥≤]|大?约|近|超过?|逾|不足|增长|增加|上升|提高|下降|降低|减少)?{_PRINTED}(?P<over>[余多])?"
)
_AND_MORE = re.compile(r"(?:以上|以下|以内|左右|上下)$")
# two numbers in a cell: 12/45 under 批次/人次, 12(34.5%) under 数量(占比)
TWO = re.compile(rf"(?P<one>{_PRINTED})\s*(?:/\s*(?P<two>{_PRINTED})|\(\s*(?P<in>{_PRINTED})\s*\))")
_BETWEEN = re.compile(r"([1-9]\d*(?:\.\d+)?)\s*[-~至]\s*([1-9]\d*(?:\.\d+)?)")
_DATE = re.compile(
    r"((?:(?:19|20)\d\d年?[-至到])?(?:19|20)\d\d年(?:\d{1,2}(?:-\d{1,2})?月)?|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?!\d))"
)
# 三百余户 is a figure, 五保 and 三支一扶 are words
_LOUDEST = re.compile(
    r"[\dx*?]+|[一二三四五六七八九十百千万亿两几数半]+(?=[多余来]?[个件人名户起宗批次元家处所项条万亿%成])"
)
TORN = tuple("0123456789.百千万亿")


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        """Whether it is a number, with its unit or without: 12, 1,234.5, xx, 12人, 约200名, 95%以上."""
        m = _NUMBER.match(self.text)
        return m is not None and (m.end() == len(self.text) or self.unit != "")

    @property
    def unit(self) -> str:
        m = _NUMBER.match(self.text)
        if m is None:
            return ""
        rest = _AND_MORE.sub("", self.text[m.end() :])
        if not rest and self.text[m.end() - 1] in "%‰":
            return self.text[m.end() - 1]
        return rest if rest not in {"年", "月", "日"} and known(rest) else ""

    @property
    def figures(self) -> bool:
        """Whether it is a number, two of them or a range."""
        return self.number or TWO.fullmatch(self.text) is not None or self.range

    @property
    def bounded(self) -> bool:
        """Whether it is a number with 以上 or the like behind it, or a range: what ages and sizes are told by."""
        return self.range or _AND_MORE.search(self.text) is not None

    @property
    def range(self) -> bool:
        """Whether it is 100-200, which may be a range (2010-2011 is a time)."""
        m = _BETWEEN.fullmatch(self.text)
        return m is not None and float(m[1]) < float(m[2]) and not YEAR.fullmatch(m[1])

    @property
    def year(self) -> bool:
        return YEAR.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        return NOTHING.fullmatch(self.text) is not None


Row = list[Cell]


@dataclass
class Teller:
    """A text put together from stretches of another and from words said in between; remembers where all of it stood."""

    source: str
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)
    length: int = 0

    def keep(self, start: int, end: int) -> None:
        """The source's own words."""
        if end > start:
            self._add(self.source[start:end], start)

    def say(self, words: str, at: int) -> None:
        """Words that the source has elsewhere; they stand where the character at an offset stands."""
        for character in words:
            self._add(character, at)

    def _add(self, words: str, at: int) -> None:
        self.pieces.append(words)
        self.starts.append(self.length)
        self.shifts.append(at - self.length)
        self.length += len(words)


def printed(text: str) -> str:
    """Clean text as a reader would write it, without the marks that tables leave in it."""
    return text.translate(_LOUD)


def unitless(text: str, end: int) -> bool:
    """Whether the number that ends at an offset is that of a table's cell without a unit."""
    return text.startswith(_UNITLESS, end)


def unitless_numbers(text: str, start: int, end: int) -> int:
    """How many numbers of a stretch stand in cells of tables without a unit."""
    return text.count(_UNITLESS, start, end)


def quiet(words: str) -> str:
    """Words to be said, their digits no numbers, but for those of times."""
    parts = (
        part if _DATE.fullmatch(part) else _LOUDEST.sub(_hush, part) for part in _DATE.split(words)
    )
    return "".join(parts)


def _hush(m: re.Match[str]) -> str:
    return m[0].translate(_QUIET)


def say_plain(teller: Teller, row: Row) -> None:
    """A row without figures: its words, commas between them."""
    cells = [cell for cell in row if cell.text]
    cells = [
        cell
        for cell, before in zip(cells, [None, *cells], strict=False)
        if not before or cell.text != before.text
    ]
    for n, cell in enumerate(cells):
        teller.say("," if n else "", cell.start)
        teller.keep(cell.start, cell.end)
    if cells:
        teller.say("。\n" if cells[-1].text.endswith(TORN) else "\n", cells[-1].end)


def words_of(row: Row) -> set[str]:
    return {cell.text for cell in row if not cell.empty}


_TWO_HEADS = re.compile(
    r"(?:(?P<before>[^/()]*)\()?(?P<one>[^/()]+)(?:/(?P<two>[^/()]+)|\((?P<in>[^/()]+)\))(?(before)\))"
)
_AMOUNT = re.compile(r"金额|资金|款|收入|支出|产值|总值|经费|投资|补助|成本|预算|决算|费用?$")
_SCALED = "[十百千]?[万亿]"
_ONE_WAY = re.compile(r"增长|增加|(?<!增)(?:减少|减幅)|增幅|上升|下降|降低|降幅")
_DIRECTED = re.compile(r"(?:增减|增长|增幅|变化|升降|增\+?减-?|±)[幅率数额量值]?度?$")
_BY = re.compile(r"[数额量值]$")
_RUNS_ON = tuple(
    "一二三四五六七八九十百千万亿.x*?-~/%"
)  # words that end so would become part of the number


def say_cell(
    teller: Teller, cell: Cell, words: str, name: str, about: str, own: str, above: list[str]
) -> None:
    """A cell with the words before it: a number, two, a range, or words of its own.

    Args:
        teller: what the sentence is put into.
        cell: the cell.
        words: what is said before it.
        name: the head of its column.
        about: the heads of its column and its row.
        own: the unit that its row gives, or an empty string.
        above: the units that the table's caption gives.
    """
    unit = cell.unit or _unit(name, about, own, above)
    two, heads = TWO.fullmatch(cell.text), _TWO_HEADS.fullmatch(name)
    if cell.number:
        _figure(teller, cell, words, unit, about)
    elif two:
        _both(teller, cell, two, heads, words, own, above)
    elif cell.range and unit:
        teller.say(quiet(words) + ":" * words.endswith(_RUNS_ON), cell.start)
        teller.keep(cell.start, cell.end)
        teller.say(unit, cell.end - 1)
    else:
        teller.say(quiet(words), cell.start)
        teller.keep(cell.start, cell.end)


def _figure(teller: Teller, cell: Cell, words: str, unit: str, name: str) -> None:
    """A number with the words before it and its unit; a sign under a head of change is said as a direction."""
    start, sign = cell.start, cell.text[0]
    if sign in "+-↑↓":
        if not CHANGE.search(name) and sign in "+-":
            teller.say(quiet(words), start)
            teller.keep(start, cell.end)  # what is below nothing is no count
            return
        words = _DIRECTED.sub("", words) + ("下降" if sign in "-↓" else "增长")
        start += 1
    elif _ONE_WAY.match(cell.text):
        words = _DIRECTED.sub("", words)
    elif CHANGE.search(name) and not _ONE_WAY.search(words):
        words = _DIRECTED.sub("", words) + "增长"
    words = quiet(words)
    teller.say(words + ":" * words.endswith(_RUNS_ON), start)
    teller.keep(start, cell.end)
    teller.say("" if cell.unit else unit or _UNITLESS, cell.end - 1)


def _both(teller: Teller, cell: Cell, two: re.Match[str], heads: re.Match[str] | None, words: str, own: str, above: list[str]) -> None:  # fmt: skip
    """Two numbers of one cell, where the head names both; else the cell is words, for 12/45 is no share."""
    first = heads["one"] if heads else ""
    before = (heads["before"] or "") if heads else ""
    second = (heads["two"] or heads["in"]) if heads else ""
    ends = [("one", first), ("two" if two["two"] else "in", second)]
    units = [
        two[key][-1] if two[key][-1] in "%‰" else _unit(part, part, "", above) for key, part in ends
    ]
    units = [
        unit or (part if known(part) else "") for unit, (_, part) in zip(units, ends, strict=True)
    ]
    if two["in"] and units[1] in {"%", "‰"} and (first or not heads):  # 12(34.5%)
        second = second if SHARE.search(second) else "占比"
        units[0] = units[0] or own
    elif not all(units):
        teller.say(quiet(words + cell.text), cell.start)
        return
    words = (
        words.removesuffix(unit_free(spoken(heads[0])) if heads else "")
        + before
        + ("" if PLAIN.fullmatch(first) or known(first) else first)
    )
    for n, ((key, part), unit) in enumerate(zip(ends, units, strict=True)):
        start, end = cell.start + two.start(key), cell.start + two.end(key)
        said = words if not n else ("," + ("" if known(part) else second))
        teller.say(quiet(said) + ":" * said.endswith(_RUNS_ON), start)
        teller.keep(start, end)
        teller.say("" if two[key][-1] in "%‰" else unit or _UNITLESS, end - 1)


def _unit(name: str, about: str, own: str, above: list[str]) -> str:
    """The unit of a bare number: the column's, the row's, the caption's; 人 of 人数 is 万人 where the caption says so."""
    share = SHARE.search(name) and not _BY.search(unit_free(name))
    unit = unit_of(name) or (name if known(name) else "") or ("" if share else own)
    if unit:
        written = (
            f"({unit})" in name.replace("单位", "").replace(":", "")
            or name.endswith(unit)
            or unit == own
        )
        larger = [u for u in above if re.fullmatch(_SCALED + re.escape(unit), u)]
        return larger[0] if len(larger) == 1 and not (written and "(" in name) else unit
    if SHARE.search(about) and not (above and above[0] in {"%", "‰"}):
        return ""
    money = [unit for unit in above if unit.endswith("元")]
    if len(above) > 1:
        return money[0] if len(money) == 1 and _AMOUNT.search(name) else ""
    return above[0] if above else ""


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
_VALUES = re.compile(
    r"[数值量额率年]|内容|情况|标准|规模|指标|完成|结果|项目|实际|计划|目标|[上下本]期|全[县市区省]"
)
_HEADS = 4


def tell_rows(
    teller: Teller, heads: list[Row], data: list[Row], units: list[str], time: str
) -> None:
    """The rows below their heads; where a table stands beside itself (乡镇|受理|乡镇|受理), each part by its own row heads."""
    width = _period(heads, data)
    count = len(data[0]) // width
    cuts = [slice(n * width, (n + 1) * width) for n in range(count)]
    parts = [
        _Columns([row[cut] for row in heads], [row[cut] for row in data], units, time)
        for cut in cuts
    ]
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
        if (
            names[0]
            and {names[i] for i in begins} == {names[0]}
            and names.count(names[0]) == len(begins)
        ):
            return width
        inner = [[row[i] for row in data] for i in range(count) if i % width]
        if not any(names) and width == 2 and all(map(_figures, inner)):
            return width
    return count


def is_pair(head: Row, data: list[Row]) -> bool:
    """Whether the first row of a table of two columns is one of its pairs (名称|信访办), since the others bring all sorts of units."""
    units = (
        [row[1].unit for row in data if row[1].number and not row[1].year] if len(head) == 2 else []
    )
    return len(set(units)) > 1 and all(units) and not _VALUES.search(head[1].text)


def _times(cells: Row) -> bool:
    """Whether a column holds words of time, but for its totals."""
    full = [cell.text for cell in cells if not cell.empty and not _TOTAL.match(cell.text)]
    return bool(full) and all(map(PERIOD.fullmatch, full))


def _heads_row(cells: Row) -> bool:
    """Whether a column holds words and no figures."""
    return any(not cell.empty for cell in cells) and not any(
        cell.figures and not cell.year for cell in cells
    )


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
        self.idle = {
            i for i in range(width) if _counts_nothing(self.names[i], [row[i] for row in data])
        }
        self.years = {i for i in range(width) if _SAYS_YEAR.fullmatch(self.names[i])}
        self.units = {i for i in range(width) if "单位" in self.names[i] and all(known(r[i].text) for r in data if not r[i].empty)}  # fmt: skip
        self.silent = self.idle | self.units
        times = {i for i in range(width) if _times([row[i] for row in data])}
        heading = self.idle | self.years | times
        figures = [
            i for i in range(width) if i not in heading and _figures([row[i] for row in data])
        ]
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
        if not any(
            row[i].figures or (len(distinct) > 1 and _DIGIT.search(row[i].text)) for i in cells
        ):
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
                words = (
                    subject + time
                    if leading(subject) and not time[:4].isdigit()
                    else time + subject
                ) + rest
                self.open = True
            elif said and _PLACE.fullmatch(said) and not _PLACE.fullmatch(subject):
                words = said + subject
            else:
                words = (
                    ""
                    if (len(said) == 1 and known(said))
                    or (PLAIN.fullmatch(said) and (self.sole or not opened))
                    else said
                )
                if not opened and page_own:
                    teller.keep(
                        page_own.start, page_own.end
                    )  # the page's own words where it can be
                elif not opened:
                    words = subject + words
                opened = True
            say_cell(
                teller, cell, words, self.names[i], self.names[i] + subject, own, self.units_above
            )
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
        if (
            time
            and not time[:4].isdigit()
            and known_year
            and not any(t[:4].isdigit() for t in self.times)
        ):
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
                else self._in_full(next((t for t in others if re.match(NOW, t)), ""), subject)
                or None
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
        return (
            f"{int(year) - 1}年{self.caption_time[5:]}"
            if re.match(THEN, time)
            else f"{year}年{time}"
        )


def _end(teller: Teller, at: int) -> None:
    """Ends the paragraph, so that no word of time holds any longer."""
    teller.say("\n" if teller.pieces and teller.pieces[-1] == "。" else "。\n", at)


def _names_no_figure(subject: str, cells: Row) -> bool:
    """Whether the one cell behind a head is a telephone number, a code, a place in an order: 邮编 518000."""
    if len(cells) != 1 or not cells[0].number or cells[0].unit:
        return False
    return _counts_nothing(subject, cells) or (
        cells[0].year and re.search("年|期|时间", subject) is not None
    )


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
        return not any(
            PERIOD.fullmatch(cell.text) or cell.year for cell in cells
        ) or not bare.endswith(("日期", "时间"))
    if (
        re.search("[年期]", bare)
        and not _SAYS_YEAR.fullmatch(bare)
        and values
        and all(map(YEAR.fullmatch, values))
    ):
        return True  # 建设年份 2011
    return not name and len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[\s|:+=-]*")
_PIPES = re.compile(r"\s*\|.*\|.*\|\s*")
_NEAR = 200  # characters above a table in which its caption stands
_FIELD = 60  # a tab-separated cell is no longer


def as_sentences(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Text in which the rows of tables are sentences, with the runs of its offset map (as `cleaning.Clean` keeps them).

    Args:
        text: a page's text with half-width punctuation.

    Returns:
        the text, where its runs begin, and what to add there to come to the offset in `text`.

    >>> as_sentences("单位:件\\n| 乡镇 | 受理 |\\n| 甲镇 | 12 |\\n完。")[0]
    '单位:件\\n甲镇受理12件。\\n完。'
    """
    if "|" not in text and "\t" not in text:
        return text, (0,), (0,)
    teller, at = Teller(text), 0
    before: _Table | None = None
    for start, end, rows in _blocks(text):
        teller.keep(at, start)
        table = _Table(rows, text[max(0, start - _NEAR) : start])
        if before is not None and not text[at:start].strip():
            table.go_on(before)
        table.tell(teller)
        at, before = end, table
    teller.keep(at, len(text))
    return "".join(teller.pieces), tuple(teller.starts) or (0,), tuple(teller.shifts) or (0,)


def _blocks(text: str) -> Iterator[tuple[int, int, list[Row]]]:
    """Tables of a text: where each begins and ends (its last line end left out) and its rows."""
    lines = ((m.start(), m.end(), _kind(m[0])) for m in _LINE.finditer(text) if m[0])
    for (kind, _), group in itertools.groupby(lines, key=lambda line: (line[2], line[2] and text[line[0] : line[1]].count(line[2]) if line[2] == "\t" else 0)):  # fmt: skip
        if not kind:
            continue
        found = list(group)
        spans = [(a, b) for a, b, _ in found if not _RULE.fullmatch(text, a, b)]
        rows = [_cells(text, a, b, kind) for a, b in spans]
        numbers = sum(cell.figures for row in rows for cell in row)
        if kind == "\t" and (
            len(rows) < 2 or not numbers or any(len(c.text) > _FIELD for row in rows for c in row)
        ):
            continue
        end = found[-1][1]
        yield found[0][0], end - text[found[0][0] : end].endswith("\n"), rows


def _kind(line: str) -> str:
    """What keeps the cells of a line apart: `|`, a tab, or `""` for a line of prose."""
    if _PIPES.fullmatch(line):
        return "|"
    return "\t" if "\t" in line.strip() else ""


def _cells(text: str, start: int, end: int, separator: str) -> Row:
    line = text[start:end]
    cells, at = [], start
    for piece in line.rstrip("\n").split(separator):
        inner = piece.strip()
        begin = at + len(piece) - len(piece.lstrip()) if inner else at
        cells.append(Cell(begin, begin + len(inner), inner))
        at += len(piece) + 1
    return cells[1:-1] if separator == "|" else cells


class _Table:
    """The rows of one table, with what its heads and its caption say."""

    def __init__(self, rows: list[Row], above: str) -> None:
        width = max((len(row) for row in rows), default=0)
        self.rows = [
            row + [Cell(row[-1].end, row[-1].end, "")] * (width - len(row)) for row in rows
        ]
        lines = [line for line in above.splitlines() if line.strip()][-3:]
        lines = list(
            itertools.takewhile(
                lambda line: len(line) < _FIELD and not line.endswith(("。", ";")), reversed(lines)
            )
        )
        self.titles: list[Row] = []  # rows of one cell over the whole table
        while (
            len(self.rows) > 2
            and width > 1
            and len(words_of(self.rows[0])) == 1
            and not self._counts(self.rows[0])
        ):
            self.titles.append(self.rows.pop(0))
        self.caption = "\n".join(
            [*reversed(lines), *(word for row in self.titles for word in words_of(row))]
        )
        self.torn = above.rstrip().endswith(TORN)  # a number before the table must not run into it
        self.width = width
        self.heads: list[Row] = []  # of the page before
        self.last: list[Row] = []  # of the last section
        self.units: list[str] = []

    def go_on(self, before: "_Table") -> None:
        """Takes over what stood over the columns of the table right before, when this is the rest of it on a new page."""
        heads, data = self._section(0)
        if not heads and data and before.last and self.width == before.width:
            alike = [cell.figures or cell.empty for cell in data[0]] == [
                c.figures or c.empty for c in before.rows[-1]
            ]
            self.heads, self.units = (before.last, before.units) if alike else ([], [])

    def tell(self, teller: Teller) -> None:
        """Says all rows; a table without numbers is only rid of its lines."""
        self.units, times = (
            units_in(self.caption) or self.units,
            [m[0] for m in TIME.finditer(self.caption)],
        )
        time = times[-1] if times else ""
        if any(
            c.year or ((m := PERIOD.match(c.text)) and m[0][:4].isdigit())
            for row in self.rows
            for c in row
        ):
            time = ""  # the table has years of its own
        if self.torn and self.rows:
            teller.say("。", self.rows[0][0].start)
        for row in self.titles:
            if not all(CAPTION.match(word) for word in words_of(row)):
                say_plain(teller, row)
        at = 0
        while at < len(self.rows):
            heads, data = self._section(at)
            at += len(heads) + len(data)
            self.units = next(
                filter(None, (units_in(cell.text) for row in heads for cell in row)), self.units
            )
            self.last = heads or self.heads
            if data and time:
                teller.say(f"在{time}。", data[0][0].start)
            if data:
                tell_rows(teller, self.last, data, self.units, time)
            else:
                for row in heads:
                    say_plain(teller, row)
        if (
            teller.pieces and teller.pieces[-1] == "\n"
        ):  # the line end behind the table is the page's own
            teller.pieces.pop(), teller.starts.pop(), teller.shifts.pop()
            teller.length -= 1

    def _section(self, at: int) -> tuple[list[Row], list[Row]]:
        """The next rows of heads, and the rows with numbers below them."""
        heads: list[Row] = []
        for row in self.rows[at:]:
            own = heads and not row[0].empty and row[0].text not in {head[0].text for head in heads}
            if self._counts(row) or (own and any(cell.year for cell in row[1:])):
                break  # a count of 2028 stands under heads and behind a head of its own
            heads.append(row)
        data: list[Row] = []
        while len(heads) > 1 and len(words_of(heads[-1])) == 1 and len(words_of(heads[-2])) > 1:
            data.insert(
                0, heads.pop()
            )  # a row of one word under the heads belongs to the rows below
        for row in self.rows[at + len(heads) + len(data) :]:
            if not self._counts(row) and len(words_of(row)) > max(2, self.width // 2):
                break  # a second row of heads
            data.append(row)
        if len(heads) == 1 and is_pair(heads[0], data):
            data.insert(0, heads.pop())
        return heads, data

    def _counts(self, row: Row) -> bool:
        """Whether a row holds figures: a number that is no year, beside words or in a later column."""
        return any(c.figures and not c.year for c in row[1:]) or (
            row[0].number and not row[0].year and len(row) < 2
        )
