"""How far two coders agree beyond chance, and intervals that are right for a weighted sample.

Krippendorff's alpha for names: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability"
(University of Pennsylvania, 2011). Cohen's kappa: J. Cohen, Educational and Psychological
Measurement 20 (1960), 37-46. Their intervals are percentiles of a bootstrap that draws whole
sentences anew inside each stratum (J. N. K. Rao and C. F. J. Wu, Journal of the American
Statistical Association 83 (1988), 231-241). The interval of a share is Wilson's (1927) with the
number of figures that plain lot would have needed for the same variance: E. L. Korn and B. I.
Graubard, Survey Methodology 24 (1998), 193-201; N. Dean and M. Pagano, Journal of Survey Statistics
and Methodology 3 (2015), 484-503.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

_Z = 1.959963984540054


class Units(NamedTuple):
    """What was coded, in numbers: per unit how many differ and are of each label, by any coder, and
    for two coders who gave what.
    """

    #: ordered pairs of codes that differ, each unit's divided by its codes less one
    differing: Array
    #: codes of each label, a row a unit; units with one code are empty
    given: Array
    #: the first and the second coder's label, one for each unit that both coded
    one: Array
    two: Array


def units(codes: Sequence[Sequence[Any]]) -> Units:
    """The codes of some units, one sequence a unit, None for what a coder left out."""
    labels = list(dict.fromkeys(code for unit in codes for code in unit if code is not None))
    place = {label: at for at, label in enumerate(labels)}
    shape = (len(codes), max(len(labels), 1))
    differing, given = np.zeros(len(codes)), np.zeros(shape)
    one, two = np.zeros(shape), np.zeros(shape)
    for at, unit in enumerate(codes):
        there = [place[code] for code in unit if code is not None]
        if len(there) < 2:
            continue
        for code in there:
            given[at, code] += 1
        pairs = sum(a != b for i, a in enumerate(there) for j, b in enumerate(there) if i != j)
        differing[at] = pairs / (len(there) - 1)
        if len(there) == len(unit) == 2:
            one[at, there[0]] = two[at, there[1]] = 1
    return Units(differing, given, one, two)


def alpha(coded: Units, weights: Array | None = None) -> Array:
    """Krippendorff's alpha for names, for each row of weights of the units; NaN where nothing varies.

    >>> float(alpha(units([["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"]]))[0].round(3))
    0.667
    """
    times = _rows(coded, weights)
    each = times @ coded.given
    codes = each.sum(axis=1)
    expected = codes**2 - (each**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (codes - 1) * (times @ coded.differing) / expected
    return np.where(expected > 1e-9, found, np.nan)


def kappa(coded: Units, weights: Array | None = None) -> Array:
    """Cohen's kappa of two coders, for each row of weights of the units; NaN where nothing varies.

    >>> float(kappa(units([["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"]]))[0].round(3))
    0.636
    """
    times = _rows(coded, weights)
    one, two = times @ coded.one, times @ coded.two
    both = np.maximum(one.sum(axis=1), 1e-12)
    same = times @ (coded.one * coded.two).sum(axis=1) / both
    chance = (one * two).sum(axis=1) / both**2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (same - chance) / (1 - chance)
    return np.where(1 - chance > 1e-9, found, np.nan)


def _rows(coded: Units, weights: Array | None) -> Array:
    return np.ones((1, len(coded.differing))) if weights is None else np.atleast_2d(weights)


def resampled(strata: Sequence[int], clusters: Sequence[int], seed: int, resamples: int) -> Array:
    """How often each unit is in each bootstrap sample: clusters drawn anew inside each stratum.

    Args:
        strata: the stratum of each unit.
        clusters: what is drawn as one, for each unit: its sentence.
        seed: of the lots.
        resamples: how many bootstrap samples.
    """
    dice = np.random.default_rng(seed)
    within: dict[int, list[int]] = {}
    for cluster, stratum in dict(zip(clusters, strata, strict=True)).items():
        within.setdefault(stratum, []).append(cluster)
    place = {one: at for at, one in enumerate(one for few in within.values() for one in few)}
    times = np.zeros((resamples, len(place)))
    for few in within.values():
        columns = [place[one] for one in few]
        n = len(few)
        if n == 1:
            times[:, columns] = 1
            continue
        # one fewer than there are, or small strata would seem to vary too little
        drawn = dice.multinomial(n - 1, [1 / n] * n, size=resamples)
        times[:, columns] = drawn * (n / (n - 1))
    return times[:, [place[one] for one in clusters]]


def middle(values: Array) -> tuple[float, float]:
    """Where the middle 95 % of bootstrapped values lie; NaN where hardly any could be computed."""
    there = values[~np.isnan(values)]
    if len(there) < len(values) / 2:
        return math.nan, math.nan
    low, high = np.quantile(there, [0.025, 0.975])
    return float(low), float(high)


def variance(totals: Array, strata: NDArray[np.int64], sizes: dict[int, int]) -> Array:
    """The variance of the sum of weighted totals of drawn sentences, by stratified sampling without
    replacement; for several totals in columns the matrix of their covariances.

    A stratum of which one sentence was drawn is held against the mean of all.

    Args:
        totals: one row per sentence drawn.
        strata: the stratum of each.
        sizes: how many sentences the corpus has in each stratum.

    >>> float(variance(np.array([[2.0], [4.0]]), np.array([1, 1]), {1: 4})[0, 0])
    2.0
    """
    whole = np.zeros((totals.shape[1],) * 2)
    for stratum in np.unique(strata):
        mine = totals[strata == stratum]
        n, left = len(mine), 1 - len(mine) / max(sizes[int(stratum)], len(mine))
        apart = mine - (mine.mean(axis=0) if n > 1 else totals.mean(axis=0))
        whole += left * n / max(n - 1, 1) * apart.T @ apart
    return whole


class Share(NamedTuple):
    """A share in % with its interval, and how many figures drawn by plain lot would tell as much."""

    share: float
    low: float
    high: float
    worth: float


def share(
    right: Array,
    figures: Array,
    weights: Array,
    strata: NDArray[np.int64],
    sizes: dict[int, int],
    barren: frozenset[int] = frozenset(),
) -> Share:
    """A share over the corpus out of weighted sentences, with a Wilson interval for such samples.

    How much the sample is worth is reckoned as if each stratum had half a wrong figure more than it
    has: where none was met, there may still be some.

    Args:
        right: figures of each sentence that are right.
        figures: figures of each sentence.
        weights: one by the probability with which each sentence was drawn.
        strata: the stratum of each.
        sizes: how many sentences the corpus has in each stratum.
        barren: strata whose sentences cannot hold a figure.

    >>> n = 43
    >>> rights = np.array([1.0] * 36 + [0.0] * 7)
    >>> one = share(rights, np.ones(n), np.ones(n), np.ones(n, int), {1: 10**9})
    >>> [round(x, 1) for x in one]
    [83.7, 69.7, 92.0, 41.5]
    """
    whole = float(weights @ figures)
    if not whole:
        return Share(*[math.nan] * 4)
    p = float(weights @ right) / whole
    apart = (weights * (right - p * figures))[:, None]
    spread, wrong = float(variance(apart, strata, sizes)[0, 0]), (1 - p) * whole
    for stratum in {*strata.tolist()} - barren:
        n, each = int((strata == stratum).sum()), float(weights[strata == stratum].mean())
        left = 1 - n / max(sizes[stratum], n)
        spread += left * n / max(n - 1, 1) * 0.5 * (p * each) ** 2
        wrong += 0.5 * each
    q = wrong / (whole + wrong - (1 - p) * whole)
    worth = q * (1 - q) * whole**2 / spread if spread > 0 else math.inf
    worth = max(min(worth, float(figures.sum())), 1.0)
    return Share(100 * p, *wilson(p, worth), worth)


def wilson(p: float, n: float) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, in %, for a number of figures that need not be whole.

    >>> [round(x, 1) for x in wilson(36 / 43, 43)]
    [70.0, 91.9]
    """
    centre, half = p + _Z**2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    low, high = (100 * (centre + side * half) / (1 + _Z**2 / n) for side in (-1, 1))
    return max(low, 0.0), min(high, 100.0)
