"""Words are data: loads the vocabulary files and says exactly which entry is wrong."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from .errors import VocabularyError

__all__ = ["load", "names"]

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
    "bounds": lambda v: v in {"approx", "min", "max"},
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


@cache
def load(name: str) -> dict[str, dict[str, Any]]:
    """One vocabulary file as section → entry → value.

    Args:
        name: the file's name without `.toml`, one of `names()`.

    Returns:
        a dictionary of sections, each a dictionary of entries in the order of the file.

    Raises:
        VocabularyError: no such file, broken TOML, or an entry of the wrong shape (file, line and entry are named).

    >>> load("units")["petition"]["批次"]
    'batches'
    """
    path = files(__package__) / "vocabulary" / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise VocabularyError(f"there is no vocabulary file {name}.toml; there are: {', '.join(names())}") from None
    return parse(text, name)


def parse(text: str, name: str) -> dict[str, dict[str, Any]]:
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
    fits = _SHAPES.get(name, lambda value: True)
    for section, entries in sections.items():
        for entry, value in entries.items() if isinstance(entries, dict) else [(section, None)]:
            if value is None or not fits(value):
                line = _line_of(text, entry)
                raise VocabularyError(
                    f"{name}.toml, line {line}: the entry {entry!r} in [{section}] cannot be {value!r}; "
                    "see the grammar at the head of the file"
                )
    return sections


def _line_of(text: str, entry: str) -> int:
    head = re.compile(rf"\s*[\"'\[]?{re.escape(entry)}[\"'\]]?\s*(?:=|$)")
    return next((i for i, line in enumerate(text.splitlines(), 1) if head.match(line)), 1)
