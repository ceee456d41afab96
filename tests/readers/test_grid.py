"""Cells with their edges become rows, and rows lines of text."""

import pytest

from qz_analysis.readers.grid import Cell, edges, grid, lines, spread, text_of


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("受理", ["受理", "受理"]),  # words stand over both columns
        ("2011年1-6月", ["2011年1-6月", "2011年1-6月"]),  # so do times
        ("12", ["12", ""]),  # a figure would be counted twice
        ("受理12件", ["受理12件", ""]),
        ("××", ["××", ""]),  # a masked figure is one too
    ],
)
def test_a_merged_cell_repeats_words_and_no_figures(text, row):
    """A cell over two columns stands in both when it holds words, in the first when it holds figures."""
    assert (
        spread([Cell(0, 1, 0, 2, [text]), Cell(1, 2, 0, 1, ["a"]), Cell(1, 2, 1, 2, ["b"])])[0]
        == row
    )


def test_edges_within_the_slack_are_one():
    """Edges that stand a little apart are one edge, which stands where the first of them does."""
    assert edges([10, 0, 2.5, 12, 30], 3) == [0, 10, 30]
    cells = [Cell(0, 10, 0, 50, ["镇"]), Cell(0, 10, 51, 99, ["件"]), Cell(10, 20, 1, 52, ["甲"])]
    assert spread(cells, across=3) == [["镇", "件"], ["甲", ""]]


def test_spans_that_would_fill_the_memory_are_not_spread():
    """A table of more slots than any page holds gives one cell a row."""
    cells = [Cell(i, i + 1, 3 * i, 3 * i + 1, [str(i)]) for i in range(1100)]
    assert spread(cells) == [[str(i)] for i in range(1100)]


def test_a_table_that_lays_out_a_page_gives_paragraphs():
    """One column, or prose in a cell, is no table of data; a bar in prose stays a bar."""
    assert grid([["甲|乙"], ["丙"]]) == "甲|乙\n丙"
    assert grid([["一", "长" * 161]]) == "一\n" + "长" * 161
    assert grid([["甲|乙", "12"], ["", ""]]) == "| 甲¦乙 | 12 |"
    assert lines([Cell(0, 1, 0, 1, ["前文。", " ", "后文。"])]) == ["前文。", "后文。"]


def test_blocks_of_a_file_are_one_a_line():
    """Empty blocks go, and tables stand between single empty lines."""
    assert (
        text_of(["前文。 ", "", "\n| a | b |\n", "\n| c | d |\n"])
        == "前文。\n\n| a | b |\n\n| c | d |\n"
    )
    assert text_of(["", " "]) == ""
