"""Mechanisms are found by their names, once, where they stand, and told apart from those that are planned or missing."""

import re
from pathlib import Path

import pytest
from sparing import sparing
from timing import growth, steps

import qz_analysis as qz
from qz_analysis.comparison.mechanisms import _Negation, find, known_mechanisms
from qz_analysis.errors import VocabularyError
from qz_analysis.readers.read import read
from qz_analysis.vocabularies.rules import GROUPS, checked, parse
from qz_analysis.vocabularies.session import load


def names(text):
    """Mechanisms found in a text, with a mark for those that are only planned or denied."""
    found = qz.mechanisms(text)
    return [f"{'-' if row.negated else ''}{row.mechanism}" for row in found.itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # reception
        ("甲县每月15日为县委书记接待日", ["leaders_day"]),
        ("实行领导班子轮流接访制度", ["leaders_reception"]),
        ("开展书记县长“大接访”活动6场次", ["big_reception"]),
        ("推行“一站式接待、一条龙办理、一揽子解决”", ["one_stop"]),
        ("在信访大厅联合接待来访群众", ["petition_hall", "joint_reception"]),
        ("党代表接访和分类接访", ["delegates_reception", "by_class"]),
        # responsibility
        ("召开联席会议，落实首问责任制", ["joint_meeting", "first_asked"]),
        ("落实首访责任制、首办责任制和限时办结制", ["first_visit", "first_handler", "time_limits"]),
        ("县领导包案处理43宗", ["case_leader"]),
        ("坚持属地管理、分级负责，谁主管、谁负责", ["territorial", "territorial"]),
        ("落实“五包”稳控目标责任制，实行“四不推”机制", ["n_guarantees", "no_pushing"]),
        # mediation
        ("建立诉前联调工作室，拓展三级平台", ["pre_litigation", "three_levels"]),
        ("人民调解、行政调解、司法调解相衔接", ["linked_mediation"]),
        ("开展矛盾纠纷集中排查调处活动", ["screening"]),
        # outreach
        ("领导干部带案下访，干部包村", ["visits_down", "village_cadres"]),
        ("乡镇设立“红色代办”总站8个，红色代办员723人", ["red_agents", "red_agents"]),
        ("开展大宣传、大对话、大调解、大化解“四大”活动", ["big_publicity", "big_dialogue", "big_mediation", "big_settling", "four_bigs"]),
        # resources, information, assessment
        ("发放人民调解个案奖励金，设立信访专项资金", ["per_case_reward", "special_fund"]),
        ("红袖章治安协警队和专业治安联防队", ["red_armbands", "patrols"]),
        ("日常工作经费纳入年度财政预算", ["budgeted"]),
        ("启用信访信息系统，开通12345热线和县长信箱", ["info_system", "hotline", "mailbox"]),
        ("网格员和民情日记", ["grid", "diary"]),
        ("年度目标管理，督查督办，一票否决", ["targets", "supervision", "veto"]),
        # what is only akin to a mechanism goes by a name of its own
        ("建立信访调解机制，鼓励一事一议", ["petition_mediation", "case_by_case"]),
        ("按复查、复核、终结的程序办，落实“三级终结”", ["review", "three_level_closure"]),
        # a page in Traditional characters, with a page number and a line end inside
        ("實行首問責任制，領導下 1訪", ["first_asked", "visits_down"]),
    ],
)  # fmt: skip
def test_mechanisms_are_found_by_their_names(text, expected):
    """A mechanism is found under each of its names, in either script, and only once."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加大调解力度，加大宣传力度，加大走访和排查的力度",  # 大调解, 大宣传, 大走访 are no words here
        "扩大接访范围，重大信访案件，进一步加大化解力度",
        "家庭承包经营，承包案例，一包到底，打包方案",
        "群众工作部门召开会议，领导组织学习，进行纪律检查",
        "三包家电，四下乡，五包大米，六不推荐",
        "妥善处理“四大关系”，学校、家庭、社会三位一体",
        "上下访谈，热线索，网上购物，网店",
        "形成宣传部门组织协调的大宣传工作格局",
        "调解纠纷36件，接待群众，排查隐患，走访农户，考核合格",
        "首页 > 政务公开 > 联席会议\n受理9件。",  # the way to a page
        # deeds, which every report tells, name no arrangement
        "全县已排查化解矛盾纠纷600余起，排查调处纠纷261件，敏感时期集中排查",
        "纠纷排查化解了3955件，积案化解1起，信访积案化解处置23件，化解信访积案17起",
        "倒查企业107家，对监管不力的部门问责35个，及时劝返2起",
        "",
    ],
)
def test_ordinary_words_name_no_mechanism(text):
    """Words that hold the characters of an alias by chance are not found."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我县尚未建立联席会议制度", ["-joint_meeting"]),
        ("拟建立首问责任制、限时办结制", ["-first_asked", "-time_limits"]),
        ("我县将建立三级平台", ["-three_levels"]),
        ("计划于年内推行一站式服务", ["-one_stop"]),
        ("要建立群众工作联席会议制度", ["-joint_meeting"]),
        ("各镇应当设立便民服务中心", ["-service_centre"]),
        ("缺乏经费保障机制", ["-budgeted"]),
        ("部分乡镇未能有效落实首问责任制", ["-first_asked"]),
        ("责任追究制度没有落实", ["-accountability"]),
        ("取消一票否决", ["-veto"]),
        ("下一步，推行网格化管理", ["-grid"]),
        ("二是今后开通民生热线", ["-hotline"]),
        # what ought to be: from the word to the full stop, in plans and advice
        (
            "要坚持“属地管理”，落实首问责任制；推行领导包案",
            ["-territorial", "-first_asked", "-case_leader"],
        ),
        ("下步要发展民主；要帮助群众，运用好“四议两公开”工作法", ["-village_vote"]),
        ("党员干部应主动与群众结对认亲", ["-pairing"]),
        ("一要落实督查督办，由政法部门组织联合接访", ["-supervision", "-joint_reception"]),
        ("加快建设信访信息系统", ["-info_system"]),
        ("要落实首问责任制。全县推行领导包案", ["-first_asked", "case_leader"]),
        ("应急处置中召开联席会议", ["joint_meeting"]),
        ("要案由领导包案，主要领导轮流接访", ["case_leader", "leaders_reception"]),
        ("今后要抓好落实，目前已推行领导包案", ["case_leader"]),
        # what only looks like a plan or a denial
        ("将联席会议作为平台", ["joint_meeting"]),
        ("严格按照要求落实首问责任制", ["first_asked"]),
        ("主要领导建立包案制度", ["case_leader"]),
        ("相应建立了联席会议制度", ["joint_meeting"]),
        ("拟定方案，建立联席会议制度", ["joint_meeting"]),
        ("尚未解决的问题由领导包案", ["case_leader"]),
        ("没有办结的由领导包案", ["case_leader"]),
        ("下一步，继续坚持领导接访", ["leaders_reception"]),
        ("未参保人员，开通服务热线", ["hotline"]),
        # one clause does not speak for the next
        ("尚未建立联席会议制度，但落实了首问责任制", ["-joint_meeting", "first_asked"]),
    ],
)
def test_planned_and_denied_are_told_apart(text, expected):
    """Words that deny or announce a mechanism mark it, within their clause and no further."""
    assert names(text) == expected


PLAN = "一、主要做法\n全县落实首问责任制。\n二、存在的问题\n办法不多。\n三、下一步打算\n落实首问责任制。推行网格化管理。用好信访专项资金。"


def test_proposals_reach_to_the_next_heading():
    """Under a heading of plans all is planned, but for what the report has shown to be there or says is there."""
    assert names(PLAN) == ["first_asked", "first_asked", "-grid", "-special_fund"]
    assert names(PLAN + "\n四、附记\n全县实行一票否决。")[-1] == "veto"
    assert names("## 对策建议\n\n实行一票否决。\n\n## 结语\n\n实行督查督办。") == [
        "-veto",
        "supervision",
    ]
    assert names("现提出以下几点建议:(一)实行一票否决。") == ["-veto"]
    assert names("## 建议与对策\n\n农村用好“四议两公开”，现有信访专项资金管好。") == [
        "-village_vote",
        "special_fund",
    ]
    assert names("一是抓排查。\n下一步打算:\n推行网格化管理。") == ["-grid"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人民调解个案奖励办法", ["人民调解个案奖励办法"]),  # 人民调解 lies inside
        ("联席会议领导小组", ["联席会议领导小组"]),  # 领导小组 lies inside
        ("首接首办责任制", ["首接首办责任制"]),
        (
            "领导干部基层大接访活动",
            ["领导干部基层大接访", "大接访活动"],
        ),  # two mechanisms, neither inside the other
        ("两次召开联席会议，联席会议办公室", ["联席会议", "联席会议办公室"]),
    ],
)
def test_the_longest_alias_wins(text, expected):
    """A name inside a longer one is not counted; two that overlap both are."""
    assert [text[a:b] for a, b, _ in find(text)] == expected


def test_offsets_lead_to_the_raw_words():
    """raw[start:end] is what the file prints, front matter and noise included, and each row bears its report's place."""
    for path in qz.corpus()[:4]:
        raw = read(path).text
        found = qz.mechanisms(path)
        assert len(found)
        printed = [
            qz.clean(raw[a:b]).text for a, b in zip(found["start"], found["end"], strict=True)
        ]
        assert printed == found["text"].to_list()
    page = "甲山县全县实行领导下 1访。甲山县信访局"
    row = qz.mechanisms(page).iloc[0]
    assert (page[row.start : row.end], row.text, row.place, row.level) == (
        "领导下 1访",
        "领导下1访",
        "甲山县",
        "county",
    )


def test_reports_of_one_page_are_kept_apart():
    """Each report of a page has rows of its own, and a plan in one says nothing of the other."""
    page = "第一篇:甲山县信访工作\n甲山县全县实行一票否决。\n第二篇:乙桥镇群众工作\n乙桥镇全镇要建立一票否决制。"
    found = qz.mechanisms(page)
    assert found[["report", "place", "negated"]].values.tolist() == [
        [0, "甲山县", False],
        [1, "乙桥镇", True],
    ]


def test_evidence_and_matrix_add_up():
    """Evidence has one row per report and mechanism, in place if once so; the matrix counts the same places."""
    found = qz.mechanisms("甲县要建立联席会议制度。联席会议已召开6次。拟实行一票否决。")
    cases = qz.mechanism_evidence(found)
    assert cases[["mechanism", "standing", "times", "words"]].values.tolist() == [
        ["joint_meeting", "in place", 2, "联席会议"],
        ["veto", "planned", 1, "一票否决"],
    ]
    matrix = qz.mechanism_matrix(found)
    assert matrix.columns.tolist() == [("responsibility", "joint_meeting"), ("assessment", "veto")]
    assert matrix.to_numpy().tolist() == [[2, 1]]
    assert qz.mechanism_matrix(found.iloc[:0]).shape == (0, 0)
    assert len(qz.mechanism_evidence(found.iloc[:0])) == 0


def test_corpus_names_what_the_project_is_about():
    """The embedded corpus names mechanisms of every group; known ones stand in the reports that describe them."""
    cases = qz.mechanism_evidence(qz.mechanisms(qz.corpus()))
    assert set(cases["group"]) == set(GROUPS)
    named = cases.groupby("doc")["mechanism"].agg(set)
    assert {"per_case_reward", "pre_litigation", "red_armbands", "three_levels"} <= named[
        "000-02-county"
    ]
    assert {"first_asked", "no_pushing", "n_guarantees", "escort_back"} <= named["001-01-qiaoxi"]
    assert {"big_publicity", "big_dialogue", "big_mediation", "big_settling"} <= named[
        "003-05-tongjiang"
    ]
    assert "003-02-notes" not in named.index


def test_vocabulary_is_complete_and_apart():
    """45 mechanisms or more in seven groups, each found by its aliases alone; names in either language are unique and short."""
    found = known_mechanisms()
    assert len(found) >= 45 and tuple(dict.fromkeys(m.group for m in found.values())) == GROUPS
    assert len({m.zh for m in found.values()}) == len({m.en for m in found.values()}) == len(found)
    assert (
        max(len(m.en) for m in found.values()) <= 34
        and max(len(m.zh) for m in found.values()) <= 10
    )
    assert {"before", "after", "opening", "heading", "lead", "ought", "unless"} == set(
        load("mechanisms")["denied"]
    )
    text = (
        Path(qz.__file__)
        .with_name("vocabularies")
        .joinpath("mechanisms.toml")
        .read_text(encoding="utf-8")
    )
    assert text.startswith("#") and "Grammar" in text[:300]


ENTRY = '"{key}" = {{ zh = "甲", en = "a", what_zh = "甲", what_en = "a", aliases = [{aliases}] }}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[reception]\n"a" = "甲"', r"line 2: the entry 'a' in \[reception\]"),
        ("[reception]\n" + ENTRY.format(key="a", aliases=""), "the entry 'a'"),
        ("[reception]\n" + ENTRY.format(key="a", aliases="'甲'"), "the entry 'a'"),  # one character is too few
        ("[reception]\n\n" + ENTRY.format(key="a", aliases="'甲(乙'"), "line 3: the entry 'a'"),
        ("[reception]\n" + ENTRY.format(key="a", aliases="'(?:甲乙)?'"), "the entry 'a'"),  # matches nothing at all
        ('[denied]\n"before" = []', "the entry 'before'"),
        ("[receptions]\n" + ENTRY.format(key="a", aliases="'甲乙'"), r"no group \[receptions\]"),
        (
            "[reception]\n"
            + "\n".join(ENTRY.format(key=k, aliases="'甲乙'") for k in "ab"),
            "the alias '甲乙' of 'b' is one of 'a'",
        ),
        (
            "\n".join(f"[{g}]\n" + ENTRY.format(key="a", aliases=f"'{g}'") for g in ("reception", "outreach")),
            r"the entry 'a' stands in \[reception\] and \[outreach\]",
        ),
    ],
)  # fmt: skip
def test_wrong_entries_are_named(text, said):
    """A wrong entry of the vocabulary raises an error that names the file and the entry."""
    with pytest.raises(VocabularyError, match=r"^mechanisms\.toml") as error:
        checked(parse(text, "mechanisms"))
    assert re.search(said, str(error.value))


@pytest.mark.parametrize(
    "unit", sparing(["大接访", "、", "党务", "要", "专项资金", "\n", "。一、建议", " "], 2)
)
def test_time_grows_with_the_text_alone(unit):
    """Four times the text of any one word takes no more than some ten times as long."""
    small, large = (unit * (n // len(unit)) for n in (20_000, 80_000))
    assert growth(find, small, large) <= 10


def test_many_proposals_cost_a_place_no_more_than_one():
    """Whether a place stands among proposals is looked up, not tried with each of them."""

    def work(size):
        text = "一、下步打算\n建立调解制度。\n二、主要做法\n建立调解制度。\n" * size
        negation = _Negation(text, 0, len(text))
        places = [m.start() for m in re.finditer("调解", text)]
        assert [negation.proposed(at, at + 2) for at in places[-2:]] == [True, False]
        return steps(lambda: [negation.proposed(at, at + 2) for at in places])

    assert work(400) < 2.2 * work(200)
