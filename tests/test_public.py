"""The public names: listed once, loaded when used, documented, typed, and each with an example that runs."""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

import qz_analysis as qz

SOURCE = Path(qz.__file__)
EXAMPLES = doctest.DocTestParser()


def _ours(value):
    return getattr(value, "__module__", "").startswith("qz_analysis")


def _named():
    """Every public function and class by the name that a user writes: those of the package and of its public modules."""
    for name in qz.__all__:
        value = getattr(qz, name)
        if inspect.ismodule(value):
            yield from ((f"{name}.{inner}", getattr(value, inner)) for inner in value.__all__)
        else:
            yield name, value


def _reference():
    """The script of the reference pages, which shows the same names."""
    spec = util.spec_from_file_location("reference", SOURCE.parent.parent / "docs" / "reference.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _public():
    named = dict(_named())
    return named | {
        name: kind for name, kind in _reference().classes().items() if kind not in named.values()
    }


def _methods(kind):
    """Public methods and properties that a class defines itself, as functions."""
    for name, value in vars(kind).items():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, function


PUBLIC = _public()
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}
METHODS = {f"{name}.{inner}": (value, function) for name, value in CLASSES.items() for inner, function in _methods(value)}  # fmt: skip


def examples(value):
    """The lines of a docstring's examples."""
    return [one.source for one in EXAMPLES.get_examples(inspect.getdoc(value) or "")]


def untyped(function):
    """Parameters without a type, and `return`."""
    signature = inspect.signature(function)
    bare = [
        p.name
        for p in signature.parameters.values()
        if p.annotation is p.empty and p.name not in ("self", "cls")
    ]
    return bare + ["return"] * (signature.return_annotation is signature.empty)


def test_what_is_looked_at():
    """Functions, public modules' functions, and the classes that functions give back are all among the names."""
    assert {
        "extract",
        "charts.rates",
        "brief.export",
        "QzError",
        "Store",
        "Tables",
        "Document",
    } <= {*PUBLIC}
    assert {"Store.claims", "Store.finished"} <= {*METHODS}


@pytest.mark.parametrize("name", PUBLIC)
def test_each_name_is_documented_with_an_example_that_runs(name):
    """A public name says in a sentence what it is, and shows it in an example that no run leaves out."""
    text = inspect.getdoc(PUBLIC[name]) or ""
    first = text.partition("\n\n")[0]
    assert re.match(r"[A-Z]", first) and re.search(r"[.:]$", first), first
    assert examples(PUBLIC[name]), "no example"
    assert "+SKIP" not in text


@pytest.mark.parametrize("name", METHODS)
def test_each_method_is_documented_and_shown(name):
    """A method of a public class has a sentence of its own, and is used in its own example or in that of its class."""
    kind, function = METHODS[name]
    assert inspect.getdoc(function), "no docstring"
    shown = re.search(rf"\.{function.__name__}\b", "".join(examples(kind)))
    assert shown or examples(function), "shown in no example"
    assert "+SKIP" not in (inspect.getdoc(function) or "")


@pytest.mark.parametrize("name", [*PUBLIC, *METHODS])
def test_each_name_is_typed(name):
    """Every parameter has a type, and what comes back."""
    value = METHODS[name][1] if name in METHODS else PUBLIC[name]
    if inspect.isclass(value):
        value = vars(value).get("__init__")
        if value is None or not inspect.isfunction(value) or not _ours(value):
            return  # made by NamedTuple or dataclass out of typed fields, or an error that takes what any error takes
    assert untyped(value) == []


def _for_checkers():
    """The names that a type checker is told of, and the modules they come from."""
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    [block] = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    for node in block.body:
        assert isinstance(node, ast.ImportFrom) and node.level == 1
        yield from ((alias.asname or alias.name, node.module) for alias in node.names)


def test_the_three_lists_agree():
    """`__all__`, the homes that names are loaded from and what type checkers see name the same, each once and in order."""
    seen = [*_for_checkers()]
    assert qz.__all__ == sorted({*qz.__all__})
    assert sorted(name for name, _ in seen) == qz.__all__
    modules = {n for n in qz.__all__ if inspect.ismodule(getattr(qz, n))}
    assert {name: module for name, module in seen if name not in modules} == qz._HOME
    assert modules == {*qz._MODULES}
    assert all(getattr(qz, name).__name__ == f"qz_analysis.{qz._MODULES[name]}" for name in modules)


def test_names_come_from_their_homes():
    """Each name is the very thing that its module has, and the modules list it too."""
    for name, home in qz._HOME.items():
        module = sys.modules[f"qz_analysis.{home}"]
        assert getattr(qz, name) is getattr(module, name)
        assert name in module.__all__


def test_dir_shows_the_names():
    """`dir` of the package shows the public names and the version, and nothing else."""
    assert sorted(dir(qz)) == sorted([*qz.__all__, "__version__"])


def test_a_name_that_is_not_there():
    """Another name is an AttributeError like any module's."""
    with pytest.raises(AttributeError, match="module 'qz_analysis' has no attribute 'colour'"):
        qz.colour  # noqa: B018


def test_importing_loads_the_standard_library_alone():
    """`import qz_analysis` and `dir` of it load no module that Python does not bring."""
    script = "import sys; before = {*sys.modules}; import qz_analysis; dir(qz_analysis); print(*({*sys.modules} - before))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.partition(".")[0] for name in loaded} - {*sys.stdlib_module_names} == {
        "qz_analysis"
    }
