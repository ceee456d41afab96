"""What a figure shows: its texts with their boxes, and how large its letters are where it is read."""

import matplotlib.pyplot as plt
import numpy as np

from qz_analysis.charts.figure import figure_of, finished
from qz_analysis.publish.word import _MARGINS

#: inches that a page leaves to a picture: a Word document's are the narrower, a brief's the lower
PAPER = ((210 - _MARGINS["left"] - _MARGINS["right"]) / 25.4, 230 / 25.4)


def texts(fig):
    """Every text of a figure that is drawn."""
    fig.draw_without_rendering()
    hidden = set()
    for ax in fig.axes:
        axes = (ax.xaxis, ax.yaxis)
        hidden |= {text for axis in axes for text in _undrawn(axis)}
        if not ax.axison:
            hidden |= {text for axis in axes for text in axis.findobj(plt.Text)}
    said = [text for text in fig.findobj(plt.Text) if text.get_visible()]
    return [text for text in said if text.get_text().strip() and text not in hidden]


def boxes(fig):
    """The texts of a figure that are drawn, each with the box that its ink may fill, in pixels."""
    return [(text.get_text(), text.get_window_extent()) for text in texts(fig)]


def overlapping(fig):
    """The texts of a figure that lie upon each other, by pairs."""
    found = boxes(fig)
    edges = np.array([box.extents for _, box in found])
    ends = np.minimum(edges[:, None, 2:], edges[:, 2:]) - np.maximum(
        edges[:, None, :2], edges[:, :2]
    )
    pairs = zip(*np.nonzero(np.triu((ends > 1).all(axis=2), 1)), strict=True)
    return [(found[i][0], found[j][0]) for i, j in pairs]


def cut_off(fig):
    """The texts of a figure that go over its rim."""
    rim = fig.bbox
    return [
        text
        for text, box in boxes(fig)
        if not (rim.x0 <= box.x0 and box.x1 <= rim.x1 and rim.y0 <= box.y0 and box.y1 <= rim.y1)
    ]


def _undrawn(axis):
    """Labels of ticks beyond the limits: they exist, but matplotlib leaves them out."""
    drawn = axis._update_ticks()
    return [
        t
        for tick in axis.majorTicks + axis.minorTicks
        if tick not in drawn
        for t in (tick.label1, tick.label2)
    ]


def on_paper(fig):
    """Points of the smallest letters, printed as wide and as high as paper allows."""
    return min(text.get_fontsize() for text in texts(fig)) * min(
        1.0, *(np.array(PAPER) / fig.get_size_inches())
    )


def on_telephone(fig):
    """Pixels of the smallest letters on a telephone, which shows 100 pixels an inch."""
    return min(text.get_fontsize() for text in texts(fig)) * 100 / 72


def words(drawn):
    """All words around a finished chart on one line."""
    return " ".join(text.get_text().replace("\n", " ") for text in figure_of(drawn).texts)


def title(drawn):
    """The finding of a finished chart on one line."""
    return finished(figure_of(drawn)).title.replace("\n", " ")


def note(drawn):
    """The note of a finished chart on one line."""
    return finished(figure_of(drawn)).note.replace("\n", " ")
