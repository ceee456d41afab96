"""Corrections on the command line."""

import json

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.cli import main
from qz_analysis.extraction.corrections import append, line, read_corrections

pytestmark = pytest.mark.usefixtures("one_font", "kept_kernels", "kept_workers")

PAGE = "甲山县2011年受理事项43宗，办结36宗，办结率88.7%。甲山县信访局"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with a page, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def correction(column="value", now=83.7, who="乙", at=2):
    return line(qz.extract(PAGE).assign(doc="page").iloc[at], column, now, who)


def test_every_command_takes_a_file_of_corrections(here, capsys):
    """extract and audit apply the files named, later ones over earlier ones, and say in one line what became of them."""
    append("a.csv", [correction(now=80)])
    append("b.csv", [correction(), correction("claim", "43宗", at=0)])
    files = ["--corrections", "a.csv", "--corrections", "b.csv"]
    assert main(["audit", "page.txt", *files]) == 0
    out, err = capsys.readouterr()
    assert (
        "36/43 = 83.72%, corrected to 83.7%" in out
        and "† corrected by a reviewer: 88.7%: value" in out
    )
    assert err == "qz: a.csv, b.csv: 1 applied, 1 accepted, 1 superseded\n"
    assert main(["extract", "page.txt", "--out", "out", *files]) == 0
    out, err = capsys.readouterr()
    assert (
        "out/corrected.csv" in out
        and "qz: a.csv, b.csv: 1 applied, 1 accepted, 1 superseded" in err
    )
    assert pd.read_csv("out/claims.csv")["value"].tolist() == [43, 36, 83.7]
    assert main(["audit", "page.txt", *files, "--format", "json"]) == 0
    assert (
        json.loads(capsys.readouterr().out)["documents"][0]["findings"][0]["corrected"]
        == "88.7%: value"
    )
    assert main(["audit", "page.txt", *files, "--format", "html", "--out", "a.html"]) == 0
    assert "corrected to 83.7%" in (here / "a.html").read_text(encoding="utf-8")


def test_the_file_of_the_working_directory_is_used_and_told(capsys):
    """corrections.csv is used where it is there, unless another is named or --no-corrections is given."""
    append("corrections.csv", [correction()])
    (other := [correction(now=93.7)]) and append("other.csv", other)
    assert main(["audit", "page.txt"]) == 0
    assert capsys.readouterr().err == "qz: corrections.csv: 1 applied\n"
    assert main(["audit", "page.txt", "--no-corrections"]) == 1
    assert capsys.readouterr().err == ""
    assert main(["audit", "page.txt", "--corrections", "other.csv"]) == 1
    assert capsys.readouterr().err == "qz: other.csv: 1 applied\n"
    assert main(["extract", "page.txt", "--out", "out"]) == 0
    assert "qz: corrections.csv: 1 applied" in capsys.readouterr().err
    assert main(["extract", "page.txt", "--out", "out", "--no-corrections"]) == 0
    assert pd.read_csv("out/claims.csv")["corrected"].isna().all()


def test_python_uses_no_file_on_its_own():
    """Nothing is implicit in Python."""
    append("corrections.csv", [correction()])
    assert qz.extract(PAGE)["corrected"].eq("").all() and qz.tables(PAGE).corrected.empty


def test_a_refused_correction_is_told_with_its_line(capsys):
    """What is refused is named with file, line and way out, and the exit code is 1."""
    append("c.csv", [correction(), correction("direction", "up", at=0)])
    for command in (["audit", "page.txt"], ["extract", "page.txt", "--out", "out"]):
        assert main([*command, "--corrections", "c.csv"]) == 1
        err = capsys.readouterr().err
        assert "qz: c.csv: 1 applied, 1 refused\n" in err
        assert (
            "qz: c.csv, line 3: page, 12-15, direction: only a change has a direction; correct `kind` too\n"
            in err
        )


def test_a_file_of_another_kind_in_the_working_directory(here, capsys):
    """A corrections.csv that is none stops the command with the way out."""
    (here / "corrections.csv").write_text("name,age\n")
    assert main(["audit", "page.txt"]) == 1
    assert (
        "not the head of a corrections file" in (err := capsys.readouterr().err)
        and "add --no-corrections" in err
    )
    assert main(["audit", "page.txt", "--corrections", "missing.csv"]) == 1
    assert "missing.csv: cannot be read" in capsys.readouterr().err


def test_brief_shows_corrected_figures(here):
    """A place's profile is made of the corrected tables: the figure is marked, its correction told in the evidence."""
    append("c.csv", [correction(), correction("subject", "信访事项", at=0)])
    assert (
        main(
            [
                "brief",
                "page.txt",
                "--place",
                "甲山县",
                "--lang",
                "zh",
                "--out",
                "o",
                "--corrections",
                "c.csv",
            ]
        )
        == 0
    )
    page = next((here / "o").glob("*.html")).read_text(encoding="utf-8")
    assert "88.7% → 83.7%†" in page and "本简报有2个数字经人工更正" in page and "数值: 83.7" in page


def test_check_validates_a_file_alone_and_against_pages(here, capsys):
    """check names file, line and fault; with pages, the outcome of every line; 1 when anything is refused."""
    append("c.csv", [correction(), correction("claim", "43宗", at=0)])
    assert main(["corrections", "check", "c.csv"]) == 0
    assert capsys.readouterr().out == "c.csv: 2 lines, 0 of them cannot be used\n"
    assert main(["corrections", "check", "c.csv", "page.txt"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "c.csv, line 2: applied: page 25-30 value: 88.7 → 83.7",
        "c.csv, line 3: accepted: page 12-15 claim: 43宗 → 43宗",
    ]
    assert err == "qz: c.csv: 1 applied, 1 accepted\n"
    with (here / "c.csv").open("a") as file:
        file.write("half a line")
    assert main(["corrections", "check", "c.csv"]) == 1
    assert (
        "c.csv, line 4: has 1 cells that can be read, not 10; it may be cut off"
        in capsys.readouterr().out
    )
    assert main(["corrections", "check", "c.csv", "page.txt"]) == 1
    assert "c.csv, line 4: refused" in capsys.readouterr().out
    (here / "page.txt").write_text(PAGE + "完", encoding="utf-8")
    assert main(["corrections", "check", "c.csv", "page.txt"]) == 1
    assert (
        "line 2: refused: page 25-30 value: 88.7 → 83.7: the text of page changed since"
        in capsys.readouterr().out
    )


def test_merge_writes_what_nobody_contradicts(here, capsys):
    """merge lists conflicts with file and line and exits with 1; --prefer settles them; nothing is written over."""
    append("a.csv", [correction(who="甲"), correction("claim", "43宗", at=0)])
    append("b.csv", [correction(now=88.2, who="乙")])
    assert main(["corrections", "merge", "a.csv", "b.csv", "--out", "m.csv"]) == 1
    out, err = capsys.readouterr()
    assert out == "m.csv: 1 lines\n" and [one.column for one in read_corrections("m.csv")] == [
        "claim"
    ]
    assert (
        "a.csv, line 2: 甲 says page 25-30 value: 88.7 → 83.7" in err
        and "b.csv, line 2: 乙 says" in err
    )
    before = (here / "m.csv").read_bytes()
    assert (
        main(["corrections", "merge", "a.csv", "b.csv", "--out", "m.csv", "--prefer", "b.csv"]) == 1
    )
    assert (
        "m.csv: is there already" in capsys.readouterr().err
        and (here / "m.csv").read_bytes() == before
    )
    assert (
        main(["corrections", "merge", "a.csv", "b.csv", "--out", "n.csv", "--prefer", "b.csv"]) == 0
    )
    assert [one.now for one in read_corrections("n.csv")] == ["83.7", "88.2", "43宗"]


def test_score_says_what_it_speaks_of(here, capsys):
    """agree prints, of corrections, the counts and what they do not say; a line that is none is named and left out."""
    append(
        "c.csv", [correction(), correction("claim", "43宗", at=0), correction("claim", "", at=1)]
    )
    assert main(["agree", "c.csv"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split()[:7] == ["claims", "3", "1", "1", "1", "0", "33.3"]
    assert "not of those that the extractor missed" in out and "doubtful figures first" in out
    with (here / "c.csv").open("a") as file:
        file.write("half")
    assert main(["agree", "c.csv"]) == 1
    assert "c.csv, line 5" in capsys.readouterr().err


def test_nothing_that_steers_a_terminal_is_printed(here, capsys):
    """Names in a corrections file reach the terminal without their control characters."""
    (here / "c.csv").write_text(
        "hash,doc,start,end,column,was,now,who,when,why\n0123456789abcdef,\x1b[31mred,0,1,value,1,2,\x1b]0;x\x07,,\n"
    )
    main(["corrections", "check", "c.csv", "page.txt"])
    assert "\x1b" not in "".join(capsys.readouterr())
