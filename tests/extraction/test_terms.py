"""What a report to an assembly tells of without saying when is dated by its parts."""

from pathlib import Path

import pytest

from qz_analysis import extract
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


def _told(year: int, sentence: str) -> list[str]:
    """The periods of the figures of a sentence in a report to an assembly, in its account or plans."""
    coming = ("力争", "预计", "预期", "今年", "到2025", "到2022", "十四五", "规划建设", "展望")
    plan = any(word in sentence for word in coming)
    text = (
        f"{year}年唐县政府工作报告\n——{year}年1月8日在唐县第十六届人民代表大会第四次会议上\n各位代表：\n"
        f"现在，我代表县政府，向大会报告工作，请予审议。\n一、{year - 1}年工作回顾\n"
        f"{'全县平稳' if plan else sentence}。\n二、{year}年工作安排\n{sentence if plan else '照旧'}。\n"
    )
    at, rows = text.index(sentence), extract(text)
    return rows[(rows["start"] >= at) & (rows["start"] < at + len(sentence))]["period"].tolist()


TIMES = [
    line.split("\t")
    for line in Path(__file__).with_name("times.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("year", "sentence", "expected"), TIMES)
def test_times_of_sentences_of_an_account(year, sentence, expected):
    """The last figures of each sentence have the times that a careful reader gives them."""
    wanted = expected.split(";")
    found = _told(int(year), sentence)[-len(wanted) :]
    assert len(found) == len(wanted)
    assert all(one in fair.split("|") for one, fair in zip(found, wanted, strict=True)), found


@pytest.mark.xfail(strict=True, reason="not read yet")
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("与2015年相比，贫困发生率由8.9%下降到0.6%", ["2015", "2018"]),
        ("元月至十月，接待来访340批", ["2018-01..2018-10"]),
    ],
)
def test_times_that_are_not_read_yet(sentence, expected):
    """The year that a base is compared from, and 元月."""
    assert _told(2019, sentence) == expected


def test_words_explained_at_the_end_are_of_no_time():
    """What a word means holds at all times; a figure of its own time keeps it."""
    text = (
        "2020年唐县政府工作报告\n各位代表：\n现在，我向大会报告工作，请予审议。\n"
        "一、2019年工作回顾\n受理9件。\n名词解释\n[1]“一卡通”：指每人每年补助300元的办法。\n"
        "[2]“提升”：2018年起实施，补助500万元。"
    )
    assert extract(text)["period"].tolist() == ["2019", "", "2018+"]


def test_the_pairs_of_a_sentence_share_the_years_that_the_first_names():
    """产值从2017年的3亿元增长到2022年的4亿元,收入从9万元增长到12万元: both bases are of 2017."""
    head = "甲县2023年政府工作报告\n各位代表：\n现在，我向大会报告工作，请予审议。\n一、五年工作\n"
    pairs = "生产总值从2017年的3亿元增长到2022年的4亿元，预算收入从9万元增长到12万元。"
    claims = extract(f"{head}{pairs}五年来，刑事案件总量下降35.9%。")
    assert claims["period"].tolist() == ["2017", "2022", "2017", "2022", "2018..2022"]
    assert claims["role"].tolist() == ["base", "", "base", "", ""]
