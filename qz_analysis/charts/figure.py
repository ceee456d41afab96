"""The words of a finished figure (finding, measure, source, note, alternative text), saving and
showing it.
"""

import base64
import io
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary
from xml.sax.saxutils import escape
from zlib import compress

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from ..comparison.indicators import Row
from ..comparison.wholes import OPEN
from ..comparison.wording import cited
from ..errors import QzError
from ..outputs import refuse_foreign, write
from ..privacy import mask_texts
from ..schema import DRAWN_BY
from ..vocabularies.labels import MARKS, SIGNS, Lang, bilingual, in_lines, say
from ..vocabularies.session import load
from . import theme
from .rows import joined, known_by, place_label, row_label, subject_of

_UNSEEN = "(not shown: no notebook here; give show a name to save it as PNG and SVG)"
#: under which name the metadata of a picture on a page hold the drawing, as packed SVG
DRAWING = "drawing"
#: the same picture drawn for a narrow page, and its drawing
NARROW, NARROW_DRAWING = "narrow", "narrow_drawing"
_EDGE = 0.14  # inches of white between the words and the rim
_YEAR_NAMED = re.compile(r"(\D*)((?:19|20)\d\d)年(.*)")


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished figure says, and the rows of the panel that it draws, each at its height `y`."""

    title: str = ""
    subtitle: str = ""
    source: str = ""
    note: str = ""
    alt: str = ""
    rows: tuple[Row, ...] = ()
    #: height in inches of the figure without the words above and below it
    body: float = 0.0


# A subclass of Figure would leave out the figures that users make themselves, which `finish` takes
# too. The records
# hold no artist: one that referred to its figure would keep it alive.
_FINISHED: WeakKeyDictionary[Figure, Finished] = WeakKeyDictionary()
_LABEL = "qz_analysis "  # begins the labels of the Text artists that `finish` adds to a figure


def finished(fig: Figure) -> Finished:
    """The words and rows of a finished figure; empty ones for any other."""
    return _FINISHED.get(fig, Finished())


def text_artists(fig: Figure) -> dict[str, Text]:
    """The Text artists of a finished figure by what they hold: title, subtitle, note and source."""
    labels = ((str(text.get_label()), text) for text in fig.texts)
    return {label.removeprefix(_LABEL): text for label, text in labels if label.startswith(_LABEL)}


def figure_of(target: Any) -> Figure:
    """The Figure itself, or that of an Axes or of an array of them."""
    return target if isinstance(target, Figure) else np.ravel(target)[0].figure


def _add_text(fig: Figure, part: str, text: str, size: float, colour: str) -> tuple[Text, float]:
    """A wrapped Text at the left edge, not yet at its height, and its height in inches (0 when
    empty).
    """
    width = fig.get_size_inches()[0]
    added = fig.text(_EDGE / width, 0, "", fontsize=size, color=colour, va="top", linespacing=1.25)
    added.set_label(_LABEL + part)
    added.set_text(theme.wrap(text, (width - 2 * _EDGE) * fig.dpi, added))
    return added, added.get_window_extent().height / fig.dpi if text else 0.0


def _mask(fig: Figure, words: Sequence[str] = ()) -> list[str]:
    """Masks persons' names in all that a figure shows and in the words that go with it.

    They are read as one text, so that a name known in one place is masked in every other. Whatever
    is drawn or saved has been here.
    """
    axes = [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]
    ticks = [[label.get_text() for label in axis.get_majorticklabels()] for axis in axes]
    artists = [text for text in fig.findobj(Text) if isinstance(text, Text) and text.get_text()]
    labels = list(chain.from_iterable(ticks))
    texts = [*words, *labels, *(text.get_text() for text in artists)]
    shown = mask_texts(texts)
    if shown != texts:
        rest = iter(shown[len(words) :])
        for axis, before in zip(axes, ticks, strict=True):
            after = [next(rest) for _ in before]
            if after != before:  # what a label says is made anew at each drawing
                view = axis.get_view_interval()
                axis.set_ticks(axis.get_majorticklocs(), labels=after)
                axis.set_view_interval(*view, ignore=True)
        for artist, text in zip(artists, rest, strict=True):
            if text != artist.get_text():
                artist.set_text(text)
    return shown[: len(words)]


def _reach(fig: Figure) -> None:
    """Gives words that stand in another font the Chinese one to fall back on.

    A person's own annotation knows no theme, and matplotlib's fonts hold no Chinese.
    """
    for text in fig.findobj(Text):
        if isinstance(text, Text) and theme.register() not in (own := text.get_fontfamily()):
            text.set_fontfamily([*own, theme.register()])


def finish(target: Any, *, title: str, subtitle: str, source: str, note: str, alt: str) -> Figure:
    """Puts finding and measure above a figure, note and source below it, and grows the figure for
    them.

    Args:
        target: a Figure, its Axes or an array of them; a finished figure may be finished anew.
        title: the finding, one sentence.
        subtitle: the measure and its unit.
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
    words = {"title": title, "subtitle": subtitle, "source": source, "alt": alt}
    if empty := [part for part, text in words.items() if not text.strip()]:
        raise ValueError(
            f"finish: {empty[0]} is empty; "
            "a finished chart has a title, a subtitle, a source and an alt text"
        )
    fig = figure_of(target)
    title, subtitle, source, alt, note = _mask(fig, [*words.values(), note])
    _reach(fig)
    words = {"title": title, "subtitle": subtitle, "source": source, "alt": alt}
    before = finished(fig)
    body = before.body or fig.get_size_inches()[1]
    for text in text_artists(fig).values():
        text.remove()
    muted = theme.MUTED
    large, small = 13 if theme.is_narrow() else 14, theme.small()
    with theme.dressed():
        head = [
            _add_text(fig, "title", title, large, theme.INK),
            _add_text(fig, "subtitle", subtitle, 10, muted),
        ]
        foot = [
            _add_text(fig, "note", note, small, muted),
            _add_text(fig, "source", source, small, muted),
        ]
        _place(fig, body, head, foot)
    _FINISHED[fig] = Finished(**words, note=note, rows=before.rows, body=body)
    return fig


def _place(
    fig: Figure, body: float, head: list[tuple[Text, float]], foot: list[tuple[Text, float]]
) -> None:
    """Grows a figure by the room that its words take and puts them above and below its axes."""
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
    # the solver's last digits are not the same on every run
    for ax in fig.axes:
        left, low, wide, high = (round(v, 6) for v in ax.get_position(original=True).bounds)
        ax.set_position((left, low, wide, high))
    # frozen, so that saving at another resolution moves nothing; no engine at all, since one that
    # does nothing still has all drawn twice
    with plt.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        fig.set_layout_engine(None)


def alt_text(fig: Figure) -> str:
    """Alternative text of a finished figure, else an empty string.

    >>> alt_text(Figure())
    ''
    """
    return finished(fig).alt


def as_png(fig: Figure) -> bytes:
    """A finished figure as PNG, 200 dots an inch, persons' names masked."""
    _mask(fig)
    _reach(fig)
    out, words = io.BytesIO(), finished(fig)
    about = {"Software": DRAWN_BY, "Title": words.title, "Description": words.alt}
    with theme.dressed():
        fig.savefig(out, format="png", dpi=200, metadata=about)
    return out.getvalue()


def _plain_svg(fig: Figure) -> str:
    _mask(fig)
    _reach(fig)
    out, words = io.StringIO(), finished(fig)
    about = {"Title": words.title, "Description": words.alt, "Creator": DRAWN_BY, "Date": None}
    with theme.dressed():
        fig.savefig(out, format="svg", metadata=about)
    desc = f"</title>\n <desc>{escape(words.alt)}</desc>"
    return out.getvalue().replace("</title>", desc, 1)


def with_font(picture: str) -> bytes:
    """An SVG file with the characters that it shows in it, set in the Chinese font."""
    # the text stays text: without the font in the file it would be set in whatever the reader's
    # machine has
    font = base64.b64encode(theme.subset_woff(picture)).decode()
    face = f"@font-face{{font-family:'{theme.register()}';src:url(data:font/woff;base64,{font})}}"
    return picture.replace("</desc>", f"</desc>\n <style>{face}</style>", 1).encode()


def save(fig: Figure, name: str, folder: str | Path = "figures") -> list[Path]:
    """Writes a finished figure as PNG (200 dots an inch) and SVG, the same bytes on every run.

    Args:
        fig: a figure that `finish` has been through.
        name: file name without ending and without folders.
        folder: where to; made if it is not there.

    Returns:
        the two paths, PNG first.

    Raises:
        QzError: the name is no file name, a picture of it is there that the package did not make or
            that was changed since, or the disk takes no more.

    >>> import tempfile
    >>> fig = finish(plt.figure(), title="A", subtitle="%", source="B", note="", alt="C")
    >>> [path.suffix for path in save(fig, "a", tempfile.mkdtemp())]
    ['.png', '.svg']
    """
    return _keep(as_png(fig), _plain_svg(fig), name, folder)


def _keep(png: bytes, svg: str, name: str, folder: str | Path) -> list[Path]:
    """Writes both drawings of a figure beside each other."""
    if not name.strip(". ") or re.search(r"[/\\\x00-\x1f\x7f]", name):
        remedy = "letters, figures, - and _ make one; say where to with folder="
        raise QzError(f"{name!r} is no name for a picture; {remedy}")
    pictures = {Path(folder) / f"{name}.png": png, Path(folder) / f"{name}.svg": with_font(svg)}
    refuse_foreign(*pictures)
    return [write(path, data) for path, data in pictures.items()]


def show(target: Any, name: str | None = None, folder: str | Path | None = None) -> None:
    """Shows a finished figure in a notebook as one PNG with alternative text, and closes it.

    A chart of the package is drawn once more, as its function draws it, for pages on a telephone.

    A plain script has no page to show it on: there the files are named that it was saved under, or
    how to save it.

    Args:
        target: the Figure, its Axes or an array of them, as the chart functions return.
        name: file name to save it under too, as in `save`; not saved without one.
        folder: where to save it, as in `save`.

    >>> show(finish(plt.figure(), title="A", subtitle="%", source="B", note="", alt="C"))
    A (not shown: no notebook here; give show a name to save it as PNG and SVG)
    """
    fig = figure_of(target)
    words = finished(fig)
    seen = _in_notebook()
    if seen or name is not None:
        # drawn once, for the file and for the page
        picture, drawing = as_png(fig), _plain_svg(fig)
    saved = []
    if name is not None:
        saved = _keep(picture, drawing, name, "figures" if folder is None else folder)
    if not seen:
        print(*saved, sep=", ") if saved else print(f"{words.title} {_UNSEEN}")
        plt.close(fig)
        return
    from IPython.display import Image, display

    # drawn at twice its size on the page, for sharp screens and print
    width = round(fig.get_size_inches()[0] * 100)
    # a page that knows more names than the figure masks them in the drawing
    about = {DRAWING: _packed(drawing)}
    if (drawn := theme.again(fig)) is not None:
        small = figure_of(drawn)
        about |= {
            NARROW: base64.b64encode(as_png(small)).decode(),
            NARROW_DRAWING: _packed(_plain_svg(small)),
        }
        plt.close(small)
    plt.close(fig)
    display(Image(data=picture, width=width, alt=words.alt, metadata=about))


def _packed(drawing: str) -> str:
    """A drawing as metadata hold it."""
    return base64.b64encode(compress(drawing.encode(), 9)).decode()


def _in_notebook() -> bool:
    """Whether there is a kernel that can show a picture; a terminal and a plain script cannot."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")


@bilingual
def extremes(rows: Sequence[Row], words: Sequence[str], lang: Lang) -> dict[str, Any]:
    """The rows of the smallest and the largest value, as fillers of titles and alternative texts.

    `words` are the printed values of the rows.
    """
    every = range(len(rows))
    # a bound (≥100) is neither the least nor the most
    firm = [i for i in every if str(rows[i].get("bound")) not in OPEN] or every
    order = sorted(firm, key=lambda i: rows[i]["value"])
    low, high = rows[order[0]], rows[order[-1]]
    facts: dict[str, Any] = {"only": len(rows) == 1}
    # two extremes of one place are told apart by their subjects
    same_place = low["place"] == high["place"] and all(subject_of(row) for row in (low, high))
    for key, i in (("low", order[0]), ("high", order[-1])):
        row, label, where = rows[i], row_label(rows[i], lang), place_label(rows[i]["place"], lang)
        value = words[i].removesuffix(f" {MARKS['bad']}").removesuffix(f" {MARKS['ok']}")
        if value.startswith("("):
            value = say("words", "recomputed", lang, value=value.strip("()"))
        # an English sentence stumbles over a long Chinese subject: there the place says enough
        end = known_by(row, lang) if same_place else where if lang == "en" else label
        facts |= {key: label, f"{key}_value": value, f"{key}_place": where, f"{key}_end": end}
    return facts


def source_line(rows: Sequence[Row], lang: Lang, words: str = "source") -> str:
    """The titles of the documents that rows come from, or the names of their files; `words` is the entry of the words that holds the
    sentence.
    """
    files = [*dict.fromkeys(str(row["doc"]) for row in rows if row["doc"])]
    titled: dict[str, Any] = {}
    for row in rows:
        if row["doc"]:
            named = str(row.get("source") or row["doc"])
            titled.setdefault(named, None if named == row["doc"] else row.get("source_about") or ())
    names = dict(zip(mask_texts([*titled]), titled.values(), strict=True))
    docs = _by_year(names, lang)
    text = say("words", "list", lang).join(docs[:3])
    if len(docs) > 3:
        more = "and_more" if len(docs) == len(files) else "and_others"
        text = say("words", more, lang, docs=text, n=len(docs) - 3)
    if len(files) > len(docs):
        text = say("words", "of_files", lang, docs=text, n=len(files))
    return say("words", words, lang, docs=text)


@bilingual
def _by_year(names: Mapping[str, Any], lang: Lang) -> list[str]:
    """Titles of reports with their times, those that differ in the year alone as one:
    《易县报告》（2018—2019、2021年）. What has no title is named by its file.
    """
    years: dict[str, list[int]] = {}
    for name in names:
        m = _YEAR_NAMED.fullmatch(name)
        years.setdefault(m[1] + m[3] if m else name, []).extend([int(m[2])] if m else [])
    told = []
    for name, some in years.items():
        titled = any(about is not None for one, about in names.items() if one == name or some)
        shown = cited(name, None, lang) if titled else name
        about = names.get(name)
        if some:
            told.append(say("words", "of_years", lang, name=shown, years=_runs(some, lang)))
        else:
            told.append(cited(name, about, lang) if about else shown)
    return told


def _runs(years: Sequence[int], lang: Lang) -> str:
    """Years in order, those that follow each other as a span."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], year]
        else:
            runs.append([year])
    dash = "–" if lang == "en" else "—"
    return str(say("words", "list", lang)).join(dash.join(map(str, run)) for run in runs)


_MARKED = {"visits", "funnel", "rates", "changes", "funds", "stated"}


def notes_for(chart: str, rows: Sequence[Row]) -> list[str]:
    """The notes that a chart of these rows needs: on its marks, and on why rows are unlike where
    there are several.
    """
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
    return [key for key, needed in tests.items() if needed]


#: notes on what is left out
_OMISSIONS = [
    "missing",
    "further",
    "in_table",
    "left_out",
    "points",
    "of_rates",
    "other_units",
    "beyond",
    "unsure",
]


def finish_chart(
    ax: Axes,
    chart: str,
    rows: Sequence[Row],
    lang: Lang,
    title: str | None,
    source: str | None,
    notes: Sequence[str] | None = None,
    **facts: Any,
) -> None:
    """Finishes a chart with its words, filled in from `facts` (`missing`, `further` and `finding`
    among them).

    `notes` names the notes to set instead of those that the rows call for; those on what is left
    out follow them.
    """
    facts = {"n": len(rows)} | facts
    finding = facts.get("finding") or (f"{chart}_one" if facts.get("only") else chart)
    wanted = notes_for(chart, rows) if notes is None else notes
    noted = {key: say("notes", key, lang, **facts) for key in wanted}
    known = {
        key: next((row[key] for row in rows if key in row), 0) for key in ("unsure", "in_table")
    }
    if known["in_table"] and "in_table" not in facts:
        # what holds of the rows that are drawn need not hold of all
        finding, facts["total"] = "foremost", len(rows) + known["in_table"]
    facts = known | facts
    left = [key for key in _OMISSIONS if facts.get(key)]
    omitted = [say("notes", key, lang, k=facts[key], drawn=len(rows)) for key in left]
    alt = [say("alts", chart, lang, **facts)]
    if "only" in facts:
        alt.append(say("alts", "only" if facts["only"] else "ends", lang, **facts))
    alt += [text for key, text in noted.items() if key == "corrected"]
    fig = finish(
        ax,
        title=title or in_lines(say("titles", finding, lang, **facts)),
        subtitle=in_lines(say("subtitles", chart, lang, **facts)),
        source=source or source_line(rows, lang),
        note=in_lines(joined([*noted.values(), *omitted], lang)),
        alt=joined([*alt, *omitted], lang),
    )
    _FINISHED[fig] = replace(finished(fig), rows=tuple(rows))
