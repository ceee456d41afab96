"""PDF files become paragraphs and tables, or one clear error."""

import re
import subprocess
import sys

import making
import pytest
from making import drawn, says, squeezed
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from qz_analysis.errors import ReadError
from qz_analysis.readers import pdf


def picture(canvas):
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "gray")), 90, 400, 400, 400)


def test_versions_of_a_report_agree():
    """The report, set by a Python library with numbers cut at line ends, and printed by a browser, gives the same lines."""
    blocks = making.report()
    want = squeezed(making.plain(blocks))
    assert squeezed(pdf.pdf(making.printed())) == want
    assert squeezed(pdf.pdf(making.pdf(blocks, stamp="内部资料 第9期"))) == want
    assert squeezed(pdf.pdf(making.pdf(blocks, [30] * 5, width=250))) == want


def test_a_table_goes_on_over_the_page():
    """A table on three pages is one table with one head; what stands before and behind it stays there."""
    rows = [["乡镇", "受理（件）"]] + [[f"第{n}镇", str(n + 100)] for n in range(90)]
    text = pdf.pdf(making.pdf(["前文。", "单位：件", rows, "后文。"], stamp="简报"))
    assert text.splitlines() == [
        "前文。",
        "单位：件",
        "",
        *(f"| {a} | {b} |" for a, b in rows),
        "",
        "后文。",
    ]


def test_page_numbers_and_running_lines_go_but_captions_stay():
    """Page numbers and repeated heads are dropped; a unit caption repeated on each page is not, nor a lone figure in the text."""

    def page(n):
        def draw(canvas):
            canvas.drawString(90, 810, "某县年报 2011")
            canvas.drawString(90, 790, "单位：万元")
            canvas.drawString(90, 600, f"第{n}组")
            canvas.drawString(90, 500, str(90 + n))
            canvas.drawString(290, 40, str(n))

        return draw

    assert pdf.pdf(drawn(*map(page, range(1, 4)))).splitlines() == [
        line for n in range(1, 4) for line in ("单位：万元", f"第{n}组", str(90 + n))
    ]


def test_pages_of_pictures_are_named():
    """Text is read from the pages that have some; the pages that are pictures are told by number."""
    assert pdf.read(drawn(says("受理98件"), picture, says("办结97件"))) == (
        "受理98件\n办结97件\n",
        (2,),
    )


def refused(data):
    with pytest.raises(ReadError) as caught:
        pdf.pdf(data, "x.pdf")
    assert caught.value.file == "x.pdf" and caught.value.way_out
    return caught.value


def test_a_scan_says_so():
    """A PDF of pictures alone is an error that names a way to get text."""
    error = refused(drawn(picture, picture))
    assert error.reason == "it holds pictures of pages and no text" and "ocrmypdf" in error.way_out


def test_a_scan_with_page_numbers_alone_is_a_scan():
    """Page numbers on pictures of pages are no text."""
    pages = [
        lambda canvas, n=n: (picture(canvas), canvas.drawString(290, 40, f"- {n} -"))
        for n in (1, 2)
    ]
    assert refused(drawn(*pages)).reason == "it holds pictures of pages and no text"


def test_a_missing_library_is_named(monkeypatch):
    """Without pypdfium2 the error says what to install."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    pdf.library.cache_clear()
    assert "pypdfium2" in refused(GOOD).reason and "[files]" in refused(GOOD).way_out


GOOD = drawn(says("受理98件"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no PDF"),
        (b"PK\3\4 %%EOF", "no PDF"),
        (GOOD[: len(GOOD) // 2], "cut short"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (
            GOOD.replace(b"/Kids", b"/Kinds").replace(b"/Count 1", b"/Count 0"),
            "no pages|damaged|none of its pages",
        ),
        (drawn(says("98"), encrypt=StandardEncryption("secret")), "password"),
        # made when asked for: it takes a second
        (lambda: drawn(*[says("98")] * 2001), "2,001 pages"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(data, reason):
    """An empty, cut, damaged, locked or endless PDF gives one error that says why and what to do."""
    assert re.search(reason, refused(data() if callable(data) else data).reason)


def test_a_broken_table_of_contents_is_mended():
    """A PDF whose cross-reference table points nowhere is still read."""
    assert pdf.pdf(GOOD.replace(b"startxref\n", b"startxref\n9")) == "受理98件\n"


def test_mutations_never_crash():
    """Mutated files give text or a ReadError and nothing else; run apart, since PDFium is no Python."""
    program = """
import random, sys
from qz_analysis.readers import pdf
from qz_analysis.errors import ReadError
source, seeds = sys.stdin.buffer.read(), int(sys.argv[1])
for seed in range(seeds):
    chance = random.Random(seed)
    data = bytearray(source)
    for _ in range(chance.choice([1, 5, 50, 500])):
        at = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[at] = chance.randrange(256)
        else:
            del data[at : at + chance.randrange(9)]
    try:
        pdf.pdf(bytes(data))
    except ReadError:
        pass
print("done")
"""
    small = making.pdf([*making.report()[:6], making.TABLE])
    run = subprocess.run(
        [sys.executable, "-c", program, "60"], input=small, capture_output=True, timeout=120
    )
    assert run.stdout == b"done\n", run.stderr[-500:]


def test_what_a_browser_prints_round_a_page_goes():
    """The date and the address that a browser prints at the page's edges are no figures of the report."""

    def page(canvas):
        canvas.drawString(40, 820, "11/22/26, 9:19 AM")
        canvas.drawString(90, 500, "受理12件。")
        canvas.drawString(40, 20, "file:///a/p.html 1/1")

    assert pdf.pdf(drawn(page)) == "受理12件。\n"
