"""Means, differences and linear models on figures as read, corrected by reviewed sentences.

The figures as read are many and some of them wrong; the reviewed ones are few and right. What the
model gives on all figures as read is shifted by how far, on the reviewed sentences, the model of the
right figures lies from that of the figures as read:

    corrected = reviewed + power * (naive on all - naive on the reviewed sentences)

This is prediction-powered inference (A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and
T. Zrnic, Science 382 (2023), 669-674) with the power tuned to the narrowest interval (PPI++: the
same, J. C. Duchi and T. Zrnic, arXiv:2311.01453), in the form that also holds where groups and
covariates are misread and sentences are drawn with unequal probabilities (D. M. Kluger, K. Lu,
T. Zrnic, S. Wang and S. Bates, arXiv:2501.18577). The variance is that of a stratified sample of
sentences by the jackknife, plus that of the corpus as a sample of its kind.
"""

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import QzError
from ..model import Tables
from ..runs.coding import Sample
from ..schema import ESTIMATES, frame
from .coders import (
    Figure,
    Sheet,
    claims_of,
    coded_part,
    figures_of,
    of_sentences,
    paired,
    read_sheet,
    sizes_of,
    weights_of,
)
from .county_years import Panel
from .reliability import Array, variance

if TYPE_CHECKING:
    from ..runs.store import Store

__all__ = ["estimate"]

#: columns of numbers, which codes hold as words
_NUMBERS = {"value", "year"}


class _Asked(NamedTuple):
    """What is to be estimated: of which figures, in which groups, on which columns."""

    outcome: str | Mapping[str, Any]
    where: Mapping[str, Any]
    by: tuple[str, Any, Any] | None
    on: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that it needs."""
        own = [self.outcome] if isinstance(self.outcome, str) else [*self.outcome]
        return list(
            dict.fromkeys([*own, *self.where, *([self.by[0]] if self.by else []), *self.on])
        )

    @property
    def terms(self) -> list[str]:
        """What the coefficients are called."""
        if self.on:
            return ["intercept", *(["difference"] * bool(self.by)), *self.on]
        return ["mean", *(["difference"] * bool(self.by))]


class _Rows(NamedTuple):
    """Figures that take part: outcome and model, and the sentence of each."""

    y: Array
    x: Array
    sentence: Array


def estimate(
    claims: "pd.DataFrame | Tables | Store | Panel",
    sample: Sheet,
    outcome: str | Mapping[str, Any] = "value",
    *,
    where: Mapping[str, Any] | None = None,
    by: Mapping[str, tuple[Any, Any]] | None = None,
    on: Sequence[str] = (),
) -> pd.DataFrame:
    """A mean, a difference of two groups or a linear model, corrected for reading errors.

    Whether a figure takes part, its group and its value are taken from the extractor for all
    figures and from the coder for the reviewed ones: so figures that the extractor missed, made up,
    or put into the wrong family, period or group are corrected for too. Of a panel (or any table
    without the column `hash`) the cells are given: what is corrected is what stands in them.

    Args:
        claims: all claims of the pages that were sampled, or a panel made of them, of which the
            stated actual figures take part.
        sample: a filled coding sheet; where two coders differed, the one on which they settled.
        outcome: a column of numbers (`value`, `year`), or the share that has a label:
            `{"stage": "resolved"}`.
        where: which figures: columns with the label, or a list of labels, that they must have.
        by: one column with two groups: the estimate is the second's mean less the first's.
        on: columns of numbers for a linear model; `year` is the first year of the period.

    Returns:
        a row per coefficient, with the columns of `schema.ESTIMATES`.

    Raises:
        QzError: a column is missing, fewer reviewed figures fit than the model needs, or the claims
            are not of the pages that were sampled.

    >>> import qz_analysis as qz
    >>> pages = [f"甲县{year}年受理事项{n}件。" for year, n in zip(range(2001, 2021), range(30, 70, 2))]
    >>> claims = qz.extract("".join(pages))
    >>> drawn = qz.sample("".join(pages), n=20, seed=1, columns=["value"])
    >>> rows = [(n, said.split("事项")[1].rstrip("。")) for n, said in
    ...         zip(drawn.sentences["id"], drawn.sentences["sentence"])]
    >>> sheet = drawn.coded([{"id": n, "figure": f, "value": int(f[:-1]) + 1} for n, f in rows])
    >>> estimate(claims, sheet)[["term", "estimate", "naive"]].values.tolist()
    [['mean', 50.0, 49.0]]
    """
    asked = _asked(outcome, where, by, on)
    sheet = read_sheet(sample)
    drawn = coded_part(sheet, sheet.codes["id"])
    read, given = _table(claims)
    if drawn.empty or not (
        set(drawn["doc" if given else "hash"]) & set(read["doc" if given else "hash"])
    ):
        raise QzError("no coded sentence is of the pages of these claims; give the claims of those")
    for column in asked.columns:
        if column not in read and not (column == "year" and "period" in read):
            raise QzError(f"there is no column {column!r}; there are: {', '.join(map(str, read))}")
    numbers = of_sentences(drawn, read)
    coded = _coded(sheet, drawn, read, numbers, given)
    every = _rows(read, np.asarray(numbers, np.float64), asked)
    right = _rows(coded, np.asarray(coded["_sentence"], np.float64), asked)
    seen = every.sentence > 0
    mine = _Rows(every.y[seen], every.x[seen], every.sentence[seen])
    return frame(_corrected(every, mine, right, drawn, sizes_of(sheet), asked.terms), ESTIMATES)


def _asked(
    outcome: str | Mapping[str, Any],
    where: Mapping[str, Any] | None,
    by: Mapping[str, tuple[Any, Any]] | None,
    on: Sequence[str],
) -> _Asked:
    groups = None
    if by is not None:
        if len(by) != 1 or any(isinstance(g, str) or len(g) != 2 for g in by.values()):
            raise QzError(
                'by is one column with its two groups: {"stage": ("received", "resolved")}'
            )
        column, (first, second) = next(iter(by.items()))
        groups = (column, first, second)
    if isinstance(on, str):
        on = (on,)
    return _Asked(outcome, where or {}, groups, tuple(on))


def _table(source: Any) -> tuple[pd.DataFrame, bool]:
    """The figures as read, and whether they are given as cells, so that none can be missed."""
    if isinstance(source, Panel):
        cells = source.long
        # a recomputed or a derived cell is no figure that a sentence prints
        cells = cells[(cells["how"] == "stated") & (cells["modality"] == "actual")]
        return cells.reset_index(drop=True), True
    table = claims_of(source).reset_index(drop=True)
    return table, "hash" not in table


def _coded(
    sheet: Sample,
    drawn: pd.DataFrame,
    read: pd.DataFrame,
    numbers: "pd.Series[Any]",
    given: bool,
) -> pd.DataFrame:
    """The reviewed figures as a table: coded columns from the coder, the others as read."""
    mine = read[numbers > 0].assign(_sentence=numbers[numbers > 0])
    spans: dict[int, list[Figure]] = {number: [] for number in drawn["id"]}
    for at, number, start, end in mine[["_sentence", "start", "end"]].itertuples():
        spans[number].append(Figure(number, start, max(end, start + 1), str(at), {}))
    cells: dict[Any, dict[Any, Any]] = mine.to_dict("index")
    rows = []
    for number, figures in figures_of(sheet, drawn["id"]).items():
        for figure, claim in paired(figures, spans[number]):
            if figure is None or (given and claim is None):
                continue
            row = cells[int(claim.text)] if claim else {}
            rows.append({**row, **_cells(figure.codes, given), "_sentence": number})
    return pd.DataFrame(rows, columns=list(dict.fromkeys([*read, *sheet.columns, "_sentence"])))


def _cells(codes: Mapping[str, str], given: bool) -> dict[str, Any]:
    """Codes as cells: a range or a masked figure has no value; a panel holds a fall below 0."""
    cells: dict[str, Any] = dict(codes)
    if "value" in cells:
        value = pd.to_numeric(cells["value"] or "nan", errors="coerce")
        cells["value"] = -value if given and codes.get("direction") == "down" else value
    if "period" in cells:
        cells["year"] = np.nan  # it follows from the period as coded
    return cells


def _rows(table: pd.DataFrame, sentence: Array, asked: _Asked) -> _Rows:
    """The figures that take part, by their own cells; those of which a cell is not known do not."""
    if "year" in asked.columns:
        table = table.assign(year=_years(table))
    unknown = table[asked.columns].drop(columns=list(_NUMBERS), errors="ignore").isna().any(axis=1)
    if unknown.any():
        warnings.warn(
            f"{int(unknown.sum())} figures that the extractor missed take no part: "
            f"{', '.join(asked.columns)} were not all coded",
            stacklevel=3,
        )
    take = ~unknown
    for column, labels in asked.where.items():
        take &= _has(table[column], labels)
    parts = [pd.Series(1.0, index=table.index)]
    if asked.by:
        column, first, second = asked.by
        parts.append(_has(table[column], second).astype(float))
        take &= _has(table[column], first) | _has(table[column], second)
    parts += [pd.to_numeric(table[column], errors="coerce") for column in asked.on]
    if isinstance(asked.outcome, str):
        y = pd.to_numeric(table[asked.outcome], errors="coerce")
    else:
        labels = asked.outcome.items()
        y = pd.concat([_has(table[name], one) for name, one in labels], axis=1).all(axis=1)
    x = pd.concat(parts, axis=1).astype(float)
    take &= y.notna() & x.notna().all(axis=1)
    kept = take.to_numpy(bool)
    return _Rows(y.to_numpy(float)[kept], x.to_numpy(float)[kept], sentence[kept])


def _years(table: pd.DataFrame) -> "pd.Series[float]":
    """The year of each figure: its column, or the first year of its period."""
    none = pd.Series(np.nan, index=table.index)
    known = pd.to_numeric(table["year"]) if "year" in table else none
    if "period" not in table:
        return known
    return known.fillna(
        pd.to_numeric(table["period"].astype("str").str.extract(r"^(\d{4})", expand=False))
    )


def _has(cells: "pd.Series[Any]", labels: Any) -> "pd.Series[bool]":
    single = isinstance(labels, str) or not isinstance(labels, Sequence | set | frozenset)
    wanted = {labels} if single else set(labels)
    return cells.isin(wanted)


def _fit(rows: _Rows, weights: Array, terms: Sequence[str], what: str) -> tuple[Array, Array]:
    """Coefficients by weighted least squares, and what each figure adds to their error."""
    squares = rows.x.T @ (weights[:, None] * rows.x)
    if len(rows.y) <= len(terms) or np.linalg.matrix_rank(squares) < len(terms):
        fault = f"{len(rows.y)} {what} figures fit, which is too few for {', '.join(terms)}"
        raise QzError(f"{fault}; ask for more figures, or code a larger sample")
    inverse = np.linalg.inv(squares)
    found = inverse @ (rows.x.T @ (weights * rows.y))
    apart = (weights * (rows.y - rows.x @ found))[:, None] * rows.x @ inverse
    return found, apart


def _freedom(totals: Array, strata: NDArray[np.int64], sizes: dict[int, int]) -> float:
    """Degrees of freedom of a stratified variance (F. E. Satterthwaite, Biometrics Bulletin 2
    (1946), 110-114).
    """
    parts = [
        (float(variance(totals[strata == one, None], strata[strata == one], sizes)[0, 0]), n)
        for one, n in zip(*np.unique(strata, return_counts=True), strict=True)
    ]
    below = sum(part**2 / (n - 1) for part, n in parts if n > 1)
    return sum(part for part, _ in parts) ** 2 / below if below > 0 else float(len(totals))


def _left_out(rows: _Rows, weights: Array, found: Array, at: NDArray[np.int64], n: int) -> Array:
    """How far the coefficients move for each sentence that is left out (the jackknife).

    Where few figures carry much weight, what they add to the error of a fit to themselves is too
    small, and the interval with it.
    """
    squares = np.zeros((n, len(found), len(found)))
    scores = np.zeros((n, len(found)))
    np.add.at(squares, at, weights[:, None, None] * rows.x[:, :, None] * rows.x[:, None, :])
    np.add.at(scores, at, (weights * (rows.y - rows.x @ found))[:, None] * rows.x)
    return np.linalg.solve(squares.sum(axis=0) - squares, scores[:, :, None])[:, :, 0]


def _corrected(
    every: _Rows,
    mine: _Rows,
    right: _Rows,
    drawn: pd.DataFrame,
    sizes: dict[int, int],
    terms: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Rows of `schema.ESTIMATES`."""
    from scipy.special import stdtrit  # Student's t; scipy.stats takes a second to load

    place = {number: at for at, number in enumerate(drawn["id"])}
    weights = weights_of(drawn)
    naive, apart = _fit(every, np.ones(len(every.y)), terms, "read")
    sides = []
    for rows, what in ((right, "reviewed"), (mine, "read and reviewed")):
        at = np.array([place[int(number)] for number in rows.sentence], int)
        found, own = _fit(rows, weights[at], terms, what)
        scattered = (own**2 / weights[at, None]).sum(axis=0)
        sides.append((found, _left_out(rows, weights[at], found, at, len(drawn)), at, scattered))
    (reviewed, true, at, _), (shown, machine, other, there) = sides
    # how far figures as read scatter is known from all of them: a sample may by chance hold none of
    # the few that are far off, or several
    known = (apart**2).sum(axis=0) / np.where(there > 0, there, 1)
    n, p = len({*at.tolist(), *other.tolist()}), len(terms)
    strata = drawn["stratum"].to_numpy()
    both = variance(np.hstack([true, machine]), strata, sizes)
    of_kind = (true**2 / weights[:, None]).sum(axis=0)
    rest = stdtrit(len(every.y) - p, 0.975) * np.sqrt((apart**2).sum(axis=0))
    made = []
    for j, term in enumerate(terms):
        own, shared, its = both[j, j], both[j, p + j], both[p + j, p + j]
        every_its = its * known[j]
        power = float(np.clip(shared / every_its, 0, 1)) if every_its > 1e-12 * own else 1.0
        spread = own - 2 * power * shared + power**2 * every_its
        # no power makes it narrower than this
        least = own - shared**2 / its if its > 0 else own
        spread = max(spread, least, 0.0) + of_kind[j]
        free = _freedom(true[:, j] - power * machine[:, j], strata, sizes)
        half = stdtrit(max(min(free, n - p), 1), 0.975) * math.sqrt(spread)
        best = reviewed[j] + power * (naive[j] - shown[j])
        made.append((term, best, best - half, best + half, naive[j], naive[j] - rest[j],
                     naive[j] + rest[j], reviewed[j], len(every.y), n, power))  # fmt: skip
    return made
