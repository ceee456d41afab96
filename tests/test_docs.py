"""The documents say what the code does."""

import re
from importlib import util
from pathlib import Path

import pytest

from qz_analysis.schema import (
    CLAIMS,
    CORRECTED,
    CORRECTIONS,
    DOCUMENTS,
    ERRORS,
    IMPLIED,
    MECHANISMS,
    PANEL,
    RELATIONS,
    REPORTS,
    dictionary,
)

ROOT = Path(__file__).parent.parent


def _accuracy():
    spec = util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("claims", CLAIMS),
        ("relations", RELATIONS),
        ("reports", REPORTS),
        ("documents", DOCUMENTS),
        ("errors", ERRORS),
        ("panel", PANEL),
        ("corrections", CORRECTIONS),
        ("corrected", CORRECTED),
        ("implied", IMPLIED),
        ("mechanisms", MECHANISMS),
    ],
)
def test_data_dictionary_shows_the_columns(name, fields):
    """data/README.md shows each table's columns as fields.py describes them."""
    assert dictionary(fields) in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def test_readme_shows_the_measured_accuracy():
    """The README's accuracy table is the one that the benchmark prints, and has not lost ground."""
    module = _accuracy()
    counts = module.measure()
    assert module.table(counts) in (ROOT / "README.md").read_text(encoding="utf-8")
    assert counts["exact"] >= 0.985 * counts["claim"]
    assert counts["redacted found"] == counts["redacted"]


def test_readme_example_prints_what_it_shows(capsys, tmp_path, monkeypatch):
    """The ten lines at the head of the README run as they stand and print what stands below them."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code, shown = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL).groups()
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert capsys.readouterr().out == shown


def test_map_of_the_house_names_every_module():
    """CONTRIBUTING.md names every module of the package and no other."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+\.py)`", text))
    modules = {p.name for p in (ROOT / "qz_analysis").rglob("*.py")} - {"__init__.py"}
    assert modules == named


def test_notebooks_carry_no_output():
    """Notebooks are committed without outputs and with steady cell ids."""
    import json

    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert len({c["id"] for c in cells}) == len(cells)
        assert not any(c.get("outputs") or c.get("execution_count") for c in cells), path.name


def test_no_public_function_has_the_name_of_a_module():
    """Importing a module never hides a public function: modules are nouns of their own."""
    import qz_analysis as qz

    package = ROOT / "qz_analysis"
    modules = {p.stem for p in package.glob("*.py")} | {
        p.parent.name for p in package.glob("*/__init__.py")
    }
    assert {name for name in qz.__all__ if name in modules} == {"brief", "charts", "programmes"}
