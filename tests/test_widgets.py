"""What travels between the browser and Python is what the explorer says."""

import json
import re

import pytest

from qz_analysis import corpus, explore, extract
from qz_analysis.interactive import widgets
from qz_analysis.registry import load

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def claims():
    return extract(corpus())


def test_the_widget_says_what_the_explorer_says(claims):
    """A message from the browser changes the choice; the answer that goes back is the explorer's, and JSON can hold it."""
    explorer = explore(claims, family="petition", measure="change")
    widget = explorer.widget
    turn = widget.answer["turn"]
    widget._receive(None, {"kind": "change", "what": {"family": "mediation", "measure": "rate"}}, [])
    assert widget.answer["state"]["family"] == "mediation" and widget.answer["turn"] > turn
    assert widget.picture == explorer.answer().picture.png
    assert [row["claim"] for row in json.loads(json.dumps(widget.answer))["evidence"]]
    widget._receive(None, {"kind": "pick", "row": 0}, [])
    assert [row["figure"] for row in widget.picked["evidence"]] == ["50.2%", "101件", "201件"]
    widget._receive(None, {"kind": "pick", "row": None}, [])
    assert widget.picked == {"row": None, "evidence": []}


def test_a_choice_of_the_browser_that_fails_is_told_and_changes_nothing(claims):
    """A value from the browser that no claim has is told in the widget; the picture stays."""
    explorer = explore(claims, family="petition", measure="change")
    picture = explorer.widget.picture
    explorer.widget._receive(None, {"kind": "change", "what": {"family": "nowhere"}}, [])
    assert "no claim has the family" in explorer.widget.answer["told"]
    assert explorer.widget.picture == picture and explorer.choice.family == "petition"


def test_the_widget_gives_its_font_when_asked(claims, monkeypatch):
    """A browser that lacks Chinese gets the font that the charts use."""
    widget = explore(claims).widget
    sent = []
    monkeypatch.setattr(widget, "send", lambda message, buffers: sent.append((message, buffers)))
    widget._receive(None, {"kind": "font"}, [])
    assert sent[0][0] == {"kind": "font"} and sent[0][1][0][:4] == b"OTTO"


@pytest.mark.parametrize(("kind", "section"), [("ExplorerWidget", "explorer"), ("ReviewerWidget", "reviewer")])
def test_every_word_that_a_script_shows_is_there(kind, section):
    """The scripts ask for words by names that the vocabulary has, in both languages."""
    asked = set(re.findall(r"\bwords\.(\w+)", str(getattr(widgets, kind)._esm)))
    assert asked and asked <= set(load("labels")[section])
    assert all(entry["en"] and entry["zh"] for entry in load("labels")[section].values())


def test_scripts_set_text_and_no_markup():
    """Nothing that comes from a page reaches the document as HTML."""
    for kind in (widgets.ExplorerWidget, widgets.ReviewerWidget):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", str(kind._esm))
