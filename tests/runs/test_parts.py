"""Tables of a part come back as they were written."""

import math

import pytest

from qz_analysis.runs import parts
from qz_analysis.runs.parts import TABLES, Writer, decoded, read_rows, read_signatures, save

ROWS = [("=1+1", 3, "line\n, quoted"), ("'=a", 0, ""), ("甲\r县", 1, "\r"), ("a\r\nb", 2, "c\r")]
FIELDS = [parts.Field("one", "str", ""), parts.Field("n", "int", ""), parts.Field("two", "str", "")]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("raw_cells", [False, True])
def test_rows_come_back_as_they_were(tmp_path, kind, raw_cells):
    """Text that begins like a formula, line ends of every kind and empty cells come back unchanged."""
    path = tmp_path / f"t.{kind}"
    assert save(path, FIELDS, ROWS, raw_cells=raw_cells, header=False) == len(ROWS)
    # only CSV has apostrophes to be undone
    found = decoded(read_rows(path), FIELDS, raw_cells=raw_cells or kind == "parquet")
    assert [tuple(row) for row in found] == ROWS


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_missing_number_is_nan(tmp_path, kind):
    """None and NaN are empty cells and come back as NaN."""
    fields = [parts.Field("x", "float", "")]
    save(tmp_path / f"t.{kind}", fields, [(None,), (math.nan,), (1.5,)], header=False)
    found = [row[0] for row in decoded(read_rows(tmp_path / f"t.{kind}"), fields)]
    assert math.isnan(found[0]) and math.isnan(found[1]) and found[2] == 1.5


def test_encoded_rows_are_written_as_they_are(tmp_path):
    """Rows that were read from a part give the same bytes when they are written again."""
    row = ("a", "=1", "text", "0" * 64, 3, "0" * 16)
    assert len(row) == len(TABLES["documents"])
    for folder, rows in (("one", [row]), ("two", None)):
        with Writer(tmp_path / folder, "csv", ["documents"]) as writer:
            rows = rows or list(read_rows(tmp_path / "one" / "documents.csv"))
            writer.add("documents", rows, encoded=folder == "two")
            writer.add_signatures([b"abc", b""])
            assert writer.counts() == {"documents": 1}
            writer.close()
    assert list(read_signatures(tmp_path / "two")) == [b"abc", b""]
    one, two = ((tmp_path / name / "documents.csv").read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_writer_that_fails_leaves_nothing(tmp_path):
    """The folder of a part that an exception stopped is removed."""
    with pytest.raises(KeyboardInterrupt), Writer(tmp_path / "part", "csv", ["claims"]):
        raise KeyboardInterrupt
    assert not (tmp_path / "part").exists()
