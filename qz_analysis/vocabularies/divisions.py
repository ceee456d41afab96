"""China's divisions from province to county, with the codes of GB/T 2260 that held in each year."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

#: the last year that the list knows; a division of that year is taken to go on
_LAST = 2024


@dataclass(frozen=True, slots=True)
class Division:
    """One division under one name and code, with the first and the last year in which both held."""

    code: str
    name: str
    level: str
    first: int
    last: int
    short: str = ""

    def held(self, year: int | None) -> bool:
        """Whether it was so in a year; without a year whatever ever held counts."""
        return year is None or self.first <= min(year, _LAST) <= self.last


@dataclass(frozen=True, slots=True)
class _Lists:
    """The divisions by name, by short name and by code, and names that conversion would spoil."""

    named: dict[str, list[Division]]
    short: dict[str, list[Division]]
    coded: dict[str, list[Division]]
    converted: dict[str, str]
    longest: int
    #: the first two characters of every name, and of every name and short name: most places in a
    #: text are no beginning of one
    begun: set[str]
    opens: set[str]


@cache
def _lists() -> _Lists:
    named: dict[str, list[Division]] = defaultdict(list)
    short: dict[str, list[Division]] = defaultdict(list)
    coded: dict[str, list[Division]] = defaultdict(list)
    converted = {}
    table = files(__package__).joinpath("divisions.tsv").read_text("utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        code, first, last, name, level, brief, spoilt = [*line.split("\t"), "", ""][:7]
        one = Division(code, name, level, int(first), int(last), brief)
        named[name].append(one)
        coded[code].append(one)
        if brief:
            short[brief].append(one)
        if spoilt:
            converted[spoilt] = name
    begun = {name[:2] for name in named}
    opens = begun | {name[:2] for name in short}
    return _Lists(named, short, coded, converted, max(map(len, named)), begun, opens)


def divisions(name: str, year: int | None = None, within: str = "") -> list[Division]:
    """The divisions that bear a full name.

    Args:
        name: the full name (唐县, 桥西区), in its own characters.
        year: a year in which it bore that name; without it, whenever.
        within: the code of a province or city that it must belong to.

    >>> [d.code for d in divisions("徐水区", 2016)], divisions("徐水区", 2010)
    (['130609'], [])
    >>> sorted({d.code for d in divisions("桥西区", 2020)}), divisions("桥西区", 2020, "130700")[0].code
    (['130104', '130703'], '130703')
    """
    return _fitting(_lists().named.get(name, ()), year, within)


def short_named(name: str, year: int | None = None) -> list[Division]:
    """The provinces and cities of a short name (河北, 保定), which no county has here.

    >>> [d.name for d in short_named("保定", 2020)], short_named("唐", 2020)
    (['保定市'], [])
    """
    return _fitting(_lists().short.get(name, ()), year, "")


def county_named(short: str, text: str = "") -> str:
    """The one county that a short name can stand for; empty for none, and for several. Where the text
    says one of them in full, it is that.

    >>> county_named("建始"), county_named("和平"), county_named("工作")
    ('建始县', '', '')
    """
    full = {short + kind for kind in "县市区旗"} if len(short) > 1 else set()
    said = {name for name in full if name in text}
    found = [one for name in said or full for one in divisions(name)]
    newest = max((one.last for one in found), default=0)
    now = {(one.name, one.code) for one in found if one.last == newest and one.level == "county"}
    return now.pop()[0] if len(now) == 1 and len(said) < 2 else ""


def coded(code: str, year: int | None = None) -> Division | None:
    """The division of a code in a year; without a year the latest.

    >>> coded("130609").name, coded("130625", 2010).name, coded("999999")
    ('徐水区', '徐水县', None)
    """
    found = _fitting(_lists().coded.get(code, ()), year, "")
    return max(found, key=lambda one: one.last, default=None)


@lru_cache(4096)
def adcode(name: str, year: int | None = None, within: str = "") -> str:
    """The code of a name in a year where it is one only: an ambiguous name stays without code.

    >>> adcode("徐水县", 2010), adcode("桥西区", 2020), adcode("甲山县", 2020)
    ('130625', '', '')
    """
    codes = {one.code for one in divisions(name, year, within)}
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(4096)
def latest(code: str, year: int | None = None) -> Division | None:
    """What the division of a code in a year is now, through changes of name, code and rank.

    A division that was dissolved, divided or joined to another ends its line: it is its own last.

    >>> latest("130625", 2010).code, latest("130625", 2010).name, latest("999999")
    ('130609', '徐水区', None)
    """
    one = coded(code, year)
    while one is not None and one in _successors():
        one = _successors()[one]
    return one


def line(code: str) -> list[Division]:
    """What a division was before, from the first to itself, by the code that it has last.

    >>> [(d.code, d.name) for d in line("130609")]
    [('132423', '徐水县'), ('130625', '徐水县'), ('130609', '徐水区')]
    """
    one = coded(code)
    found = [one] if one else []
    while found and (old := _predecessors().get(found[0])):
        found.insert(0, old)
    return found


@cache
def _predecessors() -> dict[Division, Division]:
    return {new: old for old, new in _successors().items()}


@cache
def _successors() -> dict[Division, Division]:
    """The division that each one went on as in the year after its last.

    It bears the same name, or the same stem (徐水县, 徐水区), or the same code under a name that no
    other bore before, in one province and on one level; where two fit, or two go on as one, none
    does.
    """
    every = [one for found in _lists().coded.values() for one in found]
    begun: dict[tuple[int, str, str], list[Division]] = defaultdict(list)
    stood: dict[tuple[str, str], list[Division]] = defaultdict(list)
    for one in every:
        begun[one.first, one.code[:2], one.level].append(one)
        stood[one.code[:2], stem(one.name)].append(one)
    claimed: dict[Division, list[tuple[int, Division]]] = defaultdict(list)
    for one in every:
        new = begun[one.last + 1, one.code[:2], one.level]
        ways = (
            [n for n in new if n.name == one.name],
            [n for n in new if stem(n.name) == stem(one.name)],
            [n for n in new if n.code == one.code and not any(
                d.held(one.last) for d in stood[n.code[:2], stem(n.name)])],
        )  # fmt: skip
        rank = next((i for i, found in enumerate(ways) if found), -1)
        if rank >= 0 and len(ways[rank]) == 1:
            claimed[ways[rank][0]].append((rank, one))
    successors = {}
    for new_one, old in claimed.items():
        least = min(rank for rank, _ in old)
        best = [one for rank, one in old if rank == least]
        if len(best) == 1:
            successors[best[0]] = new_one
    return successors


def redrawn(code: str, before: int, year: int) -> list[str]:
    """Divisions of the same city and rank (区, 县) that ended (−) or began (+) without a successor or
    predecessor after one year and up to another: their area went to, or came from, others of the
    city, of which the list does not say which.

    >>> redrawn("110101", 2009, 2010), redrawn("130625", 2014, 2015)
    (['− 110103 崇文区', '− 110104 宣武区'], [])
    """
    own = coded(code, year) or coded(code)
    return [
        f"{sign} {one.code} {one.name}"
        for sign, at, one in _loose().get(code[:4], ())
        if own and before < at <= year and one.code != code and one.name[-1] == own.name[-1]
    ]


@cache
def _loose() -> dict[str, list[tuple[str, int, Division]]]:
    """Ends and beginnings of counties that no line goes on over, by the head of their city's code."""
    every = [one for found in _lists().coded.values() for one in found if one.level == "county"]
    first = min(one.first for one in every)
    found: dict[str, list[tuple[str, int, Division]]] = defaultdict(list)
    for one in every:
        if one.last < _LAST and one not in _successors():
            found[one.code[:4]].append(("−", one.last + 1, one))
        if one.first > first and one not in _predecessors():
            found[one.code[:4]].append(("+", one.first, one))
    return found


_RANK = re.compile(r"(?<=..)(?:自治县|自治州|自治旗|地区|[县市区旗盟州])$")


def stem(name: str) -> str:
    """A name without its rank: 徐水 of 徐水县; names of one character keep it.

    >>> stem("徐水县"), stem("唐县")
    ('徐水', '唐县')
    """
    return _RANK.sub("", name)


def above(code: str, level: str) -> str:
    """The code of the province or city that a division belongs to, empty where there is none.

    >>> above("130609", "city"), above("130609", "province"), above("130000", "city")
    ('130600', '130000', '')
    """
    parent = code[:4] + "00" if level == "city" else code[:2] + "0000"
    return parent if parent != code and parent in _lists().coded else ""


@lru_cache(4096)
def succeeded(code: str, name: str, year: int | None = None) -> str:
    """The latest code of a division that changed its code or rank and kept the stem of its name.

    A division follows another when it begins in the year after the other ends, in the same
    province, under the same name or the same name of another rank (满城县, 满城区).

    >>> succeeded("130621", "满城县", 2010), succeeded("130609", "徐水区", 2020)
    ('130607', '130609')
    """
    found = coded(code, year) or coded(code)
    while found is not None and found.last < _LAST:
        ended, stem = found.last, found.name[:-1]
        begun = {
            (one.code, one.name): one
            for last in "县区市旗"
            for one in divisions(stem + last, None, above(code, "province"))
            if one.first == ended + 1 and one.level == found.level
        }
        if len(begun) != 1:
            break
        found = next(iter(begun.values()))
        code = found.code
    return code


def below(code: str, year: int | None = None, level: str = "county") -> list[Division]:
    """The counties of a province or city by its code, or the cities of a province.

    >>> sorted(d.name for d in below("460100", 2020)), below("460000", 2020, "city")[0].name
    (['琼山区', '秀英区', '美兰区', '龙华区'], '海口市')
    """
    every = _below().get(_head(code), ())
    return [one for one in every if one.level == level and one.held(year) and one.code != code]


@cache
def _below() -> dict[str, list[Division]]:
    """The cities and counties by the digits that their codes begin with: those of the country, of a
    province, of a city, and their own.
    """
    found: dict[str, list[Division]] = defaultdict(list)
    for code, every in _lists().coded.items():
        lower = [one for one in every if one.level in {"city", "county"}]
        for digits in (0, 2, 4, 6) if lower else ():
            found[code[:digits]] += lower
    return found


def converted_names() -> Iterable[tuple[str, str]]:
    """The names that conversion changes: as converted, and in their own characters.

    >>> ("干县", "乾县") in converted_names()
    True
    """
    return _lists().converted.items()


def name_before(text: str, end: int, start: int = 0) -> str:
    """The longest full name of a division that ends at an offset of a text, empty for none.

    >>> name_before("在保定市满城区", 7), name_before("强县", 2)
    ('满城区', '')
    """
    named, longest = _lists().named, _lists().longest
    for at in range(max(start, end - longest), end - 1):
        if text[at:end] in named:
            return text[at:end]
    return ""


def may_begin(text: str, start: int) -> bool:
    """Whether a full name or a short one may begin at an offset of a text.

    >>> may_begin("在保定", 1), may_begin("在保定", 0)
    (True, False)
    """
    return text[start : start + 2] in _lists().opens


def name_behind(text: str, start: int) -> str:
    """The longest full name of a division that begins at an offset of a text, empty for none.

    >>> name_behind("保定市满城区", 0)
    '保定市'
    """
    lists = _lists()
    if text[start : start + 2] not in lists.begun:
        return ""
    named = lists.named
    for end in range(min(len(text), start + lists.longest), start + 1, -1):
        if text[start:end] in named:
            return text[start:end]
    return ""


def _fitting(found: Iterable[Division], year: int | None, within: str) -> list[Division]:
    """Those of a year under a code."""
    head = _head(within)
    return [one for one in found if one.held(year) and one.code.startswith(head)]


def _head(code: str) -> str:
    """The pairs of digits that all codes under a code begin with: those of a province end in zeros."""
    while code.endswith("00"):
        code = code[:-2]
    return code
