"""Words are data: loads the vocabulary files, says exactly which entry is wrong, and keeps what is made of them."""

import os
import re
import tomllib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple, TypeVar, cast

from .errors import VocabularyError

__all__ = ["PLAIN", "VARIABLE", "File", "Vocabulary", "current", "fits", "held", "kept", "load", "names", "own", "put"]

#: the environment variable with the user's files that a session begins with
VARIABLE = "QZ_VOCABULARY"
Sections = dict[str, dict[str, Any]]
_Made = TypeVar("_Made", bound=Callable[..., Any])


class File(NamedTuple):
    """A user's vocabulary file: the name as given, its whole path, and its text, which goes where the path does not."""

    shown: str
    path: str
    text: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one session: the files that the user extends, and all that was made of the words since."""

    extended: dict[str, Sections] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    entries: tuple[tuple[Any, ...], ...] = ()
    made: dict[Callable[..., Any], dict[tuple[Hashable, ...], Any]] = field(default_factory=dict, repr=False)


class _Session:
    """The one thing that changes: which vocabulary is in force, and what was made of it, a step nearer for those who ask often."""

    __slots__ = ("made", "now")

    def __init__(self) -> None:
        self.put(None)

    def put(self, vocabulary: Vocabulary | None) -> None:
        self.now, self.made = vocabulary, vocabulary.made if vocabulary else {}


_SESSION = _Session()
#: the package's own words: what was made of them is there again when a user's file is taken out
PLAIN = Vocabulary()


def current() -> Vocabulary:
    """The vocabulary in force; at first the package's own with the files that the environment variable names.

    Raises:
        VocabularyError: one of these is missing or wrong.
    """
    if (now := _SESSION.now) is not None:
        return now
    now = PLAIN
    if os.environ.get(VARIABLE, "").strip(os.pathsep + " "):
        from .extending import begun  # most sessions have no such file, and need nothing of what checks one

        now = begun()
    _SESSION.put(now)
    return now


def held() -> Vocabulary | None:
    """The vocabulary in force, None where nothing has asked for it yet: what `put` brings back."""
    return _SESSION.now


def put(vocabulary: Vocabulary | None) -> None:
    """Puts a vocabulary in force, for the whole process; None goes back to what a session begins with."""
    _SESSION.put(vocabulary)


def kept(make: _Made) -> _Made:
    """Keeps what a function makes of the words, as `functools.cache` does, for as long as these words are in force.

    Whatever depends on the vocabulary comes out of such a function and is never a value of a module, so that a user's file takes
    effect whenever it is switched on, and the package's own words are as fast as before when it is switched off again.

    >>> @kept
    ... def unit_count():
    ...     return len(load("units")["petition"])
    >>> unit_count() == unit_count() > 10
    True
    """

    @wraps(make)
    def made(*args: Hashable) -> Any:
        try:
            return _SESSION.made[make][args]
        except KeyError:
            pass
        # of the vocabulary that it was begun with, though another thread puts one in force meanwhile
        mine = current().made.setdefault(make, {})
        mine[args] = value = make(*args)
        return value

    return cast(_Made, made)


_MECHANISM = ("zh", "en", "what_zh", "what_en")


def _mechanism(value: Any) -> bool:
    """Whether a value names, defines and finds a mechanism."""
    return (
        isinstance(value, dict)
        and set(value) == {*_MECHANISM, "aliases"}
        and all(isinstance(value[key], str) and value[key].strip() for key in _MECHANISM)
        and isinstance(value["aliases"], list)
        and _patterns(value["aliases"])
    )


def _programme(value: Any) -> bool:
    """Whether a value names a programme and the words that mark its figures."""
    return isinstance(value, dict) and {"en", "zh", "words"} <= set(value) <= {"en", "zh", "words", "docs"} and _patterns(value["words"])  # fmt: skip


def _patterns(values: list[Any]) -> bool:
    """Whether values are regular expressions of two characters or more, one at least."""
    try:
        return bool(values) and all(len(v) > 1 and not re.compile(v).match("") for v in values)
    except (re.error, TypeError):
        return False


def _bilingual(value: Any) -> bool:
    """Whether a value says one thing in English and Chinese (and in the English singular), with braces that can be filled."""
    if not isinstance(value, dict) or not {"en", "zh"} <= set(value) <= {"en", "zh", "one"}:
        return False
    try:
        fields = [field for text in value.values() for _, field, _, _ in Formatter().parse(text)]
    except (TypeError, ValueError):
        return False
    return all(value.values()) and all(field is None or field.isidentifier() for field in fields)


# what an entry of each file may be; a file that is not listed may hold anything TOML can
_SHAPES: dict[str, Callable[[Any], bool]] = {
    "units": lambda v: isinstance(v, str),
    "bounds": lambda v: v in ("approx", "min", "max"),
    "scales": lambda v: isinstance(v, int) and v > 0,
    "families": lambda v: isinstance(v, list) and all(isinstance(w, str) for w in v),
    "phrases": lambda v: isinstance(v, list) and all(isinstance(w, str) for w in v),
    "indicators": lambda v: isinstance(v, str | list),
    "caveats": lambda v: isinstance(v, str),
    "profile": _bilingual,
    "mechanisms": lambda v: _patterns(v) if isinstance(v, list) else _mechanism(v),
    "programmes": _programme,
    "names": lambda v: isinstance(v, str) and bool(v.strip()),
}


def names() -> list[str]:
    """Names of the vocabulary files, without their ending.

    Returns:
        the names in alphabetical order.

    >>> "units" in names()
    True
    """
    folder = files(__package__) / "vocabulary"
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))


def load(name: str) -> Sections:
    """One vocabulary file as section → entry → value, with what the user's files in force add to it.

    Args:
        name: the file's name without `.toml`, one of `names()`.

    Returns:
        a dictionary of sections, each a dictionary of entries in the order of the file.

    Raises:
        VocabularyError: no such file, broken TOML, or an entry of the wrong shape (file, line and entry are named).

    >>> load("units")["petition"]["批次"]
    'batches'
    """
    return current().extended.get(name) or own(name)


@cache
def own(name: str) -> Sections:
    """The same file without the user's, as the package brings it."""
    path = files(__package__) / "vocabulary" / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise VocabularyError(f"there is no vocabulary file {name}.toml; there are: {', '.join(names())}") from None
    return parse(text, name)


def fits(name: str, value: Any) -> bool:
    """Whether a value has the shape of an entry of a vocabulary file.

    >>> fits("bounds", "min"), fits("bounds", "most")
    (True, False)
    """
    return _SHAPES.get(name, lambda value: True)(value)


def parse(text: str, name: str) -> Sections:
    """Checked sections of a vocabulary text, as `load` gives them.

    Args:
        text: the TOML text.
        name: which vocabulary it is (decides what an entry may be; names the file in messages).

    Raises:
        VocabularyError: as in `load`.

    >>> parse('[a]\\n"件" = "items"', "units")
    {'a': {'件': 'items'}}
    """
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{name}.toml: {error}; see the grammar at the head of the file") from None
    for section, entries in sections.items():
        for entry, value in entries.items() if isinstance(entries, dict) else [(section, None)]:
            if value is None or not fits(name, value):
                line = _line_of(text, entry)
                raise VocabularyError(
                    f"{name}.toml, line {line}: the entry {entry!r} in [{section}] cannot be {value!r}; "
                    "see the grammar at the head of the file"
                )
    return sections


def _line_of(text: str, entry: str) -> int:
    head = re.compile(rf"\s*[\"'\[]?{re.escape(entry)}[\"'\]]?\s*(?:=|$)")
    return next((i for i, line in enumerate(text.splitlines(), 1) if head.match(line)), 1)
