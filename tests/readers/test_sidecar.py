"""A table of documents is read as people and spreadsheets leave it, or told where it is wrong."""

import pandas as pd
import pytest

from qz_analysis.errors import QzError
from qz_analysis.model import Document, Known
from qz_analysis.readers.sidecar import Sidecar, beside, day, read_sidecar, sidecar


def written(folder, text, name="documents.csv", encoding="utf-8"):
    """A table of documents with a text in it."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


READ = [
    ("file,place\na.txt,唐县\n", {"place": "唐县"}),
    ("文件,地方,级别,日期,标题,网址\na.txt,唐县,县级,2020/1/8,总结,http://a.cn\n",
     {"place": "唐县", "level": "county", "dated": "2020-01-08", "title": "总结", "url": "http://a.cn"}),
    ("File;Level\na.txt;County\n", {"level": "county"}),
    ("文件,发文单位\na.txt,唐县信访局\n", {"issuer": "唐县信访局"}),
    ("file\tdated\na.txt\t2020年1月\n", {"dated": "2020-01"}),
    ("file,period\na.txt,2020-06\n", {"period": "2020-06"}),
    ("file,period\na.txt,2020-H1..2020-H2\n", {"period": "2020-H1..2020-H2"}),
    ("warnings,place,file\n何事,-,a.txt\n", {"place": "-"}),
    ("file,title\na.txt,'=1+1\n", {"title": "=1+1"}),
    ('file,title\na.txt,"甲,\n乙"\n', {"title": "甲,\n乙"}),
    ("檔名,地方\n.\\a.txt,唐县\n", {"place": "唐县"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers"), READ)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_a_table_says(tmp_path, text, answers, encoding):
    """Names of columns and levels in English or Chinese, any order, mark and encoding are understood."""
    (known,) = read_sidecar(written(tmp_path, text, encoding=encoding))["a.txt"]
    assert known.answers == answers


WRONG = [
    ("file,plase\na.txt,唐县\n", "row 1: no column is called 'plase'; there are file, report"),
    ("place\n唐县\n", "row 1: there is no column `file`"),
    ("file,place,地方\n", "row 1: two columns are place"),
    ("file,level\na.txt,county\nb.txt,contry\n", "row 3: the level 'contry' is unknown; write one of"),
    ("file,dated\na.txt,last year\n", "row 2: 'last year' is no date"),
    ("file,dated\na.txt,2020-13\n", "row 2: '2020-13' is no date"),
    ("file,period\na.txt,Jun-11\n", "row 2: 'Jun-11' is no period"),
    ("file,report\na.txt,first\n", "row 2: report is 'first'"),
    ("file,start\na.txt,3\n", "row 2: only one of start and end"),
    ("file,start,end\na.txt,9,3\n", "row 2: the end is not behind the start"),
    ("file,place\n,唐县\n", "row 2: names no file"),
    ("file,place\na.txt,唐县,3\n", "row 2: has more cells than columns"),
    ("file,place\na.txt,唐县\na.txt,望都县\n", "row 3: speaks of the whole file as .* row 2 does"),
    ("file,report\na.txt,1\na.txt,1\n", "row 3: speaks of report 1"),
    ("file,start,end\na.txt,0,9\na.txt,5,12\n", "row 3: begins within the report of"),
    ("file,start,end\na.txt,0,9\na.txt,,\n", "row 3: lacks the start and end"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_cannot_be_names_file_row_and_way_out(tmp_path, text, message):
    """A misspelt column or level, and whatever else nobody can follow, is an error that names its row."""
    path = written(tmp_path, text)
    with pytest.raises(QzError, match=message) as error:
        read_sidecar(path)
    assert str(error.value).startswith(str(path)) and ";" in str(error.value)


def test_a_workbook_is_read_with_what_excel_made_of_its_cells(tmp_path):
    """Dates, whole numbers and empty cells of a workbook are those of a table in text."""
    table = pd.DataFrame(
        {"文件": ["a.txt", "b.txt"], "日期": [pd.Timestamp("2020-01-08"), None], "报告": [0, None]}
    )
    table.to_excel(tmp_path / "documents.xlsx", index=False)
    rows = read_sidecar(tmp_path / "documents.xlsx")
    assert (rows["a.txt"][0].dated, rows["a.txt"][0].report) == ("2020-01-08", 0)
    assert (rows["b.txt"][0].dated, rows["b.txt"][0].report) == ("", -1)


@pytest.mark.parametrize("name", ["documents.xlsx", "none.csv"])
def test_a_file_that_is_none_says_so(tmp_path, name):
    """A broken workbook and a missing file are told by their name."""
    if name.endswith("xlsx"):
        written(tmp_path, "no workbook", name)
    with pytest.raises(QzError, match=name):
        read_sidecar(tmp_path / name)


FOUND = [
    ("pages/town/a.txt", "a", "town/a.txt"),  # from the folder of the table
    ("pages/town/a.txt", "a", "a"),  # by the document
    ("pages/town/a.txt", "a", "a.txt"),
    ("pages/town/a.txt", "town/a", "town/a"),
    ("pages/town/a.txt", "town/a", ""),  # a name that two files have is not enough
    ("pages/a.txt", "a", "b.txt"),
]


@pytest.mark.parametrize(("path", "doc", "file"), FOUND)
def test_rows_find_their_file(tmp_path, path, doc, file):
    """A row names its file by the path from the folder, or by the name of the document."""
    table = Sidecar(
        [(str(tmp_path / "pages"), {file or "a.txt": [Known("sidecar", place="唐县")]})]
    )
    wanted = file not in ("", "b.txt")
    assert bool(table.of(str(tmp_path / path), doc)) == wanted


def test_tables_lie_beside_files_and_in_folders(tmp_path):
    """A table is found in a folder or beside a file and said; one that a run wrote is none."""
    path = written(tmp_path, "file,place\na.txt,唐县\n")
    assert beside([tmp_path]) == [path] == beside([tmp_path / "a.txt"])
    with pytest.warns(UserWarning, match="its 1 rows"):
        assert sidecar(None, [tmp_path])
    assert not sidecar(False, [tmp_path])
    written(tmp_path, "doc,file,kind,sha256,characters,hash\n")
    assert beside([tmp_path]) == []


def test_two_tables_in_one_folder_are_one_too_many(tmp_path):
    """Which of two tables holds, nobody could tell."""
    written(tmp_path, "file\n")
    written(tmp_path, "", "documents.xlsx")
    with pytest.raises(QzError, match="lies there too"):
        beside([tmp_path])


def test_a_row_of_no_file_is_told(tmp_path):
    """Rows whose file is neither among the documents nor on the disk are named."""
    (tmp_path / "there.txt").write_text("受理3件。", encoding="utf-8")
    path = written(tmp_path, "file,place\ngone.txt,唐县\nthere.txt,唐县\n")
    assert sidecar([path], [tmp_path]).unmet() == [f"{path}, row 2: there is no file gone.txt"]


def test_a_table_may_be_handed_on_with_the_folders_its_names_count_from(tmp_path):
    """What `portable` gives finds the same files, though these are listed one by one."""
    (tmp_path / "else").mkdir()
    path = written(tmp_path / "else", "file,place\ntown/a.txt,唐县\n", "mine.csv")
    handed = sidecar(sidecar([path], [tmp_path]).portable(), [tmp_path / "town" / "a.txt"])
    assert handed.of(str(tmp_path / "town" / "a.txt"), "a")[""][0].place == "唐县"


def test_a_text_is_named_by_its_document():
    """A document that came from no file has the row of its name."""
    table = Sidecar([("", {"a": [Known("sidecar", place="唐县")]})])
    assert table.about(Document("a", "受理3件。")).told("place").place == "唐县"
    assert table.about(Document("b", "受理3件。")).known == ()


@pytest.mark.parametrize(
    ("said", "date"),
    [("2020", "2020"), ("2020.1.8", "2020-01-08"), ("2020年", "2020"), ("2020-01-15 09:30:00", "2020-01-15"),
     ("2020-02-30", ""), ("1820", ""), ("20200115", ""), ("", "")],
)  # fmt: skip
def test_dates_as_people_write_them(said, date):
    """A date comes out as the tables write it; what is none comes out empty."""
    assert day(said) == date
