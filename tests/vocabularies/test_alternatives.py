"""Alternatives put together by first character: no match is lost, gained, or another one."""

import random
import re

import pytest

from qz_analysis.vocabularies.alternatives import numbered, sorted_out, split, together
from qz_analysis.vocabularies.patterns import _PATTERNS, fast, phrases, phrases_from

# an expression, and how it is looked for
EXPRESSIONS = [
    ("上升|升幅|上涨", "上(?:升|涨)|升幅"),
    ("(?:上升|升幅)|(?:上涨|跌)", "上(?:升|涨)|升幅|跌"),
    ("上升|上|上升幅", "上(?:升||升幅)"),  # the first that matches holds
    ("(?<!提)升高|升", "升(?:高(?<!提升高)|)"),
    ("(?<=同比|环比)多|多出", "多(?:(?<=(?:同比|环比)多)|出)"),
    ("(?:^|,)少|减", "少(?<=^少)|,少|减"),
    ("[增涨]至|增收", "增(?:至|收)|涨至"),
    ("新?增加|增收", "新增加|增(?:加|收)"),
    ("(?:下达|交办)[^。]任务|下降", "下(?:达[^。]任务|降)|交办[^。]任务"),
    # what is not followed stays in its place, and so does what stands before it
    ("上升|.高|上涨", "上升|.高|上涨"),
    (r"\d升|上升", r"\d升|上升"),
    ("(?=增)[增涨]|增收", "(?=增)[增涨]|增收"),
    ("增+收|增加", "增+收|增加"),
    ("(上升)|(上涨)", "(上升)|(上涨)"),
    (r"\(上升|\(上涨", r"\(上升|\(上涨"),
    ("[(]升|上升|上涨", "[(]升|上(?:升|涨)"),
]
PIECES = "上升降涨跌幅增至收加高提新同比环多出少减下达交办任务。,(1 "


def _texts(seed: int, many: int = 300) -> list[str]:
    drawn = random.Random(seed)
    return ["".join(drawn.choices(PIECES, k=drawn.randint(1, 24))) for _ in range(many)]


@pytest.mark.parametrize("expression", [plain for plain, _ in EXPRESSIONS])
def test_the_same_is_found_in_random_texts(expression):
    """An expression put together gives every match of the plain one, with the same ends."""
    plain, put = re.compile(expression), re.compile(sorted_out(expression))
    for text in _texts(19):
        assert [m.span() for m in plain.finditer(text)] == [m.span() for m in put.finditer(text)]
        assert [m.span() for m in plain.finditer(text, 2)] == [
            m.span() for m in put.finditer(text, 2)
        ]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS)
def test_alternatives_stand_together_by_first_character(expression, expected):
    """Alternatives of one first character become one; their own order stays."""
    assert sorted_out(expression) == expected


def test_random_words_are_found_as_by_a_plain_list():
    """Lists of words with look-arounds, classes and optional characters keep their order of preference."""
    drawn = random.Random(7)
    parts = [
        "升",
        "降",
        "增",
        "加",
        "[增涨]",
        "(?:上|下)",
        "收?",
        "(?<!提)升",
        "(?<=比)多",
        "(?=\\d)",
        "高$",
    ]
    for text in _texts(7, 200):
        words = ["".join(drawn.choices(parts, k=drawn.randint(1, 4))) for _ in range(6)]
        plain, put = re.compile("|".join(words)), re.compile(together(words))
        assert [m.span() for m in plain.finditer(text)] == [m.span() for m in put.finditer(text)]


def test_the_packages_patterns_match_what_they_matched():
    """Every pattern of the package finds in a text of its own words what its plain form finds."""
    drawn = random.Random(3)
    for pattern in _PATTERNS:
        plain, put = re.compile(pattern.pattern), fast(pattern.pattern)
        own = re.findall(r"[\u4e00-\u9fff]{1,4}", pattern.pattern) or ["无"]
        for _ in range(6):
            text = "".join(
                drawn.choice(own) + drawn.choice(["", "", ",", "1", "。"]) for _ in range(30)
            )
            found = [(m.span(), m.groups()) for m in plain.finditer(text)]
            assert found == [(m.span(), m.groups()) for m in put.finditer(text)], pattern.pattern


def test_words_are_told_by_the_number_of_their_group():
    """A word that is written out in two places keeps its number in both; of equal words the first holds."""
    words = ["(?:上|下)升", "上涨", "上涨", "新?增"]
    expression, order = numbered(words)
    found = [words[order[m.lastindex - 1]] for m in re.finditer(expression, "上升下升上涨增新增")]
    assert found == ["(?:上|下)升", "(?:上|下)升", "上涨", "新?增", "新?增"]
    assert order[re.search(expression, "上涨").lastindex - 1] == 1


def test_alternatives_are_parted_outside_of_groups_and_classes():
    """A bar in brackets, or behind a stroke, parts nothing."""
    parts = ["a(?:b|(c|d))", "[|)]", "[^]|]", r"[\]|]", r"\|", "e"]
    assert split("|".join(parts)) == parts


def test_phrases_from_a_character_are_those_that_begin_with_it():
    """At every offset the phrases of its character match what all phrases match."""
    drawn = random.Random(5)
    every = phrases("not_claims")
    text = "".join(
        drawn.choices("2019年1月3日第一二三届五保一把手(三)、十四五12:30件个A3x", k=2000)
    )
    for at, char in enumerate(text):
        one, other = every.match(text, at), phrases_from("not_claims", char).match(text, at)
        assert (one and one.span()) == (other and other.span())
