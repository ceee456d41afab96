"""The smallest sets of figures that must be wrong, in webs of levels, changes and totals."""

import os
import sys

import pytest

from qz_analysis.arithmetic.localise import MOST, Growth, Printed, Total, smallest_sets
from qz_analysis.errors import QzError


def chain(*levels, growth=10.0, change=None):
    """Levels year by year, each said to have grown by `growth`; `change` replaces one growth."""
    figures = [Printed(n, level - 0.05, level + 0.05) for n, level in enumerate(levels)]
    ties = []
    for n in range(1, len(levels)):
        said = change[1] if change and change[0] == n else growth
        figures.append(Printed(-1, said - 0.05, said + 0.05))
        ends = (1 + (said - 0.05) / 100, 1 + (said + 0.05) / 100)
        ties.append(Growth(n, n - 1, *ends, by=len(figures) - 1))
    return figures, ties, [100.0] * len(levels)


@pytest.mark.parametrize(
    ("web", "sets"),
    [
        (chain(100, 110, 121), [()]),  # all fits
        (chain(100, 111), [()]),  # a revision explains it
        (chain(100, 111, 121), [(1,)]),  # two breaks by less, one figure between them
        (chain(100, 101, 121), [(1,)]),  # two breaks, one figure between them
        (chain(100, 110, 121, 133.1, change=(2, 30.0)), [(5,)]),  # the change alone
        (chain(100, 140), [(0,), (1,), (2,)]),  # any of three
        (chain(1000, 110, 121), [(0,), (3,)]),  # ten times too large, or the change
    ],
)
def test_the_fewest_figures_are_found(web, sets):
    """Every smallest set is named, none where a revision would do."""
    assert sorted(smallest_sets(*web, revised=2)) == sets


def test_a_total_ties_its_parts():
    """A total that misses its parts by more than a revision puts each of them and itself in doubt."""
    figures = [Printed(n, value, value) for n, value in enumerate((10.0, 20.0, 50.0))]
    sets = smallest_sets(figures, [Total(2, (0, 1))], [10, 20, 50], revised=2)
    assert sorted(sets) == [(0,), (1,), (2,)]


def test_parts_may_fall_short_of_the_whole():
    """What only has to stay below its whole is wrong when it is above, not when it is below."""
    figures = [Printed(n, value, value) for n, value in enumerate((10.0, 20.0, 50.0))]
    tie = Total(2, (0, 1), at_most=True)
    assert smallest_sets(figures, [tie], [10, 20, 50], revised=2) == [()]
    figures[2] = Printed(2, 25.0, 25.0)
    assert len(smallest_sets(figures, [tie], [10, 20, 25], revised=2)) == 3


def test_a_later_print_may_be_revised():
    """Two prints of one figure differ by a revision, or one of them is wrong."""
    near = [Printed(0, 100, 100), Printed(0, 101, 101, later=True)]
    far = [Printed(0, 100, 100), Printed(0, 190, 190, later=True)]
    assert smallest_sets(near, [], [100], revised=2) == [()]
    assert sorted(smallest_sets(far, [], [100], revised=2)) == [(0,), (1,)]


def test_many_sets_are_cut():
    """Where very many figures could be the one, only so many sets are told."""
    figures = [Printed(n, 1.0, 1.0) for n in range(20)] + [Printed(20, 50.0, 50.0)]
    ties = [Total(20, tuple(range(20)))]
    assert len(smallest_sets(figures, ties, [1.0] * 20 + [50.0], revised=1)) == MOST


def test_without_scipy_the_extra_is_named(monkeypatch):
    """Without scipy one line says which extra to install."""
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(QzError, match=r'pip install "qz-analysis\[ledger\]"'):
        smallest_sets(*chain(100, 140), revised=2)


def test_nothing_of_the_solver_is_printed(capfd, monkeypatch):
    """What the solver prints below Python stays off the standard output, and Python's own does not."""
    import scipy.optimize

    solve = scipy.optimize.milp

    def loud(*args, **words):
        os.write(1, b"solver speaks\n")
        return solve(*args, **words)

    monkeypatch.setattr(scipy.optimize, "milp", loud)
    print("before")
    smallest_sets(*chain(100, 140), revised=2)
    print("after")
    assert capfd.readouterr().out == "before\nafter\n"
