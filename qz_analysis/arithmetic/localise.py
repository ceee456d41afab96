"""The smallest sets of printed figures that must be wrong if a web of checks is to hold.

Fellegi and Holt (1976), A systematic approach to automatic edit and imputation, Journal of the
American Statistical Association 71: of all ways to make every check hold, those that change the
fewest figures. Each is found as a mixed-integer programme by HiGHS (`scipy.optimize.milp`).
"""

import ctypes
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from ..errors import QzError

#: sets of one size that are told; more say nothing about which figure it is
MOST = 12
#: what a revision costs beside a wrong figure: it is the commoner of the two, but two revisions that
#: one wrong figure would explain are rarer than that figure
_REVISED = 0.55
_ROOM = 100.0  # how many times its usual size a quantity may have


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure: which quantity it states, and between which ends.

    A later print of a quantity may differ from the first as far as statistics are revised.
    """

    quantity: int
    low: float
    high: float
    later: bool = False


@dataclass(frozen=True, slots=True)
class Growth:
    """`now` is `before` times a factor between two ends, as the figure `by` says."""

    now: int
    before: int
    low: float
    high: float
    by: int


@dataclass(frozen=True, slots=True)
class Total:
    """Quantities that make a whole, or at most the whole."""

    whole: int
    parts: tuple[int, ...]
    at_most: bool = False


def smallest_sets(
    figures: Sequence[Printed],
    ties: Sequence[Growth | Total],
    sizes: Sequence[float],
    revised: float,
) -> list[tuple[int, ...]]:
    """The smallest sets of figures without which every tie can hold, at most `MOST` of them.

    Args:
        figures: the printed figures of quantities, and after them those of growth, whose quantity
            is −1.
        ties: what binds the quantities.
        sizes: of each quantity how large it usually is, above 0.
        revised: how far, in %, a tie may miss because statistics were revised.

    Returns:
        sets of positions in `figures`, each in order; one empty set when no figure need be wrong,
        none when nothing makes the ties hold.

    Raises:
        QzError: scipy is missing.

    >>> levels = [Printed(0, 9.95, 10.05), Printed(1, 29.95, 30.05), Printed(2, 12.05, 12.15)]
    >>> growths = [Printed(-1, 9.5, 10.5)] * 2
    >>> ties = [Growth(1, 0, 1.095, 1.105, 3), Growth(2, 1, 1.095, 1.105, 4)]
    >>> smallest_sets(levels + growths, ties, [10, 10, 10], revised=2)
    [(1,)]
    """
    problem = _Problem(figures, ties, sizes, revised / 100)
    found: list[tuple[int, ...]] = []
    best = math.inf
    while len(found) < MOST:
        solved = problem.solve(found)
        if solved is None or solved[0] > best + 1e-6:
            break
        best, chosen = solved
        found.append(chosen)
        if not chosen:
            break
    return found


class _Problem:
    """The programme: quantities (in their sizes), figures given up, ties taken as revised."""

    def __init__(
        self,
        figures: Sequence[Printed],
        ties: Sequence[Growth | Total],
        sizes: Sequence[float],
        share: float,
    ) -> None:
        self.figures, self.sizes, self.share = figures, sizes, share
        self.first = len(sizes)  # of the figures
        self.revisions = self.first + len(figures)
        self.width = self.revisions
        self.rows: list[tuple[dict[int, float], float]] = []  # sum of terms ≥ bound
        for i, figure in enumerate(figures):
            if figure.quantity >= 0:
                self._print(i, figure)
        for tie in ties:
            self._grow(tie) if isinstance(tie, Growth) else self._add(tie)

    def _slack(self) -> int:
        self.width += 1
        return self.width - 1

    def _print(self, i: int, figure: Printed) -> None:
        """The quantity lies in what was printed, or the figure is given up."""
        x, z, size = figure.quantity, self.first + i, self.sizes[figure.quantity]
        low, high = figure.low / size, figure.high / size
        off = {self._slack(): self.share * max(1.0, low)} if figure.later else {}
        if low > 0:
            self.rows.append(({x: 1.0, z: low} | off, low))
        if high < _ROOM:
            self.rows.append(({x: -1.0, z: _ROOM - high} | off, -high))

    def _grow(self, tie: Growth) -> None:
        """Now less before times the factor is nothing, or the growth is given up, or revised."""
        to, by = self.sizes[tie.now], self.sizes[tie.before]
        z, r = self.first + tie.by, self._slack()
        usual = max(
            (f.low / to for f in self.figures if f.quantity == tie.now and f.low > 0), default=1.0
        )
        slack = self.share * min(usual, _ROOM)
        low, high = tie.low * by / to, tie.high * by / to
        if low > 0:
            self.rows.append(({tie.now: 1.0, tie.before: -low, z: low * _ROOM, r: slack}, 0.0))
        if math.isfinite(high):
            self.rows.append(({tie.now: -1.0, tie.before: high, z: _ROOM, r: slack}, 0.0))

    def _add(self, tie: Total) -> None:
        """The parts make the whole, or miss it as far as statistics are revised."""
        size, r = self.sizes[tie.whole], self._slack()
        terms = {part: -self.sizes[part] / size for part in tie.parts}
        self.rows.append((terms | {tie.whole: 1.0, r: self.share}, 0.0))
        if not tie.at_most:
            other = {part: -share for part, share in terms.items()}
            self.rows.append((other | {tie.whole: -1.0, r: self.share}, 0.0))

    def solve(self, without: Sequence[Sequence[int]]) -> tuple[float, tuple[int, ...]] | None:
        """Cost and figures of a cheapest solution that holds none of the sets found before."""
        milp, bounds_of, constraint = _solver()
        from scipy.sparse import coo_matrix

        cuts = [({self.first + i: -1.0 for i in chosen}, 1.0 - len(chosen)) for chosen in without]
        rows = [*self.rows, *cuts]
        if not rows:
            return 0.0, ()
        at = [(n, k, v) for n, (terms, _) in enumerate(rows) for k, v in terms.items()]
        ns, ks, values = zip(*at, strict=True)
        matrix = coo_matrix((values, (ns, ks)), shape=(len(rows), self.width)).tocsr()
        costs = [0.0] * self.first + [1.0] * len(self.figures)
        costs += [_REVISED] * (self.width - self.revisions)
        whole = [0] * self.first + [1] * (self.width - self.first)
        most = [_ROOM] * self.first + [1.0] * (self.width - self.first)
        least = [bound for _, bound in rows]
        within, held = bounds_of(0, most), constraint(matrix, least, math.inf)
        with _quiet():
            done = milp(costs, integrality=whole, bounds=within, constraints=held)
        if done.x is None:
            return None
        chosen = (i for i in range(len(self.figures)) if done.x[self.first + i] > 0.5)
        return float(done.fun), tuple(chosen)


def _solver() -> tuple[Any, Any, Any]:
    """`milp` with what it takes, from the extra `ledger`."""
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
    except ImportError:
        raise QzError('the ledger needs scipy: pip install "qz-analysis[ledger]"') from None
    return milp, Bounds, LinearConstraint


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps off the standard output what HiGHS prints there by itself now and then (1.12 does):
    a command may be writing JSON. It prints below Python, so the file itself is turned away.
    """
    try:
        kept, sink = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # no standard output at all
        yield
        return
    _flush()
    os.dup2(sink, 1)
    try:
        yield
    finally:
        _flush()
        os.dup2(kept, 1)
        os.close(kept)
        os.close(sink)


def _flush() -> None:
    """Writes out what Python and the C library hold back."""
    with suppress(AttributeError, OSError, TypeError):  # no output, or no one C library
        sys.stdout.flush()
        ctypes.CDLL(None).fflush(None)
