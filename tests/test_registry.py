"""Vocabulary files are checked when loaded; a wrong entry is named."""

import pytest

from qz_analysis.errors import VocabularyError
from qz_analysis.registry import load, names, parse


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
