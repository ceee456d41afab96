"""Each claim stands in its sentence, with what the audit and the comparison say of it."""

import json

from qz_analysis import choose, extract
from qz_analysis.notebook.evidence import rows_of

TEXT_EVIDENCE = "甲县受理事项43宗，办结36宗，办结率83.7%。信访总量xx件。"


def test_a_claim_comes_with_its_sentence_and_place():
    """The key leads back to the claim, the sentence marks it, and the offsets are told."""
    (row,) = rows_of(extract(TEXT_EVIDENCE), [1])
    assert (row["claim"], row["figure"], row["where"]) == ("text:0:12", "36宗", "text: 12–15")
    assert row["before"] + row["figure"] + row["after"] == "甲县受理事项43宗,办结36宗,办结率83.7%。"


def test_what_the_panel_says_stands_beside_the_claim():
    """Audit, counts and caveats of a figure are those of its panel; other claims have none."""
    claims = extract(TEXT_EVIDENCE)
    rate, count = rows_of(claims, [2, 0], choose(claims, measure="rate"))
    assert (rate["audit"], rate["counts"]) == ("ok", "36 / 43")
    assert (count["audit"], count["counts"], count["caveats"]) == ("", "", "")


def test_a_masked_claim_says_so():
    """Status and reason of a masked figure are there."""
    (row,) = rows_of(extract(TEXT_EVIDENCE), [3])
    assert row["status"] == "redacted" and row["note"]


def test_rows_can_travel():
    """Every cell is a string, so that the rows are JSON as they stand."""
    for row in rows_of(extract(TEXT_EVIDENCE), range(4)):
        assert json.loads(json.dumps(row)) == row and all(
            isinstance(value, str) for value in row.values()
        )
