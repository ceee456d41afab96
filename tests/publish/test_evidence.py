"""The sentences behind a page's figures: each once, every figure of it marked and counted."""

import re

import pytest

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.publish.evidence import drawn, drawn_from, evidence, mentions, sentences

TEXT = (
    "2011年，甲县受理事项43宗，办结36宗，办结率83.7%。甲县调解纠纷xx起，调解成功率98%。甲县信访局"
)


@pytest.fixture
def shown(monkeypatch):
    """What a call shows, in HTML."""
    out = []
    monkeypatch.setattr("IPython.display.display", lambda one: out.append(one.data))
    return out


@pytest.fixture(scope="module")
def made():
    return qz.tables(TEXT)


def test_a_sentence_stands_once_with_all_its_figures(made, shown):
    """Figures of one sentence are marks of one row; each has its own place, and none is lost."""
    where = ["text: " + ", ".join(map(str, made.claims["start"]))]
    sentences(where, made.claims, made.reports, "zh")
    [html] = shown
    found = re.findall(r'data-where="text: (\d+)"', html)
    assert [int(start) for start in found] == made.claims["start"].tolist()
    assert html.count("<tr>") == 1 + made.claims["sentence"].nunique()


def test_caveats_stand_once_above_and_in_no_row(made, shown):
    """What speaks against comparing stands in one sentence above the figures, in words of the language."""
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    evidence(panel, made.claims, made.reports, lang="zh")
    said, table, _ = shown
    assert panel["caveats"].ne("").all() and "不宜直接比较" in said
    assert not re.search("[a-z]", said.replace("<p>", "").replace("</p>", ""))
    assert "caveats" not in table


def test_all_figures_behind_a_panel_are_marked(made, shown):
    """The counts of a rate are evidence as the rate is, those of two panels once."""
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    evidence([panel, panel], made.claims, made.reports, lang="en")
    marks = re.findall(r'data-where="text: (\d+)"', shown[-1])
    assert sorted(map(int, marks)) == sorted({start for _, start in drawn_from(panel)})


def test_a_chart_leads_to_what_it_draws(made, shown):
    """Below a chart each figure drawn stands as printed, with the place of its sentence."""
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    drawn(panel, made.claims, lang="zh")
    assert "[83.7%][text: " in shown[0] and "[98%][text: " in shown[0]


def test_claims_of_another_table_are_refused(made):
    """A figure that the claims do not hold is named, and no page is made without it."""
    with pytest.raises(QzError, match="text: 999: no such claim"):
        sentences(["text: 999"], made.claims, made.reports, "en")


def test_a_chart_of_checks_leads_by_where_they_stand(made, shown):
    """Rows that name places alone lead to their figures as those of a panel do."""
    found = qz.findings(made.claims, made.relations)
    drawn(found, made.claims, lang="zh")
    assert "[83.7%][text: " in shown[0] and "[43宗][text: " in shown[0]


def test_mechanisms_are_marked_in_their_sentences(shown):
    """A sentence that names two mechanisms stands once with both marked, and no person's name in it."""
    text = "甲县工作情况\n村民张小明反映，甲县落实首问责任制，拟建立联席会议制度。全县修路。"
    cases = qz.mechanism_evidence(qz.mechanisms(text))
    mentions(cases, text, qz.reports(text), "zh")
    [html] = shown
    assert html.count("<tr>") == 2 and "张小明" not in html and "修路" not in html
    for row in cases.itertuples():
        start = row.where.removeprefix("text: ").split("–")[0]
        assert f'<mark data-where="text: {start}">{row.words}</mark>' in html
