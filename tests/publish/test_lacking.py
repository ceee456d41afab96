"""What a page says is missing and does not add up."""

import pytest
from told import facts_of, lead_of

from qz_analysis.publish.facts import Facts
from qz_analysis.publish.lacking import undated
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.title import title_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("贫困发生率1.4%。", "所有数字均可读，但没有可核对的算术。"),
        # one figure of several rates, of which the last name alone would be another thing
        (
            "实现7日内回复率、3个月办理结果答复率及群众满意率三个100%。",
            "7日内回复率、3个月办理结果答复率及群众满意率均为100%，未见件数，未核算。",
        ),
        ("按期办结率、答复率、满意率均为100%。", "按期办结率、答复率、满意率均为100%，未见件数，未核算。"),
        # and several figures that one clause tells together
        (
            "三次产业对经济增长的贡献率分别为5.5%、46.7%、47.8%。",
            "所有数字均可读，但没有可核对的算术。",
        ),
        (
            "全县“三率”分别为95%、82.3%、44.2%。",
            "3个比率均未见件数，未核算（“三率”分别为95%、82.3%、44.2%）。",
        ),
        # a list that is too long to be told whole
        (
            "全县与老干部、老党员、特困群众、留守老人、留守儿童、五保户、孤儿、军属、教师、工人、信访对象对话率达到100%。",
            "所有数字均可读，但没有可核对的算术。",
        ),
        # of another year than the rest
        ("2018年，贫困发生率1.4%。2020年修路12公里。", "所有数字均可读，但没有可核对的算术。"),
    ],
)  # fmt: skip
def test_no_rate_stands_without_what_it_is_of(text, said):
    """A rate without counts is told with its name or in its clause, and of when it is where the page is of
    several years.
    """
    assert unmarked(sentences(facts_of("甲山县" + text))[-1]) == said


def test_a_failing_check_is_told_with_its_figures():
    """A rate that its counts contradict is named with them, and in no word called right."""
    said = sentences(facts_of("2021年，甲山县调解纠纷1050件，调解成功830件，调解成功率98.1%。"))
    text = unmarked("".join(said))
    assert "推算不符" in text and "98.1%" in text and "均相符" not in text


def test_rates_without_counts_are_named():
    """A bare figure tells nobody what it is of; of a list the last stands for it."""
    text = "甲山县破案率达到了85%以上，群众满意率达90%以上。矛盾、纠纷化解率达到100%。"
    assert "纠纷等化解率100%" in unmarked("".join(sentences(facts_of(text))))


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
    assert said in unmarked(sentences(facts_of(text))[-1])


def test_a_rate_behind_the_count_of_its_sentence_is_not_without_counts():
    """92 cases of which all were closed: the sentence has the count that the rate is of."""
    told = " ".join(sentences(facts_of("2020年，全县收到交办案件92件，当年100%结案。")))
    assert "未能对应" not in told


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
    made = facts_of(text)
    assert undated(made) == told
    assert not any("个数字未能确定年份" in one or "个数字的年份" in one for one in sentences(made))


def _courts(tmp_path, before: str, lang: str = "zh") -> Facts:
    """What is known of a court's two reports, the later one with a change of 21%."""
    texts = {
        "a": f"2022年，甲山县人民法院共受理各类案件{before}。",
        "b": "2023年，甲山县人民法院共受理案件1200件，审执结1100件，同比分别上升20%和21%。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return profile("甲山县", lang=lang, source=tmp_path).page.facts


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
    told = unmarked("".join(sentences(_courts(tmp_path, before))))
    assert said in told
    assert ("两份报告有数字对不上" in told, "不等于有误" in told) == (bool(said), bool(said))


SUM = "2021年，全县床位数{total}张，其中养老6000张、儿童310张、其他1424张。"
BOTH = SUM.format(total=9000) + "全县接待来访212批次，比上年（180批次）上升27.78%。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SUM.format(total=9000), ["1项核对推算不符：“全县床位数”9000张，所列3项合计7734张"]),
        (SUM.format(total=7734), []),
        ("2021年，来访212批次，比上年（180批次）上升27.78%。", ["推算不符：上升27.78%与212批次、180批次对不上"]),
        # each that fails is told with what it is of
        (BOTH, ["2项核对推算不符：", "“全县床位数”9000张，所列3项合计7734张", "上升27.78%与212批次、180批次对不上"]),
    ],
)  # fmt: skip
def test_all_checks_that_fail_are_told_with_their_figures(text, said):
    """A figure that others do not bear out stands with its name, and many parts by their sum."""
    lead = lead_of(facts_of(f"甲山县工作总结\n{text}\n甲山县政府"))
    assert all(one in lead for one in said) and ("推算不符：" in lead) == bool(said)


def test_a_title_says_that_its_figure_fails_a_check():
    """What other figures of the report contradict is not told as if it were settled."""
    text = "2021年，调解纠纷1050件，调解成功830件，调解成功率98.1%。"
    title = title_of(facts_of(f"甲山县工作总结\n{text}\n甲山县政府"))
    assert title.endswith("调解纠纷1050件，调解成功率98.1%（与所列其他数字对不上）")


@pytest.mark.parametrize(
    "text",
    [
        "甲山县热线受理9件，话务量达到平日的130%。",
        "甲山县投资为年计划的97%。",
        "甲山县修路补助由县里承担30%。",
        "甲山县五年来\n指标 | 数\n地区生产总值 | 6.8%",
    ],
)
def test_counts_are_asked_of_rates_alone(text):
    """A share of a plan, of a usual day or of costs, and a growth, are of no cases that one could count."""
    assert "未见件数，未核算" not in "".join(sentences(facts_of(text)))
