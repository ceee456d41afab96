"""Targets with what came of them."""

import pytest
from told import facts_of, lead_of

from qz_analysis.publish.goals import goals
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.title import title_of

TABLE = """甲山县2023年民生实事
| 项目 | 年度目标数（户） | 已完成（户） | 完成率 |
| 新建户厕 | 800 | 612 | 76.5% |
| 改造危房 | 400 | 500 | 125% |
| 通自来水 | 300 | 300 | 100% |
"""
BESIDE = [
    ("2023年，甲山县城镇新增就业:目标500人，实现520人，完成104%。", [("城镇新增就业", True)]),
    ("2023年，甲山县城镇新增就业目标500人，截至10月底实现492人。", [("城镇新增就业", False)]),
    # what is not to be passed is reached below it
    ("2023年，甲山县城镇登记失业率:目标4%，实际控制在3.4%。", [("城镇登记失业率", True)]),
    # behind its result
    ("2023年，甲山县人均补差73.5元，为目标任务57元的128.9%。", [("人均补差", True)]),
    ("2023年，甲山县其中8个项目投资完成1906万元，占年度计划17500万元的10.89%。", [("8个项目投资", False)]),
    ("2023年，甲山县补贴发放率预期值75%，完成值100%。", [("补贴发放率", True)]),
    # what was completed is no target, whatever it is called
    ("2023年，甲山县完成29个村污水治理任务，建成18个垃圾中转站。", []),
    # another thing, another unit, and a plan alone
    ("2023年，甲山县计划建站500个，目前选址329个。", []),
    ("2024年，甲山县计划新增就业500人。2023年新增就业520人。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), BESIDE)
def test_a_target_is_held_against_the_result_beside_it(text, found):
    """Whether it was reached its two figures say; other things beside a target are no result of it."""
    told = goals(facts_of("甲山县工作总结\n" + text))
    assert [(goal.name, goal.reached) for goal in told] == found


def test_a_missed_target_is_told_with_its_result():
    """A lead says which targets were missed, with both figures, and a title how many of how many."""
    facts = facts_of(TABLE)
    assert "列有结果的3项目标中，1项未达到：新建户厕目标800户、结果612户。" in lead_of(facts)
    assert title_of(facts).endswith("：列有结果的3项目标中1项未达到")


def test_targets_that_were_reached_are_told_as_that():
    """Both figures stand there where all was reached, too."""
    lead = lead_of(facts_of("甲山县工作总结\n" + BESIDE[0][0]))
    assert "目标已达到：城镇新增就业目标500人、结果520人。" in lead


@pytest.mark.parametrize(("rate", "said"), [("76.5%", False), ("78.5%", True)])
def test_a_rate_of_completion_is_checked_by_its_target(rate, said):
    """A rate that its target and its result do not give is told as that, and none lacks its counts."""
    lead = lead_of(facts_of(TABLE.replace("76.5%", rate)))
    assert ("按两数推算不符" in lead) == said
    assert "未见件数，未核算" not in lead


@pytest.mark.parametrize(
    "text",
    [
        "甲山县修路12公里。完成率98%。",
        "甲山县修路12公里。2023年受理来信9件。工作推进有力，完成率98%。",
    ],
)
def test_a_rate_of_completion_without_what_was_to_be_done_is_not_told(text):
    """完成率 alone says nothing: it stands in no title and no lead."""
    facts = facts_of("甲山县2023年工作总结\n" + text)
    assert "98%" not in title_of(facts) + lead_of(facts)


def test_no_total_is_made_of_targets_and_results():
    """Parts that are aimed at do not add up with those that were reached."""
    text = "2023年，甲山县共有站点100个，其中已建30个、在建20个、已选址20个、计划再建29个。"
    assert "合计" not in lead_of(facts_of("甲山县工作总结\n" + text))


def test_the_row_of_a_target_has_its_result():
    """The table of targets says what is aimed at, what came of it, and whether that reached it."""
    page = profile("甲山县", lang="zh", source=TABLE + "甲山县政府")
    rows = {row["indicator"]: unmarked(row["stated"]) for row in page.tables.target_rows()}
    assert rows["新建户厕"] == "800户，结果612户，未达到"
    assert rows["通自来水"] == "300户，结果300户，已达到"


@pytest.mark.parametrize(
    ("time", "said"), [("2023年", "目标未达到："), ("2023年1至9月", "目标尚未达到：")]
)
def test_what_may_still_be_reached_is_not_yet_reached(time, said):
    """A result of part of a year is no end of it."""
    text = f"甲山县工作总结\n{time}，甲山县城镇新增就业:目标500人，实现492人。"
    assert said in lead_of(facts_of(text))
