"""Anchors: which rows can be pointed at, and what leads to them.

Sorting: what a cell sorts by, which tables sort, and what stands above a long one.
"""

import pytest
from bs4 import BeautifulSoup

from qz_analysis.publish.links import anchor, link, prepare, take_references, unmarked, value

HEADS = ["place", "period", "printed", "where"]
PROOFS = [
    ["渠县", "2011", "83.7%", "county: 748, 740, 733"],
    ["渠县", "2011", "193批次", "county: 537"],
    ["綦江县", "2012", "25%", "other: 7"],
    ["綦江县", "2012", "25%", "other: 9"],
]


def table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(f'<td class="n">{cell}</td>' for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def linked(*tables: str) -> BeautifulSoup:
    soup = BeautifulSoup("".join(tables), "html.parser")
    take_references(soup)
    link(soup)
    return soup


def links(soup: BeautifulSoup) -> list[tuple[str, str]]:
    return [(a.get_text(), str(a["href"])) for a in soup.find_all("a")]


def test_anchors() -> None:
    """Each row with a reference has an id of document and offset, unlike any other id of the page."""
    soup = linked('<p id="e-other-7"></p>', table(HEADS, [*PROOFS, PROOFS[1]]))
    assert [row.get("id") for row in soup.select("tbody tr")] == [
        "e-county-748",
        "e-county-537",
        "e-other-7-2",
        "e-other-9",
        "e-county-537-2",
    ]


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (["doc", "start", "value"], ["county", "1,537", "5"], "e-county-1537"),
        (["doc", "starts", "note"], ["county", "748;740;733", "ok"], "e-county-748"),
        (["words", "where"], ["接访", "county: 394–399"], "e-county-394"),
        (["where"], ["县 “x”: 5"], "e-县-x-5"),
        (["where"], ["no reference"], None),
        (["where"], ["county: 5 and more"], None),
        (["doc", "start"], ["county", "–"], None),
    ],
)
def test_references(heads: list[str], row: list[str], expected: str | None) -> None:
    """A row says where it stands in a column of its own, or in document and offsets apart."""
    got = linked(table(heads, [row])).select_one("tbody tr")
    assert got is not None and got.get("id") == expected


@pytest.mark.parametrize("doc", ['" onclick="x()', "<script>", "a b/c?d#e"])
def test_ids_are_harmless(doc: str) -> None:
    """Whatever a document is called, its anchor holds letters, figures, dots, lines and hyphens alone."""
    assert anchor(doc, 5).replace("-", "").replace(".", "").isalnum()


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        # the same figure without its words: its numbers lead to the row that prints it
        (["n", "where"], ["84", "county: 748"], [("84", "#e-county-748"), ("748", "#e-county-748")]),
        (["note", "where"], ["7 left", "county: 733;740"], [("7 left", "#e-county-748"), ("733", "#e-county-748"), ("740", "#e-county-748")]),
        # a reference alone, and a figure that carries one
        (["evidence of it"], ["county: 537"], [("county: 537", "#e-county-537")]),
        (["rate"], ["83.7% [county: 748]"], [("83.7%", "#e-county-748")]),
        (["rate"], ["84.1% [county: 9]"], []),
        # a printed expression, where place or document say the same and one row alone has it
        (["place", "printed"], ["渠县", "193批次"], [("193批次", "#e-county-537")]),
        (["doc", "text"], ["county", "83.7%"], [("83.7%", "#e-county-748")]),
        (["place", "printed"], ["通江县", "193批次"], []),
        (["place", "period", "printed"], ["渠县", "2012", "193批次"], []),
        (["place", "printed"], ["綦江县", "25%"], []),
        (["printed"], ["193批次"], []),
        (["place", "share"], ["渠县", "83.7%"], []),  # a figure of this page, not of the report
    ],
)  # fmt: skip
def test_links(heads: list[str], row: list[str], expected: list[tuple[str, str]]) -> None:
    """A figure leads to the row that proves it when its reference or its printed words leave no doubt."""
    soup = linked(table(heads, [row]), table(HEADS, PROOFS))
    assert sorted(links(soup)) == sorted(expected)
    cells = soup.select("table:first-child tbody td")
    assert [cell.get_text() for cell in cells] == [
        cell.replace(" [county: 748]", "") for cell in row
    ]


def test_text_stays_text() -> None:
    """What looks like markup in a figure is shown, not obeyed."""
    soup = linked(table(["rate"], [["&lt;b&gt;5 [county: 537]"]]), table(HEADS, PROOFS))
    assert links(soup) == [("<b>5", "#e-county-537")] and not soup.find("b")


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
        (
            "what",
            ["来访", "3级调解", "结案率"],
            [None, None, None],
        ),  # words, one of which opens with a figure
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


def test_marks_in_prose_become_links() -> None:
    """A figure marked `[83.7%][county: 748]` leads to its row, in prose and several in a cell; unknown ones keep the reference."""
    prose = "<p>Up [83.7%][county: 748] of [193批次][county: 537], not [5][county: 1].</p>"
    cell = "<table><tr><td>a [83.7%][county: 748]; b [193批次][county: 537]</td></tr></table>"
    soup = linked(prose, cell, table(HEADS, PROOFS))
    assert links(soup)[:4] == 2 * [
        ("83.7%", "#e-county-748"),
        ("193批次", "#e-county-537"),
    ]
    assert soup.p is not None and soup.p.get_text() == "Up 83.7% of 193批次, not 5 [county: 1]."
    assert unmarked("a [5][x: 1] b") == "a 5 b"


def test_each_marked_figure_of_a_sentence_has_an_anchor_of_its_own() -> None:
    """A sentence that stands once is led to by each of its figures, before the rows that name them."""
    marks = (
        '<mark data-where="county: 748">83.7%</mark>，<mark data-where="county: 537">193批次</mark>'
    )
    prose = "<p>[83.7%][county: 748] [193批次][county: 537]</p>"
    soup = linked(prose, f"<p>{marks}</p>", table(HEADS, PROOFS))
    assert links(soup)[:2] == [("83.7%", "#e-county-748"), ("193批次", "#e-county-537")]
    assert [mark["id"] for mark in soup.select("mark")] == ["e-county-748", "e-county-537"]
    assert not soup.select("[data-where]")
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(set(ids)) == len(ids)
    # a row that counts with the figure leads to it, too
    assert soup.select_one('td a[href="#e-county-748"]')
