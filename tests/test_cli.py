"""The command line: tables in, one clear line for every mistake."""

import io
import json
import sys

import pandas as pd
import pytest
from sparing import sparing

from qz_analysis.cli import main
from qz_analysis.schema import CLAIMS, RELATIONS, REPORTS

pytestmark = pytest.mark.usefixtures("one_font", "kept_kernels", "kept_workers")

PAGE = "甲县2011年共受理各类事项2163宗，办结2028宗，办结率93.8%，全县稳定。"


def test_extract_writes_three_tables(tmp_path, capsys):
    """qz extract writes the three tables in the columns of the contract."""
    (tmp_path / "page.txt").write_bytes(PAGE.encode("gb18030"))
    assert main(["extract", str(tmp_path / "page.txt"), "--out", str(tmp_path / "out")]) == 0
    for name, fields in (("claims", CLAIMS), ("relations", RELATIONS), ("reports", REPORTS)):
        assert list(pd.read_csv(tmp_path / "out" / f"{name}.csv")) == [f.name for f in fields]
    assert not list((tmp_path / "out").glob("*.part"))


def test_extract_says_what_each_document_gave(tmp_path, capsys):
    """A line a document, and one for all: figures, and those without place or period."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "note.txt").write_text("受理12件。", encoding="utf-8")
    main(["extract", str(tmp_path), "--out", str(tmp_path / "out")])
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "note: 1 figure, 1 without place, 1 without period",
        "page: 3 figures, 0 without place, 0 without period",
        "2 documents: 4 figures, 1 without place, 1 without period",
    ]


def test_parquet_holds_the_same_rows(tmp_path):
    """--format parquet writes the same rows as csv."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    main(["extract", str(tmp_path / "page.txt"), "--out", str(tmp_path), "--format", "parquet"])
    assert len(pd.read_parquet(tmp_path / "claims.parquet")) == 3


def test_one_bad_file_does_not_stop_the_rest(tmp_path, capsys):
    """A broken file is named, the others are extracted, the exit code tells."""
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\xff\x01" * 99)
    assert main(["extract", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "bad.txt" in capsys.readouterr().err
    assert len(pd.read_csv(tmp_path / "out" / "claims.csv")) == 3


MISTAKES = [
    (["extract", "nowhere", "--out", "x"], "no such file"),
    (["extract", "--out", "x"], "required"),
    (["extract", "a", "--out", "x", "--colour"], "unrecognized arguments: --colour"),
    (["--colour"], "try `qz --help`"),
    (["build", "--project", "nowhere"], "no data/reports"),
]


@pytest.mark.parametrize(("argv", "words"), MISTAKES)
def test_mistakes_get_one_line(argv, words, capsys, tmp_path, monkeypatch):
    """A wrong call ends with one line that names the mistake and a non-zero exit."""
    monkeypatch.chdir(tmp_path)
    try:
        code = main(argv)
    except SystemExit as stop:
        code = stop.code
    err = capsys.readouterr().err
    assert code not in (0, None)
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("argv", [["--help"], ["extract", "--help"], ["build", "--help"]])
def test_help_shows_an_example(argv, capsys):
    """Every command explains itself with an example."""
    with pytest.raises(SystemExit):
        main(argv)
    assert "example:" in capsys.readouterr().out


@pytest.mark.parametrize(("rate", "code"), [("93.8%", 0), ("98.3%", 1)])
def test_audit_exits_with_the_verdict(tmp_path, capsys, rate, code):
    """`qz audit` prints what holds and what does not; the exit code is 1 when anything does not."""
    page = tmp_path / "county.txt"
    page.write_text(f"受理各类事项2163宗，办结2028宗，办结率{rate}。", encoding="utf-8")
    assert main(["audit", str(page)]) == code
    assert ("does not hold (1)" in capsys.readouterr().out) is bool(code)


def test_the_ledger_of_a_folder(tmp_path, capsys):
    """`qz audit --ledger` prints breaks between reports as questions, by place, with exit code 0."""
    for year, text in (("2017", "2000人。"), ("2018", "2900人，增长5%。")):
        page = tmp_path / f"{year}.txt"
        page.write_text(f"甲山县{year}年工作报告\n{year}年，城镇新增就业{text}", encoding="utf-8")
    assert main(["audit", str(tmp_path), "--ledger"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("甲山县: 1") and "open: the figures do not fit (1)" in said
    assert main(["audit", str(tmp_path), "--ledger", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["checks"][0]["verdict"] == "open"
    assert main(["audit", str(tmp_path), "--ledger", "--format", "html", "--out", "a.html"]) == 1
    assert "leave --format html out" in capsys.readouterr().err


def test_audit_writes_json_and_html(tmp_path, capsys):
    """JSON goes to the screen or a file, HTML into a file only."""
    page = tmp_path / "county.txt"
    page.write_text("受理各类事项2163宗，办结2028宗，办结率93.8%。", encoding="utf-8")
    assert main(["audit", str(page), "--format", "json"]) == 0
    assert capsys.readouterr().out.lstrip().startswith("{")
    assert main(["audit", str(page), "--format", "html"]) == 1
    assert "--out" in capsys.readouterr().err
    assert main(["audit", str(page), "--format", "html", "--out", str(tmp_path / "a.html")]) == 0
    assert (tmp_path / "a.html").exists()


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_an_audit_replaces_an_audit_and_nothing_else(tmp_path, form, capsys):
    """An earlier audit gives way to the next; the page itself and a file of the user's do not."""
    page, other = tmp_path / "county.txt", tmp_path / "notes"
    page.write_text("受理各类事项2163宗，办结2028宗，办结率93.8%。", encoding="utf-8")
    other.write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert main(["audit", str(page), "--format", form, "--out", str(tmp_path / "a")]) == 0
    stood = page.read_bytes()
    for target, words in ((page, "is one of the pages to audit"), (other, "was not made by qz")):
        assert main(["audit", str(page), "--format", form, "--out", str(target)]) == 1
        assert words in capsys.readouterr().err
    assert (page.read_bytes(), other.read_text(encoding="utf-8")) == (stood, "mine")


def test_an_audit_is_no_page_of_the_next(tmp_path, capsys):
    """An audit in the folder that is read is not audited itself, and it is said."""
    (tmp_path / "county.txt").write_text(
        "受理各类事项2163宗，办结2028宗，办结率93.8%。", encoding="utf-8"
    )
    argv = ["audit", str(tmp_path), "--format", "html", "--out", str(tmp_path / "audit.html")]
    assert main(argv) == main(argv) == 0
    assert "what qz wrote there is not read as a report: audit.html" in capsys.readouterr().err


@pytest.mark.long
def test_a_brief_leaves_other_pages_alone(tmp_path, capsys):
    """A page of the user's stops the profiles before they are begun; earlier ones are replaced."""
    (tmp_path / "in").mkdir()
    for place in ("甲山县", "乙山县"):
        text = f"{place}受理事项2163宗，办结2028宗，办结率93.8%。{place}信访局"
        (tmp_path / "in" / f"{place}.txt").write_text(text, encoding="utf-8")
    argv = ["brief", str(tmp_path / "in"), "--all", "--out", str(tmp_path / "out")]
    (tmp_path / "out").mkdir()
    mine = tmp_path / "out" / "places.html"
    mine.write_text("<p>mine</p>", encoding="utf-8")
    assert main(argv) == 1
    assert "places.html: is there and was not made by qz" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").glob("[!.]*")] == ["places.html"]
    mine.unlink()
    assert main(argv) == main(argv) == 0


def test_audit_goes_on_after_a_bad_file(tmp_path, capsys):
    """One unreadable file is named and gives exit code 1; the others are audited all the same."""
    (tmp_path / "good.txt").write_text(
        "受理各类事项2163宗，办结2028宗，办结率93.8%。", encoding="utf-8"
    )
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 40)
    assert main(["audit", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "holds (1)" in told.out
    assert "bad.txt" in told.err


def test_brief_makes_a_page_a_place_and_an_index(tmp_path, capsys, monkeypatch):
    """`qz brief --all` makes, outside the project, a Chinese page for each place with figures and an index that links them."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # one kernel for both
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jia.txt").write_text(
        "甲山县受理各类事项2163宗，办结2028宗，办结率93.8%。甲山县信访局", encoding="utf-8"
    )
    (tmp_path / "mask.txt").write_text("**县走访群众xx户，慰问215人。**县信访局", encoding="utf-8")
    assert main(["brief", "jia.txt", "mask.txt", "--all", "--lang", "zh", "--out", "out"]) == 0
    assert {p.name for p in (tmp_path / "out").glob("[!.]*")} == {
        "places.zh.html",
        "place-甲山县.zh.html",
        "place-mask-0.zh.html",
    }
    page = (tmp_path / "out" / "place-甲山县.zh.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans"' in page
    assert "甲山县：受理各类事项2163宗，事项办结率93.8%" in page and "2028宗" in page
    assert str(tmp_path) not in page
    assert "**县" in (tmp_path / "out" / "place-mask-0.zh.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "places.zh.html").read_text(encoding="utf-8").count(
        'href="place-'
    ) == 2


def test_brief_makes_word_documents(tmp_path, capsys, monkeypatch):
    """`qz brief --format docx` makes a document a place, in the styles of a template."""
    monkeypatch.chdir(tmp_path)
    text = "甲山县受理各类事项2163宗，办结2028宗，办结率93.8%。甲山县信访局"
    (tmp_path / "jia.txt").write_text(text, encoding="utf-8")
    argv = ["brief", "jia.txt", "--place", "甲山县", "--lang", "zh", "--out", "out"]
    assert main([*argv, "--format", "docx"]) == 0
    made = tmp_path / "out" / "place-甲山县.zh.docx"
    assert made.read_bytes().startswith(b"PK")
    assert str(made.relative_to(tmp_path)) in capsys.readouterr().out
    assert main([*argv, "--template", "none.docx"]) == 1
    assert "none.docx: only Word documents take a template" in capsys.readouterr().err


BRIEF_MISTAKES = [
    (["--place", "桥东区"], "nearest: 桥西区"),
    ([], "add --place NAME or --all"),
    (["nowhere.txt", "--all"], "no such file"),
    (["empty.txt", "--all"], "no place"),
    (["--place", "桥西区", "--all"], "not allowed with"),
    (["--place", "桥西区", "--out", "empty.txt"], "is a file, not a folder"),
]


@pytest.mark.parametrize(("argv", "words"), BRIEF_MISTAKES)
def test_mistakes_with_briefs_get_one_line(argv, words, capsys, tmp_path, monkeypatch):
    """A brief that cannot be made is one line that says why and what to do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_text("没有数字。", encoding="utf-8")
    try:
        code = main(["brief", *argv])
    except SystemExit as stop:
        code = stop.code
    # a progress bar wipes its own line
    told = capsys.readouterr().err.rpartition("\r")[2]
    assert code not in (0, None)
    assert words in told
    assert told.count("\n") == 1


def test_briefs_without_the_notebook_packages(capsys, tmp_path, monkeypatch):
    """Without the notebook packages `qz brief` names the extra that brings them."""
    monkeypatch.setitem(sys.modules, "nbclient", None)
    page = tmp_path / "jia.txt"
    page.write_text("甲山县受理各类事项2163宗。甲山县信访局", encoding="utf-8")
    assert main(["brief", str(page), "--out", str(tmp_path / "out")]) == 1
    assert 'pip install "qz-analysis[notebook]"' in capsys.readouterr().err


def test_a_warning_is_one_line(tmp_path, monkeypatch, capsys):
    """What a library warns of is told without the place in the code."""
    import warnings

    from qz_analysis import privacy as names

    def masked(text):
        warnings.warn("fewer names", stacklevel=2)
        return text

    monkeypatch.setattr(names, "mask_names", masked)
    page = tmp_path / "a.txt"
    page.write_text("受理12件。", encoding="utf-8")
    main(["audit", str(page)])
    assert "qz: fewer names" in capsys.readouterr().err.splitlines()


def _printed(encoding, argv, monkeypatch):
    """The exit code of a command, and what it prints to a terminal of that encoding."""
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(screen, encoding=encoding))
    try:
        code = main([*map(str, argv)])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    return code, screen.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "gbk"])
def test_a_terminal_without_the_characters_stops_no_command(tmp_path, encoding, monkeypatch):
    """What a terminal has no character for is escaped as in JSON, and the command does its work."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "a\U0001f600é.txt"
    page.write_text("甲山县受理事项2163宗，办结2028宗，办结率93.8%。甲山县信访局", encoding="utf-8")
    code, text = _printed(encoding, ["audit", page], monkeypatch)
    assert (code, "holds (1)" in text) == (0, True)
    code, text = _printed(encoding, ["audit", page, "--format", "json"], monkeypatch)
    assert code == 0
    assert "a\U0001f600é" in json.dumps(json.loads(text), ensure_ascii=False)
    code, text = _printed(encoding, ["extract", page, "--out", "out\U0001f600"], monkeypatch)
    assert (code, text.count("out\\ud83d\\ude00")) == (0, 5)
    assert _printed(encoding, ["--help"], monkeypatch)[0] == 0


@pytest.mark.parametrize("form", sparing(["docx", "html"], 2))  # Word needs no kernel
@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_brief_is_told_where_the_terminal_lacks_its_name(tmp_path, encoding, form, monkeypatch):
    """All profiles are made, though their names cannot be printed as they are."""
    for place in ("甲山县", "\U00020bb7山县"):
        text = f"{place}受理事项2163宗，办结2028宗，办结率93.8%。{place}信访局"
        (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8")
    argv = ["brief", tmp_path, "--all", "--format", form, "--out", tmp_path / "out\U0001f600"]
    code, text = _printed(encoding, argv, monkeypatch)
    assert code == 0
    assert len(text.splitlines()) == len([*(tmp_path / "out\U0001f600").glob("[!.]*")])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """What `qz extract` wrote."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "page.txt").write_text(
        "甲县2011年受理事项43宗，办结36宗，办结率83.7%。", encoding="utf-8"
    )
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
        assert (
            main(
                [
                    "export",
                    str(out),
                    str(tmp_path / "p"),
                    word,
                    "CC-BY-4.0",
                    "--mask",
                    "--raw-cells",
                ]
            )
            == 0
        )
    assert '"name": "CC-BY-4.0"' in (tmp_path / "p" / "datapackage.json").read_text(
        encoding="utf-8"
    )
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


EXPORT_MISTAKES = [
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


@pytest.mark.parametrize(("argv", "words"), EXPORT_MISTAKES)
def test_mistakes_of_export_get_one_line(out, argv, words, capsys, tmp_path, monkeypatch):
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


def test_help_of_export_shows_an_example(capsys):
    """The command explains itself with an example."""
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "example:" in capsys.readouterr().out


def test_an_empty_name_is_no_folder(capsys):
    """`--out ""` is refused, for it would be the folder that one works in."""
    with pytest.raises(SystemExit):
        main(["extract", "a.txt", "--out", ""])
    assert "an empty name; give a file or a folder" in capsys.readouterr().err
