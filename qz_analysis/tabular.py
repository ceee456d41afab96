"""Tables in a page's text → sentences: every cell said with its row head, its column head and its unit, offsets kept.

A table stands in the text as lines `| 乡镇 | 受理(件) |` (so the readers of HTML, Word and PDF write it, and Markdown) or as lines
whose cells tabs keep apart. The row `| 甲镇 | 12 | 91.7 |` becomes 甲镇受理12件,办结率91.7%。 and is read like any other sentence:
words that are said again, a head's or a unit's, stand in the offset map where the digits stand.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .registry import load

__all__ = ["BARE", "plain", "told"]

#: stands for the unit of a number that has none: a noncharacter, which no page holds
BARE = "\ufdd0"
#: stand for the digits of words that are said again (65岁以上), which are no figures of the cell
_QUIET = {ord("0") + n: chr(0xFDD1 + n) for n in range(10)}
_LOUD = {ord(quiet): chr(digit) for digit, quiet in _QUIET.items()} | {ord(BARE): ""}

_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[\s|:+=-]*")
_PIPES = re.compile(r"\s*\|.*\|.*\|\s*")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[, ]\d{3})+|\d*[x*]+\d*|\d+)(?:\.[\dx*]+)?\s*[万亿]?(?:%|‰)?")
_DIGIT = re.compile(r"[\dx*一二三四五六七八九十百千]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAYS_YEAR = re.compile(r"年份|年度|年")
_NOTHING = re.compile(r"[-/.…―—\s]*|无|空")
# columns of these numbers count nothing
_IDLE = re.compile(r"序号?|编号|代码|证号|电话|手机|邮编|日期|时间|排名|名次|位次|页码|行次|栏次|No\.?|#", re.I)
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、](?!\d))\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_CAPTION = re.compile(r"单位:\s*([^\s,。;()、|/]{1,5}(?:/[^\s,。;()、|]{1,3})?)")
_DATE = re.compile(r"((?:19|20)\d\d年(?:\d{1,2}(?:-\d{1,2})?月)?|(?<!\d)\d{1,2}(?:-\d{1,2})?月(?!\d))")
_TIME = re.compile(r"\d{4}年(?:度|(?:上|下)半年|第?[一二三四]季度|\d{1,2}(?:-\d{1,2})?月)?")
_PERIOD = re.compile(r"\d{4}年|\d{1,2}(?:-\d{1,2})?月|第?[一二三四]季度|[上下]半年")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}(?:省|市|县|区|旗|镇|乡|村|街道|社区|办事处)")
_PLAIN = re.compile(r"数量|数值|数据|数|指标值|完成数|单位")
_SHARE = re.compile(r"率|比重|占比|比例|百分比|同比|环比|增长|增幅|降幅|增减")
_CHANGE = re.compile(r"同比|环比|增减|增长|增幅|变化|升降|增\+?减-?|±")
_ONE_WAY = re.compile(r"增长|增加|增幅|上升|下降|减少|降低|降幅|减幅")
_DIRECTED = re.compile(r"(?:增减|增长|增幅|变化|升降|增\+?减-?|±)[幅率]?度?$")
_RUNS_ON = tuple("一二三四五六七八九十百千万亿.x*?-~/%")  # words that end so would become part of the number
_TORN = tuple("0123456789.百千万亿")
_NEAR = 200  # characters above a table in which its caption stands
_FIELD = 60  # a tab-separated cell is no longer
_HEADS = 4


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        """Whether it is a number, with its unit or without: 12, 1,234.5, xx, 12人."""
        m = _NUMBER.match(self.text)
        return m is not None and (m.end() == len(self.text) or self.unit != "")

    @property
    def unit(self) -> str:
        m = _NUMBER.match(self.text)
        rest = self.text[m.end() :] if m else ""
        return rest if m and rest not in {"年", "月", "日"} and known(rest) else ""

    @property
    def year(self) -> bool:
        return _YEAR.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        return _NOTHING.fullmatch(self.text) is not None


_Row = list[_Cell]


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


def told(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Text in which the rows of tables are sentences, with the runs of its offset map (as `cleaning.Clean` keeps them).

    Args:
        text: a page's text with half-width punctuation.

    Returns:
        the text, where its runs begin, and what to add there to come to the offset in `text`.

    >>> told("单位:件\\n| 乡镇 | 受理 |\\n| 甲镇 | 12 |\\n完。")[0]
    '单位:件\\n甲镇受理12件。\\n完。'
    """
    if "|" not in text and "\t" not in text:
        return text, (0,), (0,)
    teller, at = Teller(text), 0
    for start, end, rows in _blocks(text):
        teller.keep(at, start)
        _Table(rows, text[max(0, start - _NEAR) : start]).tell(teller)
        at = end
    teller.keep(at, len(text))
    return "".join(teller.pieces), tuple(teller.starts) or (0,), tuple(teller.shifts) or (0,)


def plain(words: str) -> str:
    """Words of a told text as a reader would write them: what stands for digits is digits again."""
    return words.translate(_LOUD)


def _quiet(words: str) -> str:
    """Words to be said, their digits no numbers, but for those of times."""
    return "".join(part if _DATE.fullmatch(part) else part.translate(_QUIET) for part in _DATE.split(words))


def _blocks(text: str) -> Iterator[tuple[int, int, list[_Row]]]:
    """Tables of a text: where each begins and ends (its last line end left out) and its rows."""
    lines = ((m.start(), m.end(), _kind(m[0])) for m in _LINE.finditer(text) if m[0])
    for (kind, _), group in itertools.groupby(lines, key=lambda line: (line[2], line[2] and text[line[0] : line[1]].count(line[2]) if line[2] == "\t" else 0)):  # fmt: skip
        if not kind:
            continue
        found = list(group)
        spans = [(a, b) for a, b, _ in found if not _RULE.fullmatch(text, a, b)]
        rows = [_cells(text, a, b, kind) for a, b in spans]
        numbers = sum(cell.number for row in rows for cell in row)
        if kind == "\t" and (len(rows) < 2 or not numbers or any(len(c.text) > _FIELD for row in rows for c in row)):
            continue
        end = found[-1][1]
        yield found[0][0], end - text[found[0][0] : end].endswith("\n"), rows


def _kind(line: str) -> str:
    """What keeps the cells of a line apart: `|`, a tab, or `""` for a line of prose."""
    if _PIPES.fullmatch(line):
        return "|"
    return "\t" if "\t" in line.strip() else ""


def _cells(text: str, start: int, end: int, separator: str) -> _Row:
    line = text[start:end]
    cells, at = [], start
    for piece in line.rstrip("\n").split(separator):
        inner = piece.strip()
        begin = at + len(piece) - len(piece.lstrip()) if inner else at
        cells.append(_Cell(begin, begin + len(inner), inner))
        at += len(piece) + 1
    return cells[1:-1] if separator == "|" else cells


class _Table:
    """The rows of one table, with what its heads and its caption say."""

    def __init__(self, rows: list[_Row], above: str) -> None:
        width = max((len(row) for row in rows), default=0)
        self.rows = [row + [_Cell(row[-1].end, row[-1].end, "")] * (width - len(row)) for row in rows]
        lines = [line for line in above.splitlines() if line.strip()][-3:]
        lines = list(
            itertools.takewhile(lambda line: len(line) < _FIELD and not line.endswith(("。", ";")), reversed(lines))
        )
        self.caption = "\n".join(reversed(lines))
        self.torn = above.rstrip().endswith(_TORN)  # a number before the table must not run into it
        self.width = width

    def tell(self, teller: Teller) -> None:
        """Says all rows; a table without numbers is only rid of its lines."""
        unit, time = _unit_in(self.caption), _TIME.findall(self.caption)
        if any(_PERIOD.match(cell.text) or cell.year for row in self.rows for cell in row):
            time = []  # the table has years of its own
        if self.torn and self.rows:
            teller.say("。", self.rows[0][0].start)
        at = 0
        while at < len(self.rows):
            heads, data = self._section(at)
            at += len(heads) + len(data)
            unit = next(filter(None, (_unit_in(cell.text) for row in heads for cell in row)), unit)
            if data and time:
                teller.say(f"在{time[-1]}。", data[0][0].start)
            columns = _Columns(heads, data, unit)
            for row in data:
                columns.say(teller, row)
            if not data:
                for row in heads:
                    _plain(teller, row)
        if teller.pieces and teller.pieces[-1] == "\n":  # the line end behind the table is the page's own
            teller.pieces.pop(), teller.starts.pop(), teller.shifts.pop()
            teller.length -= 1

    def _section(self, at: int) -> tuple[list[_Row], list[_Row]]:
        """The next rows of heads, and the rows with numbers below them."""
        heads = list(itertools.takewhile(lambda row: not self._counts(row), self.rows[at:]))
        data: list[_Row] = []
        while len(heads) > 1 and len(_words(heads[-1])) == 1 and len(_words(heads[-2])) > 1:
            data.insert(0, heads.pop())  # a row of one word under the heads belongs to the rows below
        for row in self.rows[at + len(heads) + len(data) :]:
            if not self._counts(row) and len(_words(row)) > max(2, self.width // 2):
                break  # a second row of heads
            data.append(row)
        return heads, data

    def _counts(self, row: _Row) -> bool:
        """Whether a row holds figures: a number that is no year, beside words or in a later column."""
        return any(c.number and not c.year for c in row[1:]) or (row[0].number and not row[0].year and len(row) < 2)


class _Columns:
    """What stands above each column of a section, and which columns are heads of the rows."""

    def __init__(self, heads: list[_Row], data: list[_Row], unit: str) -> None:
        self.caption = unit
        self.group = ""
        width = len(data[0]) if data else 0
        self.names = [_joined([row[i].text for row in heads[-_HEADS:]]) for i in range(width)]
        self.idle = {i for i in range(width) if _counts_nothing(self.names[i], [row[i] for row in data])}
        self.years = {i for i in range(width) if _SAYS_YEAR.fullmatch(self.names[i])}
        self.units = {i for i in range(width) if "单位" in self.names[i] and all(known(r[i].text) for r in data if not r[i].empty)}  # fmt: skip
        figures = [i for i in range(width) if i not in self.idle | self.years and _figures([row[i] for row in data])]
        self.first = min(figures, default=width)

    def say(self, teller: Teller, row: _Row) -> None:
        """One row as a sentence."""
        heads = [i for i in range(self.first) if i not in self.idle | self.units and not row[i].empty]
        cells = [i for i in range(self.first, len(row)) if i not in self.idle | self.units and not row[i].empty]
        distinct = _words(row)
        if not any(row[i].number or (len(distinct) > 1 and _DIGIT.search(row[i].text)) for i in cells):
            self.group = (
                _NUMBERED.sub("", distinct.pop()) if len(distinct) == 1 else ""
            )  # a row of one word heads those below
            _plain(teller, row)
            return
        subject = self.group + _joined([_said(row[i].text, year=i in self.years) for i in heads])
        own = next((row[i].text for i in self.units if not row[i].empty), "") or unit_of(subject)
        subject = _bare(subject)
        opened = False
        for n, i in enumerate(cells):
            cell, name = row[i], self.names[i]
            teller.say("," if n else "", cell.start)
            said = _bare(_said(name))
            if said and _leads(said) and not _PLACE.fullmatch(subject):
                words = said + subject
            else:
                words = "" if _PLAIN.fullmatch(said) else said
                if not opened and len(heads) == 1 and subject == row[heads[0]].text:
                    teller.keep(row[heads[0]].start, row[heads[0]].end)  # the page's own words where it can be
                elif not opened:
                    words = subject + words
                opened = True
            if cell.number:
                unit = cell.unit or unit_of(name) or ("" if _SHARE.search(name) else own)
                unit = unit or ("" if _SHARE.search(name + subject) else self.caption)
                _figure(teller, cell, words, unit, name + subject)
            else:
                teller.say(_quiet(words), cell.start)
                teller.keep(cell.start, cell.end)
        teller.say("。", row[cells[-1]].end - 1)


def _figure(teller: Teller, cell: _Cell, words: str, unit: str, name: str) -> None:
    """A number with the words before it and its unit; a sign under a head of change is said as a direction."""
    start, sign = cell.start, cell.text[0]
    if sign in "+-":
        if not _CHANGE.search(name):
            teller.say(_quiet(words), start)
            teller.keep(start, cell.end)  # what is below nothing is no count
            return
        words = _DIRECTED.sub("", words) + ("下降" if sign == "-" else "增长")
        start += 1
    elif _CHANGE.search(name) and not _ONE_WAY.search(words):
        words = _DIRECTED.sub("", words) + "增长"
    words = _quiet(words)
    teller.say(words + ":" * words.endswith(_RUNS_ON), start)
    teller.keep(start, cell.end)
    teller.say("" if cell.unit or cell.text[-1] in "%‰" else unit or BARE, cell.end - 1)


def _plain(teller: Teller, row: _Row) -> None:
    """A row without figures: its words, commas between them."""
    cells = [cell for cell in row if cell.text]
    cells = [
        cell for cell, before in zip(cells, [None, *cells], strict=False) if not before or cell.text != before.text
    ]
    for n, cell in enumerate(cells):
        teller.say("," if n else "", cell.start)
        teller.keep(cell.start, cell.end)
    if cells:
        teller.say("。\n" if cells[-1].text.endswith(_TORN) else "\n", cells[-1].end)


def _words(row: _Row) -> set[str]:
    return {cell.text for cell in row if not cell.empty}


def _joined(words: list[str]) -> str:
    """Heads one above the other, each once."""
    kept = [_NUMBERED.sub("", word) for word in words if not _NOTHING.fullmatch(word) and not _CAPTION.search(word)]
    kept = [word for word, before in zip(kept, ["", *kept], strict=False) if word != before]
    if len(kept) > 1 and known(kept[-1]):
        kept[-1] = f"({kept[-1]})"
    return "".join(kept)


def _said(name: str, year: bool = False) -> str:
    """A head as a sentence would say it."""
    words = re.sub(r"[\s:]", "", name)
    return f"{words}年" if _YEAR.fullmatch(words) or (year and words.isdigit()) else words


def _bare(name: str) -> str:
    """A head without the unit in its brackets, and without brackets."""
    return _BRACKET.sub(lambda m: "" if known(m[1].removeprefix("单位")) else m[1], name).rstrip("%‰")


def _leads(name: str) -> bool:
    return bool(_PERIOD.match(name) or _PLACE.fullmatch(name))


def _figures(cells: _Row) -> bool:
    """Whether a column holds figures: at least half of what it holds are numbers."""
    full = [cell for cell in cells if not cell.empty]
    return bool(full) and 2 * sum(cell.number for cell in full) >= len(full)


def _counts_nothing(name: str, cells: _Row) -> bool:
    """Whether a column only numbers the rows, or holds codes, telephones or dates."""
    if _IDLE.match(name):
        return True
    values = [cell.text for cell in cells if cell.number]
    return not name and len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


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


def _unit_in(caption: str) -> str:
    """The one unit that a caption 单位:万元 gives; none where it names an office or several units."""
    found = {m[1] for m in _CAPTION.finditer(caption) if known(m[1])}
    return found.pop() if len(found) == 1 else ""
