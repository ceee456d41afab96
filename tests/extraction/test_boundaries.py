"""Reports strung together on one page are found by any convincing sign, and by no other."""

import pytest

from qz_analysis.extraction import boundaries
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.reports import split

BODY = {
    "甲山县": "一年来，我县坚持把群众工作摆在重要位置，健全接访制度，落实包案责任。全县共受理信访事项312件，办结298件。\n各乡镇定期排查矛盾纠纷，做到小事不出村。我们还组织干部下访，解决了一批民生问题，群众比较满意。",
    "乙桥县": "过去一年，乙桥县围绕服务群众这条主线，完善了三级调解网络。共排查纠纷208起，调解成功201起。\n县里开通了热线，安排专人值守，对群众反映的事情限时答复。下一步将继续抓好队伍建设和经费保障。",
    "丙河县": "丙河县把解决问题作为工作的出发点，推行了代办制度。全年代办事项1260件，办结1188件。\n各村设立了代办点，由村干部轮流值班，老人和残疾人可以在家中办事，这些做法得到了大家的认可。",
}
NAMES = list(BODY)
CHINESE = "一二三"
#: how a page sets one report apart from the next: the line for the report number `n` of a place
STYLES = {
    "第一篇：": lambda n, p: f"第{CHINESE[n]}篇：{p}群众工作总结",
    "第1篇": lambda n, p: f"第{n + 1}篇 {p}群众工作总结",
    "篇一：": lambda n, p: f"篇{CHINESE[n]}：{p}群众工作总结",
    "篇1：": lambda n, p: f"篇{n + 1}：{p}群众工作总结",
    "【篇一】": lambda n, p: f"【篇{CHINESE[n]}】{p}群众工作总结",
    "【篇1】": lambda n, p: f"【篇{n + 1}】{p}群众工作总结",
    "★篇一": lambda n, p: f"★篇{CHINESE[n]}★：{p}群众工作总结".replace("★：", "："),
    "范文一": lambda n, p: f"范文{CHINESE[n]}：{p}群众工作总结",
    "范文1 alone": lambda n, p: f"范文{n + 1}\n{p}群众工作总结",
    "优秀范文": lambda n, p: f"优秀范文{CHINESE[n]}：",
    "例文": lambda n, p: f"例文{CHINESE[n]}：{p}信访工作汇报",
    "材料2": lambda n, p: f"材料{n + 1}",
    "材料之一": lambda n, p: f"材料之{CHINESE[n]}：{p}",
    "典型经验材料": lambda n, p: f"典型经验材料{CHINESE[n]}",
    "交流材料之1": lambda n, p: f"交流材料之{n + 1}",
    "案例一": lambda n, p: f"案例{CHINESE[n]}：{p}的代办制度",
    "样本": lambda n, p: f"样本{CHINESE[n]} {p}总结",
    "第一则": lambda n, p: f"第{CHINESE[n]}则：{p}总结",
    "第一份": lambda n, p: f"第{CHINESE[n]}份：{p}总结",
    "title 篇一": lambda n, p: f"群众工作总结篇{CHINESE[n]}",
    "title (篇一)": lambda n, p: f"群众工作总结（篇{CHINESE[n]}）",
    "title 1": lambda n, p: f"群众工作总结{n + 1}",
    "title (1)": lambda n, p: f"群众工作总结（{n + 1}）",
    "title【一】": lambda n, p: f"群众工作总结【{CHINESE[n]}】",
    "【1】title": lambda n, p: f"【{n + 1}】{p}群众工作总结",
    "一、title": lambda n, p: f"{CHINESE[n]}、{p}群众工作汇报",
    "1. title": lambda n, p: f"{n + 1}. {p}2020年群众工作总结",
    "Markdown ##": lambda n, p: f"## {p}群众工作总结",
    "Markdown years": lambda n, p: f"# {p}{2019 + n}年群众工作总结",
    "titles in a row": lambda n, p: f"{p}2020年群众工作总结",
    "titles with years": lambda n, p: f"{p}{2019 + n}年信访工作汇报",
}  # fmt: skip
#: and what stands between two: a date under the report before, a rule
ENDINGS = {
    "signed and dated": ("{p}信访局\n2021年1月8日", "{p}2020年群众工作情况"),
    "dated": ("2021年1月8日", "{p}2020年群众工作总结"),
    "a rule": ("————————————", "关于{p}群众工作的汇报"),
    "a row of stars": ("* * * * *".replace(" ", ""), "{p}群众工作做法"),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_page_falls_apart_at_its_headings(style):
    """Three reports under headings of one style are three, each begun at its heading."""
    text = "\n".join(f"{STYLES[style](n, p)}\n{BODY[p]}" for n, p in enumerate(NAMES))
    page = clean(text)
    reports = split(page.text)
    assert len(reports) == 3
    for place, report in zip(NAMES, reports, strict=True):
        assert clean(BODY[place]).text[-20:] in page.text[report.start : report.end]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_page_falls_apart_at_titles_behind_an_end(ending):
    """A title line behind a date, a signature or a rule begins another report."""
    end, title = ENDINGS[ending]
    text = "\n".join(f"{title.format(p=p)}\n{BODY[p]}\n{end.format(p=p)}" for p in NAMES)
    assert len(split(clean(text).text)) == 3


def test_an_article_begins_behind_the_line_that_names_an_editor():
    """A title behind the editor of the article above begins another; links to other pages begin none."""
    bodies = ("上半年,甲县受理来信来访385件,办结372件,办结率96.6%。" * 3,) * 2
    page = (
        f"甲县:上半年信访情况\n{bodies[0]}\n【责任编辑:某某】\n乙市2015年信访情况盘点\n{bodies[1]}"
    )
    assert [one.title for one in split(clean(page).text)] == [
        "甲县:上半年信访情况",
        "乙市2015年信访情况盘点",
    ]
    links = f"甲县:上半年信访情况\n{bodies[0]}\n责任编辑:某某\n乙市召开信访会议\n丙县开展走访\n"
    assert len(split(clean(links).text)) == 1


def test_parts_whose_blank_is_lost_stand_under_their_numbers():
    """篇1 甲乡 is a heading, too, where cleaning has joined number and words."""
    body = (
        "排查出矛盾纠纷15件,件件调处,成功率100%。入户走访98户,化解积案1起,发放宣传单3000余份。" * 2
    )
    page = "\n".join(
        [
            "调处工作汇报(精选3篇)",
            *(
                f"篇{n}　{p}\n{body}"
                for n, p in enumerate(("甲乡", "某镇上半年总结", "镇里的排查"), 1)
            ),
        ]
    )
    assert len(split(clean(page).text)) == 3


def test_delegates_addressed_again_hear_another_report():
    """A report to a congress ends with its thanks; the next one addresses the delegates again."""
    speech = "\n".join(
        f"政府工作报告\n——{2019 + n}年1月8日\n各位代表：\n{BODY[p]}\n以上报告，请予审议。谢谢大家。"
        for n, p in enumerate(NAMES)
    )
    assert len(split(clean(speech).text)) == 3


WHOLE = [
    "一、主要做法\n{0}\n二、存在问题\n{1}\n三、下一步打算\n{2}",
    "（一）健全制度\n{0}\n（二）完善网络\n{1}\n（三）推行代办\n{2}",
    "一、2020年工作总结\n{0}\n二、2021年工作计划\n{1}\n{2}",
    "第一部分 工作回顾\n{0}\n第二部分 工作安排\n{1}\n{2}",
    "## 主要情况\n{0}\n## 基本经验\n{1}\n## 工作计划\n{2}",
    "案例一、材料一应俱全\n{0}\n{1}\n{2}",
    "{0}\n{1}\n附件1\n十大工程说明\n附件2\n名词解释\n{2}",
    "表1 办理情况\n{0}\n表2 调解情况\n{1}\n{2}",
    "2020年主要工作总结\n{0}\n2021年工作计划\n{1}\n{2}",
    "信访局\n接访工作情况\n{0}\n司法局\n调解工作情况一览\n{1}\n{2}",
    "附件1：接访情况\n{0}\n附件2：调解情况\n{1}\n{2}",
    "{0}\n2011年各乡镇信访事项办理情况\n单位：万元\n| 乡镇 | 受理（件） |\n| 东河镇 | 120 |\n{1}\n{2}",
    "{0}\n2011年各乡镇信访事项办理情况\n| 乡镇 | 受理（件） |\n| 东河镇 | 120 |\n{1}\n{2}",
]


@pytest.mark.parametrize("frame", WHOLE)
def test_headings_within_a_report_divide_nothing(frame):
    """Sections, plans and captions of one report leave it whole."""
    text = "甲山县群众工作总结\n" + frame.format(*BODY.values())
    assert len(split(clean(text).text)) == 1


def test_a_digit_of_another_script_numbers_no_report():
    """A title that ends in an Arabic-Indic digit is read as any other."""
    assert len(split(clean("信访工作总结\u0663\n" + BODY["甲山县"]).text)) == 1


def test_a_table_of_contents_begins_no_report():
    """Headings listed at the top of a page are no reports of their own."""
    heads = [f"篇{CHINESE[n]}：{p}群众工作总结" for n, p in enumerate(NAMES)]
    bodies = "\n".join(f"{head}\n{BODY[p]}" for head, p in zip(heads, NAMES, strict=True))
    assert len(split(clean("\n".join(heads) + "\n" + bodies).text)) == 3


def test_a_year_below_a_numbered_heading_is_no_part_of_its_number():
    """材料2 above a line that begins with 2022年 is not 22022年."""
    assert "22022" not in clean("材料2\n2022年，全县受理312件。").text


OWNERS = ["甲山县", "乙桥乡", "丙河街道", "丁城县信访局"]
FOUR = "一二三四"
SHORT = [
    "一年来，我县把群众工作放在心上，健全了接访制度。全县共受理信访事项312件，办结298件。\n各乡镇每月排查矛盾，做到小事不出村，群众比较满意，社会大局稳定。",
    "过去一年，乡里围绕服务群众这条主线，完善了三级网络。共排查纠纷208起，调解成功201起。\n乡里开通了热线，安排专人值守，对群众反映的事情限时答复，下一步继续抓好队伍。",
    "街道把解决问题作为出发点，推行了代办制度。全年代办事项1260件，办结1188件。\n各社区设立了代办点，由干部轮流值班，老人可以在家中办事，得到大家认可。",
    "我局紧扣中心，强化督查。全年督办案件86件，办结84件，回复率较高。\n全局干部下沉一线，帮助企业和群众解决困难，形成了一批好的做法，得到上级肯定。",
]
#: sixty more ways, of reports so short that each is hardly two lines
MORE = {
    "篇一：":lambda n,p:f"篇{FOUR[n]}：{p}信访工作总结",
    "【篇一】":lambda n,p:f"【篇{FOUR[n]}】",
    "篇1 bare":lambda n,p:f"篇{n+1}",
    "第一篇 《》":lambda n,p:f"第{FOUR[n]}篇 《{p}群众工作汇报》",
    "（篇一）":lambda n,p:f"（篇{FOUR[n]}）{p}信访工作情况",
    "范文一":lambda n,p:f"范文{FOUR[n]}",
    "范文（一）":lambda n,p:f"范文（{FOUR[n]}）：{p}工作汇报",
    "[范文1]":lambda n,p:f"[范文{n+1}]",
    "## titles":lambda n,p:f"## {p}信访工作总结",
    "### numbered":lambda n,p:f"### {n+1}. {p}信访工作总结",
    "**bold**":lambda n,p:f"**{p}信访工作总结**",
    "titles in a row":lambda n,p:f"{p}2021年信访工作总结",
    "title with other year":lambda n,p:f"甲山县{2018+n}年信访工作总结",
    "《title》":lambda n,p:f"《{p}信访工作总结》",
    "材料2 + year line":lambda n,p:f"材料{n+1}\n{2020+n}年，{p}稳步推进工作。",
    "材料（二）":lambda n,p:f"交流材料（{FOUR[n]}）\n{p}信访工作汇报",
    "发言材料之一":lambda n,p:f"发言材料之{FOUR[n]}\n{p}",
    "附件1：title":lambda n,p:f"附件{n+1}：{p}信访工作总结",
    "1、title":lambda n,p:f"{n+1}、{p}信访工作总结",
    "（一）title":lambda n,p:f"（{FOUR[n]}）{p}信访工作总结",
    "①":lambda n,p:f"{'①②③④'[n]}{p}信访工作总结",
    "Part 1":lambda n,p:f"Part {n+1} {p}信访工作总结",
    "PART ONE":lambda n,p:f"PART{n+1}\n{p}信访工作总结",
    "NO.1":lambda n,p:f"No.{n+1} {p}信访工作总结",
    "案例1":lambda n,p:f"案例{n+1}：{p}接访下访做法",
    "第一篇章":lambda n,p:f"之{FOUR[n]}：{p}信访工作总结",
    "01 / 02":lambda n,p:f"0{n+1} {p}信访工作总结",
    "模板一":lambda n,p:f"工作汇报模板{FOUR[n]}",
    "title 第1篇":lambda n,p:f"信访工作总结第{n+1}篇",
    "title-篇一":lambda n,p:f"信访工作总结-篇{FOUR[n]}",
    "第一部分 title":lambda n,p:f"{p}信访工作总结（第{FOUR[n]}篇）",
    "篇目一":lambda n,p:f"篇目{FOUR[n]}：{p}信访工作总结",
    "样例1":lambda n,p:f"样例{n+1}：",
    "示例一":lambda n,p:f"示例{FOUR[n]}：{p}汇报",
    "精选一":lambda n,p:f"信访工作总结精选{FOUR[n]}",
    "经验交流一":lambda n,p:f"经验交流材料{FOUR[n]}：{p}",
    "【材料一】":lambda n,p:f"【材料{FOUR[n]}】{p}信访工作总结",
    "〔一〕":lambda n,p:f"〔{FOUR[n]}〕{p}信访工作总结",
    "1)title":lambda n,p:f"{n+1}）{p}信访工作总结",
    "Ⅰ":lambda n,p:f"{'ⅠⅡⅢⅣ'[n]}、{p}信访工作总结",
    "spaces":lambda n,p:f"        {p}信访工作情况汇报        ",
    "题目：":lambda n,p:f"题目：{p}信访工作总结",
    "标题：":lambda n,p:f"标题：{p}信访工作总结",
    "== md ==":lambda n,p:f"== {p}信访工作总结 ==",
    "# h1 years":lambda n,p:f"# {2018+n}年信访工作总结",
    "----title----":lambda n,p:f"----{p}信访工作总结----",
    "title（2021年度）":lambda n,p:f"{p}信访工作总结（{2018+n}年度）",
    "title\\n（place）":lambda n,p:f"信访工作经验材料\n（{p}）",
    "关于…的报告":lambda n,p:f"关于{p}信访工作情况的报告",
    "two-line title":lambda n,p:f"中共{p}委员会\n关于群众工作情况的汇报",
    "第一期":lambda n,p:f"信访简报第{FOUR[n]}期",
    "之一 alone":lambda n,p:f"之{FOUR[n]}",
    "第二篇：":lambda n,p:f"第{FOUR[n]}篇：",
    "篇二(blank lines)":lambda n,p:f"\n\n篇{FOUR[n]}\n\n{p}信访工作总结\n",
    "例1.":lambda n,p:f"例{n+1}. {p}信访工作总结",
    "Chinese full 第壹篇":lambda n,p:f"第{'壹贰叁肆'[n]}篇 {p}信访工作总结",
    "(1/3)":lambda n,p:f"{p}信访工作总结（{n+1}/4）",
    "title二":lambda n,p:f"{p}信访工作总结{FOUR[n]}",
    "HTML-ish 一、":lambda n,p:f"{FOUR[n]}、{p}2021年信访工作总结",
}  # fmt: skip
#: and the ways in which a report without a heading of a series ends
CLOSED = {
    "signed":lambda n:f"{OWNERS[n]}2021年工作总结\n{SHORT[n]}\n{OWNERS[n]}人民政府\n2022年1月{8+n}日",
    "date cn":lambda n:f"{OWNERS[n]}工作汇报\n{SHORT[n]}\n二〇二一年十二月{FOUR[n]}日",
    "date bracket":lambda n:f"{OWNERS[n]}工作总结\n{SHORT[n]}\n（2021年12月{8+n}日）",
    "rule":lambda n:f"{OWNERS[n]}工作总结\n{SHORT[n]}\n----------",
    "to delegates":lambda n:f"{OWNERS[n]}政府工作报告\n各位代表：\n{SHORT[n]}\n谢谢大家！",
    "to delegates years":lambda n:f"政府工作报告\n——20{18+n}年1月8日在甲山县人民代表大会上\n各位代表：\n{SHORT[n]}\n以上报告，请予审议。",
    "comrades":lambda n:f"在{OWNERS[n]}会议上的讲话\n同志们：\n{SHORT[n]}\n谢谢大家！",
    "signed right":lambda n:f"{OWNERS[n]}工作总结\n{SHORT[n]}\n　　　　　　{OWNERS[n]}委员会 2021年12月{8+n}日",
}  # fmt: skip


@pytest.mark.parametrize("style", MORE)
def test_short_reports_fall_apart_at_their_headings(style):
    """Two, three and four short reports under headings of one style are so many."""
    counts = []
    for k in (2, 3, 4):
        parts = [f"{MORE[style](n, OWNERS[n])}\n{SHORT[n]}" for n in range(k)]
        counts.append(len(split(clean("\n".join(parts)).text)))
    assert counts == [2, 3, 4]


@pytest.mark.parametrize("ending", CLOSED)
def test_short_reports_fall_apart_at_their_ends(ending):
    """Signatures, dates, rules and thanks close short reports, too."""
    pages = ["\n".join(CLOSED[ending](n) for n in range(k)) for k in (2, 3, 4)]
    assert [len(split(clean(page).text)) for page in pages] == [2, 3, 4]


@pytest.mark.xfail(strict=True, reason="the title stands above the line that bears the number")
def test_issues_numbered_below_their_titles_are_not_told_apart_yet():
    """A bulletin's number on a line of its own, below a title that all issues share."""
    parts = [f"信访工作简报\n2021年第{n + 1}期\n{SHORT[n]}" for n in range(3)]
    assert len(split(clean("\n".join(parts)).text)) == 3


def test_lines_are_tried_from_their_beginnings():
    """What a pattern of whole lines matches is what it finds by itself, over blank lines too."""
    text = "\n# 甲县总结\n\n甲县受理9件。\n一、乙县信访工作总结\n(二)\n二、丙县工作汇报"
    for pattern in (*boundaries._SERIES, boundaries._TITLES, boundaries._TITLE):
        found = [m.span() for m in boundaries._lines(pattern, text)]
        assert found == [m.span() for m in pattern.finditer(text)]


def test_a_marked_heading_of_a_section_begins_no_report():
    """一、全县… is a section of the report above it, whatever it names."""
    text = (
        "甲县2020年度信访工作情况报告\n"
        + "全县信访形势平稳。" * 8
        + "\n一、全县信访总体情况\n"
        + "受理信访事项9件。" * 8
    )
    assert boundaries.boundaries(text) == []


@pytest.mark.parametrize(
    "dates",
    [
        ("2009-01-12 ", "2010-12-24 "),
        ("（2019年5月）", "2013-01-16 甲网 编辑：xx\n"),
        ("2013年10月消息 ", "发布时间：2014年3月2日\n"),
    ],
)
def test_articles_in_a_row_stand_each_under_its_title_and_above_its_date(dates):
    """Titles of news fall apart where a date follows each."""
    body = "县里接待来访43批次，办结率97%，群众满意率98%，排查矛盾纠纷310件，调解成功305件，走访群众1200户，解决问题86个。"
    one, other = dates
    page = f"简讯两则\n\n甲县：办件快\n{one}{body}\n\n乙县：热线通\n{other}{body}\n"
    found = boundaries.boundaries(clean(page).text)
    assert [(b.title, b.sign) for b in found] == [
        ("甲县:办件快", "datelines"),
        ("乙县:热线通", "datelines"),
    ]


def test_one_of_and_the_other_of_two_places_head_reports():
    """其一 and 其二 before the names of two places begin two reports."""
    body = "镇上接待来访43批次，办结率97%，群众满意率98%，排查矛盾纠纷310件，调解成功305件，走访群众1200户，解决问题86个。\n"
    page = f"两地新做法\n\n其一 甲县乙镇：村口有人管\n{body}\n其二 丙县丁区：楼里有人问\n{body}"
    assert len(boundaries.boundaries(clean(page).text)) == 2


PROMISES = {
    "两则": ("信访工作两则", ("其一 {0}的做法", "其二 {1}的做法")),
    "(两地)": ("群众工作简讯（两地）", ("（一）{0}　来源：某某网", "（二）{1}")),
    "三篇": ("调解工作三篇", ("一　{0}：门口说理", "二　{1}：热线连心", "三　{2}：代办到家")),
    "bracketed": ("代办工作怎么看（两地）", ("【{0}】　来源：某某网", "【{1}】")),
}


@pytest.mark.parametrize("style", PROMISES)
def test_a_page_has_as_many_parts_as_its_title_promises(style):
    """Headings of any kind begin reports where there are as many as the title says."""
    title, headings = PROMISES[style]
    parts = [f"{h.format(*NAMES)}\n{BODY[p]}" for h, p in zip(headings, NAMES, strict=False)]
    page = clean("\n".join([title, *parts]))
    assert len(boundaries.boundaries(page.text)) == len(split(page.text)) == len(headings)


def test_the_parts_that_a_title_promises_begin_before_the_sections_of_the_first():
    """Two sections of the first of two parts are no parts."""
    first = f"一、结婚\n{BODY['甲山县']}\n二、离婚\n{BODY['甲山县']}"
    text = f"婚姻登记统计两则\n(1)甲山县2022年\n{first}\n(2)乙桥县2022年\n{BODY['乙桥县']}"
    assert [one.title for one in boundaries.boundaries(clean(text).text)] == [
        "甲山县2022年",
        "乙桥县2022年",
    ]


def test_sections_that_no_title_promises_begin_no_reports():
    """Two headings below a title that promises three parts are sections."""
    text = f"调解工作三篇\n一、排查\n{BODY['甲山县']}\n二、化解\n{BODY['乙桥县']}"
    assert boundaries.boundaries(clean(text).text) == []


@pytest.mark.parametrize(
    "title",
    ["甲县总工会上门服务企业三家", "甲县总工会上门服务企业103家", "甲县总工会救助职工家庭三例"],
)
def test_a_title_that_counts_firms_promises_no_reports(title):
    """Three sections below a title that counts three firms are sections."""
    text = "\n".join([title, *(f"{CHINESE[n]}、做法\n{BODY[p]}" for n, p in enumerate(NAMES))])
    assert boundaries.boundaries(clean(text).text) == []


def test_a_title_that_the_frame_of_a_page_repeats_is_one_article():
    """Labels of a paper, who delivers it, and a title printed twice, each above the date, head nothing."""
    body = (
        "一年来,全省受理来信来访3850件,办结3720件,办结率96.6%。各地落实包案责任,群众满意率98%。" * 4
    )
    page = (
        "标题:甲省2009年工作报告\n发文单位:甲省人民政府\n发文时间:2009-02-13\n报告人:甲省人民政府省长\n"
        f"首页\n政府工作报告\n2009年02月13日\n{body}\n当前位置:\n政府工作报告\n2009年02月13日\n{body}"
    )
    assert len(split(clean(page).text)) == 1


def test_the_bulletin_of_the_next_week_is_another_report():
    """Two titles that differ in their numbers alone stand below the way through the site."""
    body = "一周受理市民诉求{}件，直接办理437件（52.7%），转派办理469件（47.3%），咨询、求助、建议各占一部分，逐件回访。\n"
    title = "12345热线2024年第{}周运行情况（{}月24日至30日）\n"
    page = "首页 > 热线数据 > 周报\n" + "".join(
        title.format(week, month) + body.format(count)
        for week, month, count in ((26, 6, 7142), (28, 7, 7118))
    )
    assert len(split(clean(page).text)) == 2
