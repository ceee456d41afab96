"""The words in force: the package's own with a user's files laid over them."""

import os
import re
import tomllib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from ..errors import VocabularyError
from ..schema import VOCABULARY, frame
from . import rules
from .rules import Sections, checked, names, own

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["vocabulary"]

#: the environment variable with the user's files that a session begins with
VARIABLE = "QZ_VOCABULARY"
_Made = TypeVar("_Made", bound=Callable[..., Any])


class File(NamedTuple):
    """A user's vocabulary file: the name as given, its whole path, and its text, which goes where
    the path does not.
    """

    shown: str
    path: str
    text: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one session: the files that the user extends, and all that was made of the words
    since.
    """

    extended: dict[str, Sections] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    entries: tuple[tuple[Any, ...], ...] = ()
    made: dict[Callable[..., Any], dict[tuple[Hashable, ...], Any]] = field(
        default_factory=dict, repr=False
    )


_LISTENERS: list[Callable[[], None]] = []


def on_change(forget: Callable[[], None]) -> Callable[[], None]:
    """Registers what has to be told when other words come into force."""
    _LISTENERS.append(forget)
    return forget


class _Session:
    """The one thing that changes: which vocabulary is in force."""

    __slots__ = ("now",)

    def __init__(self) -> None:
        self.put(None)

    def put(self, vocabulary: Vocabulary | None) -> None:
        self.now = vocabulary
        for forget in _LISTENERS:
            forget()


_SESSION = _Session()
#: the package's own words: what was made of them is there again when a user's file is taken out
PLAIN = Vocabulary()


def current() -> Vocabulary:
    """The vocabulary in force; at first the package's own with the files that the environment
    variable names.
    """
    if (now := _SESSION.now) is not None:
        return now
    now = PLAIN
    if os.environ.get(VARIABLE, "").strip(os.pathsep + " "):
        now = begun()
    _SESSION.put(now)
    return now


def held() -> Vocabulary | None:
    """The vocabulary in force, None where nothing has asked for it yet: what `put` brings back."""
    return _SESSION.now


def put(vocabulary: Vocabulary | None) -> None:
    """Puts a vocabulary in force, for the whole process; None goes back to what a session begins
    with.
    """
    _SESSION.put(vocabulary)


def kept(make: _Made) -> _Made:
    """Keeps what a function makes of the words, as `functools.cache` does, for as long as these
    words are in force.

    Whatever depends on the vocabulary comes out of such a function and is never a value of a
    module, so that a user's file takes
    effect whenever it is switched on, and the package's own words are as fast as before when it is
    switched off again.

    >>> @kept
    ... def unit_count():
    ...     return len(load("units")["petition"])
    >>> unit_count() == unit_count() > 10
    True
    """

    @cache  # what is asked for again is found without a step of Python
    @wraps(make)
    def made(*args: Hashable) -> Any:
        while True:
            now = current()
            mine = now.made.setdefault(make, {})
            if args not in mine:
                mine[args] = make(*args)
            if now is _SESSION.now:  # else another thread put other words in force meanwhile
                return mine[args]

    on_change(made.cache_clear)
    return cast(_Made, made)


def load(name: str) -> Sections:
    """One vocabulary file as section → entry → value, with what the user's files in force add to
    it.

    >>> load("units")["petition"]["批次"]
    'batches'
    """
    return current().extended.get(name) or own(name)


_HEAD = re.compile(r"\s*\[([^\[\]\n]+)\]\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*="""
)


class _Entry(NamedTuple):
    """One entry of a user's file; its place is file, section and entry of the vocabulary."""

    path: rules.Path
    value: Any
    file: File
    line: int
    head: int  # the line where its table begins

    def wrong(self, said: str) -> VocabularyError:
        return _error(self.file, self.line, self.path, said)


def vocabulary(*paths: str | os.PathLike[str], reset: bool = False) -> "pd.DataFrame":
    """Switches a vocabulary of your own on for this session, or tells what is in force.

    A file holds tables named after the package's vocabulary files: `[units.petition]` is the
    section `petition` of `units.toml`,
    `[indicators.legal_aid]` an indicator, `[mechanisms.reception.night_desk]` a mechanism of the
    group `reception`. Words of families, phrases,
    names, programmes and mechanisms are added to the package's; every other entry adds to the
    package's or takes the place of the one of
    its name. Of two files that say different things the later one holds.

    A call takes the place of an earlier one and of the files that the environment variable
    `QZ_VOCABULARY` names; without paths nothing
    changes. Files are read once, so call again when you have changed one. Tables that you extracted
    before stay as they are.

    Args:
        paths: TOML files in UTF-8.
        reset: go back to what the session began with: the package's words, and the files of
            `QZ_VOCABULARY`.

    Returns:
        one row per entry of your files that is in force, with the columns of `schema.VOCABULARY`.

    Raises:
        VocabularyError: a file is missing or an entry is wrong: file, line, entry and way out are
            named, and what was in force stays so.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> mine = tempfile.mkdtemp() + "/mine.toml"
    >>> _ = open(mine, "w", encoding="utf-8").write('[units.petition]\\n"通" = "calls"')
    >>> vocabulary(mine)[["entry", "does", "value"]].values.tolist()
    [['units.petition.通', 'adds', 'calls']]
    >>> extract("接听热线320通。")["measure"].tolist(), len(vocabulary(reset=True)), len(extract("接听热线320通。"))
    (['calls'], 0, 0)
    """
    if reset and paths:
        raise VocabularyError("give files, or reset=True, not both")
    if odd := [path for path in paths if not isinstance(path, str | os.PathLike)]:
        raise VocabularyError(
            f"{odd[0]!r} is no path; give paths one by one: qz.vocabulary('a.toml', 'b.toml')"
        )
    if reset:
        put(None)
    elif paths:
        put(_built([_read(os.fspath(path)) for path in paths]))
    return frame(current().entries, VOCABULARY)


def begun() -> Vocabulary:
    """What a session begins with: the files that the environment variable names, apart by the
    system's separator.
    """
    paths = [path.strip() for path in os.environ.get(VARIABLE, "").split(os.pathsep)]
    try:
        return _built([_read(path) for path in paths if path])
    except VocabularyError as error:
        raise VocabularyError(
            f"{error} (the environment variable {VARIABLE} names the file)"
        ) from None


def files_in_force() -> list[File]:
    """The user's files in force, with their texts: what goes to other processes and other machines.

    >>> files_in_force()
    []
    """
    return list(current().files)


def take(files: Sequence[Sequence[str]]) -> None:
    """Puts files in force that came from another process, as `files_in_force` gave them; none when
    there are none.
    """
    given = tuple(File(*file) for file in files)
    now = held()  # what this machine's own environment says does not count
    if now is None or now.files != given:
        put(_built(given) if given else PLAIN)


def _read(path: str) -> File:
    whole = os.path.abspath(path)
    try:
        with open(whole, "rb") as handle:
            text = handle.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8"
    except FileNotFoundError:
        said = f"there is no such file in {os.path.dirname(whole)}; check the spelling or give the whole path"
    except (OSError, ValueError) as error:
        said = f"cannot be read ({getattr(error, 'strerror', None) or error}); give the path of a TOML file"
    else:
        return File(path, whole, text.replace("\r\n", "\n"))
    raise VocabularyError(f"{path}: {said}")


def _built(files: Sequence[File]) -> Vocabulary:
    """The package's vocabulary with the entries of the files, each checked by itself, then all
    together.
    """
    extended: dict[str, Sections] = {}
    at: dict[rules.Path, _Entry] = {}
    rows: dict[rules.Path, tuple[Any, ...]] = {}
    for entry in (entry for file in files for entry in _entries(file)):
        row = _laid(entry, extended)
        at[entry.path] = entry
        at.setdefault(entry.path[:2], entry)
        shown = entry.path[:2] if entry.path[0] in rules.THINGS else entry.path
        if (before := rows.get(shown)) and shown == entry.path[:2] and before[3] == row[3]:
            row = (*before[:2], row[2], *before[3:])  # another key of the same thing
        rows[shown] = row
    for path, said in rules.together(lambda name: extended.get(name) or own(name)):
        culprit = at.get(path) or at.get(path[:2])
        if culprit is None:
            raise VocabularyError(
                f"{', '.join(file.shown for file in files)}: {'.'.join(filter(None, path))}: {said}"
            )
        raise _error(culprit.file, culprit.line if path in at else culprit.head, path, said)
    return Vocabulary(extended, tuple(files), tuple(rows.values()))


def _laid(entry: _Entry, extended: dict[str, Sections]) -> tuple[Any, ...]:
    """Lays an entry over the sections of its file; the row that tells of it."""
    name, section, key = entry.path
    if name not in extended:
        extended[name] = {section: dict(said) for section, said in own(name).items()}
    sections = extended[name]
    known = section in sections if name in rules.THINGS else key in sections.get(section, {})
    if said := rules.misplaced(entry.path, sections):
        raise (
            entry.wrong(said)
            if section in sections
            else _error(entry.file, entry.head, entry.path[:2], said)
        )
    homes = (
        [said for home, said in sections.items() if home != section and key in said]
        if name == "units"
        else []
    )
    value = rules.joined(name, sections.get(section, {}).get(key), entry.value)
    if said := rules.wrong(entry.path, value):
        raise entry.wrong(said)
    for home in homes:  # a unit moves to the section that the user gives it
        del home[key]
    sections.setdefault(section, {})[key] = value
    if name == "mechanisms":
        try:
            checked(sections)
        except VocabularyError as error:
            raise entry.wrong(str(error).removeprefix("mechanisms.toml: ")) from None
    return _row(entry, sections[section], bool(known or homes))


def _row(entry: _Entry, section: dict[str, Any], known: bool) -> tuple[Any, ...]:
    """What an entry does, as a row of the table; of a thing all entries together."""
    value, file = entry.value, os.path.basename(entry.file.path)
    if entry.path[0] in rules.THINGS:
        return (
            ".".join(entry.path[:2]),
            "overrides" if known else "adds",
            _shown(section),
            file,
            entry.head,
        )
    only_words = not (isinstance(value, dict) and value.keys() - {"aliases", "words", "docs"})
    grows = entry.path[0] in rules.GROWING and only_words
    does = ("adds words" if grows else "overrides") if known else "adds"
    return ".".join(entry.path), does, _shown(value), file, entry.line


def _shown(value: Any) -> str:
    """A value in few words: of a table its names."""
    if isinstance(value, dict):
        named = [str(value[key]) for key in ("en", "one", "zh") if key in value]
        return " · ".join(named) or " ".join(map(_shown, value.values()))
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _entries(file: File) -> list[_Entry]:
    """The entries of a file in its order, each with its line."""
    try:
        tables = tomllib.loads(file.text + "\n")  # an error at the very end has a line, too
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(
            f'{file.shown}: {error}; Chinese words stand in straight quotation marks, "桩" = "cases", and every table begins '
            "with the name of a vocabulary file, [units.petition]"
        ) from None
    lines = _lines(file.text)

    def wrong(path: rules.Path, said: str) -> VocabularyError:
        return _error(file, _line(lines, path), path, said)

    found = []
    for name, sections in tables.items():
        if name not in names():
            raise wrong(
                (name,),
                f"there is no vocabulary file {name!r}; a table begins with one of: {', '.join(names())}",
            )
        if not isinstance(sections, dict):
            raise wrong(
                (name,),
                f"it stands in no section; write it below [{name}.SECTION]: {', '.join(own(name))}",
            )
        for section, said in sections.items():
            if not isinstance(said, dict):
                raise wrong(
                    (name, section),
                    f"it stands in no section; write it below [{name}.SECTION]: {', '.join(own(name))}",
                )
            if not said:
                raise wrong(
                    (name, section), "the table is empty; give it an entry, or leave it out"
                )
            for key, value in said.items():
                path = (name, section, key)
                found.append(_Entry(path, value, file, _line(lines, path), _line(lines, path[:2])))
    return sorted(found, key=lambda entry: entry.line)


def _error(file: File, line: int, path: rules.Path, said: str) -> VocabularyError:
    return VocabularyError(f"{file.shown}, line {line}: {'.'.join(filter(None, path))}: {said}")


def _line(lines: dict[rules.Path, int], path: rules.Path) -> int:
    """The line of an entry, else that of the table it stands in or, where a table was written out,
    of its first.
    """
    while path not in lines and len(path) > 1:
        below = [line for known, line in lines.items() if known[: len(path)] == path]
        if below:
            return min(below)
        path = path[:-1]
    return lines.get(path) or min(
        (line for known, line in lines.items() if known[:1] == path[:1]), default=1
    )


def _lines(text: str) -> dict[rules.Path, int]:
    """Where each table and each key of a TOML text stands, lines counted from 1."""
    found: dict[rules.Path, int] = {}
    table: rules.Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        if head := _HEAD.match(line):
            table = _dotted(head[1]) or table
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(table + _dotted(key[1]), number)
    return found


def _dotted(words: str) -> rules.Path:
    """The parts of a dotted key, quotation marks read as TOML reads them."""
    try:
        inner: Any = tomllib.loads(f"{words} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(inner, dict):
        key, inner = next(iter(inner.items()))
        parts.append(key)
    return tuple(parts)
