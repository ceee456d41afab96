"""Cleaning undoes the web's damage and never loses the way back."""

import pytest

from qz_analysis.cleaning import clean, simplify

DAMAGE = [
    ("服務(wù)群眾", "服务群众"),  # pinyin gloss, Traditional
    ("受理（含来信）９８件，办结％", "受理(含来信)98件,办结%"),  # full-width
    ("受理&nbsp;98件", "受理98件"),  # entity
    ("受理<b>98</b>件", "受理98件"),  # mark-up
    ("受\u200b理98\u00ad件", "受理98件"),  # zero-width space, soft hyphen
    ("受理\u300098 件", "受理98件"),  # ideographic space
    ("甲县(county)受理98件", "甲县(county)受理98件"),  # a word in brackets is no gloss
]


@pytest.mark.parametrize(("raw", "text"), DAMAGE)
def test_damage_is_undone(raw, text):
    """Each kind of web damage disappears from the clean text."""
    assert clean(raw).text == text


def test_page_marker_inside_a_number_goes():
    """A page marker that cuts a long line is taken out, so that 83.7 and % meet again."""
    lines = [f"\n{n}、" + "群众反映的问题得到了及时处理" * 5 for n in range(1, 5)]
    page = "".join(lines) + "办结率83.7\n5、%，受到好评"
    assert "办结率83.7%,受到好评" in clean(page).text


def test_headings_and_short_lines_stay_apart():
    """A short line is a heading and is not run together with the next."""
    assert clean("一、主要做法\n全县受理98件").text == "一、主要做法\n全县受理98件"


@pytest.mark.parametrize("raw", [raw for raw, _ in DAMAGE])
def test_every_clean_character_leads_back(raw):
    """Every character of the clean text comes from the raw character its offset names."""
    page = clean(raw)
    for i, char in enumerate(page.text):
        start, end = page.span(i, i + 1)
        assert end == start + 1
        assert clean(raw[start:end]).text in {char, ""}


def test_an_empty_stretch_stays_empty():
    """A place without characters maps to a place, right after the character before it."""
    page = clean("達(dá)到%")
    at = page.text.index("%")
    assert page.span(at, at) == (6, 6)


def test_simplify_keeps_the_length():
    """Script conversion never moves an offset."""
    text = "裏面的發展與後來的關係，乾淨"
    assert len(simplify(text)) == len(text)
