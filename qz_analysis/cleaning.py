"""Raw page text → clean text in one script and one punctuation, with the way back to every raw character."""

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from .registry import load
from .tabular import told

__all__ = ["Clean", "clean", "simplify"]


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text and the raw offset of each of its characters, kept as runs of equal shift."""

    text: str
    starts: tuple[int, ...] = (0,)  # where a run begins in the clean text
    shifts: tuple[int, ...] = (0,)  # what to add there to come to the raw offset

    def raw(self, at: int) -> int:
        """Raw offset of the character at a clean offset."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw stretch of a clean stretch; an empty one stays empty and stands right after the character before it."""
        if start == end:
            at = self.raw(start - 1) + 1 if start else self.raw(0)
            return at, at
        return self.raw(start), self.raw(end - 1) + 1

    def without(self, spans: list[tuple[int, int]]) -> "Clean":
        """The same text less some stretches, given in rising order and apart from each other."""
        if not spans:
            return self
        pieces, starts, shifts = [], [], []
        at = length = 0
        for start, end in [*spans, (len(self.text), len(self.text))]:
            if start > at:
                pieces.append(self.text[at:start])
                for run in range(bisect_right(self.starts, at) - 1, bisect_right(self.starts, start - 1)):
                    begin = max(self.starts[run], at)
                    starts.append(length + begin - at)
                    shifts.append(begin + self.shifts[run] - starts[-1])
                length += start - at
            at = max(at, end)
        return Clean("".join(pieces), tuple(starts) or (0,), tuple(shifts) or (0,))


_WIDE = {chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}
# one character to one, so that offsets do not move; the Chinese full stop stays apart from the decimal point
_FOLD = {**_WIDE, "﹪": "%", "∶": ":", "—": "-", "–": "-", "―": "-", "〜": "~", "×": "x", "X": "x", "Ｘ": "x",
                       "○": "〇", "◯": "〇", "\r": "\n", "\ufffd": "?", "\u3000": " ", "\xa0": " "}  # fmt: skip
# five times as fast as str.translate, which looks every character up
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# a reading in brackets after a character: (wù), (lǜ); Latin letters of which at least one carries a tone mark
_PINYIN = re.compile(r"\(([a-zɡ\u00e0-\u01dc]{1,7})\)")
_TONE = re.compile("[\u00e0-\u01dc]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|&(?:[a-z]{2,8}|#\d{1,6});|[\u00ad\u200b-\u200f\u2060\ufeff]+")
# line ends with the page marker that may follow: ⏎12、; spaces before the line end are looked for apart, the scan is faster so
_BREAK = re.compile(r"\n\s*(?:(?P<page>\d{1,3})、)?[ ]*(?=\S)")
_SPACE = re.compile(rf" (?<=[{_HAN}0-9.%,。;:、\"()“”*] ) *(?=[{_HAN}0-9.%㎡,。;:、\"()“”*])")
# what follows when a line end cuts a number, number and unit, or a measure word; list numbers and new headings do not
_TORN_NUMBER = re.compile(r"(?=[\d.%万亿元人件个宗起批户次名多余])(?!\d+[、.)]\D|[\u4e00-\u9fff]{2,8}[:\n])")
_TORN_UNIT = frozenset("批件人场户处台辆")
_CANNOT_OPEN = frozenset("%,。;)")
_BLANKS = 20  # spaces before a line end that are taken out with it
#: a line shorter than this is a heading rather than a wrapped sentence
_WRAPPED = 45
_HEAD = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[篇章节部]|[(]?\d{1,2}[).、]|扩展阅读|#|-"
)


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Text in Simplified characters, character for character (no length changes).

    Args:
        text: text in Traditional, Simplified or mixed script.

    >>> simplify("信訪總量")
    '信访总量'
    """
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in text)


def clean(raw: str) -> Clean:
    """Clean text of a page: Simplified, half-width, without glosses, mark-up and page markers, with its offset map.

    Args:
        raw: the decoded page, untouched.

    Returns:
        the clean text; `.raw(i)` leads from a clean to a raw offset, `.span(i, j)` from stretch to stretch.

    >>> page = clean("辦結率83.7\\n15、%，服務(wù)好")
    >>> page.text, page.span(3, 8)
    ('办结率83.7%,服务好', (3, 12))
    """
    page = Clean(*told(_FOLDED.sub(lambda m: _FOLD[m[0]], simplify(raw))))
    page = page.without([m.span() for m in _PINYIN.finditer(page.text) if _TONE.search(m[1])])
    page = page.without([m.span() for m in _MARKUP.finditer(page.text)])
    page = page.without(_broken_lines(page.text))
    page = Clean(page.text.replace("\t", " "), page.starts, page.shifts)
    return page.without([m.span() for m in _SPACE.finditer(page.text)])


def _broken_lines(text: str) -> list[tuple[int, int]]:
    """Line ends that cut a sentence, a number or a measure word, with the page number that may follow them."""
    breaks = list(_BREAK.finditer(text, 0, len(text.rstrip())))
    paged = _counts_up([int(m["page"]) for m in breaks if m["page"]])
    spans = []
    for m in breaks:
        near = max(0, m.start() - _BLANKS)
        start = near + len(text[near : m.start()].rstrip())
        if start and (_torn(text, start, m) or _cut(text, start, m, paged)):
            spans.append((start, m.end()))
    return spans


def _torn(text: str, start: int, m: re.Match[str]) -> bool:
    """Whether a number or a measure word goes on behind the line end, however short the line."""
    before, after = text[start - 1], text[m.end()]
    if m["page"]:
        return after in _CANNOT_OPEN
    return (before in "0123456789." and _TORN_NUMBER.match(text, m.end()) is not None) or (
        before in _TORN_UNIT and after == "次"
    )


def _cut(text: str, start: int, m: re.Match[str], paged: bool) -> bool:
    """Whether a sentence goes on: the line is long, has no end mark, and no heading follows."""
    if text[start - 1] in "。;:!?\n" or start - text.rfind("\n", 0, start) < _WRAPPED:
        return False
    heading = _HEAD.match(text, m.end())
    # behind a page number a heading may begin anew, but 5、3月 is the sentence going on
    return (paged or not m["page"]) and not (heading and not (m["page"] and heading[0][0].isdigit()))


def _counts_up(numbers: list[int]) -> bool:
    """Whether line-start numbers are page numbers: they run 1, 2, 3 … through the page without starting anew."""
    return len(numbers) > 3 and all(b > a for a, b in itertools.pairwise(numbers))


@cache
def phrases(section: str) -> re.Pattern[str]:
    """One pattern for all fixed phrases of a section of `phrases.toml`."""
    words = sorted((w for entry in load("phrases")[section].values() for w in entry), key=len, reverse=True)
    return re.compile("|".join(words) or r"(?!)")
