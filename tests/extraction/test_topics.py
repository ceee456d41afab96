"""Marking words: which of them stand in a text, and that look-arounds and optional characters hold."""

import pytest

import qz_analysis as qz
from qz_analysis.extraction.topics import marked


@pytest.fixture
def words(tmp_path):
    """Words of a user with look-arounds before and behind, an optional character, and one in another."""
    mine = tmp_path / "mine.toml"
    said = "['甲?乙', '(?<!丁)甲丙', '甲丙戊', '(?=己庚)己', '己(?!庚)', '(?<=辛)壬(?=癸|$)']"
    mine.write_text(f"[families.words]\nparty = {said}\n", encoding="utf-8")
    qz.vocabulary(mine)
    yield
    qz.vocabulary(reset=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲乙", ["甲乙"]),
        ("丁乙", []),  # a word is looked for where its first character stands
        ("甲丙", ["甲丙"]),
        ("丁甲丙", []),
        ("丁甲丙戊", ["甲丙戊"]),
        ("甲丙戊", ["甲丙"]),  # of two words the longer entry comes first, look-arounds counted in
        ("己庚己", ["己", "己"]),
        ("辛壬癸壬辛壬", ["壬", "壬"]),
    ],
)
def test_marking_words_are_found_in_the_order_of_the_text(words, text, expected):
    assert [word for _, word in marked(text)] == expected
