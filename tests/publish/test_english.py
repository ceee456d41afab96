"""What is told in English."""

import re

import pytest
from told import facts_of

from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.title import title_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # a colon parts a level from the time before it
        (
            "2020年，甲山县受理来信12件，来访9批次。",
            "batches of visitors in 2020: 9; letters of petition in 2020: 12",
        ),
        (
            "2020年，甲山县受理来信12件，同比下降8%。",
            "down 8% on the same period of the year before",
        ),
    ],
)
def test_english_sentences_read_as_english(text, said):
    """Levels, times and changes stand as an English reader expects them."""
    assert any(said in unmarked(one) for one in sentences(facts_of(text, "en")))


def test_an_english_title_has_one_pair_of_brackets():
    """A masked name and the year of its report share their brackets."""
    text = "*县群众工作汇报\n2020年4月，*县召开会议。\n受理纠纷20件，调解成功19件，调解成功率95%。\n2020年5月1日"
    title = title_of(facts_of(text, "en", "Unnamed county (*县)"))
    assert title.count("(") == title.count(")") and ") (" not in title.partition(":")[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2021年，甲山县代办员为群众代办实事好事3160件。", "甲山县, 2021: 3,160 errands and good deeds for residents done by service agents"),
        ("2021年，甲山县积案化解率95%。", "甲山县, 2021: Share of backlog cases settled: 95%"),
        # what cannot be named gives way to what can
        ("2021年，甲山县设三条主线。走访群众300户。", "甲山县, 2021: Residents visited: 300 households"),
        ("甲山县要挖掉这两座山。", "甲山县: 1 figure, on facilities"),
        ("2021年，甲山县某某台账信访办结21件。", "甲山县, 2021: Petitions resolved 21"),
    ],
)  # fmt: skip
def test_an_english_title_has_no_chinese_but_the_place(text, title):
    """A figure is told by the name of its indicator, by its words where the glossary knows all of them, else
    by its family and stage; one that cannot be told gives way, and without any the page says what it holds.
    """
    assert title_of(facts_of(text, "en")) == title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "2021年，甲山县市长信箱共收到群众来信1563件。甲乙办结率97%。",
            "share of petitions resolved",
        ),
        (
            "2021年，甲山县调处矛盾纠纷490件，调处成功473件，调处成功率96.5%。",
            "473 of 490 disputes mediated",
        ),
        ("2021年，甲山县查处甲乙丙丁案件x件，办结率xx%。", "xx%"),
        ("2021年，甲山县信访总量同比下降。走访群众30户。", "residents visited: 30 households"),
        ("甲山县要挖掉这两座山。", "The report states 1 figure, on facilities"),
    ],
)
def test_an_english_lead_has_no_chinese(text, told):
    """Neither the words of a figure nor its unit, its base or its channel stand there in Chinese."""
    said = " ".join(sentences(facts_of(text, "en", place="")))
    assert told in unmarked(said)
    assert not re.search("[\u4e00-\u9fff]", unmarked(said))
