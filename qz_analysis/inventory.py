"""What each report states, masks and leaves out: a table of reports and subjects."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from .axes import frame, width
from .captions import tell
from .errors import QzError
from .languages import Lang, in_lines, say
from .rows import as_rows, families
from .theme import dressed
from .wording import report_names

__all__ = ["coverage"]


def coverage(
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    lang: Lang = "en",
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Which report states figures on which subject, and how many of them are masked or spoilt.

    Args:
        claims: the claims table (`doc`, `report`, `family`, `status` are read).
        reports: the reports table (`doc`, `report`, `place`, `period`, `title` are read), in order.
        lang, title, source: as in `charts.visits`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: a table without rows, or another language.

    >>> from qz_analysis.charts import example
    >>> reports = example().drop_duplicates(["doc", "report"]).assign(title="")
    >>> coverage(example(), reports).get_yticklabels()[0].get_text()
    '甲县 (2011)'
    """
    for name, table in (("claims", claims), ("reports", reports)):
        if table.empty:
            raise QzError(f"coverage: the {name} table has no rows; pass the tables that extract() returns")
    subjects = families(claims["family"])
    keys = list(zip(reports["doc"], reports["report"], strict=True))
    counts = claims.groupby(["doc", "report", "family", "status"]).size().to_dict()
    cells = {
        (x, y): [counts.get((*key, family, status), 0) for status in ("ok", "redacted", "spoilt")]
        for y, key in enumerate(keys)
        for x, family in enumerate(subjects)
    }
    reach = {x: sum(any(cells[x, y]) for y in range(len(keys))) for x in range(len(subjects))}
    # "other" is no subject that a finding could be about
    widest = max(reach, key=lambda x: (subjects[x] != "other", reach[x]))
    heads = [say("families", family, lang) for family in subjects]
    labels = report_names(reports, lang)
    with dressed():
        # a column holds the longest of its words: two languages take more room than one
        each = max(
            0.86 if lang == "both" else 0.66,
            *(width(line, 8) + 0.08 for head in heads for line in in_lines(head).split("\n")),
        )
        room = 0.5 + max(width(label, 9.5) for label in labels) + each * len(subjects)
        ax = frame("coverage", labels, lang, 0.36, max(8.4, room))
        ax.grid(visible=False)
        for y in range(0, len(keys), 2):
            ax.axhspan(y - 0.5, y + 0.5, color="#f5f6f7", linewidth=0, zorder=0)
        most = max(1, *(ok for ok, *_ in cells.values()))
        for (x, y), numbers in cells.items():
            if any(numbers):
                _cell(ax, x, y, numbers, most, lang)
        ax.set_xticks(
            range(len(subjects)),
            [in_lines(head) for head in heads],
            fontsize=8,
            va="bottom" if lang == "both" else "baseline",
        )
        ax.tick_params(top=False, labeltop=True, labelbottom=False, pad=5)
        ax.set_xlim(-0.55, len(subjects) - 0.45)
        sns.despine(ax=ax, bottom=True)
        figures, masked, spoilt = (sum(numbers[i] for numbers in cells.values()) for i in range(3))
        facts = {"n": len(keys), "k": reach[widest], "family": heads[widest], "columns": len(subjects)}
        facts |= {"figures": figures + masked + spoilt, "masked": masked, "spoilt": spoilt}
        facts["finding"] = "coverage_tied" if sorted(reach.values())[-2:].count(reach[widest]) > 1 else "coverage"
        notes = [key for key, there in (("masked", masked), ("spoilt", spoilt)) if there]
        tell(ax, "coverage", as_rows(claims[["doc"]]), lang, title, source, notes, **facts)
    return ax


def _cell(ax: Axes, x: int, y: int, numbers: Sequence[int], most: int, lang: Lang) -> None:
    """One cell of the coverage table: how many figures are legible, and below how many are not."""
    ok, *lost = numbers
    tint = LinearSegmentedColormap.from_list("counts", ["#e6eff6", "#8fbcdc"])(ok / most) if ok else "white"
    hatch = "" if ok else "////"
    look: dict[str, Any] = {"facecolor": tint, "edgecolor": "#c4ccd2", "linewidth": 0.6, "hatch": hatch}
    ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **look))
    words = [(str(ok), 9.0)] * bool(ok)
    for word, n in zip(("masked", "spoilt"), lost, strict=True):
        text = say("words", word, lang, n=n)
        words += [(text if ok else text.lstrip("+ "), 6.5)] * bool(n)
    box = None if ok else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for i, (text, size) in enumerate(words):
        height = y + (i - (len(words) - 1) / 2) * 0.34
        ax.text(x, height, text, ha="center", va="center", fontsize=size, bbox=box)
