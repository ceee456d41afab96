"""Files of any kind become documents, or one clear line each."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.files import reading
from qz_analysis.files.archives import Limits
from qz_analysis.files.reading import Document, decode, documents, files, find, read

TEXT = "全县共受理群众信访事项九十八件，办结率达到九成，群众满意。"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
ROOT = os.geteuid() == 0


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


def listed(*paths):
    """What is found: names of the files, and reasons of the errors by name."""
    found = list(find(paths))
    errors = [error for error in found if isinstance(error, ReadError)]
    assert all(error.stage == "list" for error in errors)
    return [p.name for p in found if isinstance(p, Path)], {Path(e.file).name: e.reason for e in errors}


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


def test_missing_path_and_empty_folder_are_named(tmp_path):
    """A path that is not there and a folder without reports are named with the way out."""
    with pytest.raises(ReadError, match="no such file"):
        files([tmp_path / "none.txt"])
    with pytest.raises(ReadError, match="holds no report"):
        files([tmp_path])
    assert [e.reason for e in find([tmp_path / "none.txt", tmp_path])] == [
        "there is no such file or folder",
        "the folder holds no report",
    ]


def test_folder_is_searched_in_a_steady_order(tmp_path):
    """Folders are searched through, README files left out, names in order."""
    for name in ("b.txt", "a.md", "README.md", "c.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [p.name for p in files([tmp_path])] == ["a.md", "b.txt"]
    assert files([tmp_path, tmp_path / "b.txt"]) == [tmp_path / "a.md", tmp_path / "b.txt"]


def test_other_files_of_a_folder_are_named_or_left_out(tmp_path):
    """Files of other kinds are error rows; what is no report by its nature is left out in silence."""
    (tmp_path / "甲").mkdir()
    for folder in ("p_files", "p.files", "q_files", ".git"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.html").write_text(PAGE, encoding="utf-8")
    for name in (
        "p.html",
        "甲/a.DOC",
        "t.xlsx",
        "s.jpg",
        "x.bak",
        "nosuffix",
        "d.json",
        ".hidden.txt",
        "~$a.docx",
        "readme.txt",
    ):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    names, errors = listed(tmp_path)
    assert names == ["p.html", "x.html", "a.DOC"]
    assert errors == {
        "t.xlsx": "is a spreadsheet, which is not read",
        "s.jpg": "is a picture, which is not read",
        "x.bak": "its name ends in .bak, no kind that is looked for",
        "nosuffix": "its name has no suffix",
    }


def test_links_in_circles_end(tmp_path):
    """A folder that links lead to again is searched once; a link to nowhere is an error row."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "d").symlink_to(tmp_path / "d")
    names, errors = listed(tmp_path)
    assert names == ["r.txt"]
    assert sorted(errors) == ["c.txt", "d"]


@pytest.mark.parametrize("suffix", ["", ".txt"])
def test_pipes_are_never_opened(tmp_path, suffix):
    """A pipe in a folder or given by name is an error row at once."""
    pipe = tmp_path / f"p{suffix or '.md'}"
    os.mkfifo(pipe)
    assert listed(pipe)[1] == {pipe.name: "is a pipe or device, no file"}
    assert listed(tmp_path)[1] == {pipe.name: "is a pipe or device, no file"}
    with pytest.raises(ReadError, match="pipe"):
        read(pipe)


@pytest.mark.skipif(ROOT, reason="root may open everything")
def test_closed_folders_and_files_stop_nothing(tmp_path):
    """A folder and a file without permission are error rows, the rest is found."""
    (tmp_path / "a").mkdir(mode=0)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").chmod(0)
    names, errors = listed(tmp_path)
    assert (names, list(errors)) == (["b.txt"], ["a"])
    with pytest.raises(ReadError, match="Permission"):
        read(tmp_path / "b.txt")


def test_a_folder_that_cannot_be_opened_stops_nothing(tmp_path, monkeypatch):
    """A folder that the system will not open is an error row, and the rest is found."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(TEXT, encoding="utf-8")
    scan = os.scandir

    def scandir(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(reading.os, "scandir", scandir)
    names, errors = listed(tmp_path)
    assert (names, list(errors)) == (["r.txt"], ["a"])


def test_names_in_other_encodings_and_with_line_ends(tmp_path):
    """Names in GBK or with line ends give columns of one line that any table can hold."""
    for raw in ("甲县工作总结.txt".encode("gb18030"), b"a\nb.txt", b"\xff.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), raw))).write_text(TEXT, encoding="utf-8")
    found = [next(documents(path)) for path in files([tmp_path])]
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
    assert [(d.doc, d.kind, d.text) for d in found] == [("a", "html", TEXT), ("b", "text", TEXT), ("c/r", "text", TEXT)]
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
        found = list(documents(path))
        errors = [e for e in found if isinstance(e, ReadError)]
        good = [d for d in found if isinstance(d, Document)]
        assert [d.doc for d in good] == ["年鉴/甲/a", "年鉴/甲/a.html", "年鉴/i/深", "年鉴/g.txt"]
        assert {d.text for d in good} == {TEXT}
        assert good[2].file == f"{path}/i.zip/深.txt"
        assert [Path(e.file).name for e in errors] == ["b.txt", "p.png", "z.zip"]
        with pytest.raises(ReadError):
            read(path)
        assert next(documents(path, doc="n-2")).doc == "n-2/甲/a"


def test_limits_count_for_archives_inside_archives(tmp_path):
    """What archives inside an archive unpack to counts together."""
    inner = zipped({"a.txt": TEXT * 100})
    (tmp_path / "a.zip").write_bytes(zipped({f"{i}.zip": inner for i in range(9)}))
    found = list(documents(tmp_path / "a.zip", limits=Limits(total=5 * 2 * len(inner))))
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
            documents(path, largest=10),
            documents(tmp_path / "gone.txt"),
            documents(tmp_path / "e.zip"),
            documents(tmp_path / "b.txt"),
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

    def broken(form, file):
        raise IndexError

    monkeypatch.setattr(reading, "_reader", broken)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (error,) = documents(tmp_path / "a.txt")
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
