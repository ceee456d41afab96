"""Settings that all tests share."""

import os
import warnings

import pytest
from hypothesis import settings

# the same examples on every run, so that a red run is the change's fault; HYPOTHESIS_PROFILE=explore looks for new ones
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def clean():
    """A missing glyph or any other warning is an error, and no figure is left open."""
    import matplotlib.pyplot as plt  # a second that tests without pictures need not pay

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # a socket that an earlier test left to the garbage collector is not this test's
        warnings.simplefilter("ignore", ResourceWarning)
        yield
    plt.close("all")
