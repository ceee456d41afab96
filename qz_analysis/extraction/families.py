"""The family of every claim of a report: the rules' answer weighed with the words round the number.

A linear model whose features can be read (`rule:petition`, `lead:受理`) stands in
`vocabularies/family_weights.tsv`; `tools/fit.py` makes it from labels. Where a user's own word marks
a family the rules decide alone.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..vocabularies.rules import own
from ..vocabularies.session import current, kept, load
from ..vocabularies.units import section_of
from .topics import marked, stage_of
from .window import Context, Window

#: what turns the rules' contexts of a report into the final ones
Weigh = Callable[[list[Window], list[Context]], list[Context]]
#: the file beside the vocabularies that holds the model: settings, then feature, family and weight
WEIGHTS = "family_weights.tsv"
# how many characters are looked at: of the lead, the noun, the tail, and of the sentence before
_LEAD, _NOUN, _TAIL, _CLAUSE, _EARLIER = 24, 10, 16, 48, 8
_COMMON = 0.3  # share of a report's claims above which a family colours it


class Model(NamedTuple):
    """The families, the weights of each feature in the order of the families, and the calibration."""

    families: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]
    temperature: float
    margin: float


@cache
def model() -> Model:
    """The model that the package holds.

    >>> "petition" in model().families, 0 < model().margin < 1
    (True, True)
    """
    text = (files("qz_analysis.vocabularies") / WEIGHTS).read_text(encoding="utf-8")
    return read_model(text)


def read_model(text: str) -> Model:
    """A model from its table: lines that begin with `!` are settings, the others weights.

    >>> read_model("!temperature\\t2\\n!margin\\t0.4\\na\\tcrime\\t1.5\\nb\\tparty\\t2\\n").weights
    {'a': (1.5, 0.0), 'b': (0.0, 2.0)}
    """
    settings: dict[str, float] = {}
    families: dict[str, int] = {}
    weights: dict[str, list[tuple[int, float]]] = {}
    for line in text.splitlines():
        cells = line.split("\t")
        if line.startswith("!"):
            settings[cells[0][1:]] = float(cells[1])
        elif not line.startswith("#") and len(cells) == 3:
            number = families.setdefault(cells[1], len(families))
            weights.setdefault(cells[0], []).append((number, float(cells[2])))
    table: dict[str, tuple[float, ...]] = {}
    for feature, pairs in weights.items():
        row = [0.0] * len(families)
        for number, weight in pairs:
            row[number] = weight
        table[feature] = tuple(row)
    return Model(tuple(families), table, settings["temperature"], settings["margin"])


def decide(windows: list[Window], contexts: list[Context]) -> list[Context]:
    """The contexts of a report with the family that the model gives, its probability and the stage
    that follows.
    """
    known = model()
    decided: list[Context] = []
    observed = observe(windows, contexts)
    for window, context, features in zip(windows, contexts, observed, strict=True):
        if own_word(context):
            family, sure = context.family, 1.0
        else:
            family, sure = best(known, features)
        before = decided[-1] if decided and window.last_context is not None else None
        stage = context.stage
        if family != context.family or (
            before is not None and before.family != contexts[len(decided) - 1].family
        ):
            stage = stage_of(window._replace(last_context=before), family, context.kind)
        decided.append(context._replace(family=family, stage=stage, family_p=sure))
    return decided


def scores(known: Model, features: Sequence[str]) -> list[float]:
    """The sum of the weights of each family."""
    weights = known.weights
    rows = [weights[feature] for feature in features if feature in weights]
    return list(map(sum, zip(*rows, strict=True))) or [0.0] * len(known.families)


def best(known: Model, features: Sequence[str]) -> tuple[str, float]:
    """The likeliest family and its calibrated probability.

    >>> two = read_model("!temperature\\t1\\n!margin\\t0.4\\na\\tcrime\\t2\\nb\\tparty\\t1\\n")
    >>> family, p = best(two, ["a"])
    >>> family, round(p, 2)
    ('crime', 0.88)
    """
    sums = scores(known, features)
    top = max(sums)
    total = sum(math.exp((s - top) / known.temperature) for s in sums)
    return known.families[sums.index(top)], round(1 / total, 3)


def reasons(known: Model, features: Sequence[str]) -> tuple[str, str, list[tuple[str, float]]]:
    """The best family, the second, and how much each feature speaks for the one and against the
    other, the weightiest first.

    >>> two = read_model("!temperature\\t1\\n!margin\\t0.4\\na\\tcrime\\t2\\na\\tparty\\t-1\\n")
    >>> reasons(two, ["a"])
    ('crime', 'party', [('a', 3.0)])
    """
    sums = scores(known, features)
    first, second = sorted(range(len(sums)), key=lambda k: -sums[k])[:2]
    told = []
    for feature in features:
        if row := known.weights.get(feature):
            told.append((feature, round(row[first] - row[second], 2)))
    told = [pair for pair in told if pair[1]]
    told.sort(key=lambda pair: -abs(pair[1]))
    return known.families[first], known.families[second], told


def observe(windows: Sequence[Window], contexts: Sequence[Context]) -> Iterator[list[str]]:
    """The features of every claim of a report, in the order of the text.

    Headings, and the characters of neighbouring claims, were tried and taught the model nothing:
    all that it sees stands in the claim's own sentence and in the rules' answers of its report.
    """
    tally = Counter(context.family for context in contexts)
    genre = [f"genre:{family}" for family, n in tally.items() if n > _COMMON * len(contexts)]
    for i, (window, context) in enumerate(zip(windows, contexts, strict=True)):
        features = [*_own(window, context), *genre]
        if i:
            features.append(_beside("previous", contexts[i - 1], context))
        if i + 1 < len(contexts):
            features.append(_beside("next", contexts[i + 1], context))
        yield features


def _beside(name: str, other: Context, context: Context) -> str:
    """What the rules say of the claim before or behind, and whether it stands in one sentence."""
    near = "same" if other.sentence == context.sentence else "other"
    return f"{name}:{near}:{other.family}"


def _own(window: Window, context: Context) -> list[str]:
    """What the words of a claim's own sentence say."""
    unit, family, lead = window.quantity.unit, context.family, window.lead[-_LEAD:]
    noun, tail = window.noun[:_NOUN], window.tail[:_TAIL]
    before = window.sentence_lead[-_CLAUSE:]
    near = lead + "。" + tail
    features = [
        "bias",
        f"rule:{family}",
        f"rule:{family}:{context.step}",
        f"unit:{unit}",
        f"section:{section_of(unit)}",
        f"kind:{context.kind}",
        f"kind-rule:{context.kind}:{family}",
        f"lead-ends:{lead[-2:]}",
        f"lead-ends:{lead[-3:]}",
        f"noun-is:{noun}",
        f"unit-noun:{unit}{noun[:2]}",
    ]
    if context.mark:
        features.append(f"mark:{context.mark}")
    # each once and in the order of the text: the order of a set changes from process to process, and
    # with it the last digit of a sum, which decides between families that are level
    features += dict.fromkeys(f"marked:{name}" for name, _ in marked(near))
    features += dict.fromkeys("lead:" + lead[i : i + 2] for i in range(len(lead) - 1))
    words = f"{near}。{before[-len(lead) - _EARLIER : -len(lead) or None]}"
    features += dict.fromkeys(words[i : i + 2] for i in range(len(words) - 1))
    return features


def own_word(context: Context) -> bool:
    """Whether the word by which the rules gave the family is one of the user's."""
    return bool(context.mark) and (context.family, context.mark) in _users()


@kept
def _users() -> frozenset[tuple[str, str]]:
    """The marking words of the user's files in force, with their families."""
    if not current().files:
        return frozenset()
    ours = own("families")
    return frozenset(
        (family, word)
        for section, entries in load("families").items()
        for family, said in entries.items()
        for word in set(said) - set(ours.get(section, {}).get(family, ()))
    )
