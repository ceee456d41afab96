"""A panel of places by years as Stata, CSV, Excel and Parquet files."""

import json
import re

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.cli import main
from qz_analysis.publish.panel_files import codebook, stata_names

_TEXT = (
    "满城区2019年政府工作报告\n2019年,满城区生产总值完成95亿元左右,增长6.2%。受理信访件40件,办结信访件36件。"
    "森林覆盖率达x%。2020年,力争生产总值增长7%。\n"
)


@pytest.fixture(scope="module")
def made():
    """A small panel with a figure of each kind, an empty cell and a target."""
    return qz.panel(qz.tables(_TEXT), targets=True)


@pytest.fixture
def dta(made, tmp_path):
    """The panel as Stata's file."""
    return qz.export(made, tmp_path / "panel.dta")


def test_stata_reads_values_back(made, dta):
    """Rows, numbers and Chinese text come back from the file."""
    back = pd.read_stata(dta, convert_categoricals=False)
    assert len(back) == len(made.wide)
    assert back["place"].tolist() == made.wide["place"].tolist()
    assert back["gdp"].dropna().tolist() == [95e8]
    assert back["petition_resolution_rate"].dropna().tolist() == [90.0]


def test_names_in_stata_are_legal_and_labelled(dta):
    """Each name has at most 32 letters, digits and _, and a Chinese label that is no longer than 80."""
    with pd.read_stata(dta, iterator=True) as reader:
        labels = reader.variable_labels()
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,31}", name, re.A) for name in labels)
    assert all(
        re.search("[\u4e00-\u9fff]", label) and len(label) <= 80 for label in labels.values()
    )
    assert labels["gdp_growth_target"] == "地区生产总值增速(目标)"


def test_few_values_are_numbers_with_chinese_labels(dta):
    """Bounds, reasons and sources of a figure are coded, and their labels are Chinese."""
    back = pd.read_stata(dta)
    assert back.loc[back["year"].eq(2019), "gdp_bound"].tolist() == ["约数"]
    assert back.loc[back["year"].eq(2019), "forest_cover_reason"].tolist() == ["数字被隐去"]
    assert back.loc[back["year"].eq(2019), "petition_resolution_rate_how"].tolist() == [
        "由分子分母算得"
    ]


def test_the_do_file_declares_the_panel(dta):
    """Beside the data stands a do-file that opens it, declares it and runs a regression of its names."""
    text = dta.with_suffix(".do").read_text(encoding="utf-8")
    columns = set(pd.read_stata(dta, convert_categoricals=False))
    assert 'use "panel.dta", clear' in text and "xtset id year" in text
    [model] = [line for line in text.splitlines() if line.startswith("xtreg")]
    assert set(re.findall(r"^xtreg (\w+)(?: (\w+))? i\.year", model)[0]) <= columns


def test_the_same_panel_gives_the_same_bytes(made, dta, tmp_path):
    """No date of today stands in the file, and it may take the place of its own earlier one."""
    before = dta.read_bytes()
    assert qz.export(made, dta).read_bytes() == before


def test_foreign_files_stay(made, tmp_path):
    """A file that qz did not make is not written over, nor the one beside it."""
    for name, beside in (("panel.dta", "panel.do"), ("panel.csv", "panel.metadata.json")):
        for taken in (name, beside):
            folder = tmp_path / taken
            folder.mkdir()
            (folder / taken).write_text("mine", encoding="utf-8")
            with pytest.raises(qz.QzError, match="was not made by qz"):
                qz.export(made, folder / name)
            assert [path.name for path in folder.iterdir()] == [taken]


def test_csv_comes_with_its_description(made, tmp_path):
    """Every column of the CSV file is described, in its order, in both languages."""
    path = qz.export(made, tmp_path / "panel.csv")
    back = pd.read_csv(path, dtype={"adcode": str})
    about = json.loads((tmp_path / "panel.metadata.json").read_text(encoding="utf-8"))
    columns = about["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == [*back] == [*made.wide]
    assert columns[4]["titles"].keys() == {"zh", "en"}
    assert back["adcode"].tolist() == made.wide["adcode"].tolist()


def test_excel_has_a_codebook(made, tmp_path):
    """The workbook holds the panel, its codebook, the long form, the evidence and what is missing."""
    path = qz.export(made, tmp_path / "panel.xlsx")
    sheets = pd.read_excel(path, sheet_name=None, dtype={"adcode": str})
    assert {"panel", "codebook", "long", "evidence", "missing"} <= {*sheets}
    assert sheets["codebook"]["column"].tolist() == [*made.wide]
    assert len(sheets["evidence"]) == len(made.evidence)


def test_parquet_keeps_the_types(made, tmp_path):
    """Numbers stay numbers and codes stay text."""
    back = pd.read_parquet(qz.export(made, tmp_path / "panel.parquet"))
    assert (
        back["gdp"].dtype == "float64" and back["adcode"].tolist() == made.wide["adcode"].tolist()
    )


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("gdp", "gdp"),
        ("if", "v_if"),
        ("2019", "v_2019"),
        ("str9", "v_str9"),
        ("a b", "a_b"),
        ("x" * 40, "x" * 32),
        ("x" * 30 + "_reason", "x" * 28 + "_why"),
        ("x" * 22 + "_target_how", "x" * 22 + "_t_how"),
        ("x" * 22 + "_target", "x" * 22 + "_target"),
    ],
)
def test_names_that_stata_takes(column, name):
    """A name that is reserved, too long or no name becomes one that Stata takes."""
    assert stata_names([column]) == {column: name}


def test_no_two_names_fall_together():
    """Long names that agree in their first 32 characters are numbered."""
    names = stata_names(["x" * 33, "x" * 34, "x" * 35])
    assert len({*names.values()}) == 3 and max(map(len, names.values())) == 32


def test_the_codebook_knows_every_column(made):
    """The codebook names each column once with its labels and how many cells are filled."""
    book = codebook(made)
    assert book["column"].tolist() == [*made.wide] and book["stata"].is_unique
    assert book.set_index("column").loc["gdp", "filled"] == 1


@pytest.mark.parametrize("name", ["panel.sav", "panel"])
def test_other_forms_are_an_error(made, name, tmp_path):
    """A form that is not written names those that are."""
    with pytest.raises(qz.QzError, match=r"\.dta"):
        qz.export(made, tmp_path / name)


def test_an_empty_panel_is_not_written(tmp_path):
    """Nothing to write is an error that says where to look."""
    with pytest.raises(qz.QzError, match="evidence"):
        qz.export(qz.panel(qz.extract("受理9件。"), "gdp"), tmp_path / "panel.dta")


def test_the_command_writes_a_panel(tmp_path, capsys):
    """`qz panel` takes pages and names in Chinese, and says how much is filled."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(_TEXT, encoding="utf-8")
    out = tmp_path / "panel.dta"
    code = main(
        [
            "panel",
            str(tmp_path / "in"),
            "--indicators",
            "地区生产总值,gdp_growth",
            "--out",
            str(out),
        ]
    )
    assert code == 0 and "cells filled" in capsys.readouterr().err
    assert {"gdp", "gdp_growth"} <= {*pd.read_stata(out)}


def test_the_command_names_near_indicators(tmp_path, capsys):
    """A slip in a name is one line with what may have been meant."""
    (tmp_path / "a.txt").write_text(_TEXT, encoding="utf-8")
    code = main(["panel", str(tmp_path), "--indicators", "gdpp", "--out", str(tmp_path / "p.csv")])
    assert code == 1 and "gdp" in capsys.readouterr().err
