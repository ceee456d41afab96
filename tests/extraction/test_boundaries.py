"""Reports strung together on one page are found by any convincing sign, and by no other."""

import pytest

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
]


@pytest.mark.parametrize("frame", WHOLE)
def test_headings_within_a_report_divide_nothing(frame):
    """Sections, plans and captions of one report leave it whole."""
    text = "甲山县群众工作总结\n" + frame.format(*BODY.values())
    assert len(split(clean(text).text)) == 1


def test_a_table_of_contents_begins_no_report():
    """Headings listed at the top of a page are no reports of their own."""
    heads = [f"篇{CHINESE[n]}：{p}群众工作总结" for n, p in enumerate(NAMES)]
    bodies = "\n".join(f"{head}\n{BODY[p]}" for head, p in zip(heads, NAMES, strict=True))
    assert len(split(clean("\n".join(heads) + "\n" + bodies).text)) == 3


def test_a_year_below_a_numbered_heading_is_no_part_of_its_number():
    """材料2 above a line that begins with 2022年 is not 22022年."""
    assert "22022" not in clean("材料2\n2022年，全县受理312件。").text
