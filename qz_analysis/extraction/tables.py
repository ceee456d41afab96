"""Tables in a page's text become sentences whose digits keep their offsets.

A table stands in the text as lines `| 乡镇 | 受理(件) |`, as readers and Markdown write it, or as
lines whose cells tabs keep apart, or several blanks where the cells below a head are all figures. `| 甲镇 | 12 | 91.7 |` becomes 甲镇受理12件,办结率91.7%。 and is
read like any other sentence: words that are said again stand in the offset map where the digits do.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..script import TORN
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import grammar, pieces

# stands behind a number of a cell that has no unit: a character that no text holds
_UNITLESS = "\ufdd0"
#: behind a comma of a row: the time that was said over the columns before holds no longer
TIME_ENDS = "\x1f"
#: before the stop of a row that is one of several kinds of what the column counts
ONE_KIND = "\x1e"
# stand for the digits, masks and numerals of words that are said again (65岁以上), which are no
# figures of the cell
_QUIET = {
    ord(c): chr(0xFDD1 + n)
    for n, c in enumerate("0123456789x*?一二三四五六七八九十百千万亿两几数半")
}
_LOUD = {ord(quiet): chr(digit) for digit, quiet in _QUIET.items()} | {
    ord(_UNITLESS): "",
    ord(TIME_ENDS): "",
    ord(ONE_KIND): "",
    ord(TORN): " ",
}
_MARKS = re.compile(f"[\ufdd0-\ufdef{TIME_ENDS}{ONE_KIND}{TORN}]")
_DATE = re.compile(
    r"((?:(?:19|20)\d\d年?[-至到])?(?:19|20)\d\d年(?:\d{1,2}(?:-\d{1,2})?月)?"
    r"|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?!\d))"
)
# 三百余户 is a figure, 五保 and 三支一扶 are words
_FIGURE = re.compile(
    r"[\dx*?]+|[一二三四五六七八九十百千万亿两几数半]+"
    r"(?=[多余来]?[个件人名户起宗批次元家处所项条万亿%成])"
)


def printed(text: str) -> str:
    """Clean text as a reader would write it, without the marks that tables leave in it."""
    return text.translate(_LOUD) if _MARKS.search(text) else text


def unitless(text: str, end: int) -> bool:
    """Whether the number that ends at an offset is that of a table's cell without a unit."""
    return text.startswith(_UNITLESS, end)


def unitless_numbers(text: str, start: int, end: int) -> int:
    """How many numbers of a stretch stand in cells of tables without a unit."""
    return text.count(_UNITLESS, start, end)


def _quiet(words: str) -> str:
    """Words to be said, their digits no numbers, but for those of times."""
    return "".join(
        part if _DATE.fullmatch(part) else _FIGURE.sub(lambda m: m[0].translate(_QUIET), part)
        for part in _DATE.split(words)
    )


_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = Pattern("tables", r"[-/.…―—\s]*|{nothing}")
_NUMBERED = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、](?!\d))\s*"
)
# the last digit of a change in per cent, and of how many rows all but one have it
_OFF, _MOST = 0.11, 5
_PLAIN_NUMBER = re.compile(r"[-+]?[\d,]*\d(?:\.\d+)?")
_BRACKET = re.compile(r"\(([^()]*)\)")
_IN_BRACKETS = re.compile(r"\(([^\s,。;()|]{1,8})\)\Z")  # 二、各项评价(%)
_CAPTION = re.compile(r"单位:\s*([^\s,。;()|]{1,20})")
_NOW = re.compile("[本今当]年度?|本期|本月")
_THIS_YEAR, _LAST_YEAR = re.compile("[本今当]年度?"), re.compile("[上去]年度?(?:同期)?")
_DATED = r"(?:(?:19|20)\d\d年?[-至到])?\d{4}年(?:度? ?{part_of_year}|度(?!.?[^\W\d_]?季))?"
_TIME = Pattern("tables", _DATED)
_PERIOD = Pattern("tables", rf"{_DATED}|{{part_of_year}}|{{relative}}")
_MONTH = re.compile(r"(?:\d{1,2}[-至])?(\d{1,2})月")
_QUARTER = re.compile("第?([一二三四1-4])季度")
_YEARS_PART = re.compile(r"年(?:度 ?(?=.)| )")
_CHANGE = Pattern("tables", "{compared}|{directed}")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?=[\u4e00-\u9fff]{2})(?!年)")
_UP_OR_DOWN = re.compile(r"增长?[/、(]?减少?\)?")
_DIRECTED = Pattern("tables", "{directed}[幅率数额量值]?度?$")
_ONE_WAY = Pattern("tables", "{one_way}")
_NUMBERS = Pattern("tables", "{numbers}")
_SHARE = Pattern("tables", "{share}")
_AMOUNT = Pattern("tables", "{amount}")
_COUNTED = re.compile(r"[数额量值]$")
_EACH = re.compile("[人户]均|[每均]")
_IDLE = Pattern("tables", "(?i){idle}$")
_DIALLED = Pattern("tables", "{dialled}(?:号码?)?$")
_DATES = Pattern("tables", "{dates}$")
_WHEN = Pattern("tables", "{when}")
_SAYS_YEAR = re.compile("年[份度]?")
_TOTAL = Pattern("tables", "{total}")
_KINDS = Pattern("tables", "{kinds}")
_PLACE = Pattern("tables", r"[\u4e00-\u9fff]{1,7}{places}")
# 全市 heads a column or a row as 全市:受理
_WIDE = Pattern("tables", "{places.wider}|{places.wider_also}")
# the head of a column of what is aimed at: 受理目标
_PLANNED_HEAD = Pattern("tables", rf"(?:{_DATED}|{{relative}})?{{plans}}")
_DONE = re.compile("完成|实际|实绩|已")
# the head of what is to be done in words, and that of how far it is
_AIM_HEAD = Pattern("sections", "{aim_heads}")
RESULT_HEAD = Pattern("sections", "{result_heads}")
_OF_BOTH = re.compile(
    "占[^占]{0,4}(?:任务|目标|计划)(?:数|量)?(?:的?(?:比例|比重|百分比))?|占比|比例|比率|百分比|完成比例?|完成进度|进度|达成率"
)
_VALUES = Pattern("tables", "{values}")
# what formulas call a column by: 预算数(A), 执行率(B/A)
_LETTER = re.compile(r"\([A-Z](?:/[A-Z])?\)$")


def known(unit: str) -> bool:
    """Whether words are a unit, with 万 or 亿 before it or not.

    >>> known("万元"), known("元/人"), known("信访局")
    (True, True, False)
    """
    per = unit.partition("/")[0]
    bare = re.sub(r"^(?:[十百千]?[万亿]|[百千])", "", per)
    units, aliases = grammar().units, grammar().aliases
    return per in units or per in aliases or bare in units or bare in aliases


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
    ends = re.search(r"(.[次米克])数?$", name), re.search(r"(?<![本上同当])(.)数$", name)
    return next((m[1] for m in ends if m and known(m[1])), "")


def _units_in(caption: str) -> list[str]:
    """The units that a caption 单位:万元、人 gives; none where it names an office."""
    found = [unit for m in _CAPTION.finditer(caption) for unit in re.split("[、,和及]", m[1])]
    return list(dict.fromkeys(unit for unit in found if known(unit)))


def _bare(time: str) -> str:
    """A year with its part as it is mostly written: 2020年1月 for 2020年度1月."""
    return _YEARS_PART.sub("年", time)


def _leading_time(words: str) -> str:
    """The words of time at the beginning of a head."""
    m = _PERIOD.match(words)
    return m[0] if m else ""


def _joined(words: list[str]) -> str:
    """Heads one above the other, each once."""
    said = [w for w in words if not _NOTHING.fullmatch(w) and not _CAPTION.search(w)]
    unnumbered = (_NUMBERED.sub("", w) for w in said)
    heads = [head for head, _ in itertools.groupby(["", *unnumbered])][1:]
    if len(heads) > 1 and known(heads[-1]):
        heads[-1] = f"({heads[-1]})"
    return "".join(heads)


def _spoken(name: str, year: bool = False) -> str:
    """A head as a sentence would say it."""
    words = _UP_OR_DOWN.sub("增减", re.sub(r"[\s:]", "", name))
    if (m := _BARE_YEAR.match(words)) and not known(words[m.end() :][:1]):
        return f"{m[0]}年{words[m.end() :]}"  # 2019受理量
    return f"{words}年" if _YEAR.fullmatch(words) or (year and words.isdigit()) else words


def _unit_free(name: str) -> str:
    """A head without the unit in its brackets, and without brackets."""
    free = _BRACKET.sub(lambda m: "" if known(m[1].removeprefix("单位")) else m[1], name)
    return free.rstrip("%‰")


# a sign that hides or damages digits; 3# is the name of a building, #### what a narrow cell shows
_SIGN = r"(?:(?!\#){foreign}|[〇^²³])+"
_NUMERAL = (
    rf"(?:\d[\d.,]*{_SIGN}[\d.,]*|{_SIGN}\d[\d.,]*|\#{{3,}}|\d+(?:\.\d+)?[eE][-+]?\d+"
    r"|\d{1,3}(?:[, ]\d{3})+|\d*[x*]+\d*|\d+)(?:\.[\dx*]+)?\s*[万亿]?(?:%|‰)?"
)
_NUMBER = Pattern("tables", rf"(?:[-+↑↓≥≤<>]|{{hedges}})?{_NUMERAL}[余多]?", pieces)
_BOUNDED = Pattern("tables", "{bounds}$")
_WHOLE = re.compile(r"\d+(?:\.\d+)?")
_OF_WHOM = re.compile("城[镇市乡区]|农[村民]|居民|全[省市县区体国]")
# two numbers in a cell: 12/45 under 批次/人次, 12(34.5%) under 数量(占比)
_TWO = Pattern(
    "tables",
    rf"(?P<one>{_NUMERAL})\s*(?:/\s*(?P<two>{_NUMERAL})|\(\s*(?P<in>{_NUMERAL})\s*\))",
    pieces,
)
_TWO_HEADS = re.compile(
    r"(?:(?P<before>[^/()]*)\()?(?P<one>[^/()]+)(?:/(?P<two>[^/()]+)|\((?P<in>[^/()]+)\))"
    r"(?(before)\))"
)
# digits with what leaves open whether they are one number: 12 34, 12,34, 12[1], 12.5↑
_OPEN_NUMBER = re.compile(rf"[<>]?\d[\d.,]*(?:[ {TORN}/\[(↑↓]*\d+[\])]?|[↑↓])")
_RANGE = re.compile(r"([1-9]\d*(?:\.\d+)?)\s*[-~至]\s*([1-9]\d*(?:\.\d+)?)")
_MEASURED = tuple("值数量额")
_DIGIT = re.compile(r"[\dx*一二三四五六七八九十百千]")
# words that end so would become part of the number behind them
_RUNS_ON = tuple("一二三四五六七八九十百千万亿.x*?-~/%")
# and a number that ends so would run into the words behind it
_TORN = tuple("0123456789.百千万亿")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        """Whether it is a number, with its unit or without: 12, 1,234.5, xx, 约200名, 95%以上."""
        m = _NUMBER.match(self.text)
        return m is not None and (m.end() == len(self.text) or self.unit != "")

    @property
    def unit(self) -> str:
        m = _NUMBER.match(self.text)
        if m is None:
            return ""
        rest = _BOUNDED.sub("", self.text[m.end() :])
        if not rest and self.text[m.end() - 1] in "%‰":
            return self.text[m.end() - 1]
        return rest if rest not in {"年", "月", "日"} and known(rest) else ""

    @property
    def figures(self) -> bool:
        """Whether it is a number, two of them, a range, or digits that leave open what they are."""
        two = self.number or _TWO.fullmatch(self.text) or _OPEN_NUMBER.fullmatch(self.text)
        return bool(two) or self.range

    @property
    def bounded(self) -> bool:
        """Whether it is a range or a number with 以上: what ages and sizes are told by."""
        return self.range or _BOUNDED.search(self.text) is not None

    @property
    def range(self) -> bool:
        """Whether it is 100-200, which may be a range (2010-2011 is a time)."""
        m = _RANGE.fullmatch(self.text)
        return m is not None and float(m[1]) < float(m[2]) and not _YEAR.fullmatch(m[1])

    @property
    def year(self) -> bool:
        return _YEAR.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        return _NOTHING.fullmatch(self.text) is not None


_Row = list[_Cell]


def _words_of(row: _Row) -> set[str]:
    return {cell.text for cell in row if not cell.empty}


class _Sentences:
    """A text made of stretches of another and words said in between, with where all of it stood."""

    def __init__(self, source: str) -> None:
        self.source, self.pieces = source, list[tuple[str, int]]()

    def keep(self, start: int, end: int) -> None:
        """Adds the source's own words."""
        if end > start:
            self.pieces.append((self.source[start:end], start))

    def say(self, words: str, at: int) -> None:
        """Adds words that the source has elsewhere; they stand where one of its characters does."""
        self.pieces.extend((character, at) for character in words)

    def end_paragraph(self, at: int) -> None:
        """Ends the paragraph, so that no word of time holds any longer."""
        self.say("\n" if self.pieces and self.pieces[-1][0] == "。" else "。\n", at)

    def say_row(self, row: _Row) -> None:
        """Adds the words of a row without figures, commas between them."""
        filled = (cell for cell in row if cell.text)
        cells = [next(same) for _, same in itertools.groupby(filled, key=lambda cell: cell.text)]
        if (
            len(cells) == 1 and self.pieces and self.pieces[-1][0] == "。"
        ):  # it heads what stands below it
            self.say("\n", cells[0].start)
        for n, cell in enumerate(cells):
            self.say("," if n else "", cell.start)
            self.keep(cell.start, cell.end)
        if cells:
            self.say("。\n" if cells[-1].text.endswith(_TORN) else "\n", cells[-1].end)

    def say_number(self, words: str, start: int, end: int, unit: str) -> None:
        """Adds words, the digits of a stretch and their unit."""
        last = (words or (self.pieces[-1][0] if self.pieces else ""))[-1:]
        runs_on = words.endswith(_RUNS_ON) or (last.isascii() and last.isalpha())
        self.say(_quiet(words) + ":" * runs_on, start)
        self.keep(start, end)
        self.say(unit, end - 1)

    def say_cell(
        self, cell: _Cell, words: str, name: str, about: str, own: str, above: list[str]
    ) -> None:
        """Adds a cell with the words before it: a number, two, a range, or words of its own.

        `name` is the head of its column, `about` those of column and row; `own` is the unit that
        the row gives, `above` are those of the caption.
        """
        unit = cell.unit or _unit_under(name, about, own, above)
        if cell.number:
            self._say_figure(cell, words, unit, about)
        elif two := _TWO.fullmatch(cell.text):
            self._say_two(cell, two, words, name, own, above)
        elif cell.range and unit:
            self.say_number(words, cell.start, cell.end, unit)
        elif (
            unit
            and (bound := _BOUNDED.search(cell.text))
            and _WHOLE.fullmatch(cell.text, 0, bound.start())
        ):
            end = cell.start + bound.start()
            self.say_number(words, cell.start, end, unit)
            self.keep(end, cell.end)
        elif unit and _OPEN_NUMBER.fullmatch(cell.text):
            self._say_open(cell, words, unit)
        else:
            self.say(_quiet(words), cell.start)
            self.keep(cell.start, cell.end)

    def _say_figure(self, cell: _Cell, words: str, unit: str, about: str) -> None:
        """Adds a number; a sign under a head of change is said as a direction."""
        start, sign, change = cell.start, cell.text[0], _CHANGE.search(about)
        if sign in "+-" and not change:
            self.say(_quiet(words), start)
            self.keep(start, cell.end)  # what is below nothing is no count
            return
        if sign in "+-↑↓":
            words = _DIRECTED.sub("", words) + ("下降" if sign in "-↓" else "增长")
            start += 1
        elif _ONE_WAY.match(cell.text):
            words = _DIRECTED.sub("", words)
        elif change and not _ONE_WAY.search(words):
            words = _DIRECTED.sub("", words) + "增长"
        self.say_number(_quiet(words), start, cell.end, "" if cell.unit else unit or _UNITLESS)

    def _say_open(self, cell: _Cell, words: str, unit: str) -> None:
        """Adds digits of which nobody knows whether they are one number, so that none is read."""
        self.say(_quiet(words) + ":" * words.endswith(_RUNS_ON), cell.start)
        parts = list(re.finditer(r"\d+(?:\.\d+)?", cell.text))
        for n, part in enumerate(parts):
            self.say(TORN if n or len(parts) == 1 else "", cell.start + part.start())
            self.keep(cell.start + part.start(), cell.start + part.end())
        self.say(unit, cell.end - 1)

    def _say_two(
        self, cell: _Cell, two: re.Match[str], words: str, name: str, own: str, above: list[str]
    ) -> None:
        """Adds two numbers where the head names both; else the cell is words: 12/45 is no share."""
        heads, keys = _TWO_HEADS.fullmatch(name), ("one", "two" if two["two"] else "in")
        before, first, second = "", "", ""
        if heads:
            before, first, second = heads["before"] or "", heads["one"], heads["two"] or heads["in"]
        units = [
            two[key][-1]
            if two[key][-1] in "%‰"
            else _unit_under(part, part, "", above) or (part if known(part) else "")
            for key, part in zip(keys, (first, second), strict=True)
        ]
        behind = second
        if two["in"] and units[1] in {"%", "‰"} and (first or not heads):  # 12(34.5%)
            behind = second if _SHARE.search(second) else "占比"
            units[0] = units[0] or own
        elif heads is None or not all(units):
            if unit := unit_of(name):
                self._say_open(cell, words, unit)
            else:
                self.say(_quiet(words + cell.text), cell.start)
            return
        words = words.removesuffix(_unit_free(_spoken(heads[0])) if heads else "") + before
        words += "" if _NUMBERS.fullmatch(first) or known(first) else first
        saids = (words, "," + ("" if known(second) else behind))
        for key, said, unit in zip(keys, saids, units, strict=True):
            unit = "" if two[key][-1] in "%‰" else unit or _UNITLESS
            start, end = cell.start + two.start(key), cell.start + two.end(key)
            self.say_number(said, start, end, unit)


def _unit_under(name: str, about: str, own: str, above: list[str]) -> str:
    """The unit of a bare number: the column's, the row's or the caption's.

    人 of 人数 is 万人 where the caption says so.
    """
    share = _SHARE.search(name) and not _COUNTED.search(_unit_free(name))
    unit = unit_of(name) or (name if known(name) else "") or ("" if share else own)
    if unit:
        bracketed = f"({unit})" in name.replace("单位", "").replace(":", "")
        written = "(" in name and (bracketed or name.endswith(unit) or unit == own)
        larger = [u for u in above if re.fullmatch("[十百千]?[万亿]" + re.escape(unit), u)]
        return larger[0] if len(larger) == 1 and not written else unit
    if _SHARE.search(about) and not (above and above[0] in {"%", "‰"}):
        return ""
    if len(above) > 1:
        money = [unit for unit in above if unit.endswith("元")]
        if not _AMOUNT.search(about if _PLACE.fullmatch(name) or _WIDE.search(name) else name):
            return ""
        if len(money) == 2 and "元" in money:  # 亿元、元: of totals, and of what each has
            return next(unit for unit in money if (unit == "元") == bool(_EACH.search(about)))
        return money[0] if len(money) == 1 else ""
    return above[0] if above else ""


_HEADS = 4  # rows of heads that are said


def _say_rows(
    out: _Sentences, heads: list[_Row], data: list[_Row], units: list[str], time: str
) -> None:
    """Says the rows below their heads.

    Where a table stands beside itself (乡镇|受理|乡镇|受理), each part has row heads of its own.
    """
    width = _repeated_after(heads, data)
    count = len(data[0]) // width
    cuts = [slice(n * width, (n + 1) * width) for n in range(count)]
    parts = [_Columns([r[cut] for r in heads], [r[cut] for r in data], units, time) for cut in cuts]
    for row in data:
        if count > 1 and len(_words_of(row)) == 1 and all(c.text == row[0].text for c in row):
            for part in parts:
                part.group = _NUMBERED.sub("", row[0].text)
            out.say_row(row)
            continue
        for part, cut in zip(parts, cuts, strict=True):
            if count == 1 or any(not cell.empty for cell in row[cut]):
                part.say(out, row[cut])


def _repeated_after(heads: list[_Row], data: list[_Row]) -> int:
    """After how many columns a table begins again beside itself; all of them when it does not."""
    count = len(data[0])
    columns = [[row[i] for row in data] for i in range(count)]
    names = [_joined([row[i].text for row in heads[-_HEADS:]]) for i in range(count)]
    for width in range(2, count // 2 + 1):
        begins = range(0, count, width)
        if count % width or not all(_holds_words(columns[i]) for i in begins):
            continue
        if names[0] and [i for i in range(count) if names[i] == names[0]] == list(begins):
            return width
        inner = (columns[i] for i in range(count) if i % width)
        if not any(names) and width == 2 and all(map(_holds_figures, inner)):
            return width
    return count


def _is_pair(head: _Row, data: list[_Row]) -> bool:
    """Whether the first row of a table of two columns is one of its pairs: 名称|信访办.

    It is one when the others bring all sorts of units.
    """
    if len(head) != 2:
        return False
    units = [row[1].unit for row in data if row[1].number and not row[1].year]
    return len(set(units)) > 1 and all(units) and not _VALUES.search(head[1].text)


def _holds_times(cells: _Row) -> bool:
    """Whether a column holds words of time, but for its totals."""
    full = [cell.text for cell in cells if not cell.empty and not _TOTAL.match(cell.text)]
    return bool(full) and all(map(_PERIOD.fullmatch, full))


def _holds_words(cells: _Row) -> bool:
    """Whether a column holds words and no figures."""
    figures = any(cell.figures and not cell.year for cell in cells)
    return not figures and any(not cell.empty for cell in cells)


def _holds_figures(cells: _Row) -> bool:
    """Whether at least half of what a column holds are numbers."""
    full = [cell for cell in cells if not cell.empty]
    return bool(full) and 2 * sum(cell.figures for cell in full) >= len(full)


def _counts_nothing(name: str, cells: _Row) -> bool:
    """Whether a column only numbers the rows, or holds codes, telephones or dates."""
    if unit_of(name):
        return False
    values = [cell.text for cell in cells if cell.number and not cell.unit]
    bare = _unit_free(_spoken(name))
    if _DIALLED.search(bare):
        return len(bare) < 10 and any(len(cell.text) > 4 for cell in cells)
    if _IDLE.search(bare):
        dated = any(_PERIOD.fullmatch(cell.text) or cell.year for cell in cells)
        return not (dated and _DATES.search(bare))
    when = re.search("[年期]", bare) and not _SAYS_YEAR.fullmatch(bare)
    if when and values and all(map(_YEAR.fullmatch, values)):
        return True  # 建设年份 2011
    return not name and len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


def _units_by_sums(names: list[str], columns: list[_Row], figures: list[int]) -> dict[int, str]:
    """The unit of columns that make up the one with a unit in every row: 总件数|处理中|已办结."""
    wholes = [i for i in figures if unit_of(names[i])]
    parts = [i for i in figures if i not in wholes and not _SHARE.search(names[i])]
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


def _changes_by_figures(names: list[str], columns: list[_Row], figures: list[int]) -> set[int]:
    """The columns of change that name no unit and are in per cent, since the two figures before give
    them: 数量|上年数据|同比 above 52110|46874.3|11.17.
    """
    found = set()
    for now, then, change in zip(figures, figures[1:], figures[2:], strict=False):
        head = names[change]
        if not _CHANGE.search(head) or unit_of(head) or "%" in head:
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


def _of_targets(heads: list[str]) -> list[str]:
    """The heads with 完成率 in the place of 占比 behind a column of targets and one of what was done."""
    aims = [i for i, head in enumerate(heads) if _PLANNED_HEAD.fullmatch(head)]
    done = [i for i, head in enumerate(heads) if aims and _DONE.search(head)]
    first = max(aims[0], done[0]) if aims and done else len(heads)
    return [
        "完成率" if i > first and _OF_BOTH.fullmatch(head) else head for i, head in enumerate(heads)
    ]


class _Columns:
    """What stands above each column of a section, and which columns are heads of the rows."""

    def __init__(self, heads: list[_Row], data: list[_Row], units: list[str], time: str) -> None:
        self.units_above, self.caption_time = units, time
        self.caption_year = time[:4] if time[4:5] == "年" else ""
        self.group = ""
        self.open = False  # whether a time that was said still holds
        self.row_times: list[str] = []
        self.above: _Row = []
        width = len(data[0]) if data else 0
        columns = [[row[i] for row in data] for i in range(width)]
        named = (_joined([row[i].text for row in heads[-_HEADS:]]) for i in range(width))
        self.names = [_LETTER.sub("", name) for name in named]
        idle = {i for i in range(width) if _counts_nothing(self.names[i], columns[i])}
        self.years = {i for i in range(width) if _SAYS_YEAR.fullmatch(self.names[i])}
        self.units = {
            i
            for i in range(width)
            if "单位" in self.names[i] and all(known(c.text) for c in columns[i] if not c.empty)
        }
        self.silent = idle | self.units
        heading = idle | self.years | {i for i in range(width) if _holds_times(columns[i])}
        figures = [i for i in range(width) if i not in heading and _holds_figures(columns[i])]
        no_heads = len(figures) > 1 and idle.issuperset(range(figures[0]))
        if no_heads and any(cell.bounded for cell in columns[figures[0]]):
            del figures[0]  # 18岁以下 heads a row
        self.first = min(figures, default=width)
        if not units and self.first and (unit := unit_of(self.names[0])):
            self.units_above = [unit]  # the corner's: 项目(万元)
        self.saids = _of_targets([_unit_free(_spoken(name)) for name in self.names])
        self.times = ["" if i < self.first else _leading_time(s) for i, s in enumerate(self.saids)]
        # asked for at every cell of a row, which may be of thousands
        self.all_times = list(dict.fromkeys(filter(None, self.times)))
        self.first_time = next((i for i, time in enumerate(self.times) if time), width)
        self.sole = len(figures) == 1
        self.kinds = bool(self.first and _KINDS.fullmatch(self.names[0]))
        self.shared = _units_by_sums(self.names, columns, figures)
        self.changes = _changes_by_figures(self.names, columns, figures)

    def say(self, out: _Sentences, row: _Row) -> None:
        """Says one row as a sentence."""
        row = self._filled(row)
        heads = [i for i in range(self.first) if i not in self.silent and not row[i].empty]
        cells, distinct = self._shown(row), _words_of(row)
        several = len(distinct) > 1
        if not any(row[i].figures or (several and _DIGIT.search(row[i].text)) for i in cells):
            # a row of one word heads those below
            self.group = _NUMBERED.sub("", distinct.pop()) if len(distinct) == 1 else ""
            out.say_row(row)
            return
        # 田野 in a column of names is a person, and in no other words
        whole = _joined(
            [
                ("姓名" if self.names[i].endswith("姓名") else "")
                + _spoken(row[i].text, i in self.years)
                for i in heads
            ]
        )
        # 社会救助·城市低保标准: a row that says of whom it is stands under a title, which is no part of it
        own_words = "·" if self.group and _OF_WHOM.match(whole) else ""
        whole = self.group + own_words + whole
        own = next((row[i].text for i in self.units if not row[i].empty), "") or unit_of(whole)
        subject = _unit_free(whole)
        if not own and self._names_no_figure(subject, [row[i] for i in cells]):
            out.say_row(row)
            return
        subject = self._timed(out, row, subject)
        if _PLANNED_HEAD.fullmatch(subject) and any(self.saids[i] for i in cells):
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
                apart = time and _TOTAL.match(subject) and not _CHANGE.search(self.saids[i])
                out.say("。" if apart else ",", cell.start)
            said = self.saids[i]
            if time:
                first_time = _leading_time(subject) and not time[:4].isdigit()
                words = subject + time if first_time else time + subject
                rest = said.removeprefix(self.times[i])
                # 2015年保障人数, whose column is headed 本期数
                words += "" if subject.endswith(rest) else self._change_named(rest)
                if _WIDE.fullmatch(rest):
                    words = f"{time}{rest}:{subject}"
                self.open = True
            elif _WIDE.fullmatch(said):
                words = f"{said}:{subject}"
            elif said and _PLACE.fullmatch(said) and not _PLACE.fullmatch(subject):
                words = said + subject
            else:
                empty = _NUMBERS.fullmatch(said) and (self.sole or not opened)
                words = "" if empty or (len(said) == 1 and known(said)) else said
                if not opened and kept:
                    out.keep(kept.start, kept.end)
                    words = f":{words}" if _WIDE.fullmatch(subject) else words
                elif not opened:
                    words = f"{subject}:{words}" if _WIDE.fullmatch(subject) else subject + words
                opened = True
            if _PLANNED_HEAD.fullmatch(said) or (not said and _PLANNED_HEAD.fullmatch(subject)):
                # 目标为 would govern the columns behind it, too
                words += "为" if words.endswith(_MEASURED) else "数为"
            name = f"{self.names[i]}(%)" if i in self.changes else self.names[i]
            unit = own or self.shared.get(i, "")
            out.say_cell(cell, words, name, name + subject, unit, self.units_above)
        one_kind = self.kinds and not (_TOTAL.search(subject) or _PLACE.fullmatch(subject))
        out.say(f"{ONE_KIND}。" if one_kind else "。", row[cells[-1]].end - 1)

    def _change_named(self, head: str) -> str:
        """The head of a change, held against last year where the table has a column of it."""
        last_year = any(map(_LAST_YEAR.match, self.times))
        change = _CHANGE.search(head) and not re.search("[比较]", head)
        return f"比上年{head}" if change and last_year else head

    def _names_no_figure(self, subject: str, cells: _Row) -> bool:
        """Whether the one cell behind a head is a telephone number, a code, a place in an order."""
        if len(cells) != 1 or not cells[0].number or cells[0].unit:
            return False
        dated = cells[0].year and _WHEN.search(subject)
        return bool(dated) or _counts_nothing(subject, cells)

    def _filled(self, row: _Row) -> _Row:
        """The row with the head over an empty cell, where a second head stands beside it.

        来信|初信 is followed by an empty cell and 重信.
        """
        above, self.above = self.above, row
        second = any(not row[i].empty for i in range(1, self.first) if i not in self.silent)
        if not above or not self.first or row[0].text or not above[0].text or not second:
            return row
        heads = [above[0], *row[: self.first]]
        if above[0].number or any(_TOTAL.search(cell.text) for cell in heads):
            return row
        self.above = [_Cell(row[0].start, row[0].start, above[0].text), *row[1:]]
        return self.above

    def _timed(self, out: _Sentences, row: _Row, subject: str) -> str:
        """The head of a row with its time in full.

        What held in the row above ends where the row has no time.
        """
        time, caption_year = _leading_time(subject), self.caption_year
        self.row_times += [time] * bool(time)
        years = _years_in(self.row_times)
        if time and not time[:4].isdigit() and caption_year and not _years_in(self.times):
            subject, time = f"{caption_year}年{subject}", f"{caption_year}年"
        elif not time and self.row_times and _TOTAL.match(subject) and (years or caption_year):
            time = _span(years) if years else f"{caption_year}年"
            subject = f"{time},{subject}"
        elif not time and self.open and not self.times[next(iter(self._shown(row)), 0)]:
            out.end_paragraph(row[0].start)
            self.open = False
            if self.caption_time:
                out.say(f"在{self.caption_time}。", row[0].start)
        self.open = bool(time) or self.open
        return subject

    def _shown(self, row: _Row) -> list[int]:
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
            then = _CHANGE.search(said) and self.first_time < column and _LAST_YEAR.match(others[0])
            return None if then else ""
        years = [time for time in others if time[:4].isdigit()]
        now = next(filter(_NOW.match, others), "") or _last_part(
            [t for t in others if t not in years]
        )
        now = now or max(years, default="")
        # 7月任务 | 7月完成 | 完成率: of the two columns before it
        of_both = now and self.times[max(0, column - 2) : column] == [now, now]
        if _CHANGE.search(said) or (of_both and _SHARE.search(said)):
            return self._in_full(now, subject) if now else None
        if (_TOTAL.match(said) or said.startswith("全年")) and not _leading_time(subject):
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
        if not year or time[:4].isdigit() or _leading_time(subject)[:4].isdigit():
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


_LINE = re.compile(r"[^\n]*\n?")
_GAP, _BLANK = re.compile(r" {2,}"), re.compile(" ")
# two lines that end in a blank and a figure: without such no blanks keep cells apart
_TWO_ROWS = re.compile(r" [^\s]*\d[^\s]*[ \r]*\n[^\n]{1,60} [^\s]*\d[^\s]*[ \r]*(?:\n|\Z)")
_PROSE = re.compile("[。,;:!?]")  # signs that no row of cells kept apart by blanks holds
_STOPS = re.compile("[。!?]")  # and no row between bars, which may hold remarks
_HEADS_ROWS = re.compile(
    r"[ #]*(?!\(?续)(?:[\u4e00-\u9fff“”()、]{2,12}|[\u4e00-\u9fff“”、·]{2,20}\(共\d{1,3}项\))\s*"
)
_PROSE_LINE = ("", 0)
# lone figures on two lines: cells that were copied one below the other
_LONE = re.compile(r"\n\s*+[\d.,]+%?[ |\r]*\n\s*+[\d.,]+%?[ |\r]*(?:\n|\Z)")
_STACK = "stack"
_CELL, _STACK_HEADS = 16, 12  # characters of such a cell, and heads that are tried for the first
_RULE = re.compile(r"[\s|:+=-]*")
_NEAR = 200  # characters above a table in which its caption stands
_FIELD = 60  # a tab-separated cell is no longer


def as_sentences(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text with the rows of its tables as sentences, and the runs of its offset map.

    The runs are those of `clean.Clean`: where each begins, and what to add there to come to the
    offset in `text`, whose punctuation is half-width.

    >>> as_sentences("单位:件\\n| 乡镇 | 受理 |\\n| 甲镇 | 12 |\\n完。")[0]
    '单位:件\\n甲镇受理12件。\\n完。'
    """
    marked = "|" in text or "\t" in text
    if not (marked or _TWO_ROWS.search(text) or _LONE.search(text)):
        return text, (0,), (0,)
    out, at = _Sentences(text), 0
    before: _Table | None = None
    for start, end, rows in _blocks(text):
        out.keep(at, start)
        table = _Table(rows, text[max(0, start - _NEAR) : start])
        if before is not None and not text[at:start].strip():
            table.go_on(before)
        table.say(out)
        at, before = end, table
    out.keep(at, len(text))
    starts = [0, *itertools.accumulate(len(words) for words, _ in out.pieces)]
    shifts = tuple(at - start for (_, at), start in zip(out.pieces, starts, strict=False))
    return "".join(words for words, _ in out.pieces), tuple(starts[:-1]) or (0,), shifts or (0,)


def _blocks(text: str) -> Iterator[tuple[int, int, list[_Row]]]:
    """Where each table of a text begins and ends, its last line end left out, and its rows."""
    spans = [m.span() for m in _LINE.finditer(text) if m[0]]
    stacks = {n: (last, rows) for n, last, rows in _stacked(text, spans)}
    kinds = _kinds([text[slice(*span)] for span in spans])
    for n, (last, _) in stacks.items():
        kinds[n : last + 1] = [(_STACK, n)] * (last + 1 - n)
    lined = zip(kinds, spans, strict=True)
    for (kind, number), group in itertools.groupby(lined, key=lambda line: line[0]):
        if not kind:
            continue
        lines = [span for _, span in group]
        begin, end = lines[0][0], lines[-1][1] - text.endswith("\n", 0, lines[-1][1])
        if kind == _STACK:
            yield begin, end, stacks[number][1]
            continue
        rows = [_cells(text, a, b, kind) for a, b in lines if not _RULE.fullmatch(text, a, b)]
        rows = _of_one_width(rows) if kind == "||" else rows
        if kind in {" ", "  "} and not _is_grid(rows):
            continue
        if kind in {"\t", "||"} and (
            len(rows) < 2
            or not any(cell.figures for row in rows for cell in row)
            or any(len(cell.text) > _FIELD for row in rows for cell in row)
            or _of_aims(rows)
        ):
            continue
        yield begin, end, rows


def is_aim_head(head: str) -> bool:
    """Whether a column beside results holds what is aimed at, in words or in figures.

    >>> is_aim_head("目标任务"), is_aim_head("年度计划数"), is_aim_head("完成数")
    (True, True, False)
    """
    return bool(_AIM_HEAD.fullmatch(head) or _PLANNED_HEAD.fullmatch(head))


def _of_aims(rows: list[_Row]) -> bool:
    """Whether the rows name in words what is to be done, beside how far it is: 建设公路55公里 | 95%.

    Such rows are read as they stand, since their cells are sentences of their own.
    """
    heads = [cell.text for cell in rows[0]]
    if not any(map(RESULT_HEAD.fullmatch, heads)):
        return False
    first = next((i for i, head in enumerate(heads) if is_aim_head(head)), None)
    if first is None:
        return False
    cells = [row[first] for row in rows[1:] if len(row) > first]
    told = [cell for cell in cells if _DIGIT.search(cell.text) and not cell.figures]
    return len(rows) > 2 and 2 * len(told) > len(cells)


def _kinds(lines: list[str]) -> list[tuple[str, int]]:
    """What keeps the cells of each line apart, with the lines round it."""
    kinds = [_kind(line) for line in lines]
    for n, (above, kind, below) in enumerate(zip(kinds, kinds[1:], kinds[2:], strict=False), 1):
        if kind == _PROSE_LINE and above == below and _HEADS_ROWS.fullmatch(lines[n]):
            kinds[n] = above  # a word on a line of its own heads the rows below it
    # where its first cell is empty, too, a row of a table without bars at the ends has both
    down, up = range(1, len(kinds)), range(len(kinds) - 2, -1, -1)
    for here, beside in [*((n, n - 1) for n in down), *((n, n + 1) for n in up)]:
        inner = kinds[here][0] == "|" and kinds[beside][0] == "||"
        if inner and abs(lines[here].count("|") - lines[beside].count("|")) < 2:
            kinds[here] = kinds[beside]
    return kinds


def _kind(line: str) -> tuple[str, int]:
    """What keeps the cells of a line apart, `""` in prose, and of tabs how many there are."""
    bare = line.strip()
    bars = bare.count("|")
    if bare[:1] == bare[-1:] == "|" and bars > 2:
        return "|", 0
    if "\t" in bare:
        return "\t", line.count("\t")
    if bars > 1 and not _STOPS.search(bare):  # without a sign at its begin or end
        cells = [cell.strip() for cell in bare.split("|")]
        told = ":" not in bare.replace("其中:", "") or any(map(_NUMBER.fullmatch, cells))
        return ("||", 0) if told and max(map(len, cells)) < _FIELD else _PROSE_LINE
    if bars == 1 and bare[-1] == "|" and _HEADS_ROWS.fullmatch(bare[:-1]):
        return "||", 0
    if " " not in bare or len(bare) >= _FIELD or _PROSE.search(bare):
        return _PROSE_LINE
    gaps = len(_GAP.findall(bare))
    blanks = gaps or bare.count(" ")
    return ("  " if gaps else " ", blanks) if gaps or blanks > 1 else _PROSE_LINE


def _of_one_width(rows: list[_Row]) -> list[_Row]:
    """Rows between bars with as many cells as most of them have; none where several differ.

    What is empty at the begin or end of every row is no cell, and an empty last one may be left out.
    """
    several = [row for row in rows if len(row) > 2]
    for end in (0, -1):
        if several and not any(row[end].text for row in several):
            rows = [row if row[end].text else row[1:] if end == 0 else row[:-1] for row in rows]
            several = [row for row in rows if len(row) > 1]
    if not several:
        return []
    width = Counter(map(len, several)).most_common(1)[0][0]
    found = []
    for row in rows:
        end = row[-1].end if row else 0
        if len(row) == width + 1 and not row[-1].text:
            row = row[:-1]
        if len(_words_of(row)) > 1 and not width - 1 <= len(row) <= width:
            return []
        found.append([*row[:width], *[_Cell(end, end, "")] * (width - len(row))])
    return found


def _is_grid(rows: list[_Row]) -> bool:
    """Whether lines with blanks in them are a head of words or years with rows below it whose columns
    hold either figures or words, figures in the last.
    """
    heads, *data = rows
    if any(re.search(r"\d", cell.text) and not cell.year for cell in heads) or len(data) < 2:
        return False
    data = [row for row in data if len(row) > 1]
    if len(data) < 2 or any(len(row) != len(heads) for row in data):
        return False
    columns = [
        {cell.figures for cell in column if not cell.empty} for column in zip(*data, strict=True)
    ]
    return all(len(kinds) == 1 for kinds in columns) and columns[-1] == {True}


def _stacked(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int, list[_Row]]]:
    """Tables that were copied cell by cell, each on a line of its own: as many words as there are
    columns, then a word and its figures again and again. With the first line and the last of each.
    """
    if not _LONE.search(text):
        return
    cells: list[tuple[int, _Cell]] = []  # of lines of one cell each, with their numbers
    for n, (start, end) in enumerate([*lines, (0, 0)]):
        cell = _alone(text, start, end)
        if cell is not None:
            cells.append((n, cell))
        elif end == start or text[start:end].strip():
            yield from _of_stack(cells)
            cells = []


def _alone(text: str, start: int, end: int) -> _Cell | None:
    """The one short cell of a line, none where the line is blank or more."""
    words = text[start:end].strip().removesuffix("|").rstrip()
    if not words or len(words) > _CELL or _PROSE.search(words.replace(",", "")) or "|" in words:
        return None
    begin = text.index(words, start)
    return _Cell(begin, begin + len(words), words)


def _of_stack(cells: list[tuple[int, _Cell]]) -> Iterator[tuple[int, int, list[_Row]]]:
    figure = [cell.figures and not cell.year for _, cell in cells]
    filled = [held or cell.empty for held, (_, cell) in zip(figure, cells, strict=True)]
    for first in range(min(_STACK_HEADS, len(cells))):
        opened = figure.index(True, first) - 1 if True in figure[first:] else 0
        width = opened - first
        if not 2 < width <= _STACK_HEADS:
            continue
        rows = [cells[first:opened]]
        for at in range(opened, len(cells) - width + 1, width):
            inner = range(at + 1, at + width)  # a count of 2013 is no year among other figures
            counts = any(figure[i] for i in inner)
            if filled[at] or not all(filled[i] or (counts and cells[i][1].year) for i in inner):
                break
            rows.append(cells[at : at + width])
        if len(rows) > 2:
            yield rows[0][0][0], rows[-1][-1][0], [[cell for _, cell in row] for row in rows]
            return


def _cells(text: str, start: int, end: int, separator: str) -> _Row:
    cells, at = [], start
    if not separator.strip(" "):
        gap = _GAP if separator == "  " else _BLANK
        ends = [m.span() for m in gap.finditer(text, start, end)]
        starts = [start, *(b for _, b in ends)]
        for a, b in zip(starts, [*(a for a, _ in ends), end], strict=True):
            if inner := text[a:b].strip():
                begin = a + len(text[a:b]) - len(text[a:b].lstrip())
                cells.append(_Cell(begin, begin + len(inner), inner))
        return cells
    for piece in text[start:end].rstrip("\n").split(separator[:1]):
        inner = piece.strip()
        begin = at + len(piece) - len(piece.lstrip()) if inner else at
        cells.append(_Cell(begin, begin + len(inner), inner))
        at += len(piece) + 1
    return cells[1:-1] if separator == "|" else cells


class _Table:
    """The rows of one table, with what its heads and its caption say."""

    def __init__(self, rows: list[_Row], above: str) -> None:
        self.width = width = max((len(row) for row in rows), default=0)
        self.rows = [
            row + [_Cell(row[-1].end, row[-1].end, "")] * (width - len(row)) for row in rows
        ]
        self.titles: list[_Row] = []  # rows of one cell over the whole table
        while len(self.rows) > 2 and width > 1 and len(_words_of(self.rows[0])) == 1:
            if _counts(self.rows[0]):
                break
            self.titles.append(self.rows.pop(0))
        lines = [line for line in above.splitlines() if line.strip()][-3:]
        near = itertools.takewhile(
            lambda line: len(line) < _FIELD and not line.endswith(("。", ";")), reversed(lines)
        )
        titles = (word for row in self.titles for word in _words_of(row))
        self.caption = "\n".join([*reversed(list(near)), *titles])
        self.torn = above.rstrip().endswith(_TORN)  # a number before must not run into the table
        self.heads: list[_Row] = []  # of the page before
        self.last: list[_Row] = []  # of the last section
        self.units: list[str] = []

    def go_on(self, before: "_Table") -> None:
        """Takes over the heads of the table right before, when this is the rest on a new page."""
        heads, data = self._section(0)
        if not heads and data and before.last and self.width == before.width:
            rows = (data[0], before.rows[-1])
            mine, others = ([cell.figures or cell.empty for cell in row] for row in rows)
            self.heads, self.units = (before.last, before.units) if mine == others else ([], [])

    def say(self, out: _Sentences) -> None:
        """Says all rows; a table without numbers is only rid of its lines."""
        behind = _IN_BRACKETS.findall(self.caption)
        self.units = _units_in(self.caption) or [u for u in behind if known(u)] or self.units
        cells = [cell for row in self.rows for cell in row]
        own_years = any(cell.year or _leading_time(cell.text)[:4].isdigit() for cell in cells)
        times = [] if own_years else [*map(_bare, _TIME.findall(self.caption))]
        if self.torn and self.rows:
            out.say("。", self.rows[0][0].start)
        for row in self.titles:
            if not all(map(_CAPTION.match, _words_of(row))):
                out.say_row(row)
        at = 0
        while at < len(self.rows):
            heads, data = self._section(at)
            at += len(heads) + len(data)
            named = (_units_in(cell.text) for row in heads for cell in row)
            self.units = next(filter(None, named), self.units)
            self.last = heads or self.heads
            if data:
                out.say(f"在{times[-1]}。" if times else "", data[0][0].start)
                _say_rows(out, self.last, data, self.units, times[-1] if times else "")
            else:
                for row in heads:
                    out.say_row(row)
        if out.pieces and out.pieces[-1][0] == "\n":
            out.pieces.pop()  # the line end behind the table is the page's own

    def _section(self, at: int) -> tuple[list[_Row], list[_Row]]:
        """The next rows of heads, and the rows with numbers below them."""
        heads: list[_Row] = []
        for row in self.rows[at:]:
            own = _names_itself(row, heads)
            if _counts(row) or (own and any(cell.year for cell in row[1:])):
                break  # a count of 2028 stands under heads and behind a head of its own
            heads.append(row)
        data: list[_Row] = []
        # a row of one word under the heads belongs to the rows below
        while len(heads) > 1 and len(_words_of(heads[-1])) == 1 and len(_words_of(heads[-2])) > 1:
            data.insert(0, heads.pop())
        for row in self.rows[at + len(heads) + len(data) :]:
            counted = _counts(row) or (_names_itself(row, heads) and _counts_like_years(row))
            if not counted and len(_words_of(row)) > max(2, self.width // 2):
                break  # a second row of heads
            data.append(row)
        if len(heads) == 1 and _is_pair(heads[0], data):
            data.insert(0, heads.pop())
        return heads, data


def _names_itself(row: _Row, heads: list[_Row]) -> bool:
    """Whether a row below heads begins with a name that none of them begins with."""
    named = bool(heads) and not row[0].empty
    return named and row[0].text not in {head[0].text for head in heads}


def _counts_like_years(row: _Row) -> bool:
    """Whether the numbers of a row are counts that look like years: 2003 and 1949 head no columns."""
    years = [int(cell.text[:4]) for cell in row[1:] if cell.year]
    return len(years) > 1 and any(abs(b - a) != 1 for a, b in itertools.pairwise(years))


def _counts(row: _Row) -> bool:
    """Whether a row holds figures: a number that is no year, alone or in a later column."""
    alone = row[0].number and not row[0].year and len(row) < 2
    return alone or any(cell.figures and not cell.year for cell in row[1:])
