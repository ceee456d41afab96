"""The named indicator of each figure: by the name that governs it, its unit and its kind."""

from pathlib import Path

import pytest

import qz_analysis as qz
from qz_analysis.errors import QzError, VocabularyError
from qz_analysis.extraction import named
from qz_analysis.vocabularies import limit, session
from qz_analysis.vocabularies.session import load

ROOT = Path(__file__).parents[2]

# a sentence, and the indicators of its figures in order; - for a figure without
SAID = [
    # the name right before the figure, with deeds, times and hedges between
    ("乙县地区生产总值完成52亿元，同比增长6.1%。", "gdp gdp_growth"),
    ("财政总收入完成14.5亿元，增长9.6%，其中税收9亿元。", "fiscal_revenue fiscal_revenue_growth -"),
    ("全县一般公共预算收入8.2亿元、下降3%。", "budget_revenue budget_revenue_growth"),
    ("力争固定资产投资增长8%左右，社会消费品零售总额增长7%以上。", "fixed_investment_growth retail_sales_growth"),
    ("规上工业增加值年均增长9.5%。", "industry_growth"),
    ("实际利用外资2100万美元，进出口总值12亿元。", "foreign_investment foreign_trade"),
    ("城镇新增就业3100人，城镇登记失业率控制在4%以内。", "urban_jobs unemployment_rate"),
    ("常住人口城镇化率由48%提高到51.5%，提高3.5个百分点。", "urbanisation_rate urbanisation_rate -"),
    # a mark that was passed on the way to the figure is none; passed alone, or in another year, it is
    ("全部财政收入突破10亿元大关，完成10.4亿元。", "- fiscal_revenue"),
    ("地区生产总值（GDP）突破千亿大关，实现1021亿元。", "gdp"),
    ("固定资产投资连续跨越50亿元、60亿元大关，完成61亿元。", "- - fixed_investment"),
    ("全县生产总值跨越60亿元，税收完成7亿元。", "gdp -"),
    ("2017年财政总收入突破9亿元，2018年达到10亿元。", "fiscal_revenue fiscal_revenue"),
    ("地区生产总值[3]（GDP）达70亿元，年均（较2016年，下同）增长7%。", "gdp gdp_growth"),
    ("全县GDP61亿元，增长6%。", "gdp gdp_growth"),
    ("单位地区生产总值能耗下降3.2%，森林覆盖率达到31%。", "energy_intensity forest_cover"),
    ("民生支出25亿元，增长6%，占一般公共预算支出的82%。", "livelihood_spending - livelihood_share"),
    ("民生支出占比保持在80%以上。", "livelihood_share"),
    ("粮食总产量连续12年稳定在30万吨以上。", "- grain_output"),
    ("落实粮食播种面积40万亩，总产量达到18万吨。", "- grain_output"),
    ("接待游客150万人次，实现综合收入9亿元。", "tourists tourism_income"),
    ("存、贷款余额分别达到210亿元和150亿元。", "deposits_total loans_total"),
    ("农村低保标准提高到每人每年5400元。", "minimum_living_standard"),
    ("新增市场主体6200户，达到4.1万户。", "new_firms -"),
    ("新认定高新技术企业12家，开展职业技能培训9000人次。", "high_tech_firms training_persons"),
    ("建成保障性住房600套，改造农村危房310户，新改建农村公路85公里。", "housing_units dilapidated_houses rural_roads"),
    # the noun behind the unit
    ("完成85公里农村公路改造，4万贫困人口实现脱贫。", "rural_roads poverty_exits"),
    ("1.2万名城乡低保对象生活改善。", "minimum_living_persons"),
    # lists: each figure its own name
    ("城镇、农村居民人均可支配收入分别达到2.9万元、1.4万元，增长7%、8.5%。", "urban_income rural_income urban_income_growth rural_income_growth"),
    ("城乡居民人均可支配收入分别增长7%和8%左右。", "urban_income_growth rural_income_growth"),
    ("城镇居民人均可支配收入2.5万元，农民人均纯收入1.1万元，分别增长9%和11%。", "urban_income rural_income urban_income_growth rural_income_growth"),
    ("财政总收入和一般公共预算收入分别完成14亿元和9亿元，分别增长8%、9%。", "fiscal_revenue budget_revenue fiscal_revenue_growth budget_revenue_growth"),
    ("利税和规模以上工业增加值分别增长5%和6%。", "- industry_growth"),
    ("全体居民人均可支配收入增长6%。", "resident_income_growth"),
    # a bracket of the counting between name and figure, and one that tells the change
    ("固定资产投资（500万元以上）增长3.9%。", "- fixed_investment_growth"),
    ("固定资产投资（不含农户，下同）63亿元，增长3.9%。", "fixed_investment fixed_investment_growth"),
    ("地区生产总值95亿元（快报数），信访总量（初步统计数）356批次。", "gdp petition_total"),
    ("农民人均纯收入1.1万元（同比增长8.3%）。", "rural_income rural_income_growth"),
    ("财政总收入14.9亿元（占9%），增长8%。", "fiscal_revenue - fiscal_revenue_growth"),
    ("大病救助18人（低保户8人）。", "- -"),
    # a link that is a short name elsewhere
    ("信访总量共计356批次，满意率与去年持平，为98%。", "petition_total satisfaction_rate"),
    # the head of an enumeration, and the heading above a sentence
    ("居民收入：城镇40046元，增长4.6%；农村18177元，增长8.3%。", "urban_income urban_income_growth rural_income rural_income_growth"),
    ("人均可支配收入，全区常住居民33486元；其中城镇42603元，农村21418元。", "resident_income urban_income rural_income"),
    ("居民人均可支配收入3.2万元，城镇居民4万元，农村居民1.8万元。", "resident_income urban_income rural_income"),
    ("举办各类培训班12期，参训960人次。", "- training_persons"),
    ("实现2301户8500人脱贫。", "poverty_exits poverty_exits"),
    ("指标 | 单位 | 本月止累计 | 同比增长%\n地区生产总值 | 亿元 | 95.1 | 6.1\n", "gdp gdp_growth"),
    ("甲县情况\n三、固定资产投资\n2023年，全县完成63亿元，增长4.9%。", "fixed_investment fixed_investment_growth"),
    ("甲县情况\n（一）新建农村公路\n全年30公里。", "rural_roads"),
    ("甲县公安情况\n▲养老诈骗专项。破案96起。", "-"),
    # the kinds of a whole that is no indicator
    ("全年办理1729件。按性质划分为：诉前调解5件，申诉再审258件。", "- - -"),
    ("全年受理投递13宗，其中平台转办11宗、来信来访2宗。", "- - -"),
    # what a page about mediation mediates, without a name
    ("甲县人民调解工作\n今年以来调解1990件，成功1987件，成功率99.8%。", "mediation_cases mediation_successes mediation_success_rate"),
    ("各级调委会调解2.8万件。", "mediation_cases"),
    ("甲县法院情况\n今年以来调解1990件。", "-"),
    ("律师参与调解纠纷18件，指导调解纠纷12件。", "- -"),
    # a hotline takes in letters, too, and its cases are no petitions
    ("12345热线运行情况\n当月收到来电来信合计5600件，热线办结率98%。", "hotline_calls matters_resolution_rate"),
    # parts, other measures and what is only compared
    ("高新技术产业增加值增长15%。", "-"),
    ("人均地区生产总值达到5.6万元。", "-"),
    ("民营经济增加值80亿元，占地区生产总值的65%。", "- -"),
    ("某钢铁公司实现旅游收入3亿元。", "-"),
    ("地区生产总值超百亿元的乡镇有3个。", "- -"),
    ("新增经济总量超200亿元县3个，地区生产总值50亿元以上企业2家。", "- - - -"),
    ("城镇居民人均可支配收入增长8%，高于全省1.2个百分点。", "urban_income_growth -"),
    ("农村公路总里程达到1200公里。", "-"),
    ("进出口总额12亿元，其中出口9亿元。", "foreign_trade -"),
    ("地区生产总值跃居全市第3位，新建学校3所。", "-"),
    ("地区生产总值再上台阶。全县投入3亿元。", "-"),
    # mass work
    ("乙县信访总量320件次，同比下降12%。", "petition_total petition_total_change"),
    ("接待群众来访85批210人次，同比分别下降12%和上升9%。", "visit_batches visit_persons visit_batches_change visit_persons_change"),
    # what came to officials on sessions of theirs, or when they went out
    ("举办书记县长“大接访”6场次，先后接待来访群众193批次389人次。", "- - -"),
    ("领导干部到基层接待来访200批458人次。", "- -"),
    ("全年接待来访群众193批次389人次，举办大接访6场次。", "visit_batches visit_persons -"),
    ("信访总量下降5%，刑事发案同比减少8.1%。", "petition_total_change criminal_filed_change"),
    ("群众满意率97.8%，比上年提高1.1个百分点。", "satisfaction_rate satisfaction_rate_change"),
    ("接待群众来访85批次210人次，其中集体访12批次，重复访9件。", "visit_batches visit_persons group_visits repeat_petitions"),
    ("受理群众信访事项430件，办结418件，办结率97.2%。", "petition_received petition_resolved petition_resolution_rate"),
    ("收到群众来信150件，化解信访积案36件。", "letters backlog_resolved"),
    ("排查矛盾纠纷760起，调解成功752起，调解成功率98.9%。", "disputes_screened mediation_successes mediation_success_rate"),
    ("共调解纠纷1260件，调解成功1240件。", "mediation_cases mediation_successes"),
    ("化解信访积案23件中的21件。", "- -"),
    ("调处纠纷135起，调处率100%，成功率97.1%。", "mediation_cases mediation_rate mediation_success_rate"),
    ("便民服务中心受理各类事项5600件，办结5580件，按时办结率99.6%，群众满意率达98%。", "matters_received matters_resolved matters_resolution_rate satisfaction_rate"),
    ("12345热线受理群众诉求2.1万件，办结率99%。", "hotline_calls matters_resolution_rate"),
    ("刑事案件立案820起，破获610起，破案率74.4%；查处治安案件1300起。", "criminal_filed criminal_solved clearance_rate public_order_cases"),
    ("群众安全感达到97.5%。", "safety_sense"),
    ("领导干部接待来访群众40批次。", "-"),
    # complaints are matters of the body that a page about them names, and petitions of petition bodies
    ("甲市旅游投诉情况\n一季度，市文旅局受理投诉130件，办结128件。", "matters_received matters_resolved"),
    ("乙县纪委信访举报情况\n上半年受理举报46件。", "petition_received"),
    # the cells of a row are of its name
    ("甲县民生实事\n项目 | 目标任务 | 完成\n新增城镇就业（人） | 6100 | 6480\n农村危房改造（户） | 210 | 215\n", "urban_jobs urban_jobs dilapidated_houses dilapidated_houses"),
    ("丙县法律援助中心上半年受理案件214件。", "legal_aid_cases"),
    ("甲县统计\n指标 | 2021 | 2022\n收入与支出（元） | | \n居民人均可支配收入 | 38000 | 41400\n", "resident_income resident_income"),
    ("丙县网格中心总结\n全年共受理事项870件，总体办结率98.5%。", "matters_received matters_resolution_rate"),
    ("【人民生活】城镇居民人均可支配收入4.1万元，增长5%。", "urban_income urban_income_growth"),
    ("每10万人刑事立案数下降12%。", "- -"),
    ("全县共发生信访事项1873件，其中集体访227批次。", "petition_total group_visits"),
    # what is of a part is of no whole
    ("全年到市上访21批次190人次，其中集体访7批次170人次。", "- - - -"),
    ("热线接听群众来电890个，其中转办220件，办结170件，办结率77.3%。", "hotline_calls - - -"),
    ("信访积案交办180件，累计化解60件，化解率33.3%。市直部门单位累计化解8件，化解率6.6%。", "- backlog_resolved - - -"),
    ("回访中，民政局、住建局等9个单位群众满意率均为100%。", "- -"),
    ("疏通水沟类工单53件、满意率92%。", "- -"),
    ("信访事项回复及调处率达97%。", "-"),
    ("县信访局受理的信访总量为130件次，县直部门受理的信访总量为79件次。", "- -"),
    ("市长信箱来信办理情况\n甲县办结率98%。", "matters_resolution_rate"),
    ("领导干部接待来访群众40批95人次。", "- -"),
    # other wordings, and the figure before its noun
    ("登记群众来访85批210人次，网上信访130件，初信初访66件。", "visit_batches visit_persons online_petitions first_petitions"),
    ("接待了41批次来访群众，收到12封群众来信。", "visit_batches letters"),
    ("一年来调解了32起纠纷，化解了9件信访积案。", "mediation_cases backlog_resolved"),
    ("因占地引发32起纠纷。", "-"),
    ("收集意见建议420条，已解决390条，占92.9%。", "matters_received matters_resolved matters_resolution_rate"),
    ("12345热线满意率（含基本满意）96.5%，工单办结率99%。", "satisfaction_rate matters_resolution_rate"),
    ("受理法律援助案件68件，其中刑事案件20件。", "legal_aid_cases -"),
    ("集体访11批140人次。", "group_visits group_visit_persons"),
    # short names by the topic above their sentence, where nothing else is spoken of
    ("全年受理群众来访85批。已办结80件，办结率94%。", "visit_batches petition_resolved petition_resolution_rate"),
    ("信访形势平稳。受理提案98件，办结98件。", "- -"),
    ("登记诉求76件。其他60件，办结58件。", "matters_received - -"),
    ("信访积案40件，到期应化解38件，化解36件。", "- - backlog_resolved"),
    # a part leads to no total
    ("涉外来人口纠纷45起，调处43起。", "- -"),
    ("毒品犯罪立案13起，破案率100%。", "- -"),
    ("村居分别办结90件、80件事项。", "- -"),
    # the same at another time
    ("12345热线受理诉求640件，较一季度的580件增长10.3%。", "hotline_calls hotline_calls hotline_calls_change"),
    ("2020年排查矛盾纠纷71起，2021年62起，2022年降到53起。", "disputes_screened disputes_screened disputes_screened"),
    ("满意率争取从91%提到97%。", "satisfaction_rate satisfaction_rate"),
    ("群众满意度由81.5分上升到92分，比上年提高1.8分。", "satisfaction_rate satisfaction_rate -"),
    # deed and thing, whatever stands between and whoever did it
    ("县信访局工作总结\n实质性化解信访积案11件，部里接待来访群众24批。", "backlog_resolved visit_batches"),
    ("12345热线受理并解答群众来电4318件。", "hotline_calls"),
    ("受理信访事项187件，比上年减少12.6%；已化解184件，化解率为98.4%。", "petition_received petition_received_change petition_resolved petition_resolution_rate"),
    ("数字城管运行通报\n系统收进案件190宗，结掉168宗，办结率88.4%。", "matters_received matters_resolved matters_resolution_rate"),
    ("反映土地问题的来访有78起，七类案件的破案率96%。", "- - -"),
    ("矛盾纠纷类当中，网格内化解52件，村级化解60件。", "- -"),
    # changes told of measures, of the figure two before, behind a semicolon; targets
    ("接待来访250批、980人次，批次和人次同比分别增加9%和37%。", "visit_batches visit_persons visit_batches_change visit_persons_change"),
    ("受理信访事项344件，比上年减少49件，降幅为12.5%；与2007年相比减少111件，降幅为24.4%。", "petition_received - petition_received_change - petition_received_change"),
    ("城镇新增就业3.6万人，较上年减少0.2万人。", "urban_jobs -"),
    ("城镇登记失业率要求控制在4.3%以内，实际为3.5%。", "unemployment_rate unemployment_rate"),
    ("一季度享受低保的有950户2395人，拨款9万元；第二季度979户、2394人。", "minimum_living_persons minimum_living_persons - minimum_living_persons minimum_living_persons"),
    # lists without stops
    ("发现纠纷248件受理240件调解成功231件", "disputes_screened mediation_cases mediation_successes"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "named"), SAID, ids=[said[:16] for said, _ in SAID])
def test_figures_bear_the_names_that_govern_them(sentence, named):
    """Each figure of a sentence is the indicator that its words name, or none."""
    assert [key or "-" for key in qz.extract(sentence)["indicator"]] == named.split()


def test_every_indicator_is_found_by_its_own_title():
    """The table lists each indicator once, with words, unit and kind, in both languages."""
    english, chinese = qz.named_indicators(), qz.named_indicators("zh")
    assert english["indicator"].tolist() == [*load("named")] == chinese["indicator"].tolist()
    assert english["indicator"].is_unique and english["title"].is_unique
    assert (english[["title", "words", "unit", "kind"]] != "").all(axis=None)
    assert (chinese["title"] != english["title"]).all()


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("税收突破9亿元大关，达9.3亿元。", ["threshold", ""]),
        ("税收跃上9亿元、10亿元台阶，完成10.3亿元。", ["threshold", "threshold", ""]),
        ("税收突破9亿元，低于预期的9.3亿元。", ["", ""]),
        ("税收突破9亿元，力争明年完成9.8亿元。", ["", ""]),
    ],
)
def test_a_mark_passed_on_the_way_to_a_figure_is_a_threshold(sentence, roles):
    """A mark is one where the figure of the same thing and time follows, and no smaller one."""
    assert qz.extract(sentence)["role"].tolist() == roles


def test_another_language_is_an_error():
    """The table comes in English or Chinese alone."""
    with pytest.raises(QzError, match="there is no language 'fr'"):
        qz.named_indicators("fr")


def test_the_page_shows_the_table():
    """docs/named.md holds a row for each indicator."""
    page = (ROOT / "docs" / "named.md").read_text(encoding="utf-8")
    english, chinese = qz.named_indicators(), qz.named_indicators("zh")
    columns = (*english[["indicator", "title"]].items(), ("zh", chinese["title"]))
    for key, title, zh, unit, kind in zip(
        *(values for _, values in columns), english["unit"], english["kind"], strict=True
    ):
        assert f"| `{key}` | {title} | {zh} | {unit} | {kind} |\n" in page


MINE = """[named.legal_aid]
en = "Legal aid"
zh = "法律援助"
words = ["法律援助案件"]
units = ["件"]
kinds = ["count"]

[named.urban_jobs]
words = ["城里新添就业"]
"""


@pytest.fixture
def own_words(tmp_path):
    """Puts the words of a file in force for one test."""

    def put(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return qz.vocabulary(path)

    yield put
    session.put(None)


def test_a_users_file_adds_indicators_and_names(own_words):
    """A file of the user's adds an indicator, and a name to one of the package's."""
    own_words(MINE)
    found = qz.extract("办理法律援助案件45件，城里新添就业300人，城镇新增就业200人。")
    assert found["indicator"].tolist() == ["legal_aid", "urban_jobs", "urban_jobs"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('units = ["件"]\n', "", "lacks units"),
        ('units = ["件"]', 'units = ["通"]', "there is no unit '通'"),
        ('["count"]', '["counts"]', "did you mean count?"),
        ('words = ["法律援助案件"]\n', "", "nothing names it"),
        ('["法律援助案件"]', '["[法]律"]', "must begin with a character"),
        ('["法律援助案件"]', '["法律("]', "no regular expression"),
        ('["count"]\n', '["count"]\nof = "gpd"\n', "there is no indicator 'gpd'"),
        ('["count"]\n', '["count"]\nchange = "higher"\n', "up, down"),
        ('["count"]\n', '["count"]\nsynonyms = ["法援"]\n', "there is no key 'synonyms'"),
    ],
)
def test_what_is_wrong_in_a_users_file_is_said(own_words, old, new, said):
    """An indicator that lacks something, or has what cannot be, is refused with its reason."""
    with pytest.raises(VocabularyError, match="legal_aid") as error:
        own_words(MINE.replace(old, new, 1))
    assert said in str(error.value)


def test_a_long_text_without_stops_is_read_in_time():
    """Names of many figures in one sentence are found without looking back over all of it."""
    text = "地区生产总值完成3亿元、增长5%、" * 400
    keys = qz.extract(text)["indicator"].tolist()
    assert keys[:2] == ["gdp", "gdp_growth"] and keys[-2:] == ["gdp", "gdp_growth"]


def _sentences():
    """Sentences for and against each indicator, written by people who had read docs/named.md alone; ? marks
    those that are read otherwise.
    """
    found = {}
    table = (ROOT / "tests" / "gold" / "indicators.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        indicator, wanted, sentence = line.split("\t")
        found.setdefault(indicator, []).append((wanted, sentence))
    return found


@pytest.mark.parametrize(("indicator", "rows"), _sentences().items(), ids=_sentences())
def test_ten_sentences_for_and_ten_against_an_indicator(indicator, rows):
    """The first figure of a wanted sentence bears the indicator, no figure of a near miss does; what is
    marked ? does not hold yet, and loses its mark when it does.
    """
    otherwise = []
    for wanted, sentence in rows:
        said = qz.extract(sentence)["indicator"].tolist()
        holds = said[:1] == [indicator] if wanted[0] == "+" else indicator not in said
        if holds == wanted.endswith("?"):
            otherwise.append((wanted, sentence, said))
    assert otherwise == []


def test_what_stands_right_behind_a_figure_names_no_other():
    """11599户低保户、9154户五保户: the name between two figures is of the first."""
    found = qz.extract("帮助11599户低保户、9154户五保户参保。")
    assert list(found["indicator"]) == ["", ""]


def test_the_rate_of_other_things_is_no_rate_of_petitions():
    """办结率 behind 热点、难点问题 is of these, also where the report is about petitions."""
    text = "甲县信访工作总结\n受理信访件90件。领导包案处理热点、难点问题43宗，已办结36宗，办结率为83.7%。"
    found = qz.extract(text)
    assert list(found["indicator"]) == ["petition_received", "", "", ""]


def test_names_handed_on_from_figure_to_figure_do_not_multiply():
    """Twenty figures held against one name end with as many names as two do."""
    said = {}
    for n in (2, 20):
        claims = qz.extract("全县地区生产总值完成1.27亿元" + "，比7亿元" * n + "。")
        said[n] = claims["indicator"].tolist()[:3]
    vocabulary = named._names()
    head = next(name.head for name in vocabulary.names if name.head)
    once = named._own_change(head, head[0].key)
    assert said[2] == said[20]
    assert named._own_change(once, head[0].key) == once


@pytest.mark.parametrize("words", ["1", "10", "2019", "累计", "同比增长", "12345", "受理共"])
def test_words_made_of_others_are_not_tried_in_all_ways(words, monkeypatch):
    """A run of digits or of words that hold other words ends the work in no text."""
    monkeypatch.setattr(limit, "SECONDS", 20)
    qz.extract(f"驻村{words * 60}（去年同期{words * 20}），{words * 60}干部上门调解9次，办结3件。")


def test_what_was_resolved_of_a_part_is_no_figure_of_the_whole():
    """其中集体访26件,已解决22件: of the group visits."""
    found = qz.extract("受理来访事项176件，已解决143件。其中，发生集体访26件，已解决22件。")
    assert found["indicator"].tolist()[-1] == ""


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # a row that no head makes a table
        ("主要指标\n地区生产总值 | 增长7%左右\n规模以上工业增加值 | 增长9%左右\n", "gdp_growth industry_growth"),
        # a name that alone heads its line
        ("主要指标\n——地区生产总值。年计划617亿元；1—9月428.3亿元，同比增长2.2%。\n", "gdp gdp gdp_growth"),
        ("主要指标\n——蔬菜。年计划617亿元。\n", "-"),
        (
            "主要指标\n——地区生产总值：年计划617亿元以上；1—9月完成428.3亿元，同比增长2.2%；全年预计600亿元。\n",
            "gdp gdp gdp_growth gdp",
        ),
        # the body that is to do it stands between a target and what was reached
        (
            "民生工程\n项目 | 目标任务 | 责任单位 | 进度\n城镇新增就业（人） | 26000 | 市人社局 | 32095\n"
            "技能培训（人） | 300 | 市妇联 | 310\n",
            "urban_jobs urban_jobs training_persons training_persons",
        ),
        # what one of several took in, and what became of it
        ("热线办理情况\n中心受理诉求365件。1.窗口受理147件、办结146件。\n", "matters_received - -"),
        # the lines of a list of parts
        (
            "中心办理情况\n中心受理事项365件。其中：\n1.受理企业事项147件；\n2.受理个人事项218件。\n",
            "matters_received - -",
        ),
        # the rows of channels, and the row of all
        ("信箱办理情况\n渠道 | 受理（件）\n县长信箱 | 12\n区长信箱 | 23\n", "- -"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_figure_over_bars_and_from_the_head_of_its_line(text, indicators):
    """A bar and the stop of a heading do not part a name from its figures; a part is no total."""
    assert " ".join(one or "-" for one in qz.extract(text)["indicator"]) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # what is taken in by kinds that are named together
        ("12345热线年度数据\n平台接到投诉、举报、咨询合计3249件，同比上升17%。", "hotline_calls hotline_calls_change"),
        ("本周全市热线共收到群众诉求2844件，日均406件，环比上周升1.25%。", "hotline_calls - hotline_calls_change"),
        # the same at another time
        ("三季度情况\n登记投诉、咨询598件，上季度为566件；去年同期为415件，同比增长44%。",
         "matters_received matters_received matters_received matters_received_change"),
        # names with their measure
        ("受理群众信访批次155批。其中集体访批次34批。", "petition_received group_visits"),
        ("城镇居民人均可支配收入36671元，增长8.1%；农村居民19669元，增长9%。",
         "urban_income urban_income_growth rural_income rural_income_growth"),
        ("这些地区刑事发案降43.15%。", "-"),
        ("“12345”市长电话\n开通五年受理市民来电63件。", "hotline_calls"),
    ],
)  # fmt: skip
def test_totals_are_named_by_their_kinds_their_measure_and_the_time_before(text, indicators):
    """A total may be named by its kinds together, and the figure of an earlier time is of the same."""
    assert " ".join(one or "-" for one in qz.extract(text)["indicator"]) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # a training is one whatever it is in, and whoever took part
        ("县妇联办家政班3期，培训妇女120人。", "- training_persons"),
        ("开展茶艺师培训60人次。", "training_persons"),
        ("办调解员培训班2期，参加80人。", "- training_persons"),
        ("另有村医40人参加全科知识培训。", "training_persons"),
        # heads of plan and result in tables, with the sign of a bound
        ("绩效目标\n指标 | 年度指标值 | 全年实际值\n农村低保标准（元/月） | ≥500 | 510\n",
         "minimum_living_standard minimum_living_standard"),
        ("绩效目标\n指标 | 预期值 | 完成值\n服务对象满意度（%） | ≥90 | 96\n", "satisfaction_rate satisfaction_rate"),
        ("民生工程\n项目 | 年度任务数 | 已完成\n困难群众法律援助（件） | 300 | 210\n", "legal_aid_cases legal_aid_cases"),
        # a forecast, a target and another year beside the result
        ("城镇新增就业3100人，预计全年将突破4000人，而年初预期目标是3500人。", "urban_jobs urban_jobs urban_jobs"),
        ("城镇新增就业：目标900人，截至6月底实现880人。", "urban_jobs urban_jobs"),
        ("办理法律援助案件683件，完成年度任务600件的113.8%。", "legal_aid_cases - -"),
        # how much of a plan it is stands between a level and its growth
        ("地方财政总收入3.3亿元，完成调整任务的107%，下降17%。", "fiscal_revenue - fiscal_revenue_growth"),
        # city and country after the figure of both, or under their heading
        ("居民人均可支配收入15292元、增长9.5%：城镇21938元、增长8.7%，农村10765元、增长9%。",
         "resident_income resident_income_growth urban_income urban_income_growth rural_income rural_income_growth"),
        ("民政工作\n（一）城乡低保。城市650人、农村1296人。\n", "minimum_living_persons minimum_living_persons"),
        ("民政工作\n低保。发放低保金9万元。\n医疗救助。城市65人次，农村129人次。\n", "- - -"),
        # a share right behind the name of a sum is its growth, and no share of a plan
        ("主要预期目标：规上工业增加值7%左右；一般公共预算收入保持在4%以上。", "industry_growth budget_revenue_growth"),
        ("一般公共预算收入完成年度计划的60%。", "-"),
        # petitions that came to a city, with their parts
        ("接待处理群众来市信访1507件，其中来信969件（内含网上信访390件），来访538批、2517人次。",
         "petition_total letters online_petitions visit_batches visit_persons"),
        # the deed behind the figure, and the letters of a box
        ("排查出的积案36件全部化解。", "backlog_resolved"),
        ("办理通报\n“县长信箱”来信情况：收信97件，按期办结率98%。\n", "- matters_resolution_rate"),
        # matters of a counter are no petitions, and channels of a hotline no petitions over the internet
        ("12345热线通报\n渠道 | 数量（件）\n来电 | 980\n网络 | 120\n", "- -"),
        ("信访局通报\n12345专线接到市民来电297个；受理投诉210件。\n", "hotline_calls matters_received"),
        ("全区各大厅收件17641宗，办结率100%。", "matters_received matters_resolution_rate"),
        ("政务公开\n12345热线全年服务群众和企业诉求436万件，息诉率98%。\n", "hotline_calls -"),
        # what a leader heard at the telephone, and the cases of a court
        ("值班日\n县政府负责人走进热线中心，接听来电8件。\n", "-"),
        ("县法院工作报告\n全年受理刑事案件623件，审结610件。\n", "- -"),
    ],
)  # fmt: skip
def test_a_figure_has_the_name_of_its_head_its_list_or_its_heading(text, indicators):
    """Other words for the same, heads of plan and result, and headings give a figure its name."""
    assert " ".join(one or "-" for one in qz.extract(text)["indicator"]) == indicators


def test_a_share_behind_the_name_of_a_sum_is_told_as_its_growth():
    """A figure that is read as growth for its name alone is a change upwards."""
    made = qz.extract("主要预期目标：规上工业增加值7%左右。")
    assert made[["kind", "direction"]].to_numpy().tolist() == [["change", "up"]]
