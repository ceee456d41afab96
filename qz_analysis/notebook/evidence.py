"""The evidence for claims: each in its sentence, with what audit and panel say of it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..comparison.choose import key_of
from ..comparison.indicators import counts_of, records
from ..comparison.sentences import marked
from ..comparison.wording import value
from ..vocabularies.labels import Lang, single

_COLUMNS = ("place", "period", "family", "stage", "unit", "status", "note", "corrected")
#: cells that are told in the words of a language
_IN_WORDS = ("period", "note", "caveats")
_NONE = {"audit": "", "counts": "", "caveats": ""}


def rows_of(
    claims: pd.DataFrame,
    positions: Sequence[int],
    panel: pd.DataFrame | None = None,
    lang: Lang = "en",
) -> list[dict[str, Any]]:
    """The evidence for some claims, ready for a widget.

    >>> from qz_analysis import extract
    >>> [row["claim"] for row in rows_of(extract("甲县受理事项43宗。"), [0])]
    ['text:0:6']
    """
    verdicts = {} if panel is None else _verdicts(panel)
    told = single(lang)
    found = []
    chosen = claims.iloc[list(positions)].to_dict("records")
    for row, sentence in zip(chosen, marked(claims, positions), strict=True):
        key = key_of(row)
        place = {"claim": key, "where": f"{row['doc']}: {row['start']}–{row['end']}"}
        cells = {name: str(row.get(name) or "") for name in _COLUMNS}
        one = {**place, **sentence._asdict(), **cells, **verdicts.get(key, _NONE)}
        found.append(one | {name: value(name, one[name], told) for name in _IN_WORDS if one[name]})
    return found


def _verdicts(panel: pd.DataFrame) -> dict[str, dict[str, str]]:
    """What a panel says of its claims, by the first claim of each row."""
    found = {}
    for row in records(panel):
        counted = pd.notna(row["numerator"])
        counts: str = " / ".join(counts_of(row)) if counted else ""
        key = key_of(row, str(row["claims"]).partition(";")[0])
        found[key] = {"audit": row["audit"], "counts": counts, "caveats": row["caveats"]}
    return found
