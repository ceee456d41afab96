"""Tables of texts as input: Parquet and JSON lines, in slices."""

import gzip
import json

import pandas as pd
import pytest
from running import made, run, same

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.model import Document
from qz_analysis.runs import sources

pytestmark = pytest.mark.usefixtures("kept_workers")

PAGES = [
    {
        "doc": f"d{n}",
        "text": f"甲县2011年受理{2163 + n}宗，办结2028宗。第{n}号文件已经全部登记在册。",
        "place": "乙县" if n % 3 else None,
    }
    for n in range(40)
]


def wanted():
    """The tables of the same pages by qz.tables."""
    pages = [
        Document(p["doc"], p["text"], {"place": p["place"]} if p["place"] else {}) for p in PAGES
    ]
    found = qz.tables(pages)
    return {name: getattr(found, name) for name in ("claims", "relations", "reports")}


def write(path):
    """The pages as a table of the kind that the name says."""
    lines = "".join(json.dumps(page, ensure_ascii=False) + "\n" for page in PAGES).encode()
    if path.suffix == ".parquet":
        pd.DataFrame(PAGES).to_parquet(path, row_group_size=7, index=False)
    else:
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)


@pytest.mark.parametrize("name", ["pages.parquet", "pages.jsonl", "pages.jsonl.gz"])
@pytest.mark.parametrize("address", ["", "file://"])
def test_a_table_gives_what_its_texts_give(tmp_path, name, address):
    """Each row is a document with its front matter; how the table is cut leaves no trace."""
    write(tmp_path / name)
    run(f"{address}{tmp_path / name}", tmp_path / "out", part_bytes=1000, kind="parquet")
    same(made(tmp_path / "out"), wanted())
    assert (
        run(f"{address}{tmp_path / name}", tmp_path / "out", part_bytes=1000, kind="parquet")[
            0
        ].read
        == 0
    )


def test_broken_rows_are_named_by_their_line(tmp_path):
    """A broken line, a missing column and an empty text are errors with the line's number; the other rows are read."""
    lines = [json.dumps(page, ensure_ascii=False) for page in PAGES]
    lines[4], lines[20], lines[33] = "{broken", '{"doc": "x"}', '{"doc": "y", "text": null}'
    (tmp_path / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done, _ = run(tmp_path / "pages.jsonl", tmp_path / "out", part_bytes=1000)
    assert [row[0].rpartition(", ")[2] for row in done.errors] == ["line 5", "line 21", "line 34"]
    assert len(qz.open(tmp_path / "out").documents()) == 37


@pytest.mark.parametrize("name", ["pages.parquet", "pages.jsonl"])
def test_a_changed_table_is_read_anew(tmp_path, name):
    """A table that is not as it was is read again as a whole, and its old rows go."""
    write(tmp_path / name)
    (tmp_path / "z.txt").write_text("丙县受理31宗。", encoding="utf-8")
    both = [tmp_path / name, tmp_path / "z.txt"]
    run(both, tmp_path / "out")
    PAGES.append({"doc": "d40", "text": "丁县受理9宗。", "place": None})
    try:
        write(tmp_path / name)
    finally:
        del PAGES[-1]
    _done, told = run(both, tmp_path / "out")
    docs = qz.open(tmp_path / "out").documents()["doc"]
    assert told == ["1 files unchanged, 1 to read"]
    assert sorted(docs) == sorted([*(f"d{n}" for n in range(41)), "z"])


def test_tables_without_the_columns_are_errors(tmp_path):
    """A table without doc and text, or that is none, is one error row or line."""
    pd.DataFrame({"doc": ["a"]}).to_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no table")
    (tmp_path / "c.txt").write_text("丙县受理31宗。", encoding="utf-8")
    done, _ = run(
        [tmp_path / "a.parquet", tmp_path / "b.parquet", tmp_path / "c.txt"], tmp_path / "out"
    )
    assert [row[2].partition(" (")[0] for row in done.errors] == [
        "the table has no column text",
        "is no Parquet table",
    ]
    assert len(qz.open(tmp_path / "out")) == 1


def test_an_empty_table_gives_empty_tables(tmp_path):
    """A table without rows is no error."""
    (tmp_path / "a.jsonl").touch()
    pd.DataFrame({"doc": [], "text": []}).astype(str).to_parquet(tmp_path / "b.parquet")
    done, _ = run([tmp_path / "a.jsonl", tmp_path / "b.parquet"], tmp_path / "out", kind="parquet")
    assert (done.failed, len(qz.open(tmp_path / "out"))) == (0, 0)


def test_a_name_that_stands_twice_is_told(tmp_path):
    """Two rows of one name both stay, and an error says so."""
    (tmp_path / "a.jsonl").write_text(
        '{"doc": "a", "text": "甲县受理31宗。"}\n{"doc": "a", "text": "乙县受理9宗。"}\n',
        encoding="utf-8",
    )
    done, _ = run(tmp_path / "a.jsonl", tmp_path / "out")
    assert "a second document is called a" in done.errors[0][2]
    assert qz.open(tmp_path / "out").claims()["value"].tolist() == [31, 9]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere/*.jsonl", "nothing matches"),
        ("nowhere.jsonl", "cannot be opened"),
        ("xyz://a/b.jsonl", "xyz"),
    ],
)
def test_wrong_addresses_are_one_line(tmp_path, path, words):
    """A path that leads nowhere is a clear error."""
    with pytest.raises(QzError, match=words):
        run(path, tmp_path / "out")


def test_a_line_without_end_is_one_error(tmp_path, monkeypatch):
    """A line longer than any text that is read is an error once, in however many slices it stands."""
    monkeypatch.setattr(sources, "LARGEST", 1000)
    (tmp_path / "a.jsonl").write_bytes(b'{"doc": "a", "text": "' + b"x" * 5000)
    pieces = sources.slices(str(tmp_path / "a.jsonl"), 900)
    found = [str(row) for piece in pieces for _, row in sources.rows(piece, "a.jsonl")]
    assert len(pieces) == 6
    assert found == ["a.jsonl: the line is longer than 0 MB; write one JSON object on each line"]


def test_lines_are_read_once_wherever_slices_end(tmp_path):
    """Slices of every size give each line once, those that begin at a slice's end included."""
    lines = [json.dumps({"doc": f"d{n}", "text": "x" * (n % 7)}) for n in range(1, 15) if n % 7]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for size in range(20, 90):
        pieces = sources.slices(str(tmp_path / "a.jsonl"), size)
        docs = [row.doc for piece in pieces for _, row in sources.rows(piece, "a")]
        assert docs == [json.loads(one)["doc"] for one in lines]
