"""Names of places in English: Hanyu Pinyin without tones, and the words for their kind translated."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from . import divisions
from .session import kept, load

_VOWEL = re.compile("[aeo]")
#: characters that names of places read in more than one way, so that only a list can tell which
_UNSURE = frozenset("乐单堡陂埔圩涌泊尉蔚牟解查行朴阚")
_TOWN = re.compile("[镇乡村]|街道|社区")
#: words for a kind that are as often the end of a name (清新区, 西城区) where one character stands before
#: them, one that ends names of cities, and what hides a name
_DOUBLE = re.compile("[林矿新特郊城]区|[前后中]旗")
_CITIES = "州"
_MASK = re.compile("[A-Za-z*×某]")


@cache
def _syllables() -> dict[str, str]:
    """The syllable of each character."""
    table = files(__package__).joinpath("romanised.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {one: syllable for syllable, every in lines for one in every}


@kept
def _words() -> dict[str, dict[str, str]]:
    """Names and words for kinds in English, by section."""
    known = load("labels")
    return {
        key: {zh: str(entry["en"]) for zh, entry in known[key].items()}
        for key in ("names", "stems", "generics", "peoples")
    }


@kept
def _kinds() -> re.Pattern[str]:
    """The word for its kind at the end of a name, the longest one."""
    return re.compile(f"(?:{_alternatives()})$")


@kept
def _first() -> re.Pattern[str]:
    """A name and the word for its kind at the head of several names."""
    return re.compile(f"[\u4e00-\u9fff]+?(?:{_alternatives(_CITIES)})")


def _alternatives(without: str = "") -> str:
    every = sorted(_words()["generics"], key=len, reverse=True)
    return "|".join(re.escape(one) for one in every if one != without)


def romanised(stem: str, listed: bool = True) -> str:
    """A name without the word for its kind in Hanyu Pinyin, as one word; empty where a character has
    no reading, or where no list says which of its readings it has there.

    Args:
        stem: the name.
        listed: whether it is that of a division that a list holds, whose other readings are all known.

    >>> romanised("酒泉"), romanised("西安"), romanised("六安"), romanised("吕梁")
    ('Jiuquan', "Xi'an", "Lu'an", 'Lyuliang')
    >>> romanised("甲乐", listed=False)
    ''
    """
    if known := _words()["stems"].get(stem):
        return known
    if not listed and set(stem) & _UNSURE:
        return ""
    told = ""
    for one in stem:
        syllable = _syllables().get(one, "")
        if not syllable:
            return ""
        told += "'" * bool(told and _VOWEL.match(syllable)) + syllable
    return told[:1].upper() + told[1:]


@lru_cache(4096)
def _divided(name: str) -> tuple[str, ...]:
    """The names of a place within another, the outer first."""
    parts, at = [], 0
    while at < len(name):
        part = divisions.name_behind(name, at)
        found = _first().match(name, at)
        part = part or (found[0] if found else name[at:])
        # 市区, 村镇: a word for a kind alone is the end of a name, as far as it goes
        while (rest := name[at + len(part) :]) in _words()["generics"] and rest:
            part += rest
        parts.append(part)
        at += len(part)
    return tuple(parts)


def english_place(name: str) -> str:
    """A place in English, the inner one first; a name as it stands where it cannot be read.

    >>> english_place("酒泉市"), english_place("唐县"), english_place("峨边彝族自治县")
    ('Jiuquan City', 'Tang County', 'Ebian Yi Autonomous County')
    >>> english_place("双牌县崔家村"), english_place("兴安盟"), english_place("北京市朝阳区")
    ('Cuijia Village, Shuangpai County', 'Hinggan League', 'Chaoyang District, Beijing')
    >>> english_place("双江拉祜族佤族布朗族傣族自治县"), english_place("*县")
    ('Shuangjiang Lahu, Va, Blang and Dai Autonomous County', '*县')
    """
    if own := _words()["names"].get(name):
        return own
    if not name or _MASK.search(name):
        return name
    told = [_one(part) for part in _divided(name)]
    return ", ".join(reversed(told)) if all(told) else name


def _one(name: str) -> str:
    """One place in English; empty where it cannot be read."""
    words = _words()
    if own := words["names"].get(name) or words["stems"].get(name):
        return own
    listed = bool(divisions.divisions(name) or divisions.short_named(name))
    found = None if divisions.short_named(name) else _kinds().search(name)
    if not found or found.start() == 0:
        return words["generics"].get(name, "") or (romanised(name) if listed else "")
    kind = found[0]
    if found.start() == 1 and _DOUBLE.fullmatch(kind):
        kind = kind[-1]
    stem, peoples = name.removesuffix(kind), [""]
    # 市区 is no name
    if stem in words["generics"] and not listed:
        return ""
    if kind.startswith("自治") or kind in ("乡", "区"):
        stem, peoples = _peoples(stem)
    said = romanised(stem, listed) if stem else ""
    if stem and not said:
        # 乐安村 is read in two ways, and is a village for all that
        return f"{stem} {words['generics'][kind]}" if _TOWN.fullmatch(kind) else ""
    *most, last = peoples
    people = f"{', '.join(most)} and {last}" if most else last
    return " ".join(filter(None, (said, people, words["generics"][kind])))


def _peoples(stem: str) -> tuple[str, list[str]]:
    """The peoples that a name ends in, and what stands before them."""
    known = _words()["peoples"]
    found: list[str] = []
    while end := next(
        (one for one in sorted(known, key=len, reverse=True) if stem.endswith(one)), ""
    ):
        stem = stem.removesuffix(end)
        found.insert(0, known[end])
    return stem, found or [""]
