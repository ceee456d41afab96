"""Settings that all tests share."""

import gc
import os
import string
import sys
import warnings

import pytest
from hypothesis import HealthCheck, settings

# tests read English words unless they ask for others, whatever the machine's locale
os.environ["QZ_LANG"] = "en"
# processes that tests start find the package compiled, though the machine may be set to keep nothing compiled
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# jsonschema, which nbformat checks notebooks by, uses it for addresses only and takes two seconds to load it
sys.modules["rfc3987_syntax"] = None

# no example has a time of its own: other work on the machine is no fault of the change
_untimed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# the same examples on every run, so that a red run is the change's fault; HYPOTHESIS_PROFILE=explore looks for new ones
settings.register_profile("steady", derandomize=True, **_untimed)
settings.register_profile("explore", max_examples=3000, **_untimed)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_xdist_auto_num_workers(config):
    """Two processes share a whole run; a part of it is quicker, and can be debugged, in one."""
    return 2 if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_collection_finish():
    """What was collected stays to the end: the collector of garbage need not look through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def plain_font():
    """A small font."""
    from qz_analysis.charts.theme import subset_woff

    return subset_woff(string.printable + "群众工作")


@pytest.fixture
def one_font(plain_font, monkeypatch):
    """Every page embeds the same small font: to cut one for each takes longer than to make the page."""
    monkeypatch.setattr("qz_analysis.charts.theme.subset_woff", lambda text: plain_font)


@pytest.fixture(scope="session")
def _keeping():
    import keeping

    yield keeping.child
    keeping.dismiss()


@pytest.fixture(scope="module")
def kept_workers(_keeping):
    """Runs of this module are done by worker processes as ever, but these go on to the next run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qz_analysis.runs.workers._Child", _keeping)
        yield


@pytest.fixture(scope="session")
def _kernels():
    import kernels

    yield kernels.launch
    kernels.dismiss()


@pytest.fixture(scope="module")
def kept_kernels(_kernels):
    """Notebooks of this module are run by kernels that need not load what every brief loads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jupyter_client.provisioning.local_provisioner.launch_kernel", _kernels)
        yield


@pytest.fixture(scope="session")
def _corpus():
    import qz_analysis as qz

    return qz.tables(qz.corpus())


@pytest.fixture(scope="module")
def corpus_tables(_corpus):
    """The tables of the embedded corpus, which are made once; each module has its own copies."""
    return type(_corpus).of(*(one.copy() for one in _corpus), corrected=_corpus.corrected.copy())


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
