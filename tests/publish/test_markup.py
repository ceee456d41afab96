"""The markup: what tables, figures and headings of a page are tidied into."""

import pytest
from bs4 import BeautifulSoup

from qz_analysis.publish import markup
from qz_analysis.publish.cells import label
from qz_analysis.publish.markup import FOLDED, fold, take_heading, take_lead, tidy_table


def tidied(heads: list[list[str]], rows: list[list[str]]) -> BeautifulSoup:
    """A table after tidying: rows of head cells, then rows whose first cell is a head when it ends in a colon."""
    head = "".join(f"<tr>{''.join(f'<th>{cell}</th>' for cell in row)}</tr>" for row in heads)
    body = ""
    for row in rows:
        tags = [("th", cell[:-1]) if cell.endswith(":") else ("td", cell) for cell in row]
        body += f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for tag, cell in tags)}</tr>"
    soup = BeautifulSoup(
        f"<table><thead>{head}</thead><tbody>{body}</tbody></table>", "html.parser"
    )
    assert soup.table is not None
    markup.tidy_table(soup, soup.table, "Table")
    return soup


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [cell.get_text() for cell in soup.select(selector)]


def classes(soup: BeautifulSoup) -> list[str]:
    """The classes of the first row's cells."""
    row = soup.select("tbody tr")[0]
    return [" ".join(cell.get("class") or []) for cell in row.find_all(["th", "td"])]


@pytest.mark.parametrize(
    "above",
    [
        ["", "n"],  # an index with a name
        ["indicator", "n"],  # a crosstab, which names its columns too
    ],
)
def test_named_index(above: list[str]) -> None:
    """The name of a frame's index stands on the line of the column names."""
    soup = tidied([above, ["county", ""]], [["渠县:", "1"]])
    assert [texts(row, "th") for row in soup.select("thead tr")] == [["county", "n"]]


def test_two_levels_of_columns_stay() -> None:
    """Two lines of column names are no name of an index, and both stay."""
    soup = tidied([["", "rate", "rate"], ["county", "low", "high"]], [["渠县:", "1", "2"]])
    assert len(soup.select("thead tr")) == 2


@pytest.mark.parametrize(
    ("index", "kept"),
    [
        (["0:", "1:"], False),
        (["6:", "20:"], False),  # what a filter left of the running number
        (["2011:", "2012:"], True),
        (["6:", "6:"], True),
        (["渠县:", "彭州:"], True),
    ],
)
def test_running_numbers(index: list[str], kept: bool) -> None:
    """A running number without a name is dropped, also of a filtered frame; years and names stay."""
    soup = tidied([["", "n"]], [[index[0], "5"], [index[1], "7"]])
    assert texts(soup, "tbody th") == ([name[:-1] for name in index] if kept else [])


@pytest.mark.parametrize(
    ("head", "cells", "shown"),
    [
        ("value", ["193.0", "2163.0", "-4.0", "93.8"], ["193", "2,163", "-4", "93.8"]),
        ("value", ["193.0", "NaN"], ["193", "–"]),
        ("value", ["2.50", "2163"], ["2.50", "2163"]),
        ("year", ["2011.0", "2012.0"], ["2011.0", "2012.0"]),
        ("text", ["193.0", "百"], ["193.0", "百"]),  # a column of words
    ],
)
def test_whole_numbers(head: str, cells: list[str], shown: list[str]) -> None:
    """Whole numbers of a numeric column lose pandas' `.0` and gain separators; nothing else changes."""
    assert texts(tidied([["place", head]], [["渠县", cell] for cell in cells]), "tbody td") == shown


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("n", ["2011", "5"], "n"),
        ("n", ["83.7%", ""], "n"),
        ("n", ["83.7%", "few"], "k"),
        ("period", ["2011", "2012"], "k"),
        ("period", ["2011", "20xx-Q1"], "k"),
        ("report", ["0", "1"], "k"),
        ("printed", ["1.2亿元以上，比去年同期增加很多", "5"], "k"),
        ("what", ["全县党政主要领导包案处理", "5"], "w"),
        ("empty", ["", ""], ""),
    ],
)
def test_columns(head: str, cells: list[str], expected: str) -> None:
    """Figures go right, names and periods do not; short cells are not broken, long ones not squeezed."""
    assert classes(tidied([["place", head]], [["渠县", cell] for cell in cells]))[1] == expected


def test_names_break_where_they_may() -> None:
    """A dotted head may break after its dots, a file name in a long cell never at its hyphens."""
    soup = tidied(
        [["place", "petition.received.per_batch", "where"]],
        [["渠县", "1", "000-02-county: 537, 542"]],
    )
    head, cell = soup.select("thead th")[1], soup.select("tbody td")[1]
    assert str(head).count("<wbr/>") == 3 and head.get_text() == "petition.received.per_batch"
    assert (
        texts(soup, "span.k") == ["000-02-county:"] and cell.get_text() == "000-02-county: 537, 542"
    )


@pytest.mark.parametrize(("columns", "wide"), [(6, False), (7, True)])
def test_wide_tables(columns: int, wide: bool) -> None:
    """A table of more than six columns may reach beyond the column of text."""
    box = tidied([["head"] * columns], [["cell"] * columns]).div
    assert box is not None and box["class"] == ["scroll", *["wide"] * wide]


def test_headings() -> None:
    """The first heading and the paragraph after it leave the text; anchors of the others are unique."""
    soup = BeautifulSoup("<h1>A</h1><p>Lead.</p><h2>B c</h2><h3>B c</h3><h4>D</h4>", "html.parser")
    assert (markup.take_heading(soup), markup.take_lead(soup)) == ("A", "Lead.")
    assert markup.contents(soup) == [("2", "B-c", "B c"), ("3", "B-c-2", "B c")]
    assert (markup.take_heading(soup), markup.take_lead(soup)) == ("", "")


def test_chinese_is_marked() -> None:
    """Chinese words in a page of another language say so, alone or within a sentence."""
    soup = BeautifulSoup("<body><p>信访</p><p>Visits (来访) fell.</p></body>", "html.parser")
    assert soup.body is not None
    markup.mark_chinese(soup, soup.body)
    assert [(tag.name, tag.get_text()) for tag in soup.select("[lang=zh]")] == [
        ("p", "信访"),
        ("span", "来访"),
    ]


def test_names_under_their_head_are_masked_and_cells_are_not_joined():
    """What stands under 姓名 is a name; figures in cells side by side are no phone number."""
    rows = [["田野", "138", "12345678"], ["白云", "36", "193"]]
    soup = tidied([["姓名", "件数", "金额"]], rows)
    markup.mask(soup)
    shown = texts(soup, "tbody th, tbody td")
    assert shown == ["田*", "138", "12345678", "白*", "36", "193"]


PAGE = "<div><h1>T</h1></div><div><p>One <a href='#a'>7</a>.</p></div><p>Method.</p>"


def test_a_page_begins_with_the_first_paragraph_behind_its_title():
    """The paragraph may stand in the next cell, and its links stay; what follows stays in the text."""
    page = BeautifulSoup(PAGE, "html.parser")
    assert take_heading(page) == "T"
    assert take_lead(page) == 'One <a href="#a">7</a>.'
    assert page.get_text() == "Method."


@pytest.mark.parametrize(("rows", "folds"), [(FOLDED, False), (FOLDED + 1, True)])
def test_long_tables_of_briefs_are_folded(rows, folds):
    """A table of many rows folds on screen; a short one stays open."""
    body = "<tr><td>7</td></tr>" * rows
    page = BeautifulSoup(f"<div><table><tbody>{body}</tbody></table></div>", "html.parser")
    fold(page, page.table, {"unfold": "{}"})
    assert (page.details is not None) == folds and len(page.select("td")) == rows


def test_a_table_that_stands_whole_is_not_folded():
    """The indicators of a place stand open, on paper too, however many there are."""
    body = "<tr><td>7</td></tr>" * (FOLDED + 1)
    html = f'<div><table class="in-words whole"><tbody>{body}</tbody></table></div>'
    page = BeautifulSoup(html, "html.parser")
    fold(page, page.table, {"unfold": "{}"})
    assert page.details is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.900000e+10", "19,000,000,000"),
        ("0.313738", "0.3137"),
        ("39152.542373", "39,153"),
        ("81.25", "81.25"),
    ],
)
def test_numbers_are_written_for_readers(text, expected):
    """Exponents and long tails of digits become figures that a person reads."""
    page = BeautifulSoup(
        f"<table><thead><tr><th>n</th></tr></thead><tbody><tr><td>{text}</td></tr></tbody></table>",
        "html.parser",
    )
    tidy_table(page, page.table, "t")
    assert page.td.get_text() == expected


def test_a_table_that_stands_whole_is_not_folded_however_its_class_was_set():
    """The indicators of a place stay open and are printed, on a narrow page set row by row, too."""
    rows = "".join(
        f"<tr><td>指标{n}</td><td>{'长' * 30}</td><td>{'长' * 30}</td></tr>" for n in range(20)
    )
    head = "<thead><tr><th>指标</th><th>所列数字</th><th>变化</th></tr></thead>"
    html = f'<div><table class="in-words whole">{head}<tbody>{rows}</tbody></table></div>'
    for stacked in (False, True):
        body = BeautifulSoup(html, "html.parser")
        if stacked:
            label(body.table)
            assert "stack" in body.table["class"]
        fold(body, body.table, {"unfold": "{}"})
        assert body.details is None


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h1>甲县：实现三个100%，办结1352件</h1>", ["100%", "1352件"]),
        ("<h1>甲县：来访4千余批次、8.9万人次</h1>", ["4千余批次", "8.9万人次"]),
        (
            "<h1>甲县（2019年）：约升3.5个百分点，达90%以上</h1>",
            ["2019年", "3.5个百分点", "90%以上"],
        ),
        ('<p class="lead">Down <a href="#a">−55.6%</a> of 1,265 cases.</p>', ["−55.6%", "1,265"]),
        ('<ul class="story"><li>化解<a href="#a">1,265件</a>。</li></ul>', ["1,265件"]),
        ("<p>化解1265件。</p>", []),  # the text of a page breaks as it likes
    ],
)
def test_a_number_of_a_title_or_lead_stays_on_one_line_with_its_unit(html, kept):
    """No line of a title or of what a page begins with ends within a number or before its unit."""
    page = BeautifulSoup(html, "html.parser")
    said = page.get_text()
    markup.keep_numbers(page)
    assert texts(page, "span.k") == kept
    assert page.get_text() == said
