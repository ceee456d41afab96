"""Listed names within words, the names above them, and the code of a name in a year."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model import Report
from ..vocabularies import divisions as lists
from ..vocabularies.patterns import words
from .names import LEVELS, NEVER, Name, is_homonym, level_of, possible

# a name that no list holds, up to where something proves it
_UNLISTED = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6}?|[A-Z]\d?|[x*]{1,6})(?P<level>自治区|街道|社区|[省市县区旗镇乡村])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NAMED_BY = re.compile(r"[\u4e00-\u9fffA-Zx*]")


def name_ending(text: str, end: int) -> Name | None:
    """The name that ends at an offset, where a break, a word before a name or one above bounds it."""
    while end and text[end - 1] in " \t":
        end -= 1
    name = lists.name_before(text, end)
    if name:
        start = end - len(name)
        upper = name_ending(text, start) if start and _HAN.match(text[start - 1]) else None
        bounded = upper is not None or _bounded(text, start)
        # a name that is a common noun, too, needs a break or a word before it: 在和县, not 省和县
        plain = not is_homonym(name) or upper or _bounded(text, start, strict=True)
        if plain and (bounded or len(name) > 2):
            above = (*upper.above, upper.name) if upper and upper.listed else ()
            return Name(name, level_of(name), start, above)
    for start in range(end - 2, max(-1, end - 9), -1):  # the shortest that something bounds
        m = _UNLISTED.fullmatch(text, start, end)
        if m and _bounded(text, start) and not NEVER.search(m[0]) and possible(m[0]):
            level = "province" if m["level"] == "自治区" else LEVELS[m["level"]]
            return Name(m[0], level, start, (), False)
    return None


def _bounded(text: str, start: int, *, strict: bool = False) -> bool:
    """Whether a name may begin at an offset: behind a break or a word that introduces a name, and
    unless `strict` behind another name.
    """
    if not start or not _NAMED_BY.match(text[start - 1]):
        return True
    introduced = text.endswith(tuple(words("places", "before_name")), 0, start)
    return introduced and not (strict and text[start - 1] in LEVELS | {"州": ""})


def listed_names(text: str) -> Iterator[tuple[str, int]]:
    """The listed names of a text, with where each begins; names of one character are left out."""
    for m in re.finditer("[省市县区旗州盟]", text):
        name = lists.name_before(text, m.end())
        if len(name) > 2 and not is_homonym(name):
            yield name, m.end() - len(name)


def lies_under(code: str, upper: str) -> bool:
    return upper in {lists.above(code, "city"), lists.above(code, "province")}


def divisions_before(head: str, place: str) -> tuple[str, ...]:
    """The divisions that the head of a report names directly before its place."""
    for m in re.finditer(re.escape(place), head) if place else ():
        if (name := name_ending(head, m.end())) and name.name == place and name.above:
            return name.above
    return ()


@lru_cache(4096)
def code_of(place: str, year: int | None, above: tuple[str, ...]) -> str:
    """The code of a name in a year, or whenever it held, if only one can be meant."""
    for when in (year, None):
        found = lists.divisions(place, when)
        for name in above:
            uppers = {one.code for one in lists.divisions(name, when)}
            under = [one for one in found if any(lies_under(one.code, upper) for upper in uppers)]
            found = under or found
        codes = {one.code for one in found}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            # one place whose code changed has had one name all the time; else it is ambiguous
            return ""
    return ""


def code_in(report: Report, place: str, period: str) -> str:
    """The code of a place in the year of a claim, else in that of its report.

    >>> code_in(Report(0, 9, "", "徐水区", "county", "130609"), "徐水区", "2014")
    '130609'
    """
    return _code_then(place, period[:4], report.adcode if place == report.place else None)


@lru_cache(4096)
def _code_then(place: str, then: str, own: str | None) -> str:
    """The code of a place in a year; `own` is that of the report whose place it is."""
    year = int(then) if then.isdigit() else None
    if own is None:
        return code_of(place, year, ())
    code = lists.adcode(place, year) if year and own else ""
    return code if code[:2] == own[:2] else own
