"""First characters of expressions: where they are asked for, and that no match is lost or gained."""

import re

import pytest

import qz_analysis as qz
from qz_analysis.vocabularies import patterns
from qz_analysis.vocabularies.beginnings import quick, spots

# an expression, and what stands between the brackets before it; empty where it stays as it is
BEGINNINGS = [
    ("升高|增至", ""),
    ("[增涨]至", ""),
    ("(?:升|增)高", ""),
    ("(?<!提)升高|增至", "升增"),
    ("(?:(?<!提)升|增长)(?:高|至)", "升增"),
    ("(?=增)[增涨]至|升", "增涨升"),
    ("大?约?近|超", "大约近超"),
    ("[大约]{0,2}近|超", "大约近超"),
    ("(?:大|约)*近|超", "大约近超"),
    ("约+近|超", "约超"),
    (r"\d{2}年|(?<!\d)近", r"\d近"),
    (r"\(近|[)-]超", r"\()\-"),
    (r"[]近]超|远", r"\]近远"),
    ("(?P<word>近|超)|[远]", "近超远"),
    ("(?:(?<=于)|(?<=在))[近远]处|超", "近远超"),
    ("(?x) 近 # 远|\n | [远 ]处", "近远 "),
    ("(?m)(?<=\n)近|超", "近超"),
    ("近?", ""),
    ("近|", ""),
    ("近|^超", ""),
    ("近|.超", ""),
    ("近|[^远]", ""),
    (r"近|[\u4e00-\u9fff]高", ""),
    (r"近|\u8fdc", ""),
    ("近|(?i:a)", ""),
    ("(?i)a|(?<!b)c", ""),
    ("近|(?<!远)(高)(?(1)低|中)", ""),
]


@pytest.mark.parametrize(("expression", "inside"), BEGINNINGS)
def test_first_characters_are_asked_for_where_the_engine_does_not_find_them(expression, inside):
    asked = quick(expression)
    assert (f"(?=[{inside}])" in asked) if inside else (asked == expression)
    re.compile(asked)


@pytest.mark.parametrize(("expression", "inside"), BEGINNINGS)
def test_an_expression_matches_what_it_matched(expression, inside):
    """Every offset gives the match that it gave, in a text that holds all beginnings."""
    text = "约约近处超高)超(近]超大约近远 处升高提升高\n近12年于近处增至涨至远高低"
    plain, asked = re.compile(expression), re.compile(quick(expression))
    for at in range(len(text) + 1):
        one, other = plain.match(text, at), asked.match(text, at)
        assert (one and one.span()) == (other and other.span())
        assert (one and one.groups()) == (other and other.groups())


def test_patterns_of_the_package_match_what_they_matched():
    """Every pattern of the package finds the same in retold reports with and without the question."""
    text = "".join(path.read_text(encoding="utf-8") for path in qz.corpus()[:2])
    asked = [one.pattern for one in patterns._PATTERNS if quick(one.pattern) != one.pattern]
    assert len(asked) > 20
    for expression in asked:
        one, other = re.compile(expression), re.compile(quick(expression))
        assert [m.span() for m in one.finditer(text)] == [m.span() for m in other.finditer(text)]


@pytest.mark.parametrize("expression", ["升高|升至", "(?<!提)升(?:高|至)", "(?x) 升 # 起\n | 高至"])
def test_spots_are_where_an_expression_matches(expression):
    text = "提升高升至升升高至"
    every = [at for at in range(len(text)) if re.compile(expression).match(text, at)]
    found = re.finditer(spots("升高", expression), text)
    assert [m.start() for m in found] == every
