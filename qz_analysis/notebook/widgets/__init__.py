"""The explorer and the reviewer as widgets of JupyterLab.

Their state travels between browser and Python; their looks are the scripts beside this file.
"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...charts.theme import colours, font_path
from ...errors import QzError
from ...extraction.corrections import VERDICT
from ...readers.sidecar import LEVELS
from ...vocabularies.labels import say
from ...vocabularies.session import load
from ..reviewer import ALIKE, choices

if TYPE_CHECKING:
    from ..explorer import Explorer
    from ..reviewer import Reviewer

try:
    import anywidget
    import traitlets
except ImportError:
    remedy = 'pip install "qz-analysis[notebook]"; tables and charts work without'
    raise QzError(f"the widgets need anywidget: {remedy}") from None


_HERE = Path(__file__).parent


def _script(name: str) -> str:
    """A widget's script behind what both are made with."""
    return "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", name))


class _Widget(anywidget.AnyWidget):
    """What both widgets share: the answer that is shown, and a font for browsers without one."""

    _css = _HERE / "widgets.css"
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._receive)

    def _receive(self, _: Any, message: dict[str, Any], __: Any) -> None:
        if message.get("kind") == "font":
            self.send({"kind": "font"}, [font_path().read_bytes()])
        else:
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        """What a hand did."""
        raise NotImplementedError

    @property
    def _turn(self) -> int:
        """Counts the answers, so that one that says the same as the last is seen too."""
        return int(self.answer.get("turn", 0)) + 1


class ExplorerWidget(_Widget):
    """What JupyterLab shows of an `Explorer`."""

    _esm = _script("explorer")
    picked = traitlets.Dict().tag(sync=True)

    def __init__(self, explorer: "Explorer") -> None:
        super().__init__()
        self._explorer = explorer
        self._tell()

    def _hear(self, message: dict[str, Any]) -> None:
        """A hand moved a control, pressed on a mark or pointed at it, or has come to rest."""
        explorer, kind = self._explorer, message["kind"]
        if kind == "still":
            picked = self.picked
            if explorer.settle():
                self._tell()
                self.picked = picked
            explorer.refresh()
        elif kind == "point":
            mark, turn = int(message["mark"]), self.answer["turn"]
            # a mark of the answer before is nothing to point at any more
            if message["turn"] == turn:
                rows = explorer.point(mark)
                self.send({"kind": "point", "mark": mark, "turn": turn, "rows": rows})
        elif kind == "pick":
            mark = message["mark"]
            evidence = [] if mark is None else explorer.pick(int(mark))
            self.picked = {"mark": mark, "evidence": evidence}
        else:
            try:
                explorer.ask(**message["what"], hasty=True)
                self._tell()
            except QzError as error:
                self.answer = {**self.answer, "fault": str(error), "turn": self._turn}

    def _tell(self) -> None:
        explorer, answer = self._explorer, self._explorer.answer()
        state = asdict(explorer.choice) | {"places": list(explorer.choice.places)}
        state |= {"lang": explorer.lang, "page": explorer.page, "view": answer.view}
        chart = answer.chart._asdict() | {"marks": [mark._asdict() for mark in answer.chart.marks]}
        with self.hold_sync():
            self.picked = {"mark": None, "evidence": []}
            self.answer = {
                **{name: getattr(answer, name) for name in ("options", "evidence", "total", "pages", "told")},
                "chart": chart,
                "state": state,
                "fault": "",
                "code": explorer.lines(),
                "ms": round(1000 * answer.seconds),
                "colours": colours(),
                "words": words("explorer", explorer.lang),
                "statuses": words("choices", explorer.lang),
                "turn": self._turn,
            }  # fmt: skip


class ReviewerWidget(_Widget):
    """What JupyterLab shows of a `Reviewer`."""

    _esm = _script("reviewer")

    def __init__(self, reviewer: "Reviewer") -> None:
        super().__init__()
        self._reviewer, self._turned = reviewer, 0
        self._tell()

    def _hear(self, message: dict[str, Any]) -> None:
        """A button was pressed; what is wrong with a verdict is told, and nothing is written."""
        reviewer, kind = self._reviewer, message["kind"]
        if kind == "more":
            left = reviewer.more()
            self.send({"kind": "left", "left": left, "size": len(reviewer.claims)})
            return
        reviewer.who = message.get("who") or reviewer.who
        try:
            if kind == "preview":
                shown = reviewer.previewed(*_alike(message))
                self.send({"kind": kind, "verdict": message["verdict"], **shown})
                return
            if kind == "lines":
                self.send({"kind": kind, "lines": reviewer.lines()})
                return
            self._do(kind, message)
        except (QzError, OSError) as error:
            reviewer.told, reviewer.wrong = str(error), True
        self._tell()

    def _do(self, kind: str, message: dict[str, Any]) -> None:
        reviewer = self._reviewer
        verdicts = {
            "accept": lambda: reviewer.accept(message["why"]),
            "change": lambda: reviewer.change(message["column"], message["now"], message["why"]),
            "drop": lambda: reviewer.drop(message["why"]),
            "skip": reviewer.skip,
            "back": reviewer.back,
            "undo": reviewer.undo,
            "narrow": lambda: reviewer.narrow(**{message["facet"]: message["value"]}),
            "apply": lambda: reviewer.apply_to_alike(*_alike(message)),
            "mend": lambda: reviewer.mend_report(**message["said"]),
            "begin": lambda: reviewer.begin_report(int(message["at"])),
            "join": reviewer.join_report,
        }
        verdicts[kind]()
        # what was said of the report, or of all that are alike, is drawn anew
        self._turned += kind in ("undo", "mend", "begin", "join")

    def _tell(self) -> None:
        lang = self._reviewer.lang
        self.answer = self._reviewer.state() | {
            "words": words("reviewer", lang),
            "columns": words("columns", lang),
            "choices": choices(lang),
            "levels": [(level, say("choices", level, lang)) for level in LEVELS],
            "alike": list(ALIKE),
            "turned": self._turned,
            "turn": self._turn,
        }


def _alike(message: dict[str, Any]) -> tuple[str, str, list[str], str]:
    """What `preview` and `apply_to_alike` are given: a verdict is one on the whole row."""
    verdict, same, why = message["verdict"], list(message["same"]), message["why"]
    if verdict == "change":
        return message["column"], message["now"], same, why
    return VERDICT, "right" if verdict == "accept" else "", same, why


def words(section: str, lang: Any) -> dict[str, str]:
    """The words of a widget in one language; English where both are asked for."""
    side = "zh" if lang == "zh" else "en"
    return {key: entry[side] for key, entry in load("labels")[section].items()}
