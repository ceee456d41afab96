"""What is said of a whole report goes into the table of documents, and can be taken back."""

import pytest

from qz_analysis import QzError, tables
from qz_analysis.notebook.mended_reports import MendedReports

TEXT = "甲县工作总结\n甲县受理3件。\n村民张小明反映情况。\n乙县工作汇报材料如下，\n全县受理5件。\n"


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def mended(pages):
    made = tables(pages, documents=False)
    return MendedReports(made.reports, pages / "documents.csv", pages)


def spans(pages):
    """Where reports begin and end when the pages are read with the table."""
    return (
        tables(pages, documents=pages / "documents.csv").reports[["start", "end"]].values.tolist()
    )


def test_only_what_changed_is_written(pages):
    """Unchanged cells say nothing, so that the table holds no more than a person said."""
    reports = mended(pages)
    words, back = reports.change("a", 10, {**reports.of("a", 10), "dated": "2020"})
    assert words == "a:0: dated '' → '2020'"
    assert (pages / "documents.csv").read_text("utf-8-sig").splitlines()[1] == "a,0,,,,,2020,,,,,,,"
    assert reports.of("a", 10)["dated"] == "2020"
    back()
    assert reports.of("a", 10)["dated"] == "" and not (pages / "documents.csv").exists()


def test_an_emptied_cell_says_that_there_is_none(pages):
    """A place taken away is a dash in the table, since an empty cell says nothing."""
    reports = mended(pages)
    assert reports.of("a", 10)["place"] == "甲县"
    reports.change("a", 10, {"place": ""})
    again = tables(pages, documents=pages / "documents.csv").reports
    assert again["place"].tolist() == [""]


@pytest.mark.parametrize("said", [{"level": "shire"}, {"colour": "red"}, {"place": "甲县"}])
def test_what_cannot_be_said_is_refused(pages, said):
    """A level that is none, a column that is none, and no change at all leave no table behind."""
    with pytest.raises(QzError):
        mended(pages).change("a", 10, said)
    assert not (pages / "documents.csv").exists()


def test_lines_before_a_figure_are_those_of_the_raw_text(pages):
    """Each line with where it begins, names masked; the figure's own line is the last."""
    lines = mended(pages).lines("a", TEXT.index("5件"))
    assert [TEXT[one["at"] :].split("\n")[0][:2] for one in lines] == ["甲县", "甲县", "村民", "乙县", "全县"]  # fmt: skip
    assert [one["begins"] for one in lines] == [True, False, False, False, False]
    assert "张小明" not in lines[2]["words"]


def test_a_report_is_divided_joined_and_moved(pages):
    """A line within a report divides it, one before it moves its beginning; joining takes both away."""
    reports, cut, five = mended(pages), TEXT.index("乙县"), TEXT.index("5件")
    end = reports._reports["end"].iloc[0]
    reports.begin("a", five, cut)
    assert spans(pages) == [[0, cut], [cut, end]]
    _, back = reports.begin("a", five, TEXT.index("村民"))
    assert spans(pages) == [[0, TEXT.index("村民")], [TEXT.index("村民"), end]]
    back()
    assert spans(pages) == [[0, cut], [cut, end]]
    with pytest.raises(QzError, match="begins there already"):
        reports.begin("a", five, cut)
    reports.change("a", five, {"place": "乙县"})
    assert reports.of("a", 10)["place"] == "甲县"  # the other report is as it was
    reports.join("a", five)
    assert spans(pages) == [[0, end]]
    with pytest.raises(QzError, match="no report before"):
        reports.join("a", five)


def test_without_the_pages_no_line_is_shown(pages):
    """The way out is told where the texts are not at hand, or hold no such document."""
    reports = tables(pages, documents=False).reports
    with pytest.raises(QzError, match="pages="):
        MendedReports(reports, pages / "documents.csv", None).lines("a", 10)
    with pytest.raises(QzError, match="no document b"):
        MendedReports(reports.assign(doc="b"), pages / "documents.csv", pages).lines("b", 10)


def test_a_table_that_was_changed_since_is_not_taken_back(pages):
    """What somebody wrote in a spreadsheet meanwhile stays."""
    _, back = mended(pages).change("a", 10, {"place": "唐县"})
    table = pages / "documents.csv"
    table.write_bytes(table.read_bytes() + b"b.txt,,,,,,,,,,,,\n")
    with pytest.raises(QzError, match="changed since"):
        back()
