"""A panel → the picture that the explorer shows, and where on it each row stands."""

import io
from typing import Any, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .. import charts
from ..captions import drawn
from ..choosing import key_of
from ..errors import QzError
from ..finish import alt_text
from ..languages import Lang
from ..theme import dressed
from ..wording import names

__all__ = ["Band", "Picture", "draw"]

_DPI = 150  # between sharp screens and the time that a picture takes


class Band(NamedTuple):
    """A row of a picture: from where to where it reaches, as shares of the height, what it is called, and its claims."""

    top: float
    bottom: float
    label: str
    claims: list[str]


class Picture(NamedTuple):
    """A chart as PNG with the words for those who cannot see it; without a picture, why there is none."""

    png: bytes
    alt: str
    width: float
    bands: list[Band]
    told: str


def draw(panel: pd.DataFrame, lang: Lang = "en", of: int | None = None) -> Picture:
    """The chart that fits a panel, as `charts.figures` draws it.

    Args:
        panel: rows of `choose`.
        lang: `en`, `zh` or `both`.
        of: how many figures fit in all, where the panel holds a part of them.

    Returns:
        the picture, `width` in inches; one without PNG and rows when no row has a value to draw.

    >>> from qz_analysis import extract
    >>> from qz_analysis.choosing import choose
    >>> picture = draw(choose(extract("甲县接待群众来访43批次。乙县接待来访群众12批次。"), measure="batches"))
    >>> len(picture.bands), picture.alt[:25]
    (2, 'Dot chart of stated batch')
    """
    try:
        # laid out at the resolution that it is drawn in: no text is measured twice
        with dressed(), mpl.rc_context({"figure.dpi": _DPI}):
            ax = charts.figures(panel, lang=lang, of=of)
    except QzError as error:
        return Picture(b"", "", 0.0, [], str(error))
    fig: Any = ax.figure
    rows = drawn(fig)
    height = fig.bbox.height
    bands = []
    for row, label in zip(rows, names(rows, lang), strict=True):
        top, bottom = (
            round(float(1 - ax.transData.transform((0, row["y"] + side))[1] / height), 5) for side in (-0.5, 0.5)
        )
        keys = [key_of(row, start) for start in str(row["claims"]).split(";")]
        bands.append(Band(top, bottom, label, keys))
    picture = Picture(_png(fig), alt_text(fig), float(fig.get_size_inches()[0]), bands, "")
    plt.close(fig)
    return picture


def _png(fig: Figure) -> bytes:
    """The figure as PNG, drawn once and packed lightly: `savefig` draws twice."""
    canvas, out = fig.canvas if isinstance(fig.canvas, FigureCanvasAgg) else FigureCanvasAgg(fig), io.BytesIO()
    with dressed():
        canvas.draw()
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()
