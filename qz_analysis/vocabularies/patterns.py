"""Patterns of the language: the grammar stands in code, the words in `patterns.toml`."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from .alternatives import sorted_out, together
from .beginnings import firsts, quick
from .session import kept, load, on_change

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
_FLAGS = re.compile(r"\(\?([a-z]+)\)")
_NAMED = re.compile(r"(\(\?<[=!])?\{([a-z_]+(?:\.[a-z_]+)?)\}(?(1)\))")
_PATTERNS: list["Pattern"] = []


class Pattern:
    """A regular expression with the words of `patterns.toml` in it, compiled when it is first used.

    A name in braces stands for the words of that entry as one group of alternatives, in the order
    of the file: `{rise}` for an entry of the pattern's own section, `{context.rise}` for one of
    another. Repetitions such as `{0,6}` stay as they are, and `(?<={up})` holds behind words of
    any length. The methods are those of `re.Pattern`; a pattern is compiled anew when other words
    come into force.

    Args:
        section: a section of `patterns.toml`.
        grammar: the expression; `(?x)` at its head allows spaces and comments in it.
        made: gives pieces of expressions by name, made of other vocabulary files.

    >>> rise = Pattern("context", r"(?:同比|环比)(?P<word>{rise})")
    >>> rise.search("环比上升3.5%")["word"]
    '上升'
    """

    __slots__ = ("_grammar", "_made", "_section", *_METHODS)

    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(
        self, section: str, grammar: str, made: Callable[[], dict[str, str]] | None = None
    ) -> None:
        self._section, self._grammar, self._made = section, grammar, made
        self.forget()
        _PATTERNS.append(self)

    @property
    def pattern(self) -> str:
        """The expression with its words filled in."""
        return filled(self._section, self._grammar, self._made() if self._made else {})

    def forget(self) -> None:
        """Makes the next use compile the pattern anew."""
        for name in _METHODS:
            setattr(self, name, partial(self._first, name))

    def _first(self, name: str, *args: object, **kwargs: object) -> object:
        """Compiles, puts the compiled methods in place of this one, and answers the call."""
        compiled = fast(self.pattern)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)(*args, **kwargs)


def fast(expression: str) -> re.Pattern[str]:
    """An expression compiled in the form in which the engine finds soonest what it matches.

    >>> fast("(?<!提)升高|上涨").findall("提升高,上涨")
    ['上涨']
    """
    flags = _FLAGS.match(expression)
    head = flags[0] if flags else ""
    if not {"x", "i"} & set(head):  # blanks, comments and capitals are not followed there
        expression = head + sorted_out(expression[len(head) :])
    return re.compile(quick(expression))


def filled(section: str, grammar: str, made: Mapping[str, str]) -> str:
    """An expression with its names in braces filled: by pieces made elsewhere, else by words."""

    def fill(m: re.Match[str]) -> str:
        behind, name = m.groups()
        if name in made:
            return f"{behind}{made[name]})" if behind else made[name]
        other, _, entry = name.rpartition(".")
        said = words(other or section, entry)
        if not behind:
            return f"(?:{together(said)})"
        # one look-behind for all single characters, one for each longer word
        single, longer = [w for w in said if len(w) == 1], [w for w in said if len(w) > 1]
        looks = [f"{behind}{word})" for word in ["|".join(single), *longer] if word]
        return "".join(looks) if behind.endswith("!") else f"(?:{'|'.join(looks)})"

    return _NAMED.sub(fill, grammar)


@on_change
def _forget() -> None:
    for pattern in _PATTERNS:
        pattern.forget()


@kept
def words(section: str, entry: str) -> list[str]:
    """The words of one entry of `patterns.toml`, in the order of the file.

    >>> "上升" in words("context", "rise")
    True
    """
    found: list[str] = load("patterns")[section][entry]
    return found


@kept
def phrases(section: str) -> re.Pattern[str]:
    """One pattern for all fixed phrases of a section of `phrases.toml`."""
    return fast("|".join(_phrases(section)) or r"(?!)")


@kept
def phrase_firsts(section: str) -> re.Pattern[str]:
    """A pattern for the characters that fixed phrases of a section can begin with."""
    return re.compile(firsts("|".join(_phrases(section)) or r"(?!)"))


@kept
def phrases_from(section: str, char: str) -> re.Pattern[str]:
    """One pattern for the fixed phrases of a section that can begin with a character.

    >>> phrases_from("not_units", "个").match("个人建议")[0]
    '个人'
    """
    fitting = (phrase for phrase, first in _with_firsts(section) if first.match(char))
    return re.compile("|".join(fitting) or r"(?!)")


@kept
def _with_firsts(section: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(phrase, re.compile(firsts(phrase))) for phrase in _phrases(section)]


@kept
def _phrases(section: str) -> list[str]:
    fixed = (w for entry in load("phrases")[section].values() for w in entry)
    return sorted(fixed, key=len, reverse=True)
