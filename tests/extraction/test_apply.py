"""Corrections applied: what changes, what is refused, and why."""

import random
import zipfile

import pandas as pd
import pytest
from sparing import sparing

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.extraction.apply import OUTCOMES, counted
from qz_analysis.extraction.corrections import (
    COLUMNS,
    NUMBERS,
    append,
    cell,
    collected,
    contradictions,
    known,
    line,
)
from qz_analysis.model import Correction, Document
from qz_analysis.schema import CLAIMS, CORRECTED, CORRECTIONS

TEXT = "甲县2011年受理事项43宗，办结36宗，办结率88.7%。来访xx批次，参加10-20名。"


@pytest.fixture
def claims():
    return qz.extract(TEXT)


def row(claims, text):
    return claims[claims["text"] == text].iloc[0]


def changed(claims, text, **cells):
    """Corrections of several cells of the claim that was printed so."""
    return [line(row(claims, text), column, now, "乙") for column, now in cells.items()]


def outcomes(result):
    return result.table["outcome"].tolist()


def test_only_the_cell_changes_and_the_input_stays(claims):
    """A correction changes its cell and the list of corrected columns, in a copy; columns and types stay."""
    before = claims.copy(deep=True)
    result = qz.correct(claims, changed(claims, "88.7%", value=83.7))
    pd.testing.assert_frame_equal(claims, before)
    pd.testing.assert_series_equal(result.claims.dtypes, claims.dtypes)
    at = claims.index[claims["text"] == "88.7%"][0]
    assert result.claims.loc[at, ["value", "corrected"]].tolist() == [83.7, "value"]
    undone = result.claims.copy()
    undone.loc[at, "value"], undone.loc[at, "corrected"] = 88.7, ""
    pd.testing.assert_frame_equal(undone, claims)
    assert list(result.table) == [f.name for f in CORRECTED] and outcomes(result) == ["applied"]


@pytest.mark.parametrize(
    ("text", "cells", "expected", "corrected"),
    [
        ("43宗", {"unit": "人次"}, {"measure": "person_times"}, "unit"),
        ("43宗", {"unit": "人次", "measure": "persons"}, {"measure": "persons"}, "unit;measure"),
        ("43宗", {"unit": "箩"}, {"measure": ""}, "unit"),
        ("43宗", {"status": "redacted", "value": ""}, {"value": "", "note": "so a reviewer says"}, "value;status"),
        ("xx批次", {"status": "ok", "value": 12}, {"value": "12", "note": ""}, "value;status"),
        ("10-20名", {"low": 15, "high": 25.5}, {"low": "15", "high": "25.5"}, "low;high"),
        ("10-20名", {"bound": "exact", "low": "", "high": "", "value": 1020}, {"low": "", "value": "1020"}, "value;low;high;bound"),
        ("88.7%", {"kind": "change", "direction": "down"}, {"kind": "change", "direction": "down"}, "kind;direction"),
        ("36宗", {"period": "2012", "place": "乙县", "subject": "信访件"}, {"place": "乙县"}, "subject;period;place"),
    ],
)  # fmt: skip
def test_what_follows_from_a_correction(claims, text, cells, expected, corrected):
    """The measure follows the unit unless it is corrected itself, the note follows the status."""
    result = qz.correct(claims, changed(claims, text, **cells))
    assert outcomes(result) == ["applied"] * len(cells)
    now = row(result.claims, text)
    assert {name: cell(now[name]) for name in expected} == expected
    assert {name: cell(now[name]) for name in cells} == {
        name: cell(value) for name, value in cells.items()
    } | {}
    assert now["corrected"] == corrected and now["text"] == text


@pytest.mark.parametrize(
    ("text", "cells", "word"),
    [
        ("xx批次", {"value": 12}, "redacted figure has no value"),
        ("43宗", {"value": ""}, "has a value"),
        ("43宗", {"status": "redacted"}, "has no value"),
        ("43宗", {"low": 40, "high": 50}, "only a range"),
        ("43宗", {"bound": "range"}, "no `value`"),
        ("10-20名", {"high": ""}, "both"),
        ("10-20名", {"low": 30}, "above"),
        ("43宗", {"direction": "up"}, "only a change"),
    ],
)
def test_a_row_that_would_contradict_itself_stays(claims, text, cells, word):
    """Corrections that would make a row contradict itself are refused together; others of the row are applied."""
    given = [*changed(claims, text, **cells), *changed(claims, text, subject="来信")]
    result = qz.correct(claims, given)
    assert outcomes(result) == ["refused"] * len(cells) + ["applied"]
    assert result.table["reason"].str.contains(word, regex=False)[: len(cells)].all()
    now, before = row(result.claims, text), row(claims, text)
    assert (
        all(cell(now[name]) == cell(before[name]) for name in cells)
        and now["corrected"] == "subject"
    )


def test_verdicts(claims):
    """A row is accepted or taken away; what else is said of a row that is no claim is superseded; other words are no verdict."""
    gone = [line(row(claims, "43宗"), "claim", "", "乙"), *changed(claims, "43宗", value=44)]
    kept = [line(row(claims, "36宗"), "claim", "36宗", "乙"), *changed(claims, "36宗", value=37)]
    odd = line(row(claims, "88.7%"), "claim", "88%", "乙")
    result = qz.correct(claims, [*gone, *kept, odd])
    assert outcomes(result) == ["dropped", "superseded", "accepted", "applied", "refused"]
    assert result.claims["text"].tolist() == ["36宗", "88.7%", "xx批次", "10-20名"]
    assert result.claims.index.tolist() == [0, 1, 2, 3]
    assert result.claims["corrected"].tolist() == ["value", "", "", ""]


def test_later_lines_win(claims):
    """Of several lines on one cell the last holds, even where it takes the correction back; a line that is none replaces nothing."""
    first, second, back = (line(row(claims, "43宗"), "value", n, "乙") for n in (44, 45, 43))
    bad = Correction(*first.cells[:2], first.start, first.end, "value", "43", "many")
    assert outcomes(qz.correct(claims, [first, second, bad])) == [
        "superseded",
        "applied",
        "refused",
    ]
    assert row(qz.correct(claims, [first, second, bad]).claims, "43宗")["value"] == 45
    undone = qz.correct(claims, [first, back])
    assert outcomes(undone) == ["superseded", "already"]
    pd.testing.assert_frame_equal(undone.claims, claims)


def test_a_reviewer_may_have_seen_the_corrected_table(claims):
    """`was` may be what an earlier line made of the cell, but not what no line in force made of it."""
    first = line(row(claims, "43宗"), "value", 44, "甲")
    seen = line(row(qz.correct(claims, first).claims, "43宗"), "value", 45, "乙")
    assert seen.was == "44"
    assert outcomes(qz.correct(claims, [first, seen])) == ["superseded", "applied"]
    assert outcomes(qz.correct(claims, [seen])) == ["refused"]
    stale = Correction(*first.cells[:2], first.start, first.end, "value", "40", "44")
    assert outcomes(qz.correct(claims, [stale, seen])) == ["superseded", "refused"]
    alike = Correction(*first.cells[:2], first.start, first.end, "value", "40", "40")
    assert outcomes(qz.correct(claims, [alike])) == ["refused"]


def test_corrections_again_change_nothing(claims):
    """A corrected table, in memory or out of a CSV file, corrected once more is the same, and nothing in it is refused."""
    given = [
        *changed(claims, "88.7%", value=83.7, subject="办结"),
        line(row(claims, "43宗"), "claim", "", "乙"),
    ]
    once = qz.correct(claims, given).claims
    twice = qz.correct(once, given)
    pd.testing.assert_frame_equal(twice.claims, once)
    assert outcomes(twice) == ["already"] * 3
    more = qz.correct(once, changed(once, "88.7%", period="2012"))
    assert row(more.claims, "88.7%")["corrected"] == "value;subject;period"


def test_refusals_say_why(claims):
    """A text that changed, a place without claim and another word of the extractor are told apart; a stranger is elsewhere."""
    good = changed(claims, "43宗", value=44)[0]
    cells = {f.name: value for f, value in zip(CORRECTIONS, good.cells, strict=True)}
    other = pd.DataFrame([
        {**cells, "hash": "0" * 16},
        {**cells, "hash": "0" * 16, "doc": "strange"},
        {**cells, "start": 0, "end": 1},
        {**cells, "was": "40", "column": "value"},
        {**cells, "hash": "1E+15"},
    ])  # fmt: skip
    table = pd.concat([qz.correct(claims, other[i : i + 1]).table for i in range(len(other))])
    assert table["outcome"].tolist() == ["refused", "elsewhere", "refused", "refused", "refused"]
    words = [
        "the text of text changed since",
        "",
        "no claim stands there",
        "says 43, not 40",
        "spreadsheet",
    ]
    assert all(word in reason for word, reason in zip(words, table["reason"], strict=True))
    assert table["report"].tolist() == [-1, -1, -1, 0, -1]


def test_claims_without_hash_are_refused(claims):
    """A table of an earlier version is told to be extracted anew, not corrected by name."""
    with pytest.raises(QzError, match="extract them anew"):
        qz.correct(claims.drop(columns="hash"), changed(claims, "43宗", value=44))


def test_a_corrected_rate_is_audited_anew(claims):
    """A misread rate fails the audit, the corrected one holds, and the note says that it was corrected."""
    fixed = qz.tables(TEXT, corrections=changed(claims, "88.7%", value=83.7))
    assert qz.tables(TEXT).relations["verdict"].tolist() == ["bad"]
    assert fixed.relations["verdict"].tolist() == ["ok"]
    assert fixed.relations["note"].tolist() == ["36/43 = 83.72%, corrected to 83.7%"]
    pd.testing.assert_frame_equal(qz.audit(fixed.claims), fixed.relations)
    count = qz.tables(TEXT, corrections=changed(claims, "36宗", value=38))
    assert count.relations[["verdict", "note"]].values.tolist() == [
        ["bad", "38/43 = 88.37%, printed 88.7%"]
    ]


def test_a_masked_count_that_a_reviewer_fills_in_is_audited():
    """A figure that was read elsewhere stands in the audit with its own digits, not with the mask's."""
    text = "受理事项xx宗，办结36宗，办结率83.7%。"
    claims = qz.extract(text)
    filled = qz.tables(text, corrections=changed(claims, "xx宗", value=43, status="ok"))
    assert qz.tables(text).relations.empty
    assert filled.relations["verdict"].tolist() == ["ok"]
    rate = qz.extract("随机抽查25人，满意率xx%。")
    done = qz.audit(
        qz.correct(rate, changed(rate, "xx%", value=84.6, status="ok")).claims, unchecked=True
    )
    assert done["note"].tolist() == ["of 25人 84.6% is impossible"]


@pytest.mark.parametrize(
    ("text", "value", "verdict"), [("8.2万元", 83_000, "ok"), ("82000元", 83_000, "bad")]
)
def test_a_corrected_sum_is_as_exact_as_its_writing(text, value, verdict):
    """83000 for 8.2万 stands for 8.25 to 8.35万, for 82000元 it stands for itself."""
    page = f"投入资金{text}，其中补助43200元、其他39900元。"
    claims = qz.extract(page)
    fixed = qz.tables(page, corrections=changed(claims, text, value=value))
    assert fixed.relations["verdict"].tolist() == [verdict]


def test_a_dropped_claim_takes_part_in_nothing(claims):
    """A row that is no claim is in no relation, panel or finding."""
    fixed = qz.tables(TEXT, corrections=line(row(claims, "43宗"), "claim", "", "乙"))
    assert "43宗" not in set(fixed.claims["text"])
    assert fixed.relations.empty and qz.findings(fixed.claims).query("verdict != 'unchecked'").empty


def test_tables_carry_the_outcomes(claims):
    """The tables unpack into four; the outcomes are an attribute, the refused ones rows of errors with file, line and way out."""
    good, bad = changed(claims, "88.7%", value=83.7)[0], changed(claims, "43宗", direction="up")[0]
    result = qz.tables(TEXT, corrections=[good, bad])
    one, _, _, errors = result
    assert one is result.claims and outcomes_of(result) == ["applied", "refused"]
    assert errors.values.tolist() == [
        ["corrections", "correct", f"text, {bad.start}-{bad.end}, direction: only a change has a direction", "correct `kind` too"]
    ]  # fmt: skip
    plain = qz.tables(TEXT)
    assert (
        plain.corrected.empty
        and list(plain.corrected) == [f.name for f in CORRECTED]
        and plain.errors.empty
    )
    assert qz.extract(TEXT, corrections=[good])["corrected"].tolist() == ["", "", "value", "", ""]


def outcomes_of(result):
    return result.corrected["outcome"].tolist()


def test_the_report_follows_its_claims(claims):
    """The period of a report is that of most of its claims as corrected."""
    given = [one for text in claims["text"] for one in changed(claims, text, period="2012")]
    assert qz.tables(TEXT, corrections=given).reports["period"].tolist() == ["2012"]


def test_a_correction_finds_archive_members_and_rows_of_tables(tmp_path):
    """Members of archives and cells of tables are corrected like any other text, under whatever name the document stands."""
    page = "<html><body><p>甲县信访局报告</p><table><tr><th>事项</th><th>件数</th></tr><tr><td>受理</td><td>43件</td></tr><tr><td>办结</td><td>36件</td></tr></table></body></html>"
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("in/county.html", page)
        archive.writestr("in/other.txt", "乙县受理事项43宗。")
    claims = qz.extract(tmp_path / "pages.zip")
    given = [*changed(claims, "36件", value=37), *changed(claims, "43宗", value=44)]
    assert {one.doc for one in given} == {"pages/in/county", "pages/in/other"}
    (tmp_path / "pages.zip").rename(tmp_path / "renamed.zip")
    result = qz.tables(tmp_path / "renamed.zip", corrections=given)
    assert outcomes_of(result) == ["applied", "applied"]
    assert result.corrected["doc"].tolist() == ["renamed/in/county", "renamed/in/other"]
    assert sorted(result.claims["value"]) == [37, 43, 44]


def test_a_text_that_stands_twice_is_corrected_twice():
    """Two documents with one text are both corrected, each with an outcome; a name that now has another text is refused."""
    one, other = Document("a", TEXT), Document("b", TEXT)
    given = changed(qz.extract(one), "43宗", value=44)
    result = qz.tables([one, other], corrections=given)
    assert result.corrected[["doc", "outcome"]].values.tolist() == [
        ["a", "applied"],
        ["b", "applied"],
    ]
    assert (result.claims["value"] == 44).sum() == 2
    pd.testing.assert_frame_equal(qz.correct(qz.extract([one, other]), given).claims, result.claims)
    renamed = qz.tables([Document("a", TEXT + "完"), other], corrections=given)
    assert renamed.corrected[["doc", "outcome"]].values.tolist() == [["b", "applied"]]
    assert outcomes_of(qz.tables(Document("a", TEXT + "完"), corrections=given)) == ["refused"]
    twice = pd.concat([qz.extract(one), qz.extract(one)], ignore_index=True)
    assert (qz.correct(twice, given).claims["value"] == 44).sum() == 2


def test_ten_thousand_lines(tmp_path):
    """Every one of ten thousand lines has its outcome, in the order of the file."""
    text = "".join(f"第{n}项受理事项{n}43宗。" for n in range(1, 2001))
    claims = qz.extract(text)
    rows = claims[claims["unit"] == "宗"].to_dict("records")
    assert len(rows) == 2000
    given = [line(row, "value", n, "乙") for n in range(1, 6) for row in rows]
    append(tmp_path / "c.csv", given)
    result = qz.correct(claims, tmp_path / "c.csv")
    assert outcomes(result) == ["superseded"] * 8000 + ["applied"] * 2000
    assert result.table["start"].tolist() == [one.start for one in given]
    assert (result.claims.loc[claims["unit"] == "宗", "value"] == 5).all()


def test_every_outcome_is_known(claims):
    """Outcomes are counted in one order, and no other word is used."""
    assert counted(reversed(OUTCOMES)) == ", ".join(f"1 {name}" for name in OUTCOMES)
    assert counted([]) == "no corrections"
    assert set(COLUMNS) < {f.name for f in CLAIMS} and collected([]) == []


@pytest.mark.parametrize("seed", sparing(range(3), 3))
def test_no_correction_that_is_let_through_stops_what_follows(seed):
    """Whatever reviewers write into the corpus, audit, findings, implied figures and panels are made of it, and rows hold together."""
    choose, docs, given = random.Random(seed), qz.corpus()[:12], []
    numbers = ["", "0", "1e-9", "1e15", "12", "83.7", "100", "33.333333333333336"]
    words = {
        "unit": ["箩", "元/年", "%", "人次", "百分点"],
        "period": ["", "2011", "20xx", "2010..2012"],
    }
    for claim in qz.extract(docs).to_dict("records"):
        for column in choose.sample(COLUMNS, choose.choice([0, 1, 2, 5])):
            choices = (
                numbers
                if column in NUMBERS
                else known(column) or words.get(column, ["", "*县", "甲乙"])
            )
            given.append(line(claim, column, choose.choice(choices), "乙"))
    result = qz.tables(docs, corrections=given)
    assert {"applied", "refused"} <= set(outcomes_of(result)) and len(result.corrected) == len(
        given
    )
    assert not any(list(contradictions(row)) for row in result.claims.to_dict("records"))
    assert len(qz.findings(result.claims)) and len(qz.implied(result.claims).columns)
    for indicator in qz.indicators()["indicator"]:
        qz.evidence(qz.compare(result.claims, result.relations, indicator=indicator))
