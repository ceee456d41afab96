"""Claims show themselves in a notebook; nothing else about pandas changes."""

import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from qz_analysis import extract
from qz_analysis.notebook.repr import as_html, is_claims, shown

TEXT = "甲县受理事项2163宗，办结2028宗，办结率98.3%。调解纠纷xx件。增长5-6个百分点。"


def cells(html):
    """Rows of the view, as lists of words."""
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    return [[cell.get_text() for cell in row.select("td")] for row in rows]


def test_each_row_shows_the_figure_in_its_clause():
    """One row a claim: the figure marked in its words, value and unit apart, the place in the document."""
    page = BeautifulSoup(as_html(extract(TEXT)), "html.parser")
    assert [mark.get_text() for mark in page.select("mark")][:3] == ["2163宗", "2028宗", "98.3%"]
    assert cells(as_html(extract(TEXT)))[0][1:3] == ["2,163", "宗"]
    assert cells(as_html(extract(TEXT)))[0][-1] == "text: 6–11"


def test_failed_arithmetic_is_marked():
    """The rate that its counts contradict carries a cross, one that holds a check mark."""
    assert cells(as_html(extract(TEXT)))[2][6] == "×"
    assert cells(as_html(extract(TEXT.replace("98.3", "93.8"))))[2][6] == "✓"


def test_masked_figures_show_a_dash_and_why():
    """A masked figure has no number, and says that it is masked."""
    row = cells(as_html(extract(TEXT)))[3]
    assert row[1] == "—" and "masked: the page masks the digits" in row[0]
    assert "1 of them masked or lost" in as_html(extract(TEXT))


def test_corrected_figures_carry_a_dagger():
    """A corrected figure is marked, and tells which columns were corrected."""
    claims = extract(TEXT).assign(corrected=["value", "", "", "", ""])
    assert cells(as_html(claims))[0][6].endswith("†")
    assert "corrected: value" in as_html(claims)


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_tables_of_any_size_show_themselves(rows):
    """An empty table and a filtered one are shown like a whole one."""
    assert len(cells(as_html(extract(TEXT).iloc[::-1].head(rows)))) == rows


def test_long_tables_are_cut_as_pandas_cuts_them(corpus_tables):
    """Of a long table the first and last rows are shown, by pandas' own options, and the count of all."""
    claims = corpus_tables.claims
    with pd.option_context("display.max_rows", 20, "display.min_rows", 6):
        assert len(cells(as_html(claims))) == 7
    assert f"{len(claims):,} claims" in as_html(claims)


def test_text_of_a_page_is_no_markup():
    """Words of a page that look like HTML are shown, not obeyed."""
    claims = extract("甲县受理事项43宗。").assign(before="<img src=x>", doc="<b>a</b>")
    page = BeautifulSoup(as_html(claims), "html.parser")
    assert not page.select("img, b") and "<img" in page.get_text()


def test_tables_without_the_columns_are_pandas_own():
    """A selection of columns, or another table, is shown as pandas shows it."""
    for table in (extract(TEXT)[["text", "value"]], pd.DataFrame({"a": [1, 2]})):
        assert not is_claims(table) and shown(table) == table._repr_html_()


def test_pandas_option_to_show_no_html_holds():
    """Where pandas is told to show text, claims are text too."""
    with pd.option_context("display.notebook_repr_html", False):
        assert shown(extract(TEXT)) is None


def test_a_notebook_shows_claims_by_itself():
    """In IPython the import is enough: claims have the view, other tables and the plain text do not change."""
    code = f"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import qz_analysis as qz, sys
assert "pandas" not in sys.modules
import pandas as pd
claims, other = qz.extract({TEXT!r}), pd.DataFrame({{"a": [1]}})
html = lambda table: shell.display_formatter.format(table)[0]["text/html"]
assert "qz-claims" in html(claims) and "qz-claims" not in html(other) and html(other) == other._repr_html_()
assert "qz-claims" in html(claims[claims["value"] > 1])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_place_that_only_calls_itself_so_is_no_name():
    """全县 tells its writer which county it is, and no reader: the column says that no name is written."""
    claims = extract("2011年，全县共接待来访群众193批次。")
    assert claims["place"].tolist() == ["我县"]
    html = as_html(claims)
    assert "unnamed county" in html and "我县" not in html
