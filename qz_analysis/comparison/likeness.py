"""Which figures of a panel count one thing, so that they may stand side by side in a chart or a
sentence: what the definition of an indicator warns of is never mixed.
"""

from collections.abc import Sequence

import pandas as pd

from ..arithmetic.passages import grams
from ..vocabularies.patterns import Pattern
from .caveats import identity
from .indicators import Row

_NARROWER = Pattern("likeness", "{narrower}")
_IDLE = Pattern("likeness", "{idle}|{caveats.qualifiers}")


def meaning(row: Row) -> tuple[str, tuple[str, ...], bool]:
    """What a figure may be set beside: its indicator, the words that narrow what is counted (集体, 越级,
    包案), and for a rate whether counts stand behind it.

    >>> row = {"indicator": "a", "subject": "其中集体访", "measure": "rate", "denominator": 26.0}
    >>> meaning(row)
    ('a', ('集体',), True)
    """
    narrower = sorted({m[0] for m in _NARROWER.finditer(str(row["subject"] or ""))})
    counted = row["measure"] == "rate" and bool(pd.notna(row["denominator"]))
    return str(row["indicator"]), tuple(narrower), counted


def alike(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of a panel in groups that count one thing: of one meaning, and tied by words for it.

    Args:
        rows: rows of a panel of `compare`.

    >>> from qz_analysis import compare, extract
    >>> text = "2011年，平山县受理来访200批次389人次。2011年，安乐县集体访39批次508人次。"
    >>> table = compare(extract(text), indicator="visits")
    >>> [len(group) for group in alike(table.to_dict("records"))]
    [1, 1]
    """
    of_meaning: dict[tuple[str, tuple[str, ...], bool], list[int]] = {}
    for at, row in enumerate(rows):
        of_meaning.setdefault(meaning(row), []).append(at)
    found = []
    for mine in of_meaning.values():
        words = [_words(rows[at]) for at in mine]
        # without a word for what is counted the indicator alone says it
        found += [[mine[k] for k in some] for some in grouped(words, with_wordless=True)]
    return [[rows[at] for at in members] for members in sorted(found)]


def _words(row: Row) -> set[str]:
    """Pairs of characters that may name what a row counts."""
    subject = str(row["subject"] or "").replace(row["place"] or " ", " ")
    return grams(_IDLE.sub(" ", subject))


def grouped(words: Sequence[set[str]], *, with_wordless: bool = False) -> list[list[int]]:
    """Things in groups by the words that name them, each by where it stands: what shares a word with
    one of a group belongs to it, and joins two groups into one.

    Args:
        words: the words of each thing.
        with_wordless: whether a thing without words belongs to all others, instead of to none.

    >>> grouped([{"a"}, {"b"}, {"c"}, {"a", "c"}, set()])
    [[1], [0, 2, 3], [4]]
    """
    groups: list[tuple[set[str], list[int]]] = []
    for at, own in enumerate(words):
        known, members = own, [at]
        for one in list(groups):
            if one[0] & own or (with_wordless and not (one[0] and own)):
                groups.remove(one)
                known, members = known | one[0], members + one[1]
        groups.append((known, members))
    return [sorted(members) for _, members in groups]


def shared(rows: Sequence[Row]) -> list[list[Row]]:
    """The groups of rows that count one thing in more than one place, those of most places first."""
    several = [(len({identity(row) for row in group}), group) for group in alike(rows)]
    several.sort(key=lambda pair: -pair[0])
    return [group for places, group in several if places > 1]
