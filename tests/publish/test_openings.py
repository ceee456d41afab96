"""What pages begin with: findings that follow the data, in words of either language."""

import re

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.model import Document
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
    text = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    title, sentence = told("rates", panel(text, "rates"))
    assert title == "比率从83.7%到98%"
    assert "1个按所列件数推算相符、1个未列件数而未核对" in sentence
    bad = panel("甲山县受理事项43宗，办结36宗，办结率93.7%。", "rates")
    assert "1个与所列件数不符" in told("rates", bad)[1]
    assert "相符" not in told("rates", bad)[1]


def test_rates_of_several_kinds_are_told_apart():
    """Disputes mediated and crimes solved are ends of no range: of each kind the rate with most cases."""
    text = (
        "2011年，甲山县立刑事案件1516宗，破获884宗；其中“两抢一盗”案件立案985宗，破获470宗。"
        "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县问题办结率98%。"
    )
    title, sentence = told("rates", panel(text, "rates"))
    assert title == "各类件数最多的一项：事项办结率83.7%、破案率58.3%"
    assert "破案率58.3%（推算，1,516件中884件），" in sentence and "刑事案件”（2011年）" in sentence
    assert "47.7" not in sentence and "立刑事案件" not in sentence and "不比高低" in sentence


CHANGED = "一季度，全区受理来访212批次、820人次，来访批次同比（180批次）上升17.78%，来访人次同比（976人次）下降15.98%。目前，信访总量下降55.6%。"


def test_a_change_says_of_when_it_is_and_what_it_is_against():
    """Beside the largest fall and rise stand their time, what they are against, whether that holds, and
    what went the other way.
    """
    made = qz.tables(CHANGED)
    made = made._replace(reports=made.reports.assign(period="2011"))
    changes = qz.compare(made, indicator="changes")
    _, sentence = told("changes", changes, made.claims, made.relations, made.reports)
    assert "“信访总量”（原文未写明年份，报告所述为2011年）" in sentence
    assert "下降55.6%（未核对：报告未列此前的数，也未写明与何时相比）" in sentence
    assert "上升17.78%（此前180批次，推算相符），而“来访人次”" in sentence
    assert "下降15.98%（此前976人次，推算相符）" in sentence


def test_what_is_only_counted_is_no_programme():
    """信访总量 is no work that is done: it stands among the figures, and no finding names it."""
    table = pd.DataFrame(
        {"term": ["四访", "信访总量"], "programme": ["four visits", "petition totals"]}
    )
    table["where"] = ["a: 1", "a: 2, 3"]
    assert told("programmes", table)[0] == "1项工作列有数字，最多的是四访（1个）"
    assert told("programmes", table.tail(1))[0] == "没有一项工作列有数字"


def test_a_loose_rate_is_not_called_right():
    """85%以上 is no contradiction of its counts, and hardly could be one."""
    loose = panel("甲山县公开承诺事项24600多件，办完21100多件，办结率在85%以上。", "rates")
    assert loose["audit"].tolist() == ["blind"]
    sentence = told("rates", loose)[1]
    assert "1个表述宽松（怎么算都不矛盾，不算核对）" in sentence and "推算相符" not in sentence


def test_changes_of_rates_stand_apart():
    """A rate that rose is counted among no visits that fell, and is told behind them."""
    text = "甲山县信访总量同比下降55.6%，积案化解率上升25.6%。"
    title, sentence = told("changes", panel(text, "changes"))
    assert title == "1项变化中，1项下降"
    assert "“积案化解率”上升25.6%）" in sentence


def test_a_masked_place_is_told_as_one():
    """A sentence says of a mask that it is one: 某县, an unnamed county."""
    loose = panel("**县集体访下降8%。", "changes")
    assert "某县（**县）“" in told("changes", loose)[1]
    assert "unnamed county (**县)" in told("changes", loose, lang="en")[1]


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


RATES = "甲山县受理事项43宗，办结36宗，办结率83.7%。甲山县调解纠纷1050件，调解成功1030件，调解成功率98.1%。"
HEADS = "甲山县每件纠纷奖100元，乙水县每件纠纷奖300元。"
STAFF = "甲山县共有15个镇，专职人员243名。"


@pytest.mark.parametrize(
    ("kind", "tables", "title"),
    [
        ("stock", lambda made: (made.claims, made.reports), "1份报告都列有数字"),
        ("written", lambda made: (made.claims,), "写得最多的是事项，6个数字中的3个"),
        ("intervals", lambda made: (qz.compare(made, indicator="rates"),), "列有件数的比率，至少由43件得出"),
        ("against", lambda made: (qz.compare(made, indicator="rates"),), "不宜比较的理由，最常见的是未写明年份（2个）"),
        ("strength", lambda made: (qz.findings(made.claims),), "2项核对都有可能不成立"),
        ("heaping", lambda made: (qz.last_digits(made.claims),), "以0或5结尾的占100%，明显多于随机的20%"),
        ("implied", lambda made: (qz.implied(made.claims),), "0个上期水平没有写，但可以推出"),
        ("copies", lambda made: (made.reports,), "1份报告互不抄录"),
    ],
)  # fmt: skip
def test_sections_are_headed_by_what_was_found(kind, tables, title):
    """Each rule makes a title of its table that says what there is, not what the table is about."""
    found = opening(kind, *tables(qz.tables(RATES)), lang="zh")
    assert found.title == title and unmarked(found.sentence)


def test_standards_and_shares_are_told_from_the_lowest_to_the_highest():
    """Standards per unit with their words, and staff per town."""
    standards = panel(HEADS, "funds")
    assert told("standards", standards)[0] == "2项单位标准，从100元到300元"
    shares = panel(STAFF, "staff_per_town")
    assert told("shares", shares)[0] == "平均每个乡镇从16.2名到16.2名"


def test_mechanisms_are_told_by_how_many_reports_share_them():
    """How many mechanisms several reports name, and which report names most."""
    pages = [Document("a", "甲山县落实首问责任制，建立联席会议制度。"), Document("b", "乙水县落实首问责任制。")]  # fmt: skip
    cases = qz.mechanism_evidence(qz.mechanisms(pages))
    assert told("shared", cases)[0] == "2项机制中有1项不止一份报告写到"
    title, sentence = told("named", cases, qz.reports(pages))
    assert title == "一份报告写到2项，2份报告中有2份至多三项" and "《a》" in sentence


def test_programmes_reasons_and_refusals_are_counted():
    """The programme with most figures, the reason that most unchecked figures have, and how many indicators are refused."""
    table = pd.DataFrame({"term": ["四访", "大接访"], "programme": ["a", "b"], "where": ["a: 1, 2", "a: 7"]})  # fmt: skip
    assert told("programmes", table)[0] == "2项工作列有数字，最多的是四访（2个）"
    reasons = pd.DataFrame({"reason": ["no base is stated", "x"], "figures": [3, 1]})
    assert told("unchecked", reasons)[0] == "4个数字无从核对，多因未列基数"
    asked = pd.DataFrame({"strict": ["no", ""]})
    assert told("strict", asked)[0] == "严格比较拒绝了2项指标中的1项"
    assert told("strict", asked.head(1))[0] == "1项指标严格比较一项也通不过"


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


NONE = qz.tables("甲山县。")
EMPTY = {
    "stock": (NONE.claims, NONE.reports),
    "written": (NONE.claims,),
    "intervals": (panel("甲山县。", "rates"),),
    "standards": (panel("甲山县。", "funds"),),
    "programmes": (pd.DataFrame(columns=["programme", "term", "where"]),),
    "against": (panel("甲山县。", "rates"),),
    "strict": (pd.DataFrame({"strict": []}, dtype=str),),
    "shares": (panel("甲山县。", "staff_per_town"),),
    "strength": (qz.findings(qz.extract("甲山县。")),),
    "unchecked": (pd.DataFrame(columns=["reason", "figures"]),),
    "heaping": (qz.last_digits(qz.extract("甲山县。")),),
    "implied": (qz.implied(qz.extract("甲山县。")),),
    "copies": (NONE.reports,),
    "shared": (qz.mechanism_evidence(qz.mechanisms("甲山县。")),),
    "named": (qz.mechanism_evidence(qz.mechanisms("甲山县。")), NONE.reports),
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
    with pytest.raises(QzError, match="no opening 'x'; there are: stock, written"):
        opening("x", pd.DataFrame())


def test_both_languages_fill_the_same_words():
    """A sentence in Chinese uses no filler that its English lacks."""
    for key, entry in load("profile")["openings"].items():
        fillers = {lang: set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "zh")}
        assert fillers["zh"] <= fillers["en"], key
