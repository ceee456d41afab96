"""Tables of cases of which every run takes some and `pytest -m long` the rest."""

from collections.abc import Iterable
from typing import Any

import pytest


def sparing(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters: the first of every so many in each run, the others marked `long`.

    >>> [bool(case.marks) for case in sparing("abcde", 2)]
    [False, True, False, True, False]
    """
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=pytest.mark.long if n % every else (),
        )
        for n, case in enumerate(cases)
    ]
