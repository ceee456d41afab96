"""Files of any kind, texts and paths become documents, or one clear line each."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from qz_analysis import QzError, extract, tables
from qz_analysis.errors import ReadError
from qz_analysis.model import Document
from qz_analysis.readers import detect
from qz_analysis.readers.archive import Limits
from qz_analysis.readers.detect import FORMATS, decode
from qz_analysis.readers.find import files
from qz_analysis.readers.read import documents, file_documents, read

TEXT = "全县共受理群众信访事项九十八件，办结率达到九成，群众满意。"


PAGE = f"<html><body><p>{TEXT}</p></body></html>"


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(parts):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_chinese_encodings_give_the_same_text(encoding):
    """UTF-8, GB18030, Big5 and UTF-16 bytes of a page decode to the page."""
    text = "群眾來訪得到及時接待，辦結率九成。" if encoding == "big5" else TEXT
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff" * 50, bytes(range(256)) * 4])
def test_bytes_that_are_no_text_are_refused(data):
    """Bytes of no text raise an error that says what to do."""
    with pytest.raises(ReadError, match="save it as UTF-8"):
        decode(data, "x.txt")


def test_names_in_other_encodings_and_with_line_ends(tmp_path):
    """Names in GBK or with line ends give columns of one line that any table can hold."""
    for raw in ("甲县工作总结.txt".encode("gb18030"), b"a\nb.txt", b"\xff.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), raw))).write_text(
            TEXT, encoding="utf-8"
        )
    found = [next(file_documents(path)) for path in files([tmp_path])]
    assert {document.doc for document in found} == {"甲县工作总结", "a b", "\ufffd"}
    for document in found:
        assert "\n" not in document.file
        assert document.file.encode("utf-8")


def test_content_wins_over_the_name(tmp_path):
    """A web page named .doc and a text named .html are read as what they are."""
    (tmp_path / "a.doc").write_text(PAGE, encoding="gb18030")
    (tmp_path / "b.html").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(zipped({"r.txt": TEXT}))
    found = [read(path) for path in files([tmp_path])]
    assert [(d.doc, d.kind, d.text) for d in found] == [
        ("a", "html", TEXT),
        ("b", "text", TEXT),
        ("c/r", "text", TEXT),
    ]
    assert all(len(d.sha256) == 64 and d.file for d in found)


def test_a_spreadsheet_and_a_picture_are_refused_with_a_way_out(tmp_path):
    """A kind that is not read is one error with what to do."""
    (tmp_path / "a.doc").write_bytes(zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}))
    with pytest.raises(ReadError, match="save the sheet as a web page"):
        read(tmp_path / "a.doc")


def test_archives_give_their_documents_and_errors(tmp_path):
    """An archive gives its documents by name, an error for each bad member, and archives inside are opened once."""
    inner = zipped({"深.txt": TEXT, "z.zip": zipped({"a.txt": TEXT})})
    parts = {"甲/a.md": TEXT.encode(), "甲/a.html": PAGE.encode(), "b.txt": bytes(9), "p.png": b"\x89PNG\r\n\x1a\n", "i.zip": inner,
             "g.txt.gz": gzip.compress(TEXT.encode())}  # fmt: skip
    (tmp_path / "年鉴.tar.gz").write_bytes(tarred(parts))
    (tmp_path / "年鉴.zip").write_bytes(zipped(parts))
    for path in files([tmp_path]):
        found = list(file_documents(path))
        errors = [e for e in found if isinstance(e, ReadError)]
        good = [d for d in found if isinstance(d, Document)]
        assert [d.doc for d in good] == ["年鉴/甲/a", "年鉴/甲/a.html", "年鉴/i/深", "年鉴/g.txt"]
        assert {d.text for d in good} == {TEXT}
        assert good[2].file == f"{path}/i.zip/深.txt"
        assert [Path(e.file).name for e in errors] == ["b.txt", "p.png", "z.zip"]
        with pytest.raises(ReadError):
            read(path)
        assert next(file_documents(path, doc="n-2")).doc == "n-2/甲/a"


def test_limits_count_for_archives_inside_archives(tmp_path):
    """What archives inside an archive unpack to counts together."""
    inner = zipped({"a.txt": TEXT * 100})
    (tmp_path / "a.zip").write_bytes(zipped({f"{i}.zip": inner for i in range(9)}))
    found = list(file_documents(tmp_path / "a.zip", limits=Limits(total=5 * 2 * len(inner))))
    assert 0 < sum(isinstance(d, Document) for d in found) < 9
    assert any("too much" in e.reason for e in found if isinstance(e, ReadError))


def test_one_packed_file_is_named_after_it(tmp_path):
    """r.txt.gz is the document r."""
    (tmp_path / "r.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    assert (read(tmp_path / "r.txt.gz").doc, read(tmp_path / "r.txt.gz").text) == ("r", TEXT)


def test_too_large_vanished_and_empty_archives_are_named(tmp_path):
    """A file over the limit, one that is gone and an archive of nothing are one error each."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "e.zip").write_bytes(zipped({}))
    (tmp_path / "b.txt").write_bytes(b" \n")
    reasons = [
        e.reason
        for source in (
            file_documents(path, largest=10),
            file_documents(tmp_path / "gone.txt"),
            file_documents(tmp_path / "e.zip"),
            file_documents(tmp_path / "b.txt"),
        )
        for e in source
    ]
    assert reasons == [
        "is larger than 0 MB",
        "there is no such file or folder",
        "the archive holds no report",
        "is empty",
    ]


def test_a_slip_of_a_library_is_an_error_row(tmp_path, monkeypatch):
    """Whatever a library raises on a broken file becomes that file's error."""

    def broken(data, file):
        raise IndexError

    monkeypatch.setitem(FORMATS, "text", FORMATS["text"]._replace(read=broken))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (error,) = file_documents(tmp_path / "a.txt")
    assert "IndexError" in error.reason


def test_front_matter_is_read_and_counted(tmp_path):
    """Front matter comes into `meta`, and the body starts behind it."""
    path = tmp_path / "r.md"
    path.write_text('---\nplace: "*县"\n---\n' + TEXT, encoding="utf-8")
    document = read(path)
    assert document.meta == {"place": "*县"}
    assert document.text[document.body :] == TEXT


def test_broken_front_matter_names_file_and_line(tmp_path):
    """A mask without quotes in the front matter is an error with file and line."""
    path = tmp_path / "r.md"
    path.write_text("---\ntitle: t\nplace: *县\n---\n" + TEXT, encoding="utf-8")
    with pytest.raises(ReadError, match=r"r\.md, line 3"):
        read(path)


def test_a_path_given_as_text_is_told(tmp_path):
    """The name of an existing file given as a plain string is answered with what to write instead."""
    path = tmp_path / "page.txt"
    path.write_text("全县受理98件。", encoding="utf-8")
    with pytest.raises(QzError, match="give Path"):
        extract(str(path))


def test_sources_of_every_kind_come_in_their_order(tmp_path):
    """Folders, files and documents give one document each in the order given, a file that is named twice only once."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("全县受理98件。", encoding="utf-8")
    given = [
        Document("own", "全镇受理3件。"),
        tmp_path / "b.txt",
        tmp_path,
        Document("own", "全镇受理3件。"),
    ]
    assert [document.doc for document in documents(given)] == ["own", "b", "a", "own"]
    assert [document.doc for document in documents("全县受理98件。")] == ["text"]


def test_a_bad_file_stands_as_its_error_and_progress_sees_all(tmp_path):
    """A file that cannot be read is an error in its place, and the progress wraps the list of all of them."""
    (tmp_path / "bad.txt").write_bytes(b"\x00\xff" * 99)
    (tmp_path / "good.txt").write_text("全县受理98件。", encoding="utf-8")
    seen = []
    bad, good = documents(tmp_path, lambda items: seen.extend(items) or items)
    assert isinstance(bad, ReadError)
    assert good.doc == "good"
    assert [path.name for path in seen] == ["bad.txt", "good.txt"]


@pytest.mark.parametrize("slip", ["pages", "report.docx", "a.html"])
def test_a_string_that_can_only_be_a_path_is_told(tmp_path, monkeypatch, slip):
    """A folder's name, or a file's name with a known ending, is no report's text, whether it is there or not."""
    (tmp_path / "pages").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QzError, match=rf"{slip}: is a path; give Path"):
        extract(slip)


def test_what_a_folder_holds_besides_is_listed_when_every_one_is_asked_for(tmp_path):
    """A picture and a spreadsheet among the pages are errors of the list, not silence."""
    for name, data in {
        "a.txt": "全县受理98件。".encode(),
        "b.png": b"\x89PNG",
        "c.xlsx": b"PK",
    }.items():
        (tmp_path / name).write_bytes(data)
    assert [type(found) for found in documents(tmp_path)] == [Document]
    errors = tables(tmp_path, on_error="keep").errors
    assert len(errors) == 2 and errors["way_out"].ne("").all()


def test_a_reader_that_is_registered_reads_its_files(tmp_path, monkeypatch):
    """A decorated function is all that a new kind of file needs: its files are found, known and read."""
    monkeypatch.setattr(detect, "FORMATS", dict(FORMATS))
    monkeypatch.setattr("qz_analysis.readers.read.FORMATS", detect.FORMATS)

    @detect.reader("q7", ".q7", magic=b"Q7:")
    def q7(data, name):
        return data[3:].decode()

    (tmp_path / "a.q7").write_bytes(b"Q7:" + TEXT.encode())
    (tmp_path / "b.txt").write_bytes(b"Q7:" + TEXT.encode())
    found = [read(path) for path in files([tmp_path])]
    assert [(page.doc, page.kind, page.text) for page in found] == [
        ("a", "q7", TEXT),
        ("b", "q7", TEXT),
    ]


def test_no_library_is_loaded_before_a_file_of_its_kind_is_read():
    """Importing the readers, and telling what a file is, loads none of the parsers behind them."""
    program = """
import sys
from qz_analysis.readers.detect import kind
assert kind(b"%PDF-1.4") == "pdf" and kind(b"<html>") == "html"
print({"lxml", "pypdfium2", "selectolax", "charset_normalizer", "yaml"} & {*sys.modules})
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "set()\n"


def test_a_recogniser_that_finds_no_room_is_not_told_as_a_damaged_file(monkeypatch, tmp_path):
    """Whoever limits the memory is told, whatever error of its own the recogniser raises."""
    pytest.importorskip("rapidocr", reason="the extra scan is not installed")

    def full(*_):
        raise RuntimeError("Failed to allocate memory for requested buffer")

    monkeypatch.setattr("qz_analysis.readers.scans.read", full)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    with pytest.raises(MemoryError):
        read(tmp_path / "a.png", scans=True)
