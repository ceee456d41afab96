"""The sentences behind a page's figures: each once, every figure of it marked and counted."""

import re

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.comparison.sentences import Whole
from qz_analysis.comparison.wording import source_words
from qz_analysis.errors import QzError
from qz_analysis.model import Document, starts_of
from qz_analysis.publish.evidence import (
    basis,
    drawn,
    evidence,
    mentions,
    sentences,
    sources,
    told_pieces,
)
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.opening_words import Finding

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
    behind = {start for starts in panel["claims"] for start in starts_of(str(starts))}
    assert sorted(map(int, marks)) == sorted(behind)


def test_a_chart_leads_to_what_it_draws(made, shown):
    """Below a chart each figure drawn stands as printed, with the place of its sentence."""
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    drawn(panel, made.claims, lang="zh")
    assert "[83.7%][text: " in shown[0] and "[98%][text: " in shown[0]


def test_the_rows_of_a_chart_are_told_as_they_are_drawn(shown, clean):
    """Each row by its name with its figures, in the chart's order; what it does not draw stands apart."""
    text = "甲县工作\n甲县立刑事案件1516宗，破获884宗。受理信访事项43件，办结36件，办结率83.7%。调解成功率xx%。"
    made = qz.tables(text)
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    drawn(charts.rates(panel, lang="zh"), made.claims, lang="zh")
    drawn(panel, made.claims, lang="zh")
    rows = [unmarked(html).partition("：")[2] for html in shown]
    assert rows[0].index("受理信访事项") < rows[0].index("884宗、1516宗") and "xx%" not in rows[0]
    assert "刑事案件，884宗、1516宗" in rows[0]
    assert unmarked(shown[1]).rpartition("因隐去、无数值而未画出的：")[2].count("xx%") == 1


def test_subjects_lead_to_their_figures(made, shown):
    """A chart of subjects has no figure of its own: each leads to some of its figures, and no more."""
    claims = qz.extract("甲县受理来访" + "、".join(f"{n}件" for n in range(11, 31)) + "。")
    drawn(claims, claims, lang="zh")
    [html] = shown
    assert html.count("][text: ") == 5 and "等" in html and html.count("信访，") == 1


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ({"place": "甲县", "period": "2011", "dated": "2012-01-15", "url": "https://a.example/1"},
         "甲县：《甲》。所述时段：2011年。发文日期：2012年1月15日。发文单位：文中未见。网址：https://a.example/1"),
        ({"place": "甲县", "issuer": "甲县信访局"},
         "甲县：《甲》。发文单位：甲县信访局。所述时段、发文日期、网址：文中未见。"),
        ({"place": "我县", "period": "20xx-H1"},
         "未写明的县：《甲》。所述时段：上半年，年份被隐去。发文单位、发文日期、网址：文中未见。"),
        ({}, "《甲》。所述时段、发文单位、发文日期、网址：文中未见。"),
    ],
)  # fmt: skip
def test_a_source_says_what_is_known_of_it_and_what_is_not(report, told):
    """Whose report, its title, time, date and address; what it does not state is said in words."""
    assert source_words({"title": "甲", **report}, "zh") == told


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("目前，来访下降5%。", "“目前”（报告所述2011年）"),
        ("去年下半年活动推开以来，来访下降5%。", "“去年下半年”（报告所述2011年）"),
        ("2010年，来访下降5%。", "2010"),
        ("来访与去年同期相比下降5%。", "未写明（报告所述2011年）"),
    ],
)
def test_a_figure_without_a_year_says_what_its_sentence_tells(shown, sentence, time):
    """The words of a time that names no year are quoted, and the report's period stands beside them."""
    made = qz.tables(sentence)
    reports = made.reports.assign(period="2011")
    evidence(qz.compare(made, indicator="changes"), made.claims, reports, lang="zh")
    html = "".join(shown)
    assert f"<td>{time}</td>" in html and "<th>against</th>" in html


def test_what_did_not_change_is_told_as_that(shown):
    """Below a chart a change of nothing is 持平, and leads to the count that it is of."""
    made = qz.tables("甲县到市上访4批98人次，批次与上年持平，人次下降5.8%。")
    changes = qz.compare(made, indicator="changes")
    drawn(changes, made.claims, lang="zh")
    assert "[持平][text: 6]" in shown[0] and "4批" not in shown[0]


def test_what_did_not_change_says_what_it_is_against(shown):
    """与上年持平 is against the year before, though its words stand behind the count."""
    made = qz.tables("2011年，甲县到市上访4批98人次，批次与上年持平，人次下降5.8%。")
    evidence(qz.compare(made, indicator="changes"), made.claims, made.reports, lang="zh")
    assert "".join(shown).count("<td>比上年</td>") == 2


def test_sentences_end_with_their_sources(made, shown):
    """Below the sentences each report that they come from is named once."""
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    evidence([panel, panel], made.claims, made.reports, lang="zh")
    assert shown[-1].count("<li>") == 1 and "文中未见" in shown[-1]


def test_all_that_a_page_shows_stands_among_its_sentences_and_sources(shown):
    """A table of places and a finding bring the sentences and reports of their figures beside those of
    a panel, and have no table of their own; the head says what all of it is from.
    """
    pages = ["甲县受理事项43宗，办结36宗，办结率83.7%。", "乙县走访群众12户。", "丙镇走访15户。"]
    made = qz.tables([Document(f"d{i}", page) for i, page in enumerate(pages)])
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    table, told = pd.DataFrame({"where": ["d1: 6"]}), Finding("走访", "走访[15户][d2: 4]。")
    evidence([panel, table, told], made.claims, made.reports, lang="zh")
    *_, html = shown
    assert len(shown) == 2 + panel["caveats"].ne("").any()
    assert 'data-where="d1: 6"' in html and 'data-where="d2: 4"' in html
    assert html.count("<li>") == 3 and "本页所引出自3份报告（" in html


BASES = [
    ([("county", "2011-Q1"), ("county", "2014+"), ("city", "20xx")], "县区2份；所述为2011—2014年（1份的年份被隐去或未写明）"),
    ([("town", "2011"), ("", "2011")], "乡镇1份、层级未明1份；所述为2011年。"),
    ([("town", ""), ("town", "20xx-H1")], "：乡镇2份；年份均被隐去或未写明。"),
]  # fmt: skip


@pytest.mark.parametrize("reports, said", BASES)
def test_the_head_says_from_what_a_page_is_made(reports, said):
    """How many reports, of which levels from the highest down, of which years, and how many tell none."""
    assert said in basis([{"level": level, "period": time} for level, time in reports], "zh")


def test_what_no_source_tells_is_said_once():
    """Of several reports without a date that stands in one line, and each item has its own alone."""
    one = {"title": "甲", "place": "甲县", "period": "2011"}
    html = sources([one, {**one, "period": ""}], "zh")
    assert html.count("发文日期") == 1 and "各份的发文单位、发文日期、网址均未见于文中。" in html
    assert "<li>甲县：《甲》。所述时段：2011年。</li>" in html and "所述时段：文中未见。" in html


def test_what_a_retelling_left_out_is_not_said_to_be_lacking(corpus_tables):
    """Of the embedded corpus nobody knows whether the original tells its issuer: the retelling does not."""
    rows = corpus_tables.reports.head(3).to_dict("records")
    html = sources(rows, "zh")
    assert "转述时未录发文单位、发文日期、网址" in html and "未见" not in html
    assert "without their issuing body, date, address" in sources(rows, "en")
    other = sources([*rows, {"title": "甲", "place": "甲县", "period": "2011"}], "zh")
    assert "均未见于文中" in other and "示例报告系转述" in other


TABLE = "甲县信访情况\n| 乡镇 | 受理（件） | 办结（件） |\n| 东山镇 | 120 | 110 |\n| 西河乡 | 80 | 75 |\n"


def test_a_row_of_a_table_is_no_quotation(shown):
    """What was put together from heads and cells says so, and a sentence beside it does not."""
    made = qz.tables(TABLE + "全县办结率92.5%。")
    where = [f"{row.doc}: {row.start}" for row in made.claims.itertuples()]
    sentences(where, made.claims, made.reports, "zh")
    [html] = shown
    assert "<th>原句或表中所列</th>" in html and html.count("表中（按行、列连读）：") == 2
    assert "连读）：东山镇受理<mark" in html and "<td>全县办结率" in html
    shown.clear()
    sentences(where[-1:], made.claims, made.reports, "en")
    assert "In a table" not in shown[0] and "<th>sentence</th>" in shown[0]


def test_claims_of_another_table_are_refused(made):
    """A figure that the claims do not hold is named, and no page is made without it."""
    with pytest.raises(QzError, match="text: 999: no such claim"):
        sentences(["text: 999"], made.claims, made.reports, "en")


def test_a_chart_of_checks_leads_by_where_they_stand(made, shown):
    """Rows that name places alone lead to their figures as those of a panel do."""
    found = qz.findings(made.claims, made.relations)
    drawn(found, made.claims, lang="zh")
    assert "[83.7%][text: " in shown[0] and "[43宗][text: " in shown[0]


def test_a_figure_of_a_chart_stands_with_its_bound(shown):
    """85%以上 is led to as that, and so is a rate of a panel."""
    made = qz.tables("甲县公开承诺事项24600多件，办完21100多件，办结率在85%以上。")
    panel = qz.compare(made.claims, made.relations, indicator="rates")
    drawn(panel, made.claims, lang="zh")
    evidence(panel, made.claims, made.reports, lang="zh")
    assert "[85%以上][" in shown[0] and any("<td>85%以上</td>" in html for html in shown)


def test_many_figures_of_a_chart_are_folded(shown):
    """More figures than anybody reads in a row stand behind a line that unfolds them."""
    for n in (5, 40):
        claims = qz.extract("".join(f"甲县受理来访{100 + k}件。" for k in range(n)))
        where = claims["doc"] + ": " + claims["start"].astype(str)
        drawn(pd.DataFrame({"where": where}), claims, lang="zh")
    assert shown[0].startswith("<p") and shown[1].startswith("<details")
    assert "展开图中的40个数字" in shown[1] and shown[1].count("][text: ") == 40


def test_figures_that_share_a_label_stand_behind_it(made, shown):
    """Rows with a label of their own are told by it, once for all figures that share it."""
    starts = [str(start) for start in made.claims["start"][:3]]
    rows = pd.DataFrame({"where": [f"text: {start}" for start in starts], "label": ["以3结尾", "以6结尾", "以3结尾"]})  # fmt: skip
    drawn(rows, made.claims, lang="zh")
    assert unmarked(shown[0]).count("以3结尾，") == 1 and "以3结尾，43宗、83.7%" in unmarked(
        shown[0]
    )


def test_a_chart_of_mechanisms_leads_by_their_names(shown):
    """Each mechanism stands once with the words that name it in each report."""
    pages = ["甲县落实首问责任制，建立联席会议制度。", "乙县推行首问负责制。"]
    found = qz.mechanisms([Document(f"d{i}", page) for i, page in enumerate(pages)])
    drawn(qz.mechanism_evidence(found).rename(columns={"words": "text"}), lang="zh")
    html = unmarked(shown[0])
    assert html.count("首问责任制，") == 1 and "首问责任制，首问责任制、首问负责制" in html
    assert "联席会议，联席会议" in html


def test_a_heading_is_quoted_without_its_marks(shown):
    """The line that names a mechanism may be a heading: its marks are none of its words."""
    text = "# 甲县首问责任制调研\n全县修路。"
    mentions(qz.mechanism_evidence(qz.mechanisms(text)), text, qz.reports(text), "zh")
    assert "#" not in unmarked(shown[0]) and "甲县<mark" in shown[0]


def test_sentences_have_the_marks_of_chinese_print(shown):
    """Cleaning narrows commas and brackets for the rules; what is shown has them as they are printed."""
    found = qz.tables("受理2,163件（含复查），办结2,028件；群众满意。")
    sentences([f"text: {found.claims['start'].iloc[0]}"], found.claims, found.reports, "zh")
    assert "（含复查），办结" in shown[0] and "2,163件" in shown[0]


def test_mechanisms_are_marked_in_their_sentences(shown):
    """A sentence that names two mechanisms stands once with both marked, and no person's name in it."""
    text = "甲县工作情况\n村民张小明反映，甲县落实首问责任制，拟建立联席会议制度。全县修路。"
    cases = qz.mechanism_evidence(qz.mechanisms(text))
    mentions(cases, text, qz.reports(text), "zh")
    [html] = shown
    assert html.count("<tr>") == 2 and "张小明" not in html and "修路" not in html
    assert html.count("<li>") == 1 and "《甲县工作情况》" in html
    for row in cases.itertuples():
        start = row.where.removeprefix("text: ").split("–")[0]
        assert f'<mark data-where="text: {start}">{row.words}</mark>' in html


def test_a_masked_place_keeps_its_letters_in_the_list_of_sources():
    """xx省 and aa stand as the report has them; what the package says of a place without name begins
    with a capital."""

    told = [{"title": "工作汇报", "place": place} for place in ("xx省xx县", "aa")]
    assert "Xx省" not in sources(told, "zh") and "Aa" not in sources(told, "en")


@pytest.mark.parametrize(
    ("title", "said", "zh", "en"),
    [
        (
            "甲县20xx年总结",
            "今年以来，",
            "“今年以来”，年份被隐去",
            "that year to date, year masked",
        ),
        ("甲县总结", "去年，", "“去年”", "the year before"),
        ("甲县总结", "目前，", "“目前”", "at the time of the report"),
        ("甲县总结", "“大走访”期间，", "“‘大走访’期间”", "“‘大走访’期间”"),
        ("甲县总结", "", "", ""),
        ("甲县2019年总结", "", "2019", "2019"),
    ],
)
def test_a_row_without_a_year_says_what_its_sentence_tells(title, said, zh, en):
    """“Not stated” would be wrong of a figure whose sentence says 去年."""
    made = qz.tables(f"{title}\n{said}全县共投入资金30万元。")
    sums = qz.money(made)
    told = [qz.brief.timed(sums, made.claims, made.reports, lang=one) for one in ("zh", "en")]
    unsaid = ["未写明", "not stated"]
    shown = [one["period"].item() for one in told]
    assert shown == ([zh, en] if zh else unsaid)
    assert sums["period"].item() in {"", "2019", "20xx"}


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ((("受理", None), ("12件", 0), (" |", None)), "受理12件"),
        ((("12件", 0), ("。", None)), "12件。"),
        ((("12件", 0),), "12件"),
    ],
)
def test_a_sentence_ends_in_no_bar_of_a_table(pieces, shown):
    """The bar that ends a cell of a page's torn table is no word of a sentence."""
    assert "".join(text for text, _ in told_pieces(Whole(pieces), "zh")) == shown
