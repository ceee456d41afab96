"""Text cells that a spreadsheet would take for a formula: made harmless in CSV files, and back."""

import re

__all__ = ["RISKY", "raw", "safe"]

#: what a spreadsheet computes instead of showing; apostrophes before it count, so that `raw` always finds the way back
RISKY = re.compile(r"'*[=+\-@\t\r]")


def safe(cell: str) -> str:
    """The cell with an apostrophe in front when it begins like a formula.

    >>> safe("=1+1"), safe("193批次"), safe("'=1+1")
    ("'=1+1", '193批次', "''=1+1")
    """
    return "'" + cell if RISKY.match(cell) else cell


def raw(cell: str) -> str:
    """What `safe` was given.

    >>> raw("'=1+1"), raw("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell[:1] == "'" and RISKY.match(cell) else cell
