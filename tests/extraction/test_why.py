"""What `why` tells of a claim."""

import pytest

import qz_analysis as qz

TEXT = "2019年,甲县信访局受理来访43批次,办结36批次,走访群众900户。"


def test_it_explains_every_column_and_the_family_with_its_second_choice():
    claims = qz.extract(TEXT)
    reasons = qz.why(claims, 0)
    assert set(reasons["of"]) == {"family", "stage", "place", "period", "modality", "indicator"}
    first = reasons.iloc[0]
    assert first["says"] == "petition" and "second choice" in first["because"]
    weights = reasons.loc[reasons["weight"].notna(), "weight"]
    assert len(weights) > 2 and weights.abs().is_monotonic_decreasing


@pytest.mark.parametrize("i", [0, 1, 2])
def test_what_is_worked_out_again_is_what_the_table_holds(i):
    reasons = qz.why(qz.extract(TEXT), i)
    assert not reasons["because"].str.startswith("worked out again").any()


def test_an_indicator_is_told_by_its_name_its_deed_or_the_figure_before():
    """The words that give a figure its name are told, also where deed and thing stand apart."""
    claims = qz.extract("接待群众来访85批210人次。12345热线受理并解答群众来电91件，新建学校3所。")
    said = [qz.why(claims, i).iloc[-1]["because"] for i in range(len(claims))]
    assert said == [
        "the name 接待群众来访",
        "taken over from the figure before",
        "the name 热线受理",
        "no name, and no deed of a thing, makes it a named indicator",
    ]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("力争化解纠纷9件。", "the word 力争"),
        ("目前化解纠纷9件。", "the word 目前"),
        ("化解纠纷9件。", "no word and no part of the report says that it is to come"),
        ("一、工作回顾\n建桥。\n二、2020年工作安排\n化解纠纷9件。",
         "it stands in a part that sets out what is to come: 2020年工作安排"),
    ],
)  # fmt: skip
def test_a_plan_is_told_by_its_word_or_by_the_part_in_which_it_stands(text, because):
    """The words that make a figure one of a plan are told, or the heading above it."""
    reasons = qz.why(qz.extract(text), 0)
    assert reasons.loc[reasons["of"] == "modality", "because"].tolist() == [because]


def test_the_corpus_is_explained_as_it_was_described(corpus_tables):
    """The sentences that the table holds lead to the families that it holds."""
    claims = corpus_tables.claims
    some = range(0, len(claims), 29)
    other = [i for i in some if qz.why(claims, i)["because"].str.startswith("worked out again").any()]  # fmt: skip
    assert len(other) <= len(some) // 10


def test_a_users_word_and_a_reviewer_are_named(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("[families.words]\nparty = ['红色驿站']\n", encoding="utf-8")
    try:
        qz.vocabulary(mine)
        assert "your own" in qz.why(qz.extract("建成红色驿站14个。"), 0)["because"][0]
    finally:
        qz.vocabulary(reset=True)
    claims = qz.extract(TEXT).assign(corrected="family")
    assert "reviewer" in qz.why(claims, 0)["because"][0]


def test_a_row_that_is_not_there_is_an_error():
    with pytest.raises(qz.QzError, match="no row 7"):
        qz.why(qz.extract(TEXT), 7)
