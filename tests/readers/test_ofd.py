"""OFD files become text with their tables, each character in its place, or one clear error."""

import re

import hostile
import making
import pytest
from making import ofd_line, ofd_of, ofd_page, ofd_text, squeezed

from qz_analysis.errors import ReadError
from qz_analysis.readers import ofd
from qz_analysis.readers.spots import Picture, Sheets

MM = 72 / 25.4
LONG = "甲县各级干部走村入户，了解群众诉求，及时化解矛盾纠纷，全年共受理群众来信来访"


def text_of(*things, **more):
    return squeezed(ofd.ofd(ofd_of(ofd_page(*things), **more)))


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ([ofd_text("受理98件", 30, 40)], "受理98件"),
        # each character on its own, as some makers write; and out of order
        ([ofd_text(c, 30 + 4 * n, 40) for n, c in reversed(list(enumerate("受理九件")))], "受理九件"),
        # no steps: as wide as characters are; equal steps in short
        ([ofd_text("受理98件", 30, 40, DeltaX="")], "受理98件"),
        ([ofd_text("受理事项", 30, 40, DeltaX="g 3 4")], "受理事项"),
        # a thing of its own scale and place
        ([ofd_text("受理", 30, 40), ofd_text("98件", 38, 40, CTM="0.5 0 0 0.5 0 2")], "受理98件"),
        # drawn twice for bold
        ([ofd_text("受理98件", 30, 40), ofd_text("受理98件", 30.1, 40)], "受理98件"),
        # small digits alike stand side by side
        ([ofd_text("受理1111件", 30, 40, 0.9)], "受理1111件"),
        (["<ofd:PageBlock><ofd:PageBlock>", ofd_text("受理98件", 30, 40), "</ofd:PageBlock></ofd:PageBlock>"], "受理98件"),
        # a watermark, and what is not shown
        ([ofd_text("受理98件", 30, 40), ofd_text("内部", 30, 60, CTM="0.7 0.7 -0.7 0.7 0 0")], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 60, Fill="false")], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 60, Visible="false")], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 400)], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 60, Visible="0")], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 60, Fill="0")], "受理98件"),
        ([ofd_text("受理98件", 30, 40), ofd_text("12件", 30, 60, more='<ofd:FillColor Value="0 0 0" Alpha="0"/>')], "受理98件"),
        # a blank is written by its number, which is no figure
        ([ofd_text(r"受理\002098件", 30, 40, DeltaX="4 4 2 2 2")], "受理98件"),
        ([ofd_text(r"受理\D83D98件", 30, 40)], "受理\ufffd98件"),
        # glyphs of the file's own font say nothing beside the characters; points in place of millimetres
        ([ofd_text("受理98件", 30, 40, more='<ofd:CGTransform CodePosition="0" CodeCount="5" GlyphCount="5"><ofd:Glyphs>68 46 39 79 101</ofd:Glyphs></ofd:CGTransform>')], "受理98件"),
        ([ofd_text("受理98件", 30, 40, 11.34, CTM="0.3528 0 0 0.3528 0 0", Boundary="30 36 0.8 0")], "受理98件"),
    ],
)  # fmt: skip
def test_a_page_reads_as_it_is_shown(things, expected):
    """Text is what a reader of the page sees, however its maker put it there."""
    assert text_of(*things) == [expected]


BAR = '<ofd:PathObject Boundary="38 35 6 6" Fill="true" Stroke="false"><ofd:FillColor Value="{}"/><ofd:AbbreviatedData>M 0 0 L 6 0 L 6 6 L 0 6 C</ofd:AbbreviatedData></ofd:PathObject>'
THICK = '<ofd:PathObject Boundary="38 35 6 6" LineWidth="6"><ofd:AbbreviatedData>M 0 3 L 6 3</ofd:AbbreviatedData></ofd:PathObject>'
STRIKE = ofd_line(38, 38.4, 44, 38.4)


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (BAR.format("0 0 0"), "受理■■■件"),
        (THICK, "受理■■■件"),
        (BAR.format("255 255 0"), "受理123件"),
    ],
)
def test_what_is_blacked_out_is_not_read(thing, expected):
    """Digits under a black box or a thick black line are masked, those on a light ground are read."""
    assert text_of(ofd_text("受理123件", 30, 40), thing) == [expected]


def test_what_is_struck_out_is_not_read():
    """Digits that a line goes through have no value."""
    assert "123" not in text_of(ofd_text("受理123件", 30, 40), STRIKE)[0]


def test_templates_lie_under_the_pages_that_name_them():
    """Text of a template is read on its page, and a head that all pages have is left out."""
    template = ofd_page(ofd_text("甲县工作简报", 80, 20), ofd_text("统计表", 30, 60))
    page = ofd_page(ofd_text("受理98件", 30, 80), template="t0")
    assert squeezed(ofd.ofd(ofd_of(page, templates=(template,)))) == [
        "甲县工作简报", "统计表", "受理98件",
    ]  # fmt: skip


def test_a_number_cut_at_the_line_end_and_at_the_page_end_is_whole():
    """A line that the margin wraps goes on in the next, over a page's end too."""
    first = [ofd_text(LONG[:37], 30, 30 + 6.5 * n) for n in range(36)]
    last = ofd_text(LONG[:34] + "982635", 30, 270)
    text = squeezed(ofd.ofd(ofd_of(ofd_page(*first, last), ofd_page(ofd_text("41件。", 30, 30)))))
    assert "98263541件" in text[-1]


def test_the_report_is_the_same_as_its_text():
    """Paragraphs over lines and pages, and a ruled table, are those of the report."""
    assert squeezed(ofd.ofd(making.ofd(making.report()))) == squeezed(making.plain(making.report()))


def test_figures_know_page_and_place():
    """Spots count pages from 1 and points from the left and the top; two alike are told apart."""
    pages = ofd_page(ofd_text("受理98件", 30, 40)), ofd_page(ofd_text("受理98件", 50, 80))
    data = ofd_of(*pages)
    text = ofd.ofd(data)
    places = [(at.start(), at.end()) for at in re.finditer("98件", text)]
    with Sheets(data, "ofd") as sheets:
        (first,), (second,) = sheets.spots(text, places)
        assert sheets.picture(first, text) == Picture(b"", "undrawn")
    assert (first.page, second.page) == (1, 2)
    assert first.left == pytest.approx(38 * MM) and second.left == pytest.approx(58 * MM)
    assert first.right == pytest.approx(46 * MM)
    assert first.top < 40 * MM < first.bottom and first.bottom - first.top == pytest.approx(4 * MM)


def test_every_figure_of_the_report_has_its_spot():
    """Each number of paragraphs and table stands on a page, those of the table in rising rows."""
    data = making.ofd(making.report())
    text = ofd.ofd(data)
    places = [at.span() for at in re.finditer(r"[\d.]+", text)]
    with Sheets(data, "ofd") as sheets:
        found = sheets.spots(text, places)
    assert len(places) > 40 and all(found)
    tops = [(own[0].page, own[0].top) for own in found]
    assert tops == sorted(tops)


def test_a_page_without_text_is_told():
    """A picture of a page and a broken page beside others are named by their numbers."""
    good = ofd_page(ofd_text("受理98件", 30, 40))
    picture = ofd_page('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="7"/>')
    assert ofd.read(ofd_of(good, picture, "<ofd:Page")).unread == (2, 3)
    with pytest.raises(ReadError, match="pictures of pages and no text"):
        ofd.ofd(ofd_of(picture))


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
NESTED = "<ofd:PageBlock>" * 400 + "</ofd:PageBlock>" * 400
GOOD = ofd_page(ofd_text("受理98件", 30, 40))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (hostile.BYTES["an OFD bomb"][1], "unpacks to too much: the file"),
        (hostile.BYTES["an OFD file cut short"][1], "cut short or damaged"),
        (hostile.BYTES["an OFD file with a password"][1], "locked with a password"),
        (lambda: ofd_of(GOOD, **{"Encryptions.xml": "<a/>"}), "locked with a password"),
        (lambda: ofd_of(ofd_page(NESTED)), "none of its pages can be read"),
        (lambda: ofd_of("<a/>"), "hold no text"),
        (lambda: ofd_of(), "it has no pages"),
        (lambda: ofd_of(*["<a/>"] * 2001), "more than 2,000 pages"),
        (lambda: ofd_of(GOOD, **{"OFD.xml": "<a/>"}), "it has no pages"),
        (lambda: ofd_of(GOOD, **{"Doc_0/Document.xml": "no"}), "cut short or damaged"),
        (lambda: ofd_of(ofd_page(ofd_text("\ue000\ue001", 30, 40))), "which characters"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_files_are_refused_with_a_reason(data, reason):
    """A cut, locked, monstrous or foreign file gives one error that says why and what to do."""
    with pytest.raises(ReadError, match=reason) as caught:
        ofd.ofd(data())
    assert caught.value.way_out


def test_no_entity_is_expanded_and_no_step_is_endless():
    """An entity of the machine's files gives nothing, and a step for ever so many characters ends."""
    page = ENTITY + GOOD.replace("98", "&x;98")
    assert "root" not in ofd.ofd(ofd_of(page))
    assert text_of(ofd_text("受理98件", 30, 40, DeltaX="g 999999999 4")) == ["受理98件"]


def test_more_than_pages_can_hold_is_refused(monkeypatch):
    """What all pages hold together is limited, a template counted for each page that it lies under."""
    monkeypatch.setattr(ofd, "_THINGS", 50)
    template = ofd_page(ofd_text("受理98件" * 4, 30, 40))
    pages = [ofd_page(ofd_text(f"第{n}页", 30, 80), template="t0") for n in range(3)]
    with pytest.raises(ReadError, match="more than 50 characters"):
        ofd.ofd(ofd_of(*pages, templates=(template,)))
