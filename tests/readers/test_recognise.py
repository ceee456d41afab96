"""A figure on a picture of a page is read where it is sure, and masked where it is not."""

import math

import making
import pytest
from PIL import Image, ImageDraw
from sparing import sparing

from qz_analysis.readers import recognise
from qz_analysis.readers.pdf_page import Printed

needed = pytest.mark.usefixtures("_engine")
LINES = ["全县受理群众来信来访2163宗，办结2028宗。", "办结率93.8％，投入资金350万元。"]


@pytest.fixture(scope="module")
def _engine():
    pytest.importorskip("rapidocr", reason="the extra scan is not installed")


@pytest.fixture(scope="module")
def page():
    return making.scan(LINES)


def text(found):
    return "".join(recognise.MASK if recognise.signed(c.text) else c.text for c in found.chars)


@needed
def test_a_clean_page_is_read(page):
    """Every character of a clean page is read, every figure is sure, and each stands in its place."""
    found = recognise.recognise(page)
    assert text(found) == "".join(LINES).replace("％", "%")
    assert min(found.confidences) >= recognise.SURE and not found.unsure
    tops = [char.top for char in found.chars]
    assert tops == sorted(tops)
    lefts = [char.left for char in found.chars if char.top == tops[0]]
    assert lefts == sorted(lefts)


@needed
@pytest.mark.parametrize("shade", sparing([0, 120, 255], 3))
def test_a_figure_of_which_a_digit_is_covered_is_masked(page, shade):
    """A blot, grey or white paper over a digit leaves no other figure: 2163 with its 1 covered."""
    covered, (left, top, right, bottom) = page.copy(), making.scanned_at(LINES, 0, 11)
    ImageDraw.Draw(covered).rectangle((left, top, right, bottom), fill=shade)
    found = recognise.recognise(covered)
    assert "××" in text(found) and "2028宗" in text(found)
    assert not any(figure in text(found) for figure in ("2163", "263宗", "63宗", "23宗"))


@needed
@pytest.mark.parametrize(
    ("turn", "turned"),
    sparing(
        [
            (Image.Transpose.ROTATE_90, 3),
            (Image.Transpose.ROTATE_180, 2),
            (Image.Transpose.ROTATE_270, 1),
        ],
        3,
    ),
)
def test_a_page_that_lies_otherwise_is_set_upright(page, turn, turned):
    """Upside down or on its side, a page reads as it does upright."""
    found = recognise.recognise(page.transpose(turn))
    assert found.turned == turned and "2163宗" in text(found)


@needed
def test_a_page_askew_is_set_straight(page):
    """A page turned by a degree and a half reads as it does straight."""
    found = recognise.recognise(page.rotate(1.5, fillcolor=255))
    assert found.skew == pytest.approx(-1.5, abs=0.3) and "2163宗" in text(found)


@needed
def test_the_clock_ends_the_work(page):
    """A page that is not done when the time is over raises, and gives no part of it."""
    with pytest.raises(recognise.Late):
        recognise.recognise(page, until=-math.inf)


@needed
@pytest.mark.parametrize("size", [(1, 1), (5000, 20), (300, 300)])
def test_pictures_without_a_line_have_no_characters(size):
    """A dot, a stroke and an empty page are pages without characters."""
    assert recognise.recognise(Image.new("L", size, 255)).chars == []


def seen(text, *, peak=1.0, rival=0.0, step=20.0):
    """A recognised line with its characters as far apart as they are wide."""
    found, at = [], 0.0
    for char in text:
        wide = step * (0.52 if char.isascii() else 1.0)
        found.append(recognise.Seen(char, at + wide / 2, at, at + wide, peak, rival, "8"))
        at += wide
    return found


@pytest.mark.parametrize(
    ("line", "again", "sure"),
    [
        ("受理43宗案件来访", "受理43宗案件来访", True),
        ("受理43宗案件来访", "受理48宗案件来访", False),  # the second look has another digit
        ("受理43宗案件来访", "受理43家案件来访", False),  # and here another unit
        ("受理43宗案件来访", "受理4宗案件来访事", False),
        ("受理4l3宗案件来访", "受理4l3宗案件来访", False),  # a letter may be a digit
    ],
)
def test_both_looks_must_agree(monkeypatch, line, again, sure):
    """A figure is sure where the second look at it has the same digits and the same unit."""
    monkeypatch.setattr(recognise, "_again", lambda *_: seen(again))
    strip = Image.new("L", (200, 24), 255)
    figures = list(recognise._figures(seen(line), strip, (False, False)))
    assert (figures[0].confidence >= recognise.SURE) is sure
    assert figures[0].readings[0] in line


@pytest.mark.parametrize("joints", [(True, False), (False, True)])
def test_a_figure_where_the_line_is_in_pieces_is_not_sure(monkeypatch, joints):
    """A figure at the end of a piece whose next piece is near may go on there."""
    line = "43宗受理案件4" if joints[0] else "受理案件群众43"
    monkeypatch.setattr(recognise, "_again", lambda *_: seen(line))
    strip = Image.new("L", (200, 24), 255)
    figures = list(recognise._figures(seen(line), strip, joints))
    assert figures[0 if joints[0] else -1].confidence < recognise.SURE


@pytest.mark.parametrize(
    ("box", "edges"),
    [
        ((0, 820, 9, 857), (814.5, 862.5)),  # its digits would be notes' marks of the next line
        ((0, 860, 9, 911), (861.5, 909.5)),
        ((0, 100, 9, 120), (100.0, 120.0)),  # smaller print
        ((0, 100, 9, 180), (100.0, 180.0)),  # a title
    ],
)
def test_lines_of_one_print_are_as_high_as_each_other(box, edges):
    """The finder's boxes differ by some pixels; a line in a low one is no line of notes."""
    assert recognise._edges(box, 48) == edges


def test_digits_far_apart_may_have_a_point_between_them():
    """584 with the room of 58.4 is not sure, whatever fills that room."""
    line = seen("增长584件")
    wider = [c._replace(at=c.at + 6 * (i > 3)) for i, c in enumerate(line)]
    far = recognise._stretches("584", [(line, 2), (wider, 2)])
    ink = recognise.strokes.Line(
        20.0, tuple(range(6)), "hhdddh", (0.0,) * 6, (False,) * 6, frozenset(), {}, (0.0,) * 6,
        0.0, 99.0, False, False,
    )  # fmt: skip
    common = recognise.strokes.usual([ink])
    for stretches, hidden in (
        (recognise._stretches("584", [(line, 2)]), False),
        (recognise._stretches("584", [(wider, 2)]), True),
    ):
        figure = recognise.Figure(2, 5, ("584",), 1.0, stretches)
        page = recognise.Line((0, 0, 99, 20), 0, line, [figure], ink)
        assert recognise._hidden(page, common, 0.52) == [hidden]
    assert far == ((3, 0, pytest.approx((20.8 + 26.8) / 2)),)


@pytest.mark.parametrize("beside", ["■", "l", ".", "●", "["])
def test_a_sign_beside_a_figure_may_be_a_part_of_it(monkeypatch, beside):
    """A figure beside a letter, a point or a sign of no meaning is not sure."""
    line = f"受理43{beside}宗案件"
    monkeypatch.setattr(recognise, "_again", lambda *_: seen(line))
    strip = Image.new("L", (200, 24), 255)
    (figure, *_) = recognise._figures(seen(line), strip, (False, False))
    assert figure.confidence == 0


def test_on_a_poor_page_no_figure_is_sure():
    """Where many characters are weak, a figure that seems sure is masked with the rest."""
    chars = [Printed(c, 0, 1, 0, 1) for c in (*"受理", chr(0xF0000), chr(0xF0000), "宗")]
    found = recognise.Recognised(chars, [("43",)], [0.99], None, (9, 9), frozenset(), 0, 0.0)
    assert text(recognise.settled(found)) == "受理43宗"
    assert text(recognise.settled(found._replace(unsure=frozenset({0})))) == "受理××宗"


def test_a_signs_of_the_page_itself_are_no_doubts():
    """A character without meaning that a page prints is left as it is told, as no figure."""
    told, found = recognise.doubts("甲" + chr(0xF0009), [("43",)])
    assert told == "甲×" and found == ()


def test_without_the_extra_one_line_names_it(monkeypatch):
    """Where the recogniser is missing the error says what to install."""
    monkeypatch.setattr(recognise, "find_spec", lambda name: None)
    with pytest.raises(recognise.QzError, match=r"qz-analysis\[scan\]"):
        recognise.there()
