"""Phrases on a change."""

import pytest
from told import facts_of

import qz_analysis as qz
from qz_analysis.publish import facts as publish_facts
from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.phrases import against
from qz_analysis.publish.title import title_of

VISITS = "甲山县2021年工作总结\n2021年{time}，甲山县接待群众来访212批次，{said}。"


AGAINST = [
    # what was recomputed agrees, and says from what; all else was not checked
    ("一季度", "同比（180批次）上升17.78%", "比上年同期上升17.78%（此前180批次，推算相符）"),
    ("", "比上年（180批次）上升27.78%", "比上年上升27.78%（此前180批次，推算不符）"),
    ("", "与2019年相比上升17%", "比2019年上升17%（本页未见上期数，未核算）"),
    ("6月", "环比上升17%", "比上月上升17%（本页未见上期数，未核算）"),
    ("", "上升17%", "上升17%（报告未写明与何时相比，未核算）"),
]


@pytest.mark.parametrize(("time", "said", "told"), AGAINST)
def test_a_change_says_against_what_it_is_and_whether_it_was_checked(time, said, told):
    """相符 stands behind a change that was recomputed and holds, with the earlier figure, and nowhere else."""
    found = facts_of(VISITS.format(time=time, said=said))
    sentence = unmarked(sentences(found)[0])
    assert told in sentence
    assert ("相符" in sentence) == ("180批次" in said and "17.78" in said)
    assert "核" not in title_of(found)


@pytest.mark.parametrize(
    ("said", "said_against"),
    [
        ("同期下降21.2%", "与同期相比（未写明哪一年）"),
        ("与去年同期相比下降21.2%", "比上年同期"),
        ("同比下降21.2%", "比上年同期"),
    ],
)
def test_the_same_time_is_that_of_the_year_before_where_its_sentence_says_so(said, said_against):
    """同期 alone is of no known year."""
    made = qz.tables(f"一季度全县接待来访群众212批次，来访批次{said}。")
    change = made.claims[made.claims["kind"].eq("change")].iloc[0].to_dict()
    assert against(Facts("", made.claims, made.relations, "zh", {}), change) == said_against


def test_a_change_behind_several_counts_says_that_it_may_be_of_any():
    """Of 件, 批次 and 人次 a change can be of one: which, is not guessed."""
    one = facts_of("2021年，甲山县集体访26件、39批次、508人次，同比下降25%。")
    assert "下降25%（未写明指件、批次还是人次）" in unmarked("".join(sentences(one)))
    one = facts_of("2021年，甲山县集体访39批次，同比下降25%。")
    assert "未写明指" not in unmarked("".join(sentences(one)))


def test_figures_are_put_in_rows_once_for_all_changes(monkeypatch):
    """What each change is against is asked of the same rows, made once."""
    one = facts_of("2012年，来访批次同比下降5%，来信同比下降7%，来电同比上升9%。")
    made = []
    as_rows = publish_facts.as_rows
    monkeypatch.setattr(publish_facts, "as_rows", lambda table: made.append(1) or as_rows(table))
    rows = [row for row in as_rows(one.claims) if row["kind"] == "change"]
    assert len(rows) == 3 and all(against(one, row) for row in rows)
    assert len(made) == 1
