"""Which whole a share is of, when the words leave several: the one it fits, and for a row the one that fits most of it."""

import pytest
from relations import claims_of, told
from timing import steps

from qz_analysis import audit, extract
from qz_analysis.arithmetic.shares import Share, _rows

FITS = [
    # of three counts before it, the share fits one
    (
        "全县有干部400人，教师900人，医生350人，新招女职工120人，占30%。",
        ["rate ok 30% 120人 400人"],
    ),
    # it fits none, and no words choose: not wrong, open
    ("全县有干部400人，教师900人，医生350人，新招女职工120人，占39%。", []),
    # the rest of the row says which whole it is, so a misfit is an error
    (
        "全县有村干部400人，大专以上学历120人，占30%；35岁以下100人，占25%；女干部40人，占1%。",
        ["rate ok 30% 120人 400人", "rate ok 25% 100人 400人", "rate bad 1% 40人 400人"],
    ),
    # half of a row of two is not enough to accuse the other
    (
        "全县有村干部400人，大专以上学历120人，占30%；35岁以下100人，占52%。",
        ["rate ok 30% 120人 400人"],
    ),
    # a row goes by what fits most of it, before what stands nearest: 100 of 200 would fit the second alone
    (
        "全县有村干部400人，新任200人，大专以上学历120人，占30%；35岁以下100人，占25%；女干部40人，占10%。",
        ["rate ok 30% 120人 400人", "rate ok 25% 100人 400人", "rate ok 10% 40人 400人"],
    ),
    # the row decides where the share itself fits two wholes: 120 is 30 % of 400 and of 401
    (
        "全县有村干部400人，教师401人，大专以上学历120人，占30%；女干部41人，占10.25%。",
        ["rate ok 30% 120人 400人", "rate ok 10.25% 41人 400人"],
    ),
    # a whole in another unit is for rows only
    (
        "收到问卷187份。男性86人，占45.99%；女性101人，占54.01%。",
        ["sum ok 187份 86人 101人", "rate ok 45.99% 86人 187份", "rate ok 54.01% 101人 187份"],
    ),
    ("收到问卷187份。男性86人，占46%。", []),
    # unless its decimals leave no room for chance
    ("收到问卷187份。男性86人，占45.99%。", ["rate ok 45.99% 86人 187份"]),
    # a share with a hedge fits nearly any whole and resolves nothing by itself
    ("全县有干部400人，教师900人，新招女职工120人，占10%以上。", []),
]


@pytest.mark.parametrize(("text", "expected"), FITS)
def test_a_share_takes_the_whole_that_it_and_its_row_fit(text, expected):
    """A share of an unnamed whole takes one that it fits; only its row's agreement makes a misfit an error."""
    assert [row for row in told(text) if "sum" not in row or "187" in row] == expected


MADE_UP = [
    (
        "全县走访640人，党员224人，占35%；群众416人，占65%。",
        ["sum ok 640人 224人 416人", "sum ok 35% 65%"],
    ),
    # the shares make 100 %, so their counts ought to make the whole
    ("全县走访640人，党员224人，占35%；群众418人，占65%。", ["sum ok 35% 65%"]),
    # counts that make the whole are its sum, whatever their shares were cut to
    ("全县走访600人，党员200人，占33%；群众400人，占66%。", ["sum ok 600人 200人 400人"]),
    # in rows of whole per cent, and where the whole stands far above
    (
        "全年立案129件。分布如下：经济建设63件，占49%；社会民生27件，占21%；交通14件，占11%；文化12件，占9%；"
        "生态4件，占3%；其他9件，占7%。",
        ["sum ok 129件 63件 27件 14件 12件 4件 9件", "sum ok 49% 21% 11% 9% 3% 7%"],
    ),
    # in two sections, each behind its count
    (
        "全年转办242件。\n一、县区。承接156件，占转办总量的64.46%。\n二、部门。承接86件，占转办总量的35.54%。",
        ["sum ok 242件 156件 86件", "sum ok 64.46% 35.54%"],
    ),
    # shares that make less may leave people out
    ("全县走访640人，党员224人，占35%；团员320人，占50%。", []),
]


@pytest.mark.parametrize(("text", "expected"), MADE_UP)
def test_counts_of_a_full_row_make_up_their_whole(text, expected):
    """Counts whose shares are of one whole are its sum when they make it, and ought to be when the shares make 100 %."""
    assert [row for row in told(text) if row.startswith("sum")] == expected


OPEN = [
    (
        "全县有干部400人，教师900人，医生350人，新招女职工120人，占39%。",
        "rate unchecked 39% 120人: several counts could be its denominator and it fits none",
    ),
    (
        "来访男性86人，占45.99%。",
        "rate unchecked 45.99% 86人: its denominator is not stated in reach",
    ),
    ("来访xx人，男性86人，占45.99%。", "rate unchecked 45.99% 86人 xx人: xx人 is masked or lost"),
    ("来访187人，男性xx人，占45.99%。", "rate unchecked 45.99% xx人 187人: xx人 is masked or lost"),
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_a_share_that_fits_nothing_says_why(text, expected):
    """A share without a whole to fit stays unchecked with the reason, a masked count included."""
    assert told(text) == []
    assert told(text, unchecked=True) == [expected]


def test_a_long_row_of_small_shares_is_added_up_once():
    """Whether a row has made 100 % is known without adding it up for every share."""

    def work(size):
        claims = claims_of("来信4件，占0.01%，" * size)
        pairs = zip(claims[::2], claims[1::2], strict=True)
        shares = [Share(rate, above, group=True) for above, rate in pairs]
        return steps(lambda: list(_rows(shares)))

    assert work(200) < 2.2 * work(100)


TIED = [
    # each name of a row has its own share
    (
        "生产总值26575亿元。财政收入3479.3亿元。民营经济增加值17232.8亿元、税金2342.5亿元，"
        "占生产总值、财政收入的比重达到64.8%和67.3%。",
        ["rate ok 64.8% 17232.8亿元 26575亿元", "rate ok 67.3% 2342.5亿元 3479.3亿元"],
    ),
    ("走访2.6万户，占全街道总户数的83.2%（总户数31250户）。", ["rate ok 83.2% 2.6万户 31250户"]),
    (
        "来访2846批，集体访412批7633人次，批次占来访批次的14.5%。",
        ["rate ok 14.5% 412批 2846批"],
    ),
    (
        "受理60件，其中来信30件（50%），来访18件（30%），其他12件（20%）。",
        [
            "sum ok 60件 30件 18件 12件",
            "rate ok 50% 30件 60件",
            "sum ok 50% 30% 20%",
            "rate ok 30% 18件 60件",
            "rate ok 20% 12件 60件",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIED)
def test_words_that_tie_a_share_to_its_whole(text, expected):
    """A share is of the whole that its place in a row, its unit or a bracket behind it tells."""
    assert told(text) == expected


LOOSE = [
    "生产总值突破3万亿元。完成投资近1万亿元，产业投资占全部投资比重从26.7%提高到52.1%。",
    "贷款余额13万亿元。片区经济总量达到4万亿元、占全省比重达61.3%。",
    "取消事项558项，占全部事项的40%以上。信访好转。取消事项558项，占全部事项的40%以上。",
]


@pytest.mark.parametrize("text", LOOSE)
def test_what_fits_by_chance_is_no_whole(text):
    """Hedged sums that nearly any share would fit, other sums of money and a copy of the count are no whole."""
    assert told(text) == []


def test_shares_of_a_list_are_of_the_total_that_it_makes_up():
    """0.11% fits 684 and 716 thousand alike; of two equal counts beside each other the first came in."""
    rows = (
        "热线受理诉求716535件。\n渠道 | 数量 | 占比\n电话 | 684175个 | 95.48%\n微信 | 24003条 | 3.35%\n"
        "短信 | 5333条 | 0.74%\n网站 | 1034个 | 0.14%\n微博 | 753条 | 0.11%\n信箱 | 566件 | 0.08%\n"
        "留言 | 420条 | 0.06%\n转件 | 251个 | 0.04%\n"
    )
    assert "rate ok 0.11% 753条 716535件" in told(rows)
    letters = (
        "本季度来信276件，办结276件。投诉103件，占37.32%；咨询75件，占27.17%；求助98件，占35.51%。"
    )
    found = audit(extract(letters))
    assert set(found.loc[found["type"] == "rate", "starts"].str.rsplit(";").str[-1]) == {"5"}
