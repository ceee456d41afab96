"""A figure is found on the pages of a PDF, and its picture shows no name that the text masks."""

import io

import making
import pytest
from making import drawn, says
from PIL import Image
from reportlab.lib.utils import ImageReader

from qz_analysis.readers import pdf
from qz_analysis.readers.spots import Sheets

NAMED = "甲县张三丰主任受理12件，干部李建国同志办结36件。"


def spots(data, *figures):
    """The spots of figures, each by its first place in the text."""
    text = pdf.pdf(data)
    places = [(text.index(figure), text.index(figure) + len(figure)) for figure in figures]
    with Sheets(data) as sheets:
        return sheets.spots(text, places)


def test_a_figure_is_on_the_page_and_place_that_print_it():
    """The spot counts pages from 1 and points from the left and the top."""
    ((spot,),) = spots(drawn(says("受理98件"), says("办结97件", y=700, x=90)), "97件")
    assert spot.page == 2 and spot.left == pytest.approx(90 + 24, abs=1)
    assert spot.top < 842 - 700 < spot.bottom + 4 and spot.right - spot.left < 40


def test_a_turned_page_is_seen_upright():
    """On a page that is turned for reading the spot is where a reader sees it."""

    def turned(canvas):
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(100, -200, "受理98件")

    ((spot,),) = spots(drawn(turned), "98件")
    assert spot.right - spot.left > spot.bottom - spot.top


def test_paragraphs_and_tables_over_pages_keep_their_places():
    """What goes on over a page's end, a paragraph or a table, is found on the page where it stands."""
    rows = [["乡镇", "受理（件）"]] + [[f"第{n}镇", str(n + 100)] for n in range(90)]
    long = "全县干部深入基层。" * 300 + "2021年受理事项1050件。"
    found = spots(making.pdf([long, "单位：件", rows], stamp="简报"), "1050件", "101", "189")
    pages = [own[0].page for own in found]
    assert pages == sorted(pages) and pages[0] > 1 and pages[2] > pages[1]


def test_a_figure_cut_at_the_line_end_has_a_spot_on_each_line():
    """A number that the width wraps is two spots."""

    def wrapped(canvas):
        canvas.drawString(400, 700, "受理事项1023")
        canvas.drawString(90, 682, "45件，办结")

    text = "受理事项102345件，办结"
    with Sheets(drawn(wrapped)) as sheets:
        (found,) = sheets.spots(text, [(4, 11)])
    assert len(found) == 2 and found[0].left > found[1].left


def test_figures_alike_are_told_apart_by_their_order():
    """Where the same words stand twice, the second in the text is the second on the pages."""
    data = drawn(says("受理98件"), says("受理98件"))
    text = pdf.pdf(data)
    second = text.rindex("98件")
    with Sheets(data) as sheets:
        ((spot,),) = sheets.spots(text, [(second, second + 3)])
    assert spot.page == 2


def test_what_the_pages_print_more_often_than_the_text_has_no_place():
    """A figure that a running head prints too is on no page, not on a wrong one."""
    with Sheets(drawn(says("98件"), says("98件"))) as sheets:
        assert sheets.spots("98件", [(0, 3)]) == [[]]


def picture(*pages, figure="12件", text=None):
    data = drawn(*pages)
    text = text or pdf.pdf(data)
    with Sheets(data) as sheets:
        at = text.index(figure)
        ((spot,),) = sheets.spots(text, [(at, at + len(figure))])
        return sheets.picture(spot, text)


def black(png, left, right):
    """Share of black in a stretch of a picture, in points from the page's left edge."""
    image = Image.open(io.BytesIO(png)).convert("L")
    part = image.crop((2 * left, 12, 2 * right, image.height - 12))
    return sum(part.histogram()[:40]) / (part.width * part.height)


def test_names_are_covered_and_the_rest_is_legible():
    """The given names of persons are black in the picture; other words are not."""
    made = picture(says(NAMED, x=20))
    # the picture begins at the page's left edge: 12 points a character
    assert black(made.png, 20 + 36, 20 + 60) == 1.0
    assert black(made.png, 20 + 60, 20 + 108) < 0.5
    assert not made.why and len(made.png) < 10_000


def test_a_name_that_the_text_masks_elsewhere_is_covered_where_it_stands_bare():
    """A name that only its words on another page give away is covered on every page."""
    bare = says("张三丰12件", x=20)
    made = picture(bare, says("信访人张三丰同志反映", x=20))
    assert black(made.png, 20 + 12, 20 + 36) == 1.0


@pytest.mark.parametrize(
    "pages",
    [
        [says("信访人张 伟反映受理12件", x=20)],
        [says("甲县信访人张", y=60), lambda c: (says("- 2 -", y=20)(c), says("伟反映受理12件", x=56)(c))],
    ],
    ids=["spaced", "torn by a page's end"],
)  # fmt: skip
def test_a_name_in_two_pieces_is_covered(pages):
    """Blanks in a name, or the end of a page with its number, leave no piece of it legible."""
    made = picture(*pages, text="信访人张 伟反映受理12件")
    # the picture of the first begins at the page's edge, as the second does
    left = 20 + 4 * 12 + 4 if len(pages) == 1 else 56
    assert black(made.png, left, left + 11) > 0.95


def image(canvas):
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "gray")), 20, 690, 40, 40)


def outline(canvas):
    path = canvas.beginPath()
    path.moveTo(30, 695)
    for n in range(12):
        path.lineTo(30 + 3 * n, 695 + 9 * (n % 2))
    canvas.drawPath(path)


def slanted(canvas):
    canvas.rotate(30)
    canvas.drawString(380, 570, "张三丰")


def grouped(canvas):
    canvas.beginForm("group")
    image(canvas)
    canvas.endForm()
    canvas.doForm("group")


@pytest.mark.parametrize(
    ("thing", "why"),
    [(grouped, "picture"), (image, "picture"), (outline, "drawing"), (slanted, "slanted")],
)
def test_where_a_name_may_hide_there_is_no_picture(thing, why):
    """An image, a shape that may be writing, or slanted words beside a figure: a reason and no picture."""

    def page(canvas):
        canvas.drawString(20, 700, "甲县受理12件")
        thing(canvas)

    assert picture(page) == (b"", why)
