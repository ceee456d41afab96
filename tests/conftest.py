"""Settings that all tests share."""

import os

from hypothesis import settings

# the same examples on every run, so that a red run is the change's fault; HYPOTHESIS_PROFILE=explore looks for new ones
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
