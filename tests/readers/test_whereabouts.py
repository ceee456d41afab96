"""Where a figure stands is told for each kind of file as far as the kind has places."""

import gzip
from urllib.parse import unquote

import making
import pytest

from qz_analysis.readers.read import file_documents, read
from qz_analysis.readers.whereabouts import Whereabouts, whereabouts

LINES = ["甲县情况", "受理98件", [["乡镇", "受理", "办结"], ["甲镇", "12", "9"]]]
WRITERS = {
    "pdf": making.pdf,
    "ofd": making.ofd,
    "docx": making.docx,
    "html": lambda blocks: making.web(blocks).encode(),
    "rtf": making.rtf,
}


@pytest.fixture
def found(tmp_path):
    def of(kind, figure, **more):
        path = tmp_path / f"a.{kind}"
        path.write_bytes(WRITERS[kind](LINES))
        document = read(path)
        at = document.text.index(figure)
        (one,) = whereabouts(document, path, [(at, at + len(figure))], **more)
        return one

    return of


@pytest.mark.parametrize(
    ("kind", "page", "element", "address"),
    [
        ("pdf", 1, None, ""),
        ("ofd", 1, None, ""),
        ("docx", 0, "paragraph", ""),
        ("html", 0, "element", "file:"),
        ("rtf", 0, None, ""),
    ],
)
def test_each_kind_has_the_place_that_it_can_have(found, kind, page, element, address):
    """Printed pages have spots, Word files and web pages elements, web pages an address too."""
    one = found(kind, "98件")
    assert (one.spots[0].page if one.spots else 0) == page
    assert (one.element.kind if one.element else None) == element
    assert one.address.startswith(address) and bool(one.address) == bool(address)


def test_pictures_are_made_while_there_is_room(found):
    """A PDF's picture is made when wanted and small enough; an OFD file has a word why not."""
    assert found("pdf", "98件", room=100_000).picture.png
    assert not found("pdf", "98件", room=100).picture.png
    assert found("ofd", "98件", room=100_000).picture.why == "undrawn"


@pytest.mark.parametrize(
    ("figure", "part"), [("98件", "text=受理-,98件"), ("12", "text=甲镇-,12,-9"), ("9 |", "text=")]
)
def test_a_link_names_the_words_before_a_figure_or_the_cells_beside_it(found, figure, part):
    """A cell that is all figure is linked with its neighbours: another cell may say the same."""
    link = found("html", figure, url="https://www.example.org/a.html#top").address
    assert unquote(link).startswith("https://www.example.org/a.html#:~:" + part)


def test_a_link_names_no_person_that_the_page_masks_anywhere(tmp_path):
    """A name in a cell that only another sentence gives away is in no link, nor is its row's."""
    path = tmp_path / "a.html"
    rows = [["干部", "走访", "化解"], ["张三丰", "12", "9"]]
    path.write_text(making.web(["主任张三丰同志说", "甲县情况", rows]), encoding="utf-8")
    document = read(path)
    at = document.text.index("12")
    (one,) = whereabouts(document, path, [(at, at + 2)])
    assert one.address.endswith("#:~:text=12")


def test_a_link_is_told_of_a_document_without_a_file_of_its_own(tmp_path):
    """A page in an archive has the link when its address is known, and no element."""
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(making.web(LINES).encode()))
    (document,) = file_documents(path)
    at = document.text.index("98件")
    (one,) = whereabouts(document, path, [(at, at + 3)], url="https://www.example.org/a")
    assert one.element is None and one.address.startswith("https://www.example.org/a#:~:text=")
    assert list(whereabouts(document, path, [(at, at + 3)])) == [Whereabouts()]


def test_a_file_that_changed_tells_nothing(tmp_path):
    """Of a file that is no longer what was read nothing is told."""
    path = tmp_path / "a.docx"
    path.write_bytes(making.docx(LINES))
    document = read(path)
    path.write_bytes(making.docx(["甲县", *LINES]))
    assert list(whereabouts(document, path, [(0, 2)])) == [Whereabouts()]
