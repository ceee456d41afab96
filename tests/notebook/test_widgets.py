"""A notebook that runs has the widget, a page that does not has the still, and both say the same.

What travels between the browser and Python is what the explorer says.
"""

import base64
import io
import json
import re
import sys

import pytest
from PIL import Image

from qz_analysis import explore
from qz_analysis.notebook import widgets
from qz_analysis.vocabularies.session import load

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def claims(corpus_tables):
    return corpus_tables.claims


@pytest.fixture
def outputs(monkeypatch):
    """What a notebook would be given, one entry an output; an update replaces its output."""
    given = []

    class Handle:
        def __init__(self, at):
            self.at = at

        def update(self, data, **about):
            given[self.at] = (data, about.get("metadata", {}))

    def display(data, metadata=None, raw=False, display_id=None):
        assert raw
        given.append((data, metadata or {}))
        return Handle(len(given) - 1) if display_id else None

    monkeypatch.setattr("IPython.display.display", display)
    return given


def test_a_page_that_does_not_run_holds_the_picture(claims, outputs):
    """The first output is the widget with words of its own, the second a picture with alternative text."""
    explore(claims, family="mediation", measure="rate")._ipython_display_()
    (live, _), (still, about) = outputs
    assert set(live) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert live["text/plain"].startswith("Explorer(")
    assert about["image/png"]["alt"].startswith("Dot chart")
    assert Image.open(io.BytesIO(base64.b64decode(still["image/png"]))).width > 1000
    # on a telephone one that was drawn for it: 3.5 inches at 150 dots
    assert Image.open(io.BytesIO(base64.b64decode(about["image/png"]["narrow"]))).width == 525


def test_the_picture_of_a_page_follows_the_choice(claims, outputs):
    """A saved notebook shows what was chosen last, not what was there at first."""
    explorer = explore(claims, family="mediation", measure="rate")
    explorer._ipython_display_()
    explorer.widget._receive(
        None, {"kind": "change", "what": {"family": "petition", "measure": "change"}}, []
    )
    explorer.widget._receive(None, {"kind": "still"}, [])
    still, about = outputs[1]
    assert base64.b64decode(still["image/png"]) == explorer.picture.png
    assert about["image/png"]["alt"] == explorer.picture.alt


def test_without_the_widget_library_the_picture_is_there(claims, outputs, monkeypatch):
    """Where anywidget is not installed the explorer shows its picture and says how to get the controls."""
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "qz_analysis.notebook.widgets", raising=False)
    with pytest.warns(UserWarning, match=r"qz-analysis\[notebook\]"):
        explore(claims, family="mediation", measure="rate")._ipython_display_()
    assert [set(data) for data, _ in outputs] == [{"text/plain"}, {"text/plain", "image/png"}]


def test_the_widget_says_what_the_explorer_says(claims):
    """A message from the browser changes the choice; the answer that goes back is the explorer's, and JSON can hold it."""
    explorer = explore(claims, family="petition", measure="change")
    widget = explorer.widget
    turn = widget.answer["turn"]
    widget._receive(
        None, {"kind": "change", "what": {"family": "mediation", "measure": "rate"}}, []
    )
    assert widget.answer["state"]["family"] == "mediation" and widget.answer["turn"] > turn
    widget._receive(None, {"kind": "still"}, [])  # the audit follows when the hand rests
    said = json.loads(json.dumps(widget.answer))
    assert (
        len(said["chart"]["marks"]) == len(explorer.answer().chart.marks) == len(said["evidence"])
    )
    widget._receive(None, {"kind": "pick", "mark": 0}, [])
    assert [row["figure"] for row in widget.picked["evidence"]] == ["50.2%", "101件", "201件"]
    widget._receive(None, {"kind": "pick", "mark": None}, [])
    assert widget.picked == {"mark": None, "evidence": []}


def test_the_sentence_under_the_pointer_is_sent_for_the_answer_that_is_shown(claims, monkeypatch):
    """Pointing at a mark brings its sentences; a mark of an earlier answer brings nothing."""
    widget = explore(claims, family="mediation", measure="rate").widget
    sent = []
    monkeypatch.setattr(widget, "send", sent.append)
    turn = widget.answer["turn"]
    widget._receive(None, {"kind": "point", "mark": 0, "turn": turn - 1}, [])
    widget._receive(None, {"kind": "point", "mark": 0, "turn": turn}, [])
    (message,) = sent
    assert (message["kind"], message["turn"]) == ("point", turn)
    assert message["rows"][0]["figure"] == "50.2%"


def test_a_choice_of_the_browser_that_fails_is_told_and_changes_nothing(claims):
    """A value from the browser that no claim has is told in the widget; the chart stays."""
    explorer = explore(claims, family="petition", measure="change")
    chart = explorer.widget.answer["chart"]
    explorer.widget._receive(None, {"kind": "change", "what": {"family": "nowhere"}}, [])
    assert "no claim has the family" in explorer.widget.answer["fault"]
    assert explorer.widget.answer["chart"] == chart and explorer.choice.family == "petition"


def test_the_widget_gives_its_font_when_asked(claims, monkeypatch):
    """A browser that lacks Chinese gets the font that the charts use."""
    widget = explore(claims).widget
    sent = []
    monkeypatch.setattr(widget, "send", lambda message, buffers: sent.append((message, buffers)))
    widget._receive(None, {"kind": "font"}, [])
    assert sent[0][0] == {"kind": "font"} and sent[0][1][0][:4] == b"OTTO"


@pytest.mark.parametrize(
    ("kind", "section"), [("ExplorerWidget", "explorer"), ("ReviewerWidget", "reviewer")]
)
def test_every_word_that_a_script_shows_is_there(kind, section):
    """The scripts ask for words by names that the vocabulary has, in both languages."""
    asked = set(re.findall(r"\bwords\.(\w+)", str(getattr(widgets, kind)._esm)))
    assert asked and asked <= set(load("labels")[section])
    assert all(entry["en"] and entry["zh"] for entry in load("labels")[section].values())


def test_scripts_set_text_and_no_markup():
    """Nothing that comes from a page reaches the document as HTML."""
    for kind in (widgets.ExplorerWidget, widgets.ReviewerWidget):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", str(kind._esm)
        )
