"""What a run is given, and what of it is to be read."""

import pytest

from qz_analysis import QzError
from qz_analysis.errors import ReadError
from qz_analysis.extraction.corrections import collected
from qz_analysis.runs.plan import Found, Layout, list_inputs
from qz_analysis.runs.sources import expand


def _pages(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("全县受理98件。", encoding="utf-8")


def test_what_is_not_there_is_told():
    """A path that leads nowhere is told with a way out."""
    with pytest.raises(ReadError, match="no such file or folder; check the spelling"):
        expand("nowhere")


def test_a_file_with_a_patterns_name_is_a_file(tmp_path):
    """A name with brackets stands for the file that is called so, where there is one."""
    _pages(tmp_path, "a[1].txt")
    assert expand(str(tmp_path / "a[1].txt")) == [str(tmp_path / "a[1].txt")]


def test_nothing_that_a_run_wrote_is_listed(tmp_path):
    """Tables, kept texts and the journal of a run in the folder that it reads are no input, nor is its corrections file."""
    _pages(tmp_path, "b.txt", "a.txt", ".qz/x.txt", "texts/a.txt", "relations.csv")
    (tmp_path / "mine.csv").write_text(
        "hash,doc,start,end,column,was,now,who,when,why\n,a,4,7,value,98,99,me,2020-01-01,checked\n",
        encoding="utf-8",
    )
    layout = Layout(tmp_path, "csv", corrections=tuple(collected(tmp_path / "mine.csv")))
    found = list(list_inputs([str(tmp_path)], layout, 1000))
    assert [one.shown.rpartition("/")[2] for one in found if isinstance(one, Found)] == [
        "a.txt",
        "b.txt",
    ]


def test_a_table_comes_in_slices(tmp_path):
    """A table of texts is one file with the slices that it is read in; one that cannot be read is an error in its place."""
    line = '{"doc": "a", "text": "全县受理98件。"}\n'
    (tmp_path / "t.jsonl").write_text(line * 9, encoding="utf-8")
    (tmp_path / "bad.parquet").write_bytes(b"none")
    table, bad = list_inputs(
        [str(tmp_path / name) for name in ("t.jsonl", "bad.parquet")],
        Layout(tmp_path / "out", "csv"),
        100,
    )
    assert len(table.slices) > 1
    assert {piece["shown"] for piece in table.slices} == {str(tmp_path / "t.jsonl")}
    assert bad[0] == str(tmp_path / "bad.parquet")


def test_of_addresses_only_tables_are_read(tmp_path):
    """An address that is no table is refused with the forms that are read from one."""
    with pytest.raises(QzError, match=r"only tables .*jsonl.* are read from an address"):
        list(list_inputs(["memory://page.txt"], Layout(tmp_path, "csv"), 100))
