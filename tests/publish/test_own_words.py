"""What a report itself calls a figure."""

import pytest
from told import facts_of

from qz_analysis.publish.chinese import line_name
from qz_analysis.publish.choice import own_lines

NAMES = [
    # another thing than its indicator's name says, and a part of it
    ("2021年，全县刑事发案同比下降2.1%。", "“刑事发案”"),
    ("2021年，城镇登记失业率3.2%。", "“城镇登记失业率”"),
    ("2021年，政风行风热线诉求办理满意率98%。", "“政风行风热线诉求办理满意率”"),
    ("2021年，◇市民满意率保持99%。", "满意率"),
    ("2021年，农民人均纯收入6200元。", "“农民人均纯收入”"),
    ("2021年，受理群众诉求2343件。", "“受理群众诉求”"),
    # a measure that its sentence has not
    ("2021年，群众来信下降30%。", "“群众来信”"),
    ("2021年，全县来访量同比降54.3%。", "“来访量”"),
    ("2021年，刑事破案率提升15.1个百分点，全县破案率86%。", "破案率"),
    # the same in other words: who came, all of a place, what was done to it as ever
    ("2021年，接待来访群众30批。", "来访批次"),
    ("2021年，来访批次下降8%。", "来访批次"),
    ("2021年，受理市民来信12件。", "来信件数"),
    ("2021年，全县生产总值95亿元。", "地区生产总值"),
    ("2021年，全社会固定资产投资9亿元。", "固定资产投资"),
    ("2021年，群众安全感99%。", "安全感"),
    # what is left to its heading is no other name, and halves of a clause are none
    ("一、信访工作\n2021年，受理信访件90件，办结率98%。", "受理信访件"),
    ("2021年，信访总量由90件降至80件。", "信访总量"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_figure_has_its_reports_own_name_where_that_of_its_indicator_says_another(text, name):
    """A row, a title and a lead say no other thing, no other measure and no whole for a part."""
    facts = facts_of(f"甲山县工作总结\n{text}\n甲山县政府")
    assert line_name(facts, own_lines(facts)[0]) == name


def test_figures_of_several_names_stay_under_that_of_their_indicator():
    """Of 城市低保 and 农村低保 in one row neither names both; a change alone has its own."""
    facts = facts_of("甲山县工作总结\n2021年，城市低保6万人，农村低保45万人。\n甲山县政府")
    assert line_name(facts, own_lines(facts)[0]) == "低保人数(户)"
