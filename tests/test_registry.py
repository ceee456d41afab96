"""Vocabulary files are checked when loaded; a wrong entry is named."""

import pytest

from qz_analysis.errors import VocabularyError
from qz_analysis.registry import Vocabulary, current, held, kept, load, names, parse, put


@pytest.mark.parametrize("name", names())
def test_every_vocabulary_file_loads(name):
    """Each file of the package loads, holds entries and opens by explaining its own grammar."""
    assert all(load(name).values())


def test_wrong_entry_is_named_with_file_and_line():
    """An entry of the wrong shape raises with file, line and entry."""
    with pytest.raises(VocabularyError, match=r"units\.toml, line 3: the entry '件'"):
        parse('[a]\n"宗" = "cases"\n"件" = 5', "units")


def test_broken_toml_and_missing_file_are_named():
    """Broken TOML and a name that does not exist raise with the file's name."""
    with pytest.raises(VocabularyError, match=r"units\.toml"):
        parse("[a", "units")
    with pytest.raises(VocabularyError, match="there is no vocabulary file"):
        load("nothing")


def test_what_is_made_of_the_words_is_kept_as_long_as_they_are_in_force():
    """A kept function runs once a vocabulary and argument; an earlier vocabulary that comes back still has what was made of it."""
    before, ran = current(), []

    @kept
    def made(section):
        ran.append(section)
        return len(load("units")[section])

    other = Vocabulary({"units": {"petition": {"通": "calls"}}})
    try:
        assert made("petition") == made("petition") > 10
        put(other)
        assert (made("petition"), made("petition"), held()) == (1, 1, other)
        put(before)
        assert made("petition") > 10
        assert ran == ["petition", "petition"]
    finally:
        put(before)


def test_what_fails_is_not_kept():
    """An error of a kept function is raised each time, a KeyError like any other."""

    @kept
    def fails():
        raise KeyError("mine")

    for _ in range(2):
        with pytest.raises(KeyError, match="mine"):
            fails()
