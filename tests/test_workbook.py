"""Excel workbooks: figures are numbers, text is text, and what has no room is told."""

import sys
import warnings

import pandas as pd
import pytest
from openpyxl import load_workbook

import qz_analysis as qz
from qz_analysis import workbook
from qz_analysis.errors import QzError
from qz_analysis.fields import CLAIMS

TEXT = "甲县2011年受理事项43宗，办结36宗，办结率83.7%，另有xx件。"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The workbook of one invented sentence, opened."""
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    return load_workbook(qz.export(qz.tables(TEXT), path, licence="CC-BY-4.0", mask=True))


def cells(table, tmp_path):
    """The cells of a table's sheet below the head."""
    book = load_workbook(qz.export({"t": table}, tmp_path / "t.xlsx"))
    return [[cell.value for cell in row] for row in book["t"].iter_rows(min_row=2)]


def test_a_sheet_a_table_and_two_about_them(made):
    """Each table is a sheet; the last two say what the columns mean and where the figures come from."""
    assert made.sheetnames == ["claims", "relations", "reports", "errors", "columns", "sources"]
    said = {(row[0], row[1]): row[3] for row in made["columns"].iter_rows(min_row=2, values_only=True)}
    assert all(said["claims", field.name] == field.meaning for field in CLAIMS)
    lines = [row[0] for row in made["sources"].iter_rows(min_row=2, values_only=True)]
    assert lines[0] == f"Made with qz-analysis {qz.__version__}."
    assert "masked" in lines[1] and lines[2:] == ["Licence: CC-BY-4.0", "text"]


def test_figures_are_numbers_and_the_rest_is_text(made):
    """Values and offsets are numbers, a masked figure is an empty cell, all else is text."""
    head, *rows = made["claims"].iter_rows()
    kinds = {f.name: "s" if f.dtype == "str" else "n" for f in CLAIMS}
    for row in rows:
        for name, cell in zip(head, row, strict=True):
            assert cell.value is None or cell.data_type == kinds[name.value]
    values = [row[5].value for row in rows]
    assert values == [43, 36, 83.7, None]
    assert [row[2].value for row in rows] == qz.extract(TEXT)["start"].tolist()


def test_heads_are_frozen_bold_and_filtered(made):
    """Every sheet has a bold head that stays in sight, and a filter over all its cells."""
    for sheet in made:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_row == 1
        assert all(cell.font.bold for cell in sheet[1])


def test_columns_are_as_wide_as_their_words(tmp_path):
    """A Chinese character counts double, and no column is wider than a page."""
    table = pd.DataFrame({"a": ["群众来访批次合计"], "b": ["abcdefgh"], "c": ["长" * 500]})
    sheet = load_workbook(qz.export({"t": table}, tmp_path / "t.xlsx"))["t"]
    wide = [round(sheet.column_dimensions[name].width) for name in "ABC"]
    assert wide[0] - wide[1] == 8
    assert wide[2] == pytest.approx(60, abs=1)


RISKY = ["=1+1", "+1", "-12万元", "@cmd", "http://example.org", "mailto:a@b", "{=1}", "0043", "1e5", "_x0041_", " edge ", "a\nb", "<b>&", "'a", "=HYPERLINK(\"http://e\")", "𠀀字"]  # fmt: skip


def test_text_is_text(tmp_path):
    """No text is taken for a formula, a link or a number, and none loses a character."""
    path = qz.export({"t": pd.DataFrame({"said": RISKY})}, tmp_path / "t.xlsx")
    sheet = load_workbook(path)["t"]
    found = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)
    # openpyxl leaves Excel's escapes of escapes as they are written
    assert [cell.value.replace("_x005F", "") for cell in found] == RISKY


def test_characters_that_no_file_may_hold(tmp_path):
    """Control characters and halves of characters do not break the file."""
    [[first], [second]] = cells(pd.DataFrame({"said": ["a\x00\x07\x1bb", "c\ud800\uffffd"]}, dtype=object), tmp_path)
    assert (first[0], first[-1]) == ("a", "b")
    assert second == "c\ufffd\ufffdd"


def test_numbers_that_excel_does_not_have(tmp_path):
    """Infinity is a word, a whole number beyond Excel's digits is text, truth is truth, a gap is an empty cell."""
    table = pd.DataFrame({"f": [float("inf"), 0.1, None], "i": [2**53 + 1, -(2**53), 0], "b": [True, False, True]})
    assert cells(table, tmp_path) == [["inf", str(2**53 + 1), True], [0.1, -(2**53), False], [None, 0, True]]


@pytest.mark.parametrize("letter", ["字", "𠀀"])
def test_a_cell_too_long_is_cut_and_said_so(tmp_path, letter):
    """A cell of exactly Excel's length stays whole; a longer one ends with its length, a warning and the last sheet tell."""
    units = len(letter.encode("utf-16-le")) // 2
    whole, long = letter * (32_767 // units), letter * 40_000
    with pytest.warns(UserWarning, match=r"1 cells of t are longer"):
        path = qz.export({"t": pd.DataFrame({"said": [whole, long]})}, tmp_path / "t.xlsx")
    book = load_workbook(path)
    assert book["t"]["A2"].value == whole
    cut = book["t"]["A3"].value
    assert cut.endswith(" … [cut: 40,000 characters]") and cut.startswith(letter * 9)
    assert 32_700 < len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert any("too long" in str(row[0]) for row in book["sources"].iter_rows(values_only=True))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        qz.export({"t": pd.DataFrame({"said": [whole]})}, tmp_path / "t.xlsx")


def test_a_table_too_long_is_refused(tmp_path, monkeypatch):
    """A table with more rows or columns than a sheet holds is refused with the way out; one that just fits is whole."""
    monkeypatch.setattr(workbook, "_ROWS", 11)
    assert len(cells(pd.DataFrame({"a": range(10)}), tmp_path)) == 10
    with pytest.raises(QzError, match=r"t: more than the 10 rows .* export to a folder"):
        qz.export({"t": pd.DataFrame({"a": range(11)})}, tmp_path / "u.xlsx")
    with pytest.raises(QzError, match="16,385 columns"):
        qz.export({"t": pd.DataFrame([[0] * 16_385]).rename(columns=str)}, tmp_path / "u.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize("name", ["a/b", "a:b", "x" * 32, "", "'a", "History", "columns", "Sources", "[a]", "a?"])
def test_names_that_no_sheet_may_have(tmp_path, name):
    """A table whose name cannot name a sheet is told before anything is written."""
    with pytest.raises(QzError, match="cannot name a sheet"):
        qz.export({name: pd.DataFrame({"a": [1]})}, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_names_differ_by_more_than_case(tmp_path):
    """Excel knows no case in names of sheets; Chinese names are welcome."""
    one = pd.DataFrame({"a": [1]})
    with pytest.raises(QzError, match="'A' cannot name a sheet"):
        qz.export({"a": one, "A": one}, tmp_path / "a.xlsx")
    assert load_workbook(qz.export({"信访": one}, tmp_path / "a.xlsx")).sheetnames[0] == "信访"


def test_without_the_library(tmp_path, monkeypatch):
    """Without XlsxWriter the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(QzError, match=r'pip install "qz-analysis\[excel\]"'):
        qz.export(qz.tables(TEXT), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())
