"""Tables read back, filtered on the way."""

import pandas as pd
import pytest
from running import corpus, run
from sparing import sparing

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.extraction.corrections import append, line
from qz_analysis.runs.plan import Layout

pytestmark = pytest.mark.usefixtures("kept_workers")


@pytest.fixture(scope="module", params=["csv", "parquet"])
def store(request, tmp_path_factory):
    """A finished run in both formats."""
    out = tmp_path_factory.mktemp("store")
    run(corpus(tmp_path_factory.mktemp("in"), 34), out, kind=request.param, part_files=16)
    return qz.open(out)


def test_filters_give_what_pandas_gives(store):
    """Each filter gives the rows that the whole table has for it."""
    claims = store.claims()
    inside = claims["period"].eq("2011") | claims["period"].str.startswith("2011-")
    assert 0 < inside.sum() < len(claims)
    wanted = {
        "period": ({"period": "2011"}, inside),
        "family": ({"family": ["petition", "funds"]}, claims["family"].isin(["petition", "funds"])),
        "both": (
            {"period": "2011", "family": "petition"},
            inside & claims["family"].eq("petition"),
        ),
        "equal": (
            {"status": "redacted", "report": 0},
            claims["status"].eq("redacted") & claims["report"].eq(0),
        ),
        "place": ({"place": claims["place"].iloc[0]}, claims["place"].eq(claims["place"].iloc[0])),
        "nothing": ({"place": "无此县"}, claims["place"].eq("无此县")),
    }
    for filters, rows in wanted.values():
        pd.testing.assert_frame_equal(store.claims(**filters), claims[rows].reset_index(drop=True))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_empty_table_can_be_asked(tmp_path, kind):
    """A filter on a table without rows gives a table without rows."""
    (tmp_path / "a.txt").write_text("甲县受理43宗。", encoding="utf-8")
    run(tmp_path / "a.txt", tmp_path / "out", kind=kind)
    assert qz.open(tmp_path / "out").relations(verdict="bad").empty


def test_columns_and_batches(store):
    """Columns can be chosen, and the rows come in batches that together are the table."""
    claims = store.claims(columns=["value", "doc"])
    assert list(claims) == ["value", "doc"]
    pd.testing.assert_frame_equal(
        pd.concat(store.iter_claims(columns=["value", "doc"]), ignore_index=True), claims
    )
    assert len(store) == len(claims)
    assert f"{len(claims):,} claims" in repr(store)


def test_other_tables(store):
    """Relations, reports, documents and errors can be asked too."""
    assert set(store.relations(verdict="bad")["verdict"]) == {"bad"}
    assert len(store.reports()) == len(store.documents()) == 36
    assert store.errors()["stage"].tolist() == ["read"]


def test_wrong_questions(store, tmp_path):
    """A column that does not exist, a folder without tables: one line that says what there is."""
    with pytest.raises(QzError, match="no column 'colour'; there are: doc, report"):
        store.claims(colour="red")
    with pytest.raises(QzError, match="holds no tables"):
        qz.open(tmp_path)


@pytest.mark.parametrize("kind", sparing(["csv", "parquet"], 2))
def test_an_unfinished_run_opens(tmp_path, monkeypatch, kind):
    """What is done of a stopped run can be read, and it says that it is not all."""
    source = corpus(tmp_path / "in")
    publish = Layout.publish

    def stop(layout, number, token, *more):
        publish(layout, number, token, *more)
        if number == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Layout, "publish", stop)
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out", kind=kind)
    monkeypatch.undo()
    store = qz.open(tmp_path / "out")
    assert "unfinished" in repr(store)
    assert set(store.errors()["stage"]) <= {"read"}
    docs = set(store.documents()["doc"])
    run(source, tmp_path / "out", kind=kind)
    assert 0 < len(docs) < len(qz.open(tmp_path / "out").documents())


@pytest.mark.parametrize("kind", sparing(["csv", "parquet"], 2))
def test_a_table_that_was_cut_is_told(tmp_path, kind):
    """A table with half a row is an error with the way out, and made anew by the next run."""
    (tmp_path / "a.txt").write_text("甲县2011年受理43宗，办结36宗。", encoding="utf-8")
    run(tmp_path / "a.txt", tmp_path / "out", kind=kind)
    path = tmp_path / "out" / f"claims.{kind}"
    part = next(path.glob("*")) if kind == "parquet" else path
    part.write_bytes(part.read_bytes()[:-60])
    with pytest.raises(QzError, match=r"claims.*is damaged .*move it away and run the same"):
        qz.open(tmp_path / "out").claims()
    path.rename(tmp_path / "cut")
    run(tmp_path / "a.txt", tmp_path / "out", kind=kind)
    assert len(qz.open(tmp_path / "out").claims()) == 2


def test_a_table_cut_at_the_end_of_a_row_is_told(tmp_path):
    """A table that lost whole rows is an error when it is opened; the next run makes it anew and keeps what it found."""
    (tmp_path / "a.txt").write_text("甲县2011年受理43宗，办结36宗。", encoding="utf-8")
    run(tmp_path / "a.txt", tmp_path / "out")
    path = tmp_path / "out" / "claims.csv"
    whole = path.read_bytes()
    cut = whole[: whole.rindex(b"\n", 0, -1) + 1]
    path.write_bytes(cut)
    with pytest.raises(QzError, match=r"claims\.csv: is damaged .*and run the same"):
        qz.open(tmp_path / "out")
    _, told = run(tmp_path / "a.txt", tmp_path / "out")
    assert any("moved to claims.changed.csv and made anew" in line for line in told)
    assert path.read_bytes() == whole and len(qz.open(tmp_path / "out").claims()) == 2
    assert path.with_name("claims.changed.csv").read_bytes() == cut


def test_rows_that_a_user_added_are_not_lost(tmp_path):
    """A table that was changed by hand is moved aside when a run has new rows for it."""
    (tmp_path / "a.txt").write_text("甲县2011年受理43宗，办结36宗。", encoding="utf-8")
    for words in ("mine", "mine too"):
        run(tmp_path, tmp_path / "out")
        with (tmp_path / "out" / "claims.csv").open("a", encoding="utf-8") as handle:
            handle.write(words)
    run(tmp_path / "a.txt", tmp_path / "out")
    names = ("claims.changed.csv", "claims.changed-2.csv")
    texts = [(tmp_path / "out" / name).read_text(encoding="utf-8") for name in names]
    assert texts[0].endswith("\nmine") and texts[1].endswith("\nmine too")


def test_changed_tables_outlive_another_form_and_corrections_taken_back(tmp_path):
    """A table that was changed by hand is moved aside before a run removes it."""
    (tmp_path / "a.txt").write_text("甲县2011年受理43宗，办结36宗。", encoding="utf-8")
    out = tmp_path / "out"
    for table, first, then in (
        ("corrected", {"corrections": [tmp_path / "mine.csv"]}, {}),
        ("claims", {}, {"kind": "parquet"}),
    ):
        append(
            tmp_path / "mine.csv", [line(qz.extract(tmp_path / "a.txt").iloc[0], "value", 44, "me")]
        )
        run(tmp_path / "a.txt", out, **first)
        with (out / f"{table}.csv").open("a", encoding="utf-8") as handle:
            handle.write("mine")
        run(tmp_path / "a.txt", out, **then)
        assert not (out / f"{table}.csv").exists()
        assert (out / f"{table}.changed.csv").read_text(encoding="utf-8").endswith("mine")


def test_changed_texts_are_not_lost(tmp_path):
    """A kept text that was changed stands in a folder beside, under its name, and is no report."""
    source = tmp_path / "in"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.txt").write_text(f"{name}县受理43宗。", encoding="utf-8")
    out = source / "out"
    run(source, out, keep_text=True)
    for name in "ab":
        (out / "texts" / f"{name}.txt").write_text("受理36宗。", encoding="utf-8")
    run(source / "a.txt", out, keep_text=True)
    kept = sorted(path.name for path in (out / "texts.changed").iterdir())
    assert kept == ["a.txt", "b.txt"]
    assert [path.name for path in (out / "texts").iterdir()] == ["a.txt"]
    assert run(source, out, keep_text=True)[0].files == 3


def test_a_changed_part_is_not_lost(tmp_path):
    """A part of a Parquet table that was changed is moved out of the table and made anew."""
    (tmp_path / "a.txt").write_text("甲县2011年受理43宗，办结36宗。", encoding="utf-8")
    out = tmp_path / "out"
    run(tmp_path / "a.txt", out, kind="parquet")
    path = out / "claims.parquet" / "part-000001.parquet"
    whole = path.read_bytes()
    pd.read_parquet(path).assign(text="mine").to_parquet(path)
    run(tmp_path / "a.txt", out, kind="parquet")
    assert path.read_bytes() == whole
    assert set(pd.read_parquet(out / "claims.part-000001.changed.parquet")["text"]) == {"mine"}
