"""Which characters an expression can begin with, so that it is tried only where one of them stands.

The engine of `re` looks for first characters at once only where every alternative begins with a bare
character. Words with a look-behind (`(?<!提)升高`) or a class in front are tried one by one at every
character of a text instead; asked for one of their first characters before, they are not.
"""

import re
from functools import cache
from typing import NamedTuple

_FLAGS = re.compile(r"\(\?([a-z]+)\)")
_LOOK = re.compile(r"\(\?<?[=!]")
_GROUP = re.compile(r"\((?:(?P<open>\?:)|\?P<\w+>|(?!\?))")
_TIMES = re.compile(r"(?:(?P<some>[?*]|\{0*,\d*\}|\{0+(?:,\d*)?\})|\+|\{\d+(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\[(?P<not>\^?)(?P<inside>(?:\\.|[^\\])(?:\\.|[^\\\]])*)\]", re.DOTALL)
_SPACE = re.compile(r"(?:\s|\#.*)+")
_SPECIAL = frozenset("\\[](){}*+?|^$.")
_ANY = "龠"  # where it can stand first, any character can, and asking is no help
# what the engine finds by itself: a bare character anywhere, a class or bare characters to choose
# from where nothing else can stand in their place, and nothing else
_HIDDEN, _ALONE, _BARE = range(3)


@cache
def _holds_any(inside: str) -> bool:
    """Whether characters of a class may be any: by a range of them, or `\\w`."""
    return ("-" in inside or "\\" in inside) and bool(re.match(f"[{inside}]", _ANY))


class _Unknown(Exception):
    """An expression is written in a way that is not followed here."""


class _Begun(NamedTuple):
    """First characters, as between the brackets of a class; whether none is needed; how the engine
    finds them.
    """

    inside: str
    empty: bool
    found: int


def quick(expression: str) -> str:
    """The expression with one of its first characters asked for before it; itself where the engine
    finds them, or where they are not known. What it matches stays the same.

    >>> quick("(?:(?<!提)升高|[增涨]至)")
    '(?=[升增涨])(?:(?:(?<!提)升高|[增涨]至))'
    >>> quick("升高|增至"), quick(".高")
    ('升高|增至', '.高')
    """
    begun, start, last = _begun(expression)
    if begun is None or begun.found:
        return expression
    return f"{expression[:start]}(?=[{begun.inside}])(?:{expression[start:]}{last})"


def firsts(expression: str) -> str:
    """An expression for the characters that another one can begin with; for any, where they are not
    known.

    >>> re.findall(firsts("(?<!提)升高|上涨"), "提升高,上涨")
    ['升', '上']
    """
    begun, _, _ = _begun(expression)
    return f"[{begun.inside}]" if begun else "(?s:.)"


def _begun(expression: str) -> tuple["_Begun | None", int, str]:
    """What an expression begins with, None where any character may stand first; where it begins
    behind its flags, and what ends it.
    """
    flags = _FLAGS.match(expression)
    start, said = (flags.end(), flags[1]) if flags else (0, "")
    last = "\n" if "x" in said else ""  # a comment may stand at the end
    if said.strip("mx"):
        return None, start, last
    try:
        begun, end = _Expression(expression, "x" in said).alternatives(start)
    except (_Unknown, IndexError):
        return None, start, last
    known = not begun.empty and end == len(expression)
    if not known or _holds_any(begun.inside):
        return None, start, last
    return begun, start, last


def spots(first: str, expression: str) -> str:
    """An expression for the characters at which another one matches, as between the brackets of a
    class. The engine finds them at once: a character comes first, and the other is asked behind it.

    >>> [m.start() for m in re.finditer(spots("县村", "(?:甲县|村民)"), "甲县的村民在村里")]
    [3]
    """
    flags = _FLAGS.match(expression)
    start = flags.end() if flags else 0
    last = "\n" if flags and "x" in flags[1] else ""  # a comment may stand at the end
    return f"{expression[:start]}[{first}](?<=(?={expression[start:]}{last})[{first}])"


class _Expression:
    """An expression read from left to right; `wanted` asks for first characters."""

    def __init__(self, text: str, spaced: bool) -> None:
        self.text, self.spaced = text, spaced

    def alternatives(self, at: int, wanted: bool = True) -> tuple[_Begun, int]:
        """What alternatives begin with, from an offset on; the end of them."""
        every: list[_Begun] = []
        while not every or self.text[at : at + 1] == "|":
            begun, at = self._alternative(at + bool(every), wanted)
            every.append(begun)
        if len(every) == 1:
            return every[0], at
        found = _ALONE if all(begun.found == _BARE for begun in every) else _HIDDEN
        inside = "".join(begun.inside for begun in every)
        return _Begun(inside, any(begun.empty for begun in every), found), at

    def _alternative(self, at: int, wanted: bool) -> tuple[_Begun, int]:
        inside, found, looked = "", _HIDDEN, False
        open_ = True  # nothing of it must stand yet
        while at < len(self.text) and self.text[at] not in "|)":
            if self.spaced and (space := _SPACE.match(self.text, at)):
                at = space.end()
            elif look := _LOOK.match(self.text, at):
                at, looked = self.alternatives(look.end(), wanted=False)[1] + 1, True
            else:
                piece, at = self._piece(at, wanted and open_)
                times = _TIMES.match(self.text, at)
                at = times.end() if times else at
                if open_:
                    found = piece.found if not (inside or looked or times) else _HIDDEN
                    inside += piece.inside
                    open_ = piece.empty or bool(times and times["some"])
        return _Begun(inside, open_, found), at

    def _piece(self, at: int, wanted: bool) -> tuple[_Begun, int]:
        """What a group, a class or a character begins with, and where it ends."""
        char = self.text[at]
        if group := _GROUP.match(self.text, at):
            begun, at = self.alternatives(group.end(), wanted)
            found = begun.found if group["open"] else min(begun.found, _ALONE)
            return begun._replace(found=found), at + 1
        if (kind := _CLASS.match(self.text, at)) and not (kind["not"] and wanted):
            inside = kind["inside"]
            inside = "\\" + inside if inside[0] in "-]" else inside
            inside = inside[:-1] + "\\-" if inside[-1] == "-" and inside != "\\-" else inside
            return _Begun(inside, False, _ALONE), kind.end()
        if char == "\\":
            letter = self.text[at + 1]
            if wanted and letter.isalnum() and letter not in "dsw":
                raise _Unknown
            found = _ALONE if letter.isalnum() else _BARE
            return _Begun(self.text[at : at + 2], False, found), at + 2
        if char in _SPECIAL and (wanted or char not in "^$."):
            raise _Unknown
        return _Begun(re.escape(char), False, _BARE), at + 1
