"""Writes the reference pages: every public name with its arguments and its example, readable off the network.

    python .ci/reference.py [FOLDER]

FOLDER is `reference` unless given; begin at its `index.html`. Public are the names of `qz_analysis.__all__`, those of the modules
among them, and the classes that they return. Exit code 1 and a line each when pdoc warns, when a page would load something from
elsewhere, or when a link within the pages leads nowhere.
"""

import ast
import builtins
import inspect
import re
import shutil
import sys
import tempfile
import warnings
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urldefrag

import pandas

import qz_analysis

# what a browser fetches by itself; a link that a reader may click is none of these
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|embed)\b[^>]*\bsrc=["']?([^"'\s>]+)|<link\b[^>]*\bhref=["']?([^"'\s>]+)"""
    r"""|\burl\(["']?([^"')]+)|@import\s+["']?([^"';]+)"""
)


def public() -> dict[str, Any]:
    """Public objects by their full names: names of the package, of its public modules, classes that come back, their methods."""
    found: dict[str, Any] = {}

    def add(name: str, thing: Any) -> None:
        if name in found:
            return
        found[name] = thing
        for more in below(name, thing):
            add(*more)

    for name in qz_analysis.__all__:
        add(f"qz_analysis.{name}", getattr(qz_analysis, name))
    return found


def below(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """What a public object makes public: names of a module, methods of a class, the class that a function returns."""
    if inspect.ismodule(thing):
        yield from ((f"{name}.{one}", getattr(thing, one)) for one in thing.__all__)
    elif inspect.isclass(thing):
        for one, value in vars(thing).items():
            method = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
            if inspect.isfunction(method) and not one.startswith("_"):
                yield f"{name}.{one}", method
    elif inspect.isfunction(thing):
        words = set(re.findall(r"\w+", str(thing.__annotations__.get("return", ""))))
        yield from ((f"{one.__module__}.{one.__name__}", one) for one in _classes() if one.__name__ in words)


def _modules() -> list[ModuleType]:
    """Modules of the package that are loaded."""
    return [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] == "qz_analysis"]


def _classes() -> list[type]:
    """Classes that these modules define."""
    every = [(module, thing) for module in _modules() for thing in [*vars(module).values()] if inspect.isclass(thing)]
    return [one for module, one in every if one.__module__ == module.__name__ and not one.__name__.startswith("_")]


def pages() -> dict[str, list[str]]:
    """Inner modules that get a page beside the public ones, each with what is shown of it: public classes and what they inherit."""
    found: dict[str, list[str]] = {}
    for name, thing in public().items():
        if (
            inspect.isclass(thing)
            and name == f"{thing.__module__}.{thing.__name__}"
            and thing.__module__ not in public()
        ):
            family = [one.__name__ for one in thing.__mro__ if one.__module__ == thing.__module__]
            found.setdefault(thing.__module__, []).extend(family)
    return found


def _style() -> str:
    """The Chinese of the pages in a font of their own, as briefs have it; Latin letters stay as the browser has them."""
    from qz_analysis.fonts import subset_woff

    told = "".join(inspect.getdoc(thing) or "" for thing in [*_modules(), *public().values()])
    font = b64encode(subset_woff(told)).decode()
    return (
        f"@font-face {{ font-family: qz; src: url(data:font/woff;base64,{font}); unicode-range: U+2000-206F, U+2E80-FFEF }}\n"
        "body { font-family: qz, system-ui, sans-serif } code, pre { font-family: qz, Menlo, Consolas, monospace }\n"
    )


def _evaluable() -> None:
    """Lets pdoc evaluate every annotation, in this process: what is imported for type checkers alone, or known to another module."""
    for module in _modules():
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                exec(compile(ast.Module(node.body, []), module.__name__, "exec"), vars(module))
        # an alias that is a text, and a field of a NamedTuple, are evaluated far from where they were written
        for name, value in vars(module).items():
            if not hasattr(builtins, name):
                setattr(builtins, name, value)
    # pandas' stubs know what a Series holds, pandas does not
    setattr(pandas.Series, "__class_getitem__", classmethod(lambda cls, _: cls))  # noqa: B010


def write(folder: Path) -> list[str]:
    """Write the pages anew.

    Args:
        folder: where they go; what an earlier run left there goes.

    Returns:
        what is amiss, a line each; when the folder holds other things it is left alone.
    """
    import pdoc

    if folder.exists() and not (folder / "search.js").exists() and (not folder.is_dir() or any(folder.iterdir())):
        return [f"{folder}: holds something else than reference pages; name another folder"]
    inner = pages()
    _evaluable()
    for module, shown in inner.items():
        setattr(sys.modules[module], "__all__", shown)  # noqa: B010
    version = f"qz_analysis {qz_analysis.__version__}"
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        looks, made = Path(scratch, "looks"), Path(scratch, "pages")
        looks.mkdir()
        (looks / "custom.css").write_text(_style(), encoding="utf-8")
        pdoc.render.configure(docformat="google", show_source=False, footer_text=version, template_directory=looks)
        pdoc.pdoc("qz_analysis", *sorted(inner), output_directory=made)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    return [*(f"pdoc: {warning.message}" for warning in told), *amiss(folder)]


def amiss(folder: Path) -> list[str]:
    """What pages load from elsewhere, and links between them that lead nowhere."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    marks = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    found = []
    for path, text in texts.items():
        fetched = ["".join(groups) for groups in FETCHED.findall(text)]
        found += [f"{path.name}: loads {address}" for address in fetched if re.match(r"(?:https?:)?//", address)]
        for link in re.findall(r'<a\b[^>]*\bhref="([^"$]+)"', text):
            to, mark = urldefrag(unquote(link))
            page = (path.parent / to).resolve() if to else path
            if re.match(r"\w+:", link) or (not mark and page.is_file()):
                continue
            if mark not in marks.get(page if page in marks else folder / page, set()):
                found.append(f"{path.name}: {link} leads nowhere")
    return found


def main(folder: str = "reference") -> int:
    """Write the pages and say what is amiss; 1 when something is."""
    target = Path(folder).resolve()
    found = write(target)
    print(*(found or [target / "index.html"]), sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
