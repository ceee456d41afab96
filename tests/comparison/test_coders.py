"""Two coding sheets held against each other and against the extractor."""

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis import QzError

#: each sentence with the figures that are in it: text, value, unit, family, stage
PAGE = {
    "甲县2011年接待来访43批次。": [("43批次", 43, "批次", "petition", "received")],
    "调解矛盾纠纷36件，调解成功35件。": [
        ("36件", 36, "件", "mediation", "received"),
        ("35件", 35, "件", "mediation", "resolved"),
    ],
    "拨付救助资金12万元。": [("12万元", 120000, "元", "funds", "")],
    "会议强调作风建设。": [],
}
COLUMNS = ["value", "unit", "family", "stage"]


@pytest.fixture(scope="module")
def drawn():
    """All sentences of the page."""
    return qz.sample("".join(PAGE), n=9, seed=1, columns=COLUMNS)


@pytest.fixture(scope="module")
def claims():
    """What the extractor reads, with one family misread and one figure made up."""
    read = qz.extract("".join(PAGE))
    return read.assign(family=read["family"].where(read["text"] != "12万元", "other"))


def coded(drawn, pages):
    """The sample as a coder filled it."""
    rows = []
    for number, said in zip(drawn.sentences["id"], drawn.sentences["sentence"], strict=True):
        for figure in pages[said]:
            rows.append(dict(zip(["figure", *COLUMNS], figure, strict=True), id=number))
        if not pages[said]:
            rows.append({"id": number, "figure": "-"})
    return drawn.coded(rows)


def test_coders_who_agree(drawn):
    """Two equal sheets agree in everything and leave nothing to settle."""
    made = qz.agree(coded(drawn, PAGE), coded(drawn, PAGE))
    assert made.columns["column"].tolist() == ["figure", *COLUMNS]
    assert made.columns["same"].tolist() == [100.0] * 5 and made.differences.empty
    assert made.columns.loc[[0, 1, 2, 3], "alpha"].tolist() == [1.0] * 4
    assert made.extraction.empty and made.confusion.empty


def test_where_coders_differ_is_listed(drawn):
    """A figure that one alone saw, and a label in which they differ, are to be settled."""
    other = PAGE | {
        "拨付救助资金12万元。": [("12万元", 120000, "元", "welfare", "")],
        "会议强调作风建设。": [],
        "甲县2011年接待来访43批次。": [],
    }
    made = qz.agree(coded(drawn, PAGE), coded(drawn, other))
    found = made.differences[["figure", "column", "one", "two"]].values.tolist()
    assert sorted(found) == [
        ["12万元", "family", "funds", "welfare"],
        ["43批次", "figure", "43批次", "-"],
    ]
    assert made.columns.set_index("column").loc["family", "figures"] == 3
    assert 0 < made.columns.set_index("column").loc["family", "alpha"] < 1


def test_precision_and_recall_by_hand(drawn, claims):
    """Of four figures the extractor misses one and reads one that is none; one family is wrong."""
    lacking = claims[claims["text"] != "43批次"]
    invented = lacking.assign(start=lacking["start"] + 0)
    extra = claims[claims["text"] == "43批次"].assign(start=2, end=4, text="20")
    made = qz.agree(coded(drawn, PAGE), coded(drawn, PAGE), pd.concat([invented, extra]))
    told = made.extraction.set_index("what")
    assert told.loc[["recall", "precision"], "share"].tolist() == [75.0, 75.0]
    assert told.loc["family", ["right", "figures"]].tolist() == [2, 3]
    assert told.loc["value", "share"] == 100.0
    assert made.confusion[["column", "coders", "extractor", "figures"]].values.tolist() == [
        ["family", "funds", "other", 1]
    ]
    assert made.table("family").loc["funds", "other"] == 1
    assert "12万元 (sentence" in made.as_text()


def test_what_one_coder_alone_saw_counts_neither_way(drawn, claims):
    """A figure in doubt is neither missed nor made up, unless a settled sheet decides."""
    fewer = PAGE | {"甲县2011年接待来访43批次。": []}
    one, two = coded(drawn, PAGE), coded(drawn, fewer)
    told = qz.agree(one, two, claims).extraction.set_index("what")
    assert told.loc[["recall", "precision"], "figures"].tolist() == [3, 3]
    told = qz.agree(one, two, claims, settled=two).extraction.set_index("what")
    assert told.loc["precision", ["right", "figures"]].tolist() == [3, 4]


def test_either_answer_is_right_where_coders_differ(drawn, claims):
    """Where the coders differ in a label, the extractor is right with either."""
    other = PAGE | {"拨付救助资金12万元。": [("12万元", 120000, "元", "other", "")]}
    told = qz.agree(coded(drawn, PAGE), coded(drawn, other), claims).extraction.set_index("what")
    assert told.loc["family", "share"] == 100.0


def test_sheets_of_two_samples_are_refused(drawn, claims):
    """The frozen hash tells sheets of different schemes apart; other pages' claims are refused."""
    filled = coded(drawn, PAGE)
    other = coded(qz.sample("".join(PAGE), n=9, seed=2, columns=COLUMNS), PAGE)
    with pytest.raises(QzError, match="are of two schemes"):
        qz.agree(filled, other)
    with pytest.raises(QzError, match="no sentence was coded in every sheet"):
        qz.agree(filled, drawn)
    with pytest.raises(QzError, match="of none of the pages"):
        qz.agree(filled, filled, qz.extract("受理9件。"))
    with pytest.raises(QzError, match="'kind' is not held against the extractor"):
        qz.agree(filled, filled, claims).table("kind")
