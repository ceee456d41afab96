"""A report names its own place by title, field, opening or signature, down to the village."""

import pytest

from qz_analysis import reports
from qz_analysis.extraction.own_place import signed_by
from qz_analysis.model import Report

REST = "\n全年接待来访37批92人次,办结34件,办结率92%。调解纠纷118起,调成113起。\n"

NAMED = [
    # the title, alone or behind the divisions above
    ("青石镇2021年信访工作总结\n一年来成绩明显。", "青石镇", "town"),
    ("滦南县柏各庄镇解纷工作汇报\n全镇排查纠纷。", "柏各庄镇", "town"),
    ("金水区未来路街道办事处情况汇报\n街道辖8个社区。", "未来路街道", "town"),
    ("三都水族自治县都江镇议事工作\n全镇受理多。", "都江镇", "town"),
    ("新乡县大召营镇李村民主恳谈会小结\n村两委带头。", "李村", "village"),
    ("*街道2022年工作总结\n全区第一。", "*街道", "town"),
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


SHORT = [
    # a county by its short name, where a body, a number or a colon shows that it is one
    ("建始法院收案一路往上走\n到3月30日,全院收案多。", "建始县"),
    ("丰城12345热线月报(2025年5月)\n本月工单多。", "丰城市"),
    ("(二)固镇:上半年民生支出\n支出多。", "固镇县"),
    ("建始材料\n受理多。", ""),
    ("和平法院工作\n收案多。", ""),  # of several places
    # what of its name may be a common word stands alone
    ("随县:一面锦旗\n工资还清了。", "随县"),
    # a municipality is 全市, an autonomous region 全区
    ("天津人社部门工作目标\n全市就业多。", "天津市"),
    ("三、广西:一年讨薪账\n全区受理多。", "广西壮族自治区"),
    # the body that put a page on the net, and the path within its site
    ("政务服务数据\n来源:江西省政务服务局\n全省办件多。", "江西省"),
    ("政务服务数据\n来源:江西日报\n办件多。", ""),
    ("东北网 > 黑龙江 > 政务\n老百姓觉得安全吗\n全省调查多。", "黑龙江省"),
    ("东北网 > 黑龙江 > 政务\n老百姓觉得安全吗\n市政府说,全市调查多。", "我市"),
    # the only place that the opening begins a clause with
    ("就业好于去年\n前三季度,吉林省城镇新增就业多。", "吉林省"),
    ("就业好于去年\n前三季度,吉林省和辽宁省新增就业多。", ""),
    # behind a number or a time at the head of its title
    ("2024年1-10月福州市安全生产分析\n福清市12件,福清市9件。", "福州市"),
    ("乙、泉州市泉港区集体经济\n玉山村受理多。", "泉港区"),
    # what ends like a place and is none
    ("乡人民政府工作报告\n各位代表:\n受乡人民政府委托,向大会报告工作。", ""),
    ("早报讯市政法委发布会\n治安三升三降。", ""),
    ("这一年(摘自县政府工作报告)\n全县投入多。", "我县"),
    # a table of governments takes no title its place
    ("汉中市8月信箱统计\n全市收信多。\n汉台区人民政府96件。\n汉台区人民政府90件。", "汉中市"),
]


@pytest.mark.parametrize(("text", "place"), SHORT)
def test_a_place_is_known_by_its_short_name_its_source_or_the_opening(text, place):
    """Each only where nothing else can be meant; else the report has no place."""
    (row,) = reports(text + REST).to_dict("records")
    assert row["place"] == place


def test_a_town_has_no_code_of_its_county():
    """No list holds towns, so that the code of the county would say what is not so."""
    (row,) = reports("兰溪市青石街道工作情况\n街道受理9件。" + REST).to_dict("records")
    assert (row["place"], row["adcode"]) == ("青石街道", "")


SIGNED = [
    ("信访工作总结\n全县受理9件。\n甲山县信访局\n2020年1月15日", "甲山县信访局"),
    ("工作总结\n全县受理9件。\n(甲山县公安局 2020年1月)", "甲山县公安局"),
    # where a person stands behind the body the line is nobody's name
    ("工作总结\n全县受理9件。\n青石镇人民政府 张小明", ""),
    # a place alone signs nothing, nor does a sentence or a body named within the text
    ("工作总结\n受理9件。\n甲山县青石镇\n", ""),
    ("工作总结\n全县受理9件。\n材料报甲山县信访局。", ""),
    ("甲山县信访局工作总结\n全县受理9件，办结8件。", ""),
]


@pytest.mark.parametrize(("text", "body"), SIGNED)
def test_the_body_that_signs_a_report_is_its_issuer(text, body):
    """The line below a report names the body that issued it, as a source cites it."""
    assert reports(text)["issuer"].tolist() == [body]


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        ("甲山县人民政府办公室\n2022年7月11日", "甲山县人民政府办公室"),
        ("甲山县热线服务中心 2022年7月11日", "甲山县热线服务中心"),
        ("市信访局\n201*年4月14日", "市信访局"),
        ("xx镇群众工作站201*年11月8日", "xx镇群众工作站"),
        ("中共甲山县委\n二〇二二年七月十一日", "甲山县委"),
        # no date stands by it: the last of a list
        ("主要由以下单位承办:\n甲山县供电中心", ""),
        ("2022年7月11日", ""),
        # a title with its text behind it
        ("市民政局2021年工作总结 一年来,我局发放低保金300万元", ""),
    ],
)
def test_the_body_that_signs_and_dates_a_report_issues_it(signed, issuer):
    """A body on its line, with a date on that line or the next, masked digits allowed."""
    text = f"甲山县热线通报\n全县受理诉求9件，办结8件。\n{signed}"
    assert signed_by(text, Report(0, len(text), "甲山县热线通报", "", "")) == issuer


_DONE = "接待来访193批次389人次，办结187批次。\n"


@pytest.mark.parametrize("name", ["唐县", "通江县", "成县", "南山区", "保定市", "阿拉善左旗"])
@pytest.mark.parametrize(
    "page",
    [
        "{p}妇联2019年工作总结\n2019年，",
        "关于{p}2019年信访工作情况的报告\n2019年，",
        "{p}农村社区工作情况\n2019年，",
        "{p}城乡低保情况\n2019年，",
        "{p}整村推进情况\n2019年，",
        "信访工作总结\n2019年，{p}信访局",
        "信访工作见成效\n本报讯（记者 某某）{p}信访局",
        "信访工作见成效\n1月5日，记者从{p}信访局获悉，2019年",
    ],
)
def test_a_listed_name_is_found_wherever_a_title_or_a_first_sentence_has_it(page, name):
    """A county whose name is a noun as well, too; and no 农村, 城乡 or 整村 behind it is a village."""
    assert reports(page.format(p=name) + _DONE)["place"].tolist() == [name]


def test_who_gave_a_text_in_brackets_names_its_place():
    assert reports(f"信访工作总结\n{_DONE}（唐县信访局供稿）\n")["place"].tolist() == ["唐县"]


@pytest.mark.parametrize("title", ["市区2019年民生情况", "开县级干部会", "富县强民工程"])
def test_a_noun_at_the_head_of_a_title_is_no_county(title):
    assert reports(f"{title}\n{_DONE}")["place"].tolist() == [""]
