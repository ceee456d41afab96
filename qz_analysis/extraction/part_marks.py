"""The marks of the parts of a page, each in one line and one form with the title that it heads.

A mark may stand on a line of its own above its title (01, ◆ 之一), or have a form of its own (TOP1,
第1站:). Only marks of one form that count up from one are touched, each before a short line. The text
keeps its length, so that offsets hold.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import numeric

from ..vocabularies.numerals import parse
from ..vocabularies.units import DIGITS
from .articles import CAPITALS, CIRCLED, ORNAMENTS

_NUMBER = rf"(?:[0-9]{{1,2}}|[{DIGITS}]|十[{DIGITS}]?)"
# forms that no other series of titles has: PART 1, TOP1, No.1, #1
_NAMED = r"(?:PART|Part|TOP|Top|N[Oo]|\#)[ .]*"
_LATIN = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_MARKS = (
    # a mark alone on its line
    re.compile(
        rf"(?P<form>[ ]*(?:[{ORNAMENTS}] *)?(?:{_NAMED}|[-(【\[“ ]*|第|[\u4e00-\u9fff]{{1,3}}))"
        rf"(?P<n>{_NUMBER}|[{CAPITALS}{CIRCLED}A-F]|{'|'.join(_LATIN)})"
        r"(?P<end>[-篇则期站)】\]”|丨/:、. ]*)(?P<gap>\n\s*)(?=\S)"
    ),
    # a mark before its title, in a form of its own
    re.compile(
        rf"(?P<form>[ ]*(?:(?P<named>{_NAMED})|(?P<quote>“)|(?P<stop>第)|(?P<word>[\u4e00-\u9fff]{{2}})|))"
        rf"(?P<n>{_NUMBER})(?P<end>(?(named)[ |丨/·.:-]*|(?(quote)”|(?(stop)站[: ]+|(?(word)[: ]+| *[|丨/·-] *)))))"
        r"(?P<gap>)(?=[\u4e00-\u9fff])"
    ),
    # an ornament alone on its line, once or several times
    re.compile(
        rf"(?P<form>[ ]*[{ORNAMENTS}\u2580-\u259f])(?P<n>)(?P<end>[{ORNAMENTS}\u2580-\u259f ]*)"
        r"(?P<gap>\n\s*)(?=\S)"
    ),
)
_TITLE = re.compile(r"[^\n。;]{2,44}(?<![。;,:、])\n")
# a mark that tells of a part by itself is left as it is: 其二, 第二篇, 材料二, 之二
_TELLS = re.compile(r"[其之篇则例期料辑案卷验型壹贰叁肆伍陆]")
_BARE = re.compile(rf"[ ]*{_NUMBER}[.、)]?[ ]*")


class _Mark(NamedTuple):
    start: int
    end: int
    form: str
    number: int
    words: str


def in_line(text: str) -> str:
    """The text with each counted mark right before the title that it heads, of the same length.

    >>> in_line("01\\n唐县信访局\\n受理9件。\\n02\\n蠡县信访局\\n受理8件。")
    ' 1)唐县信访局\\n受理9件。\\n 2)蠡县信访局\\n受理8件。'
    """
    runs: dict[str, list[_Mark]] = {}
    for mark in _marks(text):
        run = runs.setdefault(mark.form, [])
        if not mark.number or mark.number == len(run) + 1:
            run.append(mark)
    pieces, at = [], 0
    for mark in sorted(mark for run in runs.values() if len(run) > 1 for mark in run):
        pieces += [text[at : mark.start], mark.words.rjust(mark.end - mark.start)]
        at = mark.end
    return "".join([*pieces, text[at:]]) if pieces else text


def _marks(text: str) -> Iterator[_Mark]:
    at = 0
    while at >= 0:
        if text[at : at + 1] not in {"", "\n"} and (mark := _mark(text, at)):
            yield mark
        at = text.find("\n", at) + 1 or -1


def _mark(text: str, at: int) -> _Mark | None:
    """The mark at the beginning of a line, with what is to stand there before its title."""
    for pattern in _MARKS:
        m = pattern.match(text, at)
        if m is None or not _TITLE.match(text, m.end()):
            continue
        said, n = m[0].strip(), m["n"]
        tells = _TELLS.search(said)
        mark = said if tells else f"{_number(n)})" if n else said[0]
        words = mark if mark[-1] in ")" else f"{mark} "
        short = len(words) > m.end() - at
        if short or (not m["gap"] and (tells or _BARE.fullmatch(m[0]))):
            return None
        form = m["form"] + m["end"] + m["gap"][:1]
        return _Mark(at, m.end(), form, _number(n) if n else 0, words)
    return None


def _number(n: str) -> int:
    if n in _LATIN:
        return _LATIN.index(n) + 1
    if len(n) == 1 and n.isascii() and n.isalpha():
        return ord(n) - ord("A") + 1
    return int(numeric(n)) if len(n) == 1 else int(parse(n))
