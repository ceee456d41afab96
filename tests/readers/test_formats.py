"""One report says the same whatever file it comes in."""

import zipfile
from io import BytesIO
from shutil import which

import making
import pytest

from qz_analysis import tables

COLUMNS = ["value", "unit", "kind", "family"]
BLOCKS = making.report()
TEXT = making.plain(BLOCKS)


def traditional(text):
    """The text in Traditional characters, as far as Big5 has them."""
    from opencc import OpenCC

    return OpenCC("s2tw").convert(text)


def mhtml(page):
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head + page


def zipped(data):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("in/report.docx", data)
    return stream.getvalue()


VERSIONS = {
    "gb18030.txt": lambda: TEXT.encode("gb18030"),
    "utf8-mark.txt": lambda: TEXT.encode("utf-8-sig"),
    "utf16.txt": lambda: TEXT.encode("utf-16"),
    "utf16be.txt": lambda: b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "big5.txt": lambda: traditional(TEXT).encode("big5hkscs"),
    "page.html": lambda: making.web(BLOCKS).encode(),
    "page.mht": lambda: mhtml(making.web(BLOCKS).encode()),
    "wrong-name.doc": lambda: making.web(BLOCKS).encode(),
    "report.docx": lambda: making.docx(BLOCKS),
    "report.rtf": lambda: making.rtf(BLOCKS),
    "report.pdf": lambda: making.pdf(BLOCKS),
    "printed.pdf": making.printed,
    "packed.zip": lambda: zipped(making.docx(BLOCKS)),
    "report.ofd": lambda: making.ofd(BLOCKS),
    "old.doc": making.doc,
}


def claims(path):
    return tables(path).claims[COLUMNS].values.tolist()


@pytest.mark.parametrize("name", VERSIONS)
def test_every_format_gives_the_same_claims(tmp_path, name):
    """Value, unit, kind and family of prose and table are those of the UTF-8 text."""
    if name == "old.doc" and not (which("antiword") or which("soffice")):
        pytest.skip("needs antiword or LibreOffice on the PATH")
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_bytes(VERSIONS[name]())
    expected = claims(tmp_path / "plain.txt")
    assert len(expected) > 40
    assert claims(tmp_path / name) == expected


def test_offsets_point_into_the_text_that_the_reader_got_out(tmp_path):
    """In each format the claim stands in the document's text where its offsets say."""
    from qz_analysis.readers.read import read

    for name in ("page.html", "report.docx", "report.pdf", "report.ofd"):
        path = tmp_path / name
        path.write_bytes(VERSIONS[name]())
        text = read(path).text
        found = tables(path).claims
        assert all(
            text[row.start : row.end].replace("\n", "")[0] == row.text[0]
            for row in found.itertuples()
        )
