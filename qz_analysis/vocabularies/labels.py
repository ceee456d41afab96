"""Words in English, in Chinese, or in both: `vocabularies/labels.toml` spoken."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

from .session import load

Lang = Literal["en", "zh", "both"]
#: what stands behind a figure that the audit could check, by its verdict
MARKS = {"ok": "✓", "bad": "×"}
#: what stands before a figure that is no exact one, by its bound
SIGNS = {"min": "≥", "max": "≤", "approx": "≈"}
_P = ParamSpec("_P")
_R = TypeVar("_R")


class Both(str):
    """Words in English and in Chinese: as a string the one beside the other, in a sentence of one
    language that one.
    """

    en: str
    zh: str

    def __new__(cls, en: str, zh: str, text: str | None = None) -> "Both":
        words = super().__new__(
            cls, (en if en == zh else f"{en} {zh}".strip()) if text is None else text
        )
        words.en, words.zh = en, zh
        return words


def _side(value: Any, lang: Lang) -> Any:
    """What is meant in one language: each `Both` gives way to that side of it."""
    if isinstance(value, Both):
        return value.zh if lang == "zh" else value.en
    return [_side(part, lang) for part in value] if isinstance(value, list | tuple) else value


def _merged(en: Any, zh: Any) -> Any:
    if isinstance(en, dict):
        return {key: _merged(value, zh[key]) for key, value in en.items()}
    return Both(en, zh) if isinstance(en, str) and en != zh else en


def bilingual(write: Callable[_P, _R]) -> Callable[_P, _R]:
    """Teaches a function that writes in the language `lang` to write in `both`: once in each, then
    put together.

    >>> @bilingual
    ... def greet(name, lang):
    ...     return {"en": "Hello, ", "zh": "你好，"}[lang] + name
    >>> greet(Both("Li", "李"), "both")
    'Hello, Li 你好，李'
    """
    signature = inspect.signature(write)

    @wraps(write)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        given = signature.bind(*args, **kwargs).arguments
        if given["lang"] != "both":
            return write(*args, **kwargs)
        sides: list[Any] = []
        for lang in ("en", "zh"):
            call = signature.bind_partial()
            call.arguments.update(
                {name: _side(value, lang) for name, value in given.items()} | {"lang": lang}
            )
            sides.append(write(*call.args, **call.kwargs))
        merged: _R = _merged(*sides)
        return merged

    return wrapper


def either(en: str, zh: str, lang: Lang) -> str:
    """Words at hand in two languages, in the one that is asked for.

    >>> either("rate", "比率", "zh"), either("rate", "比率", "both")
    ('比率', 'rate 比率')
    """
    return Both(en, zh) if lang == "both" else zh if lang == "zh" else en


def in_lines(words: str) -> str:
    """Words in two languages on two lines, English first; any others as they are.

    >>> in_lines(Both("rate", "比率"))
    'rate\\n比率'
    """
    return (
        f"{words.en}\n{words.zh}".strip()
        if isinstance(words, Both) and words.en != words.zh
        else words
    )


def say(section: str, key: str, lang: Lang, **fillers: Any) -> str:
    """A word or sentence of `vocabularies/labels.toml` in one language, or in both.

    Args:
        section: a section of the file.
        key: an entry of it.
        lang: `en`, `zh` or `both`.
        fillers: what stands for the words in braces.

    Returns:
        the text, a `Both` when both languages are asked for; the key itself where the section has
        no such entry.

    Raises:
        ValueError: another language.

    >>> say("stages", "resolved", "en"), say("words", "masked", "zh", n=3), say("stages", "resolved", "both")
    ('resolved', '+3隐去', 'resolved 办结')
    """
    if lang not in ("en", "zh", "both"):
        raise ValueError(f"charts speak en or zh, or both, not {lang!r}")
    entry = load("labels")[section].get(key)
    if entry is None:
        return key
    if lang != "both":
        return str(entry[lang]).format(
            **{name: _side(value, lang) for name, value in fillers.items()}
        )
    languages: tuple[Lang, ...] = ("en", "zh")
    sides = [say(section, key, side, **fillers) for side in languages]
    return Both(sides[0], sides[1], entry["both"].format(**fillers) if "both" in entry else None)
