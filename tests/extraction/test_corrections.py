"""What a correction may say.

Corrections files: whatever people, spreadsheets and crashes made of them.
"""

import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.extraction.corrections import (
    COLUMNS,
    HEAD,
    against,
    append,
    cell,
    collected,
    contradictions,
    line,
    retract,
    text_hash,
)
from qz_analysis.extraction.corrections import read_corrections as load
from qz_analysis.model import Correction

NAN = float("nan")
ROW = {
    "value": 3.0,
    "low": NAN,
    "high": NAN,
    "bound": "exact",
    "status": "ok",
    "kind": "count",
    "direction": "",
}


def given(column="value", now="3", **other):
    return Correction(**{"hash": "0123456789abcdef", "doc": "a", "start": 2, "end": 5, "column": column, "was": "", "now": now, **other})  # fmt: skip


def test_a_reviewer_may_say_whatever_the_extractor_says(corpus_tables):
    """Every value in a correctable column of the corpus is one that a correction may hold."""
    claims = corpus_tables.claims
    for column in COLUMNS:
        for value in set(map(cell, claims[column])):
            if column != "unit" or value:
                assert against(given(column, value)) == ""


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("value", ["", "0", "2163", "2163.0", "83.7", "1e6"], ["1,000", "３", "12件", "nan", "inf", "-3", "1_0", "1e-300", "1e300", "=3", " 3"]),
        ("low", ["", "5"], ["five"]),
        ("bound", ["exact", "range"], ["", "about"]),
        ("unit", ["件", "元/年", "箩"], ["", " ", "万元", "亿斤"]),
        ("kind", ["per"], ["", "counts"]),
        ("direction", ["", "up"], ["Up"]),
        ("family", ["petition", "other"], ["", "pets"]),
        ("stage", ["", "pending"], ["done"]),
        ("measure", ["", "persons"], ["people"]),
        ("subject", ["", "甲 乙"], []),
        ("place", ["", "**县"], []),
        ("status", ["redacted"], ["", "masked"]),
        ("period", ["", "2011", "2011-Q1", "2011-H2", "2011-06", "2010..2012", "2011+", "2011-H2+", "20xx", "20xx-06", "20xx+"],
         ["Jun-11", "2011-6", "2011-13", "2011-Q5", "2012..2010", "2011..", "11", "２０１１-Q5", "2011 "]),
        ("text", [], ["2163宗"]),
        ("hash", [], ["x"]),
    ],
)  # fmt: skip
def test_values_of_a_column(column, good, bad):
    """A column takes the values of the contract and no others; what the page printed is never corrected."""
    assert [now for now in good if against(given(column, now))] == []
    assert [now for now in bad if not against(given(column, now))] == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hash": "1.23457E+15"}, "spreadsheet"),
        ({"hash": "0123456789ABCDEF"}, "hash"),
        ({"start": -1}, "offsets"),
        ({"start": 6}, "offsets"),
        ({"when": "last week"}, "when"),
        ({"column": "note"}, "there are: value"),
        # what is said of a whole report stands in the table of documents
        ({"column": "level", "now": "county"}, "documents.csv"),
        ({"column": "place", "start": -1, "end": -1}, "documents.csv"),
        ({"column": "dated", "start": -1, "end": -1}, "documents.csv"),
    ],
)
def test_what_is_no_correction_says_why(change, word):
    """A line that can be no correction is told with the cell at fault."""
    assert word in against(given(**change))


@pytest.mark.parametrize(
    ("change", "concerns"),
    [
        ({}, None),
        ({"status": "redacted"}, "status"),
        ({"status": "redacted", "value": NAN}, None),
        ({"value": NAN}, "value"),
        ({"value": NAN, "status": "spoilt"}, None),
        ({"low": 1.0}, "bound"),
        ({"bound": "range"}, "value"),
        ({"bound": "range", "value": NAN}, "low"),
        ({"bound": "range", "value": NAN, "low": 1.0}, "high"),
        ({"bound": "range", "value": NAN, "low": 3.0, "high": 1.0}, "low"),
        ({"bound": "range", "value": NAN, "low": 1.0, "high": 3.0}, None),
        ({"direction": "up"}, "kind"),
        ({"direction": "up", "kind": "change"}, None),
    ],
)
def test_rows_that_contradict_themselves(change, concerns):
    """A masked figure has no value, a range two ends, only a change a direction; the columns concerned are named."""
    found = list(contradictions(ROW | change))
    assert (len(found) == 1 and concerns in found[0][0]) if concerns else found == []


def test_no_claim_of_the_corpus_contradicts_itself(corpus_tables):
    """The rules hold for whatever the extractor makes."""
    assert [
        row["text"] for row in corpus_tables.claims.to_dict("records") if list(contradictions(row))
    ] == []


HASH = "0123456789abcdef"
GOOD = Correction(
    HASH, "甲/乙", 3, 8, "value", "2163", "2136", "王", "2011-06-30T09:00:00Z", "扫描件为2136"
)


def told(path):
    return [(one.cells, one.fault) for one in load(path)]


def test_lines_come_back(tmp_path):
    """What is appended is read back cell for cell, formulas, quotes and commas included."""
    wild = Correction(HASH, "=a,\"b\"", 0, 1, "subject", "'x", "-1 @ 甲，“乙”", "'=c", "", "\U00020bb7")  # fmt: skip
    append(tmp_path / "c.csv", [GOOD])
    append(tmp_path / "c.csv", [wild, GOOD])
    assert [one.cells for one in load(tmp_path / "c.csv")] == [
        one.cells for one in (GOOD, wild, GOOD)
    ]
    assert [one.line for one in load(tmp_path / "c.csv")] == [2, 3, 4]
    text = (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(HEAD)
    assert "\n'=c" not in text and ",'=" not in text.replace(",''=", "").replace(",'-", "")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_an_appended_line_stays_one_line(tmp_path, end):
    """A reason that holds a line end is one line of the file all the same."""
    append(tmp_path / "c.csv", [replace(GOOD, why=f"seen{end}twice")])
    assert [one.why for one in load(tmp_path / "c.csv")] == ["seen twice"]


@drawn(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_any_words_come_back_in_one_line(tmp_path_factory, subject, who, why):
    """No word that a reviewer writes breaks a line or makes the file unreadable."""
    path = tmp_path_factory.mktemp("c") / "c.csv"
    claim = {"hash": HASH, "doc": "a", "start": 2, "end": 7, "text": "2163宗", "subject": "来访"}
    made = line(claim, "subject", subject, who, why)
    append(path, [made, GOOD])
    back = load(path)
    assert len(back) == 2 and back[1].cells == GOOD.cells
    assert back[0].cells == made.cells and not back[0].fault


def _with(text, tmp_path, encoding="utf-8"):
    path = tmp_path / "c.csv"
    path.write_bytes(text.encode(encoding))
    return path


ROW_CORRECTIONS = f"{HASH},甲/乙,3,8,value,2163,2136,王,2011-06-30T09:00:00Z,扫描件为2136"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (",".join(HEAD) + "\r\n" + ROW_CORRECTIONS + "\r\n", "utf-8-sig"),
        (",".join(HEAD) + "\r" + ROW_CORRECTIONS + "\r", "utf-8"),
        ("\n".join([",".join(HEAD), ROW_CORRECTIONS]), "utf-8"),
        ("\n".join([",".join(HEAD) + ",,", ROW_CORRECTIONS + ",,", ",,,,,,,,,,,", ""]), "utf-8"),
        (
            "\n".join(
                [
                    ",".join(f'"{name}"' for name in HEAD),
                    ",".join(f'"{c}"' for c in ROW_CORRECTIONS.split(",")),
                ]
            ),
            "utf-8",
        ),
        ((",".join(HEAD) + "\r\n" + ROW_CORRECTIONS + "\r\n").replace(",", ";"), "utf-8"),
        ((",".join(HEAD) + "\r\n" + ROW_CORRECTIONS + "\r\n").replace(",", "\t"), "utf-16"),
        (",".join(HEAD) + "\r\n" + (ROW_CORRECTIONS + "\r\n") * 20, "gb18030"),
    ],
)
def test_what_a_spreadsheet_saved_is_read(tmp_path, text, encoding):
    """Byte order marks, line ends, quotes, other separators and encodings, and empty columns do not change what a line says."""
    assert set(told(_with(text, tmp_path, encoding))) == {(GOOD.cells, "")}


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (ROW_CORRECTIONS.replace(HASH, "1.23457E+14"), "spreadsheet"),
        (ROW_CORRECTIONS.replace("2136,", "Jun-11,"), "number"),
        (ROW_CORRECTIONS[: len(ROW_CORRECTIONS) // 2], "cut off"),
        (ROW_CORRECTIONS + ",more", "11 cells"),
        (ROW_CORRECTIONS.replace("扫", '"扫'), "0 cells"),
        (ROW_CORRECTIONS.replace("王", '"王'), "0 cells"),
        (ROW_CORRECTIONS.replace(",3,", ",three,"), "offsets"),
        (ROW_CORRECTIONS.replace(",3,", ",-3,"), "offsets"),
        (ROW_CORRECTIONS.replace(",3,", f",{'9' * 30},"), "offsets"),
        (ROW_CORRECTIONS.replace("value", "note"), "there are"),
        ("\x00\x00", "cut off"),
    ],
)
def test_a_bad_line_stops_no_other(tmp_path, bad, word):
    """A damaged line is told by file and line; those before and behind it are read."""
    path = _with("\n".join([",".join(HEAD), ROW_CORRECTIONS, bad, ROW_CORRECTIONS, ""]), tmp_path)
    first, second, third = load(path)
    assert (
        (first.cells, third.cells) == (GOOD.cells, GOOD.cells)
        and not first.fault
        and not third.fault
    )
    assert word in second.fault and second.place == f"{path}, line 3"


def test_half_a_last_line_is_told_and_takes_nothing_with_it(tmp_path):
    """Wherever a last line was cut off, what is appended afterwards stands in a line of its own."""
    whole = "\n".join([",".join(HEAD), ROW_CORRECTIONS, ROW_CORRECTIONS]).encode()
    begins = whole.rindex(HASH.encode())
    for cut in range(begins + 1, len(whole)):
        path = tmp_path / "c.csv"
        path.write_bytes(whole[:cut])
        try:
            whole[:cut].decode()
        except UnicodeDecodeError:
            with pytest.raises(QzError, match="UTF-8"):
                append(path, [GOOD])
            assert path.read_bytes() == whole[:cut]
            continue
        append(path, [GOOD])
        lines = load(path)
        assert [one.cells for one in (lines[0], lines[-1])] == [GOOD.cells, GOOD.cells] and len(
            lines
        ) == 3


@pytest.mark.parametrize(
    "there", ["name,value\n1,2\n", "{}", "\n" + ",".join(HEAD), ",".join(HEAD[:-1]), "哈希"]
)
def test_a_foreign_file_is_neither_read_nor_written(tmp_path, there):
    """A file with another head is refused with the head that it should have, and stays as it is."""
    path = _with(there, tmp_path)
    for act in (load, lambda path: append(path, [GOOD])):
        with pytest.raises(
            QzError,
            match="line 1: is not the head of a corrections file; it must read hash,doc,start",
        ):
            act(path)
    assert path.read_text(encoding="utf-8") == there


def test_a_file_in_another_encoding_is_not_added_to(tmp_path):
    """Lines in UTF-8 are not put behind lines in GB18030."""
    path = _with(",".join(HEAD) + "\r\n" + (ROW_CORRECTIONS + "\r\n") * 20, tmp_path, "gb18030")
    before = path.read_bytes()
    with pytest.raises(QzError, match="save it as CSV UTF-8"):
        append(path, [GOOD])
    assert path.read_bytes() == before


def test_files_that_are_not_there(tmp_path):
    """A missing file, a folder and a folder that is missing are named with a way out; an empty file holds no corrections."""
    (tmp_path / "empty.csv").touch()
    assert load(tmp_path / "empty.csv") == []
    append(tmp_path / "empty.csv", [GOOD])
    assert len(load(tmp_path / "empty.csv")) == 1
    for act, path in (
        (load, tmp_path / "no.csv"),
        (load, tmp_path),
        (lambda p: append(p, [GOOD]), tmp_path / "no" / "c.csv"),
    ):
        with pytest.raises(QzError, match="check the name"):
            act(path)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    """What could not be written whole is not there in part."""
    path = tmp_path / "c.csv"
    append(path, [GOOD])
    before, write = path.read_bytes(), os.write

    def full(handle, data):
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return write(handle, data[:50])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(QzError, match="No space left"):
        append(path, [GOOD])
    assert path.read_bytes() == before


def _writer(path, name):
    for number in range(150):
        append(path, [Correction(HASH, name, number, number + 1, "subject", "", name * 300, name)])


def test_two_writers_tear_no_line(tmp_path):
    """Two processes that append at once, to a file that neither has made yet, leave every line whole."""
    path = tmp_path / "c.csv"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_writer, args=(path, name)) for name in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    lines = load(path)
    assert len(lines) == 300 and not any(one.fault for one in lines)
    for name in ("甲", "乙"):
        assert [one.start for one in lines if one.who == name] == list(range(150))


def test_a_line_tells_what_the_extractor_said():
    """`was` is the cell as extracted, `when` is in UTC; what a column cannot hold is refused at once."""
    claim = qz.extract("甲县受理事项2163宗，办结xx宗。").iloc[0]
    noon = datetime(2011, 6, 30, 12, tzinfo=timezone(timedelta(hours=8)))
    assert line(claim, "value", 2136.0, "乙", when=noon).cells[5:9] == (
        "2163",
        "2136",
        "乙",
        "2011-06-30T04:00:00Z",
    )
    assert (
        line(claim, "value", None, "乙").now == line(claim, "value", float("nan"), "乙").now == ""
    )
    assert line(claim, "claim", "2163宗", "乙").was == "2163宗"
    assert line(claim, "value", "2136.0", "乙").now == "2136"
    at = datetime.fromisoformat(line(claim, "value", 1, "乙").when)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=5)
    for column, now in (("value", "many"), ("text", "2136宗"), ("family", "pets")):
        with pytest.raises(QzError, match=r"text, \d+-\d+: "):
            line(claim, column, now, "乙")


def test_corrections_come_as_files_tables_and_several_of_these(tmp_path):
    """A path, a DataFrame (numbers and empty cells as pandas reads them), corrections and lists of these give the same lines."""
    append(tmp_path / "c.csv", [GOOD])
    table = pd.read_csv(tmp_path / "c.csv")
    table["why"] = float("nan")
    one, two, three = collected([tmp_path / "c.csv", table, [GOOD]])
    assert one.cells == three.cells and two.cells == (*one.cells[:9], "")
    with pytest.raises(QzError, match="lacks the column now, why"):
        collected(table.drop(columns=["now", "why"]))


def test_a_text_has_one_hash():
    """The hash stands for the text as the offsets count in it: line ends and lone halves of characters included."""
    assert len({text_hash(text) for text in ("甲\r\n", "甲\n", "甲", "\ud800", "")}) == 5
    text = "受理事项43宗。"
    assert set(qz.extract(text)["hash"]) == {text_hash(text)}


def test_a_file_that_a_spreadsheet_changed_says_how_to_mend_it(tmp_path):
    """Semicolons read well; nothing is added to them, and the message names what writes the file anew."""
    path = tmp_path / "corrections.csv"
    append(path, [_line()])
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert len(load(path)) == 1
    with pytest.raises(QzError, match="qz corrections merge"):
        append(path, [_line()])


@pytest.mark.parametrize("when", ["2026/11/28 9:00", "2026-11-28 09:00:05", "2026/1/2 10:30"])
def test_times_of_spreadsheets_are_times(tmp_path, when):
    """A time that a spreadsheet wrote its own way refuses no correction."""
    path = tmp_path / "corrections.csv"
    append(path, [_line()])
    head, line_ = path.read_text(encoding="utf-8").splitlines()
    cells = line_.split(",")
    cells[8] = when
    path.write_text(head + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    (found,) = load(path)
    assert not found.fault and found.when.endswith("Z") and "T" in found.when


def _line():
    return line(
        {"hash": "0" * 16, "doc": "a", "start": 1, "end": 3, "text": "43宗", "value": 43.0},
        "value",
        "44",
        "甲",
    )


def test_lines_written_last_are_taken_back(tmp_path):
    """What was appended goes again, and nothing else; what stands behind it keeps it there."""
    path = tmp_path / "corrections.csv"
    first, second = given(now="3"), given(now="4")
    append(path, [first])
    before = path.read_bytes()
    append(path, [second])
    retract(path, [second])
    assert path.read_bytes() == before
    append(path, [second])
    with pytest.raises(QzError, match="other lines were written behind"):
        retract(path, [first])
    assert [one.now for one in load(path)] == ["3", "4"]
