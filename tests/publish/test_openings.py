"""What pages begin with: findings that follow the data, in words of either language."""

import re

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.publish.links import pieces, unmarked
from qz_analysis.publish.openings import _KINDS, opening
from qz_analysis.vocabularies.session import load


def panel(text, indicator, **more):
    """The panel of an indicator of a text, or of several by their places."""
    made = qz.tables(text)
    return qz.compare(made.claims, made.relations, indicator=indicator, **more)


def told(kind, *tables, lang="zh"):
    found = opening(kind, *tables, lang=lang)
    return found.title, unmarked(found.sentence)


def test_changes_are_counted_by_their_way_and_what_was_checked_is_told():
    """How many went up and down, the largest of either, and that the others were not checked."""
    text = "甲山县接待群众来访212批次，来访批次同比（180批次）上升17.78%。甲山县群众来信下降30%，集体访下降8%。"
    title, sentence = told("changes", panel(text, "changes"))
    assert title == "3项变化中，2项下降、1项上升"
    assert "降幅最大的是甲山县“群众来信”，30%" in sentence and "17.78%" in sentence
    assert "其中1项推算相符，其余未核对" in sentence


def test_without_an_earlier_figure_no_change_is_called_right():
    """相符 stands in no sentence on changes of which none was recomputed."""
    title, sentence = told("changes", panel("甲山县集体访下降8%，群众来信上升9%。", "changes"))
    assert title == "2项变化中，1项下降、1项上升" and "均未核对" in sentence
    assert "相符" not in sentence


def test_rates_are_told_from_the_lowest_to_the_highest():
    """The ends, whose they are, and how many hold, fail, were computed here, and were not checked."""
    text = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县调解成功率98%。"
    title, sentence = told("rates", panel(text, "rates"))
    assert title == "比率从83.7%到98%"
    assert "1个按所列件数推算相符、1个未列件数、未核对" in sentence
    bad = panel("甲山县受理事项43宗，办结36宗，办结率93.7%。", "rates")
    assert "1个与所列件数不符" in told("rates", bad)[1]
    assert "相符" not in told("rates", bad)[1]


def test_visits_are_told_from_the_fewest_to_the_most_people():
    """People per visit with both counts; one alone is told as one."""
    text = "甲山县接待群众来访193批次389人次。乙水县到市上访4批98人次。"
    title, sentence = told("visits", panel(text, "visits"))
    assert title == "一批来访从2.0人到24.5人"
    assert "193批389人次" in sentence and "4批98人次" in sentence
    one = panel("甲山县接待群众来访193批次389人次。", "visits")
    assert told("visits", one)[0] == "一批来访2.0人"


def test_sums_are_told_by_the_largest_and_by_half_of_them():
    """The largest sum as printed, and what half of all stay below."""
    sums = panel("甲山县投入资金300万元，发放补贴1万元，筹资2亿元。", "funds")
    title, sentence = told("funds", sums)
    assert "2亿元" in title and "不超过300万元" in sentence
    assert "RMB 200m" in told("funds", sums, lang="en")[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲山县受理43宗，办结36宗，办结率83.7%。", "1项核对均相符"),
        ("甲山县受理43宗，办结36宗，办结率93.7%。", "1项核对中有1项不符"),
        ("甲山县修路12公里。", "没有可供推算的数字"),
    ],
)
def test_the_audit_is_told_as_it_comes_out(text, title):
    """All hold, some do not, or nothing could be recomputed."""
    claims = qz.extract(text)
    found = qz.findings(claims, qz.audit(claims))
    assert told("audit", found)[0] == title


def test_masked_figures_are_told_by_their_share():
    """How many are masked and where most are; where none is, that all can be read."""
    made = qz.tables("甲山县2021年工作总结\n甲山县受理xx件，办结36宗。")
    title, sentence = told("masked", made.claims, made.reports)
    assert title == "2个数字中有1个被隐去或缺失" and "50%" in sentence and "2个中的1个" in sentence
    made = qz.tables("甲山县受理43件。")
    assert told("masked", made.claims, made.reports)[0] == "1个数字都可读"


def test_every_figure_leads_to_its_claim():
    """Figures of a sentence carry document and start; a title, which heads a section, carries none."""
    made = qz.tables(qz.corpus()[:3])
    starts = set(zip(made.claims["doc"], made.claims["start"], strict=True))
    for kind, indicator in (("changes", "changes"), ("rates", "rates"), ("visits", "visits")):
        table = qz.compare(made.claims, made.relations, indicator=indicator)
        for lang in ("en", "zh"):
            found = opening(kind, table, lang=lang)
            places = [place for _, place in pieces(found.sentence) if place]
            assert places and starts.issuperset(places)
            assert "[" not in found.title


EMPTY = {
    "masked": (qz.tables("甲山县。").claims, qz.tables("甲山县。").reports),
    "visits": (panel("甲山县。", "visits"),),
    "changes": (panel("甲山县。", "changes"),),
    "rates": (panel("甲山县。", "rates"),),
    "funds": (panel("甲山县。", "funds"),),
    "compared": (panel("甲山县。", "rates"),),
    "audit": (qz.findings(qz.extract("甲山县。")),),
    "checked": (qz.coverage(qz.extract("甲山县。")),),
    "mechanisms": (qz.mechanism_evidence(qz.mechanisms("甲山县。")),),
    "ledger": (qz.ledger(qz.extract("甲山县。")),),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_without_data_a_page_says_that_there_are_none(kind, lang):
    """No rule breaks on empty tables, and none leaves a filler or an empty sentence."""
    for text in told(kind, *EMPTY[kind], lang=lang):
        assert text and not re.search(r"[{}]|nan", text)


def test_an_unknown_kind_is_refused():
    """The error names the kinds that there are."""
    with pytest.raises(QzError, match="no opening 'x'; there are: masked, visits"):
        opening("x", pd.DataFrame())


def test_both_languages_fill_the_same_words():
    """A sentence in Chinese uses no filler that its English lacks."""
    for key, entry in load("profile")["openings"].items():
        fillers = {lang: set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "zh")}
        assert fillers["zh"] <= fillers["en"], key
