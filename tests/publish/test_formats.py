"""What is exported: tables of any make become columns of four types with one sign for what is missing.

Excel workbooks: figures are numbers, text is text, and what has no room is told.

Data packages: valid by the library of the specification, and promising only what holds.
"""

import datetime
import json
import shutil
import sys
import warnings

import pandas as pd
import pytest
from openpyxl import load_workbook
from running import corpus as pages
from running import run

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.publish import formats as workbook
from qz_analysis.publish.formats import Labels, Terms, described, masked, sources, streams
from qz_analysis.schema import CLAIMS

pytestmark = pytest.mark.usefixtures("kept_workers")

NAN = float("nan")
COLUMNS = [
    ("str", ["a", None, NAN], "str", ["a", "", ""]),
    ("object", [1, "b", None], "str", ["1", "b", ""]),
    ("category", ["a", "b", None], "str", ["a", "b", ""]),
    ("int64", [1, 2, 3], "int", [1, 2, 3]),
    ("Int64", [1, None, 3], "int", [1, None, 3]),
    ("float64", [1.5, 2.0, 3.25], "float", [1.5, 2.0, 3.25]),
    ("Float64", [1.5, 2.0, 3.25], "float", [1.5, 2.0, 3.25]),
    ("bool", [True, False, True], "bool", [True, False, True]),
    ("boolean", [True, None, True], "bool", [True, None, True]),
    (
        "datetime64[ns]",
        [datetime.datetime(2011, 6, 30), None, None],
        "str",
        ["2011-06-30 00:00:00", "", ""],
    ),
]


@pytest.mark.parametrize(("dtype", "cells", "kind", "wanted"), COLUMNS, ids=[c[0] for c in COLUMNS])
def test_columns_of_any_type(dtype, cells, kind, wanted):
    """A column of pandas is whole numbers, numbers, truths or text, whatever it was."""
    [stream] = streams({"t": pd.DataFrame({"c": pd.Series(cells, dtype=dtype)})})
    assert [field.dtype for field in stream.fields] == [kind]
    assert [cell for (cell,) in stream.rows()] == wanted
    assert [cell for (cell,) in stream.rows()] == wanted, "the rows come anew at each call"


def test_gaps_of_numbers_stay_gaps():
    """A missing number is missing still."""
    [stream] = streams({"t": pd.DataFrame({"c": pd.Series([1.5, None], dtype="Float64")})})
    assert [cell != cell for (cell,) in stream.rows()] == [False, True]


def test_ours_are_described_and_others_named():
    """A column of ours carries its meaning while it has its type; any other its name and type."""
    table = pd.DataFrame({"text": ["43宗"], "value": ["many"], "mine": [1]})
    meaning = {f.name: f.meaning for f in CLAIMS}
    assert [(f.dtype, f.meaning) for f in described("claims", table)] == [("str", meaning["text"]), ("str", meaning["value"]), ("int", "")]  # fmt: skip
    assert [f.meaning for f in described("elsewhere", table)] == ["", "", ""]


def test_labels_of_rows_become_columns():
    """Named labels of rows come first as columns, heads of two levels are joined, and numbers of rows are left out."""
    heads = pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")], names=["x", "y"])
    places = pd.Index(["甲县", "乙县"], name="place")
    [stream] = streams({"t": pd.DataFrame([[1, 2], [3, 4]], index=places, columns=heads)})
    assert [f.name for f in stream.fields] == ["place", "a.b", "a.c"]
    assert [*stream.rows()] == [("甲县", 1, 2), ("乙县", 3, 4)]
    some = pd.DataFrame({"n": [1, 2, 3]})[1:]
    assert [*streams({"t": some})[0].rows()] == [(2,), (3,)]
    with pytest.raises(QzError, match="labels without a name"):
        streams({"t": pd.DataFrame({"n": [1]}, index=["甲县"])})


def test_what_has_no_name_is_refused():
    """Columns without names, or of one name, are told."""
    with pytest.raises(QzError, match="needs a name"):
        streams({"t": pd.DataFrame([[1]])})
    with pytest.raises(QzError, match="two columns have one name"):
        streams({"t": pd.DataFrame([[1, 2]], columns=["a", "a"])})
    with pytest.raises(QzError, match="every column needs a name"):
        streams({"t": pd.DataFrame()})


def test_masking_covers_columns_that_nobody_described():
    """Words of a user's own column are masked like the package's."""
    said = "村民张三丰反映"
    [stream] = streams({"t": pd.DataFrame({"doc": [said], "mine": [said], "subject": [said]})})
    assert next(masked(stream).rows()) == ("村民张**反映",) * 3


def test_a_column_of_names_is_masked_whatever_its_words_are():
    """What stands under 姓名 is a name, in a table of the user's own and in the subject of a claim."""
    [stream] = streams({"t": pd.DataFrame({"姓名": ["白云", "田野"], "诉求": ["白云", "修路"]})})
    assert [*masked(stream).rows()] == [("白*", "白*"), ("田*", "修路")]
    page = "甲县救助情况。\n\n| 姓名 | 金额(元) |\n| 田野 | 5000 |\n| 白云 | 3000 |\n"
    claims = next(masked(streams({"claims": qz.extract(page)})[0]).batches())
    assert claims["subject"].tolist() == ["姓名田*金额", "姓名白*金额"]


def test_documents_masked_alike_still_join():
    """Documents whose names hold persons are masked alike in every table, and no two become one."""
    docs = ["村民张三丰来信", "村民张小丰来信", "2011"]
    named = {
        "reports": pd.DataFrame({"doc": docs, "same_as": ["", f"{docs[0]}:0", ""]}),
        "claims": pd.DataFrame({"doc": docs[::-1], "value": [1.0, 2.0, 3.0]}),
    }
    labels = Labels()
    reports, claims = (next(masked(one, labels).batches()) for one in streams(named))
    assert reports["doc"].tolist() == ["村民张**来信", "村民张**来信-2", "2011"]
    assert claims["doc"].tolist() == reports["doc"].tolist()[::-1]
    assert reports["same_as"].tolist() == ["", "村民张**来信:0", ""]


def test_reviewers_are_masked():
    """Who corrected something is a person whatever the name is made of, and two stay two."""
    table = pd.DataFrame(
        {"column": ["value"] * 3, "who": ["审核员王小明13812345678", "wl", ""], "now": ["3"] * 3}
    )
    [stream] = streams({"corrected": table})
    assert next(masked(stream).batches())["who"].tolist() == ["审" + "*" * 16, "w*", ""]


def test_a_subject_is_masked_as_its_sentence_is():
    """A subject that begins inside a name is masked by the words before the figure."""
    words = "反映邻居的院墙占了道路，村民欧阳春海"
    table = pd.DataFrame(
        {"before": [words + "领取补贴"], "subject": ["春海领取补贴"], "text": ["3元"]}
    )
    [stream] = streams({"t": table})
    assert next(masked(stream).batches())["subject"][0].startswith("**")


TEXT = "甲县2011年受理事项43宗，办结36宗，办结率83.7%，另有xx件。"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The workbook of one invented sentence, opened."""
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    return load_workbook(qz.export(qz.tables(TEXT), path, licence="CC-BY-4.0", mask=True))


def cells(table, tmp_path):
    """The cells of a table's sheet below the head."""
    book = load_workbook(qz.export({"t": table}, tmp_path / "t.xlsx"))
    return [[cell.value for cell in row] for row in book["t"].iter_rows(min_row=2)]


def test_a_sheet_a_table_and_two_about_them(made):
    """Each table is a sheet; the last two say what the columns mean and where the figures come from."""
    assert made.sheetnames == ["claims", "relations", "reports", "errors", "columns", "sources"]
    said = {
        (row[0], row[1]): row[3] for row in made["columns"].iter_rows(min_row=2, values_only=True)
    }
    assert all(said["claims", field.name] == field.meaning for field in CLAIMS)
    lines = [row[0] for row in made["sources"].iter_rows(min_row=2, values_only=True)]
    assert lines[0] == f"Made with qz-analysis {qz.__version__}."
    assert "masked" in lines[1] and lines[2:] == ["Licence: CC-BY-4.0", "text"]


def test_figures_are_numbers_and_the_rest_is_text(made):
    """Values and offsets are numbers, a masked figure is an empty cell, all else is text."""
    head, *rows = made["claims"].iter_rows()
    kinds = {f.name: "s" if f.dtype == "str" else "n" for f in CLAIMS}
    for row in rows:
        for name, cell in zip(head, row, strict=True):
            assert cell.value is None or cell.data_type == kinds[name.value]
    values = [row[5].value for row in rows]
    assert values == [43, 36, 83.7, None]
    assert [row[2].value for row in rows] == qz.extract(TEXT)["start"].tolist()


def test_heads_are_frozen_bold_and_filtered(made):
    """Every sheet has a bold head that stays in sight, and a filter over all its cells."""
    for sheet in made:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_row == 1
        assert all(cell.font.bold for cell in sheet[1])


def test_columns_are_as_wide_as_their_words(tmp_path):
    """A Chinese character counts double, and no column is wider than a page."""
    table = pd.DataFrame({"a": ["群众来访批次合计"], "b": ["abcdefgh"], "c": ["长" * 500]})
    sheet = load_workbook(qz.export({"t": table}, tmp_path / "t.xlsx"))["t"]
    wide = [round(sheet.column_dimensions[name].width) for name in "ABC"]
    assert wide[0] - wide[1] == 8
    assert wide[2] == pytest.approx(60, abs=1)


RISKY = ["=1+1", "+1", "-12万元", "@cmd", "http://example.org", "mailto:a@b", "{=1}", "0043", "1e5", "_x0041_", " edge ", "a\nb", "<b>&", "'a", "=HYPERLINK(\"http://e\")", "𠀀字"]  # fmt: skip


def test_text_is_text(tmp_path):
    """No text is taken for a formula, a link or a number, and none loses a character."""
    path = qz.export({"t": pd.DataFrame({"said": RISKY})}, tmp_path / "t.xlsx")
    sheet = load_workbook(path)["t"]
    found = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)
    # openpyxl leaves Excel's escapes of escapes as they are written
    assert [cell.value.replace("_x005F", "") for cell in found] == RISKY


def test_characters_that_no_file_may_hold(tmp_path):
    """Control characters and halves of characters do not break the file."""
    [[first], [second]] = cells(
        pd.DataFrame({"said": ["a\x00\x07\x1bb", "c\ud800\uffffd"]}, dtype=object), tmp_path
    )
    assert (first[0], first[-1]) == ("a", "b")
    assert second == "c\ufffd\ufffdd"


def test_numbers_that_excel_does_not_have(tmp_path):
    """Infinity is a word, a whole number beyond Excel's digits is text, truth is truth, a gap is an empty cell."""
    table = pd.DataFrame(
        {"f": [float("inf"), 0.1, None], "i": [2**53 + 1, -(2**53), 0], "b": [True, False, True]}
    )
    assert cells(table, tmp_path) == [
        ["inf", str(2**53 + 1), True],
        [0.1, -(2**53), False],
        [None, 0, True],
    ]


@pytest.mark.parametrize("letter", ["字", "𠀀"])
def test_a_cell_too_long_is_cut_and_said_so(tmp_path, letter):
    """A cell of exactly Excel's length stays whole; a longer one ends with its length, a warning and the last sheet tell."""
    units = len(letter.encode("utf-16-le")) // 2
    whole, long = letter * (32_767 // units), letter * 40_000
    with pytest.warns(UserWarning, match=r"1 cells of t are longer"):
        path = qz.export({"t": pd.DataFrame({"said": [whole, long]})}, tmp_path / "t.xlsx")
    book = load_workbook(path)
    assert book["t"]["A2"].value == whole
    cut = book["t"]["A3"].value
    assert cut.endswith(" … [cut: 40,000 characters]") and cut.startswith(letter * 9)
    assert 32_700 < len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert any("too long" in str(row[0]) for row in book["sources"].iter_rows(values_only=True))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        qz.export({"t": pd.DataFrame({"said": [whole]})}, tmp_path / "t.xlsx")


def test_a_table_too_long_is_refused(tmp_path, monkeypatch):
    """A table with more rows or columns than a sheet holds is refused with the way out; one that just fits is whole."""
    assert (workbook._ROWS, workbook._COLUMNS) == (2**20, 2**14)
    monkeypatch.setattr(workbook, "_ROWS", 11)
    monkeypatch.setattr(workbook, "_COLUMNS", 4)
    assert len(cells(pd.DataFrame({"a": range(10)}), tmp_path)) == 10
    with pytest.raises(QzError, match=r"t: more than the 10 rows .* export to a folder"):
        qz.export({"t": pd.DataFrame({"a": range(11)})}, tmp_path / "u.xlsx")
    assert len(cells(pd.DataFrame([[0] * 4], columns=list("abcd")), tmp_path)) == 1
    with pytest.raises(QzError, match="5 columns, and Excel has room for 4"):
        qz.export({"t": pd.DataFrame([[0] * 5], columns=list("abcde"))}, tmp_path / "u.xlsx")
    assert [path.name for path in tmp_path.glob("[!.]*")] == ["t.xlsx"]


@pytest.mark.parametrize(
    "name", ["a/b", "a:b", "x" * 32, "", "'a", "History", "columns", "Sources", "[a]", "a?"]
)
def test_names_that_no_sheet_may_have(tmp_path, name):
    """A table whose name cannot name a sheet is told before anything is written."""
    with pytest.raises(QzError, match="cannot name a sheet"):
        qz.export({name: pd.DataFrame({"a": [1]})}, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_names_differ_by_more_than_case(tmp_path):
    """Excel knows no case in names of sheets; Chinese names are welcome."""
    one = pd.DataFrame({"a": [1]})
    with pytest.raises(QzError, match="'A' cannot name a sheet"):
        qz.export({"a": one, "A": one}, tmp_path / "a.xlsx")
    assert load_workbook(qz.export({"信访": one}, tmp_path / "a.xlsx")).sheetnames[0] == "信访"


def test_without_the_library(tmp_path, monkeypatch):
    """Without XlsxWriter the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(QzError, match=r'pip install "qz-analysis\[excel\]"'):
        qz.export(qz.tables(TEXT), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def judge():
    """The library of the specification, which continuous checks install; elsewhere the test is left out."""
    return pytest.importorskip("frictionless")


@pytest.fixture(scope="module")
def result(corpus_tables):
    """Tables of the embedded corpus."""
    return corpus_tables


@pytest.fixture(scope="module")
def made_datapackage(result, tmp_path_factory):
    """The corpus as a data package."""
    return qz.export(result, tmp_path_factory.mktemp("package") / "corpus")


def descriptor(folder):
    """What a package says of itself."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def resource(folder, name):
    """What it says of one table."""
    return next(one for one in descriptor(folder)["resources"] if one["name"] == name)


def report(folder):
    """The errors that the library of the specification finds."""
    frictionless = judge()
    with frictionless.system.use_context(trusted=True):  # a path outside the working folder
        found = frictionless.validate(str(folder / "datapackage.json"))
    return found.flatten(["type"])


def test_the_corpus_is_valid(made_datapackage):
    """Bytes, hashes, types, keys and constraints of the embedded corpus hold."""
    assert report(made_datapackage) == []


def test_the_descriptor_is_valid_by_the_standard(made_datapackage):
    """The descriptor has no error by the metadata profile of the specification."""
    assert list(judge().Package.metadata_validate(descriptor(made_datapackage))) == []
    assert descriptor(made_datapackage)["profile"] == "tabular-data-package"


def test_a_run_is_valid(tmp_path):
    """A finished run, whose promises are not looked up, keeps them: keys, foreign keys and values."""
    run(pages(tmp_path / "in", 34), tmp_path / "out", kind="parquet")
    folder = qz.export(qz.open(tmp_path / "out"), tmp_path / "package")
    assert report(folder) == []
    assert [
        resource(folder, name)["schema"].get("primaryKey")
        for name in ("claims", "reports", "documents")
    ] == [
        ["doc", "start", "end"],
        ["doc", "report"],
        ["doc"],
    ]
    assert (
        resource(folder, "reports")["schema"]["foreignKeys"][0]["reference"]["resource"]
        == "documents"
    )


DAMAGE = [
    ("claims.csv", "\n", "\nx,", "a cell too many"),
    ("claims.csv", "exact", "about", "a value that is none"),
    ("claims.csv", ",0,", ",zero,", "a word for a number"),
    ("reports.csv", ",0,", ",7,", "a report that claims point to and is not there"),
]


@pytest.mark.parametrize(("name", "was", "now", "what"), DAMAGE, ids=[d[3] for d in DAMAGE])
def test_the_check_sees_damage(made_datapackage, tmp_path, name, was, now, what):
    """The package promises so much that damage shows, beside the hash."""
    folder = tmp_path / "damaged"
    shutil.copytree(made_datapackage, folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(was, now, 2), encoding="utf-8")
    for one in (said := descriptor(folder))["resources"]:
        one.pop("hash"), one.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    assert report(folder), what


def test_every_column_is_described(made_datapackage):
    """Fields carry name, type and the meaning of `fields.py`, in the order of the file."""
    fields = resource(made_datapackage, "claims")["schema"]["fields"]
    assert [(f["name"], f["description"]) for f in fields] == [(f.name, f.meaning) for f in CLAIMS]
    assert {f["type"] for f in fields} == {"string", "integer", "number"}
    assert next(f for f in fields if f["name"] == "status")["constraints"]["enum"] == [
        "ok",
        "redacted",
        "spoilt",
    ]


def test_nothing_is_claimed_that_was_not_said(made_datapackage, result, tmp_path):
    """Licence, contributors and date stand there when they are given, and only then."""
    assert not {"licenses", "contributors", "created"} & {*descriptor(made_datapackage)}
    said = descriptor(qz.export(result, tmp_path / "a", licence="CC-BY-4.0", contributors=["甲所"], created="2011-06-30T09:00:00Z"))  # fmt: skip
    assert said["licenses"] == [{"name": "CC-BY-4.0"}]
    assert said["contributors"] == [{"title": "甲所"}]
    assert said["created"] == "2011-06-30T09:00:00Z"
    assert Terms("https://example.org/terms").entries["licenses"] == [
        {"path": "https://example.org/terms"}
    ]


def test_sources_are_the_documents(result, made_datapackage):
    """Every document is a source with its text's hash, one without a figure too."""
    named = {one["title"]: one.get("hash") for one in descriptor(made_datapackage)["sources"]}
    assert set(named) == {path.stem for path in qz.corpus()}
    assert dict(result.claims[["doc", "hash"]].itertuples(index=False)).items() <= named.items()


def test_thousands_of_documents_are_no_list():
    """With more documents than anyone reads, the sources point to the table that lists them."""
    table = pd.DataFrame({"doc": [f"d{n}" for n in range(1001)], "sha256": "0"})
    assert sources(streams({"documents": table})) == [{"title": "more than 1,000 documents, with their hashes in the table documents"}]  # fmt: skip
    assert len(sources(streams({"documents": table[:1000]}))) == 1000
    assert sources(streams({"mine": table})) == []


def test_keys_are_promised_where_they_hold(result, tmp_path):
    """A table that its owner changed promises neither keys nor values that it breaks, and is valid still."""
    claims = pd.concat([result.claims, result.claims[:1]])
    claims.iloc[3, claims.columns.get_loc("bound")] = "perhaps"
    others = result.reports[result.reports["doc"] != claims["doc"].iloc[0]]
    folder = qz.export({"claims": claims, "reports": others}, tmp_path / "a")
    schema = resource(folder, "claims")["schema"]
    assert "primaryKey" not in schema and "foreignKeys" not in schema
    assert not any(
        "enum" in f.get("constraints", {}) for f in schema["fields"] if f["name"] == "bound"
    )
    assert report(folder) == []


def test_cells_like_formulas_are_guarded_and_said_so(tmp_path):
    """An apostrophe stands before a text cell like a formula, and the descriptor says so; `raw_cells` leaves both."""
    table = pd.DataFrame({"said": ["=1+1", "-12", "43宗", 'a"b', "a\r\nb"]})
    guarded, plain = (
        qz.export({"t": table}, tmp_path / str(raw), raw_cells=raw) for raw in (False, True)
    )
    assert pd.read_csv(guarded / "t.csv")["said"].tolist() == [
        "'=1+1",
        "'-12",
        "43宗",
        'a"b',
        "a\r\nb",
    ]
    assert "apostrophe" in resource(guarded, "t")["description"]
    assert pd.read_csv(plain / "t.csv")["said"].tolist() == table["said"].tolist()
    assert "description" not in resource(plain, "t")


def test_parquet_is_a_package_too(result, tmp_path):
    """With Parquet the descriptor keeps schema and hashes, under the profile that allows any file."""
    folder = qz.export(result, tmp_path / "a", format="parquet")
    assert descriptor(folder)["profile"] == "data-package"
    assert resource(folder, "claims")["schema"]["primaryKey"] == ["doc", "start", "end"]
    assert list(judge().Package.metadata_validate(descriptor(folder))) == []


@pytest.mark.parametrize("name", ["信访", "Claims", "../claims", "a b", ""])
def test_names_that_name_no_file(tmp_path, name):
    """A table whose name cannot name a resource is told, and nothing is written."""
    with pytest.raises(QzError, match="rename it"):
        qz.export({name: pd.DataFrame({"a": [1]})}, tmp_path / "a")
    assert not list(tmp_path.iterdir())
