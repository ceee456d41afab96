"""A replication package holds what its numbers depend on, and makes them anew."""

import runpy
import subprocess
import sys

import pandas as pd
import pytest

import qz_analysis as qz

pytestmark = pytest.mark.usefixtures("kept_workers")

TEXTS = {
    "a.txt": "望都县2018年工作总结\n2018年，全县调解成功率97.5%，受理信访件120件。",
    "b.txt": "望都县2019年工作总结\n2019年，全县调解成功率98.7%，受理信访件xx件。",
}


@pytest.fixture
def pages(tmp_path):
    """Two reports of one county, and a table that says more of one of them."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def rebuilt(monkeypatch, capsys):
    """The exit code of rebuild.py, and what it says."""

    def rebuild(package, folder):
        monkeypatch.setattr(sys, "argv", ["rebuild.py", str(folder)])
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(package / "rebuild.py"), run_name="__main__")
        return end.value.code, capsys.readouterr().out

    return rebuild


def command(package, folder):
    """The same by a process of its own, which knows no words but the package's."""
    done = subprocess.run(
        [sys.executable, package / "rebuild.py", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_one_command_makes_every_table_anew(pages, tmp_path, rebuilt):
    """rebuild.py finds all files the same, the panel among them."""
    package = qz.replicate(pages, tmp_path / "package")
    code, said = rebuilt(package, pages)
    assert code == 0 and said.count("the same") == 6 and "DIFFERS" not in said
    assert pd.read_csv(package / "panel.csv", dtype=str)["mediation_success_rate"].tolist() == ["97.5", "98.7"]  # fmt: skip


def test_another_text_or_a_changed_table_is_told(pages, tmp_path, rebuilt):
    """A text with another hash stops the comparison; a changed table is named."""
    package = qz.replicate(pages, tmp_path / "package")
    table = package / "tables" / "claims.csv"
    table.write_text(table.read_text("utf-8").replace("98.7", "98.8"), "utf-8")
    assert "tables/claims.csv: DIFFERS" in rebuilt(package, pages)[1]
    (pages / "a.txt").write_text("另一份", encoding="utf-8")
    code, said = rebuilt(package, pages)
    assert code == 1 and "a.txt: is another text" in said


def test_documents_corrections_and_words_are_part_of_it(pages, tmp_path):
    """What was decided by hand is copied and applied again."""
    (pages / "documents.csv").write_text("file,place\na.txt,唐县\n", "utf-8")
    words = tmp_path / "words.toml"
    words.write_text("[units.count]\n'沓' = 'cases'\n", "utf-8")
    qz.vocabulary(words)
    try:
        package = qz.replicate(pages, tmp_path / "package")
    finally:
        qz.vocabulary(reset=True)
    assert (package / "documents" / "documents.csv").is_file()
    assert [path.name for path in (package / "vocabulary").iterdir() if path.suffix] == ["01_words.toml"]  # fmt: skip
    assert "唐县" in (package / "tables" / "reports.csv").read_text("utf-8")
    assert command(package, pages)[0] == 0


def test_texts_are_copied_only_when_asked(pages, tmp_path, rebuilt):
    """Texts may be under copyright and name persons."""
    bare = qz.replicate(pages, tmp_path / "bare")
    whole = qz.replicate(pages, tmp_path / "whole", texts=True)
    assert not (bare / "texts").exists() and (whole / "texts" / "a.txt").is_file()
    assert rebuilt(whole, whole / "texts")[0] == 0


def test_the_readme_is_filled_in(pages, tmp_path):
    """Numbers of files, places and years stand in it, and no unfilled sign."""
    said = (qz.replicate(pages, tmp_path / "package") / "README.md").read_text("utf-8")
    assert "2 files with 2 reports of 1 places, from 2018 to 2019" in said and "$" not in said


def test_a_folder_of_others_and_twins_are_refused(pages, tmp_path):
    """Nothing of the user's is written over, and hashes must tell texts apart."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(qz.QzError, match="holds other things"):
        qz.replicate(pages, mine)
    (pages / "sub").mkdir()
    (pages / "sub" / "a.txt").write_text("x", "utf-8")
    with pytest.raises(qz.QzError, match=r"a\.txt: two files have this name"):
        qz.replicate(pages, tmp_path / "package")
