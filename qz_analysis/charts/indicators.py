"""The chart that fits a panel."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from ..errors import QzError
from ..vocabularies.labels import Lang, in_lines, say, spoken
from .amounts import funds, stated
from .percents import changes, rates
from .rows import kinds, of_panel


@of_panel
def figures(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    of: int | None = None,
) -> Axes:
    """The chart that fits a panel: `rates`, `changes`, `funds` or `stated`, whichever holds most of
    its figures.

    Args:
        panel: rows of `choose` or `compare`; those that share no scale with the rest are counted in
            the note.
        lang, title, source: as in `visits`.
        of: how many figures fit in all, where the panel holds a part of them: the note tells how
            many are not drawn.
            `choose(..., most=24)` has told it already.

    Returns:
        the finished Axes.

    Raises:
        QzError: no row has a value to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> figures(example()[1:2]).get_title(), figures(example()[1:2]).texts[0].get_text()
    ('', '83.7%')
    """
    lang = spoken(lang)
    kind = kinds(panel)
    legible = kind[panel["status"].eq("ok") & (panel["value"].notna() | panel["low"].notna())]
    if legible.empty:
        lost = int(panel["status"].eq("redacted").sum())
        raise QzError(f"figures: none of the {len(panel)} rows has a value that can be drawn; {lost} of them are masked or lost on the page"
                      if len(panel) else "figures: there is no figure to draw; choose something wider")  # fmt: skip
    most = legible.mode().iloc[0] if legible.nunique() > 1 else legible.iloc[0]
    if of is None and panel.attrs.get("rows") == len(panel):
        of = panel.attrs["of"]
    left = {"beyond": (of or len(panel)) - len(panel), "other_units": int(kind.ne(most).sum())}
    if left["beyond"] and title is None:
        # what is largest on one page of many is no finding
        title = in_lines(say("titles", "part", lang, n=len(panel), total=f"{of:,}"))
    draw: dict[str, Callable[..., Axes]] = {"rates": rates, "changes": changes, "funds": funds}
    return draw.get(most, stated)(
        panel[kind.eq(most)], lang=lang, title=title, source=source, left=left
    )
