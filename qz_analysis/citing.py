"""Figures as the tables of a profile print them: with what a reviewer says that they are, and where each stands."""

import pandas as pd

from .correctable import cell
from .rows import as_rows
from .telling import Page, Row, word
from .wording import listed

__all__ = ["LOST", "about", "as_printed", "cited", "corrections", "figure_rows", "legible"]

#: status of a claim whose figure cannot be used
LOST = ("redacted", "spoilt")


def about(page: Page, row: Row) -> Row:
    """What a figure is of, and when; its report, where the page draws on several."""
    return {**page.from_where(row), "what": row["subject"], "period": row["period"]}


def figure_rows(page: Page, panel: pd.DataFrame) -> list[Row]:
    """Legible rows of a panel: what, when, which way, as printed, audited."""
    return [
        {
            **about(page, row),
            "direction": page.value(row["direction"]),
            "printed": cited(as_printed(row), row),
            "audit": page.value(row["audit"]),
        }
        for row in legible(panel)
    ]


def corrections(page: Page, row: Row) -> str:
    """What a reviewer says that the cells of a claim are."""
    names = filter(None, row["corrected"].split(";"))
    told = (f"{word('columns', name, page.lang)}: {page.value(cell(row[name])) or '–'}" for name in names)
    return "†" * bool(row["corrected"]) + listed(list(told), page.lang)


def legible(panel: pd.DataFrame) -> list[Row]:
    """Rows that have a value or the ends of a range, and are not suspected of damage."""
    there = (panel["value"].notna() | panel["low"].notna()) & ~panel["status"].isin(LOST)
    return as_rows(panel[there])


def as_printed(row: Row) -> str:
    """A figure as printed; marked when a reviewer corrected it, with what holds where it is stated and the number itself is another."""
    if not row["corrected"]:
        return str(row["text"])
    changed = {"value", "low", "high", "unit"} & set(row["corrected"].split(";"))
    ends = "–".join(filter(None, (cell(row[name]) for name in ("value", "low", "high"))))
    another = f" → {ends}{row['unit']}" if row["how"] != "recomputed" and changed and ends else ""
    return f"{row['text']}{another}†"


def cited(text: str, row: Row, k: int = 0) -> str:
    """A figure with the document and offset of its claim: the brief makes a link to the evidence of it."""
    starts = str(row["claims"]).split(";")
    return f"{text} [{row['doc']}: {starts[k]}]" if starts[0] and k < len(starts) else text
