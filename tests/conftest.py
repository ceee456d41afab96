"""Settings that all tests share."""

import os
import warnings

import pytest
from hypothesis import HealthCheck, settings

# the same examples on every run, so that a red run is the change's fault; HYPOTHESIS_PROFILE=explore looks for new ones
# no example has a time of its own: other work on the machine is no fault of the change
_untimed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, **_untimed)
settings.register_profile("explore", max_examples=3000, **_untimed)
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
