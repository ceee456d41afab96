"""The explorer and the reviewer as widgets of JupyterLab.

Their state travels between browser and Python; their looks are the scripts beside this file.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...charts.theme import font_path
from ...errors import QzError
from ...vocabularies.session import load

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
    picture = traitlets.Bytes().tag(sync=True)
    picked = traitlets.Dict().tag(sync=True)

    def __init__(self, explorer: "Explorer") -> None:
        super().__init__()
        self._explorer = explorer
        self._tell()

    def _hear(self, message: dict[str, Any]) -> None:
        """A hand moved a control, or pressed on a row."""
        if message.get("kind") == "pick":
            row = message["row"]
            evidence = [] if row is None else self._explorer.pick(int(row))
            self.picked = {"row": row, "evidence": evidence}
            return
        try:
            self._explorer.change(**message["what"])
            self._tell()
        except QzError as error:
            self.answer = {**self.answer, "told": str(error), "turn": self._turn}

    def _tell(self) -> None:
        explorer, answer = self._explorer, self._explorer.answer()
        choice, drawn = explorer.choice, answer.picture
        state = {name: getattr(choice, name) for name in ("family", "stage", "measure", "period")}
        state |= {"places": list(choice.places), "lang": explorer.lang, "page": explorer.page}
        with self.hold_sync():
            self.picture = drawn.png
            self.picked = {"row": None, "evidence": []}
            self.answer = {
                **{
                    name: getattr(answer, name)
                    for name in ("options", "evidence", "total", "pages")
                },
                **{name: getattr(drawn, name) for name in ("alt", "width", "told")},
                "state": state,
                "bands": [band._asdict() for band in drawn.bands],
                "code": explorer.lines(),
                "ms": round(1000 * answer.seconds),
                "words": words("explorer", explorer.lang),
                "turn": self._turn,
            }


class ReviewerWidget(_Widget):
    """What JupyterLab shows of a `Reviewer`."""

    _esm = _script("reviewer")

    def __init__(self, reviewer: "Reviewer") -> None:
        super().__init__()
        self._reviewer = reviewer
        self._tell()

    def _hear(self, message: dict[str, Any]) -> None:
        """A button was pressed; what is wrong with a verdict is told, and nothing is written."""
        reviewer = self._reviewer
        reviewer.who = message.get("who") or reviewer.who
        verdicts = {
            "accept": lambda: reviewer.accept(message["why"]),
            "change": lambda: reviewer.change(message["column"], message["now"], message["why"]),
            "drop": lambda: reviewer.drop(message["why"]),
            "skip": reviewer.skip,
            "back": reviewer.back,
        }
        try:
            verdicts[message["kind"]]()
        except (QzError, OSError) as error:
            reviewer.told, reviewer.wrong = str(error), True
        self._tell()

    def _tell(self) -> None:
        told = {"words": words("reviewer", self._reviewer.lang), "turn": self._turn}
        self.answer = self._reviewer.state() | told


def words(section: str, lang: Any) -> dict[str, str]:
    """The words of a widget in one language; English where both are asked for."""
    side = "zh" if lang == "zh" else "en"
    return {key: entry[side] for key, entry in load("labels")[section].items()}
