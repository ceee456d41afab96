"""Tables of a page are in the words of its readers, and are whole on a telephone."""

import pytest
from bs4 import BeautifulSoup

from qz_analysis.publish.cells import label, speak
from qz_analysis.publish.markup import fill_empty


def table(heads: list[str], *rows: list[str]) -> BeautifulSoup:
    """A page that holds one table."""
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("heads", "rows", "stacked"),
    [
        (["n", "k"], [["1", "2"]], False),
        (["n", "k"], [["甲" * 20, "乙" * 20]], True),
        # narrow cells below heads that no telephone holds
        ([f"治安案件办结第{n}类" for n in range(5)], [["0"] * 5], True),
        # a head of several words takes several lines
        (["not to be compared with", "how many of all"], [["0", "0"]], False),
        # a row for those left out says nothing of its columns
        (["n", "k"], [["甲" * 20, "乙" * 20], ["…"]], True),
        # heads alone
        ([f"治安案件办结第{n}类" for n in range(5)], [], True),
    ],
)
def test_what_a_telephone_cannot_hold_is_read_row_by_row(heads, rows, stacked):
    """A table is set row by row where cells or heads ask for more room than a telephone has."""
    page = table(heads, *rows)
    label(page.table)
    assert (page.table.get("class") == "stack") == stacked
    assert bool(page.select("[data-h]")) == (stacked and bool(rows))


def test_a_row_without_place_or_time_says_so():
    """Where other rows tell place and time, an empty cell says that none is told; a column that no row fills stays empty."""
    page = table(["place", "period", "level"], ["", "", ""], ["甲县", "", "county"])
    speak(page.table, "zh", {})
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")]
    assert rows == [["未写明", "", "未写明"], ["甲县", "", "县区"]]


@pytest.mark.parametrize(("numbers", "shown"), [("00", False), ("01", True)])
def test_the_number_of_a_report_stands_where_files_hold_several(numbers, shown):
    """A column of noughts says nothing; where a file holds two reports their numbers tell them apart."""
    page = table(["report", "n"], *([number, "7"] for number in numbers))
    speak(page.table, "zh", {"a": "甲县报告"})
    assert ("报告" in page.get_text()) == shown


def test_words_of_reports_have_the_marks_of_chinese_print():
    """What is quoted in a cell has Chinese commas and brackets, a number its own."""
    page = table(["what", "text"], ["受理2,163件(含复查),办结", "a,b"])
    speak(page.table, "zh", {})
    assert page.select_one("td").get_text() == "受理2,163件（含复查），办结"


def test_a_table_without_rows_says_so():
    """Heads alone are followed by a word; a table with rows stays as it is."""
    empty, full = table(["n", "k"]), table(["n"], ["7"])
    for page in (empty, full):
        fill_empty(page, page.table, "无")
    assert [cell.get_text() for cell in empty.select("td")] == ["无"]
    assert [cell.get_text() for cell in full.select("td")] == ["7"]
