"""What a picture ends with: finding, measure, source, note and alternative text; saving and showing it.

The words round a chart, written from its rows: the finding's extremes, notes, source line, alternative text.
"""

import base64
import io
import re
import sys
from bisect import bisect
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from ..vocabularies.labels import Lang, bilingual, in_lines, say
from ..vocabularies.session import load
from . import theme
from .rows import MARKS, SIGNS, Row, joined, name, place, subject_of

__all__ = [
    "alt_text",
    "cited",
    "drawn",
    "ends",
    "explained",
    "finish",
    "save",
    "show",
    "tell",
    "wrap",
]

_UNSEEN = "(not shown: no notebook here; give show a name to save it as PNG and SVG)"
_EDGE = 0.14  # inches of white between the words and the rim
# a Latin word, or one Chinese character with the number before it and the marks around it: never torn apart
_TOKEN = re.compile(
    r"\s*[（「《]*[^\s\u2e80-\uffef]*(?:(?![（「《])[\u2e80-\uffef])?[，。、；：）」》？！]*"
)


def wrap(text: str, width: float, probe: Text) -> str:
    """The text broken into lines, between words or Chinese characters, never before a closing mark.

    Args:
        text: any text; its own line ends are kept.
        width: the room for a line, in pixels.
        probe: a Text of the figure with the font and size that are meant; its words are overwritten.

    >>> with theme.theme():
    ...     wrap("群众来访，一季度", 60, Figure().text(0, 0, "", fontsize=10))
    '群众来\\n访，一季\\n度'
    """

    def fits(line: str) -> bool:
        probe.set_text(line)
        return bool(probe.get_window_extent().width <= width)

    lines = []
    for paragraph in text.splitlines():
        tokens = [token for token in _TOKEN.findall(paragraph) if token]
        while len(tokens) > 1 and not fits("".join(tokens)):
            # a longer line is a wider one, so the longest that fits is found by halving: text is slow to measure
            first = (
                bisect(range(2, len(tokens)), False, key=lambda n: not fits("".join(tokens[:n])))
                + 1
            )
            lines.append("".join(tokens[:first]))
            tokens = [tokens[first].lstrip(), *tokens[first + 1 :]]
        lines.append("".join(tokens))
    return "\n".join(lines)


def _words(fig: Figure, text: str, size: float, colour: str) -> tuple[Text, float]:
    """A wrapped Text at the left edge, not yet at its height, and how many inches it takes (0 when empty)."""
    width = fig.get_size_inches()[0]
    words = fig.text(
        _EDGE / width, 0, "", fontsize=size, color=colour, va="top", ha="left", linespacing=1.25
    )
    words.set_text(wrap(text, (width - 2 * _EDGE) * fig.dpi, words))
    return words, words.get_window_extent().height / fig.dpi if text else 0.0


def finish(target: Any, *, title: str, subtitle: str, source: str, note: str, alt: str) -> Figure:
    """Puts finding and measure above a figure, note and source below it, and grows the figure for them.

    Args:
        target: a Figure, its Axes or an array of them; a finished figure may be finished anew.
        title: the finding, one sentence.
        subtitle: the measure and its unit; a brief takes it for the caption.
        source: where the figures come from, a whole line.
        note: what the reader must know; may be empty.
        alt: what the picture shows, for those who cannot see it.

    Returns:
        the figure.

    Raises:
        ValueError: title, subtitle, source or alt is empty.

    >>> alt_text(finish(plt.figure(), title="A finds B", subtitle="%", source="C", note="", alt="No data."))
    'No data.'
    """
    for part, text in {"title": title, "subtitle": subtitle, "source": source, "alt": alt}.items():
        if not text.strip():
            raise ValueError(
                f"finish: {part} is empty; a finished chart has a title, a subtitle, a source and an alt text"
            )
    fig: Any = target if isinstance(target, Figure) else np.ravel(target)[0].figure
    old = getattr(fig, "_qz_words", [])
    body = fig._qz_body if old else fig.get_size_inches()[1]
    for words in old:
        words.remove()
    with theme.dressed():
        head = [_words(fig, title, 14, theme.INK), _words(fig, subtitle, 10, theme.MUTED)]
        foot = [_words(fig, note, 8.5, theme.MUTED), _words(fig, source, 8.5, theme.MUTED)]
        _place(fig, body, head, foot)
    fig._qz_words, fig._qz_body = [words for words, _ in head + foot], body
    fig._qz_title, fig._qz_caption, fig._qz_alt = title, subtitle, alt
    return fig


def _place(
    fig: Figure, body: float, head: list[tuple[Text, float]], foot: list[tuple[Text, float]]
) -> None:
    gap = 0.07
    above, below = (sum(h + gap * bool(h) for _, h in part) + _EDGE + gap for part in (head, foot))
    width, total = fig.get_size_inches()[0], above + body + below
    fig.set_size_inches(width, total)
    for part, top in ((head, total - _EDGE), (foot, below - gap)):
        for words, height in part:
            words.set_position((_EDGE / width, top / total))
            top -= height + (gap if height else 0)
    room = (_EDGE / width, below / total, 1 - 2 * _EDGE / width, body / total)
    fig.set_layout_engine("constrained", rect=room, w_pad=0.05, h_pad=0.06)
    # the layout alone: a whole drawing would set every text a second time
    layout: Any = fig.get_layout_engine()
    if fig.axes:
        layout.execute(fig)
    # frozen, so that saving at another resolution moves nothing
    fig.set_layout_engine("none")


def alt_text(fig: Figure) -> str:
    """Alternative text of a finished figure, else an empty string.

    >>> alt_text(Figure())
    ''
    """
    return getattr(fig, "_qz_alt", "")


def _png(fig: Figure) -> bytes:
    out = io.BytesIO()
    about = {
        "Software": "qz_analysis",
        "Title": getattr(fig, "_qz_title", ""),
        "Description": alt_text(fig),
    }
    with theme.dressed():
        fig.savefig(out, format="png", dpi=200, metadata=about)
    return out.getvalue()


def _svg(fig: Figure) -> bytes:
    out = io.StringIO()
    title, alt = getattr(fig, "_qz_title", ""), alt_text(fig)
    with theme.dressed():
        fig.savefig(
            out,
            format="svg",
            metadata={"Title": title, "Description": alt, "Creator": "qz_analysis", "Date": None},
        )
    drawn = out.getvalue()
    # the text stays text: without the font in the file it would be set in whatever the reader's machine has
    font = base64.b64encode(theme.subset_woff(drawn)).decode()
    face = f"@font-face{{font-family:'{theme.register()}';src:url(data:font/woff;base64,{font})}}"
    head = f"</title>\n <desc>{escape(alt)}</desc>\n <style>{face}</style>"
    return drawn.replace("</title>", head, 1).encode()


def save(fig: Figure, name: str, folder: str | Path = "figures") -> list[Path]:
    """Writes a finished figure as PNG (200 dots an inch) and SVG, the same bytes on every run.

    Args:
        fig: a figure that `finish` has been through.
        name: file name without ending.
        folder: where to; made if it is not there.

    Returns:
        the two paths, PNG first.

    >>> import tempfile
    >>> fig = finish(plt.figure(), title="A", subtitle="%", source="B", note="", alt="C")
    >>> [path.suffix for path in save(fig, "a", tempfile.mkdtemp())]
    ['.png', '.svg']
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = []
    for ending, data in {"png": _png(fig), "svg": _svg(fig)}.items():
        paths.append(Path(folder) / f"{name}.{ending}")
        paths[-1].write_bytes(data)
    return paths


def show(target: Any, name: str | None = None, folder: str | Path | None = None) -> None:
    """Shows a finished figure in a notebook as one PNG with alternative text and caption, and closes it.

    A plain script has no page to show it on: there the files are named that it was saved under, or how to save it.

    Args:
        target: the Figure, its Axes or an array of them, as the chart functions return.
        name: file name to save it under too, as in `save`; not saved without one.
        folder: where to save it, as in `save`.

    >>> show(finish(plt.figure(), title="A", subtitle="%", source="B", note="", alt="C"))
    A (not shown: no notebook here; give show a name to save it as PNG and SVG)
    """
    fig: Figure = target if isinstance(target, Figure) else np.ravel(target)[0].figure
    saved = save(fig, name, "figures" if folder is None else folder) if name is not None else []
    if not _in_notebook():
        print(*saved, sep=", ") if saved else print(f"{getattr(fig, '_qz_title', '')} {_UNSEEN}")
        plt.close(fig)
        return
    from IPython.display import Image, display

    picture = _png(fig)
    plt.close(fig)
    # drawn at twice its size on the page, for sharp screens and print
    width, caption = (
        round(fig.get_size_inches()[0] * 100),
        {"caption": getattr(fig, "_qz_caption", "")},
    )
    display(Image(data=picture, width=width, alt=alt_text(fig), metadata=caption))


def _in_notebook() -> bool:
    """Whether there is a kernel that can show a picture; a terminal and a plain script cannot."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")


@bilingual
def ends(rows: Sequence[Row], words: Sequence[str], lang: Lang) -> dict[str, Any]:
    """The rows of the smallest and the largest value, as fillers of titles and alternative texts."""
    order = sorted(range(len(rows)), key=lambda i: rows[i]["value"])
    facts: dict[str, Any] = {"only": len(rows) == 1}
    both = [rows[order[0]], rows[order[-1]]]
    # two ends in one place are told apart by their subjects
    apart = both[0]["place"] == both[1]["place"] and all(subject_of(row) for row in both)
    for end, row, i in zip(("low", "high"), both, (order[0], order[-1]), strict=True):
        value, where = (
            words[i].removesuffix(MARKS["bad"]).removesuffix(MARKS["ok"]),
            place(row["place"], lang),
        )
        if value.startswith("("):
            value = say("words", "recomputed", lang, value=value.strip("()"))
        # an English sentence stumbles over a long Chinese subject: there the place says enough
        known_by = subject_of(row) if apart else where if lang == "en" else name(row, lang)
        facts |= {
            end: name(row, lang),
            f"{end}_value": value,
            f"{end}_place": where,
            f"{end}_end": known_by,
        }
    return facts


def cited(rows: Sequence[Row], lang: Lang, words: str = "source") -> str:
    """The source line: the files that rows come from, by name; `words` is its entry among the words."""
    docs = list(dict.fromkeys(str(row["doc"]) for row in rows if row["doc"]))
    text = say("words", "list", lang).join(docs[:3])
    if len(docs) > 3:
        text = say("words", "and_more", lang, docs=text, n=len(docs) - 3)
    return say("words", words, lang, docs=text)


_MARKED = {"visits", "funnel", "rates", "changes", "funds", "stated"}


def explained(chart: str, rows: Sequence[Row]) -> list[str]:
    """What a chart of these rows needs explained: its marks, and why rows are unlike where there are several."""
    if chart not in _MARKED:
        return []
    tests = {
        "intervals": chart == "rates" and any(pd.notna(row["ci_low"]) for row in rows),
        "no_counts": chart == "rates" and any(pd.isna(row["denominator"]) for row in rows),
        "per_unit": chart == "funds" and any(row["kind"] == "per" for row in rows),
        "in_brackets": chart != "visits" and any(row["how"] == "recomputed" for row in rows),
        "agrees": any(row["audit"] == "ok" for row in rows),
        "differs": any(row["audit"] == "bad" for row in rows),
        "hedged": any(row["bound"] in SIGNS for row in rows),
        "corrected": any(row.get("corrected") for row in rows),
        chart: len(rows) > 1 and chart in load("labels")["notes"],
    }
    return [key for key, drawn in tests.items() if drawn]


def tell(
    ax: Axes,
    chart: str,
    rows: Sequence[Row],
    lang: Lang,
    title: str | None,
    source: str | None,
    notes: Sequence[str] | None = None,
    **facts: Any,
) -> None:
    """Finishes a chart with its words, filled in from `facts` (`missing`, `further` and `finding` among them).

    `notes` names the notes to set instead of those that the rows call for; those on what is left out follow them.
    """
    facts = {"n": len(rows)} | facts
    finding = facts.get("finding") or (f"{chart}_one" if facts.get("only") else chart)
    wanted = explained(chart, rows) if notes is None else notes
    said = [say("notes", key, lang, **facts) for key in wanted]
    left = ("missing", "further", "left_out", "points", "other_units", "beyond")
    lost = [say("notes", key, lang, k=facts[key]) for key in left if facts.get(key)]
    marked = [text for key, text in zip(wanted, said, strict=True) if key == "corrected"]
    extremes = (
        [say("alts", "only" if facts["only"] else "ends", lang, **facts)] if "only" in facts else []
    )
    finish(
        ax,
        title=title or in_lines(say("titles", finding, lang, **facts)),
        subtitle=in_lines(say("subtitles", chart, lang, **facts)),
        source=source or cited(rows, lang),
        note=in_lines(joined([*said, *lost], lang)),
        alt=joined([say("alts", chart, lang, **facts), *extremes, *marked, *lost], lang),
    )
    fig: Any = ax.figure
    fig._qz_rows = list(rows)


def drawn(fig: Figure) -> list[Row]:
    """The rows that a finished chart shows, each at its height `y`; none of a figure that is no chart of rows.

    >>> drawn(Figure())
    []
    """
    return getattr(fig, "_qz_rows", [])
