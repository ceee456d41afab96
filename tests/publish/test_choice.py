"""What is told of a place, and what is not."""

import pytest
from told import facts_of

from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.title import title_of


def test_figures_of_another_place_are_not_told_as_news():
    """A place that has figures of its own is told of by them alone."""
    page = "唐县2021年工作总结\n唐县接待来访12批次。杭州江干区信访总量同比下降30%。"
    told = facts_of(page, place="唐县")
    assert "30%" not in title_of(told) + "".join(sentences(told)[:1])


def test_two_bodies_that_count_alike_are_told_with_their_names():
    """A clause that names its body is told though another body counts the same."""
    text = "甲山镇总结\n2020年，镇群众工作站办理群众问题51件，村群众工作室办理群众问题173件。\n甲山镇政府"
    assert "村群众工作室办理群众问题173件" in unmarked("".join(sentences(facts_of(text))))


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
    told = facts_of(f"甲山县工作总结\n{said}\n甲山县政府")
    assert not any(gone in unmarked(one) for one in [title_of(told), *sentences(told)])
