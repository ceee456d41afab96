"""A page of a PDF gives its lines and tables as they are seen."""

import making
import pytest
from making import drawn, says, squeezed

from qz_analysis.readers import pdf


def test_a_number_cut_at_the_line_end_is_whole():
    """Whatever the column's width, the paragraph comes out as it went in."""
    text = "2011年全县共受理群众来信来访12345件次，比2010年的23456件次减少11111件次，办结率达到98.76%，群众满意率99.5%。"
    for width in range(150, 400, 35):
        assert squeezed(pdf.pdf(making.pdf([text, text], width=width))) == [text, text], width


def test_merged_cells():
    """A head without a ruling line below it or beside it stands over all its columns, a figure in one."""

    def page(canvas):
        canvas.setLineWidth(0.5)
        for y in (700, 660, 640):
            canvas.line(100, y, 340, y)
        canvas.line(180, 680, 340, 680)
        for x in (100, 180, 340):
            canvas.line(x, 640, x, 700)
        canvas.line(260, 660, 260, 680)
        for x, y, text in [
            (110, 675, "乡镇"),
            (200, 685, "2011年"),
            (185, 665, "受理"),
            (265, 665, "办结"),
        ]:
            canvas.drawString(x, y, text)
        canvas.drawString(110, 645, "甲镇")
        canvas.drawString(200, 645, "98")

    assert (
        pdf.pdf(drawn(page))
        == "| 乡镇 | 2011年 | 2011年 |\n| 乡镇 | 受理 | 办结 |\n| 甲镇 | 98 |  |\n"
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(turn):
    """A page that the viewer turns is read as the reader sees it."""

    def page(canvas):
        canvas.setPageRotation(turn)
        shift = {0: (0, 0, 0), 90: (90, 0, -842), 180: (180, -595, -842), 270: (270, -595, 0)}[turn]
        canvas.rotate(shift[0])
        canvas.translate(*shift[1:])
        canvas.setFont("STSong-Light", 12)
        canvas.grid([100, 160, 220], [400, 420, 440])
        for x, y, text in [
            (105, 425, "镇"),
            (165, 425, "件"),
            (105, 405, "甲镇"),
            (165, 405, "98"),
            (90, 500, "题"),
        ]:
            canvas.drawString(x, y, text)

    assert pdf.pdf(drawn(page)) == "题\n\n| 镇 | 件 |\n| 甲镇 | 98 |\n"


def test_a_watermark_askew_is_left_out():
    """Characters across the page are a watermark and not part of a line."""

    def page(canvas):
        says("受理98件")(canvas)
        canvas.rotate(45)
        canvas.drawString(500, 400, "样本12")

    assert pdf.pdf(drawn(page)) == "受理98件\n"


def raised(canvas):
    says("甲")(canvas)  # which registers the font
    text = canvas.beginText(100, 600)
    text.setFont("STSong-Light", 12)
    text.textOut("受理123")
    text.setRise(5)
    text.setFont("STSong-Light", 7)
    text.textOut("1")
    text.setRise(0)
    text.setFont("STSong-Light", 12)
    text.textOut("件")
    canvas.drawText(text)


def blacked(canvas):
    says("甲")(canvas)
    canvas.drawString(100, 600, "受理193件")
    canvas.rect(124, 597, 18, 14, fill=1)


def struck(canvas):
    says("甲")(canvas)
    canvas.drawString(100, 600, "受理193件")
    canvas.line(130, 604, 136, 604)


def apart(canvas):
    says("甲")(canvas)
    canvas.drawString(100, 600, "来访193")
    canvas.drawString(190, 600, "389人次")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (raised, "受理123^1件"),
        (blacked, "受理■■■件"),
        (struck, "受理1\ufffc3件"),
        (apart, "来访193\ufffc389人次"),
    ],
)
def test_what_is_done_to_digits_leaves_a_mark(page, line):
    """Raised, blacked-out and struck-out digits, and digits far apart, are no digits of one number."""
    assert line in pdf.pdf(drawn(page)).splitlines()


def test_single_characters_of_fonts_not_embedded_are_kept():
    """A lone character in a font that the file does not carry is read, on a machine without Chinese fonts too."""
    assert pdf.pdf(drawn(says("甲"), says("受理98件"))) == "甲\n受理98件\n"


def test_spaces_between_chinese_characters_go():
    """Spaces that a PDF sets between Chinese characters are noise; between Latin words they are not."""
    assert pdf.pdf(drawn(says("全 县 受 理 98 件 of New York"))) == "全县受理98件 of New York\n"


def test_columns_of_another_table_on_the_page_move_no_cell():
    """Where a table's lines stand is told by its own, though lines of other tables stand a few points beside them."""

    def page(canvas):
        for top, edge in ((760, 197.0), (700, 199.5), (640, 202.0)):
            for x in (100, edge, 300):
                canvas.line(x, top, x, top - 40)
            for y in (top, top - 20, top - 40):
                canvas.line(100, y, 300, y)
            canvas.drawRightString(edge - 1, top - 15, "120.5")
            canvas.drawString(edge + 1, top - 15, "34")
            canvas.drawRightString(edge - 1, top - 35, "7.5")
            canvas.drawString(edge + 1, top - 35, "6")

    assert pdf.pdf(drawn(page)).split("\n\n") == ["| 120.5 | 34 |\n| 7.5 | 6 |"] * 2 + [
        "| 120.5 | 34 |\n| 7.5 | 6 |\n"
    ]
