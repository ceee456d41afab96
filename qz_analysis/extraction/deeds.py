"""What a clause says was done to which things, by slots: the deed, its modifiers, and the thing.

A deed governs its object whatever stands between, and whoever did it (部里接待群众来访, 热线受理并解答
来电); a list of names would have to hold every such word. What modifies the thing must leave it whole:
of the page's own matter (退役军人来访 on a page about them), or a word such as 各类.
"""

import re
from typing import NamedTuple

from ..vocabularies.patterns import Pattern, words
from ..vocabularies.session import kept

__all__ = ["THINGS", "Done", "deeds", "done", "last_thing"]

THINGS = (
    "pieces",
    "backlog",
    "petitions",
    "complaints",
    "visits",
    "letters",
    "disputes",
    "calls",
    "matters",
    "aid",
)
_DEEDS = ("received", "resolved", "screened", "mediated", "settled")
_DEED = Pattern("deeds", "{settled}|{screened}|{mediated}|{resolved}|{received}")
_THINGS = {thing: Pattern("deeds", f"{{{thing}}}") for thing in THINGS}
_BESIDE = Pattern("deeds", "(?:[并、和及与或]|并且)?(?:{beside}|[并、和及与了])*+")
_WHOLE = Pattern("deeds", "(?:{whole})*")
_WEAK = Pattern("deeds", "{weak}")
_PART = Pattern("deeds", "{part}")
_GOES_ON = Pattern("deeds", "{beside}|{became}")
_WAY = Pattern("deeds", "{way}的?$")
_MANNER = Pattern("deeds", "(?:{manner})*+")
_AND = re.compile("(?:[、和及与]|以及)[\u4e00-\u9fff]{1,8}")
_NUMBER = re.compile("(?:总?(?:[件批起]数|[批件人]次)|总?数量?|总?量|总计|总)?")


_DOMAINS = {
    thing: Pattern("deeds", f"{{of_{thing}}}")
    for thing in ("none", "disputes", "calls", "petitions", "matters", "aid")
}


def domain(text: str) -> str:
    """The class of things that the words of a page or a body are about; empty where they tell of none,
    or of courts and police, whose cases are others.
    """
    found = [(m.end(), thing) for thing, p in _DOMAINS.items() for m in p.finditer(text)]
    thing = max(found, default=(0, ""))[1]
    return "" if thing == "none" else thing


def deeds(words: str) -> frozenset[str]:
    """The deeds that some words name: 处理群众来信来访 is no 受理.

    >>> sorted(deeds("排查化解矛盾纠纷")), sorted(deeds("来访批次"))
    (['化解', '排查'], [])
    """
    return frozenset(found[0] for found in _DEED.finditer(words))


class Done(NamedTuple):
    """A deed with what it was done to; the thing is empty where the clause does not name it."""

    deeds: tuple[str, ...]
    thing: str
    rate: bool
    before: str  # the words before the thing, where no deed stands before it


class _Thing(NamedTuple):
    start: int
    end: int
    thing: str


def done(clause: str, link: Pattern, own: str) -> Done | None:
    """What the words before a figure say was done, None where they say nothing of the kind.

    `link` is what may stand between the words and the figure, `own` the words of the page that
    tell its own matter.
    """
    deeds = list(_DEED.finditer(clause))
    if not (deeds or "来" in clause or "信" in clause) or _PART.search(clause):
        return None  # only visits and letters are told without a deed
    thing = last_thing(clause)
    told = thing is not None and thing.thing in {"visits", "letters"}  # 来访的有6批
    if thing is not None and clause.startswith("的", thing.end) and not told:
        return None  # 要求调处纠纷的有6件
    if thing is not None and link.fullmatch(clause, _NUMBER.match(clause, thing.end).end()):  # type: ignore[union-attr]
        return _object(clause, deeds, thing, own)
    if not deeds:
        return None
    last = deeds[-1]
    rate = clause.startswith("率", last.end())
    if clause.startswith("的", last.end()):
        return None
    behind = _NUMBER.match(clause, last.end() + rate).end()  # type: ignore[union-attr]
    if not link.fullmatch(clause, behind) or _WAY.search(clause, 0, last.start()):
        if thing is not None and _AND.fullmatch(clause, thing.end):
            return _object(clause, deeds, thing, own)
        return None
    if thing is None and _WEAK.fullmatch(last[0]):
        return None
    if thing is None:
        return Done(_classes(last[0]), "", rate, clause[: last.start()])
    if thing.end > last.start():
        return None
    manner = clause[thing.end : last.start()]
    if not _MANNER.fullmatch(manner):
        return None
    return Done(_classes(last[0]), thing.thing, rate, clause[: thing.start])


def _object(clause: str, deeds: list[re.Match[str]], thing: _Thing, own: str) -> Done | None:
    """The deed that governs a thing behind it."""
    before = [deed for deed in deeds if deed.end() <= thing.start]
    if not before:
        return Done((), thing.thing, False, clause[: thing.start])
    first = last = before[-1]
    for deed in reversed(before[:-1]):  # 受理并办理, 排查化解
        if not _BESIDE.fullmatch(clause, deed.end(), first.start()):
            break
        first = deed
    if _WAY.search(clause, 0, first.start()):
        return None
    beside = last_thing(clause[: thing.start])
    if beside is not None and beside.end == thing.start and beside.start >= last.end():
        thing = beside if beside.thing == "calls" else thing  # 来电来信 of a hotline
    modifier = clause[last.end() : thing.start]
    modifier = modifier[_BESIDE.match(modifier).end() :]  # type: ignore[union-attr]
    return Done(_classes(first[0]), thing.thing, False, "") if is_whole(modifier, own) else None


def words_of(text: str) -> list[str]:
    """The last deed and the last thing that a text names, in their order.

    >>> words_of("实质性化解信访积案")
    ['化解', '信访积案']
    """
    deed, thing = next(reversed([*_DEED.finditer(text)]), None), last_thing(text)
    found = [(m.start(), m[0]) for m in [deed] if m]
    found += [(thing.start, text[thing.start : thing.end])] if thing else []
    return [word for _, word in sorted(found)]


def is_part(clause: str) -> bool:
    """Whether words of a clause make its figure a part, or that of another thing."""
    return _PART.search(clause) is not None


def goes_on(clause: str, link: Pattern) -> bool:
    """Whether a clause tells what became of things spoken of before it: 转办41件, 仍在办理9件."""
    found = [m.end() for pattern in (_DEED, _GOES_ON) for m in pattern.finditer(clause)]
    return any(link.fullmatch(clause, end) for end in found)


def is_whole(modifier: str, own: str) -> bool:
    """Whether a modifier leaves a thing whole: by its words, or because the page is of nothing else."""
    at = 0
    while at < len(modifier):
        if end := _WHOLE.match(modifier, at).end() - at:  # type: ignore[union-attr]
            at += end
            continue
        n = next(
            (n for n in range(min(8, len(modifier) - at), 1, -1) if modifier[at : at + n] in own), 0
        )
        if not n:
            return False
        at += n
    return True


def last_thing(text: str, begin: int = 0) -> _Thing | None:
    """The thing that is named last in a text, of several that end together the longest."""
    best: _Thing | None = None
    for thing, pattern in _THINGS.items():
        for m in pattern.finditer(text, begin):
            if best is None or (m.end(), -m.start()) > (best.end, -best.start):
                best = _Thing(m.start(), m.end(), thing)
    return best


def _classes(deed: str) -> tuple[str, ...]:
    found = _known().get(deed)
    if found is None:
        made = {one: re.compile("|".join(words("deeds", one))) for one in _DEEDS}
        found = tuple(one for one, pattern in made.items() if pattern.fullmatch(deed))
        _known()[deed] = found
    return found


@kept
def _known() -> dict[str, tuple[str, ...]]:
    """The classes of deeds met so far."""
    return {}
