"""Findings on changes and visits."""

import pytest
from told import opened, panel

import qz_analysis as qz
from qz_analysis.model import Document
from qz_analysis.publish.links import pieces
from qz_analysis.publish.openings import opening


def test_changes_are_counted_by_their_way_and_what_was_checked_is_told():
    """How many went up and down, one of either, and that the others were not checked."""
    text = "甲山县接待群众来访212批次，来访批次同比（180批次）上升17.78%。甲山县群众来信下降30%，集体访下降8%。"
    title, sentence = opened("changes", panel(text, "changes"))
    assert title == "甲山县信访：“群众来信”下降30%、“来访批次”上升17.78%（共3项变化，1项推算相符）"
    assert (
        "都出自甲山县一地" in sentence
        and "下降的如“群众来信”，30%" in sentence
        and "17.78%" in sentence
    )
    assert "1项推算相符，其余未核对" in sentence


def test_changes_say_of_how_many_places_they_are():
    """Eleven changes need not be of eleven places: how many places there are, how many changes of each,
    and of how many the falls and the rises are.
    """
    texts = [
        "甲县信访情况\n2011年，甲县信访总量下降21%，集体访下降8%。",
        "乙县信访情况\n2011年，乙县信访总量下降9%，群众来信上升3%。",
    ]
    made = qz.tables([Document(f"d{n}", text) for n, text in enumerate(texts)])
    title, sentence = opened("changes", qz.compare(made, indicator="changes"))
    assert title == "2地信访的4项变化中，3项下降（2地都有）、1项上升（乙县）"
    assert sentence.startswith(title) and "以上各项出自2地：甲县2项、乙县2项；" in sentence


def test_of_one_place_its_changes_are_told_as_those_of_one():
    """The place stands once, so that two changes of it are not taken for those of two; a whole comes before its part."""
    text = (
        "*县综治情况\n2011年，*县立刑事案件1516宗，立案数同比下降14.64%，破案数同比上升39.21%；"
        "其中“两抢一盗”案件立案985宗，立案数同比下降27.52%。"
    )
    sentence = opened("changes", panel(text, "changes"))[1]
    assert sentence.count("某县（*县）") == 1 and "都出自某县（*县）一地" in sentence
    assert "14.64%" in sentence and "27.52%" not in sentence


def test_without_an_earlier_figure_no_change_is_called_right():
    """相符 stands in no sentence on changes of which none was recomputed."""
    text = "甲山县集体访下降8%。甲山县群众来信上升9%。"
    title, sentence = opened("changes", panel(text, "changes"))
    assert title == "甲山县信访：“集体访”下降8%、“群众来信”上升9%（共2项变化，均未核对）"
    assert "均未核算" in sentence
    assert "相符" not in sentence


def test_a_part_of_what_is_counted_beside_it_is_named():
    """Changes of a whole and of its part are counted one by one, and the part is said to be one."""
    text = "甲山县接待群众来访212批次，来访批次同比（180批次）上升17.78%。其中，集体访26件，同比下降25%。"
    assert "，其中“集体访”是其总数的一部分" in opened("changes", panel(text, "changes"))[1]
    # beside all petitions each kind of them is a part
    text += "甲山县信访总量和越级访与上年同期相比分别下降55.6%、54.8%。"
    sentence = opened("changes", panel(text, "changes"))[1]
    assert "，其中“来访”、“集体访”、“越级访”各是其总数的一部分" in sentence


def test_a_change_of_nothing_is_counted_and_told():
    """持平 is a change, too: it stands in the count, and leads to the count that it is of."""
    made = qz.tables(
        "甲山县2011年信访情况\n2011年，到市上访4批98人次，批次与上年持平，人次下降5.8%。"
    )
    changes = qz.compare(made, indicator="changes")
    title, sentence = opened("changes", changes, made.claims, made.relations, made.reports)
    assert (
        title
        == "甲山县信访（2011年）：“到市上访人次”下降5.8%、“到市上访批次”持平（共2项变化，均未核对）"
        and "持平的是“到市上访批次”（2011年）。" in sentence
    )
    found = opening("changes", changes, made.claims, made.relations, made.reports, lang="zh")
    start = made.claims.loc[made.claims["text"].eq("4批"), "start"].iloc[0]
    assert ("持平", ("text", start)) in pieces(found.sentence)
    assert opened("changes", changes[changes["value"].eq(0)])[0] == "甲山县“到市上访批次”持平"


ENGLISH = [
    ("甲山县信访情况\n来访批次同比下降8%。", "(Jiashan County, batches of visitors)"),
    (
        "甲山县信访情况\n越级访同比下降8%。",
        "(Jiashan County, petitions that bypass the local level)",
    ),
    ("甲山县信访情况\n集体访同比下降8%。", "(Jiashan County, group visits)"),
    # without a name of its own it is told by its subject
    ("甲山县信访情况\n某甲乙信访台账同比下降8%。", "(Jiashan County, petitions)"),
]


@pytest.mark.parametrize(("text", "said"), ENGLISH)
def test_english_names_what_is_counted_without_its_chinese_words(text, said):
    """The name put together of the report's words, else the vocabulary's, else the subject."""
    assert said in opened("changes", panel(text, "changes"), lang="en")[1]


CHANGED = "一季度，全区受理来访212批次、820人次，来访批次同比（180批次）上升17.78%，来访人次同比（976人次）下降15.98%。目前，信访总量下降55.6%。"


def test_a_change_says_of_when_it_is_and_what_it_is_against():
    """Beside the largest fall and rise stand their time, what they are against, whether that holds, and
    what went the other way.
    """
    made = qz.tables(CHANGED)
    made = made._replace(reports=made.reports.assign(period="2011"))
    changes = qz.compare(made, indicator="changes")
    _, sentence = opened("changes", changes, made.claims, made.relations, made.reports)
    assert "“信访总量”（报告所述2011年）" in sentence
    assert "下降55.6%（报告未写明与何时相比，未核算）" in sentence
    assert "上升17.78%（此前180批次，推算相符），而“来访人次”" in sentence
    assert "下降15.98%（此前976人次，推算相符）" in sentence


def test_of_unlike_changes_one_of_a_known_year_is_the_example():
    """A larger fall of no year tells a reader less than one whose year is known."""
    text = "甲山县信访情况\n2011年，群众来信同比下降21%。目前，集体访同比下降55%。"
    sentence = opened("changes", panel(text, "changes"))[1]
    assert "下降的如“群众来信”，21%" in sentence


def test_changes_of_rates_stand_apart():
    """A rate that rose is counted among no visits that fell, and is told behind them."""
    text = "甲山县信访总量同比下降55.6%，积案化解率上升25.6%。"
    title, sentence = opened("changes", panel(text, "changes"))
    assert title.endswith("“甲山县信访总量”下降55.6%")
    assert "比率的变化另计" in sentence and "“积案化解率”上升25.6%（原文" in sentence


FALLS = [
    ("甲山县信访总量下降30%。乙水县信访总量下降8%。", "降幅最大的是", "下降的如"),
    ("甲山县群众来信下降30%。乙水县集体访下降8%。", "下降的如", "最大"),
]


@pytest.mark.parametrize(("text", "said", "unsaid"), FALLS)
def test_only_changes_of_one_thing_have_a_largest(text, said, unsaid):
    """Letters and collective visits are two things: neither fell most."""
    sentence = opened("changes", panel(text, "changes"))[1]
    assert said in sentence and unsaid not in sentence


UNSURE = [
    ("积案化解率上升25.6%。", True),
    ("积案化解率上升25.6个百分点。", False),
]


@pytest.mark.parametrize(("text", "unsure"), UNSURE)
def test_a_rate_that_rose_by_per_cent_may_have_risen_by_points(text, unsure):
    """25.6% of a rate is told as what does not say which; percentage points say it."""
    sentence = opened("changes", panel("甲山县信访总量同比下降55.6%，" + text, "changes"))[1]
    assert ("原文未写明是百分比还是百分点" in sentence) is unsure


def test_a_masked_place_is_told_as_one():
    """A sentence says of a mask that it is one: 某县, an unnamed county."""
    loose = panel("**县集体访下降8%。", "changes")
    assert "某县（**县）“" in opened("changes", loose)[1]
    assert "unnamed county (**县)" in opened("changes", loose, lang="en")[1]


def test_visits_are_told_from_the_fewest_to_the_most_people():
    """People per visit with both counts; one alone is told as one."""
    text = "甲山县接待群众来访193批次389人次。乙水县接待群众来访4批98人次。"
    title, sentence = opened("visits", panel(text, "visits"))
    assert title == "一批来访从2.0人次到24.5人次"
    assert "193批389人次" in sentence and "4批98人次" in sentence
    one = panel("甲山县接待群众来访193批次389人次。", "visits")
    assert opened("visits", one)[0] == "一批来访2.0人次"


def test_visits_of_unlike_kinds_are_not_ranked():
    """Who comes to a reception and who travels to the city are no two ends of one order."""
    text = "甲山县到市上访4批98人次。乙水县接待群众来访193批次389人次。"
    title, sentence = opened("visits", panel(text, "visits"))
    assert title.startswith("每批来访：") and title.endswith("；所指不同，不比高低")
    assert title.index("2.0人次") < title.index("24.5人次")
    assert "最" not in sentence
    # what is not narrowed comes first
    assert sentence.index("193批389人次") < sentence.index("4批98人次")


def test_that_no_change_was_checked_is_said_once():
    """What stands in the first words of all changes is no part of each of them."""
    text = "2011年，甲县刑事案件立案数同比下降14.64%，破案数同比上升39.21%。"
    made = qz.tables(f"甲县2011年总结\n{text}")
    changes = qz.compare(made, indicator="changes")
    said = opening("changes", changes, made.claims, made.relations, made.reports, lang="zh")
    assert said.sentence.count("未核算") == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("群众来信同比下降30%，来访批次同比上升17.78%，集体访同比下降8%。", "2 of 3 reported changes are falls; 1 is a rise"),
        ("群众来信同比下降30%，来访批次同比下降17.78%。", "all 2 reported changes are falls"),
    ],
)  # fmt: skip
def test_english_says_how_many_changes_are_falls(text, title):
    """How many of all went one way is told of their number, in the singular where it is one."""
    made = qz.tables(f"甲山县信访情况\n{text}")
    panel = qz.compare(made.claims, made.relations, indicator="changes")
    found = opening("changes", panel, made.claims, made.relations, made.reports, lang="en")
    said = f"{found.title} {found.sentence}".lower()
    assert title in said
