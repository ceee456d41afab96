"""Anchors: which rows can be pointed at, and what leads to them."""

import pytest
from bs4 import BeautifulSoup

from qz_analysis.anchors import anchor, link, take_references

HEADS = ["place", "period", "printed", "where"]
PROOFS = [
    ["渠县", "2011", "83.7%", "county: 748, 740, 733"],
    ["渠县", "2011", "193批次", "county: 537"],
    ["綦江县", "2012", "25%", "other: 7"],
    ["綦江县", "2012", "25%", "other: 9"],
]


def table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f'<td class="n">{cell}</td>' for cell in row) + "</tr>" for row in rows)
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
    assert [cell.get_text() for cell in cells] == [cell.replace(" [county: 748]", "") for cell in row]


def test_text_stays_text() -> None:
    """What looks like markup in a figure is shown, not obeyed."""
    soup = linked(table(["rate"], [["&lt;b&gt;5 [county: 537]"]]), table(HEADS, PROOFS))
    assert links(soup) == [("<b>5", "#e-county-537")] and not soup.find("b")
