"""Places are known from the list of divisions or proved by the words; no noun becomes a place."""

from pathlib import Path

import pytest
from sparing import sparing

from qz_analysis import extract, reports, tables
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.pipeline import split_document
from qz_analysis.model import Document

BODY = "现在，我代表政府向大会报告工作。全年受理来访9件，办结8件，群众满意。"


def report_of(text, doc="a", file=""):
    """The only report of a page."""
    ((report,)) = split_document(Document(doc, text, file=file))[1]
    return report


def of(report):
    """What a report says of its place."""
    return report.place, report.level, report.adcode, report.place_from


SAID = [
    # the opening: where the meeting sat, and who speaks
    (
        "2020年1月8日在唐县第十六届人民代表大会第四次会议上\n各位代表：",
        ("唐县", "county", "130627"),
    ),
    ("徐水县人民政府县长 甲某\n2012年2月3日\n各位代表：", ("徐水县", "county", "130625")),
    ("——2019年1月9日在保定市满城区第二届人民代表大会上\n", ("满城区", "county", "130607")),
    # the title line
    ("2016年徐水区政府工作报告\n各位代表：", ("徐水区", "county", "130609")),
    ("安国市2018年政府工作报告\n", ("安国市", "county", "130683")),
    ("上海市2024年政府工作报告\n", ("上海市", "province", "310000")),
    # one name, several counties: no code, but behind its city it has one
    ("桥西区2020年政府工作报告\n", ("桥西区", "county", "")),
    ("张家口市桥西区2020年政府工作报告\n", ("桥西区", "county", "130703")),
    # a name that is a word, too, stands behind a break or a word before a name
    ("和县2020年政府工作报告\n", ("和县", "county", "340523")),
    ("在代县第十六届人民代表大会上\n2020年1月\n", ("代县", "county", "140923")),
    # names that no list holds, and masks
    ("在甲山县第三届人民代表大会第一次会议上\n", ("甲山县", "county", "")),
    ("在**县第三届人民代表大会第一次会议上\n", ("**县", "county", "")),
    ("在西地省第三届人民代表大会第一次会议上\n", ("西地省", "province", "")),
]


@pytest.mark.parametrize(("head", "expected"), SAID)
def test_title_and_opening_name_the_place_of_a_report(head, expected):
    """Place and level come from title and opening, the code from the list in the report's year."""
    assert of(report_of(head + BODY)) == (*expected, "report")


FILES = [
    ("唐县_2020", "", ("唐县", "county", "130627")),
    ("2020年唐县政府工作报告", "", ("唐县", "county", "130627")),
    ("甲", "保定市/唐县/甲.txt", ("唐县", "county", "130627")),
    ("桥西区_2021", "石家庄市/桥西区_2021.txt", ("桥西区", "county", "130104")),
    ("温县_2020", "", ("温县", "county", "410825")),
    ("河北_2021", "", ("河北省", "province", "130000")),
]


@pytest.mark.parametrize(("doc", "file", "expected"), FILES)
def test_the_files_name_tells_the_place_where_the_text_does_not(doc, file, expected):
    """A file's name and its folders name the place of a text without title and opening."""
    assert of(report_of("各位代表：\n" + BODY, doc, file)) == (*expected, "document")


@pytest.mark.parametrize("doc", ["超市_2020", "002_8f97", "政府工作报告", "强县富民", "城区改造"])
def test_a_files_name_without_a_place_tells_none(doc):
    """Words of a file's name that no list holds are no place."""
    assert report_of("各位代表：\n" + BODY, doc).place == ""


WARNED = [
    ("甲山县2020年政府工作报告\n", "a", "no list holds 甲山县"),
    (
        "唐县2020年政府工作报告\n在望都县第三届人民代表大会上\n",
        "a",
        "two places: 唐县 in the title",
    ),
    ("唐县2020年政府工作报告\n", "望都县_2020", "two places: 望都县 in the file's name"),
]


@pytest.mark.parametrize(("head", "doc", "warning"), WARNED)
def test_what_a_person_should_look_at_is_warned_of(head, doc, warning):
    """Two places, and a county that no list holds, stand among the warnings."""
    assert any(warning in said for said in report_of(head + BODY, doc).warnings)


@pytest.mark.parametrize("head", ["唐县2020年政府工作报告\n", "**县2020年政府工作报告\n"])
def test_a_known_or_masked_place_is_not_warned_of(head):
    """A file's folder may be the city above; what is masked is masked on purpose."""
    assert report_of(head + BODY, "a", "保定市/a.txt").warnings == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [("乾县2020年政府工作报告\n", "乾县"), ("彝良縣2020年政府工作報告\n", "彝良县")],
)
def test_a_name_keeps_its_characters(text, place):
    """Conversion to Simplified characters makes no other name of a name."""
    report = report_of(text + BODY)
    assert (report.place, bool(report.adcode)) == (place, True)
    assert set(extract(text + BODY)["place"]) == {place}


CLAIMS = [
    ("全县受理3件。", "唐县", "130627", "words"),
    ("受理3件。", "唐县", "130627", "report"),
    ("全市平均97.2%。", "全市", "", "words"),
    ("全国平均水平为5.1%。", "全国", "", "words"),
    ("高于全省平均1.2个百分点。", "唐县", "130627", "report"),
    ("望都县受理3件。", "望都县", "130631", "words"),
    ("竹园镇受理3件。", "竹园镇", "", "words"),
    ("望都县竹园镇受理3件。", "望都县竹园镇", "", "words"),
    ("望都县、易县等地受理3件。", "唐县", "130627", "report"),
    ("满意率98%，低于诸暨的99.3%。", "诸暨", "", "words"),
    ("桥西区受理3件。", "桥西区", "", "words"),
    # behind the time that a clause begins with, and with nothing but the figure behind it
    ("2023年望都县受理3件。", "望都县", "130631", "words"),
    ("上半年安国市受理3件。", "安国市", "130683", "words"),
    ("其中去年安国市受理3件。", "安国市", "130683", "words"),
    ("今年以来竹园镇受理3件。", "竹园镇", "", "words"),
    ("2023年竹园镇3件，2022年竹园镇2件。", "竹园镇", "", "words"),
    ("1-6月竹园镇3件。", "竹园镇", "", "words"),
    # where something was done owns no figure
    ("在竹园镇长城村举办培训3期。", "唐县", "130627", "report"),
    ("2018年4月20日，竹园镇移交会议后，30个专班对接。", "唐县", "130627", "report"),
    # a zone is no division, and has its own figures
    ("2019年，高新区举办讲座3场。", "高新区", "", "words"),
    ("民营区自筹资金3000万元，建成公园3个。", "民营区", "", "words"),
    ("开发区建设完成投资3亿元。", "唐县", "130627", "report"),
    ("走访开发区企业3家。", "唐县", "130627", "report"),
    ("全市和县两级受理3件。", "唐县", "130627", "report"),
]


@pytest.mark.parametrize(("sentence", "place", "code", "known"), CLAIMS)
def test_a_claim_is_its_reports_unless_its_words_say_whose_it_is(sentence, place, code, known):
    """A wider place, a listed place as subject and a town own the figures that the words give them."""
    page = "唐县2020年政府工作报告\n在唐县第三届人民代表大会上\n" + sentence
    row = extract(page).iloc[-1]
    assert row[["place", "adcode", "place_from"]].tolist() == [place, code, known]


HEADED = [
    # the next heading of the same level ends it, one below it does not
    ("一、概况\n受理9件。\n二、乔庄镇\n受理8件。\n1.走访\n走访7户。\n三、其他\n受理6件。", " 乔庄镇 乔庄镇 "),
    ("（一）双城镇：受理9件，办结8件。\n走访7户。\n（二）问题\n还有6件。", "双城镇 双城镇 双城镇 "),
    ("1、东山村：受理9件。\n2、西河村工作情况：受理8件。\n3、困难：尚有7件。", "东山村 西河村 "),
    ("二、乔庄镇\n（一）东山村\n受理9件。\n（二）西河村\n受理8件。\n（三）经验\n受理7件。\n三、不足\n受理6件。", "东山村 西河村 乔庄镇 "),
    ("二、望都县\n受理9件。", ""),  # no county lies below another
    ("乔庄镇\n受理9件。\n北罗镇：\n受理8件。", "乔庄镇 北罗镇"),
    ("## 乔庄镇\n受理9件。\n## 北罗镇\n受理8件。", "乔庄镇 北罗镇"),
    # words of the sentence outweigh the heading
    ("二、乔庄镇\n全县受理9件。北罗镇受理8件。全镇受理7件。", " 北罗镇 乔庄镇"),
    # what is no name of a place below the report's own heads nothing
    ("（一）智慧社区：新建9个。\n（二）特色小镇：新建8个。", " "),
    ("一、乔庄镇和北罗镇受理9件。\n二、帮扶甲山县\n走访8户。\n三、唐县\n受理7件。", "  "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADED)
def test_a_heading_that_names_a_place_holds_for_what_stands_below_it(text, expected):
    """A place that heads a section owns its figures up to the next heading that is no lower."""
    rows = extract("保定市唐县群众工作情况\n" + text)
    rows = rows[rows["value"] > 5]
    assert [p if p != "唐县" else "" for p in rows["place"]] == expected.split(" ")


def test_a_place_of_a_heading_is_known_by_its_section():
    """place_from tells that the heading says whose figure it is."""
    rows = extract("唐县群众工作情况\n全县受理9件。\n二、乔庄镇\n受理8件。")
    assert rows["place_from"].tolist() == ["words", "section"]


OWN_NAMES = [
    ("李家老镇党员多。李家老镇办结8件。我镇办结9件。", ("李家老镇", "town")),
    ("大营镇情况\n大营镇受理3件。全镇平稳。", ("大营镇", "town")),
    ("一年来，我村办结9件。" + "干部走访农户，群众比较满意。" * 12 + "东沟村调解3件。", ("东沟村", "village")),
    ("一年来，我县办结9件。" + "干部走访农户，群众比较满意。" * 12 + "东沟村调解3件。", ("我县", "county")),
    ("青云街道受理3件，全街道平稳。", ("青云街道", "town")),
    ("古城水乡办结3件，我乡平稳。古城水乡受理4件。", ("古城水乡", "town")),
    ("全镇建成集镇3个，水乡1处，我镇推进新村建设。", ("我镇", "town")),
    ("全村推进新村建设，村民自治，村委会换届。", ("我村", "village")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OWN_NAMES)
def test_a_town_that_speaks_of_itself_bears_the_name_that_its_text_says(text, expected):
    """我镇, 全村 prove a town's or village's name wherever the text says it; kinds of towns stay none."""
    report = report_of(text)
    assert (report.place, report.level) == expected


@pytest.mark.parametrize(("year", "code"), [("2005", "130625"), ("2021", "130625")])
def test_the_code_is_that_of_the_claims_year(year, code):
    """徐水县 had its own code; a claim of a year in which the name had gone keeps the report's."""
    page = f"徐水县2012年政府工作报告\n{year}年全县受理3件。"
    assert extract(page).iloc[-1]["adcode"] == code


NOUNS = [
    "超市", "连锁超市", "城市", "特大城市", "上市", "企业上市", "集市", "门市", "股市", "楼市", "夜市", "都市", "强市",
    "离不开市", "关于区", "新组建市", "甲县县委甲县", "千亿县", "强县", "产业强县", "邻县", "建设邻县", "贫困县", "脱贫县", "示范县", "各县", "部分县", "整县", "百强县",
    "棚户区", "景区", "旅游景区", "园区", "产业园区", "非禁煤区", "社区", "小区", "居民小区", "山区", "灾区",
    "片区", "辖区", "农牧区", "林区", "库区", "城区", "主城区", "郊区", "老区", "保护区", "示范区", "试验区", "功能区",
    "合理区", "依法治区", "各县区", "乡镇", "集镇", "城镇", "深化城镇", "改造城镇", "小镇", "特色小镇", "家乡", "下乡", "汽车下乡",
    "城乡", "返乡",
]  # fmt: skip
FRAMES = (
    "{}共受理来访3件。",
    "推动{}建设，完成投资3亿元。",
    "{}政协委员提出提案12件。",
    "并请{}政协委员审议，新建5处。",
    "建成{}12个，其中{}新增3个。",
    "在{}新建5处。",
    "{}的5家。",
    "支持{}发展，{}办结8件。",
    "对{}投入300万元，{}群众满意率98%。",
)


@pytest.mark.parametrize("frame", sparing(FRAMES, 3))
def test_nouns_that_end_like_a_division_are_no_places(frame):
    """More than five hundred sentences give no figure and no report to 超市, 强县, 景区 and their like."""
    own = "唐县2020年政府工作报告\n"
    said = [frame.replace("{}", noun) + "全年受理9件。" for noun in NOUNS]
    for head, allowed in ((own, "唐县"), ("", "")):
        made = tables([Document(f"{n}", head + text) for n, text in enumerate(said)])
        for table in (made.claims, made.reports):
            wrong = table.loc[table["place"] != allowed, ["doc", "place"]]
            assert [(NOUNS[int(doc)], place) for doc, place in wrong.itertuples(index=False)] == []
            assert table["doc"].nunique() == len(NOUNS)


def test_a_body_that_speaks_of_nouns_only_has_no_place():
    """All these nouns in one page, each said often, still make no place."""
    body = "".join(frame.replace("{}", noun) for noun in NOUNS for frame in FRAMES)
    assert report_of(clean(body).text).place == ""


VERBS = [
    "请",
    "并请",
    "离不开",
    "打造",
    "建成",
    "推进",
    "支持",
    "服务",
    "走进",
    "覆盖",
    "联系",
    "带动",
    "激活",
    "提升",
    "治理",
    "巡察",
    "撤销",
    "新设",
    "赶超",
    "对接",
    "规范",
    "扶持",
    "考核",
    "调研",
    "督导",
    "融入",
    "涵盖",
    "深入",
    "包联",
    "依托",
    "辐射",
    "惠及",
    "引领",
    "保障",
    "加强",
    "促进",
    "盘活",
    "壮大",
]
KINDS = [
    "强县",
    "大县",
    "邻县",
    "示范县",
    "全县",
    "各县",
    "贫困县",
    "百强县",
    "牧业县",
    "边境县",
    "产粮大县",
    "试点县",
    "超市",
    "城市",
    "集市",
    "门市",
    "夜市",
    "股市",
    "地市",
    "都市",
    "省会城市",
    "中心城市",
    "卫星城市",
    "早市",
    "棚户区",
    "景区",
    "园区",
    "小区",
    "禁煤区",
    "辖区",
    "山区",
    "保税区",
    "核心区",
    "功能区",
    "街区",
    "学区",
    "湿地公园区",
    "居住区",
    "试验区",
    "安置区",
    "乡镇",
    "集镇",
    "重镇",
    "城镇",
    "小镇",
    "名镇",
    "强镇",
    "古镇",
    "神州",
    "自治州",
    "各州",
    "九州",
    "外省",
    "兄弟省",
    "邻省",
    "各省",
    "强省",
    "节省",
    "红旗",
    "锦旗",
    "国旗",
    "党旗",
    "先锋旗",
    "农村",
    "山村",
    "新村",
    "贫困村",
    "空心村",
    "城中村",
    "示范村",
    "各村",
    "行政村",
    "自然村",
    "城乡",
    "返乡",
    "家乡",
    "水乡",
    "下乡",
    "老乡",
    "各街道",
    "背街道",
    "各社区",
    "智慧社区",
    "城市社区",
    "老旧社区",
    "示范社区",
]
TRAPS = (
    "{}，全年受理9件。",
    "{}共办结8件。",
    "在{}召开会议3次。",
    "{}的占45%。",
    "（一）{}：受理9件。",
)


@pytest.mark.parametrize("frame", sparing(TRAPS, 3))
def test_a_verb_and_a_kind_of_place_are_no_place(frame):
    """Of more than three thousand phrases such as 并请县, 打造强县, 走进集镇 none owns a figure."""
    said = [frame.replace("{}", verb + kind) for verb in VERBS for kind in KINDS]
    assert len(said) > 3000
    rows = extract("唐县2020年政府工作报告\n" + "\n".join(said))
    assert set(rows["place"]) <= {"唐县", "全省", "全市"}


REAL = [
    "乔庄镇",
    "北罗镇",
    "竹园镇",
    "双城镇",
    "大营镇",
    "店集镇",
    "李家老镇",
    "石门乡",
    "青云街道",
    "望都县",
    "易县",
    "桥西区",
    "安国市",
    "满城区",
    "涿州市",
    "黄石镇",
    "东营镇",
    "三河镇",
    "沙河乡",
    "高庄乡",
    "新安镇",
    "王京镇",
    "罗庄镇",
    "川里镇",
    "军城镇",
]


@pytest.mark.parametrize(
    "frame", ["{}受理9件。", "（一）{}：受理9件。", "其中{}办结9件。", "{}\n受理9件。"]
)
def test_names_that_end_alike_are_places(frame):
    """A hundred phrases in which the name before 县, 镇 or 区 is one."""
    found = [
        extract(f"保定市信访情况\n全市受理80件。\n{frame.format(name)}").iloc[-1]["place"]
        for name in REAL
    ]
    assert found == REAL


def test_the_list_says_where_it_comes_from():
    """The table of divisions carries its licence."""
    import qz_analysis.vocabularies.divisions as divisions

    head = Path(divisions.__file__).with_name("divisions.tsv").read_text("utf-8")[:600]
    assert "MIT License" in head


ITEMS = [
    # items of a list right before their figures, in running text, brackets and rows
    ("其中:青石街道5批88人次,白桥镇4批。", ["青石街道", "青石街道", "白桥镇"]),
    ("较多的有:甲桥村12件、乙庄村9件。", ["甲桥村", "乙庄村"]),
    ("较快的有:白桥镇(11件)、县住建局(9件化解8件)。", ["白桥镇", "县住建局", "县住建局"]),
    ("名次 | 单位 | 满意率\n1 | 青石街道 | 97.8%\n", ["青石街道"]),
    ("在白桥镇,“老班长”3年调解纠纷420起。", ["白桥镇", "白桥镇"]),
    # several places before one figure share it, a count of towns is the county's, 转交镇街 names none
    ("甲桥村、乙庄村53户。", ["唐县"]),
    ("其中:特色小镇、白桥镇3个。", ["唐县"]),
    ("转交镇街61件。", ["唐县"]),
    # a wider place's own figure, and what is only held against it
    ("全省平均办结率为95.2%。", ["全省"]),
    ("重访率12%,高于全市平均的9.5%。", ["唐县", "全市"]),
    ("约为全国平均的70%。", ["唐县"]),
    ("比全市平均高2个百分点。", ["唐县"]),
]


@pytest.mark.parametrize(("sentence", "places"), ITEMS)
def test_a_figure_is_of_the_item_that_it_stands_behind(sentence, places):
    """The item right before a figure is its place; what no item governs is of the report."""
    rows = extract(f"唐县信访工作总结\n唐县全县信访平稳。\n{sentence}").to_dict("records")
    assert [row["place"] for row in rows] == places


def test_a_town_tells_of_its_county_where_a_sentence_begins_with_it():
    """全县推广以后 opens what is told of the county; ranks and meetings of it do not."""
    head = "青石镇信访工作总结\n全镇信访平稳。\n"
    told = extract(head + "全县推广以后,15个乡镇开会2845场次。").to_dict("records")
    ranked = extract(head + "全县信访会议以后,共受理20件。").to_dict("records")
    assert {row["place"] for row in told} == {"全县"}
    assert {row["place"] for row in ranked} == {"青石镇"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("星报讯 从安徽省公安厅获悉，2021年，全省破案3起。", "安徽省"),
        ("记者从天津市公安局获悉，全市破案3起。", "天津市"),
        ("近日赴诸暨市学习，我市受理3件。", "我市"),
        ("安徽人民调解六年回顾\n六年共调解3件。", "安徽省"),
        ("海南：任务与完成\n调解3件。", "海南省"),
        ("2021年满意度：梅州多项靠前\n调解3件。", "梅州市"),
        ("【宁夏】全区就业推进会召开\n调解3件。", "宁夏回族自治区"),
        ("《广东省“十四五”规划》印发\n调解3件。", "广东省"),
        ("随县劳动保障监察局收到锦旗\n调解3件。", "随县"),
        ("重庆市召开社区服务推进会，调解3件。", "重庆市"),
        ("长治久安的基础\n调解3件。", ""),
        ("三季度市长信箱办理通报\n收信3件。", ""),
    ],
)
def test_offices_that_are_quoted_and_short_names_in_titles_tell_the_place(text, place):
    """The opening's office and a title's short name name a place; another's county visited does not."""
    assert reports(text)["place"].tolist() == [place]


def test_a_figure_that_ours_is_held_against_is_of_the_wider_place():
    """高于全国的91.99%、全省的96.88%: the first figure is the county's, the others are not."""
    text = "唐县工作总结\n我县群众安全感达98.45%，高于全国的91.99%、全省的96.88%和全市的97.64%。"
    assert extract(text)["place"].tolist() == ["唐县", "全国", "全省", "全市"]


COUNTY = "唐县2019年群众工作总结\n"
TABLE = "\n| 指标 | 全国 | 全市 | 全县 |\n| --- | --- | --- | --- |\n| 办结率 | 90% | 93% | 95% |\n"
CITY = "保定市2019年群众工作总结\n"
COLUMNS = "\n项目 | 全市 | 莲池区 | 唐县 | 经开区\n受理（件） | 300 | 60 | 30 | 9\n"
OTHERS = [
    # a wider place that has or does something at the head of a clause, till ours is spoken of
    (COUNTY + "全市地区生产总值增长8%。", "全市"),
    (COUNTY + "全市调解纠纷3000起，我县300起。", "全市 唐县"),
    (COUNTY + "全省受理信访50000件，同比下降3%。", "全省 全省"),
    (COUNTY + "全市受理信访5000件，其中我县300件。", "全市 唐县"),
    (COUNTY + "全市信访总量5000件，同比下降3%，我县信访总量300件，居全市第2位。", "全市 全市 唐县"),
    (COUNTY + "全省办结率95%，我县98%。", "全省 唐县"),
    (COUNTY + "据统计，2019年全市共受理信访5000件，办结4900件。", "全市 全市"),
    (COUNTY + "我市受理信访5000件，占全省6%。", "我市 唐县"),
    (COUNTY + "从全市看，信访量下降5%；从我县看，下降8%。", "全市 唐县"),
    (COUNTY + "全市：受理5000件，办结4900件；全县：受理300件，办结290件。", "全市 全市 唐县 唐县"),
    (COUNTY + TABLE, "全国 全市 唐县"),
    (COUNTY + "| 地区 | 受理(件) | 办结率 |\n|---|---|---|\n| 全市 | 900 | 98% |\n| 唐县 | 30 | 99% |\n", "全市 全市 唐县 唐县"),
    # honours, ranks and what is held against it are ours
    (COUNTY + "全国文明村镇5个，全省重点项目3个。", "唐县 唐县"),
    (COUNTY + "全市第一家调解中心建成，调解30起。", "唐县"),
    (COUNTY + "全市信访工作会议后，受理300件。", "唐县"),
    (COUNTY + "被评为全市先进单位，受理信访300件，占全市总量的5%。", "唐县 唐县"),
    # of a city's report 全市 is its own, and so it is of a county that is called 市
    ("保定市2019年群众工作总结\n全市受理信访300件。全省受理9000件。", "保定市 全省"),
    ("安国市2019年群众工作总结\n全市受理信访300件。全省受理9000件。", "安国市 全省"),
    # of a town's both county and city are others
    ("唐县城关镇2019年工作总结\n全县受理信访900件，我镇受理30件。全市受理9000件。", "全县 城关镇 全市"),
    # a place that opens a line, an example, and one that was named before
    (COUNTY + "城关镇：调解纠纷30起。\n接待来访3批次。", "城关镇 唐县"),
    (COUNTY + "城关镇。调解纠纷30起，接待来访3批次。", "城关镇 城关镇"),
    (COUNTY + "城关镇：调解纠纷30起。北罗镇：调解纠纷20起。", "城关镇 北罗镇"),
    (COUNTY + "试点村：调解纠纷30起。乡镇：调解纠纷20起。", "唐县 唐县"),
    (COUNTY + "以城关镇为例，该镇调解纠纷30起。全县调解300起。", "城关镇 唐县"),
    (COUNTY + "我们学习了诸暨市的做法，该市每年调解纠纷3000件。", "诸暨市"),
    (COUNTY + "唐县是农业县，该县受理信访300件。", "唐县"),
    # one whose name is masked is no more the report's own
    ("甲市信访工作汇报\n全市受理多。xx县装修场馆。2019年，该县新建文化站8个。", "xx县"),
    # a paragraph that begins with a place outside goes on telling of it, till ours is spoken of
    (COUNTY + "杭州江干区每户收取120元；个人出10%。上门收取10元。我县签约300户。", "江干区 江干区 江干区 唐县"),
    (COUNTY + "到过石家庄。上海长宁区每户收取120元，医保出65%。\n上门收取10元。", "长宁区 长宁区 唐县"),
    (COUNTY + "保定莲池区受理9件。\n办结8件。", "莲池区 唐县"),
    (COUNTY + "保定市是我们的上级。受理9件。", "唐县"),
    (COUNTY + "到杭州江干区考察2次。受理9件。", "唐县 唐县"),
    # what a clause begins with comes before the head of its sentence, and a share of ours is another's
    (CITY + COLUMNS, "保定市 莲池区 唐县 经开区"),
    (CITY + "唐县受理30件，占全市10%；莲池区受理60件，莲池区占全市20%。", "唐县 唐县 莲池区 莲池区"),
    (CITY + "——唐县接待300人，发放资料50份；\n●阜平县受理40件。", "唐县 唐县 阜平县"),
    (CITY + "调解组织9个，分布：唐县2个、阜平县3个、莲池区4个。", "保定市 唐县 阜平县 莲池区"),
    (CITY + "其中重点镇3个、行政村40个。", "保定市 保定市"),
    # as many as are listed belong to none of them alone
    (COUNTY + "北罗镇水利站、甲集团等28家单位到场。", "唐县"),
    (COUNTY + "北罗镇西街社区、东街社区等10个社区获奖。", "唐县"),
    # who answers for a task is not whose figure it is; who heads a row is
    (COUNTY + "1 | 新增就业900人 | 县人社局 | 完成率 | 96%", "唐县 唐县"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "places"), OTHERS)
def test_what_is_told_of_another_place_is_not_the_reports(page, places):
    """A wider place, a town at the head of a line and a place that was named own their figures."""
    assert " ".join(extract(page)["place"]) == places


def test_a_city_may_list_its_counties_by_their_short_names():
    """Three or more short names of a city's counties at the heads of rows or sentences are places; one
    or two, and those of another city, are words."""
    head = "安康市信访情况通报\n2023年全市情况如下。\n"
    rows = "| 县区 | 来访(批次) |\n|---|---|\n| 汉阴 | 98 |\n| 石泉 | 57 |\n| 紫阳 | 81 |\n| 合计 | 236 |\n"
    told = extract(head + rows)
    assert told["place"].tolist() == ["汉阴县", "石泉县", "紫阳县", "安康市"]
    assert told["adcode"].tolist()[:3] == ["610921", "610922", "610924"]
    prose = "汉阴来访98批次。石泉来访57批次。紫阳来访81批次。"
    assert extract(head + prose)["place"].tolist() == ["汉阴县", "石泉县", "紫阳县"]
    few = extract(head + "石泉来访57批次。紫阳来访81批次。")
    assert set(few["place"]) == {"安康市"}
    elsewhere = extract(head.replace("安康", "唐山") + prose)
    assert set(elsewhere["place"]) == {"唐山市"}


def test_a_province_may_list_its_cities_by_their_short_names():
    """Of a province's list each short name is the city's, though a county may be called so, too."""
    head = "河北省热线办理情况通报\n2023年全省情况如下。\n"
    rows = "| 地市 | 受理(件) |\n|---|---|\n| 承德 | 98 |\n| 邯郸 | 57 |\n| 秦皇岛 | 81 |\n"
    told = extract(head + rows)
    assert told["place"].tolist() == ["承德市", "邯郸市", "秦皇岛市"]
    assert set(told["level"]) == {"city"}


WHOSE = [
    # what a body above handed down is ours where its words say so, and what is counted of it
    ("**镇上半年维稳总结\n**镇接访7宗。**区信访系统转来属**镇信访件24宗,其中办结20宗。", "**镇 **镇 **镇"),
    # a noun made of two levels is no town, and 市属 no city
    ("唐县2019年调解总结\n全县有调解组织268个,街道镇调解组织9个。", "唐县 唐县"),
    # quoted rates of the city beside those of its district
    ("唐县2014年平安总结\n全市“三率”分别为95.9%、82.3%,唐县“三率”分别为96.7%、82%。", "全市 全市 唐县 唐县"),
    # the site's name above the way through it is no title
    ("唐县人民政府\n网站首页 >> 动态要闻 >> 乡镇动态\n\n丰台镇:深耕一张网\n\n日期:2025年03月11日 来源:丰台镇人民政府\n\n今年以来,丰台镇培训网格员44场次。", "丰台镇"),
    # a source whose blanks are gone
    ("2020年人民调解数据\n\n来源:唐山市司法局      时间:2021-01-14 16:24\n\n全市受理调解案件66件。", "唐山市"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "places"), WHOSE)
def test_whose_a_figure_is_stands_in_its_words(page, places):
    """属 names the owner of what is counted, the nearest title and source the place of a page."""
    assert " ".join(extract(page)["place"]) == places


def test_a_heading_of_another_county_in_the_report_of_a_bureau_is_read():
    """A bureau has no rank of its own; the county that a heading names is that of what stands below."""
    text = "米易县水利局：关于建议的答复\n代表您好：全县受理9件。\n二、牟定县：关于议案的答复\n受理8件。\n"
    assert extract(text)["place"].tolist() == ["米易县", "牟定县"]
