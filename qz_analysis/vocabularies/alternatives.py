"""Alternatives of an expression in an order in which the engine of `re` rules most of them out at once.

The engine tries alternatives one by one, and each of them at every character that its own first one
is not looked up at: words with a look-behind (`(?<!提)升高`), a class or a group in front. Put
together by first character, with what stands before that character asked behind it, nearly all of
a list is passed over where none of its first characters stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

_LITERAL = re.compile(r"[^\\\[\](){}*+?|^$.\s#\ue000](?P<times>[?*+{])?(?P<more>[?+])?")
_CLASS = re.compile(r"\[(?P<inside>[^\\\[\](){}*+?|^$.\s#-]{1,8})\](?![?*+{])")
_LOOK_BEHIND = re.compile(r"\(\?<[=!]")
# a group that captures; brackets behind a stroke and within a class are none
_CAPTURING = re.compile(
    r"(?s)(?:\\.|\[\^?(?:\\.|[^\\])(?:\\.|[^\\\]])*\]|[^(\\\[]|\((?=\?(?!P<)))*+\("
)
_TIMES = frozenset("?*+{")
# how the number of a word is written behind it before its group takes the place
_NUMBER = re.compile("\ue000(\\d+)\ue001")
# of a group in front: how many alternatives are written out, and how long the rest is at most that
# is repeated for each
_MANY, _LONG = 16, 80

#: what stands before the first character, that character, and what stands behind it
_Begun = tuple[str, str, str]


def sorted_out(expression: str) -> str:
    """An expression with its alternatives put together by first character. It matches the same, in
    the same order of preference; one with groups that capture is left as it is.

    >>> sorted_out("上升|(?<!提)升高|上涨|升幅")
    '上(?:升|涨)|升(?:高(?<!提升高)|幅)'
    """
    return together(split(expression))


def together(alternatives: Sequence[str]) -> str:
    """Alternatives as one expression, those with one first character as one of them."""
    if any(map(_CAPTURING.match, alternatives)):
        return "|".join(alternatives)
    found: list[str] = []
    behind: dict[str, list[str]] = {}

    def close() -> None:
        for char, rests in behind.items():
            rest = rests[0] if len(rests) == 1 else f"(?:{together(rests)})"
            found.append(char + rest)
        behind.clear()

    for alternative in alternatives:
        # words of different first characters never match at one place, so that their order is free
        if (every := list(_begun(alternative))) and all(one is not None for one in every):
            for one in every:
                if one is not None:
                    before, char, rest = one
                    behind.setdefault(char, []).append(_asked_behind(before, char) + rest)
        else:
            close()
            found.append(alternative)
    close()
    return "|".join(found)


def numbered(words: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Words as one expression with an empty group behind each, and which word each group is of.

    The number of the last group of a match, less one, is where the word stands in the second value.

    >>> numbered(["上升", "下降", "上涨"])
    ('上(?:升()|涨())|下降()', (0, 2, 1))
    """
    expression = together([f"{_one(word)}\ue000{at}\ue001" for at, word in enumerate(words)])
    order = tuple(int(m[1]) for m in _NUMBER.finditer(expression))
    return _NUMBER.sub("()", expression), order


def _one(word: str) -> str:
    return word if len(split(word)) == 1 else f"(?:{word})"


def split(expression: str) -> list[str]:
    """The alternatives of an expression.

    >>> split("a(?:b|c)|[|]|d")
    ['a(?:b|c)', '[|]', 'd']
    """
    parts, begin, at = [], 0, 0
    while at < len(expression):
        if expression[at] == "|":
            parts.append(expression[begin:at])
            begin = at = at + 1
        else:
            at = _end(expression, at)
    return [*parts, expression[begin:]]


def _end(expression: str, at: int) -> int:
    """Where the character, the class or the group that begins at an offset ends."""
    if expression[at] == "\\":
        return at + 2
    if expression[at] == "[":
        at += 2 if expression.startswith("[^", at) else 1
        # a bracket that stands first is one of the characters
        at += 2 if expression[at] == "\\" else 1
        while expression[at] != "]":
            at += 2 if expression[at] == "\\" else 1
        return at + 1
    if expression[at] == "(":
        at += 1
        while expression[at] != ")":
            at = _end(expression, at)
    return at + 1


def _begun(alternative: str, before: str = "") -> Iterator[_Begun | None]:
    """An alternative written out by its first characters; None where that is not possible."""
    at = 0
    while _LOOK_BEHIND.match(alternative, at) or alternative.startswith("^", at):
        end = _end(alternative, at)
        before += alternative[at:end]
        at = end
    rest = alternative[at:]
    if literal := _LITERAL.match(rest):
        char, behind = rest[0], rest[literal.end() :]
        if literal["times"] is None:
            yield before, char, rest[1:]
        elif literal["times"] == "?" and literal["more"] is None:
            yield before, char, behind
            yield from _begun(behind, before)
        else:
            yield None
    elif chosen := _CLASS.match(rest):
        for char in chosen["inside"]:
            yield before, char, rest[chosen.end() :]
    elif rest.startswith("(?:"):
        end = _end(rest, 0)
        inner, behind = split(rest[3 : end - 1]), rest[end:]
        if behind[:1] in _TIMES or (behind and (len(inner) > _MANY or len(behind) > _LONG)):
            yield None
        else:
            for one in inner:
                yield from _begun(one + behind, before)
    else:
        yield None


def _asked_behind(before: str, char: str) -> str:
    """Look-behinds that stood before a character, as they are asked behind it."""
    return "".join(f"{look}{char})" for look in _looks(before))


def _looks(before: str) -> Iterable[str]:
    at = 0
    while at < len(before):
        end = _end(before, at)
        if before[at] == "^":
            yield "(?<=^"
        else:
            head, inside = before[at : at + 4], before[at + 4 : end - 1]
            yield head + (f"(?:{inside})" if "|" in inside else inside)
        at = end
