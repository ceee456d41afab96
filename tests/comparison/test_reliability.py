"""Agreement by the published worked examples, and intervals of weighted samples."""

import math

import numpy as np
import pytest

from qz_analysis.comparison.reliability import (
    alpha,
    kappa,
    middle,
    resampled,
    share,
    units,
    variance,
    wilson,
)

# codes of each unit, Krippendorff's alpha as printed in "Computing Krippendorff's
# Alpha-Reliability" (2011), examples B, C and E
ALPHA = [
    (list(zip("0100000010", "1110010000", strict=True)), 0.095),
    (list(zip("aabbdcccedda", "babbbccceddd", strict=True)), 0.692),
    (
        [
            tuple(None if code == "." else code for code in unit)
            for unit in zip(
                "123321412...", "1233224125.3", ".3332342251.", "12332441251.", strict=True
            )
        ],
        0.743,
    ),
]
# a table of counts, one coder's labels down, the other's across; kappa as Fleiss, Levin and Paik
# (Statistical Methods for Rates and Proportions, table 18.1) and Fleiss, Cohen and Everitt (1969) print it
KAPPA = [
    ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),
    ([[106, 10, 4], [22, 28, 10], [2, 12, 6]], 0.429),
]


@pytest.mark.parametrize(("codes", "printed"), ALPHA)
def test_alpha_is_that_of_the_worked_examples(codes, printed):
    """Krippendorff's alpha for names is the printed one, with missing codes and four coders too."""
    assert alpha(units(codes))[0] == pytest.approx(printed, abs=0.0006)


@pytest.mark.parametrize(("table", "printed"), KAPPA)
def test_kappa_is_that_of_the_worked_examples(table, printed):
    """Cohen's kappa is the printed one."""
    codes = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    assert kappa(units(codes))[0] == pytest.approx(printed, abs=0.0006)


def test_where_nothing_varies_neither_is_anything():
    """Coders who only ever give one label tell nothing of chance: there is no coefficient."""
    codes = units([("a", "a"), ("a", "a")])
    assert math.isnan(alpha(codes)[0]) and math.isnan(kappa(codes)[0])
    assert all(map(math.isnan, middle(alpha(codes, np.ones((5, 2))))))


def test_weights_count_like_repeated_units():
    """A unit of weight 2 counts as two units."""
    once, twice = [("a", "a"), ("a", "b"), ("b", "b")], [("a", "a"), ("a", "b"), ("b", "b")] * 2
    for of in (alpha, kappa):
        weighted = of(units(once), np.array([2.0, 2.0, 2.0]))
        assert weighted[0] == pytest.approx(of(units(twice))[0])


def test_bootstrap_draws_whole_sentences_inside_strata():
    """Units of one sentence come and go together, and each stratum keeps its weight."""
    times = resampled([1, 1, 1, 2, 2, 3], [7, 7, 8, 9, 10, 11], 1, 200)
    assert (times[:, 0] == times[:, 1]).all() and (times[:, 5] == 1).all()
    assert times[:, [0, 2]].sum(axis=1).tolist() == [2.0] * 200
    assert times[:, [3, 4]].sum(axis=1).tolist() == [2.0] * 200 and times[:, 3].std() > 0


def test_a_stratum_of_which_all_was_drawn_varies_not():
    """Sampling without replacement: what was drawn whole adds nothing to the variance."""
    totals = np.array([[1.0], [5.0], [2.0], [4.0]])
    strata = np.array([1, 1, 2, 2])
    assert variance(totals, strata, {1: 2, 2: 4})[0, 0] == pytest.approx(2.0)


# right of each sentence, figures, probability, stratum, size of strata; share and the least and most
# that the sample may be worth
SHARES = [
    ([1] * 90 + [0] * 10, [1] * 100, [0.01] * 100, [1] * 100, {1: 10_000}, 90.0, 80, 100),
    # ten heavy sentences and ninety light ones are worth little more than the ten
    ([1] * 100, [1] * 100, [0.9] * 90 + [0.01] * 10, [1] * 90 + [2] * 10, {1: 100, 2: 1000}, 100.0, 8, 14),
]  # fmt: skip


@pytest.mark.parametrize(("right", "figures", "chance", "strata", "sizes", "said", "least", "most"), SHARES)  # fmt: skip
def test_what_a_weighted_sample_is_worth(right, figures, chance, strata, sizes, said, least, most):
    """Unequal probabilities make a sample worth fewer figures, also where no wrong one was met."""
    one = share(
        np.array(right, float), np.array(figures, float), 1 / np.array(chance), np.array(strata), sizes
    )  # fmt: skip
    assert one.share == pytest.approx(said) and least <= one.worth <= most
    assert (one.low, one.high) == pytest.approx(wilson(said / 100, one.worth))


def test_a_share_of_no_figures_is_none():
    """Without figures there is neither a share nor an interval."""
    nothing = np.zeros(3)
    assert all(map(math.isnan, share(nothing, nothing, np.ones(3), np.ones(3, int), {1: 9})))
