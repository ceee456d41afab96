"""A figure of a Word file or a web page is in the paragraph or the cell that shows it."""

from io import BytesIO

import making
import pytest
from docx import Document
from selectolax.lexbor import LexborHTMLParser

from qz_analysis.readers.elements import elements
from qz_analysis.readers.html import html
from qz_analysis.readers.word import docx

READERS = {"docx": docx, "html": html}
TABLE = [["乡镇", "受理", "办结"], ["甲镇", "12", "9"], ["乙镇", "13", "8"]]


def places(kind, data, *figures):
    """The elements of figures, each by its first place in the text."""
    text = READERS[kind](data)
    starts = [text.index(figure) for figure in figures]
    return elements(kind, data, text, [(at, at + 1) for at in starts])


def word(element):
    return element.kind, element.number, element.row, element.column


def test_a_word_file_counts_paragraphs_and_tables():
    """Paragraphs with words count from 1, tables apart from them, and cells by row and column."""
    data = making.docx(["甲县情况", "", "受理98件", TABLE, "办结97件", TABLE[1:]])
    found = places("docx", data, "98件", "9 |", "97件")
    assert list(map(word, found)) == [
        ("paragraph", 2, 0, 0),
        ("cell", 1, 2, 3),
        ("paragraph", 3, 0, 0),
    ]
    text = docx(data)
    (second,) = elements("docx", data, text, [(text.rindex("13"), text.rindex("13") + 2)])
    assert word(second) == ("cell", 2, 2, 2)


def test_what_stands_twice_is_told_apart():
    """Of two paragraphs that say the same each is known for itself."""
    data = making.docx(["受理98件", "受理98件"])
    text = docx(data)
    found = elements("docx", data, text, [(2, 5), (text.rindex("98"), len(text))])
    assert [element.number for element in found] == [1, 2]


def test_lines_of_one_paragraph_and_layout_tables_are_counted_as_they_read():
    """A line broken by hand begins no paragraph; a table of one column is paragraphs."""
    document = Document()
    document.add_paragraph("甲县\n受理98件")
    document.add_table(2, 1).cell(1, 0).text = "办结97件"
    document.add_paragraph("调解96件")
    data = making.saved(document)
    found = places("docx", data, "98件", "97件", "96件")
    assert [element.number for element in found] == [1, 2, 3]


PAGE = """<title>甲县情况</title><div><p>甲县情况<p>受理<b>98</b>件<br>办结97件</div>
<div id=x>单位：件<table><caption>各镇<tr><th colspan=3>情况表<tr><td>乡镇<td>受理<td>办结<tr><td><td><td>
<tr><td rowspan=2>甲镇<td>12<td>9<tr><td>13<td>8</table>调解96件</div>"""


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("98件", "受理98件办结97件"),
        ("97件", "受理98件办结97件"),
        ("96件", "单位：件"),
        ("12", "12"),
        ("13", "13"),
        ("9 |", "9"),
        ("8 |", "8"),
        ("情况表", "情况表"),
        ("各镇", "各镇"),
    ],
)
def test_a_path_leads_to_the_element_that_shows_the_figure(figure, shown):
    """A browser that follows the path of a figure of a web page finds its paragraph or its cell."""
    data = PAGE.encode()
    (element,) = places("html", data, figure)
    (node,) = LexborHTMLParser(PAGE).css(element.path)
    text = node.text().replace("\n", "")
    assert text.startswith(shown) and figure.rstrip(" |") in text


def test_every_figure_of_the_report_is_in_its_element():
    """In the test report each character of the text that is a digit is in an element that has it."""
    page = making.web(making.report())
    text = html(page.encode())
    starts = [at for at, char in enumerate(text) if char.isdigit()]
    tree = LexborHTMLParser(page)
    found = elements("html", page.encode(), text, [(at, at + 1) for at in starts])
    shown = [tree.css(element.path)[0].text() for element in found]
    assert all(text[at] in words for at, words in zip(starts, shown, strict=True))
    assert len(starts) > 100 and len(set(shown)) > 20


def test_another_text_has_no_elements():
    """A text that the file does not give is in none of its elements."""
    assert elements("docx", making.docx(["受理98件"]), "受理97件", [(2, 5)]) == [None]


def test_notes_are_counted_apart():
    """A figure of a footnote is in a note."""
    import zipfile

    data = making.docx(["受理98件"])
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:footnote><w:p><w:r><w:t>其中12件</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/footnotes.xml", note)
    found = places("docx", stream.getvalue(), "98件", "12件")
    assert [word(element)[:2] for element in found] == [("paragraph", 1), ("note", 1)]
