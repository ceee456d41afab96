"""State and logic of the explorer; its looks stand in `widgets/`."""

import io
import json
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .. import charts
from ..charts.figure import finished, show
from ..charts.rows import row_labels
from ..charts.theme import dressed
from ..comparison.choose import CONTROLS, Choice, Index, key_of, several
from ..errors import QzError
from ..model import starts_of
from ..outputs import write
from ..vocabularies.labels import Lang, say
from .evidence import rows_of
from .live import Live

__all__ = ["explore"]


class Kept(NamedTuple):
    """A choice with the language and the page that it was looked at in; no figures."""

    choice: Choice
    lang: Lang
    page: int


def keep(path: Path, kept: Kept) -> Path:
    """Write it into a file, JSON whatever its name, and give the file back.

    A file that the package did not make, or that was changed since, is a `QzError`.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "choice.json"
    >>> kept = Kept(Choice(family="matters"), "zh", 2)
    >>> take_up(keep(path, kept)) == kept
    True
    """
    state = asdict(kept.choice) | {"lang": kept.lang, "page": kept.page}
    text = json.dumps(state, ensure_ascii=False, indent=1) + "\n"
    return write(path, text.encode("utf-8", "replace"))


def take_up(path: Path) -> Kept:
    """What stands in such a file."""
    remedy = "give a file that Explorer.save wrote"
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        lang, page = state.pop("lang"), state.pop("page")
        choice = Choice(**state | {"places": tuple(state["places"])})
        if lang not in get_args(Lang) or not isinstance(page, int):
            raise ValueError
    except OSError as error:
        raise QzError(f"{path}: cannot be read ({error.strerror}); {remedy}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise QzError(f"{path}: holds no choice of an explorer; {remedy}") from None
    return Kept(choice, cast(Lang, lang), page)


_DPI = 150  # between sharp screens and the time that a picture takes


class Band(NamedTuple):
    """A row of a picture: its upper and lower end as shares of the height, its name, its claims."""

    top: float
    bottom: float
    label: str
    claims: list[str]


class Picture(NamedTuple):
    """A chart as PNG with the words for those who cannot see it, or why there is none."""

    png: bytes
    alt: str
    width: float
    bands: list[Band]
    told: str


def draw(panel: pd.DataFrame, lang: Lang = "en", of: int | None = None) -> Picture:
    """The chart that fits a panel, as `charts.figures` draws it.

    >>> from qz_analysis import extract
    >>> from qz_analysis.comparison.choose import choose
    >>> claims = extract("甲县接待群众来访43批次。乙县接待来访群众12批次。")
    >>> picture = draw(choose(claims, measure="batches"))
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
    rows = finished(fig).rows
    height = fig.bbox.height

    def share(y: float) -> float:
        return round(float(1 - ax.transData.transform((0, y))[1] / height), 5)

    bands = []
    for row, label in zip(rows, row_labels(rows, lang), strict=True):
        keys = [key_of(row, start) for start in starts_of(row["claims"])]
        bands.append(Band(share(row["y"] - 0.5), share(row["y"] + 0.5), label, keys))
    picture = Picture(_png(fig), finished(fig).alt, float(fig.get_size_inches()[0]), bands, "")
    plt.close(fig)
    return picture


def _png(fig: Figure) -> bytes:
    """The figure as PNG, drawn once and packed lightly: `savefig` draws twice."""
    canvas = fig.canvas if isinstance(fig.canvas, FigureCanvasAgg) else FigureCanvasAgg(fig)
    with dressed():
        canvas.draw()
    out = io.BytesIO()
    pixels = np.asarray(canvas.buffer_rgba())
    Image.fromarray(pixels).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


PAGE = 12  # figures on one picture: as many as can be read, and drawn while a hand waits
_SECTIONS = {"family": "families", "stage": "stages", "measure": "measures", "place": "names"}
_OFFERED = 300  # values that one control offers at most; those chosen are always among them


class Answer(NamedTuple):
    """What a choice comes to: everything that the explorer shows.

    >>> from qz_analysis import extract
    >>> claims = extract("甲县接待群众来访43批次。乙县接待来访群众12批次。")
    >>> answer = explore(claims).answer()
    >>> answer.total, answer.pages, answer.options["measure"]
    (2, 1, [('batches', 'batches', 2)])
    """

    options: dict[str, list[tuple[str, str, int]]]
    picture: Picture
    evidence: list[dict[str, Any]]
    total: int
    seconds: float

    @property
    def pages(self) -> int:
        """How many pictures hold them all."""
        return max(1, -(-self.total // PAGE))


class Explorer(Live):
    """A claims table with a choice in it: controls, a chart, and the sentences behind it.

    Where no JupyterLab runs, it is the chart alone.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> explorer = Explorer(extract("甲县受理事项43宗，办结36宗。乙县办结事项12宗。"))
    >>> explorer.change(stage="resolved").total, explorer.answer().pages
    (2, 1)
    >>> explorer.claims["text"].tolist()
    ['36宗', '12宗']
    >>> len(explorer.pick(0)), explorer.widget is explorer.widget
    (1, True)
    >>> explorer.panel["value"].tolist(), [*explorer.still()[0]]
    ([36.0, 12.0], ['text/plain', 'image/png'])
    >>> print(explorer.lines().splitlines()[3])
    panel = qz.choose(claims, family='matters', stage='resolved', measure='cases')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     explorer.save(Path(folder) / "choice.json").name
    'choice.json'
    >>> explorer.code()  # doctest: +ELLIPSIS
    import qz_analysis as qz
    ...
    >>> explorer.show()  # doctest: +ELLIPSIS
    Stated cases: from 12宗 (乙县办结事项) to 36宗 (办结) (not shown: ...
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        relations: pd.DataFrame | None = None,
        choice: Choice | None = None,
        lang: Lang = "en",
        page: int = 0,
    ) -> None:
        self._index, self._relations = Index(claims), relations
        self.choice = self._index.telling() if choice is None else choice
        self.lang, self.page = lang, page
        self._answered: Answer | None = None
        self._index.where(self.choice)  # a value that is not there is said at once

    def _made(self) -> Any:
        from .widgets import ExplorerWidget  # needs a library that the chart does without

        return ExplorerWidget(self)

    # ---- asking

    def change(self, **what: Any) -> Answer:
        """Choose anew; narrower choices that the wider ones leave nothing of are given up."""
        fields = {name: value for name, value in what.items() if name not in ("lang", "page")}
        _known(fields)
        if "places" in fields:
            fields["places"] = several(fields["places"])
        lang = what.get("lang", self.lang)
        if lang not in get_args(Lang):
            raise QzError(f"the explorer speaks {', '.join(get_args(Lang))}, not {lang!r}")
        self._index.where(replace(Choice(), **fields))
        choice = replace(self.choice, **fields)
        another = choice.family is not None and choice.family != self.choice.family
        if another and "measure" not in fields:  # another subject is counted in measures of its own
            choice = self._index.telling(choice)
        self.choice, self.lang = self._index.fitting(choice), lang
        self.page = max(0, int(what.get("page", 0)))
        self._answered = None
        self.refresh()
        return self.answer()

    def answer(self) -> Answer:
        """What the choice comes to; worked out once."""
        if self._answered is None:
            begun = time.perf_counter()
            found = self._index.where(self.choice)
            self.page = min(self.page, max(0, (len(found) - 1) // PAGE))
            rows = found[self.page * PAGE : (self.page + 1) * PAGE]
            panel = self._index.panel(rows, self._relations)
            picture = draw(panel, self.lang, len(found))
            evidence = rows_of(self._index.claims, list(rows), panel)
            self._panel, options = panel, self._options()
            seconds = time.perf_counter() - begun
            self._answered = Answer(options, picture, evidence, len(found), seconds)
        return self._answered

    @property
    def panel(self) -> pd.DataFrame:
        """The figures on the picture, with the columns of `schema.PANEL`."""
        self.answer()
        return self._panel

    @property
    def claims(self) -> pd.DataFrame:
        """All claims that fit the choice, not only those on the picture."""
        return self._index.claims.iloc[self._index.where(self.choice)]

    def _options(self) -> dict[str, list[tuple[str, str, int]]]:
        """For each control its values with their names and numbers."""
        options = {}
        for control in CONTROLS:
            found = self._index.options(self.choice, control)
            chosen = set(self.choice.wanted(control))
            kept = found[:_OFFERED] + [pair for pair in found[_OFFERED:] if pair[0] in chosen]
            options[control] = [(value, self._name(control, value), count) for value, count in kept]
        return options

    def _name(self, control: str, value: str) -> str:
        if not value:
            return say("words", "none_stated", self.lang)
        if control not in _SECTIONS:
            return value
        name, gap, report = value.partition(" (")
        return str(say(_SECTIONS[control], name, self.lang)) + gap + report

    def pick(self, row: int) -> list[dict[str, Any]]:
        """The claims behind one row of the picture, in their sentences; a rate with its counts."""
        bands = self.answer().picture.bands
        if not 0 <= row < len(bands):
            raise QzError(f"the picture has {len(bands)} rows, from 0; there is no row {row}")
        return rows_of(self._index.claims, self._index.at(bands[row].claims), self.panel)

    # ---- keeping

    def code(self) -> None:
        """Print the lines that make the same chart in a script out of the table of claims."""
        print(self.lines())

    def lines(self) -> str:
        """The lines that `code` prints."""
        words = [f"{name}={value!r}" for name, value in self.choice.words().items()]
        more = self.answer().total > PAGE
        words += [f"skip={self.page * PAGE}"] * (more and self.page > 0) + [f"most={PAGE}"] * more
        drawn = "" if self.lang == "en" else f", lang={self.lang!r}"
        return (
            "import qz_analysis as qz\n\n"
            "# claims: the table that was explored, as qz.extract or qz.tables gave it\n"
            f"panel = qz.choose({', '.join(['claims', *words])})\n"
            f"qz.charts.show(qz.charts.figures(panel{drawn}))"
        )

    def save(self, path: str | Path) -> Path:
        """Write the choice, without figures, into a file that `explore(claims, path)` takes."""
        return keep(Path(path), Kept(self.choice, self.lang, self.page))

    def show(self, name: str | None = None, folder: str | Path | None = None) -> None:
        """Show the chart for print; with a name it is saved too, as `charts.show` does."""
        show(charts.figures(self.panel, lang=self.lang, of=self.answer().total), name, folder)

    # ---- showing itself

    def __repr__(self) -> str:
        words = ", ".join(f"{name}={value!r}" for name, value in self.choice.words().items())
        return f"Explorer({words or 'all'}): {self.answer().total:,} claims"

    def still(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The chart as a picture with its alternative text; where there is none, why."""
        picture = self.answer().picture
        if not picture.png:
            return {"text/plain": picture.told}, {}
        about = {"alt": picture.alt, "width": round(picture.width * 100)}
        data = {"text/plain": "", "image/png": b64encode(picture.png).decode()}
        return data, {"image/png": about}


def explore(
    claims: pd.DataFrame,
    start: str | Path | None = None,
    *,
    relations: pd.DataFrame | None = None,
    lang: Lang = "en",
    **choice: Any,
) -> Explorer:
    """Explore a claims table in JupyterLab: chart, table and evidence follow a choice at once.

    Chosen are subject, stage, measure, period and places.

    Args:
        claims: a claims table, as `extract` gives it.
        start: a file that `Explorer.save` wrote, to begin where it was left.
        relations: the relations found in it; when not given, only the reports on the picture are
            audited.
        lang: `en`, `zh` or `both`.
        choice: what to begin with, as in `choose`; else the subject and measure that most places
            state.

    Returns:
        an `Explorer`: put it on the last line of a cell. `code()` prints the lines that make the
        same chart, `claims` and `panel` are the tables behind it. In an exported page it is the
        chart.

    Raises:
        QzError: this is no claims table, a value that no claim has, or a file that holds no choice.

    >>> from qz_analysis import extract
    >>> explore(extract("甲县接待群众来访43批次。乙县接待来访群众12批次。"))
    Explorer(family='petition', measure='batches'): 2 claims
    """
    if start is not None:
        kept = take_up(Path(start))
        return Explorer(claims, relations, kept.choice, kept.lang, kept.page)
    if not choice:
        return Explorer(claims, relations, lang=lang)
    _known(choice)
    if "places" in choice:
        choice["places"] = several(choice["places"])
    return Explorer(claims, relations, Choice(**choice), lang)


def _known(controls: Mapping[str, Any]) -> None:
    """Refuses a control that there is none of."""
    known = Choice.__dataclass_fields__
    for name in controls:
        if name not in known:
            raise QzError(f"there is no control {name!r}; there are: {', '.join(known)}")
