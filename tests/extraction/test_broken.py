"""What touches a number is understood, or the number has no value that looks sure.

Each class puts one kind of damage into the numbers of made-up sentences; the first 12 sentences of
a class are in every run, all 300 in a long one.
"""

import random
from collections.abc import Callable

import pytest

from qz_analysis import extract
from qz_analysis.model import Document
from qz_analysis.runs.tables import gather

Random = random.Random
FRAMES = [
    "全县受理{}。",
    "本年度共接待来访{}，比往年平稳。",
    "甲山县各镇排查纠纷{}",
    "其中：新增{}；办结若干。",
    "（二）镇村两级化解{}、回访群众若干户",
    "截至年底，累计走访{}次年继续",
]
RATES = ["信访事项办结率达{}。", "群众满意率为{}，居全市前列", "按期答复率{}"]
UNITS = ["件", "户", "人次", "万元", "批次", "起", "个"]
PARTS = [pytest.param(range(12), id="short"),
         pytest.param(range(12, 300), id="rest", marks=pytest.mark.long)]  # fmt: skip


def inside(sign: str, alone: bool = False) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign in the place of a digit or more, `alone` of all: nobody knows the number."""

    def number(rng: Random) -> tuple[str, set[float]]:
        head, tail = str(rng.randint(1, 99)), str(rng.randint(1, 999))
        hidden = sign * rng.randint(1, 2)
        forms = [head + hidden + tail, hidden + tail, head + hidden, hidden]
        return rng.choice(forms if alone else forms[:3]), set()

    return number


def unseen(sign: str) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign between digits that prints nothing or a blank: the number is as it was, or unsure."""

    def number(rng: Random) -> tuple[str, set[float]]:
        value = rng.randint(1000, 99999)
        at = rng.randint(1, len(str(value)) - 1)
        return f"{str(value)[:at]}{sign}{str(value)[at:]}", {value}

    return number


def parted(sign: str, joins: bool = False) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign between two whole numbers; with `joins` they may be one."""

    def number(rng: Random) -> tuple[str, set[float]]:
        one, two = rng.randint(2, 99), rng.randint(100, 999)
        return f"{one}{sign}{two}", {int(f"{one}{two}")} if joins else {one, two}

    return number


def grouped(rng: Random) -> tuple[str, set[float]]:
    return f"{rng.randint(1, 99)},{rng.randint(1000, 9999)}", set()


def mixed(rng: Random) -> tuple[str, set[float]]:
    wan, thousands, hundreds, tens, ones = (rng.randint(1, 9) for _ in range(5))
    value = wan * 10000 + thousands * 1000 + hundreds * 100 + tens * 10 + ones
    return f"{wan}万{thousands}千{hundreds}百{tens}十{ones}", {value}


def long_range(rng: Random) -> tuple[str, set[float]]:
    return f"{rng.randint(1, 9)}-{'9' * rng.randint(30, 320)}", set()


def below(sign: str) -> Callable[[Random], tuple[str, set[float]]]:
    def number(rng: Random) -> tuple[str, set[float]]:
        value = rng.randint(2, 999)
        return f"{sign}{value}", {-value}

    return number


def split(*forms: str) -> Callable[[Random], tuple[str, set[float]]]:
    """A number broken in one of some forms, with `a` and `b` for its digits and nothing to be sure of."""

    def number(rng: Random) -> tuple[str, set[float]]:
        form = rng.choice(forms)
        return form.replace("a", str(rng.randint(1, 99))).replace(
            "b", str(rng.randint(2, 99))
        ), set()

    return number


HIDING = "○◯●■□◆▲△▽★※#_…¤◎✕⊙▇🀄"
STRANGE = "хⅢ②³½٪٣३é\u0301\u20e3\u0336アΩ\x08\x1b\ue000\U0001f600"
UNSEEN = "\u202a\u202e\u2066\u2069\u061c\u200b\u2060\ufe0f\U000e0101\u180e"
BLANK = "\u2009\u2007\u202f\u2003\u2028\u2029\x0b\x0c\x85"
CLASSES = {
    **{f"hides U+{ord(sign):04X}": inside(sign, alone=True) for sign in HIDING},
    **{f"is no digit U+{ord(sign):04X}": inside(sign) for sign in STRANGE},
    **{f"prints nothing U+{ord(sign):04X}": unseen(sign) for sign in UNSEEN},
    **{f"is blank U+{ord(sign):04X}": unseen(sign) for sign in BLANK},
    **{f"groups U+{ord(sign):04X}": unseen(sign) for sign in "’'·‧"},
    **{f"entity {sign}": parted(sign) for sign in ("&mdash;", "&ndash;", "&#45;", "&#x2D;")},
    **{f"entity {sign}": parted(sign, joins=True) for sign in ("&shy;", "&#8203;", "&nbsp;")},
    "entity of a digit": lambda rng: (f"15&#{48 + (d := rng.randint(0, 9))};", {150 + d}),
    "entity of a cross": inside("&times;"),
    "entity of nothing": inside("&nonsense;"),
    "entity written twice": parted("&amp;mdash;"),
    **{f"tag {tag}": parted(tag) for tag in ("</td><td>", "<br>", "</p>\n<p>", "<!-- a -->")},
    **{f"tag {tag}": parted(tag, joins=True) for tag in ("<b>", "</span>", "<font color='#123456'>")},
    "digits in wrong groups": grouped,
    "digits and places": mixed,
    "a range without end": long_range,
    "a minus sign": below("\u2212"),
    "the word minus": below("负"),
    "struck out in Markdown": split("a~~7~~b", "a~~7~~", "~~7~~b", "二十~~三~~"),
    "a picture in Markdown": split("a![2](2.png)b", "![2](2.png)b", "a![](x/3.gif)"),
    "a remark in brackets": split("a[图片]b", "a(略)b", "a（图）b", "a【表】b"),
    "a note's number": split("a注b", "a[7]b", "a(7)b", "a“7”b"),
    "an empty bracket": split("（　　）b", "()b", "a（　）b", "[]b", "“ ”b"),
    "a masked head": split("x亿2000万", "某亿2000万", "x万3千", "3万x千2百", "x b", "□ b", "a□ b", "x十三"),
    "an exponent": split("1.2E+05", "1.2e5", "3E-2", "1.2E+05万"),
    "two kinds of numerals": split("1点五万", "一点5", "一.5", "二0", "一2", "二1", "十2", "百12", "壹2", "壹佰2", "1佰3", "1拾3"),
    "a character for a box or a stroke": split("a口b", "a囗b", "a丨b", "a丶b"),
    "a mark that sets nothing apart": split("a|b", "a!b", "a\\b", "a&b", "a@b", "a$b", "a`b", "a\\_b", "a++b", "a::b", "a、、b"),
    "what is left of code": split("{n}b", "${n}b", "a{{n}}b", "<%=n%>b", "#REF!b", "&#b", "%b", "锟斤拷b", "a锟斤拷b"),
    "vague and exact": split("a余b", "a多b", "几b", "十几3", "a半b", "N+b"),
    "a chain of ranges": split("10~20~30", "10至20至30", "受理~b"),
    "two points": split("a..b", "1..2"),
    "a letter for a digit": lambda rng: (f"{rng.randint(1, 9)}{rng.choice('OoIl')}{rng.randint(1, 9)}", set()),
    "a letter before digits": lambda rng: (f"{rng.choice('OoIl')}{rng.choice(['', '', '.', ',4'])}{rng.randint(1, 99)}", set()),
    "letters among digits": lambda rng: (f"{rng.choice(['lO', 'l0', 'Ol', 'IO'])}{rng.randint(1, 9)}{rng.choice('lO')}", set()),
    "a remark before the unit": split("a（上年b）", "a(约b)"),
    "the character 某": lambda rng: (f"{rng.randint(1, 9)}某{rng.randint(1, 9)}", set()),
}  # fmt: skip


def claims_at(text: str, start: int, end: int) -> list:
    """The claims of a text that touch a stretch of it."""
    return [c for c in gather(Document("a", text)).claims if c.start < end and c.end > start]


def check(text: str, printed: str, allowed: set[float]) -> str:
    """What is wrong with the claims where a number is printed, empty when nothing is."""
    start = text.index(printed)
    found = claims_at(text, start, start + len(printed) + 1)
    scale = 10_000 if text[start + len(printed) :].startswith("万") else 1
    right = {value * scale for value in allowed} | allowed
    for claim in found:
        ends = {float(x) for x in (claim.value, claim.low, claim.high) if x is not None}
        if claim.kind == "change" and claim.direction == "down":
            ends = {-x for x in ends}
        if claim.status == "ok" and not ends <= right:
            return f"{claim.text!r} = {sorted(ends)} out of {text!r}"
        if claim.status != "ok" and not claim.note:
            return f"{claim.text!r} of {text!r} says no reason"
    return "" if found else f"nothing is told of {text!r}"


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize("name", CLASSES)
def test_a_broken_number_is_never_sure(name, numbers):
    """A damaged number is read as what it is, or told without a value that has the status `ok`."""
    faults = []
    for n in numbers:
        rng = Random(f"{name}:{n}")
        printed, allowed = CLASSES[name](rng)
        text = rng.choice(FRAMES).format(printed + rng.choice(UNITS))
        faults.append(check(text, printed, allowed))
    assert not list(filter(None, faults))


POINTS = ["·", "•", "‧", "。", ",", "，"]


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize("point", POINTS)
def test_a_wrong_point_is_mended_and_said(point, numbers):
    """A rate with another mark for its point is read with the point and marked `spoilt`."""
    for n in numbers:
        rng = Random(f"{point}:{n}")
        whole, tenth = rng.randint(2, 99), rng.randint(1, 9)
        text = rng.choice(RATES).format(f"{whole}{point}{tenth}%")
        [claim] = gather(Document("a", text)).claims
        assert (float(claim.value or 0), claim.status) == (whole + tenth / 10, "spoilt"), text
        assert f"{whole}.{tenth}" in claim.note


@pytest.mark.parametrize("mark", "●■★①◆·○")
def test_the_mark_of_an_item_is_no_part_of_a_number(mark):
    """A sign at the head of a line or of a sentence marks an item; the number behind it stands."""
    for text in (
        f"{mark}12个乡镇建成站点",
        f"一、基本情况\n{mark} 12个乡镇",
        f"工作有序。{mark}12个乡镇",
    ):
        [claim] = gather(Document("a", text)).claims
        assert (claim.value, claim.status) == (12, "ok"), text


SHARES = [
    ("受理12件x。", None),
    ("增长5.6%o。", None),
    ("增长98%%。", None),
    ("办结率98 6%。", None),
    ("占10%-20。", None),
    ("占九成五六。", None),
    ("占百分之九十三点。", None),
    ("占百分之三十至四十。", (30, 40)),
    ("增长百分之三到五。", (3, 5)),
    ("增长百分之三点五至四", (3.5, 4)),
    ("占百分之七八。", (7, 8)),
    ("占三分之一到三分之二。", (100 / 3, 200 / 3)),
    ("占三成到四成。", (30, 40)),
    ("占三至四成半。", (30, 45)),
    ("受理10∼20件。", (10, 20)),
    ("受理10─20件。", (10, 20)),
]


@pytest.mark.parametrize(("text", "ends"), SHARES)
def test_a_share_with_two_ends_is_a_range_and_one_that_goes_on_has_no_value(text, ends):
    """What stands behind a number and its unit is its other end, or leaves it without a value."""
    [claim] = gather(Document("a", text)).claims
    if ends is None:
        assert (claim.value, claim.status) == (None, "spoilt")
    else:
        found = pytest.approx((float(claim.low or 0), float(claim.high or 0)))
        assert (claim.bound, claim.status) == ("range", "ok") and ends == found


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("受理<12件。", 12, "max"),
        ("受理＞12件。", 12, "min"),
        ("受理≈12件。", 12, "approx"),
        ("受理≧12件。", 12, "min"),
        ("受理﹤12件。", 12, "max"),
        ("受理卄三件。", 23, "exact"),
        ("受理一百弍十件。", 120, "exact"),
    ],
)
def test_signs_and_numerals_that_look_alike_are_read(text, value, bound):
    """Other forms of the signs of a bound and of numerals count as the common ones."""
    [claim] = gather(Document("a", text)).claims
    assert (claim.value, claim.bound, claim.status) == (value, bound, "ok")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("年产零部件500个。", [500]),
        ("零次数的单位3个。", [3]),
        ("零起点开班3期。", [3]),
        ("零户籍人口、零门槛办事3件", [3]),
        ("发生越级上访零起。", [0]),
        ("实现零次越级上访。", [0]),
        ("第1至3批共12件", [12]),
        ("第一到三批共12件", [12]),
    ],
)
def test_words_and_ordinals_are_no_counts(text, values):
    """零 counts at the end of a clause, in a word it does not; the ends of ordinals count nothing."""
    assert [c.value for c in gather(Document("a", text)).claims] == values


PARTED = [
    ("受理信访200（见表1）件。", [(200, "件", "ok")]),
    ("投入资金300(详见附件)万元。", [(None, "元", "spoilt")]),
    ("走访近一百二十（附表2）户", [(120, "户", "ok")]),
    ("受理200（含网上30件）件。", [(None, "件", "spoilt"), (30, "件", "ok")]),
    ("受理200（人）次。", [(None, "次", "spoilt")]),
    ("表1（续）件数多。", []),
    ("2012（壬辰）年办结8件。", [(8, "件", "ok")]),
    ("第3（四）批8件", [(8, "件", "ok")]),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_a_remark_between_a_number_and_its_unit(text, expected):
    """What a remark refers to leaves the number whole, any other remark leaves it without a value."""
    found = gather(Document("a", text)).claims
    assert [(c.value, c.unit, c.status) for c in found] == expected


SHARED = [
    ("接待来信200、来访300件。", ["200件", "300件"]),
    ("其中来信200、来访300、来电400件", ["200件", "300件", "400件"]),
    ("接待初访200、重访30人次。", ["200人次", "30人次"]),
    ("受理男性200和女性300人", ["200人", "300人"]),
    # a letter has no persons, and verbs that begin alike do not count alike
    ("接待来信200、来访300人次。", ["300人次"]),
    ("信访200、上访300人次。", ["300人次"]),
    ("打井200、打坝30座。", ["30座"]),
    ("空气质量指数4、下降5%。", ["5%"]),
    ("来信下降4、来访下降5%。", ["5%"]),
    ("市级投资200、县级投资3万元。", ["30000元"]),
    ("指标居全市前12、全省前20个。", ["20个"]),
    ("来信约200、来访约300件。", ["300件"]),
    ("受理人数200、户数30户。", ["30户"]),
    ("热线12345、专线300条。", ["300条"]),
    ("来信2011、来访300件。", ["300件"]),
    ("投入1200、300.5、400万元。", ["4000000元"]),
]


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_a_figure_takes_the_unit_of_the_next_where_their_names_are_alike(text, expected):
    """来信200、来访300件 are two counts; where the grammar leaves it open only the last is told."""
    found = [c for c in gather(Document("a", text)).claims if c.status == "ok"]
    assert [f"{c.value}{c.unit}" for c in found] == expected


@pytest.mark.parametrize("text", ["排队一个多小时。", "培训了一个余小时", "用时一个多小时的"])
def test_an_hour_and_more_is_no_article(text):
    """一 before 个多 counts; before 个 alone it may be an article."""
    [claim] = gather(Document("a", text)).claims
    assert (claim.value, claim.unit, claim.bound) == (1, "小时", "min")
    assert gather(Document("a", "休息一个小时。")).claims == []


CELLS = [
    "l2",
    "1□2",
    "\ufffc2",
    "1\ufffc3",
    "1.2E+05",
    "####",
    "12²",
    "1~~2~~3",
    "1[图]2",
    "1口2",
    "12/13",
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_broken_number_in_a_cell_has_no_value(cell):
    """A cell whose number is broken gives no sure figure, and the cells beside it stay."""
    page = f"单位：件\n\n| 乡镇 | 受理 |\n| --- | --- |\n| 甲镇 | {cell} |\n| 乙镇 | 33 |\n"
    sure = [c.value for c in gather(Document("a", page)).claims if c.status == "ok"]
    assert sure == [33]


SURE = [
    ("PM2.5和O3日均达标30天", 30),
    ("发展O2O项目3个", 3),
    ("建成I级站点8个", 8),
    ("统一3个、唯一2个、高三200人", 200),
    ("每户3口人，5亩地", 3),
    ("“12345”热线3条", 3),
    ("由10~20件增至30件", 30),
    ("完成12件至3月底", 12),
    ("上午9点三十人到场", 30),
    ("全国第4，21个学科进入前列", 21),
    ("约占1/10，4386万名工人", 43860000),
    ("高三200人参加", 200),
    ("全市统一3个标准", 3),
    ("为群众减负12万元", 120000),
    ("干部肩负3项任务", 3),
    ("收入比缩小到2.54。30个县区通过评估", 30),
    ("二○一二年受理12件", 12),
    ("一百○三件", 103),
    ("水质达到Ⅲ类的河流12条", 12),
    ("5个百分之百", 5),
]


@pytest.mark.parametrize(("text", "value"), SURE)
def test_a_whole_number_beside_such_signs_stays_sure(text, value):
    """Ordinals, years, words and ends of sentences beside a number make it no broken one."""
    sure = [c.value for c in gather(Document("a", text)).claims if c.status == "ok"]
    assert value in sure


@pytest.mark.parametrize("digits", ["１２", "𝟏𝟐", "𝟷𝟸", "🯱🯲"])
def test_digits_in_another_face_are_digits(digits):
    """Digits in bold, in typewriter or full-width faces are read as what they show."""
    [claim] = gather(Document("a", f"全年受理信访{digits}件。")).claims
    assert (claim.value, claim.status, claim.start) == (12, "ok", 6)


def test_digits_of_other_scripts_stand_in_no_date():
    """A digit of another script in a date neither ends the reading nor makes a month."""
    [claim] = gather(Document("a", "2014年٣月，接访3批。")).claims
    assert claim.period == "2014"


def test_radicals_are_read_as_the_characters_they_look_like():
    """A PDF's radicals ⼗ and ⼈ count as 十 and 人."""
    [claim] = gather(Document("a", "接待来访⼗五⼈次")).claims
    assert (claim.value, claim.unit) == (15, "人次")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("调解成功率达99，实现了目标", 99),
        ("求决类10件，占信访总量的62.5；", 62.5),
        ("办结率97。", 97),
    ],
)
def test_a_share_that_lost_its_sign_is_read_and_said(text, value):
    """Behind the name of a share a bare number is one, with the reason beside it."""
    claim = next(c for c in gather(Document("a", text)).claims if c.unit == "%")
    assert (float(claim.value or 0), claim.status) == (value, "spoilt")
    assert "no unit" in claim.note


@pytest.mark.parametrize("text", ["汇率达7.1，", "死亡率为5。", "命中率第3，", "增长率为3.5至4，"])
def test_a_bare_number_behind_other_rates_is_no_share(text):
    """Exchange rates, ratios of deaths and ranks are no percentages."""
    assert [c for c in gather(Document("a", text)).claims if c.unit == "%"] == []


FALLS = ["增长负3.5%", "同比-3.5%", "同比增长（−3.5%）", "增速为-3.5%"]


@pytest.mark.parametrize("text", FALLS)
def test_growth_below_nothing_is_a_fall(text):
    """A growth with a minus is held as a change of its size and the direction `down`."""
    [claim] = gather(Document("a", text)).claims
    assert (claim.kind, claim.direction, float(claim.value or 0)) == ("change", "down", 3.5)


APART = [
    "来访 193 389 人次。",
    "合计\t193\t389人次",
    "来访\n193\n389\n人次",
    "一季度100\n\n200件",
    "2011 193批次。",
    "2011.3 193件",
    "3.15 23件",
    "表1 193件",
    "附件1 193件",
    "3.1 193件",
    "1.193件。",
    "3月15 23件",
    "甲乡 193 389\n乙乡 20 30件",
    "办理100 200件",
    "服务群众2\n310人次",
    "化解积案３ ７件",
    "村民小组1 96个",
    "受理1;3件",
    "受理1=3件",
    "受理1€3件",
    "受理1￥3件",
    "受理1\n3\n93件",
    "受理1\n- 3 -\n93件",
    "受理1\n第3页\n93件",
    "受理1\n【3】\n93件",
    "受理1【3】93件",
    "受理1[page 3]93件",
    "1.5×10^3件",
    "一百令二件",
    "受理?十五件",
    "受理？十五件",
    "受理\ufffd十五件",
    "受理○十五件",
    "受理[图]3件",
    "受理[图]十五件",
    "受理<img>3件",
    "受理1<img>件",
    "占百分之九十？",
    "占百分之○十五。",
    "占百分之九十○。",
    "三某某五件",
    "受理12几万件",
    "受理1几件",
    "来信、来访分别为12，345件",
    "调解成功率9974%。",
    "受理案件2.163件",
    "来访193.389人次",
    "受理1或3件",
    "受理三或五件",
    "受理3万,500件",
    "投入2.163,50元",
    "提高5个百分",
    "受理__193__件",
    "受理一千二百\n三十四件",
    "走访二十\n五户",
    "投入3亿\n2000万元",
    "投入12,\n345.6万元",
    "投入12,3 45.6万元",
    "投入1?2,345.6万元",
    "投入12?,345.6万元",
    "投入1亿2千?万元",
    "投入1亿2千元",
    "受理12、345件",
    "投入12.万元",
    "投入5-10余万元",
]


@pytest.mark.parametrize("text", APART)
def test_digits_that_may_be_two_numbers_have_no_value(text):
    """Blanks, line ends, page markers and masks at a number leave its value open."""
    assert [c for c in gather(Document("a", text)).claims if c.status == "ok"] == []


@pytest.mark.parametrize(
    "text",
    ["同比负增长2%", "同比增长 －2%", "同比少增2亿元", "增幅收窄2个百分点", "增速放缓2个百分点"],
)
def test_growth_that_shrinks_is_a_fall(text):
    """Less growth, a minus behind a word of growth and 负增长 say that a figure went down."""
    [claim] = gather(Document("a", f"全县财政收入{text}。")).claims
    assert (claim.kind, claim.direction) == ("change", "down")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("接访1 935件", 1935),
        ("化解达到1 35起", 135),
        ("受 理 1 2 件", 12),
        ("合 格 率 9 8 . 6 %", 98.6),
        ("办结率76. 4%", 76.4),
        ("投入资金12\n00万元", 12_000_000),
        ("- 3 - 193件", 193),
        ("钱从哪里来？十五个部门", 15),
        ("受理**193**件", 193),
        ("**办结率93.8%**，居前列", 93.8),
        ("户均3.5人", 3.5),
        ("每万人拥有专利34.2件", 34.2),
        ("税收完成率105%", 105),
        ("办结率达到百分\n之三十五", 35),
        ("投入1亿2千万元", 120_000_000),
    ],
)
def test_blanks_and_points_that_leave_one_reading_are_read(text, value):
    """Where a word wants the number, or the text is spaced throughout, a blank is none of it."""
    [claim] = gather(Document("a", text)).claims
    assert (float(claim.value or 0), claim.status) == (value, "ok")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("受理十五、六件。", [(15, 16, "range")]),
        ("受理15、6件。", [(15, 16, "range")]),
        ("受理五、六件", [(5, 6, "range")]),
        ("奖励三、四十户", [(30, 40, "range")]),
        ("办结8、9成", [(80, 90, "range")]),
        ("第五、六批共12件", [(12, 12, "exact")]),
        ("投入5、6百万元", [(5e6, 6e6, "range")]),
        ("来信、来访分别为5、6件", [(5, 5, "exact"), (6, 6, "exact")]),
        ("来信、来访分别为12、345件", [(12, 12, "exact"), (345, 345, "exact")]),
        ("投入、产出分别为70和50亿元", [(50e8, 50e8, "exact")]),
        ("五、六个乡镇建成站点", [(6, 6, "exact")]),
        ("投入1个亿。", [(1e8, 1e8, "exact")]),
        ("投入上亿元。", [(1e8, 1e8, "min")]),
        ("补贴12.5W元，走访3w人", [(125e3, 125e3, "exact"), (3e4, 3e4, "exact")]),
        ("投资1.2个亿元，", [(1.2e8, 1.2e8, "exact")]),
        ("投入5个多亿。", [(5e8, 5e8, "min")]),
        ("建成5个千亿级产业、3个亿元村", [(5, 5, "exact"), (3, 3, "exact")]),
        ("受理12件不到。", [(12, 12, "max")]),
        ("受理12件出头。", [(12, 12, "min")]),
        ("受理12件开外。", [(12, 12, "min")]),
        ("最多12件。", [(12, 12, "max")]),
        ("未满12件", [(12, 12, "max")]),
        ("受理未超过12件", [(12, 12, "max")]),
        ("受理没有突破12件", [(12, 12, "max")]),
        ("受理不高于12件", [(12, 12, "max")]),
        ("受理从未少于12件", [(12, 12, "min")]),
        ("受理不超过12件", [(12, 12, "max")]),
        ("受理多于12件", [(12, 12, "min")]),
        ("受理差不多12件", [(12, 12, "approx")]),
        ("受理12件有余。", [(12, 12, "min")]),
        ("受理12+件", [(12, 12, "min")]),
        ("12人及以上", [(12, 12, "min")]),
        ("12人（含）以上", [(12, 12, "min")]),
        ("12人（含12人）以下", [(12, 12, "max")]),
        ("12人以上（含12人）", [(12, 12, "min")]),
        ("受理>=12件", [(12, 12, "min")]),
        ("～12件", [(12, 12, "approx")]),
        ("投入上10亿元", [(10e8, 10e8, "min")]),
        ("每斤三块五。", [(3.5, 3.5, "exact")]),
        ("受理12，345件", [(12345, 12345, "exact")]),
    ],
)
def test_neighbours_scales_and_bounds(text, ends):
    """Neighbouring numerals are a range, 个亿 is a scale, and words beside a number its bound."""
    found = [
        (*(c.value if end is None else end for end in (c.low, c.high)), c.bound)
        for c in gather(Document("a", text)).claims
        if c.status == "ok"
    ]
    assert found == ends


THOUSANDS = [
    # the page sets thousands apart throughout
    ("来信1 873件,来访9 920人次,办结1 041件。", [1873, 9920, 1041]),
    ("来信12 345件,来访12 346件,来电8 765件。印《条例》 3 400册。", [12345, 12346, 8765, 3400]),
    ("新收2 317件、6 904件,旧存1 205件。投入8 347.5万元", [2317, 6904, 1205, 83_475_000]),
    # its own sum shows it, though it writes other figures otherwise
    ("接访1 873件次,集体访227件次,个体访1646件次。", [1873, 227, 1646]),
    # neither, but 办结 wants a number
    ("来信1 873件,来访9920人次,办结1 041件。", [None, 9920, 1041]),
    ("见表1 935件,表2 812件,表3 716件。", [None, None, None]),
    ("来信12 345件,来访8 765人次。", [None, None]),
]


@pytest.mark.parametrize(("text", "values"), THOUSANDS, ids=[row[0] for row in THOUSANDS])
def test_thousands_set_apart_by_blanks(text, values):
    """Blanks part thousands where the page writes so throughout or its sums show it."""
    claims = gather(Document("a", text)).claims
    assert [c.value if c.value is None else float(c.value) for c in claims] == values
    for claim in claims:
        assert "\ufffc" not in claim.text + claim.note


MASKS = ["X", "x", "Ｘ", "×", "*", "＊", "○", "〇", "□", "ХХ", "XX", "**"]


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("gap", ["", " "])
def test_signs_before_a_unit_are_masked_figures(mask, gap):
    """One sign or several, with blanks round them or not, are a masked figure before each unit."""
    text = "受理{0}件(批),来访{0}人次,集访{0}(件)批,办结率{0}%".format(gap + mask + gap)
    claims = gather(Document("a", text)).claims
    assert [c.unit for c in claims] == ["件", "人次", "批", "%"]
    assert {(c.status, c.value) for c in claims} == {("redacted", None)}


def test_a_sign_between_two_measures_masks_nothing():
    """The x of 3米 x 宽2米 multiplies, and that of X县 is a place's."""
    claims = gather(Document("a", "展板长3米 x 宽2米,X 县群众到场")).claims
    assert [c.text for c in claims] == ["3米", "2米"]


def test_what_parts_the_digits_of_a_number_is_shown_as_a_reader_sees_it():
    """A blank that a page writes as an entity is a blank in the words of the figure."""
    assert extract("印发民情日记2&nbsp;112本。")["text"].tolist() == ["2 112本"]
