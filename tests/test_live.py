"""A notebook that runs has the widget, a page that does not has the still, and both say the same."""

import base64
import io
import sys

import pytest
from PIL import Image

from qz_analysis import corpus, explore, extract

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def claims():
    return extract(corpus())


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


def test_the_picture_of_a_page_follows_the_choice(claims, outputs):
    """A saved notebook shows what was chosen last, not what was there at first."""
    explorer = explore(claims, family="mediation", measure="rate")
    explorer._ipython_display_()
    explorer.widget._receive(None, {"kind": "change", "what": {"family": "petition", "measure": "change"}}, [])
    still, about = outputs[1]
    assert base64.b64decode(still["image/png"]) == explorer.answer().picture.png
    assert about["image/png"]["alt"] == explorer.answer().picture.alt


def test_without_the_widget_library_the_picture_is_there(claims, outputs, monkeypatch):
    """Where anywidget is not installed the explorer shows its picture and says how to get the controls."""
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "qz_analysis.interactive.widgets", raising=False)
    with pytest.warns(UserWarning, match=r"qz-analysis\[notebook\]"):
        explore(claims, family="mediation", measure="rate")._ipython_display_()
    assert [set(data) for data, _ in outputs] == [{"text/plain"}, {"text/plain", "image/png"}]
