"""The first sentences of a page."""

import re

import pytest
from told import facts_of

import qz_analysis as qz
from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.title import title_of

TEXTS = [
    (
        "甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比下降16%。",
        "甲山县2021年：来访批次比上年同期下降16%",
        "2021年来访批次193批，比上年同期下降16%（本页未见上期数，未核算）。",
    ),
    (
        "甲山县2021年工作总结\n2021年，甲山县信访办结率99%。",
        "甲山县2021年：信访办结率99%",
        "2021年信访办结率为99%，本页未见件数，未核算。",
    ),
    # a second change of the same year is told behind the first
    (
        "甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比上升16%；群众来信50件，同比下降8%。",
        "甲山县2021年：来访批次比上年同期上升16%",
        "2021年来访批次193批，比上年同期上升16%（本页未见上期数，未核算）；来信件数比上年同期下降8%（本页未见上期数，未核算）。",
    ),
    # without an indicator a figure is told by its own words, not how many there are
    (
        "甲山县修路12公里。",
        "甲山县：修路12公里",
        "只列一个数字：修路12公里。",
    ),
    # the bound of a figure, and a rate that has no settled name, stand in words
    (
        "甲山县2021年工作总结\n甲山县各类矛盾问题化解率达96%以上，修路12公里。",
        "甲山县2021年：各类矛盾问题化解率达96%以上",
        "2021年“各类矛盾问题化解率”为96%以上，本页未见件数，未核算。",
    ),
    # a masked rate is stated, and lost
    (
        "甲山县受理来信12件，结案率达xx%，群众来访30批次。",
        "甲山县：群众来访30批次",
        "办结的比率已被隐去或缺失（“结案率”xx%）。",
    ),
    # mass work is told first, then what the report tells first, and no figure out of its words
    (
        "甲山县修路12公里。县里10日内兑现工资2700万元。替群众办理实事好事3160件。",
        "甲山县：替群众办理实事好事3160件",
        "所列的有：替群众办理实事好事3160件；修路12公里；县里10日内兑现工资2700万元。",
    ),
    # a mask is told where the reader sees it; one that stands elsewhere in the report, as such
    (
        "201*年，甲山县受理来信12件。",
        "甲山县（年份被隐去）：来信件数12件",
        "所有数字均可读，但没有可核对的算术。",
    ),
    (
        "甲山县一季度信访情况\n一季度，甲山县受理来信12件。\n甲山县信访局\n201*年4月14日\n",
        "甲山县（一季度，年份被隐去）：来信件数12件",
        "所有数字均可读，但没有可核对的算术。",
    ),
    (
        "2021年，甲山县受理来信xx件。",
        "甲山县（2021年的报告）：唯一的数字被隐去或缺失",
        "1个数字被隐去或缺失（xx件）。",
    ),
]


@pytest.mark.parametrize("text", ["甲山县受理来信12件。", "甲山县2020年来信12件，2021年来信18件。"])
def test_what_was_not_found_is_not_told(text):
    """That no change or rate was read may be the fault of the reading, and is no news."""
    assert "未读出" not in "".join(sentences(facts_of(text)))


def test_that_a_rate_has_no_counts_is_said_once():
    """What the lead tells already is not told again among those without counts."""
    told = [
        unmarked(one) for one in sentences(facts_of("2021年，甲山县信访办结率98%，满意率95%。"))
    ]
    assert told[0] == "2021年信访办结率为98%，本页未见件数，未核算。"
    assert "98%" not in told[-1] and "95%" not in told[-1]


def test_a_clause_that_lost_a_word_is_told_by_verb_and_noun():
    """易引发件的隐患 says of what no more than its noun; where there is none nothing is told of it."""
    whole_ = "全县受理信访件20件，办结率90%。"
    said = unmarked("".join(sentences(facts_of(whole_ + "全县成功化解了13起极易引发件的隐患。"))))
    assert "引发件" not in said and "化解隐患（原文缺字）13起" in said
    said = sentences(facts_of("甲山县修路12公里。甲山县排除极易引发件隐患13起。"))
    assert "12公里" in said[0] and "引发件" not in said[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("其中，发生集体访26件，同比下降25%，已解决22件，解决率84.62%。", "其中集体访26件，已解决22件，解决率84.62%（推算相符）。"),
        ("其中，发生集体访26件，已解决22件，解决率74.62%。", "其中集体访26件，已解决22件，解决率74.62%（推算不符）。"),
        ("对信访问题的解决率达87.7%。", "报告另列“对信访问题的解决率”87.7%，所指范围可能不同。"),
    ],
)  # fmt: skip
def test_the_rate_of_a_part_stands_with_its_counts(more, said):
    """A second rate whose sentence counts what it is of is told as that part's own."""
    told = facts_of("一季度，甲山县发生上访案件176件，已解决143件，解决率81.25%。" + more)
    assert said in unmarked("".join(sentences(told)))


@pytest.mark.parametrize(("text", "title", "sentence"), TEXTS)
def test_title_and_sentences(text, title, sentence):
    """The title is place, time and finding; the sentences say change, resolution and what is missing."""
    told = facts_of(text)
    assert title_of(told) == title
    assert sentence in [unmarked(one) for one in sentences(told)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", [text for text, *_ in TEXTS])
def test_every_figure_of_the_sentences_leads_to_its_claim(text, lang):
    """Each figure that a sentence takes over carries document and start of a claim, and no filler is left."""
    told = facts_of(text, lang)
    starts = set(told.claims["start"])
    for sentence in sentences(told):
        assert "{" not in sentence
        for start in re.findall(r"\]\[text: (\d+)\]", sentence):
            assert int(start) in starts


EARLY = "甲山县群众工作情况\n2011年4月25日\n全县各类矛盾纠纷化解率达96%以上。信访总量下降5%。\n"


KNOWN = [
    (EARLY, "截至2011年4月“各类矛盾纠纷化解率”为96%以上"),
    # its own words have the year
    (EARLY.replace("全县各类", "2011年，全县各类"), "2011年“各类矛盾纠纷化解率”为96%以上"),
    # told when the year was over
    (EARLY.replace("2011年4月25日", "2012年1月25日"), "化解率”为96%以上"),
]


@pytest.mark.parametrize(("text", "said"), KNOWN)
def test_a_figure_of_a_report_of_spring_is_not_of_the_whole_year(text, said):
    """What has its year from its report alone is of no more than the months up to the report's date."""
    sentence = "".join(map(unmarked, sentences(facts_of(text))))
    assert said.replace("“各类", "“全县各类") in sentence or said in sentence
    if "2012" in text:
        assert "截至" not in sentence


def test_a_rate_of_no_more_than_its_deed_has_the_words_of_its_counts():
    """解决率 alone is of nothing: the cases stand beside their count."""
    text = "一季度，甲山县共发生上访案件176件，已解决143件，解决率81.25%。"
    said = unmarked("".join(sentences(facts_of(text))))
    assert "上访案件”176件中的143件" in said


def test_a_rate_without_counts_says_behind_which_count_it_stands():
    """调撤率 of cases of one kind is told with the count of these cases."""
    said = sentences(
        facts_of("甲山县法院工作总结\n2023年，审结各类商事纠纷370件，调撤率达60%以上。\n甲山县法院")
    )
    assert "“调撤率”（前文为“审结各类商事纠纷”370件）为60%以上" in "".join(map(unmarked, said))
    # of two counts before it nobody knows which
    said = sentences(
        facts_of("甲山县热线总结\n2023年，受理诉求234件，超时3件，结案率100%。\n甲山县政府")
    )
    assert "前文为" not in "".join(said)


def test_what_was_not_found_is_not_said_to_be_missing():
    """A total that stands in the report, but is not tied to a change, is not called unstated."""
    made = qz.tables("甲山县工作总结\n2021年，调解纠纷15060起，成功调解纠纷同比上升7%。甲山县法院")
    said = sentences(Facts("甲山县", made.claims, made.relations, "zh", {}, "甲山县"))
    assert not any("未写明总数" in one or "未列" in one for one in said)


def test_the_year_before_stands_beside_the_total_of_a_court(tmp_path):
    """A court's cases are told as the court's, and behind them what its report on the year before counted."""
    for year, counts in (("2022", "1000件，审执结932件"), ("2023", "1200件，审执结1100件")):
        text = f"{year}年，甲山县工作有序。{year}年，共受理各类案件{counts}。\n甲山县人民法院\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    told = profile("甲山县", lang="zh", source=tmp_path).page.facts
    assert title_of(told) == "甲山县2023年：法院共受理各类案件1200件，审执结1100件"
    before = "上一年的报告列：2022年共受理各类案件1000件，审执结932件。"
    assert before in unmarked(sentences(told)[0])


def test_what_was_settled_on_the_spot_and_later_is_told_together():
    """Counts that divide what was settled stand behind the count that they divide, after the total."""
    made = facts_of(
        "2020年，全县发生信访事项187件992人次。全年共发生到县访164件947人次。"
        "现场解决104件，受理立案60件次，案件办结60件。"
    )
    told = [unmarked(one) for one in sentences(made)]
    assert told[0].startswith("2020年信访总量187件、992人次")
    assert told[1] == (
        "2020年办理情况：全年共发生到县访164件947人次；现场解决104件，受理立案60件次，案件办结60件。"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018年，甲山县受理举报1352件，件数、人数同比分别下降。", "原文称件数、人数同比下降，未列幅度。"),
        ("2018年，甲山县受理举报1352件，与上年同期相比均有所上升。", "原文称受理举报1352件与上年同期相比上升，未列幅度。"),
        ("2018年，甲山县受理举报1352件，人数同比上升，金额同比下降。", "原文称人数同比上升、金额同比下降，未列幅度。"),
        # an aim is no change, and neither is one that has its amount
        ("2018年，甲山县受理举报1352件，力争件数同比下降。", ""),
        ("2018年，甲山县立案1352件，件数同比下降3%。", ""),
    ],
)  # fmt: skip
def test_a_change_without_an_amount_is_told_as_that(text, said):
    """Where a sentence says which way something went and not by how much, the lead says just that, and of
    what.
    """
    told = unmarked("".join(sentences(facts_of(text))))
    assert said in told if said else "未列幅度" not in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("县领导接待群众250批，对信访问题的化解率达87.7%。", "87.7%，所指范围可能不同。"),
        # the same once more, one of another name, and many
        ("对信访问题的化解率达85.8%。", ""),
        ("群众满意率达87.7%。", ""),
        ("甲镇信访问题的化解率达87.7%，乙镇信访问题的化解率达97.7%。", ""),
    ],
)  # fmt: skip
def test_two_rates_of_one_name_are_told_beside_each_other(more, said):
    """Where a report states another rate of the same name, a lead tells both."""
    text = f"2009年，甲山县受理信访问题232件，已解决199件，化解率达到85.8%。{more}"
    told = unmarked("".join(sentences(facts_of(text))))
    assert (said in told and "报告另列" in told) if said else "报告另列" not in told


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        # what a report tells first is of the whole; a larger change is of a part
        ("2021年，甲山县刑事类下降13%，掉包诈骗下降71%。", "刑事类", "掉包"),
        # the number of an item is no word
        ("2021年，甲山县办结：\n（二）申诉类49件。\n（三）举报类30件。", "申诉类49件", "二）"),
        # a phase, a session and a share of no one knows what count nothing
        ("甲山县植树95亩。列入新建项目二期。", "植树95亩", "二期"),
        ("甲山县植树95亩。县妇联三届六次会议召开。", "植树95亩", "六次"),
        ("甲山县植树95亩。县财政总支出6.8%。", "植树95亩", "6.8%"),
        ("甲山县植树95亩，同比增长8%。升幅6.11%。", "植树95亩", "升幅"),
    ],
)
def test_what_is_told_names_what_it_is_of(text, said, unsaid):
    """The lead takes what comes first and stands by itself."""
    first = unmarked(sentences(facts_of(text))[0])
    assert said in first and unsaid not in first
