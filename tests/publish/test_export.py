"""Exports: the target's name decides the form, the same tables give the same bytes, and half an export never stands."""

import json
from zipfile import ZipFile

import pandas as pd
import pytest
from running import corpus, run

import qz_analysis as qz
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("kept_workers")

TEXT = "甲县2011年受理事项43宗，办结36宗，办结率83.7%。村民张三丰反映xx件。"
FORMS = ["a.xlsx", "a.zip", "a"]


@pytest.fixture(scope="module")
def result():
    """Tables of one invented sentence."""
    return qz.tables(TEXT)


def contents(path):
    """Every byte of a file, or of every file in a folder."""
    return (
        {p.name: p.read_bytes() for p in sorted(path.iterdir())}
        if path.is_dir()
        else path.read_bytes()
    )


@pytest.mark.parametrize("name", [*FORMS, "parquet"])
def test_the_same_tables_give_the_same_bytes(result, tmp_path, name, monkeypatch):
    """Two exports of the same tables are the same to the byte, also at another time of day."""
    kind = "parquet" if name == "parquet" else "csv"
    first = contents(qz.export(result, tmp_path / "one" / name, format=kind))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert contents(qz.export(result, tmp_path / "two" / name, format=kind)) == first


@pytest.mark.parametrize("name", FORMS)
def test_an_export_takes_the_place_of_the_one_before(result, tmp_path, name):
    """An export replaces what an earlier one left under the name, and nothing else is left beside it."""
    first = contents(qz.export(result, tmp_path / name))
    assert contents(qz.export(qz.tables("受理2宗。"), tmp_path / name)) != first
    assert [path.name for path in tmp_path.glob("[!.]*")] == [name]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("before", [True, False])
def test_half_an_export_never_stands(result, tmp_path, name, before):
    """When a table fails half-way, what stood there stands, or nothing does."""
    if before:
        qz.export(result, tmp_path / name)
    stood = contents(tmp_path / name) if before else None

    class Broken(Exception):
        """What comes in the middle of a table."""

    def rows(_):
        yield result.claims.iloc[0].tolist()
        raise Broken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qz_analysis.publish.formats.Stream.rows", rows)
        with pytest.raises(Broken):
            qz.export(result, tmp_path / name)
    assert [path.name for path in tmp_path.glob("[!.]*")] == ([name] if before else [])
    assert not before or contents(tmp_path / name) == stood


def test_a_package_stays_when_its_place_cannot_be_taken(result, tmp_path, monkeypatch):
    """When the last step fails, the earlier package is put back."""
    target = qz.export(result, tmp_path / "a")
    stood = contents(target)

    def refuse(*_):
        raise OSError("no")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(QzError, match=r"a: cannot be written \(no\)"):
        qz.export(qz.tables("受理2宗。"), target)
    assert contents(target) == stood


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_run_exports_what_its_tables_hold(tmp_path, kind):
    """A finished run, streamed, gives the rows that `qz.open` gives, with every document and its hash among the sources."""
    run(corpus(tmp_path / "in", 6), tmp_path / "out", kind=kind)
    store = qz.open(tmp_path / "out")
    target = qz.export(store, tmp_path / "package", format="parquet")
    for name in ("claims", "relations", "reports", "documents", "errors"):
        pd.testing.assert_frame_equal(pd.read_parquet(target / f"{name}.parquet"), getattr(store, name)(), check_dtype=False)  # fmt: skip
    listed = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))["sources"]
    assert [one["sha256"] for one in listed] == store.documents()["sha256"].tolist()


def test_kept_texts_are_not_exported(tmp_path):
    """The texts of the pages, kept beside the tables, stay where they are."""
    run(corpus(tmp_path / "in", 2), tmp_path / "out", keep_text=True)
    assert not [
        p
        for p in qz.export(qz.open(tmp_path / "out"), tmp_path / "package").iterdir()
        if "text" in p.name
    ]


def test_a_stopped_run_is_not_exported(tmp_path, monkeypatch):
    """Half a run is refused, with the way out."""
    run(corpus(tmp_path / "in", 2), tmp_path / "out")
    store = qz.open(tmp_path / "out")
    monkeypatch.setattr(store, "_finished", False)
    with pytest.raises(QzError, match="let `qz extract` finish it"):
        qz.export(store, tmp_path / "a.xlsx")


def test_one_table_by_itself(result, tmp_path):
    """A table alone becomes one Parquet file, and is called what its columns say."""
    made = qz.export(result.claims, tmp_path / "some.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(made), result.claims, check_dtype=False)
    with ZipFile(qz.export(result.claims, tmp_path / "some.zip")) as archive:
        assert archive.namelist() == ["claims.csv", "datapackage.json"]
    with ZipFile(qz.export(result.claims[["text", "value"]], tmp_path / "some.zip")) as archive:
        assert archive.namelist() == ["datapackage.json", "some.csv"]
    assert len(pd.read_parquet(qz.export(result, tmp_path / "r.parquet", table="reports"))) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_masking_leaves_no_name(result, tmp_path, kind):
    """With `mask` the name of a person stands in no column that repeats words, and the tables in memory are as they were."""
    before = result.claims.copy()
    target = qz.export(result, tmp_path / ("a.xlsx" if kind == "xlsx" else "a"), mask=True)
    if kind == "xlsx":
        claims = pd.read_excel(target, sheet_name="claims")
    else:
        claims = pd.read_csv(target / "claims.csv")
        assert "张三丰" not in "".join(
            path.read_text(encoding="utf-8") for path in target.iterdir()
        )
    assert claims["before"].str.contains("张**", regex=False).any()
    assert not claims.astype(str).apply(lambda column: column.str.contains("张三丰")).any(axis=None)
    pd.testing.assert_frame_equal(result.claims, before)
    assert result.claims["before"].str.contains("张三丰").any()


IDENTITY = "110101199003071234"
TOLD = f"村民张三丰（身份证号{IDENTITY}，电话13812345678人）来访43件，受理来信13812345679件。"


@pytest.mark.parametrize("target", ["a", "a.xlsx", "a.zip"])
def test_no_number_of_a_person_is_exported(tmp_path, target):
    """Identity and phone numbers are in no column of words and in no number; counts stay."""
    made = qz.export(qz.tables(TOLD), tmp_path / target, mask=True)
    if target == "a":
        claims = pd.read_csv(made / "claims.csv", dtype=str)
    elif target == "a.zip":
        with ZipFile(made) as archive, archive.open("claims.csv") as file:
            claims = pd.read_csv(file, dtype=str)
    else:
        claims = pd.read_excel(made, sheet_name="claims", dtype=str)
    shown = claims.to_csv()
    assert IDENTITY not in shown and "13812345678" not in shown and "张三丰" not in shown
    assert "13812345679件" in shown and claims["value"].astype(float).eq(13812345679).any()


def test_a_name_known_by_the_row_is_masked_in_every_column(tmp_path):
    """The words of a row are read as one text."""
    table = pd.DataFrame(
        {"before": ["村民张丽华"], "text": ["3件"], "after": ["反映，张丽华家"], "said": ["张丽华"]}
    )
    made = qz.export(table, tmp_path / "a", mask=True)
    assert "张丽华" not in (made / "a.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["a", "a.parquet"])
def test_without_the_tagger_the_export_says_so(result, tmp_path, monkeypatch, target):
    """Where more names than usual may be left, a warning and the notes of the package tell it."""
    monkeypatch.setattr("qz_analysis.privacy._tagger", lambda: None)
    with pytest.warns(UserWarning, match=r"without the tagger.*qz-analysis\[names\]"):
        made = qz.export(result.claims, tmp_path / target, mask=True)
    if target == "a":
        assert "without the tagger" in (made / "datapackage.json").read_text(encoding="utf-8")


MISTAKES = [
    ({}, "a.csv", {}, "`.csv` is not written|.csv is not written"),
    ({}, "a.xlsx", {}, "nothing to export"),
    (7, "a.xlsx", {}, "int: nothing to export"),
    ({"claims": [1]}, "a.xlsx", {}, "claims: is a list, no table"),
    (TEXT, "a.parquet", {}, "choose one with table="),
    (TEXT, "a", {"table": "claim"}, "no table 'claim' to export; there are: claims"),
    (TEXT, "a", {"format": "xlsx"}, "ends in .xlsx"),
    (TEXT, "a", {"licence": "my own words"}, "CC-BY-4.0"),
    (TEXT, "a", {"created": "yesterday"}, "no time with its zone"),
    (TEXT, "a", {"created": "2011-06-30"}, "no time with its zone"),
    (TEXT, "full", {}, "holds other things than a data package"),
    (TEXT, "file", {}, "is a file; name a folder"),
    (TEXT, "full.xlsx", {}, "is a folder; give the name of a file"),
]


@pytest.mark.parametrize(("source", "name", "words", "said"), MISTAKES)
def test_mistakes_are_told_and_leave_nothing(tmp_path, source, name, words, said):
    """What cannot be exported is told in words that name the way out, and everything stays as it was."""
    for folder in ("full", "full.xlsx"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    stood = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    with pytest.raises(QzError, match=said):
        qz.export(qz.tables(source) if source == TEXT else source, tmp_path / name, **words)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == stood


def test_a_package_with_something_of_yours_is_not_replaced(result, tmp_path):
    """A data package to which a file was added is left alone."""
    target = qz.export(result, tmp_path / "a")
    (target / "notes.txt").write_text("mine")
    with pytest.raises(QzError, match="holds other things"):
        qz.export(result, target)
    assert (target / "notes.txt").read_text() == "mine"


def test_folders_are_made_and_scratch_is_swept(result, tmp_path):
    """Missing folders above the target are made; a name with a dot is a folder like any other."""
    qz.export(result, tmp_path / "new" / "v1.2")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["v1.2"]
