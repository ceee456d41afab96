"""`qz export`: a finished run in, one export out, every mistake one line."""

import pandas as pd
import pytest

from qz_analysis.cli import main


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """What `qz extract` wrote."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "page.txt").write_text("甲县2011年受理事项43宗，办结36宗，办结率83.7%。", encoding="utf-8")
    assert main(["extract", str(folder / "page.txt"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def test_a_run_becomes_a_workbook(out, tmp_path, capsys):
    """`qz export` writes the workbook and prints its name."""
    assert main(["export", str(out), str(tmp_path / "a.xlsx")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'a.xlsx'}\n"
    assert list(pd.read_excel(tmp_path / "a.xlsx", sheet_name=None)) == ["claims", "relations", "reports", "documents", "errors", "columns", "sources"]  # fmt: skip


def test_a_run_becomes_a_package(out, tmp_path):
    """The package carries the licence that was given, in either spelling, and is valid."""
    for word in ("--licence", "--license"):
        assert main(["export", str(out), str(tmp_path / "p"), word, "CC-BY-4.0", "--mask", "--raw-cells"]) == 0
    assert '"name": "CC-BY-4.0"' in (tmp_path / "p" / "datapackage.json").read_text(encoding="utf-8")
    frictionless = pytest.importorskip("frictionless")
    with frictionless.system.use_context(trusted=True):
        assert frictionless.validate(str(tmp_path / "p" / "datapackage.json")).valid


def test_a_table_becomes_parquet(out, tmp_path):
    """--table picks one table; --format parquet writes all of them."""
    assert main(["export", str(out), str(tmp_path / "c.parquet"), "--table", "claims"]) == 0
    assert main(["export", str(out), str(tmp_path / "p"), "--format", "parquet"]) == 0
    both = [pd.read_parquet(tmp_path / name) for name in ("c.parquet", "p/claims.parquet")]
    assert len(both[0]) == 3
    pd.testing.assert_frame_equal(*both)


MISTAKES = [
    (["nowhere", "a.xlsx"], "holds no tables"),
    (["OUT", "OUT"], "holds other things than a data package"),
    (["OUT", "a.csv"], ".csv is not written"),
    (["OUT", "a.docx"], ".docx is not written"),
    (["OUT", "a.parquet"], "choose one"),
    (["OUT", "a.parquet", "--table", "colour"], "there are: claims"),
    (["OUT", "a", "--format", "xlsx"], "invalid choice"),
    (["OUT", "a", "--licence", "all mine"], "CC-BY-4.0"),
    (["OUT"], "required"),
]


@pytest.mark.parametrize(("argv", "words"), MISTAKES)
def test_mistakes_get_one_line(out, argv, words, capsys, tmp_path, monkeypatch):
    """A wrong call ends with one line that names the way out, a non-zero exit, and nothing written."""
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["export", *(str(out) if word == "OUT" else word for word in argv)])
    except SystemExit as stop:
        code = stop.code
    err = capsys.readouterr().err
    assert code not in (0, None)
    assert words in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_help_shows_an_example(capsys):
    """The command explains itself with an example."""
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "example:" in capsys.readouterr().out
