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
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import unquote

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


#: the pages of prose, in the order in which the README leads to them
PROSE = list(
    dict.fromkeys(
        [
            *("README.md", "README.zh.md"),
            *re.findall(r"\]\(([\w/]+\.md)\)", (ROOT / "README.md").read_text(encoding="utf-8")),
            *(f"docs/{path.name}" for path in sorted(Path(__file__).parent.glob("*.md"))),
        ]
    )
)


def write(folder: Path) -> list[Path]:
    """Writes all pages.

    Args:
        folder: made when missing.

    Returns:
        the pages; `index.html` is the one to open.

    Raises:
        UserWarning: pdoc finds something amiss.
        ValueError: a link leads nowhere.
    """
    import pdoc

    pdoc.render.configure(
        docformat="google",
        show_source=False,
        footer_text=f"qz-analysis {qz.__version__}",
        template_directory=Path(__file__).parent / "templates",
    )
    navigation = {_made(name): _title(name) for name in PROSE}
    pdoc.render.env.globals["navigation"] = {**navigation, "qz_analysis.html": "Reference"}
    _reference(folder)
    for name in PROSE:
        _prose(name, folder)
    check_links(folder)
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        _dress(page)
    return pages


def _reference(folder: Path) -> None:
    """Writes the pages of the public modules, and `index.html`."""
    import pandas as pd
    import pdoc

    # in this process alone: public modules go by the name that users write
    for name in MODULES[1:]:
        module = getattr(qz, name.rpartition(".")[2])
        sys.modules[name], module.__name__ = module, name
    # a type that a module names may be of pandas, which it has no other use for
    for name, module in list(sys.modules.items()):
        if name.startswith("qz_analysis."):
            vars(module).setdefault("pd", pd)
    # and beside the names that users write stand the classes that they get
    for name, kind in sorted(classes().items()):
        if name not in qz.__all__:
            setattr(qz, name, kind)
            qz.__all__.append(name)
        # what NamedTuple makes belongs to no module in which pdoc could look its types up
        if issubclass(kind, tuple):
            hints = get_type_hints(kind, {**vars(sys.modules[kind.__module__]), "pd": pd})
            kind.__new__.__annotations__ = hints
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        # pandas does not know what a Series holds, its stubs do: the type is shown as written
        warnings.filterwarnings("ignore", message=".*type 'Series' is not subscriptable")
        pdoc.pdoc("qz_analysis", "!qz_analysis.", *MODULES[1:], output_directory=folder)


def _made(name: str) -> str:
    """The HTML page of a Markdown file, which stands where the file stands in the project."""
    return name.removesuffix(".md") + ".html"


def _title(name: str) -> str:
    """The first heading of a Markdown file, up to a colon; the READMEs have names of their own."""
    known = {"README.md": "Start", "README.zh.md": "中文说明"}
    heading = (ROOT / name).read_text(encoding="utf-8").partition("\n")[0]
    return known.get(name) or heading.removeprefix("# ").partition(":")[0]


def _prose(name: str, folder: Path) -> None:
    """Writes the page of a Markdown file; other files that it links to are copied beside it."""
    import pdoc
    from pdoc.render_helpers import to_html

    text = (ROOT / name).read_text(encoding="utf-8")
    # a line that ends between two Chinese characters leaves no space
    text = re.sub(
        r"(?<=[\u3000-\u9fff\uff00-\uffef])\n *(?=[\u3000-\u9fff\uff00-\uffef])", "", text
    )
    html = to_html(text)
    up = "../" * name.count("/")
    page = folder / _made(name)
    page.parent.mkdir(parents=True, exist_ok=True)
    body = re.sub(r'(?<=(?:src|ref)=")([^"#:]+)', partial(_target, folder, Path(name)), html)
    body = re.sub(r"<code>qz\.([\w.]+)[^<]*</code>", partial(_name, up), body)
    page.write_text(
        pdoc.render.env.get_template("prose.html.jinja2").render(
            title=_title(name),
            body=body,
            contents=html.toc_html,
            language="zh-Hans" if ".zh." in name else "en",
            up=up,
        ),
        encoding="utf-8",
        newline="\n",
    )


def _target(folder: Path, page: Path, link: re.Match[str]) -> str:
    """Where a link of a page leads among the pages made: a page, or a copy of the file it names."""
    path = Path(os.path.normpath(page.parent / link[1]))
    if path.as_posix() in PROSE:
        return _made(link[1])
    if (ROOT / path).is_file():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return link[1]


def _name(up: str, code: re.Match[str]) -> str:
    """Code that begins with a public name, such as `qz.compare(…)`, as a link to its reference."""
    module, _, name = code[1].partition(".")
    inner = name and f"qz_analysis.{module}" in MODULES
    page = f"qz_analysis/{module}.html" if inner else "qz_analysis.html"
    return f'<a href="{up}{page}#{name if inner else code[1]}">{code[0]}</a>'


class _Page(HTMLParser):
    """The relative links of a page, and the ids that links can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name == "id":
                self.ids.add(value)
            elif value and name in ("href", "src") and not re.match(r"\w+:", value):
                self.links.append(value)


def check_links(folder: Path) -> None:
    """Fails when a link of a page in the folder leads to no file there, or to no part of a page.

    Raises:
        ValueError: its message names every such link and its page.
    """
    folder = folder.resolve()
    paths = folder.rglob("*.html")
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in paths}
    dead = []
    for page, found in pages.items():
        for link in found.links:
            path, _, anchor = unquote(link).partition("#")
            there = (page.parent / path).resolve() if path else page
            if not there.is_file() or (there in pages and anchor not in pages[there].ids):
                dead.append(f"{page.relative_to(folder)}: {link}")
    if dead:
        raise ValueError("links that lead nowhere: " + "; ".join(dead))


def _dress(page: Path) -> None:
    """Gives a page the Chinese characters that it shows, for browsers that have no font of them."""
    from qz_analysis.charts.theme import subset_woff

    html = page.read_text(encoding="utf-8")
    foreign = "".join(sorted({character for character in html if ord(character) > 0x2E7F}))
    if foreign:
        font = base64.b64encode(subset_woff(foreign)).decode()
        face = f"@font-face{{font-family:qz;src:url(data:font/woff;base64,{font})}}"
        rules = (
            ".pdoc,nav.pdoc{font-family:qz,system-ui,sans-serif}"
            ".pdoc pre,.pdoc code{font-family:qz,ui-monospace,monospace}"
        )
        page.write_text(
            html.replace("</head>", f"<style>{face}{rules}</style></head>"),
            encoding="utf-8",
            newline="\n",
        )


if __name__ == "__main__":
    for page in write(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reference")):
        print(page)
