"""The building: parameters reach notebooks, a failing profile names its place, unnumbered notebooks stay out of the build."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat import v4
from printing import printed, prints
from sparing import sparing

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.extraction.corrections import append, line
from qz_analysis.publish import build as building
from qz_analysis.publish.build import build, profiles, with_parameters

pytestmark = pytest.mark.usefixtures("kept_kernels", "one_font")


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


def test_a_profile_that_fails_names_its_place_and_stops_no_other(tmp_path, monkeypatch, capsys):
    """When one of several profiles fails, the message names place and cell; the rest are made."""
    cells = [
        v4.new_code_cell("place = ''", metadata={"tags": ["parameters"]}),
        v4.new_code_cell("assert place != '乙山县', 'no'"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "brief_county.ipynb")
    monkeypatch.setattr(building, "_PROFILE", tmp_path / "brief_county.ipynb")
    pages = [tmp_path / "jia.txt", tmp_path / "yi.txt"]
    for page, name in zip(pages, ["甲山县", "乙山县"], strict=True):
        page.write_text(f"{name}受理事项43宗。{name}信访局", encoding="utf-8")
    told = r"the profile of 乙山县: brief_county\.ipynb, cell \d+: .*no"
    made = profiles(qz.tables(pages), pages, tmp_path / "out", workers=1)
    assert [path.name for path in made] == ["places.html", "place-甲山县.html"]
    assert re.search(f"qz: {told}.*; the other places have their pages", capsys.readouterr().err)
    with pytest.raises(QzError, match=f"^{told}"):
        profiles(qz.tables(pages[1:]), pages[1:], tmp_path / "out", workers=1)


def test_pages_of_one_stem_have_a_profile_each(tmp_path):
    """Documents that bear their suffix in their names are found again when read by themselves."""
    pages = [tmp_path / "a.md", tmp_path / "a.txt"]
    for page in pages:
        page.write_text("受理事项43宗，办结36宗。", encoding="utf-8")
    made = profiles(qz.tables(pages), pages, tmp_path / "out", workers=1)
    assert len(made) == 3


def test_only_numbered_notebooks_belong_to_the_build(tmp_path, monkeypatch):
    """`qz build` runs the numbered notebooks and leaves the one with parameters to `qz brief`."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    for name in ("00_a.ipynb", "brief_county.ipynb"):
        (tmp_path / "notebooks" / name).touch()
    ran = []
    reports = SimpleNamespace(reports=pd.DataFrame({"doc": [], "title": []}))
    monkeypatch.setattr(building, "_tables", lambda *_: (reports, []))
    monkeypatch.setattr(
        building, "_briefs", lambda project, notebooks, *_: ran.extend(notebooks) or []
    )
    assert build(tmp_path) == 0
    assert [path.name for path in ran] == ["00_a.ipynb"]


@pytest.fixture(scope="module", params=sparing(["zh", "en"], 2))
def brief(request, tmp_path_factory, kept_kernels):
    """The page of a district of the corpus, in either language."""
    folder = tmp_path_factory.mktemp("brief")
    pages = [page for page in qz.corpus() if page.stem == "001-01-qiaoxi"]
    made = profiles(qz.tables(pages), pages, folder, place="桥西区", lang=request.param, workers=1)
    return next(page for page in made if page.name.startswith("place-"))


def test_every_figure_of_a_profile_leads_to_its_sentence(brief):
    """In either language every link of the page leads to a row of evidence that shows the figure in its sentence, and no reference stays as text."""
    page = BeautifulSoup(brief.read_text(encoding="utf-8"), "html.parser")
    assert page.select_one('a[href="#e-001-01-qiaoxi-1046"]')
    assert "[001-01-qiaoxi" not in page.get_text()
    links = page.select("main a[href^='#e-']")
    assert len(links) > 10
    for link in links:
        mark = page.find(id=unquote(str(link["href"])[1:]))
        assert mark is not None and mark.name == "mark"
        figure = mark.get_text()
        assert set(re.findall(r"\d", link.get_text())) <= set(re.findall(r"\d", figure))


def test_the_evidence_holds_every_figure_with_its_source(brief):
    """The evidence marks each claim of the tables once, each sentence stands in one row with the title of its document, those of the first lines first, whatever the language."""
    page = BeautifulSoup(brief.read_text(encoding="utf-8"), "html.parser")
    claims = qz.extract([page for page in qz.corpus() if page.stem == "001-01-qiaoxi"])
    marks = page.select("td mark")
    wanted = [f"e-001-01-qiaoxi-{start}" for start in claims["start"]]
    assert sorted(mark["id"] for mark in marks) == sorted(wanted)
    led = {link["href"].removeprefix("#") for link in page.select(".story a")}
    assert led and marks[0].find_parent("tr").find("mark", id=lambda one: one in led)
    rows = {id(mark.find_parent("tr")): mark.find_parent("tr") for mark in marks}.values()
    sentences = [row.td.get_text() for row in rows]
    assert len(set(sentences)) == len(sentences) == claims["sentence"].nunique()
    assert all("桥西区一季度信访情况" in row.get_text() for row in rows)


def test_no_code_of_the_tables_stands_in_a_page(brief):
    """Neither names of files nor codes of periods and indicators are shown."""
    words = BeautifulSoup(brief.read_text(encoding="utf-8"), "html.parser").main.get_text(" ")
    assert not re.search(r"001-01|20xx|\w+\.\w*\.\w+_\w+|\b[a-z]+_[a-z]+\b", words)


@prints
def test_a_profile_prints_on_two_pages(brief):
    """Without the evidence a place's page takes two sheets of A4 at most."""
    assert len(printed(brief)) <= 2


def test_the_build_uses_the_corrections_of_the_project(tmp_path, monkeypatch, capsys):
    """`qz build` applies corrections.csv of the project to its tables, writes what became of them and tells what was refused."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_a.ipynb").touch()
    page = tmp_path / "data" / "reports" / "a.md"
    page.write_text("甲县受理事项43宗，办结36宗，办结率88.7%。", encoding="utf-8")
    monkeypatch.setattr(building, "_briefs", lambda *_: [])
    claims = qz.extract(page)
    wrong = line(claims.iloc[0], "direction", "up", "乙")
    append(tmp_path / "corrections.csv", [line(claims.iloc[2], "value", 83.7, "乙"), wrong])
    assert build(tmp_path) == 0
    out, err = capsys.readouterr()
    assert "corrections.csv: 1 applied, 1 refused" in out and "(0 bad)" in out
    assert "corrections.csv, line 3: a, 6-9, direction: only a change has a direction" in err
    assert pd.read_csv(tmp_path / "tables" / "corrected.csv")["outcome"].tolist() == [
        "applied",
        "refused",
    ]
    (tmp_path / "corrections.csv").unlink()
    assert build(tmp_path) == 0
    assert (
        "(1 bad)" in capsys.readouterr().out
        and not (tmp_path / "tables" / "corrected.csv").exists()
    )


def test_notebooks_of_the_corpus_read_the_corrections_of_the_project():
    """Every numbered notebook that reads the corpus takes the project's corrections, as the build does; the reader's own notebook the reader's."""
    for path in (Path(__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb"):
        if path.stem.startswith(("10", "11")):  # they read reports that they make up themselves
            continue
        text = path.read_text(encoding="utf-8")
        own = 'corrections=Path(\\"..\\").glob(\\"corrections.csv\\")'
        wanted = "corrections=corrections" if path.stem.startswith("08") else own
        assert text.count("qz.tables(") == text.count(wanted)


def test_no_file_of_a_brief_names_a_person():
    """Briefs are called after their places without the persons in them, and no two alike."""
    keys = ["甲县村民欧阳春海13800000000", "甲县村民欧阳春河13800000001", "甲县"]
    made = building._files([SimpleNamespace(key=key) for key in keys], "en")
    assert [*made] == keys
    assert [*made.values()] == [
        "place-甲县村民欧阳.html",
        "place-甲县村民欧阳-2.html",
        "place-甲县.html",
    ]


def test_the_build_speaks_both_languages_and_every_link_resolves(tmp_path):
    """Each notebook becomes a page in each language, out of one set of code; every link of every page leads to an element or a file that is there."""
    (tmp_path / "data" / "reports").mkdir(parents=True)
    shutil.copy(qz.corpus()[2], tmp_path / "data" / "reports")
    (tmp_path / "notebooks" / "zh").mkdir(parents=True)
    cells = [
        v4.new_markdown_cell("# Checks\n\nWhat holds."),
        v4.new_code_cell(
            'from pathlib import Path\n\nimport qz_analysis as qz\n\nqz.language("en")\n'
            'made = qz.tables(Path("../data/reports"))\nqz.findings(made.claims)'
        ),
        v4.new_code_cell('qz.evidence(qz.compare(made.claims, indicator="rates"))'),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"c-{number}"
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "notebooks" / "00_a.ipynb")
    (tmp_path / "notebooks" / "zh" / "00_a.md").write_text(
        "<!-- c-0 -->\n# 核对\n\n成立与否。\n", "utf-8"
    )
    assert build(tmp_path, langs=("en", "zh"), workers=1) == 0
    out = tmp_path / "briefs"
    names = {"00_a.html", "00_a.zh.html", "index.html", "index.zh.html"}
    assert {path.name for path in out.glob("*.html")} == names
    pages = {name: BeautifulSoup((out / name).read_text("utf-8"), "html.parser") for name in names}
    assert (
        pages["00_a.zh.html"].h1.get_text() == "核对"
        and pages["00_a.zh.html"].html["lang"] == "zh-Hans"
    )
    assert "一季度，年份被隐去" in pages["00_a.zh.html"].get_text()
    assert "桥西区一季度信访情况" in pages["00_a.html"].main.get_text()
    for name, page in pages.items():
        links = [str(link["href"]) for link in page.select("a[href]")]
        assert len(links) > 1
        for link in links:
            file, _, anchor = link.partition("#")
            there = pages[unquote(file) or name]
            assert not anchor or there.find(id=unquote(anchor)) is not None, link
