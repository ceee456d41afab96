"""What a file is, its content says; and its encoding too."""

import gzip
import io
import tarfile
import zipfile

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.readers.detect import decode, kind, label, refusal

TEXT = "全县共受理群众信访事项98件，办结率达到97.6%，群众满意。\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return out.getvalue()


def tarred(mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode(), "text"),
        (b"", "text"),
        (("﻿" + TEXT).encode("utf-16-le"), "text"),
        (("---\nplace: x\n---\n<html><p>" + TEXT).encode(), "text"),
        ((TEXT + "</p><br>" + TEXT).encode(), "text"),
        (b"<!DOCTYPE html>12", "html"),
        (b"\n<!-- saved --><HTML>12", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>12", "html"),
        (b"<table border=1><tr><td>12", "html"),
        ("<html><body>12".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><w:wordDocument>", "xml"),
        (
            b"From: <Saved by X>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
            "mhtml",
        ),
        (b"{\\rtf1\\ansi 12", "rtf"),
        (b"\n%PDF-1.4", "pdf"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE, "binary"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "word/document.xml")[:200], "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("word/a.txt", "b.txt"), "zip"),
        (zipped("a.txt"), "zip"),
        (zipped(), "zip"),
        (tarred(), "tar"),
        (tarred("w:gz"), "tar"),
        (tarred("w:bz2"), "tar"),
        (tarred("w:xz"), "tar"),
        (gzip.compress(TEXT.encode()), "gz"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"Rar!\x1a", "rar"),
    ],
    # an archive's bytes hold the second when it was made, a test's name must not
    ids=lambda value: "data" if isinstance(value, bytes) else None,
)
def test_kind_is_told_by_content(data, expected):
    """The first bytes, and for containers what they hold, say what a file is."""
    assert kind(data) == expected


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_and_files_cut_in_the_last_character(encoding):
    """A text comes out whole in each encoding, and but for the end when the file is cut in its last character."""
    assert decode((TEXT * 3).encode(encoding)) == TEXT * 3
    cut = decode(TEXT.rstrip().encode(encoding)[:-1])
    assert cut.rstrip("\ufffd") == TEXT.rstrip()[:-1]


@pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "utf-8"])
def test_traditional_script_in_each_encoding(encoding):
    """Traditional characters are told from Simplified ones in other bytes."""
    text = "群眾來訪得到及時接待，辦結率九成，縣委書記帶頭接訪。"
    assert decode(text.encode(encoding)) == text
    assert decode(text.encode(encoding), hint="gb2312") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_bad_bytes_leave_the_rest(encoding):
    """One bad byte in a long page becomes U+FFFD where it stands; digits are never put together over it."""
    data = (
        (TEXT * 20)
        .encode(encoding)
        .replace("98件".encode(encoding), b"9\xff8" + "件".encode(encoding), 1)
    )
    text = decode(data)
    assert "9\ufffd8件" in text
    assert text.count("98件") == 19


def test_nul_bytes_in_a_text():
    """A NUL between digits parts them, NULs behind the text go, many NULs are no text."""
    page = TEXT * 20
    assert "9\ufffd8件" in decode(page.replace("98", "9\x008", 1).encode())
    assert decode(page.encode() + bytes(5)) == page
    with pytest.raises(ReadError):
        decode(b"12\0\0\0\0\0" * 99)


@pytest.mark.parametrize(
    "data",
    [b"\xff", b"\0", bytes(range(256)) * 4, b"\x00\x01\x02\xff" * 50, TEXT.encode() + b"\xff" * 20],
)
def test_what_is_no_text_is_refused(data):
    """Bytes of no text, or with more than 1 % lost, are an error with a way out."""
    with pytest.raises(ReadError, match="save it as UTF-8"):
        decode(data, "x.txt")


def test_no_lone_surrogate_comes_out():
    """Surrogates that stand alone in UTF-16 or UTF-8 bytes become U+FFFD."""
    for data in (
        ("\ud800" + TEXT * 20).encode("utf-16", "surrogatepass"),
        ("\ud800" + TEXT * 20).encode("utf-8", "surrogatepass"),
    ):
        decode(data).encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_labels_of_file_names(encoding):
    """A name in any usual encoding reads as it was meant."""
    assert label("工作總結.doc".encode(encoding)) == "工作總結.doc"


def test_labels_are_one_line():
    """Line ends and other control characters of a name become spaces, strange bytes U+FFFD."""
    assert label(b"a\nb\tc.txt") == "a b c.txt"
    assert label(b"\xff\xfe.txt").encode("utf-8")


def test_refusals_say_what_to_do():
    """A kind that is not read has a reason of its own where there is a way, and a general one else."""
    assert "web page" in refusal("XLSX")[1]
    assert "OCR" in refusal("jpg")[1]
    assert refusal("q7")[0] == "is not of a kind that is read"
