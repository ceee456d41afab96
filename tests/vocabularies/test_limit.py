"""A runaway expression of the user's ends with an error that names the text and the vocabulary."""

import re
import signal
import threading
import time

import pytest

import qz_analysis as qz
from qz_analysis.cli import main
from qz_analysis.errors import ReadError
from qz_analysis.vocabularies import limit
from qz_analysis.vocabularies.session import held, put

#: tried in more ways than there is time for, once for each of the characters before the figure
TEXT = f"甲县调{'解' * 60}纠纷3件，{'甲' * 60}受理4件，办结2件。"
READ = '[families.words]\nmediation = ["调(?:解+)+处"]'
AUDITED = '[patterns.sums]\nopens = ["(?:甲+)+乙"]'
NAMED = """[mechanisms.mediation]
many = {en = "Many", zh = "很多", what_en = "many", what_zh = "很多", aliases = ["调(?:解+)+处"]}"""


@pytest.fixture
def runaway(tmp_path, monkeypatch):
    """Puts a vocabulary in force, with little time from then on; what was in force comes back."""
    before = held()

    def put_in_force(words, seconds=0.3):
        monkeypatch.setattr(limit, "SECONDS", seconds)
        path = tmp_path / "mine.toml"
        path.write_text(words, encoding="utf-8")
        qz.vocabulary(path)

    yield put_in_force
    put(before)


@pytest.mark.parametrize(
    ("words", "work"),
    [(READ, qz.extract), (READ, qz.tables), (READ, qz.reports), (AUDITED, qz.tables), (NAMED, qz.mechanisms)],
)  # fmt: skip
def test_a_text_is_given_so_much_time(runaway, words, work):
    """The error names the text, the vocabulary and the way out."""
    runaway(words)
    with pytest.raises(ReadError, match=r"^text: .*mine\.toml.*without a repeat inside a repeat"):
        work(TEXT)


@pytest.mark.parametrize("work", [qz.audit, qz.implied, qz.findings])
def test_a_table_of_claims_is_given_so_much_time(runaway, work):
    """The words of the audit are looked for in the sentences of claims, too."""
    claims = qz.extract(TEXT)
    runaway(AUDITED)
    with pytest.raises(ReadError, match=r"mine\.toml"):
        work(claims)


@pytest.mark.parametrize("command", [["audit"], ["brief", "--out", "pages"]])
def test_a_command_tells_of_the_text(runaway, tmp_path, monkeypatch, capsys, command):
    """The command ends with the message instead of never."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲县.txt").write_text(TEXT, encoding="utf-8")
    runaway(READ)
    assert main([command[0], "甲县.txt", *command[1:]]) > 0
    assert "mine.toml" in capsys.readouterr().err


def test_the_other_texts_are_read_all_the_same(runaway, tmp_path, monkeypatch):
    """One text that takes too long is an error of the table, as a file that cannot be read is."""
    # the second text makes the patterns that the first one did not come to
    for name, text in (("a.txt", TEXT), ("b.txt", "乙县受理5件。")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    runaway(READ, 300)
    qz.tables(tmp_path / "b.txt")
    monkeypatch.setattr(limit, "SECONDS", 0.3)
    made = qz.tables(tmp_path, on_error="keep")
    assert made.claims["text"].tolist() == ["5件"]
    assert len(made.errors) == 1


def test_an_error_that_was_swallowed_is_raised_again(monkeypatch):
    """Where the work goes on in spite of the error, the next one ends it."""
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    met, until = [], time.process_time() + 10
    with pytest.raises(ReadError), limit.limited("a"):
        while time.process_time() < until:
            try:
                while time.process_time() < until:
                    pass
            except ReadError as error:
                met.append(error)
                if len(met) > 1:
                    raise
    assert len(met) == 2


def _until_told(kind):
    """Works on until the limit has interfered, and says whether it has."""
    until = time.process_time() + 10
    try:
        while time.process_time() < until:
            pass
    except kind:
        return True
    return False


def test_an_error_that_was_made_another_is_told(monkeypatch):
    """Libraries catch a ValueError and raise their own: what ended the work is told all the same."""
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    with pytest.raises(ReadError, match=r"^a: .*processor time"), limit.limited("a"):
        assert _until_told(ValueError)
        raise re.error("bad escape")


def test_an_error_that_was_swallowed_at_the_end_is_told(monkeypatch):
    """Work that came to an end over a swallowed error may be wrong: it is not handed on."""
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    with pytest.raises(ReadError, match=r"^a: "), limit.limited("a"):
        assert _until_told(ValueError)


def test_no_timer_is_left_behind():
    """What the timer and its signal were before, they are again."""
    before = signal.getsignal(signal.SIGVTALRM)
    with limit.limited("a"):
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
        with limit.limited("b"):
            pass
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_a_thread_works_without_a_limit():
    """Only the main thread can be ended by a signal; another one does its work."""
    made = []
    thread = threading.Thread(target=lambda: made.append(len(qz.extract("受理4件。"))))
    thread.start()
    thread.join()
    assert made == [1]
