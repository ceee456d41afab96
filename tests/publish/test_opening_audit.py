"""Findings on arithmetic."""

import pytest
from told import RATES, opened

import qz_analysis as qz
from qz_analysis.publish.openings import opening


def test_a_loose_rate_is_the_example_of_what_shows_nothing():
    """Of checks that could hardly fail a rate with a bound is named before shares that make up 100%."""
    claims = qz.extract(
        "甲山县签约费85%归团队，15%交区里。甲山县承诺事项24600多件，办完21100多件，践诺率在85%以上。"
    )
    title = opened("strength", qz.findings(claims, qz.audit(claims)))[0]
    assert title == "甲山县“践诺率”的85%以上等2项，对上与否都说明不了什么"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲山县受理43宗，办结36宗，办结率83.7%。", "1项核对均相符"),
        (
            "甲山县受理43宗，办结36宗，办结率93.7%。",
            "地点未列明“办结率”对不上：36/43 = 83.72%，原文93.7%",
        ),
        ("甲山县承诺事项24600多件，办完21100多件，办结率在85%以上。", "1项核对：1项无从判别"),
        ("甲山县修路12公里。", "没有可供推算的数字"),
    ],
)
def test_the_audit_is_told_as_it_comes_out(text, title):
    """All hold, some do not, or nothing could be recomputed."""
    claims = qz.extract(text)
    found = qz.findings(claims, qz.audit(claims))
    assert opened("audit", found)[0] == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # rates and changes by how they end, and no number of all checks beside them
        (RATES + "甲山县群众满意率98%。", "报告所列的3个比率与变化中，2个推算相符、1个无从核对（未能在报告里找到所据的件数或基数）。"),
        (RATES + "甲山县建成27家，其中甲类25家、乙类1家、丙类1家。", "报告所列的2个比率与变化中，2个推算相符。另核对合计与重复的说法，1项核对：1项推算相符。"),
        ("甲山县受理43宗，办结36宗，办结率93.7%。", "报告所列的1个比率与变化中，1个不符。"),
        # shares that make a whole are rates here and one total in the table
        (RATES + "甲山县纠纷中，土地类占50.2%，林业类占31.8%，其他占18%。", "5个推算相符（其中3个是1组份额，下表计入“合计”）。"),
        # what would hold whatever the figure is another end
        ("甲山县承诺事项24600多件，办结21100多件，办结率在85%以上。", "报告所列的1个比率与变化中，1个无从判别（换个数也能对上，或差在舍入之内）。"),
    ],
)  # fmt: skip
def test_the_lead_of_an_audit_has_one_set_of_numbers(text, said):
    """What became of rates and changes, and behind it of the checks that are of neither: of two numbers of
    checks a reader takes the one for the other.
    """
    claims = qz.extract(text)
    found = qz.findings(claims, qz.audit(claims))
    assert opened("audit", found, qz.coverage(claims))[1].endswith(said)


def test_the_share_of_rates_that_can_be_checked_leaves_out_what_holds_anyway():
    """What would hold whatever the figure is counts as no check."""
    checked = opened("checked", qz.coverage(qz.extract(RATES + "甲山县群众满意率98%。")))[0]
    assert checked == "3个比率与变化中，能用报告自己的数字判别对错的占67%"
    blind = qz.coverage(qz.extract("甲山县承诺事项24600多件，办结21100多件，办结率在85%以上。"))
    assert opened("checked", blind)[0].endswith("占0%") and "另有1个" in opened("checked", blind)[1]


def test_a_check_that_fails_sends_to_the_original(corpus_tables):
    """Nobody is blamed by a page alone, least of all where its text is retold."""
    claims = qz.extract("甲山县受理43宗，办结36宗，办结率93.7%。")
    assert "。须先查原件，再论对错。" in opened("audit", qz.findings(claims))[1]
    found = qz.findings(corpus_tables.claims, corpus_tables.relations)
    assert "本文系转述，须先查原件，再论对错。" in opened("audit", found)[1]


def _digits(*endings):
    """Last digits of counts that end so, each with how many there are."""
    kinds = [f"走访{100 + 10 * n + digit}户" for digit, count in endings for n in range(count)]
    return qz.last_digits(qz.extract("，".join(kinds) + "。"))


@pytest.mark.parametrize(
    ("endings", "said"),
    [
        # 0 and 5 are told apart: 0 heaps where figures are rounded to tens, 5 where to fives
        ([(0, 20), (3, 20), (5, 1)], "以0结尾的占49%，明显多于偶然的10%；以5结尾的占2%，与偶然的10%没有明显差别；但以3结尾的也占49%，单凭这一点不能说数字是凑整的"),
        ([(5, 20), (3, 5), (4, 5), (7, 5)], "以0结尾的占0%，明显少于偶然的10%；以5结尾的占57%，明显多于偶然的10%。"),
    ],
)  # fmt: skip
def test_last_digits_are_told_one_by_one(endings, said):
    """0 and 5 have their own shares, and another digit as frequent keeps either from showing rounding."""
    assert said in opening("heaping", _digits(*endings), lang="zh").sentence


def test_an_earlier_level_is_told_with_how_it_follows():
    """The first level that a change implies stands in the title with its arithmetic, and how many there are."""
    claims = qz.extract(
        "甲山县2021年信访情况\n2021年，群众来信954件次，同比下降21.2%；集体访98人次，同比下降5.8%。"
    )
    title = opened("implied", qz.implied(claims))[0]
    assert title.startswith("没有写、可以推出的上期数（共2项，举一例）：")
    assert "“群众来信”，954件次下降21.2%，此前为" in title


def test_what_is_unchecked_is_counted_as_what_is_checked():
    """Checked and unchecked rates are counted alike, so that they make up all that are stated; what
    else is unchecked stands apart.
    """
    made = qz.tables(
        "甲县受理事项43宗，办结36宗，办结率83.7%，满意率98%，支持率97%，化解率xx%。"
        "调处纠纷100件，其中村里80件。"
    )
    audited = qz.audit(made.claims, made.reports, unchecked=True)
    covered = qz.coverage(made.claims, audited)
    reasons = qz.tally(made.claims, audited, of="reasons")
    stated, checked = (int(covered[name].sum()) for name in ("stated", "checked"))
    found = opening("unchecked", reasons, lang="zh")
    assert found.title.startswith(f"{stated - checked}个比率与变化无从核对")
    assert "被隐去的比率与变化1个" in found.sentence
