"""What makes a run begin anew, or try again what failed."""

import pytest

import qz_analysis as qz
from qz_analysis.runs import run as runner
from qz_analysis.runs.workers import Limits
from qz_analysis.vocabularies import session as registry


@pytest.fixture
def _own_session(monkeypatch):
    """The test begins without a user's words and leaves none behind."""
    monkeypatch.delenv(registry.VARIABLE, raising=False)
    registry.put(None)
    yield
    registry.put(None)


@pytest.mark.usefixtures("_own_session")
def test_words_of_the_user_have_a_stamp_of_their_text(tmp_path):
    """A user's words in force have a stamp that goes by their text and not by the file; without any it is empty."""
    made = []
    for name, unit in (("a", "垛"), ("b", "垛"), ("c", "摞")):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'[units.petition]\n"{unit}" = "items"\n', encoding="utf-8")
        qz.vocabulary(file)
        made.append(runner.vocabulary_hash())
    assert made[0] == made[1] != made[2]
    registry.put(None)
    assert (len(made[0]), runner.vocabulary_hash()) == (16, "")


@pytest.mark.parametrize("tool", ["antiword", "soffice"])
def test_another_program_or_limit_may_read_what_failed(monkeypatch, tool):
    """A program that reads files, newly there, and other limits are other means; the same ones are the same."""
    monkeypatch.setattr(runner.shutil, "which", lambda name: None)
    without = runner.reading_conditions(Limits())
    assert runner.reading_conditions(Limits()) == without != runner.reading_conditions(Limits(1))
    monkeypatch.setattr(runner.shutil, "which", lambda name: name if name == tool else None)
    assert runner.reading_conditions(Limits()) != without


def test_the_stamp_of_the_package_is_that_of_its_files():
    """As long as no file of the package changes its stamp is the same."""
    assert runner.code_hash() == runner.code_hash()
    assert len(runner.code_hash()) == 16
