"""Names of places as they stand in words: listed divisions, masks, and the chains that they make."""

import re
from dataclasses import dataclass

from ..vocabularies import divisions as lists
from ..vocabularies.patterns import Pattern, words

LEVELS = {
    "省": "province", "市": "city", "县": "county", "区": "county", "旗": "county",
    "镇": "town", "乡": "town", "街道": "town", "街": "town",
    "村": "village", "社区": "village", "居": "village",
}  # fmt: skip
#: the levels from above to below; the first stands for none
RANKS = ("", "province", "city", "county", "town", "village")
#: a name that the page masks
MASK = re.compile(r"(?:[x*]{1,6}|[A-Z]\d?)(?:省[x*]{1,6})?(?:省|[市县区镇乡村]|街道|社区)?")
#: how a report speaks of itself: by the level of a division, or by that of a town or village, too
SPEAKS = re.compile("[全我本]([省市县区州旗盟])")
SELF = Pattern("reports", "[全我本]({own_levels})")
#: words of grammar that stand in no name
NEVER = Pattern("places", "{never}")
_KINDS = Pattern("places", "{kinds}$")
_BEGINS = Pattern("places", "{begins}")
_WORDS_ON = Pattern("places", "{words_on}")
_OF_PLACE = Pattern("places", r"{placed_before}|\n|\Z")
#: characters of the short name of a province or city: 杭州, 内蒙古, 乌鲁木齐
_SHORTEST, _LONGEST_SHORT = 2, 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, with the names of the divisions above that precede it."""

    name: str
    level: str
    start: int
    above: tuple[str, ...] = ()
    listed: bool = True


def possible(name: str) -> bool:
    """Whether a word that ends like a division's name may be one: a listed one, or no known noun.

    >>> possible("唐县"), possible("甲山县"), possible("连锁超市"), possible("产业强县")
    (True, True, False, False)
    """
    if lists.divisions(name):
        return not is_homonym(name)
    return not (_KINDS.search(name) or _BEGINS.match(name))


def is_named(name: str) -> bool:
    """Whether a word is the name of a listed division, in full or as that of a province or city is
    shortened.

    >>> is_named("深圳"), is_named("唐县"), is_named("总体")
    (True, True, False)
    """
    return bool(lists.divisions(name) or lists.short_named(name))


def is_unnamed(place: str) -> bool:
    """Whether the place of a report is none, or said as its own without a name.

    >>> is_unnamed(""), is_unnamed("我县"), is_unnamed("唐县")
    (True, True, False)
    """
    return not place or place.startswith("我")


def beginning(text: str, start: int = 0, titled: bool = False) -> Name | None:
    """The listed name at an offset: the last of a chain such as 保定市满城区 or 保定满城区.

    A name that ends other words as well counts alone where its like stands behind it, or at the
    head of a title.

    >>> beginning("杭州江干区收取120元").above, beginning("杭州收取120元")
    (('杭州市',), None)
    >>> beginning("成县妇联总结").name, beginning("开县级干部会"), beginning("成县实事", titled=True).name
    ('成县', None, '成县')
    """
    if not lists.may_begin(text, start):
        return None
    at, chain = _shortened(text, start)
    name = lists.name_behind(text, at)
    if not name:
        return None
    while name:
        if chain and RANKS.index(level_of(name)) <= RANKS.index(level_of(chain[-1])):
            break
        chain.append(name)
        at += len(name)
        name = lists.name_behind(text, at)
    if len(chain) == 1 and is_noun(chain[0], text, at, titled):
        return None
    return Name(chain[-1], level_of(chain[-1]), at, tuple(chain[:-1]))


def is_homonym(name: str) -> bool:
    """Whether a division's name is also a common noun, or ends words that are none."""
    return name in words("places", "common") or name in words("places", "homonyms")


def is_noun(name: str, text: str, end: int, titled: bool = False) -> bool:
    """Whether a name of a division is, where it ends in a text, to be read as a common noun.

    >>> is_noun("城区", "城区2019年", 2), is_noun("南山区", "南山区2019年", 3)
    (True, False)
    """
    if name in words("places", "common"):
        return True
    if name not in words("places", "homonyms"):
        return False
    if titled:
        return _WORDS_ON.match(text, end) is not None
    return _OF_PLACE.match(text, end) is None


def _shortened(text: str, start: int) -> tuple[int, list[str]]:
    """Where a name goes on behind the short name of the province or city that it belongs to, and
    the full name of that.
    """
    for end in range(start + _SHORTEST, start + _LONGEST_SHORT + 1):
        if upper := lists.short_named(text[start:end]):
            name = lists.name_behind(text, end)
            for one in upper:
                if name != one.name and lists.divisions(name, within=one.code):
                    return end, [one.name]
    return start, []


def level_of(name: str) -> str:
    """The level of the division that bears a name last, of several the highest."""
    found = max(lists.divisions(name), key=lambda d: (d.last, -RANKS.index(d.level)))
    return found.level
