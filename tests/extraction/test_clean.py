"""Cleaning undoes the web's damage and never loses the way back."""

import pytest

from qz_analysis.extraction.clean import clean
from qz_analysis.script import simplify

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


SENTENCES = (
    "全县各级干部深入基层倾听群众呼声，共接待来访群众193批次389人次。其中集体访12批次，同比上升36%；"
    "群众反映的矛盾纠纷由镇村两级调解组织及时化解，投入专项经费442万元，回访满意率不低于85%。"
    "各部门落实领导包案制度，化解积案41件，占积案总数的97.6%。下一步继续完善工作机制，让群众少跑路。"
)


@pytest.mark.parametrize("width", [20, 23, 28, 36, 41])
def test_page_wrapped_hard_at_a_short_width_is_whole_again(width):
    """Lines that all fill one width are sentences cut by it, and go on in the next line."""
    lines = [SENTENCES[i : i + width] for i in range(0, len(SENTENCES), width)]
    assert clean("\n".join(lines)).text.replace("。\n", "。") == clean(SENTENCES).text


def test_page_wrapped_at_a_width_in_columns_is_whole_again():
    """Digits take half the width of Chinese characters, so that the lines of one width differ in length."""
    lines, width = [""], 0
    for char in SENTENCES:
        width += 1 if char.isascii() else 2
        if width > 44:
            lines.append("")
            width = 1 if char.isascii() else 2
        lines[-1] += char
    assert len({len(line) for line in lines[:-1]}) > 1
    assert clean("\n".join(lines)).text == clean(SENTENCES).text


def test_headings_of_a_wrapped_page_stay_apart():
    """A heading or a numbered item is not run together with the lines round it, however the page is wrapped."""
    lines = [SENTENCES[i : i + 28] for i in range(0, len(SENTENCES), 28)]
    page = "\n".join([*lines, "一、主要做法", *lines, "2、抓好落实", *lines])
    text = clean(SENTENCES).text
    assert clean(page).text == f"{text}\n一、主要做法\n{text}\n2、抓好落实\n{text}"


@pytest.mark.parametrize(
    "item", ["{}镇受理群众来信来访12件、化解10件、办结9件", "{}镇人民政府信访办公室综合治理科室"]
)
def test_list_of_lines_of_one_length_stays_a_list(item):
    """Items of the same length are no wrapped text: no sentence ends inside them."""
    page = "\n".join(item.format(name) for name in "甲乙丙丁戊己")
    assert clean(page).text == page


def test_what_is_left_in_a_cell_goes_before_the_table_is_told():
    """Tags and readings in brackets inside a table's cells do no harm, and every digit leads back to its cell."""
    raw = "| 鄉鎮 | 受理（件） | 辦結(jié)（件） |\n| 甲鎮 | <b>12</b> | &nbsp;10 |\n"
    page = clean(raw)
    assert "受理12件,办结10件" in page.text
    at = page.text.index("12")
    assert page.span(at, at + 2) == (raw.index("12"), raw.index("12") + 2)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("发表时间：2025-10-09 14:34　信息来源：民生办　初审：某某　终审：某某　字体：[大 中 小]", "今年排了30项实事。"),
        ("3 | 脊柱筛查 | 教育局 | 提前做完。到6月21日已经筛查了全县中小学的学生，一共达到101.91%", "4 | 提升416人 | 教育局 | 完成"),
    ],
)  # fmt: skip
def test_a_line_of_a_page_is_not_continued_below(line, below):
    """A line of publication, and a row of cells, end where they end."""
    assert clean(f"{line}\n{below}").text.count("\n") == 1


def test_a_sentence_with_a_date_is_continued():
    """访问 is a counter of pages only where a number or a mark stands behind it."""
    line = "为了做好今年的群众工作，县委主要领导带领调研组于2012年3月5日集中访问了全县各乡镇的贫困"
    assert "贫困群众120户" in clean(f"{line}\n群众120户，发放慰问金30万元。").text


def test_a_wide_gap_in_a_title_is_a_line_end_and_none_in_a_row_or_a_sentence():
    """A gap parts a title from the frame of its page; columns and the way through a site keep theirs."""
    assert (
        clean("信访通报（三地）　　编印：某室\n受理43件。").text.split("\n")[1].strip()
        == "编印:某室"
    )
    assert clean("受理来访43件，　　办结41件。").text == "受理来访43件,办结41件。"
    assert "\n" not in clean("首页 > 信访　　打印").text
    assert clean("县区　　任务　　完成\n东坡区　　80　　92").text.count("\n") == 1
