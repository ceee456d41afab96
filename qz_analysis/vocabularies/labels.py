"""Words in English, in Chinese, or in both: `vocabularies/labels.toml` spoken; which of them is in
force.
"""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, get_args

from ..errors import QzError
from .session import load

__all__ = ["either", "language"]

Lang = Literal["en", "zh", "both"]
#: what a page says of its language: Simplified characters look as they do on the mainland
TAGS = {"en": "en", "zh": "zh-Hans"}
#: sections of `labels.toml` that have the words of a column's values
SECTIONS = {"family": "families", "stage": "stages", "measure": "measures"}
#: kinds of money, those of the work itself first
MONEY = ("grant", "benefit", "wage", "raised", "loan", "invested", "goods", "income", "debt", "charge", "quota", "difference", "unknown")  # fmt: skip
#: what stands behind a figure that the audit could check, by its verdict
MARKS = {"ok": "✓", "bad": "×"}
#: what stands before a figure that is no exact one, by its bound
SIGNS = {"min": "≥", "max": "≤", "approx": "≈"}
#: the environment variable that says which language words are in
VARIABLE = "QZ_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
#: names of locales that say nothing of a language
_NEUTRAL = {"", "C", "POSIX"}
_chosen: dict[str, Lang] = {}
_P = ParamSpec("_P")
_R = TypeVar("_R")


def language(lang: Lang | None = None) -> Lang:
    """Language of charts, briefs and sentences where a call names none; sets it when given one.

    It is, in this order: what this notebook or script said last with `language("zh")`; what the
    environment says in the variable `QZ_LANG` (`en`, `zh` or `both`), else by its locale; and
    where neither says anything that of the data, which is Chinese.

    Args:
        lang: `en`, `zh` or `both` (charts have both, pages then Chinese); the language stays as it
            is unless given.

    Returns:
        the language in force.

    Raises:
        QzError: there is no such language; also when `QZ_LANG` names it.

    >>> before = language()
    >>> language("zh")
    'zh'
    >>> language(before) == language()
    True
    """
    if lang is not None:
        _chosen["lang"] = _checked(lang, "language")
    return _chosen.get("lang") or _environment()


def spoken(lang: Lang | None) -> Lang:
    """The language that a call asks for, else the one in force.

    >>> spoken("zh")
    'zh'
    """
    return language() if lang is None else lang


def single(lang: Lang | None = None) -> Lang:
    """The same where only one can be spoken: of both that of the data.

    >>> single("both"), single("en")
    ('zh', 'en')
    """
    asked = spoken(lang)
    return "zh" if asked == "both" else asked


def _environment() -> Lang:
    """What the environment says; without a word of it the language of the data."""
    said = os.environ.get(VARIABLE, "").strip()
    if said:
        return _checked(said, VARIABLE)
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "").partition(".")[0]
    return "zh" if locale in _NEUTRAL or locale.startswith("zh") else "en"


def _checked(lang: str, where: str) -> Lang:
    if lang not in get_args(Lang):
        raise QzError(f"{where}: there is no language {lang!r}; there are: en, zh, both")
    return lang  # type: ignore[return-value]


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


def either(en: str, zh: str, lang: Lang | None = None) -> str:
    """Words at hand in two languages, in the one that is asked for, else in the one in force.

    Args:
        en: the words in English.
        zh: the same in Chinese.
        lang: `en`, `zh` or `both`; that in force (see `language`) unless given.

    Returns:
        the words, ready for a heading, a chart's title or `Markdown`.

    >>> either("rate", "比率", "zh"), either("rate", "比率", "both")
    ('比率', 'rate 比率')
    """
    asked = spoken(lang)
    return Both(en, zh) if asked == "both" else zh if asked == "zh" else en


def code_of(column: str, name: str) -> str:
    """The value of a column that a person may also name in Chinese or English; others as they are.

    Columns are those of claims: family, stage, measure, and indicator for named ones.

    >>> code_of("family", "调解"), code_of("indicator", "调解成功率"), code_of("place", "调解")
    ('mediation', 'mediation_success_rate', '调解')
    """
    if column == "indicator":
        known = load("named")
    elif column in SECTIONS:
        known = load("labels")[SECTIONS[column]]
    else:
        return name
    # a code comes before a label that another one has too: `rate` is also the word for percents
    fits = [key for key, said in known.items() if name in (said["zh"], said["en"])]
    return name if name in known or not fits else fits[0]


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
