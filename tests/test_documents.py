"""What a caller may give: texts, paths, documents, and several of these."""

import pytest

from qz_analysis import QzError, extract, tables
from qz_analysis.errors import ReadError
from qz_analysis.model import Document
from qz_analysis.readers.read import documents


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
