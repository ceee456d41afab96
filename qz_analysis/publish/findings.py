"""The audit of several texts as one HTML page."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ..comparison.findings import audited
from ..errors import QzError
from ..model import Tables
from .page import export


def as_html(result: Tables, target: Path, title: str = "Audit") -> Path:
    """The audit of several texts as one HTML page in the dress of the briefs, complete in itself."""
    try:
        import nbformat.v4 as v4
    except ImportError:
        raise QzError(
            'HTML needs the packages of the briefs: pip install "qz-analysis[notebook]", or use --format text'
        ) from None
    shown, covered, verdict = audited(result)
    cells = [v4.new_markdown_cell(f"# {title}\n\n{verdict}")]
    for heading, table in _sections(shown, covered):
        page = table.to_html(index=False, na_rep="", escape=True, float_format=lambda x: f"{x:.3g}")
        output = v4.new_output("display_data", data={"text/html": page})
        cells += [v4.new_markdown_cell(f"## {heading}"), v4.new_code_cell("", outputs=[output])]
    return export(v4.new_notebook(cells=cells), target, title=title)


def _sections(shown: pd.DataFrame, covered: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    columns = [
        "place",
        "period",
        "check",
        "what",
        "printed",
        "arithmetic",
        "strength",
        "remark",
        "where",
        "corrected",
    ]
    titles = {"bad": "Does not hold", "ok": "Holds", "unchecked": "Could not be checked"}
    for verdict, title in titles.items():
        mine = shown.loc[shown["verdict"] == verdict, columns]
        if len(mine):
            unneeded = ["arithmetic", "strength"] if verdict == "unchecked" else []
            unneeded += ["corrected"] * (not mine["corrected"].any())
            yield f"{title} ({len(mine)})", mine.drop(columns=unneeded)
    if len(covered):
        yield "Coverage of the stated rates", covered
