"""The title and the three sentences of a place: which figures they take, and in which words."""

import re
from dataclasses import replace

import pytest

import qz_analysis as qz
from qz_analysis.arithmetic.audit import audit
from qz_analysis.publish import story as publish_story
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.story import (
    Story,
    as_printed,
    is_rate,
    lines,
    linked,
    moved,
    resolved,
    when,
)

NONE = float("nan")


def story(text: str, lang: str = "zh", home: str = "甲山县") -> Story:
    made = qz.tables(text)
    relations = audit(made.claims, made.reports)
    periods = set(made.reports["period"])
    told_in = periods.pop() if len(periods) == 1 else ""
    dated = {(row.doc, row.report): row.dated for row in made.reports.itertuples()}
    return Story(home, made.claims, relations, lang, {}, home, told_in, dated)


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2011", "2011年", "2011"),
        ("2011-Q1", "2011年一季度", "Q1 2011"),
        ("2011-H2", "2011年下半年", "the second half of 2011"),
        ("2011-06", "2011年6月", "June 2011"),
        ("2010..2012", "2010—2012年", "2010–2012"),
        ("2000-01..2000-11", "2000年1—11月", "January–November 2000"),
        ("2010-06..2011-05", "2010年6月—2011年5月", "June 2010–May 2011"),
        ("2014+", "2014年以来", "since 2014"),
        ("2011-H2+", "2011年下半年以来", "since the second half of 2011"),
        ("20xx", "年份被隐去", "year masked"),
        ("201x", "201*年，末位被隐去", "a year in the 2010s"),
        ("201x-04-14", "201*年4月14日，末位被隐去", "14 April of a year in the 2010s"),
        ("20xx-06", "6月，年份被隐去", "June, year masked"),
        ("", "", ""),
        ("unlike any", "unlike any", "unlike any"),
    ],
)
def test_a_period_is_written_as_people_write_it(period, zh, en):
    """Years, quarters, halves, months, spans, beginnings and masked years stand as words; what is unknown stays empty."""
    assert (when(period, "zh"), when(period, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        # mass work comes before economy, however small its change
        ("2021年，甲山县生产总值增长30%，集体访下降8%。", "group_visits", 8),
        # of two changes of mass work the larger one
        ("2021年，甲山县集体访下降8%，群众来信下降21%。", "letters", 21),
        # without mass work the economy is told
        ("2021年，甲山县生产总值95亿元，增长6.2%。", "gdp", 6.2),
        # a target is no news
        ("2021年，甲山县集体访下降8%。2022年，力争信访总量下降30%。", "group_visits", 8),
    ],
)
def test_what_moved_most(text, indicator, value):
    """The largest stated change of a named indicator is taken, mass work first, targets never."""
    made = qz.tables(text)
    line, row = moved(lines(made.claims, made.relations))
    assert (line.indicator, row["value"]) == (indicator, value)


@pytest.mark.parametrize(
    ("text", "indicator", "verdict"),
    [
        ("2021年，甲山县排查纠纷1050件，调解成功1030件，调解成功率98.1%。信访办结率99%。", "mediation_success_rate", "ok"),
        ("2021年，甲山县信访办结率99%。", "petition_resolution_rate", ""),
    ],
)  # fmt: skip
def test_what_was_resolved(text, indicator, verdict):
    """A rate that its counts bear out is told before one without counts."""
    made = qz.tables(text)
    line = resolved(lines(made.claims, made.relations))
    assert (line.indicator, line.verdict, len(line.counts)) == (
        indicator,
        verdict,
        2 * bool(verdict),
    )


def test_changes_stand_with_their_level():
    """The change of an indicator is in the row of its level, one row a period."""
    made = qz.tables("甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比下降16%。")
    (line,) = lines(made.claims, made.relations)
    assert [row["text"] for row in line.levels] == ["193批"]
    assert [row["text"] for row in line.changes] == ["16%"]


TEXTS = [
    (
        "甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比下降16%。",
        "甲山县2021年：来访批次比上年同期下降16%（未核对）",
        "主要变化是2021年来访批次：193批，比上年同期下降16%（未核对：本工具未能对应此前的数）。",
    ),
    (
        "甲山县2021年工作总结\n2021年，甲山县信访办结率99%。",
        "甲山县2021年：信访办结率99%（未核对）",
        "2021年信访办结率为99%，本工具未能对应件数，未经核对。",
    ),
    # a second change of the same year is told behind the first
    (
        "甲山县2021年工作总结\n2021年，甲山县接待群众来访193批，同比上升16%；群众来信50件，同比下降8%。",
        "甲山县2021年：来访批次比上年同期上升16%（未核对）",
        "主要变化是2021年来访批次：193批，比上年同期上升16%（未核对：本工具未能对应此前的数）；来信件数比上年同期下降8%（未核对：本工具未能对应此前的数）。",
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
        "甲山县2021年：各类矛盾问题化解率达96%以上（未核对）",
        "2021年“各类矛盾问题化解率”为96%以上，本工具未能对应件数，未经核对。",
    ),
    # a masked rate is stated, and lost
    (
        "甲山县受理来信12件，结案率达xx%，群众来访30批次。",
        "甲山县：群众来访30批次",
        "办结的比率已被隐去或缺失（“结案率”xx%）。",
    ),
    # mass work is told first, the largest count before others, and no figure out of its words
    (
        "甲山县修路12公里。县里10日内兑现工资2700万元。替群众办理实事好事3160件。",
        "甲山县：替群众办理实事好事3160件",
        "所列的有：替群众办理实事好事3160件；县里10日内兑现工资2700万元；修路12公里。本工具未读出与上期相比的变化。",
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


VISITS = "甲山县2021年工作总结\n2021年{time}，甲山县接待群众来访212批次，{said}。"
AGAINST = [
    # what was recomputed agrees, and says from what; all else was not checked
    ("一季度", "同比（180批次）上升17.78%", "比上年同期上升17.78%（此前180批次，推算相符）"),
    ("", "比上年（180批次）上升27.78%", "比上年上升27.78%（此前180批次，推算不符）"),
    ("", "与2019年相比上升17%", "比2019年上升17%（未核对：本工具未能对应此前的数）"),
    ("6月", "环比上升17%", "比上月上升17%（未核对：本工具未能对应此前的数）"),
    ("", "上升17%", "上升17%（未核对：原文未写明比较的时间，本工具未能对应此前的数）"),
]


@pytest.mark.parametrize(("time", "said", "told"), AGAINST)
def test_a_change_says_against_what_it_is_and_whether_it_was_checked(time, said, told):
    """相符 stands behind a change that was recomputed and holds, with the earlier figure, and nowhere else."""
    found = story(VISITS.format(time=time, said=said))
    [sentence] = [unmarked(one) for one in found.sentences() if "主要变化" in one]
    assert told in sentence
    assert ("相符" in sentence) == ("180批次" in said and "17.78" in said)
    assert ("未核对" in found.title()) == ("180批次" not in said)


def test_figures_of_another_place_are_not_told_as_news():
    """A place that has figures of its own is told of by them alone."""
    page = "唐县2021年工作总结\n唐县接待来访12批次。杭州江干区信访总量同比下降30%。"
    told = story(page, home="唐县")
    assert "30%" not in told.title() + "".join(told.sentences()[:1])


def test_what_was_resolved_is_missed_only_where_it_could_be_told():
    """Of a report on roads nobody asks what share of cases was resolved; of one on petitions one does."""
    asked = "本工具未读出办结率、调解成功率等比率。"
    assert asked not in story("甲山县修路12公里。").sentences()
    assert asked in story("甲山县受理来信12件。").sentences()
    # what says that there is none says of none
    assert asked not in story("甲山县受理来信12件。群众满意率98%。").sentences()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("贫困发生率1.4%。", "贫困发生率1.4%，未能对应件数。"),
        # one figure of several rates, of which the last name alone would be another thing
        (
            "实现7日内回复率、3个月办理结果答复率及群众满意率三个100%。",
            "7日内回复率、3个月办理结果答复率及群众满意率均为100%，未能对应件数。",
        ),
        ("按期办结率、答复率、满意率均为100%。", "按期办结率、答复率、满意率均为100%，未能对应件数。"),
        # and several figures that one clause tells together
        (
            "三次产业对经济增长的贡献率分别为5.5%、46.7%、47.8%。",
            "3个比率均未能对应件数（三次产业对经济增长的贡献率分别为5.5%、46.7%、47.8%）。",
        ),
        (
            "全县“三率”分别为95%、82.3%、44.2%。",
            "3个比率均未能对应件数（“三率”分别为95%、82.3%、44.2%）。",
        ),
        # a list that is too long to be told whole
        (
            "全县与老干部、老党员、特困群众、留守老人、留守儿童、五保户、孤儿、军属、教师、工人、信访对象对话率达到100%。",
            "与信访对象等对话率100%，未能对应件数。",
        ),
        # of another year than the rest
        ("2018年，贫困发生率1.4%。2020年修路12公里。", "2018年贫困发生率1.4%，未能对应件数。"),
    ],
)  # fmt: skip
def test_no_rate_stands_without_what_it_is_of(text, said):
    """A rate without counts is told with its name or in its clause, and of when it is where the page is of
    several years.
    """
    assert unmarked(story("甲山县" + text).sentences()[-1]) == said


def test_a_word_of_praise_is_no_part_of_a_title():
    """How well something was done is the report's own opinion; names in quotation marks stay as they are."""
    assert (
        story("近两年，甲山县检察院高效办结信访案件110件。")
        .title()
        .endswith("：检察院办结信访案件110件")
    )
    assert "“高效办成一件事”" in story("甲山县扎实推进“高效办成一件事”窗口12个。").title()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("自去年7月开展活动以来，全县受理信访件232件。", "甲山县（原文作“自去年7月开展活动以来”，年份未写明）：全县受理信访件232件"),
        ("今年上半年，全县受理信访件232件。", "甲山县（原文作“今年上半年”，年份未写明）：全县受理信访件232件"),
        ("2021年，全县受理信访件232件。", "甲山县2021年：全县受理信访件232件"),
        # against when a change is says not of when it is
        ("与去年同期相比，全县受理信访件下降3%。", "甲山县：受理信访件比上年同期下降3%（未核对）"),
    ],
)  # fmt: skip
def test_a_title_tells_words_of_time_without_a_year_as_such(text, said):
    """Where no year is known the report's own words of time stand beside the place, as a quotation."""
    told = story("甲山县群众工作\n" + text)
    assert told.title() == said


def test_a_clause_that_lost_a_word_is_told_by_verb_and_noun():
    """易引发件的隐患 says of what no more than its noun; where there is none nothing is told of it."""
    whole_ = "全县受理信访件20件，办结率90%。"
    said = unmarked("".join(story(whole_ + "全县成功化解了13起极易引发件的隐患。").sentences()))
    assert "引发件" not in said and "化解隐患（原文缺字）13起" in said
    said = story("甲山县修路12公里。甲山县排除极易引发件隐患13起。").sentences()
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
    told = story("一季度，甲山县发生上访案件176件，已解决143件，解决率81.25%。" + more)
    assert said in unmarked("".join(told.sentences()))


@pytest.mark.parametrize(("text", "title", "sentence"), TEXTS)
def test_title_and_sentences(text, title, sentence):
    """The title is place, time and finding; the sentences say change, resolution and what is missing."""
    told = story(text)
    assert told.title() == title
    assert sentence in [unmarked(one) for one in told.sentences()]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", [text for text, *_ in TEXTS])
def test_every_figure_of_the_sentences_leads_to_its_claim(text, lang):
    """Each figure that a sentence takes over carries document and start of a claim, and no filler is left."""
    told = story(text, lang)
    starts = set(told.claims["start"])
    for sentence in told.sentences():
        assert "{" not in sentence
        for start in re.findall(r"\]\[text: (\d+)\]", sentence):
            assert int(start) in starts


def test_a_failing_check_is_told_with_its_figures():
    """A rate that its counts contradict is named with them, and in no word called right."""
    said = story("2021年，甲山县调解纠纷1050件，调解成功830件，调解成功率98.1%。").sentences()
    text = unmarked("".join(said))
    assert "推算不符" in text and "98.1%" in text and "均相符" not in text


@pytest.mark.parametrize(
    ("corrected", "now", "text", "bound", "expected"),
    [
        ("", (43.0, NONE, NONE), "43宗", "exact", "43宗"),
        ("", (43.0, NONE, NONE), "40多宗", "min", "40多宗"),
        ("", (98.0, NONE, NONE), "98%", "min", "≥98%"),  # 以上 stands behind the figure
        ("value", (46.0, NONE, NONE), "43宗", "exact", "43宗 → 46宗†"),
        ("low;high", (NONE, 40.0, 46.0), "43宗", "exact", "43宗 → 40–46宗†"),
        ("family", (43.0, NONE, NONE), "43宗", "exact", "43宗†"),  # the number is as printed
        ("value", (NONE, NONE, NONE), "43宗", "exact", "43宗†"),  # corrected to none
    ],
)
def test_a_figure_is_printed_with_its_bound_and_correction(corrected, now, text, bound, expected):
    """A figure stands as printed, its bound before it where the figure lacks the word, and what holds where it was corrected."""
    value, low, high = now
    row = {"text": text, "unit": "宗", "bound": bound, "corrected": corrected}
    assert as_printed({**row, "value": value, "low": low, "high": high}) == expected


def test_a_mark_names_the_document_as_the_page_does():
    """A document whose name must not show is named otherwise in marks."""
    row = {"doc": "甲, 乙", "start": 12}
    assert linked("43宗", row, {"甲, 乙": "document-1"}) == "[43宗][document-1: 12]"


def test_a_change_that_the_audit_ties_to_a_named_figure_is_of_it():
    """A change whose own words name nothing belongs to the count that it was recomputed from, and a whole moves before its part."""
    made = qz.tables(
        "2021年，甲山县受理来访212批次、820人次，来访批次与去年同期180批次相比，上升17.78%。"
        "其中集体访26件，同比下降25%。甲山县信访局"
    )
    told = lines(made.claims, made.relations)
    changes = {line.indicator: [row["text"] for row in line.changes] for line in told}
    assert changes["visit_batches"] == ["17.78%"]
    assert moved(told)[1]["text"] == "17.78%"


def test_a_change_without_a_settled_name_goes_by_its_words():
    """Where no named indicator moved, the largest change of mass work is told by the words that it stands with."""
    made = qz.tables("2011年，甲山县信访接待量同比下降55.6%，越级访下降20%。甲山县信访局")
    story = Story("甲山县", made.claims.assign(indicator=""), made.relations, "zh", {}, "甲山县")
    assert (
        story.title() == "甲山县2011年：信访接待量比上年同期下降55.6%（未核对）"
        and "55.6%" in story.sentences()[0]
    )


def test_a_change_without_a_name_is_told_once_and_with_what_it_is_of():
    """A change stands with the figure that it is of, in the title as not checked, and is not told again
    behind the list that holds it.
    """
    told = story("2019年，甲山县社区卫生服务中心共完成门急诊445.46万人次，较上年增长8.83%。")
    assert told.title().endswith("门急诊445.46万人次，较上年增长8.83%（未核对）")
    first = unmarked(told.sentences()[0])
    assert first.count("8.83%") == 1 and "写明的变化有" not in first


def test_a_dividend_is_no_rate_that_lacks_its_counts():
    """以每年8%的股息分红 is a price of money, and has no counts to ask for."""
    rows = qz.extract("办结率在90%以上。入股以每年8%的股息分红。").to_dict("records")
    assert [is_rate(row) for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("said", "against"),
    [
        ("同期下降21.2%", "与同期相比（未写明哪一年）"),
        ("与去年同期相比下降21.2%", "比上年同期"),
        ("同比下降21.2%", "比上年同期"),
    ],
)
def test_the_same_time_is_that_of_the_year_before_where_its_sentence_says_so(said, against):
    """同期 alone is of no known year."""
    made = qz.tables(f"一季度全县接待来访群众212批次，来访批次{said}。")
    change = made.claims[made.claims["kind"].eq("change")].iloc[0].to_dict()
    assert Story("", made.claims, made.relations, "zh", {}).against(change) == against


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
    sentence = "".join(map(unmarked, story(text).sentences()))
    assert said.replace("“各类", "“全县各类") in sentence or said in sentence
    if "2012" in text:
        assert "截至" not in sentence


def test_the_title_tells_the_month_of_a_report_that_was_dated_within_its_year():
    """A title gives the report's own month where the year was not over."""
    text = "甲山县2011年群众工作情况\n2011年4月25日\n近年来，信访总量与同期相比下降55.6%。\n"
    one = replace(story(text), told_in="2011")
    assert one.title().startswith("甲山县（2011年4月的报告）")
    later = replace(one, dated={("text", 0): "2012-01-10"})
    assert later.title().startswith("甲山县（2011年的报告）")


OWN_WORDS = [
    ("甲山县处理群众来信来访234件次。", "“处理群众来信来访”"),
    ("甲山县全县共排查化解矛盾纠纷600余起。", "“排查化解矛盾纠纷”"),
    ("甲山县受理群众来信来访234件次。", "受理信访件"),  # the same deed
    ("甲山县排查矛盾纠纷600余起。", "排查纠纷"),
    ("甲山县接待群众来访193批。", "来访批次"),  # the indicator names no deed
]


@pytest.mark.parametrize(("text", "name"), OWN_WORDS)
def test_a_figure_is_called_by_its_report_where_this_tells_another_deed(text, name):
    """Who deals with petitions need not have received them: where the deed is another, the report's own words stand."""
    one = story(text)
    assert [one.named(line) for line in one.lines()][:1] == [name]


def test_a_change_behind_several_counts_says_that_it_may_be_of_any():
    """Of 件, 批次 and 人次 a change can be of one: which, is not guessed."""
    one = story("2021年，甲山县集体访26件、39批次、508人次，同比下降25%。")
    assert "下降25%（未写明指件、批次还是人次）" in unmarked("".join(one.sentences()))
    one = story("2021年，甲山县集体访39批次，同比下降25%。")
    assert "未写明指" not in unmarked("".join(one.sentences()))


def test_rates_without_counts_are_named():
    """A bare figure tells nobody what it is of; of a list the last stands for it."""
    text = "甲山县入户率达到了85%以上，宣传覆盖面达90%以上。与老人、孤儿对话率达到100%。"
    assert "（入户率85%以上、宣传覆盖面90%以上、与孤儿等对话率100%）" in unmarked(
        "".join(story(text).sentences())
    )


def test_a_rate_of_no_more_than_its_deed_has_the_words_of_its_counts():
    """解决率 alone is of nothing: the cases stand beside their count."""
    text = "一季度，甲山县共发生上访案件176件，已解决143件，解决率81.25%。"
    said = unmarked("".join(story(text).sentences()))
    assert "上访案件”176件中的143件" in said


def _title(text: str) -> str:
    made = qz.tables(text)
    return Story("甲山县", made.claims, made.relations, "zh", {}, "甲山县").title()


@pytest.mark.parametrize(
    ("said", "title"),
    [
        # an average of years is no change against one base
        ("2016—2020年，固定资产投资年均增长12.4%。", "固定资产投资年均增长12.4%（未核对）"),
        # a base is told by the words of the change alone
        ("2019年，地区生产总值95亿元，环比增长6.2%。", "地区生产总值比上一期上升6.2%（未核对）"),
        ("2019年，地区生产总值95亿元，增长6.2%。", "地区生产总值上升6.2%（未核对）"),
        # words that say only against what and which way are no subject
        ("2021年，受理群众诉求2343件，较上月增长13%。", "受理事项比上月上升13%（未核对）"),
        ("2021年，市民热线日均10169件，较上周下降2%。", "市民热线日均10169件，较上周下降2%（未核对）"),
        ("2021年，化解纠纷平均用时同比缩短30%。", "化解纠纷平均用时比上年同期下降30%（未核对）"),
        # two counts stand before it
        ("2021年，来访95件127人次，同比上升63.79%。", "来访比上年同期上升63.79%（未写明指件还是人次，未核对）"),
        # the figure, and not what it passed
        ("2019年，财政总收入跨越130亿元，累计完成136.6亿元。", "财政总收入136.6亿元"),
        # the later year before the larger change
        ("2018年，来访100批，同比下降40%。2020年，来访90批，同比下降5%。", "来访批次比上年同期下降5%（未核对）"),
    ],
)  # fmt: skip
def test_a_headline_says_no_more_than_the_words(said, title):
    """Averages, bases, subjects and levels of a headline are those of the sentence."""
    assert _title(f"甲山县工作总结\n{said}甲山县政府").partition("：")[2] == title


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        # the first is the whole
        ("2017年，全县信访总量300件次。其中，县信访局受理信访总量133件次。", "133"),
        # of several rates of one name nobody knows which is the whole
        ("2017年，有教育局等9个单位群众满意率为100%。修路类工单500件，满意率92%。停水类工单600件，满意率86%。", "：满意率"),
        # a part that no whole is known of
        ("2017年，收到交办案件92件，其中来访31件，来信8件，电话53件。", "来信件数8件"),
    ],
)  # fmt: skip
def test_a_headline_tells_no_part_as_the_whole(said, gone):
    """Where several figures stand for one place and time, a headline tells the whole or none."""
    assert gone not in _title(f"甲山县工作总结\n{said}甲山县政府")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        # a channel, an activity, a court
        ("2022年，12345市民热线受理各类诉求258件，办结258件，办结率100%。", "市民热线受理各类诉求258件，事项办结率100%"),
        ("2021年，甲山法院深化市场化调解，成功调解纠纷150起，同比增长77.2%。", "甲山法院成功调解纠纷比上年同期上升77.2%（未核对）"),
        ("(二)市长信箱\n2022年6月，全县共受理市民来信27件。", "市长信箱来信件数27件"),
        # a channel is named where it is all that there is, and left for the whole where there is one
        ("2021年，区长热线受理诉求90件，同比下降30%。全县受理诉求900件，同比上升8%。", "受理事项比上年同期上升8%（未核对）"),
        # cases of one kind
        ("2019年，调解征地拆迁纠纷348件，调解成功347件，调解成功率99.7%。", "调解征地拆迁纠纷348件，调解成功率99.7%"),
        # a stage, a limit
        ("2019年，全县信访按期办结率97.1%。", "“信访按期办结率”97.1%（未核对）"),
        ("2022年，500万元以上固定资产投资完成39.7亿元，同比增长15.3%。", "“500万元以上固定资产投资”比上年同期上升15.3%（未核对）"),
        # a kind of petitions beside all of them
        ("2024年，来信19件次，同比下降29.6%。全县信访总量143件次，同比上升9.1%。", "信访总量比上年同期上升9.1%（未核对）"),
        # petitions of one kind, and those to one level
        ("2024年，全县初次信访共办结信访件830件。", "“初次信访共办结信访件”830件"),
        ("一、到县访。\n2024年，案件办结60件。", "案件办结60件（到县访）"),
        ("一、到县访。\n2024年，全县办结信访件60件。", "到县访办结信访件60件"),
        # what is in a sum
        ("2023年，一般公共预算收入8.3亿元(含盘活资产一次性收入)，同比增长38.1%。", "一般公共预算收入（含盘活资产一次性收入）比上年同期上升38.1%（未核对）"),
        # of what a mean is
        ("2024年，政务热线受理市民求助7118件，日均1016件，较上周下降2%。", "政务热线受理市民求助7118件，日均1016件，较上周下降2%（未核对）"),
        # both ways of counting visitors
        ("2024年，来访212批次820人次，来访批次同比上升17.7%，来访人次同比下降15.9%。", "来访批次比上年同期上升17.7%，来访人次比上年同期下降15.9%（未核对）"),
    ],
)  # fmt: skip
def test_a_headline_names_whose_and_of_what_its_figure_is(said, title):
    """A channel, a kind, a stage or a limit stands in the headline, or another figure does."""
    assert _title(f"甲山县工作总结\n{said}\n甲山县政府").partition("：")[2] == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("2020年，固定资产投资预计完成46.9亿元、同比增长12.6%。", "固定资产投资比上年同期预计上升12.6%（未核对）"),
        ("预计2020年实现地区生产总值95亿元、同比增长6.2%。", "地区生产总值比上年同期预计上升6.2%（未核对）"),
        # what was reached comes before what is expected
        ("2020年，固定资产投资预计完成46.9亿元、同比增长12.6%。社会消费品零售总额28.9亿元、同比增长3.1%。", "社会消费品零售总额比上年同期上升3.1%（未核对）"),
    ],
)  # fmt: skip
def test_a_forecast_is_told_as_one(said, title):
    """预计 stays with a figure in title and sentences, and results come first."""
    parts = f"一、2020年工作回顾\n{said}\n二、2021年工作安排\n确保投资增长8%。"
    told = story(f"甲山县2020年政府工作报告\n{parts}\n甲山县政府")
    assert told.title().partition("：")[2] == title
    assert ("预计" in told.sentences()[0]) is ("预计" in title)


def test_a_rate_without_counts_says_behind_which_count_it_stands():
    """调撤率 of cases of one kind is told with the count of these cases."""
    said = story(
        "甲山县法院工作总结\n2023年，审结各类商事纠纷370件，调撤率达60%以上。\n甲山县法院"
    ).sentences()
    assert "“调撤率”（前文为“审结各类商事纠纷”370件）为60%以上" in "".join(map(unmarked, said))
    # of two counts before it nobody knows which
    said = story(
        "甲山县热线总结\n2023年，受理诉求234件，超时3件，结案率100%。\n甲山县政府"
    ).sentences()
    assert "前文为" not in "".join(said)


def test_two_bodies_that_count_alike_are_told_with_their_names():
    """A clause that names its body is told though another body counts the same."""
    text = "甲山镇总结\n2020年，镇群众工作站办理群众问题51件，村群众工作室办理群众问题173件。\n甲山镇政府"
    assert "村群众工作室办理群众问题173件" in unmarked("".join(story(text).sentences()))


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        # a rate by its bare name, of a row or of what was passed on
        ("信箱收到来信156件，转办115件，办结112件，办结率97.4%。甲局收到14件，办结14件，办结率100%。", "；办结率"),
        # a part without the word for it
        ("2020年发放保障金787万元，其中本级对象9085人次，发放保障金549万元。", "发放保障金549万元"),
        # one of two sums of one name
        ("2020年，城镇低保支出低保金334万元。农村低保支出低保金355万元。", "所列的有：支出低保金334万元"),
    ],
)  # fmt: skip
def test_a_clause_that_loses_its_subject_is_not_told(said, gone):
    """A clause is told alone only where it says of what its figure is."""
    told = story(f"甲山县工作总结\n{said}\n甲山县政府")
    assert not any(gone in unmarked(one) for one in [told.title(), *told.sentences()])


def test_what_was_not_found_is_not_said_to_be_missing():
    """A total that stands in the report, but is not tied to a change, is not called unstated."""
    made = qz.tables("甲山县工作总结\n2021年，调解纠纷15060起，成功调解纠纷同比上升7%。甲山县法院")
    said = Story("甲山县", made.claims, made.relations, "zh", {}, "甲山县").sentences()
    assert not any("未写明总数" in one or "未列" in one for one in said)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # all cases before a rate of a few
        (
            "2024年，共受理各类案件2245件，审执结1819件。海岸案件调解撤诉率提高15%以上。",
            "甲山县2024年：法院共受理各类案件2245件，审执结1819件",
        ),
        # the product before what grew most
        (
            "2020年，甲山县地区生产总值达到144亿元，增长8%。社会消费品零售总额28亿元，增长11%。",
            "甲山县2020年：地区生产总值上升8%",
        ),
        (
            "2020年，甲山县地区生产总值达到144亿元。社会消费品零售总额28亿元，增长11%。",
            "甲山县2020年：地区生产总值144亿元",
        ),
        # all petitions, in cases and persons, before what was settled of one kind
        (
            "2020年，全县信访总量187件992人次。其中到县访64件，现场解决41件，案件办结23件。",
            "甲山县2020年：信访总量187件、992人次",
        ),
    ],
)  # fmt: skip
def test_a_title_tells_the_total_of_what_the_report_is_about(text, title):
    """The whole that a report counts comes before a part, a rate of a part or what moved most."""
    assert story(text).title().removesuffix("（未核对）") == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020年，全县受理事项50件，办结40件，办结率80%。", "能推算的1项核对，结果均相符"),
        (
            "全县共有调委会112个，其中村调委会90个、乡镇调委会10个、企业调委会9个、行业调委会2个。",
            "全县共有调委会112个，所列4类合计111个，相差1个，原文可能未列全",
        ),
        # what is counted may stand behind its number
        (
            "全县共有112个调委会，其中村调委会90个、乡镇调委会10个、企业调委会9个、行业调委会2个。",
            "112个调委会，所列4类合计111个，相差1个，原文可能未列全",
        ),
        ("2020年，全县共有调委会111个，其中村调委会90个、乡镇调委会10个、企业调委会9个、行业调委会2个。", "均相符"),
    ],
)  # fmt: skip
def test_what_holds_and_what_does_not_add_up_is_said(text, said):
    """All holds only where nothing is undecided; a list that falls short of its total is told as such."""
    assert said in unmarked(story(text).sentences()[-1])


def test_a_rate_behind_the_count_of_its_sentence_is_not_without_counts():
    """92 cases of which all were closed: the sentence has the count that the rate is of."""
    told = " ".join(story("2020年，全县收到交办案件92件，当年100%结案。").sentences())
    assert "未能对应" not in told


def test_figures_are_put_in_rows_once_for_all_changes(monkeypatch):
    """What each change is against is asked of the same rows, made once."""
    one = story("2012年，来访批次同比下降5%，来信同比下降7%，来电同比上升9%。")
    made = []
    as_rows = publish_story.as_rows
    monkeypatch.setattr(publish_story, "as_rows", lambda table: made.append(1) or as_rows(table))
    rows = [row for row in as_rows(one.claims) if row["kind"] == "change"]
    assert len(rows) == 3 and all(map(one.against, rows))
    assert len(made) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("201*年，甲山县受理来信12件。", "1个数字的年份被隐去。"),
        (
            "甲山县一季度信访情况\n一季度，甲山县受理来信12件。\n甲山县信访局\n201*年4月14日\n",
            "1个数字所在句未写年份，报告的年份在原文中被隐去。",
        ),
        ("甲山县受理来信12件，来访9批次。2020年来访8批次。", "2个数字未能确定年份。"),
        ("2020年，甲山县受理来信12件。", ""),
    ],
)
def test_figures_of_no_known_year_are_counted_in_a_note_and_in_no_first_sentence(text, told):
    """How many figures have no year stands among the notes at the end."""
    made = story(text)
    assert made.undated() == told
    assert not any("个数字未能确定年份" in one or "个数字的年份" in one for one in made.sentences())


def _courts(tmp_path, before: str, lang: str = "zh") -> Story:
    """The story of a court's two reports, the later one with a change of 21%."""
    texts = {
        "a": f"2022年，甲山县人民法院共受理各类案件{before}。",
        "b": "2023年，甲山县人民法院共受理案件1200件，审执结1100件，同比分别上升20%和21%。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return profile("甲山县", lang=lang, source=tmp_path).story


@pytest.mark.parametrize(
    ("before", "said"),
    [
        # 1100 of 932 is +18.0 %
        (
            "1000件，审执结932件",
            "法院审执结案件2023年1100件，所列变化为上升21%，而2022年的报告列932件，据此推算为上升18.03%",
        ),
        ("1000件，审执结909件", ""),
    ],
)
def test_two_reports_that_do_not_fit_are_told_without_accusing(tmp_path, before, said):
    """A stated change that the report of the year before does not bear out is told with both figures."""
    told = unmarked("".join(_courts(tmp_path, before).sentences()))
    assert said in told
    assert ("两份报告有数字对不上" in told, "不等于有误" in told) == (bool(said), bool(said))


def test_the_year_before_stands_beside_the_total_of_a_court(tmp_path):
    """A court's cases are told as the court's, and behind them what its report on the year before counted."""
    for year, counts in (("2022", "1000件，审执结932件"), ("2023", "1200件，审执结1100件")):
        text = f"{year}年，甲山县工作有序。{year}年，共受理各类案件{counts}。\n甲山县人民法院\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    told = profile("甲山县", lang="zh", source=tmp_path).story
    assert told.title() == "甲山县2023年：法院共受理各类案件1200件，审执结1100件"
    before = "上一年的报告列：2022年共受理各类案件1000件，审执结932件。"
    assert before in unmarked(told.sentences()[0])


def test_what_was_settled_on_the_spot_and_later_is_told_together():
    """Counts that divide what was settled stand behind the count that they divide, after the total."""
    made = story(
        "2020年，全县发生信访事项187件992人次。全年共发生到县访164件947人次。"
        "现场解决104件，受理立案60件次，案件办结60件。"
    )
    told = [unmarked(one) for one in made.sentences()]
    assert told[0].startswith("所列的有：2020年信访总量187件、992人次")
    assert told[1] == (
        "2020年办理情况：全年共发生到县访164件947人次；现场解决104件，受理立案60件次，案件办结60件。"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "2020年，甲山县发生矛盾纠纷490件，调处490件，调处成功473件，调处成功率96.5%。",
            "甲山县2020年：调处490件，“调处成功率”96.5%",
        ),
        (
            "2020年，甲山县12345市民热线应办结258件，实际办结258件，办结率100%。",
            "甲山县2020年：12345市民热线应办结258件，“办结率”100%",
        ),
    ],
)
def test_a_rate_in_a_title_stands_behind_its_cases(text, title):
    """However short the report's word for them is, of how many cases a rate is stands before it."""
    assert story(text).title() == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # a colon parts a level from the time before it
        (
            "2020年，甲山县受理来信12件，来访9批次。",
            "batches of visitors in 2020: 9; letters of petition in 2020: 12",
        ),
        (
            "2020年，甲山县受理来信12件，同比下降8%。",
            "down 8% on the same period of the year before",
        ),
    ],
)
def test_english_sentences_read_as_english(text, said):
    """Levels, times and changes stand as an English reader expects them."""
    assert any(said in unmarked(one) for one in story(text, "en").sentences())


def test_an_english_title_has_one_pair_of_brackets():
    """A masked name and the year of its report share their brackets."""
    text = "*县群众工作汇报\n2020年4月，*县召开会议。\n受理纠纷20件，调解成功19件，调解成功率95%。\n2020年5月1日"
    title = story(text, "en", "Unnamed county (*县)").title()
    assert title.count("(") == title.count(")") and ") (" not in title.partition(":")[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018年，甲山县受理举报1352件，件数、人数同比分别下降。", "原文称件数、人数同比下降，未列幅度。"),
        ("2018年，甲山县受理举报1352件，与上年同期相比均有所上升。", "原文称受理举报1352件与上年同期相比上升，未列幅度。"),
        ("2018年，甲山县受理举报1352件，人数同比上升，金额同比下降。", "原文称人数同比上升、金额同比下降，未列幅度。"),
        # an aim is no change, and neither is one that has its amount
        ("2018年，甲山县受理举报1352件，力争件数同比下降。", "本工具未读出与上期相比的变化。"),
        ("2018年，甲山县受理举报1352件。", "本工具未读出与上期相比的变化。"),
        ("2018年，甲山县立案1352件，件数同比下降3%。", ""),
    ],
)  # fmt: skip
def test_a_change_without_an_amount_is_told_as_that(text, said):
    """Where a sentence says which way something went and not by how much, the lead says just that, and of
    what.
    """
    told = unmarked("".join(story(text).sentences()))
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
    told = unmarked("".join(story(text).sentences()))
    assert (said in told and "报告另列" in told) if said else "报告另列" not in told


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2021年，甲山县代办员为群众代办实事好事3160件。", "甲山县, 2021: 3,160 errands and good deeds for residents done by service agents"),
        ("2021年，甲山县积案化解率95%。", "甲山县, 2021: Share of backlog cases settled: 95% (not checked)"),
        # what cannot be named gives way to what can
        ("2021年，甲山县设三条主线。走访群众300户。", "甲山县, 2021: Residents visited: 300 households"),
        ("甲山县要挖掉这两座山。", "甲山县: 1 figure, on facilities"),
        ("2021年，甲山县某某台账信访办结21件。", "甲山县, 2021: Petitions resolved 21"),
    ],
)  # fmt: skip
def test_an_english_title_has_no_chinese_but_the_place(text, title):
    """A figure is told by the name of its indicator, by its words where the glossary knows all of them, else
    by its family and stage; one that cannot be told gives way, and without any the page says what it holds.
    """
    assert story(text, "en").title() == title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2021年，甲山县市长信箱共收到群众来信1563件。甲乙办结率97%。", "rate of"),
        (
            "2021年，甲山县调处矛盾纠纷490件，调处成功473件，调处成功率96.5%。",
            "473 of 490 disputes mediated",
        ),
        ("2021年，甲山县查处甲乙丙丁案件x件，办结率xx%。", "xx%"),
        ("2021年，甲山县信访总量同比下降。走访群众30户。", "residents visited: 30 households"),
        ("甲山县要挖掉这两座山。", "The report states 1 figure, on facilities"),
    ],
)
def test_an_english_lead_has_no_chinese(text, told):
    """Neither the words of a figure nor its unit, its base or its channel stand there in Chinese."""
    said = " ".join(story(text, "en", home="").sentences())
    assert told in unmarked(said)
    assert not re.search("[\u4e00-\u9fff]", unmarked(said))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # a standard tells of no result
        (
            "# 甲山县2020年社会救助情况\n全年低保标准每人每月600元。支付救助资金418万元。",
            "资金418万元",
        ),
        # nor do those who came to a meeting
        ("# 甲山县2020年服务站工作\n各站站长共25人到会。办理证件118件。", "118件"),
    ],
)
def test_a_title_tells_what_was_done_before_standards_and_meetings(text, title):
    """What holds for each case and who attended say nothing of a year's work."""
    assert title in profile("甲山县", lang="zh", source=text).story.title()
