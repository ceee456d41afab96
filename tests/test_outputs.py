"""Outputs of cells: the form shown, the words beside it, what is refused."""

import base64

import pytest
from nbformat import v4

from qz_analysis.errors import BriefError
from qz_analysis.outputs import about, caption, check, picture, shown_as, unquoted

WIDGET = "application/vnd.jupyter.widget-view+json"


def _output(data, metadata=None):
    return v4.new_output("display_data", data=data, metadata=metadata or {})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/plain": "x", "text/html": "<b>x</b>"}, "text/html"),
        ({"text/plain": "<Axes>", "image/png": "AAAA"}, "image/png"),
        ({"text/plain": "'x'"}, "text/plain"),
        ({"text/plain": "a slider", WIDGET: {}}, ""),  # its text stands in for controls that a page has not
        ({"text/plain": "<Slider>", WIDGET: {}}, "text/plain"),  # which is refused
        ({"application/json": {}}, ""),
    ],
)
def test_the_richest_form_is_shown(data, expected):
    """Of the forms of an output the richest that a page can show is taken."""
    assert shown_as(_output(data)) == expected


@pytest.mark.parametrize(("name", "expected"), [("stdout", "stdout"), ("stderr", "")])
def test_what_is_printed_is_shown_and_warnings_are_not(name, expected):
    """Printed lines are shown, warnings are not."""
    assert shown_as(v4.new_output("stream", name=name, text="x")) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"alt": "Visits fell. All of them."}, "Visits fell."),
        ({"alt": "来访下降。其余不变。"}, "来访下降。"),
        ({"alt": "Down 3.5 points"}, "Down 3.5 points"),
        ({"alt": "Visits fell.", "caption": "My own"}, "My own"),
    ],
)
def test_the_caption_is_the_first_sentence_unless_given(told, expected):
    """A caption is the one that was given, else the first sentence of the alternative text."""
    output = _output({"image/png": "AAAA"}, {"image/png": told})
    assert (caption(output), about(output, "alt")) == (expected, told["alt"])


@pytest.mark.parametrize(
    ("text", "expected"), [("'43宗'", "43宗"), ('"a\\nb"', "a\nb"), ("43", "43"), ("'open", "'open"), ("", "")]
)
def test_words_lose_their_quotation_marks(text, expected):
    """A string as Python writes it becomes its words; anything else stays."""
    assert unquoted(text) == expected


def test_a_picture_that_cannot_be_packed_stays():
    """A picture that is damaged, or not a PNG, is put on the page as it is."""
    data = base64.b64encode(b"\x89PNG damaged").decode()
    assert picture(_output({"image/png": data + "\n"})) == f"data:image/png;base64,{data}"
    assert picture(_output({"image/svg+xml": "<svg/>"})) == "data:image/svg+xml;base64,PHN2Zy8+"


def test_the_refusal_names_notebook_and_cell():
    """What a brief cannot show is refused with notebook and cell, counted from 1; what it can show passes."""
    good, bad = v4.new_markdown_cell("# T"), v4.new_code_cell("x", outputs=[_output({"text/plain": "<Axes: >"})])
    check(v4.new_notebook(cells=[good]), "a.ipynb")
    with pytest.raises(BriefError, match=r"^a\.ipynb, cell 2: shows a bare <Axes: >; end the last line with ;$"):
        check(v4.new_notebook(cells=[good, bad]), "a.ipynb")
