"""A place's page as a Word document: its parts, its styles, the same bytes on every run."""

import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest

from qz_analysis.errors import QzError
from qz_analysis.publish.profile import profile
from qz_analysis.publish.word import _entitle, _tabulate, write_word
from qz_analysis.readers.pdf_page import library

PAGE = (
    "甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比下降16%。排查纠纷1050件，调解成功1030件，"
    "调解成功率98.1%，信访办结率99%，群众满意率97%。村民张小明反映后，为12户村民解决用水。\n甲山县信访局\n"
)


@pytest.fixture(scope="module")
def page():
    return profile("甲山县", lang="zh", source=PAGE)


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_a_document_holds_title_sentences_chart_and_tables(page, tmp_path):
    """Title, what it is made from, three sentences, a picture with its text, the tables and the sources stand in the document, without marks of links."""
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    title, head, basis, *sentences = [p.text for p in document.paragraphs[:6]]
    assert head == "报告发文单位：甲山县信访局\t成文日期：原文未见"
    assert basis == "数字出自《甲山县2021年工作总结》（甲山县信访局，2021年，发文日期未见）。"
    assert title == "甲山县2021年：\n来访批次比上年同期下降16%"
    assert sentences[0] == ("2021年来访批次193批，比上年同期下降16%（本页未见上期数，未核算）。")
    styles = [p.style.name for p in document.paragraphs[:4]]
    assert styles == ["Title", "Normal", "Normal", "Body Text"]
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr")
    told = words(document)
    assert {"来访批次", "193批", "1030件/1050件", "甲山县2021年工作总结"} <= set(told)
    assert not any("[" in text or "张小明" in text for text in told)


@pytest.mark.parametrize(
    ("signed", "head"),
    [
        ("甲山县人民政府办公室\n2022年1月11日", "报告发文单位：甲山县人民政府办公室\t成文日期：2022年1月11日"),
        ("201*年4月14日", "报告发文单位：原文未见\t成文日期：201*年4月14日，末位被隐去"),
        ("", "报告发文单位：原文未见\t成文日期：原文未见"),
    ],
)  # fmt: skip
def test_the_head_says_who_issued_the_report_and_when(signed, head, tmp_path):
    """Issuing body and date stand below the title above a rule, or that the text does not tell them."""
    text = f"甲山县热线情况\n全县受理诉求90件，办结88件。\n{signed}"
    made = write_word(profile("甲山县", lang="zh", source=text), tmp_path / "a.docx")
    paragraph = docx.Document(made).paragraphs[1]
    assert paragraph.text == head
    assert paragraph._p.xpath("./w:pPr/w:pBdr/w:bottom")


def test_each_figure_of_the_sentences_leads_to_its_sentence(page, tmp_path):
    """A link on each figure of the three sentences and of the tables ends at a bookmark on the same figure in the table of evidence, beside the document's title."""
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    links = document.element.xpath("//w:hyperlink")
    ends = {
        mark.get(docx.oxml.ns.qn("w:name")): mark.getnext()
        for mark in document.element.xpath("//w:bookmarkStart")
    }
    told = "".join(p.text for p in document.paragraphs[3:6])
    led = [
        link.xpath("string(.)")
        for link in document.element.xpath("/w:document/w:body/w:p/w:hyperlink")
    ]
    assert {"193批", "16%"} <= set(led) and all(text in told for text in led)
    for link in links:
        end = ends[link.get(docx.oxml.ns.qn("w:anchor"))]
        assert end.xpath("string(.)") == link.xpath("string(.)")
    cells = document.element.xpath("//w:tc//w:hyperlink")
    assert "1050件" in {link.xpath("string(.)") for link in cells}
    evidence = document.tables[-1]
    assert evidence.rows[0].cells[0].text == "原句"
    assert all("甲山县2021年工作总结" in row.cells[1].text for row in evidence.rows[1:])
    assert len({id(end) for end in ends.values()}) == len(ends)


@pytest.mark.parametrize(
    "full, most, whole", [(False, 40, True), (False, 1, False), (True, 1, True)]
)
def test_sentences_beyond_what_a_document_holds_are_counted(
    tmp_path, monkeypatch, full, most, whole
):
    """Every sentence whose figures the tables show stands in the evidence; of very many those of the lead, and how many more the web page has."""
    monkeypatch.setattr("qz_analysis.publish.word._SENTENCES", most)
    source = PAGE.replace("为12户", "为12户村民通水。投入资金30万元，惠及9户")
    page = profile("甲山县", lang="zh", source=source, full=full)
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    sentences = [row.cells[0].text for row in document.tables[-1].rows[1:]]
    left = len(page.evidence_rows()) - len(sentences)
    said = [text for text in words(document) if "原句见网页版" in text]
    assert said == [f"其余{left}句原句见网页版。"] * bool(left)
    assert (left == 0) == whole
    ends = document.element.xpath("//w:bookmarkStart/@w:name")
    assert set(document.element.xpath("//w:hyperlink/@w:anchor")) <= set(ends)


def test_a_document_has_the_same_bytes_twice_and_says_what_it_is(page, tmp_path):
    """No time of its making is in the file; title, maker and language are."""
    first, second = (write_word(page, tmp_path / name) for name in ("a.docx", "b.docx"))
    assert first.read_bytes() == second.read_bytes()
    about = docx.Document(first).core_properties
    assert (about.title, about.author) == (
        "甲山县2021年：来访批次比上年同期下降16%",
        "qz-analysis",
    )
    assert about.language == "zh-CN"


@pytest.mark.parametrize("ending", [".docx", ".dotx"])
def test_the_styles_of_a_template_apply(page, tmp_path, ending):
    """The document takes styles and page of the office's template, not its text."""
    made = docx.Document()
    made.styles["Title"].font.name = "Songti"
    made.add_paragraph("text of the template")
    made.sections[0].page_width = 7620000
    out = io.BytesIO()
    made.save(out)
    template = tmp_path / f"office{ending}"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if ending == ".dotx":
                part = part.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, part)
    document = docx.Document(write_word(page, tmp_path / "a.docx", template))
    assert document.styles["Title"].font.name == "Songti"
    assert document.sections[0].page_width == 7620000
    assert "text of the template" not in words(document)


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.docx", "cannot be read"), ("bad.docx", "is no Word file"), ("a.odt", "is no template")],
)
def test_a_template_that_is_none_is_named(page, tmp_path, name, said):
    """A template that cannot be used is one error with its name and the way out."""
    (tmp_path / "bad.docx").write_text("no archive", encoding="utf-8")
    with pytest.raises(QzError, match=rf"{name}: {said}"):
        write_word(page, tmp_path / "out.docx", tmp_path / name)


def test_the_package_reads_what_it_wrote(page, tmp_path):
    """The reader of Word files finds the figures of the document again."""
    from qz_analysis.readers.read import read

    text = read(write_word(page, tmp_path / "a.docx")).text
    assert "193批" in text and "98.1%" in text


def test_a_document_has_the_layout_of_official_documents(page, tmp_path):
    """A title in the middle, a body in 仿宋 whose lines begin two characters in, numbered heads and
    pages, a figure with its caption, tables with borders whose rows are not torn.
    """
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    title, _, _, body = document.paragraphs[:4]
    assert title.style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert body.style.element.xpath("string(.//w:ind/@w:firstLineChars)") == "200"
    assert body.style.element.xpath("string(.//w:rFonts/@w:eastAsia)") == "仿宋"
    assert body.style.font.size.pt == 16 and title.style.font.size.pt == 22
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "一、指标" and heads[-1].endswith("、说明")
    assert [head.partition("、")[0] for head in heads] == [*"一二三四五六"[: len(heads)]]
    caption = next(p for p in document.paragraphs if p.style.name == "Caption")
    assert re.match("图1　.", caption.text)
    assert "PAGE" in document.sections[0].footer._element.xpath("string(.//w:fldSimple/@w:instr)")
    for table in document.tables:
        assert table.style.name == "Table Grid"
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert "本件由“群众工作分析”程序" in document.paragraphs[-1].text


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("甲县：受理43宗", ["甲县：受理43宗"]),
        (
            "通江县（2011年的报告）：信访总量与同期相比（未写明哪一年）下降55.6%",
            [
                "通江县（2011年的报告）：",
                "信访总量与同期相比",
                "（未写明哪一年）下降55.6%",
            ],
        ),
    ],
)
def test_a_long_title_breaks_at_its_marks(title, lines):
    """No line of a title ends within a word or holds its last letter alone."""
    document = docx.Document()
    _entitle(document, [(title, None)], "zh")
    assert document.paragraphs[-1].text.split("\n") == lines


def test_a_table_keeps_to_its_page_with_the_note_below_it(page, tmp_path):
    """The note on sources stands on the page of their table; a long table may go over the page."""
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    notes = next(t for t in document.tables if t.rows[0].cells[0].text == "文件")
    assert notes.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    long = docx.Document()
    _tabulate(long, ["所列数字"], [[[("长" * 300, None)]]] * 3, page.page)
    assert not long.tables[0].rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_sources_say_once_what_they_lack_below_their_table(page, tmp_path):
    """That neither body, date nor address was found stands once, under the sources."""
    document = docx.Document(write_word(page, tmp_path / "a.docx"))
    after = [tag for tag in document.element.body if tag.tag.endswith(("}p", "}tbl"))]
    at = next(n for n, tag in enumerate(after) if tag.xpath("string(.)").endswith("、来源"))
    assert "未见" in after[at + 2].xpath("string(.)")
    assert sum("文中未见" in text for text in words(document)) == 1


def test_no_english_stands_in_a_chinese_document(page, tmp_path):
    """Heads, cells and notes are Chinese, but for the program's name."""
    said = words(docx.Document(write_word(page, tmp_path / "a.docx")))
    found = {hit for text in said for hit in re.findall("[A-Za-z]{2,}", text)}
    assert found <= {"qz", "analysis"}


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_an_office_opens_the_document(page, tmp_path):
    """LibreOffice lays the document out on A4, at most two pages of it, with its title and every table."""
    file = write_word(page, tmp_path / "a.docx")
    # a profile of its own: two runs at once would wait for each other
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    call = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    made = library().PdfDocument(tmp_path / "a.pdf")
    assert len(made) <= 2 and [round(size / 72 * 25.4) for size in made[0].get_size()] == [210, 297]
    text = "".join(sheet.get_textpage().get_text_range() for sheet in made).replace(" ", "")
    assert "来访批次比上年同期下降16%" in text and "1030件" in text
