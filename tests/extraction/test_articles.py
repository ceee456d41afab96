"""Articles that a page strings together are told by two signs of their heads, and by no fewer."""

import pytest

from qz_analysis.extraction.articles import heads
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.reports import split
from qz_analysis.runs.tables import tables

BODY = "受理来访43批次，办结41批次，办结率95.3%。\n排查矛盾纠纷310件，调解成功305件。\n"

#: pairs of heads that begin two articles: with what signs
STRUNG = {
    "ornaments, places, days": ("◎ 唐县（某某网　2014-01-15）", "◎ 保定市（01.02.2016）"),
    "a place without a day, marked as the other": ("◎ 唐县（2014-01-15）", "◎ 保定市"),
    "parts above their sources": ("【其一】\n来源：某报　2020-03-06", "【其二】\n来源：某报　2021-04-07"),
    "numbered issues above their dates": ("第一期\n2018-12-05", "第二期\n2021年10月04日"),
    "stems": ("甲　唐县：家底（2020-01-08）", "乙　保定市：热线（2021-02-09）"),
    "upper and lower": ("〔上〕2020年度（2021年1月10日）", "〔下〕2017年度（2018年1月9日）"),
    "capitals": ("壹　唐县（2019-12-16）", "贰　2025年清单（2025年1月19日）"),
    "numbers, places, sources below": ("1｜唐县\n某某网　2018-02-03", "2｜保定市\n某某网　2019-02-03"),
    "no mark at all": ("唐县（2020-07-29）", "保定市（2019年5月27日，推进会）"),
    "a medium without a day": ("（一）唐县：帮人要钱\n某某日报", "（二）保定市：欠薪少了\n来源：市政府网"),
    "towns that no list holds": ("（一）青石镇　2025年\n发布时间：2026-01-27", "（二）白桥乡　安全"),
    "paragraph signs": ("§1　唐县（2020年11月4日）", "§2　保定市（2025年11月18日）"),
    "parts of two places": ("其一　甲县乙镇：村口有人管", "其二　丙县丁区：楼里有人问"),
}  # fmt: skip
#: pages with lines of one sign, which are of one article
WHOLE = {
    "sections": ("一、排查", "二、化解"),
    "sections that name places": ("（一）唐县", "（二）满城区"),
    "stems as sections": ("甲、2021年完成情况", "乙、2022年打算"),
    "who signs, and when": ("唐县信访局", "唐县信访局 2019年1月5日"),
    "links": ("唐县召开会议 2019-01-05\n保定市召开会议 2019-01-06", "其他"),
}


@pytest.mark.parametrize("signs", STRUNG)
def test_two_signs_tell_the_head_of_an_article(signs):
    page = clean("工作情况两则\n" + "".join(f"{head}\n{BODY}" for head in STRUNG[signs])).text
    assert len(heads(page)) == len(split(page)) == 2


#: pages one behind the other with the frame of each behind a mark, and the titles under them
FRAMED = [
    (
        ("之一　甲县人民政府 > 重点工作", "之二　民生频道　标签：民生"),
        ("甲县实事通报", "民生工程进展"),
    ),
    (("甲　某某网讯　2014-02-20", "乙　某某网　2015年6月9日讯"), ("招聘会", "七连冠")),
    (
        ("（1）甲县人民政府 > 提案　发布日期：2021-10-08", "（2）文库 > 工作报告"),
        ("提案答复", "建议办理"),
    ),
]


@pytest.mark.parametrize(("frames", "titles"), FRAMED)
def test_the_frame_of_a_page_behind_a_mark_heads_an_article(frames, titles):
    """What stands over a page of a site tells of another page, though it names neither place nor day."""
    parts = zip(frames, titles, strict=True)
    page = clean("".join(f"{frame}\n{title}\n{BODY}" for frame, title in parts)).text
    assert [report.title for report in split(page)] == list(titles)


@pytest.mark.parametrize("signs", WHOLE)
def test_one_sign_tells_of_no_article(signs):
    page = clean("唐县工作情况\n" + "".join(f"{head}\n{BODY}" for head in WHOLE[signs])).text
    assert heads(page) == []


#: marks in front of the names of three counties
MARKS = (
    "〈一〉|〈二〉|〈三〉", "【一】|【二】|【三】", "一、|二、|三、", "（一）|（二）|（三）", "其一：|其二：|其三：", "No.1 |No.2 |No.3 ",
    "1. |2. |3. ", "01 |02 |03 ", "第一篇 |第二篇 |第三篇 ", "材料之一 |材料之二 |材料之三 ", "[1] |[2] |[3] ", "①|②|③", "❶|❷|❸",
    "01\n|02\n|03\n", "一\n|二\n|三\n", "PART 1\n\n|PART 2\n\n|PART 3\n\n", "◆ 之一\n|◆ 之二\n|◆ 之三\n", "- 1 -\n|- 2 -\n|- 3 -\n",
    "①\n|②\n|③\n", "■\n|■\n|■\n", "附件1\n|附件2\n|附件3\n", "Part One\n|Part Two\n|Part Three\n", "#01\n|#02\n|#03\n",
    "01丨|02丨|03丨", "TOP1 |TOP2 |TOP3 ", "第1站：|第2站：|第3站：", "“一”|“二”|“三”", "一 · |二 · |三 · ", "01-|02-|03-",
    "㈠ |㈡ |㈢ ", "Ⅰ |Ⅱ |Ⅲ ", "A. |B. |C. ", "甲、|乙、|丙、", "◇|◇|◇", "※|※|※", "▍|▍|▍", "• |• |• ", "== |== |== ", "《|《|《", "||",
)  # fmt: skip
#: what stands behind the marks
NAMED = {
    "names alone": ("唐县", "蠡县", "涞水县"),
    "names and news": ("唐县：访调对接", "蠡县：一站式办理", "涞水县：干部下访"),
    "titles": ("唐县2019年信访工作总结", "蠡县2019年信访工作总结", "涞水县2020年信访工作情况"),
}
_TEXT = "年内接待来访193批次389人次。\n一、源头。排查纠纷305件，化解297件。\n二、基层。建成调解室42个。\n"


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("marks", MARKS)
def test_heads_of_one_mark_that_each_name_a_county_head_articles(marks, named):
    lines = zip(marks.split("|"), NAMED[named], strict=True)
    close = "》" if marks[0] == "《" else ""
    page = "信访材料汇编\n" + "".join(f"{mark}{name}{close}\n{_TEXT}" for mark, name in lines)
    assert list(tables(page).reports["place"]) == ["唐县", "蠡县", "涞水县"]


@pytest.mark.parametrize("mark", ["0{}\n", "PART 0{}\n", "TOP{} ", "◆\n"])
def test_marks_alone_above_the_sections_of_one_report_divide_nothing(mark):
    """A mark on a line of its own is no sign: the sections of one article have such marks, too."""
    named = ("强化组织领导", "畅通信访渠道", "化解信访积案")
    parts = (f"{mark.format(n)}{name}\n{_TEXT}" for n, name in enumerate(named, 1))
    assert len(tables("唐县2019年信访工作\n" + "".join(parts)).reports) == 1


def test_towns_of_one_county_are_places_of_their_own():
    """Their county stands before each, and is not what tells them apart."""
    named = ("唐县仁厚镇信访工作", "唐县王京镇信访工作", "唐县高昌镇信访工作")
    page = "".join(f"0{n}\n{name}\n{_TEXT}" for n, name in enumerate(named, 1))
    assert list(tables(page).reports["place"]) == ["仁厚镇", "王京镇", "高昌镇"]


def test_counties_below_a_title_of_a_city_or_a_time_are_parts_of_one_report():
    parts = f"一、唐县\n{_TEXT}二、蠡县\n{_TEXT}"
    assert len(split(clean(f"保定市信访情况通报\n{parts}").text)) == 1
    assert len(split(clean(f"关于2019年1-6月信访情况的通报\n各县：\n{parts}").text)) == 1


def test_an_article_stands_above_the_first_head():
    page = clean(f"全市调研\n{BODY}{BODY}〔对照〕唐县：一年的账　2021-01-23\n{BODY}").text
    assert [one.words[:2] for one in heads(page)] == ["唐县"]
    assert len(split(page)) == 2


def test_a_frame_prints_a_title_twice_for_one_article():
    page = clean(f"唐县召开会议\n2019-01-05\n{BODY}唐县召开会议\n2019-01-05\n{BODY}").text
    assert heads(page) == []


def test_parts_that_name_no_place_are_of_the_one_that_the_pages_title_names():
    """The title of a collection speaks for its parts; a part that names its own keeps it."""
    page = f"保定市残疾人工作信息（三条）\n【其一】\n发布：2025-05-21\n{BODY}【其二】\n来源：某报　2020-03-06\n{BODY}"
    page += f"【其三】唐县　2020-03-06\n{BODY}"
    reports = tables(page).reports
    assert list(reports["place"]) == ["保定市", "保定市", "唐县"]


def test_the_heading_of_a_part_keeps_its_place_above_a_line_of_editors():
    page = (
        f"驻村数据（两地）\n㊀ 唐县\n2020-12-01 15:20\n{BODY}㊁ 涞源县\n图文：某　编辑：某\n{BODY}"
    )
    assert list(tables(page).reports["place"]) == ["唐县", "涞源县"]
