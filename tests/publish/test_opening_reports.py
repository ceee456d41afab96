"""Findings on the stock of reports and on comparisons."""

import pandas as pd
import pytest
from told import opened, panel

import qz_analysis as qz
from qz_analysis.charts.figure import finished
from qz_analysis.model import Document
from qz_analysis.publish.evidence import against_comparing
from qz_analysis.publish.openings import opening

COUNTED = "2011年，彝良县受理来访200批次400人次。2011年，通江县受理来访100批次150人次。"


def test_only_what_is_counted_alike_is_told_with_its_ends():
    """The range of what several places state is of one thing: collective visits are not in it."""
    both = panel(COUNTED + "2011年，通江县集体访10批次300人次。", "visits")
    title, sentence = opened("compared", both)
    # collective visits stand in the panel, too
    assert title == "信访受理：每批人次，彝良县（2011年）2.0、通江县（2011年）1.5；不宜比较"
    assert "受理来访”（2011年），1.5" in sentence and "（2011年），2.0" in sentence
    assert "30" not in sentence
    alone = panel(
        "2011年，彝良县受理来访200批次400人次。2011年，通江县集体访10批次300人次。", "visits"
    )
    assert opened("compared", alone)[0] == "没有一项两地计法相同"


APART = [
    ("2012年", "；所述时段不同或不详，不宜比较"),
    ("2011年一季度", "；一为全年、一为一季度，不宜比较"),
    ("2010年以来", "；一为全年、一为某年以来的累计，不宜比较"),
]


@pytest.mark.parametrize(("when", "said"), APART)
def test_what_is_not_to_be_compared_is_not_ranked(when, said):
    """A year and a quarter stand side by side as reports give them, without a least and a most."""
    text = COUNTED.replace("2011年，通江", f"{when}，通江")
    sentence = opened("compared", panel(text, "visits"))[1]
    assert "最少" not in sentence and "最多" not in sentence
    assert "2.0人次（200批400人次）；通江县" in sentence and said in sentence
    like = opened("compared", panel(COUNTED, "visits"))[1]
    assert "最少的是通江县" in like and "不宜" not in like


@pytest.mark.usefixtures("clean")
def test_a_page_says_once_whether_its_figures_can_be_compared():
    """Where each figure has its reason, opening, chart and evidence agree that none is compared as it is."""
    both = panel(COUNTED.replace("2011年，通江", "2012年，通江"), "visits")
    assert both["caveats"].ne("").all()
    title, sentence = opened("compared", both)
    assert sentence.startswith(
        "各地所列的数字都不宜直接比较。两地以上计法相同的只有“信访受理：每批人次”一项（2地）：彝良县"
    )
    assert sentence.endswith("。共列2个数字，可读的2个，分1项。")
    assert title == "信访受理：每批人次，彝良县（2011年）2.0、通江县（2012年）1.5；不宜比较"
    assert finished(qz.charts.counties(both, lang="zh")[0].figure).title.replace("\n", "") == (
        "信访受理，每批人次：彝良县（2011年） 2.0、通江县（2012年） 1.5；不宜比较"
    )
    said = against_comparing(both, "zh")
    assert said.startswith("这2个数字") and "有一部分不宜" not in said


ARRANGEMENTS = [
    # each in one text alone, wished for in another
    (["落实首问责任制", "要建立联席会议制度"], "写明已有的做法1项，各只见于一份材料", "；另有1处只是要求、打算或尚缺，不算已有。"),
    (["落实首问责任制，建立联席会议制度", "落实首问责任制", "要落实首问责任制", "丁"],
     "不止一份材料写明已有的做法1项，见于2份", "（材料共4份）；另有1处只是要求、打算或尚缺，不算已有。"),
    (["落实首问责任制，建立联席会议制度", "落实首问责任制，召开联席会议", "召开联席会议"],
     "不止一份材料写明已有的做法2项，见于2至3份", "（材料共3份）。"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "headed", "told_of"), ARRANGEMENTS)
def test_arrangements_are_an_index_and_no_rate(texts, headed, told_of):
    """How many texts say that one is there is told as what unlike texts happen to name, never as a share."""
    pages = [Document(f"d{n}", f"甲山县{text}。") for n, text in enumerate(texts)]
    cases = qz.mechanism_evidence(qz.mechanisms(pages))
    title, sentence = opened("mechanisms", cases, qz.reports(pages))
    assert title == headed
    assert told_of in sentence and sentence.endswith("份数不表示推行面。")


def test_masked_figures_are_told_by_their_share():
    """How many are masked and where most are; where none is, that all can be read."""
    made = qz.tables("甲山县2021年工作总结\n甲山县受理xx件，办结36宗。")
    title, sentence = opened("masked", made.claims, made.reports)
    assert title == "2个数字中有1个被隐去或缺失" and "50%" in sentence and "2个中的1个" in sentence
    made = qz.tables("甲山县受理43件。")
    assert opened("masked", made.claims, made.reports)[0] == "1个数字都可读"


def test_a_copy_is_named_with_what_it_repeats():
    """A report that repeats another is told with both titles."""
    reports = pd.DataFrame(
        {
            "doc": ["a", "b"],
            "report": [0, 0],
            "title": ["甲县汇报", "乙县汇报"],
            "same_as": ["", "a:0"],
        }
    )
    found = opening("copies", reports, lang="zh")
    assert "《乙县汇报》重复了《甲县汇报》" in found.sentence
