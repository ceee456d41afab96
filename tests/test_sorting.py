"""Sorting: what a cell sorts by, which tables sort, and what stands above a long one."""

import pytest
from bs4 import BeautifulSoup

from qz_analysis.sorting import prepare, value

WORDS = {"filter": "Filter rows", "shown": "{} of {} rows"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("193", 193.0),
        ("2,163", 2163.0),
        ("-4.5", -4.5),
        ("−4.5", -4.5),  # a true minus sign
        ("８３．７％", 0.837),
        ("83.7%", 0.837),
        ("7‰", 0.007),
        ("193批次389人次", 193.0),
        ("100多万元", 1e6),
        ("2700余万元", 2.7e7),
        ("一万元", 1e4),
        ("1.17亿元", 1.17e8),
        ("333亿元", 3.33e10),
        ("10-20名", 10.0),
        ("3万元/年", 3e4),  # a tariff is no fraction
        ("36 / 43", 36 / 43),
        ("3,475 / 3,484", 3475 / 3484),
        ("328宗 / 467宗", 328 / 467),
        ("36/43 = 83.72%, printed 83.7%", 36 / 43),
        ("三分之二", 2 / 3),
        ("5 / 0", None),
        ("xx%", None),
        ("xxxx批xxxx人次", None),
        ("–", None),
        ("", None),
        ("000-02-county", None),
        ("2010..2012", None),
        ("2011-Q1", None),
        ("recomputed", None),
    ],
)
def test_value(text: str, expected: float | None) -> None:
    """A cell sorts by the number that it opens with, in its base unit; a share by its quotient."""
    assert value(text) == (None if expected is None else pytest.approx(expected))


def prepared(head: str, cells: list[str], more: str = "") -> BeautifulSoup:
    """A table of one column in its box, prepared."""
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    html = f"<div><table><thead><tr><th>{head}</th></tr>{more}</thead><tbody>{rows}</tbody></table></div>"
    soup = BeautifulSoup(html, "html.parser")
    assert soup.table is not None
    prepare(soup, soup.table, WORDS)
    return soup


@pytest.mark.parametrize(
    ("head", "cells", "noted"),
    [
        ("counts", ["36 / 48", "–", "1 / 4"], ["0.75", None, "0.25"]),
        ("printed", ["83.7%", "xx%", "12万元"], ["0.837", None, "120000"]),
        ("what", ["来访", "3级调解", "结案率"], [None, None, None]),  # words, one of which opens with a figure
        ("period", ["2011", "2012"], [None, None]),
        ("where", ["1: 7", "2: 8"], [None, None]),
    ],
)
def test_columns_of_figures(head: str, cells: list[str], noted: list[str | None]) -> None:
    """A column that is mostly figures sorts by their values, any other by its words."""
    assert [cell.get("data-v") for cell in prepared(head, cells).select("td")] == noted


@pytest.mark.parametrize(("rows", "field"), [(1, False), (7, False), (8, True)])
def test_field(rows: int, field: bool) -> None:
    """A table of eight rows or more has one labelled field above it, out of sight until the script shows it."""
    soup = prepared("n", ["5"] * rows)
    lines = soup.select("p[data-filter][hidden]")
    assert len(lines) == len(soup.find_all("input")) == field
    assert [line.get_text() for line in lines] == ["Filter rows  8 of 8 rows"] * field
    assert all(line.label is not None and line.label.input is not None for line in lines)
    assert [line.find_next_sibling() for line in lines] == [soup.div] * field


@pytest.mark.parametrize(
    ("cells", "more"),
    [(["5"], ""), ([], ""), (["5", "6</td><td>7"], ""), (["5", "6"], "<tr><th>low</th></tr>")],
)
def test_left_alone(cells: list[str], more: str) -> None:
    """A table of one row, of ragged rows or of two lines of heads does not sort."""
    assert not prepared("n", cells, more).select("[data-sorts], [data-v], [data-filter]")


def test_joined_cells() -> None:
    """Rows that share a cell cannot be moved apart."""
    html = "<div><table><thead><tr><th>a</th></tr></thead><tbody><tr><td rowspan='2'>5</td></tr><tr><td>6</td></tr></tbody></table></div>"
    soup = BeautifulSoup(html, "html.parser")
    assert soup.table is not None
    prepare(soup, soup.table, WORDS)
    assert "data-sorts" not in soup.table.attrs
