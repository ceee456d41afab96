"""What the explorer and the reviewer have in common: a widget, and a still where nothing runs."""

import warnings
from typing import Any

from ..errors import QzError

_VIEW = "application/vnd.jupyter.widget-view+json"


class Live:
    """What an explorer and a reviewer have in common: a widget, and a still that its style hides.

    A notebook that is opened again, or exported, has no kernel behind its widgets: there the still
    is what a reader sees, and it shows the state that was last in force.
    """

    _still: Any = None
    _widget: Any = None

    @property
    def widget(self) -> Any:
        """The widget of JupyterLab, made when it is first asked for."""
        if self._widget is None:
            self._widget = self._made()
        return self._widget

    def _made(self) -> Any:
        raise NotImplementedError

    def still(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What stands for it where nothing runs: data by MIME type, and their metadata."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Bring the still up to the state in force."""
        if self._still is not None:
            data, about = self.still()
            self._still.update(data, metadata=about, raw=True)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        try:
            view = {_VIEW: self.widget._repr_mimebundle_()[0][_VIEW]}
        except QzError as error:
            warnings.warn(str(error), stacklevel=2)
            view = {}
        display({"text/plain": repr(self), **view}, raw=True)
        data, about = self.still()
        self._still = display(data, metadata=about, raw=True, display_id=True)
