"""What an entry of a user's vocabulary file may be: in its section, by itself, and beside all other
entries.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from ..errors import VocabularyError
from ..script import folded, simplify

Sections = dict[str, dict[str, Any]]
Path = tuple[str, ...]  # file, section, entry
#: files whose entries are lists of words: a user's words are added to the package's, everywhere
#: else an entry takes the place of one
GROWING = {"families", "mechanisms", "named", "names", "patterns", "phrases", "programmes"}
# the program asks for their sections, and where True for their entries, by name: a new one would do
# nothing
_FIXED = {"bounds": False, "caveats": False, "families": False, "labels": False, "mechanisms": False, "names": True, "patterns": True,
          "phrases": False, "profile": True, "scales": False}  # fmt: skip
_NEAR = 0.8  # how like a known name a new one may be before it is taken for a slip of the pen
_OPEN = {"stays", "reasons", "arithmetic"}
# files whose sections are one thing each, and files whose entries are tables: the keys that such a
# thing must have and may have
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "indicators": (("en", "zh", "what_en", "what_zh", "unit", "direction", "not_with_en", "not_with_zh", "families", "kinds", "way"),
                   ("stages", "measures", "per", "subject")),
    "named": (("en", "zh", "units", "kinds"),
              ("words", "of", "short", "topic", "shared", "link", "behind", "deeds", "without", "besides", "elsewhere", "change", "adds",
               "growth", "counts", "real", "stock", "things", "done", "open")),
    "denominators": (("one", "zh", "unit", "measures", "families", "before", "after", "subject", "alone"), ()),
    "caveats": (("en", "zh", "strict"), ()),
    "mechanisms": (("zh", "en", "what_zh", "what_en", "aliases"), ()),
    "programmes": (("en", "zh", "words"), ("docs", "statistic")),
    "labels": (("en", "zh"), ("both",)),
    "profile": (("en", "zh"), ("one",)),
}  # fmt: skip
#: files of which a section is one thing: an entry is a key of it
THINGS = {"indicators", "named", "denominators", "caveats"}
# lists of words in the tables of named.toml; those of the first are found by their first character
_FOUND = {"words", "short", "shared"}
_NAMING = _FOUND | {"topic", "link", "behind", "deeds", "without", "besides", "elsewhere"}
_LISTS = {
    "families",
    "kinds",
    "stages",
    "measures",
    "units",
    "docs",
    "aliases",
    "counts",
    "things",
    "done",
} | _NAMING
_BLANK = {"unit", "before", "after", "subject"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "kinds": ("count", "rate", "change", "money", "measure", "per"),
    "way": ("select", "pairs", "rates", "costs", "redaction"),
    "direction": ("higher", "lower", "neither"),
    "strict": ("refuse", "show"),
    "change": ("up", "down"),
    "adds": ("years", "places"),
    "growth": ("real", "either"),
}
_WANTED = {
    "units": 'what it measures, such as "cases"',
    "bounds": '"approx", "min" or "max"',
    "scales": "a whole number above 0",
    "families": 'a list of words, ["词", "词"]',
    "patterns": 'a list of words, ["词", "词"]',
    "phrases": 'a list of words, ["词", "词"]',
    "mechanisms": "a list of regular expressions of two characters or more, ['词语', '词语']",
    "names": 'words set apart by spaces, "词语 词语"',
}
_LOOK = re.compile(r"^\(\?<?[=!].*?\)")
_SPECIAL = frozenset(r"\[](){}.^$*+?|")


def misplaced(path: Path, sections: Sections) -> str:
    """Why an entry can have no such section or name; empty when it can.

    >>> misplaced(("bounds", "befor", "近"), own("bounds"))
    'there is no section [bounds.befor]; did you mean before?'
    """
    name, section, entry = path
    if section not in sections and (
        name in _FIXED or get_close_matches(section, own(name), 1, _NEAR)
    ):
        less = "" if name in _FIXED else " A new one needs a name less like it."
        return f"there is no section [{name}.{section}]; {_known(section, own(name))}{less}"
    if (
        (_FIXED.get(name) and section not in _OPEN) or section == "denied"
    ) and entry not in sections[section]:
        return (
            f"there is no entry {entry!r} in [{name}.{section}]; {_known(entry, sections[section])}"
        )
    if name in THINGS and entry not in (known := [*_KEYS[name][0], *_KEYS[name][1]]):
        return f"there is no key {entry!r}; {_known(entry, known)}"
    return ""


def _known(word: str, words: Iterable[str]) -> str:
    """The word that may have been meant, else all there are."""
    known = list(words)
    near = get_close_matches(word, known, 1, _NEAR)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"


def joined(name: str, old: Any, new: Any) -> Any:
    """An entry with what a user's file says of it: words are added, a table is changed key by key,
    all else takes its place.

    >>> joined("families", ["调解"], ["和解", "调解"]), joined("units", "items", "cases")
    (['调解', '和解'], 'cases')
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: joined(name, old.get(key), value) for key, value in new.items()}}
    if name in GROWING and isinstance(old, list) and isinstance(new, list):
        return [*old, *(word for word in new if word not in old)]
    if name == "names" and isinstance(old, str) and isinstance(new, str):
        return f"{old} {new}"
    return new


def wrong(path: Path, value: Any) -> str:
    """What is wrong with an entry by itself, and what it should be; empty when it is right.

    >>> print(wrong(("bounds", "before", "近"), "most"))
    it cannot be 'most'; write "approx", "min" or "max"
    """
    name, section, entry = path
    if name in THINGS:
        said = _key(entry, value)
        return said or (_words(path, value) if name == "named" and entry in _NAMING else "")
    table = name in _KEYS and section != "denied"
    if table and isinstance(value, dict):
        if said := lacking(name, value):
            return said
        for key, part in value.items():
            if key not in _KEYS[name][0] + _KEYS[name][1]:
                return f"there is no key {key!r}; {_known(key, _KEYS[name][0] + _KEYS[name][1])}"
            if said := _key(key, part):
                return said
        if name in {"labels", "profile"}:
            return _fillers(path, value)
    if isinstance(value, dict) != table or not fits(name, value):
        wanted = _table(name) if table else _WANTED[name]
        return f"it cannot be {value!r}; write {wanted}"
    return _OWN[name](path, value) if name in _OWN else ""


def lacking(name: str, value: dict[str, Any]) -> str:
    """Which keys a thing lacks."""
    missing = [key for key in _KEYS[name][0] if key not in value]
    return f"it lacks {', '.join(missing)}; write {_table(name)}" if missing else ""


def _table(name: str) -> str:
    return "{ " + ", ".join(f"{key} = …" for key in _KEYS[name][0]) + " }" if name not in THINGS else f"each of {', '.join(_KEYS[name][0])}"  # fmt: skip


def _key(key: str, value: Any) -> str:
    """What is wrong with one key of a thing."""
    if key in {"alone", "open", "real", "statistic", "stock"}:
        return "" if isinstance(value, bool) else f"{key} cannot be {value!r}; write true or false"
    if key in _LISTS:
        if not _is_word_list(value):
            return f'{key} cannot be {value!r}; write a list, ["…"]'
        if key in {"aliases", "words"}:
            return "" if value else f'{key} cannot be empty; write a list, ["…"]'
    elif not isinstance(value, str) or (not value.strip() and key not in _BLANK):
        return f'{key} cannot be {value!r}; write text, "…"'
    if key in {"before", "after", "subject"}:
        return _unreadable(value)
    odd = [
        one
        for one in (value if isinstance(value, list) else [value])
        if one not in _CHOICES.get(key, (one,))
    ]
    return f"{key} cannot be {odd[0]!r}; {_known(odd[0], _CHOICES[key])}" if odd else ""


def _unreadable(word: str) -> str:
    try:
        re.compile(word)
        re.compile(f"-|{word}")  # beside other words, where flags such as (?i) cannot stand
    except re.error as error:
        return f"{word!r} is no regular expression ({error}); put a backslash before signs such as ( [ * + ?"
    return ""


def _fillers(path: Path, value: dict[str, Any]) -> str:
    """Braces must be those that the program fills in the package's own text."""
    own_text = own(path[0]).get(path[1], {}).get(path[2])
    try:
        used, known = _braces(value), _braces(own_text) if own_text else None
    except ValueError as error:
        return f"its braces cannot be read ({error}); write {{{{ for a brace"
    if known is not None and (odd := used - known):
        return f"nothing fills {{{odd.pop()}}}; there are: {', '.join(sorted(known)) or 'none'}"
    return ""


def _braces(value: dict[str, str]) -> set[str]:
    return {
        name
        for text in value.values()
        for _, name, _, _ in Formatter().parse(text)
        if name is not None
    }


def _printed(path: Path, value: Any) -> str:
    """A word that stands in the text must be written as the text is after cleaning."""
    word = path[2]
    if not word:
        return "a word must stand before the sign ="
    if not re.fullmatch("[㐀-鿿!-~²³㎡‰≥≤≈·]+", word) and _cleaned(word) == word:
        return f"{word!r} is no Chinese word; is the file saved as UTF-8?"
    if word != (plain := _cleaned(word).strip()):
        return f"it is looked for in Simplified, half-width text without blanks; write {plain!r}"
    return ""


def _cleaned(word: str) -> str:
    """A word as the cleaning of pages leaves it."""
    return folded(simplify(word))


def _named(path: Path, value: str) -> str:
    single = (path[1] in {"surnames", "given"} and path[2] != "two") or path[2] == "sounds"
    for word in value.split() if path[1] != "after" else ():
        if not re.fullmatch("[㐀-鿿、·]+", word) or (single and len(word) > 1):
            return f"{word!r} is no {'single Chinese character' if single else 'Chinese word'}; write {_WANTED['names']}"
    return ""


def _unit(path: Path, value: str) -> str:
    if said := _printed(path, value):
        return said
    if re.match(r"[\d万亿多余]", path[2]) or "/" in path[2]:
        return "a unit stands without a digit, 万, 亿, 多 or 余 before it and without / in it; these are read by themselves"
    return "" if value.strip() else f"it cannot be {value!r}; write {_WANTED['units']}"


def _bound(path: Path, value: str) -> str:
    if path[1] == "inside" and len(path[2]) != 1:
        return "a hedge inside a number is one character"
    return (
        "it is longer than 6 characters, and looked for no further"
        if len(path[2]) > 6
        else _printed(path, value)
    )


def _scale(path: Path, value: int) -> str:
    if path[1] == "digit" and value > 9:
        return f"it cannot be {value!r}; a digit is worth 0 to 9"
    if path[1] != "digit" and str(value).strip("0") != "1":
        return f"it cannot be {value!r}; a place or scale is a power of ten"
    if not re.fullmatch("[\u4e00-\u9fff]" + ("{1,3}" if path[1] == "scale" else ""), path[2]):
        return "a digit or place is one Chinese character, a scale up to three"
    return _printed(path, value)


def _words(path: Path, value: list[str]) -> str:
    """Words are looked for in Simplified text, side by side in one pattern."""
    for word in value:
        if said := _unreadable(word):
            return said
        if simplify(word) != word:
            return f"{word!r} is looked for in Simplified text; write {simplify(word)!r}"
        if re.compile(word).groups:
            return f"{word!r} has a group that is kept; write (?:…) for (…)"
        if re.compile(word).match(""):
            return f"{word!r} matches nothing at all, so it would match everywhere; write a word"
        found = path[2] in _FOUND if path[0] == "named" else path[1] != "topic"
        if path[0] in {"families", "named"} and found and (said := _first(word)):
            return said
    return ""


def _first(word: str) -> str:
    """Words of families are looked up by their first character, so that they have one and no second
    beginning.
    """
    bare = re.sub(r"\\.|\[[^\]]*\]", "", word)
    while bare != (bare := re.sub(r"\([^()]*\)", "", bare)):
        pass
    if "|" in bare:
        return (
            f"{word!r} is two words; write each by itself, {', '.join(map(repr, bare.split('|')))}"
        )
    rest = _LOOK.sub("", word)
    return (
        f"{word!r} must begin with a character that stands for itself"
        if not rest or rest[0] in _SPECIAL
        else ""
    )


def _aliases(path: Path, value: Any) -> str:
    return _words(path, value if isinstance(value, list) else value["aliases"])


_OWN: dict[str, Callable[[Path, Any], str]] = {
    "names": _named, "units": _unit, "bounds": _bound, "scales": _scale, "families": _words, "patterns": _words, "phrases": _words, "mechanisms": _aliases}  # fmt: skip


def _measures(units: Sections) -> dict[str, str]:
    """What each unit measures."""
    return {
        unit: measure
        for section, said in units.items()
        if section != "aliases"
        for unit, measure in said.items()
    }


def together(load: Callable[[str], Sections]) -> Iterator[tuple[Path, str]]:
    """What is wrong between entries of several files: families without a name, units and measures
    that nothing has.

    >>> list(together(own))
    []
    """
    families, units = load("labels")["families"], load("units")
    known = _measures(units)
    names = {
        "families": {*families},
        "stages": {*load("labels")["stages"]},
        "per": {*load("denominators")},
    }
    # the package's indicators may ask for a measure that a user's units have put another in the
    # place of
    names["measures"] = {"", *known.values(), *_measures(own("units")).values()}
    for alias, unit in units["aliases"].items():
        if unit not in known:
            yield (
                ("units", "aliases", alias),
                f"there is no unit {unit!r}; add it to a section of units",
            )
    for section, said in load("families").items():
        for family in said:
            if family not in families:
                yield (
                    ("families", section, family),
                    (
                        f'the family has no name yet; add [labels.families] with {family} = {{ en = "…", zh = "…" }}, or take one '
                        f"of: {', '.join(families)}"
                    ),
                )
    for section, said in load("named").items():
        if lacks := lacking("named", said):
            yield ("named", section, ""), lacks
        if (of := said.get("of")) and of not in load("named"):
            yield (
                ("named", section, "of"),
                f"there is no indicator {of!r}; {_known(of, load('named'))}",
            )
        for count in said.get("counts", []):
            if count not in load("named"):
                yield (
                    ("named", section, "counts"),
                    f"there is no indicator {count!r}; {_known(count, load('named'))}",
                )
        if not {"words", "of", "short", "shared", "behind"} & said.keys():
            yield ("named", section, ""), 'nothing names it; write words = ["…"]'
        for unit in said.get("units", []):
            if unit not in known and unit not in units["aliases"] and unit:
                yield (
                    ("named", section, "units"),
                    f"there is no unit {unit!r}; add it to a section of units",
                )
    for name in ("indicators", "denominators"):
        for section, said in load(name).items():
            if lacks := lacking(name, said):
                yield (name, section, ""), lacks
            for key in said.keys() & names.keys():
                for one in [said[key]] if key == "per" else said[key]:
                    if one not in names[key]:
                        yield (name, section, key), f"there is no {one!r} among {key}; {_known(one, sorted(filter(None, names[key])))}"  # fmt: skip


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
    return isinstance(value, dict) and {"en", "zh", "words"} <= set(value) <= {"en", "zh", "words", "docs", "statistic"} and isinstance(value.get("statistic", False), bool) and _patterns(value["words"])  # fmt: skip


def _patterns(values: list[Any]) -> bool:
    """Whether values are regular expressions of two characters or more, one at least."""
    try:
        return bool(values) and all(len(v) > 1 and not re.compile(v).match("") for v in values)
    except (re.error, TypeError):
        return False


def _bilingual(value: Any) -> bool:
    """Whether a value says one thing in English and Chinese (and in the English singular), with
    braces that can be filled.
    """
    if not isinstance(value, dict) or not {"en", "zh"} <= set(value) <= {"en", "zh", "one"}:
        return False
    try:
        fields = [field for text in value.values() for _, field, _, _ in Formatter().parse(text)]
    except (TypeError, ValueError):
        return False
    return all(value.values()) and all(field is None or field.isidentifier() for field in fields)


def _is_word_list(value: Any) -> bool:
    """Whether a value is a list of words."""
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


# what an entry of each file may be; a file that is not listed may hold anything TOML can
_SHAPES: dict[str, Callable[[Any], bool]] = {
    "units": lambda v: isinstance(v, str),
    "bounds": lambda v: v in ("approx", "min", "max"),
    "scales": lambda v: isinstance(v, int) and v > 0,
    "families": _is_word_list,
    "patterns": _is_word_list,
    "phrases": _is_word_list,
    "indicators": lambda v: isinstance(v, str | list),
    "named": lambda v: isinstance(v, str | bool) or _is_word_list(v),
    "caveats": lambda v: isinstance(v, str),
    "profile": _bilingual,
    "mechanisms": lambda v: _patterns(v) if isinstance(v, list) else _mechanism(v),
    "programmes": _programme,
    "names": lambda v: isinstance(v, str) and bool(v.strip()),
}


def names() -> list[str]:
    """Names of the vocabulary files, without their ending.

    >>> "units" in names()
    True
    """
    found = [f.name for f in files(__package__).iterdir() if f.name.endswith(".toml")]
    # the help of the command line is no word of the language
    return sorted(name.removesuffix(".toml") for name in found if name != "commands.toml")


@cache
def own(name: str) -> Sections:
    """The same file without the user's, as the package brings it."""
    path = files(__package__) / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise VocabularyError(
            f"there is no vocabulary file {name}.toml; there are: {', '.join(names())}"
        ) from None
    return parse(text, name)


def fits(name: str, value: Any) -> bool:
    """Whether a value has the shape of an entry of a vocabulary file.

    >>> fits("bounds", "min"), fits("bounds", "most")
    (True, False)
    """
    return _SHAPES.get(name, lambda value: True)(value)


def parse(text: str, name: str) -> Sections:
    """Checked sections of a vocabulary text, as `load` gives them.

    >>> parse('[a]\\n"件" = "items"', "units")
    {'a': {'件': 'items'}}
    """
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(
            f"{name}.toml: {error}; see the grammar at the head of the file"
        ) from None
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


GROUPS = (
    "reception",
    "responsibility",
    "mediation",
    "outreach",
    "resources",
    "information",
    "assessment",
)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One institution of the vocabulary, with its aliases as patterns."""

    key: str
    group: str
    zh: str
    en: str
    what_zh: str
    what_en: str
    aliases: tuple[re.Pattern[str], ...]


def checked(sections: dict[str, dict[str, Any]]) -> dict[str, Mechanism]:
    """Mechanisms by key out of the sections of a vocabulary file.

    >>> len(checked({"denied": {}}))
    0
    """
    found: dict[str, Mechanism] = {}
    owners: dict[str, str] = {}
    for group, entries in sections.items():
        if group == "denied":
            continue
        if group not in GROUPS:
            raise VocabularyError(
                f"mechanisms.toml: there is no group [{group}]; there are: {', '.join(GROUPS)}"
            )
        for key, entry in entries.items():
            if key in found:
                raise VocabularyError(
                    f"mechanisms.toml: the entry {key!r} stands in [{found[key].group}] and [{group}]"
                )
            for alias in entry["aliases"]:
                if owners.setdefault(alias, key) != key:
                    raise VocabularyError(
                        f"mechanisms.toml: the alias {alias!r} of {key!r} is one of {owners[alias]!r}"
                    )
            aliases = tuple(re.compile(alias) for alias in entry["aliases"])
            zh, en, what_zh, what_en = (entry[k] for k in ("zh", "en", "what_zh", "what_en"))
            found[key] = Mechanism(key, group, zh, en, what_zh, what_en, aliases)
    return found
