"""What a person should look at first comes first, with the reason.

Each verdict is a line in the corrections file, and what was judged is not shown again.
"""

import pytest

from qz_analysis import QzError, audit, corpus, correct, extract, review
from qz_analysis.extraction.corrections import read_corrections as load
from qz_analysis.notebook.doubts import doubts


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


def test_every_claim_of_a_corpus_has_a_row():
    """One row a claim, on its index, spoilt ones highest."""
    claims = extract(corpus()).iloc[::2]
    found = doubts(claims)
    assert found.index.equals(claims.index)
    assert (found["doubt"] > 0).eq(found["why"] != "").all()


TEXT = "2011年，甲县受理事项43宗，办结36宗，办结率93.7%。接待群众来访12批次。信访总量xx件。"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "corrections.csv"


def lines(file):
    """Column, was and now of each line of the file."""
    return [(c.column, c.was, c.now) for c in load(file)]


def test_the_doubtful_come_first(file):
    """Claims of a failed check are shown before the masked one, and that before those that nothing speaks against."""
    reviewer = review(extract(TEXT), file)
    texts = [reviewer.claims["text"].iloc[i] for i in reviewer.queue]
    assert texts == ["43宗", "36宗", "93.7%", "xx件", "12批次"]
    assert "36/43" in reviewer.why


@pytest.mark.parametrize("order", ["document", "random"])
def test_other_orders_hold_every_claim(file, order):
    """In any order each claim comes once; a random one is the same on every run."""
    reviewer = review(extract(TEXT), file, order=order)
    assert sorted(reviewer.queue) == list(range(5))
    assert reviewer.queue == review(extract(TEXT), file, order=order).queue


def test_each_verdict_is_written_and_the_next_claim_shown(file):
    """Accepting, changing and dropping write a line each and go on; skipping writes none."""
    reviewer = review(extract(TEXT), file, who="甲")
    reviewer.accept()
    reviewer.skip()
    reviewer.change("value", "83.7", "misread")
    reviewer.drop("a form number")
    assert lines(file) == [
        ("claim", "43宗", "43宗"),
        ("value", "93.7", "83.7"),
        ("claim", "xx件", ""),
    ]
    assert reviewer.claim["text"] == "12批次" and reviewer.written == 3


def test_what_was_judged_is_passed_over_the_next_time(file):
    """A second session begins with what has no verdict yet."""
    reviewer = review(extract(TEXT), file, who="甲")
    reviewer.accept()
    reviewer.accept()
    again = review(extract(TEXT), file)
    assert [again.claims["text"].iloc[i] for i in again.queue] == ["93.7%", "xx件", "12批次"]


def test_a_corrected_figure_is_applied_and_audited_again(file):
    """The file that the reviewer wrote mends the figure, and the arithmetic that failed holds."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲")
    reviewer.skip()
    reviewer.skip()
    reviewer.change("value", "83.7")
    mended = correct(claims, file).claims
    assert audit(claims)["verdict"].tolist() == ["bad"] and mended.loc[2, "corrected"] == "value"


def test_a_second_verdict_replaces_the_first(file):
    """Back and a new verdict: the later line holds."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲", order="document")
    reviewer.change("value", "44")
    reviewer.back()
    reviewer.change("value", "45")
    assert correct(claims, file).claims.loc[0, "value"] == 45


@pytest.mark.parametrize(
    ("column", "now"),
    [("value", "many"), ("kind", "nonsense"), ("text", "44宗"), ("period", "soon")],
)
def test_what_a_column_cannot_hold_is_not_written(file, column, now):
    """A wrong entry is refused with the reason, and nothing reaches the file."""
    reviewer = review(extract(TEXT), file, who="甲")
    with pytest.raises(QzError):
        reviewer.change(column, now)
    assert not file.exists() and reviewer.at == 0


def test_a_value_makes_a_masked_figure_legible(file):
    """A value that a reviewer knows goes with the status, so that the line is not refused when it is applied."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲")
    while reviewer.claim["text"] != "xx件":
        reviewer.skip()
    reviewer.change("value", "17", "the paper copy")
    assert lines(file) == [("value", "", "17"), ("status", "redacted", "ok")]
    row = correct(claims, file).claims.loc[4]
    assert (row["value"], row["status"], row["corrected"]) == (17, "ok", "value;status")


def test_what_would_be_refused_is_told_and_not_written(file):
    """A change that makes the row contradict itself is told at once; the claim stays."""
    reviewer = review(extract(TEXT), file, who="甲")
    with pytest.raises(QzError):
        reviewer.change("status", "redacted")
    with pytest.raises(QzError, match="already"):
        reviewer.change("value", "43")
    assert not file.exists() and reviewer.at == 0


def test_a_claim_whose_line_is_refused_waits_still(file):
    """A line that does not hold counts as no verdict."""
    claims = extract(TEXT)
    review(claims, file, who="甲").change("value", "44")
    assert len(review(claims, file).queue) == 4
    assert len(review(extract(TEXT.replace("43宗", "53宗")), file).queue) == 5


def test_a_verdict_needs_a_name(file):
    """Without a reviewer's name nothing is written."""
    reviewer = review(extract(TEXT), file)
    with pytest.raises(QzError, match="say who reviews"):
        reviewer.accept()
    assert not file.exists()


def test_behind_the_last_claim_there_is_none_to_judge(file):
    """At the end the reviewer says so; going back is possible."""
    reviewer = review(extract("甲县受理事项43宗。"), file, who="甲")
    reviewer.accept()
    assert reviewer.claim is None and reviewer.state()["claim"] == {}
    with pytest.raises(QzError, match="none to judge"):
        reviewer.accept()
    reviewer.back()
    assert reviewer.claim["text"] == "43宗"


def test_a_file_of_something_else_is_refused(file):
    """A file that is no corrections file is named before anything is judged."""
    file.write_text("a,b\n1,2\n")
    with pytest.raises(QzError, match=r"corrections\.csv"):
        review(extract(TEXT), file)
    with pytest.raises(QzError, match="there are: doubt, document, random"):
        review(extract(TEXT), order="best")


def test_buttons_do_what_the_methods_do(file):
    """A press in the browser writes the same line; a wrong entry is told there and keeps the claim."""
    reviewer = review(extract(TEXT), file)
    widget = reviewer.widget
    press = {"column": "value", "now": "many", "why": "", "who": "甲"}
    widget._receive(None, {"kind": "change", **press}, [])
    assert widget.answer["wrong"] and "many" in widget.answer["told"] and not file.exists()
    widget._receive(None, {"kind": "change", **press, "now": "430"}, [])
    assert (
        lines(file) == [("value", "43", "430")]
        and not widget.answer["wrong"]
        and widget.answer["at"] == 1
    )
    for kind in ("accept", "drop", "skip", "back"):
        widget._receive(None, {"kind": kind, **press}, [])
    assert len(lines(file)) == 3 and widget.answer["at"] == 3


def test_an_exported_page_shows_what_waits(file):
    """Where nothing runs, the most doubtful claims stand as a table, names masked."""
    reviewer = review(extract("村民张小明反映，甲县受理事项xx宗。"), file)
    data, _ = reviewer.still()
    assert "【xx宗】" in data["text/html"] and "张小明" not in data["text/html"]
    assert (
        repr(reviewer) == "Reviewer(corrections.csv): claims to look at: 1, doubtful among them: 1"
    )
