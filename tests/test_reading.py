"""Files become documents, or one clear line."""

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.reading import decode, files, read

TEXT = "全县共受理群众信访事项九十八件，办结率达到九成，群众满意。"


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


def test_folder_is_searched_in_a_steady_order(tmp_path):
    """Folders are searched through, README files left out, names in order."""
    for name in ("b.txt", "a.md", "README.md", "c.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [p.name for p in files([tmp_path])] == ["a.md", "b.txt"]


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
