"""State and logic of the explorer; its looks stand in `widgets/`."""

import gc
import io
import json
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .. import charts
from ..charts.figure import NARROW, finished, show
from ..charts.theme import dressed, narrow
from ..charts.written import indicator_label
from ..comparison.choose import Choice, Index, key_of, several
from ..comparison.wording import place_words, when
from ..errors import QzError
from ..outputs import write
from ..vocabularies.labels import SECTIONS, Lang, say, single, spoken
from .evidence import rows_of
from .live import Live
from .marks import Chart, rows_chart, years_chart

__all__ = ["explore"]

#: how the figures are laid out: years on the axis, or a row a figure put together by place or year
View = Literal["years", "place", "year"]


class Kept(NamedTuple):
    """A choice with the language and the page that it was looked at in; no figures."""

    choice: Choice
    lang: Lang
    page: int
    view: View


def keep(path: Path, kept: Kept) -> Path:
    """Write it into a file, JSON whatever its name, and give the file back.

    A file that the package did not make, or that was changed since, is a `QzError`.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "choice.json"
    >>> kept = Kept(Choice(family="matters"), "zh", 2, "place")
    >>> take_up(keep(path, kept)) == kept
    True
    """
    state = asdict(kept.choice) | {"lang": kept.lang, "page": kept.page, "view": kept.view}
    text = json.dumps(state, ensure_ascii=False, indent=1) + "\n"
    return write(path, text.encode("utf-8", "replace"))


def take_up(path: Path) -> Kept:
    """What stands in such a file."""
    remedy = "give a file that Explorer.save wrote"
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        lang, page, view = (state.pop(name) for name in ("lang", "page", "view"))
        choice = Choice(**state | {"places": tuple(state["places"])})
        said = lang in get_args(Lang) and view in get_args(View)
        if not said or not isinstance(page, int):
            raise ValueError
    except OSError as error:
        raise QzError(f"{path}: cannot be read ({error.strerror}); {remedy}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise QzError(f"{path}: holds no choice of an explorer; {remedy}") from None
    return Kept(choice, cast(Lang, lang), page, cast(View, view))


_DPI = 150  # between sharp screens and the time that a picture takes


class Picture(NamedTuple):
    """A chart as PNG with the words for those who cannot see it, or why there is none."""

    png: bytes
    alt: str
    width: float
    told: str


def draw(panel: pd.DataFrame, lang: Lang = "en", of: int | None = None) -> Picture:
    """The chart that fits a panel, as `charts.figures` draws it; places over years as `charts.trend`.

    >>> from qz_analysis import extract
    >>> from qz_analysis.comparison.choose import choose
    >>> claims = extract("甲县接待群众来访43批次。乙县接待来访群众12批次。")
    >>> draw(choose(claims, measure="batches")).alt[:25]
    'Dot chart of stated batch'
    """
    try:
        # laid out at the resolution that it is drawn in: no text is measured twice
        with dressed(), mpl.rc_context({"figure.dpi": _DPI}):
            ax = _drawn(panel, lang, of)
    except QzError as error:
        return Picture(b"", "", 0.0, str(error))
    fig: Any = ax.figure
    picture = Picture(_png(fig), finished(fig).alt, float(fig.get_size_inches()[0]), "")
    plt.close(fig)
    return picture


def _drawn(panel: pd.DataFrame, lang: Lang, of: int | None) -> Axes:
    if "year" in panel:
        return charts.trend(panel, lang=lang)
    return charts.figures(panel, lang=lang, of=of)


def _png(fig: Figure) -> bytes:
    """The figure as PNG, drawn once and packed lightly: `savefig` draws twice."""
    canvas = fig.canvas if isinstance(fig.canvas, FigureCanvasAgg) else FigureCanvasAgg(fig)
    with dressed():
        canvas.draw()
    out = io.BytesIO()
    pixels = np.asarray(canvas.buffer_rgba())
    Image.fromarray(pixels).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


PAGE = 12  # figures that are shown at once
LINES = 8  # places over years that can be told apart
_SECTIONS = SECTIONS | {"modality": "explorer"}
_OFFERED = 300  # values that one control offers at most; those chosen are always among them
_POINTED = 4  # sentences that stand under the pointer at most


class Answer(NamedTuple):
    """What a choice comes to: everything that the explorer shows.

    >>> from qz_analysis import extract
    >>> claims = extract("甲县接待群众来访43批次。乙县接待来访群众12批次。")
    >>> answer = explore(claims, lang="en").answer()
    >>> answer.total, answer.pages, answer.options["indicator"]
    (2, 1, [('visit_batches', 'Batches of visitors', 2)])
    """

    options: dict[str, list[tuple[str, str, int]]]
    view: View
    chart: Chart
    evidence: list[dict[str, Any]]
    total: int
    pages: int
    told: str
    seconds: float


class _Page(NamedTuple):
    """The figures on one page: those of a list, or places over years."""

    positions: list[int]
    places: list[str]
    pages: int


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No garbage is collected meanwhile: over a large table that takes longer than an answer."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Explorer(Live):
    """A claims table with a choice in it: controls, a chart, and the sentences behind it.

    Where no JupyterLab runs, it is the chart alone.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> claims = extract("甲县受理事项43宗，办结36宗。乙县办结事项12宗。")
    >>> explorer = Explorer(claims, choice=Choice("matters", measure="cases"), lang="en")
    >>> explorer.change(stage="resolved").total, explorer.answer().pages
    (2, 1)
    >>> explorer.claims["text"].tolist()
    ['36宗', '12宗']
    >>> len(explorer.pick(0)), explorer.widget is explorer.widget
    (1, True)
    >>> explorer.point(0)[0]["figure"]
    '36宗'
    >>> explorer.panel["value"].tolist(), [*explorer.still()[0]]
    ([36.0, 12.0], ['text/plain', 'image/png'])
    >>> explorer.picture.alt[:32]
    'Dot chart of stated cases, rows:'
    >>> explorer.ask(find="甲县", hasty=True).total, explorer.settle(), explorer.ask(find="").total
    (0, False, 2)
    >>> print(explorer.lines().splitlines()[3])
    panel = qz.choose(claims, family='matters', stage='resolved', measure='cases', order='place')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     explorer.save(Path(folder) / "choice.json").name
    'choice.json'
    >>> explorer.code()  # doctest: +ELLIPSIS
    import qz_analysis as qz
    ...
    >>> explorer.show()  # doctest: +ELLIPSIS
    Stated cases: from 12宗 (matters resolved “乙县办结事项”) to 36宗 (matters resolved “办结”) (not shown: ...
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        relations: pd.DataFrame | None = None,
        choice: Choice | None = None,
        lang: Lang | None = None,
        page: int = 0,
        view: View = "years",
    ) -> None:
        self._index, self._relations = Index(claims), relations
        self.choice = self._index.telling() if choice is None else self._index.coded(choice)
        self.lang, self.page, self.view = spoken(lang), page, _checked(view)
        self._forget()
        self._index.where(self.choice)  # a value that is not there is said at once

    def _made(self) -> Any:
        from .widgets import ExplorerWidget  # needs a library that the chart does without

        return ExplorerWidget(self)

    def _forget(self) -> None:
        self._hasty = False
        self._answered: Answer | None = None
        self._panel: pd.DataFrame | None = None
        self._picture: Picture | None = None

    # ---- asking

    def change(self, **what: Any) -> Answer:
        """Choose anew; narrower choices that the wider ones leave nothing of are given up."""
        answer = self.ask(**what)
        self.refresh()
        return answer

    def ask(self, **what: Any) -> Answer:
        """The same without the picture of a page that does not run, which takes longer.

        With `hasty` reports that were not audited yet are audited when `settle` is called.
        """
        own = ("lang", "page", "view", "hasty")
        fields = {name: value for name, value in what.items() if name not in own}
        _known(fields)
        if "places" in fields:
            fields["places"] = several(fields["places"])
        lang, view = what.get("lang", self.lang), _checked(what.get("view", self.view))
        if lang not in get_args(Lang):
            raise QzError(f"the explorer speaks {', '.join(get_args(Lang))}, not {lang!r}")
        coded = self._index.coded(replace(Choice(), **fields))
        self._index.where(coded)
        choice = replace(self.choice, **{name: getattr(coded, name) for name in fields})
        another = choice.family is not None and choice.family != self.choice.family
        # another subject is counted in measures of its own
        if another and "measure" not in fields and "indicator" not in fields:
            choice = self._index.telling(choice)
        elif another and "indicator" not in fields:
            choice = replace(choice, indicator=None)
        self.choice, self.lang, self.view = self._index.fitting(choice), lang, view
        self.page = max(0, int(what.get("page", 0)))
        self._forget()
        return self._answer(bool(what.get("hasty")))

    def settle(self) -> bool:
        """Audit what a hasty answer left out; whether there was anything."""
        if self._hasty and self._answered is not None:
            self._forget()
            self.answer()
            return True
        return False

    def answer(self) -> Answer:
        """What the choice comes to; worked out once."""
        return self._answer(False)

    def _answer(self, hasty: bool) -> Answer:
        if self._answered is None:
            begun = time.perf_counter()
            with _undisturbed():
                self._answered = self._worked_out(hasty)
            seconds = time.perf_counter() - begun
            self._answered = self._answered._replace(seconds=seconds)
        return self._answered

    def _worked_out(self, hasty: bool) -> Answer:
        found = self._index.where(self.choice)
        view = self._view(found)
        page = self._page(found, view)
        first = page.positions[:PAGE]
        if view == "years":
            chart = years_chart(self._table, self._left, self._claims_of(self._table), self.lang)
            evidence = rows_of(self._index.claims, first, None, self.lang)
        else:
            waits = self._relations is None and self._index.waits(page.positions)
            self._hasty = hasty and waits
            self._panel = self._index.panel(page.positions, self._relations, view, self._hasty)
            chart = rows_chart(self._panel, view, self.lang)
            evidence = rows_of(self._index.claims, first, self._panel, self.lang)
        legible = any(mark.at is not None or mark.low is not None for mark in chart.marks)
        fault = "" if legible else "none_legible" if len(found) else "none_fits"
        told = str(say("explorer", fault, self.lang)) if fault else ""
        return Answer(self._options(), view, chart, evidence, len(found), page.pages, told, 0.0)

    def _view(self, found: np.ndarray) -> View:
        """Years on the axis only where figures of one named indicator span some."""
        years = self._index.years[found]
        several = self.choice.indicator and len(np.unique(years[years >= 0])) > 1
        return self.view if self.view != "years" or several else "place"

    def _page(self, found: np.ndarray, view: View) -> _Page:
        if view == "years":
            by = self._index.by_year(found)
            self._left, pages = by.left, max(1, -(-len(by.places) // LINES))
            self.page = min(self.page, pages - 1)
            places = by.places[self.page * LINES : (self.page + 1) * LINES]
            self._table = by.table(places)
            return _Page(by.of(places).tolist(), places, pages)
        ordered = self._index.ordered(found, view)
        pages = max(1, -(-len(found) // PAGE))
        self.page = min(self.page, pages - 1)
        return _Page(ordered[self.page * PAGE : (self.page + 1) * PAGE].tolist(), [], pages)

    def _claims_of(self, table: pd.DataFrame) -> list[list[str]]:
        cells = self._index.claims[["doc", "report", "start"]]
        rows = [cells.take(positions).to_dict("records") for positions in table["positions"]]
        return [[key_of(row) for row in own] for own in rows]

    @property
    def panel(self) -> pd.DataFrame:
        """The figures on the picture, with the columns of `schema.PANEL`."""
        self.answer()
        if self._panel is None:
            every = [at for positions in self._table["positions"] for at in positions]
            self._panel = self._index.panel(every, self._relations)
        return self._panel

    @property
    def picture(self) -> Picture:
        """The chart for a page that does not run."""
        answer = self.answer()
        if self._picture is None:
            self._picture = draw(self._for_chart(), self.lang, answer.total)
        return self._picture

    def _for_chart(self) -> pd.DataFrame:
        years = self.answer().view == "years"
        return self._table.drop(columns="positions") if years else self.panel

    @property
    def claims(self) -> pd.DataFrame:
        """All claims that fit the choice, not only those on the picture."""
        return self._index.claims.iloc[self._index.where(self.choice)]

    def _options(self) -> dict[str, list[tuple[str, str, int]]]:
        """For each control its values with their names and numbers."""
        options = {}
        for control, found in self._index.all_options(self.choice).items():
            chosen = {*self.choice.wanted(control)}
            kept = found[:_OFFERED] + [pair for pair in found[_OFFERED:] if pair[0] in chosen]
            missing = [(value, 0) for value in chosen - {value for value, _ in kept}]
            options[control] = [
                (value, self._name(control, value), count) for value, count in [*kept, *missing]
            ]
        return options

    def _name(self, control: str, value: str) -> str:
        if not value:
            return str(say("words", "none_stated", self.lang))
        if control == "indicator":
            return indicator_label(value, self.lang)
        if control == "period":
            return when(value, single(self.lang))
        name, gap, report = value.partition(" (")
        if control == "place" and name:
            return str(place_words(name, self.lang)) + gap + report
        if control not in _SECTIONS:
            return value
        return str(say(_SECTIONS[control], name, self.lang)) + gap + report

    def pick(self, mark: int) -> list[dict[str, Any]]:
        """The claims behind one mark of the chart, in their sentences; a rate with its counts."""
        positions = self._index.at(self._mark(mark))
        panel = self._panel if self.answer().view != "years" else None
        if panel is None:
            panel = self._index.panel(positions, self._relations)
        return rows_of(self._index.claims, positions, panel, self.lang)

    def point(self, mark: int) -> list[dict[str, Any]]:
        """The sentences behind one mark, names masked: what stands under the pointer."""
        at = self._index.at(self._mark(mark)[:_POINTED])
        return rows_of(self._index.claims, at, None, self.lang)

    def _mark(self, mark: int) -> list[str]:
        marks = self.answer().chart.marks
        if not 0 <= mark < len(marks):
            raise QzError(f"the chart has {len(marks)} marks, from 0; there is no mark {mark}")
        return marks[mark].claims

    # ---- keeping

    def code(self) -> None:
        """Print the lines that make the same chart in a script out of the table of claims."""
        print(self.lines())

    def lines(self) -> str:
        """The lines that `code` prints."""
        answer, said = self.answer(), self.choice.words()
        drawn = f", lang={self.lang!r}"
        if answer.view == "years":
            there = list(dict.fromkeys(self._table["place"]))
            said |= {"by": "year"} | ({"places": there} if answer.pages > 1 else {})
            chart = f"trend(panel{drawn})"
        else:
            more = answer.total > PAGE
            said |= {"order": answer.view} | ({"skip": self.page * PAGE} if more and self.page else {})  # fmt: skip
            said |= {"most": PAGE} if more else {}
            chart = f"figures(panel{drawn})"
        words = [f"{name}={value!r}" for name, value in said.items()]
        return (
            "import qz_analysis as qz\n\n"
            "# claims: the table that was explored, as qz.extract or qz.tables gave it\n"
            f"panel = qz.choose({', '.join(['claims', *words])})\n"
            f"qz.charts.show(qz.charts.{chart})"
        )

    def save(self, path: str | Path) -> Path:
        """Write the choice, without figures, into a file that `explore(claims, path)` takes."""
        return keep(Path(path), Kept(self.choice, self.lang, self.page, self.view))

    def show(self, name: str | None = None, folder: str | Path | None = None) -> None:
        """Show the chart for print; with a name it is saved too, as `charts.show` does."""
        show(_drawn(self._for_chart(), self.lang, self.answer().total), name, folder)

    # ---- showing itself

    def __repr__(self) -> str:
        words = ", ".join(f"{name}={value!r}" for name, value in self.choice.words().items())
        return f"Explorer({words or 'all'}): {self.answer().total:,} claims"

    def still(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The chart as a picture with its alternative text; where there is none, why."""
        picture = self.picture
        if not picture.png:
            return {"text/plain": picture.told}, {}
        with narrow():
            small = draw(self._for_chart(), self.lang, self.answer().total)
        about = {"alt": picture.alt, "width": round(picture.width * 100)}
        about |= {NARROW: b64encode(small.png).decode()}
        data = {"text/plain": "", "image/png": b64encode(picture.png).decode()}
        return data, {"image/png": about}


def _checked(view: Any) -> View:
    if view not in get_args(View):
        raise QzError(f"the explorer lays out by {', '.join(get_args(View))}, not {view!r}")
    return cast(View, view)


def explore(
    claims: pd.DataFrame,
    start: str | Path | None = None,
    *,
    relations: pd.DataFrame | None = None,
    lang: Lang | None = None,
    view: View = "years",
    **choice: Any,
) -> Explorer:
    """Explore a claims table in JupyterLab: chart, table and evidence follow a choice at once.

    Chosen are subject, indicator, stage, measure, period and places, results or targets, and words
    that places or subjects hold.

    Args:
        claims: a claims table, as `extract` gives it.
        start: a file that `Explorer.save` wrote, to begin where it was left.
        relations: the relations found in it; when not given, only the reports on the picture are
            audited.
        lang: `en`, `zh` or `both`; that in force (see `language`) unless given.
        view: `years` puts years on the axis, a line a place, where one indicator has several;
            `place` and `year` give a row to each figure, those of a place or a year together.
        choice: what to begin with, as in `choose`, in codes or in Chinese (family="调解"); else the
            indicator that most places state over most years.

    Returns:
        an `Explorer`: put it on the last line of a cell. `code()` prints the lines that make the
        same chart, `claims` and `panel` are the tables behind it. In an exported page it is the
        chart.

    Raises:
        QzError: this is no claims table, a value that no claim has, or a file that holds no choice.

    >>> from qz_analysis import extract
    >>> explore(extract("甲县接待群众来访43批次。乙县接待来访群众12批次。"))
    Explorer(indicator='visit_batches'): 2 claims
    """
    lang = spoken(lang)
    if start is not None:
        kept = take_up(Path(start))
        return Explorer(claims, relations, kept.choice, kept.lang, kept.page, kept.view)
    if not choice:
        return Explorer(claims, relations, lang=lang, view=view)
    _known(choice)
    if "places" in choice:
        choice["places"] = several(choice["places"])
    return Explorer(claims, relations, Choice(**choice), lang, view=view)


def _known(controls: Mapping[str, Any]) -> None:
    """Refuses a control that there is none of."""
    known = Choice.__dataclass_fields__
    for name in controls:
        if name not in known:
            raise QzError(f"there is no control {name!r}; there are: {', '.join(known)}")
