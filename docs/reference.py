"""Writes the documentation as pages: the READMEs, `docs/`, and a reference of every public name.

    python docs/reference.py [FOLDER]

`index.html` of the folder (`reference` unless given) opens without a network. Exit by an error when
anything is amiss: a type that cannot be read, a name that is not there, a link that leads nowhere.
"""

import base64
import inspect
import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable
from functools import partial
from html import escape
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


#: the pages of prose, in the order of their navigation
PROSE = [
    *("README.md", "README.zh.md"),
    *(f"docs/{path.name}" for path in sorted(Path(__file__).parent.glob("*.md"))),
    *("data/README.md", "CONTRIBUTING.md", "CHANGELOG.md"),
]
_STYLE = """
body{margin:0 auto;max-width:46rem;padding:1rem;line-height:1.55;font-family:qz,system-ui,sans-serif}
nav{font-size:.9rem;border-bottom:1px solid #ccc;padding-bottom:.5rem}
nav a{margin-right:.8rem}
img{max-width:100%}
pre,table{display:block;overflow-x:auto}
code{font-family:qz,ui-monospace,monospace}
pre{background:#f5f5f5;padding:.6rem}
table{border-collapse:collapse}
td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}
"""


def prose(folder: Path) -> list[Path]:
    """Writes the pages of prose with a common navigation, each link leading to the page made.

    Raises:
        FileNotFoundError: a link leads to a file that is not there.
    """
    from markdown2 import Markdown

    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in PROSE}
    titles = {name: text.partition("\n")[0].strip("# ") for name, text in texts.items()}
    titles |= {"README.md": "qz_analysis", "README.zh.md": "中文说明"}
    made = []
    for name, text in texts.items():
        up = "../" * name.count("/")
        links = [(f"{up}{other}".removesuffix(".md") + ".html", titles[other]) for other in PROSE]
        nav = "".join(f'<a href="{link}">{escape(title)}</a>' for link, title in links)
        nav += f'<a href="{up}qz_analysis.html">every public name</a>'
        extras = ["fenced-code-blocks", "tables", "header-ids", "cuddled-lists"]
        body = Markdown(extras=extras).convert(text)
        body = re.sub(r'(?<=(?:src|ref)=")([^"#:]+)', partial(_target, folder, Path(name)), body)
        lang = "zh-Hans" if ".zh." in name else "en"
        page = folder / name.replace(".md", ".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        head += f"<title>{escape(titles[name])}</title><style>{_STYLE}</style>"
        page.write_text(
            f'<!doctype html><html lang="{lang}"><head>{head}</head>'
            f"<body><nav>{nav}</nav><main>{body}</main></body></html>\n",
            encoding="utf-8",
            newline="\n",
        )
        made.append(page)
    return made


def _target(folder: Path, page: Path, link: re.Match[str]) -> str:
    """Where a link of a page leads among the pages made: a page, or a copy of the file it names."""
    path = Path(os.path.normpath(page.parent / link[1]))
    if path.as_posix() in PROSE:
        return link[1].removesuffix(".md") + ".html"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / path, folder / path)
    return link[1]


def write(folder: Path) -> list[Path]:
    """Writes all pages.

    Args:
        folder: made when missing.

    Returns:
        the pages; `index.html` is the one to open.

    Raises:
        UserWarning: pdoc finds something amiss.
    """
    import pandas as pd
    import pdoc

    # in this process alone: public modules go by the name that users write
    for name in MODULES[1:]:
        module = getattr(qz, name.rpartition(".")[2])
        sys.modules[name], module.__name__ = module, name
    # and beside the names that users write stand the classes that they get
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
    prose(folder)
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
