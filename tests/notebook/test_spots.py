"""`locate` and `show` lead from a claim to its page, with a picture or a link."""

from urllib.parse import unquote

import making
import pytest

import qz_analysis as qz

LINES = ["甲山县2021年工作情况", "全县干部走访群众43户，主任张三丰反映12件。", "甲山县信访局"]
WRITERS = {
    "a.pdf": making.pdf,
    "b.html": lambda x: making.web(x).encode(),
    "c.docx": making.docx,
    "d.ofd": making.ofd,
}


@pytest.fixture
def folder(tmp_path):
    for name, write in WRITERS.items():
        (tmp_path / name).write_bytes(write(LINES))
    return tmp_path


def test_each_kind_of_file_has_the_place_that_it_can_have(folder):
    """Figures of printed pages have page and edges, those of a web page path and address, those of
    Word their paragraph in words.
    """
    claims = qz.extract(folder)
    found = qz.locate(claims, folder)
    assert found.index.equals(claims.index)
    by_doc = dict(list(found.groupby("doc")))
    for printed in (by_doc["a"], by_doc["d"]):
        assert set(printed["page"]) == {1} and (printed["right"] > printed["left"]).all()
        assert set(printed["element"]) == {""}
    assert by_doc["b"]["page"].isna().all() and by_doc["b"]["address"].str.startswith("file:").all()
    assert set(by_doc["b"]["element"]) == {"body > p:nth-of-type(2)"}
    assert by_doc["c"]["page"].isna().all() and set(by_doc["c"]["address"]) == {""}
    assert set(by_doc["c"]["element"]) == {"paragraph 2"}


def test_a_pdf_is_shown_as_a_picture(folder):
    """The figure stands in its sentence, names masked, over the picture of the spot."""
    claims = qz.extract(folder / "a.pdf")
    shown = qz.show(claims, 1, folder / "a.pdf")
    html = shown._repr_html_()
    assert shown.page == 1 and len(shown.box) == 4 and shown.png.startswith(b"\x89PNG")
    assert "<mark>12件</mark>" in html and "data:image/png;base64," in html and "三丰" not in html


def test_a_word_file_is_shown_with_its_paragraph_and_an_ofd_file_with_its_page(folder):
    """Both say where the figure stands in words; of an OFD file it is said why there is no picture."""
    word = qz.show(qz.extract(folder / "c.docx"), 0, folder / "c.docx")
    assert word.element == "paragraph 2" and "paragraph 2" in word._repr_html_() and not word.why
    printed = qz.show(qz.extract(folder / "d.ofd"), 0, folder / "d.ofd")
    assert (
        "page 1" in printed._repr_html_() and "no picture" in printed.why and len(printed.box) == 4
    )


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("全年调处纠纷12-15件。", "text=全年调处纠纷-,12%2D15件"),
        ("受理事项43件次属实，余下不属实。", "text=受理事项-,43件次,-属实"),
        ("信访人张三丰同志反映12件。", "text=12件"),
    ],
)
def test_a_link_names_the_clause_but_no_person(tmp_path, line, part):
    """The link holds the words of the clause round the figure; a clause with a name is left out."""
    (tmp_path / "b.html").write_text(making.web([LINES[0], line, LINES[2]]), encoding="utf-8")
    claims = qz.extract(tmp_path)
    at = claims["start"].tolist().index(claims["start"].max())
    fragment = qz.show(claims, at, tmp_path).address.partition("#:~:")[2]
    assert unquote(fragment.replace("%2D", "%252D")) == part


def test_a_file_that_changed_has_no_places(folder):
    """Claims of another text than the file now holds are located nowhere, and shown by an error."""
    claims = qz.extract(folder / "a.pdf")
    (folder / "a.pdf").write_bytes(making.pdf(["甲山县", *LINES]))
    assert qz.locate(claims, folder / "a.pdf")["page"].isna().all()
    with pytest.raises(qz.QzError, match=r"a: the source holds no such text; give the files"):
        qz.show(claims, 0, folder / "a.pdf")


def test_a_row_that_is_not_there_is_refused(folder):
    """A position behind the table's end is an error that says how long the table is."""
    with pytest.raises(qz.QzError, match="no row 9"):
        qz.show(qz.extract(folder / "a.pdf"), 9, folder)
