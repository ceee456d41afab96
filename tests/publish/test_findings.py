"""The HTML page of an audit shows the findings and runs nothing."""

import pytest

from qz_analysis import tables
from qz_analysis.publish.findings import as_html


@pytest.mark.usefixtures("one_font")
def test_html_is_inert(tmp_path):
    """Markup in a report's words cannot act in the HTML page."""
    page = as_html(
        tables(
            "<script>alert(1)</script>受理2163宗，办结2028宗，<img src=x onerror=a>办结率98.3%。"
        ),
        tmp_path / "a.html",
    )
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "onerror" not in html
    assert "2,028/2,163" in html
