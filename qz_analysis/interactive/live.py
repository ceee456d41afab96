"""What a notebook that runs shows of a thing that has a widget; nothing where widgets are not installed."""

import warnings
from typing import Any, Protocol

from ..errors import QzError

__all__ = ["HasWidget", "live"]

_VIEW = "application/vnd.jupyter.widget-view+json"


class HasWidget(Protocol):
    """An explorer or a reviewer."""

    @property
    def widget(self) -> Any: ...


def live(shown: HasWidget) -> dict[str, Any]:
    """The part of a notebook's output that is the widget itself, to be set beside what an exported page shows.

    Returns:
        the widget's view by its MIME type; nothing, with a warning that says how to get it, where anywidget is not installed.
    """
    try:
        return {_VIEW: shown.widget._repr_mimebundle_()[0][_VIEW]}
    except QzError as error:
        warnings.warn(str(error), stacklevel=3)
        return {}
