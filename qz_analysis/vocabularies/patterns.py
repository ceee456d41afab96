"""Patterns of the language: the grammar stands in code, the words in `patterns.toml`."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from .session import kept, load, on_change

__all__ = ["Pattern", "phrases", "words"]

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
_NAMED = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
_PATTERNS: list["Pattern"] = []


class Pattern:
    """A regular expression with the words of `patterns.toml` in it, compiled when it is first used.

    A name in braces stands for the words of that entry as one group of alternatives, in the order
    of the file: `{up}` for an entry of the pattern's own section, `{context.up}` for one of
    another. Repetitions such as `{0,6}` stay as they are. The methods are those of `re.Pattern`;
    a pattern is compiled anew when other words come into force.

    Args:
        section: a section of `patterns.toml`.
        grammar: the expression; `(?x)` at its head allows spaces and comments in it.

    >>> rise = Pattern("context", r"(?:同比|环比)(?P<word>{up})")
    >>> rise.search("环比上升3.5%")["word"]
    '上升'
    """

    __slots__ = ("_grammar", "_section", *_METHODS)

    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, section: str, grammar: str) -> None:
        self._section, self._grammar = section, grammar
        self.forget()
        _PATTERNS.append(self)

    @property
    def pattern(self) -> str:
        """The expression with its words filled in."""
        return _NAMED.sub(lambda m: _alternatives(m[1], self._section), self._grammar)

    def forget(self) -> None:
        """Makes the next use compile the pattern anew."""
        for name in _METHODS:
            setattr(self, name, partial(self._first, name))

    def _first(self, name: str, *args: object, **kwargs: object) -> object:
        """Compiles, puts the compiled methods in place of this one, and answers the call."""
        compiled = re.compile(self.pattern)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)(*args, **kwargs)


def _alternatives(name: str, section: str) -> str:
    said, _, entry = name.rpartition(".")
    return f"(?:{'|'.join(words(said or section, entry))})"


@on_change
def _forget() -> None:
    for pattern in _PATTERNS:
        pattern.forget()


def words(section: str, entry: str) -> list[str]:
    """The words of one entry of `patterns.toml`, in the order of the file.

    >>> "上升" in words("context", "up")
    True
    """
    found: list[str] = load("patterns")[section][entry]
    return found


@kept
def phrases(section: str) -> re.Pattern[str]:
    """One pattern for all fixed phrases of a section of `phrases.toml`."""
    fixed = (w for entry in load("phrases")[section].values() for w in entry)
    return re.compile("|".join(sorted(fixed, key=len, reverse=True)) or r"(?!)")
