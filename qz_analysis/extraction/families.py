"""The family of every claim of a report: the rules' answer weighed with the words round the number.

A linear model whose features can be read (`rule:petition`, `lead:受理`) stands in
`vocabularies/family_weights.tsv`; `tools/fit.py` makes it from labels. Where a user's own word marks
a family the rules decide alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from math import exp
from operator import add
from struct import unpack
from typing import Any, NamedTuple

from ..vocabularies.patterns import Pattern
from ..vocabularies.rules import own
from ..vocabularies.session import current, kept, load
from ..vocabularies.units import section_of
from .topics import PIECES, marked, stage_of, subjects
from .window import Context, Window

#: what turns the rules' contexts of a report into the final ones
Weigh = Callable[[list[Window], list[Context]], list[Context]]
#: the file beside the vocabularies that holds the model: settings, then feature, family and weight
WEIGHTS = "family_weights.tsv"
_OF_LEAD = "lead:"  # how the names of features begin that are pairs of characters of a lead
# how many characters are looked at: of the lead, the noun, the tail, and of the sentence before
_LEAD, _NOUN, _TAIL, _CLAUSE, _EARLIER = 24, 10, 16, 48, 8
_RUN = 12  # claims of a sentence that are looked back on
_COMMON = 0.3  # share of a report's claims above which a family colours it
# a feature's weights are also held as one whole number with 32 bits for each family, counted in
# parts, so that one addition serves all families
_PARTS, _BITS, _HALF = 10_000, 32, 1 << 31
# no word of its own but those of what it is held against: ,同比升6.67%; ,比上年同期下降9%
_BARE_MOVE = Pattern(
    "context",
    r"[,(]?(?:[同环]比|[与同和较比]?(?:上一?[年月周]|去年|上一?季度?|上期)(?:同期)?(?:相?比)?)?"
    r"(?:{rise}|{fall}|[增减多少升降长])[了幅]?",
)
_OF_COUNT = re.compile(r"[,、(]{0,2}(?:约|各)?占?(?:比(?:例|重)?)?(?:为|约|达)?")
# no words but those of a plan and how much of it was done: ,完成率87%; ,为任务的105%; ,已完成98件
_OF_PLAN = re.compile(
    r"[,、(]{0,2}(?=[^,、(]*(?:完成|任务|目标|计划|实际))"
    r"(?:[已为超占与达约的]|年度|全年|任务|目标|计划|指标|实际|完成|进度|相比|超?额|[率值数])+"
)
# the name of a kind in a list, and how many kinds make one
_ITEM = re.compile(r"[,、;和]{0,2}[\u4e00-\u9fff、]{2,10}")
_FEWEST, _NEAR_WHOLE = 4, 8
_SAID = Window._fields.index("last_context")


class Model(NamedTuple):
    """The families, the weights of each feature in the order of the families, and the calibration."""

    families: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]
    temperature: float
    margin: float
    packed: dict[str, int]  # the weights of each feature as one number
    # those of a pair of characters in a lead: of the feature `lead:` and of the pair itself
    leads: dict[str, int]
    raised: int  # what keeps the sum of every family above nought


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
    packed = {feature: _packed(row) for feature, row in table.items()}
    leads = {name: row for name, row in packed.items() if len(name) == 2}
    for name, parts in packed.items():
        if name.startswith(_OF_LEAD):
            pair = name.removeprefix(_OF_LEAD)
            leads[pair] = leads.get(pair, 0) + parts
    raised = sum(_HALF << _BITS * k for k in range(len(families)))
    calibrated = settings["temperature"], settings["margin"]
    return Model(tuple(families), table, *calibrated, packed, leads, raised)


def _packed(weights: Sequence[float]) -> int:
    return sum(round(weight * _PARTS) << _BITS * k for k, weight in enumerate(weights) if weight)


def decide(windows: list[Window], contexts: list[Context]) -> list[Context]:
    """The contexts of a report with the family that the model gives, its probability and the stage
    that follows.
    """
    known, users = model(), _users()
    decided: list[Context] = []
    for window, context, said in zip(windows, contexts, _said(windows, contexts), strict=True):
        if (context.family, context.mark) in users:
            family, sure = context.family, 1.0
        elif decided and (
            (context.role == "share" and _OF_COUNT.fullmatch(window.lead)) or _plans(window)
        ):
            family, sure = decided[-1].family, decided[-1].family_p  # 64件,占50%
        elif _moves(window, context) and decided and decided[-1].kind == "count":
            family, sure = decided[-1].family, decided[-1].family_p  # 64件,少15.1%
        else:
            family, sure = _likeliest(known, said.total(known))
            if not family:
                family, sure = best(known, said.features())
        before = decided[-1] if decided and window.last_context is not None else None
        stage = context.stage
        ruled = contexts[len(decided) - 1] if before is not None else None
        # the stage may be taken over from the figure before, as it is now known
        if family != context.family or (
            before is not None
            and ruled is not None
            and (before.family, before.stage) != (ruled.family, ruled.stage)
        ):
            said_last = Window._make((*window[:_SAID], before, *window[_SAID + 1 :]))
            # cases of courts and the like are of no family here and have stages all the same
            ruled_on = context.family if family == "other" else family
            stage = stage_of(said_last, ruled_on, context.kind)
            if not stage and family == "other" != ruled_on:
                stage = stage_of(said_last, family, context.kind)
        decided.append(context.of_family(family, stage, sure))
    for run in _lists(windows, decided):
        _alike(windows, decided, run)
    return decided


def _plans(window: Window) -> bool:
    """Whether a figure only tells how much of the plan of the one before was done: 任务90户,完成88户,
    完成率98%.
    """
    last, unit = window.last, window.quantity.unit
    if last is None or window.last_context is None or not _OF_PLAN.fullmatch(window.lead):
        return False
    return section_of(unit) == "share" or (unit == last.unit and not window.noun)


def _moves(window: Window, context: Context) -> bool:
    """Whether a figure is by how much the one before it moved, with no word of its own."""
    last, q = window.last, window.quantity
    if context.kind != "change" or window.last_context is None or last is None:
        return False
    if not last.text[0].isdigit():
        return False  # 前两项降4.80%
    return _BARE_MOVE.fullmatch(window.text, last.end, q.start) is not None


def _lists(windows: list[Window], contexts: list[Context]) -> Iterator[range]:
    """Runs of counts of one unit with a short name each: 公共服务16件,文体科教65件,…."""
    first = 0
    for i in range(1, len(windows) + 1):
        if i < len(windows) and windows[i].last is not None:
            window, unit = windows[i], windows[i].quantity.unit
            goes_on = (
                unit == windows[i - 1].quantity.unit
                and unit in PIECES
                and contexts[i].kind == "count"
                and _ITEM.fullmatch(window.lead) is not None
            )
            if goes_on:
                continue
        if i - first >= _FEWEST:
            yield range(first, i)
        first = i


def _alike(windows: list[Window], decided: list[Context], run: range) -> None:
    """The kinds into which a thing divides are of its family and stage: 来信434件。公共服务16件,…."""
    before = run.start - 1
    if before < 0 or windows[before].quantity.unit != windows[run.start].quantity.unit:
        return
    whole, of = windows[before].quantity.value, decided[before]
    near = decided[run.start].sentence - of.sentence <= _NEAR_WHOLE
    parts = sum(windows[i].quantity.value or 0 for i in run)
    if whole and near and of.kind == "count" and whole / 2 < parts <= whole:
        for i in run:
            decided[i] = decided[i].of_family(of.family, of.stage, of.family_p)


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
    total = sum(exp((s - top) / known.temperature) for s in sums)
    return known.families[sums.index(top)], round(1 / total, 3)


def _likeliest(known: Model, total: int) -> tuple[str, float]:
    """As `best` by a sum of packed weights; no family where two are level: the digits behind the last
    that count, which differ with the order of the features, decide there.
    """
    n = len(known.families)
    sums = unpack(f"<{n}I", (total + known.raised).to_bytes(n * _BITS // 8, "little"))
    top, heat = max(sums), known.temperature
    sure = round(1 / sum([exp((s - top) / _PARTS / heat) for s in sums]), 3)
    return known.families[sums.index(top)] if sums.count(top) == 1 else "", sure


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


class _Said(NamedTuple):
    """What a claim's features are made of: the words near it, and answers that many claims share."""

    own: list[str]
    lead: str
    near: str  # the other words near
    ruled: tuple[str, ...]  # family, step, unit and kind by the rules
    beside: list[str]
    #: the answers that `_near`, `_opens` and `_first` make features of
    topical: tuple[tuple[Any, ...], ...]

    def features(self) -> list[str]:
        """Each feature once, in the order of the text."""
        lead, near = (dict.fromkeys(map(add, words, words[1:])) for words in (self.lead, self.near))
        of_lead = (_OF_LEAD + pair for pair in lead)
        pairs = [*of_lead, *(lead | near)]
        about, opens, first = (_TOPICAL[k](*said) for k, said in enumerate(self.topical))
        told = [*about[:3], *opens, *about[3:], *first]
        return [*_ruled(*self.ruled)[0], *self.own, *pairs, *self.beside, *told]

    def total(self, known: Model) -> int:
        """The sum of the packed weights of the features; only what has weight is looked at."""
        packed, leads, near = known.packed, known.leads, self.near
        pairs = leads.keys() & map(add, self.lead, self.lead[1:])
        others = (packed.keys() & map(add, near, near[1:])) - pairs
        own = filter(None, map(packed.get, chain(self.own, self.beside)))
        said = chain(map(leads.__getitem__, pairs), map(packed.__getitem__, others), own)
        about, opens, first = self.topical
        shared = _weight(0, *about) + _weight(1, *opens) + _weight(2, *first)
        return sum(said, _ruled(*self.ruled)[1] + shared)


@lru_cache(maxsize=1 << 13)
def _weight(which: int, *said: Any) -> int:
    """The sum of the packed weights of the features that are made of some answers."""
    return sum(model().packed.get(feature, 0) for feature in _TOPICAL[which](*said))


def observe(windows: Sequence[Window], contexts: Sequence[Context]) -> Iterator[list[str]]:
    """The features of every claim of a report, in the order of the text.

    Headings, and the characters of neighbouring claims, were tried and taught the model nothing:
    all that it sees stands in the claim's own sentence and in the rules' answers of its report.
    """
    return (said.features() for said in _said(windows, contexts))


def _said(windows: Sequence[Window], contexts: Sequence[Context]) -> Iterator[_Said]:
    tally = Counter(context.family for context in contexts)
    genre = [f"genre:{family}" for family, n in tally.items() if n > _COMMON * len(contexts)]
    last = len(contexts) - 1
    about = _about(windows)
    main = _main(about)
    for i, (window, context) in enumerate(zip(windows, contexts, strict=True)):
        beside = genre.copy()
        if i:
            beside.append(_beside("previous", contexts[i - 1], context))
        if i < last:
            beside.append(_beside("next", contexts[i + 1], context))
        yield _own(window, context, beside, _topical(about[i], main, context, _run(contexts, i)))


class _About(NamedTuple):
    """The families of the subjects named round a claim."""

    new: list[str]  # those between the claim before, or the sentence's beginning, and this one
    opens: str  # the first of its sentence up to here
    nearest: str  # the last of its sentence up to here
    earlier: str  # the last of the sentences before
    behind: str  # the first behind it in its clause


def _about(windows: Sequence[Window]) -> list[_About]:
    """What each claim's sentence is about by the subjects named in it, looked through once."""
    found: list[_About] = []
    opens = nearest = earlier = ""
    for window in windows:
        start = window.quantity.start
        if window.last is not None:
            between = window.text[max(window.last.end, start - len(window.sentence_lead)) : start]
        else:
            earlier, opens, nearest = nearest or earlier, "", ""
            between = window.sentence_lead
        new = subjects(between)
        if new:
            opens, nearest = opens or new[0], new[-1]
        tail = subjects(window.tail[:_TAIL]) if window.tail else []
        found.append(_About(new, opens, nearest, earlier, tail[0] if tail else ""))
        if tail and window.noun:
            opens, nearest = opens or tail[0], tail[-1]
    return found


def _main(about: Sequence[_About]) -> str:
    """The family of which a report's sentences speak most, where they speak of one enough."""
    tally = Counter(family for said in about for family in said.new)
    most = tally.most_common(1)
    return most[0][0] if most and most[0][1] > _COMMON * tally.total() else ""


def _run(contexts: Sequence[Context], i: int) -> str:
    """The rules' family of the first claim in the sentence of claim `i`, empty for the first."""
    first, sentence = i, contexts[i].sentence
    while first and contexts[first - 1].sentence == sentence and i - first < _RUN:
        first -= 1
    return contexts[first].family if first < i else ""


def _topical(
    about: _About, main: str, context: Context, first: str
) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
    """What sentence and page are about, with the rules' answer."""
    rule, share = context.family, context.kind in {"rate", "change"}
    near = about.nearest or (about.earlier and f"earlier {about.earlier}")
    return (
        (near, "new" if about.new else "old", rule, main, context.measure),
        (about.opens, about.earlier, rule, context.step),
        (first, rule, near if share else None, about.behind, *about.new),
    )


def _near(near: str, named: str, rule: str, main: str, measure: str) -> tuple[str, ...]:
    return (
        f"near:{near}",
        f"near:{near}:{named}",
        f"near-rule:{near}:{rule}",
        f"main:{main}",
        f"main-rule:{main}:{rule}",
        f"main-near:{main}:{near}",
        f"main-unit:{main}:{measure}",
        f"near-unit:{near}:{measure}",
    )


def _opens(opens: str, earlier: str, rule: str, step: str) -> tuple[str, ...]:
    return (
        f"opens:{opens}",
        f"opens-rule:{opens}:{rule}",
        f"earlier:{earlier}",
        f"earlier-rule:{earlier}:{rule}:{step}",
    )


def _first(first: str, rule: str, near: str | None, behind: str, *new: str) -> list[str]:
    features = [f"first:{first}:{rule}"]
    if near is not None:
        features.append(f"share-near:{near}:{first}")
    if behind:
        features.append(f"behind:{behind}")
    features += dict.fromkeys(f"new:{family}" for family in new)
    return features


_TOPICAL: tuple[Callable[..., Sequence[str]], ...] = _near, _opens, _first


def _beside(name: str, other: Context, context: Context) -> str:
    """What the rules say of the claim before or behind, and whether it stands in one sentence."""
    near = "same" if other.sentence == context.sentence else "other"
    return f"{name}:{near}:{other.family}"


def _own(
    window: Window, context: Context, beside: list[str], topical: tuple[tuple[Any, ...], ...]
) -> _Said:
    """What the words of a claim's own sentence say; each feature once."""
    unit, lead = window.quantity.unit, window.lead[-_LEAD:]
    noun, tail = window.noun[:_NOUN], window.tail[:_TAIL]
    before = window.sentence_lead[-_CLAUSE:]
    near = lead + "。" + tail
    own = [
        f"lead-ends:{lead[-2:]}",
        f"lead-ends:{lead[-3:]}",
        f"noun-is:{noun}",
        f"unit-noun:{unit}{noun[:2]}",
    ]
    if context.mark:
        own.append(f"mark:{context.mark}")
    own += dict.fromkeys([f"marked:{name}" for name in marked(near)])
    words = f"{lead[-1:]}。{tail}。{before[-len(lead) - _EARLIER : -len(lead) or None]}"
    ruled = context.family, context.step, unit, context.kind
    return _Said(own, lead, words, ruled, beside, topical)


@kept
def _ruled(family: str, step: str, unit: str, kind: str) -> tuple[tuple[str, ...], int]:
    """The features that the rules' answer and the unit make, with the sum of their packed weights."""
    ruled = (
        "bias",
        f"rule:{family}",
        f"rule:{family}:{step}",
        f"unit:{unit}",
        f"section:{section_of(unit)}",
        f"kind:{kind}",
        f"kind-rule:{kind}:{family}",
    )
    return ruled, sum(model().packed.get(feature, 0) for feature in ruled)


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
