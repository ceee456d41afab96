"""A run that the tests of runs compare with."""

import pytest
from running import corpus, run


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A corpus, its undisturbed run by one worker, and that run's tables."""
    source = corpus(tmp_path_factory.mktemp("plain") / "in")
    out = tmp_path_factory.mktemp("plain-out")
    run(source, out)
    return source, out
