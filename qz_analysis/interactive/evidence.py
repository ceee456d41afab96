"""Claims as the explorer and the reviewer list them: each in its sentence, with what the audit and the comparison say of it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..choosing import key_of
from .sentences import marked

__all__ = ["rows_of"]

_SHOWN = ("place", "period", "family", "stage", "unit", "status")


def rows_of(claims: pd.DataFrame, positions: Sequence[int], panel: pd.DataFrame | None = None) -> list[dict[str, Any]]:
    """The evidence for some claims, ready for a widget.

    Args:
        claims: a claims table.
        positions: rows of it.
        panel: the panel made of these claims; gives audit marks, counts and caveats.

    Returns:
        one dictionary a claim: `claim` (document:report:start), `where`, the pieces `before`, `figure`, `after` of its sentence, place, period,
        family, stage, unit, status and note, `audit`, `counts`, `caveats` and `corrected`.

    >>> from qz_analysis import extract
    >>> [row["claim"] for row in rows_of(extract("甲县受理事项43宗。"), [0])]
    ['text:0:6']
    """
    said = {} if panel is None else _said(panel)
    found = []
    chosen = claims.iloc[list(positions)]
    for row, sentence in zip(chosen.to_dict("records"), marked(claims, positions), strict=True):
        key = key_of(row)
        found.append(
            {"claim": key, "where": f"{row['doc']}: {row['start']}–{row['end']}", **sentence._asdict(),
             **{name: str(row[name] or "") for name in _SHOWN}, "note": str(row.get("note") or ""),
             "corrected": str(row.get("corrected") or ""), **said.get(key, {"audit": "", "counts": "", "caveats": ""})}
        )  # fmt: skip
    return found


def _said(panel: pd.DataFrame) -> dict[str, dict[str, str]]:
    """What a panel says of its claims, by the first claim of each row."""
    found = {}
    for row in panel.to_dict("records"):
        counts = "" if pd.isna(row["numerator"]) else f"{row['numerator']:,.0f} / {row['denominator']:,.0f}"
        key = key_of(row, str(row["claims"]).partition(";")[0])
        found[key] = {"audit": row["audit"], "counts": counts, "caveats": row["caveats"]}
    return found
