"""The documents say what the code does."""

import contextlib
import re
from importlib import util
from pathlib import Path

import pytest

import qz_analysis as qz
from qz_analysis import cli
from qz_analysis.arithmetic import intervals
from qz_analysis.schema import (
    CELL_EVIDENCE,
    CLAIMS,
    CORRECTED,
    CORRECTIONS,
    COUNTY_YEARS,
    DOCUMENTS,
    ERRORS,
    IMPLIED,
    LEDGER,
    MATCHES,
    MECHANISMS,
    PANEL,
    RELATIONS,
    REPORTS,
    SIDECAR,
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
        ("sidecar", SIDECAR),
        ("errors", ERRORS),
        ("panel", PANEL),
        ("county_years", COUNTY_YEARS),
        ("cell_evidence", CELL_EVIDENCE),
        ("matches", MATCHES),
        ("corrections", CORRECTIONS),
        ("corrected", CORRECTED),
        ("implied", IMPLIED),
        ("ledger", LEDGER),
        ("mechanisms", MECHANISMS),
    ],
)
def test_data_dictionary_shows_the_columns(name, fields):
    """data/README.md shows each table's columns as fields.py describes them."""
    assert dictionary(fields) in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def test_docs_show_the_measured_accuracy():
    """The accuracy table is the one that the benchmark prints, and has not lost ground."""
    module = _accuracy()
    counts = module.measure()
    assert module.table(counts) in (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert counts["exact"] >= 0.985 * counts["claim"]
    assert counts["redacted found"] == counts["redacted"]


README = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "data/README.md", *DOCS]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def _anchors(text):
    heads = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page):
    """A link of a document leads to a file of the project, and to a heading where it names one."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in _anchors(there.read_text(encoding="utf-8")), target


def test_the_readme_leads_to_every_page():
    """Each page of the documentation is linked from the README."""
    linked = {*LINK.findall(README[0].read_text(encoding="utf-8"))}
    assert {f"docs/{path.name}" for path in DOCS} <= linked


def test_both_readmes_say_the_same():
    """The Chinese README has the headings, rows, links and code of the English one, in its order."""
    english, chinese = (path.read_text(encoding="utf-8") for path in README)
    for found in (r"(?m)^(#+) ", r"(?m)^\|.*\|$", r"(?s)```.*?```", r"(?m)^- \*\*"):
        one, other = (re.findall(found, text) for text in (english, chinese))
        same = one == other if "```" in found or "#" in found else len(one) == len(other)
        assert same, found
    (to_chinese, *links), (to_english, *others) = map(LINK.findall, (english, chinese))
    assert (to_chinese, to_english) == ("README.zh.md", "README.md")
    assert links == others


@pytest.mark.parametrize("page", [*README, ROOT / "data/README.md", *DOCS], ids=lambda p: p.name)
def test_lines_of_prose_are_short(page):
    """Outside tables and code no line is longer than 100 columns; in Chinese a character has two."""
    prose = re.sub(r"(?sm)^```.*?^```|^\|[^\n]*", "", page.read_text(encoding="utf-8"))
    wide = r"[\u3000-\u9fff\uff00-\uffef]" if ".zh." in page.name else "(?!)"
    assert [line for line in prose.splitlines() if len(re.sub(wide, "**", line)) > 100] == []


def test_audit_example_prints_what_it_shows(capsys, tmp_path, monkeypatch):
    """The sentence that docs/audit.md audits gives the output below it."""
    text = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    report, shown = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(report, encoding="utf-8")
    assert cli.main(["audit", "report.txt"]) == 1
    assert capsys.readouterr().out.strip() == shown.strip()


def test_audit_page_shows_the_intervals():
    """The table of intervals in docs/audit.md is the one that the code states."""
    rows = re.findall(r"(?m)^\|.*$", intervals.__doc__)
    assert rows and "\n".join(rows) in (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")


def test_vocabulary_example_is_a_vocabulary(tmp_path):
    """The file that docs/vocabulary.md shows is accepted as it stands."""
    text = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "mine.toml").write_text(example, encoding="utf-8")
    (tmp_path / "report.txt").write_text("2023年，全县接听热线1280通。", encoding="utf-8")
    command = ["extract", "report.txt", "--out", "out", "--vocabulary", "mine.toml"]
    with contextlib.chdir(tmp_path):
        assert cli.main(command) == 0
        assert qz.open("out").claims()["text"].tolist() == ["1280通"]


@pytest.mark.parametrize("readme", README, ids=lambda path: path.name)
def test_readme_example_prints_what_it_shows(readme, capsys, tmp_path, monkeypatch):
    """The ten lines of the README run as they stand and print what stands below them."""
    text = readme.read_text(encoding="utf-8")
    code, shown = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL).groups()
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert capsys.readouterr().out == shown


def test_map_of_the_house_names_every_module():
    """CONTRIBUTING.md has a row for every module of every room, and for no other."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^\| `(\w+/\w+\.py)` \|", text)
    package = ROOT / "qz_analysis"
    modules = {path.relative_to(package).as_posix() for path in package.glob("*/*.py")}
    assert sorted(named) == sorted(name for name in modules if "__init__" not in name)


def test_notebooks_carry_no_output():
    """Notebooks are committed without outputs and with steady cell ids."""
    import json

    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert len({c["id"] for c in cells}) == len(cells)
        assert not any(c.get("outputs") or c.get("execution_count") for c in cells), path.name


def test_notebooks_import_public_names_alone():
    """A notebook takes from the package what a user may take: public names and those of charts."""
    import qz_analysis as qz

    for path in (ROOT / "notebooks").glob("*.ipynb"):
        said = path.read_text(encoding="utf-8")
        for module, names in re.findall(r"from qz_analysis(\.\w+)* import ([\w, ]+)", said):
            known = {"": qz.__all__, ".charts": qz.charts.__all__}.get(module, [])
            assert {name.strip() for name in names.split(",")} <= {*known}, path.name


def test_no_public_function_has_the_name_of_a_room():
    """Importing a room never hides a public function: rooms are called otherwise than functions."""
    package = ROOT / "qz_analysis"
    modules = {p.stem for p in package.glob("*.py")} | {
        p.parent.name for p in package.glob("*/__init__.py")
    }
    assert {name for name in qz.__all__ if name in modules} == {"charts"}
