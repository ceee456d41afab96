"""Whose words a report is: the body that issued it comes before the site, and what passed it on issued nothing."""

import pytest

from qz_analysis import reports

BODY = "全县受理信访件90件，办结88件，群众满意。"
# a page, the body that issued it, who passed it on
PAGES = [
    # the line below the title, behind which the text begins
    (f"甲山县群众工作汇报\n甲山县信访局\n{BODY}", "甲山县信访局", ""),
    (f"甲山县群众工作汇报\n中共甲山县委信访局\n甲山县司法局\n{BODY}", "中共甲山县委信访局、甲山县司法局", ""),
    (f"甲山县群众工作汇报\n(王* 中共甲山县委群众工作部)\n{BODY}", "中共甲山县委群众工作部", ""),
    # the field of the source comes before the site above the title
    (f"甲山县人民政府\n\n青石镇网格工作\n\n日期:2022年3月1日 来源:青石镇人民政府 点击:9\n\n{BODY}", "青石镇人民政府", ""),
    (f"甲山县人民政府\n\n青石镇网格工作\n\n日期:2022年3月1日\n\n{BODY}", "甲山县人民政府", ""),
    # the paper of a body in which it was printed
    (f"甲山县群众工作思考\n{BODY}(转载于中共乙州市委办公室2012年《调研》第3期)", "中共乙州市委办公室", ""),
    # for whom a speaker reports to an assembly, with the place of the report where he does not name it
    (f"甲山县工作报告\n各位代表:\n现在,我代表县人民政府,向大会报告工作,请予审议。\n{BODY}", "甲山县人民政府", ""),
    (f"甲山县工作报告\n各位代表:\n我代表甲山县人民政府向大会作政府工作报告。\n{BODY}", "甲山县人民政府", ""),
    ("甲山县青石镇工作报告\n各位代表:我代表镇政府报告工作。\n全镇受理事项9件。", "青石镇人民政府", ""),
    (f"甲山县工作报告\n我代表县委、县政府道一声辛苦。\n{BODY}", "", ""),
    (f"甲山县工作报告 制定机关:甲山县人民政府(主讲人) 2022年2月16日\n{BODY}", "甲山县人民政府", ""),
    # newspapers and sites of samples
    (f"某某日报\n2019年6月1日\n\n甲山县办结信访件\n\n{BODY}", "", "某某日报"),
    (f"甲山县办结信访件\n来源:某某晚报 2019年6月1日\n{BODY}", "", "某某晚报"),
    (f"甲山县办结信访件\nhttp://news.example 2006年8月1日07:40 某某商报\n{BODY}", "", "某某商报"),
    (f"□本报记者\n甲山县{BODY}", "", "newspaper"),
    (f"某某文库 首页\n甲山县群众工作汇报\n甲山县信访局\n{BODY}", "甲山县信访局", "某某文库"),
    (f"甲山县群众工作报告范文(9篇)\n甲山县{BODY}", "", "samples"),
    (f"甲山县办结信访件\n2019年6月1日 来源:本网\n{BODY}", "", ""),
    (f"甲山县群众工作汇报\n{BODY}", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("page", "issuer", "carrier"), PAGES)
def test_who_issued_a_report_and_who_passed_it_on(page, issuer, carrier):
    """Signature, line below the title, source, then the site; newspapers and samples are no issuers."""
    row = reports(page).iloc[0]
    assert (row["issuer"], row["carrier"]) == (issuer, carrier)


def test_the_body_of_one_report_issues_none_of_another_place():
    """A page that strings replies of two counties keeps each with its own body."""
    rest = "答复如下。全县受理来访37批92人次，办结34件，办结率92%。调解纠纷118起，调成113起。\n"
    text = f"第一篇 米易县水利局工作总结\n米易县水利局\n代表您好：{rest}\n第二篇 牟定县议案答复\n代表您好：{rest}"
    found = reports(text)[["place", "issuer"]].values.tolist()
    assert found == [["米易县", "米易县水利局"], ["牟定县", ""]]
