"""A rate is tied to the two counts that its own words name."""

import pytest
from relations import claims_of, told
from timing import Counted

from qz_analysis.arithmetic.rates import _new_whole
from qz_analysis.arithmetic.shares import Share

NAMED = [
    ("受理98件、办结97件、办结率99%。", ["rate ok 99% 97件 98件"]),
    (
        "受理98件，已办结97件。办结率为99%。",
        ["rate ok 99% 97件 98件"],
    ),  # the counts stand in the line before
    ("共排查矛盾纠纷150件。化解147件，化解率98%。", ["rate ok 98% 147件 150件"]),  # the total does
    ("共排查矛盾纠纷150件。化解147件，化解率89%。", ["rate bad 89% 147件 150件"]),
    ("梳理信访事项60件，其中化解57件，化解率95%。", ["rate ok 95% 57件 60件"]),
    ("梳理信访事项60件，其中化解57件，化解率59%。", ["rate bad 59% 57件 60件"]),
    (
        "化解39件，化解率86.7%（共排查45件）。",
        ["rate ok 86.7% 39件 45件"],
    ),  # the whole in brackets behind the rate
    ("化解39件，化解率87.6%（共排查45件）。", ["rate bad 87.6% 39件 45件"]),
    ("发出问卷300份，收回288份，回收率96%。", ["rate ok 96% 288份 300份"]),  # 收回 gives 回收率
    ("走访群众150人，不满意3人，不满意率2%。", ["rate ok 2% 3人 150人"]),
    # what was not done is of both
    ("逮捕25人，不捕24人，不捕率48.98%。", ["rate ok 48.98% 24人 24人 25人"]),
    # a rate of all who live there, and one that is too far off to be of these
    ("新增城镇就业4843人；城镇登记失业3601人，登记失业率3.43%。", []),
    ("走访群众150人，满意147人，满意率2%。", []),
    ("走访群众150人，满意147人，不满意3人，满意率89%。", ["rate bad 89% 147人 150人"]),
    (
        "排查纠纷176起，调处143件，调处率81.25%。",
        ["rate ok 81.25% 143件 176起"],
    ),  # 起 and 件 are one unit
    ("共有五保对象100人，集中供养60人，分散供养30人，集中供养率60%。", ["rate ok 60% 60人 100人"]),
    ("共有五保对象100人，集中供养60人，分散供养30人，集中供养率30%。", []),  # 30人 stands between
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_named_rate_is_of_the_count_that_does_it(text, expected):
    """The count above the line does what the rate is named after, the one below is the whole it came from."""
    assert [row for row in told(text) if row.startswith("rate")] == expected


SEVERAL = [
    (
        "受理98件，办结97件，办结率99%，二季度受理120件，办结114件，办结率95%。",
        ["rate ok 99% 97件 98件", "rate ok 95% 114件 120件"],
    ),
    (
        "受理98件，办结97件，办结率99%，二季度受理120件，办结114件，办结率59%。",
        ["rate ok 99% 97件 98件", "rate bad 59% 114件 120件"],
    ),
    (
        "调解纠纷150件，调解成功147件，调解成功率98%；梳理信访积案25件，化解20件，化解率80%。",
        ["rate ok 98% 147件 150件", "rate ok 80% 20件 25件"],
    ),
    (
        "受理纠纷217件，调解214件，调解成功206件，调解率、调解成功率分别为98.6%、96.3%。",
        ["rate ok 98.6% 214件 217件", "rate ok 96.3% 206件 214件"],
    ),
    (
        "受理纠纷217件，调解214件，调解成功206件，调解率和调解成功率分别为98.6%和96.3%。",
        ["rate ok 98.6% 214件 217件", "rate ok 96.3% 206件 214件"],
    ),
    (
        "受理纠纷217件，调解214件，调解成功206件，调解率、调解成功率分别为98.6%、93.6%。",
        ["rate ok 98.6% 214件 217件"],  # in a list of rates none is accused
    ),
    (
        "受理纠纷217件，调解214件，调解成功206件，调解率、成功率分别为98.6%、96.3%。",
        ["rate ok 98.6% 214件 217件", "rate ok 96.3% 206件 214件"],
    ),
    (
        "调解纠纷150件，调解成功147件，调解成功率98%；化解积案25件，成功化解20件，化解率80%。",
        ["rate ok 98% 147件 150件", "rate ok 80% 20件 25件"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_rates_of_a_line_keep_their_own_counts(text, expected):
    """Where a line states several rates, each is of its own pair of counts."""
    assert told(text) == expected


OTHER_ACTS = [
    (
        "受理群众诉求111件，办结103件，办结率达到92.8%。调解履行率达到百分之八十七。",
        ["rate ok 92.8% 103件 111件"],
    ),
    (
        "接收信访事项1628宗，已办结1080宗，办结率达66.3%。按期答复率由80.2%上升到81.9%，提高1.7个百分点；",
        ["rate ok 66.3% 1080宗 1628宗", "diff ok 1.7个百分点 81.9% 80.2%"],
    ),
    ("受理98件，办结97件，办结率99%，整改落实率80%。", ["rate ok 99% 97件 98件"]),
    ("受理98件，答复97件，按期答复率80%。", []),  # in time is another thing
    ("受理98件，办结97件，按期答复率99%。", ["rate ok 99% 97件 98件"]),  # it holds
    ("受理98件，办结97件。调解成功率87%。", []),  # behind a full stop another act need not be meant
    ("受理98件，办结97件。办结率89%。", ["rate bad 89% 97件 98件"]),
    (
        "发生刑事案件47起，破获39起，破案率38%。",
        ["rate bad 38% 39起 47起"],
    ),  # another word for one act
    ("承诺事项246件，已完成211件，践诺率58.8%。", []),  # named after no count
    (
        "调解民间纠纷40起，调解成功20起，成功率为50%；五分之三的村建立了调解室。",
        ["rate ok 50% 20起 40起"],
    ),
    # a count in another unit beside it is as near as a total further off
    (
        "受理群众来电9230件。接听来电8947个，其中转办2274件；直办6673件，直办率74.58%。",
        ["sum ok 8947个 2274件 6673件", "rate ok 74.58% 6673件 8947个"],
    ),
    (
        "受理群众来电9230件。接听来电8947个，其中转办2274件；直办6673件，直办率71.58%。",
        ["sum ok 8947个 2274件 6673件"],
    ),
]


SHORT = [
    ("接听来电8947个，直接办理6673个，直办率74.58%。", ["rate ok 74.58% 6673个 8947个"]),
    ("受理755件，结600件，结案率79.47%。", ["rate ok 79.47% 600件 755件"]),
    (
        "再就业6650人，年目标6600人，完成100.76%；困难人员就业2291人，年目标2200人，完成104.1%。",
        ["rate ok 100.76% 6650人 6600人", "rate ok 104.1% 2291人 2200人"],
    ),
    ("月人均补差180.6元，对照148元的目标完成122%。", ["rate ok 122% 180.6元 148元"]),
    ("再就业6650人，困难人员就业2200人，完成年度任务。", []),
    ("企业参保净增6.7万人，年目标7万人，完成96%。", ["rate ok 96% 6.7万人 7万人"]),
    # a figure that is due is a target without a word for it
    (
        "事项 | 年度目标 | 进度\n厨师 | 培训厨师7050人 | 1826人，完成率26%\n技术 | 推广技术3项 | 3项，完成率100%\n",
        ["rate ok 26% 1826人 7050人", "rate ok 100% 3项 3项"],
    ),
    # but accuses nobody
    ("事项 | 年度目标 | 进度\n技能 | 技能人才新增4000人 | 736人，完成率18.04%\n", []),
    ("任务为27800人，实际完成52242人，占目标任务的187.9%。", ["rate ok 187.9% 52242人 27800人"]),
]


@pytest.mark.parametrize(("text", "expected"), SHORT)
def test_a_rate_may_be_short_for_its_counts_words(text, expected):
    """直办率 is of what was 直接办理, 结案率 of what was 结, and a task may be passed."""
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), OTHER_ACTS)
def test_a_rate_of_another_act_is_not_held_against_what_is_done(text, expected):
    """A rate named after an act of its own is called wrong only by counts of that act."""
    assert told(text) == expected


CHANNELS = "登记信访件182件，其中来信34件，来访126件、网上投诉22件"
MADE = "sum ok 182件 34件 126件 22件"
ROWS = [
    (
        CHANNELS + "；截至年底，从渠道看，来信占26.8%，来访占37.4%，网上信访占35.8%。",
        {MADE, "sum ok 26.8% 37.4% 35.8%"},
    ),
    (
        CHANNELS + "，来信占26.8%，来访占37.4%，网上信访占35.8%。",  # the same sentence
        {
            MADE,
            "sum ok 26.8% 37.4% 35.8%",
            "rate bad 26.8% 34件 182件",  # the other is so far off that another whole is meant
        },
    ),
    (
        CHANNELS + "；从渠道看，来信占18.7%，来访占62.9%，网上投诉占12.1%。",  # they make no 100 %
        {
            MADE,
            "rate ok 18.7% 34件 182件",
            "rate bad 62.9% 126件 182件",
            "rate ok 12.1% 22件 182件",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_shares_that_make_a_hundred_have_their_own_whole(text, expected):
    """Shares that make 100 % in a sentence of their own are not called wrong by counts of the sentence before."""
    assert set(told(text)) == expected


SHARES = [
    ("全县排查积案51件，已化解43件，占积案总数的84.3%。", ["rate ok 84.3% 43件 51件"]),
    ("全县排查积案51件，受理来信860件，已化解43件，占积案总数的48.3%。", ["rate bad 48.3% 43件 51件"]),
    ("全县排查积案51件，化解43件（其中信访积案12件），占积案总数的84.3%。", ["rate ok 84.3% 43件 51件"]),
    ("走访的300户中，满意280户，占39.3%。", ["rate bad 39.3% 280户 300户"]),
    ("化解43件，占积案总数51件的84.3%。", ["rate ok 84.3% 43件 51件"]),  # the whole inside 占…的
    ("化解43件，占积案总数51件的83.4%。", ["rate bad 83.4% 43件 51件"]),
    ("完成投资430万元，为年度任务510万元的84.3%。", ["rate ok 84.3% 430万元 510万元"]),
    ("来访总量340批，集体访51批，占来访总量的15%。", ["rate ok 15% 51批 340批"]),
    ("来访总量340批，集体访51批，占来访总量的51%。", ["rate bad 51% 51批 340批"]),
    ("全市有基层党组织820个，其中村党组织410个，占基层党组织总数的50%。", ["rate ok 50% 410个 820个"]),
    ("全市有基层党组织820个，村级阵地600个，村党组织410个，占基层党组织的50%。", ["rate ok 50% 410个 820个"]),
    ("受理信访事项340件，网上投诉117件和来信92件，各占34.4%、27.1%。", ["rate ok 34.4% 117件 340件", "rate ok 27.1% 92件 340件"]),
    (
        "来访总量340批1200人次，其中集体访51批600人次，分别占总批次的15%、总人次的50%。",
        ["rate ok 15% 51批 340批", "rate ok 50% 600人次 1200人次"],
    ),
    (
        "来访总量340批1200人次，集体访51批占总批次的15%，600人次占总人次的50%。",
        ["rate ok 15% 51批 340批", "rate ok 50% 600人次 1200人次"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_a_share_is_of_the_whole_that_its_words_name(text, expected):
    """占…的 names the whole, in words or by its unit; 各占 and 分别占 give as many counts as shares, in their order."""
    assert told(text) == expected


OPEN = [
    ("受理xx件，办结97件，办结率99%。", "rate unchecked 99% 97件 xx件: xx件 is masked or lost"),
    ("受理98件，办结xx件，办结率99%。", "rate unchecked 99% xx件 98件: xx件 is masked or lost"),
    (
        "全县排查积案xx件，已化解43件，占积案总数的84.3%。",
        "rate unchecked 84.3% 43件 xx件: xx件 is masked or lost",
    ),
    ("受理98件，办结97件，办结率xx%。", "rate unchecked xx%: the rate itself is masked or lost"),
    ("受理98件，满意率99%。", "rate unchecked 99%: its numerator is not stated"),
    (
        "满意280人，满意率93.3%。",
        "rate unchecked 93.3% 280人: its denominator is not stated in reach",
    ),
    (
        "受理98件，办结97件，办结率力争达到99%。",
        "rate unchecked 99%: it is a standard or a target, no result",
    ),
    (
        "受理98件，办结97件，进度99%。",
        "rate unchecked 99%: no words of a share or a rate tie it to counts",
    ),
    (
        "受理1000件，办结990件，其中初信初访办结500件，办结率98%。",
        "rate unchecked 98%: two counts before it could be its numerator",
    ),
    ("受理98件，逾期办结97件，办结率99%。", "rate unchecked 99%: its numerator is not stated"),
    (
        "受理98件，尚未办结97件，办结率99%。",
        "rate unchecked 99%: its numerator is not stated",
    ),  # 未 undoes the verb
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_a_rate_without_its_counts_says_why(text, expected):
    """A rate whose counts are masked, not stated or not clear stays unchecked with its reason, and nothing is guessed."""
    assert told(text) == []
    assert told(text, unchecked=True) == [expected]


POSSIBLE = [
    (
        "随机抽查26人，满意率84.62%。",
        "possible unchecked 84.62% 26人: its numerator is not stated (22 would give it)",
    ),
    (
        "随机抽查25人，满意率84.6%。",
        "possible unchecked 84.6% 25人: no whole number of 25 gives 84.6%: it is of another whole, weighted, or wrong",
    ),
    (
        "随机抽查2163人，满意率93.8%。",
        "possible unchecked 93.8% 2163人: its numerator is not stated (2028 to 2029 would give it)",
    ),
    (
        "随机抽查25人，满意率84.6%以上。",
        "rate unchecked 84.6%: its numerator is not stated",
    ),  # a hedge can be anything
    (
        "走访25人，满意率84.6%。",
        "rate unchecked 84.6%: its numerator is not stated",
    ),  # nobody was asked
]


@pytest.mark.parametrize(("text", "expected"), POSSIBLE)
def test_a_rate_of_people_asked_is_held_against_their_number(text, expected):
    """Without its numerator a rate of those asked is at least possible or not (GRIM), which resolves nothing."""
    assert told(text, unchecked=True) == [expected]


def test_counts_far_from_two_shares_are_not_looked_at():
    """A new whole is looked for between the two shares, whatever the report counts elsewhere."""
    claims = claims_of(
        "走访农户40户。" * 2000 + "满意率98%。受理50件。办结20件。" + "走访农户40户。" * 2000
    )
    counts = Counted(c for c in claims if c.counts)
    rate = next(c for c in claims if c.unit == "%")
    above = next(c for c in claims if c.text == "20件")
    assert _new_whole(Share(rate), above, counts)
    assert counts.taken < 40


ELSEWHERE = [
    "红旗镇受理143件，办结139件；东风镇办结率52.4%。",
    "住建局受理143件，办结139件，城管局办结率52.4%。",
    "甲村受理43件，办结39件。乙村办结率52.4%。",
    "办理代表建议424件、委员提案354件，办结率100%。",
    "争取项目资金20.43亿元，工程顺利。26个项目完成投资34.67亿元，完成率达到146.6%。",
    "新增就业3550人，企业参保新增845人，居民医疗保险参保率98.9%。",
    "名次在168个城市中前移，49个断面水质达标率100%。",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_rate_is_not_wrong_by_counts_of_something_else(text):
    """Counts of another place or body, siblings in a list and other sums of money accuse no rate."""
    assert told(text) == []


OWN = [
    (
        "桃园社区调解31件，成功30件，成功率96.8%，梅园社区调解27件，成功25件，成功率96.2%。",
        ["rate ok 96.8% 30件 31件"],  # two places in one sentence
    ),
    ("转办11529个。转办件中，已办结11047件，办结率95.82%。", ["rate ok 95.82% 11047件 11529个"]),
    (
        "水口乡排查210件，化解196件；石门乡排查187件，化解182件，化解率分别为93.3%、97.3%。",
        ["rate ok 93.3% 196件 210件", "rate ok 97.3% 182件 187件"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_a_rate_has_the_counts_of_its_own_place_and_group(text, expected):
    """A rate is of the counts of its own place, or of the group that its numerator is said to be among."""
    assert told(text) == expected
