"""Writes the reference pages: every public name with its types, its words and its examples.

    python docs/reference.py [FOLDER]

`index.html` of the folder (`reference` unless given) opens without a network. Exit by an error when anything is amiss: a type
that cannot be read, a name that is not there.
"""

import base64
import inspect
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import qz_analysis as qz

ROOT = Path(__file__).parent.parent
#: the inner modules stay in the code: nobody imports them by name
MODULES = [
    "qz_analysis",
    *(f"qz_analysis.{name}" for name in qz.__all__ if inspect.ismodule(getattr(qz, name))),
]


def returned(function: Callable[..., Any]) -> type | None:
    """The class of ours that a public function gives back: its methods are the user's too."""
    said: Any = function.__annotations__.get("return", "")
    known = vars(sys.modules[function.__module__])
    found = known.get(said) if isinstance(said, str) else said
    return found if inspect.isclass(found) and found.__module__.startswith("qz_analysis") else None


def classes() -> dict[str, type]:
    """The classes that users hold and do not call by name, such as `Store`."""
    functions = [value for name in qz.__all__ if inspect.isfunction(value := getattr(qz, name))]
    return {kind.__name__: kind for kind in map(returned, functions) if kind is not None}


def write(folder: Path) -> list[Path]:
    """Writes the pages.

    Args:
        folder: made when missing.

    Returns:
        the pages; `index.html` is the one to open.

    Raises:
        UserWarning: pdoc finds something amiss.
    """
    import pandas as pd
    import pdoc

    # in this process alone: beside the names that users write, the classes that they get
    for name, kind in sorted(classes().items()):
        if name not in qz.__all__:
            setattr(qz, name, kind)
            qz.__all__.append(name)
        if issubclass(
            kind, tuple
        ):  # what NamedTuple makes belongs to no module in which pdoc could look its types up
            hints = get_type_hints(kind, {**vars(sys.modules[kind.__module__]), "pd": pd})
            kind.__new__.__annotations__ = hints
    pdoc.render.configure(
        docformat="google", show_source=False, footer_text=f"qz-analysis {qz.__version__}"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        # the stubs of pandas know what a Series holds, pandas itself does not: it is shown as it is written
        warnings.filterwarnings("ignore", message=".*type 'Series' is not subscriptable")
        pdoc.pdoc("qz_analysis", "!qz_analysis.", *MODULES[1:], output_directory=folder)
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        _dress(page)
    return pages


def _dress(page: Path) -> None:
    """Gives a page the Chinese characters that it shows, for browsers that have no font of them."""
    from qz_analysis.charts.theme import subset_woff

    html = page.read_text(encoding="utf-8")
    foreign = "".join(sorted({character for character in html if ord(character) > 0x2E7F}))
    if foreign:
        font = base64.b64encode(subset_woff(foreign)).decode()
        face = f"@font-face{{font-family:qz;src:url(data:font/woff;base64,{font})}}"
        rules = ".pdoc,nav.pdoc{font-family:qz,system-ui,sans-serif}.pdoc pre,.pdoc code{font-family:qz,ui-monospace,monospace}"
        page.write_text(
            html.replace("</head>", f"<style>{face}{rules}</style></head>"),
            encoding="utf-8",
            newline="\n",
        )


if __name__ == "__main__":
    for page in write(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reference")):
        print(page)
