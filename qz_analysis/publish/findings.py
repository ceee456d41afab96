"""The audit of several texts as one HTML page."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ..comparison.findings import audited
from ..errors import QzError
from ..model import Tables
from ..vocabularies.labels import TAGS, Lang, say, single
from .page import export


def as_html(
    result: Tables, target: Path, title: str | None = None, lang: Lang | None = None
) -> Path:
    """The audit of several texts as one HTML page in the dress of the briefs, complete in itself;
    in the language in force unless one is given.
    """
    try:
        import nbformat.v4 as v4
    except ImportError:
        raise QzError(
            'HTML needs the packages of the briefs: pip install "qz-analysis[notebook]", or use --format text'
        ) from None
    lang = single(lang)
    title = title or say("audit", "title", lang)
    shown, covered, verdict = audited(result, lang)
    cells = [v4.new_markdown_cell(f"# {title}\n\n{verdict}")]
    for heading, table in _sections(shown, covered, lang):
        page = table.to_html(index=False, na_rep="", escape=True, float_format=lambda x: f"{x:.3g}")
        output = v4.new_output("display_data", data={"text/html": page})
        cells += [v4.new_markdown_cell(f"## {heading}"), v4.new_code_cell("", outputs=[output])]
    titles = dict(zip(result.reports["doc"], result.reports["title"], strict=True))
    notebook = v4.new_notebook(cells=cells)
    return export(notebook, target, title=title, lang=TAGS[lang], titles=titles)


def _sections(
    shown: pd.DataFrame, covered: pd.DataFrame, lang: Lang
) -> Iterator[tuple[str, pd.DataFrame]]:
    columns = ["place", "period", "check", "what", "printed", "arithmetic", "strength", "remark"]
    columns += ["where", "corrected"]
    for verdict in ("bad", "ok", "blind", "unchecked"):
        mine = shown.loc[shown["verdict"] == verdict, columns]
        if len(mine):
            unneeded = ["arithmetic", "strength"] if verdict == "unchecked" else []
            unneeded += ["corrected"] * (not mine["corrected"].any())
            said = say("audit", verdict, lang)
            yield f"{said[:1].upper()}{said[1:]} ({len(mine)})", mine.drop(columns=unneeded)
    if len(covered):
        yield say("audit", "coverage", lang), covered
