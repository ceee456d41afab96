"""A table of documents is mended row by row, and says the same of everything else as before."""

import pytest

from qz_analysis import QzError, documents, reports
from qz_analysis.readers.mending import divide, mend, restore
from qz_analysis.readers.sidecar import read_sidecar

TEXT = "我县全年受理3件。\n乙县工作总结\n乙县受理5件。"


@pytest.fixture
def table(tmp_path):
    return tmp_path / "documents.csv"


def test_a_missing_table_is_made(table):
    """The first thing said makes the table; taking it back takes the table away."""
    before = mend(table, "甲", 0, {"place": "唐县", "level": "county"})
    assert before is None and read_sidecar(table)["甲"][0].level == "county"
    restore(table, before)
    assert not table.exists()


@pytest.mark.parametrize("name", ["甲.txt", "甲", "town/甲.txt"])
def test_the_row_that_is_there_is_mended(table, name):
    """Under whichever name the file goes, its row is changed and no second one written; others stay."""
    table.write_text(f"文件,报告,地方,网址\n{name},0,我县,u\n乙.txt,0,=乙,\n", encoding="utf-8")
    before = table.read_bytes()
    assert mend(table, "甲", 0, {"place": "唐县"}) == before
    rows = read_sidecar(table)
    assert [(known.place, known.url) for known in rows[name]] == [("唐县", "u")]
    assert set(rows) == {name, "乙.txt"} and rows["乙.txt"][0].place == "=乙"
    restore(table, before)
    assert table.read_bytes() == before


def test_a_row_of_the_whole_file_holds_what_is_said_of_its_report(table):
    """Where one row speaks of all the file, it is that row that is mended."""
    table.write_text("file,place\n甲.txt,我县\n", encoding="utf-8")
    mend(table, "甲", 0, {"place": "唐县"})
    assert [known.place for known in read_sidecar(table)["甲.txt"]] == ["唐县"]


def test_what_cannot_be_is_refused_and_the_table_stays(table):
    """A level that is none is told with the way out; nothing is written, not even a trace of it."""
    mend(table, "甲", 0, {"place": "唐县"})
    before = table.read_bytes()
    with pytest.raises(QzError, match=r"documents\.csv, row 2: the level 'shire' is unknown"):
        mend(table, "甲", 0, {"level": "shire"})
    assert table.read_bytes() == before and len([*table.parent.iterdir()]) == 1


def test_a_file_that_may_be_either_is_not_guessed(table):
    """Two rows that a name may mean are named."""
    table.write_text("file,place\na/甲.txt,\nb/甲.txt,\n", encoding="utf-8")
    with pytest.raises(QzError, match="may be any of"):
        mend(table, "甲", 0, {"place": "唐县"})


def test_a_workbook_is_left_alone(tmp_path):
    """Only a table in CSV is written; of a workbook the way out is told."""
    with pytest.raises(QzError, match="spreadsheet"):
        mend(tmp_path / "documents.xlsx", "甲", 0, {"place": "唐县"})


def test_a_report_divided_is_read_as_two(tmp_path):
    """Boundaries written into the table are those that the next run reads, each with its own cells."""
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    cut = TEXT.index("乙县工作")
    assert len(documents(tmp_path)) == 1
    table = tmp_path / "documents.csv"
    mend(table, "甲", 0, {"dated": "2020"})
    divide(table, "甲", [(0, cut, 0, {"place": "唐县"}), (cut, len(TEXT), -1, {})])
    with pytest.warns(UserWarning, match="2 rows"):
        found = reports(tmp_path)
    assert found[["start", "end"]].to_numpy().tolist() == [[0, cut], [cut, len(TEXT)]]
    assert found["place"].tolist() == ["唐县", "乙县"] and found["dated"].tolist()[0] == "2020"


def test_rows_with_stretches_want_a_stretch(table):
    """Where rows say where reports begin, a report without a row is not added beside them."""
    divide(table, "甲", [(0, 5, -1, {}), (5, 9, -1, {})])
    with pytest.raises(QzError, match="none of them is report 2"):
        mend(table, "甲", 2, {"place": "唐县"})
