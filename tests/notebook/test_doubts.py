"""Each claim that something speaks against says what, and how much that weighs."""

import pytest

from qz_analysis import audit, extract
from qz_analysis.model import Document
from qz_analysis.notebook.doubts import Doubts, doubts, said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("甲县受理事项43宗，办结36宗，办结率93.7%。", "the arithmetic fails: 36/43 = 83.72%"),
        ("甲县受理事项xx宗。", "no value: "),
        ("甲县共有2.5名干部。", "there is no"),
        ("甲县表彰调解员和信访干部12名。", "words of several subjects"),
    ],
)
def test_each_reason_is_said(text, why):
    """A claim that something speaks against says what."""
    found = doubts(extract(text))
    assert found["why"].str.contains(why, regex=False).any() and found["doubt"].max() > 0


def test_a_plain_claim_is_not_doubted():
    """Where nothing speaks against a claim, its doubt is 0 and no reason is given."""
    assert (
        doubts(extract("2011年，甲县受理事项43宗，办结36宗，办结率83.7%。")).to_numpy().tolist()
        == [[0, ""]] * 3
    )


def test_what_fails_comes_before_what_is_masked_before_what_is_narrow():
    """Failed arithmetic outweighs a masked figure, and that a narrow rule."""
    text = "甲县受理事项43宗，办结36宗，办结率93.7%。信访总量xx件。表彰调解员和信访干部12名。"
    weights = doubts(extract(text))["doubt"].tolist()
    assert min(weights[:3]) > weights[3] > weights[4] > 0


def test_every_claim_of_a_corpus_has_a_row(corpus_tables):
    """One row a claim, on its index, spoilt ones highest."""
    claims = corpus_tables.claims.iloc[::2]
    found = doubts(claims)
    assert found.index.equals(claims.index)
    assert (found["doubt"] > 0).eq(found["why"] != "").all()


def test_relations_at_hand_say_what_an_audit_would(corpus_tables):
    """Given relations are used; without them documents are audited slice by slice to the same end."""
    claims = corpus_tables.claims
    given = doubts(claims, audit(claims))
    assert given.equals(doubts(claims))
    begun = Doubts(claims.iloc[:0])
    assert begun.left == 0


def test_a_slice_holds_whole_documents():
    """What one document says is audited together, wherever its claims stand in the table."""
    text = "甲县受理事项43宗，办结36宗，办结率93.7%。"
    claims = (
        extract([Document("a", text), Document("b", text)])
        .iloc[[0, 3, 1, 4, 2, 5]]
        .reset_index(drop=True)
    )
    assert (doubts(claims)["doubt"] >= 8).all()


def test_names_of_reasons_are_their_words_without_a_detail():
    """A facet names a reason as the sentence does; families stand in it by their names."""
    assert said("lost", "", "en") == "no value" and said("lost", "", "zh") == "无数值"
    assert said("several", "funds;staff", "zh") == "前后兼有几类用语：资金、人员"
