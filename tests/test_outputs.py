"""Outputs are written whole or not at all, and over earlier outputs alone."""

import errno
import json
import os
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from nbformat import v4

import qz_analysis as qz
from qz_analysis import brief, charts
from qz_analysis.cli import main
from qz_analysis.comparison.findings import limits
from qz_analysis.errors import QzError
from qz_analysis.outputs import refuse_foreign, replaced, unchanged
from qz_analysis.publish.export import write
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
    assert not unchanged(other) and unchanged(qz.export(result, tmp_path / "ours"))


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
    before = {path: path.read_bytes() for path in (tmp_path / "tables").glob("*.csv")}
    with pytest.raises(QzError, match=r"was not made by qz|was changed since"):
        write(qz.tables("受理2宗。"), tmp_path / "tables")
    assert {path: path.read_bytes() for path in (tmp_path / "tables").glob("*.csv")} == before


def test_tables_of_a_run_are_left_alone(result, tmp_path):
    """What `qz extract` wrote into a folder is not replaced by the tables of a project."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "tables", workers=1)
    with pytest.raises(QzError, match=r"claims\.csv: is a table of `qz extract`"):
        write(result, tmp_path / "tables")


def _brief(folder: Path, words: str) -> list[Path]:
    page = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {words}")])
    return [brief.export(page, folder / "page.html")]


def _audit(folder: Path, words: str, kind: str = "text") -> list[Path]:
    folder.joinpath("in").mkdir(exist_ok=True)
    folder.joinpath("in", "a.txt").write_text(TEXT + "受理2件。" * len(words), encoding="utf-8")
    out = folder / f"audit.{kind}"
    argv = ["audit", str(folder / "in"), "--format", kind, "--out", str(out), "--no-corrections"]
    if main(argv) and not out.is_file():
        raise QzError("not written")
    return [out]


def _picture(folder: Path, words: str) -> list[Path]:
    figure = charts.rates(charts.example(), title=words).figure
    try:
        return charts.save(figure, "rates", folder)
    finally:
        plt.close(figure)


def _choice(folder: Path, words: str) -> list[Path]:
    explorer = qz.explore(qz.extract(TEXT), lang="zh" if words == "three" else "en")
    return [explorer.save(folder / "notes.txt")]


def _tables(folder: Path, words: str) -> list[Path]:
    return write(qz.tables(TEXT + f"受理{len(words)}件。"), folder / "tables")


def _workbook(folder: Path, words: str) -> list[Path]:
    return [qz.export(qz.tables(TEXT + f"受理{len(words)}件。"), folder / "a.xlsx")]


def _packed(folder: Path, words: str) -> list[Path]:
    return [qz.export(qz.tables(TEXT + f"受理{len(words)}件。"), folder / "a.zip")]


def _parquet(folder: Path, words: str) -> list[Path]:
    claims = qz.extract(TEXT + f"受理{len(words)}件。")
    return [qz.export(claims, folder / "a.parquet")]


WRITERS = [_brief, _audit, _picture, _choice, _tables, _workbook, _packed, _parquet]


def _contents(folder: Path) -> dict[Path, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if path.parts[-2] not in (".qz", "in")}


@pytest.mark.parametrize("writer", WRITERS)
def test_an_output_is_replaced_until_somebody_changes_it(writer, tmp_path, capsys):
    """Every writer replaces what it made, and leaves alone what somebody added a line to."""
    writer(tmp_path, "one")
    first = _contents(tmp_path)
    paths = writer(tmp_path, "three")
    assert _contents(tmp_path).keys() == first.keys() and _contents(tmp_path) != first
    with paths[0].open("ab") as handle:
        handle.write(b"\nmy notes\n")
    before = _contents(tmp_path)
    try:
        writer(tmp_path, "one")
    except QzError as error:
        told = str(error)
    else:
        told = capsys.readouterr().err
    assert "was changed since qz made it; move it away" in told and paths[0].name in told
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_leaves_what_was_there(writer, tmp_path, monkeypatch, capsys):
    """When the disk takes no more, the earlier output is whole, nothing stands beside it, and the error names the file."""
    paths = writer(tmp_path, "one")
    before, opened = _contents(tmp_path), Path.open

    def full(path: Path, mode: str = "r", *more: object, **words: object) -> object:
        if "w" in mode and tmp_path in path.parents and path.parent.name != "in":
            handle = opened(path, mode, *more, **words)
            handle.write("part" if "b" not in mode else b"part")
            handle.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode, *more, **words)

    def no_place(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "open", full)
    if writer in (_workbook, _packed, _parquet):  # their libraries open files by themselves
        monkeypatch.setattr("os.replace", no_place)
        monkeypatch.setattr(Path, "replace", no_place)
    try:
        writer(tmp_path, "three")
    except QzError as error:
        told = str(error)
    else:
        told = capsys.readouterr().err
    assert "cannot be written (No space left on device); make room" in told
    assert paths[0].name in told
    monkeypatch.undo()
    assert _contents(tmp_path) == before


def test_a_diary_that_quotes_an_audit_is_left_alone(tmp_path, capsys):
    """A text of the user's is known as such, also when it ends as an audit does."""
    (tmp_path / "audit.text").write_text(f"my diary\n{limits()}\n", encoding="utf-8")
    _audit(tmp_path, "one")
    assert "audit.text: is there and was not made by qz" in capsys.readouterr().err
    assert (tmp_path / "audit.text").read_text(encoding="utf-8").startswith("my diary")


def test_a_choice_is_written_over_no_notes(tmp_path):
    """The explorer keeps its choice in no file that it did not make."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(QzError, match=r"notes\.txt: is there and was not made by qz"):
        _choice(tmp_path, "one")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_table_that_begins_with_a_blank_line_is_somebodys(result, tmp_path):
    """A table of the user's is left alone whatever stands in its first line."""
    (tmp_path / "claims.csv").write_text("\nmine\n", encoding="utf-8")
    with pytest.raises(QzError, match=r"claims\.csv: is there and was not made by qz"):
        write(result, tmp_path)
    assert (tmp_path / "claims.csv").read_text(encoding="utf-8") == "\nmine\n"


def test_a_package_whose_rows_were_changed_is_left_alone(result, tmp_path):
    """A data package to one of whose tables a row was added is no longer replaced."""
    target = qz.export(result, tmp_path / "package")
    with (target / "claims.csv").open("a", encoding="utf-8") as handle:
        handle.write("mine\n")
    with pytest.raises(QzError, match="holds other things than a data package of qz"):
        qz.export(result, target)
    assert (target / "claims.csv").read_text(encoding="utf-8").endswith("mine\n")


@pytest.mark.skipif(os.name != "posix", reason="links and devices of another kind")
def test_links_and_devices_stay(tmp_path):
    """A link leads to the new output as it led to the old one, and a device is written to."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "there" / "real.txt")
    for words in ("one", "two"):
        with replaced(tmp_path / "link.txt") as part:
            part.write_text(words, encoding="utf-8")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "there" / "real.txt").read_text(encoding="utf-8") == "two"
    with replaced(Path(os.devnull)) as part:
        assert part == Path(os.devnull)


def test_a_list_that_was_cut_is_gone_on_with(tmp_path):
    """A line that a full disk left half in the list of what was made spoils no other."""
    for words in ("one", "two", "three"):
        with replaced(tmp_path / "a.txt") as part:
            part.write_text(words, encoding="utf-8")
        with (tmp_path / ".qz" / "made").open("a", encoding="utf-8") as handle:
            handle.write("half a li")


def test_a_list_counts_as_it_stands_now(tmp_path):
    """What another process adds to the list of what was made is seen, and so is another list in its place."""
    target, made = tmp_path / "a.txt", tmp_path / ".qz" / "made"
    for words in ("one", "two"):
        with replaced(target) as part:
            part.write_text(words, encoding="utf-8")
    lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    made.write_text(lines[0], encoding="utf-8")
    with pytest.raises(QzError, match="was changed since"):
        refuse_foreign(target)
    with made.open("a", encoding="utf-8") as handle:
        handle.write(lines[1])
    refuse_foreign(target)
    made.unlink()
    with pytest.raises(QzError, match="was not made by qz"):
        refuse_foreign(target)
