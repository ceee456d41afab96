"""One document: its rows, what its front matter says of it, and its corrections."""

import pytest

from qz_analysis import tables
from qz_analysis.errors import ReadError
from qz_analysis.extraction.pipeline import pages
from qz_analysis.model import Document
from qz_analysis.runs.tables import Rows, gather
from qz_analysis.schema import CLAIMS, RELATIONS, REPORTS


def test_front_matter_overrides_what_the_words_say():
    """Place, level and period of the front matter stand in the tables."""
    document = Document(
        "r", "全镇受理98件。", {"place": "*縣", "level": "county", "period": "2011", "title": "t"}
    )
    (report,) = tables(document).reports.to_dict("records")
    assert [report[k] for k in ("place", "level", "period", "title")] == [
        "*县",
        "county",
        "2011",
        "t",
    ]


def test_front_matter_with_an_unknown_level_is_refused():
    """A level that there is not is told with the file and those that there are."""
    with pytest.raises(ReadError, match=r"r: .*'duchy' is unknown.*bureau, city, county"):
        gather(Document("r", "全镇受理98件。", {"level": "duchy"}))


def test_rows_are_as_wide_as_their_tables():
    """Each row of a document has a cell for every described column, and each report a signature."""
    rows = gather(Document("a", "甲县受理事项43宗，办结36宗，办结率83.7%。"))
    for mine, fields in (
        ([claim.row for claim in rows.claims], CLAIMS),
        (rows.relations, RELATIONS),
        (rows.reports, REPORTS),
    ):
        assert {len(row) for row in mine} == {len(fields)}
    assert len(rows.signatures) == len(rows.reports) == 1


def test_offsets_count_the_front_matter_in():
    """Offsets of claims and reports count from the beginning of the raw text, not of its body."""
    head, body = "---\nperiod: 2011\n---\n", "甲县受理事项43宗。"
    rows = gather(Document("a", head + body, {"period": "2011"}, len(head)))
    (claim,), (report,) = rows.claims, rows.reports
    assert (head + body)[claim.start : claim.end] == "43宗"
    assert report[2:4] == (len(head), len(head + body))
    assert report[7] == "2011"


def test_rows_of_documents_add_up():
    """Rows take in those of another document, after their own."""
    rows = Rows([], [], [], [], [])
    for name in ("a", "b"):
        rows.add(gather(Document(name, "甲县受理事项43宗。")))
    assert [claim.doc for claim in rows.claims] == [row[0] for row in rows.reports] == ["a", "b"]


def test_pages_stop_at_a_file_that_is_no_text(tmp_path):
    """A file that cannot be read is raised when its turn comes; those before it are given."""
    (tmp_path / "a.txt").write_text("全县受理98件。", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\xff" * 99)
    found = pages(tmp_path)
    assert next(found)[0].doc == "a"
    with pytest.raises(ReadError, match=r"b\.txt"):
        next(found)
