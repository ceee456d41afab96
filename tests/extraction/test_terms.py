"""What a report to an assembly tells of without saying when is dated by its parts."""

import pytest

from qz_analysis.extraction.terms import in_term
from qz_analysis.runs.tables import tables

HEAD = (
    "政府工作报告\n-2020年1月8日在甲县人民代表大会会议上\n各位代表:\n现在,我报告工作,请予审议。\n"
)
# what follows the opening, period of its last claim, how it is known
PARTS = [
    ("一年来,全县上下共同努力。\n新建学校3所。", "2019", "section"),
    ("新建学校3所。", "2019", "report"),
    ("去年新建学校3所。", "2019", "words"),
    ("一、2019年工作回顾\n(一)教育\n新建学校3所。", "2019", "section"),
    ("一、过去五年工作回顾\n新建学校3所。", "2015..2019", "section"),
    ("一、过去五年工作回顾\n森林覆盖率达到40%。", "2019", "section"),
    ("一、过去五年工作回顾\n2018年新建学校3所。", "2018", "words"),
    (
        "一、过去五年工作回顾\n新建中学1所,2018年新建学校3所。改造危房90户。",
        "2015..2019",
        "section",
    ),
    ("一、过去五年工作回顾\n2018年新建学校3所。\n改造危房90户。", "2015..2019", "section"),
    ("二、2020年主要任务\n新建学校3所。", "2020", "section"),
    ("二、2020年主要任务\n到2025年,森林覆盖率达到40%。", "2025", "words"),
    ("二、2020年主要任务\n到2025年建成园区。\n新建学校3所。", "2020", "section"),
    ("二、2020年主要任务\n全年新建学校3所。", "2020", "words"),
    ("“十二五”期间新建学校3所。", "2011..2015", "words"),
    ("1-11月,受理诉求300件。", "2019-01..2019-11", "words"),
    ("截至12月底,受理诉求300件。", "2019", "words"),
    ("森林面积比2015年增加9万亩。", "2019", "report"),
]


@pytest.mark.parametrize(("part", "period", "known"), PARTS)
def test_parts_of_a_report_to_an_assembly(part, period, known):
    claims = tables(HEAD + part).claims
    assert claims[["period", "period_from"]].iloc[-1].tolist() == [period, known]


def test_without_a_date_of_the_document_nothing_is_guessed():
    page = "各位代表:\n现在,我报告工作,请予审议。\n过去一年,新建学校3所。"
    assert tables(page).claims["period"].tolist() == [""]


@pytest.mark.parametrize(
    ("lead", "tail", "kind", "period"),
    [
        ("覆盖率达到", "", "rate", "2020"),
        ("覆盖率由", "提高到", "rate", "2015"),
        ("累计建成", "", "measure", "2016..2020"),
        ("产值年均增长", "", "change", "2016..2020"),
        ("吞吐量", ",比2015年翻番", "measure", "2020"),
    ],
)
def test_levels_and_deeds_of_a_term(lead, tail, kind, period):
    assert in_term("2016..2020", lead, tail, kind, "") == period
