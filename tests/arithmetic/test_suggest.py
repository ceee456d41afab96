"""An unsure figure gets a suggestion where one reading alone makes a strong check hold."""

import pytest

from qz_analysis import extract
from qz_analysis.arithmetic import suggest
from qz_analysis.arithmetic.suggest import suggestions
from qz_analysis.extraction.quantities import find
from qz_analysis.model import Document, Doubt, by_report
from qz_analysis.runs.tables import gather


@pytest.mark.parametrize(
    ("text", "readings", "suggested"),
    [
        ("受理事项××××宗，办结2028宗，办结率93.76%。", ["2163宗", "2168宗"], "2163宗"),
        ("受理事项××××宗，办结2028宗，办结率93.76%。", ["2168宗", "2968宗"], ""),
        # a check that nearly any reading passes tells none of them apart
        ("受理事项××宗，办结2028宗，办结率93.76%。", ["2163宗", "2163宗"], ""),
        ("受理事项××××宗，办结2028宗。", ["2163宗", "2168宗"], ""),
    ],
)
def test_the_one_reading_that_a_strong_check_bears_out(text, readings, suggested):
    """One reading with which a strong check holds is suggested; several, weak or none are not."""
    (claims,) = by_report(extract(text)).values()
    found = suggestions(claims, {0: [find(one)[0] for one in readings]})
    assert [figure.text for figure, _ in found.values()] == ([suggested] if suggested else [])


def test_a_check_that_is_not_strong_suggests_nothing(monkeypatch):
    """The same check, were it one that random figures pass, suggests no reading."""
    (claims,) = by_report(extract("受理事项××××宗，办结2028宗，办结率93.76%。")).values()
    monkeypatch.setattr(suggest, "STRONG", 0.0)
    assert suggestions(claims, {0: find("2163宗")}) == {}


def test_the_suggestion_is_a_word_in_the_note_and_no_value():
    """A figure of a scan with a suggestion stays spoilt and without a value."""
    text = "受理事项××××宗，办结2028宗，办结率93.76%。"
    document = Document("a", text, doubts=(Doubt(4, 8, ("2168", "2163")),))
    first, *_ = gather(document).claims
    assert (first.value, first.status) == (None, "spoilt")
    assert first.note == (
        "the scan is not clear, it may read 2168 / 2163; "
        "2163宗 would agree: 2028/2163 = 93.76%, printed 93.76%"
    )
