"""A report names its own place by title, field, opening or signature, down to the village."""

import pytest

from qz_analysis import reports

REST = "\n全年接待来访37批92人次,办结34件,办结率92%。调解纠纷118起,调成113起。\n"

NAMED = [
    # the title, alone or behind the divisions above
    ("青石镇2021年信访工作总结\n一年来成绩明显。", "青石镇", "town"),
    ("滦南县柏各庄镇解纷工作汇报\n全镇排查纠纷。", "柏各庄镇", "town"),
    ("金水区未来路街道办事处情况汇报\n街道辖8个社区。", "未来路街道", "town"),
    ("三都水族自治县都江镇议事工作\n全镇受理多。", "都江镇", "town"),
    ("新乡县大召营镇李村民主恳谈会小结\n村两委带头。", "李村", "village"),
    # a county whose name begins as a town's does, and what is no town
    ("安徽固镇县:上半年民生支出\n固镇县投入多。", "固镇县", "county"),
    ("景德镇市信访工作总结\n全市受理多。", "景德镇市", "city"),
    ("德阳:城镇新增就业再创新高\n2021年,德阳市城镇新增就业多。", "德阳市", "city"),
    # behind a dash, a mark, a bracket, on the line below
    ("夜访暖民心\n——大冶市金湖街道群众工作纪实\n街道干部出门了。", "金湖街道", "town"),
    ("★青石镇2021年信访工作总结\n受理多。", "青石镇", "town"),
    ("述职报告\n(枣强县大营镇党委)\n一年来全镇稳定。", "大营镇", "town"),
    ("【专报】宜章县协商会季度小结\n报:郴州市委政法委\n全县开会多。", "宜章县", "county"),
    # fields, signatures, datelines, openings
    ("走访月报\n社区:新桥路社区\n本月走访多。", "新桥路社区", "village"),
    (
        "2020年信访工作总结\n我乡落实责任。" + REST + "石桥乡人民政府\n2020年12月20日",
        "石桥乡",
        "town",
    ),
    ("工作总结\n社区党委带头。" + REST + "滨河社区居民委员会\n2022年12月", "滨河社区", "village"),
    ("热线排名公布\n【东台融媒】1月8日,热线办公布名单。", "东台市", "county"),
    ("解难题\n近年来,崇义县铅厂镇推行积分制,全镇平安。", "铅厂镇", "town"),
    # masks stay
    ("M县人民调解半年总结\n全县排查多。", "M县", "county"),
    ("某县信访工作\n全县受理多。", "某县", "county"),
    # where no name is said, what the report calls itself stays
    ("包案化解进展通报\n我县排查积案多。", "我县", "county"),
    ("平安社区创建总结\n一年来,全区推进创建。", "我区", "county"),
    ("乡镇街道综治中心通报\n全县建成多。", "我县", "county"),
    ("工作站半年小结\n情况如下。" + REST + "街道办\n二〇一四年七月三日", "我街道", "town"),
    # a visit elsewhere is no report of there
    ("诸暨市枫桥镇考察报告\n我县制定方案,全县推广。", "我县", "county"),
]


@pytest.mark.parametrize(("text", "place", "level"), NAMED)
def test_the_lowest_place_that_a_report_names_as_its_own_is_its_place(text, place, level):
    """Towns and villages count by where they stand, before the county that the text says oftener."""
    (row,) = reports(text + REST).to_dict("records")
    assert (row["place"], row["level"]) == (place, level)


OFFICES = [
    ("嵩县公安局2022年工作情况\n全县警情多。", "嵩县", "bureau"),
    ("阿城区检察院控申工作总结\n本院受理多。", "阿城区", "bureau"),
    ("市总工会2020年维权总结\n总工会坚持维权。", "", "bureau"),
    ("区司法局2022年工作总结\n全区调委会多。", "我区", "bureau"),
    # an office for petitions reports the petitions of its county
    ("德江县信访局2020年工作总结\n全县信访平稳。", "德江县", "county"),
]


@pytest.mark.parametrize(("text", "place", "level"), OFFICES)
def test_an_office_at_the_head_of_a_title_gives_the_level_bureau(text, place, level):
    """The place is that of its division where the title names it; else nothing is guessed."""
    (row,) = reports(text + REST).to_dict("records")
    assert (row["place"], row["level"]) == (place, level)


def test_a_town_has_no_code_of_its_county():
    """No list holds towns, so that the code of the county would say what is not so."""
    (row,) = reports("兰溪市青石街道工作情况\n街道受理9件。" + REST).to_dict("records")
    assert (row["place"], row["adcode"]) == ("青石街道", "")
