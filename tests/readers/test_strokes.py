"""What hides a part of a figure is seen in the strokes and blanks of its line."""

import making
import pytest
from PIL import Image, ImageDraw

cv2 = pytest.importorskip("cv2", reason="the extra scan is not installed")

from qz_analysis.readers import strokes  # noqa: E402

LINES = [
    "全县受理群众来信来访2163宗，办结2028宗。",
    "办结率93.8%，投入资金350万元，其中省里150万元。",
    "接待来访111批次、71人次，来访同比下降17.5%。",
    "1945名群众得到扶持，开办专栏48期，新建学校7所",
]
SIZE = making.scan_size()


def page():
    return making.scan(LINES)


def hidden(image, line, figure, read="", printed=LINES):
    """Whether something of a figure of a line is hidden on a page."""
    read = read or printed[line]
    lines = []
    for at, text in enumerate(printed):
        spots = [making.scanned_at(printed, at, i) for i in range(len(text))]
        box = [round(edge) for edge in (*spots[0][:2], *spots[-1][2:])]
        said = read if at == line else text
        chars = [(char, (s[0] + s[2]) / 2) for char, s in zip(said, spots, strict=False)]
        lines.append(strokes.line(image, box, chars, SIZE))
    start = read.index(figure)
    return strokes.hidden(lines[line], start, start + len(figure), strokes.usual(lines))


def edges(line, at, *, left=0.0, right=1.0, top=0.0, bottom=1.0):
    """The edges of a part of a character."""
    x, y, u, v = making.scanned_at(LINES, line, at)
    return x + left * (u - x), y + top * (v - y), x + right * (u - x), y + bottom * (v - y)


def test_nothing_is_hidden_on_a_clean_page():
    """Digits, points, ones beside each other and figures beside marks leave their usual blanks."""
    image = page()
    figures = [(0, "2163"), (0, "2028"), (1, "93.8%"), (1, "350万"), (1, "150万"), (2, "111"),
               (2, "71"), (2, "17.5%"), (3, "1945"), (3, "48"), (3, "7")]  # fmt: skip
    assert [figure for line, figure in figures if hidden(image, line, figure)] == []


@pytest.mark.parametrize("shade", [0, 60, 120, 200, 255])
@pytest.mark.parametrize(
    ("line", "at", "read"),
    [
        (0, 10, "163"),  # the first digit of 2163
        (0, 11, "2163"),
        (0, 13, "216"),  # the last one
        (1, 4, "93.8%"),
        (1, 5, "93.8%"),  # its point
        (2, 4, "11"),
    ],
)
def test_a_patch_of_any_tone_is_seen(shade, line, at, read):
    """Ink, grey and white paper over a digit or a point, the first, an inner or the last one."""
    image = page()
    x, y, u, v = edges(line, at)
    ImageDraw.Draw(image).rectangle((x, y - 2, u, v + 2), fill=shade)
    assert hidden(image, line, read)


def test_a_patch_that_is_read_as_a_space_is_seen():
    """Where the recogniser says that a blank stands in place of a digit, the blank is too wide."""
    image = page()
    ImageDraw.Draw(image).rectangle(edges(0, 10), fill=255)
    read = LINES[0].replace("2163", " 163")
    assert hidden(image, 0, "163", read)
    assert not hidden(page(), 0, "2028", LINES[0])


def test_blanks_that_a_page_leaves_beside_all_figures_are_usual():
    """Where figures are set off by blanks, these hide nothing, and a covered digit is still seen."""
    spaced = ["受理来信 2163 宗，办结 2028 宗。", "来访 350 批、 71 人次，同比降 48 人次。"]
    image = making.scan(spaced)
    figures = [(0, "2163"), (0, "2028"), (1, "350"), (1, "71"), (1, "48")]
    assert not any(hidden(image, *figure, printed=spaced) for figure in figures)
    spot = making.scanned_at(spaced, 0, spaced[0].index("3"))
    ImageDraw.Draw(image).rectangle(spot, fill=255)
    assert hidden(image, 0, "216", spaced[0].replace("2163", "216 "), spaced)


@pytest.mark.parametrize(
    "part",
    [{"right": 0.6}, {"left": 0.4}, {"top": 0.55}, {"bottom": 0.55}],
    ids=["left", "right", "foot", "head"],
)
def test_half_a_digit_is_no_digit(part):
    """An 8 of which a side, the head or the foot is under white paper may look like another digit."""
    image = page()
    ImageDraw.Draw(image).rectangle(edges(0, LINES[0].index("8宗"), **part), fill=255)
    assert hidden(image, 0, "2028")


def test_a_bar_over_a_point_is_no_stroke():
    """A bar as thin as a point is higher than any digit, so that 93.8 is not read as 938."""
    image = page()
    x, y, u, v = edges(1, LINES[1].index("."))
    ImageDraw.Draw(image).rectangle((x + 2, y - 4, u - 2, v + 4), fill=0)
    assert hidden(image, 1, "93.8%")


def test_print_under_a_seal_is_not_hidden():
    """Rings and fields of a seal, lighter than the print that shows through them, hide nothing."""
    image, seal = page(), Image.new("L", page().size, 255)
    x, y, *_ = edges(0, LINES[0].index("163"))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((x - 100, y - 80, x + 20, y + 40), outline=110, width=4)
    draw.rectangle(edges(0, LINES[0].index("028")), fill=150)
    image.paste(seal, mask=image.point(lambda v: 255 * (v > 150)))
    assert not hidden(image, 0, "2163") and not hidden(image, 0, "2028")


def drawn(left, right, kinds="dddh", **beyond):
    """A line from `left` to `right` that nothing is hidden of."""
    beyond = {"patch_left": False, "patch_right": False} | beyond
    empty = (0.0,) * len(kinds)
    flags = (False,) * len(kinds)
    return strokes.Line(
        20.0,
        tuple(range(len(kinds))),
        kinds,
        empty,
        flags,
        frozenset(),
        {},
        empty,
        left,
        right,
        **beyond,
    )


@pytest.mark.parametrize(
    ("own", "figure", "torn", "cut"),
    [
        (drawn(100, 500), (0, 3), False, False),
        (drawn(110, 500), (0, 3), False, True),  # half a character in: a digit may have stood there
        (drawn(140, 500), (0, 3), False, False),  # a paragraph's first line, as others
        (drawn(100, 500, patch_left=True), (0, 3), False, True),
        (drawn(100, 480, "hddd"), (1, 4), False, False),
        (drawn(100, 480, "hddd"), (1, 4), True, True),  # other figures of the page are hidden
        (drawn(100, 495, "hddd"), (1, 4), True, True),  # lines end evenly, this one a little before
        (drawn(100, 500, "hddd"), (1, 4), True, False),
        (drawn(100, 500, "hddd", patch_right=True), (1, 4), False, True),
        (drawn(110, 480, "hddh"), (1, 3), True, False),  # no edge is near
    ],
)
def test_a_figure_at_an_edge_of_its_line(own, figure, torn, cut):
    """A figure that begins a line is taken where other lines begin, too, and none beside a patch."""
    lines = [drawn(100, 500, "hhhh"), drawn(140, 500, "hhhh"), own]
    assert strokes.cut(own, *figure, strokes.usual(lines), torn) is cut


def test_where_lines_end_unevenly_an_end_says_nothing():
    """On a torn page with ragged lines no figure that ends one is taken, whichever ends there, too."""
    own = drawn(100, 490, "hddd")
    lines = [own, *(drawn(100, end, "hhhh") for end in (500, 490, 485, 480))]
    assert strokes.cut(own, 1, 4, strokes.usual(lines), True)
