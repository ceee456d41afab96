"""The building: parameters reach notebooks, a failing profile names its place, unnumbered notebooks stay out of the build."""

import nbformat
import pytest
from nbformat import v4

import qz_analysis as qz
from qz_analysis import build as building
from qz_analysis.build import build, profiles, with_parameters
from qz_analysis.errors import QzError


def test_parameters_replace_the_tagged_cell_and_leave_the_notebook():
    """Values of every plain kind become assignments that Python reads back; the notebook given stays as it is."""
    cell = v4.new_code_cell("place = 1", metadata={"tags": ["parameters"]})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("import os"), cell])
    values = {"place": "县'\"\\\n", "source": ["a", "b"], "none": None}
    space: dict[str, object] = {}
    exec(with_parameters(notebook, values).cells[1].source, space)
    assert {name: space[name] for name in values} == values
    assert cell.source == "place = 1"


def test_a_notebook_without_parameters_is_refused():
    """A notebook that has no cell for parameters is not run with defaults in silence."""
    with pytest.raises(QzError, match="parameters"):
        with_parameters(v4.new_notebook(cells=[v4.new_code_cell("1")]), {"a": 1})


def test_a_profile_that_fails_names_its_place(tmp_path, monkeypatch):
    """When one of several profiles fails, the message names the place and the cell."""
    cells = [
        v4.new_code_cell("place = ''", metadata={"tags": ["parameters"]}),
        v4.new_code_cell("assert place != '乙山县', 'no'"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "brief_county.ipynb")
    monkeypatch.setattr(building, "_PROFILE", tmp_path / "brief_county.ipynb")
    pages = [tmp_path / "jia.txt", tmp_path / "yi.txt"]
    for page, name in zip(pages, ["甲山县", "乙山县"], strict=True):
        page.write_text(f"{name}受理事项43宗。{name}信访局", encoding="utf-8")
    with pytest.raises(QzError, match=r"^the profile of 乙山县: brief_county\.ipynb, cell 4: .*no"):
        profiles(qz.tables(pages), pages, tmp_path / "out", workers=1)


def test_only_numbered_notebooks_belong_to_the_build(tmp_path, monkeypatch):
    """`qz build` runs the numbered notebooks and leaves the one with parameters to `qz brief`."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    for name in ("00_a.ipynb", "brief_county.ipynb"):
        (tmp_path / "notebooks" / name).touch()
    ran = []
    monkeypatch.setattr(building, "_tables", lambda reports, out: [])
    monkeypatch.setattr(building, "_briefs", lambda project, notebooks, workers: ran.extend(notebooks) or [])
    assert build(tmp_path) == 0
    assert [path.name for path in ran] == ["00_a.ipynb"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_of_a_profile_lead_to_their_evidence(tmp_path, lang):
    """In either language a figure in a table of the profile is a link to its row of evidence, and no reference stays as text."""
    pages = [page for page in qz.corpus() if page.stem == "001-01-qiaoxi"]
    made = profiles(qz.tables(pages), pages, tmp_path, place="桥西区", lang=lang, workers=1)
    html = next(page for page in made if page.name.startswith("place-")).read_text(encoding="utf-8")
    assert 'href="#e-001-01-qiaoxi-1046"' in html
    assert 'id="e-001-01-qiaoxi-1046"' in html
    assert "[001-01-qiaoxi" not in html
