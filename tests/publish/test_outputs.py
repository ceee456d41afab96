"""Earlier outputs are replaced, and nothing else is."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from nbformat import v4

import qz_analysis as qz
from qz_analysis import brief
from qz_analysis.errors import QzError
from qz_analysis.publish.export import write
from qz_analysis.publish.outputs import is_package, refuse_foreign
from qz_analysis.runs.run import run

TEXT = "甲县2011年受理事项43宗，办结36宗，办结率83.7%。"
NAMES = ["a.xlsx", "a.zip", "a.parquet"]


@pytest.fixture(scope="module")
def result():
    """Tables of one invented sentence."""
    return qz.tables(TEXT)


def _export(result, path):
    table = "claims" if path.suffix == ".parquet" else None
    return qz.export(result, path, table=table)


@pytest.mark.parametrize("name", NAMES)
def test_an_earlier_export_is_known(result, tmp_path, name):
    """A workbook, a package and a Parquet table of the package's own give way to the next."""
    refuse_foreign(_export(result, tmp_path / name))
    _export(result, tmp_path / name)


def _of_the_user(path: Path) -> None:
    table = pd.DataFrame({"n": [1]})
    if path.suffix == ".xlsx":
        table.to_excel(path)
    elif path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("datapackage.json", "{}")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_the_users_is_left_alone(result, tmp_path, name):
    """A workbook, an archive and a table that somebody else made are not written over."""
    _of_the_user(tmp_path / name)
    stood = (tmp_path / name).read_bytes()
    with pytest.raises(QzError, match="was not made by qz; move it away"):
        _export(result, tmp_path / name)
    assert (tmp_path / name).read_bytes() == stood
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_package_of_somebody_elses_is_left_alone(result, tmp_path):
    """A data package that another program made is not replaced, one of ours is."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "datapackage.json").write_text(json.dumps({"resources": [{"path": "a.csv"}]}))
    (other / "a.csv").write_text("mine\n")
    with pytest.raises(QzError, match="holds other things"):
        qz.export(result, other)
    assert not is_package(other) and is_package(qz.export(result, tmp_path / "ours"))


def test_a_page_of_the_users_is_left_alone(tmp_path):
    """A brief takes the place of an earlier one, and of no other page."""
    page = v4.new_notebook(cells=[v4.new_markdown_cell("# Petitions")])
    for _ in range(2):
        brief.export(page, tmp_path / "ours.html")
    (tmp_path / "mine.html").write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(QzError, match=r"mine\.html: is there and was not made by qz"):
        brief.export(page, tmp_path / "mine.html")
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "<p>mine</p>"


def test_an_empty_file_may_be_filled(tmp_path):
    """A file that holds nothing is nobody's loss, and what is not there is none."""
    (tmp_path / "a").touch()
    refuse_foreign(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("name", ["claims.csv", "corrected.csv"])
def test_tables_of_the_users_are_left_alone(result, tmp_path, name):
    """The tables of a project are written anew over earlier ones, and over none with other columns."""
    for _ in range(2):
        write(result, tmp_path / "tables")
    (tmp_path / "tables" / name).write_text("my,own\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    with pytest.raises(QzError, match="was not made by qz"):
        write(qz.tables("受理2宗。"), tmp_path / "tables")
    assert {path: path.read_bytes() for path in (tmp_path / "tables").iterdir()} == before


def test_tables_of_a_run_are_left_alone(result, tmp_path):
    """What `qz extract` wrote into a folder is not replaced by the tables of a project."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "tables", workers=1)
    with pytest.raises(QzError, match=r"claims\.csv: is a table of `qz extract`"):
        write(result, tmp_path / "tables")
