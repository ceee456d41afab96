"""Which figures tell what is, which what is to come, and which what holds for each case."""

import pytest

from qz_analysis import extract
from qz_analysis.model import Document
from qz_analysis.runs.tables import gather

ACCOUNT = "一、2019年工作回顾\n"
PLANS = "二、2020年工作安排\n"


def told(text: str) -> list[str]:
    return extract(text)["modality"].tolist()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("全年受理来访43批次。", "actual"),
        ("力争办结率达95%。", "planned"),
        ("确保新建幼儿园12所。", "planned"),
        ("计划投资3.2亿元。", "planned"),
        ("拟修农村公路40公里。", "planned"),
        ("将新建便民站15个。", "planned"),
        ("预计全年受理620件。", "planned"),
        ("到2025年，森林面积达到12万亩。", "planned"),
        ("主要目标是：财政收入增长6%。", "planned"),
        ("务于6月底前使销号率达到90%以上。", "planned"),
        ("回访满意率争取达到96%。", "planned"),
        ("年底前再建调解室5间。", "planned"),
        ("其余31户年底前搬入。", "planned"),
        ("2021年计划走访农户900户。", "planned"),
        ("年初市里下达危房改造230户。", "planned"),
        ("今年的建设任务是床位500张。", "planned"),
        # what is asked of everybody
        ("办结率稳定在90%以上的要求没有变。", "required"),
        # what is done outweighs the words of a goal
        ("经积极争取,补助资金达到160万元。", "actual"),
        ("已完成年度计划的87%。", "actual"),
        ("确保了1300户群众用水。", "actual"),
        ("财政收入完成年度目标的105%。", "actual"),
        ("超额完成目标任务，新建道路17公里。", "actual"),
        ("落实计划生育奖励36万元。", "actual"),
        ("将信访事项全部登记，办结71件。", "actual"),
        ("48小时内已见面。", "actual"),
        ("其余40%今年全部兑现。", "planned"),
        ("其余6个明年逐步建设。", "planned"),
        ("其余40%今年已全部兑现。", "actual"),
        # what holds for each case
        ("补助标准为120元。", "required"),
        ("每人每年补助120元。", "required"),
        ("住院费用报销比例60%。", "required"),
        ("按照规定，场地不低于3000平方米。", "required"),
        ("建成高标准农田8万亩。", "actual"),
        ("人均住院费用3120元。", "actual"),
        ("平台服务于全县42个村。", "actual"),
        ("村里立下规矩：纠纷24小时内见面。", "required"),
    ],
)
def test_words_of_the_clause_say_it(text, modality):
    """Verbs of goals, of deeds and of rules decide for a figure, the last one before it first."""
    assert told(text) == [modality]


def test_a_goal_reaches_over_the_clauses_behind_it():
    """力争 governs a list of figures, till a clause says what is done."""
    assert told("力争收入增长8%，税收增长9%，外贸增长5%。") == ["planned"] * 3
    assert told("力争收入增长8%，目前已增长5%。") == ["planned", "actual"]


def test_what_a_planned_change_sets_out_from_is_what_is():
    """Of 从 and 到 in a goal the first tells what is, the second what is to come."""
    assert told("力争满意率从88%提高到92%。") == ["actual", "planned"]


@pytest.mark.parametrize(
    "goals",
    [
        "2021年目标：来访控制在90批以内，来信不超过30件。",
        "明年争取办结率达到98%以上，新增网格员12名。",
        "下半年，要使办结率达到98%，来访控制在9批以内。",
        "三季度安排：各村召开村民会2场；办结率提到90%。",
        "9月份计划走访200户，再建便民点3个。",
    ],
)
def test_goals_at_the_end_need_no_heading(goals):
    """A time to come with an aim makes the last paragraph of a report a plan."""
    assert told(f"上半年接待来访43批。\n{goals}") == ["actual", "planned", "planned"]


def test_a_section_says_it_where_no_word_does():
    """Figures of the account tell what is, those of the part on coming work what is to come."""
    text = ACCOUNT + "新建学校3所。\n" + PLANS + "新建学校5所。去年新建的3所继续使用。"
    assert told(text) == ["actual", "planned", "actual"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (
            "建成调解室18间。下一步，再建5间，配齐人员的村达到100%。",
            ["actual", "planned", "planned"],
        ),
        ("下一阶段工作中，新建站点5个。\n目前建成站点3个。", ["planned", "actual"]),
        ("今后，新建站点5个。\n二、主要成效\n建成站点3个。", ["planned", "actual"]),
        ("这一做法今后将推广。建成站点3个。", ["actual"]),
    ],
)
def test_words_that_turn_to_coming_work_hold_for_their_paragraph(text, modality):
    """下一步 at the head of a sentence makes what follows in its paragraph a plan."""
    assert told(text) == modality


def test_a_title_that_says_account_leaves_room_for_goals():
    """A report called 总结 may end with what the next year is to bring."""
    text = "甲县2022年信访工作总结\n受理来信3件。\n2023年，力争来访下降5%，满意率达到98%以上。"
    assert told(text) == ["actual", "planned", "planned"]


def test_a_forecast_in_an_account_tells_of_the_year_gone_by():
    """An account is written before its year is closed: 预计 there is the year's figure."""
    assert told(ACCOUNT + "预计总值达到80亿元。\n" + PLANS + "预计总值达到90亿元。") == [
        "actual",
        "planned",
    ]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("市里下达的任务是调解纠纷3000起。", "planned"),
        ("工作思路：接待来访群众不低于200批次。", "planned"),
        ("规划建设调解室20个。", "planned"),
        ("原计划受理500件。", "planned"),
        ("没有完成500件的任务。", "planned"),
        ("如果受理信访500件，那么要多派人手。", "required"),
        ("| 指标 | 2020年目标 |\n|---|---|\n| 信访总量（件） | 12 |\n", "planned"),
        ("| 指标 | 计划数 |\n|---|---|\n| 信访总量（件） | 12 |\n", "planned"),
        ("争取到资金300万元。", "actual"),
        ("争取财政、银行支持，发放贷款300万元。", "actual"),
        # a programme that is called a plan
        ("| 项目 | 人数（人） |\n|---|---|\n| 营养改善计划 | 6151 |\n", "actual"),
        ("营养改善计划春季人数6151人。", "actual"),
        ("本年计划500件。", "planned"),
        # a column of aims without any of results
        ("指标 | 预期目标\n信访总量增长 | 9%左右\n", "planned"),
        ("指标 | 完成情况\n信访总量增长 | 9%左右\n", "actual"),
        ("完成受理500件的任务。", "actual"),
        ("| 指标 | 完成数 |\n|---|---|\n| 信访总量（件） | 12 |\n", "actual"),
    ],
)
def test_what_was_set_or_supposed_is_not_done(text, modality):
    """Tasks, plans, missed targets and suppositions are no results; money that was won is one."""
    [claim] = gather(Document("a", "唐县2019年群众工作总结\n" + text)).claims
    assert claim.modality == modality


def test_what_could_not_be_ended_is_open():
    """未能办结 is no end."""
    [claim] = gather(Document("a", "唐县2019年群众工作总结\n" + "500件信访件未能办结。")).claims
    assert claim.stage == "pending"


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        # a colon leads to what is aimed at, to the end of the sentence or of the list
        (
            "报告列出的预期是：财政收入增长9%；失业率3.1%。去年办结71件。",
            ["planned", "planned", "actual"],
        ),
        (
            "目标任务是：\n一、修路32公里。\n二、改厕600户。\n去年办结71件。",
            ["planned", "planned", "actual"],
        ),
        ("主要目标完成情况：财政收入增长9%；失业率3.1%。", ["actual", "actual"]),
        (
            "今年的十件实事列出来了：\n公租房盖成34套；修路3公里。\n去年修路7公里。",
            ["planned"] * 3 + ["actual"],
        ),
        ("全年要求：引进项目不少于3个。实际引进5个。", ["planned", "actual"]),
        # a verb of intent reaches to the end of its sentence, until it tells what is done
        ("今年要新增床位500张，其中新建3所、扩建2所。", ["planned"] * 3),
        ("今年要新增床位500张，目前已新增310张。", ["planned", "actual"]),
        # an aim beside what was done
        ("供养率41%，目标42%，完成97.6%。", ["actual", "planned", "actual"]),
        ("改厕198座，比150座的任务多。", ["actual", "planned"]),
        ("实际利用外资130万美元，占年计划87%。", ["actual", "actual"]),
    ],
)
def test_a_plan_reaches_as_far_as_it_is_told(text, modalities):
    """Clauses, lists and aims behind the words of a plan are planned, what is done is not."""
    assert told(text) == modalities


@pytest.mark.parametrize(
    "title", ["甲市2016年要办的10件实事", "甲县2016年办20项民心工程", "甲县:2016年民生实事"]
)
def test_a_title_says_that_all_below_it_is_to_come(title):
    """The figures of a list of what is to be done are aims of the title's year."""
    claims = extract(f"{title}\n2016年的清单如下：\n一、修路32公里。\n二、改厕600户。")
    assert claims[["modality", "period"]].values.tolist()[-2:] == [["planned", "2016"]] * 2


def test_a_column_of_aims_stands_beside_one_of_what_became_of_them():
    """What a row is to bring is planned, and how far it is tells what is done."""
    rows = "\n\n".join(
        f"{n} | 职业培训3{n}50人次 | 教育局 | 提前做完,已经培训4{n}48人次" for n in range(1, 6)
    )
    page = f"2023年10月份民生实事落实情况表\n\n序号 | 项目内容 | 牵头单位 | 落实情况\n\n{rows}"
    claims = extract(page)
    assert claims["modality"].tolist() == ["planned", "actual"] * 5
    assert claims["period"].tolist() == ["2023", "2023-10"] * 5


def test_rows_of_another_table_are_no_aims():
    """Lines between two tables end what the heads of the first one say."""
    page = "项目内容|完成情况\n建校2所|已建2所\n\n下表为信访。\n收到12件|办结9件"
    assert extract(page)["modality"].tolist()[-2:] == ["actual", "actual"]


def test_things_done_are_no_list_of_aims():
    """A count of things that were done leads to what was done."""
    assert told("2018年政府办了2件大事：救助12人，修路3公里。") == ["actual"] * 3


def test_a_budget_carried_out_is_told_apart_from_the_next():
    """The title names both; the headings say which part is which."""
    page = (
        "甲县2020年预算执行和2021年预算草案\n一、2020年执行\n税收29万元,非税25万元。\n"
        "二、2021年预算草案\n税收31万元。"
    )
    claims = extract(page)
    assert claims["modality"].tolist() == ["actual", "actual", "planned"]
    assert claims["period"].tolist() == ["2020", "2020", "2021"]


def test_the_names_of_plans_are_no_part_of_other_words():
    """主要办案 holds no 要办."""
    page = "甲区2022年上半年检察主要办案数据\n一、刑事检察\n受理71件91人。"
    assert extract(page)["modality"].tolist() == ["actual", "actual"]


def test_a_heading_that_says_tasks_were_made_clear_sets_out_none():
    """明确目标任务 heads an account of how work was done."""
    assert told("一、明确目标任务,分工到人\n今年上半年接访7宗,办结7宗。") == ["actual", "actual"]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        # what was done this year heads no plans, and 现状 ends them
        ("一、2019年及今年以来的工作\n接访7宗。\n二、今年的主要任务\n接访9宗。", "actual planned"),
        ("一、规划\n新建敬老院45所。\n二、现状\n供养151人。", "planned actual"),
        # 争取 is to obtain, or to strive for
        ("为患病妇女争取救助金15万元。", "actual"),
        ("争取新增就业500人。", "planned"),
    ],
)
def test_what_only_sounds_like_a_plan_is_none(text, modalities):
    """今年以来 tells what was done, a heading on what is ends the plans, and help obtained is there."""
    assert " ".join(told(text)) == modalities


def test_parts_in_a_column_of_aims_are_aimed_at():
    """A row that 其中 begins, behind an empty first cell, stands in the table of those round it."""
    page = (
        "甲区：2011年度考核指标\n序号 | 指标 | 目标值\n1 | 新增就业岗位 | 3万个\n | 　其中：残疾人 | 103人\n"
        "2 | 扶持创业成功 | 600人\n"
    )
    assert told(page) == ["planned"] * 3


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        # a time gone by at the head of a sentence, among plans
        (
            "主要任务为：①办案不少于180件；\n年初至今，获得援助196人次，其中农民工67人次。",
            "planned actual actual",
        ),
        (
            "一、目标任务\n培训10万人。\n2015年完成：投入3亿元，培训1000人。",
            "planned actual actual",
        ),
        # of a plan with its level, and of its growth
        ("——预算收入。年计划（调整后）16.34亿元；1—10月11.43亿元。", "planned actual"),
        ("——固定资产投资。年计划增长9%以上；1—10月170.6亿元。", "planned actual"),
        # last year's results above this year's aims
        (
            "甲县2022年工作目标\n【上年完成】\n生产总值增长6.3%。\n【今年目标】\n生产总值增长6%左右。",
            "actual planned",
        ),
        (
            "甲县2022年工作情况\n一、上年完成情况\n生产总值增长6.3%。\n二、今年目标\n生产总值增长6%左右。",
            "actual planned",
        ),
        # the columns of a plan and of what was done, each of its own
        (
            "县 | 计划新寨（个） | 在建（户） | 占计划（%） | 完成（户）\n甲县 | 3 | 299 | 98 | 6\n乙县 | 2 | 74 | 81 | 17\n丙县 | 3 | 109 | 99 | 5",
            "planned actual actual actual " * 2 + "planned actual actual actual",
        ),
        (
            "县 | 计划户数 | 占任务（%）\n甲县 | 305 | 98\n乙县 | 91 | 81\n丙县 | 109 | 99",
            "planned actual " * 2 + "planned actual",
        ),
        ("甲县2025年度十件民生实事项目公布\n更换机泵37处。", "planned planned"),
        (
            "甲县2021年为民十件实事敲定\n区人大会议公布今年十件实事：\n1.改造学校35所。\n2.新建管网18公里。",
            "planned planned planned planned",
        ),
    ],
)
def test_what_is_over_stands_among_plans_too(text, modalities):
    """年初至今 tells what is, wherever it stands; a plan may be told by its level, its growth or a title."""
    assert " ".join(told(text)) == modalities


def test_a_year_before_that_of_the_report_is_over_among_its_goals():
    """2021年,… in goals of March 2022 is an account; 2022年,… is none."""
    page = "甲市2022年工作目标\n2022年3月16日\n2021年，新增就业37万人。\n2022年，新增就业35万人。\n"
    assert extract(page)["modality"].tolist() == ["actual", "planned"]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        # a list that a sentence leads to, its tables too, ends with it
        (
            "报告提出，今年统筹财力办好以下实事。\n1.就业。培训2500人次。\n2.生活。\n项目 | 计划数\n车位 | 250个\n"
            "3.养老。改造200户。\n去年办结信访件9件。",
            "planned planned planned actual",
        ),
        (
            "今年3月，县里定下两项目标：\n目标 | 要求\n化解率 | 90%\n满意度 | 98%以上\n至今化解9件。",
            "planned planned actual",
        ),
        # targets and what became of them by turns
        (
            "甲市重点工作上半年完成情况的督查通报\n一、主要预期目标\n总产值802亿元。\n二、招商\n"
            "年度目标：引进项目10个，累计达到30个。\n完成情况：引进项目3个，其中新建2个。",
            "actual planned planned actual actual",
        ),
        # cells of tasks are sentences, whatever the cells beside them hold
        (
            "甲县实事进度\n序号 | 年度任务 | 当前进度 | 单位\n1 | 建公办园5所，增学位100个 | 80%（乙园滞后） | 教育局\n"
            "2 | 修公路55公里 | 95% | 交通局\n3 | 建卫生院8家 | 98% | 卫健局",
            "planned planned actual planned actual planned actual",
        ),
        (
            "甲市民生工程\n项目 | 年度目标任务 | 3月份完成进度\n一、就业行动（共2项）\n1 | 募集岗位325个 | 330个，完成率101.54%\n"
            "2 | 力争9个社区达标 | 9个，完成率100%\n二、助餐（共2项）\n1 | 新增食堂6个 | 1个\n2 | 新增站点5个 | 2个",
            "actual planned actual actual planned actual actual actual planned actual planned actual",
        ),
        (
            "甲市实事\n序号 | 项目 | 单位 | 年度目标 | 已完成 | 占年任务\n1 | 新增就业 | 万人 | 5.2 | 7.23 | 139.1%\n"
            "2 | 修路 | 公里 | 1360 | 1361 | 100.1%",
            "planned actual actual planned actual actual",
        ),
        (
            "二、2020年工作安排\n年度任务：改造户数上调为200户，现已全部动工，竣工190户。",
            "planned actual",
        ),
        ("二、2020年工作安排\n49户全部按期竣工。", "actual"),
        ("围绕养羊900只、种草800亩的目标做准备。", "planned planned"),
        ("今年全县任务为新增床位500张，其中新建3所，已完工1所。", "planned planned actual"),
        ("全市有街道226个，计划建中心220个，覆盖率可达97.3%。", "actual planned planned"),
        ("行业类三年后分别为60%、75%。", "planned planned"),
        ("2.规范化率目标。\n街道90%，社区80%。", "planned planned"),
        ("二、“十四五”任务\n改造住房450户。", "planned"),
        (
            "指标名称 | 年度指标值 | 全年实际值\n发放人数 | ≥210人 | 219人\n救助人次 | ≥59人次 | 87人次",
            "planned actual planned actual",
        ),
        (
            "项目 | 全年预算数(A) | 全年执行数(B) | 执行率(B/A)\n资金总额 | 30万元 | 29万元 | 96.7%\n财政拨款 | 20万元 | 20万元 | 100%",
            "planned actual actual planned actual actual",
        ),
        ("集中供养率达41%，为42%这一目标的97.6%。", "actual planned actual"),
        ("方案在编，项目建成后，4乡镇59860人的用水可以解决。", "planned planned"),
        (
            "面积要求：1人户不低于20平方米，2人户不低于30平方米。",
            "actual required required required",
        ),
        # a title that names both leaves it to its parts
        (
            "甲市12345：七年数据和下一步打算\n全年办理诉求520件。\n▌下一步\n建设平台2个。",
            "actual planned",
        ),
        # what only holds words of them
        ("综合指标98.3分，排名第二。", "actual"),
        ("主要是道路设施240件、车辆131件。", "actual actual"),
    ],
)
def test_targets_and_what_became_of_them_are_told_apart(text, modalities):
    """Lists, labels, headings and columns say what is to be done, and end where what is done begins."""
    assert " ".join(told(text)) == modalities


def test_another_text_behind_the_parts_of_a_plan_is_none():
    """Numbers that begin again behind the parts after a plan open another text; right below its heading
    they are its own parts.
    """
    plan = "三、今后努力方向\n力争办结9件。\n四、建立机制\n增加干部3名。\n"
    assert told(f"{plan}一、走访基本情况\n走访农户560户。\n四、我们的打算\n化解8件。") == [
        *("planned", "planned", "actual", "planned")
    ]
    assert told("二、2020年工作安排\n一、信访\n办结9件。\n二、调解\n调解8件。") == ["planned"] * 2


_ACCOUNT = "唐县2019年信访工作总结\n一、2019年工作情况\n全县共接待来访193批次。\n"


@pytest.mark.parametrize(
    "heading",
    [
        "二、2020年工作安排", "三、下一阶段工作", "二、2020年工作要点", "二、2020年主要工作", "三、2020年工作谋划",
        "三、存在问题及下一步打算", "下一步工作", "三、今后工作打算", "二、来年打算",
    ],
)  # fmt: skip
def test_headings_of_a_time_to_come_head_plans(heading):
    """What stands below such a heading of an account is planned, without a word of its own."""
    page = f"{_ACCOUNT}{heading}\n（一）阵地。新建调解室42个。\n（二）队伍。培训调解员126名。\n"
    assert told(page)[-2:] == ["planned", "planned"]


@pytest.mark.parametrize(
    "heading", ["二、主要做法", "二、2019年主要工作", "二、2020年民生实事完成情况"]
)
def test_headings_of_what_was_done_head_none(heading):
    assert told(f"{_ACCOUNT}{heading}\n新建调解室42个。\n")[-1] == "actual"


@pytest.mark.parametrize(
    ("title", "modality"),
    [
        ("唐县2020年信访工作要点", "planned"),
        ("关于印发唐县2020年信访工作目标任务的通知", "planned"),
        ("唐县信访工作三年行动方案（2020-2022年）", "planned"),
        ("唐县信访工作“十四五”规划", "planned"),
        ("唐县2020年信访目标责任书", "planned"),
        ("唐县2020年目标任务完成情况", "actual"),
        ("唐县信访局：七年数据和下一步打算", "actual"),
        ("唐县走访慰问安排会议", "actual"),
    ],
)
def test_a_title_says_whether_all_of_a_paper_is_to_come(title, modality):
    assert told(f"{title}\n新建调解室42个。\n")[-1] == modality


@pytest.mark.parametrize(
    "lead", ["全年计划改造：", "计划新建：", "力争实现：", "拟建设：", "将建设："]
)
@pytest.mark.parametrize("rows", ["新建室42个\n改造房43户\n", "1.新建室42个；\n2.改造房43户。\n"])
def test_a_lead_of_plans_heads_the_list_below(lead, rows):
    assert told(f"半年情况\n受理9件。\n{lead}\n{rows}上半年办结8件。") == [
        "actual", "planned", "planned", "actual",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads", ["计划数 | 实际完成", "任务数 | 完成数", "年初目标 | 1-6月完成", "4月计划 | 4月落实"]
)
def test_cells_in_words_below_plan_and_result_are_told_apart(heads):
    page = f"半年情况\n序号 | 项目 | {heads}\n1 | 建室 | 新建42个 | 建成21个\n2 | 改房 | 改造44户 | 完成11户\n"
    assert told(page) == ["planned", "actual", "planned", "actual"]


@pytest.mark.parametrize(
    "told_of",
    [
        "2019年，全县化解积案37件。",
        "近三年全县共化解积案37件。",
        "“十二五”期间，化解积案37件。",
        "据通报，上年实事全部办结：化解积案37件。",
        "另据通报，2019年实事已办结：投入资金9万元；化解积案37件。",
        "县信访局被评为先进集体，获奖金37万元。",
        "37个单位荣获县级以上表彰。",
        "首批37个调解室已投入使用。",
        "当前还有积案37件没有化解。",
        "上述37件积案中，征地类最多。",
        "针对排查出的37件积案，落实包案领导。",
        "对2019年尚未办结的37件事项逐件落实责任。",
        "在上年培训37人的基础上，扩大培训面。",
        "总结37个示范村经验，带动各镇。",
        "比去年的37件明显下降。",
    ],
)
@pytest.mark.parametrize("where", ["{}再建调解室5个。", "再建调解室5个。\n{}"])
def test_what_is_told_among_plans_is_no_plan(told_of, where):
    """A time gone by, an honour and what is there already tell what is in the part on coming work too."""
    text = ACCOUNT + "接待来访9批。\n" + PLANS + where.format(told_of)
    found = {row["text"]: row["modality"] for row in extract(text).to_dict("records")}
    assert next(m for t, m in found.items() if t.startswith("37")) == "actual"
    assert found["5个"] == "planned"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("甲县2019年工作总结\n二、下一步打算\n2019年化解积案37件。", "actual"),
        ("甲县2019年上半年工作总结\n二、下一步打算\n2019年化解积案37件。", "planned"),
        ("甲县2019年工作要点\n2019年化解积案37件。", "planned"),
        ("甲县信访三年行动方案（2020-2022年）\n2019年化解积案37件。", "actual"),
        ("甲县信访三年行动方案（2020-2022年）\n2021年化解积案37件。", "planned"),
        ("甲县信访工作方案\n一、工作背景\n化解积案37件。", "actual"),
    ],
)
def test_years_before_those_of_a_plan_are_gone_by(text, modality):
    """The heading of plans, or the title, says with which year they begin."""
    assert told(text)[-1] == modality


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("年初计划培训37人，实际培训19人。", ["planned", "actual"]),
        ("县委要求化解37件，已化解19件。", ["planned", "actual"]),
        ("建成19个，超过37个的年度目标。", ["actual", "planned"]),
        ("培训19人，完成全年37人目标的一半。", ["actual", "planned", "actual"]),
        ("年度目标为37人，实际完成19人。", ["planned", "actual"]),
        ("预算安排37万元，实际支出19万元。", ["planned", "actual"]),
        ("确保全年培训37人，前三季度培训19人。", ["planned", "actual"]),
    ],
)
def test_an_aim_and_what_came_of_it_stand_in_one_sentence(text, modality):
    """Each of two figures is told by the words of its own clause."""
    assert told("甲县民生实事进展顺利。" + text) == modality


@pytest.mark.parametrize(
    "text",
    [
        "预计可争取财政贴息37万元。",
        "预计到明年汛前，全县可解决37人的饮水问题。",
        "项目建成后，预计年接待能力可达37人次。",
        "届时可新增床位37张。",
        "另有37户将于下月开工。",
        "会议要求，年底前化解积案37件。",
        "各镇承诺年内化解积案37件。",
        "县里提出，2020年建成调解室37个。",
        "县里决定再建调解室37个。",
        "项目规划建设床位37张。",
    ],
)
def test_forecasts_orders_and_promises_are_planned_in_an_account_too(text):
    """What is foreseen, asked for or promised by a day to come has not come about."""
    assert told("甲县2019年工作总结\n接待来访9批。" + text)[-1] == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "比原计划提前37天建成。",
        "较年初目标提高37个百分点。",
        "超任务37人。",
        "高出目标37个百分点。",
        "低于预期的37项。",
        "确定年度重点任务37项。",
        "拟定方案37份。",
        "力争上游，化解纠纷37件。",
    ],
)
def test_how_far_an_aim_lies_and_how_many_there_are_is_no_aim(text):
    """A distance from a target and a count of targets tell what is."""
    assert told("甲县2019年工作总结\n接待来访9批。" + text)[-1] == "actual"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("收到信访事项9日内作出回复。", "required"),
        ("自受理之日起9日内办结。", "required"),
        ("各件均在9日内答复。", "actual"),
        ("每个调解室面积不少于37平方米。", "required"),
        ("调解室面积应不小于37平方米。", "required"),
    ],
)
def test_a_promise_to_each_person_is_required(text, modality):
    """A span within which each is answered, and a least size, hold for each case."""
    assert told("甲县2019年工作总结\n接待来访8批。" + text)[-1] == modality


@pytest.mark.parametrize(
    ("title", "modality"),
    [
        ("甲县人民政府关于做好2020年信访工作的通知", "planned"),
        ("关于开展信访积案化解攻坚行动的通知", "planned"),
        ("关于做好2020年信访工作情况的通报", "actual"),
        ("关于公布2020年先进单位的通知", "actual"),
    ],
)
def test_a_notice_that_asks_for_work_is_a_plan(title, modality):
    """What a notice says in its own words is still to be done."""
    assert told(f"{title}\n各镇：\n化解积案37件。") == [modality]


@pytest.mark.parametrize(
    "heads",
    [
        "应完成数 | 实际完成数",
        "责任目标 | 落实情况",
        "计划改造 | 已改造",
        "预期值 | 实现值",
        "2020年计划 | 2020年完成",
        "全年计划 | 累计",
    ],
)
def test_a_column_of_aims_by_any_of_its_names(heads):
    """The figures of such a column are planned, those beside it are not."""
    table = f"项目 | {heads}\n调解室（个） | 37 | 19\n住房（户） | 37 | 19\n"
    assert told(f"甲县2020年工作总结\n\n{table}") == ["planned", "actual"] * 2


def test_the_bounds_of_years_are_steps_of_a_plan():
    """2019年90%以上 in a plan of 2020 is one of its steps."""
    steps = "规范化率2019年达到90%以上，2020年达到100%。"
    assert told("甲县2020年调解工作方案\n" + steps) == ["planned", "planned"]


DECIDED = (
    "甲市公布2026年市政府实事10项\n甲网 2026-01-17\n市人大于2026年1月16日票决确定了实事项目。\n"
    "建设口袋公园3个，改造市场1座。\n走访不低于120名儿童。\n计划开展招聘会20场以上，力争扩岗1500人以上。\n"
)


def test_stretches_of_a_list_of_works_share_their_signs():
    """What is decided on in title and opening is to come where nothing tells of a result, and of its year."""
    claims = extract(DECIDED)
    assert set(claims["modality"]) == {"planned"}
    assert set(claims["period"][2:]) <= {"2026", ""}
    assert claims.loc[claims["text"] == "3个", "period"].tolist() == ["2026"]


def test_one_sign_of_a_result_leaves_the_list_as_what_is():
    """Works of which some are told as done are not taken for plans."""
    claims = extract(DECIDED.replace("建设口袋公园3个", "已建成口袋公园3个，同比增加2个"))
    assert claims.loc[claims["text"] == "3个", "modality"].tolist() == ["actual"]
