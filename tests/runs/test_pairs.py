"""Copies beside their originals and names that stand twice, found group by group."""

import json
from collections import Counter
from functools import partial

import pytest
from running import contents, corpus, made, run, same

import qz_analysis as qz
from qz_analysis.runs import copies, pairs
from qz_analysis.runs.plan import Layout

pytestmark = pytest.mark.usefixtures("kept_workers")
KINDS = ["csv", "parquet"]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Files with copies, and a table in whose rows names stand twice, one of them for a copy and its original."""
    folder = corpus(tmp_path_factory.mktemp("pairs") / "in")
    texts = [path.read_text(encoding="utf-8") for path in qz.corpus()[7:10]]
    names = ["a", "b", "=c", "a", "d", "b", "a", "=c"]
    rows = [(name, texts[n % 3] + f"受理{n}件。") for n, name in enumerate(names)]
    table = folder / "rows.jsonl"
    table.write_text(
        "".join(json.dumps({"doc": doc, "text": text}) + "\n" for doc, text in rows),
        encoding="utf-8",
    )
    return [folder, table]


@pytest.fixture(scope="module")
def plain(source, tmp_path_factory):
    """The folder of a run for each kind of tables, all parts in one group."""
    outs = {kind: tmp_path_factory.mktemp(kind) for kind in KINDS}
    for kind, out in outs.items():
        run(source, out, kind=kind, part_bytes=4000)
    return outs


def tables(out):
    """The bytes of all tables, CSV or Parquet."""
    parts = (path for path in sorted(out.glob("*.parquet/*.parquet")))
    return contents(out) | {f"{path.parent.name}/{path.name}": path.read_bytes() for path in parts}


def test_names_that_stand_twice_are_told_in_their_order(plain, source):
    """Every document but the first of its name is an error, and is counted by its name."""
    for out in plain.values():
        errors = qz.open(out).errors()
        twice = errors[errors["reason"].str.startswith("a second document")]
        assert [reason.split()[5].rstrip(";") for reason in twice["reason"]] == [
            "a",
            "b",
            "a",
            "=c",
        ]
    done, _ = run(source, plain["csv"], part_bytes=4000)
    assert done.counts["documents"] == len({*qz.open(plain["csv"]).documents()["doc"]})


@pytest.mark.parametrize("kind", KINDS)
def test_the_division_leaves_no_trace(plain, source, tmp_path, monkeypatch, kind):
    """Groups of one part, done by workers, and few names at once: the tables are the same bytes."""
    monkeypatch.setattr(copies, "_SMALL", 0)
    monkeypatch.setattr(pairs, "_PARTS", 1)
    monkeypatch.setattr(pairs, "_NAMES", 2)
    run(source, tmp_path, kind=kind, part_bytes=4000, workers=2)
    assert tables(tmp_path) == tables(plain[kind])
    notes = made(tmp_path)["relations"]["note"]
    assert notes.str.contains("in its copy").any()


def test_the_cluster_writes_the_same(plain, source, tmp_path, monkeypatch):
    """Workers of a Dask cluster give the same bytes."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(copies, "_SMALL", 0)
    monkeypatch.setattr(pairs, "_PARTS", 1)
    run(source, tmp_path, kind="parquet", part_bytes=4000, workers=2, cluster="local")
    assert tables(tmp_path) == tables(plain["parquet"])


@pytest.mark.parametrize("at", [0, 1])
def test_a_stop_in_between_is_made_good(plain, source, tmp_path, monkeypatch, at):
    """A run that was stopped while it named copies begins that anew and leaves nothing behind."""
    put, seen = Layout.put, Counter()

    def stopping(self, made, path, tell):
        if made.name.startswith("reports-"):
            seen["named"] += 1
            if seen["named"] > at:
                raise KeyboardInterrupt
        put(self, made, path, tell)

    go = partial(run, source, tmp_path, kind="parquet", part_bytes=4000)
    with monkeypatch.context() as patch:
        patch.setattr(Layout, "put", stopping)
        with pytest.raises(KeyboardInterrupt):
            go()
    assert not qz.open(tmp_path).finished
    go()
    same(made(tmp_path), made(plain["parquet"]))
    assert tables(tmp_path) == tables(plain["parquet"])
    assert not [*(tmp_path / ".qz").glob("new-*")]
