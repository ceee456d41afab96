"""Data packages: valid by the library of the specification, and promising only what holds."""

import json
import shutil

import pandas as pd
import pytest
from running import corpus as pages
from running import run

import qz_analysis as qz
from qz_analysis.datapackage import Terms, sources
from qz_analysis.errors import QzError
from qz_analysis.fields import CLAIMS
from qz_analysis.streams import streams


def judge():
    """The library of the specification, which continuous checks install; elsewhere the test is left out."""
    return pytest.importorskip("frictionless")


@pytest.fixture(scope="module")
def result():
    """Tables of the embedded corpus."""
    return qz.tables(qz.corpus())


@pytest.fixture(scope="module")
def made(result, tmp_path_factory):
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


def test_the_corpus_is_valid(made):
    """Bytes, hashes, types, keys and constraints of the embedded corpus hold."""
    assert report(made) == []


def test_the_descriptor_is_valid_by_the_standard(made):
    """The descriptor has no error by the metadata profile of the specification."""
    assert list(judge().Package.metadata_validate(descriptor(made))) == []
    assert descriptor(made)["profile"] == "tabular-data-package"


def test_a_run_is_valid(tmp_path):
    """A finished run, whose promises are not looked up, keeps them: keys, foreign keys and values."""
    run(pages(tmp_path / "in", 34), tmp_path / "out", kind="parquet")
    folder = qz.export(qz.open(tmp_path / "out"), tmp_path / "package")
    assert report(folder) == []
    assert [resource(folder, name)["schema"].get("primaryKey") for name in ("claims", "reports", "documents")] == [
        ["doc", "start", "end"],
        ["doc", "report"],
        ["doc"],
    ]
    assert resource(folder, "reports")["schema"]["foreignKeys"][0]["reference"]["resource"] == "documents"


DAMAGE = [
    ("claims.csv", "\n", "\nx,", "a cell too many"),
    ("claims.csv", "exact", "about", "a value that is none"),
    ("claims.csv", ",0,", ",zero,", "a word for a number"),
    ("reports.csv", ",0,", ",7,", "a report that claims point to and is not there"),
]


@pytest.mark.parametrize(("name", "was", "now", "what"), DAMAGE, ids=[d[3] for d in DAMAGE])
def test_the_check_sees_damage(made, tmp_path, name, was, now, what):
    """The package promises so much that damage shows, beside the hash."""
    folder = tmp_path / "damaged"
    shutil.copytree(made, folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(was, now, 2), encoding="utf-8")
    for one in (said := descriptor(folder))["resources"]:
        one.pop("hash"), one.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    assert report(folder), what


def test_every_column_is_described(made):
    """Fields carry name, type and the meaning of `fields.py`, in the order of the file."""
    fields = resource(made, "claims")["schema"]["fields"]
    assert [(f["name"], f["description"]) for f in fields] == [(f.name, f.meaning) for f in CLAIMS]
    assert {f["type"] for f in fields} == {"string", "integer", "number"}
    assert next(f for f in fields if f["name"] == "status")["constraints"]["enum"] == ["ok", "redacted", "spoilt"]


def test_nothing_is_claimed_that_was_not_said(made, result, tmp_path):
    """Licence, contributors and date stand there when they are given, and only then."""
    assert not {"licenses", "contributors", "created"} & {*descriptor(made)}
    said = descriptor(qz.export(result, tmp_path / "a", licence="CC-BY-4.0", contributors=["甲所"], created="2011-06-30T09:00:00Z"))  # fmt: skip
    assert said["licenses"] == [{"name": "CC-BY-4.0"}]
    assert said["contributors"] == [{"title": "甲所"}]
    assert said["created"] == "2011-06-30T09:00:00Z"
    assert Terms("https://example.org/terms").entries["licenses"] == [{"path": "https://example.org/terms"}]


def test_sources_are_the_documents(result, made):
    """Every document is a source with its text's hash, one without a figure too."""
    named = {one["title"]: one.get("hash") for one in descriptor(made)["sources"]}
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
    assert not any("enum" in f.get("constraints", {}) for f in schema["fields"] if f["name"] == "bound")
    assert report(folder) == []


def test_cells_like_formulas_are_guarded_and_said_so(tmp_path):
    """An apostrophe stands before a text cell like a formula, and the descriptor says so; `raw_cells` leaves both."""
    table = pd.DataFrame({"said": ["=1+1", "-12", "43宗", 'a"b', "a\r\nb"]})
    guarded, plain = (qz.export({"t": table}, tmp_path / str(raw), raw_cells=raw) for raw in (False, True))
    assert pd.read_csv(guarded / "t.csv")["said"].tolist() == ["'=1+1", "'-12", "43宗", 'a"b', "a\r\nb"]
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
