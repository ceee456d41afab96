"""Raw page text in, clean text out: one script, one punctuation, the way back to raw offsets."""

import itertools
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from ..script import TORN, folded, simplify
from ..vocabularies.numerals import numerals
from ..vocabularies.patterns import Pattern, phrases, words
from ..vocabularies.session import kept, load
from ..vocabularies.units import pieces
from .heads import is_imprint
from .tables import as_sentences

__all__ = ["clean"]


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text and the raw offset of each of its characters, kept as runs of equal shift.

    >>> page = clean("來訪(fǎng)43批次")
    >>> page.text, page.raw(2), page.span(2, 6)
    ('来访43批次', 8, (8, 12))
    >>> less = page.without([(0, 2)])
    >>> less.text, less.raw(0)
    ('43批次', 8)
    >>> page.over(Clean("43批次", (0,), (2,))) == less  # led back to the raw text
    True
    """

    text: str
    starts: tuple[int, ...] = (0,)  # where a run begins in the clean text
    shifts: tuple[int, ...] = (0,)  # what to add there to come to the raw offset

    def raw(self, at: int) -> int:
        """Raw offset of the character at a clean offset."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw stretch of a clean one; an empty one stands right behind the character before it."""
        if start == end:
            at = self.raw(start - 1) + 1 if start else self.raw(0)
            return at, at
        return self.raw(start), self.raw(end - 1) + 1

    def over(self, upper: "Clean") -> "Clean":
        """A text made from this one, with the way back to this one's raw offsets."""
        if not self.starts[1:] and not self.shifts[0]:
            return upper
        starts, shifts = [], []
        ends = [*upper.starts[1:], len(upper.text)]
        for start, end, shift in zip(upper.starts, ends, upper.shifts, strict=True):
            low, high = start + shift, max(start, end - 1) + shift
            for run in range(bisect_right(self.starts, low) - 1, bisect_right(self.starts, high)):
                starts.append(max(self.starts[run], low) - shift)
                shifts.append(shift + self.shifts[run])
        return Clean(upper.text, tuple(starts) or (0,), tuple(shifts) or (0,))

    def without(self, spans: list[tuple[int, int]]) -> "Clean":
        """The same text less some stretches, given in rising order and apart from each other."""
        if not spans:
            return self
        pieces, starts, shifts = [], [], []
        at = length = 0
        for start, end in [*spans, (len(self.text), len(self.text))]:
            if start > at:
                pieces.append(self.text[at:start])
                last = bisect_right(self.starts, start - 1)
                for run in range(bisect_right(self.starts, at) - 1, last):
                    begin = max(self.starts[run], at)
                    starts.append(length + begin - at)
                    shifts.append(begin + self.shifts[run] - starts[-1])
                length += start - at
            at = max(at, end)
        return Clean("".join(pieces), tuple(starts) or (0,), tuple(shifts) or (0,))


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# a reading in brackets after a character: (wù), (lǜ); Latin letters, one with a tone mark
_PINYIN = re.compile(r"\(([a-zɡ\u00e0-\u01dc]{1,7})\)")
_TONE = re.compile("[\u00e0-\u01dc]")
# what prints nothing: format characters, fillers and the selectors of a glyph's variants
UNSEEN = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_TAG = r"(?:</?[a-zA-Z][^<>\n]{0,200}>|<!--[^<>\n]{0,200}-->)"
_MARKUP = re.compile(
    rf"(?P<tags>{_TAG}(?:\s*{_TAG})*)"
    r"|(?P<entity>&(?:amp;)*(?:[a-zA-Z][a-zA-Z0-9]{1,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    f"|[{UNSEEN}]+"
)
_MARKED = re.compile(f"[<&{UNSEEN}]")  # the engine finds one of these at once
# Markdown's struck-out text (10~~20,30~~40 are ranges) and pictures; a remark in brackets between
# digits: 1(略)2, 1[图片]2
_LEFT_OUT = re.compile(
    r"[~!(\[【](?:"
    r"(?<=[\[【])(?:图片?|image|img)[\]】]|"
    r"(?<=~)~(?=[^\s~])(?!(?<=\d~~)[^~\n]*[,。;、][^~\n]*~~\d)[^~\n]{1,200}(?<!\s)~~(?!~)"
    r"|(?<=!)\[[^\]\n]{0,80}\]\([^()\n]{0,300}\)"
    r"|(?<=\d[(\[【])[^\d()\[\]【】\n]{1,8}[)\]】](?=\d))"
)
# a figure in Markdown's bold: **193**件, **办结率93.8%**; but **12年**月 and **县3** are masked
_BOLD = re.compile(
    rf"(?<![\d*x.])(\*\*)(?![县市区镇乡村省])(?:[{_HAN}]{{1,10}}(?=[\d.]+%))?"
    rf"\d[\d.,]*(?<=\d)(?:%|(?![万亿]?[年月日时届])[{_HAN}]{{0,3}})(\*\*)(?![\d*x.年月日时届])"
)
# 3.5W元 is written for 3.5万元
_TEN_THOUSAND = re.compile("(?<=\\d)[wW](?=[元人件户个名次多余])")
_BLANKED = re.compile(r"(?<=(?<!\d)20)__(?=年)")  # 20__年, a masked year
_DRAWN = re.compile(r"<(?:img|input|svg|object|canvas)\b", re.I)
_BLOCKS = re.compile(
    r"</?(?:td|th|tr|table|p|div|br|li|[ou]l|d[dlt]|h[1-6]|section|article)\b", re.I
)
# digits with blanks between them, and what of them one blank may stand in: the groups of a number
_APART = re.compile(r"\d(?<![\d.,]\d)[\d.,]*(?:[ \t]+\d[\d.,]*)+")
_SPACED = re.compile(rf"(?<=[{_HAN}] [{_HAN}] )\d(?: \d(?:\.\d)?)*\Z")
_GROUPED = re.compile(r"[1-9](?:(?: \d{3})+| \d+)(?:\.\d+)?\Z")
# thousands set apart by blanks behind a word, and as other pages write them
_THOUSANDS = Pattern(
    "clean",
    rf"(?<=[{_HAN}])(?<!{{quantities.numbered}})[1-9]\d{{0,2}}(?: \d{{3}})+(?:\.\d+)?(?=(?:{{scale}})?(?:{{unit}}))",
    pieces,
)
_OTHER_THOUSANDS = Pattern(
    "clean",
    r"(?<![\d.:/ -])[1-9](?:\d{3,}|\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?!\d|[年.])(?=(?:{scale})?(?:{unit}))",
    pieces,
)
_IN_THOUSANDS = Pattern("clean", r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?\Z")
_BEHIND_WORD = Pattern("clean", rf"[{_HAN}》”)][ 、]?\Z(?<!{{quantities.numbered}})")
_UNIT = Pattern("clean", "(?:{inside})?(?:{scale})?(?:{inside})? ?(?:{unit})", pieces)
_OFTEN = 3  # such thousands that make a way of writing, where no other figure is written otherwise
_SENTENCE = 200  # characters behind such a figure in which its parts are looked for
_ADDED = 16  # figures there that are added up
_FIGURE_APART = Pattern("clean", r"(?<![\d.,])\d+(?: \d{3})*(?!\d|[.,]\d| \d)(?={unit})", pieces)
_WANTED = Pattern("clean", r"(?:{wants}|{wants_with_than}于|{leads})了?\Z(?<!目的)")
_POINT_APART = re.compile(
    rf" (?:(?<=\d )(?=\. ?\d)|(?<=\d \. )(?=\d)|(?:(?<=[{_HAN}]\d\. )|(?<=[{_HAN}]\d\d\. ))(?=\d))"
)
_WANTED_APART = Pattern(
    "clean", r"(?:{wants}|{wants_with_than}于|{leads})了? ?\Z(?<!目的)(?<!目的 )"
)
_ONE_GAP = re.compile(r"(?!(?:19|20)\d\d )[1-9]\d*(?:\.\d+)? \d+\Z")
_POINT_SPACED = re.compile(r" (?<=\d )\. ?(?=\d)")
_LONE_PAGE = re.compile(r"(?:^|\n)[ ]*-+[ ]\d{1,4}[ ]-+([ ])(?=\d)")
# signs in the place of digits, with blanks round them: 受理 x 件, 办结率 □ %
_MASK_APART = Pattern(
    "clean",
    rf"(?:(?<=[{_HAN},;:()、。])|(?<=[{_HAN},;:()、。] ))(?P<mask>x{{1,4}}(?:\.x+)?|[*〇□■▲△●]{{1,4}})"
    r"(?P<gap> ?)(?=\(?(?!年|月|日|时|届|{quantities.land})(?:{scale}|{unit}))",
    pieces,
)
# the marker of a page on a line of its own or in brackets, inside a number
_ON_A_LINE = (  # behind its line end
    r"\s*(?:-+[ ]*\d{1,4}[ ]*-+|[-/]?第[ ]*\d{1,4}[ ]*页[^\n\d]{0,3}(?:共?[ ]*\d{1,4}[ ]*页)?"
    r"|[\[【〔(](?:[pP]age|第)?[ ]*\d{1,4}[ ]*页?[\]】〕)]|[pP](?:age|\.)[ ]*\d{1,4})[ ]*\n\s*"
)
_IN_BRACKETS = r"(?:[pP]age[ ]*|第[ ]*)\d{1,4}[ ]*页?[\]】〕)][ ]?"  # behind its bracket
# what it begins with is looked for at once, and the digit before that then
_MARKER = re.compile(
    rf"[ \n\[【〔(](?s:(?<=\d.))(?:(?<= )(?:[ ]*\n{_ON_A_LINE}|[\[【〔(]{_IN_BRACKETS})"
    rf"|(?<=\n){_ON_A_LINE}|(?<=[\[【〔(]){_IN_BRACKETS})(?=\d)"
)
# a line end with the page marker that may follow (12、); the scan is faster when spaces before the
# line end are looked for apart
_BREAK = re.compile(r"\n\s*(?:(?P<page>\d{1,3})、)?[ ]*(?=\S)")
# spaces between characters, and round the sign of a range: 26 - 33人; what stands before a space is
# asked behind it, so that the engine looks for spaces alone
_SPACE = re.compile(
    rf" (?:(?<=[{_HAN}0-9.%,。;:、\"()“”*] ) *(?=[{_HAN}0-9.%㎡,。;:、\"()“”*])"
    rf"|(?<=[{_HAN}] ) *(?=- ?\d[\d.]*%)|(?<=[{_HAN}] - )(?=\d[\d.]*%)"  # 增长 - 5.3%
    rf"|(?<=\d ) *(?=[-~]+ *\d[\d.]*[%{_HAN}])"
    rf"|(?:(?<=\d[-~] )|(?<=\d [-~] )) *(?=\d[\d.]*[%{_HAN}]))"
)
# what follows where a line end cuts something is no list number and no heading
_NO_HEAD = rf"(?!\d+[、.)]\D|[{_HAN}]{{2,8}}[:\n])"
# the time of publication, on a line of its own
_CLOCK = re.compile(r"\d:\d\d$|\d{4}-\d{1,2}-\d{1,2}$")
_REST_OF_NUMBER = re.compile(rf"(?=[\d.%万亿元人件个宗起批户次名多余]|[-~]+\d+[{_HAN}%]){_NO_HEAD}")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_LISTED = re.compile(r"(?:^|[\n。;])[ ]*\d+\.\Z")
_NOUGHTS = re.compile(r"0[\d,]")
# a number with the first characters of its unit at the end of a line: 442万, 13.4公, **
_BEGUN = re.compile(rf"(?:\d|(?<=[{_HAN}])[x*]{{1,4}})[万亿千百十余多]{{0,3}}([{_HAN}]{{0,3}})$")
_MASKED = re.compile(rf"[x*]+[{_HAN}]")
_WANTS = Pattern("clean", r"(?:{wants}|\d[-~至到])$(?<!目的)|{wants_with_than}于$")
_FIGURE = re.compile(rf"(?=\d|[x*]+[{_HAN}]){_NO_HEAD}")
_CANNOT_OPEN = frozenset("%,。;)")
_STOPS = frozenset("。;:!?")
_STOP_INSIDE = re.compile(r"[。;!?][^\n]")
_ROW = re.compile(r"[^\n|]{0,8}\|")  # the first cell of a row
_HALF = re.compile(r"[0-9A-Za-z .%+/-]+")
_LINE = re.compile(r"[^\n]+")
_NARROW = 18  # characters; a narrower column of text is a list
_BLANKS = 20  # spaces before a line end that are taken out with it
# a wide gap in a line that is no sentence parts a title from the frame of its page, as a line end
# does: 信访工作通报(三地)    编印:简报室; what stands before it is asked behind its first blank, so that
# the engine looks for blanks alone
_WIDE_GAP = re.compile(
    r"(?m)[\u3000 \xa0](?<=[^\s\d。；;！!？?：:，,、|>(（\[【“《].)"
    r"(?:(?<=\u3000)\u3000+|(?<= ) {3,}|(?<=\xa0)\xa0{2,})"
    r"(?=[^\s\d|)）\]】”》]|(?:19|20)\d\d[-年/.]|\d\d\.\d\d\.\d{4})(?=[^\n。；;]{0,60}$)"
)
_TITLED = 60  # characters of a line that a gap parts
_STOP_OF_LINE = re.compile("[。；;|>»›]")
# a row of figures under the heads of its columns, which may be of two lines, and a last row
_CELLS_APART = r"(?:\u3000{2}| {4}|\xa0{3})"
_ROW_BELOW = re.compile(
    rf"[^\n]*\n(?:[^\n\d]*{_CELLS_APART}[^\n]*\n)?"
    rf"[^\n]*?{_CELLS_APART}\s*\d[\d.,%]*(?![\d年:：-])"
)
_ROW_HERE = re.compile(
    rf"[^\n]*{_CELLS_APART}\s*(?!(?:19|20)\d\d\s)\d[\d,]*(?:\.\d+)?%?[ \u3000\xa0]*(?:\n|\Z)"
)
#: a line shorter than this is a heading rather than a wrapped sentence
_WRAPPED = 45
_HEAD = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[篇章节部]"
    r"|[(]?\d{1,2}[).、](?!\d)|扩展阅读|#|-(?!\d)"
)


def clean(raw: str) -> Clean:
    """The clean text of a page, with the way back to every raw character.

    It is Simplified and half-width, without glosses, mark-up and page markers.

    Args:
        raw: the decoded page, untouched.

    Returns:
        the clean text; `.raw(i)` gives the raw offset of a character, `.span(i, j)` that of a
        stretch.

    >>> page = clean("辦結率83.7\\n15、%，服務(wù)好")
    >>> page.text, page.span(3, 8)
    ('办结率83.7%,服务好', (3, 12))
    """
    # line ends that a database wrote out as four characters become line ends again
    text = folded(simplify(_WIDE_GAP.sub(_line_end, raw.replace(r"\r\n", "\n   "))))
    if "w" in text or "W" in text:
        text = _TEN_THOUSAND.sub("万", text)
    page = Clean(_BLANKED.sub("xx", text) if "__" in text else text)
    page = page.without([m.span() for m in _PINYIN.finditer(page.text) if _TONE.search(m[1])])
    # mark-up that readers left in a cell is gone before the cell is put into a sentence
    page = _unmarked(page)
    page = _replaced(page, [(*m.span(), TORN) for m in _MARKER.finditer(page.text)])
    page = page.over(Clean(*as_sentences(page.text)))
    page = page.without(_broken_lines(page.text))
    page = _apart(page)
    dashed = "- " in page.text and " -" in page.text
    pages = [(*m.span(1), TORN) for m in _LONE_PAGE.finditer(page.text)] if dashed else []
    page = _replaced(page, pages) if pages else page
    page = page.without(_round_masks(page.text))
    return page.without([m.span() for m in _SPACE.finditer(page.text)])


def _line_end(gap: re.Match[str]) -> str:
    """A line end as wide as a gap, so that offsets stay, where the line before it is no sentence."""
    line = gap.string[gap.string.rfind("\n", 0, gap.start()) + 1 : gap.start()]
    title = line.strip() and len(line) <= _TITLED and not _STOP_OF_LINE.search(line)
    row = _ROW_BELOW.match(gap.string, gap.end()) or _ROW_HERE.match(gap.string, gap.end())
    title = title and not row
    return "\n".ljust(len(gap[0])) if title else gap[0]


def _round_masks(text: str) -> list[tuple[int, int]]:
    """Blanks round signs that stand for the digits before a unit; those of 3米 x 宽2米 stay."""
    found = []
    for m in _MASK_APART.finditer(text):
        if text[m.start() - 1] == " ":
            found.append((m.start() - 1, m.start()))
        if m["gap"]:
            found.append(m.span("gap"))
    return found


def _apart(page: Clean) -> Clean:
    """The page with a sign in every gap between digits of which nobody knows what it held.

    A blank is known to be none of a number's where the text is spaced character by character,
    where a word stands before that wants a number (达到1 935件, but neither 表1 935件 nor two
    columns), and where the page sets thousands apart with blanks throughout.
    """
    text, at = page.text, 0
    pieces: list[str] = []
    # where points stand between blanks, blanks of this page part nothing
    spaced = len(_POINT_SPACED.findall(text)) > 1
    page = page.without([m.span() for m in _POINT_APART.finditer(text)])
    text = page.text
    thousands: bool | None = None
    for m in _APART.finditer(text):
        if _is_one(text, m, spaced):
            continue
        if thousands is None:
            thousands = _sets_thousands_apart(text)
        if not (thousands and _is_in_thousands(text, m)):
            pieces += text[at : m.start()], re.sub(r"[ \t]", TORN, m[0])
            at = m.end()
    text = "".join([*pieces, text[at:]]).replace("\t", " ") if pieces else text.replace("\t", " ")
    return Clean(text, page.starts, page.shifts)


def _is_one(text: str, m: re.Match[str], spaced: bool) -> bool:
    """Whether digits with blanks between them can be nothing but one number."""
    if _SPACED.match(text, m.start(), m.end()):
        return True
    if spaced and _ONE_GAP.match(text, m.start(), m.end()):
        return bool(_WANTED_APART.search(text, max(0, m.start() - 8), m.start()))
    return bool(
        _GROUPED.match(text, m.start(), m.end())
        and _WANTED.search(text, max(0, m.start() - 8), m.start())
    )


def _sets_thousands_apart(text: str) -> bool:
    """Whether blanks part the thousands of this page: 受理1 873件, 办结1 041件.

    It writes so often and never otherwise, or its own sums show it: 1 873 is 227 and 1 646.
    """
    found = list(_THOUSANDS.finditer(text))
    often = len({m[0] for m in found}) >= _OFTEN and not _OTHER_THOUSANDS.search(text)
    return often or any(_is_sum(text, m) for m in found)


def _is_sum(text: str, m: re.Match[str]) -> bool:
    """Whether the figures behind one, two or more in a row, make it once its blanks are none."""
    total = Decimal(m[0].replace(" ", ""))
    behind = _FIGURE_APART.finditer(text, m.end(), m.end() + _SENTENCE)
    parts = [Decimal(one[0].replace(" ", "")) for one in itertools.islice(behind, _ADDED)]
    for first in range(len(parts) - 1):
        sums = itertools.accumulate(parts[first:])
        if total in itertools.takewhile(total.__ge__, itertools.islice(sums, 1, None)):
            return True
    return False


def _is_in_thousands(text: str, m: re.Match[str]) -> bool:
    """Whether digits with blanks are thousands behind a word and before a unit, on such a page."""
    behind = text[max(0, m.start() - 4) : m.start()]
    return bool(
        _IN_THOUSANDS.match(text, m.start(), m.end())
        and _UNIT.match(text, m.end())
        and _BEHIND_WORD.search(behind)
    )


def _unmarked(page: Clean) -> Clean:
    """The page without mark-up and unseen characters; an entity becomes the character it names.

    Tags between two digits leave a sign: nobody knows whether 3<b>5 is one number. So does what is
    struck out, or a picture, where it touches a number.
    """
    text, found = page.text, []
    for m in _LEFT_OUT.finditer(text):
        touches = any(
            map(_at_numeral, (text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]))
        )
        found.append((*m.span(), TORN if touches else ""))
    page = _replaced(page, found)
    if "**" in page.text:
        page = page.without([m.span(n) for m in _BOLD.finditer(page.text) for n in (1, 2)])
    text, found = page.text, []
    first = _MARKED.search(text)
    for m in _MARKUP.finditer(text, first.start()) if first else ():
        start, end = m.span()
        sign = ""
        if m["entity"]:
            sign = _named(m["entity"])
        elif _DRAWN.match(m[0]) and any(
            map(_at_numeral, (text[start - 1 : start], text[end : end + 1]))
        ):
            sign = TORN
        elif m["tags"] and _in_number(text[start - 1 : start]) and _in_number(text[end : end + 1]):
            sign = ";" if _BLOCKS.search(m["tags"]) else TORN
        found.append((start, end, sign))
    return _replaced(page, found)


def _replaced(page: Clean, found: list[tuple[int, int, str]]) -> Clean:
    """The page with a sign, or nothing, in the place of some stretches."""
    text, at = page.text, 0
    pieces: list[str] = []
    spans = []
    for start, end, sign in found:
        if sign:
            pieces += text[at:start], sign
            at = start + 1
        if start + len(sign) < end:
            spans.append((start + len(sign), end))
    return Clean("".join([*pieces, text[at:]]), page.starts, page.shifts).without(spans)


def _in_number(char: str) -> bool:
    return char.isdigit() or char == "."


def _at_numeral(char: str) -> bool:
    return _in_number(char) or (char != "" and char in numerals().chinese)


def _named(entity: str) -> str:
    """The character that an entity names, empty for an unseen one."""
    while (plain := unescape(entity)) != entity and len(plain) > 1:
        entity = plain
    if len(plain) > 1:
        return TORN
    return "" if _UNSEEN.match(plain) else folded(simplify(plain))


def _broken_lines(text: str) -> list[tuple[int, int]]:
    """Line ends that cut a sentence, a number or a measure word, with the page number behind."""
    breaks = list(_BREAK.finditer(text, 0, len(text.rstrip())))
    pages = [int(m["page"]) for m in breaks if m["page"]]
    # numbers at the beginning of lines are those of pages when they never start anew
    paged = len(pages) > 3 and all(b > a for a, b in itertools.pairwise(pages))
    full = _full_lines(text)
    spans = []
    for m in breaks:
        near = max(0, m.start() - _BLANKS)
        start = near + len(text[near : m.start()].rstrip())
        if (
            start
            and not _PIECE.match(text, m.end())
            and (_cuts_word(text, start, m, full) or _cuts_sentence(text, start, m, paged, full))
        ):
            spans.append((start, m.end()))
    return spans


#: the heading of a piece of a collection: 调解工作总结 篇3
_PIECE = re.compile(r"[^\n。,;:]{0,24}篇[一二三四五六七八九十\d]{1,2}[:： ]*(?:\n|\Z)")


def _cuts_word(text: str, start: int, m: re.Match[str], full: set[int]) -> bool:
    """Whether a number or a measure word goes on behind the line end, however short the line."""
    before, after = text[start - 1], text[m.end()]
    if m["page"]:
        return after in _CANNOT_OPEN
    if phrases("not_units").match(text, m.end()) or _CLOCK.search(text, max(0, start - 10), start):
        return False
    # a year begins a sentence of its own, below 材料2 too
    whole_year = before != "." and _YEAR.match(text, m.end())
    if before in "0123456789." and not whole_year and _REST_OF_NUMBER.match(text, m.end()):
        return not after.isdigit() or _cuts_digits(text, start, m, full)
    if before == "分" and after == "之" and text[start - 2 : start - 1] == "百":
        return True
    if (after == "次" and before in words("clean", "counted_by_times")) or _cuts_unit(
        text, start, m.end()
    ):
        return True
    wants = _WANTS.search(text, max(0, start - 4), start)
    return wants is not None and _FIGURE.match(text, m.end()) is not None


def _cuts_digits(text: str, start: int, m: re.Match[str], full: set[int]) -> bool:
    """Whether a line end between two digits cuts a number and parts no two of them.

    It does where the page is wrapped at this width, behind a point, and before a nought.
    """
    if m[0].count("\n") > 1:
        return False
    behind_point = text[start - 1] == "." and not _LISTED.search(text, max(0, start - 8), start)
    return start in full or behind_point or _NOUGHTS.match(text, m.end()) is not None


def _cuts_unit(text: str, start: int, after: int) -> bool:
    """Whether a line ends in a number or the beginning of its unit, and the next has the rest."""
    begun = _BEGUN.search(text, max(0, start - 12), start)
    if begun is None or text[text.rfind("\n", 0, start) + 1] in "*#":
        return False
    if begun[0][-1] in "x*" and _MASKED.match(text, after):
        return True
    rest = _rests().get(begun[1])
    return rest is not None and rest.match(text, after) is not None


@kept
def _rests() -> dict[str, re.Pattern[str]]:
    """What may follow in the next line, by the first characters of measure words."""
    known = {u for units in load("units").values() for u in units if re.fullmatch(f"[{_HAN}]+", u)}
    rests: dict[str, set[str]] = {}
    for unit in known:
        for at in range(min(4, len(unit))):
            rests.setdefault(unit[:at], set()).add(unit[at:])
    for begun in known & rests.keys():  # 人天 may be 人 and a new word
        rests[begun] = {rest for rest in rests[begun] if rest == "次" or len(rest) > 1}
    patterns = {}
    for begun, found in rests.items():
        if found:
            scale, longest = "" if begun else "[余多]?[万亿]?", sorted(found, key=len, reverse=True)
            patterns[begun] = re.compile(rf"{scale}(?:{'|'.join(longest)}){_NO_HEAD}")
    return patterns


def _cuts_sentence(text: str, start: int, m: re.Match[str], paged: bool, full: set[int]) -> bool:
    """Whether a sentence goes on: the line is long or full and has no end, no heading follows."""
    if text[start - 1] in "。;:!?\n" or (text[start - 1].isdigit() and text[m.end()].isdigit()):
        return False
    filled = start in full and not m["page"] and not m[0].endswith("  ")
    begin = text.rfind("\n", 0, start) + 1
    if (start - begin < _WRAPPED - 1 and not filled) or is_imprint(text[begin:start]):
        return False
    foreign = text[start - 1].isascii() and text[start - 1].isalpha()  # a title in English
    if foreign and not (text[m.end()].isascii() and text[m.end()].isalpha()):
        return False
    if _ROW.match(text, m.end()) or text.count("|", begin, start) > 1:
        return False
    heading = _HEAD.match(text, m.end())
    if not m["page"]:
        return not heading
    # behind a page number a heading may begin anew, but 5、3月 is the sentence going on
    return paged and not (heading and not heading[0][0].isdigit())


def _full_lines(text: str) -> set[int]:
    """Ends of the lines that fill the width at which a page is wrapped; none when it is not."""
    lines = [
        (m.start(), m.start() + len(m[0].rstrip()))
        for m in _LINE.finditer(text)
        if not m[0].isspace()
    ]
    for measure, slack, least in ((len, 0, 3), (_columns, 5, 6)):
        widths = [measure(text[start:end]) for start, end in lines]
        counts = Counter(widths)
        if not counts:
            break
        width = max(counts, key=lambda w: (sum(counts[w - k] for k in range(slack + 1)), w))
        full = [line for line, w in zip(lines, widths, strict=True) if width - slack <= w <= width]
        short = [line for line, w in zip(lines, widths, strict=True) if w < width - slack]
        longer = len(lines) - len(full) - len(short)
        if len(full) >= max(least, 20 * longer) and _wraps(text, full, short):
            return {end for _, end in full}
    return set()


def _wraps(text: str, full: list[tuple[int, int]], short: list[tuple[int, int]]) -> bool:
    """Whether lines of one width are wrapped sentences: few end with one, shorter lines do."""
    ended = sum(text[end - 1] in _STOPS for _, end in full)
    crossed = sum(_STOP_INSIDE.search(text, start, end) is not None for start, end in full)
    width = full[0][1] - full[0][0]
    odd = sum(text[end - 1] not in _STOPS and 2 * (end - start) > width for start, end in short)
    return width >= _NARROW and 3 * ended <= len(full) <= 4 * crossed and 3 * odd <= len(full)


def _columns(line: str) -> int:
    """Width in half-width columns; punctuation was full-width before it was folded."""
    return 2 * len(line) - sum(map(len, _HALF.findall(line)))
