"""Names of the files that keep texts."""

import pytest

from qz_analysis.runs.finish import text_name


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        ("a", "a.txt"),
        ("县/2011", "县/2011.txt"),
        ("a.txt/b", "a.txt_/b~"),  # no folder is called what a text is called
        ("../up", "_/up~"),
        ("a:b", "a_b~"),
        ("字" * 99, "字" * 60 + "~"),
        ("//", "_/_/_~"),
    ],
)
def test_no_name_is_other_than_a_file_below(doc, expected):
    """A document's name is its file's where a file may be called so; else it is made one, told apart by a hash."""
    name = text_name(doc)
    assert name.endswith(".txt")
    assert name == expected or (name.startswith(expected) and len(name) == len(expected) + 12)


def test_names_made_alike_stay_apart():
    """Two documents whose names become the same have two files."""
    assert len({text_name(doc) for doc in ("a:b", "a?b", "a_b", "../a", "./a", "_/a")}) == 6
