"""The Chinese font that pictures and briefs share, and the look of the pictures."""

import io
import re
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache, partial, wraps
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import matplotlib as mpl
from cycler import cycler
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.text import Text
from pylopdf_fonts_zh_cn import sans_path

__all__ = [
    "INK",
    "MUTED",
    "PALE",
    "PALETTES",
    "Setting",
    "colours",
    "dressed",
    "font_path",
    "missing",
    "register",
    "set_font",
    "set_palette",
    "set_style",
    "subset_woff",
    "theme",
]

# a Latin word, or one Chinese character with the number before it and the marks around it: never
# torn apart
_TOKEN = re.compile(
    r"\s*[（「《“‘]*[^\s\u2e80-\uffef“‘]*(?:(?![（「《])[\u2e80-\uffef])?[，。、；：）」》？！”’\")]*"
)


def font_path() -> Path:
    """Path of the Regular face of Noto Sans SC that comes with the dependency
    `pylopdf-fonts-zh-cn`.

    Raises:
        FileNotFoundError: the dependency is installed without its font file.

    >>> font_path().suffix
    '.otf'
    """
    path = Path(sans_path())
    if not path.is_file():
        raise FileNotFoundError(
            f"no Chinese font at {path.name}: reinstall the package pylopdf-fonts-zh-cn"
        )
    return path


@cache
def register() -> str:
    """Family name of the Chinese font, known to matplotlib from the first call on.

    Raises:
        FileNotFoundError: as in `font_path`.

    >>> register()
    'Noto Sans SC'
    """
    path = font_path()
    font_manager.fontManager.addfont(path)
    return font_manager.get_font(str(path)).family_name


@cache
def _characters() -> frozenset[int]:
    with TTFont(font_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str) -> str:
    """Characters of a text that the font cannot draw, each once, sorted; line ends are no
    characters.

    Args:
        text: any text.

    >>> missing("群眾 ✗")
    '✗'
    """
    return "".join(sorted({c for c in text if ord(c) not in _characters() and c not in "\r\n\t"}))


def subset_woff(text: str) -> bytes:
    """A woff font with the characters of a text, for embedding in a page; the same text gives the
    same bytes.

    Args:
        text: what the page says; order and repeats do not matter, characters that the font lacks
            are skipped.

    Returns:
        the font file, some 4-40 kB for up to a few hundred characters.

    Raises:
        FileNotFoundError: as in `font_path`.

    >>> subset_woff("群众")[:4]
    b'wOFF'
    """
    return _cut("".join(sorted(set(text))))


@cache
def _cut(characters: str) -> bytes:
    # hinting is for small sizes on old screens; pwid keeps quotation marks narrow between Latin
    # letters
    options = subset.Options(
        flavor="woff", hinting=False, layout_features=["kern", "pwid"], notdef_outline=True
    )
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # pages are set in lines, not columns
    out = io.BytesIO()
    # the box round all glyphs may be that of the whole font: no page is set by it; what tables hold
    # of other characters need not be read
    whole = {"lazy": True, "recalcTimestamp": False, "recalcBBoxes": False}
    with TTFont(font_path(), **whole) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff"
        font.save(out)
    return out.getvalue()


INK, MUTED, _GRID = "#222222", "#5f5f5f", "#dddddd"
#: the colour of what is not there: masked figures, what is not resolved, what is only planned
PALE = "#d3e0ea"
_SALT = "qz_analysis"
# matplotlib types every key as a literal of its own, which no dictionary of settings can satisfy
_PARAMS: Any = mpl.rcParams

#: colours that keep apart for colour-blind readers and stand at 3:1 or more on white;
#: the paler ones of Okabe-Ito and Tol fall short of that and are left out
PALETTES = {
    "okabe-ito": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"],
    "tol": ["#332288", "#CC6677", "#117733", "#882255", "#AA4499"],
}


#: held while a chart is drawn: matplotlib's settings are one for all threads, and JupyterLab
#: answers the explorer's controls in another than that of the cells
_DRAWING = RLock()


class Setting:
    """Values put into matplotlib's rcParams at once, until `undo()` or the end of a `with` block."""

    def __init__(self, values: dict[str, Any]) -> None:
        with _DRAWING:
            self._before: dict[str, Any] = {key: _PARAMS[key] for key in values}
            _PARAMS.update(values)

    def undo(self) -> None:
        """Puts back what was there before; a second call changes nothing."""
        with _DRAWING:
            before, self._before = self._before, {}
            _PARAMS.update(before)

    def __enter__(self) -> "Setting":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.undo()


def _font(size: float) -> dict[str, Any]:
    # DejaVu Sans comes with matplotlib and stands in for what the Chinese face lacks
    return {
        "font.family": [register(), "DejaVu Sans"],
        "font.size": size,
        "font.weight": "normal",
        "axes.titleweight": "normal",
        "axes.labelweight": "normal",
        "figure.titleweight": "normal",
        "axes.unicode_minus": True,
        "text.parse_math": False,
        # unhinted text is as wide at one resolution as at any other: what fits on screen fits in
        # the file
        "text.hinting": "none",
    }


def _style() -> dict[str, Any]:
    return {
        "axes.axisbelow": True,
        "axes.edgecolor": _GRID,
        "axes.labelcolor": MUTED,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "grid.color": _GRID,
        "grid.linewidth": 0.7,
        "text.color": INK,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "xtick.major.size": 0,
        "xtick.minor.size": 0,
        "ytick.major.size": 0,
        "ytick.minor.size": 0,
        "hatch.linewidth": 0.5,
        "legend.frameon": False,
        "figure.facecolor": "white",
        "figure.dpi": 100,
        "savefig.bbox": None,
        "savefig.facecolor": "white",
        "svg.fonttype": "none",
        "svg.hashsalt": _SALT,
    }


def _palette(name: str) -> dict[str, Any]:
    if name not in PALETTES:
        raise ValueError(f"there is no palette {name!r}; there are: {', '.join(PALETTES)}")
    return {"axes.prop_cycle": cycler(color=PALETTES[name])}


def set_font(size: float = 9.5) -> Setting:
    """Draws text with the Chinese font, in its one weight: there is no bold face to ask for.

    Args:
        size: points of ordinary text, above 0.

    Raises:
        ValueError: a size of 0 or less.

    >>> with set_font():
    ...     mpl.rcParams["font.family"][0]
    'Noto Sans SC'
    """
    if size <= 0:
        raise ValueError(f"a font size is above 0 points, not {size}")
    return Setting(_font(size))


def set_style() -> Setting:
    """Quiet axes on white (light grid, no frame), and SVG with real text and the same ids on every
    run.

    >>> with set_style():
    ...     mpl.rcParams["svg.fonttype"]
    'none'
    """
    return Setting(_style())


def set_palette(name: str = "okabe-ito") -> Setting:
    """Colours of the series, told apart by colour-blind readers too.

    Args:
        name: a key of `PALETTES`.

    Raises:
        ValueError: no such palette.

    >>> with set_palette("tol"):
    ...     colours()[0]
    '#332288'
    """
    return Setting(_palette(name))


def theme(size: float = 9.5, palette: str = "okabe-ito") -> Setting:
    """Font, style and palette together.

    Args:
        size: points of ordinary text.
        palette: a key of `PALETTES`.

    Raises:
        ValueError: no such palette.

    >>> with theme(size=11):
    ...     mpl.rcParams["font.size"]
    11.0
    """
    return Setting({**_font(size), **_style(), **_palette(palette)})


_NARROW = ContextVar("narrow", default=False)
#: inches of a picture on a page, as wide as its column of text, and on a telephone: there its
#: letters are as large as the page's
WIDE, PHONE = 7.5, 3.5
_AGAIN: WeakKeyDictionary[Any, Callable[[], Any]] = WeakKeyDictionary()
_P = ParamSpec("_P")
_R = TypeVar("_R")


@contextmanager
def narrow() -> Iterator[None]:
    """Context in which charts are drawn for a telephone.

    >>> with narrow():
    ...     width()
    3.5
    """
    token = _NARROW.set(True)
    try:
        yield
    finally:
        _NARROW.reset(token)


def width(wide: float = WIDE) -> float:
    """How many inches a picture is wide: as many as asked for, or as a telephone has.

    Args:
        wide: the inches on a page.

    >>> width(6.0)
    6.0
    """
    return PHONE if _NARROW.get() else wide


def is_narrow() -> bool:
    """Whether charts are drawn for a telephone."""
    return _NARROW.get()


def small() -> float:
    """Points of a picture's smallest letters: 13 pixels on a telephone, 7 points where a wide
    picture is printed 6 inches wide.
    """
    return 9.5 if _NARROW.get() else 8.8


def redrawn(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Teaches a chart to be drawn once more, for pages on a telephone, when `show` shows it.

    Args:
        draw: a function that draws a chart `width()` inches wide and gives back its Axes or Figure.

    Returns:
        the function, which draws as before.

    >>> import matplotlib.pyplot as plt
    >>> @redrawn
    ... def bars(heights: list[float]) -> Any:
    ...     fig, ax = plt.subplots(figsize=(width(), 2))
    ...     ax.bar([0, 1], heights)
    ...     return fig
    >>> float(bars([1, 2]).get_figwidth()), float(again(bars([1, 2])).get_figwidth())
    (7.5, 3.5)
    """

    @wraps(draw)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        made = draw(*args, **kwargs)
        first: Any = made if hasattr(made, "figure") else made[0]  # type: ignore[index]
        _AGAIN[first.figure] = partial(draw, *args, **kwargs)
        return made

    return wrapper


def again(fig: Any) -> Any:
    """The chart of a figure drawn for a telephone; nothing where it is not known how, or its axes
    were given.
    """
    draw = _AGAIN.get(fig)
    if draw is None or getattr(draw, "keywords", {}).get("ax") is not None:
        return None
    with narrow():
        return draw()


def wrap(text: str, width: float, probe: Text) -> str:
    """The text broken into lines, between words or Chinese characters, never before a closing mark.

    >>> from matplotlib.figure import Figure
    >>> with theme():
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
            # a longer line is a wider one, so the longest that fits is found by halving: text is
            # slow to measure
            first = (
                bisect(range(2, len(tokens)), False, key=lambda n: not fits("".join(tokens[:n])))
                + 1
            )
            lines.append("".join(tokens[:first]))
            tokens = [tokens[first].lstrip(), *tokens[first + 1 :]]
        lines.append("".join(tokens))
    return "\n".join(lines)


def colours() -> list[str]:
    """Colours in force: those of the palette that was set, else of the first in `PALETTES`.

    >>> colours()[0]
    '#0072B2'
    """
    cycle = _PARAMS["axes.prop_cycle"]
    untouched = cycle == mpl.rcParamsDefault["axes.prop_cycle"] or "color" not in cycle.keys
    return PALETTES["okabe-ito"] if untouched else cycle.by_key()["color"]


@contextmanager
def dressed() -> Iterator[None]:
    """Context in which font and style are set, leaving alone whichever the user has set already.

    One thread at a time is in it.

    >>> with set_font(12), dressed():
    ...     mpl.rcParams["font.size"], mpl.rcParams["svg.hashsalt"]
    (12.0, 'qz_analysis')
    """
    with _DRAWING, ExitStack() as stack:
        if mpl.rcParams["font.family"][:1] != [register()]:
            stack.enter_context(set_font())
        if mpl.rcParams["svg.hashsalt"] != _SALT:
            stack.enter_context(set_style())
        yield
