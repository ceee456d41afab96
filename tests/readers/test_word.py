"""Word files become text with their tables, or one clear error."""

import io
import re
import shutil
import sys
import zipfile

import making
import pytest
from docx import Document
from making import squeezed
from sparing import sparing

from qz_analysis.errors import ReadError
from qz_analysis.readers import rtf, word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(body, namespace=W, **parts):
    """A .docx of a body in raw XML, the namespace prefix being w."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'<w:document xmlns:w="{namespace}" xmlns:mc="m" xmlns:m="math"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", xml)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


RUNS = [
    (
        "<w:r><w:t>受理1</w:t></w:r><w:proofErr/><w:r><w:t>2</w:t></w:r><w:r><w:t>34件</w:t></w:r>",
        "受理1234件",
    ),
    (
        "<w:del><w:r><w:delText>98</w:delText></w:r></w:del><w:ins><w:r><w:t>89件</w:t></w:r></w:ins>",
        "89件",
    ),
    (
        "<w:moveFrom><w:r><w:t>98件</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>89件</w:t></w:r></w:moveTo>",
        "89件",
    ),
    (
        '<w:r><w:instrText>PAGE 7</w:instrText></w:r><w:fldSimple w:instr="SUM(8)"><w:r><w:t>89件</w:t></w:r></w:fldSimple>',
        "89件",
    ),
    ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>", "一 二\n三"),
    ("<w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>20名\u00a0</w:t></w:r>", "10-20名\u00a0"),
    (
        "<w:sdt><w:sdtPr><w:t>7</w:t></w:sdtPr><w:sdtContent><w:r><w:t>89件</w:t></w:r></w:sdtContent></w:sdt>",
        "89件",
    ),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>98件</w:t></w:r><w:r><w:t>89件</w:t></w:r>", "89件"),
    ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>89件</w:t></w:r>', "89件"),
    (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        "1/2",
    ),
    (
        '<w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>',
        "10^3",
    ),
    (
        "<w:r><w:ruby><w:rt><w:r><w:t>wu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>务</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "务",
    ),
]


@pytest.mark.parametrize(("runs", "text"), RUNS)
def test_a_paragraph_reads_as_it_is_shown(runs, text):
    """What Word shows is read, however it is cut up; what it hides, deleted or computes with is not."""
    assert word.docx(packed(f"<w:p>{runs}</w:p>")) == f"{text}\n"
    assert word.docx(packed(f"<w:p>{runs}</w:p>", STRICT)) == f"{text}\n"


def run(inside, setting=""):
    """A run of raw XML, with one setting."""
    return f"<w:r><w:rPr>{setting}</w:rPr>{inside}</w:r>"


SHAPE = '<w:pict><w:shape style="{}width:9pt"/></w:pict>'
GAPS = [
    (run("<w:t>2</w:t>", "<w:strike/>"), "1\ufffc3"),
    (run("<w:t>2</w:t>", "<w:dstrike/>"), "1\ufffc3"),
    (run("<w:t>2</w:t>", '<w:strike w:val="0"/>'), "123"),
    (run("<w:drawing><w:inline/></w:drawing>"), "1\ufffc3"),
    (run("<w:drawing><w:anchor/></w:drawing>"), "13"),
    (run(SHAPE.format("")), "1\ufffc3"),
    (run(SHAPE.format("position:absolute;")), "13"),
    (
        run(
            "<mc:AlternateContent><mc:Choice><w:drawing><w:inline/></w:drawing></mc:Choice></mc:AlternateContent>"
        ),
        "1\ufffc3",
    ),
    (run("<w:object/>"), "1\ufffc3"),
    (run('<w:sym w:font="Wingdings" w:char="F081"/>'), "1\ufffc3"),
    (run("<w:instrText>EQ \\o(2,0)</w:instrText>"), "1\ufffc3"),
    (run("<w:instrText>eq \\o(2,0)</w:instrText>"), "1\ufffc3"),
    (run("<w:instrText>PAGE</w:instrText>"), "13"),
    (run("<w:t>2</w:t>", '<w:vertAlign w:val="subscript"/>'), "1\ufffc23"),
    (run("<w:t>2</w:t>", '<w:vertAlign w:val="superscript"/>'), "1^23"),
    (run("<w:t>2</w:t>", '<w:position w:val="12"/>'), "1^23"),
    (run("<w:t>2</w:t>", '<w:position w:val="-6"/>'), "1\ufffc23"),
    (run("<w:t>2</w:t>", '<w:position w:val="0"/>'), "123"),
    (run('<w:t xml:space="preserve"> </w:t>', '<w:u w:val="single"/>'), "1 \ufffc 3"),
    (run("<w:tab/>"), "1\ufffc3"),
    ("<w:del><w:r><w:delText>2</w:delText></w:r></w:del>", "13"),
]


@pytest.mark.parametrize(("between", "number"), GAPS)
def test_what_is_no_text_inside_a_number_leaves_a_mark(between, number):
    """Struck-out digits, pictures, symbols, fields, blanks to fill in and tabs do not join the digits round them."""
    page = packed(f"<w:p>{run('<w:t>受理1</w:t>')}{between}{run('<w:t>3件</w:t>')}</w:p>")
    assert word.docx(page) == f"受理{number}件\n"


def test_what_is_no_text_elsewhere_leaves_none():
    """A picture before a paragraph, struck-out words and a filled-in blank do not show."""
    picture = run("<w:drawing><w:inline/></w:drawing>")
    line = run('<w:t xml:space="preserve"> </w:t>', '<w:u w:val="single"/>')
    words = run("<w:t>旧名</w:t>", "<w:strike/>")
    page = packed(
        f"<w:p>{picture}{run('<w:t>12个乡镇</w:t>')}{words}{picture}{run('<w:t>受理</w:t>')}"
        f"{line}{run('<w:t>9</w:t>')}{line}{run('<w:t>件</w:t>')}</w:p>"
    )
    assert word.docx(page).split() == ["12个乡镇受理", "9", "件"]


def test_text_boxes_are_read_once():
    """A text box kept in two versions for new and old programs is read once, behind its paragraph."""
    box = "<w:txbxContent><w:p><w:r><w:t>框内98件</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r>{both}</w:r><w:r><w:t>正文</w:t></w:r></w:p><w:p><w:r><w:t>后文</w:t></w:r></w:p>"
    assert word.docx(packed(body)) == "正文\n框内98件\n后文\n"


def test_notes_come_last_and_headers_never():
    """Footnotes stand at the end after an empty line; separators and page headers are left out."""
    line = '<w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
    note = f'<w:f xmlns:w="{W}">{line}<w:footnote><w:p><w:r><w:t>含来信</w:t></w:r></w:p></w:footnote></w:f>'
    note = note.replace("w:f ", "w:footnotes ").replace("</w:f>", "</w:footnotes>")
    page = packed(
        "<w:p><w:r><w:t>受理98件</w:t></w:r></w:p>", footnotes=note, header1="<a>第9页</a>"
    )
    assert word.docx(page) == "受理98件\n\n含来信\n"


def test_merged_cells_repeat_words_but_no_figures():
    """A head over two columns stands over each; a figure in merged cells stands once."""
    document = Document()
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 3)
    rows = [["乡镇", "2011年", ""], ["", "受理", "办结"], ["甲镇", "12", "11"], ["乙镇", "34", ""]]
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(3, 1).merge(table.cell(3, 2))
    document.add_paragraph("完")
    want = [
        "单位：万元",
        "",
        "| 乡镇 | 2011年 | 2011年 |",
        "| 乡镇 | 受理 | 办结 |",
        "| 甲镇 | 12 | 11 |",
        "| 乙镇 | 34 |  |",
        "",
        "完",
    ]
    assert word.docx(making.saved(document)).splitlines() == want


def test_a_layout_table_is_prose():
    """A table that only lays out a page, or holds another table, gives its paragraphs and the inner table in order."""
    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左栏98件"
    inner = outer.cell(0, 1).add_table(2, 2)
    for cell, text in zip(inner._cells, ["镇", "受理", "甲镇", "12"], strict=True):
        cell.text = text
    assert word.docx(making.saved(document)) == "左栏98件\n\n| 镇 | 受理 |\n| 甲镇 | 12 |\n"


def test_monstrous_spans_cost_nothing():
    """A cell that claims to span a thousand million columns takes neither time nor memory."""
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
    )
    row = "<w:tr>" + cell.format("99999999", "甲镇") + cell.format("x", "12") + "</w:tr>"
    assert "| 甲镇 | 12 |" in word.docx(packed(f"<w:tbl>{row}</w:tbl>"))


def test_versions_of_a_report_agree():
    """The same report as .docx and as .rtf in either spelling gives the same paragraphs and table lines."""
    blocks = making.report()
    assert word.docx(making.docx(blocks)) == making.plain(blocks)
    assert rtf.rtf(making.rtf(blocks)) == making.plain(blocks)
    assert rtf.rtf(making.rtf(blocks, "unicode")) == making.plain(blocks)


@pytest.mark.parametrize("program", ["antiword", "soffice"])
def test_old_word_files_agree_too(program, monkeypatch):
    """A .doc gives the text of the .docx that it was made from, by antiword and by LibreOffice."""
    if not (found := shutil.which(program)):
        pytest.skip(f"{program} is not installed")
    monkeypatch.setattr(word.shutil, "which", lambda name: found if name == program else None)
    assert squeezed(word.doc(making.doc())) == squeezed(making.plain(making.report()))


def test_without_a_program_doc_says_what_to_install(monkeypatch):
    """With neither antiword nor LibreOffice on the PATH the error names both."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match=r"r\.doc: .*antiword.*LibreOffice") as caught:
        word.doc(making.doc(), "r.doc")
    assert "apt-get install antiword" in caught.value.way_out


def refused(reader, data):
    with pytest.raises(ReadError) as caught:
        reader(data, "x")
    assert caught.value.file == "x" and caught.value.way_out
    return caught.value.reason


GOOD = making.docx(["受理98件"])


BOMB = packed(f"<w:p>{' ' * 30_000_000}</w:p>")


HOSTILE = [
    (word.docx, b"", "cut short or damaged"),
    (word.docx, GOOD[: len(GOOD) // 2], "cut short or damaged"),
    (word.docx, packed("<w:p>"), "cut short or damaged"),
    (word.docx, packed("<w:p>" * 5000 + "</w:p>" * 5000), "damaged|nested too deep"),
    (word.docx, OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    (word.docx, OLE + b"\0" * 600, "old Word file"),
    (word.docx, BOMB, "unpacks from"),
    (word.docx, packed("", **{"media/image1": "x"}), "pictures and no text"),
    (word.doc, b"PK\3\4", "no old Word file"),
    (
        word.doc,
        OLE + "WordDocument".encode("utf-16-le") + b"\0" * 480 + b"\xec\xa5" + b"\0" * 8 + b"\0\1",
        "password",
    ),
    (word.doc, OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    (rtf.rtf, b"", "no RTF"),
    (rtf.rtf, rb"{\rtf1\ansi\ansicpg936 12", "breaks off"),
    (rtf.rtf, rb"{\rtf1 \trowd\cellx9\intbl 1\cell 2", "breaks off"),
]


@pytest.mark.parametrize(("reader", "data", "reason"), HOSTILE)
def test_hostile_files_are_refused_with_a_reason(reader, data, reason):
    """An empty, cut, locked, monstrous or foreign file gives one error that says why and what to do."""
    assert re.search(reason, refused(reader, data))


@pytest.mark.parametrize("office", sparing(["", "soffice"], 2))
def test_a_damaged_doc_is_refused(office, monkeypatch):
    """A .doc of noise is refused whether a converter is there or not."""
    there = {"antiword": shutil.which("antiword"), office: shutil.which(office)}
    monkeypatch.setattr(word.shutil, "which", there.get)
    assert refused(word.doc, OLE + "WordDocument".encode("utf-16-le") + bytes(range(256)) * 40)


def test_a_zip_without_text_part_is_refused():
    """A ZIP archive that holds no word/document.xml is no Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "98件")
    assert "no text part" in refused(word.docx, stream.getvalue())


def test_entities_are_not_expanded(tmp_path):
    """An entity in a Word file brings in neither a file nor a flood."""
    (tmp_path / "secret").write_text("机密98件")
    xml = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY b "洪水">]>'
    xml += f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>甲&a;&b;</w:t></w:r></w:p></w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    text = word.docx(stream.getvalue())
    assert "机密" not in text and "洪水" not in text


@pytest.mark.parametrize(("reader", "data"), [(word.docx, GOOD), (word.doc, making.doc())])
def test_a_missing_library_is_named(reader, data, monkeypatch):
    """Without lxml the error says what to install."""
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert "lxml" in refused(reader, data)
