"""Two coders held against each other, and the extractor against both.

Two coding sheets and the claims of the corpus come in; agreement by column, precision and recall of
the extraction, and what is taken for what come out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ..errors import QzError
from ..model import Tables
from ..privacy import mask_names
from ..runs.coding import NONE, NUMBERED, Sample, coding, value_code
from ..schema import AGREEMENT, CONFUSED, DIFFERENCES, EXTRACTED, frame
from ..script import folded
from .reliability import alpha, kappa, middle, resampled, share, units

if TYPE_CHECKING:
    from ..runs.store import Store

__all__ = ["Agreement", "agree"]

#: a coding sheet, read or to be read
Sheet: TypeAlias = Sample | Path | str
#: what is right of a figure that counts as exact
_EXACT = ("value", "unit")
_SHOWN = 12


class Figure(NamedTuple):
    """A figure of a sentence: where it stands in the raw text, as printed, and its codes."""

    sentence: int
    start: int
    end: int
    text: str
    codes: dict[str, str]


@dataclass(frozen=True, eq=False)
class Agreement:
    """What two coding sheets say of each other and of the extraction.

    Attributes:
        columns: agreement by column, with the columns of `schema.AGREEMENT`.
        extraction: precision and recall, and how often each column is right
            (`schema.EXTRACTED`); empty without claims.
        confusion: what the extractor takes for what, the commonest first (`schema.CONFUSED`).
        differences: where the two coders differ (`schema.DIFFERENCES`): settle these.
        hash: of the scheme that both coded by.
        sentences: how many both coded, and how many were drawn.

    >>> import qz_analysis as qz
    >>> page = "全县受理事项43宗。办结36宗。"
    >>> drawn = qz.sample(page, n=2, seed=1, columns=["value", "unit", "stage"])
    >>> found = {text: n for n, text in zip(drawn.sentences["id"], drawn.sentences["sentence"])}
    >>> one = drawn.coded([
    ...     {"id": found["全县受理事项43宗。"], "figure": "43宗", "value": 43, "unit": "宗", "stage": "received"},
    ...     {"id": found["办结36宗。"], "figure": "36宗", "value": 36, "unit": "宗", "stage": "resolved"},
    ... ])
    >>> made = qz.agree(one, one, qz.extract(page))
    >>> made.columns[["column", "figures", "same", "alpha"]].values.tolist()[1:]
    [['value', 2, 100.0, 1.0], ['unit', 2, 100.0, nan], ['stage', 2, 100.0, 1.0]]
    >>> made.extraction[["what", "share", "figures"]].values.tolist()[:2]
    [['recall', 100.0, 2], ['precision', 100.0, 2]]
    >>> made.table("stage").to_dict()
    {'received': {'received': 1, 'resolved': 0}, 'resolved': {'received': 0, 'resolved': 1}}
    >>> print(made.as_text().splitlines()[0])
    2 of 2 sentences were coded by both; 2 figures of the one and 2 of the other.
    """

    columns: pd.DataFrame
    extraction: pd.DataFrame
    confusion: pd.DataFrame
    differences: pd.DataFrame
    hash: str
    sentences: tuple[int, int]
    figures: tuple[int, int]
    _pairs: Mapping[str, Counter[tuple[str, str]]]

    def table(self, column: str) -> pd.DataFrame:
        """The confusion of one column as a square: rows what the coders say, columns the extractor.

        Args:
            column: one that was coded.

        Raises:
            QzError: it was not coded, or no claims were given.
        """
        if column not in self._pairs:
            known = ", ".join(self._pairs) or "none, since no claims were given"
            raise QzError(f"{column!r} is not held against the extractor; there are: {known}")
        pairs = self._pairs[column]
        labels = sorted({label for pair in pairs for label in pair})
        rows = [[pairs[one, other] for other in labels] for one in labels]
        return pd.DataFrame(rows, index=labels, columns=labels)

    def as_text(self) -> str:
        """All of it as a page of plain text."""
        both, drawn = self.sentences
        one, two = self.figures
        parts = [
            f"{both:,} of {drawn:,} sentences were coded by both; "
            f"{one:,} figures of the one and {two:,} of the other.",
            f"Agreement of the coders (95 % intervals), scheme {self.hash[:16]}:",
            _plain(self.columns, "{:.2f}"),
        ]
        if len(self.extraction):
            parts += [
                "The extractor against what both say, in % of the corpus (95 % Wilson intervals):",
                _plain(self.extraction, "{:.1f}"),
            ]
        if len(self.confusion):
            more = len(self.confusion) - _SHOWN
            parts += [
                "What it takes for what:",
                _plain(self.confusion.head(_SHOWN), "{:.0f}"),
                *([f"and {more} more"] if more > 0 else []),
            ]
        if len(self.differences):
            parts.append(f"The coders differ in {len(self.differences)} places; settle these.")
        return "\n\n".join(parts)


def _plain(table: pd.DataFrame, form: str) -> str:
    return str(table.to_string(index=False, na_rep="", float_format=form.format))


def agree(
    one: Sheet,
    two: Sheet,
    claims: "pd.DataFrame | Tables | Store | None" = None,
    *,
    settled: Sheet | None = None,
    seed: int = 1,
    resamples: int = 2000,
) -> Agreement:
    """Holds two coding sheets against each other, and the extraction against them.

    Figures of the two are one where they overlap in the sentence. Against the extraction counts
    what both saw; either answer is right where they differ in a column, and figures that only one
    saw count neither way, unless a settled sheet decides. All shares are weighted by the
    probabilities with which the sentences were drawn, so that they speak of the corpus.

    Args:
        one: a coding sheet that came back.
        two: the other coder's, of the same scheme.
        claims: what the extractor says of the same pages: a claims table, what `qz.tables` or
            `qz.open` gives; without it the coders alone are compared.
        settled: a third sheet, on which the two have agreed where they differed.
        seed: of the bootstrap.
        resamples: how many bootstrap samples give the intervals of alpha and kappa.

    Raises:
        QzError: a sheet cannot be read, the sheets are of different schemes, no sentence was coded
            by both, or the claims are not of the pages that were sampled.

    >>> import qz_analysis as qz
    >>> drawn = qz.sample("全县受理事项43宗。会议强调作风。", n=2, seed=1, columns=["value"])
    >>> number = drawn.sentences.set_index("sentence")["id"]
    >>> codes = [{"id": number["全县受理事项43宗。"], "figure": "43宗", "value": 43}]
    >>> none = {"id": number["会议强调作风。"], "figure": "-"}
    >>> made = agree(drawn.coded([*codes, none]), drawn.coded([none, *codes]))
    >>> made.columns[["column", "figures", "same"]].values.tolist()
    [['figure', 1, 100.0], ['value', 1, 100.0]]
    """
    sheets = [read_sheet(sheet) for sheet in (one, two, settled) if sheet is not None]
    first = sheets[0]
    for other in sheets[1:]:
        if other.hash != first.hash:
            names = f"{first.file or 'one sheet'} and {other.file or 'another'}"
            raise QzError(f"{names} are of two schemes; give sheets copied from one sample")
    done = set.intersection(*(set(sheet.codes["id"]) for sheet in sheets))
    if not done:
        raise QzError(
            "no sentence was coded in every sheet; - stands for a sentence without figures"
        )
    drawn = coded_part(first, done)
    coded = [figures_of(sheet, done) for sheet in sheets]
    pairs = [pair for at in drawn["id"] for pair in paired(coded[0][at], coded[1][at])]
    truth = _truth(pairs, coded[2] if settled is not None else None)
    parts = ([], [], {}) if claims is None else _extraction(first, drawn, truth, claims_of(claims))
    return Agreement(
        _agreement(first, drawn, pairs, seed, resamples),
        frame(parts[0], EXTRACTED),
        frame(parts[1], CONFUSED),
        frame(_differences(first, pairs), DIFFERENCES),
        first.hash,
        (len(drawn), len(first.sentences)),
        (sum(map(len, coded[0].values())), sum(map(len, coded[1].values()))),
        parts[2],
    )


def read_sheet(sheet: Sheet) -> Sample:
    """A coding sheet that may have been read already."""
    return sheet if isinstance(sheet, Sample) else coding(sheet)


def coded_part(sheet: Sample, done: Iterable[int]) -> pd.DataFrame:
    """The sentences that were coded; they stand for the others of their stratum too."""
    drawn = sheet.sentences[sheet.sentences["id"].isin(set(done))].reset_index(drop=True)
    there = drawn["stratum"].map(drawn["stratum"].value_counts())
    return drawn.assign(chance=there / drawn["stratum"].map(sizes_of(sheet)))


def figures_of(sheet: Sample, done: Iterable[int]) -> dict[int, list[Figure]]:
    """The figures of a sheet by sentence, in the order of the text."""
    begins = dict(zip(sheet.sentences["id"], sheet.sentences["start"], strict=True))
    found: dict[int, list[Figure]] = {number: [] for number in done}
    for row in sheet.codes.to_dict("records"):
        if row["id"] in found and row["figure"] != NONE:
            start, end = (int(at) + begins[row["id"]] for at in row["at"].split(":"))
            codes = {name: row[name] for name in sheet.columns}
            found[row["id"]].append(Figure(row["id"], start, end, row["figure"], codes))
    return {number: sorted(mine, key=lambda f: f.start) for number, mine in found.items()}


def paired(
    one: Sequence[Figure], two: Sequence[Figure]
) -> list[tuple[Figure | None, Figure | None]]:
    """The figures of a sentence in two readings: those that overlap together, the rest alone."""
    left, found = list(two), []
    for mine in one:
        meets = [f for f in left if f.start < mine.end and mine.start < f.end]
        best = max(
            meets, key=lambda f: min(f.end, mine.end) - max(f.start, mine.start), default=None
        )
        if best is not None:
            left.remove(best)
        found.append((mine, best))
    return [*found, *((None, other) for other in left)]


def weights_of(drawn: pd.DataFrame) -> Any:
    """One by the probability with which each sentence was drawn."""
    return 1 / drawn["chance"].to_numpy()


def sizes_of(sample: Sample) -> dict[int, int]:
    """How many sentences the corpus has in each stratum."""
    return {number: size for number, size, _ in sample.about["strata"]}


def _agreement(
    sheet: Sample, drawn: pd.DataFrame, pairs: Sequence[Any], seed: int, resamples: int
) -> pd.DataFrame:
    """Agreement on what is a figure, and on each column of the figures that both saw."""
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    asked: dict[str, list[Any]] = {"figure": list(_numbers(drawn, pairs))}
    for name, labels in sheet.columns.items():
        # an empty cell is a code where the column may be empty, else it is none
        free = not labels or "" in labels
        asked[name] = [
            (a.sentence, tuple(f.codes[name] if free or f.codes[name] else None for f in (a, b)))
            for a, b in both
        ]
    strata = dict(zip(drawn["id"], drawn["stratum"], strict=True))
    weights = dict(zip(drawn["id"], weights_of(drawn), strict=True))
    rows = []
    for name, codes in asked.items():
        known = [(at, pair) for at, pair in codes if None not in pair]
        if not known:
            rows.append((name, 0, *[float("nan")] * 7))
            continue
        sentences = [at for at, _ in known]
        each = pd.Series([weights[at] for at in sentences]).to_numpy()
        each = each / each.mean()
        coded = units([pair for _, pair in known])
        times = resampled([strata[at] for at in sentences], sentences, seed, resamples) * each
        same = 100 * float(each @ [a == b for _, (a, b) in known]) / len(known)
        a, k = float(alpha(coded, each)[0]), float(kappa(coded, each)[0])
        ends = (*middle(alpha(coded, times)), *middle(kappa(coded, times)))
        number = sum("figure" in pair for _, pair in known) if name == "figure" else len(known)
        rows.append((name, number, same, a, *ends[:2], k, *ends[2:]))
    return frame(rows, AGREEMENT)


def _numbers(drawn: pd.DataFrame, pairs: Sequence[Any]) -> list[tuple[int, tuple[str, str]]]:
    """What each coder takes the numbers of the sentences for: all that anybody can see as one."""
    found = []
    seen = defaultdict(list)
    for a, b in pairs:
        one = a or b
        seen[one.sentence].append((one.start, one.end))
        found.append((one.sentence, tuple("figure" if f else "none" for f in (a, b))))
    for at, start, text in drawn[["id", "start", "sentence"]].itertuples(index=False):
        for match in NUMBERED.finditer(folded(text)):
            first, last = match.start() + start, match.end() + start
            if all(last <= begin or end <= first for begin, end in seen[at]):
                found.append((at, ("none", "none")))
    return found  # type: ignore[return-value]


def _differences(sheet: Sample, pairs: Sequence[Any]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for a, b in pairs:
        if a is None or b is None:
            one = a or b
            rows.append(
                (one.sentence, one.text, "figure", *(f.text if f else NONE for f in (a, b)))
            )
            continue
        for name in sheet.columns:
            if a.codes[name] != b.codes[name]:
                rows.append((a.sentence, a.text, name, a.codes[name], b.codes[name]))
    return sorted(rows, key=lambda row: row[0])


class _Truth(NamedTuple):
    """What holds by the coders: figures by sentence, the codes that are right of each, and the
    figures that only one of two saw.
    """

    right: dict[int, list[Figure]]
    fair: dict[tuple[int, int], dict[str, set[str]]]
    doubtful: dict[int, list[Figure]]


def _truth(pairs: Sequence[Any], settled: Mapping[int, list[Figure]] | None) -> _Truth:
    truth = _Truth(defaultdict(list), {}, defaultdict(list))
    if settled is not None:
        pairs = [(one, one) for mine in settled.values() for one in mine]
    for a, b in pairs:
        if a is None or b is None:
            truth.doubtful[(a or b).sentence].append(a or b)
            continue
        truth.right[a.sentence].append(a)
        truth.fair[a.sentence, a.start] = {n: {code, b.codes[n]} for n, code in a.codes.items()}
    return truth


def claims_of(source: "pd.DataFrame | Tables | Store") -> pd.DataFrame:
    """The claims table of what a user gives."""
    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, Tables):
        return source.claims
    if callable(getattr(source, "claims", None)):
        return source.claims()
    raise QzError(f"{type(source).__name__}: no claims; give what qz.tables or qz.open gives")


def of_sentences(drawn: pd.DataFrame, claims: pd.DataFrame) -> "pd.Series[int]":
    """The number of the drawn sentence in which each claim stands; 0 for those in none.

    Documents are known by the hash of their text, and by their name where two have one text.
    """
    keys = ["hash", "doc"] if "hash" in claims else ["doc"]
    there = claims["hash"].isin(drawn["hash"]).to_numpy() if len(keys) > 1 else slice(None)
    at = np.arange(len(claims))[there]
    near = claims.iloc[at]
    names = {doc: mask_names(str(doc)) for doc in near["doc"].unique()}
    near = near.assign(doc=near["doc"].map(names))
    starts, within = near["start"].to_numpy(), near.groupby(keys).indices
    numbers = np.zeros(len(claims), dtype="int64")
    ordered = drawn.sort_values("start")
    ids, begins, ends = (ordered[name].to_numpy() for name in ("id", "start", "end"))
    for key, rows in ordered.groupby(keys).indices.items():
        mine = within.get(key)
        if mine is not None:
            place = np.searchsorted(begins[rows], starts[mine], side="right") - 1
            inside = (place >= 0) & (starts[mine] < ends[rows][place])
            numbers[at[mine[inside]]] = ids[rows][place[inside]]
    return pd.Series(numbers, index=claims.index, dtype="int64")


def code_of(claim: Mapping[str, Any], column: str) -> str:
    """What the extractor says, as coders write it."""
    if column != "value":
        return str(claim[column])
    ends = (claim["value"],) if claim["low"] != claim["low"] else (claim["low"], claim["high"])
    return value_code(*map(float, ends))


def read_figures(
    sheet: Sample, drawn: pd.DataFrame, claims: pd.DataFrame
) -> dict[int, list[Figure]]:
    """The claims of the drawn sentences, as figures."""
    numbers = of_sentences(drawn, claims)
    found: dict[int, list[Figure]] = {number: [] for number in drawn["id"]}
    inside = claims[numbers > 0]
    for number, row in zip(numbers[numbers > 0], inside.to_dict("records"), strict=True):
        cells: dict[str, Any] = {str(name): cell for name, cell in row.items()}
        codes = {name: code_of(cells, name) for name in sheet.columns}
        end = max(row["end"], row["start"] + 1)
        found[number].append(Figure(number, row["start"], end, str(row["text"]), codes))
    return found


def _extraction(
    sheet: Sample, drawn: pd.DataFrame, truth: _Truth, claims: pd.DataFrame
) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Rows of `schema.EXTRACTED` and of `schema.CONFUSED`, and the pairs behind the latter."""
    if not set(drawn["hash"]) & set(claims["hash"]):
        raise QzError("the claims are of none of the pages that were sampled; give those of them")
    read = read_figures(sheet, drawn, claims)
    exact = [name for name in _EXACT if name in sheet.columns]
    counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    pairs: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in sheet.columns}
    examples: dict[tuple[str, str, str], str] = {}
    for at in drawn["id"]:
        found, alone = _met(truth, at, read[at])
        right: dict[str, list[bool]] = {name: [] for name in sheet.columns}
        for figure, claim in found:
            for name, fair in truth.fair[at, figure.start].items():
                got = claim.codes[name]
                right[name].append(got in fair)
                said = got if got in fair else "|".join(sorted(fair))
                pairs[name][said, got] += 1
                if got not in fair:
                    examples.setdefault((name, said, got), f"{figure.text} (sentence {at})")
        for name, ok in right.items():
            counts[name].append((sum(ok), len(found)))
        whole = sum(map(all, zip(*(right[name] for name in exact), strict=True)))
        for prefix, n in (("", len(found)), ("exact ", whole)):
            counts[f"{prefix}recall"].append((n, len(truth.right[at])))
            counts[f"{prefix}precision"].append((n, len(found) + alone))
    numbered = drawn["sentence"].map(lambda text: bool(NUMBERED.search(folded(text))))
    barren = frozenset(drawn["stratum"]) - frozenset(drawn.loc[numbered, "stratum"])
    order = ["recall", "precision", *(["exact recall", "exact precision"] * bool(exact))]
    rows = []
    for name in [*order, *sheet.columns]:
        seen, of = (np.array(one, float) for one in zip(*counts[name], strict=True))
        told = share(
            seen, of, weights_of(drawn),
            drawn["stratum"].to_numpy(), sizes_of(sheet), barren,
        )  # fmt: skip
        rows.append((name, *told[:3], int(seen.sum()), int(of.sum()), told.worth))
    wrong = [(*key, pairs[key[0]][key[1:]], example) for key, example in examples.items()]
    return rows, sorted(wrong, key=lambda row: (-row[3], row[:3])), pairs


def _met(truth: _Truth, at: int, read: Sequence[Figure]) -> tuple[list[tuple[Figure, Figure]], int]:
    """The figures that were read, with their claims; and how many claims no coder has a figure for."""
    met = paired(truth.right[at], read)
    found = [(a, b) for a, b in met if a is not None and b is not None]
    left = [b for a, b in met if a is None and b is not None]
    alone = paired(truth.doubtful[at], left)
    return found, sum(a is None for a, _ in alone)
