"""What a figure is of in English: names put together of the words of a report."""

import pytest

from qz_analysis.comparison.glossary import channel_name, english_label, english_name, family_name


@pytest.mark.parametrize(
    ("words", "family", "rate", "name"),
    [
        ("积案化解率", "petition", True, "Share of backlog cases settled"),
        ("解决率", "petition", True, "Share of petitions resolved"),
        ("结案率", "mediation", True, "Share of disputes closed"),
        ("按时结案率", "matters", True, "Share of matters closed on time"),
        ("践诺率", "party", True, "Share of pledges kept"),
        ("信访总量", "petition", False, "Total petitions"),
        ("全区共发生上访案件", "petition", False, "Cases of petitioning in person"),
        ("代办实事好事", "matters", False, "Errands and good deeds for residents done"),
        ("群众工作站办理和解决群众问题数量", "matters", False,
         "Residents’ problems handled or resolved by mass work stations"),
        ("初次信访办结", "petition", False, "First-time petitions resolved"),
        # a body that acts is none that is counted, one that is set up is
        ("调委会调解", "mediation", False, "Disputes mediated by mediation committees"),
        ("全镇设立群众工作站", "staff", False, "Mass work stations set up"),
    ],
)  # fmt: skip
def test_a_name_is_put_together_of_known_words(words, family, rate, name):
    """Who, what, what was done and how stand in the order of English."""
    assert english_name(words, family, rate=rate) == name


@pytest.mark.parametrize(
    ("words", "family", "rate"),
    [
        ("甲乙办结率", "petition", True),  # of which nobody knows what it is
        ("重点办好民生实事", "matters", False),  # 重点 says how, and not which
        ("的问题化解", "petition", False),  # what it is of is lost
        ("办结", "other", False),  # of what, neither words nor family tell
        ("民间纠纷", "mediation", True),  # a share needs to know what was done
        ("", "petition", False),
    ],
)
def test_no_name_says_more_than_its_words(words, family, rate):
    """Where a word is unknown or could be misread there is no name."""
    assert english_name(words, family, rate=rate) == ""


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (("petition", "resolved", "件", "count"), "Petitions resolved"),
        (("mediation", "received", "%", "change"), "Disputes received"),
        (("mediation", "", "名", "count"), ""),  # people who mediate are no disputes
        (("matters", "resolved", "个", "count"), ""),
        (("other", "resolved", "%", "rate"), ""),
        (("economy", "", "%", "rate"), ""),
    ],
)
def test_family_and_stage_name_what_words_do_not(row, name):
    """Only where they say of what a figure is, and its unit is one of that."""
    assert family_name(dict(zip(("family", "stage", "unit", "kind"), row, strict=True))) == name


def test_channels_have_names():
    """One that is not known, or of which more is said, has none."""
    known = [channel_name(one) for one in ("12345热线", "市长信箱", "甲平台")]
    assert known == ["the 12345 hotline", "the mayor’s mailbox", ""]


LABELS = [
    # all of the words are known
    ("结婚登记", "matters", False, "Marriages"),
    ("离婚登记", "matters", False, "Divorces"),
    ("国家司法救助", "welfare", False, "State judicial assistance"),
    ("城镇登记失业率", "economy", True, "Registered urban unemployment rate"),
    ("占全年目标", "welfare", True, "Share of the year’s target"),
    # the end of them is, which says what is counted
    ("甲乙丙困难群众", "welfare", False, "Residents in hardship"),
    ("市甲乙局办结工单", "matters", False, "Work orders resolved"),
    ("甲乙咨询占比", "matters", True, "Enquiries, share"),
    ("市交通局", "matters", False, "City’s transport bureau"),
    # of other words nothing is said, and of no deed without its thing
    ("甲乙丙", "matters", False, ""),
    ("社会力量参与化解", "mediation", False, "Disputes settled"),
    ("公共服务甲", "matters", False, ""),
    ("缺资金", "welfare", False, ""),
]


@pytest.mark.parametrize(("words", "family", "rate", "label"), LABELS)
def test_a_row_is_labelled_by_what_is_known_of_its_words(words, family, rate, label):
    """The longest end of a report's words that the glossary knows names what is counted."""
    assert (
        english_name(words, family, rate=rate) or english_label(words, family, rate=rate)
    ) == label
